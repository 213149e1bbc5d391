//! What words are said of: whether two that stand against each other fill one place of one statement.
//!
//! An edit tells that words differ; a flag tells that both are said of the same. Of the latter the words beside them are the
//! witnesses: a day belongs to the verb before it, a word of doubt to the verb behind it, a name to its title or its verb.

use super::flag::FlagKind;
use super::mention;
use super::term::{Class, Pair, Run, Term};
use crate::text::lexicon::Relation;
use crate::text::name;
use std::ops::Range;

/// Whether the words that show a flag, as terms of both sides, are said of the same. Who holds one sentence against another
/// has said so already, and what one side alone has takes the place of nothing.
pub(super) fn is_one(kind: FlagKind, pair: Pair, left: &Range<usize>, right: &Range<usize>) -> bool {
    if pair.is_all() || left.is_empty() || right.is_empty() {
        return true;
    }
    match kind {
        FlagKind::DateChanged => is_beside_alike(pair, left, right),
        FlagKind::NumberChanged => is_of_one_size(pair, left, right) || is_beside_alike(pair, left, right),
        FlagKind::HedgeChanged => is_alike_behind(pair, left, right),
        FlagKind::NameChanged => is_one_name(pair, left, right),
        _ => true,
    }
}

/// The nearest word of news before some terms.
fn before<'a>(row: Run<'a>, range: &Range<usize>) -> Option<&'a Term> {
    row.terms[..range.start].iter().rfind(|t| is_news(t))
}

/// The nearest word of news behind some terms.
fn behind<'a>(row: Run<'a>, range: &Range<usize>) -> Option<&'a Term> {
    row.terms[range.end..].iter().find(|t| is_news(t))
}

fn is_news(term: &Term) -> bool {
    !matches!(term.class, Class::Mark | Class::Function)
}

/// Whether two words may stand for each other beside what is compared: forms of one word, synonyms, or two verbs of saying.
fn is_alike(a: &Term, b: &Term) -> bool {
    let told = |t: &Term| t.class == Class::Content && t.meaning.saying().is_some();
    a.stem == b.stem || a.meaning.relation(b.meaning) == Some(Relation::Synonym) || told(a) && told(b)
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

/// Whether two mentions are said of one thing: they are nearly the same letters, or the word of news beside both is the same,
/// or the grammar and the signs on both sides are.
fn is_one_name(pair: Pair, left: &Range<usize>, right: &Range<usize>) -> bool {
    let (l, r) = (mention::words(pair.left, left), mention::words(pair.right, right));
    if name::is_misspelt(&l, &r) {
        return true;
    }
    let next = |row: Run<'_>, at: Option<usize>| at.and_then(|at| row.terms.get(at)).cloned();
    let before = (next(pair.left, left.start.checked_sub(1)), next(pair.right, right.start.checked_sub(1)));
    let behind = (next(pair.left, Some(left.end)), next(pair.right, Some(right.end)));
    let alike = |pair: &(Option<Term>, Option<Term>)| match pair {
        (Some(a), Some(b)) => is_alike(a, b),
        (None, None) => true,
        _ => false,
    };
    let telling = |pair: &(Option<Term>, Option<Term>)| pair.0.as_ref().is_some_and(is_news) && pair.1.as_ref().is_some_and(is_news);
    // What two names describe, `Velmaran sailor` and `Skarra clerk`, must be one thing.
    let described = !telling(&behind) || alike(&behind);
    let one_sort = name::is_seat(&l) == name::is_seat(&r);
    let framed = alike(&before) && alike(&behind) || [&before, &behind].into_iter().any(|pair| telling(pair) && alike(pair));
    described && one_sort && framed
}
