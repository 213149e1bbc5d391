//! Reports from the screen: what a report is about, where it goes, and what became of it.

use super::App;
use super::check::Checked;
use super::layout::Pane;
use super::overlay::{Overlay, Prompt, Purpose};
use super::task::Request;
use super::versions::Versions;
use crate::corpus::notes::Marks;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A report that is to be written.
#[derive(Debug, Clone, PartialEq)]
pub struct Printing {
    /// What it is about.
    pub subject: Subject,
    /// The marks that belong in it.
    pub marks: Arc<Marks>,
    /// Where it goes; the ending of the name is its format.
    pub path: PathBuf,
    /// Whether it may take the place of another file.
    pub over: bool,
}

/// What a report is about.
#[derive(Debug, Clone, PartialEq)]
pub enum Subject {
    /// A rewrite and its sources.
    Check(Arc<Checked>),
    /// The versions of a story.
    Story(Arc<Versions>),
}

/// What became of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Printed {
    /// It is on the disk.
    Written(PathBuf),
    /// There is a file of its name.
    Exists(PathBuf),
    /// It could not be written, with the reason in one sentence.
    Refused(String),
}

impl App {
    /// What is on the screen, as the subject of a report: the check in the check view, else the story.
    fn subject(&self) -> Option<Subject> {
        let check = || self.checked.clone().filter(|_| self.focus == Pane::Check).map(Subject::Check);
        check().or_else(|| self.gathered.clone().map(Subject::Story))
    }

    /// Asks where the report is to go, with a name to begin with.
    pub(super) fn ask_report(&mut self) -> Vec<Request> {
        let named = |article: usize| {
            let stem = self.listing.entries[article].path.file_stem().map(|stem| stem.to_string_lossy().into_owned());
            stem.unwrap_or_else(|| String::from("report"))
        };
        let name = match self.subject() {
            Some(Subject::Check(checked)) => format!("{}-check.html", named(checked.asked.rewrite)),
            Some(Subject::Story(versions)) => format!("{}-story.html", named(versions.indices[0])),
            None => {
                self.notice = Some(String::from("a report needs a story or a check to be about"));
                return Vec::new();
            }
        };
        self.prompt_path(Purpose::Report, name);
        Vec::new()
    }

    fn prompt_path(&mut self, purpose: Purpose, path: String) {
        self.overlay = Some(Overlay::Prompt(Prompt { purpose, input: tui_input::Input::new(path), before: String::new() }));
    }

    /// Takes the path that was typed.
    pub(super) fn take_report(&mut self, path: &str) -> Vec<Request> {
        self.print(Path::new(path.trim()), false)
    }

    /// Takes the answer to whether a file is to be overwritten.
    pub(super) fn take_overwrite(&mut self, answer: &str) -> Vec<Request> {
        let Some(path) = self.refused.take() else { return Vec::new() };
        if matches!(answer.trim(), "y" | "Y" | "yes") {
            return self.print(&path, true);
        }
        self.notice = Some(format!("{} stays as it is", path.display()));
        Vec::new()
    }

    fn print(&mut self, path: &Path, over: bool) -> Vec<Request> {
        let Some(subject) = self.subject().filter(|_| !path.as_os_str().is_empty()) else { return Vec::new() };
        vec![Request::Print(Box::new(Printing { subject, marks: self.marks.all.clone(), path: path.to_path_buf(), over }))]
    }

    /// What became of a report. One whose name is taken is asked about, one that was refused is offered again.
    pub(super) fn printed(&mut self, printed: Printed) {
        match printed {
            Printed::Written(path) => self.notice = Some(format!("the report is in {}", path.display())),
            Printed::Exists(path) => {
                self.refused = Some(path);
                self.prompt_path(Purpose::Overwrite, String::new());
            }
            Printed::Refused(why) => self.notice = Some(why),
        }
    }
}
