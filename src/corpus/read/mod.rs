//! Files to articles: which reader a file needs, and what can go wrong on the way.

mod html;
mod markdown;
mod plain;

use super::article::{Article, Parts};
use crate::text::{Unit, decode};
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};
use thiserror::Error;

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
    /// The file went away, or became something else, since it was listed.
    #[error("it vanished while the corpus was read")]
    Vanished,
}

fn told(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => String::from("there is no such file"),
        std::io::ErrorKind::PermissionDenied => String::from("permission to read it is denied"),
        _ => error.to_string(),
    }
}

/// A format that variorum reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// Plain text.
    Plain,
    /// Markdown (CommonMark).
    Markdown,
    /// A web page.
    Html,
}

impl Format {
    /// The format that the ending of a name stands for; names without an ending are plain text.
    pub fn of(path: &Path) -> Option<Format> {
        let ending = path.extension().map(|e| e.to_string_lossy().to_lowercase());
        match ending.as_deref() {
            None | Some("txt" | "text") => Some(Format::Plain),
            Some("md" | "markdown") => Some(Format::Markdown),
            Some("html" | "htm" | "xhtml") => Some(Format::Html),
            Some(_) => None,
        }
    }
}

/// Reads one article from a file. Pipes and devices are never opened; nothing larger than [`LARGEST`] is read.
pub fn file(path: &Path, unit: Unit) -> Result<Article, ReadError> {
    let format = Format::of(path).unwrap_or(Format::Plain);
    let bytes = bytes(path)?;
    article(path.to_path_buf(), &bytes, format, unit)
}

/// The bytes of a regular file of bounded size.
fn bytes(path: &Path) -> Result<Vec<u8>, ReadError> {
    let meta = fs::metadata(path)?;
    match meta.file_type() {
        kind if kind.is_dir() => return Err(ReadError::Folder),
        kind if !kind.is_file() => return Err(ReadError::Special),
        _ if meta.len() > LARGEST => return Err(ReadError::Large(meta.len())),
        _ => {}
    }
    let mut bytes = Vec::with_capacity(usize::try_from(meta.len()).unwrap_or(0));
    File::open(path)?.take(LARGEST + 1).read_to_end(&mut bytes)?;
    // A file that grew while it was read is treated like one that was too large from the start.
    if bytes.len() as u64 > LARGEST { Err(ReadError::Large(bytes.len() as u64)) } else { Ok(bytes) }
}

/// Makes an article from the bytes of a file.
pub fn article(path: PathBuf, bytes: &[u8], format: Format, unit: Unit) -> Result<Article, ReadError> {
    if decode::is_binary(bytes) {
        return Err(ReadError::Binary);
    }
    let text = decode::decode(bytes).text;
    let parts = match format {
        Format::Plain => plain::parts(text),
        Format::Markdown => markdown::parts(&text),
        Format::Html => html::parts(&text)?,
    };
    if parts.text.trim().is_empty() {
        return Err(ReadError::Empty);
    }
    Ok(Article::new(path, parts, unit))
}

/// The line of a file in which a text stands, counted from 1; for formats whose text is not the file's, the line of its first words.
pub fn line_of(path: &Path, article: &Article, offset: usize) -> usize {
    let Ok(bytes) = bytes(path) else { return 1 };
    let text = decode::decode(&bytes).text;
    let before = if text == article.text {
        &text[..offset.min(text.len())]
    } else {
        let words: String = article.text[offset..].split_inclusive(' ').take(4).collect();
        text.find(words.trim()).map_or("", |at| &text[..at])
    };
    before.matches('\n').count() + 1
}

/// Joins the parts of an article that a format keeps apart, each as a paragraph of its own.
fn paragraphs<'a>(parts: impl IntoIterator<Item = &'a str>) -> String {
    parts.into_iter().map(str::trim).filter(|p| !p.is_empty()).collect::<Vec<_>>().join("\n\n")
}

/// The day in a date such as `2031-03-07T12:24:00Z`.
fn day(stamp: &str) -> Option<jiff::civil::Date> {
    stamp.get(..10)?.parse().ok()
}
