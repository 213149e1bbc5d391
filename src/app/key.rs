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
}
