//! Marked-up text inside fields: its words, a paragraph for each block (crate `dom_query`, which reads HTML as browsers do).

use dom_query::Document;

/// The words of a piece of HTML.
pub(super) fn text(source: &str) -> String {
    let page = Document::from(source);
    page.select("script, style, head, template").remove();
    page.formatted_text().trim().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_paragraphs_and_tags_go() {
        let source = "<html><head><title>No</title></head><body><p>Two  towns\nsigned <b>it</b>.</p><p>One &amp; two.</p><script>x()</script></body></html>";
        assert_eq!(text(source), "Two towns signed it.\n\nOne & two.");
        assert_eq!(text("<p>Never closed<p>Nor this"), "Never closed\n\nNor this");
    }
}
