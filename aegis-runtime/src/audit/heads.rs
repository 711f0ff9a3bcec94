//! The head rows: how far each kernel's log reached, in a SQLite file of its own. A log that is shorter than its head was cut.

use super::AuditError;
use rusqlite::{Connection, OpenFlags, OptionalExtension, params};
use std::path::Path;
use std::time::Duration;

/// The last line of one log that is known to be durable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Head {
    pub(super) kernel: String,
    pub(super) seq: u64,
    pub(super) hash: String,
    pub(super) bytes: u64,
    /// The kernel ended in order, or its end was recorded by a later one.
    pub(super) closed: bool,
}

/// The database.
pub(super) struct Heads {
    connection: Connection,
}

impl Heads {
    pub(super) fn open(path: &Path) -> Result<Self, AuditError> {
        let connection = Connection::open(path)?;
        connection.busy_timeout(Duration::from_secs(5))?;
        // The log itself is what must survive power loss; a head that lags behind it is no harm.
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.pragma_update(None, "synchronous", "NORMAL")?;
        connection.execute_batch(
            "CREATE TABLE IF NOT EXISTS head (
                kernel TEXT PRIMARY KEY, seq INTEGER NOT NULL, hash TEXT NOT NULL, bytes INTEGER NOT NULL, closed INTEGER NOT NULL
            ) STRICT",
        )?;
        Ok(Self { connection })
    }

    /// Opens what is there, for readers; `None` where there is nothing.
    pub(super) fn read(path: &Path) -> Result<Option<Self>, AuditError> {
        if !path.exists() {
            return Ok(None);
        }
        let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        connection.busy_timeout(Duration::from_secs(5))?;
        Ok(Some(Self { connection }))
    }

    pub(super) fn put(&self, head: &Head) -> Result<(), AuditError> {
        let mut statement = self.connection.prepare_cached(
            "INSERT INTO head (kernel, seq, hash, bytes, closed) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (kernel) DO UPDATE SET seq = ?2, hash = ?3, bytes = ?4, closed = ?5",
        )?;
        statement.execute(params![head.kernel, signed(head.seq), head.hash, signed(head.bytes), head.closed])?;
        Ok(())
    }

    pub(super) fn of(&self, kernel: &str) -> Result<Option<Head>, AuditError> {
        let sql = "SELECT kernel, seq, hash, bytes, closed FROM head WHERE kernel = ?1";
        Ok(self.connection.query_row(sql, [kernel], read_row).optional()?)
    }

    pub(super) fn all(&self) -> Result<Vec<Head>, AuditError> {
        let mut statement =
            self.connection.prepare("SELECT kernel, seq, hash, bytes, closed FROM head ORDER BY kernel")?;
        let rows = statement.query_map([], read_row)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

fn read_row(row: &rusqlite::Row<'_>) -> rusqlite::Result<Head> {
    let unsigned = |value: i64| u64::try_from(value).unwrap_or_default();
    Ok(Head {
        kernel: row.get(0)?,
        seq: unsigned(row.get(1)?),
        hash: row.get(2)?,
        bytes: unsigned(row.get(3)?),
        closed: row.get(4)?,
    })
}

fn signed(value: u64) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}
