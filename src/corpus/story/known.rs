//! What was found out by comparing articles, in a form to be saved: who compares them again later compares only what changed.

use super::versions::Counted;
use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};

/// What was found out by comparing articles. It knows them by marks, so that it holds wherever they are in the corpus.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Known {
    /// The articles that were compared.
    pub(super) marks: HashSet<u64>,
    /// What weighed something else than what one article has.
    pub(super) weights: HashMap<Counted, u32>,
    /// Which articles share text: two marks, and how near they are.
    pub(super) pairs: Vec<([u64; 2], u32)>,
}

/// What tells a fact from a run in the numbers.
const FACT: u64 = 1 << 63;

impl Known {
    /// All of it as plain numbers, to be saved: how many marks, weights and pairs there are, the marks, one number for each weight,
    /// three for each pair. What is the same has the same numbers.
    pub fn numbers(&self) -> Vec<u64> {
        let weight = |(counted, weight): (&Counted, &u32)| match *counted {
            Counted::Run(place) => (place as u64) << 32 | u64::from(*weight),
            Counted::Fact(place) => FACT | (place as u64) << 32 | u64::from(*weight),
        };
        let mut marks: Vec<u64> = self.marks.iter().copied().collect();
        let mut weights: Vec<u64> = self.weights.iter().map(weight).collect();
        let mut pairs = self.pairs.clone();
        marks.sort_unstable();
        weights.sort_unstable();
        pairs.sort_unstable();
        let counts = [marks.len(), weights.len(), pairs.len()].map(|count| count as u64);
        let pairs = pairs.into_iter().flat_map(|([a, b], near)| [a, b, near.into()]);
        counts.into_iter().chain(marks).chain(weights).chain(pairs).collect()
    }

    /// What was saved as these numbers; `None` where they are none.
    pub fn of_numbers(numbers: &[u64]) -> Option<Self> {
        let (counts, rest) = numbers.split_first_chunk::<3>()?;
        let [marks, weights, pairs] = counts.map(|count| usize::try_from(count).unwrap_or(usize::MAX));
        let (marks, rest) = rest.split_at_checked(marks)?;
        let (weights, rest) = rest.split_at_checked(weights)?;
        let (triples, []) = rest.as_chunks::<3>() else { return None };
        let weight = |number: &u64| {
            let place = ((number & !FACT) >> 32) as usize;
            let counted = if number & FACT == 0 { Counted::Run(place) } else { Counted::Fact(place) };
            (counted, (number & u64::from(u32::MAX)) as u32)
        };
        let pair = |[a, b, near]: &[u64; 3]| Some(([*a, *b], u32::try_from(*near).ok()?));
        let (marks, weights) = (marks.iter().copied().collect(), weights.iter().map(weight).collect());
        (triples.len() == pairs).then_some(Known { marks, weights, pairs: triples.iter().map(pair).collect::<Option<_>>()? })
    }
}
