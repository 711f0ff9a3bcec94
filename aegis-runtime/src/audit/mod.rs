//! The audit log: JSONL, hash-chained, one file a kernel instance; a decision is durable before anything is done.
//!
//! *Invariants.* The hash is over line bytes, so the chain is checked without reading JSON. Values never stand in a record, only
//! keyed commitments and counts. Any failed write or sync latches the log closed; a failed sync is never tried again on the
//! same file, since the kernel below reports a lost page once and then says all is well. Tamper-evident relative to the
//! head rows beside it, and to nothing else yet.

mod heads;
mod line;
mod log;
mod record;
mod recover;
mod show;
mod sink;
mod verify;

pub use log::{Log, LogOptions};
pub use record::{CallId, Event, KernelId, Position, Record};
pub use recover::Recovery;
pub use show::show;
pub use verify::{Difference, Verdict, Verdicts, verify};

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
    #[error("the log was changed since it was written: {0}; run `aegis audit verify`")]
    Tampered(Difference),
    /// An earlier failure closed the log.
    #[error("the audit log is latched closed: {reason}")]
    Latched {
        /// The first failure.
        reason: String,
    },
    /// There is no randomness for keys.
    #[error("no randomness: {0}")]
    Randomness(String),
    /// No record of such a call.
    #[error("no call `{0}` in the log")]
    NoCall(String),
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
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len().saturating_mul(2)), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}

#[cfg(test)]
mod tests;
