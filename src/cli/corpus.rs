//! The articles that a command line names: files as they are, folders with all that a reader knows below them.

use crate::corpus::scan::{Scan, scan};
use crate::corpus::{self, Article, Entry, Skipped};
use crate::text::width;
use anyhow::{Result, bail};
use rayon::prelude::*;
use std::io::{self, Write};
use std::path::PathBuf;

/// Files and folders as they were named, and what is kept of their articles.
#[derive(Debug, Default)]
pub(super) struct Corpus<Kept = Article> {
    /// The articles, in the order of the paths.
    pub(super) articles: Vec<Kept>,
    /// What was passed over, and why.
    pub(super) skipped: Vec<Skipped>,
}

impl Corpus {
    /// Reads everything below some paths. A path that is not there is trouble; a file that cannot be read is passed over.
    pub(super) fn read(paths: &[PathBuf], hidden: bool) -> Result<Self> {
        Corpus::keep(paths, hidden, |article| article)
    }

    /// The versions of one story, with page furniture counted or not; what was passed over is told on standard error.
    pub(super) fn versions(paths: &[PathBuf], furniture: bool) -> Result<Vec<Article>> {
        let mut corpus = Corpus::read(paths, false)?;
        for Skipped { path, why } in &corpus.skipped {
            // Where standard error is gone, nobody is left to be told.
            let _ = writeln!(io::stderr(), "variorum: {}: {why}", width::safe(&path.to_string_lossy()));
        }
        corpus.articles.iter_mut().for_each(|article| article.parsed.whole = furniture);
        if corpus.articles.is_empty() {
            bail!("there is no article to read");
        }
        Ok(corpus.articles)
    }
}

impl<Kept: Send> Corpus<Kept> {
    /// Reads everything below some paths, and keeps of every article what `keep` makes of it: more than fits in memory can be read.
    pub(super) fn keep(paths: &[PathBuf], hidden: bool, keep: impl Fn(Article) -> Kept + Sync) -> Result<Self> {
        check(paths)?;
        let (mut entries, mut skipped): (Vec<Entry>, Vec<Skipped>) = Default::default();
        scan(paths, Scan { hidden }, |batch| {
            entries.extend(batch.entries);
            skipped.extend(batch.skipped);
            true
        });
        let read: Vec<_> = entries
            .par_iter()
            .map(|entry| corpus::open(entry).map(&keep).map_err(|error| (entry.path.clone(), error.to_string())))
            .collect();
        let mut articles = Vec::with_capacity(read.len());
        for result in read {
            match result {
                Ok(article) => articles.push(article),
                Err((path, why)) => skipped.push(Skipped { path, why }),
            }
        }
        Ok(Corpus { articles, skipped })
    }
}

/// Makes sure that every path is there.
pub(super) fn check(paths: &[PathBuf]) -> Result<()> {
    for path in paths {
        if let Err(error) = path.symlink_metadata() {
            let missing = error.kind() == io::ErrorKind::NotFound;
            let why = if missing { String::from("there is no such file or folder") } else { error.to_string() };
            bail!("{}: {why}", path.display());
        }
    }
    Ok(())
}
