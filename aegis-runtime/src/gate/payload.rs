//! Copies of what was said, for records whose rule asks for them.
//!
//! *Invariants.* A copy goes through the masker under the plan that masks everything, whatever the agent may see. It is a text, not
//! a tree: nothing inside can be taken for a field of the record. What cannot be masked, or is too long, is left out and named.

use crate::audit::{CallId, Commitment, Log};
use crate::denial::Denial;
use crate::mask::Masker;
use crate::spec::{AuditLevel, RuleSpec, Spec};
use serde::Serialize;
use serde_json::{Map, Value};
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

/// What stands beside a commitment where a rule asks for it: what was committed to, or why it is not there.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Copied {
    Copy(String),
    Withheld(String),
}

/// Copies a text.
pub(super) fn copy(json: &str, masker: &Masker) -> Copied {
    if json.len() > LONGEST {
        return Copied::Withheld(format!("over {LONGEST} bytes"));
    }
    let masked = catch_unwind(AssertUnwindSafe(|| masker.json(json, &masker.everywhere())));
    match masked {
        Ok(Ok((text, _))) => Copied::Copy(text),
        Ok(Err(_)) | Err(_) => Copied::Withheld("it cannot be masked".to_owned()),
    }
}

/// What a record says of arguments.
#[derive(Debug, Serialize)]
pub(super) struct Arguments {
    #[serde(flatten)]
    commitment: Commitment,
    #[serde(flatten)]
    copied: Option<Copied>,
}

impl Arguments {
    /// Commits to arguments, and copies them where the level says so.
    pub(super) fn of(
        call: &CallId,
        field: &str,
        arguments: &Map<String, Value>,
        level: AuditLevel,
        log: &Log,
        masker: &Masker,
    ) -> Self {
        let text = || serde_json::to_string(arguments).unwrap_or_default();
        let copied = (level >= AuditLevel::Args).then(|| copy(&text(), masker));
        Self { commitment: log.commit_arguments(call, field, arguments), copied }
    }
}
