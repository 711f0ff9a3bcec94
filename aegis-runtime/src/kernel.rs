//! What a compiled policy is to the runtime: one trait, implemented by generated code only.
//!
//! *Invariants.* `view`, `needs` and `decide` are pure and total: no I/O, no clock, no globals; time is a field of [`Evidence`].
//! The runtime decides nothing itself: it asks [`Kernel::decide`] and mints a permit from a [`Grant`].

use crate::decode::{ArgumentFault, Arguments};
use crate::denial::Denial;
use crate::spec::{DatasetId, GateSpec, MaskSpec, RuleSpec, Spec, ToolId};
use crate::vocabulary::Capability;
use std::fmt::Debug;
use std::time::Duration;

/// A policy, compiled. Brands every proof of a call, so that proofs of two kernels do not mix.
pub trait Kernel: Sized + Send + Sync + 'static {
    /// The tools the agent can name; an unknown one has no value.
    type Tool: Copy + Eq + Debug + Send + Sync + 'static;
    /// The tool together with those of its arguments that rules read, typed.
    type View: Send + Sync + 'static;

    /// The static tables.
    const SPEC: &'static Spec;

    /// Finds a tool by its wire name, exactly.
    fn tool(wire: &str) -> Option<Self::Tool>;

    /// The tool's place in [`Spec::tools`].
    fn id(tool: Self::Tool) -> ToolId;

    /// Checks arguments against the pinned schema and reads the typed view.
    ///
    /// # Errors
    /// An [`ArgumentFault`] names the place and the expectation, never the value.
    fn view(tool: Self::Tool, arguments: &Arguments) -> Result<Self::View, ArgumentFault>;

    /// The receipts that the call will spend, given what the screens found.
    fn needs(view: &Self::View, found: &[Capability]) -> Vec<Need>;

    /// The decision: blocks and allows, argument rules, gates, transforms, in this order; the first deny is the one reported.
    ///
    /// # Errors
    /// A [`Denial`] with the rule that spoke.
    fn decide(view: &Self::View, found: &[Capability], evidence: &Evidence) -> Result<Grant, Denial>;
}

/// What the policy says of one cell of a tool.
#[derive(Debug, Clone, Copy)]
pub enum Cell {
    /// Permitted by this rule.
    Allow(&'static RuleSpec),
    /// Blocked by this rule.
    Block(&'static RuleSpec),
    /// Permitted with a receipt.
    Gate(&'static GateSpec),
    /// No rule speaks of it: a policy without rules. A deny.
    Uncovered,
    /// The tool's manifest cannot show it. A deny.
    Undeclared,
}

/// A receipt that a call must spend.
#[derive(Debug, Clone, Copy)]
pub struct Need {
    /// The gate that asks.
    pub gate: &'static GateSpec,
    /// What the receipt must be for.
    pub subject: Subject,
}

/// What a receipt is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// A dataset.
    Dataset(DatasetId),
    /// The call that is decided; evidence holds no approval of another one.
    Call,
}

/// What is known when a call is decided.
#[derive(Debug, Clone, Default)]
pub struct Evidence {
    /// Receipts that stand for this principal and policy.
    pub receipts: Vec<Standing>,
}

/// A valid receipt, as a gate sees it.
#[derive(Debug, Clone)]
pub struct Standing {
    /// Its row id.
    pub id: String,
    /// Its kind.
    pub kind: String,
    /// What it is for.
    pub subject: Subject,
    /// Its age on the boot clock.
    pub age: Duration,
    /// Whose word it is.
    pub assurance: String,
    /// What kind of version it is bound to.
    pub version_kind: String,
}

/// A positive decision.
#[derive(Debug)]
pub struct Grant {
    /// The rules that allowed the capabilities, gates included; distinct, in the order of the capabilities.
    pub rules: Vec<&'static RuleSpec>,
    /// Receipts to spend: the need and the id of the row that meets it.
    pub spends: Vec<(Need, String)>,
    /// Transforms over what comes back.
    pub masks: Vec<&'static MaskSpec>,
}
