//! The rules of the house, read off the sources: floors lean only downward, crates stay on their floor, every file says what it does.

use std::fs;
use std::path::{Path, PathBuf};

/// The floors from the ground up. A floor may use those below it; those on one line of the table do not know each other.
const FLOORS: &[&[&str]] = &[&["text"], &["collate"], &["corpus"], &["report", "app"], &["ui"], &["cli"]];

/// Names that stay on their floors: what, and where it may stand.
const KEPT: &[(&str, &[&str])] = &[
    ("ratatui", &["ui"]),
    ("crossterm", &["ui", "cli/page.rs"]),
    ("clap", &["cli"]),
    ("std::fs", &["corpus", "report", "cli"]),
    ("fs::", &["corpus", "report", "cli"]),
    ("std::process", &["ui", "cli", "main.rs"]),
    ("std::thread", &["ui"]),
    (" println!", &[]),
    ("todo!", &[]),
    ("dbg!", &[]),
];

/// One source file: its path below `src` and its text without comments.
struct Source {
    path: String,
    text: String,
    code: String,
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    collect(&root, &mut files);
    files.sort();
    assert!(files.len() > 30, "the sources were not found");
    files
        .into_iter()
        .map(|file| {
            let text = fs::read_to_string(&file).expect("a source file");
            let path = file.strip_prefix(&root).expect("below src").to_string_lossy().replace('\\', "/");
            Source { path, code: code(&text), text }
        })
        .collect()
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|e| e == "rs") {
            files.push(path);
        }
    }
}

/// The code without comments and without its own tests, which may use what they like and stand at the end.
fn code(text: &str) -> String {
    let body = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or(text);
    body.lines().map(|line| line.split("//").next().unwrap_or("")).collect::<Vec<_>>().join("\n")
}

fn floor(path: &str) -> &str {
    path.split(['/', '.']).next().unwrap_or(path)
}

fn height(floor: &str) -> Option<usize> {
    FLOORS.iter().position(|level| level.contains(&floor))
}

/// Imports that lean upward or sideways.
fn leaning(source: &Source) -> Vec<String> {
    let own = floor(&source.path);
    let Some(mine) = height(own) else { return Vec::new() };
    let others = FLOORS.iter().copied().flatten().filter(|other| **other != own && height(other).is_some_and(|h| h >= mine));
    others
        .filter(|other| source.code.contains(&format!("crate::{other}")))
        .map(|other| format!("{} leans on {other}", source.path))
        .collect()
}

/// Names that stand where they may not.
fn strays(source: &Source) -> Vec<String> {
    let allowed = |places: &[&str]| places.iter().any(|place| floor(&source.path) == *place || source.path == *place);
    KEPT.iter()
        .filter(|(name, places)| !allowed(places) && source.code.contains(name))
        .map(|(name, _)| format!("{} names {name}", source.path))
        .collect()
}

/// What the two lowest floors may not return: they cannot fail.
fn failures(source: &Source) -> Vec<String> {
    let low = matches!(floor(&source.path), "text" | "collate");
    source.code.lines().filter(|line| low && line.contains("-> Result<")).map(|line| format!("{}: {}", source.path, line.trim())).collect()
}

fn findings(source: &Source) -> Vec<String> {
    let headless = (!source.text.starts_with("//! ")).then(|| format!("{} does not begin with a sentence on what it does", source.path));
    let vague = ["utils", "helpers", "common", "manager", "misc"].iter().any(|name| source.path.contains(name));
    let vague = vague.then(|| format!("{} has a name that says nothing", source.path));
    [leaning(source), strays(source), failures(source)].concat().into_iter().chain(headless).chain(vague).collect()
}

#[test]
fn the_house_keeps_its_rules() {
    let found: Vec<String> = sources().iter().flat_map(findings).collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn a_planted_violation_is_found() {
    let planted = |path: &str, text: &str| findings(&Source { path: path.to_string(), text: text.to_string(), code: code(text) }).len();
    let table = [
        ("text/token.rs", "//! Tokens.\nuse crate::collate::Row;\n", 1),
        ("collate/diff.rs", "//! Diff.\nuse crate::app::App;\n", 1),
        ("app/mod.rs", "//! App.\nuse crate::report::json;\n", 1),
        ("app/tree.rs", "//! Tree.\nuse ratatui::buffer::Buffer;\n", 1),
        ("collate/align.rs", "//! Align.\nfn read() -> Result<(), ()> { std::fs::read(\"x\") }\n", 3),
        ("ui/tree.rs", "use crate::app::App;\n", 1),
        ("text/utils.rs", "//! Things.\n", 1),
        ("ui/tree.rs", "//! Tree.\nuse crate::app::App; // and not crate::cli\n", 0),
        ("text/span.rs", "//! Spans.\n#[cfg(test)]\nmod tests { use crate::collate::Row; }\n", 0),
    ];
    for (path, text, expected) in table {
        assert_eq!(planted(path, text), expected, "{path}: {text}");
    }
}

#[test]
fn drawing_only_looks() {
    for source in sources().iter().filter(|s| floor(&s.path) == "ui" && s.path != "ui/run.rs") {
        assert!(!source.code.contains("&mut App"), "{} may change the state while it draws", source.path);
    }
}

#[test]
fn the_demo_corpus_is_whole() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/demo");
    let mut there = Vec::new();
    for outlet in fs::read_dir(&root).expect("the demo corpus").flatten() {
        there.extend(
            fs::read_dir(outlet.path())
                .expect("a folder")
                .flatten()
                .map(|f| format!("{}/{}", outlet.file_name().to_string_lossy(), f.file_name().to_string_lossy())),
        );
    }
    there.sort();
    let embedded: Vec<String> = variorum::corpus::demo::FILES.iter().map(|(path, _)| (*path).to_string()).collect();
    assert_eq!(embedded, there);
}
