//! Draws the difference pane: two columns or one, the ruler at the edge, and the line that says what is under the cursor.

use super::overlay::mark_sign;
use super::pen::{Pen, framed, tint};
use super::reader::draw_piece;
use super::readings::{judgement, readings, several};
use super::theme::{Role, Sign, Theme};
use crate::app::layout::{Area, Pane};
use crate::app::marks::told;
use crate::app::parallel::{Pair, fold_label};
use crate::app::rows::{Body, Line, Paint, Piece};
use crate::app::{App, columns};
use crate::collate::{Edit, Level, Row, RowKind};
use crate::corpus::notes::Mark;
use crate::text::{Span, width};
use ratatui::buffer::Buffer;
use ratatui::style::{Modifier, Style};

pub(super) fn draw(buffer: &mut Buffer, app: &App, area: Area, theme: Theme) {
    let active = app.focus == Pane::Difference && app.overlay.is_none();
    framed(buffer, area, theme, active);
    let inner = area.inner();
    let Some(pair) = &app.parallel.pair else {
        super::paragraph(buffer, inner, &nothing(app), theme.style(Role::Quiet));
        return;
    };
    let canvas = Canvas { app, pair, theme, inner, inline: is_inline(app) };
    if area.is_framed() {
        canvas.title(buffer, area, active);
        canvas.detail(buffer, area);
    }
    let lines = app.parallel.lines.iter().enumerate().skip(app.parallel.scroll.top).take(usize::from(inner.height));
    for ((number, line), y) in lines.zip(inner.y..) {
        let cursor = number == app.parallel.scroll.cursor;
        if cursor {
            let role = if active { Role::Cursor } else { Role::Resting };
            tint(buffer, Area { y, height: 1, ..inner }, theme.style(role).remove_modifier(Modifier::BOLD));
        }
        let bar = if cursor { theme.sign(Sign::Bar) } else { " " };
        Pen::new(buffer, inner.x, y, 1).text(bar, theme.style(Role::Bar));
        canvas.line(buffer, line, y);
    }
    canvas.ruler(buffer);
}

/// Whether the lines were laid out in one column.
fn is_inline(app: &App) -> bool {
    app.parallel.lines.iter().any(|line| matches!(line.body, Body::Inline(_)))
}

/// Why there is nothing to compare.
fn nothing(app: &App) -> String {
    if let Some(trouble) = &app.parallel.trouble {
        return trouble.clone();
    }
    match (app.wanted, app.listing.phase) {
        (Some(_), _) => String::from("comparing …"),
        (None, crate::app::listing::Phase::Done) => {
            String::from("This article stands alone in the corpus. Mark it with Space, move to another article, and the two are compared.")
        }
        (None, _) => String::from(
            "Versions of the article appear here when the whole corpus has been read. Or mark an article with Space, move to another, and the two are compared.",
        ),
    }
}

struct Canvas<'a> {
    app: &'a App,
    pair: &'a Pair,
    theme: Theme,
    inner: Area,
    inline: bool,
}

impl Canvas<'_> {
    /// Cells of one column of text.
    fn column(&self) -> u16 {
        u16::try_from(columns(usize::from(self.inner.width), self.inline)).unwrap_or(1)
    }

    fn raw(&self, side: usize) -> &str {
        &self.pair.articles[side].text
    }

    fn letters(&self) -> [String; 2] {
        self.pair.indices.map(|index| self.app.listing.letter(index).unwrap_or_else(|| self.app.listing.name(index)))
    }

    // --- The frame --------------------------------------------------------------------------------------------------

    fn title(&self, buffer: &mut Buffer, area: Area, active: bool) {
        let style = self.theme.style(if active { Role::Strong } else { Role::Quiet });
        let labels = self.pair.indices.map(|index| format!(" {} ", self.app.label(index)));
        let middle = self.figures();
        let room = usize::from(area.width - 2);
        let used = width::cells(&middle) + 4;
        let each = room.saturating_sub(used) / 2;
        let mut pen = Pen::new(buffer, area.x + 1, area.y, area.width - 2);
        pen.clipped(&labels[0], each, style.patch(self.theme.style(Role::Left)));
        let start = area.x + 1 + u16::try_from((room.saturating_sub(width::cells(&middle))) / 2).unwrap_or(0);
        pen.skip_to(start);
        pen.clipped(&middle, room, style);
        let right = width::clipped(&labels[1], each).into_owned();
        let x = area.x + 1 + u16::try_from(room.saturating_sub(width::cells(&right))).unwrap_or(0);
        let at = if self.inline { x } else { (self.inner.x + self.column() + 3).max(pen_end(start, &middle)).min(x) };
        Pen::new(buffer, at, area.y, area.width).text(&right, style.patch(self.theme.style(Role::Right)));
    }

    /// Where the walk is, how alike the two are, which levels are off, and whether furniture counts.
    fn figures(&self) -> String {
        let parallel = &self.app.parallel;
        let summary = &self.pair.collation.summary;
        let percent = if summary.similarity >= 1.0 { 100.0 } else { (summary.similarity * 100.0).round().min(99.0) };
        let walk = if parallel.places.is_empty() {
            String::from("no difference")
        } else {
            format!("difference {}/{}", parallel.passed(), parallel.places.len())
        };
        let flags = match parallel.flags.len() {
            0 => String::new(),
            n => format!(" · {n} {}", self.theme.sign(Sign::Flag)),
        };
        let foreign = if self.pair.articles.iter().any(|a| a.parsed.foreign) { " · no rules of English" } else { "" };
        let off: Vec<&str> = Level::ALL.into_iter().filter(|l| !self.app.levels.has(*l)).map(Level::name).collect();
        let off = if off.is_empty() { String::new() } else { format!(" · without {}", off.join(", ")) };
        let whole = if self.app.reading.whole { " · with page furniture" } else { "" };
        format!(" {walk}{flags} · same {percent}%{foreign}{off}{whole} ")
    }

    /// What is under the cursor, in the lower frame.
    fn detail(&self, buffer: &mut Buffer, area: Area) {
        let mark = self.app.parallel.lines.get(self.app.parallel.scroll.cursor).and_then(|line| self.mark(line));
        if let Some(mark) = mark {
            let (sign, role) = mark_sign(mark);
            let mut line = vec![(format!("{} {}   ", self.theme.sign(sign), told(mark)), self.theme.style(role))];
            line.extend(self.told().unwrap_or_default());
            return super::framed_line(buffer, area, &line, self.theme);
        }
        if let Some(detail) = self.told() {
            super::framed_line(buffer, area, &detail, self.theme);
        }
    }

    fn told(&self) -> Option<Vec<(String, Style)>> {
        let theme = self.theme;
        let row = self.app.parallel.row()?;
        let line = self.app.parallel.lines.get(self.app.parallel.scroll.cursor)?;
        let quiet = theme.style(Role::Quiet);
        if let Body::Fold { rows, .. } = &line.body {
            let verb = if self.app.parallel.is_open(rows.start) { "closes" } else { "opens" };
            return Some(vec![(format!("Enter {verb} the fold"), quiet)]);
        }
        if let Body::Stub { .. } = line.body {
            return Some(vec![(String::from("told elsewhere on the left; gm goes there"), theme.style(Role::Moved))]);
        }
        if let Some((_, flag)) = self.app.parallel.flag() {
            let sign = theme.sign(Sign::Flag);
            let why = width::flat(&flag.why).into_owned();
            return Some(vec![(format!("{sign} {}: ", flag.kind.name()), theme.style(Role::Flag)), (why, theme.style(Role::Quiet))]);
        }
        if let Some(edit) = self.app.parallel.edit() {
            return Some(self.readings_told().unwrap_or_else(|| self.edit_told(row, edit)));
        }
        let [left, right] = self.letters();
        let beside = self.beside_told();
        let moved = if row.moved { " · moved; gm goes to the other end" } else { "" };
        let mut told = match row.kind {
            RowKind::Omitted => vec![(format!("only in {left}"), theme.style(Role::Left)), (self.shared_told(row, &right), quiet)],
            RowKind::Added => vec![(format!("only in {right}"), theme.style(Role::Right)), (self.shared_told(row, &left), quiet)],
            RowKind::Same => vec![(format!("the same{moved}"), quiet)],
            RowKind::Edited => vec![(
                format!("{} differences · same {:.0}%{moved}", row.edits_at(self.app.levels).count(), (row.similarity * 100.0).floor()),
                quiet,
            )],
        };
        if !beside.is_empty() {
            told.push((String::from(" · others: "), quiet));
            told.extend(beside);
        }
        Some(told)
    }

    fn shared_told(&self, row: &Row, other: &str) -> String {
        if row.shared.is_some() { format!(" · but {other} has the underlined clause elsewhere") } else { String::new() }
    }

    /// What other versions have on this line where the two in sight agree, or where one alone has it.
    fn beside_told(&self) -> Vec<(String, Style)> {
        let many = self.app.gathered.as_ref().is_some_and(|versions| versions.indices.len() > 2);
        if many { several(self.app, &self.app.variants_beside(), usize::from(self.inner.width), self.theme) } else { Vec::new() }
    }

    /// What all versions have at the place under the cursor, where there are more than two; the kind is that of the two in sight.
    fn readings_told(&self) -> Option<Vec<(String, Style)>> {
        let versions = self.app.gathered.as_ref().filter(|versions| versions.indices.len() > 2)?;
        let place = self.app.variant_here()?;
        let mut told = readings(self.app, versions, place, usize::from(self.inner.width) / 4, self.theme);
        told.extend(judgement(versions, place, self.theme));
        Some(told)
    }

    /// Both readings, the kind and the level, and the flag that the edit raises.
    fn edit_told(&self, row: &Row, edit: &Edit) -> Vec<(String, Style)> {
        let theme = self.theme;
        let reading = |side: usize| -> String {
            let tokens = &self.pair.articles[side].parsed.tokens;
            let range = crate::app::rows::range(edit, side);
            range
                .map_or_else(|| String::from("nothing"), |r| tokens[r.start].span.to(tokens[r.end - 1].span).of(self.raw(side)).to_string())
        };
        let within = |inner: &Option<std::ops::Range<usize>>, outer: &Option<std::ops::Range<usize>>| match (inner, outer) {
            (Some(inner), Some(outer)) => outer.start <= inner.start && inner.end <= outer.end,
            _ => false,
        };
        let flag = row.flags.iter().find(|f| within(&f.left, &edit.left) || within(&f.right, &edit.right));
        let limit = usize::from(self.inner.width) / 3;
        let short = |text: String| width::clipped(&width::flat(&text), limit).into_owned();
        let mut told = vec![
            (format!("{} {} ", short(reading(0)), self.theme.sign(Sign::Arrow)), theme.paint(Paint::Differs(Level::Wording), 0, false)),
            (short(reading(1)), theme.paint(Paint::Differs(Level::Wording), 1, false)),
            (format!("   {} · {}", edit.kind.name(), edit.kind.level().name()), theme.style(Role::Quiet)),
        ];
        told.push((format!(": {}", edit.reason), theme.style(Role::Quiet)));
        if let Some(flag) = flag {
            told.push((format!("   {} {}", theme.sign(Sign::Flag), flag.kind.name()), theme.style(Role::Flag)));
        }
        told
    }

    // --- The lines --------------------------------------------------------------------------------------------------

    fn line(&self, buffer: &mut Buffer, line: &Line, y: u16) {
        let row = &self.pair.collation.rows[line.row];
        match &line.body {
            Body::Sides(sides) => self.sides(buffer, line, row, sides, y),
            Body::Inline(pieces) => self.inline(buffer, line, row, pieces, y),
            Body::Gap => self.middle(buffer, y, self.theme.sign(Sign::Middle), self.theme.style(Role::Frame)),
            Body::Fold { rows, why, sentences } => {
                let sign = self.theme.sign(if self.app.parallel.is_open(rows.start) { Sign::Open } else { Sign::Closed });
                let [left, right] = self.letters();
                let label = fold_label(*why, *sentences, [&left, &right]);
                let mut pen = Pen::new(buffer, self.inner.x + 1, y, self.inner.width.saturating_sub(2));
                pen.text(&format!("{sign} {label}"), self.theme.style(Role::Quiet));
            }
            Body::Stub { words } => self.stub(buffer, *words, y),
        }
    }

    /// The sign between the columns: what sort of row begins here.
    fn row_sign(&self, line: &Line, row: &Row) -> (&'static str, Style) {
        let theme = self.theme;
        if let Some(mark) = self.mark(line) {
            let (sign, role) = mark_sign(mark);
            return (theme.sign(sign), theme.style(role));
        }
        let quiet = self.is_furniture(row);
        match row.kind {
            _ if !line.first && !matches!(row.kind, RowKind::Omitted | RowKind::Added) => {
                (theme.sign(Sign::Middle), theme.style(Role::Frame))
            }
            _ if row.moved => (theme.sign(Sign::Moved), theme.style(Role::Moved)),
            RowKind::Omitted => (theme.sign(Sign::Omitted), theme.style(if quiet { Role::Quiet } else { Role::Left })),
            RowKind::Added => (theme.sign(Sign::Added), theme.style(if quiet { Role::Quiet } else { Role::Right })),
            _ if !row.flags.is_empty() => (theme.sign(Sign::Flag), theme.style(Role::Flag)),
            _ if !row.is_same_at(self.app.levels) => (theme.sign(Sign::Edited), theme.style(Role::Quiet)),
            _ => (theme.sign(Sign::Middle), theme.style(Role::Frame)),
        }
    }

    /// The mark of an editor that begins on a line, on the right first.
    fn mark(&self, line: &Line) -> Option<&Mark> {
        let pieces: Vec<&Piece> = match &line.body {
            Body::Sides(sides) => sides.iter().flatten().collect(),
            Body::Inline(pieces) => pieces.iter().collect(),
            _ => return None,
        };
        [1, 0].into_iter().find_map(|side| {
            let own = || pieces.iter().filter(|piece| piece.side == side);
            let span = own().next()?.span.to(own().next_back()?.span);
            self.app.marks.on(self.pair.indices[side], span).next()
        })
    }

    fn is_furniture(&self, row: &Row) -> bool {
        let side = usize::from(row.left.is_empty());
        !self.pair.articles[side].parsed.counts(row.sentences(side).start)
    }

    fn middle(&self, buffer: &mut Buffer, y: u16, sign: &str, style: Style) {
        if !self.inline {
            Pen::new(buffer, self.inner.x + 1 + self.column() + 1, y, 1).text(sign, style);
        }
    }

    fn sides(&self, buffer: &mut Buffer, line: &Line, row: &Row, sides: &[Vec<Piece>; 2], y: u16) {
        let column = self.column();
        let (sign, style) = self.row_sign(line, row);
        self.middle(buffer, y, sign, style);
        for (side, pieces) in sides.iter().enumerate() {
            let x = if side == 0 { self.inner.x + 1 } else { self.inner.x + 1 + column + 3 };
            let mut pen = Pen::new(buffer, x, y, column);
            pieces.iter().for_each(|piece| self.piece(&mut pen, line, row, *piece));
        }
    }

    fn inline(&self, buffer: &mut Buffer, line: &Line, row: &Row, pieces: &[Piece], y: u16) {
        let (sign, style) = self.row_sign(line, row);
        let sign = if sign == self.theme.sign(Sign::Middle) { " " } else { sign };
        Pen::new(buffer, self.inner.x + 1, y, 1).text(sign, style);
        let mut pen = Pen::new(buffer, self.inner.x + 3, y, self.column());
        pieces.iter().for_each(|piece| self.piece(&mut pen, line, row, *piece));
    }

    fn piece(&self, pen: &mut Pen, line: &Line, row: &Row, piece: Piece) {
        let walks_flags = self.app.parallel.flag().is_some();
        let here = !walks_flags && self.app.parallel.place().is_some_and(|p| p.row == line.row && p.edit.is_some() && p.edit == piece.edit);
        // A sentence that one side alone has is told by its colour and its sign; striking out whole paragraphs would only hurt the eye.
        let tracked = self.inline && !matches!(row.kind, RowKind::Omitted | RowKind::Added);
        let mut style = self.theme.paint(piece.paint, piece.side, tracked);
        if here || self.is_pointed_at(row, piece) {
            style = style.patch(self.theme.style(Role::Here));
        }
        draw_piece(pen, self.raw(piece.side), piece, &self.app.parallel.hits[piece.side], style, self.theme);
    }

    /// Whether the flag that the walk stands at points at a piece.
    fn is_pointed_at(&self, row: &Row, piece: Piece) -> bool {
        let Some((flagged, flag)) = self.app.parallel.flag() else { return false };
        let tokens = if piece.side == 0 { &flag.left } else { &flag.right };
        let texts = &self.pair.articles[piece.side].parsed.tokens;
        let points = tokens.as_ref().is_some_and(|t| texts[t.start].span.to(texts[t.end - 1].span).overlaps(piece.span));
        std::ptr::eq(flagged, row) && points && !matches!(piece.paint, Paint::Plain | Paint::Quiet)
    }

    /// Where the right tells what the left has elsewhere.
    fn stub(&self, buffer: &mut Buffer, words: Span, y: u16) {
        let style = self.theme.style(Role::Moved);
        let sign = self.theme.sign(Sign::Moved);
        let x = if self.inline { self.inner.x + 1 } else { self.inner.x + 1 + self.column() + 1 };
        let mut pen = Pen::new(buffer, x, y, (self.inner.x + self.inner.width).saturating_sub(x + 1));
        pen.text(&format!("{sign} "), style);
        let room = pen.room().saturating_sub(1);
        pen.clipped(words.of(self.raw(1)), room, style.add_modifier(Modifier::ITALIC));
    }

    // --- The ruler --------------------------------------------------------------------------------------------------

    /// The whole comparison at the right edge: where differences are, how deep, and which part is in sight.
    fn ruler(&self, buffer: &mut Buffer) {
        let (lines, height) = (self.app.parallel.lines.len(), usize::from(self.inner.height));
        if height == 0 || self.inner.width < 8 {
            return;
        }
        let scale = lines.max(height);
        let x = self.inner.x + self.inner.width - 1;
        let deepest = self.deepest(scale, height);
        for (n, y) in (0..height).zip(self.inner.y..) {
            let (from, to) = (n * scale / height, (n + 1) * scale / height);
            let top = self.app.parallel.scroll.top;
            let seen = lines > height && from < top + height && to > top;
            let (sign, style) = match (deepest[n], seen) {
                (Some(mark), _) => mark,
                (None, true) => (self.theme.sign(Sign::Thumb), self.theme.style(Role::Frame)),
                (None, false) => continue,
            };
            let style = if seen { self.theme.style(Role::Cursor).remove_modifier(Modifier::BOLD).patch(style) } else { style };
            Pen::new(buffer, x, y, 1).text(sign, style);
        }
    }

    /// The marks of editors on both sides, each with the line where its row begins.
    fn marks(&self) -> Vec<(usize, &Mark)> {
        let lines = &self.app.parallel.lines;
        let line = |side: usize, span: Span| {
            let row = self.pair.collation.row_of(side, self.pair.articles[side].parsed.sentence_at(span.start))?;
            lines.iter().position(|line| line.row == row && line.first)
        };
        let of = |side: usize| self.app.marks.of(self.pair.indices[side]).iter().map(move |placed| (side, placed));
        [0, 1].into_iter().flat_map(of).filter_map(|(side, placed)| Some((line(side, placed.span?)?, &placed.mark))).collect()
    }

    /// For each row of the ruler the mark of the weightiest difference in its part of the text.
    fn deepest(&self, scale: usize, height: usize) -> Vec<Option<(&'static str, Style)>> {
        let mut deepest: Vec<(usize, Option<(&'static str, Style)>)> = vec![(0, None); height];
        for place in &self.app.parallel.places {
            let row = &self.pair.collation.rows[place.row];
            let (weight, sign, role) = match place.edit.map(|edit| row.edits[edit].kind.level()) {
                Some(Level::Form) => (1, Sign::Dot, Role::Quiet),
                Some(Level::Wording) => (2, Sign::Tick, Role::Quiet),
                None if row.moved => (3, Sign::Moved, Role::Moved),
                None if row.kind == RowKind::Omitted => (4, Sign::Omitted, Role::Left),
                None => (4, Sign::Added, Role::Right),
                Some(Level::Substance) => (5, Sign::Tick, Role::Bar),
            };
            let slot = &mut deepest[(place.line * height / scale).min(height - 1)];
            if weight > slot.0 {
                *slot = (weight, Some((self.theme.sign(sign), self.theme.style(role))));
            }
        }
        for place in &self.app.parallel.flags {
            let slot = &mut deepest[(place.line * height / scale).min(height - 1)];
            *slot = (6, Some((self.theme.sign(Sign::Flag), self.theme.style(Role::Flag))));
        }
        for (line, mark) in self.marks() {
            let (sign, role) = mark_sign(mark);
            deepest[(line * height / scale).min(height - 1)] = (7, Some((self.theme.sign(sign), self.theme.style(role))));
        }
        deepest.into_iter().map(|(_, mark)| mark).collect()
    }
}

fn pen_end(start: u16, text: &str) -> u16 {
    start + u16::try_from(width::cells(text)).unwrap_or(0)
}
