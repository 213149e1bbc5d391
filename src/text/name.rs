//! Names: whether two mentions name the same person, place or organisation, as far as their words and the tables tell.

use super::fold;
use super::lexicon::gazetteer::{self, Form, Named};
use rustc_hash::FxHashSet;
use std::sync::LazyLock;

/// How two mentions of the same name differ in their words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Likeness {
    /// One is told more fully: `Wang` and `Foreign Minister Wang Yi`.
    Fuller,
    /// One is the other's abbreviation: `U.S.` and `United States`.
    Abbreviated,
    /// A table has both as names of the same: `American` and `United States`, `Beijing` and `China`.
    Alias,
    /// They are spelled or transcribed in two ways: `Alexei` and `Alexey`.
    Transcribed,
}

/// Why two mentions, given their words as printed, name the same; `None` where they name different things.
///
/// Titles do not count. A person is named by any part of the name, so `Wang` and `Wang Yi` are one and `Wang` and `Yi` are
/// not, although each of them may be a part of `Wang Yi`.
pub fn likeness(left: &[&str], right: &[&str]) -> Option<Likeness> {
    if left == right {
        return Some(Likeness::Fuller);
    }
    let (l, r) = (core(left), core(right));
    if l.is_empty() || r.is_empty() {
        return (l.is_empty() && r.is_empty()).then_some(Likeness::Fuller);
    }
    let named = |words: &[&str]| gazetteer::named(words.iter().map(|word| without_ending(word)));
    if let (Some(a), Some(b)) = (named(left), named(right)) {
        return of_table(a, b);
    }
    // First letters are enough only beside a word that is the same: `J. Moss`, but not `J.` alone.
    let within = |few: &[String], many: &[String]| {
        few.iter().all(|word| many.iter().any(|other| same_word(word, other))) && few.iter().any(|word| many.contains(word))
    };
    let sorted = |words: &[String]| {
        let mut sorted = words.to_vec();
        sorted.sort();
        sorted
    };
    match () {
        () if l != r && sorted(&l) == sorted(&r) => None, // a name turned round
        () if l.concat() == r.concat() => Some(Likeness::Transcribed),
        () if is_acronym(left, right) || is_acronym(right, left) => Some(Likeness::Abbreviated),
        () if l.len() == r.len() && l.iter().zip(&r).all(|(a, b)| a == b || transcribed(a) == transcribed(b)) => {
            Some(Likeness::Transcribed)
        }
        () if is_house(&l, &r) || is_house(&r, &l) => Some(Likeness::Alias),
        () if is_open(&l, &r) && (within(&l, &r) || within(&r, &l)) => Some(Likeness::Fuller),
        () if l.len() == 1 && r.len() == 1 && (is_cut_short(left, &l[0], &r[0]) || is_cut_short(right, &r[0], &l[0])) => {
            Some(Likeness::Abbreviated)
        }
        () if l.len() == 1 && r.len() == 1 && (is_people(&l[0], &r[0]) || is_people(&r[0], &l[0])) => Some(Likeness::Alias),
        () => None,
    }
}

fn of_table(a: Named, b: Named) -> Option<Likeness> {
    let short = a.form == Form::Short || b.form == Form::Short;
    (a.id == b.id).then_some(match () {
        () if short && ![a.form, b.form].contains(&Form::Other) && ![a.form, b.form].contains(&Form::Capital) => Likeness::Abbreviated,
        () => Likeness::Alias,
    })
}

/// Whether two mentions can name things of one sort: not where a table has one of them as a place or an organisation, and the
/// other as none.
pub fn is_of_one_sort(left: &[&str], right: &[&str]) -> bool {
    let sort = |words: &[&str]| gazetteer::named(words.iter().map(|word| without_ending(word))).map(|named| named.place);
    let person = |words: &[&str]| words.len() > 1 && gazetteer::is_given_name(words[0]);
    match (sort(left), sort(right)) {
        (None, None) => true,
        (Some(a), Some(b)) => a == b,
        (Some(_), None) => !person(right),
        (None, Some(_)) => !person(left),
    }
}

/// Whether two mentions are one name of which one is misspelt: a letter or two are amiss in a word of some length.
pub fn is_misspelt(left: &[&str], right: &[&str]) -> bool {
    let telling = |words: &[&str]| core(words).into_iter().filter(|word| !TELLING_WORDS.contains(word.as_str())).collect::<Vec<_>>();
    let (l, r) = (telling(left), telling(right));
    let one = |a: &String, b: &String| a == b || fold::letters_amiss(a, b) <= a.len().min(b.len()).min(9) / 4;
    !l.is_empty() && l.len() == r.len() && l.iter().zip(&r).all(|(a, b)| one(a, b))
}

/// Whether some words tell where something has its seat: `Sorvik-based`.
pub fn is_seat(words: &[&str]) -> bool {
    words.iter().any(|word| word.split_once('-').is_some_and(|(_, rest)| rest.starts_with(char::is_lowercase)))
}

/// Whether some words say of what sort something is, and name nothing: `Plc`, `City Council`.
pub fn is_common(words: &[&str]) -> bool {
    core(words).iter().all(|word| TELLING_WORDS.contains(word.as_str()))
}

/// Whether some words name a place that the tables know.
pub fn is_place(words: &[&str]) -> bool {
    gazetteer::named(words.iter().copied()).is_some_and(|named| named.place)
}

/// A word without its possessive ending.
fn without_ending(word: &str) -> &str {
    word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).unwrap_or(word)
}

/// The folded words that name somebody, without titles, possessive endings and grammar. Of `Sorvik-based` only the name counts.
pub fn core(words: &[&str]) -> Vec<String> {
    let named = |word: &str| {
        word.split_once('-').filter(|(_, rest)| rest.starts_with(char::is_lowercase)).map_or(word.len(), |(name, _)| name.len())
    };
    let bare = words.iter().map(|word| {
        let mut folded = fold::case(&word[..named(word)]);
        folded.retain(|c| c != '.');
        let kept = folded.strip_suffix("'s").unwrap_or(&folded).trim_end_matches('\'').len();
        folded.truncate(kept);
        folded
    });
    bare.filter(|word| word.contains(char::is_alphanumeric) && !gazetteer::is_title(word) && !matches!(word.as_str(), "the" | "a" | "an"))
        .collect()
}

/// An initial or the first letters stand for a name that begins with them: `J. Moss`, `Chris Moss` and `Christopher Moss`.
fn same_word(a: &str, b: &str) -> bool {
    let short_for = |short: &str, long: &str| [1, 3, 4, 5].contains(&short.chars().count()) && long.starts_with(short);
    // Transcriptions of one name begin alike.
    let begins = |word: &str| word.bytes().next().map(|b| if b == b'p' { b'f' } else { b });
    a == b || begins(a) == begins(b) && (short_for(a, b) || short_for(b, a) || transcribed(a) == transcribed(b))
}

/// Words that say which of several is meant, or of what sort it is: alone they name nothing, and left out they change the name.
const TELLING: &str = "north south east west northern southern eastern western new saint san los las port fort lake mount county street avenue road \
    university college school center centre hospital index average composite exchange market stock company corp inc ltd plc co llc ag sa nv group bank court city town state department \
    office ministry commission committee council agency board bureau association institute party union league club team road river island islands bay cup series";

static TELLING_WORDS: LazyLock<FxHashSet<&str>> = LazyLock::new(|| TELLING.split_whitespace().collect());

/// Of those, what a company is before the law: left out it changes nothing.
const LEGAL_FORMS: [&str; 9] = ["corp", "inc", "ltd", "plc", "co", "llc", "ag", "sa", "nv"];

/// Whether a name may be told by a part of it: not where the rest says which of several is meant (`North Korea`, `Nasdaq Composite Index`).
fn is_open(left: &[String], right: &[String]) -> bool {
    let (shorter, longer) = if left.len() > right.len() { (right, left) } else { (left, right) };
    let telling = |word: &String| TELLING_WORDS.contains(word.as_str());
    let legal = |word: &String| LEGAL_FORMS.contains(&word.as_str());
    !longer.iter().any(|word| telling(word) && !legal(word) && !shorter.contains(word)) && !shorter.iter().all(telling)
}

/// `EU` of European Union; grammar words inside may count or not (`DRC`, Democratic Republic of the Congo).
fn is_acronym(short: &[&str], long: &[&str]) -> bool {
    let [short] = short else { return false };
    let letters: String = short.chars().filter(|c| *c != '.').collect();
    if long.len() < 2 || letters.chars().count() < 2 || !letters.chars().all(char::is_uppercase) {
        return false;
    }
    let initials = |all: bool| -> String {
        let counted = long.iter().flat_map(|word| word.split(['-', '.'])).filter(|word| all || word.starts_with(char::is_uppercase));
        counted.filter_map(|word| word.chars().next()).flat_map(char::to_uppercase).collect()
    };
    // `AMR` of `American Medical`, the last word left out.
    let begun = |initials: &str| initials.len() >= 2 && letters.strip_prefix(initials).is_some_and(|rest| rest.len() == 1);
    letters == initials(false) || letters == initials(true) || begun(&initials(false))
}

/// `Marchaunts` and `Abel Marchaunt`, `TQPs` and `TQP`: a house is called by its founder's name in the plural.
fn is_house(house: &[String], name: &[String]) -> bool {
    let ([house], Some(founder)) = (house, name.last()) else { return false };
    founder.len() >= KNOWN_BY_NAME && house.strip_suffix('s') == Some(founder)
}

/// How many letters a name has that is taken for another's plural.
const KNOWN_BY_NAME: usize = 3;

/// `Wis.` and `Wisc.`, `Calif.` and `California`: cut short by a full stop.
fn is_cut_short(printed: &[&str], short: &str, long: &str) -> bool {
    printed.iter().any(|word| word.ends_with('.')) && short.len() >= 2 && long.starts_with(short)
}

/// `Europe` and `European`, `Velmara` and `Velmaran`: a place and what belongs to it.
fn is_people(place: &str, people: &str) -> bool {
    const ENDINGS: [&str; 9] = ["n", "an", "ian", "ean", "ese", "ish", "i", "s", "ans"];
    let mut kept = place.len().saturating_sub(1);
    while !place.is_char_boundary(kept) {
        kept -= 1;
    }
    let stem = if place.ends_with(['a', 'e', 'o', 'y']) { &place[..kept] } else { place };
    place.len() >= 4 && [place, stem].iter().filter_map(|head| people.strip_prefix(head)).any(|rest| ENDINGS.contains(&rest))
}

/// A name as different transcriptions have it in common: `Alexei` and `Alexey`, `Mohammed` and `Mohamed`.
fn transcribed(word: &str) -> String {
    let mut plain: String = word.replace("ph", "f").replace("ck", "k").replace("ou", "u").replace("kh", "h").replace(['y', 'j'], "i");
    plain.retain(char::is_alphanumeric);
    let mut letters: Vec<char> = plain.chars().collect();
    letters.dedup();
    letters.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mentions_of_one_name_are_told_from_others() {
        use Likeness::{Abbreviated, Alias, Fuller, Transcribed};
        let table = [
            ("Ilek", "Sarno Ilek", Some(Fuller)),
            ("Mr Sarno", "Foreign Minister Sarno Ilek", Some(Fuller)),
            ("J. Moss", "Jane Moss", Some(Fuller)),
            ("Chris Moss", "Christopher Moss", Some(Fuller)),
            ("Lock", "Lockwood", None),
            ("Mr Sarno", "Mr Ilek", None),
            ("Jane Moss", "Ada Moss", None),
            ("Sarno Ilek", "Ilek Sarno", None),
            ("European Union", "EU", Some(Abbreviated)),
            ("U.S.", "United States", Some(Abbreviated)),
            ("American", "U.S.", Some(Alias)),
            ("China", "Beijing", Some(Alias)),
            ("China", "Japan", None),
            ("Alexei Moss", "Alexey Moss", Some(Transcribed)),
            ("Iron-Gate", "Irongate", Some(Transcribed)),
            ("North Lannock", "South Lannock", None),
            ("North Lannock", "Lannock", None),
            ("Lake Council", "LC", Some(Abbreviated)),
            ("RJM", "R.J. Moss", Some(Abbreviated)),
            ("Wis.", "Wisc.", Some(Abbreviated)),
            ("Britain's", "UK", Some(Alias)),
            ("Mr.", "President", Some(Fuller)),
            ("Velmara", "Velmaran", Some(Alias)),
            ("Sorvik-based", "Sorvik", Some(Transcribed)),
        ];
        for (left, right, expected) in table {
            let words = |text: &'static str| text.split(' ').collect::<Vec<_>>();
            assert_eq!(likeness(&words(left), &words(right)), expected, "{left} ~ {right}");
            assert_eq!(likeness(&words(right), &words(left)), expected, "{right} ~ {left}");
        }
    }
}
