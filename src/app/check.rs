//! The check view: a rewrite beside the sentences that it comes from, and the list of what was found in it.

use super::App;
use super::layout::{Area, Pane};
use super::rows::{self, Paint, Piece, cut};
use super::scroll::Scroll;
use super::spot::At;
use super::task::{Request, Task};
use crate::collate::apparatus::span;
use crate::collate::check::{self, Check, Dropped, Finding};
use crate::collate::{Levels, Side};
use crate::corpus::{Article, notes, search};
use crate::text::{Span, width};
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

// --- Lines ----------------------------------------------------------------------------------------------------------

/// Marks of a text: spans with how they are to be seen, and no edit to walk to.
type Marks = Vec<(Span, Paint, Option<usize>)>;

fn text_lines(checked: &Checked, (cells, two): (usize, bool), levels: Levels) -> Vec<TextLine> {
    let mut lines = Vec::new();
    let sentences = &checked.article.parsed.sentences;
    for (sentence, told) in sentences.iter().enumerate() {
        if sentence > 0 && sentences[sentence - 1].block != told.block {
            lines.push(TextLine { sentence, first: false, own: Vec::new(), origin: Vec::new(), source: None });
        }
        let origin = checked.origin(sentence);
        let ground = match &checked.check.sentences[sentence] {
            sentence if !sentence.counts => Paint::Quiet,
            sentence if sentence.unsupported => Paint::Alone,
            _ => Paint::Plain,
        };
        let [theirs, mine] = marks(checked, sentence, origin.as_ref(), levels);
        let wrapped = |article: &Article, span: Span, cells: usize, side: usize, ground: Paint, marks: &Marks| {
            let lines = width::wrap(&article.text, span, cells, 0);
            lines.into_iter().map(|line| cut(line, side, ground, marks)).collect::<Vec<_>>()
        };
        let own = wrapped(&checked.article, told.span, cells, 1, ground, &mine);
        let source = origin.as_ref().map(|(source, _)| *source);
        let beside = origin.and_then(|(source, sentences)| {
            let article = &checked.origins[source];
            let span = rows::span_of(article.side(), sentences)?;
            let (cells, ground) = if two { (cells, Paint::Plain) } else { (cells.saturating_sub(3).max(1), Paint::Quiet) };
            Some(wrapped(article, span, cells, 0, ground, &theirs))
        });
        // In one column the source is of interest where it says something else.
        let differs = !theirs.is_empty() || !mine.is_empty();
        let beside = beside.filter(|_| two || differs).unwrap_or_default();
        push_sentence(&mut lines, sentence, own, beside, source, two);
    }
    lines
}

/// Adds the lines of a sentence: both sides level, or one below the other.
fn push_sentence(
    lines: &mut Vec<TextLine>,
    sentence: usize,
    own: Vec<Vec<Piece>>,
    beside: Vec<Vec<Piece>>,
    source: Option<usize>,
    two: bool,
) {
    let line = |n: usize, own: Vec<Piece>, origin: Vec<Piece>| TextLine { sentence, first: n == 0, own, origin, source };
    if two {
        let at = |lines: &[Vec<Piece>], n: usize| lines.get(n).cloned().unwrap_or_default();
        lines.extend((0..own.len().max(beside.len())).map(|n| line(n, at(&own, n), at(&beside, n))));
    } else {
        lines.extend(own.into_iter().enumerate().map(|(n, own)| line(n, own, Vec::new())));
        lines.extend(beside.into_iter().enumerate().map(|(n, origin)| line(n + 1, Vec::new(), origin)));
    }
}

/// What is marked in the source (0) and in a sentence of the rewrite (1): findings, and edits at the levels that are on.
fn marks(checked: &Checked, sentence: usize, origin: Option<&(usize, Range<usize>)>, levels: Levels) -> [Marks; 2] {
    let of = &checked.check.sentences[sentence];
    let shown = |source: usize| origin.is_some_and(|(shown, _)| *shown == source);
    let article = |side: usize| match (side, origin) {
        (0, Some((source, _))) => &checked.origins[*source],
        _ => &checked.article,
    };
    let first = of.from.first().is_some_and(|first| first.clause.is_none() && shown(first.source));
    let findings = of.findings.iter().map(|&at| &checked.check.findings[at]);
    [0, 1].map(|side| {
        let found = findings.clone().filter_map(|finding| match side {
            0 => finding.there.clone().filter(|_| finding.source.as_ref().is_some_and(|(source, _)| shown(*source))),
            _ => finding.here.clone(),
        });
        let mut marks: Marks = found.map(|tokens| (span(&article(side).parsed, &tokens), Paint::Flagged, None)).collect();
        let edits = of.edits.iter().filter(|edit| first && levels.has(edit.kind.level()));
        let edits = edits.filter_map(|edit| Some((span(&article(side).parsed, &rows::range(edit, side)?), rows::paint(edit), None)));
        let apart: Marks = edits.filter(|(span, ..)| !marks.iter().any(|(other, ..)| other.overlaps(*span))).collect();
        marks.extend(apart);
        marks.sort_by_key(|(span, ..)| *span);
        marks
    })
}

fn list_lines(checked: &Checked, items: &[Item], cells: usize) -> Vec<ListLine> {
    let mut lines = Vec::new();
    let (found, dropped) = (checked.check.findings.len(), checked.check.dropped.len());
    let mut part = |heading: String, range: Range<usize>| {
        lines.push(ListLine::Heading(heading));
        for item in range {
            lines.push(ListLine::Head(item));
            let told = checked.told(items[item]);
            let wrapped = width::wrap(&told, Span::new(0, told.len()), cells.saturating_sub(7).clamp(1, super::reader::WIDEST), 0);
            lines.extend(wrapped.into_iter().map(|span| ListLine::Told(item, span.of(&told).to_string())));
        }
    };
    part(if found == 0 { String::from("Nothing was found") } else { format!("What was found ({found})") }, 0..found);
    if dropped > 0 {
        part(format!("What the rewrite left out ({dropped})"), found..found + dropped);
    }
    lines
}

// --- Verbs ----------------------------------------------------------------------------------------------------------

impl App {
    /// The article that a check is about: the one on the right of a difference, else the one that is read.
    fn rewrite(&self) -> Option<usize> {
        let right = self.wanted.map(|[_, right]| right).filter(|_| self.focus == Pane::Difference);
        right.or_else(|| self.current())
    }

    /// What a rewrite is held against: the article that is marked, else all other versions of its story, else the one beside it.
    fn held(&self, rewrite: usize) -> Option<Asked> {
        let others = |index: &usize| *index != rewrite;
        let versions = self.listing.versions(rewrite).iter().copied().filter(others).collect::<Vec<_>>();
        let beside = || self.wanted.iter().flatten().copied().filter(others).collect();
        let sources = match self.marked.filter(others) {
            Some(marked) => vec![marked],
            None if versions.is_empty() => beside(),
            None => versions,
        };
        (!sources.is_empty()).then_some(Asked { rewrite, sources })
    }

    /// Opens the check of what is read, or goes back to the panes when it is open.
    pub(super) fn toggle_check(&mut self) -> Vec<Request> {
        if self.focus == Pane::Check {
            self.focus = self.before;
            return Vec::new();
        }
        let Some(rewrite) = self.rewrite() else { return Vec::new() };
        self.check_from = self.sentence_here().filter(|(article, _)| *article == rewrite).map(|(_, sentence)| sentence);
        self.open_check(rewrite)
    }

    /// Opens the check of an article.
    pub(super) fn open_check(&mut self, rewrite: usize) -> Vec<Request> {
        let Some(asked) = self.held(rewrite) else {
            self.notice = Some(String::from("a check needs a source: mark one with the key for comparing, or read an article of a story"));
            return Vec::new();
        };
        if !self.focus.is_whole() {
            self.before = self.focus;
        }
        self.focus = Pane::Check;
        let requests: Vec<Request> = self.ask_check(asked).into_iter().collect();
        self.arrange();
        self.begin_check();
        requests
    }

    /// Asks for a check, unless it is there or on its way.
    fn ask_check(&mut self, asked: Asked) -> Option<Request> {
        if self.checking.as_ref() == Some(&asked) {
            return None;
        }
        self.checking = Some(asked.clone());
        self.checked = None;
        let entry = |index: &usize| self.listing.entries[*index].clone();
        let letter = |(at, index): (usize, &usize)| self.listing.letter(*index).unwrap_or_else(|| crate::corpus::story::letter(at));
        let names = asked.sources.iter().enumerate().map(letter).collect();
        let entries = std::iter::once(&asked.rewrite).chain(&asked.sources).map(entry).collect();
        Some(Request::Work(Task::Check { asked, entries, names, reading: self.reading.clone() }))
    }

    /// Takes a check that was asked for.
    pub(super) fn take_check(&mut self, asked: &Asked, checked: Result<Box<Checked>, String>) {
        if self.checking.as_ref() != Some(asked) {
            return;
        }
        match checked {
            Ok(checked) => {
                self.checked = Some(Arc::new(*checked));
                self.place_marks();
                self.check.forget();
                self.arrange();
                self.go_to_item(0);
                self.begin_check();
                self.arrive();
            }
            Err(why) => {
                (self.checking, self.checked) = (None, None);
                self.focus = if self.focus == Pane::Check { self.before } else { self.focus };
                self.notice = Some(why);
            }
        }
    }

    /// Goes to the first finding at or behind the sentence that the view was opened from.
    fn begin_check(&mut self) {
        let (Some(checked), Some(from)) = (self.checked.clone(), self.check_from.take()) else { return };
        let place =
            |(at, item): (usize, &Item)| checked.sentence(*item).filter(|&sentence| sentence >= from).map(|sentence| (sentence, at));
        let nearest = self.check.items.iter().enumerate().filter_map(place).min();
        if let Some((_, at)) = nearest {
            self.go_to_item(at);
        }
        let height = usize::from(self.parts().text.height);
        self.check.go_to_sentence(from, height);
    }

    /// The place of the rewrite that the view is at.
    pub(super) fn at_in_check(&self) -> Option<At<usize>> {
        let checked = self.checked.as_ref()?;
        let byte = self.check.sentence().map_or(0, |sentence| checked.article.parsed.sentences[sentence].span.start);
        Some(At { article: checked.asked.rewrite, byte, stub: false })
    }

    /// Goes to a place of the rewrite; the answer is whether nothing more is to be waited for.
    pub(super) fn arrive_in_check(&mut self, at: At<usize>) -> bool {
        let Some(checked) = self.checked.as_ref().filter(|checked| checked.asked.rewrite == at.article) else {
            return self.checking.is_none();
        };
        self.check_from = Some(checked.article.parsed.sentence_at(at.byte));
        self.begin_check();
        true
    }

    /// Where the parts of the check view are.
    pub fn parts(&self) -> Parts {
        Parts::new(self.areas().check.inner(), self.check.in_text)
    }

    /// Puts the cursor on an item, and the text on its sentence.
    pub(super) fn go_to_item(&mut self, at: usize) {
        let parts = self.parts();
        self.check.go_to_item(at, usize::from(parts.list.height));
        let sentence = self.checked.as_ref().zip(self.check.item()).and_then(|(checked, item)| checked.sentence(item));
        if let Some(sentence) = sentence {
            self.check.go_to_sentence(sentence, usize::from(parts.text.height));
        }
    }

    /// Moves in the part that has the keys: from item to item, or from line to line of the text.
    pub(super) fn step_check(&mut self, by: isize) {
        if self.check.in_text {
            let height = usize::from(self.parts().text.height);
            self.check.text_scroll.step(by, self.check.text.len(), height);
            return self.follow_text();
        }
        let last = self.check.items.len().saturating_sub(1);
        let at = self.check.at().unwrap_or(last);
        self.go_to_item(at.saturating_add_signed(by).min(last));
    }

    /// The list goes to the first finding of the sentence under the cursor.
    fn follow_text(&mut self) {
        let Some((checked, sentence)) = self.checked.clone().zip(self.check.sentence()) else { return };
        let found = self.check.items.iter().position(|item| checked.sentence(*item) == Some(sentence));
        if let Some(at) = found {
            let height = usize::from(self.parts().list.height);
            self.check.go_to_item(at, height);
        }
    }

    /// Walks from item to item, whichever part has the keys.
    pub(super) fn walk_check(&mut self, forward: bool, flagged: bool) {
        let at = self.check.at().unwrap_or(0);
        let stops = |at: &usize| !flagged || matches!(self.check.items[*at], Item::Finding(_));
        let next = if forward { (at + 1..self.check.items.len()).find(stops) } else { (0..at).rev().find(stops) };
        match next {
            Some(next) => self.go_to_item(next),
            None if self.check.items.is_empty() => self.notice = Some(String::from("nothing was found")),
            None => self.notice = Some(format!("this is the {} one", if forward { "last" } else { "first" })),
        }
    }

    /// Shows what the item under the cursor is about in the difference pane: the source on the left, the rewrite on the right.
    pub(super) fn visit_check(&mut self) -> Vec<Request> {
        let Some(checked) = self.checked.clone() else { return Vec::new() };
        let Some((source, at)) = self.check_place(&checked) else { return Vec::new() };
        let pair = [checked.asked.sources[source], checked.asked.rewrite];
        self.show_pair(pair, pair[1], Some(at))
    }

    /// The source that the item or the sentence under the cursor is held against, and the place that it is about.
    fn check_place(&self, checked: &Checked) -> Option<(usize, At<usize>)> {
        let at = |article: usize, byte: usize| At { article, byte, stub: false };
        let own = |sentence: usize| {
            let byte = checked.article.parsed.sentences[sentence].span.start;
            (checked.origin(sentence).map_or(0, |(source, _)| source), at(checked.asked.rewrite, byte))
        };
        if self.check.in_text {
            return self.check.sentence().map(own);
        }
        match self.check.item()? {
            Item::Finding(number) => {
                let finding = &checked.check.findings[number];
                let (source, place) = own(finding.sentence);
                let here = finding.here.as_ref().map(|tokens| span(&checked.article.parsed, tokens).start);
                let source = finding.source.as_ref().map_or(source, |(source, _)| *source);
                Some((source, At { byte: here.unwrap_or(place.byte), ..place }))
            }
            Item::Dropped(number) => {
                let Dropped { source, sentence, .. } = checked.check.dropped[number];
                let byte = checked.origins[source].parsed.sentences[sentence].span.start;
                Some((source, at(checked.asked.sources[source], byte)))
            }
        }
    }

    /// Holds another version of the story against the rest.
    pub(super) fn turn_rewrite(&mut self, by: isize) -> Vec<Request> {
        let Some(asked) = self.checking.clone() else { return Vec::new() };
        let versions = self.listing.versions(asked.rewrite).to_vec();
        let Some(at) = versions.iter().position(|version| *version == asked.rewrite).filter(|_| versions.len() > 1) else {
            self.notice = Some(String::from("this article has no other version in the corpus"));
            return Vec::new();
        };
        let rewrite = versions[(at + versions.len()).saturating_add_signed(by) % versions.len()];
        let sources = versions.into_iter().filter(|version| *version != rewrite).collect();
        self.ask_check(Asked { rewrite, sources }).into_iter().collect()
    }

    /// The item under the cursor as text: what it is, what it says, and the words of the rewrite.
    pub(super) fn check_text(&self) -> Option<String> {
        let checked = self.checked.as_ref()?;
        let sentence = |sentence: usize| super::clean(checked.article.parsed.sentences[sentence].span.of(&checked.article.text));
        if self.check.in_text {
            return self.check.sentence().map(sentence);
        }
        let item = self.check.item()?;
        let own = checked.sentence(item).map(sentence);
        Some([Some(checked.head(item)), Some(checked.told(item)), own].into_iter().flatten().collect::<Vec<_>>().join("\n"))
    }

    /// Looks a query up in the rewrite; the answer is how often it stands there.
    pub(super) fn search_check(&mut self, query: &str) -> usize {
        let Some(checked) = &self.checked else { return 0 };
        self.check.hits = search::find(&checked.article.text, query);
        self.check.hits.len()
    }

    /// The lines of the text where the hits of the last search begin.
    pub(super) fn check_hits(&self) -> Vec<usize> {
        let shows = |hit: &Span, line: &TextLine| line.own.iter().any(|piece| piece.span.contains(hit.start));
        self.check.hits.iter().filter_map(|hit| self.check.text.iter().position(|line| shows(hit, line))).collect()
    }

    /// Goes to a line of the text.
    pub(super) fn go_to_check_line(&mut self, line: usize) {
        self.check.in_text = true;
        let height = usize::from(self.parts().text.height);
        self.check.text_scroll.jump(line, self.check.text.len(), height);
        self.follow_text();
    }

    /// A click: on an item of the list, or on a line of the text.
    pub(super) fn click_check(&mut self, column: u16, row: u16) {
        let parts = self.parts();
        if parts.text.contains(column, row) {
            self.check.in_text = true;
            let line = self.check.text_scroll.top + usize::from(row - parts.text.y);
            self.check.text_scroll.go(line, self.check.text.len(), usize::from(parts.text.height));
            self.follow_text();
        } else if parts.list.contains(column, row) {
            self.check.in_text = false;
            let line = self.check.list_scroll.top + usize::from(row - parts.list.y);
            if let Some(at) = self.check.list.get(line).and_then(ListLine::item) {
                self.go_to_item(at);
            }
        }
    }

    /// The wheel rolls the part that has the keys.
    pub(super) fn wheel_check(&mut self, by: isize) {
        let parts = self.parts();
        let view = &mut self.check;
        match view.in_text {
            true => view.text_scroll.roll(by, view.text.len(), usize::from(parts.text.height)),
            false => view.list_scroll.roll(by, view.list.len(), usize::from(parts.list.height)),
        }
    }
}
