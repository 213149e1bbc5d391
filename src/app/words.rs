//! Searching all articles for words while they are typed: the corpus shows what was found, and the words stand out in the article.

use super::App;
use super::layout::Pane;
use super::task::Request;
use crate::corpus::query::Query;
use std::collections::HashSet;

/// What the index answers.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Answer {
    /// What was asked.
    pub asked: String,
    /// The articles, by their indices, the best first.
    pub articles: Vec<usize>,
    /// Whether there are more than were looked for.
    pub more: bool,
    /// Whether the index has all articles already.
    pub complete: bool,
}

/// The words that are searched for.
#[derive(Debug, Default)]
pub struct Words {
    /// As they were typed; empty where nothing is searched for.
    pub typed: String,
    /// What was found last.
    pub answer: Answer,
    /// Why nothing can be found, in one sentence.
    pub trouble: Option<String>,
}

impl Words {
    /// How many were found, for the entry line.
    pub fn told(&self) -> String {
        match (&self.trouble, self.typed.is_empty()) {
            (Some(trouble), _) => trouble.clone(),
            (None, true) => String::from("words, \"phrases\", -unwanted, begin*, headline:, outlet:, date:2031-03"),
            (None, false) if self.answer.asked != self.typed => String::from("…"),
            (None, false) => {
                let more = if self.answer.more { " and more" } else { "" };
                let soon = if self.answer.complete { "" } else { " so far" };
                format!("{} found{more}{soon}", self.answer.articles.len())
            }
        }
    }
}

impl App {
    /// Looks for other words, if they can be understood.
    pub(super) fn look_for(&mut self, typed: &str) -> Vec<Request> {
        self.words.typed = typed.trim().to_string();
        let query = Query::parse(&self.words.typed);
        self.words.trouble = query.as_ref().err().cloned();
        match query {
            Ok(query) if query.is_empty() => self.found_words(Answer { asked: self.words.typed.clone(), ..Answer::default() }),
            Ok(_) => vec![Request::Search(self.words.typed.clone())],
            Err(_) => Vec::new(),
        }
    }

    /// Looks for the same words once more.
    pub(super) fn ask_again(&self) -> Option<Request> {
        Some(self.words.typed.clone()).filter(|typed| !typed.is_empty()).map(Request::Search)
    }

    /// Takes what was found: the corpus shows nothing else until the search is given up.
    pub(super) fn found_words(&mut self, answer: Answer) -> Vec<Request> {
        if answer.asked != self.words.typed {
            return Vec::new();
        }
        let asks = Query::parse(&answer.asked).is_ok_and(|query| !query.is_empty());
        self.tree.found = asks.then(|| answer.articles.iter().copied().collect::<HashSet<usize>>());
        self.words.answer = answer;
        let held = self.tree.article();
        self.rebuild();
        let height = self.height(Pane::Corpus);
        self.tree.go_to_or_first(&self.listing, held, height);
        self.mark_words();
        self.follow_tree()
    }

    /// Marks in the article pane where the words stand.
    pub(super) fn mark_words(&mut self) {
        let query = Query::parse(&self.words.typed).unwrap_or_default();
        let Some(article) = self.reader.article.as_ref().filter(|_| !query.is_empty()) else { return };
        self.reader.hits = query.spans(article);
        self.hit = Some((Pane::Article, 0, self.reader.hits.len()));
        self.query.clone_from(&self.words.typed);
    }

    /// Gives the search up.
    pub(super) fn forget_words(&mut self) -> Vec<Request> {
        self.clear_search();
        self.look_for("")
    }
}
