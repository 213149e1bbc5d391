//! What can be marked: an article, a sentence, a difference or a flag, each with its place and its words.

use crate::collate::apparatus::span;
use crate::collate::check::{Dropped, Finding};
use crate::collate::{Edit, Flag};
use crate::corpus::Article;
use crate::text::Span;
use serde::{Deserialize, Serialize};
use std::borrow::Borrow;
use std::ops::Range;
use xxhash_rust::xxh3::xxh3_64;

/// What a mark is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum On {
    /// An article as a whole.
    Article,
    /// A sentence.
    Sentence,
    /// An edit between two versions.
    Difference,
    /// What an editor must not miss: a flag between two versions, or a finding of a check.
    Flag,
}

impl On {
    /// Its name in the file and on the screen.
    pub fn name(self) -> &'static str {
        match self {
            On::Article => "article",
            On::Sentence => "sentence",
            On::Difference => "difference",
            On::Flag => "flag",
        }
    }
}

/// An article as it was when it was marked.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Cited {
    /// Its id; in a mark that was saved, its name as the file has it.
    pub id: String,
    /// The hash of its decoded text.
    pub hash: String,
}

impl Cited {
    fn new(article: &Article) -> Self {
        Cited { id: article.id.clone(), hash: hash(&article.text) }
    }
}

/// What a marked place was held against.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Against {
    /// The other article.
    pub article: Cited,
    /// The bytes of its words; empty where it has nothing.
    pub span: Span,
    /// The words themselves.
    pub words: String,
}

/// A place that can be marked. It quotes its words and what stands around them, so that it is found again in a changed text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Spot {
    /// What it is.
    pub on: On,
    /// The kind of the difference or of the flag, by its name.
    pub kind: Option<String>,
    /// The article that it is in.
    pub article: Cited,
    /// The bytes of its words; empty for a whole article, and where something is missing.
    pub span: Span,
    /// The words themselves.
    pub words: String,
    /// A few words before and behind.
    pub around: [String; 2],
    /// What it was held against.
    pub against: Option<Against>,
}

/// Bytes that are quoted on each side of the words.
const AROUND: usize = 40;

impl Spot {
    /// An article as a whole.
    pub fn article(article: &Article) -> Self {
        Spot {
            on: On::Article,
            kind: None,
            article: Cited::new(article),
            span: Span::default(),
            words: String::new(),
            around: Default::default(),
            against: None,
        }
    }

    /// A sentence of an article.
    pub fn sentence(article: &Article, sentence: usize) -> Self {
        Spot { on: On::Sentence, ..Spot::at(article, article.parsed.sentences[sentence].span) }
    }

    /// A difference between two versions: a place of the right one, or of the left one where the right has nothing.
    pub fn difference(left: &Article, right: &Article, edit: &Edit) -> Self {
        Spot { on: On::Difference, ..Spot::between([left, right], [&edit.left, &edit.right]) }.kind(edit.kind.name())
    }

    /// A flag between two versions: a place of the right one, or of the left one where the right has nothing.
    pub fn flag(left: &Article, right: &Article, flag: &Flag) -> Self {
        Spot { on: On::Flag, ..Spot::between([left, right], [&flag.left, &flag.right]) }.kind(flag.kind.name())
    }

    /// What a check found: always a place of the rewrite.
    pub fn finding<A: Borrow<Article>>(rewrite: &Article, sources: &[A], finding: &Finding) -> Self {
        let gap = finding.gap.map(|token| token..token);
        let tokens = finding.here.as_ref().or(gap.as_ref());
        let here = tokens.map_or(rewrite.parsed.sentences[finding.sentence].span, |tokens| span(&rewrite.parsed, tokens));
        let against = finding.source.as_ref().map(|(source, _)| Against::new(sources[*source].borrow(), &finding.there));
        Spot { on: On::Flag, against, ..Spot::at(rewrite, here) }.kind(finding.kind.name())
    }

    /// What a check found to be left out: a sentence of a source, held against the rewrite.
    pub fn dropped<A: Borrow<Article>>(rewrite: &Article, sources: &[A], dropped: &Dropped) -> Self {
        let source = sources[dropped.source].borrow();
        let against = Some(Against::new(rewrite, &None));
        Spot { on: On::Flag, against, ..Spot::sentence(source, dropped.sentence) }.kind("left-out")
    }

    pub(super) fn at(article: &Article, span: Span) -> Self {
        let words = span.of(&article.text).to_string();
        Spot { span, words, around: around(&article.text, span), ..Spot::article(article) }
    }

    fn between(sides: [&Article; 2], tokens: [&Option<Range<usize>>; 2]) -> Self {
        let own = usize::from(tokens[1].is_some());
        let here = tokens[own].as_ref().map_or(Span::default(), |tokens| span(&sides[own].parsed, tokens));
        Spot { against: Some(Against::new(sides[1 - own], tokens[1 - own])), ..Spot::at(sides[own], here) }
    }

    fn kind(mut self, name: &str) -> Self {
        self.kind = Some(name.to_string());
        self
    }

    /// The id of the place: whoever marks the same place of the same text makes the same one.
    pub(super) fn target(&self) -> String {
        let kind = self.kind.as_deref().unwrap_or_default();
        let against = self.against.as_ref().map_or("", |against| &against.article.id);
        let Spot { article: Cited { id, hash }, span: Span { start, end }, .. } = self;
        self::hash(&format!("{id}\0{hash}\0{}\0{kind}\0{start}\0{end}\0{against}", self.on.name()))
    }

    /// Whether two places are of one sort, wherever they stand: of one article, one kind, and against one other article.
    pub(super) fn is_like(&self, other: &Spot) -> bool {
        let against = |spot: &Spot| spot.against.as_ref().map(|against| against.article.id.clone());
        self.on == other.on && self.kind == other.kind && self.article.id == other.article.id && against(self) == against(other)
    }
}

impl Against {
    fn new(article: &Article, tokens: &Option<Range<usize>>) -> Self {
        let span = tokens.as_ref().map_or(Span::default(), |tokens| span(&article.parsed, tokens));
        Against { article: Cited::new(article), span, words: span.of(&article.text).to_string() }
    }
}

/// What marks know an article's text by.
pub fn hash(text: &str) -> String {
    format!("{:016x}", xxh3_64(text.as_bytes()))
}

/// What stands before and behind some words, cut between characters.
fn around(text: &str, span: Span) -> [String; 2] {
    let start = (span.start.saturating_sub(AROUND)..=span.start).find(|&at| text.is_char_boundary(at)).unwrap_or(span.start);
    let end = (span.end..=text.len().min(span.end + AROUND)).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(span.end);
    [text[start..span.start].to_string(), text[span.end..end].to_string()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_the_same_on_every_machine() {
        assert_eq!(hash(""), "2d06800538d394c2");
        let joined = |parts: &[&str]| hash(&parts.join("\0"));
        let cited = |id: &str| Cited { id: id.to_string(), hash: String::from("c3") };
        let mut spot = Spot {
            on: On::Flag,
            kind: Some(String::from("number-changed")),
            article: cited("a.txt"),
            span: Span::new(3, 5),
            words: String::from("40"),
            around: Default::default(),
            against: Some(Against { article: cited("b.txt"), span: Span::new(7, 9), words: String::from("14") }),
        };
        assert_eq!(spot.target(), joined(&["a.txt", "c3", "flag", "number-changed", "3", "5", "b.txt"]));
        (spot.kind, spot.against) = (None, None);
        assert_eq!(spot.target(), joined(&["a.txt", "c3", "flag", "", "3", "5", ""]));
    }

    #[test]
    fn what_stands_around_is_cut_between_characters() {
        let text = format!("{}14{}", "ä".repeat(30), "日".repeat(30));
        let [before, after] = around(&text, Span::new(60, 62));
        assert_eq!((before, after), ("ä".repeat(20), "日".repeat(13)));
        assert_eq!(around("14", Span::new(0, 2)), [String::new(), String::new()]);
    }
}
