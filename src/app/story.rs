//! The story view: the versions, how much of each the others have, and who probably took from whom.

use super::App;
use super::scroll::Scroll;
use super::task::Request;
use super::versions::Versions;
use crate::collate::lineage::Node;
use crate::text::{Span, width};

/// One line of the view.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StoryLine {
    /// A version with its row of the matrix.
    Version(usize),
    /// A blank line.
    Gap,
    /// A heading.
    Heading(&'static str),
    /// A node of the tree of copies, with what stands before it.
    Branch(usize, String),
    /// Why a node hangs where it does.
    Evidence(String),
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
    laid: Option<(Vec<usize>, usize)>,
}

impl Story {
    /// Lists the lines for some versions in `cells` columns, unless they are listed already.
    pub(super) fn arrange(&mut self, versions: Option<&Versions>, cells: usize, height: usize) {
        let laid = versions.map(|versions| (versions.indices.clone(), cells));
        if self.laid != laid {
            self.lines = versions.map_or_else(Vec::new, |versions| lines(versions, cells));
            self.laid = laid;
        }
        self.scroll.settle(self.lines.len(), height);
    }

    /// Lists everything anew next time.
    pub(super) fn forget(&mut self) {
        *self = Story::default();
    }

    /// Scrolls the columns of the matrix.
    pub(super) fn turn(&mut self, by: isize) {
        let last = self.lines.iter().filter(|line| matches!(line, StoryLine::Version(_))).count().saturating_sub(1);
        self.first = self.first.saturating_add_signed(by).min(last);
    }

    /// Puts the cursor on a version.
    pub(super) fn go_to(&mut self, version: usize, height: usize) {
        if let Some(line) = self.lines.iter().position(|line| *line == StoryLine::Version(version)) {
            self.scroll.jump(line, self.lines.len(), height);
        }
    }

    /// The version under the cursor.
    pub fn version(&self, versions: &Versions) -> Option<usize> {
        match self.lines.get(self.scroll.cursor)? {
            StoryLine::Version(version) => Some(*version),
            StoryLine::Branch(node, _) => match versions.lineage.nodes[*node] {
                Node::Version(version) => Some(version),
                Node::Unseen => None,
            },
            StoryLine::Gap | StoryLine::Heading(_) | StoryLine::Evidence(_) => None,
        }
    }
}

/// The versions, then the tree of copies with the evidence for each, wrapped.
fn lines(versions: &Versions, cells: usize) -> Vec<StoryLine> {
    let mut lines: Vec<StoryLine> = (0..versions.indices.len()).map(StoryLine::Version).collect();
    lines.extend([StoryLine::Gap, StoryLine::Heading("Who probably took from whom: inferred from what the versions share and lack")]);
    for branch in versions.lineage.branches() {
        let indent = format!("{}  ", branch.beside);
        let room = cells.saturating_sub(width::cells(&indent) + 2).clamp(10, 100);
        lines.push(StoryLine::Branch(branch.node, branch.stem));
        for (rank, edge) in versions.lineage.origins(branch.node).enumerate() {
            for phrase in &edge.evidence {
                let also = if rank > 0 { format!("also from {}: ", versions.lineage.letter(edge.from)) } else { String::new() };
                let told = format!("{also}{phrase}");
                let wrapped = width::wrap(&told, Span::new(0, told.len()), room, 2);
                lines.extend(wrapped.into_iter().map(|span| StoryLine::Evidence(format!("{indent}{}", span.of(&told)))));
            }
        }
    }
    lines
}

impl App {
    /// Shows the version under the cursor beside the first one.
    pub(super) fn visit_version(&mut self) -> Vec<Request> {
        let version = self.gathered.as_deref().and_then(|versions| self.story.version(versions));
        version.map_or_else(Vec::new, |version| self.visit(0, version, None))
    }
}
