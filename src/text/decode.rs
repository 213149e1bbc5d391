//! Bytes to text: byte order marks, UTF-8, UTF-16 and the legacy encodings of the web.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// A text and what was learned while decoding it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// The text; every offset that variorum tells counts its bytes.
    pub text: String,
    /// Name of the encoding after the WHATWG Encoding Standard.
    pub encoding: &'static str,
    /// Whether bytes that are invalid in that encoding were replaced by U+FFFD.
    pub replaced: bool,
}

/// How many bytes are looked at to tell text from binary.
const SNIFF: usize = 8192;

/// Whether the bytes are no text: a NUL near the start, outside UTF-16, or mostly control characters.
pub fn is_binary(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(SNIFF)];
    if told(head).is_some() {
        return false;
    }
    let controls = head.iter().filter(|&&b| b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r' | 0x0c | 0x1b | 0x08)).count();
    head.contains(&0) || controls * 10 > head.len()
}

/// The encoding that the first bytes of a file tell: by a byte order mark, or as UTF-16 does by its zeros.
pub fn told(head: &[u8]) -> Option<&'static Encoding> {
    Encoding::for_bom(head).map(|(marked, _)| marked).or_else(|| utf16_without_mark(&head[..head.len().min(SNIFF)]))
}

/// Decodes some of the bytes of a file of which the encoding may be known.
pub fn decode_as(bytes: &[u8], encoding: Option<&'static Encoding>) -> Decoded {
    let Some(encoding) = encoding else { return decode(bytes) };
    let (text, replaced) = encoding.decode_with_bom_removal(bytes);
    Decoded { text: text.into_owned(), encoding: encoding.name(), replaced }
}

/// Decodes bytes: a byte order mark decides, then valid UTF-8, then UTF-16 by its pattern of zero bytes, then detection.
pub fn decode(bytes: &[u8]) -> Decoded {
    let encoding = encoding_of(bytes);
    let (text, used, replaced) = encoding.decode(bytes);
    Decoded { text: text.into_owned(), encoding: used.name(), replaced }
}

fn encoding_of(bytes: &[u8]) -> &'static Encoding {
    if let Some((marked, _)) = Encoding::for_bom(bytes) {
        return marked;
    }
    if std::str::from_utf8(bytes).is_ok() {
        return UTF_8;
    }
    utf16_without_mark(&bytes[..bytes.len().min(SNIFF)]).unwrap_or_else(|| detected(bytes))
}

/// Legacy detection; texts that are UTF-8 but for a few damaged bytes stay UTF-8, where the damage shows as U+FFFD.
fn detected(bytes: &[u8]) -> &'static Encoding {
    if mostly_utf8(bytes) {
        return UTF_8;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Allow)
}

fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut wide, mut broken) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        wide += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    wide > 4 * broken
}

/// UTF-16 text in a Latin script has a zero in nearly every second byte.
fn utf16_without_mark(head: &[u8]) -> Option<&'static Encoding> {
    let zeros = |odd: usize| head.iter().skip(odd).step_by(2).filter(|&&b| b == 0).count();
    let (even, odd, half) = (zeros(0), zeros(1), head.len() / 2);
    match () {
        () if half < 2 => None,
        () if odd * 10 > half * 7 && even * 10 < half => Some(UTF_16LE),
        () if even * 10 > half * 7 && odd * 10 < half => Some(UTF_16BE),
        () => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf16(text: &str, mark: bool) -> Vec<u8> {
        let marked = if mark { format!("\u{feff}{text}") } else { text.to_string() };
        marked.encode_utf16().flat_map(u16::to_le_bytes).collect()
    }

    #[test]
    fn text_comes_out_whatever_the_encoding() {
        let plain = "The café’s owner said “no” twice. Nobody believed the naïve reply at first.";
        let windows = plain.replace('’', "\u{92}").replace('“', "\u{93}").replace('”', "\u{94}");
        let windows: Vec<u8> = windows.chars().map(|c| c as u8).collect();
        let table: &[(&str, Vec<u8>, &str)] = &[
            ("UTF-8", plain.as_bytes().to_vec(), "UTF-8"),
            ("UTF-8 with mark", [b"\xef\xbb\xbf", plain.as_bytes()].concat(), "UTF-8"),
            ("UTF-16 with mark", utf16(plain, true), "UTF-16LE"),
            ("UTF-16 without mark", utf16(plain, false), "UTF-16LE"),
            ("Windows-1252", windows, "windows-1252"),
        ];
        for (name, bytes, encoding) in table {
            let decoded = decode(bytes);
            assert_eq!(decoded.text, plain, "{name}");
            assert_eq!((decoded.encoding, decoded.replaced), (*encoding, false), "{name}");
            assert!(!is_binary(bytes), "{name}");
        }
    }

    #[test]
    fn damage_is_told_and_the_rest_survives() {
        let decoded = decode("“Öl”, “Öl”, “Öl” and ".bytes().chain([0xff]).chain("more".bytes()).collect::<Vec<_>>().as_slice());
        assert_eq!(decoded.text, "“Öl”, “Öl”, “Öl” and \u{fffd}more");
        assert!(decoded.replaced);
    }

    #[test]
    fn programs_and_pictures_are_binary() {
        assert!(is_binary(b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x02\0>\0"));
        assert!(is_binary(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"));
        assert!(!is_binary(b""));
        assert!(!is_binary(b"\x1b[31mred\x1b[0m text with escapes in it"));
    }
}
