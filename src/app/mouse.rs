//! The mouse: click, wheel, and borders that are dragged.

use super::layout::{Areas, Pane};
use super::overlay::Overlay;
use super::task::Request;
use super::{App, Mouse};

impl App {
    pub(super) fn mouse(&mut self, mouse: Mouse, column: u16, row: u16) -> Vec<Request> {
        let areas = self.areas();
        if self.overlay.is_some() {
            return self.overlay_mouse(mouse);
        }
        match mouse {
            Mouse::Wheel(notches) => return self.wheel(areas.pane_at(column, row), notches),
            Mouse::Press => {
                self.touched = true;
                self.arrival = None;
                self.dragged = areas.border_at(column, row);
                if self.dragged.is_none() {
                    let here = self.spot();
                    let requests = self.click(&areas, column, row);
                    self.note_jump(here, false, false, &requests);
                    return requests;
                }
            }
            Mouse::Drag => {
                if let Some(border) = self.dragged {
                    self.borders = areas.dragged(border, column, row, self.borders);
                }
            }
            Mouse::Release => self.dragged = None,
        }
        Vec::new()
    }

    pub(super) fn overlay_mouse(&mut self, mouse: Mouse) -> Vec<Request> {
        let height = usize::from(self.size.1).saturating_sub(4).max(1);
        let lines = match &self.overlay {
            Some(Overlay::Help(_)) => self.help_lines().len(),
            Some(Overlay::Skipped(_)) => self.listing.skipped.len(),
            Some(Overlay::Settings(_)) => self.settings_lines().len(),
            Some(Overlay::Prompt(_) | Overlay::Palette(_) | Overlay::Marks(_)) | None => return Vec::new(),
        };
        match (&mut self.overlay, mouse) {
            (_, Mouse::Press) => self.overlay = None,
            (Some(Overlay::Help(scroll) | Overlay::Skipped(scroll) | Overlay::Settings(scroll)), Mouse::Wheel(notches)) => {
                scroll.roll(notches * 3, lines, height);
            }
            _ => {}
        }
        Vec::new()
    }

    /// The wheel rolls the pane under the pointer, whichever has the keys; the cursor goes along only as far as it must.
    pub(super) fn wheel(&mut self, pane: Option<Pane>, notches: isize) -> Vec<Request> {
        let Some(pane) = pane else { return Vec::new() };
        let height = self.height(pane);
        match pane {
            Pane::Corpus => self.tree.scroll.roll(notches * 3, self.tree.len(), height),
            Pane::Article => self.reader.scroll.roll(notches * 3, self.reader.lines.len(), height),
            Pane::Difference => self.parallel.scroll.roll(notches * 3, self.parallel.lines.len(), height),
            Pane::Variants => self.variants.scroll.roll(notches * 3, self.variants.lines.len(), height),
            Pane::Story => self.story.scroll.roll(notches * 3, self.story.lines.len(), height),
            Pane::Check => self.wheel_check(notches * 3),
        }
        Vec::new()
    }

    pub(super) fn click(&mut self, areas: &Areas, column: u16, row: u16) -> Vec<Request> {
        let Some(pane) = areas.pane_at(column, row) else { return Vec::new() };
        self.focus = pane;
        let inner = areas.of(pane).inner();
        if !inner.contains(column, row) {
            return Vec::new();
        }
        let line = usize::from(row - inner.y);
        match pane {
            Pane::Corpus => {
                let line = self.tree.scroll.top + line;
                if line < self.tree.len() {
                    self.tree.scroll.cursor = line;
                    self.fold(None);
                }
                self.follow_tree()
            }
            Pane::Article => {
                let height = self.height(pane);
                self.reader.scroll.go(self.reader.scroll.top + line, self.reader.lines.len(), height);
                self.follow_reader();
                Vec::new()
            }
            Pane::Difference => {
                let height = self.height(pane);
                if column + 1 == inner.x + inner.width {
                    return self.click_ruler(line, height);
                }
                self.parallel.at = None;
                self.parallel.scroll.go(self.parallel.scroll.top + line, self.parallel.lines.len(), height);
                self.parallel.toggle_fold();
                self.follow_parallel();
                Vec::new()
            }
            Pane::Variants => {
                let height = self.height(pane);
                self.variants.scroll.go((self.variants.scroll.top + line).saturating_sub(1), self.variants.lines.len(), height);
                Vec::new()
            }
            Pane::Story => {
                let height = self.height(pane);
                self.story.scroll.go((self.story.scroll.top + line).saturating_sub(1), self.story.lines.len(), height);
                Vec::new()
            }
            Pane::Check => {
                self.click_check(column, row);
                Vec::new()
            }
        }
    }

    /// A click on the ruler goes to that part of the text.
    pub(super) fn click_ruler(&mut self, line: usize, height: usize) -> Vec<Request> {
        let here = self.spot();
        self.jumps.leave(here);
        let lines = self.parallel.lines.len();
        let target = if lines > height { line * lines / height } else { line };
        self.parallel.at = None;
        self.parallel.scroll.jump(target, lines, height);
        self.follow_parallel();
        Vec::new()
    }
}
