//! The parser's walk over a tree, once for all who look.
//!
//! `sqlparser` writes out a walk over every node for each type of visitor. Behind a reference there is one, which is what makes this
//! crate compile in minutes.

use sqlparser::ast::{
    Expr, GroupByExpr, Ident, ObjectName, OrderBy, OrderByExpr, Query, Select, Statement, TableFactor, ValueWithSpan,
    Visit, Visitor,
};
use std::ops::ControlFlow;

/// Whoever is shown the parts of a tree.
pub(super) type Looker<'look> = dyn Visitor<Break = ()> + 'look;

/// A part of a statement that can be walked.
pub(super) trait Walked {
    /// Shows every part to a visitor, in the order in which they are written.
    fn walked(&self, looker: &mut Looker<'_>) -> ControlFlow<()>;
}

impl<P: Visit> Walked for P {
    fn walked(&self, looker: &mut Looker<'_>) -> ControlFlow<()> {
        self.visit(&mut Through(looker))
    }
}

/// Shows every expression, the outer before the inner.
pub(super) fn expressions<P: Visit>(part: &P, look: &mut dyn FnMut(&Expr) -> ControlFlow<()>) -> ControlFlow<()> {
    part.walked(&mut Expressions(look))
}

struct Expressions<'look>(&'look mut dyn FnMut(&Expr) -> ControlFlow<()>);

impl Visitor for Expressions<'_> {
    type Break = ();

    fn pre_visit_expr(&mut self, expr: &Expr) -> ControlFlow<()> {
        (self.0)(expr)
    }
}

struct Through<'walk, 'look>(&'walk mut Looker<'look>);

/// Several who are shown the same walk, each part in their order; what one of them refuses ends it for all.
pub(super) struct Together<'all, 'look>(pub(super) &'all mut [&'all mut Looker<'look>]);

macro_rules! through {
    ($($step:ident($part:ty))*) => {
        impl Visitor for Through<'_, '_> {
            type Break = ();

            $(fn $step(&mut self, part: &$part) -> ControlFlow<()> {
                self.0.$step(part)
            })*
        }

        impl Visitor for Together<'_, '_> {
            type Break = ();

            $(fn $step(&mut self, part: &$part) -> ControlFlow<()> {
                self.0.iter_mut().try_for_each(|looker| looker.$step(part))
            })*
        }
    };
}

through! {
    pre_visit_query(Query) post_visit_query(Query)
    pre_visit_select(Select) post_visit_select(Select)
    pre_visit_relation(ObjectName) post_visit_relation(ObjectName)
    pre_visit_table_factor(TableFactor) post_visit_table_factor(TableFactor)
    pre_visit_expr(Expr) post_visit_expr(Expr)
    pre_visit_statement(Statement) post_visit_statement(Statement)
    pre_visit_value(ValueWithSpan) post_visit_value(ValueWithSpan)
    pre_visit_ident(Ident) post_visit_ident(Ident)
    pre_visit_order_by(OrderBy) post_visit_order_by(OrderBy)
    pre_visit_order_by_expr(OrderByExpr) post_visit_order_by_expr(OrderByExpr)
    pre_visit_group_by(GroupByExpr) post_visit_group_by(GroupByExpr)
}
