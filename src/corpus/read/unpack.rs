//! Bytes inside files: sought where they lie as they are, else unpacked up to them, in bounded memory.

use super::parquet::Rows;
use super::{Format, LARGEST, ReadError};
use crate::corpus::place::{Piece, Source, Step};
use flate2::bufread::{DeflateDecoder, MultiGzDecoder};
use std::cell::Cell;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};
use std::path::Path;
use std::rc::Rc;
use std::sync::Arc;

/// A stream of bytes.
pub(in crate::corpus) type Bytes<'a> = Box<dyn BufRead + 'a>;

/// What unpacks to more than this many bytes …
const FREE: u64 = 256 * 1024 * 1024;
/// … and to more than this many times its size is made to unpack without end, and is read no further. Text comes to 20 times at most.
const RATIO: u64 = 200;

/// Opens a regular file; pipes and devices would keep the reader waiting.
pub(in crate::corpus) fn regular(path: &Path) -> Result<File, ReadError> {
    match path.metadata()?.file_type() {
        kind if kind.is_dir() => Err(ReadError::Folder),
        kind if !kind.is_file() => Err(ReadError::Special),
        _ => Ok(File::open(path)?),
    }
}

/// A stream behind one more step.
pub(in crate::corpus) fn step<'a>(mut stream: Bytes<'a>, step: Step) -> io::Result<Bytes<'a>> {
    if let Step::Slice { offset, length } = step {
        skip(&mut stream, offset)?;
        return Ok(Box::new(stream.take(length)));
    }
    let packed = Rc::new(Cell::new(0));
    let counted = Counted { stream, count: packed.clone() };
    let unpacking: Box<dyn Read + 'a> = match step {
        Step::Gzip => Box::new(MultiGzDecoder::new(counted)),
        Step::Zstd => Box::new(zstd::Decoder::with_buffer(counted)?),
        _ => Box::new(DeflateDecoder::new(counted)),
    };
    Ok(Box::new(BufReader::new(Guard { unpacking, packed, unpacked: 0 })))
}

/// Passes over some bytes, or as many as there are.
pub(super) fn skip(stream: &mut dyn BufRead, count: u64) -> io::Result<u64> {
    io::copy(&mut stream.take(count), &mut io::sink())
}

/// The first bytes of a stream, and the stream with them still in front. Where it cannot be read as far as that, the trouble comes
/// behind what could be read.
pub(in crate::corpus) fn head<'a>(mut stream: Bytes<'a>, length: u64) -> (Vec<u8>, Bytes<'a>) {
    let mut head = Vec::new();
    let rest: Bytes<'a> = match stream.by_ref().take(length).read_to_end(&mut head) {
        Ok(_) => stream,
        Err(error) => Box::new(BufReader::new(Broken(Some(error)))),
    };
    (head.clone(), Box::new(io::Cursor::new(head).chain(rest)))
}

/// A stream that has nothing but trouble.
struct Broken(Option<io::Error>);

impl Read for Broken {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        self.0.take().map_or(Ok(0), Err)
    }
}

/// Counts what is taken from a stream.
struct Counted<'a> {
    stream: Bytes<'a>,
    count: Rc<Cell<u64>>,
}

impl Read for Counted<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.stream.read(buffer)?;
        self.count.set(self.count.get() + read as u64);
        Ok(read)
    }
}

impl BufRead for Counted<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.stream.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.count.set(self.count.get() + amount as u64);
        self.stream.consume(amount);
    }
}

/// Ends a stream that unpacks without end.
struct Guard<'a> {
    unpacking: Box<dyn Read + 'a>,
    packed: Rc<Cell<u64>>,
    unpacked: u64,
}

impl Read for Guard<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.unpacked > FREE && self.unpacked / RATIO > self.packed.get() {
            return Err(io::Error::other(format!("it unpacks to more than {RATIO} times its size and was read no further")));
        }
        let read = self.unpacking.read(buffer)?;
        self.unpacked += read as u64;
        Ok(read)
    }
}

/// Reads pieces one after another. In a packed source, and in one of Parquet, it goes on from where the last piece ended, so that
/// pieces in order cost one unpacking together.
#[derive(Default)]
pub struct Cursor {
    open: Option<Open>,
    rows: Option<(Arc<Source>, Rows)>,
}

/// A packed source that is unpacked up to some byte.
struct Open {
    source: Arc<Source>,
    /// How many steps on its way are behind, all but the one to a member of an archive that is packed as a whole.
    steps: usize,
    stream: Bytes<'static>,
    at: u64,
}

impl Open {
    /// Whether a byte behind so many steps of a source is still to come.
    fn is_before(&self, source: &Source, steps: usize, start: u64) -> bool {
        let same = self.source.file == source.file && self.source.stamp == source.stamp;
        same && self.source.way.get(..self.steps) == source.way.get(..steps) && self.at <= start
    }
}

impl Cursor {
    /// The bytes of a piece. Nothing larger than [`LARGEST`] is read.
    pub(in crate::corpus) fn read(&mut self, piece: &Piece) -> Result<Vec<u8>, ReadError> {
        if piece.length > LARGEST && piece.length != Piece::REST {
            return Err(ReadError::Large(piece.length));
        }
        if piece.source.format == Format::Parquet {
            return self.row(piece);
        }
        if let Some(start) = piece.source.start() {
            return sought(piece, start);
        }
        let source = &piece.source;
        // The members of an archive that is packed as a whole lie in one stream.
        let (steps, slice) = match source.way[..] {
            [.., Step::Slice { offset, length }] => (source.way.len() - 1, Some((offset, length))),
            _ => (source.way.len(), None),
        };
        let (start, room) = slice.map_or((piece.offset, Piece::REST), |(offset, length)| {
            (offset.saturating_add(piece.offset), length.saturating_sub(piece.offset))
        });
        let mut open = match self.open.take().filter(|open| open.is_before(source, steps, start)) {
            Some(open) => open,
            None => Open { source: source.clone(), steps, stream: opened(&source.file, &source.way[..steps])?, at: 0 },
        };
        open.at += skip(&mut open.stream, start - open.at)?;
        let bytes = bounded(&mut open.stream, piece.length.min(room))?;
        open.at += bytes.len() as u64;
        self.open = Some(open);
        Ok(bytes)
    }

    fn row(&mut self, piece: &Piece) -> Result<Vec<u8>, ReadError> {
        let (source, mut rows) = match self.rows.take() {
            Some((source, rows)) if source == piece.source => (source, rows),
            _ => (piece.source.clone(), Rows::open(&piece.source)?),
        };
        let row = rows.row(piece.offset);
        self.rows = Some((source, rows));
        row
    }
}

/// A piece of bytes that lie in the file as they are.
fn sought(piece: &Piece, start: u64) -> Result<Vec<u8>, ReadError> {
    let mut file = regular(&piece.source.file)?;
    file.seek(SeekFrom::Start(start + piece.offset))?;
    let room = match piece.source.way[..] {
        [Step::Slice { length, .. }] => length.saturating_sub(piece.offset),
        _ => Piece::REST,
    };
    bounded(&mut file, piece.length.min(room))
}

/// All bytes to which some steps lead in a file.
pub(in crate::corpus) fn opened(file: &Path, way: &[Step]) -> Result<Bytes<'static>, ReadError> {
    let mut file = regular(file)?;
    let (stream, way): (Bytes, _) = match way {
        [Step::Slice { offset, length }, way @ ..] => {
            file.seek(SeekFrom::Start(*offset))?;
            (Box::new(BufReader::new(file.take(*length))), way)
        }
        _ => (Box::new(BufReader::new(file)), way),
    };
    Ok(way.iter().try_fold(stream, |stream, next| step(stream, *next))?)
}

/// As many bytes as there are, up to a length; an article that has more than [`LARGEST`] is refused.
fn bounded(stream: &mut dyn Read, length: u64) -> Result<Vec<u8>, ReadError> {
    let mut bytes = Vec::new();
    stream.take(length.min(LARGEST + 1)).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LARGEST { Err(ReadError::Endless) } else { Ok(bytes) }
}
