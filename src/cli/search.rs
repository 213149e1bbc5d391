//! Searches a corpus: for words by its index, for regular expressions in the text of every article.

use super::index::{Indexed, Store, up_to_date};
use super::page::{Ink, Page, is_read, unless_closed};
use super::{Format, tell};
use crate::corpus::index::Hit;
use crate::corpus::query::{Query, snippet};
use crate::corpus::scan::{Scan, scan};
use crate::corpus::{self, Article, Cursor, Entry};
use crate::text::{Span, width};
use crate::ui::Depth;
use anyhow::{Result, anyhow, bail};
use clap::Args;
use regex::Regex;
use serde_json::json;
use std::collections::HashMap;
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Find articles by words, "phrases", -unwanted words, beginnings*, headline:, outlet: and date:2031-03..2031-04.
///
/// Case, accents, spelling variants and endings do not matter. The best articles come first, each with a piece of its text. Exit code 1
/// says that nothing was found.
#[derive(Debug, Args)]
pub(super) struct Search {
    /// What is looked for.
    query: String,
    /// Files and folders.
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// How to print: for people, or one JSON object a line.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// The most articles to print.
    #[arg(long, value_name = "N", default_value_t = 20)]
    limit: usize,
    /// Take the query as a regular expression over the text of every article, in the order of their paths.
    #[arg(long)]
    regex: bool,
    #[command(flatten)]
    store: Store,
    /// Columns to print in; else those of the terminal, or 100.
    #[arg(long)]
    width: Option<usize>,
}

/// An article that was found.
struct Match {
    article: Article,
    score: f64,
    spans: Vec<Span>,
}

/// Bytes of a snippet.
const SNIPPET: usize = 200;
/// Articles that are read together.
const CHUNK: usize = 256;

impl Search {
    pub(super) fn run(mut self, scan: &Scan, store: Store, depth: Depth) -> Result<ExitCode> {
        self.store = self.store.or(store);
        let page = Page::new(self.width, depth);
        let mut sheet = Sheet { page, format: self.format, found: 0 };
        if self.regex {
            self.by_regex(scan, &mut sheet)?;
        } else {
            self.by_words(scan, &mut sheet)?;
        }
        let found = sheet.found;
        unless_closed(sheet.page.finish())?;
        Ok(ExitCode::from(u8::from(found == 0)))
    }

    fn by_words(&self, scan: &Scan, sheet: &mut Sheet) -> Result<()> {
        let query = Query::parse(&self.query).map_err(|why| anyhow!(why))?;
        if query.is_empty() {
            bail!("the query asks for nothing; give a word, an outlet or a date");
        }
        let mut indexed = up_to_date(&self.store, scan, &self.paths, |_, _| {})?;
        let found = indexed.ask(|index, _| index.search(&query, self.limit))?;
        let Indexed { entries, changes, .. } = indexed;
        let entries: HashMap<&Path, &Entry> = entries.iter().map(|entry| (entry.path.as_path(), entry)).collect();
        for Hit { path, score, .. } in found.hits {
            // What is in the index and not in the corpus any more went away a moment ago.
            let Some(entry) = entries.get(path.as_path()) else { continue };
            match corpus::open(entry) {
                Ok(article) => {
                    let spans = query.spans(&article);
                    if !is_read(sheet.print(&Match { article, score, spans }))? {
                        return Ok(());
                    }
                }
                Err(error) => tell(&format!("{}: {error}", entry.path.display())),
            }
        }
        let told = if found.more {
            format!("{} articles and more; the best of these are shown", found.all)
        } else {
            format!("{} articles", found.all)
        };
        tell_passed_over(changes.skipped.len());
        unless_closed(sheet.end(&told))
    }

    /// Articles are read in order and printed as they come.
    fn by_regex(&self, scan: &Scan, sheet: &mut Sheet) -> Result<()> {
        let regex = Regex::new(&self.query).map_err(|error| anyhow!("this is no regular expression: {error}"))?;
        let mut unread = 0;
        let skipped = corpus_of(&self.paths, scan, |entries, cursor| {
            let found = corpus::open_all(entries, cursor, |_, read| read.map(|article| matched(&regex, article)));
            unread += found.iter().filter(|read| read.is_err()).count();
            for found in found.into_iter().flatten().flatten().take(self.limit.saturating_sub(sheet.found)) {
                if !is_read(sheet.print(&found))? {
                    return Ok(false);
                }
            }
            Ok(sheet.found < self.limit)
        })?;
        tell_passed_over(skipped + unread);
        let told = format!("{} articles", sheet.found);
        unless_closed(sheet.end(&told))
    }
}

/// The places of an expression in an article.
fn matched(regex: &Regex, article: Article) -> Option<Match> {
    let spans: Vec<Span> = regex.find_iter(&article.text).map(|found| Span::new(found.start(), found.end())).collect();
    (!spans.is_empty()).then_some(Match { article, score: 1.0, spans })
}

/// Says how many files were not searched, if any were not.
fn tell_passed_over(count: usize) {
    if count > 0 {
        tell(&format!("{count} passed over; `variorum stories` tells why"));
    }
}

/// Hands the articles below some paths on, some at a time, until the answer is no; answers how many files were passed over.
fn corpus_of(paths: &[PathBuf], options: &Scan, mut take: impl FnMut(&[Entry], &mut Cursor) -> Result<bool>) -> Result<usize> {
    super::corpus::check(paths)?;
    let (mut entries, mut skipped) = (Vec::new(), 0);
    scan(paths, options, |batch| {
        entries.extend(batch.entries);
        skipped += batch.skipped.len();
        true
    });
    let mut cursor = Cursor::default();
    for chunk in entries.chunks(CHUNK) {
        if !take(chunk, &mut cursor)? {
            break;
        }
    }
    Ok(skipped)
}

/// What was found, as it is printed.
struct Sheet {
    page: Page,
    format: Format,
    found: usize,
}

impl Sheet {
    fn print(&mut self, found: &Match) -> io::Result<()> {
        self.found += 1;
        let Match { article, score, spans } = found;
        let shown = snippet(article, spans, SNIPPET);
        if self.format == Format::Json {
            let line = json!({
                "path": article.path.display().to_string(),
                "id": article.id,
                "headline": article.headline(),
                "score": score,
                "snippet": shown.of(&article.text),
                "spans": spans.iter().map(|span| [span.start, span.end]).collect::<Vec<_>>(),
            });
            self.page.write(&line.to_string(), Ink::Plain)?;
            return self.page.end();
        }
        self.page.write(&width::safe(&article.path.to_string_lossy()), Ink::Quiet)?;
        self.page.write(&format!("  {}", width::flat(article.headline())), Ink::Strong)?;
        self.page.end()?;
        self.page.write("  ", Ink::Plain)?;
        self.snippet(article, shown, spans)?;
        self.page.end()
    }

    /// The snippet with what was found standing out; without colours it stands as it is.
    fn snippet(&mut self, article: &Article, shown: Span, spans: &[Span]) -> io::Result<()> {
        let mut at = shown.start;
        for span in spans.iter().filter(|span| span.overlaps(shown)) {
            let (start, end) = (span.start.clamp(at, shown.end), span.end.clamp(at, shown.end));
            self.page.write(&flat(&article.text[at..start]), Ink::Plain)?;
            self.page.write(&flat(&article.text[start..end]), Ink::RightDeep)?;
            at = end;
        }
        self.page.write(&flat(&article.text[at..shown.end]), Ink::Plain)
    }

    fn end(&mut self, told: &str) -> io::Result<()> {
        if self.format == Format::Text {
            self.page.write(told, Ink::Strong)?;
            self.page.end()?;
        }
        Ok(())
    }
}

/// A piece of a line, made safe; blanks at its ends stay.
fn flat(text: &str) -> String {
    let edge = |blank: bool| if blank && !text.is_empty() { " " } else { "" };
    let inner = width::flat(text.trim());
    if inner.is_empty() {
        return String::from(edge(text.starts_with(char::is_whitespace)));
    }
    format!("{}{inner}{}", edge(text.starts_with(char::is_whitespace)), edge(text.ends_with(char::is_whitespace)))
}
