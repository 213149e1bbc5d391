//! What the apparatus says of small stories.

use super::{Apparatus, apparatus};
use crate::collate::{Level, Side};
use crate::text::{Text, Unit};

fn taken(raws: &[&str]) -> (Vec<Text>, Apparatus) {
    let texts: Vec<Text> = raws.iter().map(|raw| Text::new(raw, Unit::Sentence)).collect();
    let sides: Vec<Side> = raws.iter().zip(&texts).map(|(raw, text)| Side { raw, text }).collect();
    let found = apparatus(&sides);
    (texts, found)
}

/// The variants of all passages at a level, as `ironclad AB · strong C`.
fn variants(raws: &[&str], lowest: Level) -> Vec<String> {
    let (texts, found) = taken(raws);
    let letter = |version: usize| char::from(b'A' + u8::try_from(version).expect("few versions"));
    let words = |(version, tokens): &(usize, std::ops::Range<usize>)| {
        let told = super::span(&texts[*version], tokens).of(raws[*version]);
        if told.is_empty() { "–" } else { told }.to_string()
    };
    let shown = found.passages.iter().flat_map(|p| &p.variants).filter(|v| v.level() >= lowest);
    shown
        .map(|variant| {
            let reading = |group: &Vec<&super::Reading>| {
                let mut versions: Vec<usize> = group.iter().flat_map(|r| r.versions()).collect();
                versions.sort_unstable();
                format!("{} {}", words(&group[0].at[0]), versions.into_iter().map(letter).collect::<String>())
            };
            variant.readings_at(lowest).iter().map(reading).collect::<Vec<_>>().join(" · ")
        })
        .collect()
}

#[test]
fn readings_are_told_with_who_has_them() {
    let story = [
        "“The bond between the two towns is ironclad,” he said.",
        "“The bond between the two towns is iron clad,” he said.",
        "“The bond between the two towns is ironclad,” he said.",
        "“The bond between the two towns is strong,” she said.",
    ];
    assert_eq!(variants(&story, Level::Form), ["ironclad AC · iron clad B · strong D", "he ABC · she D"]);
    assert_eq!(variants(&story, Level::Wording), ["ironclad ABC · strong D", "he ABC · she D"]);
}

#[test]
fn omissions_are_readings() {
    let story = [
        "The harbour board met on Monday and voted for the new wall.",
        "The harbour board met on Monday and voted for the wall.",
        "The harbour board voted for the new wall.",
    ];
    assert_eq!(variants(&story, Level::Form), ["met on Monday and AB · – C", "new AC · – B"]);
}

#[test]
fn what_is_one_reading_at_a_level_may_be_two_below_it() {
    let story =
        ["The crew counted 14 seals on the ice.", "The crew counted fourteen seals on the ice.", "The crew counted 40 seals on the ice."];
    assert_eq!(variants(&story, Level::Form), ["14 A · fourteen B · 40 C"]);
    assert_eq!(variants(&story, Level::Substance), ["14 AB · 40 C"]);
}

#[test]
fn sentences_are_found_wherever_they_stand() {
    let story = [
        "The ferry left Skarra at dawn. Nobody was hurt when the mast of the old ship broke. The captain praised his crew.",
        "Nobody was hurt when the mast of the old boat broke. The captain praised his crew. The ferry left Skarra at dawn.",
        "The captain praised the crew. The ferry left Skarra at dawn.",
    ];
    let (_, found) = taken(&story);
    let told: Vec<usize> = found.passages.iter().map(|p| p.sentences.len()).collect();
    assert_eq!(told.iter().sum::<usize>(), 8);
    assert_eq!(told.len(), 3, "{found:?}");
    assert_eq!(variants(&story, Level::Form).len(), 2);
}

#[test]
fn a_merged_sentence_is_in_one_passage_with_both_its_halves() {
    let story = [
        "The lighthouse of Skarra lost its lamp in the storm. The keeper lit a fire on the rocks until dawn.",
        "The lighthouse of Skarra lost its lamp in the storm, and the keeper lit a fire on the rocks until dawn.",
        "The lighthouse of Skarra lost its lamp in the storm. The keeper lit a fire on the rocks until dawn.",
    ];
    let (_, found) = taken(&story);
    assert_eq!(found.passages.len(), 1, "{found:?}");
    assert_eq!(found.passages[0].sentences, [(0, 0..2), (1, 0..1), (2, 0..2)]);
}

#[test]
fn flags_are_on_the_variants_that_they_are_about() {
    let story = [
        "The paper printed the statement. Velmara was opposing the further enlargement of NORSO.",
        "The paper printed the statement. Velmara favors further expansion of NORSO.",
    ];
    let (_, found) = taken(&story);
    let flagged: Vec<_> = found.passages.iter().flat_map(|p| &p.variants).filter(|v| !v.flags.is_empty()).collect();
    assert_eq!(flagged.len(), 1, "{found:?}");
    assert_eq!(flagged[0].flags[0].name(), "polarity-flipped");
}

#[test]
fn odd_stories_are_no_trouble() {
    let long = "The keeper lit a fire on the rocks until dawn and the boats came home one by one. ".repeat(300);
    let lone = "Rain.";
    let french = "Le maire a dit que les sept navires sont partis vers le nord.";
    let quoting = [
        "Lund wrote that “no wind has ever taken down the harbour wall”.",
        "Rain fell all day. “No wind has ever taken down the harbour wall”, Moss read.",
    ];
    let stories: [&[&str]; 9] =
        [&[], &[lone], &[lone, lone], &["", ""], &["", lone], &[lone, &long], &[french, lone], &quoting, &[&long, &long, "“", ""]];
    for story in stories {
        let (texts, found) = taken(story);
        let told: usize = found.passages.iter().flat_map(|p| &p.sentences).map(|(_, s)| s.len()).sum();
        assert_eq!(told, texts.iter().map(|t| t.sentences.len()).sum::<usize>());
    }
    assert!(variants(&[lone, lone], Level::Form).is_empty());
    let (_, quoted) = taken(&quoting);
    assert!(quoted.passages.iter().any(|p| p.sentences.len() == 2), "a quotation alone holds two sentences together: {quoted:?}");
}

#[test]
fn many_versions_are_one_story() {
    let version = |n: usize| {
        format!(
            "The harbour board met on Monday. It counted {n} votes for the new wall. The keeper {} the plan a gift. Nobody {} it.",
            ["called", "named"][n % 2],
            ["opposed", "fought", "disliked"][n % 3]
        )
    };
    let raws: Vec<String> = (0..60).map(version).collect();
    let (_, found) = taken(&raws.iter().map(String::as_str).collect::<Vec<_>>());
    assert_eq!(found.passages.iter().map(|p| p.sentences.len()).collect::<Vec<_>>(), [60; 4]);
    let counts: Vec<usize> = found.passages.iter().flat_map(|p| &p.variants).map(|v| v.readings.len()).collect();
    assert_eq!(counts, [60, 2, 3]);
}
