//! Prints an article as it was understood.

use super::Format;
use crate::corpus::read;
use crate::report::json;
use crate::text;
use anyhow::{Context, Result};
use clap::Args;
use std::path::PathBuf;
use std::process::ExitCode;

/// Print an article as it was understood: its blocks and what they are.
#[derive(Debug, Args)]
pub(super) struct Read {
    /// The article.
    path: PathBuf,
    /// How to print.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

impl Read {
    pub(super) fn run(self) -> Result<ExitCode> {
        let article = read::file(&self.path, text::Unit::Sentence).with_context(|| self.path.display().to_string())?;
        match self.format {
            Format::Json => println!("{}", json::read(&article)),
            Format::Text => {
                for s in 0..article.parsed.sentences.len() {
                    println!("{:<12} {}", article.parsed.kind(s).name(), text::width::safe(article.parsed.sentences[s].span.of(&article.text)));
                }
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}
