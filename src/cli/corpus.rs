//! The articles that a command line names: files as they are, folders with all that a reader knows below them.

use super::tell_skipped;
use crate::corpus::read::Field;
use crate::corpus::scan::{Scan, scan};
use crate::corpus::{self, Article, Cursor, Entry, Skipped};
use crate::text::Unit;
use anyhow::{Context, Result, bail};
use std::io;
use std::path::{Path, PathBuf};

/// What `--field` says: which field, and what it is called.
pub(super) fn field(told: &str) -> Result<(Field, String), String> {
    let names = || Field::ALL.map(Field::name).join(", ");
    let (name, called) = told.split_once('=').filter(|(_, called)| !called.is_empty()).ok_or("it should read FIELD=NAME")?;
    let field = Field::ALL.into_iter().find(|field| field.name() == name).ok_or_else(|| format!("the fields are {}", names()))?;
    Ok((field, called.to_string()))
}

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
    pub(super) fn read(paths: &[PathBuf], options: &Scan) -> Result<Self> {
        Corpus::keep(paths, options, |article| article)
    }

    /// The versions of one story, with page furniture counted or not; what was passed over is told on standard error.
    pub(super) fn versions(paths: &[PathBuf], options: &Scan, furniture: bool) -> Result<Vec<Article>> {
        let mut corpus = Corpus::read(paths, options)?;
        tell_skipped(&corpus.skipped);
        corpus.articles.iter_mut().for_each(|article| article.parsed.whole = furniture);
        if corpus.articles.is_empty() {
            bail!("there is no article to read");
        }
        Ok(corpus.articles)
    }
}

impl<Kept: Send> Corpus<Kept> {
    /// Reads everything below some paths, and keeps of every article what `keep` makes of it: more than fits in memory can be read.
    pub(super) fn keep(paths: &[PathBuf], options: &Scan, keep: impl Fn(Article) -> Kept + Sync) -> Result<Self> {
        check(paths)?;
        let (mut entries, mut skipped): (Vec<Entry>, Vec<Skipped>) = Default::default();
        scan(paths, options, |batch| {
            entries.extend(batch.entries);
            skipped.extend(batch.skipped);
            true
        });
        let read = corpus::open_all(&entries, &mut Cursor::default(), |entry, read| {
            read.map(&keep).map_err(|error| (entry.path.clone(), error.to_string()))
        });
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

/// Reads the one article of a path, which may be one in a file of many.
pub(super) fn article(path: &Path, options: &Scan, unit: Unit) -> Result<Article> {
    let read = corpus::find(path, &options.fields).and_then(|entry| corpus::open_as(&entry, unit));
    read.with_context(|| path.display().to_string())
}

/// Makes sure that every path is there, or leads into a file.
pub(super) fn check(paths: &[PathBuf]) -> Result<()> {
    for path in paths {
        if let Some(error) = path.symlink_metadata().err().filter(|_| !corpus::leads_into_file(path)) {
            let missing = error.kind() == io::ErrorKind::NotFound;
            let why = if missing { String::from("there is no such file or folder") } else { error.to_string() };
            bail!("{}: {why}", path.display());
        }
    }
    Ok(())
}
