//! How many refusals are recorded one by one: an agent that is refused all day must not fill the disk and latch the kernel.
//!
//! *Invariants.* Lines that are no calls take nothing from what denied calls have, and no kind of refusal takes from another its first
//! ones: a flood of one hides only more of the same.

use super::{Event, Record};
use serde_json::{Map, json};
use std::collections::BTreeMap;
use std::time::{Duration, Instant};

/// Refusals at one time, and a second over a long time: of all denied calls together half a gigabyte a day at the very worst.
const DENIED: Rate = Rate { burst: 256.0, second: 8.0 };
/// The same of what is no call.
const NO_CALL: Rate = Rate { burst: 256.0, second: 4.0 };
/// The same of each kind, when all of them together are over that: a minute's two.
const KIND: Rate = Rate { burst: 16.0, second: 1.0 / 30.0 };
/// How often what was left out is summed up.
const SUMMARY: Duration = Duration::from_secs(5);

struct Rate {
    burst: f64,
    second: f64,
}

/// What is left of a rate.
struct Bucket {
    rate: Rate,
    left: f64,
    filled: Instant,
}

impl Bucket {
    fn new(rate: Rate, now: Instant) -> Self {
        Self { left: rate.burst, rate, filled: now }
    }

    fn take(&mut self, now: Instant) -> bool {
        let more = now.duration_since(self.filled).as_secs_f64() * self.rate.second;
        (self.left, self.filled) = ((self.left + more).min(self.rate.burst), now);
        let taken = self.left >= 1.0;
        if taken {
            self.left -= 1.0;
        }
        taken
    }
}

/// The buckets of refusals.
pub(super) struct Limit {
    denied: Bucket,
    no_call: Bucket,
    /// By kind. There are no more of them than there are codes.
    kinds: BTreeMap<String, Bucket>,
    /// Left out since the last summary, by kind.
    omitted: BTreeMap<String, u64>,
    since: Instant,
}

impl Limit {
    pub(super) fn new(now: Instant) -> Self {
        Self {
            denied: Bucket::new(DENIED, now),
            no_call: Bucket::new(NO_CALL, now),
            kinds: BTreeMap::new(),
            omitted: BTreeMap::new(),
            since: now,
        }
    }

    /// Whether a refusal gets a record of its own; if not, it is counted.
    pub(super) fn admits(&mut self, record: &Record, now: Instant) -> bool {
        let shared = if record.is_no_call() { &mut self.no_call } else { &mut self.denied };
        if shared.take(now) {
            return true;
        }
        let kind = record.kind();
        let own = self.kinds.entry(kind.clone()).or_insert_with(|| Bucket::new(KIND, now));
        if own.take(now) {
            return true;
        }
        if self.omitted.is_empty() {
            self.since = now;
        }
        let count = self.omitted.entry(kind).or_default();
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
        let by_kind = std::mem::take(&mut self.omitted);
        let count = by_kind.values().fold(0_u64, |sum, count| sum.saturating_add(*count));
        let body = Map::from_iter([("count".to_owned(), json!(count)), ("codes".to_owned(), json!(by_kind))]);
        Some(Record::new(Event::DenialsCoalesced, None, body))
    }
}

#[cfg(test)]
mod tests {
    use super::{Event, Limit, Record};
    use serde_json::{Map, Value, json};
    use std::time::{Duration, Instant};

    fn record(event: Event, body: Value) -> Record {
        let Value::Object(body) = body else { return Record::new(event, None, Map::new()) };
        Record::new(event, None, body)
    }

    #[test]
    fn a_flood_hides_only_more_of_the_same() {
        let now = Instant::now();
        let mut limit = Limit::new(now);
        let denied = |code: &str| record(Event::CallDecided, json!({"decision": "deny", "code": code}));
        let junk = record(Event::RpcRejected, json!({"code": "AEG-D103"}));
        let misconduct = record(Event::RpcRejected, json!({"server": "s", "misconduct": "stray-line"}));
        let mut admitted = |record: &Record, count: usize| (0..count).filter(|_| limit.admits(record, now)).count();
        assert_eq!(admitted(&junk, 10_000), 256 + 16);
        assert_eq!(admitted(&misconduct, 20), 16);
        assert_eq!(admitted(&denied("AEG-D110"), 10_000), 256 + 16);
        for code in ["AEG-D210", "AEG-D103"] {
            assert_eq!(admitted(&denied(code), 100), 16, "{code}");
        }
        let codes = Value::from_iter([
            ("AEG-D103", 84),
            ("AEG-D110", 9_728),
            ("AEG-D210", 84),
            ("misconduct", 4),
            ("rpc.rejected", 9_728),
        ]);
        let summary = limit.summary().map(|record| String::from_utf8_lossy(record.fields.text()).into_owned());
        assert!(summary.unwrap_or_default().contains(&format!(r#""codes":{codes}"#)));
        // What fills up again does so at its rate.
        let later = now.checked_add(Duration::from_secs(100)).unwrap_or(now);
        assert_eq!((0..10_000).filter(|_| limit.admits(&denied("AEG-D110"), later)).count(), 256 + 3);
    }
}
