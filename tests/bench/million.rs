//! A million files, in one folder and in ten thousand: from the start to the first frame and to the first names, and from a key to its
//! frame while the folders are listed and the files are read.
//!
//! The corpora are kept in the folder that `VARIORUM_MILLION` names, and made there the first time; without it nothing is measured.

#[path = "files.rs"]
mod files;
#[path = "../variorum/pty.rs"]
#[allow(dead_code, reason = "the tests need more of it than this benchmark")]
mod pty;

use pty::{Pty, variorum};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// How often the program is started for the first frame, and how long keys are pressed in it after that.
const RUNS: usize = 11;
const PRESSING: Duration = Duration::from_secs(40);

/// Keys, what the screen says in answer to each, and whether it says so or says so no more.
const KEYS: &[(&str, &str, bool)] = &[
    ("g", "▌▾ d0000", true),
    ("h", "▌▸ d0000", true),
    ("l", "▌▾ d0000", true),
    ("G", "▌▾ d0000", false),
    ("f", " filter:", true),
    ("9", " filter: 9", true),
    ("9", " filter: 99", true),
    ("7", " filter: 997", true),
    ("\x1b", " filter:", false),
    ("/", " / ", true),
    ("n", " / n", true),
    ("9", " / n9", true),
    ("\x1b", " / n9", false),
    ("t", "Corpus · stories", true),
    ("t", "Corpus · files", true),
    ("?", "Esc closes", true),
    ("x", "Esc closes", false),
];

fn main() {
    // `cargo test` builds benchmarks too and runs them to see whether they start.
    let Some(folder) = std::env::var_os("VARIORUM_MILLION").map(PathBuf::from).filter(|_| std::env::args().any(|arg| arg == "--bench"))
    else {
        return;
    };
    for (name, folders) in [("one", 1), ("many", 10_000)] {
        let corpus = folder.join(name);
        if !corpus.exists() {
            eprintln!("making a million files …");
            files::grow(&corpus, folders, 1_000_000 / folders);
        }
        println!("1,000,000 files, folders: {folders}; in milliseconds");
        let starts: Vec<[Duration; 2]> = (0..RUNS).map(|_| start(&corpus)).collect();
        tell("first frame", starts.iter().map(|times| times[0]).collect());
        tell("first names", starts.iter().map(|times| times[1]).collect());
        press(&corpus);
    }
}

/// From the start to the first frame, and to the first name.
fn start(corpus: &Path) -> [Duration; 2] {
    let start = Instant::now();
    let pty = Pty::open(variorum([corpus]), 120, 36);
    pty.wait_for("? help");
    let drawn = start.elapsed();
    pty.wait_for("n000000.txt");
    [drawn, start.elapsed()]
}

/// Presses keys all the time, and tells how long each waited for its frame.
fn press(corpus: &Path) {
    let pty = Pty::open(variorum([corpus]), 120, 36);
    pty.wait_for("n000000.txt");
    let start = Instant::now();
    let mut times: Vec<(usize, &str, Duration)> = Vec::new();
    while start.elapsed() < PRESSING {
        for (number, (key, text, appears)) in KEYS.iter().enumerate() {
            let doing = if pty.contents().contains("so far") { "in slices" } else { "reading" };
            let pressed = Instant::now();
            pty.send(key);
            if *appears {
                pty.wait_for(text);
            } else {
                pty.wait_without(text);
            }
            times.push((number, doing, pressed.elapsed()));
            std::thread::sleep(Duration::from_millis(20));
        }
    }
    for doing in ["in slices", "reading"] {
        tell(doing, times.iter().filter(|(_, while_, _)| *while_ == doing).map(|(.., time)| *time).collect());
    }
    for (number, (key, text, _)) in KEYS.iter().enumerate() {
        tell(
            &format!("  {} {}", key.escape_default(), text),
            times.iter().filter(|(n, ..)| *n == number).map(|(.., time)| *time).collect(),
        );
    }
}

fn tell(what: &str, times: Vec<Duration>) {
    let mut times: Vec<f64> = times.into_iter().map(|time| time.as_secs_f64() * 1000.0).collect();
    times.sort_by(f64::total_cmp);
    if let Some(last) = times.last() {
        let (median, p95) = (times[times.len() / 2], times[(times.len() * 95).div_ceil(100) - 1]);
        println!("{what:<28} {:>5} times   median {median:>7.1}   p95 {p95:>7.1}   at most {last:>7.1}", times.len());
    }
}
