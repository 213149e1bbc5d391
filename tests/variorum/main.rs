//! The integration tests: the house and its rules, properties of the engine, pictures of the screen, journeys of the program.

mod browser;
mod house;
mod pictures;
mod properties;
mod readme;
