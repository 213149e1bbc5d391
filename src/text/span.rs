//! A range of bytes in an article's text: how every result points without copying.

use serde::Serialize;

/// A half-open range of bytes `start..end` in a decoded UTF-8 text; both ends lie on character boundaries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize)]
pub struct Span {
    /// Offset of the first byte.
    pub start: usize,
    /// Offset behind the last byte.
    pub end: usize,
}

impl Span {
    /// The span `start..end`.
    pub fn new(start: usize, end: usize) -> Self {
        Span { start, end }
    }

    /// The span that starts with `self` and ends with `last`.
    pub fn to(self, last: Span) -> Self {
        Span::new(self.start, last.end)
    }

    /// The text that the span covers.
    pub fn of(self, raw: &str) -> &str {
        &raw[self.start..self.end]
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether the span covers nothing.
    pub fn is_empty(self) -> bool {
        self.start >= self.end
    }

    /// Whether the byte at `offset` lies inside.
    pub fn contains(self, offset: usize) -> bool {
        self.start <= offset && offset < self.end
    }

    /// Whether the two spans share a byte.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The same span without white space at either end.
    pub fn trimmed(self, raw: &str) -> Self {
        let text = self.of(raw);
        let start = self.start + (text.len() - text.trim_start().len());
        Span::new(start, start + text.trim().len())
    }
}
