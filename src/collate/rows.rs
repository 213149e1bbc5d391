//! Links to rows: the order in which a reader meets them, which of them moved, and the figures over all.

use super::align::Link;
use super::edit::{Edit, Kind, Level, Levels};
use super::flag::{self, Flag, FlagKind};
use super::term::{Class, Pair, Run, Side, Term, Terms};
use super::{Summary, VERBATIM_RUN, diff, mention, quotation};
use crate::text::TokenKind;
use rayon::prelude::*;
use rustc_hash::FxHashMap as HashMap;
use std::ops::Range;

/// What a row holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RowKind {
    /// Both sides are the same to the letter.
    Same,
    /// Both sides say the same with differences.
    Edited,
    /// Sentences that the left alone has.
    Omitted,
    /// Sentences that the right alone has.
    Added,
}

impl RowKind {
    /// Its name in JSON.
    pub fn name(self) -> &'static str {
        match self {
            RowKind::Same => "same",
            RowKind::Edited => "edited",
            RowKind::Omitted => "omitted",
            RowKind::Added => "added",
        }
    }
}

/// Sentences of two versions that say the same thing, or of one that the other has not.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// What the row holds.
    pub kind: RowKind,
    /// Whether the two sides stand in different places of their texts. Such a row stands where the left has it.
    pub moved: bool,
    /// 0 to 1; 1 where all that differs is form.
    pub similarity: f64,
    /// Left sentences.
    pub left: Range<usize>,
    /// Right sentences.
    pub right: Range<usize>,
    /// The differences, in reading order.
    pub edits: Vec<Edit>,
    /// What an editor must not miss.
    pub flags: Vec<Flag>,
    /// In a row of one side: a clause that the other side has too, as tokens of both.
    pub shared: Option<(Range<usize>, Range<usize>)>,
}

impl Row {
    /// The sentences of the left (0) or right (1) side.
    pub fn sentences(&self, side: usize) -> Range<usize> {
        if side == 0 { self.left.clone() } else { self.right.clone() }
    }

    /// The edits whose level is on.
    pub fn edits_at(&self, levels: Levels) -> impl Iterator<Item = &Edit> {
        self.edits.iter().filter(move |e| levels.has(e.kind.level()))
    }

    /// Whether nothing differs at the levels that are on.
    pub fn is_same_at(&self, levels: Levels) -> bool {
        match self.kind {
            RowKind::Same => true,
            RowKind::Edited => self.edits_at(levels).next().is_none(),
            RowKind::Omitted | RowKind::Added => false,
        }
    }
}

/// Both sides with their terms.
#[derive(Clone, Copy)]
pub(super) struct Sides<'a> {
    pub(super) sides: [Side<'a>; 2],
    pub(super) terms: [&'a Terms; 2],
}

impl<'a> Sides<'a> {
    /// The terms of consecutive sentences of one side.
    pub(super) fn run(self, side: usize, sentences: Range<usize>) -> Run<'a> {
        let terms = self.terms[side];
        let ranges = &terms.sentences[sentences];
        let all = ranges.first().map_or(0, |r| r.start)..ranges.last().map_or(0, |r| r.end);
        Run { side: self.sides[side], terms: &terms.all[all] }
    }

    pub(super) fn counts(self, side: usize, sentence: usize) -> bool {
        self.sides[side].text.counts(sentence)
    }
}

/// The rows of a comparison in reading order: by the left, what only the right has behind what precedes it there.
pub(super) fn rows(sides: Sides, links: Vec<Link>) -> Vec<Row> {
    let mut told: Vec<Row> = links.into_par_iter().with_min_len(128).map(|link| row(sides, link)).collect();
    mark_moved(sides, &mut told);
    told.retain(|row| is_believable(sides, row));
    mark_moved(sides, &mut told);
    let mut rows = ordered(sides, told);
    shared_clauses(sides, &mut rows);
    quotation::flag(sides, &mut rows);
    drop_strangers(sides, &mut rows);
    flag_misnamed(sides, &mut rows);
    rows
}

/// How alike the sides of a row must be before two things that stand against each other are said of one thing. A quotation
/// that shares its words with another is a version of it wherever it stands.
fn needed(flag: &Flag) -> f64 {
    // A word that stands against nothing has no other to bear witness for it.
    let alone = flag.left.is_none() || flag.right.is_none();
    match flag.kind {
        FlagKind::QuoteAltered => 0.0,
        FlagKind::NumberChanged | FlagKind::QuoteBoundary | FlagKind::PolarityFlipped => 0.4,
        FlagKind::HedgeChanged if !alone => 0.5,
        FlagKind::DateChanged | FlagKind::NameChanged => 0.55,
        FlagKind::AttributionChanged | FlagKind::HedgeChanged => 0.65,
    }
}

/// How alike they must be where the sentence stands in another place, for then no neighbours bear witness that it is the same.
const NEEDED_MOVED: f64 = 0.65;

/// Whether the sides of a row are alike enough for a flag. What was said between quotation marks is known again by its words.
fn bears(row: &Row, flag: &Flag) -> bool {
    let quoted = matches!(flag.kind, FlagKind::QuoteAltered | FlagKind::QuoteBoundary);
    let moved = if row.moved && !quoted { NEEDED_MOVED } else { 0.0 };
    row.similarity >= needed(flag).max(moved)
}

/// Takes the flags off rows whose sides are hardly alike, except where nothing else is compared.
fn drop_strangers(sides: Sides, rows: &mut [Row]) {
    if sides.terms.iter().any(|side| side.sentences.len() > 1) {
        rows.iter_mut().for_each(|row| {
            let flags = std::mem::take(&mut row.flags);
            row.flags = flags.into_iter().filter(|flag| bears(row, flag)).collect();
        });
    }
}

/// The row of each sentence of one side.
pub(super) fn rows_of(rows: &[Row], side: usize) -> HashMap<usize, usize> {
    rows.iter().enumerate().flat_map(|(index, row)| row.sentences(side).map(move |sentence| (sentence, index))).collect()
}

/// Flags people whom one version calls by another part of their name, wherever it does.
fn flag_misnamed(sides: Sides, rows: &mut [Row]) {
    let whole = |side: usize| Run { side: sides.sides[side], terms: &sides.terms[side].all };
    let rows_of = [rows_of(rows, 0), rows_of(rows, 1)];
    for (side, terms, instead) in mention::misnamed(Pair { left: whole(0), right: whole(1) }) {
        let sentence = sides.terms[side].sentences.partition_point(|range| range.end <= terms.start);
        let Some(tokens) = whole(side).part(terms).tokens() else { continue };
        let Some(row) = rows_of[side].get(&sentence).map(|&row| &mut rows[row]) else { continue };
        row.flags.extend(flag::misnamed(whole(side), side, tokens, &instead));
    }
}

/// What two sentences of some length must have in common, word by word, to be shown as one row …
pub(super) const BELIEVABLE: f64 = 0.15;
/// … and what a moved one must have.
const BELIEVABLE_MOVED: f64 = 0.30;
/// Shorter sentences, in terms, are judged by the alignment alone.
const SHORT: usize = 8;

/// Whether a reader would believe that the two sides of a row say the same. A false pair costs more trust than silence.
fn is_believable(sides: Sides, row: &Row) -> bool {
    let long = |side: usize| sides.run(side, row.sentences(side)).terms.len() >= SHORT;
    let needed = if row.moved { BELIEVABLE_MOVED } else { BELIEVABLE };
    let only = [0, 1].iter().all(|&side| sides.terms[side].sentences.len() == 1);
    !matches!(row.kind, RowKind::Edited) || row.similarity >= needed || !(long(0) && long(1)) || only
}

/// A row without anything said about it yet.
fn blank(kind: RowKind, left: Range<usize>, right: Range<usize>) -> Row {
    Row { kind, moved: false, similarity: 0.0, left, right, edits: Vec::new(), flags: Vec::new(), shared: None }
}

/// The row of a link: its differences, its flags and how alike its sides are.
fn row(sides: Sides, link: Link) -> Row {
    let (left, right) = (sides.run(0, link.left.clone()), sides.run(1, link.right.clone()));
    let counts = sides.counts(0, link.left.start) || sides.counts(1, link.right.start);
    let pair = Pair { left, right };
    let edits = diff::edits(pair);
    let kind = if edits.is_empty() { RowKind::Same } else { RowKind::Edited };
    let similarity = similarity(pair, &edits);
    let flags = if counts { flag::flags(pair, &edits, similarity) } else { Vec::new() };
    Row { similarity, edits, flags, ..blank(kind, link.left, link.right) }
}

// --- Order ----------------------------------------------------------------------------------------------------------

/// Says of each row whether it moved: those of the heaviest increasing subsequence, weighed by words, kept their order.
fn mark_moved(sides: Sides, rows: &mut [Row]) {
    let still = unmoved(sides, rows);
    rows.iter_mut().zip(still).for_each(|(row, still)| row.moved = !still);
}

fn unmoved(sides: Sides, links: &[Row]) -> Vec<bool> {
    let weight = |link: &Row| 1 + sides.run(0, link.left.clone()).terms.len() + sides.run(1, link.right.clone()).terms.len();
    let places = sides.terms[1].sentences.len() + 1;
    // best[r]: the heaviest chain that ends at a right place before r, in a Fenwick tree of maxima.
    let mut best: Vec<(usize, usize)> = vec![(0, usize::MAX); places + 1];
    let mut before = vec![usize::MAX; links.len()];
    let mut heaviest = (0, usize::MAX);
    for (index, link) in links.iter().enumerate() {
        let mut at = link.right.start;
        let mut chain = (0, usize::MAX);
        while at > 0 {
            chain = chain.max_by_weight(best[at]);
            at &= at - 1;
        }
        before[index] = chain.1;
        let mine = (chain.0 + weight(link), index);
        heaviest = heaviest.max_by_weight(mine);
        let mut at = link.right.start + 1;
        while at <= places {
            best[at] = best[at].max_by_weight(mine);
            at += at & at.wrapping_neg();
        }
    }
    let mut still = vec![false; links.len()];
    let mut at = heaviest.1;
    while at != usize::MAX {
        still[at] = true;
        at = before[at];
    }
    still
}

trait MaxByWeight {
    fn max_by_weight(self, other: Self) -> Self;
}

impl MaxByWeight for (usize, usize) {
    /// The heavier of two chains; of equals the first found.
    fn max_by_weight(self, other: Self) -> Self {
        if other.0 > self.0 { other } else { self }
    }
}

/// All rows in reading order, with a row of its own for every sentence that is in none of those given.
fn ordered(sides: Sides, told: Vec<Row>) -> Vec<Row> {
    let counts = [0, 1].map(|side| sides.terms[side].sentences.len());
    let mut taken = vec![false; counts[1]];
    told.iter().for_each(|row| taken[row.right.clone()].fill(true));
    let mut rows = Vec::with_capacity(counts[0].max(counts[1]));
    let (mut next_left, mut next_right) = (0, 0);
    let alone_left = |rows: &mut Vec<Row>, from: usize, until: usize| {
        rows.extend((from..until).map(|i| blank(RowKind::Omitted, i..i + 1, 0..0)));
    };
    let alone_right = |rows: &mut Vec<Row>, from: usize, until: usize| {
        rows.extend((from..until).filter(|&j| !taken[j]).map(|j| blank(RowKind::Added, 0..0, j..j + 1)));
    };
    for row in told {
        alone_left(&mut rows, next_left, row.left.start);
        next_left = row.left.end;
        if !row.moved {
            alone_right(&mut rows, next_right, row.right.start);
            next_right = row.right.end;
        }
        rows.push(row);
    }
    alone_left(&mut rows, next_left, counts[0]);
    alone_right(&mut rows, next_right, counts[1]);
    rows
}

// --- Figures --------------------------------------------------------------------------------------------------------

/// How much a term counts in figures.
pub(super) fn weight(term: &Term) -> f64 {
    match term.class {
        Class::Mark => 0.0,
        Class::Function => 0.3,
        _ => 1.0,
    }
}

/// How much of a term counts as the same when it stands in an edit of this kind.
fn credit(kind: Kind) -> f64 {
    match kind {
        _ if kind.level() == Level::Form => 1.0,
        Kind::Inflection | Kind::Order => 0.9,
        Kind::Synonym => 0.7,
        Kind::FunctionWord => 0.5,
        _ => 0.0,
    }
}

/// The share of the words of both sides that are the same, weighed by class and kind of edit.
pub(super) fn similarity(pair: Pair, edits: &[Edit]) -> f64 {
    let (mut same, mut all) = (0.0, 0.0);
    for (run, side) in [(pair.left, 0), (pair.right, 1)] {
        let (s, a) = sameness(run, edits, side);
        same += s;
        all += a;
    }
    if all == 0.0 { f64::from(edits.iter().all(|e| e.kind.level() == Level::Form)) } else { same / all }
}

/// The weight of the terms of one side that are the same on the other, and the weight of all.
fn sameness(run: Run, edits: &[Edit], side: usize) -> (f64, f64) {
    let tokens = run.tokens().unwrap_or(0..0);
    let mut lost = vec![0.0; tokens.len()];
    for edit in edits {
        let range = if side == 0 { &edit.left } else { &edit.right };
        range.iter().for_each(|r| lost[r.start - tokens.start..r.end - tokens.start].fill(1.0 - credit(edit.kind)));
    }
    run.terms.iter().fold((0.0, 0.0), |(same, all), term| {
        let weight = weight(term);
        (same + weight * (1.0 - lost[term.tokens.start - tokens.start]), all + weight)
    })
}

/// The figures over all rows.
pub(super) fn summary(sides: Sides, rows: &[Row]) -> Summary {
    let mut summary = Summary::default();
    let (mut same, mut all) = ([0.0; 2], [0.0; 2]);
    for row in rows {
        for side in [0, 1] {
            let sentences = row.sentences(side);
            if sentences.is_empty() || !sides.counts(side, sentences.start) {
                continue;
            }
            let (s, a) = sameness(sides.run(side, sentences), &row.edits, side);
            same[side] += if matches!(row.kind, RowKind::Omitted | RowKind::Added) { 0.0 } else { s };
            all[side] += a;
        }
        let furniture = |side: usize| row.sentences(side).next().is_none_or(|s| !sides.counts(side, s));
        for edit in row.edits.iter().filter(|_| !(furniture(0) && furniture(1))) {
            summary.edits[edit.kind.level() as usize] += 1;
        }
        for flag in &row.flags {
            *summary.flags.entry(flag.kind).or_default() += 1;
        }
        if !row.right.is_empty() && sides.counts(1, row.right.start) {
            for run in verbatim_runs(sides, row) {
                summary.longest_run_words = summary.longest_run_words.max(run);
                summary.verbatim_words += if run >= VERBATIM_RUN { run } else { 0 };
            }
        }
    }
    let share = |side: usize| if all[side] == 0.0 { 1.0 } else { same[side] / all[side] };
    let total = all[0] + all[1];
    summary.similarity = if total == 0.0 { 1.0 } else { (same[0] + same[1]) / total };
    (summary.left_in_right, summary.right_in_left) = (share(0), share(1));
    summary
}

/// Lengths, in words, of the runs of the right side that stand on the left too, form aside.
fn verbatim_runs(sides: Sides, row: &Row) -> Vec<usize> {
    if matches!(row.kind, RowKind::Omitted | RowKind::Added) {
        return Vec::new();
    }
    let texts = sides.sides.map(|side| side.text);
    let tokens = [(0, &row.left), (1, &row.right)].map(|(side, sentences)| sides.run(side, sentences.clone()).tokens().unwrap_or(0..0));
    let mut runs = vec![0];
    for step in steps(tokens[0].clone(), tokens[1].clone(), &row.edits) {
        match step {
            Step::Same(_, right) if texts[1].tokens[right].kind != TokenKind::Mark => runs.push_word(1),
            Step::Same(..) => {}
            Step::Differs(edit) if row.edits[edit].kind.level() == Level::Form => {
                let words = |range: &Range<usize>| texts[1].tokens[range.clone()].iter().filter(|t| t.kind != TokenKind::Mark).count();
                runs.push_word(row.edits[edit].right.as_ref().map_or(0, words));
            }
            Step::Differs(_) | Step::Left(_) | Step::Right(_) => runs.push(0),
        }
    }
    runs.retain(|&words| words > 0);
    runs
}

trait PushWord {
    fn push_word(&mut self, words: usize);
}

impl PushWord for Vec<usize> {
    /// Adds words to the last run.
    fn push_word(&mut self, words: usize) {
        if let Some(last) = self.last_mut() {
            *last += words;
        }
    }
}

/// One step of a walk over both sides of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// A left and a right token that are the same to the letter.
    Same(usize, usize),
    /// An edit, by its index, where both its sides stand.
    Differs(usize),
    /// The left side of an edit whose right side stands elsewhere, or of one that has none.
    Left(usize),
    /// The right side of such an edit.
    Right(usize),
}

/// Walks both sides of a row at once, given their tokens: what is the same in step, every edit where it stands.
pub fn steps(left: Range<usize>, right: Range<usize>, edits: &[Edit]) -> Vec<Step> {
    let starts = |of: fn(&Edit) -> &Option<Range<usize>>| -> HashMap<usize, usize> {
        edits.iter().enumerate().filter_map(|(i, e)| of(e).as_ref().map(|r| (r.start, i))).collect()
    };
    let (lefts, rights) = (starts(|e| &e.left), starts(|e| &e.right));
    let end = |range: &Option<Range<usize>>, at: usize| range.as_ref().map_or(at, |r| r.end);
    let (mut i, mut j, mut steps) = (left.start, right.start, Vec::new());
    while i < left.end || j < right.end {
        let at_left = lefts.get(&i).copied().filter(|_| i < left.end);
        let at_right = rights.get(&j).copied().filter(|_| j < right.end);
        match (at_left, at_right) {
            (Some(edit), Some(other)) if edit == other => {
                steps.push(Step::Differs(edit));
                (i, j) = (end(&edits[edit].left, i), end(&edits[edit].right, j));
            }
            // What only the right has comes first where the left waits for its own other side.
            (Some(edit), Some(other)) if edits[edit].right.is_some() && edits[other].left.is_none() => {
                steps.push(Step::Right(other));
                j = end(&edits[other].right, j);
            }
            (Some(edit), _) => {
                steps.push(Step::Left(edit));
                i = end(&edits[edit].left, i);
            }
            (None, Some(edit)) => {
                steps.push(Step::Right(edit));
                j = end(&edits[edit].right, j);
            }
            (None, None) if i < left.end && j < right.end => {
                steps.push(Step::Same(i, j));
                (i, j) = (i + 1, j + 1);
            }
            // Only a broken collation comes here; what is left is passed over rather than looped on.
            (None, None) => break,
        }
    }
    steps
}

// --- Clauses --------------------------------------------------------------------------------------------------------

/// How many words in a row make a clause worth showing.
const CLAUSE: usize = 6;

/// Finds, for every sentence that only one side has, the longest clause that the other side has somewhere.
fn shared_clauses(sides: Sides, rows: &mut [Row]) {
    let alone = |kind| matches!(kind, RowKind::Omitted | RowKind::Added);
    if !rows.iter().any(|row| alone(row.kind)) {
        return;
    }
    // What only the left has is looked for on the right, and the other way round.
    let needed = [RowKind::Added, RowKind::Omitted].map(|kind| rows.iter().any(|row| row.kind == kind));
    let indices = [0, 1].map(|side| if needed[side] { clause_index(&sides.terms[side].all) } else { HashMap::default() });
    for row in rows.iter_mut().filter(|row| alone(row.kind)) {
        let side = usize::from(row.kind == RowKind::Added);
        let mine = &sides.terms[side];
        let range = mine.sentences[row.sentences(side).start].clone();
        let found = longest_clause(mine, range, sides.terms[1 - side], &indices[1 - side]);
        row.shared = found.map(|(mine, theirs)| if side == 0 { (mine, theirs) } else { (theirs, mine) });
    }
}

/// Where each run of [`CLAUSE`] words begins, punctuation passed over; only the first place is kept.
fn clause_index(terms: &[Term]) -> HashMap<[u32; CLAUSE], usize> {
    let words: Vec<usize> = (0..terms.len()).filter(|&i| terms[i].class != Class::Mark).collect();
    let mut index = HashMap::default();
    for window in words.windows(CLAUSE) {
        index.entry(std::array::from_fn(|k| terms[window[k]].word)).or_insert(window[0]);
    }
    index
}

/// The longest run of words of a sentence that the other side has, as tokens of both; it must carry three words of content.
fn longest_clause(
    mine: &Terms,
    range: Range<usize>,
    theirs: &Terms,
    index: &HashMap<[u32; CLAUSE], usize>,
) -> Option<(Range<usize>, Range<usize>)> {
    let words: Vec<usize> = range.filter(|&i| mine.all[i].class != Class::Mark).collect();
    let mut best: Option<(usize, Range<usize>, Range<usize>)> = None;
    let mut at = 0;
    while at + CLAUSE <= words.len() {
        let key = std::array::from_fn(|k| mine.all[words[at + k]].word);
        let Some(&start) = index.get(&key) else {
            at += 1;
            continue;
        };
        let others: Vec<usize> = (start..theirs.all.len()).filter(|&i| theirs.all[i].class != Class::Mark).take(words.len() - at).collect();
        let length = words[at..].iter().zip(&others).take_while(|(a, b)| mine.all[**a].word == theirs.all[**b].word).count();
        let telling = words[at..at + length].iter().filter(|&&i| mine.all[i].class != Class::Function).count() >= 3;
        if telling && best.as_ref().is_none_or(|(longest, ..)| length > *longest) {
            let span = |terms: &Terms, words: &[usize]| terms.all[words[0]].tokens.start..terms.all[words[length - 1]].tokens.end;
            best = Some((length, span(mine, &words[at..]), span(theirs, &others)));
        }
        at += length.max(1);
    }
    best.map(|(_, mine, theirs)| (mine, theirs))
}
