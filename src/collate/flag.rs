//! What an editor must not miss: differences that may change what the reader is told, each with its evidence.

use super::edit::{Edit, Kind};
use super::term::Run;
use crate::text::Token;
use std::ops::Range;

/// What may have changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FlagKind {
    /// Words inside a direct quotation differ beyond form.
    QuoteAltered,
    /// The same words stand inside quotation marks here and outside there.
    QuoteBoundary,
    /// A figure differs.
    NumberChanged,
    /// A date differs.
    DateChanged,
    /// A name differs.
    NameChanged,
    /// A statement is turned round.
    PolarityFlipped,
    /// Who says it, or how sure they are made to sound, differs.
    AttributionChanged,
    /// How sure the text is differs.
    HedgeChanged,
}

impl FlagKind {
    /// Its name in JSON and on the screen.
    pub fn name(self) -> &'static str {
        match self {
            FlagKind::QuoteAltered => "quote-altered",
            FlagKind::QuoteBoundary => "quote-boundary",
            FlagKind::NumberChanged => "number-changed",
            FlagKind::DateChanged => "date-changed",
            FlagKind::NameChanged => "name-changed",
            FlagKind::PolarityFlipped => "polarity-flipped",
            FlagKind::AttributionChanged => "attribution-changed",
            FlagKind::HedgeChanged => "hedge-changed",
        }
    }

    /// The flag that an edit of this kind raises by itself, and what was seen.
    fn of(kind: Kind) -> Option<(FlagKind, &'static str)> {
        match kind {
            Kind::Number => Some((FlagKind::NumberChanged, "the figures differ")),
            Kind::Date => Some((FlagKind::DateChanged, "the dates differ")),
            Kind::Name => Some((FlagKind::NameChanged, "the names differ")),
            Kind::Negation => Some((FlagKind::PolarityFlipped, "a negation stands on one side only")),
            Kind::Antonym => Some((FlagKind::PolarityFlipped, "the words are opposites")),
            Kind::Attribution => Some((FlagKind::AttributionChanged, "the verbs of saying differ in strength")),
            Kind::Hedge => Some((FlagKind::HedgeChanged, "how sure the text sounds differs")),
            _ => None,
        }
    }
}

/// A difference that may change what the reader is told: what was seen, never a verdict.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flag {
    /// What may have changed.
    pub kind: FlagKind,
    /// The left tokens that show it.
    pub left: Option<Range<usize>>,
    /// The right tokens that show it.
    pub right: Option<Range<usize>>,
    /// One sentence of why.
    pub why: String,
}

/// The flags that the edits of one row raise.
pub fn flags(left: Run, right: Run, edits: &[Edit]) -> Vec<Flag> {
    edits
        .iter()
        .filter_map(|edit| {
            let (kind, seen) = FlagKind::of(edit.kind)?;
            let words = |run: Run, range: &Option<Range<usize>>| range.as_ref().map_or(String::from("nothing"), |range| quoted(run, range));
            let why = format!("{seen}: {} on the left, {} on the right", words(left, &edit.left), words(right, &edit.right));
            Some(Flag { kind, left: edit.left.clone(), right: edit.right.clone(), why })
        })
        .collect()
}

fn quoted(run: Run, range: &Range<usize>) -> String {
    let tokens: &[Token] = &run.side.text.tokens[range.clone()];
    let span = tokens[0].span.to(tokens[tokens.len() - 1].span);
    format!("“{}”", span.of(run.side.raw))
}
