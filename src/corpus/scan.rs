//! Folders to a list of files: streamed, bounded, and with a reason for whatever is passed over.

use super::contents::{contents, file_of, leads_into_file};
use super::read::{Fields, Promise, ReadError, ending};
use super::walk::Walk;
use super::{Entry, Listings, Place, Skipped, Stamp, notes, roots};
use std::ffi::OsStr;
use std::fs::FileType;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// How a corpus is scanned.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Scan {
    /// Whether hidden files and the folders of version control are read too.
    pub hidden: bool,
    /// What the fields of records are called, where that is not usual.
    pub fields: Fields,
}

/// What a scan finds, in the order in which it finds it.
#[derive(Debug, Default, PartialEq)]
pub struct Batch {
    /// Files that a reader knows.
    pub entries: Vec<Entry>,
    /// What was passed over, with the reason.
    pub skipped: Vec<Skipped>,
    /// How many names were read of a huge folder, which are told as entries once all of them are.
    pub names: usize,
}

/// A batch is handed on when it has this many entries …
const BATCH: usize = 1024;
/// … or when this much time has gone since the last one, so that the screen fills as the scan goes.
const PACE: Duration = Duration::from_millis(30);

/// Walks the given files and folders in the order of their names, and looks into files that may hold many articles. `emit` takes
/// each batch and answers whether to go on.
pub fn scan(roots: &[PathBuf], options: &Scan, emit: impl FnMut(Batch) -> bool) {
    scan_again(roots, options, Listings::default(), emit);
}

/// The same where files of many were listed before: those that are as they were are not looked into.
pub fn scan_again(roots: &[PathBuf], options: &Scan, listed: Listings, mut emit: impl FnMut(Batch) -> bool) {
    // Of a file that a root leads into only a part was told.
    let listed = if roots.iter().any(|root| leads_into_file(root)) { Listings::default() } else { listed };
    let mut pending = Pending { batch: Batch::default(), since: Instant::now(), options, listed, inner: Vec::new(), emit: &mut emit };
    let full: Vec<PathBuf> = roots.iter().map(|root| roots::full(root)).collect();
    for (at, root) in roots.iter().enumerate() {
        // What was named twice is told once, and what lies in another root is told as the root that it is.
        pending.inner = inner(root, &full[at], &full);
        if !full[..at].contains(&full[at]) && !walk(root, &mut pending) {
            return;
        }
    }
    pending.flush();
}

/// The roots that lie in another one, as they are called there.
fn inner(root: &Path, full: &Path, roots: &[PathBuf]) -> Vec<PathBuf> {
    let below = |other: &PathBuf| other.strip_prefix(full).ok().filter(|rest| !rest.as_os_str().is_empty()).map(|rest| root.join(rest));
    roots.iter().filter_map(below).collect()
}

struct Pending<'a> {
    batch: Batch,
    since: Instant,
    options: &'a Scan,
    listed: Listings,
    /// Roots that lie in the one that is walked.
    inner: Vec<PathBuf>,
    emit: &'a mut dyn FnMut(Batch) -> bool,
}

impl Pending<'_> {
    fn flush(&mut self) -> bool {
        self.since = Instant::now();
        (self.emit)(std::mem::take(&mut self.batch))
    }

    fn turn(&mut self) -> bool {
        let full = self.batch.entries.len() + self.batch.skipped.len() >= BATCH || self.since.elapsed() >= PACE;
        !full || self.flush()
    }

    /// Tells how many names were read of a folder, if it takes long.
    fn tell_names(&mut self, names: usize) {
        if self.since.elapsed() >= PACE {
            self.batch.names = names;
            self.flush();
        }
    }

    /// Whether a path is told with a root of its own.
    fn is_inner(&self, path: &Path) -> bool {
        self.inner.iter().any(|root| path.starts_with(root))
    }

    fn skip(&mut self, path: &Path, why: impl ToString) {
        self.batch.skipped.push(Skipped { path: path.to_path_buf(), why: why.to_string() });
    }
}

/// One root; answers whether to go on.
fn walk(root: &Path, pending: &mut Pending) -> bool {
    if let Some(file) = Some(root).filter(|root| root.symlink_metadata().is_err()).and_then(file_of) {
        return look_inside(&file, Some(root), pending);
    }
    match root.metadata() {
        Ok(meta) if meta.is_dir() => return walk_folder(root, pending),
        // What was named is looked into, whatever it is called.
        Ok(meta) if meta.is_file() => return look_inside(root, None, pending),
        Ok(_) => pending.skip(root, ReadError::Special),
        Err(_) if root.is_symlink() => pending.skip(root, LEADS_NOWHERE),
        Err(error) if error.kind() == io::ErrorKind::NotFound => pending.skip(root, "there is no such file or folder"),
        Err(error) => pending.skip(root, walk_error(&error)),
    }
    pending.turn()
}

/// Everything in a folder; answers whether to go on.
fn walk_folder(folder: &Path, pending: &mut Pending) -> bool {
    let hidden = pending.options.hidden;
    let wanted = |name: &OsStr, kind: FileType| !is_marks(name) && (hidden || !is_hidden(name, kind));
    let mut walk = Walk::new(folder, &wanted, &mut |names| pending.tell_names(names));
    while let Some((path, kind)) = walk.next(&mut |names| pending.tell_names(names)) {
        let goes_on = match kind {
            _ if pending.is_inner(&path) => true,
            Ok(kind) => look(&path, kind, pending),
            Err(error) => {
                pending.skip(&path, walk_error(&error));
                true
            }
        };
        if !goes_on || !pending.turn() {
            return false;
        }
    }
    true
}

fn walk_error(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::PermissionDenied => String::from("permission to read it is denied"),
        io::ErrorKind::NotFound => ReadError::Vanished.to_string(),
        _ => error.to_string(),
    }
}

/// The file of the editors' marks: it is no part of the corpus, and nobody needs to be told.
fn is_marks(name: &OsStr) -> bool {
    name == notes::FILE
}

/// Hidden files, and the folders in which version control keeps its own.
fn is_hidden(name: &OsStr, kind: FileType) -> bool {
    is_hidden_name(name) || (kind.is_dir() && (name == "CVS" || name == "_darcs"))
}

/// Whether a name is one that is not shown unless it is asked for.
pub(super) fn is_hidden_name(name: &OsStr) -> bool {
    name.as_encoded_bytes().first() == Some(&b'.')
}

const LEADS_NOWHERE: &str = "it is a link that leads nowhere";

/// One thing that is no folder; answers whether to go on.
fn look(path: &Path, kind: FileType, pending: &mut Pending) -> bool {
    match () {
        () if kind.is_symlink() => return look_behind(path, pending),
        () if !kind.is_file() => pending.skip(path, ReadError::Special),
        () => return look_at(path, pending),
    }
    true
}

/// A file, by what its name promises: a hundred thousand plain files are listed without opening one of them.
fn look_at(path: &Path, pending: &mut Pending) -> bool {
    match Promise::of(path) {
        Promise::Article(_) => pending.batch.entries.push(Entry { place: Place::File, path: path.to_path_buf() }),
        Promise::Contents => return look_inside(path, None, pending),
        Promise::Noise => {}
        Promise::Unknown => pending.skip(path, ReadError::Format(ending(path).unwrap_or_default())),
    }
    true
}

/// What is in a file, or what of it goes by one path or lies below that.
fn look_inside(file: &Path, wanted: Option<&Path>, pending: &mut Pending) -> bool {
    let options = pending.options;
    let mut is_found = false;
    let stamp = file.metadata().ok().as_ref().and_then(Stamp::of);
    let listed = stamp.and_then(|stamp| pending.listed.take(file, stamp));
    let mut take = |finding: Result<Entry, Skipped>| {
        match finding {
            Ok(entry) if pending.is_inner(&entry.path) => is_found = true,
            Ok(entry) if wanted.is_none_or(|wanted| entry.path.starts_with(wanted) || entry.number().is_some_and(|n| n.0 == wanted)) => {
                is_found = true;
                pending.batch.entries.push(entry);
            }
            Ok(_) => {}
            Err(skipped) => pending.batch.skipped.push(skipped),
        }
        pending.turn()
    };
    let goes_on = match listed {
        Some(listed) => listed.findings().all(take),
        None => contents(file, options.hidden, &options.fields, &mut take),
    };
    if let (false, Some(wanted)) = (is_found, wanted) {
        pending.skip(wanted, ReadError::Absent);
    }
    goes_on
}

/// A link to a file is read like the file. A link to a folder is not followed: it may lead back, or out of the corpus.
fn look_behind(path: &Path, pending: &mut Pending) -> bool {
    match path.metadata() {
        Ok(meta) if meta.is_file() => return look_at(path, pending),
        Ok(meta) if meta.is_dir() => pending.skip(path, "it is a link to a folder and was not followed"),
        Ok(_) => pending.skip(path, ReadError::Special),
        Err(_) => pending.skip(path, LEADS_NOWHERE),
    }
    true
}
