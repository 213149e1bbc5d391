//! Which two texts of a story are compared, and what that tells of their sentences.
//!
//! A few texts are all compared with one another. Of many, each is compared with those nearest to it, which are most likely to
//! share a passage with it, and with some that lie far apart, so that no circle of near ones is left to itself.

use super::Distinct;
use crate::collate::align;
use crate::collate::flag::Flag;
use crate::collate::rows::{self, RowKind, Sides};
use crate::collate::term::Class;
use rayon::prelude::*;
use rustc_hash::FxHashMap as HashMap;
use std::collections::BTreeSet;
use std::ops::Range;

/// What the comparison of two texts says about passages.
pub(super) struct Compared {
    /// The two texts, the lower one first.
    pub(super) texts: [usize; 2],
    /// The rows that both have.
    pub(super) bonds: Vec<Bond>,
    /// What an editor must not miss.
    pub(super) flags: Vec<Flag>,
}

/// Sentences of two texts that say the same, and how alike they are, 0 to 1.
pub(super) struct Bond {
    pub(super) sentences: [Range<usize>; 2],
    pub(super) similarity: f64,
}

/// Up to this many texts are all compared with one another.
const ALL: usize = 8;
/// How many of its nearest a text of a larger story is compared with …
const NEAREST: usize = 3;
/// … and how many that lie far apart.
const FAR: usize = 2;

/// Compares the texts that are worth it.
pub(super) fn compare(distinct: &Distinct) -> Vec<Compared> {
    chosen(distinct).into_par_iter().map(|texts| compared(distinct, texts)).collect()
}

fn compared(distinct: &Distinct, texts: [usize; 2]) -> Compared {
    let sides = Sides { sides: texts.map(|text| distinct.sides[text]), terms: texts.map(|text| &distinct.terms[text]) };
    let rows = rows::rows(sides, align::links(sides.sides, sides.terms));
    let mut compared = Compared { texts, bonds: Vec::new(), flags: Vec::new() };
    for row in rows {
        compared.flags.extend(row.flags);
        if matches!(row.kind, RowKind::Same | RowKind::Edited) {
            compared.bonds.push(Bond { sentences: [row.left, row.right], similarity: row.similarity });
        }
    }
    compared
}

fn chosen(distinct: &Distinct) -> Vec<[usize; 2]> {
    let count = distinct.len();
    if count <= ALL {
        return (0..count).flat_map(|b| (0..b).map(move |a| [a, b])).collect();
    }
    let near = nearness(distinct);
    let pair = |a: usize, b: usize| [a.min(b), a.max(b)];
    let mut pairs = BTreeSet::new();
    for (text, near) in near.iter().enumerate() {
        let mut others: Vec<usize> = (0..count).filter(|&other| other != text).collect();
        others.sort_by(|&a, &b| near[b].total_cmp(&near[a]).then(a.cmp(&b)));
        pairs.extend(others.into_iter().take(NEAREST).map(|other| pair(text, other)));
    }
    for far in far_apart(&near) {
        pairs.extend((0..count).filter(|&other| other != far).map(|other| pair(far, other)));
    }
    pairs.into_iter().collect()
}

/// A stem in more texts than this tells nothing of which are near.
const COMMON: usize = 64;

/// How near every two texts are: the rarer stems that both have, by the root of how many each has.
fn nearness(distinct: &Distinct) -> Vec<Vec<f64>> {
    let mut holders: HashMap<u32, Vec<usize>> = HashMap::default();
    let mut sizes = vec![0.0_f64; distinct.len()];
    for (text, terms) in distinct.terms.iter().enumerate() {
        for word in terms.words.iter().filter(|word| !matches!(word.class, Class::Mark | Class::Function)) {
            let list = holders.entry(word.stem).or_default();
            if list.last() != Some(&text) {
                list.push(text);
                sizes[text] += 1.0;
            }
        }
    }
    let mut near = vec![vec![0.0; distinct.len()]; distinct.len()];
    for list in holders.values().filter(|list| list.len() <= COMMON.max(distinct.len() / 2)) {
        let weight = (1.0 + distinct.len() as f64 / list.len() as f64).ln();
        for (at, &b) in list.iter().enumerate() {
            list[..at].iter().for_each(|&a| near[a][b] += weight);
        }
    }
    for b in 0..near.len() {
        for a in 0..b {
            let value = near[a][b] / (sizes[a] * sizes[b]).sqrt().max(1.0);
            (near[a][b], near[b][a]) = (value, value);
        }
    }
    near
}

/// Texts far apart: the one nearest to all, then always the one farthest from those taken (Gonzalez 1985).
fn far_apart(near: &[Vec<f64>]) -> Vec<usize> {
    let total = |text: usize| near[text].iter().sum::<f64>();
    let first = (0..near.len()).rev().max_by(|&a, &b| total(a).total_cmp(&total(b)));
    let mut taken: Vec<usize> = first.into_iter().collect();
    while taken.len() < FAR.min(near.len()) {
        let nearest = |text: usize| taken.iter().map(|&t| near[text][t]).fold(0.0, f64::max);
        let next = (0..near.len()).filter(|text| !taken.contains(text)).min_by(|&a, &b| nearest(a).total_cmp(&nearest(b)));
        taken.extend(next);
    }
    taken
}
