//! A collation and a width to lines: side by side with both sides level, or in one column as tracked changes.
//!
//! Wrapping depends on the texts and the width alone, painting on the levels that are on; so switching a level wraps nothing anew.

use crate::collate::{Collation, Edit, Kind, Level, Levels, Row, RowKind, Side, Step, steps};
use crate::text::{Span, width};
use std::collections::HashSet;
use std::ops::Range;

/// How a piece of text is to be seen. The theme decides on colours and signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Paint {
    /// As it is.
    Plain,
    /// Page furniture and boilerplate.
    Quiet,
    /// Differs in typography alone.
    Dressed,
    /// Differs from the other side at this level.
    Differs(Level),
    /// Raises a flag, although it is the same on both sides or differs in form alone.
    Flagged,
    /// Words that only this side has, in a sentence that both have.
    Extra,
    /// In a sentence that only this side has.
    Alone,
    /// In such a sentence, a clause that the other side has somewhere.
    Shared,
}

/// Some text of one side: never more than one line of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece {
    /// 0 for the left text, 1 for the right.
    pub side: usize,
    /// Its bytes in that text.
    pub span: Span,
    /// How it is to be seen.
    pub paint: Paint,
    /// The edit of the row that it belongs to.
    pub edit: Option<usize>,
    /// Whether a blank stands before it although the spans do not show one.
    pub spaced: bool,
}

/// One line on the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The row of the collation that it shows.
    pub row: usize,
    /// Whether it is the first line of its row.
    pub first: bool,
    /// What it shows.
    pub body: Body,
}

/// What a line shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Body {
    /// The left and the right text beside each other.
    Sides([Vec<Piece>; 2]),
    /// Both texts in one column.
    Inline(Vec<Piece>),
    /// The gap between two paragraphs.
    Gap,
    /// Rows that are folded away, or the head of rows that were unfolded.
    Fold {
        /// The rows.
        rows: Range<usize>,
        /// Why they are folded.
        why: Folded,
        /// How many sentences they have.
        sentences: usize,
    },
    /// The place on the right of a row that is shown elsewhere, where the left has it.
    Stub {
        /// The first words of the moved row.
        words: Span,
    },
}

/// Why rows are folded away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Folded {
    /// Nothing differs in them at the levels that are on.
    Same,
    /// Page furniture and boilerplate that one side alone has.
    Furniture(usize),
}

/// How rows are to be laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Setting {
    /// Cells of one column: of each side, or of the one column of the inline form.
    pub width: usize,
    /// One column instead of two.
    pub inline: bool,
    /// The levels that are on.
    pub levels: Levels,
    /// Whether what nobody needs to read is folded away.
    pub folded: bool,
    /// Whether sentences are shown whole; else one line of each.
    pub wrapped: bool,
}

/// The fewest unchanged rows that are folded away.
const FOLD: usize = 3;

/// The lines of a collation. `unfolded` holds the first rows of folds that the reader opened.
pub fn lines(sides: [Side; 2], collation: &Collation, setting: Setting, unfolded: &HashSet<usize>) -> Vec<Line> {
    let mut layout = Layout { sides, setting, lines: Vec::new() };
    let stubs = stubs(collation);
    let mut at = 0;
    while at < collation.rows.len() {
        let fold = fold_at(sides, collation, setting, at);
        match fold {
            Some((rows, why)) if rows.start == at => {
                layout.gap(&collation.rows, at);
                layout.fold(&collation.rows, rows.clone(), why);
                let open = unfolded.contains(&rows.start);
                for row in rows.clone().filter(|_| open) {
                    layout.row(&collation.rows, row, &stubs);
                }
                at = rows.end;
            }
            _ => {
                layout.row(&collation.rows, at, &stubs);
                at += 1;
            }
        }
    }
    layout.lines
}

/// The fold that begins at a row.
fn fold_at(sides: [Side; 2], collation: &Collation, setting: Setting, at: usize) -> Option<(Range<usize>, Folded)> {
    if !setting.folded {
        return None;
    }
    let run = |from: usize, fits: &dyn Fn(&Row) -> bool| collation.rows[from..].iter().take_while(|row| fits(row)).count();
    let same = |row: &Row| row.is_same_at(setting.levels) && !row.moved;
    // One row of context stays before and behind what is folded away.
    let before = at > 0 && same(&collation.rows[at - 1]) || at == 0;
    let length = run(at, &same);
    let last = at + length == collation.rows.len();
    let inner = if last { length } else { length.saturating_sub(1) };
    if before && inner >= FOLD && (at == 0 || at == 1 || !same(&collation.rows[at - 2])) {
        return Some((at..at + inner, Folded::Same));
    }
    let side = match collation.rows[at].kind {
        RowKind::Omitted => 0,
        RowKind::Added => 1,
        _ => return None,
    };
    let furniture = |row: &Row| row.kind == collation.rows[at].kind && !sides[side].text.counts(row.sentences(side).start);
    let length = run(at, &furniture);
    let begins = at == 0 || !furniture(&collation.rows[at - 1]);
    (begins && length >= FOLD).then_some((at..at + length, Folded::Furniture(side)))
}

/// For every row: the moved rows whose right sentences stand directly before the row's own on the right.
fn stubs(collation: &Collation) -> Vec<Vec<usize>> {
    let mut places: Vec<(usize, usize)> =
        collation.rows.iter().enumerate().filter(|(_, r)| !r.moved && !r.right.is_empty()).map(|(i, r)| (r.right.start, i)).collect();
    places.sort_unstable();
    let mut stubs = vec![Vec::new(); collation.rows.len() + 1];
    let mut moved: Vec<(usize, usize)> =
        collation.rows.iter().enumerate().filter(|(_, r)| r.moved).map(|(i, r)| (r.right.start, i)).collect();
    moved.sort_unstable();
    for (start, row) in moved {
        let next = places.partition_point(|(right, _)| *right < start);
        let place = places.get(next).map_or(collation.rows.len(), |(_, row)| *row);
        stubs[place].push(row);
    }
    stubs
}

struct Layout<'a> {
    sides: [Side<'a>; 2],
    setting: Setting,
    lines: Vec<Line>,
}

impl Layout<'_> {
    fn row(&mut self, rows: &[Row], index: usize, stubs: &[Vec<usize>]) {
        let row = &rows[index];
        self.gap(rows, index);
        stubs[index].iter().for_each(|&moved| self.stub(rows, moved));
        let bodies = if self.setting.inline { self.inline(row) } else { self.parallel(row) };
        for (n, body) in bodies.into_iter().enumerate() {
            self.lines.push(Line { row: index, first: n == 0, body });
        }
        if index + 1 == rows.len() {
            stubs[rows.len()].iter().for_each(|&moved| self.stub(rows, moved));
        }
    }

    /// A blank line where a new paragraph begins on the side that leads.
    fn gap(&mut self, rows: &[Row], index: usize) {
        let lead = |row: &Row| if row.left.is_empty() { (1, row.right.start) } else { (0, row.left.start) };
        let begins = |(side, sentence): (usize, usize)| {
            let sentences = &self.sides[side].text.sentences;
            sentence == 0 || sentences[sentence].block != sentences[sentence - 1].block
        };
        let turns = index > 0 && lead(&rows[index - 1]).0 != lead(&rows[index]).0;
        if !self.lines.is_empty() && (begins(lead(&rows[index])) || turns) && self.lines.last().is_some_and(|l| l.body != Body::Gap) {
            self.lines.push(Line { row: index, first: false, body: Body::Gap });
        }
    }

    fn fold(&mut self, rows: &[Row], range: Range<usize>, why: Folded) {
        let sentences = rows[range.clone()].iter().map(|r| r.left.len().max(r.right.len())).sum();
        self.lines.push(Line { row: range.start, first: true, body: Body::Fold { rows: range, why, sentences } });
    }

    fn stub(&mut self, rows: &[Row], moved: usize) {
        let words = self.sides[1].text.sentences[rows[moved].right.start].span;
        self.lines.push(Line { row: moved, first: false, body: Body::Stub { words } });
    }

    // --- Side by side -----------------------------------------------------------------------------------------------

    fn parallel(&self, row: &Row) -> Vec<Body> {
        let [left, right] = [0, 1].map(|side| self.column(row, side));
        let height = left.len().max(right.len());
        let line = |lines: &[Vec<Piece>], n: usize| lines.get(n).cloned().unwrap_or_default();
        (0..height).map(|n| Body::Sides([line(&left, n), line(&right, n)])).collect()
    }

    /// The lines of one side of a row; none where that side has no sentence.
    fn column(&self, row: &Row, side: usize) -> Vec<Vec<Piece>> {
        let Some(span) = span_of(self.sides[side], row.sentences(side)) else { return Vec::new() };
        let marks = self.marks(row, side);
        let mut lines = width::wrap(self.sides[side].raw, span, self.setting.width, 0);
        lines.truncate(if self.setting.wrapped { usize::MAX } else { 1 });
        lines.into_iter().map(|line| cut(line, side, self.ground(row, side), &marks)).collect()
    }

    /// What the text of a row looks like where nothing is marked.
    fn ground(&self, row: &Row, side: usize) -> Paint {
        let counts = self.sides[side].text.counts(row.sentences(side).start);
        match row.kind {
            _ if !counts => Paint::Quiet,
            RowKind::Omitted | RowKind::Added => Paint::Alone,
            _ => Paint::Plain,
        }
    }

    /// The marked spans of one side of a row, in order.
    fn marks(&self, row: &Row, side: usize) -> Vec<(Span, Paint, Option<usize>)> {
        let mut marks: Vec<_> = row
            .edits
            .iter()
            .enumerate()
            .filter(|(_, e)| self.setting.levels.has(e.kind.level()))
            .filter_map(|(i, e)| Some((self.tokens(side, range(e, side)?), paint(e), Some(i))))
            .collect();
        if self.setting.levels.has(Level::Substance) {
            let tokens = row.flags.iter().filter_map(|flag| if side == 0 { flag.left.clone() } else { flag.right.clone() });
            let spans = tokens.map(|tokens| self.tokens(side, tokens)).collect::<Vec<_>>();
            let marked = |span: &Span, marks: &[(Span, Paint, Option<usize>)]| marks.iter().any(|(other, ..)| other.overlaps(*span));
            for span in spans {
                if !marked(&span, &marks) {
                    marks.push((span, Paint::Flagged, None));
                }
            }
        }
        if let Some(shared) = &row.shared {
            let tokens = if side == 0 { shared.0.clone() } else { shared.1.clone() };
            let mine = (row.kind == RowKind::Omitted) == (side == 0);
            marks.extend(mine.then(|| (self.tokens(side, tokens), Paint::Shared, None)));
        }
        marks.sort_by_key(|(span, ..)| *span);
        marks
    }

    fn tokens(&self, side: usize, range: Range<usize>) -> Span {
        let tokens = &self.sides[side].text.tokens;
        tokens[range.start].span.to(tokens[range.end - 1].span)
    }

    // --- In one column ----------------------------------------------------------------------------------------------

    /// Tracked changes: what only the left has, then what only the right has, at the place where they stand for each other.
    fn inline(&self, row: &Row) -> Vec<Body> {
        let parts = match row.kind {
            RowKind::Omitted => self.whole(row, 0),
            RowKind::Added => self.whole(row, 1),
            _ => self.merged(row),
        };
        let mut lines = flow(&self.sides, &parts, self.setting.width);
        lines.truncate(if self.setting.wrapped { usize::MAX } else { 1 });
        lines.into_iter().map(Body::Inline).collect()
    }

    fn whole(&self, row: &Row, side: usize) -> Vec<Piece> {
        span_of(self.sides[side], row.sentences(side))
            .map_or_else(Vec::new, |span| cut(span, side, self.ground(row, side), &self.marks(row, side)))
    }

    fn merged(&self, row: &Row) -> Vec<Piece> {
        let tokens = [0, 1].map(|side| {
            let sentences = &self.sides[side].text.sentences[row.sentences(side)];
            sentences.first().map_or(0, |s| s.tokens.start)..sentences.last().map_or(0, |s| s.tokens.end)
        });
        let mut parts = Vec::new();
        for step in steps(tokens[0].clone(), tokens[1].clone(), &row.edits) {
            match step {
                Step::Same(left, _) => self.push(&mut parts, 0, left..left + 1, self.ground(row, 0), None),
                Step::Differs(edit) => self.push_edit(&mut parts, row, edit, [true, true]),
                Step::Left(edit) => self.push_edit(&mut parts, row, edit, [true, false]),
                Step::Right(edit) => self.push_edit(&mut parts, row, edit, [false, true]),
            }
        }
        parts
    }

    /// The sides of an edit that stand here.
    fn push_edit(&self, parts: &mut Vec<Piece>, row: &Row, index: usize, sides: [bool; 2]) {
        let edit = &row.edits[index];
        let shown = self.setting.levels.has(edit.kind.level());
        let paint = if shown { paint(edit) } else { self.ground(row, 0) };
        // One of two marks that differ in shape alone is enough to read on; and of a level that is off the left alone is shown.
        let left_is_enough = edit.left.is_some() && (!shown || edit.kind == Kind::Typography);
        if let Some(left) = edit.left.clone().filter(|_| sides[0]) {
            self.push(parts, 0, left, paint, shown.then_some(index));
        }
        if let Some(right) = edit.right.clone().filter(|_| sides[1] && shown && !left_is_enough) {
            self.push(parts, 1, right, paint, Some(index));
        }
    }

    fn push(&self, parts: &mut Vec<Piece>, side: usize, tokens: Range<usize>, paint: Paint, edit: Option<usize>) {
        let span = self.tokens(side, tokens);
        let raw = self.sides[side].raw;
        let gap = raw[..span.start].ends_with(char::is_whitespace);
        match parts.last_mut() {
            Some(last)
                if last.side == side && last.paint == paint && last.edit == edit && raw[last.span.end..span.start].trim().is_empty() =>
            {
                last.span.end = span.end;
            }
            last => {
                let changes = last.as_ref().is_some_and(|l| l.side != side && l.edit == edit && edit.is_some());
                let spaced = last.is_some() && (gap || changes);
                parts.push(Piece { side, span, paint, edit, spaced });
            }
        }
    }
}

/// How the words of an edit are to be seen.
pub fn paint(edit: &Edit) -> Paint {
    match edit.kind {
        Kind::Addition | Kind::Omission => Paint::Extra,
        Kind::Typography => Paint::Dressed,
        kind => Paint::Differs(kind.level()),
    }
}

/// The tokens of one side of an edit.
pub fn range(edit: &Edit, side: usize) -> Option<Range<usize>> {
    if side == 0 { edit.left.clone() } else { edit.right.clone() }
}

/// The bytes from the first to the last of some sentences.
pub fn span_of(side: Side, sentences: Range<usize>) -> Option<Span> {
    let sentences = &side.text.sentences[sentences];
    Some(sentences.first()?.span.to(sentences.last()?.span))
}

/// Cuts a line into pieces at the ends of the marks that touch it. `marks` are in order and do not overlap.
pub fn cut(line: Span, side: usize, ground: Paint, marks: &[(Span, Paint, Option<usize>)]) -> Vec<Piece> {
    let piece = |span, paint, edit| Piece { side, span, paint, edit, spaced: false };
    let mut pieces = Vec::new();
    let mut at = line.start;
    for &(span, paint, edit) in marks.iter().filter(|(span, ..)| span.overlaps(line)) {
        let (start, end) = (span.start.max(at), span.end.min(line.end));
        if start > at {
            pieces.push(piece(Span::new(at, start), ground, None));
        }
        if end > start {
            pieces.push(piece(Span::new(start, end), paint, edit));
            at = end;
        }
    }
    if at < line.end {
        pieces.push(piece(Span::new(at, line.end), ground, None));
    }
    pieces
}

/// Wraps pieces of two texts into lines: they are strung together, wrapped as one text, and cut apart again.
fn flow(sides: &[Side; 2], parts: &[Piece], cells: usize) -> Vec<Vec<Piece>> {
    let mut strung = String::new();
    let mut starts = Vec::with_capacity(parts.len());
    for part in parts {
        if part.spaced {
            strung.push(' ');
        }
        starts.push(strung.len());
        strung.push_str(part.span.of(sides[part.side].raw));
    }
    let lines = width::wrap(&strung, Span::new(0, strung.len()), cells, 0);
    lines
        .into_iter()
        .map(|line| {
            let touching = parts.iter().zip(&starts).filter(|(part, start)| Span::new(**start, **start + part.span.len()).overlaps(line));
            touching
                .map(|(part, &start)| {
                    let from = line.start.max(start) - start;
                    let to = line.end.min(start + part.span.len()) - start;
                    Piece {
                        span: Span::new(part.span.start + from, part.span.start + to),
                        spaced: part.spaced && from == 0 && start > line.start,
                        ..*part
                    }
                })
                .collect()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::collate::collate;
    use crate::text::{Text, Unit};

    fn laid_out(left: &str, right: &str, setting: Setting) -> Vec<(String, String)> {
        let texts = [left, right].map(|raw| Text::new(raw, Unit::Sentence));
        let sides = [Side { raw: left, text: &texts[0] }, Side { raw: right, text: &texts[1] }];
        let raws = [left, right];
        let words = |pieces: &[Piece]| {
            pieces.iter().map(|p| format!("{}{}", if p.spaced { " " } else { "" }, p.span.of(raws[p.side]))).collect::<String>()
        };
        lines(sides, &collate(sides[0], sides[1]), setting, &HashSet::new())
            .iter()
            .filter_map(|line| match &line.body {
                Body::Sides([l, r]) => Some((words(l), words(r))),
                Body::Inline(pieces) => Some((words(pieces), String::new())),
                _ => None,
            })
            .collect()
    }

    const NARROW: Setting = Setting { width: 16, inline: false, levels: Levels::ALL, folded: false, wrapped: true };

    #[test]
    fn both_sides_are_level() {
        let found = laid_out(
            "The old pact is ironclad, he said. It will hold.",
            "The old pact is iron clad, he said on Friday. It will hold.",
            NARROW,
        );
        let expected = [
            ("The old pact is", "The old pact is"),
            ("ironclad, he", "iron clad, he"),
            ("said.", "said on Friday."),
            ("It will hold.", "It will hold."),
        ];
        assert_eq!(found, expected.map(|(l, r)| (l.to_string(), r.to_string())));
    }

    #[test]
    fn inline_shows_both_readings_in_their_place() {
        let found = laid_out(
            "The old pact is ironclad, he said.",
            "The old pact is strong, he said.",
            Setting { inline: true, width: 60, ..NARROW },
        );
        assert_eq!(found[0].0, "The old pact is ironclad strong, he said.");
    }
}
