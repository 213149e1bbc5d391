//! Reports: a check or a story with the marks of its editors, in three formats, and into a file.

use crate::notes::article;
use assert_cmd::Command;
use insta::assert_snapshot;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use serde_json::Value;
use std::fs;
use std::path::PathBuf;
use tempfile::TempDir;
use variorum::collate::Side;
use variorum::collate::check::{Check, FindingKind, check};
use variorum::corpus::Article;
use variorum::corpus::notes::{Decision, Editor, FILE, Notes, Spot, Verdict};

const WIRE: &str = "Harbour closes\n\nThe harbour board of Lessick voted on Monday to close the old pier for 14 days.\n\nThe ferry to Skarra \
                    did not leave on Sunday because of the storm, said Sarno Ilek.\n";
const REWRITE: &str = "Harbour closes\n\nThe harbour board of Lessick voted on Tuesday to close the old pier for 40 days.\n\nThe ferry to \
                       Skarra did not leave on Sunday because of the storm, said Sarno Ilek.\n\nGulls <b>ate</b> [all] of the *bread* & 3 \
                       fish.\n";

/// A desk with a rewrite and its source, both marked.
struct Desk {
    folder: TempDir,
}

impl Desk {
    fn new() -> Self {
        let desk = Desk { folder: TempDir::new().expect("a folder") };
        desk.write("wire.txt", WIRE);
        desk.write("rewrite.txt", REWRITE);
        desk
    }

    /// A check of which one finding is accepted, one queried, and the rest undecided; with marks on other places.
    fn checked() -> Self {
        let desk = Desk::new();
        let (rewrite, wire) = (desk.read("rewrite.txt"), desk.read("wire.txt"));
        let sources = [wire.clone()];
        let found = found(&rewrite, &sources);
        let finding = |kind: FindingKind| {
            let finding = found.findings.iter().find(|finding| finding.kind == kind).expect("a finding");
            Spot::finding(&rewrite, &sources, finding)
        };
        let (mut ada, mut bela) = (desk.notes("ada"), desk.notes("bela"));
        let say = |by: &mut Notes, spot: Spot, verdict: Option<Verdict>, note: &str| {
            by.decide(&spot, None, Decision { verdict, note: note.to_string() }).expect("saved")
        };
        say(&mut ada, finding(FindingKind::NumberChanged), Some(Verdict::Query), "ask the board | *now*");
        say(&mut bela, finding(FindingKind::DateChanged), Some(Verdict::Accept), "");
        say(&mut bela, Spot::sentence(&rewrite, 2), None, "who told us?\n<script>alert(1)</script>");
        say(&mut ada, Spot::article(&wire), Some(Verdict::Error), "an old take");
        let gulls = say(&mut ada, Spot::sentence(&rewrite, 3), Some(Verdict::Error), "");
        assert!(gulls.spot.words.starts_with("Gulls"), "{gulls:?}");
        desk.date();
        desk
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.folder.path().join(name), text).expect("a file");
    }

    fn read(&self, name: &str) -> Article {
        article(&self.folder.path().join(name)).expect("an article")
    }

    fn notes(&self, name: &str) -> Notes {
        let editor = Editor { name: name.to_string(), home: Some(self.folder.path().to_path_buf()), data: None };
        Notes::open(&[self.folder.path().to_path_buf()], &editor)
    }

    /// Gives the marks times that are the same in every run.
    fn date(&self) {
        let path = self.folder.path().join(FILE);
        let text = fs::read_to_string(&path).expect("marks");
        let dated = text.lines().enumerate().map(|(minute, line)| {
            let mut mark: Value = serde_json::from_str(line).expect("a mark");
            mark["at"] = format!("2031-03-07T12:{minute:02}:00.000000Z").into();
            format!("{mark}\n")
        });
        fs::write(&path, dated.collect::<String>()).expect("marks");
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_variorum"));
        command.current_dir(self.folder.path()).env("XDG_DATA_HOME", self.folder.path().join("data")).arg("report").args(args);
        command
    }

    fn report(&self, args: &[&str]) -> String {
        let output = self.command(args).assert().code(0).get_output().clone();
        String::from_utf8(output.stdout).expect("text")
    }

    fn json(&self, args: &[&str]) -> Value {
        serde_json::from_str(&self.report(&[args, &["--format", "json"]].concat())).expect("JSON")
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }
}

fn found(rewrite: &Article, sources: &[Article]) -> Check {
    let sides: Vec<Side> = sources.iter().map(Article::side).collect();
    check(rewrite.side(), &sides, 8)
}

const CHECK: [&str; 3] = ["rewrite.txt", "--source", "wire.txt"];

fn with<'a>(args: &[&'a str], more: &[&'a str]) -> Vec<&'a str> {
    [args, more].concat()
}

// --- Markdown ---------------------------------------------------------------------------------------------------------

#[test]
fn a_check_in_markdown() {
    assert_snapshot!(Desk::checked().report(&with(&CHECK, &["--format", "markdown"])));
}

#[test]
fn a_story_in_markdown() {
    let desk = Desk::new();
    let (left, right) = (desk.read("rewrite.txt"), desk.read("wire.txt"));
    let collation = variorum::collate::collate(left.side(), right.side());
    let flag = collation.rows.iter().flat_map(|row| &row.flags).find(|flag| flag.kind.name() == "number-changed").expect("a flag");
    let edit = collation.rows.iter().flat_map(|row| &row.edits).find(|edit| edit.kind.name() == "date").expect("an edit");
    let mut notes = desk.notes("ada");
    let query = Decision { verdict: Some(Verdict::Query), note: String::from("which?") };
    notes.decide(&Spot::flag(&left, &right, flag), None, query.clone()).expect("saved");
    notes.decide(&Spot::difference(&left, &right, edit), None, query).expect("saved");
    desk.date();
    assert_snapshot!(desk.report(&["rewrite.txt", "wire.txt", "--format", "markdown"]));
}

/// Headings with their level, the number of items, rows and emphases, and all text.
fn structure(text: &str) -> (Vec<String>, [usize; 3], String) {
    let (mut headings, mut counts, mut words, mut is_heading) = (Vec::new(), [0; 3], String::new(), false);
    for event in Parser::new_ext(text, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH) {
        match event {
            Event::Start(Tag::Heading { level, .. }) => {
                headings.push(format!("{level} "));
                is_heading = true;
            }
            Event::End(TagEnd::Heading(_)) => is_heading = false,
            Event::Start(Tag::Item) => counts[0] += 1,
            Event::Start(Tag::TableRow) => counts[1] += 1,
            Event::Start(Tag::Emphasis) => counts[2] += 1,
            Event::Start(Tag::Link { .. } | Tag::Image { .. } | Tag::CodeBlock(_) | Tag::BlockQuote(_) | Tag::HtmlBlock) => {
                panic!("something was taken for Markdown: {text}")
            }
            Event::Html(found) | Event::InlineHtml(found) | Event::Code(found) => panic!("{found} was taken for Markdown"),
            Event::Text(found) => {
                if let Some(heading) = headings.last_mut().filter(|_| is_heading) {
                    heading.push_str(&found);
                }
                words.push_str(&found);
            }
            _ => {}
        }
    }
    (headings, counts, words)
}

#[test]
fn markdown_has_the_structure_that_was_meant_whatever_stands_in_articles() {
    let (headings, [items, rows, emphases], words) = structure(&Desk::checked().report(&with(&CHECK, &["--format", "markdown"])));
    let expected = [
        "h1 Harbour closes",
        "h2 Decided",
        "h2 What an editor must not miss",
        "h2 Marks on whole articles",
        "h2 Marks on other places",
        "h2 The rewrite, sentence by sentence, and where it comes from",
        "h2 What the sources have and the rewrite has not",
        "h2 Figures",
    ];
    assert_eq!(headings, expected);
    assert!(items > 12 && rows == 2 && emphases >= 5, "{items} {rows} {emphases}");
    for whole in ["Gulls <b>ate</b> [all] of the *bread* & 3 fish.", "ask the board | *now*", "who told us? <script>alert(1)</script>"] {
        assert!(words.contains(whole), "{whole}: {words}");
    }
    let desk = Desk::new();
    let nasty = "- a\n\n# not a heading\n\n1. not an item\n\n> no quotation\n\n    no code\n\n```\nno code\n```\n\n![no](picture) <http://no.where> \
                 http://no.where `no` ~~no~~ **no** \\*no\\* a_b_c\n\n| no | table |\n|---|---|\n| x | y |\n\nno heading\n===\n\n+ a\n";
    desk.write("rewrite.txt", nasty);
    let (headings, ..) = structure(&desk.report(&with(&CHECK, &["--format", "markdown"])));
    assert!(headings.iter().skip(1).all(|heading| expected.contains(&heading.as_str())), "{headings:?}");
}

// --- HTML -------------------------------------------------------------------------------------------------------------

/// Whether a page stands for itself and its links lead somewhere.
pub(crate) fn stands_for_itself(page: &str) {
    assert!(page.starts_with("<!DOCTYPE html>") && !page.contains("<script") && !page.contains("<b>ate") && !page.contains("http://"));
    let ids: Vec<&str> = page.match_indices(" id=\"").map(|(at, _)| page[at + 5..].split('"').next().unwrap_or("")).collect();
    for (at, _) in page.match_indices("href=\"#") {
        let target = page[at + 7..].split('"').next().unwrap_or("");
        assert!(ids.contains(&target), "{target}");
    }
    let mut unique = ids.clone();
    unique.sort_unstable();
    unique.dedup();
    assert_eq!(unique.len(), ids.len());
}

/// The text of a page, without its head.
fn words(page: &str) -> String {
    let body = page.split_once("<body>").map_or(page, |(_, body)| body);
    let outside = body.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text));
    outside.collect::<Vec<_>>().join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn the_page_of_a_check_has_its_marks() {
    let desk = Desk::checked();
    let page = desk.report(&CHECK);
    stands_for_itself(&page);
    let words = words(&page);
    for told in [
        "Findings 3 accepted 1 queries 1 errors 0 undecided 1 Marks on something else 3",
        "query ada , 2031-03-07 12:00 UTC ask the board | *now*",
        "accept bela , 2031-03-07 12:01 UTC",
        "undecided",
        "Marks on whole articles A error ada , 2031-03-07 12:03 UTC an old take",
        "note bela , 2031-03-07 12:02 UTC who told us? &lt;script&gt;alert(1)&lt;/script&gt;",
    ] {
        assert!(words.contains(told), "{told}: {words}");
    }
    for more in [&["--open-only"][..], &["--by", "bela"], &["--by", "nobody"], &["--no-marks"]] {
        stands_for_itself(&desk.report(&with(&CHECK, more)));
    }
}

#[test]
fn the_page_of_a_story_has_its_versions_likeness_lineage_and_variants() {
    let desk = Desk::new();
    let page = desk.report(&["rewrite.txt", "wire.txt"]);
    stands_for_itself(&page);
    let words = words(&page);
    for told in
        ["Versions", "Decided Flags 2 accepted 0", "How much of each version the others have", "Who probably took from whom", "undecided"]
    {
        assert!(words.contains(told), "{told}: {words}");
    }
}

// --- JSON and what is wanted ------------------------------------------------------------------------------------------

#[test]
fn json_has_what_the_readme_names() {
    let desk = Desk::checked();
    let told = desk.json(&CHECK);
    assert_eq!(
        (&told["schema"], &told["kind"], &told["check"]["schema"]),
        (&"variorum/report/1".into(), &"check".into(), &"variorum/check/1".into())
    );
    let counts = serde_json::json!({"all": 3, "accepted": 1, "queries": 1, "errors": 0, "undecided": 1, "others": 3});
    assert_eq!(told["counts"], counts);
    let marks = told["marks"].as_array().expect("a list");
    assert_eq!(marks.len(), 5);
    for mark in marks {
        assert_eq!(mark["mark"]["variorum"], "mark/1");
        match mark["about"]["finding"].as_u64() {
            Some(finding) => {
                assert_eq!(told["check"]["findings"][usize::try_from(finding).expect("a number")]["kind"], mark["mark"]["kind"]);
            }
            None => assert!(mark["about"].is_null() && mark["place"]["start"].is_u64() && mark["article"].is_string()),
        }
    }
    let story = desk.json(&["rewrite.txt", "wire.txt"]);
    assert_eq!(
        (&story["kind"], &story["variants"]["schema"], &story["lineage"]["schema"]),
        (&"story".into(), &"variorum/variants/1".into(), &"variorum/lineage/1".into())
    );
    assert_eq!(story["containment"][0][0], 1.0);
}

#[test]
fn only_wanted_marks_are_told() {
    let desk = Desk::checked();
    let table: &[(&[&str], usize)] = &[
        (&[], 5),
        (&["--open-only"], 4),
        (&["--by", "bela"], 2),
        (&["--by", "bela", "--open-only"], 1),
        (&["--by", "nobody"], 0),
        (&["--no-marks"], 0),
    ];
    for (more, marks) in table {
        let told = desk.json(&with(&CHECK, more));
        assert_eq!((told["marks"].as_array().map(Vec::len), &told["counts"]["all"]), (Some(*marks), &3.into()), "{more:?}");
    }
    let open = desk.report(&with(&CHECK, &["--open-only", "--format", "markdown"]));
    assert!(open.contains("number changed") && !open.contains("**date changed**") && !open.contains("undecided*"), "{open}");
}

#[test]
fn marks_are_found_from_anywhere_and_in_a_file_that_is_named() {
    let desk = Desk::checked();
    let marks = |args: &[&str]| desk.json(args)["marks"].as_array().map(Vec::len);
    fs::rename(desk.path(FILE), desk.path("other.jsonl")).expect("moved");
    assert_eq!((marks(&CHECK), marks(&with(&CHECK, &["--marks", "other.jsonl"]))), (Some(0), Some(5)));
    let told = desk.command(&with(&CHECK, &["--marks", "missing.jsonl"])).assert().code(2).stdout("").get_output().clone();
    assert_eq!(String::from_utf8_lossy(&told.stderr), "variorum: missing.jsonl: there is no such file of marks\n");
    fs::write(desk.path("other.jsonl"), "no mark\n").expect("a file");
    let told = desk.command(&with(&CHECK, &["--marks", "other.jsonl"])).assert().code(0).get_output().clone();
    assert_eq!(String::from_utf8_lossy(&told.stderr), "variorum: other.jsonl: line 1 is no mark and was passed over\n");
}

#[test]
fn marks_of_a_changed_rewrite_are_found_again_or_listed_with_their_words() {
    let desk = Desk::checked();
    desk.write("rewrite.txt", &format!("Rain\n\n{}", REWRITE.replace("Gulls", "Rats").replace("ate", "stole")));
    let told = desk.json(&CHECK);
    assert_eq!((&told["counts"]["queries"], &told["counts"]["accepted"]), (&1.into(), &1.into()), "{told:#}");
    let gone =
        told["marks"].as_array().expect("a list").iter().find(|mark| mark["about"].is_null() && mark["place"].is_null()).expect("one");
    assert!(gone["mark"]["words"].as_str().is_some_and(|words| words.starts_with("Gulls")));
    assert!(desk.report(&CHECK).contains("Marks whose words are no longer there"));
}

// --- Files ------------------------------------------------------------------------------------------------------------

#[test]
fn a_file_is_never_written_over_unless_it_is_said_so() {
    let desk = Desk::checked();
    for (name, begins) in [("r.html", "<!DOCTYPE html>"), ("r.md", "# Harbour closes"), ("r.json", "{\"check\""), ("r", "<!DOCTYPE html>")]
    {
        let args = with(&CHECK, &["--output", name]);
        assert_eq!(desk.report(&args), "");
        let written = fs::read_to_string(desk.path(name)).expect("a report");
        assert!(written.starts_with(begins) && written.ends_with('\n'), "{written}");
        fs::write(desk.path(name), "mine").expect("a file");
        let told = desk.command(&args).assert().code(2).stdout("").get_output().clone();
        let sentence = format!("variorum: {name}: it is there already and was not overwritten (--force overwrites it)\n");
        assert_eq!(String::from_utf8_lossy(&told.stderr), sentence);
        assert_eq!(fs::read_to_string(desk.path(name)).expect("a file"), "mine");
        desk.report(&with(&args, &["--force"]));
        assert_eq!(fs::read_to_string(desk.path(name)).expect("a report"), written);
        assert!(!desk.path(&format!("{name}.part")).exists());
    }
    let told = desk.command(&with(&CHECK, &["--output", "nowhere/r.md"])).assert().code(2).get_output().clone();
    let told = String::from_utf8_lossy(&told.stderr).into_owned();
    assert!(told.starts_with("variorum: nowhere/r.md: the report was not written: ") && told.lines().count() == 1, "{told}");
}

#[test]
fn trouble_is_one_sentence() {
    let desk = Desk::new();
    for args in [&["missing.txt"][..], &["missing.txt", "--source", "wire.txt"], &["rewrite.txt", "wire.txt", "--source", "wire.txt"]] {
        let told = desk.command(args).assert().code(2).stdout("").get_output().clone();
        let told = String::from_utf8_lossy(&told.stderr).into_owned();
        assert!(told.starts_with("variorum: ") && told.lines().count() == 1, "{told}");
    }
    desk.command(&["rewrite.txt", "--force"]).assert().code(2);
}
