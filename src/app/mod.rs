//! What the reader sees, as plain data. No terminal type is known here, and `update` does no input or output.
//!
//! A [`Message`] comes in, [`App::update`] changes the state and answers with [`Request`]s; the floor above carries them out
//! and draws what [`App`] says. Drawing is a function of the state alone.

mod arriving;
pub mod bindings;
pub mod changing;
pub mod check;
pub mod command;
mod finding;
mod folders;
mod hits;
mod input;
pub mod jumps;
pub mod key;
pub mod layout;
mod leaving;
pub mod listing;
pub mod marks;
mod mouse;
mod moving;
pub mod overlay;
pub mod parallel;
pub mod printing;
pub mod reader;
pub mod rows;
pub mod scroll;
pub mod session;
pub mod settings;
mod showing;
pub mod spot;
pub mod story;
pub mod task;
pub mod tree;
pub mod variants;
pub mod versions;
mod walking;
pub mod words;
mod work;

use crate::collate::Levels;
use crate::corpus::notes::{Mark, Marks};
use crate::corpus::{Article, Digest, Entry, Furniture, Reading, Skipped, story::Story};
use bindings::Bindings;
use command::COMMANDS;
use jumps::Jumps;
use key::Key;
use layout::{Areas, Border, Borders, Pane};
use listing::Listing;
use overlay::Overlay;
use parallel::{Pair, Parallel};
use reader::Reader;
use rows::Setting;
use scroll::Scroll;
use session::Bookmark;
use settings::Loaded;
use spot::{At, Spot};
use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::Arc;
use task::Request;
use tree::{Order, Tree};
use variants::Variants;
use versions::Versions;
pub use work::Work;

/// Something that happened.
#[derive(Debug)]
pub enum Message {
    /// A key was pressed.
    Key(Key),
    /// A text was pasted.
    Paste(String),
    /// The mouse did something at a cell.
    Mouse(Mouse, u16, u16),
    /// The terminal has this many columns and rows.
    Resize(u16, u16),
    /// The terminal told whether its background is light.
    Background(bool),
    /// The scan found files.
    Found(Vec<Entry>, Vec<Skipped>),
    /// The scan reads a huge folder, and has read so many of its names.
    Names(usize),
    /// The scan has seen everything.
    Scanned,
    /// Files were read for the lists.
    Read(Vec<(usize, Result<Digest, String>)>),
    /// The whole corpus was read: its stories, and what of it is page furniture.
    Grouped(Vec<Story>, Arc<Furniture>),
    /// An article for the article pane.
    Opened {
        /// Its index.
        index: usize,
        /// The article, or why there is none.
        article: Result<Arc<Article>, String>,
    },
    /// Two articles for the difference pane.
    Compared {
        /// Their indices.
        indices: [usize; 2],
        /// The comparison, or why there is none.
        pair: Result<Pair, String>,
    },
    /// Figures for the tree: each version with its likeness to the base and its number of flags.
    Likened {
        /// The version that the others were compared with.
        base: usize,
        /// The figures.
        figures: Vec<(usize, f64, usize)>,
    },
    /// All versions of a story, side by side.
    Gathered {
        /// The indices of those that were asked for.
        asked: Vec<usize>,
        /// Those that could be read.
        versions: Box<Versions>,
    },
    /// A rewrite was held against its sources.
    Checked {
        /// What was asked for.
        asked: check::Asked,
        /// What was found, or why there is nothing.
        checked: Result<Box<check::Checked>, String>,
    },
    /// The marks as they are now.
    Marks(Arc<Marks>),
    /// A decision was saved, or taken back: all marks, and the new one; or why it was not saved.
    Decided(Result<(Arc<Marks>, Option<Box<Mark>>), String>),
    /// What became of a report.
    Printed(printing::Printed),
    /// What the index has for some words.
    Answered(words::Answer),
    /// What is done with the corpus now.
    Work(Work),
    /// The corpus has changed on the disk.
    Changed(Box<changing::Change>),
    /// The next slice of what [`Request::GoOn`] asked for.
    GoOn,
    /// Something to tell the reader.
    Notice(String),
}

/// About how many articles are taken in from the corpus between two frames: a scan tells of a million of them in a second.
const ROOM: usize = 4096;

impl Message {
    /// Whether it tells of articles by their indices, so that one must not be taken in before another.
    fn is_of_corpus(&self) -> bool {
        use Message::{Answered, Changed, Found, Grouped, Names, Read, Scanned};
        matches!(self, Found(..) | Names(_) | Scanned | Changed(_) | Read(_) | Grouped(..) | Answered(_))
    }

    /// How many articles it brings.
    fn articles(&self) -> usize {
        match self {
            Message::Found(entries, _) => entries.len(),
            Message::Read(results) => results.len(),
            Message::Changed(change) => change.order.len(),
            _ => 0,
        }
    }
}

/// What a mouse does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mouse {
    /// The left button went down.
    Press,
    /// The mouse moved with the button down.
    Drag,
    /// The button went up.
    Release,
    /// The wheel turned by this many notches, down being positive.
    Wheel(isize),
}

/// The whole state of the program.
#[derive(Debug)]
pub struct App {
    /// Columns and rows of the terminal.
    pub size: (u16, u16),
    /// Where the borders were dragged to.
    pub borders: Borders,
    /// The pane that keys go to.
    pub focus: Pane,
    /// Whether that pane has the whole screen.
    pub zoomed: bool,
    /// Whether the background is light.
    pub light: bool,
    /// The levels of difference that are on.
    pub levels: Levels,
    /// Whether what is the same on both sides is folded away.
    pub folded: bool,
    /// Whether sentences are shown whole.
    pub wrapped: bool,
    /// How articles are read: what is known to be page furniture, and whether it counts.
    pub reading: Reading,
    /// The corpus.
    pub listing: Listing,
    /// The corpus pane.
    pub tree: Tree,
    /// The article pane.
    pub reader: Reader,
    /// The difference pane.
    pub parallel: Parallel,
    /// All versions of the story that is shown, once they were put side by side.
    pub gathered: Option<Arc<Versions>>,
    /// The table of variants.
    pub variants: Variants,
    /// The story view.
    pub story: story::Story,
    /// The check view.
    pub check: check::View,
    /// What it shows, once it was worked out.
    pub checked: Option<Arc<check::Checked>>,
    /// The marks of editors.
    pub marks: marks::Marked,
    /// The words that all articles are searched for.
    pub words: words::Words,
    /// What is done with the corpus beside the reader.
    pub work: Work,
    /// What the tree was like, while other stories are taken in.
    before_grouping: Option<changing::Before>,
    /// What lies over the panes.
    pub overlay: Option<Overlay>,
    /// The article that was marked as the left side.
    pub marked: Option<usize>,
    /// The left and right side that are wanted; the difference pane shows them once they are compared.
    pub wanted: Option<[usize; 2]>,
    /// Likeness to the first version of the story, and the number of flags, of articles that were compared.
    pub likeness: std::collections::HashMap<usize, (f64, usize)>,
    /// What was last searched for.
    pub query: String,
    /// Which hit of how many the cursor is at, and in which pane.
    pub hit: Option<(Pane, usize, usize)>,
    /// The lines of the tree that were found.
    hits: hits::Hits,
    /// What the last command has to tell.
    pub notice: Option<String>,
    loaded: Loaded,
    chord: Option<Chord>,
    dragged: Option<Border>,
    /// Whether the reader has gone anywhere yet; until then the corpus opens at its first story.
    touched: bool,
    /// Whether the article under the cursor of the tree is to be shown once the cursor is where it belongs.
    following: bool,
    /// Whether going on was asked for already.
    going_on: bool,
    /// What was told of the corpus and not taken in yet, and about how many articles of it may be before the next frame.
    waiting: VecDeque<Message>,
    room: usize,
    liked: Option<usize>,
    /// The versions that were asked for, by the indices of their articles.
    asked: Option<Vec<usize>>,
    /// What was asked to be checked.
    checking: Option<check::Asked>,
    /// The sentence of the rewrite that the check was opened from.
    check_from: Option<usize>,
    /// A report that was not written because there is a file of its name.
    refused: Option<PathBuf>,
    /// The pane that a view with the screen to itself was opened from.
    before: Pane,
    /// A place to go to once it is shown.
    arrival: Option<At<usize>>,
    jumps: Jumps,
    /// Where the reader left the corpus the last time, until what is there now is known.
    bookmark: Option<Bookmark>,
    /// The order of the tree and the background, where the reader switched them.
    order: Option<Order>,
    background: Option<bool>,
}

/// The first key of a chord: what it did is undone when the second follows.
#[derive(Debug)]
struct Chord {
    first: Key,
    scrolls: [Scroll; 7],
    /// Where the walks over differences and flags stood.
    walks: [Option<usize>; 2],
    spot: Spot<usize>,
    jumps: Jumps,
}

impl App {
    /// A program that is about to open the given files and folders.
    pub fn new(roots: Vec<PathBuf>, size: (u16, u16)) -> Self {
        App {
            size,
            borders: Borders::default(),
            focus: Pane::Corpus,
            zoomed: false,
            light: false,
            levels: Levels::ALL,
            folded: true,
            wrapped: true,
            reading: Reading::default(),
            listing: Listing { roots, ..Listing::default() },
            tree: Tree::default(),
            reader: Reader::default(),
            parallel: Parallel::default(),
            gathered: None,
            variants: Variants::default(),
            story: story::Story::default(),
            check: check::View::default(),
            checked: None,
            marks: marks::Marked::default(),
            words: words::Words::default(),
            work: Work::Nothing,
            before_grouping: None,
            overlay: None,
            marked: None,
            wanted: None,
            likeness: std::collections::HashMap::new(),
            query: String::new(),
            hit: None,
            hits: hits::Hits::default(),
            notice: None,
            loaded: Loaded::default(),
            chord: None,
            dragged: None,
            touched: false,
            following: false,
            going_on: false,
            waiting: VecDeque::new(),
            room: ROOM,
            liked: None,
            asked: None,
            checking: None,
            check_from: None,
            refused: None,
            before: Pane::Corpus,
            arrival: None,
            jumps: Jumps::default(),
            bookmark: None,
            order: None,
            background: None,
        }
    }

    /// Begins as the reader's settings say, and tells once if some of them could not be used.
    pub fn obey(&mut self, loaded: Loaded) {
        let settings = &loaded.settings;
        (self.levels, self.folded, self.wrapped) = (settings.levels, settings.folded, settings.wrapped);
        self.reading.whole = settings.furniture;
        self.loaded = loaded;
        let things = match self.loaded.complaints.len() {
            0 => return,
            1 => String::from("one thing"),
            count => format!("{count} things"),
        };
        let show = COMMANDS.iter().position(|c| c.name == "settings").and_then(|c| self.bindings().names(c).into_iter().next());
        let way = show.map_or_else(|| String::from("the command “settings” shows"), |key| format!("the key “{key}” shows"));
        self.notice = Some(format!("{things} in the settings cannot be used; {way} why"));
    }

    /// The keys in force.
    pub fn bindings(&self) -> &Bindings {
        &self.loaded.settings.bindings
    }

    /// The lines of the help: keys and what they do, under the headings of their sections, whose keys are `None`.
    pub fn help_lines(&self) -> Vec<(Option<String>, &'static str)> {
        let mut lines = Vec::new();
        for section in command::Section::ALL {
            if !lines.is_empty() {
                lines.push((None, ""));
            }
            lines.push((None, section.title()));
            let commands = COMMANDS.iter().enumerate().filter(|(_, c)| c.section == section);
            lines.extend(commands.map(|(index, c)| (Some(self.bindings().names(index).join("  ")), c.help)));
        }
        lines
    }

    /// Where the settings came from and what in them could not be used, wrapped for the list that lies over the panes.
    pub fn settings_lines(&self) -> Vec<String> {
        let cells = usize::from(self.size.0.min(overlay::WIDEST)).saturating_sub(4).max(1);
        let wrapped = |text: String| {
            let whole = crate::text::Span::new(0, text.len());
            crate::text::width::wrap(&text, whole, cells, 0).into_iter().map(|line| line.of(&text).to_string()).collect::<Vec<_>>()
        };
        self.loaded.lines().into_iter().flat_map(wrapped).collect()
    }

    /// Takes in what happened; the answer is what is to be done outside.
    pub fn update(&mut self, message: Message) -> Vec<Request> {
        let mut requests = match message {
            Message::Key(key) => self.key(key),
            Message::Paste(text) => self.paste(&text),
            Message::Mouse(mouse, column, row) => self.mouse(mouse, column, row),
            Message::Resize(width, height) => {
                self.size = (width, height);
                Vec::new()
            }
            Message::Background(light) => {
                self.light = self.background.unwrap_or(light);
                Vec::new()
            }
            told if told.is_of_corpus() => {
                self.waiting.push_back(told);
                self.take_in()
            }
            arrived => self.arrived(arrived),
        };
        self.arrange();
        if self.is_busy() && !std::mem::replace(&mut self.going_on, true) {
            requests.push(Request::GoOn);
        }
        requests
    }

    /// Whether something is left to do that takes time with the number of articles.
    pub fn is_busy(&self) -> bool {
        !self.waiting.is_empty() || self.tree.is_listing() || self.listing.is_grouping() || self.is_looking()
    }

    /// Where everything is.
    pub fn areas(&self) -> Areas {
        Areas::new(self.size.0, self.size.1, self.borders, self.focus, self.zoomed)
    }

    /// Lays the panes out for their areas; whatever is laid out already stays.
    fn arrange(&mut self) {
        let areas = self.areas();
        let height = |pane: Pane| usize::from(areas.of(pane).inner().height).saturating_sub(usize::from(pane.is_whole()));
        self.tree.scroll.settle(self.tree.len(), height(Pane::Corpus));
        let article = areas.article.inner();
        if article.width > 0 {
            self.reader.arrange(usize::from(article.width).saturating_sub(3), usize::from(article.height));
        }
        if let Some(versions) = self.gathered.clone() {
            let shown = (self.folded, self.reading.whole);
            self.variants.arrange(&versions, self.levels, shown, height(Pane::Variants));
        }
        self.story.arrange(self.gathered.as_deref(), usize::from(areas.story.inner().width), height(Pane::Story));
        if let Some(checked) = self.checked.clone().filter(|_| areas.check.width > 0) {
            let parts = self.parts();
            self.check.arrange(&checked, parts, self.levels);
        }
        if areas.difference.width > 0 {
            let setting = self.setting(areas.difference);
            self.parallel.arrange(setting, height(Pane::Difference));
        }
    }

    /// How the rows are laid out in an area: two columns where each has room for a few words, one below that.
    fn setting(&self, area: layout::Area) -> Setting {
        let width = usize::from(area.inner().width);
        let inline = self.size.0 < 100 || width < 50;
        let columns = columns(width, inline);
        Setting { width: columns, inline, levels: self.levels, folded: self.folded, wrapped: self.wrapped }
    }

    /// Lines that a pane has room for; the views of all versions have a header.
    fn height(&self, pane: Pane) -> usize {
        if pane == Pane::Check {
            let parts = self.parts();
            return usize::from(if self.check.in_text { parts.text.height } else { parts.list.height }).max(1);
        }
        usize::from(self.areas().of(pane).inner().height).saturating_sub(usize::from(pane.is_whole())).max(1)
    }

    fn rebuild(&mut self) {
        let height = self.height(Pane::Corpus);
        self.tree.rebuild(&self.listing, height);
    }

    /// Takes another filter for the tree.
    fn sift(&mut self, words: &str) {
        self.tree.filter = words.to_string();
        let height = self.height(Pane::Corpus);
        self.tree.sift(&self.listing, height);
    }
}

/// Cells of each column of the difference pane: cursor, sign and ruler have theirs.
pub fn columns(width: usize, inline: bool) -> usize {
    let room = width.saturating_sub(if inline { 4 } else { 6 });
    (if inline { room.min(reader::WIDEST) } else { room / 2 }).max(1)
}

/// Rows that a list over the panes may have.
pub fn overlay_rows(height: u16) -> usize {
    usize::from(height).saturating_sub(6).clamp(1, 16)
}

/// A text on one line, as it is put on the clipboard.
fn clean(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
