//! Draws the story view: one line a version, with how much of it each other version has.

use super::pen::{Pen, framed, tint};
use super::theme::{Role, Sign, Theme};
use crate::app::App;
use crate::app::layout::Area;
use crate::app::story::StoryLine;
use crate::app::versions::Versions;
use crate::collate::lineage::Node;
use ratatui::buffer::Buffer;
use ratatui::style::Modifier;

/// Cells of a column of the matrix.
const CELL: usize = 5;
/// Cells of the figures of a version: date and words.
const FIGURES: usize = 24;

pub(super) fn draw(buffer: &mut Buffer, app: &App, area: Area, theme: Theme) {
    let active = app.overlay.is_none();
    framed(buffer, area, theme, active);
    let inner = area.inner();
    let Some(versions) = &app.gathered else {
        super::paragraph(buffer, inner, "putting all versions side by side …", theme.style(Role::Quiet));
        return;
    };
    let sheet = Sheet::new(app, versions, theme, inner);
    if area.is_framed() {
        sheet.frame(buffer, area, active);
    }
    sheet.header(buffer);
    let lines = app.story.lines.iter().enumerate().skip(app.story.scroll.top).take(usize::from(inner.height.saturating_sub(1)));
    for ((number, line), y) in lines.zip(inner.y + 1..) {
        if number == app.story.scroll.cursor {
            let role = if active { Role::Cursor } else { Role::Resting };
            tint(buffer, Area { y, height: 1, ..inner }, theme.style(role).remove_modifier(Modifier::BOLD));
            Pen::new(buffer, inner.x, y, 1).text(theme.sign(Sign::Bar), theme.style(Role::Bar));
        }
        sheet.line(buffer, line, y);
    }
}

struct Sheet<'a> {
    app: &'a App,
    versions: &'a Versions,
    theme: Theme,
    inner: Area,
    /// Cells of the names.
    names: usize,
    /// The versions that have a column in sight.
    shown: Vec<usize>,
}

impl<'a> Sheet<'a> {
    fn new(app: &'a App, versions: &'a Versions, theme: Theme, inner: Area) -> Self {
        let width = usize::from(inner.width).saturating_sub(2);
        let names = (width / 3).clamp(12, 32);
        let figures = if width >= 70 { FIGURES } else { 0 };
        let room = width.saturating_sub(names + figures) / CELL;
        let count = versions.indices.len();
        let first = app.story.first.min(count.saturating_sub(room));
        Sheet { app, versions, theme, inner, names, shown: (first..count).take(room.max(1)).collect() }
    }

    fn is_wide(&self) -> bool {
        self.inner.width >= 72
    }

    fn frame(&self, buffer: &mut Buffer, area: Area, active: bool) {
        let first = self.versions.indices.first().and_then(|&a| self.app.listing.digests[a].as_ref()).map_or("", |d| &*d.headline);
        let title = format!(" Story · {} versions · {first} ", self.versions.indices.len());
        let role = if active { Role::Strong } else { Role::Quiet };
        Pen::new(buffer, area.x + 1, area.y, area.width - 2).clipped(&title, usize::from(area.width - 4), self.theme.style(role));
        let told = match self.app.story.version(self.versions) {
            Some(version) => self.versions.articles[version].headline().to_string(),
            None => return,
        };
        super::framed_line(buffer, area, &[(told, self.theme.style(Role::Quiet))], self.theme);
    }

    /// The letters over the columns, and what the figures below them are.
    fn header(&self, buffer: &mut Buffer) {
        let mut pen = Pen::new(buffer, self.inner.x + 1, self.inner.y, self.inner.width.saturating_sub(1));
        let lead = if self.is_wide() { self.names + FIGURES } else { self.names };
        pen.clipped("% of its words that the others have", lead.saturating_sub(1), self.theme.style(Role::Quiet));
        pen.skip_to(self.inner.x + 1 + cells(lead));
        for &version in &self.shown {
            let letter = self.app.version_letter(self.versions, version);
            pen.right(&letter, CELL - 1, self.theme.style(Role::Strong));
            pen.advance(1);
        }
    }

    fn line(&self, buffer: &mut Buffer, line: &StoryLine, y: u16) {
        let mut pen = Pen::new(buffer, self.inner.x + 1, y, self.inner.width.saturating_sub(1));
        match line {
            StoryLine::Version(version) => self.version(&mut pen, *version),
            StoryLine::Gap => {}
            StoryLine::Heading(text) => pen.text(text, self.theme.style(Role::Strong)),
            StoryLine::Branch(node, stem) => self.branch(&mut pen, *node, stem),
            StoryLine::Evidence(text) => self.drawn(&mut pen, text),
        }
    }

    /// Writes a text that begins with the lines of the tree.
    fn drawn(&self, pen: &mut Pen, text: &str) {
        for c in text.chars().take_while(|c| matches!(c, ' ' | '│' | '├' | '└')) {
            pen.right(self.theme.line(c), 1, self.theme.style(Role::Frame));
        }
        pen.text(text.trim_start_matches([' ', '│', '├', '└']), self.theme.style(Role::Quiet));
    }

    fn branch(&self, pen: &mut Pen, node: usize, stem: &str) {
        self.drawn(pen, stem);
        match self.versions.lineage.nodes[node] {
            Node::Unseen => pen.text(&format!("{} (unseen)", self.versions.lineage.letter(node)), self.theme.style(Role::Strong)),
            Node::Version(version) => {
                pen.text(&format!("{} ", self.app.version_letter(self.versions, version)), self.theme.style(Role::Strong));
                pen.clipped(&self.app.listing.name(self.versions.indices[version]), 60, self.theme.style(Role::Text));
            }
        }
    }

    fn version(&self, pen: &mut Pen, version: usize) {
        let index = self.versions.indices[version];
        let letter = self.app.version_letter(self.versions, version);
        pen.right(&letter, 2, self.theme.style(Role::Strong));
        pen.advance(1);
        pen.clipped(&self.app.listing.name(index), self.names - 4, self.theme.style(Role::Text));
        pen.skip_to(self.inner.x + 1 + cells(self.names));
        if self.is_wide() {
            let article = &self.versions.articles[version];
            let date = article.date.map_or_else(|| String::from("no date"), |date| date.strftime("%d %b %Y").to_string());
            pen.right(&date, 11, self.theme.style(Role::Quiet));
            pen.right(&format!("{} words", article.parsed.words()), FIGURES - 12, self.theme.style(Role::Quiet));
            pen.skip_to(self.inner.x + 1 + cells(self.names + FIGURES));
        }
        for &other in &self.shown {
            self.share(pen, version, other);
        }
    }

    /// How much of a version another one has, in per cent, on a ground that is the stronger the more it is.
    fn share(&self, pen: &mut Pen, version: usize, other: usize) {
        if version == other {
            pen.right(self.theme.sign(Sign::Dot), CELL - 1, self.theme.style(Role::Quiet));
            return pen.advance(1);
        }
        let share = self.versions.containment[version][other];
        let percent = if share >= 1.0 { 100.0 } else { (share * 100.0).round().min(99.0) };
        let heat = Role::HEATS[((share * 4.0) as usize).min(3)];
        pen.right(&format!("{percent} "), CELL, self.theme.style(heat));
    }
}

fn cells(n: usize) -> u16 {
    u16::try_from(n).unwrap_or(u16::MAX)
}
