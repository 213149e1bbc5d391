//! Which sentences of all texts make a passage: clusters by average linkage over the comparisons of two texts.
//!
//! Sentences that two texts have in one row are bound. Clusters grow by the strongest average bond over all pairs of texts that
//! were compared (Sokal and Michener 1958), a pair that was compared and found nothing counting as none: so a sentence joins
//! where about half of the versions there have it, and no chain of weak bonds draws strangers together. A cluster has one
//! sentence of a text at most; then clusters that some version tells in one sentence, and others in neighbouring ones, are put
//! together.

use super::Distinct;
use super::pairs::{Bond, Compared};
use rustc_hash::FxHashMap as HashMap;
use std::cmp::Ordering;
use std::collections::{BTreeMap, BinaryHeap};
use std::ops::Range;

/// The sentences of a passage: the texts that have it, in order, each with its sentences.
pub(super) type Group = Vec<(usize, Range<usize>)>;

/// Groups all sentences of all texts; every sentence is in exactly one group.
pub(super) fn passages(distinct: &Distinct, compared: &[Compared]) -> Vec<Group> {
    let mut clusters = Clusters::new(distinct, compared);
    clusters.link();
    clusters.concatenate(compared);
    clusters.groups()
}

/// What a bond weighs whatever the likeness: that two texts have a row together says most.
const BOUND: f64 = 0.4;
/// What the average over all compared pairs must be: about every other one has a row.
const ENOUGH: f64 = 0.33;
/// How many sentences of one text a passage has at most.
const LONGEST: usize = 4;

/// Two clusters and how strongly they are bound on average, in the order in which clusters are joined.
struct Candidate {
    bond: f64,
    pair: (usize, usize),
}

impl PartialEq for Candidate {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Candidate {}

impl PartialOrd for Candidate {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Candidate {
    fn cmp(&self, other: &Self) -> Ordering {
        self.bond.total_cmp(&other.bond).then(other.pair.cmp(&self.pair))
    }
}

struct Clusters {
    /// For each cluster its texts, each with its sentences; `None` for one that was joined to another.
    members: Vec<Option<BTreeMap<usize, Range<usize>>>>,
    /// For each cluster the clusters that it is bound to, with the sum of the bonds.
    bonds: Vec<HashMap<usize, f64>>,
    /// The number of the first sentence of each text, counted over all texts.
    first: Vec<usize>,
    /// For each text a bit for every other one that it was compared with.
    compared: Vec<Vec<u64>>,
    /// The cluster of each sentence.
    home: Vec<usize>,
}

impl Clusters {
    fn new(distinct: &Distinct, compared: &[Compared]) -> Self {
        let mut first = Vec::with_capacity(distinct.len());
        let mut members = Vec::new();
        for (text, terms) in distinct.terms.iter().enumerate() {
            first.push(members.len());
            members.extend((0..terms.sentences.len()).map(|s| Some(BTreeMap::from([(text, s..s + 1)]))));
        }
        let mut bonds: Vec<HashMap<usize, f64>> = vec![HashMap::default(); members.len()];
        let mut seen = vec![vec![0_u64; distinct.len().div_ceil(64)]; distinct.len()];
        for Compared { texts: [a, b], bonds: rows, .. } in compared {
            seen[*a][b / 64] |= 1 << (b % 64);
            seen[*b][a / 64] |= 1 << (a % 64);
            for (left, right, weight) in rows.iter().flat_map(|row| weighed(row, distinct, [*a, *b])) {
                let (left, right) = (first[*a] + left, first[*b] + right);
                *bonds[left].entry(right).or_default() += weight;
                *bonds[right].entry(left).or_default() += weight;
            }
        }
        Clusters { home: (0..members.len()).collect(), members, bonds, first, compared: seen }
    }

    /// Joins clusters, the most strongly bound ones first.
    fn link(&mut self) {
        let mut heap = BinaryHeap::new();
        for a in 0..self.members.len() {
            heap.extend(self.bonds[a].iter().filter(|(b, _)| a < **b).map(|(&b, &bond)| Candidate { bond, pair: (a, b) }));
        }
        while let Some(Candidate { pair: (a, b), .. }) = heap.pop() {
            // Of clusters that were joined meanwhile, newer candidates are in the heap.
            let (Some(left), Some(right)) = (&self.members[a], &self.members[b]) else { continue };
            if left.keys().any(|text| right.contains_key(text)) {
                continue;
            }
            let joined = self.join(a, b);
            for (&other, &sum) in &self.bonds[joined] {
                let bond = sum / self.pairs(joined, other).max(1) as f64;
                if bond >= ENOUGH {
                    heap.push(Candidate { bond, pair: (other, joined) });
                }
            }
        }
    }

    /// Puts two clusters into a new one; the answer is its number.
    fn join(&mut self, a: usize, b: usize) -> usize {
        let joined = self.members.len();
        let (left, right) = (self.members[a].take().unwrap_or_default(), self.members[b].take().unwrap_or_default());
        let mut members = left;
        for (text, sentences) in right {
            let range = members.entry(text).or_insert(sentences.clone());
            *range = range.start.min(sentences.start)..range.end.max(sentences.end);
        }
        for (text, sentences) in &members {
            self.home[self.first[*text] + sentences.start..self.first[*text] + sentences.end].fill(joined);
        }
        let mut around: HashMap<usize, f64> = HashMap::default();
        for old in [a, b] {
            for (other, sum) in std::mem::take(&mut self.bonds[old]) {
                *around.entry(other).or_default() += sum;
            }
        }
        around.retain(|other, _| self.members[*other].is_some());
        for (&other, &sum) in &around {
            self.bonds[other].insert(joined, sum);
        }
        self.bonds.push(around);
        self.members.push(Some(members));
        joined
    }

    /// How many pairs of texts of two clusters were compared.
    fn pairs(&self, a: usize, b: usize) -> usize {
        let (Some(left), Some(right)) = (&self.members[a], &self.members[b]) else { return 0 };
        let mut texts = vec![0_u64; self.compared.first().map_or(0, Vec::len)];
        right.keys().for_each(|text| texts[text / 64] |= 1 << (text % 64));
        let among =
            |text: &usize| self.compared[*text].iter().zip(&texts).map(|(seen, texts)| (seen & texts).count_ones() as usize).sum::<usize>();
        left.keys().map(among).sum()
    }

    /// Puts clusters together that follow each other in some texts and are one sentence of another.
    fn concatenate(&mut self, compared: &[Compared]) {
        for ((a, b), rows) in self.told_together(compared) {
            let (a, b) = (self.home[a], self.home[b]);
            if a != b && self.follows(a, b) && self.is_told_as_one(a, b, rows) {
                self.join(a, b);
            }
        }
    }

    /// For every two clusters that meet in rows of several sentences: a sentence of each, and in how many rows; most rows first.
    fn told_together(&self, compared: &[Compared]) -> Vec<((usize, usize), usize)> {
        let mut rows: BTreeMap<(usize, usize), usize> = BTreeMap::new();
        for Compared { texts, bonds, .. } in compared {
            for bond in bonds.iter().filter(|bond| bond.sentences.iter().any(|range| range.len() > 1)) {
                let sentences = [0, 1].into_iter().flat_map(|side| bond.sentences[side].clone().map(move |s| (texts[side], s)));
                let mut homes: Vec<usize> = sentences.map(|(text, sentence)| self.home[self.first[text] + sentence]).collect();
                homes.sort_unstable();
                homes.dedup();
                homes.windows(2).for_each(|pair| *rows.entry((pair[0], pair[1])).or_default() += 1);
            }
        }
        // Clusters change their numbers when they are joined, sentences do not.
        let mut found: Vec<_> = rows.into_iter().map(|((a, b), rows)| ((self.any_sentence(a), self.any_sentence(b)), rows)).collect();
        found.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
        found
    }

    /// A sentence of a cluster, counted over all texts.
    fn any_sentence(&self, cluster: usize) -> usize {
        let first = self.members[cluster].as_ref().and_then(|members| members.first_key_value());
        first.map_or(0, |(&text, sentences)| self.first[text] + sentences.start)
    }

    /// Whether the sentences of two clusters are neighbours in every text that has both, and not too many.
    fn follows(&self, a: usize, b: usize) -> bool {
        let (Some(left), Some(right)) = (&self.members[a], &self.members[b]) else { return false };
        let both = || left.iter().filter_map(|(text, l)| Some((l, right.get(text)?)));
        both().all(|(l, r)| (l.end == r.start || r.end == l.start) && l.len() + r.len() <= LONGEST)
    }

    /// Whether at least half of the comparisons that could say so found two clusters in one row.
    fn is_told_as_one(&self, a: usize, b: usize, votes: usize) -> bool {
        let (Some(left), Some(right)) = (&self.members[a], &self.members[b]) else { return false };
        let (both, one): (Vec<usize>, Vec<usize>) =
            left.keys().chain(right.keys().filter(|t| !left.contains_key(t))).partition(|t| left.contains_key(t) && right.contains_key(t));
        let seen = |x: usize, y: usize| self.compared[x][y / 64] >> (y % 64) & 1 == 1;
        let could = one.iter().map(|&x| both.iter().filter(|&&y| seen(x, y)).count()).sum::<usize>();
        votes * 2 >= could.min(both.len().max(1))
    }

    fn groups(self) -> Vec<Group> {
        self.members.into_iter().flatten().map(|members| members.into_iter().collect()).collect()
    }
}

/// The pairs of sentences of a row, each with what it weighs: where one sentence stands for several, the longer ones bind more.
fn weighed(row: &Bond, distinct: &Distinct, texts: [usize; 2]) -> Vec<(usize, usize, f64)> {
    let weight = BOUND + (1.0 - BOUND) * row.similarity;
    let size = |side: usize, sentence: usize| distinct.terms[texts[side]].sentences[sentence].len().max(1);
    let longest = |side: usize| row.sentences[side].clone().map(|s| size(side, s)).max().unwrap_or(1);
    let [left, right] = [longest(0), longest(1)];
    let share = |side: usize, sentence: usize, longest: usize| size(side, sentence) as f64 / longest as f64;
    let pairs = row.sentences[0].clone().flat_map(|l| row.sentences[1].clone().map(move |r| (l, r)));
    pairs.map(|(l, r)| (l, r, weight * share(0, l, left) * share(1, r, right))).collect()
}
