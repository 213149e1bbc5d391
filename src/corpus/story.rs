//! Articles to stories: which of them tell the same, by the rare runs of words and the names that they share.
//!
//! Every article is sketched as a set of weighted features: runs of three words, and names. Features in few articles weigh
//! more (Spärck Jones 1972); those in many are furniture and weigh nothing. Two articles are as near as the share of the
//! smaller one's weight that both have, so that a cut version is still a version. Groups grow by average linkage (Sokal and
//! Michener 1958): no story is held together by one weak link. Everything is kept in memory.

use super::Article;
pub use crate::collate::letter::letter;
use crate::text::TokenKind;
use jiff::civil::Date;
use std::cmp::Ordering;
use std::collections::{BinaryHeap, HashMap, HashSet};
use std::path::Path;
use xxhash_rust::xxh3::xxh3_64;

/// The features of one article, by hash.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Sketch {
    runs: Vec<u64>,
    names: Vec<u64>,
}

/// How many words make a run.
const RUN: usize = 3;

impl Sketch {
    /// The features of an article's body; headlines are rewritten everywhere, and furniture says nothing.
    pub fn new(article: &Article) -> Self {
        let text = &article.parsed;
        let (mut runs, mut names) = (HashSet::new(), HashSet::new());
        for index in (0..text.sentences.len()).filter(|&s| text.counts(s)) {
            let tokens = text.tokens[text.sentences[index].tokens.clone()].iter().filter(|t| t.kind != TokenKind::Mark);
            let words: Vec<&str> = tokens.map(|t| t.span.of(&article.text)).collect();
            let folded: Vec<String> = words.iter().map(|w| w.to_lowercase()).collect();
            runs.extend(folded.windows(RUN).map(|run| xxh3_64(run.join(" ").as_bytes())));
            let inside = words.iter().zip(&folded).skip(1);
            names.extend(inside.filter(|(w, f)| w.starts_with(char::is_uppercase) && f.len() > 3).map(|(_, f)| xxh3_64(f.as_bytes())));
        }
        let sorted = |set: HashSet<u64>| {
            let mut list: Vec<u64> = set.into_iter().collect();
            list.sort_unstable();
            list
        };
        Sketch { runs: sorted(runs), names: sorted(names) }
    }
}

/// Articles that tell the same, by their index in the corpus, and how near they are on average.
#[derive(Debug, Clone, PartialEq)]
pub struct Story {
    /// The articles in the order of the corpus; two at least.
    pub articles: Vec<usize>,
}

/// How near two groups must be on average to be one story, 0 to 1.
const NEAR: f64 = 0.075;

/// Groups articles. `sketches` pairs each with its index in the corpus; the result does not depend on their order.
pub fn stories(sketches: &[(usize, Sketch)]) -> Vec<Story> {
    let runs: Vec<&[u64]> = sketches.iter().map(|(_, s)| s.runs.as_slice()).collect();
    let names: Vec<&[u64]> = sketches.iter().map(|(_, s)| s.names.as_slice()).collect();
    let by_runs = overlaps(&runs);
    let by_names = overlaps(&names);
    let mut near: HashMap<(usize, usize), f64> = HashMap::with_capacity(by_runs.len());
    for (pair, runs) in by_runs {
        let names = by_names.get(&pair).copied().unwrap_or(0.0);
        near.insert(pair, 0.75 * runs + 0.25 * names * (4.0 * runs).min(1.0));
    }
    let mut stories: Vec<Story> = linked(sketches.len(), &near)
        .into_iter()
        .map(|group| {
            let mut articles: Vec<usize> = group.into_iter().map(|i| sketches[i].0).collect();
            articles.sort_unstable();
            Story { articles }
        })
        .collect();
    stories.sort_by(|a, b| b.articles.len().cmp(&a.articles.len()).then(a.articles.cmp(&b.articles)));
    stories
}

/// For every two lists that share a rare feature: the weight of what they share over the weight of the lighter one.
fn overlaps(lists: &[&[u64]]) -> HashMap<(usize, usize), f64> {
    let mut places: HashMap<u64, Vec<u32>> = HashMap::new();
    for (index, list) in lists.iter().enumerate() {
        list.iter().for_each(|feature| places.entry(*feature).or_default().push(u32::try_from(index).unwrap_or(u32::MAX)));
    }
    let total = lists.len() as f64;
    let common = (lists.len() / 40).max(30);
    let weight = |count: usize| if count > common { 0.0 } else { (1.0 + total / count as f64).ln() };
    let sums: Vec<f64> = lists.iter().map(|list| list.iter().map(|feature| weight(places[feature].len())).sum()).collect();
    let mut shared: HashMap<(usize, usize), f64> = HashMap::new();
    for holders in places.values().filter(|holders| holders.len() > 1 && holders.len() <= common) {
        for (k, &b) in holders.iter().enumerate() {
            for &a in &holders[..k] {
                *shared.entry((a as usize, b as usize)).or_default() += weight(holders.len());
            }
        }
    }
    shared.into_iter().map(|((a, b), weight)| ((a, b), weight / sums[a].min(sums[b]).max(1.0))).collect()
}

/// Two groups and how near they are, in the order in which groups are joined.
struct Bond {
    near: f64,
    pair: (usize, usize),
}

impl PartialEq for Bond {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Bond {}

impl PartialOrd for Bond {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Bond {
    fn cmp(&self, other: &Self) -> Ordering {
        self.near.total_cmp(&other.near).then(other.pair.cmp(&self.pair))
    }
}

/// Average linkage over a sparse graph: pairs that are not in it are not near at all. Groups of one are left out.
fn linked(count: usize, near: &HashMap<(usize, usize), f64>) -> Vec<Vec<usize>> {
    let mut groups: Vec<Option<Vec<usize>>> = (0..count).map(|i| Some(vec![i])).collect();
    let mut sums: Vec<HashMap<usize, f64>> = vec![HashMap::new(); count];
    for (&(a, b), &value) in near {
        sums[a].insert(b, value);
        sums[b].insert(a, value);
    }
    let mut bonds: BinaryHeap<Bond> = near.iter().filter(|(_, near)| **near >= NEAR).map(|(&pair, &near)| Bond { near, pair }).collect();
    while let Some(Bond { pair: (a, b), .. }) = bonds.pop() {
        // Of groups that were joined to others meanwhile, the newer bonds are in the heap.
        if groups[a].is_none() || groups[b].is_none() {
            continue;
        }
        let members = [groups[a].take().unwrap_or_default(), groups[b].take().unwrap_or_default()].concat();
        let joined = groups.len();
        let mut around: HashMap<usize, f64> = HashMap::new();
        for old in [a, b] {
            for (other, sum) in std::mem::take(&mut sums[old]) {
                *around.entry(other).or_default() += sum;
            }
        }
        around.retain(|other, _| groups[*other].is_some());
        for (&other, &sum) in &around {
            let size = groups[other].as_ref().map_or(1, Vec::len) * members.len();
            sums[other].insert(joined, sum);
            let near = sum / size as f64;
            if near >= NEAR {
                bonds.push(Bond { near, pair: (other, joined) });
            }
        }
        sums.push(around);
        groups.push(Some(members));
    }
    groups.into_iter().flatten().filter(|group| group.len() > 1).collect()
}

/// Puts the versions of a story in the order of their letters: by date, those without one last, then by path. `of` knows the
/// date and the path of an article.
pub fn arrange<'a>(articles: &mut [usize], of: impl Fn(usize) -> (Option<Date>, &'a Path)) {
    articles.sort_by_key(|&article| {
        let (date, path) = of(article);
        (date.is_none(), date, path)
    });
}

#[cfg(test)]
mod tests {
    use super::arrange;
    use jiff::civil::date;
    use std::path::Path;

    #[test]
    fn versions_stand_by_date_and_path() {
        let day = |day| Some(date(2031, 3, day));
        let known = [(None, "a"), (day(8), "b"), (day(7), "d"), (day(7), "c"), (None, "A")];
        let mut articles = vec![0, 1, 2, 3, 4];
        arrange(&mut articles, |a| (known[a].0, Path::new(known[a].1)));
        assert_eq!(articles, [3, 2, 1, 4, 0]);
    }
}
