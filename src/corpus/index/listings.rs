//! What the files of many in a corpus hold, kept as it was listed.

use super::{Index, IndexError, store};
use crate::corpus::listings::{Kept, held};
use crate::corpus::scan::Scan;
use crate::corpus::{Entry, Listings, Roots, Skipped, Stamp};
use rusqlite::{Connection, OpenFlags, TransactionBehavior, params};
use rustc_hash::FxHashMap as HashMap;
use std::path::{Path, PathBuf};

impl Index {
    /// What an index in a folder has of the files of many in a corpus; nothing, where there is none that can be read.
    pub fn listings(folder: &Path, roots: &[PathBuf], options: &Scan) -> Listings {
        read(&folder.join(store::name(roots, options)), &Roots::new(roots), options).unwrap_or_default()
    }

    /// Keeps what a scan found in files of many, if it went to its end: of those that changed, and of no others. Where what was opened
    /// lies in a file, only a part of that was found, and an index that is forgotten need not know.
    pub fn list(&mut self, entries: &[Entry], skipped: &[Skipped]) -> Result<(), IndexError> {
        if self.roots.lead_into_files() || self.path.as_os_str().is_empty() {
            return Ok(());
        }
        self.keep_listings(entries, skipped).map_err(|source| self.error(source))
    }

    fn keep_listings(&mut self, entries: &[Entry], skipped: &[Skipped]) -> rusqlite::Result<()> {
        let now: HashMap<Vec<u8>, Stamp> = held(entries).map(|(file, stamp, _)| (self.roots.key(file), stamp)).collect();
        let then = stamps(&self.db)?;
        if now == then {
            return Ok(());
        }
        let listings = Listings::of(entries, skipped);
        let transaction = self.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        for file in then.keys().filter(|file| now.get(*file) != then.get(*file)) {
            transaction.prepare_cached("DELETE FROM listing WHERE file = ?1")?.execute([file])?;
        }
        for (file, stamp, kept) in listings.kept() {
            let key = self.roots.key(file);
            let Some(kept) = kept.filter(|_| then.get(&key) != Some(&stamp)) else { continue };
            let mut replace =
                transaction.prepare_cached("REPLACE INTO listing (file, size, modified, told, pieces) VALUES (?1, ?2, ?3, ?4, ?5)")?;
            replace.execute(params![key, stamp.size, stamp.modified, kept.told, store::bytes_of_u64(&kept.pieces)])?;
        }
        transaction.commit()
    }
}

/// The files that are listed, and what they were like.
fn stamps(db: &Connection) -> rusqlite::Result<HashMap<Vec<u8>, Stamp>> {
    let mut statement = db.prepare("SELECT file, size, modified FROM listing")?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, Stamp { size: row.get(1)?, modified: row.get(2)? })))?;
    rows.collect()
}

fn read(path: &Path, roots: &Roots, options: &Scan) -> rusqlite::Result<Listings> {
    let db = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let mut listings = Listings::default();
    if !store::is_of_this_version(&db)? {
        return Ok(listings);
    }
    let mut statement = db.prepare("SELECT file, size, modified, told, pieces FROM listing")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let stamp = Stamp { size: row.get(1)?, modified: row.get(2)? };
        let kept = Kept { told: row.get(3)?, pieces: store::u64_of_bytes(row.get_ref(4)?.as_blob()?) };
        listings.add(roots.path(row.get_ref(0)?.as_blob()?), stamp, &kept, &options.fields);
    }
    Ok(listings)
}
