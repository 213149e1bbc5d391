//! An editor's report as Markdown. What comes from articles and notes is escaped, so that it is text and nothing else.

use super::edition::{Edition, label, letters};
use super::ledger::{About, Ledger, time, verdict};
use super::proof::{Excerpt, Proof, listed, percent};
use crate::collate::apparatus::{Passage, Variant};
use crate::collate::check::{Checked, Finding, FindingKind};
use crate::collate::lineage::{Lineage, Node};
use crate::corpus::Article;
use crate::corpus::notes::Mark;
use crate::corpus::story::letter;
use crate::text::width;
use std::fmt::Write;

/// Bytes of a sentence on each side of the words that show something.
const AROUND: usize = 140;

/// The report of a check.
pub fn check(proof: Proof, ledger: &Ledger) -> String {
    let mut page = Page::titled(proof.rewrite.headline());
    page.paragraph(&format!("A rewrite held against its sources ({}), with the marks of its editors.", proof.sources.len()));
    let sources = proof.sources.iter().enumerate().map(|(at, source)| (letter(at), source));
    page.articles([(String::from("rewrite"), proof.rewrite)].into_iter().chain(sources));
    page.counts(ledger, "findings");
    page.heading("What an editor must not miss");
    let findings = proof.check.findings.iter().enumerate().filter(|(at, _)| ledger.shows(ledger.of(About::Finding(*at))));
    page.list(findings.map(|(at, finding)| found(proof, finding, ledger.of(About::Finding(at)))));
    page.others(ledger);
    page.heading("The rewrite, sentence by sentence, and where it comes from");
    page.list(proof.counted().map(|(number, checked)| vec![sentence(proof, number, checked)]));
    page.heading("What the sources have and the rewrite has not");
    page.list(proof.check.dropped.iter().map(|dropped| {
        let source = &proof.sources[dropped.source];
        let text = source.parsed.sentences[dropped.sentence].span.of(&source.text);
        let facts: Vec<String> = dropped.facts.iter().map(|fact| bold(&proof.fact(dropped, fact))).collect();
        let facts = if facts.is_empty() { String::from("the lead") } else { facts.join(" · ") };
        vec![format!("{}: {facts}", letter(dropped.source)), escaped(text)]
    }));
    page.figures(proof);
    page.text
}

/// The report of a story.
pub fn story(edition: Edition, lineage: &Lineage, ledger: &Ledger) -> String {
    let mut page = Page::titled(&edition.title());
    page.paragraph(&format!("Versions of one story ({}), compared word by word, with the marks of their editors.", edition.articles.len()));
    page.articles(edition.articles.iter().enumerate().map(|(at, article)| (letter(at), article)));
    page.counts(ledger, "flags");
    page.heading("What an editor must not miss");
    page.list(flags(edition, ledger));
    page.others(ledger);
    page.heading("How much of each version the others have");
    page.likeness(edition);
    page.heading("Who probably took from whom");
    page.paragraph("An inference from what the versions share and lack; nobody was asked.");
    page.list(lineage.branches().iter().map(|branch| origin(edition, lineage, branch.node)));
    page.heading("Where the versions disagree");
    for (at, passage) in edition.apparatus.passages.iter().enumerate().filter(|(_, passage)| passage.counts) {
        page.passage(edition, ledger, at, passage);
    }
    page.text
}

/// A Markdown text that grows block by block.
struct Page {
    text: String,
}

impl Page {
    fn titled(title: &str) -> Self {
        Page { text: format!("# {}\n", escaped(title)) }
    }

    fn heading(&mut self, title: &str) {
        self.line(format_args!("\n## {title}"));
    }

    fn paragraph(&mut self, text: &str) {
        self.line(format_args!("\n{text}"));
    }

    fn line(&mut self, line: std::fmt::Arguments) {
        // Writing to a string cannot fail.
        let _ = writeln!(self.text, "{line}");
    }

    /// A numbered list, each item with lines below it that are about it.
    fn list(&mut self, items: impl Iterator<Item = Vec<String>>) {
        let before = self.text.len();
        for (number, item) in (1..).zip(items) {
            if number == 1 {
                self.text.push('\n');
            }
            for (at, line) in item.iter().enumerate() {
                let first = format!("{number}. ");
                let margin = if at == 0 { first } else { format!("{}- ", " ".repeat(first.len())) };
                self.line(format_args!("{margin}{line}"));
            }
        }
        if self.text.len() == before {
            self.paragraph("Nothing.");
        }
    }

    fn row(&mut self, cells: &[String]) {
        self.line(format_args!("| {} |", cells.join(" | ")));
    }

    fn table(&mut self, head: &[String], rows: impl Iterator<Item = Vec<String>>) {
        self.text.push('\n');
        self.row(head);
        self.row(&vec![String::from("---"); head.len()]);
        rows.for_each(|row| self.row(&row));
    }

    fn articles<'a>(&mut self, articles: impl Iterator<Item = (String, &'a Article)>) {
        let row = |(name, article): (String, &Article)| {
            let date = article.date.map_or_else(String::new, |date| date.to_string());
            vec![name, escaped(article.headline()), escaped(&article.path.to_string_lossy()), date, article.parsed.words().to_string()]
        };
        self.table(&["", "Headline", "Path", "Date", "Words"].map(String::from), articles.map(row));
    }

    // --- Marks ------------------------------------------------------------------------------------------------------

    fn counts(&mut self, ledger: &Ledger, what: &str) {
        self.heading("Decided");
        let decided = ledger.counts.decided().map(|(name, number)| format!("{name} {number}"));
        self.paragraph(&format!(
            "{} {what}: {}. Marks on something else: {}.",
            ledger.counts.all,
            decided.join(", "),
            ledger.counts.others
        ));
        if let Some(limit) = ledger.wanted.told() {
            self.paragraph(&escaped(&limit));
        }
    }

    /// The marks that are about no finding, flag or variant.
    fn others(&mut self, ledger: &Ledger) {
        for (title, entries) in ledger.lists().into_iter().filter(|(_, entries)| !entries.is_empty()) {
            self.heading(title);
            self.list(entries.into_iter().map(|entry| {
                let spot = &entry.mark.spot;
                let words = if spot.words.is_empty() { String::new() } else { format!(": {}", escaped(&spot.words)) };
                let kind = spot.kind.as_ref().map_or_else(String::new, |kind| format!("{} in ", bold(&kind.replace('-', " "))));
                vec![format!("{kind}{}{words}", ledger.name(entry.article)), said(entry.mark)]
            }));
        }
    }

    // --- Figures and variants ---------------------------------------------------------------------------------------

    fn figures(&mut self, proof: Proof) {
        let summary = &proof.check.summary;
        let [form, wording, substance] = summary.edits;
        self.heading("Figures");
        self.paragraph(&format!(
            "{} sentences, {} in no source. Verbatim in runs of {} words and more: {} % ({} of {} words outside quotations), the longest \
             run has {}. Differences: {form} of form, {wording} of wording, {substance} of substance.",
            summary.sentences,
            summary.unsupported,
            proof.run,
            percent(summary.verbatim_share()),
            summary.verbatim_words,
            summary.words,
            summary.longest_run_words(),
        ));
    }

    fn likeness(&mut self, edition: Edition) {
        let shares = edition.apparatus.containment(edition.articles.len());
        let head: Vec<String> = [String::from("Of")].into_iter().chain((0..shares.len()).map(|at| format!("{} has", letter(at)))).collect();
        let row = |(version, row): (usize, &Vec<f64>)| {
            let cell =
                |(other, share): (usize, &f64)| if other == version { String::from("–") } else { format!("{} %", percent(*share)) };
            [letter(version)].into_iter().chain(row.iter().enumerate().map(cell)).collect()
        };
        self.table(&head, shares.iter().enumerate().map(row));
    }

    fn passage(&mut self, edition: Edition, ledger: &Ledger, at: usize, passage: &Passage) {
        let variants: Vec<(usize, &Variant)> = edition.variants(passage).collect();
        if variants.is_empty() {
            return;
        }
        let spokesman = edition.spokesman(passage);
        let has = letters(passage.sentences.iter().map(|(version, _)| *version));
        self.line(format_args!("\n### Passage {}, in {has}", at + 1));
        self.paragraph(&escaped(&edition.words(spokesman, &edition.tokens(passage, spokesman))));
        self.list(variants.into_iter().map(|(number, variant)| {
            let marks = ledger.of_variant(at, passage, number);
            [told(edition, variant)].into_iter().chain(marks.into_iter().map(said)).collect()
        }));
    }
}

// --- A check ----------------------------------------------------------------------------------------------------------

fn found(proof: Proof, finding: &Finding, marks: &[&Mark]) -> Vec<String> {
    let whole = finding.kind == FindingKind::Unsupported;
    let also = if finding.also.is_empty() { String::new() } else { format!("; also beside {}", listed(&finding.also)) };
    let mut lines = vec![format!("{}, sentence {}", bold(&finding.kind.name().replace('-', " ")), finding.sentence + 1)];
    lines.push(format!("rewrite: {}", excerpt(&proof.evidence_here(finding, AROUND), whole)));
    if let Some((source, there)) = proof.evidence_there(finding, AROUND) {
        lines.push(format!("{}: {}", letter(source), excerpt(&there, whole)));
    }
    lines.push(format!("{}{also}", escaped(&finding.why)));
    lines.extend(decided(marks));
    lines
}

/// An excerpt with the words that show something in bold.
fn excerpt(excerpt: &Excerpt, whole: bool) -> String {
    let [before, shown, behind] = excerpt.parts();
    let words = shown.trim();
    if whole || words.is_empty() {
        return escaped(&[before, shown, behind].concat());
    }
    let space = |at_end: bool| if at_end { " " } else { "" };
    let before = format!("{}{}", escaped(&before), space(before.ends_with(' ') || shown.starts_with(' ')));
    let behind = format!("{}{}", space(behind.starts_with(' ') || shown.ends_with(' ')), escaped(&behind));
    format!("{}{}{}", before.trim_start(), bold(words), behind.trim_end())
}

fn sentence(proof: Proof, number: usize, checked: &Checked) -> String {
    let text = proof.rewrite.parsed.sentences[number - 1].span.of(&proof.rewrite.text);
    let from = match checked.from.first() {
        _ if checked.unsupported => String::from("in no source"),
        Some(origin) if origin.clause.is_some() => format!("a part from {}", letter(origin.source)),
        Some(origin) => format!("{} {} %", letter(origin.source), percent(origin.similarity)),
        None => String::from("–"),
    };
    format!("{} ({from}, {} of {} words verbatim)", escaped(text), checked.verbatim_words, checked.words)
}

// --- A story ----------------------------------------------------------------------------------------------------------

/// The flags of all passages with their marks.
fn flags(edition: Edition, ledger: &Ledger) -> impl Iterator<Item = Vec<String>> {
    let passages = edition.apparatus.passages.iter().enumerate().filter(|(_, passage)| passage.counts);
    let flags = passages.flat_map(|(at, passage)| passage.flags.iter().enumerate().map(move |(number, flag)| (at, number, flag)));
    flags.filter(|(at, number, _)| ledger.shows(ledger.of(About::Flag(*at, *number)))).map(move |(at, number, flag)| {
        let evidence = flag.evidence.iter().map(|(version, tokens)| reading(&edition.words(*version, tokens), &letter(*version)));
        let evidence = evidence.collect::<Vec<_>>().join(" · ");
        let head = format!("{}, passage {}: {evidence}", bold(&flag.kind.name().replace('-', " ")), at + 1);
        [head].into_iter().chain(decided(ledger.of(About::Flag(at, number)))).collect()
    })
}

fn origin(edition: Edition, lineage: &Lineage, node: usize) -> Vec<String> {
    let name = match lineage.nodes[node] {
        Node::Version(version) => escaped(edition.articles[version].headline()),
        Node::Unseen => String::from("unseen"),
    };
    let from: Vec<String> = lineage.origins(node).map(|edge| lineage.letter(edge.from)).collect();
    let from = if from.is_empty() { String::new() } else { format!(", from {}", from.join(" and ")) };
    let evidence = lineage.origins(node).flat_map(|edge| &edge.evidence).map(|phrase| escaped(phrase));
    [format!("{}: {name}{from}", bold(&lineage.letter(node)))].into_iter().chain(evidence).collect()
}

/// The readings of a variant with their versions, and what kind of difference it is.
fn told(edition: Edition, variant: &Variant) -> String {
    let readings: Vec<String> = edition.readings(variant).iter().map(|told| reading(&told.text, &told.letters())).collect();
    let flags: String = variant.flags.iter().map(|flag| format!(" · {}", flag.name().replace('-', " "))).collect();
    format!("{} ({}{flags})", readings.join(" · "), label(variant.kind))
}

fn reading(words: &str, versions: &str) -> String {
    let words = if words.trim().is_empty() { String::from("–") } else { bold(words.trim()) };
    format!("{words} {versions}")
}

// --- Marks and text ---------------------------------------------------------------------------------------------------

fn decided(marks: &[&Mark]) -> Vec<String> {
    if marks.is_empty() { vec![String::from("*undecided*")] } else { marks.iter().map(|mark| said(mark)).collect() }
}

fn said(mark: &Mark) -> String {
    let note = if mark.decision.note.is_empty() { String::new() } else { format!(": {}", escaped(&mark.decision.note)) };
    format!("*{}*, {}, {}{note}", verdict(mark), escaped(&mark.by), time(mark))
}

fn bold(words: &str) -> String {
    format!("**{}**", escaped(words))
}

/// A text on one line in which nothing means anything to Markdown.
fn escaped(text: &str) -> String {
    let text = width::flat(text);
    let text = text.trim();
    let mut escaped = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        let numbers = !text[..at].is_empty() && text[..at].bytes().all(|b| b.is_ascii_digit());
        let is_mark = matches!(c, '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '&' | '$' | '!');
        // Signs that begin a list or a line only at the beginning, and addresses that some programs make links of.
        let is_bullet = matches!(c, '-' | '+' | '=') && at == 0 || matches!(c, '.' | ')') && numbers;
        if is_mark || is_bullet || c == ':' && text[at..].starts_with("://") {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}
