//! The policy, resolved: its rules, and what a rule holds beside its cells.

use super::{ClassIx, DatasetIx, DomainIx, RuleIx, ToolIx};
use std::collections::{BTreeMap, BTreeSet};

/// A rule.
#[derive(Debug, Clone)]
pub struct Rule {
    /// Its id.
    pub id: String,
    /// Its reason.
    pub why: String,
    /// What it does.
    pub kind: RuleKind,
    /// What to do instead.
    pub remedy: Option<String>,
    /// `Meta`, `Args`, `Full`.
    pub audit: &'static str,
}

/// What a rule does.
#[derive(Debug, Clone)]
pub enum RuleKind {
    /// Permits cells.
    Allow,
    /// Blocks cells.
    Block,
    /// Permits cells with a receipt.
    Gate(Gate),
    /// Bounds an argument.
    Argument,
    /// Masks results.
    Transform,
}

/// What opens a gate.
#[derive(Debug, Clone)]
pub struct Gate {
    /// The receipt's kind.
    pub receipt: String,
    /// A fixed dataset, else the one that the call names.
    pub dataset: Option<DatasetIx>,
    /// The very call, and no dataset.
    pub call: bool,
    /// Whose word it must be.
    pub assurance: Option<&'static str>,
    /// What kind of version it must be bound to.
    pub version_kind: Option<&'static str>,
    /// Seconds.
    pub max_age: u64,
    /// Who earns it, on the wire.
    pub minter: String,
}

/// An argument rule over one tool.
#[derive(Debug, Clone)]
pub struct ArgumentRule {
    /// The rule.
    pub rule: RuleIx,
    /// The tool.
    pub tool: ToolIx,
    /// The field, a top-level property.
    pub field: String,
    /// What it must be.
    pub bound: Bound,
    /// What an absent or null field counts as; `None` denies.
    pub absent: Option<Literal>,
}

/// What a field must be.
#[derive(Debug, Clone)]
pub enum Bound {
    /// At most.
    Maximum(i64),
    /// At least.
    Minimum(i64),
    /// At most so many characters.
    MaxLength(i64),
    /// One of these.
    OneOf(Vec<String>),
}

/// A value in a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Literal {
    /// A number.
    Integer(i64),
    /// A word.
    Text(String),
}

/// A transform.
#[derive(Debug, Clone)]
pub struct Mask {
    /// The rule.
    pub rule: RuleIx,
    /// The domains it covers.
    pub domains: BTreeSet<DomainIx>,
    /// Operator by class.
    pub operators: BTreeMap<ClassIx, Operator>,
}

/// An operator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operator {
    /// `redact`.
    Redact,
    /// `token`.
    Token,
    /// `drop`.
    Drop,
    /// `{ keep-last = n }`.
    KeepLast(u8),
    /// `keep-domain`.
    KeepDomain,
    /// `bucket`.
    Bucket,
    /// `date-shift`.
    DateShift,
}
