//! A rewrite held against its sources: where each sentence comes from, what is verbatim, what stands in no source, what was dropped.
//!
//! The rewrite is the right side of a comparison with each source that is worth one (`choice`); `runs` finds what is verbatim in
//! all of them at once, `flags` asks of every flag whether another source says what the rewrite says, and `facts` looks for
//! figures, dates, names and quotations that one side lacks. What is found is told in the order of its weight.

mod choice;
mod facts;
mod flags;
mod runs;

use super::align;
use super::edit::{Edit, Level, content};
use super::flag::FlagKind;
use super::letter::letter;
use super::quotation::Quoted;
use super::rows::{self, BELIEVABLE, Row, RowKind, Sides, Step};
use super::term::{Class, Run, Side, Terms, Vocabulary};
use crate::text::{BlockKind, TokenKind};
use rayon::prelude::*;
use runs::{Index, Match, Tally};
use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};
use std::collections::BTreeMap;
use std::ops::Range;

/// Everything that is said about a rewrite. Sources are indices into what was given, sentences and tokens indices into the
/// [`Text`](crate::text::Text) that they are from.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Check {
    /// What became of each source, in the order in which they were given.
    pub sources: Vec<Source>,
    /// The sentences of the rewrite, every one once and in order.
    pub sentences: Vec<Checked>,
    /// What an editor must not miss, the weightiest first; of one weight in the order of the rewrite.
    pub findings: Vec<Finding>,
    /// What the rewrite left out of the sources that it is made from, the weightiest first.
    pub dropped: Vec<Dropped>,
    /// Figures over the whole.
    pub summary: Summary,
}

/// What was done with a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// It was compared with the rewrite sentence by sentence.
    Compared,
    /// It has the text of another one before it, and counts once.
    Twin(usize),
    /// It shares too little with the rewrite; only runs of words, figures and names were looked for in it.
    Distant,
}

/// A sentence of the rewrite.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Checked {
    /// Whether it counts: page furniture does not, and nothing is found in it.
    pub counts: bool,
    /// Where it comes from, at most one place in each source, the most similar first.
    pub from: Vec<Origin>,
    /// Whether it stands in no source: none has the sentence or a long clause of it.
    pub unsupported: bool,
    /// Words outside quotations, and of those the ones in verbatim runs.
    pub words: usize,
    /// Words outside quotations that stand in verbatim runs, form aside.
    pub verbatim_words: usize,
    /// Words inside quotations that stand in verbatim runs.
    pub quoted_words: usize,
    /// The edits between its first origin, on the left, and itself.
    pub edits: Vec<Edit>,
    /// What was found in it, as indices into [`Check::findings`].
    pub findings: Vec<usize>,
}

impl Checked {
    /// How many of its edits are of form, of wording and of substance.
    pub fn levels(&self) -> [usize; 3] {
        let mut levels = [0; 3];
        self.edits.iter().for_each(|edit| levels[edit.kind.level() as usize] += 1);
        levels
    }
}

/// Where a sentence comes from.
#[derive(Debug, Clone, PartialEq)]
pub struct Origin {
    /// The source.
    pub source: usize,
    /// Its sentences.
    pub sentences: Range<usize>,
    /// How alike they are, 0 to 1; 1 where all that differs is form.
    pub similarity: f64,
    /// Where only a clause was taken over: its tokens in the rewrite and in the source.
    pub clause: Option<(Range<usize>, Range<usize>)>,
}

/// Something that an editor must not miss.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// What was found.
    pub kind: FindingKind,
    /// The sentence of the rewrite that it is about.
    pub sentence: usize,
    /// The tokens of the rewrite that show it; `None` where the rewrite lacks something.
    pub here: Option<Range<usize>>,
    /// Where the rewrite lacks something: the token of the sentence in front of which it would stand, as far as that is known.
    pub gap: Option<usize>,
    /// The source that says something else, with its sentences.
    pub source: Option<(usize, Range<usize>)>,
    /// The tokens of that source that show it; `None` where it lacks something.
    pub there: Option<Range<usize>>,
    /// Other sources beside which the same was found.
    pub also: Vec<usize>,
    /// One sentence of why. Sources are called by their letters, or by the names that were given.
    pub why: String,
}

/// What can be found, the weightiest first: this order is that of the table [`FindingKind::ALL`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FindingKind {
    /// A statement is turned round.
    PolarityFlipped,
    /// A name differs.
    NameChanged,
    /// A name that no source has.
    NameUnsourced,
    /// A figure differs.
    NumberChanged,
    /// A figure that no source has.
    NumberUnsourced,
    /// A date differs.
    DateChanged,
    /// A date that no source has.
    DateUnsourced,
    /// Words inside a quotation differ beyond form.
    QuoteAltered,
    /// A quotation that no source has in these words.
    QuoteUnsourced,
    /// A sentence that stands in no source.
    Unsupported,
    /// Who says it, or how sure they are made to sound, differs.
    AttributionChanged,
    /// How sure the text is differs.
    HedgeChanged,
    /// The same words stand inside quotation marks here and outside there.
    QuoteBoundary,
}

impl FindingKind {
    /// All kinds with their names in JSON and on the page, the weightiest first.
    pub const ALL: [(FindingKind, &'static str); 13] = [
        (FindingKind::PolarityFlipped, "polarity-flipped"),
        (FindingKind::NameChanged, "name-changed"),
        (FindingKind::NameUnsourced, "name-unsourced"),
        (FindingKind::NumberChanged, "number-changed"),
        (FindingKind::NumberUnsourced, "number-unsourced"),
        (FindingKind::DateChanged, "date-changed"),
        (FindingKind::DateUnsourced, "date-unsourced"),
        (FindingKind::QuoteAltered, "quote-altered"),
        (FindingKind::QuoteUnsourced, "quote-unsourced"),
        (FindingKind::Unsupported, "unsupported"),
        (FindingKind::AttributionChanged, "attribution-changed"),
        (FindingKind::HedgeChanged, "hedge-changed"),
        (FindingKind::QuoteBoundary, "quote-boundary"),
    ];

    /// Its name in JSON and on the page.
    pub fn name(self) -> &'static str {
        FindingKind::ALL[self as usize].1
    }
}

impl From<FlagKind> for FindingKind {
    fn from(kind: FlagKind) -> Self {
        match kind {
            FlagKind::PolarityFlipped => FindingKind::PolarityFlipped,
            FlagKind::NameChanged => FindingKind::NameChanged,
            FlagKind::NumberChanged => FindingKind::NumberChanged,
            FlagKind::DateChanged => FindingKind::DateChanged,
            FlagKind::QuoteAltered => FindingKind::QuoteAltered,
            FlagKind::AttributionChanged => FindingKind::AttributionChanged,
            FlagKind::HedgeChanged => FindingKind::HedgeChanged,
            FlagKind::QuoteBoundary => FindingKind::QuoteBoundary,
        }
    }
}

/// A sentence of a source with facts that the rewrite does not have. A fact that several sources have is told once.
#[derive(Debug, Clone, PartialEq)]
pub struct Dropped {
    /// The source.
    pub source: usize,
    /// Its sentence.
    pub sentence: usize,
    /// Whether it is among the first of its source, and was not told at all.
    pub lead: bool,
    /// Whether the rewrite tells the sentence otherwise.
    pub told: bool,
    /// The facts, in the order of the text; a lead may have none.
    pub facts: Vec<Fact>,
}

/// A fact: what it is and the tokens that tell it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// What it is.
    pub kind: FactKind,
    /// Its tokens.
    pub tokens: Range<usize>,
}

/// What a fact is, the weightiest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FactKind {
    /// A figure or a date.
    Figure,
    /// A quotation.
    Quotation,
    /// A name.
    Name,
}

impl FactKind {
    /// Its name in JSON and on the page.
    pub fn name(self) -> &'static str {
        match self {
            FactKind::Figure => "figure",
            FactKind::Quotation => "quotation",
            FactKind::Name => "name",
        }
    }
}

/// Figures over a rewrite; page furniture is left out of all of them.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Summary {
    /// How many sentences it has.
    pub sentences: usize,
    /// How many of them stand in no source.
    pub unsupported: usize,
    /// Words outside quotations.
    pub words: usize,
    /// Of those, words in verbatim runs.
    pub verbatim_words: usize,
    /// Words inside quotations in verbatim runs.
    pub quoted_words: usize,
    /// The run with most words outside quotations.
    pub longest: Option<Verbatim>,
    /// Edits of form, wording and substance between the sentences and their first origins.
    pub edits: [usize; 3],
    /// Findings of each kind.
    pub findings: BTreeMap<FindingKind, usize>,
}

impl Summary {
    /// The share of the words outside quotations that is verbatim, 0 to 1.
    pub fn verbatim_share(&self) -> f64 {
        if self.words == 0 { 0.0 } else { self.verbatim_words as f64 / self.words as f64 }
    }

    /// Words outside quotations of the longest run.
    pub fn longest_run_words(&self) -> usize {
        self.longest.as_ref().map_or(0, |run| run.words)
    }
}

/// A run of words that a source has too, form aside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verbatim {
    /// How many words it has outside quotations.
    pub words: usize,
    /// Its tokens in the rewrite.
    pub here: Range<usize>,
    /// The source.
    pub source: usize,
    /// Its tokens in the source.
    pub there: Range<usize>,
}

/// Holds a rewrite against its sources; runs of `run` words and more count as verbatim. The time grows about linearly with the
/// length of all texts, for only sources that share rarer words with the rewrite are compared sentence by sentence.
pub fn check(rewrite: Side, sources: &[Side], run: usize) -> Check {
    let letters: Vec<String> = (0..sources.len()).map(letter).collect();
    check_named(rewrite, sources, &letters, run)
}

/// The same with names for the sources, by which findings call them.
pub fn check_named(rewrite: Side, sources: &[Side], names: &[String], run: usize) -> Check {
    let mut vocabulary = Vocabulary::default();
    let rewrite = Reading::new(rewrite, &mut vocabulary);
    let twins = twins(sources);
    let readings: Vec<Option<Reading>> =
        sources.iter().zip(&twins).map(|(side, twin)| twin.is_none().then(|| Reading::new(*side, &mut vocabulary))).collect();
    let used = choice::chosen(&rewrite, &readings);
    let compared = used.into_par_iter().filter_map(|source| Some(Compared::new(&rewrite, source, readings[source].as_ref()?))).collect();
    let verbatim = Shared::new(&rewrite, &readings);
    let held = Held { rewrite: &rewrite, readings: &readings, names, compared, verbatim };
    held.check(run, &twins)
}

/// For each source the one before it that has the same text.
fn twins(sources: &[Side]) -> Vec<Option<usize>> {
    let mut first: HashMap<&str, usize> = HashMap::default();
    let known = sources.iter().enumerate().map(|(at, side)| *first.entry(side.raw.trim()).or_insert(at));
    known.enumerate().map(|(at, first)| (first != at).then_some(first)).collect()
}

/// A text as it is read for a check.
struct Reading<'a> {
    side: Side<'a>,
    terms: Terms,
    quoted: Quoted,
    /// The words of all sentences that count, as terms.
    words: Vec<usize>,
}

impl<'a> Reading<'a> {
    fn new(side: Side<'a>, vocabulary: &mut Vocabulary<'a>) -> Self {
        let terms = vocabulary.read(side);
        let counted = terms.sentences.iter().enumerate().filter(|(sentence, _)| side.text.counts(*sentence));
        let words = counted.flat_map(|(_, range)| range.clone()).filter(|&at| terms.all[at].class != Class::Mark).collect();
        Reading { side, quoted: Quoted::new(side), terms, words }
    }

    /// The terms of some sentences.
    fn run(&self, sentences: &Range<usize>) -> Run<'_> {
        let ranges = &self.terms.sentences[sentences.clone()];
        let all = ranges.first().map_or(0, |r| r.start)..ranges.last().map_or(0, |r| r.end);
        Run { side: self.side, terms: &self.terms.all[all] }
    }

    /// All terms of the text.
    fn whole(&self) -> Run<'_> {
        Run { side: self.side, terms: &self.terms.all }
    }

    /// The sentence that a token is in.
    fn sentence_of(&self, token: usize) -> usize {
        let sentences = &self.side.text.sentences;
        sentences.partition_point(|s| s.tokens.end <= token).min(sentences.len().saturating_sub(1))
    }

    /// The sentences that count.
    fn counted(&self) -> impl Iterator<Item = usize> {
        (0..self.terms.sentences.len()).filter(|&sentence| self.side.text.counts(sentence))
    }

    fn is_quoted(&self, term: usize) -> bool {
        self.quoted.of_token[self.terms.all[term].tokens.start].is_some()
    }

    /// How many words a term has.
    fn size(&self, term: usize) -> usize {
        self.side.text.tokens[self.terms.all[term].tokens.clone()].iter().filter(|t| t.kind != TokenKind::Mark).count()
    }

    fn numbers(&self, quoted_only: bool) -> impl Iterator<Item = u32> {
        self.words.iter().filter(move |&&at| !quoted_only || self.is_quoted(at)).map(|&at| self.terms.all[at].word)
    }
}

/// A source and its rows, the source on the left.
struct Compared<'a> {
    source: usize,
    reading: &'a Reading<'a>,
    rows: Vec<Row>,
    /// The row of each sentence of the rewrite.
    row_of: HashMap<usize, usize>,
}

impl<'a> Compared<'a> {
    fn new(rewrite: &Reading, source: usize, reading: &'a Reading<'a>) -> Self {
        let sides = Sides { sides: [reading.side, rewrite.side], terms: [&reading.terms, &rewrite.terms] };
        let rows = rows::rows(sides, align::links(sides.sides, sides.terms));
        Compared { source, reading, row_of: rows::rows_of(&rows, 1), rows }
    }

    /// The row of a sentence of the rewrite.
    fn row(&self, sentence: usize) -> Option<&Row> {
        self.row_of.get(&sentence).map(|&row| &self.rows[row])
    }

    /// The row of a sentence of the rewrite, where the source has the sentence too.
    fn told(&self, sentence: usize) -> Option<&Row> {
        self.row(sentence).filter(|row| is_origin(row))
    }

    fn origin(&self, sentence: usize) -> Option<Origin> {
        let row = self.row(sentence)?;
        let from = |sentences, similarity, clause| Origin { source: self.source, sentences, similarity, clause };
        if is_origin(row) {
            return Some(from(row.left.clone(), row.similarity, None));
        }
        let (there, here) = row.shared.clone().filter(|_| row.kind == RowKind::Added)?;
        let at = self.reading.sentence_of(there.start);
        Some(from(at..at + 1, 0.0, Some((here, there))))
    }
}

/// Whether both sides of a row say the same. One sentence held against one is a row in any case.
fn is_origin(row: &Row) -> bool {
    matches!(row.kind, RowKind::Same | RowKind::Edited) && row.similarity >= BELIEVABLE
}

/// What the rewrite has in common with all sources word by word.
struct Shared {
    /// For each word of the rewrite the longest run that ends there and stands in a source.
    ending: Vec<Match>,
    /// The same, of the words that stand in quotations of the source: a quotation may be broken by its speaker.
    quoted: Vec<Match>,
}

impl Shared {
    fn new(rewrite: &Reading, readings: &[Option<Reading>]) -> Self {
        let index = Index::new(rewrite.numbers(false));
        let read = |quoted_only: bool| {
            let mut tally = Tally::new(&index);
            for (source, reading) in readings.iter().enumerate() {
                if let Some(reading) = reading {
                    tally.read(&index, source, reading.numbers(quoted_only));
                }
            }
            tally.ending(&index)
        };
        Shared { ending: read(false), quoted: read(true) }
    }
}

/// Everything that was read and compared, before it is judged.
struct Held<'a> {
    rewrite: &'a Reading<'a>,
    readings: &'a [Option<Reading<'a>>],
    /// What findings call the sources.
    names: &'a [String],
    compared: Vec<Compared<'a>>,
    verbatim: Shared,
}

impl Held<'_> {
    fn check(&self, run: usize, twins: &[Option<usize>]) -> Check {
        let mut check = Check { sources: self.sources(twins), sentences: self.sentences(), ..Check::default() };
        let verbatim = self.count_verbatim(run, &mut check);
        check.findings = self.findings(&check.sentences);
        for (at, finding) in check.findings.iter().enumerate() {
            check.sentences[finding.sentence].findings.push(at);
        }
        check.dropped = facts::dropped(self, &check);
        check.summary = summary(&check, verbatim);
        check
    }

    fn sources(&self, twins: &[Option<usize>]) -> Vec<Source> {
        let is_compared: HashSet<usize> = self.compared.iter().map(|compared| compared.source).collect();
        let source = |(at, twin): (usize, &Option<usize>)| match twin {
            Some(first) => Source::Twin(*first),
            None if is_compared.contains(&at) => Source::Compared,
            None => Source::Distant,
        };
        twins.iter().enumerate().map(source).collect()
    }

    // --- Sentences --------------------------------------------------------------------------------------------------

    fn sentences(&self) -> Vec<Checked> {
        (0..self.rewrite.terms.sentences.len()).map(|sentence| self.checked(sentence)).collect()
    }

    fn checked(&self, sentence: usize) -> Checked {
        let counts = self.rewrite.side.text.counts(sentence);
        if !counts {
            return Checked::default();
        }
        let mut from: Vec<Origin> = self.compared.iter().filter_map(|compared| compared.origin(sentence)).collect();
        from.sort_by(|a, b| b.similarity.total_cmp(&a.similarity).then(a.source.cmp(&b.source)));
        let nearest = from.first().filter(|origin| origin.clause.is_none());
        let row = nearest.and_then(|origin| self.compared.iter().find(|c| c.source == origin.source)?.told(sentence));
        let words = self.terms_of(sentence).filter(|&at| !self.rewrite.is_quoted(at)).map(|at| self.rewrite.size(at)).sum();
        let supported = from.iter().any(|origin| self.supports(sentence, origin)) || self.is_summed_up(sentence);
        let unsupported = !supported && self.terms_of(sentence).next().is_some();
        let edits = row.map_or_else(Vec::new, |row| self.edits(row, sentence));
        Checked { counts, from, unsupported, words, edits, ..Checked::default() }
    }

    /// Whether an origin has the sentence, or a clause long enough to be where it comes from: a title with its name is none.
    fn supports(&self, sentence: usize, origin: &Origin) -> bool {
        let Some((here, _)) = &origin.clause else { return true };
        let whole = self.rewrite.whole();
        let clause: usize = whole.terms_of(here).map(|at| self.rewrite.size(at)).sum();
        let all: usize = self.terms_of(sentence).map(|at| self.rewrite.size(at)).sum();
        clause >= LONG_CLAUSE || clause * 2 >= all
    }

    /// The words of a sentence of the rewrite, as terms.
    fn terms_of(&self, sentence: usize) -> impl Iterator<Item = usize> {
        let terms = &self.rewrite.terms;
        terms.sentences[sentence].clone().filter(|&at| terms.all[at].class != Class::Mark)
    }

    /// The edits that fall into a sentence; those of the source alone belong to the first sentence of their row.
    fn edits(&self, row: &Row, sentence: usize) -> Vec<Edit> {
        let own = self.rewrite.side.text.sentences[sentence].tokens.clone();
        let is_own = |tokens: &Option<Range<usize>>| tokens.as_ref().map_or(sentence == row.right.start, |t| own.contains(&t.start));
        row.edits.iter().filter(|edit| is_own(&edit.right)).cloned().collect()
    }

    /// Whether a headline or a standfirst sums up what a source tells, in whichever of its sentences.
    fn is_summed_up(&self, sentence: usize) -> bool {
        let kind = self.rewrite.side.text.kind(sentence);
        if !matches!(kind, BlockKind::Headline | BlockKind::Standfirst) {
            return false;
        }
        let own: Vec<u32> = content(self.rewrite.run(&(sentence..sentence + 1)).terms).map(|t| t.stem).collect();
        self.compared.iter().any(|compared| {
            let theirs: HashSet<u32> = content(&compared.reading.terms.all).map(|t| t.stem).collect();
            own.iter().filter(|stem| theirs.contains(stem)).count() * 10 >= own.len() * SUMMED_UP
        })
    }

    // --- Verbatim ---------------------------------------------------------------------------------------------------

    /// Counts the words in verbatim runs of each sentence; the answer is the longest run.
    fn count_verbatim(&self, least: usize, check: &mut Check) -> Option<Verbatim> {
        let rewrite = self.rewrite;
        let mut taken = vec![false; rewrite.terms.all.len()];
        let mut longest: Option<Verbatim> = None;
        for (terms, run) in self.equal_runs().into_iter().chain(self.dressed_runs()) {
            if terms.iter().map(|&at| rewrite.size(at)).sum::<usize>() >= least {
                terms.iter().for_each(|&at| taken[at] = true);
            }
            if run.words > longest.as_ref().map_or(0, |run| run.words) {
                longest = Some(run);
            }
        }
        for at in (0..taken.len()).filter(|&at| taken[at]) {
            let checked = &mut check.sentences[rewrite.sentence_of(rewrite.terms.all[at].tokens.start)];
            *(if rewrite.is_quoted(at) { &mut checked.quoted_words } else { &mut checked.verbatim_words }) += rewrite.size(at);
        }
        longest
    }

    /// Words outside quotations.
    fn own_words(&self, terms: &[usize]) -> usize {
        terms.iter().filter(|&&at| !self.rewrite.is_quoted(at)).map(|&at| self.rewrite.size(at)).sum()
    }

    /// The runs of the same words, wherever they stand in a source, each with its terms.
    fn equal_runs(&self) -> Vec<(Vec<usize>, Verbatim)> {
        let found = runs::longest(&self.verbatim.ending).into_iter();
        found.filter_map(|(words, found)| self.equal_run(&self.rewrite.words[words], found)).collect()
    }

    /// The runs inside a sentence and its origin in which words are joined or abbreviated otherwise: `iron clad` and `ironclad`.
    fn dressed_runs(&self) -> Vec<(Vec<usize>, Verbatim)> {
        let whole = self.rewrite.whole();
        let terms = |tokens: &Range<usize>| {
            let terms = whole.terms_of(tokens);
            terms.filter(|&at| whole.terms[at].class != Class::Mark).collect::<Vec<usize>>()
        };
        let mut found = Vec::new();
        for compared in &self.compared {
            let told = compared.rows.iter().filter(|row| is_origin(row) && self.rewrite.side.text.counts(row.right.start));
            for (there, here) in told.flat_map(|row| dressed(compared.reading, self.rewrite, row)) {
                let terms = terms(&here);
                let run = Verbatim { words: self.own_words(&terms), here, source: compared.source, there };
                found.push((terms, run));
            }
        }
        found
    }

    fn equal_run(&self, terms: &[usize], found: Match) -> Option<(Vec<usize>, Verbatim)> {
        let tokens =
            |reading: &Reading, first: usize, last: usize| reading.terms.all[first].tokens.start..reading.terms.all[last].tokens.end;
        let source = self.readings[found.source].as_ref()?;
        let there = tokens(source, source.words[found.last + 1 - found.words], source.words[found.last]);
        let here = tokens(self.rewrite, *terms.first()?, *terms.last()?);
        Some((terms.to_vec(), Verbatim { words: self.own_words(terms), here, source: found.source, there }))
    }

    // --- Findings ---------------------------------------------------------------------------------------------------

    fn findings(&self, sentences: &[Checked]) -> Vec<Finding> {
        let mut findings = flags::findings(self);
        facts::unsourced(self, sentences, &mut findings);
        let at = |finding: &Finding| finding.here.as_ref().map(|here| here.start).or(finding.gap).unwrap_or(0);
        let place = |finding: &Finding| (finding.sentence, at(finding));
        findings.sort_by_key(|finding| (finding.kind, place(finding)));
        findings
    }
}

/// The runs of a row that are the same but for form, as tokens of both sides; rows without such a difference have none that are
/// not found as runs of the same words.
fn dressed(there: &Reading, here: &Reading, row: &Row) -> Vec<(Range<usize>, Range<usize>)> {
    let is_form = |edit: usize| row.edits[edit].kind.level() == Level::Form;
    let mut runs: Vec<(Range<usize>, Range<usize>)> = Vec::new();
    if !(0..row.edits.len()).any(is_form) {
        return runs;
    }
    let tokens = |reading: &Reading, sentences: &Range<usize>| reading.run(sentences).tokens().unwrap_or(0..0);
    let mut goes_on = false;
    for step in rows::steps(tokens(there, &row.left), tokens(here, &row.right), &row.edits) {
        let same = match step {
            Step::Same(left, right) => Some((left..left + 1, right..right + 1)),
            Step::Differs(edit) if is_form(edit) => row.edits[edit].left.clone().zip(row.edits[edit].right.clone()),
            // Signs that one side alone has break no run.
            Step::Left(edit) | Step::Right(edit) if is_form(edit) => continue,
            _ => None,
        };
        let is_same = same.is_some();
        match (same, runs.last_mut().filter(|_| goes_on)) {
            (Some((left, right)), Some(last)) => (last.0.end, last.1.end) = (left.end, right.end),
            (Some(same), None) => runs.push(same),
            (None, _) => {}
        }
        goes_on = is_same;
    }
    runs
}

/// How many words of a clause are enough, whatever stands around them.
const LONG_CLAUSE: usize = 10;
/// How many tenths of the words of a headline a source must have.
const SUMMED_UP: usize = 6;

fn summary(check: &Check, longest: Option<Verbatim>) -> Summary {
    let mut summary = Summary { longest, ..Summary::default() };
    for checked in check.sentences.iter().filter(|checked| checked.counts) {
        summary.sentences += 1;
        summary.unsupported += usize::from(checked.unsupported);
        summary.words += checked.words;
        summary.verbatim_words += checked.verbatim_words;
        summary.quoted_words += checked.quoted_words;
        summary.edits.iter_mut().zip(checked.levels()).for_each(|(sum, edits)| *sum += edits);
    }
    for finding in &check.findings {
        *summary.findings.entry(finding.kind).or_default() += 1;
    }
    summary
}

#[cfg(test)]
mod tests;
