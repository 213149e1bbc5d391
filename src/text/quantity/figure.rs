//! Numbers as such, in digits and in words: `2.5bn`, `two hundred and five`, `13-1/2`, `half a million`, `4th`, `twice`.

use super::piece::PieceKind;
use super::reader::{Read, Reader};
use super::value::{Measure, rounded};
use super::words::{self, Numeral};

/// A number before anything is known of what it counts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Figure {
    /// Its size.
    pub(super) value: f64,
    /// By how much a magnitude such as `billion` multiplied it; 1 without one.
    pub(super) scale: f64,
    /// `Count`, or what the number itself says: a rank, a fraction, a multiple.
    pub(super) measure: Measure,
    /// Told in digits.
    pub(super) digits: bool,
}

impl Figure {
    fn new(value: f64, measure: Measure) -> Self {
        Figure { value, scale: 1.0, measure, digits: false }
    }

    fn scaled(self, scale: f64) -> Self {
        let measure = if self.measure == Measure::Fraction { Measure::Count } else { self.measure };
        Figure { value: rounded(self.value * scale), scale: self.scale * scale, measure, ..self }
    }
}

/// The words of a number are at most this many; longer runs are several numbers.
const LONGEST: usize = 16;
/// Denominators of the fractions that are told in digits; `9/11` is none.
const DENOMINATORS: [u8; 12] = [2, 3, 4, 5, 6, 8, 10, 12, 16, 32, 64, 100];
/// Words behind a fraction, and before words that it is a fraction of: `a third of`, not `a third man`.
const AFTER_PARTS: &[&str] = &[
    "of", "less", "more", "from", "in", "to", "by", "on", "at", "and", "as", "for", "since", "than", "over", "or", "when", "while",
    "because",
];
/// Words before `half` that make a fraction of it.
const BEFORE_HALF: &[&str] =
    &["by", "than", "nearly", "almost", "over", "about", "under", "roughly", "least", "just", "around", "approximately"];
/// Words behind `half` that make a fraction of it.
const AFTER_HALF: &[&str] =
    &["of", "the", "a", "an", "its", "their", "his", "her", "all", "our", "my", "your", "that", "this", "those", "these"];

impl Reader<'_> {
    /// A number; in `between … and` an `and` ends it. A letter for billions needs a currency before it.
    pub(super) fn figure(&self, at: usize, between: bool, money: bool) -> Read<Figure> {
        match self.kind(at)? {
            PieceKind::Digits => self.ratio(at).map(|(next, value)| self.part_of(next, value)).or_else(|| self.digits(at, money)),
            PieceKind::Letters => self.part_words(at).or_else(|| self.multiple(at)).or_else(|| self.cardinal(at, between)),
            PieceKind::Sign if self.raw(at) == "." => self.decimals(at),
            PieceKind::Code | PieceKind::Hyphen | PieceKind::Sign => None,
        }
    }

    // --- Digits -----------------------------------------------------------------------------------------------------

    fn digits(&self, at: usize, money: bool) -> Read<Figure> {
        let raw = self.raw(at);
        if let Some(value) = single(raw).and_then(words::sign_of_part) {
            return Some(self.part_of(at + 1, value));
        }
        let value = plain(raw)?;
        let mut figure = Figure { digits: true, ..Figure::new(value, Measure::Count) };
        let mut next = at + 1;
        if value.fract() == 0.0 && !self.begins(next) && self.any(next, &["st", "nd", "rd", "th"]) {
            return Some((next + 1, Figure { measure: Measure::Rank, ..figure }));
        }
        if let Some((after, part)) = self.mixed(next) {
            figure.value = value + part;
            next = after;
        }
        Some(self.scales(next, figure, money))
    }

    /// `.625`: a point that follows no word, and digits.
    fn decimals(&self, at: usize) -> Read<Figure> {
        let after = at > 0 && self.glued(at) && self.kind(at - 1) != Some(PieceKind::Sign);
        let digits = self.raw(at + 1);
        let told = !after && self.is_digits(at + 1) && self.glued(at + 1) && !digits.contains(['.', ',']) && digits.len() < 15;
        let value: f64 = digits.parse().ok().filter(|_| told)?;
        let places = i32::try_from(digits.len()).unwrap_or(0);
        Some((at + 2, Figure { digits: true, ..Figure::new(rounded(value / 10_f64.powi(places)), Measure::Count) }))
    }

    /// The fraction behind a whole number: `13-1/2`, `5 1/8`, `5½`, `2 and a half`.
    fn mixed(&self, at: usize) -> Read<f64> {
        if self.is(at, "and") && self.is(at + 1, "a") && self.is(at + 2, "half") {
            return Some((at + 3, 0.5));
        }
        let joint = self.joint(at);
        if let Some(value) = single(self.raw(joint)).and_then(words::sign_of_part) {
            return Some((joint + 1, value));
        }
        self.ratio(joint).filter(|_| joint > at || !self.glued(at))
    }

    /// `3/4`: a fraction below one.
    pub(super) fn ratio(&self, at: usize) -> Read<f64> {
        let number = |at: usize| if self.is_digits(at) { self.raw(at).parse::<u8>().ok() } else { None };
        let slash = self.raw(at + 1) == "/" && self.glued(at + 1) && self.glued(at + 2);
        let more = self.raw(at + 3) == "/" && self.glued(at + 3);
        let (upper, lower) = (number(at)?, number(at + 2).filter(|_| slash && !more)?);
        let fits = upper > 0 && upper < lower && DENOMINATORS.contains(&lower);
        fits.then(|| (at + 3, rounded(f64::from(upper) / f64::from(lower))))
    }

    /// The magnitudes behind a number, at most two: `bn`, `billion`, `hundred thousand`.
    fn scales(&self, at: usize, figure: Figure, money: bool) -> (usize, Figure) {
        let (mut next, mut figure) = (at, figure);
        if let Some(scale) = self.letter_scale(next, money) {
            return (next + 1, figure.scaled(scale));
        }
        for _ in 0..2 {
            let word = self.joint(next);
            let Some(Numeral::Scale(scale)) = words::numeral(self.word(word)).filter(|_| self.word(word) != "score") else { break };
            figure = figure.scaled(scale);
            next = word + 1;
        }
        (next, figure)
    }

    /// The letters of a magnitude that stand at the digits.
    fn letter_scale(&self, at: usize, money: bool) -> Option<f64> {
        if self.begins(at) {
            return None;
        }
        match self.word(at) {
            "k" => Some(1e3),
            "m" if money || self.is_counting(at + 1) => Some(1e6),
            "b" if money => Some(1e9),
            "t" if money => Some(1e12),
            word => words::numeral(word).and_then(|n| if let Numeral::Scale(scale) = n { Some(scale) } else { None }),
        }
    }

    /// Whether what follows is counted: `40m euros`, `1.2m people`. Otherwise an `m` may as well be one of length.
    fn is_counting(&self, at: usize) -> bool {
        let counted = self.is_noun(at) || self.any(at, &["people", "men", "women"]) || self.measure(at).is_some();
        counted && !self.is_dimension(at)
    }

    /// Words behind a length: `30m-high`.
    pub(super) fn is_dimension(&self, at: usize) -> bool {
        self.any(self.joint(at), &["high", "tall", "long", "wide", "deep"])
    }

    // --- Parts and multiples ----------------------------------------------------------------------------------------

    /// A part with what it is a part of, where that is a magnitude: `half a million`, `a quarter of a million`, `½ million`.
    fn part_of(&self, at: usize, value: f64) -> (usize, Figure) {
        let figure = Figure::new(rounded(value), Measure::Fraction);
        let after = self.behind_part(at);
        match words::numeral(self.word(after)) {
            Some(Numeral::Scale(_)) if self.word(after) != "score" => self.scales(after, figure, false),
            _ => (at, figure),
        }
    }

    /// The position behind `of a`, `a`, a hyphen or nothing.
    pub(super) fn behind_part(&self, at: usize) -> usize {
        let of = at + usize::from(self.is(at, "of") && self.any(at + 1, &["a", "an"]));
        let joint = self.joint(of);
        let article = joint + usize::from(self.any(joint, &["a", "an"]));
        self.joint(article)
    }

    /// `half`, `a third`, `two-thirds`, `quarter-point`.
    fn part_words(&self, at: usize) -> Read<Figure> {
        let one = self.any(at, &["a", "an", "one"]);
        let count = match words::numeral(self.word(at)) {
            _ if one => 1.0,
            Some(Numeral::Cardinal(count)) if count < 20.0 => count,
            Some(_) => return None,
            None => 0.0,
        };
        let word = if count > 0.0 { self.joint(at + 1) } else { at };
        let (parts, plural) = words::part(self.word(word))?;
        let (next, hyphen) = (word + 1, count > 0.0 && word > at + 1);
        let told = match () {
            () if count == 0.0 => !plural && self.is_bare_part(at, parts),
            () if (count > 1.0) != plural => false,
            () if hyphen => true,
            () if plural && matches!(parts, 2.0 | 4.0) => self.is(next, "of"),
            () => plural || self.is_part_context(next) || self.any_before(at, BEFORE_HALF) && !self.is_noun(next),
        };
        told.then(|| self.part_of(next, count.max(1.0) / parts))
    }

    /// Whether `half` or `quarter` without a count is a part of something.
    fn is_bare_part(&self, at: usize, parts: f64) -> bool {
        let measured = || {
            let after = self.behind_part(at + 1);
            matches!(words::numeral(self.word(after)), Some(Numeral::Scale(_))) || self.part_measure(at + 1).is_some()
        };
        let ends = || self.kind(at + 1).is_none_or(|kind| kind == PieceKind::Sign);
        match parts {
            2.0 if self.any_before(at, &["first", "second", "the", "other", "this", "that"]) => false,
            2.0 => self.any(at + 1, AFTER_HALF) || self.any_before(at, BEFORE_HALF) || ends() || measured(),
            4.0 => !self.any_before(at, &["first", "second", "third", "the", "last", "this", "next"]) && measured(),
            _ => false,
        }
    }

    fn is_part_context(&self, at: usize) -> bool {
        self.any(at, AFTER_PARTS) || self.kind(at).is_none_or(|kind| kind == PieceKind::Sign) || self.part_measure(at).is_some()
    }

    /// `twice`, `double the`, `threefold`; `will double` is a verb.
    fn multiple(&self, at: usize) -> Read<Figure> {
        let times = words::multiple(self.word(at))?;
        let compound = self.kind(at + 1) == Some(PieceKind::Hyphen) || self.any(at + 1, &["digit", "digits", "figures"]);
        let verb = self.any_before(at, &["to", "will", "would", "could", "should", "can", "may", "might", "must"]);
        (!compound && !verb).then(|| (at + 1, Figure::new(times, Measure::Times)))
    }

    // --- Words ------------------------------------------------------------------------------------------------------

    /// `twenty-one`, `two hundred and five`, `a million`, `two and a half million`, `fourth`.
    pub(super) fn cardinal(&self, at: usize, between: bool) -> Read<Figure> {
        let article = self.any(at, &["a", "an"]);
        let mut sum = Sum::default();
        let mut next = at;
        if article {
            next = self.joint(at + 1);
            if !matches!(words::numeral(self.word(next)), Some(Numeral::Scale(_))) || self.is(next, "score") {
                return None;
            }
            sum = Sum { group: 1.0, seen: true, ..sum };
        }
        while next < at + LONGEST {
            let word = if sum.seen { self.joint(next) } else { next };
            match words::numeral(self.word(word)) {
                Some(Numeral::Cardinal(value)) if sum.takes(value) => sum.add(value),
                Some(Numeral::Ordinal(value)) if sum.takes(value) => {
                    return Some((word + 1, Figure::new(sum.total + sum.group + value, Measure::Rank)));
                }
                Some(Numeral::Scale(scale)) if sum.seen && !self.is(word, "score") => sum.multiply(scale),
                None if self.is_inner_and(next, &sum, between) => {
                    next = word + 1;
                    continue;
                }
                None if sum.is_small() && self.is(word, "and") && !between => match self.and_a_half(word) {
                    Some(after) => {
                        let half = Figure::new(sum.group + 0.5, Measure::Count);
                        return Some(self.scales(after, half, false));
                    }
                    None => break,
                },
                _ => break,
            }
            next = word + 1;
        }
        sum.seen.then(|| (next, Figure { scale: sum.scale, ..Figure::new(sum.total + sum.group, Measure::Count) }))
    }

    /// The `and` of `two hundred and five`.
    fn is_inner_and(&self, at: usize, sum: &Sum, between: bool) -> bool {
        let counts = |n| matches!(n, Numeral::Cardinal(v) | Numeral::Ordinal(v) if v > 0.0);
        !between && sum.is_round() && self.is(at, "and") && words::numeral(self.word(at + 1)).is_some_and(counts)
    }

    /// The position behind `and a half`, with spaces or hyphens.
    fn and_a_half(&self, at: usize) -> Option<usize> {
        let a = self.joint(at + 1);
        let half = self.joint(a + 1);
        (self.is(a, "a") && self.is(half, "half")).then_some(half + 1)
    }
}

/// A number in words while it is read.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Sum {
    /// What is complete: the thousands, the millions.
    total: f64,
    /// What the next scale multiplies.
    group: f64,
    /// The last scale from a thousand up.
    scale: f64,
    /// Whether there was a word.
    seen: bool,
    /// Whether the last word was a scale.
    scaled: bool,
}

impl Default for Sum {
    fn default() -> Self {
        Sum { total: 0.0, group: 0.0, scale: 1.0, seen: false, scaled: false }
    }
}

impl Sum {
    /// Whether a number below a hundred can follow: behind nothing, behind a scale, a digit behind tens.
    fn takes(&self, value: f64) -> bool {
        !self.seen
            || (value > 0.0 && (self.scaled || self.group >= 20.0 && self.group % 10.0 == 0.0 && self.group % 100.0 != 0.0 && value < 10.0))
    }

    fn add(&mut self, value: f64) {
        self.group += value;
        self.seen = true;
        self.scaled = false;
    }

    fn multiply(&mut self, scale: f64) {
        if scale <= 100.0 {
            self.group = self.group.max(1.0) * scale;
        } else {
            let group = if self.group == 0.0 && self.total > 0.0 { std::mem::take(&mut self.total) } else { self.group.max(1.0) };
            self.total += group * scale;
            self.group = 0.0;
            self.scale = scale;
        }
        self.scaled = true;
    }

    fn is_round(&self) -> bool {
        self.seen && self.scaled
    }

    fn is_small(&self) -> bool {
        self.seen && self.total == 0.0 && self.group < 100.0
    }
}

fn single(raw: &str) -> Option<char> {
    let mut chars = raw.chars();
    chars.next().filter(|_| chars.next().is_none())
}

/// The value of plain digits: at most 15 of them, with groups of two or three between commas and one point at most. More
/// digits than a floating-point number can tell apart are no figure but a label, and so are those that begin with a zero.
pub(super) fn plain(raw: &str) -> Option<f64> {
    let digits = raw.bytes().filter(u8::is_ascii_digit).count();
    let (whole, part) = raw.split_once('.').unwrap_or((raw, ""));
    let code = whole.len() > 1 && whole.starts_with('0');
    let grouped = whole.split(',').skip(1).all(|group| matches!(group.len(), 2 | 3));
    let last_group = !whole.contains(',') || whole.rsplit(',').next().is_some_and(|group| group.len() == 3);
    let clean = raw.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b',')) && !part.contains(['.', ',']);
    if code || digits == 0 || digits > 15 || !clean || !grouped || !last_group {
        return None;
    }
    if whole.contains(',') { raw.replace(',', "").parse().ok() } else { raw.parse().ok() }
}
