//! What is known of the rows of a source: what its columns are called, and how many rows there are.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "the enums of the parser are foreign and grow; what is not known here counts as the text of a column"
)]

use super::joins::{Columns, Kind};
use super::products::RELATION;
use super::series::rows;
use super::sizes::{GATHERING, Sizes, listed};
use crate::intercept::sql::parts::{self, folded, is_grouped};
use crate::intercept::sql::reading_a::{bare_name, fold};
use crate::intercept::sql::scope::{column_of, factors, holds, is_query, names_column, strip};
use sqlparser::ast::{Expr, Query, Select, SelectItem, SetExpr, TableAlias, TableFactor};
use std::collections::BTreeSet;

/// Elements of a column.
const ELEMENTS: u64 = 100;
/// Functions that make one value of all rows, and are no text.
const COUNTING: [&str; 6] = ["avg", "count", "max", "min", "sum", "total"];
/// Functions that give rows.
const SETS: [&str; 19] = [
    "json_array_elements",
    "json_array_elements_text",
    "json_each",
    "json_each_text",
    "json_object_keys",
    "json_tree",
    "jsonb_array_elements",
    "jsonb_array_elements_text",
    "jsonb_each",
    "jsonb_each_text",
    "jsonb_object_keys",
    "jsonb_path_query",
    "jsonb_tree",
    "regexp_matches",
    "regexp_split_to_table",
    "string_to_table",
    "json_populate_recordset",
    "jsonb_populate_recordset",
    "generate_subscripts",
];

impl Sizes<'_> {
    /// Rows that a function gives; nothing for one that gives a value.
    pub(super) fn rows_of(self, function: &str, given: &[&Expr]) -> Option<u64> {
        match function {
            "generate_series" => Some(rows(given, self).unwrap_or(u64::MAX)),
            "unnest" => Some(given.iter().map(|list| self.listed_in(list)).max().unwrap_or(1)),
            name if SETS.contains(&name) || name.ends_with("to_recordset") => {
                Some(given.iter().map(|text| self.listed_in(text)).max().unwrap_or(1).max(match given.first() {
                    Some(first) if names_column(first) => 1,
                    _ => RELATION,
                }))
            }
            _ => None,
        }
    }

    /// Elements of a list, however it is written.
    fn listed_in(self, list: &Expr) -> u64 {
        match strip(list) {
            Expr::Cast { expr, .. } => self.listed_in(expr),
            Expr::Array(array) => array.elem.len().try_into().unwrap_or(u64::MAX),
            list if holds(list, |part| is_query(part) || is_array_of_rows(part)) => RELATION,
            list if names_column(list) => ELEMENTS.max(self.written_of(&[list])),
            Expr::Function(function) if folded(function) == "array_fill" => self.elements(list),
            list => self.size(list),
        }
    }
}

/// `ARRAY(SELECT …)`
fn is_array_of_rows(expr: &Expr) -> bool {
    matches!(expr, Expr::Function(function) if folded(function) == "array")
}

/// What the columns of a function in a FROM are called.
pub(super) fn called(name: &str, alias: Option<&TableAlias>) -> Columns {
    let said: Columns = said(alias).map(|name| (name, Kind::Made)).collect();
    if said.is_empty() {
        [name, "key", "value"].into_iter().map(|name| (name.to_owned(), Kind::Made)).collect()
    } else {
        said
    }
}

fn said(alias: Option<&TableAlias>) -> impl Iterator<Item = String> {
    alias.into_iter().flat_map(|alias| &alias.columns).map(|column| fold(&column.name))
}

/// The columns of a query as an alias calls them.
pub(super) fn rename(columns: Option<Columns>, alias: Option<&TableAlias>) -> Option<Columns> {
    let said: Vec<String> = said(alias).collect();
    if said.is_empty() {
        return columns;
    }
    let kinds = columns.unwrap_or_default().into_iter().map(|(_, kind)| kind);
    Some(said.into_iter().zip(kinds.chain(std::iter::repeat(Kind::Made))).collect())
}

/// The columns of a query, where all of them are said.
pub(super) fn columns_of(body: &SetExpr) -> Option<Columns> {
    match body {
        SetExpr::Select(select) => {
            // A value alone that is told apart is another one in each row.
            let apart = select.distinct.is_some() && select.projection.len() == 1;
            let each = !is_grouped(select) && !apart && !is_one(select);
            select.projection.iter().map(|item| column(item, each)).collect()
        }
        SetExpr::Query(query) => columns_of(&query.body),
        // One constant in each arm is a few in all.
        SetExpr::SetOperation { left, right, .. } => {
            let others = columns_of(right).unwrap_or_default().into_iter().map(|(_, kind)| kind);
            let joined = |((name, one), other)| {
                (name, if (one, other) == (Kind::Constant, Kind::Constant) { one } else { Kind::Made })
            };
            Some(columns_of(left)?.into_iter().zip(others.chain(std::iter::repeat(Kind::Made))).map(joined).collect())
        }
        SetExpr::Values(values) => {
            let width = values.rows.first().map_or(0, |row| row.content.len());
            let kind = |nth: usize| {
                let written = values.rows.iter().filter_map(|row| row.content.get(nth)).map(ToString::to_string);
                let few = written.collect::<BTreeSet<_>>().len().saturating_mul(2) <= values.rows.len();
                if few && values.rows.len() > 1 { Kind::Constant } else { Kind::Made }
            };
            Some((0..width).map(|nth| (format!("column{}", nth.saturating_add(1)), kind(nth))).collect())
        }
        _ => None,
    }
}

fn column(item: &SelectItem, each: bool) -> Option<(String, Kind)> {
    let expr = parts::item(item)?;
    let name = match item {
        SelectItem::ExprWithAlias { alias, .. } => fold(alias),
        _ => column_of(expr).or_else(|| called_by(expr)).unwrap_or_default(),
    };
    let kind = if column_of(expr).is_some() {
        Kind::Plain
    } else if names_column(expr) || holds(expr, |part| is_query(part) || differs(part)) {
        if each && !holds(expr, gives_rows) { Kind::Computed } else { Kind::Made }
    } else {
        Kind::Constant
    };
    Some((name, kind))
}

/// The engine's name for what a function gives.
fn called_by(expr: &Expr) -> Option<String> {
    match strip(expr) {
        Expr::Function(function) => Some(folded(function)),
        Expr::Cast { expr, .. } => column_of(expr).or_else(|| called_by(expr)),
        _ => None,
    }
}

/// A function of no column that is another value in each row.
fn differs(expr: &Expr) -> bool {
    let Expr::Function(function) = expr else { return false };
    let name = folded(function);
    let name = name.as_str();
    function.over.is_some() || COUNTING.contains(&name) || GATHERING.contains(&name) || gives_rows(expr)
}

/// A function that gives many rows for one, or numbers them.
fn gives_rows(expr: &Expr) -> bool {
    let Expr::Function(function) = expr else { return false };
    let name = folded(function);
    SETS.contains(&name.as_str()) || matches!(name.as_str(), "generate_series" | "row_number" | "unnest")
}

/// The relation whose rows a query gives as they are.
pub(super) fn read_of(query: &Query) -> Option<String> {
    let SetExpr::Select(select) = query.body.as_ref() else { return None };
    if is_grouped(select) || select.distinct.is_some() || is_one(select) || query.limit_clause.is_some() {
        return None;
    }
    factors(&select.from).find_map(|factor| match factor {
        TableFactor::Table { name, args: None, .. } => bare_name(name),
        _ => None,
    })
}

/// Whether a query gives one row, that is made of all.
pub(super) fn is_one(select: &Select) -> bool {
    let gathers = |expr: &Expr| match strip(expr) {
        Expr::Function(function) => {
            let name = folded(function);
            // The largest of several values is one of a row.
            let of_row = matches!(name.as_str(), "max" | "min") && listed(&function.args).len() > 1;
            function.over.is_none()
                && !of_row
                && (COUNTING.contains(&name.as_str()) || GATHERING.contains(&name.as_str()))
        }
        _ => false, // of one row
    };
    !is_grouped(select) && select.projection.iter().filter_map(parts::item).any(|expr| holds_gathering(expr, &gathers))
}

/// Whether an item is made of all rows, and not by a query of its own.
fn holds_gathering(expr: &Expr, gathers: &impl Fn(&Expr) -> bool) -> bool {
    match strip(expr) {
        Expr::BinaryOp { left, right, .. } => holds_gathering(left, gathers) || holds_gathering(right, gathers),
        Expr::Cast { expr, .. } | Expr::UnaryOp { expr, .. } => holds_gathering(expr, gathers),
        Expr::Function(function) if !gathers(expr) => {
            function.over.is_none() && listed(&function.args).into_iter().any(|part| holds_gathering(part, gathers))
        }
        part => gathers(part),
    }
}
