//! A file of marks: lines are added at its end, under a lock, and never changed.

use super::mark::{Line, Mark};
use crate::text::width;
use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, BufRead, BufReader, ErrorKind, Read, Seek, SeekFrom, Write};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

/// A line is a mark and its note; what is longer in bytes is something else, and is never held in memory.
pub(super) const LONGEST: usize = 1 << 20;

/// A file of marks that may be there or not.
#[derive(Debug)]
pub(super) struct Log {
    pub(super) path: PathBuf,
    /// Whether the folder that it is in is made with it.
    makes_folder: bool,
    seen: Seen,
}

/// How far a file was read, and what was in it besides marks.
#[derive(Debug, Default)]
struct Seen {
    /// The file itself, whatever its name: device and number.
    file: Option<(u64, u64)>,
    /// Where the first line begins that was not read whole.
    offset: u64,
    /// Lines before it.
    lines: usize,
    /// Lines that are no marks, and the number of the first one.
    others: usize,
    first_other: Option<usize>,
    /// Marks of a newer format.
    newer: usize,
    /// Whether the last line is torn.
    torn: bool,
    /// Why the file could not be read.
    trouble: Option<String>,
}

impl Log {
    /// A file in a folder that must be there.
    pub(super) fn new(path: PathBuf) -> Self {
        Log { path, makes_folder: false, seen: Seen::default() }
    }

    /// A file in a folder that is made with its first mark.
    pub(super) fn with_folder(path: PathBuf) -> Self {
        Log { makes_folder: true, ..Log::new(path) }
    }

    // --- Reading ----------------------------------------------------------------------------------------------------

    /// Whether what was read so far is no longer in the file: it was exchanged, cut, or taken away.
    pub(super) fn is_stale(&self) -> bool {
        let Some(seen) = self.seen.file else { return false };
        fs::metadata(&self.path).map_or(true, |now| identity(&now) != seen || now.len() < self.seen.offset)
    }

    /// Forgets what was read, so that the next reading begins at the start.
    pub(super) fn forget(&mut self) {
        self.seen = Seen::default();
    }

    /// The marks that were added since the last reading. A file that is not there has none; one that cannot be read is told of.
    pub(super) fn read(&mut self) -> Vec<Mark> {
        let mut marks = Vec::new();
        self.seen.trouble = match self.read_on(&mut marks) {
            Err(error) if error.kind() != ErrorKind::NotFound => Some(error.to_string()),
            _ => None,
        };
        marks
    }

    fn read_on(&mut self, marks: &mut Vec<Mark>) -> io::Result<()> {
        is_regular(&fs::metadata(&self.path)?)?;
        let file = File::open(&self.path)?;
        self.seen.file = Some(identity(&file.metadata()?));
        self.seen.torn = false;
        let mut reader = BufReader::new(file);
        reader.seek(SeekFrom::Start(self.seen.offset))?;
        let mut line = Vec::new();
        while let Some(length) = next_line(&mut reader, &mut line)? {
            let is_whole = line.ends_with(b"\n") || line.len() == LONGEST;
            self.take(Line::read(&line), is_whole, marks);
            if is_whole {
                (self.seen.offset, self.seen.lines) = (self.seen.offset + length, self.seen.lines + 1);
            }
        }
        Ok(())
    }

    /// Counts a line. One that has no end yet is read again the next time, and is only counted then.
    fn take(&mut self, line: Line, is_whole: bool, marks: &mut Vec<Mark>) {
        match line {
            Line::Mark(mark) => marks.push(*mark),
            Line::Blank => {}
            _ if !is_whole => self.seen.torn = true,
            Line::Newer => self.seen.newer += 1,
            Line::Other => {
                self.seen.others += 1;
                self.seen.first_other.get_or_insert(self.seen.lines + 1);
            }
        }
    }

    /// What is to be told of the file, each in a sentence.
    pub(super) fn told(&self) -> Vec<String> {
        let Seen { lines, others, first_other, newer, torn, trouble, .. } = &self.seen;
        let others = others + usize::from(*torn);
        let first = first_other.unwrap_or(lines + 1);
        let path = self.path.display().to_string();
        let path = width::safe(&path);
        let trouble = trouble.as_ref().map(|why| format!("{path}: the marks in it cannot be read: {why}"));
        let passed = match others {
            0 => None,
            1 => Some(format!("{path}: line {first} is no mark and was passed over")),
            _ => Some(format!("{path}: {others} lines are no marks and were passed over, the first is line {first}")),
        };
        let newer = (*newer > 0).then(|| format!("{path}: marks of a newer variorum are not shown: {newer}"));
        trouble.into_iter().chain(passed).chain(newer).collect()
    }

    // --- Writing ----------------------------------------------------------------------------------------------------

    /// Opens the file to write in it, alone among all programs until it is closed. Answers whether it was made for that.
    pub(super) fn open(&self) -> io::Result<(File, bool)> {
        if let Some(folder) = self.path.parent().filter(|_| self.makes_folder) {
            fs::create_dir_all(folder)?;
        }
        loop {
            let (file, is_new) = self.open_or_create()?;
            lock(&file)?;
            // The file may have been exchanged for another one before it was locked.
            if fs::metadata(&self.path).is_ok_and(|now| file.metadata().is_ok_and(|own| identity(&own) == identity(&now))) {
                return Ok((file, is_new));
            }
        }
    }

    fn open_or_create(&self) -> io::Result<(File, bool)> {
        let options = || OpenOptions::new().read(true).append(true).clone();
        // A link in a corpus of somebody else's could lead to any file of the editor.
        match fs::symlink_metadata(&self.path) {
            Ok(meta) => is_regular(&meta).and_then(|()| Ok((options().open(&self.path)?, false))),
            Err(error) if error.kind() == ErrorKind::NotFound => match options().create_new(true).open(&self.path) {
                Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok((options().open(&self.path)?, false)),
                made => Ok((made?, true)),
            },
            Err(error) => Err(error),
        }
    }

    /// Adds a line, and answers when it is on the disk. What an earlier writer has left half written is ended first.
    pub(super) fn append(&self, (mut file, is_new): (File, bool), line: &str) -> io::Result<()> {
        let text = if is_torn(&mut file)? { format!("\n{line}") } else { line.to_string() };
        let written = file.write(text.as_bytes())?;
        if written < text.len() {
            return Err(io::Error::new(ErrorKind::StorageFull, "only a part of it could be written"));
        }
        file.sync_data()?;
        if is_new { sync_folder(&self.path) } else { Ok(()) }
    }
}

/// Reads a line, of one that is too long only the beginning; answers how many bytes it has.
fn next_line(reader: &mut impl BufRead, line: &mut Vec<u8>) -> io::Result<Option<u64>> {
    line.clear();
    let mut length = reader.by_ref().take(LONGEST as u64).read_until(b'\n', line)?;
    if length == LONGEST && !line.ends_with(b"\n") {
        length += reader.skip_until(b'\n')?;
    }
    Ok((length > 0).then_some(length as u64))
}

/// Pipes and devices are never opened: they may block for ever, or keep nothing.
fn is_regular(meta: &Metadata) -> io::Result<()> {
    match meta.file_type() {
        kind if kind.is_dir() => Err(io::Error::other("it is a folder")),
        kind if kind.is_symlink() => Err(io::Error::other("it is a link")),
        kind if !kind.is_file() => Err(io::Error::other("it is no regular file")),
        _ => Ok(()),
    }
}

/// Where the system cannot lock, appending alone has to do.
fn lock(file: &File) -> io::Result<()> {
    file.lock().or_else(|error| if error.kind() == ErrorKind::Unsupported { Ok(()) } else { Err(error) })
}

fn identity(meta: &Metadata) -> (u64, u64) {
    (meta.dev(), meta.ino())
}

/// Whether the last line of a file has no end.
fn is_torn(file: &mut File) -> io::Result<bool> {
    if file.metadata()?.len() == 0 {
        return Ok(false);
    }
    let mut last = [0];
    file.seek(SeekFrom::End(-1))?;
    file.read_exact(&mut last)?;
    Ok(last != *b"\n")
}

/// A new file is only there for good when its folder is on the disk too; some systems cannot say so.
fn sync_folder(path: &Path) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    match File::open(folder)?.sync_all() {
        Err(error) if !matches!(error.kind(), ErrorKind::Unsupported | ErrorKind::InvalidInput) => Err(error),
        _ => Ok(()),
    }
}
