//! Web pages: their main text, found by Readability's rules (crate `dom_smoothie`).

use super::{Parts, ReadError, day, paragraphs};
use dom_smoothie::{Config, Readability, TextMode};

pub(super) fn parts(source: &str) -> Result<Parts, ReadError> {
    let config = Config { text_mode: TextMode::Formatted, char_threshold: 200, ..Config::default() };
    let mut page = Readability::new(source, None, Some(config)).map_err(|_| ReadError::NoMainText)?;
    let found = page.parse().map_err(|_| ReadError::NoMainText)?;
    let body = found.text_content.to_string();
    let title = if body.trim_start().starts_with(found.title.as_str()) { "" } else { found.title.as_str() };
    let byline = found.byline.as_deref().map(|b| if b.to_lowercase().starts_with("by ") { b.to_string() } else { format!("By {b}") });
    let byline = byline.filter(|b| !body.contains(b.as_str())).unwrap_or_default();
    Ok(Parts {
        text: paragraphs([title, &byline, &body]),
        date: found.published_time.as_deref().and_then(day),
        outlet: found.site_name,
        language: found.lang.map(|lang| lang.to_lowercase()),
        titled: !found.title.is_empty(),
        ..Parts::default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_main_text_of_a_page_is_found() {
        let body =
            "<p>The two towns on the lake signed a pact on Friday, after months of talks that had often come near to an end.</p>".repeat(6);
        let page = format!(
            "<html lang='en'><head><title>A pact is signed on the lake - The Gazette</title></head><body><nav><a href='/'>Home</a></nav><article><h1>A pact is signed on the lake</h1>{body}</article><footer>Imprint</footer></body></html>"
        );
        let read = parts(&page).unwrap();
        assert!(read.text.contains("The two towns on the lake"));
        assert!(!read.text.contains("Imprint") && !read.text.contains("Home"));
        assert!(read.text.starts_with("A pact is signed on the lake"));
    }
}
