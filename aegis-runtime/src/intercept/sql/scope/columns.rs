//! The columns of a source: which it has, and where each comes from.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "the enums of the parser are foreign and grow; every wildcard here says that nothing is known, and that is no scope"
)]

use super::super::walk::expressions;
use super::from::FromClause;
use super::groups::{has_groups, is_aggregate, is_of_group, rank};
use super::subquery::unqualified;
use super::{Known, Target, column_of, strip};
use crate::intercept::sql::parts;
use crate::intercept::sql::reading_a::{bare_name, fold};
use crate::spec::TableSpec;
use sqlparser::ast::{Expr, Query, Select, SelectItem, SelectItemQualifiedWildcardKind, SetExpr};
use std::ops::ControlFlow;

/// A source of rows.
pub(super) struct Source<'sql> {
    pub(super) called: Option<String>,
    /// Names that its alias gives to its columns.
    pub(super) renamed: Vec<String>,
    pub(super) rows: Rows<'sql>,
    /// An outer join fills it with NULL where nothing meets.
    pub(super) filled: bool,
}

pub(super) enum Rows<'sql> {
    Declared(&'static TableSpec),
    Query(&'sql Query),
    /// A function's, or of a name that nothing is known of.
    Unknown,
}

/// Where a column comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Origin {
    /// A relation's column, itself or in another form.
    Column,
    /// One that is of its key, and so no two rows share.
    Key,
    /// A rank among rows that share something other than a key.
    Rank,
    /// An aggregate of groups.
    Count,
}

impl Origin {
    pub(super) const fn is_of_rows(self) -> bool {
        matches!(self, Self::Column | Self::Key)
    }

    /// Of what comes from two queries.
    fn and(self, other: Self) -> Option<Self> {
        match (self, other) {
            (Self::Key, Self::Column) | (Self::Column, Self::Key) => Some(Self::Key),
            (one, other) => (one == other).then_some(one),
        }
    }
}

impl Source<'_> {
    /// The columns that it has as a relation.
    pub(super) fn declared(&self) -> Vec<&'static str> {
        match self.rows {
            Rows::Declared(table) if self.renamed.is_empty() => {
                table.columns.iter().map(|column| column.name).collect()
            }
            Rows::Declared(_) | Rows::Query(_) | Rows::Unknown => Vec::new(),
        }
    }

    /// Whether it has a column of a name; `None` where that is not known.
    pub(super) fn has(&self, name: &str, known: Known<'_>, deep: u8) -> Option<bool> {
        if self.renamed.iter().any(|renamed| renamed == name) {
            return Some(true);
        }
        match self.rows {
            Rows::Declared(table) => Some(self.renamed.is_empty() && declares(table, name)),
            Rows::Query(query) => {
                let select = first(&query.body)?;
                if select.projection.iter().any(|item| is_called(item, name)) {
                    return Some(true);
                }
                if select.projection.iter().all(|item| parts::item(item).is_some()) {
                    return Some(false);
                }
                if !known.spend(select.from.len()) {
                    return None;
                }
                let (inner, deep) = (FromClause::of(select, known), deep.checked_sub(1)?);
                let all: Option<Vec<bool>> = inner.sources.iter().map(|source| source.has(name, known, deep)).collect();
                all.map(|all| all.into_iter().any(|has| has))
            }
            Rows::Unknown => (self.called.as_deref() == Some(name)).then_some(true),
        }
    }

    pub(super) fn origin(&self, name: &str, known: Known<'_>, deep: u8) -> Option<Origin> {
        let renamed = self.renamed.iter().position(|renamed| renamed == name);
        match self.rows {
            Rows::Declared(table) => {
                let column = match renamed {
                    Some(place) => table.columns.get(place)?,
                    None => table.columns.iter().find(|column| column.name == name)?,
                };
                Some(if column.key { Origin::Key } else { Origin::Column })
            }
            Rows::Query(query) => output_of(&query.body, name, renamed, known, deep),
            Rows::Unknown => None,
        }
    }
}

pub(super) fn declares(table: &TableSpec, name: &str) -> bool {
    table.columns.iter().any(|column| column.name == name)
}

/// The first SELECT of a body, which names its columns.
fn first(body: &SetExpr) -> Option<&Select> {
    match body {
        SetExpr::Select(select) => Some(select),
        SetExpr::Query(query) => first(&query.body),
        SetExpr::SetOperation { left, .. } => first(left),
        _ => None, // rows without names
    }
}

/// Whether an item gives a column of a name, by which it is known outside.
fn is_called(item: &SelectItem, name: &str) -> bool {
    match item {
        SelectItem::UnnamedExpr(expr) => column_of(expr).as_deref() == Some(name),
        SelectItem::ExprWithAlias { alias, .. } => fold(alias) == name,
        SelectItem::Wildcard(_) | SelectItem::QualifiedWildcard(..) | SelectItem::ExprWithAliases { .. } => false,
    }
}

/// Where an output column of a body comes from: of every arm the same.
fn output_of(body: &SetExpr, name: &str, place: Option<usize>, known: Known<'_>, deep: u8) -> Option<Origin> {
    let deep = deep.checked_sub(1)?;
    match body {
        SetExpr::Query(query) => output_of(&query.body, name, place, known, deep),
        SetExpr::SetOperation { left, right, .. } => {
            let named = || first(left)?.projection.iter().position(|item| is_called(item, name));
            let place = Some(place.or_else(named)?);
            output_of(left, name, place, known, deep)?.and(output_of(right, name, place, known, deep)?)
        }
        SetExpr::Select(select) => {
            let from = FromClause::of(select, known);
            let item = match place {
                // A star before it is any number of columns.
                Some(place) if select.projection.iter().take(place).any(|item| parts::item(item).is_none()) => None,
                Some(place) => select.projection.get(place),
                None => select.projection.iter().find(|item| is_called(item, name)),
            };
            match item.and_then(parts::item) {
                Some(expr) => made(expr, select, &from, deep),
                // Behind a star.
                None if place.is_none() => starred(select, &from, name, deep),
                None => None,
            }
        }
        _ => None, // rows that are written down
    }
}

fn starred(select: &Select, from: &FromClause<'_>, name: &str, deep: u8) -> Option<Origin> {
    let stars = |source: &&Source<'_>| {
        select.projection.iter().any(|item| match item {
            SelectItem::Wildcard(_) => true,
            SelectItem::QualifiedWildcard(SelectItemQualifiedWildcardKind::ObjectName(of), _) => {
                bare_name(of).is_some() && bare_name(of) == source.called
            }
            _ => false, // one column
        })
    };
    let mut found = from.sources.iter().filter(stars).filter(|source| source.has(name, from.known, deep) == Some(true));
    match (found.next(), found.next()) {
        (Some(source), None) => source.origin(name, from.known, deep),
        _ => None, // of none, or of several
    }
}

/// What an expression of a SELECT is made of.
fn made(expr: &Expr, select: &Select, from: &FromClause<'_>, deep: u8) -> Option<Origin> {
    let expr = strip(expr);
    if column_of(expr).is_some() {
        return from.origin_within(expr, deep);
    }
    if let Expr::Function(function) = expr {
        if let Some(rank) = rank(function, from) {
            return rank.then_some(Origin::Rank);
        }
        if is_aggregate(function) {
            return (is_of_group(function, from) && has_groups(select, from)).then_some(Origin::Count);
        }
    }
    // Another form of one column: its day, in lower case.
    let anyone = Target { name: "", alias: None, known: from.known };
    let mut found = None;
    let all = expressions(expr, &mut |part: &Expr| match column_of(part) {
        Some(_) => match from.origin_within(part, deep) {
            Some(origin) => {
                found = Some(origin);
                ControlFlow::Continue(())
            }
            None => ControlFlow::Break(()),
        },
        None => ControlFlow::Continue(()),
    });
    let bare = unqualified(expr);
    let tells = all.is_continue() && (anyone.tells(&bare) || anyone.is_inside(&bare));
    found.filter(|origin| tells && origin.is_of_rows())
}
