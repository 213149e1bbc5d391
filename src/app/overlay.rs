//! What lies over the panes for a while: the entry line of a search or a filter, the palette, the help, the list of skipped files, the settings.

use super::command::{COMMANDS, Command};
use super::key::{Code, Key};
use super::layout::Pane;
use super::marks::MarksList;
use super::scroll::Scroll;
use crate::text::width;
use frizbee::{Config, Matcher};
use tui_input::{Input, InputRequest};

/// Cells that the widest list over the panes may have.
pub const WIDEST: u16 = 120;

/// What lies over the panes.
#[derive(Debug)]
pub enum Overlay {
    /// An entry line at the bottom.
    Prompt(Prompt),
    /// A list of commands to choose from by typing.
    Palette(Palette),
    /// The keys.
    Help(Scroll),
    /// What was passed over, and why.
    Skipped(Scroll),
    /// Where the settings came from, and what in them could not be used.
    Settings(Scroll),
    /// The marks of editors.
    Marks(MarksList),
}

/// What an entry line is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Words to look for in a pane.
    Search(Pane),
    /// Words that the articles of the tree must contain.
    Filter,
    /// What the variants of the table must be or have.
    Variants,
    /// Words that all articles are searched for.
    Words,
    /// A note on a place.
    Note,
    /// Where a report is to go.
    Report,
    /// Whether a report may take the place of a file.
    Overwrite,
}

/// An entry line.
#[derive(Debug)]
pub struct Prompt {
    /// What it is for.
    pub purpose: Purpose,
    /// What was typed.
    pub input: Input,
    /// What stood there before, for `Esc`.
    pub before: String,
}

/// The palette: every command that can be run now, the best matches first.
#[derive(Debug)]
pub struct Palette {
    /// What was typed.
    pub input: Input,
    /// The commands that match, as indices into [`COMMANDS`].
    pub found: Vec<usize>,
    /// Where the reader is in them.
    pub scroll: Scroll,
    allowed: Vec<usize>,
}

impl Palette {
    /// A palette of the given commands.
    pub fn new(allowed: Vec<usize>) -> Self {
        Palette { input: Input::default(), found: allowed.clone(), scroll: Scroll::default(), allowed }
    }

    /// The command under the cursor.
    pub fn chosen(&self) -> Option<&'static Command> {
        self.found.get(self.scroll.cursor).map(|&index| &COMMANDS[index])
    }

    /// Sorts the commands by how well they match what was typed.
    pub fn sift(&mut self) {
        let typed = self.input.value().trim();
        self.scroll = Scroll::default();
        if typed.is_empty() {
            self.found = self.allowed.clone();
            return;
        }
        let told: Vec<String> = self.allowed.iter().map(|&i| format!("{} {}", COMMANDS[i].name, COMMANDS[i].help)).collect();
        let config = Config { max_typos: Some(0), ..Config::default() };
        let mut matches = Matcher::new(typed, &config).match_list(&told);
        matches.sort_by(|a, b| b.score.cmp(&a.score).then(a.index.cmp(&b.index)));
        self.found = matches.iter().map(|m| self.allowed[m.index as usize]).collect();
    }
}

/// What a key did to an entry line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Typed {
    /// The text changed.
    Changed,
    /// Only the place changed, or nothing did.
    Nothing,
    /// The entry is to be taken.
    Taken,
    /// The entry is to be given up.
    GivenUp,
}

/// Lets a key work on an entry line.
pub fn type_key(input: &mut Input, key: Key) -> Typed {
    let request = match (key.code, key.ctrl) {
        (Code::Enter, _) => return Typed::Taken,
        (Code::Esc, _) | (Code::Char('c' | 'g'), true) => return Typed::GivenUp,
        (Code::Backspace, _) if input.value().is_empty() => return Typed::GivenUp,
        (Code::Backspace, _) | (Code::Char('h'), true) => InputRequest::DeletePrevChar,
        (Code::Delete, _) | (Code::Char('d'), true) => InputRequest::DeleteNextChar,
        (Code::Left, _) | (Code::Char('b'), true) => InputRequest::GoToPrevChar,
        (Code::Right, _) | (Code::Char('f'), true) => InputRequest::GoToNextChar,
        (Code::Home, _) | (Code::Char('a'), true) => InputRequest::GoToStart,
        (Code::End, _) | (Code::Char('e'), true) => InputRequest::GoToEnd,
        (Code::Char('w'), true) => InputRequest::DeletePrevWord,
        (Code::Char('u'), true) => InputRequest::DeleteLine,
        (Code::Char('k'), true) => InputRequest::DeleteTillEnd,
        (Code::Char(c), false) if !key.alt => InputRequest::InsertChar(c),
        _ => return Typed::Nothing,
    };
    match input.handle(request) {
        Some(changed) if changed.value => Typed::Changed,
        _ => Typed::Nothing,
    }
}

/// Puts a pasted text into an entry line; line ends become blanks.
pub fn paste(input: &mut Input, text: &str) {
    for c in text.chars().map(|c| if c.is_control() { ' ' } else { c }) {
        input.handle(InputRequest::InsertChar(c));
    }
}

/// The first words of a place, to know it again by.
pub fn shortened(words: &str) -> String {
    const CELLS: usize = 30;
    width::clipped(&width::flat(words), CELLS).into_owned()
}
