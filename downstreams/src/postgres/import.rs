//! The draft of an estate from a SQLite file.

use super::drift::{Affinity, affinity};
use crate::DownstreamError;
use crate::draft::{self, Found, FoundColumn, SAMPLE};
use crate::estate::{Kind, quoted};
use rusqlite::{Connection, OpenFlags, Result};
use std::path::Path;

/// Reads the schema and a sample of each column, and drafts the estate.
///
/// # Errors
/// A file that cannot be read.
pub fn draft(path: &Path, server: &str) -> std::result::Result<String, DownstreamError> {
    let failed = |error: rusqlite::Error| DownstreamError::Database {
        path: path.display().to_string(),
        reason: super::sentence::sentence(&error),
    };
    let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY).map_err(failed)?;
    Ok(draft::draft(server, &tables(&connection).map_err(failed)?))
}

fn tables(connection: &Connection) -> Result<Vec<Found>> {
    let sql =
        "SELECT s.name, s.type, EXISTS (SELECT 1 FROM sqlite_schema t WHERE t.type = 'trigger' AND t.tbl_name = s.name)
               FROM sqlite_schema s WHERE s.type IN ('table', 'view') AND s.name NOT LIKE 'sqlite_%' ORDER BY s.name";
    let mut statement = connection.prepare(sql)?;
    let mut found = Vec::new();
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (name, kind, triggers): (String, String, bool) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let mut notes = Vec::new();
        if kind != "table" {
            notes.push("this is a view; the server refuses to serve it".to_owned());
        }
        if triggers {
            notes.push("it has triggers; the server refuses to serve it".to_owned());
        }
        let columns = columns(connection, &name)?;
        found.push(Found { name, columns, notes });
    }
    Ok(found)
}

fn columns(connection: &Connection, table: &str) -> Result<Vec<FoundColumn>> {
    let mut statement = connection.prepare("SELECT name, type, pk FROM pragma_table_info(?1) ORDER BY cid")?;
    let mut columns = Vec::new();
    let mut rows = statement.query([table])?;
    while let Some(row) = rows.next()? {
        let (name, native): (String, String) = (row.get(0)?, row.get(1)?);
        let kind = kind(&native);
        let sample = if kind == Some(Kind::Text) { sample(connection, table, &name)? } else { Vec::new() };
        columns.push(FoundColumn { name, native, kind, key: row.get::<_, i64>(2)? > 0, sample });
    }
    Ok(columns)
}

fn kind(native: &str) -> Option<Kind> {
    let word = native.to_ascii_uppercase();
    if word.contains("BOOL") {
        return Some(Kind::Boolean);
    }
    if word.contains("DATE") || word.contains("TIME") {
        return Some(Kind::Timestamp);
    }
    match affinity(native) {
        Affinity::Integer => Some(Kind::Integer),
        Affinity::Text => Some(Kind::Text),
        Affinity::Blob if native.is_empty() => None,
        Affinity::Blob => Some(Kind::Blob),
        Affinity::Real | Affinity::Numeric => Some(Kind::Number),
    }
}

fn sample(connection: &Connection, table: &str, column: &str) -> Result<Vec<String>> {
    let (table, column) = (quoted(table), quoted(column));
    let sql = format!("SELECT CAST({column} AS TEXT) FROM main.{table} WHERE {column} IS NOT NULL LIMIT {SAMPLE}");
    connection.prepare(&sql)?.query_map([], |row| row.get(0))?.collect()
}
