//! The marks about a check or a story, entered under what they are about; what is about nothing of that stands by itself.

use super::edition::Edition;
use super::proof::Proof;
use crate::collate::apparatus::{Passage, Sighting, span};
use crate::corpus::Article;
use crate::corpus::notes::{Mark, Marks, On, Spot, Standing, Verdict, hash, standing};
use crate::corpus::story::letter;
use crate::text::Span;
use std::collections::BTreeMap;
use std::ops::Range;

/// Which marks are wanted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Only those that somebody has still to see to.
    pub open_only: bool,
    /// Only those of one editor.
    pub by: Option<String>,
}

impl Wanted {
    /// Whether some marks may be left out.
    pub fn is_limited(&self) -> bool {
        self.open_only || self.by.is_some()
    }

    /// In a sentence, what is shown where some marks may be left out.
    pub fn told(&self) -> Option<String> {
        let open = if self.open_only { "open marks" } else { "marks" };
        let by = self.by.as_ref().map_or_else(String::new, |by| format!(" of {by}"));
        self.is_limited().then(|| format!("Shown below: only {open}{by} and what they are about."))
    }

    fn has(&self, mark: &Mark) -> bool {
        (!self.open_only || mark.decision.is_open()) && self.by.as_ref().is_none_or(|by| *by == mark.by)
    }
}

/// What a mark can be about, by its index; passages, variants and flags count from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum About {
    /// A finding of a check.
    Finding(usize),
    /// A flag of a passage.
    Flag(usize, usize),
    /// A variant of a passage.
    Variant(usize, usize),
}

/// A mark with the article that it is in.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Entry<'a> {
    /// The mark.
    pub mark: &'a Mark,
    /// Where the article is among those that are printed; in a check the rewrite is the first, and the sources follow.
    pub article: usize,
    /// Where its place is in the text as it is now.
    pub standing: Standing,
}

/// How findings and flags were decided about, whatever is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// All findings, or flags.
    pub all: usize,
    /// Those that are right as they are.
    pub accepted: usize,
    /// Those to be asked about.
    pub queries: usize,
    /// Those that are wrong.
    pub errors: usize,
    /// Those without a verdict.
    pub undecided: usize,
    /// Marks that are about something else.
    pub others: usize,
}

/// Marks under what they are about.
#[derive(Debug)]
pub struct Ledger<'a> {
    about: BTreeMap<About, Vec<&'a Mark>>,
    /// The marks that are about no finding, flag or variant, in the order of articles and places.
    pub others: Vec<Entry<'a>>,
    /// How much was decided.
    pub counts: Counts,
    /// Which marks are wanted; others are counted, and are nowhere else.
    pub wanted: &'a Wanted,
    /// What the articles are called, in their order.
    names: Vec<String>,
}

impl<'a> Ledger<'a> {
    /// The marks about a check.
    pub fn check(proof: Proof, marks: &'a Marks, wanted: &'a Wanted) -> Self {
        let names = [String::from("rewrite")].into_iter().chain((0..proof.sources.len()).map(letter)).collect();
        let mut ledger = Ledger::new([proof.rewrite].into_iter().chain(proof.sources), names, marks, wanted);
        for (at, finding) in proof.check.findings.iter().enumerate() {
            let target = marks.target(&Spot::finding(proof.rewrite, proof.sources, finding), &proof.rewrite.text);
            ledger.enter(About::Finding(at), true, |entry| target.as_ref() == Some(&entry.mark.target));
        }
        ledger.finished()
    }

    /// The marks about a story; those on variants that are not wanted stand by themselves.
    pub fn story(edition: Edition, marks: &'a Marks, wanted: &'a Wanted) -> Self {
        let mut ledger = Ledger::new(edition.articles, (0..edition.articles.len()).map(letter).collect(), marks, wanted);
        let passages = || edition.apparatus.passages.iter().enumerate().filter(|(_, passage)| passage.counts);
        for (at, passage) in passages() {
            for (number, flag) in passage.flags.iter().enumerate() {
                ledger.enter(About::Flag(at, number), true, |entry| is_about_flag(edition, flag, entry));
            }
        }
        for (at, passage) in passages() {
            for (number, variant) in edition.variants(passage) {
                let has = |entry: &Entry| {
                    let reading = variant.reading_of(entry.article).map(|(_, tokens)| tokens);
                    let is_of_words = matches!(entry.mark.spot.on, On::Difference | On::Flag);
                    is_of_words && reading.is_some_and(|tokens| meets(edition, tokens, entry))
                };
                ledger.enter(About::Variant(at, number), false, has);
            }
        }
        ledger.finished()
    }

    fn new<'b>(articles: impl IntoIterator<Item = &'b Article>, names: Vec<String>, marks: &'a Marks, wanted: &'a Wanted) -> Self {
        let mut others = Vec::new();
        for (at, article) in articles.into_iter().enumerate() {
            let hash = hash(&article.text);
            let entry = |mark: &'a Mark| Entry { mark, article: at, standing: standing(&mark.spot, &article.text, &hash) };
            others.extend(marks.of(&article.id).into_iter().map(entry));
        }
        Ledger { about: BTreeMap::new(), others, counts: Counts::default(), wanted, names }
    }

    /// Enters the marks about something; what an editor must not miss is counted.
    fn enter(&mut self, about: About, counts: bool, is_about: impl Fn(&Entry) -> bool) {
        let (own, others) = std::mem::take(&mut self.others).into_iter().partition(is_about);
        self.others = others;
        let mut own: Vec<&Mark> = own.into_iter().map(|entry: Entry<'a>| entry.mark).collect();
        own.sort();
        if counts {
            self.counts.add(own.last().and_then(|last| last.decision.verdict));
        }
        own.retain(|mark| self.wanted.has(mark));
        self.about.insert(about, own);
    }

    fn finished(mut self) -> Self {
        self.counts.others = self.others.len();
        self.others.retain(|entry| self.wanted.has(entry.mark));
        self
    }

    /// The marks about something, the earliest first.
    pub fn of(&self, about: About) -> &[&'a Mark] {
        self.about.get(&about).map_or(&[], Vec::as_slice)
    }

    /// The marks about a variant and about the flags on it, the earliest first.
    pub fn of_variant(&self, at: usize, passage: &Passage, variant: usize) -> Vec<&'a Mark> {
        let flags = (0..passage.flags.len()).filter(|&flag| passage.flags[flag].variants.contains(&variant));
        let mut marks: Vec<&Mark> = flags.flat_map(|flag| self.of(About::Flag(at, flag))).copied().collect();
        marks.extend(self.of(About::Variant(at, variant)));
        marks.sort();
        marks
    }

    /// All marks that are about something, each with that.
    pub fn entered(&self) -> impl Iterator<Item = (About, &'a Mark)> {
        self.about.iter().flat_map(|(about, marks)| marks.iter().map(|mark| (*about, *mark)))
    }

    /// Whether something is shown that has these marks.
    pub fn shows(&self, marks: &[&Mark]) -> bool {
        !self.wanted.is_limited() || !marks.is_empty()
    }

    /// What an article is called.
    pub fn name(&self, article: usize) -> &str {
        &self.names[article]
    }

    /// The marks on whole articles, those on other places, and those whose words are no longer there, each with its title.
    pub fn lists(&self) -> [(&'static str, Vec<Entry<'a>>); 3] {
        let list = |wanted: fn(&Entry) -> bool| self.others.iter().copied().filter(wanted).collect();
        [
            ("Marks on whole articles", list(|entry| entry.mark.spot.on == On::Article)),
            ("Marks on other places", list(|entry| entry.mark.spot.on != On::Article && entry.standing.span().is_some())),
            ("Marks whose words are no longer there", list(|entry| entry.standing == Standing::Adrift)),
        ]
    }
}

impl Counts {
    fn add(&mut self, verdict: Option<Verdict>) {
        self.all += 1;
        *match verdict {
            Some(Verdict::Accept) => &mut self.accepted,
            Some(Verdict::Query) => &mut self.queries,
            Some(Verdict::Error) => &mut self.errors,
            None => &mut self.undecided,
        } += 1;
    }

    /// Each number with its name: how findings and flags were decided about.
    pub fn decided(&self) -> [(&'static str, usize); 4] {
        [("accepted", self.accepted), ("queries", self.queries), ("errors", self.errors), ("undecided", self.undecided)]
    }
}

/// Whether a mark is about a flag: on words that show it, as a flag of the same kind or as the difference that is flagged.
fn is_about_flag(edition: Edition, flag: &Sighting, entry: &Entry) -> bool {
    let spot = &entry.mark.spot;
    let evidence = flag.evidence.iter().find(|(version, _)| *version == entry.article);
    let is_of_kind = match spot.on {
        On::Flag => spot.kind.as_deref() == Some(flag.kind.name()),
        On::Difference => true,
        On::Article | On::Sentence => false,
    };
    is_of_kind && evidence.is_some_and(|(_, tokens)| meets(edition, tokens, entry))
}

/// Whether the place of a mark and some tokens of its article have a byte in common, or are one.
fn meets(edition: Edition, tokens: &Range<usize>, entry: &Entry) -> bool {
    let own: Span = span(&edition.articles[entry.article].parsed, tokens);
    entry.standing.span().is_some_and(|place| place.overlaps(own) || place == own)
}

/// What a mark says: its verdict, or that it is a note.
pub fn verdict(mark: &Mark) -> &'static str {
    mark.decision.verdict.map_or("note", Verdict::name)
}

/// When a mark was made, to the minute.
pub fn time(mark: &Mark) -> String {
    mark.at.strftime("%Y-%m-%d %H:%M UTC").to_string()
}
