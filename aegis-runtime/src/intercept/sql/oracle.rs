//! What a write may ask of personal columns beside its target: whether they are there, and whether they equal others of their class.
//!
//! A write is not masked, since it moves real values, and the number of rows it changes is told to the agent. So a predicate of a
//! subquery or of a source of rows would answer questions about values (`email LIKE 'k%'`) one bit at a time.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "the enums of the parser are foreign and grow; every wildcard here refuses what names a personal column"
)]

use super::SqlRefusal;
use super::launder::Rule;
use crate::denial::Code;
use sqlparser::ast::{
    BinaryOperator, Expr, JoinConstraint, JoinOperator, OrderByKind, Query, Select, SetExpr, Statement, UnaryOperator,
    Visit, Visitor,
};
use std::ops::ControlFlow;

/// Holds every query inside of a write to the rule.
pub(super) fn check(statement: &Statement, rule: &Rule<'_>) -> Result<(), SqlRefusal> {
    let mut walk = Walk { rule, at: None };
    match statement.visit(&mut walk) {
        ControlFlow::Break(()) => Err(SqlRefusal::new(Code::SqlOracle, "").at_part(walk.at)
            .remedy("choose rows by key, by a column that is not personal, or by equality with a personal column of the same class")),
        ControlFlow::Continue(()) => Ok(()),
    }
}

struct Walk<'call> {
    rule: &'call Rule<'call>,
    /// The predicate at fault.
    at: Option<(usize, usize)>,
}

impl Visitor for Walk<'_> {
    type Break = ();

    fn pre_visit_query(&mut self, query: &Query) -> ControlFlow<()> {
        if let Some(order) = &query.order_by
            && let OrderByKind::Expressions(items) = &order.kind
            && items.iter().any(|item| self.names_personal(&item.expr))
        {
            return ControlFlow::Break(());
        }
        self.body(&query.body)
    }
}

impl Walk<'_> {
    fn names_personal(&self, expr: &Expr) -> bool {
        !self.rule.classes(expr).is_empty()
    }

    fn body(&mut self, body: &SetExpr) -> ControlFlow<()> {
        match body {
            SetExpr::Select(select) => self.select(select),
            SetExpr::SetOperation { left, right, .. } => {
                self.body(left)?;
                self.body(right)
            }
            _ => ControlFlow::Continue(()), // queries below are visited by themselves
        }
    }

    fn select(&mut self, select: &Select) -> ControlFlow<()> {
        let joins = select.from.iter().flat_map(|from| &from.joins).filter_map(|join| match &join.join_operator {
            JoinOperator::Join(on) | JoinOperator::Inner(on) | JoinOperator::Left(on) | JoinOperator::LeftOuter(on) => {
                on_of(on)
            }
            JoinOperator::Right(on) | JoinOperator::RightOuter(on) | JoinOperator::FullOuter(on) => on_of(on),
            _ => None, // compares nothing, or columns of one name
        });
        let mut predicates = joins.chain(&select.selection).chain(&select.having);
        match predicates.find(|predicate| !self.is_blind(predicate)) {
            Some(predicate) => {
                self.at = self.rule.lines.bytes(predicate);
                ControlFlow::Break(())
            }
            None => ControlFlow::Continue(()),
        }
    }

    /// Tells nothing of a personal value but that it is there, or that it equals another of its class.
    fn is_blind(&self, expr: &Expr) -> bool {
        match expr {
            Expr::Nested(inner) | Expr::UnaryOp { op: UnaryOperator::Not, expr: inner } => self.is_blind(inner),
            Expr::BinaryOp { left, op: BinaryOperator::And | BinaryOperator::Or, right } => {
                self.is_blind(left) && self.is_blind(right)
            }
            Expr::IsNull(inner) | Expr::IsNotNull(inner) => is_column(inner) || !self.names_personal(inner),
            Expr::BinaryOp { left, op: BinaryOperator::Eq | BinaryOperator::NotEq, right }
                if is_column(left) && is_column(right) =>
            {
                self.rule.classes(left.as_ref()) == self.rule.classes(right.as_ref())
            }
            // The queries inside are visited by themselves; what they select is held against the other side by the laundering rule.
            Expr::Exists { .. } => true,
            Expr::In { expr, target: sqlparser::ast::InTarget::Subquery(_), .. } => {
                is_column(expr) || !self.names_personal(expr)
            }
            _ => !self.names_personal(expr),
        }
    }
}

fn on_of(constraint: &JoinConstraint) -> Option<&Expr> {
    match constraint {
        JoinConstraint::On(expr) => Some(expr),
        JoinConstraint::Using(_) | JoinConstraint::UsingAlias(..) | JoinConstraint::Natural | JoinConstraint::None => {
            None
        }
    }
}

fn is_column(expr: &Expr) -> bool {
    match expr {
        Expr::Nested(inner) => is_column(inner),
        Expr::Identifier(_) | Expr::CompoundIdentifier(_) => true,
        _ => false, // computed
    }
}
