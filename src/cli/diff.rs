//! Shows how two articles differ.

use super::Format;
use crate::collate::{self, Level, Levels};
use crate::corpus::read;
use crate::report::json;
use crate::text;
use anyhow::{Context, Result};
use clap::{Args, ValueEnum};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Show how two articles differ, side by side.
#[derive(Debug, Args)]
pub(super) struct Diff {
    /// The article on the left.
    left: PathBuf,
    /// The article on the right.
    right: PathBuf,
    /// How to print.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// What counts as one unit: with `line` every line is one as it stands.
    #[arg(long, value_enum, default_value_t = Unit::Sentence)]
    unit: Unit,
    /// The lowest level of difference that counts.
    #[arg(long, value_enum, default_value_t = Lowest::Form)]
    level: Lowest,
    /// Exit with 1 when the articles differ at the given level.
    #[arg(long)]
    exit_code: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Unit {
    Sentence,
    Line,
    Paragraph,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Lowest {
    Form,
    Wording,
    Substance,
}

impl Diff {
    pub(super) fn run(self) -> Result<ExitCode> {
        let unit = match self.unit {
            Unit::Sentence => text::Unit::Sentence,
            Unit::Line => text::Unit::Line,
            Unit::Paragraph => text::Unit::Paragraph,
        };
        let levels = Levels::from(match self.level {
            Lowest::Form => Level::Form,
            Lowest::Wording => Level::Wording,
            Lowest::Substance => Level::Substance,
        });
        let open = |path: &Path| read::file(path, unit).with_context(|| path.display().to_string());
        let (left, right) = (open(&self.left)?, open(&self.right)?);
        let collation = collate::collate(left.side(), right.side());
        println!("{}", json::diff(&left, &right, &collation, levels));
        let differs = collation.rows.iter().any(|row| !row.is_same_at(levels));
        Ok(ExitCode::from(u8::from(self.exit_code && differs)))
    }
}
