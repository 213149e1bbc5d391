//! The index: only what changed is read again, whatever happens to the file, and queries find what they ask for.

use crate::browser::Browser;
use assert_cmd::Command;
use serde_json::Value;
use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{self, Output, Stdio};
use std::time::{Duration, SystemTime};
use tempfile::TempDir;
use variorum::app::Message;
use variorum::app::layout::Pane;
use variorum::app::task::Request;
use variorum::app::tree::{Item, TreeLine};
use variorum::corpus::index::{Changes, Grouped, Index, Step};
use variorum::corpus::query::Query;
use variorum::corpus::scan::{Scan, scan};
use variorum::corpus::story::{Story, Strength};
use variorum::corpus::{Digest, Entry, demo, open};

/// A corpus in a folder beside the folder of its index.
struct Desk(TempDir);

impl Desk {
    fn new(files: &[(&str, &str)]) -> Self {
        let desk = Desk(TempDir::new().expect("a folder"));
        fs::create_dir(desk.corpus()).expect("a folder");
        files.iter().for_each(|(name, text)| desk.write(name, text));
        desk
    }

    fn corpus(&self) -> PathBuf {
        self.0.path().join("corpus")
    }

    fn cache(&self) -> PathBuf {
        self.0.path().join("cache")
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.corpus().join(name), text).expect("a file");
    }

    /// Gives a file another time, as an editor does who saves it unchanged.
    fn touch(&self, name: &str) {
        let file = File::options().append(true).open(self.corpus().join(name)).expect("a file");
        file.set_modified(SystemTime::now() + Duration::from_secs(60)).expect("a time");
    }

    fn entries(&self) -> Vec<Entry> {
        let mut entries = Vec::new();
        scan(&[self.corpus()], &Scan::default(), |batch| {
            entries.extend(batch.entries);
            true
        });
        entries
    }

    fn index(&self) -> Index {
        Index::open(&self.cache(), &[self.corpus()], &Scan::default()).expect("an index")
    }

    fn update(&self) -> Changes {
        self.index().update(&self.entries(), |_, _| true).expect("an update")
    }

    /// The names of the files that a query finds, the best first.
    fn found(&self, query: &str) -> Vec<String> {
        let query = Query::parse(query).expect("a query");
        let hits = self.index().search(&query, 100).expect("an answer").hits;
        hits.iter().map(|hit| hit.path.file_name().expect("a name").to_string_lossy().into_owned()).collect()
    }

    fn run(&self, args: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_variorum"));
        command.env("XDG_CACHE_HOME", self.cache()).current_dir(self.0.path());
        command.args(args).output().expect("an answer")
    }
}

const STORM: &str =
    "Storm closes the harbour of Sorvik\n\nSORVIK, 4 March 2031 —\n\nThe ferry stayed in port. Nobody criticised the old pact.\n";
const PACT: &str =
    "Old pact holds\n\n12 April 2031\n\nThe iron-clad pact of the two towns was signed. The pact holds, and the pact is old.\n";
const CAFE: &str = "Café reopens\n\nThe café by the pier opened again after the storm of the winter.\n";

fn three() -> Desk {
    Desk::new(&[("storm.txt", STORM), ("pact.txt", PACT), ("cafe.txt", CAFE)])
}

// --- What is read again ---------------------------------------------------------------------------------------------

#[test]
fn only_what_is_new_or_changed_is_read() {
    let desk = three();
    let counts = |changes: &Changes| (changes.read, changes.kept, changes.gone);
    assert_eq!(counts(&desk.update()), (3, 0, 0));
    assert_eq!(counts(&desk.update()), (0, 3, 0));
    desk.write("storm.txt", "Storm ends\n\nThe gulls came back to Sorvik.\n");
    desk.write("new.txt", "New pier\n\nA pier was built of stone.\n");
    fs::remove_file(desk.corpus().join("cafe.txt")).expect("it was there");
    assert_eq!(counts(&desk.update()), (2, 1, 1));
    assert_eq!(desk.found("gulls"), ["storm.txt"]);
    assert_eq!(desk.found("ferry"), [""; 0]);
    assert_eq!(desk.found("cafe"), [""; 0]);
    desk.touch("pact.txt");
    assert_eq!(counts(&desk.update()), (1, 2, 0));
    assert_eq!(counts(&desk.update()), (0, 3, 0));
    assert_eq!(desk.found("pact"), ["pact.txt"]);
}

#[test]
fn what_cannot_be_read_is_remembered_with_its_reason() {
    let desk = three();
    desk.write("empty.txt", " \n");
    for _ in 0..2 {
        let skipped = desk.update().skipped;
        assert_eq!(skipped.iter().map(|skipped| skipped.why.as_str()).collect::<Vec<_>>(), ["it has no text"]);
    }
    assert_eq!(desk.index().articles().expect("a count"), 3);
    desk.write("empty.txt", "Not empty any more.\n");
    assert_eq!(desk.update().skipped, []);
}

#[test]
fn an_update_that_is_broken_off_keeps_what_it_has() {
    let files: Vec<(String, String)> =
        (0..1_500).map(|n| (format!("{n}.txt"), format!("Pier {n}\n\nThe pier of town{n} is old.\n"))).collect();
    let desk = Desk::new(&files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect::<Vec<_>>());
    let first = desk.index().update(&desk.entries(), |_, step| step.progress.done == 0).expect("an update");
    assert!(first.broken_off && first.read > 0 && first.read < 1_500, "{first:?}");
    let second = desk.update();
    assert_eq!((second.kept, second.read), (first.read, 1_500 - first.read));
    assert_eq!(desk.found("town1234"), ["1234.txt"]);
}

#[test]
fn the_built_in_corpus_has_an_index_too() {
    let mut index = Index::temporary(&[PathBuf::from("demo")]).expect("an index");
    let changes = index.update(&demo::entries(), |_, _| true).expect("an update");
    assert_eq!((changes.read, changes.skipped.len()), (33, 0));
    let hits = index.search(&Query::parse("\"iron clad\"").expect("a query"), 10).expect("an answer").hits;
    assert!(!hits.is_empty());
}

#[test]
fn a_corpus_has_one_index_however_it_is_named() {
    let desk = three();
    let told = |args: &[&str]| String::from_utf8_lossy(&desk.run(args).stdout).into_owned();
    assert!(told(&["index", "corpus"]).starts_with("3 articles read"));
    let full = desk.corpus().display().to_string();
    for name in [full.as_str(), "./corpus/", "corpus/../corpus"] {
        assert!(told(&["index", name]).starts_with("0 articles read, 3 as they were, 0 gone"), "{name}");
        let found = told(&["search", "ferry", name]);
        assert!(found.contains(&format!("{}/storm.txt", name.trim_end_matches('/'))), "{found}");
    }
}

#[test]
fn fields_that_are_called_otherwise_make_another_index() {
    let desk = Desk::new(&[("wire.jsonl", "{\"story\": \"The ferry stayed in port.\"}\n{\"story\": \"The pact holds.\"}\n")]);
    let told = |args: &[&str]| String::from_utf8_lossy(&desk.run(args).stdout).into_owned();
    assert!(told(&["search", "ferry", "corpus"]).starts_with("0 articles"));
    assert!(told(&["search", "ferry", "corpus", "--field", "text=story"]).contains("wire.jsonl#1"));
}

#[test]
fn what_stands_beside_the_text_may_change_alone() {
    let record = |date: &str| format!("{{\"id\": \"a7\", \"date\": \"{date}\", \"text\": \"The ferry stayed in port.\"}}\n");
    let desk = Desk::new(&[("wire.json", &record("2031-03-04"))]);
    desk.update();
    assert_eq!(desk.found("date:2031-03"), ["wire.json"]);
    desk.write("wire.json", &record("2031-05-04"));
    desk.touch("wire.json");
    desk.update();
    assert_eq!(desk.found("date:2031-03"), [""; 0]);
    assert_eq!(desk.found("date:2031-05"), ["wire.json"]);
}

#[test]
fn of_a_file_of_many_that_grew_only_what_is_new_has_changed() {
    let record = |n: usize| format!("{{\"id\": \"a{n}\", \"text\": \"The ferry stayed in port {n}.\"}}\n");
    let desk = Desk::new(&[("wire.jsonl", &(0..3).map(record).collect::<String>())]);
    let changed = || {
        let mut told = Vec::new();
        let tell = |_: &Index, step: Step| {
            told.extend(step.told.into_iter().map(|one| (one.article, one.changed, one.read.map(|digest| digest.id))));
            true
        };
        desk.index().update(&desk.entries(), tell).expect("an update");
        told
    };
    let told = |count: usize, changed: &[bool]| (0..count).map(|n| (n, changed[n], Ok(format!("a{n}")))).collect::<Vec<_>>();
    assert_eq!(changed(), told(3, &[true; 3]));
    desk.write("wire.jsonl", &(0..4).map(record).collect::<String>());
    assert_eq!(changed(), told(4, &[false, false, false, true]));
    assert_eq!(changed(), told(4, &[false; 4]));
    assert_eq!(desk.found("port").len(), 4);
}

#[test]
fn what_lists_show_is_told_of_every_article_whether_it_is_read_or_kept() {
    let desk = three();
    desk.write("empty.txt", " \n");
    let expected: Vec<_> = desk.entries().iter().map(|entry| open(entry).map(|a| Digest::new(&a)).map_err(|e| e.to_string())).collect();
    for _ in 0..2 {
        let mut told = vec![None; expected.len()];
        let tell = |_: &Index, step: Step| {
            step.told.into_iter().for_each(|one| told[one.article] = Some(one.read));
            true
        };
        desk.index().update(&desk.entries(), tell).expect("an update");
        assert_eq!(told.into_iter().flatten().collect::<Vec<_>>(), expected);
    }
}

// --- Stories --------------------------------------------------------------------------------------------------------

const STORM_CUT: &str = "Ferry stays in port\n\nThe ferry stayed in port. Nobody criticised the old pact.\n";

impl Desk {
    /// Finds the stories of the corpus and keeps them.
    fn group(&self) -> Vec<Story> {
        let mut index = self.index();
        let findings = index.material().expect("articles").group(Strength::Versions);
        index.keep(&findings).expect("an index that can be written");
        self.grouped().expect("stories").stories
    }

    /// The stories that were kept.
    fn grouped(&self) -> Option<Grouped> {
        self.index().grouped(Strength::Versions, &self.entries()).expect("an index that can be read")
    }

    /// The names of the articles of every story.
    fn named(&self, stories: &[Story]) -> Vec<Vec<String>> {
        let entries = self.entries();
        let name = |at: &usize| entries[*at].path.file_name().expect("a name").to_string_lossy().into_owned();
        stories.iter().map(|story| story.articles.iter().map(name).collect()).collect()
    }
}

#[test]
fn stories_are_kept_until_the_corpus_changes() {
    let desk = three();
    desk.write("cut.txt", STORM_CUT);
    desk.update();
    assert!(desk.grouped().is_none());
    let stories = desk.group();
    assert_eq!(desk.named(&stories), [["cut.txt", "storm.txt"]]);
    let kept = desk.grouped().expect("stories");
    assert!(kept.is_current && kept.stories == stories);
    // An article more, whose name comes before the others.
    desk.write("another.txt", STORM);
    desk.update();
    let before = desk.grouped().expect("stories");
    assert!(!before.is_current);
    assert_eq!(desk.named(&before.stories), [["cut.txt", "storm.txt"]]);
    assert_eq!(desk.named(&desk.group()), [["another.txt", "cut.txt", "storm.txt"]]);
    // One that is gone, before the index knows it and after.
    fs::remove_file(desk.corpus().join("cut.txt")).expect("it was there");
    assert_eq!(desk.named(&desk.grouped().expect("stories").stories), [["another.txt", "storm.txt"]]);
    desk.update();
    assert_eq!(desk.named(&desk.group()), [["another.txt", "storm.txt"]]);
}

#[test]
fn a_corpus_that_grows_has_the_stories_of_one_that_was_there_at_once() {
    let grown = Desk::new(&[]);
    let mut entries = demo::entries();
    entries.sort_by_key(|entry| entry.path.file_name().map(|name| xxhash(name.as_encoded_bytes())));
    for (n, entry) in entries.iter().enumerate() {
        grown.write(&format!("{n}.txt"), &open(entry).expect("an article").text);
        if n % 8 == 7 {
            grown.update();
            grown.group();
        }
    }
    (0..6).for_each(|n| fs::remove_file(grown.corpus().join(format!("{n}.txt"))).expect("it was there"));
    grown.update();
    let stories = grown.group();
    let output = grown.run(&["stories", "corpus", "--no-index", "--format", "json"]);
    let printed: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let count = |story: &Value| story["articles"].as_array().map_or(0, Vec::len);
    let printed: Vec<usize> = printed["stories"].as_array().expect("stories").iter().map(count).collect();
    assert_eq!(stories.iter().map(|story| story.articles.len()).collect::<Vec<_>>(), printed);
    assert!(printed.len() > 2, "{printed:?}");
}

/// A number that puts things in an order of its own.
fn xxhash(bytes: &[u8]) -> u64 {
    bytes.iter().fold(7, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

#[test]
fn stories_are_printed_the_same_whether_they_were_kept_or_not() {
    let desk = three();
    desk.write("cut.txt", STORM_CUT);
    for strength in [&[][..], &["--coverage"]] {
        let printed = |more: &[&str]| desk.run(&[&["stories", "corpus", "--format", "json"], strength, more].concat()).stdout;
        let anew = printed(&["--no-index"]);
        assert!(String::from_utf8_lossy(&anew).contains("cut.txt"));
        assert_eq!(printed(&[]), anew);
        assert_eq!(printed(&[]), anew);
    }
}

// --- Damage ---------------------------------------------------------------------------------------------------------

#[test]
fn an_index_that_is_damaged_or_of_another_version_is_made_anew() {
    let desk = three();
    desk.update();
    let path = desk.index().path().to_path_buf();
    let sound = fs::read(&path).expect("a file");
    let mut torn = sound.clone();
    torn[4_096..].fill(0x5a);
    let mut other = sound.clone();
    other[60..64].copy_from_slice(&99_u32.to_be_bytes());
    for bytes in
        [&b"this is no database, and longer than the head of one, by a good deal, so that nobody takes it for empty"[..], &torn, &other]
    {
        for ending in ["-wal", "-shm"] {
            let _ = fs::remove_file(format!("{}{ending}", path.display()));
        }
        fs::write(&path, bytes).expect("a file");
        assert_eq!(desk.update().read, 3);
        assert_eq!(desk.found("ferry"), ["storm.txt"]);
        assert_eq!(desk.update().kept, 3);
    }
}

#[test]
fn damage_that_only_a_search_comes_upon_is_mended() {
    let desk = three();
    let search = || desk.run(&["search", "ferry", "corpus", "--index", "store"]);
    assert_eq!(search().status.code(), Some(0));
    let path = Index::open(&desk.0.path().join("store"), &[desk.corpus()], &Scan::default()).expect("an index").path().to_path_buf();
    let db = rusqlite::Connection::open(path).expect("a file of SQLite");
    assert!(db.execute("DELETE FROM word_data WHERE id > 10", []).expect("its words") > 0);
    drop(db);
    for _ in 0..2 {
        let output = search();
        assert_eq!(output.status.code(), Some(0), "{output:?}");
        assert!(String::from_utf8_lossy(&output.stdout).contains("storm.txt"));
    }
}

#[test]
fn what_was_cut_in_two_when_it_was_listed_is_read_whole_in_the_end() {
    let desk = three();
    let record = |n: usize| format!("{{\"id\": \"{n}\", \"text\": \"The pier of town{n} is old.\"}}\n");
    let lines: String = (1..=3).map(record).collect();
    desk.write("wire.jsonl", &lines[..lines.len() - 12]);
    let entries = desk.entries();
    desk.write("wire.jsonl", &lines);
    desk.index().update(&entries, |_, _| true).expect("an update");
    let changes = desk.update();
    assert_eq!(changes.skipped, []);
    assert_eq!(desk.found("town3"), ["wire.jsonl#3"]);
    assert_eq!(desk.update().kept, 6);
}

#[test]
fn a_file_that_was_away_for_a_moment_is_read_when_it_is_back() {
    let desk = three();
    let entries = desk.entries();
    let (there, away) = (desk.corpus().join("storm.txt"), desk.0.path().join("away.txt"));
    fs::rename(&there, &away).expect("another name");
    let changes = desk.index().update(&entries, |_, _| true).expect("an update");
    assert_eq!(changes.skipped.iter().map(|skipped| skipped.why.as_str()).collect::<Vec<_>>(), ["it vanished while the corpus was read"]);
    fs::rename(&away, &there).expect("its own name");
    assert_eq!(desk.update().read, 1);
    assert_eq!(desk.found("ferry"), ["storm.txt"]);
}

#[test]
fn an_article_that_is_gone_gives_its_number_to_no_other() {
    let desk = three();
    desk.update();
    let numbers = || {
        let db = rusqlite::Connection::open(desk.index().path()).expect("a file of SQLite");
        let mut statement = db.prepare("SELECT id FROM article ORDER BY id").expect("a statement");
        let rows = statement.query_map([], |row| row.get::<_, i64>(0)).expect("rows");
        rows.collect::<Result<Vec<_>, _>>().expect("numbers")
    };
    let before = numbers();
    fs::remove_file(desk.corpus().join("storm.txt")).expect("it was there");
    desk.write("other.txt", PACT);
    desk.update();
    let after = numbers();
    assert!(after.len() == 3 && after[2] > before[2], "{before:?} {after:?}");
}

#[test]
fn an_index_that_cannot_be_kept_is_no_trouble() {
    let desk = three();
    fs::write(desk.cache(), "a file where the folder would be").expect("a file");
    let output = desk.run(&["search", "ferry", "corpus"]);
    assert_eq!(output.status.code(), Some(0));
    assert!(String::from_utf8_lossy(&output.stdout).contains("storm.txt"));
    assert!(String::from_utf8_lossy(&output.stderr).contains("everything is read anew"), "{output:?}");
}

#[test]
fn an_index_that_outgrows_its_disk_is_no_trouble() {
    let desk = three();
    (0..300).for_each(|n| desk.write(&format!("{n}.txt"), &format!("Pier {n}\n\nThe pier of town{n} is old.\n")));
    // No file may have more than 64 KB or 128, by the shell; the signal that would tell so is ignored, as if the disk were full.
    let script = format!("trap '' XFSZ; ulimit -f 128; exec {} \"$@\"", env!("CARGO_BIN_EXE_variorum"));
    for args in [&["search", "town7", "corpus"][..], &["stories", "corpus"]] {
        let mut command = Command::new("sh");
        command.args(["-c", &script, "sh"]).args(args).env("XDG_CACHE_HOME", desk.cache()).current_dir(desk.0.path());
        let output = command.output().expect("an answer");
        assert_eq!(output.status.code(), Some(0), "{output:?}");
        assert!(String::from_utf8_lossy(&output.stdout).contains("7.txt"), "{output:?}");
        assert!(String::from_utf8_lossy(&output.stderr).contains("everything is read anew"), "{output:?}");
    }
}

#[test]
fn two_programs_that_index_at_once_do_not_hinder_each_other() {
    let desk = three();
    (0..600).for_each(|n| desk.write(&format!("{n}.txt"), &format!("Pier {n}\n\nThe pier of town{n} is old.\n")));
    let children: Vec<process::Child> = (0..4)
        .map(|_| {
            process::Command::new(env!("CARGO_BIN_EXE_variorum"))
                .args(["index", "corpus"])
                .env("XDG_CACHE_HOME", desk.cache())
                .current_dir(desk.0.path())
                .stdout(Stdio::null())
                .stderr(Stdio::piped())
                .spawn()
                .expect("a program")
        })
        .collect();
    for child in children {
        let output = child.wait_with_output().expect("an answer");
        // One that gives up and reads everything for itself alone says so.
        assert!(output.status.success() && output.stderr.is_empty(), "{output:?}");
    }
    let index = Index::open(&desk.cache().join("variorum"), &[desk.corpus()], &Scan::default()).expect("an index");
    assert_eq!(index.articles().expect("a count"), 603);
}

/// The part of another process in the next test: it indexes, and says so before every part of it.
#[test]
#[ignore = "a child of the next test"]
fn indexes_until_it_is_killed() {
    let (Ok(corpus), Ok(cache)) = (std::env::var("VARIORUM_TEST_CORPUS"), std::env::var("VARIORUM_TEST_CACHE")) else { return };
    let roots = [PathBuf::from(corpus)];
    let mut entries = Vec::new();
    scan(&roots, &Scan::default(), |batch| {
        entries.extend(batch.entries);
        true
    });
    let mut index = Index::open(Path::new(&cache), &roots, &Scan::default()).expect("an index");
    println!("begun");
    index.update(&entries, |_, _| true).expect("an update");
}

#[test]
fn an_index_that_was_killed_at_any_moment_is_finished_by_the_next_update() {
    let files: Vec<(String, String)> =
        (0..1_200).map(|n| (format!("{n}.txt"), format!("Pier {n}\n\nThe pier of town{n} is old.\n"))).collect();
    let desk = Desk::new(&files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect::<Vec<_>>());
    for round in 0..12_u64 {
        let _ = fs::remove_dir_all(desk.cache());
        let mut child = process::Command::new(std::env::current_exe().expect("this test"))
            .args(["--exact", "index::indexes_until_it_is_killed", "--ignored", "--nocapture"])
            .env("VARIORUM_TEST_CORPUS", desk.corpus())
            .env("VARIORUM_TEST_CACHE", desk.cache())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("a child");
        let lines = BufReader::new(child.stdout.take().expect("its output")).lines();
        assert!(lines.map_while(Result::ok).any(|line| line.contains("begun")));
        std::thread::sleep(Duration::from_millis(round * 15));
        child.kill().expect("it can be killed");
        child.wait().expect("it ends");
        let changes = desk.update();
        assert_eq!(changes.read + changes.kept, 1_200, "{changes:?}");
        assert_eq!(desk.index().articles().expect("a count"), 1_200);
        for town in [0, 600, 1_199] {
            assert_eq!(desk.found(&format!("town{town}")), [format!("{town}.txt")], "round {round}");
        }
    }
}

// --- Queries --------------------------------------------------------------------------------------------------------

#[test]
fn queries_find_what_they_ask_for() {
    let desk = three();
    desk.update();
    for (query, expected) in [
        ("pact", &["pact.txt", "storm.txt"][..]),
        ("PACTS", &["pact.txt", "storm.txt"]),
        ("\"iron clad\"", &["pact.txt"]),
        ("criticize", &["storm.txt"]),
        ("cafe", &["cafe.txt"]),
        ("harb*", &["storm.txt"]),
        ("pact -ferry", &["pact.txt"]),
        ("storm", &["storm.txt", "cafe.txt"]),
        ("headline:storm", &["storm.txt"]),
        ("headline:ferry", &[]),
        ("date:2031-03", &["storm.txt"]),
        ("pact date:2031-04..", &["pact.txt"]),
        ("date:2030", &[]),
        ("outlet:corpus storm -cafe", &["storm.txt"]),
        ("nothing of the kind", &[]),
        ("\" ' ) OR (", &[]),
        ("AND", &["pact.txt"]),
    ] {
        assert_eq!(desk.found(query), expected, "{query}");
    }
}

#[test]
fn words_are_cut_in_queries_as_they_are_in_articles() {
    let desk = Desk::new(&[
        ("labor.txt", "Colour of labour\n\nThe labour party met in Sorvik. Nobody organised the pier.\n"),
        ("beijing.txt", "北京 的 桥\n\n北京有一座桥。\n"),
    ]);
    desk.update();
    for (query, expected) in [
        ("\"labour party\"", &["labor.txt"][..]),
        ("\"labor party\"", &["labor.txt"]),
        ("labour,", &["labor.txt"]),
        ("colour*", &["labor.txt"]),
        ("\"organized the\"", &["labor.txt"]),
        ("北京", &["beijing.txt"]),
    ] {
        assert_eq!(desk.found(query), expected, "{query}");
    }
}

#[test]
fn outlets_are_found_by_their_names_and_by_their_folders_alone() {
    let desk = three();
    fs::create_dir_all(desk.corpus().join("the-lake-gazette/2031")).expect("a folder");
    desk.write("the-lake-gazette/2031/a.txt", PACT);
    desk.write("wire.jsonl", "{\"id\": \"urn:1\", \"text\": \"The ferry left.\", \"source\": \"Süd–Kurier ‘Heute’\"}\n");
    desk.update();
    for (query, expected) in [
        ("outlet:gazette", &["a.txt"][..]),
        ("outlet:süd-kurier", &["wire.jsonl#1"]),
        ("outlet:\"SUD-KURIER 'heute'\"", &["wire.jsonl#1"]),
        ("outlet:txt", &[]),
        ("outlet:jsonl", &[]),
    ] {
        assert_eq!(desk.found(query), expected, "{query}");
    }
}

fn lines(output: &Output) -> Vec<Value> {
    String::from_utf8_lossy(&output.stdout).lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

#[test]
fn the_subcommand_prints_what_it_finds_and_says_when_it_finds_nothing() {
    let desk = three();
    let output = desk.run(&["search", "pact -ferry", "corpus", "--format", "json"]);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let [hit] = &lines(&output)[..] else { panic!("{output:?}") };
    assert!(hit["path"].as_str().is_some_and(|path| path.ends_with("pact.txt")) && hit["headline"] == "Old pact holds");
    assert!(hit["score"].as_f64().is_some_and(|score| score > 0.0) && hit["snippet"].as_str().is_some_and(|text| text.contains("pact")));
    let words = hit["spans"].as_array().expect("spans").iter().map(|span| {
        let [start, end] = [0, 1].map(|at| usize::try_from(span[at].as_u64().expect("a byte")).expect("small"));
        &PACT[start..end]
    });
    assert_eq!(words.collect::<Vec<_>>(), ["pact", "pact", "pact", "pact"]);
    let people = desk.run(&["search", "pact", "corpus"]);
    let page = String::from_utf8_lossy(&people.stdout).into_owned();
    assert!(page.contains("pact.txt  Old pact holds") && page.contains("2 articles"), "{page}");
    assert_eq!(desk.run(&["search", "unicorn", "corpus"]).status.code(), Some(1));
    assert_eq!(desk.run(&["search", "-pact", "corpus"]).status.code(), Some(2));
    assert_eq!(desk.run(&["search", "date:soon", "corpus"]).status.code(), Some(2));
    assert_eq!(desk.run(&["search", "pact", "nowhere"]).status.code(), Some(2));
    assert_eq!(desk.run(&["search", "pact", "corpus", "--no-index"]).status.code(), Some(0));
}

#[test]
fn regular_expressions_look_at_the_text_as_it_is() {
    let desk = three();
    let output = desk.run(&["search", r"[Ii]ron.clad|pier\b", "corpus", "--regex", "--format", "json"]);
    let found: Vec<String> = lines(&output).iter().map(|hit| hit["path"].as_str().unwrap_or("").to_string()).collect();
    assert_eq!(found, ["corpus/cafe.txt", "corpus/pact.txt"]);
    assert_eq!(desk.run(&["search", "(", "corpus", "--regex"]).status.code(), Some(2));
    assert_eq!(desk.run(&["search", "xyzzy", "corpus", "--regex"]).status.code(), Some(1));
}

#[test]
fn switches_of_the_index_count_wherever_they_stand() {
    let desk = three();
    assert_eq!(desk.run(&["--no-index", "search", "pact", "corpus"]).status.code(), Some(0));
    assert!(!desk.cache().exists());
    assert_eq!(desk.run(&["--index", "store", "search", "pact", "corpus"]).status.code(), Some(0));
    assert!(desk.0.path().join("store").exists() && !desk.cache().exists());
    assert_eq!(desk.run(&["--no-index", "search", "pact", "corpus", "--index", "other"]).status.code(), Some(0));
    assert!(desk.0.path().join("other").exists());
    desk.write(".hidden.txt", "The unicorn of the pier.\n");
    for args in [&["--hidden", "search", "unicorn", "corpus"][..], &["search", "--hidden", "unicorn", "corpus"]] {
        assert_eq!(desk.run(args).status.code(), Some(0), "{args:?}");
    }
}

#[test]
fn an_index_is_built_ahead_and_says_where_it_is() {
    let desk = three();
    let output = desk.run(&["index", "corpus", "--index", "store"]);
    let told = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success() && told.starts_with("3 articles read, 0 as they were"), "{output:?}");
    let file = told.lines().nth(1).expect("a path");
    assert!(desk.0.path().join(file).exists(), "{file}");
    let again = desk.run(&["index", "corpus", "--index", "store"]);
    assert!(String::from_utf8_lossy(&again.stdout).starts_with("0 articles read, 3 as they were"), "{again:?}");
    assert_eq!(desk.run(&["index", "corpus", "--no-index"]).status.code(), Some(2));
}

// --- On the screen --------------------------------------------------------------------------------------------------

/// The articles that the corpus pane shows, by their paths.
fn shown(browser: &Browser) -> Vec<String> {
    let article = |line: &TreeLine| match line.item {
        Item::Article(article) => Some(browser.app.listing.entries[article].path.display().to_string()),
        _ => None,
    };
    let mut shown: Vec<String> = (0..browser.app.tree.len()).filter_map(|line| article(&browser.app.tree.line(line)?)).collect();
    shown.sort();
    shown
}

#[test]
fn the_corpus_shows_what_has_the_words_while_they_are_typed() {
    let mut browser = Browser::demo(120, 60);
    let all = shown(&browser).len();
    browser.press("F c a d m");
    assert!(shown(&browser).is_empty(), "{}", browser.picture());
    browser.press("i u m");
    let found = shown(&browser);
    assert!(!found.is_empty() && found.len() < all, "{found:?}");
    assert!(browser.picture().contains(&format!("{} found", browser.app.words.answer.articles.len())), "{}", browser.picture());
    browser.press("Enter");
    assert_eq!(shown(&browser), found);
    let article = browser.app.reader.article.clone().expect("an article");
    let hits: Vec<&str> = browser.app.reader.hits.iter().map(|hit| hit.of(&article.text)).collect();
    assert!(!hits.is_empty() && hits.iter().all(|hit| hit.eq_ignore_ascii_case("cadmium")), "{hits:?}");
    browser.press("Tab n");
    assert!(
        browser.app.hit.is_some_and(|(pane, at, count)| pane == Pane::Article && at > 0 && count == hits.len()),
        "{:?}",
        browser.app.hit
    );
    browser.press("Esc Esc Esc Esc");
    assert_eq!(shown(&browser).len(), all);
}

#[test]
fn a_search_is_asked_again_when_articles_change() {
    let mut browser = Browser::demo(120, 36);
    browser.press("F c a d m i u m Enter");
    let article = browser.app.listing.shown().next().expect("an article");
    let digest = Digest::new(&open(&browser.app.listing.entries[article]).expect("an article"));
    let requests = browser.app.update(Message::Read(vec![(article, Ok(digest))]));
    assert!(requests.contains(&Request::Search(String::from("cadmium"))), "{requests:?}");
}

#[test]
fn what_cannot_be_understood_is_told_while_it_is_typed() {
    let mut browser = Browser::demo(120, 36);
    let all = shown(&browser);
    browser.press("F d a t e : x");
    assert!(browser.picture().contains("`x` is no day"), "{}", browser.picture());
    browser.press("Esc");
    assert_eq!(shown(&browser), all);
}
