//! The pieces of an article: headline, byline, paragraphs, captions, and the debris of the page around them.
//!
//! Recognition is by form and place alone, in two passes: each paragraph is cut into its parts and classified by itself,
//! then the neighbours decide what stays doubtful (a line between two appeals is one too). Nothing is dropped.

use super::Span;
use super::debris::{appeal, asks, heads_list, introduced, is_debris};
use super::fold::{is_month, is_weekday};
use serde::Serialize;
use std::borrow::Cow;

/// What a piece of an article is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum BlockKind {
    /// The title.
    Headline,
    /// The line under the headline that sums the story up.
    Standfirst,
    /// Who wrote it.
    Byline,
    /// When it was published: `Monday 07 March 2022 12:24 GMT`.
    Timestamp,
    /// Where it was written and by which agency: `BEIJING (AP) —`.
    Dateline,
    /// Body text.
    Paragraph,
    /// The words under a picture.
    Caption,
    /// Whose copy it is: `– AP/Reuters`.
    Credit,
    /// What the page says about itself: appeals, sign-in debris, links.
    Boilerplate,
}

impl BlockKind {
    /// Whether the piece is taken apart into sentences. A caption stays whole: its credit belongs to it.
    pub fn is_prose(self) -> bool {
        matches!(self, BlockKind::Paragraph | BlockKind::Boilerplate)
    }

    /// Whether the piece counts in figures such as likeness and the number of words.
    pub fn counts(self) -> bool {
        matches!(self, BlockKind::Headline | BlockKind::Standfirst | BlockKind::Paragraph | BlockKind::Caption)
    }

    /// Its name in JSON and on the screen.
    pub fn name(self) -> &'static str {
        match self {
            BlockKind::Headline => "headline",
            BlockKind::Standfirst => "standfirst",
            BlockKind::Byline => "byline",
            BlockKind::Timestamp => "timestamp",
            BlockKind::Dateline => "dateline",
            BlockKind::Paragraph => "paragraph",
            BlockKind::Caption => "caption",
            BlockKind::Credit => "credit",
            BlockKind::Boilerplate => "boilerplate",
        }
    }
}

/// One piece of an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Its bytes in the text, without white space at the ends.
    #[serde(flatten)]
    pub span: Span,
}

/// Every line that is not blank, as a paragraph.
pub fn lines(raw: &str) -> Vec<Block> {
    line_spans(raw).into_iter().map(|(span, _)| Block { kind: BlockKind::Paragraph, span }).collect()
}

/// The pieces of an article, in order; only white space lies between them.
pub fn blocks(raw: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut top = Top::default();
    for span in paragraphs(raw) {
        let (before, body, credit) = parts(raw, span);
        let dateline = before.iter().any(|b| b.kind == BlockKind::Dateline);
        blocks.extend(before);
        if !body.is_empty() {
            blocks.push(Block { kind: top.kind(body.of(raw), dateline), span: body });
        }
        blocks.extend(credit);
    }
    lone_headline(&mut blocks);
    introductions(raw, &mut blocks);
    spread_boilerplate(raw, &mut blocks);
    blocks
}

// --- Paragraphs -----------------------------------------------------------------------------------------------------

/// Lines that are not blank, each with whether a blank line stands before it.
fn line_spans(raw: &str) -> Vec<(Span, bool)> {
    let mut spans = Vec::new();
    let (mut start, mut gap) = (0, true);
    for line in raw.split_inclusive('\n') {
        let span = Span::new(start, start + line.len()).trimmed(raw);
        start += line.len();
        if span.is_empty() {
            gap = true;
        } else {
            spans.push((span, gap));
            gap = false;
        }
    }
    spans
}

/// One span a paragraph: a line each, or in hard-wrapped copy the lines between two blank ones.
fn paragraphs(raw: &str) -> Vec<Span> {
    let lines = line_spans(raw);
    if !is_wrapped(raw, &lines) {
        return lines.into_iter().map(|(span, _)| span).collect();
    }
    let mut joined: Vec<Span> = Vec::new();
    for (span, gap) in lines {
        match joined.last_mut() {
            Some(last) if !gap => last.end = span.end,
            _ => joined.push(span),
        }
    }
    joined
}

/// Hard-wrapped copy: lines that go on are of about one width, and most stop in the middle of a sentence.
fn is_wrapped(raw: &str, lines: &[(Span, bool)]) -> bool {
    let going_on: Vec<&str> = lines.windows(2).filter(|pair| !pair[1].1).map(|pair| pair[0].0.of(raw)).collect();
    let widths: Vec<usize> = going_on.iter().map(|line| line.chars().count()).collect();
    let widest = widths.iter().copied().max().unwrap_or(0);
    let near = widths.iter().filter(|&&w| w * 10 > widest * 7).count();
    let open = going_on.iter().filter(|line| !ends_sentence(line)).count();
    going_on.len() >= 4 && (30..=120).contains(&widest) && near * 10 > widths.len() * 7 && open * 10 > going_on.len() * 6
}

/// Cuts a glued date and a dateline off the front of a paragraph and a glued credit off its end.
fn parts(raw: &str, span: Span) -> (Vec<Block>, Span, Option<Block>) {
    let mut before = Vec::new();
    let mut body = span;
    for (kind, length) in [(BlockKind::Timestamp, glued_date as fn(&str) -> Option<usize>), (BlockKind::Dateline, dateline)] {
        if let Some(length) = length(body.of(raw)) {
            before.push(Block { kind, span: Span::new(body.start, body.start + length).trimmed(raw) });
            body = Span::new(body.start + length, body.end).trimmed(raw);
        }
    }
    let credit = glued_credit(body.of(raw)).map(|length| {
        let span = Span::new(body.end - length, body.end).trimmed(raw);
        body = Span::new(body.start, body.end - length).trimmed(raw);
        Block { kind: BlockKind::Credit, span }
    });
    (before, body, credit)
}

/// Length of a leading `date 2022-03-07 ` that a crawler glued to the first sentence.
fn glued_date(text: &str) -> Option<usize> {
    let rest = text.strip_prefix("date ").or_else(|| text.strip_prefix("Date: ")).unwrap_or(text);
    let digits = rest.as_bytes().get(..10)?;
    let shape = digits.iter().enumerate().all(|(i, b)| if i == 4 || i == 7 { *b == b'-' } else { b.is_ascii_digit() });
    (shape && rest[10..].starts_with(char::is_whitespace)).then_some(text.len() - rest.len() + 10)
}

const DASHES: [&str; 5] = ["—", "–", "--", "- ", ": "];

/// Length of a leading dateline with its dash: `BEIJING (AP) — `, `LONDON, Feb 4 (Reuters) - `, `Sorvik (Continental) —`.
fn dateline(text: &str) -> Option<usize> {
    let head_end = text.char_indices().nth(70).map_or(text.len(), |(i, _)| i);
    let head = &text[..head_end];
    let (at, dash) = DASHES.iter().filter_map(|d| head.find(d).map(|at| (at, *d))).min()?;
    let place = head[..at].trim_end();
    let bracketed = place.ends_with(')') && place.contains('(');
    if dash == ": " && !bracketed {
        return None;
    }
    let outside = place.split('(').next().unwrap_or(place).trim();
    let first = outside.split([' ', ',', '-']).next().unwrap_or("");
    let capitals = first.chars().count() >= 3 && first.chars().all(char::is_uppercase);
    let words: Vec<&str> = outside.split([' ', ',']).filter(|w| !w.is_empty()).collect();
    let plain = words
        .iter()
        .all(|w| w.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()) || matches!(*w, "and" | "of" | "in" | "de" | "la" | "al"));
    let shouting = text.chars().filter(|c| c.is_lowercase()).count() * 2 < text.chars().filter(|c| c.is_uppercase()).count();
    let placed = !words.is_empty() && words.len() <= 6 && plain && !outside.contains(['.', '!', '?', '“', '"']) || outside.contains(". ");
    let follows = text[at + dash.len()..].trim_start().chars().next().is_some_and(char::is_lowercase);
    (placed && !follows && (bracketed || capitals && !shouting)).then_some(at + dash.len())
}

/// Length of a credit behind the last full stop: `…alliance.-Malaysia World News`, `…conflict. – AP/Reuters`, `…in May. REUTERS`,
/// `…he said. ((Lannock bureau +47 22 10))`.
fn glued_credit(text: &str) -> Option<usize> {
    if let Some(at) = text.rfind("((").filter(|&at| at > 0 && is_sign_off(&text[at..])) {
        return Some(text.len() - at);
    }
    let (at, end) = text.char_indices().rev().find(|(_, c)| matches!(c, '.' | '”' | '"' | '?' | '!'))?;
    // The full stop of `U.S.-Kessary border` ends no sentence.
    let initial = text[..at].chars().rev().take_while(|c| c.is_alphabetic()).count() == 1;
    if end == '.' && (initial || at == 0) {
        return None;
    }
    let behind = &text[at + end.len_utf8()..];
    let agency = |w: &str| AGENCIES.contains(&w) || w == "REUTERS";
    if behind.starts_with(' ') && behind.trim().split('/').all(agency) {
        return Some(behind.len());
    }
    let name = behind.trim_start().strip_prefix(['-', '–', '—'])?.trim_start_matches(['-', ' ']);
    let words: Vec<&str> = name.split([' ', '/']).filter(|w| !w.is_empty()).collect();
    let proper = words.iter().all(|w| w.starts_with(char::is_uppercase) || matches!(*w, "and" | "of" | "with" | "&" | "the"));
    (!words.is_empty() && words.len() <= 6 && proper).then_some(behind.len())
}

// --- One paragraph by itself ----------------------------------------------------------------------------------------

/// What stood above the body so far.
#[derive(Default)]
struct Top {
    headline: bool,
    standfirst: bool,
    signed: bool,
    body: bool,
}

impl Top {
    fn kind(&mut self, text: &str, has_dateline: bool) -> BlockKind {
        let kind = self.look(text, has_dateline);
        match kind {
            BlockKind::Headline => self.headline = true,
            BlockKind::Standfirst => self.standfirst = true,
            BlockKind::Byline | BlockKind::Timestamp => self.signed = true,
            BlockKind::Paragraph => self.body = true,
            _ => {}
        }
        kind
    }

    fn look(&self, text: &str, has_dateline: bool) -> BlockKind {
        let words = text.split_whitespace().count();
        let open = !ends_sentence(text);
        match () {
            () if has_dateline => BlockKind::Paragraph,
            () if is_sign_off(text) => BlockKind::Credit,
            () if is_caption(text, words) => BlockKind::Caption,
            () if is_credit(text, words) || (self.headline && is_photographer(text)) => BlockKind::Credit,
            () if is_debris(text) || appeal(text, 4) >= 4 => BlockKind::Boilerplate,
            () if is_timestamp(text) => BlockKind::Timestamp,
            () if open && is_byline(text, self.headline && !self.body) => BlockKind::Byline,
            () if self.body || words >= 35 => BlockKind::Paragraph,
            () if !self.headline && words <= 2 && text.chars().all(|c| !c.is_lowercase()) => BlockKind::Boilerplate,
            () if !self.headline && words <= 24 && (open || (words <= 16 && !text.ends_with('.'))) => BlockKind::Headline,
            () if !self.headline => BlockKind::Paragraph,
            () if open && is_teaser(text) => BlockKind::Boilerplate,
            () if open && !self.standfirst && !self.signed && words >= 4 => BlockKind::Standfirst,
            () if text.contains(|c: char| c.is_ascii_digit() || matches!(c, '"' | '“' | '”')) => BlockKind::Paragraph,
            () if open && (words < 4 || self.signed && words <= 16) => BlockKind::Boilerplate,
            () => BlockKind::Paragraph,
        }
    }
}

/// A text of one piece has no headline above anything.
fn lone_headline(blocks: &mut [Block]) {
    if !blocks.iter().any(|b| b.kind == BlockKind::Paragraph) {
        for block in blocks.iter_mut().filter(|b| matches!(b.kind, BlockKind::Headline | BlockKind::Standfirst)) {
            block.kind = BlockKind::Paragraph;
        }
    }
}

/// Whether a line ends like a sentence, closing quotation marks and brackets aside.
pub(crate) fn ends_sentence(text: &str) -> bool {
    let core = text.trim_end_matches(['"', '”', '’', '\'', ')', ']', '»', ' ', ',']);
    core.ends_with(['.', '?', '!', '…', ':', '。', '！', '？'])
}

/// A line above the body that leads to a picture or another story. The word must stand alone: `Watchdog` is none.
fn is_teaser(text: &str) -> bool {
    const LEADS: [&str; 5] = ["Watch", "Listen", "Related", "In pictures", "Live:"];
    let alone = |word: &&str| text.strip_prefix(*word).is_some_and(|rest| rest.starts_with([' ', ':']) || word.ends_with(':'));
    LEADS.iter().any(alone)
}

const AGENCIES: [&str; 24] = [
    "AP",
    "AFP",
    "Reuters",
    "DPA",
    "dpa",
    "UPI",
    "PA",
    "TASS",
    "Xinhua",
    "EFE",
    "ANSA",
    "Kyodo",
    "Bloomberg",
    "PTI",
    "IANS",
    "ANI",
    "AAP",
    "CP",
    "EPA",
    "Getty",
    "Pool",
    "Sputnik",
    "Interfax",
    "Anadolu",
];

/// Words under a picture end with whose picture it is, or begin by saying that they are.
fn is_caption(text: &str, words: usize) -> bool {
    const OPENINGS: [&str; 13] = [
        "Photo:",
        "Picture:",
        "Image:",
        "Photograph:",
        "Caption:",
        "Image caption",
        "Image source",
        "Media caption",
        "IMAGE SOURCE",
        "FILE PHOTO",
        "FILE -",
        "FILE —",
        "File photo",
    ];
    OPENINGS.iter().any(|o| text.starts_with(o)) || words <= 70 && (has_bracketed_credit(text) || has_open_credit(text))
}

/// `… at the pier. (Ole Brandt/Continental)`, `(Continental Photo, file)`.
fn has_bracketed_credit(text: &str) -> bool {
    const SIGNS: [&str; 12] =
        ["photo", "via", "file", "pool", "courtesy", "picture", "image", "handout", "getty", "supplied", "illustration", "archive"];
    let Some(credit) = text.strip_suffix(')').and_then(|t| t.rsplit_once('(')).map(|(_, credit)| credit) else { return false };
    // A sentence in brackets is no credit, and neither is the number of a paper.
    if credit.ends_with(['.', '”', '"']) || credit.split_whitespace().count() > 14 {
        return false;
    }
    let lower = credit.to_lowercase();
    let signed = SIGNS.iter().any(|s| lower.split(|c: char| !c.is_alphabetic()).any(|w| w == *s));
    let agency = credit.split(['/', ',', ' ']).any(|w| AGENCIES.contains(&w));
    let names = credit.contains('/')
        && credit.split_whitespace().count() <= 10
        && credit.starts_with(char::is_uppercase)
        && !credit.contains(|c: char| c.is_ascii_digit());
    signed || agency || names
}

/// `… at the pier. Photograph: Ole Brandt/Continental`, `… on Sunday. Ole Brandt/AFP/Getty Images`.
fn has_open_credit(text: &str) -> bool {
    const MARKS: [&str; 9] =
        ["Photograph: ", "Photo: ", "Picture: ", "Pic: ", "Photo credit: ", "Photo Credit: ", "Photograph by ", "Photo by ", "Picture by "];
    const OWNERS: [&str; 11] =
        ["/Getty Images", "/Getty", "Getty Images", "/AFP", "/AP", "/Reuters", "/EPA", "/PA", "/Shutterstock", "/Bloomberg", "/Alamy"];
    let bare = text.trim_end_matches(['.', ' ']);
    let short = |rest: &str| rest.split_whitespace().count() <= 6 && !rest.contains(['"', '”']);
    let named = bare.contains("Photo") || bare.contains("Pic");
    let marked =
        named && MARKS.iter().any(|mark| bare.rsplit_once(mark).is_some_and(|(_, rest)| short(rest))) || bare.ends_with("Photo by");
    let tight = if bare.contains(" /") { Cow::Owned(bare.replace(" / ", "/").replace(" /", "/")) } else { Cow::Borrowed(bare) };
    let owned = !text.ends_with('.') && OWNERS.iter().any(|owner| tight.ends_with(owner));
    let reuters = bare.rsplit_once("REUTERS/").is_some_and(|(_, rest)| rest.split_whitespace().count() <= 3);
    marked || owned || reuters
}

const DESKS: [&str; 6] = ["newsroom", "newsdesk", "news room", "news desk", "bureau", " tel"];

/// The desk that sent the copy, with its telephone: `-- Sorvik newsroom, 42 2 2423`, `((Lannock bureau +47 22 10))`.
fn is_sign_off(text: &str) -> bool {
    if text.len() >= 160 {
        return false;
    }
    let bare = text.trim_start_matches(['(', ' ', '-', '–', '—']);
    let lower = text.to_lowercase();
    let marked = bare.len() < text.len();
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let desk = DESKS.iter().any(|desk| lower.contains(desk));
    // A telephone alone is a sign-off behind a dash; a desk needs the dash or the telephone.
    let telephone =
        digits >= 7 && !text.contains([',', '.', '%', '\t', '/']) && (letters == 0 || letters < 40 && marked && is_proper(bare));
    text.split_whitespace().count() <= 14 && (desk && (marked || digits >= 7 && !ends_sentence(text)) || marked && telephone)
}

/// Whether all words are names or numbers.
fn is_proper(text: &str) -> bool {
    text.split([' ', '/']).all(|w| {
        w.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || "+()".contains(c)) || matches!(w, "and" | "&" | "with" | "")
    })
}

/// A line that only says whose copy it is.
fn is_credit(text: &str, words: usize) -> bool {
    const OPENINGS: [&str; 17] = [
        "Reporting by",
        "Reporting and writing by",
        "Additional reporting",
        "Additional Reporting",
        "Editing by",
        "Edited by",
        "Writing by",
        "Compiled by",
        "With files from",
        "With reporting by",
        "With reporting from",
        "Graphic by",
        "Contributing:",
        "Credit:",
        "Source:",
        "Agencies",
        "Photographs by",
    ];
    let bare = text.trim_start_matches(['-', '–', '—', '(', '*', ' ']).trim_end_matches([')', '.']);
    let proper = bare.split([' ', '/']).all(|w| w.starts_with(char::is_uppercase) || matches!(w, "and" | "&" | "/" | "with" | ""));
    let dashed = text.starts_with(['-', '–', '—']) && words <= 7 && proper && !bare.is_empty();
    let agencies = words <= 4 && bare.split(['/', ' ']).all(|w| AGENCIES.contains(&w) || w == "REUTERS");
    (words <= 40 && OPENINGS.iter().any(|o| bare.starts_with(o))) || dashed || agencies || is_contribution(bare, words)
}

/// `The Continental’s Ada Lund contributed to this report.`
fn is_contribution(bare: &str, words: usize) -> bool {
    const ENDINGS: [&str; 5] = ["this report", "this story", "this article", "this post", "reporting"];
    let (_, end) = bare.rsplit_once(" contributed ").unwrap_or_default();
    words <= LONGEST_CREDIT && !bare.contains(['"', '“']) && end.split_whitespace().count() <= 9 && ENDINGS.iter().any(|e| end.contains(e))
}

/// Newsrooms name everybody who helped.
const LONGEST_CREDIT: usize = 60;

/// Whose picture it was, on a line of its own: `Ole Brandt/Continental`. Above the headline it would be one itself.
fn is_photographer(text: &str) -> bool {
    let words = text.split_whitespace().count();
    words <= 5 && is_proper(text) && text.matches('/').count() == 1 && !text.contains("//") && !text.contains(|c: char| c.is_ascii_digit())
}

/// A line that consists of a date, a time and little else.
fn is_timestamp(text: &str) -> bool {
    // A row of a table may have dates in it, and is none.
    if text.len() > 100 || text.contains('\t') || text.contains("   ") {
        return false;
    }
    const AROUND: [&str; 14] =
        ["published", "updated", "posted", "last", "modified", "gmt", "utc", "at", "on", "am", "pm", "et", "a.m.", "p.m."];
    let words: Vec<String> = text.split([' ', ',', '|', '\t', '\u{a0}', '·']).filter(|w| !w.is_empty()).map(str::to_lowercase).collect();
    let plain = |w: &str| w.trim_matches(|c: char| !c.is_alphanumeric()).to_string();
    let dated =
        words.iter().filter(|w| is_month(&plain(w)) || is_weekday(&plain(w)) || w.starts_with(|c: char| c.is_ascii_digit())).count();
    let other =
        words.iter().filter(|w| !AROUND.contains(&plain(w).as_str()) && !AROUND.contains(&w.as_str())).count() - dated.min(words.len());
    let year =
        words.iter().any(|w| w.len() >= 4 && plain(w).chars().take(4).filter(char::is_ascii_digit).count() == 4) || text.contains(':');
    let told = words.iter().any(|w| is_month(&plain(w)) || is_weekday(&plain(w)))
        || text.contains("GMT")
        || text.contains("UTC")
        || text.matches(['-', '/']).count() >= 2;
    told && (1..=12).contains(&words.len()) && dated >= 2 && other <= 2 && dated > other && (year || words.len() <= 4)
}

/// `By Jane Moss`, or in the lines between headline and body a name alone.
fn is_byline(text: &str, between: bool) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let named = |w: &&str| {
        w.starts_with(|c: char| c.is_uppercase()) || matches!(*w, "and" | "de" | "van" | "von" | "al" | "in" | "for" | "of" | "|" | "the")
    };
    let by = matches!(words[0], "By" | "BY" | "by");
    (by && (2..=14).contains(&words.len()) && words[1..].iter().all(named))
        || (between
            && (2..=4).contains(&words.len())
            && words.iter().all(|w| w.starts_with(char::is_uppercase) && w.chars().all(|c| c.is_alphabetic() || "-.'’".contains(c))))
}

// --- Neighbours -----------------------------------------------------------------------------------------------------

/// Lets neighbours decide in the tail of a page, behind the last paragraph that is plain news: what stands beside or between
/// appeals is more readily one too, and so are the lines of a list of links. A subhead beside a button stays a subhead.
fn spread_boilerplate(raw: &str, blocks: &mut [Block]) {
    let doubtful = |b: &Block| matches!(b.kind, BlockKind::Paragraph | BlockKind::Byline | BlockKind::Timestamp);
    let news = |b: &Block| b.kind == BlockKind::Paragraph && ends_sentence(b.span.of(raw)) && appeal(b.span.of(raw), 1) == 0;
    let body = blocks.iter().position(|b| b.kind == BlockKind::Paragraph).unwrap_or(blocks.len());
    let tail = blocks.iter().rposition(news).map_or(body, |last| last.max(body)) + 1;
    list_links(raw, blocks, tail);
    let mut spreads: Vec<bool> = blocks.iter().map(|b| b.kind == BlockKind::Boilerplate && asks(b.span.of(raw))).collect();
    let credit = blocks.iter().rposition(|b| b.kind == BlockKind::Credit).unwrap_or(usize::MAX);
    loop {
        let last = spreads.iter().rposition(|s| *s);
        let next = (tail..blocks.len()).find(|&i| {
            let beside = spreads[i - 1] || spreads.get(i + 1).is_some_and(|s| *s);
            let between = spreads[i - 1] && last.is_some_and(|last| last > i);
            let needed = match () {
                () if between => 1,
                () if beside || i > credit => 2,
                () => return false,
            };
            let text = blocks[i].span.of(raw);
            let figures = text.split_whitespace().count() <= 12 && text.contains(|c: char| c.is_ascii_digit());
            let speech = text.contains(['"', '“']);
            doubtful(&blocks[i]) && !figures && !speech && appeal(text, needed) >= needed
        });
        let Some(next) = next else { break };
        blocks[next].kind = BlockKind::Boilerplate;
        spreads[next] = true;
    }
}

/// In the tail of a page: the lines below the heading of a list of links, as far as they are no sentences.
fn list_links(raw: &str, blocks: &mut [Block], tail: usize) {
    let mut listed = false;
    for block in blocks.iter_mut().skip(tail) {
        let text = block.span.of(raw);
        listed = heads_list(text) || listed && !ends_sentence(text.trim_end_matches('?'));
        if listed && block.kind == BlockKind::Paragraph {
            block.kind = BlockKind::Boilerplate;
        }
    }
}

/// Takes the words on who the writer is, at the end of the article, for boilerplate. Whom the story itself names is news.
fn introductions(raw: &str, blocks: &mut [Block]) {
    let Some(last) = blocks.iter().rposition(|b| b.kind == BlockKind::Paragraph) else { return };
    let Some(name) = introduced(blocks[last].span.of(raw)) else { return };
    let told = blocks[..last].iter().filter(|b| b.kind.counts()).any(|b| b.span.of(raw).contains(name));
    if !told && last > 1 {
        blocks[last].kind = BlockKind::Boilerplate;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(raw: &str) -> Vec<(BlockKind, &str)> {
        blocks(raw).iter().map(|b| (b.kind, b.span.of(raw))).collect()
    }

    #[test]
    fn a_page_with_its_debris() {
        use BlockKind::*;
        let page = [
            (Headline, "Lake towns sign ‘ironclad’ pact and refuse to name a price"),
            (Standfirst, "Friendship of the two shores will last, says the foreign minister"),
            (Byline, "Ada Lund"),
            (Timestamp, "Friday 07 March 2031 12:24 GMT"),
            (Boilerplate, "Watch live as the boats cross the lake in the morning"),
            (Paragraph, "The two towns on the lake signed a pact on Friday. Nobody named a price."),
            (Caption, "The mayor, right, at the pier on March 6, 2031. (Ole Brandt/Continental)"),
            (Paragraph, "“We will subscribe to no other view,” the mayor said to you and me."),
            (Boilerplate, "For thirty winters this gazette has asked for a bridge, and we want every reader to sign our petition."),
            (Boilerplate, "Our lake fund pays for ice breakers and rope; please donate, or sign up for the letter of the week."),
            (Boilerplate, "Join our commenting forum"),
            (Boilerplate, "Join thought-provoking talk and see the replies of others"),
            (Boilerplate, "Already a member? Sign in to stop seeing this"),
        ];
        let raw = page.iter().map(|(_, text)| *text).collect::<Vec<_>>().join("\n\n");
        assert_eq!(kinds(&raw), page);
    }

    #[test]
    fn what_is_glued_is_cut_off() {
        use BlockKind::*;
        let table: &[(&str, &[(BlockKind, &str)])] = &[
            ("date 2031-03-07 The towns signed.", &[(Timestamp, "date 2031-03-07"), (Paragraph, "The towns signed.")]),
            ("SORVIK (Continental) — The towns signed.", &[(Dateline, "SORVIK (Continental) —"), (Paragraph, "The towns signed.")]),
            (
                "SORVIK, March 7 (Norpress) - The towns signed.",
                &[(Dateline, "SORVIK, March 7 (Norpress) -"), (Paragraph, "The towns signed.")],
            ),
            ("Sorvik (Continental) – The towns signed.", &[(Dateline, "Sorvik (Continental) –"), (Paragraph, "The towns signed.")]),
            ("SORVIK — The towns signed.", &[(Dateline, "SORVIK —"), (Paragraph, "The towns signed.")]),
            (
                "The towns left the alliance.-Eastern Shore News",
                &[(Paragraph, "The towns left the alliance."), (Credit, "-Eastern Shore News")],
            ),
            ("The towns signed. – Continental/Norpress", &[(Paragraph, "The towns signed."), (Credit, "– Continental/Norpress")]),
            ("The lake — a deep one — froze.", &[(Paragraph, "The lake — a deep one — froze.")]),
            ("He said: Go away.", &[(Paragraph, "He said: Go away.")]),
        ];
        for (raw, expected) in table {
            assert_eq!(kinds(raw), *expected);
        }
    }

    #[test]
    fn news_beside_furniture_stays_news() {
        use BlockKind::*;
        let page = [
            (Headline, "Ferry runs aground"),
            (Paragraph, "The ferry ran aground at the pier on Friday. Everybody was saved."),
            (Caption, "The ferry at the pier. Photograph: Ole Brandt/Continental"),
            (Boilerplate, "Story continues below advertisement"),
            (Paragraph, "A light that was out"),
            (Paragraph, "The light on the reef had been out for two nights, the harbour board said."),
            (Boilerplate, "READ MORE: How safe is the sea wall?"),
            (Paragraph, "“We shall light it again,” the board wrote, and it asked our readers for lamps."),
            (Boilerplate, "Related stories"),
            (Boilerplate, "Boats cross the lake again as the winter ends and the ice goes out"),
            (Boilerplate, "Second bridge is put off"),
            (Credit, "Continental writer Piet Aldous contributed to this report."),
            (Boilerplate, "Ada Lund is a reporter in the Lannock bureau."),
        ];
        let raw = page.iter().map(|(_, text)| *text).collect::<Vec<_>>().join("\n\n");
        assert_eq!(kinds(&raw), page);
    }

    #[test]
    fn whom_the_story_names_is_no_writer_of_it() {
        let raw =
            "Ferry runs aground\n\nMs Lund was on the ferry that ran aground on Friday.\n\nAda Lund is a reporter in the Lannock bureau.";
        assert!(blocks(raw).iter().all(|block| block.kind != BlockKind::Boilerplate));
    }

    #[test]
    fn captions_credits_and_sign_offs() {
        use BlockKind::*;
        let table = [
            ("Photo: Ole Brandt", Caption),
            ("The mayor at the pier on Sunday. Ole Brandt/Getty Images", Caption),
            ("The mayor at the pier. (Ole Brandt/Continental)", Caption),
            ("The paper told of it first. (The mayor has denied that he sold the archive.)", Paragraph),
            ("The rule stands in the report of the assembly. (A/61/270, para. 7)", Paragraph),
            ("(Additional reporting by Ada Lund in Sorvik; Editing by Ole Brandt)", Credit),
            ("-- Ada Lund 42 2 2423-7712", Credit),
            ("((--202-555-8312))", Credit),
            ("Lannock newsdesk - 312-555-8787", Credit),
            ("The pact is one of the U.S.-Kessary talks.", Paragraph),
            ("COPPER\t120-130\t120-130", Paragraph),
        ];
        for (line, kind) in table {
            let raw = format!("A headline\n\nThe two towns signed a pact on Friday.\n\n{line}");
            assert_eq!(kinds(&raw)[2..], [(kind, line)], "{line}");
        }
        assert_eq!(kinds("Aide calls the visit ‘harmful’ to U.S.-Kessary Ties\n\nHe said so on Friday.")[0].0, Headline);
        let signed = "A headline\n\nThe pact holds, he said. ((Lannock bureau 416 555-8100))";
        assert_eq!(kinds(signed)[2], (Credit, "((Lannock bureau 416 555-8100))"));
    }

    #[test]
    fn hard_wrapped_lines_are_joined() {
        let raw = "The two towns on the lake signed a pact on Friday, after\nmonths of talks that had often come near to an end, and\nnobody would name the price.\n\nThe boats will cross the lake again from Monday, the two\nmayors said, and the ice is to be broken every day until\nthe end of the winter.\n";
        assert_eq!(blocks(raw).len(), 2);
    }

    #[test]
    fn a_lone_line_is_a_paragraph() {
        assert_eq!(kinds("The towns signed"), [(BlockKind::Paragraph, "The towns signed")]);
        assert_eq!(kinds(""), []);
    }
}
