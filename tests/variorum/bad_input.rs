//! What the program is given that nobody wanted to give it: it says so in one sentence, or works on with the rest.

use crate::pty::{DEADLINE, Pty, variorum};
use assert_cmd::Command;
use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::pipe;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use tempfile::TempDir;
use variorum::corpus::{self, Entry, Place, ReadError};

/// The binary under test without a terminal; one that hangs is ended.
fn command<S: AsRef<OsStr>>(args: impl IntoIterator<Item = S>) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_variorum"));
    command.args(args).env("XDG_STATE_HOME", "/dev/null").timeout(DEADLINE);
    command
}

/// Runs what must fail: the answer is the one sentence that it says.
fn trouble<S: AsRef<OsStr>>(args: impl IntoIterator<Item = S>) -> String {
    let output = command(args).assert().code(2).stdout("").get_output().clone();
    let told = String::from_utf8(output.stderr).expect("a sentence");
    assert!(told.starts_with("variorum: ") && told.lines().count() == 1, "{told}");
    told
}

/// A folder with one article, and whatever else a test puts into it.
fn folder() -> TempDir {
    let folder = TempDir::new().expect("a folder");
    write(folder.path(), "harbour.txt", "Harbour opens\n\nThe harbour of Lessick was opened on Monday.\n");
    folder
}

fn write(folder: &Path, name: impl AsRef<OsStr>, text: impl AsRef<[u8]>) -> PathBuf {
    let path = folder.join(name.as_ref());
    fs::write(&path, text).expect("a file");
    path
}

/// Browses, and waits until everything was read.
fn browse(folder: &Path, figures: &str) -> Pty {
    let pty = Pty::variorum([folder]);
    pty.wait_for(figures);
    pty
}

fn quit(mut pty: Pty) {
    pty.send("q");
    assert_eq!(pty.wait_exit(), 0);
    pty.wait_given_back();
}

/// Opens the list of what was passed over and looks for a file in it, with its reason.
fn is_skipped(pty: &Pty, name: &str, why: &str) {
    pty.send("K");
    pty.wait_for_line(&[name, why]);
    pty.send("x");
    pty.wait_without("Esc closes");
}

// --- Paths ----------------------------------------------------------------------------------------------------------

#[test]
fn a_path_that_does_not_exist_is_told() {
    assert!(trouble(["no/such/folder"]).contains("no/such/folder: there is no such file or folder"));
    assert!(trouble(["read", "no/such/file.txt"]).contains("no/such/file.txt: there is no such file"));
    let folder = folder();
    let here = folder.path().join("harbour.txt");
    assert!(trouble([OsStr::new("diff"), here.as_os_str(), OsStr::new("gone.txt")]).contains("gone.txt: there is no such file"));
}

#[test]
fn a_switch_may_stand_before_the_subcommand() {
    let pty = Pty::variorum(["--ascii", "--light", "demo"]);
    pty.wait_for("33 articles");
    quit(pty);
}

#[test]
fn an_empty_folder_is_a_screen_that_works() {
    let folder = TempDir::new().expect("a folder");
    let pty = browse(folder.path(), "0 articles · 0 stories · 0 skipped");
    pty.send("jkGg]}{[x yze\r\tt+nN12/a\r");
    pty.send("?");
    pty.wait_for("Esc closes");
    pty.send("x");
    pty.wait_without("Esc closes");
    quit(pty);
}

#[test]
fn a_single_file_is_a_corpus_of_one() {
    let folder = folder();
    let pty = browse(&folder.path().join("harbour.txt"), "1 article · 0 stories · 0 skipped");
    pty.wait_for("The harbour of Lessick was opened");
    quit(pty);
}

#[test]
fn a_file_without_permission_is_told() {
    let folder = folder();
    let path = write(folder.path(), "secret.txt", "Nobody may read this.");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o000)).expect("permissions");
    // They do not bind everybody.
    if File::open(&path).is_ok() {
        return;
    }
    assert!(trouble([OsStr::new("read"), path.as_os_str()]).contains("permission to read it is denied"));
    let pty = browse(folder.path(), "1 skipped");
    is_skipped(&pty, "secret.txt", "permission");
    quit(pty);
}

#[test]
fn names_that_are_no_text_are_shown_as_far_as_they_are() {
    let folder = TempDir::new().expect("a folder");
    let name = OsStr::from_bytes(b"caf\xe9.txt");
    // Some file systems take names of UTF-8 alone.
    if fs::write(folder.path().join(name), "A café opens\n\nThe café was opened on Monday.\n").is_err() {
        return;
    }
    let pty = browse(folder.path(), "1 article · 0 stories · 0 skipped");
    pty.wait_for("The café was opened");
    quit(pty);
    let path = folder.path().join(name);
    command([OsStr::new("read"), path.as_os_str()]).assert().success();
    command([OsStr::new("diff"), path.as_os_str(), path.as_os_str(), OsStr::new("--format"), OsStr::new("json")]).assert().success();
}

#[test]
fn a_name_cannot_send_anything_to_the_terminal() {
    let folder = TempDir::new().expect("a folder");
    write(folder.path(), "a\x1b[?1049l\x1b]0;title\x07\nb.txt", "Harbour opens\n\nThe \x1b[31mharbour\x1b[2J was opened.\n");
    let pty = browse(folder.path(), "1 article · 0 stories");
    pty.wait_for("was opened");
    assert!(pty.screen(vt100::Screen::alternate_screen));
    pty.wait_for("Corpus");
    quit(pty);
}

// --- Files ----------------------------------------------------------------------------------------------------------

#[test]
fn files_that_are_no_articles_are_listed_with_the_reason() {
    let folder = folder();
    write(folder.path(), "binary.txt", [0, 159, 146, 150, 0, 1, 2, 3].repeat(50));
    write(folder.path(), "empty.txt", "");
    write(folder.path(), "sheet.xyz", "a;b;c");
    let pty = browse(folder.path(), "3 articles · 0 stories · 3 skipped");
    is_skipped(&pty, "binary.txt", "it is binary, not text");
    is_skipped(&pty, "empty.txt", "it has no text");
    is_skipped(&pty, "sheet.xyz", "variorum reads no .xyz files");
    quit(pty);
}

#[test]
fn a_huge_file_is_passed_over_and_nothing_waits_for_it() {
    let folder = folder();
    let path = folder.path().join("huge.txt");
    File::create(&path).and_then(|file| file.set_len(1 << 30)).expect("a sparse file");
    assert!(trouble([OsStr::new("read"), path.as_os_str()]).contains("at 1024 MB it is larger than"));
    let pty = browse(folder.path(), "1 skipped");
    is_skipped(&pty, "huge.txt", "at 1024 MB it is larger");
    quit(pty);
}

#[test]
fn pipes_and_devices_are_never_opened() {
    let folder = folder();
    let path = folder.path().join("pipe.txt");
    let mode = rustix::fs::Mode::from_raw_mode(0o600);
    rustix::fs::mknodat(rustix::fs::CWD, &path, rustix::fs::FileType::Fifo, mode, 0).expect("a pipe");
    symlink("/dev/zero", folder.path().join("zero.txt")).expect("a link");
    for special in [path.as_path(), Path::new("/dev/zero"), Path::new("/dev/tty")] {
        assert!(trouble([OsStr::new("read"), special.as_os_str()]).contains("it is no regular file and was not opened"));
    }
    let pty = browse(folder.path(), "1 article · 0 stories · 2 skipped");
    is_skipped(&pty, "pipe.txt", "it is no regular file");
    is_skipped(&pty, "zero.txt", "it is no regular file");
    quit(pty);
    quit(browse(&path, "0 articles · 0 stories · 1 skipped"));
}

#[test]
fn links_that_lead_round_in_a_circle_are_not_followed() {
    let folder = folder();
    fs::create_dir(folder.path().join("below")).expect("a folder");
    symlink("..", folder.path().join("below/above")).expect("a link");
    symlink("itself.txt", folder.path().join("itself.txt")).expect("a link");
    symlink("harbour.txt", folder.path().join("other.txt")).expect("a link");
    let pty = browse(folder.path(), "2 articles · ");
    pty.wait_for("2 skipped");
    is_skipped(&pty, "below/above", "it is a link to a folder");
    is_skipped(&pty, "itself.txt", "it is a link that leads nowhere");
    quit(pty);
    let around = folder.path().join("below/above/below/above");
    let pty = browse(&around, "2 articles · ");
    quit(pty);
}

#[test]
fn a_file_that_vanishes_is_told_where_it_is_wanted() {
    let folder = folder();
    let path = write(folder.path(), "weather.txt", "Storm warning\n\nRain and wind are expected in the north.\n");
    let pty = browse(folder.path(), "2 articles · 0 stories · 0 skipped");
    pty.wait_for("The harbour of Lessick");
    fs::remove_file(&path).expect("the file is there");
    pty.send("j");
    pty.wait_for("it vanished while");
    pty.send("k");
    pty.wait_for("The harbour of Lessick");
    quit(pty);
    let entry = Entry { place: Place::File, path };
    assert!(matches!(corpus::open(&entry), Err(ReadError::Vanished)));
}

#[test]
fn ten_thousand_files_in_one_folder_leave_the_keys_alive() {
    let folder = TempDir::new().expect("a folder");
    for n in 0..10_000 {
        write(
            folder.path(),
            format!("n{n:04}.txt"),
            format!("Ship {n} arrives\n\nShip {n} came to the harbour on day {} of the voyage.\n", n * 7),
        );
    }
    let pty = Pty::variorum([folder.path()]);
    pty.wait_for("Ship 0 came");
    pty.send("?");
    pty.wait_for("Esc closes");
    pty.send("x");
    pty.wait_for("10000 articles · ");
    pty.send("G");
    pty.wait_for("Ship 9999 came");
    quit(pty);
}

// --- Input and output -----------------------------------------------------------------------------------------------

#[test]
fn browsing_without_a_terminal_is_told() {
    for args in [["demo"].as_slice(), &[]] {
        assert!(trouble(args).contains("browsing needs a terminal"));
    }
}

/// Runs each subcommand that prints, in each of its formats, on articles of which it prints more than a pipe holds.
fn print_to(open: impl Fn() -> Stdio, check: impl Fn(Option<i32>, &str)) {
    let folder = TempDir::new().expect("a folder");
    let text = |word: &str| (0..3000).map(|n| format!("The {word} number {n} was seen at noon. ")).collect::<String>();
    let [left, right] = [write(folder.path(), "left.txt", text("ship")), write(folder.path(), "right.txt", text("boat"))];
    for format in ["text", "json"] {
        for paths in [
            ["read", left.to_str().expect("a name")].as_slice(),
            &["diff", left.to_str().expect("a name"), right.to_str().expect("a name")],
        ] {
            let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_variorum"));
            let output = command.args(paths).args(["--format", format]).stdout(open()).stderr(Stdio::piped()).output().expect("it runs");
            check(output.status.code(), &String::from_utf8_lossy(&output.stderr));
        }
    }
}

#[test]
fn a_closed_pipe_is_no_trouble() {
    let closed = || pipe().expect("a pipe").1.into();
    print_to(closed, |code, told| assert_eq!((code, told), (Some(0), "")));
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_is_told() {
    let full = || File::options().write(true).open("/dev/full").expect("a full device").into();
    print_to(full, |code, told| assert_eq!((code, told.lines().count()), (Some(2), 1), "{told}"));
}

#[test]
fn nothing_is_written_to_the_corpus() {
    let folder = folder();
    fs::create_dir(folder.path().join("below")).expect("a folder");
    let other = write(folder.path(), "below/other.md", "# Harbour opens\n\nThe harbour of Lessick was opened on Tuesday.\n");
    let first = folder.path().join("harbour.txt");
    let before = listing(folder.path());
    command([OsStr::new("diff"), first.as_os_str(), other.as_os_str()]).assert().success();
    command([OsStr::new("read"), other.as_os_str()]).assert().success();
    let mut command = variorum([folder.path()]);
    command.cwd(folder.path());
    let pty = Pty::open(command, 200, 50);
    pty.wait_for("2 articles · ");
    pty.wait_for("skipped");
    pty.send(" jt]}xyz12/harbour\rw+Tf\r");
    quit(pty);
    assert_eq!(listing(folder.path()), before);
}

/// Everything below a folder with its size, its mode, and when it was changed.
fn listing(folder: &Path) -> BTreeMap<PathBuf, (u64, u32, i64, i64)> {
    let mut found = BTreeMap::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(path) = open.pop() {
        let meta = fs::symlink_metadata(&path).expect("it is there");
        if meta.is_dir() {
            open.extend(fs::read_dir(&path).expect("a folder").map(|entry| entry.expect("an entry").path()));
        }
        found.insert(path, (meta.len(), meta.mode(), meta.mtime(), meta.mtime_nsec()));
    }
    found
}
