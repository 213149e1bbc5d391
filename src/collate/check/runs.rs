//! Word runs that a rewrite has in common with its sources, found in one pass over each.
//!
//! All runs of the rewrite stand in a suffix automaton (Blumer et al. 1985). A source is read through it word by word; what is
//! known at each word is the longest run of the rewrite that ends there. So nothing is compared twice, and the time grows with
//! the number of words and with nothing else.

use rustc_hash::FxHashMap as HashMap;
use std::ops::Range;

/// The index of all word runs of a text.
pub(super) struct Index {
    states: Vec<State>,
    /// The state that stands for the text up to and with each word.
    ends: Vec<usize>,
}

/// Runs that end in the same places.
#[derive(Clone)]
struct State {
    /// Words of the longest of them.
    longest: usize,
    /// The state of its longest part that ends in more places.
    part: usize,
    next: HashMap<u32, usize>,
}

const ROOT: usize = 0;

impl Index {
    /// Indexes a text, given the numbers of its words.
    pub(super) fn new(words: impl Iterator<Item = u32>) -> Self {
        let root = State { longest: 0, part: ROOT, next: HashMap::default() };
        let mut index = Index { states: vec![root], ends: Vec::new() };
        for word in words {
            index.push(word);
        }
        index
    }

    fn push(&mut self, word: u32) {
        let last = self.ends.last().copied().unwrap_or(ROOT);
        let new = self.states.len();
        self.states.push(State { longest: self.states[last].longest + 1, part: ROOT, next: HashMap::default() });
        self.ends.push(new);
        let mut at = Some(last);
        while let Some(state) = at {
            if let Some(&known) = self.states[state].next.get(&word) {
                self.states[new].part = self.without_longer(state, known, word);
                return;
            }
            self.states[state].next.insert(word, new);
            at = (state != ROOT).then(|| self.states[state].part);
        }
    }

    /// The state of exactly those runs that are a run of `state` and a word; `known` has them, but perhaps longer ones too.
    fn without_longer(&mut self, state: usize, known: usize, word: u32) -> usize {
        let longest = self.states[state].longest + 1;
        if self.states[known].longest == longest {
            return known;
        }
        let twin = self.states.len();
        self.states.push(State { longest, ..self.states[known].clone() });
        self.states[known].part = twin;
        let mut at = Some(state);
        while let Some(state) = at.filter(|&state| self.states[state].next.get(&word) == Some(&known)) {
            self.states[state].next.insert(word, twin);
            at = (state != ROOT).then(|| self.states[state].part);
        }
        twin
    }
}

/// A run of a source: its last word, and how many words it has.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Match {
    pub(super) words: usize,
    pub(super) source: usize,
    /// The number of its last word among those of the source.
    pub(super) last: usize,
}

/// The longest run of any source that was read, for each state of an index.
pub(super) struct Tally {
    best: Vec<Match>,
}

impl Tally {
    pub(super) fn new(index: &Index) -> Self {
        Tally { best: vec![Match::default(); index.states.len()] }
    }

    /// Reads a source, given the numbers of its words.
    pub(super) fn read(&mut self, index: &Index, source: usize, words: impl Iterator<Item = u32>) {
        let (mut state, mut length) = (ROOT, 0);
        for (last, word) in words.enumerate() {
            while state != ROOT && !index.states[state].next.contains_key(&word) {
                state = index.states[state].part;
                length = index.states[state].longest;
            }
            match index.states[state].next.get(&word) {
                Some(&next) => (state, length) = (next, length + 1),
                None => length = 0,
            }
            if length > self.best[state].words {
                self.best[state] = Match { words: length, source, last };
            }
        }
    }

    /// For each word of the indexed text the longest run of a source that ends there.
    pub(super) fn ending(mut self, index: &Index) -> Vec<Match> {
        let mut order: Vec<usize> = (1..index.states.len()).collect();
        order.sort_by_key(|&state| index.states[state].longest);
        // Whoever has a run has its parts, in all places where they end.
        for &state in order.iter().rev() {
            let (part, whole) = (index.states[state].part, self.best[state]);
            let words = index.states[part].longest.min(whole.words);
            if words > self.best[part].words {
                self.best[part] = Match { words, ..whole };
            }
        }
        for &state in &order {
            let part = self.best[index.states[state].part];
            if part.words > self.best[state].words {
                self.best[state] = part;
            }
        }
        index.ends.iter().map(|&state| self.best[state]).collect()
    }
}

/// The runs that are part of no longer one, as ranges of words with what they were found in.
pub(super) fn longest(ending: &[Match]) -> Vec<(Range<usize>, Match)> {
    let goes_on = |at: usize| ending.get(at + 1).is_some_and(|next| next.words == ending[at].words + 1);
    let ends = (0..ending.len()).filter(|&at| ending[at].words > 0 && !goes_on(at));
    ends.map(|at| (at + 1 - ending[at].words..at + 1, ending[at])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ending(text: &str, sources: &[&str]) -> Vec<usize> {
        let index = Index::new(text.bytes().map(u32::from));
        let mut tally = Tally::new(&index);
        sources.iter().enumerate().for_each(|(at, source)| tally.read(&index, at, source.bytes().map(u32::from)));
        tally.ending(&index).iter().map(|found| found.words).collect()
    }

    /// The same by looking everywhere.
    fn looked_up(text: &str, sources: &[&str]) -> Vec<usize> {
        let longest = |end: usize| (0..=end).find(|&start| sources.iter().any(|s| s.contains(&text[start..end])));
        (1..=text.len()).map(|end| end - longest(end).unwrap_or(end)).collect()
    }

    #[test]
    fn the_longest_run_at_every_word_is_found() {
        for (text, sources) in [
            ("abcabxabcd", &["zabcd", "abx"][..]),
            ("aaaaaaa", &["aaa"]),
            ("abababab", &["bab", "ababa"]),
            ("abc", &["xyz"]),
            ("", &["abc"]),
            ("abc", &[]),
            ("abcbcbcabcab", &["cbcbca", "bcabc", "cab"]),
        ] {
            assert_eq!(ending(text, sources), looked_up(text, sources), "{text} in {sources:?}");
        }
    }

    #[test]
    fn parts_of_longer_runs_are_passed_over() {
        let index = Index::new("abcde".bytes().map(u32::from));
        let mut tally = Tally::new(&index);
        tally.read(&index, 0, "abc".bytes().map(u32::from));
        tally.read(&index, 1, "bcde".bytes().map(u32::from));
        let runs: Vec<_> = longest(&tally.ending(&index)).into_iter().map(|(words, found)| (words, found.source)).collect();
        assert_eq!(runs, [(0..3, 0), (1..5, 1)]);
    }
}
