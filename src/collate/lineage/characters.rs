//! What the cost of a history is counted by: which texts have a passage, and what each of them reads in its variants.

use super::super::Side;
use super::super::apparatus::{Apparatus, Passage, Reading, Variant};
use super::super::edit::{Kind, Level};
use crate::text::BlockKind;
use crate::text::lexicon::{Meaning, is_function_word};
use jiff::civil::Date;

/// The state of a text that has nothing at the place of a variant.
pub(super) const OMITTED: u16 = 0;
/// The state of a text that does not have the passage of a variant.
pub(super) const ABSENT: u16 = u16::MAX;

/// Everything that is known of the texts. Weights are in hundredths, and whole numbers: sums of fractions would depend on the order.
pub(super) struct Characters {
    /// For each text the day that it was printed.
    pub(super) dates: Vec<Option<Date>>,
    /// The passages that count.
    pub(super) passages: Vec<Character>,
}

/// One passage.
pub(super) struct Character {
    pub(super) weight: i64,
    /// For each text whether it has the passage.
    pub(super) has: Vec<bool>,
    pub(super) places: Vec<Place>,
}

/// One variant of a passage.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    /// For each text the number of its reading.
    pub(super) states: Vec<u16>,
    /// For each state whether it has a slip of the pen. What is omitted is a state whether or not a text omits it.
    pub(super) slips: Vec<bool>,
    pub(super) weight: i64,
    /// How much more it takes to put words here than to leave them out: a clause is dropped sooner than thought of.
    pub(super) length: i64,
}

impl Characters {
    /// Reads them off the apparatus; `first` has a version for each text.
    pub(super) fn new(versions: &[Side], first: &[usize], apparatus: &Apparatus) -> Self {
        let passages: Vec<Character> = apparatus.passages.iter().filter(|p| p.counts).map(|p| Character::new(versions, first, p)).collect();
        Characters { dates: first.iter().map(|&v| versions[v].text.date).collect(), passages }
    }

    pub(super) fn texts(&self) -> usize {
        self.dates.len()
    }
}

/// How many words are more than a writer adds by the way.
const CLAUSE: usize = 3;
/// What a passage of few words weighs.
const SHORT: i64 = 40;
/// What a headline weighs: every outlet writes its own.
const HEADLINE: i64 = 15;

impl Character {
    fn new(versions: &[Side], first: &[usize], passage: &Passage) -> Self {
        let has: Vec<bool> = first.iter().map(|&v| passage.sentences_of(v).is_some()).collect();
        let mut places: Vec<Place> =
            passage.variants.iter().map(|variant| Place::new(versions, first, variant)).filter(Place::tells).collect();
        places.sort();
        let weight = weight(versions, passage);
        places.iter_mut().for_each(|place| place.weight = place.weight * weight / 100);
        Character { weight, has, places }
    }
}

fn weight(versions: &[Side], passage: &Passage) -> i64 {
    let kind = |(version, sentences): &(usize, std::ops::Range<usize>)| versions[*version].text.kind(sentences.start);
    if passage.sentences.iter().all(|at| matches!(kind(at), BlockKind::Headline)) {
        return HEADLINE;
    }
    let full = passage.columns.iter().filter(|column| column.cells.iter().any(|cell| cell.weight > 0.5)).count();
    if full < 4 { SHORT } else { 100 }
}

impl Place {
    fn new(versions: &[Side], first: &[usize], variant: &Variant) -> Self {
        let lowest = if variant.level() == Level::Form { Level::Form } else { Level::Wording };
        let groups = variant.readings_at(lowest);
        let group = |version: usize| groups.iter().position(|group| group.iter().any(|r| r.versions().any(|v| v == version)));
        // Numbers are given in the order of the texts, which is not that of the versions.
        let (mut seen, mut states) = (Vec::new(), Vec::with_capacity(first.len()));
        for &version in first {
            states.push(match group(version) {
                None => ABSENT,
                Some(group) if groups[group].iter().all(|r| r.is_omission()) => OMITTED,
                Some(group) => {
                    let at = seen.iter().position(|&other| other == group).unwrap_or_else(|| {
                        seen.push(group);
                        seen.len() - 1
                    });
                    u16::try_from(at + 1).unwrap_or(ABSENT - 1)
                }
            });
        }
        let longest = variant.readings.iter().flat_map(|r| &r.at).map(|(_, tokens)| tokens.len()).max().unwrap_or(0);
        let mut slips: Vec<bool> = seen.iter().map(|&group| groups[group].iter().any(|reading| is_slip(versions, reading))).collect();
        slips.insert(usize::from(OMITTED), false);
        if slips[1..].iter().all(|slip| *slip) {
            slips.fill(false);
        }
        Place { states, slips, weight: importance(variant.kind), length: if longest < CLAUSE { 1 } else { 2 } }
    }

    /// Whether texts disagree.
    fn tells(&self) -> bool {
        let mut present = self.states.iter().filter(|s| **s != ABSENT);
        let first = present.next();
        present.any(|state| Some(state) != first)
    }
}

/// Whether a reading has a word in small letters that no dictionary knows.
fn is_slip(versions: &[Side], reading: &Reading) -> bool {
    let Some((version, tokens)) = reading.at.first() else { return false };
    let Side { raw, text } = versions[*version];
    text.tokens[tokens.clone()].iter().map(|token| token.span.of(raw)).any(|word| {
        let plain = word.len() > 3 && word.chars().all(|c| c.is_ascii_lowercase());
        plain && !text.foreign && !is_function_word(word) && !Meaning::of_word(word).is_known()
    })
}

/// How much agreement in a reading says: marks and capitals follow the style of a house, and grammar words come and go; two
/// copyists may well hit upon the same synonym, and hardly upon the same wrong figure.
fn importance(kind: Kind) -> i64 {
    match kind {
        Kind::Typography | Kind::Case => 5,
        Kind::Punctuation | Kind::Abbreviation => 15,
        Kind::Spelling | Kind::Compound | Kind::Numeral | Kind::DateFormat => 30,
        Kind::FunctionWord => 40,
        Kind::Synonym | Kind::Attribution | Kind::Hedge | Kind::Inflection => 60,
        _ => 100,
    }
}
