//! The manual page: one for the program and all its subcommands, with the keys from the command table.

use super::page::unless_closed;
use crate::app::command::{COMMANDS, Section};
use crate::corpus::notes::FILE;
use anyhow::Result;
use clap::CommandFactory;
use clap_mangen::Man;
use clap_mangen::roff::{Roff, bold, roman};
use std::io::{self, Write};
use std::process::ExitCode;

/// Prints the page.
pub(super) fn run() -> Result<ExitCode> {
    let mut page = Vec::new();
    write(&mut page)?;
    unless_closed(io::stdout().write_all(&page))?;
    Ok(ExitCode::SUCCESS)
}

fn write(page: &mut Vec<u8>) -> io::Result<()> {
    let mut cli = super::Cli::command();
    let subcommands: Vec<clap::Command> = cli.get_subcommands().cloned().collect();
    cli.build();
    let man = Man::new(cli);
    man.render_title(page)?;
    page.extend(section(|out| man.render_name_section(out))?);
    page.extend(section(|out| man.render_synopsis_section(out))?);
    page.extend(section(|out| man.render_description_section(out))?);
    page.extend(section(|out| man.render_options_section(out))?);
    page.extend(heading("SUBCOMMANDS").to_roff().into_bytes());
    for subcommand in subcommands {
        write_subcommand(page, subcommand)?;
    }
    for section in [keys(), files(), exit_status()] {
        page.extend(section.to_roff().into_bytes());
    }
    Ok(())
}

fn heading(title: &str) -> Roff {
    let mut roff = Roff::new();
    roff.control("SH", [title]);
    roff
}

/// A subcommand as a part of the page: its sections lose their headings. Options that all subcommands have stand above.
fn write_subcommand(page: &mut Vec<u8>, subcommand: clap::Command) -> io::Result<()> {
    let name = format!("variorum {}", subcommand.get_name());
    let man = Man::new(subcommand.bin_name(&name).disable_help_flag(true));
    let mut title = Roff::new();
    title.control("SS", [name.as_str()]);
    page.extend(title.to_roff().into_bytes());
    page.extend(body(|out| man.render_synopsis_section(out))?);
    page.extend_from_slice(b".PP\n");
    page.extend(body(|out| man.render_description_section(out))?);
    page.extend(body(|out| man.render_options_section(out))?);
    Ok(())
}

/// A rendered section without the lines that every page begins with.
fn section(render: impl Fn(&mut dyn Write) -> io::Result<()>) -> io::Result<Vec<u8>> {
    let mut rendered = Vec::new();
    render(&mut rendered)?;
    let lines = rendered.split_inclusive(|&b| b == b'\n');
    Ok(lines.skip_while(|line| !line.starts_with(b".SH")).flatten().copied().collect())
}

/// A rendered section without its heading.
fn body(render: impl Fn(&mut dyn Write) -> io::Result<()>) -> io::Result<Vec<u8>> {
    Ok(section(render)?.split_inclusive(|&b| b == b'\n').skip(1).flatten().copied().collect())
}

fn keys() -> Roff {
    let mut roff = heading("KEYS");
    roff.text([roman("These are the defaults; settings may change them.")]);
    for section in Section::ALL {
        roff.control("SS", [section.title()]);
        for command in COMMANDS.iter().filter(|c| c.section == section) {
            roff.control("TP", []);
            roff.text([bold(command.keys.join("  "))]);
            roff.text([roman(format!("{} ({})", command.help, command.name))]);
        }
    }
    roff
}

fn files() -> Roff {
    let mut roff = heading("FILES");
    roff.control("TP", []);
    roff.text([bold("$XDG_CONFIG_HOME/variorum/config.toml"), roman(", else "), bold("~/.config/variorum/config.toml")]);
    roff.text([roman("Settings and keys; "), bold("variorum config"), roman(" prints one to begin with.")]);
    roff.control("TP", []);
    roff.text([bold(FILE), roman(" in the folder of the corpus, or above it")]);
    roff.text([
        roman("The marks of editors, one a line; where it cannot be written, files in "),
        bold("$XDG_DATA_HOME/variorum/marks"),
        roman("."),
    ]);
    roff
}

fn exit_status() -> Roff {
    let mut roff = heading("EXIT STATUS");
    let codes = [("0", "done"), ("1", "what was asked for was not so"), ("2", "trouble, said in one sentence on standard error")];
    for (code, meaning) in codes {
        roff.control("TP", []);
        roff.text([bold(code)]);
        roff.text([roman(meaning)]);
    }
    roff
}
