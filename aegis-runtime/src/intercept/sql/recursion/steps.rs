//! Whether the rows of a step run out: it counts towards a bound, takes a text apart, or follows rows of another relation.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "the enums of the parser are foreign and grow; every wildcard here says that nothing is known, and that is no end"
)]

use super::super::walk::Walked;
use super::FAR;
use crate::intercept::sql::bombs::FAN;
use crate::intercept::sql::parts::{arguments, folded, item};
use crate::intercept::sql::scope::{column_of, conjuncts, factors, holds, names_column, number, span, strip};
use sqlparser::ast::{BinaryOperator, Expr, JoinConstraint, JoinOperator, Select, TableFactor, Visitor};
use std::ops::ControlFlow;

/// Functions that move a moment by their modifiers.
const MOMENTS: [&str; 5] = ["date", "datetime", "julianday", "strftime", "unixepoch"];
/// Functions that take a text apart.
const CUTTING: [&str; 7] = ["left", "ltrim", "replace", "right", "rtrim", "substr", "substring"];

/// A step, and how many rows follow from one in it.
pub(super) struct Step<'sql> {
    pub(super) select: &'sql Select,
    pub(super) columns: &'sql [String],
    /// Where it begins.
    pub(super) first: Option<&'sql Select>,
    pub(super) growth: u64,
}

impl Step<'_> {
    /// Whether its rows run out.
    pub(super) fn ends(&self) -> bool {
        let (parts, looked_up) = self.conditions();
        // What a function gives may be made of the row before.
        let found = |factor: &&TableFactor| match factor {
            TableFactor::Table { args, .. } => args.is_none(),
            TableFactor::Derived { lateral, .. } => !lateral,
            _ => false,
        };
        let joined = factors(&self.select.from).filter(found).count() > 1;
        let open = looked_up.then_some(f64::INFINITY);
        let growth = if parts.iter().any(|part| self.carries(part)) { self.growth.max(FAN) } else { self.growth };
        parts.iter().filter_map(|part| self.steps(part, joined)).chain(open).any(|steps| is_few(growth, steps))
    }

    /// What must hold in it, and whether rows of the same name are looked up.
    fn conditions(&self) -> (Vec<&Expr>, bool) {
        let mut parts: Vec<&Expr> = self.select.selection.as_ref().map(conjuncts).unwrap_or_default();
        let mut looked_up = false;
        for join in self.select.from.iter().flat_map(|from| &from.joins) {
            match &join.join_operator {
                JoinOperator::Join(JoinConstraint::On(on))
                | JoinOperator::Inner(JoinConstraint::On(on))
                | JoinOperator::Left(JoinConstraint::On(on))
                | JoinOperator::LeftOuter(JoinConstraint::On(on)) => parts.extend(conjuncts(on)),
                JoinOperator::Join(JoinConstraint::Using(_)) | JoinOperator::Inner(JoinConstraint::Using(_)) => {
                    looked_up = true;
                }
                _ => {} // compares nothing
            }
        }
        (parts, looked_up)
    }

    /// Whether the rows that are looked up are looked up by the same value again: as many follow each of them.
    fn carries(&self, part: &Expr) -> bool {
        let Expr::BinaryOp { left, op: BinaryOperator::Eq, right } = strip(part) else { return false };
        let again = |side: &Expr, other: &Expr| {
            column_of(other).is_some_and(|column| column != "id")
                && self.next(side).is_some_and(|next| strip(next) == strip(other))
        };
        again(left, right) || again(right, left)
    }

    /// How many steps a condition leaves, if it ends them: no number is said of those that look rows up.
    fn steps(&self, part: &Expr, joined: bool) -> Option<f64> {
        let Expr::BinaryOp { left, op, right } = strip(part) else { return None };
        let (left_moves, right_moves) = (names_column(left), names_column(right));
        match op {
            BinaryOperator::Lt | BinaryOperator::LtEq => {
                self.towards(left, right, true).or_else(|| self.towards(right, left, false))
            }
            BinaryOperator::Gt | BinaryOperator::GtEq => {
                self.towards(left, right, false).or_else(|| self.towards(right, left, true))
            }
            BinaryOperator::NotEq => {
                let cuts = |side: &Expr| self.change(side).cuts;
                (left_moves && cuts(left) || right_moves && cuts(right)).then_some(f64::INFINITY)
            }
            // Rows of another relation that belong to the row before.
            BinaryOperator::Eq => (joined && left_moves && right_moves).then_some(f64::INFINITY),
            _ => None, // no end
        }
    }

    /// How many steps lead to an end that lies above, or below.
    fn towards(&self, moving: &Expr, end: &Expr, above: bool) -> Option<f64> {
        let change = self.change(moving);
        let moves = if above { change.grows } else { change.shrinks || change.cuts };
        if !names_column(moving) || !moves || most(end) > FAR {
            return None;
        }
        let by = self.next(moving).map_or(Some(1.0), increment)?;
        let Some(end) = number(end) else { return Some(f64::INFINITY) };
        let start =
            self.at(moving).and_then(|at| item(self.first?.projection.get(at)?)).and_then(number).unwrap_or(0.0);
        let counts = if above { by > 0.0 } else { by < 0.0 || change.cuts || change.shrinks };
        let steps = ((end - start) / by).abs();
        (counts && steps <= FAR).then_some(steps)
    }

    /// Whether it is known which column becomes which.
    fn is_known(&self) -> bool {
        self.columns.len() == self.select.projection.len()
            && self.columns.iter().all(|column| !column.is_empty())
            && self.select.projection.iter().all(|column| item(column).is_some())
    }

    /// Which column of the row before a side names.
    fn at(&self, side: &Expr) -> Option<usize> {
        let named = |column: &String| holds(side, |part| column_of(part).is_some_and(|name| name == *column));
        self.columns.iter().position(named).filter(|_| self.is_known())
    }

    /// What that column becomes.
    fn next(&self, side: &Expr) -> Option<&Expr> {
        item(self.select.projection.get(self.at(side)?)?)
    }

    fn change(&self, side: &Expr) -> Change {
        let mut change = Change::default();
        let _ignored = match self.next(side) {
            Some(next) => next.walked(&mut change),
            // Of another row.
            None if self.is_known() => ControlFlow::Continue(()),
            None => self.select.projection.walked(&mut change),
        };
        change
    }
}

/// Whether so many steps give few rows.
fn is_few(growth: u64, steps: f64) -> bool {
    let growth = f64::from(u32::try_from(growth).unwrap_or(u32::MAX));
    growth <= 1.0 || growth.powf(steps) <= FAR
}

/// What a step adds to a number; nothing where that could come to nothing.
fn increment(next: &Expr) -> Option<f64> {
    match strip(next) {
        Expr::Cast { expr, .. } => increment(expr),
        Expr::BinaryOp { left, op: BinaryOperator::Plus, right } => match number(right).or_else(|| number(left)) {
            Some(by) => Some(by),
            None => (!is_idle(left) && !is_idle(right)).then_some(1.0),
        },
        Expr::BinaryOp { op: BinaryOperator::Minus, right, .. } => Some(number(right).map_or(-1.0, |by| -by)),
        Expr::BinaryOp { left, op: BinaryOperator::Multiply | BinaryOperator::Divide, right } => {
            let factor = number(right).or_else(|| number(left));
            factor.is_none_or(|factor| factor.abs() >= 1.1).then_some(1.0)
        }
        Expr::Function(function) => {
            let name = folded(function);
            (MOMENTS.contains(&name.as_str()) || CUTTING.contains(&name.as_str())).then_some(1.0)
        }
        Expr::Substring { .. } | Expr::Trim { .. } => Some(1.0),
        _ => None, // one of several, or round and round
    }
}

/// A modifier of a moment that moves it by nothing.
fn is_still(by: &Expr) -> bool {
    matches!(by, Expr::Value(_)) && !by.to_string().contains(|letter: char| matches!(letter, '1'..='9'))
}

/// A part of a sum that may come to nothing.
fn is_idle(part: &Expr) -> bool {
    let sums = |part: &Expr| matches!(part, Expr::BinaryOp { .. });
    span(part) == Some(0.0) || !names_column(part) && span(part).is_none() && holds(part, sums)
}

/// What a step makes of the row before.
#[derive(Default)]
struct Change {
    grows: bool,
    shrinks: bool,
    /// Takes a text apart.
    cuts: bool,
}

impl Visitor for Change {
    type Break = ();

    fn pre_visit_expr(&mut self, expr: &Expr) -> ControlFlow<()> {
        match expr {
            Expr::BinaryOp { op, .. } => match op {
                BinaryOperator::Plus | BinaryOperator::Multiply => self.grows = true,
                BinaryOperator::Minus | BinaryOperator::Divide | BinaryOperator::PGBitwiseShiftRight => {
                    self.shrinks = true;
                }
                _ => {} // changes nothing that counts
            },
            // All of the text again.
            Expr::Substring { substring_from: Some(from), substring_for: None, .. }
                if number(from).is_some_and(|from| from <= 1.0) => {}
            Expr::Substring { .. } | Expr::Trim { .. } => self.cuts = true,
            Expr::Function(function) => {
                let given = arguments(&function.args);
                match (folded(function).as_str(), given.as_slice()) {
                    (name, [_, by @ ..]) if MOMENTS.contains(&name) => self.grows |= by.iter().any(|by| !is_still(by)),
                    // What is gone once is not found again.
                    ("replace", [_, part, ..]) if !names_column(part) => {}
                    (name, _) if CUTTING.contains(&name) => self.cuts = true,
                    _ => {} // nothing is known of it
                }
            }
            _ => {} // as it was
        }
        ControlFlow::Continue(())
    }
}

/// What an end comes to at most, as far as it is written down.
fn most(end: &Expr) -> f64 {
    if let Some(number) = number(end) {
        return number.abs();
    }
    match strip(end) {
        Expr::BinaryOp { left, op, right } => match op {
            BinaryOperator::Plus | BinaryOperator::Minus => most(left) + most(right),
            BinaryOperator::Multiply => most(left).max(1.0) * most(right).max(1.0),
            BinaryOperator::PGExp | BinaryOperator::PGBitwiseShiftLeft => f64::INFINITY,
            _ => most(left).max(most(right)),
        },
        Expr::Cast { expr, .. } | Expr::UnaryOp { expr, .. } => most(expr),
        Expr::Function(function) => match folded(function).as_str() {
            "power" | "pow" | "exp" | "factorial" => f64::INFINITY,
            _ => arguments(&function.args).into_iter().map(most).fold(0.0, f64::max),
        },
        _ => 0.0, // read
    }
}
