//! How long all versions of a story take at once, and how that grows with their number.
//!
//! `cargo bench --bench apparatus`; with `VARIORUM_SEEDS=FOLDER` the files of that folder as well. The texts are made here, so that nothing is needed beside the project.

mod made;

use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};
use variorum::collate::{Side, apparatus};
use variorum::text::{Text, Unit};

fn main() {
    println!("{:<28}{:>12}{:>12}{:>12}", "", "parse", "apparatus", "together");
    if let Some(folder) = std::env::var_os("VARIORUM_SEEDS") {
        let texts = files(Path::new(&folder));
        report(&format!("{} files", texts.len()), &texts, 200);
    }
    for (count, runs) in [(5, 50), (10, 30), (50, 10), (200, 5)] {
        report(&format!("{count} versions of 5 KB"), &made::versions(count, 5_000), runs);
    }
}

/// Prints the medians of taking all texts apart and of finding their passages and variants, the lexicon warm.
fn report(name: &str, raw: &[String], runs: usize) {
    let mut times = [Vec::new(), Vec::new()];
    for _ in 0..=runs {
        let start = Instant::now();
        let texts: Vec<Text> = raw.iter().map(|raw| Text::new(raw, Unit::Sentence)).collect();
        times[0].push(start.elapsed());
        let start = Instant::now();
        let sides: Vec<Side> = raw.iter().zip(&texts).map(|(raw, text)| Side { raw, text }).collect();
        black_box(apparatus(&sides));
        times[1].push(start.elapsed());
    }
    let [parse, collate] = times.map(|mut list| {
        list.remove(0); // The first run loads the tables.
        list.sort_unstable();
        list[list.len() / 2]
    });
    println!("{name:<28}{:>12}{:>12}{:>12}", told(parse), told(collate), told(parse + collate));
}

fn files(folder: &Path) -> Vec<String> {
    let mut files: Vec<_> = std::fs::read_dir(folder).expect("a folder").flatten().map(|entry| entry.path()).collect();
    files.sort();
    files.iter().filter_map(|file| std::fs::read_to_string(file).ok()).collect()
}

fn told(time: Duration) -> String {
    format!("{:.1} ms", time.as_secs_f64() * 1e3)
}
