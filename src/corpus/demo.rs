//! The built-in demo corpus: invented news from invented outlets, as untidy as the real thing.

use super::read::{Format, Promise};
use super::{Entry, Place, Source};
use std::path::PathBuf;

macro_rules! files {
    ($($path:literal)*) => {
        /// Every file of the demo corpus: its path below `assets/demo` and its bytes.
        pub static FILES: &[(&str, &[u8])] = &[$(($path, include_bytes!(concat!("../../assets/demo/", $path)))),*];
    };
}

files! {
    "carrow-courier/dam.txt"
    "carrow-courier/ironclad.txt"
    "carrow-courier/manuscript.txt"
    "carrow-courier/rate.txt"
    "continental/dam.txt"
    "continental/ferry-take-1.txt"
    "continental/ferry-take-3.txt"
    "continental/grain-line.txt"
    "continental/ironclad.txt"
    "continental/manuscript.txt"
    "continental/rate.txt"
    "continental/ruling.txt"
    "eastern-shore-news/ironclad.txt"
    "eastern-shore-news/ruling.txt"
    "ledgerline/markets-2031-03-11.txt"
    "ledgerline/markets-2031-03-18.txt"
    "ledgerline/rate.md"
    "ledgerline/ruling.md"
    "lessick-tribune/ironclad.html"
    "lessick-tribune/manuscript.html"
    "lessick-tribune/rate.txt"
    "lessick-tribune/regatta.txt"
    "north-quay-herald/dam.txt"
    "north-quay-herald/ferry.txt"
    "north-quay-herald/reef-light.txt"
    "open-channel/dam.txt"
    "open-channel/ferry.txt"
    "open-channel/ruling.txt"
    "sundial-times/ironclad.txt"
    "sundial-times/rate.txt"
    "the-meridian/ironclad.txt"
    "the-meridian/rate.txt"
    "the-meridian/ruling.html"
}

/// What a file of the demo corpus is, by its name.
pub(super) fn source(index: usize) -> Source {
    let file = PathBuf::from(FILES[index].0);
    let format = match Promise::of(&file) {
        Promise::Article(format) => format,
        _ => Format::Plain,
    };
    Source::of(file, format)
}

/// The entries of the demo corpus, in the order of their paths.
pub fn entries() -> Vec<Entry> {
    FILES.iter().enumerate().map(|(index, (path, _))| Entry { place: Place::Demo(index), path: PathBuf::from("demo").join(path) }).collect()
}
