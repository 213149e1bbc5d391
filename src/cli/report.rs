//! Prints a check or a story with the marks of its editors.

use super::check;
use super::corpus::Corpus;
use super::editor::editor;
use super::page::unless_closed;
use super::tell;
use crate::collate::check as checking;
use crate::collate::{self, Level, Side, apparatus};
use crate::corpus::Article;
use crate::corpus::notes::{Marks, Notes};
use crate::corpus::scan::Scan;
use crate::report::desk::{self, Report as Desk, Subject, WriteError};
use crate::report::ledger::Wanted;
use crate::report::{Edition, Proof};
use crate::text::width;
use anyhow::{Result, bail};
use clap::{Args, ValueEnum};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

/// Print a rewrite beside its sources, or a story in all its versions, with what editors have marked: for each finding its verdict,
/// who gave it, and the note.
#[derive(Debug, Args)]
pub(super) struct Report {
    /// The rewrite, or the versions of a story; a folder stands for all articles below it.
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// What the rewrite was made from; a folder stands for all articles below it.
    #[arg(long, num_args = 1.., value_name = "PATH")]
    source: Vec<PathBuf>,
    /// How to print; else the ending of the output file says it, else it is html.
    #[arg(long, value_enum)]
    format: Option<Format>,
    /// Write into this file, which must not be there yet.
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Write over a file that is there.
    #[arg(long, requires = "output")]
    force: bool,
    /// Only marks that somebody has still to see to, and what they are about.
    #[arg(long)]
    open_only: bool,
    /// Only marks of this editor, and what they are about.
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
    /// Read the marks from this file.
    #[arg(long, value_name = "FILE", conflicts_with = "no_marks")]
    marks: Option<PathBuf>,
    /// Read no marks.
    #[arg(long)]
    no_marks: bool,
    /// How many words in a row count as taken over verbatim.
    #[arg(long, value_name = "N", default_value_t = crate::collate::VERBATIM_RUN)]
    run: usize,
    /// Read and count page furniture like news: bylines, credits, appeals, links.
    #[arg(long)]
    furniture: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For reading and print: one page that needs nothing else.
    Html,
    /// For people and for tools that read Markdown.
    Markdown,
    /// For programs.
    Json,
}

impl Report {
    pub(super) fn run(self, options: &Scan) -> Result<ExitCode> {
        self.refuse_early()?;
        let text = if self.source.is_empty() { self.story(options)? } else { self.check(options)? };
        match &self.output {
            None => unless_closed(io::stdout().write_all(text.as_bytes()))?,
            Some(path) if self.force => desk::write_over(path, &text)?,
            Some(path) => desk::write_new(path, &text).map_err(advised)?,
        }
        Ok(ExitCode::SUCCESS)
    }

    /// What cannot be done is said before anything is read.
    fn refuse_early(&self) -> Result<()> {
        if let Some(path) = self.output.as_ref().filter(|path| !self.force && path.symlink_metadata().is_ok()) {
            return Err(advised(WriteError::Exists(path.clone())));
        }
        if let Some(path) = self.marks.as_ref().filter(|path| !path.is_file()) {
            bail!("{}: there is no such file of marks", width::safe(&path.to_string_lossy()));
        }
        if !self.source.is_empty() && self.paths.len() > 1 {
            bail!("{}: a check has one rewrite", width::safe(&self.paths[1].to_string_lossy()));
        }
        Ok(())
    }

    fn check(&self, options: &Scan) -> Result<String> {
        let mut rewrite = check::rewrite(&self.paths[0], options)?;
        rewrite.parsed.whole = self.furniture;
        let sources = check::sources(&self.paths[0], &self.source, options, self.furniture)?;
        let sides: Vec<Side> = sources.iter().map(Article::side).collect();
        let found = checking::check(rewrite.side(), &sides, self.run.max(1));
        let proof = Proof { rewrite: &rewrite, sources: &sources, check: &found, run: self.run.max(1) };
        Ok(self.printed(Subject::Check(proof)))
    }

    fn story(&self, options: &Scan) -> Result<String> {
        let articles = Corpus::versions(&self.paths, options, self.furniture)?;
        let sides: Vec<Side> = articles.iter().map(Article::side).collect();
        let apparatus = apparatus(&sides);
        let lineage = collate::lineage(&sides, &apparatus);
        let edition = Edition { articles: &articles, apparatus: &apparatus, lowest: Level::Wording, flags_only: false };
        Ok(self.printed(Subject::Story(edition, &lineage)))
    }

    fn printed(&self, subject: Subject) -> String {
        let (marks, wanted) = (self.read_marks(), Wanted { open_only: self.open_only, by: self.by.clone() });
        Desk { subject, marks: &marks, wanted: &wanted }.printed(self.format())
    }

    /// The marks that there are; what of their files cannot be read is told on standard error.
    fn read_marks(&self) -> Arc<Marks> {
        let roots = [self.paths.clone(), self.source.clone()].concat();
        let notes = match &self.marks {
            _ if self.no_marks => return Arc::default(),
            Some(file) => Notes::at(file, &roots, &editor(None)),
            None => Notes::open(&roots, &editor(None)),
        };
        for sentence in notes.told() {
            tell(&sentence);
        }
        notes.marks()
    }

    fn format(&self) -> desk::Format {
        let by_name = || self.output.as_deref().map(Path::new).and_then(desk::Format::of);
        match self.format {
            Some(Format::Html) => desk::Format::Html,
            Some(Format::Markdown) => desk::Format::Markdown,
            Some(Format::Json) => desk::Format::Json,
            None => by_name().unwrap_or(desk::Format::Html),
        }
    }
}

/// What was not written, with the way to write it all the same.
fn advised(error: WriteError) -> anyhow::Error {
    match error {
        WriteError::Exists(_) => anyhow::anyhow!("{error} (--force overwrites it)"),
        other => other.into(),
    }
}
