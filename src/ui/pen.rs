//! Writing into cells: text made safe, clipped to its place, frames around panes.

use super::theme::{Role, Theme, frame};
use crate::app::layout::Area;
use crate::text::width;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// A place to write: one row of cells, from the left.
pub(super) struct Pen<'a> {
    buffer: &'a mut Buffer,
    x: u16,
    end: u16,
    y: u16,
}

impl<'a> Pen<'a> {
    /// A pen at the beginning of a row of `width` cells.
    pub(super) fn new(buffer: &'a mut Buffer, x: u16, y: u16, width: u16) -> Self {
        let area = buffer.area;
        let end = if y < area.bottom() { x.saturating_add(width).min(area.right()) } else { x };
        Pen { buffer, x, end, y }
    }

    /// How many cells are left.
    pub(super) fn room(&self) -> usize {
        usize::from(self.end.saturating_sub(self.x))
    }

    /// Writes a text that may be anything; what does not fit is cut.
    pub(super) fn text(&mut self, text: &str, style: Style) {
        let flat = width::flat(text);
        let room = self.room();
        if room > 0 && !flat.is_empty() {
            let (x, _) = self.buffer.set_stringn(self.x, self.y, &flat, room, style);
            self.x = x;
        }
    }

    /// Writes a text, cut with `…` where it does not fit into `room` cells.
    pub(super) fn clipped(&mut self, text: &str, room: usize, style: Style) {
        let flat = width::flat(text);
        let clipped = width::clipped(&flat, room.min(self.room())).into_owned();
        self.text(&clipped, style);
    }

    /// Writes a short text at the right end of some cells, which all get the style.
    pub(super) fn right(&mut self, text: &str, cells: usize, style: Style) {
        let room = cells.min(self.room());
        let padded = format!("{}{text}", " ".repeat(room.saturating_sub(width::cells(text))));
        let (x, _) = self.buffer.set_stringn(self.x, self.y, padded, room, style);
        self.x = x.max(self.x).min(self.end);
    }

    /// Leaves some cells as they are.
    pub(super) fn advance(&mut self, cells: usize) {
        self.x = self.x.saturating_add(u16::try_from(cells).unwrap_or(u16::MAX)).min(self.end);
    }

    /// Goes on at a column, not back.
    pub(super) fn skip_to(&mut self, x: u16) {
        self.x = self.x.max(x).min(self.end);
    }
}

/// Lays a style over an area without touching what is written there.
pub(super) fn tint(buffer: &mut Buffer, area: Area, style: Style) {
    let area = rect(area).intersection(buffer.area);
    buffer.set_style(area, style);
}

/// An area as the terminal library has it.
pub(super) fn rect(area: Area) -> Rect {
    Rect { x: area.x, y: area.y, width: area.width, height: area.height }
}

/// Empties an area.
pub(super) fn clear(buffer: &mut Buffer, area: Area) {
    let area = rect(area).intersection(buffer.area);
    for position in area.positions() {
        if let Some(cell) = buffer.cell_mut(position) {
            cell.reset();
        }
    }
}

/// Draws the frame of a pane, when there is room for one.
pub(super) fn framed(buffer: &mut Buffer, area: Area, theme: Theme, active: bool) {
    if !area.is_framed() {
        return;
    }
    let style = theme.style(if active { Role::Active } else { Role::Frame });
    let [upper_left, upper_right, lower_right, lower_left, line, side] = frame(theme.look);
    let across = line.repeat(usize::from(area.width - 2));
    let (right, bottom) = (area.x + area.width - 1, area.y + area.height - 1);
    for (y, from, to) in [(area.y, upper_left, upper_right), (bottom, lower_left, lower_right)] {
        Pen::new(buffer, area.x, y, area.width).text(&format!("{from}{across}{to}"), style);
    }
    for y in area.y + 1..bottom {
        Pen::new(buffer, area.x, y, 1).text(side, style);
        Pen::new(buffer, right, y, 1).text(side, style);
    }
}
