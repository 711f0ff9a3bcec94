//! How many refusals are recorded one by one: an agent that is refused all day must not fill the disk and latch the kernel.

use super::{Event, Record};
use serde_json::{Map, json};
use std::collections::BTreeMap;
use std::time::{Duration, Instant};

/// Refusals at one time.
const BURST: f64 = 256.0;
/// Refusals a second over a long time: half a gigabyte a day at the very worst.
const RATE: f64 = 8.0;
/// How often what was left out is summed up.
const SUMMARY: Duration = Duration::from_secs(5);

/// A bucket of refusals.
pub(super) struct Limit {
    left: f64,
    filled: Instant,
    /// Left out since the last summary, by code.
    omitted: BTreeMap<String, u64>,
    since: Instant,
}

impl Limit {
    pub(super) fn new(now: Instant) -> Self {
        Self { left: BURST, filled: now, omitted: BTreeMap::new(), since: now }
    }

    /// Whether a refusal gets a record of its own; if not, it is counted.
    pub(super) fn admits(&mut self, record: &Record, now: Instant) -> bool {
        self.left = (self.left + now.duration_since(self.filled).as_secs_f64() * RATE).min(BURST);
        self.filled = now;
        if self.left >= 1.0 {
            self.left -= 1.0;
            return true;
        }
        if self.omitted.is_empty() {
            self.since = now;
        }
        let count = self.omitted.entry(record.code()).or_default();
        *count = count.saturating_add(1);
        false
    }

    /// When a summary is due.
    pub(super) fn due(&self) -> Option<Instant> {
        (!self.omitted.is_empty()).then_some(self.since).and_then(|since| since.checked_add(SUMMARY))
    }

    /// What was left out.
    pub(super) fn summary(&mut self) -> Option<Record> {
        if self.omitted.is_empty() {
            return None;
        }
        let by_code = std::mem::take(&mut self.omitted);
        let count = by_code.values().fold(0_u64, |sum, count| sum.saturating_add(*count));
        let body = Map::from_iter([("count".to_owned(), json!(count)), ("codes".to_owned(), json!(by_code))]);
        Some(Record::new(Event::DenialsCoalesced, None, body))
    }
}
