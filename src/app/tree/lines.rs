//! The lines of the tree as runs of articles below their headings: a line is worked out when it is asked for, so that a million of them
//! cost four bytes each.

use super::{Item, Order, TreeLine};
use crate::app::folders::index;
use crate::app::listing::Listing;

/// The lines, those that are folded away included.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Lines {
    /// The articles in the order in which they are shown.
    articles: Vec<u32>,
    /// The headings and the runs, from the top.
    rows: Vec<Row>,
    /// The headings that are open behind the last row, by their rows, so that articles that come later go on from there.
    open: Vec<u32>,
    /// What the last article lies below.
    below: Option<Below>,
    /// Whether it is folded away there.
    hidden: bool,
    /// How many lines are not folded away.
    shown: u32,
}

/// A heading, or articles that follow it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Row {
    /// The number of its first line; also of one that is folded away.
    line: u32,
    /// How many articles come before it.
    articles: u32,
    depth: u32,
    /// The heading, and how many articles are below it.
    heading: Option<(Item, u32)>,
}

/// What an article lies directly below.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Below {
    /// The folder of this number.
    Folder(u32),
    Story(u32),
    Alone,
}

/// Which headings are folded.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Folds {
    folders: Vec<bool>,
    stories: Vec<bool>,
    alone: bool,
}

impl Folds {
    /// Whether a heading is folded.
    pub(super) fn has(&self, item: Item) -> bool {
        match item {
            Item::Folder(folder) => self.folders.get(folder).is_some_and(|folded| *folded),
            Item::Story(story) => self.stories.get(story).is_some_and(|folded| *folded),
            Item::Alone => self.alone,
            Item::Article(_) => false,
        }
    }

    /// Folds or unfolds a heading.
    pub(super) fn set(&mut self, item: Item, folded: bool) {
        let (all, number) = match item {
            Item::Folder(folder) => (&mut self.folders, folder),
            Item::Story(story) => (&mut self.stories, story),
            Item::Alone => return self.alone = folded,
            Item::Article(_) => return,
        };
        all.resize(all.len().max(number + 1), false);
        all[number] = folded;
    }

    /// Folds these stories, and no others.
    pub(super) fn fold_as(&mut self, folded: Vec<bool>) {
        self.stories = folded;
    }

    /// Folds all stories but the first ones.
    pub(super) fn fold_stories(&mut self, from: usize, count: usize) {
        self.stories.resize(self.stories.len().max(count), false);
        self.stories[from.min(count)..count].fill(true);
    }
}

impl Lines {
    /// How many lines there are.
    pub(super) fn len(&self) -> usize {
        self.shown as usize
    }

    /// The articles that are listed, those that are folded away included.
    pub(super) fn articles(&self) -> &[u32] {
        &self.articles
    }

    /// Takes the articles out.
    pub(super) fn take_articles(&mut self) -> Vec<u32> {
        std::mem::take(self).articles
    }

    /// Adds an article behind all others, with the headings that it needs.
    pub(super) fn push(&mut self, listing: &Listing, order: Order, folds: &Folds, article: u32) {
        let below = Below::of(listing, order, article as usize);
        if self.below != Some(below) {
            self.turn_to(listing, folds, below);
            self.below = Some(below);
        }
        for &heading in &self.open {
            if let Some((_, count)) = &mut self.rows[heading as usize].heading {
                *count += 1;
            }
        }
        self.articles.push(article);
        self.shown += u32::from(!self.hidden);
    }

    /// Closes and opens headings for what comes below another one than before, and begins a run.
    fn turn_to(&mut self, listing: &Listing, folds: &Folds, below: Below) {
        let path = below.path(listing);
        let stays = self.open.iter().zip(&path).take_while(|(row, item)| self.heading(**row) == Some(**item)).count();
        self.open.truncate(stays);
        for &item in &path[stays..] {
            let hidden = self.is_hidden(folds);
            self.open.push(index(self.rows.len()));
            self.add_row(self.open.len() - 1, Some((item, 0)));
            self.shown += u32::from(!hidden);
        }
        self.hidden = self.is_hidden(folds);
        self.add_row(self.open.len(), None);
    }

    fn add_row(&mut self, depth: usize, heading: Option<(Item, u32)>) {
        self.rows.push(Row { line: self.shown, articles: index(self.articles.len()), depth: index(depth), heading });
    }

    fn heading(&self, row: u32) -> Option<Item> {
        self.rows[row as usize].heading.map(|(item, _)| item)
    }

    /// Whether what comes below the open headings is folded away.
    fn is_hidden(&self, folds: &Folds) -> bool {
        self.open.iter().filter_map(|&row| self.heading(row)).any(|item| folds.has(item))
    }

    /// Counts the lines anew, for other headings are folded now.
    pub(super) fn refold(&mut self, folds: &Folds) {
        self.shown = 0;
        let mut hides = u32::MAX;
        for row in 0..self.rows.len() {
            let articles = self.run(row);
            let Row { line, depth, heading, .. } = &mut self.rows[row];
            *line = self.shown;
            if *depth <= hides {
                hides = if heading.is_some_and(|(item, _)| folds.has(item)) { *depth } else { u32::MAX };
                self.shown += if heading.is_some() { 1 } else { index(articles) };
            }
        }
        self.hidden = self.is_hidden(folds);
    }

    /// How many articles a row has of its own.
    fn run(&self, row: usize) -> usize {
        let end = self.rows.get(row + 1).map_or(self.articles.len(), |next| next.articles as usize);
        end - self.rows[row].articles as usize
    }

    /// Whether a row is not folded away.
    fn is_shown(&self, row: usize) -> bool {
        self.rows.get(row + 1).map_or(self.shown, |next| next.line) > self.rows[row].line
    }

    /// The row that a line belongs to. Rows that are folded away begin at the line of the next that is not.
    fn row_of(&self, line: usize) -> Option<usize> {
        (line < self.len()).then(|| self.rows.partition_point(|row| row.line as usize <= line) - 1)
    }

    /// A line by its number.
    pub(super) fn line(&self, line: usize) -> Option<TreeLine> {
        let row = &self.rows[self.row_of(line)?];
        let article = || self.articles[row.articles as usize + line - row.line as usize];
        let (item, count) = row.heading.unwrap_or_else(|| (Item::Article(article() as usize), 0));
        Some(TreeLine { depth: row.depth as usize, item, count: count as usize })
    }

    /// The line of the heading above a line.
    pub(super) fn parent(&self, line: usize) -> Option<usize> {
        let below = self.row_of(line)?;
        let above = self.rows[..below].iter().rfind(|row| row.heading.is_some() && row.depth < self.rows[below].depth);
        above.map(|row| row.line as usize)
    }

    /// The first line with an article.
    pub(super) fn first_article(&self) -> Option<usize> {
        let run = (0..self.rows.len()).find(|&row| self.rows[row].heading.is_none() && self.is_shown(row))?;
        Some(self.rows[run].line as usize)
    }

    /// The line of a heading that is not folded away.
    pub(super) fn line_of_heading(&self, item: Item) -> Option<usize> {
        let row =
            (0..self.rows.len()).find(|&row| self.rows[row].heading.is_some_and(|(heading, _)| heading == item) && self.is_shown(row))?;
        Some(self.rows[row].line as usize)
    }

    /// The place of an article among those that are listed, or the one where it would be.
    pub(super) fn search(&self, listing: &Listing, order: Order, article: usize) -> Result<usize, usize> {
        let key = listing.key(order, article);
        self.articles.binary_search_by_key(&key, |&other| listing.key(order, other as usize))
    }

    /// The line of an article that is not folded away.
    pub(super) fn line_of(&self, listing: &Listing, order: Order, article: usize) -> Option<usize> {
        let at = self.search(listing, order, article).ok().filter(|&at| self.articles[at] as usize == article)?;
        let row = self.rows.partition_point(|row| row.articles as usize <= at) - 1;
        let line = self.rows[row].line as usize + at - self.rows[row].articles as usize;
        self.is_shown(row).then_some(line)
    }
}

impl Below {
    fn of(listing: &Listing, order: Order, article: usize) -> Below {
        match order {
            Order::Files => Below::Folder(listing.lies_in[article]),
            Order::Stories => listing.places.get(article).copied().flatten().map_or(Below::Alone, |(story, _)| Below::Story(story)),
        }
    }

    /// The headings above it, the outermost first.
    fn path(self, listing: &Listing) -> Vec<Item> {
        match self {
            Below::Story(story) => vec![Item::Story(story as usize)],
            Below::Alone => vec![Item::Alone],
            Below::Folder(folder) => {
                let mut path: Vec<Item> = listing.folders.above(folder).map(|folder| Item::Folder(folder as usize)).collect();
                path.reverse();
                path
            }
        }
    }
}
