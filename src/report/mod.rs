//! Results to files: one format per file, the contracts that other programs build on.

pub mod collatex;
pub mod csv;
pub mod desk;
pub mod dot;
pub mod edition;
pub mod html;
pub mod json;
pub mod ledger;
pub mod markdown;
pub mod proof;
pub mod tei;

pub use edition::Edition;
pub use proof::Proof;
