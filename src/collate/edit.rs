//! One difference inside a row: what kind it is, and the level that the kind belongs to.

use super::term::{Class, Run, Term};
use crate::text::fold;
use crate::text::lexicon::{self, Hedge};
use crate::text::quantity::Relation;
use std::ops::Range;

/// How deep a difference goes. A reader switches levels on and off; the kinds of a level that is off count as the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// The same words in another dress.
    Form,
    /// The same thing in other words.
    Wording,
    /// Something else is said.
    Substance,
}

impl Level {
    /// All levels, the lowest first.
    pub const ALL: [Level; 3] = [Level::Form, Level::Wording, Level::Substance];

    /// Its name in JSON and on the screen.
    pub fn name(self) -> &'static str {
        ["form", "wording", "substance"][self as usize]
    }
}

/// The levels that are switched on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Levels([bool; 3]);

impl Levels {
    /// All three.
    pub const ALL: Levels = Levels([true; 3]);

    /// This level and those above it.
    pub fn from(level: Level) -> Self {
        Levels(Level::ALL.map(|l| l >= level))
    }

    /// Whether a level is on.
    pub fn has(self, level: Level) -> bool {
        self.0[level as usize]
    }

    /// The same with one level switched over.
    pub fn toggled(mut self, level: Level) -> Self {
        self.0[level as usize] ^= true;
        self
    }
}

/// Declares the kinds of edits, each with its name and its level: the one table of them.
macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident $name:literal $level:ident;)*) => {
        /// What kind of difference an edit is.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Kind { $($(#[$doc])* $kind,)* }

        impl Kind {
            /// All kinds, form first.
            pub const ALL: &[Kind] = &[$(Kind::$kind,)*];

            /// Its name in JSON and on the screen.
            pub fn name(self) -> &'static str {
                match self { $(Kind::$kind => $name,)* }
            }

            /// The level that it belongs to.
            pub fn level(self) -> Level {
                match self { $(Kind::$kind => Level::$level,)* }
            }
        }
    };
}

kinds! {
    /// Curly or straight quotation marks, dashes, accents.
    Typography "typography" Form;
    /// Commas and other signs set, left out or exchanged.
    Punctuation "punctuation" Form;
    /// Nato and NATO.
    Case "case" Form;
    /// Criticise and criticize.
    Spelling "spelling" Form;
    /// Ironclad, iron-clad and iron clad.
    Compound "compound" Form;
    /// U.S., US and United States; Feb. and February.
    Abbreviation "abbreviation" Form;
    /// Three and 3.
    Numeral "numeral" Form;
    /// 4 February and February 4th.
    DateFormat "date-format" Form;
    /// Peoples and people.
    Inflection "inflection" Wording;
    /// Words that carry grammar set, left out or exchanged.
    FunctionWord "function-word" Wording;
    /// Enlargement and expansion.
    Synonym "synonym" Wording;
    /// X said and said X.
    Order "order" Wording;
    /// Other words of which nothing more is known.
    Substitution "substitution" Wording;
    /// 14 and 40.
    Number "number" Substance;
    /// 4 February and 5 February.
    Date "date" Substance;
    /// Mr Wang and Mr Yi.
    Name "name" Substance;
    /// A "not" more or less.
    Negation "negation" Substance;
    /// Opposing and favouring.
    Antonym "antonym" Substance;
    /// Said and claimed.
    Attribution "attribution" Substance;
    /// May and will.
    Hedge "hedge" Substance;
    /// Words that only the right has.
    Addition "addition" Substance;
    /// Words that only the left has.
    Omission "omission" Substance;
}

/// One difference: the tokens of each side that take part, as indices into the tokens of that side's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// What kind of difference it is.
    pub kind: Kind,
    /// The left tokens; `None` where only the right has words.
    pub left: Option<Range<usize>>,
    /// The right tokens; `None` where only the left has words.
    pub right: Option<Range<usize>>,
}

impl Edit {
    /// The edit that turns the left run into the right one, with its kind.
    pub fn between(left: Run, right: Run) -> Self {
        Edit { kind: kind(left, right), left: left.tokens(), right: right.tokens() }
    }
}

/// The kind of the difference between two runs, of which at most one is empty.
pub fn kind(left: Run, right: Run) -> Kind {
    match (left.terms.is_empty(), right.terms.is_empty()) {
        (true, _) => one_sided(right, Kind::Addition),
        (_, true) => one_sided(left, Kind::Omission),
        _ => form(left, right).or_else(|| substance(left, right)).unwrap_or_else(|| wording(left, right)),
    }
}

/// Words that one side alone has.
fn one_sided(run: Run, content: Kind) -> Kind {
    let words = run.terms.iter().filter(|t| t.class != Class::Mark);
    match words.clone().count() {
        0 => Kind::Punctuation,
        1..=3 if words.clone().any(|t| t.traits.negates) => Kind::Negation,
        1..=2 if words.clone().any(|t| matches!(t.traits.hedge, Some(h) if h != Hedge::Sure)) => Kind::Hedge,
        _ if words.clone().all(|t| t.class == Class::Function) => Kind::FunctionWord,
        _ => content,
    }
}

// --- Form -----------------------------------------------------------------------------------------------------------

/// The first dress in which the two runs look alike once it is taken off; `None` where the words differ.
fn form(left: Run, right: Run) -> Option<Kind> {
    if let Some(kind) = value_form(left, right) {
        return kind;
    }
    let (l, r): (Vec<&str>, Vec<&str>) = (left.words().collect(), right.words().collect());
    let folded = |words: &[&str], fold: fn(&str) -> String| words.iter().map(|w| fold(w)).filter(|w| !w.is_empty()).collect::<Vec<_>>();
    let alike = |fold: fn(&str) -> String| folded(&l, fold) == folded(&r, fold);
    let marks = |words: &[&str]| words.iter().all(|w| !w.contains(char::is_alphanumeric));
    match () {
        () if alike(|w| fold::typography(w).into_owned()) => Some(Kind::Typography),
        () if marks(&l) && marks(&r) => Some(Kind::Punctuation),
        () if alike(|w| fold::typography(w).to_lowercase()) => Some(Kind::Case),
        () if alike(fold::case) => Some(Kind::Typography),
        () if alike(without_marks) => Some(Kind::Punctuation),
        () if alike(|w| without_marks(w).replace('.', "")) => Some(Kind::Abbreviation),
        () if fold::joined(l.iter().copied()) == fold::joined(r.iter().copied()) => Some(Kind::Compound),
        () if alike(|w| lexicon::spelling(&without_marks(w)).into_owned()) => Some(Kind::Spelling),
        () if is_expansion(&l, &r) || is_expansion(&r, &l) || alike(fold::word) => Some(Kind::Abbreviation),
        () => None,
    }
}

/// Figures and dates are compared by what they say: `Some(None)` means that they are values and differ.
fn value_form(left: Run, right: Run) -> Option<Option<Kind>> {
    let [l] = left.terms else { return None };
    let [r] = right.terms else { return None };
    let (a, b) = (l.value.as_ref()?, r.value.as_ref()?);
    let raw = |run: Run| run.words().map(|w| fold::typography(w).into_owned()).collect::<Vec<_>>();
    Some(match () {
        () if a.relation(b, [None, None]) != Relation::Same => None,
        () if raw(left) == raw(right) => Some(Kind::Typography),
        () if l.class == Class::Date => Some(Kind::DateFormat),
        () => Some(Kind::Numeral),
    })
}

fn without_marks(word: &str) -> String {
    if word.contains(char::is_alphanumeric) { fold::case(word) } else { String::new() }
}

/// Whether the long side spells out the short one: from the table, or letter by letter (`EU`, European Union).
fn is_expansion(short: &[&str], long: &[&str]) -> bool {
    let [short] = short else { return false };
    let folded = fold::case(short).replace('.', "");
    let spelled = long.iter().filter(|w| **w != ".").map(|w| fold::case(w)).collect::<Vec<_>>().join(" ");
    let listed = lexicon::expansions(&folded).is_some_and(|long| long.contains(&spelled.as_str()));
    let initials: String = long.iter().filter(|w| !lexicon::is_function_word(&fold::case(w))).filter_map(|w| w.chars().next()).collect();
    let acronym = short.chars().filter(|c| c.is_uppercase()).count() >= 2
        && long.len() >= 2
        && initials.to_lowercase() == folded
        && initials.chars().all(char::is_uppercase);
    listed || acronym
}

// --- Substance ------------------------------------------------------------------------------------------------------

/// What else is said, where the forms show it.
fn substance(left: Run, right: Run) -> Option<Kind> {
    let (l, r) = (left.terms, right.terms);
    let short = l.len() <= 3 && r.len() <= 3;
    let negations = |terms: &[Term]| terms.iter().filter(|t| t.traits.negates).count();
    match () {
        () if differ(l, r, of_class(Class::Date)) => Some(Kind::Date),
        () if differ(l, r, of_class(Class::Figure)) => Some(Kind::Number),
        () if negations(l) != negations(r) => Some(Kind::Negation),
        () if l.iter().any(|a| r.iter().any(|b| a.traits.opposes(b.traits))) => Some(Kind::Antonym),
        () if apart(l, r, |t| t.traits.saying) => Some(Kind::Attribution),
        () if short && apart(l, r, |t| t.traits.hedge) => Some(Kind::Hedge),
        () if apart(l, r, of_class(Class::Name)) => Some(Kind::Name),
        () => None,
    }
}

/// The number of a term's stem, if the term is of a class.
fn of_class(class: Class) -> impl Fn(&Term) -> Option<u32> {
    move |term| (term.class == class).then_some(term.stem)
}

/// Both sides have such terms, and one of the left is not on the right.
fn differ<T: PartialEq>(left: &[Term], right: &[Term], told: impl Fn(&Term) -> Option<T>) -> bool {
    let there: Vec<T> = right.iter().filter_map(&told).collect();
    !there.is_empty() && left.iter().filter_map(&told).any(|l| !there.contains(&l))
}

/// Both sides have such terms, and none of them in common.
fn apart<T: PartialEq>(left: &[Term], right: &[Term], told: impl Fn(&Term) -> Option<T>) -> bool {
    let (here, there): (Vec<T>, Vec<T>) = (left.iter().filter_map(&told).collect(), right.iter().filter_map(&told).collect());
    !here.is_empty() && !there.is_empty() && here.iter().all(|l| !there.contains(l))
}

// --- Wording --------------------------------------------------------------------------------------------------------

fn wording(left: Run, right: Run) -> Kind {
    let stems = |run: Run| run.terms.iter().filter(|t| t.class != Class::Mark).map(|t| t.stem).collect::<Vec<_>>();
    let content =
        |run: Run| run.terms.iter().filter(|t| !matches!(t.class, Class::Mark | Class::Function)).map(|t| t.stem).collect::<Vec<_>>();
    let sorted = |mut stems: Vec<u32>| {
        stems.sort_unstable();
        stems
    };
    match () {
        () if content(left).is_empty() && content(right).is_empty() => Kind::FunctionWord,
        () if stems(left) == stems(right) => Kind::Inflection,
        () if sorted(content(left)) == sorted(content(right)) && content(left) != content(right) => Kind::Order,
        () if content(left) == content(right) => Kind::FunctionWord,
        () => Kind::Substitution,
    }
}
