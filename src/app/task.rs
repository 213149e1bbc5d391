//! Work that takes time, told as data: `update` asks for it, a worker does it, and its answer comes back as a message.

use super::Message;
use super::check::{Asked, Checked};
use super::marks::Deciding;
use super::parallel::Pair;
use super::printing::Printing;
use super::versions::Versions;
use crate::collate::collate;
use crate::corpus::{Article, Entry, Reading};
use std::collections::HashMap;
use std::sync::Arc;

/// Something for a worker to do. Of two tasks with the same [`Slot`] the later one wins.
#[derive(Debug, Clone, PartialEq)]
pub enum Task {
    /// Read an article for the article pane.
    Open {
        /// Its index.
        index: usize,
        /// Where it is.
        entry: Entry,
        /// How it is read.
        reading: Reading,
    },
    /// Read two articles and compare them for the difference pane.
    Compare {
        /// The indices of the left and the right article.
        indices: [usize; 2],
        /// Where they are.
        entries: [Entry; 2],
        /// How they are read.
        reading: Reading,
    },
    /// Compare the first version of a story with its others, for the figures in the tree.
    Liken {
        /// The index of the first version.
        base: usize,
        /// All versions with where they are, the base among them.
        versions: Vec<(usize, Entry)>,
        /// How they are read.
        reading: Reading,
    },
    /// Read all versions of a story and put them side by side.
    Gather {
        /// The indices of the versions, in the order of their letters.
        indices: Vec<usize>,
        /// Where they are.
        entries: Vec<Entry>,
        /// How they are read.
        reading: Reading,
    },
    /// Read a rewrite and its sources and hold it against them.
    Check {
        /// What is held against what.
        asked: Asked,
        /// Where the rewrite is, then where its sources are.
        entries: Vec<Entry>,
        /// What the sources are called.
        names: Vec<String>,
        /// How they are read.
        reading: Reading,
    },
}

/// What tasks compete for: a newer one makes an older one of the same slot pointless.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Slot {
    /// The article pane.
    Article,
    /// The difference pane.
    Difference,
    /// The figures of the tree.
    Likeness,
    /// All versions of a story. It may take long, and is done beside the tasks of the panes.
    Versions,
    /// The check view, which may take long too.
    Check,
}

impl Slot {
    /// Whether its tasks may take long: they have a worker of their own.
    pub fn is_long(self) -> bool {
        matches!(self, Slot::Versions | Slot::Check)
    }
}

/// The first version of a story is compared with so many others in one task: an article that is opened meanwhile waits for no more.
const ALIKE: usize = 16;

impl Task {
    /// The task as far as it is done in one go, and the rest of it.
    pub fn split(self) -> (Task, Option<Task>) {
        let Task::Liken { base, mut versions, reading } = self else { return (self, None) };
        let Some(own) = versions.iter().position(|(index, _)| *index == base).filter(|_| versions.len() > ALIKE + 1) else {
            return (Task::Liken { base, versions, reading }, None);
        };
        versions.swap(0, own);
        let rest = [&versions[..1], &versions[ALIKE + 1..]].concat();
        versions.truncate(ALIKE + 1);
        (Task::Liken { base, versions, reading: reading.clone() }, Some(Task::Liken { base, versions: rest, reading }))
    }

    /// What the task competes for.
    pub fn slot(&self) -> Slot {
        match self {
            Task::Open { .. } => Slot::Article,
            Task::Compare { .. } => Slot::Difference,
            Task::Liken { .. } => Slot::Likeness,
            Task::Gather { .. } => Slot::Versions,
            Task::Check { .. } => Slot::Check,
        }
    }

    /// How its articles are read.
    fn reading(&self) -> &Reading {
        let (Task::Open { reading, .. }
        | Task::Compare { reading, .. }
        | Task::Liken { reading, .. }
        | Task::Gather { reading, .. }
        | Task::Check { reading, .. }) = self;
        reading
    }
}

/// What only the owner of the terminal can do.
#[derive(Debug, Clone, PartialEq)]
pub enum Request {
    /// Hand a task to the worker.
    Work(Task),
    /// Put a text on the clipboard of the terminal.
    Copy(String),
    /// Open a file in the reader's editor at a byte of the article's text, and come back.
    Edit {
        /// Where the article is.
        entry: Entry,
        /// The byte.
        offset: usize,
    },
    /// Something for whoever keeps the marks.
    Note(Deciding),
    /// Ask the index for some words.
    Search(String),
    /// Write a report.
    Print(Box<Printing>),
    /// Answer with [`Message::GoOn`] when everything else that is there was taken in and a frame was drawn: what takes time with the
    /// number of articles is done in slices, and no key waits for more than one of them.
    GoOn,
    /// Stop until the shell brings the program back.
    Suspend,
    /// End.
    Quit,
}

/// Articles that were read lately, so that walking back and forth reads nothing twice.
#[derive(Default)]
pub struct Desk {
    articles: HashMap<usize, Arc<Article>>,
    /// The bytes of their texts.
    bytes: usize,
    reading: Reading,
}

/// So many articles stay on the desk …
const KEPT: usize = 64;
/// … and texts of so many bytes. With what is known of a text, its tokens and sentences, it takes about ten times as much memory.
const KEPT_BYTES: usize = 16 * 1024 * 1024;

impl Desk {
    /// Does a task. What cannot be read is an answer too.
    pub fn perform(&mut self, task: Task) -> Message {
        if *task.reading() != self.reading {
            self.clear();
            self.reading = task.reading().clone();
        }
        match task {
            Task::Open { index, entry, .. } => Message::Opened { index, article: self.article(index, &entry) },
            Task::Compare { indices, entries, .. } => Message::Compared { indices, pair: self.pair(indices, &entries) },
            Task::Liken { base, versions, .. } => Message::Likened { base, figures: self.likeness(base, &versions) },
            Task::Gather { indices, entries, .. } => self.gather(indices, &entries),
            Task::Check { asked, entries, names, .. } => {
                let checked = self.check(asked.clone(), &entries, &names);
                Message::Checked { asked, checked }
            }
        }
    }

    fn article(&mut self, index: usize, entry: &Entry) -> Result<Arc<Article>, String> {
        if let Some(article) = self.articles.get(&index) {
            return Ok(article.clone());
        }
        let article = Arc::new(self.reading.open(entry).map_err(|error| format!("{}: {error}", entry.path.display()))?);
        if self.articles.len() >= KEPT || self.bytes + article.text.len() > KEPT_BYTES {
            self.clear();
        }
        self.bytes += article.text.len();
        self.articles.insert(index, article.clone());
        Ok(article)
    }

    fn clear(&mut self) {
        self.articles.clear();
        self.bytes = 0;
    }

    fn pair(&mut self, indices: [usize; 2], entries: &[Entry; 2]) -> Result<Pair, String> {
        let left = self.article(indices[0], &entries[0])?;
        let right = self.article(indices[1], &entries[1])?;
        let collation = Arc::new(collate(left.side(), right.side()));
        Ok(Pair { indices, articles: [left, right], collation })
    }

    /// The versions that can be read, side by side.
    fn gather(&mut self, asked: Vec<usize>, entries: &[Entry]) -> Message {
        let read = asked.iter().zip(entries).filter_map(|(&index, entry)| Some((index, self.article(index, entry).ok()?)));
        let (indices, articles) = read.unzip();
        Message::Gathered { asked, versions: Box::new(Versions::new(indices, articles)) }
    }

    /// A rewrite held against those of its sources that can be read.
    fn check(&mut self, asked: Asked, entries: &[Entry], names: &[String]) -> Result<Box<Checked>, String> {
        let article = self.article(asked.rewrite, &entries[0])?;
        let mut read = Asked { rewrite: asked.rewrite, sources: Vec::new() };
        let (mut origins, mut called) = (Vec::new(), Vec::new());
        for ((&index, entry), name) in asked.sources.iter().zip(&entries[1..]).zip(names) {
            if let Ok(origin) = self.article(index, entry) {
                read.sources.push(index);
                origins.push(origin);
                called.push(name.clone());
            }
        }
        Ok(Box::new(Checked::new(read, article, origins, called)))
    }

    /// For every other version: how alike it is to the base, and how many flags that raises.
    fn likeness(&mut self, base: usize, versions: &[(usize, Entry)]) -> Vec<(usize, f64, usize)> {
        let Some(entry) = versions.iter().find(|(index, _)| *index == base).map(|(_, entry)| entry.clone()) else { return Vec::new() };
        let Ok(first) = self.article(base, &entry) else { return Vec::new() };
        versions
            .iter()
            .filter(|(index, _)| *index != base)
            .filter_map(|(index, entry)| {
                let other = self.article(*index, entry).ok()?;
                let summary = collate(first.side(), other.side()).summary;
                Some((*index, summary.similarity, summary.flags.values().sum()))
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::Place;

    #[test]
    fn a_large_story_is_likened_in_parts() {
        let entry = |n: usize| Entry { place: Place::File, path: format!("{n}.txt").into() };
        for count in [2, ALIKE + 1, ALIKE + 2, 100] {
            let versions = (0..count).map(|n| (n, entry(n))).collect();
            let mut rest = Some(Task::Liken { base: 3 % count, versions, reading: Reading::default() });
            let mut others: Vec<usize> = Vec::new();
            while let Some(task) = rest {
                let (part, more) = task.split();
                let Task::Liken { base, versions, .. } = part else { panic!("another task") };
                let (own, part): (Vec<usize>, Vec<usize>) = versions.iter().map(|(n, _)| *n).partition(|n| *n == base);
                assert!(own == [3 % count] && !part.is_empty() && part.len() <= ALIKE, "{own:?} {part:?}");
                others.extend(part);
                rest = more;
            }
            others.sort_unstable();
            assert_eq!(others, (0..count).filter(|n| *n != 3 % count).collect::<Vec<_>>());
        }
    }
}
