//! What a file holds: its articles, through packing and archives, found without reading them and in bounded memory.

use super::place::{Piece, Source, Stamp, Step};
use super::read::unpack::{self, Bytes};
use super::read::{self, Content, Fields, Finding, Format, HEAD, Promise, ReadError, Stop};
use super::{Entry, Place, Skipped};
use crate::text::decode;
use encoding_rs::Encoding;
use std::collections::HashSet;
use std::ffi::OsString;
use std::io::BufReader;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

/// Bytes that are read at a time while files are looked through from end to end.
const BUFFER: usize = 256 * 1024;
/// How many layers of packing are taken off.
const LAYERS: usize = 4;

/// Looks into a file. `emit` takes what is found and answers whether to go on; so does the answer.
pub(super) fn contents(file: &Path, hidden: bool, fields: &Fields, emit: &mut dyn FnMut(Result<Entry, Skipped>) -> bool) -> bool {
    let mut search = Search { file, stamp: None, hidden, fields, members: HashSet::new(), emit };
    let looked = unpack::regular(file).map_err(Stop::from).and_then(|open| {
        search.stamp = open.metadata().ok().as_ref().and_then(Stamp::of);
        let layer = Layer { path: file.to_path_buf(), name: file.to_path_buf(), way: Vec::new() };
        search.look(Box::new(BufReader::with_capacity(BUFFER, open)), &layer)
    });
    match (looked, Promise::of(file)) {
        // The reader of the article will say what is wrong with it.
        (Err(Stop::Trouble(_)), Promise::Article(_)) => emit(Ok(Entry { place: Place::File, path: file.to_path_buf() })),
        (looked, _) => search.told(file, looked),
    }
}

/// The entry of a path: of a file with one article, or of an article in a file of many, as in `wire.jsonl#3`.
pub fn find(path: &Path, fields: &Fields) -> Result<Entry, ReadError> {
    let is_file = path.symlink_metadata().is_ok();
    let file = if is_file { path.to_path_buf() } else { file_of(path).ok_or_else(|| missing(path))? };
    let (mut found, mut why) = (Vec::new(), None);
    contents(&file, true, fields, &mut |finding| {
        match finding {
            Ok(entry) if is_file || entry.path == path => found.push(entry),
            Ok(_) => {}
            Err(skipped) => why = Some(skipped.why),
        }
        found.len() < if is_file { 2 } else { 1 }
    });
    match (found.len(), found.pop(), why) {
        (1, Some(entry), _) => Ok(entry),
        (0, _, Some(why)) if is_file => Err(ReadError::Told(why)),
        (0, _, _) if is_file => Err(ReadError::Empty),
        (0, _, _) => Err(ReadError::Absent),
        _ => Err(ReadError::Many(path.file_name().unwrap_or_default().to_string_lossy().into_owned())),
    }
}

/// The error of the system for a path that leads nowhere.
fn missing(path: &Path) -> ReadError {
    path.symlink_metadata().map_or_else(ReadError::System, |_| ReadError::Absent)
}

/// Whether a path that is none of the disk may be one of an article in a file of many.
pub fn leads_into_file(path: &Path) -> bool {
    path.symlink_metadata().is_err() && file_of(path).is_some()
}

/// The file that a path leads into: `wire.jsonl` for `wire.jsonl#3`, `take.zip` for `take.zip/one.txt`.
pub(super) fn file_of(path: &Path) -> Option<PathBuf> {
    let bare = |path: &Path| {
        let name = path.file_name()?.to_str()?;
        let (name, number) = name.rsplit_once('#')?;
        number.parse::<u64>().ok().map(|_| path.with_file_name(name))
    };
    let known = |path: &Path| path.is_file().then(|| path.to_path_buf());
    let without = bare(path);
    without.as_deref().and_then(known).or_else(|| {
        let inside = without.as_deref().unwrap_or(path);
        inside.ancestors().skip(1).find_map(known)
    })
}

struct Search<'a> {
    file: &'a Path,
    /// What the file is like while it is looked through.
    stamp: Option<Stamp>,
    hidden: bool,
    fields: &'a Fields,
    /// The members of archives so far, by their paths.
    members: HashSet<PathBuf>,
    emit: &'a mut dyn FnMut(Result<Entry, Skipped>) -> bool,
}

/// Bytes in a file: what they are called on the screen, by what name they are told, and how they are come by.
#[derive(Clone)]
struct Layer {
    path: PathBuf,
    name: PathBuf,
    way: Vec<Step>,
}

impl Layer {
    /// What is behind one more step.
    fn behind(&self, step: Step) -> Layer {
        let name = match read::ending(&self.name).as_deref() {
            Some("tgz" | "tzst") => self.name.with_extension("tar"),
            Some("gz" | "zst" | "zstd") => self.name.with_extension(""),
            _ => self.name.clone(),
        };
        Layer { path: self.path.clone(), name, way: [&self.way[..], &[step]].concat() }
    }

    /// A member of an archive. Its name is a name and no more: `..` and a beginning at the root lead nowhere.
    fn member(&self, name: &Path, step: Step) -> Layer {
        let parts = name.components().filter(|part| matches!(part, Component::Normal(_)));
        let name: PathBuf = parts.collect();
        Layer { path: self.path.join(&name), name, way: [&self.way[..], &[step]].concat() }
    }
}

impl Search<'_> {
    /// Looks into bytes, whatever they are.
    fn look(&mut self, stream: Bytes, layer: &Layer) -> Result<(), Stop> {
        let (head, stream) = unpack::head(stream, HEAD);
        match Content::of(&head, &layer.name) {
            Content::Gzip | Content::Zstd if layer.way.len() >= LAYERS => Err(Stop::Trouble(ReadError::Nested)),
            Content::Gzip => self.look(unpack::step(stream, Step::Gzip)?, &layer.behind(Step::Gzip)),
            Content::Zstd => self.look(unpack::step(stream, Step::Zstd)?, &layer.behind(Step::Zstd)),
            Content::Tar if layer.way.iter().any(|step| matches!(step, Step::Slice { .. })) => Err(Stop::Trouble(ReadError::Nested)),
            Content::Tar => self.tar(stream, layer),
            Content::Zip if layer.way.is_empty() => self.zip(layer),
            Content::Zip => Err(Stop::Trouble(ReadError::Nested)),
            Content::Articles(Format::Parquet) if !layer.way.is_empty() => Err(Stop::Trouble(ReadError::InnerParquet)),
            Content::Articles(format @ (Format::Parquet | Format::Warc)) => self.articles(stream, layer, format, None),
            Content::Articles(format) => self.articles(stream, layer, format, decode::told(&head)),
            Content::Binary => Err(Stop::Trouble(ReadError::Binary)),
        }
    }

    /// The articles of one format.
    fn articles(&mut self, stream: Bytes, layer: &Layer, format: Format, encoding: Option<&'static Encoding>) -> Result<(), Stop> {
        let (file, fields, way) = (self.file.to_path_buf(), self.fields.clone(), layer.way.clone());
        let mut source = Arc::new(Source { file, way, format, encoding, heading: String::new(), fields, stamp: self.stamp });
        let told = source.clone();
        let (mut number, mut is_empty) = (0u64, true);
        let mut take = |finding| {
            is_empty &= matches!(finding, Finding::Heading(_));
            let is_open = match finding {
                Finding::Heading(heading) => {
                    Arc::make_mut(&mut source).heading = heading;
                    true
                }
                Finding::Note(why) => (self.emit)(Err(Skipped { path: layer.path.clone(), why })),
                Finding::Whole => (self.emit)(Ok(Entry { place: whole(&source), path: layer.path.clone() })),
                Finding::Piece(offset, length) => {
                    number += 1;
                    let place = Place::Piece(Piece { source: source.clone(), offset, length });
                    (self.emit)(Ok(Entry { place, path: numbered(&layer.path, number) }))
                }
            };
            if is_open { Ok(()) } else { Err(Stop::Enough) }
        };
        read::list(stream, &told, &layer.name, &mut take)?;
        if is_empty { Err(Stop::Trouble(ReadError::Empty)) } else { Ok(()) }
    }

    /// The members of an archive of tar: stretches of its bytes.
    fn tar(&mut self, stream: Bytes, layer: &Layer) -> Result<(), Stop> {
        let mut archive = tar::Archive::new(stream);
        let refused = |error: std::io::Error| ReadError::Syntax("tar archive", error.to_string());
        for member in archive.entries().map_err(refused)? {
            let member = member.map_err(refused)?;
            if !member.header().entry_type().is_file() {
                continue;
            }
            let step = Step::Slice { offset: member.raw_file_position(), length: member.size() };
            let inside = layer.member(&bytes_path(&member.path_bytes()), step);
            self.member(&inside, || Ok(Box::new(BufReader::new(member))))?;
        }
        Ok(())
    }

    /// The members of an archive of zip: stretches of the file, packed or not.
    fn zip(&mut self, layer: &Layer) -> Result<(), Stop> {
        let mut archive = zip::ZipArchive::new(BufReader::new(unpack::regular(self.file)?)).map_err(damaged)?;
        for index in 0..archive.len() {
            let member = archive.by_index_raw(index).map_err(damaged)?;
            let Some(offset) = member.data_start().filter(|_| member.is_file()) else { continue };
            let (slice, method) = (Step::Slice { offset, length: member.compressed_size() }, member.compression());
            let mut inside = layer.member(&bytes_path(member.name_raw()), slice);
            let refused = match method {
                _ if member.encrypted() => Some(ReadError::Packing(String::from("a password"))),
                zip::CompressionMethod::DEFLATE => None,
                zip::CompressionMethod::Stored => None,
                other => Some(ReadError::Packing(other.to_string())),
            };
            let deflated = method == zip::CompressionMethod::DEFLATE;
            if deflated {
                inside.way.push(Step::Deflate);
            }
            drop(member);
            let open = || match refused {
                Some(why) => Err(why),
                None => unpack::opened(self.file, &inside.way),
            };
            self.member(&inside, open)?;
        }
        Ok(())
    }

    /// A member of an archive: what its name promises decides whether it is looked into.
    fn member<'m>(&mut self, inside: &Layer, open: impl FnOnce() -> Result<Bytes<'m>, ReadError>) -> Result<(), Stop> {
        let is_hidden = inside.name.components().any(|part| part.as_os_str().as_encoded_bytes().first().is_some_and(|c| *c == b'.'));
        let is_debris = inside.name.starts_with("__MACOSX");
        match Promise::of(&inside.name) {
            _ if (is_hidden && !self.hidden) || is_debris => Ok(()),
            Promise::Noise => Ok(()),
            Promise::Unknown => self.on(inside, Err(Stop::Trouble(ReadError::Format(read::ending(&inside.name).unwrap_or_default())))),
            _ if !self.members.insert(inside.path.clone()) => self.on(inside, Err(Stop::Trouble(ReadError::Twice))),
            Promise::Article(_) | Promise::Contents => {
                let looked = open().map_err(Stop::from).and_then(|stream| self.look(stream, inside));
                self.on(inside, looked)
            }
        }
    }

    /// Goes on after a member, which may have been no good.
    fn on(&mut self, inside: &Layer, looked: Result<(), Stop>) -> Result<(), Stop> {
        if self.told(&inside.path, looked) { Ok(()) } else { Err(Stop::Enough) }
    }

    /// Tells what was wrong with some bytes; answers whether to go on.
    fn told(&mut self, path: &Path, looked: Result<(), Stop>) -> bool {
        match looked {
            Ok(()) => true,
            Err(Stop::Enough) => false,
            Err(Stop::Trouble(why)) => (self.emit)(Err(Skipped { path: path.to_path_buf(), why: why.to_string() })),
        }
    }
}

/// The place of an article that is all of its source.
fn whole(source: &Arc<Source>) -> Place {
    match (source.format, &source.way[..]) {
        (Format::Plain | Format::Markdown | Format::Html, []) => Place::File,
        _ => Place::Piece(Piece { source: source.clone(), offset: 0, length: Piece::REST }),
    }
}

/// The path of an article in a file of many.
pub(super) fn numbered(path: &Path, number: u64) -> PathBuf {
    let mut name: OsString = path.as_os_str().to_os_string();
    name.push(format!("#{number}"));
    PathBuf::from(name)
}

fn damaged(error: zip::result::ZipError) -> ReadError {
    ReadError::Syntax("zip archive", error.to_string())
}

/// A name in an archive as a path; names that are not UTF-8 are told as far as they are.
fn bytes_path(name: &[u8]) -> PathBuf {
    PathBuf::from(String::from_utf8_lossy(name).replace('\\', "/"))
}
