//! All versions of a story at once: passages, and in each the places where versions disagree, with who reads what.
//!
//! Sentences are matched first, free of order, by the comparisons of two versions; what they agree on grows into passages. Then
//! the words of each passage are aligned over all versions, and columns in which they disagree are read as variants. No version
//! is the base. Texts are taken in the order of their words and not of the input, and texts that are equal are one: so the
//! result does not depend on who comes first.

mod columns;
mod order;
mod pairs;
mod passages;
#[cfg(test)]
mod tests;
mod variants;

use super::edit::{Kind, Level};
use super::flag::FlagKind;
use super::term::{Side, Terms, Vocabulary};
use crate::text::{Span, Text};
use std::borrow::Cow;
use std::cmp::Reverse;
use std::ops::Range;

/// Everything that is said about all versions of a story. Versions are indices into what was given, sentences and tokens
/// indices into the [`Text`] of their version.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Apparatus {
    /// Every sentence of every version is in exactly one passage. They come in the order on which most versions agree.
    pub passages: Vec<Passage>,
}

/// Sentences of several versions that say the same thing, or of one that stand alone.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Passage {
    /// The versions that have it, in order, each with its sentences.
    pub sentences: Vec<(usize, Range<usize>)>,
    /// Whether it counts in figures: page furniture does not.
    pub counts: bool,
    /// The words of all versions, aligned; every token of the sentences is in exactly one cell.
    pub columns: Vec<Column>,
    /// Where the versions disagree, in order.
    pub variants: Vec<Variant>,
    /// What an editor must not miss.
    pub flags: Vec<Sighting>,
}

/// Words that stand in the same place of a passage: at most one cell for each version.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Column {
    /// The cells, in the order of the versions; a version that has nothing here has no cell.
    pub cells: Vec<Cell>,
}

/// What one version has in a column.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    /// The version.
    pub version: usize,
    /// Its tokens.
    pub tokens: Range<usize>,
    /// Number of the folded form: cells with equal numbers have the same word, in another dress at most.
    pub word: u32,
    /// How much the word counts in figures: 0 for punctuation, little for words that carry grammar, else 1.
    pub weight: f64,
}

/// A place where versions disagree.
#[derive(Debug, Clone, PartialEq)]
pub struct Variant {
    /// Its columns, as indices into those of the passage.
    pub columns: Range<usize>,
    /// The weightiest kind of difference between any two of its readings.
    pub kind: Kind,
    /// How that is known, in a few words.
    pub reason: Cow<'static, str>,
    /// What the versions have here, the most common reading first; that some have nothing comes last.
    pub readings: Vec<Reading>,
    /// What an editor must not miss about it.
    pub flags: Vec<FlagKind>,
}

/// What some versions have in a variant, printed alike by all of them.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// The versions with their tokens, in the order of the versions; where nothing stands, an empty range at the place.
    pub at: Vec<(usize, Range<usize>)>,
    /// The number of the reading that it counts as when differences of form are passed over, and of form and wording.
    group: [usize; 2],
}

impl Reading {
    /// Whether its versions have nothing here.
    pub fn is_omission(&self) -> bool {
        self.at.iter().all(|(_, tokens)| tokens.is_empty())
    }

    /// Its versions.
    pub fn versions(&self) -> impl Iterator<Item = usize> {
        self.at.iter().map(|(version, _)| *version)
    }
}

impl Variant {
    /// The level of its kind.
    pub fn level(&self) -> Level {
        self.kind.level()
    }

    /// The readings, those together that are one when only differences of `lowest` and above count. Each group begins with its
    /// most common reading.
    pub fn readings_at(&self, lowest: Level) -> Vec<Vec<&Reading>> {
        let number = |index: usize, reading: &Reading| match lowest {
            Level::Form => index,
            Level::Wording => reading.group[0],
            Level::Substance => reading.group[1],
        };
        let mut groups: Vec<(usize, Vec<&Reading>)> = Vec::new();
        for (index, reading) in self.readings.iter().enumerate() {
            let number = number(index, reading);
            match groups.iter_mut().find(|(n, _)| *n == number) {
                Some((_, group)) => group.push(reading),
                None => groups.push((number, vec![reading])),
            }
        }
        groups.into_iter().map(|(_, group)| group).collect()
    }

    /// The reading of a version, with its tokens.
    pub fn reading_of(&self, version: usize) -> Option<(usize, &Range<usize>)> {
        self.readings.iter().enumerate().find_map(|(index, reading)| {
            let at = reading.at.binary_search_by_key(&version, |(v, _)| *v).ok()?;
            Some((index, &reading.at[at].1))
        })
    }
}

/// A flag between two versions of a passage.
#[derive(Debug, Clone, PartialEq)]
pub struct Sighting {
    /// What may have changed.
    pub kind: FlagKind,
    /// The tokens that show it, each with its version.
    pub evidence: Vec<(usize, Range<usize>)>,
    /// The variants that it is about, as indices into those of the passage.
    pub variants: Vec<usize>,
}

impl Apparatus {
    /// The passage that has a sentence of a version.
    pub fn passage_of(&self, version: usize, sentence: usize) -> Option<usize> {
        self.passages.iter().position(|passage| passage.sentences_of(version).is_some_and(|range| range.contains(&sentence)))
    }

    /// How much of each version the others have: for versions `a` and `b` the share of the words of `a` that `b` has in the same
    /// place, form aside, 0 to 1.
    pub fn containment(&self, versions: usize) -> Vec<Vec<f64>> {
        let mut shared = vec![vec![0.0; versions]; versions];
        for column in self.passages.iter().filter(|p| p.counts).flat_map(|p| &p.columns) {
            for a in &column.cells {
                let same = column.cells.iter().filter(|b| b.word == a.word);
                same.for_each(|b| shared[a.version][b.version] += a.weight);
            }
        }
        for (a, row) in shared.iter_mut().enumerate() {
            let all = row[a];
            row.iter_mut().for_each(|share| *share = if all == 0.0 { 0.0 } else { *share / all });
            row[a] = 1.0;
        }
        shared
    }
}

impl Passage {
    /// The sentences of a version.
    pub fn sentences_of(&self, version: usize) -> Option<&Range<usize>> {
        let at = self.sentences.binary_search_by_key(&version, |(v, _)| *v).ok()?;
        Some(&self.sentences[at].1)
    }

    /// The variant whose reading in a version has a token.
    pub fn variant_at(&self, version: usize, token: usize) -> Option<usize> {
        self.variants.iter().position(|v| v.reading_of(version).is_some_and(|(_, tokens)| tokens.contains(&token)))
    }
}

/// The bytes of some tokens; of none, the empty span in front of the next one, or behind the last.
pub fn span(text: &Text, tokens: &Range<usize>) -> Span {
    let end = || text.tokens.last().map_or(0, |t| t.span.end);
    match &text.tokens[tokens.clone()] {
        [] => text.tokens.get(tokens.start).map_or_else(|| Span::new(end(), end()), |t| Span::new(t.span.start, t.span.start)),
        [first, ..] => first.span.to(text.tokens[tokens.end - 1].span),
    }
}

/// Puts all versions of a story side by side. The time grows about linearly with the length of the texts, and with the number
/// of versions as long as they tell one story.
pub fn apparatus(versions: &[Side]) -> Apparatus {
    let distinct = Distinct::new(versions);
    let compared = pairs::compare(&distinct);
    let groups = order::in_reading_order(passages::passages(&distinct, &compared), &distinct);
    let mut passages = variants::passages(&distinct, groups);
    variants::flag(&distinct, &mut passages, &compared);
    passages.iter_mut().for_each(|passage| distinct.expand(passage));
    Apparatus { passages }
}

/// The different texts among the versions, in the order of their words.
struct Distinct<'a> {
    sides: Vec<Side<'a>>,
    terms: Vec<Terms>,
    /// For each text the versions that have it.
    versions: Vec<Vec<usize>>,
}

impl<'a> Distinct<'a> {
    fn new(versions: &[Side<'a>]) -> Self {
        let key = |side: &Side<'a>| (side.raw, side.text.foreign, side.text.whole, side.text.date);
        let mut order: Vec<usize> = (0..versions.len()).collect();
        order.sort_by_key(|&version| (key(&versions[version]), version));
        let groups: Vec<Vec<usize>> = order.chunk_by(|&a, &b| key(&versions[a]) == key(&versions[b])).map(<[usize]>::to_vec).collect();
        let sides: Vec<Side> = groups.iter().map(|group| versions[group[0]]).collect();
        let mut vocabulary = Vocabulary::default();
        let terms = sides.iter().map(|side| vocabulary.read(*side)).collect();
        Distinct { sides, terms, versions: groups }
    }

    fn len(&self) -> usize {
        self.sides.len()
    }

    /// Replaces each text of a passage by the versions that have it.
    fn expand(&self, passage: &mut Passage) {
        passage.sentences = self.expanded(&passage.sentences);
        for column in &mut passage.columns {
            let cells = column.cells.iter();
            column.cells =
                cells.flat_map(|cell| self.versions[cell.version].iter().map(|&version| Cell { version, ..cell.clone() })).collect();
            column.cells.sort_by_key(|cell| cell.version);
        }
        for variant in &mut passage.variants {
            variant.readings.iter_mut().for_each(|reading| reading.at = self.expanded(&reading.at));
            variant.readings.sort_by_key(|r| (r.is_omission(), Reverse(r.at.len()), r.at.first().map(|(version, _)| *version)));
        }
        passage.flags.iter_mut().flat_map(|flag| &mut flag.evidence).for_each(|(version, _)| *version = self.versions[*version][0]);
    }

    fn expanded(&self, at: &[(usize, Range<usize>)]) -> Vec<(usize, Range<usize>)> {
        let mut all: Vec<(usize, Range<usize>)> =
            at.iter().flat_map(|(text, range)| self.versions[*text].iter().map(|&version| (version, range.clone()))).collect();
        all.sort_by_key(|(version, _)| *version);
        all
    }
}
