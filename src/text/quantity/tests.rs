//! Tables of what is a figure or a date, what it says, and what two of them are to each other.

use super::*;
use crate::text::{Span, token};
use jiff::civil::{Date, date};
use std::time::{Duration, Instant};

/// The words and the value of every quantity of a text.
fn read(text: &str) -> Vec<(&str, Value)> {
    let tokens = token::tokens(text, Span::new(0, text.len()));
    let words = |q: &Quantity| tokens[q.tokens.start].span.to(tokens[q.tokens.end - 1].span).of(text);
    quantities(text, &tokens).iter().map(|q| (words(q), q.value)).collect()
}

/// The words of every quantity of a text.
fn words(text: &str) -> Vec<&str> {
    read(text).into_iter().map(|(words, _)| words).collect()
}

/// The only value of a text, which is all of it but perhaps a word that leads to it.
fn value(text: &str) -> Value {
    let found = read(text);
    assert_eq!(found.len(), 1, "{text}: {found:?}");
    let led = text
        .strip_suffix(found[0].0)
        .is_some_and(|lead| matches!(lead.trim(), "" | "in" | "the" | "on the" | "on" | "a" | "at" | "at the" | "an" | "in the"));
    assert!(led, "{text}: {found:?}");
    found[0].1
}

#[test]
fn equal_values_in_any_dress_have_one_key() {
    let table: &[&[&str]] = &[
        // Numbers.
        &["three", "3"],
        &["twenty-one", "21"],
        &["two hundred and five", "205", "two hundred five"],
        &["1,000", "one thousand", "1000", "a thousand"],
        &["2.5 million", "two and a half million", "2-1/2 million", "2,500,000", "2.5-million"],
        &["half a million", "500,000", "a half-million", "half a million"],
        &["a dozen", "12", "twelve"],
        &["half a dozen", "six", "half-dozen"],
        &["13-1/2", "13 1/2", "13½", "13.5"],
        &["5 1/8", "5.125"],
        &["fourth", "4th"],
        &["No. 2", "number two", "No 2", "#2"],
        &["-5", "minus 5", "−5"],
        &["0.625", ".625"],
        // Bounds.
        &["over 40", "more than 40", "exceeding 40"],
        &["about 40", "around 40", "some 40", "roughly forty", "approximately 40", "40 or so"],
        &["nearly 40", "almost 40", "just under 40"],
        &["up to 40", "as many as 40", "no more than 40", "at most 40"],
        &["at least 40", "40 or more", "40-plus", "40+", "no fewer than 40"],
        &["less than 5 percent", "under 5 percent", "below 5 percent"],
        &["more than half", "over half"],
        &["more than a million", "over one million"],
        &["just over 2 percent", "slightly more than 2 percent"],
        // Ranges.
        &[
            "10 to 12 percent",
            "10-12 percent",
            "between 10 and 12 percent",
            "from 10 to 12 percent",
            "10–12%",
            "10% to 12%",
            "10-to-12 percent",
        ],
        &["$10 million to $12 million", "$10-12 million", "between $10 and $12 million", "$10-$12 million"],
        &["5 to 7", "from 5 to 7", "five to seven", "between five and seven"],
        &["two to three years", "two- to three-year", "2-3 years"],
        // Money.
        &[
            "$2.5 billion",
            "2.5 billion dollars",
            "$2.5bn",
            "$2,500,000,000",
            "$2.5-billion",
            "2.5 billion-dollar",
            "US$2.5 billion",
            "US$ 2.5 billion",
            "$2.5B",
        ],
        &["a $3 million", "$3 million", "3 million dollars", "$3m"],
        &["£40m", "40 million pounds"],
        &["60 cents", "$0.60", "60¢", "sixty cents"],
        &["50p", "50 pence", "£0.50"],
        &["C$5", "5 Canadian dollars", "CAD 5"],
        &["Cr2.4bn", "2.4 billion crowns"],
        &["HK$5 million", "5 million Hong Kong dollars"],
        &["20 million Swiss francs", "CHF 20 million"],
        &["500 rupees", "Rs 500", "Rs. 500", "Rs500"],
        &["EUR5m", "€5 million", "5 million euros"],
        &["500 won", "₩500"],
        // Parts.
        &["14 percent", "14 per cent", "14%", "fourteen percent", "14-percent", "14 pct"],
        &["two percentage points", "2 percentage points", "2-percentage-point", "200 basis points"],
        &[
            "25 basis points",
            "a quarter of a percentage point",
            "a quarter-point",
            "0.25 percentage point",
            "25-basis-point",
            "quarter point",
        ],
        &["two-thirds", "two thirds", "⅔"],
        &["three-quarters", "3/4", "three-fourths"],
        &["a third of", "one-third of"],
        &["twice", "two times", "double", "twofold", "two-fold"],
        // Results.
        &["5-2", "5–2", "5 to 2", "five to two"],
        &["54-46", "54 to 46"],
        // Ages and units.
        &["aged 42", "42-year-old", "42 years old", "42 years of age", "age 42"],
        &["5 km", "5 kilometres", "five-kilometer", "5km", "5-km", "five kilometers"],
        &["three days", "three-day", "3 days"],
        &["30m-high", "30-metre-high"],
        &["40 miles per hour", "40 mph", "40 miles an hour"],
        &["two metric tons", "2 tonnes"],
        &["100,000 barrels per day", "100,000 bpd", "100,000 barrels a day"],
        &["30 degrees Celsius", "30°C", "30 degrees C"],
        &["hundreds of thousands"],
        // Dates.
        &["4 February", "February 4", "February 4th", "Feb. 4", "4th of February", "Feb.4", "the 4th of February", "fourth of February"],
        &["February 4, 2022", "4 February 2022", "2022-02-04", "Feb. 4, 2022", "4 Feb 2022", "2022/02/04"],
        &["25 December 2021", "25/12/2021", "12/25/2021"],
        &["March 7-9", "7-9 March", "March 7 to 9", "7–9 March", "from March 7 to 9", "between March 7 and 9", "March 7-March 9"],
        &["March 7-9, 2022", "7-9 March 2022"],
        &["2021-22", "2021/22", "2021-2022", "between 2021 and 2022", "from 2021 to 2022"],
        &["the 1990s", "the '90s", "the ’90s", "the 1990's"],
        &["mid-March", "mid March"],
        &["Monday", "on Monday", "Monday's"],
        &["last week", "last week's"],
        &["a year ago", "one year ago", "year-ago"],
        &["yesterday", "a day ago", "one day ago"],
        // Times.
        &["5 p.m.", "5:00 pm", "17:00", "5pm", "five p.m.", "5.00pm", "5 PM", "500 pm"],
        &["noon", "12 noon", "12 p.m.", "midday"],
        &["midnight", "12 a.m.", "00:00"],
        &["0900 GMT", "9 a.m. GMT", "09:00 UTC"],
    ];
    let keys = |text: &str| read(text).iter().map(|(_, value)| value.key()).collect::<Vec<_>>();
    let other = |dresses: &&[&str], dress: &&str| keys(dress).len() != 1 || keys(dress) != keys(dresses[0]);
    let wrong: Vec<_> = table.iter().flat_map(|dresses| dresses.iter().filter(move |dress| other(dresses, dress))).collect();
    assert!(wrong.is_empty(), "{:#?}", wrong.iter().map(|dress| read(dress)).collect::<Vec<_>>());
}

#[test]
fn all_words_of_a_quantity_are_its_tokens() {
    let table: &[(&str, &[&str])] = &[
        ("More than 40 ships and nearly half the crew left.", &["More than 40", "nearly half"]),
        ("Rates rose from 5 to 7 percent.", &["5", "7 percent"]),
        ("Shares fell 2 cents to 60 cents.", &["2 cents", "60 cents"]),
        ("Shares rose $5 to $12.", &["$5", "$12"]),
        ("A $3 million, 42-year-old mill", &["$3 million", "42-year-old"]),
        ("The five-member council of 12-14-year-olds", &["five-member", "12-14-year-olds"]),
        ("The Marlins won 5-2 on Friday, March 7, 2031, at 5:30 p.m.", &["5-2", "Friday, March 7, 2031", "5:30 p.m."]),
        ("A Boeing 747, an F-16 and an A320 of the G7", &["747", "F-16", "A320", "G7"]),
        ("after 9/11, in Section 8 on Channel 4", &["9/11", "8", "4"]),
        ("He came last Friday, or in March, or three days ago.", &["last Friday", "March", "three days ago"]),
        ("Dozens of boats, hundreds of thousands of crabs", &["Dozens", "hundreds of thousands"]),
        ("the 1998 election, 1,998 votes, 1998 villagers", &["1998", "1,998", "1998"]),
        ("She left in 1998. It was early March.", &["1998", "early March"]),
        ("between one hundred and two hundred seals", &["between one hundred and two hundred"]),
        ("Ana Moss, 42, lives here", &["42"]),
        ("up 3 cents a share at 13-1/2", &["3 cents", "13-1/2"]),
        ("five days earlier, a year earlier", &["five days", "a year"]),
        ("in over five years, in under two hours", &["five years", "under two hours"]),
        ("sailed under 14 flags, over two islands", &["14", "two"]),
        ("they talked about 40 ships", &["40"]),
        ("one percent, the one million crabs", &["one percent", "one million"]),
        ("the third quarter, a third man, a third of them, the first half", &["third", "third", "a third", "first"]),
        ("second-quarter sales, the third-largest port", &["second-quarter", "third-largest"]),
        ("tomorrow morning, last night, tonight", &["tomorrow morning", "last night", "tonight"]),
        ("the meeting moved from Monday to Tuesday", &["Monday", "Tuesday"]),
        ("open Monday to Friday", &["Monday to Friday"]),
        ("voted 54 to 46 on the 7th.", &["54 to 46", "7th"]),
        ("the 7th floor, a one-point lead in a one-sided game", &["7th", "one-point"]),
        ("It rose 86 percent over 1995, to around 2002, in its mid-1995 visit.", &["86 percent", "1995", "2002", "mid-1995"]),
        ("shares gained 18 to 197 pence, and by 1-7/8 to 28-3/8", &["18", "197 pence", "1-7/8", "28-3/8"]),
        ("sales will double, this December 4", &["December 4"]),
        ("30-odd novels, between 5 to 6 percent", &["30-odd", "between 5 to 6 percent"]),
        ("a 1974 law, the end of March, 1996, and May said no", &["1974", "March, 1996"]),
        ("a 10-day, $2.5-billion, 60,000-strong march", &["10-day", "$2.5-billion", "60,000-strong"]),
    ];
    let wrong: Vec<_> = table.iter().filter(|(text, expected)| words(text) != *expected).map(|(text, _)| (text, read(text))).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn different_values_differ() {
    for (a, b) in [
        ("14", "40"),
        ("4 February", "5 February"),
        ("$3", "£3"),
        ("$3", "C$3"),
        ("2 percent", "2 percentage points"),
        ("third", "3"),
        ("Monday", "Tuesday"),
        ("747", "737"),
        ("F-16", "F-15"),
        ("9/11", "911"),
        ("G7", "G20"),
        ("5 km", "5 miles"),
        ("30 degrees Celsius", "30 degrees Fahrenheit"),
        ("more than 40", "less than 41"),
        ("5-2", "5-3"),
        ("5-2", "2-5 years"),
        ("dozens", "hundreds"),
        ("dozens", "12"),
        ("twice", "2"),
        ("last week", "next week"),
        ("this year", "last year"),
        ("yesterday", "today"),
        ("5 a.m.", "5 p.m."),
        ("12:24", "12:42"),
        ("5 p.m. EST", "5 p.m. GMT"),
        ("early March", "late March"),
        ("March 7-9", "March 7-8"),
        ("the 1990s", "the 1980s"),
        ("1998", "1999"),
        ("five-member", "six-member"),
        ("aged 42", "aged 43"),
        ("12345678901234567890", "12345678901234567891"),
        ("at least 12", "14"),
        ("at least 27", "28"),
        ("150", "153"),
        ("No. 2", "No. 3"),
    ] {
        let (x, y) = (read(a)[0].1, read(b)[0].1);
        assert_ne!(x.key(), y.key(), "{a} {b}");
        for days in [[None, None], [Some(date(2031, 3, 7)); 2]] {
            assert_eq!([x.relation(&y, days), y.relation(&x, days)], [Relation::Differs; 2], "{a} {b}");
        }
    }
}

#[test]
fn words_that_look_like_figures_are_none() {
    let texts = [
        "one of the most",
        "no one came",
        "they may march",
        "it will sink",
        "the second of them",
        "no more than that",
        "Some of the ships are over the hill, about to turn.",
        "a one-sided first-class race",
        "to and from the port between them",
        "I am here; May I come?",
        "in half-hearted double-digit terms",
        "USA Today said so",
        "the quarter and the half, up to them",
        "$ % + #",
        "a hand; an arm",
    ];
    let wrong: Vec<_> = texts.iter().filter(|text| !words(text).is_empty()).map(|text| (text, read(text))).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert_eq!(words("may 4 times be"), ["4 times"]);
}

#[test]
fn relations_are_told() {
    use Relation::{Bounded, Differs, Resolved, Rounded, Same};
    let monday = Some(date(2022, 3, 7));
    let none = [None, None];
    let table: &[(&str, &str, [Option<Date>; 2], Relation)] = &[
        ("4 February", "Friday, February 4, 2022", none, Same),
        ("4 February 2021", "February 4, 2022", none, Differs),
        ("4 February", "February 2022", none, Differs),
        ("in February", "February 4, 2022", none, Same),
        ("in 2022", "February 2022", none, Same),
        ("in 2021", "February 2022", none, Differs),
        ("Friday", "Friday, February 4, 2022", none, Same),
        ("Friday", "February 4, 2022", none, Same),
        ("Thursday", "February 4, 2022", none, Differs),
        ("Friday", "Thursday", [monday, monday], Differs),
        ("the 7th of March", "on the 7th", none, Same),
        ("last Friday", "Friday", none, Same),
        ("yesterday", "6 March", none, Differs),
        ("yesterday", "6 March", [monday, None], Resolved),
        ("yesterday", "6 March 2022", [monday, monday], Resolved),
        ("yesterday", "7 March", [monday, monday], Differs),
        ("yesterday", "Sunday", [monday, monday], Resolved),
        ("yesterday", "today", [monday, Some(date(2022, 3, 6))], Resolved),
        ("Monday", "7 March", [monday, monday], Resolved),
        ("Monday", "6 March", [monday, monday], Differs),
        ("three days ago", "Friday", [monday, monday], Resolved),
        ("last month", "in February", [monday, monday], Resolved),
        ("last year", "in 2021", [monday, monday], Resolved),
        ("last year", "a year ago", none, Differs),
        ("last year", "a year ago", [monday, monday], Resolved),
        ("last week", "March 3", [monday, monday], Resolved),
        ("last week", "March 8", [monday, monday], Differs),
        ("tonight", "today", [monday, monday], Same),
        ("today", "Monday", [monday, monday], Resolved),
        ("5 p.m.", "5 o'clock", none, Same),
        ("5:30 p.m.", "17:30 GMT", none, Same),
        ("5 a.m. EDT", "0900 GMT", none, Resolved),
        ("more than 2 percent", "2 percent", none, Bounded),
        ("about 40", "40", none, Bounded),
        ("more than 40", "less than 40", none, Bounded),
        ("about 40", "41", none, Rounded),
        ("nearly half", "48 percent", none, Rounded),
        ("nearly half", "52 percent", none, Differs),
        ("half", "50 percent", none, Same),
        ("a third of", "33 percent", none, Rounded),
        ("$2.5 billion", "$2.51 billion", none, Rounded),
        ("$2.5 billion", "$2.61 billion", none, Differs),
        ("more than 1,000", "1,013", none, Rounded),
        ("more than 1,000", "987", none, Differs),
        ("10 to 12 percent", "11 percent", none, Rounded),
        ("10 to 12 percent", "13 percent", none, Differs),
        ("aged 42", "42", none, Same),
        ("5 tons", "5 tonnes", none, Same),
        ("almost 50m", "nearly 50 metres", none, Same),
        ("1.2m", "1.2 million", none, Same),
        ("1.2m people", "1.2 million", none, Same),
        ("1.2m", "1.3 million", none, Differs),
        ("30 degrees", "30°C", none, Same),
        ("more than 5 tons", "5 metric tons", none, Bounded),
        ("five-member", "five", none, Same),
        ("1998", "1998 villagers", none, Same),
        ("14", "Monday", [monday, monday], Differs),
    ];
    let told = |a: &str, b: &str, days: [Option<Date>; 2]| after_lead(a).relation(&after_lead(b), days);
    let both = |a: &str, b: &str, days: [Option<Date>; 2]| [told(a, b, days), told(b, a, [days[1], days[0]])];
    let wrong: Vec<_> = table.iter().filter(|(a, b, days, expected)| both(a, b, *days) != [*expected; 2]).collect();
    assert!(wrong.is_empty(), "{:#?}", wrong.iter().map(|(a, b, days, _)| (a, b, both(a, b, *days))).collect::<Vec<_>>());
}

fn after_lead(text: &str) -> Value {
    let text = if read(text).len() > 1 { text.split(' ').next().unwrap_or(text) } else { text };
    read(text).first().unwrap_or_else(|| panic!("{text}")).1
}

#[test]
fn a_full_date_is_a_day() {
    assert_eq!(value("Friday, February 4, 2022").date(), Some(date(2022, 2, 4)));
    assert_eq!(value("2022-02-04").date(), Some(date(2022, 2, 4)));
    for text in ["4 February", "February 31, 2022", "yesterday", "14"] {
        assert_eq!(read(text)[0].1.date(), None, "{text}");
    }
}

#[test]
fn likeness_orders_what_may_stand_for_a_figure() {
    let like = |a: &str, b: &str| read(a)[0].1.resembles(&read(b)[0].1);
    for (a, near, far) in [
        ("$3 million", "$4 million", "3 percent"),
        ("5 percent", "7 percent", "7"),
        ("14", "15", "140"),
        ("Monday", "Tuesday", "5 p.m."),
        ("March 7", "March 8", "last year"),
        ("5-2", "5-3", "52"),
        ("10 km", "10 miles", "$10"),
        ("half", "48 percent", "48"),
    ] {
        assert!(like(a, near) > like(a, far), "{a}: {near} {} {far} {}", like(a, near), like(a, far));
    }
    assert_eq!(like("14", "14 February"), 0.0);
    assert_eq!(like("fourteen", "14"), 1.0);
}

#[test]
fn long_runs_of_figures_are_read_in_linear_time() {
    let patterns = [
        "14 ",
        "one ",
        "two hundred and ",
        "1/2 ",
        "between 5 and ",
        "from 5 to ",
        "5-",
        "9/",
        "more than ",
        "million ",
        "a ",
        "March ",
        "half a ",
    ];
    for pattern in patterns {
        let text = pattern.repeat(10_000);
        let tokens = token::tokens(&text, Span::new(0, text.len()));
        let start = Instant::now();
        quantities(&text, &tokens);
        assert!(start.elapsed() < Duration::from_secs(2), "{pattern} {:?}", start.elapsed());
    }
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig { cases: 1000, failure_persistence: None, ..Default::default() })]

    #[test]
    fn nothing_odd_is_too_odd(parts in proptest::collection::vec(proptest::sample::select(ODD), 0..12), days in (-9000_i16..9000, -9000_i16..9000)) {
        let text = parts.concat();
        let tokens = token::tokens(&text, Span::new(0, text.len()));
        let found = quantities(&text, &tokens);
        let days = [Date::new(days.0, 2, 28).ok(), Date::new(days.1, 12, 31).ok()];
        proptest::prop_assert!(found.windows(2).all(|pair| pair[0].tokens.end <= pair[1].tokens.start));
        for a in &found {
            proptest::prop_assert!(a.tokens.start < a.tokens.end && a.tokens.end <= tokens.len());
            for b in &found {
                let (one, other) = (a.value.relation(&b.value, days), b.value.relation(&a.value, [days[1], days[0]]));
                proptest::prop_assert_eq!(one, other);
                proptest::prop_assert_eq!(a.value.key() == b.value.key(), a.value == b.value);
                proptest::prop_assert!((0.0..=1.0).contains(&a.value.resembles(&b.value)));
            }
        }
    }
}

const ODD: &[&str] = &[
    "-",
    "–",
    " ",
    "5",
    "12",
    "1998",
    "/",
    "$",
    "½",
    "th",
    "st ",
    "March ",
    "Monday ",
    "to ",
    "and ",
    "between ",
    "from ",
    "half ",
    "a ",
    "of ",
    "million ",
    "hundred ",
    "one ",
    "first ",
    "-old",
    "year",
    " ago ",
    "p.m. ",
    "GMT ",
    ":",
    "00",
    ".",
    ",",
    "%",
    "’",
    "'",
    "90s ",
    "s",
    "last ",
    "week ",
    "about ",
    "more than ",
    "+",
    "No. ",
    "é",
    "\u{301}",
    "9999999999999999999",
    "0",
    "٣",
    "Ⅷ",
    "²",
    "e9",
    "2,5",
    "1.2.3",
    "years ",
    "points ",
    "per ",
    "cent ",
    "early ",
    "mid-",
    "\n",
    "tens ",
    "m ",
    "metres ",
    "minus ",
    "the ",
    "day before ",
    "yesterday ",
    "999999 ",
    "days ",
];
