//! Parts of the tree that several rooms take alike.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "the enums of the parser are foreign and grow; what is not named here is no expression"
)]

use super::reading_a::bare_name;
use super::scope::number;
use sqlparser::ast::{
    Expr, Function, FunctionArg, FunctionArgExpr, FunctionArguments, GroupByExpr, LimitClause, Query, Select,
    SelectItem,
};

/// The expression of an item; nothing for a star.
pub(super) fn item(item: &SelectItem) -> Option<&Expr> {
    match item {
        SelectItem::UnnamedExpr(expr) | SelectItem::ExprWithAlias { expr, .. } => Some(expr),
        SelectItem::Wildcard(_) | SelectItem::QualifiedWildcard(..) | SelectItem::ExprWithAliases { .. } => None,
    }
}

/// Whether a query gathers its rows by what it groups them by.
pub(super) fn is_grouped(select: &Select) -> bool {
    match &select.group_by {
        GroupByExpr::Expressions(groups, modifiers) => !groups.is_empty() || !modifiers.is_empty(),
        GroupByExpr::All(_) => true,
    }
}

/// The folded name of a function; empty where it is of another schema.
pub(super) fn folded(function: &Function) -> String {
    bare_name(&function.name).unwrap_or_default()
}

/// An argument without a name.
pub(super) fn plain(argument: &FunctionArg) -> Option<&Expr> {
    match argument {
        FunctionArg::Unnamed(FunctionArgExpr::Expr(expr)) => Some(expr),
        _ => None, // named, or a star
    }
}

/// An argument, named ones too.
pub(super) fn value(argument: &FunctionArg) -> Option<&Expr> {
    match argument {
        FunctionArg::Unnamed(FunctionArgExpr::Expr(expr))
        | FunctionArg::Named { arg: FunctionArgExpr::Expr(expr), .. }
        | FunctionArg::ExprNamed { arg: FunctionArgExpr::Expr(expr), .. } => Some(expr),
        _ => None, // a star
    }
}

/// The plain arguments of a function.
pub(super) fn arguments(arguments: &FunctionArguments) -> Vec<&Expr> {
    let FunctionArguments::List(list) = arguments else { return Vec::new() };
    list.args.iter().filter_map(plain).collect()
}

/// The number that a LIMIT leaves at most, as it is written down.
pub(super) fn limit(query: &Query) -> Option<f64> {
    match &query.limit_clause {
        Some(LimitClause::LimitOffset { limit: Some(limit), .. } | LimitClause::OffsetCommaLimit { limit, .. }) => {
            number(limit)
        }
        Some(LimitClause::LimitOffset { limit: None, .. }) | None => None,
    }
}

/// The rows that a query takes at most before its LIMIT ends it, where both numbers of it are written down.
pub(super) fn taken(query: &Query) -> Option<f64> {
    let (limit, offset) = match &query.limit_clause {
        Some(LimitClause::LimitOffset { limit: Some(limit), offset, .. }) => {
            (limit, offset.as_ref().map(|offset| &offset.value))
        }
        Some(LimitClause::OffsetCommaLimit { offset, limit }) => (limit, Some(offset)),
        Some(LimitClause::LimitOffset { limit: None, .. }) | None => return None,
    };
    // A number below zero is no limit to SQLite.
    let written = |expr: &Expr| number(expr).filter(|number| *number >= 0.0);
    Some(written(limit)? + offset.map_or(Some(0.0), written)?)
}
