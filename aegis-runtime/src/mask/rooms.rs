//! Rooms that one call leaves to the next, so that large results do not ask the system for memory each time.

use super::detect::Hit;
use super::phrases::Hints;
use super::scan::Scan;

/// Room for places, which one reading leaves to the next. Never a text, nor any part of one.
#[derive(Default)]
pub(super) struct Rooms {
    pub(super) scan: Scan,
    pub(super) hits: Vec<Hit>,
    pub(super) hints: Hints,
}

/// Most bytes of rooms that are kept.
const KEPT: usize = 16 * 1024 * 1024;

impl Rooms {
    /// Whether they are worth keeping, and not too large.
    pub(super) fn are_kept(&self) -> bool {
        let bytes = self.scan.room() + self.hits.capacity() * size_of::<Hit>() + self.hints.room();
        (1..=KEPT).contains(&bytes)
    }
}
