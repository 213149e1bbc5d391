//! What is known of the corpus so far: files as the scan finds them, what was read of each, stories once they are grouped.

use super::session::FileName;
use crate::corpus::story::{Story, arrange, letter};
use crate::corpus::{Digest, Entry, Skipped};
use std::path::{Path, PathBuf};

/// How far the corpus has been read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Phase {
    /// Folders are still being listed.
    #[default]
    Scanning,
    /// All files are listed; this many of them were read.
    Reading(usize),
    /// Everything was read and grouped.
    Done,
}

/// The corpus as it is known so far. Articles are told by their index in `entries`, which never changes.
#[derive(Debug, Default)]
pub struct Listing {
    /// What was opened, for the title line and for names below it.
    pub roots: Vec<PathBuf>,
    /// The articles in the order of their paths.
    pub entries: Vec<Entry>,
    /// What lists show of each, once it was read.
    pub digests: Vec<Option<Digest>>,
    /// What was passed over.
    pub skipped: Vec<Skipped>,
    /// The stories, each with its versions in the order of their letters.
    pub stories: Vec<Story>,
    /// For every article its story and its place in it.
    pub place: Vec<Option<(usize, usize)>>,
    /// How far the corpus has been read.
    pub phase: Phase,
}

impl Listing {
    /// Adds files that the scan found.
    pub fn add(&mut self, entries: Vec<Entry>, skipped: Vec<Skipped>) {
        self.entries.extend(entries);
        self.skipped.extend(skipped);
        self.digests.resize(self.entries.len(), None);
        self.place.resize(self.entries.len(), None);
    }

    /// Notes what was read of some files.
    pub fn read(&mut self, results: Vec<(usize, Result<Digest, String>)>) {
        let before = if let Phase::Reading(done) = self.phase { done } else { 0 };
        self.phase = Phase::Reading(before + results.len());
        for (index, result) in results {
            match result {
                Ok(digest) => self.digests[index] = Some(digest),
                Err(why) => self.skipped.push(Skipped { path: self.entries[index].path.clone(), why }),
            }
        }
    }

    /// Takes the stories, and gives their versions letters: by date, then by path.
    pub fn group(&mut self, mut stories: Vec<Story>) {
        for story in &mut stories {
            let date = |article: usize| self.digests[article].as_ref().and_then(|digest| digest.date);
            arrange(&mut story.articles, |article| (date(article), &self.entries[article].path));
        }
        for (s, story) in stories.iter().enumerate() {
            for (version, &article) in story.articles.iter().enumerate() {
                self.place[article] = Some((s, version));
            }
        }
        self.stories = stories;
        self.phase = Phase::Done;
    }

    /// The versions of the story that an article belongs to; empty where it stands alone.
    pub fn versions(&self, article: usize) -> &[usize] {
        self.place.get(article).copied().flatten().map_or(&[], |(story, _)| &self.stories[story].articles)
    }

    /// The letter of an article in its story.
    pub fn letter(&self, article: usize) -> Option<String> {
        self.place.get(article).copied().flatten().map(|(_, version)| letter(version))
    }

    /// What an article is called in lists: its outlet, or else the folder that it lies in, its headline, its file name.
    pub fn name(&self, article: usize) -> String {
        let digest = self.digests.get(article).and_then(Option::as_ref);
        let outlet = digest.and_then(|d| d.outlet.clone()).or_else(|| self.folder(article));
        outlet.or_else(|| digest.map(|d| d.headline.clone())).filter(|n| !n.is_empty()).unwrap_or_else(|| self.file_name(article))
    }

    /// The outlet that a folder below the root is named after: `the-lake-gazette/pact.txt` is from The Lake Gazette. A folder
    /// that is named by a date or a number names none.
    fn folder(&self, article: usize) -> Option<String> {
        let folder = self.below_root(&self.entries[article].path).parent()?.file_name()?.to_str()?;
        let word = |w: &str| w.chars().next().map(|c| c.to_uppercase().chain(w.chars().skip(1)).collect::<String>()).unwrap_or_default();
        let named = folder.starts_with(char::is_alphabetic);
        named.then(|| folder.split(['-', '_']).filter(|w| !w.is_empty()).map(word).collect::<Vec<_>>().join(" "))
    }

    /// What an article lies in, below what was opened: a folder, an archive, or a file of many.
    pub fn holder(&self, article: usize) -> &Path {
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

    /// What an article is known by; before it was read, its path.
    pub fn id(&self, article: usize) -> String {
        let path = || self.entries[article].path.display().to_string();
        self.digests[article].as_ref().map_or_else(path, |digest| digest.id.clone())
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
        // Bytes are compared, not parts of paths: there may be a million of them.
        self.entries.iter().position(|entry| entry.path.as_os_str() == path.as_os_str())
    }

    /// What was opened, in a word.
    pub fn title(&self) -> String {
        let name = |root: &PathBuf| root.file_name().map_or_else(|| root.display().to_string(), |n| n.to_string_lossy().into_owned());
        self.roots.iter().map(name).collect::<Vec<_>>().join(" ")
    }
}

/// A path below a root; of an article in a file of many that is the root, its number.
fn below<'a>(path: &'a Path, root: &Path) -> Option<&'a str> {
    let number = || path.to_str()?.strip_prefix(root.to_str()?).filter(|rest| rest.starts_with('#'));
    path.strip_prefix(root).ok().map_or_else(number, Path::to_str)
}
