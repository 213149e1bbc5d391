//! What words are to each other: spelling, inflection, synonyms, opposites, and the small closed classes that news turns on.
//!
//! Our own tables (`assets/lexicon`) decide; WordNet advises where they are silent. Each judgement carries its reason.

mod closed;
mod detach;
pub mod gazetteer;

mod inflection;
mod spelling;
mod table;
mod wordnet;

pub use closed::{MONTHS, WEEKDAYS, contraction, expansions, is_function_word, month};
pub use inflection::{lemma, stem};
pub use spelling::spelling;
pub use table::{Entry, Hedge, Opening, Saying, key, opening};

use std::borrow::Cow;

/// What a word or an expression can do to a statement, and what it is to others: pointers into the tables, made once a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Meaning {
    /// It turns a statement round: `not`, `never`, `without`.
    pub negates: bool,
    instead: bool,
    form: Option<&'static Entry>,
    base: Option<&'static Entry>,
    row: Option<wordnet::Row>,
}

/// What two words are to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Relation {
    /// Either may stand for the other.
    Synonym,
    /// They turn a statement round.
    Opposite,
    /// They exclude each other: `north` and `east`, `profit` and `revenue`.
    Contrast,
}

/// A relation and how it is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judgement {
    /// What the two are to each other.
    pub relation: Relation,
    /// Which table says so.
    pub reason: Cow<'static, str>,
}

impl Meaning {
    /// The meaning of a folded word.
    pub fn of_word(folded: &str) -> Self {
        let lemma = lemma(folded);
        let base = table::entry(&lemma);
        let form = table::entry(folded).filter(|form| !base.is_some_and(|base| std::ptr::eq(*form, base)));
        Meaning { negates: is_negation(folded), instead: false, form, base, row: wordnet::Row::find(&lemma) }
    }

    /// The meaning of an expression of several words, given its [`key`]; `None` where no table has it.
    pub fn of_expression(key: &str) -> Option<Self> {
        // Set phrases turn nothing round that their synonyms do not: `not guilty` says what `innocent` says.
        let phrase = matches!(key, "not_guilty" | "if_not" | "not_only" | "no_more_than" | "no_less_than") || key.ends_with("_doubt");
        let negates = !phrase && key.split('_').any(is_negation);
        let instead = matches!(key, "rather_than" | "instead_of" | "in_place_of");
        Some(Meaning { negates, instead, form: None, base: Some(table::entry(key)?), row: None })
    }

    fn entries(self) -> impl Iterator<Item = &'static Entry> {
        self.form.into_iter().chain(self.base)
    }

    /// Whether a dictionary has the word.
    pub fn is_known(self) -> bool {
        self.row.is_some() || self.base.is_some() || self.form.is_some()
    }

    /// What it makes of a speaker.
    pub fn saying(self) -> Option<Saying> {
        self.entries().find_map(|entry| entry.saying)
    }

    /// How sure it makes a statement.
    pub fn hedge(self) -> Option<Hedge> {
        self.entries().find_map(|entry| entry.hedge)
    }

    /// Whether it is an adverb of certainty, as far as its ending tells: `probably`, `perhaps`.
    pub fn is_adverb(self) -> bool {
        let head = self.row.map_or("", wordnet::Row::head);
        head.ends_with("ly") || matches!(head, "perhaps" | "maybe")
    }

    /// Whether it is one of the particles by which figures move: `up`, `down`.
    pub fn is_direction(self) -> bool {
        matches!(self.row.map_or("", wordnet::Row::head), "up" | "down" | "off" | "upward" | "downward")
    }

    /// Whether it says no to what follows: `declined to`, `failed to`.
    pub fn refuses(self) -> bool {
        matches!(self.row.map_or("", wordnet::Row::head), "decline" | "refuse" | "fail" | "deny" | "reject" | "avoid" | "stop" | "lack")
    }

    /// Whether it denies what follows in favour of something else: `rather than`, `instead of`.
    pub fn is_instead(self) -> bool {
        self.instead
    }

    /// Whether it is on a side of something.
    pub fn takes_sides(self) -> bool {
        self.entries().any(|entry| !entry.sides.is_empty())
    }

    /// What two words are to each other, as far as the tables know; the stronger relation first.
    pub fn relation(self, other: Meaning) -> Option<Relation> {
        match self.turned(other) {
            None if self.told_alike(other) || self.shares_synset(other) => Some(Relation::Synonym),
            turned => turned,
        }
    }

    /// Whether two words are synonyms, opposites not looked for: cheaper than the whole relation.
    pub fn is_synonym(self, other: Meaning) -> bool {
        self.told_alike(other) || self.shares_synset(other)
    }

    /// Whether two words are opposites or exclude each other: cheaper than the whole relation.
    pub fn turned(self, other: Meaning) -> Option<Relation> {
        match () {
            () if self.opposed(other).is_some() => Some(Relation::Opposite),
            () if self.contrasted(other).is_some() && !self.told_alike(other) => Some(Relation::Contrast),
            () => None,
        }
    }

    /// The relation of two words with its reason.
    pub fn judgement(self, other: Meaning) -> Option<Judgement> {
        let relation = self.relation(other)?;
        let reason = match relation {
            Relation::Opposite => Cow::Owned(format!("opposites: {}", table::topic(true, self.opposed(other)?))),
            Relation::Contrast => Cow::Owned(format!("they exclude each other: {}", table::topic(false, self.contrasted(other)?))),
            Relation::Synonym if self.told_alike(other) => Cow::Borrowed("synonyms of news"),
            Relation::Synonym => Cow::Borrowed("one synset of WordNet"),
        };
        Some(Judgement { relation, reason })
    }

    /// A line of our table that has the two words on opposite sides.
    fn opposed(self, other: Meaning) -> Option<u16> {
        let pairs = self.entries().flat_map(|a| other.entries().map(move |b| (a, b)));
        let opposed =
            |(a, b): (&Entry, &Entry)| a.sides.iter().find(|(line, side)| b.sides.contains(&(*line, !side))).map(|(line, _)| *line);
        pairs.filter(|(a, b)| !std::ptr::eq(*a, *b)).find_map(opposed)
    }

    /// Whether they stand on one side of one topic, which does not make them synonyms: `fell` and `was down`.
    pub fn on_one_side(self, other: Meaning) -> bool {
        self.entries().any(|a| other.entries().any(|b| a.sides.iter().any(|side| b.sides.contains(side))))
    }

    fn told_alike(self, other: Meaning) -> bool {
        // Most words are in no table of ours.
        if self.base.or(self.form).is_none() || other.base.or(other.form).is_none() {
            return false;
        }
        let listed = |a: &Entry, b: &Entry| !std::ptr::eq(a, b) && a.synonyms.iter().any(|line| b.synonyms.contains(line));
        self.entries().any(|a| other.entries().any(|b| listed(a, b)))
    }

    fn contrasted(self, other: Meaning) -> Option<u16> {
        let pairs = self.entries().flat_map(|a| other.entries().map(move |b| (a, b)));
        let shared = |(a, b): (&Entry, &Entry)| a.contrasts.iter().find(|line| b.contrasts.contains(line)).copied();
        pairs.filter(|(a, b)| !std::ptr::eq(*a, *b)).find_map(shared)
    }

    fn shares_synset(self, other: Meaning) -> bool {
        self.row.zip(other.row).is_some_and(|(a, b)| a.is_synonym(b))
    }
}

fn is_negation(folded: &str) -> bool {
    matches!(
        folded,
        "not"
            | "no"
            | "never"
            | "none"
            | "nobody"
            | "nothing"
            | "neither"
            | "nor"
            | "without"
            | "cannot"
            | "can not"
            | "nowhere"
            | "hardly"
    ) || folded.ends_with("n't")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn negations_are_told() {
        for word in ["not", "cannot", "can't", "never", "without", "nobody"] {
            assert!(Meaning::of_word(&crate::text::fold::word(word)).negates, "{word}: {}", crate::text::fold::word(word));
        }
    }

    #[test]
    fn words_are_judged_by_our_tables_before_wordnet() {
        use Relation::{Contrast, Opposite, Synonym};
        let of = |text: &str| match text.contains(' ') {
            true => Meaning::of_expression(&key(text.split(' '))).unwrap_or_default(),
            false => Meaning::of_word(text),
        };
        let table = [
            ("opposing", "favors", Some(Opposite)),
            ("fell", "rising", Some(Opposite)),
            ("gave up", "gained", Some(Opposite)),
            ("profit", "loss", Some(Opposite)),
            ("crucial", "important", Some(Synonym)),
            ("inalienable", "inseparable", Some(Synonym)),
            ("enlargement", "expansion", Some(Synonym)),
            ("north", "east", Some(Contrast)),
            ("pact", "ship", None),
            ("pact", "pact", None),
        ];
        for (a, b, relation) in table {
            assert_eq!(of(a).relation(of(b)), relation, "{a} {b}");
            assert_eq!(of(b).relation(of(a)), relation, "{b} {a}");
            assert_eq!(of(a).judgement(of(b)).map(|j| j.relation), relation);
        }
    }
}
