//! A mark: one decision of an editor about a place, and the line of the file that keeps it.

use super::spot::{Against, Cited, On, Spot};
use crate::text::Span;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// The schema word of the lines that are read and written here.
const SCHEMA: &str = "mark/1";

/// What an editor says of a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// It is right as it is.
    Accept,
    /// It is to be asked about.
    Query,
    /// It is wrong.
    Error,
}

impl Verdict {
    /// All verdicts.
    pub const ALL: [Verdict; 3] = [Verdict::Accept, Verdict::Query, Verdict::Error];

    /// Its name in the file and on the screen.
    pub fn name(self) -> &'static str {
        match self {
            Verdict::Accept => "accept",
            Verdict::Query => "query",
            Verdict::Error => "error",
        }
    }
}

/// What an editor decides: a verdict, a note, both, or neither, which takes back what was said.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Decision {
    /// The verdict.
    pub verdict: Option<Verdict>,
    /// The note; it may be empty.
    pub note: String,
}

impl Decision {
    /// Whether nothing is said any more.
    pub fn is_cleared(&self) -> bool {
        self.verdict.is_none() && self.note.is_empty()
    }

    /// Whether somebody has still to see to it: a query, an error, or a note without a verdict.
    pub fn is_open(&self) -> bool {
        self.verdict != Some(Verdict::Accept) && !self.is_cleared()
    }
}

/// One decision about one place, as it was saved. Marks are ordered by time, then by id; ids of articles in it are the names of
/// the file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mark {
    /// When it was made, to the microsecond.
    pub at: Timestamp,
    /// Its own id.
    pub id: String,
    /// The id of the place, the same for all decisions about it.
    pub target: String,
    /// Who made it.
    pub by: String,
    /// What was decided.
    pub decision: Decision,
    /// The place.
    pub spot: Spot,
    /// The mark that it takes back, by its id.
    pub undoes: Option<String>,
}

/// A line of the file, by what can be done with it.
#[derive(Debug, PartialEq)]
pub(super) enum Line {
    /// A mark.
    Mark(Box<Mark>),
    /// A mark that a newer program has made.
    Newer,
    /// Nothing.
    Blank,
    /// Something else.
    Other,
}

impl Line {
    /// Reads a line, with or without its end.
    pub(super) fn read(bytes: &[u8]) -> Line {
        let bytes = bytes.trim_ascii();
        match serde_json::from_slice::<Record>(bytes) {
            _ if bytes.is_empty() => Line::Blank,
            Ok(record) if record.variorum == SCHEMA => Line::Mark(Box::new(record.into())),
            _ => match serde_json::from_slice::<Schema>(bytes) {
                Ok(Schema { variorum }) if variorum.starts_with("mark/") && variorum != SCHEMA => Line::Newer,
                _ => Line::Other,
            },
        }
    }
}

impl Mark {
    /// The line that keeps it, with its end.
    pub(super) fn line(&self) -> String {
        // Strings, numbers and lists of them can always be written.
        serde_json::to_string(&Record::from(self)).unwrap_or_default() + "\n"
    }

    /// Its fields as they stand in the file.
    pub fn value(&self) -> serde_json::Value {
        serde_json::to_value(Record::from(self)).unwrap_or_default()
    }
}

/// The one field that all versions of the format have.
#[derive(Deserialize)]
struct Schema {
    variorum: String,
}

/// The fields of a line in their order.
#[derive(Serialize, Deserialize)]
struct Record {
    variorum: String,
    id: String,
    target: String,
    #[serde(with = "microseconds")]
    at: Timestamp,
    by: String,
    #[serde(default)]
    verdict: Option<Verdict>,
    #[serde(default)]
    note: String,
    on: On,
    #[serde(default)]
    kind: Option<String>,
    article: Cited,
    span: [usize; 2],
    #[serde(default)]
    before: String,
    #[serde(default)]
    words: String,
    #[serde(default)]
    after: String,
    #[serde(default)]
    against: Option<Held>,
    #[serde(default)]
    undoes: Option<String>,
}

/// What the place was held against.
#[derive(Serialize, Deserialize)]
struct Held {
    id: String,
    hash: String,
    #[serde(default)]
    span: [usize; 2],
    #[serde(default)]
    words: String,
}

impl From<&Mark> for Record {
    fn from(mark: &Mark) -> Self {
        let Mark { at, id, target, by, decision: Decision { verdict, note }, spot, undoes } = mark.clone();
        let Spot { on, kind, article, span, words, around: [before, after], against } = spot;
        let against = against.map(|Against { article: Cited { id, hash }, span, words }| Held { id, hash, span: pair(span), words });
        let (variorum, span) = (String::from(SCHEMA), pair(span));
        Record { variorum, id, target, at, by, verdict, note, on, kind, article, span, before, words, after, against, undoes }
    }
}

impl From<Record> for Mark {
    fn from(record: Record) -> Self {
        let Record { variorum: _, id, target, at, by, verdict, note, on, kind, article, span, before, words, after, against, undoes } =
            record;
        let against = against.map(|Held { id, hash, span: [start, end], words }| {
            let article = Cited { id, hash };
            Against { article, span: Span::new(start, end), words }
        });
        let spot = Spot { on, kind, article, span: Span::new(span[0], span[1]), words, around: [before, after], against };
        Mark { at, id, target, by, decision: Decision { verdict, note }, spot, undoes }
    }
}

fn pair(span: Span) -> [usize; 2] {
    [span.start, span.end]
}

/// Times as they stand in the file: `2031-03-07T12:24:00.000000Z`.
mod microseconds {
    use jiff::Timestamp;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub(super) fn serialize<S: Serializer>(at: &Timestamp, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&format_args!("{at:.6}"))
    }

    pub(super) fn deserialize<'a, D: Deserializer<'a>>(deserializer: D) -> Result<Timestamp, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIXED: &str = concat!(
        r#"{"variorum":"mark/1","id":"00000000000000a1","target":"00000000000000b2","at":"2031-03-07T12:24:00.000150Z","#,
        r#""by":"ada","verdict":"query","note":"ask the \"desk\"\nagain","on":"flag","kind":"number-changed","#,
        r#""article":{"id":"rewrites/pier.txt","hash":"00000000000000c3"},"span":[20,22],"before":"closed for ","words":"40","#,
        r#""after":" days","against":{"id":"wire/pier.txt#2","hash":"00000000000000d4","span":[18,20],"words":"14"},"undoes":null}"#,
        "\n"
    );

    fn mark(line: &str) -> Mark {
        match Line::read(line.as_bytes()) {
            Line::Mark(mark) => *mark,
            other => panic!("{other:?}: {line}"),
        }
    }

    #[test]
    fn a_line_is_read_and_written_byte_by_byte() {
        let mark = mark(FIXED);
        assert_eq!(mark.at.to_string(), "2031-03-07T12:24:00.00015Z");
        assert_eq!(mark.decision, Decision { verdict: Some(Verdict::Query), note: String::from("ask the \"desk\"\nagain") });
        assert_eq!((mark.spot.span, mark.spot.words.as_str()), (Span::new(20, 22), "40"));
        assert_eq!(mark.line(), FIXED);
        let plain = FIXED
            .replace(r#""verdict":"query""#, r#""verdict":null"#)
            .replace(r#""kind":"number-changed""#, r#""kind":null"#)
            .replace(r#""undoes":null"#, r#""undoes":"00000000000000a0""#);
        assert_eq!(super::tests::mark(&plain).line(), plain);
    }

    #[test]
    fn what_a_line_is_depends_on_its_schema_and_its_fields() {
        let unknown = FIXED.replace(r#""by":"#, r#""mood":[1,{"a":2}],"by":"#);
        assert_eq!(mark(&unknown), mark(FIXED));
        assert_eq!(mark(FIXED.trim_end()), mark(&FIXED.replace('\n', "\r\n")));
        let newer = FIXED.replace("mark/1", "mark/2");
        let table = [
            (newer.as_str(), Line::Newer),
            (r#"{"variorum":"mark/2","shape":"new"}"#, Line::Newer),
            (r#"{"variorum":"mark/1","id":"1"}"#, Line::Other),
            (r#"{"variorum":"diff/1"}"#, Line::Other),
            ("", Line::Blank),
            (" \r\n", Line::Blank),
            ("<<<<<<< ours", Line::Other),
            (&FIXED[..80], Line::Other),
            ("\u{0}", Line::Other),
            ("null", Line::Other),
        ];
        for (line, expected) in table {
            assert_eq!(Line::read(line.as_bytes()), expected, "{line}");
        }
        assert_eq!(Line::read(b"\xff\xfe"), Line::Other);
    }

    #[test]
    fn a_decision_is_open_until_it_is_accepted_or_taken_back() {
        let decision = |verdict, note: &str| Decision { verdict, note: note.to_string() };
        let table = [
            (decision(None, ""), [false, true]),
            (decision(None, "see page 2"), [true, false]),
            (decision(Some(Verdict::Accept), "fine"), [false, false]),
            (decision(Some(Verdict::Query), ""), [true, false]),
            (decision(Some(Verdict::Error), ""), [true, false]),
        ];
        for (decision, expected) in table {
            assert_eq!([decision.is_open(), decision.is_cleared()], expected, "{decision:?}");
        }
    }
}
