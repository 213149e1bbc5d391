//! What is kept of an article to find its story: its runs of three words and its words, by hash, and its day.

use crate::corpus::Article;
use crate::text::{BlockKind, TokenKind, fold, lexicon};
use jiff::civil::{Date, date};
use xxhash_rust::xxh3::xxh3_64;

/// How many words make a run.
const RUN: usize = 3;
/// So many runs are the opening of an article, its first two or three sentences; of a short one half of them.
const OPENING: usize = 60;
/// So many words are the top of the body.
const TOP: usize = 180;

/// What is kept of an article to find its story. It is plain numbers, to be saved as it is: see [`Sketch::numbers`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sketch {
    /// In order and each once: 31 bits of hash, and whether the run is of the opening.
    runs: Vec<u32>,
    /// In order and each once: 27 bits of hash, how often the word is told up to 4 times less one, whether at the top of the body and
    /// in the headline, and whether it is a fact: a name or a figure.
    words: Vec<u32>,
    /// The day of publication, counted from 1970-01-01.
    day: Option<i32>,
}

/// One run of a [`Sketch`].
#[derive(Debug, Clone, Copy)]
pub(super) struct Run(pub(super) u32);

impl Run {
    /// How many bits tell what is known of the run in this article.
    pub(super) const SPARE: u32 = 1;

    /// The run without what is known of it in this article.
    pub(super) fn hash(self) -> u32 {
        self.0 >> Run::SPARE
    }

    /// Whether it is of the opening.
    pub(super) fn opens(self) -> bool {
        self.0 & 1 != 0
    }
}

/// One word of a [`Sketch`].
#[derive(Debug, Clone, Copy)]
pub(super) struct Word(pub(super) u32);

impl Word {
    /// How many bits tell what is known of the word in this article.
    pub(super) const SPARE: u32 = 5;
    const FACT: u32 = 1;
    const HEADLINE: u32 = 1 << 1;
    const TOP: u32 = 1 << 2;
    /// Of the number of times.
    const ONE: u32 = 1 << 3;

    /// The word without what is known of it in this article.
    pub(super) fn hash(self) -> u32 {
        self.0 >> Word::SPARE
    }

    /// Whether it is a name or a figure.
    pub(super) fn is_fact(self) -> bool {
        self.0 & Word::FACT != 0
    }

    /// Whether it stands in the headline.
    pub(super) fn is_in_headline(self) -> bool {
        self.0 & Word::HEADLINE != 0
    }

    /// Whether it stands in the headline or at the top of the body.
    pub(super) fn is_at_top(self) -> bool {
        self.0 & (Word::TOP | Word::HEADLINE) != 0
    }

    /// How often it is told, up to 4 times.
    pub(super) fn times(self) -> u32 {
        (self.0 >> 3 & 3) + 1
    }

    /// The same word told here and there.
    fn and(self, other: Word) -> Word {
        let times = (self.times() + other.times()).min(4);
        Word(((self.0 | other.0) & !(3 * Word::ONE)) | ((times - 1) * Word::ONE))
    }
}

impl Sketch {
    /// The sketch of an article. Page furniture is left out; the headline, which is rewritten everywhere, lends its words alone.
    pub fn new(article: &Article) -> Self {
        let text = &article.parsed;
        let mut draft = Draft::default();
        for index in (0..text.sentences.len()).filter(|&s| text.counts(s)) {
            let tokens = text.tokens[text.sentences[index].tokens.clone()].iter().filter(|t| t.kind != TokenKind::Mark);
            let words: Vec<&str> = tokens.map(|t| t.span.of(&article.text)).collect();
            draft.add(&words, text.kind(index) == BlockKind::Headline);
        }
        draft.finish(article.date)
    }

    /// The runs as they are kept, in order.
    pub(super) fn runs(&self) -> &[u32] {
        &self.runs
    }

    /// The words as they are kept, in order.
    pub(super) fn words(&self) -> &[u32] {
        &self.words
    }

    /// The same with about one in `share` of its runs: of one hash in all articles, so that what two of them share stays the same
    /// share of both (FracMinHash, Irber et al. 2022). The words stay.
    pub fn thinned(mut self, share: u32) -> Self {
        if share > 1 {
            self.runs.retain(|run| Run(*run).hash().wrapping_mul(0x9e37_79b1) >> 8 < (1 << 24) / share);
            self.runs.shrink_to_fit();
        }
        self
    }

    /// Whether it says enough for others to say the same.
    pub(super) fn tells(&self) -> bool {
        !self.runs.is_empty()
    }

    /// How many days lie between two articles, where both have one.
    pub(super) fn days_from(&self, other: &Sketch) -> Option<u32> {
        Some(self.day?.abs_diff(other.day?))
    }

    /// A value that tells articles apart whatever their place in the corpus. Articles with the same text and day share it.
    pub(super) fn mark(&self) -> u64 {
        let bytes: Vec<u8> = self.numbers().iter().flat_map(|number| number.to_le_bytes()).collect();
        xxh3_64(&bytes)
    }

    /// The sketch as plain numbers, to be saved: the day, how many runs there are, the runs, the words. The day is counted from
    /// 1970-01-01 and has 2³¹ added; it is 0 where there is none.
    pub fn numbers(&self) -> Vec<u32> {
        let day = self.day.map_or(0, |day| day.cast_unsigned() ^ DAY_ZERO);
        let count = u32::try_from(self.runs.len()).unwrap_or(u32::MAX);
        [day, count].into_iter().chain(self.runs.iter().copied()).chain(self.words.iter().copied()).collect()
    }

    /// The sketch that was saved as these numbers; `None` where they are none.
    pub fn of_numbers(numbers: &[u32]) -> Option<Self> {
        let (&[day, count], rest) = numbers.split_first_chunk()?;
        let (runs, words) = rest.split_at_checked(usize::try_from(count).ok()?)?;
        let ordered =
            runs.is_sorted_by(|a, b| Run(*a).hash() < Run(*b).hash()) && words.is_sorted_by(|a, b| Word(*a).hash() < Word(*b).hash());
        let day = (day != 0).then_some((day ^ DAY_ZERO).cast_signed());
        ordered.then(|| Sketch { runs: runs.to_vec(), words: words.to_vec(), day })
    }
}

/// 1970-01-01 in the numbers of a sketch.
const DAY_ZERO: u32 = 1 << 31;

/// A sketch in the making.
#[derive(Default)]
struct Draft {
    runs: Vec<u32>,
    words: Vec<u32>,
    /// Words of the body so far.
    told: usize,
}

impl Draft {
    /// Adds a sentence.
    fn add(&mut self, words: &[&str], is_headline: bool) {
        let folded: Vec<String> = words.iter().map(|word| fold::word(word).to_lowercase()).collect();
        let place = if is_headline { Word::HEADLINE } else { Word::TOP * u32::from(self.told < TOP) };
        for (at, (word, folded)) in words.iter().zip(&folded).enumerate() {
            if !lexicon::is_function_word(folded) {
                let fact = if !is_headline && is_fact(word, at) { Word::FACT } else { 0 };
                self.words.push(short(&lexicon::stem(folded)) << Word::SPARE | place | fact);
            }
        }
        if !is_headline {
            self.told += words.len();
            self.runs.extend(folded.windows(RUN).map(|run| short(&run.join(" ")) & !1));
        }
    }

    fn finish(mut self, day: Option<Date>) -> Sketch {
        let opening = OPENING.min(self.runs.len().div_ceil(2));
        self.runs[..opening].iter_mut().for_each(|run| *run |= 1);
        self.runs.sort_unstable_by_key(|run| (run >> 1, run & 1 == 0));
        self.runs.dedup_by_key(|run| *run >> 1);
        self.words.sort_unstable();
        self.words.dedup_by(|next, kept| {
            let same = Word(*next).hash() == Word(*kept).hash();
            *kept = if same { Word(*kept).and(Word(*next)).0 } else { *kept };
            same
        });
        self.runs.shrink_to_fit();
        self.words.shrink_to_fit();
        Sketch { runs: self.runs, words: self.words, day: day.and_then(days) }
    }
}

/// Whether a word is a figure, or a name: a first word may have its capital for standing there.
fn is_fact(word: &str, at: usize) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit()) || at > 0 && word.len() > 3 && word.starts_with(char::is_uppercase)
}

fn short(text: &str) -> u32 {
    u32::try_from(xxh3_64(text.as_bytes()) >> 32).unwrap_or(0)
}

fn days(day: Date) -> Option<i32> {
    day.since(date(1970, 1, 1)).ok().map(|span| span.get_days())
}
