//! What a pass found: counts, expectations, row ordinals.

use serde_json::{Map, Value, json};

/// One check's result.
#[derive(Debug, Clone, PartialEq)]
pub struct CheckResult {
    /// The check's id; `schema` and `not-empty` are the kernel's own.
    pub id: &'static str,
    /// Its metric.
    pub metric: &'static str,
    /// What was counted.
    pub measured: f64,
    /// `rows` or `percent`.
    pub unit: &'static str,
    /// What it must be.
    pub expected: String,
    /// Whether it is.
    pub passed: bool,
    /// `fail` or `warn`.
    pub severity: &'static str,
    /// The first few row ordinals that were counted, from 1.
    pub sample_rows: Vec<u64>,
}

/// What a pass found.
#[derive(Debug, Clone, PartialEq)]
pub struct CheckReport {
    /// No failing check missed.
    pub passed: bool,
    /// Rows, the header apart.
    pub rows: u64,
    /// SHA-256 of every byte, of a prefix over names and digests, of a relation over its rows in order; lower-case hex.
    pub content_digest: String,
    /// Every check.
    pub results: Vec<CheckResult>,
}

impl CheckReport {
    /// For the agent and the audit.
    #[must_use]
    pub fn to_json(&self) -> Map<String, Value> {
        let checks: Vec<Value> = self
            .results
            .iter()
            .map(|check| {
                json!({
                    "id": check.id,
                    "metric": check.metric,
                    "measured": check.measured,
                    "unit": check.unit,
                    "expected": check.expected,
                    "passed": check.passed,
                    "severity": check.severity,
                    "sample_rows": check.sample_rows,
                })
            })
            .collect();
        let mut map = Map::new();
        map.insert("passed".into(), json!(self.passed));
        map.insert("rows".into(), json!(self.rows));
        map.insert("checks".into(), json!(checks));
        map.insert("content_digest".into(), json!(self.content_digest));
        map
    }
}
