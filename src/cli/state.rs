//! The file that is kept between two runs: where it is, how it is read, and how it is written without ever being half there.
//!
//! Nothing here is trouble: what cannot be read is begun anew, and what cannot be written is not kept.

use crate::app::session::{Corpus, Kept, Session};
use crate::ui::Opening;
use etcetera::BaseStrategy;
use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, ErrorKind, Read, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

/// Fifty places are a few kilobytes; what is larger is something else, and the first frame does not wait for it.
const LARGEST: u64 = 4 << 20;

/// What was kept by the last run.
pub(super) fn load() -> Kept {
    path().and_then(|path| read(&path).ok().flatten()).unwrap_or_default()
}

/// Keeps what a run leaves. Two programs that end at once lose at most the place of one of them.
pub(super) fn keep(corpus: Option<Corpus>, session: Session) {
    if let Some(path) = path() {
        // A reader who quits is not to be told that they will begin anew.
        let _ = update(&path, corpus, session);
    }
}

/// What was opened, if its paths can be written down.
pub(super) fn corpus(opening: &Opening) -> Option<Corpus> {
    let full = |path: &PathBuf| path.canonicalize().ok()?.into_os_string().into_string().ok();
    match opening {
        Opening::Demo => Some(Corpus::Demo),
        Opening::Paths(paths, _) => paths.iter().map(full).collect::<Option<_>>().map(Corpus::Paths),
    }
}

/// In the folder of the platform for such files the one of this program.
fn path() -> Option<PathBuf> {
    let folders = etcetera::choose_base_strategy().ok()?;
    Some(folders.state_dir().unwrap_or_else(|| folders.data_dir()).join("variorum").join("session.json"))
}

/// Reads the file; `None` is one of a newer program. What is no regular file is not opened, since it may block for ever.
fn read(path: &Path) -> io::Result<Option<Kept>> {
    match fs::metadata(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Some(Kept::default())),
        Err(error) => return Err(error),
        Ok(found) if !found.is_file() => return Err(ErrorKind::InvalidInput.into()),
        Ok(_) => {}
    }
    let mut bytes = Vec::new();
    File::open(path)?.take(LARGEST).read_to_end(&mut bytes)?;
    Ok(Kept::read(&String::from_utf8_lossy(&bytes)))
}

fn update(path: &Path, corpus: Option<Corpus>, session: Session) -> io::Result<()> {
    // Another program may have written it since this one began.
    let Some(mut kept) = read(path)? else { return Ok(()) };
    kept.keep(corpus, session);
    if let Some(folder) = path.parent() {
        DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    }
    let beside = path.with_extension(format!("json.{}", std::process::id()));
    let written = write(&beside, kept.written().as_bytes()).and_then(|()| fs::rename(&beside, path));
    if written.is_err() {
        let _ = fs::remove_file(&beside);
    }
    written
}

/// Writes a file that only its owner reads: what somebody read is nobody else's business.
fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    fn session() -> Session {
        Session { bookmark: Some(crate::app::session::Bookmark::default()), ..Session::default() }
    }

    fn names(folder: &Path) -> Vec<String> {
        fs::read_dir(folder).expect("a folder").flatten().map(|file| file.file_name().to_string_lossy().into_owned()).collect()
    }

    #[test]
    fn what_is_written_is_read_and_nothing_else_is_left() {
        let folder = tempfile::TempDir::new().expect("a folder");
        let path = folder.path().join("made/for/it/session.json");
        assert_eq!(read(&path).expect("it is not there"), Some(Kept::default()));
        update(&path, Some(Corpus::Demo), session()).expect("it is written");
        assert_eq!(read(&path).expect("a file").as_ref().and_then(Kept::last), Some(&Corpus::Demo));
        assert_eq!(names(path.parent().expect("a folder")), ["session.json"]);
        assert_eq!(fs::metadata(&path).expect("a file").permissions().mode() & 0o777, 0o600);
    }

    #[test]
    fn a_damaged_file_is_begun_anew_and_a_newer_one_is_left_alone() {
        let folder = tempfile::TempDir::new().expect("a folder");
        let path = folder.path().join("session.json");
        for damaged in [b"{\"version\": 1, \"visi".as_slice(), b"", b"\xff\xfe\0"] {
            fs::write(&path, damaged).expect("a file");
            update(&path, Some(Corpus::Demo), session()).expect("it is written");
            assert_eq!(read(&path).expect("a file").as_ref().and_then(Kept::last), Some(&Corpus::Demo));
        }
        fs::write(&path, "{\"version\": 99}").expect("a file");
        update(&path, Some(Corpus::Demo), session()).expect("nothing is done");
        assert_eq!(fs::read_to_string(&path).expect("a file"), "{\"version\": 99}");
    }

    #[test]
    fn a_place_where_nothing_can_be_written_is_an_error_and_leaves_nothing() {
        let folder = tempfile::TempDir::new().expect("a folder");
        fs::create_dir(folder.path().join("session.json")).expect("a folder");
        assert!(update(&folder.path().join("session.json"), Some(Corpus::Demo), session()).is_err());
        assert_eq!(names(folder.path()), ["session.json"]);
        assert!(update(Path::new("/dev/null/session.json"), Some(Corpus::Demo), session()).is_err());
    }

    #[test]
    fn one_program_keeps_the_places_of_another() {
        let folder = tempfile::TempDir::new().expect("a folder");
        let path = folder.path().join("session.json");
        let paths = Corpus::Paths(vec![String::from("/news")]);
        update(&path, Some(paths.clone()), session()).expect("it is written");
        update(&path, Some(Corpus::Demo), session()).expect("it is written");
        let kept = read(&path).expect("a file").expect("it is not newer");
        assert!([paths, Corpus::Demo].iter().all(|corpus| kept.session(Some(corpus)).bookmark.is_some()));
    }
}
