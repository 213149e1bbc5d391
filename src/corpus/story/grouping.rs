//! The stories of a corpus that grows: what is known of articles that stay is kept, and those that are added join them.

use super::linkage::{NEAREST, Pair, groups};
use super::versions::{self, Rarity};
use super::{Sketch, Story, Strength, coverage};
use rayon::prelude::*;
use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};
use std::mem;

/// So near groups are on average to be versions of one story: .11.
pub(super) const VERSIONS: u32 = NEAREST / 100 * 11;

/// Articles and how near they are to each other. It does not matter in how many steps they were added.
#[derive(Debug, Clone, Default)]
pub struct Grouping {
    /// What articles say, each once however many say it.
    sketches: Vec<Sketch>,
    /// The articles that say so, by their index in the corpus.
    articles: Vec<Vec<usize>>,
    /// What tells the sketches apart whatever their order.
    marks: Vec<u64>,
    /// Where a sketch is, by its mark.
    places: HashMap<u64, usize>,
    rarity: Rarity,
    /// Which sketches share text.
    pub(super) pairs: Vec<Pair>,
}

impl Grouping {
    /// Adds articles, each with its index in the corpus. Only they, and what holds words that have become less rare by them, are
    /// compared.
    pub fn add(&mut self, articles: impl IntoIterator<Item = (usize, Sketch)>) {
        let before = self.sketches.len();
        let mut changed = HashSet::default();
        for (article, sketch) in articles {
            let mark = sketch.mark();
            let place = *self.places.entry(mark).or_insert(self.sketches.len());
            if place == self.sketches.len() {
                changed.extend(self.rarity.count(&sketch));
                self.sketches.push(sketch);
                self.articles.push(Vec::new());
                self.marks.push(mark);
            }
            self.articles[place].push(article);
        }
        self.compare(before, &changed);
    }

    /// Compares what was added after the first `before` sketches, and what holds something that weighs otherwise than before.
    fn compare(&mut self, before: usize, changed: &HashSet<versions::Weight>) {
        let is_fresh =
            |(place, sketch): (usize, &Sketch)| place >= before || self.rarity.of(sketch).any(|weight| changed.contains(&weight));
        let fresh: Vec<bool> = self.sketches.par_iter().enumerate().map(|(place, sketch)| is_fresh((place, sketch))).collect();
        let mut pairs = mem::take(&mut self.pairs);
        pairs.retain(|pair| pair.articles.iter().all(|place| !fresh[*place as usize]));
        pairs.extend(versions::pairs(&self.sketches, &fresh, &self.rarity));
        self.pairs = pairs;
    }

    /// The stories, the largest first.
    pub fn stories(&self, strength: Strength) -> Vec<Story> {
        let groups = match strength {
            Strength::Versions => groups(&self.marks, &self.pairs, VERSIONS),
            Strength::Coverage => groups(&self.marks, &coverage::pairs(&self.sketches, &self.marks, &self.pairs), coverage::NEAR),
        };
        let mut alone = vec![true; self.sketches.len()];
        groups.iter().flatten().for_each(|place| alone[*place as usize] = false);
        let copies = (0..self.sketches.len()).filter(|place| alone[*place] && self.sketches[*place].tells()).map(|place| vec![place]);
        let groups = groups.into_iter().map(|group| group.into_iter().map(|place| place as usize).collect());
        let mut stories: Vec<Story> = groups.chain(copies).map(|group: Vec<usize>| self.story(&group)).collect();
        stories.retain(|story| story.articles.len() > 1);
        stories.sort_by(|a, b| b.articles.len().cmp(&a.articles.len()).then(a.articles.cmp(&b.articles)));
        stories
    }

    fn story(&self, places: &[usize]) -> Story {
        let mut articles: Vec<usize> = places.iter().flat_map(|place| self.articles[*place].iter().copied()).collect();
        articles.sort_unstable();
        Story { articles }
    }
}
