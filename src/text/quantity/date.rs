//! Dates and times of day as far as they are told, and the days that they cover.

use super::value::{Relation, TimeUnit, Value};
use jiff::civil::Date;
use jiff::{Span, ToSpan};

/// A day, a month, a year or a day of the week; what is not said is `None`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub struct CalendarDate {
    /// The year of our era.
    pub year: Option<u16>,
    /// 1 to 12.
    pub month: Option<u8>,
    /// 1 to 31.
    pub day: Option<u8>,
    /// 0 to 6, Monday first.
    pub weekday: Option<u8>,
    /// Which weekday or month of that name: `last Friday`, `next March`.
    pub toward: Option<Toward>,
    /// Which part of the month or year: `early March`, `mid-1998`.
    pub part: Option<Part>,
}

/// Which one of several, seen from the day of the article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Toward {
    /// The one before.
    Last,
    /// The one that goes on.
    This,
    /// The one after.
    Next,
}

/// A part of a month or a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs)] // The names say it.
pub enum Part {
    Early,
    Mid,
    Late,
}

/// A date counted from the day of the article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Relative {
    /// What is counted.
    pub unit: TimeUnit,
    /// How many of them later; below zero earlier. `yesterday` is day −1, `next month` month 1.
    pub offset: i32,
    /// Told as a distance (`a year ago`) and not as a place in the calendar (`last year`). Days are never.
    pub ago: bool,
    /// The time of day in `tonight`, `last night`, `this morning`.
    pub hours: Option<Hours>,
}

/// A part of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs)] // The names say it.
pub enum Hours {
    Morning,
    Afternoon,
    Evening,
    Night,
}

/// A time of day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Time {
    /// Minutes since midnight.
    pub minute: u16,
    /// Whether it may as well be twelve hours later: `5 o'clock`.
    pub open: bool,
    /// Minutes by which the clock is ahead of Greenwich, where a zone is named.
    pub zone: Option<i16>,
}

impl CalendarDate {
    /// A whole year.
    pub(super) fn of_year(year: u16) -> Self {
        CalendarDate { year: Some(year), ..CalendarDate::default() }
    }

    /// The day, where year, month and day are all told and there is such a day.
    pub fn full(&self) -> Option<Date> {
        Date::new(i16::try_from(self.year?).ok()?, i8::try_from(self.month?).ok()?, i8::try_from(self.day?).ok()?).ok()
    }

    pub(super) fn key(&self) -> String {
        let number = |n: Option<u16>| n.map_or_else(|| String::from("?"), |n| n.to_string());
        let mut key = format!("{}-{}-{}", number(self.year), number(self.month.map(u16::from)), number(self.day.map(u16::from)));
        self.weekday.iter().for_each(|day| key += &format!(" {day}"));
        self.toward.iter().for_each(|toward| key += &format!(" {toward:?}"));
        self.part.iter().for_each(|part| key += &format!(" {part:?}"));
        key
    }

    /// Whether two dates say the same, one of them perhaps less fully. A day of the week agrees with a full date that falls on it.
    fn agrees(&self, other: &CalendarDate) -> bool {
        let weekday = |date: &CalendarDate| date.weekday.or_else(|| date.full().map(weekday_of));
        let told = |date: &CalendarDate| [date.year.is_some(), date.month.is_some(), date.day.is_some()];
        let (a, b) = (told(self), told(other));
        let within = |a: [bool; 3], b: [bool; 3]| a.iter().zip(b).all(|(a, b)| !a || b);
        let weekday_only = a == [false; 3] || b == [false; 3];
        let together = match () {
            () if weekday_only => weekday(self).is_some() && weekday(other).is_some(),
            // The year alone is often left out.
            () if a[1] && b[1] && a[2] == b[2] => true,
            () => within(a, b) || within(b, a),
        };
        together
            && fits(self.year, other.year)
            && fits(self.month, other.month)
            && fits(self.day, other.day)
            && fits(weekday(self), weekday(other))
            && fits(self.toward, other.toward)
            && fits(self.part, other.part)
    }

    /// The first and the last day of it, seen from a day where it does not tell the year.
    fn days(&self, from: Option<Date>) -> Option<(Date, Date)> {
        if let (Some(weekday), None, None) = (self.weekday, self.day, self.month) {
            let day = nearest_weekday(from?, weekday, self.toward)?;
            return Some((day, day));
        }
        let month = self.month.map_or(Some(1), |m| i8::try_from(m).ok())?;
        let years = match self.year {
            Some(year) => vec![i16::try_from(year).ok()?],
            None => {
                (self.month.is_some() && self.part.is_none()).then(|| from.map(|d| [d.year() - 1, d.year(), d.year() + 1].to_vec()))??
            }
        };
        let day = self.day.map_or(Some(1), |d| i8::try_from(d).ok())?;
        let firsts = years.into_iter().filter_map(|year| Date::new(year, month, day).ok());
        let first = firsts.min_by_key(|first| from.map_or(0, |from| days_between(*first, from).abs()))?;
        let last = match (self.month, self.day) {
            (_, Some(_)) => first,
            (Some(_), None) => first.last_of_month(),
            (None, None) => first.last_of_year(),
        };
        Some((first, last))
    }
}

/// Whether two things are equal as far as both are told.
fn fits<T: PartialEq>(a: Option<T>, b: Option<T>) -> bool {
    a.is_none() || b.is_none() || a == b
}

fn weekday_of(date: Date) -> u8 {
    u8::try_from(date.weekday().to_monday_zero_offset()).unwrap_or(0)
}

fn days_between(a: Date, b: Date) -> i32 {
    a.since(b).map_or(i32::MAX / 2, |span| span.get_days())
}

/// A day moved by a span; `None` at the ends of the calendar.
fn moved(date: Date, span: Span) -> Option<Date> {
    date.checked_add(span).ok()
}

/// The nearest such weekday up to the day itself; `last` is before it, `next` after it.
fn nearest_weekday(from: Date, weekday: u8, toward: Option<Toward>) -> Option<Date> {
    let back = (7 + i32::from(weekday_of(from)) - i32::from(weekday)) % 7;
    let offset = match toward {
        Some(Toward::Next) => 7 - back,
        Some(Toward::Last) if back == 0 => -7,
        _ => -back,
    };
    moved(from, offset.days())
}

impl Relative {
    pub(super) fn key(&self) -> String {
        let hours = self.hours.map_or_else(String::new, |hours| format!(" {hours:?}"));
        format!("{:?} {:+}{}{hours}", self.unit, self.offset, if self.ago { " ago" } else { "" })
    }

    /// The first and the last day of it, counted from a day.
    fn days(&self, from: Date) -> Option<(Date, Date)> {
        if self.offset.abs() > 10_000 {
            return None;
        }
        let monday = |date: Date| moved(date, -i32::from(weekday_of(date)).days());
        match self.unit {
            TimeUnit::Day => moved(from, self.offset.days()).map(|day| (day, day)),
            TimeUnit::Week => monday(moved(from, self.offset.weeks())?).and_then(|first| Some((first, moved(first, 6.days())?))),
            TimeUnit::Weekend => {
                let first = moved(monday(moved(from, self.offset.weeks())?)?, 5.days())?;
                Some((first, moved(first, 1.day())?))
            }
            TimeUnit::Month => moved(from, self.offset.months()).map(|day| (day.first_of_month(), day.last_of_month())),
            TimeUnit::Year => moved(from, self.offset.years()).map(|day| (day.first_of_year(), day.last_of_year())),
            _ => None,
        }
    }

    /// The same day, week, month or year, one of them told less fully.
    fn agrees(&self, other: &Relative) -> bool {
        self.unit == other.unit && self.offset == other.offset && self.ago == other.ago && fits(self.hours, other.hours)
    }
}

impl Time {
    pub(super) fn key(&self) -> String {
        let zone = self.zone.map_or_else(String::new, |ahead| format!(" {ahead:+}"));
        format!("{:02}:{:02}{}{zone}", self.minute / 60, self.minute % 60, if self.open { "?" } else { "" })
    }

    pub(super) fn relation(&self, other: &Time) -> Relation {
        let (a, b) = (self.minute, other.minute);
        let same = a == b || (self.open || other.open) && a % 720 == b % 720;
        match (self.zone, other.zone) {
            (Some(zone), Some(other_zone)) if zone != other_zone => {
                let greenwich = |minute: u16, ahead: i16| (i32::from(minute) - i32::from(ahead)).rem_euclid(1440);
                if greenwich(a, zone) == greenwich(b, other_zone) { Relation::Resolved } else { Relation::Differs }
            }
            _ if same => Relation::Same,
            _ => Relation::Differs,
        }
    }
}

/// What two dates or periods are to each other.
pub(super) fn relation(left: &Value, right: &Value, days: [Option<Date>; 2]) -> Relation {
    let same = match (left, right) {
        (Value::Date(a), Value::Date(b)) => a.agrees(b),
        (Value::Relative(a), Value::Relative(b)) => a.agrees(b) && (days[0] == days[1] || a.unit > TimeUnit::Day),
        (Value::Period(a, b), Value::Period(c, d)) => a.agrees(c) && b.agrees(d),
        _ => false,
    };
    match () {
        () if same => Relation::Same,
        () if resolved(left, right, days) == Some(true) => Relation::Resolved,
        () => Relation::Differs,
    }
}

/// Whether two dates cover the same days, or one of them lies inside a week or a month that the other tells. A date without a
/// year beside one of an article of known day is seen from that day; what is counted needs the day of its own article.
fn resolved(left: &Value, right: &Value, [l, r]: [Option<Date>; 2]) -> Option<bool> {
    let (a, b) = (covered(left, l, l.or(r))?, covered(right, r, r.or(l))?);
    let inside = |inner: (Date, Date), outer: (Date, Date)| {
        outer.0 <= inner.0 && inner.1 <= outer.1 && days_between(outer.1, outer.0) <= 31 && days_between(inner.1, inner.0) == 0
    };
    let counted = |value: &Value| matches!(value, Value::Relative(_)) || matches!(value, Value::Date(d) if d.weekday.is_some());
    Some((counted(left) || counted(right)) && fits(part(left), part(right)) && (a == b || inside(a, b) || inside(b, a)))
}

fn part(value: &Value) -> Option<Part> {
    if let Value::Date(date) = value { date.part } else { None }
}

/// The days that a date covers, seen from the day of its own article, or for a mere missing year from a day near it.
fn covered(value: &Value, own: Option<Date>, near: Option<Date>) -> Option<(Date, Date)> {
    match value {
        Value::Date(date) if date.weekday.is_some() => date.days(own),
        Value::Date(date) => date.days(near),
        Value::Relative(relative) => relative.days(own?),
        Value::Period(first, last) => Some((first.days(near)?.0, last.days(near)?.1)),
        _ => None,
    }
}

/// How readily one date stands for another in a changed text; dates told in the same parts most readily.
pub(super) fn resemblance(left: &Value, right: &Value) -> f32 {
    match (left, right) {
        (Value::Date(a), Value::Date(b)) if a.agrees(b) => 0.95,
        (Value::Date(a), Value::Date(b)) => {
            let told = |d: &CalendarDate| [d.year.is_some(), d.month.is_some(), d.day.is_some(), d.weekday.is_some()];
            let common = told(a).iter().zip(told(b)).filter(|(a, b)| **a && *b).count();
            if told(a) == told(b) {
                0.9
            } else if common > 0 {
                0.7
            } else {
                0.5
            }
        }
        (Value::Relative(a), Value::Relative(b)) => {
            if a.unit == b.unit {
                0.9
            } else {
                0.6
            }
        }
        (Value::Period(..), Value::Period(..)) => 0.8,
        _ => 0.5,
    }
}
