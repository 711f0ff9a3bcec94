//! A slow interpreter over the IR: what the compiled kernel must agree with. It gathers every objection before it answers, where
//! the kernel stops at the first, so that the two are written differently on purpose.

use crate::ir::{ArgumentRule, Bound, DatasetIx, Ir, Literal, Pair, RuleKind, ToolIx};
use serde_json::Value;

/// A receipt, as the interpreter sees it.
#[derive(Debug, Clone)]
pub struct Receipt {
    /// Its kind.
    pub kind: String,
    /// What it is for; `None` is the call that is judged.
    pub dataset: Option<DatasetIx>,
    /// Seconds.
    pub age: u64,
}

/// What the interpreter makes of a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing objects.
    Allow,
    /// These rules object, or the kernel itself (`-`); sorted.
    Deny(Vec<String>),
}

/// Judges a call by deny-overrides: any objection denies. Arguments are taken to fit the schema.
#[must_use]
pub fn judge(ir: &Ir, tool: ToolIx, shown: &[Pair], arguments: &Value, receipts: &[Receipt]) -> Verdict {
    let mut objections = Vec::new();
    if shown.is_empty() {
        objections.push("-".to_owned());
    }
    for pair in shown {
        objections.extend(cell(ir, tool, *pair, arguments, receipts));
    }
    for rule in ir.arguments.iter().filter(|rule| rule.tool == tool) {
        if !holds(rule, arguments) {
            objections.extend(ir.rules.get(rule.rule).map(|rule| rule.id.clone()));
        }
    }
    objections.sort();
    objections.dedup();
    if objections.is_empty() { Verdict::Allow } else { Verdict::Deny(objections) }
}

fn cell(ir: &Ir, tool: ToolIx, pair: Pair, arguments: &Value, receipts: &[Receipt]) -> Option<String> {
    let declared = ir.tools.get(tool).is_some_and(|tool| tool.reachable.contains(&pair));
    let rule = if declared { ir.cells.of(tool, pair).and_then(|rule| ir.rules.get(rule)) } else { None };
    let Some(rule) = rule else { return Some("-".to_owned()) };
    let passes = match &rule.kind {
        RuleKind::Allow => true,
        RuleKind::Block | RuleKind::Argument | RuleKind::Transform => false,
        RuleKind::Gate(gate) => {
            let named = arguments.get("dataset").and_then(Value::as_str);
            let named = named.and_then(|name| ir.datasets.iter().position(|dataset| dataset.name == name));
            let wanted = gate.dataset.or(named);
            receipts.iter().any(|receipt| {
                let fits =
                    if gate.call { receipt.dataset.is_none() } else { receipt.dataset == wanted && wanted.is_some() };
                receipt.kind == gate.receipt && fits && receipt.age <= gate.max_age
            })
        }
    };
    (!passes).then(|| rule.id.clone())
}

fn holds(rule: &ArgumentRule, arguments: &Value) -> bool {
    let given = arguments.get(&rule.field).filter(|value| !value.is_null());
    let counted = match (given, &rule.absent) {
        (Some(value), _) => value.clone(),
        (None, Some(Literal::Integer(number))) => Value::from(*number),
        (None, Some(Literal::Text(text))) => Value::from(text.clone()),
        (None, None) => return false,
    };
    match &rule.bound {
        Bound::Maximum(most) => counted.as_f64().is_some_and(|number| number <= i64_as_f64(*most)),
        Bound::Minimum(least) => counted.as_f64().is_some_and(|number| number >= i64_as_f64(*least)),
        Bound::MaxLength(most) => {
            counted.as_str().is_some_and(|text| i64::try_from(text.chars().count()).is_ok_and(|length| length <= *most))
        }
        Bound::OneOf(words) => counted.as_str().is_some_and(|text| words.iter().any(|word| word == text)),
    }
}

/// Bounds in policies are far below 2^53.
fn i64_as_f64(number: i64) -> f64 {
    serde_json::Number::from(number).as_f64().unwrap_or(f64::NAN)
}
