//! The flags between a rewrite and its sources, each once, and none that another source answers.

use super::{Compared, Finding, FindingKind, Held, Reading, facts, is_origin};
use crate::collate::edit::{Edit, Level};
use crate::collate::flag::{Flag, FlagKind};
use crate::collate::rows::{Row, Step, steps};
use crate::collate::term::{Class, Run, Term};
use crate::collate::{mention, value};
use crate::text::fold;
use rustc_hash::FxHashSet as HashSet;
use std::ops::Range;

/// How alike a sentence of another source must be to answer for something that the rewrite lacks.
const ANSWERS: f64 = 0.5;

/// The flags that stand, in no order.
pub(super) fn findings(held: &Held) -> Vec<Finding> {
    let mut found: Vec<(f64, Finding)> = Vec::new();
    for compared in &held.compared {
        for row in &compared.rows {
            let standing = row.flags.iter().filter_map(|flag| standing(held, compared, row, flag));
            standing.for_each(|finding| add(held, &mut found, (row.similarity, finding)));
        }
    }
    let mut findings: Vec<Finding> = found.into_iter().map(|(_, finding)| finding).collect();
    let named: HashSet<usize> = findings.iter().filter(|f| is_misnamed(f) && f.here.is_some()).map(|f| f.sentence).collect();
    findings.retain(|f| !is_misnamed(f) || f.here.is_some() || !named.contains(&f.sentence));
    findings
}

/// A name that the source calls otherwise is told by the words of the rewrite, where these are flagged too.
fn is_misnamed(finding: &Finding) -> bool {
    finding.kind == FindingKind::NameChanged
}

/// A flag as a finding, unless another source says what the rewrite says.
fn standing(held: &Held, compared: &Compared, row: &Row, flag: &Flag) -> Option<Finding> {
    // A quotation is known again by its words, wherever it stands; everything else needs a sentence that says the same.
    if !is_origin(row) && flag.kind != FlagKind::QuoteAltered {
        return None;
    }
    let place = Place::of(held, compared, row, flag)?;
    if !held.rewrite.side.text.counts(place.sentence) || is_answered(held, compared, &place, flag) {
        return None;
    }
    Some(Finding {
        kind: FindingKind::from(flag.kind),
        sentence: place.sentence,
        here: evidence(held.rewrite, flag.kind, &flag.right),
        gap: place.behind,
        source: Some((compared.source, row.left.clone())),
        there: evidence(compared.reading, flag.kind, &flag.left),
        also: Vec::new(),
        why: told(&flag.why, &held.names[compared.source]),
    })
}

/// Where a flag stands in the rewrite.
struct Place {
    sentence: usize,
    /// Where the rewrite lacks something: the token behind the gap.
    behind: Option<usize>,
}

impl Place {
    fn of(held: &Held, compared: &Compared, row: &Row, flag: &Flag) -> Option<Self> {
        if let Some(right) = &flag.right {
            return Some(Place { sentence: held.rewrite.sentence_of(right.start), behind: None });
        }
        let first = held.rewrite.side.text.sentences.get(row.right.start).filter(|_| !row.right.is_empty())?;
        let behind = gap(held, compared, row, flag.left.as_ref()?);
        let within = behind.unwrap_or(first.tokens.start);
        Some(Place { sentence: held.rewrite.sentence_of(within).clamp(row.right.start, row.right.end - 1), behind })
    }
}

/// The token of the rewrite in front of which some words of the source are missing.
fn gap(held: &Held, compared: &Compared, row: &Row, left: &Range<usize>) -> Option<usize> {
    let tokens = |run: Run| run.tokens().unwrap_or(0..0);
    let (there, here) = (tokens(compared.reading.run(&row.left)), tokens(held.rewrite.run(&row.right)));
    let mut next = here.start;
    for step in steps(there, here, &row.edits) {
        match step {
            Step::Same(_, right) => next = right + 1,
            Step::Left(edit) if row.edits[edit].left.as_ref().is_some_and(|tokens| overlaps(tokens, left)) => return Some(next),
            Step::Left(_) => {}
            Step::Right(edit) | Step::Differs(edit) => next = row.edits[edit].right.as_ref().map_or(next, |tokens| tokens.end),
        }
    }
    None
}

fn overlaps(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

/// The tokens that show a flag. Where quotation marks are what differs, the words between them are shown.
fn evidence(reading: &Reading, kind: FlagKind, tokens: &Option<Range<usize>>) -> Option<Range<usize>> {
    let tokens = tokens.clone()?;
    let quoted = || reading.quoted.pieces.iter().find(|piece| piece.tokens.start == tokens.end).map(|piece| piece.tokens.clone());
    Some(if kind == FlagKind::QuoteBoundary { quoted().unwrap_or(tokens) } else { tokens })
}

/// Why, with the sides by their names; what is quoted stays as it is.
fn told(why: &str, source: &str) -> String {
    let (mut told, mut depth, mut rest) = (String::with_capacity(why.len()), 0_usize, why);
    while let Some(c) = rest.chars().next() {
        match c {
            '“' => depth += 1,
            '”' => depth = depth.saturating_sub(1),
            _ => {}
        }
        let sides = [("on the left", format!("in {source}")), ("on the right", String::from("in the rewrite"))];
        if let Some((side, name)) = sides.into_iter().find(|(side, _)| depth == 0 && rest.starts_with(side)) {
            told.push_str(&name);
            rest = &rest[side.len()..];
        } else {
            told.push(c);
            rest = &rest[c.len_utf8()..];
        }
    }
    told
}

// --- Answers --------------------------------------------------------------------------------------------------------

/// Whether another source says what the rewrite says.
fn is_answered(held: &Held, compared: &Compared, place: &Place, flag: &Flag) -> bool {
    let quoted = || flag.kind == FlagKind::QuoteAltered && facts::is_quoted_somewhere(held, place.sentence, &flag.right);
    let others = || held.compared.iter().filter(|other| other.source != compared.source);
    // What a person is called is known from wherever they are named.
    let named = || match (&flag.left, &flag.right) {
        (None, Some(right)) if flag.kind == FlagKind::NameChanged => others().any(|other| names_so(held, other, right)),
        _ => false,
    };
    quoted() || named() || others().any(|other| answers(held, compared, other, place, flag))
}

fn answers(held: &Held, flagged: &Compared, other: &Compared, place: &Place, flag: &Flag) -> bool {
    let Some(row) = other.told(place.sentence) else { return false };
    let same_flag = |theirs: &&Flag| match (&theirs.right, &flag.right) {
        _ if theirs.kind != flag.kind => false,
        (Some(a), Some(b)) => overlaps(a, b),
        (None, None) => true,
        _ => false,
    };
    if row.flags.iter().any(|theirs| same_flag(&theirs)) {
        return false;
    }
    if flag.right.as_ref().is_some_and(|right| row.similarity >= ANSWERS && is_said_there(row, right)) {
        return true;
    }
    let theirs = other.reading.run(&row.left).terms;
    match (&flag.right, &flag.left) {
        _ if flag.kind == FlagKind::QuoteBoundary => row.similarity >= ANSWERS,
        (Some(right), _) => has_all(held, other, theirs, right),
        (None, Some(left)) => row.similarity >= ANSWERS && lacks(held, flagged.reading, other.reading.run(&row.left), place, left),
        (None, None) => false,
    }
}

/// Whether a source calls somebody as the rewrite does, wherever: by these words and no others.
fn names_so(held: &Held, other: &Compared, right: &Range<usize>) -> bool {
    let called = |run: Run<'_>, terms: &Range<usize>| mention::words(run, terms).iter().map(|word| fold::case(word)).collect::<Vec<_>>();
    let whole = held.rewrite.whole();
    let own = called(whole, &whole.terms_of(right));
    let run = other.reading.whole();
    mention::mentions(run, &(0..run.terms.len())).iter().any(|mention| called(run, mention) == own)
}

/// Whether a source has some tokens of the rewrite at their place, form aside: no edit touches them that goes deeper.
fn is_said_there(row: &Row, right: &Range<usize>) -> bool {
    let touches = |edit: &&Edit| edit.right.as_ref().is_some_and(|tokens| overlaps(tokens, right));
    !row.edits.iter().filter(touches).any(|edit| edit.kind.level() > Level::Form)
}

/// Whether the sentences of another source have all words of news of some tokens of the rewrite, or all words where none
/// carries news.
fn has_all(held: &Held, other: &Compared, theirs: &[Term], right: &Range<usize>) -> bool {
    let whole = held.rewrite.whole();
    let words: Vec<&Term> = whole.terms[whole.terms_of(right)].iter().filter(|t| t.class != Class::Mark).collect();
    let telling = words.iter().any(|t| t.class != Class::Function);
    let days = [other.reading.side.text.date, held.rewrite.side.text.date];
    let has = |term: &Term| theirs.iter().any(|t| t.word == term.word || t.value.is_some() && value::same_value(t, term, days));
    words.iter().filter(|t| !telling || t.class != Class::Function).all(|term| has(term))
}

/// How many terms in front of a word belong to it.
const BEFORE: usize = 3;

/// Whether another source, like the rewrite, lacks some words of the flagged one: it has the word of news that follows the gap,
/// and they do not stand before it.
fn lacks(held: &Held, flagged: &Reading, theirs: Run, place: &Place, left: &Range<usize>) -> bool {
    let Some(behind) = place.behind else { return false };
    let whole = held.rewrite.whole();
    let at = whole.terms.partition_point(|t| t.tokens.end <= behind);
    let Some(next) = whole.terms[at..].iter().find(|t| !matches!(t.class, Class::Mark | Class::Function)) else { return false };
    let run = flagged.whole();
    let missing: Vec<u32> = run.terms[run.terms_of(left)].iter().filter(|t| t.class != Class::Mark).map(|t| t.word).collect();
    let bare = |at: usize| !theirs.terms[at.saturating_sub(BEFORE)..at].iter().any(|t| missing.contains(&t.word));
    let mut places = (0..theirs.terms.len()).filter(|&at| theirs.terms[at].stem == next.stem);
    places.any(bare)
}

// --- Each once ------------------------------------------------------------------------------------------------------

/// Adds a finding, or joins it to the same one beside another source; the evidence is that of the most similar sentence.
fn add(held: &Held, found: &mut Vec<(f64, Finding)>, new: (f64, Finding)) {
    let Some((similarity, known)) = found.iter_mut().find(|(_, known)| is_same(held, known, &new.1)) else {
        found.push(new);
        return;
    };
    let other = if new.0 > *similarity || known.here.is_none() && new.1.here.is_some() {
        *similarity = new.0;
        std::mem::replace(known, new.1)
    } else {
        new.1
    };
    let sources = other.also.into_iter().chain(other.source.map(|(source, _)| source));
    for source in sources.filter(|source| known.source.as_ref().is_none_or(|(own, _)| own != source)).collect::<Vec<_>>() {
        if !known.also.contains(&source) {
            known.also.push(source);
        }
    }
    known.also.sort_unstable();
}

/// Whether two findings are about the same words of the rewrite, or about the same words that it lacks.
fn is_same(held: &Held, a: &Finding, b: &Finding) -> bool {
    if a.kind != b.kind || a.sentence != b.sentence {
        return false;
    }
    match (&a.here, &b.here) {
        (Some(a), Some(b)) => overlaps(a, b),
        (None, None) => words_there(held, a) == words_there(held, b),
        _ => {
            let one = a.source.as_ref().map(|(source, _)| source) == b.source.as_ref().map(|(source, _)| source);
            let near = a.there.as_ref().zip(b.there.as_ref()).is_some_and(|(a, b)| overlaps(a, b));
            one && near
        }
    }
}

fn words_there(held: &Held, finding: &Finding) -> Option<Vec<u32>> {
    let (source, _) = finding.source.as_ref()?;
    let run = held.readings[*source].as_ref()?.whole();
    let terms = run.terms_of(finding.there.as_ref()?);
    Some(run.terms[terms].iter().filter(|t| t.class != Class::Mark).map(|t| t.word).collect())
}

#[cfg(test)]
mod tests {
    use super::told;

    #[test]
    fn sides_are_called_by_their_names_outside_of_what_is_quoted() {
        let why = "the figures differ: “14 on the left” on the left, “40” on the right";
        assert_eq!(told(why, "B"), "the figures differ: “14 on the left” in B, “40” in the rewrite");
    }
}
