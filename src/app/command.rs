//! The command table: every command with its name, its keys, its help, when it can run and what it does.
//!
//! A row of the table is the command. The help, the footer, the palette and the list of keys in the README are printed from it.

use super::App;
use super::layout::Pane;
use super::marks::Deciding;
use super::overlay::{Overlay, Palette, Purpose};
use super::scroll::Scroll;
use super::task::Request;
use super::tree::Order;
use crate::collate::Level;
use crate::corpus::notes::Verdict;

/// What commands are grouped by in the help.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Section {
    /// Going from line to line and from pane to pane.
    Moving,
    /// Articles, stories and versions.
    Versions,
    /// Going from difference to difference.
    Differences,
    /// What an editor decides.
    Marks,
    /// Finding.
    Finding,
    /// How things are shown.
    Showing,
    /// Everything else.
    Program,
}

impl Section {
    /// All sections in the order of the help.
    pub const ALL: [Section; 7] =
        [Section::Moving, Section::Versions, Section::Differences, Section::Marks, Section::Finding, Section::Showing, Section::Program];

    /// Its heading.
    pub fn title(self) -> &'static str {
        ["Moving", "Articles and versions", "Differences", "Marks and notes", "Finding", "Showing", "Program"][self as usize]
    }
}

/// A command.
pub struct Command {
    /// Its name, in words with hyphens.
    pub name: &'static str,
    /// The keys that run it, unless the reader chose others.
    pub keys: &'static [&'static str],
    /// What it is grouped under.
    pub section: Section,
    /// What it does, in one line.
    pub help: &'static str,
    /// A word for the footer, in the panes that it is for; commands without one are not in the footer.
    pub hint: Option<(&'static str, &'static [Pane])>,
    /// Whether it can run now.
    pub when: fn(&App) -> bool,
    /// What it does.
    pub run: fn(&mut App) -> Vec<Request>,
}

impl Command {
    /// Whether it does nothing but scroll, which is undone when its key begins a chord.
    pub fn only_scrolls(&self) -> bool {
        self.section == Section::Moving && ["line-", "half-", "page-", "top", "bottom"].iter().any(|name| self.name.starts_with(name))
    }

    /// Whether it is a jump wherever it leads in a text; any other command is one where it shows other articles or opens a view.
    pub fn jumps(&self) -> bool {
        matches!(self.name, "top" | "bottom" | "other-end" | "next-hit" | "previous-hit")
    }

    /// Whether it goes through the places that were left by jumps.
    pub fn is_in_jump_list(&self) -> bool {
        matches!(self.name, "jump-back" | "jump-forward")
    }
}

impl std::fmt::Debug for Command {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

const ANY: &[Pane] = &Pane::ALL;
const VARIANTS: &[Pane] = &[Pane::Variants];
const WHOLE: &[Pane] = &[Pane::Variants, Pane::Story, Pane::Check];
const OPENED: &[Pane] = &[Pane::Corpus, Pane::Variants, Pane::Story, Pane::Check];
const LINKED: &[Pane] = &Pane::LINKED;
const CORPUS: &[Pane] = &[Pane::Corpus];
const FILTERED: &[Pane] = &[Pane::Corpus, Pane::Variants];
const DIFFERENCE: &[Pane] = &[Pane::Difference];
const MARKED: &[Pane] = &[Pane::Check];
const TEXTS: &[Pane] = &[Pane::Article, Pane::Difference];
const LEVELLED: &[Pane] = &[Pane::Difference, Pane::Variants];
const WALKED: &[Pane] = &[Pane::Difference, Pane::Variants, Pane::Check];

fn always(_: &App) -> bool {
    true
}

fn compares(app: &App) -> bool {
    app.parallel.pair.is_some()
}

fn walks(app: &App) -> bool {
    compares(app) || app.focus == Pane::Check && app.checked.is_some()
}

fn in_table(app: &App) -> bool {
    app.focus == Pane::Variants && app.gathered.is_some()
}

fn has_article(app: &App) -> bool {
    app.current().is_some()
}

fn searched(app: &App) -> bool {
    !app.query.is_empty()
}

/// Runs a verb that needs nothing from outside.
fn done(_: ()) -> Vec<Request> {
    Vec::new()
}

/// Every command there is.
#[rustfmt::skip]
#[allow(clippy::unit_arg, reason = "`done` turns the nothing that most verbs answer into no requests")]
pub static COMMANDS: &[Command] = &[
    // Moving
    Command { name: "line-down", keys: &["j", "Down"], section: Section::Moving, help: "one line down", hint: Some(("move", ANY)), when: always, run: |a| a.step(1) },
    Command { name: "line-up", keys: &["k", "Up"], section: Section::Moving, help: "one line up", hint: None, when: always, run: |a| a.step(-1) },
    Command { name: "half-down", keys: &["C-d"], section: Section::Moving, help: "half a screen down", hint: None, when: always, run: |a| a.page(1, 2) },
    Command { name: "half-up", keys: &["C-u"], section: Section::Moving, help: "half a screen up", hint: None, when: always, run: |a| a.page(-1, 2) },
    Command { name: "page-down", keys: &["PgDn", "C-f"], section: Section::Moving, help: "one screen down", hint: None, when: always, run: |a| a.page(1, 1) },
    Command { name: "page-up", keys: &["PgUp", "C-b"], section: Section::Moving, help: "one screen up", hint: None, when: always, run: |a| a.page(-1, 1) },
    Command { name: "top", keys: &["g", "Home"], section: Section::Moving, help: "to the first line", hint: None, when: always, run: |a| a.step(isize::MIN / 2) },
    Command { name: "bottom", keys: &["G", "End"], section: Section::Moving, help: "to the last line", hint: None, when: always, run: |a| a.step(isize::MAX / 2) },
    Command { name: "left", keys: &["h", "Left"], section: Section::Moving, help: "fold, go to the heading, or to the pane on the left", hint: None, when: always, run: |a| a.left() },
    Command { name: "right", keys: &["l", "Right"], section: Section::Moving, help: "unfold, or go to the pane on the right", hint: None, when: always, run: |a| a.right() },
    Command { name: "next-pane", keys: &["Tab"], section: Section::Moving, help: "to the next pane", hint: Some(("pane", ANY)), when: always, run: |a| done(a.turn_pane(1)) },
    Command { name: "previous-pane", keys: &["S-Tab"], section: Section::Moving, help: "to the previous pane", hint: None, when: always, run: |a| done(a.turn_pane(-1)) },
    Command { name: "jump-back", keys: &["C-o", "g;"], section: Section::Moving, help: "back to the place before the last jump", hint: None, when: always, run: |a| a.jump_back() },
    Command { name: "jump-forward", keys: &["g,"], section: Section::Moving, help: "forward again to the place that was gone back from", hint: None, when: always, run: |a| a.jump_forward() },
    Command { name: "back", keys: &["Esc"], section: Section::Moving, help: "one step back; never quits", hint: Some(("back", WHOLE)), when: always, run: |a| a.back() },
    // Articles and versions
    Command { name: "open", keys: &["Enter"], section: Section::Versions, help: "open the article, the heading or the fold; go between article and difference; from all versions to one", hint: Some(("open", OPENED)), when: always, run: |a| a.enter() },
    Command { name: "mark", keys: &["Space"], section: Section::Versions, help: "mark the article as the left side to compare others with; again to unmark", hint: Some(("mark to compare", CORPUS)), when: has_article, run: |a| a.mark() },
    Command { name: "next-version", keys: &["}"], section: Section::Versions, help: "put the next version of the story on the right", hint: Some(("version", TEXTS)), when: has_article, run: |a| a.turn_version(1) },
    Command { name: "previous-version", keys: &["{"], section: Section::Versions, help: "put the previous version of the story on the right", hint: None, when: has_article, run: |a| a.turn_version(-1) },
    Command { name: "swap-sides", keys: &["x"], section: Section::Versions, help: "exchange left and right", hint: None, when: compares, run: |a| a.swap() },
    Command { name: "files-or-stories", keys: &["t"], section: Section::Versions, help: "order the corpus by files or by stories", hint: Some(("files/stories", CORPUS)), when: always, run: |a| done(a.turn_order()) },
    Command { name: "variants", keys: &["v"], section: Section::Versions, help: "all versions at once: where they disagree, and who has which reading; again to go back", hint: Some(("variants", LINKED)), when: has_article, run: |a| a.toggle_view(Pane::Variants) },
    Command { name: "story", keys: &["s"], section: Section::Versions, help: "the versions of the story: how alike they are, who took from whom; again to go back", hint: Some(("story", LINKED)), when: has_article, run: |a| a.toggle_view(Pane::Story) },
    Command { name: "check", keys: &["c"], section: Section::Versions, help: "the article held against the marked one, or against all other versions: what was changed, added and left out; again to go back", hint: Some(("check", LINKED)), when: has_article, run: |a| a.toggle_check() },
    Command { name: "weight", keys: &["o"], section: Section::Versions, help: "in the table of variants: by weight or in the order of the text", hint: Some(("by weight", VARIANTS)), when: in_table, run: |a| done(a.turn_weight()) },
    Command { name: "pin", keys: &["p"], section: Section::Versions, help: "in the table of variants: pin the version under the cursor in the first column", hint: Some(("pin", VARIANTS)), when: in_table, run: |a| done(a.pin()) },
    // Differences
    Command { name: "next-difference", keys: &["]"], section: Section::Differences, help: "to the next difference", hint: Some(("difference", TEXTS)), when: walks, run: |a| done(a.walk(true, false)) },
    Command { name: "previous-difference", keys: &["["], section: Section::Differences, help: "to the previous difference", hint: None, when: walks, run: |a| done(a.walk(false, false)) },
    Command { name: "next-flag", keys: &["!"], section: Section::Differences, help: "to the next flag: what an editor must not miss", hint: Some(("flag", WALKED)), when: walks, run: |a| done(a.walk(true, true)) },
    Command { name: "previous-flag", keys: &["g!"], section: Section::Differences, help: "to the previous flag", hint: None, when: walks, run: |a| done(a.walk(false, true)) },
    Command { name: "other-end", keys: &["gm"], section: Section::Differences, help: "to the other end of a moved sentence", hint: None, when: compares, run: |a| done(a.other_end()) },
    Command { name: "level-form", keys: &["1"], section: Section::Differences, help: "differences of form on or off: the same words in another dress", hint: Some(("form/wording/substance", LEVELLED)), when: always, run: |a| done(a.toggle_level(Level::Form)) },
    Command { name: "level-wording", keys: &["2"], section: Section::Differences, help: "differences of wording on or off: the same thing in other words", hint: None, when: always, run: |a| done(a.toggle_level(Level::Wording)) },
    Command { name: "level-substance", keys: &["3"], section: Section::Differences, help: "differences of substance on or off: something else is said", hint: None, when: always, run: |a| done(a.toggle_level(Level::Substance)) },
    Command { name: "folds", keys: &["z"], section: Section::Differences, help: "fold away what is the same on both sides, or show it all", hint: Some(("folds", DIFFERENCE)), when: always, run: |a| done(a.toggle_folds()) },
    // Marks
    Command { name: "accept", keys: &["a"], section: Section::Marks, help: "mark what is under the cursor as right: a finding, flag, difference, sentence or article; again to take it back", hint: Some(("accept", MARKED)), when: has_article, run: |a| a.decide(Verdict::Accept) },
    Command { name: "query", keys: &["Q"], section: Section::Marks, help: "mark it as something to ask about", hint: Some(("query", MARKED)), when: has_article, run: |a| a.decide(Verdict::Query) },
    Command { name: "error", keys: &["E"], section: Section::Marks, help: "mark it as wrong", hint: Some(("error", MARKED)), when: has_article, run: |a| a.decide(Verdict::Error) },
    Command { name: "note", keys: &["m"], section: Section::Marks, help: "write a note on it", hint: Some(("note", MARKED)), when: has_article, run: |a| a.ask_note() },
    Command { name: "undo", keys: &["u"], section: Section::Marks, help: "take the last mark of this run back", hint: None, when: always, run: |_| vec![Request::Note(Deciding::Undo)] },
    Command { name: "redo", keys: &["C-r"], section: Section::Marks, help: "make it again", hint: None, when: always, run: |_| vec![Request::Note(Deciding::Redo)] },
    Command { name: "marks", keys: &["M"], section: Section::Marks, help: "all marks: open ones, queries, errors, accepted ones, by whom; Enter goes to one", hint: None, when: always, run: |a| a.list_marks() },
    Command { name: "report", keys: &["R"], section: Section::Marks, help: "write a report of the check or of the story with its marks, as a page, Markdown or JSON", hint: Some(("report", MARKED)), when: has_article, run: |a| a.ask_report() },
    // Finding
    Command { name: "search", keys: &["/"], section: Section::Finding, help: "search in the pane", hint: Some(("search", ANY)), when: always, run: |a| done(a.ask(Purpose::Search(a.focus))) },
    Command { name: "next-hit", keys: &["n"], section: Section::Finding, help: "to the next place that was found", hint: None, when: searched, run: |a| a.walk_hits(1) },
    Command { name: "previous-hit", keys: &["N"], section: Section::Finding, help: "to the previous place that was found", hint: None, when: searched, run: |a| a.walk_hits(-1) },
    Command { name: "filter", keys: &["f"], section: Section::Finding, help: "show only articles whose path, headline or outlet has these words; variants by kind, level, flag, version or words", hint: Some(("filter", FILTERED)), when: always, run: |a| done(a.ask(if a.focus == Pane::Variants { Purpose::Variants } else { Purpose::Filter })) },
    Command { name: "words", keys: &["F"], section: Section::Finding, help: "search all articles for words while they are typed: the corpus shows those that have them, the best first to be found by n and N", hint: None, when: always, run: |a| done(a.ask(Purpose::Words)) },
    // Showing
    Command { name: "wrap", keys: &["w"], section: Section::Showing, help: "whole sentences, or one line of each", hint: None, when: always, run: |a| done(a.toggle_wrap()) },
    Command { name: "furniture", keys: &["b"], section: Section::Showing, help: "page furniture left out of all figures, or read and counted like news", hint: None, when: always, run: |a| a.toggle_furniture() },
    Command { name: "zoom", keys: &["+"], section: Section::Showing, help: "the pane on the whole screen, or back", hint: None, when: always, run: |a| done(a.zoomed = !a.zoomed) },
    Command { name: "light-or-dark", keys: &["T"], section: Section::Showing, help: "colours for a light or a dark background", hint: None, when: always, run: |a| done(a.turn_light()) },
    Command { name: "skipped", keys: &["K"], section: Section::Showing, help: "the files that were passed over, and why", hint: None, when: always, run: |a| done(a.overlay = Some(Overlay::Skipped(Scroll::default()))) },
    // Program
    Command { name: "copy", keys: &["y"], section: Section::Program, help: "copy the sentences under the cursor, or the path of the article", hint: None, when: has_article, run: |a| a.copy() },
    Command { name: "edit", keys: &["e"], section: Section::Program, help: "open the article's file in $VISUAL or $EDITOR at this place", hint: None, when: has_article, run: |a| a.edit() },
    Command { name: "palette", keys: &[":"], section: Section::Program, help: "choose a command by its name", hint: Some(("commands", ANY)), when: always, run: |a| done(a.overlay = Some(Overlay::Palette(Palette::new(available(a))))) },
    Command { name: "help", keys: &["?"], section: Section::Program, help: "all keys", hint: Some(("help", ANY)), when: always, run: |a| done(a.overlay = Some(Overlay::Help(Scroll::default()))) },
    Command { name: "settings", keys: &[","], section: Section::Program, help: "the settings: which file was read, and what in it could not be used", hint: None, when: always, run: |a| done(a.overlay = Some(Overlay::Settings(Scroll::default()))) },
    Command { name: "suspend", keys: &["C-z"], section: Section::Program, help: "back to the shell; fg returns", hint: None, when: always, run: |_| vec![Request::Suspend] },
    Command { name: "quit", keys: &["q", "C-c"], section: Section::Program, help: "quit", hint: Some(("quit", ANY)), when: always, run: |_| vec![Request::Quit] },
];

/// The commands that can run now, as indices into the table.
fn available(app: &App) -> Vec<usize> {
    (0..COMMANDS.len()).filter(|&i| (COMMANDS[i].when)(app)).collect()
}

/// The name of the order of the tree, for its title.
pub fn order_name(order: Order) -> &'static str {
    match order {
        Order::Files => "files",
        Order::Stories => "stories",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::key::Key;
    use std::collections::HashSet;

    #[test]
    fn every_key_is_known_and_bound_once() {
        let mut seen = HashSet::new();
        for command in COMMANDS {
            for name in command.keys {
                let keys = Key::sequence(name);
                assert!(Key::named(name).is_some() || keys.len() == 2, "{name}");
                assert!(seen.insert(keys), "{name} is bound twice");
            }
        }
    }

    #[test]
    fn names_are_words_with_hyphens_and_help_is_one_line() {
        for command in COMMANDS {
            assert!(command.name.chars().all(|c| c.is_ascii_lowercase() || c == '-'), "{}", command.name);
            assert!(!command.help.is_empty() && !command.help.ends_with('.') && !command.help.contains('\n'), "{}", command.help);
        }
    }
}
