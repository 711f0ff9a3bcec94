//! What a reader of a masked result should know: where the statement looked at what stands in a value's place.
//!
//! *Invariants.* A note decides nothing. Columns are found by name alone, their own or one that the statement gave them, so a note may stand where none was needed, never the
//! other way round. No constant of the statement stands in one.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "the enum of expressions is foreign and grows; what is not named here gets no note"
)]

use super::carried::Carried;
use super::reading_a::bare_name;
use super::scope::{column_of, holds, is_query, strip};
use super::walk::{Walked, expressions};
use super::{Catalogue, SqlFacts, exact, is_personal};
use crate::spec::Carrier;
use sqlparser::ast::{BinaryOperator, Expr, Function, InTarget, OrderByKind, Query, Statement, Visitor};
use std::collections::BTreeSet;
use std::ops::ControlFlow;

/// Functions that count, or hand on what they are given.
const KEEPING: [&str; 19] = [
    "any_value",
    "array_agg",
    "coalesce",
    "count",
    "first_value",
    "group_concat",
    "ifnull",
    "json_agg",
    "json_array",
    "json_build_object",
    "json_group_array",
    "json_object",
    "jsonb_build_object",
    "lag",
    "last_value",
    "lead",
    "nth_value",
    "nullif",
    "string_agg",
];

/// The notes of a statement that reads these relations.
pub(super) fn of(statement: &Statement, facts: &SqlFacts, catalogue: &Catalogue, carrier: Carrier) -> Vec<String> {
    let tables = facts.reads.iter().filter_map(|name| catalogue.table(name)).filter(|table| is_personal(table));
    let tables: Vec<_> = tables.collect();
    if tables.is_empty() || facts.personal.is_empty() {
        return Vec::new();
    }
    let carried = Carried::of(statement, tables);
    let mut looks = Looks { carried, inside: 0, shape: BTreeSet::new(), constant: BTreeSet::new() };
    let _all = statement.walked(&mut looks);
    let (shape, constant) = (listed(&looks.shape), listed(&looks.constant));
    let mut notes = catalogue.apart(&facts.reads, carrier);
    notes.extend(shape.map(|columns| {
        format!("values of {columns} are masked where they are read: patterns, order, lengths and functions see what stands in the value's place, not the value")
    }));
    notes.extend(constant.map(|columns| {
        format!("values of {columns} are masked where they are read: no constant of yours equals what stands in the value's place, whatever the value is")
    }));
    notes
}

/// The note of a change whose rows are chosen by constants: how many there are is answered.
pub(super) fn of_change(statement: &Statement, facts: &SqlFacts, catalogue: &Catalogue) -> Vec<String> {
    let named = facts.reads.iter().chain(&facts.writes).filter_map(|name| catalogue.table(name));
    let tables: Vec<_> = named.filter(|table| is_personal(table)).collect();
    if tables.is_empty() || facts.personal.is_empty() {
        return Vec::new();
    }
    let carried = Carried::of(statement, tables);
    let mut looks = Looks { carried, inside: 0, shape: BTreeSet::new(), constant: BTreeSet::new() };
    let _all = statement.walked(&mut looks);
    let told = listed(&looks.constant);
    let said = |columns| {
        format!(
            "rows are chosen by real values of {columns}: how many are changed tells whether a constant of the statement is one of them"
        )
    };
    told.map(said).into_iter().collect()
}

fn listed(columns: &BTreeSet<String>) -> Option<String> {
    let columns: Vec<String> = columns.iter().map(|column| format!("`{}`", exact::spelled(column))).collect();
    (!columns.is_empty()).then(|| columns.join(", "))
}

/// One walk: a part that looks into values is entered and left, never walked by itself, since long chains of operators are deep.
struct Looks {
    carried: Carried,
    /// How many parts that look into values are around the present one.
    inside: usize,
    /// Looked into.
    shape: BTreeSet<String>,
    /// Compared with constants.
    constant: BTreeSet<String>,
}

impl Looks {
    fn personal(&self, part: &Expr) -> Option<String> {
        self.carried.column(part)
    }

    fn columns(&self, part: &Expr) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        let _all = expressions(part, &mut |part: &Expr| {
            found.extend(self.personal(part));
            ControlFlow::Continue(())
        });
        found
    }

    /// The columns of one side, where the other is made of constants. A comparison is no side: it speaks for itself.
    fn compared<'sql>(&mut self, side: &Expr, mut others: impl Iterator<Item = &'sql Expr>) {
        let found = if is_logic(side) { BTreeSet::new() } else { self.columns(side) };
        let is_column = |part: &Expr| column_of(part).is_some() || is_query(part);
        if !found.is_empty() && !others.any(|other| is_logic(other) || holds(other, is_column)) {
            self.constant.extend(found);
        }
    }
}

/// Whether it compares for equality, or joins what does.
pub(super) fn is_logic(expr: &Expr) -> bool {
    use BinaryOperator::{And, Eq, NotEq, Or};
    matches!(strip(expr), Expr::BinaryOp { op: Eq | NotEq | And | Or, .. })
}

fn keeps_equality(function: &Function) -> bool {
    bare_name(&function.name).is_some_and(|name| KEEPING.contains(&name.as_str()))
}

/// Whether it looks into values: at more than whether they are equal.
pub(super) fn looks_into(expr: &Expr) -> bool {
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
        | Expr::Collate { .. } => true,
        Expr::Function(function) => !keeps_equality(function),
        Expr::BinaryOp { .. } => !is_logic(expr),
        _ => false,
    }
}

impl Visitor for Looks {
    type Break = ();

    fn pre_visit_query(&mut self, query: &Query) -> ControlFlow<()> {
        if let Some(OrderByKind::Expressions(keys)) = query.order_by.as_ref().map(|order| &order.kind) {
            let keys: Vec<_> = keys.iter().flat_map(|key| self.columns(&key.expr)).collect();
            self.shape.extend(keys);
        }
        ControlFlow::Continue(())
    }

    fn pre_visit_expr(&mut self, expr: &Expr) -> ControlFlow<()> {
        if self.inside > 0 {
            self.shape.extend(self.personal(expr));
        }
        self.inside = self.inside.saturating_add(usize::from(looks_into(expr)));
        match expr {
            Expr::BinaryOp { left, op: BinaryOperator::Eq | BinaryOperator::NotEq, right } => {
                self.compared(left, std::iter::once(right.as_ref()));
                self.compared(right, std::iter::once(left.as_ref()));
            }
            Expr::In { expr, target: InTarget::List(list), .. } => self.compared(expr, list.iter()),
            _ => {} // compares with no constant
        }
        ControlFlow::Continue(())
    }

    fn post_visit_expr(&mut self, expr: &Expr) -> ControlFlow<()> {
        self.inside = self.inside.saturating_sub(usize::from(looks_into(expr)));
        ControlFlow::Continue(())
    }
}
