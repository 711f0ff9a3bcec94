//! The tables of the estate: relations, object prefixes, datasets and their checks.

use super::{DatasetId, ServerId};
use crate::vocabulary::{Class, DomainId};

/// A relation as the SQL screen knows it.
#[derive(Debug)]
pub struct TableSpec {
    /// Its name, lower case.
    pub name: &'static str,
    /// The server that holds it.
    pub server: ServerId,
    /// The domain it belongs to.
    pub domain: DomainId,
    /// Its columns, ordered and closed.
    pub columns: &'static [ColumnSpec],
}

/// A column of a relation.
#[derive(Debug)]
pub struct ColumnSpec {
    /// Its name, lower case.
    pub name: &'static str,
    /// Its type.
    pub kind: ColumnKind,
    /// Part of the key.
    pub key: bool,
    /// Its declared class.
    pub pii: Option<Class>,
    /// Detectors are expected to find things here.
    pub free_text: bool,
}

/// Column and field types.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnKind {
    /// 64-bit integer.
    Integer,
    /// Floating point or decimal.
    Number,
    /// Text.
    Text,
    /// True or false.
    Boolean,
    /// A date or an instant.
    Timestamp,
    /// Bytes.
    Blob,
}

/// Object keys under a prefix.
#[derive(Debug)]
pub struct PrefixSpec {
    /// Its name in the estate.
    pub name: &'static str,
    /// The server that holds it.
    pub server: ServerId,
    /// The prefix; ends in `/`.
    pub prefix: &'static str,
    /// The domain of every key under it.
    pub domain: DomainId,
}

/// A directory, and everything below it.
#[derive(Debug)]
pub struct FilesSpec {
    /// Its name in the estate.
    pub name: &'static str,
    /// The server that works on it.
    pub server: ServerId,
    /// The directory, absolute or below `${state}/`.
    pub path: &'static str,
    /// The domain of every file under it, but for those of a directory further in.
    pub domain: DomainId,
}

/// A host that a server reaches.
#[derive(Debug)]
pub struct HostSpec {
    /// Its name in the estate.
    pub name: &'static str,
    /// The server that reaches it.
    pub server: ServerId,
    /// `wiki.example.com`, or `*.example.com` for every name below.
    pub host: &'static str,
    /// Its port.
    pub port: u16,
    /// Whether it is `https`.
    pub secure: bool,
    /// Its domain.
    pub domain: DomainId,
}

/// Where a dataset is.
#[derive(Debug)]
pub struct Location {
    /// The server that holds it.
    pub server: ServerId,
    /// What it is.
    pub place: Place,
    /// The domain it belongs to.
    pub domain: DomainId,
}

/// What a dataset is kept in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// An object, by its key.
    Object(&'static str),
    /// Every object under a prefix, in the order of their names.
    Prefix(&'static str),
    /// A relation.
    Table(&'static str),
}

impl Place {
    /// What pins a version of it.
    #[must_use]
    pub const fn version_kind(self) -> &'static str {
        match self {
            Place::Object(_) => "etag",
            Place::Prefix(_) => "listing",
            Place::Table(_) => "rows",
        }
    }
}

/// A medallion dataset.
#[derive(Debug)]
pub struct DatasetSpec {
    /// Its name.
    pub name: &'static str,
    /// Where it is validated.
    pub silver: Location,
    /// Where it is published.
    pub gold: Location,
    /// How its bytes are read; none for a relation, which its engine reads.
    pub reader: Option<Reader>,
    /// Its declared columns.
    pub schema: SchemaSpec,
    /// Its checks, in order.
    pub checks: &'static [CheckSpec],
    /// SHA-256, lower-case hex, over reader, schema and checks.
    pub checks_digest: &'static str,
    /// Whether zero rows may pass.
    pub allow_empty: bool,
}

impl DatasetSpec {
    /// The datasets that the checks look values up in.
    pub fn references(&self) -> impl Iterator<Item = DatasetId> {
        self.checks.iter().filter_map(|check| match check.metric {
            Metric::MissingReferences { dataset, .. } => Some(dataset),
            Metric::RowCount
            | Metric::NullValues
            | Metric::MissingValues(_)
            | Metric::DuplicateValues
            | Metric::InvalidValues(_)
            | Metric::Age => None,
        })
    }
}

/// How a dataset's bytes are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reader {
    /// RFC 4180 with a header line; a null is an empty field.
    Csv,
    /// One JSON object a line; a null is `null` or a missing key.
    Jsonl,
    /// Apache Parquet, by its columns; a null is a null.
    Parquet,
}

/// The declared columns of a dataset.
#[derive(Debug)]
pub struct SchemaSpec {
    /// Whether further columns may stand.
    pub mode: SchemaMode,
    /// The columns.
    pub columns: &'static [SchemaColumn],
}

/// Whether further columns may stand beside the declared ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SchemaMode {
    /// These columns and no others, in any order.
    Exact,
    /// These columns at least.
    Superset,
}

/// One declared column of a dataset: `id = "integer!"`.
#[derive(Debug)]
pub struct SchemaColumn {
    /// Its header.
    pub name: &'static str,
    /// Its type.
    pub kind: ColumnKind,
    /// `!`: never null. A CSV null is the empty, unquoted or quoted, field.
    pub required: bool,
}

/// One check of a dataset; metric names are those of ODCS v3.1.
#[derive(Debug)]
pub struct CheckSpec {
    /// Its id.
    pub id: &'static str,
    /// What is counted.
    pub metric: Metric,
    /// The columns it counts over; empty for `rowCount`.
    pub columns: &'static [&'static str],
    /// What the count must be.
    pub expect: Expect,
    /// Rows, or percent of all rows.
    pub unit: Unit,
    /// Whether a miss fails the dataset.
    pub severity: Severity,
}

/// What a check counts.
#[derive(Debug, Clone, Copy)]
pub enum Metric {
    /// `rowCount`.
    RowCount,
    /// `nullValues`: rows where any of the columns is null.
    NullValues,
    /// `missingValues`: rows where any of the columns is null, empty, or one of these words.
    MissingValues(&'static [&'static str]),
    /// `duplicateValues`: rows whose column tuple stood before; nulls equal each other.
    DuplicateValues,
    /// `invalidValues`: rows where any of the columns is not null and not valid.
    InvalidValues(Validity),
    /// `missingReferences`: rows whose value is not null and stands nowhere in a column of another dataset's silver location.
    MissingReferences {
        /// Where it must stand.
        dataset: DatasetId,
        /// In which column.
        column: &'static str,
    },
    /// `age`: time since the newest instant of the column; none, or one in the future, passes nothing. Without an offset, UTC.
    Age,
}

/// When a value is valid.
#[derive(Debug, Clone, Copy)]
pub enum Validity {
    /// Matches this pattern as a whole; linear time.
    Pattern(&'static str),
    /// Is one of these.
    OneOf(&'static [&'static str]),
    /// Has so many characters, both inclusive.
    Length {
        /// Fewest.
        minimum: Option<u64>,
        /// Most.
        maximum: Option<u64>,
    },
    /// Is a number within these bounds, both inclusive. NaN is outside of every range.
    Range {
        /// Lowest.
        minimum: Option<f64>,
        /// Highest.
        maximum: Option<f64>,
    },
}

/// What a count must be.
#[derive(Debug, Clone, Copy)]
pub enum Expect {
    /// `must-be`.
    Equal(f64),
    /// `must-not-be`.
    NotEqual(f64),
    /// `must-be-greater-than`.
    Greater(f64),
    /// `must-be-greater-or-equal-to`.
    GreaterOrEqual(f64),
    /// `must-be-less-than`.
    Less(f64),
    /// `must-be-less-or-equal-to`.
    LessOrEqual(f64),
    /// `must-be-between`, both inclusive.
    Between(f64, f64),
    /// `must-not-be-between`.
    NotBetween(f64, f64),
}

/// The unit of a count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Rows.
    Rows,
    /// Percent of all rows.
    Percent,
    /// Seconds, of an age.
    Seconds,
    /// Minutes, of an age.
    Minutes,
    /// Hours, of an age.
    Hours,
    /// Days, of an age.
    Days,
}

/// Whether a missed check fails the dataset.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Severity {
    /// It fails.
    Fail,
    /// It is reported.
    Warn,
}
