//! Data to cells: the one floor that knows the terminal. Drawing looks at the state and changes nothing.

mod background;
mod check;
mod indexing;
mod keys;
mod listing;
mod overlay;
mod parallel;
mod pen;
mod printing;
mod reader;
mod readings;
mod run;
mod story;
pub mod terminal;
pub mod theme;
mod tree;
mod variants;

pub use printing::print;
pub use run::{Ended, Opening, Start, run};
pub use theme::{Depth, Look, Theme};

use crate::app::command::{COMMANDS, Command};
use crate::app::layout::{Area, Areas, Pane};
use crate::app::listing::Phase;
use crate::app::overlay::Overlay;
use crate::app::{App, Work};
use crate::text::{Span, width};
use pen::Pen;
use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::Position;
use ratatui::style::Style;
use theme::{Role, Sign};

/// Draws the whole state.
pub fn draw(frame: &mut Frame, app: &App, look: Look) {
    let areas = app.areas();
    draw_cells(frame.buffer_mut(), app, look, &areas);
    if let Some((x, y)) = overlay::cursor(app, areas.footer).filter(|(x, y)| *x < app.size.0 && *y < app.size.1) {
        frame.set_cursor_position(Position { x, y });
    }
}

fn draw_cells(buffer: &mut Buffer, app: &App, look: Look, areas: &Areas) {
    let theme = Theme { look, light: app.light };
    title(buffer, app, areas.title, theme);
    if areas.corpus.width > 0 {
        tree::draw(buffer, app, areas.corpus, theme);
    }
    if areas.article.width > 0 {
        reader::draw(buffer, app, areas.article, theme);
    }
    if areas.difference.width > 0 {
        parallel::draw(buffer, app, areas.difference, theme);
    }
    if areas.variants.width > 0 {
        variants::draw(buffer, app, areas.variants, theme);
    }
    if areas.story.width > 0 {
        story::draw(buffer, app, areas.story, theme);
    }
    if areas.check.width > 0 {
        check::draw(buffer, app, areas.check, theme);
    }
    footer(buffer, app, areas.footer, theme);
    overlay::draw(buffer, app, theme);
}

fn title(buffer: &mut Buffer, app: &App, area: Area, theme: Theme) {
    if area.height == 0 {
        return;
    }
    let figures = figures(app, usize::from(area.width).saturating_sub(11));
    let room = usize::from(area.width).saturating_sub(width::cells(&figures) + 2);
    let mut pen = Pen::new(buffer, area.x, area.y, area.width);
    pen.text(" variorum", theme.style(Role::Strong));
    let name = format!(" {} {}", theme.sign(Sign::Dot), app.listing.title());
    pen.clipped(&name, room.saturating_sub(9), theme.style(Role::Quiet));
    pen.skip_to(area.width.saturating_sub(u16::try_from(width::cells(&figures) + 1).unwrap_or(0)));
    pen.text(&figures, theme.style(Role::Quiet));
}

/// How much there is, and how far it was read. Where there is not room for all of it, what is done now goes before the counts.
fn figures(app: &App, room: usize) -> String {
    let listing = &app.listing;
    let count = |n: usize, one: &str, many: &str| format!("{n} {}", if n == 1 { one } else { many });
    let articles = count(listing.len(), "article", "articles");
    let skipped = format!("{} skipped", listing.skipped.len());
    let stories = count(listing.stories.len(), "story", "stories");
    let told = match listing.phase {
        Phase::Scanning if listing.names > 0 => return format!("{articles} so far · {} names in a folder …", listing.names),
        Phase::Scanning => return format!("{articles} so far …"),
        Phase::Reading => vec![articles, skipped, app.work.told()],
        Phase::Done => vec![articles, stories, skipped, app.work.told()],
    };
    let (count, idle) = (told.len(), app.work == Work::Nothing);
    let parts = |left_out: usize| if idle { &told[..count - left_out] } else { &told[left_out..] };
    let line = |left_out: usize| parts(left_out).iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(" · ");
    (0..count).map(line).find(|line| width::cells(line) <= room).unwrap_or_default()
}

fn footer(buffer: &mut Buffer, app: &App, area: Area, theme: Theme) {
    if area.height == 0 {
        return;
    }
    if let Some(Overlay::Prompt(prompt)) = &app.overlay {
        overlay::prompt(buffer, app, prompt, area, theme);
        return;
    }
    let mut pen = Pen::new(buffer, area.x, area.y, area.width);
    pen.text(" ", theme.style(Role::Text));
    let hit = app.hit.filter(|_| !app.query.is_empty()).map(|(pane, at, count)| {
        let soon = tree::so_far(pane == Pane::Corpus && app.is_looking());
        format!("“{}” {at} of {count}{soon}", app.query)
    });
    if let Some(told) = app.notice.clone().or(hit) {
        let room = pen.room().saturating_sub(1);
        pen.clipped(&told, room, theme.style(Role::Notice));
        pen.text("   ", theme.style(Role::Text));
    }
    for (keys, word) in hints(app, pen.room()) {
        pen.text(&keys, theme.style(Role::Key));
        pen.text(&format!(" {word}  "), theme.style(Role::Quiet));
    }
}

/// The hints of the footer that fit, those for help and quitting always among them.
fn hints(app: &App, room: usize) -> Vec<(String, &'static str)> {
    let shown = |command: &&Command| command.hint.is_some_and(|(_, panes)| panes.contains(&app.focus));
    let all: Vec<(String, &'static str, bool)> = COMMANDS
        .iter()
        .enumerate()
        .filter(|(_, c)| shown(c))
        .filter_map(|(i, c)| {
            let last = matches!(c.name, "help" | "quit");
            Some((hint_keys(app, i)?, c.hint?.0, last))
        })
        .collect();
    let cells = |(keys, word, _): &(String, &'static str, bool)| width::cells(keys) + width::cells(word) + 3;
    let mut left = room.saturating_sub(all.iter().filter(|h| h.2).map(cells).sum());
    let mut full = false;
    all.into_iter()
        .filter(|hint| {
            full = full || (!hint.2 && cells(hint) > left);
            if !hint.2 && !full {
                left -= cells(hint);
            }
            hint.2 || !full
        })
        .map(|(keys, word, _)| (keys, word))
        .collect()
}

/// The key of a command, with those of its counterparts that follow it in the table: `j/k`, `]/[`, `1/2/3`. `None` where none has
/// a key.
fn hint_keys(app: &App, index: usize) -> Option<String> {
    let name = COMMANDS[index].name;
    let stem = |name: &'static str| name.split('-').next().unwrap_or(name);
    let counterpart = |other: &&Command| {
        let opposite = name.strip_prefix("next-").is_some_and(|rest| other.name.strip_prefix("previous-") == Some(rest));
        other.hint.is_none() && (opposite || (name.contains('-') && stem(other.name) == stem(name)))
    };
    let last = index + COMMANDS[index + 1..].iter().take_while(counterpart).count();
    let keys: Vec<String> = (index..=last).filter_map(|command| app.bindings().names(command).into_iter().next()).collect();
    (!keys.is_empty()).then(|| keys.join("/"))
}

/// A line of texts in the lower frame of a pane.
fn framed_line(buffer: &mut Buffer, area: Area, line: &[(String, Style)], theme: Theme) {
    let mut pen = Pen::new(buffer, area.x + 2, area.y + area.height - 1, area.width.saturating_sub(4));
    pen.text(" ", theme.style(Role::Text));
    for (text, style) in line {
        let room = pen.room().saturating_sub(1);
        pen.clipped(text, room, *style);
    }
    pen.text(" ", theme.style(Role::Text));
}

/// A text of several lines in a pane, wrapped at words.
fn paragraph(buffer: &mut Buffer, area: Area, text: &str, style: Style) {
    let cells = usize::from(area.width).saturating_sub(4).clamp(1, 60);
    let lines = width::wrap(text, Span::new(0, text.len()), cells, 0);
    for (line, y) in lines.into_iter().take(usize::from(area.height)).zip(area.y + u16::from(area.height > 2)..) {
        if y < area.y + area.height {
            Pen::new(buffer, area.x + 2, y, area.width.saturating_sub(2)).text(line.of(text), style);
        }
    }
}
