//! A rewrite held against its sources: the exit codes and the JSON of the program, the page, and what holds for any texts.

use assert_cmd::Command;
use proptest::prelude::*;
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;
use variorum::collate::Side;
use variorum::collate::check::{Check, FindingKind, check};
use variorum::corpus::{self, demo};
use variorum::text::{Span, Text, Unit};

const WIRE: &str = "Harbour closes\n\nThe harbour board of Lessick voted on Monday to close the old pier for 14 days.\n\nThe ferry to Skarra \
                    did not leave on Sunday because of the storm.\n";

/// A folder with the wire copy and rewrites of it.
fn desk() -> TempDir {
    let folder = TempDir::new().expect("a folder");
    write(folder.path(), "wire.txt", WIRE);
    write(folder.path(), "same.txt", WIRE);
    write(folder.path(), "form.txt", &WIRE.replace("14 days", "fourteen days"));
    write(folder.path(), "wrong.txt", &WIRE.replace("14 days", "40 days"));
    write(folder.path(), "reworded.txt", &WIRE.replace("because of", "owing to"));
    write(folder.path(), "empty.txt", "");
    folder
}

fn write(folder: &Path, name: &str, text: &str) -> PathBuf {
    let path = folder.join(name);
    fs::write(&path, text).expect("a file");
    path
}

fn command(folder: &TempDir, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_variorum"));
    command.current_dir(folder.path()).arg("check").args(args);
    command
}

fn json(folder: &TempDir, args: &[&str]) -> Value {
    let output = command(folder, &[args, &["--format", "json"]].concat()).output().expect("it runs");
    serde_json::from_slice(&output.stdout).expect("JSON")
}

#[test]
fn exit_codes_tell_what_was_found() {
    let folder = desk();
    let table: &[(&[&str], i32)] = &[
        (&["same.txt", "--source", "wire.txt"], 0),
        (&["form.txt", "--source", "wire.txt"], 0),
        (&["form.txt", "--source", "wire.txt", "--fail-on", "form"], 1),
        (&["form.txt", "--source", "wire.txt", "--fail-on", "wording"], 0),
        (&["reworded.txt", "--source", "wire.txt", "--fail-on", "wording"], 1),
        (&["reworded.txt", "--source", "wire.txt", "--fail-on", "substance"], 0),
        (&["wrong.txt", "--source", "wire.txt"], 1),
        (&["wrong.txt", "--source", "wire.txt", "wrong.txt"], 0),
        (&["same.txt", "--source", "wire.txt", "--max-run", "5"], 1),
        (&["same.txt", "--source", "wire.txt", "--max-run", "500"], 0),
        (&["same.txt", "--source", "wire.txt", "--max-verbatim", "99.5"], 1),
        (&["same.txt", "--source", "wire.txt", "--max-verbatim", "100"], 0),
        (&["empty.txt", "--source", "wire.txt"], 0),
        (&["same.txt", "--source", "empty.txt"], 1),
        (&["same.txt", "--source", "empty.txt", "wire.txt"], 0),
        (&["missing.txt", "--source", "wire.txt"], 2),
        (&["same.txt", "--source", "missing.txt"], 2),
        (&["same.txt"], 2),
    ];
    for (args, code) in table {
        for format in ["text", "json", "html"] {
            command(&folder, &[args, &["--format", format][..]].concat()).assert().code(*code);
        }
    }
}

#[test]
fn trouble_is_one_sentence_with_the_path() {
    let folder = desk();
    let output = command(&folder, &["missing.txt", "--source", "wire.txt"]).assert().code(2).stdout("").get_output().clone();
    let told = String::from_utf8(output.stderr).expect("a sentence");
    assert!(told.starts_with("variorum: missing.txt: ") && told.lines().count() == 1, "{told}");
}

#[test]
fn the_rewrite_is_no_source_of_itself_where_it_lies_in_their_folder() {
    let folder = TempDir::new().expect("a folder");
    write(folder.path(), "wire.txt", WIRE);
    write(folder.path(), "wrong.txt", &WIRE.replace("14 days", "40 days"));
    let output = command(&folder, &["wrong.txt", "--source", "."]).assert().code(1).get_output().clone();
    assert!(String::from_utf8_lossy(&output.stderr).contains("wrong.txt: it is the rewrite"));
}

#[test]
fn a_closed_pipe_is_no_trouble() {
    let folder = desk();
    for format in ["text", "json", "html"] {
        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(reader);
        let status = std::process::Command::new(env!("CARGO_BIN_EXE_variorum"))
            .current_dir(folder.path())
            .args(["check", "wrong.txt", "--source", "wire.txt", "--format", format])
            .stdout(writer)
            .status();
        assert_eq!(status.expect("it runs").code(), Some(1), "{format}");
    }
}

#[test]
fn json_has_what_the_contract_names() {
    let folder = desk();
    let told = json(&folder, &["wrong.txt", "--source", "wire.txt", "same.txt"]);
    assert_eq!(told["schema"], "variorum/check/1");
    assert_eq!((&told["rewrite"]["path"], &told["sources"][1]["same_as"]), (&"wrong.txt".into(), &"A".into()));
    let raw = WIRE.replace("14 days", "40 days");
    for sentence in told["sentences"].as_array().expect("a list") {
        assert_eq!(sentence["text"], quoted(&raw, sentence));
        assert!(sentence["verbatim_words"].is_u64() && sentence["flags"].is_array());
        for origin in sentence["from"].as_array().expect("a list") {
            assert_eq!((&origin["source"], &origin["text"]), (&"A".into(), &quoted(WIRE, origin)));
            assert!(origin["similarity"].as_f64().is_some_and(|share| (0.0..=1.0).contains(&share)));
        }
    }
    let flags: Vec<&Value> =
        told["sentences"].as_array().expect("a list").iter().flat_map(|s| s["flags"].as_array().expect("a list")).collect();
    let [flag] = &flags[..] else { panic!("{flags:?}") };
    assert_eq!((&flag["kind"], &flag["source"]), (&"number-changed".into(), &"A".into()));
    assert_eq!((quoted(WIRE, &flag["left"]), quoted(&raw, &flag["right"])), (flag["left"]["text"].clone(), flag["right"]["text"].clone()));
    let summary = &told["summary"];
    assert_eq!((&summary["sentences"], &summary["unsupported"], &summary["flags"]["number-changed"]), (&3.into(), &0.into(), &1.into()));
    assert!(summary["verbatim_share"].is_f64() && summary["longest_run_words"].is_u64());
    let short = json(&folder, &["reworded.txt", "--source", "wire.txt"]);
    assert_eq!(short["dropped"], Value::Array(Vec::new()));
}

/// The words at the offsets of an object.
fn quoted(raw: &str, object: &Value) -> Value {
    let at = |key: &str| usize::try_from(object[key].as_u64().expect("an offset")).expect("a size");
    raw[at("start")..at("end")].into()
}

#[test]
fn the_page_stands_for_itself_and_escapes_what_it_quotes() {
    let folder = TempDir::new().expect("a folder");
    write(folder.path(), "a.txt", "The <b>board</b> met on Monday & voted for 14 piers in the old harbour.\n\nGulls were seen.");
    write(
        folder.path(),
        "b.txt",
        "The <b>board</b> met on Monday & voted for 40 piers in the old harbour.\n\n<script>alert(1)</script> said \u{202e}no.",
    );
    let output = command(&folder, &["b.txt", "--source", "a.txt", "--format", "html"]).assert().code(1).get_output().clone();
    let page = String::from_utf8(output.stdout).expect("text");
    assert!(!page.contains("<script") && !page.contains("<b>board") && !page.contains('\u{202e}') && !page.contains("http://"));
    assert!(page.contains("number changed") && page.contains("&lt;script&gt;"));
    crate::report::stands_for_itself(&page);
}

// --- The demo corpus --------------------------------------------------------------------------------------------------

/// Every slip planted in the machine's telling of a story is found, by its kind and its words.
#[test]
fn planted_slips_are_found() {
    let articles: Vec<corpus::Article> = demo::entries().iter().map(|entry| corpus::open(entry).expect("a demo article")).collect();
    let find = |path: &str| articles.iter().find(|a| a.path.to_string_lossy().ends_with(path)).expect("an article of the list");
    let lines = include_str!("../fixtures/demo_slips.tsv").lines().skip(1).map(|line| line.split('\t').collect::<Vec<_>>());
    let planted = lines.filter(|f| f[2].starts_with("sundial-times") && FindingKind::ALL.iter().any(|(_, name)| *name == f[3]));
    let mut missed = Vec::new();
    let mut number = 0;
    for slip in planted {
        number += 1;
        let (wire, rewrite) = (find(slip[1]), find(slip[2]));
        let check = check(rewrite.side(), &[wire.side()], 8);
        let places = [places(&wire.text, slip[4]), places(&rewrite.text, slip[5])];
        if !is_found(&check, [wire.side(), rewrite.side()], slip[3], &places) {
            missed.push(slip[3..].join(" · "));
        }
    }
    assert!(number > 30 && missed.is_empty(), "{} of {number} missed:\n{}", missed.len(), missed.join("\n"));
}

fn is_found(check: &Check, sides: [Side; 2], kind: &str, places: &[Vec<Span>; 2]) -> bool {
    let touches = |side: usize, tokens: &Option<std::ops::Range<usize>>| {
        let span = tokens.as_ref().map(|t| sides[side].text.tokens[t.start].span.to(sides[side].text.tokens[t.end - 1].span));
        span.is_some_and(|span| places[side].iter().any(|place| place.overlaps(span)))
    };
    check.findings.iter().filter(|f| f.kind.name() == kind).any(|f| touches(0, &f.there) || touches(1, &f.here))
}

/// Where some words stand, whatever the white space between them.
fn places(raw: &str, words: &str) -> Vec<Span> {
    raw.match_indices(words).map(|(start, _)| Span::new(start, start + words.len())).collect()
}

// --- Any texts --------------------------------------------------------------------------------------------------------

fn words() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "the", "pact", "not", "14", "Monday", "Lund", "“", "”", "said", "may", "harbour", ".", "\n\n", "…", "[", "iron", "clad", "\"",
        "Feb. 4", "ä",
    ]);
    prop::collection::vec(word, 0..60).prop_map(|words| words.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn any_texts_are_checked(rewrite in prop_oneof![words(), any::<String>()], sources in prop::collection::vec(words(), 0..4), run in 0_usize..12) {
        let texts: Vec<Text> = std::iter::once(&rewrite).chain(&sources).map(|raw| Text::new(raw, Unit::Sentence)).collect();
        let sides: Vec<Side> = sources.iter().zip(&texts[1..]).map(|(raw, text)| Side { raw, text }).collect();
        let check = check(Side { raw: &rewrite, text: &texts[0] }, &sides, run);
        prop_assert_eq!(check.sentences.len(), texts[0].sentences.len());
        prop_assert_eq!(check.sources.len(), sources.len());
        for sentence in &check.sentences {
            prop_assert!(sentence.verbatim_words <= sentence.words);
            prop_assert!(sentence.from.windows(2).all(|two| two[0].similarity >= two[1].similarity));
        }
        prop_assert!(check.summary.longest_run_words() <= check.summary.words);
        for (at, finding) in check.findings.iter().enumerate() {
            prop_assert!(check.sentences[finding.sentence].findings.contains(&at));
        }
        let told: usize = check.sentences.iter().map(|sentence| sentence.findings.len()).sum();
        prop_assert_eq!(told, check.findings.len());
    }
}
