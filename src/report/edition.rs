//! The apparatus of a story as all formats print it: which passages and variants were asked for, and the words of each reading.

use crate::collate::apparatus::{Apparatus, Passage, Reading, Variant};
use crate::collate::letter::greek;
use crate::collate::lineage::{Lineage, Node};
use crate::collate::{Kind, Level};
use crate::corpus::Article;
use crate::corpus::story::letter;
use crate::text::{Span, Text};
use std::borrow::Cow;
use std::ops::Range;

/// Articles, what was found about them, and what of it is wanted.
#[derive(Debug, Clone, Copy)]
pub struct Edition<'a> {
    /// The versions, in the order of their letters.
    pub articles: &'a [Article],
    /// Passages and variants of these articles.
    pub apparatus: &'a Apparatus,
    /// The lowest level of difference that counts: readings that differ below it are one.
    pub lowest: Level,
    /// Whether only variants with a flag are wanted.
    pub flags_only: bool,
}

/// A reading as it is printed: what is one at the level that is wanted.
#[derive(Debug, Clone, PartialEq)]
pub struct Told<'a> {
    /// The words of its most common form, white space as one space; empty where the versions have nothing here.
    pub text: Cow<'a, str>,
    /// Its versions, in order, each with the bytes of its own words; an empty span at the place where there are none.
    pub at: Vec<(usize, Span)>,
}

impl Told<'_> {
    /// The letters of its versions: `A C`.
    pub fn letters(&self) -> String {
        self.at.iter().map(|(version, _)| letter(*version)).collect::<Vec<_>>().join(" ")
    }
}

impl<'a> Edition<'a> {
    /// The variants of a passage that are wanted, with their numbers.
    pub fn variants(self, passage: &'a Passage) -> impl Iterator<Item = (usize, &'a Variant)> {
        let wanted = move |variant: &Variant| variant.level() >= self.lowest && (!self.flags_only || !variant.flags.is_empty());
        passage.variants.iter().enumerate().filter(move |(_, variant)| wanted(variant))
    }

    /// The readings of a variant at the level that is wanted, the most common one first.
    pub fn readings(self, variant: &'a Variant) -> Vec<Told<'a>> {
        variant.readings_at(self.lowest).into_iter().map(|group| self.told(&group)).collect()
    }

    fn told(self, group: &[&Reading]) -> Told<'a> {
        let mut at: Vec<(usize, Span)> =
            group.iter().flat_map(|reading| &reading.at).map(|(version, tokens)| (*version, self.span(*version, tokens))).collect();
        at.sort_by_key(|(version, _)| *version);
        let first = group.first().and_then(|reading| reading.at.first());
        Told { text: first.map_or(Cow::Borrowed(""), |(version, tokens)| self.words(*version, tokens)), at }
    }

    /// The bytes of some tokens of a version; of none, the place in front of the next one.
    pub fn span(self, version: usize, tokens: &Range<usize>) -> Span {
        let text = &self.articles[version].parsed;
        match text.tokens[tokens.clone()] {
            [] => place(text, tokens.start),
            [first, ..] => first.span.to(text.tokens[tokens.end - 1].span),
        }
    }

    /// The words of some tokens of a version, white space as one space.
    pub fn words(self, version: usize, tokens: &Range<usize>) -> Cow<'a, str> {
        flat(self.span(version, tokens).of(&self.articles[version].text))
    }

    /// The bytes of a version's sentences of a passage, one span for each.
    pub fn sentences(self, version: usize, sentences: &Range<usize>) -> impl Iterator<Item = Span> + use<'a> {
        self.articles[version].parsed.sentences[sentences.clone()].iter().map(|sentence| sentence.span)
    }

    /// The version that stands for a passage where only one can be shown: the first whose readings most others share.
    pub fn spokesman(self, passage: &Passage) -> usize {
        let shared = |version: usize| {
            let readings = passage.variants.iter().filter_map(|v| v.reading_of(version).map(|(reading, _)| &v.readings[reading]));
            readings.map(|reading| reading.at.len()).sum::<usize>()
        };
        let versions = passage.sentences.iter().map(|(version, _)| *version);
        versions.rev().max_by_key(|&version| shared(version)).unwrap_or(0)
    }
}

/// The empty span in front of a token, or behind the last one.
fn place(text: &Text, token: usize) -> Span {
    let end = || text.tokens.last().map_or(0, |t| t.span.end);
    let at = text.tokens.get(token).map_or_else(end, |t| t.span.start);
    Span::new(at, at)
}

/// A text with every stretch of white space as one space.
fn flat(text: &str) -> Cow<'_, str> {
    let plain = !text.contains(|c: char| c.is_whitespace() && c != ' ') && !text.contains("  ");
    if plain { Cow::Borrowed(text) } else { Cow::Owned(text.split_whitespace().collect::<Vec<_>>().join(" ")) }
}

/// What a variant is, in words: `synonym · wording`.
pub fn label(kind: Kind) -> String {
    format!("{} · {}", kind.name(), kind.level().name())
}

/// The letter of a node of a lineage: that of the version, or a Greek one for an unseen ancestor.
pub fn node_letter(lineage: &Lineage, node: usize) -> String {
    match lineage.nodes[node] {
        Node::Version(version) => letter(version),
        Node::Unseen => greek(lineage.nodes[..node].iter().filter(|node| **node == Node::Unseen).count()),
    }
}
