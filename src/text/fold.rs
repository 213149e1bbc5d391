//! Forms that count as the same word: case, quotation marks, dashes, accents, full stops of abbreviations, spelling.

use super::lexicon;
use super::token::is_initialism;
use std::borrow::Cow;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Folds what is typography alone: quotation marks, apostrophes, dashes, ellipses, and compatibility forms (NFKC).
pub fn typography(text: &str) -> Cow<'_, str> {
    // A cheap look before the dear ones: most words are letters alone.
    let plain = |b: u8| b.is_ascii() && !matches!(b, b'-' | b'.' | b'`');
    if text.bytes().all(plain) || text.is_ascii() && !text.contains("--") && !text.contains("...") && !text.contains('`') {
        return Cow::Borrowed(text);
    }
    // Letters of Latin scripts and the signs that are made straight below have no other compatibility form.
    let composed = |c: char| {
        c.is_ascii()
            || c == '…'
            || straight(c) != c
            || ('À'..='ʯ').contains(&c) && !matches!(c, 'ĳ' | 'Ĳ' | 'ŀ' | 'Ŀ' | 'ŉ' | 'ſ' | 'Ǆ'..='ǌ' | 'Ǳ'..='ǳ')
    };
    let folded: String =
        if text.chars().all(composed) { text.chars().map(straight).collect() } else { text.nfkc().map(straight).collect() };
    let doubled = |pair: &[u8]| pair[0] == pair[1] && matches!(pair[0], b'.' | b'-' | b'\'');
    if !folded.contains('`') && !folded.as_bytes().windows(2).any(doubled) {
        return Cow::Owned(folded);
    }
    Cow::Owned(folded.replace("...", "…").replace("--", "-").replace("''", "\"").replace("``", "\"").replace('`', "'"))
}

fn straight(c: char) -> char {
    match c {
        '‘' | '’' | '‚' | '‛' | '′' | '´' => '\'',
        '“' | '”' | '„' | '‟' | '″' | '«' | '»' => '"',
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => '-',
        _ => c,
    }
}

/// Small letters, typography folded, accents off.
pub fn case(text: &str) -> String {
    let folded = typography(text);
    if folded.is_ascii() {
        let mut folded = folded.into_owned();
        folded.make_ascii_lowercase();
        return folded;
    }
    let folded = folded.to_lowercase();
    if folded.is_ascii() {
        return folded;
    }
    folded.nfd().filter(|c| !is_combining_mark(*c)).nfc().collect()
}

/// The same where a text is: what is ASCII, as most of it is, needs no other memory.
pub fn make_case(text: &mut String) {
    let is_plain = text.is_ascii() && matches!(typography(text), Cow::Borrowed(_));
    if is_plain {
        text.make_ascii_lowercase();
    } else {
        *text = case(text);
    }
}

/// The form under which a word is compared: case folded, full stops of an abbreviation off, spelling of one variety.
///
/// Capitals that make another word (`US` and `us`, `IT` and `it`) are kept.
pub fn word(text: &str) -> String {
    let folded = case(text);
    let bare = if folded.contains('.') { folded.replace('.', "") } else { folded };
    let acronym = text.chars().all(|c| c.is_uppercase() || c == '.') && text.len() > 1;
    if acronym && (lexicon::is_function_word(&bare) || is_initialism(text.trim_end_matches('.')) && text.contains('.') && bare == "us") {
        return bare.to_uppercase();
    }
    lexicon::month(&bare).map(str::to_string).unwrap_or_else(|| lexicon::spelling(&bare).to_string())
}

/// A word without hyphens and spaces: `iron-clad`, `iron clad` and `ironclad` are one.
pub fn joined<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    let mut joined = String::new();
    for word in words {
        if word.is_ascii() {
            joined.extend(word.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()));
        } else {
            joined.extend(case(word).chars().filter(|c| c.is_alphanumeric()));
        }
    }
    joined
}

/// Whether a folded word names a month, in full or abbreviated.
pub fn is_month(folded: &str) -> bool {
    folded.len() >= 3 && (lexicon::month(folded).is_some() || lexicon::MONTHS.contains(&folded))
}

/// Whether a folded word names a day of the week, in full or abbreviated.
pub fn is_weekday(folded: &str) -> bool {
    lexicon::WEEKDAYS.iter().any(|day| *day == folded || (folded.len() >= 3 && folded.len() <= 5 && day.starts_with(folded)))
}

/// How many letters of one word are set, left out, exchanged or turned round in the other.
pub fn letters_amiss(left: &str, right: &str) -> usize {
    let (left, right): (Vec<char>, Vec<char>) = (left.chars().collect(), right.chars().collect());
    let (mut older, mut last): (Vec<usize>, Vec<usize>) = (Vec::new(), (0..=right.len()).collect());
    for i in 1..=left.len() {
        let mut row = vec![i];
        for j in 1..=right.len() {
            let exchanged = last[j - 1] + usize::from(left[i - 1] != right[j - 1]);
            let turned = i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1];
            let turned = if turned { older[j - 2] + 1 } else { usize::MAX };
            row.push(exchanged.min(turned).min(last[j] + 1).min(row[j - 1] + 1));
        }
        (older, last) = (last, row);
    }
    last[right.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_word_in_many_dresses() {
        let same: &[&[&str]] = &[
            &["Nato", "NATO", "nato", "N.A.T.O."],
            &["criticise", "criticize", "Criticise"],
            &["labour", "labor"],
            &["naïve", "naive", "nai\u{308}ve"],
            &["boat’s", "boat's", "Boat‘s"],
            &["Feb.", "Feb", "February"],
            &["U.S.", "US", "U.S"],
            &["Mr", "Mr."],
        ];
        for forms in same {
            assert!(
                forms.iter().all(|form| word(form) == word(forms[0])),
                "{forms:?} {:?}",
                forms.iter().map(|f| word(f)).collect::<Vec<_>>()
            );
        }
        for (a, b) in [("US", "us"), ("IT", "it"), ("pact", "act"), ("may", "march")] {
            assert_ne!(word(a), word(b));
        }
    }

    #[test]
    fn a_text_is_folded_where_it_is_as_it_is_elsewhere() {
        for text in ["The Pact", "a--b...", "d'Été", "one`two", "‘Quoted’", "", "nai\u{308}ve"] {
            let mut folded = text.to_string();
            make_case(&mut folded);
            assert_eq!(folded, case(text));
        }
    }

    #[test]
    fn compounds_are_one_when_joined() {
        assert_eq!(joined(["iron-clad"]), joined(["iron", "clad"]));
        assert_eq!(joined(["Ironclad"]), "ironclad");
    }
}
