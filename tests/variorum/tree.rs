//! The corpus pane in slices: what takes time with the number of articles goes on between frames and is the same in the end.

use crate::browser::Browser;
use proptest::prelude::*;
use std::path::PathBuf;
use variorum::app::key::Key;
use variorum::app::layout::Pane;
use variorum::app::task::Request;
use variorum::app::{App, Message};
use variorum::corpus::{Entry, Place, demo};

/// A corpus of `count` files in one folder, on a small screen, looked at two at a time.
fn app(count: usize) -> App {
    let mut app = App::new(vec![PathBuf::from("port")], (100, 20));
    app.tree.slice = 2;
    let entries = (0..count).map(|n| Entry { place: Place::File, path: PathBuf::from(format!("port/quay/n{n:03}.txt")) });
    app.update(Message::Found(entries.collect(), Vec::new()));
    app.update(Message::Scanned);
    go_on(&mut app);
    app
}

/// Presses keys, nothing going on between them; answers how often going on was asked for.
fn press(app: &mut App, keys: &str) -> usize {
    let keys = keys.split_whitespace().flat_map(Key::sequence).collect::<Vec<_>>();
    keys.into_iter().flat_map(|key| app.update(Message::Key(key))).filter(|request| *request == Request::GoOn).count()
}

/// Goes on until nothing is left to do; answers how many slices that took.
fn go_on(app: &mut App) -> usize {
    let mut slices = 0;
    while app.is_busy() {
        app.update(Message::GoOn);
        slices += 1;
    }
    slices
}

fn drawn(app: &App) -> String {
    use ratatui::{Terminal, backend::TestBackend};
    let mut terminal = Terminal::new(TestBackend::new(app.size.0, app.size.1)).expect("a buffer is always there");
    terminal.draw(|frame| variorum::ui::draw(frame, app, crate::browser::LOOK)).expect("a buffer can always be drawn on");
    let cells = terminal.backend().buffer();
    cells
        .content()
        .chunks(usize::from(app.size.0))
        .map(|row| row.iter().map(ratatui::buffer::Cell::symbol).collect::<String>() + "\n")
        .collect()
}

#[test]
fn a_filter_is_worked_off_between_keys_and_says_how_far_it_is() {
    let mut app = app(60);
    assert_eq!(press(&mut app, "f 5"), 1, "nobody asks twice for the same");
    assert!(app.is_busy() && app.tree.passed() < 6);
    let screen = drawn(&app);
    assert!(screen.contains(" of 60 so far …"), "{screen}");
    // A letter more goes on from what passed, and a key in between is not lost.
    press(&mut app, "7");
    assert!(go_on(&mut app) > 5);
    let screen = drawn(&app);
    assert!(screen.contains("“57” 1 of") && screen.contains(" 1 of 60") && !screen.contains("so far"), "{screen}");
    // What was typed before is taken back letter by letter, as if it had not been typed.
    press(&mut app, "Backspace");
    go_on(&mut app);
    assert_eq!(app.tree.passed(), (0..60).filter(|n| format!("{n:03}").contains('5')).count());
}

#[test]
fn a_search_takes_the_reader_to_a_hit_that_is_found_later() {
    let mut app = app(60);
    press(&mut app, "/ 4 5 Enter");
    assert_ne!(app.tree.article(), Some(45));
    assert!(drawn(&app).contains("so far …"));
    go_on(&mut app);
    assert_eq!((app.tree.article(), app.hit), (Some(45), Some((Pane::Corpus, 1, 1))));
    // From the first line backward is the last hit, which is known when all lines were looked through.
    press(&mut app, "g / 3 Enter");
    go_on(&mut app);
    press(&mut app, "g N");
    go_on(&mut app);
    assert_eq!(app.tree.article(), Some(53));
    // Who goes elsewhere meanwhile is not taken to it.
    press(&mut app, "g / 5 9 Enter G k");
    go_on(&mut app);
    assert_eq!(app.tree.article(), Some(58));
}

#[test]
fn a_scan_that_is_faster_than_the_screen_is_taken_in_between_frames() {
    let mut app = App::new(vec![PathBuf::from("port")], (100, 20));
    let entry = |n: usize| Entry { place: Place::File, path: PathBuf::from(format!("port/n{n:05}.txt")) };
    let requests =
        (0..30).flat_map(|batch| app.update(Message::Found((batch * 1000..(batch + 1) * 1000).map(entry).collect(), Vec::new())));
    assert_eq!(requests.filter(|request| *request == Request::GoOn).count(), 1);
    app.update(Message::Scanned);
    // A key is answered before everything was taken in, and what was read is told of articles that are still to come.
    assert!(app.listing.len() < 10_000);
    press(&mut app, "j");
    assert_eq!(app.tree.article(), Some(1));
    app.update(Message::Read(vec![(29_999, Err(String::from("it vanished")))]));
    assert!(go_on(&mut app) > 2);
    assert_eq!((app.listing.len(), app.tree.len(), app.listing.skipped.len()), (30_000, 30_000, 1));
}

#[test]
fn names_of_a_huge_folder_are_counted_while_they_are_read() {
    let mut app = App::new(vec![PathBuf::from("port")], (100, 20));
    app.update(Message::Names(812_000));
    assert!(drawn(&app).contains("0 articles so far · 812000 names in a folder …"), "{}", drawn(&app));
    app.update(Message::Found(demo::entries(), Vec::new()));
    assert!(!drawn(&app).contains("names in a folder"));
}

/// Everything that keys change in the corpus and lead to in the other panes, but for the place of the window.
fn state(app: &App) -> String {
    let lines: Vec<_> = (0..app.tree.len()).map(|line| app.tree.line(line)).collect();
    let tree = (app.tree.scroll.cursor, app.tree.passed(), &app.tree.filter, app.tree.order);
    format!("{tree:?} {:?} {:?} {:?} {:?} {:?}\n{lines:?}", app.hit, app.focus, app.reader.shown, app.wanted, app.notice)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(6))]
    #[test]
    fn keys_lead_to_the_same_place_however_small_the_slices_are(
        keys in prop::collection::vec(prop::sample::select(vec![
            "j", "k", "h", "l", "g", "G", "t", "f", "/", "n", "N", "a", "e", "r", "o", "Enter", "Esc", "Esc", "Backspace", "Space", "}", "Tab",
        ]), 20..60),
        slice in 1..4_usize,
    ) {
        let mut whole = Browser::new("demo", 120, 36);
        let mut sliced = Browser::new("demo", 120, 36);
        sliced.app.tree.slice = slice;
        for browser in [&mut whole, &mut sliced] {
            browser.find(demo::entries());
            browser.read(demo::entries());
        }
        for key in keys {
            whole.press(key);
            sliced.press(key);
            prop_assert_eq!(state(&sliced.app), state(&whole.app), "after {}", key);
        }
    }
}
