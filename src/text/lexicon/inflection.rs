//! Base forms and stems: what a word is an inflection of.
//!
//! A stem joins a word with its derivations too and serves to find sentences that belong together (Snowball's English
//! stemmer, Porter's second). A lemma is a base form that a dictionary has (WordNet's Morphy: endings are detached until a
//! known word is left) and serves to look words up.

use super::{detach, wordnet};
use rust_stemmers::{Algorithm, Stemmer};
use rustc_hash::FxHashMap as HashMap;
use std::borrow::Cow;
use std::cell::RefCell;
use std::sync::LazyLock;

thread_local! {
    static STEMMER: Stemmer = Stemmer::create(Algorithm::English);
    /// Words with their stems: news has the same ones again and again.
    static STEMS: RefCell<HashMap<String, String>> = RefCell::default();
}

/// So many stems are remembered, some 3 MB on each thread.
const KNOWN_STEMS: usize = 1 << 15;

/// A folded word without a possessive ending.
fn bare(folded: &str) -> &str {
    folded.strip_suffix("'s").or_else(|| folded.strip_suffix('\'')).unwrap_or(folded)
}

/// The stem of a folded word, without a possessive ending; that of an irregular form is the stem of its base.
pub fn stem(folded: &str) -> String {
    STEMS.with_borrow_mut(|stems| {
        if let Some(known) = stems.get(folded) {
            return known.clone();
        }
        if stems.len() >= KNOWN_STEMS {
            stems.clear();
        }
        let stem = found_stem(folded);
        stems.insert(folded.to_string(), stem.clone());
        stem
    })
}

fn found_stem(folded: &str) -> String {
    let word = bare(folded);
    // `ground` is a form of `grind`, and a word of its own in news; `flew` is a form and nothing else.
    let only_form = || wordnet::irregular(word).filter(|_| wordnet::Row::find(word).is_none());
    let base = known_form(word).or_else(only_form).unwrap_or(word);
    STEMMER.with(|s| s.stem(base).into_owned())
}

/// The base form of a folded word: `criticized` is a form of `criticize`, `fell` of `fall`; a word without one is its own.
pub fn lemma(folded: &str) -> Cow<'_, str> {
    let word = bare(folded);
    if let Some(base) = known_form(word).or_else(|| wordnet::irregular(word)) {
        return Cow::Borrowed(base);
    }
    if WORDS_OF_THEIR_OWN.split(' ').any(|own| own == word) {
        return Cow::Borrowed(word);
    }
    let mut base = None;
    detach::bases(word, |candidate| {
        let known = wordnet::Row::find(candidate);
        base = known.map(wordnet::Row::head);
        known.is_some()
    });
    Cow::Borrowed(base.unwrap_or(word))
}

/// The base of a form in our own table, which goes before every other source.
fn known_form(word: &str) -> Option<&'static str> {
    FORMS.get(word).copied()
}

/// Words that look like forms of another word and are none in news.
const WORDS_OF_THEIR_OWN: &str = "news series species means evening morning economics politics physics mathematics ethics athletics during united being king \
    outstanding according including following regarding ceiling nothing something anything everything wing thing string spring ring hundred indeed speed need seed breed \
    always whereas perhaps alas yes bus gas plus minus crisis basis analysis texas kansas dallas arms goods customs headquarters barracks lens atlas chaos process congress press business \
    address access success loss cross class mass pass less unless across stress express princess witness illness happiness fitness wilderness darkness glass grass boss dress possess guess miss kiss assess \
    campus census virus status bonus focus surplus consensus corpus genius radius this thus us his was has as is does";

/// The forms of [`IRREGULAR_FORMS`], each with its base form.
static FORMS: LazyLock<HashMap<&'static str, &'static str>> = LazyLock::new(|| {
    IRREGULAR_FORMS
        .split(';')
        .flat_map(|family| {
            let mut words = family.split_whitespace();
            let base = words.next().unwrap_or("");
            words.map(move |form| (form, base))
        })
        .collect()
});

/// The irregular forms that news uses most, for which the stemmer alone fails or other sources offer a rarer word first.
const IRREGULAR_FORMS: &str = "be is are was were been being am;have has had having;do does did done doing;say said says saying;go went gone goes going;\
    come came comes coming;take took taken takes taking;give gave given gives giving;get got gotten gets getting;make made makes making;see saw seen sees seeing;\
    know knew known knows;think thought thinks;tell told tells telling;find found finds finding;leave left leaves leaving;keep kept keeps keeping;\
    begin began begun begins;hold held holds holding;bring brought brings;meet met meets meeting;stand stood stands;lose lost loses losing;pay paid pays paying;\
    speak spoke spoken speaks speaking;lead led leads leading;buy bought buys buying;win won wins winning;send sent sends;build built builds building;fall fell fallen falls falling;\
    rise rose risen rises rising;grow grew grown grows;draw drew drawn draws;break broke broken breaks breaking;spend spent spends;sell sold sells selling;fight fought fights fighting;\
    seek sought seeks seeking;shoot shot shoots;strike struck strikes;write wrote written writes writing;drive drove driven drives driving;choose chose chosen chooses;\
    catch caught catches;teach taught teaches;feel felt feels;deal dealt deals;sit sat sits;withdraw withdrew withdrawn withdraws;undergo underwent undergone;\
    overcome overcame;become became becomes becoming;forget forgot forgotten;steal stole stolen;swear swore sworn;throw threw thrown;wear wore worn;bear bore borne;\
    arise arose arisen;awake awoke awoken;beat beaten;bend bent;bite bitten;bleed bled;blow blew blown;breed bred;cling clung;creep crept;dig dug;drink drank drunk;\
    eat ate eaten;feed fed;flee fled;fling flung;fly flew flown;forbid forbade forbidden;foresee foresaw foreseen;forgive forgave forgiven;forsake forsook forsaken;\
    freeze froze frozen;hang hung;hear heard;hide hid hidden;kneel knelt;leap leapt;lend lent;light lit;mislead misled;mistake mistook mistaken;\
    misunderstand misunderstood;override overrode overridden;overrun overran;oversee oversaw overseen;overtake overtook overtaken;overthrow overthrew overthrown;\
    prove proven;rebuild rebuilt;repay repaid;rethink rethought;retake retook retaken;rewrite rewrote rewritten;ride rode ridden;ring rang;run ran;shake shook shaken;\
    shine shone;show shown;shrink shrank shrunk;sing sang sung;sink sank sunk;sleep slept;slide slid;speed sped;spin spun;spring sprang sprung;stick stuck;sting stung;\
    strive strove striven;sweep swept;swell swollen;swim swam swum;swing swung;tear tore torn;tread trod trodden;understand understood;undertake undertook undertaken;\
    undo undid undone;uphold upheld;wake woke woken;weave wove woven;weep wept;withhold withheld;withstand withstood;wring wrung;\
    child children;man men;woman women;person people persons peoples;foot feet;life lives;wife wives;half halves;leaf leaves;crisis crises;basis bases;analysis analyses;\
    good better best;bad worse worst;big bigger biggest;large larger largest;small smaller smallest;high higher highest;low lowest;strong stronger strongest;weak weaker weakest;\
    early earlier earliest;late later latest;old older oldest;young younger youngest;new newer newest;long longer longest;short shorter shortest;great greater greatest;slow slower slowest;\
    fast faster fastest;hard harder hardest;easy easier easiest;close closer closest;wide wider widest;deep deeper deepest;heavy heavier heaviest;cheap cheaper cheapest;poor poorer poorest;\
    rich richer richest;safe safer safest;tough tougher toughest;tight tighter tightest;lie lay lain lying;see saw;mean meant";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stems_join_inflections() {
        for (a, b) in [("peoples", "people"), ("said", "say"), ("rose", "rising"), ("minister's", "ministers"), ("opposing", "opposed")] {
            assert_eq!(stem(a), stem(b), "{a} {b}");
        }
        for (a, b) in [("ground", "grind"), ("wound", "wind")] {
            assert_ne!(stem(a), stem(b), "{a} {b}");
        }
    }

    #[test]
    fn irregular_forms_have_the_stem_of_their_base() {
        for family in IRREGULAR_FORMS.split(';') {
            let mut words = family.split_whitespace();
            let base = words.next().unwrap_or("");
            words.filter(|form| known_form(form) == Some(base)).for_each(|form| assert_eq!(stem(form), stem(base), "{form} {base}"));
        }
        for (form, base) in [
            ("flew", "fly"),
            ("froze", "freeze"),
            ("sang", "sing"),
            ("swept", "sweep"),
            ("lent", "lend"),
            ("hid", "hide"),
            ("arose", "arise"),
        ] {
            assert_eq!(stem(form), stem(base), "{form} {base}");
        }
    }

    #[test]
    fn lemmas_are_words_of_a_dictionary() {
        for (form, base) in [
            ("criticized", "criticize"),
            ("fell", "fall"),
            ("stopped", "stop"),
            ("missed", "miss"),
            ("parties", "party"),
            ("larger", "large"),
            ("women", "woman"),
            ("company's", "company"),
            ("evening", "evening"),
            ("news", "news"),
            ("important", "important"),
            ("norso", "norso"),
            ("", ""),
        ] {
            assert_eq!(lemma(form), base, "{form}");
        }
    }
}
