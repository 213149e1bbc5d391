//! What the reader sees, as plain data. No terminal type is known here, and `update` does no input or output.
//!
//! A [`Message`] comes in, [`App::update`] changes the state and answers with [`Request`]s; the floor above carries them out
//! and draws what [`App`] says. Drawing is a function of the state alone.

pub mod command;
pub mod key;
pub mod layout;
pub mod listing;
pub mod overlay;
pub mod parallel;
pub mod reader;
pub mod rows;
pub mod scroll;
pub mod task;
pub mod tree;

use crate::collate::{Level, Levels};
use crate::corpus::{Article, Digest, Entry, Furniture, Reading, Skipped, story::Story};
use command::COMMANDS;
use key::{Code, Key};
use layout::{Areas, Border, Borders, Pane};
use listing::{Listing, Phase};
use overlay::{Overlay, Prompt, Purpose, Typed};
use parallel::{Pair, Parallel};
use reader::Reader;
use rows::Setting;
use scroll::Scroll;
use std::path::PathBuf;
use std::sync::Arc;
use task::{Request, Task};
use tree::{Item, Order, Tree};

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
    /// Something to tell the reader.
    Notice(String),
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
    /// What the last command has to tell.
    pub notice: Option<String>,
    chord: Option<Chord>,
    dragged: Option<Border>,
    /// Whether the reader has gone anywhere yet; until then the corpus opens at its first story.
    touched: bool,
    liked: Option<usize>,
}

/// The first key of a chord: what it did is undone when the second follows.
#[derive(Debug)]
struct Chord {
    first: Key,
    scrolls: [Scroll; 3],
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
            overlay: None,
            marked: None,
            wanted: None,
            likeness: std::collections::HashMap::new(),
            query: String::new(),
            hit: None,
            notice: None,
            chord: None,
            dragged: None,
            touched: false,
            liked: None,
        }
    }

    /// Takes in what happened; the answer is what is to be done outside.
    pub fn update(&mut self, message: Message) -> Vec<Request> {
        let requests = match message {
            Message::Key(key) => self.key(key),
            Message::Paste(text) => self.paste(&text),
            Message::Mouse(mouse, column, row) => self.mouse(mouse, column, row),
            Message::Resize(width, height) => {
                self.size = (width, height);
                Vec::new()
            }
            Message::Background(light) => {
                self.light = light;
                Vec::new()
            }
            Message::Found(entries, skipped) => self.found(entries, skipped),
            Message::Scanned => {
                self.listing.phase = Phase::Reading(0);
                Vec::new()
            }
            Message::Read(results) => {
                let read: Vec<usize> = results.iter().map(|(index, _)| *index).collect();
                self.listing.read(results);
                let height = self.height(Pane::Corpus);
                self.tree.refresh(&self.listing, &read, height);
                Vec::new()
            }
            Message::Grouped(stories, furniture) => self.grouped(stories, furniture),
            Message::Opened { index, article } => self.opened(index, article),
            Message::Compared { indices, pair } => self.compared(indices, pair),
            Message::Likened { figures, .. } => {
                self.likeness.extend(figures.into_iter().map(|(index, similarity, flags)| (index, (similarity, flags))));
                self.open_nearest()
            }
            Message::Notice(text) => {
                self.notice = Some(text);
                Vec::new()
            }
        };
        self.arrange();
        requests
    }

    /// Where everything is.
    pub fn areas(&self) -> Areas {
        Areas::new(self.size.0, self.size.1, self.borders, self.focus, self.zoomed)
    }

    /// Lays the panes out for their areas; whatever is laid out already stays.
    fn arrange(&mut self) {
        let areas = self.areas();
        let height = |pane: Pane| usize::from(areas.of(pane).inner().height);
        self.tree.scroll.settle(self.tree.lines.len(), height(Pane::Corpus));
        let article = areas.article.inner();
        if article.width > 0 {
            self.reader.arrange(usize::from(article.width).saturating_sub(3), usize::from(article.height));
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

    fn height(&self, pane: Pane) -> usize {
        usize::from(self.areas().of(pane).inner().height).max(1)
    }

    fn rebuild(&mut self) {
        let height = self.height(Pane::Corpus);
        self.tree.rebuild(&self.listing, height);
    }

    // --- The corpus arrives -----------------------------------------------------------------------------------------

    fn found(&mut self, entries: Vec<Entry>, skipped: Vec<Skipped>) -> Vec<Request> {
        self.listing.add(entries, skipped);
        let height = self.height(Pane::Corpus);
        self.tree.extend(&self.listing, height);
        if self.reader.shown.is_none() && self.wanted.is_none() {
            if let Some(line) = self.tree.lines.iter().position(|l| matches!(l.item, Item::Article(_))).filter(|_| !self.touched) {
                self.tree.scroll.cursor = line;
            }
            return self.follow_tree();
        }
        Vec::new()
    }

    /// The stories are known: the corpus turns to them, and the reader stays at the article where they are.
    fn grouped(&mut self, stories: Vec<Story>, furniture: Arc<Furniture>) -> Vec<Request> {
        self.reading.furniture = furniture;
        let room = self.height(Pane::Corpus);
        self.listing.group(stories);
        let lines: usize = self.listing.stories.iter().map(|s| s.articles.len() + 1).sum();
        if lines > room {
            self.tree.fold_stories(1, self.listing.stories.len());
        }
        let held = self.tree.article().filter(|_| self.touched);
        if !self.touched && !self.listing.stories.is_empty() {
            self.tree.order = Order::Stories;
        }
        self.rebuild();
        let line = match held {
            Some(article) => {
                self.tree.reveal(&self.listing, article);
                self.rebuild();
                self.tree.line_of(article)
            }
            None => self.tree.lines.iter().position(|l| matches!(l.item, Item::Article(_))).filter(|_| !self.touched),
        };
        self.tree.scroll.go(line.unwrap_or(self.tree.scroll.cursor), self.tree.lines.len(), room);
        self.wanted = None;
        let stays = self.reader.shown.filter(|shown| self.tree.article().is_none_or(|article| article == *shown));
        let mut requests: Vec<Request> =
            stays.filter(|_| !self.reading.furniture.is_empty()).map(|shown| self.open(shown)).into_iter().collect();
        requests.extend(self.follow_tree());
        requests
    }

    fn opened(&mut self, index: usize, article: Result<Arc<Article>, String>) -> Vec<Request> {
        if [self.current(), self.tree.article(), self.reader.shown].contains(&Some(index)) {
            self.reader.show(index, article);
            self.mark_reader();
        }
        Vec::new()
    }

    fn compared(&mut self, indices: [usize; 2], pair: Result<Pair, String>) -> Vec<Request> {
        if self.wanted == Some(indices) {
            match pair {
                Ok(pair) => self.parallel.show(pair),
                Err(why) => self.parallel.clear(Some(why)),
            }
            self.mark_reader();
            self.hit = None;
        }
        Vec::new()
    }

    /// Marks in the article pane where the other version differs.
    fn mark_reader(&mut self) {
        let side = self.parallel.pair.as_ref().and_then(|pair| pair.indices.iter().position(|i| Some(*i) == self.reader.shown));
        match (side, &self.parallel.pair) {
            (Some(side), Some(pair)) => self.reader.mark(&pair.collation, side, self.levels),
            _ => self.reader.unmark(),
        }
    }

    // --- Which articles are shown -----------------------------------------------------------------------------------

    /// The article that commands are about: the one in the article pane, or else the one under the cursor of the tree.
    pub fn current(&self) -> Option<usize> {
        match self.focus {
            Pane::Corpus => self.tree.article(),
            _ => self.reader.shown.or_else(|| self.tree.article()),
        }
    }

    /// Shows the article under the cursor of the tree, and compares it with what it is to be compared with.
    fn follow_tree(&mut self) -> Vec<Request> {
        self.tree.article().map_or_else(Vec::new, |article| self.show(article))
    }

    fn show(&mut self, article: usize) -> Vec<Request> {
        let mut requests = Vec::new();
        if self.reader.shown != Some(article) {
            requests.push(self.open(article));
        }
        requests.extend(self.compare(self.pair_for(article)));
        requests.extend(self.liken(article));
        requests
    }

    fn open(&self, article: usize) -> Request {
        Request::Work(Task::Open { index: article, entry: self.listing.entries[article].clone(), reading: self.reading.clone() })
    }

    /// Reads and compares anew what is shown, for articles are read in another way now. Everything stays in its place.
    fn reread(&mut self) -> Vec<Request> {
        let shown = self.reader.shown;
        let pair = self.wanted.take();
        self.liked = None;
        self.likeness.clear();
        let mut requests: Vec<Request> = shown.map(|article| self.open(article)).into_iter().collect();
        requests.extend(self.compare(pair));
        requests.extend(shown.or_else(|| self.tree.article()).and_then(|article| self.liken(article)));
        requests
    }

    /// What an article is compared with: the marked one on its left, or else the first version of its story.
    fn pair_for(&self, article: usize) -> Option<[usize; 2]> {
        let versions = self.listing.versions(article);
        match self.marked.filter(|&m| m != article) {
            Some(marked) => Some([marked, article]),
            None => match versions.first() {
                Some(&first) if first != article => Some([first, article]),
                Some(&first) => versions.get(1).map(|&second| [first, second]),
                None => None,
            },
        }
    }

    /// Until the reader chooses, the first version stands beside the one that is most like it.
    fn open_nearest(&mut self) -> Vec<Request> {
        let Some(first) = self.tree.article().filter(|_| !self.touched) else { return Vec::new() };
        let likeness = |v: &&usize| self.likeness.get(v).map_or(0.0, |(similarity, _)| *similarity);
        let nearest =
            self.listing.versions(first).iter().filter(|v| **v != first).max_by(|a, b| likeness(a).total_cmp(&likeness(b)).then(b.cmp(a)));
        let pair = nearest.map(|&nearest| [first, nearest]);
        self.compare(pair).into_iter().collect()
    }

    fn compare(&mut self, pair: Option<[usize; 2]>) -> Option<Request> {
        // What is wanted already is there, or on its way; only what failed is asked for again.
        if self.wanted == pair && (pair.is_none() || self.parallel.trouble.is_none()) {
            return None;
        }
        self.wanted = pair;
        let Some(indices) = pair else {
            self.parallel.clear(None);
            self.mark_reader();
            return None;
        };
        let entries = indices.map(|i| self.listing.entries[i].clone());
        Some(Request::Work(Task::Compare { indices, entries, reading: self.reading.clone() }))
    }

    /// Asks once for the figures of the story that an article belongs to.
    fn liken(&mut self, article: usize) -> Option<Request> {
        let (story, _) = self.listing.place[article]?;
        if self.liked == Some(story) {
            return None;
        }
        self.liked = Some(story);
        let versions: Vec<(usize, Entry)> =
            self.listing.stories[story].articles.iter().map(|&a| (a, self.listing.entries[a].clone())).collect();
        Some(Request::Work(Task::Liken { base: versions[0].0, versions, reading: self.reading.clone() }))
    }

    // --- Keys -------------------------------------------------------------------------------------------------------

    fn key(&mut self, key: Key) -> Vec<Request> {
        if self.overlay.is_some() {
            return self.overlay_key(key);
        }
        self.notice = None;
        if let Some(chord) = self.chord.take()
            && let Some(command) = COMMANDS.iter().find(|c| c.keys.iter().any(|k| Key::sequence(k) == [chord.first, key]))
        {
            [self.tree.scroll, self.reader.scroll, self.parallel.scroll] = chord.scrolls;
            return self.run(command);
        }
        let begins_chord = COMMANDS.iter().flat_map(|c| c.keys).any(|k| Key::named(k).is_none() && Key::sequence(k).first() == Some(&key));
        if begins_chord {
            self.chord = Some(Chord { first: key, scrolls: [self.tree.scroll, self.reader.scroll, self.parallel.scroll] });
        }
        match COMMANDS.iter().find(|c| c.keys.iter().any(|k| Key::named(k) == Some(key))) {
            Some(command) => self.run(command),
            None => Vec::new(),
        }
    }

    fn run(&mut self, command: &command::Command) -> Vec<Request> {
        self.touched = true;
        if (command.when)(self) {
            return (command.run)(self);
        }
        self.notice = Some(format!("{}: not possible here", command.help));
        Vec::new()
    }

    fn overlay_key(&mut self, key: Key) -> Vec<Request> {
        match self.overlay.take() {
            Some(Overlay::Prompt(prompt)) => self.prompt_key(prompt, key),
            Some(Overlay::Palette(palette)) => self.palette_key(palette, key),
            Some(Overlay::Help(scroll)) => {
                let lines = help_lines().len();
                self.overlay = self.list_key(scroll, lines, key).map(Overlay::Help);
                Vec::new()
            }
            Some(Overlay::Skipped(scroll)) => {
                let lines = self.listing.skipped.len();
                self.overlay = self.list_key(scroll, lines, key).map(Overlay::Skipped);
                Vec::new()
            }
            None => Vec::new(),
        }
    }

    /// A key on a list that lies over the panes; `None` closes it.
    fn list_key(&self, mut scroll: Scroll, lines: usize, key: Key) -> Option<Scroll> {
        let height = usize::from(self.size.1).saturating_sub(4).max(1);
        let page = isize::try_from(height).unwrap_or(1);
        let by = match (key.code, key.ctrl) {
            (Code::Char('j') | Code::Down, false) => 1,
            (Code::Char('k') | Code::Up, false) => -1,
            (Code::PgDn | Code::Char(' '), false) | (Code::Char('f'), true) => page,
            (Code::PgUp, false) | (Code::Char('b'), true) => -page,
            (Code::Char('d'), true) => page / 2,
            (Code::Char('u'), true) => -page / 2,
            (Code::Char('g') | Code::Home, false) => isize::MIN / 2,
            (Code::Char('G') | Code::End, false) => isize::MAX / 2,
            _ => return None,
        };
        scroll.roll(by, lines, height);
        Some(scroll)
    }

    fn palette_key(&mut self, mut palette: overlay::Palette, key: Key) -> Vec<Request> {
        let step = match (key.code, key.ctrl) {
            (Code::Down, _) | (Code::Char('n' | 'j'), true) => 1,
            (Code::Up, _) | (Code::Char('p' | 'k'), true) => -1,
            _ => 0,
        };
        if step != 0 {
            palette.scroll.step(step, palette.found.len(), overlay_rows(self.size.1));
            self.overlay = Some(Overlay::Palette(palette));
            return Vec::new();
        }
        match overlay::type_key(&mut palette.input, key) {
            Typed::Taken => return palette.chosen().map_or_else(Vec::new, |command| self.run(command)),
            Typed::GivenUp => return Vec::new(),
            Typed::Changed => palette.sift(),
            Typed::Nothing => {}
        }
        self.overlay = Some(Overlay::Palette(palette));
        Vec::new()
    }

    fn prompt_key(&mut self, mut prompt: Prompt, key: Key) -> Vec<Request> {
        let typed = overlay::type_key(&mut prompt.input, key);
        match typed {
            Typed::Taken => self.take(prompt.purpose, prompt.input.value()),
            Typed::GivenUp => {
                let requests = self.preview(prompt.purpose, &prompt.before);
                if let Purpose::Search(_) = prompt.purpose {
                    self.clear_search();
                }
                requests
            }
            Typed::Changed => {
                let requests = self.preview(prompt.purpose, prompt.input.value());
                self.overlay = Some(Overlay::Prompt(prompt));
                requests
            }
            Typed::Nothing => {
                self.overlay = Some(Overlay::Prompt(prompt));
                Vec::new()
            }
        }
    }

    fn paste(&mut self, text: &str) -> Vec<Request> {
        match self.overlay.take() {
            Some(Overlay::Prompt(mut prompt)) => {
                overlay::paste(&mut prompt.input, text);
                let requests = self.preview(prompt.purpose, prompt.input.value());
                self.overlay = Some(Overlay::Prompt(prompt));
                requests
            }
            Some(Overlay::Palette(mut palette)) => {
                overlay::paste(&mut palette.input, text);
                palette.sift();
                self.overlay = Some(Overlay::Palette(palette));
                Vec::new()
            }
            other => {
                self.overlay = other;
                Vec::new()
            }
        }
    }

    // --- Moving -----------------------------------------------------------------------------------------------------

    fn step(&mut self, by: isize) -> Vec<Request> {
        let height = self.height(self.focus);
        match self.focus {
            Pane::Corpus => {
                self.tree.scroll.step(by, self.tree.lines.len(), height);
                return self.follow_tree();
            }
            Pane::Article => {
                self.reader.scroll.step(by, self.reader.lines.len(), height);
                self.follow_reader();
            }
            Pane::Difference => {
                self.parallel.at = None;
                self.parallel.scroll.step(by, self.parallel.lines.len(), height);
                self.follow_parallel();
            }
        }
        Vec::new()
    }

    fn page(&mut self, direction: isize, part: usize) -> Vec<Request> {
        let lines = isize::try_from(self.height(self.focus) / part).unwrap_or(1).max(1);
        self.step(direction * lines)
    }

    /// The other panes go to where the article pane is.
    fn follow_reader(&mut self) {
        let side = self.parallel.pair.as_ref().and_then(|p| p.indices.iter().position(|i| Some(*i) == self.reader.shown));
        let row =
            side.zip(self.reader.sentence()).and_then(|(side, sentence)| self.parallel.pair.as_ref()?.collation.row_of(side, sentence));
        if let Some(row) = row {
            let height = self.height(Pane::Difference);
            self.parallel.at = None;
            self.parallel.go_to_row(row, height);
        }
    }

    /// The article pane goes to where the difference pane is.
    fn follow_parallel(&mut self) {
        let side = self.parallel.pair.as_ref().and_then(|p| p.indices.iter().position(|i| Some(*i) == self.reader.shown));
        let sentence = side.zip(self.parallel.row()).and_then(|(side, row)| row.sentences(side).next());
        if let Some(sentence) = sentence {
            let height = self.height(Pane::Article);
            self.reader.go_to(sentence, height);
        }
    }

    fn left(&mut self) -> Vec<Request> {
        match self.focus {
            Pane::Corpus => {
                let open_heading = self.tree.item().is_some_and(|item| !matches!(item, Item::Article(_)) && !self.tree.is_folded(item));
                if open_heading {
                    self.tree.toggle(Some(true));
                    self.rebuild();
                } else if let Some(parent) = self.tree.parent() {
                    let height = self.height(Pane::Corpus);
                    self.tree.scroll.go(parent, self.tree.lines.len(), height);
                }
            }
            Pane::Article => self.focus = Pane::Corpus,
            Pane::Difference => self.focus = if self.areas().article.width > 0 { Pane::Article } else { Pane::Corpus },
        }
        Vec::new()
    }

    fn right(&mut self) -> Vec<Request> {
        match self.focus {
            Pane::Corpus => {
                let folded = self.tree.item().is_some_and(|item| self.tree.is_folded(item));
                if folded {
                    self.tree.toggle(Some(false));
                    self.rebuild();
                } else if self.tree.article().is_some() {
                    self.focus = if self.areas().article.width > 0 || self.wanted.is_none() { Pane::Article } else { Pane::Difference };
                } else {
                    return self.step(1);
                }
            }
            Pane::Article | Pane::Difference => self.focus = Pane::Difference,
        }
        Vec::new()
    }

    fn turn_pane(&mut self, by: isize) {
        let at = Pane::ALL.iter().position(|p| *p == self.focus).unwrap_or(0);
        let count = Pane::ALL.len();
        self.focus = Pane::ALL[(at + count).saturating_add_signed(by) % count];
    }

    /// One step back: what was searched for, the zoom, the pane, the mark, the filter.
    fn back(&mut self) {
        match () {
            () if self.hit.is_some() => self.clear_search(),
            () if self.zoomed => self.zoomed = false,
            () if self.focus != Pane::Corpus => self.focus = Pane::Corpus,
            () if !self.tree.filter.is_empty() => {
                self.tree.filter.clear();
                self.rebuild();
            }
            () if self.marked.is_some() => self.marked = None,
            () => {}
        }
    }

    fn enter(&mut self) -> Vec<Request> {
        match self.focus {
            Pane::Corpus if self.tree.article().is_some() => {
                self.focus = if self.wanted.is_some() { Pane::Difference } else { Pane::Article }
            }
            Pane::Corpus => {
                self.tree.toggle(None);
                self.rebuild();
            }
            Pane::Article => {
                self.follow_reader();
                self.focus = Pane::Difference;
            }
            Pane::Difference => {
                if !self.parallel.toggle_fold() {
                    self.follow_parallel();
                    self.focus = Pane::Article;
                }
            }
        }
        Vec::new()
    }

    // --- Versions ---------------------------------------------------------------------------------------------------

    fn mark(&mut self) -> Vec<Request> {
        let Some(article) = self.current() else { return Vec::new() };
        self.marked = if self.marked == Some(article) { None } else { Some(article) };
        self.notice = Some(match self.marked {
            Some(_) => format!("{} is the left side now; move to another article to compare", self.listing.name(article)),
            None => String::from("no article is marked"),
        });
        match self.pair_for(article) {
            Some(pair) if self.marked.is_none() => self.compare(Some(pair)).into_iter().collect(),
            _ => Vec::new(),
        }
    }

    /// Puts another version of the story on the right.
    fn turn_version(&mut self, by: isize) -> Vec<Request> {
        let Some(right) = self.wanted.map(|[_, right]| right).or_else(|| self.current()) else { return Vec::new() };
        let left = self.wanted.map(|[left, _]| left);
        let others: Vec<usize> = self.listing.versions(right).iter().copied().filter(|v| Some(*v) != left).collect();
        if others.is_empty() {
            self.notice = Some(String::from("this article has no other version in the corpus"));
            return Vec::new();
        }
        let at = others.iter().position(|v| *v == right).unwrap_or(0);
        let next = others[(at + others.len()).saturating_add_signed(by) % others.len()];
        let mut requests: Vec<Request> = self.compare(Some([left.unwrap_or(right), next])).into_iter().collect();
        self.tree.reveal(&self.listing, next);
        self.rebuild();
        if let Some(line) = self.tree.line_of(next) {
            let height = self.height(Pane::Corpus);
            self.tree.scroll.jump(line, self.tree.lines.len(), height);
        }
        if self.reader.shown != left {
            requests.push(self.open(next));
        }
        requests
    }

    fn swap(&mut self) -> Vec<Request> {
        let swapped = self.wanted.map(|[left, right]| [right, left]);
        self.compare(swapped).into_iter().collect()
    }

    fn turn_order(&mut self) {
        let held = self.tree.article();
        self.tree.order = match self.tree.order {
            Order::Files => Order::Stories,
            Order::Stories => Order::Files,
        };
        if let Some(article) = held {
            self.tree.reveal(&self.listing, article);
        }
        self.rebuild();
        let height = self.height(Pane::Corpus);
        if let Some(line) = held.and_then(|article| self.tree.line_of(article)) {
            self.tree.scroll.jump(line, self.tree.lines.len(), height);
        }
        if self.tree.order == Order::Stories && self.listing.phase != Phase::Done {
            self.notice = Some(String::from("stories appear when all articles have been read"));
        }
    }

    // --- Differences ------------------------------------------------------------------------------------------------

    /// Brings the differences to the screen where another pane hides them, so that a walk over them is seen.
    fn show_differences(&mut self) {
        if self.areas().difference.width == 0 {
            self.focus = Pane::Difference;
            self.arrange();
        }
    }

    fn walk(&mut self, forward: bool) {
        self.show_differences();
        let height = self.height(Pane::Difference);
        if self.parallel.walk(forward, height) {
            self.follow_parallel();
        } else {
            let end = if forward { "last" } else { "first" };
            self.notice = Some(if self.parallel.places.is_empty() {
                String::from("no difference at these levels")
            } else {
                format!("this is the {end} difference")
            });
        }
    }

    /// Walks over flags alone.
    fn walk_flags(&mut self, forward: bool) {
        self.show_differences();
        let height = self.height(Pane::Difference);
        if self.parallel.walk_flags(forward, height) {
            self.follow_parallel();
        } else if self.parallel.flags.is_empty() {
            self.notice = Some(String::from("no flag between these two versions"));
        } else {
            let end = if forward { "last" } else { "first" };
            self.notice = Some(format!("this is the {end} flag"));
        }
    }

    fn other_end(&mut self) {
        let height = self.height(Pane::Difference);
        if self.parallel.other_end(height) {
            self.follow_parallel();
        } else {
            self.notice = Some(String::from("no moved sentence here"));
        }
    }

    fn toggle_level(&mut self, level: Level) {
        self.levels = self.levels.toggled(level);
        let state = if self.levels.has(level) { "on" } else { "off" };
        self.notice = Some(format!("differences of {} are {state}", level.name()));
        self.mark_reader();
    }

    fn toggle_folds(&mut self) {
        self.folded = !self.folded;
    }

    fn toggle_wrap(&mut self) {
        self.wrapped = !self.wrapped;
    }

    fn toggle_furniture(&mut self) -> Vec<Request> {
        self.reading.whole = !self.reading.whole;
        let state = if self.reading.whole { "is read and counted like news" } else { "is dimmed and left out of all figures" };
        self.notice = Some(format!("page furniture {state}"));
        self.reread()
    }

    // --- Finding ----------------------------------------------------------------------------------------------------

    fn ask(&mut self, purpose: Purpose) {
        let before = match purpose {
            Purpose::Search(_) => String::new(),
            Purpose::Filter => self.tree.filter.clone(),
        };
        let input = tui_input::Input::new(before.clone());
        self.overlay = Some(Overlay::Prompt(Prompt { purpose, input, before }));
    }

    /// Shows what an entry would find while it is being typed.
    fn preview(&mut self, purpose: Purpose, words: &str) -> Vec<Request> {
        match purpose {
            Purpose::Filter => {
                self.tree.filter = words.trim().to_string();
                self.rebuild();
                self.follow_tree()
            }
            Purpose::Search(pane) => {
                let count = self.search(pane, words);
                self.hit = (!words.trim().is_empty()).then_some((pane, 0, count));
                Vec::new()
            }
        }
    }

    fn take(&mut self, purpose: Purpose, words: &str) -> Vec<Request> {
        match purpose {
            Purpose::Filter => self.preview(purpose, words),
            Purpose::Search(pane) => {
                self.query = words.trim().to_string();
                let count = self.search(pane, words);
                self.hit = (!self.query.is_empty()).then_some((pane, 0, count));
                self.arrange();
                self.walk_hits(0)
            }
        }
    }

    fn search(&mut self, pane: Pane, words: &str) -> usize {
        match pane {
            Pane::Corpus => self.tree_hits(words).len(),
            Pane::Article => self.reader.search(words),
            Pane::Difference => self.parallel.search(words),
        }
    }

    /// The lines of the tree whose text has the words that are searched for.
    pub fn tree_hits(&self, words: &str) -> Vec<usize> {
        if words.trim().is_empty() {
            return Vec::new();
        }
        let has = |text: &str| !crate::corpus::search::find(text, words).is_empty();
        (0..self.tree.lines.len())
            .filter(|&i| match &self.tree.lines[i].item {
                Item::Folder(path) => has(&path.to_string_lossy()),
                Item::Story(story) => has(&self.story_title(*story)),
                Item::Alone => false,
                Item::Article(article) => {
                    has(&self.listing.name(*article))
                        || has(&self.listing.file_name(*article))
                        || self.listing.digests[*article].as_ref().is_some_and(|d| has(&d.headline))
                }
            })
            .collect()
    }

    /// The headline of a story: that of its first version.
    pub fn story_title(&self, story: usize) -> String {
        let first = self.listing.stories[story].articles[0];
        self.listing.digests[first].as_ref().map_or_else(|| self.listing.file_name(first), |d| d.headline.clone())
    }

    fn clear_search(&mut self) {
        self.hit = None;
        self.reader.hits.clear();
        self.parallel.hits = [Vec::new(), Vec::new()];
    }

    /// Goes to the next hit (1), the previous one (-1), or the one at or behind the cursor (0), around the ends.
    fn walk_hits(&mut self, by: isize) -> Vec<Request> {
        let pane = self.focus;
        if self.hit.is_none_or(|(searched, ..)| searched != pane) {
            let query = self.query.clone();
            self.search(pane, &query);
            self.arrange();
        }
        let (lines, cursor) = match pane {
            Pane::Corpus => (self.tree_hits(&self.query), self.tree.scroll.cursor),
            Pane::Article => {
                (self.reader.hits.iter().filter_map(|hit| self.reader.line_at(hit.start)).collect(), self.reader.scroll.cursor)
            }
            Pane::Difference => (self.parallel.hit_lines(), self.parallel.scroll.cursor),
        };
        if lines.is_empty() {
            self.hit = Some((pane, 0, 0));
            self.notice = Some(format!("“{}” is not in this pane", self.query));
            return Vec::new();
        }
        let next = match by {
            0 => lines.iter().position(|&l| l >= cursor).unwrap_or(0),
            1 => self.next_hit(&lines, cursor),
            _ => self.previous_hit(&lines, cursor),
        };
        self.hit = Some((pane, next + 1, lines.len()));
        self.go_to_line(pane, lines[next])
    }

    fn next_hit(&self, lines: &[usize], cursor: usize) -> usize {
        let at = self.hit.map(|(_, at, _)| at).filter(|&at| at > 0 && lines.get(at - 1) == Some(&cursor));
        at.map_or_else(|| lines.iter().position(|&l| l > cursor).unwrap_or(0), |at| at % lines.len())
    }

    fn previous_hit(&self, lines: &[usize], cursor: usize) -> usize {
        let at = self.hit.map(|(_, at, _)| at).filter(|&at| at > 0 && lines.get(at - 1) == Some(&cursor));
        let before = |at: usize| at.checked_sub(1).unwrap_or(lines.len() - 1);
        at.map_or_else(|| before(lines.partition_point(|&l| l < cursor)), |at| before(at - 1))
    }

    fn go_to_line(&mut self, pane: Pane, line: usize) -> Vec<Request> {
        let height = self.height(pane);
        match pane {
            Pane::Corpus => {
                self.tree.scroll.jump(line, self.tree.lines.len(), height);
                return self.follow_tree();
            }
            Pane::Article => {
                self.reader.scroll.jump(line, self.reader.lines.len(), height);
                self.follow_reader();
            }
            Pane::Difference => {
                self.parallel.at = None;
                self.parallel.scroll.jump(line, self.parallel.lines.len(), height);
                self.follow_parallel();
            }
        }
        Vec::new()
    }

    // --- Out of the program -----------------------------------------------------------------------------------------

    fn copy(&mut self) -> Vec<Request> {
        let text = match self.focus {
            Pane::Corpus => self.current().map(|article| self.listing.entries[article].path.display().to_string()),
            Pane::Article => self
                .reader
                .sentence()
                .zip(self.reader.article.as_ref())
                .map(|(s, article)| clean(article.parsed.sentences[s].span.of(&article.text))),
            Pane::Difference => self.row_text(),
        };
        let Some(text) = text else { return Vec::new() };
        self.notice = Some(format!("copied: {}", crate::text::width::clipped(&text.replace('\n', " · "), 60)));
        vec![Request::Copy(text)]
    }

    /// Both sides of the row under the cursor, each under its letter.
    fn row_text(&self) -> Option<String> {
        let (pair, row) = (self.parallel.pair.as_ref()?, self.parallel.row()?);
        let side = |side: usize| {
            let span = rows::span_of(pair.sides()[side], row.sentences(side))?;
            Some(format!("{}: {}", self.label(pair.indices[side]), clean(span.of(&pair.articles[side].text))))
        };
        Some([side(0), side(1)].into_iter().flatten().collect::<Vec<_>>().join("\n"))
    }

    /// What an article is called above a column: its letter and its name.
    pub fn label(&self, article: usize) -> String {
        let name = self.listing.name(article);
        self.listing.letter(article).map_or_else(|| name.clone(), |letter| format!("{letter} {name}"))
    }

    fn edit(&mut self) -> Vec<Request> {
        let Some(article) = self.current() else { return Vec::new() };
        let entry = self.listing.entries[article].clone();
        let offset = self
            .reader
            .article
            .as_ref()
            .filter(|_| self.reader.shown == Some(article))
            .and_then(|a| Some(a.parsed.sentences.get(self.reader.sentence()?)?.span.start));
        vec![Request::Edit { entry, offset: offset.unwrap_or(0) }]
    }

    // --- Mouse ------------------------------------------------------------------------------------------------------

    fn mouse(&mut self, mouse: Mouse, column: u16, row: u16) -> Vec<Request> {
        let areas = self.areas();
        if self.overlay.is_some() {
            return self.overlay_mouse(mouse);
        }
        match mouse {
            Mouse::Wheel(notches) => return self.wheel(areas.pane_at(column, row), notches),
            Mouse::Press => {
                self.touched = true;
                self.dragged = areas.border_at(column, row);
                if self.dragged.is_none() {
                    return self.click(&areas, column, row);
                }
            }
            Mouse::Drag => {
                if let Some(border) = self.dragged {
                    self.borders = areas.dragged(border, column, row, self.borders);
                }
            }
            Mouse::Release => self.dragged = None,
        }
        Vec::new()
    }

    fn overlay_mouse(&mut self, mouse: Mouse) -> Vec<Request> {
        let (lines, height) = (self.listing.skipped.len(), usize::from(self.size.1).saturating_sub(4).max(1));
        match (&mut self.overlay, mouse) {
            (Some(Overlay::Help(scroll)), Mouse::Wheel(notches)) => scroll.roll(notches * 3, help_lines().len(), height),
            (Some(Overlay::Skipped(scroll)), Mouse::Wheel(notches)) => scroll.roll(notches * 3, lines, height),
            (Some(Overlay::Help(_) | Overlay::Skipped(_)), Mouse::Press) => self.overlay = None,
            _ => {}
        }
        Vec::new()
    }

    /// The wheel rolls the pane under the pointer, whichever has the keys; the cursor goes along only as far as it must.
    fn wheel(&mut self, pane: Option<Pane>, notches: isize) -> Vec<Request> {
        let Some(pane) = pane else { return Vec::new() };
        let height = self.height(pane);
        match pane {
            Pane::Corpus => self.tree.scroll.roll(notches * 3, self.tree.lines.len(), height),
            Pane::Article => self.reader.scroll.roll(notches * 3, self.reader.lines.len(), height),
            Pane::Difference => self.parallel.scroll.roll(notches * 3, self.parallel.lines.len(), height),
        }
        Vec::new()
    }

    fn click(&mut self, areas: &Areas, column: u16, row: u16) -> Vec<Request> {
        let Some(pane) = areas.pane_at(column, row) else { return Vec::new() };
        self.focus = pane;
        let inner = areas.of(pane).inner();
        if !inner.contains(column, row) {
            return Vec::new();
        }
        let line = usize::from(row - inner.y);
        match pane {
            Pane::Corpus => {
                let line = self.tree.scroll.top + line;
                if line < self.tree.lines.len() {
                    self.tree.scroll.cursor = line;
                    if self.tree.toggle(None) {
                        self.rebuild();
                    }
                }
                self.follow_tree()
            }
            Pane::Article => {
                let height = self.height(pane);
                self.reader.scroll.go(self.reader.scroll.top + line, self.reader.lines.len(), height);
                self.follow_reader();
                Vec::new()
            }
            Pane::Difference => {
                let height = self.height(pane);
                if column + 1 == inner.x + inner.width {
                    return self.click_ruler(line, height);
                }
                self.parallel.at = None;
                self.parallel.scroll.go(self.parallel.scroll.top + line, self.parallel.lines.len(), height);
                self.parallel.toggle_fold();
                self.follow_parallel();
                Vec::new()
            }
        }
    }

    /// A click on the ruler goes to that part of the text.
    fn click_ruler(&mut self, line: usize, height: usize) -> Vec<Request> {
        let lines = self.parallel.lines.len();
        let target = if lines > height { line * lines / height } else { line };
        self.parallel.at = None;
        self.parallel.scroll.jump(target, lines, height);
        self.follow_parallel();
        Vec::new()
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

/// The lines of the help: keys and what they do, under the headings of their sections.
pub fn help_lines() -> Vec<(String, &'static str)> {
    let mut lines = Vec::new();
    for section in command::Section::ALL {
        if !lines.is_empty() {
            lines.push((String::new(), ""));
        }
        lines.push((String::new(), section.title()));
        lines.extend(COMMANDS.iter().filter(|c| c.section == section).map(|c| (c.keys.join("  "), c.help)));
    }
    lines
}
