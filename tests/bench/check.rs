//! How long a rewrite takes to be held against its sources, and how that grows with their number.
//!
//! `cargo bench --bench check`. The texts are made here, so that nothing is needed beside the project.

mod made;

use std::hint::black_box;
use std::time::{Duration, Instant};
use variorum::collate::{Side, VERBATIM_RUN, check::check};
use variorum::text::{Text, Unit};

fn main() {
    println!("{:<44}{:>12}{:>12}", "", "parse", "check");
    for (sources, runs) in [(1, 50), (20, 30), (100, 10), (1_000, 3)] {
        // Words of six letters on the average: 1,000 words are about 7 KB.
        let texts = made::versions(sources + 1, 7_000);
        report(&format!("1,000 words against {sources} sources of one story"), &texts, runs);
    }
}

/// Prints the medians of taking all texts apart and of the check, the lexicon warm; the last text is the rewrite.
fn report(name: &str, raw: &[String], runs: usize) {
    let mut times = [Vec::new(), Vec::new()];
    for _ in 0..=runs {
        let start = Instant::now();
        let texts: Vec<Text> = raw.iter().map(|raw| Text::new(raw, Unit::Sentence)).collect();
        times[0].push(start.elapsed());
        let start = Instant::now();
        let sides: Vec<Side> = raw.iter().zip(&texts).map(|(raw, text)| Side { raw, text }).collect();
        if let Some((rewrite, sources)) = sides.split_last() {
            black_box(check(*rewrite, sources, VERBATIM_RUN));
        }
        times[1].push(start.elapsed());
    }
    let [parse, check] = times.map(|mut list| {
        list.remove(0); // The first run loads the tables.
        list.sort_unstable();
        list[list.len() / 2]
    });
    println!("{name:<44}{:>12}{:>12}", told(parse), told(check));
}

fn told(time: Duration) -> String {
    format!("{:.1} ms", time.as_secs_f64() * 1e3)
}
