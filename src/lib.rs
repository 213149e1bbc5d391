//! variorum
pub mod text;
pub mod collate;
pub mod corpus;
pub mod report;
pub mod app;
pub mod ui;
pub mod cli;
