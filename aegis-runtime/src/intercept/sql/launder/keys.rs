//! Keys that a write gives: one that becomes NULL is an error, and a foreign engine's words for it show the whole row.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "the enums of the parser are foreign and grow; every wildcard here says that a value may be missing, or that none is listed"
)]

use super::is_nothing;
use crate::denial::Code;
use crate::intercept::sql::parts::is_grouped;
use crate::intercept::sql::reading_a::{bare_name, fold};
use crate::intercept::sql::scope::{column_of, number};
use crate::intercept::sql::{SqlRefusal, is_personal};
use crate::spec::TableSpec;
use sqlparser::ast::{
    BinaryOperator, Expr, Join, JoinOperator, SelectItem, SetExpr, TableAlias, TableFactor, TableWithJoins, Value,
    Values,
};

/// Which of some columns is a key of the relation.
pub(super) fn place<'name>(table: &TableSpec, columns: impl Iterator<Item = Option<&'name str>>) -> Option<usize> {
    let mut columns = columns;
    columns.position(|name| table.columns.iter().any(|known| known.key && name == Some(known.name)))
}

/// Refuses a value that may leave a key NULL, over the sources of the change.
pub(super) fn keeps(table: &TableSpec, value: &Expr, from: &[TableWithJoins]) -> Result<(), SqlRefusal> {
    holds(table, Given { value, from, plain: true })
}

/// Refuses a value of a query that may leave a key NULL.
pub(super) fn holds(table: &TableSpec, given: Given<'_>) -> Result<(), SqlRefusal> {
    if is_nothing(given.value) || is_personal(table) && !given.is_sure(given.value) {
        return Err(SqlRefusal::new(Code::SqlUnsupported, "a key that may become NULL")
            .remedy("give the key a number, or that of another row"));
    }
    Ok(())
}

/// A value, and the sources of the query that gives it.
#[derive(Clone, Copy)]
pub(super) struct Given<'sql> {
    value: &'sql Expr,
    from: &'sql [TableWithJoins],
    /// Its rows are not grouped.
    plain: bool,
}

/// What a query gives at a place, as far as it lists its columns.
pub(super) fn given(body: &SetExpr, place: usize) -> Vec<Given<'_>> {
    match body {
        SetExpr::Query(query) => given(&query.body, place),
        SetExpr::SetOperation { left, right, .. } => [given(left, place), given(right, place)].concat(),
        SetExpr::Values(values) => values
            .rows
            .iter()
            .filter_map(|row| row.get(place))
            .map(|value| Given { value, from: &[], plain: true })
            .collect(),
        SetExpr::Select(select) => {
            let stars = select
                .projection
                .iter()
                .any(|item| matches!(item, SelectItem::Wildcard(_) | SelectItem::QualifiedWildcard(..)));
            match select.projection.get(place) {
                Some(SelectItem::UnnamedExpr(value) | SelectItem::ExprWithAlias { expr: value, .. }) if !stars => {
                    vec![Given { value, from: &select.from, plain: !is_grouped(select) }]
                }
                _ => Vec::new(), // a star gives a key as it is
            }
        }
        _ => Vec::new(), // no rows
    }
}

impl Given<'_> {
    /// A value that is there: written down, or made of columns and numbers.
    fn is_sure(self, expr: &Expr) -> bool {
        match expr {
            Expr::Nested(inner) | Expr::UnaryOp { expr: inner, .. } | Expr::Cast { expr: inner, .. } => {
                self.is_sure(inner)
            }
            Expr::BinaryOp { left, op, right } => {
                let whole = match op {
                    BinaryOperator::Plus
                    | BinaryOperator::Minus
                    | BinaryOperator::Multiply
                    | BinaryOperator::StringConcat => true,
                    // By zero it is NULL to SQLite.
                    BinaryOperator::Divide | BinaryOperator::Modulo => {
                        number(right).is_some_and(|number| number != 0.0)
                    }
                    _ => false, // what it looks for may not be there
                };
                whole && self.is_sure(left) && self.is_sure(right)
            }
            Expr::Value(value) => !matches!(value.value, Value::Null),
            Expr::Identifier(_) | Expr::CompoundIdentifier(_) => {
                let key = |name: &String| name == "id" || name.ends_with("_id");
                column_of(expr).is_some_and(|name| key(&name) && self.is_kept(expr) || self.is_listed(&name))
            }
            _ => false, // computed, or chosen
        }
    }

    /// Whether no join gives a row without the source of a column: there is none of that kind, or it is of the source that all keep.
    fn is_kept(self, expr: &Expr) -> bool {
        let qualifier = match expr {
            Expr::CompoundIdentifier(parts) => parts.iter().rev().nth(1).map(fold),
            _ => None, // of any source
        };
        let first = |factor: &TableFactor| match factor {
            TableFactor::Table { name, alias, args: None, .. } => {
                alias.as_ref().map(|alias| fold(&alias.name)).or_else(|| bare_name(name))
            }
            _ => None, // no relation
        };
        self.from.iter().all(|from| {
            let left = |join: &Join| matches!(join.join_operator, JoinOperator::Left(_) | JoinOperator::LeftOuter(_));
            let inner = |join: &Join| {
                matches!(
                    join.join_operator,
                    JoinOperator::Join(_) | JoinOperator::Inner(_) | JoinOperator::CrossJoin(_)
                )
            };
            let whole = matches!(from.relation, TableFactor::Table { .. } | TableFactor::Derived { .. });
            from.joins.iter().all(inner) && whole
                || from.joins.iter().all(|join| inner(join) || left(join))
                    && qualifier.is_some()
                    && first(&from.relation) == qualifier
        })
    }

    /// Whether a column is one of rows that are written down, or of a series, and nothing else is read.
    fn is_listed(self, name: &str) -> bool {
        let [TableWithJoins { relation, joins }] = self.from else { return false };
        let called = |alias: &TableAlias, place: usize| alias.columns.get(place).map(|column| fold(&column.name));
        self.plain
            && joins.is_empty()
            && match relation {
                TableFactor::Derived { subquery, alias: Some(alias), .. } => {
                    let SetExpr::Values(Values { rows, .. }) = subquery.body.as_ref() else { return false };
                    let width = rows.first().map_or(0, |row| row.content.len());
                    let own = |place: usize| match alias.columns.is_empty() {
                        true => Some(format!("column{}", place.saturating_add(1))),
                        false => called(alias, place),
                    };
                    let Some(place) = (0..width).find(|place| own(*place).as_deref() == Some(name)) else {
                        return false;
                    };
                    rows.iter().all(|row| row.content.get(place).is_some_and(is_written))
                }
                TableFactor::Table { name: function, args: Some(_), alias: Some(alias), .. }
                | TableFactor::Function { name: function, alias: Some(alias), .. } => {
                    let own = called(alias, 0).unwrap_or_else(|| fold(&alias.name));
                    bare_name(function).as_deref() == Some("generate_series") && alias.columns.len() < 2 && own == name
                }
                _ => false, // a relation, or what a query makes
            }
    }
}

/// A value that is written down.
fn is_written(expr: &Expr) -> bool {
    match expr {
        Expr::Nested(inner) | Expr::UnaryOp { expr: inner, .. } | Expr::Cast { expr: inner, .. } => is_written(inner),
        Expr::Value(value) => !matches!(value.value, Value::Null),
        _ => false, // computed
    }
}
