//! What a page says about itself instead of telling the news: buttons, links, notices, addresses, appeals.
//!
//! By form alone, and rather too little than too much: news about newsletters, copyright and subscribers must stay news. So a
//! form is either whole (the paragraph is a button and nothing else), or it is anchored at the beginning of the paragraph, or it
//! adds up: the page asks, and it speaks to its reader.

use super::fold;
use aho_corasick::{AhoCorasick, MatchKind};
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// Longer paragraphs, in words, are judged by [`appeal`] alone.
const LONGEST: usize = 60;

/// Whether a paragraph is surely the page's own, wherever it stands.
pub(super) fn is_debris(text: &str) -> bool {
    let words = text.split_whitespace().count();
    if words > LONGEST {
        return false;
    }
    let folded = fold::case(text);
    let told = folded.trim_start_matches(BULLETS);
    (words <= 12 && (is_button(told) || is_address(told)))
        || is_link(told, words)
        || is_notice(told)
        || is_contact(told)
        || is_dated(&folded)
        || OWNERS.is_match(&folded)
}

/// Whether a paragraph asks the reader for something: what stands beside it is more readily the page's too. A link to another
/// story does not ask; it stands between any two paragraphs.
pub(super) fn asks(text: &str) -> bool {
    let told = fold::case(text);
    ends_in_link(&told) || appeal(text, 4) >= 4 && !is_labelled(&told)
}

/// Whether a paragraph heads a list of links: what follows it without being a sentence is such a link.
pub(super) fn heads_list(text: &str) -> bool {
    text.split_whitespace().count() <= 7 && LIST_HEADS.contains(&letters(&fold::case(text)).as_str())
}

/// Signs that stand before a line and say nothing.
const BULLETS: [char; 11] = ['•', '*', '-', '>', '(', '[', '|', '·', '■', '►', ' '];

fn has_any(text: &str, forms: &[&str]) -> bool {
    forms.iter().any(|form| text.contains(form))
}

fn begins_with(text: &str, forms: &[&str]) -> bool {
    forms.iter().any(|form| text.starts_with(form))
}

// --- Buttons --------------------------------------------------------------------------------------------------------

/// Headings over lists of links, letters alone.
const LIST_HEADS: [&str; 36] = [
    "related",
    "related articles",
    "related stories",
    "related topics",
    "related content",
    "related coverage",
    "related links",
    "related news",
    "more stories",
    "more news",
    "more headlines",
    "more on this story",
    "more on this",
    "more like this",
    "more to read",
    "read next",
    "read also",
    "also read",
    "see also",
    "up next",
    "most popular",
    "most read",
    "most viewed",
    "most shared",
    "trending",
    "trending now",
    "recommended",
    "recommended stories",
    "recommended for you",
    "you may also like",
    "you might also like",
    "top stories",
    "latest news",
    "latest stories",
    "dont miss",
    "editors picks",
];

/// What else stands on a line of its own, letters alone: `12 Comments` is the line `comments`.
const BUTTONS: [&str; 82] = [
    "advertisement",
    "advertisements",
    "advertising",
    "sponsored",
    "sponsored content",
    "story continues below",
    "story continues below advertisement",
    "article continues below",
    "article continues below advertisement",
    "article continues after advertisement",
    "continue reading",
    "continue reading the main story",
    "continue reading below",
    "scroll to continue",
    "read more",
    "read full story",
    "read full article",
    "read the full story",
    "read the full article",
    "show more",
    "see more",
    "load more",
    "load more comments",
    "loading",
    "min read",
    "minute read",
    "share",
    "share this",
    "share this story",
    "share this article",
    "share this page",
    "share this post",
    "share on facebook",
    "share on twitter",
    "share on linkedin",
    "share via email",
    "tweet",
    "tweet this",
    "email this",
    "email this article",
    "print this",
    "print this article",
    "copy link",
    "copy this link",
    "comments",
    "view comments",
    "view all comments",
    "show comments",
    "hide comments",
    "leave a comment",
    "leave a reply",
    "end of article",
    "you have read to the end",
    "you have reached the end",
    "post a comment",
    "add a comment",
    "no comments",
    "no comments yet",
    "be the first to comment",
    "be the first to reply",
    "be the first to leave a comment",
    "be the first to leave a reply",
    "leave a reply",
    "cancel reply",
    "report abuse",
    "log in",
    "sign in",
    "sign up",
    "sign up now",
    "subscribe",
    "subscribe now",
    "skip to content",
    "skip to main content",
    "skip advertisement",
    "back to top",
    "site mobile navigation",
    "available to uk users only",
    "hours ago",
    "minutes ago",
    "updated hours ago",
    "updated minutes ago",
    "reload this page",
];

/// Names of ways to share: a line that is made of them alone is a row of buttons.
const SHARES: [&str; 16] = [
    "share",
    "tweet",
    "facebook",
    "twitter",
    "whatsapp",
    "linkedin",
    "pinterest",
    "reddit",
    "telegram",
    "messenger",
    "email",
    "mail",
    "print",
    "copy",
    "link",
    "comment",
];

fn is_button(told: &str) -> bool {
    let letters = letters(told);
    let shares = || letters.split(' ').count() >= 3 && letters.split(' ').all(|word| SHARES.contains(&word));
    BUTTONS.contains(&letters.as_str()) || LIST_HEADS.contains(&letters.as_str()) || shares()
}

/// The words of a folded text, with nothing in them but letters.
fn letters(folded: &str) -> String {
    let words = folded.split(|c: char| !c.is_alphabetic() && c != '\'').filter(|word| !word.is_empty());
    words.map(|word| word.replace('\'', "")).collect::<Vec<_>>().join(" ")
}

// --- Links ----------------------------------------------------------------------------------------------------------

/// What stands before the colon of a line that leads elsewhere.
const LABELS: [&str; 29] = [
    "recommended",
    "recommended reading",
    "read more",
    "read also",
    "also read",
    "read next",
    "read",
    "more",
    "see also",
    "see more",
    "related",
    "related article",
    "related articles",
    "related story",
    "related stories",
    "related video",
    "watch",
    "watch live",
    "listen",
    "in pictures",
    "photos",
    "gallery",
    "photo gallery",
    "slideshow",
    "tags",
    "topics",
    "filed under",
    "share this",
    "more on this story",
];

/// How a line begins that asks to go elsewhere.
const GO: [&str; 26] = [
    "i would like to be emailed",
    "i would like to receive",
    "by signing up",
    "by submitting",
    "by clicking",
    "like this article?",
    "like this story?",
    "enjoyed this article?",
    "click here",
    "tap here",
    "log in to",
    "log in or",
    "sign in to",
    "sign in or",
    "read the full",
    "read more from",
    "read more about",
    "read more at",
    "continue reading",
    "for more on this",
    "for more news",
    "for the latest news",
    "for the latest updates",
    "see the full version",
    "sign up here",
    "subscribe here",
];

/// `Read more: …`
fn is_labelled(told: &str) -> bool {
    LABELS.iter().any(|label| told.strip_prefix(label).is_some_and(|rest| rest.trim_start().starts_with([':', '|'])))
}

/// `To give, click here.`
fn ends_in_link(told: &str) -> bool {
    let bare = told.trim_end_matches(['.', '!', ' ', ':', '>', ')']);
    !told.contains('"') && (bare.ends_with("click here") || bare.ends_with("tap here"))
}

fn is_link(told: &str, words: usize) -> bool {
    words <= 40 && (is_labelled(told) || begins_with(told, &GO) || ends_in_link(told))
}

// --- Notices --------------------------------------------------------------------------------------------------------

/// What a notice speaks of.
const SUBJECTS: [&str; 9] = [
    "this story",
    "this article",
    "this post",
    "this piece",
    "this column",
    "this page",
    "this video",
    "a version of this",
    "a previous version of this",
];

/// What a notice says of it.
const HAPPENED: [&str; 17] = [
    "has been updated",
    "was updated",
    "was last updated",
    "has been amended",
    "was amended on",
    "was amended to",
    "were amended on",
    "has been corrected",
    "was corrected",
    "has been revised",
    "was edited on",
    "originally appeared",
    "first appeared",
    "originally published",
    "first published",
    "in print on",
    "said incorrectly",
];

/// How a notice begins that needs no more to be one.
const HEADINGS: [&str; 10] = [
    "an earlier version of this",
    "this is a developing story",
    "this is a breaking news story",
    "correction:",
    "corrections:",
    "correction &",
    "clarification:",
    "editor's note:",
    "editors' note:",
    "editor's note -",
];

fn is_notice(told: &str) -> bool {
    begins_with(told, &HEADINGS) || begins_with(told, &SUBJECTS) && has_any(told, &HAPPENED)
}

/// What nobody says but the owner of a text.
const LEGAL: [&str; 7] = [
    "all rights reserved",
    "may not be published, broadcast",
    "may not be reproduced",
    "may not be republished",
    "unauthorized reproduction",
    "unauthorised reproduction",
    "reproduction without permission",
];

/// `© 2031 Lannock Gazette`
fn is_dated(folded: &str) -> bool {
    let marked = ["©", "(c)", "copyright ©", "copyright (c)", "copyright"].iter().find_map(|mark| folded.strip_prefix(mark));
    let year = |w: &str| w.len() == 4 && w.bytes().all(|b| b.is_ascii_digit());
    let words = |rest: &str| rest.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).take(14).any(year);
    let dated = marked.is_some_and(|rest| folded.split_whitespace().count() <= 14 && words(rest));
    dated || folded.starts_with("© ")
}

/// What a page says where it cannot show a picture or wants to keep a cookie.
const PLAYER: [&str; 12] = [
    "turn on javascript",
    "enable javascript",
    "requires javascript",
    "javascript is disabled",
    "media playback is",
    "browser does not support",
    "this video can not be played",
    "we use cookies",
    "this site uses cookies",
    "this website uses cookies",
    "accept cookies",
    "accept all cookies",
];

/// Finds what only a page says, wherever it stands in a paragraph: all of it in one walk.
static OWNERS: LazyLock<AhoCorasick> =
    LazyLock::new(|| AhoCorasick::new(LEGAL.iter().chain(&PLAYER)).expect("the phrases are a few short texts"));

// --- Addresses ------------------------------------------------------------------------------------------------------

/// Where a reader may follow somebody.
const NETWORKS: [&str; 14] = [
    "twitter",
    "facebook",
    "instagram",
    "linkedin",
    "youtube",
    "threads",
    "bluesky",
    "mastodon",
    "whatsapp",
    "telegram",
    "tiktok",
    "on x",
    "google",
    "@",
];

/// How a sentence begins that asks to follow, and who is followed there.
const FOLLOW: [&str; 5] = ["follow ", "find us on ", "find him on ", "find her on ", "like us on "];

/// How a paragraph begins that says whom to write to.
const WRITE: [&str; 14] = [
    "to contact the",
    "contact the author",
    "contact the reporter",
    "contact the writer",
    "contact us",
    "email us",
    "e-mail us",
    "email the author",
    "e-mail the author",
    "to get the latest",
    "for the latest",
    "have you got a story",
    "got a story",
    "got a news tip",
];

fn is_contact(told: &str) -> bool {
    let sentences = || std::iter::once(told).chain(told.match_indices(['.', '?', '!', '|']).map(|(at, _)| told[at + 1..].trim_start()));
    let follows = |sentence: &str| {
        let head = sentence.split_once(['.', '!', '?']).map_or(sentence, |(head, _)| head);
        begins_with(sentence, &FOLLOW) && head.split_whitespace().count() <= 14 && has_any(head, &NETWORKS)
    };
    let reached = || has_any(told, &["can be reached at", "may be reached at", "can be contacted at", "can be emailed at"]);
    let addressed = has_any(told, &["@", "http", "www."]);
    let written = begins_with(told, &WRITE) && (addressed || told.ends_with('?') || has_any(told, &NETWORKS));
    written || addressed && reached() || sentences().any(follows)
}

/// A line that is an address and little else.
fn is_address(told: &str) -> bool {
    let mail = |word: &str| word.split_once('@').is_some_and(|(name, host)| host.contains('.') && !name.is_empty());
    let words: Vec<&str> = told.split_whitespace().collect();
    words.len() <= 9 && !told.ends_with(['.', '"']) && words.iter().any(|word| mail(word))
}

// --- Appeals --------------------------------------------------------------------------------------------------------

/// Phrases that pages say about themselves.
const PHRASES: [&str; 58] = [
    "click here",
    "sign up",
    "sign in",
    "signed in",
    "signing up",
    "log in",
    "logged in",
    "subscribe",
    "subscription",
    "subscribers only",
    "newsletter",
    "newsletters",
    "cookie",
    "cookies",
    "already a member",
    "join our",
    "join us",
    "join the conversation",
    "all rights reserved",
    "refresh your browser",
    "refresh the page",
    "reload this page",
    "thank you for registering",
    "read more",
    "read next",
    "also read",
    "read also",
    "follow us",
    "terms of use",
    "terms of service",
    "privacy policy",
    "our journalism",
    "quality journalism",
    "commenting forum",
    "your inbox",
    "paywall",
    "ad free",
    "free trial",
    "download our app",
    "download the app",
    "share this",
    "copyright",
    "donate",
    "gofundme",
    "related articles",
    "related stories",
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
    "our newsdesk",
    "our newsroom",
];

static FINDER: LazyLock<AhoCorasick> = LazyLock::new(|| {
    let builder = AhoCorasick::builder().ascii_case_insensitive(true).match_kind(MatchKind::LeftmostLongest).build(PHRASES);
    builder.expect("the phrases are a few short texts")
});

/// How many different phrases stand in a text as words of their own: subscribers are no `subscribe`.
fn phrases(text: &str) -> usize {
    // A tag that was cut out may have glued the next word to a phrase: `Sign up hereSign up here`.
    let edge = |at: usize| {
        let (before, after) = (text[..at].chars().next_back(), text[at..].chars().next());
        let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        !(letter(before) && letter(after)) || before.is_some_and(char::is_lowercase) && after.is_some_and(char::is_uppercase)
    };
    let found = FINDER.find_iter(text).filter(|f| edge(f.start()) && edge(f.end()));
    found.map(|f| f.pattern()).collect::<BTreeSet<_>>().len()
}

/// Words that appeals begin with.
const ASKING: [&str; 12] =
    ["please", "already", "join", "thank", "read", "click", "sign", "share", "follow", "subscribe", "get", "support"];

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

const YOU: [&str; 6] = ["you", "your", "you’re", "you'll", "you’ll", "you're"];
const WE: [&str; 6] = ["we", "our", "we’re", "we'll", "we’ll", "we're"];

/// How much a paragraph looks like the page talking about itself; 4 and more is sure wherever it stands.
///
/// A score below `needed` is of no use to the caller and may be told too low.
pub(super) fn appeal(text: &str, needed: usize) -> usize {
    let words = text.split_whitespace().count();
    let open = !super::block::ends_sentence(text);
    // The page speaks to its reader; a story about subscriptions speaks of them.
    if words > 90 || (words > 12 && !open && needed > 3 && !FINDER.is_match(text)) {
        return 0;
    }
    let told = outside_quotes(text);
    let said = || told.split(|c: char| !c.is_alphanumeric() && c != '’' && c != '\'').filter(|w| !w.is_empty());
    let any = |table: &[&str]| said().any(|w| table.iter().any(|t| t.eq_ignore_ascii_case(w)));
    let (you, we) = (any(&YOU), any(&WE));
    let asks = said().next().is_some_and(|w| ASKING.contains(&w.to_lowercase().as_str()));
    if words > 12 && !you && !we && !asks {
        return 0;
    }
    let phrases = phrases(&told);
    // A short line that speaks to nobody is a heading: `Subscription prices rise`.
    let brief = words <= 12 && (you || we || asks || phrases != 1);
    2 * phrases.min(2)
        + usize::from(you)
        + usize::from(we || any(&["us"]))
        + usize::from(any(&APPEALS))
        + usize::from(phrases > 0 && asks)
        + usize::from(open)
        + usize::from(brief)
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

// --- Who wrote it ---------------------------------------------------------------------------------------------------

/// What the writers of an article are.
const PROFESSIONS: [&str; 18] = [
    "reporter",
    "writer",
    "correspondent",
    "columnist",
    "journalist",
    "editor",
    "producer",
    "contributor",
    "blogger",
    "freelancer",
    "intern",
    "fellow",
    "author",
    "professor",
    "lecturer",
    "commentator",
    "photographer",
    "critic",
];

/// The last name of the writer whom a paragraph introduces: `Jane Moss is a reporter in the Lannock bureau.`
pub(super) fn introduced(text: &str) -> Option<&str> {
    if text.split_whitespace().count() > 45 || text.contains(['"', '“']) {
        return None;
    }
    let (name, rest) = text.split_once(" is a ").or_else(|| text.split_once(" is an ")).or_else(|| text.split_once(" is the "))?;
    let name = name.split_once(',').map_or(name, |(name, _)| name);
    let words: Vec<&str> = name.split_whitespace().collect();
    let named = (2..=4).contains(&words.len()) && words.iter().all(|w| w.starts_with(char::is_uppercase));
    let clause = rest.split(['.', ';', ',']).next().unwrap_or(rest);
    let writes = clause.split_whitespace().take(9).any(|w| PROFESSIONS.contains(&w.to_lowercase().as_str()));
    words.last().copied().filter(|_| named && writes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_sure(text: &str) -> bool {
        is_debris(text) || appeal(text, 4) >= 4
    }

    #[test]
    fn what_a_page_says_about_itself() {
        let debris = [
            "Advertisement",
            "Story continues below advertisement",
            "12 Comments",
            "Be the first to leave a reply.",
            "You have read to the end.",
            "Log in to the Lannock Gazette to comment.",
            "4 min read",
            "SHARE",
            "Facebook | Twitter | Email",
            "Related stories",
            "READ MORE: Lake towns weigh a second bridge",
            "Related: What the ferrymen say",
            "WATCH: Boats leave the harbour in the first light",
            "Click here for more on the regatta.",
            "Read the full report of the harbour board",
            "To read on about the lake fund, or to give to it in the coming winter, click here.",
            "Updated 2 hours ago",
            "Tags: harbour, ferry, winter",
            "This story has been updated.",
            "This article was amended on 4 May 2031 to mend the name of a ship.",
            "Correction: An earlier version of this story gave the wrong year.",
            "A version of this article appears in print on page 4.",
            "© 2031 Lannock Gazette. All rights reserved. This material may not be published, broadcast, rewritten or redistributed.",
            "Copyright 2031 Lannock Gazette",
            "(c) Lannock Gazette 2031",
            "We use cookies to make this page better.",
            "Please turn on JavaScript to see this film.",
            "Sign up for our evening newsletter",
            "Get the lake news in your inbox: sign up here",
            "Follow Ada Lund on Twitter @adalund",
            "Ada Lund writes on boats. Follow her on Instagram.",
            "Ada Lund can be reached at ada@gazette.example.",
            "ada@gazette.example",
            "To contact the editor responsible for this story: Ole Brandt at ole@gazette.example",
            "Have you got a story for us?",
            "Please log in to comment, or create an account.",
            "This page is for subscribers only. Sign in to read it.",
        ];
        for text in debris {
            assert!(is_sure(text), "{text}");
        }
    }

    #[test]
    fn news_about_such_things_stays_news() {
        let news = [
            "Subscription prices rise",
            "Newsletter writer is held over tax",
            "Copyright bill passes the upper house",
            "Cookie maker calls back a million biscuits",
            "Donate or lose the bridge, mayor tells town",
            "The harbour paper said it had won 4,000 new subscribers and would raise the price of a subscription in May.",
            "To be fair, the board has warned that its members must join us in the effort, the mayor wrote.",
            "By finding new subscribers, it can sell more advertisements.",
            "“Sign up and follow us,” she told the crowd. “Click here and you are in.”",
            "The watchdog wants pages to ask before they keep cookies.",
            "She posted the picture on Facebook and asked her friends to share it.",
            "Watchmakers on the lake are short of steel.",
            "Follow-up work on the dam begins in June.",
            "This story begins in a storm and ends in a court.",
            "The article was updated by the assembly in 1976.",
            "Share prices fell on Monday.",
            "More: that is all the crowd wanted, he said, and it got more of it than it could bear on that long evening by the lake, when nobody went home and everybody sang, and the boats came in one after the other with their lamps lit.",
        ];
        for text in news {
            assert!(!is_sure(text), "{text}");
        }
    }

    #[test]
    fn writers_are_introduced() {
        assert_eq!(introduced("Ada Lund is a reporter in the Lannock bureau of the Gazette."), Some("Lund"));
        assert_eq!(introduced("Ole Brandt, PhD, is a visiting fellow at the school of ships."), Some("Brandt"));
        assert_eq!(introduced("Ada Lund is a mother of three."), None);
        assert_eq!(introduced("The ferry is a reporter’s nightmare."), None);
    }
}
