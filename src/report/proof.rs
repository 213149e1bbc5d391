//! A rewrite with what was found about it, as all formats print it: where evidence stands, and in which words around it.

use crate::collate::apparatus::span;
use crate::collate::check::{Check, Checked, Dropped, Fact, Finding, Source};
use crate::corpus::Article;
use crate::corpus::story::letter;
use crate::text::{Span, width};
use std::ops::Range;

/// A rewrite, its sources, and what was found.
#[derive(Debug, Clone, Copy)]
pub struct Proof<'a> {
    /// The rewrite.
    pub rewrite: &'a Article,
    /// The sources, in the order of their letters.
    pub sources: &'a [Article],
    /// What was found.
    pub check: &'a Check,
    /// How many words in a row count as verbatim.
    pub run: usize,
}

/// A part of a text with the words in it that show something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Excerpt<'a> {
    /// The text that the spans are of.
    pub raw: &'a str,
    /// The part; white space at its ends is left out.
    pub whole: Span,
    /// The words in it.
    pub shown: Span,
    /// Whether the part begins, and ends, inside a sentence.
    pub cut: [bool; 2],
}

impl<'a> Excerpt<'a> {
    /// What stands before the words, what shows something, and what stands behind: on one line, and safe to print.
    pub fn parts(&self) -> [String; 3] {
        let part = |start: usize, end: usize| width::flat(&self.raw[start..end.max(start)]).into_owned();
        let [mut before, shown, mut behind] =
            [part(self.whole.start, self.shown.start), part(self.shown.start, self.shown.end), part(self.shown.end, self.whole.end)];
        if self.cut[0] {
            before.insert_str(0, "… ");
        }
        if self.cut[1] {
            behind.push_str(" …");
        }
        [before, shown, behind]
    }
}

impl<'a> Proof<'a> {
    /// The bytes of some tokens of the rewrite.
    pub fn here(self, tokens: &Range<usize>) -> Span {
        span(&self.rewrite.parsed, tokens)
    }

    /// The bytes of some tokens of a source.
    pub fn there(self, source: usize, tokens: &Range<usize>) -> Span {
        span(&self.sources[source].parsed, tokens)
    }

    /// The bytes of some sentences of an article, from the first to the last.
    pub fn sentences(self, article: &Article, sentences: &Range<usize>) -> Span {
        let all = &article.parsed.sentences[sentences.clone()];
        all.first().zip(all.last()).map_or(Span::default(), |(first, last)| first.span.to(last.span))
    }

    /// The sentence of the rewrite that a finding is about, with the words that show it.
    pub fn evidence_here(self, finding: &Finding, around: usize) -> Excerpt<'a> {
        let sentence = self.rewrite.parsed.sentences[finding.sentence].span;
        let gap = finding.gap.map(|token| token..token);
        let place = finding.here.as_ref().or(gap.as_ref()).map(|tokens| self.here(tokens));
        let shown = place.unwrap_or(Span::new(sentence.start, sentence.start));
        excerpt(&self.rewrite.text, sentence, shown, if place.is_some() { around } else { usize::MAX })
    }

    /// The sentences of the source that say something else, with the words that show it.
    pub fn evidence_there(self, finding: &Finding, around: usize) -> Option<(usize, Excerpt<'a>)> {
        let (source, sentences) = finding.source.as_ref()?;
        let article = &self.sources[*source];
        let whole = self.sentences(article, sentences);
        let shown = finding.there.as_ref().map_or(Span::new(whole.start, whole.start), |tokens| self.there(*source, tokens));
        Some((*source, excerpt(&article.text, whole, shown, if finding.there.is_some() { around } else { usize::MAX })))
    }

    /// The words of a dropped fact, on one line.
    pub fn fact(self, dropped: &Dropped, fact: &Fact) -> String {
        width::flat(self.there(dropped.source, &fact.tokens).of(&self.sources[dropped.source].text)).into_owned()
    }

    /// The sentences of the rewrite that count, with their numbers from 1.
    pub fn counted(self) -> impl Iterator<Item = (usize, &'a Checked)> {
        (1..).zip(&self.check.sentences).filter(|(_, checked)| checked.counts)
    }

    /// What is said of a source beside its path, where it was not simply compared.
    pub fn note(self, source: usize) -> Option<String> {
        match self.check.sources[source] {
            Source::Compared => None,
            Source::Twin(first) => Some(format!("the same text as {}", letter(first))),
            Source::Distant => Some(String::from("not compared sentence by sentence: it shares too little")),
        }
    }
}

/// The part of a text around some words, at most `around` bytes on each side, cut between words.
fn excerpt(raw: &str, whole: Span, shown: Span, around: usize) -> Excerpt<'_> {
    let whole = Span::new(whole.start.min(shown.start), whole.end.max(shown.end));
    let (before, behind) = (&raw[whole.start..shown.start], &raw[shown.end..whole.end]);
    let start = match before.len().checked_sub(around).filter(|&at| at > 0) {
        Some(at) => before.char_indices().find(|(i, c)| *i >= at && c.is_whitespace()).map_or(shown.start, |(i, _)| whole.start + i + 1),
        None => whole.start,
    };
    let end = match behind.len() > around {
        true => behind.char_indices().rev().find(|(i, c)| *i <= around && c.is_whitespace()).map_or(shown.end, |(i, _)| shown.end + i),
        false => whole.end,
    };
    // White space of more than one byte is passed over whole.
    let start = (start..=shown.start).find(|&at| raw.is_char_boundary(at)).unwrap_or(shown.start);
    Excerpt { raw, whole: Span::new(start, end), shown, cut: [start > whole.start, end < whole.end] }
}

/// The letters of some sources in a sentence: `A`, `A and C`, `A, C and D`.
pub fn listed(sources: &[usize]) -> String {
    let names: Vec<String> = sources.iter().map(|source| letter(*source)).collect();
    match names.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, first)) => format!("{} and {last}", first.join(", ")),
        None => String::new(),
    }
}

/// A share in percent; 100 is only said of all.
pub fn percent(share: f64) -> u8 {
    // Between 0 and 100, so nothing is cut off.
    if share >= 1.0 { 100 } else { (share * 100.0).round().clamp(0.0, 99.0) as u8 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_excerpt_is_cut_between_words() {
        let raw = "Ärger am Hafen: the ferry leaves\u{a0}at noon today.";
        let shown = Span::new(raw.find("leaves").unwrap_or(0), raw.find("leaves").unwrap_or(0) + 6);
        let parts = |around: usize| excerpt(raw, Span::new(0, raw.len()), shown, around).parts();
        assert_eq!(parts(12), ["… the ferry ", "leaves", " at noon …"]);
        assert_eq!(parts(usize::MAX).concat().replace('\u{a0}', " "), raw.replace('\u{a0}', " "));
        assert_eq!(parts(0), ["… ", "leaves", " …"]);
    }

    #[test]
    fn letters_are_listed_as_in_a_sentence() {
        assert_eq!([&[][..], &[0], &[0, 2], &[0, 2, 3]].map(listed), ["", "A", "A and C", "A, C and D"]);
    }
}
