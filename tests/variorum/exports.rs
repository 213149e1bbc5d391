//! What other programs get of the apparatus: CSV, TEI, HTML and the table of CollateX, read back.

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use serde_json::Value;
use std::collections::BTreeMap;
use variorum::collate::apparatus::{Apparatus, apparatus};
use variorum::collate::{Level, Side};
use variorum::corpus::article::Parts;
use variorum::corpus::story::letter;
use variorum::corpus::{self, Article, demo};
use variorum::report::{Edition, collatex, csv, html, tei};
use variorum::text::Unit;

/// A story with all that was found about it.
struct Story {
    articles: Vec<Article>,
    apparatus: Apparatus,
}

impl Story {
    fn new(articles: Vec<Article>) -> Self {
        let sides: Vec<Side> = articles.iter().map(Article::side).collect();
        let apparatus = apparatus(&sides);
        Story { articles, apparatus }
    }

    fn of(texts: &[&str]) -> Self {
        let article = |(number, text): (usize, &&str)| {
            Article::new(format!("{number}.txt").into(), Parts { text: text.to_string(), ..Parts::default() }, Unit::Sentence)
        };
        Story::new(texts.iter().enumerate().map(article).collect())
    }

    fn demo(name: &str) -> Self {
        let entries = demo::entries().into_iter().filter(|entry| entry.path.file_stem().is_some_and(|stem| stem == name));
        Story::new(entries.map(|entry| corpus::open(&entry).expect("readable")).collect())
    }

    fn edition(&self) -> Edition<'_> {
        Edition { articles: &self.articles, apparatus: &self.apparatus, lowest: Level::Form, flags_only: false }
    }
}

/// Versions of one story with all that can go wrong in a file: formulas, marks of other languages, orders to a terminal, moves.
fn nasty() -> Story {
    Story::of(&[
        "The harbour board met on Monday & voted <b>ten</b> to two. The long red \u{1b}[31mribbon\u{1b}[0m at the pier was cut by the \
         old mayor of Lessick. The ferry leaves at noon.",
        "The harbour board met on Tuesday & voted <b>nine</b> to two. The long =SUM(A1) ribbon at the pier was cut by the old mayor \
         of Lessick. Gulls ]]> were \u{202e}seen.",
        "The ferry leaves at dusk. The harbor board met on Monday & voted <b>ten</b> to two, Mr Moss said.",
        "Nobody saw the \"<script>alert('ferry')</script>\" board. The long @home ribbon at the pier was \"cut by\" the old mayor of \
         Lessick. The ferry leaves at noon.",
    ])
}

fn stories() -> Vec<Story> {
    vec![nasty(), Story::demo("ironclad"), Story::demo("ruling"), Story::demo("dam"), Story::of(&["One line only."]), Story::of(&["", ""])]
}

/// The same story with other wishes.
fn wishes(edition: Edition<'_>) -> Vec<Edition<'_>> {
    let wished = |lowest| [false, true].map(|flags_only| Edition { lowest, flags_only, ..edition });
    Level::ALL.into_iter().flat_map(wished).collect()
}

// --- CSV --------------------------------------------------------------------------------------------------------------

fn table(edition: Edition) -> Vec<Vec<String>> {
    let mut bytes = Vec::new();
    csv::variants(edition, &mut bytes).expect("memory");
    assert!(!bytes.starts_with(b"\xef\xbb\xbf"));
    let mut reader = ::csv::Reader::from_reader(&bytes[..]);
    assert_eq!(reader.headers().expect("a head"), &csv::COLUMNS[..]);
    reader.records().map(|record| record.expect("a row").iter().map(str::to_string).collect()).collect()
}

#[test]
fn csv_has_a_row_for_each_reading() {
    for story in stories() {
        for edition in wishes(story.edition()) {
            let mut rows = table(edition).into_iter();
            for (number, passage) in (1..).zip(&story.apparatus.passages).filter(|(_, passage)| passage.counts) {
                for (variant, found) in edition.variants(passage) {
                    for (reading, told) in (1..).zip(edition.readings(found)) {
                        let row = rows.next().expect("a row for each reading");
                        assert_eq!(row[..2], [number.to_string(), (variant + 1).to_string()]);
                        assert_eq!((row[5].parse(), &row[6]), (Ok(reading), &told.letters()));
                        assert_eq!(row[8].split(' ').count(), told.at.len());
                    }
                }
            }
            assert_eq!(rows.next(), None);
        }
    }
}

#[test]
fn csv_spans_are_the_words() {
    let story = nasty();
    for row in table(story.edition()) {
        let (version, span) = row[8].split(' ').next().and_then(|first| first.split_once(':')).expect("a span");
        let (start, end) = span.split_once('-').expect("two bounds");
        let article = &story.articles[(0..4).find(|&v| letter(v) == version).expect("a letter")];
        let words = &article.text[start.parse().expect("a byte")..end.parse().expect("a byte")];
        assert_eq!(row[7].trim_start_matches('\'').replace(['␛', '·'], ""), words.replace(['\u{1b}', '\u{202e}'], ""));
    }
}

#[test]
fn csv_gives_no_orders() {
    let cells: Vec<String> = table(nasty().edition()).into_iter().flatten().collect();
    assert!(cells.iter().any(|cell| cell.starts_with("'=")), "the formula is there: {cells:?}");
    assert!(cells.iter().all(|cell| !cell.starts_with(['=', '+', '-', '@', '\t', '\r'])));
    assert!(cells.iter().all(|cell| !cell.contains(|c: char| c.is_control() || c == '\u{202e}')));
}

// --- TEI --------------------------------------------------------------------------------------------------------------

fn document(edition: Edition) -> String {
    let mut bytes = Vec::new();
    tei::variants(edition, &mut bytes).expect("memory");
    String::from_utf8(bytes).expect("UTF-8")
}

fn attribute(start: &BytesStart, name: &str) -> Option<String> {
    let found = start.try_get_attribute(name).expect("attributes")?;
    Some(found.normalized_value(XmlVersion::Explicit1_0).expect("an attribute").into_owned())
}

/// The text of a version as a program gets it out of the document: its passages with the sentence that each begins with.
fn witness(xml: &str, letter: &str) -> BTreeMap<usize, String> {
    let pointer = format!("#{letter}");
    let names = |list: Option<String>| list.is_some_and(|list| list.split(' ').any(|name| name == pointer));
    let mut reader = Reader::from_str(xml);
    let (mut passages, mut passage, mut sentence, mut body, mut others) = (BTreeMap::new(), String::new(), None, false, 0);
    loop {
        match reader.read_event().expect("well-formed") {
            Event::Start(start) if start.name().as_ref() == "rdg" => others += usize::from(others > 0 || !names(attribute(&start, "wit"))),
            Event::End(end) if end.name().as_ref() == "rdg" => others -= usize::from(others > 0),
            Event::Start(start) if start.name().as_ref() == "body" => body = true,
            Event::Empty(start) if start.name().as_ref() == "milestone" && names(attribute(&start, "edRef")) => {
                sentence = attribute(&start, "n").and_then(|n| n.parse().ok());
            }
            Event::Text(text) if body && others == 0 => passage += &text.xml10_content(),
            Event::GeneralRef(name) if body && others == 0 => {
                passage += quick_xml::escape::resolve_predefined_entity(&name).expect("an entity of XML");
            }
            Event::End(end) if end.name().as_ref() == "ab" => {
                let text = std::mem::take(&mut passage);
                if let Some(sentence) = sentence.take() {
                    passages.insert(sentence, text);
                }
            }
            Event::Eof => return passages,
            _ => {}
        }
    }
}

#[test]
fn tei_gives_every_version_back() {
    for story in stories() {
        let xml = document(story.edition());
        for (version, article) in story.articles.iter().enumerate() {
            // In the order of their first sentences the passages are the article, white space as one space.
            let told = witness(&xml, &letter(version)).into_values().collect::<Vec<_>>().join(" ");
            let mut passages: Vec<_> = story.apparatus.passages.iter().filter_map(|p| p.sentences_of(version).cloned()).collect();
            passages.sort_by_key(|sentences| sentences.start);
            let sentences = &article.parsed.sentences;
            let text = |range: std::ops::Range<usize>| sentences[range.start].span.to(sentences[range.end - 1].span).of(&article.text);
            let wanted = passages.into_iter().map(text).collect::<Vec<_>>().join(" ").replace('\u{1b}', "\u{fffd}");
            assert_eq!(told.split_whitespace().collect::<Vec<_>>(), wanted.split_whitespace().collect::<Vec<_>>(), "{}", letter(version));
        }
    }
}

#[test]
fn tei_names_what_was_wished() {
    let story = Story::demo("ironclad");
    for edition in wishes(story.edition()) {
        let xml = document(edition);
        let variants = story.apparatus.passages.iter().flat_map(|passage| edition.variants(passage)).count();
        let levels = Level::ALL.map(|level| xml.matches(&format!(" type=\"{}\" subtype=", level.name())).count());
        assert_eq!(levels.iter().sum::<usize>(), variants);
        assert!(Level::ALL.iter().zip(levels).all(|(level, count)| *level >= edition.lowest || count == 0));
        let pointers = xml.split(" ana=\"").skip(1).flat_map(|rest| rest.split('"').next().unwrap_or("").split(' '));
        pointers.for_each(|pointer| assert!(xml.contains(&format!("<category xml:id=\"{}\"", &pointer[1..])), "{pointer}"));
    }
}

// --- HTML -------------------------------------------------------------------------------------------------------------

/// Elements that have no end.
const VOID: [&str; 2] = ["meta", "br"];

/// Panics unless every element is closed where it should be; gives the names, ids, and links to the page itself.
fn elements(page: &str) -> (Vec<String>, Vec<String>, Vec<String>) {
    let (mut open, mut names, mut ids, mut links): (Vec<String>, _, _, _) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let (head, rest) = page.split_once("<style>").expect("a style");
    let page = head.to_string() + rest.split_once("</style>").expect("its end").1;
    for tag in page.split('<').skip(2).map(|piece| piece.split_once('>').expect("a tag ends").0) {
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop().as_deref(), Some(name));
            continue;
        }
        let name = tag.split(' ').next().unwrap_or("").to_string();
        let value = |attribute: &str| Some(tag.split_once(attribute)?.1.split('"').next()?.to_string());
        ids.extend(value(" id=\""));
        links.extend(value(" href=\"#"));
        if !VOID.contains(&name.as_str()) {
            open.push(name.clone());
        }
        names.push(name);
    }
    assert_eq!(open, [""; 0]);
    (names, ids, links)
}

#[test]
fn html_is_whole_and_links_lead_somewhere() {
    for story in stories() {
        for edition in wishes(story.edition()) {
            let (names, ids, links) = elements(&html::variants(edition));
            assert!(!names.iter().any(|name| matches!(name.as_str(), "script" | "link" | "img" | "iframe" | "b")), "{names:?}");
            assert!(links.iter().all(|link| ids.contains(link)), "a link leads nowhere");
            let mut distinct = ids.clone();
            distinct.sort_unstable();
            distinct.dedup();
            assert_eq!(distinct.len(), ids.len(), "an id is there twice");
        }
    }
}

#[test]
fn html_shows_what_articles_say_and_obeys_nothing() {
    let page = html::variants(nasty().edition());
    assert!(page.contains("&lt;script&gt;") && !page.contains("<script"));
    assert!(!page.contains(['\u{1b}', '\u{202e}']));
    assert!(!page.contains("http:") && !page.contains("https:") && !page.contains("url("));
}

#[test]
fn html_tells_every_variant_and_every_passage() {
    let story = Story::demo("ironclad");
    let page = html::variants(story.edition());
    let counted = story.apparatus.passages.iter().filter(|passage| passage.counts);
    let variants: usize = counted.map(|passage| passage.variants.len()).sum();
    assert_eq!(page.matches("class=\"back\"").count(), variants);
    assert_eq!(page.matches("<article class=\"passage\"").count(), story.apparatus.passages.len());
    assert!(page.contains("quote altered") && page.contains("What an editor must not miss"));
}

// --- CollateX ---------------------------------------------------------------------------------------------------------

#[test]
fn collatex_has_all_tokens_in_the_order_of_the_passages() {
    for story in stories() {
        let table = collatex::variants(story.edition());
        let rows = table["table"].as_array().expect("rows");
        assert_eq!((rows.len(), table["witnesses"].as_array().map(Vec::len)), (story.articles.len(), Some(story.articles.len())));
        for (version, article) in story.articles.iter().enumerate() {
            assert_eq!(table["witnesses"][version], letter(version));
            let cells = rows[version].as_array().expect("cells");
            assert_eq!(cells.len(), rows[0].as_array().map_or(0, Vec::len));
            assert!(cells.iter().all(|cell| cell.is_null() || cell.as_array().is_some_and(|tokens| !tokens.is_empty())));
            let told: Vec<&str> = cells.iter().filter_map(Value::as_array).flatten().filter_map(|token| token["t"].as_str()).collect();
            let ranges = story.apparatus.passages.iter().map(|passage| story.edition().tokens(passage, version));
            let wanted: Vec<&str> = ranges.flatten().map(|token| article.parsed.tokens[token].span.of(&article.text)).collect();
            assert_eq!(
                told.iter().map(|word| word.trim_end()).collect::<Vec<_>>(),
                wanted.iter().map(|w| w.trim_end()).collect::<Vec<_>>()
            );
            assert_eq!(wanted.len(), article.parsed.tokens.len());
        }
    }
}

// --- The street door --------------------------------------------------------------------------------------------------

#[test]
fn every_format_can_be_asked_for() {
    let folder = tempfile::tempdir().expect("a folder");
    for (version, article) in nasty().articles.iter().enumerate() {
        std::fs::write(folder.path().join(format!("{version}.txt")), &article.text).expect("a file");
    }
    let table = [("csv", "passage,variant,"), ("tei", "<?xml "), ("html", "<!DOCTYPE html>"), ("collatex", "{\"table\":"), ("json", "{")];
    for (format, beginning) in table {
        let mut command = assert_cmd::Command::cargo_bin("variorum").expect("built");
        let output = command.args(["variants", "--format", format, "--level", "wording"]).arg(folder.path()).output().expect("it runs");
        let text = String::from_utf8(output.stdout).expect("UTF-8");
        assert!(output.status.success() && text.starts_with(beginning) && text.ends_with('\n'), "{format}: {text}");
    }
}
