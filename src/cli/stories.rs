//! Prints which articles are versions of one story.

use super::Format;
use super::index::{Store, up_to_date};
use super::page::{Ink, Page, unless_closed};
use crate::corpus::Skipped;
use crate::corpus::scan::Scan;
use crate::corpus::story::{Story, Strength, arrange, letter};
use crate::report::json::{self, Listed};
use crate::text::width;
use crate::ui::Depth;
use anyhow::Result;
use clap::Args;
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

/// Group articles into stories: which of them tell the same, which stand alone, and what could not be read.
#[derive(Debug, Args)]
pub(super) struct Stories {
    /// Files and folders.
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// Group what tells the same event in its own words too; else what shares text.
    #[arg(long)]
    coverage: bool,
    #[command(flatten)]
    store: Store,
    /// How to print.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Columns to print in; else those of the terminal, or 100.
    #[arg(long)]
    width: Option<usize>,
}

impl Stories {
    pub(super) fn run(self, options: &Scan, store: Store, depth: Depth) -> Result<ExitCode> {
        let store = self.store.or(store);
        let strength = if self.coverage { Strength::Coverage } else { Strength::Versions };
        let mut articles = BTreeMap::new();
        let mut indexed = up_to_date(&store, options, &self.paths, |entry, (at, digest)| {
            articles.insert(at, Listed::new(&entry.path, digest));
        })?;
        let (stories, alone) = arranged(indexed.stories(strength)?, &articles);
        let skipped = indexed.changes.skipped;
        let printed = match self.format {
            Format::Json => super::print_json(&json::stories(strength, &articles, &stories, &alone, &skipped)),
            Format::Text => Sheet { articles: &articles, page: Page::new(self.width, depth) }.print(&stories, &alone, &skipped),
        };
        unless_closed(printed)?;
        Ok(ExitCode::SUCCESS)
    }
}

/// The stories, each with its versions in the order of their letters, and the articles that stand alone.
fn arranged(mut stories: Vec<Story>, articles: &BTreeMap<usize, Listed>) -> (Vec<Story>, Vec<usize>) {
    let mut alone: BTreeSet<usize> = articles.keys().copied().collect();
    // Another program may have read what this one could not.
    stories.iter_mut().for_each(|story| story.articles.retain(|article| articles.contains_key(article)));
    stories.retain(|story| story.articles.len() > 1);
    for story in &mut stories {
        arrange(&mut story.articles, |article| (articles[&article].date, &articles[&article].path));
        for article in &story.articles {
            alone.remove(article);
        }
    }
    (stories, alone.into_iter().collect())
}

/// The stories as they are printed for people.
struct Sheet<'a> {
    articles: &'a BTreeMap<usize, Listed>,
    page: Page,
}

impl Sheet<'_> {
    fn print(mut self, stories: &[Story], alone: &[usize], skipped: &[Skipped]) -> io::Result<()> {
        for story in stories {
            let headline = story.articles.first().map_or("", |&first| self.articles[&first].headline.as_str());
            let headline = width::safe(headline).into_owned();
            self.head(&headline, story.articles.len())?;
            for (version, &article) in story.articles.iter().enumerate() {
                self.article(&letter(version), article)?;
            }
            self.page.end()?;
        }
        if !alone.is_empty() {
            self.head("alone", alone.len())?;
            alone.iter().try_for_each(|&article| self.article("", article))?;
            self.page.end()?;
        }
        if !skipped.is_empty() {
            self.head("passed over", skipped.len())?;
            for Skipped { path, why } in skipped {
                self.page.write(&width::safe(&format!("  {}: {why}", path.display())), Ink::Quiet)?;
                self.page.end()?;
            }
            self.page.end()?;
        }
        let (all, found) = (self.articles.len(), stories.len());
        self.page.write(&format!("{all} articles, {found} stories, {} alone, {} passed over", alone.len(), skipped.len()), Ink::Strong)?;
        self.page.end()?;
        self.page.finish()
    }

    fn head(&mut self, title: &str, count: usize) -> io::Result<()> {
        self.page.write(title, Ink::Strong)?;
        self.page.write(&format!(" · {count}"), Ink::Quiet)?;
        self.page.end()
    }

    /// One line: letter, date and path.
    fn article(&mut self, letter: &str, article: usize) -> io::Result<()> {
        let article = &self.articles[&article];
        let date = article.date.map_or_else(String::new, |date| date.to_string());
        self.page.write(&format!("  {letter:<3}"), Ink::Strong)?;
        self.page.write(&format!("{date:<12}"), Ink::Quiet)?;
        self.page.write(&width::safe(&article.path.to_string_lossy()), Ink::Plain)?;
        self.page.end()
    }
}
