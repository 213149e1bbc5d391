//! One page to read or to print: the text of a story with its variants marked, and under each passage who reads what.
//!
//! The page stands for itself: no script, no font and no picture from elsewhere. Everything from articles is escaped, and
//! characters that hide or turn the direction of writing are shown by a sign. Nothing is told by colour alone: levels differ by
//! their underline and are named, flags are words.

mod check;
mod marks;
mod story;

pub use check::{check, check_report};
pub use story::story;

use super::edition::{Edition, Figures, Piece, Told, label, letters};
use super::ledger::{About, Ledger};
use crate::collate::Level;
use crate::collate::apparatus::{Passage, Sighting, Variant};
use crate::collate::flag::FlagKind;
use crate::corpus::Article;
use crate::corpus::notes::Mark;
use crate::corpus::story::letter;
use crate::text::width;
use maud::{DOCTYPE, Markup, PreEscaped, html};

/// How the page looks: on screens light and dark, wide and narrow, and on paper.
const STYLE: &str = include_str!("html.css");

/// The sign in the text where the version that is printed has nothing.
pub const CARET: &str = "‸";

/// The page of a story, with the variants that are wanted.
pub fn variants(edition: Edition) -> String {
    let page = Page { edition, ledger: None };
    let title = width::safe(&edition.title()).into_owned();
    let document = Document {
        title: format!("{title} – all versions"),
        heading: html! { h1 lang=[page.language(0)] dir="auto" { (title) } },
        about: format!("{} of one story, compared word by word", count(edition.articles.len(), "version")),
        main: html! { main { (page.versions()) (page.figures()) (page.misses()) (page.text()) } },
    };
    document.printed()
}

/// What every page is made of.
struct Document {
    title: String,
    heading: Markup,
    /// What the page shows, under its heading.
    about: String,
    main: Markup,
}

impl Document {
    fn printed(self) -> String {
        let document = html! {
            (DOCTYPE)
            html lang="en" {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="generator" content="variorum";
                    title { (self.title) }
                    style { (PreEscaped(STYLE)) }
                }
                body {
                    a.skip href="#text" { "Skip to the text" }
                    header {
                        (self.heading)
                        p.sub { (self.about) }
                    }
                    (self.main)
                    footer { p { "Made by variorum. A flag says what was seen; it is no verdict." } }
                }
            }
        };
        document.into_string() + "\n"
    }
}

/// A variant or a flag that is about none, where an editor should look.
enum Miss<'a> {
    Variant(usize, &'a Variant),
    Flag(usize, &'a Sighting),
}

struct Page<'a> {
    edition: Edition<'a>,
    /// The marks of editors, where they are printed too.
    ledger: Option<&'a Ledger<'a>>,
}

impl<'a> Page<'a> {
    fn language(&self, version: usize) -> Option<String> {
        (version < self.edition.articles.len()).then(|| self.edition.language(version)).flatten()
    }

    // --- Head of the page -------------------------------------------------------------------------------------------

    fn versions(&self) -> Markup {
        html! {
            section aria-labelledby="versions" {
                h2 id="versions" { "Versions" }
                div.wide {
                    table.versions {
                        thead {
                            tr {
                                th scope="col" { "Version" }
                                th scope="col" { "Article" }
                                @if self.has_outlets() { th scope="col" { "Outlet" } }
                                th scope="col" { "Date" }
                                th.number scope="col" { "Words" }
                            }
                        }
                        tbody {
                            @for (version, article) in self.edition.articles.iter().enumerate() { (self.version(version, article)) }
                        }
                    }
                }
            }
        }
    }

    fn has_outlets(&self) -> bool {
        self.edition.articles.iter().any(|article| article.outlet.is_some())
    }

    fn version(&self, version: usize, article: &Article) -> Markup {
        html! {
            tr {
                th scope="row" { (letter(version)) }
                td {
                    span lang=[self.language(version)] dir="auto" { (width::flat(article.headline())) }
                    " " span.path { (width::safe(&article.path.to_string_lossy())) }
                }
                @if self.has_outlets() { td { (article.outlet.as_deref().map(width::safe).unwrap_or_default()) } }
                td.date { @if let Some(date) = article.date { time datetime=(date) { (date) } } }
                td.number { (article.parsed.words()) }
            }
        }
    }

    fn figures(&self) -> Markup {
        let Figures { passages, complete, variants: [form, wording, substance], flags } = self.edition.figures();
        let rows = [
            ("", "Passages", passages),
            ("part", "of them in all versions", complete),
            ("", "Variants", form + wording + substance),
            ("part", "of form: the same words in another dress", form),
            ("part", "of wording: the same thing in other words", wording),
            ("part", "of substance: something else is said", substance),
            ("", "Flags: what an editor must not miss", flags),
        ];
        html! {
            section aria-labelledby="figures" {
                h2 id="figures" { "Figures" }
                table {
                    tbody { @for (class, name, number) in rows { tr { th class=(class) scope="row" { (name) } td.number { (number) } } } }
                }
                @if let Some(limit) = self.limit() { p.note { (limit) } }
            }
        }
    }

    /// What is left out below the figures, where something is.
    fn limit(&self) -> Option<&'static str> {
        Some(match (self.edition.lowest, self.edition.flags_only) {
            (Level::Form, false) => return None,
            (Level::Form, true) => "Shown below: only variants with a flag.",
            (Level::Wording, false) => "Shown below: variants of wording and substance; readings that differ in form alone are one.",
            (Level::Wording, true) => {
                "Shown below: variants of wording and substance with a flag; readings that differ in form alone are one."
            }
            (Level::Substance, false) => "Shown below: variants of substance; readings that say the same thing are one.",
            (Level::Substance, true) => "Shown below: variants of substance with a flag; readings that say the same thing are one.",
        })
    }

    // --- What an editor must not miss -------------------------------------------------------------------------------

    fn misses(&self) -> Markup {
        let passages = (1..).zip(&self.edition.apparatus.passages).filter(|(_, passage)| passage.counts);
        let misses: Vec<(usize, Miss)> =
            passages.flat_map(|(number, passage)| self.misses_of(number, passage).into_iter().map(move |miss| (number, miss))).collect();
        html! {
            section aria-labelledby="misses" {
                h2 id="misses" { "What an editor must not miss" }
                @if misses.is_empty() { p.note { (self.no_miss()) } }
                @else { ol.misses { @for (number, miss) in misses { li { (self.miss(number, miss)) } } } }
            }
        }
    }

    fn no_miss(&self) -> &'static str {
        let is_limited = self.ledger.is_some_and(|ledger| ledger.counts.all > 0 && ledger.wanted.is_limited());
        if is_limited { "Nothing that was flagged has such a mark." } else { "Nothing was flagged." }
    }

    fn misses_of(&self, number: usize, passage: &'a Passage) -> Vec<Miss<'a>> {
        let flagged = self.edition.variants(passage).filter(|(_, variant)| !variant.flags.is_empty());
        let homeless = passage.flags.iter().enumerate().filter(|(_, flag)| flag.variants.is_empty());
        let misses = flagged.map(|(at, variant)| Miss::Variant(at, variant)).chain(homeless.map(|(at, flag)| Miss::Flag(at, flag)));
        misses.filter(|miss| self.ledger.is_none_or(|ledger| ledger.shows(&self.marks(number, miss)))).collect()
    }

    /// The marks about a place where an editor should look.
    fn marks(&self, number: usize, miss: &Miss) -> Vec<&'a Mark> {
        let Some(ledger) = self.ledger else { return Vec::new() };
        match miss {
            Miss::Variant(at, _) => ledger.of_variant(number - 1, &self.edition.apparatus.passages[number - 1], *at),
            Miss::Flag(at, _) => ledger.of(About::Flag(number - 1, *at)).to_vec(),
        }
    }

    fn miss(&self, passage: usize, miss: Miss<'a>) -> Markup {
        let marks = self.marks(passage, &miss);
        html! {
            (self.missed(passage, miss))
            @if self.ledger.is_some() { (marks::decided(&marks)) }
        }
    }

    fn missed(&self, passage: usize, miss: Miss<'a>) -> Markup {
        match miss {
            Miss::Variant(number, variant) => html! {
                (self.readings(variant))
                span.flags { (flag_names(&variant.flags)) ", " a href=(anchor(passage, Some(number))) { (place(passage, number)) } }
            },
            Miss::Flag(_, flag) => html! {
                (self.evidence(flag))
                span.flags { (flag_names(&[flag.kind])) ", " a href=(anchor(passage, None)) { "passage " (passage) } }
            },
        }
    }

    fn evidence(&self, flag: &Sighting) -> Markup {
        html! {
            @for (at, (version, tokens)) in flag.evidence.iter().enumerate() {
                @if at > 0 { (between()) }
                (self.reading(&self.edition.words(*version, tokens), &[*version]))
            }
        }
    }

    // --- Text and variants ------------------------------------------------------------------------------------------

    fn text(&self) -> Markup {
        let passages: Vec<(usize, &Passage)> = (1..).zip(&self.edition.apparatus.passages).collect();
        let runs = passages.chunk_by(|(_, a), (_, b)| self.is_quiet(a) && self.is_quiet(b));
        html! {
            section aria-labelledby="text" {
                h2 id="text" tabindex="-1" { "Text and variants" }
                p.note {
                    "The text is that of the version that agrees with most others; the letters at the head of a passage tell which "
                    "ones have it. "
                    "Dotted underlines mark differences of form, thin ones of wording, thick ones of substance; double ones are flagged."
                    " A " span.caret { (CARET) } " marks a place where the printed version has nothing."
                }
                @for run in runs {
                    @if self.is_quiet(run[0].1) { (self.quiet(run)) }
                    @else { (self.passage(run[0].0, run[0].1)) }
                }
            }
        }
    }

    /// Whether nothing in a passage is wanted.
    fn is_quiet(&self, passage: &'a Passage) -> bool {
        !passage.counts || (self.edition.variants(passage).next().is_none() && passage.flags.iter().all(|flag| !flag.variants.is_empty()))
    }

    /// Passages of which nothing is to be told, folded away.
    fn quiet(&self, run: &[(usize, &'a Passage)]) -> Markup {
        let (first, last) = (run[0].0, run[run.len() - 1].0);
        let numbers = if first == last { format!("Passage {first}") } else { format!("Passages {first} to {last}") };
        html! {
            details {
                summary { (numbers) ": " (self.contents(run)) }
                @for (number, passage) in run { (self.passage(*number, passage)) }
            }
        }
    }

    /// What is folded away: a sentence that one version alone has is news for its readers.
    fn contents(&self, run: &[(usize, &Passage)]) -> String {
        let names = ["without a difference to show", "in one version alone", "page furniture"];
        let name = |passage: &Passage| if passage.counts { names[usize::from(passage.sentences.len() == 1)] } else { names[2] };
        if let [(_, passage)] = run {
            return name(passage).to_string();
        }
        let count = |wanted: &str| run.iter().filter(|(_, passage)| name(passage) == wanted).count();
        let told = names.map(|name| (count(name), name)).into_iter().filter(|(number, _)| *number > 0);
        told.map(|(number, name)| format!("{number} {name}")).collect::<Vec<_>>().join(", ")
    }

    fn passage(&self, number: usize, passage: &'a Passage) -> Markup {
        let spokesman = self.edition.spokesman(passage);
        let variants: Vec<(usize, &Variant)> = if passage.counts { self.edition.variants(passage).collect() } else { Vec::new() };
        let homeless: Vec<&Sighting> = passage.flags.iter().filter(|flag| passage.counts && flag.variants.is_empty()).collect();
        html! {
            article.passage id=(format!("p{number}")) aria-labelledby=(format!("h{number}")) {
                h3 id=(format!("h{number}")) { (self.head(number, passage)) }
                p.text lang=[self.language(spokesman)] dir="auto" { (self.running(number, passage, spokesman)) }
                @if !variants.is_empty() || !homeless.is_empty() {
                    ol.variants aria-label=(format!("Variants of passage {number}")) {
                        @for (at, variant) in variants { (self.variant(number, at, variant)) }
                        @for flag in homeless { li { (self.evidence(flag)) " " span.flags { "⚑\u{a0}" (flag_names(&[flag.kind])) } } }
                    }
                }
            }
        }
    }

    fn head(&self, number: usize, passage: &Passage) -> Markup {
        let has = || passage.sentences.iter().map(|(version, _)| *version);
        let lacking = self.edition.lacking(passage);
        html! {
            span.said { "Passage " } span.number { (number) } " "
            span.said { "in versions " } span.who.long { (letters(has())) }
            @if !lacking.is_empty() { span.quiet { " · not in " (letters(lacking.into_iter())) } }
        }
    }

    /// The text of a passage in one version, each variant a link to its readings; those side by side of which the version has
    /// nothing are one link, for a row of signs is hard to read over.
    fn running(&self, number: usize, passage: &'a Passage, version: usize) -> Markup {
        let whole = || vec![Piece::Words(self.edition.tokens(passage, version))];
        let pieces = if passage.counts { self.edition.running(passage, version) } else { whole() };
        let groups = pieces.chunk_by(|a, b| absent(a, version).and(absent(b, version)).is_some());
        html! {
            @for group in groups {
                @match &group[0] {
                    Piece::Words(tokens) => {
                        @if self.edition.is_spaced(passage, version, tokens.start) { " " }
                        (width::safe(&self.edition.words(version, tokens)))
                    }
                    Piece::Place(at, variant) => {
                        @let absent: Vec<(usize, &Variant)> = group.iter().filter_map(|piece| absent(piece, version)).collect();
                        @if absent.is_empty() { (self.mark(number, *at, variant, passage, version)) }
                        @else { (gap(number, &absent)) }
                    }
                }
            }
        }
    }

    fn mark(&self, number: usize, at: usize, variant: &Variant, passage: &Passage, version: usize) -> Markup {
        let Some((_, tokens)) = variant.reading_of(version) else { return Markup::default() };
        let flagged = !variant.flags.is_empty();
        html! {
            @if self.edition.is_spaced(passage, version, tokens.start) { " " }
            a class=(class(variant.level(), flagged)) id=(format!("p{number}-m{}", at + 1)) href=(anchor(number, Some(at))) {
                span.words { (width::safe(&self.edition.words(version, tokens))) }
                sup { span.said { ", variant " } (at + 1) @if flagged { "⚑" } }
            }
        }
    }

    fn variant(&self, number: usize, at: usize, variant: &'a Variant) -> Markup {
        html! {
            li id=(&anchor(number, Some(at))[1..]) {
                a.back href=(format!("#p{number}-m{}", at + 1)) aria-label=(format!("Variant {}, back to the text", at + 1)) { (at + 1) }
                (self.readings(variant)) " "
                span class=(format!("kind {}", variant.level().name())) { "(" (label(variant.kind)) ")" }
                @if !variant.flags.is_empty() { " " span.flags { "⚑\u{a0}" (flag_names(&variant.flags)) } }
                @for mark in self.marks(number, &Miss::Variant(at, variant)) { (marks::said(mark)) }
            }
        }
    }

    fn readings(&self, variant: &'a Variant) -> Markup {
        html! {
            @for (at, told) in self.edition.readings(variant).iter().enumerate() {
                @if at > 0 { (between()) }
                (self.told(told))
            }
        }
    }

    fn told(&self, told: &Told) -> Markup {
        let versions: Vec<usize> = told.at.iter().map(|(version, _)| *version).collect();
        self.reading(&told.text, &versions)
    }

    /// Words with the versions that have them.
    fn reading(&self, words: &str, versions: &[usize]) -> Markup {
        let language = versions.first().and_then(|version| self.language(*version));
        html! {
            span.reading.none[words.is_empty()] {
                @if words.is_empty() { span.words.quiet { span.said { "nothing" } span aria-hidden="true" { "–" } } }
                @else { bdi.words lang=[language] { (width::safe(words)) } }
                "\u{a0}" span.said { "in " } span.who { (letters(versions.iter().copied())) }
            }
        }
    }
}

/// A variant of which a version has nothing.
fn absent<'a>(piece: &Piece<'a>, version: usize) -> Option<(usize, &'a Variant)> {
    match piece {
        Piece::Place(at, variant) if variant.reading_of(version).is_some_and(|(_, tokens)| tokens.is_empty()) => Some((*at, variant)),
        _ => None,
    }
}

/// The sign for neighbouring variants of which the printed version has nothing. It leads to the first of them, and each leads back.
fn gap(number: usize, variants: &[(usize, &Variant)]) -> Markup {
    let level = variants.iter().map(|(_, variant)| variant.level()).max().unwrap_or(Level::Form);
    let flagged = variants.iter().any(|(_, variant)| !variant.flags.is_empty());
    html! {
        a class=(class(level, flagged)) href=(anchor(number, variants.first().map(|(at, _)| *at))) {
            @for (at, _) in variants { span id=(format!("p{number}-m{}", at + 1)) {} }
            span.caret { (CARET) }
            sup { span.said { " nothing, variant " } (range(variants)) @if flagged { "⚑" } }
        }
    }
}

/// The numbers of neighbouring variants: `4` or `4–6`.
fn range(variants: &[(usize, &Variant)]) -> String {
    match variants {
        [(first, _), .., (last, _)] => format!("{}–{}", first + 1, last + 1),
        _ => variants.iter().map(|(at, _)| (at + 1).to_string()).collect(),
    }
}

fn class(level: Level, flagged: bool) -> String {
    format!("mark {}{}", level.name(), if flagged { " flagged" } else { "" })
}

/// What stands between two readings.
fn between() -> Markup {
    html! { " " span.between aria-hidden="true" { "·" } " " }
}

/// `number changed, quote altered`.
fn flag_names(flags: &[FlagKind]) -> String {
    flags.iter().map(|flag| flag.name().replace('-', " ")).collect::<Vec<_>>().join(", ")
}

fn place(passage: usize, variant: usize) -> String {
    format!("passage {passage}, variant {}", variant + 1)
}

/// The link to a passage, or to a variant of it.
fn anchor(passage: usize, variant: Option<usize>) -> String {
    variant.map_or_else(|| format!("#p{passage}"), |variant| format!("#p{passage}-v{}", variant + 1))
}

fn count(number: usize, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}
