//! Watching a corpus: tells when something in it may have changed. What has changed, a scan tells.

use super::notes;
use super::scan::is_hidden_name;
use crossbeam_channel::{Receiver, Sender, after, unbounded};
use notify::event::ModifyKind;
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};
use std::path::{Path, PathBuf, absolute};
use std::time::{Duration, Instant};

/// After a change this much time must go without another …
const QUIET: Duration = Duration::from_millis(200);
/// … unless changes go on for longer than this.
const PATIENCE: Duration = Duration::from_secs(2);
/// Where nobody tells of changes, they are looked for so often.
const POLL: Duration = Duration::from_secs(5);
/// Looking for changes may take one part in so many of all time.
const SHARE: u32 = 20;

/// What may have changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Changed {
    /// Something in the corpus.
    pub corpus: bool,
    /// The marks of editors.
    pub marks: bool,
    /// A folder that was opened is gone, and whoever watched it sees no more of what takes its place.
    lost: bool,
}

impl Changed {
    /// Nobody knows what has changed.
    const ANYTHING: Changed = Changed { corpus: true, marks: true, lost: false };

    fn and(self, other: Changed) -> Self {
        Changed { corpus: self.corpus || other.corpus, marks: self.marks || other.marks, lost: self.lost || other.lost }
    }
}

/// Files and folders that are watched.
#[derive(Debug)]
pub struct Watch {
    roots: Vec<PathBuf>,
    hidden: bool,
    /// Who tells of changes, and where; nobody, where the system cannot or has no more watches to give.
    watcher: Option<(RecommendedWatcher, Receiver<Changed>)>,
    /// Whether what was opened is to be watched anew.
    lost: bool,
}

impl Watch {
    /// Watches files and folders with all that is below them; `hidden` tells whether hidden files are of interest.
    pub fn new(roots: &[PathBuf], hidden: bool) -> Self {
        let mut watch = Watch { roots: roots.to_vec(), hidden, watcher: None, lost: false };
        if !roots.iter().any(|root| is_remote(root)) {
            watch.begin();
        }
        watch
    }

    fn begin(&mut self) {
        let (sender, changes) = unbounded();
        self.watcher = watcher(&self.roots, self.hidden, sender).ok().map(|watcher| (watcher, changes));
    }

    /// Waits until something may have changed. `took` is how long the last look for changes took: the longer, the rarer they are.
    pub fn wait(&mut self, took: Duration) -> Changed {
        let rest = took * SHARE;
        let Some((_, changes)) = &self.watcher else {
            pause(POLL.max(rest));
            if self.lost {
                self.begin();
                self.lost = self.watcher.is_none();
            }
            return Changed::ANYTHING;
        };
        pause(rest);
        // The watcher holds the sender: there is always somebody who may tell of a change.
        let mut changed = changes.recv().unwrap_or_default();
        let until = Instant::now() + PATIENCE;
        while let Some(more) = changes.recv_timeout(QUIET).ok().filter(|_| Instant::now() < until) {
            changed = changed.and(more);
        }
        changed = changes.try_iter().fold(changed, Changed::and);
        if changed.lost {
            self.begin();
            self.lost = self.watcher.is_none();
            // What happened before it was watched anew nobody told.
            return Changed::ANYTHING;
        }
        changed
    }
}

fn pause(time: Duration) {
    let _ = after(time).recv();
}

fn watcher(roots: &[PathBuf], hidden: bool, sender: Sender<Changed>) -> notify::Result<RecommendedWatcher> {
    let full: Vec<PathBuf> = roots.iter().map(|root| absolute(root).unwrap_or_else(|_| root.clone())).collect();
    let tell = move |event: notify::Result<Event>| {
        let changed = event.map_or(Changed::ANYTHING, |event| changed(&event, &full, hidden));
        if changed != Changed::default() {
            // Where nobody listens any more, the program is about to end.
            let _ = sender.send(changed);
        }
    };
    let mut watcher = notify::recommended_watcher(tell)?;
    for root in roots {
        // Editors put another file in the place of one that they save: the folder sees that.
        match root.parent().filter(|_| root.is_file()) {
            Some(folder) if folder.as_os_str().is_empty() => watcher.watch(Path::new("."), RecursiveMode::NonRecursive)?,
            Some(folder) => watcher.watch(folder, RecursiveMode::NonRecursive)?,
            None => watcher.watch(root, RecursiveMode::Recursive)?,
        }
    }
    Ok(watcher)
}

/// What an event tells of: reading is no change, and neither is what happens in hidden folders.
fn changed(event: &Event, roots: &[PathBuf], hidden: bool) -> Changed {
    if event.need_rescan() {
        return Changed::ANYTHING;
    }
    if matches!(event.kind, EventKind::Access(_)) {
        return Changed::default();
    }
    let goes = matches!(event.kind, EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(_)));
    let of_path = |path: &PathBuf| {
        let marks = path.file_name().is_some_and(|name| name == notes::FILE);
        // Other files in the folder of a file that was opened are none of the corpus.
        let below = roots.iter().find_map(|root| path.strip_prefix(root).ok());
        let corpus = !marks && below.is_some_and(|below| hidden || !below.iter().any(is_hidden_name));
        Changed { marks, corpus, lost: goes && below.is_some_and(|below| below.as_os_str().is_empty()) }
    };
    event.paths.iter().map(of_path).fold(Changed::default(), Changed::and)
}

/// Whether others may change a file without this system being told: the magic numbers of NFS, SMB, CIFS and FUSE (`statfs(2)`).
#[cfg(target_os = "linux")]
fn is_remote(root: &Path) -> bool {
    rustix::fs::statfs(root).is_ok_and(|told| [0x6969, 0x517b, 0xfe53_4d42, 0xff53_4d42, 0x6573_5546].contains(&(told.f_type as u32)))
}

#[cfg(not(target_os = "linux"))]
fn is_remote(_: &Path) -> bool {
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn events_tell_of_the_corpus_or_of_the_marks_or_of_nothing() {
        use notify::event::{AccessKind, CreateKind, Flag, RemoveKind};
        let event = |kind: EventKind, path: &str| Event::new(kind).add_path(PathBuf::from(path));
        let (read, made) = (EventKind::Access(AccessKind::Any), EventKind::Create(CreateKind::File));
        let roots = [PathBuf::from("/news/.wire")];
        let marks = format!("/news/.wire/{}", notes::FILE);
        let of = |corpus: bool, marks: bool| Changed { corpus, marks, lost: false };
        for (event, expected) in [
            (event(read, "/news/.wire/a.txt"), of(false, false)),
            (event(made, "/news/.wire/a.txt"), of(true, false)),
            (event(made, "/news/.wire/.git/index"), of(false, false)),
            (event(made, &marks), of(false, true)),
            (event(made, "/news/other.txt"), of(false, false)),
            (event(EventKind::Remove(RemoveKind::Folder), "/news/.wire"), Changed { lost: true, ..of(true, false) }),
            (event(EventKind::Remove(RemoveKind::File), "/news/.wire/a.txt"), of(true, false)),
            (event(made, &marks).add_path(PathBuf::from("/news/.wire/b.txt")), of(true, true)),
            (Event::new(EventKind::Other).set_flag(Flag::Rescan), of(true, true)),
        ] {
            assert_eq!(changed(&event, &roots, false), expected, "{event:?}");
        }
        assert_eq!(changed(&event(made, "/news/.wire/.draft.txt"), &roots, true), of(true, false));
    }

    #[test]
    fn a_change_in_a_folder_is_told() {
        let folder = tempfile::TempDir::new().expect("a folder");
        fs::create_dir(folder.path().join("wire")).expect("a folder");
        let mut watch = Watch::new(&[folder.path().to_path_buf()], false);
        for name in ["a.txt", "wire/b.txt"] {
            fs::write(folder.path().join(name), "The ferry stayed in port.").expect("a file");
            assert!(watch.wait(Duration::ZERO).corpus, "{name}");
        }
    }

    #[test]
    fn a_file_is_watched_however_often_another_takes_its_place() {
        let folder = tempfile::TempDir::new().expect("a folder");
        let (file, other) = (folder.path().join("a.txt"), folder.path().join("a.txt.new"));
        fs::write(&file, "The ferry stayed in port.").expect("a file");
        let mut watch = Watch::new(std::slice::from_ref(&file), false);
        for text in ["The ferry left.", "The ferry came back.", "The ferry sank."] {
            fs::write(&other, text).expect("a file");
            fs::rename(&other, &file).expect("a file in its place");
            assert!(watch.wait(Duration::ZERO).corpus, "{text}");
        }
    }

    #[test]
    fn a_folder_that_is_made_anew_is_watched_again() {
        let folder = tempfile::TempDir::new().expect("a folder");
        let wire = folder.path().join("wire");
        fs::create_dir(&wire).expect("a folder");
        let mut watch = Watch::new(std::slice::from_ref(&wire), false);
        fs::rename(&wire, folder.path().join("before")).expect("another name");
        fs::create_dir(&wire).expect("a folder");
        assert!(watch.wait(Duration::ZERO).corpus);
        fs::write(wire.join("a.txt"), "The ferry stayed in port.").expect("a file");
        assert!(watch.wait(Duration::ZERO).corpus);
    }
}
