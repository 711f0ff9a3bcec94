//! Copies of what was said, for records whose rule asks for them.
//!
//! *Invariants.* A copy goes through the masker under the plan that masks everything, whatever the agent may see. It is a text, not
//! a tree: nothing inside can be taken for a field of the record. What cannot be masked, or is too long, is left out and named.

use crate::denial::Denial;
use crate::mask::Masker;
use crate::spec::{AuditLevel, RuleSpec, Spec};
use serde_json::{Map, Value, json};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Longest copy, in bytes: a record stays one that a terminal can show.
const LONGEST: usize = 64 * 1024;

/// The most that one of the rules which permitted a call asks for.
pub(super) fn of_rules(rules: &[&'static RuleSpec]) -> AuditLevel {
    rules.iter().map(|rule| rule.audit).max().unwrap_or(AuditLevel::Meta)
}

/// The level of a refusal: that of the rule that spoke; the policy's highest where the kernel itself refused, since nobody knows
/// which rule would have spoken.
pub(super) fn of_denial(denial: &Denial, spec: &'static Spec) -> AuditLevel {
    denial.rule().map_or_else(|| of_rules(spec.rules), |rule| rule.audit)
}

/// Adds a copy to the field of a record that commits to it: `copy`, or `withheld` with the reason.
pub(super) fn add(commitment: &mut Value, json: &str, masker: &Masker) {
    let Value::Object(map) = commitment else { return };
    if json.len() > LONGEST {
        map.insert("withheld".into(), json!(format!("over {LONGEST} bytes")));
        return;
    }
    let masked = catch_unwind(AssertUnwindSafe(|| masker.json(json, &masker.everywhere())));
    match masked {
        Ok(Ok((text, _))) => map.insert("copy".into(), json!(text)),
        Ok(Err(_)) | Err(_) => map.insert("withheld".into(), json!("it cannot be masked")),
    };
}

/// The same for arguments.
pub(super) fn add_arguments(commitment: &mut Value, arguments: &Map<String, Value>, masker: &Masker) {
    add(commitment, &serde_json::to_string(arguments).unwrap_or_default(), masker);
}
