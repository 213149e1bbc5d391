//! What an editor must not miss: differences that may change what the reader is told, each with its evidence.

use super::edit::{self, Edit, Gap, Kind, Level};
use super::term::{Class, Pair, Run, Term};
use super::{mention, polarity, slot, value};
use crate::text::lexicon::{Relation, Saying};
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
/// `likeness` is how alike the sides of the row are.
pub fn flags(pair: Pair, edits: &[Edit], likeness: f64) -> Vec<Flag> {
    let raising = edits.iter().filter(|edit| pair.is_all() || !is_told_elsewhere(pair, edits, edit));
    let mut flags: Vec<Flag> = raising.filter_map(|edit| of_edit(pair, edit, likeness)).collect();
    flags.extend(distant(pair, edits, likeness));
    flags
}

/// Whether the values of one side of an edit stand on the other side, too, where nothing took their place: they were not
/// changed but moved.
fn is_told_elsewhere(pair: Pair, edits: &[Edit], edit: &Edit) -> bool {
    let (Kind::Number | Kind::Date, Some(left), Some(right)) = (edit.kind, &edit.left, &edit.right) else { return false };
    let days = [pair.left.side.text.date, pair.right.side.text.date];
    let changed = |side: usize, term: &Term| {
        let range = |edit: &Edit| if side == 0 { edit.left.clone() } else { edit.right.clone() };
        let ranges = edits.iter().filter(|e| matches!(e.kind, Kind::Number | Kind::Date)).filter_map(range);
        ranges.into_iter().any(|tokens| tokens.contains(&term.tokens.start))
    };
    let moved = |here: Run, there: Run, side: usize, term: &Term| {
        let own = here.terms.iter().filter(|t| value::same_value(term, t, days)).count();
        own <= there.terms.iter().filter(|t| value::same_value(term, t, days) && !changed(side, t)).count()
    };
    let all = |here: Run, there: Run, side: usize, tokens: &Range<usize>| {
        let values = || here.terms[here.terms_of(tokens)].iter().filter(|t| t.value.is_some());
        values().count() > 0 && values().all(|term| moved(here, there, side, term))
    };
    all(pair.left, pair.right, 1, left) || all(pair.right, pair.left, 0, right)
}

/// The flag that an edit raises by its kind, with the words that show it.
fn of_edit(pair: Pair, edit: &Edit, likeness: f64) -> Option<Flag> {
    let all = |run: Run, tokens: &Option<Range<usize>>| tokens.as_ref().map_or(0..0, |tokens| run.terms_of(tokens));
    let (pair, gap) = Gap { left: all(pair.left, &edit.left), right: all(pair.right, &edit.right) }.surrounded(pair);
    if edit.kind == Kind::Order && mention::is_turned_round(pair, &gap) {
        let full = |run: Run, range: &Range<usize>| run.part(mention::whole(run, range)).tokens();
        let shown = [full(pair.left, &gap.left), full(pair.right, &gap.right)];
        return Some(Flag::new(FlagKind::NameChanged, pair, shown, "a name is turned round"));
    }
    if let Some(side) = sourced(pair, &gap, edit.kind, likeness) {
        let mut shown = [None, None];
        shown[side] = if side == 0 { edit.left.clone() } else { edit.right.clone() };
        return Some(Flag::new(FlagKind::AttributionChanged, pair, shown, "who says it is told on one side only"));
    }
    let (kind, seen) = FlagKind::of(edit.kind)?;
    let seen = if edit.kind == Kind::Antonym { &*edit.reason } else { seen };
    if edit.kind == Kind::Negation && !slot::is_negated_alike(pair, &gap, likeness) {
        return None;
    }
    let shown = evidence(pair, &gap, edit).unwrap_or([edit.left.clone(), edit.right.clone()]);
    raised(kind, pair, likeness, shown, seen)
}

/// How alike rows must be for a source that one of them lacks to have been dropped.
const SOURCED: f64 = 0.6;
/// A source and its verb have no more terms than this: `two officials of the port said`.
const LONGEST_SOURCE: usize = 6;

/// The side that tells who says it, where the other says the same as plain fact: `the dam is safe, engineers said`. Who is quoted
/// is often told in the sentence before.
fn sourced(pair: Pair, gap: &Gap, kind: Kind, likeness: f64) -> Option<usize> {
    let side = match kind {
        Kind::Omission => 0,
        Kind::Addition => 1,
        _ => return None,
    };
    let (own, range, other) = if side == 0 { (pair.left, &gap.left, pair.right) } else { (pair.right, &gap.right, pair.left) };
    let quotes = |run: Run| run.words().any(|word| matches!(word, "“" | "”" | "\"" | "‘"));
    let dropped = names_source(own.part(range.clone())) && !other.terms.iter().any(|t| states(other, t));
    (dropped && likeness >= SOURCED && !quotes(own) && !quotes(other)).then_some(side)
}

/// Whether some words are a source and its verb, and little else.
fn names_source(run: Run) -> bool {
    const PRONOUNS: [&str; 4] = ["he", "she", "they", "we"];
    let is_source = |at: usize| {
        let term = &run.terms[at];
        matches!(term.class, Class::Name | Class::Content) && !states(run, term) || PRONOUNS.contains(&&*run.word(at).to_lowercase())
    };
    let words = run.terms.iter().filter(|t| t.class != Class::Mark).count();
    words <= LONGEST_SOURCE && run.terms.iter().any(|t| states(run, t)) && (0..run.terms.len()).any(is_source)
}

/// Whether a word states that something is so; an expression, `according to`, does it with a capital letter too.
fn states(run: Run, term: &Term) -> bool {
    let saying = edit::saying(run, term).or_else(|| term.meaning.saying().filter(|_| term.tokens.len() > 1));
    matches!(saying, Some(Saying::Plain | Saying::Asserted | Saying::Conceded | Saying::Confirmed | Saying::Warned | Saying::Announced))
}

/// A flag, where the words that show it are said of the same.
fn raised(kind: FlagKind, pair: Pair, likeness: f64, [left, right]: [Option<Range<usize>>; 2], seen: &str) -> Option<Flag> {
    let terms = |run: Run, tokens: &Option<Range<usize>>| tokens.as_ref().map_or(0..0, |tokens| run.terms_of(tokens));
    let one = slot::is_one(kind, pair, likeness, &terms(pair.left, &left), &terms(pair.right, &right));
    one.then(|| Flag::new(kind, pair, [left, right], seen))
}

/// The tokens inside a gap that show its kind; `None` where no words show it better than others.
fn evidence(pair: Pair, gap: &Gap, edit: &Edit) -> Option<[Option<Range<usize>>; 2]> {
    let (left, right) = gap.runs(pair);
    let among = |fits: &dyn Fn(&Term) -> bool| [left, right].map(|run| from_first_to_last(run.terms.iter().filter(|t| fits(t))));
    let shown = match edit.kind {
        Kind::Antonym => match polarity::opposed(pair, gap) {
            Some((a, b)) => [Some(a.tokens), Some(b.tokens)],
            None => [None, None],
        },
        Kind::Number => among(&|t| t.class == Class::Figure),
        Kind::Date => among(&|t| t.class == Class::Date),
        Kind::Attribution => [left, right].map(|run| from_first_to_last(run.terms.iter().filter(|t| edit::saying(run, t).is_some()))),
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

/// The flag on a person whom the other side calls by another part of the name.
pub(super) fn misnamed(run: Run, side: usize, tokens: Range<usize>, instead: &str) -> Option<Flag> {
    let mut letters = instead.chars();
    let instead: String = letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
    let why = format!(
        "the person called {} on the {} is “{instead}” on the {}",
        quoted(run, &tokens),
        ["left", "right"][side],
        ["right", "left"][side]
    );
    let [left, right] = if side == 0 { [Some(tokens), None] } else { [None, Some(tokens)] };
    Some(Flag { kind: FlagKind::NameChanged, left, right, why })
}

// --- Over a distance ------------------------------------------------------------------------------------------------

/// How much two values must resemble each other to be read as exchanged.
const EXCHANGED: f32 = 0.5;
/// How many values, names and words of a side are held against those of the other: a row of more is no sentence.
const HELD: usize = 40;

/// What no edit sets against each other, but of which each side has one that the other side lacks: in a sentence told in
/// another order the changed figure, name or direction stands somewhere else.
fn distant(pair: Pair, edits: &[Edit], likeness: f64) -> Vec<Flag> {
    let loose = [(0, pair.left), (1, pair.right)].map(|(side, run)| loose(side, run, edits));
    if loose.iter().all(Vec::is_empty) {
        return Vec::new();
    }
    let mut found = distant_values(pair, &loose, likeness);
    found.extend(distant_opposites(pair, &loose, edits, likeness));
    found.extend(distant_names(pair, &loose, likeness));
    found
}

/// The terms of one side, as indices, that stand in an edit which raises no flag.
fn loose(side: usize, run: Run, edits: &[Edit]) -> Vec<usize> {
    let range = |edit: &Edit| if side == 0 { edit.left.clone() } else { edit.right.clone() };
    let quiet = edits.iter().filter(|e| e.kind.level() > Level::Form && e.kind != Kind::Order && FlagKind::of(e.kind).is_none());
    quiet.filter_map(range).flat_map(|tokens| run.terms_of(&tokens)).collect()
}

fn distant_values(pair: Pair, loose: &[Vec<usize>; 2], likeness: f64) -> Vec<Flag> {
    let days = [pair.left.side.text.date, pair.right.side.text.date];
    let lost = |here: Run<'_>, there: Run, loose: &[usize]| -> Vec<Term> {
        let values = loose.iter().map(|&at| &here.terms[at]).filter(|t| t.value.is_some()).take(HELD);
        values.filter(|t| !there.terms.iter().any(|other| value::same_value(t, other, days))).take(HELD).cloned().collect()
    };
    let (mut left, mut right) = (lost(pair.left, pair.right, &loose[0]), lost(pair.right, pair.left, &loose[1]));
    let sole = left.len() == 1 && right.len() == 1;
    let mut found = Vec::new();
    while let Some((l, r)) = most_alike(&left, &right, days, pair.is_all()) {
        let (a, b) = (left.remove(l), right.remove(r));
        if !sole && !pair.is_all() && !is_counted_alike(pair, &a, &b) {
            continue;
        }
        let date = a.class == Class::Date;
        let kind = if date { FlagKind::DateChanged } else { FlagKind::NumberChanged };
        let seen = if date { "each side has a date that the other lacks" } else { "each side has a figure that the other lacks" };
        found.extend(raised(kind, pair, likeness, [Some(a.tokens), Some(b.tokens)], seen));
    }
    found
}

/// Whether the same word follows two values: what they count.
fn is_counted_alike(pair: Pair, left: &Term, right: &Term) -> bool {
    let next = |run: Run<'_>, term: &Term| {
        run.terms.iter().find(|t| t.tokens.start >= term.tokens.end && t.class == Class::Content).map(|t| t.stem)
    };
    next(pair.left, left).is_some() && next(pair.left, left) == next(pair.right, right)
}

/// The pair of values that contradict each other and resemble each other most, where any two do enough; `any` sets any figure
/// against any other.
fn most_alike(left: &[Term], right: &[Term], days: [Option<jiff::civil::Date>; 2], any: bool) -> Option<(usize, usize)> {
    let value = |l: usize, r: usize| {
        let likeness = left[l].value.as_ref()?.resembles(right[r].value.as_ref()?);
        let figures = any && left[l].class == Class::Figure && right[r].class == Class::Figure;
        (figures || value::contradicts(&left[l], &right[r], days)).then_some(likeness)
    };
    let pairs = (0..left.len()).flat_map(|l| (0..right.len()).map(move |r| (l, r)));
    let judged = pairs.filter_map(|(l, r)| Some((value(l, r)?, l, r))).filter(|(likeness, ..)| *likeness >= EXCHANGED);
    judged.max_by(|a, b| a.0.total_cmp(&b.0).then((b.1, b.2).cmp(&(a.1, a.2)))).map(|(_, l, r)| (l, r))
}

/// Words that are opposites, where neither side has a word that agrees with the other's anywhere, or where both are said of
/// the same thing: `opposing the further enlargement` in one clause and `favors further expansion` in another.
fn distant_opposites(pair: Pair, loose: &[Vec<usize>; 2], edits: &[Edit], likeness: f64) -> Vec<Flag> {
    let turning = |run: Run<'_>, loose: &[usize]| -> Vec<Term> {
        loose
            .iter()
            .map(|&at| &run.terms[at])
            .filter(|t| t.class == Class::Content || t.meaning.is_direction())
            .take(HELD)
            .cloned()
            .collect()
    };
    let (left, right) = (turning(pair.left, &loose[0]), turning(pair.right, &loose[1]));
    let moves = |row: Run, a: &Term| {
        let at = row.terms.partition_point(|t| t.tokens.end <= a.tokens.start);
        row.terms[at + 1..].iter().take(polarity::REACH).any(|t| t.class == Class::Figure && t.value.is_some())
    };
    let opposed =
        |a: &Term, b: &Term| a.meaning.turned(b.meaning) == Some(Relation::Opposite) && moves(pair.left, a) && moves(pair.right, b);
    let agrees = |a: &Term, run: Run| run.terms.iter().any(|b| polarity::agrees(a, b));
    let mut pairs = left.iter().flat_map(|a| right.iter().map(move |b| (a, b))).filter(|(a, b)| opposed(a, b));
    let first = pairs.find(|(a, b)| !agrees(a, pair.right) && !agrees(b, pair.left));
    let governed = || {
        let all = |run: Run<'_>| (0..run.terms.len()).filter(|&at| run.terms[at].meaning.takes_sides()).take(HELD).collect::<Vec<_>>();
        let (left, right) = (all(pair.left), all(pair.right));
        let mut pairs = left.iter().flat_map(|&a| right.iter().map(move |&b| (a, b)));
        pairs.find(|&(a, b)| polarity::is_turned_round(pair, a, b)).map(|(a, b)| (&pair.left.terms[a], &pair.right.terms[b]))
    };
    let flag = first.or_else(governed).filter(|(a, _)| !is_flagged(edits, a)).and_then(|(a, b)| {
        let reason = a.meaning.judgement(b.meaning)?.reason;
        raised(FlagKind::PolarityFlipped, pair, likeness, [Some(a.tokens.clone()), Some(b.tokens.clone())], &reason)
    });
    flag.into_iter().collect()
}

/// Whether an edit that says opposites has a left term already.
fn is_flagged(edits: &[Edit], left: &Term) -> bool {
    let has = |edit: &Edit| edit.left.as_ref().is_some_and(|tokens| tokens.contains(&left.tokens.start));
    edits.iter().any(|edit| matches!(edit.kind, Kind::Antonym | Kind::Negation) && has(edit))
}

/// Places that the other side lacks and that stand in one frame: beside the same word.
fn distant_names(pair: Pair, loose: &[Vec<usize>; 2], likeness: f64) -> Vec<Flag> {
    let strange = |here: Run<'_>, there: Run, loose: &[usize]| -> Vec<Range<usize>> {
        let mut names: Vec<Range<usize>> = loose.iter().flat_map(|&at| mention::mentions(here, &(at..at + 1))).take(HELD).collect();
        names.dedup();
        mention::unknown(here, names, there)
    };
    let (left, mut right) = (strange(pair.left, pair.right, &loose[0]), strange(pair.right, pair.left, &loose[1]));
    let mut found = Vec::new();
    for a in left {
        if let Some(at) = right.iter().position(|b| mention::in_one_frame(pair, &a, b)) {
            let tokens = [pair.left.part(a).tokens(), pair.right.part(right.remove(at)).tokens()];
            found.extend(raised(FlagKind::NameChanged, pair, likeness, tokens, "each side has a name that the other lacks"));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use crate::collate::{Side, collate};
    use crate::text::{Text, Unit};

    /// The kinds of the flags between two texts, in order.
    fn flags(left: &str, right: &str) -> Vec<&'static str> {
        let texts = [left, right].map(|raw| Text::new(raw, Unit::Sentence));
        let rows = collate(Side { raw: left, text: &texts[0] }, Side { raw: right, text: &texts[1] }).rows;
        rows.iter().flat_map(|row| &row.flags).map(|flag| flag.kind.name()).collect()
    }

    /// A left and a right text and the flags between them.
    type Case = (&'static str, &'static str, &'static [&'static str]);

    fn check(table: &[Case]) {
        for (left, right, expected) in table {
            assert_eq!(flags(left, right), *expected, "{left} ~ {right}");
        }
    }

    #[test]
    fn form_alone_raises_no_flag() {
        check(&[
            (
                "The two towns signed an “ironclad” pact on Feb. 4, he said.",
                "The two towns signed an \"iron-clad\" pact on 4 February, he said.",
                &[],
            ),
            ("Nato would criticise the fourteen towns for $2.5bn.", "NATO would criticize the 14 towns for 2.5 billion dollars.", &[]),
            ("They can't go there by 5 p.m. on Friday.", "They cannot go there by 5:00 pm on Friday.", &[]),
            ("Mr. Sarno met the E.U. in the U.S. on Monday.", "Mr Sarno met the EU in the US on Monday.", &[]),
        ]);
    }

    #[test]
    fn quotations_are_altered_truncated_or_bracketed() {
        check(&[
            ("“The pact is ironclad,” he said on Friday.", "“The pact is strong,” he said on Friday.", &["quote-altered"]),
            (
                "He told of “their strong mutual support for each other” then.",
                "He told of “strong mutual support for each other” then.",
                &[],
            ),
            ("He told of “strong mutual support” then.", "He told of “strong mutual support for each other” then.", &[]),
            ("“We will help them all winter,” he said there.", "“We will help [the islands] all winter,” he said there.", &[]),
            ("“We will help them all winter and beyond,” he said there.", "“We will help them … and beyond,” he said there.", &[]),
            ("The “two peoples met” on the lake that day.", "The “two people met” on the lake that day.", &["quote-altered"]),
        ]);
    }

    #[test]
    fn quotation_marks_around_the_same_words_are_told() {
        check(&[
            (
                "He called the old pact “a wall that no wind takes down” on Friday.",
                "He called the old pact a wall that no wind takes down on Friday.",
                &["quote-boundary"],
            ),
            ("She read “The Long Winter” to the children.", "She read The Long Winter to the children.", &[]),
        ]);
    }

    #[test]
    fn a_quotation_is_found_where_its_sentence_is_not() {
        let left = "The mayor of the northern town spoke for an hour about boats. “No wind has ever taken down the harbour wall of this old town,” she said.";
        let right = "Rain fell. Told of the vote by a clerk in the market hall, Lund answered that “no wind has ever taken down the harbour gate of this old town” and went home to bed.";
        assert_eq!(flags(left, right), ["quote-altered"]);
    }

    #[test]
    fn changes_of_meaning_are_flagged() {
        check(&[
            ("The ship carried 214 people to Skarra.", "The ship carried 212 people to Skarra.", &["number-changed"]),
            ("The board met in Sorvik on 18 March.", "The board met in Sorvik on 28 March.", &["date-changed"]),
            ("The minister praised Jane Moss at dinner.", "The minister praised Ada Lund at dinner.", &["name-changed"]),
            ("Velmara did not recognise the closure.", "Velmara recognised the closure.", &["polarity-flipped"]),
            ("It was opposing the further enlargement of NORSO.", "It favors further expansion of NORSO.", &["polarity-flipped"]),
            ("The envoy said the talks had failed.", "The envoy admitted the talks had failed.", &["attribution-changed"]),
            ("The hospital may run out of flour.", "The hospital will run out of flour.", &["hedge-changed"]),
            ("The dam above the town is safe, two engineers said.", "The dam above the town is safe.", &["attribution-changed"]),
            ("The dam above the town is safe.", "According to the mayor the dam above the town is safe.", &["attribution-changed"]),
            (
                "The dam is safe, she told the council on Friday, and it will hold.",
                "She told the council on Friday the dam is safe and will hold.",
                &[],
            ),
            ("The crown did not accept the offer of the town.", "The crown rejected the offer of the town.", &[]),
            ("Asked whether or not they would go, she smiled.", "Asked whether they would go, she smiled.", &[]),
            ("The American ships left the harbour early.", "The U.S. ships left the harbour early.", &[]),
        ]);
    }

    /// Verbs with their past and their participle.
    const IRREGULAR: &str = "leave left left;give gave given;take took taken;choose chose chosen;overcome overcame overcome;\
        withdraw withdrew withdrawn;keep kept kept;lose lost lost;sell sold sold;find found found;build built built;\
        fight fought fought;forgive forgave forgiven;freeze froze frozen;hide hid hidden;steal stole stolen;seek sought sought;\
        write wrote written;bring brought brought;buy bought bought;win won won;meet met met;see saw seen;tell told told;\
        sweep swept swept;lend lent lent;shake shook shaken;spend spent spent;drive drove driven;hear heard heard";

    #[test]
    fn a_negation_of_an_irregular_verb_is_flagged() {
        for family in IRREGULAR.split(';') {
            let [base, past, participle] = family.split(' ').collect::<Vec<_>>()[..] else { panic!("{family}") };
            let told = |verb: String| format!("The two towns {verb} the old ferry in the spring.");
            let pairs = [
                (format!("did not {base}"), past.to_string()),
                (format!("didn't {base}"), past.to_string()),
                (format!("never {past}"), past.to_string()),
                (format!("have not {participle}"), format!("have {participle}")),
            ];
            for (denied, said) in pairs {
                let (denied, said) = (told(denied), told(said));
                let among = |sentence: &str| format!("Nobody was hurt in the harbour. {sentence}");
                for [left, right] in [[&denied, &said], [&said, &denied]] {
                    assert_eq!(flags(left, right), ["polarity-flipped"], "{left} ~ {right}");
                    assert_eq!(flags(&among(left), &among(right)), ["polarity-flipped"], "{left} ~ {right}, in texts");
                }
            }
        }
    }

    /// As `check`, in texts of two sentences: what a word is said of counts where more than one sentence is compared.
    fn check_in_texts(table: &[Case]) {
        for (left, right, expected) in table {
            let text = |sentence: &str| format!("Nobody was hurt in the harbour. {sentence}");
            assert_eq!(flags(&text(left), &text(right)), *expected, "{left} ~ {right}");
        }
    }

    #[test]
    fn values_and_days_are_held_against_each_other_where_they_are_said_of_the_same() {
        check_in_texts(&[
            (
                "The council of the old town met on Tuesday in Skarra.",
                "The council of the old town met on Friday in Skarra.",
                &["date-changed"],
            ),
            (
                "The council of the old town, which was warned of the leak on Tuesday, asked for help.",
                "The council of the old town, which was warned of the leak, asked on Friday for help.",
                &[],
            ),
            (
                "The index closed at 161.8 on Thursday in Lannock.",
                "The index closed at 163.9 on Friday in Lannock.",
                &["number-changed", "date-changed"],
            ),
            ("Shares in the ferry line fell and closed at $427.", "Shares in the ferry line fell and showed a loss of $2.", &[]),
            ("Shares in the ferry line fell and closed at $427.", "Shares in the ferry line fell and closed at $2.", &["number-changed"]),
            ("He faces a minimum of 10 years in prison.", "He faces a minimum 10-year prison term.", &[]),
            ("Shares in the ferry line rose to 618 by noon.", "Shares in the ferry line rose to 618 pence by noon.", &[]),
            ("The profit will be over 30 million crowns.", "The profit will be not less than 30 million crowns.", &[]),
            (
                "The line posted a profit of 790 crowns this week, helped by a gain of 107 crowns.",
                "The line posted a gain of 107 crowns this week.",
                &[],
            ),
        ]);
    }

    #[test]
    fn names_are_held_against_each_other_where_they_are_said_of_the_same() {
        check_in_texts(&[
            (
                "The old pact was signed by Ada Lund in the town hall.",
                "The old pact was signed by Jane Moss in the town hall.",
                &["name-changed"],
            ),
            ("We are cold, said Velmaran sailor Ada Lund on the quay.", "We are cold, said Skarra clerk Ada Lund on the quay.", &[]),
            ("It will join the Sorvik-based ferry company Lund Lines.", "It will join the Velmaran ferry company Lund Lines.", &[]),
            ("It will join the Velmaran company in the spring.", "It will join Lund Lines in the spring.", &[]),
            ("The news was sold to Lund Electric Co. by the town.", "The news was sold to Lund Electric by the town.", &[]),
            ("On Friday Marchaunts said the herbal was sold.", "On Friday Abel Marchaunt said the herbal was sold.", &[]),
            ("The prize of the year goes to clerk Ada Fetterlien.", "The prize of the year goes to Ada Fetterlein.", &["name-changed"]),
            ("We are cold and we are wet, said the clerk Ada Lund.", "We are cold and we are wet, he told the Skarra Herald.", &[]),
        ]);
    }

    #[test]
    fn verbs_of_saying_doubts_and_opposites_are_held_against_each_other_where_they_are_said_of_the_same() {
        check_in_texts(&[
            ("The mayor has not said what she will do next.", "The mayor has not indicated what she will do next.", &[]),
            ("The bank claimed it had grown since the war.", "The bank said it had grown since the war.", &["attribution-changed"]),
            ("The bank said claimed losses had grown since the war.", "The bank said told losses had grown since the war.", &[]),
            ("The boats could carry flour to the islands.", "The boats would carry flour to the islands.", &["hedge-changed"]),
            ("The boats of the town could bring flour to the islands.", "The boats of the town would need flour for the islands.", &[]),
            ("The company plans to retain its stake in the ferry.", "The company has no plans to sell its stake in the ferry.", &[]),
            ("The ban has not been imposed in the port so far.", "The ban has yet to be imposed in the port so far.", &[]),
            ("She said that she was not a Sorvik insider.", "She said she was glad to be in Sorvik now.", &[]),
            (
                "Moss, who married a Skarra clerk and later divorced, left.",
                "Moss married and was later divorced from a Skarra clerk and left.",
                &[],
            ),
        ]);
    }

    #[test]
    fn quotations_that_end_early_or_whose_marks_are_astray_are_left_alone() {
        check_in_texts(&[
            ("“We have flour and we have boats in the harbour,” he said.", "“We have flour,” he said.", &[]),
            ("He was called a “no- nonsense clerk” by all.", "He was called a “no-nonsense clerk” by all.", &[]),
            ("“We are talking to the towns,” he said.", "“We are talking to to the towns,” he said.", &[]),
            ("“It is a unfair pact for the islands,” he said.", "“It is an unfair pact for the islands,” he said.", &[]),
            ("“You can't ask for more flour than that,” he said.", "“You cant ask for more flour than that,” he said.", &[]),
            ("“It is a significant step for us,” he said.", "“It is a signicant step for us,” he said.", &[]),
            ("“The towns have focused on flour,” he said.", "“The towns have focussed on flour,” he said.", &[]),
            ("“The profit is a surprise to us,” he said.", "“The proffit is a surprise to us,” he said.", &[]),
            (
                "They bore a sign “Go home, you dwarfs”, the oldest in town” and sang.",
                "They bore a sign Go home, you dwarfs, the oldest in town and sang.",
                &[],
            ),
        ]);
    }

    #[test]
    fn people_are_one_under_their_forms_and_not_under_other_parts_of_their_names() {
        let left = "Foreign minister Sarno Ilek spoke first. Mr Sarno thanked the crew of the boat.";
        assert_eq!(flags(left, "Foreign minister Sarno Ilek spoke first. Sarno thanked the crew of the boat."), [""; 0]);
        assert!(flags(left, "Foreign minister Sarno Ilek spoke first. Mr Ilek thanked the crew of the boat.").contains(&"name-changed"));
    }

    #[test]
    fn another_language_is_compared_without_the_rules_of_english() {
        let (left, right) = ("Le maire a dit que les sept navires sont partis.", "Le maire a dit que les huit navires sont partis.");
        let mut texts = [left, right].map(|raw| Text::new(raw, Unit::Sentence));
        texts.iter_mut().for_each(|text| text.foreign = true);
        let collation = collate(Side { raw: left, text: &texts[0] }, Side { raw: right, text: &texts[1] });
        let kinds: Vec<_> = collation.rows.iter().flat_map(|row| &row.edits).map(|edit| edit.kind.name()).collect();
        assert_eq!(kinds, ["substitution"]);
    }

    #[test]
    fn odd_texts_are_no_trouble() {
        let numbers = (0..3_000).map(|n| (n * 7_919 % 10_007).to_string()).collect::<Vec<_>>().join(" ");
        let unclosed = "“The ice will hold this winter. ".repeat(300);
        let shouted = "THE TWO TOWNS SIGNED AN IRONCLAD PACT ON FRIDAY. ".repeat(100);
        let endless = "the pact will hold and the towns said so ".repeat(2_000);
        for raw in ["", "“", "'", "— … ”", &numbers, &unclosed, &shouted, &endless] {
            for other in ["", &numbers[..numbers.len() / 2], &unclosed, &shouted.to_lowercase(), &endless] {
                flags(raw, other);
            }
        }
        assert_eq!(flags(&shouted, &shouted.to_lowercase()), [""; 0]);
    }
}
