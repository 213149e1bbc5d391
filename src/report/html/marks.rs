//! The marks of editors on a page: how much was decided, what was said of a place, and marks that are about nothing else.

use crate::corpus::notes::Mark;
use crate::report::ledger::{Entry, Ledger, time, verdict};
use crate::text::width;
use maud::{Markup, html};

/// How much was decided; `what` is the name of what is counted.
pub(super) fn counts(ledger: &Ledger, what: &str) -> Markup {
    html! {
        section aria-labelledby="marks" {
            h2 id="marks" { "Decided" }
            table {
                tbody {
                    tr { th scope="row" { (what) } td.number { (ledger.counts.all) } }
                    @for (name, number) in ledger.counts.decided() { tr { th.part scope="row" { (name) } td.number { (number) } } }
                    tr { th scope="row" { "Marks on something else" } td.number { (ledger.counts.others) } }
                }
            }
            @if let Some(limit) = ledger.wanted.told() { p.note { (width::flat(&limit)) } }
        }
    }
}

/// What was said of a place, or that nothing was.
pub(super) fn decided(marks: &[&Mark]) -> Markup {
    html! {
        @for mark in marks { (said(mark)) }
        @if marks.is_empty() { span.decision.undecided { "undecided" } }
    }
}

/// What one mark says.
pub(super) fn said(mark: &Mark) -> Markup {
    html! {
        span class=(format!("decision {}", verdict(mark))) {
            span.verdict { (verdict(mark)) } " "
            span.by { bdi { (width::flat(&mark.by)) } ", " time datetime=(mark.at) { (time(mark)) } }
            @if !mark.decision.note.is_empty() { " " bdi.remark { (width::flat(&mark.decision.note)) } }
        }
    }
}

/// The marks that are about no finding, flag or variant.
pub(super) fn others(ledger: &Ledger) -> Markup {
    html! {
        @for (number, (title, entries)) in (1..).zip(ledger.lists()) {
            @if !entries.is_empty() {
                section aria-labelledby=(format!("others{number}")) {
                    h2 id=(format!("others{number}")) { (title) }
                    ol.misses { @for entry in entries { li { (other(ledger, &entry)) } } }
                }
            }
        }
    }
}

fn other(ledger: &Ledger, entry: &Entry) -> Markup {
    let spot = &entry.mark.spot;
    html! {
        @if let Some(kind) = &spot.kind { span.flags { (width::flat(&kind.replace('-', " "))) } }
        span.excerpt {
            @if !spot.words.is_empty() { bdi { (width::flat(&spot.words)) } " " }
            span.who { (ledger.name(entry.article)) }
        }
        (said(entry.mark))
    }
}
