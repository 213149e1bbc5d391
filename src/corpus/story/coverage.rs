//! How near two articles are as coverage of one event, each in its own words: by headlines and openings, rare words above all.
//!
//! Articles of a corpus about one country are all alike, and those of a mixed one are not. So likeness is measured by what is
//! usual: by that of each article to its twentieth neighbour, which no event of ordinary size reaches. An event of which all tell
//! nearly the same stays apart from the next one with the same people, since its articles are much nearer to each other.

use super::frequency::Frequency;
use super::holders::Holders;
use super::linkage::{NEAREST, Pair, Terms};
use super::sketch::{Sketch, Word};
use super::versions::both;
use rayon::prelude::*;
use std::cmp::Reverse;

/// So near groups are on average to tell one event, and three fifths as near as the articles of the looser one are to each other.
pub(super) const EVENT: Terms = Terms { near: NEAREST / 100 * 23, share: 60 };
/// What is usual is the likeness to the neighbour of this rank.
const USUAL: usize = 20;
/// No article is so far from all others that less than this is usual.
const UNUSUAL: f64 = 0.03;
/// What is taken for usual in a corpus that is too small to say.
const UNKNOWN: f64 = 0.1;
/// So many times what is usual is as near as can be.
const HIGHEST: f64 = 10.0;
/// Words in more articles lead from none to another.
const COMMON: usize = 512;
/// So many articles, those that share most of the words that lead to others, are looked at closely.
const CLOSE: usize = 64;

/// Words with what they weigh, all together 1 as a vector.
struct Vector(Vec<(u32, f32)>);

impl Vector {
    fn new(words: impl Iterator<Item = Word>, weight: impl Fn(Word) -> f64) -> Self {
        let words: Vec<(u32, f64)> = words.map(|word| (word.hash(), weight(word))).filter(|(_, weight)| *weight > 0.0).collect();
        let length = words.iter().map(|(_, weight)| weight * weight).sum::<f64>().sqrt().max(f64::MIN_POSITIVE);
        Vector(words.into_iter().map(|(word, weight)| (word, (weight / length) as f32)).collect())
    }

    fn likeness(&self, other: &Vector) -> f64 {
        let mut likeness = 0.0;
        both(self.0.iter(), other.0.iter(), |(word, _)| *word, |a, b| likeness += f64::from(a.1) * f64::from(b.1));
        likeness
    }
}

/// What an article tells: its words in three places, from which the shares of its likeness come.
struct News([Vector; 3]);

/// The shares of the headline, of the opening and of the whole article.
const SHARES: [f64; 3] = [0.15, 0.65, 0.2];

impl News {
    fn new(sketch: &Sketch, articles: usize, frequency: &Frequency) -> Self {
        let weight = |word: Word| ((articles + 1) as f64 / f64::from(frequency.of(word.hash()).max(1))).ln().max(0.0);
        let words = |is_wanted: fn(Word) -> bool| Vector::new(words(sketch).filter(|word| is_wanted(*word)), weight);
        News([words(Word::is_in_headline), words(Word::is_at_top), words(|_| true)])
    }

    fn likeness(&self, other: &News) -> f64 {
        (0..3).map(|place| SHARES[place] * self.0[place].likeness(&other.0[place])).sum()
    }
}

fn words(sketch: &Sketch) -> impl Iterator<Item = Word> {
    sketch.words().iter().map(|word| Word(*word))
}

/// All pairs that are near, each once.
pub(super) fn pairs(sketches: &[Sketch], marks: &[u64]) -> Vec<Pair> {
    let alike = neighbours(sketches, marks);
    let usual: Vec<f64> = alike.iter().map(|near| usual(near, sketches.len())).collect();
    let mut pairs: Vec<Pair> = Vec::new();
    for (article, near) in alike.iter().enumerate() {
        for &(other, likeness) in near {
            let beyond = likeness / (usual[article] * usual[other]).sqrt() / HIGHEST;
            let late = sketches[article].days_from(&sketches[other]).map_or(1.0, timely);
            pairs.push(Pair::new(article, other, beyond * late));
        }
    }
    pairs.sort_unstable();
    pairs.dedup_by_key(|pair| pair.articles);
    pairs
}

/// What is usual for an article with these neighbours, the nearest first, in a corpus of so many.
fn usual(near: &[(usize, f64)], articles: usize) -> f64 {
    match near.get(USUAL - 1) {
        Some((_, likeness)) => likeness.max(UNUSUAL),
        None if articles > USUAL => UNUSUAL,
        None => UNKNOWN,
    }
}

/// News of one event is near in time; so much is left of a pair with this many days between.
fn timely(days: u32) -> f64 {
    1.0 / (1.0 + f64::from(days.saturating_sub(1)) / 30.0).min(3.0)
}

/// For every article those that are most like it, and how much, the nearest first.
fn neighbours(sketches: &[Sketch], marks: &[u64]) -> Vec<Vec<(usize, f64)>> {
    let mut frequency = Frequency::new(u32::BITS - Word::SPARE);
    for sketch in sketches {
        for word in words(sketch) {
            frequency.count(word.hash());
        }
    }
    let lists: Vec<&[u32]> = sketches.iter().map(Sketch::words).collect();
    let holders = Holders::new(&lists, Word::SPARE, |held| held.len() <= COMMON);
    let news: Vec<News> = sketches.par_iter().map(|sketch| News::new(sketch, sketches.len(), &frequency)).collect();
    let found = (0..sketches.len()).into_par_iter().map_init(
        || vec![0u16; sketches.len()],
        |counts, article| {
            let close = close(article, &sketches[article], marks, &holders, counts).into_iter();
            let mut near: Vec<(usize, f64)> = close.map(|other| (other, news[article].likeness(&news[other]))).collect();
            near.sort_by(|a, b| b.1.total_cmp(&a.1));
            near
        },
    );
    found.collect()
}

/// The articles that share most of the words at the top of one; marks decide where many share as much.
fn close(article: usize, sketch: &Sketch, marks: &[u64], holders: &Holders, counts: &mut [u16]) -> Vec<usize> {
    let mut found: Vec<usize> = Vec::new();
    for word in words(sketch).filter(|word| word.is_at_top()) {
        for &other in holders.of(word.hash()) {
            let count = &mut counts[other as usize];
            if *count == 0 {
                found.push(other as usize);
            }
            *count += 1;
        }
    }
    found.sort_by_cached_key(|other| (Reverse(std::mem::take(&mut counts[*other])), marks[*other]));
    found.retain(|other| *other != article);
    found.truncate(CLOSE);
    found
}
