//! Moving in a pane and from pane to pane; the other panes follow.

use super::App;
use super::layout::Pane;
use super::task::Request;
use super::tree::Item;

impl App {
    pub(super) fn step(&mut self, by: isize) -> Vec<Request> {
        let height = self.height(self.focus);
        match self.focus {
            Pane::Corpus => {
                self.tree.scroll.step(by, self.tree.len(), height);
                return self.follow_tree();
            }
            Pane::Article => {
                self.reader.scroll.step(by, self.reader.lines.len(), height);
                self.follow_reader();
            }
            Pane::Difference => {
                self.parallel.at = None;
                self.parallel.scroll.step(by, self.parallel.lines.len(), height);
                self.follow_parallel();
            }
            Pane::Variants => self.variants.scroll.step(by, self.variants.lines.len(), height),
            Pane::Story => self.story.scroll.step(by, self.story.lines.len(), height),
            Pane::Check => self.step_check(by),
        }
        Vec::new()
    }

    pub(super) fn page(&mut self, direction: isize, part: usize) -> Vec<Request> {
        let lines = isize::try_from(self.height(self.focus) / part).unwrap_or(1).max(1);
        self.step(direction * lines)
    }

    /// The other panes go to where the article pane is.
    pub(super) fn follow_reader(&mut self) {
        let side = self.parallel.pair.as_ref().and_then(|p| p.indices.iter().position(|i| Some(*i) == self.reader.shown));
        let row =
            side.zip(self.reader.sentence()).and_then(|(side, sentence)| self.parallel.pair.as_ref()?.collation.row_of(side, sentence));
        if let Some(row) = row {
            let height = self.height(Pane::Difference);
            self.parallel.at = None;
            self.parallel.go_to_row(row, height);
        }
    }

    /// The article pane goes to where the difference pane is.
    pub(super) fn follow_parallel(&mut self) {
        let side = self.parallel.pair.as_ref().and_then(|p| p.indices.iter().position(|i| Some(*i) == self.reader.shown));
        let sentence = side.zip(self.parallel.row()).and_then(|(side, row)| row.sentences(side).next());
        if let Some(sentence) = sentence {
            let height = self.height(Pane::Article);
            self.reader.go_to(sentence, height);
        }
    }

    pub(super) fn left(&mut self) -> Vec<Request> {
        match self.focus {
            Pane::Corpus => {
                let open_heading = self.tree.item().is_some_and(|item| !matches!(item, Item::Article(_)) && !self.tree.is_folded(item));
                if open_heading {
                    self.fold(Some(true));
                } else if let Some(parent) = self.tree.parent() {
                    let height = self.height(Pane::Corpus);
                    self.tree.scroll.go(parent, self.tree.len(), height);
                }
            }
            Pane::Article => self.focus = Pane::Corpus,
            Pane::Difference => self.focus = if self.areas().article.width > 0 { Pane::Article } else { Pane::Corpus },
            Pane::Variants => self.turn_column(-1),
            Pane::Story => self.story.turn(-1),
            Pane::Check => self.check.in_text = true,
        }
        Vec::new()
    }

    pub(super) fn right(&mut self) -> Vec<Request> {
        match self.focus {
            Pane::Corpus => {
                let folded = self.tree.item().is_some_and(|item| self.tree.is_folded(item));
                if folded {
                    self.fold(Some(false));
                } else if self.tree.article().is_some() {
                    self.focus = if self.areas().article.width > 0 || self.wanted.is_none() { Pane::Article } else { Pane::Difference };
                } else {
                    return self.step(1);
                }
            }
            Pane::Article | Pane::Difference => self.focus = Pane::Difference,
            Pane::Variants => self.turn_column(1),
            Pane::Story => self.story.turn(1),
            Pane::Check => self.check.in_text = false,
        }
        Vec::new()
    }

    /// Folds or unfolds the heading under the cursor of the corpus, or turns it round.
    pub(super) fn fold(&mut self, fold: Option<bool>) {
        let height = self.height(Pane::Corpus);
        self.tree.toggle(&self.listing, fold, height);
    }

    pub(super) fn turn_pane(&mut self, by: isize) {
        match self.focus {
            Pane::Variants => self.focus = Pane::Story,
            Pane::Story => self.focus = Pane::Variants,
            Pane::Check => self.check.in_text = !self.check.in_text,
            _ => {
                let at = Pane::LINKED.iter().position(|p| *p == self.focus).unwrap_or(0);
                let count = Pane::LINKED.len();
                self.focus = Pane::LINKED[(at + count).saturating_add_signed(by) % count];
            }
        }
    }

    /// One step back: what was searched for, the zoom, the pane, the mark, the filter.
    pub(super) fn back(&mut self) -> Vec<Request> {
        match () {
            () if self.hit.is_some() => self.clear_search(),
            () if self.focus == Pane::Variants && !self.variants.filter.is_empty() => self.variants.filter.clear(),
            () if self.focus.is_whole() => self.focus = self.before,
            () if self.zoomed => self.zoomed = false,
            () if self.focus != Pane::Corpus => self.focus = Pane::Corpus,
            () if !self.words.typed.is_empty() => return self.forget_words(),
            () if !self.tree.filter.is_empty() => {
                self.sift("");
            }
            () if self.marked.is_some() => self.marked = None,
            () => {}
        }
        Vec::new()
    }

    pub(super) fn enter(&mut self) -> Vec<Request> {
        match self.focus {
            Pane::Corpus if self.tree.article().is_some() => {
                self.focus = if self.wanted.is_some() { Pane::Difference } else { Pane::Article }
            }
            Pane::Corpus => self.fold(None),
            Pane::Article => {
                self.follow_reader();
                self.focus = Pane::Difference;
            }
            Pane::Variants => return self.visit_variant(),
            Pane::Story => return self.visit_version(),
            Pane::Check => return self.visit_check(),
            Pane::Difference => {
                if !self.parallel.toggle_fold() {
                    self.follow_parallel();
                    self.focus = Pane::Article;
                }
            }
        }
        Vec::new()
    }
}
