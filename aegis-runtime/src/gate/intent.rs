//! intent: the decision is durable before anything is done.

use super::case::Case;
use super::payload;
use super::reserve::Reserved;
use super::screen::shown;
use super::settle::give_back;
use super::transform::masked_fields;
use crate::audit::{Event, Log, Record};
use crate::denial::{Code, Denial};
use crate::kernel::Kernel;
use crate::mask::Masker;
use crate::receipt::Receipts;
use crate::spec::AuditLevel;
use serde_json::{Map, Value, json};

/// A durable allowed decision, committed to the exact bytes that go south.
pub struct Intent<K: Kernel> {
    pub(super) reserved: Reserved<K>,
    pub(super) case: Case,
}

impl<K: Kernel> Intent<K> {
    /// The call it is for.
    #[must_use]
    pub fn case(&self) -> &Case {
        &self.case
    }
}

/// Writes `call.decided` and waits until it is durable as the policy asks.
///
/// # Errors
/// `AuditLatched`: what was reserved is given back, and nothing is done.
pub async fn intent<K: Kernel>(
    reserved: Reserved<K>,
    case: Case,
    log: &Log,
    receipts: &Receipts,
    masker: &Masker,
) -> Result<Intent<K>, Denial> {
    let case = case.at_level(payload::of_rules(&reserved.bound.grant.rules));
    let record = Record::new(Event::CallDecided, Some(case.id().clone()), body(&reserved, &case, log, masker));
    // From here on the agent may read back what it writes: the memory of values does not speak of these domains any more.
    masker.wrote(&reserved.bound.screened.finding.capabilities);
    match log.durable(record).await {
        Ok(_position) => Ok(Intent { reserved, case }),
        Err(error) => {
            give_back(reserved.holds, receipts)?;
            Err(Denial::new(Code::AuditLatched, error.to_string()))
        }
    }
}

fn body<K: Kernel>(reserved: &Reserved<K>, case: &Case, log: &Log, masker: &Masker) -> Map<String, Value> {
    let screened = &reserved.bound.screened;
    let grant = &reserved.bound.grant;
    let mut body = case.fields();
    body.insert("tool".into(), json!(screened.call.tool.dotted));
    body.insert("decision".into(), json!("allow"));
    body.insert("rules".into(), json!(grant.rules.iter().map(|rule| rule.id).collect::<Vec<_>>()));
    body.extend(masked_fields(shown(screened), masker));
    body.insert("rewritten".into(), json!(reserved.bound.rewritten));
    body.insert("audit".into(), json!(case.level().as_str()));
    let asked = reserved.bound.asked.as_ref().map(|asked| ("asked", asked));
    for (field, arguments) in std::iter::once(("args", &screened.call.arguments)).chain(asked) {
        let mut said = log.commit_arguments(case.id(), field, arguments);
        if case.level() >= AuditLevel::Args {
            payload::add_arguments(&mut said, arguments, masker);
        }
        body.insert(field.into(), said);
    }
    let needs: Vec<_> = grant
        .spends
        .iter()
        .map(|(need, id)| json!({"receipt": need.gate.receipt, "id": id, "gate": need.gate.rule.id}))
        .collect();
    body.insert("need".into(), json!(needs));
    body.insert("lat_us".into(), json!({"decide": case.elapsed_us()}));
    body
}
