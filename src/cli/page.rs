//! Prints lines of text for people: the width of the terminal, colours where there are any, and a closed pipe that is no trouble.

use crate::ui::Depth;
use crossterm::style::{Attribute, Color, ContentStyle, StyledContent, force_color_output};
use std::io::{self, IsTerminal, Write};

/// Standard output as a page.
pub(super) struct Page {
    out: io::BufWriter<io::Stdout>,
    colored: bool,
    /// Cells of a line.
    pub(super) width: usize,
}

/// What a text on a page is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ink {
    Plain,
    Strong,
    Quiet,
    Left,
    Right,
    LeftDeep,
    RightDeep,
    Under,
    Moved,
}

/// The width of a page that is no terminal's.
const UNKNOWN: usize = 100;

impl Page {
    /// A page of the given width, or as wide as the terminal. Colours only where a terminal shows them.
    pub(super) fn new(width: Option<usize>, depth: Depth) -> Self {
        let terminal = io::stdout().is_terminal();
        let cells = || if terminal { crossterm::terminal::size().map_or(UNKNOWN, |(columns, _)| usize::from(columns)) } else { UNKNOWN };
        // Whether `NO_COLOR` counts was decided with the depth; crossterm would let it count in any case.
        force_color_output(true);
        Page {
            out: io::BufWriter::new(io::stdout()),
            colored: terminal && depth != Depth::None,
            width: width.unwrap_or_else(cells).max(20),
        }
    }

    /// Writes a text as it is; it must be safe already.
    pub(super) fn write(&mut self, text: &str, ink: Ink) -> io::Result<()> {
        if !self.colored || ink == Ink::Plain {
            return self.out.write_all(text.as_bytes());
        }
        write!(self.out, "{}", StyledContent::new(style(ink), text))
    }

    /// Ends the line.
    pub(super) fn end(&mut self) -> io::Result<()> {
        self.out.write_all(b"\n")
    }

    /// Whether colours are shown; without them words alone must say what differs.
    pub(super) fn is_colored(&self) -> bool {
        self.colored
    }

    /// Sends everything off.
    pub(super) fn finish(mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// The 16 colours of the terminal, so that a page fits the reader's background.
fn style(ink: Ink) -> ContentStyle {
    let mut style = ContentStyle::new();
    let (color, attribute) = match ink {
        Ink::Plain => (None, None),
        Ink::Strong => (None, Some(Attribute::Bold)),
        Ink::Quiet => (None, Some(Attribute::Dim)),
        Ink::Left => (Some(Color::DarkYellow), None),
        Ink::Right => (Some(Color::Blue), None),
        Ink::LeftDeep => (Some(Color::DarkYellow), Some(Attribute::Bold)),
        Ink::RightDeep => (Some(Color::Blue), Some(Attribute::Bold)),
        Ink::Under => (None, Some(Attribute::Underlined)),
        Ink::Moved => (Some(Color::Magenta), None),
    };
    style.foreground_color = color;
    style.attributes = attribute.map(Into::into).unwrap_or_default();
    style
}

/// Makes a closed pipe the end instead of trouble: whoever reads has seen enough.
pub(super) fn unless_closed(result: io::Result<()>) -> anyhow::Result<()> {
    is_read(result).map(drop)
}

/// Whether somebody still reads what is written.
pub(super) fn is_read(result: io::Result<()>) -> anyhow::Result<bool> {
    match result {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(false),
        other => Ok(other.map(|()| true)?),
    }
}
