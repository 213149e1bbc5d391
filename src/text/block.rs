//! The pieces of an article: headline, byline, paragraphs, captions, and the debris of the page around them.
//!
//! Recognition is by form and place alone, in two passes: each paragraph is cut into its parts and classified by itself,
//! then the neighbours decide what stays doubtful (a line between two appeals is one too). Nothing is dropped.

use super::Span;
use super::fold::{is_month, is_weekday};
use aho_corasick::{AhoCorasick, MatchKind};
use serde::Serialize;
use std::collections::BTreeSet;
use std::sync::LazyLock;

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

/// Length of a credit behind the last full stop: `…alliance.-Malaysia World News`, `…conflict. – AP/Reuters`.
fn glued_credit(text: &str) -> Option<usize> {
    let (at, _) = text.char_indices().rev().find(|(_, c)| matches!(c, '.' | '”' | '"' | '?' | '!'))?;
    let behind = &text[at + text[at..].chars().next()?.len_utf8()..];
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
            () if is_caption(text) => BlockKind::Caption,
            () if is_credit(text) => BlockKind::Credit,
            () if appeal(text, 4) >= 4 => BlockKind::Boilerplate,
            () if is_timestamp(text) => BlockKind::Timestamp,
            () if open && is_byline(text, self.headline && !self.body) => BlockKind::Byline,
            () if self.body || words >= 35 => BlockKind::Paragraph,
            () if !self.headline && words <= 2 && text.chars().all(|c| !c.is_lowercase()) => BlockKind::Boilerplate,
            () if !self.headline && words <= 24 && (open || (words <= 16 && !text.ends_with('.'))) => BlockKind::Headline,
            () if !self.headline => BlockKind::Paragraph,
            () if open && is_teaser(text) => BlockKind::Boilerplate,
            () if open && !self.standfirst && !self.signed && words >= 4 => BlockKind::Standfirst,
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
fn ends_sentence(text: &str) -> bool {
    let core = text.trim_end_matches(['"', '”', '’', '\'', ')', ']', '»', ' ', ',']);
    core.ends_with(['.', '?', '!', '…', ':', '。', '！', '？'])
}

fn is_teaser(text: &str) -> bool {
    ["Watch", "Read", "Listen", "See", "Related", "Video", "In pictures", "Live"].iter().any(|word| text.starts_with(word))
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

/// Words under a picture end with the photographer in brackets, or begin by saying that they are.
fn is_caption(text: &str) -> bool {
    const OPENINGS: [&str; 9] = ["Photo:", "Picture:", "Image:", "Photograph:", "Caption:", "FILE PHOTO", "FILE -", "FILE —", "File photo"];
    const SIGNS: [&str; 12] =
        ["photo", "via", "file", "pool", "courtesy", "picture", "image", "handout", "getty", "supplied", "illustration", "archive"];
    if OPENINGS.iter().any(|o| text.starts_with(o)) {
        return true;
    }
    let Some(credit) = text.strip_suffix(')').and_then(|t| t.rsplit_once('(')).map(|(_, credit)| credit) else { return false };
    let lower = credit.to_lowercase();
    let signed = SIGNS.iter().any(|s| lower.split(|c: char| !c.is_alphabetic()).any(|w| w == *s));
    let agency = credit.split(['/', ',', ' ']).any(|w| AGENCIES.contains(&w));
    let names = credit.contains('/') && credit.split_whitespace().count() <= 10 && credit.starts_with(char::is_uppercase);
    text.split_whitespace().count() <= 70 && (signed || agency || names)
}

/// The desk that sent the copy, with its telephone: `-- Sorvik newsroom, 42 2 2423`, `((Lannock bureau +47 22 10))`.
fn is_sign_off(text: &str) -> bool {
    const DESKS: [&str; 6] = ["newsroom", "newsdesk", "news room", "news desk", "bureau", " tel"];
    let bare = text.trim_start_matches(['(', ' ']);
    let lower = text.to_lowercase();
    let marked = bare.len() < text.len() || bare.starts_with(['-', '–', '—']);
    marked && text.len() < 160 && text.split_whitespace().count() <= 14 && DESKS.iter().any(|desk| lower.contains(desk))
}

/// A line that only says whose copy it is.
fn is_credit(text: &str) -> bool {
    const OPENINGS: [&str; 11] = [
        "Reporting by",
        "(Reporting by",
        "Additional reporting",
        "Editing by",
        "Writing by",
        "Compiled by",
        "With files from",
        "With reporting by",
        "Credit:",
        "Source:",
        "Agencies",
    ];
    let words = text.split_whitespace().count();
    let bare = text.trim_start_matches(['-', '–', '—', '(', ' ']).trim_end_matches([')', '.']);
    let proper = bare.split([' ', '/']).all(|w| w.starts_with(char::is_uppercase) || matches!(w, "and" | "&" | "/" | "with" | ""));
    let dashed = text.starts_with(['-', '–', '—']) && words <= 7 && proper && !bare.is_empty();
    let agencies = words <= 4 && bare.split(['/', ' ']).all(|w| AGENCIES.contains(&w));
    let photographer = words <= 5 && proper && bare.matches('/').count() == 1 && !bare.contains("//");
    (words <= 40 && OPENINGS.iter().any(|o| text.starts_with(o))) || dashed || agencies || photographer
}

/// A line that consists of a date, a time and little else.
fn is_timestamp(text: &str) -> bool {
    if text.len() > 100 {
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

// --- Appeals and debris ---------------------------------------------------------------------------------------------

/// Phrases that pages say about themselves.
const PHRASES: [&str; 53] = [
    "click here",
    "sign up",
    "sign in",
    "signed in",
    "log in",
    "logged in",
    "subscribe",
    "subscription",
    "newsletter",
    "cookie",
    "already a member",
    "join our",
    "join us",
    "join the conversation",
    "all rights reserved",
    "refresh your browser",
    "refresh the page",
    "thank you for registering",
    "read more",
    "read next",
    "also read",
    "read also",
    "advertisement",
    "follow us",
    "terms of use",
    "terms of service",
    "privacy policy",
    "our journalism",
    "quality journalism",
    "commenting forum",
    "your inbox",
    "paywall",
    "free trial",
    "download our app",
    "download the app",
    "share this",
    "copyright",
    "©",
    "donate",
    "gofundme",
    "related articles",
    "related stories",
    "more from",
    "most read",
    "skip to",
    "back to top",
    "accept all",
    "manage preferences",
    "create an account",
    "view comments",
    "leave a comment",
    "become a member",
    "support us",
];

static FINDER: LazyLock<AhoCorasick> = LazyLock::new(|| {
    let builder = AhoCorasick::builder().ascii_case_insensitive(true).match_kind(MatchKind::LeftmostLongest).build(PHRASES);
    builder.expect("the phrases are a few short texts")
});

/// Words that appeals begin with.
const ASKING: [&str; 14] =
    ["please", "to", "already", "join", "thank", "for", "read", "click", "sign", "share", "follow", "subscribe", "get", "support"];

/// Words of appeals, which news also uses.
const APPEALS: [&str; 14] = [
    "campaign",
    "petition",
    "reader",
    "readers",
    "journalism",
    "support",
    "members",
    "member",
    "subscriber",
    "subscribers",
    "community",
    "browser",
    "comments",
    "account",
];

/// How much a paragraph looks like the page talking about itself; 4 and more is sure wherever it stands.
///
/// A score below `needed` is of no use to the caller and may be told too low.
fn appeal(text: &str, needed: usize) -> usize {
    let words = text.split_whitespace().count();
    let plain = words > 12 && ends_sentence(text) && !FINDER.is_match(text);
    // The page speaks to its reader; a story about subscriptions speaks of them.
    if words > 90 || (plain && needed > 3) {
        return 0;
    }
    let told = outside_quotes(text);
    let said = || told.split(|c: char| !c.is_alphanumeric() && c != '’' && c != '\'').filter(|w| !w.is_empty());
    let any = |table: &[&str]| said().any(|w| table.iter().any(|t| t.eq_ignore_ascii_case(w)));
    let phrases = FINDER.find_iter(&told).map(|found| found.pattern()).collect::<BTreeSet<_>>().len();
    let speaks = any(&["you", "your", "you’re", "you'll", "you’ll"]) || any(&["we", "our", "we’re", "we'll"]);
    let asks = said().next().is_some_and(|w| ASKING.contains(&w.to_lowercase().as_str())) || words <= 12;
    if words > 12 && !speaks && !asks {
        return 0;
    }
    2 * phrases.min(2)
        + usize::from(any(&["you", "your", "you’re", "you'll", "you’ll"]))
        + usize::from(any(&["we", "our", "us", "we’re", "we'll"]))
        + usize::from(any(&APPEALS))
        + usize::from(phrases > 0 && said().next().is_some_and(|w| ASKING.contains(&w.to_lowercase().as_str())))
        + usize::from(!ends_sentence(text))
        + usize::from(words <= 12)
}

/// The text that stands in no double quotation marks.
fn outside_quotes(text: &str) -> String {
    let mut depth = 0_usize;
    text.chars()
        .filter(|&c| {
            match c {
                '“' => depth += 1,
                '”' => depth = depth.saturating_sub(1),
                '"' => depth = usize::from(depth == 0),
                _ => return depth == 0,
            }
            false
        })
        .collect()
}

/// Lets neighbours decide: in the tail of a page, what stands beside or between boilerplate is more readily so.
fn spread_boilerplate(raw: &str, blocks: &mut [Block]) {
    let doubtful = |b: &Block| matches!(b.kind, BlockKind::Paragraph | BlockKind::Byline | BlockKind::Timestamp);
    let is_debris = |block: &Block| block.kind == BlockKind::Boilerplate;
    let body = blocks.iter().position(|b| b.kind == BlockKind::Paragraph).unwrap_or(blocks.len());
    let credit = blocks.iter().rposition(|b| b.kind == BlockKind::Credit).unwrap_or(usize::MAX);
    loop {
        let last = blocks.iter().rposition(is_debris);
        let next = (body + 1..blocks.len()).find(|&i| {
            let beside = is_debris(&blocks[i - 1]) || blocks.get(i + 1).is_some_and(is_debris);
            let between = is_debris(&blocks[i - 1]) && last.is_some_and(|last| last > i);
            let tail = i * 2 > blocks.len();
            let needed = match () {
                () if between && tail => 1,
                () if (beside || i > credit) && tail => 2,
                () => 4,
            };
            doubtful(&blocks[i]) && needed < 4 && appeal(blocks[i].span.of(raw), needed) >= needed
        });
        match next {
            Some(i) => blocks[i].kind = BlockKind::Boilerplate,
            None => break,
        }
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
