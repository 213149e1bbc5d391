//! Groups by average linkage (Sokal and Michener 1958): two groups join while their articles are near on average, the nearest first.
//!
//! How near is near enough may depend on the groups: two whose articles are close to each other are two still where they are half
//! as near, and as near as that two loose ones are one. What is between groups is held against what is within the looser of them, as
//! Felzenszwalb and Huttenlocher (2004) do for images, and Chameleon (Karypis, Han and Kumar 1999) for groups.
//!
//! Pairs that were not found are not near at all. Numbers are whole and ties go by what the articles say, so that the order of
//! the input changes nothing. What no near pair connects is grouped apart, on all cores.

use rayon::prelude::*;
use rustc_hash::{FxBuildHasher, FxHashMap as HashMap};
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

    /// Whether both are of one part; `parts` has that of every article.
    pub(super) fn is_in_one(self, parts: &[u32]) -> bool {
        let [a, b] = self.articles;
        parts[a as usize] == parts[b as usize]
    }
}

/// How near two groups must be to join.
#[derive(Debug, Clone, Copy)]
pub(super) struct Terms {
    /// So near they are at least.
    pub(super) near: u32,
    /// And so many hundredths of how near the articles within the looser of them are to each other, where both have several.
    pub(super) share: u64,
}

/// Groups of two and more. `marks` tells articles apart whatever their index; `first` are groups to begin with, of articles in order.
pub(super) fn groups(marks: &[u64], pairs: &[Pair], terms: Terms, first: &[Vec<u32>]) -> Vec<Vec<u32>> {
    let mut leaders: Vec<u32> = (0u32..).take(marks.len()).collect();
    for group in first {
        group.iter().for_each(|article| leaders[*article as usize] = group[0]);
    }
    let apart = parts(&leaders, pairs, terms.near);
    apart
        .into_par_iter()
        .flat_map_iter(|(articles, pairs)| Linkage::new(marks, &leaders, &articles, &pairs, terms).groups(&articles))
        .collect()
}

/// Articles that near pairs connect, in order, and the pairs among them.
type Apart = (Vec<u32>, Vec<Pair>);

/// For every article the first one of those that pairs connect it to, whatever lies between. `leaders` has the first article of the
/// group that each article begins in.
pub(super) fn components(leaders: Vec<u32>, pairs: impl Iterator<Item = Pair>) -> Vec<u32> {
    let mut roots = leaders;
    for pair in pairs {
        let [a, b] = pair.articles.map(|article| root(&mut roots, article));
        roots[a.max(b) as usize] = a.min(b);
    }
    (0u32..).take(roots.len()).map(|article| root(&mut roots, article)).collect()
}

/// `leaders` has the first article of the group that each article begins in.
fn parts(leaders: &[u32], pairs: &[Pair], threshold: u32) -> Vec<Apart> {
    let roots = components(leaders.to_vec(), pairs.iter().filter(|pair| pair.near >= threshold).copied());
    let mut places: HashMap<u32, usize> = HashMap::default();
    let mut parts: Vec<Apart> = Vec::new();
    for article in (0u32..).take(leaders.len()) {
        let place = *places.entry(roots[article as usize]).or_insert(parts.len());
        if place == parts.len() {
            parts.push(Apart::default());
        }
        parts[place].0.push(article);
    }
    for pair in pairs.iter().filter(|pair| pair.is_in_one(&roots)) {
        parts[places[&roots[pair.articles[0] as usize]]].1.push(*pair);
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
    /// How near its articles are to each other, all pairs together.
    within: u64,
    /// For every group with pairs between: the sum of how near they are.
    around: HashMap<u32, u64>,
}

impl Group {
    /// A group of no articles yet.
    const EMPTY: Group = Group { mark: u64::MAX, members: Vec::new(), within: 0, around: HashMap::with_hasher(FxBuildHasher) };

    /// How near its articles are to each other on average; `None` where there is but one.
    fn closeness(&self) -> Option<u64> {
        let count = self.members.len() as u64;
        self.within.checked_div(count * count.saturating_sub(1) / 2)
    }
}

/// Two groups that may join: how near they are, then their marks, then themselves. The first in this order joins first.
type Bond = (u64, Reverse<[u64; 2]>, [u32; 2]);

struct Linkage {
    groups: Vec<Group>,
    bonds: BinaryHeap<Bond>,
    terms: Terms,
}

impl Linkage {
    /// One group for each article at its place; what begins in one group is in that of its leader.
    fn new(marks: &[u64], leaders: &[u32], articles: &[u32], pairs: &[Pair], terms: Terms) -> Self {
        let home = |article: u32| articles.binary_search(&leaders[article as usize]).map_or(0, |place| place as u32);
        let mut linkage = Linkage { groups: articles.iter().map(|_| Group::EMPTY).collect(), bonds: BinaryHeap::new(), terms };
        for (place, &article) in (0u32..).zip(articles) {
            let group = &mut linkage.groups[home(article) as usize];
            group.mark = group.mark.min(marks[article as usize]);
            group.members.push(place);
        }
        pairs.iter().for_each(|pair| linkage.add(pair.articles.map(home), pair.near.into()));
        linkage.begin();
        linkage
    }

    /// Adds how near an article of one group is to one of another, or of the same.
    fn add(&mut self, [a, b]: [u32; 2], near: u64) {
        if a == b {
            self.groups[a as usize].within += near;
        } else {
            *self.groups[a as usize].around.entry(b).or_default() += near;
            *self.groups[b as usize].around.entry(a).or_default() += near;
        }
    }

    /// Notes all that may join to begin with.
    fn begin(&mut self) {
        for a in 0..self.groups.len() as u32 {
            let around: Vec<(u32, u64)> = self.groups[a as usize].around.iter().map(|(b, sum)| (*b, *sum)).collect();
            around.into_iter().filter(|(b, _)| *b > a).for_each(|(b, sum)| self.bind(a, b, sum));
        }
    }

    /// Notes that two groups may join, if they are near enough on average.
    fn bind(&mut self, a: u32, b: u32, sum: u64) {
        let [x, y] = [a, b].map(|group| &self.groups[group as usize]);
        let near = sum / (x.members.len() * y.members.len()) as u64;
        let looser = x.closeness().zip(y.closeness()).map_or(0, |(x, y)| x.min(y));
        if near >= self.terms.near.into() && near * 100 >= looser * self.terms.share {
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
        let [a, b] = pair.map(|group| std::mem::replace(&mut self.groups[group as usize], Group::EMPTY));
        let joined = self.groups.len() as u32;
        let within = a.within + b.within + a.around.get(&pair[1]).copied().unwrap_or(0);
        let (mut around, fewer) = if a.around.len() < b.around.len() { (b.around, a.around) } else { (a.around, b.around) };
        fewer.into_iter().for_each(|(other, sum)| *around.entry(other).or_default() += sum);
        around.retain(|other, _| !pair.contains(other));
        self.groups.push(Group { mark: a.mark.min(b.mark), members: [a.members, b.members].concat(), within, around: HashMap::default() });
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
