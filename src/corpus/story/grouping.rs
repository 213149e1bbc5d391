//! The stories of a corpus that changes: what is known of articles that stay is kept, and those that are added join them.

use super::linkage::{NEAREST, Pair, Terms, components, groups};
use super::versions::{Comparison, Rarity};
use super::{Known, Sketch, Story, Strength, coverage, in_order};
use rayon::prelude::*;
use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};

/// So near groups are on average to be versions of one story: .11.
const VERSIONS: Terms = Terms { near: NEAREST / 100 * 11, share: 0 };

/// Pairs that are less near than this are not near at all.
const LEAST: u32 = NEAREST / 64;
/// So many pairs are held in memory, 192 MB, before it is known which of them count: a million articles share much by chance.
const MOST: usize = 16 << 20;

/// Articles and how near they are to each other.
#[derive(Debug, Clone, Default)]
pub struct Grouping {
    /// What articles say, each once however many say it.
    sketches: Vec<Sketch>,
    /// The articles that say so, by their index in the corpus.
    articles: Vec<Vec<usize>>,
    /// What tells the sketches apart whatever their order.
    marks: Vec<u64>,
    rarity: Rarity,
    /// Which sketches share text, as far as pairs that are near enough connect them, whatever lies between: what is less near counts
    /// nowhere else.
    pub(super) pairs: Vec<Pair>,
}

impl Grouping {
    /// Groups articles, each with its index in the corpus. Of what is known already nothing is compared again, unless what it says
    /// has become more or less rare: the result is that of comparing everything, whatever is known.
    pub fn new(articles: impl IntoIterator<Item = (usize, Sketch)>, known: &Known) -> Self {
        Grouping::within(MOST, articles, known)
    }

    /// The same with so many pairs in memory at most before it is known which of them count.
    pub(super) fn within(most: usize, articles: impl IntoIterator<Item = (usize, Sketch)>, known: &Known) -> Self {
        let mut grouping = Grouping::default();
        let mut places: HashMap<u64, usize> = HashMap::default();
        for (article, sketch) in articles {
            let mark = sketch.mark();
            let place = *places.entry(mark).or_insert(grouping.sketches.len());
            if place == grouping.sketches.len() {
                grouping.rarity.count(&sketch);
                grouping.sketches.push(sketch);
                grouping.articles.push(Vec::new());
                grouping.marks.push(mark);
            }
            grouping.articles[place].push(article);
        }
        grouping.compare(known, &places, most);
        grouping
    }

    /// Compares what is not known, and what holds something that weighs otherwise than it did.
    fn compare(&mut self, known: &Known, places: &HashMap<u64, usize>, most: usize) {
        let changed = if known.marks.is_empty() { HashSet::default() } else { self.rarity.changed(&known.weights) };
        let is_fresh = |(mark, sketch): (&u64, &Sketch)| {
            !known.marks.contains(mark) || self.rarity.of(sketch).any(|counted| changed.contains(&counted))
        };
        let fresh: Vec<bool> = self.marks.par_iter().zip(&self.sketches).map(is_fresh).collect();
        let kept = known.pairs.iter().filter_map(|(marks, near)| {
            let [a, b] = [places.get(&marks[0])?, places.get(&marks[1])?];
            (!fresh[*a] && !fresh[*b]).then(|| Pair::of(*a, *b, *near))
        });
        self.pairs = kept.collect();
        if fresh.contains(&true) {
            self.join(&fresh, most);
        } else {
            let parts = self.parts(&[]);
            self.pairs.retain(|pair| pair.is_in_one(&parts));
        }
    }

    /// For every sketch the first one of those that near pairs connect it to: those that are kept, and others.
    fn parts(&self, others: &[Pair]) -> Vec<u32> {
        let kept = self.pairs.iter().filter(|pair| pair.near >= VERSIONS.near);
        components((0u32..).take(self.sketches.len()).collect(), kept.chain(others).copied())
    }

    /// Finds the pairs of what is fresh. Where they are too many, only what connects articles is looked for at first. Then parts are
    /// gone through again of which not all pairs were found: those that something fresh connects to others.
    fn join(&mut self, fresh: &[bool], most: usize) {
        let comparison = Comparison::new(&self.sketches, &self.rarity);
        let mut found = comparison.pairs(fresh, LEAST, most, |_, _| true);
        let is_whole = found.len() <= most;
        if !is_whole {
            found = comparison.pairs(fresh, VERSIONS.near, usize::MAX, |_, _| true);
        }
        let parts = self.parts(&found.iter().filter(|pair| pair.near >= VERSIONS.near).copied().collect::<Vec<_>>());
        let again = again(fresh, &parts, is_whole);
        self.pairs.extend(found);
        self.pairs.retain(|pair| pair.is_in_one(&parts) && !again[pair.articles[0] as usize]);
        if again.contains(&true) {
            self.pairs.extend(comparison.pairs(&again, LEAST, usize::MAX, |a, b| parts[a] == parts[b]));
        }
    }

    /// What was found out, for the next time.
    pub fn known(&self) -> Known {
        let marks = |pair: &Pair| {
            let [a, b] = pair.articles.map(|place| self.marks[place as usize]);
            [a.min(b), a.max(b)]
        };
        Known {
            marks: self.marks.iter().copied().collect(),
            weights: self.rarity.weights(),
            pairs: self.pairs.iter().map(|pair| (marks(pair), pair.near)).collect(),
        }
    }

    /// The stories, the largest first.
    pub fn stories(&self, strength: Strength) -> Vec<Story> {
        let versions = groups(&self.marks, &self.pairs, VERSIONS, &[]);
        let groups = match strength {
            Strength::Versions => versions,
            // Versions of one story tell one event.
            Strength::Coverage => groups(&self.marks, &coverage::pairs(&self.sketches, &self.marks), coverage::EVENT, &versions),
        };
        let mut alone = vec![true; self.sketches.len()];
        groups.iter().flatten().for_each(|place| alone[*place as usize] = false);
        let copies = (0..self.sketches.len()).filter(|place| alone[*place] && self.sketches[*place].tells()).map(|place| vec![place]);
        let groups = groups.into_iter().map(|group| group.into_iter().map(|place| place as usize).collect());
        let mut stories: Vec<Story> = groups.chain(copies).map(|group: Vec<usize>| self.story(&group)).collect();
        stories.retain(|story| story.articles.len() > 1);
        in_order(&mut stories);
        stories
    }

    fn story(&self, places: &[usize]) -> Story {
        let mut articles: Vec<usize> = places.iter().flat_map(|place| self.articles[*place].iter().copied()).collect();
        articles.sort_unstable();
        Story { articles }
    }
}

/// Which sketches are in a part whose pairs are to be found again: one with something fresh and something that was known, whose pairs
/// were only kept as far as they counted then; and where the pairs that were found are not all, any with something fresh.
fn again(fresh: &[bool], parts: &[u32], is_whole: bool) -> Vec<bool> {
    let mut counts = vec![[0_u32; 2]; parts.len()];
    for (part, fresh) in parts.iter().zip(fresh) {
        counts[*part as usize][usize::from(*fresh)] += 1;
    }
    let is_again = |[known, fresh]: [u32; 2]| fresh > 0 && known + fresh > 1 && (known > 0 || !is_whole);
    parts.iter().map(|part| is_again(counts[*part as usize])).collect()
}
