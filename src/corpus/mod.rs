//! The third floor, files to stories: the one engine floor that touches the disk. It reads articles, and writes marks and its index alone.

pub mod article;
mod contents;
pub mod demo;
pub mod furniture;
pub mod index;
mod listings;
pub mod notes;
pub mod place;
pub mod query;
mod raw;
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
pub use listings::Listings;
pub use place::{Piece, Place, Source, Stamp};
pub use raw::{Raw, open, open_all, open_as, raw_all};
use read::Format;
pub use read::{Cursor, ReadError};
pub use roots::Roots;

use jiff::civil::Date;
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
