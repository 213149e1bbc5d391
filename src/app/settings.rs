//! The reader's settings: a document in TOML to values, and a sentence for whatever in it cannot be used.
//!
//! Nothing here fails: what is not understood stays as it would be without the document.

use super::bindings::{Bindings, Clash, Keys, clash, defaults};
use super::command::{COMMANDS, Section};
use super::key::{Key, Unknown, told};
use crate::collate::{Level, Levels};
use crate::text::width::{clipped, safe};
use std::path::{Path, PathBuf};
use toml::de::{DeInteger, DeTable, DeValue};

/// What a reader can set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// Whether the background is light; `None` where the terminal is to tell.
    pub light: Option<bool>,
    /// How many colours to use.
    pub colors: Colors,
    /// Whether signs and frames are of ASCII alone.
    pub ascii: bool,
    /// The levels of difference that are on at the start.
    pub levels: Levels,
    /// Whether what is the same on both sides is folded away.
    pub folded: bool,
    /// Whether sentences are shown whole.
    pub wrapped: bool,
    /// Whether page furniture is read and counted like news.
    pub furniture: bool,
    /// The name that marks are signed with; `None` where the environment is to say it.
    pub author: Option<String>,
    /// The keys of all commands.
    pub bindings: Bindings,
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            light: None,
            colors: Colors::Auto,
            ascii: false,
            levels: Levels::ALL,
            folded: true,
            wrapped: true,
            furniture: false,
            author: None,
            bindings: Bindings::default(),
        }
    }
}

/// How many colours to use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Colors {
    /// As many as the environment says.
    Auto,
    /// 16 million.
    True,
    /// 256.
    Indexed,
    /// The 16 of the terminal.
    Sixteen,
    /// None.
    None,
}

impl Colors {
    /// All of them.
    pub const ALL: [Colors; 5] = [Colors::Auto, Colors::True, Colors::Indexed, Colors::Sixteen, Colors::None];

    /// Its name in the settings and on the command line.
    pub fn name(self) -> &'static str {
        ["auto", "true", "256", "16", "none"][self as usize]
    }
}

/// Something in the settings that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Complaint {
    /// Its line, from 1, where it has one.
    pub line: Option<usize>,
    /// What is wrong, and what is used instead.
    pub text: String,
}

impl Complaint {
    /// The complaint with its place in front.
    pub fn told(&self, file: &Path) -> String {
        let file = file.display().to_string();
        let line = self.line.map(|line| format!("{line}: ")).unwrap_or_default();
        format!("{}:{}{}", safe(&file), if line.is_empty() { " " } else { &line }, self.text)
    }
}

/// How many complaints are listed on the screen; whoever has more of them named a file of another kind.
const LISTED: usize = 100;

/// Settings, where they came from, and what in them could not be used.
#[derive(Debug, Clone, Default)]
pub struct Loaded {
    /// What is in force.
    pub settings: Settings,
    /// The file that was read; `None` where there is none, or none was to be read.
    pub file: Option<PathBuf>,
    /// What in it could not be used, by line.
    pub complaints: Vec<Complaint>,
}

impl Loaded {
    /// What a reader is told about it.
    pub(super) fn lines(&self) -> Vec<String> {
        let Some(file) = &self.file else {
            return vec![String::from("no settings file was read; `variorum config` prints one to begin with")];
        };
        if self.complaints.is_empty() {
            return vec![format!("{} was read, and all of it is used", safe(&file.display().to_string()))];
        }
        let more = self.complaints.len().saturating_sub(LISTED);
        let more = (more > 0).then(|| format!("{more} more are told by `variorum config --check`"));
        self.complaints.iter().take(LISTED).map(|complaint| complaint.told(file)).chain(more).collect()
    }
}

/// A setting: a row of the table.
struct Setting {
    name: &'static str,
    help: &'static str,
    /// Its default, as TOML writes it.
    default: &'static str,
    /// What it may be.
    wanted: &'static str,
    /// Takes a value in; `None` where it may not be that.
    take: fn(&mut Settings, &DeValue) -> Option<()>,
}

/// Every setting but the keys.
#[rustfmt::skip]
static SETTINGS: &[Setting] = &[
    Setting { name: "background", help: "colours for a light or a dark background; \"auto\" asks the terminal", default: "\"auto\"", wanted: "\"auto\", \"light\" or \"dark\"", take: |s, v| put(&mut s.light, background(v.as_str()?)) },
    Setting { name: "colors", help: "how many colours to use; with \"auto\" the environment says it, `NO_COLOR` too", default: "\"auto\"", wanted: "\"auto\", \"true\", \"256\", \"16\" or \"none\"", take: |s, v| put(&mut s.colors, colors(v)) },
    Setting { name: "ascii", help: "signs and frames of ASCII characters alone", default: "false", wanted: SWITCH, take: |s, v| put(&mut s.ascii, v.as_bool()) },
    Setting { name: "levels", help: "the levels of difference that are on at the start", default: "[\"form\", \"wording\", \"substance\"]", wanted: "a list of \"form\", \"wording\" and \"substance\"", take: |s, v| put(&mut s.levels, levels(v)) },
    Setting { name: "fold", help: "fold away what is the same on both sides", default: "true", wanted: SWITCH, take: |s, v| put(&mut s.folded, v.as_bool()) },
    Setting { name: "wrap", help: "show sentences whole; else one line of each", default: "true", wanted: SWITCH, take: |s, v| put(&mut s.wrapped, v.as_bool()) },
    Setting { name: "furniture", help: "read and count page furniture like news", default: "false", wanted: SWITCH, take: |s, v| put(&mut s.furniture, v.as_bool()) },
    Setting { name: "author", help: "the name that marks and notes are signed with; an empty one is that of the login", default: "\"\"", wanted: "a name", take: |s, v| put(&mut s.author, author(v)) },
];

const SWITCH: &str = "true or false";
/// The table of the document that has the keys.
const KEYS: &str = "keys";
/// The command without which a reader could not get out.
const LEAVING: &str = "quit";

fn put<T>(place: &mut T, value: Option<T>) -> Option<()> {
    *place = value?;
    Some(())
}

fn background(name: &str) -> Option<Option<bool>> {
    [("auto", None), ("light", Some(true)), ("dark", Some(false))].into_iter().find(|(n, _)| *n == name).map(|(_, light)| light)
}

fn colors(value: &DeValue) -> Option<Colors> {
    let name = value.as_str().or_else(|| value.as_integer().map(DeInteger::as_str))?;
    Colors::ALL.into_iter().find(|colors| colors.name() == name)
}

fn author(value: &DeValue) -> Option<Option<String>> {
    let name = safe(value.as_str()?.trim()).into_owned();
    Some(Some(name).filter(|name| !name.is_empty()))
}

fn levels(value: &DeValue) -> Option<Levels> {
    let mut levels = Level::ALL.into_iter().fold(Levels::ALL, Levels::toggled);
    for name in value.as_array()? {
        let name = name.get_ref().as_str()?;
        let level = Level::ALL.into_iter().find(|level| level.name() == name)?;
        levels = if levels.has(level) { levels } else { levels.toggled(level) };
    }
    Some(levels)
}

/// Reads a document.
pub fn read(document: &str) -> (Settings, Vec<Complaint>) {
    let mut reader = Reader { document, settings: Settings::default(), complaints: Vec::new() };
    match DeTable::parse(document) {
        Ok(table) => reader.table(table.get_ref()),
        Err(error) => {
            let what = error.message().trim().replace('\n', ", ");
            reader.complain(error.span().map_or(0, |span| span.start), format!("this is no TOML ({}); the defaults are used", safe(&what)));
        }
    }
    let Reader { settings, mut complaints, .. } = reader;
    complaints.sort_by_key(|(at, _)| *at);
    let mut lines = Lines { document, at: 0, line: 1 };
    (settings, complaints.into_iter().map(|(at, text)| Complaint { line: Some(lines.of(at)), text }).collect())
}

/// Lines of places that come in their order, so that a long document is counted once.
struct Lines<'a> {
    document: &'a str,
    at: usize,
    line: usize,
}

impl Lines<'_> {
    fn of(&mut self, at: usize) -> usize {
        let at = at.clamp(self.at, self.document.len());
        self.line += self.document.as_bytes()[self.at..at].iter().filter(|&&b| b == b'\n').count();
        self.at = at;
        self.line
    }
}

struct Reader<'a> {
    document: &'a str,
    settings: Settings,
    /// Offsets and sentences.
    complaints: Vec<(usize, String)>,
}

/// The keys that a document wants for a command.
struct Wish {
    command: usize,
    at: usize,
    keys: Keys,
}

impl Reader<'_> {
    fn complain(&mut self, at: usize, text: String) {
        self.complaints.push((at.min(self.document.len()), text));
    }

    fn table(&mut self, table: &DeTable) {
        for (name, value) in table {
            let (at, name) = (name.span().start, name.get_ref().as_ref());
            let row = SETTINGS.iter().find(|row| row.name == name);
            match (row, value.get_ref()) {
                (Some(row), value) => {
                    if (row.take)(&mut self.settings, value).is_none() {
                        self.complain(at, format!("`{name}` is to be {}; {} is used instead", row.wanted, row.default));
                    }
                }
                (None, DeValue::Table(keys)) if name == KEYS => self.keys(keys),
                (None, _) if name == KEYS => self.complain(at, format!("`{KEYS}` is to be a table; the default keys are used instead")),
                (None, _) => self.complain(at, format!("there is no setting {}; it is passed over{}", quoted(name), below_keys(name))),
            }
        }
    }

    fn keys(&mut self, table: &DeTable) {
        let mut wishes = Vec::new();
        for (name, value) in table {
            let (at, name) = (name.span().start, name.get_ref().as_ref());
            let Some(command) = COMMANDS.iter().position(|c| c.name == name) else {
                self.complain(at, format!("there is no command {}; its keys are passed over", quoted(name)));
                continue;
            };
            match wished(command, value.get_ref()) {
                Ok(keys) => wishes.push(Wish { command, at, keys }),
                Err(why) => self.complain(at, format!("{why}; {}", kept(command))),
            }
        }
        wishes.sort_by_key(|wish| wish.at);
        self.settings.bindings = self.agree(wishes);
    }

    /// The bindings with as many wishes as go together: of two that clash the later is given up, and a wish for a key
    /// that another command has by default.
    fn agree(&mut self, mut wishes: Vec<Wish>) -> Bindings {
        loop {
            let mut lists = defaults();
            for wish in &wishes {
                lists[wish.command].clone_from(&wish.keys);
            }
            let untouched = (0..COMMANDS.len()).filter(|command| wishes.iter().all(|wish| wish.command != *command));
            let order: Vec<usize> = untouched.chain(wishes.iter().map(|wish| wish.command)).collect();
            let Some((late, clash)) = clash(&lists, &order) else { return Bindings::new(&lists) };
            let Some(wish) = wishes.iter().position(|wish| wish.command == late) else { return Bindings::default() };
            let wish = wishes.remove(wish);
            self.complain(wish.at, format!("{}; {}", clashing(late, &clash), kept(late)));
        }
    }
}

/// The keys that a value names for a command, or why it names none.
fn wished(command: usize, value: &DeValue) -> Result<Keys, String> {
    let name = COMMANDS[command].name;
    let wrong = || format!("the keys of `{name}` are to be a list such as [\"]\", \"C-n\"]");
    let names: Vec<&str> = match value {
        DeValue::String(one) => vec![one],
        DeValue::Array(list) => list.iter().map(|key| key.get_ref().as_str()).collect::<Option<_>>().ok_or_else(wrong)?,
        _ => return Err(wrong()),
    };
    if names.is_empty() && name == LEAVING {
        return Err(format!("`{name}` needs a key, or nobody gets out"));
    }
    let key = |written: &str| {
        Key::written(written).map_err(|unknown| match unknown {
            Unknown::Name => format!("there is no key {}", quoted(written)),
            Unknown::Sent(other) => format!("no terminal tells {} from `{other}`", quoted(written)),
        })
    };
    names.into_iter().map(key).collect()
}

fn clashing(late: usize, clash: &Clash) -> String {
    let late = COMMANDS[late].name;
    match clash {
        Clash::Same(keys, other) if COMMANDS[*other].name == late => format!("`{}` stands twice among the keys of `{late}`", told(keys)),
        Clash::Same(keys, other) => format!("`{}` is a key of `{}` already", told(keys), COMMANDS[*other].name),
        Clash::Begins(keys, other) => format!("`{}` begins with a key of `{}`", told(keys), COMMANDS[*other].name),
        Clash::Begun(keys, other) => format!("`{}` begins a chord of `{}`", told(keys), COMMANDS[*other].name),
    }
}

/// What a command keeps where its wish cannot be had.
fn kept(command: usize) -> String {
    let keys: Vec<String> = COMMANDS[command].keys.iter().map(|key| format!("`{key}`")).collect();
    format!("`{}` keeps {}", COMMANDS[command].name, keys.join(" "))
}

/// A hint for a key that stands outside its table.
fn below_keys(name: &str) -> &'static str {
    if COMMANDS.iter().any(|c| c.name == name) { " (keys of commands stand below `[keys]`)" } else { "" }
}

/// A name out of a document, in quotes, short and safe to print.
fn quoted(name: &str) -> String {
    format!("`{}`", clipped(&safe(name), 40))
}

// --- The file to begin with -----------------------------------------------------------------------------------------

/// A settings file with everything that can be set, commented out, so that it changes nothing.
pub fn template() -> String {
    let mut text = String::from(
        "# Settings of variorum. What begins with # followed by a name is the default: take the # away and change it.\n\
         # `variorum config --path` prints where this file is looked for, `variorum config --check` what in it cannot be used.\n",
    );
    for row in SETTINGS {
        text += &format!("\n# {} ({})\n#{} = {}\n", row.help, row.wanted, row.name, row.default);
    }
    text += "\n# The keys of each command; an empty list takes them away. A key is written as on the screen: j, C-d, A-x, S-Tab, PgUp,\n\
             # Space, F5; a chord is two of them: gm, or with a blank: C-x s.\n\
             [keys]\n";
    for section in Section::ALL {
        text += &format!("\n# --- {}\n", section.title());
        for command in COMMANDS.iter().filter(|c| c.section == section) {
            let keys: Vec<String> = command.keys.iter().map(|key| format!("{key:?}")).collect();
            text += &format!("# {}\n#{} = [{}]\n", command.help, command.name, keys.join(", "));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is complained of, with the lines.
    fn complaints(document: &str) -> Vec<String> {
        read(document).1.iter().map(|c| format!("{}: {}", c.line.unwrap_or(0), c.text)).collect()
    }

    fn keys(document: &str, command: &str) -> Vec<String> {
        let (settings, complaints) = read(document);
        assert_eq!(complaints, [], "{document}");
        settings.bindings.names(COMMANDS.iter().position(|c| c.name == command).expect(command))
    }

    #[test]
    fn settings_are_read() {
        let of = |change: fn(&mut Settings)| {
            let mut settings = Settings::default();
            change(&mut settings);
            settings
        };
        let table: &[(&str, Settings)] = &[
            ("", Settings::default()),
            ("# nothing\n\n[keys]\n", Settings::default()),
            ("\u{feff}ascii = true", of(|s| s.ascii = true)),
            ("background = \"light\"", of(|s| s.light = Some(true))),
            ("background = 'dark'\r\nfold = false\r\n", of(|s| (s.light, s.folded) = (Some(false), false))),
            ("colors = \"none\"", of(|s| s.colors = Colors::None)),
            ("colors = 256", of(|s| s.colors = Colors::Indexed)),
            ("levels = [\"substance\", \"wording\", \"wording\"]", of(|s| s.levels = Levels::from(Level::Wording))),
            ("author = \" Ada \"", of(|s| s.author = Some(String::from("Ada")))),
            ("author = \"\"", Settings::default()),
            ("wrap = false\nfurniture = true", of(|s| (s.wrapped, s.furniture) = (false, true))),
        ];
        for (document, wanted) in table {
            assert_eq!(read(document), (wanted.clone(), Vec::new()), "{document}");
        }
    }

    #[test]
    fn keys_are_read() {
        assert_eq!(keys("[keys]\nnext-difference = [\"]\", \"C-n\"]", "next-difference"), ["]", "C-n"]);
        assert_eq!(keys("[keys]\ncopy = \"Y\"", "copy"), ["Y"]);
        assert_eq!(keys("keys.copy = [\"C-x s\", \"gy\"]", "copy"), ["C-x s", "gy"]);
        assert_eq!(keys("[keys]\ncopy = []", "copy"), Vec::<String>::new());
        // Two commands may exchange their keys, and a key that was given up is free.
        let exchanged = "[keys]\nnext-difference = [\"[\"]\nprevious-difference = [\"]\"]";
        assert_eq!(keys(exchanged, "next-difference"), ["["]);
        assert_eq!(keys("[keys]\nnext-difference = [\"n\"]\nnext-hit = []", "next-difference"), ["n"]);
        assert_eq!(keys("[keys]\nfolds = []\ncopy = [\"zz\"]", "copy"), ["zz"]);
    }

    #[test]
    fn whatever_cannot_be_used_is_told_with_its_line() {
        let table: &[(&str, &[&str])] = &[
            ("\ncolour = \"x\"", &["2: there is no setting `colour`; it is passed over"]),
            ("copy = \"Y\"", &["1: there is no setting `copy`; it is passed over (keys of commands stand below `[keys]`)"]),
            ("[theme]\na = 1\nb = 2", &["1: there is no setting `theme`; it is passed over"]),
            ("background = \"pink\"", &["1: `background` is to be \"auto\", \"light\" or \"dark\"; \"auto\" is used instead"]),
            (
                "ascii = \"yes\"\nwrap = 1",
                &["1: `ascii` is to be true or false; false is used instead", "2: `wrap` is to be true or false; true is used instead"],
            ),
            (
                "levels = [\"words\"]",
                &[
                    "1: `levels` is to be a list of \"form\", \"wording\" and \"substance\"; [\"form\", \"wording\", \"substance\"] is used instead",
                ],
            ),
            ("keys = 1", &["1: `keys` is to be a table; the default keys are used instead"]),
            ("[keys]\nnext-diff = [\"n\"]", &["2: there is no command `next-diff`; its keys are passed over"]),
            ("[keys]\ncopy = [\"Entr\"]", &["2: there is no key `Entr`; `copy` keeps `y`"]),
            ("[keys]\ncopy = [\"C-i\"]", &["2: no terminal tells `C-i` from `Tab`; `copy` keeps `y`"]),
            (
                "[keys]\ncopy = 1\nopen = [1]",
                &[
                    "2: the keys of `copy` are to be a list such as [\"]\", \"C-n\"]; `copy` keeps `y`",
                    "3: the keys of `open` are to be a list such as [\"]\", \"C-n\"]; `open` keeps `Enter`",
                ],
            ),
            ("[keys]\nquit = []", &["2: `quit` needs a key, or nobody gets out; `quit` keeps `q` `C-c`"]),
            ("[keys]\ncopy = [\"n\"]", &["2: `n` is a key of `next-hit` already; `copy` keeps `y`"]),
            ("[keys]\ncopy = [\"Y\"]\nedit = [\"Y\"]", &["3: `Y` is a key of `copy` already; `edit` keeps `e`"]),
            ("[keys]\nedit = [\"Y\"]\ncopy = [\"Y\"]", &["3: `Y` is a key of `edit` already; `copy` keeps `y`"]),
            ("[keys]\ncopy = [\"Y\", \"Y\"]", &["2: `Y` stands twice among the keys of `copy`; `copy` keeps `y`"]),
            ("[keys]\ncopy = [\"zz\"]", &["2: `zz` begins with a key of `folds`; `copy` keeps `y`"]),
            ("[keys]\ntop = [\"Home\"]\ncopy = [\"g\"]", &["3: `g` begins a chord of `jump-back`; `copy` keeps `y`"]),
            // What falls back to its default can take a key from a wish.
            (
                "[keys]\ncopy = [\"Nope\"]\nedit = [\"y\"]",
                &["2: there is no key `Nope`; `copy` keeps `y`", "3: `y` is a key of `copy` already; `edit` keeps `e`"],
            ),
            ("\"\\u001b[31m\" = 1", &["1: there is no setting `␛[31m`; it is passed over"]),
        ];
        for (document, wanted) in table {
            assert_eq!(complaints(document), *wanted, "{document}");
        }
    }

    #[test]
    fn what_is_no_toml_leaves_the_defaults_and_is_one_sentence() {
        for (document, line) in
            [("ascii = true\nwhat is this", 2), ("wrap = false\nwrap = false", 2), ("ascii = true\n[keys", 2), ("\0", 1), ("ascii = ", 1)]
        {
            let (settings, complaints) = read(document);
            assert_eq!(settings, Settings::default(), "{document}");
            assert_eq!(complaints.len(), 1, "{document}");
            assert_eq!(complaints[0].line, Some(line), "{document}: {}", complaints[0].text);
            assert!(complaints[0].text.starts_with("this is no TOML (") && !complaints[0].text.contains('\n'), "{}", complaints[0].text);
        }
    }

    #[test]
    fn a_huge_document_is_read_in_a_moment() {
        let begun = std::time::Instant::now();
        let unknown: String = (0..40_000).map(|n| format!("unknown-{n} = {n}\n")).collect();
        assert_eq!(read(&unknown).1.len(), 40_000);
        let keys: Vec<String> = (0..40_000_u32).filter_map(|n| char::from_u32(0x4e00 + n % 20_000)).map(|c| format!("\"{c}\"")).collect();
        assert_eq!(read(&format!("[keys]\ncopy = [{}]", keys.join(", "))).1.len(), 1);
        let deep = format!("x = {}{}", "[".repeat(50_000), "]".repeat(50_000));
        assert_eq!(read(&deep).1.len(), 1);
        assert!(begun.elapsed() < std::time::Duration::from_secs(10), "{:?}", begun.elapsed());
    }

    #[test]
    fn the_file_to_begin_with_is_the_defaults() {
        let template = template();
        assert_eq!(read(&template), (Settings::default(), Vec::new()));
        let set = |line: &str| line.strip_prefix('#').filter(|rest| rest.starts_with(char::is_alphabetic)).map(str::to_string);
        let uncommented: Vec<String> = template.lines().map(|line| set(line).unwrap_or_else(|| line.to_string())).collect();
        assert_eq!(read(&uncommented.join("\n")), (Settings::default(), Vec::new()));
        assert_eq!(
            uncommented.iter().filter(|line| line.contains(" = ") && !line.starts_with('#')).count(),
            SETTINGS.len() + COMMANDS.len()
        );
    }

    #[test]
    fn names_of_settings_are_words() {
        for row in SETTINGS {
            assert!(row.name.chars().all(|c| c.is_ascii_lowercase()) && !row.help.ends_with('.'), "{}", row.name);
        }
    }
}
