//! How near two articles are as versions: whether they share text, and whether that is the news of both.
//!
//! Three things must hold together. The shorter one's runs of words stand in the longer one: a brief or a cut shares little with
//! the whole, but has nothing else. The names and figures are shared too: two reports from one template have the same words
//! and other facts. And what is shared counts twice where the opening of one is told somewhere in the other: background
//! that recurs under fresh news stands below it, and so does page furniture.

use super::frequency::Frequency;
use super::holders::Holders;
use super::linkage::{NEAREST, Pair};
use super::sketch::{Run, Sketch, Word};
use rayon::prelude::*;
use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};

/// Runs that stand in more articles than this lead from none to another, where an article has rarer ones.
const COMMON: usize = 512;
/// So many of its rarest runs lead from an article to others even so …
const FEW: usize = 8;
/// … unless more articles than this have them: a million reports from one template would all be held against each other.
const MOST: usize = 2048;
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
}

impl<'a> Weighed<'a> {
    fn new(sketch: &'a Sketch, rarity: &Rarity) -> Self {
        Weighed {
            sketch,
            runs: sketch.runs().iter().map(|run| rarity.run(Run(*run).hash())).sum(),
            facts: facts(sketch).map(|fact| rarity.fact(fact)).sum(),
            opening: sketch.runs().iter().filter(|run| Run(**run).opens()).count(),
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

/// All pairs that are near, of which at least one is `fresh`.
pub(super) fn pairs(sketches: &[Sketch], fresh: &[bool], rarity: &Rarity) -> Vec<Pair> {
    let lists: Vec<&[u32]> = sketches.iter().map(Sketch::runs).collect();
    let holders = Holders::new(&lists, Run::SPARE, |held| held.iter().any(|article| fresh[*article as usize]));
    let weighed: Vec<Weighed> = sketches.par_iter().map(|sketch| Weighed::new(sketch, rarity)).collect();
    let articles = (0..sketches.len()).into_par_iter().filter(|article| fresh[*article]);
    let found = articles.map_init(
        || Tally::new(sketches.len()),
        |tally, article| {
            tally.count(&sketches[article], &holders);
            let others = tally.drain().filter(|(other, _)| *other != article && (*other < article || !fresh[*other]));
            let enough = |other: usize| LEAST / 2.0 * lists[article].len().min(lists[other].len()) as f64;
            let others = others.filter(|(other, shared)| f64::from(*shared) >= enough(*other).max(2.0));
            let near = others.map(|(other, _)| Pair::new(article, other, weighed[article].near(&weighed[other], rarity)));
            near.filter(|pair| pair.near > NEAREST / 64).collect::<Vec<_>>()
        },
    );
    found.flatten_iter().collect()
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

    /// Counts what leads from an article to others.
    fn count(&mut self, sketch: &Sketch, holders: &Holders) {
        let mut lists: Vec<&[u32]> = sketch.runs().iter().map(|run| holders.of(Run(*run).hash())).filter(|held| !held.is_empty()).collect();
        let rare = lists.iter().filter(|held| held.len() <= COMMON).count();
        if rare < FEW.min(lists.len()) {
            lists.sort_by_key(|held| held.len());
            lists.truncate(FEW);
            lists.retain(|held| held.len() <= MOST);
        } else {
            lists.retain(|held| held.len() <= COMMON);
        }
        for &other in lists.into_iter().flatten() {
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
