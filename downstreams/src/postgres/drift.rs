//! The live schema against the declared one. Any difference that a statement could fall through is drift, and drift is refused.
//!
//! Relations that are not declared are no drift: nothing can name them.

use crate::estate::{Estate, Kind, Table};
use rusqlite::{Connection, Result};

/// Every difference, one line each; empty where there is none.
pub(super) fn differences(connection: &Connection, estate: &Estate) -> Result<Vec<String>> {
    let mut found = Vec::new();
    for table in &estate.tables {
        let kind = kind_of(connection, &table.name)?;
        match kind.as_deref() {
            Some("table") => {}
            None => {
                found.push(format!("- table `{}` is declared and is not there", table.name));
                continue;
            }
            Some(other) => {
                found.push(format!("~ `{}` is declared as a table and is a {other}", table.name));
                continue;
            }
        }
        columns(connection, table, &mut found)?;
        key(connection, table, &mut found)?;
        for trigger in names(
            connection,
            "SELECT name FROM sqlite_schema WHERE type = 'trigger' AND lower(tbl_name) = ?1",
            &table.name,
        )? {
            found.push(format!("+ trigger `{trigger}` on table `{}`: it would run with every change", table.name));
        }
    }
    Ok(found)
}

/// A declared key of which nothing keeps that it is unique: neither the primary key nor an index of whole rows.
fn key(connection: &Connection, table: &Table, found: &mut Vec<String>) -> Result<()> {
    let declared: Vec<&str> =
        table.columns.iter().filter(|column| column.key).map(|column| column.name.as_str()).collect();
    let within = |columns: Vec<String>| !columns.is_empty() && columns.iter().all(|name| declared.contains(&&**name));
    let primary = "SELECT lower(name) FROM pragma_table_info(?1) WHERE pk > 0";
    let mut is_unique = within(names(connection, primary, &table.name)?);
    let indexes = "SELECT name FROM pragma_index_list(?1) WHERE \"unique\" AND NOT partial";
    for index in names(connection, indexes, &table.name)? {
        // An expression has no name, and is no column.
        is_unique |= within(names(connection, "SELECT lower(coalesce(name, '')) FROM pragma_index_info(?1)", &index)?);
    }
    if !declared.is_empty() && !is_unique {
        found.push(format!(
            "~ key of `{}` is declared as {}, and nothing keeps that unique",
            table.name,
            declared.join(", ")
        ));
    }
    Ok(())
}

fn kind_of(connection: &Connection, name: &str) -> Result<Option<String>> {
    let sql = "SELECT CASE WHEN sql LIKE 'CREATE VIRTUAL%' THEN 'virtual table' ELSE type END
               FROM sqlite_schema WHERE lower(name) = ?1 AND type IN ('table', 'view')";
    Ok(names(connection, sql, name)?.pop())
}

fn names(connection: &Connection, sql: &str, table: &str) -> Result<Vec<String>> {
    connection.prepare_cached(sql)?.query_map([table], |row| row.get(0))?.collect()
}

/// Names, order, affinities, and columns that the engine computes or hides.
fn columns(connection: &Connection, table: &Table, found: &mut Vec<String>) -> Result<()> {
    let mut statement =
        connection.prepare_cached("SELECT lower(name), type, hidden FROM pragma_table_xinfo(?1) ORDER BY cid")?;
    let live: Vec<(String, String, i64)> = statement
        .query_map([&table.name], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
        .collect::<Result<_>>()?;
    for (name, kind, hidden) in &live {
        let place = format!("`{}.{name}`", table.name);
        if *hidden != 0 {
            found.push(format!("~ column {place} is generated or hidden"));
        }
        match table.column(name) {
            None => found.push(format!("+ column {place} {kind} is not declared")),
            Some(declared) if declared.kind == Kind::Text && is_json(kind) => {}
            Some(declared) if !fits(declared.kind, affinity(kind)) => {
                found.push(format!("~ column {place} is declared {} and is {kind}", declared.kind.as_str()));
            }
            Some(_) => {}
        }
    }
    for column in table.columns.iter().filter(|column| !live.iter().any(|(name, ..)| *name == column.name)) {
        found.push(format!("- column `{}.{}` is declared and is not there", table.name, column.name));
    }
    let order: Vec<&str> = live.iter().map(|(name, ..)| name.as_str()).collect();
    let declared: Vec<&str> = table.columns.iter().map(|column| column.name.as_str()).collect();
    let same_set = order.len() == declared.len() && order.iter().all(|name| declared.contains(name));
    if same_set && order != declared {
        found.push(format!("~ columns of `{}` stand in another order: {}", table.name, order.join(", ")));
    }
    Ok(())
}

/// How the engine stores what is put into a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Affinity {
    Integer,
    Text,
    Blob,
    Real,
    Numeric,
}

/// The engine's own five rules, in their order.
pub(super) fn affinity(kind: &str) -> Affinity {
    let kind = kind.to_ascii_uppercase();
    let has = |words: &[&str]| words.iter().any(|word| kind.contains(word));
    if has(&["INT"]) {
        Affinity::Integer
    } else if has(&["CHAR", "CLOB", "TEXT"]) {
        Affinity::Text
    } else if has(&["BLOB"]) || kind.is_empty() {
        Affinity::Blob
    } else if has(&["REAL", "FLOA", "DOUB"]) {
        Affinity::Real
    } else {
        Affinity::Numeric
    }
}

/// Columns of this name have the affinity of numbers, and hold text.
pub(super) fn is_json(kind: &str) -> bool {
    kind.eq_ignore_ascii_case("json")
}

fn fits(declared: Kind, live: Affinity) -> bool {
    match declared {
        Kind::Integer => live == Affinity::Integer,
        Kind::Boolean => matches!(live, Affinity::Integer | Affinity::Numeric),
        Kind::Number => matches!(live, Affinity::Integer | Affinity::Real | Affinity::Numeric),
        Kind::Text => live == Affinity::Text,
        Kind::Timestamp => matches!(live, Affinity::Text | Affinity::Numeric | Affinity::Integer | Affinity::Real),
        Kind::Blob => live == Affinity::Blob,
    }
}
