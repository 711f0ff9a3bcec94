//! What a reader of a masked result should know: where the statement looked at what stands in a value's place.
//!
//! *Invariants.* A note decides nothing. Columns are found by name alone, so a note may stand where none was needed, never the
//! other way round. No constant of the statement stands in one.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "the enum of expressions is foreign and grows; what is not named here gets no note"
)]

use super::scope::{self, holds};
use super::{Catalogue, class_of, is_personal};
use sqlparser::ast::{BinaryOperator, Expr, Function, InTarget, OrderByKind, Query, Statement, Visit, Visitor};
use std::collections::BTreeSet;
use std::ops::ControlFlow;

/// The notes of a statement that reads these relations.
pub(super) fn of(statement: &Statement, reads: &BTreeSet<String>, catalogue: &Catalogue) -> Vec<String> {
    let mut looks = Looks { reads, catalogue, shape: BTreeSet::new(), constant: BTreeSet::new() };
    let _all: ControlFlow<()> = statement.visit(&mut looks);
    let (shape, constant) = (listed(&looks.shape), listed(&looks.constant));
    let mut notes = catalogue.apart(reads);
    notes.extend(shape.map(|columns| {
        format!("{columns}: masked where read; patterns, order, lengths and functions see what stands in the value's place, not the value")
    }));
    notes.extend(constant.map(|columns| {
        format!("{columns}: masked where read; no constant of yours equals what stands in the value's place, whatever the value is")
    }));
    notes
}

fn listed(columns: &BTreeSet<String>) -> Option<String> {
    let columns: Vec<String> = columns.iter().map(|column| format!("`{column}`")).collect();
    (!columns.is_empty()).then(|| columns.join(", "))
}

struct Looks<'statement> {
    reads: &'statement BTreeSet<String>,
    catalogue: &'statement Catalogue,
    /// Looked into.
    shape: BTreeSet<String>,
    /// Compared with constants.
    constant: BTreeSet<String>,
}

impl Looks<'_> {
    fn personal(&self, expr: &Expr) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        let _all: ControlFlow<()> = sqlparser::ast::visit_expressions(expr, |part: &Expr| {
            found.extend(scope::column_of(part).filter(|column| self.is_personal(column)));
            ControlFlow::Continue(())
        });
        found
    }

    fn is_personal(&self, column: &str) -> bool {
        let mut tables = self.reads.iter().filter_map(|name| self.catalogue.table(name));
        tables.any(|table| is_personal(table) && class_of(table, column).is_some())
    }

    fn looks_into(&mut self, expr: &Expr) {
        let found = self.personal(expr);
        self.shape.extend(found);
    }

    fn with_constants(&mut self, expr: &Expr, others: &[&Expr]) {
        if !others.iter().any(|other| holds(other, |part| scope::column_of(part).is_some() || is_query(part))) {
            let found = self.personal(expr);
            self.constant.extend(found);
        }
    }
}

fn is_query(expr: &Expr) -> bool {
    matches!(expr, Expr::Subquery(_) | Expr::In { target: InTarget::Subquery(_), .. } | Expr::Exists { .. })
}

/// Counts, and hands on what it is given.
fn keeps_equality(function: &Function) -> bool {
    let name = function.name.to_string().to_ascii_lowercase();
    [
        "count",
        "coalesce",
        "ifnull",
        "nullif",
        "first_value",
        "last_value",
        "lag",
        "lead",
        "nth_value",
        "group_concat",
        "string_agg",
        "array_agg",
        "json_group_array",
        "json_agg",
        "json_object",
        "json_array",
        "json_build_object",
        "jsonb_build_object",
        "any_value",
    ]
    .contains(&name.as_str())
}

impl Visitor for Looks<'_> {
    type Break = ();

    fn pre_visit_query(&mut self, query: &Query) -> ControlFlow<()> {
        if let Some(OrderByKind::Expressions(keys)) = query.order_by.as_ref().map(|order| &order.kind) {
            keys.iter().for_each(|key| self.looks_into(&key.expr));
        }
        ControlFlow::Continue(())
    }

    fn pre_visit_expr(&mut self, expr: &Expr) -> ControlFlow<()> {
        match expr {
            Expr::Like { .. }
            | Expr::ILike { .. }
            | Expr::SimilarTo { .. }
            | Expr::RLike { .. }
            | Expr::Between { .. }
            | Expr::Cast { .. }
            | Expr::Substring { .. }
            | Expr::Trim { .. }
            | Expr::Position { .. }
            | Expr::Overlay { .. }
            | Expr::Collate { .. } => self.looks_into(expr),
            Expr::Function(function) if !keeps_equality(function) => self.looks_into(expr),
            Expr::BinaryOp { left, op: BinaryOperator::Eq | BinaryOperator::NotEq, right } => {
                self.with_constants(left, &[right]);
                self.with_constants(right, &[left]);
            }
            Expr::BinaryOp { op: BinaryOperator::And | BinaryOperator::Or, .. } => {}
            Expr::BinaryOp { left, right, .. } => {
                self.looks_into(left);
                self.looks_into(right);
            }
            Expr::In { expr, target: InTarget::List(list), .. } => {
                self.with_constants(expr, &list.iter().collect::<Vec<_>>())
            }
            _ => {}
        }
        ControlFlow::Continue(())
    }
}
