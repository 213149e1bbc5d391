//! Pieces: tokens cut where figures need it (`42-year-old`, `$2.5bn`, `5-2`), each looked up once in the vocabulary.

use super::words;
use crate::text::{Token, TokenKind};

/// What a piece is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PieceKind {
    /// Digits with inner points, commas and colons, or the sign of a fraction.
    Digits,
    /// Letters.
    Letters,
    /// Letters and digits that name a thing: `A320`.
    Code,
    /// A hyphen inside a token, or a dash that stands between two tokens without a gap.
    Hyphen,
    /// Any other sign.
    Sign,
}

/// A token or a part of one.
#[derive(Debug, Clone, Copy)]
pub(super) struct Piece<'a> {
    /// The index of its token.
    pub(super) token: usize,
    /// How it is printed.
    pub(super) raw: &'a str,
    /// Its word in the vocabulary; empty where it has none.
    pub(super) word: &'static str,
    /// Whether a figure or a date can begin with the word.
    pub(super) opens: bool,
    /// Whether the word has a possessive ending.
    pub(super) owner: bool,
    /// What it is made of.
    pub(super) kind: PieceKind,
    /// Whether its token begins with it.
    pub(super) begins: bool,
    /// Whether its token ends with it.
    pub(super) ends: bool,
    /// Whether it follows the piece before it without white space.
    pub(super) glued: bool,
}

/// The pieces of consecutive tokens.
pub(super) fn pieces<'a>(raw: &'a str, tokens: &[Token]) -> Vec<Piece<'a>> {
    let mut all: Vec<Piece> = Vec::with_capacity(tokens.len() + tokens.len() / 8);
    for (index, token) in tokens.iter().enumerate() {
        let first = all.len();
        let text = token.span.of(raw);
        match token.kind {
            TokenKind::Mark => all.push(piece(index, text, sign_kind(tokens, index, text))),
            TokenKind::Word | TokenKind::Number => cut(index, text, &mut all),
        }
        all[first..].iter_mut().for_each(|p| p.glued = true);
        if let Some(begin) = all.get_mut(first) {
            begin.begins = true;
            begin.glued = is_glued(tokens, index);
        }
        if let Some(end) = all.last_mut() {
            end.ends = true;
        }
    }
    all
}

fn piece(token: usize, raw: &str, kind: PieceKind) -> Piece<'_> {
    let words::Known { word, opens, owner } = match kind {
        PieceKind::Digits | PieceKind::Code | PieceKind::Hyphen => words::Known::default(),
        PieceKind::Letters | PieceKind::Sign => words::known(raw),
    };
    Piece { token, raw, word, opens, owner, kind, begins: false, ends: false, glued: false }
}

fn is_glued(tokens: &[Token], index: usize) -> bool {
    index > 0 && index < tokens.len() && tokens[index - 1].span.end == tokens[index].span.start
}

fn sign_kind(tokens: &[Token], index: usize, text: &str) -> PieceKind {
    let dash = is_hyphen(text) || matches!(text, "–" | "‒" | "—");
    if dash && is_glued(tokens, index) && is_glued(tokens, index + 1) { PieceKind::Hyphen } else { PieceKind::Sign }
}

fn is_hyphen(text: &str) -> bool {
    matches!(text, "-" | "‐" | "\u{2011}")
}

/// Cuts a word or number at its hyphens, and between a figure and its letters.
fn cut<'a>(token: usize, text: &'a str, all: &mut Vec<Piece<'a>>) {
    if text.bytes().all(|b| b.is_ascii_alphabetic()) {
        return all.push(piece(token, text, PieceKind::Letters));
    }
    let mut rest = text;
    while let Some(at) = rest.find(['-', '‐', '\u{2011}']) {
        let width = rest[at..].chars().next().map_or(1, char::len_utf8);
        cut_part(token, &rest[..at], all);
        all.push(piece(token, &rest[at..at + width], PieceKind::Hyphen));
        rest = &rest[at + width..];
    }
    cut_part(token, rest, all);
}

/// Cuts a part without hyphens: `2.5bn`, `A320`, `USD5`, `year`.
fn cut_part<'a>(token: usize, part: &'a str, all: &mut Vec<Piece<'a>>) {
    if part.is_empty() {
        return;
    }
    let mut add = |raw: &'a str, kind: PieceKind| all.push(piece(token, raw, kind));
    if !part.contains(char::is_numeric) {
        return add(part, PieceKind::Letters);
    }
    let letters = part.find(char::is_numeric).unwrap_or(0);
    let figure = part[letters..].find(|c: char| !is_figure(c)).map_or(part.len(), |end| letters + end);
    let (before, digits, after) = (&part[..letters], &part[letters..figure], &part[figure..]);
    let plain = |text: &str| text.chars().all(char::is_alphabetic);
    let currency = || before.starts_with(char::is_uppercase) && is_currency(words::known(before).word);
    if !plain(after) || !(before.is_empty() || currency()) {
        return add(part, PieceKind::Code);
    }
    [(before, PieceKind::Letters), (digits, PieceKind::Digits), (after, PieceKind::Letters)]
        .into_iter()
        .filter(|(raw, _)| !raw.is_empty())
        .for_each(|(raw, kind)| add(raw, kind));
}

fn is_figure(c: char) -> bool {
    c.is_numeric() || matches!(c, '.' | ',' | ':')
}

/// Whether letters may stand for a currency before a figure.
fn is_currency(word: &str) -> bool {
    words::CURRENCY_PHRASES.beginning(word).iter().any(|phrase| phrase.words.len() == 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Span, token};

    #[test]
    fn tokens_are_cut_where_figures_need_it() {
        let table: &[(&str, &[&str])] = &[
            ("a 42-year-old man", &["a", "42", "-", "year", "-", "old", "man"]),
            ("$2.5bn", &["$", "2.5", "bn"]),
            ("won 5-2 or 2–1", &["won", "5", "-", "2", "or", "2", "–", "1"]),
            ("A320 F-16 G7 5km", &["A320", "F", "-", "16", "G7", "5", "km"]),
            ("EUR5m at 5.30pm", &["EUR", "5", "m", "at", "5.30", "pm"]),
        ];
        for (text, expected) in table {
            let cut: Vec<&str> = pieces(text, &token::tokens(text, Span::new(0, text.len()))).iter().map(|p| p.raw).collect();
            assert_eq!(cut, *expected);
        }
    }
}
