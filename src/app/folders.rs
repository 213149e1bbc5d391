//! The folders that articles lie in, each told once, so that an article needs no more than a number to say where it is.

use rustc_hash::FxHashMap;
use std::path::Path;
use std::sync::Arc;

/// What articles lie in: folders, archives and files of many, each behind the one that it lies in.
#[derive(Debug, Default)]
pub(super) struct Folders {
    all: Vec<Folder>,
    numbers: FxHashMap<Arc<Path>, u32>,
}

/// A folder.
#[derive(Debug)]
pub(super) struct Folder {
    /// Its path below what was opened.
    pub(super) path: Arc<Path>,
    /// How many folders lie above it; what has none above it is no folder on the screen.
    pub(super) depth: usize,
    /// The number of the one that it lies in.
    pub(super) parent: Option<u32>,
}

impl Folders {
    /// The number of a folder. One that is not known yet gets the next, behind those above it.
    pub(super) fn number(&mut self, path: &Path) -> u32 {
        let mut missing: Vec<&Path> = path.ancestors().take_while(|above| !self.numbers.contains_key(*above)).collect();
        let known = path.ancestors().nth(missing.len()).map(|above| self.numbers[above]);
        let mut last = known;
        while let Some(path) = missing.pop() {
            last = Some(self.add(path, last));
        }
        last.expect("a path is its own first ancestor")
    }

    fn add(&mut self, path: &Path, parent: Option<u32>) -> u32 {
        let (path, number) = (Arc::<Path>::from(path), index(self.all.len()));
        let depth = parent.map_or(0, |parent| self.get(parent).depth + 1);
        self.all.push(Folder { path: path.clone(), depth, parent });
        self.numbers.insert(path, number);
        number
    }

    /// A folder by its number.
    pub(super) fn get(&self, number: u32) -> &Folder {
        &self.all[number as usize]
    }

    /// A folder and those above it, the innermost first, as far as the screen shows them.
    pub(super) fn above(&self, number: u32) -> impl Iterator<Item = u32> {
        std::iter::successors(Some(number), |&folder| self.get(folder).parent).take_while(|&folder| self.get(folder).depth > 0)
    }
}

/// A number of something of which there may be millions, kept small.
pub(super) fn index(number: usize) -> u32 {
    u32::try_from(number).expect("a corpus has fewer than four billion articles")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_are_told_once_and_behind_those_above_them() {
        let mut folders = Folders::default();
        let numbers: Vec<u32> = ["a/b", "", "a", "a/b/c", "d", "/e", "a//b"].iter().map(|path| folders.number(Path::new(path))).collect();
        assert_eq!(numbers, [2, 0, 1, 3, 4, 6, 2]);
        assert_eq!(folders.above(3).collect::<Vec<_>>(), [3, 2, 1]);
        assert_eq!(folders.above(6).collect::<Vec<_>>(), [6], "the root of all is no folder on the screen");
        assert_eq!(folders.get(3).depth, 3);
    }
}
