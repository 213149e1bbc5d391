//! One difference inside a row: what kind it is, and the level that the kind belongs to.

use super::term::{Class, Pair, Run, Term};
use super::{mention, polarity, value};
use crate::text::fold;
use crate::text::lexeme::lexeme;
use crate::text::lexicon::{self, Hedge, Relation, Saying};
use crate::text::name::Likeness;
use crate::text::quantity;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
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

    /// The lowest level that is on; where none is, the highest.
    pub fn lowest(self) -> Level {
        Level::ALL.into_iter().find(|level| self.has(*level)).unwrap_or(Level::Substance)
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

/// One difference: the tokens of each side that take part, as indices into the tokens of that side's text, and why it is of its kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// What kind of difference it is.
    pub kind: Kind,
    /// The left tokens; `None` where only the right has words.
    pub left: Option<Range<usize>>,
    /// The right tokens; `None` where only the left has words.
    pub right: Option<Range<usize>>,
    /// How the kind is known, in a few words.
    pub reason: Cow<'static, str>,
}

/// A place in a row where the sides differ: the terms of each side, as indices into the terms of the row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    /// The left terms.
    pub left: Range<usize>,
    /// The right terms.
    pub right: Range<usize>,
}

impl Gap {
    /// Both sides of the gap, as runs.
    pub fn runs<'a>(&self, pair: Pair<'a>) -> (Run<'a>, Run<'a>) {
        (pair.left.part(self.left.clone()), pair.right.part(self.right.clone()))
    }
}

/// How many terms around a gap are looked at. Sentences are shorter; a text without any full stop is one row of many thousands.
const AROUND: usize = 200;

impl Gap {
    /// The gap in its surroundings, for judgements that look at the whole row.
    pub fn surrounded<'a>(&self, pair: Pair<'a>) -> (Pair<'a>, Gap) {
        let window = |run: Run, gap: &Range<usize>| gap.start.saturating_sub(AROUND)..(gap.end + AROUND).min(run.terms.len());
        let (left, right) = (window(pair.left, &self.left), window(pair.right, &self.right));
        let within = |gap: &Range<usize>, window: &Range<usize>| gap.start - window.start..gap.end - window.start;
        let gap = Gap { left: within(&self.left, &left), right: within(&self.right, &right) };
        (Pair { left: pair.left.part(left), right: pair.right.part(right) }, gap)
    }
}

impl Edit {
    /// The edit of a gap, with its kind.
    pub fn of(pair: Pair, gap: &Gap) -> Self {
        let (left, right) = gap.runs(pair);
        let (near, inner) = gap.surrounded(pair);
        let (kind, reason) = judged(near, &inner);
        Edit { kind, left: left.tokens(), right: right.tokens(), reason }
    }
}

/// The kind of a difference and how it is known, in a few words.
pub type Judged = (Kind, Cow<'static, str>);

/// The kind of the difference in a gap of which at most one side is empty, with its reason.
pub fn judged(pair: Pair, gap: &Gap) -> Judged {
    let (left, right) = gap.runs(pair);
    match (left.terms.is_empty(), right.terms.is_empty()) {
        (true, _) => one_sided(pair.right, &gap.right, (pair.left, &gap.left), Kind::Addition),
        (_, true) => one_sided(pair.left, &gap.left, (pair.right, &gap.right), Kind::Omission),
        _ => form(left, right).or_else(|| substance(pair, gap)).unwrap_or_else(|| wording(left, right)),
    }
}

/// The kind of the difference in a gap that has words on both sides, where they are the same words in another dress.
pub fn dress(pair: Pair, gap: &Gap) -> Option<Kind> {
    let (left, right) = gap.runs(pair);
    form(left, right).map(|(kind, _)| kind)
}

pub(super) fn told(kind: Kind, reason: &'static str) -> Judged {
    (kind, Cow::Borrowed(reason))
}

/// Words that one side of a row alone has.
fn one_sided(row: Run, range: &Range<usize>, (other, place): (Run, &Range<usize>), content: Kind) -> Judged {
    let terms = &row.terms[range.clone()];
    let words = terms.iter().filter(|t| t.class != Class::Mark);
    let count = words.clone().count();
    match () {
        () if count == 0 => told(Kind::Punctuation, "signs alone"),
        () if count == 1 && is_doubled(row, range) => told(Kind::Spelling, "a word printed twice"),
        () if count <= 3 && is_negated(row, range, (other, place)) => told(Kind::Negation, "a negation on one side"),
        () if count <= 2 && words.clone().any(|t| casts_doubt(row, t) && is_only_doubt(other, t)) => {
            told(Kind::Hedge, "a word of doubt on one side")
        }
        () if words.clone().all(|t| t.class == Class::Function) => told(Kind::FunctionWord, "words that carry grammar"),
        () if mention::completes(row, range) => told(Kind::Synonym, "a name told more fully"),
        () => told(content, "words that one side alone has"),
    }
}

/// Whether a word of grammar stands beside itself: `talking to to them`.
fn is_doubled(row: Run, range: &Range<usize>) -> bool {
    let [term] = &row.terms[range.clone()] else { return false };
    let beside = [range.start.checked_sub(1), Some(range.end)].into_iter().flatten().filter_map(|at| row.terms.get(at));
    term.class == Class::Function && beside.into_iter().any(|other| other.word == term.word)
}

/// How many terms from the place of a negation the other side has the word that is negated.
const NEAR: usize = 6;

/// Whether a range turns something round that the other side says straight: it negates, the rows do not say no equally often,
/// and the word that is negated has its partner at the same place of the other.
fn is_negated(row: Run, range: &Range<usize>, (other, place): (Run, &Range<usize>)) -> bool {
    let negates = |at: &usize| row.terms[*at].meaning.negates;
    let Some(at) = range.clone().find(negates) else { return false };
    // `whether or not they go` leaves it as open as `whether they go`.
    let open = at > 0 && row.word(at - 1).eq_ignore_ascii_case("or");
    if open {
        return false;
    }
    let whole = (Pair { left: row, right: other }).is_all();
    let near = if whole { 0..other.terms.len() } else { place.start.saturating_sub(NEAR)..(place.end + NEAR).min(other.terms.len()) };
    let near_again = near.clone();
    // Of `not a Sorvik man` the man is negated.
    let negated = content(&row.terms[at + 1..]).take(2).find(|word| word.class != Class::Name);
    let partner = negated
        .or_else(|| content(&row.terms[at + 1..]).next())
        .is_none_or(|word| other.terms[near].iter().any(|t| is_said_alike(word, t)));
    // `cant` is `can't` without its apostrophe.
    let bare = |run: Run, at: usize| fold::joined([run.word(at)]);
    let misprinted = near_again.into_iter().any(|there| bare(other, there) == bare(row, at));
    partner && !misprinted && denials(row) != denials(other) && !is_turned_back(row, at, other)
}

/// Whether an opposite behind a negation says the same again: `no plans to sell` and `plans to retain`.
fn is_turned_back(row: Run, negation: usize, other: Run) -> bool {
    let told = |word: &Term| other.terms.iter().any(|t| t.stem == word.stem);
    let opposed = |word: &Term| other.terms.iter().any(|t| word.meaning.turned(t.meaning) == Some(Relation::Opposite));
    content(&row.terms[negation + 1..]).take(2).any(|word| !told(word) && opposed(word))
}

/// One stem, or synonyms; a dictionary that takes two names for one is no witness of who is meant.
fn is_said_alike(a: &Term, b: &Term) -> bool {
    let named = a.class == Class::Name || b.class == Class::Name;
    a.stem == b.stem || !named && a.meaning.relation(b.meaning) == Some(Relation::Synonym)
}

/// How often a row says no: `not`, verbs that say it without one, and `has yet to`.
fn denials(row: Run) -> usize {
    let waits = |at: usize| row.word(at) == "yet" && at + 1 < row.terms.len() && row.word(at + 1) == "to";
    let says_no = |meaning: lexicon::Meaning| meaning.negates || meaning.refuses() || meaning.is_instead();
    (0..row.terms.len()).filter(|&at| says_no(row.terms[at].meaning) || waits(at)).count()
}

/// How many terms of a row are told to be of a sort.
fn count<T: PartialEq>(row: Run, sort: T, told: impl Fn(Run, &Term) -> Option<T>) -> usize {
    row.terms.iter().filter(|t| told(row, t).as_ref() == Some(&sort)).count()
}

/// How sure a term makes a statement, degrees that news takes for one told as one.
fn degree(_: Run, term: &Term) -> Option<Hedge> {
    term.meaning.hedge().map(certainty)
}

/// Whether the other side has no word of a term's degree of certainty: `could save but ruffle` and `could save but may ruffle`
/// are as sure as each other.
fn is_only_doubt(other: Run, term: &Term) -> bool {
    degree(other, term).is_none_or(|sort| count(other, sort, degree) == 0)
}

/// A word that makes a statement less sure wherever it stands: `may`, `perhaps`, `reportedly`. What can or could be is often
/// sure, and `possible` and `appear` have other uses.
fn casts_doubt(row: Run, term: &Term) -> bool {
    let word = || row.side.text.tokens[term.tokens.start].span.of(row.side.raw);
    match term.meaning.hedge() {
        Some(Hedge::Hearsay) => true,
        Some(Hedge::Possible) if term.class == Class::Function => matches!(word(), "may" | "might" | "May" | "Might"),
        Some(Hedge::Likely | Hedge::Possible | Hedge::Doubtful) => term.meaning.is_adverb(),
        _ => false,
    }
}

// --- Form -----------------------------------------------------------------------------------------------------------

/// The first dress in which the two runs look alike once it is taken off; `None` where the words differ.
fn form(left: Run, right: Run) -> Option<Judged> {
    if let Some(kind) = value_form(left, right) {
        return kind;
    }
    let (l, r): (Vec<&str>, Vec<&str>) = (left.words().collect(), right.words().collect());
    let alike = |fold: fn(&str) -> String| {
        let [l, r] = [&l, &r].map(|words| words.iter().map(|w| fold(w)).filter(|w| !w.is_empty()));
        l.eq(r)
    };
    if fold::joined(l.iter().copied()) != fold::joined(r.iter().copied()) {
        // Other letters: spelling variants and short forms are all that is left.
        return match () {
            () if alike(|w| lexicon::spelling(&without_marks(w)).into_owned()) => Some(told(Kind::Spelling, "spelling variants in VarCon")),
            () if is_article(&l) && is_article(&r) => Some(told(Kind::Spelling, "one article before another sound")),
            () if is_misprint(left, right) => Some(told(Kind::Spelling, "a misprint")),
            () if is_expansion(&l, &r) || is_expansion(&r, &l) || alike(fold::word) => {
                Some(told(Kind::Abbreviation, "a short form spelled out"))
            }
            () => None,
        };
    }
    let marks = |words: &[&str]| words.iter().all(|w| !w.contains(char::is_alphanumeric));
    Some(match () {
        () if alike(|w| fold::typography(w).into_owned()) => told(Kind::Typography, "signs of another shape"),
        () if marks(&l) && marks(&r) => told(Kind::Punctuation, "signs alone"),
        () if alike(|w| fold::typography(w).to_lowercase()) => told(Kind::Case, "capitals alone"),
        () if alike(fold::case) => told(Kind::Typography, "accents alone"),
        () if alike(without_marks) => told(Kind::Punctuation, "signs alone"),
        () if alike(|w| without_marks(w).replace('\'', "")) => told(Kind::Punctuation, "apostrophes alone"),
        () if alike(|w| without_marks(w).replace('.', "")) => told(Kind::Abbreviation, "full stops alone"),
        () => told(Kind::Compound, "one word in another cut"),
    })
}

/// Figures and dates are compared by what they say: `Some(None)` means that they are values and differ.
fn value_form(left: Run, right: Run) -> Option<Option<Judged>> {
    let ([l], [r]) = (left.terms, right.terms) else { return None };
    let (a, b) = (l.value.as_ref()?, r.value.as_ref()?);
    let raw = |run: Run| run.words().map(|w| fold::typography(w).into_owned()).collect::<Vec<_>>();
    let relation = a.relation(b, [left.side.text.date, right.side.text.date]);
    let dress = if l.class == Class::Date { Kind::DateFormat } else { Kind::Numeral };
    Some(match relation {
        quantity::Relation::Same if raw(left) == raw(right) => Some(told(Kind::Typography, "signs of another shape")),
        quantity::Relation::Same => Some(told(dress, "the same value")),
        quantity::Relation::Resolved => Some(told(dress, "the same day, counted from the date of the article")),
        _ => None,
    })
}

fn is_article(words: &[&str]) -> bool {
    matches!(words, ["a" | "an"])
}

/// Whether two words are one of which a letter is amiss or doubled. Names are in no dictionary, so nobody knows of them.
fn is_misprint(left: Run, right: Run) -> bool {
    let ([l], [r]) = (left.terms, right.terms) else { return false };
    l.class == Class::Content && r.class == Class::Content && is_misspelt(left.word(0), right.word(0))
}

/// A word of this many letters is long enough to be known again where one of them is amiss.
const KNOWN_AGAIN: usize = 5;

/// Whether one word is the other with a letter amiss, or two in a long word: a dictionary has one of them alone, or they are the same form of one
/// word, `focused` and `focussed`.
pub(super) fn is_misspelt(left: &str, right: &str) -> bool {
    let plain = |word: &str| word.len() >= KNOWN_AGAIN && word.chars().all(char::is_lowercase);
    if !plain(left) || !plain(right) || fold::letters_amiss(left, right) > left.len().max(right.len()).min(9) / 4 {
        return false;
    }
    let (l, r) = (lexeme(left), lexeme(right));
    let ending = |word: &str| word.chars().rev().take(2).collect::<Vec<_>>();
    l.meaning.is_known() != r.meaning.is_known() && l.word != r.word
        || fold::letters_amiss(left, right) == 1 && l.lemma == r.lemma && ending(left) == ending(right)
}

fn without_marks(word: &str) -> String {
    if word.contains(char::is_alphanumeric) { fold::case(word) } else { String::new() }
}

/// Whether the long side spells out the short one: from the tables, or letter by letter (`EU`, European Union).
fn is_expansion(short: &[&str], long: &[&str]) -> bool {
    let [short] = short else { return false };
    let folded = fold::case(short).replace('.', "");
    let spelled = || long.iter().filter(|w| **w != ".").map(|w| fold::case(w)).collect::<Vec<_>>().join(" ");
    let listed = lexicon::expansions(&folded).is_some_and(|long| long.contains(&spelled().as_str()));
    let same = |words: &String| *words == spelled() || words.replace(' ', "") == spelled();
    let contracted = long.len() <= 2 && lexicon::contraction(&folded).iter().any(same);
    listed || contracted || mention::is_abbreviation(short, long)
}

// --- Substance ------------------------------------------------------------------------------------------------------

/// What else is said, where the forms show it.
fn substance(pair: Pair, gap: &Gap) -> Option<Judged> {
    let (left, right) = gap.runs(pair);
    let (l, r) = (left.terms, right.terms);
    let short = l.len() <= 3 && r.len() <= 3;
    if let Some(judged) = value::judged(pair, gap) {
        return Some(judged);
    }
    let opposed = polarity::opposed(pair, gap);
    let negated = is_negated(pair.left, &gap.left, (pair.right, &gap.right)) || is_negated(pair.right, &gap.right, (pair.left, &gap.left));
    // A negation and an opposite together say the same again: `did not accept` and `rejected`.
    let turned_twice = opposed.as_ref().is_some_and(|(a, b)| !a.meaning.negates && !b.meaning.negates);
    if negated && short && !turned_twice {
        return Some(told(Kind::Negation, "a negation on one side"));
    }
    if let Some((a, b)) = opposed.filter(|_| denied(pair.left, gap.left.clone()) == denied(pair.right, gap.right.clone())) {
        return Some((Kind::Antonym, a.meaning.judgement(b.meaning)?.reason));
    }
    if let Some((a, b)) = apart([left, right], pair, |run, t| saying(run, t).map(strength)) {
        return Some((Kind::Attribution, Cow::Owned(format!("verbs of saying: {} and {}", a.name(), b.name()))));
    }
    if let Some((a, b)) = apart([left, right], pair, degree).filter(|degrees| short && is_telling(*degrees)) {
        return Some((Kind::Hedge, Cow::Owned(format!("{} and {}", a.name(), b.name()))));
    }
    mention::differ(pair, gap).then(|| told(Kind::Name, "other names"))
}

/// How many negations stand in a range of a row or shortly before it.
pub(super) fn denied(row: Run, range: Range<usize>) -> usize {
    negations(&row.terms[range.start.saturating_sub(polarity::REACH)..range.end])
}

/// How many words turn the statement round.
pub fn negations(terms: &[Term]) -> usize {
    terms.iter().filter(|t| t.meaning.negates).count()
}

/// What a verb of saying makes of its speaker. A noun of the same form (`the blast`, `Protest`) says nothing, nor does a verb in
/// the infinitive (`will have to contend`), a verb that is itself what was said (`it said underlined its strength`), or what
/// was not said.
pub fn saying(run: Run, term: &Term) -> Option<Saying> {
    let word = |token: usize| run.side.text.tokens[token].span.of(run.side.raw);
    let nth = |back: usize| term.tokens.start.checked_sub(back).map_or("", word);
    let before = nth(1);
    let unsaid =
        || before == "to" || lexeme(before).meaning.saying().is_some() || [1, 2].iter().any(|&back| lexeme(nth(back)).meaning.negates);
    const BEFORE_NOUNS: [&str; 12] = ["the", "a", "an", "this", "his", "her", "their", "its", "of", "no", "any", "our"];
    let noun = BEFORE_NOUNS.contains(&before) || before.ends_with("'s") || before.ends_with("’s");
    let verb = term.class == Class::Content && word(term.tokens.start).starts_with(char::is_lowercase) && !noun;
    term.meaning.saying().filter(|_| verb && !unsaid())
}

/// Degrees between which a reader is told something else: what was tried is told in too many ways.
fn is_telling((a, b): (Hedge, Hedge)) -> bool {
    a != Hedge::Attempted && b != Hedge::Attempted
}

/// Verbs of saying that say no more than each other.
fn strength(saying: Saying) -> Saying {
    match saying {
        Saying::Announced | Saying::Estimated => Saying::Plain,
        Saying::Urged => Saying::Asked,
        other => other,
    }
}

/// Degrees of certainty that news takes for one: what is planned, and what will be.
fn certainty(hedge: Hedge) -> Hedge {
    if hedge == Hedge::Planned { Hedge::Sure } else { hedge }
}

/// Both sides of a gap have such terms, of different sorts, and each row has more of its own sort than the other: the first of
/// each.
fn apart<T: PartialEq + Copy>(sides: [Run; 2], pair: Pair, told: impl Fn(Run, &Term) -> Option<T>) -> Option<(T, T)> {
    let first = |run: Run| run.terms.iter().find_map(|t| told(run, t));
    let (here, there) = (first(sides[0])?, first(sides[1])?);
    let more = |row: Run, other: Run, sort: T| count(row, sort, &told) > count(other, sort, &told);
    (here != there && more(pair.left, pair.right, here) && more(pair.right, pair.left, there)).then_some((here, there))
}

// --- Wording --------------------------------------------------------------------------------------------------------

fn wording(left: Run, right: Run) -> Judged {
    let stems = |run: Run| run.terms.iter().filter(|t| t.class != Class::Mark).map(|t| t.stem).collect::<Vec<_>>();
    let content = |run: Run| content(run.terms).map(|t| t.stem).collect::<Vec<_>>();
    let sorted = |mut stems: Vec<u32>| {
        stems.sort_unstable();
        stems
    };
    if let ([l], [r]) = (left.terms, right.terms)
        && l.value.is_some()
        && r.value.is_some()
    {
        return told(Kind::Substitution, "one may be the other, told less exactly");
    }
    match () {
        () if content(left).is_empty() && content(right).is_empty() => told(Kind::FunctionWord, "words that carry grammar"),
        () if stems(left) == stems(right) => told(Kind::Inflection, "forms of one word"),
        () if sorted(content(left)) == sorted(content(right)) && content(left) != content(right) => {
            told(Kind::Order, "the same words in another order")
        }
        () if content(left) == content(right) => told(Kind::FunctionWord, "words that carry grammar"),
        () => synonyms(left, right).unwrap_or_else(|| told(Kind::Substitution, "other words of which no table knows more")),
    }
}

/// The terms that carry news.
pub fn content(terms: &[Term]) -> impl Iterator<Item = &Term> {
    terms.iter().filter(|t| !matches!(t.class, Class::Mark | Class::Function))
}

/// Whether every word that carries news has a synonym, or itself, on the other side.
fn synonyms(left: Run, right: Run) -> Option<Judged> {
    let names = [left, right].map(|run| run.words().filter(|w| w.contains(char::is_alphanumeric)).collect::<Vec<_>>());
    if let Some(likeness) = mention::likeness(left, right) {
        return Some(match likeness {
            Likeness::Transcribed => told(Kind::Spelling, "a name in two spellings"),
            Likeness::Abbreviated => told(Kind::Abbreviation, "a short form spelled out"),
            Likeness::Fuller => told(Kind::Synonym, "a name told more fully"),
            Likeness::Alias => told(Kind::Synonym, "two names of one thing"),
        });
    }
    let (l, r): (Vec<&Term>, Vec<&Term>) = (content(left.terms).collect(), content(right.terms).collect());
    let judgement = |a: &Term, b: &Term| a.meaning.judgement(b.meaning).filter(|j| j.relation == Relation::Synonym);
    let met = |a: &Term, others: &[&Term]| others.iter().any(|b| a.stem == b.stem || judgement(a, b).is_some());
    let all = !l.is_empty() && !r.is_empty() && l.iter().all(|a| met(a, &r)) && r.iter().all(|b| met(b, &l));
    let short = names.iter().all(|words| words.len() <= 6);
    let reason = l.iter().flat_map(|a| r.iter().filter_map(|b| judgement(a, b))).next();
    reason.filter(|_| all && short).map(|judgement| (Kind::Synonym, judgement.reason))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::collate::{Side, collate};
    use crate::text::{Text, Unit};

    /// The edits of two sentences beyond typography: kind, left words, right words.
    fn edits(left: &str, right: &str) -> Vec<(&'static str, String, String)> {
        let texts = [left, right].map(|raw| Text::new(raw, Unit::Line));
        let sides = [Side { raw: left, text: &texts[0] }, Side { raw: right, text: &texts[1] }];
        let words = |side: Side, tokens: &Option<Range<usize>>| match tokens {
            Some(tokens) => side.text.tokens[tokens.start].span.to(side.text.tokens[tokens.end - 1].span).of(side.raw).to_string(),
            None => String::new(),
        };
        let rows = collate(sides[0], sides[1]).rows;
        let edits = rows.iter().flat_map(|row| &row.edits).filter(|e| e.kind != Kind::Typography);
        edits.map(|e| (e.kind.name(), words(sides[0], &e.left), words(sides[1], &e.right))).collect()
    }

    /// A left and a right sentence with the edits that are expected: kind, left words, right words.
    type Case = (&'static str, &'static str, &'static [(&'static str, &'static str, &'static str)]);

    #[test]
    fn kinds_are_what_an_editor_would_say() {
        let table: &[Case] = &[
            ("The pact is ironclad.", "The pact is iron clad.", &[("compound", "ironclad", "iron clad")]),
            ("The pact is crucial to us.", "The pact is important to us.", &[("synonym", "crucial", "important")]),
            ("It is an inalienable part of it.", "It is an inseparable part of it.", &[("synonym", "inalienable", "inseparable")]),
            (
                "They fear the enlargement of NORSO.",
                "They fear the expansion of Norso.",
                &[("synonym", "enlargement", "expansion"), ("case", "NORSO", "Norso")],
            ),
            (
                "The two peoples met on Feb. 4.",
                "The two people met on 4 February.",
                &[("inflection", "peoples", "people"), ("date-format", "Feb. 4", "4 February")],
            ),
            ("They would criticise it.", "They would criticize it.", &[("spelling", "criticise", "criticize")]),
            ("Mr Sarno spoke.", "Mr Ilek spoke.", &[("name", "Sarno", "Ilek")]),
            ("He met Foreign Minister Sarno there.", "He met Foreign Minister Sarno Ilek there.", &[("synonym", "", "Ilek")]),
            ("They cannot go.", "They can go.", &[("negation", "cannot", "can")]),
            ("They wouldn't go.", "They would not go.", &[("abbreviation", "wouldn't", "would not")]),
            ("Fourteen ships left.", "40 ships left.", &[("number", "Fourteen", "40")]),
            ("The index was up 3 points.", "The index was down 3 points.", &[("antonym", "up", "down")]),
            ("It backed them in opposing the wide plan.", "It favors the wide plan.", &[("antonym", "backed them in opposing", "favors")]),
            ("The mayor said it was old.", "The mayor claimed it was old.", &[("attribution", "said", "claimed")]),
            ("It may run out of flour.", "It will run out of flour.", &[("hedge", "may", "will")]),
            ("Prices rose more than 2 percent.", "Prices rose 2 percent.", &[("number", "more than 2 percent", "2 percent")]),
            ("Prices rose about 40 percent.", "Prices rose 40 percent.", &[("substitution", "about 40 percent", "40 percent")]),
            ("Sales fell 2.9 percent.", "Sales fell 2.86 percent.", &[("substitution", "2.9 percent", "2.86 percent")]),
            ("They saw the accommodating clerk.", "They saw the accomodating clerk.", &[("spelling", "accommodating", "accomodating")]),
            (
                "The ban has not been lifted.",
                "The ban has yet to be lifted.",
                &[("function-word", "not", "yet"), ("function-word", "been", "to"), ("function-word", "", "be")],
            ),
            ("The European Union met.", "The EU met.", &[("abbreviation", "European Union", "EU")]),
        ];
        for (left, right, expected) in table {
            let expected: Vec<_> = expected.iter().map(|(kind, l, r)| (*kind, l.to_string(), r.to_string())).collect();
            assert_eq!(edits(left, right), expected, "{left} ~ {right}");
        }
    }
}
