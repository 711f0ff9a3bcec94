//! The phases of a decision, as combinators that generated evaluators call in the fixed order: capabilities, arguments, gates,
//! transforms.
//!
//! *Invariants.* Pure and total. An empty capability set, an uncovered cell and an undeclared one are denials; there is no value
//! of [`Cell`] that passes without a rule.

use crate::decode::Field;
use crate::denial::{Code, Denial};
use crate::kernel::{Cell, Evidence, Grant, Need, Standing, Subject};
use crate::spec::{DatasetId, GateOf, GateSpec, MaskSpec, RuleSpec};
use crate::vocabulary::Capability;

/// What phase one let pass.
#[derive(Debug)]
pub struct Passed {
    rules: Vec<&'static RuleSpec>,
    gates: Vec<&'static GateSpec>,
}

/// Phase one: every capability has a cell that does not object.
///
/// # Errors
/// The first capability, in sorted order, that is blocked, uncovered or undeclared; or that there is none at all.
pub fn capabilities(found: &[Capability], cell: impl Fn(Capability) -> Cell) -> Result<Passed, Denial> {
    let mut passed = Passed { rules: Vec::new(), gates: Vec::new() };
    if found.is_empty() {
        return Err(Denial::new(Code::NoCapability, ""));
    }
    for capability in found {
        let rule = match cell(*capability) {
            Cell::Allow(rule) => rule,
            Cell::Gate(gate) => {
                passed.gates.push(gate);
                gate.rule
            }
            Cell::Block(rule) => return Err(Denial::by_rule(Code::Blocked, rule).over(*capability)),
            Cell::Uncovered => return Err(Denial::new(Code::NoRule, "").over(*capability)),
            Cell::Undeclared => return Err(Denial::new(Code::UndeclaredCapability, "").over(*capability)),
        };
        if !passed.rules.iter().any(|known| known.id == rule.id) {
            passed.rules.push(rule);
        }
    }
    Ok(passed)
}

/// Phase two: an integer is at most `most`; absent and null count as `absent`, or deny.
///
/// # Errors
/// The rule's denial, at the field.
pub fn at_most(
    rule: &'static RuleSpec,
    pointer: &str,
    field: &Field<i64>,
    absent: Option<i64>,
    most: i64,
) -> Result<(), Denial> {
    hold(rule, pointer, counted(rule, pointer, field, absent)? <= most, || format!("send at most {most}"))
}

/// Phase two: an integer is at least `least`.
///
/// # Errors
/// The rule's denial, at the field.
pub fn at_least(
    rule: &'static RuleSpec,
    pointer: &str,
    field: &Field<i64>,
    absent: Option<i64>,
    least: i64,
) -> Result<(), Denial> {
    hold(rule, pointer, counted(rule, pointer, field, absent)? >= least, || format!("send at least {least}"))
}

/// Phase two: a string has at most `most` characters.
///
/// # Errors
/// The rule's denial, at the field.
pub fn no_longer(
    rule: &'static RuleSpec,
    pointer: &str,
    field: &Field<String>,
    absent: Option<&str>,
    most: i64,
) -> Result<(), Denial> {
    let text = counted(rule, pointer, field, absent.map(str::to_owned))?;
    let holds = i64::try_from(text.chars().count()).is_ok_and(|length| length <= most);
    hold(rule, pointer, holds, || format!("send at most {most} characters"))
}

/// Phase two: a string is one of `words`.
///
/// # Errors
/// The rule's denial, at the field.
pub fn one_of(
    rule: &'static RuleSpec,
    pointer: &str,
    field: &Field<String>,
    absent: Option<&str>,
    words: &[&str],
) -> Result<(), Denial> {
    let text = counted(rule, pointer, field, absent.map(str::to_owned))?;
    hold(rule, pointer, words.contains(&text.as_str()), || format!("send one of `{}`", words.join("`, `")))
}

fn counted<T: Clone>(rule: &'static RuleSpec, pointer: &str, field: &Field<T>, absent: Option<T>) -> Result<T, Denial> {
    match field {
        Field::Present(value) => Ok(value.clone()),
        Field::Missing | Field::Null => {
            absent.ok_or_else(|| Denial::by_rule(Code::ArgumentAbsent, rule).at(pointer, None))
        }
    }
}

/// What to do instead is said where the rule does not say it.
fn hold(rule: &'static RuleSpec, pointer: &str, holds: bool, instead: impl Fn() -> String) -> Result<(), Denial> {
    if holds {
        return Ok(());
    }
    let denial = Denial::by_rule(Code::ArgumentRule, rule).at(pointer, None);
    Err(if rule.remedy.is_some() { denial } else { denial.remedy(instead()) })
}

/// The receipts that the gates among the found capabilities ask for.
#[must_use]
pub fn needs(found: &[Capability], cell: impl Fn(Capability) -> Cell, named: Option<DatasetId>) -> Vec<Need> {
    let gates = found.iter().filter_map(|capability| match cell(*capability) {
        Cell::Gate(gate) => Some(gate),
        Cell::Allow(_) | Cell::Block(_) | Cell::Uncovered | Cell::Undeclared => None,
    });
    gates.filter_map(|gate| need(gate, named)).collect()
}

/// Phase three: every gate finds a receipt of its kind, for its dataset, young enough. The youngest one is spent.
///
/// # Errors
/// `ReceiptMissing` or `ReceiptTooOld`, with the tool that earns one as the remedy.
pub fn gates(passed: &Passed, named: Option<DatasetId>, evidence: &Evidence) -> Result<Vec<(Need, String)>, Denial> {
    passed
        .gates
        .iter()
        .map(|gate| {
            let denied = |code| {
                let denial = Denial::by_rule(code, gate.rule);
                if gate.rule.remedy.is_some() { denial } else { denial.remedy(gate.minter) }
            };
            let need = need(gate, named).ok_or_else(|| denied(Code::ReceiptMissing))?;
            let standing = evidence
                .receipts
                .iter()
                .filter(|receipt| meets(gate, &need, receipt))
                .min_by_key(|receipt| receipt.age)
                .ok_or_else(|| denied(Code::ReceiptMissing))?;
            if standing.age > gate.max_age {
                return Err(denied(Code::ReceiptTooOld));
            }
            Ok((need, standing.id.clone()))
        })
        .collect()
}

/// Age apart, which has a denial of its own.
fn meets(gate: &GateSpec, need: &Need, receipt: &Standing) -> bool {
    receipt.kind == gate.receipt
        && receipt.subject == need.subject
        && gate.assurance.is_none_or(|assurance| receipt.assurance == assurance)
        && gate.version_kind.is_none_or(|kind| receipt.version_kind == kind)
}

fn need(gate: &'static GateSpec, named: Option<DatasetId>) -> Option<Need> {
    let subject = match gate.of {
        GateOf::Named => Subject::Dataset(named?),
        GateOf::Dataset(dataset) => Subject::Dataset(dataset),
        GateOf::Call => Subject::Call,
    };
    Some(Need { gate, subject })
}

/// Phase four: the transforms over the domains that the call touches, and the grant.
#[must_use]
pub fn grant(passed: Passed, spends: Vec<(Need, String)>, masks: &'static [MaskSpec], found: &[Capability]) -> Grant {
    let touches = |mask: &MaskSpec| found.iter().any(|capability| mask.domains.contains(&capability.domain));
    Grant { rules: passed.rules, spends, masks: masks.iter().filter(|mask| touches(mask)).collect() }
}
