//! Quotations: which tokens of a text stand between quotation marks, and who is said to have said them.
//!
//! Double and single, curly and straight marks and guillemets are read; apostrophes are told from marks by what they touch.
//! A quotation of several paragraphs, each of which opens anew and only the last of which closes, is one quotation a
//! paragraph. One that never closes ends with its sentence, and a stray closing mark closes nothing.

use super::lexeme::lexeme;
use super::lexicon::Saying;
use super::{Sentence, Text, TokenKind};
use std::ops::Range;

/// Words between quotation marks, within one block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quotation {
    /// The tokens between the marks, as indices into [`Text::tokens`].
    pub tokens: Range<usize>,
    /// Whether it stands inside another quotation.
    pub nested: bool,
    /// Whether its end is marked, or goes on in the next paragraph.
    pub closed: bool,
}

/// A verb of saying with its speaker.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribution {
    /// The token of the verb.
    pub verb: usize,
    /// What the verb makes of the speaker.
    pub saying: Saying,
    /// The tokens that name the speaker; empty where nothing beside the verb does.
    pub speaker: Range<usize>,
}

/// The quotations of a text in the order of their ends, in time linear in its tokens.
pub fn quotations(raw: &str, text: &Text) -> Vec<Quotation> {
    let mut found = Vec::new();
    let blocks: Vec<&[Sentence]> = text.sentences.chunk_by(|a, b| a.block == b.block).collect();
    for (index, sentences) in blocks.iter().enumerate() {
        let goes_on = || blocks.get(index + 1).is_some_and(|next| opens_with_mark(raw, text, next));
        Reader { raw, text, sentences, open: Vec::new(), found: &mut found }.read(goes_on());
    }
    found
}

/// Whether the first token of a block opens a double quotation.
fn opens_with_mark(raw: &str, text: &Text, sentences: &[Sentence]) -> bool {
    let first = sentences.first().and_then(|s| text.tokens.get(s.tokens.start));
    first.is_some_and(|token| matches!(token.span.of(raw), "“" | "\"" | "«"))
}

/// What a mark does where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Act {
    Open(char),
    Close(char),
    Nothing,
}

/// Double marks are told from single ones by these two signs.
const DOUBLE: char = '"';
const SINGLE: char = '\'';

struct Reader<'a> {
    raw: &'a str,
    text: &'a Text,
    sentences: &'a [Sentence],
    /// Quotations that are open: the sort of mark and the first token inside.
    open: Vec<(char, usize)>,
    found: &'a mut Vec<Quotation>,
}

impl Reader<'_> {
    fn read(mut self, goes_on: bool) {
        let (Some(first), Some(last)) = (self.sentences.first(), self.sentences.last()) else { return };
        let tokens = first.tokens.start..last.tokens.end;
        for at in tokens.clone() {
            match self.act(at, &tokens) {
                Act::Open(mark) => {
                    self.abandon(mark, at);
                    self.open.push((mark, at + 1));
                }
                Act::Close(mark) => self.close(mark, at),
                Act::Nothing => {}
            }
        }
        // A single mark that nothing closes was an apostrophe.
        for (mark, start) in std::mem::take(&mut self.open).into_iter().filter(|(mark, _)| *mark == DOUBLE) {
            debug_assert_eq!(mark, DOUBLE);
            let end = if goes_on { tokens.end } else { self.sentence_end(start) };
            self.push(start..end, goes_on);
        }
    }

    fn word(&self, at: usize) -> &str {
        self.text.tokens.get(at).map_or("", |token| token.span.of(self.raw))
    }

    /// Whether two neighbouring tokens touch.
    fn touches(&self, at: usize, block: &Range<usize>) -> bool {
        block.contains(&at) && at > block.start && self.text.tokens[at - 1].span.end == self.text.tokens[at].span.start
    }

    fn is_lettered(&self, at: usize) -> bool {
        self.text.tokens.get(at).is_some_and(|token| token.kind != TokenKind::Mark)
    }

    fn act(&self, at: usize, block: &Range<usize>) -> Act {
        let before = self.touches(at, block) && (self.is_lettered(at - 1) || is_closing(self.word(at - 1)));
        let after = self.touches(at + 1, block);
        let within = |mark: char| self.open.iter().any(|(open, _)| *open == mark);
        match self.word(at) {
            "“" | "«" | "„" => Act::Open(DOUBLE),
            "”" | "»" => Act::Close(DOUBLE),
            "\"" if within(DOUBLE) && (before || !after) => Act::Close(DOUBLE),
            // A mark that touches what follows opens, even where it is glued to the full stop before: `ended."To suggest`.
            "\"" if after && !(before && self.is_lettered(at - 1)) => Act::Open(DOUBLE),
            "\"" if within(DOUBLE) => Act::Close(DOUBLE),
            "\"" if !before => Act::Open(DOUBLE),
            "‘" if !before && after => Act::Open(SINGLE),
            "'" if !before && after && self.is_lettered(at + 1) && !self.word(at + 1).starts_with(|c: char| c.is_ascii_digit()) => {
                if within(SINGLE) { Act::Nothing } else { Act::Open(SINGLE) }
            }
            "’" | "'" if within(SINGLE) && before && !(after && self.is_lettered(at + 1)) => Act::Close(SINGLE),
            _ => Act::Nothing,
        }
    }

    /// A mark that opens although one of its sort is open: the one before was never closed.
    fn abandon(&mut self, mark: char, at: usize) {
        let Some(index) = self.open.iter().position(|(open, _)| *open == mark) else { return };
        let (_, start) = self.open[index];
        self.open.truncate(index);
        if mark == DOUBLE {
            self.push(start..at.min(self.sentence_end(start)), false);
        }
    }

    fn close(&mut self, mark: char, at: usize) {
        let Some(index) = self.open.iter().rposition(|(open, _)| *open == mark) else { return };
        let (_, start) = self.open[index];
        self.open.truncate(index);
        self.push(start..at, true);
    }

    fn push(&mut self, tokens: Range<usize>, closed: bool) {
        if !tokens.is_empty() {
            self.found.push(Quotation { tokens, nested: !self.open.is_empty(), closed });
        }
    }

    fn sentence_end(&self, token: usize) -> usize {
        self.sentences.iter().find(|s| s.tokens.end > token).map_or(token, |s| s.tokens.end)
    }
}

fn is_closing(word: &str) -> bool {
    word.ends_with([',', '.', '?', '!', '…', ')', ']', '’', '\'', '”', '-', '–', '—'])
}

/// The verb of saying nearest to some tokens of a sentence, outside quotations, with its speaker.
///
/// `quoted` tells of a token whether it stands in a quotation. The speaker is what stands between the verb and the next mark,
/// before the verb where there is something, else behind it (`said Moss`).
pub fn attribution(
    raw: &str,
    text: &Text,
    sentence: &Sentence,
    near: &Range<usize>,
    quoted: impl Fn(usize) -> bool,
) -> Option<Attribution> {
    let distance = |at: usize| if at < near.start { near.start - at } else { at.saturating_sub(near.end) };
    let verbs = sentence.tokens.clone().filter(|&at| text.tokens[at].kind == TokenKind::Word && !quoted(at));
    let sayings = verbs.filter_map(|at| Some((at, lexeme(text.tokens[at].span.of(raw)).meaning.saying()?)));
    let (verb, saying) = sayings.min_by_key(|(at, _)| distance(*at))?;
    let speaks = |at: &usize| text.tokens[*at].kind != TokenKind::Mark && !quoted(*at);
    let before = (sentence.tokens.start..verb).rev().take_while(speaks).last().map_or(verb..verb, |first| first..verb);
    let after = (verb + 1..sentence.tokens.end).take_while(speaks).last().map_or(verb..verb, |last| verb + 1..last + 1);
    Some(Attribution { verb, saying, speaker: if before.is_empty() { after } else { before } })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Span, Unit};

    fn quoted(raw: &str) -> Vec<String> {
        let text = Text::new(raw, Unit::Sentence);
        let span = |range: &Range<usize>| -> Span { text.tokens[range.start].span.to(text.tokens[range.end - 1].span) };
        quotations(raw, &text).iter().map(|q| span(&q.tokens).of(raw).to_string()).collect()
    }

    #[test]
    fn quotations_of_all_dresses() {
        let table: &[(&str, &[&str])] = &[
            ("The mayor called it “a pact for ever” on Friday.", &["a pact for ever"]),
            ("The mayor called it \"a pact\" and then \"a bridge.\"", &["a pact", "a bridge."]),
            ("The mayor called it ‘ironclad’, and the town’s people’s clerk agreed.", &["ironclad"]),
            ("It is 'ironclad' and the towns' clerk isn't the mayor's.", &["ironclad"]),
            ("«The ice will hold», she said.", &["The ice will hold"]),
            ("“He told me ‘never again’ twice,” she said.", &["never again", "He told me ‘never again’ twice,"]),
            ("“We go,” he said, “and we stay gone.”", &["We go,", "and we stay gone."]),
            ("“Go. Do not come back,” he said. It rained.", &["Go. Do not come back,"]),
            ("He said: “The ice will hold. Nobody wrote it down.", &["The ice will hold."]),
            ("The lake towns’ clerks closed the books.” It rained.", &[]),
            ("In the '90s the towns' pact was new.", &[]),
            ("A “first part “second part” ends.", &["first part", "second part"]),
            ("", &[]),
        ];
        for (raw, expected) in table {
            assert_eq!(quoted(raw), *expected, "{raw}");
        }
    }

    #[test]
    fn a_quotation_goes_on_over_paragraphs() {
        let raw =
            "“The ice will hold this winter. So will the pact.\n\n“Nobody will ask for more,” the mayor told the clerks of both towns.";
        assert_eq!(quoted(raw), ["The ice will hold this winter. So will the pact.", "Nobody will ask for more,"]);
    }

    #[test]
    fn a_quotation_has_a_speaker() {
        for (raw, verb, speaker) in [
            ("“We go,” Mayor Lund said on Friday.", "said", "Mayor Lund"),
            ("“We go,” warned Ada Lund.", "warned", "Ada Lund"),
            ("The clerk claimed: “We go.”", "claimed", "The clerk"),
        ] {
            let text = Text::new(raw, Unit::Sentence);
            let found = quotations(raw, &text);
            let inside = |at: usize| found[0].tokens.contains(&at);
            let told = attribution(raw, &text, &text.sentences[0], &found[0].tokens, inside).expect("a verb of saying");
            let words = |range: &Range<usize>| text.tokens[range.start].span.to(text.tokens[range.end - 1].span).of(raw);
            assert_eq!((words(&(told.verb..told.verb + 1)), words(&told.speaker)), (verb, speaker));
        }
    }
}
