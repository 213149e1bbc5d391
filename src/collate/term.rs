//! Terms: what a comparison never cuts. A term is one token, or the tokens of one figure or date.

use crate::text::lexeme::lexeme;
use crate::text::lexicon::Traits;
use crate::text::quantity::{self, Value};
use crate::text::{Sentence, Text, Token, TokenKind, fold};
use rustc_hash::FxHashMap as HashMap;
use std::ops::Range;

/// One side of a comparison: a text and how it was taken apart.
#[derive(Debug, Clone, Copy)]
pub struct Side<'a> {
    /// The decoded text that all spans point into.
    pub raw: &'a str,
    /// Its blocks, sentences and tokens.
    pub text: &'a Text,
}

/// What a term is, as far as its own form and its sentence tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Class {
    /// A word that carries news.
    Content,
    /// A capitalised word inside a sentence, or an acronym.
    Name,
    /// A word that carries grammar.
    Function,
    /// A number, an amount.
    Figure,
    /// A date or a day of the week.
    Date,
    /// Punctuation.
    Mark,
}

/// One term. Equal `word` numbers are the same word in another dress at most; equal `stem` numbers are its inflections too.
#[derive(Debug, Clone, PartialEq)]
pub struct Term {
    /// Its tokens, as indices into [`Text::tokens`].
    pub tokens: Range<usize>,
    /// Number of its folded form in the vocabulary.
    pub word: u32,
    /// Number of its stem in the vocabulary.
    pub stem: u32,
    /// What it is.
    pub class: Class,
    /// What the word can do to a statement.
    pub traits: Traits,
    /// What a figure or a date says.
    pub value: Option<Value>,
}

/// The terms of one side, sentence by sentence.
#[derive(Debug, Clone, Default)]
pub struct Terms {
    /// All terms in order.
    pub all: Vec<Term>,
    /// The terms of each sentence, as ranges of `all`.
    pub sentences: Vec<Range<usize>>,
}

/// Numbers for the folded forms of all texts of one comparison, so that words compare as integers.
#[derive(Default)]
pub struct Vocabulary<'a> {
    forms: HashMap<&'a str, Form>,
    numbers: HashMap<String, u32>,
}

#[derive(Clone, Copy)]
struct Form {
    word: u32,
    stem: u32,
    function: bool,
    traits: Traits,
}

impl<'a> Vocabulary<'a> {
    /// The terms of one side, numbered together with those of every other side read before and after.
    pub fn read(&mut self, side: Side<'a>) -> Terms {
        let mut terms = Terms { all: Vec::with_capacity(side.text.tokens.len()), sentences: Vec::with_capacity(side.text.sentences.len()) };
        for sentence in &side.text.sentences {
            let first = terms.all.len();
            self.read_sentence(side, sentence, &mut terms.all);
            terms.sentences.push(first..terms.all.len());
        }
        terms
    }

    fn read_sentence(&mut self, side: Side<'a>, sentence: &Sentence, terms: &mut Vec<Term>) {
        let tokens = &side.text.tokens[sentence.tokens.clone()];
        let first = sentence.tokens.start;
        let shouted = is_shouted(side.raw, tokens);
        let mut quantities = quantity::quantities(side.raw, tokens).into_iter().peekable();
        let (mut at, mut begins) = (0, true);
        while at < tokens.len() {
            let quantity = quantities.next_if(|q| q.tokens.start == at);
            let length = quantity.as_ref().map_or(1, |q| q.tokens.len());
            let term = match quantity {
                Some(quantity) => self.quantity(first + at..first + at + length, quantity.value),
                None => self.token(side.raw, first + at, tokens[at], begins || shouted),
            };
            begins = begins && term.class == Class::Mark;
            terms.push(term);
            at += length;
        }
    }

    fn quantity(&mut self, tokens: Range<usize>, value: Value) -> Term {
        let number = self.number(&value.key());
        let class = if value.is_date() { Class::Date } else { Class::Figure };
        Term { tokens, word: number, stem: number, class, traits: Traits::default(), value: Some(value) }
    }

    fn token(&mut self, raw: &'a str, index: usize, token: Token, begins: bool) -> Term {
        let text = token.span.of(raw);
        let form = self.form(text, token.kind);
        let acronym = text.chars().filter(|c| c.is_uppercase()).count() > 1;
        let class = match token.kind {
            TokenKind::Mark => Class::Mark,
            TokenKind::Number => Class::Figure,
            TokenKind::Word if text.starts_with(char::is_uppercase) && !form.function && (acronym || !begins) => Class::Name,
            TokenKind::Word if form.function => Class::Function,
            TokenKind::Word => Class::Content,
        };
        Term { tokens: index..index + 1, word: form.word, stem: form.stem, class, traits: form.traits, value: None }
    }

    fn form(&mut self, text: &'a str, kind: TokenKind) -> Form {
        if let Some(form) = self.forms.get(text) {
            return *form;
        }
        let form = if kind == TokenKind::Word { self.word_form(text) } else { self.sign_form(text) };
        self.forms.insert(text, form);
        form
    }

    fn word_form(&mut self, text: &str) -> Form {
        let lexeme = lexeme(text);
        Form { word: self.number(&lexeme.word), stem: self.number(&lexeme.stem), function: lexeme.function, traits: lexeme.traits }
    }

    fn sign_form(&mut self, text: &str) -> Form {
        let number = self.number(&fold::typography(text));
        Form { word: number, stem: number, function: false, traits: Traits::default() }
    }

    fn number(&mut self, form: &str) -> u32 {
        if let Some(&number) = self.numbers.get(form) {
            return number;
        }
        let next = u32::try_from(self.numbers.len()).unwrap_or(u32::MAX);
        self.numbers.insert(form.to_string(), next);
        next
    }

    /// How many different forms were numbered.
    pub fn len(&self) -> usize {
        self.numbers.len()
    }

    /// Whether nothing was read yet.
    pub fn is_empty(&self) -> bool {
        self.numbers.is_empty()
    }
}

/// A sentence in capitals throughout tells no names by its capitals.
fn is_shouted(raw: &str, tokens: &[Token]) -> bool {
    let words = || tokens.iter().filter(|t| t.kind == TokenKind::Word).map(|t| t.span.of(raw));
    let capitals = words().filter(|w| w.starts_with(char::is_uppercase)).count();
    capitals > 3 && capitals * 10 > words().count() * 8
}

/// A run of terms of one side, as a person reads it.
#[derive(Clone, Copy)]
pub struct Run<'a> {
    /// The side that the terms are from.
    pub side: Side<'a>,
    /// The terms, in order.
    pub terms: &'a [Term],
}

impl<'a> Run<'a> {
    /// The raw words and signs of the run.
    pub fn words(self) -> impl Iterator<Item = &'a str> {
        let Run { side, terms } = self;
        terms.iter().flat_map(|t| t.tokens.clone()).map(move |i| side.text.tokens[i].span.of(side.raw))
    }

    /// The tokens of the run, as a range; `None` for an empty run.
    pub fn tokens(self) -> Option<Range<usize>> {
        Some(self.terms.first()?.tokens.start..self.terms.last()?.tokens.end)
    }
}
