//! Numbers with what they count: bounds before them, money, percent and units behind them, ranges, results, ages.

use super::date::Relative;
use super::figure::Figure;
use super::piece::PieceKind;
use super::reader::{Read, Reader};
use super::value::{Bound, M, Measure, Name, Number, TimeUnit, Value, rounded};
use super::words::{self, Numeral, Trust};

/// A number with its measure, before it is known whether it is one end of a range.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Term {
    figure: Figure,
    measure: Measure,
    /// Whether a word or sign of its own tells the measure.
    measured: bool,
    /// What turned the printed number into the measure: 0.01 for cents.
    factor: f64,
}

/// What joins the ends of a range.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Joint {
    Hyphen,
    To,
    And,
}

/// Words before `one` that make a pronoun of it.
const BEFORE_PRONOUN: &[&str] = &["no", "the", "this", "that", "which", "any", "every", "each", "another", "some", "last", "next"];
/// Words behind `one` that make a pronoun of it.
const AFTER_PRONOUN: &[&str] = &[
    "of", "another", "who", "that", "day", "thing", "could", "would", "should", "can", "must", "might", "may", "will", "by", "such",
    "time", "which",
];
/// Compounds of the first ranks that are news and not idiom: `second-quarter`, `third-largest`.
const RANKED: &[&str] = &[
    "quarter",
    "half",
    "largest",
    "biggest",
    "highest",
    "lowest",
    "smallest",
    "best",
    "worst",
    "oldest",
    "longest",
    "tallest",
    "place",
    "placed",
    "round",
    "seed",
    "seeded",
    "straight",
    "consecutive",
    "generation",
    "day",
    "year",
    "term",
    "degree",
    "month",
    "week",
    "century",
];

/// Compounds of `one` that count; others are idiom: `one-sided`.
const COUNTED: &[&str] = &[
    "point", "member", "person", "seat", "vote", "goal", "game", "run", "page", "child", "term", "room", "bedroom", "shot", "party",
    "state",
];

impl Reader<'_> {
    /// A number, a range, a result, or a span of time that ended with the article (`three days ago`).
    pub(super) fn amount(&self, at: usize) -> Read<Value> {
        let number = |(next, number)| (next, Value::Number(number));
        let told = self.numbered(at).or_else(|| self.lots(at)).or_else(|| self.aged(at)).or_else(|| self.bounded(at));
        self.result(at).or_else(|| match told {
            Some((next, told)) => self.ago(next, &told).or(Some(number((next, told)))),
            None => self.article_time(at).map(number),
        })
    }

    /// `three days ago`.
    fn ago(&self, at: usize, number: &Number) -> Read<Value> {
        let Measure::Duration(unit) = number.measure else { return None };
        let exact = number.bound == Bound::Exact && !number.is_range() && number.thing.is_none() && number.low.fract() == 0.0;
        let counted = exact && unit >= TimeUnit::Day && self.is(self.joint(at), "ago") && number.low <= 10_000.0;
        #[allow(clippy::cast_possible_truncation)] // Whole and at most 10,000.
        let offset = -(number.low as i32);
        counted.then(|| (self.joint(at) + 1, Value::Relative(Relative { unit, offset, ago: unit > TimeUnit::Day, hours: None })))
    }

    /// `an hour ago`, `a year earlier`: without such a word `a day` is as often a rate.
    fn article_time(&self, at: usize) -> Read<Number> {
        let (next, measure) = self.measure(at + 1).filter(|_| self.any(at, &["a", "an"]))?;
        let told = matches!(measure, (Measure::Duration(_), _)) && self.any(next, &["ago", "earlier", "later"]);
        told.then(|| (next, number(1.0, measure.0)))
    }

    /// `No. 2`, `number two`, `#2`. A small `no` without full stop is a word.
    fn numbered(&self, at: usize) -> Read<Number> {
        let word = self.word(at);
        let sign = match word {
            "no" | "nos" => self.is_digits(at + 1) && (self.is_capital(at) || self.raw(at).ends_with('.')),
            "#" => self.is_digits(at + 1) && self.glued(at + 1),
            "number" => true,
            _ => false,
        };
        let (next, figure) = if sign { self.figure(at + 1, false, false)? } else { return None };
        let plain = figure.measure == Measure::Count && figure.value.fract() == 0.0 && figure.scale == 1.0;
        (plain && self.closes(next)).then(|| (next, number(figure.value, Measure::Numbered)))
    }

    /// `dozens`, `hundreds of thousands`, `several hundred`.
    fn lots(&self, at: usize) -> Read<Number> {
        let several = at + usize::from(self.is(at, "a") && self.is(at + 1, "few"));
        if self.any(several, &["several", "few"]) {
            let Some(Numeral::Scale(scale)) = words::numeral(self.word(several + 1)) else { return None };
            return Some((several + 2, Number { bound: Bound::About, ..number(scale, Measure::Lots) }));
        }
        let (mut next, mut size) = (at + 1, self.lot(at)?);
        if let Some(more) = self.lot(at + 2).filter(|_| self.is(at + 1, "of")) {
            size *= more;
            next = at + 3;
        }
        let scores = self.is(at, "scores") && (!self.is(next, "of") || self.is_digits(next + 1));
        (!scores).then(|| (next, number(rounded(size), Measure::Lots)))
    }

    fn lot(&self, at: usize) -> Option<f64> {
        match words::numeral(self.word(at)) {
            Some(Numeral::Lots(size)) => Some(size),
            _ => self.is(at, "tens").then_some(10.0),
        }
    }

    /// `aged 42`, `age 42`, `at the age of 42`.
    fn aged(&self, at: usize) -> Read<Number> {
        let age = self.any(at, &["aged", "age", "ages"]);
        let of = at + 1 + usize::from(self.is(at, "age") && self.is(at + 1, "of"));
        let (next, told) = if age { self.bounded(of)? } else { return None };
        let years = told.measure == Measure::Count && told.low < 130.0 && told.thing.is_none();
        years.then_some((next, Number { measure: Measure::Age(TimeUnit::Year), ..told }))
    }

    // --- Bounds -----------------------------------------------------------------------------------------------------

    /// A number or a range with the bound before or behind it.
    fn bounded(&self, at: usize) -> Read<Number> {
        let Some((start, (bound, trust))) = self.phrase(at, &words::BOUND_PHRASES) else { return self.extent(at) };
        if self.lone_year(start).is_some() {
            return None;
        }
        let (next, told) = self.extent(start)?;
        let amount = !matches!(told.measure, Measure::Rank | Measure::Numbered) && told.bound == Bound::Exact;
        (amount && self.is_bound(at, bound, trust, &told)).then_some((next, Number { bound, ..told }))
    }

    fn is_bound(&self, at: usize, bound: Bound, trust: Trust, told: &Number) -> bool {
        match trust {
            Trust::Always => true,
            Trust::Large => told.low >= 10.0 || told.measure == Measure::Fraction,
            Trust::Unspoken => at == 0 || !words::SPEAKING_WORDS.has(self.name(at - 1)),
            Trust::Loose => match told.measure {
                Measure::Duration(_) => bound != Bound::Over,
                Measure::Count => told.low >= 20.0,
                _ => true,
            },
        }
    }

    /// `or more`, `-plus`, `+` behind a number.
    fn later_bound(&self, at: usize) -> Read<Bound> {
        let joint = self.joint(at);
        let (next, bound) = self.phrase(joint, &words::LATER_BOUND_PHRASES)?;
        let fits = match self.word(joint) {
            "plus" | "odd" => joint > at,
            "+" => self.glued(at) && !self.is_digits(next),
            _ => joint == at,
        };
        fits.then_some((next, bound))
    }

    // --- Ranges -----------------------------------------------------------------------------------------------------

    /// A number or a range, with what stands behind it in its token.
    fn extent(&self, at: usize) -> Read<Number> {
        let opened = self.any(at, &["between", "from"]);
        let start = at + usize::from(opened);
        let (next, first) = self.term(start, self.is(at, "between"))?;
        let single = |term: Term| number(term.figure.value, term.measure);
        let range = self.range(at, next, first).and_then(|(end, range)| self.settled(start, end, range));
        match range {
            Some(range) => Some(range),
            None if opened => None,
            None => {
                let (_, inherited) = self.step(at, next, first).unwrap_or((next, first));
                self.settled(start, next, single(inherited))
            }
        }
    }

    /// Adds a later bound, and the rest of a compound: `five-member`, `$3-a-share`.
    fn settled(&self, start: usize, at: usize, told: Number) -> Read<Number> {
        if let Some((next, bound)) = self.later_bound(at).filter(|(next, _)| self.closes(*next) && told.measure != Measure::Rank) {
            return Some((next, Number { bound, ..told }));
        }
        if self.closes(at) {
            return Some((at, told));
        }
        let end = self.end_of_token(at);
        let rest = self.between(at + 1, end);
        let words = !rest.is_empty() && rest.iter().all(|p| matches!(p.kind, PieceKind::Letters | PieceKind::Hyphen));
        let hyphen = self.kind(at) == Some(PieceKind::Hyphen) && !self.begins(at);
        let idiom = match self.word(start) {
            "one" if self.any(at + 1, COUNTED) => false,
            "one" | "a" | "an" => told.measure == Measure::Count && told.low == 1.0,
            "first" | "second" | "third" => !self.any(at + 1, RANKED),
            _ => false,
        };
        let name = || Name::new(rest.iter().map(|p| p.raw));
        let names = self.is_capital(at + 1) && self.is_digits(at - 1);
        (words && hyphen && !idiom && !names).then(|| (end, Number { thing: Some(name()), ..told }))
    }

    /// The joint of a range and the position behind it.
    fn range_joint(&self, at: usize) -> Read<Joint> {
        let suspended = at + usize::from(self.kind(at) == Some(PieceKind::Sign) && self.raw(at) == "-" && self.glued(at));
        let to = self.joint(suspended);
        match () {
            () if self.is(to, "to") => Some((self.joint(to + 1), Joint::To)),
            () if suspended > at => None,
            () if self.kind(at) == Some(PieceKind::Hyphen) => Some((at + 1, Joint::Hyphen)),
            () if self.is(at, "and") => Some((at + 1, Joint::And)),
            () => None,
        }
    }

    /// The other end of what may be a range: both ends in one measure, and how they are joined.
    fn other_end(&self, at: usize, first: Term) -> Option<(usize, Joint, Term, Term)> {
        let (start, joint) = self.range_joint(at)?;
        let (next, second) = self.term(start, false)?;
        let digits = first.figure.digits && second.figure.digits;
        let (first, second) = unify(first, second, joint)?;
        (joint != Joint::Hyphen || digits).then_some((next, joint, first, second))
    }

    fn range(&self, at: usize, next: usize, first: Term) -> Read<Number> {
        let (end, joint, low, high) = self.other_end(next, first)?;
        let (between, from) = (self.is(at, "between"), self.is(at, "from"));
        let bare = !high.measured;
        let times = high.figure.value / low.figure.value;
        let told = match joint {
            Joint::And => between,
            Joint::Hyphen => !bare || times <= 5.0 && !self.is_contest(at, end),
            Joint::To if between => true,
            Joint::To if from => self.near_before(at, 2, &words::RANGING_WORDS) || !self.near_before(at, 8, &words::CHANGE_WORDS),
            Joint::To if self.any_before(at, &["from"]) => false,
            Joint::To => times <= 10.0 && !((bare || first.measured || times > 2.0) && self.near_before(at, 4, &words::CHANGE_WORDS)),
        };
        let ascending = low.figure.value < high.figure.value;
        let range = Number { high: high.figure.value, ..number(low.figure.value, low.measure) };
        (told && ascending && !matches!(low.measure, Measure::Rank | Measure::Times)).then_some((end, range))
    }

    /// The first of two figures of a step shares the measure of the second: `rose from 5 to 7 percent`.
    fn step(&self, at: usize, next: usize, first: Term) -> Option<(usize, Term)> {
        if !self.any_before(at, &["from"]) || first.measured {
            return None;
        }
        let (_, joint, first, _) = self.other_end(next, first)?;
        (joint == Joint::To).then_some((next, first))
    }

    /// `5-2`, `2–1`, `54 to 46`: a result, the larger figure first or beside a word of games and votes.
    fn result(&self, at: usize) -> Read<Value> {
        let (next, first) = self.term(at, false)?;
        self.score(at, next, first)
    }

    fn score(&self, at: usize, next: usize, first: Term) -> Read<Value> {
        let (end, joint, first, second) = self.other_end(next, first)?;
        let (a, b) = (points(first)?, points(second)?);
        let told = match joint {
            Joint::Hyphen => a >= b || self.is_contest(at, end),
            Joint::To => a > b && !self.any_before(at, &["from"]) && !self.near_before(at, 4, &words::CHANGE_WORDS),
            Joint::And => false,
        };
        let more = self.kind(end) == Some(PieceKind::Hyphen) && self.is_digits(end + 1);
        (told && !more && self.closes(end)).then_some((end, Value::Score(a, b)))
    }

    fn is_contest(&self, at: usize, end: usize) -> bool {
        self.near_before(at, 5, &words::CONTEST_WORDS) || self.near_after(end, 2, &words::CONTEST_WORDS)
    }

    // --- Terms ------------------------------------------------------------------------------------------------------

    /// A number with its measure.
    fn term(&self, at: usize, between: bool) -> Read<Term> {
        let negative = self.is_negative(at);
        let start = at + usize::from(negative);
        let currency = self.currency(start);
        let (number, money) = currency.map_or((start, None), |(next, currency)| (next, Some(currency)));
        let (next, mut figure) = self.figure(number, between, money.is_some())?;
        if negative {
            figure.value = 0.0 - figure.value;
        }
        if let Some(currency) = money {
            let plain = matches!(figure.measure, Measure::Count | Measure::Fraction);
            return plain.then_some((next, Term { figure, measure: Measure::Money(currency), measured: true, factor: 1.0 }));
        }
        let (end, term) = self.measured(next, figure);
        (!self.is_pronoun(at, next, &term)).then_some((end, term))
    }

    fn is_negative(&self, at: usize) -> bool {
        let sign = matches!(self.raw(at), "-" | "−" | "–") && !self.glued(at) && self.glued(at + 1);
        (sign || self.is(at, "minus")) && self.is_digits(at + 1)
    }

    /// A currency before a figure: a sign, perhaps with letters at it, or letters in capitals.
    fn currency(&self, at: usize) -> Read<&'static str> {
        let (next, currency) = self.phrase(at, &words::CURRENCY_PHRASES)?;
        let together = (at + 1..next).all(|i| self.glued(i));
        let capital = self.is_capital(at) || self.kind(at) == Some(PieceKind::Sign);
        (together && capital).then_some((next, currency))
    }

    /// The measure behind a number.
    fn measured(&self, at: usize, figure: Figure) -> (usize, Term) {
        let bare = Term { figure, measure: figure.measure, measured: figure.measure != Measure::Count, factor: 1.0 };
        let (next, (measure, factor)) = match figure.measure {
            Measure::Count => match self.measure(at).filter(|(_, (measure, _))| self.fits(at, *measure, &figure)) {
                Some(read) => read,
                None => return (at, bare),
            },
            Measure::Fraction => match self.part_measure(at) {
                Some(read) => read,
                None => return (at, bare),
            },
            _ => return (at, bare),
        };
        let measure = if measure == M && self.is_dimension(next) { Measure::Unit("meter") } else { measure };
        let figure = Figure { value: rounded(figure.value * factor), measure, ..figure };
        let (end, measure) = self.age(next, measure).unwrap_or((next, measure));
        (end, Term { figure, measure, measured: true, factor })
    }

    /// A measure, perhaps behind a hyphen.
    pub(super) fn measure(&self, at: usize) -> Read<(Measure, f64)> {
        self.phrase(self.joint(at), &words::MEASURE_PHRASES)
    }

    /// What a fraction is a part of: `half a percentage point`, `quarter-point`, `half an hour`.
    pub(super) fn part_measure(&self, at: usize) -> Read<(Measure, f64)> {
        let behind = self.behind_part(at);
        let of_point = || self.any(behind, &["point", "points"]).then_some((behind + 1, (Measure::Points, 1.0)));
        self.phrase(behind, &words::MEASURE_PHRASES).filter(|(_, (m, _))| *m != Measure::Times).or_else(of_point)
    }

    /// Words that are measures only sometimes: `won`, `marks`, `p`, `fold`.
    fn fits(&self, at: usize, measure: Measure, figure: &Figure) -> bool {
        let word = self.joint(at);
        let capitals = self.raw(word).len() > 1 && self.raw(word).chars().all(char::is_uppercase);
        match self.word(word) {
            "won" | "marks" | "crowns" | "crown" | "rand" | "rub" => figure.value >= 50.0,
            "p" => figure.digits && self.glued(word),
            "fold" => word > at,
            "m" => self.glued(word),
            "times" => !self.is_capital(word) && (figure.value >= 2.0 || figure.digits),
            "bp" | "pc" | "ha" | "min" | "sec" | "ft" => !capitals,
            _ => measure != Measure::Rank,
        }
    }

    /// The age that a span of time is: `42-year-old`, `42 years old`, `42 years of age`.
    fn age(&self, at: usize, measure: Measure) -> Read<Measure> {
        let Measure::Duration(unit) = measure else { return None };
        let old = self.joint(at);
        let next = match () {
            () if self.any(old, &["old", "olds"]) => old + 1,
            () if self.is(at, "of") && self.is(at + 1, "age") => at + 2,
            () => return None,
        };
        Some((next, Measure::Age(unit)))
    }

    /// `one of the most`, `no one`, `the one who`, `a second`: no figures unless they count something.
    fn is_pronoun(&self, at: usize, next: usize, term: &Term) -> bool {
        let alone = next == at + 1 && !term.measured;
        match self.word(at) {
            "one" => alone && (self.any(at + 1, AFTER_PRONOUN) || self.any_before(at, BEFORE_PRONOUN)),
            "second" if next == at + 1 => self.any_before(at, &["per", "a", "split"]) || self.any(at + 1, &["of", "ago"]),
            "first" if next == at + 1 => self.any_before(at, &["at"]) || self.is(at + 1, "of") && self.is(at + 2, "all"),
            _ => false,
        }
    }
}

/// An exact number.
fn number(value: f64, measure: Measure) -> Number {
    Number { low: value, high: value, measure, bound: Bound::Exact, thing: None, unit: 0.0 }
}

/// Both ends of a range in one measure and magnitude: `$10-12 million` is from ten million up.
fn unify(mut first: Term, mut second: Term, joint: Joint) -> Option<(Term, Term)> {
    match (first.measured, second.measured) {
        (false, _) => {
            first.measure = second.measure;
            first.figure.value = rounded(first.figure.value * second.factor);
        }
        (true, false) if joint != Joint::To && matches!(first.measure, Measure::Money(_)) => second.measure = first.measure,
        (true, false) => return None,
        (true, true) => {}
    }
    let (small, large) = (first.figure, second.figure);
    if small.scale == 1.0 && large.scale > 1.0 && small.value < 1000.0 && small.value <= large.value / large.scale {
        first.figure.value = rounded(small.value * large.scale);
    }
    (first.measure == second.measure).then_some((first, second))
}

/// One side of a result.
fn points(term: Term) -> Option<u32> {
    let plain = term.measure == Measure::Count && term.figure.scale == 1.0 && term.figure.value.fract() == 0.0;
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // Whole, and between 0 and 999.
    (plain && (0.0..1000.0).contains(&term.figure.value)).then_some(term.figure.value as u32)
}
