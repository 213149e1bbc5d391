//! All versions of a story with their apparatus, and the verbs that go from a place in one version to the same place in others.

use super::layout::Pane;
use super::spot::At;
use super::task::{Request, Task};
use super::{App, rows};
use crate::collate::apparatus::{self, Apparatus, Passage, Reading, Variant};
use crate::collate::lineage::{Lineage, lineage};
use crate::collate::{Kind, Levels, Side};
use crate::corpus::Article;
use crate::text::{Span, width};
use std::ops::Range;
use std::sync::Arc;

/// Versions that were read together, and what was found about them.
#[derive(Debug, PartialEq)]
pub struct Versions {
    /// The articles, by their indices in the corpus, in the order of their letters.
    pub indices: Vec<usize>,
    /// The articles.
    pub articles: Vec<Arc<Article>>,
    /// Their passages and variants.
    pub apparatus: Apparatus,
    /// For each version the share of its words that each other one has.
    pub containment: Vec<Vec<f64>>,
    /// Who probably took from whom.
    pub lineage: Lineage,
}

/// A variant: its passage, and its number in it.
pub type VariantPlace = (usize, usize);

/// What some versions have at a place: the words, on one line, and the versions.
pub type Told = (String, Vec<usize>);

impl Versions {
    /// Puts articles side by side.
    pub fn new(indices: Vec<usize>, articles: Vec<Arc<Article>>) -> Self {
        let sides: Vec<Side> = articles.iter().map(|article| article.side()).collect();
        let apparatus = apparatus::apparatus(&sides);
        let containment = apparatus.containment(articles.len());
        let lineage = lineage(&sides, &apparatus);
        Versions { indices, articles, apparatus, containment, lineage }
    }

    /// The version that an article of the corpus is.
    pub fn version(&self, article: usize) -> Option<usize> {
        self.indices.iter().position(|index| *index == article)
    }

    /// A variant with its passage.
    pub fn variant(&self, (passage, variant): VariantPlace) -> Option<(&Passage, &Variant)> {
        let passage = self.apparatus.passages.get(passage)?;
        Some((passage, passage.variants.get(variant)?))
    }

    /// The words of some tokens of a version, on one line and made safe; `–` for none.
    pub fn words(&self, version: usize, tokens: &Range<usize>) -> String {
        if tokens.is_empty() {
            return String::from("–");
        }
        let article = &self.articles[version];
        width::flat(apparatus::span(&article.parsed, tokens).of(&article.text)).into_owned()
    }

    /// The readings of a variant, those as one that differ at no level that is on.
    pub fn readings(&self, variant: &Variant, levels: Levels) -> Vec<Told> {
        let told = |group: Vec<&Reading>| {
            let mut versions: Vec<usize> = group.iter().flat_map(|reading| reading.versions()).collect();
            versions.sort_unstable();
            let words = group.first().and_then(|reading| reading.at.first()).map(|(version, tokens)| self.words(*version, tokens));
            (words.unwrap_or_default(), versions)
        };
        variant.readings_at(levels.lowest()).into_iter().map(told).collect()
    }

    /// The variant that has a token of a version.
    pub fn variant_at(&self, version: usize, token: usize) -> Option<VariantPlace> {
        let sentence = self.articles[version].parsed.sentences.partition_point(|s| s.tokens.end <= token);
        let passage = self.apparatus.passage_of(version, sentence)?;
        Some((passage, self.apparatus.passages[passage].variant_at(version, token)?))
    }

    /// The variants whose words in a version begin in some bytes of its text, in order.
    pub fn variants_in(&self, version: usize, span: Span) -> Vec<VariantPlace> {
        let text = &self.articles[version].parsed;
        let sentences = text.sentence_at(span.start)..=text.sentence_at(span.end.saturating_sub(1));
        let mut passages: Vec<usize> = sentences.filter_map(|sentence| self.apparatus.passage_of(version, sentence)).collect();
        passages.dedup();
        let begins =
            |variant: &Variant| variant.reading_of(version).is_some_and(|(_, tokens)| span.contains(apparatus::span(text, tokens).start));
        let of_passage = |passage: usize| {
            let variants = &self.apparatus.passages[passage].variants;
            (0..variants.len()).filter(move |&v| begins(&variants[v])).map(move |v| (passage, v)).collect::<Vec<_>>()
        };
        passages.into_iter().flat_map(of_passage).collect()
    }
}

/// So many versions of a story are put side by side. What it takes grows with the square of their number.
const SIDES: usize = 256;

/// The versions of a story that are put side by side with one of them: all, or the first and itself.
fn side_by_side(story: &[usize], article: usize) -> Vec<usize> {
    let mut sides = story[..story.len().min(SIDES)].to_vec();
    if sides.len() < story.len() && !sides.contains(&article) {
        sides[SIDES - 1] = article;
    }
    sides
}

impl App {
    /// Asks for the versions of the story that an article belongs to; where what is compared is no such story, for the two of them.
    pub(super) fn gather(&mut self, article: usize) -> Option<Request> {
        let story = self.listing.versions(article);
        let strangers = self.wanted.filter(|pair| !pair.iter().all(|index| story.contains(index)));
        let all = story.len();
        let indices = strangers.map_or_else(|| side_by_side(story, article), Vec::from);
        if indices.len() < 2 || self.asked.as_ref() == Some(&indices) {
            return None;
        }
        if strangers.is_none() && indices.len() < all {
            self.notice = Some(format!("of {all} versions {} are put side by side", indices.len()));
        }
        self.asked = Some(indices.clone());
        self.gathered = None;
        let entries = indices.iter().map(|&index| self.listing.entries[index].clone()).collect();
        Some(Request::Work(Task::Gather { indices, entries, reading: self.reading.clone() }))
    }

    /// The readings under the cursor of a view of all versions, one a line with its versions; else the path of the version there.
    pub(super) fn readings_text(&self) -> Option<String> {
        let versions = self.gathered.as_ref()?;
        if self.focus == Pane::Story {
            return Some(self.listing.entries[versions.indices[self.story.version(versions)?]].path.display().to_string());
        }
        let (_, variant) = versions.variant(self.variants.place()?)?;
        let line = |(words, told): Told| format!("{words}: {}", self.letters(versions, &told));
        Some(versions.readings(variant, self.levels).into_iter().map(line).collect::<Vec<_>>().join("\n"))
    }

    /// The letters of some versions: `A C`.
    pub fn letters(&self, versions: &Versions, told: &[usize]) -> String {
        told.iter().map(|&version| self.version_letter(versions, version)).collect::<Vec<_>>().join(" ")
    }

    /// The letter of a version; of articles that are no story, by their place.
    pub fn version_letter(&self, versions: &Versions, version: usize) -> String {
        self.listing.letter(versions.indices[version]).unwrap_or_else(|| crate::corpus::story::letter(version))
    }

    /// Takes the versions that were asked for.
    pub(super) fn take_gathered(&mut self, asked: &[usize], versions: Versions) {
        if self.asked.as_deref() == Some(asked) {
            self.gathered = Some(Arc::new(versions));
            self.variants.forget();
            self.story.forget();
            self.mark_reader();
            self.arrive();
        }
    }

    /// The versions at hand, when an article is one of them.
    pub fn versions_of(&self, article: usize) -> Option<(&Arc<Versions>, usize)> {
        let gathered = self.gathered.as_ref()?;
        Some((gathered, gathered.version(article)?))
    }

    /// The variant under the cursor of the difference pane.
    pub fn variant_here(&self) -> Option<VariantPlace> {
        let (pair, edit) = (self.parallel.pair.as_ref()?, self.parallel.edit()?);
        [0, 1].into_iter().find_map(|side| {
            let tokens = rows::range(edit, side).filter(|tokens| !tokens.is_empty())?;
            let (versions, version) = self.versions_of(pair.indices[side])?;
            versions.variant_at(version, tokens.start)
        })
    }

    /// The variants whose words on the left, or else on the right, begin on the line under the cursor of the difference pane.
    pub fn variants_beside(&self) -> Vec<VariantPlace> {
        let found = || {
            let pair = self.parallel.pair.as_ref()?;
            let line = self.parallel.lines.get(self.parallel.scroll.cursor)?;
            let pieces: Vec<&rows::Piece> = match &line.body {
                rows::Body::Sides([left, right]) if left.is_empty() => right.iter().collect(),
                rows::Body::Sides([left, _]) => left.iter().collect(),
                rows::Body::Inline(pieces) => pieces.iter().filter(|piece| piece.side == pieces[0].side).collect(),
                _ => return None,
            };
            let (first, last) = (pieces.first()?, pieces.last()?);
            let (versions, version) = self.versions_of(pair.indices[first.side])?;
            Some(self.shown_of(versions, versions.variants_in(version, first.span.to(last.span))))
        };
        found().unwrap_or_default()
    }

    /// Of some variants those at the levels that are on; nobody stops at quotation marks.
    fn shown_of(&self, versions: &Versions, places: Vec<VariantPlace>) -> Vec<VariantPlace> {
        let shown = |v: &Variant| self.levels.has(v.level()) && v.kind != Kind::Typography;
        places.into_iter().filter(|place| versions.variant(*place).is_some_and(|(_, v)| shown(v))).collect()
    }

    /// The variants that begin on the line under the cursor of the article pane, at the levels that are on.
    pub fn variants_on_line(&self) -> Vec<VariantPlace> {
        let line = self.reader.lines.get(self.reader.scroll.cursor);
        let found = || {
            let (versions, version) = self.versions_of(self.reader.shown?)?;
            Some(self.shown_of(versions, versions.variants_in(version, line?.span)))
        };
        found().unwrap_or_default()
    }

    /// The article and the sentence that the reader is at, in a pane that shows text.
    pub(super) fn sentence_here(&self) -> Option<(usize, usize)> {
        let of_reader = || Some((self.reader.shown?, self.reader.sentence()?));
        match self.focus {
            Pane::Difference => {
                let (pair, row) = (self.parallel.pair.as_ref()?, self.parallel.row()?);
                [0, 1].into_iter().find_map(|side| Some((pair.indices[side], row.sentences(side).next()?)))
            }
            _ => of_reader(),
        }
    }

    // --- The two views ----------------------------------------------------------------------------------------------

    /// Opens a view of all versions, or goes back to the panes when it is open.
    pub(super) fn toggle_view(&mut self, view: Pane) -> Vec<Request> {
        if self.focus == view {
            self.focus = self.before;
            return Vec::new();
        }
        let here = self.variant_here();
        let sentence = self.sentence_here();
        let Some(article) = self.current().or(self.reader.shown) else { return Vec::new() };
        let requests: Vec<Request> = self.gather(article).into_iter().collect();
        if self.asked.is_none() || (self.listing.versions(article).is_empty() && self.wanted.is_none()) {
            self.notice = Some(String::from("this article has no other version in the corpus"));
            return requests;
        }
        if !self.focus.is_whole() {
            self.before = self.focus;
        }
        self.focus = view;
        self.arrange();
        let passage = sentence.and_then(|(article, sentence)| {
            let (versions, version) = self.versions_of(article)?;
            versions.apparatus.passage_of(version, sentence)
        });
        let height = self.height(Pane::Variants);
        match (view, here, passage) {
            (Pane::Variants, Some(place), _) => self.variants.go_to(place, height),
            (Pane::Variants, None, Some(passage)) => self.variants.go_to((passage, 0), height),
            _ => {}
        }
        requests
    }

    /// Shows a version beside the base, at the sentences of a passage; the base itself beside the version that is nearest.
    pub(super) fn visit(&mut self, base: usize, version: usize, place: Option<VariantPlace>) -> Vec<Request> {
        let Some(versions) = self.gathered.clone() else { return Vec::new() };
        let other = if base == version { nearest(&versions, base) } else { Some(version) };
        let Some(other) = other else { return Vec::new() };
        let pair = [versions.indices[base], versions.indices[other]];
        let arrival = place.and_then(|place| at(&versions, version, place).or_else(|| at(&versions, base, place)));
        self.show_pair(pair, versions.indices[version], arrival)
    }

    /// Shows two articles beside each other, the cursor of the tree on one of them, and goes to a place in them.
    pub(super) fn show_pair(&mut self, pair: [usize; 2], revealed: usize, arrival: Option<At<usize>>) -> Vec<Request> {
        let here = self.spot();
        self.jumps.leave(here);
        self.arrival = arrival;
        let mut requests: Vec<Request> = self.compare(Some(pair)).into_iter().collect();
        if self.reader.shown != Some(pair[0]) {
            requests.push(self.open(pair[0]));
        }
        self.reveal(revealed);
        self.focus = Pane::Difference;
        self.arrive();
        requests
    }

    /// Puts the cursor of the tree on an article.
    pub(super) fn reveal(&mut self, article: usize) {
        let height = self.height(Pane::Corpus);
        self.tree.reveal(&self.listing, article, height);
        self.tree.go_to(&self.listing, article, height);
    }
}

/// Where a version has a variant; nothing when it lacks the passage.
pub(super) fn at(versions: &Versions, version: usize, place: VariantPlace) -> Option<At<usize>> {
    let passage = versions.apparatus.passages.get(place.0)?;
    let text = &versions.articles[version].parsed;
    let first = text.sentences[passage.sentences_of(version)?.start].tokens.start;
    let token = passage.variants.get(place.1).and_then(|v| v.reading_of(version)).map_or(first, |(_, tokens)| tokens.start);
    Some(At { article: versions.indices[version], byte: text.tokens.get(token)?.span.start, stub: false })
}

/// The version that shares most with another.
fn nearest(versions: &Versions, version: usize) -> Option<usize> {
    let share = |other: usize| versions.containment[version][other];
    (0..versions.indices.len()).rev().filter(|&other| other != version).max_by(|&a, &b| share(a).total_cmp(&share(b)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_huge_story_a_part_is_put_side_by_side_and_the_article_is_in_it() {
        let story: Vec<usize> = (0..SIDES + 50).collect();
        assert_eq!(side_by_side(&story[..SIDES], 7), story[..SIDES]);
        assert_eq!(side_by_side(&story, 7), story[..SIDES]);
        let sides = side_by_side(&story, SIDES + 20);
        assert_eq!((sides.len(), sides[SIDES - 2], sides[SIDES - 1]), (SIDES, SIDES - 2, SIDES + 20));
    }
}
