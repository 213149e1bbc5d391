//! Searching an index: which articles a query finds, the best first.

use super::{Index, IndexError};
use crate::corpus::query::{Clause, Query};
use rusqlite::types::Value;
use rusqlite::{Row, params_from_iter};
use std::path::PathBuf;

/// An article that a query finds.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// Its path, as in the corpus.
    pub path: PathBuf,
    /// Its headline.
    pub headline: String,
    /// Its day, `YYYY-MM-DD`.
    pub date: Option<String>,
    /// Its outlet.
    pub outlet: Option<String>,
    /// How well it fits, more being better: Okapi BM25, where words are asked for, a word in the headline counting for four.
    pub score: f64,
}

/// What a query finds.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Found {
    /// The best hits, the best first.
    pub hits: Vec<Hit>,
    /// How many articles were looked at; of more than 10,000 the others were not.
    pub all: usize,
    /// Whether there are more than were looked at.
    pub more: bool,
}

/// How many articles are ranked at most. A word that half of a large corpus has would take long to rank, and says little.
const LOOKED_AT: usize = 10_000;

impl Index {
    /// The best articles for a query, at most `limit`.
    pub fn search(&self, query: &Query, limit: usize) -> Result<Found, IndexError> {
        if query.is_empty() {
            return Ok(Found::default());
        }
        self.best(query, limit).map_err(|error| self.error(error))
    }

    fn best(&self, query: &Query, limit: usize) -> rusqlite::Result<Found> {
        let (sql, values) = ranking(query);
        let mut statement = self.db.prepare_cached(&sql)?;
        let rows = statement.query_map(params_from_iter(values), |row| Ok((row.get::<_, i64>(0)?, row.get::<_, f64>(1)?)))?;
        let mut ranked: Vec<(i64, f64)> = rows.collect::<rusqlite::Result<_>>()?;
        let more = ranked.len() > LOOKED_AT;
        ranked.truncate(LOOKED_AT);
        let all = ranked.len();
        // SQLite's ranks are the smaller the better; of one rank the article that was noted first goes first.
        ranked.sort_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0)));
        ranked.truncate(limit);
        let mut article = self.db.prepare_cached("SELECT path, headline, date, outlet FROM article WHERE id = ?1")?;
        let hits = ranked.iter().map(|(id, rank)| article.query_row([id], |row| self.hit(row, -rank))).collect::<rusqlite::Result<_>>()?;
        Ok(Found { hits, all, more })
    }

    fn hit(&self, row: &Row, score: f64) -> rusqlite::Result<Hit> {
        let path = self.roots.path(row.get_ref(0)?.as_blob()?);
        Ok(Hit { path, headline: row.get(1)?, date: row.get(2)?, outlet: row.get(3)?, score })
    }
}

/// The statement for a query with its values: numbers of articles and their ranks.
fn ranking(query: &Query) -> (String, Vec<Value>) {
    let (mut conditions, mut values) = (vec![String::from("why IS NULL")], Vec::new());
    let matching = matching(query);
    if let Some(matching) = &matching {
        conditions.push(String::from("word MATCH ?"));
        values.push(Value::Text(matching.clone()));
    }
    for outlet in &query.outlets {
        conditions.push(String::from("instr(origin, ?) > 0"));
        values.push(Value::Text(outlet.clone()));
    }
    if let Some(days) = &query.days {
        conditions.push(String::from("date BETWEEN ? AND ?"));
        values.extend([days.start(), days.end()].map(|day| Value::Text(day.to_string())));
    }
    let (rank, tables) = match matching {
        Some(_) => ("bm25(word, 4.0, 1.0)", "word JOIN article ON article.id = word.rowid"),
        None => ("-0.0", "article"),
    };
    let conditions = conditions.join(" AND ");
    (format!("SELECT article.id, {rank} FROM {tables} WHERE {conditions} LIMIT {}", LOOKED_AT + 1), values)
}

/// The words of a query as FTS5 reads them; `None` where none are wanted.
fn matching(query: &Query) -> Option<String> {
    let clause = |clause: &Clause| {
        let words = clause.words.iter().map(|word| format!("\"{word}\"")).collect::<Vec<_>>().join(" + ");
        let headline = if clause.headline { "headline : " } else { "" };
        format!("({headline}{words}{})", if clause.begins { " *" } else { "" })
    };
    if query.wanted.is_empty() {
        return None;
    }
    let wanted = query.wanted.iter().map(clause).collect::<Vec<_>>().join(" AND ");
    let unwanted: String = query.unwanted.iter().map(|unwanted| format!(" NOT {}", clause(unwanted))).collect();
    Some(format!("({wanted}){unwanted}"))
}
