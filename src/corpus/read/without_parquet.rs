//! What stands for the reader of Parquet in a program that was built without it.

use super::{Found, ReadError, Stop};
use crate::corpus::place::Source;

/// There are none.
pub(super) enum Rows {}

/// Tells that it cannot be read.
pub(super) fn list(source: &Source, _: &mut Found) -> Result<(), Stop> {
    Ok(Rows::open(source).map(|_| ())?)
}

impl Rows {
    pub(super) fn open(_: &Source) -> Result<Self, ReadError> {
        Err(ReadError::WithoutParquet)
    }

    pub(super) fn row(&mut self, _: u64) -> Result<Vec<u8>, ReadError> {
        match *self {}
    }
}
