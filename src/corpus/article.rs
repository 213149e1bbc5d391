//! One news item as read from a file: its text, taken apart, and what its blocks tell about it.

use crate::collate::Side;
use crate::text::quantity;
use crate::text::{BlockKind, Span, Text, TokenKind, Unit, lexicon};
use jiff::civil::Date;
use std::path::PathBuf;

/// What a reader of a format found: the text and what the format says beside it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Parts {
    /// The whole text in reading order; headline and byline come first where the format keeps them apart.
    pub text: String,
    /// The day of publication.
    pub date: Option<Date>,
    /// Who printed it.
    pub outlet: Option<String>,
    /// The language as a BCP 47 tag.
    pub language: Option<String>,
    /// Whether the text begins with a headline that the format names as one.
    pub titled: bool,
    /// What the article is known by elsewhere.
    pub id: Option<String>,
    /// Paragraphs of which the format says what they are, each by its first byte.
    pub named: Vec<(BlockKind, usize)>,
}

/// One news item. All spans in it are byte ranges of `text`.
#[derive(Debug, Clone, PartialEq)]
pub struct Article {
    /// Its own id, or else its path.
    pub id: String,
    /// The file that it was read from, and where in it.
    pub path: PathBuf,
    /// The decoded text.
    pub text: String,
    /// The text taken apart.
    pub parsed: Text,
    /// The day of publication, from the format or from a line of the article.
    pub date: Option<Date>,
    /// Who printed it, where the format says so.
    pub outlet: Option<String>,
    /// Its language as a BCP 47 tag, given or detected; `None` where neither was possible.
    pub language: Option<String>,
}

impl Article {
    /// Takes a text apart and reads from its blocks what the format did not say.
    pub fn new(path: PathBuf, parts: Parts, unit: Unit) -> Self {
        let mut parsed = Text::new(&parts.text, unit);
        if parts.titled && unit == Unit::Sentence {
            parsed.name_headline();
        }
        if unit == Unit::Sentence {
            parts.named.iter().for_each(|&(kind, start)| parsed.name(kind, start));
        }
        let date = parts.date.or_else(|| printed_date(&parts.text, &parsed));
        let language = parts.language.or_else(|| detected_language(&parts.text));
        parsed.date = date;
        parsed.foreign = language.as_deref().is_some_and(|tag| !is_english(tag));
        let id = parts.id.unwrap_or_else(|| path.display().to_string());
        Article { id, path, text: parts.text, parsed, date, outlet: parts.outlet, language }
    }

    /// The article as one side of a comparison.
    pub fn side(&self) -> Side<'_> {
        Side { raw: &self.text, text: &self.parsed }
    }

    /// The first block of a kind.
    pub fn first(&self, kind: BlockKind) -> Option<Span> {
        self.parsed.blocks.iter().find(|b| b.kind == kind).map(|b| b.span)
    }

    /// The headline; of an article without one the first sentence of its body.
    pub fn headline(&self) -> &str {
        let lead = || (0..self.parsed.sentences.len()).find(|&s| self.parsed.counts(s)).map(|s| self.parsed.sentences[s].span);
        self.first(BlockKind::Headline).or_else(lead).map_or("", |span| span.of(&self.text))
    }

    /// The agencies that the credit or the dateline names.
    pub fn agency(&self) -> Option<&str> {
        let credit = || self.first(BlockKind::Credit).map(|span| span.of(&self.text).trim_start_matches(['-', '–', '—', ' ']));
        let dateline = || {
            self.first(BlockKind::Dateline)
                .and_then(|span| span.of(&self.text).split_once('(')?.1.split_once(')').map(|(agency, _)| agency))
        };
        dateline().or_else(credit)
    }
}

/// The first full date of a timestamp, or of a dateline.
fn printed_date(raw: &str, text: &Text) -> Option<Date> {
    let lines = (0..text.sentences.len()).filter(|&s| matches!(text.kind(s), BlockKind::Timestamp | BlockKind::Dateline));
    lines.flat_map(|s| quantity::quantities(raw, &text.tokens[text.sentences[s].tokens.clone()])).find_map(|q| q.value.date())
}

/// Whether a tag of BCP 47, or one of ISO 639-3, names English.
fn is_english(tag: &str) -> bool {
    let primary = tag.split(['-', '_']).next().unwrap_or("");
    primary.eq_ignore_ascii_case("en") || primary.eq_ignore_ascii_case("eng")
}

/// The language of the text; short texts are English as soon as grammar words say so, for detection is a guess there.
fn detected_language(raw: &str) -> Option<String> {
    let head: String = raw.chars().take(4000).collect();
    let words: Vec<String> = head.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty()).map(str::to_lowercase).collect();
    let grammar = words.iter().filter(|w| lexicon::is_function_word(w)).count();
    if grammar * 5 > words.len() && !words.is_empty() {
        return Some(String::from("en"));
    }
    whatlang::detect(&head).filter(whatlang::Info::is_reliable).map(|info| info.lang().code().to_string())
}

/// How many words a text has, for lists.
pub fn word_count(text: &Text) -> usize {
    text.tokens.iter().filter(|t| t.kind != TokenKind::Mark).count()
}
