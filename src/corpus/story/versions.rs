//! How near two articles are as versions: whether they share text, and whether that is the news of both.
//!
//! Three things must hold together. The shorter one's runs of words stand in the longer one: a brief or a cut shares little with
//! the whole, but has nothing else. The names and figures are shared too: two reports from one template have the same words
//! and other facts. And what is shared counts twice where the opening of one is told somewhere in the other: background
//! that recurs under fresh news stands below it, and so does page furniture.

use super::frequency::Frequency;
use super::holders::Holders;
use super::linkage::Pair;
use super::sketch::{Run, Sketch, Word};
use rayon::prelude::*;
use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};
use std::sync::atomic::{AtomicUsize, Ordering};

/// Runs that stand in so many articles at most lead from one to another. Where those are too few, what stands in more leads too; what
/// stands in more than the last of these never does, for a million reports from one template would all be held against each other.
const REACHES: [u32; 3] = [512, 1024, 2048];
/// So many runs must lead on from an article …
const FEW: usize = 8;
/// … and one of so many of its runs: furniture, which an article has for itself, is too little where hundreds print the rest.
const SHARE: usize = 8;
/// Pairs whose shorter article has less of its runs in the other are not near at all.
const LEAST: f64 = 0.05;

/// What weights depend on: in how many articles runs and facts stand.
#[derive(Debug, Clone)]
pub(super) struct Rarity {
    runs: Frequency,
    facts: Frequency,
}

impl Default for Rarity {
    fn default() -> Self {
        Rarity { runs: Frequency::new(u32::BITS - Run::SPARE), facts: Frequency::new(u32::BITS - Word::SPARE) }
    }
}

/// A run weighs 16 in up to 256 articles; then half as much each time that number doubles, down to 1.
fn run_weight(articles: u32) -> u32 {
    16 >> articles.div_ceil(256).max(1).next_power_of_two().ilog2().min(4)
}

/// A fact weighs 16 in one article, and 2 less each time that number is multiplied by four.
fn fact_weight(articles: u32) -> u32 {
    (16 - 2 * articles.max(1).next_power_of_two().ilog2().div_ceil(2).min(7)).max(1)
}

/// What one article has a weight of.
const RARE: u32 = 16;

/// Where something is counted that has a weight; others may be counted there too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Counted {
    Run(usize),
    Fact(usize),
}

impl Rarity {
    /// Counts an article.
    pub(super) fn count(&mut self, sketch: &Sketch) {
        sketch.runs().iter().for_each(|run| self.runs.count(Run(*run).hash()));
        facts(sketch).for_each(|fact| self.facts.count(fact));
    }

    /// What of an article has a weight.
    pub(super) fn of(&self, sketch: &Sketch) -> impl Iterator<Item = Counted> {
        let runs = sketch.runs().iter().map(|run| Counted::Run(self.runs.place(Run(*run).hash())));
        runs.chain(facts(sketch).map(|fact| Counted::Fact(self.facts.place(fact))))
    }

    /// All that weighs something else than what one article has.
    pub(super) fn weights(&self) -> HashMap<Counted, u32> {
        let runs = self.runs.shared().map(|(place, articles)| (Counted::Run(place), run_weight(articles)));
        let facts = self.facts.shared().map(|(place, articles)| (Counted::Fact(place), fact_weight(articles)));
        runs.chain(facts).filter(|(_, weight)| *weight != RARE).collect()
    }

    /// What weighs something else now than it did then.
    pub(super) fn changed(&self, then: &HashMap<Counted, u32>) -> HashSet<Counted> {
        let now = self.weights();
        let changed = now.iter().filter(|(counted, weight)| then.get(counted) != Some(weight)).map(|(counted, _)| *counted);
        changed.chain(then.keys().filter(|counted| !now.contains_key(counted)).copied()).collect()
    }

    /// In how many articles a run of this one may stand to lead to others. What weighs the same leads as far, so that this changes
    /// only where a weight does.
    fn reach(&self, sketch: &Sketch) -> u32 {
        let enough = FEW.max(sketch.runs().len() / SHARE);
        let leading = |reach: &u32| sketch.runs().iter().filter(|run| self.runs.of(Run(**run).hash()) <= *reach).count();
        *REACHES.iter().find(|reach| leading(reach) >= enough).unwrap_or(&REACHES[REACHES.len() - 1])
    }

    fn run(&self, run: u32) -> u64 {
        run_weight(self.runs.of(run)).into()
    }

    fn fact(&self, fact: u32) -> u64 {
        fact_weight(self.facts.of(fact)).into()
    }
}

/// The names and figures of an article, in order.
fn facts(sketch: &Sketch) -> impl Iterator<Item = u32> {
    sketch.words().iter().map(|word| Word(*word)).filter(|word| word.is_fact()).map(Word::hash)
}

/// An article as it is held against others.
struct Weighed<'a> {
    sketch: &'a Sketch,
    /// What all its runs weigh.
    runs: u64,
    /// What all its facts weigh.
    facts: u64,
    /// How many runs its opening has.
    opening: usize,
    /// In how many articles its runs may stand to lead to others.
    reach: u32,
}

impl<'a> Weighed<'a> {
    fn new(sketch: &'a Sketch, rarity: &Rarity) -> Self {
        Weighed {
            sketch,
            runs: sketch.runs().iter().map(|run| rarity.run(Run(*run).hash())).sum(),
            facts: facts(sketch).map(|fact| rarity.fact(fact)).sum(),
            opening: sketch.runs().iter().filter(|run| Run(**run).opens()).count(),
            reach: rarity.reach(sketch),
        }
    }

    /// How near two articles are, 0 to 1.
    fn near(&self, other: &Weighed, rarity: &Rarity) -> f64 {
        let shared = Shared::new(self.sketch, other.sketch, rarity);
        let text = shared.runs as f64 / self.runs.min(other.runs).max(1) as f64;
        if text < LEAST {
            return 0.0;
        }
        let facts =
            (shared_facts(self.sketch, other.sketch, rarity) as f64 + UNKNOWN * DOUBT) / (self.facts.min(other.facts) as f64 + DOUBT);
        let of = |shared: usize, all: usize| shared as f64 / all.max(1) as f64;
        let opening = (of(shared.openings[0], self.opening) + of(shared.openings[1], other.opening)) / 2.0;
        text * rise(facts, 0.1, UNKNOWN) * (1.0 + rise(opening, 0.0, 0.3)) / 2.0 * self.sketch.days_from(other.sketch).map_or(1.0, timely)
    }
}

/// So large a share of the facts in common says nothing against two articles.
const UNKNOWN: f64 = 0.4;
/// Where there are few facts, little follows from them: so much weight counts as neither shared nor not.
const DOUBT: f64 = 16.0;

/// From 0 at `from` and below to 1 at `to` and above.
fn rise(value: f64, from: f64, to: f64) -> f64 {
    ((value - from) / (to - from)).clamp(0.0, 1.0)
}

/// Takes of one story are near in time; so much less is a pair with this many days between.
fn timely(days: u32) -> f64 {
    1.0 - 0.3 * rise(days.into(), 7.0, 60.0)
}

/// What two articles share of their runs.
#[derive(Default)]
struct Shared {
    /// What the runs weigh.
    runs: u64,
    /// How many runs of either's opening the other has anywhere.
    openings: [usize; 2],
}

impl Shared {
    fn new(a: &Sketch, b: &Sketch, rarity: &Rarity) -> Self {
        let mut shared = Shared::default();
        both(a.runs().iter().map(|run| Run(*run)), b.runs().iter().map(|run| Run(*run)), Run::hash, |a, b| {
            shared.runs += rarity.run(a.hash());
            shared.openings[0] += usize::from(a.opens());
            shared.openings[1] += usize::from(b.opens());
        });
        shared
    }
}

fn shared_facts(a: &Sketch, b: &Sketch, rarity: &Rarity) -> u64 {
    let mut weight = 0;
    both(facts(a), facts(b), |fact| fact, |fact, _| weight += rarity.fact(fact));
    weight
}

/// Tells what two lists in order both have.
pub(super) fn both<T: Copy>(a: impl Iterator<Item = T>, b: impl Iterator<Item = T>, key: impl Fn(T) -> u32, mut tell: impl FnMut(T, T)) {
    let (mut a, mut b) = (a.peekable(), b.peekable());
    while let (Some(&x), Some(&y)) = (a.peek(), b.peek()) {
        let order = key(x).cmp(&key(y));
        if order.is_eq() {
            tell(x, y);
        }
        if order.is_le() {
            a.next();
        }
        if order.is_ge() {
            b.next();
        }
    }
}

/// Articles that are to be held against each other.
pub(super) struct Comparison<'a> {
    articles: Vec<Weighed<'a>>,
    rarity: &'a Rarity,
}

impl<'a> Comparison<'a> {
    pub(super) fn new(sketches: &'a [Sketch], rarity: &'a Rarity) -> Self {
        Comparison { articles: sketches.par_iter().map(|sketch| Weighed::new(sketch, rarity)).collect(), rarity }
    }

    /// The pairs that are at least as near as this, of which one is `fresh` at least and that are `wanted`; of more than `most` only
    /// some.
    pub(super) fn pairs(&self, fresh: &[bool], least: u32, most: usize, wanted: impl Fn(usize, usize) -> bool + Sync) -> Vec<Pair> {
        let lists: Vec<&[u32]> = self.articles.iter().map(|article| article.sketch.runs()).collect();
        let holders = Holders::new(&lists, Run::SPARE, |held| held.iter().any(|article| fresh[*article as usize]));
        // Of two articles the one that reaches further finds the other, whatever their order.
        let finds = |a: usize, b: usize| (self.articles[a].reach, fresh[a], a) > (self.articles[b].reach, fresh[b], b);
        // Where all is fresh, those that reach least find only what comes before them.
        let all_fresh = !fresh.contains(&false);
        let end = |a: usize| if all_fresh && self.articles[a].reach == REACHES[0] { a } else { fresh.len() };
        let finders = (0..self.articles.len()).into_par_iter().filter(|a| fresh[*a] || self.articles[*a].reach > REACHES[0]);
        let count = AtomicUsize::new(0);
        let found = finders.take_any_while(|_| count.load(Ordering::Relaxed) <= most).map_init(
            || Tally::new(self.articles.len()),
            |tally, a| {
                tally.count(&self.articles[a], &holders, self.rarity, end(a));
                let enough = |b: usize| LEAST / 2.0 * lists[a].len().min(lists[b].len()) as f64;
                // Most share one run by chance.
                let others = tally.drain().filter(|(b, shared)| *shared > 1 && f64::from(*shared) >= enough(*b));
                let others = others.filter(|(b, _)| finds(a, *b) && (fresh[a] || fresh[*b]) && wanted(a, *b));
                let near = others.map(|(b, _)| Pair::new(a, b, self.articles[a].near(&self.articles[b], self.rarity)));
                let near: Vec<Pair> = near.filter(|pair| pair.near >= least).collect();
                count.fetch_add(near.len(), Ordering::Relaxed);
                near
            },
        );
        found.flatten_iter().collect()
    }
}

/// How many runs an article shares with others.
struct Tally {
    counts: Vec<u32>,
    found: Vec<u32>,
}

impl Tally {
    fn new(articles: usize) -> Self {
        Tally { counts: vec![0; articles], found: Vec::new() }
    }

    /// Counts what leads from an article to others before `end`.
    fn count(&mut self, article: &Weighed, holders: &Holders, rarity: &Rarity, end: usize) {
        let runs = article.sketch.runs().iter().map(|run| Run(*run).hash());
        let held = runs.filter(|run| rarity.runs.of(*run) <= article.reach).map(|run| holders.of(run));
        for &other in held.flat_map(|held| held.iter().take_while(|other| (**other as usize) < end)) {
            let count = &mut self.counts[other as usize];
            if *count == 0 {
                self.found.push(other);
            }
            *count += 1;
        }
    }

    /// Every article that was found with its count, all of which begin anew.
    fn drain(&mut self) -> impl Iterator<Item = (usize, u32)> + '_ {
        let counts = &mut self.counts;
        self.found.drain(..).map(|other| (other as usize, std::mem::take(&mut counts[other as usize])))
    }
}
