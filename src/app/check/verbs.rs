//! What a reader does in the check view: opening it, going from finding to finding, and from a finding to its place in the difference.

use super::{Asked, Checked, Item, ListLine, Parts, TextLine};
use crate::app::App;
use crate::app::layout::Pane;
use crate::app::spot::At;
use crate::app::task::{Request, Task};
use crate::collate::apparatus::span;
use crate::collate::check::Dropped;
use crate::corpus::search;
use crate::text::Span;
use std::sync::Arc;

impl App {
    /// The article that a check is about: the one on the right of a difference, else the one that is read.
    fn rewrite(&self) -> Option<usize> {
        let right = self.wanted.map(|[_, right]| right).filter(|_| self.focus == Pane::Difference);
        right.or_else(|| self.current())
    }

    /// What a rewrite is held against: the article that is marked, else all other versions of its story, else the one beside it.
    fn held(&self, rewrite: usize) -> Option<Asked> {
        let others = |index: &usize| *index != rewrite;
        let versions = self.listing.versions(rewrite).iter().copied().filter(others).collect::<Vec<_>>();
        let beside = || self.wanted.iter().flatten().copied().filter(others).collect();
        let sources = match self.marked.filter(others) {
            Some(marked) => vec![marked],
            None if versions.is_empty() => beside(),
            None => versions,
        };
        (!sources.is_empty()).then_some(Asked { rewrite, sources })
    }

    /// Opens the check of what is read, or goes back to the panes when it is open.
    pub(in crate::app) fn toggle_check(&mut self) -> Vec<Request> {
        if self.focus == Pane::Check {
            self.focus = self.before;
            return Vec::new();
        }
        let Some(rewrite) = self.rewrite() else { return Vec::new() };
        self.check_from = self.sentence_here().filter(|(article, _)| *article == rewrite).map(|(_, sentence)| sentence);
        self.open_check(rewrite)
    }

    /// Opens the check of an article.
    pub(in crate::app) fn open_check(&mut self, rewrite: usize) -> Vec<Request> {
        let Some(asked) = self.held(rewrite) else {
            self.notice = Some(String::from("a check needs a source: mark one with the key for comparing, or read an article of a story"));
            return Vec::new();
        };
        if !self.focus.is_whole() {
            self.before = self.focus;
        }
        self.focus = Pane::Check;
        let requests: Vec<Request> = self.ask_check(asked).into_iter().collect();
        self.arrange();
        self.begin_check();
        requests
    }

    /// Asks for a check, unless it is there or on its way.
    fn ask_check(&mut self, asked: Asked) -> Option<Request> {
        if self.checking.as_ref() == Some(&asked) {
            return None;
        }
        self.checking = Some(asked.clone());
        self.checked = None;
        let entry = |index: &usize| self.listing.entries[*index].clone();
        let letter = |(at, index): (usize, &usize)| self.listing.letter(*index).unwrap_or_else(|| crate::corpus::story::letter(at));
        let names = asked.sources.iter().enumerate().map(letter).collect();
        let entries = std::iter::once(&asked.rewrite).chain(&asked.sources).map(entry).collect();
        Some(Request::Work(Task::Check { asked, entries, names, reading: self.reading.clone() }))
    }

    /// Takes a check that was asked for.
    pub(in crate::app) fn take_check(&mut self, asked: &Asked, checked: Result<Box<Checked>, String>) {
        if self.checking.as_ref() != Some(asked) {
            return;
        }
        match checked {
            Ok(checked) => {
                self.checked = Some(Arc::new(*checked));
                self.place_marks();
                self.check.forget();
                self.arrange();
                self.go_to_item(0);
                self.begin_check();
                self.arrive();
            }
            Err(why) => {
                (self.checking, self.checked) = (None, None);
                self.focus = if self.focus == Pane::Check { self.before } else { self.focus };
                self.notice = Some(why);
            }
        }
    }

    /// Goes to the first finding at or behind the sentence that the view was opened from.
    fn begin_check(&mut self) {
        let (Some(checked), Some(from)) = (self.checked.clone(), self.check_from.take()) else { return };
        let place =
            |(at, item): (usize, &Item)| checked.sentence(*item).filter(|&sentence| sentence >= from).map(|sentence| (sentence, at));
        let nearest = self.check.items.iter().enumerate().filter_map(place).min();
        if let Some((_, at)) = nearest {
            self.go_to_item(at);
        }
        let height = usize::from(self.parts().text.height);
        self.check.go_to_sentence(from, height);
    }

    /// The place of the rewrite that the view is at.
    pub(in crate::app) fn at_in_check(&self) -> Option<At<usize>> {
        let checked = self.checked.as_ref()?;
        let byte = self.check.sentence().map_or(0, |sentence| checked.article.parsed.sentences[sentence].span.start);
        Some(At { article: checked.asked.rewrite, byte, stub: false })
    }

    /// Goes to a place of the rewrite; the answer is whether nothing more is to be waited for.
    pub(in crate::app) fn arrive_in_check(&mut self, at: At<usize>) -> bool {
        let Some(checked) = self.checked.as_ref().filter(|checked| checked.asked.rewrite == at.article) else {
            return self.checking.is_none();
        };
        self.check_from = Some(checked.article.parsed.sentence_at(at.byte));
        self.begin_check();
        true
    }

    /// Where the parts of the check view are.
    pub fn parts(&self) -> Parts {
        Parts::new(self.areas().check.inner(), self.check.in_text)
    }

    /// Puts the cursor on an item, and the text on its sentence.
    pub(in crate::app) fn go_to_item(&mut self, at: usize) {
        let parts = self.parts();
        self.check.go_to_item(at, usize::from(parts.list.height));
        let sentence = self.checked.as_ref().zip(self.check.item()).and_then(|(checked, item)| checked.sentence(item));
        if let Some(sentence) = sentence {
            self.check.go_to_sentence(sentence, usize::from(parts.text.height));
        }
    }

    /// Moves in the part that has the keys: from item to item, or from line to line of the text.
    pub(in crate::app) fn step_check(&mut self, by: isize) {
        if self.check.in_text {
            let height = usize::from(self.parts().text.height);
            self.check.text_scroll.step(by, self.check.text.len(), height);
            return self.follow_text();
        }
        let last = self.check.items.len().saturating_sub(1);
        let at = self.check.at().unwrap_or(last);
        self.go_to_item(at.saturating_add_signed(by).min(last));
    }

    /// The list goes to the first finding of the sentence under the cursor.
    fn follow_text(&mut self) {
        let Some((checked, sentence)) = self.checked.clone().zip(self.check.sentence()) else { return };
        let found = self.check.items.iter().position(|item| checked.sentence(*item) == Some(sentence));
        if let Some(at) = found {
            let height = usize::from(self.parts().list.height);
            self.check.go_to_item(at, height);
        }
    }

    /// Walks from item to item, whichever part has the keys.
    pub(in crate::app) fn walk_check(&mut self, forward: bool, flagged: bool) {
        let at = self.check.at().unwrap_or(0);
        let stops = |at: &usize| !flagged || matches!(self.check.items[*at], Item::Finding(_));
        let next = if forward { (at + 1..self.check.items.len()).find(stops) } else { (0..at).rev().find(stops) };
        match next {
            Some(next) => self.go_to_item(next),
            None if self.check.items.is_empty() => self.notice = Some(String::from("nothing was found")),
            None => self.notice = Some(format!("this is the {} one", if forward { "last" } else { "first" })),
        }
    }

    /// Shows what the item under the cursor is about in the difference pane: the source on the left, the rewrite on the right.
    pub(in crate::app) fn visit_check(&mut self) -> Vec<Request> {
        let Some(checked) = self.checked.clone() else { return Vec::new() };
        let Some((source, at)) = self.check_place(&checked) else { return Vec::new() };
        let pair = [checked.asked.sources[source], checked.asked.rewrite];
        self.show_pair(pair, pair[1], Some(at))
    }

    /// The source that the item or the sentence under the cursor is held against, and the place that it is about.
    fn check_place(&self, checked: &Checked) -> Option<(usize, At<usize>)> {
        let at = |article: usize, byte: usize| At { article, byte, stub: false };
        let own = |sentence: usize| {
            let byte = checked.article.parsed.sentences[sentence].span.start;
            (checked.origin(sentence).map_or(0, |(source, _)| source), at(checked.asked.rewrite, byte))
        };
        if self.check.in_text {
            return self.check.sentence().map(own);
        }
        match self.check.item()? {
            Item::Finding(number) => {
                let finding = &checked.check.findings[number];
                let (source, place) = own(finding.sentence);
                let here = finding.here.as_ref().map(|tokens| span(&checked.article.parsed, tokens).start);
                let source = finding.source.as_ref().map_or(source, |(source, _)| *source);
                Some((source, At { byte: here.unwrap_or(place.byte), ..place }))
            }
            Item::Dropped(number) => {
                let Dropped { source, sentence, .. } = checked.check.dropped[number];
                let byte = checked.origins[source].parsed.sentences[sentence].span.start;
                Some((source, at(checked.asked.sources[source], byte)))
            }
        }
    }

    /// Holds another version of the story against the rest.
    pub(in crate::app) fn turn_rewrite(&mut self, by: isize) -> Vec<Request> {
        let Some(asked) = self.checking.clone() else { return Vec::new() };
        let versions = self.listing.versions(asked.rewrite).to_vec();
        let Some(at) = versions.iter().position(|version| *version == asked.rewrite).filter(|_| versions.len() > 1) else {
            self.notice = Some(String::from("this article has no other version in the corpus"));
            return Vec::new();
        };
        let rewrite = versions[(at + versions.len()).saturating_add_signed(by) % versions.len()];
        let sources = versions.into_iter().filter(|version| *version != rewrite).collect();
        self.ask_check(Asked { rewrite, sources }).into_iter().collect()
    }

    /// The item under the cursor as text: what it is, what it says, and the words of the rewrite.
    pub(in crate::app) fn check_text(&self) -> Option<String> {
        let checked = self.checked.as_ref()?;
        let sentence = |sentence: usize| crate::app::clean(checked.article.parsed.sentences[sentence].span.of(&checked.article.text));
        if self.check.in_text {
            return self.check.sentence().map(sentence);
        }
        let item = self.check.item()?;
        let own = checked.sentence(item).map(sentence);
        Some([Some(checked.head(item)), Some(checked.told(item)), own].into_iter().flatten().collect::<Vec<_>>().join("\n"))
    }

    /// Looks a query up in the rewrite; the answer is how often it stands there.
    pub(in crate::app) fn search_check(&mut self, query: &str) -> usize {
        let Some(checked) = &self.checked else { return 0 };
        self.check.hits = search::find(&checked.article.text, query);
        self.check.hits.len()
    }

    /// The lines of the text where the hits of the last search begin.
    pub(in crate::app) fn check_hits(&self) -> Vec<usize> {
        let shows = |hit: &Span, line: &TextLine| line.own.iter().any(|piece| piece.span.contains(hit.start));
        self.check.hits.iter().filter_map(|hit| self.check.text.iter().position(|line| shows(hit, line))).collect()
    }

    /// Goes to a line of the text.
    pub(in crate::app) fn go_to_check_line(&mut self, line: usize) {
        self.check.in_text = true;
        let height = usize::from(self.parts().text.height);
        self.check.text_scroll.jump(line, self.check.text.len(), height);
        self.follow_text();
    }

    /// A click: on an item of the list, or on a line of the text.
    pub(in crate::app) fn click_check(&mut self, column: u16, row: u16) {
        let parts = self.parts();
        if parts.text.contains(column, row) {
            self.check.in_text = true;
            let line = self.check.text_scroll.top + usize::from(row - parts.text.y);
            self.check.text_scroll.go(line, self.check.text.len(), usize::from(parts.text.height));
            self.follow_text();
        } else if parts.list.contains(column, row) {
            self.check.in_text = false;
            let line = self.check.list_scroll.top + usize::from(row - parts.list.y);
            if let Some(at) = self.check.list.get(line).and_then(ListLine::item) {
                self.go_to_item(at);
            }
        }
    }

    /// The wheel rolls the part that has the keys.
    pub(in crate::app) fn wheel_check(&mut self, by: isize) {
        let parts = self.parts();
        let view = &mut self.check;
        match view.in_text {
            true => view.text_scroll.roll(by, view.text.len(), usize::from(parts.text.height)),
            false => view.list_scroll.roll(by, view.list.len(), usize::from(parts.list.height)),
        }
    }
}
