//! Draws the table of variants: versions across, one line a variant, and the readings of the one under the cursor.

use super::pen::{Pen, framed, tint};
use super::readings::{judgement, readings};
use super::theme::{Role, Sign, Theme};
use crate::app::App;
use crate::app::layout::{Area, Pane};
use crate::app::variants::{Columns, VariantLine, head};
use crate::app::versions::{VariantPlace, Versions};
use crate::collate::Level;
use crate::text::width;
use ratatui::buffer::Buffer;
use ratatui::style::Modifier;

pub(super) fn draw(buffer: &mut Buffer, app: &App, area: Area, theme: Theme) {
    let active = app.overlay.is_none();
    framed(buffer, area, theme, active);
    let inner = area.inner();
    let Some(versions) = &app.gathered else {
        super::paragraph(buffer, inner, "putting all versions side by side …", theme.style(Role::Quiet));
        return;
    };
    let table = Table::new(app, versions, theme, inner);
    if area.is_framed() {
        table.title(buffer, area, active);
        table.detail(buffer, area);
    }
    table.header(buffer);
    let lines = app.variants.lines.iter().enumerate().skip(app.variants.scroll.top).take(usize::from(inner.height.saturating_sub(1)));
    for ((number, line), y) in lines.zip(inner.y + 1..) {
        let cursor = number == app.variants.scroll.cursor;
        if cursor {
            let role = if active { Role::Cursor } else { Role::Resting };
            tint(buffer, Area { y, height: 1, ..inner }, theme.style(role).remove_modifier(Modifier::BOLD));
            Pen::new(buffer, inner.x, y, 1).text(theme.sign(Sign::Bar), theme.style(Role::Bar));
        }
        table.line(buffer, line, y, cursor, table.hits.contains(&number));
    }
    if app.variants.lines.is_empty() {
        super::paragraph(
            buffer,
            Area { y: inner.y + 1, height: inner.height.saturating_sub(1), ..inner },
            table.nothing(),
            theme.style(Role::Quiet),
        );
    }
}

struct Table<'a> {
    app: &'a App,
    versions: &'a Versions,
    theme: Theme,
    inner: Area,
    columns: Columns,
    /// The versions of the columns in sight, each with its place in the order of all columns.
    shown: Vec<(usize, usize)>,
    hits: Vec<usize>,
}

impl<'a> Table<'a> {
    fn new(app: &'a App, versions: &'a Versions, theme: Theme, inner: Area) -> Self {
        let columns = Columns::new(usize::from(inner.width), versions.indices.len());
        let order = app.variants.order(versions.indices.len());
        let others = order.iter().copied().enumerate().skip(app.variants.first.max(1)).take(columns.count - 1);
        let shown = order.first().map(|&pinned| (0, pinned)).into_iter().chain(others).collect();
        let searched = app.hit.is_some_and(|(pane, ..)| pane == Pane::Variants);
        let hits = if searched { app.variant_hits(&super::tree::searched(app)) } else { Vec::new() };
        Table { app, versions, theme, inner, columns, shown, hits }
    }

    fn nothing(&self) -> &'static str {
        if self.app.variants.filter.is_empty() {
            "the versions tell the same in the same words, at the levels that are on"
        } else {
            "no variant is like this"
        }
    }

    // --- The frame --------------------------------------------------------------------------------------------------

    fn title(&self, buffer: &mut Buffer, area: Area, active: bool) {
        let table = &self.app.variants;
        let count = if table.shown == table.all { format!("{}", table.all) } else { format!("{} of {}", table.shown, table.all) };
        let off: Vec<&str> = Level::ALL.into_iter().filter(|l| !self.app.levels.has(*l)).map(Level::name).collect();
        let off = if off.is_empty() { String::new() } else { format!(" · without {}", off.join(", ")) };
        let filter = if table.filter.is_empty() { String::new() } else { format!(" · “{}”", table.filter) };
        let order = if table.by_weight { " · by weight" } else { "" };
        let columns = if self.shown.len() < self.versions.indices.len() {
            format!(" · {} columns in sight", self.shown.len())
        } else {
            String::new()
        };
        let title = format!(" Variants · {count} in {} versions{filter}{order}{off}{columns} ", self.versions.indices.len());
        let role = if active { Role::Strong } else { Role::Quiet };
        Pen::new(buffer, area.x + 1, area.y, area.width - 2).clipped(&title, usize::from(area.width - 4), self.theme.style(role));
    }

    fn detail(&self, buffer: &mut Buffer, area: Area) {
        let Some(place) = self.app.variants.place() else { return };
        let limit = (usize::from(area.width) / 4).max(12);
        let mut line = readings(self.app, self.versions, place, limit, self.theme);
        line.extend(judgement(self.versions, place, self.theme));
        super::framed_line(buffer, area, &line, self.theme);
    }

    /// The versions over their columns.
    fn header(&self, buffer: &mut Buffer) {
        for (slot, &(place, version)) in self.shown.iter().enumerate() {
            let letter = self.app.version_letter(self.versions, version);
            let name = self.app.listing.name(self.versions.indices[version]);
            let mut style = self.theme.style(if place == 0 { Role::Left } else { Role::Strong }).add_modifier(Modifier::BOLD);
            if place == self.app.variants.column {
                style = style.add_modifier(Modifier::UNDERLINED);
            }
            let mut pen = self.pen(buffer, slot, self.inner.y);
            let room = pen.room();
            pen.clipped(&format!("{letter} {name}"), room, style);
        }
    }

    /// A pen in a column, which leaves a gap behind it.
    fn pen<'b>(&self, buffer: &'b mut Buffer, slot: usize, y: u16) -> Pen<'b> {
        let cells = |n: usize| u16::try_from(n).unwrap_or(u16::MAX);
        let x = self.columns.margin + slot * self.columns.cells;
        let width = self.columns.cells.saturating_sub(2).min(usize::from(self.inner.width).saturating_sub(x));
        Pen::new(buffer, self.inner.x.saturating_add(cells(x)), y, cells(width))
    }

    // --- The lines --------------------------------------------------------------------------------------------------

    fn line(&self, buffer: &mut Buffer, line: &VariantLine, y: u16, cursor: bool, hit: bool) {
        match line {
            VariantLine::Passage(passage) => self.passage(buffer, *passage, y, hit),
            VariantLine::Variant(place) => self.variant(buffer, *place, y, cursor, hit),
            VariantLine::Quiet(first, count) => self.quiet(buffer, (*first, *count), y),
        }
    }

    fn passage(&self, buffer: &mut Buffer, passage: usize, y: u16, hit: bool) {
        let told: Vec<usize> = self.versions.apparatus.passages[passage].sentences.iter().map(|(version, _)| *version).collect();
        let mut pen = Pen::new(buffer, self.inner.x + 1, y, self.inner.width.saturating_sub(1));
        pen.right(&(passage + 1).to_string(), 4, self.theme.style(Role::Quiet));
        pen.advance(2);
        pen.text(&self.whose(&told), self.theme.style(Role::Strong));
        pen.advance(2);
        let room = pen.room();
        let role = if hit { Role::Hit } else { Role::Quiet };
        pen.clipped(&head(self.versions, passage, self.app.variants.pinned), room, self.theme.style(role));
    }

    /// Which versions have a passage: their letters, or how many where they are many.
    fn whose(&self, told: &[usize]) -> String {
        let all = self.versions.indices.len();
        match told {
            _ if told.len() == all => String::from("all"),
            [one] => format!("only {}", self.app.version_letter(self.versions, *one)),
            _ if told.len() <= 12 => self.app.letters(self.versions, told),
            _ => format!("{} of {all}", told.len()),
        }
    }

    fn quiet(&self, buffer: &mut Buffer, (first, count): (usize, usize), y: u16) {
        let sign = self.theme.sign(Sign::Closed);
        let plural = if count == 1 { "passage" } else { "passages" };
        let mut pen = Pen::new(buffer, self.inner.x + 1, y, self.inner.width.saturating_sub(1));
        pen.right(&(first + 1).to_string(), 4, self.theme.style(Role::Quiet));
        pen.advance(2);
        pen.text(&format!("{sign} {count} {plural} without a variant; z shows them"), self.theme.style(Role::Quiet));
    }

    fn variant(&self, buffer: &mut Buffer, place: VariantPlace, y: u16, cursor: bool, hit: bool) {
        let Some((passage, variant)) = self.versions.variant(place) else { return };
        let mut pen = Pen::new(buffer, self.inner.x + 1, y, self.inner.width.saturating_sub(1));
        if self.app.variants.by_weight {
            pen.right(&(place.0 + 1).to_string(), 4, self.theme.style(Role::Quiet));
        } else {
            pen.advance(4);
        }
        pen.text(if variant.flags.is_empty() { " " } else { self.theme.sign(Sign::Flag) }, self.theme.style(Role::Flag));
        let groups = variant.readings_at(self.app.levels.lowest());
        let group = |version: usize| groups.iter().position(|group| group.iter().any(|r| r.versions().any(|v| v == version)));
        let base = group(self.app.variants.order(self.versions.indices.len())[0]).unwrap_or(0);
        for (slot, &(column, version)) in self.shown.iter().enumerate() {
            if passage.sentences_of(version).is_none() {
                continue;
            }
            let Some((_, tokens)) = variant.reading_of(version) else { continue };
            let differs = group(version) != Some(base);
            let role = match () {
                () if hit => Role::Hit,
                () if column == 0 => Role::Left,
                () if differs => Role::Right,
                () => Role::Quiet,
            };
            let mut style = self.theme.style(role);
            if cursor && column == self.app.variants.column {
                style = style.patch(self.theme.style(Role::Here));
            }
            let mut pen = self.pen(buffer, slot, y);
            let room = pen.room();
            pen.clipped(&width::clipped(&self.versions.words(version, tokens), room), room, style);
        }
    }
}
