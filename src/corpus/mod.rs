//! The third floor, files to stories: the one engine floor that touches the disk. It reads articles, and writes marks and its index alone.

pub mod article;
mod contents;
pub mod demo;
pub mod furniture;
pub mod index;
pub mod notes;
pub mod place;
pub mod query;
pub mod read;
mod roots;
pub mod scan;
pub mod search;
pub mod story;
mod walk;
pub mod watch;

pub use article::Article;
pub use contents::{find, leads_into_file};
pub use furniture::{Furniture, Reading};
pub use place::{Piece, Place, Source};
use read::Format;
pub use read::{Cursor, ReadError};
pub use roots::Roots;

use crate::text::Unit;
use jiff::civil::Date;
use rayon::prelude::*;
use serde::Serialize;
use std::path::{Path, PathBuf};

/// An article of a corpus that a reader knows, not opened yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Where its bytes are.
    pub place: Place,
    /// Its path as it was found: below the root as that was given. In a file of many its number is behind it, as in
    /// `wire.jsonl#3`; in an archive its name, as in `wire.zip/one.txt`.
    pub path: PathBuf,
}

impl Entry {
    /// The file whose bytes are to be seen in an editor; nothing that is packed is, and no table by column.
    pub fn file(&self) -> Option<&Path> {
        match &self.place {
            Place::File => Some(&self.path),
            Place::Piece(piece) if piece.source.way.is_empty() && piece.source.format != Format::Parquet => Some(&piece.source.file),
            _ => None,
        }
    }

    /// The file of many that it is in, and its number there.
    pub fn number(&self) -> Option<(&Path, &str)> {
        let Place::Piece(piece) = &self.place else { return None };
        if piece.length == Piece::REST {
            return None;
        }
        let (file, number) = self.path.to_str()?.rsplit_once('#')?;
        Some((Path::new(file), number))
    }
}

/// A file that is not in the corpus, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Skipped {
    /// Its path.
    #[serde(serialize_with = "lossy")]
    pub path: PathBuf,
    /// One sentence without the path.
    pub why: String,
}

fn lossy<S: serde::Serializer>(path: &Path, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(&path.display())
}

/// Reads the article of an entry. What is missing there now was there when the corpus was scanned: it vanished.
pub fn open(entry: &Entry) -> Result<Article, ReadError> {
    open_as(entry, Unit::Sentence)
}

/// Reads the article of an entry in other units than sentences.
pub fn open_as(entry: &Entry, unit: Unit) -> Result<Article, ReadError> {
    let read = match &entry.place {
        Place::File => read::file(&entry.path, unit),
        Place::Demo(index) => read::article(entry.path.clone(), demo::FILES[*index].1, &demo::source(*index), unit),
        Place::Piece(piece) => {
            Cursor::default().read(piece).and_then(|bytes| read::article(entry.path.clone(), &bytes, &piece.source, unit))
        }
    };
    read.map_err(vanished)
}

/// What was listed and is not there any more.
fn vanished(error: ReadError) -> ReadError {
    match error {
        ReadError::System(system) if system.kind() == std::io::ErrorKind::NotFound => ReadError::Vanished,
        other => other,
    }
}

/// How many articles are unpacked ahead of those that take them apart …
const AHEAD: usize = 256;
/// … unless they have more bytes than this.
const AHEAD_BYTES: usize = 64 * 1024 * 1024;

/// Reads many articles, in parallel, and answers what `make` makes of each. Packed files are unpacked once if their articles come
/// in order; between calls `cursor` remembers how far.
pub fn open_all<T: Send>(entries: &[Entry], cursor: &mut Cursor, make: impl Fn(&Entry, Result<Article, ReadError>) -> T + Sync) -> Vec<T> {
    let mut made = Vec::with_capacity(entries.len());
    while made.len() < entries.len() {
        let ahead = unpacked(&entries[made.len()..], cursor);
        let entries = &entries[made.len()..made.len() + ahead.len()];
        made.par_extend(ahead.into_par_iter().zip(entries).map(|(bytes, entry)| match (bytes, &entry.place) {
            (Some(bytes), Place::Piece(piece)) => {
                let read = bytes.and_then(|bytes| read::article(entry.path.clone(), &bytes, &piece.source, Unit::Sentence));
                make(entry, read.map_err(vanished))
            }
            _ => make(entry, open(entry)),
        }));
    }
    made
}

/// The bytes of the next articles, of those alone that cannot be gone to at once.
fn unpacked(entries: &[Entry], cursor: &mut Cursor) -> Vec<Option<Result<Vec<u8>, ReadError>>> {
    let (mut ahead, mut bytes) = (Vec::new(), 0);
    for entry in entries.iter().take(AHEAD) {
        let read = match &entry.place {
            Place::Piece(piece) if piece.source.start().is_none() => Some(cursor.read(piece)),
            _ => None,
        };
        bytes += read.as_ref().and_then(|read| read.as_ref().ok()).map_or(0, Vec::len);
        ahead.push(read);
        if bytes > AHEAD_BYTES {
            break;
        }
    }
    ahead
}

/// What lists show of an article, kept for every article of a corpus.
#[derive(Debug, Clone, PartialEq)]
pub struct Digest {
    /// What the article is known by: its own id, or its path.
    pub id: String,
    /// The headline, or the first sentence.
    pub headline: String,
    /// The day of publication.
    pub date: Option<Date>,
    /// Who printed it.
    pub outlet: Option<String>,
    /// Words of the article.
    pub words: usize,
}

impl Digest {
    /// What lists show of an article.
    pub fn new(article: &Article) -> Self {
        let headline = article.headline().split_whitespace().collect::<Vec<_>>().join(" ");
        Digest { id: article.id.clone(), headline, date: article.date, outlet: article.outlet.clone(), words: article.parsed.words() }
    }
}
