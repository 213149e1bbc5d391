//! The file of an index: its name, its tables, its numbers, and what becomes of one that cannot be used.

use crate::corpus::roots;
use crate::corpus::scan::Scan;
use rusqlite::{Connection, ErrorCode};
use std::path::{Path, PathBuf};
use std::time::Duration;
use xxhash_rust::xxh3::xxh3_64;

/// The version of the tables, and of how stories are found. What is in them depends on how texts are taken apart too: see [`version`].
const TABLES_VERSION: u32 = 5;
/// What marks a file of SQLite as one of these: `vari` in ASCII.
const APPLICATION: i64 = 0x7661_7269;

/// `id` is the number of an article in all tables, which no other one ever has: another program may still tell of an article that is
/// gone. `path` is the key that [`Roots`](crate::corpus::Roots) makes of its path, `modified`
/// is in nanoseconds since 1970, `name` is its own id, if it has one, `origin` its outlet and
/// the folders that it lies in, folded as queries are, `words` counts words, `why` is set where the file could not be
/// read. `listing` has what files of many hold, as [`Listings`](crate::corpus::Listings) are kept, and `sketch` has what stories and page furniture are found by, as little-endian numbers, and `found` what was found by them, with
/// a hash of what it was found in.
const TABLES: &str = "
    CREATE TABLE article (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        path BLOB NOT NULL UNIQUE,
        size INTEGER NOT NULL,
        modified INTEGER NOT NULL,
        hash INTEGER NOT NULL,
        name TEXT,
        headline TEXT NOT NULL,
        date TEXT,
        outlet TEXT,
        origin TEXT NOT NULL,
        words INTEGER NOT NULL,
        why TEXT
    );
    CREATE TABLE listing (file BLOB PRIMARY KEY, size INTEGER NOT NULL, modified INTEGER NOT NULL, told TEXT NOT NULL, pieces BLOB NOT NULL);
    CREATE TABLE sketch (id INTEGER PRIMARY KEY, story BLOB NOT NULL, furniture BLOB NOT NULL);
    CREATE TABLE found (name TEXT PRIMARY KEY, state INTEGER NOT NULL, value BLOB NOT NULL) WITHOUT ROWID;
    CREATE VIRTUAL TABLE word USING fts5(headline, body, content='', contentless_delete=1, tokenize='porter unicode61 remove_diacritics 2');
";

/// The version of an index: another program may take texts apart otherwise.
fn version() -> i64 {
    let told = format!("{} {TABLES_VERSION}", env!("CARGO_PKG_VERSION"));
    i64::from((xxh3_64(told.as_bytes()) >> 33) as u32)
}

/// The name of the file for a corpus: that of its first folder, and a hash of all full paths and of how the corpus is scanned.
pub(super) fn name(roots: &[PathBuf], options: &Scan) -> String {
    let full: Vec<PathBuf> = roots.iter().map(|root| roots::full(root)).collect();
    let mut bytes: Vec<u8> = full.iter().flat_map(|root| [root.as_os_str().as_encoded_bytes(), b"\0"].concat()).collect();
    bytes.extend(format!("{options:?}").into_bytes());
    let first = full.first().and_then(|root| root.file_name()).map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let readable: String = first.chars().filter(|c| c.is_alphanumeric() || matches!(c, '-' | '_')).take(40).collect();
    format!("{readable}-{:016x}.sqlite", xxh3_64(&bytes))
}

/// Opens a file, or makes it; one that is damaged or of another version is made anew.
pub(super) fn open(path: &Path) -> rusqlite::Result<Connection> {
    match opened(path) {
        Err(error) if is_useless(&error) => {
            throw_away(path);
            opened(path)
        }
        opened => opened,
    }
}

fn opened(path: &Path) -> rusqlite::Result<Connection> {
    let db = Connection::open(path)?;
    db.busy_timeout(Duration::from_secs(10))?;
    // What is lost when the machine stops is read again; a program that is killed loses nothing. One that is forgotten writes nothing
    // before its memory is full, for there may be no room on any disk.
    let journal = if path.as_os_str().is_empty() { "MEMORY" } else { "WAL" };
    db.execute_batch(&format!(
        "PRAGMA page_size=8192; PRAGMA journal_mode={journal}; PRAGMA synchronous=NORMAL; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-32768;",
    ))?;
    let transaction = rusqlite::Transaction::new_unchecked(&db, rusqlite::TransactionBehavior::Immediate)?;
    if number(&transaction, "schema_version")? == 0 {
        transaction.execute_batch(&format!("{TABLES} PRAGMA application_id={APPLICATION}; PRAGMA user_version={};", version()))?;
    } else if !is_of_this_version(&transaction)? {
        return Err(rusqlite::Error::SqliteFailure(rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_NOTADB), None));
    }
    transaction.commit()?;
    Ok(db)
}

/// Whether a file of SQLite is an index that this program makes.
pub(super) fn is_of_this_version(db: &Connection) -> rusqlite::Result<bool> {
    Ok(number(db, "application_id")? == APPLICATION && number(db, "user_version")? == version())
}

fn number(db: &Connection, name: &str) -> rusqlite::Result<i64> {
    db.query_row(&format!("PRAGMA {name}"), [], |row| row.get(0))
}

/// Whether an error says that the file is none of these, or is damaged.
pub(super) fn is_useless(error: &rusqlite::Error) -> bool {
    matches!(error.sqlite_error_code(), Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt))
}

/// Takes a file away with what SQLite keeps beside it.
pub(super) fn throw_away(path: &Path) {
    for ending in ["", "-wal", "-shm"] {
        let mut name = path.as_os_str().to_os_string();
        name.push(ending);
        // What is not there need not be taken away, and what cannot be is told of when it is opened again.
        let _ = std::fs::remove_file(PathBuf::from(name));
    }
}

/// Numbers as they are stored.
pub(super) fn bytes_of_u32(numbers: &[u32]) -> Vec<u8> {
    numbers.iter().flat_map(|number| number.to_le_bytes()).collect()
}

/// Numbers that were stored; bytes behind the last whole one are left out.
pub(super) fn u32_of_bytes(bytes: &[u8]) -> Vec<u32> {
    bytes.as_chunks().0.iter().map(|bytes| u32::from_le_bytes(*bytes)).collect()
}

/// Numbers as they are stored.
pub(super) fn bytes_of_u64(numbers: &[u64]) -> Vec<u8> {
    numbers.iter().flat_map(|number| number.to_le_bytes()).collect()
}

/// Numbers that were stored; bytes behind the last whole one are left out.
pub(super) fn u64_of_bytes(bytes: &[u8]) -> Vec<u64> {
    bytes.as_chunks().0.iter().map(|bytes| u64::from_le_bytes(*bytes)).collect()
}
