//! A browser without a terminal: the state, a worker that does every task at once, and a buffer to draw on.

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use variorum::app::key::Key;
use variorum::app::settings::{self, Loaded};
use variorum::app::task::{Desk, Request};
use variorum::app::words::Answer;
use variorum::app::{App, Message, Mouse};
use variorum::corpus::furniture::{Furniture, Imprint};
use variorum::corpus::index::Index;
use variorum::corpus::notes::Notes;
use variorum::corpus::query::Query;
use variorum::corpus::story::{Sketch, Strength, stories};
use variorum::corpus::{Digest, Entry, Roots, demo, open};
use variorum::ui::{Depth, Look, draw, print};

/// The look of the pictures, which show characters and no colours.
pub(crate) const LOOK: Look = Look { depth: Depth::True, ascii: false };

/// A browser on the demo corpus.
pub(crate) struct Browser {
    pub app: App,
    desk: Desk,
    notes: Option<Notes>,
    entries: Vec<Entry>,
    /// Whether reports are written; where keys are chosen by chance they are not.
    pub writes: bool,
}

impl Browser {
    /// The demo corpus, read and grouped, on a screen of this size.
    pub(crate) fn demo(width: u16, height: u16) -> Self {
        let mut browser = Browser::new("demo", width, height);
        browser.find(demo::entries());
        browser.read(demo::entries());
        browser
    }

    /// A browser that has found nothing yet.
    pub(crate) fn new(root: impl Into<PathBuf>, width: u16, height: u16) -> Self {
        Browser { app: App::new(vec![root.into()], (width, height)), desk: Desk::default(), notes: None, entries: Vec::new(), writes: true }
    }

    /// Keeps marks.
    pub(crate) fn keep(mut self, notes: Notes) -> Self {
        self.take(Message::Marks(notes.marks()));
        self.notes = Some(notes);
        self
    }

    /// Begins as these settings say.
    pub(crate) fn obey(&mut self, document: &str) -> &mut Self {
        let (settings, complaints) = settings::read(document);
        self.app.obey(Loaded { settings, file: Some(PathBuf::from("config.toml")), complaints });
        self
    }

    /// Finds a corpus.
    pub(crate) fn find(&mut self, entries: Vec<Entry>) {
        self.entries.clone_from(&entries);
        self.take(Message::Found(entries, Vec::new()));
        self.take(Message::Scanned);
    }

    /// Reads and groups the corpus that was found.
    pub(crate) fn read(&mut self, entries: Vec<Entry>) {
        let articles: Vec<_> = entries.iter().map(|entry| open(entry).expect("the corpus can be read")).collect();
        let sketches: Vec<_> = articles.iter().map(Sketch::new).enumerate().collect();
        let digests = articles.iter().map(|a| Ok(Digest::new(a))).enumerate().collect();
        let roots = Roots::new(&self.app.listing.roots);
        let imprints: Vec<Imprint> = articles.iter().map(|article| Imprint::new(article, &roots)).collect();
        let furniture = Furniture::learn(&imprints, roots);
        let grouped = Message::Grouped(stories(sketches, Strength::Versions), Arc::new(furniture));
        for message in [Message::Read(digests), grouped] {
            self.take(message);
        }
    }

    /// Takes a message in and does at once whatever it asks for.
    pub(crate) fn take(&mut self, message: Message) {
        let mut requests = self.app.update(message);
        while let Some(request) = requests.pop() {
            let answer = match request {
                Request::Work(task) => Some(self.desk.perform(task)),
                Request::Note(deciding) => self.notes.as_mut().and_then(|notes| deciding.perform(notes)),
                Request::Search(typed) => Some(Message::Answered(self.answer(typed))),
                Request::GoOn => Some(Message::GoOn),
                Request::Print(printing) if self.writes => Some(Message::Printed(print(&printing))),
                _ => None,
            };
            requests.extend(answer.into_iter().flat_map(|answer| self.app.update(answer)).collect::<Vec<_>>());
        }
    }

    /// What an index of the corpus has for some words.
    fn answer(&self, asked: String) -> Answer {
        let mut index = Index::temporary(&self.app.listing.roots).expect("an index");
        index.update(&self.entries, |_, _| true).expect("an update");
        let found = index.search(&Query::parse(&asked).expect("a query"), 1_000).expect("an answer");
        let number = |path: &Path| self.entries.iter().position(|entry| entry.path == path);
        let articles = found.hits.iter().filter_map(|hit| number(&hit.path)).collect();
        Answer { asked, articles, more: found.more, complete: true }
    }

    /// Presses keys by their names: `j ] gm <text of one word>`.
    pub(crate) fn press(&mut self, keys: &str) -> &mut Self {
        for name in keys.split_whitespace() {
            for key in Key::sequence(name) {
                self.take(Message::Key(key));
            }
        }
        self
    }

    pub(crate) fn click(&mut self, column: u16, row: u16) -> &mut Self {
        self.take(Message::Mouse(Mouse::Press, column, row));
        self.take(Message::Mouse(Mouse::Release, column, row));
        self
    }

    /// The screen as cells.
    pub(crate) fn cells(&self, look: Look) -> ratatui::buffer::Buffer {
        let (width, height) = self.app.size;
        let mut terminal = Terminal::new(TestBackend::new(width, height)).expect("a buffer is always there");
        terminal.draw(|frame| draw(frame, &self.app, look)).expect("a buffer can always be drawn on");
        terminal.backend().buffer().clone()
    }

    /// The screen as text.
    pub(crate) fn picture(&self) -> String {
        let cells = self.cells(LOOK);
        let row = |y: u16| {
            let mut line = String::new();
            let mut x = 0;
            while x < cells.area.width {
                let symbol = cells[(x, y)].symbol();
                line.push_str(symbol);
                x += u16::try_from(variorum::text::width::cells(symbol).max(1)).unwrap_or(1);
            }
            line.trim_end().to_string()
        };
        (0..cells.area.height).map(row).collect::<Vec<_>>().join("\n")
    }
}
