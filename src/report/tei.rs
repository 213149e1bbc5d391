//! TEI P5 for digital editions: all versions in one text, by the method of parallel segmentation (chapter 12 of the Guidelines).
//!
//! Versions are witnesses `A`, `B` and so on. Every passage is an `ab` whose `n` is its number; page furniture has the type
//! `furniture`. Where versions disagree stands an `app`: its `type` is the level, its `subtype` the kind, its `ana` points to
//! the flags in the header, and each `rdg` names its versions. An empty `rdg` is an omission. A passage that some versions lack
//! is an `app` of the type `passage` around all that. No version is the base, so there is no `lem`.
//!
//! The text of a version is what remains when only its readings are kept. Passages come in the order of the edition;
//! `milestone`s at their beginning tell which sentence of which version (`n`, counted from 1) they begin with, so that a version
//! can be put into its own order. Variants that are not wanted are no `app`s: the words of the version that stands for the
//! passage stand there, and the texts of the others are not whole then. With all levels they are, with every stretch of white
//! space as one space. Where words are printed alike, and only some versions have white space in front of them, that is an `app`
//! of the type `space`.
//!
//! Characters that XML 1.0 forbids become U+FFFD.

use super::edition::{Edition, Piece, Told};
use crate::collate::Level;
use crate::collate::apparatus::{Passage, Sighting, Variant};
use crate::collate::flag::FlagKind;
use crate::corpus::Article;
use crate::corpus::story::letter;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

/// Writes the edition of a story.
pub fn variants(edition: Edition, out: impl Write) -> io::Result<()> {
    let mut document = Document { edition, xml: Writer::new(out) };
    document.xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    document.line()?;
    document.open("TEI", &[("xmlns", "http://www.tei-c.org/ns/1.0")])?;
    document.header()?;
    document.body()?;
    document.close("TEI")?;
    document.line()
}

/// Attributes by name.
type Attributes<'a> = [(&'a str, &'a str)];

struct Document<'a, W: Write> {
    edition: Edition<'a>,
    xml: Writer<W>,
}

impl<'a, W: Write> Document<'a, W> {
    // --- Header -----------------------------------------------------------------------------------------------------

    fn header(&mut self) -> io::Result<()> {
        self.line()?;
        self.open("teiHeader", &[])?;
        self.open("fileDesc", &[])?;
        self.open("titleStmt", &[])?;
        self.element("title", &[], &self.edition.title())?;
        self.close("titleStmt")?;
        self.open("publicationStmt", &[])?;
        self.element("p", &[], "Collated by variorum; unpublished.")?;
        self.close("publicationStmt")?;
        self.witnesses()?;
        self.close("fileDesc")?;
        self.encoding()?;
        self.close("teiHeader")
    }

    fn witnesses(&mut self) -> io::Result<()> {
        self.open("sourceDesc", &[])?;
        self.open("listWit", &[])?;
        for (version, article) in self.edition.articles.iter().enumerate() {
            self.line()?;
            self.open("witness", &[("xml:id", &letter(version))])?;
            self.witness(article)?;
            self.close("witness")?;
        }
        self.close("listWit")?;
        self.close("sourceDesc")
    }

    fn witness(&mut self, article: &Article) -> io::Result<()> {
        self.open("bibl", &[])?;
        let headline = article.headline().split_whitespace().collect::<Vec<_>>().join(" ");
        self.element("title", &[], &headline)?;
        if let Some(outlet) = &article.outlet {
            self.element("publisher", &[], outlet)?;
        }
        if let Some(date) = article.date.map(|date| date.to_string()) {
            self.element("date", &[("when", &date)], &date)?;
        }
        self.element("idno", &[("type", "path")], &article.path.to_string_lossy())?;
        self.close("bibl")
    }

    fn encoding(&mut self) -> io::Result<()> {
        self.line()?;
        self.open("encodingDesc", &[])?;
        self.empty("variantEncoding", &[("method", "parallel-segmentation"), ("location", "internal")])?;
        let flags: BTreeSet<FlagKind> = self.edition.apparatus.passages.iter().flat_map(|p| &p.flags).map(|flag| flag.kind).collect();
        if !flags.is_empty() {
            self.taxonomy(&flags)?;
        }
        self.close("encodingDesc")
    }

    /// The flags that occur, for `ana` to point to.
    fn taxonomy(&mut self, flags: &BTreeSet<FlagKind>) -> io::Result<()> {
        self.open("classDecl", &[])?;
        self.open("taxonomy", &[])?;
        self.element("desc", &[], "What an editor must not miss")?;
        for flag in flags {
            self.open("category", &[("xml:id", flag.name())])?;
            self.element("catDesc", &[], &flag.name().replace('-', " "))?;
            self.close("category")?;
        }
        self.close("taxonomy")?;
        self.close("classDecl")
    }

    // --- Text -------------------------------------------------------------------------------------------------------

    fn body(&mut self) -> io::Result<()> {
        self.line()?;
        match (!self.edition.articles.is_empty()).then(|| self.edition.language(0)).flatten() {
            Some(language) => self.open("text", &[("xml:lang", &language)])?,
            None => self.open("text", &[])?,
        }
        self.open("body", &[])?;
        for (number, passage) in (1..).zip(&self.edition.apparatus.passages) {
            self.line()?;
            self.passage(number, passage)?;
        }
        if self.edition.apparatus.passages.is_empty() {
            self.empty("ab", &[])?;
        }
        self.close("body")?;
        self.close("text")
    }

    fn passage(&mut self, number: usize, passage: &'a Passage) -> io::Result<()> {
        let number = number.to_string();
        let homeless = |flag: &&Sighting| flag.variants.is_empty();
        let flags = pointers(passage.flags.iter().filter(homeless).map(|flag| flag.kind).collect::<BTreeSet<_>>());
        let mut attributes = vec![("n", number.as_str())];
        if !passage.counts {
            attributes.push(("type", "furniture"));
        }
        if !flags.is_empty() {
            attributes.push(("ana", &flags));
        }
        self.open("ab", &attributes)?;
        let lacking = self.edition.lacking(passage);
        if lacking.is_empty() {
            self.told(passage)?;
        } else {
            self.open("app", &[("type", "passage")])?;
            self.open("rdg", &[("wit", &witnesses(passage.sentences.iter().map(|(version, _)| *version)))])?;
            self.told(passage)?;
            self.close("rdg")?;
            self.empty("rdg", &[("wit", &witnesses(lacking))])?;
            self.close("app")?;
        }
        self.close("ab")
    }

    /// What the versions of a passage say.
    fn told(&mut self, passage: &'a Passage) -> io::Result<()> {
        self.milestones(passage)?;
        let spokesman = self.edition.spokesman(passage);
        let mut behind = None;
        for piece in self.edition.running(passage, spokesman) {
            match piece {
                Piece::Words(tokens) => self.words(passage, behind, &self.edition.words(spokesman, &tokens))?,
                Piece::Place(number, variant) => {
                    self.variant(passage, number, variant)?;
                    behind = Some(variant);
                }
            }
        }
        Ok(())
    }

    /// Words that stand behind a variant, or at the beginning of a passage.
    fn words(&mut self, passage: &Passage, behind: Option<&Variant>, words: &str) -> io::Result<()> {
        let next = |version: usize| Some(behind?.reading_of(version)?.1.end);
        let spaced = self.spaced(passage, passage.sentences.iter().map(|(version, _)| (*version, next(*version))));
        let everywhere = spaced.len() == passage.sentences.len();
        if self.is_whole() && !everywhere {
            self.space(passage, &spaced)?;
        }
        self.text(!spaced.is_empty() && (everywhere || !self.is_whole()), words)
    }

    /// Those of some versions that have white space in front of a token.
    fn spaced(&self, passage: &Passage, tokens: impl Iterator<Item = (usize, Option<usize>)>) -> Vec<usize> {
        tokens.filter(|(version, token)| token.is_some_and(|t| self.edition.is_spaced(passage, *version, t))).map(|(v, _)| v).collect()
    }

    /// Whether all versions can be told word by word.
    fn is_whole(&self) -> bool {
        self.edition.lowest == Level::Form && !self.edition.flags_only
    }

    /// White space that only some versions have.
    fn space(&mut self, passage: &Passage, spaced: &[usize]) -> io::Result<()> {
        if spaced.is_empty() {
            return Ok(());
        }
        let others = passage.sentences.iter().map(|(version, _)| *version).filter(|version| !spaced.contains(version));
        self.open("app", &[("type", "space")])?;
        self.element("rdg", &[("wit", &witnesses(spaced.iter().copied()))], " ")?;
        self.empty("rdg", &[("wit", &witnesses(others))])?;
        self.close("app")
    }

    /// Where in each version the passage begins; versions that begin with the same sentence share a sign.
    fn milestones(&mut self, passage: &Passage) -> io::Result<()> {
        let mut starts: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        passage.sentences.iter().for_each(|(version, sentences)| starts.entry(sentences.start + 1).or_default().push(*version));
        for (sentence, versions) in starts {
            self.empty("milestone", &[("unit", "sentence"), ("n", &sentence.to_string()), ("edRef", &witnesses(versions))])?;
        }
        Ok(())
    }

    fn variant(&mut self, passage: &Passage, number: usize, variant: &'a Variant) -> io::Result<()> {
        let number = (number + 1).to_string();
        let flags = pointers(variant.flags.iter().copied());
        let mut attributes = vec![("n", number.as_str()), ("type", variant.level().name()), ("subtype", variant.kind.name())];
        if !flags.is_empty() {
            attributes.push(("ana", &flags));
        }
        let with_space = |told: Told<'a>| (self.spaced_in(passage, variant, &told), told);
        let readings: Vec<(Vec<usize>, Told)> = self.edition.readings(variant).into_iter().map(with_space).collect();
        let apart = self.is_whole() && readings.iter().any(|(spaced, told)| !spaced.is_empty() && spaced.len() < told.at.len());
        if apart {
            let mut spaced: Vec<usize> = readings.iter().flat_map(|(spaced, _)| spaced.iter().copied()).collect();
            spaced.sort_unstable();
            self.space(passage, &spaced)?;
        }
        self.open("app", &attributes)?;
        for (spaced, told) in &readings {
            self.reading(told, !apart && !spaced.is_empty())?;
        }
        self.close("app")
    }

    /// The versions of a reading that have white space in front of it.
    fn spaced_in(&self, passage: &Passage, variant: &Variant, told: &Told) -> Vec<usize> {
        let first = |version: usize| variant.reading_of(version).map(|(_, tokens)| tokens).filter(|t| !t.is_empty()).map(|t| t.start);
        self.spaced(passage, told.at.iter().map(|(version, _)| (*version, first(*version))))
    }

    fn reading(&mut self, told: &Told, spaced: bool) -> io::Result<()> {
        let witnesses = witnesses(told.at.iter().map(|(version, _)| *version));
        if told.text.is_empty() {
            return self.empty("rdg", &[("wit", &witnesses)]);
        }
        self.open("rdg", &[("wit", &witnesses)])?;
        self.text(spaced, &told.text)?;
        self.close("rdg")
    }

    // --- Marks ------------------------------------------------------------------------------------------------------

    fn start(name: &'a str, attributes: &Attributes) -> BytesStart<'a> {
        let mut start = BytesStart::new(name);
        attributes.iter().for_each(|(name, value)| start.push_attribute((*name, allowed(value).as_ref())));
        start
    }

    fn open(&mut self, name: &'a str, attributes: &Attributes) -> io::Result<()> {
        self.xml.write_event(Event::Start(Self::start(name, attributes)))
    }

    fn empty(&mut self, name: &'a str, attributes: &Attributes) -> io::Result<()> {
        self.xml.write_event(Event::Empty(Self::start(name, attributes)))
    }

    fn close(&mut self, name: &'a str) -> io::Result<()> {
        self.xml.write_event(Event::End(BytesEnd::new(name)))
    }

    fn element(&mut self, name: &'a str, attributes: &Attributes, text: &str) -> io::Result<()> {
        self.open(name, attributes)?;
        self.text(false, text)?;
        self.close(name)
    }

    fn text(&mut self, spaced: bool, text: &str) -> io::Result<()> {
        let space = if spaced { " " } else { "" };
        self.xml.write_event(Event::Text(BytesText::new(&format!("{space}{}", allowed(text)))))
    }

    /// A new line where white space does not count.
    fn line(&mut self) -> io::Result<()> {
        self.xml.write_event(Event::Text(BytesText::new("\n")))
    }
}

/// Pointers to witnesses: `#A #C`.
fn witnesses(versions: impl IntoIterator<Item = usize>) -> String {
    versions.into_iter().map(|version| format!("#{}", letter(version))).collect::<Vec<_>>().join(" ")
}

/// Pointers to flags in the header.
fn pointers(flags: impl IntoIterator<Item = FlagKind>) -> String {
    flags.into_iter().map(|flag| format!("#{}", flag.name())).collect::<Vec<_>>().join(" ")
}

/// A text without the characters that XML 1.0 forbids.
fn allowed(text: &str) -> Cow<'_, str> {
    let forbidden = |c: char| matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}');
    if text.contains(forbidden) { Cow::Owned(text.replace(forbidden, "\u{fffd}")) } else { Cow::Borrowed(text) }
}

#[cfg(test)]
mod tests {
    use super::allowed;

    #[test]
    fn what_xml_forbids_is_replaced() {
        assert_eq!(allowed("a\u{1b}b\tc\u{0}\u{ffff}"), "a\u{fffd}b\tc\u{fffd}\u{fffd}");
        assert_eq!(allowed("“plain” \u{202e} 日本"), "“plain” \u{202e} 日本");
    }
}
