//! Opens the browser: on paths, or on the built-in corpus.

use super::editor::editor;
use super::state;
use crate::app::session::{Corpus, Kept};
use crate::app::settings::{Colors, Loaded, Settings};
use crate::corpus::scan::Scan;
use crate::ui::{self, Depth, Look, Opening, Start};
use anyhow::Result;
use clap::builder::PossibleValue;
use clap::{Args, ValueEnum};
use std::path::{Path, PathBuf};
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
    /// How many colours to use; with `auto`, which is the default, the environment says it.
    #[arg(long, global = true, value_enum)]
    colors: Option<Colors>,
}

impl ValueEnum for Colors {
    fn value_variants<'a>() -> &'a [Self] {
        &Colors::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.name()))
    }
}

impl Appearance {
    /// How many colours there are for what is printed.
    pub(super) fn depth(&self) -> Depth {
        depth(self.colors.unwrap_or(Colors::Auto))
    }

    /// How the screen looks: what the switches say, else what the settings say.
    fn look(&self, settings: &Settings) -> Look {
        Look { depth: depth(self.colors.unwrap_or(settings.colors)), ascii: self.ascii || settings.ascii }
    }

    /// Whether the background is light, if anybody said so: the switches, the reader the last time, the settings, or the variable
    /// that some terminals set.
    fn background(&self, settings: &Settings, last: Option<bool>) -> Option<bool> {
        let told = std::env::var("COLORFGBG").ok();
        let index = told.as_deref().and_then(|v| v.rsplit(';').next()).and_then(|v| v.parse::<u8>().ok());
        match (self.light, self.dark) {
            (true, _) => Some(true),
            (_, true) => Some(false),
            _ => last.or(settings.light).or_else(|| index.map(|bg| matches!(bg, 7 | 9..=15))),
        }
    }
}

/// The number of colours: `NO_COLOR` (no-color.org), then `COLORTERM`, then the name of the terminal.
fn depth(colors: Colors) -> Depth {
    let variable = |name: &str| std::env::var(name).unwrap_or_default();
    match colors {
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

/// Browses files and folders; without any those of the last time, if they are still there, else the current folder.
pub(super) fn paths(
    paths: Vec<PathBuf>,
    scan: Scan,
    fresh: bool,
    appearance: &Appearance,
    loaded: Loaded,
    index: Option<PathBuf>,
) -> Result<ExitCode> {
    let kept = kept(fresh);
    let opening = match kept.last() {
        _ if !paths.is_empty() => Opening::Paths(paths, scan),
        Some(Corpus::Demo) => Opening::Demo,
        Some(Corpus::Paths(last)) if !last.is_empty() && last.iter().all(|path| Path::new(path).exists()) => {
            Opening::Paths(last.iter().map(PathBuf::from).collect(), scan)
        }
        _ => Opening::Paths(vec![PathBuf::from(".")], scan),
    };
    if let Opening::Paths(paths, _) = &opening {
        super::corpus::check(paths)?;
    }
    browse(opening, &kept, appearance, loaded, index)
}

/// Browses the built-in corpus.
pub(super) fn demo(fresh: bool, appearance: &Appearance, loaded: Loaded) -> Result<ExitCode> {
    browse(Opening::Demo, &kept(fresh), appearance, loaded, None)
}

/// What the last runs left, unless the reader wants to begin anew.
fn kept(fresh: bool) -> Kept {
    if fresh { Kept::default() } else { state::load() }
}

fn browse(opening: Opening, kept: &Kept, appearance: &Appearance, loaded: Loaded, index: Option<PathBuf>) -> Result<ExitCode> {
    let corpus = state::corpus(&opening);
    let session = kept.session(corpus.as_ref());
    let (look, light) = (appearance.look(&loaded.settings), appearance.background(&loaded.settings, session.switches.light));
    let editor = editor(loaded.settings.author.clone());
    let ended = ui::run(opening, Start { look, light, loaded, session, editor, index })?;
    state::keep(corpus, ended.session);
    Ok(ended.signal?.map_or(ExitCode::SUCCESS, |signal| ExitCode::from(128 + u8::try_from(signal).unwrap_or(0))))
}
