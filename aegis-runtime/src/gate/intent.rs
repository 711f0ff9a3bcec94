//! intent: the decision is durable before anything is done.

use super::case::Case;
use super::payload::{self, Arguments};
use super::reserve::Reserved;
use super::settle::give_back;
use super::transform::masked_fields;
use crate::audit::{Event, Fields, Log, Record};
use crate::denial::{Code, Denial};
use crate::kernel::Kernel;
use crate::mask::Masker;
use crate::receipt::Receipts;
use serde::Serialize;
use serde_json::json;

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

fn body<K: Kernel>(reserved: &Reserved<K>, case: &Case, log: &Log, masker: &Masker) -> Fields {
    let screened = &reserved.bound.screened;
    let grant = &reserved.bound.grant;
    let mut body = case.fields(Some(screened.call.tool.dotted));
    body.put("decision", "allow");
    body.put("rules", &grant.rules.iter().map(|rule| rule.id).collect::<Vec<_>>());
    body.extend(&masked_fields(&screened.shown, masker));
    body.put("rewritten", &reserved.bound.rewritten);
    body.put("audit", case.level().as_str());
    let asked = reserved.bound.asked.as_ref().map(|asked| ("asked", asked));
    for (field, arguments) in std::iter::once(("args", &screened.call.arguments)).chain(asked) {
        body.put(field, &Arguments::of(case.id(), field, arguments, case.level(), log, masker));
    }
    let needs: Vec<_> = grant
        .spends
        .iter()
        .map(|(need, id)| json!({"receipt": need.gate.receipt, "id": id, "gate": need.gate.rule.id}))
        .collect();
    body.put("need", &needs);
    body.put("lat_us", &Decided { decide: case.elapsed_us() });
    body
}

/// How long the decision took, in microseconds.
#[derive(Serialize)]
pub(super) struct Decided {
    pub(super) decide: u64,
}
