//! Mentions of names in a row: the whole name that an edit touches, and whether two of them name the same.

use super::edit::Gap;
use super::term::{Class, Pair, Run, Term};
use crate::text::lexicon::gazetteer;
use crate::text::name::{self, Likeness};
use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};
use std::ops::Range;

/// Whether the names that a gap touches differ: both sides name something there that the other side's sentence does not name.
pub(super) fn differ(pair: Pair, gap: &Gap) -> bool {
    let (left, right) = gap.runs(pair);
    let strangers = [strange(pair.left, &gap.left, pair.right), strange(pair.right, &gap.right, pair.left)];
    let alike = |a: &Range<usize>| strangers[1].iter().any(|b| name::is_of_one_sort(&words(pair.left, a), &words(pair.right, b)));
    if pair.is_all() {
        return strangers.iter().all(|names| !names.is_empty());
    }
    is_name(left) && is_name(right) && super::polarity::is_framed(pair, gap) && strangers[0].iter().any(alike)
}

/// Whether a run names something and says nothing else: a description of somebody is no other name.
fn is_name(run: Run) -> bool {
    let news = || run.terms.iter().filter(|t| !matches!(t.class, Class::Mark | Class::Function));
    news().any(|t| t.class == Class::Name) && news().all(|t| t.class == Class::Name || is_title(run, t))
}

fn is_title(run: Run, term: &Term) -> bool {
    gazetteer::is_title(&text(run, term).trim_end_matches('.').to_lowercase())
}

/// The mentions that a range touches of what the other side's sentence does not name.
pub(super) fn strange(here: Run, range: &Range<usize>, there: Run) -> Vec<Range<usize>> {
    unknown(here, mentions(here, range), there)
}

/// Those of some mentions of what the other side's sentence does not name.
pub(super) fn unknown(here: Run, named: Vec<Range<usize>>, there: Run) -> Vec<Range<usize>> {
    if named.is_empty() {
        return named;
    }
    let others: Vec<Vec<&str>> = mentions(there, &(0..there.terms.len())).iter().map(|other| words(there, other)).collect();
    let known = |mention: &Range<usize>| {
        let words = words(here, mention);
        // Most names stand on the other side as they are: a cheap look before the dear one.
        others.contains(&words) || others.iter().any(|other| name::likeness(&words, other).is_some())
    };
    named.into_iter().filter(|mention| !name::is_common(&words(here, mention)) && !known(mention)).collect()
}

/// Whether a left and a right mention stand in one frame: both name places, and the same word stands before or
/// behind both.
pub(super) fn in_one_frame(pair: Pair, left: &Range<usize>, right: &Range<usize>) -> bool {
    let at = |run: Run<'_>, index: Option<usize>| index.and_then(|i| run.terms.get(i)).filter(|t| t.class != Class::Mark).map(|t| t.stem);
    let same = |l: Option<usize>, r: Option<usize>| at(pair.left, l).is_some_and(|stem| at(pair.right, r) == Some(stem));
    let place = |run: Run, mention: &Range<usize>| name::is_place(&words(run, mention));
    let framed = same(left.start.checked_sub(1), right.start.checked_sub(1)) || same(Some(left.end), Some(right.end));
    framed && place(pair.left, left) && place(pair.right, right)
}

/// Whether both sides of a gap are parts of a name of the same words in another order. A place keeps its name in any order.
pub(super) fn is_turned_round(pair: Pair, gap: &Gap) -> bool {
    let part = |row: Run, range: &Range<usize>| {
        let whole = whole(row, range);
        let printed = words(row, &whole);
        let part = row.terms[range.clone()].iter().all(|t| t.class == Class::Name) && whole.len() > range.len();
        let mut words = name::core(&printed);
        words.sort_unstable();
        Some(words).filter(|_| part && !printed.iter().any(|word| name::is_place(&[word])))
    };
    let (left, right) = (part(pair.left, &gap.left), part(pair.right, &gap.right));
    left.is_some() && left == right
}

/// Whether words that one side alone has belong to a name that stands beside them, which the other side tells more briefly.
pub(super) fn completes(row: Run, range: &Range<usize>) -> bool {
    let own = row.terms[range.clone()].iter().all(|t| t.class == Class::Name);
    let whole = whole(row, range);
    let rest = [whole.start..range.start, range.end..whole.end];
    own && rest.iter().any(|rest| !rest.is_empty() && is_open(row, &whole, rest))
}

/// Whether a name may be told by this part of it.
fn is_open(row: Run, whole: &Range<usize>, part: &Range<usize>) -> bool {
    whole.len() <= 3 && name::likeness(&words(row, whole), &words(row, part)) == Some(Likeness::Fuller)
}

/// What two runs are to each other as names; `None` where one of them is no name, or where they name different things.
pub(super) fn likeness(left: Run, right: Run) -> Option<Likeness> {
    let named = |run: Run| {
        let news = || run.terms.iter().filter(|t| !matches!(t.class, Class::Mark | Class::Function));
        news().count() > 0 && news().all(|t| t.class == Class::Name || is_capital(run, t))
    };
    (named(left) && named(right)).then(|| name::likeness(&all_words(left), &all_words(right))).flatten()
}

fn all_words<'a>(run: Run<'a>) -> Vec<&'a str> {
    words(run, &(0..run.terms.len()))
}

/// A title or another word with a capital letter.
fn is_capital(run: Run, term: &Term) -> bool {
    run.side.text.tokens[term.tokens.start].span.of(run.side.raw).starts_with(char::is_uppercase)
}

/// Whether one word is the short form of several.
pub(super) fn is_abbreviation(short: &str, long: &[&str]) -> bool {
    // A cheap look before the dear one: capitals, or a word cut short.
    let cut = short.ends_with('.') || short.chars().filter(|c| c.is_uppercase()).count() > 1;
    cut && name::likeness(&[short], long) == Some(Likeness::Abbreviated)
}

/// The names that a range of terms touches, each in full.
pub(super) fn mentions(row: Run, range: &Range<usize>) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for at in range.clone() {
        let inside = found.last().is_some_and(|last| last.contains(&at));
        if row.terms[at].class == Class::Name && !inside {
            found.push(whole(row, &(at..at + 1)));
        }
    }
    found
}

/// The range widened to the name that it is a part of: names side by side, or joined by `&`, up to a possessive ending.
pub(super) fn whole(row: Run, range: &Range<usize>) -> Range<usize> {
    let named = |at: usize| row.terms.get(at).is_some_and(|t| t.class == Class::Name);
    let joint = |at: usize| row.terms.get(at).is_some_and(|t| text(row, t) == "&");
    let owns = |at: usize| is_possessive(text(row, &row.terms[at]));
    let (mut start, mut end) = (range.start, range.end);
    while start > 0 && (named(start - 1) && !owns(start - 1) || start > 1 && joint(start - 1) && named(start - 2)) {
        start -= if joint(start - 1) { 2 } else { 1 };
    }
    while end > start && !owns(end - 1) && (named(end) || joint(end) && named(end + 1)) {
        end += if joint(end) { 2 } else { 1 };
    }
    start..end
}

fn is_possessive(word: &str) -> bool {
    word.ends_with("'s") || word.ends_with("’s") || word.ends_with("s'") || word.ends_with("s’")
}

fn text<'a>(row: Run<'a>, term: &Term) -> &'a str {
    row.side.text.tokens[term.tokens.start].span.of(row.side.raw)
}

/// The words of a mention as they are printed.
pub(super) fn words<'a>(row: Run<'a>, range: &Range<usize>) -> Vec<&'a str> {
    row.part(range.clone()).words().filter(|word| word.contains(char::is_alphanumeric)).collect()
}

// --- Misnamed people ------------------------------------------------------------------------------------------------

/// What a text calls people: their full names, and the single words by which it names them.
struct People {
    /// Folded words of each full name.
    full: HashSet<Vec<String>>,
    /// Folded words that stand for a person alone.
    short: HashSet<String>,
}

impl People {
    fn of(run: Run) -> Self {
        let mut people = People { full: HashSet::default(), short: HashSet::default() };
        for mention in mentions(run, &(0..run.terms.len())) {
            let words: Vec<&str> = words(run, &mention).into_iter().filter(|word| !name::is_place(&[word])).collect();
            let words = name::core(&words);
            match words.len() {
                2 | 3 => drop(people.full.insert(words)),
                1 => people.short.extend(words),
                _ => {}
            }
        }
        people
    }
}

/// People whom a version calls by another part of their name than the other does: `Mr Yi` where Wang Yi is `Mr Wang`. Each
/// comes with its side, its terms and what the other side calls the person.
pub(super) fn misnamed(texts: Pair) -> Vec<(usize, Range<usize>, String)> {
    let addressed = [texts.left, texts.right].map(|run| {
        let mentions = mentions(run, &(0..run.terms.len())).into_iter();
        mentions.filter(|mention| is_addressed(run, mention)).collect::<Vec<_>>()
    });
    if addressed.iter().all(Vec::is_empty) {
        return Vec::new();
    }
    let people = [People::of(texts.left), People::of(texts.right)];
    let mut full: HashMap<&str, Vec<&Vec<String>>> = HashMap::default();
    for name in people.iter().flat_map(|p| &p.full) {
        name.iter().for_each(|word| full.entry(word).or_default().push(name));
    }
    let mut found = Vec::new();
    for ((side, run), mentions) in [(0, texts.left), (1, texts.right)].into_iter().zip(addressed) {
        let other = &people[1 - side];
        for mention in mentions {
            let words = name::core(&words(run, &mention));
            let [word] = &words[..] else { continue };
            if other.short.contains(word) {
                continue;
            }
            // Of a name that is told once only, nobody knows which part is the right one.
            let names = full.get(word.as_str()).into_iter().flatten();
            let instead = names.flat_map(|name| name.iter()).find(|part| other.short.contains(*part));
            if let Some(instead) = instead {
                found.push((side, mention, instead.clone()));
            }
        }
    }
    found
}

/// Whether `Mr`, `Ms` or `Dr` stands before a mention.
fn is_addressed(run: Run, mention: &Range<usize>) -> bool {
    let before = mention.start.checked_sub(1).map(|at| text(run, &run.terms[at]).trim_end_matches('.').to_lowercase());
    before.is_some_and(|word| matches!(word.as_str(), "mr" | "mrs" | "ms" | "miss" | "dr"))
}
