//! The apparatus of a story as all formats print it: which passages and variants were asked for, and the words of each reading.

use crate::collate::apparatus::{self, Apparatus, Passage, Reading, Variant};
use crate::collate::{Kind, Level};
use crate::corpus::Article;
use crate::corpus::story::letter;
use crate::text::Span;
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
        letters(self.at.iter().map(|(version, _)| *version))
    }
}

/// A piece of the running text of a passage.
#[derive(Debug, Clone, PartialEq)]
pub enum Piece<'a> {
    /// Tokens of a version that stand in no variant that is wanted.
    Words(Range<usize>),
    /// A variant that is wanted, with its number.
    Place(usize, &'a Variant),
}

/// How much there is of what, whatever is wanted. Page furniture does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Figures {
    /// All passages.
    pub passages: usize,
    /// Those that every version has.
    pub complete: usize,
    /// The variants of form, wording and substance.
    pub variants: [usize; 3],
    /// What an editor must not miss.
    pub flags: usize,
}

impl<'a> Edition<'a> {
    /// How much there is of what.
    pub fn figures(self) -> Figures {
        let mut figures = Figures::default();
        for passage in self.apparatus.passages.iter().filter(|p| p.counts) {
            figures.passages += 1;
            figures.complete += usize::from(passage.sentences.len() == self.articles.len());
            figures.flags += passage.flags.len();
            passage.variants.iter().for_each(|v| figures.variants[v.level() as usize] += 1);
        }
        figures
    }

    /// The headline of the first version, on one line.
    pub fn title(self) -> Cow<'a, str> {
        self.articles.first().map_or(Cow::Borrowed(""), |article| flat(article.headline()))
    }

    /// The language of a version, where it is one that BCP 47 can name: formats print whatever stands in a page.
    pub fn language(self, version: usize) -> Option<String> {
        let tag = self.articles[version].language.as_deref()?.replace('_', "-");
        let mut parts = tag.split('-');
        let short = |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric());
        let primary = parts.next().is_some_and(|part| short(part) && part.bytes().all(|b| b.is_ascii_alphabetic()));
        (primary && parts.all(short)).then_some(tag)
    }

    /// The versions that do not have a passage, in order.
    pub fn lacking(self, passage: &Passage) -> Vec<usize> {
        (0..self.articles.len()).filter(|&version| passage.sentences_of(version).is_none()).collect()
    }

    /// The text of a passage in a version, cut at the variants that are wanted: all of its words that stand in none of them,
    /// and every variant in its place, also where the version has nothing.
    pub fn running(self, passage: &'a Passage, version: usize) -> Vec<Piece<'a>> {
        let own = self.tokens(passage, version);
        let (mut pieces, mut next) = (Vec::new(), own.start);
        for (number, variant) in self.variants(passage) {
            let Some((_, tokens)) = variant.reading_of(version) else { continue };
            if next < tokens.start {
                pieces.push(Piece::Words(next..tokens.start));
            }
            pieces.push(Piece::Place(number, variant));
            next = tokens.end;
        }
        if next < own.end {
            pieces.push(Piece::Words(next..own.end));
        }
        pieces
    }

    /// The tokens of a version's sentences of a passage.
    pub fn tokens(self, passage: &Passage, version: usize) -> Range<usize> {
        let sentences = passage.sentences_of(version).map_or(&[][..], |range| &self.articles[version].parsed.sentences[range.clone()]);
        sentences.first().map_or(0, |s| s.tokens.start)..sentences.last().map_or(0, |s| s.tokens.end)
    }

    /// Whether white space stands between a token of a passage and the one in front of it.
    pub fn is_spaced(self, passage: &Passage, version: usize, token: usize) -> bool {
        let tokens = &self.articles[version].parsed.tokens;
        let own = self.tokens(passage, version);
        own.start < token && token < own.end && tokens[token - 1].span.end < tokens[token].span.start
    }

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
        apparatus::span(&self.articles[version].parsed, tokens)
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

/// A text with every stretch of white space as one space.
fn flat(text: &str) -> Cow<'_, str> {
    let plain = !text.contains(|c: char| c.is_whitespace() && c != ' ') && !text.contains("  ");
    if plain { Cow::Borrowed(text) } else { Cow::Owned(text.split_whitespace().collect::<Vec<_>>().join(" ")) }
}

/// What a variant is, in words: `synonym · wording`.
pub fn label(kind: Kind) -> String {
    format!("{} · {}", kind.name(), kind.level().name())
}

/// The letters of some versions: `A C`.
pub fn letters(versions: impl Iterator<Item = usize>) -> String {
    versions.map(letter).collect::<Vec<_>>().join(" ")
}
