//! How fast stories are found, in how much memory, and how well where the truth is known; MinHash beside it.
//!
//! `VARIORUM_STORIES=PATH cargo bench --bench stories`, where PATH is a folder of texts or a file of JSON Lines with `id`, `text`,
//! and, where there are such, `title`, `date` and `cluster`. `VARIORUM_TRUTH=FILE` names a table of ids (in a folder: paths below
//! it) and stories, separated by tabs. `VARIORUM_LIMIT=N` takes the first N articles, `VARIORUM_SHARE=N` keeps one in N of their runs. Nothing is done where no path is set.

use rayon::prelude::*;
use serde_json::Value;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::env;
use std::fs;
use std::hash::{BuildHasher, Hash};
use std::path::Path;
use std::time::{Duration, Instant};
use variorum::corpus::Article;
use variorum::corpus::article::Parts;
use variorum::corpus::story::{Grouping, Known, Sketch, Strength};
use variorum::text::{TokenKind, Unit};

fn main() {
    let Ok(path) = env::var("VARIORUM_STORIES") else {
        println!("stories: set VARIORUM_STORIES to a folder or to a file of JSON Lines");
        return;
    };
    let limit = env::var("VARIORUM_LIMIT").ok().and_then(|limit| limit.parse().ok()).unwrap_or(usize::MAX);
    let told: Vec<Told> = read(Path::new(&path)).into_iter().take(limit).collect();
    let truth = truth(&told);
    println!("{} articles, {} MB", told.len(), told.iter().map(|told| told.text.len()).sum::<usize>() / 1_000_000);
    group(&told, truth.as_deref());
    let start = (Instant::now(), cpu());
    let near = minhash(&told);
    println!("{:<44}{}", "MinHash, 128 minima, signatures and pairs", since(start));
    if let Some(truth) = truth {
        let best = [0.1, 0.2, 0.3, 0.4, 0.5].map(|threshold| (score(&components(told.len(), &near, threshold), &truth), threshold));
        let (score, threshold) = best.into_iter().max_by(|a, b| a.0.f1.total_cmp(&b.0.f1)).expect("five thresholds");
        println!("{:<44}{score} at {threshold}", "MinHash, components, the best of 5 thresholds");
    }
}

/// One article as it was read.
struct Told {
    id: String,
    parts: Parts,
    text: String,
    cluster: Option<String>,
}

fn read(path: &Path) -> Vec<Told> {
    if path.is_dir() {
        let mut told = Vec::new();
        below(path, path, &mut told);
        told.sort_by(|a: &Told, b| a.id.cmp(&b.id));
        return told;
    }
    let lines = fs::read_to_string(path).expect("JSON Lines");
    lines.lines().filter(|line| !line.is_empty()).map(|line| of_json(&serde_json::from_str(line).expect("JSON"))).collect()
}

fn below(root: &Path, folder: &Path, told: &mut Vec<Told>) {
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            below(root, &path, told);
        } else if path.extension().is_some_and(|extension| extension == "txt") {
            let text = String::from_utf8_lossy(&fs::read(&path).expect("a file")).into_owned();
            let id = path.strip_prefix(root).expect("below the root").to_string_lossy().into_owned();
            told.push(Told { id, parts: Parts::default(), text, cluster: None });
        }
    }
}

fn of_json(record: &Value) -> Told {
    let field = |name: &str| record[name].as_str().map(str::to_string);
    let title = field("title").map_or_else(String::new, |title| format!("{title}\n\n"));
    let date = field("date").and_then(|date| date.get(..10)?.parse().ok());
    Told {
        id: field("id").unwrap_or_default(),
        parts: Parts { titled: !title.is_empty(), date, ..Parts::default() },
        text: title + &field("text").unwrap_or_default(),
        cluster: field("cluster"),
    }
}

/// The true story of every article, where that is known.
fn truth(told: &[Told]) -> Option<Vec<usize>> {
    let table = env::var("VARIORUM_TRUTH").ok().map(|path| fs::read_to_string(path).expect("a table"));
    let rows: HashMap<&str, &str> = table.iter().flat_map(|table| table.lines()).filter_map(|row| row.split_once('\t')).collect();
    let of = |told: &Told| rows.get(told.id.as_str()).and_then(|row| row.split('\t').next()).map(str::to_string).or(told.cluster.clone());
    let stories: Option<Vec<String>> = told.iter().map(of).collect();
    let mut numbers: HashMap<String, usize> = HashMap::new();
    let number = |story: String| {
        let next = numbers.len();
        *numbers.entry(story).or_insert(next)
    };
    Some(stories?.into_iter().map(number).collect())
}

fn group(told: &[Told], truth: Option<&[usize]>) {
    let start = (Instant::now(), cpu());
    let share = env::var("VARIORUM_SHARE").ok().and_then(|share| share.parse().ok()).unwrap_or(1);
    let sketches: Vec<(usize, Sketch)> = told.par_iter().map(|told| Sketch::new(&told.article()).thinned(share)).enumerate().collect();
    println!("{:<44}{}", "taken apart and sketched", since(start));
    let start = (Instant::now(), cpu());
    let grouping = Grouping::new(sketches, &Known::default());
    println!("{:<44}{}", "compared", since(start));
    for strength in [Strength::Versions, Strength::Coverage] {
        let start = (Instant::now(), cpu());
        let stories = grouping.stories(strength);
        println!("{:<44}{}", format!("grouped as {}: {} stories", strength.name(), stories.len()), since(start));
        let mut found: Vec<usize> = (stories.len()..stories.len() + told.len()).collect();
        for (story, articles) in stories.iter().enumerate() {
            articles.articles.iter().for_each(|article| found[*article] = story);
        }
        if let Some(truth) = truth {
            println!("{:<44}{}", strength.name(), score(&found, truth));
        }
        println!("{:<44}{}", "memory at most, with the texts", memory());
    }
}

impl Told {
    fn article(&self) -> Article {
        let parts = Parts { text: self.text.clone(), ..self.parts.clone() };
        Article::new(self.id.clone().into(), parts, Unit::Sentence)
    }
}

/// How well pairs of articles were told to be of one story.
struct Score {
    precision: f64,
    recall: f64,
    f1: f64,
    /// The adjusted Rand index (Hubert and Arabie 1985).
    ari: f64,
}

impl std::fmt::Display for Score {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        let Score { precision, recall, f1, ari } = self;
        write!(f, "precision {precision:.4} recall {recall:.4} F1 {f1:.4} ARI {ari:.4}")
    }
}

fn score(found: &[usize], truth: &[usize]) -> Score {
    let (both, ours, theirs) = (pairs(found.iter().zip(truth)), pairs(found), pairs(truth));
    let chance = ours * theirs / (truth.len() as f64 * (truth.len() as f64 - 1.0) / 2.0);
    Score {
        precision: both / ours.max(1.0),
        recall: both / theirs.max(1.0),
        f1: 2.0 * both / (ours + theirs).max(1.0),
        ari: (both - chance) / ((ours + theirs) / 2.0 - chance),
    }
}

fn pairs<T: Eq + Hash>(labels: impl IntoIterator<Item = T>) -> f64 {
    let mut counts: HashMap<T, u64> = HashMap::new();
    labels.into_iter().for_each(|label| *counts.entry(label).or_default() += 1);
    counts.values().map(|count| (count * (count - 1) / 2) as f64).sum()
}

/// Pairs that agree in one of 42 bands of 3 minima (Broder 1997), with the share of minima that agree.
fn minhash(told: &[Told]) -> Vec<([usize; 2], f64)> {
    let signatures: Vec<Vec<u32>> = told.par_iter().map(|told| signature(&told.article())).collect();
    let mut met: HashSet<[usize; 2]> = HashSet::new();
    for band in 0..42 {
        let mut alike: BTreeMap<&[u32], Vec<usize>> = BTreeMap::new();
        for (article, signature) in signatures.iter().enumerate() {
            alike.entry(&signature[band * 3..band * 3 + 3]).or_default().push(article);
        }
        for held in alike.values().filter(|held| held.len() <= 1_000) {
            met.extend(held.iter().enumerate().flat_map(|(at, &b)| held[..at].iter().map(move |&a| [a, b])));
        }
    }
    let agreed = |[a, b]: [usize; 2]| signatures[a].iter().zip(&signatures[b]).filter(|(x, y)| x == y).count() as f64 / 128.0;
    met.into_iter().map(|pair| (pair, agreed(pair))).collect()
}

fn signature(article: &Article) -> Vec<u32> {
    let text = &article.parsed;
    let counted = (0..text.sentences.len()).filter(|&s| text.counts(s)).flat_map(|s| &text.tokens[text.sentences[s].tokens.clone()]);
    let words: Vec<String> = counted.filter(|t| t.kind != TokenKind::Mark).map(|t| t.span.of(&article.text).to_lowercase()).collect();
    let hasher = rustc_hash::FxBuildHasher;
    let runs: Vec<u64> = words.windows(3).map(|run| hasher.hash_one(run)).collect();
    let turned = |run: u64, n: u64| ((run ^ n.wrapping_mul(0x9e37_79b9_7f4a_7c15)).wrapping_mul(0xff51_afd7_ed55_8ccd) >> 32) as u32;
    (0..128).map(|n| runs.iter().map(|run| turned(*run, n)).min().unwrap_or(n as u32)).collect()
}

fn components(count: usize, near: &[([usize; 2], f64)], threshold: f64) -> Vec<usize> {
    fn root(roots: &mut [usize], mut at: usize) -> usize {
        while roots[at] != at {
            roots[at] = roots[roots[at]];
            at = roots[at];
        }
        at
    }
    let mut roots: Vec<usize> = (0..count).collect();
    for ([a, b], _) in near.iter().filter(|(_, near)| *near >= threshold) {
        let (a, b) = (root(&mut roots, *a), root(&mut roots, *b));
        roots[a.max(b)] = a.min(b);
    }
    (0..count).map(|article| root(&mut roots, article)).collect()
}

/// The processor time of this program so far.
fn cpu() -> Duration {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let ticks: u64 = stat.split_whitespace().skip(13).take(2).filter_map(|ticks| ticks.parse::<u64>().ok()).sum();
    Duration::from_millis(ticks * 10)
}

fn since((clock, before): (Instant, Duration)) -> String {
    format!("{:>8.2} s, {:>8.2} s of processor time", clock.elapsed().as_secs_f64(), (cpu() - before).as_secs_f64())
}

fn memory() -> String {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    status.lines().find_map(|line| line.strip_prefix("VmHWM:")).map_or_else(|| String::from("unknown"), |peak| peak.trim().to_string())
}
