//! Rows of other sources, and whether they leave out some of the target's.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "the enums of the parser are foreign and grow; every wildcard here says that nothing is known, and that is no scope"
)]

use super::super::walk::Walked;
use super::from::{FromClause, are_related};
use super::subquery::gives_rows;
use super::{Given, Known, Target, column_of, conjuncts, factors, holds, strip};
use crate::intercept::sql::Catalogue;
use crate::intercept::sql::parts::arguments;
use crate::intercept::sql::reading_a::bare_name;
use crate::spec::TableSpec;
use sqlparser::ast::{
    BinaryOperator, Expr, GroupByExpr, Query, Select, SelectItem, SetExpr, Statement, TableFactor, TableWithJoins,
    Visitor,
};
use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;

/// What the WITH clauses of a statement give.
pub(in crate::intercept::sql) struct Names<'sql> {
    catalogue: &'sql Catalogue,
    /// Those whose rows a predicate, a group or a list of values narrows.
    narrow: BTreeSet<String>,
    /// The queries behind those that are given once.
    given: BTreeMap<String, Given>,
    seen: BTreeSet<String>,
    left: Cell<u32>,
    /// One of them goes by the name of a relation.
    shadows: bool,
}

/// Most sources that a statement's scopes pass in looking names up.
const LOOKED_UP: u32 = 100_000;

impl<'sql> Names<'sql> {
    pub(in crate::intercept::sql) fn of(statement: &Statement, catalogue: &'sql Catalogue) -> Self {
        let mut names = Self {
            catalogue,
            narrow: BTreeSet::new(),
            given: BTreeMap::new(),
            seen: BTreeSet::new(),
            left: Cell::new(LOOKED_UP),
            shadows: false,
        };
        let _ignored = statement.walked(&mut names);
        names
    }

    /// Nothing that was found holds: more names would have to be looked up than a statement may, or one of them could be taken for a
    /// relation.
    pub(in crate::intercept::sql) fn is_void(&self) -> bool {
        self.left.get() == 0 || self.shadows
    }

    pub(in crate::intercept::sql) fn known(&self) -> Known<'_> {
        Known { narrow: &self.narrow, given: &self.given, catalogue: self.catalogue, left: &self.left }
    }
}

impl Visitor for Names<'_> {
    type Break = ();

    fn pre_visit_query(&mut self, query: &Query) -> ControlFlow<()> {
        for cte in query.with.iter().flat_map(|with| &with.cte_tables) {
            let name = cte.alias.name.value.to_ascii_lowercase();
            let narrow = (Target { name: "", alias: None, known: self.known() }).filters(&cte.query);
            // A name that is given twice, or that a relation has too, could be the other one where it is read.
            self.shadows |= self.catalogue.table(&name).is_some();
            let once = self.seen.insert(name.clone()) && self.catalogue.table(&name).is_none();
            if once {
                let columns = cte.alias.columns.iter().map(|column| column.name.value.to_ascii_lowercase()).collect();
                self.given.insert(name.clone(), Given { query: cte.query.as_ref().clone(), columns });
            } else {
                self.given.remove(&name);
            }
            if narrow && once {
                self.narrow.insert(name);
            } else {
                self.narrow.remove(&name);
            }
        }
        ControlFlow::Continue(())
    }
}

/// Whether a query of declared relations leaves some of their rows out.
pub(in crate::intercept::sql) fn leaves_out(query: &Query, known: Known<'_>) -> bool {
    let SetExpr::Select(select) = query.body.as_ref() else { return false };
    let declared = |factor: &TableFactor| match factor {
        TableFactor::Table { name, args: None, .. } => {
            bare_name(name).is_some_and(|name| known.catalogue.table(&name).is_some() || known.narrow.contains(&name))
        }
        _ => false, // its rows may be any number
    };
    factors(&select.from).all(declared) && (Target { name: "", alias: None, known }).filters(query)
}

/// Whether a query of one declared relation takes its rows by the key.
pub(in crate::intercept::sql) fn takes_by_key(query: &Query, known: Known<'_>) -> bool {
    let SetExpr::Select(select) = query.body.as_ref() else { return false };
    let [TableWithJoins { relation: TableFactor::Table { name, alias, args: None, .. }, joins }] =
        select.from.as_slice()
    else {
        return false;
    };
    let name = bare_name(name).unwrap_or_default();
    let alias = alias.as_ref().map(|alias| alias.name.value.to_ascii_lowercase());
    let source = Target { name: &name, alias: alias.as_deref(), known };
    let by_key = |part: &&Expr| match strip(part) {
        Expr::BinaryOp { left, op: BinaryOperator::Eq, right } => source.is_key(left) || source.is_key(right),
        Expr::In { expr, negated: false, .. } | Expr::Between { expr, negated: false, .. } => source.is_key(expr),
        _ => false, // by something else
    };
    let parts = select.selection.as_ref().map(conjuncts).unwrap_or_default();
    joins.is_empty()
        && known.catalogue.table(&name).is_some()
        && !select.projection.iter().any(gives_rows)
        && parts.iter().filter(|part| by_key(part)).any(|part| source.is_narrow(part))
}

impl Target<'_> {
    /// A column of the target equals one of another source, and that source leaves rows out: it lists its rows, filters them, or
    /// another conjunct narrows it.
    pub(super) fn joined_to_some(&self, selection: &Expr, from: &[TableWithJoins]) -> bool {
        let parts = conjuncts(selection);
        factors(from).any(|factor| {
            let (name, alias, listed) = match factor {
                TableFactor::Table { name, alias, args: None, .. } => {
                    let bare = bare_name(name).unwrap_or_default();
                    let listed = self.known.narrow.contains(&bare);
                    (bare, alias.as_ref().map(|alias| alias.name.value.to_ascii_lowercase()), listed)
                }
                TableFactor::Derived { lateral: false, subquery, alias: Some(alias), .. } => {
                    (alias.name.value.to_ascii_lowercase(), None, self.filters(subquery))
                }
                _ => return false, // rows that nothing is known of
            };
            let source = Target { name: &name, alias: alias.as_deref(), known: self.known };
            // What the source makes up is the same in every row of it.
            let rows = FromClause::one(factor, self.known);
            let told = |part: &&&Expr| {
                let part: &Expr = part;
                !holds(part, |column| {
                    column_of(column).is_some()
                        && source.qualified(column) != Some(false)
                        && !rows.is_told(column, part)
                })
            };
            let joins = |part: &&Expr| {
                let Some((own, other)) = self.joins(part, &source) else { return false };
                listed
                    || source.name == self.name && self.is_double(own, &source, &parts)
                    || parts.iter().filter(told).any(|part| source.is_narrow(part))
                    || self.is_copy(source.name, own, other)
            };
            parts.iter().any(joins)
        })
    }

    /// The target's column and the source's, where a conjunct sets them equal.
    pub(super) fn joins<'part>(&self, part: &'part Expr, source: &Target<'_>) -> Option<(&'part Expr, &'part Expr)> {
        let Expr::BinaryOp { left, op: BinaryOperator::Eq, right } = strip(part) else { return None };
        let sides = [(left, right), (right, left)];
        let found = sides.into_iter().find(|(own, other)| {
            self.qualified(own) == Some(true)
                && source.qualified(other) == Some(true)
                && self.qualified(other) == Some(false)
        });
        found.map(|(own, other)| (own.as_ref(), other.as_ref()))
    }

    /// Keys of a relation of the same columns: its rows are copies of some of the target's.
    fn is_copy(&self, source: &str, own: &Expr, other: &Expr) -> bool {
        let (Some(target), Some(copy)) = (self.known.catalogue.table(self.name), self.known.catalogue.table(source))
        else {
            return false;
        };
        let names = |table: &TableSpec| table.columns.iter().map(|column| column.name).collect::<BTreeSet<_>>();
        target.name != copy.name && names(target) == names(copy) && has_key(target, own) && has_key(copy, other)
    }

    /// `IN (SELECT key FROM copy)`: staged rows that have landed, say.
    pub(super) fn is_copied(&self, expr: &Expr, query: &Query) -> bool {
        whole(query).is_some_and(|(source, column)| self.is_copy(&source, expr, column))
    }

    /// NOT IN the keys of another relation, or in the one of each group that stays.
    pub(super) fn is_without(&self, expr: &Expr, query: &Query) -> bool {
        if let SetExpr::Select(select) = query.body.as_ref()
            && is_grouped(select)
            && select.selection.is_none()
            && select.having.is_none()
            && let [
                SelectItem::UnnamedExpr(Expr::Function(function))
                | SelectItem::ExprWithAlias { expr: Expr::Function(function), .. },
            ] = select.projection.as_slice()
        {
            let chosen = matches!(function.name.to_string().to_ascii_lowercase().as_str(), "min" | "max");
            let of = arguments(&function.args);
            let GroupByExpr::Expressions(groups, _) = &select.group_by else { return false };
            let own = match select.from.as_slice() {
                [TableWithJoins { relation: TableFactor::Table { name, args: None, .. }, joins }] => {
                    joins.is_empty() && bare_name(name).as_deref() == Some(self.name)
                }
                _ => false, // of several
            };
            let names: BTreeSet<_> = groups.iter().filter_map(column_of).collect();
            return chosen
                && own
                && names.len() == groups.len()
                && (names.len() > 1 || groups.iter().any(|group| self.refers(group)))
                && is_plain(query)
                && function.filter.is_none()
                && function.over.is_none()
                && self.is_key(expr)
                && of.len() == 1
                && of.first().is_some_and(|of| column_of(of) == column_of(expr));
        }
        whole(query).is_some_and(|(source, column)| {
            source != self.name && self.tells(expr) && self.is_keyed(&source, expr, column)
        })
    }

    /// The two sides of a comparison mean the same.
    fn is_keyed(&self, source: &str, own: &Expr, other: &Expr) -> bool {
        let tables = self.table().zip(self.known.catalogue.table(source));
        let columns = column_of(own).zip(column_of(other));
        tables.zip(columns).is_some_and(|((target, table), (own, other))| are_related((target, &own), (table, &other)))
    }

    /// A key, or a column that is named as one of another relation.
    fn refers(&self, own: &Expr) -> bool {
        self.is_key(own) || column_of(own).is_some_and(|name| name.ends_with("_id")) || self.is_personal(own)
    }

    /// NOT EXISTS of rows that only a key joins.
    pub(super) fn is_orphan(&self, query: &Query) -> bool {
        let SetExpr::Select(select) = query.body.as_ref() else { return false };
        let [TableWithJoins { relation: TableFactor::Table { name, alias, args: None, sample: None, .. }, joins }] =
            select.from.as_slice()
        else {
            return false;
        };
        if !(is_plain(query) && shows_rows(select)) {
            return false;
        }
        let (name, alias) = (bare_name(name).unwrap_or_default(), alias.as_ref());
        let alias = alias.map(|alias| alias.name.value.to_ascii_lowercase());
        let source = Target { name: &name, alias: alias.as_deref(), known: self.known };
        let keyed = select.selection.as_ref().and_then(|part| self.joins(part, &source));
        joins.is_empty() && name != self.name && keyed.is_some_and(|(own, other)| self.is_keyed(&name, own, other))
    }

    /// Rows of the target that share what tells things apart, and that an order puts one before the other: of these all but one.
    fn is_double(&self, own: &Expr, same: &Target<'_>, parts: &[&Expr]) -> bool {
        let shared: BTreeSet<_> =
            parts.iter().filter_map(|part| self.joins(part, same)).filter_map(|(own, _)| column_of(own)).collect();
        let many = self.refers(own) || shared.len() > 1;
        !self.is_key(own) && many && self.is_ordered(same, parts)
    }

    /// Some conjunct puts a row of the target and the other one in order.
    fn is_ordered(&self, same: &Target<'_>, parts: &[&Expr]) -> bool {
        let between =
            |one: &Expr, other: &Expr| self.qualified(one) == Some(true) && same.qualified(other) == Some(true);
        parts.iter().any(|part| match strip(part) {
            Expr::BinaryOp { left, op: BinaryOperator::Lt | BinaryOperator::Gt, right } => {
                (between(left, right) || between(right, left)) && column_of(left) == column_of(right)
            }
            _ => false, // no order
        })
    }

    /// EXISTS of rows that equal this one in a column, and that are narrowed beside. Rows of the target itself must also be told
    /// apart by order, since each matches itself; of another relation, a column that is no key leaves rows out as well.
    pub(super) fn is_matched(&self, query: &Query) -> bool {
        let SetExpr::Select(select) = query.body.as_ref() else { return false };
        let Some(selection) = select.selection.as_ref() else { return false };
        // An aggregate gives a row of no rows.
        if !(is_plain(query) && shows_rows(select)) {
            return false;
        }
        let parts = conjuncts(selection);
        factors(&select.from).any(|factor| {
            let TableFactor::Table { name, alias, args: None, sample: None, .. } = factor else { return false };
            let (name, alias) = (bare_name(name).unwrap_or_default(), alias.as_ref());
            let alias = alias.map(|alias| alias.name.value.to_ascii_lowercase());
            let source = Target { name: &name, alias: alias.as_deref(), known: self.known };
            let Some((own, other)) = parts.iter().find_map(|part| self.joins(part, &source)) else { return false };
            let itself = name == self.name;
            let free = self.known.catalogue.table(&name).is_some_and(|table| !has_key(table, other));
            if itself {
                return self.is_double(own, &source, &parts);
            }
            self.known.narrow.contains(&name)
                || parts.iter().any(|part| source.is_narrow(part))
                || free && self.refers(own)
                || self.is_copy(&name, own, other)
        })
    }
}

/// The relation and the column of a query that leaves nothing out but NULL.
fn whole(query: &Query) -> Option<(String, &Expr)> {
    let SetExpr::Select(select) = query.body.as_ref() else { return None };
    let [TableWithJoins { relation: TableFactor::Table { name, args: None, sample: None, .. }, joins }] =
        select.from.as_slice()
    else {
        return None;
    };
    let [SelectItem::UnnamedExpr(column)] = select.projection.as_slice() else { return None };
    if !is_plain(query) {
        return None;
    }
    let nothing = select.selection.as_ref().is_none_or(|selection| match strip(selection) {
        Expr::IsNotNull(inner) => column_of(inner) == column_of(column),
        _ => false, // a filter
    });
    let plain = joins.is_empty() && nothing && shows_rows(select);
    (plain && column_of(column).is_some()).then_some((bare_name(name)?, column))
}

/// Whether every row of a query's body is given: no LIMIT, no OFFSET, no FETCH.
fn is_plain(query: &Query) -> bool {
    query.limit_clause.is_none() && query.fetch.is_none() && query.with.is_none()
}

/// Whether a SELECT gives a row for each that its predicate leaves: no groups, and neither aggregates nor what makes other rows.
fn shows_rows(select: &Select) -> bool {
    let shows = |item: &SelectItem| match item {
        SelectItem::UnnamedExpr(expr) | SelectItem::ExprWithAlias { expr, .. } => {
            column_of(expr).is_some() || matches!(strip(expr), Expr::Value(_))
        }
        SelectItem::Wildcard(_) | SelectItem::QualifiedWildcard(..) => true,
        SelectItem::ExprWithAliases { .. } => false,
    };
    !is_grouped(select)
        && select.having.is_none()
        && select.qualify.is_none()
        && select.distinct.is_none()
        && select.projection.iter().all(shows)
}

pub(super) fn has_key(table: &TableSpec, column: &Expr) -> bool {
    column_of(column).is_some_and(|name| table.columns.iter().any(|column| column.key && column.name == name))
}

pub(super) fn is_grouped(select: &Select) -> bool {
    match &select.group_by {
        GroupByExpr::Expressions(groups, _) => !groups.is_empty(),
        GroupByExpr::All(_) => true,
    }
}
