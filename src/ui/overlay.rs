//! Draws what lies over the panes: help, palette, the list of skipped files, the settings; and the entry line in the footer.

use super::pen::{Pen, clear, framed, tint};
use super::theme::{Role, Sign, Theme};
use super::tree::so_far;
use crate::app::command::COMMANDS;
use crate::app::layout::{Area, Pane};
use crate::app::marks::{MarksList, note_lead, told};
use crate::app::overlay::{Overlay, Palette, Prompt, Purpose, WIDEST};
use crate::app::scroll::Scroll;
use crate::app::{App, overlay_rows};
use crate::corpus::notes::{Mark, Verdict};
use crate::text::width;
use ratatui::buffer::Buffer;
use ratatui::style::Modifier;
use std::borrow::Cow;
use tui_input::Input;

pub(super) fn draw(buffer: &mut Buffer, app: &App, theme: Theme) {
    match &app.overlay {
        Some(Overlay::Help(scroll)) => help(buffer, app, *scroll, theme),
        Some(Overlay::Skipped(scroll)) => skipped(buffer, app, *scroll, theme),
        Some(Overlay::Settings(scroll)) => settings(buffer, app, *scroll, theme),
        Some(Overlay::Palette(palette)) => draw_palette(buffer, app, palette, theme),
        Some(Overlay::Marks(list)) => marks(buffer, app, list, theme),
        Some(Overlay::Prompt(_)) | None => {}
    }
}

/// A frame in the middle of the screen; the answer is the area inside.
fn sheet(buffer: &mut Buffer, app: &App, size: (u16, u16), title: &str, theme: Theme) -> Area {
    let (width, height) = (size.0.min(app.size.0), size.1.min(app.size.1));
    let area = Area { x: (app.size.0 - width) / 2, y: (app.size.1 - height) / 2, width, height };
    clear(buffer, area);
    framed(buffer, area, theme, true);
    if area.is_framed() {
        Pen::new(buffer, area.x + 1, area.y, area.width - 2).clipped(title, usize::from(area.width - 4), theme.style(Role::Strong));
    }
    area.inner()
}

fn help(buffer: &mut Buffer, app: &App, scroll: Scroll, theme: Theme) {
    let lines = app.help_lines();
    let wanted = u16::try_from(lines.len() + 2).unwrap_or(u16::MAX);
    let inner = sheet(buffer, app, (96, wanted.min(app.size.1.saturating_sub(2)).max(3)), " Keys · Esc closes, j/k scroll ", theme);
    for ((keys, text), y) in lines.iter().skip(scroll.top).take(usize::from(inner.height)).zip(inner.y..) {
        let mut pen = Pen::new(buffer, inner.x + 1, y, inner.width.saturating_sub(2));
        let Some(keys) = keys else {
            pen.text(text, theme.style(Role::Strong));
            continue;
        };
        pen.advance(2);
        pen.clipped(keys, 14, theme.style(Role::Key));
        pen.skip_to(inner.x + 16);
        let room = pen.room();
        pen.clipped(text, room, theme.style(Role::Text));
    }
}

fn skipped(buffer: &mut Buffer, app: &App, scroll: Scroll, theme: Theme) {
    let skipped = &app.listing.skipped;
    let title = format!(" {} skipped · Esc closes, j/k scroll ", skipped.len());
    let height = u16::try_from(skipped.len() + 2).unwrap_or(u16::MAX).clamp(5, app.size.1.saturating_sub(2).max(5));
    let inner = sheet(buffer, app, (WIDEST, height), &title, theme);
    if skipped.is_empty() {
        Pen::new(buffer, inner.x + 1, inner.y, inner.width).text("nothing was passed over", theme.style(Role::Quiet));
    }
    for (file, y) in skipped.iter().skip(scroll.top).take(usize::from(inner.height)).zip(inner.y..) {
        let mut pen = Pen::new(buffer, inner.x + 1, y, inner.width.saturating_sub(2));
        let share = pen.room() * 2 / 5;
        pen.clipped(&app.listing.below_root(&file.path).to_string_lossy(), share, theme.style(Role::Text));
        pen.text("  ", theme.style(Role::Text));
        let room = pen.room();
        pen.clipped(&file.why, room, theme.style(Role::Quiet));
    }
}

fn settings(buffer: &mut Buffer, app: &App, scroll: Scroll, theme: Theme) {
    let lines = app.settings_lines();
    let height = u16::try_from(lines.len() + 2).unwrap_or(u16::MAX).clamp(5, app.size.1.saturating_sub(2).max(5));
    let inner = sheet(buffer, app, (WIDEST, height), " Settings · Esc closes, j/k scroll ", theme);
    for (line, y) in lines.iter().skip(scroll.top).take(usize::from(inner.height)).zip(inner.y..) {
        Pen::new(buffer, inner.x + 1, y, inner.width.saturating_sub(2)).text(line, theme.style(Role::Text));
    }
}

fn marks(buffer: &mut Buffer, app: &App, list: &MarksList, theme: Theme) {
    let marks = list.marks(&app.marks.all);
    let rows = overlay_rows(app.size.1);
    let by = list.by.as_ref().map_or_else(|| String::from("everybody"), |by| width::flat(by).into_owned());
    let title = format!(" {} {} by {by} · Tab which, b by whom, Enter goes there, Esc closes ", marks.len(), list.shown.name());
    let height = u16::try_from(marks.len().clamp(3, rows.max(3)) + 2).unwrap_or(20);
    let inner = sheet(buffer, app, (WIDEST, height), &title, theme);
    if marks.is_empty() {
        Pen::new(buffer, inner.x + 1, inner.y, inner.width).text("no such mark", theme.style(Role::Quiet));
    }
    for ((n, mark), y) in marks.iter().enumerate().skip(list.scroll.top).take(rows.min(usize::from(inner.height))).zip(inner.y..) {
        if n == list.scroll.cursor {
            tint(buffer, Area { y, height: 1, ..inner }, theme.style(Role::Cursor).remove_modifier(Modifier::BOLD));
            Pen::new(buffer, inner.x, y, 1).text(theme.sign(Sign::Bar), theme.style(Role::Bar));
        }
        let mut pen = Pen::new(buffer, inner.x + 1, y, inner.width.saturating_sub(2));
        let (sign, role) = mark_sign(mark);
        pen.text(&format!("{} ", theme.sign(sign)), theme.style(role));
        let share = pen.room() / 4;
        pen.clipped(&mark.spot.article.id, share, theme.style(Role::Text));
        let what = mark.spot.kind.as_deref().unwrap_or(mark.spot.on.name());
        pen.text(&format!("  {what} "), theme.style(Role::Quiet));
        // Where something is missing, the other side has the words.
        let missing = mark.spot.against.as_ref().filter(|_| mark.spot.words.is_empty());
        let words = width::flat(missing.map_or(&mark.spot.words, |against| &against.words));
        if !words.is_empty() {
            let share = pen.room() / 2;
            pen.clipped(&format!("“{words}”"), share, theme.style(Role::Text));
        }
        let room = pen.room();
        pen.clipped(&format!("  {}", told(mark)), room, theme.style(Role::Quiet));
    }
}

/// The sign of a mark: of its verdict, or of a note without one.
pub(super) fn mark_sign(mark: &Mark) -> (Sign, Role) {
    match mark.decision.verdict {
        Some(Verdict::Accept) => (Sign::Accepted, Role::Accepted),
        Some(Verdict::Query) => (Sign::Query, Role::Notice),
        Some(Verdict::Error) => (Sign::Error, Role::Flag),
        None => (Sign::Note, Role::Notice),
    }
}

fn draw_palette(buffer: &mut Buffer, app: &App, palette: &Palette, theme: Theme) {
    let rows = overlay_rows(app.size.1);
    let inner = sheet(buffer, app, (84, u16::try_from(rows + 3).unwrap_or(20)), " Commands ", theme);
    let mut pen = Pen::new(buffer, inner.x + 1, inner.y, inner.width.saturating_sub(2));
    pen.text(": ", theme.style(Role::Key));
    pen.text(palette.input.value(), theme.style(Role::Text));
    for ((n, &index), y) in palette
        .found
        .iter()
        .enumerate()
        .skip(palette.scroll.top)
        .take(rows.min(usize::from(inner.height.saturating_sub(1))))
        .zip(inner.y + 1..)
    {
        let cursor = n == palette.scroll.cursor;
        if cursor {
            tint(buffer, Area { y, height: 1, ..inner }, theme.style(Role::Cursor));
        }
        let command = &COMMANDS[index];
        let mut pen = Pen::new(buffer, inner.x, y, inner.width);
        pen.text(if cursor { theme.sign(Sign::Bar) } else { " " }, theme.style(Role::Bar));
        pen.clipped(command.name, 22, theme.style(Role::Text));
        pen.skip_to(inner.x + 22);
        pen.clipped(&app.bindings().names(index).join(" "), 10, theme.style(Role::Key));
        pen.skip_to(inner.x + 33);
        let room = pen.room();
        pen.clipped(command.help, room, theme.style(Role::Quiet));
    }
}

/// The entry line; the answer is where its cursor is.
pub(super) fn prompt(buffer: &mut Buffer, app: &App, prompt: &Prompt, area: Area, theme: Theme) {
    let mut pen = Pen::new(buffer, area.x, area.y, area.width);
    pen.text(&lead(app, prompt.purpose), theme.style(Role::Key));
    let (shown, _) = window(&prompt.input, pen.room());
    pen.text(&shown, theme.style(Role::Text));
    let found = match prompt.purpose {
        Purpose::Search(_) => app.hit.map(|(pane, _, count)| format!("{count} found{}", so_far(pane == Pane::Corpus && app.is_looking()))),
        Purpose::Filter => Some(format!("{} of {}{}", app.tree.passed(), app.listing.len(), so_far(app.tree.is_listing()))),
        Purpose::Variants => Some(format!("{} of {}", app.variants.shown, app.variants.all)),
        Purpose::Words => Some(app.words.told()),
        Purpose::Note | Purpose::Report | Purpose::Overwrite => None,
    };
    // What was typed is not lost when it cannot be saved: it stands there again, and why.
    if let Some(told) = app.notice.as_ref().filter(|_| prompt.purpose == Purpose::Note) {
        pen.advance(3);
        pen.text(told, theme.style(Role::Notice));
    }
    pen.advance(3);
    pen.text(&found.unwrap_or_default(), theme.style(Role::Quiet));
}

/// What stands in front of an entry.
fn lead(app: &App, purpose: Purpose) -> Cow<'static, str> {
    match purpose {
        Purpose::Search(_) => Cow::Borrowed(" / "),
        Purpose::Filter => Cow::Borrowed(" filter: "),
        Purpose::Variants => Cow::Borrowed(" kind, level, flag, version or words: "),
        Purpose::Words => Cow::Borrowed(" words: "),
        Purpose::Note => Cow::Owned(note_lead(app)),
        Purpose::Report => Cow::Borrowed(" report to (.html, .md, .json): "),
        Purpose::Overwrite => Cow::Borrowed(" there is such a file; overwrite it? y or n: "),
    }
}

/// The part of an entry around its cursor that fits into some cells, and the cells before the cursor in it.
fn window(input: &Input, cells: usize) -> (String, usize) {
    let room = cells.saturating_sub(1).max(1);
    let before: Vec<char> = input.value().chars().take(input.cursor()).collect();
    let wide = |chars: &[char]| chars.iter().map(|c| width::cells(c.encode_utf8(&mut [0; 4]))).sum::<usize>();
    let first = (0..=before.len()).find(|&first| wide(&before[first..]) <= room).unwrap_or(before.len());
    (input.value().chars().skip(first).collect(), wide(&before[first..]))
}

/// Where the cursor of an entry line stands, when there is one.
pub(super) fn cursor(app: &App, footer: Area) -> Option<(u16, u16)> {
    let column = |lead: usize, input: &Input, cells: usize| u16::try_from(lead + window(input, cells.saturating_sub(lead)).1).ok();
    match app.overlay.as_ref()? {
        Overlay::Prompt(prompt) => {
            Some((footer.x + column(width::cells(&lead(app, prompt.purpose)), &prompt.input, usize::from(footer.width))?, footer.y))
        }
        Overlay::Palette(palette) => {
            let height = u16::try_from(overlay_rows(app.size.1) + 3).ok()?.min(app.size.1);
            let (x, y) = ((app.size.0 - app.size.0.min(84)) / 2, (app.size.1 - height) / 2);
            Some((x + 1 + column(3, &palette.input, 81)?, y + 1))
        }
        Overlay::Help(_) | Overlay::Skipped(_) | Overlay::Settings(_) | Overlay::Marks(_) => None,
    }
}
