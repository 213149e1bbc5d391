//! The build script: lays WordNet's synonyms and the irregular forms of English down as two sorted tables that the lexicon
//! reads in place, so that no start waits for them.

use english::{English, Form, Number, Person, Tense};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

#[path = "../../src/text/lexicon/detach.rs"]
mod detach;

/// A word and those that share a synset of WordNet with it.
type Rows<'a> = BTreeMap<&'a str, BTreeSet<&'a str>>;

fn main() -> std::io::Result<()> {
    for source in ["assets/lexicon/build.rs", "src/text/lexicon/detach.rs"] {
        println!("cargo::rerun-if-changed={source}");
    }
    let folder = PathBuf::from(std::env::var_os("OUT_DIR").unwrap_or_default());
    let wordnet = thesaurus_wordnet::uncompress();
    let rows = synonyms(&wordnet);
    let (words, synonyms) = synonym_tables(&rows);
    std::fs::write(folder.join("words.txt"), words)?;
    std::fs::write(folder.join("synonyms.bin"), synonyms)?;
    std::fs::write(folder.join("irregular.txt"), irregular_table(&rows))
}

/// Single words alone: expressions of several words are the business of the tables in `assets/lexicon`.
fn is_word(text: &str) -> bool {
    (2..=20).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_lowercase() || b == b'-')
}

/// Lines of the crate are `word|synonym|synonym…`, all senses of the word together.
fn synonyms(wordnet: &str) -> Rows<'_> {
    let mut rows = Rows::new();
    for line in wordnet.lines() {
        let mut words = line.split('|').filter(|word| is_word(word));
        let Some(head) = words.next().filter(|head| line.starts_with(head)) else { continue };
        rows.entry(head).or_default();
        for other in words.filter(|other| *other != head) {
            rows.entry(head).or_default().insert(other);
            rows.entry(other).or_default().insert(head);
        }
    }
    rows
}

/// One line a word, sorted by bytes: the word, its number, and where its synonyms begin and end in the second table, which
/// holds their numbers, each in four bytes with the lowest first.
fn synonym_tables(rows: &Rows) -> (String, Vec<u8>) {
    let numbers: BTreeMap<&str, u32> = rows.keys().copied().zip(0..).collect();
    let (mut words, mut synonyms) = (String::new(), Vec::new());
    for (head, others) in rows {
        let start = synonyms.len();
        synonyms.extend(others.iter().flat_map(|other| numbers[other].to_le_bytes()));
        words += &format!("{head} {} {start} {}\n", numbers[head], synonyms.len());
    }
    (words, synonyms)
}

/// One line a form that the rules of detachment do not lead back to its base, sorted by bytes: the form, then the base.
fn irregular_table(rows: &Rows) -> String {
    let mut forms: BTreeMap<String, &str> = BTreeMap::new();
    for base in rows.keys().filter(|base| !base.contains('-')) {
        for form in inflections(base) {
            let regular = detach::bases(&form, |candidate| candidate == *base);
            if is_word(&form) && form != *base && !regular {
                forms.entry(form).or_insert(base);
            }
        }
    }
    forms.iter().map(|(form, base)| format!("{form} {base}\n")).collect()
}

/// The forms of a word as a verb and as a noun.
fn inflections(base: &str) -> [String; 4] {
    let verb = |tense: Tense, form: Form| English::verb(base, &Person::Third, &Number::Singular, &tense, &form);
    [
        verb(Tense::Past, Form::Finite),
        verb(Tense::Past, Form::Participle),
        verb(Tense::Present, Form::Participle),
        English::noun(base, &Number::Plural),
    ]
}
