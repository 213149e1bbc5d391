//! What speaks for an edge, in words: how much of each text the other has, rare readings and passages in common, dates.

use super::super::Side;
use super::super::apparatus::{Apparatus, Passage, Variant};
use super::super::edit::Level;
use super::super::letter::letter;
use crate::text::TokenKind;
use std::cmp::Reverse;
use std::ops::Range;

/// Knows the versions and tells what is seen in them.
pub(super) struct Witness<'a> {
    versions: &'a [Side<'a>],
    apparatus: &'a Apparatus,
    containment: Vec<Vec<f64>>,
}

/// How many readings are quoted.
const QUOTED: usize = 3;
/// How many words of a reading are quoted.
const WORDS: usize = 6;

/// A reading that some versions have: who else has it, and where its words are.
struct Shared {
    holders: usize,
    version: usize,
    tokens: Range<usize>,
}

impl Shared {
    /// The rarest come first, and of these such as have several words, for they say more than one.
    fn rank(&self) -> (usize, Reverse<usize>) {
        (self.holders, Reverse(self.tokens.len().min(WORDS)))
    }
}

impl<'a> Witness<'a> {
    pub(super) fn new(versions: &'a [Side<'a>], apparatus: &'a Apparatus) -> Self {
        Witness { versions, apparatus, containment: apparatus.containment(versions.len()) }
    }

    /// That a version was taken from another one.
    pub(super) fn copied(&self, from: usize, to: usize) -> Vec<String> {
        let both = |v: &[usize]| v.contains(&from) && v.contains(&to);
        let rare = self.readings(to, |holders, all| both(holders) && holders.len() <= (all.len() / 3).max(2));
        let alone = self.passages(|p| p.sentences.len() == 2 && both(&versions(p)));
        let mut evidence = vec![self.words_in_common(from, to)];
        evidence.extend(self.told("rare reading", "in common", rare));
        if self.versions.len() > 2 {
            evidence.extend(counted(alone, "passage", "that no other version has"));
        }
        evidence.extend(self.later(from, to));
        evidence
    }

    /// That a version took passages from a second source.
    pub(super) fn merged(&self, from: usize, to: usize, main: Option<usize>) -> Vec<String> {
        let name = main.map_or_else(|| String::from("its main source"), letter);
        let lacks = |v: &[usize]| v.contains(&from) && v.contains(&to) && main.is_some_and(|main| !v.contains(&main));
        let passages = self.passages(|p| lacks(&versions(p)));
        let readings = self.readings(to, |holders, all| lacks(holders) && main.is_some_and(|main| all.contains(&main)));
        let mut evidence = Vec::new();
        evidence.extend(counted(passages, "passage", &format!("of {} that {name} does not have", letter(from))));
        evidence.extend(self.told("reading", &format!("of {} where {name} reads otherwise", letter(from)), readings));
        evidence.extend(self.later(from, to));
        if evidence.is_empty() { vec![self.words_in_common(from, to)] } else { evidence }
    }

    /// That a version comes from the same unseen ancestor as others.
    pub(super) fn sibling(&self, version: usize, others: &[usize]) -> Vec<String> {
        let likeness = |other: usize| self.containment[version][other] + self.containment[other][version];
        let nearest = others.iter().copied().max_by(|&a, &b| likeness(a).total_cmp(&likeness(b)).then(b.cmp(&a)));
        let own = self.readings(version, |holders, all| holders == [version] && all.len() > 2);
        let mut evidence = Vec::new();
        if let Some(other) = nearest {
            evidence.push(format!("{}, and neither need have the other for its origin", self.words_in_common(other, version)));
            let here = self.passages(|p| p.sentences_of(version).is_some() && p.sentences_of(other).is_none());
            let there = self.passages(|p| p.sentences_of(other).is_some() && p.sentences_of(version).is_none());
            evidence.extend(counted(here, "passage", &format!("that {} lacks", letter(other))));
            evidence.extend(counted(there, "passage", &format!("missing that {} has", letter(other))));
        }
        evidence.extend(self.told("reading", "that no other version has", own));
        evidence
    }

    /// That some versions have an ancestor of their own below another node.
    pub(super) fn shared(&self, from: Option<usize>, below: &[usize]) -> Vec<String> {
        let inside = |v: &[usize]| v.len() > 1 && v.iter().all(|version| below.contains(version));
        let outside = |v: &[usize]| v.iter().any(|version| !below.contains(version));
        let readings = below.first().map_or_else(Vec::new, |_| {
            let mut found: Vec<Shared> =
                below.iter().flat_map(|&v| self.readings(v, |h, all| h.first() == Some(&v) && inside(h) && outside(all))).collect();
            found.sort_by_key(Shared::rank);
            found
        });
        let letters: Vec<String> = below.iter().map(|&version| letter(version)).collect();
        let only = format!("that only versions among {} share", letters.join(" "));
        let mut evidence: Vec<String> = self.told("reading", &only, readings).into_iter().collect();
        if self.versions.len() > below.len() {
            evidence.extend(counted(self.passages(|p| inside(&versions(p))), "passage", &only));
        }
        if let (true, Some(from)) = (evidence.is_empty(), from) {
            evidence.extend(below.first().map(|&version| self.words_in_common(from, version)));
        }
        evidence
    }

    /// That a version has the same text as another one.
    pub(super) fn same(&self, from: usize, to: usize) -> Vec<String> {
        let mut evidence = vec![format!("has the same text as {}", letter(from))];
        evidence.extend(self.later(from, to));
        evidence
    }

    fn words_in_common(&self, from: usize, to: usize) -> String {
        let percent = |share: f64| if share < 1.0 { (share * 100.0).round().min(99.0) } else { 100.0 };
        let (of_origin, of_copy) = (percent(self.containment[from][to]), percent(self.containment[to][from]));
        format!("has {of_origin} % of the words of {}, which has {of_copy} % of its own", letter(from))
    }

    fn later(&self, from: usize, to: usize) -> Option<String> {
        let (from, to) = (self.versions[from].text.date?, self.versions[to].text.date?);
        let days = from.until(to).map_or(0, |span| span.get_days());
        match days {
            0 => Some(String::from("was printed on the same day")),
            1 => Some(String::from("was printed 1 day later")),
            2.. => Some(format!("was printed {days} days later")),
            _ => None,
        }
    }

    fn passages(&self, wanted: impl Fn(&Passage) -> bool) -> usize {
        self.apparatus.passages.iter().filter(|p| p.counts && wanted(p)).count()
    }

    /// The readings of a version for which something holds of those who have it and of all who have the passage; the rarest first.
    fn readings(&self, version: usize, wanted: impl Fn(&[usize], &[usize]) -> bool) -> Vec<Shared> {
        let mut found = Vec::new();
        for passage in self.apparatus.passages.iter().filter(|p| p.counts && p.sentences_of(version).is_some()) {
            let all = versions(passage);
            for variant in passage.variants.iter().filter(|variant| variant.level() > Level::Form || is_spelt(variant)) {
                found.extend(held(variant, version).filter(|(holders, _)| wanted(holders, &all)).map(|(holders, tokens)| Shared {
                    holders: holders.len(),
                    version,
                    tokens,
                }));
            }
        }
        found.sort_by_key(Shared::rank);
        found
    }

    /// Whether a reading has words.
    fn is_worded(&self, reading: &Shared) -> bool {
        self.versions[reading.version].text.tokens[reading.tokens.clone()].iter().any(|token| token.kind != TokenKind::Mark)
    }

    /// A phrase about readings that quotes some of them.
    fn told(&self, what: &str, which: &str, readings: Vec<Shared>) -> Option<String> {
        let phrase = counted(readings.len(), what, which)?;
        let quoted: Vec<String> =
            readings.iter().filter(|r| self.is_worded(r)).take(QUOTED).map(|r| format!("“{}”", self.quoted(r))).collect();
        let more = if quoted.len() < readings.len() { ", …" } else { "" };
        Some(if quoted.is_empty() { phrase } else { format!("{phrase}: {}{more}", quoted.join(", ")) })
    }

    fn quoted(&self, reading: &Shared) -> String {
        let Side { raw, text } = self.versions[reading.version];
        let tokens = &text.tokens[reading.tokens.clone()];
        let marks = tokens.iter().take_while(|token| token.kind == TokenKind::Mark).count();
        let tokens = &tokens[marks..];
        let shown = &tokens[..tokens.len().min(WORDS)];
        let (Some(first), Some(last)) = (shown.first(), shown.last()) else { return String::new() };
        let words: Vec<&str> = first.span.to(last.span).of(raw).split_whitespace().collect();
        let more = if shown.len() < tokens.len() { " …" } else { "" };
        format!("{}{more}", words.join(" "))
    }
}

/// The versions that have a passage.
fn versions(passage: &Passage) -> Vec<usize> {
    passage.sentences.iter().map(|(version, _)| *version).collect()
}

/// Whether a difference of form is one of letters: who prints "iron clad" too may have it from there.
fn is_spelt(variant: &Variant) -> bool {
    use super::super::edit::Kind::{Compound, Spelling};
    matches!(variant.kind, Spelling | Compound)
}

/// The reading of a version where what differs in wording counts, with the versions that have it.
fn held(variant: &Variant, version: usize) -> impl Iterator<Item = (Vec<usize>, Range<usize>)> {
    let lowest = if variant.level() == Level::Form { Level::Form } else { Level::Wording };
    let group = variant.readings_at(lowest).into_iter().find(|group| group.iter().any(|r| r.versions().any(|v| v == version)));
    let tokens = variant.reading_of(version).map(|(_, tokens)| tokens.clone());
    group.zip(tokens).into_iter().map(|(group, tokens)| {
        let mut holders: Vec<usize> = group.iter().flat_map(|r| r.versions()).collect();
        holders.sort_unstable();
        (holders, tokens)
    })
}

/// A number of things, unless there are none.
fn counted(count: usize, what: &str, which: &str) -> Option<String> {
    match count {
        0 => None,
        1 => Some(format!("1 {what} {which}")),
        _ => Some(format!("{count} {what}s {which}")),
    }
}
