//! Which sources are worth comparing with a rewrite sentence by sentence: those that share its rarer words.

use super::Reading;
use crate::collate::edit::content;
use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};
use std::collections::BTreeSet;

/// Up to this many sources are all compared.
const ALL: usize = 8;
/// Of more, those that share most with the whole rewrite …
const OVERALL: usize = 6;
/// … and for each sentence the one that shares most with it, unless one that was chosen already shares this much of that: a rewrite
/// may have taken one sentence, or one figure in it, from anywhere.
const NEARLY: f64 = 0.95;

/// The sources to compare, in order.
pub(super) fn chosen(rewrite: &Reading, readings: &[Option<Reading>]) -> Vec<usize> {
    let there: Vec<usize> = (0..readings.len()).filter(|&source| readings[source].is_some()).collect();
    if there.len() <= ALL {
        return there;
    }
    let sentences: Vec<HashSet<u32>> = rewrite.counted().map(|sentence| stems(rewrite, sentence)).collect();
    let holders = holders(&sentences, readings);
    let mut chosen: BTreeSet<usize> = BTreeSet::new();
    let all: HashSet<u32> = sentences.iter().flatten().copied().collect();
    chosen.extend(nearest(&all, &holders, there.len()).into_iter().take(OVERALL).map(|(source, _)| source));
    for sentence in &sentences {
        let near = nearest(sentence, &holders, there.len());
        let Some(&(best, most)) = near.first() else { continue };
        if !near.iter().any(|(source, shared)| *shared >= most * NEARLY && chosen.contains(source)) {
            chosen.insert(best);
        }
    }
    chosen.into_iter().collect()
}

/// The stems of a sentence that carry news.
fn stems(reading: &Reading, sentence: usize) -> HashSet<u32> {
    content(reading.run(&(sentence..sentence + 1)).terms).map(|t| t.stem).collect()
}

/// For each stem of the rewrite the sources that have it.
fn holders(sentences: &[HashSet<u32>], readings: &[Option<Reading>]) -> HashMap<u32, Vec<usize>> {
    let mut holders: HashMap<u32, Vec<usize>> = sentences.iter().flatten().map(|stem| (*stem, Vec::new())).collect();
    for (source, reading) in readings.iter().enumerate() {
        for term in reading.iter().flat_map(|reading| content(&reading.terms.all)) {
            if let Some(list) = holders.get_mut(&term.stem).filter(|list| list.last() != Some(&source)) {
                list.push(source);
            }
        }
    }
    holders
}

/// The sources that share some stems, those first that share most, the rare ones counted for more.
fn nearest(stems: &HashSet<u32>, holders: &HashMap<u32, Vec<usize>>, sources: usize) -> Vec<(usize, f64)> {
    let mut shared: HashMap<usize, f64> = HashMap::default();
    let mut stems: Vec<u32> = stems.iter().copied().collect();
    // Sums of fractions depend on their order.
    stems.sort_unstable();
    for list in stems.iter().filter_map(|stem| holders.get(stem)).filter(|list| !list.is_empty()) {
        let weight = (sources as f64 / list.len() as f64).ln() + 0.1;
        list.iter().for_each(|source| *shared.entry(*source).or_default() += weight);
    }
    let mut order: Vec<(usize, f64)> = shared.into_iter().collect();
    order.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    order
}
