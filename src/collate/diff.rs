//! The differences inside a row: which terms of the left stand for which of the right.
//!
//! Two passes. The first is right: a longest common subsequence of terms (Myers, *An O(ND) difference algorithm*, 1986, crate
//! `similar`). The second is readable: islands of grammar words between changes are given up, insertions slide to the edge of
//! a phrase, what replaces what is decided by likeness (Needleman and Wunsch, 1970, on the terms of one gap), words told
//! elsewhere in the row are paired, and neighbours that a person reads as one change are joined.

use super::edit::{self, Edit, Gap, Kind};
use super::term::{Class, Pair, Run, Term};
use crate::text::lexicon::Relation;
use similar::{Algorithm, DiffOp};
use std::borrow::Cow;
use std::ops::Range;

/// The differences between two runs, in the order of the left. Every token of both runs is either in exactly one edit, or is
/// the same on both sides to the letter.
pub fn edits(pair: Pair) -> Vec<Edit> {
    let (left, right) = (pair.left.terms, pair.right.terms);
    let words = |terms: &[Term]| terms.iter().map(|t| t.word).collect::<Vec<_>>();
    let mut pieces = script(&words(left), &words(right));
    drop_islands(&mut pieces, |island| left[island.left.clone()].iter().map(hold).sum());
    slide(&mut pieces, left, right);
    let mut parts: Vec<Piece> =
        pieces.into_iter().flat_map(|piece| if piece.equal { pair.dressed(piece) } else { pair.parted(piece) }).collect();
    let told_elsewhere = pair.take_reordered(&mut parts);
    let mut edits: Vec<Edit> = parts.iter().map(|part| pair.edit(part)).chain(told_elsewhere).collect();
    edits.sort_by_key(|e| (e.left.as_ref().map(|r| r.start), e.right.as_ref().map(|r| r.start)));
    in_reading_order(edits)
}

/// A stretch of both sides: the same words, or a gap in which they differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) left: Range<usize>,
    pub(super) right: Range<usize>,
    pub(super) equal: bool,
}

/// Above this number of cells an exact subsequence costs too much, and the heuristic variant is taken.
const EXACT: usize = 64_000_000;

/// First pass: stretches of equal words and the gaps between them, alternating.
pub(super) fn script(left: &[u32], right: &[u32]) -> Vec<Piece> {
    let algorithm = if left.len() * right.len() <= EXACT { Algorithm::RawMyers } else { Algorithm::Myers };
    let mut pieces: Vec<Piece> = Vec::new();
    for op in similar::capture_diff_slices(algorithm, left, right) {
        let equal = matches!(op, DiffOp::Equal { .. });
        extend(&mut pieces, Piece { left: op.old_range(), right: op.new_range(), equal });
    }
    pieces
}

/// Appends a piece, joined with the last one where both are of one sort.
pub(super) fn extend(pieces: &mut Vec<Piece>, piece: Piece) {
    match pieces.last_mut() {
        Some(last) if last.equal == piece.equal => {
            last.left.end = piece.left.end;
            last.right.end = piece.right.end;
        }
        _ => pieces.push(piece),
    }
}

/// How much a term holds a stretch of equal words together.
pub(super) fn hold(term: &Term) -> usize {
    match term.class {
        Class::Mark => 0,
        Class::Function => 1,
        _ => 4,
    }
}

/// Gives up equal grammar words that stand alone between two larger changes: they are equal by chance. `hold` says how much the
/// words of a piece hold together.
pub(super) fn drop_islands(pieces: &mut Vec<Piece>, hold: impl Fn(&Piece) -> usize) {
    let size = |piece: &Piece| piece.left.len().min(piece.right.len());
    let lonely = |before: &Piece, island: &Piece, after: &Piece| {
        let strength = hold(island);
        island.equal && strength < 4 && size(before).min(size(after)) > 0 && size(before) + size(after) > strength + 2
    };
    let dropped: Vec<bool> =
        (0..pieces.len()).map(|i| i > 0 && i + 1 < pieces.len() && lonely(&pieces[i - 1], &pieces[i], &pieces[i + 1])).collect();
    let mut kept = Vec::with_capacity(pieces.len());
    for (piece, dropped) in std::mem::take(pieces).into_iter().zip(dropped) {
        let equal = piece.equal && !dropped;
        extend(&mut kept, Piece { equal, ..piece });
    }
    *pieces = kept;
}

/// Moves a one-sided gap over equal words to where a phrase begins: behind a full stop, before a comma, before a grammar word.
fn slide(pieces: &mut [Piece], left: &[Term], right: &[Term]) {
    for i in 1..pieces.len().saturating_sub(1) {
        let gap = pieces[i].clone();
        if gap.equal || !(gap.left.is_empty() || gap.right.is_empty()) {
            continue;
        }
        let (terms, range) = if gap.left.is_empty() { (right, gap.right.clone()) } else { (left, gap.left.clone()) };
        let back = (1..pieces[i - 1].left.len()).take_while(|k| terms[range.start - k].word == terms[range.end - k].word).count();
        let on = (0..pieces[i + 1].left.len().saturating_sub(1))
            .take_while(|k| terms[range.start + k].word == terms[range.end + k].word)
            .count();
        let places = (0..=back + on).map(|k| k as isize - back as isize);
        let shifted = |by: isize| range.start.saturating_add_signed(by)..range.end.saturating_add_signed(by);
        let best = places.max_by_key(|by| (phrase(terms, shifted(*by)), -by.abs())).unwrap_or(0);
        shift(pieces, i, best);
    }
}

/// How well a range of terms stands as a phrase of its own.
fn phrase(terms: &[Term], range: Range<usize>) -> usize {
    let mark = |i: usize| terms.get(i).is_some_and(|t| t.class == Class::Mark);
    let first = &terms[range.start];
    let begins = if mark(range.start) && !mark(range.end.wrapping_sub(1)) { 2 } else { usize::from(first.class == Class::Function) };
    let after_mark = range.start > 0 && mark(range.start - 1) && mark(range.end - 1);
    begins + if after_mark { 3 } else { 0 }
}

fn shift(pieces: &mut [Piece], i: usize, by: isize) {
    let moved = |at: usize| at.saturating_add_signed(by);
    let gap = pieces[i].clone();
    pieces[i].left = moved(gap.left.start)..moved(gap.left.end);
    pieces[i].right = moved(gap.right.start)..moved(gap.right.end);
    pieces[i - 1].left.end = pieces[i].left.start;
    pieces[i - 1].right.end = pieces[i].right.start;
    pieces[i + 1].left.start = pieces[i].left.end;
    pieces[i + 1].right.start = pieces[i].right.end;
}

/// A gap with more cells than this is not aligned word by word: nobody reads it as replaced words.
pub(super) const ALIGNED: usize = 40_000;

impl Piece {
    fn gap(&self) -> Gap {
        Gap { left: self.left.clone(), right: self.right.clone() }
    }
}

impl<'a> Pair<'a> {
    fn runs(self, piece: &Piece) -> (Run<'a>, Run<'a>) {
        piece.gap().runs(self)
    }

    fn edit(self, piece: &Piece) -> Edit {
        Edit::of(self, &piece.gap())
    }

    /// Of a stretch of equal terms, those that are printed differently.
    fn dressed(self, piece: Piece) -> Vec<Piece> {
        let pairs = piece.left.zip(piece.right).map(|(l, r)| Piece { left: l..l + 1, right: r..r + 1, equal: false });
        pairs
            .filter(|p| {
                let (left, right) = self.runs(p);
                !left.words().eq(right.words())
            })
            .collect()
    }

    /// A gap as single changes: words that stand for each other, and what only one side has.
    fn parted(self, gap: Piece) -> Vec<Piece> {
        if gap.left.is_empty() || gap.right.is_empty() {
            return vec![gap];
        }
        if gap.left.len() * gap.right.len() > ALIGNED {
            return apart(gap);
        }
        if let Some((left, right)) = self.same_in_other_cut(&gap) {
            let before = Piece { left: gap.left.start..left.start, right: gap.right.start..right.start, equal: false };
            let after = Piece { left: left.end..gap.left.end, right: right.end..gap.right.end, equal: false };
            let middle = Piece { left, right, equal: false };
            let rest = |piece: Piece| if piece.left.is_empty() && piece.right.is_empty() { Vec::new() } else { self.parted(piece) };
            return [rest(before), vec![middle], rest(after)].concat();
        }
        self.joined(self.aligned(gap))
    }

    /// Words of one side that are one of the other in another cut: `ironclad` and `iron clad`, `US` and `United States`.
    fn same_in_other_cut(self, gap: &Piece) -> Option<(Range<usize>, Range<usize>)> {
        const LONGEST: usize = 4;
        if gap.left.len() + gap.right.len() < 3 || gap.left.len() * gap.right.len() > 400 {
            return None;
        }
        let [first_left, first_right] = [first_letters(self.left, &gap.left), first_letters(self.right, &gap.right)];
        // A cheap look before the dear one: the same first letter, and no mark inside.
        let may_be = |left: &Range<usize>, right: &Range<usize>| {
            let (l, r) = (left.start - gap.left.start, right.start - gap.right.start);
            let lettered = first_left[l..l + left.len()].iter().chain(&first_right[r..r + right.len()]).all(Option::is_some);
            first_left[l] == first_right[r] && lettered
        };
        let cuts = (2..=LONGEST).rev().flat_map(|n| [(1, n), (n, 1), (2, n)]).filter(|(l, r)| l != r);
        let pairs = cuts
            .flat_map(|(l, r)| windows(&gap.left, l).flat_map(move |left| windows(&gap.right, r).map(move |right| (left.clone(), right))));
        pairs.filter(|(left, right)| may_be(left, right)).find(|(left, right)| {
            let kind = edit::dress(self, &Gap { left: left.clone(), right: right.clone() });
            matches!(kind, Some(Kind::Compound | Kind::Abbreviation | Kind::Numeral | Kind::DateFormat))
        })
    }

    /// The alignment of the terms of a gap that makes the sum of likenesses greatest.
    fn aligned(self, gap: Piece) -> Vec<Piece> {
        let (left, right) = self.runs(&gap);
        let likeness = |i: usize, j: usize| likeness(left.word(i), right.word(j), &left.terms[i], &right.terms[j]);
        let (mut i, mut j, mut pieces) = (gap.left.start, gap.right.start, Vec::new());
        for (of_left, of_right) in heaviest_alignment(left.terms.len(), right.terms.len(), likeness) {
            let (di, dj) = (usize::from(of_left), usize::from(of_right));
            pieces.push(Piece { left: i..i + di, right: j..j + dj, equal: false });
            (i, j) = (i + di, j + dj);
        }
        pieces
    }

    /// Joins neighbours that a person reads as one change.
    fn joined(self, pieces: Vec<Piece>) -> Vec<Piece> {
        let mut joined: Vec<Piece> = Vec::new();
        for piece in pieces {
            match joined.last_mut() {
                Some(last) if self.reads_as_one(last, &piece) => {
                    last.left.end = piece.left.end;
                    last.right.end = piece.right.end;
                }
                _ => joined.push(piece),
            }
        }
        joined.retain(|p| {
            let (left, right) = self.runs(p);
            !left.words().eq(right.words())
        });
        joined
    }

    fn reads_as_one(self, last: &Piece, next: &Piece) -> bool {
        let sides = |p: &Piece| (!p.left.is_empty(), !p.right.is_empty());
        let mark = |p: &Piece| self.terms(p).all(|t| t.class == Class::Mark);
        let content = |p: &Piece| self.terms(p).any(|t| hold(t) > 1);
        let size = (last.left.len() + next.left.len()).max(last.right.len() + next.right.len());
        let same = |p: &Piece| {
            p.left.len() == 1 && p.right.len() == 1 && self.left.terms[p.left.start].stem == self.right.terms[p.right.start].stem
        };
        match (sides(last), sides(next)) {
            ((true, false), (true, false)) | ((false, true), (false, true)) => true,
            _ if mark(last) || mark(next) || same(last) || same(next) => false,
            ((true, true), (true, true)) => self.terms(last).chain(self.terms(next)).all(|t| t.class == Class::Name),
            ((true, true), _) | (_, (true, true)) => size <= 4 && content(last) && content(next),
            _ => size <= 8 && content(last) && content(next),
        }
    }

    fn terms(self, piece: &Piece) -> impl Iterator<Item = &'a Term> {
        self.left.terms[piece.left.clone()].iter().chain(&self.right.terms[piece.right.clone()])
    }

    /// Takes out one-sided runs that both sides have in different places, and pairs them as `order`.
    fn take_reordered(self, parts: &mut Vec<Piece>) -> Vec<Edit> {
        let words = |terms: &[Term]| terms.iter().filter(|t| t.class != Class::Mark).map(|t| t.word).collect::<Vec<_>>();
        let telling = |terms: &[Term]| terms.iter().map(hold).sum::<usize>() >= 4;
        let mut reordered = Vec::new();
        let mut at = 0;
        while at < parts.len() {
            let part = parts[at].clone();
            let left = &self.left.terms[part.left.clone()];
            let other = (part.right.is_empty() && telling(left)).then(|| {
                parts.iter().position(|p| {
                    p.left.is_empty() && p.right.len() <= left.len() + 2 && words(&self.right.terms[p.right.clone()]) == words(left)
                })
            });
            match other.flatten() {
                Some(other) => {
                    let right = parts[other].right.clone();
                    let both = Piece { left: part.left, right, equal: false };
                    let (left, right) = self.runs(&both);
                    let reason = Cow::Borrowed("the same words in another place");
                    reordered.push(Edit { kind: Kind::Order, left: left.tokens(), right: right.tokens(), reason });
                    parts.remove(at.max(other));
                    parts.remove(at.min(other));
                    at -= usize::from(other < at);
                }
                None => at += 1,
            }
        }
        reordered
    }
}

/// A gap too large to align: what the left has, then what the right has.
fn apart(gap: Piece) -> Vec<Piece> {
    let (left, right) = (gap.left, gap.right);
    vec![
        Piece { left: left.clone(), right: right.start..right.start, equal: false },
        Piece { left: left.end..left.end, right, equal: false },
    ]
}

fn windows(range: &Range<usize>, size: usize) -> impl Iterator<Item = Range<usize>> + use<> {
    let end = (range.end + 1).saturating_sub(size);
    (range.start..end).map(move |at| at..at + size)
}

/// The first letter of each term, small; none of a mark.
fn first_letters(run: Run, range: &Range<usize>) -> Vec<Option<char>> {
    range.clone().map(|term| run.word(term).chars().next().filter(|c| c.is_alphanumeric()).and_then(|c| c.to_lowercase().next())).collect()
}

/// The alignment of two sequences of the given lengths that makes the sum of likenesses greatest, as steps: whether each takes
/// an element of the left and of the right. Elements whose likeness is 0 are never paired.
pub(super) fn heaviest_alignment(n: usize, m: usize, likeness: impl Fn(usize, usize) -> f32) -> Vec<(bool, bool)> {
    let at = |i: usize, j: usize| i * (m + 1) + j;
    let mut best = vec![0.0_f32; (n + 1) * (m + 1)];
    let mut alike = vec![0.0_f32; n * m];
    for i in (0..n).rev() {
        for j in (0..m).rev() {
            alike[i * m + j] = likeness(i, j);
            best[at(i, j)] = (best[at(i + 1, j + 1)] + alike[i * m + j]).max(best[at(i + 1, j)]).max(best[at(i, j + 1)]);
        }
    }
    let (mut i, mut j, mut steps) = (0, 0, Vec::new());
    while i < n || j < m {
        let value = best[at(i, j)];
        let paired = i < n && j < m && alike[i * m + j] > 0.0 && value == best[at(i + 1, j + 1)] + alike[i * m + j];
        let step = match () {
            () if paired => (true, true),
            () if i < n && (j == m || value == best[at(i + 1, j)]) => (true, false),
            () => (false, true),
        };
        steps.push(step);
        (i, j) = (i + usize::from(step.0), j + usize::from(step.1));
    }
    steps
}

/// How readily one term is read as standing for another, 0 to 1; 0 keeps them apart.
pub(super) fn likeness(left_word: &str, right_word: &str, left: &Term, right: &Term) -> f32 {
    use Class::{Content, Date, Figure, Function, Mark, Name};
    if left.word == right.word {
        return 1.0;
    }
    if let (Some(a), Some(b)) = (&left.value, &right.value) {
        return a.resembles(b);
    }
    if left.stem == right.stem {
        return 0.95;
    }
    match left.meaning.relation(right.meaning) {
        Some(Relation::Opposite) => return 0.9,
        Some(Relation::Synonym) => return 0.85,
        Some(Relation::Contrast) => return 0.8,
        None if left.meaning.saying().is_some() && right.meaning.saying().is_some() => return 0.85,
        None if left.meaning.on_one_side(right.meaning) => return 0.75,
        None => {}
    }
    match (left.class, right.class) {
        (Mark, Mark) => 0.3,
        (Mark, _) | (_, Mark) => 0.0,
        (Date, Date) => 0.7,
        (Figure, Figure) => 0.6,
        (Function, Function) => 0.3,
        (Function, _) | (_, Function) => 0.0,
        (Name, Name) => 0.45 + 0.4 * letters_alike(left_word, right_word),
        (Content | Name, Content | Name) => 0.25 + 0.6 * letters_alike(left_word, right_word),
        _ => 0.15,
    }
}

/// Dice's coefficient of pairs of neighbouring letters (Dice 1945; Adamson and Boreham 1974), 0 to 1.
fn letters_alike(left: &str, right: &str) -> f32 {
    let pairs = |word: &str| word.as_bytes().windows(2).map(|p| [p[0].to_ascii_lowercase(), p[1].to_ascii_lowercase()]).collect::<Vec<_>>();
    let (left, mut right) = (pairs(left), pairs(right));
    let total = left.len() + right.len();
    let shared = left.iter().filter(|pair| right.iter().position(|p| p == *pair).map(|at| right.swap_remove(at)).is_some()).count();
    if total == 0 { 0.0 } else { 2.0 * shared as f32 / total as f32 }
}

/// Edits in the order in which a reader meets them: by the left, an insertion behind what precedes it on the right.
fn in_reading_order(edits: Vec<Edit>) -> Vec<Edit> {
    let (mut anchored, inserted): (Vec<Edit>, Vec<Edit>) = edits.into_iter().partition(|e| e.left.is_some());
    for edit in inserted {
        let start = edit.right.as_ref().map_or(0, |r| r.start);
        let follows = |e: &Edit| e.kind != Kind::Order && e.right.as_ref().is_some_and(|r| r.start > start);
        let at = anchored.iter().position(follows).unwrap_or(anchored.len());
        anchored.insert(at, edit);
    }
    anchored
}
