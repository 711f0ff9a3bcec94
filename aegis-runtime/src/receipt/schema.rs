//! The tables.

use super::ReceiptError;
use rusqlite::Connection;
use std::time::Duration;

/// The schema's version, in `user_version`.
const VERSION: i64 = 1;

const TABLES: &str = "
CREATE TABLE receipt (
    id TEXT PRIMARY KEY, kind TEXT NOT NULL, dataset TEXT NOT NULL, version TEXT NOT NULL, version_kind TEXT NOT NULL,
    content_digest TEXT NOT NULL, rows INTEGER NOT NULL, checks_digest TEXT NOT NULL, principal TEXT NOT NULL,
    kernel TEXT NOT NULL, policy_digest TEXT NOT NULL, minted_at TEXT NOT NULL, mono_s INTEGER NOT NULL, boot_id TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('valid', 'reserved', 'consumed', 'voided', 'burned', 'expired')),
    ended_by TEXT, audit_seq INTEGER NOT NULL
) STRICT;
-- At most one that can be spent, whatever two kernels do at once.
CREATE UNIQUE INDEX one_standing ON receipt (kind, dataset, principal, policy_digest) WHERE state IN ('valid', 'reserved');
CREATE TABLE writer (
    call TEXT NOT NULL, dataset TEXT NOT NULL, kernel TEXT NOT NULL, PRIMARY KEY (call, dataset)
) STRICT;
";

/// Makes the connection careful and the tables present.
pub(super) fn prepare(connection: &Connection) -> Result<(), ReceiptError> {
    connection.busy_timeout(Duration::from_secs(5))?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.execute_batch("BEGIN IMMEDIATE")?;
    let found: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    match found {
        VERSION => {}
        0 => {
            connection.execute_batch(TABLES)?;
            connection.pragma_update(None, "user_version", VERSION)?;
        }
        other => return Err(ReceiptError::Version(other)),
    }
    connection.execute_batch("COMMIT")?;
    Ok(())
}
