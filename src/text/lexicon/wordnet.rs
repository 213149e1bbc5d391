//! WordNet's synonyms (Miller 1995; crate `thesaurus-wordnet`), read in place from tables that the build script lays down.

/// One line a word, sorted by bytes: the word, its number, where its synonyms begin and end.
static WORDS: &str = include_str!(concat!(env!("OUT_DIR"), "/words.txt"));
/// Numbers of words that share a synset, all senses together, each in four bytes with the lowest first.
static SYNONYMS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/synonyms.bin"));
/// One line a form that no rule leads back to its base, sorted by bytes: the form, then the base.
static IRREGULAR: &str = include_str!(concat!(env!("OUT_DIR"), "/irregular.txt"));

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
        let (start, end) = line(WORDS, lemma)?;
        let mut fields = WORDS[start..end].split(' ').skip(1).map(|field| field.parse().ok());
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
    let (start, end) = line(IRREGULAR, form)?;
    IRREGULAR[start..end].split(' ').nth(1)
}

/// The bounds of the line that begins with `head`, found by halving: lines are sorted by their heads.
fn line(table: &str, head: &str) -> Option<(usize, usize)> {
    let (mut low, mut high) = (0, table.len());
    while low < high {
        let middle = low + (high - low) / 2;
        let start = table[..middle].rfind('\n').map_or(0, |at| at + 1);
        let end = table[start..].find('\n').map_or(table.len(), |at| start + at);
        let found = table[start..end].split(' ').next().unwrap_or("");
        match found.cmp(head) {
            std::cmp::Ordering::Equal => return Some((start, end)),
            std::cmp::Ordering::Less => low = end + 1,
            std::cmp::Ordering::Greater => high = start,
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_found_by_its_head() {
        for table in [WORDS, IRREGULAR] {
            for text in table.lines().step_by(97).chain(table.lines().take(3)).chain(table.lines().last()) {
                let head = text.split(' ').next().unwrap_or("");
                assert_eq!(line(table, head).map(|(start, end)| &table[start..end]), Some(text));
            }
        }
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
