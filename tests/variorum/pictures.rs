//! Keys in, pictures out: what the reader sees at every size, and after the keys that matter.

use crate::browser::{Browser, LOOK};
use insta::assert_snapshot;
use ratatui::style::{Color, Modifier};
use variorum::app::{Message, Mouse};
use variorum::ui::{Depth, Look};

#[test]
fn three_panes_abreast() {
    assert_snapshot!(Browser::demo(200, 50).picture());
}

#[test]
fn three_panes_stacked() {
    assert_snapshot!(Browser::demo(164, 44).picture());
}

#[test]
fn corpus_and_difference() {
    assert_snapshot!(Browser::demo(120, 36).press("Enter ] ] ] ]").picture());
}

#[test]
fn one_column_with_tracked_changes() {
    assert_snapshot!(Browser::demo(80, 24).press("Enter ] ] ]").picture());
}

#[test]
fn a_small_terminal() {
    assert_snapshot!(Browser::demo(60, 20).press("Enter ]").picture());
}

#[test]
fn the_smallest_terminal_that_is_useful() {
    assert_snapshot!(Browser::demo(40, 10).press("Enter ]").picture());
}

#[test]
fn files_instead_of_stories() {
    assert_snapshot!(Browser::demo(120, 30).press("t").picture());
}

#[test]
fn the_help_lists_every_command() {
    assert_snapshot!(Browser::demo(110, 60).press("?").picture());
}

#[test]
fn the_palette_finds_commands_by_their_words() {
    assert_snapshot!(Browser::demo(100, 30).press(": m o v e d").picture());
}

#[test]
fn a_search_counts_and_walks() {
    let mut browser = Browser::demo(120, 36);
    browser.press("Enter / i r o n c l a d");
    assert!(browser.picture().contains("found"));
    browser.press("Enter");
    let first = browser.picture();
    assert!(first.contains("1 of "), "{first}");
    assert!(browser.press("n").picture().contains("2 of "));
    assert!(browser.press("N").picture().contains("1 of "));
    assert!(!browser.press("Esc").picture().contains("1 of "));
}

#[test]
fn a_filter_counts_honestly() {
    let picture = Browser::demo(120, 30).press("f f e r r y").picture();
    assert!(picture.contains(" of 33"), "{picture}");
    assert!(!picture.contains("Appeals court"));
}

#[test]
fn page_furniture_is_brought_in() {
    assert_snapshot!(Browser::demo(120, 36).press("j j Enter b G").picture());
}

#[test]
fn page_furniture_comes_and_goes_where_the_reader_is() {
    let mut browser = Browser::demo(200, 50);
    browser.press("j j Enter ] ] ] ] ]");
    let figures = |browser: &Browser| {
        let pair = browser.app.parallel.pair.as_ref().expect("a pair");
        (pair.collation.summary.similarity, pair.articles[1].parsed.words(), browser.app.parallel.places.len())
    };
    let cursor = |browser: &Browser| (browser.app.parallel.scroll.cursor, browser.app.parallel.at, browser.app.reader.scroll.cursor);
    let (before, here) = (figures(&browser), cursor(&browser));
    let with = browser.press("b").picture();
    assert_eq!(with.matches("with page furniture").count(), 2, "{with}");
    let whole = figures(&browser);
    assert!(whole.0 < before.0 && whole.1 > before.1 && whole.2 > before.2, "{before:?} {whole:?}");
    let without = browser.press("b").picture();
    assert!(!without.contains("with page furniture"), "{without}");
    assert_eq!((figures(&browser), cursor(&browser)), (before, here));
}

#[test]
fn levels_go_on_and_off_without_comparing_again() {
    let mut browser = Browser::demo(160, 40);
    let all = browser.app.parallel.places.len();
    browser.press("1");
    let deeper = browser.app.parallel.places.len();
    browser.press("2");
    let deepest = browser.app.parallel.places.len();
    assert!(all > deeper && deeper > deepest && deepest > 0, "{all} {deeper} {deepest}");
    assert_eq!(browser.press("1 2").app.parallel.places.len(), all);
}

#[test]
fn both_ends_of_a_move_are_one_key_apart() {
    let mut browser = Browser::demo(160, 60);
    // Eastern Shore News moved paragraphs of the wire copy.
    browser.press("j j j j Tab Tab G g");
    let row = browser
        .app
        .parallel
        .lines
        .iter()
        .position(|line| browser.app.parallel.pair.as_ref().is_some_and(|p| p.collation.rows[line.row].moved))
        .expect("a moved row");
    for _ in 0..row {
        browser.press("j");
    }
    let here = browser.app.parallel.scroll.cursor;
    browser.press("gm");
    let there = browser.app.parallel.scroll.cursor;
    assert_ne!(here, there);
    assert_eq!(browser.press("gm").app.parallel.scroll.cursor, here);
}

#[test]
fn moving_in_one_pane_moves_the_others() {
    let mut browser = Browser::demo(200, 50);
    browser.press("Tab Tab ] ] ] ] ] ] ] ] ] ] ] ] ] ] ] ]");
    let row = browser.app.parallel.row().expect("a row").clone();
    assert_eq!(browser.app.reader.sentence(), Some(row.left.start));
    browser.press("S-Tab j j j j j j");
    let sentence = browser.app.reader.sentence().expect("a sentence");
    let pair = browser.app.parallel.pair.as_ref().expect("a pair");
    let row = pair.collation.row_of(0, sentence).expect("a row");
    let shown = browser.app.parallel.lines[browser.app.parallel.scroll.cursor].row;
    assert!(shown == row || browser.app.parallel.lines[browser.app.parallel.scroll.cursor].first, "{shown} {row}");
}

#[test]
fn a_marked_article_is_compared_with_any_other() {
    let mut browser = Browser::demo(160, 40);
    browser.press("Space");
    let marked = browser.app.marked.expect("a marked article");
    browser.press("G");
    let other = browser.app.tree.article().expect("the last line is an article");
    assert_eq!(browser.app.parallel.pair.as_ref().map(|p| p.indices), Some([marked, other]));
}

#[test]
fn versions_turn_and_sides_are_exchanged() {
    let mut browser = Browser::demo(160, 40);
    browser.press("j");
    let before = browser.app.wanted.expect("a pair");
    let after = browser.press("}").app.wanted.expect("a pair");
    assert_eq!(before[0], after[0]);
    assert_ne!(before[1], after[1]);
    assert_eq!(browser.press("{").app.wanted, Some(before));
    assert_eq!(browser.press("x").app.wanted, Some([before[1], before[0]]));
}

#[test]
fn the_mouse_clicks_wheels_and_drags() {
    let mut browser = Browser::demo(200, 50);
    let second = browser.click(5, 4).app.tree.article();
    assert_ne!(second, None);
    let top = browser.app.parallel.scroll.top;
    browser.take(Message::Mouse(Mouse::Wheel(2), 150, 20));
    assert!(browser.app.parallel.scroll.top > top);
    let width = browser.app.areas().corpus.width;
    browser.take(Message::Mouse(Mouse::Press, width - 1, 20));
    browser.take(Message::Mouse(Mouse::Drag, width + 9, 20));
    browser.take(Message::Mouse(Mouse::Release, width + 9, 20));
    assert_eq!(browser.app.areas().corpus.width, width + 10);
}

#[test]
fn without_colours_attributes_say_it() {
    let browser = Browser::demo(120, 36);
    let cells = browser.cells(Look { depth: Depth::None, ascii: false });
    assert!(cells.content().iter().all(|cell| cell.fg == Color::Reset && cell.bg == Color::Reset));
    assert!(cells.content().iter().any(|cell| cell.modifier.contains(Modifier::BOLD)));
    assert!(cells.content().iter().any(|cell| cell.modifier.contains(Modifier::UNDERLINED)));
}

#[test]
fn ascii_frames_and_signs_are_ascii() {
    let mut browser = Browser::demo(120, 36);
    browser.press("t");
    let cells = browser.cells(Look { depth: Depth::Sixteen, ascii: true });
    let frame = (0..cells.area.width).map(|x| cells[(x, 1)].symbol()).filter(|s| !s.is_ascii()).count();
    let edge = (0..cells.area.height).map(|y| cells[(0, y)].symbol()).filter(|s| !s.is_ascii()).count();
    assert_eq!(edge, 0);
    assert!(frame <= 3, "only an ellipsis of a clipped title may stand there");
}

#[test]
fn drawing_is_a_function_of_the_state_alone() {
    let browser = Browser::demo(140, 40);
    assert_eq!(browser.cells(LOOK), browser.cells(LOOK));
    assert_eq!(browser.cells(LOOK), Browser::demo(140, 40).cells(LOOK));
}
