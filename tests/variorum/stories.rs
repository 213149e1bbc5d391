//! Stories as a subcommand prints them: what belongs together, what stands alone, what was passed over.

use assert_cmd::Command;
use serde_json::Value;
use std::fs;
use std::io::Read;
use std::path::Path;
use std::process::Stdio;
use tempfile::TempDir;

fn printed(args: &[&str], folder: &Path) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_variorum")).arg("stories").args(args).current_dir(folder).output().expect("an answer");
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).expect("UTF-8")
}

fn demo() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/demo"))
}

#[test]
fn the_stories_of_the_demo_are_printed_for_programs() {
    let told: Value = serde_json::from_str(&printed(&[".", "--format", "json"], demo())).expect("JSON");
    assert_eq!((&told["schema"], &told["strength"]), (&Value::from("variorum/stories/1"), &Value::from("versions")));
    let stories = told["stories"].as_array().expect("stories");
    let articles = |story: &Value| story["articles"].as_array().expect("articles").clone();
    assert_eq!(stories.iter().map(|story| articles(story).len()).collect::<Vec<_>>(), [6, 6, 5, 4, 4, 3, 2]);
    assert_eq!(told["alone"].as_array().map(Vec::len), Some(3));
    assert_eq!(told["skipped"].as_array().map(Vec::len), Some(0));
    for story in stories {
        let versions = articles(story);
        assert_eq!((&story["id"], &story["headline"]), (&versions[0]["id"], &versions[0]["headline"]));
        let order: Vec<(bool, &str, &str)> =
            versions.iter().map(|v| (v["date"].is_null(), v["date"].as_str().unwrap_or(""), v["path"].as_str().expect("a path"))).collect();
        assert!(order.is_sorted(), "{order:?}");
    }
}

#[test]
fn coverage_is_another_strength_of_the_same_articles() {
    let told: Value = serde_json::from_str(&printed(&[".", "--coverage", "--format", "json"], demo())).expect("JSON");
    assert_eq!(told["strength"], "coverage");
    let stories = told["stories"].as_array().expect("stories");
    let grouped: usize = stories.iter().map(|story| story["articles"].as_array().map_or(0, Vec::len)).sum();
    assert_eq!(grouped + told["alone"].as_array().map_or(0, Vec::len), 33);
    let sarno = |story: &&Value| story["headline"].as_str().is_some_and(|headline| headline.contains("Velmara calls pact"));
    assert!(stories.iter().find(sarno).and_then(|story| story["articles"].as_array()).is_some_and(|articles| articles.len() >= 6));
}

#[test]
fn the_stories_of_the_demo_are_printed_for_people() {
    let told = printed(&["."], demo());
    assert!(told.contains("Velmara calls pact with Kessary") && told.contains(" · 6\n  A  "), "{told}");
    assert!(told.contains("\nalone · 3\n"), "{told}");
    assert!(told.ends_with("33 articles, 7 stories, 3 alone, 0 passed over\n"), "{told}");
}

#[test]
fn what_cannot_be_read_is_passed_over_with_a_reason() {
    let folder = TempDir::new().expect("a folder");
    fs::write(folder.path().join("a.txt"), "The harbour of Lessick was opened on Monday.\n").expect("an article");
    fs::write(folder.path().join("b.txt"), [0, 159, 146, 150, 0, 0]).expect("a file");
    let told: Value = serde_json::from_str(&printed(&[".", "--format", "json"], folder.path())).expect("JSON");
    assert_eq!(told["stories"].as_array().map(Vec::len), Some(0));
    assert_eq!(told["alone"][0]["path"], "./a.txt");
    assert_eq!(told["skipped"][0]["path"], "./b.txt");
    assert!(told["skipped"][0]["why"].as_str().is_some_and(|why| !why.is_empty()));
}

#[test]
fn a_path_that_is_not_there_is_trouble() {
    let output = Command::new(env!("CARGO_BIN_EXE_variorum")).args(["stories", "/nowhere/at/all"]).output().expect("an answer");
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "variorum: /nowhere/at/all: there is no such file or folder\n");
}

#[test]
fn a_closed_pipe_is_no_trouble() {
    let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_variorum"))
        .args(["stories", "."])
        .current_dir(demo())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program");
    drop(child.stdout.take());
    let mut told = String::new();
    child.stderr.take().expect("a pipe").read_to_string(&mut told).expect("UTF-8");
    assert_eq!((child.wait().expect("an end").code(), told.as_str()), (Some(0), ""));
}
