//! The thread that lists the corpus.

use super::indexing::{Asked, Numbered};
use super::run::{Event, Opening};
use crate::app::Message;
use crate::corpus::scan::scan;
use crate::corpus::{Entry, demo};
use crossbeam_channel::Sender;
use std::sync::Arc;

/// Lists the articles of a corpus, for the state and then for whoever has the index.
pub(super) fn list(opening: &Opening, sender: &Sender<Event>, index: &Sender<Asked>) {
    let say = |message: Message| sender.send(Event::Message(message)).is_ok();
    let mut entries: Vec<Entry> = Vec::new();
    match opening {
        Opening::Demo => {
            entries = demo::entries();
            say(Message::Found(entries.clone(), Vec::new()));
        }
        Opening::Paths(roots, options) => scan(roots, options, |batch| {
            entries.extend(batch.entries.iter().cloned());
            say(Message::Found(batch.entries, batch.skipped)) && (batch.names == 0 || say(Message::Names(batch.names)))
        }),
    }
    say(Message::Scanned);
    let numbers = (0..entries.len()).collect();
    // Where nobody has the index any more, the program is about to end.
    let _ = index.send(Asked::Corpus(Arc::new(Numbered { entries, numbers })));
}
