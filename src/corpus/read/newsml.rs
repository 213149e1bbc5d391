//! IPTC NewsML-G2 and NewsML 1: an item, or a message with many.

use super::told::{Told, day, plain};
use super::unpack::Bytes;
use super::xml::{self, Element};
use super::{Found, LARGEST, Parts, ReadError, Stop, nitf};
use quick_xml::Reader;
use quick_xml::events::Event;
use std::io::{self, BufRead, Read};

/// The elements that are an article each.
const ITEMS: [&str; 3] = ["newsItem", "NewsItem", "nitf"];

/// The article of an item, or of the first one in what was given.
pub(super) fn parts(text: &str) -> Result<Parts, ReadError> {
    let root = xml::tree(text)?;
    let item = ITEMS.iter().find_map(|name| if root.name == *name { Some(&root) } else { root.find(name) }).ok_or(ReadError::Markup)?;
    Ok(match item.name.as_str() {
        "nitf" => nitf::parts(item),
        "newsItem" => second(item).parts(),
        _ => first(item, &root).parts(),
    })
}

/// What an item of NewsML-G2 says.
fn second(item: &Element) -> Told {
    let line = |path: &[&str]| item.at(path).map(Element::line).filter(|line| !line.is_empty());
    let inner = content(item);
    let meta = |name: &str| line(&["contentMeta", name]);
    let date = line(&["itemMeta", "versionCreated"]).or_else(|| meta("contentCreated")).or_else(|| line(&["itemMeta", "firstCreated"]));
    let source = party(item, &["contentMeta", "infoSource"]).or_else(|| party(item, &["itemMeta", "provider"]));
    let holder = party(item, &["rightsInfo", "copyrightHolder"]).or_else(|| party(item, &["itemMeta", "provider"]));
    let language = item.at(&["contentMeta", "language"]).and_then(|language| language.attribute("tag"));
    Told {
        id: item.attribute("guid").map(String::from),
        headline: meta("headline").or(inner.headline),
        byline: meta("by").or(inner.byline).or_else(|| party(item, &["contentMeta", "creator"])),
        dateline: meta("dateline").or(inner.dateline),
        body: inner.body,
        credit: meta("creditline").or(source).or(inner.credit),
        date: date.and_then(|stamp| day(&stamp)).or(inner.date),
        outlet: holder.or(inner.outlet),
        language: language.or_else(|| item.attribute("xml:lang")).map(String::from).or(inner.language),
    }
}

/// Who is meant by an element: its name, or what its code says behind the colon.
fn party(item: &Element, path: &[&str]) -> Option<String> {
    let element = item.at(path)?;
    let coded = || {
        let code = element.attribute("literal").or_else(|| element.attribute("qcode"))?;
        Some(code.rsplit(':').next().unwrap_or(code).to_string())
    };
    element.find("name").map(Element::line).filter(|name| !name.is_empty()).or_else(coded)
}

/// The first content of an item that has words: NITF or XHTML in the item, or data that stand there as they are.
fn content(item: &Element) -> Told {
    let Some(set) = item.find("contentSet") else { return Told::default() };
    let told = set.children().map(|content| match (content.name.as_str(), content.find("nitf")) {
        ("inlineXML", Some(inner)) => nitf::told(inner),
        ("inlineXML", None) => Told { body: content.text(), ..Told::default() },
        ("inlineData", _) => Told { body: plain(&content.raw()), ..Told::default() },
        _ => Told::default(),
    });
    told.into_iter().find(|told| !told.body.trim().is_empty()).unwrap_or_default()
}

/// What an item of NewsML 1 says; who sent it stands in the envelope around it.
fn first(item: &Element, around: &Element) -> Told {
    let line = |name: &str| item.find(name).map(Element::line).filter(|line| !line.is_empty());
    let called = |element: Option<&Element>| element.and_then(|element| element.attribute("FormalName")).map(String::from);
    let date = line("ThisRevisionCreated").or_else(|| line("FirstCreated"));
    let sender = called(around.at(&["NewsEnvelope", "SentFrom", "Party"]));
    let inner = body(item);
    Told {
        id: line("PublicIdentifier"),
        headline: line("HeadLine").or(inner.headline),
        byline: line("ByLine").or(inner.byline),
        dateline: line("DateLine").or(inner.dateline),
        body: inner.body,
        credit: line("CreditLine").or_else(|| called(item.at(&["Provider", "Party"]))).or_else(|| called(item.at(&["Source", "Party"]))),
        date: date.and_then(|stamp| day(&stamp)).or(inner.date),
        outlet: sender,
        language: called(item.find("Language")).or(inner.language),
    }
}

/// The part of an item of NewsML 1 that is called its body; else the first that has words.
fn body(item: &Element) -> Told {
    let mut components = Vec::new();
    innermost(item, &mut components);
    let named = components.iter().find(|component| role(component).is_some_and(|role| matches!(role, "Body" | "Main" | "Text")));
    let told =
        named.into_iter().chain(&components).filter_map(|component| component.find("DataContent")).map(|data| match data.find("nitf") {
            Some(inner) => nitf::told(inner),
            None => Told { body: data.text(), ..Told::default() },
        });
    told.into_iter().find(|told| !told.body.trim().is_empty()).unwrap_or_default()
}

/// What a component is for.
fn role(component: &Element) -> Option<&str> {
    component.children().find(|child| child.name == "Role").and_then(|role| role.attribute("FormalName"))
}

/// The components that hold no others.
fn innermost<'a>(element: &'a Element, found: &mut Vec<&'a Element>) {
    if element.name == "NewsComponent" && element.find("NewsComponent").is_none() {
        found.push(element);
    } else {
        element.children().for_each(|child| innermost(child, found));
    }
}

// --- Where the articles are -----------------------------------------------------------------------------------------

/// The mark of the order of bytes in UTF-8.
const MARK: &[u8] = b"\xef\xbb\xbf";

/// Finds the items of a message. A file with one item is that article.
pub(super) fn list(mut stream: Bytes, found: &mut Found) -> Result<(), Stop> {
    // The reader does not count a mark of the order of bytes.
    let mark = if stream.fill_buf()?.starts_with(MARK) { MARK.len() } else { 0 };
    stream.consume(mark);
    let mut items = Items { depth: 0, begun: None, held: None, many: false };
    let mut reader = Reader::from_reader(Bounded { stream, left: LARGEST });
    reader.config_mut().check_end_names = false;
    reader.config_mut().allow_dangling_amp = true;
    let mut buffer = Vec::new();
    loop {
        let before = mark as u64 + reader.buffer_position();
        let event = reader.read_event_into(&mut buffer);
        match event {
            Ok(Event::Start(start)) => items.enter(before, start.local_name().as_ref()),
            Ok(Event::End(_)) => {
                let end = mark as u64 + reader.buffer_position();
                items.leave(end, found)?;
            }
            Ok(Event::Eof) => return items.end(found),
            Ok(_) => {}
            Err(error) => {
                items.end(found)?;
                return Err(Stop::Trouble(ReadError::Syntax("XML", error.to_string())));
            }
        }
        buffer.clear();
        reader.get_mut().left = LARGEST;
    }
}

struct Items {
    depth: usize,
    /// Where the item that is open begins, and how deep it lies.
    begun: Option<(u64, usize)>,
    /// The first item, until it is known whether it is the only one.
    held: Option<(u64, u64)>,
    many: bool,
}

impl Items {
    fn enter(&mut self, at: u64, name: &str) {
        if self.begun.is_none() && ITEMS.contains(&name) {
            self.begun = Some((at, self.depth));
        }
        self.depth += 1;
    }

    fn leave(&mut self, end: u64, found: &mut Found) -> Result<(), Stop> {
        self.depth = self.depth.saturating_sub(1);
        let Some((begun, _)) = self.begun.take_if(|(_, depth)| *depth == self.depth) else { return Ok(()) };
        if !self.many && self.held.is_none() {
            self.held = Some((begun, end - begun));
            return Ok(());
        }
        self.many = true;
        if let Some((offset, length)) = self.held.take() {
            found.piece(offset, length)?;
        }
        found.piece(begun, end - begun)
    }

    fn end(&mut self, found: &mut Found) -> Result<(), Stop> {
        let is_cut = self.begun.take().is_some();
        match self.held.take() {
            // The reader of one article takes what there is of it, also where it was cut off.
            Some(_) => found.whole(),
            None if self.many => Ok(()),
            None if is_cut => found.whole(),
            None => Err(Stop::Trouble(ReadError::Markup)),
        }
    }
}

/// A stream of which no event may have more bytes than an article.
struct Bounded<'a> {
    stream: Bytes<'a>,
    left: u64,
}

impl Bounded<'_> {
    fn check(&self) -> io::Result<()> {
        if self.left == 0 { Err(io::Error::other("a piece of it is larger than an article may be")) } else { Ok(()) }
    }
}

impl Read for Bounded<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.check()?;
        let read = self.stream.read(buffer)?;
        self.left = self.left.saturating_sub(read as u64);
        Ok(read)
    }
}

impl BufRead for Bounded<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.check()?;
        self.stream.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.left = self.left.saturating_sub(amount as u64);
        self.stream.consume(amount);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::read::tests::pieces;

    const ITEM: &str = "<newsItem guid='urn:lake:1' xml:lang='en-GB'><itemMeta><provider qcode='prov:LAKE'/><versionCreated>2031-03-07T10:00:00Z</versionCreated></itemMeta>
        <contentMeta><headline>A pact</headline><by>By Ada Lund</by><creditline>Lake Wire</creditline></contentMeta>
        <contentSet>CONTENT</contentSet></newsItem>";

    fn with(content: &str) -> String {
        ITEM.replace("CONTENT", content)
    }

    #[test]
    fn content_of_every_kind_is_read() {
        let table = [
            "<inlineXML><html xmlns='x'><head><title>t</title></head><body><p>Two <i>towns</i>.</p><p>One pact.</p></body></html></inlineXML>",
            "<inlineXML><nitf><body><body.content><p>Two towns.</p><p>One pact.</p></body.content></body></nitf></inlineXML>",
            "<remoteContent href='x'/><inlineData contenttype='text/plain'>Two towns.\n\nOne pact.</inlineData>",
            "<inlineData contenttype='text/html'>&lt;p&gt;Two towns.&lt;/p&gt;&lt;p&gt;One pact.&lt;/p&gt;</inlineData>",
        ];
        for content in table {
            let told = parts(&with(content)).unwrap();
            assert_eq!(told.text, "A pact\n\nBy Ada Lund\n\nTwo towns.\n\nOne pact.\n\nLake Wire", "{content}");
            assert_eq!(
                (told.id.as_deref(), told.language.as_deref(), told.outlet.as_deref()),
                (Some("urn:lake:1"), Some("en-GB"), Some("LAKE"))
            );
            assert_eq!(told.date, Some(jiff::civil::date(2031, 3, 7)));
        }
    }

    #[test]
    fn a_message_has_many_items_and_a_file_with_one_is_that_one() {
        let item = with("<inlineData>Two &amp; towns.</inlineData>");
        let of = |text: &str| pieces(text.as_bytes(), list);
        let message = format!(
            "\u{feff}<?xml version='1.0'?><newsMessage><!-- <newsItem> --><itemSet>{item}\n<packageItem/>{item}</itemSet></newsMessage>"
        );
        assert_eq!(of(&message), (vec![item.clone(), item.clone()], None));
        assert_eq!(of(&item), (vec![item.clone()], None));
        assert!(of("<feed><entry/></feed>").1.is_some_and(|told| told.contains("NewsML")));
    }

    #[test]
    fn items_of_the_first_newsml_are_read() {
        let told = parts(
            "<NewsML><NewsEnvelope><SentFrom><Party FormalName='Lake Wire'/></SentFrom></NewsEnvelope><NewsItem>
             <Identification><NewsIdentifier><PublicIdentifier>urn:lake:3</PublicIdentifier></NewsIdentifier></Identification>
             <NewsManagement><ThisRevisionCreated>20310307T100000Z</ThisRevisionCreated></NewsManagement>
             <NewsComponent><NewsLines><HeadLine>A pact</HeadLine></NewsLines><DescriptiveMetadata><Language FormalName='en'/></DescriptiveMetadata>
             <NewsComponent><Role FormalName='Contact'/><ContentItem><DataContent>Call us.</DataContent></ContentItem></NewsComponent>
             <NewsComponent><Role FormalName='Body'/><ContentItem><DataContent><html><body><p>Two towns.</p></body></html></DataContent></ContentItem>
             </NewsComponent></NewsComponent></NewsItem></NewsML>",
        )
        .unwrap();
        assert_eq!(
            (told.text.as_str(), told.id.as_deref(), told.outlet.as_deref()),
            ("A pact\n\nTwo towns.", Some("urn:lake:3"), Some("Lake Wire"))
        );
        assert_eq!((told.language.as_deref(), told.date), (Some("en"), Some(jiff::civil::date(2031, 3, 7))));
    }
}
