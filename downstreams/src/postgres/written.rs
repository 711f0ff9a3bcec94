//! Rows that came through this server, where a client may write constants into personal columns: the tokens of such rows are their
//! relation's own, so that a guess that was written meets no real value of another relation. Every other row has the tokens that all
//! relations share, and joins.
//!
//! *Invariants.* A row is noted in the transaction that writes it, by its key, which the engine reads back from the row itself. A
//! relation whose rows cannot be noted (its key is not one column, it has no row ids, the note table is not there) has tokens of its
//! own throughout.

use crate::estate::{Column, Estate, Table, literal, quoted};
use rusqlite::hooks::Action;
use rusqlite::{Connection, OptionalExtension, Result};
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

/// The relation of notes, in the database itself: no name of a client's can begin like this.
pub(super) const NOTES: &str = "aegis_written";

/// The relations of an estate in which rows are noted.
fn noted(estate: &Estate) -> impl Iterator<Item = (&Table, &Column)> {
    estate.tables.iter().filter_map(|table| Some((table, table.noted_by()?)))
}

/// Whether rows of any relation are noted.
pub(super) fn is_asked_by(estate: &Estate) -> bool {
    noted(estate).next().is_some()
}

/// Makes the relation of notes.
pub(super) fn prepare(connection: &Connection) -> Result<()> {
    connection.execute_batch(&format!(
        "CREATE TABLE IF NOT EXISTS main.{NOTES} (relation TEXT NOT NULL, key, UNIQUE (relation, key))"
    ))
}

/// A condition of SQL that holds for the rows of a relation with tokens of its own.
pub(super) fn condition(connection: &Connection, table: &Table) -> Result<String> {
    let kind = |name: &str| -> Result<Option<(bool, bool)>> {
        connection
            .query_row(
                "SELECT type = 'table', wr FROM pragma_table_list WHERE schema = 'main' AND lower(name) = ?1",
                [name],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )
            .optional()
    };
    let row_ids = kind(&table.name)? == Some((true, false)) && table.column("rowid").is_none();
    let key = table.noted_by().filter(|_| row_ids);
    Ok(match key {
        Some(key) if kind(NOTES)? == Some((true, false)) => format!(
            "EXISTS (SELECT 1 FROM main.{NOTES} AS {NOTES} WHERE {NOTES}.relation = {} AND {NOTES}.key IS {}.{})",
            literal(&table.name),
            quoted(&table.name),
            quoted(&key.name)
        ),
        Some(_) | None => "1".to_owned(),
    })
}

/// The rows that the running statement puts in or changes, as the engine tells them.
#[derive(Debug, Clone, Default)]
pub(super) struct Touched(Arc<Mutex<Vec<(String, i64)>>>);

impl Touched {
    /// Has the engine tell of the rows of relations that are noted.
    pub(super) fn watch(&self, connection: &mut Connection, estate: &Estate) -> Result<()> {
        let watched: BTreeSet<String> = noted(estate).map(|(table, _)| table.name.clone()).collect();
        let rows = Arc::clone(&self.0);
        connection.update_hook(Some(move |action: Action, database: &str, table: &str, row: i64| {
            let table = table.to_ascii_lowercase();
            if action != Action::SQLITE_DELETE && database == "main" && watched.contains(&table) {
                rows.lock().unwrap_or_else(PoisonError::into_inner).push((table, row));
            }
        }))
    }

    /// Forgets them.
    pub(super) fn clear(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    /// Notes those of them that hold a personal value, of relations in which the statement may have written one or changed a key.
    pub(super) fn note(&self, connection: &Connection, estate: &Estate, written: &BTreeSet<String>) -> Result<()> {
        let rows = std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner));
        for (table, key) in noted(estate).filter(|(table, _)| written.contains(&table.name)) {
            // Of a relation without row ids the engine tells none, and all of its tokens are its own.
            let mut rows = rows.iter().filter(|(name, _)| *name == table.name).peekable();
            if rows.peek().is_none() {
                continue;
            }
            let personal: Vec<String> = (table.columns.iter())
                .filter(|column| column.own_label().is_some())
                .map(|column| format!("{} IS NOT NULL", quoted(&column.name)))
                .collect();
            let mut note = connection.prepare(&format!(
                "INSERT INTO main.{NOTES} SELECT {}, {key} FROM main.{} WHERE rowid = ?1 AND ({})
                 AND NOT EXISTS (SELECT 1 FROM main.{NOTES} WHERE relation = {0} AND key IS main.{1}.{key})",
                literal(&table.name),
                quoted(&table.name),
                personal.join(" OR "),
                key = quoted(&key.name),
            ))?;
            for (_, row) in rows {
                note.execute([row])?;
            }
        }
        Ok(())
    }
}
