//! Markdown: the text without its markup (CommonMark, crate `pulldown-cmark`), and the fields of a YAML heading.

use super::{Parts, day, paragraphs};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

pub(super) fn parts(source: &str) -> Parts {
    let mut page = Page::default();
    Parser::new_ext(source, Options::ENABLE_YAML_STYLE_METADATA_BLOCKS | Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH)
        .for_each(|event| page.take(event));
    let field = |name: &str| {
        page.meta
            .lines()
            .find_map(|line| line.strip_prefix(name)?.strip_prefix(':').map(|v| v.trim().trim_matches(['"', '\'']).to_string()))
    };
    let title = field("title").filter(|title| !page.text.starts_with(title.as_str()));
    let titled = title.is_some() || page.starts_with_heading;
    let byline = field("author").map(|author| format!("By {author}"));
    let text = paragraphs([title.as_deref().unwrap_or(""), byline.as_deref().unwrap_or(""), &page.text]);
    Parts {
        text,
        date: field("date").as_deref().and_then(day),
        outlet: field("outlet").or_else(|| field("source")),
        titled,
        ..Parts::default()
    }
}

#[derive(Default)]
struct Page {
    text: String,
    meta: String,
    in_meta: bool,
    starts_with_heading: bool,
}

impl Page {
    fn take(&mut self, event: Event) {
        match event {
            Event::Start(Tag::MetadataBlock(_)) => self.in_meta = true,
            Event::End(TagEnd::MetadataBlock(_)) => self.in_meta = false,
            Event::Text(words) if self.in_meta => self.meta.push_str(&words),
            Event::Start(Tag::Heading { .. }) if self.text.is_empty() => self.starts_with_heading = true,
            Event::Text(words) | Event::Code(words) => self.text.push_str(&words),
            Event::SoftBreak | Event::HardBreak => self.text.push(' '),
            Event::End(
                TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::Item | TagEnd::CodeBlock | TagEnd::TableRow | TagEnd::TableHead,
            ) => self.text.push_str("\n\n"),
            Event::End(TagEnd::TableCell) => self.text.push(' '),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_goes_and_words_stay() {
        let read = parts(
            "---\ntitle: The pact\nauthor: Ada Lund\ndate: 2031-03-07\n---\n\nThe *two* towns\nsigned [it](http://x.example).\n\n- One\n- Two\n",
        );
        assert_eq!(read.text, "The pact\n\nBy Ada Lund\n\nThe two towns signed it.\n\nOne\n\nTwo");
        assert_eq!(read.date, Some(jiff::civil::date(2031, 3, 7)));
        assert!(read.titled);
    }
}
