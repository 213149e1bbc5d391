//! Which articles are shown, and which of their versions beside each other.

use super::App;
use super::layout::Pane;
use super::listing::Phase;
use super::scroll::Scroll;
use super::task::{Request, Task};
use super::tree::Order;
use crate::corpus::Entry;

impl App {
    /// The article that commands are about: the one in the article pane, or else the one under the cursor of the tree.
    pub fn current(&self) -> Option<usize> {
        match self.focus {
            Pane::Corpus => self.tree.article(),
            Pane::Check => self.checked.as_ref().map(|checked| checked.asked.rewrite),
            _ => self.reader.shown.or_else(|| self.tree.article()),
        }
    }

    /// Shows the article under the cursor of the tree, and compares it with what it is to be compared with.
    pub(super) fn follow_tree(&mut self) -> Vec<Request> {
        self.following = self.tree.is_seeking();
        let article = self.tree.article().filter(|_| !self.following);
        article.map_or_else(Vec::new, |article| self.show(article, self.pair_for(article)))
    }

    /// Shows an article, and compares a pair.
    pub(super) fn show(&mut self, article: usize, pair: Option<[usize; 2]>) -> Vec<Request> {
        let mut requests = Vec::new();
        if self.reader.shown != Some(article) {
            requests.push(self.open(article));
        }
        requests.extend(self.compare(pair));
        requests.extend(self.liken(article));
        requests.extend(self.gather(article));
        requests
    }

    pub(super) fn open(&self, article: usize) -> Request {
        Request::Work(Task::Open { index: article, entry: self.listing.entries[article].clone(), reading: self.reading.clone() })
    }

    /// Reads and compares anew what is shown, for articles are read in another way now. Everything stays in its place.
    pub(super) fn reread(&mut self) -> Vec<Request> {
        let shown = self.reader.shown;
        let pair = self.wanted.take();
        (self.liked, self.asked, self.checking) = (None, None, None);
        self.likeness.clear();
        let mut requests: Vec<Request> = shown.map(|article| self.open(article)).into_iter().collect();
        requests.extend(self.compare(pair));
        requests.extend(shown.or_else(|| self.tree.article()).and_then(|article| self.liken(article)));
        requests
    }

    /// What an article is compared with: the marked one on its left, or else the first version of its story.
    pub(super) fn pair_for(&self, article: usize) -> Option<[usize; 2]> {
        let versions = self.listing.versions(article);
        match self.marked.filter(|&m| m != article) {
            Some(marked) => Some([marked, article]),
            None => match versions.first() {
                Some(&first) if first != article => Some([first, article]),
                Some(&first) => versions.get(1).map(|&second| [first, second]),
                None => None,
            },
        }
    }

    /// Until the reader chooses, the first version stands beside the one that is most like it.
    pub(super) fn open_nearest(&mut self) -> Vec<Request> {
        let Some(first) = self.tree.article().filter(|_| !self.touched) else { return Vec::new() };
        let likeness = |v: &&usize| self.likeness.get(v).map_or(0.0, |(similarity, _)| *similarity);
        let nearest =
            self.listing.versions(first).iter().filter(|v| **v != first).max_by(|a, b| likeness(a).total_cmp(&likeness(b)).then(b.cmp(a)));
        let pair = nearest.map(|&nearest| [first, nearest]);
        self.compare(pair).into_iter().collect()
    }

    pub(super) fn compare(&mut self, pair: Option<[usize; 2]>) -> Option<Request> {
        // What is wanted already is there, or on its way; only what failed is asked for again.
        if self.wanted == pair && (pair.is_none() || self.parallel.trouble.is_none()) {
            return None;
        }
        self.wanted = pair;
        let Some(indices) = pair else {
            self.parallel.clear(None);
            self.mark_reader();
            return None;
        };
        let entries = indices.map(|i| self.listing.entries[i].clone());
        Some(Request::Work(Task::Compare { indices, entries, reading: self.reading.clone() }))
    }

    /// Asks once for the figures of the story that an article belongs to.
    pub(super) fn liken(&mut self, article: usize) -> Option<Request> {
        let (story, _) = self.listing.place(article)?;
        if self.liked == Some(story) {
            return None;
        }
        self.liked = Some(story);
        let versions: Vec<(usize, Entry)> =
            self.listing.stories[story].articles.iter().map(|&a| (a, self.listing.entries[a].clone())).collect();
        Some(Request::Work(Task::Liken { base: versions[0].0, versions, reading: self.reading.clone() }))
    }

    /// Where every pane is in its lines.
    pub(super) fn scrolls(&self) -> [Scroll; 7] {
        let check = &self.check;
        let (tree, story) = (self.tree.scroll, self.story.scroll);
        [tree, self.reader.scroll, self.parallel.scroll, self.variants.scroll, story, check.text_scroll, check.list_scroll]
    }

    // --- Versions ---------------------------------------------------------------------------------------------------

    pub(super) fn mark(&mut self) -> Vec<Request> {
        let Some(article) = self.current() else { return Vec::new() };
        self.marked = if self.marked == Some(article) { None } else { Some(article) };
        self.notice = Some(match self.marked {
            Some(_) => format!("{} is the left side now; move to another article to compare", self.listing.name(article)),
            None => String::from("no article is marked"),
        });
        match self.pair_for(article) {
            Some(pair) if self.marked.is_none() => self.compare(Some(pair)).into_iter().collect(),
            _ => Vec::new(),
        }
    }

    /// Puts another version of the story on the right.
    pub(super) fn turn_version(&mut self, by: isize) -> Vec<Request> {
        if self.focus == Pane::Check {
            return self.turn_rewrite(by);
        }
        let Some(right) = self.wanted.map(|[_, right]| right).or_else(|| self.current()) else { return Vec::new() };
        let left = self.wanted.map(|[left, _]| left);
        let others: Vec<usize> = self.listing.versions(right).iter().copied().filter(|v| Some(*v) != left).collect();
        if others.is_empty() {
            self.notice = Some(String::from("this article has no other version in the corpus"));
            return Vec::new();
        }
        let at = others.iter().position(|v| *v == right).unwrap_or(0);
        let next = others[(at + others.len()).saturating_add_signed(by) % others.len()];
        let mut requests: Vec<Request> = self.compare(Some([left.unwrap_or(right), next])).into_iter().collect();
        self.reveal(next);
        if self.reader.shown != left {
            requests.push(self.open(next));
        }
        requests
    }

    pub(super) fn swap(&mut self) -> Vec<Request> {
        let swapped = self.wanted.map(|[left, right]| [right, left]);
        self.compare(swapped).into_iter().collect()
    }

    pub(super) fn turn_order(&mut self) {
        let held = self.tree.article();
        self.tree.order = match self.tree.order {
            Order::Files => Order::Stories,
            Order::Stories => Order::Files,
        };
        self.order = Some(self.tree.order);
        self.rebuild();
        if let Some(article) = held {
            self.reveal(article);
        }
        if self.tree.order == Order::Stories && self.listing.phase != Phase::Done {
            self.notice = Some(String::from("stories appear when all articles have been read"));
        }
    }
}
