//! Keys by their names, as the command table, the help and the settings write them: `j`, `C-d`, `S-Tab`, `PgUp`, `gm`.

use std::fmt;

/// A key without its modifiers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names on the keys say it all")]
pub enum Code {
    Char(char),
    Enter,
    Esc,
    Tab,
    Backspace,
    Delete,
    Up,
    Down,
    Left,
    Right,
    Home,
    End,
    PgUp,
    PgDn,
    F(u8),
}

/// A key as it was pressed. Shift is told only where the character does not show it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Key {
    /// The key.
    pub code: Code,
    /// Whether control was held.
    pub ctrl: bool,
    /// Whether alt was held.
    pub alt: bool,
    /// Whether shift was held, for keys that are no characters.
    pub shift: bool,
}

/// The keys that have names.
const NAMES: &[(&str, Code)] = &[
    ("Enter", Code::Enter),
    ("Esc", Code::Esc),
    ("Tab", Code::Tab),
    ("Space", Code::Char(' ')),
    ("Backspace", Code::Backspace),
    ("Del", Code::Delete),
    ("Up", Code::Up),
    ("Down", Code::Down),
    ("Left", Code::Left),
    ("Right", Code::Right),
    ("Home", Code::Home),
    ("End", Code::End),
    ("PgUp", Code::PgUp),
    ("PgDn", Code::PgDn),
];

impl Key {
    /// The key without modifiers.
    pub fn plain(code: Code) -> Self {
        Key { code, ctrl: false, alt: false, shift: false }
    }

    /// Reads one name, with `C-`, `A-` and `S-` before it.
    pub fn named(name: &str) -> Option<Key> {
        if name.chars().count() > 2 {
            for (prefix, set) in [("C-", (|k| k.ctrl = true) as fn(&mut Key)), ("A-", |k| k.alt = true), ("S-", |k| k.shift = true)] {
                if let Some(rest) = name.strip_prefix(prefix) {
                    let mut key = Key::named(rest)?;
                    set(&mut key);
                    return Some(key);
                }
            }
        }
        let function = || name.strip_prefix('F').and_then(|n| n.parse().ok()).filter(|n| (1..=24).contains(n)).map(Code::F);
        let named = NAMES.iter().find(|(n, _)| *n == name).map(|(_, code)| *code).or_else(function);
        let mut chars = name.chars();
        let letter = chars.next().filter(|_| chars.next().is_none()).map(Code::Char);
        named.or(letter).map(Key::plain)
    }

    /// Reads a whole sequence: one name, or the characters of a chord such as `gm`.
    pub fn sequence(names: &str) -> Vec<Key> {
        match Key::named(names) {
            Some(key) => vec![key],
            None => names.chars().map(|c| Key::plain(Code::Char(c))).collect(),
        }
    }

    /// Reads what a person wrote for a key or a chord: `]`, `C-n`, `gm`, or two names with a blank between them such as `C-x s`.
    pub fn written(names: &str) -> Result<Vec<Key>, Unknown> {
        let name = |name: &str| Key::named(name).ok_or(Unknown::Name).and_then(Key::sent);
        if Key::named(names).is_some() {
            return name(names).map(|key| vec![key]);
        }
        let pair: Vec<Result<Key, Unknown>> = match names.split_once(' ') {
            Some((first, second)) => vec![name(first), name(second)],
            None => names.chars().map(|c| Key::plain(Code::Char(c)).sent()).collect(),
        };
        if pair.len() == 2 { pair.into_iter().collect() } else { Err(Unknown::Name) }
    }

    /// The key, unless a terminal never tells of it: it sends the same for some keys, and no shift beside a character.
    fn sent(self) -> Result<Key, Unknown> {
        match self.code {
            Code::Char(c) if c.is_control() => Err(Unknown::Name),
            Code::Char(c) if self.shift => Err(Unknown::Sent(c.to_uppercase().collect())),
            Code::Char('i') if self.ctrl => Err(Unknown::Sent(String::from("Tab"))),
            Code::Char('m') if self.ctrl => Err(Unknown::Sent(String::from("Enter"))),
            Code::Char('[') if self.ctrl => Err(Unknown::Sent(String::from("Esc"))),
            Code::Char(c) if self.ctrl && c.is_uppercase() => Err(Unknown::Sent(format!("C-{}", c.to_lowercase()))),
            _ => Ok(self),
        }
    }
}

/// Why what was written is no key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unknown {
    /// No key has this name.
    Name,
    /// A terminal sends another key for it.
    Sent(String),
}

/// The name of a key or a chord, as [`Key::written`] reads it.
pub fn told(keys: &[Key]) -> String {
    let names: Vec<String> = keys.iter().map(Key::to_string).collect();
    let plain = names.iter().all(|name| name.chars().count() == 1);
    // Two characters may be the name of a key: `F` and `1`.
    let joined = names.concat();
    if plain && Key::named(&joined).is_none_or(|_| names.len() == 1) { joined } else { names.join(" ") }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        for (held, prefix) in [(self.ctrl, "C-"), (self.alt, "A-"), (self.shift, "S-")] {
            if held {
                f.write_str(prefix)?;
            }
        }
        match (NAMES.iter().find(|(_, code)| *code == self.code), self.code) {
            (Some((name, _)), _) => f.write_str(name),
            (None, Code::Char(c)) => write!(f, "{c}"),
            (None, Code::F(n)) => write!(f, "F{n}"),
            (None, _) => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_as_they_are_written() {
        for name in ["j", "C-d", "S-Tab", "PgUp", "Space", "F5", "]", "-", "+", "A-x", "C-A-x", "?"] {
            assert_eq!(Key::named(name).expect(name).to_string(), name);
        }
        assert_eq!(Key::sequence("gm").len(), 2);
        assert_eq!(Key::named("Nope"), None);
    }

    #[test]
    fn what_a_person_writes_is_read_as_it_is_told() {
        for name in ["]", "C-n", "gm", "C-x s", "F1", "F 1", "Space", "g Enter", "é", "A-x", "S-Tab"] {
            assert_eq!(told(&Key::written(name).expect(name)), name);
        }
        for name in ["", "Nope", "abc", "g  m", "F99", "\n", "g\u{1b}", "Entr", "C-x C-y C-z"] {
            assert_eq!(Key::written(name), Err(Unknown::Name), "{name:?}");
        }
        for (name, sent) in [("C-i", "Tab"), ("C-m", "Enter"), ("C-[", "Esc"), ("S-x", "X"), ("C-N", "C-n"), ("g C-i", "Tab")] {
            assert_eq!(Key::written(name), Err(Unknown::Sent(String::from(sent))), "{name}");
        }
    }
}
