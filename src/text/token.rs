//! Words, numbers and signs: the tokens of a text, in order, without the white space between them.
//!
//! Bounds are those of Unicode Standard Annex 29, joined where news needs one word: `iron-clad`, `U.S.`, `Mr.`, `14.5`, `12:24`, `4th`.

use super::Span;
use super::sentence::is_abbreviation;
use unicode_segmentation::UnicodeSegmentation;

/// What a token is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TokenKind {
    /// Letters, with inner apostrophes, hyphens and the full stop of an abbreviation.
    Word,
    /// Digits, with inner points, commas, colons and an ordinal ending.
    Number,
    /// One sign, or a run of the same sign.
    Mark,
}

/// A token: where it stands and what it is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// Its bytes in the text.
    pub span: Span,
    /// What it is made of.
    pub kind: TokenKind,
}

/// The tokens inside `span`, in order. Every character that is not white space is in exactly one of them.
pub fn tokens(raw: &str, span: Span) -> Vec<Token> {
    let mut joined: Vec<Token> = Vec::new();
    for (offset, piece) in span.of(raw).split_word_bound_indices() {
        if piece.trim().is_empty() {
            continue;
        }
        let next = Token { span: Span::new(span.start + offset, span.start + offset + piece.len()), kind: kind_of(piece) };
        match joined.last_mut() {
            Some(last) if last.span.end == next.span.start && extends(raw, last, next, span.end) => {
                last.span.end = next.span.end;
                if next.kind == TokenKind::Word {
                    last.kind = TokenKind::Word;
                }
            }
            _ => joined.push(next),
        }
    }
    joined.iter_mut().for_each(|token| settle(raw, token));
    joined
}

fn kind_of(piece: &str) -> TokenKind {
    if !piece.chars().any(char::is_alphanumeric) {
        TokenKind::Mark
    } else if piece.starts_with(|c: char| c.is_numeric()) {
        TokenKind::Number
    } else {
        TokenKind::Word
    }
}

/// A token that has letters as well as digits is a number only with an ordinal ending or digits throughout.
fn settle(raw: &str, token: &mut Token) {
    let text = token.span.of(raw);
    if token.kind != TokenKind::Mark {
        token.kind = if is_numeric(text) { TokenKind::Number } else { TokenKind::Word };
    }
}

fn is_numeric(text: &str) -> bool {
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let ending = || text[digits.len()..].to_ascii_lowercase();
    digits.starts_with(|c: char| c.is_numeric())
        && digits.chars().all(|c| !c.is_alphabetic())
        && matches!(ending().as_str(), "" | "st" | "nd" | "rd" | "th" | "s" | "m" | "bn" | "k" | "tn" | "am" | "pm" | "p")
}

/// Whether `next`, which follows without a gap, belongs to the same token as `last`.
fn extends(raw: &str, last: &Token, next: Token, end: usize) -> bool {
    let (left, right) = (last.span.of(raw), next.span.of(raw));
    let after = raw[next.span.end..end].chars().next();
    match right {
        "-" | "‐" | "\u{2011}" => ends_alphanumeric(left) && after.is_some_and(char::is_alphanumeric),
        ":" => is_digits(left) && after.is_some_and(|c| c.is_ascii_digit()),
        "." if last.kind != TokenKind::Mark => is_abbreviation(left) || is_initialism(left),
        _ if last.kind == TokenKind::Mark => left == right || repeats(left, right),
        _ if next.kind == TokenKind::Mark => false,
        _ => left.ends_with(['-', '‐', '\u{2011}', ':']),
    }
}

fn ends_alphanumeric(text: &str) -> bool {
    text.ends_with(char::is_alphanumeric)
}

fn is_digits(text: &str) -> bool {
    text.chars().all(|c| c.is_ascii_digit())
}

/// A run of one sign is one token: `...`, `--`. Quotation marks and brackets stand alone, for they pair off.
fn repeats(run: &str, sign: &str) -> bool {
    matches!(sign, "." | "-" | "*" | "_" | "=") && run.starts_with(sign)
}

/// `U.S` or `a.m`: single letters with points between; or one capital alone, as in `J. Smith`.
pub fn is_initialism(text: &str) -> bool {
    let letters: Vec<&str> = text.split('.').collect();
    let single = letters.iter().all(|l| l.chars().count() == 1 && l.chars().all(char::is_alphabetic));
    single && (letters.len() > 1 || text.chars().all(char::is_uppercase)) && text != "I"
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<&str> {
        tokens(text, Span::new(0, text.len())).iter().map(|t| t.span.of(text)).collect()
    }

    #[test]
    fn tokens_are_what_a_reader_would_not_cut() {
        let table: &[(&str, &[&str])] = &[
            ("an iron-clad pact", &["an", "iron-clad", "pact"]),
            ("the U.S. and Mr. Wang", &["the", "U.S.", "and", "Mr.", "Wang"]),
            ("on Feb. 4", &["on", "Feb.", "4"]),
            ("late on Feb.27", &["late", "on", "Feb.", "27"]),
            ("$2.5 billion, or 14.5%", &["$", "2.5", "billion", ",", "or", "14.5", "%"]),
            ("February 4th at 12:24", &["February", "4th", "at", "12:24"]),
            ("the boat’s 1,000 boxes", &["the", "boat’s", "1,000", "boxes"]),
            ("“Well … no...”", &["“", "Well", "…", "no", "...", "”"]),
            ("[for Arland] (file)", &["[", "for", "Arland", "]", "(", "file", ")"]),
            ("the end.", &["the", "end", "."]),
            ("A J. R. Moss—gone", &["A", "J.", "R.", "Moss", "—", "gone"]),
            ("the 2021-22 season", &["the", "2021-22", "season"]),
            ("", &[]),
        ];
        for (text, expected) in table {
            assert_eq!(words(text), *expected);
        }
    }

    #[test]
    fn numbers_are_told_from_words() {
        let kinds = |text: &str| tokens(text, Span::new(0, text.len())).iter().map(|t| t.kind).collect::<Vec<_>>();
        use TokenKind::{Mark, Number, Word};
        assert_eq!(kinds("14 40th 12:24 2021-22 9bn"), [Number; 5]);
        assert_eq!(kinds("A320 iron-clad 50-year-old"), [Word; 3]);
        assert_eq!(kinds("— ” ..."), [Mark; 3]);
    }
}
