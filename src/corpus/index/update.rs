//! Bringing an index up to date: what is new or changed is read, what is gone is forgotten.

use super::{Index, IndexError, store};
use crate::corpus::furniture::Imprint;
use crate::corpus::story::Sketch;
use crate::corpus::{self, Article, Cursor, Digest, Entry, Piece, Place, Raw, ReadError, Roots, Skipped, Stamp, query};
use crate::text::{BlockKind, Unit, fold};
use crossbeam_channel::{Sender, bounded};
use rayon::prelude::*;
use rusqlite::{OptionalExtension, Transaction, TransactionBehavior, params};
use rustc_hash::FxHashMap as HashMap;
use std::borrow::Cow;
use std::ffi::OsStr;
use std::fs;
use std::mem;
use std::os::unix::ffi::OsStrExt;
use std::path::Path;

/// How far an update is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Articles that were read.
    pub done: usize,
    /// Articles that have to be read.
    pub all: usize,
}

/// What an update found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// Articles that were read: new ones and changed ones.
    pub read: usize,
    /// Articles that are as they were.
    pub kept: usize,
    /// Articles that are gone.
    pub gone: usize,
    /// What could not be read, now or when it was read last.
    pub skipped: Vec<Skipped>,
    /// Whether the update was broken off.
    pub broken_off: bool,
}

/// The stamp of a file which is not there, or changes, or cannot be read just now; no file has it.
const UNKNOWN: Stamp = Stamp { size: -1, modified: 0 };

/// What the index knows of an article.
#[derive(Debug, Clone, Copy)]
struct Known {
    id: i64,
    stamp: Stamp,
    hash: i64,
}

/// One step of an update, told when it is done.
#[derive(Debug)]
pub struct Step {
    /// How far the update is.
    pub progress: Progress,
    /// The articles of this step.
    pub told: Vec<Told>,
    /// Whether the index was damaged and is made anew, so that nothing in it is known to have changed.
    pub is_anew: bool,
}

/// What an update tells of an article.
#[derive(Debug)]
pub struct Told {
    /// Its index in the corpus.
    pub article: usize,
    /// Whether it says something else than what the index had of it, or is new there.
    pub changed: bool,
    /// What lists show of it; or why it could not be read.
    pub read: Read,
}

/// What lists show of an article; or why it could not be read.
pub type Read = Result<Digest, String>;

/// Articles that are read together and noted in one transaction, at first and later …
const CHUNKS: [usize; 2] = [32, 512];
/// … unless they have more bytes than this: what is made of them has to be in memory with them.
const CHUNK_BYTES: i64 = 16 << 20;
/// Articles that are told together where nothing need be read.
const TOLD: usize = 2048;

impl Index {
    /// Reads what is new or changed among some articles, and forgets the others. `goes_on` is told of every step, first of those that
    /// the index has as they are, and answers whether to go on; what was noted until then stays.
    pub fn update(&mut self, entries: &[Entry], mut goes_on: impl FnMut(&Index, Step) -> bool) -> Result<Changes, IndexError> {
        let updated = match self.updated(entries, &mut goes_on) {
            Err(error) if store::is_useless(&error) => {
                let mut anew = |index: &Index, step| goes_on(index, Step { is_anew: true, ..step });
                self.begin_anew().and_then(|()| self.updated(entries, &mut anew))
            }
            updated => updated,
        };
        updated.map_err(|error| self.error(error))
    }

    fn updated(&mut self, entries: &[Entry], goes_on: &mut dyn FnMut(&Index, Step) -> bool) -> rusqlite::Result<Changes> {
        let (known, gone) = self.known(entries)?;
        let stamps: Vec<Stamp> = entries.par_iter().map(|entry| stamp(entry).unwrap_or(UNKNOWN)).collect();
        let is_kept = |at: &usize| known[*at].is_some_and(|known| known.stamp == stamps[*at] && known.stamp.size >= 0);
        let (kept, stale): (Vec<usize>, Vec<usize>) = (0..entries.len()).partition(is_kept);
        let mut changes = Changes { kept: kept.len(), gone: gone.len(), ..Changes::default() };
        self.forget(&gone)?;
        let ids: HashMap<i64, usize> = kept.iter().filter_map(|at| Some((known[*at]?.id, *at))).collect();
        let stale = Stale { entries, places: stale, stamps, known, roots: self.roots.clone() };
        let goes = self.tell(entries, &ids, stale.places.len(), goes_on)? && self.take(&stale, &mut changes, goes_on)?;
        changes.broken_off = !goes;
        changes.skipped = self.skipped()?;
        Ok(changes)
    }

    /// Notes what is read, while more is read on other threads; answers whether it got to the end.
    fn take(&mut self, stale: &Stale, changes: &mut Changes, goes_on: &mut dyn FnMut(&Index, Step) -> bool) -> rusqlite::Result<bool> {
        rayon::in_place_scope(|scope| {
            let (sender, chunks) = bounded(1);
            scope.spawn(move |_| stale.read(&sender));
            for rows in chunks {
                let told = self.note(rows, stale)?;
                changes.read += told.len();
                let progress = Progress { done: changes.read, all: stale.places.len() };
                if !goes_on(self, Step { progress, told, is_anew: false }) {
                    return Ok(false);
                }
            }
            Ok(true)
        })
    }

    fn note(&mut self, rows: Vec<(usize, Row)>, stale: &Stale) -> rusqlite::Result<Vec<Told>> {
        let transaction = self.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let told = rows.into_iter().map(|(article, row)| {
            let (changed, read) = row.note(&transaction, &stale.entries[article], stale.known[article])?;
            Ok(Told { article, changed, read })
        });
        let told = told.collect::<rusqlite::Result<_>>()?;
        transaction.commit()?;
        Ok(told)
    }

    /// What is known of some articles, and the numbers of those that are not among them.
    fn known(&self, entries: &[Entry]) -> rusqlite::Result<(Vec<Option<Known>>, Vec<i64>)> {
        let places: HashMap<Vec<u8>, usize> = entries.iter().enumerate().map(|(at, entry)| (self.roots.key(&entry.path), at)).collect();
        let (mut known, mut gone) = (vec![None; entries.len()], Vec::new());
        let mut statement = self.db.prepare("SELECT path, id, size, modified, hash FROM article")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let told = Known { id: row.get(1)?, stamp: Stamp { size: row.get(2)?, modified: row.get(3)? }, hash: row.get(4)? };
            match places.get(row.get_ref(0)?.as_blob()?) {
                Some(at) => known[*at] = Some(told),
                None => gone.push(told.id),
            }
        }
        Ok((known, gone))
    }

    fn forget(&mut self, gone: &[i64]) -> rusqlite::Result<()> {
        if gone.is_empty() {
            return Ok(());
        }
        let transaction = self.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        for id in gone {
            remove(&transaction, *id)?;
        }
        transaction.commit()
    }

    /// Tells of the articles that are as they were: `ids` has their numbers, and their indices in the corpus.
    fn tell(
        &self,
        entries: &[Entry],
        ids: &HashMap<i64, usize>,
        stale: usize,
        goes_on: &mut dyn FnMut(&Index, Step) -> bool,
    ) -> rusqlite::Result<bool> {
        let progress = Progress { done: 0, all: stale };
        let mut statement = self.db.prepare(&format!("SELECT {LISTED}, id FROM article"))?;
        let (mut rows, mut told) = (statement.query([])?, Vec::new());
        while let Some(row) = rows.next()? {
            let Some(&article) = ids.get(&row.get("id")?) else { continue };
            told.push(Told { article, changed: false, read: digest(row, &entries[article])? });
            if told.len() >= TOLD && !goes_on(self, Step { progress, told: mem::take(&mut told), is_anew: false }) {
                return Ok(false);
            }
        }
        Ok(goes_on(self, Step { progress, told, is_anew: false }))
    }

    /// What could not be read.
    fn skipped(&self) -> rusqlite::Result<Vec<Skipped>> {
        let mut statement = self.db.prepare("SELECT path, why FROM article WHERE why IS NOT NULL ORDER BY path")?;
        let rows = statement.query_map([], |row| Ok(Skipped { path: self.roots.path(row.get_ref(0)?.as_blob()?), why: row.get(1)? }))?;
        rows.collect()
    }
}

/// Articles that the index has not, or not as they are now.
struct Stale<'a> {
    /// All articles of the corpus.
    entries: &'a [Entry],
    /// Which of them are to be read.
    places: Vec<usize>,
    /// The stamps of all.
    stamps: Vec<Stamp>,
    /// What the index knows of all.
    known: Vec<Option<Known>>,
    roots: Roots,
}

impl Stale<'_> {
    /// Reads them, as long as somebody takes what is read: few at first, so that lists fill at once, then more.
    fn read(&self, sender: &Sender<Vec<(usize, Row)>>) {
        let (mut cursor, mut rest, mut size) = (Cursor::default(), &self.places[..], CHUNKS[0]);
        while !rest.is_empty() {
            let (chunk, behind) = rest.split_at(self.chunk(&rest[..size.min(rest.len())]));
            let rows = self.rows(chunk, &mut cursor);
            if sender.send(chunk.iter().copied().zip(rows).collect()).is_err() {
                return;
            }
            (rest, size) = (behind, CHUNKS[1].min(size * 2));
        }
    }

    /// How many of some articles are read together: one at least.
    fn chunk(&self, places: &[usize]) -> usize {
        let mut bytes = 0;
        let fits = |at: &&usize| {
            bytes += self.bytes(**at);
            bytes <= CHUNK_BYTES
        };
        places.iter().take_while(fits).count().max(1)
    }

    /// About how many bytes an article has.
    fn bytes(&self, at: usize) -> i64 {
        match &self.entries[at].place {
            Place::Piece(piece) if piece.length != Piece::REST => i64::try_from(piece.length).unwrap_or(i64::MAX),
            _ => self.stamps[at].size.clamp(0, CHUNK_BYTES),
        }
    }

    fn rows(&self, chunk: &[usize], cursor: &mut Cursor) -> Vec<Row> {
        let entries: Vec<Entry> = chunk.iter().map(|at| self.entries[*at].clone()).collect();
        let keys: HashMap<&Path, i64> = chunk.iter().filter_map(|at| Some((&*self.entries[*at].path, self.known[*at]?.hash))).collect();
        let mut rows = corpus::raw_all(&entries, cursor, |entry, raw| Row::new(entry, raw, keys.get(&*entry.path).copied(), &self.roots));
        // A file that changed while it was read is read again the next time, and so is one that could not be read just now.
        for ((row, entry), at) in rows.iter_mut().zip(&entries).zip(chunk) {
            row.stamp = stamp(entry).filter(|stamp| *stamp == self.stamps[*at] && !row.is_passing).unwrap_or(UNKNOWN);
        }
        rows
    }
}

fn remove(transaction: &Transaction, id: i64) -> rusqlite::Result<()> {
    transaction.prepare_cached("DELETE FROM article WHERE id = ?1")?.execute([id])?;
    transaction.prepare_cached("DELETE FROM word WHERE rowid = ?1")?.execute([id])?;
    transaction.prepare_cached("DELETE FROM sketch WHERE id = ?1")?.execute([id])?;
    Ok(())
}

/// The stamp of the file that an article is in, if that is still as it was when it was listed; what is inside the program never changes.
fn stamp(entry: &Entry) -> Option<Stamp> {
    let of_file = |path: &Path| Stamp::of(&fs::metadata(path).ok()?);
    match &entry.place {
        Place::File => of_file(&entry.path),
        Place::Piece(piece) => of_file(&piece.source.file).filter(|stamp| Some(*stamp) == piece.source.stamp),
        Place::Demo(_) => Some(Stamp { size: 0, modified: 0 }),
    }
}

/// The columns that [`digest`] reads.
const LISTED: &str = "name, headline, date, outlet, words, why";

/// What was noted of an article.
fn digest(row: &rusqlite::Row, entry: &Entry) -> rusqlite::Result<Read> {
    if let Some(why) = row.get(5)? {
        return Ok(Err(why));
    }
    let id: Option<String> = row.get(0)?;
    Ok(Ok(Digest {
        id: id.unwrap_or_else(|| entry.path.display().to_string()),
        headline: row.get(1)?,
        date: row.get::<_, Option<String>>(2)?.and_then(|date| date.parse().ok()),
        outlet: row.get(3)?,
        words: usize::try_from(row.get::<_, i64>(4)?).unwrap_or(0),
    }))
}

/// What is noted of an article.
struct Row {
    path: Vec<u8>,
    stamp: Stamp,
    /// The hash of what it is made from; 0 where that could not be read.
    hash: i64,
    /// What was read; `None` where it is made from what it was made from before.
    read: Option<Result<Kept, String>>,
    /// Whether it could not be read for a reason that may be gone the next time.
    is_passing: bool,
}

/// What is kept of an article that could be read.
struct Kept {
    digest: Digest,
    /// Its own id, if it has one.
    name: Option<String>,
    /// Its outlet and the folders that it lies in, folded as queries are.
    origin: String,
    /// The words of the headline, and all others.
    words: [String; 2],
    sketch: Vec<u8>,
    imprint: Vec<u8>,
}

impl Kept {
    fn new(article: &Article, roots: &Roots) -> Self {
        Kept {
            digest: Digest::new(article),
            name: Some(article.id.clone()).filter(|id| *id != article.path.display().to_string()),
            origin: origin(article, roots),
            words: texts(article),
            sketch: store::bytes_of_u32(&Sketch::new(article).numbers()),
            imprint: store::bytes_of_u64(&Imprint::new(article, roots).numbers()),
        }
    }
}

impl Row {
    /// What is to be noted of an article whose hash was this, if the index had it.
    fn new(entry: &Entry, raw: Result<Raw, ReadError>, known: Option<i64>, roots: &Roots) -> Self {
        let hash = raw.as_ref().map_or(0, |raw| raw.hash().cast_signed());
        let read = || raw.and_then(|raw| raw.article(Unit::Sentence)).map(|article| Kept::new(&article, roots));
        let read = if hash != 0 && known == Some(hash) { None } else { Some(read()) };
        let is_passing = matches!(&read, Some(Err(error)) if error.is_passing());
        Row {
            path: roots.key(&entry.path),
            stamp: UNKNOWN,
            hash,
            read: read.map(|read| read.map_err(|error| error.to_string())),
            is_passing,
        }
    }

    /// Notes the article, unless another program has done so meanwhile; tells whether it is another than it was, and what lists show
    /// of it.
    fn note(mut self, transaction: &Transaction, entry: &Entry, known: Option<Known>) -> rusqlite::Result<(bool, Read)> {
        let Some(read) = self.read.take() else { return Ok((false, self.stamp(transaction, entry, known)?)) };
        let mut find = transaction.prepare_cached("SELECT id, size, modified, why FROM article WHERE path = ?1")?;
        let told = |row: &rusqlite::Row| Ok((row.get::<_, i64>(0)?, Stamp { size: row.get(1)?, modified: row.get(2)? }, row.get(3)?));
        let there: Option<(i64, Stamp, Option<String>)> = find.query_row([&self.path], told).optional()?;
        let changed = read.is_ok() || there.as_ref().and_then(|(_, _, why)| why.as_ref()) != read.as_ref().err();
        match there {
            Some((_, stamp, _)) if stamp == self.stamp && stamp.size >= 0 => {}
            there => {
                there.map_or(Ok(()), |(id, ..)| remove(transaction, id))?;
                self.insert(transaction, &read)?;
            }
        }
        Ok((changed, read.map(|kept| kept.digest)))
    }

    /// Notes the new stamp of an article that is as it was.
    fn stamp(&self, transaction: &Transaction, entry: &Entry, known: Option<Known>) -> rusqlite::Result<Read> {
        let id = known.map_or(0, |known| known.id);
        let mut stamped = transaction.prepare_cached("UPDATE article SET size = ?2, modified = ?3 WHERE id = ?1")?;
        stamped.execute(params![id, self.stamp.size, self.stamp.modified])?;
        let mut listed = transaction.prepare_cached(&format!("SELECT {LISTED} FROM article WHERE id = ?1"))?;
        let listed = listed.query_row([id], |row| digest(row, entry)).optional()?;
        // Another program has forgotten it a moment ago, and will see it again as this one will.
        Ok(listed.unwrap_or_else(|| Err(ReadError::Vanished.to_string())))
    }

    fn insert(&self, transaction: &Transaction, read: &Result<Kept, String>) -> rusqlite::Result<()> {
        let kept = read.as_ref().ok();
        let digest = kept.map(|kept| &kept.digest);
        transaction
            .prepare_cached(
                "INSERT INTO article (path, size, modified, hash, name, headline, date, outlet, origin, words, why)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
            )?
            .execute(params![
                self.path,
                self.stamp.size,
                self.stamp.modified,
                self.hash,
                kept.and_then(|kept| kept.name.as_ref()),
                digest.map_or("", |digest| &digest.headline),
                digest.and_then(|digest| digest.date).map(|date| date.to_string()),
                digest.and_then(|digest| digest.outlet.as_ref()),
                kept.map_or("", |kept| &kept.origin),
                digest.map_or(0, |digest| i64::try_from(digest.words).unwrap_or(i64::MAX)),
                read.as_ref().err()
            ])?;
        kept.map_or(Ok(()), |kept| kept.insert(transaction, transaction.last_insert_rowid()))
    }
}

impl Kept {
    fn insert(&self, transaction: &Transaction, id: i64) -> rusqlite::Result<()> {
        let [headline, body] = &self.words;
        let mut words = transaction.prepare_cached("INSERT INTO word (rowid, headline, body) VALUES (?1, ?2, ?3)")?;
        words.execute(params![id, headline, body])?;
        let mut sketch = transaction.prepare_cached("INSERT INTO sketch (id, story, furniture) VALUES (?1, ?2, ?3)")?;
        sketch.execute(params![id, self.sketch, self.imprint]).map(drop)
    }
}

/// The outlet of an article and the folders that it lies in, from the one that was opened on, each on a line of its own.
fn origin(article: &Article, roots: &Roots) -> String {
    let key = roots.key(&article.path);
    let folders =
        Path::new(OsStr::from_bytes(&key)).parent().into_iter().flat_map(|folder| folder.iter().skip(1)).map(OsStr::to_string_lossy);
    let parts = article.outlet.iter().map(|outlet| Cow::Borrowed(outlet.as_str())).chain(folders);
    parts.map(|part| fold::case(&part)).collect::<Vec<_>>().join("\n")
}

/// The words of the headline and those of everything else, folded as queries are.
fn texts(article: &Article) -> [String; 2] {
    let headline = article.first(BlockKind::Headline);
    let (mut told, mut body) = (Vec::new(), Vec::new());
    for token in &article.parsed.tokens {
        let place = if headline.is_some_and(|headline| headline.overlaps(token.span)) { &mut told } else { &mut body };
        place.extend(query::words(token.span.of(&article.text)));
    }
    [told.join(" "), body.join(" ")]
}
