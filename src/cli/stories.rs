//! Prints which articles are versions of one story.

use super::Format;
use super::corpus::Corpus;
use super::page::{Ink, Page, unless_closed};
use crate::corpus::Skipped;
use crate::corpus::scan::Scan;
use crate::corpus::story::{Sketch, Story, Strength, arrange, letter, stories};
use crate::report::json::{self, Listed};
use crate::text::width;
use crate::ui::Depth;
use anyhow::Result;
use clap::Args;
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
    /// How to print.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Columns to print in; else those of the terminal, or 100.
    #[arg(long)]
    width: Option<usize>,
}

impl Stories {
    pub(super) fn run(self, options: &Scan, depth: Depth) -> Result<ExitCode> {
        let strength = if self.coverage { Strength::Coverage } else { Strength::Versions };
        let Corpus { articles, skipped } = Corpus::keep(&self.paths, options, |article| (Sketch::new(&article), Listed::new(&article)))?;
        let (sketches, articles): (Vec<Sketch>, Vec<Listed>) = articles.into_iter().unzip();
        let (stories, alone) = grouped(sketches, &articles, strength);
        let printed = match self.format {
            Format::Json => super::print_json(&json::stories(strength, &articles, &stories, &alone, &skipped)),
            Format::Text => Sheet { articles: &articles, page: Page::new(self.width, depth) }.print(&stories, &alone, &skipped),
        };
        unless_closed(printed)?;
        Ok(ExitCode::SUCCESS)
    }
}

/// The stories, each with its versions in the order of their letters, and the articles that stand alone.
fn grouped(sketches: Vec<Sketch>, articles: &[Listed], strength: Strength) -> (Vec<Story>, Vec<usize>) {
    let mut stories = stories(sketches.into_iter().enumerate().collect(), strength);
    let mut alone = vec![true; articles.len()];
    for story in &mut stories {
        arrange(&mut story.articles, |article| (articles[article].date, &articles[article].path));
        story.articles.iter().for_each(|&article| alone[article] = false);
    }
    (stories, (0..articles.len()).filter(|&article| alone[article]).collect())
}

/// The stories as they are printed for people.
struct Sheet<'a> {
    articles: &'a [Listed],
    page: Page,
}

impl Sheet<'_> {
    fn print(mut self, stories: &[Story], alone: &[usize], skipped: &[Skipped]) -> io::Result<()> {
        for story in stories {
            let headline = story.articles.first().map_or("", |&first| self.articles[first].headline.as_str());
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
                self.page.write(&format!("  {}: {why}", width::safe(&path.to_string_lossy())), Ink::Quiet)?;
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
        let article = &self.articles[article];
        let date = article.date.map_or_else(String::new, |date| date.to_string());
        self.page.write(&format!("  {letter:<3}"), Ink::Strong)?;
        self.page.write(&format!("{date:<12}"), Ink::Quiet)?;
        self.page.write(&width::safe(&article.path.to_string_lossy()), Ink::Plain)?;
        self.page.end()
    }
}
