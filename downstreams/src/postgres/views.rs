//! Masked views: for each relation with personal columns a TEMP view that shows tokens in their place.
//!
//! The view with the public name reads an inner view whose name is random; only the inner one may read the relation (see `guard`).

use super::guard::Guard;
use super::written;
use crate::estate::{Column, Estate, Shown, Table, literal, quoted};
use crate::token::CallKey;
use rusqlite::functions::{Context, FunctionFlags};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Result};
use std::sync::{Arc, Mutex, PoisonError};

/// What the public name of a masked view begins with.
pub(super) const PREFIX: &str = "aegis_masked_";

/// The key that tokens of the running call are made with.
pub(super) type Key = Arc<Mutex<CallKey>>;

/// Makes the token function and the views.
pub(super) fn create(connection: &Connection, estate: &Estate, guard: &Guard, key: Key) -> Result<()> {
    // The innocuous flag lets views call it although the schema is not trusted; the authorizer lets nothing else.
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC | FunctionFlags::SQLITE_INNOCUOUS;
    connection.create_scalar_function(guard.function().as_str(), 4, flags, move |context| token(context, &key))?;
    for table in estate.tables.iter().filter(|table| table.is_masked()) {
        let inner = guard.inner_view(&table.name);
        let own = written::condition(connection, table)?;
        let columns: Vec<String> = table.columns.iter().map(|column| shown(column, &own, guard)).collect();
        connection.execute_batch(&format!(
            "CREATE TEMP VIEW {inner} AS SELECT {columns} FROM main.{table};
             CREATE TEMP VIEW {view} AS SELECT * FROM temp.{inner};",
            inner = quoted(&inner),
            columns = columns.join(", "),
            table = quoted(&table.name),
            view = quoted(&view(table)),
        ))?;
    }
    Ok(())
}

fn view(table: &Table) -> String {
    format!("{PREFIX}{}", table.name)
}

/// `own` holds for the rows whose tokens are their relation's own.
fn shown(column: &Column, own: &str, guard: &Guard) -> String {
    let name = quoted(&column.name);
    let operator = match column.shown() {
        None => return name,
        Some(Shown::Nothing) => return format!("NULL AS {name}"),
        Some(Shown::Token) => -1,
        Some(Shown::Domain) => -2,
        Some(Shown::Last(keep)) => i32::from(keep),
    };
    let (class, shared) = (literal(&column.class()), literal(column.shared_label()));
    let label = match column.own_label() {
        Some(label) => format!("CASE WHEN {own} THEN {} ELSE {shared} END", literal(label)),
        None => shared,
    };
    format!("{}({operator}, {class}, {label}, {name}) AS {name}", quoted(&guard.function()))
}

/// `(operator, class, label, value)`; NULL stays NULL.
fn token(context: &Context<'_>, key: &Key) -> Result<Option<String>> {
    let (operator, class, label): (i32, String, String) = (context.get(0)?, context.get(1)?, context.get(2)?);
    let value = match context.get_raw(3) {
        ValueRef::Null => return Ok(None),
        ValueRef::Integer(number) => number.to_string().into_bytes(),
        ValueRef::Real(number) => number.to_string().into_bytes(),
        ValueRef::Text(bytes) | ValueRef::Blob(bytes) => bytes.to_vec(),
    };
    let whole = || key.lock().unwrap_or_else(PoisonError::into_inner).token(&class, &label, &value);
    Ok(Some(match (operator, usize::try_from(operator)) {
        (_, Ok(keep)) => last(&class, &value, keep).unwrap_or_else(whole),
        (-2, Err(_)) => domain(&class, &value).unwrap_or_else(whole),
        (_, Err(_)) => whole(),
    }))
}

/// `[CARD:***4242]`; a value that is hardly longer than what would stay is not half shown.
fn last(class: &str, value: &[u8], keep: usize) -> Option<String> {
    let letters: Vec<char> =
        std::str::from_utf8(value).ok()?.chars().filter(|letter| letter.is_alphanumeric()).collect();
    let hidden = letters.len().checked_sub(keep).filter(|hidden| *hidden >= keep)?;
    Some(format!("[{class}:***{}]", letters.iter().skip(hidden).collect::<String>()))
}

/// `[EMAIL]@example.com`.
fn domain(class: &str, value: &[u8]) -> Option<String> {
    let (_, domain) = std::str::from_utf8(value).ok()?.rsplit_once('@')?;
    Some(format!("[{class}]@{domain}"))
}
