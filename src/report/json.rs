//! JSON, the contract for other programs. A change that breaks a reader bumps the number behind the slash of `schema`.

use super::edition::Edition;
use crate::collate::apparatus::{Passage, Sighting, Variant};
use crate::collate::lineage::{Lineage, Node};
use crate::collate::{Collation, Edit, Flag, Levels, Row, RowKind, Side, Summary};
use crate::corpus::story::{Story, letter};
use crate::corpus::{Article, Skipped};
use crate::text::{Span, Text};
use serde::Serialize;
use serde_json::{Map, Value, json};
use std::ops::Range;

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

/// `variorum/stories/1`: which articles are versions of one story, in the order of their letters, which stand alone, and what
/// was passed over. A story has the id and the headline of its first version.
pub fn stories(articles: &[Article], stories: &[Story], alone: &[usize], skipped: &[Skipped]) -> Value {
    let headline = |article: &Article| article.headline().split_whitespace().collect::<Vec<_>>().join(" ");
    let version = |&article: &usize| {
        let article = &articles[article];
        json!({
            "id": article.id,
            "path": article.path.display().to_string(),
            "headline": headline(article),
            "date": article.date.map(|d| d.to_string()),
        })
    };
    let story = |story: &Story| {
        let first = story.articles.first().map(|&first| &articles[first]);
        json!({
            "id": first.map(|first| &first.id),
            "headline": first.map(headline),
            "articles": story.articles.iter().map(version).collect::<Vec<_>>(),
        })
    };
    let single = |&article: &usize| json!({ "id": articles[article].id, "path": articles[article].path.display().to_string() });
    json!({
        "schema": "variorum/stories/1",
        "stories": stories.iter().map(story).collect::<Vec<_>>(),
        "alone": alone.iter().map(single).collect::<Vec<_>>(),
        "skipped": skipped,
    })
}
