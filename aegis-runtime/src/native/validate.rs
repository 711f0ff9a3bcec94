//! `aegis__validate {dataset}`: the declared checks over data that the kernel itself reads; success mints a receipt.

use super::checks::{CheckError, CheckReport};
use super::files::{self, Reading};
use super::{Visit, tables};
use crate::audit::{Event, Record};
use crate::denial::{Code, Denial};
use crate::receipt::{Mint, fresh_id};
use crate::spec::{DatasetSpec, Place};
use rmcp::model::CallToolResult;
use serde_json::{Map, Value, json};

/// The receipt that this tool earns.
const KIND: &str = "silver-validation";

impl From<CheckError> for Denial {
    fn from(error: CheckError) -> Self {
        Denial::new(Code::DatasetUnreadable, error.to_string())
    }
}

pub(super) async fn run(visit: &Visit<'_>, dataset: &'static DatasetSpec) -> Result<CallToolResult, Denial> {
    let reading = match dataset.silver.place {
        Place::Object(_) | Place::Prefix(_) => files::read(visit, dataset).await?,
        Place::Table(_) => tables::read(visit, dataset).await?,
    };
    if !reading.report.passed {
        return Ok(answer(dataset, &reading.report, None));
    }
    let receipt = mint(visit, dataset, &reading).await?;
    Ok(answer(dataset, &reading.report, Some(receipt)))
}

/// The receipt is in the log before it is in the database: a receipt that no record knows of cannot stand.
async fn mint(visit: &Visit<'_>, dataset: &'static DatasetSpec, reading: &Reading) -> Result<Value, Denial> {
    let Reading { report, version, inputs } = reading;
    let version_kind = dataset.silver.place.version_kind();
    let id = fresh_id();
    let mut body = Map::new();
    body.insert("id".into(), json!(id));
    body.insert("kind".into(), json!(KIND));
    body.insert("dataset".into(), json!(dataset.name));
    body.insert("version".into(), json!(version));
    body.insert("version_kind".into(), json!(version_kind));
    body.insert("inputs".into(), json!(inputs));
    body.insert("content_digest".into(), json!(report.content_digest));
    body.insert("checks_digest".into(), json!(dataset.checks_digest));
    let record = Record::new(Event::ReceiptMinted, Some(visit.call.clone()), body);
    let position =
        visit.natives.log.durable(record).await.map_err(|error| Denial::new(Code::AuditLatched, error.to_string()))?;
    let receipt = visit
        .natives
        .receipts
        .mint(&Mint {
            id,
            kind: KIND,
            dataset: dataset.name,
            version,
            version_kind,
            inputs,
            content_digest: &report.content_digest,
            rows: report.rows,
            checks_digest: dataset.checks_digest,
            audit_seq: position.seq,
            call: visit.call,
        })
        .map_err(|error| Denial::new(error.code(), error.to_string()))?;
    Ok(json!({"id": receipt.id, "kind": KIND, "dataset": dataset.name, "version_kind": version_kind}))
}

fn answer(dataset: &DatasetSpec, report: &CheckReport, receipt: Option<Value>) -> CallToolResult {
    let passed = receipt.is_some();
    let mut body = report.to_json();
    body.insert("dataset".into(), json!(dataset.name));
    body.insert("receipt".into(), receipt.unwrap_or(Value::Null));
    if passed {
        return CallToolResult::structured(Value::Object(body));
    }
    body.insert("code".into(), json!(Code::DatasetFailed.as_str()));
    CallToolResult::structured_error(Value::Object(body))
}
