//! XML as a small tree (crate `quick-xml`). Document types are passed over and entities are never expanded or fetched.

use super::ReadError;
use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};

/// Elements that are open at the same time; news is not nested deeper than this.
const DEEPEST: usize = 200;

/// An element without the prefixes of namespaces.
#[derive(Debug, Default)]
pub(super) struct Element {
    pub(super) name: String,
    attributes: Vec<(String, String)>,
    content: Vec<Node>,
}

#[derive(Debug)]
enum Node {
    Element(Element),
    Text(String),
}

/// The first element of a text, with all that is in it. What is cut off or closed wrongly ends there, and keeps what it has.
pub(super) fn tree(text: &str) -> Result<Element, ReadError> {
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_end_names = false;
    reader.config_mut().allow_dangling_amp = true;
    let mut open: Vec<Element> = Vec::new();
    loop {
        let root = match reader.read_event() {
            Err(error) if open.is_empty() => return Err(ReadError::Syntax("XML", error.to_string())),
            Ok(Event::Eof) | Err(_) => return all_closed(open).ok_or(ReadError::Empty),
            Ok(event) => grow(&mut open, event)?,
        };
        if let Some(root) = root {
            return Ok(root);
        }
    }
}

/// Takes an event into the elements that are open; answers the root once that is closed.
fn grow(open: &mut Vec<Element>, event: Event) -> Result<Option<Element>, ReadError> {
    match event {
        Event::Start(_) if open.len() >= DEEPEST => return Err(ReadError::Syntax("XML", String::from("it is nested without end"))),
        Event::Start(start) => open.push(Element::new(&start)),
        Event::Empty(start) => return Ok(close(open, Element::new(&start))),
        Event::End(_) => return Ok(open.pop().and_then(|last| close(open, last))),
        Event::Text(words) => write(open, &words),
        Event::CData(words) => write(open, &words),
        Event::GeneralRef(reference) => write(open, &referred(&reference)),
        _ => {}
    }
    Ok(None)
}

/// Closes whatever is open.
fn all_closed(mut open: Vec<Element>) -> Option<Element> {
    loop {
        let last = open.pop()?;
        if let Some(root) = close(&mut open, last) {
            return Some(root);
        }
    }
}

/// Puts an element that ended into the one around it; without one around it, it is the root.
fn close(open: &mut [Element], element: Element) -> Option<Element> {
    match open.last_mut() {
        Some(around) => {
            around.content.push(Node::Element(element));
            None
        }
        None => Some(element),
    }
}

fn write(open: &mut [Element], words: &str) {
    let Some(around) = open.last_mut() else { return };
    match around.content.last_mut() {
        Some(Node::Text(text)) => text.push_str(words),
        _ => around.content.push(Node::Text(words.to_string())),
    }
}

/// What a reference stands for: a character, one of the five names that XML has, or else itself.
fn referred(reference: &BytesRef) -> String {
    let named = || quick_xml::escape::resolve_predefined_entity(reference).map(String::from);
    let character = reference.resolve_char_ref().ok().flatten().map(String::from);
    character.or_else(named).unwrap_or_else(|| match &**reference {
        "nbsp" => String::from("\u{a0}"),
        name => format!("&{name};"),
    })
}

impl Element {
    fn new(start: &BytesStart) -> Self {
        let attributes = start.attributes().flatten().map(|attribute| {
            let value =
                quick_xml::escape::unescape(&attribute.value).map_or_else(|_| attribute.value.to_string(), |value| value.to_string());
            (attribute.key.as_ref().to_string(), value)
        });
        Element { name: start.local_name().as_ref().to_string(), attributes: attributes.collect(), content: Vec::new() }
    }

    /// An attribute by its whole name.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str()).filter(|value| !value.trim().is_empty())
    }

    /// The elements in it.
    pub(super) fn children(&self) -> impl DoubleEndedIterator<Item = &Element> {
        self.content.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// The first element of a name in it, however deep.
    pub(super) fn find(&self, name: &str) -> Option<&Element> {
        self.all(name).into_iter().next()
    }

    /// The elements of a name in it, however deep, in the order of the text; none inside another.
    pub(super) fn all(&self, name: &str) -> Vec<&Element> {
        self.children().flat_map(|child| if child.name == name { vec![child] } else { child.all(name) }).collect()
    }

    /// The element at the end of a path of names.
    pub(super) fn at(&self, path: &[&str]) -> Option<&Element> {
        path.iter().try_fold(self, |element, name| element.find(name))
    }

    /// Its words in one line.
    pub(super) fn line(&self) -> String {
        super::told::one_line(&self.text())
    }

    /// Its words, a paragraph for each block.
    pub(super) fn text(&self) -> String {
        let mut page = Page::default();
        page.write(self);
        page.end();
        page.paragraphs.join("\n\n")
    }

    /// Its words as they stand, without a look at what is marked up.
    pub(super) fn raw(&self) -> String {
        let words = |node: &Node| match node {
            Node::Element(element) => element.raw(),
            Node::Text(text) => text.clone(),
        };
        self.content.iter().map(words).collect()
    }
}

/// Paragraphs as they grow.
#[derive(Default)]
struct Page {
    paragraphs: Vec<String>,
    line: String,
}

impl Page {
    fn write(&mut self, element: &Element) {
        for node in &element.content {
            match node {
                Node::Text(text) => self.line.push_str(text),
                Node::Element(child) => match child.name.as_str() {
                    "head" | "script" | "style" | "title" | "media-metadata" | "media-reference" => {}
                    "br" => self.line.push('\n'),
                    name if is_inline(name) => self.write(child),
                    name => {
                        self.end();
                        self.write(child);
                        if matches!(name, "td" | "th") { self.line.push(' ') } else { self.end() }
                    }
                },
            }
        }
    }

    /// Ends a paragraph. White space is as in web pages: one space, whatever there was.
    fn end(&mut self) {
        let paragraph = super::told::one_line(&std::mem::take(&mut self.line));
        if !paragraph.is_empty() {
            self.paragraphs.push(paragraph);
        }
    }
}

/// Elements of XHTML and NITF that stand inside a line.
const INLINE: &str = "a abbr alt-code b big byttl chron cite city classifier code copyrite copyrite.holder copyrite.year country del em event \
    font frac frac-num frac-den frac-sep function i ins lang location mark money name.family name.given num object.title org \
    person postaddr pronounce q region s small span state story.date strong sub sublocation sup time u virtloc";

fn is_inline(name: &str) -> bool {
    INLINE.split(' ').any(|known| known == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_come_by_blocks() {
        let root = tree(
            "<x:a xmlns:x='u' k='1 &amp; 2'><p>Two\n <b>towns</b> &#8212; one&nbsp;&lt;pact&gt;</p>tail<p/><p><![CDATA[a & b]]></p></x:a>",
        )
        .unwrap();
        assert_eq!((root.name.as_str(), root.attribute("k")), ("a", Some("1 & 2")));
        assert_eq!(root.text(), "Two towns — one <pact>\n\ntail\n\na & b");
    }

    #[test]
    fn entities_are_neither_expanded_nor_fetched() {
        let bomb = "<!DOCTYPE a [<!ENTITY b 'bbbbbbbb'><!ENTITY c '&b;&b;&b;'><!ENTITY f SYSTEM 'file:///etc/hostname'>]><a>&c; &f;</a>";
        assert_eq!(tree(bomb).unwrap().text(), "&c; &f;");
    }

    #[test]
    fn what_is_cut_off_keeps_what_it_has() {
        assert_eq!(tree("<a><p>Two towns</p><p>One pa").unwrap().text(), "Two towns\n\nOne pa");
        assert!(tree(&"<a>".repeat(1000)).is_err());
        assert!(tree("no markup").is_err());
    }
}
