//! Opposites against each other: where one of two words turns a statement round.

use super::edit::{Gap, content, denied};
use super::term::{Class, Pair, Run, Term};
use crate::text::lexicon::Relation;

/// Whether the same word stands before or behind both sides of a gap.
pub(super) fn is_framed(pair: Pair, gap: &Gap) -> bool {
    let stem = |row: Run, at: Option<usize>| at.and_then(|at| row.terms.get(at)).map(|t| t.stem);
    let same = |l: Option<usize>, r: Option<usize>| stem(pair.left, l).is_some() && stem(pair.left, l) == stem(pair.right, r);
    same(gap.left.start.checked_sub(1), gap.right.start.checked_sub(1)) || same(Some(gap.left.end), Some(gap.right.end))
}

/// How many terms behind a word a figure may stand that it moves.
pub(super) const REACH: usize = 4;

/// A left and a right term of a gap that are opposites or exclude each other.
///
/// Words that both stand before the same thing turn it round whatever else is said: `backed them in opposing the further
/// enlargement` and `favors further enlargement`. Elsewhere neither side may have a word that agrees with the other's.
pub(super) fn opposed(pair: Pair, gap: &Gap) -> Option<(Term, Term)> {
    let (left, right) = gap.runs(pair);
    let small = left.terms.len() <= 3 && right.terms.len() <= 3;
    let framed = small && is_framed(pair, gap);
    let turned = |a: &Term, b: &Term| match a.meaning.turned(b.meaning) {
        Some(Relation::Opposite) => true,
        Some(Relation::Contrast) => framed,
        _ => false,
    };
    let last = |run: Run<'_>| run.terms.iter().rfind(|t| t.class != Class::Mark).cloned();
    let next = |row: Run, end: usize| content(&row.terms[end..]).next().map(|t| t.stem);
    if let (Some(a), Some(b)) = (last(left), last(right))
        && turned(&a, &b)
        && next(pair.left, gap.left.end).is_some_and(|stem| next(pair.right, gap.right.end) == Some(stem))
    {
        return Some((a, b));
    }
    if !small {
        return None;
    }
    // What moves figures is held against its own gap alone: `rose 2 percent after it fell` says both.
    let moves = |row: Run, end: usize| row.terms[end..].iter().take(REACH).any(|t| t.class == Class::Figure && t.value.is_some());
    let moved = moves(pair.left, gap.left.end) && moves(pair.right, gap.right.end);
    if !moved && !framed {
        return None;
    }
    let (l, r) = if moved { (left, right) } else { (pair.left, pair.right) };
    let alone = |a: &Term, b: &Term| !r.terms.iter().any(|other| agrees(a, other)) && !l.terms.iter().any(|other| agrees(other, b));
    let pairs = left.terms.iter().flat_map(|a| right.terms.iter().map(move |b| (a, b)));
    pairs.filter(|(a, b)| turned(a, b)).find(|(a, b)| alone(a, b)).map(|(a, b)| (a.clone(), b.clone()))
}

/// Whether a left and a right term are opposites that are said of the same thing: the two words of news behind them are the
/// same or synonyms.
pub(super) fn is_turned_round(pair: Pair, left: usize, right: usize) -> bool {
    let opposite = pair.left.terms[left].meaning.turned(pair.right.terms[right].meaning) == Some(Relation::Opposite);
    let behind = |row: Run<'_>, at: usize| content(&row.terms[at + 1..]).take(2).cloned().collect::<Vec<_>>();
    let same = |a: &Term, b: &Term| a.stem == b.stem || a.meaning.relation(b.meaning) == Some(Relation::Synonym);
    let (l, r) = if opposite { (behind(pair.left, left), behind(pair.right, right)) } else { return false };
    let straight = denied(pair.left, left..left + 1) == denied(pair.right, right..right + 1) && !is_told_by_both(pair, left, right);
    straight && l.len() == 2 && r.len() == 2 && l.iter().zip(&r).all(|(a, b)| same(a, b))
}

/// Whether each row has both words, in whatever order: `who married and later divorced`.
fn is_told_by_both(pair: Pair, left: usize, right: usize) -> bool {
    let told = |row: Run, stem: u32| row.terms.iter().any(|t| t.stem == stem);
    told(pair.right, pair.left.terms[left].stem) && told(pair.left, pair.right.terms[right].stem)
}

/// Whether two words say the same of what opposites turn round: one stem, one side, or synonyms.
pub(super) fn agrees(a: &Term, b: &Term) -> bool {
    a.stem == b.stem || a.meaning.on_one_side(b.meaning) || a.meaning.relation(b.meaning) == Some(Relation::Synonym)
}
