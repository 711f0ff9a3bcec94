//! One connection with the engine's own belts on, and one statement run over it.
//!
//! *Invariants.* A statement is prepared once, alone; what the authorizer saw of it is judged before its first step; the authorizer
//! stays on while it runs. The key of its tokens is made for it and for no other.

use super::guard::{Guard, Seen, Speaker};
use super::sentence::sentence;
use super::views::{self, Key};
use super::watchdog::Watchdog;
use super::written::{self, Touched};
use super::{arithmetic, drift};
use crate::estate::{Estate, Table, quoted};
use crate::hex;
use crate::token::CallKey;
use rusqlite::config::DbConfig;
use rusqlite::hooks::AuthContext;
use rusqlite::limits::Limit;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OpenFlags, Result, Statement};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Longest run of one statement.
const TIME: Duration = Duration::from_secs(25);
/// What it has beyond that, inside of one call of a function.
const STUCK: Duration = Duration::from_secs(2);
/// Virtual-machine steps between two looks at the clock.
const STEPS: i32 = 10_000;
/// Longest value of a client's statement, in bytes: long enough for what people read, short enough that one call of a function ends.
const LENGTH: i32 = 1 << 20;
/// Longest value of our own statements.
const OWN_LENGTH: i32 = 16 << 20;
/// Bytes of the rows of one answer.
const ANSWER: usize = 4 << 20;
/// Memory of the engine, in bytes, over all connections.
const HEAP: i64 = 256 << 20;

/// Columns, rows, and whether rows were left out.
pub(super) struct Rows {
    pub(super) columns: Vec<String>,
    pub(super) rows: Vec<Vec<Value>>,
    pub(super) truncated: bool,
}

/// A connection and its guard.
pub(super) struct Guarded {
    pub(super) connection: Connection,
    pub(super) guard: Arc<Guard>,
    key: Key,
    watchdog: Watchdog,
    estate: Option<Arc<Estate>>,
    touched: Touched,
    /// The schema that was held against the estate, by the engine's own count of changes.
    version: i64,
}

impl Guarded {
    /// Opens a database; `Ok(Err(lines))` is drift.
    pub(super) fn open(
        path: &Path,
        mode: OpenFlags,
        estate: Option<Arc<Estate>>,
    ) -> Result<std::result::Result<Self, Vec<String>>, String> {
        let said = |error: rusqlite::Error| sentence(&error);
        let key: Key = Arc::new(Mutex::new(CallKey::fresh()?));
        // Random, and no word of the estate: it cannot be guessed, and no honest statement holds it.
        let secret = format!("aegis_leaf_{}", CallKey::fresh()?.hex());
        let guard = Guard::new(estate.clone(), secret);
        let connection = belted(path, mode).map_err(said)?;
        arithmetic::create(&connection).map_err(said)?;
        let watchdog = Watchdog::start()?;
        let touched = Touched::default();
        let mut guarded = Self { connection, guard, key, watchdog, estate, touched, version: 0 };
        let differences = guarded.prepare(mode.contains(OpenFlags::SQLITE_OPEN_READ_WRITE)).map_err(said)?;
        if !differences.is_empty() {
            return Ok(Err(differences));
        }
        let guard = Arc::clone(&guarded.guard);
        guarded.connection.authorizer(Some(move |context: AuthContext<'_>| guard.answer(&context))).map_err(said)?;
        Ok(Ok(guarded))
    }

    fn prepare(&mut self, writes: bool) -> Result<Vec<String>> {
        // Table functions declare themselves at their first use, by what looks like a change of the schema.
        self.connection.execute_batch("SELECT 1 FROM json_each('[]'), json_tree('[]')")?;
        let Some(estate) = &self.estate else {
            self.version = self.schema_version()?;
            return Ok(Vec::new());
        };
        if writes && written::is_asked_by(estate) {
            written::prepare(&self.connection)?;
            self.touched.watch(&mut self.connection, estate)?;
        }
        self.version = self.schema_version()?;
        let differences = drift::differences(&self.connection, estate)?;
        if differences.is_empty() {
            views::create(&self.connection, estate, &self.guard, Arc::clone(&self.key))?;
        }
        Ok(differences)
    }

    fn schema_version(&self) -> Result<i64> {
        self.connection.query_row("PRAGMA main.schema_version", [], |row| row.get(0))
    }

    /// Whether the schema is still the one that was looked at.
    pub(super) fn is_current(&self) -> bool {
        self.guard.speak(Speaker::Own);
        self.estate.is_none() || self.schema_version().is_ok_and(|version| version == self.version)
    }

    /// Runs exactly one statement of a client to its end, keeping at most `limit` rows.
    pub(super) fn run(
        &mut self,
        sql: &str,
        limit: u64,
        writes: bool,
        cancel: &Arc<AtomicBool>,
    ) -> Result<(Rows, Seen), String> {
        if self.guard.is_named_in(sql) {
            return Err("the statement names what is this server's own".to_owned());
        }
        let (started, cancelled) = (Instant::now(), Arc::clone(cancel));
        let late = move || started.elapsed() > TIME || cancelled.load(Ordering::Relaxed);
        self.touched.clear();
        *self.key.lock().unwrap_or_else(PoisonError::into_inner) = CallKey::fresh()?;
        self.connection.progress_handler(STEPS, Some(late)).map_err(|error| sentence(&error))?;
        self.guard.speak(if writes { Speaker::Writer } else { Speaker::Reader });
        self.connection.set_limit(Limit::SQLITE_LIMIT_LENGTH, LENGTH).map_err(|error| sentence(&error))?;
        self.watchdog.arm(TIME.saturating_add(STUCK));
        let done = self.checked(sql, limit, writes);
        self.watchdog.disarm();
        self.connection.set_limit(Limit::SQLITE_LIMIT_LENGTH, OWN_LENGTH).map_err(|error| sentence(&error))?;
        self.guard.speak(Speaker::Own);
        self.connection.progress_handler(0, None::<fn() -> bool>).map_err(|error| sentence(&error))?;
        done
    }

    fn checked(&self, sql: &str, limit: u64, writes: bool) -> Result<(Rows, Seen), String> {
        // `prepare` refuses a second statement, comments and blanks apart.
        let mut statement = self.connection.prepare(sql).map_err(|error| sentence(&error))?;
        let mut seen = self.guard.settle();
        if !writes && !statement.readonly() {
            return Err("`query` reads; use `execute` for a statement that changes rows".to_owned());
        }
        // Personal values move between relations that are declared to hold some; into which column, the sender has judged.
        let masked =
            |name: &String| self.estate.as_ref().and_then(|estate| estate.table(name)).is_some_and(Table::is_masked);
        let moves = !statement.readonly() && !seen.targets.is_empty() && seen.targets.iter().all(masked);
        if !moves && let Some(table) = seen.personal.iter().find(|table| !seen.targets.contains(*table)) {
            return Err(format!("not authorized: a personal column of `{table}` is read outside of its masked view"));
        }
        // What RETURNING gives out comes from the relation itself, so it must be free of personal columns.
        if !seen.personal.is_empty() && statement.column_count() > 0 && self.returns_personal(sql, &seen) {
            return Err("not authorized: RETURNING names a personal column; return the key, and read by it".to_owned());
        }
        if replaces(&seen, sql) {
            seen.before = self.counted(&seen.targets).map_err(|error| sentence(&error))?;
        }
        let done = rows(&mut statement, limit, writes).map_err(|error| sentence(&error))?;
        if done.truncated && done.rows.is_empty() && limit > 0 {
            return Err("one row is larger than a whole answer may be (4 MiB); name fewer columns".to_owned());
        }
        Ok((done, seen))
    }

    /// Notes the rows that the last statement wrote, before it is kept.
    pub(super) fn note(&self, seen: &Seen) -> Result<()> {
        self.estate.as_ref().map_or(Ok(()), |estate| self.touched.note(&self.connection, estate, &seen.values))
    }

    /// How many rows relations have. A count reads no column, so that the authorizer takes it from anybody.
    pub(super) fn counted(&self, tables: &BTreeSet<String>) -> Result<BTreeMap<String, u64>> {
        let count = |table: &String| {
            let sql = format!("SELECT count(*) FROM main.{}", quoted(table));
            let rows: i64 = self.connection.query_row(&sql, [], |row| row.get(0))?;
            Ok((table.clone(), u64::try_from(rows).unwrap_or_default()))
        };
        tables.iter().map(count).collect()
    }

    /// Whether RETURNING reads personal columns: the statement without it is prepared too, and must read as many.
    fn returns_personal(&self, sql: &str, seen: &Seen) -> bool {
        let folded = sql.to_ascii_lowercase();
        for (at, _) in folded.rmatch_indices("returning") {
            let Some(before) = sql.get(..at) else { return true };
            self.guard.speak(Speaker::Writer);
            let without = self.connection.prepare(before).map(|statement| statement.column_count());
            let reads = self.guard.settle();
            if matches!(without, Ok(0)) {
                // The targets of the whole statement stand for its run again.
                self.guard.speak(Speaker::Writer);
                let whole = self.connection.prepare(sql).is_ok();
                self.guard.settle();
                return !whole || reads.personal.len() < seen.personal.len();
            }
        }
        true
    }
}

/// Whether rows that are put in may take the place of others. The engine asks for no more than the insertion where it replaces.
fn replaces(seen: &Seen, sql: &str) -> bool {
    seen.inserts && (seen.updates || seen.deletes || sql.to_ascii_lowercase().contains("replace"))
}

pub(super) fn belted(path: &Path, mode: OpenFlags) -> Result<Connection> {
    let connection = Connection::open_with_flags(path, mode | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    connection.busy_timeout(Duration::from_secs(5))?;
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    connection.pragma_update(None, "hard_heap_limit", HEAP)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    // A double-quoted name that means nothing must not become a string.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DML, false)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DDL, false)?;
    for (limit, value) in [
        (Limit::SQLITE_LIMIT_ATTACHED, 0),
        (Limit::SQLITE_LIMIT_SQL_LENGTH, 256 * 1024),
        (Limit::SQLITE_LIMIT_LENGTH, OWN_LENGTH),
        (Limit::SQLITE_LIMIT_COMPOUND_SELECT, 100),
        (Limit::SQLITE_LIMIT_VDBE_OP, 1_000_000),
        (Limit::SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 256),
        (Limit::SQLITE_LIMIT_WORKER_THREADS, 0),
    ] {
        connection.set_limit(limit, value)?;
    }
    Ok(connection)
}

/// A writing statement is stepped to its end, whatever is kept of its rows. Rows are kept up to a number and a size.
fn rows(statement: &mut Statement<'_>, limit: u64, writes: bool) -> Result<Rows> {
    let columns: Vec<String> = statement.column_names().map(str::to_owned).collect();
    let (mut kept, mut size, mut truncated) = (Vec::new(), 0_usize, false);
    let mut cursor = statement.raw_query();
    while let Some(row) = cursor.next()? {
        for index in 0..columns.len() {
            size = size.saturating_add(weight(row.get_ref(index)?));
        }
        if size > ANSWER || u64::try_from(kept.len()).is_ok_and(|length| length >= limit) {
            truncated = true;
            if !writes {
                break;
            }
            continue;
        }
        let mut cells = Vec::with_capacity(columns.len());
        for index in 0..columns.len() {
            cells.push(value(row.get_ref(index)?));
        }
        kept.push(cells);
    }
    Ok(Rows { columns, rows: kept, truncated })
}

/// What a cell takes in an answer, roughly.
fn weight(cell: ValueRef<'_>) -> usize {
    match cell {
        ValueRef::Null | ValueRef::Integer(_) | ValueRef::Real(_) => 8,
        ValueRef::Text(bytes) => bytes.len().saturating_add(8),
        ValueRef::Blob(bytes) => bytes.len().saturating_mul(2).saturating_add(8),
    }
}

fn value(cell: ValueRef<'_>) -> Value {
    match cell {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(number) => json!(number),
        ValueRef::Real(number) => json!(number),
        ValueRef::Text(bytes) => json!(String::from_utf8_lossy(bytes)),
        ValueRef::Blob(bytes) => json!(hex(bytes)),
    }
}
