//! Whether the rows of a step run out: it counts towards a bound, takes a text apart, or follows rows of another relation.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "the enums of the parser are foreign and grow; every wildcard here says that nothing is known, and that is no end"
)]

use super::FAR;
use super::cuts::shortens;
use super::growth::called;
use super::motion::{Motion, scaled};
use crate::intercept::sql::bombs::FAN;
use crate::intercept::sql::parts::{arguments, folded, item};
use crate::intercept::sql::reading_a::{bare_name, fold};
use crate::intercept::sql::scope::{column_of, conjuncts, factors, holds, names_column, number, strip, text};
use sqlparser::ast::{BinaryOperator, Expr, JoinConstraint, JoinOperator, Select, TableFactor, Visit};

/// The most steps that may append to a text: what they write grows with the square.
const SHORT: f64 = 10_000.0;

/// A step, and how many rows follow from one in it.
pub(super) struct Step<'sql> {
    /// What the row before is a row of.
    pub(super) name: &'sql str,
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
        let fans = |part: &&Expr| self.carries(part).is_some_and(|column| column != "id");
        let growth = if parts.iter().any(fans) { self.growth.max(FAN) } else { self.growth };
        let far = if self.lengthens() { SHORT } else { FAR };
        let few = |steps: f64| is_few(growth, steps) && (steps <= far || steps.is_infinite());
        parts.iter().filter_map(|part| self.steps(part, joined)).chain(open).any(few)
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
                JoinOperator::Join(JoinConstraint::Using(columns))
                | JoinOperator::Inner(JoinConstraint::Using(columns)) => {
                    looked_up |= columns.iter().filter_map(bare_name).any(|column| !self.stays(&column));
                }
                _ => {} // compares nothing
            }
        }
        (parts, looked_up)
    }

    /// The column by whose value the rows are looked up again that were looked up by it: as many follow each of them, without an end.
    fn carries(&self, part: &Expr) -> Option<String> {
        let Expr::BinaryOp { left, op: BinaryOperator::Eq, right } = strip(part) else { return None };
        let again = |side: &Expr, other: &Expr| {
            let same = |next: &Expr| strip(next) == strip(other) || strip(next) == strip(side) && self.is_before(next);
            column_of(other).filter(|_| self.next(side).is_some_and(same))
        };
        again(left, right).or_else(|| again(right, left))
    }

    /// Whether a column is the row's before, by what that is called.
    fn is_before(&self, column: &Expr) -> bool {
        let Expr::CompoundIdentifier(parts) = strip(column) else { return false };
        let qualifier = parts.iter().rev().nth(1).map(fold);
        qualifier.is_some_and(|qualifier| called(self.select, self.name).contains(&qualifier))
    }

    /// Whether a column of the row before is the same in the next.
    fn stays(&self, column: &str) -> bool {
        let at = self.columns.iter().position(|known| known == column).filter(|_| self.is_known());
        let next = at.and_then(|at| item(self.select.projection.get(at)?));
        next.is_some_and(|next| column_of(next).is_some_and(|next| next == column))
    }

    /// Whether a step appends to a text of the row before.
    fn lengthens(&self) -> bool {
        self.columns.iter().zip(&self.select.projection).any(|(column, next)| {
            let appends = |expr: &Expr| match expr {
                Expr::BinaryOp { op: BinaryOperator::StringConcat, left, right } => {
                    mentions(left, column) || mentions(right, column)
                }
                Expr::Function(function) => {
                    matches!(folded(function).as_str(), "concat" | "concat_ws" | "format" | "printf")
                        && mentions(function, column)
                }
                _ => false,
            };
            item(next).is_some_and(|next| holds(next, appends))
        })
    }

    /// How many steps a condition leaves, if it ends them: no number is said of those that look rows up.
    fn steps(&self, part: &Expr, joined: bool) -> Option<f64> {
        let Expr::BinaryOp { left, op, right } = strip(part) else { return None };
        match op {
            BinaryOperator::Lt | BinaryOperator::LtEq => {
                self.towards(left, right, true).or_else(|| self.towards(right, left, false))
            }
            BinaryOperator::Gt | BinaryOperator::GtEq => {
                self.towards(left, right, false).or_else(|| self.towards(right, left, true))
            }
            BinaryOperator::NotEq => (self.empties(left, right) || self.empties(right, left)).then_some(f64::INFINITY),
            // Rows of another relation that belong to the row before.
            BinaryOperator::Eq => {
                let meets = joined && names_column(left) && names_column(right);
                let same = column_of(left).and(column_of(right)).and_then(|_| self.carries(part));
                (meets && same.is_none()).then_some(f64::INFINITY)
            }
            _ => None, // no end
        }
    }

    /// Whether a side is taken apart until it is empty, and must not be.
    fn empties(&self, side: &Expr, end: &Expr) -> bool {
        let column = column_of(side).or_else(|| measured(side));
        let at = column.as_ref().and_then(|column| self.columns.iter().position(|known| known == column));
        let next = at.filter(|_| self.is_known()).and_then(|at| item(self.select.projection.get(at)?));
        let empty = text(end).is_some_and(str::is_empty) || measured(side).is_some() && number(end) == Some(0.0);
        let cut = |column: &String| match next {
            Some(next) => shortens(next, column),
            None => {
                !self.is_known() && self.select.projection.iter().filter_map(item).any(|next| shortens(next, column))
            }
        };
        empty && column.is_some_and(|column| cut(&column))
    }

    /// How many steps lead to an end that lies above, or below.
    fn towards(&self, moving: &Expr, end: &Expr, above: bool) -> Option<f64> {
        if !above && self.empties(moving, end) {
            return Some(f64::INFINITY);
        }
        if most(end) > FAR {
            return None;
        }
        let at = self.columns.iter().position(|column| !column.is_empty() && Motion::of(moving, column).is_some())?;
        let column = self.columns.get(at).filter(|_| self.is_known())?;
        let next = item(self.select.projection.get(at)?)?;
        let start = self.first.and_then(|first| item(first.projection.get(at)?)).and_then(number);
        let by = match Motion::of(next, column) {
            Some(motion) => motion.by()?,
            None => scaled(next, column, start, if above { None } else { number(end) })?,
        };
        if (by > 0.0) != above {
            return None;
        }
        let Some(end) = number(end) else { return Some(f64::INFINITY) };
        let steps = ((end - start.unwrap_or(0.0)) / by).abs();
        (steps <= FAR).then_some(steps)
    }

    /// Whether it is known which column becomes which.
    fn is_known(&self) -> bool {
        self.columns.len() == self.select.projection.len()
            && self.columns.iter().all(|column| !column.is_empty())
            && self.select.projection.iter().all(|column| item(column).is_some())
    }

    /// Which column of the row before a side names.
    fn at(&self, side: &Expr) -> Option<usize> {
        self.columns.iter().position(|column| mentions(side, column)).filter(|_| self.is_known())
    }

    /// What that column becomes.
    fn next(&self, side: &Expr) -> Option<&Expr> {
        item(self.select.projection.get(self.at(side)?)?)
    }
}

/// Whether so many steps give few rows.
fn is_few(growth: u64, steps: f64) -> bool {
    let growth = f64::from(u32::try_from(growth).unwrap_or(u32::MAX));
    growth <= 1.0 || growth.powf(steps) <= FAR
}

/// Whether a column of that name stands anywhere in a part.
fn mentions<P: Visit>(part: &P, column: &str) -> bool {
    holds(part, |part| column_of(part).is_some_and(|name| name == column))
}

/// The column whose length, or where in it something stands, a value is.
fn measured(side: &Expr) -> Option<String> {
    let Expr::Function(function) = strip(side) else { return None };
    let measures = ["length", "char_length", "instr", "strpos", "charindex"].contains(&folded(function).as_str());
    column_of(arguments(&function.args).first().filter(|_| measures)?)
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
