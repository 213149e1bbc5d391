//! Who took from whom: small stories that a person can judge, properties that must hold for any texts, made histories whose
//! truth is known, and the subcommand that prints it.

use crate::histories::{Dice, Score, Stock, history, score};
use crate::properties::story;
use crate::pty::{Pty, variorum as terminal};
use assert_cmd::Command;
use jiff::civil::date;
use proptest::prelude::*;
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use tempfile::TempDir;
use variorum::collate::lineage::{Lineage, Node, lineage};
use variorum::collate::{Side, apparatus};
use variorum::text::{Text, Unit};

/// What is inferred of texts, each with its date as a day.
fn inferred(texts: &[(String, Option<i64>)]) -> Lineage {
    let parsed: Vec<Text> = texts
        .iter()
        .map(|(raw, day)| {
            let first = date(2031, 3, 1);
            let date = day.map(|day| first.checked_add(jiff::Span::new().days(day)).unwrap_or(first));
            Text { date, ..Text::new(raw, Unit::Sentence) }
        })
        .collect();
    let sides: Vec<Side> = texts.iter().zip(&parsed).map(|((raw, _), text)| Side { raw, text }).collect();
    lineage(&sides, &apparatus(&sides))
}

fn undated(texts: &[&str]) -> Vec<(String, Option<i64>)> {
    texts.iter().map(|text| (text.to_string(), None)).collect()
}

/// The edges as `A>B`; an unseen ancestor is a `?` with the versions below it.
fn edges(lineage: &Lineage, names: &[usize]) -> BTreeSet<String> {
    let below = |node: usize| -> BTreeSet<usize> {
        let mut found = BTreeSet::new();
        let mut open = vec![node];
        while let Some(node) = open.pop() {
            found.extend(matches!(lineage.nodes[node], Node::Version(_)).then(|| names[node]));
            let main = |to: usize| lineage.edges.iter().find(|e| e.to == to).map(|e| e.from);
            open.extend((0..lineage.nodes.len()).filter(|&other| main(other) == Some(node)));
        }
        found
    };
    let letter = |version: &usize| variorum::collate::letter::letter(*version);
    let name = |node: usize| match lineage.nodes[node] {
        Node::Version(version) => letter(&names[version]),
        Node::Unseen => format!("?{}", below(node).iter().map(letter).collect::<String>()),
    };
    lineage.edges.iter().map(|edge| format!("{}>{}", name(edge.from), name(edge.to))).collect()
}

const WIRE: [&str; 10] = [
    "The harbour board of Lessick voted on Friday to close the old fish market by the river.",
    "Traders have sold herring and eels there since the town received its charter.",
    "Board chairman Odo Wern said the timber floor could collapse under a loaded cart.",
    "An engineer counted forty rotten beams during an inspection in January.",
    "The city council had asked for a second opinion before any stall was moved.",
    "Nine families who depend on the market carried a petition to the town hall.",
    "A new hall beside the railway station will open within two years, the board promised.",
    "Rents in the new hall are expected to be three times as high.",
    "Fishermen warned that their boats cannot reach the station at low tide.",
    "The board meets again in April to set the date of the closure.",
];

fn told(sentences: impl IntoIterator<Item = usize>, changed: &[(&str, &str)]) -> String {
    let text: Vec<&str> = sentences.into_iter().map(|s| WIRE[s]).collect();
    changed.iter().fold(text.join("\n\n"), |text, (old, new)| text.replace(old, new))
}

#[test]
fn nothing_and_one_version_have_no_lineage() {
    assert_eq!(inferred(&[]), Lineage::default());
    let alone = inferred(&undated(&[WIRE[0]]));
    assert_eq!((alone.nodes, alone.edges), (vec![Node::Version(0)], Vec::new()));
    for texts in [&["", ""][..], &["", WIRE[0]], &["…", "?"]] {
        assert_eq!(inferred(&undated(texts)).nodes.len(), texts.len());
    }
}

#[test]
fn a_cut_copy_comes_from_the_whole() {
    let found = inferred(&undated(&[&told(0..6, &[("forty", "fourteen")]), &told(0..10, &[])]));
    assert_eq!(edges(&found, &[0, 1]), BTreeSet::from(["B>A".into()]));
    assert!(found.edges[0].evidence[0].contains("of the words of B, which has"), "{:?}", found.edges);
}

#[test]
fn a_slip_is_handed_down() {
    let first = told(0..10, &[]);
    let second = told(0..9, &[("forty rotten beams", "fourteen rotten planks"), ("Nine families", "Ten households")]);
    let third = second.replace("loaded cart", "heavy wagon").replace(WIRE[4], "");
    let found = inferred(&undated(&[&third, &first, &second]));
    assert_eq!(edges(&found, &[0, 1, 2]), BTreeSet::from(["B>C".into(), "C>A".into()]));
    let evidence = &found.edges.iter().find(|edge| edge.to == 0).expect("an edge").evidence;
    assert!(evidence.iter().any(|phrase| phrase.contains("rare reading") && phrase.contains("fourteen")), "{evidence:?}");
}

#[test]
fn copies_that_each_have_their_own_point_to_an_unseen_origin() {
    let texts = [
        told([0, 1, 2, 4, 5, 6, 8, 9], &[("since the town received its charter", "for ages"), ("second opinion", "new report")]),
        told([0, 2, 3, 4, 6, 7, 9], &[("loaded cart", "heavy wagon"), ("three times as high", "much higher")]),
        told([0, 1, 3, 5, 6, 7, 8], &[("petition", "letter of protest"), ("low tide", "ebb")]),
    ];
    let found = inferred(&undated(&[&texts[0], &texts[1], &texts[2]]));
    assert_eq!(edges(&found, &[0, 1, 2]), BTreeSet::from(["?ABC>A".into(), "?ABC>B".into(), "?ABC>C".into()]));
}

#[test]
fn a_version_may_have_two_sources() {
    let upper = [
        ("forty rotten beams", "fourteen rotten planks"),
        ("collapse", "give way"),
        ("herring", "salmon"),
        ("charter", "privileges"),
        ("voted on Friday", "decided on Thursday"),
        ("chairman Odo Wern", "president Otto Wern"),
        ("second opinion", "new report"),
    ];
    let lower = [
        ("carried a petition", "took a complaint"),
        ("two years", "five years"),
        ("three times", "six times"),
        ("boats", "barges"),
        ("in April", "in August"),
        ("railway station", "coach depot"),
        ("Nine families", "Eleven traders"),
    ];
    let wire = told(0..10, &[]);
    let both = told(0..10, &[upper, lower].concat());
    let found = inferred(&[(wire, Some(0)), (told(0..10, &upper), Some(1)), (told(0..10, &lower), Some(1)), (both, Some(2))]);
    assert_eq!(edges(&found, &[0, 1, 2, 3]), ["A>B", "A>C", "B>D", "C>D"].map(String::from).into());
    let second = &found.edges.iter().filter(|edge| edge.to == 3).nth(1).expect("two sources").evidence;
    assert!(second.iter().any(|phrase| phrase.contains("where") && phrase.contains("reads otherwise")), "{second:?}");
}

#[test]
fn versions_that_share_little_may_have_an_unseen_origin_and_quotations_make_none() {
    let own = |from: usize| {
        let lines = [
            "Mayor Tilda Ross called the vote a mistake that will empty the quarter.",
            "She wants the state to pay for a floor of steel.",
            "A museum of fishing has offered to take over the painted gates.",
            "The last closure of a market in Lessick ended in a riot, as older people remember.",
            "Rain is forecast for the whole of next week.",
            "A ballad about the market was sung in taverns for a century.",
            "The bridge beside it was widened when trams came.",
            "Two painters have shown the stalls at dawn.",
        ];
        lines[from..from + 4].join("\n\n")
    };
    let related = [format!("{}\n\n{}", told(0..5, &[]), own(0)), format!("{}\n\n{}", told(1..6, &[("timber", "wooden")]), own(4))];
    let found = inferred(&undated(&[&related[0], &related[1]]));
    assert_eq!(found.edges.len(), found.nodes.len() - 1, "{found:?}");
    let quoting = [format!("{}\n\n{}", WIRE[2], own(0)), format!("{}\n\n{}", told(2..10, &[]), own(4))];
    let strangers = inferred(&undated(&[&quoting[0].replace(WIRE[2], "The chairman said the timber floor could collapse."), &quoting[1]]));
    assert_eq!(strangers.edges.len(), 0, "{strangers:?}");
}

#[test]
fn the_earliest_of_equal_texts_is_the_origin() {
    let text = told(0..5, &[]);
    let found = inferred(&[(text.clone(), Some(3)), (text.clone(), None), (text, Some(1))]);
    assert_eq!(edges(&found, &[0, 1, 2]), BTreeSet::from(["C>A".into(), "C>B".into()]));
    assert_eq!(found.edges[0].evidence, ["has the same text as C", "was printed 2 days later"]);
}

#[test]
fn a_later_version_is_no_origin() {
    let (whole, cut) = (told(0..10, &[]), told(0..6, &[("forty", "fourteen")]));
    let found = inferred(&[(whole, Some(2)), (cut, Some(1))]);
    assert!(!edges(&found, &[0, 1]).contains("A>B"), "{found:?}");
}

#[test]
fn strangers_have_no_edge() {
    let found = inferred(&undated(&[
        &told(0..10, &[]),
        "A comet was seen over the islands of Marra at dawn.\n\nAstronomers asked for photographs.\n\nIt will be back in eighty years.",
    ]));
    assert_eq!((found.nodes.len(), found.edges.len()), (2, 0), "{found:?}");
}

// --- Any texts ------------------------------------------------------------------------------------------------------

/// Panics unless every version is a node once, has two origins at most, and nothing is its own ancestor.
fn check(found: &Lineage, versions: usize) {
    let told: Vec<&Node> = found.nodes.iter().filter(|node| **node != Node::Unseen).collect();
    assert_eq!(told, (0..versions).map(Node::Version).collect::<Vec<_>>().iter().collect::<Vec<_>>());
    for node in 0..found.nodes.len() {
        let origins = found.edges.iter().filter(|edge| edge.to == node).count();
        assert!(origins <= if node < versions { 2 } else { 1 });
        let copies = found.edges.iter().filter(|edge| edge.from == node).count();
        assert!(node < versions || copies > 1, "an unseen ancestor explains several: {found:?}");
    }
    let mut left: Vec<usize> = (0..found.nodes.len()).collect();
    while !left.is_empty() {
        let before = left.len();
        left = left.iter().copied().filter(|node| found.edges.iter().any(|e| e.to == *node && left.contains(&e.from))).collect();
        assert!(left.len() < before, "a circle: {found:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 120, ..ProptestConfig::default() })]

    #[test]
    fn every_version_is_a_node_once_and_nothing_goes_in_a_circle(raws in story(), days in prop::collection::vec(prop::option::of(0..5_i64), 7)) {
        let texts: Vec<(String, Option<i64>)> = raws.into_iter().zip(days).collect();
        check(&inferred(&texts), texts.len());
    }

    #[test]
    fn the_order_of_versions_does_not_matter(raws in story(), days in prop::collection::vec(prop::option::of(0..5_i64), 7), turn in 0..6_usize) {
        let mut texts: Vec<(String, Option<i64>)> = raws.into_iter().zip(days).collect();
        texts.sort();
        texts.dedup_by(|a, b| a.0 == b.0);
        let mut names: Vec<usize> = (0..texts.len()).rev().collect();
        let by = turn % names.len();
        names.rotate_left(by);
        let turned: Vec<_> = names.iter().map(|&name| texts[name].clone()).collect();
        let plain: Vec<usize> = (0..texts.len()).collect();
        prop_assert_eq!(edges(&inferred(&texts), &plain), edges(&inferred(&turned), &names));
    }
}

#[test]
fn two_hundred_versions_are_done_in_bounded_time() {
    let mut dice = Dice::new(7);
    let mut texts: Vec<Vec<usize>> = vec![(0..10).collect()];
    while texts.len() < 200 {
        let mut copy = texts[dice.below(texts.len())].clone();
        copy.remove(dice.below(copy.len()));
        if copy.len() < 3 {
            copy = (0..9).collect();
        }
        texts.push(copy);
    }
    let number = |at: usize| format!("Reporter {at} was there.");
    let texts: Vec<(String, Option<i64>)> =
        texts.iter().enumerate().map(|(at, text)| (format!("{}\n\n{}", told(text.iter().copied(), &[]), number(at)), None)).collect();
    check(&inferred(&texts), 200);
}

// --- Made histories -------------------------------------------------------------------------------------------------

/// Measured on histories that nobody looked at while the prices were set; the floors are a little below what was reached.
#[test]
fn made_histories_are_mostly_found() {
    let stock = Stock::new();
    let mut total = Score::default();
    for seed in 10_000..10_120 {
        let history = history(&stock, seed);
        let found = inferred(&history.texts);
        check(&found, history.texts.len());
        total.add(score(&history.truth, &found));
    }
    let ([precision, recall, unseen], merges) = (total.unseen(), total.merged());
    println!("{} versions: origin right {:.3}, root right {:.3}", total.parents[1], total.parent(), total.root());
    println!("unseen ancestors: precision {precision:.3}, recall {recall:.3}, F1 {unseen:.3} ({} exactly)", total.exact);
    println!("merges: precision {:.3}, recall {:.3}, F1 {:.3}", merges[0], merges[1], merges[2]);
    assert!(total.parent() > FLOOR_PARENT && total.root() > FLOOR_ROOT && unseen > FLOOR_UNSEEN && merges[0] > FLOOR_MERGES);
}

const FLOOR_PARENT: f64 = 0.82;
const FLOOR_ROOT: f64 = 0.74;
const FLOOR_UNSEEN: f64 = 0.58;
const FLOOR_MERGES: f64 = 0.2;

// --- The subcommand -------------------------------------------------------------------------------------------------

fn command(args: &[&str], folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_variorum"));
    command.arg("lineage").args(args).current_dir(folder);
    command
}

/// Three versions: the wire, a copy, and a copy of that with a name that needs care.
fn folder() -> TempDir {
    let folder = TempDir::new().expect("a folder");
    let second = told(0..9, &[("forty rotten beams", "fourteen rotten planks"), ("Nine families", "Ten households")]);
    let third = second.replace("loaded cart", "heavy wagon").replace(WIRE[4], "");
    for (name, text) in [("a.txt", told(0..10, &[])), ("b.txt", second), ("c \"quoted\" \\.txt", third)] {
        fs::write(folder.path().join(name), text).expect("an article");
    }
    folder
}

fn printed(args: &[&str], folder: &Path) -> String {
    let output = command(args, folder).output().expect("an answer");
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).expect("UTF-8")
}

#[test]
fn the_lineage_is_printed_for_programs() {
    let folder = folder();
    let told: Value = serde_json::from_str(&printed(&[".", "--format", "json"], folder.path())).expect("JSON");
    assert_eq!(told["schema"], "variorum/lineage/1");
    let letters: Vec<&str> = told["nodes"].as_array().expect("nodes").iter().filter_map(|n| n["letter"].as_str()).collect();
    assert_eq!(letters, ["A", "B", "C"]);
    assert!(told["nodes"][0]["path"].as_str().is_some_and(|path| path.ends_with("a.txt")));
    let edges = told["edges"].as_array().expect("edges");
    assert_eq!(
        edges.iter().map(|e| (e["from"].as_str(), e["to"].as_str())).collect::<Vec<_>>(),
        [(Some("A"), Some("B")), (Some("B"), Some("C"))]
    );
    assert!(edges.iter().all(|edge| edge["evidence"].as_array().is_some_and(|e| !e.is_empty())));
}

#[test]
fn the_lineage_is_drawn_for_graphviz() {
    let folder = folder();
    let dot = printed(&[".", "--format", "dot"], folder.path());
    assert!(dot.starts_with("digraph lineage {\n") && dot.ends_with("}\n"), "{dot}");
    assert!(dot.contains(r#""C" [label="C  c \"quoted\" \\.txt"];"#), "{dot}");
    assert!(dot.contains(r#""A" -> "B" [label="#), "{dot}");
}

#[test]
fn a_pipe_gets_plain_lines_and_a_terminal_a_tree() {
    let folder = folder();
    let flat = printed(&["."], folder.path());
    assert!(flat.contains("C ./c \"quoted\" \\.txt · ") && flat.contains(" · from B\n"), "{flat}");
    assert!(!flat.contains(['└', '├', '\x1b']), "{flat}");
    let path = folder.path().to_string_lossy().into_owned();
    let mut pty = Pty::open(terminal(["lineage", &path]), 120, 40);
    pty.wait_for("└ B ");
    pty.wait_for("An inference");
    assert_eq!(pty.wait_exit(), 0);
}

#[test]
fn trouble_is_one_sentence_with_the_path() {
    let output = command(&["nowhere.txt"], &std::env::temp_dir()).output().expect("an answer");
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "variorum: nowhere.txt: there is no such file or folder\n");
}
