//! The words of a passage, aligned over all its texts: a profile of columns to which one telling after the other is added.
//!
//! Tellings with the same words are one. The one nearest to all others begins, and always the one nearest to a telling that is
//! in already comes next, so that small differences are settled before large ones (Feng and Doolittle 1987). A telling is laid
//! against every word that a column has so far, so no single version is the base, as in partial order alignment (Lee, Grasso
//! and Sharlow 2002). First the same words anchor, words that carry news before those that carry grammar; then, between
//! anchors, what stands for what is decided by likeness, as in the comparison of two texts.

use super::Distinct;
use super::passages::Group;
use crate::collate::diff::{self, Piece};
use crate::collate::term::{Class, Run, Term};
use rustc_hash::FxHashMap as HashMap;
use std::ops::Range;

/// One column: the terms of the texts that have something there, as places in the group and indices into the text's terms.
pub(super) type Places = Vec<(usize, usize)>;

/// Aligns the terms of a group. Each column lists (index in the group, term of that text), in the order of the group.
pub(super) fn columns(distinct: &Distinct, group: &Group) -> Vec<Places> {
    let runs: Vec<Run> = group.iter().map(|(text, sentences)| run(distinct, *text, sentences)).collect();
    let tellings = tellings(&runs);
    let mut profile = Profile::default();
    for telling in order(&tellings) {
        profile.add(telling, tellings[telling].run);
    }
    let first = |at: usize| distinct.terms[group[at].0].sentences[group[at].1.start].start;
    let places = |slot: Slot| {
        let cells = slot.terms.into_iter();
        let mut places: Places = cells.flat_map(|(telling, term)| tellings[telling].texts.iter().map(move |&at| (at, term))).collect();
        places.iter_mut().for_each(|(at, term)| *term += first(*at));
        places.sort_unstable();
        places
    };
    profile.columns.into_iter().map(places).collect()
}

/// The terms of consecutive sentences of a text.
pub(super) fn run<'a>(distinct: &'a Distinct, text: usize, sentences: &Range<usize>) -> Run<'a> {
    let terms = &distinct.terms[text];
    let ranges = &terms.sentences[sentences.clone()];
    let all = ranges.first().map_or(0, |r| r.start)..ranges.last().map_or(0, |r| r.end);
    Run { side: distinct.sides[text], terms: &terms.all[all] }
}

/// Texts of a group that have the same words.
struct Telling<'a> {
    /// The terms of one of them.
    run: Run<'a>,
    /// The texts, as indices into the group.
    texts: Vec<usize>,
}

fn tellings<'a>(runs: &[Run<'a>]) -> Vec<Telling<'a>> {
    let mut found: HashMap<Vec<u32>, usize> = HashMap::default();
    let mut tellings: Vec<Telling> = Vec::new();
    for (at, run) in runs.iter().enumerate() {
        let words = run.terms.iter().map(|term| term.word).collect();
        let telling = *found.entry(words).or_insert_with(|| {
            tellings.push(Telling { run: *run, texts: Vec::new() });
            tellings.len() - 1
        });
        tellings[telling].texts.push(at);
    }
    tellings
}

/// The order in which tellings are added: first the one nearest to all, then by nearness to one that is in (Prim 1957).
fn order(tellings: &[Telling]) -> Vec<usize> {
    let words: Vec<Vec<(u32, usize)>> = tellings.iter().map(|telling| counted(telling.run.terms)).collect();
    let near = |a: usize, b: usize| shared(&words[a], &words[b]);
    let total = |a: usize| (0..tellings.len()).map(|b| near(a, b) * tellings[b].texts.len()).sum::<usize>();
    let Some(first) = (0..tellings.len()).rev().max_by_key(|&a| total(a)) else { return Vec::new() };
    let mut order = vec![first];
    let mut nearest: Vec<usize> = (0..tellings.len()).map(|other| near(first, other)).collect();
    let mut taken = vec![false; tellings.len()];
    taken[first] = true;
    while let Some(next) = (0..tellings.len()).rev().filter(|&t| !taken[t]).max_by_key(|&t| nearest[t]) {
        taken[next] = true;
        order.push(next);
        (0..tellings.len()).filter(|&t| !taken[t]).for_each(|t| nearest[t] = nearest[t].max(near(next, t)));
    }
    order
}

/// The words of a telling, sorted, each with what it holds.
fn counted(terms: &[Term]) -> Vec<(u32, usize)> {
    let mut words: Vec<(u32, usize)> = terms.iter().map(|term| (term.word, hold(term.class))).collect();
    words.sort_unstable();
    words
}

/// What the words that both tellings have hold together.
fn shared(a: &[(u32, usize)], b: &[(u32, usize)]) -> usize {
    let (mut i, mut j, mut sum) = (0, 0, 0);
    while i < a.len() && j < b.len() {
        match a[i].cmp(&b[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                sum += a[i].1;
                (i, j) = (i + 1, j + 1);
            }
        }
    }
    sum
}

/// How much a word anchors: one that carries news weighs more than any few that carry grammar.
fn hold(class: Class) -> usize {
    match class {
        Class::Mark => 1,
        Class::Function => 3,
        Class::Content => 12,
        Class::Name | Class::Figure | Class::Date => 15,
    }
}

/// A column while the profile grows.
struct Slot<'a> {
    /// The different words, each as it is printed, with the first term that has it.
    words: Vec<(&'a str, &'a Term)>,
    /// The tellings that have a term here, each with the term as an index into its run.
    terms: Vec<(usize, usize)>,
}

impl<'a> Slot<'a> {
    fn new(telling: usize, run: Run<'a>, term: usize) -> Self {
        Slot { words: vec![(run.word(term), &run.terms[term])], terms: vec![(telling, term)] }
    }

    fn has(&self, word: u32) -> bool {
        self.words.iter().any(|(_, term)| term.word == word)
    }

    fn is_mark(&self) -> bool {
        self.words[0].1.class == Class::Mark
    }

    fn add(&mut self, telling: usize, run: Run<'a>, term: usize) {
        if !self.has(run.terms[term].word) {
            self.words.push((run.word(term), &run.terms[term]));
        }
        self.terms.push((telling, term));
    }

    /// How readily a term is read as standing for the words of the column, 0 to 1.
    fn likeness(&self, word: &str, term: &Term) -> f32 {
        self.words.iter().map(|(printed, other)| diff::likeness(printed, word, other, term)).fold(0.0, f32::max)
    }
}

/// One step of the walk over the columns and the terms of a telling.
#[derive(Clone, Copy)]
enum Step {
    /// A term that belongs into the next column.
    Both,
    /// A column that the telling has nothing in.
    Column,
    /// A term that needs a new column.
    Term,
}

/// In a gap of so few columns and terms whatever is left stands for what is left, however unlike …
const SMALL: usize = 3;
/// … which counts this much;
const SAME_PLACE: f32 = 0.05;
/// in a larger one words must be this alike, or they are set against each other by chance.
const KINDRED: f32 = 0.6;

#[derive(Default)]
struct Profile<'a> {
    columns: Vec<Slot<'a>>,
}

/// Above this number of cells the heaviest anchors cost too much, and the longest run of the columns' first words is taken.
const EXACT: usize = 4_000_000;

impl<'a> Profile<'a> {
    fn add(&mut self, telling: usize, run: Run<'a>) {
        let mut pieces = if self.columns.len() * run.terms.len() <= EXACT { self.heaviest(run) } else { self.longest(run) };
        diff::drop_islands(&mut pieces, |piece| run.terms[piece.right.clone()].iter().map(diff::hold).sum());
        let steps: Vec<Step> = pieces.iter().flat_map(|piece| self.steps(run, piece)).collect();
        let mut columns = std::mem::take(&mut self.columns).into_iter();
        let mut term = 0;
        for step in steps {
            let slot = if matches!(step, Step::Term) { None } else { columns.next() };
            let slot = match (step, slot) {
                (Step::Column, slot) => slot,
                (_, Some(mut slot)) => {
                    slot.add(telling, run, term);
                    Some(slot)
                }
                (_, None) => Some(Slot::new(telling, run, term)),
            };
            term += usize::from(!matches!(step, Step::Column));
            self.columns.extend(slot);
        }
    }

    /// The common subsequence of columns and terms that holds most, a stretch in one piece before one in two.
    fn heaviest(&self, run: Run) -> Vec<Piece> {
        let (n, m) = (self.columns.len(), run.terms.len());
        let matches = self.matches(run);
        let same = |i: usize, j: usize| i < n && j < m && matches[i * m + j];
        let mut best = vec![0_usize; (n + 1) * (m + 1)];
        let at = |i: usize, j: usize| i * (m + 1) + j;
        let gain = |j: usize, together: bool| 4 * hold(run.terms[j].class) + usize::from(together);
        for i in (0..n).rev() {
            for j in (0..m).rev() {
                let apart = best[at(i + 1, j)].max(best[at(i, j + 1)]);
                best[at(i, j)] = if same(i, j) { apart.max(best[at(i + 1, j + 1)] + gain(j, same(i + 1, j + 1))) } else { apart };
            }
        }
        let (mut i, mut j, mut pieces) = (0, 0, Vec::new());
        while i < n || j < m {
            let paired = same(i, j) && best[at(i, j)] == best[at(i + 1, j + 1)] + gain(j, same(i + 1, j + 1));
            let (columns, terms) = match () {
                () if paired => (1, 1),
                () if i < n && (j == m || best[at(i, j)] == best[at(i + 1, j)]) => (1, 0),
                () => (0, 1),
            };
            diff::extend(&mut pieces, Piece { left: i..i + columns, right: j..j + terms, equal: paired });
            (i, j) = (i + columns, j + terms);
        }
        pieces
    }

    /// For each column and each term whether the column has its word.
    fn matches(&self, run: Run) -> Vec<bool> {
        let m = run.terms.len();
        let mut places: HashMap<u32, Vec<usize>> = HashMap::default();
        run.terms.iter().enumerate().for_each(|(j, term)| places.entry(term.word).or_default().push(j));
        let mut matches = vec![false; self.columns.len() * m];
        for (i, slot) in self.columns.iter().enumerate() {
            let found = slot.words.iter().filter_map(|(_, term)| places.get(&term.word)).flatten();
            found.for_each(|j| matches[i * m + j] = true);
        }
        matches
    }

    /// The longest common subsequence of the columns' first words and the terms.
    fn longest(&self, run: Run) -> Vec<Piece> {
        let columns: Vec<u32> = self.columns.iter().map(|slot| slot.words[0].1.word).collect();
        let terms: Vec<u32> = run.terms.iter().map(|term| term.word).collect();
        diff::script(&columns, &terms)
    }

    /// How a stretch is walked: in step where the words are the same, else by what stands for what.
    fn steps(&self, run: Run, piece: &Piece) -> Vec<Step> {
        let (n, m) = (piece.left.len(), piece.right.len());
        if piece.equal {
            return vec![Step::Both; n];
        }
        if n * m == 0 || n * m > diff::ALIGNED {
            return [vec![Step::Column; n], vec![Step::Term; m]].concat();
        }
        let slots = &self.columns[piece.left.clone()];
        let small = n.max(m) <= SMALL;
        let likeness = |i: usize, j: usize| {
            let (slot, term) = (&slots[i], piece.right.start + j);
            let likeness = slot.likeness(run.word(term), &run.terms[term]);
            match () {
                () if small && slot.is_mark() == (run.terms[term].class == Class::Mark) => likeness.max(SAME_PLACE),
                () if small || likeness >= KINDRED => likeness,
                () => 0.0,
            }
        };
        let aligned = diff::heaviest_alignment(n, m, likeness);
        aligned
            .into_iter()
            .map(|(column, term)| match (column, term) {
                (true, true) => Step::Both,
                (true, false) => Step::Column,
                _ => Step::Term,
            })
            .collect()
    }
}
