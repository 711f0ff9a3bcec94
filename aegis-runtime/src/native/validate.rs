//! `aegis__validate {dataset}`: the declared checks over bytes that the kernel itself reads; success mints a receipt.

use super::Visit;
use super::checks::{CheckError, CheckReport, Checker};
use super::objects::{self, KernelRead};
use crate::audit::{Event, Record};
use crate::denial::{Code, Denial};
use crate::intercept::dataset_named;
use crate::receipt::{Mint, fresh_id};
use crate::spec::{DatasetSpec, Metric};
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
    let read = KernelRead::open(visit, dataset.silver.server, dataset.silver.object).await?;
    let before = read.head().await?;
    let mut checker = Checker::new(dataset, &visit.natives.scratch)?;
    let inputs = look_up(visit, dataset, &mut checker).await?;
    read.stream(&before, |bytes| checker.push(bytes)).await?;
    let report = checker.finish()?;
    if read.head().await? != before {
        return Err(Denial::new(Code::DatasetChanged, "").remedy("validate again when nobody writes to it"));
    }
    unchanged(visit, &inputs).await?;
    if !report.passed {
        return Ok(answer(dataset, &report, None));
    }
    let receipt = mint(visit, dataset, &before.etag, &inputs, &report).await?;
    Ok(answer(dataset, &report, Some(receipt)))
}

/// Reads the columns of other datasets that checks look values up in; says which versions those were.
async fn look_up(
    visit: &Visit<'_>,
    dataset: &'static DatasetSpec,
    checker: &mut Checker,
) -> Result<Map<String, Value>, Denial> {
    let mut inputs = Map::new();
    for check in dataset.checks {
        let Metric::MissingReferences { dataset: of, column } = check.metric else { continue };
        let of = visit.natives.spec.datasets.get(usize::from(of.0));
        let of = of.ok_or_else(|| Denial::new(Code::UnknownDataset, ""))?;
        let mut lookup = checker.lookup(check.id, of, column);
        let read = KernelRead::open(visit, of.silver.server, of.silver.object).await?;
        let head = read.head().await?;
        read.stream(&head, |bytes| lookup.push(bytes)).await?;
        checker.know(lookup.finish(of)?);
        if inputs.insert(of.name.to_owned(), json!(head.etag)).is_some_and(|former| former != json!(head.etag)) {
            return Err(Denial::new(Code::DatasetChanged, "a dataset that values are looked up in"));
        }
    }
    Ok(inputs)
}

/// The datasets that values were looked up in still are what was read.
pub(super) async fn unchanged(visit: &Visit<'_>, inputs: &Map<String, Value>) -> Result<(), Denial> {
    for (name, etag) in inputs {
        let dataset = dataset_named(visit.natives.spec, name).ok_or_else(|| Denial::new(Code::UnknownDataset, ""))?;
        let now = objects::head(visit, dataset.silver.server, dataset.silver.object).await?;
        if now.is_none_or(|head| json!(head.etag) != *etag) {
            return Err(Denial::new(Code::DatasetChanged, format!("`{name}`, which values were looked up in"))
                .remedy("call `aegis__validate` again"));
        }
    }
    Ok(())
}

/// The receipt is in the log before it is in the database: a receipt that no record knows of cannot stand.
async fn mint(
    visit: &Visit<'_>,
    dataset: &'static DatasetSpec,
    etag: &str,
    inputs: &Map<String, Value>,
    report: &CheckReport,
) -> Result<Value, Denial> {
    let id = fresh_id();
    let mut body = Map::new();
    body.insert("id".into(), json!(id));
    body.insert("kind".into(), json!(KIND));
    body.insert("dataset".into(), json!(dataset.name));
    body.insert("version".into(), json!(etag));
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
            version: etag,
            version_kind: "etag",
            inputs,
            content_digest: &report.content_digest,
            rows: report.rows,
            checks_digest: dataset.checks_digest,
            audit_seq: position.seq,
            call: visit.call,
        })
        .map_err(|error| Denial::new(error.code(), error.to_string()))?;
    Ok(json!({"id": receipt.id, "kind": KIND, "dataset": dataset.name}))
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
