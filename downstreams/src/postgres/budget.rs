//! The row budget: a change runs in a savepoint, and what changes too much is rolled back as if it had not been.
//!
//! It is the belt for what no reading of a statement can tell: how many rows a predicate narrows to.

use super::connection::{Guarded, Rows};
use super::guard::Seen;
use super::sentence::sentence;
use rusqlite::Result;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

/// Rows from which on changing nearly all of a table counts as a mistake.
pub const WHOLE_TABLE: u64 = 10;

/// Runs one statement; keeps what it did only within the budget (0: without bound).
pub(super) fn run(
    guarded: &mut Guarded,
    sql: &str,
    limit: u64,
    budget: u64,
    cancel: &Arc<AtomicBool>,
) -> Result<(Rows, u64), String> {
    let said = |error: rusqlite::Error| sentence(&error);
    let before = guarded.connection.total_changes();
    guarded.connection.execute_batch("SAVEPOINT aegis").map_err(said)?;
    let done = guarded.run(sql, limit, true, cancel);
    let changes = guarded.connection.total_changes().saturating_sub(before);
    let kept = done.and_then(|(rows, seen)| match excess(guarded, &seen, changes, budget) {
        Ok(None) => guarded.note(&seen).map(|()| (rows, changes)).map_err(said),
        Ok(Some(sentence)) => Err(sentence),
        Err(error) => Err(said(error)),
    });
    let end = if kept.is_ok() { "RELEASE aegis" } else { "ROLLBACK TO aegis; RELEASE aegis" };
    if let Err(error) = guarded.connection.execute_batch(end) {
        // The engine rolls back by itself where it must; whatever is left open goes too.
        if !guarded.connection.is_autocommit() {
            guarded.connection.execute_batch("ROLLBACK").map_err(said)?;
        }
        return kept.and(Err(said(error)));
    }
    kept
}

/// Why the change is too much, if it is.
fn excess(guarded: &Guarded, seen: &Seen, changes: u64, budget: u64) -> Result<Option<String>> {
    if budget == 0 {
        return Ok(None);
    }
    if changes > budget {
        return Ok(Some(over_budget(changes, budget)));
    }
    let replaces = !seen.before.is_empty();
    if changes < WHOLE_TABLE || !replaces && (seen.inserts || !(seen.updates || seen.deletes)) {
        return Ok(None);
    }
    for (table, left) in guarded.counted(&seen.targets)? {
        let (changed, all) = match seen.before.get(&table) {
            // What the relation did not grow by was put in the place of rows that stood there.
            Some(before) => (changes.saturating_add(*before).saturating_sub(left), *before),
            None if seen.deletes => (changes, left.saturating_add(changes)),
            None => (changes, left),
        };
        if is_whole(changed, all) {
            return Ok(Some(whole_table(&table, changed.min(all), all)));
        }
    }
    Ok(None)
}

/// What a client is told of a change over the budget.
#[must_use]
pub fn over_budget(changes: u64, budget: u64) -> String {
    format!(
        "rolled back: the statement changes {changes} rows, and this server keeps at most {budget} a statement; narrow the WHERE, \
         or change the rows in several calls"
    )
}

/// Whether a change is of a whole table: of nine rows in ten, or more.
#[must_use]
pub const fn is_whole(changed: u64, all: u64) -> bool {
    changed >= WHOLE_TABLE && changed.saturating_mul(10) >= all.saturating_mul(9)
}

/// What a client is told of a change of a whole table.
#[must_use]
pub fn whole_table(table: &str, changes: u64, all: u64) -> String {
    let part = if changes < all { format!("{changes} of {all}") } else { format!("all {all}") };
    format!(
        "rolled back: the statement changes {part} rows of `{table}`; narrow the WHERE, or change the rows in several calls"
    )
}
