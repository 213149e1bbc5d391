//! Which articles have a feature: an index of features that several articles share, made in one go.

use rayon::prelude::*;

/// Features by their first bits: so many parts are made at a time, each with little memory.
const PARTS: u32 = 8;
/// The articles that have each feature.
pub(super) struct Holders {
    /// Where in `features` those with these first bits begin.
    directory: Vec<u32>,
    /// The features in order, each held by two articles or more.
    features: Vec<u32>,
    /// Where in `articles` the holders of each feature begin; one more at the end.
    starts: Vec<u32>,
    /// The holders of each feature, in order.
    articles: Vec<u32>,
    /// How many of the first bits of a feature are left out to find it in the directory.
    shift: u32,
}

/// A part of the features: each with the number of its holders, and the holders.
type Part = (Vec<(u32, u32)>, Vec<u32>);

impl Holders {
    /// Who has which feature. `lists` has the features of every article in order, `spare` bits of each aside; `wanted` tells whether
    /// one is to be found at all, given who has it.
    pub(super) fn new(lists: &[&[u32]], spare: u32, wanted: impl Fn(&[u32]) -> bool + Sync) -> Self {
        let parts: Vec<Part> = (0..1 << PARTS).into_par_iter().map(|part| made(lists, part, spare, &wanted)).collect();
        let mut holders = Holders { directory: Vec::new(), features: Vec::new(), starts: vec![0], articles: Vec::new(), shift: 0 };
        parts.into_iter().for_each(|part| holders.extend(part));
        holders.direct(u32::BITS - spare);
        holders
    }

    fn extend(&mut self, (features, articles): Part) {
        for (feature, count) in features {
            self.features.push(feature);
            self.starts.push(self.starts.last().copied().unwrap_or(0) + count);
        }
        self.articles.extend(articles);
    }

    /// Writes the directory of features of so many bits: about one entry for each.
    fn direct(&mut self, bits: u32) {
        let first = self.features.len().max(2).ilog2().min(bits);
        self.shift = bits - first;
        self.directory = vec![0; (1 << first) + 1];
        self.features.iter().for_each(|feature| self.directory[(feature >> self.shift) as usize + 1] += 1);
        for at in 1..self.directory.len() {
            self.directory[at] += self.directory[at - 1];
        }
    }

    /// The articles that have a feature, in order; empty where fewer than two have it.
    pub(super) fn of(&self, feature: u32) -> &[u32] {
        let near = (feature >> self.shift) as usize;
        let range = self.directory[near] as usize..self.directory[near + 1] as usize;
        let Some(at) = self.features[range.clone()].iter().position(|f| *f == feature) else { return &[] };
        let at = range.start + at;
        &self.articles[self.starts[at] as usize..self.starts[at + 1] as usize]
    }
}

/// The features that begin with the bits of `part`.
fn made(lists: &[&[u32]], part: u32, spare: u32, wanted: impl Fn(&[u32]) -> bool) -> Part {
    let first = |entry: &u32| entry >> (u32::BITS - PARTS);
    let mut pairs: Vec<u64> = Vec::new();
    for (article, list) in (0u64..).zip(lists) {
        let range = list.partition_point(|entry| first(entry) < part)..list.partition_point(|entry| first(entry) <= part);
        pairs.extend(list[range].iter().map(|entry| u64::from(entry >> spare) << 32 | article));
    }
    pairs.sort_unstable();
    let mut made: Part = Default::default();
    for held in pairs.chunk_by(|a, b| a >> 32 == b >> 32).filter(|held| held.len() > 1) {
        let before = made.1.len();
        made.1.extend(held.iter().map(|pair| low(*pair)));
        if wanted(&made.1[before..]) {
            made.0.push((low(held[0] >> 32), low(held.len() as u64)));
        } else {
            made.1.truncate(before);
        }
    }
    made.1.shrink_to_fit();
    made
}

/// The low half of a number.
fn low(number: u64) -> u32 {
    (number & u64::from(u32::MAX)) as u32
}
