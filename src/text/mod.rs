//! The ground floor, bytes to words: opens no files, knows no terminal, cannot fail, and points by span instead of copying.

pub mod block;
mod debris;
pub mod decode;
pub mod fold;
pub mod lexeme;
pub mod lexicon;
pub mod name;
pub mod quantity;
pub mod quote;
pub mod sentence;
mod span;
pub mod token;
pub mod width;

pub use block::{Block, BlockKind};
pub use span::Span;
pub use token::{Token, TokenKind};

use std::ops::Range;

/// What counts as one sentence when a text is taken apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub enum Unit {
    /// A sentence of a recognised block.
    #[default]
    Sentence,
    /// Every line as it stands, none of them page furniture.
    Line,
    /// A whole paragraph.
    Paragraph,
}

/// A text taken apart. Nothing in it copies the text: it is read together with the string that it was made from.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Text {
    /// The pieces of the article, in order; only white space lies between them.
    pub blocks: Vec<Block>,
    /// The sentences of all blocks, in order.
    pub sentences: Vec<Sentence>,
    /// The tokens of all sentences, in order.
    pub tokens: Vec<Token>,
    /// The day from which `yesterday` and `on Monday` are counted; `None` where it is not known.
    pub date: Option<jiff::civil::Date>,
    /// Whether the text is in another language than English, so that none of the rules of English are for it.
    pub foreign: bool,
    /// Whether page furniture counts too.
    pub whole: bool,
}

/// A sentence: where it stands, which tokens it has, and which block it is in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// Its bytes in the text.
    pub span: Span,
    /// Its tokens, as indices into [`Text::tokens`].
    pub tokens: Range<usize>,
    /// Its block, as an index into [`Text::blocks`].
    pub block: usize,
}

impl Text {
    /// Takes a text apart into blocks, sentences and tokens, in time about linear in its length.
    pub fn new(raw: &str, unit: Unit) -> Self {
        let blocks = match unit {
            Unit::Line => block::lines(raw),
            Unit::Sentence | Unit::Paragraph => block::blocks(raw),
        };
        let mut text = Text { blocks, ..Text::default() };
        for index in 0..text.blocks.len() {
            let block = text.blocks[index];
            let whole = unit != Unit::Sentence || !block.kind.is_prose();
            let spans = if whole { vec![block.span] } else { sentence::sentences(raw, block.span) };
            spans.into_iter().for_each(|span| text.add(raw, span, index));
        }
        text
    }

    fn add(&mut self, raw: &str, span: Span, block: usize) {
        let first = self.tokens.len();
        self.tokens.extend(token::tokens(raw, span));
        self.sentences.push(Sentence { span, tokens: first..self.tokens.len(), block });
    }

    /// Takes the first block for the headline, where the format of the file says that there is one.
    pub fn name_headline(&mut self) {
        if let Some(first) = self.blocks.first_mut() {
            first.kind = BlockKind::Headline;
        }
    }

    /// Says what the block is that begins at a byte, where the format of the file knows.
    pub fn name(&mut self, kind: BlockKind, start: usize) {
        if let Some(block) = self.blocks.iter_mut().find(|block| block.span.start == start) {
            block.kind = kind;
        }
    }

    /// The kind of the block that a sentence is in.
    pub fn kind(&self, sentence: usize) -> BlockKind {
        self.blocks[self.sentences[sentence].block].kind
    }

    /// Whether a sentence counts in figures: page furniture and boilerplate do not, unless the reader wants the whole page.
    pub fn counts(&self, sentence: usize) -> bool {
        self.whole || self.kind(sentence).counts()
    }

    /// The sentence at or before a byte offset; the first one where none is before it.
    pub fn sentence_at(&self, offset: usize) -> usize {
        self.sentences.partition_point(|s| s.span.start <= offset).saturating_sub(1)
    }

    /// The token that has a byte, or the next one; behind the last token there is none.
    pub fn token_at(&self, offset: usize) -> usize {
        self.tokens.partition_point(|t| t.span.end <= offset)
    }

    /// How many words and numbers the text has, page furniture left out.
    pub fn words(&self) -> usize {
        let counted = (0..self.sentences.len()).filter(|&s| self.counts(s));
        counted.map(|s| self.tokens[self.sentences[s].tokens.clone()].iter().filter(|t| t.kind != TokenKind::Mark).count()).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_visible_character_is_in_one_token() {
        for raw in ["“A ‘pact’ … is—iron-clad!” he said.\n\n— Wire/Agency", "", " \n ", "日本語の新聞。次。", "a\u{301}\u{200d} b\u{0}c"]
        {
            for unit in [Unit::Sentence, Unit::Line, Unit::Paragraph] {
                let text = Text::new(raw, unit);
                let covered: String = text.tokens.iter().map(|t| t.span.of(raw)).collect();
                let visible: String = raw.chars().filter(|c| !c.is_whitespace()).collect();
                assert_eq!(covered.replace(' ', ""), visible, "{raw:?} {unit:?}");
            }
        }
    }
}
