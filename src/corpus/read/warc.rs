//! WARC, WET and the older ARC: crawled pages, each a record with a head that says what it is and how long.

use super::told::{Told, host};
use super::unpack::Bytes;
use super::{Found, LARGEST, Parts, ReadError, Stop, html};
use crate::text::decode;
use flate2::read::{GzDecoder, ZlibDecoder};
use std::io::{self, BufRead, Read};

/// Bytes of one line of a head; what is longer is none.
const LINE: u64 = 64 * 1024;

/// What the head of a record says.
#[derive(Debug, Default)]
struct Head {
    /// The kind of record, in WARC alone.
    kind: String,
    address: String,
    media: String,
    length: Option<u64>,
}

/// The article of one record. When it was crawled (`WARC-Date`) is no day of publication, and not told as one: a page may have been
/// there for years, and a story is ordered by days and held together by them. Where the page tells no day, it has none.
pub(super) fn parts(bytes: &[u8]) -> Result<Parts, ReadError> {
    let mut rest = bytes;
    let head = Head::read(&mut rest)?.ok_or(ReadError::Record)?;
    let (media, body) = content(&head, rest)?;
    let text = decode::decode(&body).text;
    let mut parts = match media.starts_with("text/plain") {
        true => Told { body: text, ..Told::default() }.parts(),
        false => html::parts(&text)?,
    };
    parts.outlet = parts.outlet.or_else(|| Some(host(&head.address)).filter(|host| !host.is_empty()));
    Ok(parts)
}

/// What a record carries, unpacked, and its media type.
fn content(head: &Head, block: &[u8]) -> Result<(String, Vec<u8>), ReadError> {
    if !block.starts_with(b"HTTP/") {
        return Ok((head.media.clone(), block.to_vec()));
    }
    let (fields, body) = http(block);
    let field = |name: &str| fields.iter().find(|(known, _)| known == name).map(|(_, value)| value.to_ascii_lowercase());
    let body = match field("transfer-encoding") {
        Some(coding) if coding.contains("chunked") => unchunked(body),
        _ => body.to_vec(),
    };
    let mut unpacked = Vec::new();
    let unpacking: &mut dyn Read = match field("content-encoding").as_deref() {
        Some("gzip" | "x-gzip") => &mut GzDecoder::new(&body[..]),
        Some("deflate") => &mut ZlibDecoder::new(&body[..]),
        Some("br") => return Err(ReadError::Packing(String::from("Brotli"))),
        _ => &mut &body[..],
    };
    // Of a page that was cut off, what came through is kept.
    match unpacking.take(LARGEST + 1).read_to_end(&mut unpacked) {
        Err(error) if unpacked.is_empty() => return Err(error.into()),
        _ if unpacked.len() as u64 > LARGEST => return Err(ReadError::Endless),
        _ => {}
    }
    Ok((field("content-type").unwrap_or_else(|| head.media.clone()), unpacked))
}

/// The fields of an answer of HTTP, their names in small letters, and its body.
fn http(block: &[u8]) -> (Vec<(String, String)>, &[u8]) {
    let mut rest = block;
    let mut fields = Vec::new();
    let mut line = Vec::new();
    while rest.by_ref().take(LINE).read_until(b'\n', &mut line).is_ok_and(|read| read > 0) {
        let told = String::from_utf8_lossy(&line).trim().to_string();
        if told.is_empty() {
            break;
        }
        fields.extend(told.split_once(':').map(|(name, value)| (name.trim().to_ascii_lowercase(), value.trim().to_string())));
        line.clear();
    }
    (fields, rest)
}

/// A body that was sent in chunks; one that only claims so stays as it is.
fn unchunked(body: &[u8]) -> Vec<u8> {
    let (mut whole, mut rest) = (Vec::new(), body);
    loop {
        let end = rest.iter().position(|byte| *byte == b'\n').map_or(rest.len(), |at| at + 1);
        let size = std::str::from_utf8(&rest[..end]).ok().and_then(|line| line.split(';').next());
        match size.and_then(|size| usize::from_str_radix(size.trim(), 16).ok()) {
            Some(0) => return whole,
            Some(size) => {
                let chunk = &rest[end..rest.len().min(end.saturating_add(size))];
                whole.extend_from_slice(chunk);
                rest = rest[end + chunk.len()..].trim_ascii_start();
            }
            None if whole.is_empty() => return body.to_vec(),
            None => return whole,
        }
    }
}

impl Head {
    /// Reads the head of a record from its first line on; `None` where that is none.
    fn read(stream: &mut dyn BufRead) -> io::Result<Option<Head>> {
        let first = line(stream)?;
        if !first.starts_with(b"WARC/") {
            return Ok(Head::of_arc(&String::from_utf8_lossy(&first)));
        }
        let mut head = Head::default();
        loop {
            let next = line(stream)?;
            let told = String::from_utf8_lossy(&next);
            let Some((name, value)) = told.trim().split_once(':') else { break };
            head.take(&name.to_ascii_lowercase(), value.trim());
        }
        Ok(Some(head))
    }

    fn take(&mut self, name: &str, value: &str) {
        match name {
            "warc-type" => self.kind = value.to_ascii_lowercase(),
            "warc-target-uri" => self.address = value.trim_matches(['<', '>']).to_string(),
            "content-type" => self.media = value.to_ascii_lowercase(),
            "content-length" => self.length = value.parse().ok(),
            _ => {}
        }
    }

    /// The one line of ARC: address, machine, date, media type, more, length.
    fn of_arc(line: &str) -> Option<Head> {
        let fields: Vec<&str> = line.split_whitespace().collect();
        let [address, _, date, media, .., length] = fields[..] else { return None };
        let is_head = address.contains(':') && date.len() == 14 && date.bytes().all(|byte| byte.is_ascii_digit());
        let head =
            Head { kind: String::new(), address: address.to_string(), media: media.to_ascii_lowercase(), length: length.parse().ok() };
        (is_head && head.length.is_some()).then_some(head)
    }

    /// Whether the record is a page or a text; `block` is the beginning of what it carries.
    fn is_article(&self, block: &[u8]) -> bool {
        let is_kind = matches!(self.kind.as_str(), "" | "response" | "resource" | "conversion");
        let is_page = |media: &str| ["text/html", "text/plain", "application/xhtml"].iter().any(|kind| media.starts_with(kind));
        let media = || match block.starts_with(b"HTTP/") {
            true => http(block).0.into_iter().find(|(name, _)| name == "content-type").map(|(_, media)| media.to_ascii_lowercase()),
            false => Some(self.media.clone()),
        };
        let is_refused = block.starts_with(b"HTTP/") && block.get(9) != Some(&b'2');
        let is_ours = !self.address.starts_with("filedesc:") && !self.address.ends_with("/robots.txt");
        is_kind && is_ours && !is_refused && media().is_some_and(|media| is_page(&media))
    }
}

fn line(stream: &mut dyn BufRead) -> io::Result<Vec<u8>> {
    let mut line = Vec::new();
    stream.take(LINE).read_until(b'\n', &mut line)?;
    Ok(line)
}

// --- Where the records are ------------------------------------------------------------------------------------------

/// Finds the records that carry a page or a text. Where a length is wrong the next head is looked for, and a note tells it.
pub(super) fn list(stream: Bytes, found: &mut Found) -> Result<(), Stop> {
    let mut records = Records { again: io::Cursor::default(), stream, at: 0 };
    let mut held: Option<Held> = None;
    let mut is_lost = false;
    loop {
        let begun = records.at;
        let first = records.peek()?;
        let head = records.head(&first)?;
        if let Some(head) = head {
            hand_on(held.take(), begun, found)?;
            (held, is_lost) = (Some(records.block(begun, &head)?), false);
        } else if !first.is_empty() && first.iter().all(u8::is_ascii_whitespace) {
            records.consume(first.len());
        } else {
            let is_end = first.is_empty();
            let wrong = held.as_mut().filter(|held| !is_lost && (!is_end || held.swallowed().is_some()));
            is_lost |= wrong.is_some();
            if let Some(wrong) = wrong {
                found.note(&format!("the length of the record at byte {} is wrong", wrong.begun))?;
                records.go_back(wrong);
            } else if is_end {
                break;
            }
            line(&mut records)?;
        }
    }
    let is_cut = held.as_ref().is_some_and(|held| held.is_cut);
    hand_on(held, records.at, found)?;
    if is_cut { Err(Stop::Trouble(ReadError::Cut)) } else { Ok(()) }
}

/// A record that is known as soon as the next one is.
struct Held {
    begun: u64,
    /// Where it ends if its length is right.
    end: u64,
    is_article: bool,
    /// What it carries, as long as that is kept.
    block: Vec<u8>,
    /// Whether the file ends before the record does.
    is_cut: bool,
}

impl Held {
    /// Where in what it carries the head of another record stands, which it then cannot be carrying.
    fn swallowed(&self) -> Option<usize> {
        self.block.windows(6).position(|bytes| bytes == b"\nWARC/").filter(|_| (self.block.len() as u64) < LARGEST)
    }
}

fn hand_on(held: Option<Held>, end: u64, found: &mut Found) -> Result<(), Stop> {
    match held {
        Some(held) if held.is_article => found.piece(held.begun, end - held.begun),
        _ => Ok(()),
    }
}

/// A stream that can be read again from a place not far behind.
struct Records<'a> {
    again: io::Cursor<Vec<u8>>,
    stream: Bytes<'a>,
    at: u64,
}

impl Read for Records<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.fill_buf()?.read(buffer)?;
        self.consume(read);
        Ok(read)
    }
}

impl BufRead for Records<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.again.position() < self.again.get_ref().len() as u64 { self.again.fill_buf() } else { self.stream.fill_buf() }
    }

    fn consume(&mut self, amount: usize) {
        self.at += amount as u64;
        if self.again.position() < self.again.get_ref().len() as u64 { self.again.consume(amount) } else { self.stream.consume(amount) }
    }
}

impl Records<'_> {
    /// Puts bytes back in front of those that come.
    fn put_back(&mut self, bytes: &[u8]) {
        self.at -= bytes.len() as u64;
        let at = usize::try_from(self.again.position()).unwrap_or(0);
        let (read, rest) = self.again.get_ref().split_at(at);
        if read.ends_with(bytes) {
            self.again.set_position((at - bytes.len()) as u64);
        } else {
            self.again = io::Cursor::new([bytes, rest].concat());
        }
    }

    /// The next line, which stays to be read; nothing at the end.
    fn peek(&mut self) -> io::Result<Vec<u8>> {
        let first = line(self)?;
        self.put_back(&first);
        Ok(first)
    }

    /// The head that begins with a line; where it is none, nothing is read.
    fn head(&mut self, first: &[u8]) -> io::Result<Option<Head>> {
        if first.starts_with(b"WARC/") || Head::of_arc(&String::from_utf8_lossy(first)).is_some() { Head::read(self) } else { Ok(None) }
    }

    /// Passes over what a record carries, and keeps it while it may be needed again.
    fn block(&mut self, begun: u64, head: &Head) -> io::Result<Held> {
        let length = head.length.unwrap_or(0);
        let mut block = Vec::new();
        let read = self.take(length.min(LARGEST)).read_to_end(&mut block)? as u64;
        let passed = io::copy(&mut self.take(length - read), &mut io::sink())?;
        let is_article = head.is_article(&block);
        Ok(Held { begun, end: self.at, is_article, is_cut: read + passed < length, block })
    }

    /// Where a record was said to be longer than it is, goes back to the head that it swallowed.
    fn go_back(&mut self, held: &mut Held) {
        let Some(at) = held.swallowed() else { return };
        // Only blank lines can have been passed since.
        let blank = vec![b'\n'; usize::try_from(self.at - held.end).unwrap_or(0)];
        self.put_back(&[&held.block[at..], &blank].concat());
        (held.block, held.is_cut) = (Vec::new(), false);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::read::tests::pieces;

    fn record(kind: &str, media: &str, block: &str, length: usize) -> String {
        format!(
            "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: http://www.gazette.example/a\r\nContent-Type: {media}\r\nContent-Length: {length}\r\n\r\n{block}\r\n\r\n"
        )
    }

    fn text(block: &str) -> String {
        record("conversion", "text/plain", block, block.len())
    }

    fn of(file: &str) -> (Vec<String>, Option<String>) {
        let (records, told) = pieces(file.as_bytes(), list);
        (records.iter().map(|record| parts(record.as_bytes()).map_or_else(|e| e.to_string(), |told| told.text)).collect(), told)
    }

    #[test]
    fn pages_and_texts_are_found_and_what_else_was_crawled_passes_by() {
        let page = format!(
            "<html><body><article><h1>A pact</h1>{}</article></body></html>",
            "<p>Two towns signed a pact on the lake, and all was well again.</p>".repeat(9)
        );
        let answer = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{page}");
        let lost = "HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n<p>Gone</p>";
        let http = "application/http; msgtype=response";
        let file = [
            record("warcinfo", "application/warc-fields", "software: x", 11),
            record("response", http, &answer, answer.len()),
            record("response", http, lost, lost.len()),
            record("request", "application/http; msgtype=request", "GET / HTTP/1.1", 14),
            text("Three towns."),
        ]
        .concat();
        let (texts, told) = of(&file);
        assert_eq!((texts.len(), told), (2, None));
        assert!(texts[0].contains("Two towns signed a pact") && texts[1] == "Three towns.", "{texts:?}");
    }

    #[test]
    fn wrong_lengths_cost_no_other_record() {
        let short = record("conversion", "text/plain", "Two towns\nand a lake.", 9);
        let long = record("conversion", "text/plain", "Two towns.", 190);
        for (wrong, first) in [(short, "Two towns\nand a lake."), (long, "Two towns.")] {
            let (texts, told) = of(&[wrong, text("Three towns."), text("Four towns.")].concat());
            assert_eq!(texts, [first, "Three towns.", "Four towns."]);
            assert!(told.is_some_and(|told| told.contains("the length of the record at byte 0 is wrong")));
        }
    }

    #[test]
    fn a_file_that_was_cut_off_gives_what_it_has() {
        let file = [text("Two towns."), record("conversion", "text/plain", "Three to", 500)].concat();
        let (texts, told) = of(file.trim_end());
        assert_eq!(texts, ["Two towns.", "Three to"]);
        assert!(told.is_some_and(|told| told.contains("ends in the middle")));
    }

    #[test]
    fn the_older_form_is_read_too() {
        let head =
            |media: &str, block: &str| format!("http://gazette.example/a 10.0.0.1 20310307120000 {media} {}\n{block}\n", block.len());
        let file =
            ["filedesc://a.arc 0.0.0.0 20310307120000 text/plain 5\n1 0 X\n", &head("text/plain", "Two towns."), &head("image/png", "x")]
                .concat();
        assert_eq!(of(&file), (vec![String::from("Two towns.")], None));
    }

    #[test]
    fn chunks_are_put_together() {
        assert_eq!(unchunked(b"4\r\nTwo \r\n5\r\ntowns\r\n0\r\n\r\n"), b"Two towns");
        assert_eq!(unchunked(b"not in chunks"), b"not in chunks");
    }
}
