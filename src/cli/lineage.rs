//! Prints who probably took from whom among the versions of a story.

use super::corpus::Corpus;
use super::page::{Ink, Page, unless_closed};
use crate::collate::lineage::{self as found, Branch, Edge, Node};
use crate::collate::{Side, apparatus};
use crate::corpus::Article;
use crate::corpus::scan::Scan;
use crate::report::{dot, json};
use crate::text::{Span, width};
use crate::ui::Depth;
use anyhow::Result;
use clap::{Args, ValueEnum};
use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;

/// Show who probably took from whom: a tree of the versions of a story with what speaks for it. It is an inference and no more.
#[derive(Debug, Args)]
pub(super) struct Lineage {
    /// The versions; a folder stands for all articles below it.
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// How to print.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
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
    /// A drawing for Graphviz.
    Dot,
}

impl Lineage {
    pub(super) fn run(self, options: &Scan, depth: Depth) -> Result<ExitCode> {
        let articles = Corpus::versions(&self.paths, options, self.furniture)?;
        let sides: Vec<Side> = articles.iter().map(Article::side).collect();
        let lineage = found::lineage(&sides, &apparatus(&sides));
        let printed = match self.format {
            Format::Json => super::print_json(&json::lineage(&articles, &lineage)),
            Format::Dot => io::stdout().write_all(dot::lineage(&articles, &lineage).as_bytes()),
            Format::Text => {
                let drawn = io::stdout().is_terminal();
                Sheet { articles: &articles, lineage: &lineage, drawn, page: Page::new(self.width, depth) }.print()
            }
        };
        unless_closed(printed)?;
        Ok(ExitCode::SUCCESS)
    }
}

/// The tree as it is printed for people.
struct Sheet<'a> {
    articles: &'a [Article],
    lineage: &'a found::Lineage,
    /// Whether branches are drawn; in a pipe every line says itself where its version comes from.
    drawn: bool,
    page: Page,
}

impl Sheet<'_> {
    fn print(mut self) -> io::Result<()> {
        for Branch { node, stem, beside } in self.lineage.branches() {
            self.node(node, &stem, &beside)?;
        }
        self.page.end()?;
        self.page.write("An inference from what the versions share and lack; nobody was asked.", Ink::Quiet)?;
        self.page.end()?;
        self.page.finish()
    }

    fn node(&mut self, node: usize, first: &str, rest: &str) -> io::Result<()> {
        if self.drawn {
            self.page.write(first, Ink::Quiet)?;
        }
        self.page.write(&self.lineage.letter(node), Ink::Strong)?;
        match self.lineage.nodes[node] {
            Node::Unseen => self.page.write(" (unseen)", Ink::Quiet)?,
            Node::Version(version) => {
                let article = &self.articles[version];
                self.page.write(&format!(" {}", width::safe(&article.path.to_string_lossy())), Ink::Plain)?;
                let date = article.date.map_or_else(String::new, |date| format!(" · {date}"));
                self.page.write(&format!("{date} · {} words", article.parsed.words()), Ink::Quiet)?;
            }
        }
        let origins: Vec<Edge> = self.lineage.origins(node).cloned().collect();
        if !self.drawn && !origins.is_empty() {
            let from: Vec<String> = origins.iter().map(|edge| self.lineage.letter(edge.from)).collect();
            self.page.write(&format!(" · from {}", from.join(" and ")), Ink::Plain)?;
        }
        self.page.end()?;
        for (rank, edge) in origins.iter().enumerate() {
            self.evidence(edge, rank > 0, rest)?;
        }
        Ok(())
    }

    fn evidence(&mut self, edge: &Edge, second: bool, rest: &str) -> io::Result<()> {
        let from = if second { format!("also from {}: ", self.lineage.letter(edge.from)) } else { String::new() };
        let margin = if self.drawn { format!("{rest}  ") } else { String::from("  ") };
        for phrase in &edge.evidence {
            let line = format!("{from}{phrase}");
            let cells = self.page.width.saturating_sub(width::cells(&margin)).max(20);
            for part in width::wrap(&line, Span::new(0, line.len()), cells, 2) {
                self.page.write(&margin, Ink::Quiet)?;
                self.page.write(&width::flat(part.of(&line)), Ink::Quiet)?;
                self.page.end()?;
            }
        }
        Ok(())
    }
}
