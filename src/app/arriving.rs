//! What workers find out: files, articles, stories, comparisons, and what became of marks and reports.

use super::layout::Pane;
use super::listing::Phase;
use super::parallel::Pair;
use super::task::Request;
use super::tree::Order;
use super::{App, Message, ROOM, Work};
use crate::corpus::{Article, Entry, Skipped};
use std::sync::Arc;

impl App {
    /// Takes in what a worker has found out.
    pub(super) fn arrived(&mut self, message: Message) -> Vec<Request> {
        match message {
            Message::Found(entries, skipped) => self.found(entries, skipped),
            Message::Names(names) => {
                self.listing.names = names;
                Vec::new()
            }
            Message::Scanned => {
                self.listing.phase = Phase::Reading;
                self.look_in()
            }
            Message::Read(results) => {
                // While much is read the question is asked again in the end.
                let again = !results.is_empty() && !matches!(self.work, Work::Reading { .. });
                let mut requests = self.read(results);
                requests.extend(if again { self.ask_again() } else { None });
                requests
            }
            Message::Changed(change) => self.changed(*change),
            Message::Grouped(stories, furniture) => {
                self.group(stories, furniture);
                self.group_on()
            }
            Message::GoOn => self.go_on(),
            Message::Opened { index, article } => self.opened(index, article),
            Message::Compared { indices, pair } => self.compared(indices, pair),
            Message::Likened { base, figures } => self.likened(base, figures),
            Message::Gathered { asked, versions } => {
                self.take_gathered(&asked, *versions);
                Vec::new()
            }
            Message::Checked { asked, checked } => {
                self.take_check(&asked, checked);
                Vec::new()
            }
            Message::Marks(marks) => {
                self.take_marks(marks);
                Vec::new()
            }
            Message::Decided(saved) => {
                self.decided(saved);
                Vec::new()
            }
            Message::Answered(answer) => self.found_words(answer),
            Message::Work(work) => {
                let was_read = matches!(self.work, Work::Reading { .. }) && !matches!(work, Work::Reading { .. });
                self.work = work;
                // What was found so far may be more now.
                if was_read { self.ask_again().into_iter().collect() } else { Vec::new() }
            }
            Message::Printed(printed) => {
                self.printed(printed);
                Vec::new()
            }
            Message::Notice(text) => {
                self.notice = Some(text);
                Vec::new()
            }
            // What a reader does never gets here.
            Message::Key(_) | Message::Paste(_) | Message::Mouse(..) | Message::Resize(..) | Message::Background(_) => Vec::new(),
        }
    }

    /// Takes the figures of some versions of a story. A large one is told in parts: what stands beside its first version after the
    /// first of them stays there.
    fn likened(&mut self, base: usize, figures: Vec<(usize, f64, usize)>) -> Vec<Request> {
        let goes_on = self.listing.versions(base).iter().any(|version| self.likeness.contains_key(version));
        self.likeness.extend(figures.into_iter().map(|(index, similarity, flags)| (index, (similarity, flags))));
        if goes_on { Vec::new() } else { self.open_nearest() }
    }

    pub(super) fn found(&mut self, entries: Vec<Entry>, skipped: Vec<Skipped>) -> Vec<Request> {
        self.listing.names = 0;
        self.listing.add(entries, skipped);
        let height = self.height(Pane::Corpus);
        self.tree.extend(&self.listing, height);
        if self.reader.shown.is_none() && self.wanted.is_none() {
            if let Some(line) = self.tree.first_article().filter(|_| !self.touched) {
                self.tree.scroll.cursor = line;
            }
            return self.follow_tree();
        }
        Vec::new()
    }

    /// Does the next slice of what takes time with the number of articles.
    fn go_on(&mut self) -> Vec<Request> {
        (self.going_on, self.room) = (false, ROOM);
        if self.listing.is_grouping() {
            return self.group_on();
        }
        let mut requests = self.take_in();
        let height = self.height(Pane::Corpus);
        self.tree.go_on(&self.listing, height);
        if self.following {
            requests.extend(self.follow_tree());
        }
        if self.is_looking() {
            requests.extend(self.go_on_looking());
        }
        requests
    }

    /// Takes in what was told of the corpus, as far as there is room for it before the next frame.
    pub(super) fn take_in(&mut self) -> Vec<Request> {
        let mut requests = Vec::new();
        while self.room > 0
            && !self.listing.is_grouping()
            && let Some(told) = self.waiting.pop_front()
        {
            self.room = self.room.saturating_sub(told.articles());
            requests.extend(self.arrived(told));
        }
        requests
    }

    fn group_on(&mut self) -> Vec<Request> {
        if !self.listing.group_on(self.tree.slice) {
            return Vec::new();
        }
        match self.before_grouping.take() {
            Some(before) => self.grouped_again(&before),
            None => self.grouped(),
        }
    }

    /// The stories are known: the corpus turns to them, and the reader stays at the article where they are.
    fn grouped(&mut self) -> Vec<Request> {
        let room = self.height(Pane::Corpus);
        let lines: usize = self.listing.stories.iter().map(|s| s.articles.len() + 1).sum();
        if lines > room {
            self.tree.fold_stories(1, self.listing.stories.len());
        }
        let held = self.tree.article().filter(|_| self.touched);
        if !self.touched && !self.listing.stories.is_empty() {
            self.tree.order = self.order.unwrap_or(Order::Stories);
        }
        let here = self.spot();
        self.rebuild();
        let place = self.returned().or_else(|| self.wanted.filter(|_| self.touched).map(|_| here));
        match held {
            Some(article) => self.tree.reveal(&self.listing, article, room),
            None if !self.touched => self.tree.go_to_or_first(&self.listing, None, room),
            None => {}
        }
        self.wanted = None;
        let follows = |shown: usize| self.tree.is_seeking() || self.tree.article().is_none_or(|article| article == shown);
        let stays = self.reader.shown.filter(|&shown| follows(shown));
        let mut requests: Vec<Request> =
            stays.filter(|_| !self.reading.furniture.is_empty()).map(|shown| self.open(shown)).into_iter().collect();
        requests.extend(match place {
            Some(place) => self.go(&place),
            None => self.follow_tree(),
        });
        requests
    }

    pub(super) fn opened(&mut self, index: usize, article: Result<Arc<Article>, String>) -> Vec<Request> {
        let compared = self.wanted.is_some_and(|pair| pair.contains(&index));
        if compared || [self.current(), self.tree.article(), self.reader.shown].contains(&Some(index)) {
            self.reader.show(index, article);
            self.mark_reader();
            self.place_marks();
            self.mark_words();
            self.arrive();
        }
        Vec::new()
    }

    pub(super) fn compared(&mut self, indices: [usize; 2], pair: Result<Pair, String>) -> Vec<Request> {
        if self.wanted == Some(indices) {
            match pair {
                Ok(pair) => self.parallel.show(pair),
                Err(why) => self.parallel.clear(Some(why)),
            }
            self.mark_reader();
            self.place_marks();
            self.hit = None;
            self.arrive();
        }
        Vec::new()
    }

    /// Marks in the article pane where the version beside it differs; of an article that is not compared, where any other does.
    pub(super) fn mark_reader(&mut self) {
        let side = self.parallel.pair.as_ref().and_then(|pair| pair.indices.iter().position(|i| Some(*i) == self.reader.shown));
        if let Some((side, pair)) = side.zip(self.parallel.pair.as_ref()) {
            return self.reader.mark(&pair.collation, side, self.levels);
        }
        let versions = self.reader.shown.and_then(|shown| self.versions_of(shown)).map(|(versions, version)| (versions.clone(), version));
        match versions {
            Some((versions, version)) => self.reader.mark_all(&versions.apparatus, version, self.levels),
            None => self.reader.unmark(),
        }
    }
}
