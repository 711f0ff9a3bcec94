//! `aegis__status {}`: what the agent may do and which receipts stand.

use super::Natives;
use crate::denial::{Code, Denial};
use crate::downstream::South;
use crate::kernel::Subject;
use rmcp::model::CallToolResult;
use serde_json::json;

pub(super) fn run(natives: &Natives, south: &South) -> Result<CallToolResult, Denial> {
    let spec = natives.spec;
    let standing = natives
        .receipts
        .standing(spec, None)
        .map_err(|error| Denial::new(Code::StateUnavailable, error.to_string()))?;
    let receipts: Vec<_> = standing
        .iter()
        .map(|receipt| {
            let dataset = match receipt.subject {
                Subject::Dataset(id) => spec.datasets.get(usize::from(id.0)).map(|dataset| dataset.name),
                Subject::Call => None,
            };
            json!({"kind": receipt.kind, "dataset": dataset, "age_s": receipt.age.as_secs()})
        })
        .collect();
    let halted: Vec<String> = match natives.brake.halts() {
        Ok(halts) => halts.iter().map(|halt| halt.scope.to_string()).collect(),
        Err(_) => vec!["everything".to_owned()],
    };
    let servers: Vec<_> =
        south.status().iter().map(|server| json!({"name": server.name, "state": server.state.as_str()})).collect();
    let rules: Vec<_> = spec
        .rules
        .iter()
        .map(|rule| json!({"id": rule.id, "phase": rule.phase.as_str(), "why": rule.why, "remedy": rule.remedy}))
        .collect();
    Ok(CallToolResult::structured(json!({
        "policy": {"name": spec.policy.name, "digest": spec.policy.digest},
        "halted": halted,
        "receipts": receipts,
        "servers": servers,
        "rules": rules,
        "matrix": spec.matrix,
    })))
}
