//! The views of all versions at once: the table of variants, the story, and the line of readings.

use crate::browser::Browser;
use insta::assert_snapshot;
use variorum::app::layout::Pane;
use variorum::app::variants::VariantLine;

#[test]
fn the_table_of_variants() {
    assert_snapshot!(Browser::demo(200, 50).press("Enter ] ] ] v").picture());
}

#[test]
fn the_table_of_variants_in_a_small_terminal() {
    assert_snapshot!(Browser::demo(60, 20).press("v o j j").picture());
}

#[test]
fn the_story() {
    assert_snapshot!(Browser::demo(120, 36).press("s").picture());
}

#[test]
fn the_story_in_a_small_terminal() {
    assert_snapshot!(Browser::demo(60, 20).press("s j j").picture());
}

/// The lower frame of the last pane, with the footer cut off.
fn line_of_readings(browser: &Browser) -> String {
    let picture = browser.picture();
    let lines: Vec<&str> = picture.lines().collect();
    lines[lines.len() - 2].to_string()
}

#[test]
fn the_line_of_readings_tells_what_all_versions_have() {
    let mut browser = Browser::demo(200, 50);
    browser.press("Enter }");
    let told = (0..80).map(|_| line_of_readings(browser.press("]"))).find(|line| line.contains("iron-clad"));
    let told = told.unwrap_or_else(|| panic!("{}", browser.picture()));
    assert!(
        told.contains("ironclad A C") && told.contains("iron clad D") && told.contains("iron-clad E") && told.contains("strong F"),
        "{told}"
    );
}

#[test]
fn the_article_pane_has_the_line_of_readings_too() {
    let mut browser = Browser::demo(120, 36);
    browser.press("Enter Tab Tab");
    browser.app.focus = Pane::Article;
    browser.press("g / i r o n c l a d Enter n");
    assert!(line_of_readings(&browser).contains(" · "), "{}", browser.picture());
}

#[test]
fn the_table_opens_where_the_reader_is_and_goes_back() {
    let mut browser = Browser::demo(160, 40);
    browser.press("Enter ] ] ] ] ] ] ] ]");
    let place = browser.app.variant_here();
    assert!(place.is_some());
    browser.press("v");
    assert_eq!((browser.app.focus, browser.app.variants.place()), (Pane::Variants, place));
    browser.press("v");
    assert_eq!(browser.app.focus, Pane::Difference);
    browser.press("v Esc");
    assert_eq!(browser.app.focus, Pane::Difference);
}

#[test]
fn a_variant_leads_to_any_versions_place() {
    let mut browser = Browser::demo(160, 40);
    browser.press("v f i r o n c l a d Enter ] l l l Enter");
    let pair = browser.app.parallel.pair.as_ref().expect("a pair");
    let versions = browser.app.gathered.as_ref().expect("the story");
    assert_eq!(browser.app.focus, Pane::Difference);
    assert_eq!(pair.indices, [versions.indices[0], versions.indices[3]]);
    let row = browser.app.parallel.row().expect("a row");
    let sentence = pair.articles[1].parsed.sentences[row.right.start].span;
    assert!(sentence.of(&pair.articles[1].text).contains("iron clad"), "{}", browser.picture());
}

#[test]
fn filters_take_kinds_levels_flags_versions_and_words() {
    let mut browser = Browser::demo(160, 40);
    let mut shown = |filter: &str| {
        browser.press(&format!(
            "v f {} Enter",
            filter.chars().map(|c| if c == ' ' { "Space".into() } else { c.to_string() }).collect::<Vec<_>>().join(" ")
        ));
        let count = (browser.app.variants.shown, browser.app.variants.all);
        browser.press("Esc Esc");
        count
    };
    let (all, total) = shown("");
    assert!(all <= total);
    for filter in ["substance", "name", "flag", "F", "ironclad", "quote", "flag F"] {
        let (some, of) = shown(filter);
        assert!(some > 0 && some < of, "{filter}: {some} of {of}");
    }
    assert_eq!(shown("zebra").0, 0);
}

#[test]
fn weight_puts_flags_first_and_walks_find_them() {
    let mut browser = Browser::demo(160, 40);
    browser.press("v o");
    let flagged = |browser: &Browser| {
        let versions = browser.app.gathered.as_ref().expect("the story");
        let line = &browser.app.variants.lines[browser.app.variants.scroll.cursor];
        matches!(line, VariantLine::Variant(place) if versions.variant(*place).is_some_and(|(_, v)| !v.flags.is_empty()))
    };
    assert!(flagged(&browser));
    browser.press("o g ! !");
    assert!(flagged(&browser));
}

#[test]
fn any_version_can_be_the_pinned_one() {
    let mut browser = Browser::demo(80, 24);
    browser.press("v l l p");
    let picture = browser.picture();
    let header = picture.lines().nth(2).expect("a header");
    assert!(header.find("C The").expect("C") < header.find("A Cont").expect("A"), "{header}");
    browser.press("l l l l l");
    assert!(browser.picture().lines().nth(2).expect("a header").contains("F Sundial"), "{}", browser.picture());
}

#[test]
fn two_articles_that_are_no_story_have_their_table_too() {
    let mut browser = Browser::demo(160, 40);
    browser.press("t g j Space G v");
    assert_eq!(browser.app.focus, Pane::Variants, "{}", browser.picture());
    assert_eq!(browser.app.gathered.as_ref().map(|v| v.indices.len()), Some(2));
}
