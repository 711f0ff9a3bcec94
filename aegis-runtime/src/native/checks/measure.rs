//! What is counted, row by row.

use super::CheckError;
use super::cell::Cell;
use super::keys::{Keys, Scratch};
use super::report::CheckReport;
use super::tally::{self, Tally};
use super::verdict::{self, Counted};
use crate::spec::{CheckSpec, ColumnKind, DatasetSpec, Metric, SchemaMode, Validity};
use regex::Regex;
use std::collections::HashSet;

/// Counts in the making.
pub(super) struct Measures {
    header: Vec<String>,
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
        Ok(Self { header: header.to_vec(), columns, exact, checks, types: Tally::default(), rows: 0 })
    }

    /// A further object of the same table has the same columns in the same order.
    pub(super) fn again(&self, header: &[String]) -> Result<(), CheckError> {
        let same = self.header == header;
        same.then_some(()).ok_or_else(|| CheckError::Header("of one object is not that of the first".to_owned()))
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
    ) -> Result<CheckReport, CheckError> {
        let (rows, now) = (self.rows, jiff::Timestamp::now().as_second());
        let mut results = Vec::new();
        for counter in self.checks {
            let check = counter.check;
            results.push(verdict::result(check, counter.counted(rows)?, rows, now));
        }
        Ok(verdict::report(dataset, rows, self.types, results, content_digest))
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

    fn counted(self, rows: u64) -> Result<Counted, CheckError> {
        Ok(match self.check.metric {
            Metric::RowCount => Counted::Rows(Tally { count: rows, sample: Vec::new() }),
            Metric::NullValues | Metric::MissingValues(_) | Metric::InvalidValues(_) => Counted::Rows(self.tally),
            Metric::DuplicateValues => Counted::Rows(tally::duplicates(self.keys)?),
            Metric::MissingReferences { .. } => {
                let known = self.known.ok_or(CheckError::Unresolved(self.check.id))?;
                Counted::Rows(tally::strangers(self.keys, known)?)
            }
            Metric::Age => Counted::Newest(match self.newest {
                Newest::At(at) => Some(at),
                Newest::None | Newest::Unreadable => None,
            }),
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
