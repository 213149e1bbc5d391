//! Where the versions of a passage disagree: neighbouring columns read as one place, and the readings there.

use super::columns::{self, Places};
use super::pairs::Compared;
use super::passages::Group;
use super::{Cell, Column, Distinct, Passage, Reading, Sighting, Variant};
use crate::collate::edit::{Edit, Gap, Kind, Level};
use crate::collate::flag::{Flag, FlagKind};
use crate::collate::rows;
use crate::collate::term::{Class, Pair, Run, Term};
use rayon::prelude::*;
use rustc_hash::FxHashMap as HashMap;
use std::borrow::Cow;
use std::ops::Range;

/// The passages of groups of sentences, without flags.
pub(super) fn passages(distinct: &Distinct, groups: Vec<Group>) -> Vec<Passage> {
    groups.into_par_iter().map(|group| Lined::new(distinct, &group).passage(group)).collect()
}

/// A group with its aligned columns.
struct Lined<'a> {
    distinct: &'a Distinct<'a>,
    texts: Vec<usize>,
    runs: Vec<Run<'a>>,
    /// The first term of each run, counted in its text.
    first: Vec<usize>,
    columns: Vec<Places>,
    counts: bool,
}

impl<'a> Lined<'a> {
    fn new(distinct: &'a Distinct<'a>, group: &Group) -> Self {
        let counts = group.iter().any(|(text, sentences)| distinct.sides[*text].text.counts(sentences.start));
        Lined {
            distinct,
            texts: group.iter().map(|(text, _)| *text).collect(),
            runs: group.iter().map(|(text, sentences)| columns::run(distinct, *text, sentences)).collect(),
            first: group.iter().map(|(text, sentences)| distinct.terms[*text].sentences[sentences.start].start).collect(),
            columns: columns::columns(distinct, group),
            counts,
        }
    }

    fn passage(self, group: Group) -> Passage {
        let variants = if self.runs.len() > 1 { self.variants() } else { Vec::new() };
        let columns = self.columns.iter().map(|places| self.column(places)).collect();
        Passage { sentences: group, counts: self.counts, columns, variants, flags: Vec::new() }
    }

    fn term(&self, (at, term): (usize, usize)) -> &'a Term {
        &self.runs[at].terms[term - self.first[at]]
    }

    fn column(&self, places: &Places) -> Column {
        let cell = |&place: &(usize, usize)| {
            let term = self.term(place);
            Cell { version: self.texts[place.0], tokens: term.tokens.clone(), word: term.word, weight: rows::weight(term) }
        };
        Column { cells: places.iter().map(cell).collect() }
    }

    /// The places where the texts disagree.
    fn variants(&self) -> Vec<Variant> {
        let mut next = vec![0; self.runs.len()];
        let mut variants = Vec::new();
        for stretch in self.stretches() {
            let terms = self.terms_of(&stretch, &mut next);
            variants.extend(self.variant(stretch, &terms));
        }
        self.mark_reordered(&mut variants);
        variants
    }

    /// Marks the two places of words that some texts have here and all others there.
    fn mark_reordered(&self, variants: &mut [Variant]) {
        let mut places: HashMap<Vec<u32>, Vec<(usize, Vec<usize>)>> = HashMap::default();
        for (index, variant) in variants.iter().enumerate() {
            let [one, other] = &variant.readings[..] else { continue };
            let told = if other.is_omission() { one } else { other };
            let words = self.words(variant);
            if (one.is_omission() || other.is_omission()) && !words.is_empty() {
                places.entry(words).or_default().push((index, told.versions().collect()));
            }
        }
        for found in places.into_values().filter(|found| found.len() == 2) {
            let here = |text: &usize| found[0].1.contains(text) != found[1].1.contains(text);
            if self.texts.iter().all(here) {
                for (index, _) in found {
                    (variants[index].kind, variants[index].reason) = (Kind::Order, Cow::Borrowed("the same words in another place"));
                }
            }
        }
    }

    /// The words of a variant in which some texts have the same words, without punctuation; none of words that carry grammar alone.
    fn words(&self, variant: &Variant) -> Vec<u32> {
        let terms = || self.columns[variant.columns.clone()].iter().filter_map(|places| places.first()).map(|&place| self.term(place));
        let telling = terms().any(|t| !matches!(t.class, Class::Mark | Class::Function));
        if telling { terms().filter(|t| t.class != Class::Mark).map(|t| t.word).collect() } else { Vec::new() }
    }

    /// The terms of each run that stand in some columns, as ranges of the run; `next` is the first term of each behind the
    /// columns looked at before.
    fn terms_of(&self, stretch: &Stretch, next: &mut [usize]) -> Vec<Range<usize>> {
        for places in &self.columns[stretch.behind..stretch.columns.start] {
            places.iter().for_each(|&(at, term)| next[at] = term - self.first[at] + 1);
        }
        let starts = next.to_vec();
        for places in &self.columns[stretch.columns.clone()] {
            places.iter().for_each(|&(at, term)| next[at] = term - self.first[at] + 1);
        }
        starts.into_iter().zip(next.iter()).map(|(start, &end)| start..end).collect()
    }

    /// Neighbouring columns that a person reads as one place in which the texts disagree.
    fn stretches(&self) -> Vec<Stretch> {
        let mut stretches: Vec<Stretch> = Vec::new();
        let mut last: Option<Look> = None;
        for (index, places) in self.columns.iter().enumerate() {
            let look = self.look(places);
            if look.is_agreed() {
                last = None;
                continue;
            }
            let behind = stretches.last().map_or(0, |s| s.columns.end);
            match last.as_ref().and_then(|last| last.joined(&look)).zip(stretches.last_mut()) {
                Some((joined, stretch)) => {
                    stretch.columns.end = index + 1;
                    last = Some(joined);
                }
                None => {
                    stretches.push(Stretch { behind, columns: index..index + 1 });
                    last = Some(look);
                }
            }
        }
        stretches
    }

    fn look(&self, places: &Places) -> Look {
        let mut groups = vec![0; self.runs.len()];
        let mut prints: HashMap<Cow<str>, usize> = HashMap::default();
        for &(at, term) in places {
            let next = prints.len() + 1;
            groups[at] = *prints.entry(printed(self.runs[at], &self.term((at, term)).tokens)).or_insert(next);
        }
        let terms = || places.iter().map(|&place| self.term(place));
        let stem = places.first().map(|&place| self.term(place).stem);
        Look {
            lacking: groups.iter().map(|&group| group == 0).collect(),
            groups,
            size: 1,
            marks: terms().all(|t| t.class == Class::Mark),
            content: terms().any(|t| !matches!(t.class, Class::Mark | Class::Function)),
            names: terms().all(|t| t.class == Class::Name),
            inflected: terms().all(|t| Some(t.stem) == stem),
        }
    }

    /// The readings of a place; nothing where all texts print the same after all.
    fn variant(&self, stretch: Stretch, terms: &[Range<usize>]) -> Option<Variant> {
        let mut readings: HashMap<Cow<str>, Vec<usize>> = HashMap::default();
        for (at, run) in self.runs.iter().enumerate() {
            let printed = run.part(terms[at].clone()).tokens().map_or(Cow::Borrowed(""), |tokens| printed(*run, &tokens));
            readings.entry(printed).or_default().push(at);
        }
        let mut readings: Vec<(Cow<str>, Vec<usize>)> = readings.into_iter().collect();
        let common = |texts: &[usize]| texts.iter().map(|&at| self.distinct.versions[self.texts[at]].len()).sum::<usize>();
        readings.sort_by(|(a, x), (b, y)| common(y).cmp(&common(x)).then((a.is_empty(), a).cmp(&(b.is_empty(), b))));
        let judged = self.judged(&readings, terms);
        let weightiest = judged.iter().max_by_key(|(pair, edit)| (weight(edit.kind), std::cmp::Reverse(*pair)))?;
        let (kind, reason) = (weightiest.1.kind, weightiest.1.reason.clone());
        let groups = [Level::Form, Level::Wording].map(|level| grouped(readings.len(), &judged, level));
        let readings = readings.into_iter().enumerate().map(|(index, (_, texts))| Reading {
            at: texts.into_iter().map(|at| (self.texts[at], self.tokens(at, &terms[at]))).collect(),
            group: [groups[0][index], groups[1][index]],
        });
        Some(Variant { columns: stretch.columns, kind, reason, readings: readings.collect(), flags: Vec::new() })
    }

    /// The tokens of some terms of a run; of none the empty range where they would stand.
    fn tokens(&self, at: usize, terms: &Range<usize>) -> Range<usize> {
        let run = self.runs[at];
        let place = || run.terms.get(terms.start).map_or_else(|| run.terms.last().map_or(0, |t| t.tokens.end), |t| t.tokens.start);
        run.part(terms.clone()).tokens().unwrap_or_else(|| place()..place())
    }

    /// What kind of difference every two readings make; of very many readings, those with the most common ones.
    fn judged(&self, readings: &[(Cow<str>, Vec<usize>)], terms: &[Range<usize>]) -> Vec<([usize; 2], Edit)> {
        const PAIRS: usize = 80;
        let commonest = (PAIRS / readings.len().max(1)).max(2);
        let pairs = (0..readings.len()).flat_map(|b| (0..b.min(commonest)).map(move |a| [a, b]));
        let judged = pairs.map(|pair| {
            let [left, right] = pair.map(|reading| readings[reading].1[0]);
            let gap = Gap { left: terms[left].clone(), right: terms[right].clone() };
            (pair, Edit::of(Pair { left: self.runs[left], right: self.runs[right] }, &gap))
        });
        judged.collect()
    }
}

/// Columns in which the texts disagree.
struct Stretch {
    /// Where the stretch before ended.
    behind: usize,
    columns: Range<usize>,
}

/// What columns look like as a place where texts disagree.
struct Look {
    /// For each text of the group what it prints, by number; 0 for nothing.
    groups: Vec<usize>,
    /// For each text whether it has nothing in some of the columns.
    lacking: Vec<bool>,
    /// How many columns.
    size: usize,
    marks: bool,
    content: bool,
    names: bool,
    /// Whether all texts have one word in several inflections.
    inflected: bool,
}

impl Look {
    fn is_agreed(&self) -> bool {
        self.groups.iter().all(|&group| group == 1)
    }

    fn is_complete(&self) -> bool {
        !self.lacking.contains(&true)
    }

    fn count(&self) -> usize {
        self.groups.iter().max().map_or(0, |max| max + usize::from(self.groups.contains(&0)))
    }

    /// Whether some texts have the same words here and the others have nothing.
    fn is_one_sided(&self) -> bool {
        self.groups.iter().max() == Some(&1) && !self.is_complete()
    }

    /// Both as one, where a person reads them so: no text says something else in the one than in the other makes more groups.
    fn joined(&self, next: &Look) -> Option<Look> {
        let mut numbers: HashMap<(usize, usize), usize> = HashMap::from_iter([((0, 0), 0)]);
        let mut number = |pair| {
            let next = numbers.len();
            *numbers.entry(pair).or_insert(next)
        };
        let groups: Vec<usize> = self.groups.iter().zip(&next.groups).map(|(&a, &b)| number((a, b))).collect();
        let joined = Look {
            lacking: self.lacking.iter().zip(&next.lacking).map(|(a, b)| *a || *b).collect(),
            groups,
            size: self.size + next.size,
            marks: self.marks && next.marks,
            content: self.content || next.content,
            names: self.names && next.names,
            inflected: false,
        };
        (joined.count() <= self.count().max(next.count()) && self.reads_on(next)).then_some(joined)
    }

    /// Whether the next column goes on with what this one says.
    fn reads_on(&self, next: &Look) -> bool {
        let lack_alike = self.lacking == next.lacking && !self.is_complete();
        let complete = (self.is_complete(), next.is_complete());
        let size = self.size + next.size;
        match complete {
            _ if lack_alike => self.groups == next.groups || self.is_one_sided() && next.is_one_sided(),
            _ if self.marks || next.marks || self.is_inflected() || next.is_inflected() => false,
            (true, true) => self.names && next.names,
            (true, false) | (false, true) => size <= 4 && self.content && next.content,
            (false, false) => size <= 8 && self.content && next.content,
        }
    }

    fn is_inflected(&self) -> bool {
        self.inflected && self.is_complete()
    }
}

/// Tokens as they are printed, white space as one space.
fn printed<'a>(run: Run<'a>, tokens: &Range<usize>) -> Cow<'a, str> {
    let tokens = &run.side.text.tokens[tokens.clone()];
    let text = tokens.first().zip(tokens.last()).map_or("", |(first, last)| first.span.to(last.span).of(run.side.raw));
    let plain = tokens.len() == 1 || !text.contains(|c: char| c.is_whitespace() && c != ' ') && !text.contains("  ");
    if plain { Cow::Borrowed(text) } else { Cow::Owned(text.split_whitespace().collect::<Vec<_>>().join(" ")) }
}

/// The number of the first reading that each one is the same as when differences up to a level are passed over.
fn grouped(count: usize, judged: &[([usize; 2], Edit)], passed: Level) -> Vec<usize> {
    let mut first: Vec<usize> = (0..count).collect();
    for ([a, b], edit) in judged {
        if edit.kind.level() <= passed && first[*a] != first[*b] {
            let (keep, gone) = (first[*a].min(first[*b]), first[*a].max(first[*b]));
            first.iter_mut().filter(|f| **f == gone).for_each(|f| *f = keep);
        }
    }
    first
}

/// The kinds of differences, those first that tell an editor most.
const WEIGHTIEST: &[Kind] = &[
    Kind::Name,
    Kind::Number,
    Kind::Date,
    Kind::Negation,
    Kind::Antonym,
    Kind::Attribution,
    Kind::Hedge,
    Kind::Addition,
    Kind::Omission,
    Kind::Substitution,
    Kind::Synonym,
    Kind::Order,
    Kind::FunctionWord,
    Kind::Inflection,
];

/// How much a kind of difference tells an editor; kinds of form weigh least.
fn weight(kind: Kind) -> usize {
    WEIGHTIEST.iter().rev().position(|k| *k == kind).map_or(0, |at| at + 1)
}

impl Variant {
    /// How much the variant tells an editor: one with a flag more than any without.
    pub fn weight(&self) -> usize {
        weight(self.kind) + if self.flags.is_empty() { 0 } else { WEIGHTIEST.len() + 1 }
    }
}

// --- Flags ----------------------------------------------------------------------------------------------------------

/// Sets the flags that the comparisons of two texts raised on the passages and variants that they are about, each once.
pub(super) fn flag(distinct: &Distinct, passages: &mut [Passage], compared: &[Compared]) {
    let homes = homes(distinct, passages);
    for Compared { texts, flags, .. } in compared {
        for flag in flags {
            let sides = [(texts[0], &flag.left), (texts[1], &flag.right)];
            let evidence: Vec<(usize, Range<usize>)> =
                sides.into_iter().filter_map(|(text, tokens)| Some((text, tokens.clone()?))).collect();
            let homes: Vec<usize> = evidence.iter().map(|(text, tokens)| homes[*text][sentence_of(distinct, *text, tokens)]).collect();
            let Some(&home) = homes.first() else { continue };
            // Two sentences that are no versions of each other for most texts say nothing of each other; a quotation does.
            if homes.iter().all(|h| *h == home) || is_of_quotation(flag) {
                sight(distinct, &mut passages[home], flag.kind, evidence);
            }
        }
    }
}

fn is_of_quotation(flag: &Flag) -> bool {
    matches!(flag.kind, FlagKind::QuoteAltered | FlagKind::QuoteBoundary)
}

/// The passage of each sentence of each text.
fn homes(distinct: &Distinct, passages: &[Passage]) -> Vec<Vec<usize>> {
    let mut homes: Vec<Vec<usize>> = distinct.terms.iter().map(|terms| vec![0; terms.sentences.len()]).collect();
    for (index, passage) in passages.iter().enumerate() {
        passage.sentences.iter().for_each(|(text, sentences)| homes[*text][sentences.clone()].fill(index));
    }
    homes
}

fn sentence_of(distinct: &Distinct, text: usize, tokens: &Range<usize>) -> usize {
    let sentences = &distinct.sides[text].text.sentences;
    sentences.partition_point(|s| s.tokens.end <= tokens.start).min(sentences.len().saturating_sub(1))
}

/// Adds a flag to a passage and to the variants that it is about, unless the same was seen there between other texts.
fn sight(distinct: &Distinct, passage: &mut Passage, kind: FlagKind, evidence: Vec<(usize, Range<usize>)>) {
    let touches = |variant: &Variant| {
        evidence
            .iter()
            .any(|(text, tokens)| variant.reading_of(*text).is_some_and(|(_, at)| at.start.max(tokens.start) < at.end.min(tokens.end)))
    };
    let variants: Vec<usize> = (0..passage.variants.len()).filter(|&v| touches(&passage.variants[v])).collect();
    let words = |evidence: &[(usize, Range<usize>)]| -> Vec<String> {
        let word = |(text, tokens): &(usize, Range<usize>)| printed(Run { side: distinct.sides[*text], terms: &[] }, tokens).into_owned();
        let mut words: Vec<String> = evidence.iter().map(word).collect();
        words.sort_unstable();
        words
    };
    let seen = |other: &Sighting| {
        other.kind == kind && other.variants == variants && (!variants.is_empty() || words(&other.evidence) == words(&evidence))
    };
    if passage.flags.iter().any(seen) {
        return;
    }
    for &variant in &variants {
        let flags = &mut passage.variants[variant].flags;
        if !flags.contains(&kind) {
            flags.push(kind);
            flags.sort_unstable();
        }
    }
    passage.flags.push(Sighting { kind, evidence, variants });
}
