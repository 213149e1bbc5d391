//! Made histories of copying: who took from whom is known, so that what is inferred can be measured.
//!
//! A history begins with an article of the demo corpus. Every copy leaves sentences out, at the end and elsewhere, rewords,
//! changes figures, makes slips, moves sentences, adds some from articles about something else, and now and then takes
//! passages from a second version. Some versions are then hidden, and half of the dates.

use std::collections::BTreeSet;
use variorum::collate::lineage::{Lineage, Node};
use variorum::corpus::{demo, open};

/// A small generator of numbers (Marsaglia 2003, xorshift), so that every seed makes the same history.
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        let mut dice = Dice((seed + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15));
        (0..8).for_each(|_| _ = dice.below(2));
        dice
    }

    pub(crate) fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from((self.0 >> 11) % bound.max(1) as u64).unwrap_or(0)
    }

    fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }
}

/// Sentences to write with.
pub(crate) struct Stock {
    /// The sentences of one article of each story.
    articles: Vec<Vec<String>>,
    words: Vec<String>,
}

impl Stock {
    pub(crate) fn new() -> Self {
        let articles: Vec<_> = demo::entries().into_iter().filter_map(|entry| open(&entry).ok()).collect();
        let sketches: Vec<_> = articles.iter().map(variorum::corpus::story::Sketch::new).enumerate().collect();
        let stories = variorum::corpus::story::stories(sketches, variorum::corpus::story::Strength::Versions);
        let grouped: BTreeSet<usize> = stories.iter().flat_map(|s| s.articles.clone()).collect();
        let longest = |s: &variorum::corpus::story::Story| s.articles.iter().copied().max_by_key(|&a| articles[a].parsed.words());
        let alone = (0..articles.len()).filter(|a| !grouped.contains(a));
        let chosen: Vec<usize> = stories.iter().filter_map(longest).chain(alone).collect();
        let sentences = |article: usize| -> Vec<String> {
            let article = &articles[article];
            let text = &article.parsed;
            let told = (0..text.sentences.len()).filter(|&s| text.counts(s) && text.kind(s).is_prose());
            told.map(|s| flat(text.sentences[s].span.of(&article.text))).filter(|s| s.split(' ').count() > 5).collect()
        };
        let articles: Vec<Vec<String>> = chosen.into_iter().map(sentences).collect();
        let words = articles.iter().flatten().flat_map(|s| s.split(' ')).filter(|w| w.len() > 3 && w.chars().all(char::is_alphabetic));
        Stock { words: words.map(str::to_lowercase).collect(), articles }
    }
}

fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Words that are taken for each other.
const SYNONYMS: &[[&str; 2]] = &[
    ["said", "told"],
    ["said", "added"],
    ["began", "started"],
    ["large", "big"],
    ["people", "residents"],
    ["near", "close"],
    ["after", "following"],
    ["about", "some"],
    ["more", "further"],
    ["while", "as"],
    ["but", "yet"],
    ["also", "too"],
    ["officials", "authorities"],
    ["called", "named"],
    ["many", "several"],
    ["who", "that"],
    ["would", "will"],
    ["its", "the"],
];

/// One sentence of a version: which of the stock it once was, and its words.
#[derive(Clone)]
struct Told {
    id: usize,
    words: Vec<String>,
}

/// A version in a history.
#[derive(Clone)]
struct Made {
    parent: Option<usize>,
    second: Option<usize>,
    day: i64,
    headline: Vec<String>,
    sentences: Vec<Told>,
}

/// A history: texts with their dates, and where each was taken from.
pub(crate) struct History {
    /// What is given: the texts, and their dates as days.
    pub(crate) texts: Vec<(String, Option<i64>)>,
    /// What is true of them.
    pub(crate) truth: Truth,
}

/// Nodes are the texts by their number, then unseen ancestors.
#[derive(Debug, Clone, Default)]
pub(crate) struct Truth {
    pub(crate) parent: Vec<Option<usize>>,
    pub(crate) second: Vec<Option<usize>>,
    pub(crate) texts: usize,
}

/// A history of three to twelve versions at hand.
pub(crate) fn history(stock: &Stock, seed: u64) -> History {
    let mut dice = Dice::new(seed);
    let wanted = 3 + dice.below(10);
    let versions = written(stock, wanted + wanted / 4, &mut dice);
    let mut hidden: Vec<bool> =
        (0..versions.len()).map(|v| has_copies(&versions, v) && dice.chance(if v == 0 { 40 } else { 25 })).collect();
    while hidden.iter().filter(|h| !**h).count() < 3 {
        let first = hidden.iter().position(|h| *h).unwrap_or(0);
        hidden[first] = false;
    }
    while hidden.iter().filter(|h| !**h).count() > 12 {
        if let Some(last) = (0..versions.len()).rev().find(|&v| !hidden[v] && !has_copies(&versions, v)) {
            hidden[last] = true;
        }
    }
    shown(&versions, &hidden, &mut dice)
}

fn has_copies(versions: &[Made], version: usize) -> bool {
    versions.iter().any(|v| v.parent == Some(version))
}

fn written(stock: &Stock, count: usize, dice: &mut Dice) -> Vec<Made> {
    let story = dice.below(stock.articles.len());
    let mut next = 0;
    let mut number = || {
        next += 1;
        next
    };
    let sentences = stock.articles[story].iter().take(14 + dice.below(16));
    let sentences: Vec<Told> = sentences.map(|s| Told { id: number(), words: s.split(' ').map(String::from).collect() }).collect();
    let mut versions = vec![Made { parent: None, second: None, day: 0, headline: headline(stock, dice), sentences }];
    while versions.len() < count {
        let from = dice.below(versions.len());
        let mut copy = copied(&versions[from], stock, story, dice, &mut number);
        copy.parent = Some(from);
        let other = dice.below(versions.len());
        if versions.len() > 2 && dice.chance(12) && !descends(&versions, other, from) && !descends(&versions, from, other) {
            merge(&mut copy, &versions[other], other, dice);
        }
        versions.push(copy);
    }
    versions
}

fn descends(versions: &[Made], node: usize, from: usize) -> bool {
    let mut at = Some(node);
    while let Some(v) = at {
        if v == from {
            return true;
        }
        at = versions[v].parent;
    }
    false
}

fn headline(stock: &Stock, dice: &mut Dice) -> Vec<String> {
    (0..5 + dice.below(4)).map(|_| stock.words[dice.below(stock.words.len())].clone()).collect()
}

/// What a copyist makes of a version.
fn copied(from: &Made, stock: &Stock, story: usize, dice: &mut Dice, number: &mut impl FnMut() -> usize) -> Made {
    let mut copy = Made { second: None, parent: None, day: from.day + dice.below(3) as i64, ..from.clone() };
    let kept = copy.sentences.len();
    if dice.chance(50) && kept > 6 {
        copy.sentences.truncate(kept - 1 - dice.below(kept / 3));
    }
    let careless = dice.below(16);
    let spared = copy.sentences.len() > 4;
    copy.sentences.retain(|_| !spared || !dice.chance(careless));
    let rate = 8 + dice.below(60);
    for told in &mut copy.sentences {
        reword(&mut told.words, stock, rate, dice);
    }
    if dice.chance(20) && copy.sentences.len() > 3 {
        let (out, into) = (dice.below(copy.sentences.len()), dice.below(copy.sentences.len()));
        let moved = copy.sentences.remove(out);
        copy.sentences.insert(into, moved);
    }
    if dice.chance(35) {
        add(&mut copy, stock, story, dice, number);
    }
    if dice.chance(50) {
        copy.headline = headline(stock, dice);
    }
    copy
}

/// One to three sentences of the copyist's own.
fn add(copy: &mut Made, stock: &Stock, story: usize, dice: &mut Dice, number: &mut impl FnMut() -> usize) {
    let other = (story + 1 + dice.below(stock.articles.len() - 1)) % stock.articles.len();
    let at = dice.below(copy.sentences.len() + 1);
    for _ in 0..1 + dice.below(3) {
        let mut words: Vec<String> = stock.articles[other][dice.below(stock.articles[other].len())].split(' ').map(String::from).collect();
        reword(&mut words, stock, 300, dice);
        copy.sentences.insert(at, Told { id: number(), words });
    }
}

/// Changes about so many of a thousand words.
fn reword(words: &mut Vec<String>, stock: &Stock, rate: usize, dice: &mut Dice) {
    let mut at = 1;
    while at + 1 < words.len() {
        if dice.below(1000) < rate {
            change(words, at, stock, dice);
        }
        at += 1;
    }
}

fn change(words: &mut Vec<String>, at: usize, stock: &Stock, dice: &mut Dice) {
    let any = || stock.words.len();
    if let Ok(figure) = words[at].parse::<u32>() {
        words[at] = (figure + 1 + u32::try_from(dice.below(9)).unwrap_or(0)).to_string();
        return;
    }
    let pairs: Vec<&[&str; 2]> = SYNONYMS.iter().filter(|pair| pair.contains(&words[at].as_str())).collect();
    if !pairs.is_empty() {
        let pair = pairs[dice.below(pairs.len())];
        words[at] = pair[usize::from(pair[0] == words[at])].to_string();
        return;
    }
    match dice.below(6) {
        0 => _ = words.remove(at),
        1 => words.insert(at, stock.words[dice.below(any())].clone()),
        2 if words[at].chars().count() > 4 => {
            let mut letters: Vec<char> = words[at].chars().collect();
            letters.swap(2, 3);
            words[at] = letters.into_iter().collect();
        }
        3 if at + 4 < words.len() => drop(words.drain(at..at + 3)),
        _ => words[at] = stock.words[dice.below(any())].clone(),
    }
}

/// Takes passages from a second source: those that the copy lacks, or else its wording of those that both have.
fn merge(copy: &mut Made, other: &Made, number: usize, dice: &mut Dice) {
    let has = |id: usize, copy: &Made| copy.sentences.iter().position(|t| t.id == id);
    let mut lacked: Vec<&Told> = other.sentences.iter().filter(|t| has(t.id, copy).is_none()).collect();
    lacked.truncate(2 + dice.below(4));
    let added = lacked.len();
    for told in lacked {
        let at = dice.below(copy.sentences.len() + 1);
        copy.sentences.insert(at, told.clone());
    }
    let mut reworded = 0;
    for told in &other.sentences {
        if let Some(at) = has(told.id, copy).filter(|_| dice.chance(30)) {
            reworded += usize::from(copy.sentences[at].words != told.words);
            copy.sentences[at].words = told.words.clone();
        }
    }
    if added + reworded > 1 {
        copy.second = Some(number);
        copy.day = copy.day.max(other.day);
    }
}

/// What is left when some versions are hidden: those with one copy are passed over, for nothing tells of them.
fn shown(versions: &[Made], hidden: &[bool], dice: &mut Dice) -> History {
    let mut parent: Vec<Option<usize>> = versions.iter().map(|v| v.parent).collect();
    let mut kept: Vec<bool> = vec![true; versions.len()];
    loop {
        let copies = |v: usize| (0..versions.len()).filter(|&c| kept[c] && parent[c] == Some(v)).count();
        let Some(idle) = (0..versions.len()).find(|&v| kept[v] && hidden[v] && copies(v) < 2) else { break };
        kept[idle] = false;
        let above = parent[idle];
        parent.iter_mut().filter(|p| **p == Some(idle)).for_each(|p| *p = above);
    }
    let mut order: Vec<usize> = (0..versions.len()).filter(|&v| !hidden[v]).collect();
    for at in (1..order.len()).rev() {
        order.swap(at, dice.below(at + 1));
    }
    let texts = order.len();
    let dates: Vec<Option<i64>> = order.iter().map(|&v| dice.chance(50).then_some(versions[v].day)).collect();
    order.extend((0..versions.len()).filter(|&v| hidden[v] && kept[v]));
    let place = |v: usize| order.iter().position(|o| *o == v);
    let seen = |v: usize| {
        let mut at = Some(v);
        while let Some(v) = at.filter(|v| place(*v).is_none()) {
            at = versions[v].parent;
        }
        at.and_then(place)
    };
    let truth = Truth {
        parent: order.iter().map(|&v| parent[v].and_then(place)).collect(),
        second: order.iter().map(|&v| versions[v].second.and_then(seen).filter(|&s| s != place(v).unwrap_or(s))).collect(),
        texts,
    };
    let texts = order[..texts].iter().zip(dates).map(|(&v, date)| (printed(&versions[v]), date)).collect();
    History { texts, truth }
}

fn printed(version: &Made) -> String {
    let paragraphs = version.sentences.chunks(2).map(|p| p.iter().map(|t| t.words.join(" ")).collect::<Vec<_>>().join(" "));
    std::iter::once(version.headline.join(" ")).chain(paragraphs).collect::<Vec<_>>().join("\n\n")
}

// --- What was inferred against what is true -------------------------------------------------------------------------

/// How often something was right.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Score {
    pub(crate) parents: [usize; 2],
    pub(crate) roots: [usize; 2],
    /// Unseen ancestors: found of those that are, right of those that were said, and both.
    pub(crate) unseen: [usize; 3],
    /// Of the found ones those with exactly the same versions below.
    pub(crate) exact: usize,
    /// Merges: that are, that were said, right.
    pub(crate) merges: [usize; 3],
}

impl Score {
    pub(crate) fn add(&mut self, other: Score) {
        let sum = |a: &mut [usize], b: &[usize]| a.iter_mut().zip(b).for_each(|(a, b)| *a += b);
        sum(&mut self.parents, &other.parents);
        sum(&mut self.roots, &other.roots);
        sum(&mut self.unseen, &other.unseen);
        sum(&mut self.merges, &other.merges);
        self.exact += other.exact;
    }

    pub(crate) fn parent(&self) -> f64 {
        ratio(self.parents[0], self.parents[1])
    }

    pub(crate) fn root(&self) -> f64 {
        ratio(self.roots[0], self.roots[1])
    }

    /// Precision, recall and F1 of unseen ancestors.
    pub(crate) fn unseen(&self) -> [f64; 3] {
        prf(self.unseen)
    }

    /// Precision, recall and F1 of merges.
    pub(crate) fn merged(&self) -> [f64; 3] {
        prf(self.merges)
    }
}

fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 { 1.0 } else { part as f64 / whole as f64 }
}

fn prf([are, said, right]: [usize; 3]) -> [f64; 3] {
    [ratio(right, said), ratio(right, are), ratio(2 * right, are + said)]
}

/// What a lineage says, in the form of the truth.
fn said(lineage: &Lineage) -> Truth {
    let texts = lineage.nodes.iter().filter(|n| matches!(n, Node::Version(_))).count();
    let mut said = Truth { parent: vec![None; lineage.nodes.len()], second: vec![None; lineage.nodes.len()], texts };
    for edge in &lineage.edges {
        let slot = if said.parent[edge.to].is_none() { &mut said.parent[edge.to] } else { &mut said.second[edge.to] };
        *slot = Some(edge.from);
    }
    said
}

/// The texts below every node, by main sources.
fn below(tree: &Truth) -> Vec<BTreeSet<usize>> {
    let mut below = vec![BTreeSet::new(); tree.parent.len()];
    for text in 0..tree.texts {
        let (mut at, mut steps) = (Some(text), 0);
        while let Some(node) = at.filter(|_| steps <= tree.parent.len()) {
            below[node].insert(text);
            (at, steps) = (tree.parent[node], steps + 1);
        }
    }
    below
}

/// Compares what was inferred with what is true. An unseen ancestor is right if most of the versions below it are those below
/// the true one, and the other way round; every true one is found once at most.
pub(crate) fn score(truth: &Truth, lineage: &Lineage) -> Score {
    let said = said(lineage);
    let [true_sets, said_sets] = [below(truth), below(&said)];
    let mut score = Score::default();
    let mut same: Vec<Option<usize>> = (0..said.parent.len()).map(|node| (node < truth.texts).then_some(node)).collect();
    let mut pairs: Vec<(usize, usize, usize)> = Vec::new();
    for (s, told) in said_sets.iter().enumerate().skip(said.texts) {
        for (t, is) in true_sets.iter().enumerate().skip(truth.texts) {
            let (both, any) = (told.intersection(is).count(), told.union(is).count());
            if 2 * both > any {
                pairs.push((1000 - 1000 * both / any, s, t));
            }
        }
    }
    pairs.sort_unstable();
    for (distance, s, t) in pairs {
        if same[s].is_none() && !same.contains(&Some(t)) {
            same[s] = Some(t);
            score.unseen[2] += 1;
            score.exact += usize::from(distance == 0);
        }
    }
    score.unseen[0] = truth.parent.len() - truth.texts;
    score.unseen[1] = said.parent.len() - said.texts;
    for text in 0..truth.texts {
        let found = said.parent[text].map(|p| same[p]);
        let right = match (truth.parent[text], found) {
            (None, None) => true,
            (Some(parent), Some(Some(found))) => found == parent || truth.second[text] == Some(found),
            _ => false,
        };
        score.parents = [score.parents[0] + usize::from(right), score.parents[1] + 1];
        let sources = |tree: &Truth| tree.second[text].map(|second| (tree.parent[text], second));
        let (is, told) = (sources(truth), sources(&said));
        let found = |origin: Option<usize>| origin.and_then(|o| same[o]);
        let both = is.zip(told).is_some_and(|((a, b), (c, d))| {
            let (c, d) = (found(c), found(Some(d)));
            (c, d) == (a, Some(b)) || (d, c) == (a, Some(b))
        });
        score.merges[0] += usize::from(is.is_some());
        score.merges[1] += usize::from(told.is_some());
        score.merges[2] += usize::from(both);
    }
    let root = |tree: &Truth| (0..tree.parent.len()).find(|&node| tree.parent[node].is_none());
    let roots = said.parent.iter().filter(|p| p.is_none()).count();
    let right = roots == 1 && root(&said).and_then(|r| same[r]) == root(truth);
    score.roots = [usize::from(right), 1];
    score
}
