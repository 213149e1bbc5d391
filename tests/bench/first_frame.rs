//! From the start of a program to its first frame, and from the first key to its answer, in a terminal and beside other programs.
//!
//! `VARIORUM_SEEDS` names a folder to open; without it a small one is made. A tree of 100,000 files is made in any case.

#[path = "files.rs"]
mod files;
#[path = "../variorum/pty.rs"]
#[allow(dead_code, reason = "the tests need more of it than this benchmark")]
mod pty;

use files::grow;
use portable_pty::CommandBuilder;
use pty::{Pty, program, variorum};
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// How often each program is started. They take turns, so that a machine that is busy for a while is busy for all.
const RUNS: usize = 15;
const FOLDERS: usize = 2_000;
const FILES: usize = 50;

/// A program on a corpus, and how its frame and its answer are known.
struct Case {
    name: String,
    command: CommandBuilder,
    /// What its first frame says when it is complete.
    drawn: String,
    key: &'static str,
    /// What it says in answer to the key. Of a program that is silent until then, anything it writes is the answer.
    answer: Option<&'static str>,
    times: Vec<[Duration; 2]>,
}

fn main() {
    // `cargo test` builds benchmarks too and runs them to see whether they start.
    if !std::env::args().any(|arg| arg == "--bench") {
        return;
    }
    let folder = TempDir::new().expect("a folder");
    let given = std::env::var_os("VARIORUM_SEEDS").map(PathBuf::from);
    let name = if given.is_some() { "the given folder" } else { "5 small files" };
    let seeds = given.unwrap_or_else(|| small(folder.path()));
    let tree = folder.path().join("tree");
    eprintln!("making {} files …", FOLDERS * FILES);
    grow(&tree, FOLDERS, FILES);
    let mut cases = cases(name, &seeds, folder.path());
    cases.extend(self::cases("100,000 files", &tree, folder.path()));
    for _ in 0..RUNS {
        for case in &mut cases {
            let times = run(case);
            case.times.push(times);
        }
    }
    print(&cases);
}

/// Each program that is there, on the same folder.
fn cases(corpus: &str, folder: &Path, home: &Path) -> Vec<Case> {
    let file = first_file(folder);
    let mut cases = vec![Case {
        name: format!("variorum, {corpus}"),
        command: variorum([folder]),
        // The footer is drawn last.
        drawn: String::from("? help"),
        key: "?",
        answer: Some("Esc closes"),
        times: Vec::new(),
    }];
    if is_installed("vim") {
        let mut command = program("vim");
        command.args([OsStr::new("-u"), OsStr::new("NONE"), OsStr::new("-N"), OsStr::new("-n"), file.as_os_str()]);
        cases.push(Case {
            name: format!("vim, one of {corpus}"),
            command,
            drawn: beginning(&file),
            key: "j",
            answer: None,
            times: Vec::new(),
        });
    }
    if is_installed("nnn") {
        let mut command = program("nnn");
        command.arg(folder);
        command.env("HOME", home);
        command.env_remove("XDG_CONFIG_HOME");
        cases.push(Case { name: format!("nnn, {corpus}"), command, drawn: first_name(folder), key: "j", answer: None, times: Vec::new() });
    }
    cases
}

/// Starts a program once: the time until its first frame, and the time from a key to its answer.
fn run(case: &Case) -> [Duration; 2] {
    let start = Instant::now();
    let pty = Pty::open(case.command.clone(), 200, 50);
    pty.wait_for(&case.drawn);
    let drawn = start.elapsed();
    let written = pty.bytes();
    let pressed = Instant::now();
    pty.send(case.key);
    match case.answer {
        Some(text) => pty.wait_for(text),
        None => pty.wait_beyond(written),
    }
    [drawn, pressed.elapsed()]
}

fn print(cases: &[Case]) {
    println!("{RUNS} runs, in milliseconds        first frame           key to answer");
    println!("{:<30} {:>9} {:>9}   {:>9} {:>9}", "", "median", "p95", "median", "p95");
    for case in cases {
        let figures = [0, 1].map(|which| {
            let mut times: Vec<f64> = case.times.iter().map(|times| times[which].as_secs_f64() * 1000.0).collect();
            times.sort_by(f64::total_cmp);
            [times[times.len() / 2], times[(times.len() * 95).div_ceil(100) - 1]]
        });
        let [[frame, frame_95], [key, key_95]] = figures;
        println!("{:<30} {frame:>9.1} {frame_95:>9.1}   {key:>9.1} {key_95:>9.1}", case.name);
    }
}

// --- Corpora --------------------------------------------------------------------------------------------------------

fn small(folder: &Path) -> PathBuf {
    let path = folder.join("small");
    grow(&path, 1, 5);
    path.join("d0000")
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    paths
}

/// The first file that a walk in the order of names comes to.
fn first_file(folder: &Path) -> PathBuf {
    let first = entries(folder).into_iter().next().expect("the folder is not empty");
    if first.is_dir() { first_file(&first) } else { first }
}

fn first_name(folder: &Path) -> String {
    let first = entries(folder).into_iter().next().expect("the folder is not empty");
    first.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// The first words of a file, by which its text is known on a screen.
fn beginning(file: &Path) -> String {
    let text = fs::read_to_string(file).expect("a text");
    text.split_whitespace().next().expect("a word").to_string()
}

fn is_installed(name: &str) -> bool {
    let there = std::env::var_os("PATH").is_some_and(|path| std::env::split_paths(&path).any(|folder| folder.join(name).is_file()));
    if !there {
        eprintln!("{name} is not installed and is left out");
    }
    there
}
