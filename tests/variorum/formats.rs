//! Files of many articles, packed files and archives: what is in them is found and read, and what is broken in them costs no more than itself.

use crate::browser::Browser;
use assert_cmd::Command;
use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::{Value, json};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Duration;
use tempfile::TempDir;
use variorum::corpus::index::Index;
use variorum::corpus::read::{Field, Fields};
use variorum::corpus::scan::{Scan, scan, scan_again};
use variorum::corpus::{self, Article, Cursor, Entry, Listings, Skipped};

/// A corpus that a test writes.
struct Corpus(TempDir);

impl Corpus {
    fn new() -> Self {
        Corpus(TempDir::new().expect("a folder"))
    }

    fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.0.path().join(name);
        fs::write(&path, bytes).expect("a file");
        path
    }

    /// Everything that a scan finds, read; what was passed over, with the reason.
    fn read(&self) -> (Vec<Article>, Vec<Skipped>) {
        self.read_with(&Scan::default())
    }

    fn read_with(&self, options: &Scan) -> (Vec<Article>, Vec<Skipped>) {
        let (mut entries, mut skipped) = (Vec::new(), Vec::new());
        scan(&[self.0.path().to_path_buf()], options, |batch| {
            entries.extend(batch.entries);
            skipped.extend(batch.skipped);
            true
        });
        let mut articles = Vec::new();
        for read in corpus::open_all(&entries, &mut Cursor::default(), |entry, read| read.map_err(|error| (entry.path.clone(), error))) {
            match read {
                Ok(article) => articles.push(article),
                Err((path, error)) => skipped.push(Skipped { path, why: error.to_string() }),
            }
        }
        (articles, skipped)
    }

    /// The ids and texts of all articles, and a sentence for what was passed over.
    fn told(&self) -> (Vec<(String, String)>, Vec<String>) {
        let below = |told: &str| told.replace(&format!("{}/", self.0.path().display()), "");
        let (articles, skipped) = self.read();
        let articles = articles.into_iter().map(|article| (below(&article.id), article.text)).collect();
        let sentence = |skipped: &Skipped| format!("{}: {}", below(&skipped.path.display().to_string()), skipped.why);
        (articles, skipped.iter().map(sentence).collect())
    }
}

fn gzip(bytes: impl AsRef<[u8]>) -> Vec<u8> {
    let mut packing = GzEncoder::new(Vec::new(), Compression::default());
    packing.write_all(bytes.as_ref()).expect("memory");
    packing.finish().expect("memory")
}

fn zstd(bytes: impl AsRef<[u8]>) -> Vec<u8> {
    zstd::encode_all(bytes.as_ref(), 3).expect("memory")
}

fn tar(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = tar::Builder::new(Vec::new());
    for (name, bytes) in members {
        let mut header = tar::Header::new_gnu();
        // Names that lead out of the archive are refused by the crate, and so are written past it.
        header.as_old_mut().name[..name.len()].copy_from_slice(name.as_bytes());
        header.set_size(bytes.len() as u64);
        header.set_mode(0o600);
        header.set_cksum();
        archive.append(&header, *bytes).expect("memory");
    }
    archive.into_inner().expect("memory")
}

fn zip(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (number, (name, bytes)) in members.iter().enumerate() {
        let method = if number % 2 == 0 { zip::CompressionMethod::DEFLATE } else { zip::CompressionMethod::Stored };
        archive.start_file(*name, zip::write::SimpleFileOptions::default().compression_method(method)).expect("memory");
        archive.write_all(bytes).expect("memory");
    }
    archive.finish().expect("memory").into_inner()
}

/// Text in UTF-16, with the mark of its order and without.
fn wide(text: &str, big: bool, marked: bool) -> Vec<u8> {
    let units = marked.then_some(0xfeff).into_iter().chain(text.encode_utf16());
    units.flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
}

fn lines() -> String {
    let line = |n: usize| {
        json!({ "id": format!("urn:lake:{n}"), "title": format!("Pact {n}"), "text": format!("Town {n} signed.") }).to_string() + "\n"
    };
    (1..=3).map(line).collect()
}

/// What is in `lines`.
fn told_lines() -> Vec<(String, String)> {
    (1..=3).map(|n| (format!("urn:lake:{n}"), format!("Pact {n}\n\nTown {n} signed."))).collect()
}

fn command(args: &[&str], folder: &Path) -> assert_cmd::assert::Assert {
    Command::new(env!("CARGO_BIN_EXE_variorum")).args(args).current_dir(folder).env("XDG_STATE_HOME", "/dev/null").assert()
}

fn printed(args: &[&str], folder: &Path) -> Value {
    let output = command(args, folder).success().get_output().clone();
    serde_json::from_slice(&output.stdout).expect("JSON")
}

fn trouble(args: &[&str], folder: &Path) -> String {
    let output = command(args, folder).code(2).stdout("").get_output().clone();
    let told = String::from_utf8(output.stderr).expect("a sentence");
    assert_eq!(told.lines().count(), 1, "{told}");
    told
}

// --- What is read ---------------------------------------------------------------------------------------------------

#[test]
fn the_same_articles_are_read_however_they_are_packed() {
    let array = format!("[{}]", lines().trim().replace('\n', ","));
    let inside = format!(r#"{{"total": 3, "articles": {array}, "next": null}}"#);
    let table: String = (1..=3).map(|n| format!("urn:lake:{n},Pact {n},\"Town {n} signed.\"\n")).collect();
    let table = format!("id,title,text\n{table}");
    let files: Vec<(&str, Vec<u8>)> = vec![
        ("a.jsonl", lines().into()),
        ("a.json", array.clone().into()),
        ("a.json", inside.into()),
        ("a.json", lines().into()),
        ("a.csv", table.clone().into()),
        ("a.tsv", table.replace(',', "\t").into()),
        ("a.jsonl.gz", gzip(lines())),
        ("a.jsonl.gz", [gzip(&lines()[..50]), gzip(&lines()[50..])].concat()),
        ("a.csv.zst", zstd(&table)),
        ("a.tar", tar(&[("x/a.jsonl", lines().as_bytes())])),
        ("a.tgz", gzip(tar(&[("x/a.jsonl", lines().as_bytes())]))),
        ("a.tar.zst", zstd(tar(&[("x/a.jsonl.gz", &gzip(lines()))]))),
        ("a.zip", zip(&[("x/a.jsonl", lines().as_bytes())])),
        ("a.zip", zip(&[("pixel.png", b"\x89PNG"), ("x/a.csv", table.as_bytes())])),
        ("a.zip", zip(&[("x/a.jsonl.gz", &gzip(lines()))])),
    ];
    for (name, bytes) in files {
        let corpus = Corpus::new();
        corpus.write(name, &bytes);
        assert_eq!(corpus.told(), (told_lines(), vec![]), "{name}");
    }
}

/// Everything that a scan finds, where some of it was listed before.
fn scanned(roots: &[PathBuf], listed: Listings) -> (Vec<Entry>, Vec<Skipped>) {
    let (mut entries, mut skipped) = (Vec::new(), Vec::new());
    scan_again(roots, &Scan::default(), listed, |batch| {
        entries.extend(batch.entries);
        skipped.extend(batch.skipped);
        true
    });
    (entries, skipped)
}

#[test]
fn files_that_are_as_they_were_are_not_looked_into_again() {
    let corpus = Corpus::new();
    let cut = gzip(lines().repeat(200));
    corpus.write("a.txt", "The ferry left.");
    corpus.write("wire.jsonl", lines());
    corpus.write("table.csv", "id,title,text\n1,Pact,Town 1 signed.\n2,Pact,Town 2 signed.\n");
    corpus.write("one.json", r#"{"title": "Pact", "text": "Town 1 signed."}"#);
    corpus.write("wide.csv", wide("id,title,text\n1,Pact,Töwn 1 signed.\n", true, true));
    corpus.write("packed.jsonl.gz", gzip(lines()));
    corpus.write("cut.jsonl.gz", &cut[..cut.len() / 2]);
    corpus.write("wire.tar.zst", zstd(tar(&[("one.jsonl", lines().as_bytes()), ("sub/b.txt", b"The pier is old."), ("x.foo", b"?")])));
    corpus.write("wire.zip", zip(&[("one.jsonl", lines().as_bytes()), ("b.txt", b"The pier is old.")]));
    let roots = [corpus.0.path().to_path_buf()];
    let cache = TempDir::new().expect("a folder");
    let (entries, skipped) = scanned(&roots, Listings::default());
    assert!(entries.len() > 20 && skipped.len() > 1, "{skipped:?}");
    let index = || Index::open(cache.path(), &roots, &Scan::default()).expect("an index");
    index().list(&entries, &skipped).expect("it is kept");
    let listed = || Index::listings(cache.path(), &roots, &Scan::default());
    let sorted = |mut skipped: Vec<Skipped>| {
        skipped.sort_by(|a, b| (&a.path, &a.why).cmp(&(&b.path, &b.why)));
        skipped
    };
    for listed in [listed(), Listings::of(&entries, &skipped)] {
        let again = scanned(&roots, listed);
        assert_eq!(again.0, entries);
        assert_eq!(sorted(again.1), sorted(skipped.clone()));
    }
    // What is in a file of the same size and time is not looked at; of another time, it is.
    let path = corpus.0.path().join("wire.jsonl");
    let time = fs::metadata(&path).and_then(|meta| meta.modified()).expect("a time");
    fs::write(&path, lines().replace('\n', " ")).expect("a file");
    fs::File::options().append(true).open(&path).and_then(|file| file.set_modified(time)).expect("its time");
    assert_eq!(scanned(&roots, listed()).0, entries);
    fs::File::options().append(true).open(&path).and_then(|file| file.set_modified(time + Duration::from_secs(1))).expect("a time");
    let (entries, skipped) = scanned(&roots, listed());
    assert_eq!(entries.iter().filter(|entry| entry.path.to_string_lossy().contains("wire.jsonl#")).count(), 1);
    // What is gone is forgotten, and what leads into a file is no list of it.
    index().list(&entries, &skipped).expect("it is kept");
    assert_eq!(scanned(&roots, listed()).0, entries);
    let inside = [corpus.0.path().join("wire.zip/one.jsonl")];
    let whole = scanned(&inside, Listings::default());
    assert_eq!(scanned(&inside, Listings::of(&entries, &skipped)), whole);
    assert_eq!(whole.0.len(), 3);
}

#[test]
fn files_in_utf_16_are_split_into_their_articles() {
    // Bytes of these words are the ends of lines, the quotation marks and the brackets of other encodings.
    let texts = ["Ċirque ∢ ਊ, signed.", "Мир подписан.", "Two 😀 {towns\" signed."];
    let line = |text: &&str| json!({ "id": "ü", "Körper": text, "title": "Pact" }).to_string();
    let lines = texts.iter().map(line).collect::<Vec<_>>();
    let row = |text: &&str| format!("ü,\"{}\",Pact\n", text.replace('"', "\"\""));
    let table = format!("id,Körper,title\n{}", texts.iter().map(row).collect::<String>());
    let files = [
        ("a.jsonl", lines.join("\n")),
        ("a.json", format!("[{}]", lines.join(",\n"))),
        ("a.csv", table.clone()),
        ("a.tsv", table.replace(",\"", "\t\"").replace("\",", "\"\t").replace("id,Körper,", "id\tKörper\t").replace("ü,", "ü\t")),
    ];
    let fields = Fields::new(vec![(Field::Text, String::from("Körper"))]);
    for (name, text) in files {
        let forms = [(false, true), (true, true), (false, false), (true, false)].map(|(big, marked)| wide(&text, big, marked));
        for bytes in forms.iter().cloned().chain([gzip(&forms[0]), format!("\u{feff}{text}").into_bytes()]) {
            let corpus = Corpus::new();
            corpus.write(name, bytes);
            let (articles, skipped) = corpus.read_with(&Scan { fields: fields.clone(), ..Scan::default() });
            assert_eq!(skipped, [], "{name}");
            let read: Vec<&str> = articles.iter().map(|article| article.text.as_str()).collect();
            assert_eq!(read, texts.map(|text| format!("Pact\n\n{text}")), "{name}");
            assert!(articles.iter().all(|article| article.id == "ü"), "{name}");
        }
    }
}

#[test]
fn an_article_has_the_number_of_its_place_where_it_has_no_id() {
    let corpus = Corpus::new();
    corpus.write("a.jsonl", "{\"text\": \"One.\"}\n\n{\"text\": \"Two.\"}\n");
    corpus.write("b.txt.gz", gzip("Three."));
    corpus.write("c.json", "{\"body\": \"Four.\"}");
    corpus.write("d.zip", zip(&[("x/one.txt", b"Five."), ("two.html", &b"<p>Six.</p>".repeat(90))]));
    let (articles, skipped) = corpus.told();
    let ids: Vec<&str> = articles.iter().map(|(id, _)| id.as_str()).collect();
    assert_eq!((ids, skipped), (vec!["a.jsonl#1", "a.jsonl#2", "b.txt.gz", "c.json", "d.zip/x/one.txt", "d.zip/two.html"], vec![]));
}

#[test]
fn one_article_of_many_is_opened_by_its_path() {
    let corpus = Corpus::new();
    let folder = corpus.0.path();
    corpus.write("a.jsonl", lines());
    corpus.write("b.jsonl.gz", gzip(lines()));
    corpus.write("c.zip", zip(&[("x/one.txt", b"The harbour was opened on Monday."), ("x/a.jsonl", lines().as_bytes())]));
    for path in ["a.jsonl#3", "b.jsonl.gz#3", "c.zip/x/a.jsonl#3"] {
        let told = printed(&["read", path, "--format", "json"], folder);
        assert_eq!((&told["id"], &told["headline"], &told["path"]), (&json!("urn:lake:3"), &json!("Pact 3"), &json!(path)));
    }
    assert_eq!(printed(&["diff", "a.jsonl#1", "c.zip/x/one.txt", "--format", "json"], folder)["left"]["path"], "a.jsonl#1");
    assert_eq!(printed(&["variants", "a.jsonl", "--format", "json"], folder)["versions"].as_array().map(Vec::len), Some(3));
    assert_eq!(printed(&["lineage", "a.jsonl#1", "a.jsonl#2", "--format", "json"], folder)["nodes"][1]["path"], "a.jsonl#2");
    assert_eq!(printed(&["stories", "c.zip/x", "--format", "json"], folder)["alone"].as_array().map(Vec::len), Some(4));
    let check = command(&["check", "a.jsonl#2", "--source", "a.jsonl", "--format", "json"], folder);
    let check: Value = serde_json::from_slice(&check.get_output().stdout).expect("JSON");
    assert_eq!(check["sources"].as_array().map(Vec::len), Some(2), "the rewrite is no source of itself");
    assert!(trouble(&["read", "a.jsonl#4"], folder).contains("a.jsonl#4: there is no such article in it"));
    assert!(trouble(&["read", "a.jsonl"], folder).contains("it holds more than one article; a.jsonl#1 is the first"));
}

#[test]
fn fields_of_other_names_are_told_on_the_command_line() {
    let corpus = Corpus::new();
    corpus.write("a.jsonl", "{\"story\": \"Two towns.\", \"paper\": \"The Gazette\", \"title\": \"A pact\"}\n");
    let folder = corpus.0.path();
    assert!(trouble(&["read", "a.jsonl#1"], folder).contains("--field text=NAME"));
    let told = printed(&["read", "a.jsonl#1", "--field", "text=story", "--field", "headline=paper", "--format", "json"], folder);
    assert_eq!(told["text"], "The Gazette\n\nTwo towns.");
    assert!(trouble_of_field(folder).contains("the fields are text, headline"));
    let found = corpus::find(&folder.join("a.jsonl#1"), &Fields::default()).expect("an entry");
    assert_eq!(found.number().map(|(_, number)| number), Some("1"));
}

fn trouble_of_field(folder: &Path) -> String {
    let output = command(&["read", "a.jsonl#1", "--field", "colour=red"], folder).code(2).get_output().clone();
    String::from_utf8(output.stderr).expect("a sentence")
}

#[test]
fn stories_of_one_file_have_the_ids_of_its_records() {
    let corpus = Corpus::new();
    let body =
        "The two towns on the lake signed a pact on Friday after months of talks, and the ferry between them will run again. ".repeat(6);
    let record = |id: &str, body: &str| json!({ "id": id, "title": "A pact is signed", "date": "2031-03-07", "text": body }).to_string();
    let other = "Rain and wind are expected in the north of the country on Saturday, and farmers are told to bring in their hay.";
    corpus.write("a.jsonl", [record("one", &body), record("two", &format!("{body} It was late.")), record("three", other)].join("\n"));
    let told = printed(&["stories", "a.jsonl", "--format", "json"], corpus.0.path());
    let articles = told["stories"][0]["articles"].as_array().expect("a story");
    assert_eq!(articles.iter().map(|article| article["id"].as_str()).collect::<Vec<_>>(), [Some("one"), Some("two")]);
    assert_eq!((&told["alone"][0]["id"], &told["alone"][0]["path"]), (&json!("three"), &json!("a.jsonl#3")));
}

#[test]
fn noise_passes_by_and_what_might_be_an_article_is_told() {
    let corpus = Corpus::new();
    corpus.write("one.txt", "The harbour was opened.");
    for name in ["a.png", "b.lock", "package-lock.json", "c.woff2", "d.exe"] {
        corpus.write(name, [0, 159, 146, 150]);
    }
    corpus.write("report.pdf", "%PDF-1.7");
    corpus.write("feed.xml", "<?xml version='1.0'?><rss><channel/></rss>");
    corpus.write("numbers.json", "[1, 2, 3]");
    corpus.write("settings.json", "{\"indent\": 4}");
    let (articles, skipped) = corpus.told();
    assert_eq!(articles.len(), 1);
    let wanted = [
        "feed.xml: it is XML, but neither",
        "numbers.json: it has no text",
        "report.pdf: variorum reads no .pdf files",
        "settings.json: it has no field that is named like a text",
    ];
    assert_eq!(skipped.len(), wanted.len(), "{skipped:?}");
    assert!(wanted.iter().zip(&skipped).all(|(wanted, told)| told.starts_with(wanted)), "{skipped:?}");
}

#[test]
#[cfg(not(feature = "parquet"))]
fn parquet_is_told_of_where_its_reader_was_not_built() {
    let corpus = Corpus::new();
    corpus.write("one.txt", "The harbour was opened.");
    corpus.write("a.parquet", b"PAR1\x15\x04\x15\0PAR1");
    corpus.write("b.parquet.gz", gzip(b"PAR1\x15\x04\x15\0PAR1"));
    corpus.write("c.zip", zip(&[("d.parquet", b"PAR1\x15\x04\x15\0PAR1"), ("two.txt", b"The harbour was closed.")]));
    let (articles, skipped) = corpus.told();
    assert_eq!(articles.len(), 2);
    let wanted = [
        "a.parquet: it is Parquet, which this variorum was built without",
        "b.parquet.gz: it is Parquet inside another file, which is not opened",
        "c.zip/d.parquet: it is Parquet inside another file, which is not opened",
    ];
    assert_eq!(skipped, wanted);
}

#[test]
fn the_browser_shows_the_articles_of_a_file_below_it_and_comes_back_to_one() {
    let corpus = Corpus::new();
    corpus.write("a.jsonl", lines());
    corpus.write("b.zip", zip(&[("x/one.txt", b"The harbour was opened on Monday.")]));
    let mut entries = Vec::new();
    scan(&[corpus.0.path().to_path_buf()], &Scan::default(), |batch| {
        entries.extend(batch.entries);
        true
    });
    let mut browser = Browser::new(corpus.0.path(), 120, 20);
    browser.find(entries.clone());
    browser.read(entries);
    let picture = browser.picture();
    for line in ["▾ a.jsonl 3", "  #1 Pact 1", "  #3 Pact 3", "▾ b.zip 1", "▾ x 1", "one.txt"] {
        assert!(picture.contains(line), "{line}\n{picture}");
    }
    let listing = &browser.app.listing;
    assert_eq!((&*listing.id(1), listing.entries[1].file()), ("urn:lake:2", Some(corpus.0.path().join("a.jsonl").as_path())));
    assert!(listing.entries[3].file().is_none(), "what is packed is not for an editor");
    for article in 0..4 {
        assert_eq!(listing.file(article).and_then(|file| listing.article(&file)), Some(article));
    }
}

#[test]
fn a_file_that_is_the_corpus_is_come_back_to_at_an_article() {
    let corpus = Corpus::new();
    let path = corpus.write("a.jsonl", lines());
    let mut entries = Vec::new();
    scan(std::slice::from_ref(&path), &Scan::default(), |batch| {
        entries.extend(batch.entries);
        true
    });
    let mut browser = Browser::new(&path, 120, 20);
    browser.find(entries);
    let listing = &browser.app.listing;
    assert_eq!(listing.file(2).and_then(|file| listing.article(&file)), Some(2));
}

// --- What is broken -------------------------------------------------------------------------------------------------

#[test]
fn a_packed_file_that_was_cut_off_gives_what_came_before() {
    let corpus = Corpus::new();
    // Three pieces, so that the first ones are whole.
    let whole: Vec<u8> = lines().lines().flat_map(|line| gzip(format!("{line}\n"))).collect();
    corpus.write("a.jsonl.gz", &whole[..whole.len() - 9]);
    corpus.write("b.txt.gz", &gzip("The harbour was opened on Monday.")[..20]);
    let (articles, skipped) = corpus.told();
    assert_eq!(articles[..2], told_lines()[..2]);
    let told = |name: &str| skipped.iter().any(|told| told.starts_with(name) && told.contains("ends in the middle"));
    assert!(told("a.jsonl.gz:") && told("b.txt.gz:"), "{skipped:?}");
}

#[test]
fn a_broken_line_costs_no_other() {
    let corpus = Corpus::new();
    let all = lines();
    let all: Vec<&str> = all.lines().collect();
    corpus.write("a.jsonl", [all[0], "{\"text\": \"never closed", all[1], "[1, 2]", "nonsense", all[2]].join("\n"));
    let (articles, skipped) = corpus.told();
    assert_eq!((articles, skipped.len()), (told_lines(), 3));
    assert!(skipped[0].starts_with("a.jsonl#2: it is no valid JSON"), "{skipped:?}");
}

#[test]
fn a_line_larger_than_an_article_may_be_is_passed_over_unread() {
    let corpus = Corpus::new();
    let path = corpus.write("a.jsonl", lines());
    let mut file = fs::File::options().append(true).open(path).expect("the file");
    let block = vec![b'x'; 1 << 20];
    file.write_all(b"{\"text\": \"").expect("room");
    (0..70).for_each(|_| file.write_all(&block).expect("room"));
    file.write_all(b"\"}\n{\"id\": \"last\", \"text\": \"Four.\"}\n").expect("room");
    drop(file);
    let (articles, skipped) = corpus.told();
    assert_eq!(articles[3], (String::from("last"), String::from("Four.")));
    assert_eq!(skipped, ["a.jsonl#4: at 70 MB it is larger than the 64 MB that one article may have"]);
}

#[test]
fn what_unpacks_without_end_is_left_in_time() {
    let corpus = Corpus::new();
    let zeros = vec![b' '; 1 << 20];
    let mut packing = GzEncoder::new(Vec::new(), Compression::default());
    (0..100).for_each(|_| packing.write_all(&zeros).expect("memory"));
    let bomb = packing.finish().expect("memory");
    corpus.write("a.txt.gz", &bomb);
    corpus.write("a.jsonl.gz", [&gzip(lines()), &bomb[..], &bomb, &bomb].concat());
    corpus.write("b.zip", zip(&[("c.zip", &zip(&[("d.txt", b"Deep.")])), ("e.txt", b"The harbour was opened.")]));
    corpus.write("f.gz", gzip(gzip(gzip(gzip(gzip("Deep."))))));
    let (articles, skipped) = corpus.told();
    assert_eq!(articles[..3], told_lines());
    assert_eq!(articles[3..], [(String::from("b.zip/e.txt"), String::from("The harbour was opened."))]);
    let wanted = [
        "b.zip/c.zip: it is an archive inside another",
        "f.gz: it is an archive inside another",
        "a.txt.gz: it comes to more than the 64 MB",
        "a.jsonl.gz: it unpacks to more than 200 times its size",
    ];
    assert!(wanted.iter().all(|wanted| skipped.iter().any(|told| told.starts_with(wanted))), "{skipped:?}");
}

#[test]
fn a_great_many_members_of_a_packed_archive_are_read_in_one_go() {
    let corpus = Corpus::new();
    let texts: Vec<(String, String)> =
        (100..400).map(|n| (format!("{n}.txt"), format!("Pier {n}\n\nThe pier of town {n} is old."))).collect();
    let members: Vec<(&str, &[u8])> = texts.iter().map(|(name, text)| (name.as_str(), text.as_bytes())).collect();
    corpus.write("piers.tgz", gzip(tar(&members)));
    let (articles, skipped) = corpus.told();
    assert_eq!(skipped, [""; 0]);
    assert_eq!(articles.into_iter().map(|(_, text)| text).collect::<Vec<_>>(), texts.into_iter().map(|(_, text)| text).collect::<Vec<_>>());
}

#[test]
fn of_two_members_with_one_name_the_first_is_read() {
    let corpus = Corpus::new();
    corpus.write("twice.tar", tar(&[("a.txt", b"Old pier\n\nThe pier is old."), ("a.txt", b"New pier\n\nThe pier is new.")]));
    let (articles, skipped) = corpus.told();
    assert_eq!(articles, [(String::from("twice.tar/a.txt"), String::from("Old pier\n\nThe pier is old."))]);
    assert_eq!(skipped, ["twice.tar/a.txt: the archive has another member of this name, which was read instead"]);
}

#[test]
fn what_is_named_twice_is_in_the_corpus_once() {
    let corpus = Corpus::new();
    fs::create_dir(corpus.0.path().join("sub")).expect("a folder");
    corpus.write("a.txt", "The ferry left.");
    corpus.write("sub/b.txt", "The ferry came back.");
    let found = |roots: &[&str]| {
        let value = printed(&[&["stories", "--no-index", "--format", "json"], roots].concat(), corpus.0.path());
        let mut paths: Vec<String> = value["stories"]
            .as_array()
            .into_iter()
            .flatten()
            .flat_map(|story| story["articles"].as_array().cloned().unwrap_or_default())
            .chain(value["alone"].as_array().cloned().unwrap_or_default())
            .map(|article| article["path"].as_str().unwrap_or("").to_string())
            .collect();
        paths.sort();
        paths
    };
    assert_eq!(found(&[".", "sub"]), ["./a.txt", "sub/b.txt"]);
    assert_eq!(found(&["sub", "."]), ["./a.txt", "sub/b.txt"]);
    assert_eq!(found(&["sub", "sub/../sub"]), ["sub/b.txt"]);
    assert_eq!(found(&["a.txt", "."]), ["./sub/b.txt", "a.txt"]);
}

#[test]
fn what_files_are_called_is_never_sent_raw() {
    let corpus = Corpus::new();
    corpus.write("a.txt", "The ferry left.");
    corpus.write("x.\u{1b}]0;owned\u{7}", "The ferry left.");
    corpus.write("y.xml", "<?xml version=\"1.0\"?></\u{1b}[2J>");
    for args in [&["stories", "."][..], &["index", "."], &["check", "a.txt", "."], &["search", "ferry", "."], &["diff", "y.xml", "a.txt"]] {
        let output = Command::new(env!("CARGO_BIN_EXE_variorum"))
            .args(args)
            .current_dir(corpus.0.path())
            .env("XDG_CACHE_HOME", corpus.0.path().join(".cache"))
            .output()
            .expect("an answer");
        assert!(![output.stdout.clone(), output.stderr.clone()].concat().contains(&0x1b), "{args:?} {output:?}");
    }
}

#[test]
fn lines_that_are_no_objects_are_told_up_to_a_hundred() {
    let corpus = Corpus::new();
    corpus.write("numbers.jsonl", "12345\n".repeat(250) + &lines());
    let (articles, skipped) = corpus.told();
    assert_eq!(articles, told_lines());
    assert_eq!(skipped.len(), 101);
    assert!(skipped.iter().any(|told| told == "numbers.jsonl: 150 more lines are no objects and were passed over"), "{skipped:?}");
}

#[test]
fn names_in_archives_lead_nowhere_and_nothing_is_written() {
    let corpus = Corpus::new();
    corpus.write("a.tar", tar(&[("../../up.txt", b"Up."), ("/etc/root.txt", b"Root.")]));
    let (articles, skipped) = corpus.told();
    let ids: Vec<&str> = articles.iter().map(|(id, _)| id.as_str()).collect();
    assert_eq!((ids, skipped), (vec!["a.tar/up.txt", "a.tar/etc/root.txt"], vec![]));
    assert_eq!(fs::read_dir(corpus.0.path()).expect("the folder").count(), 1);
    let told = printed(&["read", "a.tar/up.txt", "--format", "json"], corpus.0.path());
    assert_eq!(told["text"], "Up.");
}

#[test]
fn damaged_archives_and_markup_are_told_and_the_rest_goes_on() {
    let corpus = Corpus::new();
    let whole = tar(&[("one.txt", b"The harbour was opened."), ("two.txt", b"The harbour was closed.")]);
    corpus.write("a.tar", &whole[..1100]);
    corpus.write("b.zip", &zip(&[("one.txt", b"One.")])[..40]);
    let bomb = "<!DOCTYPE x [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;'><!ENTITY f SYSTEM 'file:///etc/hostname'>]>";
    corpus.write(
        "c.xml",
        format!("<?xml version='1.0'?>{bomb}<nitf><body><body.content><p>Two towns &b; &f;.</p></body.content></body></nitf>"),
    );
    corpus.write("d.json", format!("[{}", lines().trim().replace('\n', ",")));
    corpus.write("e.csv", "a,b\n1,2\n");
    let (articles, skipped) = corpus.told();
    assert_eq!(articles[0].1, "The harbour was opened.");
    assert_eq!(articles[1].1, "Two towns &b; &f;.");
    assert_eq!(articles[2..], told_lines());
    let names: Vec<&str> = skipped.iter().map(|told| &told[..told.find(':').unwrap_or(0)]).collect();
    assert_eq!(names, ["a.tar", "b.zip", "d.json", "e.csv"], "{skipped:?}");
}
