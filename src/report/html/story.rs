//! The page of a story with the marks about it: its variants, how alike its versions are, and who probably took from whom.

use super::{Document, Page, count, marks};
use crate::collate::lineage::{Lineage, Node};
use crate::corpus::story::letter;
use crate::report::edition::Edition;
use crate::report::ledger::Ledger;
use crate::report::proof::percent;
use crate::text::width;
use maud::{Markup, html};

/// The page of a story and its marks.
pub fn story(edition: Edition, lineage: &Lineage, ledger: &Ledger) -> String {
    let page = Page { edition, ledger: Some(ledger) };
    let title = width::safe(&edition.title()).into_owned();
    let document = Document {
        title: format!("{title} – report"),
        heading: html! { h1 lang=[page.language(0)] dir="auto" { (title) } },
        about: format!("{} of one story, compared word by word, with the marks of their editors", count(edition.articles.len(), "version")),
        main: html! {
            main {
                (page.versions()) (marks::counts(ledger, "Flags")) (page.misses()) (marks::others(ledger))
                (likeness(edition)) (origins(edition, lineage)) (page.figures()) (page.text())
            }
        },
    };
    document.printed()
}

/// For every two versions how much of the one the other has.
fn likeness(edition: Edition) -> Markup {
    let shares = edition.apparatus.containment(edition.articles.len());
    html! {
        section aria-labelledby="likeness" {
            h2 id="likeness" { "How much of each version the others have" }
            div.wide {
                table {
                    thead { tr { th scope="col" { "Of" } @for version in 0..shares.len() { th.number scope="col" { (letter(version)) " has" } } } }
                    tbody {
                        @for (version, row) in shares.iter().enumerate() {
                            tr {
                                th scope="row" { (letter(version)) }
                                @for (other, share) in row.iter().enumerate() {
                                    td.number { @if other == version { "–" } @else { (percent(*share)) "\u{a0}%" } }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Who probably took from whom, with what speaks for it.
fn origins(edition: Edition, lineage: &Lineage) -> Markup {
    html! {
        section aria-labelledby="lineage" {
            h2 id="lineage" { "Who probably took from whom" }
            p.note { "An inference from what the versions share and lack; nobody was asked." }
            ol.misses { @for branch in lineage.branches() { li { (origin(edition, lineage, branch.node)) } } }
        }
    }
}

fn origin(edition: Edition, lineage: &Lineage, node: usize) -> Markup {
    let from: Vec<String> = lineage.origins(node).map(|edge| lineage.letter(edge.from)).collect();
    html! {
        span.who { (lineage.letter(node)) } " "
        @match lineage.nodes[node] {
            Node::Version(version) => bdi { (width::flat(edition.articles[version].headline())) },
            Node::Unseen => "unseen",
        }
        @if !from.is_empty() { span.flags { "from " (from.join(" and ")) } }
        @for phrase in lineage.origins(node).flat_map(|edge| &edge.evidence) { span.why { (width::flat(phrase)) } }
    }
}
