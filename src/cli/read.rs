//! Prints an article as it was understood.

use super::Format;
use super::page::{Ink, Page, unless_closed};
use crate::corpus::Article;
use crate::corpus::scan::Scan;
use crate::report::json;
use crate::text::{self, Span, width};
use crate::ui::Depth;
use anyhow::Result;
use clap::Args;
use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

/// Print an article as it was understood: its blocks, what they are, and their sentences, one a line.
#[derive(Debug, Args)]
pub(super) struct Read {
    /// The article; in a file of many with its number, as in `wire.jsonl#3`.
    path: PathBuf,
    /// How to print.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Columns to print in; else those of the terminal, or 100.
    #[arg(long)]
    width: Option<usize>,
}

/// Cells of the column that names the kinds of blocks.
const MARGIN: usize = 12;

impl Read {
    pub(super) fn run(self, options: &Scan, depth: Depth) -> Result<ExitCode> {
        let article = super::corpus::article(&self.path, options, text::Unit::Sentence)?;
        let printed = match self.format {
            Format::Json => super::print_json(&json::read(&article)),
            Format::Text => print(&article, Page::new(self.width, depth)),
        };
        unless_closed(printed)?;
        Ok(ExitCode::SUCCESS)
    }
}

fn print(article: &Article, mut page: Page) -> io::Result<()> {
    let cells = page.width.saturating_sub(MARGIN).max(10);
    let mut block = None;
    for (index, sentence) in article.parsed.sentences.iter().enumerate() {
        let kind = article.parsed.kind(index);
        let mut margin = if block == Some(sentence.block) { "" } else { kind.name() };
        block = Some(sentence.block);
        let ink = if kind.counts() { Ink::Plain } else { Ink::Quiet };
        for line in width::wrap(&article.text, Span::new(sentence.span.start, sentence.span.end), cells, 0) {
            page.write(&format!("{margin:MARGIN$}"), Ink::Quiet)?;
            page.write(&width::flat(line.of(&article.text)), ink)?;
            page.end()?;
            margin = "";
        }
    }
    page.finish()
}
