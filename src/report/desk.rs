//! An editor's report: a check or a story with the marks about it, as a page, as Markdown or as JSON, and into a file.

use super::edition::Edition;
use super::ledger::{Ledger, Wanted};
use super::proof::Proof;
use super::{html, json, markdown};
use crate::collate::Lineage;
use crate::corpus::notes::Marks;
use crate::text::width;
use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use thiserror::Error;

/// What a report is about.
#[derive(Debug, Clone, Copy)]
pub enum Subject<'a> {
    /// A rewrite and its sources.
    Check(Proof<'a>),
    /// The versions of a story, and who probably took from whom.
    Story(Edition<'a>, &'a Lineage),
}

/// A subject and the marks about it.
#[derive(Debug, Clone, Copy)]
pub struct Report<'a> {
    /// What it is about.
    pub subject: Subject<'a>,
    /// All marks of the corpus.
    pub marks: &'a Marks,
    /// Which of them are wanted.
    pub wanted: &'a Wanted,
}

/// How a report is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// One page that needs nothing else.
    Html,
    /// Text for people and for tools that read Markdown.
    Markdown,
    /// For programs.
    Json,
}

impl Format {
    /// The format that the ending of a name stands for.
    pub fn of(path: &Path) -> Option<Format> {
        let ending = path.extension().map(|e| e.to_string_lossy().to_lowercase());
        match ending.as_deref() {
            Some("html" | "htm") => Some(Format::Html),
            Some("md" | "markdown") => Some(Format::Markdown),
            Some("json") => Some(Format::Json),
            _ => None,
        }
    }
}

impl Report<'_> {
    /// The whole report as a text.
    pub fn printed(self, format: Format) -> String {
        match self.subject {
            Subject::Check(proof) => {
                let ledger = Ledger::check(proof, self.marks, self.wanted);
                match format {
                    Format::Html => html::check_report(proof, &ledger),
                    Format::Markdown => markdown::check(proof, &ledger),
                    Format::Json => json::report::check(proof, &ledger).to_string() + "\n",
                }
            }
            Subject::Story(edition, lineage) => {
                let ledger = Ledger::story(edition, self.marks, self.wanted);
                match format {
                    Format::Html => html::story(edition, lineage, &ledger),
                    Format::Markdown => markdown::story(edition, lineage, &ledger),
                    Format::Json => json::report::story(edition, lineage, &ledger).to_string() + "\n",
                }
            }
        }
    }
}

/// Why a report was not written, in one sentence.
#[derive(Debug, Error)]
pub enum WriteError {
    /// There is a file already.
    #[error("{}: it is there already and was not overwritten", width::safe(&.0.to_string_lossy()))]
    Exists(PathBuf),
    /// The system refused.
    #[error("{}: the report was not written: {source}", width::safe(&.path.to_string_lossy()))]
    System {
        /// The file.
        path: PathBuf,
        /// Its reason.
        source: io::Error,
    },
}

/// Writes a report into a new file, and answers when it is on the disk. What is there already stays as it is.
pub fn write_new(path: &Path, text: &str) -> Result<(), WriteError> {
    match OpenOptions::new().write(true).create_new(true).open(path) {
        Ok(file) => written(file, path, text).map_err(|source| WriteError::System { path: path.to_path_buf(), source }),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Err(WriteError::Exists(path.to_path_buf())),
        Err(source) => Err(WriteError::System { path: path.to_path_buf(), source }),
    }
}

/// Writes a report over another one, which is whole until the new one is.
pub fn write_over(path: &Path, text: &str) -> Result<(), WriteError> {
    let system = |source| WriteError::System { path: path.to_path_buf(), source };
    let mut name = path.as_os_str().to_os_string();
    name.push(".part");
    let part = PathBuf::from(name);
    let file = File::create(&part).map_err(system)?;
    written(file, &part, text).map_err(system)?;
    fs::rename(&part, path).map_err(system)
}

/// Fills a file; one that cannot be filled is taken away again.
fn written(mut file: File, path: &Path, text: &str) -> io::Result<()> {
    file.write_all(text.as_bytes()).and_then(|()| file.sync_all()).inspect_err(|_| drop(fs::remove_file(path)))
}
