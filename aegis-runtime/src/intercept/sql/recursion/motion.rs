//! How far a step moves a column that counts: by what is written down, and by so much that nothing rounds it away.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "the enums of the parser are foreign and grow; what is not named here moves nothing by an amount that is known"
)]

use crate::intercept::sql::parts::{arguments, folded};
use crate::intercept::sql::scope::{column_of, number, span, strip, text};
use sqlparser::ast::{BinaryOperator, DataType, Expr};

/// A column, and what is added to it: in its own unit, or in days.
#[derive(Clone, Copy)]
pub(super) struct Motion {
    by: f64,
    /// What is finer than this is cut off on the way.
    grain: f64,
}

impl Motion {
    /// What an expression adds to a column; nothing where it is more than a sum of it.
    pub(super) fn of(expr: &Expr, column: &str) -> Option<Self> {
        match strip(expr) {
            Expr::BinaryOp { left, op: BinaryOperator::Plus, right } => Self::of(left, column)
                .zip(amount(right))
                .or_else(|| Self::of(right, column).zip(amount(left)))
                .map(|(motion, by)| motion.and(by)),
            Expr::BinaryOp { left, op: BinaryOperator::Minus, right } => {
                Some(Self::of(left, column)?.and(-amount(right)?))
            }
            Expr::Cast { expr, data_type, .. } => {
                let fine = matches!(
                    data_type,
                    DataType::Timestamp(..) | DataType::Datetime(_) | DataType::Numeric(_) | DataType::Interval { .. }
                );
                Some(Self::of(expr, column)?.cut(if fine { 0.0 } else { 1.0 }))
            }
            Expr::Function(function) => moment(&folded(function), &arguments(&function.args), column),
            same => column_of(same).filter(|name| name == column).map(|_| Self { by: 0.0, grain: 0.0 }),
        }
    }

    /// By how much in all, if that is not cut off.
    pub(super) fn by(self) -> Option<f64> {
        (self.by != 0.0 && self.by.abs() >= self.grain).then_some(self.by)
    }

    fn and(self, by: f64) -> Self {
        Self { by: self.by + by, ..self }
    }

    fn cut(self, grain: f64) -> Self {
        Self { grain: self.grain.max(grain), ..self }
    }
}

/// A number or an interval that is written down.
fn amount(expr: &Expr) -> Option<f64> {
    number(expr).or_else(|| span(expr))
}

/// A moment, moved by the modifiers of SQLite's functions of time.
fn moment(function: &str, given: &[&Expr], column: &str) -> Option<Motion> {
    let (format, moment, modifiers) = match (function, given) {
        ("strftime", [format, moment, modifiers @ ..]) => (text(format)?, moment, modifiers),
        ("date", [moment, modifiers @ ..]) => ("%d", moment, modifiers),
        ("datetime" | "julianday" | "unixepoch", [moment, modifiers @ ..]) => ("%S", moment, modifiers),
        _ => return None,
    };
    // `2026-01` is no moment to SQLite, `2026-01-01` is.
    let whole = match strip(moment) {
        Expr::BinaryOp { left, op: BinaryOperator::StringConcat, right } if text(right) == Some("-01") => left,
        whole => whole,
    };
    let finest =
        ["%S", "%s", "%J", "%H", "%d", "%F", "%j", "%m", "%Y"].into_iter().find(|unit| format.contains(unit))?;
    let grain = match finest {
        "%d" | "%F" | "%j" => 1.0,
        "%H" => 1.0 / 24.0,
        "%m" => MONTH,
        "%Y" => YEAR,
        _ => 0.0,
    };
    let motion = Motion::of(whole, column)?.cut(grain);
    modifiers.iter().try_fold(motion, |motion, modifier| match text(modifier)?.trim().to_ascii_lowercase().as_str() {
        "start of month" => Some(motion.cut(MONTH)),
        "start of year" => Some(motion.cut(YEAR)),
        "start of day" => Some(motion.cut(1.0)),
        words => Some(motion.and(modified(words)?)),
    })
}

/// Days of a month and a year, as steps are counted here: what is cut to the beginning of one is moved by no less.
const MONTH: f64 = 31.0;
const YEAR: f64 = 366.0;

/// The days of `+1 month`.
fn modified(words: &str) -> Option<f64> {
    let (many, unit) = words.split_once(' ')?;
    let days = match unit.trim().trim_end_matches('s') {
        "year" => YEAR,
        "month" => MONTH,
        "day" => 1.0,
        "hour" => 1.0 / 24.0,
        "minute" => 1.0 / 1440.0,
        "second" => 1.0 / 86_400.0,
        _ => return None,
    };
    many.parse::<f64>().ok().filter(|many| many.is_finite()).map(|many| many * days)
}

/// What a factor moves a column by at least: away from nothing where it begins at one or above, or towards nothing where it must stay
/// above it.
pub(super) fn scaled(next: &Expr, column: &str, start: Option<f64>, end: Option<f64>) -> Option<f64> {
    let Expr::BinaryOp { left, op, right } = strip(next) else { return None };
    let is = |side: &Expr| column_of(side).is_some_and(|name| name == column);
    match op {
        BinaryOperator::Multiply => {
            let factor = if is(left) { number(right) } else { number(left).filter(|_| is(right)) }?;
            let start = start.filter(|start| *start >= 1.0)?;
            (factor >= 2.0 && end.is_none()).then_some(start * (factor - 1.0))
        }
        BinaryOperator::Divide | BinaryOperator::PGBitwiseShiftRight => {
            let least = if *op == BinaryOperator::Divide { 2.0 } else { 1.0 };
            let falls = is(left) && number(right)? >= least && end? >= 0.0;
            falls.then_some(-1.0)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Motion, scaled};
    use sqlparser::ast::Expr;
    use sqlparser::dialect::PostgreSqlDialect;
    use sqlparser::parser::Parser;

    fn read(text: &str) -> Expr {
        Parser::new(&PostgreSqlDialect {}).try_with_sql(text).unwrap().parse_expr().unwrap()
    }

    #[test]
    fn a_step_moves_by_what_is_written_and_not_cut_off() {
        for (next, by) in [
            ("c + 1", Some(1.0)),
            ("1 + t.c - 3", Some(-2.0)),
            ("(c + 1)::int", Some(1.0)),
            ("(c + 0.5)::int", None),
            ("c + 1 - 1", None),
            ("c + k", None),
            ("k + 1", None),
            ("c + abs(0)", None),
            ("c + CASE WHEN c > 0 THEN 0 ELSE 1 END", None),
            ("c + interval '1 hour'", Some(1.0 / 24.0)),
            ("(c + interval '1 hour')::date", None),
            ("(c + interval '1 month')::date", Some(30.0)),
            ("c::date + interval '1 hour'", None),
            ("date(c, '+1 day')", Some(1.0)),
            ("date(c, '+1 hour')", None),
            ("date(c, '+1 day', '-1 day')", None),
            ("date(c, 'weekday 1', '+7 days')", None),
            ("date(c, 'start of month', '+1 month')", Some(31.0)),
            ("date(c, 'start of month', '+1 month', '-1 day')", None),
            ("date(c, 'start of month', '+2 months', '-1 day')", Some(61.0)),
            ("datetime(c, '+1 hour')", Some(1.0 / 24.0)),
            ("strftime('%Y-%m', c || '-01', '+1 month')", Some(31.0)),
            ("strftime('%Y-%m', c || '-01', '+1 day')", None),
        ] {
            let found = Motion::of(&read(next), "c").and_then(Motion::by);
            let close = found.zip(by).is_some_and(|(found, by)| (found - by).abs() < 3.0);
            assert!(found.is_none() && by.is_none() || close, "{next}: {found:?}");
        }
    }

    #[test]
    fn a_factor_leads_on_from_one_and_down_to_nothing() {
        let of = |next: &str, start, end| scaled(&read(next), "c", start, end);
        assert_eq!(of("c * 2", Some(1.0), None), Some(1.0));
        assert_eq!(of("c * 2", Some(0.0), None), None);
        assert_eq!(of("c * 1.1", Some(1.0), None), None);
        assert_eq!(of("c / 2", None, Some(0.0)), Some(-1.0));
        assert_eq!(of("c / 2", None, Some(-1.0)), None);
    }
}
