//! Whether a WITH that reads itself ends: some step counts towards a bound, takes a text apart, or follows rows of another relation.
//!
//! A step without an end runs until the server's limits stop it, and a LIMIT around it ends it only where nothing gathers its rows
//! first.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "the enums of the parser are foreign and grow; every wildcard here says that nothing is known, and that is no end"
)]

use super::reading_a::bare_name;
use super::scope::{conjuncts, factors, holds, names_column, number, strip};
use sqlparser::ast::{
    BinaryOperator, Expr, GroupByExpr, JoinConstraint, JoinOperator, Query, Select, SelectItem, SetExpr, SetOperator,
    SetQuantifier, TableFactor, Visit, Visitor,
};
use std::ops::ControlFlow;

/// The furthest that a step may count.
const FAR: f64 = 1_000_000.0;

/// Whether the name of a WITH grows without an end.
pub(super) fn is_endless(name: &str, behind: &Query, around: &Query) -> bool {
    let mut arms = Vec::new();
    flatten(&behind.body, &mut arms);
    // One SELECT alone is no recursion: the name is a relation's, or the engine refuses it.
    if matches!(arms.as_slice(), [SetExpr::Select(_)]) {
        return false;
    }
    let mut steps = arms.into_iter().filter(|arm| reads(*arm, name)).peekable();
    if steps.peek().is_none() || behind.limit_clause.is_some() || is_lazy(around) {
        return false;
    }
    let distinct = is_distinct(&behind.body);
    steps.any(|arm| match arm {
        SetExpr::Select(step) => !(ends(step) || distinct && is_closed(step)),
        _ => true, // no step that can be looked at
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

/// Whether a step computes nothing, so that there are only so many rows: its columns are those of relations, and rows are looked up.
fn is_closed(step: &Select) -> bool {
    let kept = |item: &SelectItem| match item {
        SelectItem::UnnamedExpr(expr) | SelectItem::ExprWithAlias { expr, .. } => {
            matches!(strip(expr), Expr::Identifier(_) | Expr::CompoundIdentifier(_) | Expr::Value(_))
        }
        SelectItem::Wildcard(_) | SelectItem::QualifiedWildcard(..) => true,
        SelectItem::ExprWithAliases { .. } => false,
    };
    let plain = |factor: &TableFactor| matches!(factor, TableFactor::Table { args: None, .. });
    let compares = |expr: &Expr| match expr {
        Expr::BinaryOp { left, op: BinaryOperator::Eq, right } => names_column(left) && names_column(right),
        _ => false, // nothing is looked up by it
    };
    let joins = step.from.iter().flat_map(|from| &from.joins);
    let looked_up = joins.filter_map(|join| match &join.join_operator {
        JoinOperator::Join(JoinConstraint::On(on)) | JoinOperator::Inner(JoinConstraint::On(on)) => Some(on),
        _ => None, // compares nothing, or keeps rows that meet none
    });
    step.projection.iter().all(kept)
        && factors(&step.from).all(plain)
        && looked_up.chain(&step.selection).any(|on| holds(on, compares))
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
fn reads<V: Visit>(part: &V, name: &str) -> bool {
    let mut names = Names { name, found: false };
    let _ignored = part.visit(&mut names);
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

/// Whether a query takes rows one by one until its LIMIT: it sorts, groups and computes nothing of all of them.
fn is_lazy(query: &Query) -> bool {
    let SetExpr::Select(select) = query.body.as_ref() else { return false };
    let plain = |item: &SelectItem| match item {
        SelectItem::UnnamedExpr(expr) | SelectItem::ExprWithAlias { expr, .. } => !calls(expr),
        SelectItem::Wildcard(_) | SelectItem::QualifiedWildcard(..) => true,
        SelectItem::ExprWithAliases { .. } => false,
    };
    let ungrouped = matches!(&select.group_by, GroupByExpr::Expressions(groups, _) if groups.is_empty());
    query.limit_clause.is_some()
        && query.order_by.is_none()
        && ungrouped
        && select.distinct.is_none()
        && select.selection.is_none()
        && factors(&select.from).count() == 1
        && select.projection.iter().all(plain)
}

/// Whether the rows of a step run out.
fn ends(step: &Select) -> bool {
    let mut parts: Vec<&Expr> = step.selection.as_ref().map(conjuncts).unwrap_or_default();
    for join in step.from.iter().flat_map(|from| &from.joins) {
        match &join.join_operator {
            JoinOperator::Join(JoinConstraint::On(on))
            | JoinOperator::Inner(JoinConstraint::On(on))
            | JoinOperator::Left(JoinConstraint::On(on))
            | JoinOperator::LeftOuter(JoinConstraint::On(on)) => parts.extend(conjuncts(on)),
            // Rows of the same name are looked up.
            JoinOperator::Join(JoinConstraint::Using(_)) | JoinOperator::Inner(JoinConstraint::Using(_)) => {
                return true;
            }
            _ => {} // compares nothing
        }
    }
    let change = Change::of(step);
    // What a function gives may be made of the row before.
    let found = |factor: &&TableFactor| match factor {
        TableFactor::Table { args, .. } => args.is_none(),
        TableFactor::Derived { lateral, .. } => !lateral,
        _ => false,
    };
    let joined = factors(&step.from).filter(found).count() > 1;
    !change.doubles && parts.iter().any(|part| is_end(part, &change, joined))
}

/// What a step makes of the row before.
#[derive(Default)]
struct Change {
    grows: bool,
    shrinks: bool,
    /// Takes a text apart.
    cuts: bool,
    /// Joins a text with itself.
    doubles: bool,
}

impl Change {
    fn of(step: &Select) -> Self {
        let mut change = Self::default();
        let _ignored = step.projection.visit(&mut change);
        change
    }
}

impl Visitor for Change {
    type Break = ();

    fn pre_visit_expr(&mut self, expr: &Expr) -> ControlFlow<()> {
        match expr {
            Expr::BinaryOp { left, op, right } => match op {
                BinaryOperator::Plus | BinaryOperator::Multiply => self.grows = true,
                BinaryOperator::Minus | BinaryOperator::Divide | BinaryOperator::PGBitwiseShiftRight => {
                    self.shrinks = true;
                }
                BinaryOperator::StringConcat => self.doubles |= names_column(left) && left == right,
                _ => {} // changes nothing that counts
            },
            Expr::Substring { .. } | Expr::Trim { .. } => self.cuts = true,
            Expr::Function(function) => match function.name.to_string().to_ascii_lowercase().as_str() {
                "date" | "datetime" | "strftime" | "julianday" | "unixepoch" => self.grows = true,
                "substr" | "substring" | "ltrim" | "rtrim" | "replace" | "left" | "right" => self.cuts = true,
                _ => {} // nothing is known of it
            },
            _ => {} // as it was
        }
        ControlFlow::Continue(())
    }
}

fn is_end(part: &Expr, change: &Change, joined: bool) -> bool {
    let Expr::BinaryOp { left, op, right } = strip(part) else { return false };
    let towards = |below: bool| if below { change.grows } else { change.shrinks || change.cuts };
    let near = |end: &Expr| number(end).is_none_or(|end| end.abs() <= FAR);
    let (left_moves, right_moves) = (names_column(left), names_column(right));
    match op {
        BinaryOperator::Lt | BinaryOperator::LtEq => {
            left_moves && near(right) && towards(true) || right_moves && near(left) && towards(false)
        }
        BinaryOperator::Gt | BinaryOperator::GtEq => {
            left_moves && near(right) && towards(false) || right_moves && near(left) && towards(true)
        }
        BinaryOperator::NotEq => change.cuts,
        // Rows of another relation that belong to the row before.
        BinaryOperator::Eq => joined && left_moves && right_moves,
        _ => false, // no end
    }
}

fn calls(expr: &Expr) -> bool {
    holds(expr, |expr| matches!(expr, Expr::Function(_)))
}
