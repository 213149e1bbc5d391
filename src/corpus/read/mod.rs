//! Files to articles: which reader a file needs, and what can go wrong on the way.

mod fields;
mod html;
mod json;
mod markdown;
mod markup;
mod newsml;
mod ninjs;
mod nitf;
#[cfg_attr(not(feature = "parquet"), path = "without_parquet.rs")]
mod parquet;
mod plain;
mod table;
mod told;
pub(super) mod unpack;
mod warc;
mod wide;
mod xml;

pub use fields::{Field, Fields};
pub use unpack::Cursor;

use super::article::{Article, Parts};
use super::place::Source;
use super::{Entry, Place};
use crate::text::{Unit, decode};
use serde::{Deserialize, Serialize};
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use thiserror::Error;
use unpack::Bytes;

/// The largest file that is read as one article, in bytes.
pub const LARGEST: u64 = 64 * 1024 * 1024;

/// Why a file is no article. Each is one sentence without the path.
#[derive(Debug, Error)]
pub enum ReadError {
    /// The system refused.
    #[error("{}", told(.0))]
    System(#[from] std::io::Error),
    /// It is a folder.
    #[error("it is a folder, not an article")]
    Folder,
    /// A pipe, a socket or a device.
    #[error("it is no regular file and was not opened")]
    Special,
    /// Bytes that are no text.
    #[error("it is binary, not text")]
    Binary,
    /// No reader knows the ending of the name.
    #[error("variorum reads no .{0} files")]
    Format(String),
    /// More than [`LARGEST`].
    #[error("at {} MB it is larger than the {} MB that one article may have", .0 / 1_048_576, LARGEST / 1_048_576)]
    Large(u64),
    /// Nothing to read in it.
    #[error("it has no text")]
    Empty,
    /// The page has no main text that could be found.
    #[error("no main text was found in the page")]
    NoMainText,
    /// It holds more bytes than its size or its packing said, and more than [`LARGEST`].
    #[error("it comes to more than the {} MB that one article may have", LARGEST / 1_048_576)]
    Endless,
    /// Its syntax is not that of its format.
    #[error("it is no valid {0}: {1}")]
    Syntax(&'static str, String),
    /// No field is the text.
    #[error("it has no {0} that is named like a text; --field text=NAME tells the name")]
    Fields(&'static str),
    /// A row that has not the cells of the heading.
    #[error("the row has {0} fields where the heading has {1}; a quotation mark may be missing")]
    Row(usize, usize),
    /// Markup that no reader knows.
    #[error("it is XML, but neither NewsML nor NITF")]
    Markup,
    /// The head of a record in a crawl is none.
    #[error("it is no record of WARC or ARC")]
    Record,
    /// The file is not all there.
    #[error("it ends in the middle; what came before was read")]
    Cut,
    /// Packed by a method that no reader knows.
    #[error("it is packed by {0}, which variorum does not unpack")]
    Packing(String),
    /// Parquet, in a program that has no reader for it.
    #[error("it is Parquet, which this variorum was built without")]
    WithoutParquet,
    /// Parquet of which the end cannot be gone to.
    #[error("it is Parquet inside another file, which is not opened")]
    InnerParquet,
    /// An archive in an archive.
    #[error("it is an archive inside another, which is not opened")]
    Nested,
    /// Another member of the archive has its name, and came first.
    #[error("the archive has another member of this name, which was read instead")]
    Twice,
    /// One article was asked for.
    #[error("it holds more than one article; {0}#1 is the first of them")]
    Many(String),
    /// What was told of it when it was listed.
    #[error("{0}")]
    Told(String),
    /// The file is there, but what was asked for is not in it.
    #[error("there is no such article in it")]
    Absent,
    /// The file went away, or became something else, since it was listed.
    #[error("it vanished while the corpus was read")]
    Vanished,
}

impl ReadError {
    /// Whether it says nothing of the file itself: the next time it may be read.
    pub fn is_passing(&self) -> bool {
        match self {
            ReadError::System(error) => error.raw_os_error().is_some(),
            ReadError::Vanished => true,
            _ => false,
        }
    }
}

fn told(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => String::from("there is no such file"),
        std::io::ErrorKind::PermissionDenied => String::from("permission to read it is denied"),
        std::io::ErrorKind::UnexpectedEof => ReadError::Cut.to_string(),
        std::io::ErrorKind::InvalidInput | std::io::ErrorKind::InvalidData => format!("it is damaged: {error}"),
        _ => error.to_string(),
    }
}

/// A format that variorum reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Format {
    /// Plain text.
    Plain,
    /// Markdown (CommonMark).
    Markdown,
    /// A web page.
    Html,
    /// An object of JSON: a record of news, or IPTC ninjs.
    Json,
    /// A row of CSV or TSV.
    Table,
    /// IPTC NewsML-G2, NewsML 1, NITF.
    NewsMl,
    /// A record of WARC, ARC or WET.
    Warc,
    /// A row of Parquet, which comes as an object of JSON.
    Parquet,
}

/// What the name of a file promises.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Promise {
    /// One article, in a format that needs no look into the file.
    Article(Format),
    /// Articles, or something packed; the bytes tell more.
    Contents,
    /// Nothing that anybody would look for in a corpus of news.
    Noise,
    /// Nothing that variorum reads.
    Unknown,
}

impl Promise {
    /// What a name promises; names without an ending promise plain text.
    pub(super) fn of(path: &Path) -> Promise {
        let name = path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
        match ending(path).as_deref() {
            _ if NOISE_NAMES.contains(&name.as_str()) => Promise::Noise,
            None | Some("txt" | "text") => Promise::Article(Format::Plain),
            Some("md" | "markdown") => Promise::Article(Format::Markdown),
            Some("html" | "htm" | "xhtml") => Promise::Article(Format::Html),
            Some(known) if CONTENTS.contains(&known) => Promise::Contents,
            Some(known) if NOISE.contains(&known) => Promise::Noise,
            Some(_) => Promise::Unknown,
        }
    }
}

/// The ending of a name, in small letters.
pub(super) fn ending(path: &Path) -> Option<String> {
    path.extension().map(|ending| ending.to_string_lossy().to_lowercase())
}

/// Endings of files that may hold articles.
const CONTENTS: &[&str] = &[
    "json", "jsonl", "ndjson", "jl", "csv", "tsv", "tab", "xml", "newsml", "nitf", "nml", "g2", "warc", "wet", "arc", "gz", "tgz", "zst",
    "zstd", "tzst", "zip", "tar", "parquet", "parq", "pq",
];

/// Endings of pictures, sound, films, fonts, programs and what they leave behind, which nobody wants to be told of.
const NOISE: &[&str] = &[
    "png", "jpg", "jpeg", "gif", "webp", "svg", "ico", "bmp", "tif", "tiff", "heic", "avif", "psd", "mp3", "mp4", "m4a", "m4v", "wav",
    "flac", "ogg", "opus", "avi", "mov", "mkv", "webm", "woff", "woff2", "ttf", "otf", "eot", "lock", "lck", "o", "a", "so", "dll", "exe",
    "bin", "obj", "class", "pyc", "css", "map", "idx", "pack", "tmp", "swp",
];

/// Whole names of the same kind.
const NOISE_NAMES: &[&str] = &["package-lock.json", "composer.lock", "thumbs.db", "desktop.ini", ".ds_store"];

/// What bytes are, by what they begin with and then by the name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Content {
    /// Packed by gzip.
    Gzip,
    /// Packed by zstd.
    Zstd,
    /// An archive of zip.
    Zip,
    /// An archive of tar.
    Tar,
    /// One article, or many of one format.
    Articles(Format),
    /// No text.
    Binary,
}

/// How many bytes are looked at to tell what they are.
pub(super) const HEAD: u64 = 8192;

impl Content {
    /// What bytes are that begin so, in a file of this name.
    pub(super) fn of(head: &[u8], name: &Path) -> Content {
        let signs = wide::signs(head, decode::told(head));
        let text = signs.trim_ascii_start();
        let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text).trim_ascii_start();
        let ending = ending(name);
        match ending.as_deref() {
            _ if head.starts_with(&[0x1f, 0x8b]) => Content::Gzip,
            _ if head.starts_with(&[0x28, 0xb5, 0x2f, 0xfd]) => Content::Zstd,
            _ if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") => Content::Zip,
            _ if head.get(257..262) == Some(b"ustar") => Content::Tar,
            _ if head.starts_with(b"PAR1") => Content::Articles(Format::Parquet),
            _ if text.starts_with(b"WARC/") || text.starts_with(b"filedesc://") => Content::Articles(Format::Warc),
            Some("tar") => Content::Tar,
            Some("parquet") => Content::Articles(Format::Parquet),
            _ if decode::is_binary(head) => Content::Binary,
            Some("jsonl" | "ndjson" | "jl") => Content::Articles(Format::Json),
            Some("csv" | "tsv" | "tab") => Content::Articles(Format::Table),
            _ => Content::of_text(text, name),
        }
    }

    fn of_text(text: &[u8], name: &Path) -> Content {
        let begins = |signs: &str| text.get(..signs.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(signs.as_bytes()));
        let opens = |bracket: u8, next: u8| text.first() == Some(&bracket) && text[1..].trim_ascii_start().first() == Some(&next);
        let has = |signs: &str| text.windows(signs.len()).any(|bytes| bytes.eq_ignore_ascii_case(signs.as_bytes()));
        let format = match Promise::of(name) {
            _ if begins("<!doctype html") || begins("<html") => Format::Html,
            _ if begins("<?xml") && has("<html") && !has("newsitem") && !has("<nitf") => Format::Html,
            _ if begins("<?xml") || begins("<newsitem") || begins("<newsmessage") || begins("<newsml") || begins("<nitf") => Format::NewsMl,
            _ if opens(b'{', b'"') || opens(b'[', b'{') => Format::Json,
            Promise::Article(format) => format,
            _ if ending(name).as_deref() == Some("json") => Format::Json,
            _ if begins("<") => Format::NewsMl,
            _ => Format::Plain,
        };
        Content::Articles(format)
    }
}

/// The bytes of a file that is one article, and what they are. Pipes and devices are never opened; nothing larger than [`LARGEST`] is
/// read.
pub(super) fn file(path: &Path) -> Result<(Vec<u8>, Source), ReadError> {
    let bytes = bytes(path)?;
    let format = match Content::of(&bytes[..bytes.len().min(8192)], path) {
        Content::Articles(format) => format,
        _ => Format::Plain,
    };
    Ok((bytes, Source::of(path.to_path_buf(), format)))
}

/// The bytes of a regular file of bounded size.
fn bytes(path: &Path) -> Result<Vec<u8>, ReadError> {
    let file = unpack::regular(path)?;
    let length = file.metadata()?.len();
    if length > LARGEST {
        return Err(ReadError::Large(length));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or(0));
    file.take(LARGEST + 1).read_to_end(&mut bytes)?;
    // A file that grew while it was read is treated like one that was too large from the start.
    if bytes.len() as u64 > LARGEST { Err(ReadError::Large(bytes.len() as u64)) } else { Ok(bytes) }
}

/// Makes an article from the bytes of a piece.
pub fn article(path: PathBuf, bytes: &[u8], source: &Source, unit: Unit) -> Result<Article, ReadError> {
    if source.format != Format::Warc && source.encoding.is_none() && decode::is_binary(bytes) {
        return Err(ReadError::Binary);
    }
    let text = || decode::decode_as(bytes, source.encoding).text;
    let parts = match source.format {
        Format::Plain => plain::parts(text()),
        Format::Markdown => markdown::parts(&text()),
        Format::Html => html::parts(&text())?,
        Format::Json | Format::Parquet => json::parts(&text(), &source.fields)?,
        Format::Table => table::parts(&source.heading, &text(), &source.fields)?,
        Format::NewsMl => newsml::parts(&text())?,
        Format::Warc => warc::parts(bytes)?,
    };
    if parts.text.trim().is_empty() {
        return Err(ReadError::Empty);
    }
    Ok(Article::new(path, parts, unit))
}

// --- What a file of many holds --------------------------------------------------------------------------------------

/// Why a search for articles ends before its time.
#[derive(Debug)]
pub(super) enum Stop {
    /// Nobody wants more.
    Enough,
    /// The rest cannot be read.
    Trouble(ReadError),
}

impl<E: Into<ReadError>> From<E> for Stop {
    fn from(error: E) -> Self {
        Stop::Trouble(error.into())
    }
}

/// What a reader tells of the file that it looks through.
pub(super) enum Finding {
    /// All of it is one article.
    Whole,
    /// One of many: the first byte, and how many there are.
    Piece(u64, u64),
    /// The heading of a table, before its rows.
    Heading(String),
    /// What is wrong with it; the search goes on.
    Note(String),
}

/// Takes what is found; it answers whether to go on.
struct Found<'a> {
    take: &'a mut dyn FnMut(Finding) -> Result<(), Stop>,
    /// How many bytes of the file stand behind each byte that a reader sees.
    width: u64,
}

impl Found<'_> {
    fn whole(&mut self) -> Result<(), Stop> {
        (self.take)(Finding::Whole)
    }

    fn piece(&mut self, offset: u64, length: u64) -> Result<(), Stop> {
        (self.take)(Finding::Piece(offset * self.width, length * self.width))
    }

    fn heading(&mut self, heading: &str) -> Result<(), Stop> {
        (self.take)(Finding::Heading(heading.to_string()))
    }

    fn note(&mut self, why: &str) -> Result<(), Stop> {
        (self.take)(Finding::Note(why.to_string()))
    }
}

/// Looks through the bytes of a source for the articles in them; `name` is that of the bytes, `take` takes what is found.
pub(super) fn list(stream: Bytes, source: &Source, name: &Path, take: &mut dyn FnMut(Finding) -> Result<(), Stop>) -> Result<(), Stop> {
    let found = &mut Found { take, width: wide::width(source.encoding) };
    let narrow = |stream| wide::narrow(stream, source.encoding);
    match source.format {
        Format::Plain | Format::Markdown | Format::Html => found.whole(),
        Format::Json if matches!(ending(name).as_deref(), Some("jsonl" | "ndjson" | "jl")) => json::lines(narrow(stream), found),
        Format::Json => json::values(narrow(stream), &source.fields, found),
        Format::Table => table::list(stream, source.encoding, &source.fields, found),
        Format::NewsMl => newsml::list(narrow(stream), found),
        Format::Warc => warc::list(narrow(stream), found),
        Format::Parquet => parquet::list(source, found),
    }
}

/// The line of a file in which a text stands, counted from 1; for formats whose text is not the file's, the line of its first words,
/// and in a file of many that of the article.
pub fn line_of(entry: &Entry, article: &Article, offset: usize) -> usize {
    if let Place::Piece(piece) = &entry.place {
        return line_at(&piece.source.file, piece.offset).unwrap_or(1);
    }
    let Ok(bytes) = bytes(&entry.path) else { return 1 };
    let text = decode::decode(&bytes).text;
    // The file may have changed since the article was read from it, and the article since the place in it was looked for.
    let before = if text == article.text {
        &text[..text.floor_char_boundary(offset)]
    } else {
        let words: String = article.text[article.text.floor_char_boundary(offset)..].split_inclusive(' ').take(4).collect();
        text.find(words.trim()).map_or("", |at| &text[..at])
    };
    before.matches('\n').count() + 1
}

/// The line of a file that has a byte.
fn line_at(file: &Path, offset: u64) -> Result<usize, ReadError> {
    let mut before = BufReader::new(unpack::regular(file)?.take(offset));
    let mut lines = 1;
    loop {
        let bytes = before.fill_buf()?;
        if bytes.is_empty() {
            return Ok(lines);
        }
        lines += bytes.iter().filter(|byte| **byte == b'\n').count();
        let length = bytes.len();
        before.consume(length);
    }
}

/// Joins the parts of an article that a format keeps apart, each as a paragraph of its own.
fn paragraphs<'a>(parts: impl IntoIterator<Item = &'a str>) -> String {
    parts.into_iter().map(str::trim).filter(|p| !p.is_empty()).collect::<Vec<_>>().join("\n\n")
}

/// The day in a date such as `2031-03-07T12:24:00Z`.
fn day(stamp: &str) -> Option<jiff::civil::Date> {
    stamp.get(..10)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a reader finds in bytes: the pieces, and the last trouble or note.
    pub(super) fn pieces(bytes: &[u8], list: impl FnOnce(Bytes, &mut Found) -> Result<(), Stop>) -> (Vec<String>, Option<String>) {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let (mut found, mut told) = (Vec::new(), None);
        let mut take = |finding| {
            match finding {
                Finding::Whole => found.push(text(bytes)),
                Finding::Piece(offset, length) => {
                    let (offset, length) = (usize::try_from(offset).unwrap(), usize::try_from(length).unwrap());
                    found.push(text(&bytes[offset..bytes.len().min(offset + length)]));
                }
                Finding::Note(why) => told = Some(why),
                Finding::Heading(_) => {}
            }
            Ok(())
        };
        let end = list(Box::new(bytes), &mut Found { take: &mut take, width: 1 });
        if let Err(Stop::Trouble(error)) = end {
            told = Some(error.to_string());
        }
        (found, told)
    }

    #[test]
    fn bytes_go_before_names() {
        let table: [(&[u8], &str, Content); 15] = [
            (b"\x1f\x8b\x08", "a.txt", Content::Gzip),
            (b"PK\x03\x04", "a", Content::Zip),
            (b"PAR1\x15", "a", Content::Articles(Format::Parquet)),
            (b"WARC/1.0\r\n", "a.txt", Content::Articles(Format::Warc)),
            (b"\xef\xbb\xbf{ \"text\": 1}", "a.txt", Content::Articles(Format::Json)),
            (b"[\n {\"text\"", "a", Content::Articles(Format::Json)),
            (b"[Photo] Two towns", "a.txt", Content::Articles(Format::Plain)),
            (b"<?xml version='1.0'?><newsItem>", "a.txt", Content::Articles(Format::NewsMl)),
            (b"<!DOCTYPE html><p>", "a.xml", Content::Articles(Format::Html)),
            (b"<p>Two towns", "a.html", Content::Articles(Format::Html)),
            (b"# Two towns", "a.md", Content::Articles(Format::Markdown)),
            (b"id,text", "a.csv", Content::Articles(Format::Table)),
            (b"\xff\xfe[\0\n\0{\0\"\0", "a.txt", Content::Articles(Format::Json)),
            (b"\0<\0h\0t\0m\0l\0>", "a.txt", Content::Articles(Format::Html)),
            (b"\x89PNG\r\n\x1a\n\0\0\0", "a.txt", Content::Binary),
        ];
        for (head, name, expected) in table {
            assert_eq!(Content::of(head, Path::new(name)), expected, "{name}");
        }
    }
}
