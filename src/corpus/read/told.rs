//! What a format says of an article field by field, put together in the order in which it is printed.

use super::{Parts, markup};
use crate::text::quantity;
use crate::text::{BlockKind, Text, Unit};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// Lines of a body that may say who wrote it and where …
const OPENING: usize = 6;
/// … if they are no longer than this.
const SHORT: usize = 120;

/// The fields of an article, as a format keeps them apart.
#[derive(Debug, Default)]
pub(super) struct Told {
    pub(super) id: Option<String>,
    pub(super) headline: Option<String>,
    pub(super) byline: Option<String>,
    pub(super) dateline: Option<String>,
    pub(super) body: String,
    pub(super) credit: Option<String>,
    pub(super) date: Option<Date>,
    pub(super) outlet: Option<String>,
    pub(super) language: Option<String>,
}

impl Told {
    /// The article. What the body says again of its headline, byline and dateline is not said twice.
    pub(super) fn parts(self) -> Parts {
        let body = self.body.trim();
        let opening: Vec<&str> = body.lines().take(OPENING).filter(|line| line.len() <= SHORT).collect();
        let mut parts = Parts { date: self.date, outlet: self.outlet, language: self.language, id: self.id, ..Parts::default() };
        let missing = |told: Option<String>| {
            told.map(|told| one_line(&told)).filter(|told| !told.is_empty() && !opening.iter().any(|line| line.contains(told.as_str())))
        };
        parts.titled = self.headline.as_deref().is_some_and(|headline| !one_line(headline).is_empty());
        if let Some(headline) = self.headline.map(|told| one_line(&told)).filter(|told| !body.starts_with(told)) {
            add(&mut parts, BlockKind::Headline, &headline);
        }
        missing(self.byline).inspect(|byline| add(&mut parts, BlockKind::Byline, byline));
        missing(self.dateline).inspect(|dateline| add(&mut parts, BlockKind::Dateline, dateline));
        let is_bare = body.is_empty();
        add(&mut parts, BlockKind::Paragraph, body);
        self.credit.map(|told| one_line(&told)).inspect(|credit| add(&mut parts, BlockKind::Credit, credit));
        if is_bare {
            // A headline alone, or a credit, is no article.
            parts.text.clear();
        }
        parts
    }
}

/// Adds a paragraph, and says what it is where the format knows.
fn add(parts: &mut Parts, kind: BlockKind, text: &str) {
    if text.is_empty() {
        return;
    }
    if !parts.text.is_empty() {
        parts.text.push_str("\n\n");
    }
    if matches!(kind, BlockKind::Byline | BlockKind::Dateline | BlockKind::Credit) {
        parts.named.push((kind, parts.text.len()));
    }
    parts.text.push_str(text);
}

/// A text without breaks between lines.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text that may have the tags of web pages in it.
pub(super) fn plain(text: &str) -> String {
    let tagged = text.contains("</") || text.contains("<br") || text.contains("<p>");
    if tagged { markup::text(text) } else { text.replace("\r\n", "\n").replace('\r', "\n") }
}

/// The host of an address, without `www.`; what is no address stays as it is.
pub(super) fn host(address: &str) -> String {
    let rest = address.split_once("://").map_or("", |(_, rest)| rest);
    let host = rest.split(['/', '?', '#', ':']).next().unwrap_or("");
    let host = host.strip_prefix("www.").unwrap_or(host);
    if host.is_empty() { one_line(address) } else { host.to_string() }
}

/// The day in a stamp: `2031-03-07T12:24:00Z`, `20310307T122400`, seconds of Unix, or as people write it.
pub(super) fn day(stamp: &str) -> Option<Date> {
    let stamp = stamp.trim();
    let digits = stamp.bytes().take_while(u8::is_ascii_digit).count();
    match digits {
        4 => super::day(stamp).or_else(|| written(stamp)),
        8 => Date::strptime("%Y%m%d", &stamp[..8]).ok(),
        10 if stamp.len() == digits => moment(stamp.parse().ok()?),
        13 if stamp.len() == digits => moment(stamp.parse::<i64>().ok()? / 1000),
        _ => written(stamp),
    }
}

fn moment(seconds: i64) -> Option<Date> {
    Timestamp::from_second(seconds).ok().map(|moment| moment.to_zoned(TimeZone::UTC).date())
}

fn written(stamp: &str) -> Option<Date> {
    let text = Text::new(stamp, Unit::Line);
    quantity::quantities(stamp, &text.tokens).iter().find_map(|quantity| quantity.value.date())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn days_are_read_however_they_are_written() {
        let seventh = Some(date(2031, 3, 7));
        let stamps =
            ["2031-03-07", "2031-03-07T23:24:00+01:00", "20310307", "20310307T122400+0000", "1930651200", "1930651200123", "7 March 2031"];
        for stamp in stamps {
            assert_eq!(day(stamp), seventh, "{stamp}");
        }
        assert_eq!((day("2031"), day(""), day("soon")), (None, None, None));
    }

    #[test]
    fn an_outlet_is_the_host_of_its_address() {
        assert_eq!(host("https://www.gazette.example/2031/03/pact.html?x=1"), "gazette.example");
        assert_eq!(host("The Gazette"), "The Gazette");
    }

    #[test]
    fn nothing_is_said_twice() {
        let told = |body: &str| Told {
            headline: Some(String::from("A pact")),
            byline: Some(String::from("Ada Lund")),
            credit: Some(String::from("Lake Wire")),
            body: body.to_string(),
            ..Told::default()
        };
        let parts = told("Two towns.").parts();
        assert_eq!(parts.text, "A pact\n\nAda Lund\n\nTwo towns.\n\nLake Wire");
        assert_eq!(parts.named, [(BlockKind::Byline, 8), (BlockKind::Credit, 30)]);
        assert_eq!(told("A pact\nby Ada Lund\nTwo towns.").parts().text, "A pact\nby Ada Lund\nTwo towns.\n\nLake Wire");
        assert_eq!(told(" ").parts().text, "");
    }
}
