//! Keys that a write gives: one that becomes NULL is an error, and a foreign engine's words for it show the whole row.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "the enums of the parser are foreign and grow; every wildcard here says that a value may be missing, or that none is listed"
)]

use super::is_nothing;
use crate::denial::Code;
use crate::intercept::sql::scope::column_of;
use crate::intercept::sql::{SqlRefusal, is_personal};
use crate::spec::TableSpec;
use sqlparser::ast::{Expr, SelectItem, SetExpr, Value};

/// Which of some columns is a key of the relation.
pub(super) fn place<'name>(table: &TableSpec, columns: impl Iterator<Item = Option<&'name str>>) -> Option<usize> {
    let mut columns = columns;
    columns.position(|name| table.columns.iter().any(|known| known.key && name == Some(known.name)))
}

/// Refuses a value that may leave a key NULL.
pub(super) fn keeps(table: &TableSpec, value: &Expr) -> Result<(), SqlRefusal> {
    if is_nothing(value) || is_personal(table) && !is_sure(value) {
        return Err(SqlRefusal::new(Code::SqlUnsupported, "a key that may become NULL")
            .remedy("give the key a number, or that of another row"));
    }
    Ok(())
}

/// What a query gives at a place, as far as it lists its columns.
pub(super) fn given(body: &SetExpr, place: usize) -> Vec<&Expr> {
    match body {
        SetExpr::Query(query) => given(&query.body, place),
        SetExpr::SetOperation { left, right, .. } => [given(left, place), given(right, place)].concat(),
        SetExpr::Values(values) => values.rows.iter().filter_map(|row| row.get(place)).collect(),
        SetExpr::Select(select) => {
            let stars = select
                .projection
                .iter()
                .any(|item| matches!(item, SelectItem::Wildcard(_) | SelectItem::QualifiedWildcard(..)));
            match select.projection.get(place) {
                Some(SelectItem::UnnamedExpr(expr) | SelectItem::ExprWithAlias { expr, .. }) if !stars => vec![expr],
                _ => Vec::new(), // a star gives a key as it is
            }
        }
        _ => Vec::new(), // no rows
    }
}

/// A value that is there: written down, or made of columns and numbers.
fn is_sure(expr: &Expr) -> bool {
    match expr {
        Expr::Nested(inner) | Expr::UnaryOp { expr: inner, .. } | Expr::Cast { expr: inner, .. } => is_sure(inner),
        Expr::BinaryOp { left, right, .. } => is_sure(left) && is_sure(right),
        Expr::Value(value) => !matches!(value.value, Value::Null),
        Expr::Identifier(_) | Expr::CompoundIdentifier(_) => {
            column_of(expr).is_some_and(|name| name == "id" || name.ends_with("_id"))
        }
        _ => false, // computed, or chosen
    }
}
