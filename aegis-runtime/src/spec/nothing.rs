//! A spec with nothing in it, for tests to put in what they are about.

use super::{AuditSpec, Durability, MaskLimits, OutcomeDurability, PolicySpec, Spec};

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
