//! What an editor must not miss: differences that may change what the reader is told, each with its evidence.

use super::edit::{self, Edit, Gap, Kind, Level};
use super::mention;
use super::term::{Class, Pair, Run, Term};
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

/// The flags of one row: those that its edits raise, and values that were exchanged over a distance.
pub fn flags(pair: Pair, edits: &[Edit]) -> Vec<Flag> {
    let mut flags: Vec<Flag> = edits.iter().filter_map(|edit| of_edit(pair, edit)).collect();
    flags.extend(distant(pair, edits));
    flags
}

/// The flag that an edit raises by its kind, with the words that show it.
fn of_edit(pair: Pair, edit: &Edit) -> Option<Flag> {
    let (kind, seen) = FlagKind::of(edit.kind)?;
    let all = |run: Run, tokens: &Option<Range<usize>>| tokens.as_ref().map_or(0..0, |tokens| run.terms_of(tokens));
    let gap = Gap { left: all(pair.left, &edit.left), right: all(pair.right, &edit.right) };
    let seen = if edit.kind == Kind::Antonym { &*edit.reason } else { seen };
    Some(Flag::new(kind, pair, evidence(pair, &gap, edit).unwrap_or([edit.left.clone(), edit.right.clone()]), seen))
}

/// The tokens inside a gap that show its kind; `None` where no words show it better than others.
fn evidence(pair: Pair, gap: &Gap, edit: &Edit) -> Option<[Option<Range<usize>>; 2]> {
    let (left, right) = gap.runs(pair);
    let among = |fits: &dyn Fn(&Term) -> bool| [left, right].map(|run| from_first_to_last(run.terms.iter().filter(|t| fits(t))));
    let shown = match edit.kind {
        Kind::Antonym => match edit::opposed(left.terms, right.terms) {
            Some((a, b)) => [Some(a.tokens.clone()), Some(b.tokens.clone())],
            None => [None, None],
        },
        Kind::Number => among(&|t| t.class == Class::Figure),
        Kind::Date => among(&|t| t.class == Class::Date),
        Kind::Attribution => among(&|t| t.meaning.saying().is_some()),
        Kind::Hedge => among(&|t| t.meaning.hedge().is_some()),
        Kind::Negation => among(&|t| t.meaning.negates),
        Kind::Name => [(pair.left, &gap.left, pair.right), (pair.right, &gap.right, pair.left)].map(|(run, range, other)| {
            let mentions = mention::strange(run, range, other);
            let whole = mentions.first()?.start..mentions.last()?.end;
            run.part(whole).tokens()
        }),
        _ => [None, None],
    };
    shown.iter().any(Option::is_some).then_some(shown)
}

/// The tokens from the first to the last of some terms.
fn from_first_to_last<'a>(mut terms: impl Iterator<Item = &'a Term>) -> Option<Range<usize>> {
    let first = terms.next()?;
    Some(first.tokens.start..terms.last().unwrap_or(first).tokens.end)
}

impl Flag {
    /// A flag with one sentence of what was seen on both sides.
    pub(super) fn new(kind: FlagKind, pair: Pair, [left, right]: [Option<Range<usize>>; 2], seen: &str) -> Self {
        let words = |run: Run, tokens: &Option<Range<usize>>| tokens.as_ref().map_or(String::from("nothing"), |tokens| quoted(run, tokens));
        let why = format!("{seen}: {} on the left, {} on the right", words(pair.left, &left), words(pair.right, &right));
        Flag { kind, left, right, why }
    }
}

/// Words in quotation marks.
pub(super) fn quoted(run: Run, tokens: &Range<usize>) -> String {
    let tokens = &run.side.text.tokens[tokens.clone()];
    tokens.first().zip(tokens.last()).map_or(String::new(), |(first, last)| format!("“{}”", first.span.to(last.span).of(run.side.raw)))
}

// --- Over a distance ------------------------------------------------------------------------------------------------

/// How much two values must resemble each other to be read as exchanged.
const EXCHANGED: f32 = 0.5;

/// Figures and dates that no edit sets against each other, but of which each side has one that the other side lacks: in a
/// sentence told in another order the changed figure stands somewhere else.
fn distant(pair: Pair, edits: &[Edit]) -> Vec<Flag> {
    let [mut left, mut right] = [(0, pair.left, pair.right), (1, pair.right, pair.left)].map(|(side, here, there)| lost(side, here, there, edits));
    let mut found = Vec::new();
    while let Some((l, r)) = most_alike(&left, &right) {
        let (a, b) = (left.remove(l), right.remove(r));
        let (kind, seen) = if a.class == Class::Date { (FlagKind::DateChanged, "the dates differ") } else { (FlagKind::NumberChanged, "the figures differ") };
        found.push(Flag::new(kind, pair, [Some(a.tokens.clone()), Some(b.tokens.clone())], seen));
    }
    found
}

/// The values of one side of a row that the other side lacks and that stand in an edit of one side.
fn lost<'a>(side: usize, here: Run<'a>, there: Run, edits: &[Edit]) -> Vec<&'a Term> {
    let days = [here.side.text.date, there.side.text.date];
    let flagged = |t: &Term| {
        let range = |edit: &'_ Edit| if side == 0 { edit.left.clone() } else { edit.right.clone() };
        let own = edits.iter().find(|e| range(e).is_some_and(|r| r.contains(&t.tokens.start)));
        own.is_none_or(|edit| edit.kind.level() == Level::Form || matches!(edit.kind, Kind::Number | Kind::Date | Kind::Order))
    };
    let values = here.terms.iter().filter(|t| t.value.is_some() && !flagged(t));
    values.filter(|t| !there.terms.iter().any(|other| edit::same_value(t, other, days))).collect()
}

/// The pair of values that resemble each other most, where any two do enough.
fn most_alike(left: &[&Term], right: &[&Term]) -> Option<(usize, usize)> {
    let value = |l: usize, r: usize| Some(left[l].value.as_ref()?.resembles(right[r].value.as_ref()?));
    let pairs = (0..left.len().min(40)).flat_map(|l| (0..right.len().min(40)).map(move |r| (l, r)));
    let judged = pairs.filter_map(|(l, r)| Some((value(l, r)?, l, r))).filter(|(likeness, ..)| *likeness >= EXCHANGED);
    judged.max_by(|a, b| a.0.total_cmp(&b.0).then((b.1, b.2).cmp(&(a.1, a.2)))).map(|(_, l, r)| (l, r))
}
