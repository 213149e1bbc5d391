//! What articles are called in a file of marks, so that a corpus can be moved, or checked out elsewhere.

use std::path::{Path, PathBuf};

/// Names of articles below a folder: paths relative to it. What lies elsewhere has its full path; what is no path of the corpus
/// keeps its id.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Names {
    /// The roots of the corpus, as they were given and in full.
    roots: Vec<(String, String)>,
    /// The folder in full.
    base: String,
}

impl Names {
    pub(super) fn new(roots: &[PathBuf], base: &Path) -> Self {
        let roots = roots.iter().map(|root| (root.display().to_string(), full(root).display().to_string())).collect();
        Names { roots, base: base.display().to_string() }
    }

    pub(super) fn name(&self, id: &str) -> String {
        let Some(path) = self.roots.iter().find_map(|(given, full)| moved(id, given, full)) else {
            return id.to_string();
        };
        let inside = path.strip_prefix(self.base.trim_end_matches('/')).and_then(|rest| rest.strip_prefix('/'));
        inside.map_or_else(|| path.clone(), str::to_string)
    }
}

/// A path below one folder as a path below another.
fn moved(path: &str, from: &str, to: &str) -> Option<String> {
    let rest = path.strip_prefix(from)?;
    match rest.chars().next() {
        None | Some('#') => Some(format!("{to}{rest}")),
        _ if from.ends_with('/') || rest.starts_with('/') => Some(format!("{}/{}", to.trim_end_matches('/'), rest.trim_start_matches('/'))),
        _ => None,
    }
}

/// A path without links and dots; as it was given where it leads nowhere.
pub(super) fn full(path: &Path) -> PathBuf {
    path.canonicalize().or_else(|_| std::path::absolute(path)).unwrap_or_else(|_| path.to_path_buf())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_relative_to_the_folder_of_the_marks() {
        let roots = [(".", "/desk/wire"), ("rewrites/", "/desk/rewrites"), ("/far/one.txt", "/far/one.txt"), ("a", "/desk/wire/a")];
        let roots = roots.map(|(given, full)| (given.to_string(), full.to_string())).to_vec();
        let names = Names { roots, base: String::from("/desk") };
        let table = [
            ("./pier.txt", "wire/pier.txt"),
            ("./port/pier.txt#3", "wire/port/pier.txt#3"),
            ("rewrites/pier.txt", "rewrites/pier.txt"),
            ("/far/one.txt", "/far/one.txt"),
            ("/far/one.txt#2", "/far/one.txt#2"),
            ("/far/one.txt.old", "/far/one.txt.old"),
            ("a/b.txt", "wire/a/b.txt"),
            ("abc/b.txt", "abc/b.txt"),
            ("urn:wire:17", "urn:wire:17"),
        ];
        for (id, expected) in table {
            assert_eq!(names.name(id), expected);
        }
        assert_eq!(Names::default().name("demo/continental/dam.txt"), "demo/continental/dam.txt");
    }
}
