//! The reader's settings file: where it is looked for, how it is read, and what is told about it.

use super::page::unless_closed;
use crate::app::settings::{self, Complaint, Loaded, Settings};
use crate::text::width::safe;
use anyhow::{Context, Result, bail};
use clap::Args;
use etcetera::BaseStrategy;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Print a settings file to begin with: everything that can be set and every key, commented out, so that it changes nothing.
#[derive(Debug, Args)]
pub(super) struct Config {
    /// Print where the settings file is looked for.
    #[arg(long, conflicts_with = "check")]
    path: bool,
    /// Read the settings file and tell on standard error what in it cannot be used; exit with 1 when there is anything.
    #[arg(long)]
    check: bool,
}

/// Which settings file is read.
#[derive(Debug, Args)]
pub(super) struct Choice {
    /// Read the settings from this file.
    #[arg(long, global = true, value_name = "FILE", conflicts_with = "no_config")]
    config: Option<PathBuf>,
    /// Read no settings file.
    #[arg(long, global = true)]
    no_config: bool,
}

/// A settings file is a page or two; what is larger is something else, and the first frame does not wait for it.
const LARGEST: u64 = 1 << 20;

impl Config {
    /// Prints what was asked for.
    pub(super) fn run(&self, choice: &Choice) -> Result<ExitCode> {
        if self.check {
            return check(choice);
        }
        let told = if self.path { format!("{}\n", choice.path()?.display()) } else { settings::template() };
        unless_closed(io::stdout().write_all(told.as_bytes()))?;
        Ok(ExitCode::SUCCESS)
    }
}

/// Tells what in the settings cannot be used.
fn check(choice: &Choice) -> Result<ExitCode> {
    let path = choice.path()?;
    let name = path.display().to_string();
    if choice.config.is_none() && !is_there(&path) {
        unless_closed(writeln!(io::stdout(), "{}: there is no such file, and the defaults are used", safe(&name)))?;
        return Ok(ExitCode::SUCCESS);
    }
    let (_, complaints) = choice.read(&path).with_context(|| unreadable(&path))?;
    for complaint in &complaints {
        unless_closed(writeln!(io::stderr(), "{}", complaint.told(&path)))?;
    }
    if !complaints.is_empty() {
        return Ok(ExitCode::FAILURE);
    }
    unless_closed(writeln!(io::stdout(), "{}: all of it is used", safe(&name)))?;
    Ok(ExitCode::SUCCESS)
}

impl Choice {
    /// Where the settings are looked for.
    fn path(&self) -> Result<PathBuf> {
        match &self.config {
            Some(path) => Ok(path.clone()),
            None if self.no_config => bail!("--no-config reads no settings file"),
            None => usual().context("there is no home folder to look for settings in"),
        }
    }

    /// The settings to browse with. A file that was named must be there; what else is wrong with settings never keeps anybody from
    /// reading.
    pub(super) fn load(&self) -> Result<Loaded> {
        let Some(path) = self.path().ok().filter(|path| self.config.is_some() || is_there(path)) else {
            return Ok(Loaded::default());
        };
        let (settings, complaints) = match self.read(&path) {
            Err(error) if self.config.is_some() => return Err(error).with_context(|| unreadable(&path)),
            Err(error) => unused(None, &format!("this cannot be read ({error})")),
            Ok(read) => read,
        };
        Ok(Loaded { settings, file: Some(path), complaints })
    }

    /// Reads a file. What stands where settings usually are is opened only if it is a regular file, since others may block for ever.
    fn read(&self, path: &Path) -> io::Result<(Settings, Vec<Complaint>)> {
        if self.config.is_none() && !fs::metadata(path)?.is_file() {
            return Err(io::Error::other("it is no regular file"));
        }
        let mut bytes = Vec::new();
        File::open(path)?.take(LARGEST + 1).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > LARGEST {
            return Ok(unused(None, "this is larger than a megabyte"));
        }
        Ok(match std::str::from_utf8(&bytes) {
            Ok(document) => settings::read(document),
            Err(error) => {
                let line = bytes[..error.valid_up_to()].iter().filter(|&&b| b == b'\n').count() + 1;
                unused(Some(line), "this is no UTF-8")
            }
        })
    }
}

/// The defaults, for a file that cannot be used at all.
fn unused(line: Option<usize>, why: &str) -> (Settings, Vec<Complaint>) {
    (Settings::default(), vec![Complaint { line, text: format!("{why}; the defaults are used") }])
}

fn unreadable(path: &Path) -> String {
    format!("{} cannot be read", safe(&path.display().to_string()))
}

/// The folder of the platform, and in it one of this program.
fn usual() -> Option<PathBuf> {
    Some(etcetera::choose_base_strategy().ok()?.config_dir().join("variorum").join("config.toml"))
}

/// Whether anything is there, a file that may not be read too.
fn is_there(path: &Path) -> bool {
    !matches!(fs::symlink_metadata(path), Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory))
}
