//! What is known of the corpus so far: files as the scan finds them, what was read of each, stories once they are grouped.

use super::changing::Change;
use super::folders::{Folders, index};
use super::session::FileName;
use super::tree::Order;
use crate::corpus::story::{Story, arrange, letter};
use crate::corpus::{Digest, Entry, Place, Skipped};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::vec::IntoIter;

/// How far the corpus has been read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Phase {
    /// Folders are still being listed.
    #[default]
    Scanning,
    /// All files are listed, and they are read.
    Reading,
    /// Everything was read and grouped.
    Done,
}

/// The corpus as it is known so far. Articles are told by their index in `entries`, which never changes.
#[derive(Debug, Default)]
pub struct Listing {
    /// What was opened, for the title line and for names below it.
    pub roots: Vec<PathBuf>,
    /// The articles, in the order in which they became known.
    pub entries: Vec<Entry>,
    /// What lists show of each, once it was read. An id that is empty is the path of the article.
    pub digests: Vec<Option<Digest>>,
    /// What was passed over.
    pub skipped: Vec<Skipped>,
    /// What of it the scan passed over.
    pub(super) passed_over: Vec<Skipped>,
    /// What could not be read, and why, by articles.
    pub(super) unread: BTreeMap<u32, String>,
    /// The stories, each with its versions in the order of their letters.
    pub stories: Vec<Story>,
    /// How far the corpus has been read.
    pub phase: Phase,
    /// How many names were read of the folder that the scan is reading, if that takes long.
    pub names: usize,
    /// The articles in the order in which the tree shows them.
    pub(super) order: Vec<u32>,
    /// For every article its place in that order; [`HIDDEN`] for one that is not in it.
    pub(super) ranks: Vec<u32>,
    /// The articles of all stories, one story behind the other.
    pub(super) told: Vec<u32>,
    /// For every article its story and its place in it; empty until there are stories.
    pub(super) places: Vec<Option<(u32, u32)>>,
    pub(super) folders: Folders,
    /// For every article the number of the folder that it lies in.
    pub(super) lies_in: Vec<u32>,
    pub(super) grouping: Option<Grouping>,
}

/// The rank of an article that is not shown.
const HIDDEN: u32 = u32::MAX;

/// Stories that are being taken in.
#[derive(Debug)]
pub(super) struct Grouping {
    coming: IntoIter<Story>,
    stories: Vec<Story>,
    told: Vec<u32>,
    places: Vec<Option<(u32, u32)>>,
}

impl Listing {
    /// Adds files that the scan found, behind all others.
    pub fn add(&mut self, entries: Vec<Entry>, skipped: Vec<Skipped>) {
        for entry in entries {
            let article = index(self.entries.len());
            self.entries.push(entry);
            self.ranks.push(index(self.order.len()));
            self.order.push(article);
            let folder = self.folder_of(article as usize);
            self.lies_in.push(folder);
        }
        self.passed_over.extend_from_slice(&skipped);
        self.skipped.extend(skipped);
        self.digests.resize(self.entries.len(), None);
    }

    /// Most files lie beside the one before.
    fn folder_of(&mut self, article: usize) -> u32 {
        let holder = self.holder(article);
        let beside = self.lies_in.last().filter(|&&last| self.folders.get(last).path.as_os_str() == holder.as_os_str());
        match beside.copied() {
            Some(folder) => folder,
            None => {
                let holder = holder.to_path_buf();
                self.folders.number(&holder)
            }
        }
    }

    /// The articles in the order in which the tree shows them.
    pub fn shown(&self) -> impl Iterator<Item = usize> + Clone {
        self.order.iter().map(|&article| article as usize)
    }

    /// How many articles are shown.
    pub fn len(&self) -> usize {
        self.order.len()
    }

    /// Whether nothing is shown.
    pub fn is_empty(&self) -> bool {
        self.order.is_empty()
    }

    /// Shows articles in another order, and those alone that are in it.
    pub(super) fn rearrange(&mut self, order: Vec<u32>) {
        self.ranks.fill(HIDDEN);
        for (rank, &article) in order.iter().enumerate() {
            self.ranks[article as usize] = index(rank);
        }
        self.order = order;
    }

    /// Whether the tree shows an article in an order, as long as no filter says otherwise. By stories, one that was not read yet is
    /// in none, nor known to be alone.
    pub(super) fn is_listed(&self, order: Order, article: usize) -> bool {
        let known = order == Order::Files || self.digests[article].is_some() || self.place(article).is_some();
        known && self.ranks[article] != HIDDEN
    }

    /// Where an article stands among those that the tree shows in an order: the articles of stories before those that are alone.
    pub(super) fn key(&self, order: Order, article: usize) -> (u32, u32) {
        match (order, self.places.get(article).copied().flatten()) {
            (Order::Stories, Some(place)) => place,
            _ => (u32::MAX, self.ranks[article]),
        }
    }

    /// How many places there are to look for articles in an order.
    pub(super) fn extent(&self, order: Order) -> usize {
        self.order.len() + if order == Order::Stories { self.told.len() } else { 0 }
    }

    /// The article at such a place, unless it has another one.
    pub(super) fn nth(&self, order: Order, at: usize) -> Option<usize> {
        match order {
            Order::Files => Some(self.order[at] as usize),
            Order::Stories if at < self.told.len() => Some(self.told[at] as usize),
            Order::Stories => Some(self.order[at - self.told.len()] as usize).filter(|&article| self.place(article).is_none()),
        }
    }

    /// Notes what was read of some files.
    pub fn read(&mut self, results: Vec<(usize, Result<Digest, String>)>) {
        let mut was_unread = false;
        for (article, result) in results {
            was_unread |= self.unread.remove(&index(article)).is_some();
            self.digests[article] = None;
            match result {
                Ok(digest) => self.digests[article] = Some(self.kept(article, digest)),
                Err(why) => {
                    self.skipped.push(self.unread_file(article, &why));
                    self.unread.insert(index(article), why);
                }
            }
        }
        if was_unread {
            self.list_skipped();
        }
    }

    /// Whether an article was read before, or could not be.
    pub(super) fn was_read(&self, article: usize) -> bool {
        self.digests[article].is_some() || self.unread.contains_key(&index(article))
    }

    fn unread_file(&self, article: usize, why: &str) -> Skipped {
        Skipped { path: self.entries[article].path.clone(), why: why.to_string() }
    }

    /// Lists anew what was passed over: what the scan tells, and what could not be read of what is there.
    fn list_skipped(&mut self) {
        let unread = self.unread.iter().map(|(article, why)| (*article as usize, why)).filter(|(article, _)| self.has(*article));
        let unread: Vec<Skipped> = unread.map(|(article, why)| self.unread_file(article, why)).collect();
        self.skipped = [&self.passed_over[..], &unread].concat();
    }

    /// Whether an article is there; one that is gone keeps its index.
    pub fn has(&self, article: usize) -> bool {
        self.ranks[article] != HIDDEN
    }

    /// Takes in how the corpus is after it changed. The tree is to be listed anew.
    pub fn change(&mut self, change: Change) {
        for (article, entry) in change.entries {
            if article < self.entries.len() {
                self.entries[article] = entry;
            } else {
                self.entries.push(entry);
                let folder = self.folder_of(article);
                self.lies_in.push(folder);
            }
        }
        self.digests.resize(self.entries.len(), None);
        self.ranks.resize(self.entries.len(), HIDDEN);
        self.rearrange(change.order);
        self.passed_over = change.skipped;
        self.list_skipped();
    }

    /// A digest as it is kept: an id that is the path of the article is not kept a second time.
    fn kept(&self, article: usize, mut digest: Digest) -> Digest {
        if self.entries[article].path.as_os_str() == digest.id.as_str() {
            digest.id = String::new();
        }
        digest
    }

    /// Takes stories; they are there when [`Listing::group_on`] has worked them off.
    pub fn group(&mut self, stories: Vec<Story>) {
        let (told, places) = (Vec::new(), vec![None; self.entries.len()]);
        self.grouping = Some(Grouping { stories: Vec::with_capacity(stories.len()), coming: stories.into_iter(), told, places });
    }

    /// Gives the versions of stories letters, by date, then by path, until about so many articles have theirs; answers whether all have.
    pub fn group_on(&mut self, articles: usize) -> bool {
        let Some(mut grouping) = self.grouping.take() else { return true };
        let enough = grouping.told.len() + articles;
        while grouping.told.len() < enough {
            let Some(mut story) = grouping.coming.next() else {
                self.settle(grouping);
                return true;
            };
            let date = |article: usize| self.digests[article].as_ref().and_then(|digest| digest.date);
            arrange(&mut story.articles, |article| (date(article), &self.entries[article].path));
            grouping.take(story);
        }
        self.grouping = Some(grouping);
        false
    }

    /// Whether stories are still being taken in.
    pub(super) fn is_grouping(&self) -> bool {
        self.grouping.is_some()
    }

    fn settle(&mut self, grouping: Grouping) {
        (self.stories, self.told, self.places) = (grouping.stories, grouping.told, grouping.places);
        self.phase = Phase::Done;
    }

    /// The story of an article and its place in it.
    pub fn place(&self, article: usize) -> Option<(usize, usize)> {
        let (story, version) = self.places.get(article).copied().flatten()?;
        Some((story as usize, version as usize))
    }

    /// The versions of the story that an article belongs to; empty where it stands alone.
    pub fn versions(&self, article: usize) -> &[usize] {
        self.place(article).map_or(&[], |(story, _)| &self.stories[story].articles)
    }

    /// The letter of an article in its story.
    pub fn letter(&self, article: usize) -> Option<String> {
        self.place(article).map(|(_, version)| letter(version))
    }

    /// What an article is called in lists: its outlet, or else the folder that it lies in, its headline, its file name.
    pub fn name(&self, article: usize) -> String {
        let digest = self.digests.get(article).and_then(Option::as_ref);
        let outlet = digest.and_then(|d| d.outlet.clone()).or_else(|| self.folder(article));
        outlet.or_else(|| digest.map(|d| d.headline.clone())).filter(|n| !n.is_empty()).unwrap_or_else(|| self.file_name(article))
    }

    /// The outlet that a folder below the root, or an archive, is named after: `the-lake-gazette/pact.txt` is from The Lake Gazette.
    /// One that is named by a date or a number names none.
    fn folder(&self, article: usize) -> Option<String> {
        let entry = &self.entries[article];
        let holder = Path::new(self.below_root(&entry.path).parent()?.file_name()?);
        let is_archive = matches!(&entry.place, Place::Piece(piece) if piece.source.file.ends_with(holder));
        let folder = if is_archive { holder.file_prefix()? } else { holder.as_os_str() }.to_str()?;
        let word = |w: &str| w.chars().next().map(|c| c.to_uppercase().chain(w.chars().skip(1)).collect::<String>()).unwrap_or_default();
        let named = folder.starts_with(char::is_alphabetic);
        named.then(|| folder.split(['-', '_']).filter(|w| !w.is_empty()).map(word).collect::<Vec<_>>().join(" "))
    }

    /// What an article lies in, below what was opened: a folder, an archive, or a file of many.
    fn holder(&self, article: usize) -> &Path {
        let entry = &self.entries[article];
        match entry.number() {
            Some((file, _)) => self.below_folder(file),
            None => self.below_folder(&entry.path).parent().unwrap_or(Path::new("")),
        }
    }

    /// A path below what was opened; where that is one file, below its folder, for the folders above it hold nothing else.
    fn below_folder<'a>(&self, path: &'a Path) -> &'a Path {
        let above = self.roots.first().filter(|root| self.roots.len() == 1 && path == root.as_path()).and_then(|root| root.parent());
        above.and_then(|above| path.strip_prefix(above).ok()).unwrap_or_else(|| self.below_root(path))
    }

    /// What an article is called below its holder: the name of its file, or its number and its headline.
    pub fn label(&self, article: usize) -> String {
        let headline = self.digests[article].as_ref().map_or("", |digest| digest.headline.as_str());
        match self.entries[article].number() {
            Some((_, number)) => format!("#{number} {headline}").trim_end().to_string(),
            None => self.file_name(article),
        }
    }

    /// What an article is known by: its own id, or its path.
    pub fn id(&self, article: usize) -> Cow<'_, str> {
        let own = self.digests[article].as_ref().map(|digest| digest.id.as_str()).filter(|id| !id.is_empty());
        own.map_or_else(|| self.entries[article].path.to_string_lossy(), Cow::Borrowed)
    }

    /// A folder's path below what was opened.
    pub fn folder_path(&self, folder: usize) -> &Path {
        &self.folders.get(index(folder)).path
    }

    /// The name of an article's file.
    pub fn file_name(&self, article: usize) -> String {
        let path = &self.entries[article].path;
        path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
    }

    /// An article's path below what was opened.
    pub fn below_root<'a>(&self, path: &'a Path) -> &'a Path {
        let below = self.roots.iter().filter_map(|root| path.strip_prefix(root).ok()).find(|p| !p.as_os_str().is_empty());
        below.unwrap_or(path)
    }

    /// The file of an article, told so that it is found again wherever the program is started; `None` where its name is no UTF-8.
    pub fn file(&self, article: usize) -> Option<FileName> {
        let path = &self.entries[article].path;
        let below = |(number, root): (usize, &PathBuf)| Some((number, below(path, root)?));
        let (number, below) = self.roots.iter().enumerate().find_map(below)?;
        Some(FileName(number, below.to_string()))
    }

    /// The article of a file, if it is there.
    pub fn article(&self, FileName(number, below): &FileName) -> Option<usize> {
        let root = self.roots.get(*number)?;
        let path = match below.chars().next() {
            None => root.clone(),
            Some('#') => PathBuf::from(format!("{}{below}", root.display())),
            Some(_) => root.join(below),
        };
        // A scan tells files in the order of their paths, so that one is found at once; only where that fails are all looked at, by
        // their bytes and not by the parts of their paths.
        let near = self.order.binary_search_by(|&article| self.entries[article as usize].path.cmp(&path)).map(|at| self.order[at] as usize);
        let is_it = |article: &usize| self.entries[*article].path.as_os_str() == path.as_os_str();
        near.ok().or_else(|| self.shown().find(is_it))
    }

    /// What was opened, in a word.
    pub fn title(&self) -> String {
        let name = |root: &PathBuf| root.file_name().map_or_else(|| root.display().to_string(), |n| n.to_string_lossy().into_owned());
        self.roots.iter().map(name).collect::<Vec<_>>().join(" ")
    }
}

impl Grouping {
    fn take(&mut self, story: Story) {
        for (version, &article) in story.articles.iter().enumerate() {
            self.places[article] = Some((index(self.stories.len()), index(version)));
            self.told.push(index(article));
        }
        self.stories.push(story);
    }
}

/// A path below a root; of an article in a file of many that is the root, its number.
fn below<'a>(path: &'a Path, root: &Path) -> Option<&'a str> {
    let number = || path.to_str()?.strip_prefix(root.to_str()?).filter(|rest| rest.starts_with('#'));
    path.strip_prefix(root).ok().map_or_else(number, Path::to_str)
}
