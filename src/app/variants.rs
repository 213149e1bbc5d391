//! The table of variants: every place where versions of a story disagree, versions across.

use super::App;
use super::layout::Pane;
use super::scroll::Scroll;
use super::task::Request;
use super::versions::{VariantPlace, Versions};
use crate::collate::apparatus::{Passage, Variant};
use crate::collate::{Kind, Levels};
use crate::corpus::search;
use crate::text::fold;
use std::collections::HashSet;

/// One line of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum VariantLine {
    /// The head of a passage.
    Passage(usize),
    /// A variant.
    Variant(VariantPlace),
    /// This many passages that no two versions tell in different words, from the given one on.
    Quiet(usize, usize),
}

/// What the lines depend on.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Laid {
    levels: Levels,
    folded: bool,
    whole: bool,
    by_weight: bool,
    filter: String,
}

/// The table.
#[derive(Debug, Default)]
pub struct Variants {
    /// The lines that pass the filter.
    pub lines: Vec<VariantLine>,
    /// Where the reader is in them.
    pub scroll: Scroll,
    /// The column under the cursor, as a place in the order of the columns.
    pub column: usize,
    /// The first column shown behind the pinned one, as such a place.
    pub first: usize,
    /// The version that stands first and that others are held against.
    pub pinned: usize,
    /// Whether the weightiest variants come first; else they stand in the order of the text.
    pub by_weight: bool,
    /// What variants must be or have.
    pub filter: String,
    /// How many variants are shown.
    pub shown: usize,
    /// How many there are.
    pub all: usize,
    laid: Option<Laid>,
}

impl Variants {
    /// Lists anew what is shown for other versions; the place in the table is kept only as a number.
    pub(super) fn forget(&mut self) {
        let (by_weight, filter) = (self.by_weight, std::mem::take(&mut self.filter));
        *self = Variants { by_weight, filter, ..Variants::default() };
    }

    /// Lists the lines, unless they are already as is asked; the cursor stays on its variant.
    pub(super) fn arrange(&mut self, versions: &Versions, levels: Levels, (folded, whole): (bool, bool), height: usize) {
        let laid = Laid { levels, folded, whole, by_weight: self.by_weight, filter: self.filter.clone() };
        if self.laid.as_ref() != Some(&laid) {
            let held = self.lines.get(self.scroll.cursor).cloned();
            self.list(versions, &laid);
            self.laid = Some(laid);
            let again = held.and_then(|line| self.lines.iter().position(|l| *l == line));
            self.scroll.jump(again.unwrap_or(self.scroll.cursor), self.lines.len(), height);
        }
        self.scroll.settle(self.lines.len(), height);
    }

    fn list(&mut self, versions: &Versions, laid: &Laid) {
        let filter = Filter::new(&laid.filter, versions);
        let passages = &versions.apparatus.passages;
        let counted = |passage: &Passage| passage.counts || laid.whole;
        // Nobody reads a table of quotation marks, unless it is asked for.
        let on = |variant: &Variant| laid.levels.has(variant.level()) && (filter.asks() || variant.kind != Kind::Typography);
        let places = |index: usize| (0..passages[index].variants.len()).map(move |v| (index, v));
        let shows = |place: &VariantPlace| versions.variant(*place).is_some_and(|(_, v)| on(v) && filter.passes(versions, v));
        let all: Vec<usize> = (0..passages.len()).filter(|&p| counted(&passages[p])).collect();
        self.all = all.iter().map(|&p| passages[p].variants.iter().filter(|v| on(v)).count()).sum();
        let shown: Vec<Vec<VariantPlace>> = all.iter().map(|&p| places(p).filter(shows).collect()).collect();
        self.shown = shown.iter().map(Vec::len).sum();
        self.lines.clear();
        if laid.by_weight {
            let mut sorted = shown.concat();
            sorted.sort_by_key(|place| (std::cmp::Reverse(versions.variant(*place).map_or(0, |(_, v)| v.weight())), *place));
            self.lines.extend(sorted.into_iter().map(VariantLine::Variant));
            return;
        }
        for (&passage, variants) in all.iter().zip(&shown) {
            match (variants.is_empty(), self.lines.last_mut()) {
                (true, _) if filter.asks() => {}
                (true, Some(VariantLine::Quiet(_, count))) if laid.folded => *count += 1,
                (true, _) if laid.folded => self.lines.push(VariantLine::Quiet(passage, 1)),
                _ => {
                    self.lines.push(VariantLine::Passage(passage));
                    self.lines.extend(variants.iter().map(|place| VariantLine::Variant(*place)));
                }
            }
        }
    }

    /// Puts the cursor on a variant, or on the head of its passage.
    pub(super) fn go_to(&mut self, place: VariantPlace, height: usize) {
        let exact = self.lines.iter().position(|line| *line == VariantLine::Variant(place));
        let head = || {
            self.lines.iter().position(|line| match line {
                VariantLine::Passage(passage) => *passage == place.0,
                VariantLine::Variant((passage, _)) => *passage == place.0,
                VariantLine::Quiet(first, _) => *first == place.0,
            })
        };
        if let Some(line) = exact.or_else(head) {
            self.scroll.jump(line, self.lines.len(), height);
        }
    }

    /// The variant under the cursor.
    pub fn place(&self) -> Option<VariantPlace> {
        match self.lines.get(self.scroll.cursor)? {
            VariantLine::Variant(place) => Some(*place),
            VariantLine::Passage(_) | VariantLine::Quiet(..) => None,
        }
    }

    /// The versions in the order of the columns: the pinned one first.
    pub fn order(&self, count: usize) -> Vec<usize> {
        let pinned = self.pinned.min(count.saturating_sub(1));
        std::iter::once(pinned).chain((0..count).filter(|v| *v != pinned)).take(count).collect()
    }

    /// The lines whose words a query finds.
    pub fn hits(&self, versions: &Versions, query: &str) -> Vec<usize> {
        if query.trim().is_empty() {
            return Vec::new();
        }
        let has = |text: &str| !search::find(text, query).is_empty();
        let found = |line: &VariantLine| match line {
            VariantLine::Variant(place) => versions.variant(*place).is_some_and(|(_, v)| {
                v.readings.iter().filter_map(|r| r.at.first()).any(|(version, tokens)| has(&versions.words(*version, tokens)))
            }),
            VariantLine::Passage(passage) => has(&head(versions, *passage, self.pinned)),
            VariantLine::Quiet(..) => false,
        };
        (0..self.lines.len()).filter(|&line| found(&self.lines[line])).collect()
    }
}

/// The words at the head of a passage: those of the pinned version where it has them, else of the first that has.
pub fn head(versions: &Versions, passage: usize, pinned: usize) -> String {
    let passage = &versions.apparatus.passages[passage];
    let own = passage.sentences_of(pinned).map(|sentences| (pinned, sentences));
    let Some((version, sentences)) = own.or_else(|| passage.sentences.first().map(|(v, s)| (*v, s))) else { return String::new() };
    let told = &versions.articles[version].parsed.sentences[sentences.clone()];
    let tokens = told.first().map_or(0, |s| s.tokens.start)..told.last().map_or(0, |s| s.tokens.end);
    versions.words(version, &tokens)
}

/// How the columns of the table lie: cells in front of them, cells of each, and how many there is room for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Columns {
    /// Cells in front of the first column: cursor, sign, number.
    pub margin: usize,
    /// Cells of each column, the gap behind it included.
    pub cells: usize,
    /// How many columns are in sight, the pinned one among them.
    pub count: usize,
}

impl Columns {
    /// Lays the columns of some versions out in a pane of `width` cells: as many as have room for a word or two.
    pub fn new(width: usize, versions: usize) -> Self {
        const MARGIN: usize = 7;
        const NARROWEST: usize = 14;
        const WIDEST: usize = 34;
        let room = width.saturating_sub(MARGIN);
        let cells = (room / versions.max(1)).clamp(NARROWEST, WIDEST).min(room.max(1));
        Columns { margin: MARGIN, cells, count: (room / cells.max(1)).clamp(1, versions.max(1)) }
    }
}

/// What variants must be or have, word by word.
struct Filter(Vec<Wanted>);

enum Wanted {
    Flagged,
    Named(String),
    Version(usize),
}

impl Filter {
    fn new(words: &str, versions: &Versions) -> Self {
        let letters: Vec<String> = (0..versions.indices.len()).map(crate::corpus::story::letter).collect();
        let wanted = words.split_whitespace().map(|word| match letters.iter().position(|letter| letter == word) {
            Some(version) => Wanted::Version(version),
            None if matches!(word, "!" | "flag" | "flags" | "flagged") => Wanted::Flagged,
            None => Wanted::Named(fold::case(word)),
        });
        Filter(wanted.collect())
    }

    fn asks(&self) -> bool {
        !self.0.is_empty()
    }

    fn passes(&self, versions: &Versions, variant: &Variant) -> bool {
        self.0.iter().all(|wanted| match wanted {
            Wanted::Flagged => !variant.flags.is_empty(),
            // A version asks for the places where it stands against what most have.
            Wanted::Version(version) => variant.reading_of(*version).is_some_and(|(reading, _)| reading > 0),
            Wanted::Named(word) => {
                let names = [variant.kind.name(), variant.level().name()].into_iter().chain(variant.flags.iter().map(|f| f.name()));
                let mut names: HashSet<String> =
                    names.flat_map(|name| name.split('-').map(str::to_string).chain([name.to_string()])).collect();
                names.retain(|name| name.starts_with(word));
                let told = |at: &(usize, std::ops::Range<usize>)| fold::case(&versions.words(at.0, &at.1)).contains(word);
                !names.is_empty() || variant.readings.iter().filter_map(|r| r.at.first()).any(told)
            }
        })
    }
}

impl App {
    /// Moves the cursor over the columns of the table, or of the matrix of likenesses.
    pub(super) fn turn_column(&mut self, by: isize) {
        let Some(count) = self.gathered.as_ref().map(|v| v.indices.len()) else { return };
        let width = usize::from(self.areas().variants.inner().width);
        let shown = Columns::new(width, count).count.max(1);
        let table = &mut self.variants;
        table.column = table.column.saturating_add_signed(by).min(count.saturating_sub(1));
        // The pinned column is always in sight; the others scroll beside it.
        let room = shown.saturating_sub(1).max(1);
        if table.column > 0 {
            table.first = table.first.clamp((table.column + 1).saturating_sub(room).max(1), table.column);
        }
    }

    /// Pins the column under the cursor in the first place.
    pub(super) fn pin(&mut self) {
        let Some(count) = self.gathered.as_ref().map(|v| v.indices.len()) else { return };
        let order = self.variants.order(count);
        self.variants.pinned = order[self.variants.column.min(count - 1)];
        (self.variants.column, self.variants.first) = (0, 1);
    }

    /// Orders the table by text or by weight.
    pub(super) fn turn_weight(&mut self) {
        self.variants.by_weight = !self.variants.by_weight;
        let order = if self.variants.by_weight { "the weightiest variants come first" } else { "variants stand in the order of the text" };
        self.notice = Some(String::from(order));
        self.arrange();
        self.variants.scroll = Scroll::default();
    }

    /// Goes to the version under the cursor, at the place under the cursor.
    pub(super) fn visit_variant(&mut self) -> Vec<Request> {
        let Some(versions) = self.gathered.clone() else { return Vec::new() };
        let order = self.variants.order(versions.indices.len());
        let version = order[self.variants.column.min(order.len() - 1)];
        let place = match self.variants.lines.get(self.variants.scroll.cursor) {
            Some(VariantLine::Variant(place)) => Some(*place),
            Some(VariantLine::Passage(passage)) => Some((*passage, usize::MAX)),
            Some(VariantLine::Quiet(..)) => {
                self.folded = false;
                return Vec::new();
            }
            None => None,
        };
        self.visit(order[0], version, place)
    }

    /// Walks from variant to variant, or from flag to flag.
    pub(super) fn walk_variants(&mut self, forward: bool, flagged: bool) {
        let Some(versions) = self.gathered.clone() else { return };
        let stops = |line: usize| match self.variants.lines[line] {
            VariantLine::Variant(place) => !flagged || versions.variant(place).is_some_and(|(_, v)| !v.flags.is_empty()),
            _ => false,
        };
        let (cursor, count) = (self.variants.scroll.cursor, self.variants.lines.len());
        let next = if forward { (cursor + 1..count).find(|&l| stops(l)) } else { (0..cursor).rev().find(|&l| stops(l)) };
        let height = self.height(Pane::Variants);
        if let Some(line) = next {
            return self.variants.scroll.jump(line, count, height);
        }
        let (way, stop) = (if forward { "further" } else { "earlier" }, if flagged { "flag" } else { "variant" });
        self.notice = Some(format!("no {way} {stop}"));
    }
}
