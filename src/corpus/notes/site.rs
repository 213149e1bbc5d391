//! Where the marks of a corpus are kept: beside it, or in a folder of the editor's own.

use super::log::Log;
use super::marks::Marks;
use super::names::{Names, full};
use super::spot::hash;
use std::path::{Path, PathBuf};

/// The name of the file beside a corpus.
pub const FILE: &str = ".variorum-marks.jsonl";

/// Who marks, and where files of their own are.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Editor {
    /// The name that marks are signed with.
    pub name: String,
    /// The home folder: above it no marks are looked for.
    pub home: Option<PathBuf>,
    /// The folder of data, such as `~/.local/share`.
    pub data: Option<PathBuf>,
}

/// How many folders above the corpus may have its marks.
const LEVELS: usize = 8;
/// Characters of a folder's name in the name of a file.
const READABLE: usize = 40;

/// The marks and the files of a corpus: the file beside it first, then that of the editor.
pub(super) fn of_corpus(roots: &[PathBuf], editor: &Editor) -> (Marks, Vec<Log>) {
    let folders: Vec<PathBuf> = roots.iter().map(|root| folder(root)).collect();
    let known = folders.iter().find_map(|folder| nearest(folder, editor));
    let Some(base) = known.or_else(|| shared(&folders)) else { return (Marks::default(), Vec::new()) };
    let own = editor.data.as_ref().map(|data| Log::with_folder(own(data, &base)));
    (Marks::new(Names::new(roots, &base)), [Log::new(base.join(FILE))].into_iter().chain(own).collect())
}

/// The marks and the file of the built-in corpus.
pub(super) fn of_demo(editor: &Editor) -> (Marks, Vec<Log>) {
    let own = editor.data.as_ref().map(|data| Log::with_folder(data.join("variorum/marks/demo.jsonl")));
    (Marks::default(), own.into_iter().collect())
}

/// The marks of a corpus in a file that was named.
pub(super) fn of_file(file: &Path, roots: &[PathBuf]) -> (Marks, Vec<Log>) {
    (Marks::new(Names::new(roots, &folder(file))), vec![Log::new(file.to_path_buf())])
}

/// The folder that a root is, or is in.
fn folder(root: &Path) -> PathBuf {
    let path = full(root);
    let parent = path.parent().filter(|_| !path.is_dir()).map(Path::to_path_buf);
    parent.unwrap_or(path)
}

/// The folder with marks, beside it or of the editor's own, that is nearest above a folder, or the folder itself. The root of all
/// files is nobody's.
fn nearest(folder: &Path, editor: &Editor) -> Option<PathBuf> {
    let home = editor.home.as_deref().map(full);
    let is_marked = |above: &Path| above.join(FILE).is_file() || editor.data.as_ref().is_some_and(|data| own(data, above).is_file());
    for above in folder.ancestors().take(1 + LEVELS).take_while(|above| above.parent().is_some()) {
        if is_marked(above) {
            return Some(above.to_path_buf());
        }
        if home.as_deref() == Some(above) {
            return None;
        }
    }
    None
}

/// The folder that has all of some folders.
fn shared(folders: &[PathBuf]) -> Option<PathBuf> {
    let (first, others) = folders.split_first()?;
    first.ancestors().find(|above| others.iter().all(|other| other.starts_with(above))).map(Path::to_path_buf)
}

/// The editor's own file for the corpus in a folder, with a name that tells which it is.
fn own(data: &Path, base: &Path) -> PathBuf {
    let name = base.file_name().unwrap_or_default().to_string_lossy();
    let readable: String = name.chars().take(READABLE).map(|c| if c.is_alphanumeric() { c } else { '-' }).collect();
    let readable = readable.trim_matches('-');
    let readable = if readable.is_empty() { "corpus" } else { readable };
    data.join("variorum/marks").join(format!("{readable}-{}.jsonl", hash(&base.to_string_lossy())))
}
