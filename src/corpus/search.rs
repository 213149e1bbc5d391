//! Finding words in an article: folded for case, accents and typography, told by span.

use crate::text::{Span, fold};

/// Where a query stands in a text, in order, none overlapping another. Case, accents and the shape of quotation marks do not
/// matter, unless the query has a capital letter: then case does.
pub fn find(raw: &str, query: &str) -> Vec<Span> {
    Needle::new(query).spans(raw)
}

/// A query, folded once for many texts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Needle {
    chars: Vec<char>,
    exact: bool,
    /// The same as bytes, where it is ASCII.
    bytes: Option<Vec<u8>>,
}

impl Needle {
    /// Folds a query.
    pub fn new(query: &str) -> Needle {
        let exact = query.chars().any(char::is_uppercase);
        let chars: Vec<char> = folded(query.trim(), exact).into_iter().map(|(c, _)| c).collect();
        let bytes = chars.iter().map(|c| u8::try_from(*c).ok().filter(u8::is_ascii)).collect();
        Needle { chars, exact, bytes }
    }

    /// Whether there is nothing to look for.
    pub fn is_empty(&self) -> bool {
        self.chars.is_empty()
    }

    /// Whether it stands in a text.
    pub fn is_in(&self, raw: &str) -> bool {
        // Names and headlines are mostly ASCII with single blanks, which is what they are folded to, case aside.
        let is_plain = raw.is_ascii() && !raw.contains(|c: char| c.is_whitespace() && c != ' ') && !raw.contains("  ");
        match &self.bytes {
            _ if self.is_empty() => false,
            Some(bytes) if is_plain && self.exact => raw.as_bytes().windows(bytes.len()).any(|window| window == bytes),
            Some(bytes) if is_plain => raw.as_bytes().windows(bytes.len()).any(|window| window.eq_ignore_ascii_case(bytes)),
            _ => !self.spans(raw).is_empty(),
        }
    }

    fn spans(&self, raw: &str) -> Vec<Span> {
        if self.is_empty() { Vec::new() } else { spans(raw, &self.chars, self.exact) }
    }
}

fn spans(raw: &str, folded_query: &[char], exact: bool) -> Vec<Span> {
    let text = folded(raw, exact);
    let mut spans = Vec::new();
    let mut at = 0;
    while at + folded_query.len() <= text.len() {
        let hit = text[at..].iter().zip(folded_query).all(|((c, _), q)| c == q);
        if hit {
            let end = text.get(at + folded_query.len()).map_or(raw.len(), |(_, offset)| *offset);
            spans.push(Span::new(text[at].1, end).trimmed(raw));
            at += folded_query.len();
        } else {
            at += 1;
        }
    }
    spans
}

/// The folded characters of a text, each with the offset of the character that it comes from; white space is one space.
fn folded(raw: &str, exact: bool) -> Vec<(char, usize)> {
    let mut chars: Vec<(char, usize)> = Vec::with_capacity(raw.len());
    let mut buffer = [0; 4];
    for (offset, c) in raw.char_indices() {
        if c.is_whitespace() {
            if chars.last().is_none_or(|(last, _)| *last != ' ') {
                chars.push((' ', offset));
            }
        } else if c.is_ascii() {
            chars.push((if exact { c } else { c.to_ascii_lowercase() }, offset));
        } else {
            let one = c.encode_utf8(&mut buffer);
            let form = if exact { fold::typography(one).into_owned() } else { fold::case(one) };
            chars.extend(form.chars().map(|c| (c, offset)));
        }
    }
    chars
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_in_any_dress() {
        let table = [
            ("The Pact, the pact", "pact", vec!["Pact", "pact"]),
            ("The Pact, the pact", "Pact", vec!["Pact"]),
            ("the boat’s café", "boat's cafe", vec!["boat’s café"]),
            ("two\n  lines", "two lines", vec!["two\n  lines"]),
            ("aaa", "aa", vec!["aa"]),
            ("anything", "", vec![]),
            ("anything", "  ", vec![]),
        ];
        for (raw, query, expected) in table {
            assert_eq!(find(raw, query).iter().map(|s| s.of(raw)).collect::<Vec<_>>(), expected, "{query}");
            assert_eq!(Needle::new(query).is_in(raw), !expected.is_empty(), "{query}");
        }
    }
}
