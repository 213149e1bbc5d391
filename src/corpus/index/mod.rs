//! The index of a corpus: what was read of its articles, kept between two runs, so that only what changed is read again.
//!
//! One file of SQLite for each corpus: what lists show of the articles, their words (FTS5, contentless: the words can be found, and
//! the text stays where it is), what stories and page furniture are found by, and the stories that were found last. What is known of
//! an article goes in with its words in one transaction, so that a program that is killed leaves either both or none. Several programs
//! may read and write at once (WAL, `BEGIN IMMEDIATE`): whoever comes second finds the work of the first and does not do it again.
//!
//! An article is known again by the size and the time of its file; where these changed and its own bytes did not (XXH3 of them), only they
//! are noted: of a file of many that grew only what is new is taken apart. A file of another version of the format, or a damaged one, is
//! thrown away and made anew: all in it can be read again.

mod hits;
mod listings;
mod store;
mod stories;
mod update;

pub use hits::{Found, Hit};
pub use stories::{Findings, Grouped, Material};
pub use update::{Changes, Progress, Read, Step, Told};

use super::Roots;
use super::scan::Scan;
use rusqlite::Connection;
use std::path::{Path, PathBuf};
use thiserror::Error;

/// Why an index cannot be used, in one sentence.
#[derive(Debug, Error)]
pub enum IndexError {
    /// SQLite refused.
    #[error("{}: the index cannot be used: {source}", crate::text::width::safe(&.path.to_string_lossy()))]
    Sqlite {
        /// The file.
        path: PathBuf,
        /// Its reason.
        source: rusqlite::Error,
    },
    /// The folder could not be made.
    #[error("{}: the folder of the index cannot be made: {source}", crate::text::width::safe(&.path.to_string_lossy()))]
    Folder {
        /// The folder.
        path: PathBuf,
        /// Its reason.
        source: std::io::Error,
    },
}

impl IndexError {
    /// Whether the file is damaged, so that an index has to be made anew.
    pub fn is_damage(&self) -> bool {
        matches!(self, IndexError::Sqlite { source, .. } if store::is_useless(source))
    }
}

/// An index that is open.
#[derive(Debug)]
pub struct Index {
    db: Connection,
    path: PathBuf,
    roots: Roots,
}

impl Index {
    /// Opens the index of a corpus in a folder, or makes it. It holds for one way of scanning the corpus: fields that are called
    /// otherwise make other articles.
    pub fn open(folder: &Path, roots: &[PathBuf], options: &Scan) -> Result<Self, IndexError> {
        std::fs::create_dir_all(folder).map_err(|source| IndexError::Folder { path: folder.to_path_buf(), source })?;
        Index::at(folder.join(store::name(roots, options)), roots)
    }

    /// An index that is forgotten when it is closed. What does not fit in a little memory is put in a file without a name.
    pub fn temporary(roots: &[PathBuf]) -> Result<Self, IndexError> {
        Index::at(PathBuf::new(), roots)
    }

    fn at(path: PathBuf, roots: &[PathBuf]) -> Result<Self, IndexError> {
        match store::open(&path) {
            Ok(db) => Ok(Index { db, path, roots: Roots::new(roots) }),
            Err(source) => Err(error_of(&path, source)),
        }
    }

    /// Its file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// How many articles it has.
    pub fn articles(&self) -> Result<usize, IndexError> {
        let count = self.db.query_row("SELECT count(*) FROM article WHERE why IS NULL", [], |row| row.get::<_, i64>(0));
        count.map(|count| usize::try_from(count).unwrap_or(0)).map_err(|source| self.error(source))
    }

    /// Begins anew, where what is in the file is damaged: nothing is in the index before the next update.
    pub fn renew(&mut self) -> Result<(), IndexError> {
        self.begin_anew().map_err(|source| self.error(source))
    }

    fn begin_anew(&mut self) -> rusqlite::Result<()> {
        self.db = Connection::open_in_memory()?;
        store::throw_away(&self.path);
        self.db = store::open(&self.path)?;
        Ok(())
    }

    fn error(&self, source: rusqlite::Error) -> IndexError {
        error_of(&self.path, source)
    }
}

/// An index that is forgotten has no path: what it does not hold in memory is in the folder for that.
fn error_of(path: &Path, source: rusqlite::Error) -> IndexError {
    let path = if path.as_os_str().is_empty() { std::env::temp_dir() } else { path.to_path_buf() };
    IndexError::Sqlite { path, source }
}
