//! Files in UTF-16: the signs that readers look for, one byte for each unit, so that offsets stay those of the file.

use super::LARGEST;
use super::unpack::Bytes;
use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};
use std::borrow::Cow;
use std::io::{self, BufRead, Read};

/// Bytes that one sign has in a file, as its mark or its first bytes tell; nothing is known of most files, and there it is one.
pub(in crate::corpus) fn width(encoding: Option<&'static Encoding>) -> u64 {
    if is_wide(encoding) { 2 } else { 1 }
}

fn is_wide(encoding: Option<&'static Encoding>) -> bool {
    encoding.is_some_and(|encoding| encoding == UTF_16LE || encoding == UTF_16BE)
}

/// The first bytes of a file as signs.
pub(super) fn signs<'a>(head: &'a [u8], encoding: Option<&'static Encoding>) -> Cow<'a, [u8]> {
    match encoding {
        Some(encoding) if is_wide(Some(encoding)) => head.chunks_exact(2).map(|unit| sign([unit[0], unit[1]], encoding)).collect(),
        _ => Cow::Borrowed(head),
    }
}

/// A stream as signs.
pub(super) fn narrow<'a>(stream: Bytes<'a>, encoding: Option<&'static Encoding>) -> Bytes<'a> {
    match encoding {
        Some(encoding) if is_wide(Some(encoding)) => Box::new(Narrow { stream, encoding, half: None, signs: Vec::new(), at: 0 }),
        _ => stream,
    }
}

/// The sign for a unit. What is not ASCII means nothing to a reader that looks for where an article begins, and is a letter to it.
fn sign(unit: [u8; 2], encoding: &'static Encoding) -> u8 {
    match if encoding == UTF_16BE { u16::from_be_bytes(unit) } else { u16::from_le_bytes(unit) } {
        0xfeff => b' ',
        unit => u8::try_from(unit).ok().filter(u8::is_ascii).unwrap_or(b'x'),
    }
}

/// The next line, as it stands in the file. One that is too long for an article is cut there.
pub(super) fn line(stream: &mut dyn BufRead, encoding: Option<&'static Encoding>) -> io::Result<Vec<u8>> {
    let mut line = Vec::new();
    loop {
        let before = line.len();
        stream.take(LARGEST - before as u64).read_until(b'\n', &mut line)?;
        if encoding == Some(UTF_16LE) && line.len() % 2 == 1 {
            stream.take(1).read_to_end(&mut line)?;
        }
        let is_whole = (line.len() as u64).is_multiple_of(width(encoding));
        let is_end = is_whole && signs(&line[before - before % 2..], encoding).ends_with(b"\n");
        if is_end || line.len() == before || line.len() as u64 >= LARGEST {
            return Ok(line);
        }
    }
}

/// A stream with one byte for each unit of another one.
struct Narrow<'a> {
    stream: Bytes<'a>,
    encoding: &'static Encoding,
    /// The first half of a unit whose other half was not there yet.
    half: Option<u8>,
    signs: Vec<u8>,
    at: usize,
}

impl Read for Narrow<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.fill_buf()?.read(buffer)?;
        self.consume(read);
        Ok(read)
    }
}

impl BufRead for Narrow<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        while self.at >= self.signs.len() {
            self.signs.clear();
            self.at = 0;
            let bytes = self.stream.fill_buf()?;
            let length = bytes.len();
            if length == 0 {
                break;
            }
            for &byte in bytes {
                match self.half.take() {
                    None => self.half = Some(byte),
                    Some(first) => self.signs.push(sign([first, byte], self.encoding)),
                }
            }
            self.stream.consume(length);
        }
        Ok(&self.signs[self.at..])
    }

    fn consume(&mut self, amount: usize) {
        self.at += amount;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes(text: &str, encoding: &'static Encoding) -> Vec<u8> {
        let bytes = |unit: u16| if encoding == UTF_16BE { unit.to_be_bytes() } else { unit.to_le_bytes() };
        text.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn every_unit_is_one_sign() {
        for encoding in [UTF_16LE, UTF_16BE] {
            let wide = bytes("\u{feff}{\"a\": \"Ċ∢😀\"}\n", encoding);
            // Pieces of three bytes cut units in the middle.
            let stream = Box::new(io::BufReader::with_capacity(3, &wide[..]));
            let mut read = Vec::new();
            narrow(stream, Some(encoding)).read_to_end(&mut read).unwrap();
            assert_eq!(String::from_utf8(read).unwrap(), " {\"a\": \"xxxx\"}\n");
            assert_eq!(signs(&wide, Some(encoding)), &b" {\"a\": \"xxxx\"}\n"[..]);
        }
    }

    #[test]
    fn lines_end_where_a_unit_says_so() {
        // The bytes of these letters are those of ends of lines.
        let text = "id,\u{010a}\u{0a0a}\u{0a00}\n\nnext";
        for encoding in [UTF_16LE, UTF_16BE] {
            let wide = bytes(text, encoding);
            let mut stream = &wide[..];
            let mut next = || line(&mut stream, Some(encoding)).unwrap();
            assert_eq!(next(), bytes("id,\u{010a}\u{0a0a}\u{0a00}\n", encoding));
            assert_eq!((next(), next(), next()), (bytes("\n", encoding), bytes("next", encoding), vec![]));
        }
        assert_eq!(line(&mut &b"a\nb"[..], None).unwrap(), b"a\n");
    }
}
