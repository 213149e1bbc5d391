//! WordNet's synonyms (Miller 1995; crate `thesaurus-wordnet`), read in place from tables that the build script lays down.

use rustc_hash::FxHashMap as HashMap;
use std::sync::LazyLock;

/// One line a word, sorted by bytes: the word, its number, where its synonyms begin and end.
static WORDS: &str = include_str!(concat!(env!("OUT_DIR"), "/words.txt"));
/// Numbers of words that share a synset, all senses together, each in four bytes with the lowest first.
static SYNONYMS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/synonyms.bin"));
/// Where the lines of `WORDS` begin: every word of every article is looked for.
static STARTS: LazyLock<Vec<u32>> = LazyLock::new(|| {
    let lines = WORDS.lines().map(|line| line.as_ptr().addr() - WORDS.as_ptr().addr());
    lines.map(|start| u32::try_from(start).unwrap_or(u32::MAX)).collect()
});
/// The bases of forms that no rule leads back to them; the table has one line a form: the form, then the base.
static IRREGULAR: LazyLock<HashMap<&str, &str>> =
    LazyLock::new(|| include_str!(concat!(env!("OUT_DIR"), "/irregular.txt")).lines().filter_map(|line| line.split_once(' ')).collect());

/// A word of WordNet: where its line stands, its number, and where its synonyms are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Row {
    line: u32,
    number: u32,
    start: u32,
    end: u32,
}

impl Row {
    /// The row of a base form.
    pub(super) fn find(lemma: &str) -> Option<Row> {
        let start = line(lemma)?;
        let mut fields = WORDS[start..].lines().next()?.split(' ').skip(1).map(|field| field.parse().ok());
        let mut next = || fields.next().flatten();
        Some(Row { line: u32::try_from(start).ok()?, number: next()?, start: next()?, end: next()? })
    }

    /// The word itself.
    pub(super) fn head(self) -> &'static str {
        WORDS[self.line as usize..].split(' ').next().unwrap_or("")
    }

    /// Whether a synset has both words.
    pub(super) fn is_synonym(self, other: Row) -> bool {
        let (synonyms, _) = SYNONYMS[self.start as usize..self.end as usize].as_chunks();
        synonyms.contains(&other.number.to_le_bytes())
    }
}

/// The base of an irregular form: `fell` is a form of `fall`.
pub(super) fn irregular(form: &str) -> Option<&'static str> {
    IRREGULAR.get(form).copied()
}

/// Where the line of a word begins: lines are sorted by their words, and nothing in a word comes before the space behind it.
fn line(word: &str) -> Option<usize> {
    let head = |start: usize| WORDS.as_bytes()[start..].get(..=word.len());
    let is_before =
        |start: &u32| head(*start as usize).is_some_and(|head| head.split_last().is_some_and(|(_, head)| head < word.as_bytes()));
    let start = *STARTS.get(STARTS.partition_point(is_before))? as usize;
    head(start).is_some_and(|head| head.strip_suffix(b" ") == Some(word.as_bytes())).then_some(start)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_found_by_its_head() {
        for text in WORDS.lines() {
            let head = text.split(' ').next().unwrap_or("");
            assert_eq!(line(head).and_then(|start| WORDS[start..].lines().next()), Some(text));
        }
        assert_eq!(irregular("geese"), Some("goose"));
        assert_eq!(Row::find("zzzz"), None);
        assert_eq!(Row::find(""), None);
    }

    #[test]
    fn synsets_are_seen_from_both_sides() {
        let row = |word| Row::find(word).expect("a word of WordNet");
        for (a, b, alike) in [("crucial", "important", true), ("enlargement", "expansion", true), ("pact", "ship", false)] {
            assert_eq!(row(a).is_synonym(row(b)), alike, "{a} {b}");
            assert_eq!(row(b).is_synonym(row(a)), alike, "{b} {a}");
        }
    }
}
