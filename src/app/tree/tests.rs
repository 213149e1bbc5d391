//! Tests of the tree.

use super::*;
use crate::app::listing::Listing;
use crate::corpus::story::Story;
use crate::corpus::{Digest, Entry, Place};
use proptest::prelude::*;
use std::path::{Path, PathBuf};

fn entry(path: &str) -> Entry {
    Entry { place: Place::File, path: Path::new("root").join(path) }
}

fn listing(paths: &[&str]) -> Listing {
    let mut listing = Listing { roots: vec![PathBuf::from("root")], ..Listing::default() };
    listing.add(paths.iter().map(|path| entry(path)).collect(), Vec::new());
    listing
}

fn drawn(tree: &Tree, listing: &Listing) -> Vec<String> {
    let name = |line: &TreeLine| match line.item {
        Item::Folder(folder) => format!("{}/ {}", listing.folder_path(folder).display(), line.count),
        Item::Article(article) => listing.file_name(article),
        other => format!("{other:?}"),
    };
    (0..tree.len()).filter_map(|line| tree.line(line)).map(|line| format!("{}{}", "  ".repeat(line.depth), name(&line))).collect()
}

#[test]
fn folders_open_close_and_count() {
    let listing = listing(&["a/one.txt", "a/x/two.txt", "b.txt", "c/three.txt"]);
    let mut tree = Tree::default();
    tree.rebuild(&listing, 10);
    assert_eq!(drawn(&tree, &listing), ["a/ 2", "  one.txt", "  a/x/ 1", "    two.txt", "b.txt", "c/ 1", "  three.txt"]);
    tree.toggle(&listing, None, 10);
    assert_eq!(drawn(&tree, &listing), ["a/ 2", "b.txt", "c/ 1", "  three.txt"]);
    tree.filter = String::from("THREE");
    tree.sift(&listing, 10);
    assert_eq!((drawn(&tree, &listing), tree.passed()), (vec![String::from("c/ 1"), String::from("  three.txt")], 1));
}

#[test]
fn the_cursor_stays_on_its_item() {
    let mut found = listing(&["b.txt", "a.txt"]);
    let mut tree = Tree::default();
    tree.rebuild(&found, 10);
    found.add(vec![entry("c.txt")], Vec::new());
    found.rearrange(vec![1, 0, 2]);
    tree.rebuild(&found, 10);
    assert_eq!((tree.article(), tree.scroll.cursor), (Some(0), 1));
    found.rearrange(vec![0, 2]);
    tree.rebuild(&found, 10);
    assert_eq!((drawn(&tree, &found), tree.article()), (vec![String::from("b.txt"), String::from("c.txt")], Some(0)));
}

#[test]
fn files_found_later_are_listed_as_if_all_had_been_found_at_once() {
    let paths = ["a/one.txt", "a/x/two.txt", "a/x/three.txt", "b.txt", "c/four.txt", "c/y/z/five.txt", "c/six.txt"];
    for filter in ["", "o"] {
        let all = listing(&paths);
        let tree = || {
            let mut tree = Tree { filter: filter.to_string(), ..Tree::default() };
            // The folders are numbered as they come: the root, a, a/x, c, c/y and so on.
            [2, 4].into_iter().for_each(|folder| tree.folds.set(Item::Folder(folder), true));
            tree
        };
        let (mut once, mut grown) = (tree(), tree());
        once.rebuild(&all, 10);
        let mut found = listing(&[]);
        for entry in &all.entries {
            found.add(vec![entry.clone()], Vec::new());
            grown.extend(&found, 10);
        }
        assert_eq!((drawn(&grown, &found), grown.passed()), (drawn(&once, &all), once.passed()));
    }
}

// --- In slices, in any order ----------------------------------------------------------------------------------------

/// Something that happens to a tree.
#[derive(Debug, Clone)]
enum Step {
    /// The scan finds this many more files.
    Find(usize),
    /// Some articles are read, by shares of what is there.
    Read(Vec<usize>),
    /// A filter is typed.
    Type(&'static str),
    /// Words are found in some articles, or the search is given up.
    Words(Option<Vec<usize>>),
    /// The order is switched.
    Turn,
    /// The articles from here on, so many, make a story; all others are alone.
    Group(usize, usize),
    /// The heading at a line is folded or unfolded.
    Fold(usize),
    /// Whatever hides an article is unfolded.
    Reveal(usize),
    /// The corpus is arranged backward, without every so many articles.
    Arrange(usize),
    /// The next slice.
    GoOn,
}

/// Files in a few folders, in the order of their paths.
const FILES: [&str; 14] = [
    "a/ferry.txt",
    "a/harbour.txt",
    "a/x/pact.txt",
    "a/x/y/ferry2.txt",
    "a/x/y/quay.txt",
    "a/x/z.txt",
    "a/zinc.txt",
    "b.txt",
    "c/d/e/ferry.txt",
    "c/d/pier.txt",
    "c/é.txt",
    "d.txt",
    "e/Ferry.txt",
    "e/f/ferry--boat.txt",
];
const HEADLINES: [&str; 4] = ["Ferry aground", "Pact signed", "Été in the harbour", "Quiet day"];

fn digest(article: usize) -> Digest {
    let headline = HEADLINES[article % HEADLINES.len()].to_string();
    Digest { id: format!("n{article}"), headline, date: None, outlet: Some(String::from("The Quay")), words: 7 }
}

fn happen(step: &Step, listing: &mut Listing, tree: &mut Tree) {
    let there = listing.entries.len();
    let known = |shares: &[usize]| shares.iter().filter(|_| there > 0).map(|share| share % there).collect::<Vec<usize>>();
    match step {
        Step::Find(count) => {
            listing.add(FILES.iter().skip(there).take(*count).map(|path| entry(path)).collect(), Vec::new());
            tree.extend(listing, 9);
        }
        Step::Read(shares) => {
            let read = known(shares);
            listing.read(read.iter().map(|&article| (article, Ok(digest(article)))).collect());
            tree.refresh(listing, &read, 9);
        }
        Step::Type(filter) => {
            tree.filter = filter.to_string();
            tree.sift(listing, 9);
        }
        Step::Words(shares) => {
            tree.found = shares.as_ref().map(|shares| known(shares).into_iter().collect());
            tree.rebuild(listing, 9);
        }
        Step::Turn => {
            tree.order = if tree.order == Order::Files { Order::Stories } else { Order::Files };
            tree.rebuild(listing, 9);
        }
        Step::Group(from, count) => {
            let articles: Vec<usize> = (0..there).skip(*from).take(*count).collect();
            listing.group(if articles.len() < 2 { Vec::new() } else { vec![Story { articles }] });
            while !listing.group_on(1) {}
            tree.rebuild(listing, 9);
        }
        Step::Fold(line) => {
            tree.scroll.go(*line, tree.len(), 9);
            tree.toggle(listing, None, 9);
        }
        Step::Reveal(share) => known(&[*share]).into_iter().for_each(|article| tree.reveal(listing, article, 9)),
        Step::Arrange(every) => {
            listing.rearrange((0..there).rev().filter(|article| article % every != 0).map(index).collect());
            tree.rebuild(listing, 9);
        }
        Step::GoOn => tree.go_on(listing, 9),
    }
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let shares = || prop::collection::vec(0..40_usize, 0..6);
    let typed = prop::sample::select(vec!["", "f", "fe", "ferry", "ferry a", "a", "quay", "ete", "nothing", "--"]);
    let step = prop_oneof![
        3 => (1..6_usize).prop_map(Step::Find),
        2 => shares().prop_map(Step::Read),
        3 => typed.prop_map(Step::Type),
        1 => prop::option::of(shares()).prop_map(Step::Words),
        1 => Just(Step::Turn),
        1 => (0..9_usize, 1..5_usize).prop_map(|(from, count)| Step::Group(from, count)),
        3 => (0..20_usize).prop_map(Step::Fold),
        1 => (0..40_usize).prop_map(Step::Reveal),
        1 => (2..5_usize).prop_map(Step::Arrange),
        4 => Just(Step::GoOn),
    ];
    prop::collection::vec(step, 1..40)
}

proptest! {
    #[test]
    fn whatever_happens_in_slices_the_tree_is_as_if_it_had_been_listed_at_once(steps in steps(), slice in 1..4_usize) {
        let mut listing = listing(&[]);
        let mut tree = Tree { slice, ..Tree::default() };
        for step in &steps {
            happen(step, &mut listing, &mut tree);
            prop_assert!(tree.scroll.cursor < tree.len().max(1));
        }
        while tree.is_listing() {
            tree.go_on(&listing, 9);
        }
        let Tree { order, filter, found, folds, .. } = &tree;
        let mut once = Tree { order: *order, filter: filter.clone(), found: found.clone(), folds: folds.clone(), ..Tree::default() };
        once.rebuild(&listing, 9);
        prop_assert_eq!(drawn(&tree, &listing), drawn(&once, &listing));
        prop_assert_eq!(tree.lines.articles(), once.lines.articles());
        let lines: Vec<TreeLine> = (0..tree.len()).filter_map(|line| tree.line(line)).collect();
        prop_assert_eq!(lines.len(), tree.len());
        for article in 0..listing.entries.len() {
            let line = lines.iter().position(|line| line.item == Item::Article(article));
            prop_assert_eq!(tree.line_of(&listing, article), line);
        }
        for (number, line) in lines.iter().enumerate() {
            tree.scroll.go(number, lines.len(), 9);
            prop_assert_eq!(tree.parent(), lines[..number].iter().rposition(|above| above.depth < line.depth));
        }
    }
}

#[test]
fn the_cursor_waits_for_its_item_while_the_tree_is_listed_in_slices() {
    let listing = listing(&FILES);
    let mut tree = Tree { slice: 1, ..Tree::default() };
    tree.rebuild(&listing, 9);
    while tree.is_listing() {
        tree.go_on(&listing, 9);
    }
    tree.go_to(&listing, 12, 9);
    assert_eq!(tree.article(), Some(12));
    tree.filter = String::from("ferry");
    tree.sift(&listing, 9);
    assert!(tree.is_seeking() && tree.passed() < 5);
    while tree.is_listing() {
        tree.go_on(&listing, 9);
    }
    assert_eq!((tree.article(), tree.passed(), tree.is_seeking()), (Some(12), 5, false));
    // Who goes elsewhere meanwhile stays there.
    tree.filter = String::new();
    tree.sift(&listing, 9);
    tree.scroll.go(0, tree.len(), 9);
    while tree.is_listing() {
        tree.go_on(&listing, 9);
    }
    assert_eq!(tree.scroll.cursor, 0);
}
