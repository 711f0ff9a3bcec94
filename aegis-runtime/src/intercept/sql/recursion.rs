//! Whether a WITH that reads itself ends: some step counts towards a bound, takes a text apart, or follows rows of another relation.
//!
//! A step without an end runs until the server's limits stop it, and a LIMIT around it ends it only where nothing gathers its rows
//! first. Nor may a step make a text longer by a factor, however that is said: a few such steps are too many already.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "the enums of the parser are foreign and grow; every wildcard here says that nothing is known, and that is no end"
)]

mod cuts;
mod growth;
mod lengths;
mod lookups;
mod marks;
mod motion;
mod own;
mod steps;
#[cfg(test)]
mod tables;
#[cfg(test)]
mod tests;

use super::bombs;
use super::parts::{is_grouped, item, taken};
use super::reading_a::{bare_name, fold};
use super::scope::{column_of, factors, holds, is_query, names_column, strip};
use super::walk::Walked;
use crate::spec::Dialect;
use growth::{columns, is_growing};
use marks::Marks;
use own::{Own, plain};
use sqlparser::ast::{
    BinaryOperator, Cte, Expr, JoinConstraint, JoinOperator, Query, Select, SelectItem,
    SelectItemQualifiedWildcardKind, SetExpr, SetOperator, SetQuantifier, TableFactor, Visit, Visitor,
};
use std::ops::ControlFlow;
use steps::{SHORT, Step};

/// The furthest that a step may count, and the most rows that it may come to.
const FAR: f64 = 1_000_000.0;

/// A name of a WITH, and what is known around it.
pub(super) struct Recursion<'sql> {
    pub(super) cte: &'sql Cte,
    /// The query that has the WITH.
    pub(super) around: &'sql Query,
    pub(super) dialect: Dialect,
    /// Whether a WITH gives a name here.
    pub(super) given: &'sql dyn Fn(&str) -> bool,
    /// Whether a column of a relation holds texts.
    pub(super) texts: &'sql dyn Fn(&str, &str) -> bool,
    /// What a CYCLE tells rows by.
    pub(super) cycle: &'sql [String],
}

/// Whether the name of a WITH grows without an end.
pub(super) fn is_endless(recursion: &Recursion<'_>) -> bool {
    let Recursion { cte, around, .. } = *recursion;
    let (name, behind) = (&fold(&cte.alias.name), cte.query.as_ref());
    let mut arms = Vec::new();
    flatten(&behind.body, &mut arms);
    // One SELECT alone is no recursion: the name is a relation's, or the engine refuses it.
    if matches!(arms.as_slice(), [SetExpr::Select(_)]) {
        return false;
    }
    let columns = columns(name, arms.first().copied(), around);
    let (steps, anchors): (Vec<&SetExpr>, Vec<&SetExpr>) = arms.into_iter().partition(|arm| reads(*arm, name));
    let doubles = |arm: &&SetExpr| match arm {
        SetExpr::Select(step) => is_growing(step, name, &columns),
        _ => false, // no step that can be looked at
    };
    // No LIMIT is small enough for that.
    if steps.iter().any(doubles) {
        return true;
    }
    if steps.is_empty() {
        return false;
    }
    let before = around.with.as_ref().map(|with| with.cte_tables.as_slice()).unwrap_or_default();
    let before = before.split(|other| std::ptr::eq(other, cte)).next().unwrap_or_default();
    let rows = anchors.iter().fold(0_u64, |rows, anchor| rows.saturating_add(bombs::rows_of(anchor, before)));
    // Each step follows from the rows of all.
    let growth = steps.iter().fold(0_u64, |growth, arm| match arm {
        SetExpr::Select(select) => growth.saturating_add(bombs::growth(select, name)),
        _ => growth, // refused below
    });
    let (distinct, alone) = (is_distinct(&behind.body), steps.len() == 1);
    let marks = Marks { dialect: recursion.dialect, given: recursion.given, texts: recursion.texts };
    let near = [taken(behind), taken(around).filter(|_| is_lazy(around, name))]
        .into_iter()
        .flatten()
        .fold(f64::INFINITY, f64::min);
    steps.into_iter().any(|arm| match arm {
        SetExpr::Select(select) => {
            let own = Own::of(select, name, &columns);
            let closed = distinct && is_closed(select, &own, &columns);
            let step = Step {
                name,
                select,
                columns: &columns,
                own,
                anchors: &anchors,
                rows,
                growth,
                marks,
                around,
                cycle: recursion.cycle,
            };
            let few = near <= if step.appends() { SHORT } else { FAR };
            // What one step counts up another may count down.
            !(few || closed || alone && step.ends())
        }
        _ => near > SHORT, // no step that can be looked at
    })
}

/// Whether no row is kept twice: every set operation is a plain UNION.
fn is_distinct(body: &SetExpr) -> bool {
    match body {
        SetExpr::SetOperation { op: SetOperator::Union, set_quantifier, left, right } => {
            matches!(set_quantifier, SetQuantifier::None | SetQuantifier::Distinct)
                && is_distinct(left)
                && is_distinct(right)
        }
        SetExpr::SetOperation { .. } => false,
        _ => true, // one arm
    }
}

/// Whether a step computes nothing, so that there are only so many rows: its columns are those of relations or stay as they are, and
/// rows are looked up.
fn is_closed(step: &Select, own: &Own<'_>, columns: &[String]) -> bool {
    let starred = step.projection.iter().any(|one| item(one).is_none());
    let kept = |(at, one): (usize, &SelectItem)| match one {
        SelectItem::UnnamedExpr(expr) | SelectItem::ExprWithAlias { expr, .. } => match strip(expr) {
            Expr::Value(_) => true,
            // A column that moves on to another's place counts.
            expr if own.at(expr).is_some() => !starred && own.at(expr) == Some(at),
            expr => {
                own.theirs(expr).is_some() || column_of(expr).is_some() && own.name(expr).is_none() && is_all(columns)
            }
        },
        SelectItem::QualifiedWildcard(SelectItemQualifiedWildcardKind::ObjectName(name), _) => {
            let qualifier = name.0.last().and_then(|part| part.as_ident()).map(plain);
            step.projection.len() == 1 || qualifier.is_some_and(|qualifier| !own.is_called(&qualifier))
        }
        SelectItem::Wildcard(_) => step.projection.len() == 1,
        SelectItem::QualifiedWildcard(..) | SelectItem::ExprWithAliases { .. } => false,
    };
    let relation = |factor: &TableFactor| matches!(factor, TableFactor::Table { args: None, .. });
    let compares = |expr: &Expr| match expr {
        Expr::BinaryOp { left, op: BinaryOperator::Eq, right } => names_column(left) && names_column(right),
        _ => false, // nothing is looked up by it
    };
    let joins = step.from.iter().flat_map(|from| &from.joins);
    let looked_up = joins.filter_map(|join| match &join.join_operator {
        JoinOperator::Join(JoinConstraint::On(on)) | JoinOperator::Inner(JoinConstraint::On(on)) => Some(on),
        _ => None, // compares nothing, or keeps rows that meet none
    });
    step.projection.iter().enumerate().all(kept)
        && factors(&step.from).all(relation)
        && looked_up.chain(&step.selection).any(|on| holds(on, compares))
}

/// Whether all columns have a name that is known.
fn is_all(columns: &[String]) -> bool {
    columns.iter().all(|column| !column.is_empty())
}

/// The arms of a set operation.
fn flatten<'query>(body: &'query SetExpr, arms: &mut Vec<&'query SetExpr>) {
    match body {
        SetExpr::SetOperation { left, right, .. } => {
            flatten(left, arms);
            flatten(right, arms);
        }
        SetExpr::Query(query) if query.with.is_none() => flatten(&query.body, arms),
        arm => arms.push(arm),
    }
}

/// Whether a part reads rows of a name, however deep.
pub(super) fn reads<V: Visit>(part: &V, name: &str) -> bool {
    let mut names = Names { name, found: false };
    let _ignored = part.walked(&mut names);
    names.found
}

struct Names<'sql> {
    name: &'sql str,
    found: bool,
}

impl Visitor for Names<'_> {
    type Break = ();

    fn pre_visit_table_factor(&mut self, factor: &TableFactor) -> ControlFlow<()> {
        if let TableFactor::Table { name, .. } = factor {
            // Behind a schema it is the relation.
            self.found |= name.0.len() == 1 && bare_name(name).as_deref() == Some(self.name);
        }
        ControlFlow::Continue(())
    }
}

/// Whether a query takes rows of a name one by one until its LIMIT: it sorts, groups and computes nothing of all of them.
fn is_lazy(query: &Query, name: &str) -> bool {
    let SetExpr::Select(select) = query.body.as_ref() else { return false };
    let plain = |item: &SelectItem| match item {
        SelectItem::UnnamedExpr(expr) | SelectItem::ExprWithAlias { expr, .. } => {
            !calls(expr) && !holds(expr, is_query)
        }
        SelectItem::Wildcard(_) | SelectItem::QualifiedWildcard(..) => true,
        SelectItem::ExprWithAliases { .. } => false,
    };
    let direct = matches!(factors(&select.from).collect::<Vec<_>>().as_slice(),
        [TableFactor::Table { name: table, args: None, .. }] if bare_name(table).as_deref() == Some(name));
    query.order_by.is_none()
        && !is_grouped(select)
        && select.distinct.is_none()
        && select.selection.is_none()
        && direct
        && select.projection.iter().all(plain)
}

fn calls(expr: &Expr) -> bool {
    holds(expr, |expr| matches!(expr, Expr::Function(_)))
}
