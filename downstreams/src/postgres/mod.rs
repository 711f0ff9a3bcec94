//! `postgres`: a SQL warehouse in one SQLite file, behind `query`, `execute`, `list_tables`, `describe_table`.
//!
//! Rows come as `structuredContent` `{columns, rows, truncated}` (and `changes` from `execute`), with the same as text.
//!
//! With an estate file the live schema must be the declared one, personal columns are read through masked views
//! (`aegis_masked_<table>`) and nothing but rows of declared relations can be touched. Without one it is an ordinary server.

pub mod arithmetic;
pub mod budget;
mod connection;
mod drift;
mod guard;
pub mod import;
mod road;
mod sentence;
#[cfg(test)]
mod tests;
mod views;
mod watchdog;
mod written;

use crate::DownstreamError;
use crate::estate::{Dialect, Estate};
use crate::protocol::{self, Answer, Tools, required, unsigned};
use crate::road::{MEASURE, PROMOTE, is_road, parse};
use crate::warehouse;
use connection::{Guarded, Rows};
use road::Road;
use rusqlite::OpenFlags;
use sentence::sentence;
use serde_json::{Map, Value, json};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// Where the warehouse is, and what is believed of it.
#[derive(Debug, Clone)]
pub struct Options {
    /// The database file; must exist.
    pub database: PathBuf,
    /// The estate file.
    pub estate: Option<PathBuf>,
    /// Most rows that one statement may change; 0 is without bound.
    pub max_changes: u64,
}

/// Runs the server on standard input and output until input ends.
///
/// # Errors
/// A database that cannot be opened, or a client that speaks something else.
pub async fn serve(options: Options) -> Result<(), DownstreamError> {
    protocol::serve(Warehouse::open(options)?).await
}

/// In what the schema of a database differs from the one that the text of an estate file declares. The database is only read.
///
/// # Errors
/// A database that cannot be opened, an estate that cannot be read.
pub fn differences(database: &Path, estate: &str) -> Result<Vec<String>, String> {
    if !database.is_file() {
        return Err("no such file".to_owned());
    }
    let estate = Estate::parse(estate, Dialect::Sqlite)?;
    Ok(Guarded::open(database, READ, Some(Arc::new(estate)))?.err().unwrap_or_default())
}

/// The warehouse: what the server runs each call on, for tests in process.
pub struct Warehouse {
    shared: Arc<Shared>,
}

struct Shared {
    options: Options,
    estate: Option<Arc<Estate>>,
    reader: Mutex<Option<Guarded>>,
    writer: Mutex<Option<Guarded>>,
}

impl Warehouse {
    /// Opens the database. A schema that drifted is no error here: every call is refused with the differences.
    ///
    /// # Errors
    /// A database or an estate file that cannot be read.
    pub fn open(options: Options) -> Result<Self, DownstreamError> {
        let failed =
            |reason: String| DownstreamError::Database { path: options.database.display().to_string(), reason };
        if !options.database.is_file() {
            return Err(failed("no such file".to_owned()));
        }
        let estate = options.estate.as_deref().map(|path| Estate::read(path, Dialect::Sqlite)).transpose();
        let estate = estate.map_err(DownstreamError::Estate)?.map(Arc::new);
        let shared = Shared { options: options.clone(), estate, reader: Mutex::default(), writer: Mutex::default() };
        if shared.estate.as_deref().is_some_and(written::is_asked_by) {
            // First, since it makes what the reader's views look into; a file that cannot be written is read without.
            let _where_it_can = shared.with(&shared.writer, WRITE, |_| Ok(()));
        }
        match shared.with(&shared.reader, READ, |_| Ok(())) {
            Ok(()) => {}
            Err(refusal) if refusal.starts_with(warehouse::DRIFT) => eprintln!("{refusal}"),
            Err(reason) => return Err(failed(reason)),
        }
        Ok(Self { shared: Arc::new(shared) })
    }

    /// Runs one statement as the tool `query` does.
    ///
    /// # Errors
    /// A plain sentence without a value in it.
    pub fn query(&self, sql: &str, limit: u64) -> Result<Value, String> {
        self.shared.query(sql, limit, &Arc::default())
    }

    /// Runs one statement as the tool `execute` does.
    ///
    /// # Errors
    /// A plain sentence without a value in it.
    pub fn execute(&self, sql: &str) -> Result<Value, String> {
        self.shared.execute(sql, &Arc::default())
    }

    /// Runs one call of the kernel's road.
    ///
    /// # Errors
    /// A plain sentence without a value in it.
    pub fn road(&self, name: &str, arguments: &Map<String, Value>) -> Answer {
        self.shared.call(name, arguments, &Arc::default())
    }
}

impl Tools for Warehouse {
    const NAME: &'static str = "aegis-postgres";

    fn list(&self) -> Vec<(&'static str, &'static str, Value)> {
        warehouse::tools()
    }

    fn may_take_long(&self, name: &str) -> bool {
        is_road(name)
    }

    async fn call(&self, name: &str, arguments: Map<String, Value>) -> Option<Answer> {
        if !warehouse::is_tool(name) && !is_road(name) {
            return None;
        }
        let (shared, name, given_up) = (Arc::clone(&self.shared), name.to_owned(), GivenUp::default());
        let cancel = Arc::clone(&given_up.0);
        // The engine blocks its thread; a call that is given up is dropped here, and the statement ends at its next look.
        let done = tokio::task::spawn_blocking(move || shared.call(&name, &arguments, &cancel)).await;
        Some(done.unwrap_or_else(|_| Err("the statement failed".to_owned())))
    }
}

/// Set when the call's future is dropped.
#[derive(Default)]
struct GivenUp(Arc<AtomicBool>);

impl Drop for GivenUp {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

const READ: OpenFlags = OpenFlags::SQLITE_OPEN_READ_ONLY;
const WRITE: OpenFlags = OpenFlags::SQLITE_OPEN_READ_WRITE;

impl Shared {
    fn call(&self, name: &str, arguments: &Map<String, Value>, cancel: &Arc<AtomicBool>) -> Answer {
        match name {
            "query" => {
                let limit = unsigned(arguments, "limit")?.unwrap_or(warehouse::ROWS);
                self.query(required(arguments, "sql")?, limit, cancel)
            }
            "execute" => self.execute(required(arguments, "sql")?, cancel),
            "list_tables" => self.list_tables(),
            MEASURE => self.road(READ, cancel)?.measure(&parse(arguments)?),
            PROMOTE => self.road(WRITE, cancel)?.promote(&parse(arguments)?),
            _ => self.describe(required(arguments, "table")?), // the last; others do not come here
        }
    }

    fn road(&self, mode: OpenFlags, cancel: &Arc<AtomicBool>) -> Result<Road<'_>, String> {
        Road::open(&self.options.database, mode, self.estate.as_deref(), cancel)
    }

    fn query(&self, sql: &str, limit: u64, cancel: &Arc<AtomicBool>) -> Answer {
        self.with(&self.reader, READ, |guarded| {
            let (rows, _) = guarded.run(sql, limit.min(warehouse::ROWS), false, cancel)?;
            Ok(shape(rows))
        })
    }

    fn execute(&self, sql: &str, cancel: &Arc<AtomicBool>) -> Answer {
        self.with(&self.writer, WRITE, |guarded| {
            let (rows, changes) = budget::run(guarded, sql, warehouse::ROWS, self.options.max_changes, cancel)?;
            let mut answer = shape(rows);
            if let Some(answer) = answer.as_object_mut() {
                answer.insert("changes".to_owned(), json!(changes));
            }
            Ok(answer)
        })
    }

    fn list_tables(&self) -> Answer {
        let sql = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name";
        self.with(&self.reader, READ, |guarded| {
            let mut statement = guarded.connection.prepare_cached(sql).map_err(|error| sentence(&error))?;
            let names = statement
                .query_map([], |row| row.get(0))
                .and_then(Iterator::collect::<rusqlite::Result<Vec<String>>>)
                .map_err(|error| sentence(&error))?;
            let declared = |name: &String| {
                self.estate.as_ref().is_none_or(|estate| estate.table(&name.to_ascii_lowercase()).is_some())
            };
            Ok(json!({"tables": names.into_iter().filter(declared).collect::<Vec<_>>()}))
        })
    }

    fn describe(&self, table: &str) -> Answer {
        if self.estate.as_ref().is_some_and(|estate| estate.table(&table.to_ascii_lowercase()).is_none()) {
            return Err("no such table".to_owned());
        }
        let sql = "SELECT name, type, \"notnull\", pk FROM pragma_table_info(?1) ORDER BY cid";
        let columns = self.with(&self.reader, READ, |guarded| {
            let mut statement = guarded.connection.prepare_cached(sql).map_err(|error| sentence(&error))?;
            let column = |row: &rusqlite::Row<'_>| {
                let (name, kind): (String, String) = (row.get(0)?, row.get(1)?);
                Ok(warehouse::column(&name, &kind, row.get(2)?, row.get::<_, i64>(3)? > 0))
            };
            statement
                .query_map([table], column)
                .and_then(Iterator::collect::<rusqlite::Result<Vec<Value>>>)
                .map_err(|error| sentence(&error))
        })?;
        if columns.is_empty() {
            return Err("no such table".to_owned());
        }
        Ok(json!({"table": table, "columns": columns}))
    }

    /// Works on a connection whose schema was held against the estate; opens it again when the schema changed since.
    fn with<T>(
        &self,
        place: &Mutex<Option<Guarded>>,
        mode: OpenFlags,
        work: impl FnOnce(&mut Guarded) -> Result<T, String>,
    ) -> Result<T, String> {
        let mut place = place.lock().unwrap_or_else(PoisonError::into_inner);
        let guarded = match place.take().filter(Guarded::is_current) {
            Some(guarded) => guarded,
            None => Guarded::open(&self.options.database, mode, self.estate.clone())?
                .map_err(|lines| warehouse::drifted(&lines))?,
        };
        work(place.insert(guarded))
    }
}

fn shape(rows: Rows) -> Value {
    json!({"columns": rows.columns, "rows": rows.rows, "truncated": rows.truncated})
}
