//! The reader's settings: keys of one's own in the browser, and the settings file from the command line.

use crate::browser::Browser;
use crate::pty::{self, Pty};
use assert_cmd::Command;
use portable_pty::CommandBuilder;
use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use tempfile::TempDir;
use variorum::app::command::{COMMANDS, Section};
use variorum::app::layout::Pane;
use variorum::app::settings::{Settings, read, template};
use variorum::collate::Level;

// --- In the browser -------------------------------------------------------------------------------------------------

/// Where the walk through the differences stands.
fn place(browser: &Browser) -> String {
    let picture = browser.picture();
    let line = picture.lines().find(|line| line.contains("difference ")).expect("the frame tells it");
    line.split("difference ").nth(1).and_then(|rest| rest.split('/').next()).unwrap_or_default().to_string()
}

#[test]
fn a_key_of_ones_own_runs_the_command_and_the_old_one_does_not() {
    let mut browser = Browser::demo(120, 36);
    browser.obey("[keys]\nnext-difference = [\"J\", \"C-x s\"]").press("Enter J");
    let here = place(&browser);
    assert_eq!(place(browser.press("]")), here);
    let next = place(browser.press("J"));
    assert_ne!(next, here);
    assert_ne!(place(browser.press("C-x s")), next);
}

#[test]
fn a_command_without_keys_is_run_by_none_and_stays_in_the_palette() {
    let mut browser = Browser::demo(120, 36);
    browser.obey("[keys]\nzoom = []").press("+");
    assert!(!browser.app.zoomed);
    browser.press(": z o o m Enter");
    assert!(browser.app.zoomed);
}

#[test]
fn what_the_first_key_of_a_chord_did_is_undone() {
    let mut browser = Browser::demo(120, 36);
    browser.obey("[keys]\nzoom = [\"jz\"]").press("Enter");
    assert_eq!(browser.app.focus, Pane::Difference);
    let before = browser.app.parallel.scroll;
    browser.press("jz");
    assert!(browser.app.zoomed);
    assert_eq!(browser.app.parallel.scroll.cursor, before.cursor);
    // In the corpus the first key opens another article: the reader is brought back to what was there.
    let mut browser = Browser::demo(200, 50);
    browser.obey("[keys]\nskipped = [\"jK\"]").press("jK Esc");
    assert_eq!(browser.picture(), Browser::demo(200, 50).picture());
}

#[test]
fn footer_help_and_palette_tell_the_keys_in_force() {
    let mut browser = Browser::demo(200, 80);
    browser.obey("[keys]\nnext-difference = [\"F7\"]\nprevious-difference = [\"F6\"]\nhelp = [\"F1\"]\nzoom = []").press("Enter");
    let footer = browser.picture().lines().last().unwrap_or_default().to_string();
    assert!(footer.contains("F7/F6 difference") && footer.contains("F1 help") && !footer.contains("]/["), "{footer}");
    let help = browser.press("F1").picture();
    assert!(help.lines().any(|line| line.contains("F7") && line.contains("to the next difference")), "{help}");
    assert!(help.lines().any(|line| line.contains("   the pane on the whole screen, or back")), "{help}");
    let palette = browser.press("Esc : d i f f e r e n c e").picture();
    assert!(palette.lines().any(|line| line.contains("next-difference") && line.contains("F7")), "{palette}");
}

#[test]
fn hints_of_commands_without_keys_are_left_out() {
    let mut browser = Browser::demo(200, 50);
    browser.obey("[keys]\nnext-version = []\nsearch = []").press("Enter");
    let footer = browser.picture().lines().last().unwrap_or_default().to_string();
    assert!(footer.contains("{ version") && !footer.contains("}/{") && !footer.contains(" search"), "{footer}");
}

#[test]
fn the_browser_begins_as_the_settings_say() {
    let mut browser = Browser::new("demo", 120, 36);
    browser.obey("levels = [\"substance\"]\nfold = false\nwrap = false\nfurniture = true");
    let app = &browser.app;
    assert_eq!(Level::ALL.map(|level| app.levels.has(level)), [false, false, true]);
    assert!(!app.folded && !app.wrapped && app.reading.whole && app.notice.is_none());
}

#[test]
fn complaints_are_told_once_and_listed() {
    let mut browser = Browser::demo(80, 24);
    browser.obey("colour = 1\n[keys]\ncopy = [\"n\"]");
    let told = "2 things in the settings cannot be used; the key “,” shows why";
    assert!(browser.picture().contains(told), "{}", browser.picture());
    assert!(!browser.press("j").picture().contains(told));
    let list = browser.press(",").picture();
    for sentence in ["config.toml:1: there is no setting `colour`", "config.toml:3: `n` is a key of `next-hit` already"] {
        assert!(list.contains(sentence), "{list}");
    }
    assert!(browser.press("Esc").app.overlay.is_none());
    assert!(browser.obey("").press(",").picture().contains("config.toml was read, and all of it is used"));
    let many: String = (0..1000).map(|n| format!("unknown-{n} = 1\n")).collect();
    let end = browser.obey(&many).press("Esc , G").picture();
    assert!(end.contains("900 more are told by `variorum config --check`"), "{end}");
    for (width, height) in [(1, 1), (5, 2), (20, 5), (40, 10)] {
        let mut small = Browser::new("demo", width, height);
        small.obey("colour = 1\n[keys]\ncopy = [\"n\"]").press(", j G k");
        small.picture();
    }
}

// --- From the command line ------------------------------------------------------------------------------------------

/// A home with a settings file, if there is to be one.
struct Home(TempDir);

impl Home {
    fn new(document: Option<&[u8]>) -> Self {
        let home = Home(TempDir::new().expect("a folder"));
        fs::create_dir(home.0.path().join("variorum")).expect("a folder");
        if let Some(document) = document {
            fs::write(home.file(), document).expect("a file");
        }
        home
    }

    fn file(&self) -> PathBuf {
        self.0.path().join("variorum/config.toml")
    }

    /// What the program prints here: exit code, standard output, standard error.
    fn run(&self, args: &[&str]) -> (i32, String, String) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_variorum"));
        let output = command.env("HOME", pty::HOME).env("XDG_CONFIG_HOME", self.0.path()).args(args).output().expect("an answer");
        let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
        (output.status.code().expect("a code"), text(output.stdout), text(output.stderr))
    }

    fn command(&self, args: &[&str]) -> CommandBuilder {
        let mut command = pty::variorum(args);
        command.env("XDG_CONFIG_HOME", self.0.path());
        command
    }

    /// Browses the demo here.
    fn browse(&self, args: &[&str]) -> Pty {
        let pty = Pty::open(self.command(&[args, &["demo"]].concat()), 200, 50);
        pty.wait_for("stories · 0 skipped");
        pty.wait_for("quit");
        pty
    }
}

fn quit(mut pty: Pty) {
    pty.send("q");
    assert_eq!(pty.wait_exit(), 0);
    pty.wait_given_back();
}

#[test]
fn config_prints_a_file_that_changes_nothing() {
    let home = Home::new(None);
    assert_eq!(home.run(&["config"]), (0, template(), String::new()));
    fs::write(home.file(), template()).expect("a file");
    let (code, told, complaints) = home.run(&["config", "--check"]);
    assert_eq!((code, complaints.as_str()), (0, ""));
    assert_eq!(told, format!("{}: all of it is used\n", home.file().display()));
}

#[test]
fn config_path_tells_where_the_file_is_looked_for() {
    let home = Home::new(None);
    assert_eq!(home.run(&["config", "--path"]), (0, format!("{}\n", home.file().display()), String::new()));
    assert_eq!(home.run(&["config", "--path", "--config", "/some/file"]).1, "/some/file\n");
    let folder = |folder: &str, variable: Option<&str>| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_variorum"));
        command.args(["config", "--path"]).env("HOME", folder).env_remove("XDG_CONFIG_HOME");
        let output = command.envs(variable.map(|v| ("XDG_CONFIG_HOME", v))).output().expect("an answer");
        String::from_utf8(output.stdout).expect("UTF-8")
    };
    assert_eq!(folder("/home/ines", None), "/home/ines/.config/variorum/config.toml\n");
    // A folder that is no absolute path is to be passed over (XDG Base Directory Specification).
    assert_eq!(folder("/home/ines", Some("here")), "/home/ines/.config/variorum/config.toml\n");
}

#[test]
fn config_check_tells_what_cannot_be_used() {
    let home = Home::new(Some(b"ascii = true\n\ncolour = \"red\"\n\n[keys]\nnext-difference = [\"n\"]\n"));
    let (code, told, complaints) = home.run(&["config", "--check"]);
    assert_eq!((code, told.as_str()), (1, ""));
    let file = home.file().display().to_string();
    let wanted = [
        format!("{file}:3: there is no setting `colour`; it is passed over"),
        format!("{file}:6: `n` is a key of `next-hit` already; `next-difference` keeps `]`"),
    ];
    assert_eq!(complaints.lines().collect::<Vec<_>>(), wanted);
    for (document, wanted) in [
        (b"ascii = true\n\xff\n".as_slice(), ":2: this is no UTF-8; the defaults are used\n"),
        (b"<html>\n", ":1: this is no TOML ("),
        (&[b'#'; 2 << 20], ": this is larger than a megabyte; the defaults are used\n"),
    ] {
        let home = Home::new(Some(document));
        let (code, _, complaints) = home.run(&["config", "--check"]);
        assert!(code == 1 && complaints.contains(wanted) && complaints.lines().count() == 1, "{code}: {complaints}");
    }
}

#[test]
fn config_check_tells_trouble_with_the_file_itself() {
    let home = Home::new(None);
    let (code, told, _) = home.run(&["config", "--check"]);
    assert!(code == 0 && told.contains("there is no such file, and the defaults are used"), "{code}: {told}");
    let missing = home.0.path().join("missing.toml").display().to_string();
    for args in
        [["config", "--check", "--config", &missing].as_slice(), &["--config", &missing, "demo"], &["config", "--check", "--no-config"]]
    {
        let (code, _, trouble) = home.run(args);
        assert!(code == 2 && trouble.starts_with("variorum: ") && trouble.lines().count() == 1, "{code}: {trouble}");
    }
    fs::create_dir(home.file()).expect("a folder");
    let (code, _, trouble) = home.run(&["config", "--check"]);
    assert!(code == 2 && trouble.contains("cannot be read: it is no regular file"), "{code}: {trouble}");
}

#[test]
fn a_broken_settings_file_is_told_and_keeps_nobody_from_reading() {
    let home = Home::new(Some(b"what is this"));
    let pty = home.browse(&[]);
    pty.wait_for("one thing in the settings cannot be used; the key “,” shows why");
    pty.send(",");
    pty.wait_for("variorum/config.toml:1: this is no TOML (");
    pty.send("\x1b");
    pty.wait_without("this is no TOML");
    quit(pty);
}

#[test]
fn settings_that_cannot_be_read_keep_nobody_from_reading() {
    let home = Home::new(None);
    symlink("config.toml", home.file()).expect("a link to itself");
    let pty = home.browse(&[]);
    pty.wait_for("one thing in the settings cannot be used");
    quit(pty);
    fs::remove_file(home.file()).expect("the link");
    // Opening a pipe that nobody writes to would last for ever.
    rustix::fs::mknodat(rustix::fs::CWD, home.file(), rustix::fs::FileType::Fifo, rustix::fs::Mode::RUSR, 0).expect("a pipe");
    let pty = home.browse(&[]);
    pty.wait_for("one thing in the settings cannot be used");
    quit(pty);
}

#[test]
fn keys_of_ones_own_work_in_a_terminal_and_switches_choose_the_file() {
    let home = Home::new(Some(b"ascii = true\n[keys]\nhelp = [\"F1\"]\nquit = [\"q\", \"W\"]\n"));
    let ascii = |pty: &Pty| !pty.contents().contains('┌');
    let pty = home.browse(&[]);
    assert!(ascii(&pty));
    pty.wait_for("F1 help");
    pty.send("\x1bOP");
    pty.wait_for("Esc closes");
    pty.send("\x1b");
    pty.wait_without("Esc closes");
    let mut pty = pty;
    pty.send("W");
    assert_eq!(pty.wait_exit(), 0);
    let pty = home.browse(&["--no-config"]);
    assert!(!ascii(&pty));
    pty.wait_for("? help");
    quit(pty);
    let other = home.0.path().join("other.toml");
    fs::write(&other, "[keys]\nhelp = [\"H\"]\n").expect("a file");
    let pty = home.browse(&["--config", &other.display().to_string()]);
    assert!(!ascii(&pty));
    pty.wait_for("H help");
    quit(pty);
}

/// Whether anything on the first line of the screen has a colour.
fn is_colored(home: &Home, args: &[&str], no_color: bool) -> bool {
    let mut command = home.command(&[args, &["demo"]].concat());
    if no_color {
        command.env("NO_COLOR", "1");
    }
    let pty = Pty::open(command, 200, 50);
    pty.wait_for("stories · 0 skipped");
    let colored = pty.screen(|screen| {
        (0..200).flat_map(|x| [screen.cell(0, x), screen.cell(1, x)]).flatten().any(|cell| cell.fgcolor() != vt100::Color::Default)
    });
    quit(pty);
    colored
}

#[test]
fn switches_beat_the_file_and_the_file_beats_nothing_but_the_defaults() {
    let (auto, none, many) =
        (Home::new(Some(b"colors = \"auto\"")), Home::new(Some(b"colors = \"none\"")), Home::new(Some(b"colors = \"256\"")));
    for (home, args, no_color, wanted) in [
        (&auto, [].as_slice(), false, true),
        (&auto, &[], true, false),
        (&none, &[], false, false),
        (&none, &["--colors", "true"], false, true),
        (&none, &["--colors", "auto"], false, true),
        (&many, &[], true, true),
    ] {
        assert_eq!(is_colored(home, args, no_color), wanted, "{args:?} {no_color}");
    }
}

#[test]
fn completions_are_printed_for_shells() {
    let home = Home::new(None);
    for (shell, wanted) in [("bash", "complete -F _variorum"), ("zsh", "#compdef variorum"), ("fish", "complete -c variorum")] {
        let (code, script, complaints) = home.run(&["completions", shell]);
        assert_eq!((code, complaints.as_str()), (0, ""), "{shell}");
        for word in [wanted, "lineage", "no-config", "exit-code"] {
            assert!(script.contains(word), "{shell}: {word}");
        }
    }
    assert_eq!(home.run(&["completions", "tcsh"]).0, 2);
}

#[test]
fn the_manual_has_every_subcommand_and_every_key() {
    let (code, page, complaints) = Home::new(None).run(&["man"]);
    assert_eq!((code, complaints.as_str()), (0, ""));
    assert!(page.starts_with(".ie ") && page.contains(".TH variorum 1"), "{}", &page[..200]);
    assert_eq!(page.matches(".ie ").count(), 1);
    for name in ["demo", "diff", "read", "variants", "lineage", "stories", "config", "completions", "man"] {
        assert!(page.contains(&format!(".SS \"variorum {name}\"")), "{name}");
    }
    for section in Section::ALL {
        assert!(page.contains(section.title()), "{}", section.title());
    }
    for command in COMMANDS {
        assert!(page.contains(&format!("({})", command.name.replace('-', "\\-"))), "{}", command.name);
    }
    // What only pages of their own could tell is in this one.
    assert!(page.contains("\\-\\-exit\\-code") && !page.contains("variorum\\-diff(1)"));
}

#[test]
fn a_closed_pipe_is_no_trouble() {
    for args in ["config", "man", "completions bash", "config --path"] {
        let mut command = std::process::Command::new("sh");
        command.args(["-c", &format!("\"$VARIORUM\" {args} 2>\"$TOLD\" | true; cat \"$TOLD\"")]);
        let folder = TempDir::new().expect("a folder");
        command.env("VARIORUM", env!("CARGO_BIN_EXE_variorum")).env("TOLD", folder.path().join("told"));
        let output = command.env("HOME", pty::HOME).env("XDG_CONFIG_HOME", pty::HOME).output().expect("a shell");
        assert_eq!(String::from_utf8_lossy(&output.stdout), "", "{args}");
    }
}

/// Settings that nobody may read are no reason to stop; whoever may read everything does read them.
#[test]
fn settings_that_may_not_be_read_are_told() {
    let home = Home::new(Some(b"ascii = true"));
    fs::set_permissions(home.file(), fs::Permissions::from_mode(0o000)).expect("a file");
    let readable = fs::read(home.file()).is_ok();
    let pty = home.browse(&[]);
    if readable {
        assert!(!pty.contents().contains('┌'));
    } else {
        pty.wait_for("one thing in the settings cannot be used");
    }
    quit(pty);
}

#[test]
fn nobodys_own_settings_matter_to_the_tests() {
    assert!(!Path::new(pty::HOME).exists(), "{} is to stay empty", pty::HOME);
}

#[test]
fn the_example_of_the_readme_is_used_as_a_whole() {
    let readme = include_str!("../../README.md");
    let example = readme.split("```toml\n").nth(1).and_then(|rest| rest.split("```").next()).expect("an example");
    let (settings, complaints) = read(example);
    assert_eq!(complaints, []);
    assert_ne!(settings, Settings::default());
}
