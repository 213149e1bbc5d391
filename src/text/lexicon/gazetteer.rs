//! The tables of names in `assets/lexicon`: places, organisations, titles, given names.

use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};
use std::sync::LazyLock;

static PLACES: &str = include_str!("../../../assets/lexicon/places.txt");
static ORGANIZATIONS: &str = include_str!("../../../assets/lexicon/organizations.txt");
static TITLES: &str = include_str!("../../../assets/lexicon/titles.txt");
static GIVEN_NAMES: &str = include_str!("../../../assets/lexicon/given_names.txt");

/// How a form of a name stands to the name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Form {
    /// The name in full.
    Name,
    /// A short form in capitals or with full stops: `U.S.`, `Calif.`, `EU`.
    Short,
    /// Another word for the same: `American`, `Britain`.
    Other,
    /// The capital, which stands for its government: `Washington`.
    Capital,
}

/// What a form names: the line of the table that it is on, places and organisations counted together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Named {
    /// The same for all forms of one name.
    pub id: u32,
    /// How the form stands to the name.
    pub form: Form,
    /// Whether it is a place.
    pub place: bool,
}

/// All forms as they are printed, without full stops.
static FORMS: LazyLock<HashMap<String, Named>> = LazyLock::new(|| {
    let mut forms = HashMap::default();
    for (id, (line, place)) in (0..).zip(lines(PLACES).map(|l| (l, true)).chain(lines(ORGANIZATIONS).map(|l| (l, false)))) {
        let (line, capitals) = line.split_once('|').unwrap_or((line, ""));
        let (name, others) = line.split_once('=').unwrap_or((line, ""));
        let mut add = |text: &str, form: Form| {
            let key = without_stops(text.trim());
            if !key.is_empty() {
                forms.entry(key).or_insert(Named { id, form, place });
            }
        };
        add(name, Form::Name);
        others.split(',').for_each(|form| add(form, if is_short(form) { Form::Short } else { Form::Other }));
        capitals.split(',').for_each(|form| add(form, Form::Capital));
    }
    forms
});

/// The words that stand before a name or for its bearer's office, small, without full stops.
static TITLE_WORDS: LazyLock<HashSet<String>> = LazyLock::new(|| {
    let words = lines(TITLES).flat_map(|line| line.split([',', ' ']));
    words.map(|word| without_stops(word.trim()).to_lowercase()).filter(|word| !JOINTS.contains(&word.as_str())).collect()
});

/// Words inside titles that are no titles by themselves.
const JOINTS: [&str; 12] = ["", "of", "the", "for", "and", "house", "state", "first", "white", "us", "party", "u"];

static GIVEN: LazyLock<HashSet<&'static str>> = LazyLock::new(|| lines(GIVEN_NAMES).flat_map(str::split_whitespace).collect());

/// The lines of a table, without comments, headings and blank lines.
fn lines(table: &'static str) -> impl Iterator<Item = &'static str> {
    table.lines().filter(|line| !line.trim().is_empty() && !line.starts_with(['#', '[']))
}

fn without_stops(text: &str) -> String {
    text.replace('.', "")
}

/// `U.S.`, `EU`, `Calif.`: capitals throughout, or cut short by a full stop.
fn is_short(form: &str) -> bool {
    let form = form.trim();
    form.ends_with('.') || form.chars().all(|c| c.is_uppercase() || !c.is_alphabetic())
}

/// What some words name, as they are printed; `None` for what is in no table.
pub fn named<'a>(words: impl IntoIterator<Item = &'a str>) -> Option<Named> {
    let mut key = String::new();
    for (number, word) in words.into_iter().enumerate() {
        key.extend((number > 0).then_some(' '));
        key.extend(word.split('.'));
    }
    FORMS.get(&key).copied()
}

/// Whether a folded word is a title or an office: `mr`, `president`, `spokesman`.
pub fn is_title(folded: &str) -> bool {
    TITLE_WORDS.contains(folded)
}

/// Whether a word, as it is printed, is a given name.
pub fn is_given_name(word: &str) -> bool {
    GIVEN.contains(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_lead_to_one_name() {
        let id = |text: &str| named(text.split(' ')).map(|n| n.id);
        for forms in [
            ["U.S.", "United States", "American", "Washington"],
            ["EU", "European Union", "EU", "EU"],
            ["Calif.", "California", "CA", "California"],
        ] {
            assert!(forms.iter().all(|form| id(form).is_some() && id(form) == id(forms[0])), "{forms:?}");
        }
        assert_ne!(id("France"), id("Spain"));
        assert_eq!(id("Velmara"), None);
    }

    #[test]
    fn titles_are_told() {
        for (word, title) in [("mr", true), ("president", true), ("of", false), ("pact", false)] {
            assert_eq!(is_title(word), title, "{word}");
        }
        assert!(is_given_name("Peter") && !is_given_name("Pact"));
    }
}
