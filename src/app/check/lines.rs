//! The lines of the check view for a width: the rewrite with what each sentence comes from, and the list of what was found.

use super::{Checked, Item, ListLine, TextLine};
use crate::app::reader;
use crate::app::rows::{self, Paint, Piece, cut};
use crate::collate::Levels;
use crate::collate::apparatus::span;
use crate::corpus::Article;
use crate::text::{Span, width};
use std::ops::Range;

/// Marks of a text: spans with how they are to be seen, and no edit to walk to.
type Marks = Vec<(Span, Paint, Option<usize>)>;

pub(super) fn text_lines(checked: &Checked, (cells, two): (usize, bool), levels: Levels) -> Vec<TextLine> {
    let mut lines = Vec::new();
    let sentences = &checked.article.parsed.sentences;
    for (sentence, told) in sentences.iter().enumerate() {
        if sentence > 0 && sentences[sentence - 1].block != told.block {
            lines.push(TextLine { sentence, first: false, own: Vec::new(), origin: Vec::new(), source: None });
        }
        let origin = checked.origin(sentence);
        let ground = match &checked.check.sentences[sentence] {
            sentence if !sentence.counts => Paint::Quiet,
            sentence if sentence.unsupported => Paint::Alone,
            _ => Paint::Plain,
        };
        let [theirs, mine] = marks(checked, sentence, origin.as_ref(), levels);
        let wrapped = |article: &Article, span: Span, cells: usize, side: usize, ground: Paint, marks: &Marks| {
            let lines = width::wrap(&article.text, span, cells, 0);
            lines.into_iter().map(|line| cut(line, side, ground, marks)).collect::<Vec<_>>()
        };
        let own = wrapped(&checked.article, told.span, cells, 1, ground, &mine);
        let source = origin.as_ref().map(|(source, _)| *source);
        let beside = origin.and_then(|(source, sentences)| {
            let article = &checked.origins[source];
            let span = rows::span_of(article.side(), sentences)?;
            let (cells, ground) = if two { (cells, Paint::Plain) } else { (cells.saturating_sub(3).max(1), Paint::Quiet) };
            Some(wrapped(article, span, cells, 0, ground, &theirs))
        });
        // In one column the source is of interest where it says something else.
        let differs = !theirs.is_empty() || !mine.is_empty();
        let beside = beside.filter(|_| two || differs).unwrap_or_default();
        push_sentence(&mut lines, sentence, own, beside, source, two);
    }
    lines
}

/// Adds the lines of a sentence: both sides level, or one below the other.
fn push_sentence(
    lines: &mut Vec<TextLine>,
    sentence: usize,
    own: Vec<Vec<Piece>>,
    beside: Vec<Vec<Piece>>,
    source: Option<usize>,
    two: bool,
) {
    let line = |n: usize, own: Vec<Piece>, origin: Vec<Piece>| TextLine { sentence, first: n == 0, own, origin, source };
    if two {
        let at = |lines: &[Vec<Piece>], n: usize| lines.get(n).cloned().unwrap_or_default();
        lines.extend((0..own.len().max(beside.len())).map(|n| line(n, at(&own, n), at(&beside, n))));
    } else {
        lines.extend(own.into_iter().enumerate().map(|(n, own)| line(n, own, Vec::new())));
        lines.extend(beside.into_iter().enumerate().map(|(n, origin)| line(n + 1, Vec::new(), origin)));
    }
}

/// What is marked in the source (0) and in a sentence of the rewrite (1): findings, and edits at the levels that are on.
fn marks(checked: &Checked, sentence: usize, origin: Option<&(usize, Range<usize>)>, levels: Levels) -> [Marks; 2] {
    let of = &checked.check.sentences[sentence];
    let shown = |source: usize| origin.is_some_and(|(shown, _)| *shown == source);
    let article = |side: usize| match (side, origin) {
        (0, Some((source, _))) => &checked.origins[*source],
        _ => &checked.article,
    };
    let first = of.from.first().is_some_and(|first| first.clause.is_none() && shown(first.source));
    let findings = of.findings.iter().map(|&at| &checked.check.findings[at]);
    [0, 1].map(|side| {
        let found = findings.clone().filter_map(|finding| match side {
            0 => finding.there.clone().filter(|_| finding.source.as_ref().is_some_and(|(source, _)| shown(*source))),
            _ => finding.here.clone(),
        });
        let mut marks: Marks = found.map(|tokens| (span(&article(side).parsed, &tokens), Paint::Flagged, None)).collect();
        let edits = of.edits.iter().filter(|edit| first && levels.has(edit.kind.level()));
        let edits = edits.filter_map(|edit| Some((span(&article(side).parsed, &rows::range(edit, side)?), rows::paint(edit), None)));
        let apart: Marks = edits.filter(|(span, ..)| !marks.iter().any(|(other, ..)| other.overlaps(*span))).collect();
        marks.extend(apart);
        marks.sort_by_key(|(span, ..)| *span);
        marks
    })
}

pub(super) fn list_lines(checked: &Checked, items: &[Item], cells: usize) -> Vec<ListLine> {
    let mut lines = Vec::new();
    let (found, dropped) = (checked.check.findings.len(), checked.check.dropped.len());
    let mut part = |heading: String, range: Range<usize>| {
        lines.push(ListLine::Heading(heading));
        for item in range {
            lines.push(ListLine::Head(item));
            let told = checked.told(items[item]);
            let wrapped = width::wrap(&told, Span::new(0, told.len()), cells.saturating_sub(7).clamp(1, reader::WIDEST), 0);
            lines.extend(wrapped.into_iter().map(|span| ListLine::Told(item, span.of(&told).to_string())));
        }
    };
    part(if found == 0 { String::from("Nothing was found") } else { format!("What was found ({found})") }, 0..found);
    if dropped > 0 {
        part(format!("What the rewrite left out ({dropped})"), found..found + dropped);
    }
    lines
}
