//! Articles to stories: which of them tell the same, by the text that they share or by the event that they tell.
//!
//! Every article is kept as a [`Sketch`]: its runs of three words and its words, by hash. Articles that share rare ones are held
//! against each other, and groups grow by average linkage (Sokal and Michener 1958), so that no story is held together by one
//! weak link. There are two strengths, see [`Strength`]. Neither the order of the articles nor the files that they are in
//! change the result, nor does what is [`Known`] from before: then only articles that are new are compared.

mod coverage;
mod frequency;
mod grouping;
mod holders;
mod known;
mod linkage;
mod sketch;
mod versions;

pub use crate::collate::letter::letter;
pub use grouping::Grouping;
pub use known::Known;
pub use sketch::Sketch;

use jiff::civil::Date;
use serde::Serialize;
use std::path::Path;

/// What makes articles one story.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Strength {
    /// They share text: takes, cuts, briefs, rewrites.
    #[default]
    Versions,
    /// They tell the same event, if only in their own words.
    Coverage,
}

impl Strength {
    /// Its name, as it is printed.
    pub fn name(self) -> &'static str {
        match self {
            Strength::Versions => "versions",
            Strength::Coverage => "coverage",
        }
    }
}

/// Articles that tell the same, by their index in the corpus.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Story {
    /// The articles in the order of the corpus; two at least.
    pub articles: Vec<usize>,
}

/// Groups articles that share text. `sketches` pairs each with its index in the corpus; the result does not depend on their order.
pub fn stories(sketches: Vec<(usize, Sketch)>, strength: Strength) -> Vec<Story> {
    Grouping::new(sketches, &Known::default()).stories(strength)
}

/// Puts stories in order: the largest first, then by their articles.
pub fn in_order(stories: &mut [Story]) {
    stories.sort_by(|a, b| b.articles.len().cmp(&a.articles.len()).then(a.articles.cmp(&b.articles)));
}

/// Puts the versions of a story in the order of their letters: by date, those without one last, then by path, in a file of many
/// by number. `of` knows the date and the path of an article.
pub fn arrange<'a>(articles: &mut [usize], of: impl Fn(usize) -> (Option<Date>, &'a Path)) {
    articles.sort_by_key(|&article| {
        let (date, path) = of(article);
        (date.is_none(), date, numbered(path), path)
    });
}

/// The file of an article, and its number there: the tenth of a file comes behind the second.
fn numbered(path: &Path) -> (&Path, u64) {
    let parts = path.to_str().and_then(|path| path.rsplit_once('#'));
    parts.and_then(|(file, number)| Some((Path::new(file), number.parse().ok()?))).unwrap_or((path, 0))
}

#[cfg(test)]
mod tests;
