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

/// The place of a mark that is none of those that are known.
const NOWHERE: u64 = u32::MAX as u64;
/// What tells a fact from a run in the numbers.
const FACT: u64 = 1 << 63;

impl Known {
    /// All of it as plain numbers, to be saved: how many marks, weights and pairs there are, the marks in order, one number for each
    /// weight, two for each pair: the places of its marks, and how near they are. What is the same has the same numbers.
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
        let place = |mark: u64| marks.binary_search(&mark).map_or(NOWHERE, |place| place as u64);
        let pairs: Vec<u64> = pairs.into_iter().flat_map(|([a, b], near)| [place(a) << 32 | place(b), near.into()]).collect();
        counts.into_iter().chain(marks).chain(weights).chain(pairs).collect()
    }

    /// What was saved as these numbers; `None` where they are none.
    pub fn of_numbers(numbers: &[u64]) -> Option<Self> {
        let (counts, rest) = numbers.split_first_chunk::<3>()?;
        let [marks, weights, pairs] = counts.map(|count| usize::try_from(count).unwrap_or(usize::MAX));
        let (marks, rest) = rest.split_at_checked(marks)?;
        let (weights, rest) = rest.split_at_checked(weights)?;
        let (twos, []) = rest.as_chunks::<2>() else { return None };
        let mark = |place: u64| marks.get(usize::try_from(place).ok()?).copied();
        let weight = |number: &u64| {
            let place = ((number & !FACT) >> 32) as usize;
            let counted = if number & FACT == 0 { Counted::Run(place) } else { Counted::Fact(place) };
            (counted, (number & u64::from(u32::MAX)) as u32)
        };
        let pair = |[both, near]: &[u64; 2]| Some(([mark(both >> 32)?, mark(both & NOWHERE)?], u32::try_from(*near).ok()?));
        let found: Vec<([u64; 2], u32)> = twos.iter().map(pair).collect::<Option<_>>()?;
        let (marks, weights) = (marks.iter().copied().collect(), weights.iter().map(weight).collect());
        (found.len() == pairs).then_some(Known { marks, weights, pairs: found })
    }
}
