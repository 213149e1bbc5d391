//! The third floor, files to stories: the one engine floor that touches the disk. It reads articles, and writes nothing but marks.

pub mod article;
pub mod demo;
pub mod furniture;
pub mod index;
pub mod notes;
pub mod query;
pub mod read;
pub mod scan;
pub mod search;
pub mod story;

pub use article::Article;
pub use furniture::{Furniture, Reading};
pub use read::ReadError;

use crate::text::Unit;
use jiff::civil::Date;
use serde::Serialize;
use std::path::{Path, PathBuf};

/// Where the bytes of an article are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Place {
    /// In a file of its own.
    File,
    /// In the program: a file of the demo corpus, by its index.
    Demo(usize),
}

/// A file of a corpus that a reader knows, not opened yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Where its bytes are.
    pub place: Place,
    /// Its path as it was found: below the root as that was given.
    pub path: PathBuf,
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
    let read = match entry.place {
        Place::File => read::file(&entry.path, Unit::Sentence),
        Place::Demo(index) => {
            let (name, bytes) = demo::FILES[index];
            let format = read::Format::of(Path::new(name)).unwrap_or(read::Format::Plain);
            read::article(entry.path.clone(), bytes, format, Unit::Sentence)
        }
    };
    read.map_err(|error| match error {
        ReadError::System(system) if system.kind() == std::io::ErrorKind::NotFound => ReadError::Vanished,
        other => other,
    })
}

/// What lists show of an article, kept for every article of a corpus.
#[derive(Debug, Clone, PartialEq)]
pub struct Digest {
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
        Digest { headline, date: article.date, outlet: article.outlet.clone(), words: article.parsed.words() }
    }
}
