//! Dates and times as they are printed: `Friday, March 7`, `March 7-9`, `the '90s`, `last week`, `5:30 p.m. EST`, `0900 GMT`.

use super::date::{CalendarDate, Hours, Part, Relative, Time, Toward};
use super::piece::PieceKind;
use super::reader::{Read, Reader};
use super::value::{TimeUnit, Value};
use super::words;
use crate::text::lexicon::{self, MONTHS, WEEKDAYS};

/// Words before `the 7th` that make a date of it.
const BEFORE_DAY: &[&str] = &["on", "by", "until", "of", "from", "to", "since", "till", "before", "after", "through", "between", "and"];
/// Words behind `the 7th` that leave it a date; before any other it counts places.
const AFTER_DAY: &[&str] = &["and", "at", "in", "to", "with", "when", "by", "for", "but", "as", "or", "until", "through"];

impl Reader<'_> {
    // --- Dates ------------------------------------------------------------------------------------------------------

    /// A date, a period, or a part of one (`early March`).
    pub(super) fn date(&self, at: usize) -> Read<Value> {
        self.part_of_date(at).or_else(|| self.period(at)).or_else(|| self.one_date(at))
    }

    fn one_date(&self, at: usize) -> Read<Value> {
        let read = |(next, date)| (next, Value::Date(date));
        self.decade(at).or_else(|| self.days(at, false)).or_else(|| self.simple_date(at).map(read))
    }

    fn simple_date(&self, at: usize) -> Read<CalendarDate> {
        self.numeric_date(at)
            .or_else(|| self.weekday_date(at))
            .or_else(|| self.calendar_date(at))
            .or_else(|| self.named_date(at))
            .or_else(|| self.lone_year(at))
            .or_else(|| self.lone_month(at))
            .or_else(|| self.lone_day(at))
    }

    /// `early March`, `mid-1998`, `the late 1990s`.
    fn part_of_date(&self, at: usize) -> Read<Value> {
        let part = match self.word(at) {
            "early" => Part::Early,
            "mid" => Part::Mid,
            "late" => Part::Late,
            _ => return None,
        };
        let (next, value) = self.one_date(self.joint(at + 1))?;
        let told = |date: CalendarDate| (date.day.is_none() && date.weekday.is_none()).then_some(CalendarDate { part: Some(part), ..date });
        match value {
            Value::Date(date) => Some((next, Value::Date(told(date)?))),
            Value::Period(first, last) => Some((next, Value::Period(told(first)?, told(last)?))),
            _ => None,
        }
    }

    /// `1998-2000`, `2021-22`, `from March 7 to April 2`, `Monday through Friday`.
    fn period(&self, at: usize) -> Read<Value> {
        let between = self.is(at, "between");
        let start = at + usize::from(between || self.is(at, "from"));
        let days = if start > at { self.days(start, between) } else { None };
        self.years(at, start).or(days).or_else(|| {
            let (next, first) = self.simple_date(start)?;
            let (last_at, plain) = self.period_joint(next, between)?;
            let (end, last) = self.simple_date(last_at)?;
            let told = |d: &CalendarDate| (d.month.is_some(), d.day.is_some(), d.weekday.is_some());
            let step = plain && self.near_before(start, 6, &words::CHANGE_WORDS);
            let first = CalendarDate { year: first.year.or(last.year), ..first };
            (told(&first) == told(&last) && first != last && !step).then_some((end, Value::Period(first, last)))
        })
    }

    /// The position behind the joint of a period, and whether it may as well join a step (`moved from Monday to Tuesday`).
    fn period_joint(&self, at: usize, between: bool) -> Read<bool> {
        match () {
            () if between => self.any(at, &["and", "to"]).then_some((at + 1, false)),
            () if self.is(at, "to") => Some((at + 1, true)),
            () if self.is(at, "through") => Some((at + 1, false)),
            () if self.kind(at) == Some(PieceKind::Hyphen) => Some((at + 1, false)),
            () => None,
        }
    }

    /// `1998-2000`, `2021-22`, `2021/22`, `between 1998 and 2000`.
    fn years(&self, at: usize, start: usize) -> Read<Value> {
        let first = self.year(start).filter(|y| (1500..=2100).contains(y))?;
        let stroke = self.raw(start + 1) == "/" && self.glued(start + 1) && self.glued(start + 2);
        let hyphen = self.kind(start + 1) == Some(PieceKind::Hyphen) || stroke;
        let last_at = if stroke { start + 2 } else { self.period_joint(start + 1, self.is(at, "between"))?.0 };
        let short = || {
            let digits: u16 =
                self.raw(last_at).parse().ok().filter(|_| hyphen && self.raw(last_at).len() == 2 && self.is_digits(last_at))?;
            let year = first - first % 100 + digits;
            Some(if year > first { year } else { year + 100 }).filter(|year| year - first <= 60)
        };
        let last = self.year(last_at).or_else(short).filter(|last| *last > first && *last <= 2100)?;
        let end = last_at + 1;
        let things = !hyphen && (self.is_noun(end) || self.any(end, &["people", "men", "women"]));
        let counted = things || self.is_counted(end) || self.kind(end) == Some(PieceKind::Hyphen) && self.is_digits(end + 1);
        (!counted).then(|| (end, Value::Period(CalendarDate::of_year(first), CalendarDate::of_year(last))))
    }

    /// `the 1990s`, `the '90s`.
    fn decade(&self, at: usize) -> Read<Value> {
        let sign = usize::from(self.is(at, "'") && self.glued(at + 1));
        let digits = at + sign;
        let year: u16 = self.raw(digits).parse().ok().filter(|_| self.is_digits(digits))?;
        let apostrophe = usize::from(self.is(digits + 1, "'") && self.glued(digits + 1));
        let next = digits + 1 + apostrophe;
        let plural = self.raw(next) == "s" && self.glued(next);
        let told = sign == 1 || self.any_before(at, &["the", "early", "mid", "late"]) && year >= 50;
        let first = match self.raw(digits).len() {
            4 if (1000..=2990).contains(&year) => year,
            2 if told => {
                if year >= 20 {
                    1900 + year
                } else {
                    2000 + year
                }
            }
            _ => return None,
        };
        let period = Value::Period(CalendarDate::of_year(first), CalendarDate::of_year(first + 9));
        (plural && first.is_multiple_of(10)).then_some((next + 1, period))
    }

    /// `March 7-9`, `7-9 March 2022`, `March 7 to 9`; in `between … and` an `and` joins.
    fn days(&self, at: usize, between: bool) -> Read<Value> {
        let (next, month, (first, last)) = match self.month(at) {
            Some(month) => {
                let (next, days) = self.two_days(at + 1, between).filter(|(next, _)| self.closes(*next))?;
                (next, month, days)
            }
            None => {
                let (next, days) = self.two_days(at, between)?;
                let of = next + usize::from(self.is(next, "of"));
                (of + 1, self.month(of)?, days)
            }
        };
        let (end, year) = self.year_behind(next, true);
        let date = |day| CalendarDate { year, month: Some(month), day: Some(day), ..CalendarDate::default() };
        Some((end, Value::Period(date(first), date(last))))
    }

    /// `7-9`, `7 to 9`.
    fn two_days(&self, at: usize, between: bool) -> Read<(u8, u8)> {
        let (next, first) = self.day(at)?;
        let (joint, _) = self.period_joint(next, between)?;
        let (end, last) = self.day(joint)?;
        (first < last).then_some((end, (first, last)))
    }

    /// `2022-03-07`, `2022/03/07`, and `25/12/2022` where the order is plain.
    fn numeric_date(&self, at: usize) -> Read<CalendarDate> {
        let sign = |at: usize| self.kind(at) == Some(PieceKind::Hyphen) || self.raw(at) == "/" && self.glued(at);
        let there = self.is_digits(at) && sign(at + 1) && sign(at + 3) && self.glued(at + 2) && self.glued(at + 4);
        let number = |at: usize| if self.is_digits(at) { self.raw(at).parse::<u16>().ok() } else { None };
        let (a, b, c) = if there { (number(at)?, number(at + 2)?, number(at + 4)?) } else { return None };
        let (year, month, day) = match (self.raw(at).len(), self.raw(at + 4).len()) {
            (4, _) => (a, b, c),
            (_, 4) if a > 12 => (c, b, a),
            (_, 4) if b > 12 || a == b => (c, a, b),
            _ => return None,
        };
        let date =
            CalendarDate { year: Some(year), month: u8::try_from(month).ok(), day: u8::try_from(day).ok(), ..CalendarDate::default() };
        date.full().map(|_| (at + 5, date))
    }

    /// `Friday`, `Friday, March 7`, `Fri. 7 March 2031`.
    fn weekday_date(&self, at: usize) -> Read<CalendarDate> {
        let weekday = Some(self.weekday(at)?);
        let gap = usize::from(self.is(at + 1, ","));
        if let Some((next, date)) = self.calendar_date(at + 1 + gap).filter(|(_, date)| date.day.is_some()) {
            return Some((next, CalendarDate { weekday, ..date }));
        }
        let whole = WEEKDAYS.contains(&self.name(at));
        whole.then(|| (at + 1, CalendarDate { weekday, ..CalendarDate::default() }))
    }

    /// A day of the week, 0 for Monday; abbreviations need a capital.
    fn weekday(&self, at: usize) -> Option<u8> {
        let name = self.name(at);
        let short = name.len() >= 3 && name.len() <= 5 && self.is_capital(at);
        let index = WEEKDAYS.iter().position(|day| *day == name || short && day.starts_with(name))?;
        u8::try_from(index).ok()
    }

    /// `4 February`, `4th of February 2022`, `February 4th, 2022`, `Feb. 4`, `February 2022`.
    fn calendar_date(&self, at: usize) -> Read<CalendarDate> {
        let (next, month, day) = self.day_month(at).or_else(|| self.month_day(at))?;
        let comma = self.is(next, ",") && day.is_none() && !self.is_noun(next + 2);
        let (end, year) = self.year_behind(next, day.is_some() || comma);
        let date = CalendarDate { year, month: Some(month), day, ..CalendarDate::default() };
        (day.is_some() || year.is_some()).then_some((end, date))
    }

    /// The year behind a month or a day, and the position behind it.
    fn year_behind(&self, at: usize, comma: bool) -> (usize, Option<u16>) {
        let gap = at + usize::from(comma && self.is(at, ","));
        match self.year(gap) {
            Some(year) if self.closes(gap + 1) => (gap + 1, Some(year)),
            _ => (at, None),
        }
    }

    fn day_month(&self, at: usize) -> Option<(usize, u8, Option<u8>)> {
        let (next, day) = self.day(at).or_else(|| self.ranked_day(at))?;
        let of = next + usize::from(self.is(next, "of"));
        let month = self.month(of)?;
        Some((of + 1, month, Some(day)))
    }

    fn month_day(&self, at: usize) -> Option<(usize, u8, Option<u8>)> {
        let month = self.month(at)?;
        let the = at + 1 + usize::from(self.is(at + 1, "the"));
        let ends = |next: usize| self.closes(next) || self.kind(next) == Some(PieceKind::Hyphen) && self.month(next + 1).is_some();
        match self.day(the).filter(|(next, _)| ends(*next)) {
            Some((next, day)) => Some((next, month, Some(day))),
            None => Some((at + 1, month, None)),
        }
    }

    /// `last Friday`, `next March`. Behind `the` the word counts, and does not point.
    fn named_date(&self, at: usize) -> Read<CalendarDate> {
        let toward = Some(self.toward(at)?);
        let weekday = self.weekday(at + 1).filter(|_| WEEKDAYS.contains(&self.name(at + 1)));
        let month = self.month(at + 1).filter(|_| self.is_capital(at + 1) && self.day(at + 2).is_none());
        (weekday.is_some() || month.is_some()).then(|| (at + 2, CalendarDate { weekday, month, toward, ..CalendarDate::default() }))
    }

    fn toward(&self, at: usize) -> Option<Toward> {
        match self.word(at) {
            _ if self.any_before(at, &["the"]) => None,
            "last" => Some(Toward::Last),
            "this" => Some(Toward::This),
            "next" => Some(Toward::Next),
            _ => None,
        }
    }

    /// A year alone: four digits without a comma, behind a word of dates or where no noun follows that they could count.
    pub(super) fn lone_year(&self, at: usize) -> Read<CalendarDate> {
        let year = self.year(at)?;
        let before = self.word_before(at);
        let led = words::BEFORE_DATE_WORDS.has(before) || matches!(before, "the" | "its" | "his" | "her" | "their" | "our");
        let plural = self.is_noun(at + 1) && self.raw(at + 1).ends_with('s');
        let counts = self.is_counted(at + 1) || self.any(at + 1, &["people", "men", "women"]) || plural && year.is_multiple_of(100);
        let alone = (1900..=2100).contains(&year) && !plural;
        let told = (1500..=2100).contains(&year) && led || alone;
        (told && !counts && self.closes(at + 1)).then(|| (at + 1, CalendarDate::of_year(year)))
    }

    /// Whether a measure or a magnitude follows.
    fn is_counted(&self, at: usize) -> bool {
        let joint = self.joint(at);
        matches!(words::numeral(self.word(joint)), Some(words::Numeral::Scale(_))) || self.measure(at).is_some()
    }

    /// A month alone, in full and with a capital; `March` and the other names that are words too need a word of dates before them.
    fn lone_month(&self, at: usize) -> Read<CalendarDate> {
        let month = self.month(at).filter(|_| MONTHS.contains(&self.name(at)) && self.is_capital(at))?;
        let doubtful = words::DOUBTFUL_MONTH_WORDS.has(self.name(at));
        let before = self.word_before(at);
        let listed = before == "and" && at > 1 && MONTHS.contains(&self.name(at - 2));
        let led = words::BEFORE_DATE_WORDS.has(before) && before != "and" || listed;
        let surname = || self.is_capital(at + 1) && self.name(at + 1).is_empty();
        (!doubtful || led && !surname()).then(|| (at + 1, CalendarDate { month: Some(month), ..CalendarDate::default() }))
    }

    /// `on the 7th`.
    fn lone_day(&self, at: usize) -> Read<CalendarDate> {
        let (next, day) = self.day(at).filter(|(next, _)| *next == at + 2)?;
        let led = self.any_before(at, &["the"]) && at > 1 && self.any(at - 2, BEFORE_DAY);
        let ends = self.kind(next).is_none_or(|kind| kind == PieceKind::Sign) || self.any(next, AFTER_DAY);
        (led && ends).then(|| (next, CalendarDate { day: Some(day), ..CalendarDate::default() }))
    }

    /// A month, 1 to 12; `may`, `march` and `mar` need a capital.
    fn month(&self, at: usize) -> Option<u8> {
        let name = self.name(at);
        let full = lexicon::month(name).unwrap_or(name);
        let index = MONTHS.iter().position(|month| *month == full)?;
        let capital = self.is_capital(at) || !matches!(full, "may" | "march");
        u8::try_from(index + 1).ok().filter(|_| capital)
    }

    /// `7`, `7th`; the position behind it and the day of the month.
    fn day(&self, at: usize) -> Read<u8> {
        let raw = self.raw(at);
        let day: u8 = raw.parse().ok().filter(|_| self.is_digits(at) && raw.len() <= 2)?;
        let ending = usize::from(!self.begins(at + 1) && self.any(at + 1, &["st", "nd", "rd", "th"]));
        (1..=31).contains(&day).then_some((at + 1 + ending, day))
    }

    /// `the seventh of`.
    fn ranked_day(&self, at: usize) -> Read<u8> {
        let (next, figure) = self.cardinal(at, false)?;
        let rank = figure.measure == super::Measure::Rank && self.is(next, "of") && (1.0..=31.0).contains(&figure.value);
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // Whole, and between 1 and 31.
        rank.then_some((next, figure.value as u8))
    }

    fn year(&self, at: usize) -> Option<u16> {
        let raw = self.raw(at);
        raw.parse().ok().filter(|year| raw.len() == 4 && self.is_digits(at) && (1000..=2999).contains(year))
    }

    // --- Dates counted from the day of the article ------------------------------------------------------------------

    /// `yesterday`, `tonight`, `last week`, `this morning`, `a year ago`.
    pub(super) fn relative(&self, at: usize) -> Read<Value> {
        let read = self.near_day(at).or_else(|| self.pointed(at)).or_else(|| self.distance(at))?;
        Some((read.0, Value::Relative(read.1)))
    }

    fn near_day(&self, at: usize) -> Read<Relative> {
        let day = |offset: i32, hours: Option<Hours>| Relative { unit: TimeUnit::Day, offset, ago: false, hours };
        let paper = at > 0 && self.is_capital(at) && self.is_capital(at - 1);
        let offset = match self.name(at) {
            "day" if self.is(at + 1, "before") && self.name(at + 2) == "yesterday" => return Some((at + 3, day(-2, None))),
            "day" if self.is(at + 1, "after") && self.name(at + 2) == "tomorrow" => return Some((at + 3, day(2, None))),
            "tonight" => return Some((at + 1, day(0, Some(Hours::Night)))),
            "today" if paper => return None,
            "yesterday" => -1,
            "today" => 0,
            "tomorrow" => 1,
            _ => return None,
        };
        match self.hours(at + 1) {
            Some(hours) => Some((at + 2, day(offset, Some(hours)))),
            None => Some((at + 1, day(offset, None))),
        }
    }

    fn hours(&self, at: usize) -> Option<Hours> {
        match self.name(at) {
            "morning" => Some(Hours::Morning),
            "afternoon" => Some(Hours::Afternoon),
            "evening" => Some(Hours::Evening),
            "night" => Some(Hours::Night),
            _ => None,
        }
    }

    /// `last week`, `next month`, `this morning`, `last night`.
    fn pointed(&self, at: usize) -> Read<Relative> {
        let offset = match self.toward(at)? {
            Toward::Last => -1,
            Toward::This => 0,
            Toward::Next => 1,
        };
        if let Some(hours) = self.hours(at + 1).filter(|hours| offset == 0 || offset == -1 && *hours == Hours::Night) {
            return Some((at + 2, Relative { unit: TimeUnit::Day, offset, ago: false, hours: Some(hours) }));
        }
        let unit = match self.name(at + 1) {
            "week" => TimeUnit::Week,
            "weekend" => TimeUnit::Weekend,
            "month" => TimeUnit::Month,
            "quarter" => TimeUnit::Quarter,
            "year" => TimeUnit::Year,
            "decade" => TimeUnit::Decade,
            "century" => TimeUnit::Century,
            _ => return None,
        };
        Some((at + 2, Relative { unit, offset, ago: false, hours: None }))
    }

    /// `a year ago`, `year-ago`.
    fn distance(&self, at: usize) -> Read<Relative> {
        let start = at + usize::from(self.any(at, &["a", "an"]));
        let unit = match self.word(start) {
            "day" if start > at => TimeUnit::Day,
            "week" => TimeUnit::Week,
            "month" => TimeUnit::Month,
            "year" => TimeUnit::Year,
            "decade" => TimeUnit::Decade,
            "century" => TimeUnit::Century,
            _ => return None,
        };
        let ago = self.joint(start + 1);
        self.is(ago, "ago").then(|| (ago + 1, Relative { unit, offset: -1, ago: unit > TimeUnit::Day, hours: None }))
    }

    // --- Times of day -----------------------------------------------------------------------------------------------

    /// `5 p.m.`, `17:00`, `0900 GMT`, `noon`, `five o'clock`.
    pub(super) fn time(&self, at: usize) -> Read<Value> {
        let (next, time) = self.named_time(at).or_else(|| self.clock(at))?;
        let zone = words::zone(self.word(next)).filter(|_| self.raw(next).chars().all(char::is_uppercase));
        let told = Time { zone, open: time.open && zone.is_none(), ..time };
        Some((next + usize::from(zone.is_some()), Value::Time(told)))
    }

    fn named_time(&self, at: usize) -> Read<Time> {
        let twelve = usize::from(self.raw(at) == "12");
        let minute = match self.word(at + twelve) {
            "noon" | "midday" => 720,
            "midnight" => 0,
            _ => return None,
        };
        Some((at + twelve + 1, Time { minute, open: false, zone: None }))
    }

    fn clock(&self, at: usize) -> Read<Time> {
        if let Some(minute) = self.four_digits(at) {
            return Some((at + 1, Time { minute, open: false, zone: None }));
        }
        let (hour, minute, colon) = self.hour_minute(at)?;
        let half = |minute: u16| Time { minute, open: false, zone: None };
        let noon = u16::from(hour == 12) * 720;
        match self.word(at + 1) {
            "am" if (1..=12).contains(&hour) => Some((at + 2, half(hour * 60 + minute - noon))),
            "pm" if (1..=12).contains(&hour) => Some((at + 2, half(hour * 60 + minute + 720 - noon))),
            "o'clock" if (1..=12).contains(&hour) => Some((at + 2, Time { open: true, ..half(hour * 60) })),
            _ if colon => {
                let open = (1..=12).contains(&hour) && !self.raw(at).starts_with('0');
                Some((at + 1, Time { open, ..half(hour * 60 + minute) }))
            }
            _ => None,
        }
    }

    /// `0900` before a zone.
    fn four_digits(&self, at: usize) -> Option<u16> {
        let raw = self.raw(at);
        let zone = self.is_digits(at) && raw.len() == 4 && words::zone(self.word(at + 1)).is_some();
        let digits: u16 = raw.parse().ok().filter(|_| zone)?;
        (digits < 2400 && digits % 100 < 60).then_some(digits / 100 * 60 + digits % 100)
    }

    /// The hour, the minute, and whether a colon stands between them; `5.30`, `530` and `5` need a word behind them.
    fn hour_minute(&self, at: usize) -> Option<(u16, u16, bool)> {
        if !self.is_digits(at) {
            let (next, figure) = self.cardinal(at, false)?;
            let plain = next == at + 1 && figure.value.fract() == 0.0 && (1.0..=12.0).contains(&figure.value);
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // Whole, and between 1 and 12.
            return plain.then_some((figure.value as u16, 0, false));
        }
        let raw = self.raw(at);
        let (hours, minutes) = match raw.split_once([':', '.']) {
            Some(parts) => parts,
            None if raw.len() > 2 => raw.split_at_checked(raw.len() - 2)?,
            None => (raw, "00"),
        };
        let digits = |text: &str| !text.is_empty() && text.len() <= 2 && text.bytes().all(|b| b.is_ascii_digit());
        let whole = digits(hours) && digits(minutes) && minutes.len() == 2;
        let (hour, minute): (u16, u16) = if whole { (hours.parse().ok()?, minutes.parse().ok()?) } else { return None };
        (hour < 24 && minute < 60).then_some((hour, minute, raw.contains(':')))
    }
}
