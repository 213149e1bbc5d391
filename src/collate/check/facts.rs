//! Facts that one side has alone: figures, dates, names and quotations of the rewrite that stand in no source, and those of the
//! sources that the rewrite dropped.

use super::{Check, Checked, Compared, Dropped, Fact, FactKind, Finding, FindingKind, Held, Reading, is_origin};
use crate::collate::edit::content;
use crate::collate::flag::FlagKind;
use crate::collate::mention;
use crate::collate::quotation::{Piece, is_owned_up, is_title};
use crate::collate::rows::Row;
use crate::collate::term::{Class, Run, Term};
use crate::text::quantity::Relation;
use crate::text::{BlockKind, TokenKind};
use crate::text::{fold, name};
use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};
use std::ops::Range;

/// Adds what stands in no source: sentences, quotations, and in sentences that have an origin figures, dates and names. Nothing is
/// told twice: not a place that a flag names already, and not a sentence beside its quotation.
pub(super) fn unsourced(held: &Held, sentences: &[Checked], findings: &mut Vec<Finding>) {
    let known = Known::new(held);
    let mut found: Vec<Finding> = Vec::new();
    for (sentence, checked) in sentences.iter().enumerate().filter(|(_, checked)| checked.counts) {
        let quotations = strange_quotations(held, sentence, checked.unsupported);
        if !checked.unsupported {
            found.extend(strange_values(held, &known, sentence));
            found.extend(strange_names(held, &known, sentence));
        } else if quotations.is_empty() {
            found.push(unsupported(held, sentence));
        }
        found.extend(quotations);
    }
    found.retain(|new| new.kind == FindingKind::Unsupported || !findings.iter().any(|flag| names(flag, new)));
    findings.extend(found);
}

/// Whether a flag is about the place of a finding.
fn names(flag: &Finding, new: &Finding) -> bool {
    let touches = flag.here.as_ref().zip(new.here.as_ref()).is_some_and(|(a, b)| a.start < b.end && b.start < a.end);
    let lacking = flag.here.is_none() && flag.sentence == new.sentence && new.kind == FindingKind::QuoteUnsourced;
    let altered = flag.kind == FindingKind::QuoteAltered;
    if new.kind == FindingKind::QuoteUnsourced { altered && (touches || lacking) } else { touches }
}

fn finding(kind: FindingKind, sentence: usize, here: Range<usize>, why: String) -> Finding {
    Finding { kind, sentence, here: Some(here), gap: None, source: None, there: None, also: Vec::new(), why }
}

fn unsupported(held: &Held, sentence: usize) -> Finding {
    let tokens = held.rewrite.side.text.sentences[sentence].tokens.clone();
    finding(FindingKind::Unsupported, sentence, tokens, String::from("no source has this sentence or a long clause of it"))
}

// --- Figures and dates ----------------------------------------------------------------------------------------------

/// What the sources have.
struct Known<'a> {
    /// The words of all sources.
    words: HashSet<u32>,
    /// Figures and dates of the sources that were compared, each with its source.
    values: Vec<(&'a Term, usize)>,
    /// The words of the names in them, as they are printed.
    names: HashSet<Vec<&'a str>>,
}

impl<'a> Known<'a> {
    fn new(held: &'a Held) -> Self {
        let words = held.readings.iter().flatten().flat_map(|reading| reading.terms.all.iter().map(|t| t.word)).collect();
        let mut seen = HashSet::default();
        let mut values = Vec::new();
        let mut names = HashSet::default();
        for compared in &held.compared {
            let run = compared.reading.whole();
            let own = run.terms.iter().filter(|t| t.value.is_some());
            let day = compared.reading.side.text.date;
            values.extend(own.filter(|t| seen.insert((t.word, day))).map(|term| (term, compared.source)));
            names.extend(mention::mentions(run, &(0..run.terms.len())).iter().map(|mention| mention::words(run, mention)));
        }
        Known { words, values, names }
    }

    fn has_value(&self, held: &Held, term: &Term) -> bool {
        let day = |source: usize| held.readings[source].as_ref().and_then(|reading| reading.side.text.date);
        let same = |(other, source): &(&Term, usize)| agrees(other, term, [day(*source), held.rewrite.side.text.date]);
        self.words.contains(&term.word) || self.values.iter().any(same)
    }

    fn has_name(&self, words: &[&str]) -> bool {
        self.names.contains(words) || self.names.iter().any(|other| name::likeness(words, other).is_some())
    }
}

/// Whether two figures or dates may be one, told more or less exactly.
fn agrees(a: &Term, b: &Term, days: [Option<jiff::civil::Date>; 2]) -> bool {
    a.value.zip(b.value).is_some_and(|(a, b)| a.relation(&b, days) != Relation::Differs)
}

/// Whether a figure or a date is a fact by itself: not `one` and `two`, which are grammar, nor `last week`, which tells no day
/// without the day of the article.
fn is_fact(reading: &Reading, term: &Term) -> bool {
    let Some(value) = &term.value else { return false };
    let untold = value.is_relative() && !value.is_mere_weekday() && reading.side.text.date.is_none();
    let tokens = &reading.side.text.tokens[term.tokens.clone()];
    let small = |word: &str| matches!(word, "one" | "two" | "first" | "second" | "once" | "twice" | "half" | "both" | "now" | "single");
    let grammar = tokens.len() == 1 && small(&tokens[0].span.of(reading.side.raw).to_lowercase());
    matches!(term.class, Class::Figure | Class::Date) && !untold && !grammar
}

fn strange_values(held: &Held, known: &Known, sentence: usize) -> Vec<Finding> {
    let terms = held.rewrite.run(&(sentence..sentence + 1)).terms;
    let strange = terms.iter().filter(|term| is_fact(held.rewrite, term) && !known.has_value(held, term));
    let told = |term: &Term| match term.class {
        Class::Date => finding(FindingKind::DateUnsourced, sentence, term.tokens.clone(), String::from("no source has this date")),
        _ => finding(FindingKind::NumberUnsourced, sentence, term.tokens.clone(), String::from("no source has this figure")),
    };
    strange.map(told).collect()
}

// --- Names ----------------------------------------------------------------------------------------------------------

fn strange_names(held: &Held, known: &Known, sentence: usize) -> Vec<Finding> {
    let run = held.rewrite.run(&(sentence..sentence + 1));
    let end = if held.rewrite.side.text.kind(sentence) == BlockKind::Caption { credit(run) } else { run.terms.len() };
    let strange = mention::mentions(run, &(0..end)).into_iter().filter(|mention| {
        let words = mention::words(run, mention);
        // Words that some source has, if not as a name, were given a capital letter or put together here.
        let new = run.terms[mention.clone()].iter().any(|t| t.class == Class::Name && !known.words.contains(&t.word));
        !words.is_empty()
            && !name::is_common(&words)
            && (new || !is_in_one_sentence(held, &run.terms[mention.clone()]))
            && !known.has_name(&words)
    });
    let tokens = strange.filter_map(|mention| run.part(mention).tokens());
    tokens.map(|tokens| finding(FindingKind::NameUnsourced, sentence, tokens, String::from("no source has this name"))).collect()
}

/// The term of a caption with which its credit begins, in brackets: whose picture it is no source needs to say.
fn credit(run: Run) -> usize {
    (0..run.terms.len()).rfind(|&at| run.word(at) == "(").unwrap_or(run.terms.len())
}

/// Whether one sentence of a source has all of some words.
fn is_in_one_sentence(held: &Held, terms: &[Term]) -> bool {
    let has = |theirs: &[Term]| terms.iter().filter(|t| t.class != Class::Mark).all(|t| theirs.iter().any(|other| other.word == t.word));
    held.compared
        .iter()
        .any(|compared| compared.reading.terms.sentences.iter().any(|range| has(&compared.reading.terms.all[range.clone()])))
}

// --- Quotations -----------------------------------------------------------------------------------------------------

/// The fewest words of a quotation that is known again wherever it stands.
const KNOWN_AGAIN: usize = 4;

fn strange_quotations(held: &Held, sentence: usize, unsupported: bool) -> Vec<Finding> {
    let rewrite = held.rewrite;
    let whole = rewrite.whole();
    if rewrite.quoted.astray[sentence] {
        return Vec::new();
    }
    let pieces = rewrite.quoted.of_sentences(sentence..sentence + 1).map(|(_, piece)| piece);
    let strange = pieces.filter(|piece| !is_title(whole, &piece.tokens) && !is_taken_over(held, piece) && !differs_in_form(held, piece));
    let around = if unsupported { ", nor the sentence around it" } else { "" };
    let why = || format!("no source has this quotation in these words{around}");
    strange.map(|piece| finding(FindingKind::QuoteUnsourced, sentence, piece.tokens.clone(), why())).collect()
}

/// Whether the quotations of the rewrite that some tokens touch, or all of the sentence, stand somewhere word by word.
pub(super) fn is_quoted_somewhere(held: &Held, sentence: usize, tokens: &Option<Range<usize>>) -> bool {
    let touches = |piece: &Piece| tokens.as_ref().is_none_or(|t| t.start < piece.tokens.end && piece.tokens.start < t.end);
    let pieces = held.rewrite.quoted.of_sentences(sentence..sentence + 1).map(|(_, piece)| piece).filter(|piece| touches(piece));
    let mut any = false;
    let all = pieces.inspect(|_| any = true).all(|piece| piece.words >= KNOWN_AGAIN && is_taken_over(held, piece));
    all && any
}

/// Whether a source has all parts of a quotation in its words, as they lie between brackets and dots.
fn is_taken_over(held: &Held, piece: &Piece) -> bool {
    parts(held.rewrite, piece).into_iter().all(|words| {
        let Some(last) = words.clone().last() else { return true };
        let quoted = || held.verbatim.quoted[last].words >= words.len();
        held.verbatim.ending[last].words >= words.len() || quoted() || is_dressed(held, &words)
    })
}

/// Whether a source has some words of the rewrite letter by letter, cut into words otherwise: `iron-clad` and `ironclad`. The
/// longest run in them shows where that would be.
fn is_dressed(held: &Held, words: &Range<usize>) -> bool {
    let runs = &held.verbatim.ending;
    let Some(anchor) = words.clone().filter(|&at| runs[at].words > 0).max_by_key(|&at| runs[at].words.min(at + 1 - words.start)) else {
        return false;
    };
    let found = runs[anchor];
    let (Some(source), size) = (held.readings[found.source].as_ref(), found.words.min(anchor + 1 - words.start)) else { return false };
    let own = |range: Range<usize>| range.map(|at| letters(held.rewrite, at)).collect::<String>();
    let (before, behind) = (own(words.start..anchor + 1 - size), own(anchor + 1..words.end));
    let mut backwards = (0..found.last + 1 - size).rev().map(|at| letters(source, at));
    let mut onwards = (found.last + 1..source.words.len()).map(|at| letters(source, at));
    ends(&before, |rest, word| rest.strip_suffix(word), &mut backwards) && ends(&behind, |rest, word| rest.strip_prefix(word), &mut onwards)
}

/// Whether some letters are used up by words that are taken from one end of them, one after the other.
fn ends(letters: &str, take: impl for<'a> Fn(&'a str, &str) -> Option<&'a str>, words: &mut dyn Iterator<Item = String>) -> bool {
    let mut rest = letters;
    while !rest.is_empty() {
        let Some(left) = words.next().and_then(|word| take(rest, &word)) else { return false };
        rest = left;
    }
    true
}

/// The letters and digits of a word, told by its place among those of the text.
fn letters(reading: &Reading, word: usize) -> String {
    let tokens = &reading.side.text.tokens[reading.terms.all[reading.words[word]].tokens.clone()];
    fold::joined(tokens.iter().map(|token| token.span.of(reading.side.raw)))
}

/// The words of a quotation, as ranges of those of the text, cut where its speaker was cut or completed in the open.
fn parts(reading: &Reading, piece: &Piece) -> Vec<Range<usize>> {
    let word = |at: usize| reading.words.partition_point(|&term| reading.terms.all[term].tokens.start < at);
    let text = |at: usize| reading.side.text.tokens[at].span.of(reading.side.raw);
    let (mut parts, mut start, mut bracket) = (Vec::new(), piece.tokens.start, false);
    for at in piece.tokens.clone() {
        match text(at) {
            "[" | "(" | "…" | "..." => {
                parts.extend((!bracket).then(|| word(start)..word(at)));
                bracket = matches!(text(at), "[" | "(");
                start = at + 1;
            }
            "]" | ")" => (start, bracket) = (at + 1, false),
            _ => {}
        }
    }
    parts.extend((!bracket).then(|| word(start)..word(piece.tokens.end)));
    parts
}

/// Whether the sentence of a quotation comes from one in which the words of the quotation differ in form alone.
fn differs_in_form(held: &Held, piece: &Piece) -> bool {
    held.compared.iter().filter_map(|compared| compared.told(piece.sentence)).any(|row| {
        let inside =
            |tokens: &Option<Range<usize>>| tokens.as_ref().is_some_and(|t| t.start < piece.tokens.end && piece.tokens.start < t.end);
        let deep = row.edits.iter().filter(|edit| edit.kind.level() > crate::collate::Level::Form);
        let owned = |tokens: &Option<Range<usize>>| tokens.as_ref().is_some_and(|tokens| is_owned_up(held.rewrite.side, tokens));
        let altered = row.flags.iter().any(|flag| flag.kind == FlagKind::QuoteAltered);
        !altered && deep.filter(|edit| inside(&edit.right)).all(|edit| owned(&edit.right))
    })
}

// --- Dropped --------------------------------------------------------------------------------------------------------

/// A source tells the story of the rewrite when this share of its sentences comes from it, those aside that come from nowhere.
const MADE_FROM: f64 = 0.2;
/// The first sentences of the body are what the story is about.
const LEAD: usize = 2;

/// The sentences with facts that the rewrite left out, the weightiest first, of the sources that it is made from.
pub(super) fn dropped(held: &Held, check: &Check) -> Vec<Dropped> {
    let kept = Kept::new(held);
    let mut told = Told::new(held, check);
    let mut dropped = Vec::new();
    for source in made_from(check) {
        dropped.extend(dropped_of(held, &kept, &mut told, source));
    }
    let kinds = |dropped: &Dropped| dropped.facts.iter().map(|fact| fact.kind).min();
    let weight = |dropped: &Dropped| (!dropped.lead, kinds(dropped).is_none(), kinds(dropped), dropped.source, dropped.sentence);
    dropped.sort_by_key(weight);
    dropped
}

/// The sources that the rewrite is made from, those that most of its sentences come from first.
fn made_from(check: &Check) -> Vec<usize> {
    let mut sentences: HashMap<usize, usize> = HashMap::default();
    let counted = check.sentences.iter().filter(|checked| checked.counts && !checked.unsupported);
    let origins = counted.clone().flat_map(|checked| checked.from.iter().filter(|origin| origin.clause.is_none()));
    origins.for_each(|origin| *sentences.entry(origin.source).or_default() += 1);
    let most = sentences.values().max().copied().unwrap_or(0);
    let all = counted.count();
    let mut sources: Vec<(usize, usize)> =
        sentences.into_iter().filter(|(_, count)| *count as f64 >= all as f64 * MADE_FROM || *count == most).collect();
    sources.sort_by_key(|&(source, count)| (std::cmp::Reverse(count), source));
    sources.into_iter().map(|(source, _)| source).collect()
}

/// What the rewrite has.
struct Kept<'a> {
    /// The numbers of its figures and dates.
    values: HashSet<u32>,
    names: HashSet<Vec<&'a str>>,
    /// The stems of news of each sentence that counts.
    stems: Vec<HashSet<u32>>,
}

impl<'a> Kept<'a> {
    /// Whether some sentence has all of some words: a title with a small letter belongs to no name, and with a capital it does.
    fn has_words(&self, terms: &[Term]) -> bool {
        self.stems.iter().any(|theirs| content(terms).all(|term| theirs.contains(&term.stem)))
    }

    /// Whether some sentence has most of some stems.
    fn covers(&self, stems: &HashSet<u32>) -> bool {
        self.stems.iter().any(|theirs| shares(stems, theirs, MOST))
    }

    fn new(held: &'a Held) -> Self {
        let run = held.rewrite.whole();
        let names = mention::mentions(run, &(0..run.terms.len())).iter().map(|mention| mention::words(run, mention)).collect();
        let terms = |sentence: usize| held.rewrite.run(&(sentence..sentence + 1)).terms;
        let stems = held.rewrite.counted().map(|sentence| content(terms(sentence)).map(|t| t.stem).collect()).collect();
        Kept { values: run.terms.iter().filter(|t| t.value.is_some()).map(|t| t.word).collect(), names, stems }
    }

    fn has_name(&self, words: &[&str]) -> bool {
        self.names.contains(words) || self.names.iter().any(|other| name::likeness(words, other).is_some())
    }
}

/// What was told as dropped or changed already.
#[derive(Default)]
struct Told<'a> {
    /// Figures and dates, each with the day of its article.
    values: Vec<(&'a Term, Option<jiff::civil::Date>)>,
    names: Vec<Vec<&'a str>>,
    /// All names that were looked at: what was judged in one sentence need not be judged again in the next source.
    judged: HashSet<Vec<&'a str>>,
    quotations: Vec<HashSet<u32>>,
    /// What was altered in quotations, as tokens of a source.
    altered: Vec<(usize, Range<usize>)>,
}

impl<'a> Told<'a> {
    /// Whether a figure or a date is a new one.
    fn adds(&mut self, term: &'a Term, day: Option<jiff::civil::Date>) -> bool {
        let new = !self.values.iter().any(|(other, theirs)| agrees(other, term, [*theirs, day]));
        if new {
            self.values.push((term, day));
        }
        new
    }

    /// A fact that was changed is told among the findings.
    fn new(held: &'a Held, check: &Check) -> Self {
        let mut told = Told::default();
        for finding in &check.findings {
            let Some((source, there)) = finding.source.as_ref().zip(finding.there.clone()) else { continue };
            let Some(run) = held.readings[source.0].as_ref().map(Reading::whole) else { continue };
            let terms = run.terms_of(&there);
            let day = run.side.text.date;
            told.values.extend(run.terms[terms.clone()].iter().filter(|t| t.value.is_some()).map(|t| (t, day)));
            if finding.kind == FindingKind::QuoteAltered {
                told.altered.push((source.0, there.clone()));
            }
            if finding.kind == FindingKind::NameChanged {
                told.names.extend(mention::mentions(run, &terms).iter().map(|mention| mention::words(run, mention)));
            }
        }
        told
    }
}

/// The sentences of one source with facts that the rewrite left out and no other source told.
fn dropped_of<'a>(held: &'a Held, kept: &Kept<'a>, told: &mut Told<'a>, source: usize) -> Vec<Dropped> {
    let Some(compared) = held.compared.iter().find(|compared| compared.source == source) else { return Vec::new() };
    let reading = compared.reading;
    let taken: HashSet<usize> = compared.rows.iter().filter(|row| is_origin(row)).flat_map(|row| row.left.clone()).collect();
    // Captions come with the picture, not with the story.
    let counted = || reading.counted().filter(|&s| reading.side.text.kind(s) != BlockKind::Caption);
    let body = counted().filter(|&s| reading.side.text.kind(s) == BlockKind::Paragraph);
    let leads: Vec<usize> = body.take(LEAD).collect();
    let clause = |sentence: usize| compared.rows.iter().any(|row| row.left.contains(&sentence) && row.shared.is_some());
    let mut dropped = Vec::new();
    for sentence in counted() {
        let told_otherwise = taken.contains(&sentence);
        let stems = content(reading.run(&(sentence..sentence + 1)).terms).map(|t| t.stem).collect();
        let missing = !told_otherwise && !clause(sentence) && !kept.covers(&stems);
        let lead = leads.contains(&sentence) && missing;
        let facts = Leaving { held, kept, compared, sentence }.facts(told);
        if lead || !facts.is_empty() {
            dropped.push(Dropped { source, sentence, lead, told: told_otherwise, facts });
        }
    }
    dropped
}

/// A sentence of a source and what the rewrite may have left out of it.
#[derive(Clone, Copy)]
struct Leaving<'a, 'k> {
    held: &'a Held<'a>,
    kept: &'k Kept<'a>,
    compared: &'a Compared<'a>,
    sentence: usize,
}

impl<'a> Leaving<'a, '_> {
    /// The facts that the rewrite does not have, those aside that were told before.
    fn facts(self, told: &mut Told<'a>) -> Vec<Fact> {
        let mut facts = self.figures(told);
        facts.extend(self.quotations(told));
        facts.extend(self.names(told));
        facts.sort_by_key(|fact| (fact.tokens.start, fact.kind));
        facts
    }

    /// The sentences of the rewrite that tell this one.
    fn row(self) -> Option<&'a Row> {
        self.compared.rows.iter().find(|row| row.left.contains(&self.sentence)).filter(|row| is_origin(row))
    }

    fn figures(self, told: &mut Told<'a>) -> Vec<Fact> {
        let reading = self.compared.reading;
        let days = [reading.side.text.date, self.held.rewrite.side.text.date];
        let terms = reading.run(&(self.sentence..self.sentence + 1)).terms;
        let beside = self.row().map_or(&[][..], |row| self.held.rewrite.run(&row.right).terms);
        // A day that is told by its distance from another is no figure that a reader would miss.
        let telling = |term: &&Term| is_fact(reading, term) && !term.value.is_some_and(|value| value.is_relative());
        // The same figure of something else is another fact; only where it is told of the same may it be told less exactly.
        let has = |term: &Term| self.kept.values.contains(&term.word) || beside.iter().any(|other| agrees(term, other, days));
        let lost = terms.iter().filter(telling).filter(|term| !has(term)).filter(|term| told.adds(term, days[0]));
        lost.map(|term| Fact { kind: FactKind::Figure, tokens: term.tokens.clone() }).collect()
    }

    fn quotations(self, told: &mut Told) -> Vec<Fact> {
        let reading = self.compared.reading;
        let whole = reading.whole();
        let mut facts = Vec::new();
        let pieces = reading.quoted.of_sentences(self.sentence..self.sentence + 1).map(|(_, piece)| piece);
        for piece in pieces.filter(|piece| piece.words >= KNOWN_AGAIN) {
            let stems: HashSet<u32> = content(&whole.terms[whole.terms_of(&piece.tokens)]).map(|t| t.stem).collect();
            let inside = |(source, tokens): &(usize, Range<usize>)| {
                *source == self.compared.source && piece.tokens.start <= tokens.start && tokens.end <= piece.tokens.end
            };
            let altered = told.altered.iter().any(inside);
            let known = altered || told.quotations.iter().any(|other| shares(&stems, other, SOME));
            if !stems.is_empty() && !known && !self.kept.covers(&stems) && !self.is_reported(&stems) {
                facts.push(Fact { kind: FactKind::Quotation, tokens: piece.tokens.clone() });
            }
            told.quotations.push(stems);
        }
        facts
    }

    /// Whether the sentences that tell this one tell some of its stems.
    fn is_reported(self, stems: &HashSet<u32>) -> bool {
        self.row().is_some_and(|row| {
            let theirs = content(self.held.rewrite.run(&row.right).terms).map(|t| t.stem).collect();
            shares(stems, &theirs, SOME)
        })
    }

    fn names(self, told: &mut Told<'a>) -> Vec<Fact> {
        let run = self.compared.reading.run(&(self.sentence..self.sentence + 1));
        let mut facts = Vec::new();
        // A headline has capitals for other reasons, and names nobody whom the text does not.
        if run.side.text.kind(self.sentence) == BlockKind::Headline {
            return facts;
        }
        for mention in mention::mentions(run, &(0..run.terms.len())) {
            let words = mention::words(run, &mention);
            if !told.judged.insert(words.clone()) {
                continue;
            }
            let known = |names: &[Vec<&str>]| names.iter().any(|other| *other == words || name::likeness(&words, other).is_some());
            let lettered = run.side.text.tokens[run.terms[mention.start].tokens.start].kind == TokenKind::Word;
            if !lettered
                || name::is_common(&words)
                || self.kept.has_name(&words)
                || self.kept.has_words(&run.terms[mention.clone()])
                || known(&told.names)
            {
                continue;
            }
            facts.extend(run.part(mention).tokens().map(|tokens| Fact { kind: FactKind::Name, tokens }));
            told.names.push(words);
        }
        facts
    }
}

/// How many fifths of its stems another text must have to tell a sentence, wherever it does …
const MOST: usize = 3;
/// … and where it is known to tell it, or is a quotation of the same words.
const SOME: usize = 2;

/// Whether another text has some fifths of the stems.
fn shares(stems: &HashSet<u32>, other: &HashSet<u32>, fifths: usize) -> bool {
    stems.iter().filter(|stem| other.contains(stem)).count() * 5 >= stems.len() * fifths
}
