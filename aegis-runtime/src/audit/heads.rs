//! The head rows: how far each kernel's log, and the registry, reached, in a SQLite file of its own. A log that is shorter than
//! its head was cut.

use super::AuditError;
use super::merkle::Hash;
use crate::own;
use rusqlite::{Connection, OpenFlags, OptionalExtension, params};
use std::cell::Cell;
use std::fs::OpenOptions;
use std::path::Path;
use std::time::Duration;

/// The last line of one log that is known to be durable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Head {
    /// A kernel's id, or [`REGISTRY`].
    pub(super) kernel: String,
    pub(super) seq: u64,
    pub(super) hash: Hash,
    /// The kernel ended in order, or its end was recorded by a later one.
    pub(super) closed: bool,
}

/// The registry's row.
pub(super) const REGISTRY: &str = "registry";
/// The layout of the database.
const VERSION: i64 = 2;

/// The database.
pub(super) struct Heads {
    connection: Connection,
    /// How the connection is set at present.
    safe: Cell<Option<bool>>,
}

impl Heads {
    pub(super) fn open(path: &Path) -> Result<Self, AuditError> {
        own::database(path)?;
        let connection = Connection::open(path)?;
        // Long enough for another kernel's row, short enough for an agent that waits for a named error.
        connection.busy_timeout(Duration::from_secs(1))?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        let version: i64 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
        let empty: bool =
            connection
                .query_row("SELECT count(*) = 0 FROM sqlite_schema WHERE type = 'table'", [], |row| row.get(0))?;
        if version != VERSION && !empty {
            return Err(AuditError::Place { path: path.to_owned(), reason: "was made by another version of aegis" });
        }
        if empty {
            connection.execute_batch(&format!(
                "BEGIN IMMEDIATE;
                 CREATE TABLE IF NOT EXISTS head (
                    kernel TEXT PRIMARY KEY, seq INTEGER NOT NULL, hash BLOB NOT NULL, closed INTEGER NOT NULL
                 ) STRICT;
                 CREATE TABLE IF NOT EXISTS latch (kernel TEXT PRIMARY KEY, reason TEXT NOT NULL) STRICT;
                 PRAGMA user_version = {VERSION};
                 COMMIT"
            ))?;
            checkpoint(&connection);
        }
        Ok(Self { connection, safe: Cell::new(None) })
    }

    /// Opens what is there, for readers; `None` where there is nothing.
    pub(super) fn read(path: &Path) -> Result<Option<Self>, AuditError> {
        if !own::is_there(path) {
            return Ok(None);
        }
        own::plain(path, OpenOptions::new().read(true))?;
        let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        connection.busy_timeout(Duration::from_secs(5))?;
        let is_empty: bool =
            connection.query_row("SELECT count(*) = 0 FROM sqlite_schema WHERE name = 'head'", [], |row| row.get(0))?;
        if is_empty {
            return Ok(None);
        }
        Ok(Some(Self { connection, safe: Cell::new(None) }))
    }

    /// Writes a row. The log itself is what must survive power loss, so a head may lag behind it; `safe` rows may not:
    /// after a checkpoint no head is older than it.
    pub(super) fn put(&self, head: &Head, safe: bool) -> Result<(), AuditError> {
        if self.safe.replace(Some(safe)) != Some(safe) {
            self.connection.pragma_update(None, "synchronous", if safe { "FULL" } else { "NORMAL" })?;
        }
        let mut statement = self.connection.prepare_cached(
            "INSERT INTO head (kernel, seq, hash, closed) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (kernel) DO UPDATE SET seq = ?2, hash = ?3, closed = ?4",
        )?;
        statement.execute(params![head.kernel, signed(head.seq), head.hash, head.closed])?;
        if safe {
            // So that a copy of the one file is not older than the log's own checkpoints, whoever forgets its journal.
            checkpoint(&self.connection);
        }
        Ok(())
    }

    pub(super) fn of(&self, kernel: &str) -> Result<Option<Head>, AuditError> {
        let sql = "SELECT kernel, seq, hash, closed FROM head WHERE kernel = ?1";
        Ok(self.connection.query_row(sql, [kernel], read_row).optional()?)
    }

    pub(super) fn all(&self) -> Result<Vec<Head>, AuditError> {
        let mut statement = self.connection.prepare("SELECT kernel, seq, hash, closed FROM head ORDER BY kernel")?;
        let rows = statement.query_map([], read_row)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Leaves word of a latch for the next start, since the log itself can no longer say it.
    pub(super) fn latched(&self, kernel: &str, reason: &str) -> Result<(), AuditError> {
        self.connection.execute("INSERT OR REPLACE INTO latch VALUES (?1, ?2)", params![kernel, reason])?;
        Ok(())
    }

    pub(super) fn latch_of(&self, kernel: &str) -> Result<Option<String>, AuditError> {
        let sql = "SELECT reason FROM latch WHERE kernel = ?1";
        Ok(self.connection.query_row(sql, [kernel], |row| row.get(0)).optional()?)
    }
}

/// Moves rows from the journal to the file itself, as far as nobody is in the way. They stand in the journal as well.
fn checkpoint(connection: &Connection) {
    let _ignored = connection.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(()));
}

fn read_row(row: &rusqlite::Row<'_>) -> rusqlite::Result<Head> {
    let unsigned = |value: i64| u64::try_from(value).unwrap_or_default();
    Ok(Head { kernel: row.get(0)?, seq: unsigned(row.get(1)?), hash: row.get(2)?, closed: row.get(3)? })
}

fn signed(value: u64) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}
