//! The kernel's own road to a warehouse: `aegis_measure` and `aegis_promote`, which no manifest can declare and no agent can name.
//!
//! *Invariants.* Checks run where the rows are, over one snapshot, and what comes back are counts, instants and digests: no cell of a
//! relation enters the kernel. A promotion is one transaction of the warehouse, which looks at every digest again before it changes
//! anything: the rows promoted are the rows validated, or nothing is.

use super::checks::{self, CheckReport, Totals};
use super::files::Reading;
use super::{Visit, road};
use crate::denial::{Code, Denial};
use crate::receipt::{Fate, Receipt};
use crate::spec::{CheckSpec, DatasetSpec, Location, Metric, Place, Validity};
use serde_json::{Map, Value, json};

/// Has every check of a dataset counted.
pub(super) async fn read(visit: &Visit<'_>, dataset: &'static DatasetSpec) -> Result<Reading, Denial> {
    let table = name(&dataset.silver)?;
    road::announce(visit, dataset.silver.server, "table", table).await?;
    let mut looked_into = Vec::new();
    let mut asked = Vec::new();
    for check in dataset.checks {
        if let Metric::MissingReferences { dataset: of, .. } = check.metric {
            let of = visit.natives.spec.datasets.get(usize::from(of.0));
            let of = of.filter(|of| of.silver.server == dataset.silver.server);
            let of = of.ok_or_else(|| Denial::new(Code::UnknownDataset, ""))?;
            road::announce(visit, of.silver.server, "table", name(&of.silver)?).await?;
            looked_into.push(of);
        }
        asked.push(ask(check, looked_into.last().copied())?);
    }
    let required = dataset.schema.columns.iter().filter(|column| column.required).map(|column| column.name);
    let arguments = json!({"table": table, "required": required.collect::<Vec<_>>(), "checks": asked});
    let answer = road::call(visit, dataset.silver.server, "aegis_measure", arguments).await?;
    let answer = answer.map_err(|()| Denial::new(Code::DatasetUnreadable, "the warehouse does not count it"))?;
    let malformed = || Denial::new(Code::ServerMalformed, "a measurement that is none");
    let totals: Totals = serde_json::from_value(answer).map_err(|_| malformed())?;
    if totals.inputs.len() != looked_into.len() {
        return Err(malformed());
    }
    let inputs = looked_into.iter().zip(&totals.inputs).map(|(of, digest)| (of.name.to_owned(), json!(digest)));
    let inputs = inputs.collect();
    let report: CheckReport = checks::judged(dataset, &totals).ok_or_else(malformed)?;
    Ok(Reading { report, version: totals.digest, inputs })
}

/// Makes silver's rows gold's, in one transaction of the warehouse.
pub(super) async fn promote(
    visit: &Visit<'_>,
    dataset: &'static DatasetSpec,
    receipt: &Receipt,
) -> (Result<(), Denial>, Fate) {
    match attempt(visit, dataset, receipt).await {
        Ok(()) => (Ok(()), Fate::Consumed),
        // A call that went south and came back with nothing may have been done; a digest that differs makes the receipt worthless.
        Err(denial) => (Err(denial), Fate::Burned),
    }
}

async fn attempt(visit: &Visit<'_>, dataset: &'static DatasetSpec, receipt: &Receipt) -> Result<(), Denial> {
    let mut inputs = Vec::new();
    for (input, digest) in &receipt.inputs {
        inputs.push(json!({"table": name(&visit.natives.named(input)?.silver)?, "digest": digest}));
    }
    let arguments = json!({
        "silver": name(&dataset.silver)?, "gold": name(&dataset.gold)?, "digest": receipt.version, "inputs": inputs,
    });
    let answer = road::call(visit, dataset.gold.server, "aegis_promote", arguments).await?;
    let answer = answer
        .map_err(|()| Denial::new(Code::PromotionFailed, "the warehouse rolled it back: its own log says why"))?;
    let outcome = answer.get("outcome").and_then(Value::as_str);
    match (outcome, answer.get("rows").and_then(Value::as_u64)) {
        (Some("promoted"), Some(rows)) if rows == receipt.rows => Ok(()),
        (Some("changed"), _) => Err(Denial::new(Code::DatasetChanged, "").remedy("call `aegis__validate` again")),
        _ => Err(Denial::new(Code::ServerMalformed, "a promotion that is none")), // whatever a server may say
    }
}

fn name(location: &Location) -> Result<&'static str, Denial> {
    match location.place {
        Place::Table(name) => Ok(name),
        Place::Object(_) | Place::Prefix(_) => Err(Denial::new(Code::DatasetUnreadable, "not a relation")),
    }
}

/// A check as the warehouse reads it.
fn ask(check: &CheckSpec, looked_into: Option<&DatasetSpec>) -> Result<Value, Denial> {
    let mut ask = Map::new();
    let mut put = |name: &str, value: Value| ask.insert(name.to_owned(), value);
    let metric = match check.metric {
        Metric::RowCount => "rowCount",
        Metric::NullValues => "nullValues",
        Metric::DuplicateValues => "duplicateValues",
        Metric::MissingValues(words) => {
            put("words", json!(words));
            "missingValues"
        }
        Metric::InvalidValues(Validity::Pattern(pattern)) => {
            put("pattern", json!(pattern));
            "pattern"
        }
        Metric::InvalidValues(Validity::OneOf(words)) => {
            put("words", json!(words));
            "oneOf"
        }
        Metric::InvalidValues(Validity::Length { minimum, maximum }) => {
            put("minimum", json!(minimum));
            put("maximum", json!(maximum));
            "length"
        }
        Metric::InvalidValues(Validity::Range { minimum, maximum }) => {
            put("minimum", json!(minimum));
            put("maximum", json!(maximum));
            "range"
        }
        Metric::MissingReferences { column, .. } => {
            let of = looked_into.ok_or_else(|| Denial::new(Code::UnknownDataset, ""))?;
            put("table", json!(name(&of.silver)?));
            put("of", json!(column));
            "missingReferences"
        }
        Metric::Age => "age",
    };
    match check.metric {
        Metric::RowCount => {}
        Metric::MissingReferences { .. } | Metric::Age => {
            put("column", json!(check.columns.first()));
        }
        Metric::NullValues | Metric::DuplicateValues | Metric::MissingValues(_) | Metric::InvalidValues(_) => {
            put("columns", json!(check.columns));
        }
    }
    put("metric", json!(metric));
    Ok(Value::Object(ask))
}
