//! The alignment table of CollateX, so that whoever works with its tools can go on with them.
//!
//! This is the JSON that CollateX for Python prints with `output="json"` and `segmentation=False`: `witnesses` has the letters,
//! `table` a row for each of them and in it a cell for each column, which is a list of tokens, or `null` where the witness has
//! nothing. (CollateX for Java prints the same table turned round, a list of columns.) A token has `t`, its characters with the
//! white space behind them, and `n`, the form under which it was compared; `_sigil` and `_token_array_position` are as CollateX
//! numbers them.
//!
//! The columns of all passages follow each other in the order of the passages. So a sentence that a version tells elsewhere
//! stands where most others tell it, and the tokens of a row are in the order of the passages, not in that of the article.

use super::edition::Edition;
use crate::collate::apparatus::{Cell, Column};
use crate::corpus::story::letter;
use crate::text::{Text, TokenKind, fold};
use serde_json::{Value, json};

/// The table of all columns of all passages.
pub fn variants(edition: Edition) -> Value {
    let columns: Vec<&Column> = edition.apparatus.passages.iter().flat_map(|passage| &passage.columns).collect();
    let mut free = 0;
    let rows = edition.articles.iter().enumerate().map(|(version, article)| {
        let row = row(edition, &columns, version, free);
        // CollateX keeps one place free between two witnesses.
        free += article.parsed.tokens.len() + 1;
        row
    });
    let rows: Vec<Value> = rows.collect();
    let witnesses: Vec<String> = (0..edition.articles.len()).map(letter).collect();
    json!({ "table": rows, "witnesses": witnesses })
}

/// The cells of a version, its tokens numbered from a place on.
fn row(edition: Edition, columns: &[&Column], version: usize, first: usize) -> Value {
    let mut places = first..;
    let cells = columns.iter().map(|column| {
        let Ok(at) = column.cells.binary_search_by_key(&version, |cell| cell.version) else { return Value::Null };
        let tokens = tokens(edition, &column.cells[at]).zip(&mut places);
        let tokens = tokens.map(|((t, n), place)| json!({ "_sigil": letter(version), "_token_array_position": place, "n": n, "t": t }));
        Value::Array(tokens.collect())
    });
    Value::Array(cells.collect())
}

/// The tokens of a cell as they stand and as they were compared.
fn tokens<'a>(edition: Edition<'a>, cell: &'a Cell) -> impl Iterator<Item = (String, String)> + 'a {
    let article = &edition.articles[cell.version];
    cell.tokens.clone().map(move |token| {
        let word = article.parsed.tokens[token].span.of(&article.text);
        let space = if is_followed(&article.parsed, token) { " " } else { "" };
        (format!("{word}{space}"), compared(word, article.parsed.tokens[token].kind))
    })
}

/// Whether white space stands behind a token.
fn is_followed(text: &Text, token: usize) -> bool {
    text.tokens.get(token + 1).is_some_and(|next| text.tokens[token].span.end < next.span.start)
}

fn compared(word: &str, kind: TokenKind) -> String {
    let folded = if kind == TokenKind::Word { fold::word(word) } else { String::new() };
    if folded.is_empty() { fold::typography(word).into_owned() } else { folded }
}
