//! The kernel's road to a warehouse: rows counted and promoted, and none of them handed out.
//!
//! Two calls that no listing shows, since nobody but a kernel has a use for them. `aegis_measure` gives counts and a digest of one
//! relation at one instant; `aegis_promote` makes one relation's rows those of another, inside one transaction, if they still have
//! that digest. Relations, columns and types are those of the estate file; without one there is no such road.
//!
//! *Invariants.* An answer holds counts, instants and digests, never a value. What is asked is spelled by us from names of the
//! estate and quoted literals, and no caller's SQL comes near the role that may read everything.

mod count;
mod digest;
mod sql;

pub use count::{Count, Measure, Promote, Source};
pub use digest::{Cell, Pass, Totals};
pub use sql::{CHARACTERS, INSTANT, counts, replace, rows};

use crate::estate::{Estate, Table};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

/// Counts and a digest.
pub const MEASURE: &str = "aegis_measure";
/// One relation's rows become another's.
pub const PROMOTE: &str = "aegis_promote";

/// Silver's rows are gold's.
pub const PROMOTED: &str = "promoted";
/// Something has another digest than was asked for, and nothing was done.
pub const CHANGED: &str = "changed";

/// Whether a tool belongs to the road.
#[must_use]
pub fn is_road(name: &str) -> bool {
    matches!(name, MEASURE | PROMOTE)
}

/// Reads the arguments of a call.
///
/// # Errors
/// Arguments of another shape.
pub fn parse<T: DeserializeOwned>(arguments: &Map<String, Value>) -> Result<T, String> {
    serde_json::from_value(Value::Object(arguments.clone()))
        .map_err(|error| format!("the call cannot be read: {error}"))
}

/// The estate, without which nobody says what a relation's columns are.
///
/// # Errors
/// A server that was started without one.
pub fn declared(estate: Option<&Estate>) -> Result<&Estate, String> {
    estate.ok_or_else(|| "the server was started without `--estate`, and has no road for a kernel".to_owned())
}

/// A relation of the estate.
///
/// # Errors
/// A name that is not declared.
pub fn relation<'estate>(estate: &'estate Estate, name: &str) -> Result<&'estate Table, String> {
    estate.table(name).ok_or_else(|| format!("`{name}` is not declared"))
}

/// What a promotion moves rows between: from a relation that is not protected to one that is, with the same columns.
///
/// # Errors
/// Relations that are not declared, or not like this.
pub fn ends<'estate>(estate: &'estate Estate, promote: &Promote) -> Result<(&'estate Table, &'estate Table), String> {
    let (silver, gold) = (relation(estate, &promote.silver)?, relation(estate, &promote.gold)?);
    let shape =
        |table: &Table| -> Vec<_> { table.columns.iter().map(|column| (column.name.clone(), column.kind)).collect() };
    if silver.protected || !gold.protected || shape(silver) != shape(gold) {
        return Err("rows go from a relation into a protected one with the same columns".to_owned());
    }
    Ok((silver, gold))
}

/// Puts what the pass counted in its places.
pub fn fill(counts: &mut [Option<i64>], totals: &Totals) {
    for (check, count) in &totals.patterns {
        if let Some(place) = counts.get_mut(*check) {
            *place = Some(*count);
        }
    }
}

/// The answer of a measurement.
#[must_use]
pub fn measured(totals: &Totals, misfits: i64, counts: &[Option<i64>], inputs: &[String]) -> Value {
    json!({"rows": totals.rows, "digest": totals.digest, "misfits": misfits, "counts": counts, "inputs": inputs})
}

/// The answer of a promotion.
#[must_use]
pub fn promoted(outcome: &str, rows: u64) -> Value {
    json!({"outcome": outcome, "rows": rows})
}
