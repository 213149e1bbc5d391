//! The thread that lists the corpus: from end to end, and again whenever something has changed on the disk.

use super::indexing::{Asked, Numbered};
use super::run::{Event, Opening};
use crate::app::Message;
use crate::app::changing::Change;
use crate::app::marks::Deciding;
use crate::corpus::scan::{Scan, scan_again};
use crate::corpus::watch::Watch;
use crate::corpus::{Entry, Listings, Skipped, demo};
use crossbeam_channel::Sender;
use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

/// Who is told of the corpus.
pub(super) struct Listeners {
    pub(super) events: Sender<Event>,
    /// Whoever has the index.
    pub(super) index: Sender<Asked>,
    /// Whoever keeps the marks.
    pub(super) marks: Sender<Deciding>,
}

impl Listeners {
    /// Tells the state something; answers whether anybody listens.
    fn say(&self, message: Message) -> bool {
        self.events.send(Event::Message(message)).is_ok()
    }
}

/// Lists the articles of a corpus, and follows what becomes of them.
/// `listed` is what is known of files of many.
pub(super) fn list(opening: &Opening, listed: Listings, listeners: Listeners) {
    match opening {
        Opening::Demo => {
            listeners.say(Message::Found(demo::entries(), Vec::new()));
            listeners.say(Message::Scanned);
            Lister::begin(listeners, demo::entries(), Vec::new());
        }
        Opening::Paths(roots, options) => {
            let (mut entries, mut skipped) = (Vec::new(), Vec::new());
            scan_again(roots, options, listed, |batch| {
                entries.extend(batch.entries.iter().cloned());
                skipped.extend(batch.skipped.iter().cloned());
                listeners.say(Message::Found(batch.entries, batch.skipped))
                    && (batch.names == 0 || listeners.say(Message::Names(batch.names)))
            });
            if listeners.say(Message::Scanned) {
                Lister::begin(listeners, entries, skipped).follow(roots, options);
            }
        }
    }
}

/// The corpus as it was when it was listed last.
struct Lister {
    listeners: Listeners,
    corpus: Arc<Numbered>,
    /// Articles that are gone keep their indices: some come back.
    gone: HashMap<PathBuf, usize>,
    /// How many indices there are.
    count: usize,
}

impl Lister {
    /// Has a corpus read that was just listed.
    fn begin(listeners: Listeners, entries: Vec<Entry>, skipped: Vec<Skipped>) -> Self {
        let count = entries.len();
        let corpus = Arc::new(Numbered { entries, skipped, numbers: (0..count).collect() });
        let lister = Lister { listeners, corpus, gone: HashMap::new(), count };
        lister.ask();
        lister
    }

    /// Has the corpus read as it is now; answers whether there is somebody to do it.
    fn ask(&self) -> bool {
        self.listeners.index.send(Asked::Corpus(self.corpus.clone())).is_ok()
    }

    /// Lists the corpus again whenever it has changed.
    fn follow(mut self, roots: &[PathBuf], options: &Scan) {
        let mut watch = Watch::new(roots, options.hidden);
        // What changed before it was watched, in the list or in the files, is seen now.
        let mut began = Instant::now();
        let mut listens = self.again(roots, options) && self.ask();
        while listens {
            let changed = watch.wait(began.elapsed());
            began = Instant::now();
            listens = !changed.marks || self.listeners.marks.send(Deciding::Refresh).is_ok();
            // What is in the files may have changed, whether the list has or not.
            listens &= !changed.corpus || (self.again(roots, options) && self.ask());
        }
    }

    /// Lists the corpus again; answers whether anybody listens.
    fn again(&mut self, roots: &[PathBuf], options: &Scan) -> bool {
        let (mut entries, mut skipped) = (Vec::new(), Vec::new());
        let listed = Listings::of(&self.corpus.entries, &self.corpus.skipped);
        scan_again(roots, options, listed, |batch| {
            entries.extend(batch.entries);
            skipped.extend(batch.skipped);
            true
        });
        if entries == self.corpus.entries && skipped == self.corpus.skipped {
            return true;
        }
        let change = self.change(entries, skipped);
        self.listeners.say(Message::Changed(Box::new(change)))
    }

    /// What is new and what is gone.
    fn change(&mut self, entries: Vec<Entry>, skipped: Vec<Skipped>) -> Change {
        let before = self.corpus.clone();
        let mut known: HashMap<&PathBuf, usize> = before.entries.iter().map(|entry| &entry.path).zip(0..).collect();
        let mut change = Change { skipped: skipped.clone(), ..Change::default() };
        let mut numbers = Vec::with_capacity(entries.len());
        for entry in &entries {
            let place = known.remove(&entry.path);
            let number = place.map(|at| before.numbers[at]).or_else(|| self.gone.remove(&entry.path)).unwrap_or(self.count);
            self.count = self.count.max(number + 1);
            if place.is_none_or(|at| before.entries[at] != *entry) {
                change.entries.push((number, entry.clone()));
            }
            numbers.push(number);
        }
        self.gone.extend(known.into_iter().map(|(path, at)| (path.clone(), before.numbers[at])));
        change.order = numbers.iter().map(|number| u32::try_from(*number).unwrap_or(u32::MAX)).collect();
        self.corpus = Arc::new(Numbered { entries, skipped, numbers });
        change
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::Place;
    use crossbeam_channel::unbounded;

    fn entries(names: &[&str]) -> Vec<Entry> {
        names.iter().map(|name| Entry { place: Place::File, path: PathBuf::from(name) }).collect()
    }

    #[test]
    fn articles_keep_their_numbers_and_those_that_come_back_get_theirs_again() {
        let ((events, _), (index, _), (marks, _)) = (unbounded(), unbounded(), unbounded());
        let mut lister = Lister::begin(Listeners { events, index, marks }, entries(&["b", "d"]), Vec::new());
        let steps: [(&[&str], &[u32], &[usize]); 5] = [
            (&["a", "b", "d"], &[2, 0, 1], &[2]),
            (&["a", "d"], &[2, 1], &[]),
            (&["a", "c", "d"], &[2, 3, 1], &[3]),
            (&["a", "b", "c"], &[2, 0, 3], &[0]),
            (&["b", "d"], &[0, 1], &[1]),
        ];
        for (names, order, told) in steps {
            let change = lister.change(entries(names), Vec::new());
            assert_eq!(change.order, order, "{names:?}");
            assert_eq!(change.entries.iter().map(|(number, _)| *number).collect::<Vec<_>>(), told, "{names:?}");
            assert_eq!(lister.corpus.entries, entries(names));
        }
        let skipped = vec![Skipped { path: PathBuf::from("x"), why: String::from("it has no text") }];
        assert_eq!(lister.change(entries(&["b", "d"]), skipped.clone()).skipped, skipped);
    }
}
