//! The closed classes: months, days of the week, words that carry grammar, contractions, abbreviations.

use rustc_hash::FxHashSet as HashSet;
use std::sync::LazyLock;

/// The months, January first.
pub const MONTHS: [&str; 12] =
    ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];

/// The days of the week, Monday first.
pub const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// The full name of an abbreviated month; `None` for what is no abbreviation of one. The folded word `mar` is one, `may` is full.
pub fn month(folded: &str) -> Option<&'static str> {
    let known = matches!(folded, "jan" | "feb" | "mar" | "apr" | "jun" | "jul" | "aug" | "sep" | "sept" | "oct" | "nov" | "dec");
    known.then(|| MONTHS.iter().find(|m| m.starts_with(&folded[..3])).copied()).flatten()
}

/// Whether a folded word is one of the closed class that carries grammar rather than news.
pub fn is_function_word(folded: &str) -> bool {
    FUNCTION_WORDS.contains(folded)
}

static FUNCTION_WORDS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| FUNCTION_WORD_LIST.split_whitespace().collect());

const FUNCTION_WORD_LIST: &str = "mr mrs ms miss mx a an the this that these those and or but nor so yet as at by for from in into of off on onto out over per than to up upon via with within \
    about above across after against along among amid around before behind below beneath beside between beyond during inside near outside since through throughout \
    toward towards under until while whilst when where which who whom whose what how why if whether because though although i me my we us our you your he him his she her it its they them their \
    himself herself itself themselves is are was were be been being am has have had having do does did doing will would shall should can could may might must \
    there here also both each such some any all more most other another same own just then too very it's that's he's there's isn't wasn't aren't weren't not no never n't cannot can't won't don't doesn't didn't";

/// The two words that a folded contraction stands for, in each reading that it may have: `can't`, `it's`.
pub fn contraction(folded: &str) -> Vec<String> {
    let negated = match folded {
        "can't" => Some("can"),
        "won't" => Some("will"),
        "shan't" => Some("shall"),
        _ => folded.strip_suffix("n't"),
    };
    if let Some(verb) = negated {
        return vec![format!("{verb} not")];
    }
    const ENDINGS: [(&str, &[&str]); 6] = [
        ("'s", &["is", "has"]),
        ("'re", &["are"]),
        ("'ll", &["will", "shall"]),
        ("'ve", &["have"]),
        ("'d", &["would", "had"]),
        ("'m", &["am"]),
    ];
    let whole = ENDINGS.iter().filter_map(|(ending, verbs)| Some((folded.strip_suffix(ending)?, *verbs)));
    whole.flat_map(|(subject, verbs)| verbs.iter().map(move |verb| format!("{subject} {verb}"))).collect()
}

/// Short forms and what they stand for, both folded.
pub fn expansions(folded: &str) -> Option<&'static [&'static str]> {
    ABBREVIATIONS.iter().find(|(short, _)| short.eq_ignore_ascii_case(folded)).map(|(_, long)| *long)
}

const ABBREVIATIONS: &[(&str, &[&str])] = &[
    ("us", &["united states", "america", "united states of america"]),
    ("usa", &["united states", "us"]),
    ("uk", &["united kingdom", "britain"]),
    ("eu", &["european union"]),
    ("un", &["united nations"]),
    ("mr", &["mister"]),
    ("dr", &["doctor"]),
    ("gen", &["general"]),
    ("gov", &["governor"]),
    ("sen", &["senator"]),
    ("rep", &["representative"]),
    ("prof", &["professor"]),
    ("pres", &["president"]),
    ("lt", &["lieutenant"]),
    ("col", &["colonel"]),
    ("capt", &["captain"]),
    ("sgt", &["sergeant"]),
    ("maj", &["major"]),
    ("st", &["saint", "street"]),
    ("govt", &["government"]),
    ("dept", &["department"]),
    ("corp", &["corporation"]),
    ("co", &["company"]),
    ("inc", &["incorporated"]),
    ("ltd", &["limited"]),
    ("vs", &["versus", "against"]),
    ("pct", &["percent", "per cent"]),
    ("%", &["percent", "per cent", "pct"]),
    ("km", &["kilometre", "kilometer", "kilometres", "kilometers"]),
    ("kg", &["kilogram", "kilograms", "kilo", "kilos"]),
    ("mph", &["miles per hour"]),
    ("&", &["and"]),
    ("no", &["number"]),
    ("mon", &["monday"]),
    ("tue", &["tuesday"]),
    ("tues", &["tuesday"]),
    ("wed", &["wednesday"]),
    ("thu", &["thursday"]),
    ("thurs", &["thursday"]),
    ("fri", &["friday"]),
    ("sat", &["saturday"]),
    ("sun", &["sunday"]),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contractions_are_two_words() {
        for (short, long) in
            [("can't", "can not"), ("won't", "will not"), ("didn't", "did not"), ("it's", "it is"), ("they'll", "they will")]
        {
            assert!(contraction(short).iter().any(|words| words == long), "{short}");
        }
        assert_eq!(contraction("pact"), Vec::<String>::new());
    }
}
