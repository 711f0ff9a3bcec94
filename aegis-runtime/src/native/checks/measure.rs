//! What is counted, row by row.

use super::CheckError;
use super::cell::Cell;
use super::keys::{Keys, Scratch};
use super::report::{CheckReport, CheckResult};
use super::tally::{self, Tally};
use crate::spec::{CheckSpec, ColumnKind, DatasetSpec, Expect, Metric, SchemaMode, Severity, Unit, Validity};
use regex::Regex;
use std::collections::HashSet;

/// Counts in the making.
pub(super) struct Measures {
    columns: Vec<TypedColumn>,
    exact: bool,
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
    keys: Keys,
    known: Option<Keys>,
    tally: Tally,
    newest: Newest,
}

/// The newest instant of a column so far.
#[derive(Clone, Copy)]
enum Newest {
    None,
    At(i64),
    /// A value that is no instant: the age is unknown.
    Unreadable,
}

/// Compiles every pattern, so that a broken one is known before a byte is read.
pub(super) fn patterns(dataset: &'static DatasetSpec) -> Result<(), CheckError> {
    dataset.checks.iter().try_for_each(|check| pattern(check).map(|_| ()))
}

/// The whole value must match.
fn pattern(check: &'static CheckSpec) -> Result<Option<Regex>, CheckError> {
    let Metric::InvalidValues(Validity::Pattern(pattern)) = check.metric else { return Ok(None) };
    Regex::new(&format!(r"\A(?:{pattern})\z")).map(Some).map_err(|_| CheckError::Pattern(check.id))
}

impl Measures {
    /// Binds the declared columns to a header.
    pub(super) fn new(
        dataset: &'static DatasetSpec,
        header: &[String],
        scratch: &Scratch,
        mut references: Vec<(&'static str, Keys)>,
    ) -> Result<Self, CheckError> {
        let distinct: HashSet<&String> = header.iter().collect();
        if distinct.len() != header.len() {
            return Err(CheckError::Header("names a column twice".to_owned()));
        }
        let place = |name: &str| {
            let at = header.iter().position(|column| column == name);
            at.ok_or_else(|| CheckError::Header(format!("lacks `{name}`")))
        };
        let mut columns = Vec::new();
        for column in dataset.schema.columns {
            columns.push(TypedColumn { at: place(column.name)?, kind: column.kind, required: column.required });
        }
        let exact = dataset.schema.mode == SchemaMode::Exact;
        if exact && header.len() != columns.len() {
            return Err(CheckError::Header("has a column that the schema does not declare".to_owned()));
        }
        let mut checks = Vec::new();
        for check in dataset.checks {
            let at = check.columns.iter().map(|name| place(name)).collect::<Result<_, _>>()?;
            let known = references.iter().position(|(id, _)| *id == check.id);
            let known = known.map(|place| references.swap_remove(place).1);
            if known.is_none() && matches!(check.metric, Metric::MissingReferences { .. }) {
                return Err(CheckError::Unresolved(check.id));
            }
            checks.push(Counter {
                check,
                at,
                pattern: pattern(check)?,
                keys: Keys::new(scratch),
                known,
                tally: Tally::default(),
                newest: Newest::None,
            });
        }
        Ok(Self { columns, exact, checks, types: Tally::default(), rows: 0 })
    }

    /// Counts one row; `ordinal` starts at 1.
    pub(super) fn row(&mut self, ordinal: u64, cells: &[Cell], further: bool) -> Result<(), CheckError> {
        self.rows = ordinal;
        let misfits = self.columns.iter().any(|column| match cells.get(column.at) {
            None | Some(Cell::Null) => column.required,
            Some(cell) => !cell.is_of(column.kind),
        });
        if misfits || (further && self.exact) {
            self.types.add(ordinal);
        }
        self.checks.iter_mut().try_for_each(|counter| counter.row(ordinal, cells))
    }

    pub(super) fn report(
        self,
        dataset: &'static DatasetSpec,
        content_digest: String,
        bytes: u64,
    ) -> Result<CheckReport, CheckError> {
        let rows = self.rows;
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
        let misfits = self.types.count;
        let mut results = vec![of_kernel("schema", "schema", float(misfits), "= 0", misfits == 0, self.types.sample)];
        if !dataset.allow_empty {
            results.push(of_kernel("not-empty", "rowCount", float(rows), "> 0", rows > 0, Vec::new()));
        }
        let now = jiff::Timestamp::now().as_second();
        for counter in self.checks {
            results.push(counter.result(rows, now)?);
        }
        let passed = results.iter().all(|result| result.passed || result.severity == "warn");
        Ok(CheckReport { passed, rows, content_digest, bytes, results })
    }
}

impl Counter {
    fn row(&mut self, ordinal: u64, cells: &[Cell]) -> Result<(), CheckError> {
        let mut values = self.at.iter().map(|at| cells.get(*at).unwrap_or(&Cell::Null));
        let counted = match self.check.metric {
            Metric::RowCount => false,
            Metric::NullValues => values.any(|cell| *cell == Cell::Null),
            Metric::MissingValues(words) => values.any(|cell| is_missing(cell, words)),
            Metric::InvalidValues(validity) => {
                values.any(|cell| *cell != Cell::Null && !is_valid(validity, self.pattern.as_ref(), cell))
            }
            Metric::DuplicateValues => {
                let key = self.keys.scratch().key(values);
                self.keys.push(key, ordinal)?;
                false
            }
            Metric::MissingReferences { .. } => {
                let cells: Vec<&Cell> = values.collect();
                if cells.iter().all(|cell| **cell != Cell::Null) {
                    let key = self.keys.scratch().key(cells.into_iter());
                    self.keys.push(key, ordinal)?;
                }
                false
            }
            Metric::Age => {
                for cell in values.filter(|cell| **cell != Cell::Null) {
                    self.newest = self.newest.and(cell.instant());
                }
                false
            }
        };
        if counted {
            self.tally.add(ordinal);
        }
        Ok(())
    }

    fn result(self, rows: u64, now: i64) -> Result<CheckResult, CheckError> {
        let (metric, tally) = match self.check.metric {
            Metric::RowCount => ("rowCount", Tally { count: rows, sample: Vec::new() }),
            Metric::NullValues => ("nullValues", self.tally),
            Metric::MissingValues(_) => ("missingValues", self.tally),
            Metric::InvalidValues(_) => ("invalidValues", self.tally),
            Metric::DuplicateValues => ("duplicateValues", tally::duplicates(self.keys)?),
            Metric::MissingReferences { .. } => {
                let known = self.known.ok_or(CheckError::Unresolved(self.check.id))?;
                ("missingReferences", tally::strangers(self.keys, known)?)
            }
            Metric::Age => ("age", Tally::default()),
        };
        let age = || self.newest.age(now);
        let (measured, unit) = match self.check.unit {
            Unit::Rows => (float(tally.count), "rows"),
            // Percent of no rows is no percent at all, and passes nothing.
            Unit::Percent => (float(tally.count) * 100.0 / float(rows), "percent"),
            Unit::Seconds => (age(), "seconds"),
            Unit::Minutes => (age() / 60.0, "minutes"),
            Unit::Hours => (age() / 3600.0, "hours"),
            Unit::Days => (age() / 86400.0, "days"),
        };
        let (passed, expected) = compare(self.check.expect, measured);
        let severity = match self.check.severity {
            Severity::Fail => "fail",
            Severity::Warn => "warn",
        };
        Ok(CheckResult {
            id: self.check.id,
            metric,
            measured,
            unit,
            expected,
            passed,
            severity,
            sample_rows: tally.sample,
        })
    }
}

impl Newest {
    fn and(self, instant: Option<i64>) -> Self {
        match (self, instant) {
            (Newest::Unreadable, _) | (_, None) => Newest::Unreadable,
            (Newest::None, Some(at)) => Newest::At(at),
            (Newest::At(known), Some(at)) => Newest::At(known.max(at)),
        }
    }

    /// Seconds; not a number where there is no instant, or one in the future, which no fresh data has.
    fn age(self, now: i64) -> f64 {
        match self {
            Newest::At(at) => u64::try_from(now.saturating_sub(at)).map_or(f64::NAN, float),
            Newest::None | Newest::Unreadable => f64::NAN,
        }
    }
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

fn is_missing(cell: &Cell, words: &[&str]) -> bool {
    cell.spelled().is_none_or(|text| text.is_empty() || words.contains(&text.as_ref()))
}

fn is_valid(validity: Validity, pattern: Option<&Regex>, cell: &Cell) -> bool {
    let spelled = cell.spelled().unwrap_or_default();
    match validity {
        Validity::Pattern(_) => pattern.is_some_and(|pattern| pattern.is_match(&spelled)),
        Validity::OneOf(words) => words.contains(&spelled.as_ref()),
        Validity::Length { minimum, maximum } => u64::try_from(spelled.chars().count()).is_ok_and(|length| {
            minimum.is_none_or(|minimum| length >= minimum) && maximum.is_none_or(|maximum| length <= maximum)
        }),
        Validity::Range { minimum, maximum } => cell.number().is_some_and(|number| {
            minimum.is_none_or(|minimum| number >= minimum)
                && maximum.is_none_or(|maximum| number <= maximum)
                && !number.is_nan()
        }),
    }
}

/// Counts stay far below 2^53.
fn float(count: u64) -> f64 {
    u32::try_from(count).map_or_else(|_| count.to_string().parse().unwrap_or(f64::NAN), f64::from)
}
