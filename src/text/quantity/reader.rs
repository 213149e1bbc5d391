//! Reading pieces from left to right: what stands where, and the order in which readings are tried.

use super::Quantity;
use super::piece::{Piece, PieceKind, pieces};
use super::value::{Name, Value};
use super::words::{self, Phrases, WordList};
use crate::text::{Token, lexicon};

/// What a reader found: the piece after it, and what it is.
pub(super) type Read<T> = Option<(usize, T)>;

/// The pieces of a run of tokens. Positions are indices of pieces; one beyond the end is a piece without text.
pub(super) struct Reader<'a> {
    pieces: Vec<Piece<'a>>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(raw: &'a str, tokens: &[Token]) -> Self {
        Reader { pieces: pieces(raw, tokens) }
    }

    pub(super) fn quantities(&self) -> Vec<Quantity> {
        let mut found = Vec::new();
        let mut at = 0;
        while at < self.pieces.len() {
            let read = if self.may_begin(at) { self.value(at) } else { None };
            at = match read {
                Some((next, value)) if next > at => {
                    found.push(Quantity { tokens: self.pieces[at].token..self.pieces[next - 1].token + 1, value });
                    next
                }
                _ => at + 1,
            };
        }
        found
    }

    /// A cheap look: figures, words that open one, and words in parts.
    fn may_begin(&self, at: usize) -> bool {
        let piece = &self.pieces[at];
        piece.begins && (piece.opens || matches!(piece.kind, PieceKind::Digits | PieceKind::Code) || !piece.ends)
    }

    fn value(&self, at: usize) -> Read<Value> {
        let closed = |read: Read<Value>| read.filter(|(next, _)| self.closes(*next));
        closed(self.time(at))
            .or_else(|| closed(self.relative(at)))
            .or_else(|| closed(self.date(at)))
            .or_else(|| if self.is_slashed(at) { None } else { closed(self.amount(at)) })
            .or_else(|| closed(self.label(at)))
    }

    /// `9/11`, `24/7`: figures with a stroke between them that are no fraction.
    fn is_slashed(&self, at: usize) -> bool {
        let strokes = self.raw(at + 1) == "/" && self.glued(at + 1) && self.glued(at + 2);
        strokes && self.is_digits(at) && self.is_digits(at + 2) && self.ratio(at).is_none()
    }

    /// Letters and digits that name a thing, and figures that are none of another sort: `F-16`, `G7`, `9/11`.
    fn label(&self, at: usize) -> Read<Value> {
        let mut end = self.end_of_token(at);
        while self.raw(end) == "/" && self.glued(end) && self.glued(end + 1) && self.kind(end + 1).is_some_and(|k| k != PieceKind::Sign) {
            end = self.end_of_token(end + 1);
        }
        let parts = &self.pieces[at..end];
        if !parts.iter().any(|p| matches!(p.kind, PieceKind::Digits | PieceKind::Code)) {
            return None;
        }
        let named = parts.first().is_some_and(|p| p.kind != PieceKind::Digits);
        let bare = |p: &Piece<'a>| match p.raw {
            "s" if named => "",
            raw => raw.trim_end_matches("'s").trim_end_matches("’s"),
        };
        let last = |raw: &'a str| {
            if named && raw.ends_with('s') && raw[..raw.len() - 1].ends_with(|c: char| c.is_ascii_digit()) {
                &raw[..raw.len() - 1]
            } else {
                raw
            }
        };
        Some((end, Value::Label(Name::new(parts.iter().map(|p| last(bare(p)))))))
    }

    // --- What stands where ------------------------------------------------------------------------------------------

    fn piece(&self, at: usize) -> Option<&Piece<'a>> {
        self.pieces.get(at)
    }

    /// How a piece is printed; empty beyond the end.
    pub(super) fn raw(&self, at: usize) -> &'a str {
        self.piece(at).map_or("", |p| p.raw)
    }

    /// What a piece is made of.
    pub(super) fn kind(&self, at: usize) -> Option<PieceKind> {
        self.piece(at).map(|p| p.kind)
    }

    /// Whether a piece is digits.
    pub(super) fn is_digits(&self, at: usize) -> bool {
        self.kind(at) == Some(PieceKind::Digits)
    }

    /// The word of the vocabulary that a piece is; empty where it is none, or has a possessive ending.
    pub(super) fn word(&self, at: usize) -> &'static str {
        self.piece(at).filter(|p| !p.owner).map_or("", |p| p.word)
    }

    /// The same, with or without a possessive ending: dates have them (`Monday's`), figures do not.
    pub(super) fn name(&self, at: usize) -> &'static str {
        self.piece(at).map_or("", |p| p.word)
    }

    /// The word before a piece, a hyphen between them left out.
    pub(super) fn word_before(&self, at: usize) -> &'static str {
        let hyphen = usize::from(at > 0 && self.kind(at - 1) == Some(PieceKind::Hyphen));
        at.checked_sub(1 + hyphen).map_or("", |before| self.word(before))
    }

    /// Whether a piece is one of these words.
    pub(super) fn any(&self, at: usize, words: &[&str]) -> bool {
        debug_assert!(words.iter().all(|w| words::is_known(w)), "not in the vocabulary: {words:?}");
        let word = self.word(at);
        !word.is_empty() && words.contains(&word)
    }

    /// Whether a piece is this word.
    pub(super) fn is(&self, at: usize, word: &str) -> bool {
        self.any(at, &[word])
    }

    /// Whether the piece before is one of these words.
    pub(super) fn any_before(&self, at: usize, words: &[&str]) -> bool {
        at > 0 && self.any(at - 1, words)
    }

    /// Whether a piece follows without white space.
    pub(super) fn glued(&self, at: usize) -> bool {
        self.piece(at).is_some_and(|p| p.glued)
    }

    /// Whether a piece begins a token.
    pub(super) fn begins(&self, at: usize) -> bool {
        self.piece(at).is_some_and(|p| p.begins)
    }

    /// Whether a token ends before this position.
    pub(super) fn closes(&self, next: usize) -> bool {
        next > 0 && self.piece(next - 1).is_some_and(|p| p.ends)
    }

    /// Whether a piece begins with a capital.
    pub(super) fn is_capital(&self, at: usize) -> bool {
        self.raw(at).starts_with(char::is_uppercase)
    }

    /// Whether a piece is a word in small letters that is neither in the vocabulary nor one of grammar: most likely a noun.
    pub(super) fn is_noun(&self, at: usize) -> bool {
        let unknown = self.kind(at) == Some(PieceKind::Letters) && self.word(at).is_empty() && !self.is_capital(at);
        unknown && !lexicon::is_function_word(self.raw(at))
    }

    /// The position behind a hyphen, or the same where there is none.
    pub(super) fn joint(&self, at: usize) -> usize {
        if self.kind(at) == Some(PieceKind::Hyphen) { at + 1 } else { at }
    }

    /// The position behind the token of a piece.
    pub(super) fn end_of_token(&self, at: usize) -> usize {
        let rest = self.pieces.get(at..).unwrap_or(&[]);
        at + rest.iter().position(|p| p.ends).map_or(rest.len(), |end| end + 1)
    }

    /// The pieces from one position up to another.
    pub(super) fn between(&self, start: usize, end: usize) -> &[Piece<'a>] {
        self.pieces.get(start..end).unwrap_or(&[])
    }

    /// The longest phrase of a table that stands here.
    pub(super) fn phrase<T: Copy>(&self, at: usize, phrases: &Phrases<T>) -> Read<T> {
        let word = self.word(at);
        if word.is_empty() {
            return None;
        }
        phrases.beginning(word).iter().find_map(|phrase| {
            let mut next = at + 1;
            for word in &phrase.words[1..] {
                next = self.joint(next);
                if self.word(next) != *word {
                    return None;
                }
                next += 1;
            }
            Some((next, phrase.meaning))
        })
    }

    /// Whether one of the words up to `reach` pieces before a position, up to the nearest sign, is in a list.
    pub(super) fn near_before(&self, at: usize, reach: usize, list: &WordList) -> bool {
        let start = at.saturating_sub(reach);
        let nearest = self.between(start, at).iter().rev();
        nearest.take_while(|p| p.kind != PieceKind::Sign || matches!(p.word, "%" | "$")).any(|p| list.has(p.word))
    }

    /// Whether one of the words up to `reach` pieces from a position on, up to the nearest sign, is in a list.
    pub(super) fn near_after(&self, at: usize, reach: usize, list: &WordList) -> bool {
        let end = self.pieces.len().min(at + reach);
        self.between(at.min(end), end).iter().take_while(|p| p.kind != PieceKind::Sign).any(|p| list.has(p.word))
    }
}
