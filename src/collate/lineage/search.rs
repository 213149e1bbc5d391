//! The search for the cheapest history: a good guess from two versions at a time, then changes as long as they pay.

use super::arborescence::arborescence;
use super::characters::{ABSENT, Character, Characters};
use super::cost::{Judge, Prices};
use super::tree::{NONE, Tree};

/// How much work is done at most, so that two hundred versions do not take minutes.
const WORK: usize = 1_500_000_000;
/// Up to so many texts all places are tried, beyond it those near a text.
const ALL: usize = 24;
/// How many texts are near.
const NEAR: usize = 6;

/// The cheapest history that is found.
pub(super) fn cheapest(characters: &Characters, prices: Prices) -> Tree {
    if characters.texts() == 0 {
        return Tree::new(Vec::new());
    }
    let mut judge = Judge::new(characters, prices);
    let distance = distances(characters, judge.prices);
    let start = Tree::new(guess(&distance));
    let near = nearest(&distance);
    improved(&mut judge, start, &near)
}

/// What it costs to take each text from another one, or from nothing, which is the first.
fn distances(characters: &Characters, prices: Prices) -> Vec<Vec<i64>> {
    let count = characters.texts();
    let mut cost = vec![vec![0; count + 1]; count + 1];
    for passage in &characters.passages {
        let holders = passage.has.iter().filter(|has| **has).count();
        for to in 0..count {
            if passage.has[to] && holders > 1 {
                cost[0][to + 1] += passage.weight * prices.appears / 200;
            }
            for from in (0..count).filter(|&from| from != to) {
                cost[from + 1][to + 1] += step(passage, from, to, holders, prices);
            }
        }
    }
    let dates = &characters.dates;
    for to in 0..count {
        let late = (0..count).filter(|&from| dates[to].is_some() && dates[from] > dates[to]).collect::<Vec<_>>();
        late.into_iter().for_each(|from| cost[from + 1][to + 1] += prices.late);
    }
    cost
}

/// What a passage costs in a copy.
fn step(passage: &Character, from: usize, to: usize, holders: usize, prices: Prices) -> i64 {
    let gained = prices.added[0] + if holders > 1 { prices.appears / 2 } else { 0 };
    match (passage.has[from], passage.has[to]) {
        (true, true) => {
            let differ = |states: &[u16]| states[from] != states[to] && states[to] != ABSENT;
            passage.places.iter().filter(|place| differ(&place.states)).map(|place| place.weight * prices.replaced / 100).sum()
        }
        (true, false) => prices.lost[0] * passage.weight / 100,
        (false, true) => gained * passage.weight / 100,
        (false, false) => 0,
    }
}

/// The origin of every text in the cheapest arborescence.
fn guess(distance: &[Vec<i64>]) -> Vec<usize> {
    arborescence(distance)[1..].iter().map(|&parent| if parent == 0 { NONE } else { parent - 1 }).collect()
}

/// For every text the others, the nearest first, whichever is the origin.
fn nearest(distance: &[Vec<i64>]) -> Vec<Vec<usize>> {
    let count = distance.len() - 1;
    let mut near = Vec::with_capacity(count);
    for text in 0..count {
        let mut others: Vec<usize> = (0..count).filter(|&other| other != text).collect();
        others.sort_by_key(|&other| (distance[text + 1][other + 1] % 1_000_000 + distance[other + 1][text + 1] % 1_000_000, other));
        near.push(others);
    }
    near
}

/// Changes a history as long as it becomes cheaper.
fn improved(judge: &mut Judge, start: Tree, near: &[Vec<usize>]) -> Tree {
    let mut tree = start;
    let Some(mut cost) = judge.cost(&tree) else { return tree };
    loop {
        let before = cost;
        let mut node = 0;
        while node < tree.len() {
            let best = best(judge, changes(&tree, node, near), cost);
            if let Some((cheaper, other)) = best {
                (cost, tree) = (cheaper, other);
            }
            node += 1;
        }
        if cost == before || judge.work > WORK {
            return tree;
        }
    }
}

/// The cheapest of some histories if it is cheaper than what is there.
fn best(judge: &mut Judge, trees: Vec<Tree>, cost: i64) -> Option<(i64, Tree)> {
    let mut best: Option<(i64, Tree)> = None;
    for tree in trees {
        if judge.work > WORK {
            break;
        }
        let Some(other) = judge.cost(&tree) else { continue };
        if other < best.as_ref().map_or(cost, |(least, _)| *least) {
            best = Some((other, tree));
        }
    }
    best
}

/// The histories that differ from one in the place of a node.
fn changes(tree: &Tree, node: usize, near: &[Vec<usize>]) -> Vec<Tree> {
    let parent = tree.parent[node];
    let own = descendants(tree, node);
    let places: Vec<usize> = places(tree, node, near).into_iter().filter(|place| !own[*place]).collect();
    let mut trees = vec![tree.demoted(node), tree.rooted(node)];
    if parent != NONE {
        trees.extend([tree.hung(node, NONE), tree.lifted(node, false), tree.lifted(node, true)]);
    }
    if node >= tree.texts {
        trees.push(tree.without(node));
    }
    for &place in &places {
        trees.push(tree.paired(place, node));
        if place != parent {
            trees.push(tree.hung(node, place));
            trees.extend(merges(tree, node, place));
        }
    }
    if tree.second[node] != NONE {
        trees.push(tree.merged(node, NONE));
    }
    trees
}

/// The histories in which a text has a second source.
fn merges(tree: &Tree, node: usize, place: usize) -> Vec<Tree> {
    let parent = tree.parent[node];
    let at_hand = |node: usize| node < tree.texts;
    if !at_hand(node) || !at_hand(parent) || !at_hand(place) {
        return Vec::new();
    }
    vec![tree.merged(node, place), tree.hung(node, place).merged(node, parent)]
}

/// For every node whether it is a node or taken from it.
fn descendants(tree: &Tree, node: usize) -> Vec<bool> {
    let mut below = vec![false; tree.len()];
    let mut open = vec![node];
    while let Some(node) = open.pop() {
        below[node] = true;
        open.extend(tree.children(node));
    }
    below
}

/// Where a node may be hung: anywhere, or in large stories near the texts that are near to it.
fn places(tree: &Tree, node: usize, near: &[Vec<usize>]) -> Vec<usize> {
    if tree.texts <= ALL {
        return tree.nodes().filter(|&place| place != node).collect();
    }
    let text = if node < tree.texts { node } else { tree.texts_below(node).first().copied().unwrap_or(0) };
    let mut places: Vec<usize> = Vec::new();
    for &other in near[text].iter().take(NEAR) {
        places.extend([other, tree.parent[other]]);
    }
    let parent = tree.parent[node];
    if parent != NONE {
        places.extend([parent, tree.parent[parent]]);
    }
    places.retain(|&place| place != NONE && place != node);
    places.sort_unstable();
    places.dedup();
    places
}
