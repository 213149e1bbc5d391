//! What a corpus was opened by, and what its articles are called whatever way leads there.

use super::contents::leads_into_file;
use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};

/// The files and folders that were opened, as they were named.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Roots(Vec<Root>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct Root {
    /// As it was named, without a slash at the end.
    path: Vec<u8>,
    /// Its number among the roots and its own name, in front of all that is below it.
    key: Vec<u8>,
}

impl Roots {
    /// Files and folders.
    pub fn new(paths: &[PathBuf]) -> Self {
        let root = |(number, path): (usize, &PathBuf)| {
            let full = full(path);
            let key = [number.to_string().as_bytes(), b"/", full.file_name().unwrap_or_default().as_bytes()].concat();
            Root { path: without_slashes(path.as_os_str().as_bytes()).to_vec(), key }
        };
        Roots(paths.iter().enumerate().map(root).collect())
    }

    /// Whether one of them leads into a file.
    pub(super) fn lead_into_files(&self) -> bool {
        self.0.iter().any(|root| leads_into_file(Path::new(OsStr::from_bytes(&root.path))))
    }

    /// What an article is called: the same from wherever its root is named. What is below no root has its path.
    pub fn key(&self, path: &Path) -> Vec<u8> {
        let bytes = path.as_os_str().as_bytes();
        let below = |root: &Root| Some([&root.key, below(bytes, &root.path)?].concat());
        self.0.iter().find_map(below).unwrap_or_else(|| bytes.to_vec())
    }

    /// The path of what is called so.
    pub fn path(&self, key: &[u8]) -> PathBuf {
        let below = |root: &Root| Some([&root.path, below(key, &root.key)?].concat());
        let path = self.0.iter().find_map(below).unwrap_or_else(|| key.to_vec());
        PathBuf::from(OsStr::from_bytes(&path))
    }
}

/// What is behind the root: nothing, a number in it, or what is below.
fn below<'a>(path: &'a [u8], root: &[u8]) -> Option<&'a [u8]> {
    let rest = path.strip_prefix(root)?;
    matches!(rest.first(), None | Some(b'/' | b'#')).then_some(rest)
}

fn without_slashes(path: &[u8]) -> &[u8] {
    let end = path.iter().rposition(|byte| *byte != b'/').map_or(0, |last| last + 1);
    &path[..end]
}

/// A path from the root of the file system, however it was named; of one that leads into a file that of the file, and what is behind it.
pub(super) fn full(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| match (path.parent(), path.file_name()) {
        (Some(folder), Some(name)) if folder.as_os_str().is_empty() => full(Path::new(".")).join(name),
        (Some(folder), Some(name)) => full(folder).join(name),
        _ => path.to_path_buf(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn roots(paths: &[&str]) -> Roots {
        Roots::new(&paths.iter().map(PathBuf::from).collect::<Vec<_>>())
    }

    #[test]
    fn keys_lead_back_to_paths() {
        let opened = roots(&["wire", "lake/one.jsonl", "wire-2", "there/"]);
        for (path, key) in [
            ("wire/a.txt", "0/wire/a.txt"),
            ("wire", "0/wire"),
            ("lake/one.jsonl#7", "1/one.jsonl#7"),
            ("wire-2/a.txt", "2/wire-2/a.txt"),
            ("there/x/b.txt", "3/there/x/b.txt"),
            ("elsewhere/b.txt", "elsewhere/b.txt"),
        ] {
            assert_eq!(String::from_utf8_lossy(&opened.key(Path::new(path))), key);
            assert_eq!(opened.path(key.as_bytes()), Path::new(path));
        }
    }

    #[test]
    fn an_article_is_called_the_same_wherever_its_root_is_named_from() {
        let folder = tempfile::TempDir::new().expect("a folder");
        let wire = folder.path().join("wire");
        std::fs::create_dir(&wire).expect("a folder");
        let other = folder.path().join(".").join("wire").join("..").join("wire");
        let keys = [&wire, &other].map(|root| Roots::new(std::slice::from_ref(root)).key(&root.join("a.txt")));
        assert_eq!(keys[0], keys[1]);
        assert_eq!(keys[0], b"0/wire/a.txt");
    }

    #[test]
    fn names_that_are_no_utf_8_are_kept() {
        let opened = roots(&["wire"]);
        let path = Path::new(OsStr::from_bytes(b"wire/\xff\xfe.txt"));
        assert_eq!(opened.path(&opened.key(path)), path);
    }
}
