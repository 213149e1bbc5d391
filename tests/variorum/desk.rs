//! The editor's desk: the check view, marks and notes by key, and the report at the end.

use crate::browser::Browser;
use crate::pty::{self, Pty};
use insta::assert_snapshot;
use std::fs;
use std::path::Path;
use tempfile::TempDir;
use variorum::app::check::Item;
use variorum::app::layout::Pane;
use variorum::corpus::notes::{Editor, Mark, Notes, On, Verdict};

/// An editor with a folder of their own.
fn editor(folder: &Path) -> Editor {
    Editor { name: String::from("ada"), home: None, data: Some(folder.to_path_buf()) }
}

/// The demo corpus with marks in a folder.
fn desk(folder: &TempDir, width: u16, height: u16) -> Browser {
    Browser::demo(width, height).keep(Notes::demo(&editor(folder.path())))
}

/// The marks that are on the disk.
fn saved(folder: &TempDir) -> Vec<Mark> {
    Notes::demo(&editor(folder.path())).marks().all().into_iter().cloned().collect()
}

/// The rewrite with the slips, held against all other versions of its story.
const CHECK: &str = "j j j j j c";

// --- The check view -------------------------------------------------------------------------------------------------

#[test]
fn a_rewrite_beside_its_sources() {
    assert_snapshot!(Browser::demo(120, 36).press(CHECK).press("j j").picture());
}

#[test]
fn a_rewrite_beside_its_sources_in_a_wide_terminal() {
    assert_snapshot!(Browser::demo(200, 50).press(CHECK).picture());
}

#[test]
fn a_rewrite_beside_its_sources_in_a_small_terminal() {
    assert_snapshot!(Browser::demo(60, 20).press(CHECK).press("j").picture());
}

/// The sentences of the rewrite that list and text are at.
fn places(browser: &Browser) -> (Option<usize>, Option<usize>) {
    let checked = browser.app.checked.as_ref().expect("a check");
    (browser.app.check.item().and_then(|item| checked.sentence(item)), browser.app.check.sentence())
}

#[test]
fn the_list_and_the_text_go_together() {
    let mut browser = Browser::demo(120, 36);
    browser.press(CHECK);
    let found = browser.app.checked.as_ref().expect("a check").check.findings.len();
    for _ in 0..found {
        let (item, text) = places(&browser);
        assert!(item.is_some() && item == text, "{}", browser.picture());
        browser.press("]");
    }
    assert!(matches!(browser.app.check.item(), Some(Item::Dropped(_))));
    browser.press("g Tab");
    assert!(browser.app.check.in_text);
    for _ in 0..60 {
        browser.press("j");
        let (item, text) = places(&browser);
        let checked = browser.app.checked.as_ref().expect("a check");
        let finds = text.is_some_and(|sentence| !checked.check.sentences[sentence].findings.is_empty());
        assert!(!finds || item == text, "{}", browser.picture());
    }
}

#[test]
fn a_finding_leads_to_its_words_in_the_difference() {
    let mut browser = Browser::demo(160, 40);
    browser.press(CHECK).press("j j Enter");
    let checked = browser.app.checked.clone().expect("a check");
    let finding = &checked.check.findings[2];
    let (source, _) = finding.source.clone().expect("a source");
    assert_eq!(browser.app.focus, Pane::Difference);
    assert_eq!(browser.app.wanted, Some([checked.asked.sources[source], checked.asked.rewrite]));
    let row = browser.app.parallel.row().expect("a row");
    assert!(row.right.contains(&finding.sentence), "{}", browser.picture());
    browser.press("c");
    assert_eq!((browser.app.focus, browser.app.check.item()), (Pane::Check, Some(Item::Finding(2))));
}

#[test]
fn what_was_left_out_leads_to_the_source() {
    let mut browser = Browser::demo(160, 40);
    browser.press(CHECK).press("G Enter");
    let row = browser.app.parallel.row().expect("a row");
    assert!(browser.app.focus == Pane::Difference && !row.left.is_empty(), "{}", browser.picture());
}

#[test]
fn the_marked_article_is_the_one_source() {
    let mut browser = Browser::demo(120, 36);
    browser.press("Space j j j j j c");
    let checked = browser.app.checked.as_ref().expect("a check");
    assert_eq!(checked.asked.sources, [browser.app.marked.expect("a mark")]);
    browser.press("}");
    let turned = browser.app.checked.as_ref().expect("a check");
    assert_eq!(turned.asked.sources.len(), 5);
    browser.press("Esc");
    assert_eq!(browser.app.focus, Pane::Corpus);
}

#[test]
fn an_article_that_stands_alone_has_nothing_to_be_held_against() {
    let mut browser = Browser::demo(120, 36);
    browser.press("G c");
    assert_eq!(browser.app.focus, Pane::Corpus);
    assert!(browser.app.notice.as_ref().is_some_and(|told| told.contains("needs a source")), "{:?}", browser.app.notice);
}

// --- Marks ----------------------------------------------------------------------------------------------------------

#[test]
fn every_finding_is_decided_by_one_key() {
    let folder = TempDir::new().expect("a folder");
    let mut browser = desk(&folder, 120, 36);
    browser.press(CHECK).press("Q a E");
    let verdicts: Vec<_> = (0..3).map(|at| browser.app.marks.item(at).and_then(|mark| mark.decision.verdict)).collect();
    assert_eq!(verdicts, [Some(Verdict::Query), Some(Verdict::Accept), Some(Verdict::Error)]);
    assert_eq!(browser.app.check.item(), Some(Item::Finding(3)), "each decision goes on to the next finding");
    assert_eq!(saved(&folder).len(), 3);
    assert!(browser.picture().contains("1 accepted, 1 queried, 1 wrong"), "{}", browser.picture());
    browser.press("u u");
    assert_eq!(saved(&folder).len(), 1);
    browser.press("C-r");
    let again: Vec<_> = saved(&folder).iter().filter_map(|mark| mark.decision.verdict).collect();
    assert!(again.len() == 2 && again.contains(&Verdict::Accept), "{again:?}");
}

#[test]
fn the_same_verdict_again_takes_it_back() {
    let folder = TempDir::new().expect("a folder");
    let mut browser = desk(&folder, 120, 36);
    browser.press(CHECK).press("Q k Q");
    assert_eq!(saved(&folder), []);
    assert!(browser.app.marks.item(0).is_none());
}

#[test]
fn articles_sentences_differences_and_flags_are_marked_where_they_are_shown() {
    for (keys, on) in [
        ("a", On::Article),
        ("Enter Enter j j j j j j Q", On::Sentence),
        ("Enter ] ] ] E", On::Difference),
        ("Enter } } } } ! E", On::Flag),
        ("s j j a", On::Article),
    ] {
        let folder = TempDir::new().expect("a folder");
        let mut browser = desk(&folder, 120, 36);
        browser.press(keys);
        let marks = saved(&folder);
        assert_eq!(marks.iter().map(|mark| mark.spot.on).collect::<Vec<_>>(), [on], "{keys}\n{}", browser.picture());
        assert!(browser.app.notice.as_ref().is_some_and(|told| told.starts_with("saved: ")), "{keys}");
    }
}

#[test]
fn marks_stand_in_the_text_the_ruler_and_the_tree() {
    let folder = TempDir::new().expect("a folder");
    let mut browser = desk(&folder, 200, 50);
    browser.press("j j j j j Enter ! Q m o d d Enter");
    assert_snapshot!(browser.picture());
}

#[test]
fn a_note_that_cannot_be_saved_stands_there_to_be_tried_again() {
    let folder = TempDir::new().expect("a folder");
    // A file where the folder for the marks would be.
    let data = folder.path().join("data");
    fs::write(&data, "").expect("a file");
    let mut browser = Browser::demo(120, 36).keep(Notes::demo(&editor(&data)));
    browser.press(CHECK).press("m w h o ? Enter");
    assert!(browser.picture().contains("who?"), "{}", browser.picture());
    assert!(browser.app.notice.as_ref().is_some_and(|why| why.contains("not saved")), "{:?}", browser.app.notice);
    assert!(browser.app.marks.item(0).is_none());
    fs::remove_file(&data).expect("it was there");
    browser.press("Enter");
    assert_eq!(browser.app.marks.item(0).map(|mark| mark.decision.note.clone()), Some(String::from("who?")), "{:?}", browser.app.notice);
}

#[test]
fn the_list_of_marks_is_sifted_and_leads_to_their_places() {
    let folder = TempDir::new().expect("a folder");
    let mut browser = desk(&folder, 120, 36);
    browser.press(CHECK).press("Q a E Esc");
    let count = |browser: &mut Browser, keys: &str| {
        browser.press(keys);
        let picture = browser.picture();
        let title = picture.lines().find(|line| line.contains("Tab which")).expect("the list").to_string();
        title.split_whitespace().find_map(|word| word.parse::<usize>().ok()).expect("a count")
    };
    let counts = ["M", "Tab", "Tab", "Tab", "Tab", "b"].map(|keys| count(&mut browser, keys));
    assert_eq!(counts, [2, 1, 1, 1, 3, 3]);
    browser.press("Enter");
    assert_eq!(browser.app.focus, Pane::Difference, "{}", browser.picture());
    let pair = browser.app.parallel.pair.as_ref().expect("a pair");
    let row = browser.app.parallel.row().expect("a row");
    let marked: Vec<usize> = saved(&folder).iter().map(|mark| pair.articles[1].parsed.sentence_at(mark.spot.span.start)).collect();
    assert!(row.right.clone().any(|sentence| marked.contains(&sentence)), "{}", browser.picture());
}

// --- Reports --------------------------------------------------------------------------------------------------------

#[test]
fn a_report_is_saved_within_fifteen_keys_and_nothing_is_overwritten_unasked() {
    let home = TempDir::new().expect("a folder");
    let folder = home.path().join("desk");
    fs::create_dir(&folder).expect("a folder");
    let mut program = pty::variorum(["demo"]);
    program.cwd(&folder);
    program.env("XDG_DATA_HOME", home.path().join("data"));
    let mut pty = Pty::open(program, 120, 36);
    pty.wait_for("7 stories");
    for _ in 0..5 {
        pty.send("j");
    }
    pty.wait_for("F Sundial Times");
    pty.send("c");
    pty.wait_for("What was found");
    pty.send("Q");
    pty.wait_for("saved: query");
    pty.send("a");
    pty.wait_for("saved: accept");
    pty.send("R");
    pty.wait_for("report to");
    pty.send("\r");
    pty.wait_for("the report is in");
    let report = folder.join("ironclad-check.html");
    let page = fs::read_to_string(&report).expect("a report");
    for told in ["<!DOCTYPE html>", "query", "accept", "polarity"] {
        assert!(page.contains(told), "{told}");
    }
    fs::write(&report, "mine").expect("a file");
    pty.send("R");
    pty.wait_for("report to");
    pty.send("\r");
    pty.wait_for("overwrite it?");
    pty.send("n\r");
    pty.wait_for("stays as it is");
    assert_eq!(fs::read_to_string(&report).expect("a file"), "mine");
    pty.send("R");
    pty.wait_for("report to");
    pty.send("\r");
    pty.wait_for("overwrite it?");
    pty.send("y\r");
    pty.wait_for("the report is in");
    assert!(fs::read_to_string(&report).expect("a report").contains("<!DOCTYPE html>"));
    pty.send("q");
    assert_eq!(pty.wait_exit(), 0);
}
