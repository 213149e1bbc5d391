//! JSON and JSON Lines: one article, an array of them, or an object with one array of them; the fields by their usual names.

use super::fields::{Field, Fields};
use super::told::{Told, day, host, plain};
use super::unpack::Bytes;
use super::{Found, Parts, ReadError, Stop, ninjs};
use serde_json::{Map, Value};
use std::io::BufRead;

/// The article of one object.
pub(super) fn parts(text: &str, fields: &Fields) -> Result<Parts, ReadError> {
    let value: Value =
        serde_json::from_str(text.trim_start_matches('\u{feff}')).map_err(|error| ReadError::Syntax("JSON", error.to_string()))?;
    let Value::Object(record) = value else { return Err(ReadError::Fields("object")) };
    if ninjs::is_item(&record) && fields.value(&record, Field::Text).is_none_or(|told| !told.is_string()) {
        return Ok(ninjs::parts(&record));
    }
    told(&record, fields).map(Told::parts)
}

/// The fields of a record by their names.
pub(super) fn told(record: &Map<String, Value>, fields: &Fields) -> Result<Told, ReadError> {
    let value = |field| fields.value(record, field);
    let words = |field| value(field).and_then(|told| words(told, ", "));
    let is_named = || record.keys().any(|key| fields.is(Field::Text, key));
    let missing = || if is_named() { ReadError::Empty } else { ReadError::Fields("field") };
    let body = value(Field::Text).and_then(|told| self::words(told, "\n\n")).ok_or_else(missing)?;
    Ok(Told {
        id: words(Field::Id),
        headline: words(Field::Headline).map(|told| plain(&told)),
        byline: words(Field::Byline),
        dateline: None,
        body: plain(&body),
        credit: words(Field::Credit).or_else(|| ninjs::credit(record)),
        date: words(Field::Date).and_then(|stamp| day(&stamp)),
        outlet: words(Field::Outlet).map(|told| host(&told)),
        language: words(Field::Language),
    })
}

/// The words of a value: a text, a number, what an object says of itself, or all of a list.
pub(super) fn words(value: &Value, between: &str) -> Option<String> {
    let told = match value {
        Value::String(text) => text.trim().to_string(),
        Value::Number(number) => number.to_string(),
        Value::Array(items) => items.iter().filter_map(|item| words(item, between)).collect::<Vec<_>>().join(between),
        Value::Object(record) => ["value", "name", "text", "title"].iter().find_map(|key| words(record.get(*key)?, between))?,
        _ => return None,
    };
    (!told.is_empty()).then_some(told)
}

// --- Where the articles are -----------------------------------------------------------------------------------------

/// So many lines that are no objects are told one by one; a file of nothing else would be told without end.
const STRAY: u64 = 100;

/// A line for each article. A line that is no JSON costs no other.
pub(super) fn lines(mut stream: Bytes, found: &mut Found) -> Result<(), Stop> {
    let (mut offset, mut stray) = (0, 0);
    loop {
        let begins = stream.fill_buf()?.iter().copied().find(|byte| !matches!(byte, b' ' | b'\t'));
        let length = stream.skip_until(b'\n')? as u64;
        if length == 0 {
            break;
        }
        // The shortest article is longer than an empty line.
        if length > 2 {
            stray += u64::from(begins != Some(b'{'));
            if begins == Some(b'{') || stray <= STRAY {
                found.piece(offset, length)?;
            }
        }
        offset += length;
    }
    let rest = stray.saturating_sub(STRAY);
    if rest > 0 { found.note(&format!("{rest} more lines are no objects and were passed over")) } else { Ok(()) }
}

/// Finds articles by the brackets around them, so that nothing of them is kept.
pub(super) fn values(mut stream: Bytes, fields: &Fields, found: &mut Found) -> Result<(), Stop> {
    let mut brackets = Brackets::new(fields);
    loop {
        let bytes = stream.fill_buf()?;
        if bytes.is_empty() {
            return brackets.end(found);
        }
        for &byte in bytes {
            brackets.take(byte, found)?;
        }
        let length = bytes.len();
        stream.consume(length);
    }
}

/// No byte.
const NOWHERE: u64 = u64::MAX;
/// Bytes of a key that may be one of a field; longer ones are none.
const KEY: usize = 64;

/// Where we are between brackets.
struct Brackets<'f> {
    fields: &'f Fields,
    /// The byte that comes next.
    at: u64,
    /// How many brackets are open.
    depth: u64,
    /// The outermost bracket and the one in it.
    outer: [u8; 2],
    quoted: bool,
    escaped: bool,
    /// Where the outermost value begins.
    begun: u64,
    /// Where the element of a list begins, if that is an object.
    element: u64,
    /// The last text on the first level, which may be a key.
    word: Vec<u8>,
    /// Whether a key of the outermost object is one of an article's text.
    is_article: bool,
    /// The lists of objects in the outermost object.
    lists: Vec<Vec<(u64, u64)>>,
    /// The outermost object that was whole, until it is known whether it is the only one.
    held: Option<(u64, u64)>,
    /// Whether there is more than one article.
    many: bool,
}

impl<'f> Brackets<'f> {
    fn new(fields: &'f Fields) -> Self {
        Brackets {
            fields,
            at: 0,
            depth: 0,
            outer: [0; 2],
            quoted: false,
            escaped: false,
            begun: 0,
            element: NOWHERE,
            word: Vec::new(),
            is_article: false,
            lists: Vec::new(),
            held: None,
            many: false,
        }
    }

    fn take(&mut self, byte: u8, found: &mut Found) -> Result<(), Stop> {
        match byte {
            _ if self.quoted => self.take_quoted(byte),
            b'"' => {
                self.quoted = true;
                self.word.clear();
            }
            b':' if self.depth == 1 && self.outer[0] == b'{' => {
                self.is_article |= std::str::from_utf8(&self.word).is_ok_and(|key| self.fields.is(Field::Text, key) || ninjs::is_text(key));
            }
            b'{' | b'[' => self.enter(byte, found)?,
            b'}' | b']' => self.leave(found)?,
            _ => {}
        }
        self.at += 1;
        Ok(())
    }

    fn take_quoted(&mut self, byte: u8) {
        match byte {
            _ if self.escaped => self.escaped = false,
            b'\\' => self.escaped = true,
            b'"' => self.quoted = false,
            _ if self.depth == 1 && self.word.len() < KEY => self.word.push(byte),
            _ => {}
        }
    }

    fn enter(&mut self, byte: u8, found: &mut Found) -> Result<(), Stop> {
        match self.depth {
            0 => {
                self.begin_outermost(found)?;
                self.outer[0] = byte;
            }
            1 if self.outer[0] == b'[' => self.element = self.at,
            1 => self.lists.extend((byte == b'[').then(Vec::new)),
            2 if self.outer == [b'{', b'['] => self.element = if byte == b'{' { self.at } else { NOWHERE },
            _ => {}
        }
        if self.depth == 1 {
            self.outer[1] = byte;
        }
        self.depth += 1;
        Ok(())
    }

    /// One more outermost value: then the one before was not alone.
    fn begin_outermost(&mut self, found: &mut Found) -> Result<(), Stop> {
        self.begun = self.at;
        (self.is_article, self.lists) = (false, Vec::new());
        match self.held.take() {
            Some((offset, length)) => {
                self.many = true;
                found.piece(offset, length)
            }
            None => Ok(()),
        }
    }

    fn leave(&mut self, found: &mut Found) -> Result<(), Stop> {
        self.depth = self.depth.saturating_sub(1);
        let piece = |begun: u64| (begun, self.at + 1 - begun);
        match (self.depth, self.outer) {
            (1, [b'[', b'{']) => {
                let (offset, length) = piece(self.element);
                found.piece(offset, length)
            }
            (2, [b'{', b'[']) if self.element != NOWHERE => {
                let article = piece(self.element);
                self.lists.last_mut().into_iter().for_each(|list| list.push(article));
                Ok(())
            }
            (0, [b'{', _]) => {
                let whole = piece(self.begun);
                self.leave_object(whole, found)
            }
            _ => Ok(()),
        }
    }

    /// An outermost object is an article if it has a text; else its one list is of articles.
    fn leave_object(&mut self, whole: (u64, u64), found: &mut Found) -> Result<(), Stop> {
        self.lists.retain(|list| !list.is_empty());
        match &self.lists[..] {
            [list] if !self.is_article => list.iter().try_for_each(|&(offset, length)| found.piece(offset, length)),
            _ if self.many => found.piece(whole.0, whole.1),
            _ => {
                self.held = Some(whole);
                Ok(())
            }
        }
    }

    fn end(mut self, found: &mut Found) -> Result<(), Stop> {
        if self.held.is_some() && self.depth == 0 {
            return found.whole();
        }
        if self.depth == 0 {
            return Ok(());
        }
        // The object around the articles was cut off: those of its one list that were whole are there.
        let whole = (self.begun, self.at - self.begun);
        if self.outer[0] == b'{' && !self.is_article && self.lists.iter().any(|list| !list.is_empty()) {
            self.leave_object(whole, found)?;
        }
        Err(Stop::Trouble(ReadError::Cut))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::read::tests::pieces;

    fn found(text: &str) -> (Vec<String>, Option<String>) {
        pieces(text.as_bytes(), |stream, found| values(stream, &Fields::default(), found))
    }

    #[test]
    fn articles_are_found_by_their_brackets() {
        let one = r#"{"id": "a", "text": "Two ] \" } towns", "tags": [{"x": 1}]}"#;
        let table = [
            (one.to_string(), vec![one]),
            (format!("[{one}, {one}]"), vec![one, one]),
            (format!("{one}\n{one}\n{one}"), vec![one, one, one]),
            (format!(r#"{{"status": "ok", "articles": [{one}, {one}]}}"#), vec![one, one]),
            (String::from("[]"), vec![]),
            (String::from("[1, [2, {}]]"), vec![]),
            (format!(r#"{{"rows": [[{one}]], "articles": [{one}, {one}]}}"#), vec![one, one]),
        ];
        for (text, expected) in table {
            assert_eq!(found(&text), (expected.iter().map(ToString::to_string).collect(), None), "{text}");
        }
    }

    #[test]
    fn of_a_file_that_was_cut_off_what_is_whole_is_found() {
        let one = r#"{"text": "Two towns"}"#;
        for cut in [format!("[{one}, {one}, {{\"te"), format!(r#"{{"articles": [{one}, {one}, {{"#)] {
            let (pieces, trouble) = found(&cut);
            assert_eq!(pieces, [one, one], "{cut}");
            assert!(trouble.is_some_and(|told| told.contains("ends in the middle")));
        }
    }

    #[test]
    fn fields_have_their_usual_names() {
        let read = |text: &str| parts(text, &Fields::default()).unwrap();
        let told = read(
            r#"{"guid": 7, "title": "A pact", "published_at": "2031-03-07T10:00:00Z", "source": {"name": "The Gazette"}, "authors": ["Ada Lund", "Bo Ek"], "content": "<p>Two towns.</p><p>One pact.</p>"}"#,
        );
        assert_eq!(told.text, "A pact\n\nAda Lund, Bo Ek\n\nTwo towns.\n\nOne pact.");
        assert_eq!((told.id.as_deref(), told.outlet.as_deref()), (Some("7"), Some("The Gazette")));
        assert_eq!(told.date, Some(jiff::civil::date(2031, 3, 7)));
        assert!(matches!(parts(r#"{"id": 1}"#, &Fields::default()), Err(ReadError::Fields(_))));
        assert!(matches!(parts(r#"{"id": 1, "text": null}"#, &Fields::default()), Err(ReadError::Empty)));
        assert!(parts(r#"{"text": "#, &Fields::default()).is_err());
    }
}
