//! Plain text: the file as it stands.

use super::Parts;

pub(super) fn parts(text: String) -> Parts {
    Parts { text, ..Parts::default() }
}
