//! Marks and notes on the screen: what is marked under the cursor, where marks stand in what is shown, and the list of all.
//!
//! Nothing is shown as marked before it is saved: a decision goes out as a request, and its mark comes back as a message.

use super::check::Item;
use super::layout::Pane;
use super::overlay::{self, Overlay, Prompt, Purpose};
use super::scroll::Scroll;
use super::spot::{At, Spot as Here};
use super::task::Request;
use super::{App, Message, overlay_rows};
use crate::corpus::Article;
use crate::corpus::notes::{Decision, Mark, Marks, Notes, On, Spot, Verdict, hash, standing};
use crate::text::{Span, width};
use std::collections::HashMap;
use std::sync::Arc;

/// Something for whoever keeps the marks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Deciding {
    /// A decision about a place, and what [`Marks::target`] says of it.
    Place(Box<Spot>, Option<String>, Decision),
    /// Take the last decision back.
    Undo,
    /// Make it again.
    Redo,
    /// See what others have marked meanwhile.
    Refresh,
}

impl Deciding {
    /// Does to the marks what is asked; what came of it is told, unless nothing changed.
    pub fn perform(self, notes: &mut Notes) -> Option<Message> {
        let saved = match self {
            Deciding::Place(spot, target, decision) => notes.decide(&spot, target.as_deref(), decision).map(Some),
            Deciding::Undo => notes.undo(),
            Deciding::Redo => notes.redo(),
            Deciding::Refresh => return notes.refresh().then(|| Message::Marks(notes.marks())),
        };
        Some(Message::Decided(saved.map(|mark| (notes.marks(), mark.map(Box::new))).map_err(|error| error.to_string())))
    }
}

/// A mark where it stands in a text.
#[derive(Debug, Clone, PartialEq)]
pub struct Placed {
    /// The bytes of its words; `None` where they are no longer in the text, or where the whole article is marked.
    pub span: Option<Span>,
    /// The mark.
    pub mark: Mark,
}

/// The marks, as far as the screen knows them.
#[derive(Debug, Default)]
pub struct Marked {
    /// All of them, as they were last read.
    pub all: Arc<Marks>,
    /// Those in what is shown, by article.
    placed: HashMap<usize, Vec<Placed>>,
    /// Those of what a check found, in the order of its items.
    items: Vec<Option<Mark>>,
    /// A decision that was handed over and is not saved yet.
    pending: Option<Pending>,
    /// What the note is about that is being typed.
    noting: Option<Place>,
}

/// A decision on its way, kept so that nothing that was typed is lost.
#[derive(Debug, Clone)]
struct Pending {
    place: Place,
    decision: Decision,
}

/// A place with the decision that is in force there.
#[derive(Debug, Clone)]
struct Place {
    spot: Spot,
    target: Option<String>,
    now: Decision,
}

/// Which marks are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Shown {
    /// What somebody has still to see to.
    #[default]
    Open,
    /// Queries.
    Queries,
    /// Errors.
    Errors,
    /// What was accepted.
    Accepted,
    /// Everything.
    All,
}

impl Shown {
    const ALL: [Shown; 5] = [Shown::Open, Shown::Queries, Shown::Errors, Shown::Accepted, Shown::All];

    /// What the list is called.
    pub fn name(self) -> &'static str {
        ["open", "queries", "errors", "accepted", "all"][self as usize]
    }

    fn next(self) -> Self {
        Shown::ALL[(self as usize + 1) % Shown::ALL.len()]
    }

    fn has(self, decision: &Decision) -> bool {
        match self {
            Shown::Open => decision.is_open(),
            Shown::Queries => decision.verdict == Some(Verdict::Query),
            Shown::Errors => decision.verdict == Some(Verdict::Error),
            Shown::Accepted => decision.verdict == Some(Verdict::Accept),
            Shown::All => true,
        }
    }
}

/// The list of marks that lies over the panes.
#[derive(Debug, Clone, Default)]
pub struct MarksList {
    /// Where the reader is in it.
    pub scroll: Scroll,
    /// Which marks are listed.
    pub shown: Shown,
    /// Whose marks alone are listed.
    pub by: Option<String>,
}

impl MarksList {
    /// The marks that are listed, in the order of their articles and places.
    pub fn marks<'a>(&self, all: &'a Marks) -> Vec<&'a Mark> {
        let wanted = |mark: &&Mark| self.shown.has(&mark.decision) && self.by.as_ref().is_none_or(|by| *by == mark.by);
        all.all().into_iter().filter(wanted).collect()
    }

    fn turn_author(&mut self, all: &Marks) {
        let authors: Vec<&str> = all.authors().into_iter().collect();
        let next = match &self.by {
            None => 0,
            Some(by) => authors.iter().position(|author| author == by).map_or(authors.len(), |at| at + 1),
        };
        self.by = authors.get(next).map(ToString::to_string);
        self.scroll = Scroll::default();
    }
}

impl Marked {
    /// The marks in an article that is shown.
    pub fn of(&self, article: usize) -> &[Placed] {
        self.placed.get(&article).map_or(&[], Vec::as_slice)
    }

    /// The marks that begin in some bytes of an article that is shown; where something is missing its place counts.
    pub fn on(&self, article: usize, span: Span) -> impl Iterator<Item = &Mark> {
        let begins = move |placed: &&Placed| placed.span.is_some_and(|at| at.start >= span.start && at.start < span.end);
        self.of(article).iter().filter(begins).map(|placed| &placed.mark)
    }

    /// The mark of something that a check found, by its place among the items.
    pub fn item(&self, at: usize) -> Option<&Mark> {
        self.items.get(at)?.as_ref()
    }

    /// How many of the first `count` items are undecided, and how many have each verdict.
    pub fn counts(&self, count: usize) -> (usize, [usize; 3]) {
        let mut verdicts = [0; 3];
        let decided = self.items.iter().take(count).flatten().filter_map(|mark| mark.decision.verdict);
        decided.for_each(|verdict| verdicts[verdict as usize] += 1);
        (count.saturating_sub(verdicts.iter().sum()), verdicts)
    }
}

/// What a mark says, on one line: `query by Ada: is it 14 or 40?`
pub fn told(mark: &Mark) -> String {
    let verdict = mark.decision.verdict.map_or("note", Verdict::name);
    let note = if mark.decision.note.is_empty() { String::new() } else { format!(": {}", width::flat(&mark.decision.note)) };
    format!("{verdict} by {}{note}", width::flat(&mark.by))
}

impl App {
    /// Takes all marks as they are now.
    pub(super) fn take_marks(&mut self, marks: Arc<Marks>) {
        self.marks.all = marks;
        self.place_marks();
    }

    /// Finds the marks in what is shown.
    pub(super) fn place_marks(&mut self) {
        let mut shown: HashMap<usize, Arc<Article>> = HashMap::new();
        shown.extend(self.reader.shown.zip(self.reader.article.clone()));
        shown.extend(self.parallel.pair.iter().flat_map(|pair| pair.indices.into_iter().zip(pair.articles.clone())));
        shown.extend(self.checked.iter().map(|checked| (checked.asked.rewrite, checked.article.clone())));
        let all = &self.marks.all;
        let placed = |article: &Article| {
            let marks = all.of(&article.id);
            let hash = if marks.is_empty() { String::new() } else { hash(&article.text) };
            let place = |mark: &&Mark| if mark.spot.on == On::Article { None } else { standing(&mark.spot, &article.text, &hash).span() };
            marks.into_iter().map(|mark| Placed { span: place(&mark), mark: mark.clone() }).collect()
        };
        self.marks.placed = shown.iter().map(|(index, article)| (*index, placed(article))).collect();
        self.marks.items = self.checked.as_ref().map_or_else(Vec::new, |checked| {
            let mark = |item: Item| all.at(&checked.spot(item), checked.text(item)).cloned();
            checked.items().into_iter().map(mark).collect()
        });
    }

    /// What a decision would be about: what the pane with the keys has under its cursor.
    fn place_here(&self) -> Option<Place> {
        let (spot, text) = match self.focus {
            Pane::Corpus | Pane::Story => self.article_here().map(|article| (Spot::article(&article), article.text.clone()))?,
            Pane::Article => self.reader.article.as_ref().zip(self.reader.sentence()).map(sentence)?,
            Pane::Difference => self.difference_here()?,
            Pane::Variants => {
                let (versions, version) = self.gathered.as_ref().zip(self.at_in_table())?;
                sentence_at(&versions.articles[versions.version(version.article)?], version.byte)
            }
            Pane::Check if self.check.in_text => {
                self.checked.as_ref().zip(self.check.sentence()).map(|(checked, at)| sentence((&checked.article, at)))?
            }
            Pane::Check => {
                let (checked, item) = self.checked.as_ref().zip(self.check.item())?;
                (checked.spot(item), checked.text(item).to_string())
            }
        };
        let target = self.marks.all.target(&spot, &text);
        let now = target.as_deref().and_then(|target| self.marks.all.in_force(target)).map(|mark| mark.decision.clone());
        Some(Place { spot, target, now: now.unwrap_or_default() })
    }

    /// The article under the cursor of the corpus or of the story view, once it was read.
    fn article_here(&self) -> Option<Arc<Article>> {
        if self.focus == Pane::Story {
            let versions = self.gathered.as_ref()?;
            return Some(versions.articles[self.story.version(versions)?].clone());
        }
        let index = self.tree.article()?;
        let read = self.reader.article.clone().filter(|_| self.reader.shown == Some(index));
        let beside = || {
            let pair = self.parallel.pair.as_ref()?;
            Some(pair.articles[pair.indices.iter().position(|shown| *shown == index)?].clone())
        };
        read.or_else(beside)
    }

    /// The flag, the difference or the sentence under the cursor of the difference pane, with the text that it is in.
    fn difference_here(&self) -> Option<(Spot, String)> {
        let pair = self.parallel.pair.as_ref()?;
        let [left, right] = &pair.articles;
        let spot = match (self.parallel.flag(), self.parallel.edit(), self.parallel.row()?) {
            (Some((_, flag)), ..) => Spot::flag(left, right, flag),
            (None, Some(edit), _) => Spot::difference(left, right, edit),
            (None, None, row) if row.right.is_empty() => Spot::sentence(left, row.left.start),
            (None, None, row) => Spot::sentence(right, row.right.start),
        };
        let own = if spot.article.id == right.id { right } else { left };
        let text = own.text.clone();
        Some((spot, text))
    }

    // --- Deciding ---------------------------------------------------------------------------------------------------

    /// Gives what is under the cursor a verdict; the same again takes it back. A note stays.
    pub(super) fn decide(&mut self, verdict: Verdict) -> Vec<Request> {
        let Some(place) = self.place_here() else { return self.nothing_to_mark() };
        let verdict = Some(verdict).filter(|verdict| place.now.verdict != Some(*verdict));
        let decision = Decision { verdict, note: place.now.note.clone() };
        self.hand_over(place, decision)
    }

    fn nothing_to_mark(&mut self) -> Vec<Request> {
        self.notice = Some(String::from("nothing here can be marked; articles, sentences, differences, flags and findings can"));
        Vec::new()
    }

    fn hand_over(&mut self, place: Place, decision: Decision) -> Vec<Request> {
        let request = Deciding::Place(Box::new(place.spot.clone()), place.target.clone(), decision.clone());
        self.marks.pending = Some(Pending { place, decision });
        vec![Request::Note(request)]
    }

    /// Asks for a note on what is under the cursor.
    pub(super) fn ask_note(&mut self) -> Vec<Request> {
        let Some(place) = self.place_here() else { return self.nothing_to_mark() };
        let note = place.now.note.clone();
        self.prompt_note(place, &note);
        Vec::new()
    }

    fn prompt_note(&mut self, place: Place, note: &str) {
        self.marks.noting = Some(place);
        let input = tui_input::Input::new(note.to_string());
        self.overlay = Some(Overlay::Prompt(Prompt { purpose: Purpose::Note, input, before: String::new() }));
    }

    /// Takes the note that was typed; the verdict stays.
    pub(super) fn take_note(&mut self, note: &str) -> Vec<Request> {
        let Some(place) = self.marks.noting.take() else { return Vec::new() };
        let decision = Decision { verdict: place.now.verdict, note: note.trim().to_string() };
        if decision == place.now { Vec::new() } else { self.hand_over(place, decision) }
    }

    /// What became of a decision. One that was not saved can be made again, and a note is not to be typed again.
    pub(super) fn decided(&mut self, saved: Result<(Arc<Marks>, Option<Box<Mark>>), String>) {
        let pending = self.marks.pending.take();
        match saved {
            Ok((marks, mark)) => {
                self.take_marks(marks);
                let cleared = mark.as_ref().is_some_and(|mark| mark.decision.is_cleared());
                self.notice = Some(match &mark {
                    None => String::from("nothing more to take back or to make again"),
                    Some(_) if cleared => String::from("taken back"),
                    Some(mark) => format!("saved: {}", told(mark)),
                });
                if self.focus == Pane::Check && pending.is_some_and(|pending| pending.decision.verdict.is_some()) {
                    self.next_undecided();
                }
            }
            Err(why) => {
                let typed = pending.filter(|pending| pending.decision.note != pending.place.now.note);
                if let Some(Pending { place, decision }) = typed.filter(|_| self.overlay.is_none()) {
                    self.prompt_note(place, &decision.note);
                }
                self.notice = Some(why);
            }
        }
    }

    /// Goes on to the next finding without a verdict, behind the cursor or else before it.
    fn next_undecided(&mut self) {
        let Some(at) = self.check.at().filter(|_| !self.check.in_text) else { return };
        let count = self.check.items.len();
        let open = |at: &usize| self.marks.item(*at).is_none_or(|mark| mark.decision.verdict.is_none());
        if let Some(next) = (at + 1..count).chain(0..at).find(open) {
            self.go_to_item(next);
        }
    }

    // --- The list ---------------------------------------------------------------------------------------------------

    /// Opens the list of marks, and looks for those that others made meanwhile.
    pub(super) fn list_marks(&mut self) -> Vec<Request> {
        self.overlay = Some(Overlay::Marks(MarksList::default()));
        vec![Request::Note(Deciding::Refresh)]
    }

    /// A key on the list of marks: which are shown, whose, and going to one.
    pub(super) fn marks_key(&mut self, mut list: MarksList, key: super::key::Key) -> Vec<Request> {
        use super::key::Code;
        let marks = list.marks(&self.marks.all);
        let rows = overlay_rows(self.size.1);
        match key.code {
            Code::Tab => list = MarksList { shown: list.shown.next(), by: list.by, scroll: Scroll::default() },
            Code::Char('b') if !key.ctrl => list.turn_author(&self.marks.all),
            Code::Enter => {
                let mark = marks.get(list.scroll.cursor).map(|mark| (*mark).clone());
                return mark.map_or_else(Vec::new, |mark| self.visit_mark(&mark));
            }
            Code::Char('j') | Code::Down => list.scroll.step(1, marks.len(), rows),
            Code::Char('k') | Code::Up => list.scroll.step(-1, marks.len(), rows),
            _ => match self.list_key(list.scroll, marks.len(), key) {
                Some(scroll) => list.scroll = scroll,
                None => return Vec::new(),
            },
        }
        self.overlay = Some(Overlay::Marks(list));
        Vec::new()
    }

    /// The article that marks call by a name. Names end as ids do, except that of a file which was opened by a link to it.
    fn article_called(&self, name: &str) -> Option<usize> {
        let tail = name.rsplit('/').next().unwrap_or(name);
        let is_it = |article: &usize, tail: &str| {
            let id = self.listing.id(*article);
            id.ends_with(tail) && self.marks.all.name(&id) == name
        };
        let mut all = self.listing.shown();
        all.clone().find(|article| is_it(article, tail)).or_else(|| all.find(|article| is_it(article, "")))
    }

    /// Goes to the place of a mark: in its difference where it has one, else in its article.
    fn visit_mark(&mut self, mark: &Mark) -> Vec<Request> {
        let Some(article) = self.article_called(&mark.spot.article.id) else {
            self.notice = Some(String::from("the article of this mark is not in the corpus"));
            return Vec::new();
        };
        let against = mark.spot.against.as_ref().and_then(|against| self.article_called(&against.article.id));
        let pane = if against.is_some() { Pane::Difference } else { Pane::Article };
        let at = At { article, byte: mark.spot.span.start, stub: false };
        let here = self.spot();
        self.jumps.leave(here);
        let pair = against.map(|against| [against, article]);
        self.go(&Here { pane, cursor: Some(article), article: Some(article), pair, at: Some(at) })
    }
}

fn sentence((article, at): (&Arc<Article>, usize)) -> (Spot, String) {
    (Spot::sentence(article, at), article.text.clone())
}

fn sentence_at(article: &Arc<Article>, byte: usize) -> (Spot, String) {
    sentence((article, article.parsed.sentence_at(byte)))
}

/// What the entry line of a note says in front.
pub fn note_lead(app: &App) -> String {
    let words = app.marks.noting.as_ref().map_or("", |place| place.spot.words.as_str());
    let words = overlay::shortened(words);
    if words.is_empty() { String::from(" note: ") } else { format!(" note on “{words}”: ") }
}
