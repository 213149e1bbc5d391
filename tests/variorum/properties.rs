//! What must hold for any texts, any width and any keys.

use crate::browser::{Browser, LOOK};
use proptest::prelude::*;
use std::collections::{HashMap, HashSet};
use variorum::app::key::{Code, Key};
use variorum::app::rows::{Body, Setting, lines};
use variorum::app::{Message, Mouse};
use variorum::collate::{Apparatus, Collation, Level, Levels, RowKind, Side, Step, apparatus, collate, steps};
use variorum::text::{Text, Unit};

/// Texts of words, figures, quotations and signs that meet again on the other side often enough to be aligned.
fn text() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        8 => "(the|a|of|pact|ironclad|iron clad|iron-clad|strong|towns|lake|Mr\\. Moss|U\\.S\\.|US|said|claimed|not|will|may|criticise|criticize|NORSO|Norso)",
        2 => "(3|three|14|40|\\$2\\.5 billion|4 February|February 4th|Feb\\. 4|12:24|50 percent)",
        1 => "(“|”|\"|\\(|\\)|—|…|,)",
        1 => "[a-z]{1,12}",
        1 => "(日本|👩‍👩‍👧|e\u{301}|\u{202e}|\u{1b}\\[31m|\u{0}|\u{200b})",
    ];
    let sentence = (prop::collection::vec(word, 0..14), "(\\.|\\?|!|…|\\.”|)").prop_map(|(words, end)| format!("{}{end}", words.join(" ")));
    let paragraph = prop::collection::vec(sentence, 1..4).prop_map(|s| s.join(" "));
    prop::collection::vec(paragraph, 0..8).prop_map(|p| p.join("\n\n"))
}

fn compared(left: &str, right: &str, unit: Unit) -> ([Text; 2], Collation) {
    let texts = [left, right].map(|raw| Text::new(raw, unit));
    let collation = collate(Side { raw: left, text: &texts[0] }, Side { raw: right, text: &texts[1] });
    (texts, collation)
}

/// Panics unless every token of both sides is in exactly one place of the collation.
fn check_complete(raws: [&str; 2], texts: &[Text; 2], collation: &Collation) {
    for side in [0, 1] {
        let mut sentences: Vec<usize> = collation.rows.iter().flat_map(|row| row.sentences(side)).collect();
        sentences.sort_unstable();
        assert_eq!(sentences, (0..texts[side].sentences.len()).collect::<Vec<_>>());
    }
    for row in collation.rows.iter().filter(|row| matches!(row.kind, RowKind::Same | RowKind::Edited)) {
        let tokens = [0, 1].map(|side| {
            let sentences = &texts[side].sentences[row.sentences(side)];
            sentences[0].tokens.start..sentences[sentences.len() - 1].tokens.end
        });
        let mut seen = [HashMap::new(), HashMap::new()];
        let word = |side: usize, token: usize| texts[side].tokens[token].span.of(raws[side]);
        for step in steps(tokens[0].clone(), tokens[1].clone(), &row.edits) {
            let mut count = |side: usize, range: Option<std::ops::Range<usize>>| {
                range.into_iter().flatten().for_each(|t| *seen[side].entry(t).or_insert(0) += 1);
            };
            match step {
                Step::Same(left, right) => {
                    assert_eq!(word(0, left), word(1, right));
                    count(0, Some(left..left + 1));
                    count(1, Some(right..right + 1));
                }
                Step::Differs(edit) => {
                    count(0, row.edits[edit].left.clone());
                    count(1, row.edits[edit].right.clone());
                }
                Step::Left(edit) => count(0, row.edits[edit].left.clone()),
                Step::Right(edit) => count(1, row.edits[edit].right.clone()),
            }
        }
        for side in [0, 1] {
            assert_eq!(seen[side].len(), tokens[side].len(), "{:?}", row.edits);
            assert!(seen[side].values().all(|n| *n == 1) && seen[side].keys().all(|t| tokens[side].contains(t)));
        }
    }
}

/// Panics unless both columns are as long as each other and show every visible character once.
fn check_lines(raws: [&str; 2], texts: &[Text; 2], collation: &Collation, setting: Setting) {
    let sides = [Side { raw: raws[0], text: &texts[0] }, Side { raw: raws[1], text: &texts[1] }];
    let shown = lines(sides, collation, setting, &HashSet::new());
    for side in [0, 1] {
        let mut visible: Vec<(usize, String)> = Vec::new();
        for line in &shown {
            if let Body::Sides(both) = &line.body {
                visible.extend(both[side].iter().map(|p| (p.span.start, p.span.of(raws[side]).to_string())));
            }
        }
        visible.sort_by_key(|(start, _)| *start);
        let squeezed = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        assert_eq!(squeezed(&visible.iter().map(|(_, text)| text.as_str()).collect::<String>()), squeezed(raws[side]));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn nothing_is_lost(left in text(), right in text(), unit in prop_oneof![Just(Unit::Sentence), Just(Unit::Line), Just(Unit::Paragraph)]) {
        let (texts, collation) = compared(&left, &right, unit);
        check_complete([&left, &right], &texts, &collation);
    }

    #[test]
    fn nothing_is_lost_of_any_characters(left in "\\PC{0,200}", right in "(?s).{0,200}") {
        let (texts, collation) = compared(&left, &right, Unit::Sentence);
        check_complete([&left, &right], &texts, &collation);
    }

    #[test]
    fn both_sides_are_level_at_any_width(left in text(), right in text(), width in 1..90_usize) {
        let (texts, collation) = compared(&left, &right, Unit::Sentence);
        let setting = Setting { width, inline: false, levels: Levels::ALL, folded: false, wrapped: true };
        check_lines([&left, &right], &texts, &collation, setting);
    }

    #[test]
    fn a_text_is_the_same_as_itself(raw in text()) {
        let (_, collation) = compared(&raw, &raw, Unit::Sentence);
        prop_assert!(collation.rows.iter().all(|row| row.edits.is_empty()), "{:?}", collation.rows);
        prop_assert_eq!(collation.summary.similarity, 1.0);
    }
}

// --- All versions at once -------------------------------------------------------------------------------------------

/// Versions of one made text: each leaves out, repeats, moves and rewords sentences of a common stock.
pub(crate) fn story() -> impl Strategy<Value = Vec<String>> {
    (text(), prop::collection::vec((text(), any::<u64>()), 0..6)).prop_map(|(stock, others)| {
        let sentences: Vec<&str> = stock.split_inclusive(['.', '?', '!']).collect();
        let version = |(own, mut dice): (String, u64)| {
            let mut told: Vec<String> = sentences.iter().map(ToString::to_string).collect();
            told.retain(|_| {
                dice = dice.rotate_left(3);
                dice % 4 > 0
            });
            told.iter_mut().for_each(|s| {
                dice = dice.rotate_left(5);
                if dice % 3 == 0 {
                    *s = s.replace("pact", "old strong lake");
                }
            });
            if told.len() > 2 {
                let at = dice as usize % told.len();
                told.rotate_left(at);
            }
            told.push(own);
            told.concat()
        };
        let mut versions: Vec<String> = others.into_iter().map(version).collect();
        versions.push(stock);
        versions
    })
}

fn taken_together(raws: &[String]) -> (Vec<Text>, Apparatus) {
    let texts: Vec<Text> = raws.iter().map(|raw| Text::new(raw, Unit::Sentence)).collect();
    let sides: Vec<Side> = raws.iter().zip(&texts).map(|(raw, text)| Side { raw, text }).collect();
    let apparatus = apparatus(&sides);
    (texts, apparatus)
}

/// Panics unless every sentence is in one passage, every token in one cell, and every version has one reading of each variant.
fn check_apparatus(texts: &[Text], apparatus: &Apparatus) {
    for (version, text) in texts.iter().enumerate() {
        let mut sentences: Vec<usize> = apparatus.passages.iter().filter_map(|p| p.sentences_of(version).cloned()).flatten().collect();
        sentences.sort_unstable();
        assert_eq!(sentences, (0..text.sentences.len()).collect::<Vec<_>>());
    }
    for passage in &apparatus.passages {
        for (version, sentences) in &passage.sentences {
            let told = &texts[*version].sentences[sentences.clone()];
            let own = told.first().map_or(0, |s| s.tokens.start)..told.last().map_or(0, |s| s.tokens.end);
            let cells = passage.columns.iter().flat_map(|c| &c.cells).filter(|c| c.version == *version);
            assert_eq!(cells.flat_map(|c| c.tokens.clone()).collect::<Vec<_>>(), own.collect::<Vec<_>>(), "in order, each once");
        }
        for column in &passage.columns {
            assert!(column.cells.windows(2).all(|pair| pair[0].version < pair[1].version));
        }
        for variant in &passage.variants {
            assert!(variant.readings.len() > 1);
            let mut versions: Vec<usize> = variant.readings.iter().flat_map(variorum::collate::apparatus::Reading::versions).collect();
            versions.sort_unstable();
            assert_eq!(versions, passage.sentences.iter().map(|(v, _)| *v).collect::<Vec<_>>());
            for (version, tokens) in variant.readings.iter().flat_map(|r| &r.at) {
                let cells = passage.columns[variant.columns.clone()].iter().flat_map(|c| &c.cells).filter(|c| c.version == *version);
                assert_eq!(cells.flat_map(|c| c.tokens.clone()).collect::<Vec<_>>(), tokens.clone().collect::<Vec<_>>());
            }
            for level in Level::ALL {
                assert_eq!(variant.readings_at(level).concat().len(), variant.readings.len());
            }
        }
    }
}

/// What an apparatus says, with the versions by the names that they have elsewhere: sorted, so that it compares.
fn said(apparatus: &Apparatus, names: &[usize], raws: &[String], texts: &[Text]) -> Vec<String> {
    let named = |at: &[(usize, std::ops::Range<usize>)]| {
        let mut at: Vec<_> = at.iter().map(|(version, range)| (names[*version], range.clone())).collect();
        at.sort_by_key(|(version, _)| *version);
        format!("{at:?}")
    };
    let word = |(version, tokens): &(usize, std::ops::Range<usize>)| {
        texts[*version].tokens[tokens.clone()].iter().map(|t| t.span.of(&raws[*version])).collect::<Vec<_>>().join(" ")
    };
    let passage = |p: &variorum::collate::apparatus::Passage| {
        let variant = |v: &variorum::collate::apparatus::Variant| {
            let group = |level| {
                let mut groups: Vec<Vec<String>> = v.readings_at(level).iter().map(|g| g.iter().map(|r| named(&r.at)).collect()).collect();
                groups.iter_mut().for_each(|g| g.sort());
                groups.sort();
                groups
            };
            format!("{:?} {:?} {} {:?} {:?}", v.columns, v.kind, v.reason, v.flags, Level::ALL.map(group))
        };
        let flags: Vec<_> = p.flags.iter().map(|f| (f.kind, f.evidence.iter().map(word).collect::<Vec<_>>(), f.variants.clone())).collect();
        format!("{} {:?} {flags:?}", named(&p.sentences), p.variants.iter().map(variant).collect::<Vec<_>>())
    };
    apparatus.passages.iter().map(passage).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn every_token_of_every_version_is_in_the_apparatus_once(raws in story()) {
        let (texts, apparatus) = taken_together(&raws);
        check_apparatus(&texts, &apparatus);
    }

    #[test]
    fn the_order_of_the_versions_does_not_matter(raws in story(), turn in 0..6_usize, twice in any::<bool>()) {
        let mut raws = raws;
        if twice {
            raws.push(raws[0].clone());
        }
        let (texts, first) = taken_together(&raws);
        let mut names: Vec<usize> = (0..raws.len()).rev().collect();
        let by = turn % names.len();
        names.rotate_left(by);
        let turned: Vec<String> = names.iter().map(|&name| raws[name].clone()).collect();
        let (turned_texts, second) = taken_together(&turned);
        let plain: Vec<usize> = (0..raws.len()).collect();
        prop_assert_eq!(said(&first, &plain, &raws, &texts), said(&second, &names, &turned, &turned_texts));
    }
}

#[test]
fn the_apparatus_of_the_demo_is_complete() {
    let articles: Vec<_> = variorum::corpus::demo::entries().iter().map(|e| variorum::corpus::open(e).expect("readable")).collect();
    // All articles are no story: more than are compared with one another, most of them strangers.
    let raws: Vec<String> = articles.iter().map(|a| a.text.clone()).collect();
    let (texts, apparatus) = taken_together(&raws);
    check_apparatus(&texts, &apparatus);
}

#[test]
fn nothing_is_lost_of_the_demo() {
    let articles: Vec<_> = variorum::corpus::demo::entries().iter().map(|e| variorum::corpus::open(e).expect("readable")).collect();
    for left in &articles {
        for right in &articles {
            let collation = collate(left.side(), right.side());
            check_complete([&left.text, &right.text], &[left.parsed.clone(), right.parsed.clone()], &collation);
        }
    }
}

/// Anything that can happen to the screen from outside.
#[derive(Debug, Clone)]
enum Happening {
    Key(Key),
    Mouse(Mouse, u16, u16),
    Resize(u16, u16),
    Paste(String),
}

fn happening() -> impl Strategy<Value = Happening> {
    let code = prop_oneof![
        12 => prop::char::ranges(vec!['!'..='~'].into()).prop_map(Code::Char),
        4 => prop::sample::select(vec![Code::Enter, Code::Esc, Code::Tab, Code::Backspace, Code::Up, Code::Down, Code::PgUp, Code::PgDn, Code::Home, Code::End, Code::Char(' ')]),
    ];
    let key = (code, prop::bool::weighted(0.1), prop::bool::weighted(0.1))
        .prop_map(|(code, ctrl, shift)| Happening::Key(Key { code, ctrl, alt: false, shift }));
    let verb = prop_oneof![Just(Mouse::Press), Just(Mouse::Drag), Just(Mouse::Release), Just(Mouse::Wheel(1)), Just(Mouse::Wheel(-1))];
    prop_oneof![
        12 => key,
        4 => (verb, 0..300_u16, 0..100_u16).prop_map(|(verb, x, y)| Happening::Mouse(verb, x, y)),
        2 => (1..300_u16, 1..100_u16).prop_map(|(w, h)| Happening::Resize(w, h)),
        1 => (1..12_u16, 1..8_u16).prop_map(|(w, h)| Happening::Resize(w, h)),
        1 => "\\PC{0,10}".prop_map(Happening::Paste),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

    #[test]
    fn nothing_that_happens_is_a_panic(happenings in prop::collection::vec(happening(), 1..80)) {
        let mut browser = Browser::demo(120, 36);
        browser.writes = false;
        for happening in happenings {
            browser.take(match happening {
                Happening::Key(key) => Message::Key(key),
                Happening::Mouse(verb, x, y) => Message::Mouse(verb, x, y),
                Happening::Resize(width, height) => Message::Resize(width, height),
                Happening::Paste(text) => Message::Paste(text),
            });
            browser.cells(LOOK);
        }
    }
}
