//! What becomes of the state when the corpus changes on the disk: the reader stays where they are.

use super::App;
use super::layout::Pane;
use super::listing::Phase;
use super::task::Request;
use super::tree::Item;
use crate::corpus::{Digest, Entry, Furniture, Skipped, story::Story};
use std::collections::HashSet;
use std::sync::Arc;

/// How a corpus is, after it changed.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Change {
    /// Articles that are new or that lie elsewhere in their file now, each with its index; new ones have the next indices, in order.
    pub entries: Vec<(usize, Entry)>,
    /// The indices of all articles that are there, in the order of the scan.
    pub order: Vec<u32>,
    /// What the scan passed over.
    pub skipped: Vec<Skipped>,
}

/// What the tree was like before it turned to other stories.
#[derive(Debug, Default)]
pub(super) struct Before {
    /// The articles of stories that were not folded.
    unfolded: HashSet<usize>,
    /// Whether any story was folded.
    folds: bool,
    /// The first article of the story whose heading was under the cursor.
    heading: Option<usize>,
    /// Whether other paragraphs are furniture now.
    furniture: bool,
}

impl App {
    /// Articles were added to the corpus, or are gone from it.
    pub(super) fn changed(&mut self, change: Change) -> Vec<Request> {
        let was_empty = self.listing.is_empty();
        self.listing.change(change);
        self.rebuild();
        if let Some(gone) = self.reader.shown.filter(|shown| !self.listing.has(*shown)) {
            self.notice = Some(format!("gone from the disk, and shown as it was: {}", self.listing.name(gone)));
        }
        if was_empty { self.follow_tree() } else { Vec::new() }
    }

    /// Takes in what was read of some articles. Some may have been read before, and say something else now.
    pub(super) fn read(&mut self, results: Vec<(usize, Result<Digest, String>)>) -> Vec<Request> {
        let read: Vec<usize> = results.iter().map(|(index, _)| *index).collect();
        let again: HashSet<usize> = read.iter().copied().filter(|&article| self.listing.was_read(article)).collect();
        self.listing.read(results);
        let height = self.height(Pane::Corpus);
        self.tree.refresh(&self.listing, &read, height);
        self.look_again(&read);
        if again.is_empty() {
            return Vec::new();
        }
        self.reading.edition += 1;
        let compared = self.wanted.into_iter().flatten().chain(self.asked.iter().flatten().copied());
        let shown = self.reader.shown.into_iter().chain(compared).find(|article| again.contains(article));
        let Some(shown) = shown else { return Vec::new() };
        self.notice = Some(format!("changed on the disk: {}", self.listing.name(shown)));
        self.renew()
    }

    /// Reads and compares anew whatever is shown; everything stays in its place.
    fn renew(&mut self) -> Vec<Request> {
        let at = self.spot().at;
        let mut requests = self.reread();
        requests.extend(self.reader.shown.or_else(|| self.tree.article()).and_then(|article| self.gather(article)));
        self.arrival = at;
        requests
    }

    /// Takes stories; where there were some already, they are seen as those were.
    pub(super) fn group(&mut self, stories: Vec<Story>, furniture: Arc<Furniture>) {
        self.before_grouping = (self.listing.phase == Phase::Done).then(|| self.before_grouping(&furniture));
        self.reading.furniture = furniture;
        self.listing.group(stories);
    }

    fn before_grouping(&self, furniture: &Arc<Furniture>) -> Before {
        let stories = self.listing.stories.iter().enumerate();
        let (folded, unfolded): (Vec<_>, Vec<_>) = stories.partition(|(story, _)| self.tree.is_folded(Item::Story(*story)));
        let heading = match self.tree.item() {
            Some(Item::Story(story)) => self.listing.stories[story].articles.first().copied(),
            _ => None,
        };
        Before {
            unfolded: unfolded.iter().flat_map(|(_, story)| story.articles.iter().copied()).collect(),
            folds: !folded.is_empty(),
            heading,
            furniture: self.reading.furniture != *furniture,
        }
    }

    /// The stories are others now: the tree shows them as it showed the others, and the reader stays.
    pub(super) fn grouped_again(&mut self, before: &Before) -> Vec<Request> {
        let height = self.height(Pane::Corpus);
        let is_folded = |story: &Story| before.folds && !story.articles.iter().any(|article| before.unfolded.contains(article));
        let folded: Vec<bool> = self.listing.stories.iter().map(is_folded).collect();
        self.tree.fold_as(folded);
        self.rebuild();
        if let Some((story, _)) = before.heading.and_then(|article| self.listing.place(article)) {
            self.tree.go_to_story(&self.listing, story, height);
        }
        // The numbers of stories have changed, and their versions may have.
        self.liked = None;
        if before.furniture {
            return self.renew();
        }
        let shown = self.reader.shown.or_else(|| self.tree.article());
        shown.map_or_else(Vec::new, |shown| self.show(shown, self.wanted.or_else(|| self.pair_for(shown))))
    }
}
