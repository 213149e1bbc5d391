//! What is kept between two runs: what the reader switched, and for each corpus the place where they left it.
//!
//! All of it is plain data and a document in JSON; the street door reads and writes the file.

use super::App;
use super::layout::{Borders, Pane};
use super::spot::Spot;
use super::task::Request;
use super::tree::Order;
use crate::collate::Levels;
use serde::{Deserialize, Serialize};

/// The version of the document. A higher one was written by a newer program.
const VERSION: u64 = 1;

/// How many corpora are kept; the one that was left longest ago is given up.
const KEPT: usize = 50;

/// What the reader switched: `None` where it is as the settings say, so that a change of the settings is not lost.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Switches {
    /// Whether the background is light.
    pub light: Option<bool>,
    /// The levels of difference that are on.
    pub levels: Option<Levels>,
    /// Whether what is the same on both sides is folded away.
    pub folded: Option<bool>,
    /// Whether sentences are shown whole.
    pub wrapped: Option<bool>,
    /// Whether page furniture is read and counted like news.
    pub furniture: Option<bool>,
    /// The order of the corpus.
    pub order: Option<Order>,
    /// Whether the pane has the whole screen.
    pub zoomed: bool,
    /// Where the borders were dragged to.
    pub borders: Borders,
}

/// An article by its file: the number of what was opened, and the path below that.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct FileName(pub usize, pub String);

/// Where a reader left a corpus.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Bookmark {
    /// The place.
    pub spot: Spot<FileName>,
    /// What the articles of the tree must contain.
    pub filter: String,
}

/// What a run leaves to the next.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Session {
    /// What the reader switched.
    pub switches: Switches,
    /// Where they left the corpus; `None` for one that was not seen before.
    pub bookmark: Option<Bookmark>,
}

/// What was opened, wherever that was done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Corpus {
    /// The built-in corpus.
    Demo,
    /// Files and folders, by their full paths.
    Paths(Vec<String>),
}

/// A corpus and the place where it was left.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Visit {
    corpus: Corpus,
    #[serde(flatten)]
    bookmark: Bookmark,
}

/// The document.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Kept {
    version: u64,
    switches: Switches,
    /// The corpora, the one that was left last first.
    visits: Vec<Visit>,
}

impl Kept {
    /// Reads a document. One that is damaged keeps nothing; one that a newer program wrote is `None`, for it is to be left alone.
    pub fn read(document: &str) -> Option<Kept> {
        let value: serde_json::Value = serde_json::from_str(document).unwrap_or_default();
        let newer = value.get("version").and_then(serde_json::Value::as_u64).is_some_and(|version| version > VERSION);
        (!newer).then(|| serde_json::from_value(value).unwrap_or_default())
    }

    /// The document.
    pub fn written(&self) -> String {
        serde_json::to_string_pretty(self).unwrap_or_default() + "\n"
    }

    /// The corpus that was left last.
    pub fn last(&self) -> Option<&Corpus> {
        self.visits.first().map(|visit| &visit.corpus)
    }

    /// What the last runs leave to one on a corpus.
    pub fn session(&self, corpus: Option<&Corpus>) -> Session {
        let visit = self.visits.iter().find(|visit| Some(&visit.corpus) == corpus);
        Session { switches: self.switches.clone(), bookmark: visit.map(|visit| visit.bookmark.clone()) }
    }

    /// Takes in what a run on a corpus leaves.
    pub fn keep(&mut self, corpus: Option<Corpus>, session: Session) {
        (self.version, self.switches) = (VERSION, session.switches);
        if let Some((corpus, bookmark)) = corpus.zip(session.bookmark) {
            self.visits.retain(|visit| visit.corpus != corpus);
            self.visits.insert(0, Visit { corpus, bookmark });
            self.visits.truncate(KEPT);
        }
    }
}

/// What is switched, where the settings say otherwise.
fn unlike<T: PartialEq>(switched: T, settings: T) -> Option<T> {
    (switched != settings).then_some(switched)
}

impl App {
    /// What this run leaves to the next.
    pub fn session(&self) -> Session {
        let settings = &self.loaded.settings;
        let switches = Switches {
            light: self.background,
            levels: unlike(self.levels, settings.levels),
            folded: unlike(self.folded, settings.folded),
            wrapped: unlike(self.wrapped, settings.wrapped),
            furniture: unlike(self.reading.whole, settings.furniture),
            order: self.order,
            zoomed: self.zoomed,
            borders: self.borders,
        };
        // Who leaves before the corpus was read, without a key, was not at another place.
        let spot = match self.bookmark.as_ref().filter(|_| !self.touched) {
            Some(bookmark) => bookmark.spot.clone(),
            None => self.spot().map(|&article| self.listing.file(article)),
        };
        Session { switches, bookmark: Some(Bookmark { spot, filter: self.tree.filter.clone() }) }
    }

    /// Begins as the last run ended. The place is gone to when its files are known, unless the reader has gone elsewhere by then.
    pub fn resume(&mut self, session: Session) {
        let Session { switches, bookmark } = session;
        self.background = switches.light;
        self.levels = switches.levels.unwrap_or(self.levels);
        self.folded = switches.folded.unwrap_or(self.folded);
        self.wrapped = switches.wrapped.unwrap_or(self.wrapped);
        self.reading.whole = switches.furniture.unwrap_or(self.reading.whole);
        (self.order, self.zoomed, self.borders) = (switches.order, switches.zoomed, switches.borders);
        self.tree.filter = bookmark.as_ref().map(|bookmark| bookmark.filter.replace(char::is_control, " ")).unwrap_or_default();
        self.bookmark = bookmark;
    }

    /// All files are known: the reader is where they left already, though not yet in a view of a whole story.
    pub(super) fn look_in(&mut self) -> Vec<Request> {
        let Some(spot) = self.bookmarked() else { return Vec::new() };
        let pane = if spot.pane.is_whole() { Pane::Corpus } else { spot.pane };
        self.go(&Spot { pane, ..spot })
    }

    /// The place where the reader left, now that everything is known.
    pub(super) fn returned(&mut self) -> Option<Spot<usize>> {
        let spot = self.bookmarked();
        self.bookmark = None;
        if let Some(spot) = &spot {
            self.touched = true;
            self.focus = if spot.pane.is_whole() { Pane::Difference } else { self.focus };
        }
        spot
    }

    /// The place where the reader left, as far as it is still there and they have gone nowhere else.
    fn bookmarked(&self) -> Option<Spot<usize>> {
        let bookmark = self.bookmark.as_ref().filter(|_| !self.touched)?;
        let spot = bookmark.spot.map(|file| self.listing.article(file));
        spot.article.or(spot.cursor).is_some().then_some(spot)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::spot::At;

    fn paths(name: &str) -> Corpus {
        Corpus::Paths(vec![format!("/news/{name}")])
    }

    fn file(name: &str) -> FileName {
        FileName(0, name.to_string())
    }

    fn session(article: &str) -> Session {
        let at = At { article: file(article), byte: 17, stub: false };
        let spot = Spot {
            pane: Pane::Difference,
            cursor: Some(file("a.txt")),
            article: Some(file(article)),
            pair: Some([file("a.txt"), file(article)]),
            at: Some(at),
        };
        let switches =
            Switches { light: Some(true), levels: Some(Levels::from(crate::collate::Level::Wording)), zoomed: true, ..Switches::default() };
        Session { switches, bookmark: Some(Bookmark { spot, filter: String::from("ferry") }) }
    }

    #[test]
    fn what_is_kept_is_read_again() {
        let mut kept = Kept::default();
        kept.keep(Some(paths("one")), session("b.txt"));
        kept.keep(Some(Corpus::Demo), session("c.txt"));
        let again = Kept::read(&kept.written()).expect("it is not newer");
        assert_eq!(again, kept);
        assert_eq!(again.last(), Some(&Corpus::Demo));
        assert_eq!(again.session(Some(&paths("one"))), session("b.txt"));
        assert_eq!(again.session(Some(&paths("two"))), Session { bookmark: None, ..session("b.txt") });
        assert_eq!(again.session(None).bookmark, None);
    }

    #[test]
    fn a_corpus_is_kept_once_and_those_left_longest_ago_are_given_up() {
        let mut kept = Kept::default();
        for number in (0..KEPT + 5).chain([10]) {
            kept.keep(Some(paths(&number.to_string())), session("b.txt"));
        }
        assert_eq!((kept.visits.len(), kept.last()), (KEPT, Some(&paths("10"))));
        assert_eq!(kept.visits.iter().filter(|visit| visit.corpus == paths("10")).count(), 1);
        assert!(kept.session(Some(&paths("4"))).bookmark.is_none() && kept.session(Some(&paths("5"))).bookmark.is_some());
        kept.keep(None, Session::default());
        assert_eq!((kept.visits.len(), kept.session(None)), (KEPT, Session::default()));
    }

    #[test]
    fn what_is_damaged_keeps_nothing_and_what_is_newer_is_left_alone() {
        let mut kept = Kept::default();
        kept.keep(Some(Corpus::Demo), session("b.txt"));
        let whole = kept.written();
        for end in 0..whole.len() - 2 {
            assert_eq!(Kept::read(&whole[..end]), Some(Kept::default()), "{}", &whole[..end]);
        }
        for damaged in ["null", "[]", "{\"visits\": 3}", "{\"visits\": [{\"corpus\": \"moon\"}]}", &"[".repeat(100_000)] {
            assert_eq!(Kept::read(damaged), Some(Kept::default()));
        }
        assert_eq!(Kept::read("{\"version\": 2, \"visits\": {\"by\": \"date\"}}"), None);
    }

    #[test]
    fn unknown_fields_are_passed_over_and_missing_ones_are_as_by_default() {
        let document = "{\"version\": 1, \"moon\": 1, \"switches\": {\"folded\": false, \"sound\": 11, \"borders\": {\"corpus\": 30}},
                         \"visits\": [{\"corpus\": \"demo\", \"spot\": {\"pane\": \"story\", \"star\": 1}}]}";
        let session = Kept::read(document).expect("it is not newer").session(Some(&Corpus::Demo));
        let borders = Borders { corpus: Some(30), ..Borders::default() };
        assert_eq!(session.switches, Switches { folded: Some(false), borders, ..Switches::default() });
        let spot = Spot { pane: Pane::Story, ..Spot::default() };
        assert_eq!(session.bookmark, Some(Bookmark { spot, filter: String::new() }));
    }
}
