//! Marks and notes of editors: decisions about places in articles, saved line by line in a file that is only ever added to.
//!
//! The file is JSON Lines. A line is one decision (`mark/1`):
//!
//! | field | what it is |
//! |---|---|
//! | `variorum` | `mark/1` |
//! | `id` | its own id |
//! | `target` | the id of the place; decisions about one place have the same |
//! | `at` | when, in UTC, to the microsecond |
//! | `by` | who |
//! | `verdict` | `accept`, `query`, `error`, or null |
//! | `note` | free text; with a null verdict an empty note takes back what was said |
//! | `on` | `article`, `sentence`, `difference` or `flag` |
//! | `kind` | the kind of the difference or flag, else null |
//! | `article` | `id` and `hash` (XXH3, 64 bits) of the article's decoded text; the id is a path relative to the folder of the file where the article lies in it |
//! | `span` | the bytes of the place in that text |
//! | `before`, `words`, `after` | what stands in the place and around it |
//! | `against` | what it was held against: `id`, `hash`, `span`, `words`, or null |
//! | `undoes` | the mark that is taken back, else null |
//!
//! Lines never change, their order does not matter, and a line that is there twice counts once, so that files merge well. Whatever
//! else is in the file is passed over and told of: lines of a merge that was not ended, a torn line, marks of a newer program.

mod log;
mod mark;
mod marks;
mod names;
mod site;
mod spot;
mod standing;

pub use mark::{Decision, Mark, Verdict};
pub use marks::Marks;
pub use site::{Editor, FILE};
pub use spot::{Against, Cited, On, Spot, hash};
pub use standing::{Standing, standing};

use crate::text::width;
use jiff::{SignedDuration, Timestamp};
use log::{LONGEST, Log};
use marks::decided;
use std::fs::File;
use std::hash::{BuildHasher, RandomState};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use thiserror::Error;

/// Why a mark was not saved, in one sentence.
#[derive(Debug, Error)]
pub enum NotesError {
    /// The system refused.
    #[error("{}: the mark was not saved: {source}", width::safe(&.path.to_string_lossy()))]
    Write {
        /// The file.
        path: PathBuf,
        /// Its reason.
        source: io::Error,
    },
    /// There is neither a folder of a corpus nor one of the editor's own.
    #[error("the mark was not saved: there is no folder to keep marks in")]
    Nowhere,
    /// The note has more bytes than a line may have.
    #[error("the mark was not saved: its note is longer than a megabyte")]
    Long,
    /// The place was marked anew by somebody else.
    #[error("nothing was taken back: the place was marked anew since")]
    Overtaken,
    /// The place was never marked.
    #[error("the mark was not saved: there is no such place")]
    Unknown,
}

/// The marks of a corpus, and the files that they are kept in. Nothing is made before the first mark.
#[derive(Debug)]
pub struct Notes {
    marks: Arc<Marks>,
    /// The files; new marks go to the first one that can be written.
    logs: Vec<Log>,
    author: String,
    /// What was decided here and not taken back.
    done: Vec<Step>,
    /// What was taken back, each with the mark that did so.
    undone: Vec<(Step, String)>,
    ids: Ids,
}

/// A mark that was made here.
#[derive(Debug, Clone)]
struct Step {
    target: String,
    mark: String,
}

/// Ids that nobody else makes.
#[derive(Debug, Default)]
struct Ids {
    seed: RandomState,
    made: u64,
}

impl Ids {
    fn next(&mut self, target: &str, at: Timestamp) -> String {
        self.made += 1;
        format!("{:016x}", self.seed.hash_one((self.made, at.as_microsecond(), target)))
    }
}

impl Notes {
    /// The marks of the corpus below some paths: those beside it, and those that the editor has in a folder of their own.
    pub fn open(roots: &[PathBuf], editor: &Editor) -> Self {
        Notes::read(site::of_corpus(roots, editor), editor)
    }

    /// The marks of the built-in corpus.
    pub fn demo(editor: &Editor) -> Self {
        Notes::read(site::of_demo(editor), editor)
    }

    /// The marks of the corpus below some paths in a file that was named.
    pub fn at(file: &Path, roots: &[PathBuf], editor: &Editor) -> Self {
        Notes::read(site::of_file(file, roots), editor)
    }

    fn read((marks, logs): (Marks, Vec<Log>), editor: &Editor) -> Self {
        let author = editor.name.clone();
        let mut notes = Notes { marks: Arc::new(marks), logs, author, done: Vec::new(), undone: Vec::new(), ids: Ids::default() };
        notes.refresh();
        notes
    }

    /// All marks that are known, to be looked at from anywhere; they do not change with later ones.
    pub fn marks(&self) -> Arc<Marks> {
        Arc::clone(&self.marks)
    }

    /// The files that marks are read from, and written to in this order.
    pub fn paths(&self) -> impl Iterator<Item = &Path> {
        self.logs.iter().map(|log| log.path.as_path())
    }

    /// What is to be told of the files, each in a sentence with the path.
    pub fn told(&self) -> Vec<String> {
        self.logs.iter().flat_map(Log::told).collect()
    }

    /// Reads what others have added since; answers whether anything is different.
    pub fn refresh(&mut self) -> bool {
        let is_stale = self.logs.iter().any(Log::is_stale);
        if is_stale {
            self.logs.iter_mut().for_each(Log::forget);
            self.marks = Arc::new(self.marks.emptied());
        }
        let news: Vec<Mark> = self.logs.iter_mut().flat_map(Log::read).collect();
        let is_new = !news.is_empty();
        if is_new {
            let marks = Arc::make_mut(&mut self.marks);
            news.into_iter().for_each(|mark| marks.add(mark));
        }
        is_new || is_stale
    }

    // --- Deciding ---------------------------------------------------------------------------------------------------

    /// Saves a decision about a place. `target` is what [`Marks::target`] says of a place that was marked before.
    pub fn decide(&mut self, spot: &Spot, target: Option<&str>, decision: Decision) -> Result<Mark, NotesError> {
        let spot = self.marks.named(spot);
        let target = target.map_or_else(|| spot.target(), str::to_string);
        self.step(target, spot, decision)
    }

    /// Saves another decision about a place as it was marked last, wherever its words may be now.
    pub fn decide_again(&mut self, target: &str, decision: Decision) -> Result<Mark, NotesError> {
        let spot = self.marks.history(target).last().ok_or(NotesError::Unknown)?.spot.clone();
        self.step(target.to_string(), spot, decision)
    }

    fn step(&mut self, target: String, spot: Spot, decision: Decision) -> Result<Mark, NotesError> {
        let mark = self.save(|_| Ok(Made { target, spot, decision, undoes: None }))?;
        self.done.push(Step { target: mark.target.clone(), mark: mark.id.clone() });
        self.undone.clear();
        Ok(mark)
    }

    /// Takes back the last decision that was made here: what was in force before is saved anew. `None` where there is none.
    pub fn undo(&mut self) -> Result<Option<Mark>, NotesError> {
        let Some(step) = self.done.pop() else { return Ok(None) };
        let saved = self.save(|marks| taken_back(marks.history(&step.target), &step.mark));
        if is_kept(&saved) {
            self.done.push(step.clone());
        }
        let mark = saved?;
        self.undone.push((step, mark.id.clone()));
        Ok(Some(mark))
    }

    /// Makes the last decision again that was taken back here. `None` where there is none.
    pub fn redo(&mut self) -> Result<Option<Mark>, NotesError> {
        let Some((step, undo)) = self.undone.pop() else { return Ok(None) };
        let saved = self.save(|marks| made_again(marks.history(&step.target), &step.mark, &undo));
        if is_kept(&saved) {
            self.undone.push((step.clone(), undo));
        }
        let mark = saved?;
        self.done.push(step);
        Ok(Some(mark))
    }

    // --- Saving -----------------------------------------------------------------------------------------------------

    /// Saves what `make` makes of all marks that there are while nobody else writes. Only what is on the disk is remembered.
    fn save(&mut self, make: impl FnOnce(&Marks) -> Result<Made, NotesError>) -> Result<Mark, NotesError> {
        let (log, file) = self.writable()?;
        self.refresh();
        let Made { target, spot, decision, undoes } = make(&self.marks)?;
        let at = self.time(&target);
        let mark = Mark { at, id: self.ids.next(&target, at), target, by: self.author.clone(), decision, spot, undoes };
        let line = mark.line();
        if line.len() > LONGEST {
            return Err(NotesError::Long);
        }
        let log = &self.logs[log];
        log.append(file, &line).map_err(|source| NotesError::Write { path: log.path.clone(), source })?;
        // The line is read back, so that what is known of the file is what is in it.
        self.refresh();
        Arc::make_mut(&mut self.marks).add(mark.clone());
        Ok(mark)
    }

    /// The first file that can be written, open and locked. A full disk is no reason to scatter marks over several files.
    fn writable(&self) -> Result<(usize, (File, bool)), NotesError> {
        let mut refused = None;
        for (at, log) in self.logs.iter().enumerate() {
            match log.open() {
                Ok(file) => return Ok((at, file)),
                Err(source) => {
                    let is_full = matches!(source.kind(), ErrorKind::StorageFull | ErrorKind::QuotaExceeded);
                    refused.get_or_insert(NotesError::Write { path: log.path.clone(), source });
                    if is_full {
                        break;
                    }
                }
            }
        }
        Err(refused.unwrap_or(NotesError::Nowhere))
    }

    /// Now, but later than everything that is known about a place: the last decision counts, however wrong a clock was.
    fn time(&self, target: &str) -> Timestamp {
        let now = Timestamp::from_microsecond(Timestamp::now().as_microsecond()).unwrap_or_default();
        let last = self.marks.history(target).last().map(|mark| mark.at);
        last.and_then(|last| last.checked_add(SignedDuration::from_micros(1)).ok()).map_or(now, |next| next.max(now))
    }
}

/// What a mark is made of, without when and by whom.
struct Made {
    target: String,
    spot: Spot,
    decision: Decision,
    undoes: Option<String>,
}

/// Takes a mark back that is in force: what stood before it is said again.
fn taken_back(history: &[Mark], mark: &str) -> Result<Made, NotesError> {
    let at = place_of(history, mark)?;
    if decided(history) != Some(&history[at]) {
        return Err(NotesError::Overtaken);
    }
    let decision = history[..at].last().map(|before| before.decision.clone()).unwrap_or_default();
    Ok(Made { decision, undoes: Some(mark.to_string()), ..Made::like(&history[at]) })
}

/// Says again what a mark said that was taken back by another one, as long as what came of that is in force.
fn made_again(history: &[Mark], mark: &str, undo: &str) -> Result<Made, NotesError> {
    let (at, back) = (place_of(history, mark)?, place_of(history, undo)?);
    if decided(history) != decided(&history[..=back]) {
        return Err(NotesError::Overtaken);
    }
    Ok(Made { undoes: Some(undo.to_string()), ..Made::like(&history[at]) })
}

fn place_of(history: &[Mark], id: &str) -> Result<usize, NotesError> {
    history.iter().position(|mark| mark.id == id).ok_or(NotesError::Overtaken)
}

impl Made {
    fn like(mark: &Mark) -> Self {
        Made { target: mark.target.clone(), spot: mark.spot.clone(), decision: mark.decision.clone(), undoes: None }
    }
}

/// What could not be saved can be tried again; what was marked anew by others is theirs.
fn is_kept(saved: &Result<Mark, NotesError>) -> bool {
    matches!(saved, Err(error) if !matches!(error, NotesError::Overtaken))
}
