//! Opens the browser: on paths, or on the built-in corpus.

use crate::corpus::scan::Scan;
use crate::ui::{self, Depth, Look, Opening};
use anyhow::Result;
use clap::Args;
use std::path::PathBuf;
use std::process::ExitCode;

/// How the screen looks; the same for every way of opening it.
#[derive(Debug, Args)]
pub(super) struct Appearance {
    /// Colours for a light background.
    #[arg(long, global = true, conflicts_with = "dark")]
    light: bool,
    /// Colours for a dark background.
    #[arg(long, global = true)]
    dark: bool,
    /// Signs and frames of ASCII characters alone.
    #[arg(long, global = true)]
    ascii: bool,
    /// How many colours to use.
    #[arg(long, global = true, value_enum, default_value_t = Colors::Auto)]
    colors: Colors,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Colors {
    /// What the environment says.
    Auto,
    /// 16 million.
    True,
    /// 256.
    #[value(name = "256")]
    Indexed,
    /// The 16 of the terminal.
    #[value(name = "16")]
    Sixteen,
    /// None.
    None,
}

impl Appearance {
    /// How many colours there are.
    pub(super) fn depth(&self) -> Depth {
        self.colors.depth()
    }

    fn look(&self) -> Look {
        Look { depth: self.colors.depth(), ascii: self.ascii }
    }

    /// Whether the background is light, if anybody said so: the switches, or the variable that some terminals set.
    fn background(&self) -> Option<bool> {
        let told = std::env::var("COLORFGBG").ok();
        let index = told.as_deref().and_then(|v| v.rsplit(';').next()).and_then(|v| v.parse::<u8>().ok());
        match (self.light, self.dark) {
            (true, _) => Some(true),
            (_, true) => Some(false),
            _ => index.map(|bg| matches!(bg, 7 | 9..=15)),
        }
    }
}

impl Colors {
    /// The number of colours: `NO_COLOR` (no-color.org), then `COLORTERM`, then the name of the terminal.
    pub(super) fn depth(self) -> Depth {
        let variable = |name: &str| std::env::var(name).unwrap_or_default();
        match self {
            Colors::True => Depth::True,
            Colors::Indexed => Depth::Indexed,
            Colors::Sixteen => Depth::Sixteen,
            Colors::None => Depth::None,
            Colors::Auto if !variable("NO_COLOR").is_empty() || variable("TERM") == "dumb" => Depth::None,
            Colors::Auto if matches!(variable("COLORTERM").as_str(), "truecolor" | "24bit") => Depth::True,
            Colors::Auto if variable("TERM").contains("256") => Depth::Indexed,
            Colors::Auto => Depth::Sixteen,
        }
    }
}

/// Browses files and folders.
pub(super) fn paths(mut paths: Vec<PathBuf>, hidden: bool, appearance: &Appearance) -> Result<ExitCode> {
    if paths.is_empty() {
        paths.push(PathBuf::from("."));
    }
    super::corpus::check(&paths)?;
    browse(Opening::Paths(paths, Scan { hidden }), appearance)
}

/// Browses the built-in corpus.
pub(super) fn demo(appearance: &Appearance) -> Result<ExitCode> {
    browse(Opening::Demo, appearance)
}

fn browse(opening: Opening, appearance: &Appearance) -> Result<ExitCode> {
    let ended = ui::run(opening, appearance.look(), appearance.background())?;
    Ok(ended.map_or(ExitCode::SUCCESS, |signal| ExitCode::from(128 + u8::try_from(signal).unwrap_or(0))))
}
