//! The order of passages: the one on which most versions agree.
//!
//! Every two neighbours in a text ask that the one comes before the other. Passages are taken one by one, always one that
//! nothing still asks to wait, and where moves make that impossible the one with the least against it (after Eades, Lin and
//! Smyth 1993); of equals the one that stands earlier in its texts.

use super::Distinct;
use super::passages::Group;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

/// Puts groups of sentences into reading order.
pub(super) fn in_reading_order(groups: Vec<Group>, distinct: &Distinct) -> Vec<Group> {
    let places: Vec<u64> = groups.iter().map(|group| place(group, distinct)).collect();
    let (followers, mut waits) = precedence(&groups, distinct);
    let mut heap: BinaryHeap<Reverse<(usize, u64, usize)>> =
        (0..groups.len()).map(|group| Reverse((waits[group], places[group], group))).collect();
    let mut taken = vec![false; groups.len()];
    let mut order = Vec::with_capacity(groups.len());
    while let Some(Reverse((wait, _, group))) = heap.pop() {
        // What waits for less by now stands in the heap once more.
        if taken[group] || wait != waits[group] {
            continue;
        }
        taken[group] = true;
        order.push(group);
        for (&next, &count) in followers[group].iter().filter(|(next, _)| !taken[**next]) {
            waits[next] -= count;
            heap.push(Reverse((waits[next], places[next], next)));
        }
    }
    let mut groups: Vec<Option<Group>> = groups.into_iter().map(Some).collect();
    order.into_iter().filter_map(|group| groups[group].take()).collect()
}

/// How far into its texts a group stands on average, in millionths, so that equal places are equal numbers.
fn place(group: &Group, distinct: &Distinct) -> u64 {
    let share = |(text, sentences): &(usize, std::ops::Range<usize>)| {
        sentences.start as u64 * 1_000_000 / distinct.terms[*text].sentences.len().max(1) as u64
    };
    group.iter().map(share).sum::<u64>() / group.len().max(1) as u64
}

/// For each group those that follow it directly in some text, with in how many, and how many in all ask it to wait.
fn precedence(groups: &[Group], distinct: &Distinct) -> (Vec<BTreeMap<usize, usize>>, Vec<usize>) {
    let mut home: Vec<Vec<usize>> = distinct.terms.iter().map(|terms| vec![0; terms.sentences.len()]).collect();
    for (index, group) in groups.iter().enumerate() {
        group.iter().for_each(|(text, sentences)| home[*text][sentences.clone()].fill(index));
    }
    let mut followers = vec![BTreeMap::new(); groups.len()];
    let mut waits = vec![0; groups.len()];
    for pair in home.iter().flat_map(|text| text.windows(2)).filter(|pair| pair[0] != pair[1]) {
        *followers[pair[0]].entry(pair[1]).or_insert(0) += 1;
        waits[pair[1]] += 1;
    }
    (followers, waits)
}
