//! How far a step moves a column that counts: by what is written down, and by so much that nothing rounds it away.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "the enums of the parser are foreign and grow; what is not named here moves nothing by an amount that is known"
)]

use super::marks::{Grain, literal};
use crate::intercept::sql::parts::{arguments, folded};
use crate::intercept::sql::scope::{strip, text};
use sqlparser::ast::{
    BinaryOperator, DataType, Expr, FunctionArg, FunctionArgExpr, FunctionArguments, Interval, UnaryOperator,
};

/// Whether an expression is the column that is looked at.
pub(super) type Is<'a> = &'a dyn Fn(&Expr) -> bool;

/// Days of a month and a year at most: what is cut to the beginning of one is moved by no less.
const MONTH: f64 = 31.0;
const QUARTER: f64 = 92.0;
const YEAR: f64 = 366.0;
const HOUR: f64 = 1.0 / 24.0;
const MINUTE: f64 = 1.0 / 1440.0;
const SECOND: f64 = 1.0 / 86_400.0;
/// Days of a month at least.
const SHORT: f64 = 28.0;

/// A part of what is added: in the column's own unit or in days, and in months, which are of no one length.
#[derive(Clone, Copy)]
struct Amount {
    months: f64,
    days: f64,
    /// Added to a moment, and to no number.
    moment: bool,
}

impl Amount {
    fn times(self, times: f64) -> Self {
        Self { months: self.months * times, days: self.days * times, ..self }
    }
}

/// A column, and what is added to it.
#[derive(Clone, Copy)]
pub(super) struct Motion {
    /// Months and days that lead on.
    up: [f64; 2],
    /// Those that lead back.
    down: [f64; 2],
    /// What is finer than this is cut off on the way.
    grain: f64,
    /// It counts moments, and no numbers.
    pub(super) moment: bool,
}

impl Motion {
    /// What an expression adds to a column; nothing where it is more than a sum of it.
    pub(super) fn of(expr: &Expr, is: Is<'_>) -> Option<Self> {
        match strip(expr) {
            Expr::BinaryOp { left, op: BinaryOperator::Plus, right } => Self::of(left, is)
                .zip(amounts(right))
                .or_else(|| Self::of(right, is).zip(amounts(left)))
                .map(|(motion, by)| motion.and(&by)),
            Expr::BinaryOp { left, op: BinaryOperator::Minus, right } => {
                let by: Vec<Amount> = amounts(right)?.into_iter().map(|amount| amount.times(-1.0)).collect();
                Some(Self::of(left, is)?.and(&by))
            }
            Expr::Cast { expr, data_type, .. } => {
                let motion = Self::of(expr, is)?;
                Some(match Grain::of(data_type)? {
                    Grain::Whole | Grain::Day => motion.cut(1.0),
                    Grain::Fine | Grain::Moment => motion,
                })
            }
            Expr::Function(function) => moment(&folded(function), &arguments(&function.args), is),
            same => is(same).then_some(Self { up: [0.0; 2], down: [0.0; 2], grain: 0.0, moment: false }),
        }
    }

    /// By how much in all at least, if that is not cut off.
    pub(super) fn by(self) -> Option<f64> {
        let ([months_up, days_up], [months_down, days_down]) = (self.up, self.down);
        let (up, down) = (least(self.up), least(self.down));
        let (by, months, mixed) = if down == 0.0 {
            (up, months_up, false)
        } else if up == 0.0 {
            (-down, -months_down, false)
        } else if up > months_down * MONTH + days_down {
            (up - (months_down * MONTH + days_down), 0.0, true)
        } else {
            let back = down - (months_up * MONTH + days_up);
            (-back.max(0.0), 0.0, true)
        };
        let months: f64 = if mixed { 0.0 } else { months };
        let whole = if self.grain == MONTH {
            months.abs() >= 1.0
        } else if self.grain == QUARTER {
            months.abs() >= 3.0
        } else if self.grain == YEAR {
            months.abs() >= 12.0
        } else {
            false
        };
        (by != 0.0 && (whole || by.abs() >= self.grain)).then_some(by)
    }

    /// How far from the column the sum lies at most.
    pub(super) fn offset(self) -> f64 {
        let most = |[months, days]: [f64; 2]| months * MONTH + days;
        most(self.up).max(most(self.down)) + self.grain
    }

    fn and(self, by: &[Amount]) -> Self {
        let mut sum = self;
        for amount in by {
            for (at, part) in [amount.months, amount.days].into_iter().enumerate() {
                let side = if part > 0.0 { &mut sum.up } else { &mut sum.down };
                side.get_mut(at).into_iter().for_each(|whole| *whole += part.abs());
            }
            sum.moment |= amount.moment;
        }
        sum
    }

    fn cut(self, grain: f64) -> Self {
        Self { grain: self.grain.max(grain), ..self }
    }
}

fn least([months, days]: [f64; 2]) -> f64 {
    months * SHORT + days
}

/// A number or an interval that is written down.
fn amounts(expr: &Expr) -> Option<Vec<Amount>> {
    let number = |days: f64| vec![Amount { months: 0.0, days, moment: false }];
    literal(expr).map(number).or_else(|| interval(expr))
}

fn interval(expr: &Expr) -> Option<Vec<Amount>> {
    match strip(expr) {
        Expr::Interval(Interval {
            value,
            leading_field,
            leading_precision: None,
            last_field: None,
            fractional_seconds_precision: None,
        }) => match leading_field {
            // What is finer than the field is cut off.
            Some(field) => {
                let many = text(value).and_then(|text| text.trim().parse().ok()).or_else(|| literal(value))?;
                let whole = Some(many).filter(|many: &f64| many.fract() == 0.0)?;
                Some(vec![unit(&field.to_string().to_ascii_lowercase())?.times(whole)])
            }
            None => words(text(value)?),
        },
        Expr::Cast { expr, data_type: DataType::Interval { fields: None, precision: None }, .. } => {
            interval(expr).or_else(|| words(text(expr)?))
        }
        Expr::UnaryOp { op: UnaryOperator::Minus, expr } => {
            Some(interval(expr)?.into_iter().map(|amount| amount.times(-1.0)).collect())
        }
        Expr::BinaryOp { left, op: BinaryOperator::Multiply, right } => {
            let (by, times) = interval(left).zip(literal(right)).or_else(|| interval(right).zip(literal(left)))?;
            Some(by.into_iter().map(|amount| amount.times(times)).collect())
        }
        Expr::Function(function) if folded(function) == "make_interval" => {
            let FunctionArguments::List(list) = &function.args else { return None };
            list.args.iter().map(named).collect()
        }
        _ => None, // computed
    }
}

/// `days => 1`
fn named(argument: &FunctionArg) -> Option<Amount> {
    match argument {
        FunctionArg::Named { name, arg: FunctionArgExpr::Expr(many), .. } => {
            Some(unit(&name.value.to_ascii_lowercase())?.times(literal(many)?))
        }
        FunctionArg::ExprNamed { name, arg: FunctionArgExpr::Expr(many), .. } => {
            Some(unit(&name.to_string().to_ascii_lowercase())?.times(literal(many)?))
        }
        _ => None, // by its place
    }
}

/// `1 month -28 days`: numbers and units, in turn.
fn words(words: &str) -> Option<Vec<Amount>> {
    let words = words.to_ascii_lowercase();
    let mut words = words.split_whitespace();
    let mut amounts = Vec::new();
    while let Some(many) = words.next() {
        let many = many.parse().ok().filter(|many: &f64| many.is_finite())?;
        amounts.push(unit(words.next()?)?.times(many));
    }
    (!amounts.is_empty()).then_some(amounts)
}

/// One of a unit.
fn unit(word: &str) -> Option<Amount> {
    let (months, days) = match word {
        "s" | "sec" | "secs" | "second" | "seconds" => (0.0, SECOND),
        "min" | "mins" | "minute" | "minutes" => (0.0, MINUTE),
        "h" | "hr" | "hrs" | "hour" | "hours" => (0.0, HOUR),
        "d" | "day" | "days" => (0.0, 1.0),
        "w" | "week" | "weeks" => (0.0, 7.0),
        "mon" | "mons" | "month" | "months" => (1.0, 0.0),
        "y" | "yr" | "yrs" | "year" | "years" => (12.0, 0.0),
        _ => return None,
    };
    Some(Amount { months, days, moment: true })
}

/// A moment, moved by the modifiers of SQLite's functions of time or cut to the beginning of a unit.
fn moment(function: &str, given: &[&Expr], is: Is<'_>) -> Option<Motion> {
    let (grain, of, modifiers) = match (function, given) {
        ("strftime", [format, of, modifiers @ ..]) => (format_grain(text(format)?)?, of, modifiers),
        ("date", [of, modifiers @ ..]) => (1.0, of, modifiers),
        ("datetime", [of, modifiers @ ..]) => (SECOND, of, modifiers),
        ("date_trunc", [unit, of]) => {
            let motion = Motion::of(of, is)?.cut(trunc_grain(&text(unit)?.to_ascii_lowercase())?);
            return Some(Motion { moment: true, ..motion });
        }
        _ => return None,
    };
    // `2026-01` is no moment to SQLite, `2026-01-01` is.
    let whole = match strip(of) {
        Expr::BinaryOp { left, op: BinaryOperator::StringConcat, right } if text(right) == Some("-01") => left,
        whole => whole,
    };
    let mut motion = Motion { moment: true, ..Motion::of(whole, is)?.cut(grain) };
    for modifier in modifiers {
        let modifier = text(modifier)?.trim().to_ascii_lowercase();
        motion = match modifier.as_str() {
            "start of month" => motion.cut(MONTH),
            "start of year" => motion.cut(YEAR),
            "start of day" => motion.cut(1.0),
            modified => motion.and(&words(modified).filter(|amounts| amounts.len() == 1)?),
        };
    }
    Some(motion)
}

fn trunc_grain(unit: &str) -> Option<f64> {
    Some(match unit {
        "year" => YEAR,
        "quarter" => QUARTER,
        "month" => MONTH,
        "week" => 7.0,
        "day" => 1.0,
        "hour" => HOUR,
        "minute" => MINUTE,
        "second" => SECOND,
        _ => return None,
    })
}

/// What a format cuts off: it holds the year and every unit down to its finest, and nothing but beginnings of the finer ones.
fn format_grain(format: &str) -> Option<f64> {
    let format = format.replace("%F", "%Y-%m-%d").replace("%T", "%H:%M:%S").replace("%R", "%H:%M").replace('T', " ");
    Some(match format.as_str() {
        "%Y" | "%Y-01-01" => YEAR,
        "%Y-%m" | "%Y-%m-01" => MONTH,
        "%Y-%m-%d" | "%Y-%m-%d 00:00" | "%Y-%m-%d 00:00:00" => 1.0,
        "%Y-%m-%d %H:00" | "%Y-%m-%d %H:00:00" => HOUR,
        "%Y-%m-%d %H:%M" | "%Y-%m-%d %H:%M:00" => MINUTE,
        "%Y-%m-%d %H:%M:%S" => SECOND,
        _ => return None,
    })
}

/// What a factor moves a column by.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Scaled {
    /// Away from nothing, if it begins at one or above.
    Grows,
    /// Towards nothing.
    Falls,
}

/// Whether a factor makes a column larger, or smaller.
pub(super) fn scaled(next: &Expr, is: Is<'_>) -> Option<Scaled> {
    let Expr::BinaryOp { left, op, right } = strip(next) else { return None };
    match op {
        BinaryOperator::Multiply => {
            let factor = if is(left) { literal(right) } else { literal(left).filter(|_| is(right)) }?;
            (factor >= 2.0).then_some(Scaled::Grows)
        }
        BinaryOperator::Divide => (is(left) && literal(right)? >= 2.0).then_some(Scaled::Falls),
        BinaryOperator::PGBitwiseShiftRight => {
            let by = literal(right).filter(|by| by.fract() == 0.0)?;
            (is(left) && (1.0..=31.0).contains(&by)).then_some(Scaled::Falls)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Motion, Scaled, scaled};
    use crate::intercept::sql::scope::column_of;
    use sqlparser::ast::Expr;
    use sqlparser::dialect::PostgreSqlDialect;
    use sqlparser::parser::Parser;

    fn read(text: &str) -> Expr {
        Parser::new(&PostgreSqlDialect {}).try_with_sql(text).unwrap().parse_expr().unwrap()
    }

    fn is(expr: &Expr) -> bool {
        column_of(expr).is_some_and(|name| name == "c")
    }

    #[test]
    fn a_step_moves_by_what_is_written_and_not_cut_off() {
        for (next, by) in [
            ("c + 1", Some(1.0)),
            ("1 + t.c - 3", Some(-2.0)),
            ("(c + 1)::int", Some(1.0)),
            ("(c + 0.5)::int", None),
            ("(c + 0.1)::numeric", Some(0.1)),
            ("(c + 1)::numeric(10, 0)", None),
            ("(c + 1)::varchar(1)", None),
            ("(c + 1)::bit(2)::int", None),
            ("(c + interval '1 second')::timestamp(0)", None),
            ("c + 1 - 1", None),
            ("c + k", None),
            ("k + 1", None),
            ("c + abs(0)", None),
            ("c + 0.4::int", None),
            ("c + CASE WHEN c > 0 THEN 0 ELSE 1 END", None),
            ("c + interval '1 hour'", Some(1.0 / 24.0)),
            ("c + make_interval(days => 1)", Some(1.0)),
            ("c + interval '0.9' day", None),
            ("(c + interval '1 hour')::date", None),
            ("(c + interval '1 month')::date", Some(28.0)),
            ("c::date + interval '1 hour'", None),
            ("c + interval '1 month -28 days'", None),
            ("c + interval '1 month' - interval '28 days'", None),
            ("c + interval '1 month' - interval '1 day'", Some(27.0)),
            ("date_trunc('month', c + interval '1 month')", Some(28.0)),
            ("date_trunc('month', c) + interval '1 month'", Some(28.0)),
            ("date_trunc('month', c) + interval '4 weeks'", None),
            ("(date_trunc('month', c) + interval '2 months' - interval '1 day')::date", Some(55.0)),
            ("date(c, '+1 day')", Some(1.0)),
            ("date(c, '+1 hour')", None),
            ("date(c, '+1 day', '-1 day')", None),
            ("date(c, '+1 month', '-28 days')", None),
            ("date(c, 'weekday 1', '+7 days')", None),
            ("date(c, 'localtime', '+7 days')", None),
            ("date(c, 'start of month', '+1 month')", Some(28.0)),
            ("date(c, 'start of month', '+1 month', '-1 day')", None),
            ("date(c, 'start of month', '+2 months', '-1 day')", Some(55.0)),
            ("date(c, '+11 months', '+25 days', 'start of year')", None),
            ("date(c, '+1 year', 'start of year')", Some(336.0)),
            ("datetime(c, '+1 hour')", Some(1.0 / 24.0)),
            ("strftime('%Y-%m', c || '-01', '+1 month')", Some(28.0)),
            ("strftime('%Y-%m-01', c, '+1 month')", Some(28.0)),
            ("strftime('%Y-%m', c || '-01', '+1 day')", None),
            ("strftime('%d', c, '+1 day')", None),
            ("strftime('2026-01-%d', c, '+1 day')", None),
            ("strftime('2026-%m-01', c, '+1 month')", None),
        ] {
            let found = Motion::of(&read(next), &is).and_then(Motion::by);
            let close = found.zip(by).is_some_and(|(found, by)| (found - by).abs() < 0.001);
            assert!(found.is_none() && by.is_none() || close, "{next}: {found:?}");
        }
    }

    #[test]
    fn a_factor_leads_on_or_down() {
        let of = |next: &str| scaled(&read(next), &is);
        assert_eq!(of("c * 2"), Some(Scaled::Grows));
        assert_eq!(of("c * 1.1"), None);
        assert_eq!(of("c / 2"), Some(Scaled::Falls));
        assert_eq!(of("c / 1"), None);
        assert_eq!(of("c >> 1"), Some(Scaled::Falls));
        assert_eq!(of("c >> 32"), None);
        assert_eq!(of("c >> 0"), None);
    }
}
