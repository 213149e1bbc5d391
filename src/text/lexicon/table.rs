//! The tables of `assets/lexicon`: sets of synonyms, opposites, words that exclude each other, verbs of saying, hedges.
//!
//! They were written for the language of news and go before WordNet, which cannot tell opposites from synonyms and knows
//! senses that no news item means.

use super::inflection::lemma;
use super::spelling::spelling;
use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};
use std::sync::LazyLock;

static SYNONYMS: &str = include_str!("../../../assets/lexicon/synonyms.txt");
static OPPOSITES: &str = include_str!("../../../assets/lexicon/opposites.txt");
static CONTRASTS: &str = include_str!("../../../assets/lexicon/contrasts.txt");
static SAYING: &str = include_str!("../../../assets/lexicon/saying.txt");
static HEDGES: &str = include_str!("../../../assets/lexicon/hedges.txt");

/// What the tables say of one word or expression. Lines are told by their number in their table.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// The lines of `synonyms.txt` that it is in.
    pub synonyms: Vec<u16>,
    /// The lines of `opposites.txt` that it is in, and on which side.
    pub sides: Vec<(u16, bool)>,
    /// The lines of `contrasts.txt` that it is in.
    pub contrasts: Vec<u16>,
    /// What it makes of a speaker.
    pub saying: Option<Saying>,
    /// How sure it makes a statement.
    pub hedge: Option<Hedge>,
}

/// Declares a closed set of classes, each with the name that its lines begin with.
macro_rules! classes {
    ($(#[$doc:meta])* $class:ident { $($(#[$inner:meta])* $member:ident $name:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum $class { $($(#[$inner])* $member,)* }

        impl $class {
            fn named(name: &str) -> Option<Self> {
                match name { $($name => Some($class::$member),)* _ => None }
            }

            /// Its name, as it stands in the table.
            pub fn name(self) -> &'static str {
                match self { $($class::$member => $name,)* }
            }
        }
    };
}

classes! {
    /// What a verb of saying makes of the speaker.
    Saying {
        /// Said, told, added: no more than that it was said.
        Plain "plain",
        /// Claimed, insisted: it may not be so.
        Asserted "asserted",
        /// Admitted, conceded: it is so, and the speaker would rather not say it.
        Conceded "conceded",
        /// Confirmed: it is so.
        Confirmed "confirmed",
        /// Denied.
        Denied "denied",
        /// Warned, threatened.
        Warned "warned",
        /// Promised, vowed.
        Promised "promised",
        /// Accused, blamed.
        Accused "accused",
        /// Asked.
        Asked "asked",
        /// Urged, demanded.
        Urged "urged",
        /// Suggested, implied.
        Suggested "suggested",
        /// Announced, declared.
        Announced "announced",
        /// Estimated, predicted.
        Estimated "estimated",
        /// Criticised, denounced.
        Criticized "criticized",
        /// Praised.
        Praised "praised",
    }
}

classes! {
    /// How sure a statement is made; words of one degree are the same in other words or another tense (`will` and `would`).
    Hedge {
        /// Will, must.
        Sure "sure",
        /// Should, probably.
        Likely "likely",
        /// May, might, could.
        Possible "possible",
        /// Unlikely.
        Doubtful "doubtful",
        /// Reportedly, allegedly.
        Hearsay "hearsay",
        /// Tried to.
        Attempted "attempted",
        /// Planned to.
        Planned "planned",
    }
}

/// All entries, by lemma; the words of an expression are joined by `_`.
static ENTRIES: LazyLock<HashMap<String, Entry>> = LazyLock::new(|| {
    let mut entries: HashMap<String, Entry> = HashMap::default();
    for (number, line) in lines(SYNONYMS) {
        line.split_whitespace().for_each(|word| of(&mut entries, word).synonyms.push(number));
    }
    for (number, line) in lines(OPPOSITES) {
        let words = line.split_once(':').map_or(line, |(_, words)| words);
        for (side, words) in words.splitn(2, '|').enumerate() {
            words.split_whitespace().for_each(|word| of(&mut entries, word).sides.push((number, side == 1)));
        }
    }
    for (number, line) in lines(CONTRASTS) {
        let words = line.split_once(':').map_or(line, |(_, words)| words);
        words.split_whitespace().for_each(|word| of(&mut entries, word).contrasts.push(number));
    }
    for (name, words) in named_lines(SAYING) {
        words.split_whitespace().for_each(|word| of(&mut entries, word).saying = Saying::named(name));
    }
    for (name, words) in named_lines(HEDGES) {
        words.split_whitespace().for_each(|word| of(&mut entries, word).hedge = Hedge::named(name));
    }
    entries
});

/// How expressions go on that begin with one lemma.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Opening {
    /// How many words the longest of them has.
    pub longest: usize,
    /// The lemmas of their second words: a look at these saves most of the look-ups.
    pub seconds: HashSet<&'static str>,
}

static OPENINGS: LazyLock<HashMap<&'static str, Opening>> = LazyLock::new(|| {
    let mut openings: HashMap<&str, Opening> = HashMap::default();
    for expression in ENTRIES.keys() {
        let mut words = expression.split('_');
        if let (Some(first), Some(second)) = (words.next(), words.next()) {
            let opening = openings.entry(first).or_default();
            opening.longest = opening.longest.max(2 + words.count());
            opening.seconds.insert(second);
        }
    }
    openings
});

fn of<'a>(entries: &'a mut HashMap<String, Entry>, word: &str) -> &'a mut Entry {
    let key = word.split('_').map(spelling).collect::<Vec<_>>().join("_");
    entries.entry(key).or_default()
}

/// The lines of a table with their numbers, comments and blank lines passed over.
fn lines(table: &'static str) -> impl Iterator<Item = (u16, &'static str)> {
    (0..).zip(table.lines()).filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'))
}

/// Lines `name: words`.
fn named_lines(table: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    lines(table).filter_map(|(_, line)| line.split_once(':')).map(|(name, words)| (name.trim(), words))
}

/// The entry of a word or of an expression joined by `_`.
pub(super) fn entry(key: &str) -> Option<&'static Entry> {
    ENTRIES.get(key)
}

/// How expressions go on that begin with a lemma; `None` where none does.
pub fn opening(lemma: &str) -> Option<&'static Opening> {
    OPENINGS.get(lemma)
}

/// The topic of a line of `opposites.txt` or of `contrasts.txt`, in words.
pub(super) fn topic(opposites: bool, number: u16) -> String {
    let table = if opposites { OPPOSITES } else { CONTRASTS };
    let line = table.lines().nth(usize::from(number)).unwrap_or("");
    line.split_once(':').map_or("", |(topic, _)| topic).replace('_', " ")
}

/// The key of an expression: the lemmas of its words.
pub fn key<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    words.into_iter().map(lemma).collect::<Vec<_>>().join("_")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_a_table_is_read() {
        assert!(ENTRIES.len() > 3_000, "{}", ENTRIES.len());
        for (name, _) in named_lines(SAYING) {
            assert!(Saying::named(name).is_some(), "{name}");
        }
        for (name, _) in named_lines(HEDGES) {
            assert!(Hedge::named(name).is_some(), "{name}");
        }
        for (_, line) in lines(OPPOSITES) {
            assert_eq!(line.matches('|').count(), 1, "{line}");
        }
    }

    #[test]
    fn no_two_words_are_synonyms_and_opposites() {
        let shares = |a: &[u16], b: &[u16]| a.iter().any(|line| b.contains(line));
        for (_, line) in lines(OPPOSITES) {
            let Some((left, right)) = line.split_once(':').and_then(|(_, sides)| sides.split_once('|')) else { continue };
            for a in left.split_whitespace().filter_map(entry) {
                for (word, b) in right.split_whitespace().filter_map(|word| Some((word, entry(word)?))) {
                    assert!(!shares(&a.synonyms, &b.synonyms), "{word}: {line}");
                }
            }
        }
    }
}
