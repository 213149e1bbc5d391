//! Bringing an index up to date: what is new or changed is read, what is gone is forgotten.

use super::{Index, IndexError, store};
use crate::corpus::{self, Article, Cursor, Digest, Entry, Place, ReadError, Skipped, query};
use crate::text::BlockKind;
use rayon::prelude::*;
use rusqlite::{OptionalExtension, Transaction, TransactionBehavior, params};
use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};
use std::fs;
use std::path::Path;
use std::time::UNIX_EPOCH;
use xxhash_rust::xxh3::xxh3_64;

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

/// The size and the time of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stamp {
    size: i64,
    modified: i64,
}

/// That of a file which is not there, or changes; no file has it.
const UNKNOWN: Stamp = Stamp { size: -1, modified: 0 };

/// What the index knows of an article.
struct Known {
    id: i64,
    stamp: Stamp,
    hash: i64,
}

/// Articles that are read together and noted in one transaction.
const CHUNK: usize = 512;

impl Index {
    /// Reads what is new or changed among some articles, and forgets the others. `goes_on` is told of the progress and answers whether
    /// to go on; what was noted until then stays.
    pub fn update(&mut self, entries: &[Entry], mut goes_on: impl FnMut(Progress) -> bool) -> Result<Changes, IndexError> {
        let updated = match self.updated(entries, &mut goes_on) {
            Err(error) if store::is_useless(&error) => self.renew().and_then(|()| self.updated(entries, &mut goes_on)),
            updated => updated,
        };
        updated.map_err(|error| self.error(error))
    }

    fn updated(&mut self, entries: &[Entry], goes_on: &mut dyn FnMut(Progress) -> bool) -> rusqlite::Result<Changes> {
        let known = self.known()?;
        let stamps: Vec<Option<Stamp>> = entries.par_iter().map(stamp).collect();
        let key = |entry: &Entry| entry.path.as_os_str().as_encoded_bytes().to_vec();
        let stale: Vec<(usize, Stamp)> = (0..entries.len())
            .filter_map(|at| {
                let stamp = stamps[at].unwrap_or(UNKNOWN);
                let is_kept = known.get(&key(&entries[at])).is_some_and(|known| known.stamp == stamp && stamp.size >= 0);
                (!is_kept).then_some((at, stamp))
            })
            .collect();
        let mut changes = Changes { kept: entries.len() - stale.len(), ..Changes::default() };
        changes.gone = self.forget(&known, entries)?;
        let mut cursor = Cursor::default();
        for chunk in stale.chunks(CHUNK) {
            if !goes_on(Progress { done: changes.read, all: stale.len() }) {
                changes.broken_off = true;
                break;
            }
            self.take(entries, chunk, &known, &mut cursor)?;
            changes.read += chunk.len();
        }
        changes.skipped = self.skipped()?;
        Ok(changes)
    }

    fn known(&self) -> rusqlite::Result<HashMap<Vec<u8>, Known>> {
        let mut statement = self.db.prepare("SELECT path, id, size, modified, hash FROM article")?;
        let rows = statement.query_map([], |row| {
            let stamp = Stamp { size: row.get(2)?, modified: row.get(3)? };
            Ok((row.get(0)?, Known { id: row.get(1)?, stamp, hash: row.get(4)? }))
        })?;
        rows.collect()
    }

    /// Forgets what is not among some articles.
    fn forget(&mut self, known: &HashMap<Vec<u8>, Known>, entries: &[Entry]) -> rusqlite::Result<usize> {
        let there: HashSet<&[u8]> = entries.iter().map(|entry| entry.path.as_os_str().as_encoded_bytes()).collect();
        let gone: Vec<i64> = known.iter().filter(|(path, _)| !there.contains(&path[..])).map(|(_, known)| known.id).collect();
        if gone.is_empty() {
            return Ok(0);
        }
        let transaction = self.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        for id in &gone {
            remove(&transaction, *id)?;
        }
        transaction.commit()?;
        Ok(gone.len())
    }

    /// Reads some articles and notes them.
    fn take(
        &mut self,
        entries: &[Entry],
        chunk: &[(usize, Stamp)],
        known: &HashMap<Vec<u8>, Known>,
        cursor: &mut Cursor,
    ) -> rusqlite::Result<()> {
        let stale: Vec<Entry> = chunk.iter().map(|(at, _)| entries[*at].clone()).collect();
        let mut read = corpus::open_all(&stale, cursor, Row::new);
        // A file that changed while it was read is read again the next time.
        for ((row, entry), (_, before)) in read.iter_mut().zip(&stale).zip(chunk) {
            row.stamp = stamp(entry).filter(|stamp| stamp == before).unwrap_or(UNKNOWN);
        }
        let transaction = self.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        for row in read {
            row.note(&transaction, known.get(&row.path).map(|known| known.hash))?;
        }
        transaction.commit()
    }

    /// What could not be read.
    fn skipped(&self) -> rusqlite::Result<Vec<Skipped>> {
        let mut statement = self.db.prepare("SELECT path, why FROM article WHERE why IS NOT NULL ORDER BY path")?;
        let rows = statement.query_map([], |row| Ok(Skipped { path: super::hits::path(row.get(0)?), why: row.get(1)? }))?;
        rows.collect()
    }
}

fn remove(transaction: &Transaction, id: i64) -> rusqlite::Result<()> {
    transaction.prepare_cached("DELETE FROM article WHERE id = ?1")?.execute([id])?;
    transaction.prepare_cached("DELETE FROM word WHERE rowid = ?1")?.execute([id])?;
    Ok(())
}

/// The stamp of the file that an article is in; what is inside the program never changes.
fn stamp(entry: &Entry) -> Option<Stamp> {
    match &entry.place {
        Place::File => of_file(&entry.path),
        Place::Piece(piece) => of_file(&piece.source.file),
        Place::Demo(_) => Some(Stamp { size: 0, modified: 0 }),
    }
}

fn of_file(path: &Path) -> Option<Stamp> {
    let meta = fs::metadata(path).ok()?;
    let modified = meta.modified().ok()?.duration_since(UNIX_EPOCH).ok()?.as_nanos();
    Some(Stamp { size: i64::try_from(meta.len()).ok()?, modified: i64::try_from(modified).ok()? })
}

/// What is noted of an article.
struct Row {
    path: Vec<u8>,
    stamp: Stamp,
    /// The hash of its text; 0 where it could not be read.
    hash: i64,
    read: Result<(Digest, [String; 2]), String>,
}

impl Row {
    fn new(entry: &Entry, read: Result<Article, ReadError>) -> Self {
        let path = entry.path.as_os_str().as_encoded_bytes().to_vec();
        let hash = read.as_ref().map_or(0, |article| xxh3_64(article.text.as_bytes()).cast_signed());
        Row {
            path,
            stamp: UNKNOWN,
            hash,
            read: read.map(|article| (Digest::new(&article), texts(&article))).map_err(|error| error.to_string()),
        }
    }

    /// Notes the article, unless another program has done so meanwhile. `hash` is that of its text as it was known.
    fn note(&self, transaction: &Transaction, hash: Option<i64>) -> rusqlite::Result<()> {
        let mut find = transaction.prepare_cached("SELECT id, size, modified FROM article WHERE path = ?1")?;
        let there = find
            .query_row([&self.path], |row| Ok((row.get::<_, i64>(0)?, Stamp { size: row.get(1)?, modified: row.get(2)? })))
            .optional()?;
        match there {
            Some((_, stamp)) if stamp == self.stamp && stamp.size >= 0 => return Ok(()),
            Some((id, _)) if hash == Some(self.hash) && self.hash != 0 => {
                let mut stamped = transaction.prepare_cached("UPDATE article SET size = ?2, modified = ?3 WHERE id = ?1")?;
                stamped.execute(params![id, self.stamp.size, self.stamp.modified])?;
                return Ok(());
            }
            Some((id, _)) => remove(transaction, id)?,
            None => {}
        }
        self.insert(transaction)
    }

    fn insert(&self, transaction: &Transaction) -> rusqlite::Result<()> {
        let nothing = Digest { id: String::new(), headline: String::new(), date: None, outlet: None, words: 0 };
        let digest = self.read.as_ref().map_or(&nothing, |(digest, _)| digest);
        let (date, words) = (digest.date.map(|date| date.to_string()), i64::try_from(digest.words).unwrap_or(i64::MAX));
        transaction
            .prepare_cached(
                "INSERT INTO article (path, size, modified, hash, headline, date, outlet, words, why) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            )?
            .execute(params![
                self.path,
                self.stamp.size,
                self.stamp.modified,
                self.hash,
                digest.headline,
                date,
                digest.outlet,
                words,
                self.read.as_ref().err()
            ])?;
        if let Ok((_, [headline, body])) = &self.read {
            let mut insert = transaction.prepare_cached("INSERT INTO word (rowid, headline, body) VALUES (?1, ?2, ?3)")?;
            insert.execute(params![transaction.last_insert_rowid(), headline, body])?;
        }
        Ok(())
    }
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
