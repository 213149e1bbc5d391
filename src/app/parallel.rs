//! The difference pane: two versions level beside each other, and the walk from difference to difference.

use super::rows::{self, Body, Folded, Line, Setting};
use super::scroll::Scroll;
use super::spot::At;
use crate::collate::{Collation, Edit, Flag, Kind, Level, Row, RowKind, Side};
use crate::corpus::{Article, search};
use crate::text::Span;
use std::collections::HashSet;
use std::ops::Range;
use std::sync::Arc;

/// Two articles and what was found about them.
#[derive(Debug, Clone)]
pub struct Pair {
    /// The left and the right article, by their indices.
    pub indices: [usize; 2],
    /// The left and the right article.
    pub articles: [Arc<Article>; 2],
    /// How they differ.
    pub collation: Arc<Collation>,
}

impl Pair {
    /// The sides of the collation.
    pub fn sides(&self) -> [Side<'_>; 2] {
        [self.articles[0].side(), self.articles[1].side()]
    }
}

/// A difference that the walk stops at: an edit, or a whole row that is moved or that one side alone has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The line where it begins.
    pub line: usize,
    /// Its row.
    pub row: usize,
    /// Its edit in that row.
    pub edit: Option<usize>,
}

/// A flag, on the line where the words that it points at begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FlagPlace {
    /// The line.
    pub line: usize,
    /// Its row.
    pub row: usize,
    /// Its number among the flags of the row.
    pub flag: usize,
}

/// The difference pane.
#[derive(Debug, Default)]
pub struct Parallel {
    /// What is compared; `None` while nothing is, or while it is being worked out.
    pub pair: Option<Pair>,
    /// Why there is nothing to show.
    pub trouble: Option<String>,
    /// Where the reader is.
    pub scroll: Scroll,
    /// The lines for the width of the pane and the levels that are on.
    pub lines: Vec<Line>,
    /// The differences, in the order of the lines.
    pub places: Vec<Place>,
    /// The difference that the walk stands at.
    pub at: Option<usize>,
    /// The flags, in the order of the lines.
    pub flags: Vec<FlagPlace>,
    /// The flag that the walk over flags stands at.
    pub flag_at: Option<usize>,
    /// Where the last search hit, on each side.
    pub hits: [Vec<Span>; 2],
    unfolded: HashSet<usize>,
    laid_out: Option<Setting>,
}

impl Parallel {
    /// Shows another pair from its beginning; one that was compared anew stays where it is.
    pub fn show(&mut self, pair: Pair) {
        if self.pair.as_ref().is_some_and(|shown| shown.indices == pair.indices && shown.collation.rows.len() == pair.collation.rows.len())
        {
            (self.pair, self.laid_out) = (Some(pair), None);
        } else {
            *self = Parallel { pair: Some(pair), ..Parallel::default() };
        }
    }

    /// Shows nothing, and why.
    pub fn clear(&mut self, trouble: Option<String>) {
        *self = Parallel { trouble, ..Parallel::default() };
    }

    /// Lays the rows out, unless they are already as the setting asks; the cursor stays on its words.
    pub fn arrange(&mut self, setting: Setting, height: usize) {
        if self.laid_out != Some(setting) {
            let held = self.lines.get(self.scroll.cursor).map(|line| line.row).zip(self.here());
            self.lay_out(setting);
            self.laid_out = Some(setting);
            if let Some((row, here)) = held {
                self.go_to(row, here, height);
            }
        }
        self.scroll.settle(self.lines.len(), height);
    }

    fn lay_out(&mut self, setting: Setting) {
        let Some(pair) = &self.pair else {
            self.lines.clear();
            self.places.clear();
            self.flags.clear();
            return;
        };
        self.lines = rows::lines(pair.sides(), &pair.collation, setting, &self.unfolded);
        self.places = places(&self.lines, pair);
        self.flags = if setting.levels.has(Level::Substance) { flags(&self.lines, pair) } else { Vec::new() };
        self.flag_at = None;
    }

    /// Puts the cursor on the line where a row, or the fold that hides it, begins.
    pub fn go_to_row(&mut self, row: usize, height: usize) {
        let shows = |line: &Line| match &line.body {
            Body::Fold { rows, .. } => rows.contains(&row) && !self.unfolded.contains(&rows.start),
            Body::Gap | Body::Stub { .. } => false,
            _ => line.row == row && line.first,
        };
        if let Some(line) = self.lines.iter().position(shows) {
            self.scroll.jump(line, self.lines.len(), height);
        }
    }

    /// Puts the cursor on the difference of a row that has a byte of one side, or on the line that shows it, or on the row.
    pub fn go_to(&mut self, row: usize, at: At<usize>, height: usize) {
        let line = self.line_of(row, at);
        match (self.place_of(row, at, line), line) {
            (Some(at), _) => self.stand(at, height),
            (None, Some(line)) => {
                self.at = None;
                self.scroll.jump(line, self.lines.len(), height);
            }
            (None, None) => {
                self.at = None;
                self.go_to_row(row, height);
            }
        }
    }

    /// The line that shows a byte of a row.
    fn line_of(&self, row: usize, at: At<usize>) -> Option<usize> {
        self.lines.iter().position(|line| match line.body {
            Body::Stub { .. } => line.row == row && at.stub,
            _ => line.row == row && !at.stub && shows(line, at.article, at.byte),
        })
    }

    /// The difference of a row that begins at a byte, or else the one on a line that has it.
    fn place_of(&self, row: usize, at: At<usize>, line: Option<usize>) -> Option<usize> {
        let pair = self.pair.as_ref().filter(|_| !at.stub)?;
        let token = pair.articles[at.article].parsed.token_at(at.byte);
        let of_row = |is_meant: &dyn Fn(&Place, Range<usize>) -> bool| {
            self.places.iter().position(|place| {
                let edit = place.edit.filter(|_| place.row == row).map(|edit| &pair.collation.rows[row].edits[edit]);
                edit.and_then(|edit| rows::range(edit, at.article)).is_some_and(|tokens| is_meant(place, tokens))
            })
        };
        let begins = of_row(&|_, tokens| tokens.start == token && !tokens.is_empty());
        begins.or_else(|| of_row(&|place, tokens| Some(place.line) == line && tokens.contains(&token)))
    }

    /// Where the difference begins that is meant by the cursor, or else what its line shows; the article is told by its side.
    pub fn here(&self) -> Option<At<usize>> {
        let (pair, line) = (self.pair.as_ref()?, self.lines.get(self.scroll.cursor)?);
        let shown = || match &line.body {
            Body::Sides([left, right]) => left.first().or(right.first()).map(|piece| (piece.side, piece.span.start)),
            Body::Inline(pieces) => pieces.first().map(|piece| (piece.side, piece.span.start)),
            Body::Gap | Body::Fold { .. } | Body::Stub { .. } => None,
        };
        let row = &pair.collation.rows[line.row];
        let of_row = |side: usize| Some((side, rows::span_of(pair.sides()[side], row.sentences(side))?.start));
        let (article, byte) = self.edit_begins().or_else(shown).or_else(|| [0, 1].into_iter().find_map(of_row))?;
        Some(At { article, byte, stub: matches!(line.body, Body::Stub { .. }) })
    }

    /// The side and the byte where the edit begins that is meant by the cursor.
    fn edit_begins(&self) -> Option<(usize, usize)> {
        let (pair, edit) = (self.pair.as_ref()?, self.edit()?);
        [0, 1].into_iter().find_map(|side| {
            let tokens = rows::range(edit, side).filter(|tokens| !tokens.is_empty())?;
            Some((side, pair.articles[side].parsed.tokens.get(tokens.start)?.span.start))
        })
    }

    fn stand(&mut self, at: usize, height: usize) {
        self.at = Some(at);
        self.flag_at = None;
        self.scroll.jump(self.places[at].line, self.lines.len(), height);
    }

    /// The difference that is meant: where the walk stands, or the first one on the line under the cursor.
    pub fn place(&self) -> Option<&Place> {
        let walked = self.at.and_then(|at| self.places.get(at)).filter(|p| p.line == self.scroll.cursor);
        walked.or_else(|| self.places.iter().find(|p| p.line == self.scroll.cursor))
    }

    /// How many differences begin at or above the cursor.
    pub fn passed(&self) -> usize {
        match self.at.filter(|&at| self.places.get(at).is_some_and(|p| p.line == self.scroll.cursor)) {
            Some(at) => at + 1,
            // On a line with several differences the first one is meant, as in `place`.
            None => match self.places.iter().position(|p| p.line == self.scroll.cursor) {
                Some(at) => at + 1,
                None => self.places.partition_point(|p| p.line < self.scroll.cursor),
            },
        }
    }

    /// Walks to the next or the previous difference; answers whether there was one.
    pub fn walk(&mut self, forward: bool, height: usize) -> bool {
        let standing = self.at.filter(|&at| self.places.get(at).is_some_and(|p| p.line == self.scroll.cursor));
        let next = match (standing, forward) {
            (Some(at), true) => Some(at + 1).filter(|&n| n < self.places.len()),
            (Some(at), false) => at.checked_sub(1),
            (None, true) => Some(self.places.partition_point(|p| p.line < self.scroll.cursor)).filter(|&n| n < self.places.len()),
            (None, false) => self.places.partition_point(|p| p.line < self.scroll.cursor).checked_sub(1),
        };
        if let Some(at) = next {
            self.stand(at, height);
        }
        next.is_some()
    }

    /// Walks to the next or the previous flag; answers whether there was one.
    pub fn walk_flags(&mut self, forward: bool, height: usize) -> bool {
        let cursor = self.scroll.cursor;
        let standing = self.flag_at.filter(|&at| self.flags.get(at).is_some_and(|f| f.line == cursor));
        let next = match (standing, forward) {
            (Some(at), true) => Some(at + 1),
            (Some(at), false) => at.checked_sub(1),
            (None, true) => Some(self.flags.partition_point(|f| f.line < cursor)),
            (None, false) => self.flags.partition_point(|f| f.line < cursor).checked_sub(1),
        };
        let Some(at) = next.filter(|&at| at < self.flags.len()) else { return false };
        self.at = None;
        self.flag_at = Some(at);
        self.scroll.jump(self.flags[at].line, self.lines.len(), height);
        true
    }

    /// The flag that the walk over flags stands at.
    pub fn flag(&self) -> Option<(&Row, &Flag)> {
        let place = self.flags.get(self.flag_at?).filter(|f| f.line == self.scroll.cursor)?;
        let row = self.pair.as_ref()?.collation.rows.get(place.row)?;
        Some((row, row.flags.get(place.flag)?))
    }

    /// The row under the cursor.
    pub fn row(&self) -> Option<&Row> {
        let row = self.lines.get(self.scroll.cursor)?.row;
        self.pair.as_ref()?.collation.rows.get(row)
    }

    /// The edit that is meant by the cursor.
    pub fn edit(&self) -> Option<&Edit> {
        let place = self.place()?;
        self.pair.as_ref()?.collation.rows[place.row].edits.get(place.edit?)
    }

    /// Goes to the other end of the move under the cursor; answers whether there is one.
    pub fn other_end(&mut self, height: usize) -> bool {
        let Some(line) = self.lines.get(self.scroll.cursor) else { return false };
        let row = line.row;
        let stub = |line: &Line| line.row == row && matches!(line.body, Body::Stub { .. });
        let own = |line: &Line| line.row == row && line.first && !matches!(line.body, Body::Stub { .. } | Body::Gap);
        let other = if stub(line) { self.lines.iter().position(own) } else { self.lines.iter().position(stub) };
        if let Some(other) = other {
            self.scroll.jump(other, self.lines.len(), height);
        }
        other.is_some()
    }

    /// Opens or closes the fold under the cursor; answers whether there is one.
    pub fn toggle_fold(&mut self) -> bool {
        let Some(Line { body: Body::Fold { rows, .. }, .. }) = self.lines.get(self.scroll.cursor) else { return false };
        let first = rows.start;
        if !self.unfolded.remove(&first) {
            self.unfolded.insert(first);
        }
        self.laid_out = None;
        true
    }

    /// Whether the fold that begins at a row is open.
    pub fn is_open(&self, row: usize) -> bool {
        self.unfolded.contains(&row)
    }

    /// Looks a query up on both sides and opens the folds that hide what was found; answers how often it was.
    pub fn search(&mut self, query: &str) -> usize {
        let Some(pair) = &self.pair else { return 0 };
        self.hits = [0, 1].map(|side| search::find(&pair.articles[side].text, query));
        let hit = |side: usize, row: &Row| {
            let span = rows::span_of(pair.sides()[side], row.sentences(side));
            span.is_some_and(|span| self.hits[side].iter().any(|hit| hit.overlaps(span)))
        };
        let folds = self.lines.iter().filter_map(|line| if let Body::Fold { rows, .. } = &line.body { Some(rows.clone()) } else { None });
        let opened: Vec<usize> = folds
            .filter(|rows| rows.clone().any(|r| [0, 1].iter().any(|&side| hit(side, &pair.collation.rows[r]))))
            .map(|rows| rows.start)
            .collect();
        if !opened.is_empty() {
            self.unfolded.extend(opened);
            self.laid_out = None;
        }
        self.hits.iter().map(Vec::len).sum()
    }

    /// The lines on which a search hit begins.
    pub fn hit_lines(&self) -> Vec<usize> {
        let begins = |piece: &rows::Piece| self.hits[piece.side].iter().any(|hit| piece.span.contains(hit.start));
        let pieces = |line: &Line| match &line.body {
            Body::Sides([left, right]) => left.iter().chain(right).any(begins),
            Body::Inline(pieces) => pieces.iter().any(begins),
            _ => false,
        };
        (0..self.lines.len()).filter(|&i| pieces(&self.lines[i])).collect()
    }
}

/// The differences that the lines show, each where it begins.
fn places(lines: &[Line], pair: &Pair) -> Vec<Place> {
    let mut places: Vec<Place> = Vec::new();
    let mut seen = HashSet::new();
    for (number, line) in lines.iter().enumerate() {
        let row = &pair.collation.rows[line.row];
        let counts = |side: usize, sentences: std::ops::Range<usize>| pair.articles[side].parsed.counts(sentences.start);
        let alone = match row.kind {
            RowKind::Omitted => counts(0, row.left.clone()),
            RowKind::Added => counts(1, row.right.clone()),
            _ => row.moved,
        };
        let pieces: Vec<&rows::Piece> = match &line.body {
            Body::Sides([left, right]) => left.iter().chain(right).collect(),
            Body::Inline(pieces) => pieces.iter().collect(),
            _ => continue,
        };
        if line.first && alone {
            places.push(Place { line: number, row: line.row, edit: None });
        }
        if !row.left.is_empty() && !row.right.is_empty() && !counts(0, row.left.clone()) && !counts(1, row.right.clone()) {
            continue;
        }
        // Nobody walks from one curly quotation mark to the next: typography is marked, but no place to stop at.
        let worth = |edit: &usize| row.edits[*edit].kind != Kind::Typography;
        let mut edits: Vec<usize> =
            pieces.iter().filter_map(|p| p.edit).filter(worth).filter(|&edit| seen.insert((line.row, edit))).collect();
        edits.sort_unstable();
        places.extend(edits.into_iter().map(|edit| Place { line: number, row: line.row, edit: Some(edit) }));
    }
    places
}

/// The flags that the lines show, each where its words begin: those of the left, or else of the right.
fn flags(lines: &[Line], pair: &Pair) -> Vec<FlagPlace> {
    let mut found: Vec<FlagPlace> = Vec::new();
    for (number, line) in lines.iter().enumerate().filter(|(_, line)| matches!(line.body, Body::Sides(_) | Body::Inline(_))) {
        let row = &pair.collation.rows[line.row];
        for (index, flag) in row.flags.iter().enumerate() {
            let pointed = [(0, &flag.left), (1, &flag.right)].into_iter().find_map(|(side, tokens)| Some((side, tokens.as_ref()?.start)));
            let Some((side, token)) = pointed else { continue };
            let start = pair.articles[side].parsed.tokens[token].span.start;
            let place = FlagPlace { line: number, row: line.row, flag: index };
            let last = found.iter().any(|other| (other.row, other.flag) == (place.row, place.flag));
            if !last && shows(line, side, start) {
                found.push(place);
            }
        }
    }
    found
}

/// Whether a byte of one side is on a line.
fn shows(line: &Line, side: usize, offset: usize) -> bool {
    match &line.body {
        Body::Sides(sides) => sides[side].iter().any(|piece| piece.span.contains(offset)),
        Body::Inline(pieces) => pieces.iter().any(|piece| piece.side == side && piece.span.contains(offset)),
        _ => false,
    }
}

/// What the head of a fold says.
pub fn fold_label(why: Folded, sentences: usize, letters: [&str; 2]) -> String {
    let plural = if sentences == 1 { "" } else { "s" };
    match why {
        Folded::Same => format!("{sentences} sentence{plural} the same"),
        Folded::Furniture(side) => format!("{sentences} line{plural} of page furniture only in {}", letters[side]),
    }
}
