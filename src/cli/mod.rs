//! The street door: what the command line says, and one exit code. The one floor that knows clap.

mod browse;
mod check;
mod completions;
mod config;
mod corpus;
mod diff;
mod editor;
mod index;
mod lineage;
mod man;
mod page;
mod read;
mod report;
mod search;
mod state;
mod stories;
mod variants;

use crate::collate::Level;
use crate::corpus::Skipped;
use crate::corpus::read::{Field, Fields};
use crate::corpus::scan::Scan;
use crate::text::width;
use anyhow::Result;
use clap::{Parser, Subcommand, ValueEnum};
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

/// Reads a corpus of news: finds the versions of one story, lines their sentences up, and shows how they differ.
#[derive(Debug, Parser)]
#[command(version, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    /// Files and folders to browse [default: those of the last time, else the current folder].
    paths: Vec<PathBuf>,
    /// Begin anew: without the switches and the place of the last time, and without a path in the current folder.
    #[arg(long, global = true)]
    fresh: bool,
    /// Read hidden files and the folders of version control too.
    #[arg(long, global = true)]
    hidden: bool,
    /// The name of a field in JSON or of a column in CSV or Parquet: text, headline, date, outlet, id, language, byline or credit.
    #[arg(long, global = true, value_name = "FIELD=NAME", value_parser = corpus::field)]
    field: Vec<(Field, String)>,
    #[command(flatten)]
    store: index::Store,
    #[command(flatten)]
    appearance: browse::Appearance,
    #[command(flatten)]
    settings: config::Choice,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Browse the built-in demo corpus.
    Demo,
    Diff(diff::Diff),
    Read(read::Read),
    Variants(variants::Variants),
    Lineage(lineage::Lineage),
    Stories(stories::Stories),
    Check(check::Check),
    Report(report::Report),
    Search(search::Search),
    Index(index::Build),
    Config(config::Config),
    Completions(completions::Completions),
    /// Print the manual page, for `man` to show.
    Man,
}

/// How a subcommand prints.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people.
    Text,
    /// For programs.
    Json,
}

/// The lowest level of difference that counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Lowest {
    Form,
    Wording,
    Substance,
}

impl Lowest {
    fn level(self) -> Level {
        match self {
            Lowest::Form => Level::Form,
            Lowest::Wording => Level::Wording,
            Lowest::Substance => Level::Substance,
        }
    }
}

/// Runs the program. The exit code is 0 when done, 1 when what was asked for was not so, 2 when there was trouble.
pub fn run() -> ExitCode {
    match dispatch(Cli::parse()) {
        Ok(code) => code,
        Err(trouble) => {
            tell(&format!("{trouble:#}"));
            ExitCode::from(2)
        }
    }
}

/// Says something on standard error. What files are called, and what is wrong with them, may have anything in it, and is made safe
/// for a terminal. Where standard error is gone, nobody is left to be told.
fn tell(text: &str) {
    let lines: Vec<_> = text.lines().map(width::safe).collect();
    let _ = writeln!(io::stderr(), "variorum: {}", lines.join("\n"));
}

/// Says which files were passed over.
fn tell_skipped(skipped: &[Skipped]) {
    skipped.iter().for_each(|Skipped { path, why }| tell(&format!("{}: {why}", path.display())));
}

fn dispatch(cli: Cli) -> Result<ExitCode> {
    let scan = Scan { hidden: cli.hidden, fields: Fields::new(cli.field) };
    match cli.command {
        Some(Command::Diff(diff)) => diff.run(&scan, cli.appearance.depth()),
        Some(Command::Read(read)) => read.run(&scan, cli.appearance.depth()),
        Some(Command::Variants(variants)) => variants.run(&scan, cli.appearance.depth()),
        Some(Command::Lineage(lineage)) => lineage.run(&scan, cli.appearance.depth()),
        Some(Command::Stories(stories)) => stories.run(&scan, cli.store, cli.appearance.depth()),
        Some(Command::Check(check)) => check.run(&scan, cli.appearance.depth()),
        Some(Command::Report(report)) => report.run(&scan),
        Some(Command::Search(search)) => search.run(&scan, cli.store, cli.appearance.depth()),
        Some(Command::Index(index)) => index.run(&scan, cli.store),
        Some(Command::Config(config)) => config.run(&cli.settings),
        Some(Command::Completions(completions)) => completions.run(),
        Some(Command::Man) => man::run(),
        Some(Command::Demo) => browse::demo(cli.fresh, &cli.appearance, cli.settings.load()?),
        None => browse::paths(cli.paths, scan, cli.fresh, &cli.appearance, cli.settings.load()?, cli.store.folder()),
    }
}

/// Prints one JSON object on a line of its own.
fn print_json(value: &serde_json::Value) -> io::Result<()> {
    let mut out = io::BufWriter::new(io::stdout());
    serde_json::to_writer(&mut out, value)?;
    out.write_all(b"\n")?;
    out.flush()
}
