//! How long comparisons take, and how that grows: two articles of 7 KB, two texts of 1 MB and of 2 MB.
//!
//! `cargo bench --bench compare`; with `VARIORUM_SEEDS=FOLDER` every two files of that folder instead. The texts are made here, so that nothing is needed beside the project.

mod made;

use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};
use variorum::collate::{Side, collate};
use variorum::text::{Text, Unit};

fn main() {
    if let Some(folder) = std::env::var_os("VARIORUM_SEEDS") {
        return compare_files(Path::new(&folder));
    }
    let small = measure(&made::pair(7_000), 200);
    let large = measure(&made::pair(1_000_000), 5);
    let double = measure(&made::pair(2_000_000), 5);
    println!("{:<28}{:>12}{:>12}{:>12}", "", "parse", "collate", "together");
    for (name, [parse, collate]) in [("two articles of 7 KB", small), ("two texts of 1 MB", large), ("two texts of 2 MB", double)] {
        println!("{name:<28}{:>12}{:>12}{:>12}", told(parse), told(collate), told(parse + collate));
    }
    let together = |[parse, collate]: [Duration; 2]| (parse + collate).as_secs_f64();
    println!("twice the length costs {:.2} times as much", together(double) / together(large));
}

/// Medians of taking both texts apart and of comparing them, the lexicon warm.
fn measure((left, right): &(String, String), runs: usize) -> [Duration; 2] {
    let mut times = [Vec::new(), Vec::new()];
    for _ in 0..=runs {
        let start = Instant::now();
        let texts = [left, right].map(|raw| Text::new(raw, Unit::Sentence));
        times[0].push(start.elapsed());
        let start = Instant::now();
        black_box(collate(Side { raw: left, text: &texts[0] }, Side { raw: right, text: &texts[1] }));
        times[1].push(start.elapsed());
    }
    times.map(|mut list| {
        list.remove(0); // The first run loads the tables.
        list.sort_unstable();
        list[list.len() / 2]
    })
}

/// Every two files of a folder that `VARIORUM_SEEDS` names.
fn compare_files(folder: &Path) {
    let mut files: Vec<_> = std::fs::read_dir(folder).expect("a folder").flatten().map(|entry| entry.path()).collect();
    files.sort();
    let texts: Vec<String> = files.iter().filter_map(|file| std::fs::read_to_string(file).ok()).collect();
    for (right, b) in texts.iter().enumerate() {
        for (left, a) in texts[..right].iter().enumerate() {
            let [parse, collate] = measure(&(a.clone(), b.clone()), 300);
            println!(
                "{left} beside {right} ({:>5} bytes){:>12}{:>12}{:>12}",
                a.len() + b.len(),
                told(parse),
                told(collate),
                told(parse + collate)
            );
        }
    }
}

fn told(time: Duration) -> String {
    format!("{:.2} ms", time.as_secs_f64() * 1e3)
}
