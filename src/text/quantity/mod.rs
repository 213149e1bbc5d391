//! Figures and dates in digits and in words, as values that can be compared: `three` and `3`, `4 February` and `February 4th`.
//!
//! Tokens are cut into pieces, each looked up once in a closed vocabulary (`piece`, `words`); readers try at every token what
//! may begin there, the longest first (`calendar` for dates and times, `amount` and `figure` for numbers); values know what
//! they are to each other (`value`, `date`). Where a word may be part of a figure or not, the reading is the cautious one: a
//! preposition stays a word, and an unknown figure is a label that equals only itself.

mod amount;
mod calendar;
mod date;
mod figure;
mod piece;
mod reader;
mod value;
mod words;

pub use date::{CalendarDate, Hours, Part, Relative, Time, Toward};
pub use value::{Bound, Measure, Name, Number, Relation, TimeUnit, Value};

use super::Token;
use reader::Reader;
use std::ops::Range;

/// A figure or a date: a run of tokens and its value.
#[derive(Debug, Clone, PartialEq)]
pub struct Quantity {
    /// Its tokens, as indices into the slice that was read.
    pub tokens: Range<usize>,
    /// What it says.
    pub value: Value,
}

/// The figures and dates among consecutive tokens, in order, none overlapping another, in time linear in their number.
pub fn quantities(raw: &str, tokens: &[Token]) -> Vec<Quantity> {
    let mut found = Reader::new(raw, tokens).quantities();
    for quantity in &mut found {
        if let Value::Number(number) = &mut quantity.value {
            number.unit = unit(raw, &tokens[quantity.tokens.clone()], number.high);
        }
    }
    found
}

/// What the last printed digit of a number stands for: its place among the digits, times the magnitude that a word adds.
fn unit(raw: &str, tokens: &[Token], value: f64) -> f64 {
    let printed = tokens.iter().rev().map(|token| token.span.of(raw)).find(|word| word.contains(|c: char| c.is_ascii_digit()));
    // A number in words is told to the last one, unless it names a magnitude.
    let Some(word) = printed else { return if value.abs() < 1000.0 { 1.0 } else { value::grain(value) } };
    let digits: String = word.chars().filter(|c| c.is_ascii_digit() || *c == '.').collect();
    let places = digits.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    let shown: f64 = digits.trim_matches('.').parse().unwrap_or(0.0);
    let magnitude = if shown == 0.0 { 1.0 } else { (value / shown).abs() };
    magnitude * 0.1_f64.powi(i32::try_from(places).unwrap_or(0))
}

#[cfg(test)]
mod tests;
