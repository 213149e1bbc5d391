//! Where the bytes of an article are: in a file of its own, in the program, or inside a file of many.

use super::read::{Fields, Format};
use encoding_rs::Encoding;
use serde::{Deserialize, Serialize};
use std::fs::Metadata;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::UNIX_EPOCH;

/// Where the bytes of an article are.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Place {
    /// In a file of its own.
    File,
    /// In the program: a file of the demo corpus, by its index.
    Demo(usize),
    /// Inside a file that is packed, holds many, or has fields.
    Piece(Piece),
}

/// A stretch of the bytes that a source comes to.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Piece {
    /// What it is a stretch of.
    pub source: Arc<Source>,
    /// Its first byte; of Parquet its row.
    pub offset: u64,
    /// How many bytes it has; [`Piece::REST`] where that is not known.
    pub length: u64,
}

/// What the articles of one file, or of one member of an archive, have in common.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Source {
    /// The file on the disk.
    pub file: PathBuf,
    /// What leads from its bytes to those of the articles, in order; nothing where they are the same.
    pub way: Vec<Step>,
    /// What the bytes are.
    pub format: Format,
    /// Their encoding, where the first of them tell it; else every piece tells its own.
    pub encoding: Option<&'static Encoding>,
    /// The first row of a table, which names its columns.
    pub heading: String,
    /// What the fields of its records are called.
    pub fields: Fields,
    /// What the file was like when its articles were listed; of another one the offsets say nothing.
    pub stamp: Option<Stamp>,
}

/// The size and the time of a file, by which it is known again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Stamp {
    /// In bytes.
    pub size: i64,
    /// When it was written last, in nanoseconds since 1970.
    pub modified: i64,
}

impl Stamp {
    /// That of a file; `None` where the system does not tell it.
    pub fn of(meta: &Metadata) -> Option<Self> {
        let modified = meta.modified().ok()?.duration_since(UNIX_EPOCH).ok()?.as_nanos();
        Some(Stamp { size: i64::try_from(meta.len()).ok()?, modified: i64::try_from(modified).ok()? })
    }
}

/// One step on the way from the bytes of a file to those of an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Step {
    /// Some of the bytes alone: a member of an archive.
    Slice {
        /// The first of them.
        offset: u64,
        /// How many they are.
        length: u64,
    },
    /// Unpacking what gzip packed, in one piece or in many.
    Gzip,
    /// Unpacking what zstd packed.
    Zstd,
    /// Unpacking a member of a zip archive.
    Deflate,
}

impl Piece {
    /// The length of a piece that ends where its source does.
    pub const REST: u64 = u64::MAX;
}

impl Source {
    /// A file whose bytes are those of its one article.
    pub fn of(file: PathBuf, format: Format) -> Self {
        Source { file, way: Vec::new(), format, encoding: None, heading: String::new(), fields: Fields::default(), stamp: None }
    }

    /// Where its bytes begin in the file, if they lie there as they are: then every piece can be gone to at once.
    pub(super) fn start(&self) -> Option<u64> {
        match self.way[..] {
            _ if self.format == Format::Parquet => None,
            [] => Some(0),
            [Step::Slice { offset, .. }] => Some(offset),
            _ => None,
        }
    }
}
