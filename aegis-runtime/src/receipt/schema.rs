//! The tables, and how a former schema becomes this one.
//!
//! What a rebuild or an upgrade does to standing receipts: a receipt stands under the policy digest it was minted under, so any
//! change of manifests or policy leaves the old ones unspendable (they expire by themselves), and going back to the former build
//! within their time finds them again. A changed check set changes that digest too, and is compared once more at promotion. The
//! migration from the first schema voids whatever stood, since that one did not record all that is now checked.

use super::ReceiptError;
use rusqlite::Connection;
use std::time::Duration;

/// From nothing to the present schema; how many of them were taken is the version, in `user_version`.
const STEPS: [&str; 3] = [TABLES, TWO, THREE];

pub(super) const TABLES: &str = "
CREATE TABLE receipt (
    id TEXT PRIMARY KEY, kind TEXT NOT NULL, dataset TEXT NOT NULL, version TEXT NOT NULL, version_kind TEXT NOT NULL,
    content_digest TEXT NOT NULL, rows INTEGER NOT NULL, checks_digest TEXT NOT NULL, principal TEXT NOT NULL,
    kernel TEXT NOT NULL, policy_digest TEXT NOT NULL, minted_at TEXT NOT NULL, mono_s INTEGER NOT NULL, boot_id TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('valid', 'reserved', 'consumed', 'voided', 'burned', 'expired')),
    ended_by TEXT, audit_seq INTEGER NOT NULL
) STRICT;
CREATE TABLE writer (
    call TEXT NOT NULL, dataset TEXT NOT NULL, kernel TEXT NOT NULL, PRIMARY KEY (call, dataset)
) STRICT;
";

/// Assurance, the versions that values were looked up in, the build, and the wall clock, by which a step back shows.
const TWO: &str = "
ALTER TABLE receipt ADD COLUMN inputs TEXT NOT NULL DEFAULT '{}';
ALTER TABLE receipt ADD COLUMN assurance TEXT NOT NULL DEFAULT 'kernel-read';
ALTER TABLE receipt ADD COLUMN build TEXT NOT NULL DEFAULT '';
ALTER TABLE receipt ADD COLUMN wall_s INTEGER NOT NULL DEFAULT 0;
UPDATE receipt SET state = 'voided', ended_by = 'migration' WHERE state = 'valid';
DROP INDEX IF EXISTS one_standing;
-- At most one that can be spent, whatever two kernels do at once; an approval is one a call.
CREATE UNIQUE INDEX one_standing ON receipt (
    kind, dataset, principal, policy_digest, CASE version_kind WHEN 'call' THEN version ELSE '' END
) WHERE state IN ('valid', 'reserved');
CREATE TABLE request (
    digest TEXT NOT NULL, kind TEXT NOT NULL, principal TEXT NOT NULL, policy_digest TEXT NOT NULL, tool TEXT NOT NULL,
    rule TEXT NOT NULL, arguments TEXT NOT NULL, requested_at TEXT NOT NULL, mono_s INTEGER NOT NULL, boot_id TEXT NOT NULL,
    PRIMARY KEY (digest, kind, principal, policy_digest)
) STRICT;
";

/// Which kernel has a receipt in hand: what a kernel that is gone had is found by it, whatever its log says of the call.
const THREE: &str = "ALTER TABLE receipt ADD COLUMN holder TEXT;";

/// Makes the connection careful and the tables present.
pub(super) fn prepare(connection: &Connection) -> Result<(), ReceiptError> {
    connection.busy_timeout(Duration::from_secs(5))?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.execute_batch("BEGIN IMMEDIATE")?;
    let found: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let missing = usize::try_from(found).ok().and_then(|found| STEPS.get(found..));
    let missing = missing.ok_or(ReceiptError::Version(found))?;
    missing.iter().try_for_each(|step| connection.execute_batch(step))?;
    connection.pragma_update(None, "user_version", i64::try_from(STEPS.len()).unwrap_or(i64::MAX))?;
    connection.execute_batch("COMMIT")?;
    Ok(())
}
