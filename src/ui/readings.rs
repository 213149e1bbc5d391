//! The line of readings: what all versions of a story have at one place, and what kind of difference that is.

use super::theme::{Role, Sign, Theme};
use crate::app::App;
use crate::app::versions::{VariantPlace, Versions};
use crate::text::width;
use ratatui::style::Style;

/// A text with its style.
pub(super) type Inked = (String, Style);

/// The readings of a variant, each with its versions: `ironclad A B · iron clad C D · strong E`. No words take more than `limit` cells.
pub(super) fn readings(app: &App, versions: &Versions, place: VariantPlace, limit: usize, theme: Theme) -> Vec<Inked> {
    let Some((_, variant)) = versions.variant(place) else { return Vec::new() };
    let mut line: Vec<Inked> = Vec::new();
    for (words, told) in versions.readings(variant, app.levels) {
        let gap = if line.is_empty() { "" } else { " · " };
        line.push((String::from(gap), theme.style(Role::Quiet)));
        line.push((width::clipped(&words, limit).into_owned(), theme.style(role(app, versions, &told))));
        line.push((format!(" {}", app.letters(versions, &told)), theme.style(Role::Quiet)));
    }
    line
}

/// The readings of several variants one behind the other, for a pane of `width` cells.
pub(super) fn several(app: &App, places: &[VariantPlace], width: usize, theme: Theme) -> Vec<Inked> {
    let Some(versions) = &app.gathered else { return Vec::new() };
    let mut line: Vec<Inked> = Vec::new();
    for &place in places {
        if !line.is_empty() {
            line.push((format!("  {}  ", theme.sign(Sign::Middle)), theme.style(Role::Frame)));
        }
        line.extend(readings(app, versions, place, (width / 4).max(12), theme));
    }
    line
}

/// Readings of the left and of the right side have their colours.
fn role(app: &App, versions: &Versions, told: &[usize]) -> Role {
    let has = |side: usize| {
        let index = app.parallel.pair.as_ref().map(|pair| pair.indices[side]);
        told.iter().any(|&version| Some(versions.indices[version]) == index)
    };
    match (has(0), has(1)) {
        (true, false) => Role::Left,
        (false, true) => Role::Right,
        _ => Role::Text,
    }
}

/// What kind of variant it is, how that is known, and the flags: `synonym · wording: WordNet synset   ⚑ quote-altered`.
pub(super) fn judgement(versions: &Versions, place: VariantPlace, theme: Theme) -> Vec<Inked> {
    let Some((_, variant)) = versions.variant(place) else { return Vec::new() };
    let told = format!("   {} · {}: {}", variant.kind.name(), variant.level().name(), variant.reason);
    let flags = variant.flags.iter().map(|flag| (format!("   {} {}", theme.sign(Sign::Flag), flag.name()), theme.style(Role::Flag)));
    std::iter::once((told, theme.style(Role::Quiet))).chain(flags).collect()
}
