//! The page of a rewrite beside its sources: what an editor must not miss, then the text with its origins, then what was dropped.

use super::{CARET, Document, between, count, marks};
use crate::collate::check::{Checked, Dropped, Finding, FindingKind, Origin};
use crate::corpus::Article;
use crate::corpus::story::letter;
use crate::report::ledger::{About, Ledger};
use crate::report::proof::{Excerpt, Proof, listed, percent};
use crate::text::{Span, width};
use maud::{Markup, html};

/// Bytes of a sentence on each side of the words that show something, in the list of findings.
const AROUND: usize = 140;

/// The page of a rewrite and what was found about it.
pub fn check(proof: Proof) -> String {
    printed(proof, None)
}

/// The same page with the marks of editors.
pub fn check_report(proof: Proof, ledger: &Ledger) -> String {
    printed(proof, Some(ledger))
}

fn printed(proof: Proof, ledger: Option<&Ledger>) -> String {
    let page = Page { proof, ledger };
    let title = width::flat(proof.rewrite.headline()).into_owned();
    let document = Document {
        title: format!("{title} – held against its sources"),
        heading: html! { h1 dir="auto" { (title) } },
        about: format!("A rewrite held against {}", count(proof.sources.len(), "source")),
        main: html! {
            main.proof {
                (page.articles())
                @if let Some(ledger) = ledger { (marks::counts(ledger, "Findings")) }
                (page.findings())
                @if let Some(ledger) = ledger { (marks::others(ledger)) }
                (page.text()) (page.dropped()) (page.figures())
            }
        },
    };
    document.printed()
}

struct Page<'a> {
    proof: Proof<'a>,
    ledger: Option<&'a Ledger<'a>>,
}

impl Page<'_> {
    // --- Articles and figures ---------------------------------------------------------------------------------------

    fn articles(&self) -> Markup {
        html! {
            section aria-labelledby="sources" {
                h2 id="sources" { "Rewrite and sources" }
                div.wide {
                    table.versions {
                        thead { tr { th scope="col" { "Letter" } th scope="col" { "Article" } th scope="col" { "Date" } th.number scope="col" { "Words" } } }
                        tbody {
                            (article("Rewrite", self.proof.rewrite, None))
                            @for (source, one) in self.proof.sources.iter().enumerate() { (article(&letter(source), one, self.proof.note(source))) }
                        }
                    }
                }
            }
        }
    }

    fn figures(&self) -> Markup {
        let summary = &self.proof.check.summary;
        let share = percent(summary.verbatim_share());
        let [form, wording, substance] = summary.edits;
        let longest = summary.longest.as_ref().map_or_else(String::new, |run| format!(" ({})", letter(run.source)));
        let rows = [
            ("", String::from("Sentences"), summary.sentences.to_string()),
            ("part", String::from("of them in no source"), summary.unsupported.to_string()),
            ("", String::from("Words outside quotations"), summary.words.to_string()),
            (
                "part",
                format!("of them verbatim, in runs of {} words and more", self.proof.run),
                format!("{} ({share} %)", summary.verbatim_words),
            ),
            ("", String::from("Words inside quotations in such runs"), summary.quoted_words.to_string()),
            ("", String::from("Words of the longest run, quotations aside"), format!("{}{longest}", summary.longest_run_words())),
            ("", String::from("Differences from the nearest source"), (form + wording + substance).to_string()),
            ("part", String::from("of form"), form.to_string()),
            ("part", String::from("of wording"), wording.to_string()),
            ("part", String::from("of substance"), substance.to_string()),
        ];
        html! {
            section aria-labelledby="figures" {
                h2 id="figures" { "Figures" }
                table { tbody { @for (class, name, number) in rows { tr { th class=(class) scope="row" { (name) } td.number { (number) } } } } }
            }
        }
    }

    // --- Findings ---------------------------------------------------------------------------------------------------

    fn findings(&self) -> Markup {
        let findings: Vec<(usize, &Finding)> =
            (1..).zip(&self.proof.check.findings).filter(|(number, _)| self.is_shown(number - 1)).collect();
        html! {
            section aria-labelledby="misses" {
                h2 id="misses" { "What an editor must not miss" }
                @if self.proof.check.findings.is_empty() { p.note { "Nothing was found." } }
                @else if findings.is_empty() { p.note { "Nothing of that has such a mark." } }
                @else { ol.misses { @for (number, finding) in findings { (self.finding(number, finding)) } } }
            }
        }
    }

    /// Whether a finding is on the page: where only some marks are wanted, others are left out.
    fn is_shown(&self, finding: usize) -> bool {
        self.ledger.is_none_or(|ledger| ledger.shows(ledger.of(About::Finding(finding))))
    }

    fn finding(&self, number: usize, finding: &Finding) -> Markup {
        let there = self.proof.evidence_there(finding, AROUND);
        let also = if finding.also.is_empty() { String::new() } else { format!("; also beside {}", listed(&finding.also)) };
        html! {
            li id=(format!("f{number}")) {
                span.flags {
                    (number) " " (told(finding.kind)) ", "
                    a href=(format!("#s{}", finding.sentence + 1)) { "sentence " (finding.sentence + 1) }
                }
                span.excerpt { (excerpt(&self.proof.evidence_here(finding, AROUND), "here", finding)) " " span.who { "rewrite" } }
                @if let Some((source, there)) = there {
                    span.excerpt { (excerpt(&there, "there", finding)) " " span.who { (letter(source)) } }
                }
                span.why { (width::flat(&finding.why)) (also) }
                @if let Some(ledger) = self.ledger { (marks::decided(ledger.of(About::Finding(number - 1)))) }
            }
        }
    }

    // --- Text -------------------------------------------------------------------------------------------------------

    fn text(&self) -> Markup {
        html! {
            section.sides aria-labelledby="text" {
                h2 id="text" tabindex="-1" { "The rewrite, sentence by sentence, and where it comes from" }
                p.note { "Marked words lead to what was found about them. A " span.caret { (CARET) } " marks a place where something is missing." }
                @for (number, checked) in self.proof.counted() { (self.sentence(number, checked)) }
            }
        }
    }

    fn sentence(&self, number: usize, checked: &Checked) -> Markup {
        html! {
            div.pair id=(format!("s{number}")) {
                span.number { span.said { "Sentence " } (number) }
                p.text dir="auto" { (self.marked(number - 1, checked)) }
                div.from { (self.origins(checked)) }
            }
        }
    }

    /// A sentence with a link for each place about which something was found; what overlaps is one link, to the first of them.
    fn marked(&self, sentence: usize, checked: &Checked) -> Markup {
        let span = self.proof.rewrite.parsed.sentences[sentence].span;
        let mut places: Vec<(Span, Vec<usize>)> = Vec::new();
        let shown = checked.findings.iter().filter(|&&at| self.is_shown(at));
        let mut found: Vec<(Span, usize)> = shown.filter_map(|&at| Some((self.place(at)?, at))).collect();
        found.sort();
        for (place, at) in found {
            match places.last_mut().filter(|(last, _)| place.start < last.end || place == *last) {
                Some((last, all)) => (last.end, _) = (last.end.max(place.end), all.push(at)),
                None => places.push((place, vec![at])),
            }
        }
        let raw = &self.proof.rewrite.text;
        let starts = places.iter().map(|(place, _)| place.start).chain([span.end]).skip(1);
        let behind: Vec<Span> = places.iter().zip(starts).map(|((place, _), next)| Span::new(place.end, next.max(place.end))).collect();
        let first = places.first().map_or(span.end, |(place, _)| place.start);
        html! {
            (width::flat(Span::new(span.start, first).of(raw)))
            @for ((place, all), behind) in places.iter().zip(behind) {
                (mark(place.of(raw), all))
                (width::flat(behind.of(raw)))
            }
        }
    }

    /// The words of the rewrite that a finding is about; of a sentence that no source has it is all of them.
    fn place(&self, finding: usize) -> Option<Span> {
        let finding = &self.proof.check.findings[finding];
        let gap = finding.gap.map(|token| token..token);
        let whole = finding.kind == FindingKind::Unsupported;
        finding.here.as_ref().or(gap.as_ref()).filter(|_| !whole).map(|tokens| self.proof.here(tokens))
    }

    fn origins(&self, checked: &Checked) -> Markup {
        let verbatim = format!("{} of {} words verbatim", checked.verbatim_words, checked.words);
        let others: Vec<usize> = checked.from.iter().skip(1).map(|origin| origin.source).collect();
        let is_unsupported = |at: usize| self.proof.check.findings[at].kind == FindingKind::Unsupported && self.is_shown(at);
        let unsupported = checked.findings.iter().find(|&&at| is_unsupported(at));
        html! {
            @if checked.unsupported {
                p.flags { "In no source" @if let Some(at) = unsupported { " " a href=(format!("#f{}", at + 1)) { "⚑\u{a0}" (at + 1) } } }
            }
            @if let Some(origin) = checked.from.first() {
                p { (self.origin(origin)) }
                @if !others.is_empty() { p { "also " span.who.long { (listed(&others)) } } }
            }
            p { (verbatim) }
        }
    }

    fn origin(&self, origin: &Origin) -> Markup {
        let source = &self.proof.sources[origin.source];
        let clause = origin.clause.as_ref().map(|(_, there)| self.proof.there(origin.source, there));
        let span = clause.unwrap_or_else(|| self.proof.sentences(source, &origin.sentences));
        html! {
            span.who { (letter(origin.source)) } " "
            @if clause.is_some() { "only: " } @else { (percent(origin.similarity)) " % alike: " }
            bdi.words { (width::flat(span.of(&source.text))) }
        }
    }

    // --- Dropped ----------------------------------------------------------------------------------------------------

    fn dropped(&self) -> Markup {
        let dropped = &self.proof.check.dropped;
        html! {
            section aria-labelledby="dropped" {
                h2 id="dropped" { "What the sources have and the rewrite has not" }
                @if dropped.is_empty() { p.note { "Nothing of weight." } }
                @else { ol.misses { @for dropped in dropped { li { (self.left_out(dropped)) } } } }
            }
        }
    }

    fn left_out(&self, dropped: &Dropped) -> Markup {
        let source = &self.proof.sources[dropped.source];
        let text = source.parsed.sentences[dropped.sentence].span.of(&source.text);
        html! {
            span.flags {
                @if dropped.lead { "the lead" @if !dropped.facts.is_empty() { (between()) } }
                @for (at, fact) in dropped.facts.iter().enumerate() {
                    @if at > 0 { (between()) }
                    bdi { (self.proof.fact(dropped, fact)) }
                }
            }
            span.excerpt { bdi { (width::flat(text)) } " " span.who { (letter(dropped.source)) } }
        }
    }
}

fn article(name: &str, article: &Article, note: Option<String>) -> Markup {
    html! {
        tr {
            th scope="row" { (name) }
            td {
                span dir="auto" { (width::flat(article.headline())) }
                " " span.path { (width::safe(&article.path.to_string_lossy())) }
                @if let Some(note) = note { span.path { (note) } }
            }
            td.date { @if let Some(date) = article.date { time datetime=(date) { (date) } } }
            td.number { (article.parsed.words()) }
        }
    }
}

/// `number changed`.
fn told(kind: FindingKind) -> String {
    kind.name().replace('-', " ")
}

fn excerpt(excerpt: &Excerpt, side: &str, finding: &Finding) -> Markup {
    let [before, shown, behind] = excerpt.parts();
    let missing = shown.is_empty() && side == "here" && finding.gap.is_some();
    html! {
        bdi {
            (before)
            @if missing { span.caret { (CARET) } }
            @else if finding.kind == FindingKind::Unsupported { (shown) }
            @else if !shown.is_empty() { mark class=(side) { (shown) } }
            (behind)
        }
    }
}

/// Words of the rewrite about which something was found.
fn mark(words: &str, findings: &[usize]) -> Markup {
    let Some(first) = findings.first() else { return Markup::default() };
    let numbers: Vec<String> = findings.iter().map(|at| (at + 1).to_string()).collect();
    html! {
        a class="mark substance flagged" href=(format!("#f{}", first + 1)) {
            @if words.is_empty() { span.caret { (CARET) } } @else { span.words { (width::flat(words)) } }
            sup { span.said { ", finding " } (numbers.join(" ")) "⚑" }
        }
    }
}
