//! Quotations of one version held against their counterparts in the other: identical, dressed otherwise, cut short, bracketed,
//! altered, or told without quotation marks.
//!
//! A quotation is looked at sentence by sentence. Where its sentence is in a row, the edits of the row tell what became of its
//! words; a quotation that finds no counterpart there is looked for among those of the whole other text, for a quotation
//! survives when the sentence around it does not.

use super::diff;
use super::edit::{Edit, Kind, Level};
use super::flag::{Flag, FlagKind};
use super::rows::{Row, Sides, Step, steps};
use super::term::{Class, Pair, Run, Side};

use crate::text::{Sentence, TokenKind, fold, name, quote};
use rustc_hash::FxHashMap as HashMap;
use std::ops::Range;

/// Sets the flags on quotations in all rows.
pub(super) fn flag(sides: Sides, rows: &mut [Row]) {
    let quoted = sides.sides.map(Quoted::new);
    if quoted.iter().all(|side| side.pieces.is_empty()) {
        return;
    }
    let mut met = [0, 1].map(|side| vec![false; quoted[side].pieces.len()]);
    for row in rows.iter_mut().filter(|row| !row.left.is_empty() && !row.right.is_empty()) {
        let found = Meetings::of(sides, row, &quoted);
        found.mark(&mut met);
        if sides.counts(0, row.left.start) && sides.counts(1, row.right.start) {
            let flags = found.flags(sides, row, &quoted);
            row.flags.extend(flags);
        }
    }
    let rows_of = super::rows::rows_of(rows, 0);
    for (sentence, flag) in distant(sides, &quoted, &met) {
        if let Some(&row) = rows_of.get(&sentence) {
            rows[row].flags.push(flag);
        }
    }
}

/// The part of a quotation that lies in one sentence.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    pub(super) sentence: usize,
    pub(super) tokens: Range<usize>,
    pub(super) words: usize,
    /// Whether its marks pair off.
    pub(super) closed: bool,
}

/// The quotations of one side, cut at the ends of sentences.
pub(super) struct Quoted {
    pub(super) pieces: Vec<Piece>,
    /// For each token the outermost piece that it is in.
    pub(super) of_token: Vec<Option<usize>>,
    /// For each sentence whether a mark is astray in its block, so that nobody knows what is quoted there.
    pub(super) astray: Vec<bool>,
}

impl Quoted {
    pub(super) fn new(side: Side) -> Self {
        let Side { raw, text } = side;
        let quotations = quote::quotations(raw, text);
        let mut quoted = Quoted { pieces: Vec::new(), of_token: vec![None; text.tokens.len()], astray: astray(side, &quotations) };
        let outermost = quotations.into_iter().filter(|q| !q.nested);
        for quotation in outermost {
            let mut start = quotation.tokens.start;
            while start < quotation.tokens.end {
                let sentence = text.sentences.partition_point(|s| s.tokens.end <= start);
                let end = text.sentences.get(sentence).map_or(quotation.tokens.end, |s| s.tokens.end.min(quotation.tokens.end));
                let words = text.tokens[start..end].iter().filter(|t| t.kind != TokenKind::Mark).count();
                if words > 0 && quoted.of_token[start].is_none() {
                    quoted.of_token[start..end].fill(Some(quoted.pieces.len()));
                    quoted.pieces.push(Piece { sentence, tokens: start..end, words, closed: quotation.closed });
                }
                start = end.max(start + 1);
            }
        }
        quoted
    }

    /// The pieces of some sentences, with their numbers; pieces stand in the order of the text.
    pub(super) fn of_sentences(&self, sentences: Range<usize>) -> impl Iterator<Item = (usize, &Piece)> {
        let first = self.pieces.partition_point(|piece| piece.sentence < sentences.start);
        (first..).zip(&self.pieces[first..]).take_while(move |(_, piece)| piece.sentence < sentences.end)
    }

    /// The piece that all of some tokens are in.
    fn piece(&self, tokens: &Range<usize>) -> Option<usize> {
        let first = self.of_token[tokens.start]?;
        (self.of_token[tokens.end - 1] == Some(first)).then_some(first)
    }
}

/// For each sentence of a text whether the double marks of its block do not pair off, other than by going on in the next one.
fn astray(side: Side, quotations: &[quote::Quotation]) -> Vec<bool> {
    let blocks = side.text.sentences.chunk_by(|a, b| a.block == b.block);
    let odd = |sentences: &[Sentence]| {
        let tokens = sentences[0].tokens.start..sentences[sentences.len() - 1].tokens.end;
        let marks = side.text.tokens[tokens.clone()].iter().filter(|t| matches!(t.span.of(side.raw), "\"" | "“" | "”" | "«" | "»" | "„"));
        marks.count() % 2 == 1 && !quotations.iter().any(|q| q.closed && q.tokens.end == tokens.end)
    };
    blocks.flat_map(|sentences| std::iter::repeat_n(odd(sentences), sentences.len())).collect()
}

/// What became of the words of a left and a right piece that meet in a row. One of the two may be no quotation.
#[derive(Debug, Default)]
struct Meeting {
    /// Words that are the same on both sides, form aside.
    same: usize,
    /// Of those, words that carry news.
    telling: usize,
    /// Edits beyond form inside both pieces.
    altered: Vec<usize>,
    /// Words on the quoted side that stand against other words outside quotation marks.
    retold: usize,
}

/// How alike sentences must be in which a quoted word or two stand for each other.
const FRAMED: f64 = 0.3;

impl Meeting {
    /// Whether two quotations that meet are versions of one: they share most words of the shorter, or are a word or two that stand for
    /// each other in sentences that are otherwise alike.
    fn is_of_one(&self, pieces: [&Piece; 2], likeness: f64) -> bool {
        let (shorter, longer) = (pieces[0].words.min(pieces[1].words), pieces[0].words.max(pieces[1].words));
        // Of a few words one that carries news may be in another quotation by chance.
        let told = self.telling >= 2 || longer <= 2 * shorter;
        self.same * 10 >= shorter * 6 && told || longer <= 2 && likeness >= FRAMED
    }
}

/// The meetings of one row, by left and right piece; `None` stands for words outside quotations.
struct Meetings(HashMap<(Option<usize>, Option<usize>), Meeting>);

impl Meetings {
    fn of(sides: Sides, row: &Row, quoted: &[Quoted; 2]) -> Self {
        let runs = [(0, &row.left), (1, &row.right)].map(|(side, sentences)| sides.run(side, sentences.clone()));
        let tokens = runs.map(|run| run.tokens().unwrap_or(0..0));
        let mut meetings = Meetings(HashMap::default());
        let (mut last_left, mut last_right) = (None, None);
        for step in steps(tokens[0].clone(), tokens[1].clone(), &row.edits) {
            match step {
                Step::Same(left, right) => {
                    meetings.same(sides, quoted, left..left + 1, right..right + 1);
                    (last_left, last_right) = (Some(left), Some(right));
                }
                Step::Differs(index) => {
                    let edit = &row.edits[index];
                    let (Some(left), Some(right)) = (edit.left.clone(), edit.right.clone()) else { continue };
                    if edit.kind.level() == Level::Form && !is_other_value(sides, &left, &right) {
                        meetings.same(sides, quoted, left.clone(), right.clone());
                    } else {
                        meetings.exchanged(index, &left, &right, quoted);
                    }
                    (last_left, last_right) = (Some(left.end - 1), Some(right.end - 1));
                }
                Step::Left(index) => meetings.one_sided(sides, quoted, row, index, last_right),
                Step::Right(index) => meetings.one_sided(sides, quoted, row, index, last_left),
            }
        }
        meetings
    }

    fn at(&mut self, left: Option<usize>, right: Option<usize>) -> &mut Meeting {
        self.0.entry((left, right)).or_default()
    }

    fn same(&mut self, sides: Sides, quoted: &[Quoted; 2], left: Range<usize>, right: Range<usize>) {
        let text = sides.sides[0].text;
        let words = text.tokens[left.clone()].iter().filter(|t| t.kind != TokenKind::Mark).count();
        let pieces = [(0, &left), (1, &right)].map(|(side, range)| quoted[side].of_token[range.start]);
        if words == 0 || pieces == [None, None] {
            return;
        }
        let telling = sides.terms[0].at(left.start).is_some_and(|t| !matches!(t.class, Class::Mark | Class::Function));
        let meeting = self.at(pieces[0], pieces[1]);
        meeting.same += words;
        meeting.telling += usize::from(telling);
    }

    /// Words of the left that stand for other words on the right.
    fn exchanged(&mut self, edit: usize, left: &Range<usize>, right: &Range<usize>, quoted: &[Quoted; 2]) {
        match (quoted[0].piece(left), quoted[1].piece(right)) {
            (None, None) => {}
            (Some(l), Some(r)) => self.at(Some(l), Some(r)).altered.push(edit),
            (l, r) => self.at(l, r).retold += if l.is_some() { left.len() } else { right.len() },
        }
    }

    /// Words of one side alone: an alteration where the other side's quotation goes on around the place where they are missing.
    fn one_sided(&mut self, sides: Sides, quoted: &[Quoted; 2], row: &Row, index: usize, last: Option<usize>) {
        let edit = &row.edits[index];
        let side = usize::from(edit.left.is_none() || (edit.kind == Kind::Order && last.is_none()));
        let Some(mine) = (if side == 0 { edit.left.clone() } else { edit.right.clone() }) else { return };
        let other = &quoted[1 - side];
        let around = last.filter(|&at| goes_on(sides, 1 - side, other, at + 1)).and_then(|at| other.piece(&(at..at + 2)));
        let (Some(own), Some(theirs), Some(at)) = (quoted[side].piece(&mine), around, last) else { return };
        if is_owned_up(sides.sides[1 - side], &(at..at + 1)) {
            return;
        }
        let text = sides.sides[side];
        let marks = text.text.tokens[mine.clone()].iter().all(|t| t.kind == TokenKind::Mark);
        if !marks && edit.kind.level() != Level::Form && !is_owned_up(sides.sides[side], &mine) {
            let (left, right) = if side == 0 { (own, theirs) } else { (theirs, own) };
            self.at(Some(left), Some(right)).altered.push(index);
        }
    }

    /// Notes which pieces found a counterpart.
    fn mark(&self, met: &mut [Vec<bool>; 2]) {
        for ((left, right), meeting) in &self.0 {
            if meeting.same + meeting.altered.len() + meeting.retold > 0 {
                left.iter().for_each(|&l| met[0][l] = true);
                right.iter().for_each(|&r| met[1][r] = true);
            }
        }
    }

    fn flags(&self, sides: Sides, row: &Row, quoted: &[Quoted; 2]) -> Vec<Flag> {
        let pair = Pair { left: sides.run(0, row.left.clone()), right: sides.run(1, row.right.clone()) };
        let mut found: Vec<_> = self.0.iter().collect();
        found.sort_by_key(|(key, _)| **key);
        let flags = found.into_iter().filter_map(|(pieces, meeting)| match *pieces {
            (Some(left), Some(right)) => {
                let pieces = [&quoted[0].pieces[left], &quoted[1].pieces[right]];
                altered(sides, pair, row, meeting).filter(|_| meeting.is_of_one(pieces, row.similarity))
            }
            (Some(left), None) => self.boundary(pair, 0, left, quoted, meeting),
            (None, Some(right)) => self.boundary(pair, 1, right, quoted, meeting),
            (None, None) => None,
        });
        let mut flags: Vec<Flag> = flags.collect();
        flags.extend([0, 1].into_iter().flat_map(|side| self.in_place(pair, row, side, quoted)));
        let astray = [0, 1].iter().any(|&side| quoted[side].astray[row.sentences(side)].contains(&true));
        flags.retain(|flag| !(astray && flag.kind == FlagKind::QuoteBoundary));
        flags
    }

    /// Quotations of three words and more that the other side has word by word elsewhere in the row, outside quotations.
    fn in_place(&self, pair: Pair, row: &Row, side: usize, quoted: &[Quoted; 2]) -> Vec<Flag> {
        let (own, other) = if side == 0 { (pair.left, pair.right) } else { (pair.right, pair.left) };
        let words =
            |run: Run<'_>| run.terms.iter().filter(|t| t.class != Class::Mark).map(|t| (t.word, t.tokens.start)).collect::<Vec<_>>();
        let there: Vec<u32> =
            words(other).into_iter().filter(|(_, at)| quoted[1 - side].of_token[*at].is_none()).map(|(word, _)| word).collect();
        let same = |index: usize| self.0.iter().any(|(key, m)| (if side == 0 { key.0 } else { key.1 }) == Some(index) && m.same > 0);
        let here = quoted[side].of_sentences(row.sentences(side)).filter(|(index, _)| !same(*index));
        let told = here.filter(|(_, piece)| {
            let inside: Vec<u32> = words(own.part(own.terms_of(&piece.tokens))).into_iter().map(|(word, _)| word).collect();
            inside.len() >= 3 && there.windows(inside.len()).any(|run| run == inside)
        });
        told.map(|(_, piece)| without_marks(own, side, piece, true)).collect()
    }

    /// Words quoted on one side and told without quotation marks on the other.
    fn boundary(&self, pair: Pair, side: usize, piece: usize, quoted: &[Quoted; 2], outside: &Meeting) -> Option<Flag> {
        let own = |key: &(Option<usize>, Option<usize>)| {
            if side == 0 { key.0 == Some(piece) && key.1.is_some() } else { key.1 == Some(piece) && key.0.is_some() }
        };
        let inside: usize = self.0.iter().filter(|(key, _)| own(key)).map(|(_, m)| m.same + m.altered.len()).sum();
        let piece = &quoted[side].pieces[piece];
        let told = outside.same + outside.retold;
        let verbatim = match inside {
            0 => outside.telling > 0 && outside.same * 10 >= piece.words * 8,
            _ => outside.telling >= 1 && outside.same >= 4,
        };
        let retold = inside == 0 && outside.telling >= 2 && outside.same * 3 >= piece.words * 2 && told * 10 >= piece.words * 8;
        let enough = piece.closed && (verbatim || retold);
        let run = if side == 0 { pair.left } else { pair.right };
        (enough && !is_title(run, &piece.tokens)).then(|| without_marks(run, side, piece, verbatim))
    }
}

/// Whether a quotation has words from some token on, not only the signs that end it.
fn goes_on(sides: Sides, side: usize, quoted: &Quoted, from: usize) -> bool {
    let piece = quoted.of_token.get(from).copied().flatten().map(|piece| &quoted.pieces[piece]);
    piece.is_some_and(|piece| sides.sides[side].text.tokens[from..piece.tokens.end].iter().any(|t| t.kind != TokenKind::Mark))
}

/// The flag on a quotation that the other side tells without quotation marks. The marks are what differs, so the mark that
/// opens it is the evidence.
fn without_marks(run: Run, side: usize, piece: &Piece, verbatim: bool) -> Flag {
    let (here, there) = (["left", "right"][side], ["right", "left"][side]);
    let words = super::flag::quoted(run, &piece.tokens);
    let told = if verbatim { "stand" } else { "are told, partly in other words," };
    let why = format!("words quoted on the {here} {told} without quotation marks on the {there}: {words}");
    let tokens = Some(piece.tokens.start.saturating_sub(1)..piece.tokens.start);
    let [left, right] = if side == 0 { [tokens, None] } else { [None, tokens] };
    Flag { kind: FlagKind::QuoteBoundary, left, right, why }
}

/// The name of a book or a film in quotation marks: its words have capitals, and nobody says them.
pub(super) fn is_title(run: Run, tokens: &Range<usize>) -> bool {
    let part = run.part(run.terms_of(tokens));
    let words: Vec<&str> = super::edit::content(part.terms).map(|t| run.side.text.tokens[t.tokens.start].span.of(run.side.raw)).collect();
    !words.is_empty() && words.iter().all(|word| word.starts_with(|c: char| c.is_uppercase() || c.is_numeric()))
}

/// Dates and figures that say the same in other words, `this morning` and `today`: in a quotation these are other words.
fn is_other_value(sides: Sides, left: &Range<usize>, right: &Range<usize>) -> bool {
    let word = |side: usize, tokens: &Range<usize>| sides.terms[side].at(tokens.start).filter(|t| t.value.is_some()).map(|t| t.word);
    word(0, left).zip(word(1, right)).is_some_and(|(l, r)| l != r)
}

/// Whether a speaker's words were cut or completed in the open: by brackets or by dots.
pub(super) fn is_owned_up(side: Side, tokens: &Range<usize>) -> bool {
    let word = |at: usize| side.text.tokens.get(at).map_or("", |t| t.span.of(side.raw));
    let sign = |word: &str| matches!(word, "[" | "]" | "(" | ")" | "…" | "...");
    let inside = tokens.clone().any(|at| sign(word(at)));
    // Quotation marks between the words and the dots do not matter.
    let mark = |word: &str| matches!(word, "“" | "”" | "\"" | "‘" | "’" | "'");
    let before = (0..tokens.start).rev().map(word).find(|word| !mark(word));
    let after = (tokens.end..side.text.tokens.len()).map(word).find(|word| !mark(word));
    inside || before.is_some_and(sign) || after.is_some_and(sign)
}

/// The flag on two quotations in which words differ beyond form.
fn altered(sides: Sides, pair: Pair, row: &Row, meeting: &Meeting) -> Option<Flag> {
    let edits: Vec<&Edit> = meeting.altered.iter().map(|&index| &row.edits[index]).filter(|edit| !is_bracketed(sides, edit)).collect();
    altered_words(pair, &edits)
}

/// Whether some edits together change the dress alone, of words that were cut in other places or are misspelt: `no- nonsense`
/// and `no-nonsense`.
fn is_of_form(pair: Pair, edits: &[&Edit]) -> bool {
    let words = |run: Run<'_>, range: fn(&Edit) -> &Option<Range<usize>>| {
        let mut tokens: Vec<usize> = edits.iter().filter_map(|edit| range(edit).clone()).flatten().collect();
        tokens.sort_unstable();
        tokens.into_iter().map(|at| run.side.text.tokens[at].span.of(run.side.raw).to_string()).collect::<Vec<_>>()
    };
    let (left, right) = (words(pair.left, |edit| &edit.left), words(pair.right, |edit| &edit.right));
    let joined = |words: &[String]| fold::joined(words.iter().map(String::as_str));
    let misspelt = matches!((&left[..], &right[..]), ([l], [r]) if super::edit::is_misspelt(l, r) || is_capital(l) && is_capital(r) && name::is_misspelt(&[l], &[r]));
    // A misspelt name raises a flag of its own.
    let moved = edits.iter().any(|edit| edit.kind == Kind::Order);
    misspelt || !moved && !left.is_empty() && joined(&left) == joined(&right)
}

fn is_capital(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
}

/// Whether the words of an edit stand in brackets on one side.
fn is_bracketed(sides: Sides, edit: &Edit) -> bool {
    let bracketed =
        |side: usize, tokens: &Option<Range<usize>>| tokens.as_ref().is_some_and(|tokens| is_owned_up(sides.sides[side], tokens));
    bracketed(0, &edit.left) || bracketed(1, &edit.right)
}

/// A flag that names the words which differ, with the weightiest of them as its evidence; `None` where none do.
fn altered_words(pair: Pair, edits: &[&Edit]) -> Option<Flag> {
    if is_of_form(pair, edits) {
        return None;
    }
    let size =
        |edit: &Edit| edit.left.as_ref().map_or(0, ExactSizeIterator::len).max(edit.right.as_ref().map_or(0, ExactSizeIterator::len));
    let weight =
        |edit: &Edit| (edit.kind != Kind::FunctionWord, edit.left.is_some() && edit.right.is_some(), edit.kind.level(), size(edit));
    let weightiest = edits.iter().rev().max_by_key(|edit| weight(edit))?;
    let words = |run: Run, tokens: &Option<Range<usize>>| {
        tokens.as_ref().map_or(String::from("nothing"), |tokens| super::flag::quoted(run, tokens))
    };
    let named: Vec<String> =
        edits.iter().take(4).map(|edit| format!("{} / {}", words(pair.left, &edit.left), words(pair.right, &edit.right))).collect();
    let more = if edits.len() > 4 { format!(" and {} more", edits.len() - 4) } else { String::new() };
    Some(Flag {
        kind: FlagKind::QuoteAltered,
        left: weightiest.left.clone(),
        right: weightiest.right.clone(),
        why: format!("words inside a quotation differ: {}{more}", named.join(", ")),
    })
}

// --- Over a distance ------------------------------------------------------------------------------------------------

/// The fewest words of a quotation that is looked for in the whole other text.
const LONG: usize = 5;
/// How much of the rarer stems two quotations must share to be versions of each other.
const ALIKE: f64 = 0.5;
/// A stem in more quotations than this finds none.
const COMMON: usize = 20;

/// Quotations without a counterpart in their row that stand, altered, somewhere else: the left sentence and the flag.
fn distant(sides: Sides, quoted: &[Quoted; 2], met: &[Vec<bool>; 2]) -> Vec<(usize, Flag)> {
    let counts = |side: usize, piece: &Piece| sides.counts(side, piece.sentence);
    let lonely = |side: usize| {
        let pieces = quoted[side].pieces.iter().enumerate();
        pieces.filter(move |(i, piece)| !met[side][*i] && piece.words >= LONG && counts(side, piece)).map(|(_, piece)| piece)
    };
    let right: Vec<(&Piece, Vec<u32>)> = lonely(1).map(|piece| (piece, stems(sides, 1, piece))).collect();
    let mut index: HashMap<u32, Vec<usize>> = HashMap::default();
    for (number, (_, stems)) in right.iter().enumerate() {
        stems.iter().for_each(|stem| index.entry(*stem).or_default().push(number));
    }
    let mut found = Vec::new();
    for piece in lonely(0) {
        let mine = stems(sides, 0, piece);
        let mut shared: HashMap<usize, usize> = HashMap::default();
        for place in mine.iter().filter_map(|stem| index.get(stem)).filter(|places| places.len() <= COMMON).flatten() {
            *shared.entry(*place).or_default() += 1;
        }
        let likeness = |(number, n): (usize, usize)| 2.0 * n as f64 / (mine.len() + right[number].1.len()) as f64;
        let best = shared.into_iter().max_by(|a, b| likeness(*a).total_cmp(&likeness(*b)).then(b.0.cmp(&a.0)));
        if let Some(best) = best.filter(|best| likeness(*best) >= ALIKE) {
            let other = right[best.0].0;
            found.extend(compared(sides, piece, other).map(|flag| (piece.sentence, flag)));
        }
    }
    found
}

/// The different stems of a quotation that carry news.
fn stems(sides: Sides, side: usize, piece: &Piece) -> Vec<u32> {
    let run = of_piece(sides, side, piece);
    let mut stems: Vec<u32> = super::edit::content(run.terms).map(|t| t.stem).collect();
    stems.sort_unstable();
    stems.dedup();
    stems
}

fn of_piece<'a>(sides: Sides<'a>, side: usize, piece: &Piece) -> Run<'a> {
    let run = sides.run(side, piece.sentence..piece.sentence + 1);
    run.part(run.terms_of(&piece.tokens))
}

/// The flag on two quotations that stand in different rows: words cut at their ends are no alteration.
fn compared(sides: Sides, left: &Piece, right: &Piece) -> Option<Flag> {
    let pair = Pair { left: of_piece(sides, 0, left), right: of_piece(sides, 1, right) };
    let edits = diff::edits(pair);
    let cut = |edit: &Edit| match (&edit.left, &edit.right) {
        (Some(l), None) => l.start == left.tokens.start || l.end + 1 >= left.tokens.end,
        (None, Some(r)) => r.start == right.tokens.start || r.end + 1 >= right.tokens.end,
        _ => false,
    };
    if super::rows::similarity(pair, &edits) < ALIKE {
        return None;
    }
    let deep: Vec<&Edit> = edits.iter().filter(|e| e.kind.level() > Level::Form && !cut(e) && !is_bracketed(sides, e)).collect();
    altered_words(pair, &deep)
}
