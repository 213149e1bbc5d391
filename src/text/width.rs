//! What a text looks like on a terminal: harmless signs for dangerous characters, widths in cells, wrapping at words.
//!
//! Line breaking follows Unicode Standard Annex 14 (crate `unicode-linebreak`), widths follow Annex 11 (crate `unicode-width`).

use super::Span;
use std::borrow::Cow;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// The sign for a character that steers a terminal or hides: one cell wide, never obeyed. `None` for harmless characters.
pub fn sign(c: char) -> Option<char> {
    match c {
        '\t' | '\n' | '\r' | '\u{2028}' | '\u{2029}' => Some(' '),
        '\0'..='\u{1f}' => char::from_u32(0x2400 + c as u32),
        '\u{7f}' => Some('\u{2421}'),
        '\u{80}'..='\u{9f}' => Some('\u{2426}'),
        // Directional marks, embeddings and isolates, zero-width spaces, soft hyphens, tags and fillers.
        '\u{ad}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{180e}' | '\u{200b}' | '\u{200c}' | '\u{200e}' | '\u{200f}' => Some('·'),
        '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}' => Some('·'),
        '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}' => Some('·'),
        _ => None,
    }
}

/// One grapheme as it may be sent to a terminal. A joiner stays where it joins an emoji, and is a sign elsewhere.
pub fn shown(grapheme: &str) -> Cow<'_, str> {
    let lone_joiner = grapheme == "\u{200d}";
    if grapheme == "\r\n" {
        return Cow::Borrowed(" ");
    }
    if !lone_joiner && grapheme.chars().all(|c| sign(c).is_none()) {
        return Cow::Borrowed(grapheme);
    }
    Cow::Owned(grapheme.chars().map(|c| if lone_joiner { '·' } else { sign(c).unwrap_or(c) }).collect())
}

/// A whole text made safe to send to a terminal.
pub fn safe(text: &str) -> Cow<'_, str> {
    if text.chars().all(|c| sign(c).is_none() && c != '\u{200d}') {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.graphemes(true).map(shown).collect())
}

/// A text made safe, with every run of white space as one blank: what is wrapped is drawn like this.
pub fn flat(text: &str) -> Cow<'_, str> {
    let blank = |c: char| c.is_whitespace();
    let plain = !text.contains(|c: char| blank(c) && c != ' ') && !text.contains("  ");
    if plain {
        return safe(text);
    }
    let mut flat = String::with_capacity(text.len());
    for c in text.chars() {
        match blank(c) {
            true if flat.ends_with(' ') => {}
            true => flat.push(' '),
            false => flat.push(c),
        }
    }
    Cow::Owned(safe(&flat).into_owned())
}

/// Cells that a text takes once it is made safe.
pub fn cells(text: &str) -> usize {
    if text.is_ascii() && text.bytes().all(|b| (0x20..0x7f).contains(&b)) {
        return text.len();
    }
    text.graphemes(true).map(grapheme_cells).sum()
}

/// Cells that one grapheme takes once it is made safe: 0, 1 or 2.
pub fn grapheme_cells(grapheme: &str) -> usize {
    shown(grapheme).width().min(2)
}

/// The longest beginning of a text that fits into `width` cells, with `…` where something was cut.
pub fn clipped(text: &str, width: usize) -> Cow<'_, str> {
    if cells(text) <= width {
        return safe(text);
    }
    let mut kept = String::new();
    let mut used = 0;
    for grapheme in text.graphemes(true) {
        used += grapheme_cells(grapheme);
        if used >= width {
            break;
        }
        kept.push_str(&shown(grapheme));
    }
    Cow::Owned(if width == 0 { String::new() } else { kept.trim_end().to_string() + "…" })
}

/// Breaks the text of `span` into lines of at most `width` cells, at words where that is possible.
///
/// The first line begins `indent` cells late. White space at a break belongs to no line; every other byte is in exactly one.
/// Takes time linear in the length of the span.
pub fn wrap(raw: &str, span: Span, width: usize, indent: usize) -> Vec<Span> {
    let width = width.max(1);
    let mut lines = Lines { raw, width, used: indent, line: Span::new(span.start, span.start), lines: Vec::new() };
    let text = span.of(raw);
    let mut from = 0;
    for (to, _) in unicode_linebreak::linebreaks(text) {
        lines.place(Span::new(span.start + from, span.start + to));
        from = to;
    }
    lines.finish()
}

struct Lines<'a> {
    raw: &'a str,
    width: usize,
    used: usize,
    line: Span,
    lines: Vec<Span>,
}

impl Lines<'_> {
    /// Puts one unbreakable piece, with the white space behind it, on this line or the next.
    fn place(&mut self, piece: Span) {
        let word = Span::new(piece.start, piece.start + piece.of(self.raw).trim_end().len());
        let word_cells = cells(word.of(self.raw));
        if self.used + word_cells > self.width && self.used > 0 {
            self.turn(piece.start);
        }
        if word_cells > self.width {
            self.split(word);
        } else {
            self.used += word_cells;
        }
        self.used += cells(&self.raw[word.end..piece.end]).min(1);
        self.line.end = piece.end;
    }

    /// Cuts a word that is wider than a line between graphemes.
    fn split(&mut self, word: Span) {
        for (offset, grapheme) in word.of(self.raw).grapheme_indices(true) {
            let wide = grapheme_cells(grapheme);
            if self.used + wide > self.width && self.used > 0 {
                self.turn(word.start + offset);
            }
            self.used += wide;
            self.line.end = word.start + offset + grapheme.len();
        }
    }

    fn turn(&mut self, next: usize) {
        self.line.end = self.line.end.min(next);
        let line = Span::new(self.line.start, self.line.start + self.line.of(self.raw).trim_end().len());
        // An indent alone makes an empty first line only when the first word does not fit behind it.
        self.lines.push(line);
        self.line = Span::new(next, next);
        self.used = 0;
    }

    fn finish(mut self) -> Vec<Span> {
        let line = Span::new(self.line.start, self.line.start + self.line.of(self.raw).trim_end().len());
        if !line.is_empty() || self.lines.is_empty() {
            self.lines.push(line);
        }
        self.lines
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_steers_a_terminal_becomes_a_sign() {
        let table = [
            ("plain", "plain"),
            ("\x1b[31mred", "␛[31mred"),
            ("a\u{202e}b", "a·b"),
            ("a\u{200b}b", "a·b"),
            ("bell\u{7}", "bell␇"),
            ("c1\u{9b}31m", "c1␦31m"),
            ("line\r\nline", "line line"),
            ("👨‍👩‍👧", "👨‍👩‍👧"),
            ("e\u{301}", "e\u{301}"),
        ];
        for (text, expected) in table {
            assert_eq!(safe(text), expected);
        }
    }

    #[test]
    fn widths_count_cells() {
        for (text, expected) in [("abc", 3), ("日本", 4), ("e\u{301}", 1), ("👍", 2), ("👨‍👩‍👧", 2), ("\x1b", 1), ("", 0), ("\u{202e}", 1)]
        {
            assert_eq!(cells(text), expected, "{text:?}");
        }
    }

    #[test]
    fn lines_break_at_words_and_never_overflow() {
        let wrapped = |text: &str, width, indent| {
            wrap(text, Span::new(0, text.len()), width, indent).iter().map(|s| s.of(text).to_string()).collect::<Vec<_>>()
        };
        assert_eq!(wrapped("the old pact is ironclad", 9, 0), ["the old", "pact is", "ironclad"]);
        assert_eq!(wrapped("the old pact", 8, 5), ["the", "old pact"]);
        assert_eq!(wrapped("longest word", 8, 5), ["", "longest", "word"]);
        assert_eq!(wrapped("incomprehensible", 6, 0), ["incomp", "rehens", "ible"]);
        assert_eq!(wrapped("日本語の新聞", 5, 0), ["日本", "語の", "新聞"]);
        assert_eq!(wrapped("", 5, 0), [""]);
    }

    #[test]
    fn a_wide_letter_in_a_narrow_column_goes_on() {
        assert_eq!(wrap("日本", Span::new(0, 6), 1, 0).len(), 2);
    }

    #[test]
    fn cutting_leaves_room_for_the_sign() {
        assert_eq!(clipped("enlargement", 6), "enlar…");
        assert_eq!(clipped("日本語", 4), "日…");
        assert_eq!(clipped("ok", 6), "ok");
        assert_eq!(clipped("ok", 0), "");
    }
}
