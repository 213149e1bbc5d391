//! Builds the index of a corpus ahead, and opens it for the subcommands that search.

use super::{corpus, tell, tell_skipped};
use crate::corpus::index::{Changes, Index, IndexError, Progress, Step};
use crate::corpus::scan::{Scan, scan_again};
use crate::corpus::story::{Story, Strength};
use crate::corpus::{Digest, Entry, Listings, Skipped};
use crate::text::width;
use anyhow::{Result, bail};
use clap::Args;
use etcetera::BaseStrategy;
use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{Duration, Instant};

/// Where the index of a corpus is.
#[derive(Debug, Args)]
pub(super) struct Store {
    /// The folder of the index [default: variorum in the cache folder of the platform].
    #[arg(long, value_name = "DIR")]
    index: Option<PathBuf>,
    /// Read everything anew, and keep nothing.
    #[arg(long, conflicts_with = "index")]
    no_index: bool,
}

impl Store {
    /// What is said here, or else before the subcommand.
    pub(super) fn or(self, before: Store) -> Store {
        let no_index = self.no_index || before.no_index && self.index.is_none();
        Store { index: self.index.or(before.index), no_index }
    }

    /// The folder of the index, unless none is wanted.
    pub(super) fn folder(&self) -> Option<PathBuf> {
        let folder = self.index.clone().or_else(|| Some(etcetera::choose_base_strategy().ok()?.cache_dir().join("variorum")));
        folder.filter(|_| !self.no_index)
    }

    /// The index of a corpus. Where it cannot be used the corpus is read anew, and standard error says so.
    fn open(&self, roots: &[PathBuf], options: &Scan) -> Result<Index> {
        let Some(folder) = self.folder() else { return Ok(Index::temporary(roots)?) };
        Index::open(&folder, roots, options).or_else(|error| anew(roots, &error))
    }
}

/// Read a corpus and keep what was found of it, so that later it opens and is searched at once.
///
/// Only what is new or changed is read. The index is kept outside the corpus and can be thrown away at any time.
#[derive(Debug, Args)]
pub(super) struct Build {
    /// Files and folders.
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    store: Store,
}

impl Build {
    pub(super) fn run(self, scan: &Scan, store: Store) -> Result<ExitCode> {
        let store = self.store.or(store);
        if store.no_index {
            bail!("an index that is not kept is of no use here; leave out --no-index");
        }
        let mut indexed = up_to_date(&store, scan, &self.paths, |_, _| {})?;
        indexed.stories(Strength::Versions)?;
        let Indexed { index, changes, .. } = indexed;
        tell_skipped(&changes.skipped);
        let Changes { read, kept, gone, skipped, .. } = changes;
        let told = format!("{read} articles read, {kept} as they were, {gone} gone, {} passed over", skipped.len());
        super::page::unless_closed(writeln!(io::stdout(), "{told}\n{}", width::safe(&index.path().to_string_lossy())))?;
        Ok(ExitCode::SUCCESS)
    }
}

/// A corpus and its index.
pub(super) struct Indexed {
    pub(super) index: Index,
    /// The articles.
    pub(super) entries: Vec<Entry>,
    /// What became of them.
    pub(super) changes: Changes,
}

/// An index that is forgotten in the end, in the place of one that cannot be used.
fn anew(roots: &[PathBuf], error: &IndexError) -> Result<Index> {
    tell(&format!("{error}; everything is read anew"));
    Ok(Index::temporary(roots)?)
}

/// The index of a corpus as it is now. What the scan passed over is among what was skipped; `told` is told of every article.
pub(super) fn up_to_date(
    store: &Store,
    options: &Scan,
    paths: &[PathBuf],
    mut told: impl FnMut(&Entry, (usize, Digest)),
) -> Result<Indexed> {
    corpus::check(paths)?;
    let (mut entries, mut skipped): (Vec<Entry>, Vec<Skipped>) = Default::default();
    let listed = store.folder().map_or_else(Listings::default, |folder| Index::listings(&folder, paths, options));
    scan_again(paths, options, listed, |batch| {
        entries.extend(batch.entries);
        skipped.extend(batch.skipped);
        true
    });
    let mut index = store.open(paths, options)?;
    let mut meter = Meter::new();
    let mut step = |_: &Index, step: Step| {
        meter.show(step.progress);
        let read = step.told.into_iter().filter_map(|told| Some((told.article, told.read.ok()?)));
        read.for_each(|(article, digest)| told(&entries[article], (article, digest)));
        true
    };
    let updated = match index.update(&entries, &mut step) {
        // What cannot be written, on a full disk for instance, is read again and forgotten in the end.
        Err(error) if !index.path().as_os_str().is_empty() => {
            index = anew(paths, &error)?;
            index.update(&entries, &mut step)
        }
        updated => updated,
    };
    meter.end();
    let mut changes = updated?;
    if let Err(error) = index.list(&entries, &skipped) {
        tell(&format!("{error}; what files of many hold is not kept"));
    }
    changes.skipped.extend(skipped);
    changes.skipped.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(Indexed { index, entries, changes })
}

impl Indexed {
    /// What an index answers. One that turns out to be damaged is made anew, and asked again.
    pub(super) fn ask<T>(&mut self, question: impl Fn(&Index, &[Entry]) -> Result<T, IndexError>) -> Result<T> {
        let answer = match question(&self.index, &self.entries) {
            Err(error) if error.is_damage() => {
                self.index.renew()?;
                self.index.update(&self.entries, |_, _| true)?;
                question(&self.index, &self.entries)
            }
            answer => answer,
        };
        Ok(answer?)
    }

    /// The stories of the corpus, each with the indices of its articles. Those that were found before are not looked for again.
    pub(super) fn stories(&mut self, strength: Strength) -> Result<Vec<Story>> {
        let kept = self.ask(|index, entries| index.grouped(strength, entries))?.filter(|grouped| grouped.is_current);
        if let Some(grouped) = kept {
            return Ok(grouped.stories);
        }
        let findings = self.ask(|index, _| index.material())?.group(strength);
        let stories = self.index.told(&findings, &self.entries)?.stories;
        if let Err(error) = self.index.keep(&findings) {
            tell(&format!("{error}; the stories are not kept"));
        }
        Ok(stories)
    }
}

/// How far the reading is, on standard error when it is a terminal.
struct Meter {
    shown: bool,
    began: Instant,
    last: Option<Instant>,
}

/// How often the figures change.
const PACE: Duration = Duration::from_millis(200);

impl Meter {
    fn new() -> Self {
        Meter { shown: io::stderr().is_terminal(), began: Instant::now(), last: None }
    }

    fn show(&mut self, Progress { done, all }: Progress) {
        if !self.shown || done == 0 || self.last.is_some_and(|last| last.elapsed() < PACE) {
            return;
        }
        self.last = Some(Instant::now());
        let left = self.began.elapsed().as_secs_f64() / done as f64 * (all - done) as f64;
        let _ = write!(io::stderr(), "\r\x1b[Kreading {done} of {all}, {left:.0} s left");
    }

    fn end(&self) {
        if self.last.is_some() {
            let _ = write!(io::stderr(), "\r\x1b[K");
        }
    }
}
