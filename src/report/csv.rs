//! CSV for spreadsheets and statistics: a row for each reading of each variant.
//!
//! UTF-8 without a byte order mark, lines end in CRLF as RFC 4180 has it. What comes from an article is made harmless in two
//! ways, so the bytes in `spans` are the authority on what stands there:
//!
//! - A cell that a spreadsheet would take for a formula (it begins with `=`, `+`, `-`, `@`, their full-width forms, a tab or a
//!   line end) gets an apostrophe in front, as OWASP advises. Whoever reads the file with a program takes it off again.
//! - Characters that steer a terminal or hide are shown by a sign, as everywhere: `␛` for an escape, `·` for a directional control.
//!
//! Page furniture has no rows unless it is read like news. Flags that are about no variant are in JSON, TEI and HTML alone.

use super::edition::{Edition, Told};
use crate::collate::apparatus::Variant;
use crate::corpus::story::letter;
use crate::text::width;
use std::borrow::Cow;
use std::io::{self, Write};

/// What the columns hold: numbers begin with 1, `versions` are letters, `spans` bytes of the decoded text of each version.
pub const COLUMNS: [&str; 9] = ["passage", "variant", "level", "kind", "flags", "reading", "versions", "text", "spans"];

/// Writes the variants of a story that are wanted.
pub fn variants(edition: Edition, out: impl Write) -> io::Result<()> {
    let mut table = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
    table.write_record(COLUMNS).map_err(plain)?;
    for (passage, found) in (1..).zip(&edition.apparatus.passages).filter(|(_, passage)| passage.counts) {
        for (number, variant) in edition.variants(found) {
            for (reading, told) in (1..).zip(edition.readings(variant)) {
                table.write_record(row([passage, number + 1, reading], variant, &told)).map_err(plain)?;
            }
        }
    }
    table.flush()
}

/// An error of the output as it was: a closed pipe must be known as one.
fn plain(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

fn row([passage, number, reading]: [usize; 3], variant: &Variant, told: &Told) -> [String; 9] {
    let flags: Vec<&str> = variant.flags.iter().map(|flag| flag.name()).collect();
    let spans: Vec<String> = told.at.iter().map(|(version, span)| format!("{}:{}-{}", letter(*version), span.start, span.end)).collect();
    [
        passage.to_string(),
        number.to_string(),
        variant.level().name().to_string(),
        variant.kind.name().to_string(),
        flags.join(" "),
        reading.to_string(),
        told.letters(),
        harmless(&told.text).into_owned(),
        spans.join(" "),
    ]
}

/// A cell that no spreadsheet takes for a formula and no terminal for an order.
fn harmless(text: &str) -> Cow<'_, str> {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    let safe = width::safe(text);
    if formula { Cow::Owned(format!("'{safe}")) } else { safe }
}

#[cfg(test)]
mod tests {
    use super::harmless;

    #[test]
    fn formulas_and_orders_are_defused() {
        let table = [
            ("=2+5", "'=2+5"),
            ("+1", "'+1"),
            ("-1 degrees", "'-1 degrees"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "' =1"),
            ("＝1", "'＝1"),
            ("2+5=7", "2+5=7"),
            ("– said", "– said"),
            ("a\u{1b}[31mb", "a␛[31mb"),
            ("a\u{202e}b", "a·b"),
            ("", ""),
        ];
        for (raw, cell) in table {
            assert_eq!(harmless(raw), cell);
        }
    }
}
