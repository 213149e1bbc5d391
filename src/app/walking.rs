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

    /// Walks to the next difference or the previous one; over flags alone, if they are meant.
    pub(super) fn walk(&mut self, forward: bool, flags: bool) {
        match self.focus {
            Pane::Check => return self.walk_check(forward, flags),
            Pane::Variants => return self.walk_variants(forward, flags),
            _ => self.show_differences(),
        }
        let height = self.height(Pane::Difference);
        let parallel = &mut self.parallel;
        let walked = if flags { parallel.walk_flags(forward, height) } else { parallel.walk(forward, height) };
        if walked {
            return self.follow_parallel();
        }
        let (name, places, none) = if flags {
            ("flag", parallel.flags.len(), "no flag between these two versions")
        } else {
            ("difference", parallel.places.len(), "no difference at these levels")
        };
        let end = if forward { "last" } else { "first" };
        self.notice = Some(if places == 0 { String::from(none) } else { format!("this is the {end} {name}") });
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
