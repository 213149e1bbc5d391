//! JSON, the contract for other programs. A change that breaks a reader bumps the number behind the slash of `schema`.

pub mod report;

use super::edition::Edition;
use super::proof::Proof;
use crate::collate::apparatus::{Passage, Sighting, Variant};
use crate::collate::check::{Checked, Dropped, Finding, FindingKind, Origin, Source};
use crate::collate::lineage::{Lineage, Node};
use crate::collate::{Collation, Edit, Flag, Levels, Row, RowKind, Side, Summary};
use crate::corpus::story::{Story, Strength, letter};
use crate::corpus::{Article, Digest, Skipped};
use crate::text::{Span, Text};
use jiff::civil::Date;
use serde::Serialize;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::ops::Range;
use std::path::{Path, PathBuf};

/// A span with the words that it covers; offsets are bytes of the article's decoded text.
#[derive(Serialize)]
struct Quoted<'a> {
    start: usize,
    end: usize,
    text: &'a str,
}

impl<'a> Quoted<'a> {
    fn new(raw: &'a str, span: Span) -> Self {
        Quoted { start: span.start, end: span.end, text: span.of(raw) }
    }

    fn tokens(side: Side<'a>, tokens: &Option<Range<usize>>) -> Option<Self> {
        let tokens = &side.text.tokens[tokens.clone()?];
        Some(Quoted::new(side.raw, tokens.first()?.span.to(tokens.last()?.span)))
    }
}

/// `variorum/diff/1`: two articles and their collation. Edits of levels that are off are left out.
pub fn diff(left: &Article, right: &Article, collation: &Collation, levels: Levels) -> Value {
    let sides = [left.side(), right.side()];
    let rows: Vec<Value> = collation.rows.iter().map(|r| row(sides, r, levels)).collect();
    json!({
        "schema": "variorum/diff/1",
        "left": article_head(left),
        "right": article_head(right),
        "rows": rows,
        "summary": summary(&collation.summary),
    })
}

fn article_head(article: &Article) -> Value {
    json!({
        "path": article.path.display().to_string(),
        "headline": article.headline(),
        "date": article.date.map(|d| d.to_string()),
        "words": article.parsed.words(),
    })
}

fn row(sides: [Side; 2], row: &Row, levels: Levels) -> Value {
    let sentences = |side: usize| -> Vec<Quoted> {
        let text: &Text = sides[side].text;
        text.sentences[row.sentences(side)].iter().map(|s| Quoted::new(sides[side].raw, s.span)).collect()
    };
    let kind = if row.is_same_at(levels) { RowKind::Same } else { row.kind };
    json!({
        "kind": kind.name(),
        "moved": row.moved,
        "similarity": rounded(row.similarity),
        "left": sentences(0),
        "right": sentences(1),
        "edits": row.edits_at(levels).map(|e| edit(sides, e)).collect::<Vec<_>>(),
        "flags": row.flags.iter().map(|f| flag(sides, f)).collect::<Vec<_>>(),
    })
}

fn edit(sides: [Side; 2], edit: &Edit) -> Value {
    json!({
        "kind": edit.kind.name(),
        "level": edit.kind.level().name(),
        "left": Quoted::tokens(sides[0], &edit.left),
        "right": Quoted::tokens(sides[1], &edit.right),
    })
}

fn flag(sides: [Side; 2], flag: &Flag) -> Value {
    json!({
        "kind": flag.kind.name(),
        "left": Quoted::tokens(sides[0], &flag.left),
        "right": Quoted::tokens(sides[1], &flag.right),
        "why": flag.why,
    })
}

fn summary(summary: &Summary) -> Value {
    let flags: Map<String, Value> = summary.flags.iter().map(|(kind, count)| (kind.name().to_string(), json!(count))).collect();
    let [form, wording, substance] = summary.edits;
    json!({
        "similarity": rounded(summary.similarity),
        "left_in_right": rounded(summary.left_in_right),
        "right_in_left": rounded(summary.right_in_left),
        "longest_run_words": summary.longest_run_words,
        "verbatim_words": summary.verbatim_words,
        "edits": { "form": form, "wording": wording, "substance": substance },
        "flags": flags,
    })
}

/// Shares are printed with four digits; 1 is only printed for what is exactly that.
fn rounded(share: f64) -> f64 {
    if share < 1.0 { ((share * 1e4).round() / 1e4).min(0.9999) } else { share }
}

/// An article as it was understood.
pub fn read(article: &Article) -> Value {
    use crate::text::BlockKind::{Byline, Credit, Dateline, Headline};
    let first = |kind| article.first(kind).map(|span| span.of(&article.text));
    json!({
        "id": article.id,
        "path": article.path.display().to_string(),
        "headline": first(Headline),
        "byline": first(Byline),
        "dateline": first(Dateline),
        "date": article.date.map(|d| d.to_string()),
        "credit": first(Credit),
        "agency": article.agency(),
        "language": article.language,
        "blocks": article.parsed.blocks,
        "text": article.text,
    })
}

/// `variorum/variants/1`: the passages of a story with their variants. Levels that are off, and with `flags_only` variants
/// without a flag, are left out; passages are all there, so that every sentence is.
pub fn variants(edition: Edition) -> Value {
    json!({
        "schema": "variorum/variants/1",
        "versions": edition.articles.iter().enumerate().map(|(version, article)| version_head(version, article)).collect::<Vec<_>>(),
        "passages": edition.apparatus.passages.iter().map(|p| passage(edition, p)).collect::<Vec<_>>(),
    })
}

fn version_head(version: usize, article: &Article) -> Value {
    json!({
        "letter": letter(version),
        "path": article.path.display().to_string(),
        "headline": article.headline(),
        "date": article.date.map(|d| d.to_string()),
        "outlet": article.outlet,
    })
}

fn passage(edition: Edition, passage: &Passage) -> Value {
    let quoted = |version: usize, span: Span| Quoted::new(&edition.articles[version].text, span);
    let sentences = passage.sentences.iter().map(|(version, range)| {
        let all: Vec<Quoted> = edition.sentences(*version, range).map(|span| quoted(*version, span)).collect();
        (letter(*version), json!(all))
    });
    let evidence = |flag: &Sighting| -> Map<String, Value> {
        flag.evidence.iter().map(|(version, tokens)| (letter(*version), json!(quoted(*version, edition.span(*version, tokens))))).collect()
    };
    json!({
        "versions": sentences.collect::<Map<_, _>>(),
        "furniture": !passage.counts,
        "variants": edition.variants(passage).map(|(_, v)| variant(edition, v)).collect::<Vec<_>>(),
        "flags": passage.flags.iter().map(|f| json!({ "kind": f.kind.name(), "evidence": evidence(f) })).collect::<Vec<_>>(),
    })
}

fn variant(edition: Edition, variant: &Variant) -> Value {
    let readings = edition.readings(variant).into_iter().map(|reading| {
        let letters: Vec<String> = reading.at.iter().map(|(version, _)| letter(*version)).collect();
        let spans: Map<String, Value> =
            reading.at.iter().map(|(version, span)| (letter(*version), json!([span.start, span.end]))).collect();
        json!({ "text": reading.text, "versions": letters, "spans": spans })
    });
    json!({
        "level": variant.level().name(),
        "kind": variant.kind.name(),
        "flags": variant.flags.iter().map(|f| f.name()).collect::<Vec<_>>(),
        "readings": readings.collect::<Vec<_>>(),
    })
}

/// `variorum/lineage/1`: who probably took from whom. Edges name their nodes by letter; of two edges to one version the first is
/// from its main source.
pub fn lineage(articles: &[Article], lineage: &Lineage) -> Value {
    let node = |(index, node): (usize, &Node)| match node {
        Node::Version(version) => json!({ "letter": lineage.letter(index), "path": articles[*version].path.display().to_string() }),
        Node::Unseen => json!({ "letter": lineage.letter(index), "unseen": true }),
    };
    let edges = lineage
        .edges
        .iter()
        .map(|edge| json!({ "from": lineage.letter(edge.from), "to": lineage.letter(edge.to), "evidence": edge.evidence }));
    json!({
        "schema": "variorum/lineage/1",
        "nodes": lineage.nodes.iter().enumerate().map(node).collect::<Vec<_>>(),
        "edges": edges.collect::<Vec<_>>(),
    })
}

/// What `variorum/stories/1` tells of an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Its own id, or else its path.
    pub id: String,
    /// The file that it was read from.
    pub path: PathBuf,
    /// Its headline, or its first sentence, in one line.
    pub headline: String,
    /// The day of publication.
    pub date: Option<Date>,
}

impl Listed {
    /// What is told of an article.
    pub fn new(path: &Path, digest: Digest) -> Self {
        Listed { id: digest.id, path: path.to_path_buf(), headline: digest.headline, date: digest.date }
    }
}

/// `variorum/stories/1`: the stories, each with its versions in the order of their letters, what stands alone, what was passed over.
pub fn stories(strength: Strength, articles: &BTreeMap<usize, Listed>, stories: &[Story], alone: &[usize], skipped: &[Skipped]) -> Value {
    let single = |&article: &usize| json!({ "id": articles[&article].id, "path": articles[&article].path.display().to_string() });
    let version = |&article: &usize| {
        let Listed { id, path, headline, date } = &articles[&article];
        json!({ "id": id, "path": path.display().to_string(), "headline": headline, "date": date.map(|d| d.to_string()) })
    };
    let story = |story: &Story| {
        let first = story.articles.first().map(|first| &articles[first]);
        json!({
            "id": first.map(|first| &first.id),
            "headline": first.map(|first| &first.headline),
            "articles": story.articles.iter().map(version).collect::<Vec<_>>(),
        })
    };
    json!({
        "schema": "variorum/stories/1",
        "strength": strength,
        "stories": stories.iter().map(story).collect::<Vec<_>>(),
        "alone": alone.iter().map(single).collect::<Vec<_>>(),
        "skipped": skipped,
    })
}

/// `variorum/check/1`: a rewrite and what was found about it. Sources go by their letters; `left` is in the source, `right` in
/// the rewrite; `findings` has all flags of the sentences again, the weightiest first.
pub fn check(proof: Proof) -> Value {
    let Proof { rewrite, sources, check, run } = proof;
    json!({
        "schema": "variorum/check/1",
        "rewrite": article_head(rewrite),
        "sources": sources.iter().enumerate().map(|(at, article)| source_head(proof, at, article)).collect::<Vec<_>>(),
        "run": run,
        "sentences": check.sentences.iter().enumerate().map(|(at, s)| checked(proof, at, s)).collect::<Vec<_>>(),
        "findings": check.findings.iter().map(|f| finding(proof, f)).collect::<Vec<_>>(),
        "dropped": check.dropped.iter().map(|d| dropped(proof, d)).collect::<Vec<_>>(),
        "summary": check_summary(proof),
    })
}

fn source_head(proof: Proof, source: usize, article: &Article) -> Value {
    let mut head = article_head(article);
    head["letter"] = json!(letter(source));
    head["compared"] = json!(proof.check.sources[source] == Source::Compared);
    if let Source::Twin(first) = proof.check.sources[source] {
        head["same_as"] = json!(letter(first));
    }
    head
}

fn checked(proof: Proof, sentence: usize, checked: &Checked) -> Value {
    let span = proof.rewrite.parsed.sentences[sentence].span;
    let [form, wording, substance] = checked.levels();
    json!({
        "start": span.start,
        "end": span.end,
        "text": span.of(&proof.rewrite.text),
        "furniture": !checked.counts,
        "unsupported": checked.unsupported,
        "from": checked.from.iter().map(|o| origin(proof, o)).collect::<Vec<_>>(),
        "words": checked.words,
        "verbatim_words": checked.verbatim_words,
        "verbatim_quoted_words": checked.quoted_words,
        "edits": { "form": form, "wording": wording, "substance": substance },
        "flags": checked.findings.iter().map(|&at| finding(proof, &proof.check.findings[at])).collect::<Vec<_>>(),
    })
}

fn origin(proof: Proof, origin: &Origin) -> Value {
    let source = &proof.sources[origin.source];
    let span = proof.sentences(source, &origin.sentences);
    let clause = origin.clause.as_ref().map(|(here, there)| {
        let left = Quoted::new(&source.text, proof.there(origin.source, there));
        json!({ "left": left, "right": Quoted::new(&proof.rewrite.text, proof.here(here)) })
    });
    json!({
        "source": letter(origin.source),
        "start": span.start,
        "end": span.end,
        "text": span.of(&source.text),
        "similarity": rounded(origin.similarity),
        "clause": clause,
    })
}

fn finding(proof: Proof, finding: &Finding) -> Value {
    let source = finding.source.as_ref().map(|(source, _)| *source);
    let left =
        source.zip(finding.there.as_ref()).map(|(source, tokens)| Quoted::new(&proof.sources[source].text, proof.there(source, tokens)));
    json!({
        "kind": finding.kind.name(),
        "sentence": finding.sentence,
        "source": source.map(letter),
        "also": finding.also.iter().map(|&source| letter(source)).collect::<Vec<_>>(),
        "left": left,
        "right": finding.here.as_ref().map(|tokens| Quoted::new(&proof.rewrite.text, proof.here(tokens))),
        "why": finding.why,
    })
}

fn dropped(proof: Proof, dropped: &Dropped) -> Value {
    let source = &proof.sources[dropped.source];
    let span = source.parsed.sentences[dropped.sentence].span;
    let fact = |fact: &crate::collate::check::Fact| {
        let span = proof.there(dropped.source, &fact.tokens);
        json!({ "kind": fact.kind.name(), "start": span.start, "end": span.end, "text": span.of(&source.text) })
    };
    json!({
        "source": letter(dropped.source),
        "start": span.start,
        "end": span.end,
        "text": span.of(&source.text),
        "lead": dropped.lead,
        "told": dropped.told,
        "facts": dropped.facts.iter().map(fact).collect::<Vec<_>>(),
    })
}

fn check_summary(proof: Proof) -> Value {
    let summary = &proof.check.summary;
    let [form, wording, substance] = summary.edits;
    let flags: Map<String, Value> =
        summary.findings.iter().map(|(kind, count)| (FindingKind::name(*kind).to_string(), json!(count))).collect();
    let longest = summary.longest.as_ref().map(|run| {
        let left = Quoted::new(&proof.sources[run.source].text, proof.there(run.source, &run.there));
        json!({ "source": letter(run.source), "left": left, "right": Quoted::new(&proof.rewrite.text, proof.here(&run.here)) })
    });
    json!({
        "sentences": summary.sentences,
        "unsupported": summary.unsupported,
        "words": summary.words,
        "verbatim_words": summary.verbatim_words,
        "verbatim_quoted_words": summary.quoted_words,
        "verbatim_share": rounded(summary.verbatim_share()),
        "longest_run_words": summary.longest_run_words(),
        "longest_run": longest,
        "edits": { "form": form, "wording": wording, "substance": substance },
        "flags": flags,
    })
}
