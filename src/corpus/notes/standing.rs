//! Finding a marked place again in a text that has changed since.

use super::spot::{On, Spot};
use crate::text::Span;

/// Where a marked place stands in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// The text is the one that was marked.
    Same(Span),
    /// The text has changed, and the words were found in it.
    Found(Span),
    /// The words are no longer there.
    Adrift,
}

impl Standing {
    /// The bytes of the place, where it has one.
    pub fn span(self) -> Option<Span> {
        match self {
            Standing::Same(span) | Standing::Found(span) => Some(span),
            Standing::Adrift => None,
        }
    }
}

/// Words of so many bytes are told from others by themselves …
const LONG: usize = 24;
/// … shorter ones only where so many letters around them are the same too.
const TELLING: usize = 8;

/// Finds a marked place in a text: where it was if the text has the same hash, else by its words, exactly or with other white
/// space between them. Of several such places it is the one with most of the same letters around, then the nearest.
pub fn standing(spot: &Spot, text: &str, hash: &str) -> Standing {
    let is_same = spot.article.hash == hash && text.get(spot.span.start..spot.span.end).is_some();
    match spot.on {
        _ if is_same => Standing::Same(spot.span),
        On::Article => Standing::Found(Span::default()),
        _ => found(spot, text).map_or(Standing::Adrift, Standing::Found),
    }
}

fn found(spot: &Spot, text: &str) -> Option<Span> {
    let [before, after] = &spot.around;
    if spot.words.is_empty() {
        // A place where something is missing lies between what stands around it.
        let joined = format!("{before}{after}");
        return nearest(spot, text, exact(text, &joined).map(|span| Span::new(span.start + before.len(), span.start + before.len())));
    }
    nearest(spot, text, exact(text, &spot.words)).or_else(|| nearest(spot, text, folded(text, &spot.words).into_iter()))
}

fn exact<'a>(text: &'a str, words: &'a str) -> impl Iterator<Item = Span> + 'a {
    text.match_indices(words).filter(|_| !words.is_empty()).map(|(at, found)| Span::new(at, at + found.len()))
}

/// The places of some words whatever white space stands between them.
fn folded(text: &str, words: &str) -> Vec<Span> {
    let words: String = words.chars().filter(|c| !c.is_whitespace()).collect();
    let mut dense = String::with_capacity(text.len());
    let mut offsets = Vec::with_capacity(text.len());
    for (at, c) in text.char_indices().filter(|(_, c)| !c.is_whitespace()) {
        dense.push(c);
        offsets.extend((0..c.len_utf8()).map(|byte| at + byte));
    }
    let place = |span: Span| Span::new(offsets[span.start], offsets[span.end - 1] + 1);
    exact(&dense, &words).map(place).collect()
}

/// Of some places the one that is most like the marked one, if it is like it at all.
fn nearest(spot: &Spot, text: &str, places: impl Iterator<Item = Span>) -> Option<Span> {
    let known: usize = spot.around.iter().map(|part| letters(part).count()).sum();
    let needed = if spot.words.len() >= LONG { 0 } else { known.min(TELLING) };
    let rated = places.map(|span| (alike(spot, text, span), span)).filter(|(alike, _)| *alike >= needed);
    rated.min_by_key(|(alike, span)| (usize::MAX - alike, span.start.abs_diff(spot.span.start))).map(|(_, span)| span)
}

/// How many letters around a place are those that stood around the marked one.
fn alike(spot: &Spot, text: &str, span: Span) -> usize {
    let [before, after] = &spot.around;
    let ahead = letters(before).rev().zip(letters(&text[..span.start]).rev()).take_while(|(a, b)| a == b).count();
    ahead + letters(after).zip(letters(&text[span.end..])).take_while(|(a, b)| a == b).count()
}

fn letters(text: &str) -> impl DoubleEndedIterator<Item = char> {
    text.chars().filter(|c| !c.is_whitespace())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::Article;
    use crate::corpus::article::Parts;
    use crate::corpus::notes::spot::hash;
    use crate::text::Unit;
    use std::path::PathBuf;

    const OLD: &str = "The pier of Lessick closed for 14 days. The ferry to Skarra left 14 hours late. Nobody was hurt in the storm.";

    /// The place of some words of [`OLD`], the n-th time that they stand there.
    fn spot(words: &str, nth: usize) -> Spot {
        let article = Article::new(PathBuf::from("a.txt"), Parts { text: OLD.to_string(), ..Parts::default() }, Unit::Sentence);
        let (start, _) = OLD.match_indices(words).nth(nth).expect("the words");
        Spot { on: On::Difference, ..Spot::at(&article, Span::new(start, start + words.len())) }
    }

    /// What a place of the old text reads, with a few letters around, in a new one.
    fn read(spot: &Spot, text: &str) -> Option<String> {
        let span = standing(spot, text, &hash(text)).span()?;
        Some(format!(
            "{}[{}]{}",
            &text[span.start.saturating_sub(4)..span.start],
            span.of(text),
            &text[span.end..(span.end + 5).min(text.len())]
        ))
    }

    #[test]
    fn an_unchanged_text_has_its_place_where_it_was() {
        let spot = spot("14", 1);
        assert_eq!(standing(&spot, OLD, &hash(OLD)), Standing::Same(spot.span));
    }

    #[test]
    fn places_are_found_again() {
        let late = format!("New: gulls. {OLD}");
        let turned = "The ferry to Skarra left 14 hours late. The pier of Lessick closed for 14 days. Nobody was hurt in the storm.";
        let spaced = OLD.replace("Nobody was hurt", "Nobody\n  was\u{a0}hurt");
        let table = [
            (spot("14", 0), late.as_str(), Some("for [14] days")),
            (spot("14", 1), late.as_str(), Some("eft [14] hour")),
            (spot("14", 0), turned, Some("for [14] days")),
            (spot("Nobody was hurt in the", 0), spaced.as_str(), Some("te. [Nobody\n  was\u{a0}hurt in the] stor")),
            (spot("14", 0), "The pier stays shut. Of 14 boats none was lost.", None),
            (
                spot("The ferry to Skarra left 14 hours late.", 0),
                "Rain. The ferry to Skarra left 14 hours late. Sun.",
                Some("in. [The ferry to Skarra left 14 hours late.] Sun."),
            ),
            (spot("Skarra", 0), "", None),
        ];
        for (spot, text, expected) in table {
            assert_eq!(read(&spot, text).as_deref(), expected, "{} in {text}", spot.words);
        }
    }

    #[test]
    fn a_gap_lies_between_what_stood_around_it() {
        let mut gap = spot("days", 0);
        gap = Spot { span: Span::new(gap.span.start, gap.span.start), words: String::new(), ..gap };
        gap.around[1].insert_str(0, "days");
        assert_eq!(read(&gap, &format!("New: gulls. {OLD}")).as_deref(), Some(" 14 []days."));
        assert_eq!(read(&gap, &OLD.replace("14", "15")), None);
    }

    #[test]
    fn without_anything_around_the_nearest_place_is_taken() {
        let bare = Spot { around: Default::default(), ..spot("14", 1) };
        assert_eq!(read(&bare, "14 gulls and 14 boats and, much later on that day, 14 men").as_deref(), Some("ay, [14] men"));
    }

    #[test]
    fn an_article_as_a_whole_is_never_adrift() {
        let whole = Spot { on: On::Article, span: Span::default(), words: String::new(), ..spot("14", 0) };
        assert_eq!(standing(&whole, "Else.", &hash("Else.")), Standing::Found(Span::default()));
    }

    #[test]
    fn a_span_that_the_text_cannot_have_is_no_place() {
        let wrong = Spot { span: Span::new(5, 5000), words: String::from("nowhere"), ..spot("14", 0) };
        assert_eq!(standing(&wrong, OLD, &hash(OLD)), Standing::Adrift);
    }
}
