//! The integration tests: the house and its rules, properties of the engine, pictures of the screen, journeys of the program.

mod bad_input;
mod browser;
mod changes;
mod check;
mod desk;
mod exports;
mod formats;
mod furniture;
mod histories;
mod house;
mod index;
mod journeys;
mod lineage;
mod notes;
mod pictures;
mod properties;
mod pty;
mod readme;
mod report;
mod returns;
mod settings;
mod slips;
mod stories;
mod tree;
mod variants;
mod views;
