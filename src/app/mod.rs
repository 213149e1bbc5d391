//! What the reader sees, as plain data. No terminal type is known here, and `update` does no input or output.
//!
//! A [`Message`] comes in, [`App::update`] changes the state and answers with [`Request`]s; the floor above carries them out
//! and draws what [`App`] says. Drawing is a function of the state alone.

pub mod bindings;
pub mod check;
pub mod command;
mod finding;
mod input;
pub mod jumps;
pub mod key;
pub mod layout;
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
pub mod spot;
pub mod story;
pub mod task;
pub mod tree;
pub mod variants;
pub mod versions;
pub mod words;

use crate::collate::{Level, Levels};
use crate::corpus::index::Progress;
use crate::corpus::notes::{Mark, Marks};
use crate::corpus::{Article, Digest, Entry, Furniture, Reading, Skipped, story::Story};
use bindings::Bindings;
use command::COMMANDS;
use jumps::Jumps;
use key::Key;
use layout::{Areas, Border, Borders, Pane};
use listing::{Listing, Phase};
use overlay::Overlay;
use parallel::{Pair, Parallel};
use reader::Reader;
use rows::Setting;
use scroll::Scroll;
use session::Bookmark;
use settings::Loaded;
use spot::{At, Spot};
use std::path::PathBuf;
use std::sync::Arc;
use task::{Request, Task};
use tree::{Item, Order, Tree};
use variants::Variants;
use versions::Versions;

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
    /// How far the index is; `None` once it has everything.
    Indexing(Option<Progress>),
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
    /// How far the index is, while it is built.
    pub indexing: Option<Progress>,
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
    loaded: Loaded,
    chord: Option<Chord>,
    dragged: Option<Border>,
    /// Whether the reader has gone anywhere yet; until then the corpus opens at its first story.
    touched: bool,
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
            indexing: None,
            overlay: None,
            marked: None,
            wanted: None,
            likeness: std::collections::HashMap::new(),
            query: String::new(),
            hit: None,
            notice: None,
            loaded: Loaded::default(),
            chord: None,
            dragged: None,
            touched: false,
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
        let requests = match message {
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
            Message::Found(entries, skipped) => self.found(entries, skipped),
            Message::Scanned => {
                self.listing.phase = Phase::Reading(0);
                self.look_in()
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
            Message::Gathered { asked, versions } => {
                self.take_gathered(&asked, *versions);
                Vec::new()
            }
            Message::Checked { asked, checked } => {
                self.take_check(&asked, checked);
                Vec::new()
            }
            Message::Marks(marks) => {
                self.take_marks(marks);
                Vec::new()
            }
            Message::Decided(saved) => {
                self.decided(saved);
                Vec::new()
            }
            Message::Answered(answer) => self.found_words(answer),
            Message::Indexing(progress) => {
                self.indexing = progress;
                // What was found so far may be more now.
                if progress.is_none() && !self.words.typed.is_empty() {
                    vec![Request::Search(self.words.typed.clone())]
                } else {
                    Vec::new()
                }
            }
            Message::Printed(printed) => {
                self.printed(printed);
                Vec::new()
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
        let height = |pane: Pane| usize::from(areas.of(pane).inner().height).saturating_sub(usize::from(pane.is_whole()));
        self.tree.scroll.settle(self.tree.lines.len(), height(Pane::Corpus));
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
            self.tree.order = self.order.unwrap_or(Order::Stories);
        }
        self.rebuild();
        let place = self.returned().or_else(|| self.wanted.filter(|_| self.touched).map(|_| self.spot()));
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
        requests.extend(match place {
            Some(place) => self.go(&place),
            None => self.follow_tree(),
        });
        requests
    }

    fn opened(&mut self, index: usize, article: Result<Arc<Article>, String>) -> Vec<Request> {
        let compared = self.wanted.is_some_and(|pair| pair.contains(&index));
        if compared || [self.current(), self.tree.article(), self.reader.shown].contains(&Some(index)) {
            self.reader.show(index, article);
            self.mark_reader();
            self.place_marks();
            self.mark_words();
            self.arrive();
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
            self.place_marks();
            self.hit = None;
            self.arrive();
        }
        Vec::new()
    }

    /// Marks in the article pane where the version beside it differs; of an article that is not compared, where any other does.
    fn mark_reader(&mut self) {
        let side = self.parallel.pair.as_ref().and_then(|pair| pair.indices.iter().position(|i| Some(*i) == self.reader.shown));
        if let Some((side, pair)) = side.zip(self.parallel.pair.as_ref()) {
            return self.reader.mark(&pair.collation, side, self.levels);
        }
        let versions = self.reader.shown.and_then(|shown| self.versions_of(shown)).map(|(versions, version)| (versions.clone(), version));
        match versions {
            Some((versions, version)) => self.reader.mark_all(&versions.apparatus, version, self.levels),
            None => self.reader.unmark(),
        }
    }

    // --- Which articles are shown -----------------------------------------------------------------------------------

    /// The article that commands are about: the one in the article pane, or else the one under the cursor of the tree.
    pub fn current(&self) -> Option<usize> {
        match self.focus {
            Pane::Corpus => self.tree.article(),
            Pane::Check => self.checked.as_ref().map(|checked| checked.asked.rewrite),
            _ => self.reader.shown.or_else(|| self.tree.article()),
        }
    }

    /// Shows the article under the cursor of the tree, and compares it with what it is to be compared with.
    fn follow_tree(&mut self) -> Vec<Request> {
        self.tree.article().map_or_else(Vec::new, |article| self.show(article, self.pair_for(article)))
    }

    /// Shows an article, and compares a pair.
    fn show(&mut self, article: usize, pair: Option<[usize; 2]>) -> Vec<Request> {
        let mut requests = Vec::new();
        if self.reader.shown != Some(article) {
            requests.push(self.open(article));
        }
        requests.extend(self.compare(pair));
        requests.extend(self.liken(article));
        requests.extend(self.gather(article));
        requests
    }

    fn open(&self, article: usize) -> Request {
        Request::Work(Task::Open { index: article, entry: self.listing.entries[article].clone(), reading: self.reading.clone() })
    }

    /// Reads and compares anew what is shown, for articles are read in another way now. Everything stays in its place.
    fn reread(&mut self) -> Vec<Request> {
        let shown = self.reader.shown;
        let pair = self.wanted.take();
        (self.liked, self.asked, self.checking) = (None, None, None);
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

    /// Where every pane is in its lines.
    fn scrolls(&self) -> [Scroll; 7] {
        let check = &self.check;
        let (tree, story) = (self.tree.scroll, self.story.scroll);
        [tree, self.reader.scroll, self.parallel.scroll, self.variants.scroll, story, check.text_scroll, check.list_scroll]
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
        if self.focus == Pane::Check {
            return self.turn_rewrite(by);
        }
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
        self.order = Some(self.tree.order);
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
        if self.focus == Pane::Check {
            return self.walk_check(forward, false);
        }
        if self.focus == Pane::Variants {
            return self.walk_variants(forward, false);
        }
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
        if self.focus == Pane::Check {
            return self.walk_check(forward, true);
        }
        if self.focus == Pane::Variants {
            return self.walk_variants(forward, true);
        }
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

    fn turn_light(&mut self) {
        self.light = !self.light;
        self.background = Some(self.light);
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
            Pane::Variants | Pane::Story => self.readings_text(),
            Pane::Check => self.check_text(),
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
        let checked = || self.checked.as_ref().zip(self.check.sentence()).filter(|_| self.focus == Pane::Check);
        if let Some((checked, sentence)) = checked() {
            return vec![Request::Edit { entry, offset: checked.article.parsed.sentences[sentence].span.start }];
        }
        let offset = self
            .reader
            .article
            .as_ref()
            .filter(|_| self.reader.shown == Some(article))
            .and_then(|a| Some(a.parsed.sentences.get(self.reader.sentence()?)?.span.start));
        vec![Request::Edit { entry, offset: offset.unwrap_or(0) }]
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
