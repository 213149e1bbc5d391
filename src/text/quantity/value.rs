//! What a figure or a date says, and what two of them are to each other.

use super::date::{CalendarDate, Relative, Time};
use jiff::civil::Date;

/// What a figure or a date says, whatever its dress.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Value {
    /// A number or a range of numbers.
    Number(Number),
    /// A result: `5-2`, `54 to 46`; of the first and of the second side.
    Score(u32, u32),
    /// Letters and digits that name a thing: `F-16`, `G7`, `9/11`.
    Label(Name),
    /// A day, a month, a year or a day of the week.
    Date(CalendarDate),
    /// From one date to another, both included: `March 7-9`, `2021-22`, `the 1990s`.
    Period(CalendarDate, CalendarDate),
    /// A date that is counted from the day of the article: `yesterday`, `three days ago`.
    Relative(Relative),
    /// A time of day.
    Time(Time),
}

/// A number or a range of numbers, with what it counts and how closely it is told.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Number {
    /// Its size in units of the measure, magnitudes such as `billion` applied; of a range the lower end.
    pub low: f64,
    /// The upper end of a range; the same as `low` for a single number.
    pub high: f64,
    /// What it counts.
    pub measure: Measure,
    /// How closely it is told.
    pub bound: Bound,
    /// The thing in a compound with it: `member` in `five-member`.
    pub thing: Option<Name>,
    /// What the last digit that is printed stands for: 0.01 in `4.30 percent`, 100,000,000 in `17.7 billion`.
    pub unit: f64,
}

/// What a number counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Measure {
    /// Things, or nothing that is named beside it.
    Count,
    /// A place in an order: `fourth`.
    Rank,
    /// The number that a thing is called by: `No. 2`.
    Numbered,
    /// Hundredths.
    Percent,
    /// Differences between percentages, in percentage points.
    Points,
    /// A part of the whole, which is 1: `two-thirds`.
    Fraction,
    /// How many times as much: `twice`, `threefold`.
    Times,
    /// A vague number: `dozens`, `hundreds of thousands`; the value is the magnitude that is named.
    Lots,
    /// Money in this currency; letters as in ISO 4217 where the word or sign tells which.
    Money(&'static str),
    /// A span of time in this unit.
    Duration(TimeUnit),
    /// How old someone is, in this unit.
    Age(TimeUnit),
    /// Another unit, in American spelling.
    Unit(&'static str),
}

/// The letter of `50m`, where nothing tells metres from millions.
pub(super) const M: Measure = Measure::Unit("m");

/// Measures that tell less, each with what they may stand for: a ton may be a metric ton, a franc a Swiss one.
const LOOSE: &[(Measure, &[Measure])] = &[
    (Measure::Unit("ton"), &[Measure::Unit("metric ton")]),
    (Measure::Unit("degree"), &[Measure::Unit("degree Celsius"), Measure::Unit("degree Fahrenheit")]),
    (Measure::Money("franc"), &[Measure::Money("CHF"), Measure::Money("FRF"), Measure::Money("BEF")]),
    (Measure::Money("rupee"), &[Measure::Money("INR"), Measure::Money("PKR")]),
    (Measure::Money("peso"), &[Measure::Money("MXN")]),
    (Measure::Money("crown"), &[Measure::Money("CZK"), Measure::Money("SEK")]),
];

impl Measure {
    /// Whether it is the other measure, or may stand for it.
    fn fits(self, other: Measure) -> bool {
        self == other || LOOSE.iter().any(|(loose, precise)| *loose == self && precise.contains(&other))
    }
}

/// A unit of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)] // The names say it.
pub enum TimeUnit {
    Second,
    Minute,
    Hour,
    Day,
    Weekend,
    Week,
    Month,
    Quarter,
    Year,
    Decade,
    Century,
}

/// How closely a number is told. Words of one sense are one bound: `over 40` and `more than 40`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Bound {
    /// As it stands.
    Exact,
    /// About, around, roughly, some.
    About,
    /// Nearly, almost, just under.
    Nearly,
    /// Under, less than.
    Under,
    /// Up to, no more than, as many as.
    AtMost,
    /// Over, more than.
    Over,
    /// Just over, slightly more than.
    JustOver,
    /// At least, or more.
    AtLeast,
}

impl Measure {
    /// Whether two measures are of one sort, so that one may have slipped into the place of the other: miles and kilometres,
    /// percent and percentage points.
    fn is_akin(self, other: Measure) -> bool {
        use Measure::{Age, Duration, Percent, Points, Unit};
        matches!((self, other), (Unit(_), Unit(_)) | (Duration(_), Duration(_)) | (Age(_), Age(_)) | (Percent, Points) | (Points, Percent))
    }
}

impl Bound {
    /// On which side of the figure the true number is: −1 below it, 1 above it, 0 at it or about it.
    fn side(self) -> i8 {
        match self {
            Bound::Exact | Bound::About => 0,
            Bound::Nearly | Bound::Under | Bound::AtMost => -1,
            Bound::Over | Bound::JustOver | Bound::AtLeast => 1,
        }
    }
}

/// Folded letters and digits by their hash, so that values copy no text: `F-16` and `F16` are equal, `9/11` and `911` are not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Name(u64);

impl Name {
    /// The name that pieces make together, whatever their case and the hyphens between them.
    pub(super) fn new<'a>(pieces: impl IntoIterator<Item = &'a str>) -> Self {
        let letters = pieces
            .into_iter()
            .flat_map(str::chars)
            .filter(|c| c.is_alphanumeric() || matches!(c, '/' | '.' | ':'))
            .flat_map(char::to_lowercase);
        // FNV-1a over characters.
        Name(letters.fold(0xcbf2_9ce4_8422_2325, |hash, c| (hash ^ u64::from(u32::from(c))).wrapping_mul(0x0100_0000_01b3)))
    }
}

/// What two values are to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Relation {
    /// Equal, or one told less fully: `4 February` and `Friday, February 4, 2022`.
    Same,
    /// Equal once a date is counted from the day of its article: `yesterday` and `6 March`.
    Resolved,
    /// The same figure with another bound: `more than 2 percent` and `2 percent`.
    Bounded,
    /// A figure and an approximate or coarser one that covers it: `about 40` and `41`, `$2.5 billion` and `$2.51 billion`.
    Rounded,
    /// Something else.
    Differs,
}

impl Value {
    /// A text that is the same for equal values and differs for others.
    pub fn key(&self) -> String {
        match self {
            Value::Number(number) => number.key(),
            Value::Score(first, second) => format!("#{first}-{second}"),
            Value::Label(Name(hash)) => format!("#label {hash:x}"),
            Value::Date(date) => format!("@{}", date.key()),
            Value::Period(first, last) => format!("@{}..{}", first.key(), last.key()),
            Value::Relative(relative) => format!("@{}", relative.key()),
            Value::Time(time) => format!("@{}", time.key()),
        }
    }

    /// Whether it is a date, a period or a time of day.
    pub fn is_date(&self) -> bool {
        matches!(self, Value::Date(_) | Value::Period(..) | Value::Relative(_) | Value::Time(_))
    }

    /// Whether it can only be told from the day of its article: `yesterday`, `last March`, `on Monday`.
    pub fn is_relative(&self) -> bool {
        match self {
            Value::Relative(_) => true,
            Value::Date(date) => date.toward.is_some() || date.weekday.is_some() && date.full().is_none(),
            _ => false,
        }
    }

    /// Whether it is a day of the week and nothing else.
    pub fn is_mere_weekday(&self) -> bool {
        matches!(self, Value::Date(date) if date.weekday.is_some() && date.month.is_none() && date.toward.is_none())
    }

    /// Whether it says that the true number lies on one side of the figure: `more than 40`, `at most 40`.
    pub fn is_limit(&self) -> bool {
        matches!(self, Value::Number(number) if !matches!(number.bound, Bound::Exact | Bound::About | Bound::Nearly))
    }

    /// Whether both set a limit on the same side: `over 40` and `not less than 40`.
    pub fn limits_alike(&self, other: &Value) -> bool {
        matches!((self, other), (Value::Number(a), Value::Number(b)) if a.bound.side() == b.bound.side() && a.bound.side() != 0)
    }

    /// How much of the larger number the smaller one is, from 0 to 1; `None` where they are no numbers above nought. Where one
    /// does not tell its measure, it may be in pence or cents.
    pub fn ratio(&self, other: &Value) -> Option<f64> {
        let (Value::Number(a), Value::Number(b)) = (self, other) else { return None };
        let slack = if a.measure == b.measure { 1.0 } else { 100.0 };
        (a.low > 0.0 && b.low > 0.0).then(|| (slack * a.low.min(b.low) / a.low.max(b.low)).min(1.0))
    }

    /// The day, where year, month and day are all told.
    pub fn date(&self) -> Option<Date> {
        if let Value::Date(date) = self { date.full() } else { None }
    }

    /// What two values are to each other; `days` are the days of the articles that they are from, as far as they are known.
    ///
    /// Values of one key are the same even where the days differ: wire copy of yesterday says `yesterday` as it did then.
    pub fn relation(&self, other: &Value, days: [Option<Date>; 2]) -> Relation {
        match (self, other) {
            _ if self == other => Relation::Same,
            (Value::Number(a), Value::Number(b)) => a.relation(b),
            (Value::Time(a), Value::Time(b)) => a.relation(b),
            (Value::Date(date), Value::Number(number)) | (Value::Number(number), Value::Date(date)) => misread_year(date, number),
            _ => super::date::relation(self, other, days),
        }
    }

    /// Whether two values answer one question, so that both cannot be true where they differ: two sums in one currency, two
    /// scores, two dates. Where one does not say what it counts, it may count the same.
    pub fn is_comparable(&self, other: &Value) -> bool {
        match (self, other) {
            (Value::Number(a), Value::Number(b)) => {
                a.comparable(b).is_some() || a.is_bare(b) || b.is_bare(a) || a.measure.is_akin(b.measure)
            }
            (Value::Score(..), Value::Score(..)) | (Value::Label(_), Value::Label(_)) | (Value::Time(_), Value::Time(_)) => true,
            (Value::Time(_), _) | (_, Value::Time(_)) => false,
            _ => self.is_date() && other.is_date(),
        }
    }

    /// How readily one stands for the other in a changed text, from 0 (never) to 1 (equal): a figure of the same measure very
    /// readily, a figure for a date not at all.
    pub fn resembles(&self, other: &Value) -> f32 {
        match (self, other) {
            _ if self == other => 1.0,
            (Value::Number(a), Value::Number(b)) => a.resembles(b),
            (Value::Score(..), Value::Score(..)) => 0.9,
            (Value::Label(_), Value::Label(_)) => 0.7,
            (Value::Score(..), Value::Number(number)) | (Value::Number(number), Value::Score(..)) if number.is_range() => 0.4,
            (Value::Time(_), Value::Time(_)) => 0.9,
            _ if self.is_date() != other.is_date() => 0.0,
            _ if !self.is_date() => 0.2,
            (Value::Time(_), _) | (_, Value::Time(_)) => 0.2,
            _ => super::date::resemblance(self, other),
        }
    }
}

/// The same figure may be a year beside one word and a plain number beside another.
fn misread_year(date: &CalendarDate, number: &Number) -> Relation {
    let alone = CalendarDate { year: date.year, ..CalendarDate::default() };
    let plain = number.measure == Measure::Count && number.bound == Bound::Exact && !number.is_range();
    let same = *date == alone && plain && date.year.is_some_and(|year| f64::from(year) == number.low);
    if same { Relation::Same } else { Relation::Differs }
}

fn rounded_equal(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-6 * a.abs().max(b.abs())
}

impl Number {
    /// Whether it has two different ends.
    pub fn is_range(&self) -> bool {
        self.low != self.high
    }

    fn key(&self) -> String {
        let range = if self.is_range() { format!("{}..{}", self.low, self.high) } else { self.low.to_string() };
        let bound = if self.bound == Bound::Exact { String::new() } else { format!(" {:?}", self.bound) };
        let thing = self.thing.map_or_else(String::new, |Name(hash)| format!(" {hash:x}"));
        format!("#{range} {:?}{bound}{thing}", self.measure)
    }

    fn relation(&self, other: &Number) -> Relation {
        let Some((a, b)) = self.comparable(other) else {
            let bare = self.is_bare(other) || other.is_bare(self);
            let rounded = bare && self.low >= 1_000.0 && (self.covers(other) || other.covers(self));
            let same = self.is_same_figure(other) && self.bound == other.bound;
            // Pence and cents are told in pounds and dollars here; beside `618 pence`, 618 alone are pence.
            let hundredths = |plain: &Number, money: &Number| {
                matches!(money.measure, Measure::Money(_)) && plain.is_bare(money) && rounded_equal(plain.low, money.low * 100.0)
            };
            let same = same || hundredths(self, other) || hundredths(other, self);
            return if same || rounded { Relation::Rounded } else { Relation::Differs };
        };
        match () {
            () if a.low == b.low && a.high == b.high && a.bound == b.bound => Relation::Same,
            () if a.low == b.low && a.high == b.high => Relation::Bounded,
            () if a.measure == Measure::Lots || !a.is_amount() => Relation::Differs,
            () if a.covers(&b) || b.covers(&a) => Relation::Rounded,
            () => Relation::Differs,
        }
    }

    /// Both in one measure; `None` where they count different things.
    fn comparable(&self, other: &Number) -> Option<(Number, Number)> {
        let things = self.thing.is_none() || other.thing.is_none() || self.thing == other.thing;
        let (a, b) = (self.beside(other), other.beside(self));
        let one = a.measure.fits(b.measure) || b.measure.fits(a.measure) || a.is_bare_age(&b) || b.is_bare_age(&a);
        (things && one).then_some((a, b))
    }

    /// As it is read beside another: a fraction beside a percentage is one too, and an `m` is metres beside metres.
    fn beside(&self, other: &Number) -> Number {
        let times = |factor: f64, measure| Number { low: rounded(self.low * factor), high: rounded(self.high * factor), measure, ..*self };
        match (self.measure, other.measure) {
            // A fraction is exact, so that any percentage near it is a rounding.
            (Measure::Fraction, Measure::Percent) => Number { unit: 0.0, ..times(100.0, Measure::Percent) },
            (M, Measure::Unit("meter")) => times(1.0, other.measure),
            (M, Measure::Count | Measure::Money(_)) => times(1e6, other.measure),
            _ => *self,
        }
    }

    /// A plain figure beside money or a unit: `8.2 million` and `8.2 million pounds`, `3/8` and `$6.375`.
    fn is_bare(&self, beside: &Number) -> bool {
        use Measure::{Count, Fraction, Lots, Money, Points, Unit};
        matches!(self.measure, Count | Fraction)
            && self.thing.is_none()
            && matches!(beside.measure, Count | Fraction | Lots | Money(_) | Points | Unit(_))
    }

    /// Whether it is the same figure, told once without its unit.
    pub(super) fn is_same_figure(&self, other: &Number) -> bool {
        let vague = self.measure == Measure::Lots || other.measure == Measure::Lots;
        !vague && (self.is_bare(other) || other.is_bare(self)) && self.low == other.low && self.high == other.high
    }

    /// `, 42,` beside `aged 42`.
    fn is_bare_age(&self, beside: &Number) -> bool {
        self.measure == Measure::Count && self.low <= 120.0 && beside.measure == Measure::Age(TimeUnit::Year)
    }

    /// Whether it says how much, and not which.
    fn is_amount(&self) -> bool {
        !matches!(self.measure, Measure::Rank | Measure::Numbered)
    }

    /// Whether this is an approximate or coarser way to tell the other: near enough, on the right side, and rounder.
    fn covers(&self, other: &Number) -> bool {
        if self.is_range() {
            return !other.is_range() && self.low <= other.low && other.low <= self.high;
        }
        let opposed = self.bound.side() * other.bound.side() < 0;
        let coarser = self.bound == Bound::Exact || grain(self.low) > grain(other.low);
        if opposed || other.is_range() || self.low == 0.0 || !coarser {
            return false;
        }
        let whole = self.low.fract() == 0.0 && other.low.fract() == 0.0;
        let near = (other.low - self.low) / self.low.abs();
        match self.bound {
            _ if whole && self.low < 20.0 => false,
            // What is told without any word of caution is only a rounding where it shows fewer digits: `2.9` for `2.86`.
            Bound::Exact => self.unit > other.unit && (other.low - self.low).abs() <= self.unit * 0.500_001 && near.abs() <= 0.05,
            Bound::About => near.abs() <= 0.1,
            Bound::Nearly | Bound::Under | Bound::AtMost => (-0.1..=0.0).contains(&near),
            Bound::Over | Bound::AtLeast => (0.0..=0.1).contains(&near),
            Bound::JustOver => (0.0..=0.05).contains(&near),
        }
    }

    fn resembles(&self, other: &Number) -> f32 {
        let closeness = closeness(self.low, other.low);
        match self.measures_resemble(other) {
            alike if alike > 0.0 => alike * (0.75 + 0.25 * closeness),
            _ => 0.0,
        }
    }

    fn measures_resemble(&self, other: &Number) -> f32 {
        use Measure::{Age, Count, Duration, Fraction, Lots, Money, Percent, Points, Rank, Times, Unit};
        match (self.measure, other.measure) {
            _ if self.comparable(other).is_some() => 1.0,
            (Money(_), Money(_))
            | (Duration(_), Duration(_))
            | (Age(_), Age(_))
            | (Unit(_), Unit(_))
            | (Percent, Points)
            | (Points, Percent) => 0.7,
            (a, b) if a == b => 0.7,
            (Rank, _) | (_, Rank) => 0.2,
            (Count, Lots) | (Lots, Count) | (Age(_), Duration(_)) | (Duration(_), Age(_)) | (Fraction, Times) | (Times, Fraction) => 0.6,
            (Fraction, Percent | Points) | (Percent | Points, Fraction) => 0.8,
            (Count, _) | (_, Count) => 0.4,
            _ => 0.3,
        }
    }
}

/// How near two sizes are, from 0 to 1.
#[allow(clippy::cast_possible_truncation)] // A likeness needs no more digits.
fn closeness(a: f64, b: f64) -> f32 {
    let (small, large) = (a.abs().min(b.abs()), a.abs().max(b.abs()));
    if a == b {
        1.0
    } else if a.signum() == b.signum() && large > 0.0 {
        (small / large) as f32
    } else {
        0.0
    }
}

/// The place of the last digit of a number that is not zero: 10 for 40, 0.1 for 2.5, 100,000,000 for 2.5 billion.
pub(super) fn grain(value: f64) -> f64 {
    let places = (-6..=15).rev().map(|power| 10_f64.powi(power));
    let whole = |scaled: f64| (scaled - scaled.round()).abs() < 1e-6 && scaled.round() != 0.0;
    places.into_iter().find(|place| whole(value / place)).unwrap_or(1e-7)
}

/// Products such as 2.3 × 10⁹ keep the figure that was printed.
pub(super) fn rounded(value: f64) -> f64 {
    format!("{value:.9e}").parse().unwrap_or(value)
}
