//! `variorum/report/1`: a check or a story with the marks about it.

use super::{check as checked, lineage as drawn, rounded, variants};
use crate::collate::{Level, Lineage};
use crate::report::edition::Edition;
use crate::report::ledger::{About, Counts, Entry, Ledger};
use crate::report::proof::Proof;
use serde_json::{Value, json};

/// The report of a check: what `variorum/check/1` has, and the marks, each with the finding that it is about.
pub fn check(proof: Proof, ledger: &Ledger) -> Value {
    json!({
        "schema": "variorum/report/1",
        "kind": "check",
        "counts": counts(ledger.counts),
        "check": checked(proof),
        "marks": marks(ledger),
    })
}

/// The report of a story: what `variorum/variants/1` and `variorum/lineage/1` have, how much of each version the others have, and
/// the marks, each with the passage, and the flag or the variant of it, that it is about.
pub fn story(edition: Edition, lineage: &Lineage, ledger: &Ledger) -> Value {
    let shares = edition.apparatus.containment(edition.articles.len());
    let shares: Vec<Vec<f64>> = shares.into_iter().map(|row| row.into_iter().map(rounded).collect()).collect();
    // All variants, so that their numbers are those that the marks have.
    let whole = Edition { lowest: Level::Form, flags_only: false, ..edition };
    json!({
        "schema": "variorum/report/1",
        "kind": "story",
        "counts": counts(ledger.counts),
        "variants": variants(whole),
        "lineage": drawn(edition.articles, lineage),
        "containment": shares,
        "marks": marks(ledger),
    })
}

fn counts(counts: Counts) -> Value {
    let Counts { all, accepted, queries, errors, undecided, others } = counts;
    json!({ "all": all, "accepted": accepted, "queries": queries, "errors": errors, "undecided": undecided, "others": others })
}

/// The marks with the fields that they have in their file.
fn marks(ledger: &Ledger) -> Vec<Value> {
    let entered = ledger.entered().map(|(what, mark)| json!({ "mark": mark.value(), "about": about(what) }));
    entered.chain(ledger.others.iter().map(|entry| other(entry, ledger))).collect()
}

fn about(about: About) -> Value {
    match about {
        About::Finding(finding) => json!({ "finding": finding }),
        About::Flag(passage, flag) => json!({ "passage": passage, "flag": flag }),
        About::Variant(passage, variant) => json!({ "passage": passage, "variant": variant }),
    }
}

/// A mark that is about nothing else, with its place in the text as it is now; without one its words are no longer there.
fn other(entry: &Entry, ledger: &Ledger) -> Value {
    let place = entry.standing.span().map(|span| json!({ "start": span.start, "end": span.end }));
    json!({ "mark": entry.mark.value(), "about": null, "article": ledger.name(entry.article), "place": place })
}
