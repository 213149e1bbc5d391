//! Holds a rewrite against its sources.

use super::corpus::Corpus;
use super::page::{Ink, Page, unless_closed};
use super::tell;
use crate::collate::check::{self, Checked, Dropped, Fact, Finding, FindingKind, Origin};
use crate::collate::{Level, Side};
use crate::corpus::article::Parts;
use crate::corpus::scan::Scan;
use crate::corpus::story::letter;
use crate::corpus::{self, Article, ReadError, Skipped};
use crate::report::proof::{Excerpt, listed, percent};
use crate::report::{Proof, html, json};
use crate::text::{Span, Unit, width};
use crate::ui::Depth;
use anyhow::{Context, Result, bail};
use clap::{Args, ValueEnum};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Hold a rewrite against its sources: what was changed, what stands in no source, what is verbatim, and what was dropped.
///
/// Of many sources those are compared sentence by sentence that share rarer words with the rewrite; verbatim words, figures and
/// names are looked for in all of them. Exit code 1 says that something was found, or that a limit was passed.
#[derive(Debug, Args)]
pub(super) struct Check {
    /// The rewrite.
    rewrite: PathBuf,
    /// What it was made from; a folder stands for all articles below it.
    #[arg(long, required = true, num_args = 1.., value_name = "PATH")]
    source: Vec<PathBuf>,
    /// How to print.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// How many words in a row count as taken over verbatim.
    #[arg(long, value_name = "N", default_value_t = crate::collate::VERBATIM_RUN)]
    run: usize,
    /// Exit with 1 for findings alone, or for differences of this level and worse too.
    #[arg(long, value_enum, default_value_t = FailOn::Flag)]
    fail_on: FailOn,
    /// Exit with 1 when more words in a row than this are verbatim, quotations aside.
    #[arg(long, value_name = "N")]
    max_run: Option<usize>,
    /// Exit with 1 when more of the words than this are verbatim, quotations aside.
    #[arg(long, value_name = "PERCENT")]
    max_verbatim: Option<f64>,
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
    /// For reading and print: one page that needs nothing else.
    Html,
}

/// What makes a check fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum FailOn {
    Form,
    Wording,
    Substance,
    Flag,
}

impl FailOn {
    /// The lowest level of difference that counts; none where only findings do.
    fn level(self) -> Option<Level> {
        match self {
            FailOn::Form => Some(Level::Form),
            FailOn::Wording => Some(Level::Wording),
            FailOn::Substance => Some(Level::Substance),
            FailOn::Flag => None,
        }
    }
}

impl Check {
    pub(super) fn run(self, options: &Scan, depth: Depth) -> Result<ExitCode> {
        let mut rewrite = rewrite(&self.rewrite, options)?;
        rewrite.parsed.whole = self.furniture;
        let sources = sources(&self.rewrite, &self.source, options, self.furniture)?;
        let sides: Vec<Side> = sources.iter().map(Article::side).collect();
        let check = check::check(rewrite.side(), &sides, self.run.max(1));
        let proof = Proof { rewrite: &rewrite, sources: &sources, check: &check, run: self.run.max(1) };
        let limits = self.limits(&check);
        let printed = match self.format {
            Format::Text => Sheet { proof, page: Page::new(self.width, depth) }.print(&limits),
            Format::Json => super::print_json(&json::check(proof)),
            Format::Html => io::stdout().write_all(html::check(proof).as_bytes()),
        };
        unless_closed(printed)?;
        Ok(ExitCode::from(u8::from(!limits.is_empty() || self.is_found(&check))))
    }

    fn is_found(&self, check: &check::Check) -> bool {
        let edits = |level: Level| check.summary.edits[level as usize..].iter().any(|&edits| edits > 0);
        !check.findings.is_empty() || self.fail_on.level().is_some_and(edits)
    }

    /// The limits that are passed, each in words.
    fn limits(&self, check: &check::Check) -> Vec<String> {
        let summary = &check.summary;
        let run = self.max_run.filter(|&most| summary.longest_run_words() > most);
        let share = self.max_verbatim.filter(|&most| summary.verbatim_share() * 100.0 > most);
        let run = run.map(|most| format!("the longest run has more than {most} words"));
        run.into_iter().chain(share.map(|most| format!("more than {most} % is verbatim"))).collect()
    }
}

/// The sources, without the rewrite itself where it lies in one of the folders; what was passed over is told on standard error.
pub(super) fn sources(rewrite: &PathBuf, paths: &[PathBuf], options: &Scan, furniture: bool) -> Result<Vec<Article>> {
    let Corpus { mut articles, skipped } = Corpus::read(paths, options)?;
    let empty = ReadError::Empty.to_string();
    let unread = skipped.iter().filter(|skipped| skipped.why != empty);
    for Skipped { path, why } in unread.clone() {
        tell(&format!("{}: {why}", path.display()));
    }
    if articles.is_empty() && (skipped.is_empty() || unread.count() > 0) {
        bail!("{}: there is no source to read", paths.first().map_or(Path::new(""), |path| path).display());
    }
    // One of a file of many is no file: its path is the same as it was given.
    let full = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
    let own = Some(full(rewrite)).filter(|_| !paths.contains(rewrite));
    articles.retain(|article| {
        let is_own = own.as_ref().is_some_and(|own| full(&article.path) == *own);
        if is_own {
            tell(&format!("{}: it is the rewrite, and no source of itself", article.path.display()));
        }
        !is_own
    });
    articles.iter_mut().for_each(|article| article.parsed.whole = furniture);
    Ok(articles)
}

/// Reads the rewrite; an empty one says nothing.
pub(super) fn rewrite(path: &Path, options: &Scan) -> Result<Article> {
    match corpus::find(path, &options.fields).and_then(|entry| corpus::open(&entry)) {
        Err(ReadError::Empty) => Ok(Article::new(path.to_path_buf(), Parts::default(), Unit::Sentence)),
        other => other.with_context(|| path.display().to_string()),
    }
}

/// A check as it is printed for people.
struct Sheet<'a> {
    proof: Proof<'a>,
    page: Page,
}

/// Cells in front of a text, for a number or a letter.
const MARGIN: usize = 10;
/// Cells of a fact in the list of what was dropped; its sentence stands below.
const FACT: usize = 50;
/// Bytes of a sentence on each side of the words that show something.
const AROUND: usize = 90;

impl Sheet<'_> {
    fn print(mut self, limits: &[String]) -> io::Result<()> {
        self.head()?;
        self.findings()?;
        self.sentences()?;
        self.dropped()?;
        self.foot(limits)?;
        self.page.finish()
    }

    fn head(&mut self) -> io::Result<()> {
        self.article("rewrite", self.proof.rewrite, None)?;
        for (source, article) in self.proof.sources.iter().enumerate() {
            self.article(&letter(source), article, self.proof.note(source))?;
        }
        Ok(())
    }

    fn article(&mut self, name: &str, article: &Article, note: Option<String>) -> io::Result<()> {
        self.page.write(&format!("{name:<MARGIN$}"), Ink::Strong)?;
        self.page.write(&width::safe(&article.path.to_string_lossy()), Ink::Plain)?;
        let date = article.date.map_or_else(String::new, |date| format!(" · {date}"));
        let note = note.map_or_else(String::new, |note| format!(" · {note}"));
        self.page.write(&format!("{date} · {} words{note}", article.parsed.words()), Ink::Quiet)?;
        self.page.end()
    }

    fn title(&mut self, title: &str) -> io::Result<()> {
        self.page.end()?;
        self.page.write(title, Ink::Strong)?;
        self.page.end()
    }

    /// A text behind a name in the margin, wrapped.
    fn beside(&mut self, name: &str, text: &str, ink: Ink) -> io::Result<()> {
        let cells = self.page.width.saturating_sub(MARGIN).max(20);
        for (number, line) in width::wrap(text, Span::new(0, text.len()), cells, 0).into_iter().enumerate() {
            let name = if number == 0 { name } else { "" };
            self.page.write(&format!("{name:<MARGIN$}"), Ink::Quiet)?;
            self.page.write(line.of(text), ink)?;
            self.page.end()?;
        }
        Ok(())
    }

    // --- Findings ---------------------------------------------------------------------------------------------------

    fn findings(&mut self) -> io::Result<()> {
        let findings = &self.proof.check.findings;
        self.title(&match findings.len() {
            0 => String::from("Nothing was found that an editor must not miss"),
            1 => String::from("1 finding"),
            number => format!("{number} findings"),
        })?;
        let together = |a: &Finding, b: &Finding| a.kind == FindingKind::Unsupported && b.kind == a.kind && b.sentence == a.sentence + 1;
        findings.chunk_by(together).try_for_each(|group| if let [one] = group { self.finding(one) } else { self.unsupported(group) })
    }

    /// Sentences in a row that no source has, told once.
    fn unsupported(&mut self, group: &[Finding]) -> io::Result<()> {
        self.page.end()?;
        let (first, last) = (&group[0], &group[group.len() - 1]);
        self.page.write(&first.kind.name().replace('-', " "), Ink::Moved)?;
        self.page.write(&format!(" · sentences {} to {}", first.sentence + 1, last.sentence + 1), Ink::Quiet)?;
        self.page.end()?;
        for finding in group {
            let text = self.proof.evidence_here(finding, AROUND).parts().concat();
            self.beside(&format!("  {:>7}", finding.sentence + 1), text.trim(), Ink::Right)?;
        }
        self.beside("", "no source has these sentences or a long clause of them", Ink::Quiet)
    }

    fn finding(&mut self, finding: &Finding) -> io::Result<()> {
        self.page.end()?;
        self.page.write(&finding.kind.name().replace('-', " "), Ink::Moved)?;
        self.page.write(&format!(" · sentence {}", finding.sentence + 1), Ink::Quiet)?;
        self.page.end()?;
        let whole = finding.kind == FindingKind::Unsupported;
        let signs = if whole { ["", ""] } else { ["{+", "+}"] };
        let here = marked(&self.proof.evidence_here(finding, AROUND), signs, finding.gap.is_some());
        self.beside("  rewrite", &here, Ink::Right)?;
        if let Some((source, there)) = self.proof.evidence_there(finding, AROUND) {
            self.beside(&format!("  {}", letter(source)), &marked(&there, ["[-", "-]"], false), Ink::Left)?;
        }
        let also = if finding.also.is_empty() { String::new() } else { format!("; also beside {}", listed(&finding.also)) };
        self.beside("", &format!("{}{also}", width::flat(&finding.why)), Ink::Quiet)
    }

    // --- Sentences --------------------------------------------------------------------------------------------------

    fn sentences(&mut self) -> io::Result<()> {
        if self.proof.counted().next().is_none() {
            return Ok(());
        }
        self.title("Sentences: where they come from, how alike they are, verbatim words")?;
        let all: Vec<(usize, &Checked)> = self.proof.counted().collect();
        all.into_iter().try_for_each(|(number, checked)| self.sentence(number, checked))
    }

    fn sentence(&mut self, number: usize, checked: &Checked) -> io::Result<()> {
        let sign = if checked.findings.is_empty() { ' ' } else { '!' };
        let verbatim = format!("{}/{}", checked.verbatim_words, checked.words);
        let head = format!("{sign}{number:>3} {:<8} {verbatim:>7}  ", from(checked));
        let span = self.proof.rewrite.parsed.sentences[number - 1].span;
        let text = width::flat(span.of(&self.proof.rewrite.text)).into_owned();
        let cells = self.page.width.saturating_sub(width::cells(&head)).max(10);
        self.page.write(&head, if checked.unsupported { Ink::Moved } else { Ink::Quiet })?;
        self.page.write(&width::clipped(&text, cells), Ink::Plain)?;
        self.page.end()
    }

    // --- Dropped and figures ----------------------------------------------------------------------------------------

    fn dropped(&mut self) -> io::Result<()> {
        let dropped = &self.proof.check.dropped;
        if dropped.is_empty() {
            return Ok(());
        }
        self.title("Dropped: what the sources have and the rewrite has not")?;
        dropped.iter().try_for_each(|dropped| self.left_out(dropped))
    }

    fn left_out(&mut self, dropped: &Dropped) -> io::Result<()> {
        let source = &self.proof.sources[dropped.source];
        let text = width::flat(source.parsed.sentences[dropped.sentence].span.of(&source.text)).into_owned();
        let fact = |fact: &Fact| width::clipped(&self.proof.fact(dropped, fact), FACT).into_owned();
        let facts: Vec<String> = dropped.facts.iter().map(fact).collect();
        let lead = if dropped.lead { "the lead" } else { "" };
        let facts = facts.join(" · ");
        let what = [lead, &facts].into_iter().filter(|what| !what.is_empty()).collect::<Vec<_>>().join(" · ");
        let name = format!("  {} {}", letter(dropped.source), dropped.sentence + 1);
        self.beside(&name, &what, Ink::Left)?;
        let cells = self.page.width.saturating_sub(MARGIN).max(20);
        self.page.write(&" ".repeat(MARGIN), Ink::Plain)?;
        self.page.write(&width::clipped(&text, cells), Ink::Quiet)?;
        self.page.end()
    }

    fn foot(&mut self, limits: &[String]) -> io::Result<()> {
        let summary = &self.proof.check.summary;
        let longest = summary.longest.as_ref().map_or_else(String::new, |run| format!(" ({})", letter(run.source)));
        let [form, wording, substance] = summary.edits;
        self.title(&format!("{} sentences, {} in no source", summary.sentences, summary.unsupported))?;
        let line = format!(
            "verbatim in runs of {} words and more: {}% ({} of {} words), in quotations {} words · longest run {} words{longest}",
            self.proof.run,
            percent(summary.verbatim_share()),
            summary.verbatim_words,
            summary.words,
            summary.quoted_words,
            summary.longest_run_words(),
        );
        self.beside_nothing(&line)?;
        self.beside_nothing(&format!("differences: {form} of form, {wording} of wording, {substance} of substance"))?;
        limits.iter().try_for_each(|limit| self.beside_nothing(&format!("limit passed: {limit}")))
    }

    /// A text from the left edge, wrapped.
    fn beside_nothing(&mut self, text: &str) -> io::Result<()> {
        for line in width::wrap(text, Span::new(0, text.len()), self.page.width, 0) {
            self.page.write(line.of(text), Ink::Quiet)?;
            self.page.end()?;
        }
        Ok(())
    }
}

/// An excerpt with its words in brackets: they must be seen without colours too. A caret stands where something is missing.
fn marked(excerpt: &Excerpt, [open, close]: [&str; 2], missing: bool) -> String {
    let [before, shown, behind] = excerpt.parts();
    match shown.trim_end() {
        "" if missing => format!("{before}{}{behind}", html::CARET),
        "" => format!("{before}{behind}"),
        shown => format!("{before}{open}{shown}{close}{behind}"),
    }
}

/// Where a sentence comes from, in eight cells: the nearest source with its likeness, or that it has a clause alone.
fn from(checked: &Checked) -> String {
    match checked.from.first() {
        Some(_) if checked.unsupported => String::from("nowhere"),
        Some(Origin { source, clause: Some(_), .. }) => format!("{} part", letter(*source)),
        Some(Origin { source, similarity, .. }) => format!("{} {}%", letter(*source), percent(*similarity)),
        None if checked.unsupported => String::from("nowhere"),
        None => String::from("–"),
    }
}
