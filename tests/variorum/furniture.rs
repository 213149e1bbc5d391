//! What recurs in a corpus reaches the panes when the stories do, and the reader stays in place.

use crate::browser::Browser;
use assert_cmd::Command;
use std::fs;
use tempfile::TempDir;
use variorum::corpus::{Entry, Place};
use variorum::text::BlockKind;

const FOOTER: &str = "The Gazette is printed on the lake and delivered by boat to every pier before breakfast.";
const STORIES: [[&str; 3]; 3] = [
    [
        "Ferry runs aground off Skarra",
        "The ferry Lady Maren ran aground off Skarra on Monday with eighty people on board.",
        "Captain Orla Dunmore told the Harbour Board that the light on Anvil Reef was out.",
    ],
    [
        "Bank keeps its rate",
        "The Bank of Lannock kept its rate where it was, to the surprise of Tarn Street.",
        "Governor Ada Ansley wrote to Parliament that prices in Lannock rise more slowly now.",
    ],
    [
        "Dam may stand",
        "The Appeals Court in Lessick let the dam at Tamsel Bridge stand against the village.",
        "Judge Rafe Lorrimer wrote that the United Cantons had heard everybody who asked.",
    ],
];

#[test]
fn a_footer_turns_into_furniture_when_the_corpus_is_read() {
    let folder = TempDir::new().expect("a folder");
    let entries: Vec<Entry> = (0..STORIES.len())
        .map(|number| {
            let path = folder.path().join(format!("{number}.txt"));
            fs::write(&path, format!("{}\n\n{FOOTER}\n", STORIES[number].join("\n\n"))).expect("an article");
            Entry { place: Place::File, path }
        })
        .collect();
    let mut browser = Browser::new(folder.path(), 200, 40);
    let last = |browser: &Browser| browser.app.reader.article.as_ref().expect("an article").parsed.blocks[3].kind;
    browser.find(entries.clone());
    assert_eq!(last(&browser), BlockKind::Paragraph);
    browser.press("Tab j j");
    let here = browser.app.reader.scroll.cursor;
    browser.read(entries);
    assert_eq!((last(&browser), browser.app.reader.scroll.cursor), (BlockKind::Boilerplate, here));
    assert!(!browser.app.reader.article.as_ref().expect("an article").parsed.counts(3));
    browser.press("b");
    assert!(browser.app.reader.article.as_ref().expect("an article").parsed.counts(3));
}

#[test]
fn the_command_line_counts_furniture_when_it_is_asked_to() {
    let folder = TempDir::new().expect("a folder");
    let paths = ["Sign up for our evening newsletter", "We use cookies on this page."].map(|debris| {
        let path = folder.path().join(format!("{}.txt", debris.len()));
        fs::write(&path, format!("{}\n\n{debris}\n", STORIES[0].join("\n\n"))).expect("an article");
        path
    });
    let printed = |flags: &[&str]| {
        let output = Command::cargo_bin("variorum").expect("the program").arg("diff").args(&paths).args(flags).output().expect("an answer");
        String::from_utf8(output.stdout).expect("text")
    };
    let (without, with) = (printed(&[]), printed(&["--furniture"]));
    assert!(without.contains("same 100%") && !without.contains("with page furniture"), "{without}");
    assert!(!with.contains("same 100%") && with.contains("with page furniture"), "{with}");
}
