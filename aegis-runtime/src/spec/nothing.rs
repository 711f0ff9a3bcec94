//! A spec with nothing in it, for tests to put in what they are about.

use super::{
    AuditSpec, Binary, Durability, Face, Hints, MaskLimits, Origin, OutcomeDurability, PolicySpec, ServerId, Spec,
    ToolSpec,
};

/// Nothing is declared, and nothing permitted.
pub(crate) const NOTHING: Spec = Spec {
    policy: PolicySpec {
        name: "test",
        digest: "",
        posture: "guarded",
        durability: Durability::Os,
        outcome: OutcomeDurability::Group,
        audit: AuditSpec::DEFAULT,
        mask: MaskLimits::DEFAULT,
    },
    domains: &[],
    servers: &[],
    tools: &[],
    tables: &[],
    prefixes: &[],
    files: &[],
    hosts: &[],
    datasets: &[],
    rules: &[],
    masks: &[],
    sources: &[],
    matrix: "",
};

/// A tool of the first server that takes nothing and shows nothing.
pub(crate) const TOOL: ToolSpec = ToolSpec {
    wire: "",
    dotted: "",
    name: "",
    origin: Origin::Downstream(ServerId(0)),
    face: Face::Tool,
    title: "",
    description: "",
    input_schema: "{}",
    hints: Hints { read_only: true, destructive: false, idempotent: true, open_world: false },
    capabilities: &[],
    screens: &[],
    rows: None,
    fields: &[],
    numbers: &[],
    binary: Binary::Drop,
    pin: None,
};
