//! Walks a folder in the order of its names. All names of one folder are read before the first is told, for a disk tells them in no order.

use std::collections::VecDeque;
use std::ffi::{OsStr, OsString};
use std::fs::{FileType, read_dir};
use std::io;
use std::path::{Path, PathBuf};

/// Something that a walk comes to, no folder; or why it cannot go on there.
pub(super) type Step = (PathBuf, io::Result<FileType>);

/// A walk, and where it is.
pub(super) struct Walk<'a> {
    /// The folders that are open, the innermost last.
    open: Vec<Names>,
    troubles: VecDeque<(PathBuf, io::Error)>,
    wanted: &'a dyn Fn(&OsStr, FileType) -> bool,
}

/// The names of a folder that are still to be gone to.
struct Names {
    folder: PathBuf,
    /// The next one is the last.
    rest: Vec<(OsString, FileType)>,
    /// How many at the end are in order.
    sorted: usize,
    is_begun: bool,
}

/// How many names of a huge folder are put in order before all others are, so that the first do not wait for the last.
const FIRST: usize = 4096;
/// After how many names it is told how far a folder was read.
const PACE: usize = 4096;

impl<'a> Walk<'a> {
    /// A walk through a folder, of all that is wanted there. `told` hears how many names were read while a folder is.
    pub(super) fn new(folder: &Path, wanted: &'a dyn Fn(&OsStr, FileType) -> bool, told: &mut dyn FnMut(usize)) -> Walk<'a> {
        let mut walk = Walk { open: Vec::new(), troubles: VecDeque::new(), wanted };
        walk.enter(folder.to_path_buf(), told);
        walk
    }

    /// What comes next.
    pub(super) fn next(&mut self, told: &mut dyn FnMut(usize)) -> Option<Step> {
        loop {
            if let Some((path, trouble)) = self.troubles.pop_front() {
                return Some((path, Err(trouble)));
            }
            let names = self.open.last_mut()?;
            match names.next() {
                None => drop(self.open.pop()),
                Some((path, kind)) if kind.is_dir() => self.enter(path, told),
                Some((path, kind)) => return Some((path, Ok(kind))),
            }
        }
    }

    fn enter(&mut self, folder: PathBuf, told: &mut dyn FnMut(usize)) {
        let entries = match read_dir(&folder) {
            Ok(entries) => entries,
            Err(trouble) => return self.troubles.push_back((folder, trouble)),
        };
        let mut rest = Vec::new();
        for entry in entries {
            match entry.and_then(|entry| Ok((entry.file_name(), entry.file_type()?))) {
                Ok((name, kind)) if (self.wanted)(&name, kind) => rest.push((name, kind)),
                Ok(_) => {}
                Err(trouble) => self.troubles.push_back((folder.clone(), trouble)),
            }
            if rest.len() % PACE == PACE - 1 {
                told(rest.len());
            }
        }
        self.open.push(Names { folder, rest, sorted: 0, is_begun: false });
    }
}

impl Names {
    fn next(&mut self) -> Option<(PathBuf, FileType)> {
        if self.sorted == 0 {
            self.sort();
        }
        let (name, kind) = self.rest.pop()?;
        self.sorted -= 1;
        Some((self.folder.join(name), kind))
    }

    /// Puts the next names in order: the first few, then all.
    fn sort(&mut self) {
        let all = self.rest.len();
        self.sorted = if self.is_begun || all < 4 * FIRST { all } else { FIRST };
        self.is_begun = true;
        if self.sorted < all {
            self.rest.select_nth_unstable_by(all - self.sorted, |a, b| b.0.cmp(&a.0));
        }
        self.rest[all - self.sorted..].sort_unstable_by(|a, b| b.0.cmp(&a.0));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs::{create_dir_all, write};

    #[test]
    fn folders_are_walked_in_the_order_of_their_names_however_many_there_are() {
        let folder = tempfile::tempdir().expect("a folder");
        create_dir_all(folder.path().join("b/inner")).expect("a folder");
        let count = 4 * FIRST + 10;
        let mut names: Vec<String> = (0..count).map(|n| format!("b/{:05}.txt", (n * 7919) % count)).collect();
        names.extend(["a.txt", "b/inner/one.txt", "c.txt"].map(String::from));
        names.iter().for_each(|name| write(folder.path().join(name), "").expect("a file"));
        let mut most = 0;
        let wanted = |name: &OsStr, _: FileType| name != "c.txt";
        let mut told = |count: usize| most = count;
        let mut walk = Walk::new(folder.path(), &wanted, &mut told);
        let mut walked: Vec<String> = Vec::new();
        while let Some((path, kind)) = walk.next(&mut told) {
            assert!(kind.expect("a file").is_file());
            walked.push(path.strip_prefix(folder.path()).expect("below").display().to_string());
        }
        names.retain(|name| name != "c.txt");
        names.sort();
        assert_eq!(walked, names);
        assert!(most > 3 * FIRST, "{most}");
    }

    #[test]
    fn a_folder_that_cannot_be_read_is_told() {
        let mut walk = Walk::new(Path::new("/no/such/folder"), &|_, _| true, &mut |_| {});
        assert!(matches!(walk.next(&mut |_| {}), Some((_, Err(_)))));
        assert!(walk.next(&mut |_| {}).is_none());
    }
}
