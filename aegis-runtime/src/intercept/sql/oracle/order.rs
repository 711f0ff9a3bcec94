//! Whether a write shows the order of rows: engines group and tell apart by sorting, so groups come in the order of their values.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "the enums of the parser are foreign and grow; every wildcard here says that the order is seen, or that nothing is found"
)]

use super::super::walk::Walked;
use crate::intercept::sql::parts::item;
use crate::intercept::sql::personal::{Personal, is_sorted};
use crate::intercept::sql::reading_a::{bare_name, fold};
use crate::intercept::sql::scope::{column_of, factors, holds, is_aggregate, strip};
use sqlparser::ast::{
    BinaryOperator, Cte, Expr, GroupByExpr, OrderByKind, Query, Select, SelectItem, SetExpr, Statement, TableFactor,
    UnaryOperator, Visitor,
};
use std::ops::ControlFlow;

/// Functions that give the same in any order of rows, where there is but one window. A sum is none: numbers with a fraction add up to
/// something else in another order, and whole ones overflow in one and not in another.
const ORDERLESS: [&str; 14] = [
    "btrim",
    "coalesce",
    "count",
    "dense_rank",
    "ifnull",
    "lower",
    "ltrim",
    "max",
    "min",
    "rank",
    "row_number",
    "rtrim",
    "trim",
    "upper",
];

/// Whether the order of rows is seen anywhere. Engines group by sorting, so groups come in the order of their values.
pub(super) struct Order<'call> {
    personal: &'call Personal<'call>,
    seen: bool,
    /// It is that of a key, by name.
    keyed: bool,
    /// Something else goes by the name of a key.
    pub(super) fakes: bool,
    windows: usize,
    /// There is a WITH: what reads as a relation may be rows that were sorted.
    names: bool,
}

impl<'call> Order<'call> {
    pub(super) fn of(statement: &Statement, personal: &'call Personal<'call>) -> Self {
        let mut order = Self { personal, seen: false, keyed: false, fakes: false, windows: 0, names: false };
        let _ignored = statement.walked(&mut order);
        order
    }

    fn is_seen(&self) -> bool {
        self.seen || self.keyed && self.fakes
    }

    pub(super) fn hides_groups(&self) -> bool {
        !self.is_seen() && self.windows == 0
    }

    pub(super) fn hides_the_window(&self) -> bool {
        !self.is_seen() && self.windows == 1
    }

    /// A query that puts its rows in the order of a key before anything else.
    fn is_by_key(&self, query: &Query) -> bool {
        let first = query.order_by.as_ref().and_then(|order| match &order.kind {
            OrderByKind::Expressions(items) => items.first(),
            OrderByKind::All(_) => None,
        });
        is_of_one(query)
            && first.is_some_and(|item| column_of(&item.expr).is_some_and(|name| self.personal.is_key(&name)))
    }
}

/// Whether a query reads one source: of several one may be a single row, and its key the same in all.
pub(super) fn is_of_one(query: &Query) -> bool {
    match query.body.as_ref() {
        SetExpr::Select(select) => factors(&select.from).count() == 1,
        _ => false, // of many
    }
}

/// One row, whatever is read: an aggregate of all of it.
fn is_one(query: &Query) -> bool {
    let SetExpr::Select(select) = query.body.as_ref() else { return false };
    let aggregates = |item: &SelectItem| match item {
        SelectItem::UnnamedExpr(Expr::Function(function)) => {
            function.over.is_none()
                && bare_name(&function.name)
                    .is_some_and(|name| matches!(name.as_str(), "avg" | "count" | "max" | "min" | "sum" | "total"))
        }
        _ => false, // may be of every row
    };
    !is_sorted(select) && select.projection.iter().all(aggregates)
}

/// Whether a column stands beside an aggregate: SQLite gives that of some row, mostly the last. Of a `plain` relation's own rows, those
/// of a group come in an order that says nothing of them.
fn shows_last(select: &Select, plain: bool) -> bool {
    let GroupByExpr::Expressions(groups, _) = &select.group_by else { return true };
    let items = || select.projection.iter().filter_map(item).chain(&select.having);
    let is_grouped = |expr: &Expr| {
        let name = column_of(expr);
        groups.iter().any(|group| group == expr || name.is_some() && column_of(group) == name)
    };
    let is_bare = |expr: &Expr| column_of(strip(expr)).is_some() && !is_grouped(strip(expr));
    let one = |part: &Expr| matches!(part, Expr::Function(function) if is_aggregate(function));
    let aggregates = if groups.is_empty() { items().any(|item| holds(item, one)) } else { !plain };
    aggregates && items().any(is_bare)
}

/// Whether computing it may fail: which of two rows fails first tells which comes first.
fn may_fail(expr: &Expr) -> bool {
    match expr {
        Expr::Identifier(_)
        | Expr::CompoundIdentifier(_)
        | Expr::Value(_)
        | Expr::Nested(_)
        | Expr::Tuple(_)
        | Expr::IsNull(_)
        | Expr::IsNotNull(_)
        | Expr::IsTrue(_)
        | Expr::IsNotTrue(_)
        | Expr::IsFalse(_)
        | Expr::IsNotFalse(_)
        | Expr::IsDistinctFrom(..)
        | Expr::IsNotDistinctFrom(..)
        | Expr::In { .. }
        | Expr::Between { .. }
        | Expr::Exists { .. }
        | Expr::Subquery(_)
        | Expr::Case { .. }
        | Expr::UnaryOp { op: UnaryOperator::Not | UnaryOperator::Minus, .. } => false,
        Expr::BinaryOp { op, .. } => !matches!(
            op,
            BinaryOperator::And
                | BinaryOperator::Or
                | BinaryOperator::Eq
                | BinaryOperator::NotEq
                | BinaryOperator::Lt
                | BinaryOperator::LtEq
                | BinaryOperator::Gt
                | BinaryOperator::GtEq
                | BinaryOperator::Is
                | BinaryOperator::IsNot
        ),
        // Of a constant: in all rows or in none.
        other => holds(other, |part| column_of(part).is_some()),
    }
}

impl Visitor for Order<'_> {
    type Break = ();

    fn pre_visit_statement(&mut self, statement: &Statement) -> ControlFlow<()> {
        self.seen |= match statement {
            Statement::Query(_) | Statement::Explain { .. } => false,
            Statement::Delete(delete) => delete.returning.is_some() || delete.limit.is_some(),
            // Of several rows of a FROM that match, one is taken.
            Statement::Update(update) => update.returning.is_some() || update.limit.is_some() || update.from.is_some(),
            // Rows are put down in some order: that of their keys, if the statement says so.
            Statement::Insert(insert) => {
                let by_key = insert.source.as_deref().is_some_and(|source| self.is_by_key(source));
                self.keyed |= by_key;
                insert.returning.is_some() || !by_key
            }
            _ => true, // nothing is known of it
        };
        ControlFlow::Continue(())
    }

    fn pre_visit_select(&mut self, select: &Select) -> ControlFlow<()> {
        let plain = factors(&select.from).all(|factor| match factor {
            TableFactor::Table { name, .. } => !self.names && bare_name(name).is_some(),
            _ => false, // sorted within, maybe
        });
        self.seen |= shows_last(select, plain);
        self.fakes |= select.projection.iter().any(|item| match item {
            SelectItem::ExprWithAlias { expr, alias } => {
                let name = fold(alias);
                self.personal.is_key(&name) && column_of(expr) != Some(name)
            }
            _ => false, // goes by its own name
        });
        ControlFlow::Continue(())
    }

    fn pre_visit_table_factor(&mut self, factor: &TableFactor) -> ControlFlow<()> {
        // A function gives names of its own, and so does a list of them.
        self.fakes |= match factor {
            TableFactor::Table { args: None, alias, .. } | TableFactor::Derived { alias, .. } => {
                alias.as_ref().is_some_and(|alias| !alias.columns.is_empty())
            }
            _ => true, // nothing is known of it
        };
        ControlFlow::Continue(())
    }

    fn pre_visit_query(&mut self, query: &Query) -> ControlFlow<()> {
        let lists = |cte: &Cte| !cte.alias.columns.is_empty();
        self.fakes |= query.with.iter().flat_map(|with| &with.cte_tables).any(lists);
        self.names |= query.with.is_some();
        self.seen |= query.limit_clause.is_some() || query.fetch.is_some();
        ControlFlow::Continue(())
    }

    fn pre_visit_expr(&mut self, expr: &Expr) -> ControlFlow<()> {
        if let Expr::Function(function) = expr {
            self.seen |= bare_name(&function.name).is_none_or(|name| !ORDERLESS.contains(&name.as_str()));
            self.windows = self.windows.saturating_add(usize::from(function.over.is_some()));
        } else {
            self.seen |= may_fail(expr);
        }
        // As a value, the first row of several is taken.
        if let Expr::Subquery(query) = expr {
            self.seen |= !is_one(query) && self.personal.is_tainted(query);
        }
        ControlFlow::Continue(())
    }
}
