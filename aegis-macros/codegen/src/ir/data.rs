//! The estate, resolved: what data there is, where it lies, and what a dataset must be.

use super::{ClassIx, DatasetIx, DomainIx, ServerIx};

/// A relation.
#[derive(Debug, Clone)]
pub struct Table {
    /// Its name.
    pub name: String,
    /// Its server.
    pub server: ServerIx,
    /// Its domain.
    pub domain: DomainIx,
    /// Its columns.
    pub columns: Vec<Column>,
}

/// A column.
#[derive(Debug, Clone)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// The runtime's `ColumnKind` variant.
    pub kind: &'static str,
    /// Part of the key.
    pub key: bool,
    /// Its class.
    pub pii: Option<ClassIx>,
    /// Free text.
    pub free_text: bool,
}

/// A prefix.
#[derive(Debug, Clone)]
pub struct Prefix {
    /// Its name.
    pub name: String,
    /// Its server.
    pub server: ServerIx,
    /// The prefix.
    pub prefix: String,
    /// Its domain.
    pub domain: DomainIx,
}

/// A directory of files.
#[derive(Debug, Clone)]
pub struct Files {
    /// Its name.
    pub name: String,
    /// Its server.
    pub server: ServerIx,
    /// The directory, absolute or below `${state}/`.
    pub path: String,
    /// Its domain.
    pub domain: DomainIx,
}

/// A host.
#[derive(Debug, Clone)]
pub struct Host {
    /// Its name in the estate.
    pub name: String,
    /// Its server.
    pub server: ServerIx,
    /// `wiki.example.com` or `*.example.com`.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// `https` rather than `http`.
    pub secure: bool,
    /// Its domain.
    pub domain: DomainIx,
}

/// A place of a dataset.
#[derive(Debug, Clone)]
pub struct Location {
    /// Its server.
    pub server: ServerIx,
    /// What it is.
    pub place: Place,
    /// Its domain.
    pub domain: DomainIx,
}

/// What a dataset is kept in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// An object.
    Object(String),
    /// Every object under a prefix.
    Prefix(String),
    /// A table.
    Table(String),
}

impl Place {
    /// What pins a version of it.
    #[must_use]
    pub const fn version_kind(&self) -> &'static str {
        match self {
            Place::Object(_) => "etag",
            Place::Prefix(_) => "listing",
            Place::Table(_) => "rows",
        }
    }
}

/// A dataset.
#[derive(Debug, Clone)]
pub struct Dataset {
    /// Its name.
    pub name: String,
    /// Validated here.
    pub silver: Location,
    /// Published here.
    pub gold: Location,
    /// The runtime's `Reader` variant; none for a table.
    pub reader: Option<&'static str>,
    /// No further columns.
    pub exact: bool,
    /// Name, runtime `ColumnKind` variant, required.
    pub columns: Vec<(String, &'static str, bool)>,
    /// Checks.
    pub checks: Vec<Check>,
    /// Whether zero rows may pass.
    pub allow_empty: bool,
    /// Digest over all of it.
    pub checks_digest: String,
}

/// A check.
#[derive(Debug, Clone)]
pub struct Check {
    /// Its id.
    pub id: String,
    /// What is counted.
    pub metric: Metric,
    /// Over which columns.
    pub columns: Vec<String>,
    /// The runtime's `Expect` variant and its numbers.
    pub expect: (&'static str, Vec<f64>),
    /// The runtime's `Unit` variant.
    pub unit: &'static str,
    /// A miss only warns.
    pub warn: bool,
}

/// What a check counts.
#[derive(Debug, Clone)]
pub enum Metric {
    /// `rowCount`.
    RowCount,
    /// `nullValues`.
    NullValues,
    /// `missingValues`, and the words that count as none.
    MissingValues(Vec<String>),
    /// `duplicateValues`.
    DuplicateValues,
    /// `missingReferences`: a dataset and its column.
    MissingReferences(DatasetIx, String),
    /// `age`.
    Age,
    /// `invalidValues` by length.
    Length(Option<u64>, Option<u64>),
    /// `invalidValues` by pattern.
    Pattern(String),
    /// `invalidValues` by list.
    OneOf(Vec<String>),
    /// `invalidValues` by range.
    Range(Option<f64>, Option<f64>),
}
