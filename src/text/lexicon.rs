//! What words are to each other: spelling, inflection, and the small closed classes that news turns on.
//!
//! Spelling variants are those of VarCon (crate `varcon`); stems follow Porter's second stemmer for English (Snowball, crate `rust-stemmers`).

use rust_stemmers::{Algorithm, Stemmer};
use rustc_hash::{FxBuildHasher, FxHashMap as HashMap, FxHashSet as HashSet};
use std::borrow::Cow;
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
    let mut table = HashMap::with_capacity_and_hasher(32_768, FxBuildHasher);
    let mut taken = HashSet::default();
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
    matches!(
        word,
        "for" | "to" | "an" | "a" | "were" | "story" | "storey" | "tire" | "curb" | "check" | "sole" | "metre" | "meter" | "draft" | "die"
    )
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
    IRREGULAR_FORMS
        .split(';')
        .flat_map(|family| {
            let mut words = family.split_whitespace();
            let base = words.next().unwrap_or("");
            words.map(move |form| (form, base))
        })
        .collect()
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

const FUNCTION_WORD_LIST: &str = "mr mrs ms miss mx a an the this that these those and or but nor so yet as at by for from in into of off on onto out over per than to up upon via with within \
    about above across after against along among amid around before behind below beneath beside between beyond during inside near outside since through throughout \
    toward towards under until while whilst when where which who whom whose what how why if whether because though although i me my we us our you your he him his she her it its they them their \
    himself herself itself themselves is are was were be been being am has have had having do does did doing will would shall should can could may might must \
    there here also both each such some any all more most other another same own just then too very it's that's he's there's isn't wasn't aren't weren't not no never n't cannot can't won't don't doesn't didn't";

/// What a word can do to a statement, as far as the word itself tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Traits {
    /// It turns a statement round: `not`, `never`, `without`.
    pub negates: bool,
    /// It says how sure a statement is.
    pub hedge: Option<Hedge>,
    /// It is a verb of saying.
    pub saying: Option<Saying>,
    /// The sides of pairs of opposites that it is on, one bit a pair: of the first side and of the second.
    pub sides: (u32, u32),
}

impl Traits {
    /// Whether two words are on opposite sides of something.
    pub fn opposes(self, other: Traits) -> bool {
        self.sides.0 & other.sides.1 | self.sides.1 & other.sides.0 != 0
    }
}

/// How sure a statement is made; words of one degree are the same in other words or another tense (`will` and `would`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Hedge {
    /// Will, must.
    Sure,
    /// Should, probably.
    Likely,
    /// May, might, could.
    Possible,
    /// Unlikely.
    Doubtful,
    /// Reportedly, allegedly.
    Hearsay,
}

/// What a verb of saying makes of the speaker.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Saying {
    /// Said, told, added: no more than that it was said.
    Plain,
    /// Claimed, insisted: it may not be so.
    Asserted,
    /// Admitted, confirmed: it is so.
    Conceded,
    /// Denied.
    Denied,
    /// Warned, threatened, vowed.
    Warned,
    /// Accused, blamed.
    Accused,
}

/// What a folded word can do to a statement; `stem` is its stem.
pub fn traits(folded: &str, stem: &str) -> Traits {
    let by_stem = STEM_TRAITS.get(stem).copied().unwrap_or_default();
    let hedge = HEDGE_WORDS.get(folded).copied();
    Traits { negates: is_negation(folded), hedge, ..by_stem }
}

static HEDGE_WORDS: LazyLock<HashMap<&'static str, Hedge>> =
    LazyLock::new(|| HEDGES.iter().flat_map(|(degree, words)| words.split(' ').map(move |word| (word, *degree))).collect());

/// The traits that inflections share, by stem.
static STEM_TRAITS: LazyLock<HashMap<String, Traits>> = LazyLock::new(|| {
    let mut table: HashMap<String, Traits> = HashMap::default();
    for (saying, verbs) in SAYING_VERBS {
        verbs.split(' ').for_each(|verb| table.entry(stem(verb)).or_default().saying = Some(*saying));
    }
    for (index, (first, second)) in OPPOSITE_SIDES.iter().enumerate() {
        first.split(' ').for_each(|word| table.entry(stem(word)).or_default().sides.0 |= 1 << index);
        second.split(' ').for_each(|word| table.entry(stem(word)).or_default().sides.1 |= 1 << index);
    }
    table
});

fn is_negation(folded: &str) -> bool {
    matches!(
        folded,
        "not" | "no" | "never" | "none" | "nobody" | "nothing" | "neither" | "nor" | "without" | "cannot" | "nowhere" | "hardly"
    ) || folded.ends_with("n't")
}

const HEDGES: &[(Hedge, &str)] = &[
    (Hedge::Sure, "will would shall must definitely certainly surely"),
    (Hedge::Likely, "should likely probably presumably"),
    (Hedge::Possible, "may might could can possibly perhaps maybe potentially"),
    (Hedge::Doubtful, "unlikely doubtfully"),
    (Hedge::Hearsay, "reportedly allegedly apparently seemingly supposedly purportedly alleged"),
];

const SAYING_VERBS: &[(Saying, &str)] = &[
    (Saying::Plain, "say tell add state report announce explain remark comment declare write"),
    (Saying::Asserted, "claim allege argue insist assert maintain contend"),
    (Saying::Conceded, "admit concede acknowledge confirm confess"),
    (Saying::Denied, "deny refute"),
    (Saying::Warned, "warn threaten vow"),
    (Saying::Accused, "accuse blame"),
];

/// At most 32 pairs: a word's sides are bits.
const OPPOSITE_SIDES: &[(&str, &str)] = &[
    ("oppose reject resist protest condemn against", "favor favour support back approve endorse welcome embrace for"),
    (
        "rise increase gain grow climb jump surge soar advance up higher",
        "fall decrease drop decline slip sink slump plunge lose shrink down lower",
    ),
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
        for (a, b) in [
            ("criticise", "criticize"),
            ("colour", "color"),
            ("programme", "program"),
            ("defence", "defense"),
            ("travelled", "traveled"),
            ("organisation's", "organization's"),
        ] {
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
        for (a, b, opposed) in
            [("opposing", "favors", true), ("fell", "rising", true), ("opposing", "rejected", false), ("pact", "ship", false)]
        {
            let of = |word: &str| traits(word, &stem(word));
            assert_eq!(of(a).opposes(of(b)), opposed, "{a} {b}");
        }
        assert!(OPPOSITE_SIDES.len() <= 32);
    }
}
