//! Walking from difference to difference, and which of them are shown.

use super::App;
use super::layout::Pane;
use super::task::Request;
use crate::collate::Level;

impl App {
    /// Brings the differences to the screen where another pane hides them, so that a walk over them is seen.
    pub(super) fn show_differences(&mut self) {
        if self.areas().difference.width == 0 {
            self.focus = Pane::Difference;
            self.arrange();
        }
    }

    pub(super) fn walk(&mut self, forward: bool) {
        if self.focus == Pane::Check {
            return self.walk_check(forward, false);
        }
        if self.focus == Pane::Variants {
            return self.walk_variants(forward, false);
        }
        self.show_differences();
        let height = self.height(Pane::Difference);
        if self.parallel.walk(forward, height) {
            self.follow_parallel();
        } else {
            let end = if forward { "last" } else { "first" };
            self.notice = Some(if self.parallel.places.is_empty() {
                String::from("no difference at these levels")
            } else {
                format!("this is the {end} difference")
            });
        }
    }

    /// Walks over flags alone.
    pub(super) fn walk_flags(&mut self, forward: bool) {
        if self.focus == Pane::Check {
            return self.walk_check(forward, true);
        }
        if self.focus == Pane::Variants {
            return self.walk_variants(forward, true);
        }
        self.show_differences();
        let height = self.height(Pane::Difference);
        if self.parallel.walk_flags(forward, height) {
            self.follow_parallel();
        } else if self.parallel.flags.is_empty() {
            self.notice = Some(String::from("no flag between these two versions"));
        } else {
            let end = if forward { "last" } else { "first" };
            self.notice = Some(format!("this is the {end} flag"));
        }
    }

    pub(super) fn other_end(&mut self) {
        let height = self.height(Pane::Difference);
        if self.parallel.other_end(height) {
            self.follow_parallel();
        } else {
            self.notice = Some(String::from("no moved sentence here"));
        }
    }

    pub(super) fn toggle_level(&mut self, level: Level) {
        self.levels = self.levels.toggled(level);
        let state = if self.levels.has(level) { "on" } else { "off" };
        self.notice = Some(format!("differences of {} are {state}", level.name()));
        self.mark_reader();
    }

    pub(super) fn turn_light(&mut self) {
        self.light = !self.light;
        self.background = Some(self.light);
    }

    pub(super) fn toggle_folds(&mut self) {
        self.folded = !self.folded;
    }

    pub(super) fn toggle_wrap(&mut self) {
        self.wrapped = !self.wrapped;
    }

    pub(super) fn toggle_furniture(&mut self) -> Vec<Request> {
        self.reading.whole = !self.reading.whole;
        let state = if self.reading.whole { "is read and counted like news" } else { "is dimmed and left out of all figures" };
        self.notice = Some(format!("page furniture {state}"));
        self.reread()
    }
}
