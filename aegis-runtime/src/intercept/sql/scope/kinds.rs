//! What a column is: of which kind, whether a key, and what that says of what it is compared with.

use super::range::Counts;
use super::{Target, column_of, holds, inside, range, strip, uncast};
use crate::intercept::sql::class_of;
use crate::intercept::sql::parts::{arguments, folded};
use crate::spec::{ColumnKind, Dialect};
use sqlparser::ast::{DataType, Expr};

/// Types that every value keeps apart in: SQLite has but those of texts, and reads the others as numbers.
const TYPES: [&str; 10] =
    ["text", "varchar", "character varying", "date", "datetime", "json", "jsonb", "timestamp", "timestamptz", "uuid"];
const OF_TEXTS: usize = 3;

const NUMBERS: [&str; 11] =
    ["bigint", "decimal", "double precision", "float", "int", "int4", "int8", "integer", "numeric", "real", "smallint"];

impl Target<'_> {
    /// The kinds that relations declare a column of its name with: the target, or any where there is none.
    fn kinds(&self, column: &Expr) -> Vec<ColumnKind> {
        let Some(name) = column_of(undated(column)) else { return Vec::new() };
        let own = self.table().into_iter();
        let all = self.known.catalogue.tables.iter().copied().filter(|_| self.table().is_none());
        let columns = own.chain(all).flat_map(|table| table.columns);
        columns.filter(|column| column.name == name).map(|column| column.kind).collect()
    }

    /// Whether an end is of the column's kind.
    pub(super) fn fits(&self, column: &Expr, end: &Expr) -> bool {
        match self.is_number(column) {
            // As a text, 10 comes before 9.
            Some(true) => range::number(end).is_some() && !is_text(column),
            Some(false) => range::number(end).is_none(),
            None => true, // of a query
        }
    }

    /// Whether values that differ do so in a type that is no number's, too: a length cuts texts, and a truth value has two.
    pub(super) fn keeps_texts_apart(&self, kind: &DataType) -> bool {
        let known = match self.known.catalogue.dialect {
            Dialect::Sqlite => TYPES.get(..OF_TEXTS).unwrap_or_default(),
            Dialect::Postgres => &TYPES,
        };
        known.contains(&kind.to_string().to_ascii_lowercase().as_str())
    }

    /// The same of any type. To SQLite every text is the number that it begins with, and most are 0.
    pub(super) fn keeps_apart(&self, kind: &DataType, of: &Expr) -> bool {
        let number = || self.known.catalogue.dialect == Dialect::Postgres || self.is_number(of) == Some(true);
        // A scale below zero rounds to millions.
        let is_number = NUMBERS.contains(&base_of(kind).as_str()) && !kind.to_string().contains('-');
        self.keeps_texts_apart(kind) || is_number && number()
    }

    /// A date or an instant, as a relation declares it.
    fn is_time(&self, column: &Expr) -> bool {
        self.kinds(column).contains(&ColumnKind::Timestamp)
    }

    /// A text that instants begin with tells of them from the year on: what comes before that, and the signs between, are those of
    /// all, and so may be the time of day.
    pub(super) fn tells_times(&self, column: &Expr, pattern: &Expr) -> bool {
        let year = |text: &str| text.len() >= 4 && text.bytes().take(4).all(|digit| digit.is_ascii_digit());
        !holds(column, |part| self.is_time(part)) || inside::text(pattern).is_some_and(year)
    }

    /// Whether relations declare it as a number; `None` where they differ, or none has it.
    pub(super) fn is_number(&self, column: &Expr) -> Option<bool> {
        let is_number = |kind| matches!(kind, ColumnKind::Integer | ColumnKind::Number | ColumnKind::Boolean);
        let mut kinds = self.kinds(column).into_iter().map(is_number);
        let first = kinds.next()?;
        kinds.all(|kind| kind == first).then_some(first)
    }

    pub(super) fn is_personal(&self, column: &Expr) -> bool {
        let table = self.known.catalogue.table(self.name);
        column_of(column).zip(table).is_some_and(|(name, table)| class_of(table, &name).is_some())
    }

    pub(super) fn counts(&self, column: &Expr) -> Counts {
        let tables = &self.known.catalogue.tables;
        let declared = |name: &str| tables.iter().any(|table| table.columns.iter().any(|column| column.name == name));
        if self.is_key(column) || column_of(uncast(column)).is_some_and(|name| name.ends_with("_id")) {
            Counts::Key
        } else if self.name.is_empty() && !tables.is_empty() && column_of(column).is_some_and(|name| !declared(&name)) {
            Counts::Rank
        } else {
            Counts::Amount
        }
    }

    pub(super) fn is_key(&self, column: &Expr) -> bool {
        let Some(name) = column_of(uncast(column)) else { return false };
        self.table().map_or(name == "id", |table| table.columns.iter().any(|column| column.key && column.name == name))
    }
}

/// What is cast, or whose day is taken, however often.
fn undated(column: &Expr) -> &Expr {
    match uncast(column) {
        Expr::Function(function) if matches!(folded(function).as_str(), "date" | "datetime") => {
            match arguments(&function.args).as_slice() {
                [of] => undated(of),
                _ => column, // a day that is moved
            }
        }
        other => other,
    }
}

/// The name of a type without what is in brackets.
fn base_of(kind: &DataType) -> String {
    let name = kind.to_string().to_ascii_lowercase();
    name.split('(').next().unwrap_or_default().trim().to_owned()
}

/// Whether something is read as a text.
fn is_text(expr: &Expr) -> bool {
    match strip(expr) {
        Expr::Cast { data_type, .. } if !NUMBERS.contains(&base_of(data_type).as_str()) => true,
        Expr::Cast { expr, .. } => is_text(expr),
        _ => false, // as it is
    }
}
