//! CSV and TSV (crate `csv`): a row for each article, below a heading that names the columns.

use super::fields::{Field, Fields};
use super::json;
use super::told::Told;
use super::unpack::Bytes;
use super::{Found, LARGEST, Parts, ReadError, Stop, wide};
use crate::text::decode;
use encoding_rs::Encoding;
use serde_json::{Map, Value};
use std::collections::VecDeque;
use std::io::{BufRead, Read};

/// The article of one row.
pub(super) fn parts(heading: &str, row: &str, fields: &Fields) -> Result<Parts, ReadError> {
    let between = delimiter(heading);
    let (columns, values) = (cells(heading, between, true), row_of(row, between, cells(heading, between, true).len()));
    if columns.len() != values.len() {
        return Err(ReadError::Row(values.len(), columns.len()));
    }
    let record: Map<String, Value> = columns.into_iter().zip(values.into_iter().map(Value::String)).collect();
    json::told(&record, fields).map(Told::parts)
}

/// What stands between the cells of a heading: the sign that it has most of.
fn delimiter(heading: &str) -> u8 {
    let count = |sign: u8| heading.bytes().filter(|byte| *byte == sign).count();
    *b",\t;|".iter().rev().max_by_key(|sign| count(**sign)).unwrap_or(&b',')
}

/// The cells of a row, quoted or taken as they stand.
fn cells(row: &str, between: u8, quoted: bool) -> Vec<String> {
    let row = row.trim_end_matches(['\r', '\n']);
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(between).quoting(quoted).from_reader(row.as_bytes());
    let first = reader.records().next().and_then(Result::ok).unwrap_or_default();
    first.iter().map(|cell| cell.trim_start_matches('\u{feff}').to_string()).collect()
}

/// The cells of a row; one whose quotation marks do not balance is taken as it stands, if it then has all its cells.
fn row_of(row: &str, between: u8, columns: usize) -> Vec<String> {
    let quoted = cells(row, between, true);
    let plain = || Some(cells(row, between, false)).filter(|cells| cells.len() == columns);
    if quoted.len() == columns && is_balanced(row.as_bytes()) { quoted } else { plain().unwrap_or(quoted) }
}

fn is_balanced(row: &[u8]) -> bool {
    row.iter().filter(|byte| **byte == b'"').count().is_multiple_of(2)
}

/// Where the rows are, and the heading. A row goes on over the ends of lines while a quotation mark is open; where that leads
/// nowhere, its first line is a row for itself, and the rest is read as if nothing had been.
pub(super) fn list(mut stream: Bytes, encoding: Option<&'static Encoding>, fields: &Fields, found: &mut Found) -> Result<(), Stop> {
    let heading = wide::line(&mut stream, encoding)?;
    if heading.is_empty() {
        return Err(Stop::Trouble(ReadError::Empty));
    }
    let heading_text = decode::decode_as(&heading, encoding).text;
    let columns = cells(&heading_text, delimiter(&heading_text), true);
    if !columns.iter().any(|column| fields.is(Field::Text, column)) {
        return Err(Stop::Trouble(ReadError::Fields("column")));
    }
    found.heading(&heading_text)?;
    let mut lines = Lines { stream: wide::narrow(stream, encoding), waiting: VecDeque::new() };
    let (mut offset, between) = (heading.len() as u64 / wide::width(encoding), delimiter(&heading_text));
    while let Some(row) = lines.row(between, columns.len())? {
        if row.iter().any(|byte| !byte.is_ascii_whitespace()) {
            found.piece(offset, row.len() as u64)?;
        }
        offset += row.len() as u64;
    }
    Ok(())
}

/// The lines of a stream; some of them may have been read ahead.
struct Lines<'a> {
    stream: Bytes<'a>,
    waiting: VecDeque<Vec<u8>>,
}

impl Lines<'_> {
    /// The next line with its end. One that is too long for an article is cut there; its rest is a line too.
    fn next(&mut self) -> std::io::Result<Option<Vec<u8>>> {
        if let Some(line) = self.waiting.pop_front() {
            return Ok(Some(line));
        }
        let mut line = Vec::new();
        self.stream.by_ref().take(LARGEST).read_until(b'\n', &mut line)?;
        Ok(Some(line).filter(|line| !line.is_empty()))
    }

    fn row(&mut self, between: u8, columns: usize) -> std::io::Result<Option<Vec<u8>>> {
        let Some(mut row) = self.next()? else { return Ok(None) };
        let (first, mut more) = (row.len(), Vec::new());
        let mut open = !is_balanced(&row);
        while open && (row.len() as u64) < LARGEST {
            let Some(line) = self.next()? else { break };
            open = is_balanced(&line);
            row.extend_from_slice(&line);
            more.push(line);
        }
        let is_whole = || cells(&String::from_utf8_lossy(&row), between, true).len() == columns;
        if !more.is_empty() && (open || !is_whole()) {
            row.truncate(first);
            more.into_iter().rev().for_each(|line| self.waiting.push_front(line));
        }
        Ok(Some(row))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::read::tests::pieces;

    const HEADING: &str = "id,title,text,date\n";

    fn rows(table: &str) -> Vec<String> {
        pieces(table.as_bytes(), |stream, found| list(stream, None, &Fields::default(), found)).0
    }

    #[test]
    fn a_row_may_have_many_lines() {
        let table = format!("{HEADING}1,A,\"Two\n\ntowns, one \"\"pact\"\"\",2031-03-07\n\n2,B,Three,2031-03-08");
        let rows = rows(&table);
        assert_eq!(rows.len(), 2);
        let told = parts(HEADING, &rows[0], &Fields::default()).unwrap();
        assert_eq!(told.text, "A\n\nTwo\n\ntowns, one \"pact\"");
        assert_eq!((told.id.as_deref(), told.date), (Some("1"), Some(jiff::civil::date(2031, 3, 7))));
        assert_eq!(parts(HEADING, &rows[1], &Fields::default()).unwrap().text, "B\n\nThree");
    }

    #[test]
    fn a_quotation_mark_that_nothing_closes_costs_no_other_row() {
        let table = format!("{HEADING}1,A,\"Two towns,2031-03-07\n2,B,\"Three\ntowns\",2031-03-08\n3,C,a 5\" pipe,2031-03-09\n4,D,Four,\n");
        let texts: Vec<String> = rows(&table)
            .iter()
            .map(|row| parts(HEADING, row, &Fields::default()).map_or_else(|e| e.to_string(), |told| told.text))
            .collect();
        assert_eq!(texts, ["A\n\n\"Two towns", "B\n\nThree\ntowns", "C\n\na 5\" pipe", "D\n\nFour"]);
        let short = parts(HEADING, "1,A", &Fields::default()).unwrap_err().to_string();
        assert!(short.contains("2 fields") && short.contains("4"), "{short}");
    }

    #[test]
    fn tabs_and_semicolons_part_cells_too() {
        for sign in ["\t", ";"] {
            let heading = HEADING.replace(',', sign);
            assert_eq!(parts(&heading, &["1", "A", "Two, three", ""].join(sign), &Fields::default()).unwrap().text, "A\n\nTwo, three");
        }
    }

    #[test]
    fn a_table_without_a_column_of_text_is_told() {
        let (_, trouble) = pieces(b"a,b\n1,2\n", |stream, found| list(stream, None, &Fields::default(), found));
        assert!(trouble.is_some_and(|told| told.contains("--field text=NAME")));
    }
}
