//! Prints where the versions of a story disagree, all at once.

use super::Lowest;
use super::corpus::Corpus;
use super::page::{Ink, Page, unless_closed};
use crate::collate::apparatus::{Passage, Variant, apparatus};
use crate::collate::{Level, Side};
use crate::corpus::Article;
use crate::corpus::scan::Scan;
use crate::corpus::story::letter;
use crate::report::edition::{Figures, label, letters};
use crate::report::{Edition, collatex, csv, html, json, tei};
use crate::text::{Span, width};
use crate::ui::Depth;
use anyhow::Result;
use clap::{Args, ValueEnum};
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;
use std::process::ExitCode;

/// Show all versions of a story at once: the passages in which they disagree, the readings, and who has them.
#[derive(Debug, Args)]
pub(super) struct Variants {
    /// The versions; a folder stands for all articles below it.
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// How to print.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// The lowest level of difference that counts; readings that differ below it are one.
    #[arg(long, value_enum, default_value_t = Lowest::Form)]
    level: Lowest,
    /// Only variants that an editor must not miss.
    #[arg(long)]
    flags_only: bool,
    /// Read and count page furniture like news: bylines, credits, appeals, links.
    #[arg(long)]
    furniture: bool,
    /// Columns to print in; else those of the terminal, or 100.
    #[arg(long)]
    width: Option<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people.
    Text,
    /// For programs.
    Json,
    /// For spreadsheets: a row for each reading.
    Csv,
    /// For digital editions: TEI P5, parallel segmentation.
    Tei,
    /// For reading and print: one page that needs nothing else.
    Html,
    /// For tools made for CollateX: its table of all words, whatever level is wanted.
    Collatex,
}

impl Variants {
    pub(super) fn run(self, options: &Scan, depth: Depth) -> Result<ExitCode> {
        let articles = Corpus::versions(&self.paths, options, self.furniture)?;
        let sides: Vec<Side> = articles.iter().map(Article::side).collect();
        let apparatus = apparatus(&sides);
        let edition = Edition { articles: &articles, apparatus: &apparatus, lowest: self.level.level(), flags_only: self.flags_only };
        let result = match self.format {
            Format::Text => Sheet { edition, page: Page::new(self.width, depth) }.print(),
            Format::Json => super::print_json(&json::variants(edition)),
            Format::Csv => printed(|out| csv::variants(edition, out)),
            Format::Tei => printed(|out| tei::variants(edition, out)),
            Format::Html => printed(|out| out.write_all(html::variants(edition).as_bytes())),
            Format::Collatex => super::print_json(&collatex::variants(edition)),
        };
        unless_closed(result)?;
        Ok(ExitCode::SUCCESS)
    }
}

/// Prints a document to standard output.
fn printed(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let mut out = BufWriter::new(io::stdout());
    write(&mut out)?;
    out.flush()
}

/// The apparatus as it is printed for people.
struct Sheet<'a> {
    edition: Edition<'a>,
    page: Page,
}

/// Cells in front of the words of a passage, for its number.
const MARGIN: usize = 5;

impl Sheet<'_> {
    fn print(mut self) -> io::Result<()> {
        self.head()?;
        let passages = &self.edition.apparatus.passages;
        let mut shown = 0;
        for (number, passage) in (1..).zip(passages) {
            if passage.counts && self.edition.variants(passage).next().is_some() {
                self.passage(number, passage)?;
                shown += 1;
            }
        }
        self.foot(shown)?;
        self.page.finish()
    }

    fn head(&mut self) -> io::Result<()> {
        for (version, article) in self.edition.articles.iter().enumerate() {
            self.page.write(&format!("{} ", letter(version)), Ink::Strong)?;
            self.page.write(&width::safe(&article.path.to_string_lossy()), Ink::Plain)?;
            let date = article.date.map_or_else(String::new, |date| format!(" · {date}"));
            self.page.write(&format!("{date} · {} words", article.parsed.words()), Ink::Quiet)?;
            self.page.end()?;
        }
        Ok(())
    }

    fn passage(&mut self, number: usize, passage: &Passage) -> io::Result<()> {
        let edition = self.edition;
        self.page.end()?;
        self.page.write(&format!("{number:<MARGIN$}"), Ink::Quiet)?;
        self.page.write(&letters(passage.sentences.iter().map(|(version, _)| *version)), Ink::Strong)?;
        self.page.end()?;
        let spokesman = edition.spokesman(passage);
        let Some(sentences) = passage.sentences_of(spokesman) else { return Ok(()) };
        let raw = &edition.articles[spokesman].text;
        for sentence in edition.sentences(spokesman, sentences) {
            self.wrapped("", raw, sentence, Ink::Plain)?;
        }
        for (_, variant) in edition.variants(passage) {
            self.variant(variant)?;
        }
        Ok(())
    }

    /// One line, or more where it is too long: the readings with their versions, then what kind of variant it is.
    fn variant(&mut self, variant: &Variant) -> io::Result<()> {
        let readings: Vec<String> = self
            .edition
            .readings(variant)
            .iter()
            .map(|reading| {
                let text = if reading.text.is_empty() { String::from("–") } else { width::flat(&reading.text).into_owned() };
                format!("{text}  {}", reading.letters())
            })
            .collect();
        let flags: Vec<&str> = variant.flags.iter().map(|flag| flag.name()).collect();
        let sign = if flags.is_empty() { "  " } else { "! " };
        let told = if flags.is_empty() { label(variant.kind) } else { format!("{} · {}", label(variant.kind), flags.join(" · ")) };
        let line = format!("{} ({told})", readings.join(" · "));
        let ink = match variant.level() {
            _ if !flags.is_empty() => Ink::Moved,
            Level::Form => Ink::Quiet,
            Level::Wording => Ink::Right,
            Level::Substance => Ink::Left,
        };
        self.wrapped(sign, &line, Span::new(0, line.len()), ink)
    }

    /// Prints a text in lines; the first one has a sign in front, the others are set in as far.
    fn wrapped(&mut self, sign: &str, raw: &str, span: Span, ink: Ink) -> io::Result<()> {
        let cells = self.page.width.saturating_sub(MARGIN + sign.len()).max(20);
        for (number, line) in width::wrap(raw, span, cells, 2).into_iter().enumerate() {
            self.page.write(&" ".repeat(MARGIN), Ink::Plain)?;
            self.page.write(if number == 0 { sign } else { &"    "[..sign.len()] }, ink)?;
            self.page.write(&width::flat(line.of(raw)), ink)?;
            self.page.end()?;
        }
        Ok(())
    }

    fn foot(&mut self, shown: usize) -> io::Result<()> {
        let Figures { passages, complete, variants: [form, wording, substance], flags } = self.edition.figures();
        self.page.end()?;
        self.page.write(&format!("{passages} passages, {complete} of them in all versions, {shown} shown"), Ink::Strong)?;
        self.page
            .write(&format!(" · variants: {form} of form, {wording} of wording, {substance} of substance · {flags} flags"), Ink::Quiet)?;
        self.page.end()
    }
}
