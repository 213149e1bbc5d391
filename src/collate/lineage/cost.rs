//! What a history costs: how much happens in it that does not happen by chance.
//!
//! A passage is lost cheaply, added less cheaply, and written twice independently almost never. A reading is changed once for
//! each that there is; every change beyond that means that two copyists hit upon the same words, or one found back to lost ones.

use super::characters::{ABSENT, Characters, OMITTED, Place};
use super::tree::{NONE, Tree};
use rustc_hash::FxHashMap as HashMap;

/// Prices in hundredths. They were set by reasoning and then tuned on made histories; others were kept to measure the quality.
#[derive(Debug, Clone, Copy)]
pub(super) struct Prices {
    /// A passage that appears, in any place: more than one such place means that it was written twice.
    pub(super) appears: i64,
    /// A passage that a copy adds, and every further one behind it.
    pub(super) added: [i64; 2],
    /// A passage that a copy leaves out, and every further one behind it.
    pub(super) lost: [i64; 2],
    /// All passages from one to the end that a copy leaves out: news is cut from the end.
    pub(super) cut: i64,
    /// Words that a copy replaces.
    pub(super) replaced: i64,
    /// Words that a copy leaves out.
    pub(super) omitted: i64,
    /// Words that a copy puts where its origin has none.
    pub(super) inserted: i64,
    /// An unseen ancestor.
    pub(super) unseen: i64,
    /// A second source.
    pub(super) merge: i64,
    /// A slip that a copy mends, beyond what it costs to replace words.
    pub(super) mended: i64,
    /// A version taken up late, for the logarithm of how many come from it: from an early one more copies can have been taken.
    pub(super) spread: i64,
    /// A copy that is older than its origin: it cannot be.
    pub(super) late: i64,
}

pub(super) const PRICES: Prices = Prices {
    appears: 650,
    added: [180, 40],
    lost: [100, 55],
    cut: 70,
    replaced: 120,
    omitted: 150,
    inserted: 150,
    unseen: 280,
    merge: 650,
    mended: 80,
    spread: 60,
    late: 1_000_000,
};

/// More than anything costs, and far from the end of the numbers.
const NEVER: i64 = i64::MAX / 1024;

/// Counts the costs of histories of the same texts.
///
/// What a text needs depends on where it was taken from alone, if that is at hand, and an unseen ancestor only links what hangs
/// around it. So a history falls into pieces, whose costs are remembered: few pieces change from one history to the next.
pub(super) struct Judge<'a> {
    pub(super) characters: &'a Characters,
    pub(super) prices: Prices,
    /// Steps of work done so far.
    pub(super) work: usize,
    known: HashMap<Vec<u32>, i64>,
    sums: Vec<[i64; 2]>,
    states: Vec<i64>,
    /// For each passage which nodes of a piece have it.
    present: Vec<Vec<bool>>,
    /// For each passage the nodes that have it from their second source.
    other: Vec<Vec<usize>>,
}

impl<'a> Judge<'a> {
    pub(super) fn new(characters: &'a Characters, prices: Prices) -> Self {
        let passages = characters.passages.len();
        Judge {
            characters,
            prices,
            work: 0,
            known: HashMap::default(),
            sums: Vec::new(),
            states: Vec::new(),
            present: vec![Vec::new(); passages],
            other: vec![Vec::new(); passages],
        }
    }

    /// The cost of a history; `None` of one that goes round in a circle.
    pub(super) fn cost(&mut self, tree: &Tree) -> Option<i64> {
        let order = tree.order()?;
        self.work += tree.len();
        let fixed = tree.unseen().count() as i64 * self.prices.unseen + tree.merges() as i64 * self.prices.merge;
        let late = self.anachronisms(tree, &order) * self.prices.late;
        let pieces: i64 = pieces(tree, &order).iter().map(|piece| self.piece(piece)).sum();
        Some(fixed + late + pieces + self.growth(tree, &order))
    }

    fn piece(&mut self, piece: &Piece) -> i64 {
        let key = piece.key();
        if let Some(&cost) = self.known.get(&key) {
            return cost;
        }
        let passages: i64 = (0..self.characters.passages.len()).map(|passage| self.passage(piece, passage)).sum();
        let edges: i64 = (piece.given..piece.len()).filter(|&node| piece.parent[node] != NONE).map(|node| self.editing(piece, node)).sum();
        self.known.insert(key, passages + edges);
        passages + edges
    }

    /// How many texts are older than one that they would be taken from.
    fn anachronisms(&self, tree: &Tree, order: &[usize]) -> i64 {
        let mut latest = vec![None; tree.len()];
        let mut count = 0;
        for &node in order {
            let origins = [tree.parent[node], tree.second[node]].into_iter().filter(|o| *o != NONE);
            let above = origins.filter_map(|o| latest[o]).max();
            let own = self.characters.dates.get(node).copied().flatten();
            count += i64::from(own.is_some() && above > own);
            latest[node] = above.max(own);
        }
        count
    }

    /// How unlikely the shape of a history is: one that grows by copies of versions taken at random comes about in as many ways
    /// as its nodes have orders, and those are the more, the smaller what hangs below each (rumour centrality, Shah and Zaman 2011).
    fn growth(&self, tree: &Tree, order: &[usize]) -> i64 {
        let mut below = vec![1_usize; tree.len()];
        let mut total = 0;
        for &node in order.iter().rev() {
            total += self.prices.spread * logarithm(below[node]) / 100;
            if tree.parent[node] != NONE {
                below[tree.parent[node]] += below[node];
            }
        }
        total
    }

    /// The cost of a passage's words and of its being written; a text with two sources has it from the one that is cheaper.
    fn passage(&mut self, piece: &Piece, index: usize) -> i64 {
        let mut least = self.descent(piece, &piece.parent, index);
        self.other[index].clear();
        let merged = (piece.given..piece.len()).filter(|&node| piece.second[node] != NONE);
        let merged: Vec<usize> = merged.filter(|&node| self.characters.passages[index].has[piece.text[node]]).collect();
        let mut parent = piece.parent.clone();
        let mut settled = true;
        for node in merged {
            parent[node] = piece.second[node];
            let cost = self.descent(piece, &parent, index);
            settled = cost < least;
            if settled {
                least = cost;
                self.other[index].push(node);
            } else {
                parent[node] = piece.parent[node];
            }
        }
        if settled { least } else { self.descent(piece, &parent, index) }
    }

    /// The cost of a passage and its variants where every node has one origin.
    fn descent(&mut self, piece: &Piece, parent: &[usize], index: usize) -> i64 {
        let passage = &self.characters.passages[index];
        self.work += piece.len() * (1 + passage.places.len());
        let written = self.presence(piece, parent, index);
        let (prices, appears) = (self.prices, self.prices.appears);
        let present = &self.present[index];
        let places = passage.places.iter();
        let readings = places.map(|place| changes(present, &mut self.states, piece, parent, place, prices) * place.weight / 100);
        written * appears * passage.weight / 100 + readings.sum::<i64>()
    }

    /// Decides which unseen ancestors have a passage, and counts how often it was written.
    fn presence(&mut self, piece: &Piece, parent: &[usize], index: usize) -> i64 {
        let passage = &self.characters.passages[index];
        let Prices { appears, added: [added, _], lost: [lost, _], .. } = self.prices;
        self.sums.clear();
        self.sums.resize(piece.len(), [0, 0]);
        for node in (0..piece.len()).rev() {
            if let Some(&has) = passage.has.get(piece.text[node]) {
                self.sums[node][usize::from(!has)] = NEVER;
            }
            let [without, with] = self.sums[node];
            if parent[node] != NONE {
                let origin = &mut self.sums[parent[node]];
                origin[0] = (origin[0] + without.min(with + appears + added)).min(NEVER);
                origin[1] = (origin[1] + with.min(without + lost)).min(NEVER);
            }
        }
        let present = &mut self.present[index];
        present.clear();
        present.resize(piece.len(), false);
        let mut written = 0;
        for node in 0..piece.len() {
            let [without, with] = self.sums[node];
            let above = parent[node] != NONE && present[parent[node]];
            present[node] = match parent[node] {
                NONE => with + appears <= without,
                _ if above => with <= without + lost,
                _ => with + appears + added < without,
            };
            written += i64::from(present[node] && !above && node >= piece.given);
        }
        written
    }

    /// The cost of the passages that a copy leaves out and adds: what stands together goes together.
    fn editing(&mut self, piece: &Piece, node: usize) -> i64 {
        let Prices { added, lost, cut, .. } = self.prices;
        let parent = piece.parent[node];
        let (mut total, mut losing, mut adding, mut open) = (0, false, false, 0);
        for (index, passage) in self.characters.passages.iter().enumerate() {
            let given = self.present[index][parent];
            let has = self.present[index][node];
            match (given, has) {
                (true, false) => {
                    open += lost[usize::from(losing)] * passage.weight / 100;
                    losing = true;
                }
                (false, true) if !self.other[index].contains(&node) => {
                    total += added[usize::from(adding)] * passage.weight / 100;
                    adding = true;
                }
                (_, true) => {
                    total += std::mem::take(&mut open);
                    (losing, adding) = (false, false);
                }
                (false, false) => {}
            }
        }
        total + open.min(cut)
    }
}

/// A text with what it was taken from, or unseen ancestors with all that hangs around them.
struct Piece {
    /// The text of each node, every node behind its origins; `NONE` for an unseen one.
    text: Vec<usize>,
    /// The origin of each node, as an index into the piece.
    parent: Vec<usize>,
    second: Vec<usize>,
    /// How many nodes at the beginning are only there to be taken from.
    given: usize,
}

impl Piece {
    fn new(tree: &Tree, nodes: &[usize]) -> Self {
        let outside = |origin: &usize| *origin != NONE && !nodes.contains(origin);
        let mut all: Vec<usize> = nodes.iter().flat_map(|&node| [tree.parent[node], tree.second[node]]).filter(outside).collect();
        all.sort_unstable();
        all.dedup();
        let given = all.len();
        all.extend(nodes);
        let place = |origin: usize| all.iter().position(|node| *node == origin && origin != NONE).unwrap_or(NONE);
        let inside = |origins: &[usize]| {
            all.iter().enumerate().map(|(at, &node)| if at < given { NONE } else { place(origins[node]) }).collect::<Vec<usize>>()
        };
        let (parent, second) = (inside(&tree.parent), inside(&tree.second));
        Piece { text: all.iter().map(|&node| if node < tree.texts { node } else { NONE }).collect(), parent, second, given }
    }

    fn len(&self) -> usize {
        self.text.len()
    }

    fn key(&self) -> Vec<u32> {
        let short = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        let nodes = self.text.iter().zip(&self.parent).zip(&self.second);
        std::iter::once(short(self.given)).chain(nodes.flat_map(|((&t, &p), &s)| [short(t), short(p), short(s)])).collect()
    }
}

/// The pieces of a history: every text whose main source is at hand or that has none, and every group of unseen ancestors that hang
/// together, with all their copies.
fn pieces(tree: &Tree, order: &[usize]) -> Vec<Piece> {
    let mut group = vec![NONE; tree.len()];
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for &node in order {
        let parent = tree.parent[node];
        if parent != NONE && parent >= tree.texts {
            group[node] = group[parent];
        } else {
            group[node] = groups.len();
            groups.push(Vec::new());
        }
        groups[group[node]].push(node);
        if node < tree.texts {
            // What was taken from a text is a piece of its own.
            group[node] = NONE;
        }
    }
    groups.iter().map(|nodes| Piece::new(tree, nodes)).collect()
}

/// A hundred times the natural logarithm, as a whole number.
fn logarithm(number: usize) -> i64 {
    (100.0 * (number.max(1) as f64).ln()).round() as i64
}

/// The cost of all changes of readings at a place, beyond the first change to each reading, which must be.
fn changes(present: &[bool], states: &mut Vec<i64>, piece: &Piece, parent: &[usize], place: &Place, prices: Prices) -> i64 {
    const NOTHING: usize = OMITTED as usize;
    let count = place.slips.len();
    states.clear();
    states.resize(piece.len() * count, 0);
    let read = |node: usize| place.states.get(piece.text[node]).copied().filter(|state| *state != ABSENT).map(usize::from);
    let mut total = 0;
    for node in (0..piece.len()).rev().filter(|&node| present[node]) {
        let (own, origin) = (read(node), parent[node]);
        let cost = |states: &[i64], state: usize| if own.is_none_or(|own| own == state) { states[node * count + state] } else { NEVER };
        // The cheapest right words, the cheapest slip, and nothing, whatever the origin had.
        let least = |states: &[i64], slips: bool| {
            let wanted = (1..count).filter(|&state| place.slips[state] == slips);
            wanted.map(|state| cost(states, state)).min().unwrap_or(NEVER)
        };
        let (right, slip, none) = match own {
            Some(NOTHING) => (NEVER, NEVER, states[node * count]),
            Some(own) if place.slips[own] => (NEVER, states[node * count + own], NEVER),
            Some(own) => (states[node * count + own], NEVER, NEVER),
            None => (least(states, false), least(states, true), states[node * count]),
        };
        if origin == NONE || !present[origin] {
            // Who writes a passage afresh chooses all words; were that free, rewording would make strangers of copies.
            let afresh = if node < piece.given { 0 } else { prices.replaced };
            total += right.min(slip).min(none) + afresh;
            continue;
        }
        let mut pass = |state: usize| {
            let change = if state == NOTHING { prices.inserted * place.length } else { prices.replaced };
            let mended = if place.slips[state] { prices.mended } else { 0 };
            let other = (right + mended).min(slip) + change;
            let cost = cost(states, state).min(other).min(none + prices.omitted);
            let sum = &mut states[origin * count + state];
            *sum = (*sum + cost).min(NEVER);
        };
        match read(origin) {
            Some(state) => pass(state),
            None => (0..count).for_each(pass),
        }
    }
    total
}
