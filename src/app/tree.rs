//! The corpus pane: folders and files, or stories and their versions, as lines to walk.

use super::listing::Listing;
use super::scroll::Scroll;
use crate::corpus::story::letter;
use crate::text::fold;
use serde::{Deserialize, Serialize};
use std::collections::HashSet;
use std::ops::Range;
use std::path::{Component, Path, PathBuf};

/// What the tree is ordered by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Order {
    /// Folders and files.
    #[default]
    Files,
    /// Stories and their versions.
    Stories,
}

/// One line of the tree.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Item {
    /// A folder, by its path below what was opened.
    Folder(PathBuf),
    /// A story, by its number.
    Story(usize),
    /// The heading over the articles that have no other version.
    Alone,
    /// An article, by its index.
    Article(usize),
}

/// A line and how far it is set in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TreeLine {
    /// Levels above it.
    pub depth: usize,
    /// What it shows.
    pub item: Item,
    /// The letter of a version.
    pub letter: Option<String>,
    /// How many articles are below a heading, the filter applied.
    pub count: usize,
}

/// The corpus pane.
#[derive(Debug, Default)]
pub struct Tree {
    /// What the tree is ordered by.
    pub order: Order,
    /// The lines that are not folded away.
    pub lines: Vec<TreeLine>,
    /// Where the reader is in them.
    pub scroll: Scroll,
    /// What is shown must contain this, case and accents aside.
    pub filter: String,
    /// How many articles pass the filter.
    pub passed: usize,
    /// What was found by the words in them: nothing else is shown.
    pub found: Option<HashSet<usize>>,
    folded: HashSet<Item>,
    /// For every article that was listed, whether it passes the filter.
    passes: Vec<bool>,
    /// The folders that are open behind the last line, so that files that are found later go on from there.
    open: Folders,
}

impl Tree {
    /// The item under the cursor.
    pub fn item(&self) -> Option<&Item> {
        self.lines.get(self.scroll.cursor).map(|line| &line.item)
    }

    /// The article under the cursor.
    pub fn article(&self) -> Option<usize> {
        match self.item() {
            Some(Item::Article(article)) => Some(*article),
            _ => None,
        }
    }

    /// Whether a heading is folded.
    pub fn is_folded(&self, item: &Item) -> bool {
        self.folded.contains(item)
    }

    /// Folds or unfolds the heading under the cursor; answers whether there was one.
    pub fn toggle(&mut self, fold: Option<bool>) -> bool {
        let Some(item) = self.item().filter(|item| !matches!(item, Item::Article(_))).cloned() else { return false };
        let folded = self.folded.contains(&item);
        if fold.unwrap_or(!folded) {
            self.folded.insert(item)
        } else {
            self.folded.remove(&item)
        };
        true
    }

    /// Folds every story but the first ones, so that many stories begin as a list of headlines.
    pub fn fold_stories(&mut self, from: usize, count: usize) {
        self.folded.extend((from..count).map(Item::Story));
    }

    /// Unfolds whatever hides an article.
    pub fn reveal(&mut self, listing: &Listing, article: usize) {
        match self.order {
            Order::Stories => {
                let heading = listing.place[article].map_or(Item::Alone, |(story, _)| Item::Story(story));
                self.folded.remove(&heading);
            }
            Order::Files => {
                listing.holder(article).ancestors().for_each(|folder| {
                    self.folded.remove(&Item::Folder(folder.to_path_buf()));
                });
            }
        }
    }

    /// The line of an article.
    pub fn line_of(&self, article: usize) -> Option<usize> {
        self.lines.iter().position(|line| line.item == Item::Article(article))
    }

    /// The line of the heading above the cursor.
    pub fn parent(&self) -> Option<usize> {
        let depth = self.lines.get(self.scroll.cursor)?.depth;
        (0..self.scroll.cursor).rev().find(|&i| self.lines[i].depth < depth)
    }

    /// Lists the lines anew and keeps the cursor on its item, or near it.
    pub fn rebuild(&mut self, listing: &Listing, height: usize) {
        let filter = Filter::new(&self.filter);
        self.passes = (0..listing.entries.len()).map(|a| self.is_found(a) && filter.passes(listing, a)).collect();
        self.list(listing, height);
    }

    /// Lists the files that were found since the last time. It costs no more than they are many: a scan of a huge folder finds
    /// them in a thousand pieces.
    pub fn extend(&mut self, listing: &Listing, height: usize) {
        let filter = Filter::new(&self.filter);
        let found = self.passes.len()..listing.entries.len();
        let passes: Vec<bool> = found.clone().map(|a| self.is_found(a) && filter.passes(listing, a)).collect();
        self.passes.extend(passes);
        self.passed += self.passes[found.clone()].iter().filter(|p| **p).count();
        // A file that was not read yet is in no story, nor known to be alone.
        if self.order == Order::Files {
            self.add_files(listing, found);
        }
        self.scroll.settle(self.lines.len(), height);
    }

    /// Takes in what was read of some articles: their headlines may pass the filter, and they stand alone until stories are known.
    pub fn refresh(&mut self, listing: &Listing, read: &[usize], height: usize) {
        let mut changed = self.order == Order::Stories;
        if !self.filter.is_empty() {
            let filter = Filter::new(&self.filter);
            for &article in read {
                let passes = self.is_found(article) && filter.passes(listing, article);
                changed |= passes != self.passes[article];
                self.passes[article] = passes;
            }
        }
        if changed {
            self.list(listing, height);
        }
    }

    fn is_found(&self, article: usize) -> bool {
        self.found.as_ref().is_none_or(|found| found.contains(&article))
    }

    /// Lists what passes the filter.
    fn list(&mut self, listing: &Listing, height: usize) {
        let held = self.item().cloned();
        self.passed = self.passes.iter().filter(|p| **p).count();
        self.lines.clear();
        self.open = Folders::default();
        match self.order {
            Order::Files => self.add_files(listing, 0..listing.entries.len()),
            Order::Stories => self.lines = self.stories(listing, &self.passes),
        }
        let again = held.and_then(|item| self.lines.iter().position(|line| line.item == item));
        self.scroll.cursor = again.unwrap_or(self.scroll.cursor);
        self.scroll.settle(self.lines.len(), height);
    }

    /// Adds lines for files that come behind those which are listed.
    fn add_files(&mut self, listing: &Listing, articles: Range<usize>) {
        for article in articles.filter(|&article| self.passes[article]) {
            self.open.enter(listing.holder(article), &mut self.lines, &self.folded);
            if !self.open.is_hidden() {
                self.lines.push(TreeLine { depth: self.open.0.len(), item: Item::Article(article), letter: None, count: 0 });
            }
        }
    }

    fn stories(&self, listing: &Listing, passes: &[bool]) -> Vec<TreeLine> {
        let mut lines = Vec::new();
        for (number, story) in listing.stories.iter().enumerate() {
            let versions: Vec<usize> = (0..story.articles.len()).filter(|&v| passes[story.articles[v]]).collect();
            let articles = versions.iter().map(|&v| (story.articles[v], Some(letter(v))));
            self.group(&mut lines, Item::Story(number), articles.collect());
        }
        let alone = (0..listing.entries.len()).filter(|&a| passes[a] && listing.place[a].is_none() && listing.digests[a].is_some());
        self.group(&mut lines, Item::Alone, alone.map(|a| (a, None)).collect());
        lines
    }

    fn group(&self, lines: &mut Vec<TreeLine>, heading: Item, articles: Vec<(usize, Option<String>)>) {
        if articles.is_empty() {
            return;
        }
        let folded = self.folded.contains(&heading);
        lines.push(TreeLine { depth: 0, item: heading, letter: None, count: articles.len() });
        if !folded {
            lines.extend(articles.into_iter().map(|(article, letter)| TreeLine {
                depth: 1,
                item: Item::Article(article),
                letter,
                count: 0,
            }));
        }
    }
}

/// The folders that are open while the files are walked in the order of their paths.
#[derive(Debug, Default)]
struct Folders(Vec<OpenFolder>);

#[derive(Debug)]
struct OpenFolder {
    path: PathBuf,
    /// Its line, unless that is hidden.
    line: Option<usize>,
    /// Whether what is in it is folded away.
    hides: bool,
}

impl Folders {
    /// Closes and opens folders until `folder` is open, and counts the article that comes in it.
    fn enter(&mut self, folder: &Path, lines: &mut Vec<TreeLine>, folded: &HashSet<Item>) {
        // Most files lie beside the one before.
        if self.0.last().is_none_or(|open| open.path != folder) {
            self.turn_to(folder, lines, folded);
        }
        self.0.iter().filter_map(|open| open.line).for_each(|line| lines[line].count += 1);
    }

    fn turn_to(&mut self, folder: &Path, lines: &mut Vec<TreeLine>, folded: &HashSet<Item>) {
        while self.0.last().is_some_and(|open| !folder.starts_with(&open.path)) {
            self.0.pop();
        }
        let depth = folder.components().filter(|c| !matches!(c, Component::RootDir)).count();
        while self.0.len() < depth {
            let next: PathBuf = folder.components().filter(|c| !matches!(c, Component::RootDir)).take(self.0.len() + 1).collect();
            let path = if folder.has_root() { Path::new("/").join(next) } else { next };
            let hidden = self.is_hidden();
            let item = Item::Folder(path.clone());
            let hides = hidden || folded.contains(&item);
            self.0.push(OpenFolder { path, line: (!hidden).then_some(lines.len()), hides });
            if !hidden {
                lines.push(TreeLine { depth: self.0.len() - 1, item, letter: None, count: 0 });
            }
        }
    }

    /// Whether what comes in the innermost open folder is folded away.
    fn is_hidden(&self) -> bool {
        self.0.last().is_some_and(|open| open.hides)
    }
}

/// A filter, folded once.
struct Filter(Vec<String>);

impl Filter {
    fn new(words: &str) -> Self {
        Filter(words.split_whitespace().map(fold::case).collect())
    }

    /// Whether path, headline and outlet together contain every word.
    fn passes(&self, listing: &Listing, article: usize) -> bool {
        if self.0.is_empty() {
            return true;
        }
        let told = listing.digests[article].as_ref().map(|d| format!("{} {}", d.headline, d.outlet.as_deref().unwrap_or("")));
        let text = fold::case(&format!("{} {}", listing.entries[article].path.display(), told.unwrap_or_default()));
        self.0.iter().all(|word| text.contains(word))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::{Entry, Place};

    fn listing(paths: &[&str]) -> Listing {
        let mut listing = Listing { roots: vec![PathBuf::from("root")], ..Listing::default() };
        listing.add(paths.iter().map(|p| Entry { place: Place::File, path: Path::new("root").join(p) }).collect(), Vec::new());
        listing
    }

    fn drawn(tree: &Tree, listing: &Listing) -> Vec<String> {
        let name = |line: &TreeLine| match &line.item {
            Item::Folder(path) => format!("{}/ {}", path.display(), line.count),
            Item::Article(article) => listing.file_name(*article),
            other => format!("{other:?}"),
        };
        tree.lines.iter().map(|line| format!("{}{}", "  ".repeat(line.depth), name(line))).collect()
    }

    #[test]
    fn folders_open_close_and_count() {
        let listing = listing(&["a/one.txt", "a/x/two.txt", "b.txt", "c/three.txt"]);
        let mut tree = Tree::default();
        tree.rebuild(&listing, 10);
        assert_eq!(drawn(&tree, &listing), ["a/ 2", "  one.txt", "  a/x/ 1", "    two.txt", "b.txt", "c/ 1", "  three.txt"]);
        tree.toggle(None);
        tree.rebuild(&listing, 10);
        assert_eq!(drawn(&tree, &listing), ["a/ 2", "b.txt", "c/ 1", "  three.txt"]);
        tree.filter = String::from("THREE");
        tree.rebuild(&listing, 10);
        assert_eq!((drawn(&tree, &listing), tree.passed), (vec![String::from("c/ 1"), String::from("  three.txt")], 1));
    }

    #[test]
    fn the_cursor_stays_on_its_item() {
        let mut found = listing(&["b.txt"]);
        let mut tree = Tree::default();
        tree.rebuild(&found, 10);
        found.entries.insert(0, Entry { place: Place::File, path: PathBuf::from("root/a.txt") });
        found.add(vec![Entry { place: Place::File, path: PathBuf::from("root/c.txt") }], Vec::new());
        tree.scroll.go(0, 1, 10);
        tree.rebuild(&found, 10);
        assert_eq!(tree.article(), Some(0));
    }

    #[test]
    fn files_found_later_are_listed_as_if_all_had_been_found_at_once() {
        let paths = ["a/one.txt", "a/x/two.txt", "a/x/three.txt", "b.txt", "c/four.txt", "c/y/z/five.txt", "c/six.txt"];
        for filter in ["", "o"] {
            let all = listing(&paths);
            let fold = |tree: &mut Tree| tree.folded.extend(["a/x", "c/y"].map(|f| Item::Folder(PathBuf::from(f))));
            let mut once = Tree { filter: filter.to_string(), ..Tree::default() };
            fold(&mut once);
            once.rebuild(&all, 10);
            let mut grown = Tree { filter: filter.to_string(), ..Tree::default() };
            fold(&mut grown);
            let mut found = listing(&[]);
            for entry in &all.entries {
                found.add(vec![entry.clone()], Vec::new());
                grown.extend(&found, 10);
            }
            assert_eq!((&grown.lines, grown.passed), (&once.lines, once.passed));
        }
    }
}
