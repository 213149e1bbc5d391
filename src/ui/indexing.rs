//! The thread that has the index: it reads what changed while nobody asks, and looks up what is asked for.

use super::run::Event;
use crate::app::Message;
use crate::app::words::Answer;
use crate::corpus::Entry;
use crate::corpus::index::{Index, IndexError, Progress};
use crate::corpus::query::Query;
use crossbeam_channel::{Receiver, Sender};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What the thread is asked for.
#[derive(Debug)]
pub(super) enum Asked {
    /// Index these articles.
    Corpus(Arc<Vec<Entry>>),
    /// Find these words.
    Words(String),
}

/// The most articles that are found at once.
const MOST: usize = 10_000;

/// Does what it is asked for until nobody asks any more. Without a folder the index is kept in memory. Words go first: reading is
/// broken off for them and taken up again.
pub(super) fn keep_index(folder: Option<&Path>, roots: &[PathBuf], asked: &Receiver<Asked>, sender: &Sender<Event>) {
    let say = |message: Message| sender.send(Event::Message(message)).is_ok();
    let opened = folder.map_or_else(Index::in_memory, |folder| Index::open(folder, roots).or_else(|_| Index::in_memory()));
    let mut keeper = match opened {
        Ok(index) => Keeper { index, entries: Arc::default(), numbers: HashMap::new(), complete: true },
        Err(error) => {
            say(Message::Notice(error.to_string()));
            return;
        }
    };
    while let Some(message) = keeper.turn(asked, &say) {
        let told = message.unwrap_or_else(|error| Message::Notice(error.to_string()));
        if !say(told) {
            return;
        }
    }
}

struct Keeper {
    index: Index,
    entries: Arc<Vec<Entry>>,
    /// The articles by their paths.
    numbers: HashMap<PathBuf, usize>,
    /// Whether the index has them all.
    complete: bool,
}

impl Keeper {
    /// Waits for something to do and does it; `None` where nobody asks any more.
    fn turn(&mut self, asked: &Receiver<Asked>, say: &impl Fn(Message) -> bool) -> Option<Result<Message, IndexError>> {
        let first = if self.complete { Some(asked.recv().ok()?) } else { None };
        let mut words = None;
        for asked in first.into_iter().chain(asked.try_iter()) {
            match asked {
                Asked::Corpus(entries) => self.take(entries),
                // Of several questions only the last is still of interest.
                Asked::Words(typed) => words = Some(typed),
            }
        }
        Some(match words {
            Some(typed) => self.answer(typed),
            None => self.read(asked, say),
        })
    }

    fn take(&mut self, entries: Arc<Vec<Entry>>) {
        self.numbers = entries.iter().enumerate().map(|(number, entry)| (entry.path.clone(), number)).collect();
        (self.entries, self.complete) = (entries, false);
    }

    fn answer(&self, typed: String) -> Result<Message, IndexError> {
        let query = Query::parse(&typed).unwrap_or_default();
        let found = self.index.search(&query, MOST)?;
        let articles = found.hits.iter().filter_map(|hit| self.numbers.get(&hit.path).copied()).collect();
        // Before the corpus is known there is nothing to find in it.
        let complete = self.complete && !self.entries.is_empty();
        Ok(Message::Answered(Answer { asked: typed, articles, more: found.more, complete }))
    }

    /// Reads what changed, until something is asked.
    fn read(&mut self, asked: &Receiver<Asked>, say: &impl Fn(Message) -> bool) -> Result<Message, IndexError> {
        let entries = self.entries.clone();
        let updated = self.index.update(&entries, |progress| say(Message::Indexing(Some(progress))) && asked.is_empty());
        // An index that cannot be written is not tried for ever.
        self.complete = updated.as_ref().map_or(true, |changes| !changes.broken_off);
        let all = self.entries.len();
        updated.map(|changes| Message::Indexing((!self.complete).then_some(Progress { done: changes.kept + changes.read, all })))
    }
}
