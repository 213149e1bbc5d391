//! How long comparisons take, and how that grows: two articles of 7 KB, two texts of 1 MB and of 2 MB.
//!
//! `cargo bench --bench compare`. The texts are made here, so that nothing is needed beside the project.

mod made;

use std::hint::black_box;
use std::time::{Duration, Instant};
use variorum::collate::{Side, collate};
use variorum::text::{Text, Unit};

fn main() {
    let small = measure(7_000, 200);
    let large = measure(1_000_000, 5);
    let double = measure(2_000_000, 5);
    println!("{:<28}{:>12}{:>12}{:>12}", "", "parse", "collate", "together");
    for (name, [parse, collate]) in [("two articles of 7 KB", small), ("two texts of 1 MB", large), ("two texts of 2 MB", double)] {
        println!("{name:<28}{:>12}{:>12}{:>12}", told(parse), told(collate), told(parse + collate));
    }
    let together = |[parse, collate]: [Duration; 2]| (parse + collate).as_secs_f64();
    println!("twice the length costs {:.2} times as much", together(double) / together(large));
}

/// Medians of taking both texts apart and of comparing them, the lexicon warm.
fn measure(bytes: usize, runs: usize) -> [Duration; 2] {
    let (left, right) = made::pair(bytes);
    let mut times = [Vec::new(), Vec::new()];
    for _ in 0..=runs {
        let start = Instant::now();
        let texts = [&left, &right].map(|raw| Text::new(raw, Unit::Sentence));
        times[0].push(start.elapsed());
        let start = Instant::now();
        black_box(collate(Side { raw: &left, text: &texts[0] }, Side { raw: &right, text: &texts[1] }));
        times[1].push(start.elapsed());
    }
    times.map(|mut list| {
        list.remove(0); // The first run loads the tables.
        list.sort_unstable();
        list[list.len() / 2]
    })
}

fn told(time: Duration) -> String {
    format!("{:.2} ms", time.as_secs_f64() * 1e3)
}
