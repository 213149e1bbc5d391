//! Figures and dates in digits and in words, as values that can be compared: `three` and `3`, `4 February` and `February 4th`.

use super::fold;
use super::lexicon::{self, MONTHS, WEEKDAYS};
use super::{Token, TokenKind};
use std::borrow::Cow;
use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

/// What a figure or a date says, whatever its dress.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// A number with what it counts.
    Number {
        /// Its size, magnitudes such as `billion` applied.
        value: f64,
        /// What it counts.
        measure: Measure,
    },
    /// A day, a month of a year, or a day of the week; what is not said is `None`.
    Date {
        /// The year of our era.
        year: Option<u16>,
        /// 1 to 12.
        month: Option<u8>,
        /// 1 to 31.
        day: Option<u8>,
        /// 0 to 6, Monday first.
        weekday: Option<u8>,
    },
}

/// What a number counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Measure {
    /// Things, or nothing that is named beside it.
    Count,
    /// A place in an order: `fourth`.
    Rank,
    /// Hundredths.
    Percent,
    /// Differences between percentages.
    Points,
    /// Money in this currency; letters as in ISO 4217 where the sign tells which.
    Money(&'static str),
}

/// A figure or a date: a run of tokens and its value.
#[derive(Debug, Clone, PartialEq)]
pub struct Quantity {
    /// Its tokens, as indices into the slice that was read.
    pub tokens: Range<usize>,
    /// What it says.
    pub value: Value,
}

impl Value {
    /// A text that is the same for equal values and differs for others.
    pub fn key(&self) -> String {
        match self {
            Value::Number { value, measure } => format!("#{value} {measure:?}"),
            Value::Date { year, month, day, weekday: None } => format!("@{year:?}-{month:?}-{day:?}"),
            Value::Date { year, month, day, weekday } => format!("@{year:?}-{month:?}-{day:?}-{weekday:?}"),
        }
    }

    /// Whether two values say the same, one of them perhaps less fully: `4 February` and `Friday, February 4, 2022`.
    pub fn agrees(&self, other: &Value) -> bool {
        match (self, other) {
            (Value::Date { year, month, day, weekday }, Value::Date { year: y, month: m, day: d, weekday: w }) => {
                let fits = |a: Option<u16>, b: Option<u16>| a.is_none() || b.is_none() || a == b;
                let small = |v: &Option<u8>| v.map(u16::from);
                let told_alike = (month.is_some() && m.is_some() && day.is_some() == d.is_some()) || (month.is_none() && m.is_none());
                told_alike
                    && fits(*year, *y)
                    && fits(small(month), small(m))
                    && fits(small(day), small(d))
                    && fits(small(weekday), small(w))
            }
            _ => self == other,
        }
    }
}

/// SHIM
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Relation { Same, Resolved, Bounded, Rounded, Differs }
#[allow(missing_docs)]
impl Value {
    pub fn relation(&self, other: &Value, _: [Option<jiff::civil::Date>; 2]) -> Relation { if self.agrees(other) { Relation::Same } else { Relation::Differs } }
    pub fn is_date(&self) -> bool { matches!(self, Value::Date { .. }) }
    pub fn resembles(&self, other: &Value) -> f32 {
        match (self, other) {
            _ if self.agrees(other) => 1.0,
            (Value::Number { measure: a, .. }, Value::Number { measure: b, .. }) => if a == b { 0.7 } else { 0.3 },
            (Value::Date { .. }, Value::Date { .. }) => 0.7,
            _ => 0.0,
        }
    }
}

/// The figures and dates among consecutive tokens, in order, none overlapping another; the longest reading wins.
pub fn quantities(raw: &str, tokens: &[Token]) -> Vec<Quantity> {
    let reader = Reader { raw, tokens };
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let read = if reader.may_begin(at) { reader.date(at).or_else(|| reader.amount(at)) } else { None };
        at = match read {
            Some((length, value)) => {
                found.push(Quantity { tokens: at..at + length, value });
                at + length
            }
            None => at + 1,
        };
    }
    found
}

/// The first three letters of a word, small: enough to pass over nearly all of them.
fn beginning(word: &str) -> [u8; 3] {
    let mut letters = [0; 3];
    letters.iter_mut().zip(word.bytes()).for_each(|(letter, byte)| *letter = byte.to_ascii_lowercase());
    letters
}

/// The beginnings of all words that a figure or a date can begin with.
static BEGINNINGS: LazyLock<HashSet<[u8; 3]>> =
    LazyLock::new(|| [&MONTHS[..], &WEEKDAYS[..], &SMALL[..], &TENS[..], &RANKS[..]].concat().into_iter().map(beginning).collect());

struct Reader<'a> {
    raw: &'a str,
    tokens: &'a [Token],
}

type Read<T> = Option<(usize, T)>;

impl<'a> Reader<'a> {
    /// A cheap look: only digits, currency signs and the words of figures and dates begin one.
    fn may_begin(&self, at: usize) -> bool {
        let text = self.raw_word(at);
        match self.tokens[at].kind {
            TokenKind::Number => true,
            TokenKind::Mark => currency_sign(text).is_some(),
            TokenKind::Word => currency_sign(text).is_some() || BEGINNINGS.contains(&beginning(text)),
        }
    }

    fn word(&self, at: usize) -> Cow<'a, str> {
        let text = self.raw_word(at);
        if text.bytes().all(|b| b.is_ascii() && !b.is_ascii_uppercase()) { Cow::Borrowed(text) } else { Cow::Owned(fold::case(text)) }
    }

    fn raw_word(&self, at: usize) -> &'a str {
        self.tokens.get(at).map_or("", |t| t.span.of(self.raw))
    }

    /// Whether a token follows the one before it without white space.
    fn is_glued(&self, at: usize) -> bool {
        at > 0 && at < self.tokens.len() && self.tokens[at - 1].span.end == self.tokens[at].span.start
    }

    // --- Dates ------------------------------------------------------------------------------------------------------

    fn date(&self, at: usize) -> Read<Value> {
        self.iso_date(at).or_else(|| self.weekday_date(at)).or_else(|| self.calendar_date(at))
    }

    /// `2022-03-07`, one token.
    fn iso_date(&self, at: usize) -> Read<Value> {
        let word = self.word(at);
        let parts: Vec<&str> = word.split('-').collect();
        let [year, month, day] = parts[..] else { return None };
        let date = (year.len() == 4).then(|| jiff::civil::Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok())??;
        let value = Value::Date {
            year: u16::try_from(date.year()).ok(),
            month: u8::try_from(date.month()).ok(),
            day: u8::try_from(date.day()).ok(),
            weekday: None,
        };
        Some((1, value))
    }

    /// `Friday`, `Friday, March 7`, `Fri 7 March 2031`.
    fn weekday_date(&self, at: usize) -> Read<Value> {
        let word = self.word(at);
        let name = word.trim_end_matches('.');
        let capital = self.raw_word(at).starts_with(char::is_uppercase);
        let full = WEEKDAYS.iter().position(|day| *day == name);
        let short =
            || (name.len() >= 3 && capital).then(|| WEEKDAYS.iter().position(|day| name.len() <= 5 && day.starts_with(name))).flatten();
        let weekday = full.or_else(short).and_then(|i| u8::try_from(i).ok());
        weekday?;
        let gap = usize::from(self.word(at + 1) == ",");
        if let Some((length, Value::Date { year, month, day: Some(day), .. })) = self.calendar_date(at + 1 + gap) {
            return Some((1 + gap + length, Value::Date { year, month, day: Some(day), weekday }));
        }
        full.map(|_| (1, Value::Date { year: None, month: None, day: None, weekday }))
    }

    /// `4 February`, `4th of February 2022`, `February 4th, 2022`, `Feb. 4`, `February 2022`.
    fn calendar_date(&self, at: usize) -> Read<Value> {
        let (length, month, day) = self.day_month(at).or_else(|| self.month_day(at))?;
        let gap = usize::from(self.word(at + length) == "," && day.is_some());
        let year = self.year(at + length + gap);
        let full = if year.is_some() { length + gap + 1 } else { length };
        (day.is_some() || year.is_some()).then_some((full, Value::Date { year, month: Some(month), day, weekday: None }))
    }

    fn day_month(&self, at: usize) -> Option<(usize, u8, Option<u8>)> {
        let day = self.day(at)?;
        let of = usize::from(self.word(at + 1) == "of");
        let month = self.month(at + 1 + of)?;
        Some((2 + of, month, Some(day)))
    }

    fn month_day(&self, at: usize) -> Option<(usize, u8, Option<u8>)> {
        let month = self.month(at)?;
        let the = usize::from(self.word(at + 1) == "the");
        match self.day(at + 1 + the) {
            Some(day) => Some((2 + the, month, Some(day))),
            None => Some((1, month, None)),
        }
    }

    fn month(&self, at: usize) -> Option<u8> {
        let word = self.word(at);
        let name = word.trim_end_matches('.');
        let full = lexicon::month(name).unwrap_or(name);
        let capital = self.raw_word(at).starts_with(char::is_uppercase) || !matches!(full, "may" | "march" | "mar");
        let index = MONTHS.iter().position(|m| *m == full)?;
        capital.then(|| u8::try_from(index + 1).ok()).flatten()
    }

    fn day(&self, at: usize) -> Option<u8> {
        let word = &*self.word(at);
        let digits = word.trim_end_matches("st").trim_end_matches("nd").trim_end_matches("rd").trim_end_matches("th");
        let day: u8 = digits.parse().ok()?;
        (1..=31).contains(&day).then_some(day)
    }

    fn year(&self, at: usize) -> Option<u16> {
        let year: u16 = self.word(at).parse().ok()?;
        (self.word(at).len() == 4 && (1000..=2999).contains(&year)).then_some(year)
    }

    // --- Amounts ----------------------------------------------------------------------------------------------------

    fn amount(&self, at: usize) -> Read<Value> {
        let sign = currency_sign(self.raw_word(at)).filter(|_| self.is_glued(at + 1));
        let start = at + usize::from(sign.is_some());
        let (mut length, mut value, mut measure) = self.number(start)?;
        if let Some((used, magnitude)) = self.magnitude(start + length).filter(|_| measure == Measure::Count) {
            length += used;
            value *= magnitude;
        }
        if measure == Measure::Count {
            let (used, unit) = self.unit(start + length, sign);
            length += used;
            measure = unit;
        }
        Some((start - at + length, Value::Number { value: rounded(value), measure }))
    }

    /// A number in digits or in words, without a magnitude above a thousand behind digits.
    fn number(&self, at: usize) -> Option<(usize, f64, Measure)> {
        if at >= self.tokens.len() {
            return None;
        }
        match self.tokens[at].kind {
            TokenKind::Number => digits(&self.word(at)).map(|(value, measure)| (1, value, measure)),
            TokenKind::Word => self.number_words(at),
            TokenKind::Mark => None,
        }
    }

    /// `twenty-one`, `two hundred and five`, `three`, `fourth`.
    fn number_words(&self, at: usize) -> Option<(usize, f64, Measure)> {
        if self.is_pronoun(at) {
            return None;
        }
        let (mut total, mut current, mut length, mut seen) = (0.0, 0.0, 0, false);
        loop {
            let word = &*self.word(at + length);
            if let Some((value, rank)) = small_number(word) {
                if seen && value >= 1.0 && (current % 100.0 != 0.0 && !(current % 10.0 == 0.0 && value < 10.0)) {
                    break;
                }
                current += value;
                if rank {
                    return Some((length + 1, total + current, Measure::Rank));
                }
            } else if word == "hundred" && seen {
                current = current.max(1.0) * 100.0;
            } else if let Some(scale) = scale(word).filter(|_| seen) {
                total += current.max(1.0) * scale;
                current = 0.0;
            } else if word == "and" && seen && current % 100.0 == 0.0 && length > 1 && small_number(&self.word(at + length + 1)).is_some() {
                length += 1;
                continue;
            } else {
                break;
            }
            seen = true;
            length += 1;
        }
        seen.then_some((length, total + current, Measure::Count))
    }

    /// `one of the most`, `no one`, `the one who`: no figures.
    fn is_pronoun(&self, at: usize) -> bool {
        let before = if at > 0 { self.word(at - 1) } else { Cow::Borrowed("") };
        let (before, after) = (&*before, &*self.word(at + 1));
        match &*self.word(at) {
            "one" => {
                matches!(after, "of" | "another" | "who" | "that" | "day" | "thing")
                    || matches!(before, "no" | "the" | "this" | "that" | "which" | "any" | "every" | "each")
            }
            "second" => matches!(before, "per" | "a" | "split") || matches!(after, "of" | "ago"),
            _ => false,
        }
    }

    fn magnitude(&self, at: usize) -> Option<(usize, f64)> {
        let word = &*self.word(at);
        if word == "hundred" { Some((1, 100.0)) } else { scale(word).map(|value| (1, value)) }
    }

    /// What stands behind a number and says what it counts, and how many tokens say it.
    fn unit(&self, at: usize, sign: Option<&'static str>) -> (usize, Measure) {
        if let Some(currency) = sign {
            return (0, Measure::Money(currency));
        }
        match (&*self.word(at), &*self.word(at + 1)) {
            ("percentage", "point" | "points") => (2, Measure::Points),
            ("per", "cent") => (2, Measure::Percent),
            ("%" | "percent" | "pct" | "pc" | "pct.", _) => (1, Measure::Percent),
            (word, _) => currency_word(word).map_or((0, Measure::Count), |currency| (1, Measure::Money(currency))),
        }
    }
}

/// Floating-point products such as 2.3 × 10⁹ keep the figure that was printed.
fn rounded(value: f64) -> f64 {
    format!("{value:.9e}").parse().unwrap_or(value)
}

/// A token of digits: `1,000`, `14.5`, `4th`, `9bn`. What is no single number (`12:24`, `2021-22`) has no value.
fn digits(word: &str) -> Option<(f64, Measure)> {
    let number = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let value: f64 = number.replace(',', "").parse().ok()?;
    match &word[number.len()..] {
        "" => Some((value, Measure::Count)),
        "st" | "nd" | "rd" | "th" => Some((value, Measure::Rank)),
        "m" => Some((value * 1e6, Measure::Count)),
        "k" => Some((value * 1e3, Measure::Count)),
        "bn" => Some((value * 1e9, Measure::Count)),
        "tn" => Some((value * 1e12, Measure::Count)),
        _ => None,
    }
}

const SMALL: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
const RANKS: [&str; 20] = [
    "zeroth",
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
];

/// A number word below a hundred, hyphenated or not, and whether it is a rank.
fn small_number(word: &str) -> Option<(f64, bool)> {
    let index = |table: &[&str], word: &str| table.iter().position(|w| *w == word).and_then(|i| u8::try_from(i).ok()).map(f64::from);
    let ten = |word: &str| index(&TENS, word).map(|i| (i + 2.0) * 10.0);
    if let Some(value) = index(&SMALL, word).or_else(|| ten(word)) {
        return Some((value, false));
    }
    if let Some(value) = index(&RANKS, word).filter(|v| *v > 0.0) {
        return Some((value, true));
    }
    let (tens, ones) = word.split_once('-')?;
    let (tens, (ones, rank)) = (ten(tens)?, small_number(ones)?);
    (ones > 0.0 && ones < 10.0).then_some((tens + ones, rank))
}

fn scale(word: &str) -> Option<f64> {
    match word {
        "thousand" => Some(1e3),
        "million" | "mln" => Some(1e6),
        "billion" | "bln" | "bn" => Some(1e9),
        "trillion" | "tn" => Some(1e12),
        "dozen" => Some(12.0),
        _ => None,
    }
}

fn currency_sign(raw: &str) -> Option<&'static str> {
    match raw {
        "$" | "US$" => Some("$"),
        "£" => Some("GBP"),
        "€" => Some("EUR"),
        "¥" => Some("JPY"),
        _ => None,
    }
}

fn currency_word(word: &str) -> Option<&'static str> {
    match word {
        "dollar" | "dollars" => Some("$"),
        "pound" | "pounds" => Some("GBP"),
        "euro" | "euros" => Some("EUR"),
        "yen" => Some("JPY"),
        "yuan" | "renminbi" => Some("CNY"),
        "rouble" | "roubles" | "ruble" | "rubles" => Some("RUB"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Span, token};

    fn keys(text: &str) -> Vec<(String, String)> {
        let tokens = token::tokens(text, Span::new(0, text.len()));
        let words = |q: &Quantity| tokens[q.tokens.start].span.to(tokens[q.tokens.end - 1].span).of(text).to_string();
        quantities(text, &tokens).iter().map(|q| (words(q), q.value.key())).collect()
    }

    #[test]
    fn equal_values_in_any_dress_have_one_key() {
        let table: &[&[&str]] = &[
            &["three", "3"],
            &["twenty-one", "21"],
            &["two hundred and five", "205"],
            &["1,000", "one thousand", "1000"],
            &["$2.5 billion", "2.5 billion dollars", "$2.5bn", "$2,500,000,000"],
            &["£40m", "40 million pounds"],
            &["14 percent", "14 per cent", "14%", "fourteen percent"],
            &["4 February", "February 4", "February 4th", "Feb. 4", "4th of February", "Feb.4", "the 4th of February"],
            &["February 4, 2022", "4 February 2022", "2022-02-04", "Feb. 4, 2022"],
            &["fourth", "4th"],
            &["two percentage points", "2 percentage points"],
        ];
        for dresses in table {
            for dress in *dresses {
                let found = keys(dress);
                assert_eq!(found.len(), 1, "{dress}: {found:?}");
                assert_eq!(found[0].1, keys(dresses[0])[0].1, "{dress}");
            }
        }
    }

    #[test]
    fn different_values_differ() {
        for (a, b) in [
            ("14", "40"),
            ("4 February", "5 February"),
            ("$3", "£3"),
            ("2 percent", "2 percentage points"),
            ("third", "3"),
            ("Monday", "Tuesday"),
        ] {
            assert_ne!(keys(a)[0].1, keys(b)[0].1, "{a} {b}");
        }
    }

    #[test]
    fn words_that_look_like_figures_are_none() {
        for text in ["one of the most", "no one came", "they may march", "it will sink", "the second of them", "may 4 times be"] {
            assert!(keys(text).iter().all(|(words, _)| words == "4"), "{text}: {:?}", keys(text));
        }
    }

    #[test]
    fn a_date_agrees_with_a_fuller_one() {
        let value = |text: &str| quantities(text, &token::tokens(text, Span::new(0, text.len())))[0].value.clone();
        assert!(value("4 February").agrees(&value("Friday, February 4, 2022")));
        assert!(!value("4 February 2021").agrees(&value("February 4, 2022")));
        assert!(!value("4 February").agrees(&value("February 2022")));
    }
}
