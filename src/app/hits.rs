//! Searching the tree: its lines are looked through in slices, and whoever wants to go to a line that is not known yet is taken there
//! when it is.

use super::App;
use super::folders::index;
use super::layout::Pane;
use super::task::Request;
use super::tree::Item;
use crate::corpus::search::Needle;

/// The lines of the tree that have the words that are searched for, as far as they were looked through.
#[derive(Debug, Default)]
pub(super) struct Hits {
    needle: Needle,
    lines: Vec<u32>,
    /// How many lines were looked through, and what the tree told of its changes then.
    looked: usize,
    changes: usize,
    /// The way in which the reader wants to go on: to the next hit (1), the previous one (-1), the one at or behind the cursor (0).
    wanted: Option<isize>,
}

impl Hits {
    /// The hit that lies in a direction from the cursor, around the ends; `None` where that is not known yet.
    fn toward(&self, by: isize, cursor: usize, is_whole: bool) -> Option<usize> {
        let before = self.lines.partition_point(|&line| (line as usize) < cursor);
        let behind = self.lines.partition_point(|&line| (line as usize) < cursor + usize::from(by > 0));
        match by {
            -1 if before > 0 && (is_whole || self.looked >= cursor) => Some(before - 1),
            -1 => is_whole.then(|| self.lines.len() - 1),
            _ if behind < self.lines.len() => Some(behind),
            _ => is_whole.then_some(0),
        }
    }

    /// Whoever goes elsewhere is not taken to a hit that is still to be found.
    pub(super) fn stay(&mut self) {
        self.wanted = None;
    }
}

impl App {
    /// Whether lines of the tree are still to be looked through.
    pub fn is_looking(&self) -> bool {
        !self.hits.needle.is_empty() && (self.hits.looked < self.tree.len() || self.hits.changes != self.tree.changes())
    }

    /// Looks for words in the tree; the answer is how many lines were found so far.
    pub(super) fn search_tree(&mut self, words: &str) -> usize {
        let needle = Needle::new(words);
        if needle != self.hits.needle {
            self.hits = Hits { needle, changes: self.tree.changes(), ..Hits::default() };
        }
        self.look_on();
        self.hits.lines.len()
    }

    /// Looks through the next lines.
    fn look_on(&mut self) {
        if self.hits.changes != self.tree.changes() {
            (self.hits.lines, self.hits.looked, self.hits.changes) = (Vec::new(), 0, self.tree.changes());
        }
        let slice = self.hits.looked..self.tree.len().min(self.hits.looked + self.tree.slice.div_ceil(2));
        self.hits.looked = slice.end.max(self.hits.looked);
        let found: Vec<u32> = slice.filter(|&line| self.is_hit(line)).map(index).collect();
        self.hits.lines.extend(found);
        self.count_hits();
    }

    fn count_hits(&mut self) {
        if let Some((Pane::Corpus, _, count)) = &mut self.hit {
            *count = self.hits.lines.len();
        }
    }

    fn is_hit(&self, line: usize) -> bool {
        self.tree.line(line).is_some_and(|line| self.has(line.item, &self.hits.needle))
    }

    /// Whether what a line of the tree shows has the words that are searched for.
    pub fn has(&self, item: Item, needle: &Needle) -> bool {
        match item {
            Item::Folder(folder) => needle.is_in(&self.listing.folder_path(folder).to_string_lossy()),
            Item::Story(story) => needle.is_in(&self.story_title(story)),
            Item::Alone => false,
            Item::Article(article) => {
                needle.is_in(&self.listing.name(article))
                    || needle.is_in(&self.listing.file_name(article))
                    || self.listing.digests[article].as_ref().is_some_and(|digest| needle.is_in(&digest.headline))
            }
        }
    }

    /// Looks again at the lines of articles that were read after they had been looked at.
    pub(super) fn look_again(&mut self, read: &[usize]) {
        if self.hits.needle.is_empty() || self.hits.changes != self.tree.changes() {
            return;
        }
        for &article in read {
            let line = self.tree.line_of(&self.listing, article).filter(|&line| line < self.hits.looked && self.is_hit(line));
            if let Some(at) = line.and_then(|line| self.hits.lines.binary_search(&index(line)).err()) {
                self.hits.lines.insert(at, index(line.unwrap_or_default()));
            }
        }
        self.count_hits();
    }

    /// Goes on with a search of the tree, and to the hit that the reader waits for.
    pub(super) fn go_on_looking(&mut self) -> Vec<Request> {
        let Some(by) = self.hits.wanted.take() else {
            self.look_on();
            return Vec::new();
        };
        let here = self.spot();
        let requests = self.walk_tree_hits(by);
        self.note_jump(here, true, true, &requests);
        requests
    }

    /// Goes to a hit in the tree; where it is not known yet, when it is.
    pub(super) fn walk_tree_hits(&mut self, by: isize) -> Vec<Request> {
        let query = self.query.clone();
        let count = self.search_tree(&query);
        let is_whole = !self.is_looking();
        self.hit = Some((Pane::Corpus, 0, count));
        if count == 0 && is_whole {
            self.notice = Some(format!("“{query}” is not in this pane"));
            return Vec::new();
        }
        match self.hits.toward(by, self.tree.scroll.cursor, is_whole) {
            Some(at) => {
                self.hit = Some((Pane::Corpus, at + 1, count));
                self.go_to_line(Pane::Corpus, self.hits.lines[at] as usize)
            }
            None => {
                self.hits.wanted = Some(by);
                Vec::new()
            }
        }
    }
}
