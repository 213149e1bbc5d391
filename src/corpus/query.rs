//! What a reader searches for: words, phrases, beginnings of words, and what articles are to be of, as they are typed.
//!
//! `pact "iron clad" harb* -ferry headline:storm outlet:gazette date:2031-03..2031-04`. Words are folded as for comparisons: case,
//! accents and spelling variants do not matter, nor do endings (Porter's stems).

use super::Article;
use crate::text::{BlockKind, Span, TokenKind, fold, lexicon, token};
use jiff::civil::Date;
use std::ops::RangeInclusive;

/// A query. An article has to have everything that is wanted.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Query {
    /// What articles must have.
    pub wanted: Vec<Clause>,
    /// What they must not have.
    pub unwanted: Vec<Clause>,
    /// Parts of the outlet's name or of the folder's, folded: case and accents do not matter.
    pub outlets: Vec<String>,
    /// The first and the last day on which they may have been printed.
    pub days: Option<RangeInclusive<Date>>,
}

/// Words that stand behind each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clause {
    /// The words, folded.
    pub words: Vec<String>,
    /// Whether the last one is the beginning of a word.
    pub begins: bool,
    /// Whether they must stand in the headline.
    pub headline: bool,
}

/// The words of a token as they are searched for: folded, and cut at everything that is neither letter nor digit.
pub fn words(token: &str) -> Vec<String> {
    fold::word(token).split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}

/// The words that are asked for: those of the same tokens as an article with this text has.
fn asked(text: &str) -> Vec<String> {
    let tokens = token::tokens(text, Span::new(0, text.len())).into_iter();
    tokens.filter(|token| token.kind != TokenKind::Mark).flat_map(|token| words(token.span.of(text))).collect()
}

impl Query {
    /// Reads a query; what cannot be understood is told in one sentence.
    pub fn parse(text: &str) -> Result<Query, String> {
        let mut query = Query::default();
        for part in parts(text) {
            query.take(&part)?;
        }
        Ok(query)
    }

    fn take(&mut self, part: &str) -> Result<(), String> {
        let (unwanted, part) = part.strip_prefix('-').map_or((false, part), |rest| (true, rest));
        let (field, rest) = match part.split_once(':') {
            Some((field @ ("headline" | "outlet" | "date"), rest)) => (field, rest),
            _ => ("", part),
        };
        match field {
            "date" if unwanted => return Err(String::from("a date cannot be excluded; give the days that are wanted")),
            "date" => self.days = Some(days(rest).ok_or_else(|| format!("`{rest}` is no day, month, year or span of them"))?),
            "outlet" if unwanted => return Err(String::from("an outlet cannot be excluded; give the one that is wanted")),
            "outlet" => self.outlets.push(fold::case(rest.trim_matches('"'))),
            _ => {
                let begins = rest.ends_with('*');
                let clause = Clause { words: asked(rest), begins, headline: field == "headline" };
                if !clause.words.is_empty() {
                    (if unwanted { &mut self.unwanted } else { &mut self.wanted }).push(clause);
                }
            }
        }
        Ok(())
    }

    /// Whether nothing is asked for.
    pub fn is_empty(&self) -> bool {
        self.wanted.is_empty() && self.outlets.is_empty() && self.days.is_none()
    }

    /// Where what is wanted stands in an article, in order, none overlapping another.
    pub fn spans(&self, article: &Article) -> Vec<Span> {
        let pieces = pieces(article);
        let headline = article.first(BlockKind::Headline);
        let mut spans: Vec<Span> = Vec::new();
        for clause in &self.wanted {
            let stems: Vec<String> = clause.words.iter().map(|word| lexicon::stem(word)).collect();
            let fits = |run: &[Piece]| {
                let last = clause.words.len() - 1;
                run.iter().enumerate().all(|(at, piece)| match clause.begins && at == last {
                    true => piece.word.starts_with(&clause.words[at]),
                    false => piece.word == clause.words[at] || piece.stem == stems[at],
                })
            };
            let found = pieces.windows(clause.words.len()).filter(|run| fits(run)).map(|run| run[0].span.to(run[run.len() - 1].span));
            spans.extend(found.filter(|span| !clause.headline || headline.is_some_and(|headline| headline.overlaps(*span))));
        }
        spans.sort_unstable();
        spans.dedup_by(|b, a| a.overlaps(*b));
        spans
    }
}

/// A word of an article as it is searched for.
struct Piece {
    word: String,
    stem: String,
    span: Span,
}

fn pieces(article: &Article) -> Vec<Piece> {
    let tokens = article.parsed.tokens.iter().filter(|token| token.kind != TokenKind::Mark);
    let cut = |span: Span| words(span.of(&article.text)).into_iter().map(move |word| Piece { stem: lexicon::stem(&word), word, span });
    tokens.flat_map(|token| cut(token.span)).collect()
}

/// The parts of a query: blanks part them, unless they stand inside quotation marks.
fn parts(text: &str) -> Vec<String> {
    let (mut parts, mut part, mut quoted) = (Vec::new(), String::new(), false);
    for c in fold::typography(text).chars() {
        quoted ^= c == '"';
        if c.is_whitespace() && !quoted {
            parts.push(std::mem::take(&mut part));
        } else {
            part.push(c);
        }
    }
    parts.push(part);
    parts.retain(|part| !part.is_empty());
    parts
}

/// The days of `2031`, `2031-03`, `2031-03-07`, or from one to another of them; either end may be open.
fn days(text: &str) -> Option<RangeInclusive<Date>> {
    let (since, until) = text.split_once("..").unwrap_or((text, text));
    let first = if since.is_empty() { Date::MIN } else { *period(since)?.start() };
    let last = if until.is_empty() { Date::MAX } else { *period(until)?.end() };
    (first <= last && !text.is_empty()).then_some(first..=last)
}

fn period(text: &str) -> Option<RangeInclusive<Date>> {
    let numbers: Vec<i16> = text.split('-').map(|number| number.parse().ok()).collect::<Option<_>>()?;
    let small = |number: i16| i8::try_from(number).ok();
    match numbers[..] {
        [year] => Some(Date::new(year, 1, 1).ok()?..=Date::new(year, 12, 31).ok()?),
        [year, month] => {
            let first = Date::new(year, small(month)?, 1).ok()?;
            Some(first..=first.last_of_month())
        }
        [year, month, day] => {
            let day = Date::new(year, small(month)?, small(day)?).ok()?;
            Some(day..=day)
        }
        _ => None,
    }
}

/// The part of a text around the first places of a query, on one line: as many words of the sentence as fit into `bytes`.
pub fn snippet(article: &Article, spans: &[Span], bytes: usize) -> Span {
    let lead = || (0..article.parsed.sentences.len()).find(|&s| article.parsed.counts(s)).unwrap_or(0);
    let Some(sentence) = article.parsed.sentences.get(spans.first().map_or_else(lead, |span| article.parsed.sentence_at(span.start)))
    else {
        return Span::default();
    };
    // What is found may lie between two sentences: then it is shown by itself.
    let whole = spans.first().filter(|span| !span.overlaps(sentence.span)).copied().unwrap_or(sentence.span);
    let shown = spans.first().copied().unwrap_or(Span::new(whole.start, whole.start));
    if whole.len() <= bytes {
        return whole;
    }
    // What is found stands in the first third, so that more of what follows is seen.
    let from = shown.start.saturating_sub(bytes / 3).max(whole.start);
    let tokens = &article.parsed.tokens[sentence.tokens.clone()];
    let first = tokens.iter().find(|token| token.span.start >= from).map_or(shown.start, |token| token.span.start);
    let last = tokens.iter().take_while(|token| token.span.end <= first + bytes).last().map_or(shown.end, |token| token.span.end);
    Span::new(first.min(shown.start), last.max(shown.end).min(whole.end))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::article::Parts;
    use crate::text::Unit;
    use jiff::civil::date;

    fn clause(words: &[&str]) -> Clause {
        Clause { words: words.iter().map(ToString::to_string).collect(), begins: false, headline: false }
    }

    #[test]
    fn queries_are_read() {
        let all = Query::parse("Pact \"iron clad\" harb* -ferry -“old pier” headline:storm outlet:\"Lake Gazette\" date:2031-03..2031-04")
            .expect("a query");
        assert_eq!(
            all,
            Query {
                wanted: vec![
                    clause(&["pact"]),
                    clause(&["iron", "clad"]),
                    Clause { begins: true, ..clause(&["harb"]) },
                    Clause { headline: true, ..clause(&["storm"]) },
                ],
                unwanted: vec![clause(&["ferry"]), clause(&["old", "pier"])],
                outlets: vec![String::from("lake gazette")],
                days: Some(date(2031, 3, 1)..=date(2031, 4, 30)),
            }
        );
        for (text, first, last) in [
            ("date:2031", date(2031, 1, 1), date(2031, 12, 31)),
            ("date:2031-02", date(2031, 2, 1), date(2031, 2, 28)),
            ("date:2031-02-03", date(2031, 2, 3), date(2031, 2, 3)),
            ("date:2031-02-03..", date(2031, 2, 3), Date::MAX),
            ("date:..2031", Date::MIN, date(2031, 12, 31)),
        ] {
            assert_eq!(Query::parse(text).expect(text).days, Some(first..=last), "{text}");
        }
        for wrong in ["date:", "date:soon", "date:2031-13", "date:2031-04..2031-03", "-date:2031", "-outlet:x"] {
            assert!(Query::parse(wrong).is_err(), "{wrong}");
        }
        for nothing in ["", "  ", "\"\"", "-", "*", "...", "\"", "-ferry"] {
            assert!(Query::parse(nothing).is_ok_and(|query| query.is_empty()), "{nothing}");
        }
        // What only looks like a field is words.
        assert_eq!(Query::parse("note:well").expect("a query").wanted, [clause(&["note", "well"])]);
    }

    #[test]
    fn words_are_found_in_their_forms() {
        let text = "Storm over Sorvik\\n\\nThe pacts of the harbours were criticised. An iron-clad pact holds. The café was shut."
            .replace("\\n", "\n");
        let article = Article::new("a.txt".into(), Parts { text, ..Parts::default() }, Unit::Sentence);
        for (query, expected) in [
            ("pact", &["pacts", "pact"][..]),
            ("\"iron clad pact\"", &["iron-clad pact"]),
            ("harb*", &["harbours"]),
            ("criticize", &["criticised"]),
            ("cafe", &["café"]),
            ("headline:storm", &["Storm"]),
            ("headline:pact", &[]),
            ("pact -storm date:2031", &["pacts", "pact"]),
        ] {
            let spans = Query::parse(query).expect(query).spans(&article);
            assert_eq!(spans.iter().map(|span| span.of(&article.text)).collect::<Vec<_>>(), expected, "{query}");
        }
        // What lies between two sentences is shown by itself.
        let gap = format!("{}.{}CHAPTER", "storm ".repeat(40).trim(), " ".repeat(90));
        let article_of = |text: &str| Article::new("b.txt".into(), Parts { text: text.to_string(), ..Parts::default() }, Unit::Sentence);
        let wide = article_of(&format!("{gap}\n\nThe pact holds."));
        for start in 200..wide.text.len() - 8 {
            let shown = snippet(&wide, &[Span::new(start, start + 8)], 200);
            assert!(shown.start <= shown.end && shown.end <= wide.text.len(), "{start} {shown:?}");
        }
        let spans = Query::parse("holds").expect("a query").spans(&article);
        assert_eq!(snippet(&article, &spans, 200).of(&article.text), "An iron-clad pact holds.");
        assert_eq!(snippet(&article, &spans, 18).of(&article.text), "pact holds.");
    }
}
