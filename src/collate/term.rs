//! Terms: what a comparison never cuts. A term is one token, or the tokens of one figure, date or fixed expression.

use crate::text::lexeme::{Lexeme, lexeme};
use crate::text::lexicon::{Meaning, Opening, gazetteer};
use crate::text::quantity::{self, Value};
use crate::text::{Sentence, Text, Token, TokenKind, fold};
use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};
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
    /// What it can do to a statement, and what it is to other words.
    pub meaning: Meaning,
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
    /// All words in order, those of an expression one by one: what sentences are paired by.
    pub words: Vec<Word>,
    /// The words of each sentence, as ranges of `words`.
    pub words_of: Vec<Range<usize>>,
}

/// One word as sentences are paired by it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Word {
    /// Number of its stem in the vocabulary.
    pub stem: u32,
    /// What it is.
    pub class: Class,
    /// What it is to other words.
    pub meaning: Meaning,
}

impl Terms {
    /// The term that a token belongs to.
    pub fn at(&self, token: usize) -> Option<&Term> {
        let at = self.all.partition_point(|t| t.tokens.end <= token);
        self.all.get(at).filter(|t| t.tokens.contains(&token))
    }
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
    title: bool,
    begins: Option<&'static Opening>,
    meaning: Meaning,
}

impl<'a> Vocabulary<'a> {
    /// The terms of one side, numbered together with those of every other side read before and after.
    pub fn read(&mut self, side: Side<'a>) -> Terms {
        let mut terms = Terms { all: Vec::with_capacity(side.text.tokens.len()), ..Terms::default() };
        let names = if side.text.foreign { HashSet::default() } else { names(side) };
        for sentence in &side.text.sentences {
            let (first, word) = (terms.all.len(), terms.words.len());
            self.read_sentence(side, sentence, &names, &mut terms.all);
            terms.sentences.push(first..terms.all.len());
            for term in &terms.all[first..] {
                if term.value.is_none() && term.tokens.len() > 1 {
                    terms.words.extend(term.tokens.clone().map(|at| self.part(side, at)));
                } else {
                    terms.words.push(Word { stem: term.stem, class: term.class, meaning: term.meaning });
                }
            }
            terms.words_of.push(word..terms.words.len());
        }
        terms
    }

    fn read_sentence(&mut self, side: Side<'a>, sentence: &Sentence, names: &HashSet<&str>, terms: &mut Vec<Term>) {
        let tokens = &side.text.tokens[sentence.tokens.clone()];
        let first = sentence.tokens.start;
        if side.text.foreign {
            terms.extend((first..).zip(tokens).map(|(index, token)| self.foreign(side.raw, index, *token)));
            return;
        }
        let shouted = is_shouted(side.raw, tokens);
        let mut quantities = quantity::quantities(side.raw, tokens).into_iter().peekable();
        let (mut at, mut begins) = (0, true);
        while at < tokens.len() {
            let term = match quantities.next_if(|q| q.tokens.start == at) {
                Some(quantity) => self.quantity(first + at..first + at + quantity.tokens.len(), quantity.value),
                None => {
                    let room = quantities.peek().map_or(tokens.len(), |q| q.tokens.start);
                    let form = self.form(tokens[at].span.of(side.raw), tokens[at].kind);
                    self.expression(form, side.raw, first + at, &tokens[at..room]).unwrap_or_else(|| {
                        let known = || names.contains(tokens[at].span.of(side.raw)) || is_name_before(side.raw, tokens, at);
                        token_term(form, side.raw, first + at, tokens[at], shouted || begins && !known())
                    })
                }
            };
            let term = after_name(side.raw, terms.last(), term, tokens[at]);
            // Behind a colon or a quotation mark a sentence begins anew.
            let opens = || matches!(tokens[at].span.of(side.raw), "“" | "\"" | "‘" | ":");
            begins = (begins && term.class == Class::Mark) || opens();
            at += term.tokens.len();
            terms.push(term);
        }
    }

    /// A token of a language whose words are not known: case and typography are folded, and nothing else.
    fn foreign(&mut self, raw: &str, index: usize, token: Token) -> Term {
        let number = self.number(&fold::case(token.span.of(raw)));
        let class = match token.kind {
            TokenKind::Mark => Class::Mark,
            TokenKind::Number => Class::Figure,
            TokenKind::Word => Class::Content,
        };
        Term { tokens: index..index + 1, word: number, stem: number, class, meaning: Meaning::default(), value: None }
    }

    fn quantity(&mut self, tokens: Range<usize>, value: Value) -> Term {
        let number = self.number(&value.key());
        let class = if value.is_date() { Class::Date } else { Class::Figure };
        Term { tokens, word: number, stem: number, class, meaning: Meaning::default(), value: Some(value) }
    }

    /// The longest fixed expression that begins with the first of some tokens: `gave up`, `because of`.
    fn expression(&mut self, first: Form, raw: &'a str, index: usize, tokens: &[Token]) -> Option<Term> {
        let opening = first.begins.filter(|_| tokens.len() > 1)?;
        if !opening.seconds.contains(lexeme(tokens[1].span.of(raw)).lemma.as_str()) {
            return None;
        }
        let longest = opening.longest.min(tokens.len());
        (2..=longest).rev().find_map(|length| {
            let words = &tokens[..length];
            if !words.iter().all(|token| token.kind == TokenKind::Word) {
                return None;
            }
            let lexemes = words.iter().map(|token| lexeme(token.span.of(raw))).collect::<Vec<_>>();
            let join = |of: fn(&Lexeme) -> &str| lexemes.iter().map(|lexeme| of(lexeme)).collect::<Vec<_>>().join("_");
            let meaning = Meaning::of_expression(&join(|lexeme| &lexeme.lemma))?;
            let class = if lexemes.iter().all(|lexeme| lexeme.function) { Class::Function } else { Class::Content };
            let (word, stem) = (self.number(&join(|lexeme| &lexeme.word)), self.number(&join(|lexeme| &lexeme.stem)));
            Some(Term { tokens: index..index + length, word, stem, class, meaning, value: None })
        })
    }

    /// One word of an expression.
    fn part(&mut self, side: Side<'a>, at: usize) -> Word {
        let token = side.text.tokens[at];
        let form = self.form(token.span.of(side.raw), token.kind);
        Word { stem: form.stem, class: if form.function { Class::Function } else { Class::Content }, meaning: form.meaning }
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
        Form {
            word: self.number(&lexeme.word),
            stem: self.number(&lexeme.stem),
            function: lexeme.function,
            title: lexeme.title,
            begins: lexeme.begins,
            meaning: lexeme.meaning,
        }
    }

    fn sign_form(&mut self, text: &str) -> Form {
        let number = self.number(&fold::typography(text));
        Form { word: number, stem: number, function: false, title: false, begins: None, meaning: Meaning::default() }
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

/// The term of one token by itself.
fn token_term(form: Form, raw: &str, index: usize, token: Token, begins: bool) -> Term {
    let text = token.span.of(raw);
    let acronym = text.chars().filter(|c| c.is_uppercase()).count() > 1;
    let capital = || text.starts_with(char::is_uppercase);
    let class = match token.kind {
        TokenKind::Mark => Class::Mark,
        TokenKind::Number => Class::Figure,
        TokenKind::Word if form.function && !(acronym && text.len() > 1) => Class::Function,
        TokenKind::Word if form.title => Class::Content,
        TokenKind::Word if capital() && (acronym || !begins || !form.meaning.is_known() || gazetteer::is_given_name(text)) => Class::Name,
        TokenKind::Word if form.function => Class::Function,
        TokenKind::Word => Class::Content,
    };
    Term { tokens: index..index + 1, word: form.word, stem: form.stem, class, meaning: form.meaning, value: None }
}

/// A word at the beginning that a capitalised word follows directly, or that the tables have as a place, is a name too.
fn is_name_before(raw: &str, tokens: &[Token], at: usize) -> bool {
    let capital = |token: &Token| token.kind == TokenKind::Word && token.span.of(raw).starts_with(char::is_uppercase);
    let word = tokens[at].span.of(raw);
    let bare = word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).unwrap_or(word);
    capital(&tokens[at]) && (tokens.get(at + 1).is_some_and(capital) || gazetteer::named([bare]).is_some())
}

/// A title behind a name is a part of it: `Jane King`.
fn after_name(raw: &str, last: Option<&Term>, term: Term, token: Token) -> Term {
    let follows =
        term.class == Class::Content && last.is_some_and(|last| last.class == Class::Name && last.tokens.end == term.tokens.start);
    if follows && token.span.of(raw).starts_with(char::is_uppercase) { Term { class: Class::Name, ..term } } else { term }
}

/// The words that have a capital letter inside a sentence of this text: they are names where they begin one, too.
fn names<'a>(side: Side<'a>) -> HashSet<&'a str> {
    let inner = side.text.sentences.iter().flat_map(|sentence| {
        let tokens = &side.text.tokens[sentence.tokens.clone()];
        let quiet = !is_shouted(side.raw, tokens);
        tokens.windows(2).filter(move |pair| quiet && pair[0].kind == TokenKind::Word && pair[1].kind == TokenKind::Word)
    });
    inner.map(|pair| pair[1].span.of(side.raw)).filter(|word| word.starts_with(char::is_uppercase)).collect()
}

/// A sentence in capitals throughout tells no names by its capitals.
fn is_shouted(raw: &str, tokens: &[Token]) -> bool {
    let words = || tokens.iter().filter(|t| t.kind == TokenKind::Word).map(|t| t.span.of(raw));
    let capitals = words().filter(|w| w.starts_with(char::is_uppercase)).count();
    capitals > 3 && capitals * 10 > words().count() * 8
}

/// A run of terms of one side, as a person reads it.
#[derive(Debug, Clone, Copy)]
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

    /// A part of the run.
    pub fn part(self, terms: Range<usize>) -> Self {
        Run { terms: &self.terms[terms], ..self }
    }

    /// The terms that some tokens belong to, as a range of the run.
    pub fn terms_of(self, tokens: &Range<usize>) -> Range<usize> {
        let start = self.terms.partition_point(|t| t.tokens.end <= tokens.start);
        start..self.terms.partition_point(|t| t.tokens.start < tokens.end).max(start)
    }

    /// The first word of a term, as it is printed.
    pub fn word(self, term: usize) -> &'a str {
        self.side.text.tokens[self.terms[term].tokens.start].span.of(self.side.raw)
    }

    /// The tokens of the run, as a range; `None` for an empty run.
    pub fn tokens(self) -> Option<Range<usize>> {
        Some(self.terms.first()?.tokens.start..self.terms.last()?.tokens.end)
    }
}

/// The two sides of a row, as runs of terms.
#[derive(Debug, Clone, Copy)]
pub struct Pair<'a> {
    /// The left side.
    pub left: Run<'a>,
    /// The right side.
    pub right: Run<'a>,
}

impl Pair<'_> {
    /// Whether nothing else is compared: who holds one sentence against another asks for all that differs, whatever it is said of.
    pub fn is_all(self) -> bool {
        [self.left, self.right].iter().all(|run| run.side.text.sentences.len() == 1)
    }
}
