//! outcome and refuse: no reply without a record of it.

use super::case::Case;
use super::intent::Decided;
use super::payload::{self, Arguments, Copied};
use super::settle::Settled;
use super::transform::{masked_denial, masked_fields};
use crate::audit::{Event, Log, Record};
use crate::denial::{Code, Denial};
use crate::kernel::Kernel;
use crate::mask::Masker;
use crate::north::Reply;
use crate::spec::{AuditLevel, ToolSpec};
use serde::Serialize;
use serde_json::{Map, Value};
use std::marker::PhantomData;

/// A reply that the log knows of.
pub struct Committed<K: Kernel> {
    pub(super) reply: Reply,
    kernel: PhantomData<K>,
}

/// Writes `call.outcome`, then lets the result go; if it cannot be written, the result is withheld.
pub async fn outcome<K: Kernel>(settled: Settled<K>, log: &Log, masker: &Masker) -> Committed<K> {
    let Settled { reply, denial, report, fate, case, .. } = settled;
    let mut body = case.fields(Some(declared::<K>(&case).map_or(case.name(), |tool| tool.dotted)));
    let word = match &denial {
        Some(denial) => {
            body.put("code", denial.code().as_str());
            "error"
        }
        None if reply.result().is_error == Some(true) => "tool-error",
        None => "ok",
    };
    body.put("outcome", word);
    body.put("receipts", &fate.map(|fate| fate.as_str()));
    let text = reply.text();
    let said = Answered {
        commit: log.commit_to(case.id(), "result", text.as_bytes()),
        len: text.len(),
        masked: report.to_json(),
        places: report.places(),
        copied: (case.level() == AuditLevel::Full).then(|| payload::copy(text, masker)),
    };
    body.put("result", &said);
    body.put("lat_us", &Done { total: case.elapsed_us() });
    let record = Record::new(Event::CallOutcome, Some(case.id().clone()), body);
    let reply = match log.written(record).await {
        Ok(_position) => reply,
        Err(error) => masked_denial(&Denial::new(Code::AuditOutcome, error.to_string()), masker),
    };
    Committed { reply, kernel: PhantomData }
}

/// What a record says of a result.
#[derive(Serialize)]
struct Answered {
    commit: String,
    len: usize,
    masked: Map<String, Value>,
    places: Value,
    #[serde(flatten)]
    copied: Option<Copied>,
}

/// How long the call took, in microseconds.
#[derive(Serialize)]
struct Done {
    total: u64,
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
    shown: &Map<String, Value>,
    asked: Option<Map<String, Value>>,
    log: &Log,
    masker: &Masker,
) -> Committed<K> {
    let level = payload::of_denial(&denial, K::SPEC);
    let declared = declared::<K>(case).map(|tool| tool.dotted);
    let named = || masker.text(case.name(), &masker.everywhere()).ok().map(|(name, _)| name);
    let tool = declared.map(str::to_owned).or_else(named);
    let mut body = case.fields(tool.as_deref());
    body.put("audit", level.as_str());
    body.put("decision", "deny");
    body.extend(&masked_fields(&denial.fields(), masker));
    body.extend(&masked_fields(shown, masker));
    if let Some(arguments) = asked {
        body.put("args", &Arguments::of(case.id(), "args", &arguments, level, log, masker));
    }
    body.put("lat_us", &Decided { decide: case.elapsed_us() });
    let record = Record::new(Event::CallDecided, Some(case.id().clone()), body);
    let denial = match log.durable(record).await {
        Ok(_position) => denial,
        Err(error) => Denial::new(Code::AuditLatched, error.to_string()),
    };
    Committed { reply: masked_denial(&denial, masker), kernel: PhantomData }
}
