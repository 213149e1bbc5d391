//! The check view: a rewrite beside the sentences that it comes from, and the list of what was found in it.

mod lines;
mod verbs;

use super::layout::Area;
use super::rows::Piece;
use super::scroll::Scroll;
use crate::collate::check::{self, Check, Dropped, Finding};
use crate::collate::{Levels, Side};
use crate::corpus::{Article, notes};
use crate::text::{Span, width};
use lines::{list_lines, text_lines};
use std::ops::Range;
use std::sync::Arc;

/// A rewrite that was held against its sources.
#[derive(Debug, PartialEq)]
pub struct Checked {
    /// The rewrite and its sources, by their indices in the corpus.
    pub asked: Asked,
    /// The rewrite.
    pub article: Arc<Article>,
    /// The sources, in the order of their names.
    pub origins: Vec<Arc<Article>>,
    /// What the sources are called.
    pub names: Vec<String>,
    /// What was found.
    pub check: Check,
}

/// What is to be held against what: indices in the corpus.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// The rewrite.
    pub rewrite: usize,
    /// Its sources.
    pub sources: Vec<usize>,
}

/// Something that an editor decides on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Item {
    /// A finding, by its number.
    Finding(usize),
    /// Something that was left out, by its number.
    Dropped(usize),
}

impl Checked {
    /// Holds an article against others, which are called by the given names.
    pub fn new(asked: Asked, article: Arc<Article>, origins: Vec<Arc<Article>>, names: Vec<String>) -> Self {
        let sides: Vec<Side> = origins.iter().map(|article| article.side()).collect();
        let check = check::check_named(article.side(), &sides, &names, crate::collate::VERBATIM_RUN);
        Checked { asked, article, origins, names, check }
    }

    /// Everything to decide on, the weightiest first: what was found, then what was left out.
    pub fn items(&self) -> Vec<Item> {
        let findings = (0..self.check.findings.len()).map(Item::Finding);
        findings.chain((0..self.check.dropped.len()).map(Item::Dropped)).collect()
    }

    /// The source and the sentences of it that stand beside a sentence of the rewrite: those of its weightiest finding, or else
    /// its first origin.
    pub fn origin(&self, sentence: usize) -> Option<(usize, Range<usize>)> {
        let checked = &self.check.sentences[sentence];
        let found = checked.findings.iter().find_map(|&at| self.check.findings[at].source.clone());
        found.or_else(|| checked.from.first().map(|origin| (origin.source, origin.sentences.clone())))
    }

    /// The sentence of the rewrite that an item is about.
    pub fn sentence(&self, item: Item) -> Option<usize> {
        match item {
            Item::Finding(at) => Some(self.check.findings[at].sentence),
            Item::Dropped(_) => None,
        }
    }

    /// The place that an item is about, for marks: in the rewrite, or in the source where something was left out.
    pub fn spot(&self, item: Item) -> notes::Spot {
        match item {
            Item::Finding(at) => notes::Spot::finding(&self.article, &self.origins, &self.check.findings[at]),
            Item::Dropped(at) => notes::Spot::dropped(&self.article, &self.origins, &self.check.dropped[at]),
        }
    }

    /// The text that the place is in.
    pub fn text(&self, item: Item) -> &str {
        match item {
            Item::Finding(_) => &self.article.text,
            Item::Dropped(at) => &self.origins[self.check.dropped[at].source].text,
        }
    }

    /// What an item is and where it stands, on one line.
    pub fn head(&self, item: Item) -> String {
        match item {
            Item::Finding(at) => {
                let Finding { kind, sentence, source, also, .. } = &self.check.findings[at];
                let names = source.iter().map(|(source, _)| *source).chain(also.iter().copied()).map(|source| &*self.names[source]);
                let beside = names.collect::<Vec<_>>().join(" ");
                let beside = if beside.is_empty() { beside } else { format!(" · {beside}") };
                format!("{} · sentence {}{beside}", kind.name().replace('-', " "), sentence + 1)
            }
            Item::Dropped(at) => {
                let Dropped { source, sentence, lead, facts, .. } = &self.check.dropped[at];
                let mut kinds: Vec<&str> = facts.iter().map(|fact| fact.kind.name()).collect();
                kinds.dedup();
                let lead = lead.then_some("lead");
                let kinds = lead.into_iter().chain(kinds).collect::<Vec<_>>().join(", ");
                format!("left out: {kinds} · sentence {} of {}", sentence + 1, self.names[*source])
            }
        }
    }

    /// What an item says, on one line and made safe.
    pub fn told(&self, item: Item) -> String {
        match item {
            Item::Finding(at) => width::flat(&self.check.findings[at].why).into_owned(),
            Item::Dropped(at) => {
                let Dropped { source, sentence, .. } = &self.check.dropped[at];
                let article = &self.origins[*source];
                width::flat(article.parsed.sentences[*sentence].span.of(&article.text)).into_owned()
            }
        }
    }
}

/// One line of the rewrite and of what it comes from; a gap between paragraphs has no words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextLine {
    /// The sentence of the rewrite.
    pub sentence: usize,
    /// Whether it is the first line of its sentence.
    pub first: bool,
    /// Words of the rewrite, which is side 1.
    pub own: Vec<Piece>,
    /// Words of the source, which is side 0; in one column a line has words of one side alone.
    pub origin: Vec<Piece>,
    /// The source.
    pub source: Option<usize>,
}

/// One line of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ListLine {
    /// What follows, and how much of it there is.
    Heading(String),
    /// The head of an item, by its place among them.
    Head(usize),
    /// What an item says, a line of it.
    Told(usize, String),
}

impl ListLine {
    /// The item that the line belongs to, by its place among them.
    pub fn item(&self) -> Option<usize> {
        match self {
            ListLine::Heading(_) => None,
            ListLine::Head(item) | ListLine::Told(item, _) => Some(*item),
        }
    }
}

/// Where the two parts of the view are; a part without rows is not shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Parts {
    /// The rewrite and what it comes from.
    pub text: Area,
    /// The list.
    pub list: Area,
}

/// From this width on the list stands beside the text.
const ABREAST: u16 = 150;
/// From this width on the text has two columns.
const TWO_COLUMNS: u16 = 88;
/// Below this height one part alone is shown.
const LOW: u16 = 9;

impl Parts {
    /// Divides the inner area of the view; between the parts lies a line, which belongs to neither.
    pub fn new(inner: Area, in_text: bool) -> Self {
        let Area { x, y, width, height } = inner;
        if height < LOW {
            let (text, list) = if in_text { (height, 0) } else { (0, height) };
            return Parts { text: Area { height: text, ..inner }, list: Area { height: list, ..inner } };
        }
        if width >= ABREAST {
            let text = width * 5 / 8;
            return Parts { text: Area { width: text, ..inner }, list: Area { x: x + text + 1, width: width - text - 1, ..inner } };
        }
        let list = (height * 2 / 5).max(4);
        let text = height - list - 1;
        Parts { text: Area { height: text, ..inner }, list: Area { y: y + text + 1, height: list, ..inner } }
    }

    /// Cells of a column of the text, and whether there are two. Cursor, sign and ruler have cells of their own.
    pub fn columns(&self) -> (usize, bool) {
        let room = usize::from(self.text.width);
        let two = self.text.width >= TWO_COLUMNS;
        let cells = if two { room.saturating_sub(9) / 2 } else { room.saturating_sub(6).min(super::reader::WIDEST) };
        (cells.max(1), two)
    }
}

/// What the lines depend on.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Laid {
    asked: Asked,
    columns: (usize, bool),
    list: usize,
    levels: Levels,
}

/// The view.
#[derive(Debug, Default)]
pub struct View {
    /// The lines of the text.
    pub text: Vec<TextLine>,
    /// Where the reader is in them.
    pub text_scroll: Scroll,
    /// What is to be decided on.
    pub items: Vec<Item>,
    /// The lines of the list.
    pub list: Vec<ListLine>,
    /// Where the reader is in them.
    pub list_scroll: Scroll,
    /// Whether the keys go to the text; else to the list.
    pub in_text: bool,
    /// Where the last search hit in the rewrite.
    pub hits: Vec<Span>,
    laid: Option<Laid>,
}

impl View {
    /// Lays out what is shown, unless it is already; the reader stays at the item and at the sentence.
    pub(super) fn arrange(&mut self, checked: &Checked, parts: Parts, levels: Levels) {
        let list = usize::from(parts.list.width).max(1);
        let laid = Laid { asked: checked.asked.clone(), columns: parts.columns(), list, levels };
        if self.laid.as_ref() != Some(&laid) {
            let held = (self.item(), self.text.get(self.text_scroll.cursor).map(|line| line.sentence));
            self.text = text_lines(checked, laid.columns, levels);
            self.items = checked.items();
            self.list = list_lines(checked, &self.items, list);
            self.laid = Some(laid);
            let item = held.0.and_then(|item| self.items.iter().position(|other| *other == item)).unwrap_or(0);
            self.go_to_item(item, usize::from(parts.list.height));
            self.go_to_sentence(held.1.unwrap_or(0), usize::from(parts.text.height));
        }
        self.text_scroll.settle(self.text.len(), usize::from(parts.text.height));
        self.list_scroll.settle(self.list.len(), usize::from(parts.list.height));
    }

    /// Lists everything anew next time, from the beginning.
    pub(super) fn forget(&mut self) {
        *self = View::default();
    }

    /// The place of the item under the cursor of the list; of a heading that of the item behind it.
    pub fn at(&self) -> Option<usize> {
        self.list.get(self.list_scroll.cursor..)?.iter().find_map(ListLine::item)
    }

    /// The item under the cursor of the list.
    pub fn item(&self) -> Option<Item> {
        self.items.get(self.at()?).copied()
    }

    /// The sentence under the cursor of the text.
    pub fn sentence(&self) -> Option<usize> {
        self.text.get(self.text_scroll.cursor).map(|line| line.sentence)
    }

    fn go_to_item(&mut self, item: usize, height: usize) {
        let lines = |line: &ListLine| line.item() == Some(item);
        let Some(first) = self.list.iter().position(lines) else { return };
        let last = self.list.iter().rposition(lines).unwrap_or(first);
        // All lines of an item are to be seen, where they fit.
        self.list_scroll.go(last, self.list.len(), height);
        self.list_scroll.go(first, self.list.len(), height);
    }

    fn go_to_sentence(&mut self, sentence: usize, height: usize) {
        if let Some(line) = self.text.iter().position(|line| line.sentence == sentence && line.first) {
            self.text_scroll.jump(line, self.text.len(), height);
        }
    }
}
