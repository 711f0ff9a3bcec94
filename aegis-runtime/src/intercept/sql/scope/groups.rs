//! Groups of rows, and ranks among rows that share something.

use super::column_of;
use super::columns::Origin;
use super::from::FromClause;
use crate::intercept::sql::reading_a::bare_name;
use crate::intercept::sql::{class_of, parts};
use sqlparser::ast::{
    Expr, Function, FunctionArg, FunctionArgExpr, FunctionArguments, GroupByExpr, Select, WindowType,
};
use std::collections::BTreeSet;

/// Aggregates that say something of a group.
pub(in crate::intercept::sql) fn is_aggregate(function: &Function) -> bool {
    let name = parts::folded(function);
    matches!(name.as_str(), "count" | "sum" | "min" | "max" | "avg") && function.over.is_none()
}

/// An aggregate of all rows of a group, by a column of them; how many they are is one, too.
pub(super) fn is_of_group(function: &Function, from: &FromClause<'_>) -> bool {
    let FunctionArguments::List(list) = &function.args else { return false };
    function.filter.is_none()
        && match list.args.as_slice() {
            [FunctionArg::Unnamed(FunctionArgExpr::Wildcard)] => true,
            [FunctionArg::Unnamed(FunctionArgExpr::Expr(column))] => from.is_of_rows(column),
            _ => false, // of nothing, or of several
        }
}

/// Groups of rows that share a column and no key, so that they may be of several rows.
pub(super) fn has_groups(select: &Select, from: &FromClause<'_>) -> bool {
    let GroupByExpr::Expressions(groups, modifiers) = &select.group_by else { return false };
    modifiers.is_empty() && !groups.is_empty() && groups.iter().all(|group| from.origin(group) == Some(Origin::Column))
}

/// Whether a window's rank is one among rows that share something, and no key; `None` for what is no rank.
pub(super) fn rank(function: &Function, from: &FromClause<'_>) -> Option<bool> {
    let name = bare_name(&function.name)?;
    let Some(WindowType::WindowSpec(window)) = &function.over else {
        return function.over.is_some().then_some(false);
    };
    let ranks = matches!(name.as_str(), "row_number" | "rank" | "dense_rank" | "count");
    Some(ranks && function.filter.is_none() && from.are_alike(&window.partition_by))
}

impl FromClause<'_> {
    /// Whether rows that share these are taken for the same thing told twice: several columns, or one that names somebody or refers
    /// to another row. What many rows share by nature, such as a status, says no such thing.
    fn are_alike(&self, shared: &[Expr]) -> bool {
        let names: BTreeSet<_> = shared.iter().filter_map(column_of).collect();
        let refers = |column: &Expr| {
            let of = self.declared(column);
            column_of(column).is_some_and(|name| name.ends_with("_id"))
                || of.is_some_and(|(table, name)| class_of(table, &name).is_some())
        };
        shared.iter().all(|column| self.origin(column) == Some(Origin::Column))
            && (names.len() > 1 || shared.iter().any(refers))
    }
}
