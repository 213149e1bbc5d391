//! What files of many hold, as it was listed before: of a file that is as it was then nothing is read to list it again.

use super::contents::numbered;
use super::place::{Piece, Source, Stamp, Step};
use super::read::{Fields, Format};
use super::{Entry, Place, Skipped};
use encoding_rs::Encoding;
use rustc_hash::FxHashMap as HashMap;
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What is known of files of many, by their paths.
#[derive(Debug, Clone, Default)]
pub struct Listings(HashMap<PathBuf, Listing>);

/// What a file holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Listing {
    /// What the file was like then.
    pub(super) stamp: Stamp,
    pub(super) entries: Vec<Entry>,
    pub(super) skipped: Vec<Skipped>,
}

impl Listing {
    /// What was found then.
    pub(super) fn findings(self) -> impl Iterator<Item = Result<Entry, Skipped>> {
        self.entries.into_iter().map(Ok).chain(self.skipped.into_iter().map(Err))
    }
}

impl Listings {
    /// What a scan found that went to its end.
    pub fn of(entries: &[Entry], skipped: &[Skipped]) -> Self {
        let mut files: HashMap<PathBuf, Listing> = HashMap::default();
        for (file, stamp, held) in held(entries) {
            let listing = files.entry(file.to_path_buf()).or_insert(Listing { stamp, entries: Vec::new(), skipped: Vec::new() });
            listing.entries.extend_from_slice(held);
        }
        for skipped in skipped {
            let file = skipped.path.ancestors().find(|path| files.contains_key(*path));
            if let Some(listing) = file.and_then(|file| files.get_mut(file)) {
                listing.skipped.push(skipped.clone());
            }
        }
        Listings(files)
    }

    /// Adds what was kept of a file; what cannot be read is as if it had not been kept.
    pub(super) fn add(&mut self, file: PathBuf, stamp: Stamp, kept: &Kept, fields: &Fields) {
        if let Some(listing) = kept.listing(&file, stamp, fields) {
            self.0.insert(file, listing);
        }
    }

    /// What is known of a file, if it is as it was. It is known once.
    pub(super) fn take(&mut self, file: &Path, stamp: Stamp) -> Option<Listing> {
        self.0.remove(file).filter(|listing| listing.stamp == stamp)
    }

    /// Every file with what it was like, and what is to be kept of it; `None` where that cannot be told.
    pub(super) fn kept(&self) -> impl Iterator<Item = (&Path, Stamp, Option<Kept>)> {
        self.0.iter().map(|(file, listing)| (file.as_path(), listing.stamp, Kept::new(file, listing)))
    }
}

/// The files of many among some entries, each with what it was like and with those that stand together there.
pub(super) fn held(entries: &[Entry]) -> impl Iterator<Item = (&Path, Stamp, &[Entry])> {
    let of_one = |a: &Entry, b: &Entry| match (&a.place, &b.place) {
        (Place::Piece(a), Place::Piece(b)) => Arc::ptr_eq(&a.source, &b.source) || a.source.file == b.source.file,
        _ => false,
    };
    entries.chunk_by(of_one).filter_map(|held| match &held[0].place {
        Place::Piece(piece) => Some((piece.source.file.as_path(), piece.source.stamp?, held)),
        _ => None,
    })
}

/// What is kept of a file: what its articles have in common as text, and two numbers for each of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Kept {
    /// [`Told`] as JSON.
    pub(super) told: String,
    /// The first byte and the length of every article.
    pub(super) pieces: Vec<u64>,
}

#[derive(Debug, Default, Serialize, Deserialize)]
struct Told {
    parts: Vec<Part>,
    /// Where it lies in the file, and why it was passed over.
    skipped: Vec<(String, String)>,
}

/// Articles that have one source and numbers in a row.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Part {
    /// What is behind the path of the file, without their numbers.
    behind: String,
    way: Vec<Step>,
    format: Format,
    encoding: Option<String>,
    heading: String,
    /// The number of the first; 0 where there is one that has none.
    first: u64,
    count: usize,
}

impl Kept {
    /// `None` where a path is no UTF-8.
    fn new(file: &Path, listing: &Listing) -> Option<Self> {
        let (mut told, mut pieces, mut last) = (Told::default(), Vec::new(), None::<&Arc<Source>>);
        for entry in &listing.entries {
            let Place::Piece(piece) = &entry.place else { return None };
            let (path, number) = match entry.number() {
                Some((path, number)) => (path, number.parse().ok()?),
                None => (entry.path.as_path(), 0),
            };
            let part = Part::new(behind(path, file)?, &piece.source, number);
            let same = last.is_some_and(|last| Arc::ptr_eq(last, &piece.source) || *last == piece.source);
            match told.parts.last_mut().filter(|last| same && last.goes_on(&part)) {
                Some(last) => last.count += 1,
                None => told.parts.push(part),
            }
            pieces.extend([piece.offset, piece.length]);
            last = Some(&piece.source);
        }
        for skipped in &listing.skipped {
            told.skipped.push((behind(&skipped.path, file)?, skipped.why.clone()));
        }
        Some(Kept { told: serde_json::to_string(&told).ok()?, pieces })
    }

    fn listing(&self, file: &Path, stamp: Stamp, fields: &Fields) -> Option<Listing> {
        let told: Told = serde_json::from_str(&self.told).ok()?;
        let mut pieces = self.pieces.as_chunks::<2>().0.iter();
        let mut entries = Vec::with_capacity(self.pieces.len() / 2);
        for part in &told.parts {
            let source = Arc::new(part.source(file, stamp, fields)?);
            let path = before(file, &part.behind);
            for number in (part.first..).take(part.count) {
                let &[offset, length] = pieces.next()?;
                let path = if number == 0 { path.clone() } else { numbered(&path, number) };
                entries.push(Entry { place: Place::Piece(Piece { source: source.clone(), offset, length }), path });
            }
        }
        let skipped = told.skipped.into_iter().map(|(behind, why)| Skipped { path: before(file, &behind), why }).collect();
        Some(Listing { stamp, entries, skipped })
    }
}

impl Part {
    fn new(behind: String, source: &Source, first: u64) -> Self {
        let Source { way, format, encoding, heading, .. } = source;
        let encoding = encoding.map(|encoding| encoding.name().to_string());
        Part { behind, way: way.clone(), format: *format, encoding, heading: heading.clone(), first, count: 1 }
    }

    /// Whether an article of the same source is the next one.
    fn goes_on(&self, next: &Part) -> bool {
        self.behind == next.behind && self.first > 0 && self.first + self.count as u64 == next.first
    }

    fn source(&self, file: &Path, stamp: Stamp, fields: &Fields) -> Option<Source> {
        let encoding = match &self.encoding {
            Some(name) => Some(Encoding::for_label(name.as_bytes())?),
            None => None,
        };
        let (file, way, heading) = (file.to_path_buf(), self.way.clone(), self.heading.clone());
        Some(Source { file, way, format: self.format, encoding, heading, fields: fields.clone(), stamp: Some(stamp) })
    }
}

/// What of a path is behind the file that it leads into.
fn behind(path: &Path, file: &Path) -> Option<String> {
    Some(path.strip_prefix(file).ok()?.to_str()?.to_string())
}

fn before(file: &Path, behind: &str) -> PathBuf {
    if behind.is_empty() { file.to_path_buf() } else { file.join(behind) }
}
