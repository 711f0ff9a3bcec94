//! The audit log: JSONL, hash-chained, signed; a decision is durable before anything is done.
//!
//! *Invariants.* The hash is over line bytes, so the chain is checked without reading JSON. Values never stand in a record, only
//! keyed commitments and counts. Any failed write or sync latches the log closed; a failed sync is never tried again on the
//! same file, since the kernel below reports a lost page once and then says all is well. Private keys of checkpoints never
//! touch a file. Tamper-evident relative to an anchor you hold; without one, relative to the head rows beside the log.

mod anchor;
mod desk;
mod disclose;
mod export;
mod fields;
mod find;
mod follow;
mod heads;
mod id;
mod keys;
mod limit;
mod line;
mod log;
mod merkle;
mod note;
mod record;
mod recover;
mod registry;
mod report;
mod scan;
mod show;
mod sink;
mod start;
mod state;
mod tail;
mod verdict;
mod verify;
mod walk;
mod writer;

pub use disclose::{Disclosure, check, disclose};
pub use export::Format;
pub use fields::Fields;
pub use find::{Match, find};
pub use keys::Commitment;
pub use line::{misleads, spoken, visible};
pub use log::{Log, LogOptions};
pub use record::{CallId, Event, KernelId, Position, Record};
pub use recover::Recovery;
pub use report::report;
pub use show::show;
pub use tail::{Filter, Tail, one_line};
pub use verdict::{Difference, Kind, Overall, Verdict, Verdicts};
pub use verify::{Evidence, first_key, verify};

pub(crate) use follow::Follower;
pub(crate) use scan::lives;

use std::path::PathBuf;

/// What stops the log, or stops it from opening.
#[derive(Debug, thiserror::Error)]
pub enum AuditError {
    /// A file cannot be read, made or locked.
    #[error("`{}`: {source}", path.display())]
    Io {
        /// Which.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// What stands in a file's place is no file of ours.
    #[error(transparent)]
    Own(#[from] crate::own::OwnError),
    /// A place that a log must not stand in.
    #[error("`{}` {reason}", path.display())]
    Place {
        /// Which.
        path: PathBuf,
        /// Why not.
        reason: &'static str,
    },
    /// The heads' database fails.
    #[error("heads: {0}")]
    Heads(#[from] rusqlite::Error),
    /// A former log does not hold together.
    #[error(
        "the log was changed since it was written: {0}; `aegis audit verify` says more. To go on, restore it from a copy, or move the whole \
         state directory aside, keep it as evidence, and start with a new one"
    )]
    Tampered(Difference),
    /// An earlier failure closed the log.
    #[error("the audit log is latched closed: {reason}")]
    Latched {
        /// The first failure.
        reason: String,
    },
    /// The policy asks for an anchor, and none is fresh enough.
    #[error("no checkpoint is anchored as the policy requires: {reason}")]
    Unanchored {
        /// The anchor command's failure, or its age.
        reason: String,
    },
    /// There is no randomness for keys.
    #[error("no randomness: {0}")]
    Randomness(String),
    /// The key of a segment was destroyed.
    #[error("the key of `{0}` was destroyed, and with it the evidence of its values")]
    Shredded(String),
    /// A disclosure does not hold.
    #[error("the disclosure does not hold: {0}")]
    Disclosure(&'static str),
    /// No record of such a call.
    #[error("no call `{0}` in the log")]
    NoCall(String),
    /// More than one call of that name.
    #[error("several calls begin or end so: {0}")]
    SeveralCalls(String),
}

impl AuditError {
    fn io(path: impl Into<PathBuf>) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.into();
        move |source| Self::Io { path, source }
    }
}

/// Lower-case hex.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    let digit = |nibble: u8| if nibble < 10 { nibble.wrapping_add(b'0') } else { nibble.wrapping_add(b'a' - 10) };
    let text = bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect();
    String::from_utf8(text).unwrap_or_default()
}

#[cfg(test)]
mod tests;
