//! The README says what is so: its table of keys is the command table.

use variorum::app::command::{COMMANDS, Section};

/// The table of keys as the README prints it.
fn table() -> String {
    let mut table = String::new();
    for section in Section::ALL {
        table += &format!("| **{}** | |\n", section.title());
        for command in COMMANDS.iter().filter(|c| c.section == section) {
            let keys: Vec<String> = command.keys.iter().map(|k| format!("`{k}`")).collect();
            table += &format!("| {} | {} |\n", keys.join(" "), command.help);
        }
    }
    table
}

#[test]
fn the_keys_are_those_of_the_command_table() {
    let readme = include_str!("../../README.md");
    let wanted = table();
    assert!(readme.contains(&wanted), "the table of keys in README.md should read:\n\n| keys | what they do |\n|---|---|\n{wanted}");
}

#[test]
fn every_subcommand_is_named() {
    let readme = include_str!("../../README.md");
    let names =
        ["demo", "diff", "read", "variants", "lineage", "stories", "check", "report", "search", "index", "config", "completions", "man"];
    for name in names {
        assert!(readme.contains(&format!("variorum {name}")), "{name}");
    }
}
