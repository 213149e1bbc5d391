//! A corpus that changes on the disk while it is read: the screen follows, and the reader stays where they are.

use crate::browser::Browser;
use crate::pty::Pty;
use std::fs;
use std::path::PathBuf;
use tempfile::TempDir;
use variorum::app::Message;
use variorum::app::changing::Change;
use variorum::app::tree::Item;
use variorum::corpus::notes::{Decision, Editor, Notes, Spot, Verdict};
use variorum::corpus::scan::{Scan, scan};
use variorum::corpus::story::{Sketch, Story, Strength, stories};
use variorum::corpus::{Digest, Entry, Furniture, Place, Skipped, open};

const FERRY: &str = "Ferry stays in port\n\nThe ferry Lady Maren stayed in the port of Skarra on Monday. Captain Orla Dunmore told the \
     Harbour Board that the light on Anvil Reef was out.\n\nNobody was hurt in the storm, and the boats of the coastguard stayed in Skarra.\n";
const FERRY_CUT: &str = "Ferry stays\n\nThe ferry Lady Maren stayed in the port of Skarra on Monday. Captain Orla Dunmore told the \
     Harbour Board that the light on Anvil Reef was out.\n";
const RATE: &str = "Rate stays\n\nThe Bank of Lannock kept its rate where it was, to the surprise of Tarn Street. Governor Ada Ansley \
     wrote to Parliament that prices in Lannock rise more slowly now.\n";
const RATE_CUT: &str = "Bank keeps rate\n\nThe Bank of Lannock kept its rate where it was, to the surprise of Tarn Street. Governor Ada \
     Ansley wrote to Parliament that prices in Lannock rise more slowly now. Exporters had asked for less.\n";

/// A folder of articles, and a browser that has read it.
struct Desk {
    folder: TempDir,
    browser: Browser,
    /// The paths of the articles by their indices, those that are gone among them.
    known: Vec<PathBuf>,
}

impl Desk {
    fn new(files: &[(&str, &str)]) -> Self {
        let folder = TempDir::new().expect("a folder");
        let mut desk = Desk { browser: Browser::new(folder.path(), 120, 36), folder, known: Vec::new() };
        files.iter().for_each(|(name, text)| desk.write(name, text));
        let entries = desk.entries();
        desk.known = entries.iter().map(|entry| entry.path.clone()).collect();
        desk.browser.find(entries.clone());
        desk.browser.read(entries);
        desk
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.folder.path().join(name), text).expect("a file");
    }

    fn remove(&self, name: &str) {
        fs::remove_file(self.folder.path().join(name)).expect("it was there");
    }

    fn entries(&self) -> Vec<Entry> {
        let mut entries = Vec::new();
        scan(&[self.folder.path().to_path_buf()], &Scan::default(), |batch| {
            entries.extend(batch.entries);
            true
        });
        entries
    }

    /// Tells the browser how the folder is now.
    fn follow(&mut self) {
        let mut change = Change::default();
        for entry in self.entries() {
            let number = self.known.iter().position(|path| *path == entry.path).unwrap_or(self.known.len());
            if number == self.known.len() {
                self.known.push(entry.path.clone());
                change.entries.push((number, entry));
            }
            change.order.push(u32::try_from(number).expect("few"));
        }
        let fresh: Vec<usize> = change.entries.iter().map(|(number, _)| *number).collect();
        self.browser.take(Message::Changed(Box::new(change)));
        self.read(&fresh);
    }

    /// Reads some articles.
    fn read(&mut self, numbers: &[usize]) {
        let entry = |number: usize| self.browser.app.listing.entries[number].clone();
        let read = |number: &usize| (*number, open(&entry(*number)).map(|a| Digest::new(&a)).map_err(|error| error.to_string()));
        let results = numbers.iter().map(read).collect();
        self.browser.take(Message::Read(results));
    }

    /// Finds the stories of what is there.
    fn group(&mut self) {
        let listing = &self.browser.app.listing;
        let there = (0..listing.entries.len()).filter(|&article| listing.has(article));
        let sketches = there.filter_map(|article| Some((article, Sketch::new(&open(&listing.entries[article]).ok()?)))).collect();
        let stories: Vec<Story> = stories(sketches, Strength::Versions);
        self.browser.take(Message::Grouped(stories, Furniture::default().into()));
    }

    fn number(&self, name: &str) -> usize {
        self.known.iter().position(|path| path.ends_with(name)).expect("an article")
    }

    /// The lines of the corpus pane: the names of files, and the numbers of versions under headings.
    fn lines(&self) -> Vec<String> {
        let (tree, listing) = (&self.browser.app.tree, &self.browser.app.listing);
        let name = |line: usize| match tree.line(line).map(|line| (line.item, line.count)) {
            Some((Item::Article(article), _)) => listing.file_name(article),
            Some((Item::Alone, count)) => format!("alone {count}"),
            Some((_, count)) => format!("story {count}"),
            None => String::new(),
        };
        (0..tree.len()).map(name).collect()
    }
}

#[test]
fn what_is_new_stands_in_its_place_and_what_is_gone_does_not() {
    let mut desk = Desk::new(&[("b.txt", FERRY), ("d.txt", RATE)]);
    desk.browser.press("o j");
    let held = desk.browser.app.tree.article();
    desk.write("a.txt", "A pier\n\nA pier of stone was built.\n");
    desk.write("c.txt", "A quay\n\nA quay of wood was burnt.\n");
    desk.follow();
    assert_eq!(desk.lines(), ["a.txt", "b.txt", "c.txt", "d.txt"]);
    assert_eq!(desk.browser.app.tree.article(), held);
    assert!(desk.browser.picture().contains("4 articles"), "{}", desk.browser.picture());
    desk.remove("b.txt");
    desk.follow();
    assert_eq!(desk.lines(), ["a.txt", "c.txt", "d.txt"]);
    assert_eq!(desk.browser.app.tree.article(), held);
    // What comes back has its place again.
    desk.write("b.txt", FERRY);
    desk.follow();
    assert_eq!(desk.lines(), ["a.txt", "b.txt", "c.txt", "d.txt"]);
    assert_eq!(desk.browser.app.listing.entries.len(), 4);
}

#[test]
fn an_article_that_is_gone_can_be_read_to_its_end() {
    let mut desk = Desk::new(&[("b.txt", FERRY), ("d.txt", RATE)]);
    desk.browser.press("o g g Tab");
    let shown = desk.browser.app.reader.shown.expect("an article");
    desk.remove(desk.known[shown].file_name().and_then(|name| name.to_str()).expect("a name"));
    desk.follow();
    let picture = desk.browser.picture();
    assert!(picture.contains("gone from the disk, and shown as it was") && picture.contains("Harbour Board"), "{picture}");
    assert_eq!(desk.browser.app.reader.shown, Some(shown));
}

#[test]
fn an_article_that_is_changed_is_read_again_and_the_reader_stays_in_it() {
    let long = |line: &str| (0..60).map(|n| format!("Line {n} of the log tells {line}.\n\n")).collect::<String>();
    let mut desk = Desk::new(&[("log.txt", &format!("The log\n\n{}", long("of fog"))), ("z.txt", RATE)]);
    desk.browser.press("o g g Tab");
    desk.browser.press(&"j ".repeat(40));
    let (before, line) = (desk.browser.picture(), desk.browser.app.reader.scroll.cursor);
    assert!(before.contains("tells of fog"), "{before}");
    desk.write("log.txt", &format!("The log\n\n{}", long("of sun")));
    desk.read(&[desk.number("log.txt")]);
    let after = desk.browser.picture();
    assert!(after.contains("tells of sun") && !after.contains("tells of fog"), "{after}");
    assert!(after.contains("changed on the disk"), "{after}");
    assert_eq!(desk.browser.app.reader.scroll.cursor, line);
}

#[test]
fn versions_that_are_compared_are_compared_again_when_one_is_changed() {
    let mut desk = Desk::new(&[("a.txt", FERRY), ("b.txt", FERRY_CUT)]);
    desk.group();
    assert!(desk.browser.app.parallel.pair.is_some());
    desk.write("b.txt", &FERRY_CUT.replace("on Monday", "on Tuesday"));
    desk.read(&[desk.number("b.txt")]);
    let pair = desk.browser.app.parallel.pair.as_ref().expect("a comparison");
    assert!(pair.articles.iter().any(|article| article.text.contains("on Tuesday")));
    assert_eq!(desk.browser.app.gathered.as_ref().map(|versions| versions.articles[1].text.contains("Tuesday")), Some(true));
}

#[test]
fn other_stories_leave_the_reader_where_they_are() {
    let mut desk = Desk::new(&[("a.txt", FERRY), ("b.txt", FERRY_CUT), ("m.txt", RATE), ("n.txt", RATE_CUT)]);
    desk.group();
    assert_eq!(desk.lines(), ["story 2", "a.txt", "b.txt", "story 2", "m.txt", "n.txt"]);
    // The first story is folded, and the cursor is on the heading of the second.
    desk.browser.press("g g h");
    assert_eq!(desk.lines(), ["story 2", "story 2", "m.txt", "n.txt"]);
    desk.browser.press("j");
    // The second story is the larger one now, and comes first; an article that was in none stands alone.
    desk.write("o.txt", &RATE_CUT.replace("for less", "for more"));
    desk.write("p.txt", "A pier\n\nA pier of stone was built.\n");
    desk.follow();
    desk.group();
    assert_eq!(desk.lines(), ["story 3", "m.txt", "n.txt", "o.txt", "story 2", "alone 1", "p.txt"]);
    assert_eq!(desk.browser.app.tree.item(), Some(Item::Story(0)));
    // In a version: the cursor stays on it, and what is compared stays compared.
    desk.browser.press("j j");
    let (held, pair) = (desk.browser.app.tree.article(), desk.browser.app.wanted);
    assert!(held.is_some() && pair.is_some());
    desk.remove("p.txt");
    desk.follow();
    desk.group();
    assert_eq!((desk.browser.app.tree.article(), desk.browser.app.wanted), (held, pair));
    assert_eq!(desk.lines(), ["story 3", "m.txt", "n.txt", "o.txt", "story 2"]);
}

#[test]
fn what_could_not_be_read_is_told_as_long_as_it_is_there() {
    let mut desk = Desk::new(&[("a.txt", FERRY)]);
    desk.write("empty.txt", " \n");
    desk.follow();
    let told = |desk: &Desk| desk.browser.app.listing.skipped.iter().map(|skipped| skipped.why.clone()).collect::<Vec<_>>();
    assert_eq!(told(&desk), ["it has no text"]);
    let passed = Skipped { path: PathBuf::from("x.pdf"), why: String::from("variorum reads no .pdf files") };
    desk.browser.take(Message::Changed(Box::new(Change { entries: Vec::new(), order: vec![0, 1], skipped: vec![passed.clone()] })));
    assert_eq!(told(&desk), [passed.why.as_str(), "it has no text"]);
    desk.write("empty.txt", RATE);
    desk.read(&[1]);
    assert_eq!(told(&desk), [passed.why.as_str()]);
    desk.write("empty.txt", " \n");
    desk.read(&[1]);
    assert_eq!(told(&desk), [passed.why.as_str(), "it has no text"]);
    desk.remove("empty.txt");
    desk.follow();
    assert_eq!(told(&desk), [""; 0]);
}

#[test]
fn files_that_come_and_go_on_the_disk_come_and_go_on_the_screen() {
    let folder = TempDir::new().expect("a folder");
    let file = |name: &str| folder.path().join(name);
    fs::write(file("ferry.txt"), FERRY).expect("a file");
    let pty = Pty::variorum([folder.path()]);
    pty.wait_for("1 article · 0 stories");
    fs::write(file("ferry-cut.txt"), FERRY_CUT).expect("a file");
    pty.wait_for("2 articles · 1 story");
    fs::create_dir(file("more")).expect("a folder");
    fs::write(file("more/rate.txt"), RATE).expect("a file");
    pty.wait_for("3 articles · 1 story");
    fs::write(file("ferry.txt"), FERRY.replace("on Monday", "on Tuesday")).expect("a file");
    pty.wait_for("on Tuesday");
    fs::remove_file(file("ferry-cut.txt")).expect("it was there");
    pty.wait_for("2 articles · 0 stories");
}

#[test]
fn marks_that_others_make_are_seen_as_they_are_made() {
    let folder = TempDir::new().expect("a folder");
    let file = folder.path().join("ferry.txt");
    fs::write(&file, FERRY).expect("a file");
    let pty = Pty::variorum([folder.path()]);
    pty.wait_for("1 article · 0 stories");
    let article = open(&Entry { place: Place::File, path: file }).expect("an article");
    let editor = Editor { name: String::from("bela"), home: None, data: None };
    let mut notes = Notes::open(&[folder.path().to_path_buf()], &editor);
    let decision = Decision { verdict: Some(Verdict::Query), note: String::new() };
    notes.decide(&Spot::article(&article), None, decision).expect("saved");
    pty.wait_for("1 open");
}
