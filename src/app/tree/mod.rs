//! The corpus pane: folders and files, or stories and their versions, as lines to walk.
//!
//! Whatever takes time with the number of articles is done in slices (filter.rs says who passes, lines.rs has what passed so far),
//! so that a key never waits for a million of them: [`Tree::go_on`] does the next slice, until [`Tree::is_listing`] denies.

mod filter;
mod lines;
#[cfg(test)]
mod tests;

use super::folders::index;
use super::listing::Listing;
use super::scroll::Scroll;
use filter::Filter;
use lines::{Folds, Lines};
use serde::{Deserialize, Serialize};
use std::collections::HashSet;

/// What the tree is ordered by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Order {
    /// Folders and files.
    #[default]
    Files,
    /// Stories and their versions.
    Stories,
}

/// One line of the tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Item {
    /// A folder, by its number in the listing.
    Folder(usize),
    /// A story, by its number.
    Story(usize),
    /// The heading over the articles that have no other version.
    Alone,
    /// An article, by its index.
    Article(usize),
}

/// A line and how far it is set in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TreeLine {
    /// Levels above it.
    pub depth: usize,
    /// What it shows.
    pub item: Item,
    /// How many articles are below a heading, the filter applied.
    pub count: usize,
}

/// The corpus pane.
#[derive(Debug)]
pub struct Tree {
    /// What the tree is ordered by.
    pub order: Order,
    /// Where the reader is in the lines.
    pub scroll: Scroll,
    /// What is shown must contain this, case and accents aside.
    pub filter: String,
    /// What was found by the words in them: nothing else is shown.
    pub found: Option<HashSet<usize>>,
    /// How many articles the filter looks at in one slice.
    pub slice: usize,
    folds: Folds,
    lines: Lines,
    sieve: Filter,
    work: Work,
    held: Option<Held>,
    /// How often the lines were listed anew.
    changes: usize,
}

/// A slice takes a few milliseconds: a frame can be drawn between two of them, and a key waits for one at most.
const SLICE: usize = 4096;
/// Without a filter an article costs so much less.
const UNFILTERED: usize = 16;

/// What is still to be looked at, in this order.
#[derive(Debug, Default)]
struct Work {
    /// Articles that passed a wider filter, and how many of them were looked at.
    candidates: Vec<u32>,
    at: usize,
    /// How many places of the listing were looked at, and how many there are.
    next: usize,
    end: usize,
    /// Articles that were looked at before something was read of them.
    late: Vec<u32>,
}

/// Where the cursor is to be once that is listed.
#[derive(Debug, Clone, Copy)]
struct Held {
    /// On this, or on the first article.
    item: Option<Item>,
    /// Where it is not listed: on this line, or on the first article.
    line: Option<usize>,
    /// Where the cursor and the window are meanwhile. Who moves them stays there.
    waits: Scroll,
    /// Where the window was.
    top: usize,
    /// Whether it comes from elsewhere, and is seen best with some lines above it.
    jumps: bool,
    /// Whether it is there. More lines may still give the window back its place.
    is_there: bool,
}

impl Default for Tree {
    fn default() -> Self {
        Tree {
            order: Order::default(),
            scroll: Scroll::default(),
            filter: String::new(),
            found: None,
            slice: SLICE,
            folds: Folds::default(),
            lines: Lines::default(),
            sieve: Filter::default(),
            work: Work::default(),
            held: None,
            changes: 0,
        }
    }
}

impl Tree {
    /// How many lines there are that are not folded away.
    pub fn len(&self) -> usize {
        self.lines.len()
    }

    /// Whether there is no line.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// A line by its number.
    pub fn line(&self, number: usize) -> Option<TreeLine> {
        self.lines.line(number)
    }

    /// How many articles pass the filter, so far.
    pub fn passed(&self) -> usize {
        self.lines.articles().len()
    }

    /// How often the lines were listed anew; those that are added behind the last one do not count.
    pub(super) fn changes(&self) -> usize {
        self.changes
    }

    /// The item under the cursor.
    pub fn item(&self) -> Option<Item> {
        self.line(self.scroll.cursor).map(|line| line.item)
    }

    /// The article under the cursor.
    pub fn article(&self) -> Option<usize> {
        match self.item() {
            Some(Item::Article(article)) => Some(article),
            _ => None,
        }
    }

    /// The first line with an article.
    pub fn first_article(&self) -> Option<usize> {
        self.lines.first_article()
    }

    /// The line of an article.
    pub fn line_of(&self, listing: &Listing, article: usize) -> Option<usize> {
        self.lines.line_of(listing, self.order, article)
    }

    /// The line of the heading above the cursor.
    pub fn parent(&self) -> Option<usize> {
        self.lines.parent(self.scroll.cursor)
    }

    // --- Folding ----------------------------------------------------------------------------------------------------

    /// Whether a heading is folded.
    pub fn is_folded(&self, item: Item) -> bool {
        self.folds.has(item)
    }

    /// Folds or unfolds the heading under the cursor; answers whether there was one.
    pub fn toggle(&mut self, listing: &Listing, fold: Option<bool>, height: usize) -> bool {
        let Some(item) = self.item().filter(|item| !matches!(item, Item::Article(_))) else { return false };
        self.folds.set(item, fold.unwrap_or(!self.folds.has(item)));
        self.refold(listing, height);
        true
    }

    /// Folds every story but the first ones, so that many stories begin as a list of headlines. It is seen when they are listed.
    pub fn fold_stories(&mut self, from: usize, count: usize) {
        self.folds.fold_stories(from, count);
    }

    /// Folds these stories, by their numbers, and no others. It is seen when they are listed.
    pub fn fold_as(&mut self, folded: Vec<bool>) {
        self.folds.fold_as(folded);
    }

    /// Unfolds whatever hides an article.
    pub fn reveal(&mut self, listing: &Listing, article: usize, height: usize) {
        let above: Vec<Item> = match self.order {
            Order::Stories => vec![listing.place(article).map_or(Item::Alone, |(story, _)| Item::Story(story))],
            Order::Files => listing.folders.above(listing.lies_in[article]).map(|folder| Item::Folder(folder as usize)).collect(),
        };
        if above.iter().any(|&item| self.folds.has(item)) {
            above.into_iter().for_each(|item| self.folds.set(item, false));
            self.refold(listing, height);
        }
    }

    fn refold(&mut self, listing: &Listing, height: usize) {
        self.hold();
        self.changes += 1;
        self.lines.refold(&self.folds);
        self.rest(listing, height);
    }

    // --- Listing ----------------------------------------------------------------------------------------------------

    /// Lists the lines anew and keeps the cursor on its item, or near it.
    pub fn rebuild(&mut self, listing: &Listing, height: usize) {
        self.hold();
        self.sieve = Filter::new(&self.filter);
        let mut candidates: Vec<u32> = self.found.iter().flatten().map(|&article| index(article)).collect();
        candidates.sort_by_cached_key(|&article| listing.key(self.order, article as usize));
        self.work = Work { candidates, ..Work::default() };
        self.clear();
        self.go_on(listing, height);
    }

    /// Takes another filter. Under one that is narrower, what was kept out already is not looked at again.
    pub fn sift(&mut self, listing: &Listing, height: usize) {
        let sieve = Filter::new(&self.filter);
        if sieve.typed() == self.sieve.typed() {
            return;
        }
        if !sieve.narrows(&self.sieve) {
            return self.rebuild(listing, height);
        }
        self.hold();
        self.sieve = sieve;
        let waiting = self.work.candidates.split_off(self.work.at);
        self.work.candidates = self.lines.take_articles();
        self.work.candidates.extend(waiting);
        self.work.at = 0;
        self.clear();
        self.go_on(listing, height);
    }

    fn clear(&mut self) {
        self.changes += 1;
        self.lines = Lines::default();
    }

    /// Lists the files that were found since the last time, behind those that are listed.
    pub fn extend(&mut self, listing: &Listing, height: usize) {
        if self.sieve.typed() != self.filter {
            self.sieve = Filter::new(&self.filter);
        }
        self.go_on(listing, height);
    }

    /// Takes in what was read of some articles: their headlines may pass the filter, and they stand alone until stories are known.
    pub fn refresh(&mut self, listing: &Listing, read: &[usize], height: usize) {
        if self.order == Order::Stories || !self.sieve.is_empty() {
            self.work.late.extend(read.iter().map(|&article| index(article)));
            self.go_on(listing, height);
        }
    }

    /// Whether not everything is listed yet.
    pub fn is_listing(&self) -> bool {
        let work = &self.work;
        work.at < work.candidates.len() || work.next < work.end || !work.late.is_empty()
    }

    /// Whether the cursor waits for something that is not listed yet.
    pub fn is_seeking(&self) -> bool {
        self.waiting().is_some_and(|held| !held.is_there)
    }

    fn waiting(&self) -> Option<Held> {
        self.held.filter(|held| held.waits == self.scroll)
    }

    /// Lists what the next articles add.
    pub fn go_on(&mut self, listing: &Listing, height: usize) {
        self.work.end = listing.extent(self.order);
        if self.found.is_some() {
            self.work.next = self.work.end;
        }
        let mut left = if self.sieve.is_empty() { self.slice * UNFILTERED } else { self.slice };
        while left > 0
            && let Some(article) = self.next(listing)
        {
            if let Some(article) = article.filter(|&article| self.passes(listing, article)) {
                self.lines.push(listing, self.order, &self.folds, index(article));
            }
            left -= 1;
        }
        if left > 0 {
            self.take_late(listing, left);
        }
        self.rest(listing, height);
    }

    /// The article at the next place that is to be looked at, if it is to be shown there.
    fn next(&mut self, listing: &Listing) -> Option<Option<usize>> {
        let work = &mut self.work;
        if let Some(&article) = work.candidates.get(work.at) {
            work.at += 1;
            return Some(Some(article as usize));
        }
        (work.candidates, work.at) = (Vec::new(), 0);
        let at = work.next;
        (at < work.end).then(|| {
            work.next += 1;
            listing.nth(self.order, at)
        })
    }

    fn passes(&mut self, listing: &Listing, article: usize) -> bool {
        let found = self.found.as_ref().is_none_or(|found| found.contains(&article));
        found && listing.is_listed(self.order, article) && self.sieve.passes(listing, article)
    }

    /// Looks again at articles of which more is known now. Those that come behind all others, as they do while the corpus is read
    /// in its order, cost no more than they are many.
    fn take_late(&mut self, listing: &Listing, count: usize) {
        let mut late: Vec<u32> = self.work.late.drain(..count.min(self.work.late.len())).collect();
        late.sort_by_key(|&article| (listing.key(self.order, article as usize), article));
        late.dedup();
        let changes: Vec<Change> = late.into_iter().filter_map(|article| self.change(listing, article)).collect();
        if changes.iter().any(|change| !change.adds || change.at < self.passed()) {
            self.hold();
            let articles = merged(&self.lines.take_articles(), &changes);
            self.clear();
            articles.into_iter().for_each(|article| self.lines.push(listing, self.order, &self.folds, article));
        } else {
            changes.iter().for_each(|change| self.lines.push(listing, self.order, &self.folds, change.article));
        }
    }

    /// What becomes of an article that is listed, or is not, and should not be so.
    fn change(&mut self, listing: &Listing, article: u32) -> Option<Change> {
        let passes = self.passes(listing, article as usize);
        match (self.lines.search(listing, self.order, article as usize), passes) {
            (Ok(at), false) => Some(Change { at, article, adds: false }),
            (Err(at), true) => Some(Change { at, article, adds: true }),
            _ => None,
        }
    }

    // --- The cursor -------------------------------------------------------------------------------------------------

    /// Puts the cursor on an article, now or when that is listed.
    pub fn go_to(&mut self, listing: &Listing, article: usize, height: usize) {
        self.seek(listing, Some(Item::Article(article)), Some(self.scroll.cursor), height);
    }

    /// Puts the cursor on the heading of a story, now or when that is listed.
    pub fn go_to_story(&mut self, listing: &Listing, story: usize, height: usize) {
        self.seek(listing, Some(Item::Story(story)), Some(self.scroll.cursor), height);
    }

    /// Puts the cursor on an article, or else on the first one.
    pub fn go_to_or_first(&mut self, listing: &Listing, article: Option<usize>, height: usize) {
        self.seek(listing, article.map(Item::Article), None, height);
    }

    fn seek(&mut self, listing: &Listing, item: Option<Item>, line: Option<usize>, height: usize) {
        // What the cursor waits for already comes from nowhere else.
        if self.waiting().is_some_and(|held| item.is_some() && held.item == item) {
            return self.rest(listing, height);
        }
        let top = self.waiting().map_or(self.scroll.top, |held| held.top);
        self.held = Some(Held { item, line, waits: self.scroll, top, jumps: true, is_there: false });
        self.rest(listing, height);
    }

    /// Remembers what is under the cursor while the lines change.
    fn hold(&mut self) {
        if self.waiting().is_none() {
            let (waits, Scroll { cursor, top }) = (self.scroll, self.scroll);
            self.held = self.item().map(|item| Held { item: Some(item), line: Some(cursor), waits, top, jumps: false, is_there: false });
        }
    }

    /// Puts the cursor where it belongs, as far as that is listed.
    fn rest(&mut self, listing: &Listing, height: usize) {
        if let Some(held) = self.waiting() {
            let line = match held.item {
                Some(Item::Article(article)) => self.line_of(listing, article),
                Some(heading) => self.lines.line_of_heading(heading),
                None => self.first_article(),
            };
            let target = line.or(held.line).or_else(|| self.first_article()).unwrap_or(self.scroll.cursor);
            self.scroll.top = held.top;
            if held.jumps && line.is_some() {
                self.scroll.jump(target, self.len(), height);
            }
            self.scroll.go(target, self.len(), height);
            self.held = Some(Held { waits: self.scroll, is_there: line.is_some(), ..held }).filter(|_| self.is_listing());
        } else {
            self.held = None;
            self.scroll.settle(self.len(), height);
        }
    }
}

/// An article that is put in at a place among those that are listed, or taken out there.
struct Change {
    at: usize,
    article: u32,
    adds: bool,
}

/// A list with changes, which are in its order.
fn merged(articles: &[u32], changes: &[Change]) -> Vec<u32> {
    let mut merged = Vec::with_capacity(articles.len() + changes.len());
    let mut done = 0;
    for change in changes {
        merged.extend_from_slice(&articles[done..change.at]);
        done = change.at + usize::from(!change.adds);
        merged.extend(change.adds.then_some(change.article));
    }
    merged.extend_from_slice(&articles[done..]);
    merged
}
