//! Articles by their entries: the bytes of each, and what is made of them.

use super::place::Source;
use super::read::{self, Cursor, ReadError};
use super::{Article, Entry, Place, demo};
use crate::text::Unit;
use rayon::prelude::*;
use std::borrow::Cow;
use std::io::ErrorKind;
use xxhash_rust::xxh3::{xxh3_64, xxh3_64_with_seed};

/// The bytes of an article, not taken apart yet.
#[derive(Debug)]
pub struct Raw<'a> {
    entry: &'a Entry,
    bytes: Cow<'a, [u8]>,
    source: Cow<'a, Source>,
}

impl Raw<'_> {
    /// A hash of all that the article is made from: its bytes, and the heading of the table that they are a row of.
    pub fn hash(&self) -> u64 {
        xxh3_64_with_seed(&self.bytes, xxh3_64(self.source.heading.as_bytes()))
    }

    /// The article.
    pub fn article(&self, unit: Unit) -> Result<Article, ReadError> {
        read::article(self.entry.path.clone(), &self.bytes, &self.source, unit).map_err(vanished)
    }
}

/// Reads the article of an entry. What is missing there now was there when the corpus was scanned: it vanished.
pub fn open(entry: &Entry) -> Result<Article, ReadError> {
    open_as(entry, Unit::Sentence)
}

/// Reads the article of an entry in other units than sentences.
pub fn open_as(entry: &Entry, unit: Unit) -> Result<Article, ReadError> {
    raw(entry)?.article(unit)
}

/// Reads many articles, in parallel, and answers what `make` makes of each; see [`raw_all`].
pub fn open_all<T: Send>(entries: &[Entry], cursor: &mut Cursor, make: impl Fn(&Entry, Result<Article, ReadError>) -> T + Sync) -> Vec<T> {
    raw_all(entries, cursor, |entry, raw| make(entry, raw.and_then(|raw| raw.article(Unit::Sentence))))
}

/// Reads the bytes of many articles, in parallel, and answers what `make` makes of each. Packed files are unpacked once if their
/// articles come in order; between calls `cursor` remembers how far.
pub fn raw_all<T: Send>(entries: &[Entry], cursor: &mut Cursor, make: impl Fn(&Entry, Result<Raw, ReadError>) -> T + Sync) -> Vec<T> {
    let mut made = Vec::with_capacity(entries.len());
    while made.len() < entries.len() {
        let ahead = unpacked(&entries[made.len()..], cursor);
        let entries = &entries[made.len()..made.len() + ahead.len()];
        made.par_extend(ahead.into_par_iter().zip(entries).map(|(bytes, entry)| match (bytes, &entry.place) {
            (Some(bytes), Place::Piece(piece)) => {
                let raw = bytes.map(|bytes| Raw { entry, bytes: bytes.into(), source: Cow::Borrowed(&*piece.source) });
                make(entry, raw.map_err(vanished))
            }
            _ => make(entry, raw(entry)),
        }));
    }
    made
}

/// The bytes of one article.
fn raw(entry: &Entry) -> Result<Raw<'_>, ReadError> {
    let (bytes, source) = match &entry.place {
        Place::File => read::file(&entry.path).map(|(bytes, source)| (Cow::Owned(bytes), Cow::Owned(source))),
        Place::Demo(index) => Ok((Cow::Borrowed(demo::FILES[*index].1), Cow::Owned(demo::source(*index)))),
        Place::Piece(piece) => Cursor::default().read(piece).map(|bytes| (Cow::Owned(bytes), Cow::Borrowed(&*piece.source))),
    }
    .map_err(vanished)?;
    Ok(Raw { entry, bytes, source })
}

/// What was listed and is not there any more.
fn vanished(error: ReadError) -> ReadError {
    match error {
        ReadError::System(system) if system.kind() == ErrorKind::NotFound => ReadError::Vanished,
        other => other,
    }
}

/// How many articles are unpacked ahead of those that take them apart …
const AHEAD: usize = 256;
/// … unless they have more bytes than this.
const AHEAD_BYTES: usize = 64 * 1024 * 1024;

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
