//! Changes of a receipt's state, as the log hears of them.
//!
//! A change is said after it was committed and nobody waits for its record: what gives a receipt its authority and takes it away
//! is the database, with the decisions and outcomes that are durable by themselves.

use crate::audit::{CallId, Event, Record};
use rusqlite::{Params, Transaction};
use serde_json::{Map, json};

/// Who hears of changes.
pub(super) type Ear = Box<dyn Fn(Change) + Send + Sync>;

/// One receipt's change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    event: Event,
    id: String,
    kind: String,
    dataset: String,
    call: Option<CallId>,
}

impl Change {
    /// The record of it.
    #[must_use]
    pub fn record(self) -> Record {
        let Self { event, id, kind, dataset, call } = self;
        let body = [("id", json!(id)), ("kind", json!(kind)), ("dataset", json!(dataset))];
        Record::new(event, call, body.into_iter().map(|(key, value)| (key.to_owned(), value)).collect::<Map<_, _>>())
    }
}

/// Runs an `UPDATE receipt`, and says which rows it changed. Where no call is given, it is the one that the row names.
pub(super) fn moved(
    transaction: &Transaction<'_>,
    event: Event,
    call: Option<&CallId>,
    update: &str,
    parameters: impl Params,
) -> rusqlite::Result<Vec<Change>> {
    let mut statement = transaction.prepare(&format!("{update} RETURNING id, kind, dataset, ended_by"))?;
    let rows = statement.query_map(parameters, |row| {
        let named = row.get::<_, Option<String>>(3)?.map(|call| CallId::recorded(&call));
        Ok(Change { event, id: row.get(0)?, kind: row.get(1)?, dataset: row.get(2)?, call: call.cloned().or(named) })
    })?;
    rows.collect()
}
