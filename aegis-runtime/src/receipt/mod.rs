//! Receipts: rows the kernel owns, earned by validation and spent by promotion. The agent never holds one.
//!
//! *Invariants.* A receipt is bound to dataset, version, content digest, checks, policy, principal and boot; it is spent once, by
//! whoever reserves it first, across processes. It is never handed out, so there is nothing to forge or replay. Time is the
//! boot clock, which a stepped wall clock does not move.

mod brake;
mod change;
mod clock;
mod export;
mod hold;
mod request;
mod schema;
mod store;
mod witness;

pub use brake::{Brake, Glance, Halt, Leave, Scope, halted};
pub use change::Change;
pub use clock::Clock;
pub use export::{ExportError, Signatory, verify};
pub use request::{Request, call_digest};
pub use store::{Receipts, ReceiptsOptions};

use crate::denial::Code;
use serde::Serialize;
use serde_json::{Map, Value};

/// What becomes of reserved receipts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// The call succeeded: spent.
    Consumed,
    /// Nothing was done: valid again.
    Released,
    /// Nobody knows, or the data is not what was validated: spent for nothing.
    Burned,
}

impl Fate {
    /// The word in the log.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Fate::Consumed => "consumed",
            Fate::Released => "released",
            Fate::Burned => "burned",
        }
    }
}

/// Receipts taken for one call. Must be settled; what is not is burned by the next start.
#[derive(Debug)]
#[must_use]
pub struct Hold {
    receipts: Vec<Receipt>,
}

impl Hold {
    /// What is held.
    #[must_use]
    pub fn receipts(&self) -> &[Receipt] {
        &self.receipts
    }
}

/// A writer that announced itself. Must be ended; one of a dead kernel is ended by the next start.
#[derive(Debug)]
#[must_use]
pub struct WriteHold {
    call: String,
}

/// The id of a receipt that is about to be minted.
#[must_use]
pub fn fresh_id() -> String {
    uuid::Uuid::now_v7().to_string()
}

/// A receipt to be minted.
#[derive(Debug)]
pub struct Mint<'call> {
    /// Its id, as the record that mints it names it.
    pub id: String,
    /// Its kind.
    pub kind: &'static str,
    /// The dataset's name.
    pub dataset: &'static str,
    /// The version that was read.
    pub version: &'call str,
    /// What kind of version that is: `etag`.
    pub version_kind: &'static str,
    /// The versions of other datasets that values were looked up in, by dataset.
    pub inputs: &'call Map<String, Value>,
    /// SHA-256 of the bytes that were read, lower-case hex.
    pub content_digest: &'call str,
    /// Rows counted.
    pub rows: u64,
    /// Digest of the check set.
    pub checks_digest: &'static str,
    /// The record that mints it.
    pub audit_seq: u64,
    /// The call that earned it.
    pub call: &'call crate::audit::CallId,
}

/// A receipt, as `aegis receipt list` shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Receipt {
    /// Its id.
    pub id: String,
    /// Its kind.
    pub kind: String,
    /// The dataset's name.
    pub dataset: String,
    /// The version it is for.
    pub version: String,
    /// What kind of version that is.
    pub version_kind: String,
    /// SHA-256 of the content.
    pub content_digest: String,
    /// Rows.
    pub rows: u64,
    /// Digest of the check set.
    pub checks_digest: String,
    /// Who earned it and may spend it.
    pub principal: String,
    /// The kernel instance that minted it.
    pub kernel: String,
    /// The policy it stands under.
    pub policy_digest: String,
    /// Wall time of minting, for people.
    pub minted_at: String,
    /// Seconds on the boot clock at minting.
    pub mono_s: u64,
    /// The boot it belongs to.
    pub boot_id: String,
    /// `valid`, `reserved`, `consumed`, `voided`, `burned`, `expired`.
    pub state: String,
    /// The call that reserved or ended it.
    pub ended_by: Option<String>,
    /// The record that minted it.
    pub audit_seq: u64,
    /// The versions of other datasets that values were looked up in.
    pub inputs: Map<String, Value>,
    /// Whose word it is: `kernel-read`, or `operator`.
    pub assurance: String,
    /// The build that minted it.
    pub build: String,
    /// Seconds since 1970 at minting.
    pub wall_s: u64,
}

/// What the store refuses or fails at.
#[derive(Debug, thiserror::Error)]
pub enum ReceiptError {
    /// The database fails.
    #[error("receipts: {0}")]
    Database(#[from] rusqlite::Error),
    /// What stands in the database's place is no file of ours.
    #[error(transparent)]
    Own(#[from] crate::own::OwnError),
    /// The database is another program's, or a later version's.
    #[error("the receipt database has schema version {0}, which this kernel does not know")]
    Version(i64),
    /// The database is gone although logs of former kernels are here.
    #[error(
        "`{0}` is missing although this state directory was used before; restore it, or remove the state directory as a whole"
    )]
    Missing(String),
    /// The boot id or clock cannot be read.
    #[error("boot id: {0}")]
    Boot(std::io::Error),
    /// The receipt is not valid any more, or not this principal's.
    #[error("the receipt no longer stands; validate again")]
    Taken,
    /// The log says that it was spent, or does not say that it was earned: the database was set back or changed.
    #[error(
        "the log does not bear it out: spent before, or never earned; the database was set back or changed. Validate again"
    )]
    RolledBack,
    /// The wall clock stands before the receipt's minting.
    #[error("the clock was set back since it was minted; validate again")]
    ClockBack,
    /// The log cannot be read for what was earned and spent, or does not hold together.
    #[error("a receipt stands, and the log it rests on does not: {0}")]
    Log(#[from] crate::audit::AuditError),
    /// A write to the dataset is under way.
    #[error("a write to `{0}`, or a promotion of it, is still under way")]
    Writer(String),
}

impl ReceiptError {
    /// The agent's code for it.
    #[must_use]
    pub fn code(&self) -> Code {
        match self {
            ReceiptError::Taken => Code::ReceiptTaken,
            ReceiptError::Writer(_) => Code::WriterInFlight,
            ReceiptError::RolledBack => Code::ReceiptRolledBack,
            ReceiptError::ClockBack => Code::ClockBack,
            ReceiptError::Log(_)
            | ReceiptError::Database(_)
            | ReceiptError::Own(_)
            | ReceiptError::Version(_)
            | ReceiptError::Missing(_)
            | ReceiptError::Boot(_) => Code::StateUnavailable,
        }
    }
}

#[cfg(test)]
mod tests;
