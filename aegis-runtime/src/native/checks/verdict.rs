//! From counts to a report, whoever counted.

use super::report::{CheckReport, CheckResult};
use super::tally::Tally;
use crate::spec::{CheckSpec, DatasetSpec, Expect, Metric, Severity, Unit};
use serde::Deserialize;

/// What a check counted.
pub(super) enum Counted {
    /// Rows.
    Rows(Tally),
    /// The newest instant, in seconds since 1970; none where there is none, or one cannot be read.
    Newest(Option<i64>),
}

/// What a warehouse counted.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Totals {
    /// Rows.
    pub rows: u64,
    /// Digest over all of them, in order.
    pub digest: String,
    /// Rows that do not fit the schema.
    pub misfits: u64,
    /// By check: rows, or an instant in seconds since 1970.
    pub counts: Vec<Option<i64>>,
    /// Digests of the relations that values were looked up in, in the order of the checks that did.
    pub inputs: Vec<String>,
}

/// The report of what a warehouse counted; `None` where that is no such count.
#[must_use]
pub fn judged(dataset: &'static DatasetSpec, totals: &Totals) -> Option<CheckReport> {
    let is_digest = |text: &String| text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    if totals.counts.len() != dataset.checks.len()
        || !std::iter::once(&totals.digest).chain(&totals.inputs).all(is_digest)
    {
        return None;
    }
    let tally = |count| Tally { count, sample: Vec::new() };
    let mut results = Vec::new();
    let now = jiff::Timestamp::now().as_second();
    for (check, count) in dataset.checks.iter().zip(&totals.counts) {
        let counted = match check.metric {
            Metric::Age => Counted::Newest(*count),
            Metric::RowCount
            | Metric::NullValues
            | Metric::MissingValues(_)
            | Metric::DuplicateValues
            | Metric::InvalidValues(_)
            | Metric::MissingReferences { .. } => {
                Counted::Rows(tally(u64::try_from((*count)?).ok().filter(|count| *count <= totals.rows)?))
            }
        };
        results.push(result(check, counted, totals.rows, now));
    }
    Some(report(dataset, totals.rows, tally(totals.misfits), results, totals.digest.clone()))
}

/// The report, the kernel's own two checks first.
pub(super) fn report(
    dataset: &'static DatasetSpec,
    rows: u64,
    misfits: Tally,
    of_checks: Vec<CheckResult>,
    content_digest: String,
) -> CheckReport {
    let of_kernel = |id, metric, measured, expected: &str, passed, sample_rows| CheckResult {
        id,
        metric,
        measured,
        unit: "rows",
        expected: expected.to_owned(),
        passed,
        severity: "fail",
        sample_rows,
    };
    let found = misfits.count;
    let mut results = vec![of_kernel("schema", "schema", float(found), "= 0", found == 0, misfits.sample)];
    if !dataset.allow_empty {
        results.push(of_kernel("not-empty", "rowCount", float(rows), "> 0", rows > 0, Vec::new()));
    }
    results.extend(of_checks);
    let passed = results.iter().all(|result| result.passed || result.severity == "warn");
    CheckReport { passed, rows, content_digest, results }
}

pub(super) fn result(check: &'static CheckSpec, counted: Counted, rows: u64, now: i64) -> CheckResult {
    let (count, age, sample_rows) = match counted {
        Counted::Rows(tally) => (float(tally.count), f64::NAN, tally.sample),
        Counted::Newest(newest) => (f64::NAN, age(newest, now), Vec::new()),
    };
    let (measured, unit) = match check.unit {
        Unit::Rows => (count, "rows"),
        // Percent of no rows is no percent at all, and passes nothing.
        Unit::Percent => (count * 100.0 / float(rows), "percent"),
        Unit::Seconds => (age, "seconds"),
        Unit::Minutes => (age / 60.0, "minutes"),
        Unit::Hours => (age / 3600.0, "hours"),
        Unit::Days => (age / 86400.0, "days"),
    };
    let (passed, expected) = compare(check.expect, measured);
    let severity = match check.severity {
        Severity::Fail => "fail",
        Severity::Warn => "warn",
    };
    CheckResult { id: check.id, metric: word(check.metric), measured, unit, expected, passed, severity, sample_rows }
}

const fn word(metric: Metric) -> &'static str {
    match metric {
        Metric::RowCount => "rowCount",
        Metric::NullValues => "nullValues",
        Metric::MissingValues(_) => "missingValues",
        Metric::InvalidValues(_) => "invalidValues",
        Metric::DuplicateValues => "duplicateValues",
        Metric::MissingReferences { .. } => "missingReferences",
        Metric::Age => "age",
    }
}

/// Seconds; not a number where there is no instant, or one in the future, which no fresh data has.
fn age(newest: Option<i64>, now: i64) -> f64 {
    newest.map_or(f64::NAN, |at| u64::try_from(now.saturating_sub(at)).map_or(f64::NAN, float))
}

/// What is no number passes nothing, whatever the comparison.
fn compare(expect: Expect, measured: f64) -> (bool, String) {
    let (holds, expected) = match expect {
        Expect::Equal(value) => ((measured - value).abs() < f64::EPSILON, format!("= {value}")),
        Expect::NotEqual(value) => ((measured - value).abs() >= f64::EPSILON, format!("≠ {value}")),
        Expect::Greater(value) => (measured > value, format!("> {value}")),
        Expect::GreaterOrEqual(value) => (measured >= value, format!("≥ {value}")),
        Expect::Less(value) => (measured < value, format!("< {value}")),
        Expect::LessOrEqual(value) => (measured <= value, format!("≤ {value}")),
        Expect::Between(low, high) => (measured >= low && measured <= high, format!("{low} to {high}")),
        Expect::NotBetween(low, high) => (measured < low || measured > high, format!("not {low} to {high}")),
    };
    (holds && measured.is_finite(), expected)
}

/// Counts stay far below 2^53.
fn float(count: u64) -> f64 {
    u32::try_from(count).map_or_else(|_| count.to_string().parse().unwrap_or(f64::NAN), f64::from)
}
