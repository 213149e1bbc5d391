//! Groups by average linkage (Sokal and Michener 1958): two groups join while their articles are near on average, the nearest first.
//!
//! Pairs that were not found are not near at all. Numbers are whole and ties go by what the articles say, so that the order of
//! the input changes nothing. What no near pair connects is grouped apart, on all cores.

use rayon::prelude::*;
use rustc_hash::FxHashMap as HashMap;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// As near as can be.
pub(super) const NEAREST: u32 = 1 << 16;

/// Two articles, the one that comes first in front, and how near they are, up to [`NEAREST`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Pair {
    pub(super) articles: [u32; 2],
    pub(super) near: u32,
}

impl Pair {
    /// Two articles that are as near as this, 0 to 1.
    pub(super) fn new(a: usize, b: usize, near: f64) -> Self {
        Pair::of(a, b, (near.clamp(0.0, 1.0) * f64::from(NEAREST)) as u32)
    }

    /// Two articles that are as near as this, up to [`NEAREST`].
    pub(super) fn of(a: usize, b: usize, near: u32) -> Self {
        let article = |index: usize| u32::try_from(index).unwrap_or(u32::MAX);
        Pair { articles: [article(a.min(b)), article(a.max(b))], near }
    }
}

/// Groups of two and more. `marks` tells articles apart whatever their index, and two groups join at `threshold` or nearer.
pub(super) fn groups(marks: &[u64], pairs: &[Pair], threshold: u32) -> Vec<Vec<u32>> {
    let apart = parts(marks.len(), pairs, threshold);
    apart.into_par_iter().flat_map_iter(|(articles, pairs)| Linkage::new(marks, &articles, &pairs, threshold).groups(&articles)).collect()
}

/// Articles that near pairs connect, in order, and the pairs among them.
type Apart = (Vec<u32>, Vec<Pair>);

fn parts(count: usize, pairs: &[Pair], threshold: u32) -> Vec<Apart> {
    let mut roots: Vec<u32> = (0u32..).take(count).collect();
    for pair in pairs.iter().filter(|pair| pair.near >= threshold) {
        let [a, b] = pair.articles.map(|article| root(&mut roots, article));
        roots[a.max(b) as usize] = a.min(b);
    }
    let mut places: HashMap<u32, usize> = HashMap::default();
    let mut parts: Vec<Apart> = Vec::new();
    for article in (0u32..).take(count) {
        let place = *places.entry(root(&mut roots, article)).or_insert(parts.len());
        if place == parts.len() {
            parts.push(Apart::default());
        }
        parts[place].0.push(article);
    }
    for pair in pairs {
        let [a, b] = pair.articles.map(|article| root(&mut roots, article));
        if a == b {
            parts[places[&a]].1.push(*pair);
        }
    }
    parts.retain(|(articles, _)| articles.len() > 1);
    parts
}

/// The first article of a part; the way to it is made shorter.
fn root(roots: &mut [u32], article: u32) -> u32 {
    let mut article = article;
    while roots[article as usize] != article {
        roots[article as usize] = roots[roots[article as usize] as usize];
        article = roots[article as usize];
    }
    article
}

/// A group in the making.
struct Group {
    /// The least mark of its articles: no two groups have the same.
    mark: u64,
    /// Its articles, as places in the part; empty once it has joined another.
    members: Vec<u32>,
    /// For every group with pairs between: the sum of how near they are.
    around: HashMap<u32, u64>,
}

/// Two groups that may join: how near they are, then their marks, then themselves. The first in this order joins first.
type Bond = (u64, Reverse<[u64; 2]>, [u32; 2]);

struct Linkage {
    groups: Vec<Group>,
    bonds: BinaryHeap<Bond>,
    threshold: u64,
}

impl Linkage {
    fn new(marks: &[u64], articles: &[u32], pairs: &[Pair], threshold: u32) -> Self {
        let alone =
            |(place, article): (u32, &u32)| Group { mark: marks[*article as usize], members: vec![place], around: HashMap::default() };
        let groups = (0u32..).zip(articles).map(alone).collect();
        let mut linkage = Linkage { groups, bonds: BinaryHeap::new(), threshold: threshold.into() };
        let place = |article: u32| articles.binary_search(&article).map_or(0, |place| place as u32);
        for pair in pairs {
            let [a, b] = pair.articles.map(place);
            linkage.groups[a as usize].around.insert(b, pair.near.into());
            linkage.groups[b as usize].around.insert(a, pair.near.into());
            linkage.bind(a, b, pair.near.into());
        }
        linkage
    }

    /// Notes that two groups may join, if they are near enough on average.
    fn bind(&mut self, a: u32, b: u32, sum: u64) {
        let [x, y] = [a, b].map(|group| &self.groups[group as usize]);
        let near = sum / (x.members.len() * y.members.len()) as u64;
        if near >= self.threshold {
            self.bonds.push((near, Reverse([x.mark.min(y.mark), x.mark.max(y.mark)]), [a, b]));
        }
    }

    /// Joins what is near, and tells the articles of every group.
    fn groups(mut self, articles: &[u32]) -> Vec<Vec<u32>> {
        while let Some((_, _, pair)) = self.bonds.pop() {
            // Of groups that joined others meanwhile, the newer bonds are in the heap.
            if pair.iter().all(|group| !self.groups[*group as usize].members.is_empty()) {
                self.join(pair);
            }
        }
        let told = |group: Group| group.members.into_iter().map(|place| articles[place as usize]).collect::<Vec<_>>();
        self.groups.into_iter().filter(|group| group.members.len() > 1).map(told).collect()
    }

    fn join(&mut self, pair: [u32; 2]) {
        let [a, b] = pair.map(|group| {
            let Group { mark, members, around } = &mut self.groups[group as usize];
            Group { mark: *mark, members: std::mem::take(members), around: std::mem::take(around) }
        });
        let joined = self.groups.len() as u32;
        let (mut around, fewer) = if a.around.len() < b.around.len() { (b.around, a.around) } else { (a.around, b.around) };
        fewer.into_iter().for_each(|(other, sum)| *around.entry(other).or_default() += sum);
        around.retain(|other, _| !pair.contains(other));
        self.groups.push(Group { mark: a.mark.min(b.mark), members: [a.members, b.members].concat(), around: HashMap::default() });
        for (&other, &sum) in &around {
            let beside = &mut self.groups[other as usize].around;
            for group in pair {
                beside.remove(&group);
            }
            beside.insert(joined, sum);
            self.bind(other, joined, sum);
        }
        self.groups[joined as usize].around = around;
    }
}
