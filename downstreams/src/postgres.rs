//! `postgres`: a SQL warehouse in one SQLite file, behind `query`, `execute`, `list_tables`, `describe_table`.
//!
//! Rows come as `structuredContent` `{columns, rows, truncated}` (and `changes` from `execute`), with the same as text.

use crate::DownstreamError;
use crate::protocol::{self, Answer, Tools, required, unsigned};
use rusqlite::config::DbConfig;
use rusqlite::limits::Limit;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Error, OpenFlags};
use serde_json::{Map, Value, json};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Where the warehouse is.
#[derive(Debug, Clone)]
pub struct Options {
    /// The database file; must exist.
    pub database: PathBuf,
}

/// Runs the server on standard input and output until input ends.
///
/// # Errors
/// A database that cannot be opened, or a client that speaks something else.
pub async fn serve(options: Options) -> Result<(), DownstreamError> {
    let failed = |reason: String| DownstreamError::Database { path: options.database.display().to_string(), reason };
    if !options.database.is_file() {
        return Err(failed("no such file".to_owned()));
    }
    let reader =
        open(&options.database, OpenFlags::SQLITE_OPEN_READ_ONLY).map_err(|error| failed(error.to_string()))?;
    let writer =
        open(&options.database, OpenFlags::SQLITE_OPEN_READ_WRITE).map_err(|error| failed(error.to_string()))?;
    protocol::serve(Warehouse { reader: Mutex::new(reader), writer: Mutex::new(writer) }).await
}

/// Most rows of one answer.
const ROWS: u64 = 1000;
/// Longest run of one statement.
const TIME: Duration = Duration::from_secs(25);
/// Virtual-machine steps between two looks at the clock.
const STEPS: i32 = 10_000;

struct Warehouse {
    reader: Mutex<Connection>,
    writer: Mutex<Connection>,
}

/// One connection with the engine's own belts on.
fn open(path: &Path, mode: OpenFlags) -> rusqlite::Result<Connection> {
    let connection = Connection::open_with_flags(path, mode | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    connection.busy_timeout(Duration::from_secs(5))?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    connection.set_limit(Limit::SQLITE_LIMIT_ATTACHED, 0)?;
    connection.set_limit(Limit::SQLITE_LIMIT_SQL_LENGTH, 256 * 1024)?;
    connection.set_limit(Limit::SQLITE_LIMIT_LENGTH, 64 * 1024 * 1024)?;
    Ok(connection)
}

impl Tools for Warehouse {
    const NAME: &'static str = "aegis-postgres";

    fn list(&self) -> Vec<(&'static str, &'static str, Value)> {
        let sql = json!({"type": "string", "maxLength": 262_144});
        let limit = json!({"type": "integer", "minimum": 1, "maximum": ROWS});
        let object = |properties: Value, required: Value| json!({"type": "object", "properties": properties, "required": required, "additionalProperties": false});
        vec![
            ("query", "Read rows with one SELECT", object(json!({"sql": sql, "limit": limit}), json!(["sql"]))),
            ("execute", "Run one statement that changes rows", object(json!({"sql": sql}), json!(["sql"]))),
            ("list_tables", "Names of the tables", object(json!({}), json!([]))),
            (
                "describe_table",
                "Columns, types and keys",
                object(json!({"table": {"type": "string"}}), json!(["table"])),
            ),
        ]
    }

    async fn call(&self, name: &str, arguments: Map<String, Value>) -> Option<Answer> {
        Some(match name {
            "query" => self.query(&arguments),
            "execute" => self.execute(&arguments),
            "list_tables" => self.list_tables(),
            "describe_table" => self.describe(&arguments),
            _ => return None, // not a tool of ours: the protocol answers
        })
    }
}

impl Warehouse {
    fn query(&self, arguments: &Map<String, Value>) -> Answer {
        let limit = unsigned(arguments, "limit")?.unwrap_or(ROWS).min(ROWS);
        let mut connection = self.reader.lock().unwrap_or_else(PoisonError::into_inner);
        run(&mut connection, required(arguments, "sql")?, limit)
            .map(|(columns, rows, truncated)| json!({"columns": columns, "rows": rows, "truncated": truncated}))
    }

    fn execute(&self, arguments: &Map<String, Value>) -> Answer {
        let mut connection = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        let before = connection.total_changes();
        let (columns, rows, truncated) = run(&mut connection, required(arguments, "sql")?, ROWS)?;
        // A transaction must not outlive the call that opened it.
        if !connection.is_autocommit() {
            connection.execute_batch("ROLLBACK").map_err(|error| sentence(&error))?;
            return Err("a statement must not leave a transaction open".to_owned());
        }
        let changes = connection.total_changes().saturating_sub(before);
        Ok(json!({"columns": columns, "rows": rows, "truncated": truncated, "changes": changes}))
    }

    fn list_tables(&self) -> Answer {
        let mut connection = self.reader.lock().unwrap_or_else(PoisonError::into_inner);
        let sql = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name";
        let (_, rows, _) = run(&mut connection, sql, ROWS)?;
        let names: Vec<Value> = rows.into_iter().filter_map(|row| row.into_iter().next()).collect();
        Ok(json!({"tables": names}))
    }

    fn describe(&self, arguments: &Map<String, Value>) -> Answer {
        let table = required(arguments, "table")?;
        let connection = self.reader.lock().unwrap_or_else(PoisonError::into_inner);
        let mut statement = connection
            .prepare("SELECT name, type, \"notnull\", pk FROM pragma_table_info(?1) ORDER BY cid")
            .map_err(|error| sentence(&error))?;
        let columns = statement
            .query_map([table], |row| {
                Ok(json!({
                    "name": row.get::<_, String>(0)?,
                    "type": row.get::<_, String>(1)?,
                    "not_null": row.get::<_, bool>(2)?,
                    "key": row.get::<_, i64>(3)? > 0,
                }))
            })
            .and_then(Iterator::collect::<rusqlite::Result<Vec<Value>>>)
            .map_err(|error| sentence(&error))?;
        if columns.is_empty() {
            return Err("no such table".to_owned());
        }
        Ok(json!({"table": table, "columns": columns}))
    }
}

type Rows = (Vec<String>, Vec<Vec<Value>>, bool);

/// Runs exactly one statement to its end, keeping at most `limit` rows.
fn run(connection: &mut Connection, sql: &str, limit: u64) -> Result<Rows, String> {
    let started = Instant::now();
    let said = |error: Error| sentence(&error);
    connection.progress_handler(STEPS, Some(move || started.elapsed() > TIME)).map_err(said)?;
    let rows = rows(connection, sql, limit).map_err(said);
    connection.progress_handler(0, None::<fn() -> bool>).map_err(said)?;
    rows
}

fn rows(connection: &Connection, sql: &str, limit: u64) -> rusqlite::Result<Rows> {
    // `prepare` refuses a second statement, comments and blanks apart.
    let mut statement = connection.prepare(sql)?;
    let columns: Vec<String> = statement.column_names().map(str::to_owned).collect();
    let (mut kept, mut truncated) = (Vec::new(), false);
    let mut cursor = statement.raw_query();
    // A writing statement is stepped to its end, whatever is kept of its rows.
    while let Some(row) = cursor.next()? {
        if u64::try_from(kept.len()).is_ok_and(|length| length >= limit) {
            truncated = true;
            if connection.is_readonly("main")? {
                break;
            }
            continue;
        }
        kept.push((0..columns.len()).map(|index| row.get_ref(index).map(value)).collect::<Result<Vec<_>, _>>()?);
    }
    Ok((columns, kept, truncated))
}

fn value(value: ValueRef<'_>) -> Value {
    match value {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(number) => json!(number),
        ValueRef::Real(number) => json!(number),
        ValueRef::Text(bytes) => json!(String::from_utf8_lossy(bytes)),
        ValueRef::Blob(bytes) => json!(bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>()),
    }
}

/// The kind of an error, in a sentence that quotes no value of a row.
#[expect(clippy::wildcard_enum_match_arm, reason = "the library's enum grows; what is not known is not quoted")]
fn sentence(error: &Error) -> String {
    match error {
        Error::SqliteFailure(failure, message) => {
            let message = message.as_deref().unwrap_or_default();
            // These texts name objects of the statement or the schema, and nothing of a row.
            let safe = [
                "no such ",
                "ambiguous column name",
                "UNIQUE constraint failed: ",
                "NOT NULL constraint failed: ",
                "interrupted",
                "attempt to write a readonly database",
            ];
            if safe.iter().any(|start| message.starts_with(start)) {
                message.to_owned()
            } else {
                format!("sqlite: {:?}", failure.code)
            }
        }
        Error::SqlInputError { msg, .. } if msg.starts_with("no such ") || msg.starts_with("ambiguous column name") => {
            msg.clone()
        }
        Error::SqlInputError { .. } => "syntax error".to_owned(),
        Error::MultipleStatement => "more than one statement".to_owned(),
        _ => "the statement failed".to_owned(),
    }
}
