//! Where the reader is, told as data, and the way back to it.

use super::layout::{Areas, Pane};
use super::task::Request;
use super::variants::VariantLine;
use super::{App, versions};
use serde::{Deserialize, Serialize};

/// Where the reader is. Articles are told by `T`: by their index while the program runs, by their file between two runs.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Spot<T> {
    /// The pane that keys go to.
    pub pane: Pane,
    /// The article under the cursor of the corpus.
    pub cursor: Option<T>,
    /// The article in the article pane.
    pub article: Option<T>,
    /// The left and the right side that are compared.
    pub pair: Option<[T; 2]>,
    /// Where in the text.
    pub at: Option<At<T>>,
}

/// A place in the text of an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct At<T> {
    /// The article.
    pub article: T,
    /// The byte of its text.
    pub byte: usize,
    /// Whether it is the other end of a moved sentence.
    #[serde(default)]
    pub stub: bool,
}

impl<T> Spot<T> {
    /// The same place with articles told in another way; what cannot be told so is left out.
    pub fn map<U>(&self, name: impl Fn(&T) -> Option<U>) -> Spot<U> {
        let of = |article: &Option<T>| article.as_ref().and_then(&name);
        let pair = self.pair.as_ref().and_then(|[left, right]| Some([name(left)?, name(right)?]));
        let at = self.at.as_ref().and_then(|at| Some(At { article: name(&at.article)?, byte: at.byte, stub: at.stub }));
        Spot { pane: self.pane, cursor: of(&self.cursor), article: of(&self.article), pair, at }
    }
}

impl App {
    /// Where the reader is, or is about to be.
    pub fn spot(&self) -> Spot<usize> {
        let cursor = self.tree.article();
        let article = match self.wanted {
            Some(pair) => [self.reader.shown, cursor, Some(pair[0])].into_iter().flatten().find(|article| pair.contains(article)),
            None => cursor.or(self.reader.shown),
        };
        let at = self.arrival.or_else(|| self.at());
        Spot { pane: self.focus, cursor, article, pair: self.wanted, at }
    }

    /// The place in the text that the pane with the keys is at.
    fn at(&self) -> Option<At<usize>> {
        match self.focus {
            Pane::Article => self.at_in_article(),
            Pane::Variants => self.at_in_table(),
            Pane::Story => self.at_in_story(),
            Pane::Check => self.at_in_check(),
            Pane::Corpus | Pane::Difference => None,
        }
        .or_else(|| self.at_in_difference())
        .or_else(|| self.at_in_article())
    }

    fn at_in_article(&self) -> Option<At<usize>> {
        let line = self.reader.lines.get(self.reader.scroll.cursor)?;
        Some(At { article: self.reader.shown?, byte: line.span.start, stub: false })
    }

    fn at_in_difference(&self) -> Option<At<usize>> {
        let pair = self.parallel.pair.as_ref().filter(|pair| self.wanted == Some(pair.indices))?;
        let here = self.parallel.here()?;
        Some(At { article: pair.indices[here.article], ..here })
    }

    /// The words under the cursor of the table in a version that has them, one that is compared before all others.
    pub(super) fn at_in_table(&self) -> Option<At<usize>> {
        let versions = self.gathered.as_ref()?;
        let place = match self.variants.lines.get(self.variants.scroll.cursor)? {
            VariantLine::Variant(place) => *place,
            VariantLine::Passage(passage) | VariantLine::Quiet(passage, _) => (*passage, usize::MAX),
        };
        let compared = |version: &usize| self.wanted.is_some_and(|pair| pair.contains(&versions.indices[*version]));
        let (first, others): (Vec<usize>, Vec<usize>) = (0..versions.indices.len()).partition(compared);
        let leads_back = |version: usize, at: &At<usize>| {
            versions.variant_at(version, versions.articles[version].parsed.token_at(at.byte)) == Some(place)
        };
        let told: Vec<(usize, At<usize>)> =
            first.into_iter().chain(others).filter_map(|version| Some((version, versions::at(versions, version, place)?))).collect();
        told.iter().find(|(version, at)| leads_back(*version, at)).or(told.first()).map(|(_, at)| *at)
    }

    fn at_in_story(&self) -> Option<At<usize>> {
        let versions = self.gathered.as_ref()?;
        Some(At { article: versions.indices[self.story.version(versions)?], ..At::default() })
    }

    // --- The way back -----------------------------------------------------------------------------------------------

    /// Goes to a place. Where what it compares is not known, its article is shown as if it had been chosen in the corpus.
    pub(super) fn go(&mut self, spot: &Spot<usize>) -> Vec<Request> {
        let Some(article) = spot.article.or(spot.cursor) else { return Vec::new() };
        self.reveal(spot.cursor.unwrap_or(article));
        let mut requests = self.show(article, spot.pair.or_else(|| self.pair_for(article)));
        // A view of all versions needs two of them.
        let pane = if spot.pane.is_whole() && self.wanted.is_none() { Pane::Corpus } else { spot.pane };
        if pane.is_whole() && !self.focus.is_whole() {
            self.before = self.focus;
        }
        if let (Pane::Check, Some(at)) = (pane, spot.at) {
            requests.extend(self.open_check(at.article));
        } else {
            self.focus = pane;
        }
        self.arrival = spot.at;
        self.arrive();
        requests
    }

    /// Goes to the place in the text that was asked for, as far as what has it is shown already.
    pub(super) fn arrive(&mut self) {
        self.arrange();
        let Some(at) = self.arrival else { return };
        let below = self.arrive_in_difference(at);
        let above = match self.focus {
            Pane::Article => self.arrive_in_article(at),
            Pane::Variants => self.arrive_in_table(at),
            Pane::Story => self.arrive_in_story(at),
            Pane::Check => self.arrive_in_check(at),
            Pane::Corpus | Pane::Difference => self.wanted.is_some() || self.arrive_in_article(at),
        };
        if below && above {
            self.arrival = None;
        }
    }

    /// The answer of this and those below is whether nothing more is to be waited for.
    fn arrive_in_difference(&mut self, at: At<usize>) -> bool {
        let Some(side) = self.wanted.and_then(|pair| pair.iter().position(|article| *article == at.article)) else { return true };
        let Some(pair) = self.parallel.pair.clone().filter(|pair| self.wanted == Some(pair.indices)) else {
            return self.parallel.trouble.is_some();
        };
        // Where another pane hides the differences, they are laid out as they will be seen.
        let area = Areas::new(self.size.0, self.size.1, self.borders, Pane::Difference, self.zoomed).difference;
        let height = usize::from(area.inner().height).max(1);
        self.parallel.arrange(self.setting(area), height);
        if let Some(row) = pair.collation.row_of(side, pair.articles[side].parsed.sentence_at(at.byte)) {
            self.parallel.go_to(row, At { article: side, ..at }, height);
            self.follow_parallel();
        }
        self.reader.article.is_some() || self.reader.trouble.is_some()
    }

    fn arrive_in_article(&mut self, at: At<usize>) -> bool {
        if self.reader.shown != Some(at.article) {
            return false;
        }
        let height = self.height(Pane::Article);
        if let Some(line) = self.reader.line_at(at.byte) {
            self.reader.scroll.jump(line, self.reader.lines.len(), height);
        }
        true
    }

    fn arrive_in_table(&mut self, at: At<usize>) -> bool {
        let Some((versions, version)) = self.versions_of(at.article).map(|(versions, version)| (versions.clone(), version)) else {
            return false;
        };
        let parsed = &versions.articles[version].parsed;
        let passage = || Some((versions.apparatus.passage_of(version, parsed.sentence_at(at.byte))?, usize::MAX));
        let height = self.height(Pane::Variants);
        if let Some(place) = versions.variant_at(version, parsed.token_at(at.byte)).or_else(passage) {
            self.variants.go_to(place, height);
        }
        true
    }

    fn arrive_in_story(&mut self, at: At<usize>) -> bool {
        let Some((_, version)) = self.versions_of(at.article) else { return false };
        let height = self.height(Pane::Story);
        self.story.go_to(version, height);
        true
    }
}
