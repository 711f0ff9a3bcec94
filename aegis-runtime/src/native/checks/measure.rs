//! What is counted, row by row.

use super::CheckError;
use super::report::{CheckReport, CheckResult};
use crate::spec::{CheckSpec, ColumnKind, DatasetSpec, Expect, Metric, SchemaMode, Severity, Unit, Validity};
use regex::Regex;
use sha2::{Digest, Sha256};
use std::collections::HashSet;

/// Distinct rows told apart for one check.
const DISTINCT: usize = 20_000_000;
/// Row ordinals kept for one check.
const SAMPLE: usize = 5;

/// Counts in the making.
pub(super) struct Measures {
    columns: Vec<TypedColumn>,
    checks: Vec<Counter>,
    types: Tally,
    rows: u64,
}

/// A declared column and where it stands.
struct TypedColumn {
    at: usize,
    kind: ColumnKind,
    required: bool,
}

/// One check and what it has counted.
struct Counter {
    check: &'static CheckSpec,
    at: Vec<usize>,
    pattern: Option<Regex>,
    seen: HashSet<[u8; 16]>,
    tally: Tally,
}

#[derive(Default)]
struct Tally {
    count: u64,
    sample: Vec<u64>,
}

impl Tally {
    fn add(&mut self, row: u64) {
        self.count = self.count.saturating_add(1);
        if self.sample.len() < SAMPLE {
            self.sample.push(row);
        }
    }
}

/// Compiles every pattern, so that a broken one is known before a byte is read.
pub(super) fn patterns(dataset: &'static DatasetSpec) -> Result<(), CheckError> {
    dataset.checks.iter().try_for_each(|check| pattern(check).map(|_| ()))
}

/// The whole value must match.
fn pattern(check: &'static CheckSpec) -> Result<Option<Regex>, CheckError> {
    match check.metric {
        Metric::InvalidValues(Validity::Pattern(pattern)) => {
            Regex::new(&format!(r"\A(?:{pattern})\z")).map(Some).map_err(|_| CheckError::Pattern(check.id))
        }
        Metric::RowCount
        | Metric::NullValues
        | Metric::DuplicateValues
        | Metric::InvalidValues(Validity::OneOf(_) | Validity::Range { .. }) => Ok(None),
    }
}

impl Measures {
    /// Binds the declared columns to a header.
    pub(super) fn new(dataset: &'static DatasetSpec, header: &[String]) -> Result<Self, CheckError> {
        let distinct: HashSet<&String> = header.iter().collect();
        if distinct.len() != header.len() {
            return Err(CheckError::Header("names a column twice".to_owned()));
        }
        let place = |name: &str| {
            let at = header.iter().position(|column| column.trim_start_matches('\u{feff}') == name);
            at.ok_or_else(|| CheckError::Header(format!("lacks `{name}`")))
        };
        let mut columns = Vec::new();
        for column in dataset.schema.columns {
            columns.push(TypedColumn { at: place(column.name)?, kind: column.kind, required: column.required });
        }
        if dataset.schema.mode == SchemaMode::Exact && header.len() != columns.len() {
            return Err(CheckError::Header("has a column that the schema does not declare".to_owned()));
        }
        let mut checks = Vec::new();
        for check in dataset.checks {
            let at = check.columns.iter().map(|name| place(name)).collect::<Result<_, _>>()?;
            checks.push(Counter { check, at, pattern: pattern(check)?, seen: HashSet::new(), tally: Tally::default() });
        }
        Ok(Self { columns, checks, types: Tally::default(), rows: 0 })
    }

    /// Counts one row; `ordinal` starts at 1.
    pub(super) fn row(&mut self, ordinal: u64, fields: &[String]) -> Result<(), CheckError> {
        self.rows = ordinal;
        let field = |at: usize| fields.get(at).map_or("", String::as_str);
        let misfits = self.columns.iter().any(|column| match field(column.at) {
            "" => column.required,
            value => !is_of(column.kind, value),
        });
        if misfits {
            self.types.add(ordinal);
        }
        for counter in &mut self.checks {
            let mut values = counter.at.iter().map(|at| field(*at));
            let counted = match counter.check.metric {
                Metric::RowCount => false,
                Metric::NullValues => values.any(str::is_empty),
                Metric::DuplicateValues => {
                    let fresh = counter.seen.insert(tuple(values));
                    if counter.seen.len() > DISTINCT {
                        return Err(CheckError::TooMany(DISTINCT));
                    }
                    !fresh
                }
                Metric::InvalidValues(validity) => {
                    values.any(|value| !value.is_empty() && !is_valid(validity, counter.pattern.as_ref(), value))
                }
            };
            if counted {
                counter.tally.add(ordinal);
            }
        }
        Ok(())
    }

    pub(super) fn report(self, dataset: &'static DatasetSpec, content_digest: String, bytes: u64) -> CheckReport {
        let rows = self.rows;
        let mut results = vec![CheckResult {
            id: "schema",
            metric: "schema",
            measured: float(self.types.count),
            unit: "rows",
            expected: "= 0".to_owned(),
            passed: self.types.count == 0,
            severity: "fail",
            sample_rows: self.types.sample,
        }];
        if !dataset.allow_empty {
            results.push(CheckResult {
                id: "not-empty",
                metric: "rowCount",
                measured: float(rows),
                unit: "rows",
                expected: "> 0".to_owned(),
                passed: rows > 0,
                severity: "fail",
                sample_rows: Vec::new(),
            });
        }
        results.extend(self.checks.into_iter().map(|counter| counter.result(rows)));
        let passed = results.iter().all(|result| result.passed || result.severity == "warn");
        CheckReport { passed, rows, content_digest, bytes, results }
    }
}

impl Counter {
    fn result(self, rows: u64) -> CheckResult {
        let (metric, count) = match self.check.metric {
            Metric::RowCount => ("rowCount", rows),
            Metric::NullValues => ("nullValues", self.tally.count),
            Metric::DuplicateValues => ("duplicateValues", self.tally.count),
            Metric::InvalidValues(_) => ("invalidValues", self.tally.count),
        };
        let (measured, unit) = match self.check.unit {
            Unit::Rows => (float(count), "rows"),
            // Percent of no rows is no percent at all, and passes nothing.
            Unit::Percent => (float(count) * 100.0 / float(rows), "percent"),
        };
        let (passed, expected) = compare(self.check.expect, measured);
        let severity = match self.check.severity {
            Severity::Fail => "fail",
            Severity::Warn => "warn",
        };
        CheckResult {
            id: self.check.id,
            metric,
            measured,
            unit,
            expected,
            passed,
            severity,
            sample_rows: self.tally.sample,
        }
    }
}

fn compare(expect: Expect, measured: f64) -> (bool, String) {
    match expect {
        Expect::Equal(value) => ((measured - value).abs() < f64::EPSILON, format!("= {value}")),
        Expect::NotEqual(value) => ((measured - value).abs() >= f64::EPSILON, format!("≠ {value}")),
        Expect::Greater(value) => (measured > value, format!("> {value}")),
        Expect::GreaterOrEqual(value) => (measured >= value, format!("≥ {value}")),
        Expect::Less(value) => (measured < value, format!("< {value}")),
        Expect::LessOrEqual(value) => (measured <= value, format!("≤ {value}")),
        Expect::Between(low, high) => (measured >= low && measured <= high, format!("{low} to {high}")),
        Expect::NotBetween(low, high) => (measured < low || measured > high, format!("not {low} to {high}")),
    }
}

fn is_of(kind: ColumnKind, value: &str) -> bool {
    match kind {
        ColumnKind::Integer => value.parse::<i64>().is_ok(),
        ColumnKind::Number => value.parse::<f64>().is_ok_and(f64::is_finite),
        ColumnKind::Boolean => matches!(value, "true" | "false" | "0" | "1"),
        ColumnKind::Timestamp => is_timestamp(value),
        ColumnKind::Text => true,
        ColumnKind::Blob => value.len().is_multiple_of(2) && value.bytes().all(|byte| byte.is_ascii_hexdigit()),
    }
}

/// A date, a date and a time, or an instant.
fn is_timestamp(value: &str) -> bool {
    value.parse::<jiff::Timestamp>().is_ok()
        || value.parse::<jiff::civil::DateTime>().is_ok()
        || value.parse::<jiff::civil::Date>().is_ok()
}

fn is_valid(validity: Validity, pattern: Option<&Regex>, value: &str) -> bool {
    match validity {
        Validity::Pattern(_) => pattern.is_some_and(|pattern| pattern.is_match(value)),
        Validity::OneOf(words) => words.contains(&value),
        Validity::Range { minimum, maximum } => value.parse::<f64>().is_ok_and(|number| {
            minimum.is_none_or(|minimum| number >= minimum)
                && maximum.is_none_or(|maximum| number <= maximum)
                && !number.is_nan()
        }),
    }
}

/// 128 bits of a digest of the values, each with its length, so that `a,b` and `ab,` differ.
fn tuple<'row>(values: impl Iterator<Item = &'row str>) -> [u8; 16] {
    let mut hasher = Sha256::new();
    for value in values {
        hasher.update(u64::try_from(value.len()).unwrap_or(u64::MAX).to_be_bytes());
        hasher.update(value.as_bytes());
    }
    let digest = hasher.finalize();
    digest.first_chunk().copied().unwrap_or_default()
}

/// Counts stay far below 2^53.
fn float(count: u64) -> f64 {
    u32::try_from(count).map_or_else(|_| count.to_string().parse().unwrap_or(f64::NAN), f64::from)
}
