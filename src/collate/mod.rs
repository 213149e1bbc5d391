//! The second floor: two or more texts to what differs. Opens no files, cannot fail, and points into the texts by span.
//!
//! `align` finds which sentences say the same, `diff` what replaces what inside such a row, `edit` of what kind that is, and
//! `flag` what an editor must not miss; `mention` looks at names in full, `value` at figures and dates, `polarity` at opposites,
//! `quotation` at what is quoted, `slot` at what words are said of. `apparatus` puts all versions of a story together, and
//! `check` holds a rewrite against its sources.

pub mod align;
pub mod apparatus;
pub mod check;
pub mod diff;
pub mod edit;
pub mod flag;
pub mod letter;
pub mod lineage;
mod mention;
mod polarity;
mod quotation;
mod rows;
mod slot;
pub mod term;
mod value;

pub use apparatus::{Apparatus, apparatus};
pub use edit::{Edit, Kind, Level, Levels};
pub use flag::{Flag, FlagKind};
pub use lineage::{Lineage, lineage};
pub use rows::{Row, RowKind, Step, steps};
pub use term::Side;

use std::collections::BTreeMap;
use term::{Terms, Vocabulary};

/// Everything that is said about two texts. Sentences and tokens are indices into the two [`Text`](crate::text::Text)s.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Collation {
    /// Every sentence of both sides is in exactly one row.
    pub rows: Vec<Row>,
    /// Figures over the whole.
    pub summary: Summary,
}

/// Figures over a collation; page furniture is left out of all of them.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Summary {
    /// How alike the two texts are, 0 to 1; 1 where all that differs is form.
    pub similarity: f64,
    /// The share of the left's words that the right has too.
    pub left_in_right: f64,
    /// The share of the right's words that the left has too.
    pub right_in_left: f64,
    /// The longest run of words that stands on both sides, form aside.
    pub longest_run_words: usize,
    /// Words of the right in such runs of [`VERBATIM_RUN`] words and more.
    pub verbatim_words: usize,
    /// Edits of each level: form, wording, substance.
    pub edits: [usize; 3],
    /// Flags of each kind.
    pub flags: BTreeMap<FlagKind, usize>,
}

/// How many words in a row count as taken over verbatim.
pub const VERBATIM_RUN: usize = 8;

/// Compares two texts. The time grows about linearly with their length.
pub fn collate(left: Side, right: Side) -> Collation {
    let mut vocabulary = Vocabulary::default();
    let (left_terms, right_terms) = (vocabulary.read(left), vocabulary.read(right));
    let sides = rows::Sides { sides: [left, right], terms: [&left_terms, &right_terms] };
    let links = align::links(sides.sides, sides.terms);
    let rows = rows::rows(sides, links);
    let summary = rows::summary(sides, &rows);
    Collation { rows, summary }
}

impl Collation {
    /// The row that has a sentence of the left (0) or right (1) side.
    pub fn row_of(&self, side: usize, sentence: usize) -> Option<usize> {
        self.rows.iter().position(|row| row.sentences(side).contains(&sentence))
    }
}

/// The terms of a text by itself, for floors that count words the way the comparison does.
pub fn terms(side: Side) -> Terms {
    Vocabulary::default().read(side)
}
