//! What a kernel asks.

use serde::Deserialize;

/// A measurement of one relation.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Measure {
    /// The relation.
    pub table: String,
    /// Columns that are never null.
    pub required: Vec<String>,
    /// What is counted, in order.
    pub checks: Vec<Count>,
}

/// A promotion of one relation's rows.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Promote {
    /// Where the rows are.
    pub silver: String,
    /// What becomes of them.
    pub gold: String,
    /// The digest that the rows must have.
    pub digest: String,
    /// Relations that values were looked up in, and theirs.
    pub inputs: Vec<Source>,
}

/// A relation at a version.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Its name.
    pub table: String,
    /// Its digest.
    pub digest: String,
}

/// Something to count rows by; a row counts once, whatever the number of its columns that do.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase", tag = "metric")]
pub enum Count {
    /// Every row.
    RowCount {},
    /// A column is null.
    NullValues {
        /// Any of these.
        columns: Vec<String>,
    },
    /// A column is null, empty, or one of these words.
    MissingValues {
        /// Any of these.
        columns: Vec<String>,
        /// The words.
        words: Vec<String>,
    },
    /// The columns together stood in a row before; nulls equal each other.
    DuplicateValues {
        /// These together.
        columns: Vec<String>,
    },
    /// A column is not null and does not match as a whole.
    Pattern {
        /// Any of these.
        columns: Vec<String>,
        /// In Rust's `regex` syntax, whatever the engine.
        pattern: String,
    },
    /// A column is not null and none of these words.
    OneOf {
        /// Any of these.
        columns: Vec<String>,
        /// The words.
        words: Vec<String>,
    },
    /// A column is not null and has another number of characters.
    Length {
        /// Any of these.
        columns: Vec<String>,
        /// Fewest.
        minimum: Option<u64>,
        /// Most.
        maximum: Option<u64>,
    },
    /// A column is not null and no number within these bounds.
    Range {
        /// Any of these.
        columns: Vec<String>,
        /// Lowest.
        minimum: Option<f64>,
        /// Highest.
        maximum: Option<f64>,
    },
    /// A column is not null and its value stands nowhere in a column of another relation.
    MissingReferences {
        /// The column.
        column: String,
        /// The other relation.
        table: String,
        /// Its column.
        of: String,
    },
    /// Not a count: the newest instant of a column, in seconds since 1970; null where there is none, or one that is unreadable.
    Age {
        /// The column.
        column: String,
    },
}

impl Count {
    /// The other relation that it looks values up in.
    #[must_use]
    pub fn looks_into(&self) -> Option<&str> {
        match self {
            Count::MissingReferences { table, .. } => Some(table),
            Count::RowCount {}
            | Count::NullValues { .. }
            | Count::MissingValues { .. }
            | Count::DuplicateValues { .. }
            | Count::Pattern { .. }
            | Count::OneOf { .. }
            | Count::Length { .. }
            | Count::Range { .. }
            | Count::Age { .. } => None,
        }
    }
}
