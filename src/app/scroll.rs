//! A cursor in a list of lines and the window that follows it: the one way in which every pane scrolls.

/// Where a pane is in its lines. Line numbers count from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Scroll {
    /// The line under the cursor.
    pub cursor: usize,
    /// The first line on the screen.
    pub top: usize,
}

/// How many lines stay in sight above and below the cursor.
const MARGIN: usize = 2;

impl Scroll {
    /// Moves the cursor by lines, not beyond the ends.
    pub fn step(&mut self, by: isize, lines: usize, height: usize) {
        self.go(self.cursor.saturating_add_signed(by), lines, height);
    }

    /// Puts the cursor on a line and the window around it.
    pub fn go(&mut self, line: usize, lines: usize, height: usize) {
        self.cursor = line.min(lines.saturating_sub(1));
        self.settle(lines, height);
    }

    /// Puts the cursor on a line, and the window so that the line is in its upper third when it was out of sight.
    pub fn jump(&mut self, line: usize, lines: usize, height: usize) {
        let seen = (self.top + MARGIN.min(height / 3)..(self.top + height).saturating_sub(MARGIN.min(height / 3))).contains(&line);
        if !seen {
            self.top = line.saturating_sub(height / 3);
        }
        self.go(line, lines, height);
    }

    /// Moves the window by lines and takes the cursor along only as far as it must.
    pub fn roll(&mut self, by: isize, lines: usize, height: usize) {
        let last = lines.saturating_sub(height);
        self.top = self.top.saturating_add_signed(by).min(last);
        let bottom = (self.top + height).saturating_sub(1).min(lines.saturating_sub(1));
        self.cursor = self.cursor.clamp(self.top.min(bottom), bottom);
    }

    /// Brings the window back to where the cursor is in sight and no line behind the end is shown without need.
    pub fn settle(&mut self, lines: usize, height: usize) {
        let margin = MARGIN.min(height.saturating_sub(1) / 2);
        self.cursor = self.cursor.min(lines.saturating_sub(1));
        let highest = self.cursor.saturating_sub(margin);
        let lowest = (self.cursor + margin + 1).saturating_sub(height);
        self.top = self.top.clamp(lowest.min(highest), highest).min(lines.saturating_sub(height).max(lowest.min(self.cursor)));
        self.top = self.top.min(lines.saturating_sub(height));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_cursor_is_always_in_sight(steps in prop::collection::vec((0..4_u8, -60..60_isize, 0..200_usize, 1..40_usize), 1..40)) {
            let mut scroll = Scroll::default();
            for (verb, by, lines, height) in steps {
                match verb {
                    0 => scroll.step(by, lines, height),
                    1 => scroll.jump(by.unsigned_abs() * 3, lines, height),
                    2 => scroll.roll(by, lines, height),
                    _ => scroll.settle(lines, height),
                }
                prop_assert!(scroll.cursor < lines.max(1));
                prop_assert!(scroll.top <= lines.saturating_sub(height));
                prop_assert!((scroll.top..scroll.top + height).contains(&scroll.cursor), "{scroll:?} {lines} {height}");
            }
        }
    }
}
