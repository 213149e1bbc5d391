//! Searching in a pane, and filtering the tree.

use super::App;
use super::hits::Hits;
use super::layout::Pane;
use super::overlay::{Overlay, Prompt, Purpose};
use super::task::Request;

impl App {
    pub(super) fn ask(&mut self, purpose: Purpose) {
        let before = match purpose {
            Purpose::Search(_) => String::new(),
            Purpose::Filter => self.tree.filter.clone(),
            Purpose::Variants => self.variants.filter.clone(),
            Purpose::Words => self.words.typed.clone(),
            Purpose::Note | Purpose::Report | Purpose::Overwrite => String::new(),
        };
        let input = tui_input::Input::new(before.clone());
        self.overlay = Some(Overlay::Prompt(Prompt { purpose, input, before }));
    }

    /// Shows what an entry would find while it is being typed.
    pub(super) fn preview(&mut self, purpose: Purpose, words: &str) -> Vec<Request> {
        match purpose {
            Purpose::Filter => {
                self.sift(words.trim());
                self.follow_tree()
            }
            Purpose::Variants => {
                self.variants.filter = words.trim().to_string();
                Vec::new()
            }
            Purpose::Words => self.look_for(words),
            Purpose::Note | Purpose::Report | Purpose::Overwrite => Vec::new(),
            Purpose::Search(pane) => {
                let count = self.search(pane, words);
                self.hit = (!words.trim().is_empty()).then_some((pane, 0, count));
                Vec::new()
            }
        }
    }

    pub(super) fn take(&mut self, purpose: Purpose, words: &str) -> Vec<Request> {
        match purpose {
            Purpose::Filter | Purpose::Variants | Purpose::Words => self.preview(purpose, words),
            Purpose::Note => self.take_note(words),
            Purpose::Report => self.take_report(words),
            Purpose::Overwrite => self.take_overwrite(words),
            Purpose::Search(pane) => {
                self.query = words.trim().to_string();
                let count = self.search(pane, words);
                self.hit = (!self.query.is_empty()).then_some((pane, 0, count));
                self.arrange();
                self.walk_hits(0)
            }
        }
    }

    pub(super) fn search(&mut self, pane: Pane, words: &str) -> usize {
        match pane {
            Pane::Corpus => self.search_tree(words),
            Pane::Article if !words.is_empty() && words == self.words.typed => {
                self.mark_words();
                self.reader.hits.len()
            }
            Pane::Article => self.reader.search(words),
            Pane::Difference => self.parallel.search(words),
            Pane::Variants => self.variant_hits(words).len(),
            Pane::Story => 0,
            Pane::Check => self.search_check(words),
        }
    }

    /// The lines of the table of variants whose words are searched for.
    pub fn variant_hits(&self, words: &str) -> Vec<usize> {
        self.gathered.as_ref().map_or_else(Vec::new, |versions| self.variants.hits(versions, words))
    }

    /// The headline of a story: that of its first version.
    pub fn story_title(&self, story: usize) -> String {
        let first = self.listing.stories[story].articles[0];
        self.listing.digests[first].as_ref().map_or_else(|| self.listing.file_name(first), |d| d.headline.clone())
    }

    pub(super) fn clear_search(&mut self) {
        self.hit = None;
        self.hits = Hits::default();
        self.reader.hits.clear();
        self.check.hits.clear();
        self.parallel.hits = [Vec::new(), Vec::new()];
    }

    /// Goes to the next hit (1), the previous one (-1), or the one at or behind the cursor (0), around the ends.
    pub(super) fn walk_hits(&mut self, by: isize) -> Vec<Request> {
        let pane = self.focus;
        if pane == Pane::Corpus {
            return self.walk_tree_hits(by);
        }
        if self.hit.is_none_or(|(searched, ..)| searched != pane) {
            let query = self.query.clone();
            self.search(pane, &query);
            self.arrange();
        }
        let (lines, cursor) = match pane {
            Pane::Corpus | Pane::Story => (Vec::new(), 0),
            Pane::Article => {
                (self.reader.hits.iter().filter_map(|hit| self.reader.line_at(hit.start)).collect(), self.reader.scroll.cursor)
            }
            Pane::Difference => (self.parallel.hit_lines(), self.parallel.scroll.cursor),
            Pane::Variants => (self.variant_hits(&self.query), self.variants.scroll.cursor),
            Pane::Check => (self.check_hits(), self.check.text_scroll.cursor),
        };
        if lines.is_empty() {
            self.hit = Some((pane, 0, 0));
            self.notice = Some(format!("“{}” is not in this pane", self.query));
            return Vec::new();
        }
        let next = match by {
            0 => lines.iter().position(|&l| l >= cursor).unwrap_or(0),
            1 => self.next_hit(&lines, cursor),
            _ => self.previous_hit(&lines, cursor),
        };
        self.hit = Some((pane, next + 1, lines.len()));
        self.go_to_line(pane, lines[next])
    }

    pub(super) fn next_hit(&self, lines: &[usize], cursor: usize) -> usize {
        let at = self.hit.map(|(_, at, _)| at).filter(|&at| at > 0 && lines.get(at - 1) == Some(&cursor));
        at.map_or_else(|| lines.iter().position(|&l| l > cursor).unwrap_or(0), |at| at % lines.len())
    }

    pub(super) fn previous_hit(&self, lines: &[usize], cursor: usize) -> usize {
        let at = self.hit.map(|(_, at, _)| at).filter(|&at| at > 0 && lines.get(at - 1) == Some(&cursor));
        let before = |at: usize| at.checked_sub(1).unwrap_or(lines.len() - 1);
        at.map_or_else(|| before(lines.partition_point(|&l| l < cursor)), |at| before(at - 1))
    }

    pub(super) fn go_to_line(&mut self, pane: Pane, line: usize) -> Vec<Request> {
        let height = self.height(pane);
        match pane {
            Pane::Corpus => {
                self.tree.scroll.jump(line, self.tree.len(), height);
                return self.follow_tree();
            }
            Pane::Article => {
                self.reader.scroll.jump(line, self.reader.lines.len(), height);
                self.follow_reader();
            }
            Pane::Difference => {
                self.parallel.at = None;
                self.parallel.scroll.jump(line, self.parallel.lines.len(), height);
                self.follow_parallel();
            }
            Pane::Variants => self.variants.scroll.jump(line, self.variants.lines.len(), height),
            Pane::Story => {}
            Pane::Check => self.go_to_check_line(line),
        }
        Vec::new()
    }
}
