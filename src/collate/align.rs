//! Which sentences of two texts say the same: pairs, merges and splits, wherever they stand.
//!
//! Sentences are bags of stems weighted by rarity (Spärck Jones 1972). Candidates come from an index of the rarer stems, so
//! that the work grows about linearly. Strong mutual pairs are linked first; then the neighbours of a link speak for the pairs
//! beside it, so that a freely reworded sentence between two sure ones is found without letting a stray likeness in; last, a
//! sentence left over beside a link joins it where the pair has room for its words (1:2 and 2:1).

use super::term::{Class, Side, Terms, Word};
use crate::text::BlockKind;
use crate::text::lexicon::Meaning;
use rustc_hash::FxHashMap as HashMap;
use std::ops::Range;

/// Sentences of the left and of the right that say the same; one of the ranges has one sentence, the other one or more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Left sentences.
    pub left: Range<usize>,
    /// Right sentences.
    pub right: Range<usize>,
}

/// Pairs the sentences of two sides. The links come in the order of the left; no sentence is in two of them.
pub fn links(sides: [Side; 2], terms: [&Terms; 2]) -> Vec<Link> {
    if terms.iter().all(|side| side.sentences.len() == 1) {
        // Who holds one sentence against another wants to see them held against each other.
        return vec![Link { left: 0..1, right: 0..1 }];
    }
    let bags = bags(sides, terms);
    let candidates = candidates(&bags);
    let mut pairing = Pairing::new(&bags, candidates);
    pairing.link_strong();
    pairing.link_with_context();
    pairing.link_between();
    pairing.grow()
}

/// A likeness that is enough by itself when it is mutually the best.
const STRONG: f32 = 0.50;
/// What a pair needs in the end, support of its neighbours included.
const ENOUGH: f32 = 0.38;
/// What each linked neighbour adds.
const SUPPORT: f32 = 0.14;
/// What a pair gains that is in order with the links around it: a move must be seen, not guessed.
const IN_ORDER: f32 = 0.05;
/// How many sentences away a link still counts as near.
const REACH: isize = 12;
/// What a pair needs at least, whatever its neighbours say.
const LEAST: f32 = 0.13;
/// What a pair needs between two links with nothing else between them on either side.
const ALONE_BETWEEN: f32 = 0.10;
/// What it needs beyond that where there is more to choose from, times the logarithm of how much.
const CHOICE: f32 = 0.10;
/// How much of a left-over sentence the other side must have to join a pair.
const JOINS: f32 = 0.45;

/// A sentence as weighted stems, sorted by stem.
struct Bag {
    stems: Vec<(u32, f32)>,
    /// What each of the stems means.
    meanings: Vec<Meaning>,
    weight: f32,
    kind: BlockKind,
}

/// The bags of both sides, with weights from the sentences of both.
fn bags(sides: [Side; 2], terms: [&Terms; 2]) -> [Vec<Bag>; 2] {
    let mut frequency: HashMap<u32, u32> = HashMap::default();
    let sets = terms.map(|side| side.words_of.iter().map(|range| words(side, range.clone())).collect::<Vec<_>>());
    sets.iter().flatten().flatten().for_each(|word| *frequency.entry(word.stem).or_default() += 1);
    let total = (sets[0].len() + sets[1].len()) as f32;
    let mut side = 0;
    sets.map(|sentences| {
        let kinds = sides[side].text;
        side += 1;
        sentences
            .into_iter()
            .enumerate()
            .map(|(index, words)| {
                let weight = |word: &Word| factor(word.class) * (1.0 + total / frequency[&word.stem] as f32).ln().powf(0.75);
                let stems: Vec<(u32, f32)> = words.iter().map(|word| (word.stem, weight(word))).collect();
                let meanings = words.iter().map(|word| word.meaning).collect();
                Bag { weight: stems.iter().map(|(_, w)| w).sum(), stems, meanings, kind: kinds.kind(index) }
            })
            .collect()
    })
}

/// The different words of a sentence, sorted by stem.
fn words(terms: &Terms, range: Range<usize>) -> Vec<Word> {
    let mut words: Vec<Word> = terms.words[range].iter().filter(|word| word.class != Class::Mark).copied().collect();
    words.sort_by_key(|word| word.stem);
    words.dedup_by_key(|word| word.stem);
    words
}

fn factor(class: Class) -> f32 {
    match class {
        Class::Name | Class::Figure => 1.3,
        Class::Content | Class::Date => 1.0,
        Class::Function => 0.25,
        Class::Mark => 0.0,
    }
}

/// Likeness of two bags, 0 to 1: the share of weight that both have (Dice 1945, weighted).
fn likeness(left: &Bag, right: &Bag) -> f32 {
    likeness_by(shared(left, right), left, right)
}

/// The same, given the weight that both have.
fn likeness_by(shared: f32, left: &Bag, right: &Bag) -> f32 {
    if shared == 0.0 {
        return 0.0;
    }
    (2.0 * shared / (left.weight + right.weight) * compatible(left.kind, right.kind)).min(1.0)
}

/// The weight of the stems that both bags have.
fn shared(left: &Bag, right: &Bag) -> f32 {
    let (mut i, mut j, mut shared) = (0, 0, 0.0);
    while i < left.stems.len() && j < right.stems.len() {
        match left.stems[i].0.cmp(&right.stems[j].0) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                shared += left.stems[i].1.min(right.stems[j].1);
                (i, j) = (i + 1, j + 1);
            }
        }
    }
    shared
}

/// How much of its weight a word keeps that stands for its synonym.
const IN_OTHER_WORDS: f32 = 0.7;

/// Likeness of two bags in which synonyms count as well: dearer, for the few pairs that nothing else decides.
fn likeness_of_meaning(left: &Bag, right: &Bag) -> f32 {
    let (mine, mut theirs) = (loose(left, right), loose(right, left));
    let mut gained = 0.0;
    for i in mine {
        let related = |j: &usize| left.meanings[i].is_synonym(right.meanings[*j]);
        if let Some(at) = theirs.iter().position(related) {
            gained += IN_OTHER_WORDS * left.stems[i].1.min(right.stems[theirs.swap_remove(at)].1);
        }
    }
    likeness(left, right) + 2.0 * gained / (left.weight + right.weight).max(f32::EPSILON) * compatible(left.kind, right.kind)
}

/// The words of a bag, as indices, that another bag lacks and a dictionary has.
fn loose(bag: &Bag, other: &Bag) -> Vec<usize> {
    let mut theirs = other.stems.iter().map(|(stem, _)| *stem).peekable();
    let mut lacks = |stem: u32| {
        while theirs.next_if(|other| *other < stem).is_some() {}
        theirs.peek() != Some(&stem)
    };
    (0..bag.stems.len()).filter(|&i| lacks(bag.stems[i].0) && bag.meanings[i].is_known()).collect()
}

/// A credit line is no telling of a sentence, however many names they share.
fn compatible(left: BlockKind, right: BlockKind) -> f32 {
    use BlockKind::{Boilerplate, Caption, Headline, Paragraph, Standfirst};
    let body = |kind| matches!(kind, Headline | Standfirst | Paragraph);
    match (left, right) {
        (Headline, Headline) => 1.15,
        _ if left == right => 1.0,
        _ if body(left) && body(right) => 1.0,
        (Caption | Boilerplate, kind) | (kind, Caption | Boilerplate) if body(kind) => 0.8,
        _ => 0.6,
    }
}

/// A pair of sentences and how alike they are.
#[derive(Debug, Clone, Copy)]
struct Candidate {
    left: usize,
    right: usize,
    likeness: f32,
}

/// How many partners each sentence may propose.
const PROPOSALS: usize = 12;
/// How many of its rarest stems a sentence is looked up by.
const PROBES: usize = 10;
/// A stem in more sentences than this of a large text finds no candidates.
const COMMON: usize = 40;

/// Pairs worth looking at: every pair that shares one of the rarer stems, the best few of each left sentence.
fn candidates([left, right]: &[Vec<Bag>; 2]) -> Vec<Candidate> {
    let small = left.len() * right.len() <= 10_000;
    let mut index = Places::default();
    for (j, bag) in right.iter().enumerate() {
        bag.stems.iter().for_each(|&(stem, weight)| index.entry(stem).or_default().push((j, weight)));
    }
    let mut found = Vec::new();
    let mut seen = vec![usize::MAX; right.len()];
    for (i, bag) in left.iter().enumerate() {
        let first = found.len();
        let met = if small { met_anywhere(bag, right, &index) } else { met_by_probes(i, bag, right, &index, &mut seen) };
        found.extend(met.into_iter().map(|(right, likeness)| Candidate { left: i, right, likeness }));
        let mine = &mut found[first..];
        mine.sort_by(|a, b| b.likeness.total_cmp(&a.likeness).then(a.right.cmp(&b.right)));
        found.truncate(found.len().min(first + PROPOSALS));
    }
    found
}

/// For each stem the right sentences that have it, with its weight there.
type Places = HashMap<u32, Vec<(usize, f32)>>;

/// The right sentences that share any stem with a bag, with their likeness: all weights are added up in one walk over the places.
fn met_anywhere(bag: &Bag, right: &[Bag], index: &Places) -> Vec<(usize, f32)> {
    let mut shared = vec![0.0; right.len()];
    for (stem, weight) in &bag.stems {
        index.get(stem).into_iter().flatten().for_each(|(j, other)| shared[*j] += weight.min(*other));
    }
    let met = shared.into_iter().enumerate().filter(|(_, shared)| *shared > 0.0);
    met.map(|(j, shared)| (j, likeness_by(shared, bag, &right[j]))).collect()
}

/// The right sentences that share one of the rarer stems of a bag, with their likeness.
fn met_by_probes(number: usize, bag: &Bag, right: &[Bag], index: &Places, seen: &mut [usize]) -> Vec<(usize, f32)> {
    let mut probes = bag.stems.clone();
    probes.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    let places = probes.iter().take(PROBES).filter_map(|(stem, _)| index.get(stem)).filter(|places| places.len() <= COMMON).flatten();
    let new = places.filter(|(j, _)| std::mem::replace(&mut seen[*j], number) != number);
    new.map(|(j, _)| (*j, likeness(bag, &right[*j]))).collect()
}

struct Pairing<'a> {
    bags: &'a [Vec<Bag>; 2],
    candidates: Vec<Candidate>,
    partner: [Vec<Option<usize>>; 2],
}

impl<'a> Pairing<'a> {
    fn new(bags: &'a [Vec<Bag>; 2], mut candidates: Vec<Candidate>) -> Self {
        candidates.sort_by(|a, b| b.likeness.total_cmp(&a.likeness).then((a.left, a.right).cmp(&(b.left, b.right))));
        let partner = [vec![None; bags[0].len()], vec![None; bags[1].len()]];
        Pairing { bags, candidates, partner }
    }

    fn is_free(&self, c: &Candidate) -> bool {
        self.partner[0][c.left].is_none() && self.partner[1][c.right].is_none()
    }

    fn link(&mut self, left: usize, right: usize) {
        self.partner[0][left] = Some(right);
        self.partner[1][right] = Some(left);
    }

    /// Links pairs that are each other's best and sure by themselves. Of equals, the pair at the likelier place is taken.
    fn link_strong(&mut self) {
        let mut strong: Vec<Candidate> = self.candidates.iter().filter(|c| c.likeness >= STRONG).copied().collect();
        let place = |c: &Candidate| {
            let at = |i: usize, n: usize| i as f32 / n.max(1) as f32;
            (at(c.left, self.bags[0].len()) - at(c.right, self.bags[1].len())).abs()
        };
        strong.sort_by(|a, b| {
            (b.likeness - 0.02 * place(b)).total_cmp(&(a.likeness - 0.02 * place(a))).then((a.left, a.right).cmp(&(b.left, b.right)))
        });
        for candidate in strong {
            if self.is_free(&candidate) {
                self.link(candidate.left, candidate.right);
            }
        }
    }

    /// Links further pairs, best first, each judged with what its neighbours say.
    fn link_with_context(&mut self) {
        for needed in [ENOUGH + 0.16, ENOUGH + 0.08, ENOUGH, ENOUGH] {
            let mut judged: Vec<(f32, Candidate)> =
                self.candidates.iter().filter(|c| self.is_free(c)).map(|c| (c.likeness + self.support(c) + self.order(c), *c)).collect();
            judged.retain(|(value, c)| *value >= needed && c.likeness >= LEAST);
            judged.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1.left, a.1.right).cmp(&(b.1.left, b.1.right))));
            for (_, candidate) in judged {
                if self.is_free(&candidate) {
                    self.link(candidate.left, candidate.right);
                }
            }
        }
    }

    /// What the links around a pair say for it: a neighbour linked to a neighbour speaks for the pair.
    fn support(&self, c: &Candidate) -> f32 {
        let beside = |step: isize| {
            let near = |distance: isize| {
                let left = c.left.checked_add_signed(step * distance)?;
                let right = (*self.partner[0].get(left)?)?;
                Some((right as isize - c.right as isize) * step)
            };
            match (near(1), near(2)) {
                (Some(1), _) => SUPPORT,
                (Some(2), _) | (None, Some(1 | 2)) => SUPPORT * 0.6,
                _ if self.is_edge(c, step) => SUPPORT * 0.5,
                _ => 0.0,
            }
        };
        beside(-1) + beside(1)
    }

    /// What the nearest links on both sides say of the place of a pair: in order with both of them, or across one.
    fn order(&self, c: &Candidate) -> f32 {
        let nearest = |step: isize| (1..=REACH).find_map(|d| self.partner[0].get(c.left.checked_add_signed(step * d)?).copied().flatten());
        let before = nearest(-1).is_none_or(|right| right < c.right);
        let after = nearest(1).is_none_or(|right| right > c.right);
        if before && after { IN_ORDER } else { 0.0 }
    }

    /// Both sentences are the first, or both are the last of their texts.
    fn is_edge(&self, c: &Candidate, step: isize) -> bool {
        let ends = |i: usize, n: usize| if step < 0 { i == 0 } else { i + 1 == n };
        ends(c.left, self.bags[0].len()) && ends(c.right, self.bags[1].len())
    }

    /// Links what is still free between two links that follow each other on both sides, in order, where that adds up best:
    /// first inside stretches that keep their order, moved ones too, then between the links that moved nowhere.
    fn link_between(&mut self) {
        let links: Vec<(usize, usize)> = self.linked();
        for pair in links.windows(2) {
            let ((l0, r0), (l1, r1)) = (pair[0], pair[1]);
            if r0 < r1 && (r0 + 1..r1).all(|right| self.partner[1][right].is_none()) {
                self.link_gap(l0 + 1..l1, r0 + 1..r1);
            }
        }
        let (mut l0, mut r0) = (0, 0);
        for (left, right) in self.linked().into_iter().chain([(self.partner[0].len(), self.partner[1].len())]) {
            // A link that crosses the ones before it bounds no gap.
            if right >= r0 {
                self.link_gap(l0..left, r0..right);
                (l0, r0) = (left + 1, right + 1);
            }
        }
    }

    /// The pairs that are linked, in the order of the left.
    fn linked(&self) -> Vec<(usize, usize)> {
        self.partner[0].iter().enumerate().filter_map(|(left, right)| right.map(|right| (left, right))).collect()
    }

    /// Links free sentences of one gap in order so that the sum of their likenesses, each above what is needed, is greatest.
    fn link_gap(&mut self, left: Range<usize>, right: Range<usize>) {
        let free = |side: usize, range: Range<usize>| range.filter(|&s| self.partner[side][s].is_none()).collect::<Vec<_>>();
        let (left, right) = (free(0, left), free(1, right));
        let (n, m) = (left.len(), right.len());
        if n == 0 || m == 0 || n * m > 400 {
            return;
        }
        // The more sentences a gap has, the likelier is a stray likeness between two of them.
        let needed = ALONE_BETWEEN + CHOICE * (n.max(m) as f32).ln();
        let gain = |i: usize, j: usize| likeness_of_meaning(&self.bags[0][left[i]], &self.bags[1][right[j]]) - needed;
        let mut best = vec![vec![0.0_f32; m + 1]; n + 1];
        for i in (0..n).rev() {
            for j in (0..m).rev() {
                best[i][j] = best[i + 1][j].max(best[i][j + 1]).max(best[i + 1][j + 1] + gain(i, j));
            }
        }
        let (mut i, mut j, mut pairs) = (0, 0, Vec::new());
        while i < n && j < m {
            match best[i][j] {
                value if value == best[i + 1][j] => i += 1,
                value if value == best[i][j + 1] => j += 1,
                _ => {
                    pairs.push((left[i], right[j]));
                    (i, j) = (i + 1, j + 1);
                }
            }
        }
        pairs.into_iter().for_each(|(i, j)| self.link(i, j));
    }

    /// Turns the pairs into links and lets left-over neighbours join them.
    fn grow(mut self) -> Vec<Link> {
        let pairs = self.linked();
        let mut links: Vec<Link> = pairs.iter().map(|&(i, j)| Link { left: i..i + 1, right: j..j + 1 }).collect();
        for link in &mut links {
            for side in [0, 1] {
                while let Some(next) = self.joins(link, side) {
                    self.partner[side][next] = Some(usize::MAX);
                    let range = if side == 0 { &mut link.left } else { &mut link.right };
                    *range = range.start.min(next)..range.end.max(next + 1);
                }
            }
        }
        links
    }

    /// A free sentence beside a link, on the given side, whose words the other side of the link has and the link does not yet tell.
    fn joins(&self, link: &Link, side: usize) -> Option<usize> {
        let (mine, theirs) = if side == 0 { (&link.left, &link.right) } else { (&link.right, &link.left) };
        if theirs.len() > 1 {
            return None;
        }
        let beside = [mine.start.checked_sub(1), Some(mine.end)];
        let free = beside.into_iter().flatten().filter(|&i| i < self.partner[side].len() && self.partner[side][i].is_none());
        free.map(|i| (self.told_only_there(side, i, mine, theirs.start), i))
            .filter(|(share, _)| *share >= JOINS)
            .max_by(|a, b| a.0.total_cmp(&b.0))
            .map(|(_, i)| i)
    }

    /// The share of a sentence's weight that `other` has and the sentences of `mine` lack.
    fn told_only_there(&self, side: usize, sentence: usize, mine: &Range<usize>, other: usize) -> f32 {
        let (bag, other) = (&self.bags[side][sentence], &self.bags[1 - side][other]);
        if compatible(bag.kind, other.kind) < 1.0 {
            return 0.0;
        }
        let has = |bag: &Bag, stem: u32| bag.stems.binary_search_by_key(&stem, |(s, _)| *s).is_ok();
        let told = |stem: u32| mine.clone().any(|i| has(&self.bags[side][i], stem));
        let weight: f32 = bag.stems.iter().filter(|(stem, _)| has(other, *stem) && !told(*stem)).map(|(_, w)| w).sum();
        if bag.weight == 0.0 { 0.0 } else { weight / bag.weight }
    }
}
