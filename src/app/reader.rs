//! The article pane: one article as a person reads it, and where other versions differ.

use super::rows::{Paint, Piece, cut};
use super::scroll::Scroll;
use crate::collate::apparatus::{self, Apparatus};
use crate::collate::{Collation, Kind, Levels, RowKind};
use crate::corpus::{Article, search};
use crate::text::{BlockKind, Span, width};
use std::sync::Arc;

/// The widest column of text that is pleasant to read, in cells.
pub const WIDEST: usize = 78;

/// One line of the article; a gap between blocks has no words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReaderLine {
    /// What kind of block it belongs to.
    pub kind: BlockKind,
    /// Its bytes in the text.
    pub span: Span,
}

/// The article pane.
#[derive(Debug, Default)]
pub struct Reader {
    /// Which article it is, by its index.
    pub shown: Option<usize>,
    /// The article, once it was read.
    pub article: Option<Arc<Article>>,
    /// Why it could not be read.
    pub trouble: Option<String>,
    /// Where the reader is.
    pub scroll: Scroll,
    /// The lines for the width of the pane.
    pub lines: Vec<ReaderLine>,
    /// Where the last search hit.
    pub hits: Vec<Span>,
    marks: Vec<(Span, Paint, Option<usize>)>,
    wrapped: Option<usize>,
}

impl Reader {
    /// Shows another article from its beginning; one that was read anew stays where it is.
    pub fn show(&mut self, index: usize, read: Result<Arc<Article>, String>) {
        let (article, trouble) = match read {
            Ok(article) => (Some(article), None),
            Err(why) => (None, Some(why)),
        };
        let held = if self.shown == Some(index) { std::mem::take(self) } else { Reader::default() };
        *self = Reader { shown: Some(index), article, trouble, scroll: held.scroll, hits: held.hits, ..Reader::default() };
    }

    /// Wraps the article for a width, unless it is already.
    pub fn arrange(&mut self, cells: usize, height: usize) {
        let cells = cells.clamp(1, WIDEST);
        if self.wrapped != Some(cells) {
            let sentence = self.sentence();
            self.lines = self.article.as_ref().map_or_else(Vec::new, |article| wrapped(article, cells));
            self.wrapped = Some(cells);
            if let Some(sentence) = sentence {
                self.go_to(sentence, height);
            }
        }
        self.scroll.settle(self.lines.len(), height);
    }

    /// The sentence under the cursor.
    pub fn sentence(&self) -> Option<usize> {
        let line = self.lines.get(self.scroll.cursor)?;
        let parsed = &self.article.as_ref()?.parsed;
        // A line shows the end of one sentence and the beginning of another; what begins on it is meant.
        let begins = parsed.sentences.partition_point(|s| s.span.start < line.span.start);
        let next = parsed.sentences.get(begins).filter(|s| s.span.start < line.span.end);
        Some(if next.is_some() { begins } else { parsed.sentence_at(line.span.start) })
    }

    /// Puts the cursor on the line where a sentence begins.
    pub fn go_to(&mut self, sentence: usize, height: usize) {
        let start = self.article.as_ref().and_then(|a| a.parsed.sentences.get(sentence)).map(|s| s.span.start);
        if let Some(line) = start.and_then(|start| self.line_at(start)) {
            self.scroll.jump(line, self.lines.len(), height);
        }
    }

    /// The line that has a byte of the text.
    pub fn line_at(&self, offset: usize) -> Option<usize> {
        let at = self.lines.partition_point(|line| line.span.start <= offset);
        (0..at).rev().find(|&i| !self.lines[i].span.is_empty())
    }

    /// Marks where the other version differs; `side` is the side of the collation that this article is.
    pub fn mark(&mut self, collation: &Collation, side: usize, levels: Levels) {
        let Some(article) = &self.article else { return };
        let text = &article.parsed;
        let alone = if side == 0 { RowKind::Omitted } else { RowKind::Added };
        let mut marks = Vec::new();
        for row in &collation.rows {
            if row.kind == alone && text.counts(row.sentences(side).start) {
                marks.extend(text.sentences[row.sentences(side)].iter().map(|s| (s.span, Paint::Alone, None)));
            }
            for edit in row.edits_at(levels) {
                let tokens = super::rows::range(edit, side).filter(|r| !r.is_empty());
                marks.extend(tokens.map(|r| (text.tokens[r.start].span.to(text.tokens[r.end - 1].span), super::rows::paint(edit), None)));
            }
        }
        marks.sort_by_key(|(span, ..)| *span);
        self.marks = marks;
    }

    /// Marks where any other version differs; `version` is the version that this article is.
    pub fn mark_all(&mut self, apparatus: &Apparatus, version: usize, levels: Levels) {
        let Some(article) = &self.article else { return };
        let text = &article.parsed;
        let mut marks = Vec::new();
        for passage in &apparatus.passages {
            let Some(sentences) = passage.sentences_of(version) else { continue };
            if passage.sentences.len() == 1 && text.counts(sentences.start) {
                marks.extend(text.sentences[sentences.clone()].iter().map(|s| (s.span, Paint::Alone, None)));
            }
            for variant in passage.variants.iter().filter(|v| levels.has(v.level())) {
                let paint = match variant.kind {
                    _ if !variant.flags.is_empty() => Paint::Flagged,
                    Kind::Typography => Paint::Dressed,
                    kind => Paint::Differs(kind.level()),
                };
                let tokens = variant.reading_of(version).map(|(_, tokens)| tokens).filter(|tokens| !tokens.is_empty());
                marks.extend(tokens.map(|tokens| (apparatus::span(text, tokens), paint, None)));
            }
        }
        marks.sort_by_key(|(span, ..)| *span);
        self.marks = marks;
    }

    /// Takes the marks off.
    pub fn unmark(&mut self) {
        self.marks.clear();
    }

    /// Whether a kind of block is read like news.
    pub fn reads(&self, kind: BlockKind) -> bool {
        kind.counts() || self.article.as_ref().is_some_and(|article| article.parsed.whole)
    }

    /// The pieces of a line, marked.
    pub fn pieces(&self, line: &ReaderLine) -> Vec<Piece> {
        let ground = if self.reads(line.kind) { Paint::Plain } else { Paint::Quiet };
        let first = self.marks.partition_point(|(span, ..)| span.end <= line.span.start);
        let touching = self.marks[first..].iter().take_while(|(span, ..)| span.start < line.span.end).count();
        cut(line.span, 0, ground, &self.marks[first..first + touching])
    }

    /// Looks a query up; the answer is how often it stands in the article.
    pub fn search(&mut self, query: &str) -> usize {
        self.hits = self.article.as_ref().map_or_else(Vec::new, |article| search::find(&article.text, query));
        self.hits.len()
    }
}

/// The lines of an article with a gap between its blocks.
fn wrapped(article: &Article, cells: usize) -> Vec<ReaderLine> {
    let mut lines: Vec<ReaderLine> = Vec::new();
    for block in &article.parsed.blocks {
        if !lines.is_empty() {
            lines.push(ReaderLine { kind: block.kind, span: Span::new(block.span.start, block.span.start) });
        }
        lines.extend(width::wrap(&article.text, block.span, cells, 0).into_iter().map(|span| ReaderLine { kind: block.kind, span }));
    }
    lines
}
