//! What words are said of: whether two that stand against each other fill one place of one statement.
//!
//! An edit tells that words differ; a flag tells that both are said of the same. Of the latter the words beside them are the
//! witnesses: a day belongs to the verb before it, a word of doubt to the verb behind it, a name to its title or its verb.

use super::edit::Gap;
use super::flag::FlagKind;
use super::mention;
use super::term::{Class, Pair, Run, Term};
use crate::text::lexicon;
use crate::text::name;
use crate::text::quantity::Relation;
use std::ops::Range;

/// Rows as alike as this are one statement, whatever stands beside the words that differ.
const ONE_STATEMENT: f64 = 0.8;

/// Whether the words that show a flag, as terms of both sides, are said of the same. Who holds one sentence against another
/// has said so already, and what one side alone has takes the place of nothing. `likeness` is that of the row.
pub(super) fn is_one(kind: FlagKind, pair: Pair, likeness: f64, left: &Range<usize>, right: &Range<usize>) -> bool {
    if pair.is_all() || left.is_empty() || right.is_empty() {
        return true;
    }
    match kind {
        FlagKind::DateChanged => is_beside_alike(pair, left, right),
        FlagKind::NumberChanged => {
            let sized = is_of_one_size(pair, left, right) || is_beside_alike(pair, left, right);
            sized && !is_bound_beside(pair.left, left, pair.right, right) && !is_bound_beside(pair.right, right, pair.left, left)
        }
        FlagKind::AttributionChanged => likeness >= ONE_STATEMENT || is_beside_alike(pair, left, right),
        FlagKind::HedgeChanged => likeness >= ONE_STATEMENT || is_alike_behind(pair, left, right),
        FlagKind::NameChanged => is_one_name(pair, left, right),
        FlagKind::PolarityFlipped => likeness >= OPPOSED || super::polarity::is_turned_round(pair, left.end - 1, right.end - 1),
        FlagKind::QuoteAltered | FlagKind::QuoteBoundary => true,
    }
}

/// How alike rows must be where opposites do not stand before the same two words of news.
const OPPOSED: f64 = 0.5;

/// How alike rows must be where a negation does not stand between the same words.
const NEGATED: f64 = 0.6;

/// Whether a negation on one side turns round what the other side says: the rows are alike, or it stands between the same words.
pub(super) fn is_negated_alike(pair: Pair, gap: &Gap, likeness: f64) -> bool {
    let joined = |row: Run, gap: &Range<usize>, other: Run| {
        let around = gap.start.checked_sub(1).map(|at| row.terms[at].stem).zip(row.terms.get(gap.end).map(|t| t.stem));
        !gap.is_empty() && around.is_some_and(|(a, b)| other.terms.windows(2).any(|two| two[0].stem == a && two[1].stem == b))
    };
    pair.is_all()
        || likeness >= NEGATED
        || joined(pair.left, &gap.left, pair.right)
        || joined(pair.right, &gap.right, pair.left)
        || !gap.left.is_empty() && !gap.right.is_empty() && super::polarity::is_framed(pair, gap)
}

/// The nearest word of news before some terms; the part of a day belongs to the day.
fn before<'a>(row: Run<'a>, range: &Range<usize>) -> Option<&'a Term> {
    (0..range.start).rev().find(|&at| is_news(&row.terms[at]) && !is_part_of_day(row.word(at))).map(|at| &row.terms[at])
}

/// The nearest word of news behind some terms.
fn behind<'a>(row: Run<'a>, range: &Range<usize>) -> Option<&'a Term> {
    (range.end..row.terms.len()).find(|&at| is_news(&row.terms[at]) && !is_part_of_day(row.word(at))).map(|at| &row.terms[at])
}

fn is_part_of_day(word: &str) -> bool {
    matches!(word, "morning" | "midday" | "noon" | "afternoon" | "evening" | "night" | "midnight")
}

fn is_news(term: &Term) -> bool {
    !matches!(term.class, Class::Mark | Class::Function)
}

/// Whether two words may stand for each other beside what is compared: forms of one word, synonyms, two verbs of saying, or two
/// figures, which change while what they are told of stays.
fn is_alike(a: &Term, b: &Term) -> bool {
    let figures = a.class == Class::Figure && b.class == Class::Figure;
    let told = |t: &Term| t.class == Class::Content && t.meaning.saying().is_some();
    a.stem == b.stem || a.meaning.relation(b.meaning) == Some(lexicon::Relation::Synonym) || told(a) && told(b) || figures
}

/// Whether the nearest word of news before or behind both is the same.
fn is_beside_alike(pair: Pair, left: &Range<usize>, right: &Range<usize>) -> bool {
    let alike_before = before(pair.left, left).zip(before(pair.right, right)).is_some_and(|(a, b)| is_alike(a, b));
    alike_before || is_alike_behind(pair, left, right)
}

/// Whether the nearest word of news behind both is the same.
fn is_alike_behind(pair: Pair, left: &Range<usize>, right: &Range<usize>) -> bool {
    behind(pair.left, left).zip(behind(pair.right, right)).is_some_and(|(a, b)| is_alike(a, b))
}

/// What part of another figure one must be to be read as a change of it.
const ONE_SIZE: f64 = 0.1;

/// Whether figures are of one order of magnitude: a price and its change are not.
fn is_of_one_size(pair: Pair, left: &Range<usize>, right: &Range<usize>) -> bool {
    let values = |row: Run<'_>, range: &Range<usize>| row.terms[range.clone()].iter().filter_map(|t| t.value).collect::<Vec<_>>();
    let (l, r) = (values(pair.left, left), values(pair.right, right));
    l.is_empty() || r.is_empty() || l.iter().any(|a| r.iter().any(|b| a.ratio(b).is_none_or(|ratio| ratio >= ONE_SIZE)))
}

/// Whether a word inside a figure that limits it stands before the other, with which it was not read: `a minimum of 10 years` and
/// `a minimum 10-year sentence`.
fn is_bound_beside(row: Run, range: &Range<usize>, other: Run, place: &Range<usize>) -> bool {
    let ([a], [b]) = (&row.terms[range.clone()], &other.terms[place.clone()]) else { return false };
    let limited = a.value.zip(b.value).is_some_and(|(a, b)| a.relation(&b, [None, None]) == Relation::Bounded);
    let before = place.start.checked_sub(1).map_or("", |at| other.word(at));
    limited && row.part(range.clone()).words().any(|word| word.len() > 2 && word == before)
}

/// Whether two mentions are said of one thing: they are nearly the same letters, or the word of news beside both is the same,
/// or the grammar and the signs on both sides are.
fn is_one_name(pair: Pair, left: &Range<usize>, right: &Range<usize>) -> bool {
    let (l, r) = (mention::words(pair.left, left), mention::words(pair.right, right));
    if name::is_misspelt(&l, &r) {
        return true;
    }
    // An article makes no difference to the name behind it.
    let last = |row: Run<'_>, end: usize| (0..end).rev().find(|&at| !is_article(row.word(at))).map(|at| row.terms[at].clone());
    let before = (last(pair.left, left.start), last(pair.right, right.start));
    let behind = (pair.left.terms.get(left.end).cloned(), pair.right.terms.get(right.end).cloned());
    let alike = |pair: &(Option<Term>, Option<Term>)| match pair {
        (Some(a), Some(b)) => is_alike(a, b),
        (None, None) => true,
        _ => false,
    };
    let telling = |pair: &(Option<Term>, Option<Term>)| pair.0.as_ref().is_some_and(is_news) && pair.1.as_ref().is_some_and(is_news);
    // What two names describe, `Velmaran sailor` and `Skarra clerk`, must be one thing.
    let described = !telling(&behind) || alike(&behind);
    // `the Velmaran company` describes what `Lund Lines` names.
    let describes = |row: Run, range: &Range<usize>| {
        let article = range.start.checked_sub(1).is_some_and(|at| is_article(row.word(at)));
        article && row.terms.get(range.end).is_some_and(|t| t.class == Class::Content)
    };
    let described = described && describes(pair.left, left) == describes(pair.right, right);
    let one_sort = name::is_seat(&l) == name::is_seat(&r);
    let framed = alike(&before) && alike(&behind) || [&before, &behind].into_iter().any(|pair| telling(pair) && alike(pair));
    described && one_sort && framed
}

fn is_article(word: &str) -> bool {
    matches!(word.to_lowercase().as_str(), "the" | "a" | "an")
}
