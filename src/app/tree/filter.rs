//! The filter of the tree: which articles have all words in path, headline and outlet.

use crate::app::listing::Listing;
use crate::text::fold;

/// A filter, folded once.
#[derive(Debug, Default, Clone)]
pub(super) struct Filter {
    typed: String,
    words: Vec<String>,
    /// Where the text of an article is put together, each in the memory of the one before.
    text: String,
}

impl Filter {
    pub(super) fn new(typed: &str) -> Self {
        let words = typed.split_whitespace().map(fold::case).collect();
        Filter { typed: typed.to_string(), words, text: String::new() }
    }

    /// What was typed.
    pub(super) fn typed(&self) -> &str {
        &self.typed
    }

    /// Whether every article passes.
    pub(super) fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Whether nothing passes that another one keeps out.
    pub(super) fn narrows(&self, other: &Filter) -> bool {
        other.words.iter().all(|wide| self.words.iter().any(|word| word.contains(wide.as_str())))
    }

    /// Whether path, headline and outlet together contain every word.
    pub(super) fn passes(&mut self, listing: &Listing, article: usize) -> bool {
        if self.words.is_empty() {
            return true;
        }
        let text = &mut self.text;
        text.clear();
        // What is no UTF-8 is told as far as it is.
        text.push_str(&listing.entries[article].path.to_string_lossy());
        text.push(' ');
        if let Some(digest) = &listing.digests[article] {
            for told in [digest.headline.as_str(), " ", digest.outlet.as_deref().unwrap_or_default()] {
                text.push_str(told);
            }
        }
        fold::make_case(text);
        self.words.iter().all(|word| text.contains(word.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_is_narrowed_by_more_letters_and_more_words() {
        let table = [
            ("fer", "ferry", true),
            ("", "f", true),
            ("ferry", "ferry pact", true),
            ("fer pa", "pact ferry", true),
            ("ferry", "fer", false),
            ("ferry", "pact", false),
            ("Ferry", "ferry", true),
        ];
        for (wide, narrow, narrows) in table {
            assert_eq!(Filter::new(narrow).narrows(&Filter::new(wide)), narrows, "{wide} {narrow}");
        }
    }
}
