//! How soon the first hits of a search are there; SQLite's own ranking of all hits beside it, in the same index.
//!
//! `VARIORUM_CORPUS=PATH cargo bench --bench search`, where PATH is a corpus whose index is built first, in a folder that is thrown
//! away. Words are chosen by how many articles have them. Nothing is done where no path is set.

use rusqlite::Connection;
use std::env;
use std::path::PathBuf;
use std::time::{Duration, Instant};
use variorum::corpus::index::Index;
use variorum::corpus::query::Query;
use variorum::corpus::scan::{Scan, scan};

/// How often every query is asked; the middle of the times is told.
const ROUNDS: usize = 15;

fn main() {
    let Ok(path) = env::var("VARIORUM_CORPUS") else {
        println!("search: set VARIORUM_CORPUS to a corpus");
        return;
    };
    let (roots, folder) = ([PathBuf::from(path)], tempfile::TempDir::new().expect("a folder"));
    let mut entries = Vec::new();
    scan(&roots, &Scan::default(), |batch| {
        entries.extend(batch.entries);
        true
    });
    let mut index = Index::open(folder.path(), &roots, &Scan::default()).expect("an index");
    let start = Instant::now();
    index.update(&entries, |_, _| true).expect("an update");
    println!("{} articles, indexed in {:.1} s", entries.len(), start.elapsed().as_secs_f64());
    let plain = Connection::open(index.path()).expect("the same index");
    println!("{:<34}{:>9}{:>12}{:>12}{:>16}", "query", "hits", "first 20", "all looked at", "FTS5, ranking all");
    for (words, query) in queries(&plain, entries.len()) {
        let query = Query::parse(&query).expect("a query");
        let hits = |limit: usize| index.search(&query, limit).expect("an answer").hits.len();
        let ranked = || first(&plain, &words);
        let row = [middle(|| hits(20)), middle(|| hits(10_000)), middle(ranked)].map(|time| format!("{:.2} ms", time.as_secs_f64() * 1e3));
        println!("{words:<34}{:>9}{:>12}{:>12}{:>16}", count(&plain, &words), row[0], row[1], row[2]);
    }
}

/// Words as SQLite is asked for them, and as a reader asks: from words that few articles have to one that most have, two words, a phrase,
/// and a beginning.
fn queries(plain: &Connection, articles: usize) -> Vec<(String, String)> {
    plain.execute_batch("CREATE VIRTUAL TABLE temp.vocabulary USING fts5vocab('main', 'word', 'row')").expect("a vocabulary");
    let with = |share: f64| -> Option<String> {
        let wanted = (articles as f64 * share).max(1.0) as i64;
        let sql = "SELECT term FROM temp.vocabulary WHERE length(term) > 3 AND term NOT GLOB '*[^a-z]*' ORDER BY abs(doc - ?1) LIMIT 1";
        plain.query_row(sql, [wanted], |row| row.get(0)).ok()
    };
    let words: Vec<String> = [0.0001, 0.001, 0.01, 0.1, 0.5, 0.9].into_iter().filter_map(with).collect();
    let mut queries: Vec<(String, String)> = words.iter().map(|word| (format!("\"{word}\""), word.clone())).collect();
    if let [.., common, most] = &words[..] {
        queries.push((format!("\"{common}\" AND \"{most}\""), format!("{common} {most}")));
        queries.push((format!("\"{common} {most}\""), format!("\"{common} {most}\"")));
        queries.push((format!("{}*", &common[..3]), format!("{}*", &common[..3])));
    }
    queries
}

fn count(plain: &Connection, words: &str) -> i64 {
    plain.query_row("SELECT count(*) FROM word WHERE word MATCH ?1", [words], |row| row.get(0)).expect("a count")
}

/// The best twenty, where all are ranked.
fn first(plain: &Connection, words: &str) -> usize {
    let mut statement = plain.prepare_cached("SELECT rowid FROM word WHERE word MATCH ?1 ORDER BY rank LIMIT 20").expect("a statement");
    statement.query_map([words], |row| row.get::<_, i64>(0)).expect("hits").count()
}

fn middle(mut answer: impl FnMut() -> usize) -> Duration {
    let mut times: Vec<Duration> = (0..ROUNDS)
        .map(|_| {
            let start = Instant::now();
            std::hint::black_box(answer());
            start.elapsed()
        })
        .collect();
    times.sort_unstable();
    times[ROUNDS / 2]
}
