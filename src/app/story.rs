//! The story view: the versions, how much of each the others have, and who probably took from whom.

use super::App;
use super::scroll::Scroll;
use super::task::Request;
use super::versions::Versions;

/// One line of the view.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StoryLine {
    /// A version with its row of the matrix.
    Version(usize),
    /// A blank line.
    Gap,
    /// A heading.
    Heading(&'static str),
}

/// The story view.
#[derive(Debug, Default)]
pub struct Story {
    /// Its lines.
    pub lines: Vec<StoryLine>,
    /// Where the reader is in them.
    pub scroll: Scroll,
    /// The first column of the matrix that is shown.
    pub first: usize,
}

impl Story {
    /// Lists the lines for some versions.
    pub(super) fn arrange(&mut self, versions: Option<&Versions>, height: usize) {
        self.lines.clear();
        if let Some(versions) = versions {
            self.lines.extend((0..versions.indices.len()).map(StoryLine::Version));
        }
        self.scroll.settle(self.lines.len(), height);
    }

    /// Scrolls the columns of the matrix.
    pub(super) fn turn(&mut self, by: isize) {
        let last = self.lines.iter().filter(|line| matches!(line, StoryLine::Version(_))).count().saturating_sub(1);
        self.first = self.first.saturating_add_signed(by).min(last);
    }

    /// The version under the cursor.
    pub fn version(&self) -> Option<usize> {
        match self.lines.get(self.scroll.cursor)? {
            StoryLine::Version(version) => Some(*version),
            StoryLine::Gap | StoryLine::Heading(_) => None,
        }
    }
}

impl App {
    /// Shows the version under the cursor beside the first one.
    pub(super) fn visit_version(&mut self) -> Vec<Request> {
        self.story.version().map_or_else(Vec::new, |version| self.visit(0, version, None))
    }
}
