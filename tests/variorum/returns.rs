//! Coming back: the session of the last run, and the places that were left by jumps.

use crate::browser::Browser;
use crate::pty::{self, Pty};
use insta::assert_snapshot;
use portable_pty::CommandBuilder;
use rustix::process::Signal;
use std::fs;
use std::path::Path;
use tempfile::TempDir;
use variorum::app::layout::Pane;
use variorum::app::session::{Corpus, Kept, Session};
use variorum::app::spot::Spot;
use variorum::app::tree::Order;
use variorum::corpus::{Entry, demo};

/// What a run leaves, written down and read again.
fn kept(browser: &Browser) -> Session {
    let mut kept = Kept::default();
    kept.keep(Some(Corpus::Demo), browser.app.session());
    Kept::read(&kept.written()).expect("it is not newer").session(Some(&Corpus::Demo))
}

/// The next run on some files of the demo corpus.
fn next(session: Session, (width, height): (u16, u16), entries: Vec<Entry>) -> Browser {
    let mut browser = Browser::new("demo", width, height);
    browser.app.resume(session);
    browser.find(entries.clone());
    browser.read(entries);
    browser
}

fn without(names: &[&str]) -> Vec<Entry> {
    demo::entries().into_iter().filter(|entry| names.iter().all(|name| !entry.path.ends_with(name))).collect()
}

/// The paths of what is compared.
fn pair(browser: &Browser) -> Vec<String> {
    let name = |article: usize| browser.app.listing.entries[article].path.display().to_string();
    browser.app.wanted.map_or_else(Vec::new, |pair| pair.map(name).to_vec())
}

// --- The session ----------------------------------------------------------------------------------------------------

#[test]
fn the_next_run_begins_where_the_last_one_ended() {
    for size in [(200, 50), (80, 24)] {
        for keys in [
            "j",
            "Enter ] ] ] ] ]",
            "Enter ] ] ! ! j",
            "j j } x Enter ] ] ] ] ] ] ]",
            "G",
            "G Enter j j j",
            "t j j j Enter ] ]",
            "Enter Enter j j j j j j",
            "Enter G",
            "Enter z 1 ] ] ]",
            "Enter w + ] ] ]",
            "v ] ] ] ]",
            "v o j j",
            "s j j",
            "b Enter ] ] ]",
            "f f e r r y Enter j Enter ]",
            "T",
        ] {
            let mut first = Browser::demo(size.0, size.1);
            first.press(keys);
            let second = next(kept(&first), size, demo::entries());
            let state = |browser: &Browser| {
                let app = &browser.app;
                let switches = (app.levels, app.folded, app.wrapped, app.reading.whole, app.zoomed, app.tree.order);
                // Behind a view of all versions the differences are where that is.
                let passed = (!app.focus.is_whole()).then(|| app.parallel.passed());
                (app.spot(), switches, app.borders, app.tree.filter.clone(), app.tree.article(), passed)
            };
            assert_eq!(state(&second), state(&first), "{size:?} {keys}");
            assert_eq!(second.app.session(), first.app.session(), "{size:?} {keys}");
        }
    }
}

#[test]
fn a_run_that_was_taken_up_again() {
    let mut first = Browser::demo(120, 36);
    first.press("j j } Enter ] ] ] ] ] ] ] ] ] ] 1");
    assert_snapshot!(next(kept(&first), (120, 36), demo::entries()).picture());
}

#[test]
fn the_place_is_there_before_all_articles_were_read() {
    let mut first = Browser::demo(200, 50);
    first.press("j j j Enter ] ] ] ]");
    let mut second = Browser::new("demo", 200, 50);
    second.app.resume(kept(&first));
    second.find(demo::entries());
    assert_eq!((pair(&second), second.app.focus), (pair(&first), Pane::Difference));
    // What the reader does now is not undone when the stories are known.
    second.press("] ]");
    let here = second.app.spot();
    second.read(demo::entries());
    assert_eq!(second.app.spot(), here);
}

#[test]
fn a_reader_who_pressed_a_key_is_not_moved() {
    let mut first = Browser::demo(200, 50);
    first.press("G Enter");
    let mut second = Browser::new("demo", 200, 50);
    second.app.resume(kept(&first));
    second.press("1");
    second.find(demo::entries());
    second.read(demo::entries());
    assert_eq!((second.app.focus, second.app.tree.scroll.cursor, second.app.wanted), (Pane::Corpus, 0, None));
}

#[test]
fn files_that_vanished_are_passed_over() {
    let mut first = Browser::demo(200, 50);
    first.press("j j Enter ] ] ]");
    let (left, right) = ("continental/ironclad.txt", "the-meridian/ironclad.txt");
    assert_eq!(pair(&first), [left, right].map(|name| format!("demo/{name}")));
    let session = kept(&first);
    // The article is still there, and stands beside the first version of its story.
    let second = next(session.clone(), (200, 50), without(&[left]));
    assert_eq!((pair(&second).last(), second.app.focus), (pair(&first).last(), Pane::Difference));
    // Nothing is there any more: the corpus opens as if it had not been seen before.
    let third = next(session, (200, 50), without(&[left, right]));
    let mut fresh = Browser::new("demo", 200, 50);
    fresh.find(without(&[left, right]));
    fresh.read(without(&[left, right]));
    assert_eq!(third.picture(), fresh.picture());
}

#[test]
fn who_leaves_before_the_corpus_is_read_keeps_the_place() {
    let mut first = Browser::demo(200, 50);
    first.press("G Enter j j");
    let session = kept(&first);
    let mut second = Browser::new("demo", 200, 50);
    second.app.resume(session.clone());
    assert_eq!(second.app.session(), session);
    second.find(demo::entries());
    assert_eq!(second.app.session(), session);
}

#[test]
fn what_was_switched_wins_over_the_settings_and_what_was_not_follows_them() {
    let mut first = Browser::demo(120, 36);
    first.press("z t T");
    let session = first.app.session();
    let mut second = Browser::new("demo", 120, 36);
    second.obey("fold = true\nwrap = false");
    second.app.resume(session);
    assert_eq!((second.app.folded, second.app.wrapped), (false, false));
    second.find(demo::entries());
    second.read(demo::entries());
    assert_eq!(second.app.tree.order, Order::Files);
    assert_eq!(second.app.session().switches.light, Some(true));
    // Switched back, it follows the settings again.
    assert_eq!(second.press("z").app.session().switches.folded, None);
}

#[test]
fn a_session_of_a_stranger_does_no_harm() {
    let at = "{\"article\": [0, \"continental/ironclad.txt\"], \"byte\": 18446744073709551615}";
    for pane in ["corpus", "article", "difference", "variants", "story"] {
        let document = format!(
            "{{\"version\": 1, \"switches\": {{\"borders\": {{\"corpus\": 65535, \"article\": 0}}}}, \"visits\": [{{\"corpus\": \"demo\",
               \"spot\": {{\"pane\": \"{pane}\", \"cursor\": [9, \"..\"], \"article\": [0, \"continental/ironclad.txt\"], \"at\": {at}}}}}]}}"
        );
        let session = Kept::read(&document).expect("it is not newer").session(Some(&Corpus::Demo));
        for size in [(1, 1), (80, 24), (120, 36), (200, 50)] {
            let mut browser = next(session.clone(), size, demo::entries());
            browser.press("j k");
            browser.picture();
        }
    }
}

// --- Jumps ----------------------------------------------------------------------------------------------------------

#[test]
fn one_key_leads_back_to_where_a_jump_began() {
    for jump in ["G", "g G", "}", "} }", "x", "v", "s", "v s", "/ i s l a n d s Enter", "/ i r o n c l a d Enter n n", "Tab j", "Tab j j j"]
    {
        let mut browser = Browser::demo(200, 50);
        browser.press("Enter ] ] ] ] ]");
        let here = browser.app.spot();
        browser.press(jump);
        assert_ne!(browser.app.spot(), here, "{jump}");
        for _ in 0..3 {
            browser.press("g;");
        }
        // Who went to the corpus first is there again.
        let pane = if jump.starts_with("Tab") { Pane::Corpus } else { here.pane };
        assert_eq!(browser.app.spot(), Spot { pane, ..here }, "{jump}");
    }
}

#[test]
fn back_and_forward_are_opposites() {
    let mut browser = Browser::demo(200, 50);
    browser.press("Enter ] ] ]");
    let first = browser.app.spot();
    let second = browser.press("} ] ] ] ]").app.spot();
    let third = browser.press("} G").app.spot();
    assert_eq!(browser.press("C-o C-o").app.spot().pair, third.pair.map(|[left, _]| [left, second.pair.expect("a pair")[1]]));
    assert_eq!(browser.app.spot(), second);
    assert_eq!(browser.press("C-o").app.spot(), first);
    assert!(browser.press("C-o").picture().contains("no earlier place was left by a jump"));
    assert_eq!(browser.press("g,").app.spot(), second);
    assert_eq!(browser.press("g, g,").app.spot(), third);
    assert!(browser.press("g,").picture().contains("this is the latest place"));
}

#[test]
fn a_place_gone_back_to() {
    let mut browser = Browser::demo(120, 36);
    browser.press("Enter ] ] ] ] ] ] Tab G Enter");
    assert_snapshot!(browser.press("C-o").picture());
}

#[test]
fn steps_and_walks_are_no_jumps() {
    let mut browser = Browser::demo(200, 50);
    browser.press("Enter j j C-d ] ] [ ! g! Tab S-Tab 1 z w b Enter Enter + T ? Esc");
    assert!(browser.press("C-o").picture().contains("no earlier place was left by a jump"));
}

#[test]
fn walking_through_the_corpus_counts_as_one_jump() {
    let mut browser = Browser::demo(200, 50);
    let here = browser.app.spot();
    assert_eq!(browser.press("j j j j j j j j C-o").app.spot(), here);
}

#[test]
fn the_other_end_of_a_move_is_left_and_come_back_to() {
    let mut browser = Browser::demo(160, 60);
    browser.press("j j j j Tab Tab G g");
    let moved = |browser: &Browser| browser.app.parallel.pair.as_ref().zip(browser.app.parallel.row()).is_some_and(|(_, row)| row.moved);
    while !moved(browser.press("j")) {}
    let (here, line) = (browser.app.spot(), browser.app.parallel.scroll.cursor);
    browser.press("gm");
    let (there, other) = (browser.app.spot(), browser.app.parallel.scroll.cursor);
    assert_ne!((&here, line), (&there, other));
    assert_eq!((browser.press("C-o").app.spot(), browser.app.parallel.scroll.cursor), (here, line));
    assert_eq!((browser.press("g,").app.spot(), browser.app.parallel.scroll.cursor), (there, other));
}

#[test]
fn a_view_of_all_versions_is_gone_back_to_at_its_place() {
    let mut browser = Browser::demo(160, 40);
    browser.press("v ] ] ] ] ]");
    let here = browser.app.variants.place();
    assert!(here.is_some());
    browser.press("l l Enter");
    assert_eq!(browser.app.focus, Pane::Difference);
    browser.press("C-o");
    assert_eq!((browser.app.focus, browser.app.variants.place()), (Pane::Variants, here));
}

// --- In a terminal --------------------------------------------------------------------------------------------------

/// The binary under test with a folder of its own for what it keeps.
fn command(state: &Path, args: &[&str]) -> CommandBuilder {
    let mut command = pty::variorum(args);
    command.env("XDG_STATE_HOME", state);
    command
}

fn quit(mut pty: Pty) {
    pty.send("q");
    assert_eq!(pty.wait_exit(), 0);
    pty.wait_given_back();
}

#[test]
fn the_demo_is_taken_up_where_it_was_left_and_begun_anew() {
    let state = TempDir::new().expect("a folder");
    let open = |args: &[&str]| Pty::open(command(state.path(), args), 200, 50);
    let pty = open(&["demo"]);
    pty.wait_for("F · – B D");
    pty.send("jjj\r");
    pty.wait_for("%  D Carrow Courier ");
    pty.send("]]]]");
    pty.wait_for("difference 4/");
    quit(pty);
    // Without a path the corpus of the last time is opened.
    for args in [["demo"].as_slice(), &[]] {
        let pty = open(args);
        pty.wait_for("difference 4/");
        pty.wait_for("%  D Carrow Courier ");
        quit(pty);
    }
    let pty = open(&["demo", "--fresh"]);
    pty.wait_for("F · – B D");
    pty.wait_for("%  C The Meridian ");
    assert!(!pty.contents().contains("difference 4/"));
    quit(pty);
}

#[test]
fn a_folder_is_known_again_by_whatever_path_it_is_opened() {
    let (state, folder) = (TempDir::new().expect("a folder"), TempDir::new().expect("a folder"));
    for name in ["one", "two", "three"] {
        let text = format!("Quay {name} opens\n\nThe quay was opened on Monday.\n\nShips came to quay {name} at noon.\n");
        fs::write(folder.path().join(format!("{name}.txt")), text).expect("an article");
    }
    let path = folder.path().display().to_string();
    let pty = Pty::open(command(state.path(), &[&path]), 200, 50);
    pty.wait_for("skipped");
    pty.send("G");
    pty.wait_for("Quay two opens");
    pty.send("T");
    quit(pty);
    let mut here = command(state.path(), &["."]);
    here.cwd(folder.path());
    let pty = Pty::open(here, 200, 50);
    pty.wait_for_line(&["▌", "two"]);
    // A signal that can be caught keeps the place too.
    let mut pty = pty;
    pty.send("k");
    pty.wait_for_line(&["▌", "three"]);
    pty.signal(Signal::TERM);
    assert_eq!(pty.wait_exit(), 128 + 15);
    let pty = Pty::open(command(state.path(), &[]), 200, 50);
    pty.wait_for_line(&["▌", "three"]);
    quit(pty);
    // What vanished is not opened again.
    drop(folder);
    let elsewhere = TempDir::new().expect("a folder");
    fs::write(elsewhere.path().join("lamp.txt"), "Lamp lit\n\nA lamp was lit in Lessick.\n").expect("an article");
    let mut there = command(state.path(), &[]);
    there.cwd(elsewhere.path());
    let pty = Pty::open(there, 200, 50);
    pty.wait_for("A lamp was lit in Lessick.");
    quit(pty);
}

#[test]
fn a_file_that_cannot_be_used_is_no_trouble() {
    let state = TempDir::new().expect("a folder");
    let file = state.path().join("variorum/session.json");
    fs::create_dir(state.path().join("variorum")).expect("a folder");
    for (document, left_alone) in [("{\"version\": 1, \"vis", false), ("{\"version\": 99}", true)] {
        fs::write(&file, document).expect("a file");
        let pty = Pty::open(command(state.path(), &["demo"]), 200, 50);
        pty.wait_for("F · – B D");
        quit(pty);
        assert_eq!(fs::read_to_string(&file).expect("a file") == document, left_alone, "{document}");
    }
}
