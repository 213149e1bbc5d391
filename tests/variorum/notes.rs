//! Marks of editors on the disk: what is saved is there again, whatever happens to the program, the file and the articles.

use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, OpenOptions};
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;
use variorum::collate::check::check;
use variorum::collate::collate;
use variorum::corpus::notes::{Decision, Editor, FILE, Marks, Notes, NotesError, On, Spot, Standing, Verdict, hash, standing};
use variorum::corpus::scan::{Scan, scan};
use variorum::corpus::{self, Article, Entry, Place, ReadError, demo};

const PIER: &str = "Pier closes\n\nThe pier of Lessick is closed for 14 days.\n\nThe ferry to Skarra left 14 hours late.\n";

/// A folder with a corpus in it, and beside that one for the editor's own files.
struct Desk {
    folder: TempDir,
}

impl Desk {
    fn new() -> Self {
        let folder = TempDir::new().expect("a folder");
        fs::create_dir(folder.path().join("corpus")).expect("a folder");
        let desk = Desk { folder };
        desk.write("pier.txt", PIER);
        desk
    }

    fn corpus(&self) -> PathBuf {
        self.folder.path().join("corpus")
    }

    fn file(&self) -> PathBuf {
        self.corpus().join(FILE)
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    fn write(&self, name: &str, text: &str) -> Article {
        let path = self.corpus().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(&path, text).expect("a file");
        article(&path).expect("an article")
    }

    fn pier(&self) -> Article {
        article(&self.corpus().join("pier.txt")).expect("an article")
    }

    fn editor(&self, name: &str) -> Editor {
        Editor { name: name.to_string(), home: Some(self.folder.path().to_path_buf()), data: Some(self.data()) }
    }

    fn open(&self, name: &str) -> Notes {
        Notes::open(&[self.corpus()], &self.editor(name))
    }

    /// The lines of the file of marks.
    fn lines(&self) -> Vec<String> {
        fs::read_to_string(self.file()).expect("a file").lines().map(str::to_string).collect()
    }

    /// The data file of this corpus, and there is one.
    fn own(&self) -> PathBuf {
        let files: Vec<_> = fs::read_dir(self.data().join("variorum/marks")).expect("a folder").flatten().collect();
        let [file] = &files[..] else { panic!("{files:?}") };
        file.path()
    }
}

/// The article of a file.
pub(crate) fn article(path: &Path) -> Result<Article, ReadError> {
    corpus::open(&Entry { place: Place::File, path: path.to_path_buf() })
}

fn decision(verdict: impl Into<Option<Verdict>>, note: &str) -> Decision {
    Decision { verdict: verdict.into(), note: note.to_string() }
}

/// What is said of the places of an article, in their order.
fn said(notes: &Notes, id: &str) -> Vec<Decision> {
    notes.marks().of(id).iter().map(|mark| mark.decision.clone()).collect()
}

fn id(article: &Article) -> &str {
    &article.id
}

// --- Saving -----------------------------------------------------------------------------------------------------------

#[test]
fn nothing_is_made_before_the_first_mark_and_then_it_is_there_again() {
    let desk = Desk::new();
    let pier = desk.pier();
    let mut notes = desk.open("ada");
    assert!(!desk.file().exists() && !desk.data().exists());
    let mark = notes.decide(&Spot::sentence(&pier, 1), None, decision(Verdict::Query, "ask the port")).expect("saved");
    assert_eq!((mark.by.as_str(), mark.spot.article.id.as_str()), ("ada", "pier.txt"));
    assert_eq!((mark.spot.on, mark.spot.words.as_str()), (On::Sentence, "The pier of Lessick is closed for 14 days."));
    assert!(desk.lines()[0].contains(r#""article":{"id":"pier.txt","#) && !desk.data().exists());
    let again = desk.open("bela");
    assert_eq!(again.marks(), notes.marks());
    assert_eq!(again.marks().of(id(&pier)), [&mark]);
    assert_eq!((again.marks().open(id(&pier)), again.told()), (1, Vec::new()));
}

#[test]
fn a_corpus_keeps_its_marks_when_it_is_moved() {
    let desk = Desk::new();
    let dam = desk.write("wire/dam.txt", "The dam of Tamsel holds.\n");
    desk.open("ada").decide(&Spot::article(&dam), None, decision(Verdict::Error, "")).expect("saved");
    let moved = desk.folder.path().join("elsewhere");
    fs::rename(desk.corpus(), &moved).expect("moved");
    let inner = moved.join("wire");
    for (root, id) in [
        (moved.clone(), moved.join("wire/dam.txt")),
        (inner.clone(), inner.join("dam.txt")),
        (inner.join("dam.txt"), inner.join("dam.txt")),
    ] {
        let notes = Notes::open(&[root], &desk.editor("bela"));
        assert_eq!(said(&notes, &id.display().to_string()), [decision(Verdict::Error, "")], "{}", id.display());
    }
}

#[test]
fn two_editors_of_one_place_decide_about_one_place() {
    let desk = Desk::new();
    let spot = Spot::sentence(&desk.pier(), 2);
    let (mut ada, mut bela) = (desk.open("ada"), desk.open("bela"));
    let first = ada.decide(&spot, None, decision(Verdict::Query, "")).expect("saved");
    let second = bela.decide(&spot, None, decision(Verdict::Accept, "the port says so")).expect("saved");
    assert_eq!(first.target, second.target);
    assert!(ada.refresh() && !ada.refresh());
    let marks = ada.marks();
    assert_eq!(marks.history(&first.target), [first.clone(), second.clone()]);
    assert_eq!((marks.in_force(&first.target), marks.open(id(&desk.pier()))), (Some(&second), 0));
    assert_eq!(marks.authors(), BTreeSet::from(["ada", "bela"]));
    let cleared = ada.decide_again(&first.target, Decision::default()).expect("saved");
    assert_eq!((ada.marks().in_force(&first.target), ada.marks().history(&first.target).len()), (None, 3));
    assert!(cleared.at > second.at && second.at > first.at);
}

#[test]
fn the_last_decision_counts_however_wrong_a_clock_was() {
    let desk = Desk::new();
    let spot = Spot::sentence(&desk.pier(), 1);
    desk.open("ada").decide(&spot, None, decision(Verdict::Query, "")).expect("saved");
    let line = desk.lines().remove(0);
    let at = line.find(r#""at":""#).expect("a time") + 6;
    fs::write(desk.file(), format!("{}2999{}\n", &line[..at], &line[at + 4..])).expect("a file");
    let mut notes = desk.open("bela");
    notes.decide(&spot, None, decision(Verdict::Accept, "")).expect("saved");
    assert_eq!(said(&notes, id(&desk.pier())), [decision(Verdict::Accept, "")]);
}

#[test]
fn what_was_taken_back_has_the_author_that_it_had() {
    let desk = Desk::new();
    let spot = Spot::sentence(&desk.pier(), 1);
    let (mut ada, mut bela) = (desk.open("ada"), desk.open("bela"));
    let first = ada.decide(&spot, None, decision(Verdict::Query, "")).expect("saved");
    let second = bela.decide(&spot, None, decision(Verdict::Error, "wrong")).expect("saved");
    let undo = bela.undo().expect("saved").expect("a mark");
    assert_eq!((undo.undoes.as_deref(), &undo.decision), (Some(second.id.as_str()), &first.decision));
    assert_eq!(bela.marks().in_force(&first.target), Some(&first));
    let redo = bela.redo().expect("saved").expect("a mark");
    assert_eq!((redo.undoes.as_deref(), bela.marks().in_force(&first.target)), (Some(undo.id.as_str()), Some(&second)));
    assert!(bela.redo().expect("nothing to do").is_none());
    assert!(matches!(ada.undo(), Err(NotesError::Overtaken)));
    assert!(ada.undo().expect("nothing to do").is_none());
    assert_eq!(desk.open("ada").marks().in_force(&first.target), Some(&second));
}

#[test]
fn a_changed_article_keeps_its_places() {
    let desk = Desk::new();
    let mut notes = desk.open("ada");
    let old = notes.decide(&Spot::sentence(&desk.pier(), 2), None, decision(Verdict::Query, "how late?")).expect("saved");
    let lost = notes.decide(&Spot::sentence(&desk.pier(), 1), None, decision(Verdict::Error, "not so")).expect("saved");
    let pier = desk.write("pier.txt", "Pier opens\n\nGulls were seen.\n\nThe ferry to Skarra left 14 hours late.\n");
    let (marks, now) = (notes.marks(), hash(&pier.text));
    let spot = Spot::sentence(&pier, 2);
    assert_eq!(standing(&old.spot, &pier.text, &now), Standing::Found(spot.span));
    assert_eq!(standing(&lost.spot, &pier.text, &now), Standing::Adrift);
    assert_eq!(marks.at(&spot, &pier.text), Some(&old));
    assert_eq!(marks.of(id(&pier)), [&lost, &old]);
    let target = marks.target(&spot, &pier.text);
    let new = notes.decide(&spot, target.as_deref(), decision(Verdict::Accept, "")).expect("saved");
    assert_eq!((&new.target, &new.spot.article.hash), (&old.target, &now));
    assert_eq!(notes.marks().at(&spot, &pier.text), Some(&new));
}

/// Every flag, difference and finding of the demo corpus is a place of its own, and is found in the same text.
#[test]
fn no_two_places_are_taken_for_one() {
    let articles: Vec<Article> = demo::entries().iter().map(|entry| corpus::open(entry).expect("an article")).collect();
    let story = |name: &str| articles.iter().filter(|article| article.path.file_stem().is_some_and(|stem| stem == name)).cloned().collect();
    let desk = Desk::new();
    for name in ["ironclad", "ruling", "dam"] {
        let versions: Vec<Article> = story(name);
        let (rewrite, sources) = versions.split_last().expect("versions");
        let sides: Vec<_> = sources.iter().map(Article::side).collect();
        let found = check(rewrite.side(), &sides, 8);
        let mut spots: Vec<Spot> = found.findings.iter().map(|finding| Spot::finding(rewrite, sources, finding)).collect();
        for left in sources {
            let rows = collate(left.side(), rewrite.side()).rows;
            spots.extend(rows.iter().flat_map(|row| &row.edits).map(|edit| Spot::difference(left, rewrite, edit)));
        }
        let mut notes = desk.open(name);
        let targets = spots.iter().map(|spot| notes.decide(spot, None, decision(None, "seen")).expect("saved").target);
        let targets: BTreeSet<String> = targets.collect();
        let different: BTreeSet<&Spot> = spots.iter().collect();
        assert_eq!((targets.len(), different.len()), (spots.len(), spots.len()), "{name}");
        for spot in spots.iter().filter(|spot| spot.article.id == rewrite.id) {
            assert_eq!(standing(spot, &rewrite.text, "of another text"), Standing::Found(spot.span), "{}", spot.words);
        }
    }
}

// --- Reading ----------------------------------------------------------------------------------------------------------

/// A file with two marks, and its two lines.
fn two_lines() -> (Desk, [String; 2]) {
    let desk = Desk::new();
    let mut notes = desk.open("ada");
    notes.decide(&Spot::sentence(&desk.pier(), 1), None, decision(Verdict::Query, "one")).expect("saved");
    notes.decide(&Spot::sentence(&desk.pier(), 2), None, decision(Verdict::Error, "two")).expect("saved");
    let [first, second] = &desk.lines()[..] else { panic!("two lines") };
    let lines = [first.clone(), second.clone()];
    (desk, lines)
}

#[test]
fn a_file_is_read_whatever_else_is_in_it() {
    let (desk, [first, second]) = two_lines();
    let whole = desk.open("ada").marks();
    let newer = second.replace("mark/1", "mark/2");
    let (half, long) = (&second[..second.len() / 2], "x".repeat(3 << 20));
    let table = [
        (format!("{second}\n{first}\n"), 2, ""),
        (format!("{first}\n{second}\n{first}\n{second}\n"), 2, ""),
        (format!("{first}\r\n\r\n{second}"), 2, ""),
        (
            format!("{first}\n<<<<<<< ours\n{second}\n=======\n>>>>>>> theirs\n"),
            2,
            "3 lines are no marks and were passed over, the first is line 2",
        ),
        (format!("{first}\n{half}"), 1, "line 2 is no mark and was passed over"),
        (format!("{first}\n{half}\n{second}\n"), 2, "line 2 is no mark and was passed over"),
        (format!("{first}\n{long}\n{second}\n"), 2, "line 2 is no mark and was passed over"),
        (format!("{first}\n{newer}\n"), 1, "marks of a newer variorum are not shown: 1"),
        (format!("{}\n", first.replace(r#""by""#, r#""mood":{"a":[1]},"by""#)), 1, ""),
        (String::new(), 0, ""),
        (String::from("\u{0}\u{1}\n"), 0, "line 1 is no mark and was passed over"),
    ];
    for (text, marks, told) in table {
        fs::write(desk.file(), &text).expect("a file");
        let notes = desk.open("ada");
        let name = desk.file().canonicalize().expect("a path").display().to_string();
        let expected = if told.is_empty() { Vec::new() } else { vec![format!("{name}: {told}")] };
        assert_eq!((notes.marks().all().len(), notes.told()), (marks, expected), "{}", &text[..text.len().min(2000)]);
        assert!(marks < 2 || notes.marks() == whole);
        desk.open("ada").decide(&Spot::article(&desk.pier()), None, decision(Verdict::Accept, "")).expect("saved");
        assert_eq!(desk.open("bela").marks().all().len(), marks + 1);
        assert!(fs::read_to_string(desk.file()).expect("a file").starts_with(&text));
    }
}

#[test]
fn a_line_may_be_torn_at_any_byte() {
    let (desk, [first, second]) = two_lines();
    let spot = Spot::article(&desk.pier());
    for at in 0..second.len() {
        fs::write(desk.file(), [first.as_bytes(), b"\n", &second.as_bytes()[..at]].concat()).expect("a file");
        let mut notes = desk.open("ada");
        assert_eq!((notes.marks().all().len(), notes.told().len()), (1, usize::from(at > 0)), "{at}");
        notes.decide(&spot, None, decision(Verdict::Accept, "")).expect("saved");
        assert_eq!(desk.open("ada").marks().all().len(), 2, "{at}");
        assert!(!notes.refresh() || notes.told().len() == usize::from(at > 0), "{at}");
    }
}

#[test]
fn an_exchanged_file_is_read_anew() {
    let (desk, [first, second]) = two_lines();
    let mut notes = desk.open("ada");
    let other = desk.corpus().join("other");
    fs::write(&other, format!("{second}\n{}\n", first.replace(r#""note":"one""#, r#""note":"1""#))).expect("a file");
    fs::rename(&other, desk.file()).expect("exchanged");
    assert!(notes.refresh());
    assert_eq!(said(&notes, id(&desk.pier())), [decision(Verdict::Query, "1"), decision(Verdict::Error, "two")]);
    fs::write(desk.file(), format!("{first}\n")).expect("cut");
    assert!(notes.refresh());
    assert_eq!(said(&notes, id(&desk.pier())), [decision(Verdict::Query, "one")]);
    fs::remove_file(desk.file()).expect("taken away");
    assert!(notes.refresh() && !notes.refresh());
    assert_eq!(notes.marks().all().len(), 0);
    notes.decide(&Spot::article(&desk.pier()), None, decision(None, "new")).expect("saved");
    assert_eq!(desk.open("ada").marks(), notes.marks());
}

#[test]
fn a_hundred_thousand_marks_are_read() {
    let (desk, [first, _]) = two_lines();
    let mark = desk.open("ada").marks().all()[0].clone();
    let text: String = (0..100_000)
        .map(|n| first.replace(&mark.id, &format!("{n:016x}")).replace(&mark.target, &format!("{:016x}", n / 4)) + "\n")
        .collect();
    fs::write(desk.file(), text).expect("a file");
    let mut notes = desk.open("ada");
    assert_eq!((notes.marks().all().len(), notes.marks().open(id(&desk.pier()))), (25_000, 25_000));
    notes.decide(&Spot::article(&desk.pier()), None, decision(None, "one more")).expect("saved");
    assert_eq!(notes.marks().all().len(), 25_001);
}

// --- Places -----------------------------------------------------------------------------------------------------------

#[test]
fn the_nearest_file_above_wins_but_none_above_home() {
    let desk = Desk::new();
    let deep = desk.write("a/b/deep.txt", "The lock of Carrow was opened.\n");
    let root = desk.corpus().join("a/b");
    let open = || Notes::open(std::slice::from_ref(&root), &desk.editor("ada"));
    let first = |notes: &Notes| notes.paths().next().map(Path::to_path_buf);
    let full = desk.corpus().canonicalize().expect("a path");
    assert_eq!(first(&open()), Some(full.join("a/b").join(FILE)));
    fs::write(desk.file(), "").expect("a file");
    assert_eq!(first(&open()), Some(full.join(FILE)));
    open().decide(&Spot::article(&deep), None, decision(Verdict::Query, "")).expect("saved");
    assert!(desk.lines()[0].contains(r#""id":"a/b/deep.txt""#));
    let editor = Editor { home: Some(desk.corpus().join("a")), ..desk.editor("ada") };
    assert_eq!(first(&Notes::open(std::slice::from_ref(&root), &editor)), Some(full.join("a/b").join(FILE)));
}

#[test]
fn several_roots_have_the_marks_of_the_folder_that_has_them_all() {
    let desk = Desk::new();
    let (wire, rewrite) = (desk.write("wire/w.txt", PIER), desk.write("rewrites/r.txt", PIER));
    let roots = [desk.corpus().join("rewrites/r.txt"), desk.corpus().join("wire")];
    let mut notes = Notes::open(&roots, &desk.editor("ada"));
    for article in [&wire, &rewrite] {
        notes.decide(&Spot::article(article), None, decision(Verdict::Accept, "")).expect("saved");
    }
    let names: Vec<String> = notes.marks().all().iter().map(|mark| mark.spot.article.id.clone()).collect();
    assert_eq!(names, ["rewrites/r.txt", "wire/w.txt"]);
    assert_eq!(desk.open("ada").marks().of(id(&wire)).len(), 1);
}

#[test]
fn what_cannot_stand_beside_the_corpus_goes_to_the_editors_own_folder() {
    let desk = Desk::new();
    let spot = Spot::article(&desk.pier());
    fs::create_dir(desk.file()).expect("a folder in its place");
    let mut notes = desk.open("ada");
    assert_eq!(
        notes.told(),
        [format!("{}: the marks in it cannot be read: it is a folder", notes.paths().next().expect("a path").display())]
    );
    notes.decide(&spot, None, decision(Verdict::Query, "")).expect("saved");
    assert!(desk.own().file_name().is_some_and(|name| name.to_string_lossy().starts_with("corpus-")));
    let inner = Notes::open(&[desk.corpus().join("pier.txt")], &desk.editor("bela"));
    assert_eq!(inner.marks().of(id(&desk.pier())).len(), 1, "found from a file below the folder too");
    fs::remove_dir(desk.file()).expect("gone");
    let private = desk.folder.path().join("private");
    fs::write(&private, "mine\n").expect("a file");
    std::os::unix::fs::symlink(&private, desk.file()).expect("a link");
    desk.open("ada").decide(&spot, None, decision(Verdict::Error, "")).expect("saved");
    assert_eq!(fs::read_to_string(&private).expect("a file"), "mine\n", "no link leads out of the corpus");
    fs::remove_file(desk.file()).expect("gone");
    let mut notes = desk.open("bela");
    notes.decide(&Spot::sentence(&desk.pier(), 1), None, decision(Verdict::Error, "")).expect("saved");
    assert_eq!((desk.lines().len(), desk.open("ada").marks().all().len()), (1, 2));
}

#[test]
fn what_could_not_be_saved_is_told_in_a_sentence_and_can_be_saved_later() {
    let desk = Desk::new();
    let spot = Spot::article(&desk.pier());
    fs::create_dir(desk.file()).expect("a folder in its place");
    fs::write(desk.data(), "no folder").expect("a file in its place");
    let mut notes = desk.open("ada");
    let error = notes.decide(&spot, None, decision(Verdict::Query, "")).expect_err("nowhere to go").to_string();
    assert!(error.contains(FILE) && error.ends_with("the mark was not saved: it is a folder") && error.lines().count() == 1, "{error}");
    assert!(notes.marks().all().is_empty() && notes.undo().expect("nothing to do").is_none());
    fs::remove_file(desk.data()).expect("gone");
    notes.decide(&spot, None, decision(Verdict::Query, "")).expect("saved");
    fs::remove_dir_all(desk.data()).expect("gone");
    fs::write(desk.data(), "no folder").expect("a file in its place");
    assert!(notes.undo().is_err() && notes.redo().expect("nothing to do").is_none());
    fs::remove_file(desk.data()).expect("gone");
    assert!(matches!(notes.undo(), Err(NotesError::Overtaken)), "the file is gone, and the mark with it");
    let long = notes.decide(&spot, None, decision(None, &"long ".repeat(300_000))).expect_err("too long");
    assert!(matches!(long, NotesError::Long));
}

#[test]
fn the_demo_has_its_marks_in_the_editors_own_folder() {
    let desk = Desk::new();
    let demo = variorum::corpus::open(&variorum::corpus::demo::entries()[0]).expect("an article");
    let mut notes = Notes::demo(&desk.editor("ada"));
    notes.decide(&Spot::article(&demo), None, decision(Verdict::Accept, "")).expect("saved");
    assert_eq!((desk.own(), said(&Notes::demo(&desk.editor("bela")), id(&demo)).len()), (desk.data().join("variorum/marks/demo.jsonl"), 1));
    let homeless = Editor { data: None, ..desk.editor("ada") };
    assert!(matches!(Notes::demo(&homeless).decide(&Spot::article(&demo), None, Decision::default()), Err(NotesError::Nowhere)));
}

#[test]
fn a_file_of_marks_can_be_named() {
    let (desk, _) = two_lines();
    let other = desk.folder.path().join("marks.jsonl");
    fs::rename(desk.file(), &other).expect("moved");
    let notes = Notes::at(&other, &[desk.corpus()], &desk.editor("ada"));
    assert_eq!((notes.marks().all().len(), notes.marks().name(id(&desk.pier()))), (2, String::from("corpus/pier.txt")));
}

#[test]
fn a_scan_passes_over_the_marks_and_says_nothing() {
    let (desk, _) = two_lines();
    for hidden in [false, true] {
        scan(&[desk.corpus()], &Scan { hidden, ..Scan::default() }, |batch| {
            assert_eq!((batch.entries.len(), batch.skipped.len()), (1, 0));
            true
        });
    }
}

// --- Nothing is lost --------------------------------------------------------------------------------------------------

#[test]
fn two_at_once_lose_nothing() {
    let desk = Desk::new();
    let (root, pier) = (desk.corpus(), desk.pier());
    std::thread::scope(|scope| {
        for name in ["ada", "bela"] {
            let (root, pier, editor) = (root.clone(), &pier, desk.editor(name));
            scope.spawn(move || {
                let mut notes = Notes::open(&[root], &editor);
                for n in 0..200 {
                    let spot = Spot::sentence(pier, n % 3);
                    notes.decide(&spot, None, decision(Verdict::ALL[n % 3], &format!("{n}"))).expect("saved");
                }
            });
        }
    });
    let marks = desk.open("ada").marks();
    let all: Vec<(String, String)> = (0..3)
        .flat_map(|n| marks.history(&marks.target(&Spot::sentence(&pier, n), &pier.text).expect("a place")).to_vec())
        .map(|mark| (mark.by, mark.decision.note))
        .collect();
    let expected: BTreeSet<(String, String)> =
        ["ada", "bela"].iter().flat_map(|by| (0..200).map(move |n| (by.to_string(), n.to_string()))).collect();
    assert_eq!((all.len(), all.into_iter().collect::<BTreeSet<_>>()), (400, expected));
    assert_eq!(desk.lines().len(), 400);
}

/// Where the tests below are to save marks when they are run by others; anybody else who runs what is ignored is not to be bothered.
const ROOT: &str = "VARIORUM_TEST_MARKS";

/// This binary as a program that saves marks in a corpus and prints the note of each one once it is saved.
fn child(desk: &Desk) -> Command {
    let mut command = Command::new(std::env::current_exe().expect("this binary"));
    command.args(["--ignored", "--exact", "notes::marks_and_prints", "--nocapture"]);
    command.env(ROOT, desk.corpus()).stdout(Stdio::piped()).stderr(Stdio::null());
    command
}

#[test]
#[ignore = "is run and killed by another test"]
fn marks_and_prints() {
    let Some(root) = std::env::var_os(ROOT).map(PathBuf::from) else { return };
    let pier = article(&root.join("pier.txt")).expect("an article");
    let mut notes = Notes::open(&[root], &Editor { name: String::from("child"), ..Editor::default() });
    let begun = notes.marks().all().len();
    println!("ready");
    for n in 0..5_000 {
        let note = format!("{}-{begun}-{n}", std::process::id());
        match notes.decide(&Spot::sentence(&pier, n % 3), None, decision(Verdict::Query, &note)) {
            Ok(_) => println!("saved {note}"),
            Err(error) => {
                println!("failed {error}");
                return;
            }
        }
    }
}

/// The notes of all marks, those that are no longer in force too.
fn notes_of(marks: &Marks, pier: &Article) -> BTreeSet<String> {
    let targets = (0..3).filter_map(|n| marks.target(&Spot::sentence(pier, n), &pier.text));
    targets.flat_map(|target| marks.history(&target).to_vec()).map(|mark| mark.decision.note).collect()
}

#[test]
fn what_was_said_to_be_saved_survives_a_kill_at_any_moment() {
    let desk = Desk::new();
    let pier = desk.pier();
    let mut saved = BTreeSet::new();
    for round in 0..100_u64 {
        let mut child = child(&desk).spawn().expect("a child");
        let mut lines = BufReader::new(child.stdout.take().expect("its output")).lines().map_while(Result::ok);
        assert!(lines.any(|line| line.ends_with("ready")));
        // Moments that differ from round to round, and lie anywhere in the saving of a mark.
        let until = Instant::now() + Duration::from_micros(round * 7_919 % 12_000);
        while Instant::now() < until {
            std::hint::spin_loop();
        }
        child.kill().expect("killed");
        child.wait().expect("ended");
        saved.extend(lines.filter_map(|line| line.strip_prefix("saved ").map(str::to_string)));
        let mut notes = desk.open("ada");
        assert!(saved.is_subset(&notes_of(&notes.marks(), &pier)), "round {round}");
        let note = format!("after {round}");
        notes.decide(&Spot::sentence(&pier, 0), None, decision(None, &note)).expect("saved");
        saved.insert(note);
    }
    assert!(saved.len() > 200, "{} marks were saved", saved.len());
    assert!(saved.is_subset(&notes_of(&desk.open("ada").marks(), &pier)));
}

#[test]
fn a_full_disk_is_told_and_costs_nothing_that_was_saved() {
    let desk = Desk::new();
    let pier = desk.pier();
    // The system lets a program write files of so many blocks and no more: a write is cut short, the next one fails.
    let own = child(&desk);
    let script =
        format!("trap '' XFSZ; ulimit -f 3; exec \"$0\" {}", own.get_args().map(|arg| arg.to_string_lossy()).collect::<Vec<_>>().join(" "));
    let mut limited = Command::new("sh");
    limited.args(["-c", &script]).arg(own.get_program()).env(ROOT, desk.corpus());
    let output = limited.output().expect("it runs");
    let told = String::from_utf8_lossy(&output.stdout).into_owned();
    let saved: BTreeSet<String> = told.lines().filter_map(|line| line.strip_prefix("saved ").map(str::to_string)).collect();
    let failed = told.lines().find_map(|line| line.strip_prefix("failed ")).expect("a full disk");
    assert!(failed.contains(&format!("{FILE}: the mark was not saved: ")) && !saved.is_empty(), "{told}");
    let mut notes = desk.open("ada");
    assert_eq!((notes_of(&notes.marks(), &pier), notes.told().len()), (saved.clone(), 1), "{told}");
    notes.decide(&Spot::article(&pier), None, decision(None, "room again")).expect("saved");
    let again = desk.open("bela");
    assert_eq!((again.marks().all().len(), notes_of(&again.marks(), &pier)), (notes.marks().all().len(), saved));
}

// --- Any sequence -----------------------------------------------------------------------------------------------------

/// What an editor does.
#[derive(Debug, Clone)]
enum Act {
    Decide(usize, Decision),
    Undo,
    Redo,
    /// A line is torn by somebody else.
    Tear,
    /// The program is closed and opened again: what was done before cannot be taken back.
    Reopen,
}

fn act() -> impl Strategy<Value = Act> {
    let decision = (0..4_usize, 0..3_usize).prop_map(|(verdict, note)| decision(Verdict::ALL.get(verdict).copied(), ["", "a", "b"][note]));
    prop_oneof![
        5 => (0..3_usize, decision).prop_map(|(place, decision)| Act::Decide(place, decision)),
        4 => Just(Act::Undo),
        3 => Just(Act::Redo),
        1 => Just(Act::Tear),
        1 => Just(Act::Reopen),
    ]
}

/// The plainest editor there can be: places with decisions, and what can be taken back and made again.
#[derive(Debug, Default)]
struct Model {
    now: BTreeMap<usize, Decision>,
    done: Vec<(usize, Decision, Decision)>,
    undone: Vec<(usize, Decision, Decision)>,
}

impl Model {
    fn act(&mut self, act: &Act) {
        match act {
            Act::Decide(place, decision) => {
                let before = self.now.insert(*place, decision.clone()).unwrap_or_default();
                self.done.push((*place, before, decision.clone()));
                self.undone.clear();
            }
            Act::Undo => {
                if let Some((place, before, after)) = self.done.pop() {
                    self.now.insert(place, before.clone());
                    self.undone.push((place, before, after));
                }
            }
            Act::Redo => {
                if let Some((place, before, after)) = self.undone.pop() {
                    self.now.insert(place, after.clone());
                    self.done.push((place, before, after));
                }
            }
            Act::Tear => {}
            Act::Reopen => (self.done, self.undone) = Default::default(),
        }
    }
}

fn perform(desk: &Desk, notes: &mut Notes, pier: &Article, act: &Act) {
    match act {
        Act::Decide(place, decision) => drop(notes.decide(&Spot::sentence(pier, *place), None, decision.clone()).expect("saved")),
        Act::Undo => drop(notes.undo().expect("saved")),
        Act::Redo => drop(notes.redo().expect("saved")),
        Act::Tear => {
            let mut file = OpenOptions::new().create(true).append(true).open(desk.file()).expect("a file");
            file.write_all(br#"{"variorum":"mark/1","id":"#).expect("written");
        }
        Act::Reopen => *notes = desk.open("ada"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn whatever_an_editor_does_is_there_again(acts in proptest::collection::vec(act(), 0..40)) {
        let desk = Desk::new();
        let pier = desk.pier();
        let (mut notes, mut model) = (desk.open("ada"), Model::default());
        for act in &acts {
            perform(&desk, &mut notes, &pier, act);
            model.act(act);
            let marks = notes.marks();
            for place in 0..3 {
                let said = marks.at(&Spot::sentence(&pier, place), &pier.text).map(|mark| mark.decision.clone());
                prop_assert_eq!(said.unwrap_or_default(), model.now.get(&place).cloned().unwrap_or_default());
            }
        }
        prop_assert_eq!(desk.open("bela").marks(), notes.marks());
    }
}
