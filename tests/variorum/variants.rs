//! All versions at once as a subcommand prints them: for people, for programs, and for stories that are none.

use assert_cmd::Command;
use serde_json::Value;
use std::fs;
use std::process::Output;
use tempfile::TempDir;

/// A folder with files of the given names and texts.
fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = TempDir::new().expect("a folder");
    files.iter().for_each(|(name, text)| fs::write(folder.path().join(name), text).expect("a file"));
    folder
}

fn run(folder: &TempDir, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_variorum")).arg("variants").args(args).current_dir(folder).output().expect("an answer")
}

fn printed(folder: &TempDir, args: &[&str]) -> String {
    let output = run(folder, args);
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).expect("UTF-8")
}

fn told(folder: &TempDir, args: &[&str]) -> Value {
    serde_json::from_str(&printed(folder, &[args, &["--format", "json"]].concat())).expect("JSON")
}

const FIRST: &str = "The bond of the two towns is ironclad, Moss said on 4 February.\n\nThe ferry left Skarra with 214 people.\n";
const SECOND: &str = "The bond of the two towns is iron clad, Moss said on Feb. 4.\n\nThe ferry left Skarra with 212 people.\n";
const THIRD: &str = "The bond of the two towns is strong, Moss claimed on 4 February.\n\nThe ferry left Skarra with 214 people.\n";

fn three() -> TempDir {
    folder(&[("a.txt", FIRST), ("b.txt", SECOND), ("c.txt", THIRD)])
}

#[test]
fn people_read_who_has_what() {
    let page = printed(&three(), &["a.txt", "b.txt", "c.txt", "--width", "100"]);
    for line in ["ironclad A · iron clad B · strong C (substitution · wording)", "! 214 A C · 212 B (number · substance · number-changed)"]
    {
        assert!(page.contains(line), "{line}\n{page}");
    }
    assert!(page.contains("2 passages, 2 of them in all versions, 2 shown"), "{page}");
}

#[test]
fn programs_read_passages_variants_and_spans() {
    let story = told(&three(), &["."]);
    assert_eq!(story["schema"], "variorum/variants/1");
    assert_eq!(story["versions"].as_array().map(Vec::len), Some(3));
    let passages = story["passages"].as_array().expect("passages");
    assert!(passages.iter().all(|p| p["versions"].as_object().map(serde_json::Map::len) == Some(3)), "{story}");
    let variants = || passages.iter().flat_map(|p| p["variants"].as_array().expect("variants"));
    let number = variants().find(|v| v["kind"] == "number").expect("the figures differ");
    assert_eq!(number["level"], "substance");
    let reading = &number["readings"][1];
    assert_eq!((&reading["text"], &reading["versions"][0]), (&Value::from("212"), &Value::from("B")));
    let span = &reading["spans"]["B"];
    let [start, end] = [0, 1].map(|i| usize::try_from(span[i].as_u64().expect("an offset")).expect("small"));
    assert_eq!(&SECOND[start..end], "212");
}

#[test]
fn levels_and_flags_choose_what_is_printed() {
    let story = three();
    let count = |args: &[&str]| {
        let told = told(&story, &[&["."], args].concat());
        told["passages"].as_array().expect("passages").iter().map(|p| p["variants"].as_array().map_or(0, Vec::len)).sum::<usize>()
    };
    let (all, deeper, deepest, flagged) =
        (count(&[]), count(&["--level", "wording"]), count(&["--level", "substance"]), count(&["--flags-only"]));
    assert!(all > deeper && deeper > deepest && deepest > 0 && flagged > 0, "{all} {deeper} {deepest} {flagged}");
}

#[test]
fn stories_that_are_none_are_no_trouble() {
    let french = "Le maire a dit que les sept navires sont partis vers le nord.\n";
    let long = "The keeper lit a fire on the rocks until dawn and the boats came home. ".repeat(200);
    let files =
        [("one.txt", FIRST), ("same.txt", FIRST), ("empty.txt", ""), ("long.txt", &long), ("french.txt", french), ("word.txt", "Rain.\n")];
    let folder = folder(&files);
    for paths in
        [&["one.txt"][..], &["one.txt", "one.txt"], &["one.txt", "same.txt"], &["empty.txt", "one.txt"], &["one.txt", "long.txt"], &["."]]
    {
        let story = told(&folder, paths);
        assert!(story["passages"].is_array(), "{story}");
        printed(&folder, paths);
    }
    let same = told(&folder, &["one.txt", "same.txt"]);
    assert!(same["passages"].as_array().expect("passages").iter().all(|p| p["variants"].as_array().is_some_and(Vec::is_empty)));
}

#[test]
fn what_is_not_there_is_trouble_and_what_cannot_be_read_is_passed_over() {
    let story = three();
    let missing = run(&story, &["a.txt", "nowhere.txt"]);
    assert_eq!(missing.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&missing.stderr).contains("nowhere.txt: there is no such file"), "{missing:?}");
    fs::write(story.path().join("noise.txt"), [0, 159, 146, 150, 0, 0, 1]).expect("a file");
    let noisy = run(&story, &["."]);
    assert_eq!(noisy.status.code(), Some(0));
    assert!(String::from_utf8_lossy(&noisy.stderr).contains("noise.txt: "), "{noisy:?}");
}
