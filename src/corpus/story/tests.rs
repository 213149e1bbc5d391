//! Stories of made articles: what belongs together, what does not, and that neither order nor steps change it.

use super::linkage::{Pair, Terms, groups};
use super::versions::{Comparison, Rarity};
use super::{Grouping, Known, Sketch, Story, Strength, arrange, stories};
use crate::corpus::Article;
use crate::corpus::article::Parts;
use crate::text::Unit;
use jiff::civil::{Date, date};
use std::path::{Path, PathBuf};

const FERRY: [&str; 10] = [
    "The ferry Lady Maren ran aground off Skarra on Monday morning with 84 people on board.",
    "Captain Orla Dunmore told the Harbour Board that the light on Anvil Reef had been out for 3 nights.",
    "Two boats of the Carrow Coastguard took everybody off before the tide turned, and nobody was hurt.",
    "Passengers stood on the car deck in the rain for 5 hours while the crew handed out soup and blankets.",
    "The hull is torn over 11 metres on the port side, said Tomas Hale, who dived under the ship at noon.",
    "Salvage will have to wait for calmer weather, which the forecasters in Lessick do not expect before Friday.",
    "The Lady Maren was built at Pell in 1974 and carries most of the milk that leaves the outer islands.",
    "Ellary Island Lines, the owner, has hired a smaller boat that will sail to Skarra twice a day.",
    "The keeper of the light, Edda Lorne, said that she had asked for a new lamp in January.",
    "The Harbour Board will hear her and the captain next Tuesday behind closed doors.",
];

/// The same event by somebody who took notes on the pier and kept a few turns of the wire copy.
const REWRITE: [&str; 7] = [
    "With 84 people on board, the Lady Maren struck Anvil Reef near Skarra early on Monday and stayed there.",
    "Its master, Orla Dunmore, blames darkness: the light on Anvil Reef had been out since Friday, as she put it to the Harbour Board.",
    "Everyone was brought ashore by the Carrow Coastguard, whose two boats arrived before the tide turned.",
    "A diver named Tomas Hale found 11 metres of plating gone on the port side.",
    "Nothing can be towed until Friday, say forecasters in Lessick, because of the swell.",
    "Until then Ellary Island Lines sends a smaller boat that will sail to Skarra and back.",
    "Edda Lorne, who tends the lamp, claims that a new one was due in January.",
];

/// Another event with the same people and places, weeks later.
const HEARING: [&str; 8] = [
    "The Harbour Board cleared Captain Orla Dunmore on Thursday and blamed its own clerks for a lost letter.",
    "A request for a lamp lay in a drawer at Lessick all winter, the chairman Piet Aldous told a full room.",
    "Dunmore may go to sea again as soon as her licence is printed, which takes about a week.",
    "Edda Lorne wept when the verdict was read, and shook hands with everybody who had come from Skarra.",
    "Two clerks were moved to the archive, and a third has asked for early retirement.",
    "Aldous promised that every light between Carrow and Pell would be looked at twice a year from now on.",
    "The islands want more: they ask for a pilot and for a tug that is paid by the whole coast.",
    "Ellary Island Lines said it would sue nobody, since the insurers had paid for the hull already.",
];

const RATE: [&str; 6] = [
    "The Bank of Lannock kept its rate at 4.25 percent on Wednesday, to the surprise of Tarn Street.",
    "Governor Ada Ansley wrote to Parliament that prices rise more slowly than they did in autumn.",
    "Oskar Lindmoor of the brokerage Gantry had expected a cut, and lost a bet of 50 marks over it.",
    "Exporters on the Veld Coast have asked for a lower rate since the winter, when orders fell away.",
    "Two of the nine members of the council voted against the governor, as they did the last time.",
    "The mark rose to its highest since June after the announcement and gave some of it back by evening.",
];

const RULING: [&str; 6] = [
    "The Appeals Court let the dam at Tamsel Bridge stand on Friday against the will of the village.",
    "Judge Rafe Lorrimer wrote in 90 pages that everybody had been heard who had asked to be heard.",
    "Lawyer Ilse Brandt will go to the High Court of the Cantons for the people of the upper valley.",
    "The Hesk Power Company wants to fill the lake next spring and has paid for 40 new houses.",
    "Cattle were driven through the court yard in protest, and one of the ushers lost a shoe.",
    "Tamsel Bridge has fought over the dam for eleven years and has buried two of its mayors meanwhile.",
];

const FOOTER: &str =
    "Readers of these pages are the first to know: ask at the counter for the evening edition and the tide table of the month.";

fn article(body: &[impl AsRef<str>], day: Option<Date>) -> Article {
    let body: Vec<&str> = body.iter().map(AsRef::as_ref).collect();
    let text = format!("A headline of some words\n\n{}", body.join("\n\n"));
    Article::new(PathBuf::from("x.txt"), Parts { text, titled: true, date: day, ..Parts::default() }, Unit::Sentence)
}

fn sketches(bodies: &[Vec<&str>]) -> Vec<(usize, Sketch)> {
    bodies.iter().map(|body| Sketch::new(&article(body, None))).enumerate().collect()
}

fn grouped(bodies: &[Vec<&str>], strength: Strength) -> Vec<Vec<usize>> {
    stories(sketches(bodies), strength).into_iter().map(|story| story.articles).collect()
}

/// Whether two articles are versions of one story among others that have nothing to do with them.
fn are_versions(a: &[&str], b: &[&str]) -> bool {
    let found = grouped(&[a.to_vec(), RATE.to_vec(), RULING.to_vec(), b.to_vec()], Strength::Versions);
    assert!(found.is_empty() || found == [[0, 3]], "{found:?}");
    !found.is_empty()
}

#[test]
fn what_shares_text_is_one_story() {
    let moved = [&FERRY[5..], &FERRY[..5]].concat();
    let take = [&["The owner of the Lady Maren said on Tuesday that 84 people would get their money back."], &FERRY[..8]].concat();
    let with_footer = [&FERRY[2..4], &[FOOTER]].concat();
    let cases: [(&str, &[&str]); 6] = [
        ("the same", &FERRY),
        ("a cut", &FERRY[..5]),
        ("a brief", &FERRY[..2]),
        ("paragraphs moved", &moved),
        ("a later take", &take),
        ("a part below furniture", &with_footer),
    ];
    for (case, version) in cases {
        assert!(are_versions(&FERRY, version), "{case}");
    }
    assert!(are_versions(&FERRY, &REWRITE), "a rewrite");
}

#[test]
fn the_next_event_with_the_same_people_is_another_story() {
    assert!(!are_versions(&FERRY, &HEARING));
    let with_background = [&HEARING[..], &FERRY[7..8]].concat();
    assert!(!are_versions(&FERRY, &with_background), "background below other news");
}

#[test]
fn one_template_with_other_figures_and_names_is_many_stories() {
    let report = |team: &str, other: &str, place: &str, n: u32| {
        [
            format!("{team} beat {other} by {} to {n} on Saturday night in {place} before a crowd of {}.", n + 7, n * 211),
            format!("The hosts led by {} points at the half and never trailed after that, although {team} lost two men.", n / 3),
            format!("Officials called {} fouls, and the visitors from {other} missed most of their free throws.", n / 2 + 3),
            format!("{team} plays at home again next week, while {other} has to travel to the north of the league."),
        ]
    };
    let reports = [
        report("Pell Rovers", "Carrow Anchors", "Pell", 61),
        report("Hesk Miners", "Veld Harriers", "Tamsel", 74),
        report("Lannock Bells", "Skarra Terns", "Lessick", 58),
        report("Ansley Foxes", "Orm Lanterns", "Ansley", 83),
    ];
    let bodies: Vec<Vec<&str>> = reports.iter().map(|report| report.iter().map(String::as_str).collect()).collect();
    assert_eq!(grouped(&bodies, Strength::Versions), Vec::<Vec<usize>>::new());
}

#[test]
fn furniture_pulls_nothing_together() {
    let with = |body: &[&'static str]| [body, &[FOOTER, "Copyright of the printers, who ask that nobody copies a line of it."]].concat();
    let bodies = [with(&FERRY[..3]), with(&RATE[..3]), with(&RULING[..3])];
    assert_eq!(grouped(&bodies, Strength::Versions), Vec::<Vec<usize>>::new());
}

#[test]
fn a_corpus_of_one_story_is_one_story() {
    let bodies: Vec<Vec<&str>> = (0..60)
        .map(|n| {
            FERRY.iter().enumerate().filter(|(at, _)| *at == 0 || (n >> (at % 6)) & 1 == 0 || at % 5 == n % 5).map(|(_, s)| *s).collect()
        })
        .collect();
    assert_eq!(grouped(&bodies, Strength::Versions), [(0..60).collect::<Vec<_>>()]);
}

#[test]
fn copies_are_one_story_however_many_and_articles_without_words_are_none() {
    let mut bodies = vec![FERRY.to_vec(); 700];
    bodies.extend([vec![""], vec![""], RATE.to_vec()]);
    assert_eq!(grouped(&bodies, Strength::Versions), [(0..700).collect::<Vec<_>>()]);
}

#[test]
fn versions_far_apart_in_time_need_more_in_common() {
    let near = |days: i64| {
        let first = date(2031, 3, 1);
        let articles = [article(&FERRY, Some(first)), article(&REWRITE, first.checked_add(jiff::Span::new().days(days)).ok())];
        let mut sketches: Vec<(usize, Sketch)> = articles.iter().map(Sketch::new).enumerate().collect();
        sketches.extend([(2, Sketch::new(&article(&RATE, None))), (3, Sketch::new(&article(&RULING, None)))]);
        let grouping = Grouping::new(sketches, &Known::default());
        grouping.pairs.iter().find(|pair| pair.articles == [0, 1]).map_or(0, |pair| pair.near)
    };
    assert!(near(1) > 0 && near(1) == near(7) && near(30) < near(7) && near(90) < near(30) && near(90) == near(900));
}

#[test]
fn coverage_has_what_versions_have() {
    let bodies = [FERRY.to_vec(), RATE.to_vec(), FERRY[..4].to_vec(), RULING.to_vec(), REWRITE.to_vec(), RATE[..3].to_vec()];
    assert_eq!(grouped(&bodies, Strength::Versions), [vec![0, 2, 4], vec![1, 5]]);
    assert_eq!(grouped(&bodies, Strength::Coverage), [vec![0, 2, 4], vec![1, 5]]);
}

#[test]
fn versions_stay_together_as_coverage() {
    let sketches = crowd(200);
    let coverage = told(sketches.clone(), Strength::Coverage);
    for story in told(sketches, Strength::Versions) {
        let within = |wider: &&Story| story.articles.iter().all(|article| wider.articles.contains(article));
        assert_eq!(coverage.iter().filter(within).count(), 1, "{story:?}");
    }
}

/// The groups of two threes of articles, given how near those of one three are, and those of both.
fn threes(within: f64, between: f64, share: u64, first: &[Vec<u32>]) -> Vec<Vec<u32>> {
    let near = |a: usize, b: usize| if a / 3 == b / 3 { within } else { between };
    let pairs: Vec<Pair> = (0..6).flat_map(|b| (0..b).map(move |a| Pair::new(a, b, near(a, b)))).collect();
    let mut found = groups(&[6, 5, 4, 3, 2, 1], &pairs, Terms { near: Pair::new(0, 1, 0.2).near, share }, first);
    found.iter_mut().for_each(|group| group.sort_unstable());
    found.sort_unstable();
    found
}

#[test]
fn close_groups_stay_apart_where_loose_ones_join() {
    let (one, two) = (vec![vec![0, 1, 2, 3, 4, 5]], vec![vec![0, 1, 2], vec![3, 4, 5]]);
    assert_eq!(threes(0.4, 0.3, 60, &[]), one);
    assert_eq!(threes(0.8, 0.3, 60, &[]), two);
    assert_eq!(threes(0.8, 0.3, 0, &[]), one, "whatever is within");
    assert_eq!(threes(0.4, 0.1, 60, &[]), two, "too far apart for any");
}

#[test]
fn what_begins_together_stays_together() {
    assert_eq!(threes(0.1, 0.0, 60, &[vec![2, 3]]), [[2, 3]], "and takes nothing with it");
    assert_eq!(threes(0.8, 0.3, 60, &[vec![0, 1, 2], vec![3, 5]]), threes(0.8, 0.3, 60, &[]), "and others join it");
}

#[test]
fn a_sketch_is_what_its_numbers_say() {
    for day in [None, Some(date(1969, 12, 31)), Some(date(1970, 1, 1)), Some(date(2031, 3, 7))] {
        let sketch = Sketch::new(&article(&FERRY, day));
        assert_eq!(Sketch::of_numbers(&sketch.numbers()), Some(sketch));
    }
    let numbers = Sketch::new(&article(&FERRY, None)).numbers();
    let mut disordered = numbers.clone();
    disordered.swap(2, 3);
    for damaged in [&[][..], &[0], &[0, 5, 1], &disordered] {
        assert_eq!(Sketch::of_numbers(damaged), None, "{damaged:?}");
    }
}

#[test]
fn a_great_many_reports_from_one_template_are_not_held_against_each_other() {
    let report =
        |n: usize| Sketch::new(&article(&[format!("Ship {n} came to the harbour of Lessick on day {} of its voyage.", n * 7)], None));
    let pairs = |count: usize| {
        let sketches: Vec<Sketch> = (0..count).map(report).collect();
        let mut rarity = Rarity::default();
        sketches.iter().for_each(|sketch| rarity.count(sketch));
        Comparison::new(&sketches, &rarity).pairs(&vec![true; count], 1, usize::MAX, |_, _| true).len()
    };
    assert!(pairs(60) > 0);
    assert_eq!(pairs(2_200), 0);
}

/// Articles of many stories that share phrases and names: every third sentence is changed, left out or taken from another.
fn crowd(count: usize) -> Vec<(usize, Sketch)> {
    let stories = [&FERRY[..], &HEARING, &RATE, &RULING, &REWRITE];
    let mut dice = 0x2545_f491_4f6c_dd1d_u64;
    let mut below = |bound: usize| {
        dice ^= dice << 13;
        dice ^= dice >> 7;
        dice ^= dice << 17;
        usize::try_from(dice % bound as u64).unwrap_or(0)
    };
    let mut body = |story: &[&str]| -> Vec<String> {
        let mut told: Vec<String> = Vec::new();
        for sentence in story {
            match below(9) {
                0 => {}
                1 => told.push(stories[below(5)][below(6)].to_string()),
                2 => told.push(format!("{sentence} That was told to {} people in the square.", below(500))),
                _ => told.push((*sentence).to_string()),
            }
        }
        told
    };
    (0..count).map(|n| Sketch::new(&article(&body(stories[n % 5]), None))).enumerate().collect()
}

/// What is told of articles whatever the order in which they were given.
fn told(sketches: Vec<(usize, Sketch)>, strength: Strength) -> Vec<Story> {
    let told = stories(sketches, strength);
    let mut all: Vec<usize> = told.iter().flat_map(|story| story.articles.clone()).collect();
    let count = all.len();
    all.sort_unstable();
    all.dedup();
    assert_eq!(all.len(), count, "an article in two stories");
    assert!(told.iter().all(|story| story.articles.len() > 1 && story.articles.is_sorted()));
    told
}

#[test]
fn the_order_of_articles_changes_nothing() {
    let mut sketches = crowd(120);
    for strength in [Strength::Versions, Strength::Coverage] {
        let expected = told(sketches.clone(), strength);
        assert!(expected.len() > 3, "{expected:?}");
        sketches.reverse();
        assert_eq!(told(sketches.clone(), strength), expected);
        sketches.sort_by_key(|(article, _)| article * 37 % 120);
        assert_eq!(told(sketches.clone(), strength), expected);
    }
}

#[test]
fn what_is_known_of_other_articles_changes_nothing() {
    let sketches = crowd(400);
    for step in [40, 150] {
        let mut known = Known::default();
        // The corpus grows, then shrinks again from its beginning.
        let grown = (1..=400_usize.div_ceil(step)).map(|n| 0..(n * step).min(400));
        let shrunk = (1..400 / step).map(|n| n * step..400);
        for range in grown.chain(shrunk) {
            let there = sketches[range].to_vec();
            let grouping = Grouping::new(there.clone(), &known);
            let mut anew = Grouping::new(there, &Known::default());
            let mut pairs = grouping.pairs.clone();
            pairs.sort_unstable();
            anew.pairs.sort_unstable();
            assert_eq!(pairs, anew.pairs);
            for strength in [Strength::Versions, Strength::Coverage] {
                assert_eq!(grouping.stories(strength), anew.stories(strength));
            }
            let numbers = grouping.known().numbers();
            assert!(numbers == anew.known().numbers());
            known = Known::of_numbers(&numbers).expect("what was saved");
        }
    }
}

#[test]
fn little_room_for_pairs_changes_nothing() {
    let sketches = crowd(300);
    let known = Grouping::new(sketches[..200].to_vec(), &Known::default()).known();
    for known in [&Known::default(), &known] {
        let [mut roomy, mut tight] = [usize::MAX, 50].map(|most| Grouping::within(most, sketches.clone(), known));
        [&mut roomy, &mut tight].into_iter().for_each(|grouping| grouping.pairs.sort_unstable());
        assert!(roomy.pairs.len() > 50 && roomy.pairs == tight.pairs);
    }
}

#[test]
fn thin_sketches_have_the_same_stories() {
    let sketches = crowd(200);
    let whole = told(sketches.clone(), Strength::Versions);
    let thin: Vec<(usize, Sketch)> = sketches.iter().cloned().map(|(article, sketch)| (article, sketch.thinned(2))).collect();
    let runs = |sketches: &[(usize, Sketch)]| sketches.iter().map(|(_, sketch)| sketch.runs().len()).sum::<usize>();
    assert!((runs(&sketches) * 2 / 5..runs(&sketches) * 3 / 5).contains(&runs(&thin)), "{} of {}", runs(&thin), runs(&sketches));
    let count = |stories: &[Story]| stories.iter().map(|story| story.articles.len()).sum::<usize>();
    let thin = told(thin, Strength::Versions);
    assert!(count(&thin) * 10 >= count(&whole) * 9 && thin.len() <= whole.len() * 2, "{} and {}", thin.len(), whole.len());
    assert_eq!(Sketch::default().thinned(1), Sketch::default());
}

#[test]
fn what_was_not_saved_whole_is_not_known() {
    let numbers = Grouping::new(crowd(40), &Known::default()).known().numbers();
    assert!(Known::of_numbers(&numbers).is_some());
    for damaged in [&[][..], &[1, 0, 0], &[0, 0, 1, 5, 5], &numbers[..numbers.len() - 1], &[&numbers[..], &[7]].concat()] {
        assert_eq!(Known::of_numbers(damaged), None);
    }
}

#[test]
fn versions_stand_by_date_and_path() {
    let day = |day| Some(date(2031, 3, day));
    let known = [(None, "a"), (day(8), "b"), (day(7), "d"), (day(7), "c"), (None, "A")];
    let mut articles = vec![0, 1, 2, 3, 4];
    arrange(&mut articles, |a| (known[a].0, Path::new(known[a].1)));
    assert_eq!(articles, [3, 2, 1, 4, 0]);
    let paths = ["a/wire.jsonl#10", "a/wire.jsonl#2", "a/wire.jsonl", "a/wire.jsonl#x", "a/wire#3/one"];
    arrange(&mut articles, |a| (None, Path::new(paths[a])));
    assert_eq!(articles, [4, 2, 1, 0, 3]);
}
