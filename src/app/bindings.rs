//! The keys in force: which command a key or a chord runs. The command table has the defaults; a reader's settings may change them.

use super::command::{COMMANDS, Command};
use super::key::{Key, told};
use std::collections::HashMap;

/// The keys of one command: each is one key, or the two of a chord.
pub type Keys = Vec<Vec<Key>>;

/// The keys of all commands, made once and looked up at every key that is pressed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bindings {
    /// Keys and the index of their command, in the order of the table.
    rows: Vec<(Vec<Key>, usize)>,
}

impl Default for Bindings {
    fn default() -> Self {
        Bindings::new(&defaults())
    }
}

/// The keys that the table gives each command.
pub(super) fn defaults() -> Vec<Keys> {
    COMMANDS.iter().map(|command| command.keys.iter().map(|name| Key::sequence(name)).collect()).collect()
}

impl Bindings {
    /// The bindings of lists of keys, one for each command of the table.
    pub(super) fn new(lists: &[Keys]) -> Self {
        let rows = lists.iter().enumerate().flat_map(|(command, keys)| keys.iter().map(move |key| (key.clone(), command))).collect();
        Bindings { rows }
    }

    /// The command that these keys run.
    pub fn command(&self, keys: &[Key]) -> Option<&'static Command> {
        self.rows.iter().find(|(bound, _)| bound == keys).map(|&(_, command)| &COMMANDS[command])
    }

    /// Whether a key is the first of a chord.
    pub fn begins_chord(&self, key: Key) -> bool {
        self.rows.iter().any(|(bound, _)| bound.len() > 1 && bound[0] == key)
    }

    /// The names of a command's keys, by its index in the table.
    pub fn names(&self, command: usize) -> Vec<String> {
        self.rows.iter().filter(|(_, bound)| *bound == command).map(|(keys, _)| told(keys)).collect()
    }
}

/// Two commands that want the same key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Clash {
    /// A key of the first is a key of the other too, or stands twice where both are the same.
    Same(Vec<Key>, usize),
    /// A chord of the first begins with a key of the other.
    Begins(Vec<Key>, usize),
    /// A key of the first begins a chord of the other.
    Begun(Vec<Key>, usize),
}

/// The first clash in lists of keys that are gone through in an order: the command that comes too late, and what it clashes with.
///
/// A key that only scrolls may begin a chord, as `g` and `gm` do: what it did is undone when the second key follows.
pub(super) fn clash(lists: &[Keys], order: &[usize]) -> Option<(usize, Clash)> {
    let (mut taken, mut firsts) = (HashMap::new(), HashMap::new());
    for &command in order {
        for keys in &lists[command] {
            if let Some(&other) = taken.get(keys.as_slice()) {
                return Some((command, Clash::Same(keys.clone(), other)));
            }
            let blocking =
                |first: &[Key]| taken.get(first).copied().filter(|&other: &usize| keys.len() > 1 && !COMMANDS[other].only_scrolls());
            if let Some(other) = blocking(&keys[..1]) {
                return Some((command, Clash::Begins(keys.clone(), other)));
            }
            let blocked = firsts.get(&keys[0]).copied().filter(|_| keys.len() == 1 && !COMMANDS[command].only_scrolls());
            if let Some(other) = blocked {
                return Some((command, Clash::Begun(keys.clone(), other)));
            }
            taken.insert(keys.as_slice(), command);
            if keys.len() > 1 {
                firsts.entry(keys[0]).or_insert(command);
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn index(name: &str) -> usize {
        COMMANDS.iter().position(|c| c.name == name).expect(name)
    }

    #[test]
    fn the_defaults_do_not_clash() {
        let order: Vec<usize> = (0..COMMANDS.len()).collect();
        assert_eq!(clash(&defaults(), &order), None);
    }

    #[test]
    fn keys_and_chords_are_looked_up() {
        let bindings = Bindings::default();
        assert_eq!(bindings.command(&Key::sequence("gm")).map(|c| c.name), Some("other-end"));
        assert_eq!(bindings.command(&Key::sequence("g")).map(|c| c.name), Some("top"));
        assert!(bindings.command(&Key::sequence("F12")).is_none());
        assert!(bindings.begins_chord(Key::sequence("g")[0]) && !bindings.begins_chord(Key::sequence("m")[0]));
        for (i, command) in COMMANDS.iter().enumerate() {
            assert_eq!(bindings.names(i), command.keys);
        }
    }

    #[test]
    fn a_chord_may_begin_with_a_key_that_only_scrolls() {
        let clashes = |command: &str, keys: &str| {
            let mut lists = defaults();
            let changed = index(command);
            lists[changed] = vec![Key::sequence(keys)];
            let order: Vec<usize> = (0..COMMANDS.len()).filter(|&i| i != changed).chain([changed]).collect();
            clash(&lists, &order).map(|(_, clash)| clash)
        };
        assert_eq!(clashes("copy", "jj"), None);
        assert_eq!(clashes("copy", "zz"), Some(Clash::Begins(Key::sequence("zz"), index("folds"))));
        assert_eq!(clashes("copy", "z"), Some(Clash::Same(Key::sequence("z"), index("folds"))));
        assert!(matches!(clashes("copy", "g"), Some(Clash::Same(..))));
        let mut lists = defaults();
        lists[index("top")] = vec![];
        lists[index("copy")] = vec![Key::sequence("g")];
        let order: Vec<usize> = (0..COMMANDS.len()).filter(|&i| i != index("copy")).chain([index("copy")]).collect();
        assert!(matches!(clash(&lists, &order), Some((_, Clash::Begun(..)))));
    }
}
