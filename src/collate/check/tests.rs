//! Small rewrites and their sources, and what is found.

use super::*;
use crate::text::{Text, Unit};

/// A rewrite with its sources, taken apart.
struct Desk {
    raw: Vec<String>,
    texts: Vec<Text>,
}

impl Desk {
    fn new(rewrite: &str, sources: &[&str]) -> Self {
        let raw: Vec<String> = std::iter::once(rewrite).chain(sources.iter().copied()).map(str::to_string).collect();
        Desk { texts: raw.iter().map(|raw| Text::new(raw, Unit::Sentence)).collect(), raw }
    }

    fn check(&self, run: usize) -> Check {
        let sides: Vec<Side> = self.raw.iter().zip(&self.texts).map(|(raw, text)| Side { raw, text }).collect();
        check(sides[0], &sides[1..], run)
    }

    fn words(&self, text: usize, tokens: &Range<usize>) -> String {
        crate::collate::apparatus::span(&self.texts[text], tokens).of(&self.raw[text]).to_string()
    }

    /// The findings, each with the words of the rewrite that show it.
    fn found(&self) -> Vec<(&'static str, String)> {
        let told = |finding: &Finding| (finding.kind.name(), finding.here.as_ref().map_or(String::new(), |tokens| self.words(0, tokens)));
        self.check(8).findings.iter().map(told).collect()
    }

    fn dropped(&self) -> Vec<(&'static str, String)> {
        let check = self.check(8);
        let facts = check.dropped.iter().flat_map(|dropped| dropped.facts.iter().map(move |fact| (dropped.source, fact)));
        facts.map(|(source, fact)| (fact.kind.name(), self.words(source + 1, &fact.tokens))).collect()
    }
}

const WIRE: &str = "The harbour board of Lessick voted on Monday to close the old pier for 14 days. \
    “Nobody will be left without a boat this winter,” said its chair, Ada Lund. \
    The ferry to Skarra did not leave on Sunday because of the storm.";

#[test]
fn every_kind_is_where_the_table_has_it() {
    for (at, (kind, name)) in FindingKind::ALL.into_iter().enumerate() {
        assert_eq!((kind as usize, kind.name()), (at, name));
    }
}

/// Words of the wire copy, what the rewrite has instead, and what is found.
type Change = (&'static str, &'static str, &'static [(&'static str, &'static str)]);

#[test]
fn what_was_changed_is_found() {
    let table: &[Change] = &[
        ("14 days", "14 days", &[]),
        ("14 days", "fourteen days", &[]),
        ("14 days", "40 days", &[("number-changed", "40 days")]),
        ("on Monday to", "on Tuesday to", &[("date-changed", "Tuesday")]),
        ("did not leave", "did leave", &[("polarity-flipped", "")]),
        ("without a boat", "without a plan", &[("quote-altered", "plan")]),
        ("Ada Lund", "Ada Lunt", &[("name-changed", "Ada Lunt")]),
        ("“Nobody will be left without a boat this winter,”", "\"Nobody will be left without a boat this winter,\"", &[]),
        ("harbour", "harbor", &[]),
    ];
    for (from, to, expected) in table {
        let found = Desk::new(&WIRE.replace(from, to), &[WIRE]).found();
        let found: Vec<(&str, &str)> = found.iter().map(|(kind, words)| (*kind, words.as_str())).collect();
        assert_eq!(found, *expected, "{from} ~ {to}");
    }
}

#[test]
fn a_flag_that_another_source_answers_is_none() {
    let other = WIRE.replace("14", "40").replace("did not leave", "did leave").replace("a boat", "a plan");
    for (from, to) in [("14", "40"), ("did not leave", "did leave"), ("a boat", "a plan")] {
        let rewrite = WIRE.replace(from, to);
        assert_ne!(Desk::new(&rewrite, &[WIRE]).found(), [], "{to}");
        assert_eq!(Desk::new(&rewrite, &[WIRE, &other]).found(), [], "{to}");
        assert_eq!(Desk::new(&rewrite, &[&other, WIRE]).found(), [], "{to}");
    }
}

#[test]
fn the_same_flag_beside_two_sources_is_one() {
    let second = WIRE.replace("old pier", "long pier");
    let check = Desk::new(&WIRE.replace("14", "40"), &[WIRE, &second]).check(8);
    let found: Vec<_> = check.findings.iter().map(|f| (f.kind.name(), f.source.as_ref().map(|s| s.0), f.also.clone())).collect();
    assert_eq!(found, [("number-changed", Some(0), vec![1])]);
}

#[test]
fn what_no_source_has_is_found() {
    let added = |text: &str| Desk::new(&format!("{WIRE} {text}"), &[WIRE]).found();
    assert_eq!(added("Gulls were seen above the market hall."), [("unsupported", String::from("Gulls were seen above the market hall."))]);
    assert_eq!(
        added("Moss answered that “gulls have no vote in this market hall” later."),
        [("quote-unsourced", String::from("gulls have no vote in this market hall"))]
    );
    let told = WIRE.replace("the old pier for 14 days", "the old pier for 14 days, at a cost of $7 million, Piet Aldous wrote in June");
    let kinds: Vec<_> = Desk::new(&told, &[WIRE]).found();
    let expected = [("name-unsourced", "Piet Aldous"), ("number-unsourced", "$7 million"), ("date-unsourced", "June")];
    assert_eq!(kinds, expected.map(|(kind, words)| (kind, words.to_string())));
}

#[test]
fn a_quotation_stays_the_same_when_it_is_shortened_in_the_open_or_told_in_pieces() {
    let source = "“Storms come and storms go,” she said, “but a wall of this town is never taken down in a storm.” The board met at noon.";
    for rewrite in [
        "“Storms come and storms go, but a wall of this town is never taken down in a storm,” she said. The board met at noon.",
        "She said: “Storms come … but a wall of this town is never taken down.” The board met at noon.",
        "“A wall of this town is never taken down,” she said. The board met at noon.",
        "“Storms come and storms go, but a wall [of stone] is never taken down in a storm,” she said. The board met at noon.",
    ] {
        let found = Desk::new(rewrite, &[source]).found();
        assert!(found.iter().all(|(kind, _)| !kind.starts_with("quote-u")), "{rewrite}: {found:?}");
    }
}

#[test]
fn a_quotation_whose_words_are_cut_otherwise_is_the_same() {
    let source = "The chair spoke of “an iron clad wall of stone” on Friday. Asked about it, she said: “Our sea-wall is iron clad, and nobody takes it down.”";
    for rewrite in [
        "The chair of the board spoke of “an ironclad wall of stone” on Friday.",
        "“Our seawall is iron-clad, and nobody takes it down,” the chair said when the board met on Friday in the market hall.",
        "The chair said: “Nobody takes it down.” And then: “Our sea wall is ironclad.”",
    ] {
        let found = Desk::new(rewrite, &[source]).found();
        assert!(found.iter().all(|(kind, _)| !kind.starts_with("quote")), "{rewrite}: {found:?}");
    }
    let found = Desk::new("“Our sea wall is ironcladding, and nobody takes it down,” said the chair.", &[source]).found();
    assert!(found.iter().any(|(kind, _)| kind.starts_with("quote")), "{found:?}");
}

#[test]
fn a_word_that_another_source_quotes_in_another_dress_is_no_finding() {
    let told = |word: &str| format!("The chair of the harbour board described the old wall of the town as “{word}” on Friday.");
    let (rewrite, sources) = (told("iron-clad"), [told("strong"), told("ironclad")]);
    assert_eq!(Desk::new(&rewrite, &[&sources[0], &sources[1]]).found(), []);
    assert_eq!(Desk::new(&rewrite, &[&sources[0]]).found(), [("quote-altered", String::from("iron-clad"))]);
}

#[test]
fn a_person_is_called_as_any_source_calls_them() {
    let (first, thanks) = ("Foreign minister Sarno Ilek spoke first.", "The crew of the boat was thanked by the minister on Friday.");
    let rewrite = format!("{first} The crew of the boat was thanked by Mr Sarno on Friday.");
    let (wrong, right) =
        (format!("{first} {thanks} Mr Ilek laughed at the wind."), format!("{first} {thanks} Mr Sarno laughed at the wind."));
    let misnamed = |sources: &[&str]| Desk::new(&rewrite, sources).found().iter().any(|(kind, _)| *kind == "name-changed");
    assert!(misnamed(&[&wrong]));
    assert!(!misnamed(&[&wrong, &right]));
    assert!(!misnamed(&[&right]));
}

#[test]
fn verbatim_words_are_counted_outside_of_quotations() {
    let check = Desk::new(WIRE, &[WIRE]).check(8);
    assert_eq!((check.summary.words, check.summary.verbatim_words, check.summary.quoted_words), (34, 34, 9));
    assert_eq!((check.summary.verbatim_share(), check.summary.longest_run_words()), (1.0, 34));
    // Words that are joined otherwise break no run.
    let dressed =
        ["The two towns signed an iron clad pact there and went home.", "The two towns signed an ironclad pact there and went home."];
    assert_eq!(Desk::new(dressed[0], &[dressed[1]]).check(8).summary.verbatim_words, 12);
    // Runs cross the ends of sentences.
    let rewrite = "The old pier for 14 days. “Nobody will be left without a boat this winter,” he said.";
    let check = Desk::new(rewrite, &[WIRE]).check(8);
    assert_eq!((check.summary.verbatim_words, check.summary.quoted_words), (6, 9));
    assert_eq!(Desk::new(rewrite, &[WIRE]).check(20).summary.verbatim_words, 0);
    let longest = check.summary.longest.expect("a run");
    assert_eq!((longest.words, longest.source), (6, 0));
}

#[test]
fn dropped_facts_are_told_once_the_weightiest_first() {
    let rewrite = "The ferry to Skarra did not leave on Sunday because of the storm.";
    let wire = format!("Rain fell on Lessick. {WIRE}");
    assert_eq!(
        Desk::new(rewrite, &[&wire, WIRE]).dropped(),
        [
            ("figure", String::from("14 days")),
            ("name", String::from("Lessick")),
            ("quotation", String::from("Nobody will be left without a boat this winter,")),
            ("name", String::from("Ada Lund")),
        ]
    );
    assert_eq!(Desk::new(WIRE, &[WIRE]).dropped(), []);
    // What was changed is told among the findings, not here.
    assert_eq!(Desk::new(&WIRE.replace("14", "40"), &[WIRE]).dropped(), []);
}

#[test]
fn sources_that_are_the_rewrite_or_nothing_or_twice_there_are_no_trouble() {
    let same = Desk::new(WIRE, &[WIRE]).check(8);
    assert!(same.findings.is_empty() && same.dropped.is_empty() && same.summary.unsupported == 0);
    assert!(same.sentences.iter().all(|sentence| sentence.from[0].similarity >= 1.0));
    let twice = Desk::new(&WIRE.replace("14", "40"), &[WIRE, "", WIRE]).check(8);
    assert_eq!(twice.sources, [Source::Compared, Source::Compared, Source::Twin(0)]);
    assert!(twice.sentences.iter().all(|sentence| sentence.from.len() == 1) && twice.findings[0].also.is_empty());
    let nothing = Desk::new(WIRE, &[]).check(8);
    assert_eq!((nothing.summary.sentences, nothing.summary.unsupported), (3, 3));
    let strange = Desk::new("Gulls like bread.", &["The tram stops here."]).check(8);
    assert_eq!((strange.summary.unsupported, strange.findings.len(), strange.summary.verbatim_words), (1, 1, 0));
    assert_eq!(Desk::new("", &[WIRE]).check(8).sentences, []);
    assert_eq!(Desk::new("", &[]).check(0), Check::default());
}

#[test]
fn of_a_thousand_sources_the_right_ones_are_compared() {
    let made: Vec<String> = (0..1_000).map(|n| format!("Town {n} has a pier. The clerk of town {n} wrote letter {n} on Monday.")).collect();
    let mut sources: Vec<&str> = made.iter().map(String::as_str).collect();
    sources[700] = WIRE;
    let check = Desk::new(&WIRE.replace("14", "40"), &sources).check(8);
    assert!(check.sentences.iter().all(|sentence| sentence.from[0].source == 700));
    assert_eq!(check.findings.iter().map(|f| f.kind.name()).collect::<Vec<_>>(), ["number-changed"]);
    let compared = check.sources.iter().filter(|source| **source == Source::Compared).count();
    assert!((1..100).contains(&compared), "{compared}");
}
