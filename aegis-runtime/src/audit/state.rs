//! What of a writer changes with every record.

use super::heads::Head;
use super::limit::Limit;
use super::line;
use super::merkle::{Frontier, Hash};
use std::fs::File;
use std::time::Instant;

/// What changes with every record.
pub(super) struct State {
    pub(super) segment: u32,
    pub(super) seq: u64,
    pub(super) prev: Hash,
    pub(super) tree: Frontier,
    /// Room for lines in the making, given back empty.
    pub(super) room: Vec<u8>,
    /// Bytes in this segment.
    pub(super) bytes: u64,
    /// Since when lines wait for a sync.
    pub(super) dirty: Option<Instant>,
    /// Records since the last checkpoint, and since when.
    pub(super) unsigned: u64,
    pub(super) unsigned_since: Option<Instant>,
    pub(super) limit: Limit,
    /// Wall clock minus monotonic clock, nanoseconds.
    pub(super) clock: i128,
    pub(super) anchor_failed: bool,
    /// Until when the thread sleeps; `None` while it waits for a message only.
    pub(super) alarm: Option<Instant>,
    /// A file to be synced while others write, and the head that stands then.
    pub(super) beside: Option<(File, Head)>,
    pub(super) latched: Option<String>,
}

impl State {
    pub(super) fn new() -> Self {
        Self {
            segment: 1,
            seq: 0,
            prev: line::GENESIS,
            tree: Frontier::default(),
            room: Vec::new(),
            bytes: 0,
            dirty: None,
            unsigned: 0,
            unsigned_since: None,
            limit: Limit::new(Instant::now()),
            clock: clock_offset(),
            anchor_failed: false,
            alarm: None,
            beside: None,
            latched: None,
        }
    }
}

/// Wall clock minus monotonic clock, nanoseconds.
pub(super) fn clock_offset() -> i128 {
    jiff::Timestamp::now().as_nanosecond().saturating_sub(line::mono_ns())
}
