//! Completions for shells, from the definition of the command line.

use super::page::unless_closed;
use anyhow::Result;
use clap::{Args, CommandFactory};
use clap_complete::Shell;
use std::io::{self, Write};
use std::process::ExitCode;

/// Print completions for a shell.
#[derive(Debug, Args)]
pub(super) struct Completions {
    /// The shell.
    #[arg(value_enum)]
    shell: Shell,
}

impl Completions {
    /// Prints them.
    pub(super) fn run(&self) -> Result<ExitCode> {
        // The generator takes a closed pipe for a fault of the program, so it writes into memory.
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut super::Cli::command(), "variorum", &mut script);
        unless_closed(io::stdout().write_all(&script))?;
        Ok(ExitCode::SUCCESS)
    }
}
