//! What a person does from the start of the program to its end, with the real binary in a terminal.

use crate::pty::{Pty, program, shell, variorum};
use rustix::process::Signal;
use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use tempfile::TempDir;
use variorum::ui::terminal;

/// The demo corpus, read and compared as far as it goes without a key, so that no answer is still on its way.
fn demo() -> Pty {
    let pty = Pty::variorum(["demo"]);
    settle(&pty);
    pty
}

fn settle(pty: &Pty) {
    pty.wait_for("stories · 0 skipped");
    pty.wait_for("%  C The Meridian ");
    // The line of readings comes when all versions were put side by side.
    pty.wait_for("F · – B D");
}

/// A folder with one article of five lines.
fn folder() -> TempDir {
    let folder = TempDir::new().expect("a folder");
    let text = "Harbour opens\n\nThe harbour of Lessick was opened on Monday.\n\nShips were seen at noon.\n";
    fs::write(folder.path().join("harbour.txt"), text).expect("an article");
    folder
}

/// Opens the help and closes it: the program answers keys, and nothing else lies over the panes.
fn answers(pty: &Pty) {
    pty.send("?");
    pty.wait_for("Esc closes");
    pty.send("\x1b");
    pty.wait_without("Esc closes");
}

fn quit(mut pty: Pty) {
    pty.send("q");
    assert_eq!(pty.wait_exit(), 0);
    pty.wait_given_back();
}

// --- Browsing -------------------------------------------------------------------------------------------------------

#[test]
fn walks_through_the_demo_and_quits() {
    let pty = demo();
    for pane in ["Corpus · stories", "A Continental · ", "difference "] {
        pty.wait_for(pane);
    }
    pty.send("j");
    pty.wait_for("%  B Lessick Tribune ");
    for step in 1..=3 {
        pty.send("]");
        pty.wait_for(&format!("difference {step}/"));
    }
    pty.send("}");
    pty.wait_for("%  C The Meridian ");
    pty.send("/ironclad\r");
    pty.wait_for("“ironclad” ");
    quit(pty);
}

#[test]
fn all_versions_are_seen_at_once_and_lead_back_to_one() {
    let pty = demo();
    pty.send("v");
    pty.wait_for("Variants · ");
    pty.send("fironclad\r");
    pty.wait_for("“ironclad”");
    pty.send("]lll\r");
    pty.wait_for("%  D Carrow Courier ");
    pty.send("s");
    pty.wait_for("Who probably took from whom");
    pty.send("\x1b");
    pty.wait_for("%  D Carrow Courier ");
    quit(pty);
}

#[test]
fn pasted_text_goes_into_the_entry_line_and_nowhere_else() {
    let pty = demo();
    pty.send("\x1b[200~q\x1b[201~");
    answers(&pty);
    pty.send("/");
    pty.wait_until("an entry line", |screen| !screen.hide_cursor());
    pty.send("\x1b[200~quay\nquestion\x1b[201~");
    pty.wait_for(" / quay question");
    pty.send("\x1b");
    pty.wait_without(" / quay question");
    quit(pty);
}

#[test]
fn works_in_every_size_of_the_terminal() {
    let pty = demo();
    for (columns, rows) in [(1, 1), (0, 0), (2, 1), (1, 50), (5, 2), (20, 5), (39, 9), (300, 80), (80, 24), (1, 1)] {
        let before = pty.bytes();
        pty.resize(columns, rows);
        pty.wait_beyond(before);
        pty.send("j]}/a\r?x");
    }
    pty.resize(120, 36);
    pty.wait_until("panes that fill the new size", |screen| {
        let rows: Vec<String> = screen.rows(0, 120).collect();
        rows[0].contains("variorum") && rows[1].contains("Corpus") && rows[35].contains("q quit")
    });
    quit(pty);
}

#[test]
fn the_first_key_after_a_change_of_the_size_is_answered() {
    let pty = demo();
    for rows in 40..45 {
        let before = pty.bytes();
        pty.resize(200, rows);
        pty.wait_beyond(before);
        answers(&pty);
    }
    quit(pty);
}

#[test]
fn starts_in_a_terminal_without_a_size() {
    let pty = Pty::open(variorum(["demo"]), 0, 0);
    pty.resize(120, 36);
    pty.wait_for("Corpus");
    quit(pty);
}

#[test]
fn a_light_background_is_taken_from_the_answer_and_the_answer_is_no_key() {
    for end in ["\x1b\\", "\x07"] {
        let pty = Pty::variorum(["--colors", "true", "demo"]);
        settle(&pty);
        let colors = || {
            pty.screen(|screen| {
                (0..200).filter_map(|x| screen.cell(0, x)).map(|cell| format!("{:?}", cell.fgcolor())).collect::<BTreeSet<_>>()
            })
        };
        let (dark, before) = (colors(), pty.contents());
        pty.send(format!("\x1b]11;rgb:ffff/ffff/ffff{end}"));
        let light = variorum_colors_in_light();
        assert_ne!(dark, light);
        pty.wait_until("light colours", |screen| {
            (0..200).filter_map(|x| screen.cell(0, x)).map(|cell| format!("{:?}", cell.fgcolor())).collect::<BTreeSet<_>>() == light
        });
        answers(&pty);
        assert_eq!(pty.contents(), before, "the answer was taken for keys");
        quit(pty);
    }
}

/// The colours of the title line when the reader asked for a light background.
fn variorum_colors_in_light() -> BTreeSet<String> {
    let pty = Pty::variorum(["--colors", "true", "--light", "demo"]);
    settle(&pty);
    pty.screen(|screen| (0..200).filter_map(|x| screen.cell(0, x)).map(|cell| format!("{:?}", cell.fgcolor())).collect())
}

// --- The terminal is given back -------------------------------------------------------------------------------------

#[test]
fn the_line_is_as_it_was_after_quitting() {
    let mut pty = Pty::open(shell(r#""$VARIORUM" demo; echo "code $?"; stty -a; echo DONE"#), 200, 50);
    settle(&pty);
    pty.send("q");
    pty.wait_for("DONE");
    let screen = pty.contents();
    assert!(screen.contains("code 0") && screen.contains(" icanon") && screen.contains(" echo "), "{screen}");
    assert_eq!(pty.wait_exit(), 0);
    pty.wait_given_back();
}

#[test]
fn every_signal_that_ends_the_program_gives_the_terminal_back() {
    let signals = [Signal::TERM, Signal::HUP, Signal::INT, Signal::QUIT, Signal::USR1, Signal::USR2, Signal::ALARM];
    for signal in signals {
        let mut pty = demo();
        pty.signal(signal);
        assert_eq!(pty.wait_exit(), 128 + u32::try_from(signal.as_raw()).expect("a small number"), "{signal:?}");
        pty.wait_given_back();
    }
}

#[test]
fn a_signal_ends_the_program_although_the_terminal_takes_nothing() {
    let mut pty = demo();
    pty.pause(true);
    // Each new size is a whole screen to draw; this many fill whatever lies between the program and its terminal.
    for round in 0..200 {
        pty.resize(200 - round % 2, 50);
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    pty.signal(Signal::TERM);
    let until = std::time::Instant::now() + crate::pty::DEADLINE;
    while pty.is_running() {
        assert!(std::time::Instant::now() < until, "the program waits for its terminal for ever");
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    pty.pause(false);
    assert_eq!(pty.wait_exit(), 143);
}

#[test]
fn a_closed_window_ends_the_program() {
    let mut pty = demo();
    pty.hang_up();
    // The signal, the end of the keyboard and a frame that cannot be written come together, and any may be seen first.
    let code = pty.wait_exit();
    assert!([0, 2, 129].contains(&code), "{code}");
}

#[test]
fn a_panic_and_an_error_give_the_terminal_back_and_are_told() {
    for (name, told) in [("panics", "a panic on purpose"), ("panics_in_a_thread", "a panic of a thread"), ("fails", "an error on purpose")]
    {
        let mut command = program(std::env::current_exe().expect("this binary"));
        command.args(["--ignored", "--exact", &format!("journeys::{name}"), "--nocapture"]);
        command.env(ON_PURPOSE, "1");
        let mut pty = Pty::open(command, 200, 50);
        assert_eq!(pty.wait_exit(), 101, "{name}");
        pty.wait_given_back();
        let screen = pty.contents();
        assert!(screen.contains(told), "{name} is not told:\n{screen}");
    }
}

/// Set where the three tests below are run in a terminal; anybody else who runs what is ignored is not to be bothered.
const ON_PURPOSE: &str = "VARIORUM_TEST_ON_PURPOSE";

fn is_on_purpose() -> bool {
    std::env::var_os(ON_PURPOSE).is_some()
}

#[test]
#[ignore = "is run in a terminal by another test"]
fn panics() {
    if is_on_purpose() {
        terminal::guard_panics();
        let _guard = terminal::Guard;
        terminal::take().expect("a terminal");
        panic!("a panic on purpose");
    }
}

#[test]
#[ignore = "is run in a terminal by another test"]
fn panics_in_a_thread() {
    if is_on_purpose() {
        terminal::guard_panics();
        let _guard = terminal::Guard;
        terminal::take().expect("a terminal");
        let _ = std::thread::spawn(|| panic!("a panic of a thread")).join();
        unreachable!("a panic of any thread ends the program");
    }
}

#[test]
#[ignore = "is run in a terminal by another test"]
fn fails() -> Result<(), String> {
    fn work() -> Result<(), String> {
        let _guard = terminal::Guard;
        terminal::take().map_err(|error| error.to_string())?;
        Err(String::from("an error on purpose"))
    }
    if is_on_purpose() { work() } else { Ok(()) }
}

// --- Out to the shell and back --------------------------------------------------------------------------------------

/// Runs a command as a job; when that stops, tells how the terminal is, waits for a line, and brings the job back.
fn job(command: &str) -> Pty {
    let script = format!("set -m; {command}; echo; echo STOPPED; stty -a; read line; fg >/dev/null; echo \"ENDED $?\"");
    Pty::open(shell(&script), 200, 50)
}

fn stops_and_comes_back(mut pty: Pty) {
    settle(&pty);
    pty.send([0x1a]);
    pty.wait_for("STOPPED");
    pty.wait_for(" icanon");
    pty.wait_given_back();
    pty.send("\n");
    pty.wait_for("Corpus");
    answers(&pty);
    pty.send("q");
    pty.wait_for("ENDED 0");
    assert_eq!(pty.wait_exit(), 0);
    pty.wait_given_back();
}

#[test]
fn stops_for_the_shell_and_comes_back() {
    stops_and_comes_back(job(r#""$VARIORUM" demo"#));
}

/// Scripts, `sudo` and `time` stand between the shell and the program: all of the job has to stop, or the shell waits on.
#[test]
fn stops_together_with_what_started_it() {
    stops_and_comes_back(job(r#"sh -c '"$VARIORUM" demo; exit $?'"#));
}

#[test]
fn does_not_stop_where_nobody_could_bring_it_back() {
    let pty = demo();
    pty.send([0x1a]);
    answers(&pty);
    quit(pty);
}

// --- The editor -----------------------------------------------------------------------------------------------------

/// An editor that runs `script`; its own folder is `$1`, and the arguments that a program gives it follow.
fn editor(folder: &Path, script: &str) -> String {
    let path = folder.join("editor");
    fs::write(&path, format!("#!/bin/sh\n{script}\n")).expect("a script");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("a script that can be run");
    format!("'{}' '{}'", path.display(), folder.display())
}

/// The program on a folder, started from a shell as a job, with this editor.
fn with_editor(folder: &Path, editor: &str) -> Pty {
    let mut command = shell("set -m; \"$VARIORUM\" \"$FOLDER\"; echo; echo STOPPED; read line; fg >/dev/null; echo \"ENDED $?\"");
    command.env("FOLDER", folder);
    command.env("EDITOR", editor);
    let pty = Pty::open(command, 200, 50);
    pty.wait_for("1 article · ");
    pty.wait_for("Ships were seen");
    pty
}

#[test]
fn the_editor_gets_the_terminal_and_the_place() {
    let (corpus, tools) = (folder(), TempDir::new().expect("a folder"));
    let script = r#"printf '%s\n' "$@" > "$1/arguments"; stty -a > "$1/line"; echo EDITING; read typed; echo "$typed" > "$1/typed""#;
    let mut pty = Pty::open(
        {
            let mut command = variorum([corpus.path()]);
            command.env("EDITOR", editor(tools.path(), script));
            command
        },
        200,
        50,
    );
    pty.wait_for("Ships were seen");
    pty.send("\tGe");
    pty.wait_for("EDITING");
    assert!(!pty.screen(vt100::Screen::alternate_screen));
    pty.send("some words\n");
    pty.wait_for("Corpus");
    answers(&pty);
    pty.send("q");
    assert_eq!(pty.wait_exit(), 0);
    pty.wait_given_back();
    let told = |name: &str| fs::read_to_string(tools.path().join(name)).expect("the editor was there");
    let article = corpus.path().join("harbour.txt");
    assert_eq!(told("arguments").lines().map(PathBuf::from).collect::<Vec<_>>(), [tools.path(), Path::new("+5"), &article]);
    assert!(told("line").contains(" icanon") && told("line").contains(" echo "), "{}", told("line"));
    assert_eq!(told("typed"), "some words\n");
}

#[test]
fn an_editor_that_fails_is_told_of() {
    let corpus = folder();
    let mut command = variorum([corpus.path()]);
    command.env("EDITOR", "false");
    let pty = Pty::open(command, 200, 50);
    pty.wait_for("Ships were seen");
    pty.send("e");
    pty.wait_for("false ended with");
    answers(&pty);
    quit(pty);
}

#[test]
fn the_demo_has_no_files_to_edit() {
    let pty = demo();
    pty.send("e");
    pty.wait_for("has no file to edit");
    quit(pty);
}

/// The key that interrupts an editor reaches every program of the job, and is meant for the editor alone.
#[test]
fn an_interrupted_editor_does_not_end_the_program() {
    let (corpus, tools) = (folder(), TempDir::new().expect("a folder"));
    let script = r#"trap 'echo INTERRUPTED' INT; echo EDITING; read typed; read typed"#;
    let mut pty = with_editor(corpus.path(), &editor(tools.path(), script));
    pty.send("e");
    pty.wait_for("EDITING");
    pty.send([0x03]);
    pty.wait_for("INTERRUPTED");
    pty.send("\n\n");
    pty.wait_for("Corpus");
    answers(&pty);
    pty.send("q");
    pty.wait_for("STOPPED");
    pty.send("\n");
    pty.wait_exit();
}

/// An editor that is stopped stops its job; were the program to run on, the shell would wait for it and nobody could type `fg`.
#[test]
fn an_editor_can_be_stopped_and_brought_back() {
    let (corpus, tools) = (folder(), TempDir::new().expect("a folder"));
    let mut pty = with_editor(corpus.path(), &editor(tools.path(), "kill -TSTP 0; echo CONTINUED; read typed"));
    pty.send("e");
    pty.wait_for("STOPPED");
    pty.wait_given_back();
    pty.send("\n");
    pty.wait_for("CONTINUED");
    pty.send("\n");
    pty.wait_for("Corpus");
    answers(&pty);
    pty.send("q");
    pty.wait_for("ENDED 0");
    pty.wait_exit();
    pty.wait_given_back();
}
