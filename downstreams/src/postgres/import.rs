//! The draft of an estate from a SQLite file.

use super::drift::{Affinity, affinity, is_json};
use crate::DownstreamError;
use crate::draft::{self, Found, FoundColumn, Left, SAMPLE};
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
    let (tables, left) = tables(&connection).map_err(failed)?;
    Ok(draft::draft(server, &tables, &left))
}

/// Tables, and what is there that the server refuses to serve.
fn tables(connection: &Connection) -> Result<(Vec<Found>, Vec<Left>)> {
    let sql = "SELECT name, type,
                      EXISTS (SELECT 1 FROM sqlite_schema t WHERE t.type = 'trigger' AND lower(t.tbl_name) = lower(l.name))
               FROM pragma_table_list l WHERE schema = 'main' AND name NOT GLOB 'sqlite_*' ORDER BY name";
    let mut statement = connection.prepare(sql)?;
    let (mut found, mut left) = (Vec::new(), Vec::new());
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (name, what, triggers): (String, String, bool) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let why = match what.as_str() {
            "table" => None,
            "shadow" => Some("it belongs to a virtual table"),
            _ => Some("the server refuses to serve it"), // a view, a virtual table
        };
        if let Some(why) = why {
            left.push(Left { what: if what == "view" { what } else { format!("{what} table") }, name, why });
            continue;
        }
        let mut notes = Vec::new();
        if triggers {
            notes.push("it has triggers; the server refuses to serve it".to_owned());
        }
        let columns = columns(connection, &name)?;
        found.push(Found { name, columns, notes });
    }
    Ok((found, left))
}

fn columns(connection: &Connection, table: &str) -> Result<Vec<FoundColumn>> {
    let mut statement = connection.prepare("SELECT name, type, pk, hidden FROM pragma_table_xinfo(?1) ORDER BY cid")?;
    let mut columns = Vec::new();
    let mut rows = statement.query([table])?;
    while let Some(row) = rows.next()? {
        let (name, native): (String, String) = (row.get(0)?, row.get(1)?);
        let (key, generated) = (row.get::<_, i64>(2)? > 0, row.get::<_, i64>(3)? != 0);
        let kind = kind(&native);
        let texts = matches!(kind, Some(Kind::Text) | None) && !generated;
        let sample = if texts { sample(connection, table, &name)? } else { Vec::new() };
        columns.push(FoundColumn { name, native, kind, key, generated, sample });
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
    if is_json(native) {
        return Some(Kind::Text);
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
