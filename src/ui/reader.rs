//! Draws the article pane.

use super::overlay::mark_sign;
use super::pen::{Pen, framed, tint};
use super::readings::several;
use super::theme::{Role, Sign, Theme};
use crate::app::App;
use crate::app::layout::{Area, Pane};
use crate::app::reader::ReaderLine;
use crate::app::rows::{Paint, Piece};
use crate::text::{BlockKind, Span, width};
use ratatui::buffer::Buffer;
use ratatui::style::{Modifier, Style};

pub(super) fn draw(buffer: &mut Buffer, app: &App, area: Area, theme: Theme) {
    let active = app.focus == Pane::Article && app.overlay.is_none();
    framed(buffer, area, theme, active);
    let inner = area.inner();
    if area.is_framed() {
        draw_title(buffer, app, area, theme, active);
        draw_readings(buffer, app, area, theme);
    }
    if let Some(trouble) = &app.reader.trouble {
        super::paragraph(buffer, inner, trouble, theme.style(Role::Notice));
    }
    let Some(article) = &app.reader.article else { return };
    let side = app.parallel.pair.as_ref().and_then(|p| p.indices.iter().position(|i| Some(*i) == app.reader.shown)).unwrap_or(0);
    let lines = app.reader.lines.iter().enumerate().skip(app.reader.scroll.top).take(usize::from(inner.height));
    for ((number, line), y) in lines.zip(inner.y..) {
        let cursor = number == app.reader.scroll.cursor;
        if cursor {
            tint(
                buffer,
                Area { y, height: 1, ..inner },
                theme.style(if active { Role::Cursor } else { Role::Resting }).remove_modifier(Modifier::BOLD),
            );
        }
        let mut pen = Pen::new(buffer, inner.x, y, inner.width);
        pen.text(if cursor { theme.sign(Sign::Bar) } else { " " }, theme.style(Role::Bar));
        let alone = app.reader.pieces(line).iter().any(|piece| piece.paint == Paint::Alone);
        let (sign, role) = if side == 0 { (Sign::Omitted, Role::Left) } else { (Sign::Added, Role::Right) };
        let mark = app.reader.shown.and_then(|index| app.marks.on(index, line.span).next()).map(mark_sign);
        let sign = mark.or_else(|| alone.then_some((sign, role)));
        pen.text(sign.map_or(" ", |(sign, _)| theme.sign(sign)), theme.style(sign.map_or(Role::Text, |(_, role)| role)));
        draw_line(&mut pen, app, &article.text, line, side, theme);
    }
}

fn draw_title(buffer: &mut Buffer, app: &App, area: Area, theme: Theme, active: bool) {
    let whole = if app.reading.whole { " with page furniture ·" } else { "" };
    let place = format!("{whole} {}/{} ", (app.reader.scroll.cursor + 1).min(app.reader.lines.len()), app.reader.lines.len());
    let name = app.reader.shown.map_or_else(|| String::from("Article"), |index| app.label(index));
    let title = match &app.reader.article {
        Some(article) => format!(" {name} · {} ", article.headline()),
        None => format!(" {name} "),
    };
    let room = usize::from(area.width - 2).saturating_sub(width::cells(&place) + 1);
    let mut pen = Pen::new(buffer, area.x + 1, area.y, area.width - 2);
    pen.clipped(&title, room, theme.style(if active { Role::Strong } else { Role::Quiet }));
    // A pane can be narrower than the place: then it is cut.
    let end = area.x + area.width - 1;
    let x = end.saturating_sub(u16::try_from(width::cells(&place)).unwrap_or(0)).max(area.x + 1);
    Pen::new(buffer, x, area.y, end - x).text(&place, theme.style(Role::Quiet));
}

/// What the other versions have at the places that begin on the line under the cursor, as many as fit, in the lower frame.
fn draw_readings(buffer: &mut Buffer, app: &App, area: Area, theme: Theme) {
    let line = several(app, &app.variants_on_line(), usize::from(area.width), theme);
    if !line.is_empty() {
        super::framed_line(buffer, area, &line, theme);
    }
}

fn draw_line(pen: &mut Pen, app: &App, raw: &str, line: &ReaderLine, side: usize, theme: Theme) {
    let block = if app.reader.reads(line.kind) && !line.kind.counts() { theme.style(Role::Text) } else { block_style(line.kind, theme) };
    for piece in app.reader.pieces(line) {
        draw_piece(pen, raw, piece, &app.reader.hits, block.patch(theme.underline(piece.paint, side)), theme);
    }
}

fn block_style(kind: BlockKind, theme: Theme) -> Style {
    match kind {
        BlockKind::Headline => theme.style(Role::Strong),
        BlockKind::Standfirst => theme.style(Role::Text).add_modifier(Modifier::ITALIC),
        BlockKind::Paragraph => theme.style(Role::Text),
        BlockKind::Caption => theme.style(Role::Quiet).add_modifier(Modifier::ITALIC),
        _ => theme.style(Role::Quiet),
    }
}

/// Writes a piece, with what a search found in it standing out.
pub(super) fn draw_piece(pen: &mut Pen, raw: &str, piece: Piece, hits: &[Span], style: Style, theme: Theme) {
    if piece.spaced {
        pen.text(" ", Style::new());
    }
    let mut at = piece.span.start;
    for hit in hits.iter().filter(|hit| hit.overlaps(piece.span)) {
        let (start, end) = (hit.start.max(at), hit.end.min(piece.span.end));
        pen.text(&raw[at..start], style);
        pen.text(&raw[start..end], style.patch(theme.style(Role::Hit)));
        at = end;
    }
    pen.text(&raw[at..piece.span.end], style);
}
