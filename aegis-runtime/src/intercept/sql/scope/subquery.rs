//! Subqueries: whether one leaves out rows that it could give, for whatever row is changed.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "the enums of the parser are foreign and grow; every wildcard here says that nothing is known, and that is no scope"
)]

use super::super::walk::Walked;
use super::columns::Origin;
use super::from::FromClause;
use super::groups::{has_groups, is_aggregate, is_of_group};
use super::source::{has_key, is_grouped};
use super::{
    FILLS, Known, Target, column_of, conjuncts, constraint, factors, holds, is_query, names_column, range, strip,
};
use crate::intercept::sql::parts::{self, arguments};
use crate::intercept::sql::reading_a::bare_name;
use sqlparser::ast::{
    BinaryOperator, Expr, InTarget, JoinConstraint, Query, Select, SelectItem, SetExpr, TableFactor, UnaryOperator,
    Visitor,
};
use std::ops::ControlFlow;

/// Most rows that a LIMIT counts as a scope with.
const FEW: f64 = 20.0;

impl Target<'_> {
    /// A subquery that leaves rows out: by a predicate of its own, by groups that a HAVING counts, by a LIMIT, or by an aggregate.
    pub(super) fn filters(&self, query: &Query) -> bool {
        self.filters_by(query, is_few(query))
    }

    /// `few` says that a LIMIT may count.
    pub(super) fn filters_by(&self, query: &Query, few: bool) -> bool {
        let mut body = query.body.as_ref();
        let mut open = Vec::new();
        // Every arm leaves rows out. A long chain is deep on its left.
        while let SetExpr::SetOperation { left, right, .. } = body {
            if !self.arm_filters(right, query, few) || self.is_rest(right, &mut open) {
                return false;
            }
            body = left;
        }
        self.arm_filters(body, query, few) && !self.is_rest(body, &mut open)
    }

    /// Whether an arm has an open end of a column that another one has, too: up to here and from here on are all.
    fn is_rest(&self, body: &SetExpr, open: &mut Vec<String>) -> bool {
        let SetExpr::Select(select) = body else { return false };
        let ends =
            select.selection.as_ref().map(|part| self.anyone().open_ends(&unqualified(part))).unwrap_or_default();
        let rest = ends.iter().any(|column| open.contains(column));
        open.extend(ends);
        rest
    }

    fn arm_filters(&self, body: &SetExpr, query: &Query, few: bool) -> bool {
        match body {
            SetExpr::Select(select) => {
                if select.from.is_empty() {
                    return self.lists(&select.projection);
                }
                if self.is_list(select) {
                    return true;
                }
                // Rows that the list makes of one are any number.
                if select.projection.iter().any(gives_rows) {
                    return false;
                }
                let from = FromClause::of(select, self.known);
                let filtered = select.selection.as_ref().is_some_and(|expr| self.filtered_by(expr, &from));
                let trees = select.from.iter().map(|from| &from.relation);
                let narrow = trees.enumerate().any(|(at, relation)| match relation {
                    TableFactor::Table { name, .. } => {
                        bare_name(name).is_some_and(|name| self.known.narrow.contains(&name)) && from.is_kept(at)
                    }
                    TableFactor::Derived { subquery, .. } => self.filters(subquery) && from.is_kept(at),
                    _ => false, // nothing is known of it
                });
                let counted =
                    select.having.as_ref().is_some_and(|having| counts(having, &from)) && has_groups(select, &from);
                let few = few && of_keys(select, &from);
                let met = self.meets(select);
                // What the changed row gives chooses anew for each.
                let alone = (counted || is_one(select) || few) && !self.is_correlated(query);
                (alone || (filtered || narrow || met) && from.is_connected()) && !self.hands_back(select, &from)
            }
            SetExpr::Values(values) => values.rows.iter().flat_map(|row| row.iter()).all(|value| self.is_given(value)),
            SetExpr::Query(query) => self.filters(query),
            _ => false, // nothing is known of it
        }
    }

    /// Some conjunct narrows by what rows hold: a column of a relation, a rank above the first, a count of a group. NULL that an outer
    /// join fills in says that nothing met, which tells rows apart where the two sides mean the same.
    fn filtered_by(&self, selection: &Expr, from: &FromClause<'_>) -> bool {
        let is_fit = |part: &&&Expr| {
            let part: &Expr = part;
            let untold = |column: &Expr| {
                let elsewhere =
                    || from.origin(column).is_none() && holds(part, is_query) && !from.is_outer(column, self);
                column_of(column).is_some() && !from.is_told(column, part) && !elsewhere()
            };
            let fit = own_columns(part).iter().all(|column| from.is_told(column, part)) && !holds(part, untold);
            // What an outer join fills in, NULL, is let through by what does not reject it.
            let absent =
                holds(part, |column| column_of(column).is_some() && from.is_filled(column)) && holds(part, takes_null);
            // What a query calls its columns says nothing of how many rows lie beyond a number.
            let renamed = |column: &Expr| {
                let of_rows = matches!(from.origin(column), Some(Origin::Column | Origin::Key));
                column_of(column).is_some() && of_rows && from.declared(column).is_none()
            };
            let beyond = self.anyone().end(&unqualified(part)).is_some() && holds(part, renamed);
            fit && !beyond && (!absent || from.is_orphaned(part))
        };
        let conjuncts = conjuncts(selection);
        let parts: Vec<Expr> = conjuncts.iter().filter(is_fit).map(|part| unqualified(part)).collect();
        let parts: Vec<&Expr> = parts.iter().collect();
        let anyone = self.anyone();
        parts.iter().any(|part| anyone.is_narrow(part)) || anyone.is_range(&parts)
    }

    /// Whether a query names columns of the row that is changed, at any depth.
    fn is_correlated(&self, query: &Query) -> bool {
        let mut selects = Selects { known: self.known, target: self, outer: false };
        let _ignored = query.walked(&mut selects);
        selects.outer
    }

    /// Inside of a subquery any column may narrow.
    fn anyone(&self) -> Target<'_> {
        Target { name: "", alias: None, known: self.known }
    }

    /// Whether every item is a value.
    fn lists(&self, items: &[SelectItem]) -> bool {
        let is_value = |expr: &Expr| self.is_given(expr) || self.is_unnested(expr);
        items.iter().all(|item| parts::item(item).is_some_and(is_value))
    }

    /// Whether a subquery selects what the changed row itself gives: a column that is the target's and of none of its own relations.
    fn hands_back(&self, select: &Select, from: &FromClause<'_>) -> bool {
        let outer = |expr: &Expr| holds(expr, |part| column_of(part).is_some() && from.is_outer(part, self));
        let below = factors(&select.from).any(|factor| match factor {
            TableFactor::Derived { subquery, .. } => self.is_correlated(subquery),
            _ => false, // a relation
        });
        // What joins its sources, or is given to a function, chooses anew for each row that is changed.
        below || of_sources(select).into_iter().chain(select.projection.iter().filter_map(parts::item)).any(outer)
    }
}

/// Looks for columns of the target in every SELECT of a query.
struct Selects<'sql> {
    known: Known<'sql>,
    target: &'sql Target<'sql>,
    outer: bool,
}

impl Visitor for Selects<'_> {
    type Break = ();

    fn pre_visit_select(&mut self, select: &Select) -> ControlFlow<()> {
        let from = FromClause::of(select, self.known);
        let own = |part: &Expr| column_of(part).is_some() && from.is_outer(part, self.target);
        let items = select.projection.iter().filter_map(parts::item);
        let parts = items.chain(&select.selection).chain(&select.having).chain(of_sources(select));
        self.outer |= parts.into_iter().any(|expr| holds(expr, own));
        self.outer |= holds(&select.group_by, own) || holds(&select.distinct, own) || holds(&select.named_window, own);
        if self.outer { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }

    fn pre_visit_query(&mut self, query: &Query) -> ControlFlow<()> {
        if let SetExpr::Values(values) = query.body.as_ref() {
            // Values have no columns of their own.
            self.outer |= values.rows.iter().flat_map(|row| row.iter()).any(names_column);
        }
        // How many rows are taken, and from where on, nothing of the query's own says.
        let is_column = |expr: &Expr| column_of(expr).is_some();
        self.outer |= holds(&query.limit_clause, is_column) || holds(&query.fetch, is_column);
        if let (SetExpr::Select(select), Some(order)) = (query.body.as_ref(), &query.order_by) {
            let from = FromClause::of(select, self.known);
            let own = |part: &Expr| column_of(part).is_some() && from.is_outer(part, self.target);
            self.outer |= holds(order, own);
        }
        if self.outer { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }
}

/// Whether something may be true of NULL.
fn takes_null(expr: &Expr) -> bool {
    match expr {
        Expr::IsNull(_)
        | Expr::IsNotDistinctFrom(..)
        | Expr::IsDistinctFrom(..)
        | Expr::Case { .. }
        | Expr::UnaryOp { op: UnaryOperator::Not, .. }
        | Expr::BinaryOp { op: BinaryOperator::Or | BinaryOperator::Is | BinaryOperator::IsNot, .. } => true,
        Expr::Function(function) => FILLS.contains(&parts::folded(function).as_str()),
        _ => false, // NULL
    }
}

/// What joins the sources of a SELECT, and what its functions are given.
fn of_sources(select: &Select) -> Vec<&Expr> {
    let joins = select.from.iter().flat_map(|from| &from.joins);
    let on = joins.filter_map(|join| match constraint(&join.join_operator) {
        Some(JoinConstraint::On(on)) => Some(on),
        _ => None, // by names, or not at all
    });
    let given = factors(&select.from).flat_map(|factor| match factor {
        TableFactor::Table { args: Some(args), .. } => args.args.iter().filter_map(parts::value).collect(),
        TableFactor::Function { args, .. } => args.iter().filter_map(parts::value).collect(),
        TableFactor::UNNEST { array_exprs, .. } => array_exprs.iter().collect::<Vec<_>>(),
        _ => Vec::new(), // no function
    });
    on.chain(given).collect()
}

/// Whether an item makes several rows of one.
pub(super) fn gives_rows(item: &SelectItem) -> bool {
    let gives = |part: &Expr| match part {
        Expr::Function(function) => range::GIVING_ROWS.contains(&parts::folded(function).as_str()),
        _ => false, // one value
    };
    parts::item(item).is_some_and(|expr| holds(expr, gives))
}

/// A rank that the first of its rows has not.
pub(super) fn is_above_first(part: &Expr) -> bool {
    match strip(part) {
        Expr::BinaryOp { left, op: BinaryOperator::Gt, right } => column_of(left).is_some() && above(right, 1.0),
        Expr::BinaryOp { left, op: BinaryOperator::GtEq | BinaryOperator::Eq, right } => {
            column_of(left).is_some() && above(right, 2.0)
        }
        Expr::Between { low, negated: false, .. } => above(low, 2.0),
        _ => false, // no comparison with a number
    }
}

fn above(number: &Expr, least: f64) -> bool {
    range::number(number).is_some_and(|number| number >= least)
}

/// One row, that an aggregate gives.
fn is_one(select: &Select) -> bool {
    let [SelectItem::UnnamedExpr(Expr::Function(function))] = select.projection.as_slice() else { return false };
    let name = function.name.to_string().to_ascii_lowercase();
    let of = arguments(&function.args);
    matches!(name.as_str(), "min" | "max" | "avg" | "sum")
        && function.over.is_none()
        // Of two, SQLite takes the larger in every row.
        && matches!(of.as_slice(), [of] if matches!(strip(of), Expr::Identifier(_)))
        && !is_grouped(select)
        && select.selection.is_none()
        && factors(&select.from).count() == 1
}

/// A few rows, that a LIMIT leaves.
pub(super) fn is_few(query: &Query) -> bool {
    parts::limit(query).is_some_and(|limit| (0.0..=FEW).contains(&limit))
}

/// Whether every item is a key of a relation.
fn of_keys(select: &Select, from: &FromClause<'_>) -> bool {
    let is_key = |expr: &Expr| from.declared(expr).is_some_and(|(table, _)| has_key(table, expr));
    select.projection.iter().all(|item| parts::item(item).is_some_and(is_key))
}

/// A HAVING that some group fails: more than one row of it, say.
fn counts(having: &Expr, from: &FromClause<'_>) -> bool {
    from.is_one()
        && conjuncts(having).iter().any(|part| match strip(part) {
            Expr::BinaryOp { left, op, right } if is_count(left, from) => {
                let Some(number) = range::number(right) else { return false };
                match op {
                    BinaryOperator::Gt => number >= 1.0,
                    BinaryOperator::GtEq | BinaryOperator::Eq => number >= 2.0,
                    _ => false, // too little is known
                }
            }
            _ => false, // no comparison of a group with a number
        })
}

/// How many rows a group has, or how many of them have a value.
fn is_count(expr: &Expr, from: &FromClause<'_>) -> bool {
    let Expr::Function(function) = strip(expr) else { return false };
    parts::folded(function) == "count" && is_aggregate(function) && is_of_group(function, from)
}

/// The columns of a predicate that stand in no query of it.
fn own_columns(part: &Expr) -> Vec<&Expr> {
    match strip(part) {
        Expr::Subquery(_) | Expr::Exists { .. } => Vec::new(),
        Expr::In { expr, target: InTarget::Subquery(_), .. } | Expr::UnaryOp { expr, .. } => own_columns(expr),
        Expr::BinaryOp { left, right, .. } => [own_columns(left), own_columns(right)].concat(),
        Expr::AnyOp { left, .. } => own_columns(left),
        expr if column_of(expr).is_some() => vec![expr],
        _ => Vec::new(), // looked through as a whole
    }
}

/// The same predicate with qualifiers left out, for a subquery whose relations are not looked at here. Both sides of a join then
/// read as columns, and a column compared with a column narrows nothing.
pub(super) fn unqualified(expr: &Expr) -> Expr {
    let mut expr = expr.clone();
    let _ignored = sqlparser::ast::visit_expressions_mut(&mut expr, |part: &mut Expr| {
        if let Expr::CompoundIdentifier(parts) = part
            && let Some(last) = parts.last().cloned()
        {
            *part = Expr::Identifier(last);
        }
        std::ops::ControlFlow::<()>::Continue(())
    });
    expr
}
