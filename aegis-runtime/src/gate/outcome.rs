//! outcome and refuse: no reply without a record of it.

use super::case::Case;
use super::payload;
use super::settle::Settled;
use super::transform::{masked_denial, masked_fields};
use crate::audit::{Event, Log, Record};
use crate::denial::{Code, Denial};
use crate::kernel::Kernel;
use crate::mask::Masker;
use crate::spec::{AuditLevel, ToolSpec};
use rmcp::model::CallToolResult;
use serde_json::{Map, Value, json};
use std::marker::PhantomData;

/// A reply that the log knows of.
pub struct Committed<K: Kernel> {
    pub(super) result: CallToolResult,
    kernel: PhantomData<K>,
}

/// Writes `call.outcome`, then lets the result go; if it cannot be written, the result is withheld.
pub async fn outcome<K: Kernel>(settled: Settled<K>, log: &Log, masker: &Masker) -> Committed<K> {
    let Settled { result, denial, report, fate, case, .. } = settled;
    let mut body = case.fields();
    if let Some(tool) = declared::<K>(&case) {
        body.insert("tool".into(), json!(tool.dotted));
    }
    let word = match &denial {
        Some(denial) => {
            body.insert("code".into(), json!(denial.code().as_str()));
            "error"
        }
        None if result.is_error == Some(true) => "tool-error",
        None => "ok",
    };
    body.insert("outcome".into(), json!(word));
    body.insert("receipts".into(), json!(fate.map(|fate| fate.as_str())));
    let bytes = serde_json::to_vec(&result).unwrap_or_default();
    let mut said = json!({"commit": log.commit_to(case.id(), "result", &bytes), "len": bytes.len(), "masked": report.to_json(), "places": report.places()});
    if case.level() == AuditLevel::Full {
        payload::add(&mut said, &String::from_utf8_lossy(&bytes), masker);
    }
    body.insert("result".into(), said);
    body.insert("lat_us".into(), json!({"total": case.elapsed_us()}));
    let record = Record::new(Event::CallOutcome, Some(case.id().clone()), body);
    let result = match log.written(record).await {
        Ok(_position) => result,
        Err(error) => masked_denial(&Denial::new(Code::AuditOutcome, error.to_string()), masker),
    };
    Committed { result, kernel: PhantomData }
}

/// The tool as the manifest knows it: one spelling in every record.
fn declared<K: Kernel>(case: &Case) -> Option<&'static ToolSpec> {
    K::tool(case.name()).and_then(|tool| K::SPEC.tools.get(usize::from(K::id(tool).0)))
}

/// Writes a denial, durably, with what the agent asked for as it asked, and turns it into the structured reply. If the log is latched the reply says so: a denial
/// is all that leaves then.
pub async fn refuse<K: Kernel>(
    denial: Denial,
    case: &Case,
    shown: Map<String, Value>,
    asked: Option<Map<String, Value>>,
    log: &Log,
    masker: &Masker,
) -> Committed<K> {
    let mut body = case.fields();
    let level = payload::of_denial(&denial, K::SPEC);
    body.insert("audit".into(), json!(level.as_str()));
    if let Some(tool) = declared::<K>(case) {
        body.insert("tool".into(), json!(tool.dotted));
    } else if let Ok((name, _)) = masker.text(case.name(), &masker.everywhere()) {
        body.insert("tool".into(), json!(name));
    } else {
        body.insert("tool".into(), json!(null));
    }
    body.insert("decision".into(), json!("deny"));
    body.extend(masked_fields(denial.fields(), masker));
    body.extend(masked_fields(shown, masker));
    if let Some(arguments) = asked {
        let mut said = log.commit_arguments(case.id(), "args", &arguments);
        if level >= AuditLevel::Args {
            payload::add_arguments(&mut said, &arguments, masker);
        }
        body.insert("args".into(), said);
    }
    body.insert("lat_us".into(), json!({"decide": case.elapsed_us()}));
    let record = Record::new(Event::CallDecided, Some(case.id().clone()), body);
    let denial = match log.durable(record).await {
        Ok(_position) => denial,
        Err(error) => Denial::new(Code::AuditLatched, error.to_string()),
    };
    Committed { result: masked_denial(&denial, masker), kernel: PhantomData }
}
