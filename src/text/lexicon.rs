//! What words are to each other: spelling, inflection, and the small closed classes that news turns on.
//!
//! Spelling variants are those of VarCon (crate `varcon`); stems follow Porter's second stemmer for English (Snowball, crate `rust-stemmers`).

use rust_stemmers::{Algorithm, Stemmer};
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
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

/// The spelling that stands for all spelling variants of a folded word; the word itself when it has none.
pub fn spelling(folded: &str) -> Cow<'_, str> {
    if let Some(&one) = SPELLINGS.get(folded) {
        return Cow::Borrowed(one);
    }
    match folded.strip_suffix("'s").and_then(|owner| SPELLINGS.get(owner)) {
        Some(one) => Cow::Owned(format!("{one}'s")),
        None => Cow::Borrowed(folded),
    }
}

/// VarCon's clusters, every variant under the American headword. Entries that depend on the part of speech or on the meaning
/// (`program` and `programme` of a computer) are taken too: a reader counts them as one word in two spellings.
static SPELLINGS: LazyLock<HashMap<&'static str, &'static str>> = LazyLock::new(|| {
    let mut table = HashMap::with_capacity(32_768);
    let mut taken = HashSet::new();
    for entry in varcon::VARCON.iter().flat_map(|cluster| cluster.entries) {
        let Some(first) = entry.variants.first() else { continue };
        if !taken.insert(first.word) && table.contains_key(first.word) {
            continue;
        }
        for variant in entry.variants {
            if variant.word != first.word && !is_other_word(variant.word) {
                table.entry(variant.word).or_insert(first.word);
            }
        }
    }
    // A headword that is itself a variant elsewhere is followed to its end, so that one table look-up is enough.
    let followed: Vec<_> = table.iter().map(|(&from, &to)| (from, *table.get(to).unwrap_or(&to))).filter(|(from, to)| from != to).collect();
    followed.into_iter().collect()
});

/// Variants that are far more often words of their own.
fn is_other_word(word: &str) -> bool {
    matches!(word, "for" | "to" | "an" | "a" | "were" | "story" | "storey" | "tire" | "curb" | "check" | "sole" | "metre" | "meter" | "draft" | "die")
}

thread_local! {
    static STEMMER: Stemmer = Stemmer::create(Algorithm::English);
}

/// The stem of a folded word, without a possessive ending.
pub fn stem(folded: &str) -> String {
    let owner = folded.strip_suffix("'s").or_else(|| folded.strip_suffix('\'')).unwrap_or(folded);
    IRREGULAR.get(owner).map_or_else(|| STEMMER.with(|s| s.stem(owner).into_owned()), |lemma| (*lemma).to_string())
}

/// Irregular forms of the verbs and nouns that news uses most, each with its base form.
static IRREGULAR: LazyLock<HashMap<&'static str, &'static str>> = LazyLock::new(|| {
    IRREGULAR_FORMS.split(';').flat_map(|family| {
        let mut words = family.split_whitespace();
        let base = words.next().unwrap_or("");
        words.map(move |form| (form, base))
    }).collect()
});

const IRREGULAR_FORMS: &str = "be is are was were been being am;have has had having;do does did done doing;say said says saying;go went gone goes going;\
    come came comes coming;take took taken takes taking;give gave given gives giving;get got gotten gets getting;make made makes making;see saw seen sees seeing;\
    know knew known knows;think thought thinks;tell told tells telling;find found finds finding;leave left leaves leaving;keep kept keeps keeping;\
    begin began begun begins;hold held holds holding;bring brought brings;meet met meets meeting;stand stood stands;lose lost loses losing;pay paid pays paying;\
    speak spoke spoken speaks speaking;lead led leads leading;buy bought buys buying;win won wins winning;send sent sends;build built builds building;fall fell fallen falls falling;\
    rise rose risen rises rising;grow grew grown grows;draw drew drawn draws;break broke broken breaks breaking;spend spent spends;sell sold sells selling;fight fought fights fighting;\
    seek sought seeks seeking;shoot shot shoots;strike struck strikes;write wrote written writes writing;drive drove driven drives driving;choose chose chosen chooses;\
    catch caught catches;teach taught teaches;feel felt feels;deal dealt deals;sit sat sits;withdraw withdrew withdrawn withdraws;undergo underwent undergone;\
    overcome overcame;become became becomes becoming;forget forgot forgotten;steal stole stolen;swear swore sworn;throw threw thrown;wear wore worn;bear bore borne;\
    child children;man men;woman women;person people persons peoples;foot feet;life lives;wife wives;half halves;leaf leaves;crisis crises;basis bases;analysis analyses";

/// Whether a folded word is one of the closed class that carries grammar rather than news.
pub fn is_function_word(folded: &str) -> bool {
    FUNCTION_WORDS.contains(folded)
}

static FUNCTION_WORDS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| FUNCTION_WORD_LIST.split_whitespace().collect());

const FUNCTION_WORD_LIST: &str = "a an the this that these those and or but nor so yet as at by for from in into of off on onto out over per than to up upon via with within \
    about above across after against along among amid around before behind below beneath beside between beyond during inside near outside since through throughout \
    toward towards under until while whilst when where which who whom whose what how why if whether because though although i me my we us our you your he him his she her it its they them their \
    himself herself itself themselves is are was were be been being am has have had having do does did doing will would shall should can could may might must \
    there here also both each such some any all more most other another same own just then too very it's that's he's there's isn't wasn't aren't weren't not no never n't cannot can't won't don't doesn't didn't";

/// Words that turn a statement round.
pub fn is_negation(folded: &str) -> bool {
    matches!(folded, "not" | "no" | "never" | "none" | "nobody" | "nothing" | "neither" | "nor" | "without" | "cannot" | "nowhere" | "hardly") || folded.ends_with("n't")
}

/// Words that weaken a statement: modals of possibility, and what marks it as hearsay.
pub fn is_hedge(folded: &str) -> bool {
    HEDGES.contains(&folded)
}

const HEDGES: [&str; 26] = [
    "may", "might", "could", "would", "should", "can", "will", "shall", "must", "reportedly", "allegedly", "apparently", "possibly", "perhaps", "probably", "likely",
    "unlikely", "maybe", "seemingly", "supposedly", "purportedly", "presumably", "potentially", "alleged", "seemed", "appeared",
];

/// Whether the stem of a folded word is that of a verb of saying.
pub fn is_reporting(folded: &str) -> bool {
    REPORTING.contains(stem(folded).as_str())
}

static REPORTING: LazyLock<HashSet<String>> = LazyLock::new(|| REPORTING_VERBS.split_whitespace().map(stem).collect());

const REPORTING_VERBS: &str = "say claim tell admit deny insist warn allege argue suggest announce assert maintain acknowledge concede confirm declare \
    report state add note explain stress contend reveal disclose predict promise vow accuse";

/// Whether two folded words, or their stems, are on opposite sides of one of the verbs and adjectives of news.
pub fn are_opposites(left: &str, right: &str) -> bool {
    let (left, right) = (stem(left), stem(right));
    OPPOSITES.iter().any(|(a, b)| (a.contains(&left) && b.contains(&right)) || (a.contains(&right) && b.contains(&left)))
}

static OPPOSITES: LazyLock<Vec<(HashSet<String>, HashSet<String>)>> = LazyLock::new(|| {
    let side = |words: &str| words.split_whitespace().map(stem).collect();
    OPPOSITE_SIDES.iter().map(|(a, b)| (side(a), side(b))).collect()
});

const OPPOSITE_SIDES: &[(&str, &str)] = &[
    ("oppose reject resist protest condemn against", "favor favour support back approve endorse welcome embrace for"),
    ("rise increase gain grow climb jump surge soar advance up higher", "fall decrease drop decline slip sink slump plunge lose shrink down lower"),
    ("win victory", "lose defeat loss"),
    ("accept agree grant allow permit", "refuse reject deny decline forbid ban bar prohibit block"),
    ("confirm admit acknowledge", "deny refute"),
    ("open begin start", "close end stop"),
    ("guilty convict", "innocent acquit"),
    ("strong strengthen", "weak weaken"),
    ("raise lift", "lower cut"),
    ("before", "after"),
    ("include", "exclude"),
    ("legal lawful", "illegal unlawful"),
    ("possible", "impossible"),
    ("profit", "loss"),
    ("first", "last"),
    ("best", "worst"),
    ("majority", "minority"),
    ("pass", "fail"),
    ("arrive enter", "leave depart"),
    ("import", "export"),
    ("buy", "sell"),
];

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
    fn spelling_variants_are_one_word() {
        for (a, b) in [("criticise", "criticize"), ("colour", "color"), ("programme", "program"), ("defence", "defense"), ("travelled", "traveled"), ("organisation's", "organization's")] {
            assert_eq!(spelling(a), spelling(b), "{a} {b}");
        }
        assert_ne!(spelling("storey"), spelling("story"));
        assert_eq!(spelling("pact"), "pact");
    }

    #[test]
    fn stems_join_inflections() {
        for (a, b) in [("peoples", "people"), ("said", "say"), ("rose", "rising"), ("minister's", "ministers"), ("opposing", "opposed")] {
            assert_eq!(stem(a), stem(b), "{a} {b}");
        }
    }

    #[test]
    fn opposites_are_told() {
        assert!(are_opposites("opposing", "favors"));
        assert!(are_opposites("fell", "rising"));
        assert!(!are_opposites("opposing", "rejected"));
    }
}
