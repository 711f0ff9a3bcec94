//! What a server says that it should not: counted, told once of each kind, and the end of it when it is too much.
//!
//! *Invariants.* Nothing of the server's words is kept. A life of a server yields one event of a kind and one sum at its end, so it
//! cannot fill the log.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

/// A kind of misconduct.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Misconduct {
    /// A line that is no message: a banner, a log line; or one over 64 KiB that is no answer.
    Stray,
    /// A message that is no JSON, or none that can be held: a number or a text that is none, an end that is missing, 129 levels; an
    /// answer that is neither a result nor an error, or has no id; messages in an array.
    Broken,
    /// A message that is no JSON of one meaning: a key stands twice.
    Ambiguous,
    /// An answer to no request of ours.
    Unasked,
    /// A second answer to a request.
    Second,
    /// An answer to a request that was given up.
    Late,
    /// A request of its own: sampling, roots, elicitation.
    Request,
    /// More than can be listened to, all of it answers to nothing.
    Flood,
}

impl Misconduct {
    /// The word for people and records.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Misconduct::Stray => "stray-line",
            Misconduct::Broken => "broken-message",
            Misconduct::Ambiguous => "ambiguous-message",
            Misconduct::Unasked => "unasked-answer",
            Misconduct::Second => "second-answer",
            Misconduct::Late => "late-answer",
            Misconduct::Request => "request",
            Misconduct::Flood => "flood",
        }
    }

    /// How many of it within a minute end the connection, and in which words.
    const fn limit(self) -> Option<(usize, &'static str)> {
        match self {
            Misconduct::Stray => Some((1000, "the server wrote a thousand lines that are no messages")),
            Misconduct::Broken => Some((10, "the server wrote ten messages that cannot be read")),
            Misconduct::Ambiguous => Some((10, "the server wrote ten messages in which a key stands twice")),
            Misconduct::Unasked => Some((100, "the server gave a hundred answers that nobody asked for")),
            Misconduct::Second => Some((100, "the server answered a hundred times again")),
            Misconduct::Request => Some((1000, "the server made a thousand requests of its own")),
            Misconduct::Flood => Some((1, "the server wrote too much that answers nothing: 64 MiB within a minute")),
            // Those we gave up are our doing.
            Misconduct::Late => None,
        }
    }
}

const WINDOW: Duration = Duration::from_secs(60);
/// Bytes within a minute that answer nothing, and what a line costs however short it is.
const BYTES: usize = 64 * 1024 * 1024;
const LINE: usize = 128;

/// How much there was of something within a minute, and since when.
type Within = (Option<Instant>, usize);

fn add((since, within): &mut Within, more: usize) -> usize {
    if since.is_none_or(|since| since.elapsed() > WINDOW) {
        (*since, *within) = (Some(Instant::now()), 0);
    }
    *within = within.saturating_add(more);
    *within
}

/// The record of one life.
#[derive(Debug, Default)]
pub(super) struct Conduct {
    counts: BTreeMap<Misconduct, u64>,
    window: BTreeMap<Misconduct, Within>,
    bytes: Within,
}

impl Conduct {
    /// Notes one; true for the first of its kind.
    pub(super) fn note(&mut self, kind: Misconduct) -> bool {
        let count = self.counts.entry(kind).or_default();
        *count = count.saturating_add(1);
        let first = *count == 1;
        add(self.window.entry(kind).or_default(), 1);
        first
    }

    /// Weighs a line that answers nothing; true where there were too many bytes of them.
    pub(super) fn weigh(&mut self, line: &[u8]) -> bool {
        add(&mut self.bytes, line.len().saturating_add(LINE)) > BYTES
    }

    /// Why this is too much, where it is.
    pub(super) fn verdict(&self, kind: Misconduct) -> Option<&'static str> {
        let (limit, words) = kind.limit()?;
        let (_, within) = self.window.get(&kind)?;
        (*within >= limit).then_some(words)
    }

    /// The sums.
    pub(super) fn counts(&self) -> BTreeMap<Misconduct, u64> {
        self.counts.clone()
    }
}
