//! The thread that has the index: it reads what is new or changed, has stories found, and looks up what is asked for meanwhile.

use super::run::Event;
use crate::app::words::Answer;
use crate::app::{Message, Work};
use crate::corpus::index::{Findings, Grouped, Index, IndexError, Material, Progress, Step, Told};
use crate::corpus::query::Query;
use crate::corpus::scan::Scan;
use crate::corpus::story::Strength;
use crate::corpus::{Digest, Entry, Listings, Skipped};
use crossbeam_channel::{Receiver, Sender, select, unbounded};
use rustc_hash::FxHashMap as HashMap;
use std::cell::OnceCell;
use std::mem;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};
use xxhash_rust::xxh3::xxh3_64;

/// What the thread is asked for.
#[derive(Debug)]
pub(super) enum Asked {
    /// Have these articles in the index, and no others.
    Corpus(Arc<Numbered>),
    /// Find these words.
    Words(String),
}

/// The articles of a corpus, each with its index in the state.
#[derive(Debug, Default)]
pub(super) struct Numbered {
    pub(super) entries: Vec<Entry>,
    /// What the scan passed over.
    pub(super) skipped: Vec<Skipped>,
    pub(super) numbers: Vec<usize>,
}

/// Where the index is to be.
#[derive(Debug, Clone)]
pub(super) struct Place {
    /// Its folder; without one it is forgotten in the end.
    pub(super) folder: Option<PathBuf>,
    /// What was opened.
    pub(super) roots: Vec<PathBuf>,
    /// How that is scanned.
    pub(super) scan: Scan,
}

impl Place {
    /// What is known of files of many.
    pub(super) fn listings(&self) -> Listings {
        self.folder.as_ref().map_or_else(Listings::default, |folder| Index::listings(folder, &self.roots, &self.scan))
    }

    /// The index; one that cannot be kept is forgotten in the end, and `tell` hears why.
    fn open(&self, tell: impl FnOnce(IndexError)) -> Result<Index, IndexError> {
        let kept = self.folder.as_ref().and_then(|folder| Index::open(folder, &self.roots, &self.scan).map_err(tell).ok());
        kept.map_or_else(|| Index::temporary(&self.roots), Ok)
    }
}

/// The most articles that are found at once.
const MOST: usize = 10_000;
/// What was read is told when this much time has gone since the last time, so that the lists fill and the loop is not kept busy.
const PACE: Duration = Duration::from_millis(30);

/// Does what it is asked for until nobody asks any more. Questions are answered while the corpus is read and grouped.
pub(super) fn keep_index(place: &Place, asked: &Receiver<Asked>, sender: &Sender<Event>) {
    let teller = Teller(sender);
    let mut keeper = match place.open(|error| _ = teller.say(Message::Notice(format!("{error}; it is not kept")))) {
        Ok(index) => Keeper::new(index, teller),
        Err(error) => {
            teller.say(Message::Notice(error.to_string()));
            return;
        }
    };
    let mut was_mended = false;
    while let Some(done) = keeper.turn(asked) {
        let Err(error) = done else { continue };
        let is_kept = !keeper.index.path().as_os_str().is_empty();
        if is_kept && error.is_damage() && !was_mended && keeper.index.renew().is_ok() {
            keeper.begin_anew();
            was_mended = true;
            continue;
        }
        if !teller.say(Message::Notice(error.to_string())) {
            return;
        }
        // What cannot be written, on a full disk for instance, is read again and forgotten in the end.
        match Index::temporary(&place.roots) {
            Ok(index) if is_kept => keeper.take_over(index),
            // What can be kept nowhere is not read; who asks later is told nothing more.
            _ => keeper.give_up(),
        }
    }
}

/// Whoever is told.
#[derive(Clone, Copy)]
struct Teller<'a>(&'a Sender<Event>);

impl Teller<'_> {
    /// Tells something; answers whether anybody listens.
    fn say(self, message: Message) -> bool {
        self.0.send(Event::Message(message)).is_ok()
    }
}

struct Keeper<'a> {
    index: Index,
    teller: Teller<'a>,
    corpus: Sought,
    /// For every article of the state whether it was told of.
    told: Vec<bool>,
    /// Whether the index has all of the corpus.
    complete: bool,
    /// Whether the index is another than what was told is from, so that nothing in it has changed for being new there.
    anew: bool,
    /// Whether the stories of the corpus as it is were told.
    grouped: bool,
    /// Where findings come from, and who finds them.
    findings: (Sender<Box<Findings>>, Receiver<Box<Findings>>),
    /// Whether somebody is finding stories.
    finding: bool,
}

impl<'a> Keeper<'a> {
    fn new(index: Index, teller: Teller<'a>) -> Self {
        let (corpus, findings) = (Sought::default(), unbounded());
        Keeper { index, teller, corpus, told: Vec::new(), complete: true, anew: false, grouped: false, findings, finding: false }
    }

    /// Goes on with another index, which has nothing yet.
    fn take_over(&mut self, index: Index) {
        self.index = index;
        self.begin_anew();
    }

    /// Reads everything again. What is being found is told by numbers of articles that are no more.
    fn begin_anew(&mut self) {
        (self.complete, self.anew, self.grouped) = (false, true, false);
        (self.findings, self.finding) = (unbounded(), false);
    }

    /// Reads nothing more.
    fn give_up(&mut self) {
        self.complete = true;
        self.teller.say(Message::Work(Work::Nothing));
    }

    /// Waits for something to do and does it; `None` where nobody asks any more.
    fn turn(&mut self, asked: &Receiver<Asked>) -> Option<Result<(), IndexError>> {
        if !self.complete {
            return Some(self.read(asked));
        }
        let found = self.findings.1.clone();
        select! {
            recv(asked) -> first => match first.ok()? {
                Asked::Corpus(corpus) => {
                    self.take(corpus);
                    Some(Ok(()))
                }
                Asked::Words(typed) => Some(self.words(typed, asked)),
            },
            recv(found) -> findings => Some(self.found(&*findings.ok()?)),
        }
    }

    /// Answers a question, or the last one that was asked behind it.
    fn words(&mut self, typed: String, asked: &Receiver<Asked>) -> Result<(), IndexError> {
        let mut last = typed;
        for asked in asked.try_iter() {
            match asked {
                Asked::Corpus(corpus) => self.take(corpus),
                Asked::Words(typed) => last = typed,
            }
        }
        match self.corpus.answer(&self.index, last, self.complete) {
            Err(error) if error.is_damage() => return Err(error),
            // What SQLite cannot answer is no trouble with the index.
            answer => self.teller.say(answer.unwrap_or_else(|error| Message::Notice(error.to_string()))),
        };
        Ok(())
    }

    fn take(&mut self, corpus: Arc<Numbered>) {
        let count = corpus.numbers.iter().max().map_or(0, |most| most + 1);
        self.told.resize(count.max(self.told.len()), false);
        (self.corpus, self.complete) = (Sought::new(corpus), false);
    }

    /// Reads what is new or changed, and answers what is asked meanwhile.
    fn read(&mut self, asked: &Receiver<Asked>) -> Result<(), IndexError> {
        self.index.list(&self.corpus.corpus.entries, &self.corpus.corpus.skipped)?;
        let now = Instant::now();
        let (teller, corpus, told) = (self.teller, &self.corpus, &mut self.told);
        let (results, next, reads, changes) = (Vec::new(), None, false, false);
        let mut reading = Reading { teller, corpus, told, anew: self.anew, results, next, began: now, since: now, reads, changes };
        let updated = self.index.update(&corpus.corpus.entries, |index, step| reading.step(index, step, asked));
        // What was read before there was trouble is told too.
        let done = updated.as_ref().map_or(0, |changes| changes.read);
        reading.flush(Progress { done, all: done });
        let (next, anew, changed) = (reading.next.take(), reading.anew, reading.changes);
        // Nobody listens where it was broken off and no other corpus came.
        self.complete = true;
        let is_last = next.is_none();
        if let Some(corpus) = next {
            self.take(corpus);
        }
        let changes = updated?;
        self.grouped &= !changed && changes.gone == 0;
        self.anew = anew && changes.broken_off;
        if is_last { self.group() } else { Ok(()) }
    }

    /// Tells the stories, if they were found before; else has them found, by a thread of its own.
    fn group(&mut self) -> Result<(), IndexError> {
        if !self.grouped {
            match self.index.grouped(Strength::Versions, &self.corpus.corpus.entries)?.filter(|grouped| grouped.is_current) {
                Some(grouped) => self.tell(grouped),
                None if self.finding => {}
                None => self.finding = find(self.index.material()?, self.findings.0.clone()),
            }
        }
        self.teller.say(Message::Work(if self.grouped { Work::Nothing } else { Work::Grouping }));
        Ok(())
    }

    /// Keeps what was found, and tells it; where the corpus has changed meanwhile the search begins anew.
    fn found(&mut self, findings: &Findings) -> Result<(), IndexError> {
        self.finding = false;
        if let Err(error) = self.index.keep(findings) {
            self.teller.say(Message::Notice(error.to_string()));
        }
        let grouped = self.index.told(findings, &self.corpus.corpus.entries)?;
        self.tell(grouped);
        self.group()
    }

    fn tell(&mut self, grouped: Grouped) {
        self.grouped = grouped.is_current;
        self.teller.say(self.corpus.told(grouped));
    }
}

/// Finds stories beside everything else; answers whether there is a thread for it.
fn find(material: Material, sender: Sender<Box<Findings>>) -> bool {
    let find = move || drop(sender.send(Box::new(material.group(Strength::Versions))));
    thread::Builder::new().name(String::from("stories")).spawn(find).is_ok()
}

/// An update that goes on.
struct Reading<'a> {
    teller: Teller<'a>,
    corpus: &'a Sought,
    told: &'a mut Vec<bool>,
    anew: bool,
    /// What is to be told next.
    results: Vec<(usize, Result<Digest, String>)>,
    next: Option<Arc<Numbered>>,
    began: Instant,
    since: Instant,
    /// Whether anything was read yet.
    reads: bool,
    /// Whether anything is other than it was.
    changes: bool,
}

impl Reading<'_> {
    /// Takes a step in, and answers what was asked meanwhile; answers whether to go on.
    fn step(&mut self, index: &Index, step: Step, asked: &Receiver<Asked>) -> bool {
        let fresh = step.progress.done > 0;
        if fresh && !self.reads {
            self.flush(step.progress);
            self.reads = true;
            self.stories_of_before(index);
        }
        self.anew |= step.is_anew;
        for Told { article, changed, read } in step.told {
            let number = self.corpus.corpus.numbers[article];
            self.changes |= changed;
            // What is as it was is told once.
            if (changed && !self.anew) || !self.told[number] {
                self.told[number] = true;
                self.results.push((number, read));
            }
        }
        let listens = self.since.elapsed() < PACE || self.flush(step.progress);
        // The same list is read once more in the end, since something in the files may have changed; another one at once.
        listens && self.answer(index, asked) && self.next.as_ref().is_none_or(|next| Arc::ptr_eq(next, &self.corpus.corpus))
    }

    /// Tells what was read and how far the reading is; answers whether anybody listens.
    fn flush(&mut self, Progress { done, all }: Progress) -> bool {
        self.since = Instant::now();
        let left = (done > 0).then(|| self.began.elapsed().mul_f64((all - done) as f64 / done as f64));
        let work = if done < all { Work::Reading { done, all, left } } else { Work::Grouping };
        self.teller.say(Message::Read(mem::take(&mut self.results))) && self.teller.say(Message::Work(work))
    }

    /// Tells the stories that were found last, while what is new is still to be read.
    fn stories_of_before(&self, index: &Index) {
        if let Ok(Some(grouped)) = index.grouped(Strength::Versions, &self.corpus.corpus.entries) {
            self.teller.say(self.corpus.told(grouped));
        }
    }

    /// Answers what was asked; answers whether anybody listens.
    fn answer(&mut self, index: &Index, asked: &Receiver<Asked>) -> bool {
        let mut words = None;
        for asked in asked.try_iter() {
            match asked {
                Asked::Corpus(corpus) => self.next = Some(corpus),
                // Of several questions only the last is still of interest.
                Asked::Words(typed) => words = Some(typed),
            }
        }
        words.is_none_or(|typed| {
            self.teller.say(self.corpus.answer(index, typed, false).unwrap_or_else(|error| Message::Notice(error.to_string())))
        })
    }
}

/// A corpus in which is sought.
#[derive(Default)]
struct Sought {
    corpus: Arc<Numbered>,
    /// Where the article of a path is, by the hash of that; not known before something is sought.
    places: OnceCell<HashMap<u64, usize>>,
}

impl Sought {
    fn new(corpus: Arc<Numbered>) -> Self {
        Sought { corpus, places: OnceCell::new() }
    }

    /// What the index has for some words. Before the corpus is known there is nothing to find in it.
    fn answer(&self, index: &Index, typed: String, complete: bool) -> Result<Message, IndexError> {
        let query = Query::parse(&typed).unwrap_or_default();
        let found = index.search(&query, MOST)?;
        let articles = found.hits.iter().filter_map(|hit| self.number(&hit.path)).collect();
        let complete = complete && !self.corpus.entries.is_empty();
        Ok(Message::Answered(Answer { asked: typed, articles, more: found.more, complete }))
    }

    /// The article of a path, by its index in the state.
    fn number(&self, path: &Path) -> Option<usize> {
        let hash = |path: &Path| xxh3_64(path.as_os_str().as_encoded_bytes());
        let places =
            self.places.get_or_init(|| self.corpus.entries.iter().enumerate().map(|(at, entry)| (hash(&entry.path), at)).collect());
        let at = *places.get(&hash(path))?;
        (self.corpus.entries[at].path == path).then(|| self.corpus.numbers[at])
    }

    /// Stories as the state is told of them.
    fn told(&self, Grouped { mut stories, furniture, .. }: Grouped) -> Message {
        for story in &mut stories {
            story.articles.iter_mut().for_each(|article| *article = self.corpus.numbers[*article]);
        }
        Message::Grouped(stories, Arc::new(furniture))
    }
}
