//! IPTC NITF: news in XML, on its own or inside NewsML.

use super::Parts;
use super::told::{Told, day};
use super::xml::Element;

/// The article of an `nitf` element.
pub(super) fn parts(root: &Element) -> Parts {
    told(root).parts()
}

/// What an `nitf` element says.
pub(super) fn told(root: &Element) -> Told {
    let line = |path: &[&str]| root.at(path).map(Element::line).filter(|line| !line.is_empty());
    let value = |path: &[&str], name: &str| root.at(path).and_then(|element| element.attribute(name)).map(String::from);
    let content = root.find("body.content").or_else(|| root.find("body")).map(Element::text);
    let date = value(&["docdata", "date.issue"], "norm").or_else(|| value(&["body.head", "story.date"], "norm"));
    let date = date.or_else(|| value(&["docdata", "date.release"], "norm")).or_else(|| line(&["body.head", "story.date"]));
    Told {
        id: value(&["docdata", "doc-id"], "id-string"),
        headline: line(&["body.head", "hedline", "hl1"]).or_else(|| line(&["head", "title"])),
        byline: line(&["body.head", "byline"]),
        dateline: line(&["body.head", "dateline"]),
        body: content
            .filter(|text| !text.is_empty())
            .or_else(|| root.at(&["body.head", "abstract"]).map(Element::text))
            .unwrap_or_default(),
        credit: line(&["body.head", "distributor"]).or_else(|| value(&["docdata", "doc.copyright"], "holder")),
        date: date.and_then(|stamp| day(&stamp)),
        outlet: value(&["head", "pubdata"], "name").or_else(|| value(&["docdata", "doc.copyright"], "holder")),
        language: root.attribute("xml:lang").map(String::from),
    }
}

#[cfg(test)]
mod tests {
    use super::super::xml;
    use super::*;

    #[test]
    fn an_article_has_its_fields() {
        let read = parts(
            &xml::tree(
                "<nitf xml:lang='en'><head><title>t</title><docdata><doc-id id-string='n1'/><date.issue norm='20310307T120000'/></docdata></head>
                 <body><body.head><hedline><hl1>A pact</hl1></hedline><byline>By Ada Lund</byline><distributor>Lake Wire</distributor></body.head>
                 <body.content><p>Two <org>Lake</org> towns.</p><p>One pact.</p></body.content></body></nitf>",
            )
            .unwrap(),
        );
        assert_eq!(read.text, "A pact\n\nBy Ada Lund\n\nTwo Lake towns.\n\nOne pact.\n\nLake Wire");
        assert_eq!((read.id.as_deref(), read.language.as_deref()), (Some("n1"), Some("en")));
        assert_eq!(read.date, Some(jiff::civil::date(2031, 3, 7)));
    }
}
