//! Whether the rows of a step run out: it counts towards a bound, takes a text apart, or follows rows of another relation.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "the enums of the parser are foreign and grow; every wildcard here says that nothing is known, and that is no end"
)]

use super::FAR;
use super::cuts::{Found, is_filled, last, shortens};
use super::lengths::lengthens;
use super::marks::{Mark, Marks, is_whole, turned};
use super::motion::{Motion, Scaled, scaled};
use super::own::Own;
use crate::intercept::sql::bombs::FAN;
use crate::intercept::sql::parts::{folded, item};
use crate::intercept::sql::scope::{conjuncts, holds, strip};
use crate::spec::Dialect;
use sqlparser::ast::{BinaryOperator, Expr, JoinConstraint, JoinOperator, Query, Select, SetExpr, UnaryOperator};
use std::collections::BTreeSet;

/// The most steps that may append to a text: what they write grows with the square.
pub(super) const SHORT: f64 = 10_000.0;
/// The most rows that all steps may come to from all rows that they begin with.
const ROWS: f64 = 5_000_000.0;
/// Days between a moment and another of which one is not written down: a hundred years.
const CENTURY: f64 = 36_525.0;
/// The furthest that a number may lie in units of the step: beyond it a float stands still.
const EXACT: f64 = 1e12;
/// Steps after which what is doubled is more than any number, and what is halved is none.
const DOUBLINGS: f64 = 1100.0;

/// A step, and how many rows follow from one in it.
pub(super) struct Step<'sql> {
    /// What the row before is a row of.
    pub(super) name: &'sql str,
    pub(super) select: &'sql Select,
    pub(super) columns: &'sql [String],
    pub(super) own: Own<'sql>,
    /// Where it begins, and the rows of that.
    pub(super) anchors: &'sql [&'sql SetExpr],
    pub(super) rows: u64,
    pub(super) growth: u64,
    pub(super) marks: Marks<'sql>,
    pub(super) around: &'sql Query,
    /// Columns that no row has in common with one it follows from.
    pub(super) cycle: &'sql [String],
}

/// Two sides, and how they are held against each other.
pub(super) type Compared<'sql> = (&'sql Expr, BinaryOperator, &'sql Expr);

impl<'sql> Step<'sql> {
    /// Whether its rows run out.
    pub(super) fn ends(&self) -> bool {
        let joins = || self.select.from.iter().flat_map(|from| &from.joins);
        // Rows that belong to none come again with every step.
        let outer = |operator: &JoinOperator| {
            matches!(operator, JoinOperator::Right(_) | JoinOperator::RightOuter(_) | JoinOperator::FullOuter(_))
        };
        if !self.own.is_read_once() || joins().any(|join| outer(&join.join_operator)) {
            return false;
        }
        let parts = self.conditions();
        let growth = if self.fans() { self.growth.max(FAN) } else { self.growth };
        let far = if self.appends() { SHORT } else { FAR };
        let rows = f64::from(u32::try_from(self.rows).unwrap_or(u32::MAX));
        let few = |steps: f64| is_few(growth, steps) && (steps.is_infinite() || steps <= far && steps * rows <= ROWS);
        let looked_up = parts.iter().any(|part| self.meets(part)) || joins().any(|join| self.uses(join));
        let open = looked_up.then_some(f64::INFINITY);
        parts.iter().filter_map(|part| self.steps(part, &parts)).chain(open).any(few)
    }

    /// What must hold in it, of every row that it keeps.
    fn conditions(&self) -> Vec<Compared<'sql>> {
        let joined =
            self.select.from.iter().flat_map(|from| &from.joins).filter_map(|join| match &join.join_operator {
                JoinOperator::Join(JoinConstraint::On(on)) | JoinOperator::Inner(JoinConstraint::On(on)) => Some(on),
                _ => None, // compares nothing, or keeps rows that meet none
            });
        joined.chain(&self.select.selection).flat_map(conjuncts).flat_map(compared).collect()
    }

    /// Whether a step appends to a value of the row before.
    pub(super) fn appends(&self) -> bool {
        let known = self.is_known();
        let own = |expr: &Expr| self.own.at(expr).is_some() || !known && self.own.name(expr).is_some();
        self.select.projection.iter().filter_map(item).any(|next| lengthens(next, &own))
    }

    /// How many steps a condition leaves, if it ends them: no number is said of those that take a text apart.
    fn steps(&self, part: &Compared<'_>, all: &[Compared<'_>]) -> Option<f64> {
        let (left, op, right) = part;
        self.towards(left, op, right, all).or_else(|| turned(op).and_then(|op| self.towards(right, &op, left, all)))
    }

    fn towards(&self, moving: &Expr, op: &BinaryOperator, end: &Expr, all: &[Compared<'_>]) -> Option<f64> {
        if let Some((of, _)) = is_filled(moving, op, end)
            && self.empties(self.own.at(of)?, all)
        {
            return Some(f64::INFINITY);
        }
        let (above, strict) = match op {
            BinaryOperator::Lt => (true, true),
            BinaryOperator::LtEq => (true, false),
            BinaryOperator::Gt => (false, true),
            BinaryOperator::GtEq => (false, false),
            _ => return None, // no end
        };
        let (at, over) = (0..self.columns.len())
            .find_map(|at| Some((at, Motion::of(moving, &|expr: &Expr| self.own.at(expr) == Some(at))?)))?;
        let is = |expr: &Expr| self.own.at(expr) == Some(at);
        let next = self.next(at)?;
        let end = self.marks.end(end)?;
        let starts = self.starts(at)?;
        let Some(motion) = Motion::of(next, &is) else {
            let whole = || self.begun(at).is_some_and(|begun| begun.into_iter().all(|(start, _)| is_whole(start)));
            let near = match (scaled(next, &is)?, end) {
                (Scaled::Grows, Mark::Number(_) | Mark::Read { text: false }) => {
                    above && starts.iter().all(|start| matches!(start, Mark::Number(start) if *start >= 1.0))
                }
                // A half of the least numeric is rounded to that again.
                (Scaled::Falls, Mark::Number(end)) => {
                    !above && (end > 0.0 || end == 0.0 && strict && (self.marks.dialect == Dialect::Sqlite || whole()))
                }
                _ => false,
            };
            return near.then_some(DOUBLINGS);
        };
        let by = motion.by()?;
        let moment = motion.moment || over.moment;
        let steps = |start: &Mark| Some((self.distance(*start, end, by, moment)? + over.offset()) / by.abs());
        let counted: Vec<f64> = starts.iter().map(steps).collect::<Option<_>>()?;
        let most = counted.into_iter().fold(0.0, f64::max);
        let near = most <= FAR || most.is_infinite() && over.offset() <= FAR;
        (near && (by > 0.0) == above).then_some(most)
    }

    /// How far a column lies from its end where it begins; without an end where rows say how far.
    fn distance(&self, start: Mark, end: Mark, by: f64, moment: bool) -> Option<f64> {
        // A number of days is added to a day on PostgreSQL alone.
        let days = moment || self.marks.dialect == Dialect::Postgres;
        let number = |text: bool| !(moment || text && self.marks.dialect == Dialect::Sqlite);
        match (start, end) {
            (Mark::Number(start), Mark::Number(end)) if !moment => {
                let far = start.abs().max(end.abs()) / by.abs();
                Some((end - start).abs()).filter(|_| far <= EXACT)
            }
            (Mark::Read { .. }, Mark::Number(end)) if !moment => Some(end.abs()).filter(|end| *end <= FAR),
            (Mark::Number(start), Mark::Read { text }) if number(text) => {
                Some(f64::INFINITY).filter(|_| start.abs() <= FAR)
            }
            (Mark::Read { .. }, Mark::Read { text }) if number(text) => Some(f64::INFINITY),
            (Mark::Day(from, till), Mark::Day(earliest, latest)) if days => {
                Some((latest - from).abs().max((till - earliest).abs()) + 1.0)
            }
            (Mark::Day(..), Mark::Read { .. }) | (Mark::Read { .. }, Mark::Day(..) | Mark::Read { .. }) if days => {
                Some(CENTURY)
            }
            _ => None, // of two kinds
        }
    }

    /// Whether a column is taken apart until it is empty.
    fn empties(&self, at: usize, all: &[Compared<'_>]) -> bool {
        let is = |expr: &Expr| self.own.at(expr) == Some(at);
        let looks = |(left, op, right): &Compared<'_>| {
            let (of, looked_for) = is_filled(left, op, right).or_else(|| is_filled(right, &turned(op)?, left))?;
            looked_for.filter(|_| is(of)).map(ToOwned::to_owned)
        };
        let searched = all.iter().find_map(looks);
        let begun = self.begun(at).unwrap_or_default();
        let letters: BTreeSet<_> = begun.iter().map(|(start, _)| last(start)).collect();
        let only = Some(letters).filter(|letters| letters.len() == 1);
        let last = only.and_then(|letters| letters.into_iter().next().flatten());
        let found = Found { searched: searched.as_deref(), last };
        let short = !begun.iter().any(|(start, _)| holds(*start, is_made));
        short && self.next(at).is_some_and(|next| shortens(next, &is, found))
    }

    /// What a column begins with, in each row that is written down and in each query.
    fn begun(&self, at: usize) -> Option<Vec<(&'sql Expr, Option<&'sql Select>)>> {
        let mut begun = Vec::new();
        for anchor in self.anchors {
            match anchor {
                SetExpr::Select(select) => {
                    let whole = select.projection.len() == self.columns.len()
                        && select.projection.iter().all(|column| item(column).is_some());
                    let start = select.projection.get(at).and_then(item).filter(|_| whole)?;
                    begun.push((start, Some(select.as_ref())));
                }
                SetExpr::Values(values) => {
                    for row in &values.rows {
                        begun.push((row.content.get(at)?, None));
                    }
                }
                _ => return None, // of another statement
            }
        }
        (!begun.is_empty()).then_some(begun)
    }

    /// Where a column begins, if it is known of all.
    fn starts(&self, at: usize) -> Option<Vec<Mark>> {
        self.begun(at)?.into_iter().map(|(start, anchor)| self.marks.start(start, anchor)).collect()
    }

    /// Whether it is known which column becomes which.
    pub(super) fn is_known(&self) -> bool {
        self.columns.len() == self.select.projection.len()
            && self.columns.iter().all(|column| !column.is_empty())
            && self.columns.iter().collect::<BTreeSet<_>>().len() == self.columns.len()
            && self.select.projection.iter().all(|column| item(column).is_some())
    }

    /// What a column of the row before becomes.
    pub(super) fn next(&self, at: usize) -> Option<&'sql Expr> {
        item(self.select.projection.get(at)?).filter(|_| self.is_known())
    }
}

/// The comparisons that a condition is.
fn compared(part: &Expr) -> Vec<Compared<'_>> {
    match strip(part) {
        Expr::BinaryOp { left, op, right } => vec![(left, op.clone(), right)],
        Expr::Between { expr, negated: false, low, high } => {
            vec![(expr, BinaryOperator::GtEq, low), (expr, BinaryOperator::LtEq, high)]
        }
        Expr::UnaryOp { op: UnaryOperator::Not, expr } => match strip(expr) {
            Expr::BinaryOp { left, op, right } => match op {
                BinaryOperator::Lt => vec![(left, BinaryOperator::GtEq, right)],
                BinaryOperator::LtEq => vec![(left, BinaryOperator::Gt, right)],
                BinaryOperator::Gt => vec![(left, BinaryOperator::LtEq, right)],
                BinaryOperator::GtEq => vec![(left, BinaryOperator::Lt, right)],
                BinaryOperator::Eq => vec![(left, BinaryOperator::NotEq, right)],
                _ => Vec::new(),
            },
            _ => Vec::new(), // of no comparison
        },
        _ => Vec::new(),
    }
}

/// A text of whatever length: letter by letter, it is gone through as often as it is long.
fn is_made(expr: &Expr) -> bool {
    let Expr::Function(function) = expr else { return false };
    let name = folded(function);
    let long = ["format", "hex", "lpad", "printf", "randomblob", "repeat", "rpad", "zeroblob"];
    long.contains(&name.as_str())
}

/// Whether so many steps give few rows.
fn is_few(growth: u64, steps: f64) -> bool {
    let growth = f64::from(u32::try_from(growth).unwrap_or(u32::MAX));
    growth <= 1.0 || growth.powf(steps) <= FAR
}
