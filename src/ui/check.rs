//! Draws the check view: a rewrite, what it comes from beside it, and the list of what was found.

use super::overlay::mark_sign;
use super::pen::{Pen, framed, tint};
use super::reader::draw_piece;
use super::theme::{Role, Sign, Theme, frame};
use crate::app::App;
use crate::app::check::{Checked, Item, ListLine, Parts, TextLine};
use crate::app::layout::Area;
use crate::app::marks::told;
use crate::app::rows::{Paint, Piece};
use crate::collate::apparatus::span;
use crate::report::proof::percent;
use crate::text::{Span, width};
use ratatui::buffer::Buffer;
use ratatui::style::{Modifier, Style};

pub(super) fn draw(buffer: &mut Buffer, app: &App, area: Area, theme: Theme) {
    let active = app.overlay.is_none();
    framed(buffer, area, theme, active);
    let inner = area.inner();
    let Some(checked) = &app.checked else {
        super::paragraph(buffer, inner, "holding the article against its sources …", theme.style(Role::Quiet));
        return;
    };
    let sheet = Sheet { app, checked, theme, parts: app.parts() };
    if area.is_framed() {
        sheet.title(buffer, area);
        sheet.detail(buffer, area);
    }
    sheet.divider(buffer, inner);
    sheet.text(buffer, active);
    sheet.list(buffer, active);
}

struct Sheet<'a> {
    app: &'a App,
    checked: &'a Checked,
    theme: Theme,
    parts: Parts,
}

impl Sheet<'_> {
    /// How much was found and decided, and as far as there is room how much is verbatim and how much in no source.
    fn figures(&self, room: usize) -> String {
        let check = &self.checked.check;
        let found = check.findings.len();
        let (undecided, [accepted, queries, errors]) = self.app.marks.counts(found);
        let counted = [(undecided, "undecided"), (accepted, "accepted"), (queries, "queried"), (errors, "wrong")];
        let counted = counted.into_iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}"));
        let counted = if found == 0 { String::from("nothing found") } else { counted.collect::<Vec<_>>().join(", ") };
        let verbatim = format!("verbatim {}% · {counted}", percent(check.summary.verbatim_share()));
        let nowhere = format!("{} of {} sentences in no source · {verbatim}", check.summary.unsupported, check.summary.sentences);
        let longest = [&nowhere, &verbatim].into_iter().find(|figures| width::cells(figures) <= room).unwrap_or(&counted);
        format!(" {longest} ")
    }

    /// What is held against what, and how much was found.
    fn title(&self, buffer: &mut Buffer, area: Area) {
        let rewrite = self.app.label(self.checked.asked.rewrite);
        let title = format!(" Check · {rewrite} against {} ", self.checked.names.join(" "));
        let room = usize::from(area.width - 2);
        let figures = self.figures(room.saturating_sub(width::cells(&title) + 3));
        let mut pen = Pen::new(buffer, area.x + 1, area.y, area.width - 2);
        pen.clipped(&title, room.saturating_sub(width::cells(&figures) + 1), self.theme.style(Role::Strong));
        let end = area.x + area.width - 1;
        let x = end.saturating_sub(cells(width::cells(&figures))).max(area.x + 1);
        Pen::new(buffer, x, area.y, end - x).text(&figures, self.theme.style(Role::Quiet));
    }

    /// What the item under the cursor says, in the lower frame; in full it stands in the list.
    fn detail(&self, buffer: &mut Buffer, area: Area) {
        let quiet = self.theme.style(Role::Quiet);
        let Some(sentence) = self.app.check.sentence().filter(|_| self.app.check.in_text) else { return };
        let checked = &self.checked.check.sentences[sentence];
        let from = checked.from.iter().map(|origin| match &origin.clause {
            Some(_) => format!("{} has a part of it", self.checked.names[origin.source]),
            None => format!("{} {}%", self.checked.names[origin.source], percent(origin.similarity)),
        });
        let from = from.collect::<Vec<_>>().join(" · ");
        let told = match () {
            () if !checked.counts => String::from("page furniture, which is not checked"),
            () if from.is_empty() => format!("sentence {}: in no source", sentence + 1),
            () => format!("sentence {}: {from} · {} of {} words verbatim", sentence + 1, checked.verbatim_words, checked.words),
        };
        super::framed_line(buffer, area, &[(told, quiet)], self.theme);
    }

    /// The line between the parts.
    fn divider(&self, buffer: &mut Buffer, inner: Area) {
        let [.., across, down] = frame(self.theme.look);
        let style = self.theme.style(Role::Frame);
        let Parts { text, list } = self.parts;
        if text.height == 0 || list.height == 0 {
            return;
        }
        if list.x > text.x {
            (inner.y..inner.y + inner.height).for_each(|y| Pen::new(buffer, text.x + text.width, y, 1).text(down, style));
        } else {
            Pen::new(buffer, inner.x, text.y + text.height, inner.width).text(&across.repeat(usize::from(inner.width)), style);
        }
    }

    /// Tints the line under a cursor, and marks it.
    fn cursor(&self, buffer: &mut Buffer, area: Area, y: u16, active: bool) {
        let role = if active { Role::Cursor } else { Role::Resting };
        tint(buffer, Area { y, height: 1, ..area }, self.theme.style(role).remove_modifier(Modifier::BOLD));
        Pen::new(buffer, area.x, y, 1).text(self.theme.sign(Sign::Bar), self.theme.style(Role::Bar));
    }

    // --- The text ---------------------------------------------------------------------------------------------------

    fn text(&self, buffer: &mut Buffer, active: bool) {
        let area = self.parts.text;
        let view = &self.app.check;
        let lines = view.text.iter().enumerate().skip(view.text_scroll.top).take(usize::from(area.height));
        for ((number, line), y) in lines.zip(area.y..) {
            if number == view.text_scroll.cursor {
                self.cursor(buffer, area, y, active && view.in_text);
            }
            self.text_line(buffer, line, y);
        }
        self.ruler(buffer);
    }

    /// Column of cells: cursor, sign, blank, the rewrite, the name of the source, the source, ruler.
    fn text_line(&self, buffer: &mut Buffer, line: &TextLine, y: u16) {
        let area = self.parts.text;
        let (cells_of, two) = self.parts.columns();
        let span = line.own.first().zip(line.own.last()).map(|(first, last)| first.span.to(last.span));
        let mark = span.and_then(|span| self.app.marks.on(self.checked.asked.rewrite, span).next()).map(mark_sign);
        let sign = mark.map(|(sign, role)| (self.theme.sign(sign), role)).or_else(|| line.first.then(|| self.sign(line.sentence)));
        if let Some((sign, role)) = sign {
            Pen::new(buffer, area.x + 1, y, 1).text(sign, self.theme.style(role));
        }
        let mut pen = Pen::new(buffer, area.x + 3, y, area.width.saturating_sub(4));
        let chosen = self.chosen();
        for piece in &line.own {
            let style = self.style(*piece, chosen[1]);
            draw_piece(&mut pen, &self.checked.article.text, *piece, &self.app.check.hits, style, self.theme);
        }
        let Some(source) = line.source.filter(|_| !line.origin.is_empty() || two) else { return };
        let x = if two { area.x + 3 + cells(cells_of) } else { area.x + 2 };
        let mut pen = Pen::new(buffer, x, y, (area.x + area.width).saturating_sub(x + 1));
        let named = line.first || !two && self.begins_source(line);
        pen.right(if named { &self.checked.names[source] } else { "" }, 3, self.theme.style(Role::Left));
        pen.advance(1);
        for piece in &line.origin {
            let style = self.style(*piece, chosen[0].filter(|_| line.sentence == self.sentence_chosen()));
            draw_piece(&mut pen, &self.checked.origins[source].text, *piece, &[], style, self.theme);
        }
    }

    /// The words of the source and of the rewrite that the finding under the cursor points at.
    fn chosen(&self) -> [Option<Span>; 2] {
        let Some(Item::Finding(at)) = self.app.check.item() else { return [None, None] };
        let finding = &self.checked.check.findings[at];
        let there = finding.there.as_ref().zip(finding.source.as_ref());
        let there = there.map(|(tokens, (source, _))| span(&self.checked.origins[*source].parsed, tokens));
        [there, finding.here.as_ref().map(|tokens| span(&self.checked.article.parsed, tokens))]
    }

    /// The sentence of that finding.
    fn sentence_chosen(&self) -> usize {
        self.app.check.item().and_then(|item| self.checked.sentence(item)).unwrap_or(usize::MAX)
    }

    fn style(&self, piece: Piece, chosen: Option<Span>) -> Style {
        let style = self.theme.paint(piece.paint, piece.side, false);
        let here = piece.paint == Paint::Flagged && chosen.is_some_and(|span| span.overlaps(piece.span));
        if here { style.patch(self.theme.style(Role::Here)) } else { style }
    }

    /// Whether a line of one column is the first of a source: the words that it begins with are those that the source begins with.
    fn begins_source(&self, line: &TextLine) -> bool {
        let start = line.origin.first().map(|piece| piece.span.start);
        let first = self
            .checked
            .origin(line.sentence)
            .map(|(source, sentences)| self.checked.origins[source].parsed.sentences[sentences.start].span.start);
        start.is_some() && start == first
    }

    /// The sign of a sentence: a flag where something was found, a plus where no source has it.
    fn sign(&self, sentence: usize) -> (&'static str, Role) {
        let checked = &self.checked.check.sentences[sentence];
        match () {
            () if checked.unsupported => (self.theme.sign(Sign::Added), Role::Right),
            () if !checked.findings.is_empty() => (self.theme.sign(Sign::Flag), Role::Flag),
            () if checked.levels().iter().sum::<usize>() > 0 => (self.theme.sign(Sign::Edited), Role::Quiet),
            () => (" ", Role::Quiet),
        }
    }

    /// Where findings are in the whole text, at the right edge.
    fn ruler(&self, buffer: &mut Buffer) {
        let (area, view) = (self.parts.text, &self.app.check);
        let height = usize::from(area.height);
        if height == 0 || area.width < 8 {
            return;
        }
        let scale = view.text.len().max(height);
        for (n, y) in (0..height).zip(area.y..) {
            let (from, to) = (n * scale / height, (n + 1) * scale / height);
            let within = view.text.iter().take(to).skip(from).filter(|line| line.first);
            let signs = within.map(|line| self.sign(line.sentence)).filter(|(_, role)| *role != Role::Quiet);
            let mark = signs.max_by_key(|(_, role)| *role == Role::Flag);
            let seen = view.text.len() > height && from < view.text_scroll.top + height && to > view.text_scroll.top;
            let (sign, role) = match mark {
                Some(mark) => mark,
                None if seen => (self.theme.sign(Sign::Thumb), Role::Frame),
                None => continue,
            };
            Pen::new(buffer, area.x + area.width - 1, y, 1).text(sign, self.theme.style(role));
        }
    }

    // --- The list ---------------------------------------------------------------------------------------------------

    fn list(&self, buffer: &mut Buffer, active: bool) {
        let (area, view) = (self.parts.list, &self.app.check);
        let lines = view.list.iter().enumerate().skip(view.list_scroll.top).take(usize::from(area.height));
        for ((number, line), y) in lines.zip(area.y..) {
            if number == view.list_scroll.cursor {
                self.cursor(buffer, area, y, active && !view.in_text);
            }
            self.list_line(buffer, line, y);
        }
    }

    fn list_line(&self, buffer: &mut Buffer, line: &ListLine, y: u16) {
        let area = self.parts.list;
        let mut pen = Pen::new(buffer, area.x + 1, y, area.width.saturating_sub(2));
        match line {
            ListLine::Heading(text) => pen.text(text, self.theme.style(Role::Strong)),
            ListLine::Head(at) => {
                let item = self.app.check.items[*at];
                let (sign, role) = match item {
                    Item::Finding(_) => (Sign::Flag, Role::Flag),
                    Item::Dropped(_) => (Sign::Omitted, Role::Left),
                };
                match self.app.marks.item(*at).map(mark_sign) {
                    Some((sign, role)) => pen.text(&format!("{} ", self.theme.sign(sign)), self.theme.style(role)),
                    None => pen.advance(2),
                }
                pen.text(&format!("{} ", self.theme.sign(sign)), self.theme.style(role));
                pen.text(&self.checked.head(item), self.theme.style(Role::Text));
                if let Some(mark) = self.app.marks.item(*at) {
                    pen.text(&format!(" · {}", told(mark)), self.theme.style(mark_sign(mark).1).remove_modifier(Modifier::BOLD));
                }
            }
            ListLine::Told(_, text) => {
                pen.advance(4);
                pen.text(text, self.theme.style(Role::Quiet));
            }
        }
    }
}

fn cells(n: usize) -> u16 {
    u16::try_from(n).unwrap_or(u16::MAX)
}
