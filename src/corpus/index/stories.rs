//! The stories of an index: what they are found by, and what was found, kept until the corpus changes.

use super::{Index, IndexError, store};
use crate::corpus::Entry;
use crate::corpus::furniture::{Furniture, Imprint};
use crate::corpus::story::{Grouping, Known, Sketch, Story, Strength, in_order};
use rusqlite::{OptionalExtension, TransactionBehavior, params};
use rustc_hash::FxHashMap as HashMap;
use xxhash_rust::xxh3::xxh3_64;

/// The names of what is kept beside the stories.
const KNOWN: &str = "known";
const FURNITURE: &str = "furniture";

/// So many bytes of sketches are held in memory whole: those of about 200,000 articles of 400 words. Of more, a part of the runs is
/// left out, the same ones in all articles; words stay.
const MOST_BYTES: f64 = 384.0 * 1024.0 * 1024.0;

/// So many numbers of what is known of stories are kept at most, 512 MB; of more, nothing is, and all is compared again.
const MOST_KNOWN: usize = 64 << 20;

/// The stories and the page furniture of a corpus.
#[derive(Debug, Clone, PartialEq)]
pub struct Grouped {
    /// The stories, by the indices of their articles in the corpus.
    pub stories: Vec<Story>,
    /// The furniture.
    pub furniture: Furniture,
    /// Whether the corpus is the one that they were found in; else they are those of before it changed.
    pub is_current: bool,
}

/// What stories are found by: all that an index has of its articles, and their furniture. It is large, and finding them takes long.
#[derive(Debug)]
pub struct Material {
    /// The articles, by their numbers in the index.
    ids: Vec<i64>,
    sketches: Vec<Sketch>,
    furniture: Furniture,
    known: Known,
    state: i64,
}

/// What was found, to be kept.
#[derive(Debug)]
pub struct Findings {
    strength: Strength,
    /// The stories, by the numbers of their articles in the index.
    stories: Vec<Vec<i64>>,
    furniture: Furniture,
    known: Known,
    state: i64,
}

impl Material {
    /// Finds stories and furniture. What was compared before is not compared again.
    pub fn group(self, strength: Strength) -> Findings {
        let grouping = Grouping::new(self.sketches.into_iter().enumerate(), &self.known);
        let stories = grouping.stories(strength).into_iter().map(|story| story.articles.iter().map(|at| self.ids[*at]).collect());
        Findings { strength, stories: stories.collect(), furniture: self.furniture, known: grouping.known(), state: self.state }
    }
}

impl Index {
    /// All that the index has of its articles to find stories by.
    pub fn material(&self) -> Result<Material, IndexError> {
        self.collected().map_err(|source| self.error(source))
    }

    fn collected(&self) -> rusqlite::Result<Material> {
        // Both must be of one moment: another program may be writing.
        let transaction = self.db.unchecked_transaction()?;
        let known = self.found(KNOWN)?.and_then(|(_, numbers)| Known::of_numbers(&numbers)).unwrap_or_default();
        let (ids, sketches) = Default::default();
        let mut material = Material { ids, sketches, furniture: self.furniture()?, known, state: self.state()? };
        let bytes = transaction.query_row("SELECT total(length(story)) FROM sketch", [], |row| row.get::<_, f64>(0))?;
        let share = (bytes / MOST_BYTES).ceil().max(1.0) as u32;
        let mut statement = transaction.prepare("SELECT id, story FROM sketch ORDER BY id")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let story = store::u32_of_bytes(row.get_ref(1)?.as_blob()?);
            material.ids.push(row.get(0)?);
            material.sketches.push(Sketch::of_numbers(&story).unwrap_or_default().thinned(share));
        }
        Ok(material)
    }

    /// The page furniture of the corpus. What it is found by is in memory no longer than it takes, a part of a second.
    fn furniture(&self) -> rusqlite::Result<Furniture> {
        let mut statement = self.db.prepare("SELECT furniture FROM sketch ORDER BY id")?;
        let imprint = |row: &rusqlite::Row| Ok(Imprint::of_numbers(&store::u64_of_bytes(row.get_ref(0)?.as_blob()?)).unwrap_or_default());
        let imprints: Vec<Imprint> = statement.query_map([], imprint)?.collect::<rusqlite::Result<_>>()?;
        Ok(Furniture::learn(&imprints, self.roots.clone()))
    }

    /// The stories that were found last, as far as their articles are among some; `None` where none were found yet.
    pub fn grouped(&self, strength: Strength, entries: &[Entry]) -> Result<Option<Grouped>, IndexError> {
        self.read_back(strength, entries).map_err(|source| self.error(source))
    }

    fn read_back(&self, strength: Strength, entries: &[Entry]) -> rusqlite::Result<Option<Grouped>> {
        let (Some((state, numbers)), Some((_, forms))) = (self.found(strength.name())?, self.found(FURNITURE)?) else { return Ok(None) };
        self.among(&lists(&numbers), Furniture::of_numbers(&forms, self.roots.clone()), state, entries).map(Some)
    }

    /// What was just found, as far as its articles are among some.
    pub fn told(&self, findings: &Findings, entries: &[Entry]) -> Result<Grouped, IndexError> {
        let Findings { stories, furniture, state, .. } = findings;
        self.among(stories, furniture.clone(), *state, entries).map_err(|source| self.error(source))
    }

    /// Stories that are told by the numbers of their articles here, told by their indices among some.
    fn among(&self, stories: &[Vec<i64>], furniture: Furniture, state: i64, entries: &[Entry]) -> rusqlite::Result<Grouped> {
        let places = self.places(entries)?;
        let story = |ids: &Vec<i64>| {
            let mut articles: Vec<usize> = ids.iter().filter_map(|id| places.get(id).copied()).collect();
            articles.sort_unstable();
            Story { articles }
        };
        let mut stories: Vec<Story> = stories.iter().map(story).filter(|story| story.articles.len() > 1).collect();
        in_order(&mut stories);
        Ok(Grouped { stories, furniture, is_current: state == self.state()? })
    }

    /// Keeps what was found.
    pub fn keep(&mut self, findings: &Findings) -> Result<(), IndexError> {
        self.write_back(findings).map_err(|source| self.error(source))
    }

    fn write_back(&mut self, findings: &Findings) -> rusqlite::Result<()> {
        let stories = numbers(&findings.stories);
        let known = Some(findings.known.numbers()).filter(|numbers| numbers.len() <= MOST_KNOWN);
        let known = known.unwrap_or_else(|| Known::default().numbers());
        let transaction = self.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        for (name, numbers) in [(findings.strength.name(), stories), (KNOWN, known), (FURNITURE, findings.furniture.numbers())] {
            let mut replace = transaction.prepare_cached("REPLACE INTO found (name, state, value) VALUES (?1, ?2, ?3)")?;
            replace.execute(params![name, findings.state, store::bytes_of_u64(&numbers)])?;
        }
        transaction.commit()
    }

    /// What was found under a name, and in which state of the corpus.
    fn found(&self, name: &str) -> rusqlite::Result<Option<(i64, Vec<u64>)>> {
        let mut statement = self.db.prepare_cached("SELECT state, value FROM found WHERE name = ?1")?;
        statement.query_row([name], |row| Ok((row.get(0)?, store::u64_of_bytes(row.get_ref(1)?.as_blob()?)))).optional()
    }

    /// A hash of all articles that the index has, whatever their order.
    fn state(&self) -> rusqlite::Result<i64> {
        let mut statement = self.db.prepare_cached("SELECT id, hash FROM article WHERE why IS NULL")?;
        let rows = statement.query_map([], |row| Ok([row.get::<_, i64>(0)?, row.get(1)?]))?;
        let hash = |row: [i64; 2]| xxh3_64(row.map(i64::to_le_bytes).as_flattened()).cast_signed();
        rows.map(|row| row.map(hash)).try_fold(0_i64, |all, one| Ok(all.wrapping_add(one?)))
    }

    /// The indices of some articles in the corpus, by their numbers here.
    fn places(&self, entries: &[Entry]) -> rusqlite::Result<HashMap<i64, usize>> {
        let keys: HashMap<Vec<u8>, usize> = entries.iter().enumerate().map(|(at, entry)| (self.roots.key(&entry.path), at)).collect();
        let mut statement = self.db.prepare("SELECT id, path FROM article")?;
        let (mut rows, mut places) = (statement.query([])?, HashMap::default());
        while let Some(row) = rows.next()? {
            if let Some(at) = keys.get(row.get_ref(1)?.as_blob()?) {
                places.insert(row.get(0)?, *at);
            }
        }
        Ok(places)
    }
}

/// Lists as plain numbers: how many there are in each, and those.
fn numbers(lists: &[Vec<i64>]) -> Vec<u64> {
    lists.iter().flat_map(|list| std::iter::once(list.len() as u64).chain(list.iter().map(|id| id.cast_unsigned()))).collect()
}

/// The lists that were saved as these numbers, as far as they are all there.
fn lists(numbers: &[u64]) -> Vec<Vec<i64>> {
    let (mut lists, mut rest) = (Vec::new(), numbers);
    while let Some((list, behind)) = rest.split_first().and_then(|(count, rest)| rest.split_at_checked(usize::try_from(*count).ok()?)) {
        lists.push(list.iter().map(|id| id.cast_signed()).collect());
        rest = behind;
    }
    lists
}
