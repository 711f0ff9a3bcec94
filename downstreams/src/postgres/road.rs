//! The kernel's road over SQLite: see [`crate::road`].
//!
//! *Invariants.* A call has a connection of its own: no client's statement, view or authorizer is near it, and what a measurement
//! sees is one instant. What needs room for sorting takes it beside the database, which is where the cage lets this server write.

use super::{connection, drift, sentence::sentence};
use crate::estate::{Dialect, Estate, Table};
use crate::road::{self, Cell, Count, Measure, Pass, Promote, Totals};
use crate::warehouse;
use rusqlite::functions::FunctionFlags;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OpenFlags, Result};
use serde_json::Value;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Virtual-machine steps between two looks at whether the call was given up.
const STEPS: i32 = 10_000;

/// A connection of one call.
pub(super) struct Road<'call> {
    connection: Connection,
    estate: &'call Estate,
}

impl<'call> Road<'call> {
    /// Opens it; the live schema must be the declared one.
    pub(super) fn open(
        path: &Path,
        mode: OpenFlags,
        estate: Option<&'call Estate>,
        given_up: &Arc<AtomicBool>,
    ) -> std::result::Result<Self, String> {
        let estate = road::declared(estate)?;
        let said = |error: rusqlite::Error| sentence(&error);
        let mut connection = connection::belted(path, mode).map_err(said)?;
        prepare(&mut connection, path, Arc::clone(given_up)).map_err(said)?;
        Ok(Self { connection, estate })
    }

    /// Counts and a digest, all of one instant.
    pub(super) fn measure(&self, ask: &Measure) -> std::result::Result<Value, String> {
        self.within("BEGIN", || {
            let table = road::relation(self.estate, &ask.table)?;
            let totals = self.pass(table, &ask.checks)?;
            let sql = road::counts(self.estate, ask, Dialect::Sqlite)?;
            let (misfits, mut counts) = self
                .connection
                .query_row(&sql, [], |row| {
                    let counts = (0..ask.checks.len()).map(|at| row.get(at.saturating_add(2)));
                    Ok((row.get(1)?, counts.collect::<Result<Vec<Option<i64>>>>()?))
                })
                .map_err(|error| sentence(&error))?;
            road::fill(&mut counts, &totals);
            let others = ask.checks.iter().filter_map(Count::looks_into);
            let inputs = others.map(|name| self.digest(name)).collect::<std::result::Result<Vec<String>, String>>()?;
            Ok(road::measured(&totals, misfits, &counts, &inputs))
        })
    }

    /// Takes gold's rows out and puts silver's in, if everything still has its digest; all of it or nothing.
    pub(super) fn promote(&self, ask: &Promote) -> std::result::Result<Value, String> {
        let (silver, gold) = road::ends(self.estate, ask)?;
        self.within("BEGIN IMMEDIATE", || {
            let said = |error: rusqlite::Error| sentence(&error);
            let totals = self.pass(silver, &[])?;
            let mut same = totals.digest == ask.digest;
            for input in &ask.inputs {
                same = same && self.digest(&input.table)? == input.digest;
            }
            if !same {
                return Ok(road::promoted(road::CHANGED, totals.rows));
            }
            // Rows of other relations may refer to gold's: they must find what they refer to at the end, not at every moment.
            self.connection.execute_batch("PRAGMA defer_foreign_keys = ON").map_err(said)?;
            let before = self.connection.total_changes();
            let mut rows = 0_u64;
            for sql in road::replace(silver, gold, Dialect::Sqlite) {
                let changed = self.connection.execute(&sql, []).map_err(said)?;
                rows = rows.saturating_add(u64::try_from(changed).unwrap_or(u64::MAX));
            }
            if self.connection.total_changes().saturating_sub(before) != rows {
                return Err("rolled back: a foreign key would have changed rows of another relation".to_owned());
            }
            if self.pass(gold, &[])?.digest != totals.digest {
                return Err("rolled back: gold would not hold what silver does".to_owned());
            }
            Ok(road::promoted(road::PROMOTED, totals.rows))
        })
    }

    /// Runs in one transaction, kept only if all of it went well.
    fn within<T>(
        &self,
        begin: &str,
        work: impl FnOnce() -> std::result::Result<T, String>,
    ) -> std::result::Result<T, String> {
        let said = |error: rusqlite::Error| sentence(&error);
        self.connection.execute_batch(begin).map_err(said)?;
        // Within the transaction, so that the schema that is looked at is the one that is read.
        let differences = drift::differences(&self.connection, self.estate).map_err(said)?;
        if !differences.is_empty() {
            return Err(warehouse::drifted(&differences));
        }
        let done = work()?;
        self.connection.execute_batch("COMMIT").map_err(said)?;
        Ok(done) // an error before closes the connection, which rolls back
    }

    fn digest(&self, name: &str) -> std::result::Result<String, String> {
        self.pass(road::relation(self.estate, name)?, &[]).map(|totals| totals.digest)
    }

    fn pass(&self, table: &Table, checks: &[Count]) -> std::result::Result<Totals, String> {
        let mut pass = Pass::new(table, checks)?;
        let mut walk = || -> Result<()> {
            let mut statement = self.connection.prepare(&road::rows(table, Dialect::Sqlite))?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                let mut cells = Vec::with_capacity(table.columns.len());
                for at in 0..table.columns.len() {
                    cells.push(match row.get_ref(at)? {
                        ValueRef::Null => Cell::Null,
                        ValueRef::Integer(number) => Cell::Integer(number),
                        ValueRef::Real(number) => Cell::Real(number),
                        ValueRef::Text(bytes) => Cell::Text(bytes),
                        ValueRef::Blob(bytes) => Cell::Blob(bytes),
                    });
                }
                pass.row(&cells);
            }
            Ok(())
        };
        walk().map_err(|error| sentence(&error))?;
        Ok(pass.finish())
    }
}

fn prepare(connection: &mut Connection, path: &Path, given_up: Arc<AtomicBool>) -> Result<()> {
    connection.progress_handler(STEPS, Some(move || given_up.load(Ordering::Relaxed)))?;
    let beside = path.parent().and_then(Path::to_str).filter(|directory| !directory.is_empty()).unwrap_or(".");
    connection.pragma_update(None, "temp_store_directory", beside)?;
    connection.pragma_update(None, "temp_store", "FILE")?;
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
    connection.create_scalar_function(road::INSTANT, 1, flags, |context| {
        Ok(match context.get_raw(0) {
            ValueRef::Text(bytes) => std::str::from_utf8(bytes).ok().and_then(instant),
            ValueRef::Null | ValueRef::Integer(_) | ValueRef::Real(_) | ValueRef::Blob(_) => None,
        })
    })?;
    connection.create_scalar_function(road::CHARACTERS, 1, flags, |context| {
        Ok(match context.get_raw(0) {
            ValueRef::Text(bytes) => {
                Some(i64::try_from(String::from_utf8_lossy(bytes).chars().count()).unwrap_or(i64::MAX))
            }
            ValueRef::Null | ValueRef::Integer(_) | ValueRef::Real(_) | ValueRef::Blob(_) => None,
        })
    })
}

/// A date, a date and a time, or an instant, in seconds since 1970; without an offset it is UTC.
fn instant(text: &str) -> Option<i64> {
    use jiff::{Timestamp, civil, tz::TimeZone};
    if let Ok(instant) = text.parse::<Timestamp>() {
        return Some(instant.as_second());
    }
    let civil = text.parse::<civil::DateTime>().or_else(|_| text.parse::<civil::Date>().map(civil::Date::into)).ok()?;
    TimeZone::UTC.to_timestamp(civil).ok().map(Timestamp::as_second)
}
