//! All marks of a corpus, by place: what is in force, what is open, and how it came about. Touches no disk.

use super::mark::Mark;
use super::names::Names;
use super::spot::{Against, Cited, Spot};
use super::standing::standing;
use rustc_hash::FxHashMap as HashMap;
use std::collections::BTreeSet;

/// All marks that were read. They can be added in any order and more than once, the result is the same.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Marks {
    /// What articles are called in the marks.
    names: Names,
    /// For each place all that was decided about it, the earliest first.
    targets: HashMap<String, Vec<Mark>>,
    /// For each article the places that were ever marked in it.
    articles: HashMap<String, BTreeSet<String>>,
}

impl Marks {
    pub(super) fn new(names: Names) -> Self {
        Marks { names, ..Marks::default() }
    }

    /// The same without any mark.
    pub(super) fn emptied(&self) -> Self {
        Marks::new(self.names.clone())
    }

    pub(super) fn add(&mut self, mark: Mark) {
        self.articles.entry(mark.spot.article.id.clone()).or_default().insert(mark.target.clone());
        let history = self.targets.entry(mark.target.clone()).or_default();
        if let Err(at) = history.binary_search(&mark) {
            history.insert(at, mark);
        }
    }

    /// What an article is called in the marks, by its id.
    pub fn name(&self, id: &str) -> String {
        self.names.name(id)
    }

    /// Everything that was decided about a place, the earliest first.
    pub fn history(&self, target: &str) -> &[Mark] {
        self.targets.get(target).map_or(&[], Vec::as_slice)
    }

    /// What is in force at a place: the last decision about it, unless that says nothing any more. Where one was taken back, it
    /// is the mark that had been in force before, with its own author and time.
    pub fn in_force(&self, target: &str) -> Option<&Mark> {
        decided(self.history(target)).filter(|mark| !mark.decision.is_cleared())
    }

    /// All marks in force, in the order of their articles and places.
    pub fn all(&self) -> Vec<&Mark> {
        sorted(self.targets.values().filter_map(|history| decided(history).filter(|mark| !mark.decision.is_cleared())))
    }

    /// The marks in force in an article, in the order of their places.
    pub fn of(&self, id: &str) -> Vec<&Mark> {
        let name = self.name(id);
        let targets = self.articles.get(&name).into_iter().flatten();
        sorted(targets.filter_map(|target| self.in_force(target)).filter(|mark| mark.spot.article.id == name))
    }

    /// How many marks in an article somebody has still to see to.
    pub fn open(&self, id: &str) -> usize {
        self.of(id).iter().filter(|mark| mark.decision.is_open()).count()
    }

    /// The id of a place that was marked before, in this text of its article or in another one.
    pub fn target(&self, spot: &Spot, text: &str) -> Option<String> {
        let spot = self.named(spot);
        let own = spot.target();
        if self.targets.contains_key(&own) {
            return Some(own);
        }
        let known = self.articles.get(&spot.article.id)?.iter().filter_map(|target| self.history(target).last());
        let is_there = |mark: &&Mark| mark.spot.is_like(&spot) && standing(&mark.spot, text, &spot.article.hash).span() == Some(spot.span);
        known.filter(is_there).max_by_key(|mark| (mark.at, &mark.id)).map(|mark| mark.target.clone())
    }

    /// The mark in force at a place of a text.
    pub fn at(&self, spot: &Spot, text: &str) -> Option<&Mark> {
        self.in_force(&self.target(spot, text)?)
    }

    /// Everybody who has ever marked something.
    pub fn authors(&self) -> BTreeSet<&str> {
        self.targets.values().flatten().map(|mark| mark.by.as_str()).collect()
    }

    /// A place with the names of its articles instead of their ids.
    pub(super) fn named(&self, spot: &Spot) -> Spot {
        let cited = |article: &Cited| Cited { id: self.name(&article.id), hash: article.hash.clone() };
        let against = spot.against.as_ref().map(|against| Against { article: cited(&against.article), ..against.clone() });
        Spot { article: cited(&spot.article), against, ..spot.clone() }
    }
}

/// The mark that counts of all about one place. One that takes another back stands for what was in force before that one, if it
/// says the same: where marks of others have come in between since, it stands for itself.
pub(super) fn decided(history: &[Mark]) -> Option<&Mark> {
    let last = history.last()?;
    let mut at = history.len() - 1;
    while let Some(undone) = &history[at].undoes {
        let Some(before) = history[..at].iter().rposition(|mark| mark.id == *undone).and_then(|found| found.checked_sub(1)) else {
            return Some(last);
        };
        at = before;
    }
    Some(if history[at].decision == last.decision { &history[at] } else { last })
}

fn sorted<'a>(marks: impl Iterator<Item = &'a Mark>) -> Vec<&'a Mark> {
    let mut marks: Vec<&Mark> = marks.collect();
    marks.sort_by_key(|mark| (&mark.spot.article.id, mark.spot.span, mark.spot.on, &mark.target));
    marks
}
