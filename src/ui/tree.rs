//! Draws the corpus pane.

use super::overlay::mark_sign;
use super::pen::{Pen, framed, tint};
use super::theme::{Role, Sign, Theme};
use crate::app::App;
use crate::app::command::order_name;
use crate::app::layout::{Area, Pane};
use crate::app::listing::Phase;
use crate::app::tree::{Item, Order, TreeLine};
use crate::corpus::notes::On;
use crate::corpus::search::Needle;
use ratatui::buffer::Buffer;

pub(super) fn draw(buffer: &mut Buffer, app: &App, area: Area, theme: Theme) {
    let active = app.focus == Pane::Corpus && app.overlay.is_none();
    framed(buffer, area, theme, active);
    let inner = area.inner();
    if area.is_framed() {
        let role = if active { Role::Strong } else { Role::Quiet };
        Pen::new(buffer, area.x + 1, area.y, area.width - 2).clipped(&title(app), usize::from(area.width - 4), theme.style(role));
    }
    let needle = app.hit.filter(|(pane, ..)| *pane == Pane::Corpus).map(|_| Needle::new(&searched(app))).unwrap_or_default();
    let top = app.tree.scroll.top;
    let lines = (top..top + usize::from(inner.height)).map_while(|number| Some((number, app.tree.line(number)?)));
    for ((number, line), y) in lines.zip(inner.y..) {
        if number == app.tree.scroll.cursor {
            let role = if active { Role::Cursor } else { Role::Resting };
            tint(buffer, Area { y, height: 1, ..inner }, theme.style(role));
        }
        draw_line(
            buffer,
            app,
            Area { y, height: 1, ..inner },
            &line,
            theme,
            (number == app.tree.scroll.cursor, app.has(line.item, &needle)),
        );
    }
    if app.tree.is_empty() {
        let mut pen = Pen::new(buffer, inner.x, inner.y, inner.width);
        pen.text(empty(app), theme.style(Role::Quiet));
    }
}

/// What is being searched for: while it is typed, what was typed.
pub(super) fn searched(app: &App) -> String {
    match &app.overlay {
        Some(crate::app::overlay::Overlay::Prompt(prompt)) => prompt.input.value().to_string(),
        _ => app.query.clone(),
    }
}

fn title(app: &App) -> String {
    let order = order_name(app.tree.order);
    let soon = so_far(app.tree.is_listing());
    if !app.words.typed.is_empty() {
        return format!(" {order} · {} · {} of {}{soon} ", app.words.typed, app.tree.passed(), app.listing.len());
    }
    if app.tree.filter.is_empty() {
        return format!(" Corpus · {order} ");
    }
    format!(" {order} · “{}” {} of {}{soon} ", app.tree.filter, app.tree.passed(), app.listing.len())
}

/// What stands behind a figure that is not the last word.
pub(super) fn so_far(grows: bool) -> &'static str {
    if grows { " so far …" } else { "" }
}

fn empty(app: &App) -> &'static str {
    match app.listing.phase {
        _ if app.tree.is_listing() => " searching …",
        _ if !app.tree.filter.is_empty() || app.tree.found.is_some() => " nothing has these words",
        Phase::Scanning => " looking for articles …",
        _ if app.listing.is_empty() => " no articles here",
        Phase::Reading => " reading …",
        Phase::Done => "",
    }
}

fn draw_line(buffer: &mut Buffer, app: &App, area: Area, line: &TreeLine, theme: Theme, (cursor, hit): (bool, bool)) {
    let mut pen = Pen::new(buffer, area.x, area.y, area.width);
    let bar = if cursor { theme.sign(Sign::Bar) } else { " " };
    pen.text(bar, theme.style(Role::Bar));
    pen.advance(2 * line.depth.min(8));
    let style = |role| if hit { theme.style(Role::Hit) } else { theme.style(role) };
    let fold = |item: Item| theme.sign(if app.tree.is_folded(item) { Sign::Closed } else { Sign::Open });
    match line.item {
        Item::Folder(folder) => {
            let path = app.listing.folder_path(folder);
            let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
            heading(&mut pen, fold(line.item), &name, line.count, theme, style(Role::Text));
        }
        Item::Story(story) => heading(&mut pen, fold(line.item), &app.story_title(story), line.count, theme, style(Role::Strong)),
        Item::Alone => heading(&mut pen, fold(line.item), "alone", line.count, theme, style(Role::Quiet)),
        Item::Article(article) => draw_article(&mut pen, app, article, theme, style(Role::Text)),
    }
}

fn heading(pen: &mut Pen, sign: &str, name: &str, count: usize, theme: Theme, style: ratatui::style::Style) {
    let count = format!(" {count} ");
    pen.text(sign, theme.style(Role::Quiet));
    pen.text(" ", theme.style(Role::Quiet));
    let room = pen.room().saturating_sub(count.len());
    pen.clipped(name, room, style);
    pen.text(&count, theme.style(Role::Quiet));
}

fn draw_article(pen: &mut Pen, app: &App, article: usize, theme: Theme, style: ratatui::style::Style) {
    let digest = app.listing.digests[article].as_ref();
    let (marks, figures) = (marks(app, article, theme), figures(app, article, theme));
    let room = pen.room();
    let marked = if app.marked == Some(article) { theme.sign(Sign::Marked) } else { " " };
    pen.text(marked, theme.style(Role::Bar));
    let letter = app.listing.letter(article).filter(|_| app.tree.order == Order::Stories);
    if let Some(letter) = &letter {
        pen.text(&format!("{letter} "), theme.style(Role::Strong));
    }
    let name = match app.tree.order {
        Order::Files => app.listing.label(article),
        Order::Stories if letter.is_none() => digest.map_or_else(|| app.listing.file_name(article), |d| d.headline.clone()),
        Order::Stories => app.listing.name(article),
    };
    // What an editor has still to see to goes before what can be looked up.
    let cells = |figures: &[(String, Role)]| figures.iter().map(|(text, _)| crate::text::width::cells(text)).sum::<usize>();
    let showing = [[&marks[..], &figures[..]].concat(), marks, figures].into_iter().find(|all| !all.is_empty() && room > cells(all) + 12);
    let showing = showing.unwrap_or_default();
    let told = cells(&showing);
    let used = room - pen.room();
    pen.clipped(&name, room.saturating_sub(used + told), style);
    let gap = pen.room().saturating_sub(told);
    pen.advance(if showing.is_empty() { 0 } else { gap });
    showing.iter().for_each(|(text, role)| pen.text(text, theme.style(*role)));
}

/// What an editor says of an article as a whole, and how much in it is open.
fn marks(app: &App, article: usize, theme: Theme) -> Vec<(String, Role)> {
    let marks = app.marks.all.of(&app.listing.id(article));
    let whole = marks.iter().find(|mark| mark.spot.on == On::Article).map(|mark| mark_sign(mark));
    let open = marks.iter().filter(|mark| mark.decision.is_open()).count();
    let open = (open > 0).then(|| (format!(" {open} open"), Role::Notice));
    whole.map(|(sign, role)| (format!(" {}", theme.sign(sign)), role)).into_iter().chain(open).collect()
}

/// Date, likeness and flags of a version, as they stand at the right edge of its line.
fn figures(app: &App, article: usize, theme: Theme) -> Vec<(String, Role)> {
    let date = app.listing.digests[article].as_ref().and_then(|d| d.date).map(|d| d.strftime(" %d %b").to_string());
    let mut figures: Vec<(String, Role)> = date.map(|d| (d, Role::Quiet)).into_iter().collect();
    match app.likeness.get(&article) {
        Some((similarity, flags)) => {
            let percent = if *similarity >= 1.0 { 100.0 } else { (similarity * 100.0).round().min(99.0) };
            figures.push((format!(" {percent:3}%"), Role::Quiet));
            figures.push((String::from(if *flags > 0 { theme.sign(Sign::Flag) } else { " " }), Role::Flag));
        }
        None if app.listing.place(article).is_some() => figures.push((String::from("      "), Role::Quiet)),
        None => {}
    }
    figures
}
