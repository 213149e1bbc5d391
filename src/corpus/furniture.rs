//! Page furniture by recurrence: what an outlet prints again and again under unrelated stories is the page's, not the story's.
//!
//! A paragraph recurs in one outlet for two reasons. Either it is the page's own, or the outlet tells a story again: a later
//! take, a cut version, the background that every report on a trial repeats. So not articles are counted but articles that have
//! nothing to do with each other: hardly a name in common in the paragraphs that are theirs alone. Whether both are versions of
//! one [`Story`](super::story::Story) is not asked, for a common footer may have made them so. Stock phrases of news ("The
//! ministry did not answer questions on Monday.") recur under anything; they stand in the middle of articles and in few of them,
//! the page's sentences at the end or nearly everywhere.
//!
//! The work is linear in the corpus, and neither the order of files nor that of outlets changes the result.

use super::{Article, Entry, ReadError, Roots};
use crate::text::{BlockKind, TokenKind, block, fold};
use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};
use std::sync::Arc;
use xxhash_rust::xxh3::{xxh3_64, xxh3_64_with_seed};

/// How the articles of a corpus are read: what is known to be furniture in it, and whether furniture is to count.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reading {
    /// The furniture of the corpus, once that was read.
    pub furniture: Arc<Furniture>,
    /// Whether page furniture is read and counted like news.
    pub whole: bool,
    /// How often articles were seen to change: what was read before is of another edition.
    pub edition: usize,
}

impl Reading {
    /// Reads the article of an entry this way.
    pub fn open(&self, entry: &Entry) -> Result<Article, ReadError> {
        let mut article = super::open(entry)?;
        self.furniture.mark(&mut article);
        article.parsed.whole = self.whole;
        Ok(article)
    }
}

/// The furniture of a corpus: hashes of paragraphs, each together with its outlet.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Furniture {
    forms: HashSet<u64>,
    roots: Roots,
}

/// What is kept of an article to find furniture.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Imprint {
    outlet: u64,
    blocks: Vec<Print>,
}

/// One block: its form and its names, by hash.
#[derive(Debug, Clone, PartialEq)]
struct Print {
    form: u64,
    names: Vec<u64>,
    role: Role,
}

/// What a block can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    /// Never furniture: headline, first paragraph, speech, figures.
    News,
    /// Furniture already, or nothing that counts.
    Aside,
    /// A line that is no sentence.
    Line,
    /// A sentence or more.
    Prose,
    /// A sentence so short that chance repeats it.
    Stock,
}

impl Role {
    /// All in the order of their numbers.
    const ALL: [Role; 5] = [Role::News, Role::Aside, Role::Line, Role::Prose, Role::Stock];
}

impl Imprint {
    /// What is kept of an article in a corpus that was opened by `roots`.
    pub fn new(article: &Article, roots: &Roots) -> Self {
        let outlet = outlet(article, roots);
        let mut blocks: Vec<Print> = roles(article)
            .into_iter()
            .zip(&article.parsed.blocks)
            .map(|(role, block)| Print { form: form(outlet, block.span.of(&article.text)), names: Vec::new(), role })
            .collect();
        for sentence in &article.parsed.sentences {
            let words = article.parsed.tokens[sentence.tokens.clone()].iter().filter(|t| t.kind != TokenKind::Mark).skip(1);
            let names = words.map(|t| t.span.of(&article.text)).filter(|w| w.len() > 3 && w.starts_with(char::is_uppercase));
            blocks[sentence.block].names.extend(names.map(|name| xxh3_64(name.as_bytes())));
        }
        Imprint { outlet, blocks }
    }

    /// All of it as plain numbers, to be saved: the outlet, then for every block its form, its role and how many names it has in one
    /// number, and the names.
    pub fn numbers(&self) -> Vec<u64> {
        let block = |print: &Print| {
            let head = [print.form, (print.role as u64) << 32 | print.names.len() as u64];
            head.into_iter().chain(print.names.iter().copied()).collect::<Vec<_>>()
        };
        std::iter::once(self.outlet).chain(self.blocks.iter().flat_map(block)).collect()
    }

    /// What was saved as these numbers; `None` where they are none.
    pub fn of_numbers(numbers: &[u64]) -> Option<Self> {
        let (&outlet, mut rest) = numbers.split_first()?;
        let mut blocks = Vec::new();
        while let Some((&[form, told], behind)) = rest.split_first_chunk() {
            let (names, behind) = behind.split_at_checked(usize::try_from(told & u64::from(u32::MAX)).ok()?)?;
            blocks.push(Print { form, names: names.to_vec(), role: *Role::ALL.get(usize::try_from(told >> 32).ok()?)? });
            rest = behind;
        }
        rest.is_empty().then_some(Imprint { outlet, blocks })
    }

    /// A value that tells articles apart whatever their place in the corpus.
    fn mark(&self) -> u64 {
        self.blocks.iter().fold(self.outlet, |mark, print| xxh3_64_with_seed(&print.form.to_le_bytes(), mark))
    }
}

/// Who printed an article; where nobody says so, the folder that it is in.
fn outlet(article: &Article, roots: &Roots) -> u64 {
    let folder = || article.path.parent().map(|folder| roots.key(folder)).unwrap_or_default();
    xxh3_64(&article.outlet.as_ref().map_or_else(folder, |outlet| outlet.clone().into_bytes()))
}

/// The hash of a paragraph in an outlet: case, white space and typography folded, digits as one sign.
fn form(outlet: u64, text: &str) -> u64 {
    let mut form = String::with_capacity(text.len());
    for word in fold::case(text).split_whitespace() {
        form.push(' ');
        for c in word.chars() {
            let c = if c.is_ascii_digit() { '#' } else { c };
            if c != '#' || !form.ends_with('#') {
                form.push(c);
            }
        }
    }
    xxh3_64_with_seed(form.as_bytes(), outlet)
}

/// What each block of an article can be.
fn roles(article: &Article) -> Vec<Role> {
    let blocks = &article.parsed.blocks;
    let first = blocks.iter().position(|b| b.kind == BlockKind::Paragraph);
    let role = |(index, block): (usize, &crate::text::Block)| match block.kind {
        BlockKind::Headline => Role::News,
        _ if Some(index) == first => Role::News,
        BlockKind::Paragraph | BlockKind::Standfirst | BlockKind::Caption => role(block.span.of(&article.text)),
        _ => Role::Aside,
    };
    blocks.iter().enumerate().map(role).collect()
}

/// Fewer words are a stock phrase.
const STOCK: usize = 8;

fn role(text: &str) -> Role {
    let words = text.split_whitespace().count();
    let figures =
        text.split(|c: char| !c.is_ascii_digit() && c != '.' && c != ',').filter(|w| w.contains(|c: char| c.is_ascii_digit())).count();
    let letters = text.chars().filter(|c| c.is_alphabetic()).take(2).count();
    match () {
        // Somebody speaks, or a figure is told: digits are one sign in a form, and a changed number must not go by unseen.
        () if text.contains(['"', '“', '„', '«']) || figures * 8 > words || letters < 2 => Role::News,
        () if !block::ends_sentence(text) => Role::Line,
        () if words < STOCK => Role::Stock,
        () => Role::Prose,
    }
}

/// How many unrelated articles make furniture.
const UNRELATED: usize = 3;
/// An article with fewer names of its own cannot be told from others.
const NAMES: usize = 3;

impl Furniture {
    /// What recurs in a corpus that was opened by `roots`.
    pub fn learn(imprints: &[Imprint], roots: Roots) -> Self {
        let corpus = Corpus::new(imprints);
        let forms = corpus.holders.iter().filter(|(form, held)| corpus.is_furniture(**form, held)).map(|(form, _)| *form).collect();
        Furniture { forms, roots }
    }

    /// The forms as plain numbers, in order, to be saved.
    pub fn numbers(&self) -> Vec<u64> {
        let mut numbers: Vec<u64> = self.forms.iter().copied().collect();
        numbers.sort_unstable();
        numbers
    }

    /// What was saved as these numbers, in a corpus that was opened by `roots`.
    pub fn of_numbers(numbers: &[u64], roots: Roots) -> Self {
        Furniture { forms: numbers.iter().copied().collect(), roots }
    }

    /// Whether nothing recurs.
    pub fn is_empty(&self) -> bool {
        self.forms.is_empty()
    }

    /// Makes the furniture in an article boilerplate.
    pub fn mark(&self, article: &mut Article) {
        if self.is_empty() {
            return;
        }
        let outlet = outlet(article, &self.roots);
        for (index, role) in roles(article).into_iter().enumerate() {
            let block = &mut article.parsed.blocks[index];
            if matches!(role, Role::Line | Role::Prose | Role::Stock) && self.forms.contains(&form(outlet, block.span.of(&article.text))) {
                block.kind = BlockKind::Boilerplate;
            }
        }
    }
}

/// An article that has a form, and how it stands there.
#[derive(Debug, Clone, Copy)]
struct Holder {
    /// The article, as an index into [`Corpus::articles`].
    article: usize,
    /// What the block can be.
    role: Role,
}

/// The articles of a corpus as recurrence sees them.
struct Corpus<'a> {
    articles: Vec<&'a Imprint>,
    /// For every article the names in the paragraphs that no other article of the outlet has, in order.
    names: Vec<Vec<u64>>,
    /// For every form that ends articles in how many it does: in their tails, which are the last blocks that all recur.
    tails: HashMap<u64, usize>,
    /// For every form the articles that have it.
    holders: HashMap<u64, Vec<Holder>>,
    /// How many articles an outlet has.
    outlets: HashMap<u64, usize>,
}

impl<'a> Corpus<'a> {
    fn new(imprints: &'a [Imprint]) -> Self {
        let mut articles: Vec<&Imprint> = imprints.iter().collect();
        articles.sort_by_cached_key(|imprint| imprint.mark());
        let holders = holders(&articles);
        let recurs = |print: &Print| holders.get(&print.form).is_some_and(|held| held.len() > 1);
        let tail = |imprint: &&Imprint| {
            let blocks = imprint.blocks.iter().rev().take_while(|p| p.role == Role::Aside || recurs(p));
            blocks.map(|print| print.form).collect::<HashSet<u64>>()
        };
        let mut tails: HashMap<u64, usize> = HashMap::default();
        articles.iter().flat_map(tail).for_each(|form| *tails.entry(form).or_default() += 1);
        let mut outlets: HashMap<u64, usize> = HashMap::default();
        articles.iter().for_each(|article| *outlets.entry(article.outlet).or_default() += 1);
        Corpus { names: articles.iter().map(|article| own_names(article, recurs)).collect(), tails, articles, holders, outlets }
    }

    fn is_furniture(&self, form: u64, held: &[Holder]) -> bool {
        held.len() >= UNRELATED && self.is_the_pages(form, held) && self.has_unrelated(held)
    }

    /// Whether a form is one of the page's: a line that is no sentence, or what stands in a fifth of the articles of its outlet,
    /// or a sentence of some length with which, mostly, the news has ended.
    fn is_the_pages(&self, form: u64, held: &[Holder]) -> bool {
        let everywhere = held.len() * 5 >= self.outlets[&self.articles[held[0].article].outlet];
        let last = self.tails.get(&form).copied().unwrap_or(0);
        match held[0].role {
            Role::Line => true,
            Role::Prose => everywhere || last * 4 >= held.len() * 3,
            Role::Stock => everywhere,
            Role::News | Role::Aside => false,
        }
    }

    /// Whether some of the articles have nothing to do with each other.
    fn has_unrelated(&self, held: &[Holder]) -> bool {
        let mut found: Vec<usize> = Vec::with_capacity(UNRELATED);
        for holder in held.iter().filter(|holder| self.names[holder.article].len() >= NAMES) {
            if found.iter().all(|&other| !self.are_related(holder.article, other)) {
                found.push(holder.article);
            }
            if found.len() == UNRELATED {
                return true;
            }
        }
        false
    }

    /// Whether two articles share a fifth of the names of the one that has fewer.
    fn are_related(&self, a: usize, b: usize) -> bool {
        let (few, many) = if self.names[a].len() < self.names[b].len() { (a, b) } else { (b, a) };
        let shared = self.names[few].iter().filter(|name| self.names[many].binary_search(name).is_ok()).count();
        shared * 5 >= self.names[few].len()
    }
}

/// For every form that can be furniture the articles that have it, each once.
fn holders(articles: &[&Imprint]) -> HashMap<u64, Vec<Holder>> {
    let mut holders: HashMap<u64, Vec<Holder>> = HashMap::default();
    for (article, imprint) in articles.iter().enumerate() {
        for print in imprint.blocks.iter().filter(|print| matches!(print.role, Role::Line | Role::Prose | Role::Stock)) {
            let held = holders.entry(print.form).or_default();
            if held.last().is_none_or(|last| last.article != article) {
                held.push(Holder { article, role: print.role });
            }
        }
    }
    holders
}

/// The names in the blocks of an article that do not recur.
fn own_names(article: &Imprint, recurs: impl Fn(&Print) -> bool) -> Vec<u64> {
    let own = article.blocks.iter().filter(|print| print.role != Role::Aside && !recurs(print));
    let mut names: Vec<u64> = own.flat_map(|print| print.names.iter().copied()).collect();
    names.sort_unstable();
    names.dedup();
    names
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::article::Parts;
    use crate::text::Unit;
    use std::path::PathBuf;

    const FERRY: [&str; 4] = [
        "The ferry Lady Maren ran aground off Skarra on Monday with eighty people on board.",
        "Captain Orla Dunmore told the Harbour Board that the light on Anvil Reef was out.",
        "The Carrow Coastguard sent two boats from Skarra and took everybody off before dark.",
        "The Lady Maren belongs to Ellary Island Lines, which has sailed to Skarra since the war.",
    ];
    const RATE: [&str; 4] = [
        "The Bank of Lannock kept its rate where it was, to the surprise of Tarn Street.",
        "Governor Ada Ansley wrote to Parliament that prices in Lannock rise more slowly now.",
        "Oskar Lindmoor of the brokerage Hale expected the Governor to move in the spring.",
        "Exporters on the Veld Coast had asked Ansley for a lower rate since the winter.",
    ];
    const RULING: [&str; 4] = [
        "The Appeals Court in Lessick let the dam at Tamsel Bridge stand against the village.",
        "Judge Rafe Lorrimer wrote that the United Cantons had heard everybody who asked.",
        "Lawyer Ilse Brandt will go to the High Court of the Cantons for the people of Tamsel.",
        "Tamsel Bridge has fought the Hesk Power Company over the dam for eleven years now.",
    ];
    const FOOTER: &str = "The Gazette is printed on the lake and delivered by boat to every pier before breakfast.";

    fn article(path: &str, body: &[&str]) -> Article {
        let text = format!("A headline of some words\n\n{}", body.join("\n\n"));
        Article::new(PathBuf::from(path), Parts { text, titled: true, ..Parts::default() }, Unit::Sentence)
    }

    fn with<'a>(story: &[&'a str], more: &[&'a str]) -> Vec<&'a str> {
        [story, more].concat()
    }

    fn learnt(articles: &[Article]) -> Furniture {
        let roots = Roots::default();
        Furniture::learn(&articles.iter().map(|article| Imprint::new(article, &roots)).collect::<Vec<_>>(), roots)
    }

    /// The paragraphs of an article that furniture makes boilerplate.
    fn marked(furniture: &Furniture, article: &Article) -> Vec<String> {
        let mut article = article.clone();
        let before = article.parsed.blocks.clone();
        furniture.mark(&mut article);
        let turned = article.parsed.blocks.iter().zip(&before).filter(|(now, then)| now.kind != then.kind);
        turned.map(|(block, _)| block.span.of(&article.text).to_string()).collect()
    }

    #[test]
    fn the_footer_of_an_outlet_is_furniture_and_the_same_words_elsewhere_are_not() {
        let mut articles: Vec<Article> = [FERRY, RATE, RULING].iter().map(|s| article("gazette/x.txt", &with(s, &[FOOTER]))).collect();
        articles.push(article("tribune/x.txt", &with(&FERRY, &[FOOTER])));
        let furniture = learnt(&articles);
        let expected: [&[&str]; 4] = [&[FOOTER], &[FOOTER], &[FOOTER], &[]];
        for (article, expected) in articles.iter().zip(expected) {
            assert_eq!(marked(&furniture, article), expected);
        }
    }

    #[test]
    fn digits_case_and_typography_make_no_difference() {
        let footers = [
            "The Gazette's office on Quay 4 is open to readers who want to see how the paper is made.",
            "The Gazette’s office on Quay 12 is open to  readers who want to see how the paper is made.",
            "THE GAZETTE'S office on Quay 7 is open to readers who want to see how the paper is made.",
        ];
        let articles: Vec<Article> =
            [FERRY, RATE, RULING].iter().zip(footers).map(|(s, f)| article("gazette/x.txt", &with(s, &[f]))).collect();
        let furniture = learnt(&articles);
        assert!(articles.iter().all(|article| marked(&furniture, article).len() == 1));
    }

    #[test]
    fn takes_of_one_story_make_no_furniture() {
        let takes: Vec<Article> = (1..=4)
            .map(|cut| {
                article(
                    "gazette/x.txt",
                    &with(&FERRY[..cut], &["The Harbour Board meets again in Skarra when the wreck is off Anvil Reef."]),
                )
            })
            .collect();
        assert!(learnt(&takes).is_empty());
    }

    #[test]
    fn background_that_recurs_over_one_affair_is_news() {
        let background = "The dam at Tamsel Bridge was planned by the Hesk Power Company and has divided the valley for eleven years.";
        let reports = [
            ["The minister Piet Aldous went to Tamsel Bridge on Monday.", "Aldous met Rafe Lorrimer there, and Ilse Brandt too."],
            ["A wall was painted at Tamsel Bridge during the night.", "Whoever did it left a letter for Rafe Lorrimer and Ilse Brandt."],
            ["Farmers of Hesk drove their cows to the court.", "At noon Ilse Brandt and Rafe Lorrimer came out to Tamsel people."],
        ];
        let articles: Vec<Article> = reports.iter().map(|r| article("gazette/x.txt", &with(r, &[background]))).collect();
        assert!(learnt(&articles).is_empty());
    }

    #[test]
    fn stock_phrases_headlines_and_leads_are_news() {
        let stock = "The office of the mayor did not answer questions that were sent to it.";
        let inside = |story: [&'static str; 4], word: &'static str| {
            article("gazette/x.txt", &[stock, story[0], word, stock, story[1], story[2], story[3]])
        };
        let mut articles = vec![inside(FERRY, "Nobody was hurt."), inside(RATE, "Nobody was hurt."), inside(RULING, "Nobody was hurt.")];
        articles.extend((0..20).map(|n| article("gazette/x.txt", &[format!("Report {n} is from another world.").as_str(), "It ends."])));
        assert!(learnt(&articles).is_empty());
    }

    #[test]
    fn speech_and_figures_are_news() {
        let told =
            ["“We shall see what the winter brings to all of us,” the mayor wrote.", "A dollar bought 4.31 marks.", "High 4 Low 3 Close 3"];
        let articles: Vec<Article> = [FERRY, RATE, RULING].iter().map(|s| article("gazette/x.txt", &with(s, &told))).collect();
        assert!(learnt(&articles).is_empty());
    }

    #[test]
    fn what_is_saved_comes_back() {
        let roots = Roots::default();
        let articles: Vec<Article> = [FERRY, RATE, RULING].iter().map(|s| article("gazette/x.txt", &with(s, &[FOOTER]))).collect();
        for article in &articles {
            let imprint = Imprint::new(article, &roots);
            let numbers = imprint.numbers();
            assert_eq!(Imprint::of_numbers(&numbers), Some(imprint));
            assert_eq!(Imprint::of_numbers(&numbers[..numbers.len() - 1]), None);
        }
        let furniture = learnt(&articles);
        assert_eq!(Furniture::of_numbers(&furniture.numbers(), roots), furniture);
    }

    #[test]
    fn the_order_of_files_makes_no_difference() {
        let mut articles: Vec<Article> =
            [FERRY, RATE, RULING, FERRY].iter().map(|s| article("gazette/x.txt", &with(s, &[FOOTER]))).collect();
        let furniture = learnt(&articles);
        assert!(!furniture.is_empty());
        for _ in 0..articles.len() {
            articles.rotate_left(1);
            assert_eq!(learnt(&articles), furniture);
        }
    }
}
