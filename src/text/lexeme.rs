//! A word as comparisons need it: folded form, stem and meaning, looked up once and remembered.

use super::fold;
use super::lexicon::{self, Meaning, Opening, gazetteer};
use rustc_hash::FxHashMap;
use std::cell::RefCell;
use std::rc::Rc;

/// What comparisons need to know of a word.
#[derive(Debug, PartialEq, Eq)]
pub struct Lexeme {
    /// The form under which it is compared.
    pub word: String,
    /// The stem that its inflections share.
    pub stem: String,
    /// Its base form.
    pub lemma: String,
    /// Whether it carries grammar rather than news.
    pub function: bool,
    /// Whether it is a title or an office.
    pub title: bool,
    /// What it can do to a statement, and what it is to other words.
    pub meaning: Meaning,
    /// How expressions go on that it begins.
    pub begins: Option<&'static Opening>,
}

impl Lexeme {
    fn new(raw: &str) -> Self {
        let word = fold::word(raw);
        let function = lexicon::is_function_word(&word);
        let lemma = lexicon::lemma(&word).into_owned();
        let stem = if function { word.clone() } else { lexicon::stem(&word) };
        let title = gazetteer::is_title(&word);
        Lexeme { stem, function, title, meaning: Meaning::of_word(&word), begins: lexicon::opening(&lemma), lemma, word }
    }
}

/// How many words are remembered in each thread; news in one language has fewer that come again.
const KEPT: usize = 1 << 16;
/// Longer words are not remembered.
const LONGEST: usize = 40;

thread_local! {
    static KNOWN: RefCell<FxHashMap<Box<str>, Rc<Lexeme>>> = RefCell::default();
}

/// The lexeme of a word as it is printed. The words of an article are mostly those of the one before: remembering them makes
/// the second comparison several times as fast as the first.
pub fn lexeme(raw: &str) -> Rc<Lexeme> {
    KNOWN.with_borrow_mut(|known| {
        if let Some(lexeme) = known.get(raw) {
            return lexeme.clone();
        }
        let lexeme = Rc::new(Lexeme::new(raw));
        if known.len() >= KEPT {
            known.clear();
        }
        if raw.len() <= LONGEST {
            known.insert(raw.into(), lexeme.clone());
        }
        lexeme
    })
}
