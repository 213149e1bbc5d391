//! Results to files: one format per file, the contracts that other programs build on.

pub mod dot;
pub mod edition;
pub mod json;

pub use edition::Edition;
