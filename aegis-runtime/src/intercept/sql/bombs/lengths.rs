//! What a length or an end comes to at most. What is not named here could be anything.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "the enums of the parser are foreign and grow; what is not known here has no bound"
)]

use super::products::RELATION;
use super::series::count_of;
use super::sizes::{Sizes, listed};
use crate::intercept::sql::parts::{folded, item};
use crate::intercept::sql::scope::{column_of, day, number, span};
use jiff::civil::Date;
use sqlparser::ast::{BinaryOperator, Expr, Function, Query, SetExpr, UnaryOperator, Value};

/// Longest span that is added to what is read, in days: a hundred years.
const LIFE: f64 = 36_600.0;
/// The largest part of a day of our age: its year.
const YEAR: u64 = 10_000;
/// Parts of a date that are small numbers.
const PARTS: [&str; 13] = [
    "century", "day", "decade", "dow", "doy", "hour", "isodow", "isoyear", "minute", "month", "quarter", "week", "year",
];

impl Sizes<'_> {
    /// A bound from above of a number, or of a moment in days, if there is one.
    pub(super) fn most(self, expr: &Expr) -> Option<u64> {
        if let Some(number) = number(expr) {
            return Some(count_of(number.abs()));
        }
        if let Some(day) = day(expr) {
            return (!is_far(day)).then_some(self.read);
        }
        match expr {
            Expr::Nested(inner)
            | Expr::AtTimeZone { timestamp: inner, .. }
            | Expr::Ceil { expr: inner, .. }
            | Expr::Floor { expr: inner, .. }
            | Expr::UnaryOp { op: UnaryOperator::Plus | UnaryOperator::Minus, expr: inner } => self.most(inner),
            Expr::Cast { expr: inner, .. } => span(expr).map_or_else(|| self.most(inner), days),
            Expr::Interval(_) => days(span(expr)?),
            Expr::Identifier(_) | Expr::CompoundIdentifier(_) => {
                // `current_date` is no column.
                Some(column_of(expr).and_then(|name| self.made.most(&name)).unwrap_or(self.read))
            }
            Expr::Value(value) => matches!(value.value, Value::Null | Value::Boolean(_)).then_some(1),
            Expr::Extract { field, .. } => part(&field.to_string()),
            Expr::BinaryOp { left, op, right } => self.computed(expr, left, op, right),
            Expr::Case { conditions, else_result, .. } => {
                let results = conditions.iter().map(|case| &case.result).chain(else_result.as_deref());
                self.largest(results)
            }
            Expr::Function(function) => self.given_by(function),
            Expr::Subquery(query) => self.looked_up(query),
            _ => None,
        }
    }

    fn computed(self, expr: &Expr, left: &Expr, op: &BinaryOperator, right: &Expr) -> Option<u64> {
        match op {
            BinaryOperator::Plus | BinaryOperator::Minus => Some(self.most(left)?.saturating_add(self.most(right)?)),
            BinaryOperator::Multiply => match span(expr) {
                Some(span) => days(span),
                None => Some(self.most(left)?.saturating_mul(self.most(right)?)),
            },
            BinaryOperator::Divide => {
                let most = self.most(left)?;
                match number(right).map(f64::abs) {
                    Some(by) if by >= 2.0 => most.checked_div(count_of(by).saturating_sub(1)).map(|most| most.max(1)),
                    Some(by) if by < 1.0 => Some(most.saturating_mul(count_of((1.0 / by).min(1e18)))),
                    _ => Some(most),
                }
            }
            BinaryOperator::Modulo => self.most(right),
            _ => None,
        }
    }

    fn given_by(self, function: &Function) -> Option<u64> {
        let given = listed(&function.args);
        match (folded(function).as_str(), given.as_slice()) {
            ("least", parts) => parts.iter().filter_map(|part| self.most(part)).min(),
            ("greatest" | "coalesce" | "ifnull" | "max" | "min", parts) => self.largest(parts.iter().copied()),
            (
                "abs" | "any_value" | "avg" | "ceil" | "ceiling" | "first_value" | "floor" | "lag" | "last_value"
                | "lead" | "nullif" | "round" | "sign" | "trunc",
                [first, ..],
            ) => self.most(first),
            ("date" | "datetime", [first, ..]) => self.most(first),
            ("date_trunc", [_, moment, ..]) => self.most(moment),
            ("sum" | "total", [part]) => Some(self.most(part)?.saturating_mul(RELATION)),
            (
                "array_length" | "cardinality" | "count" | "current_date" | "current_timestamp" | "dense_rank"
                | "json_array_length" | "jsonb_array_length" | "localtimestamp" | "now" | "ntile" | "rank"
                | "row_number",
                _,
            ) => Some(self.read),
            ("char_length" | "character_length" | "length" | "octet_length", [text]) => Some(self.size(text)),
            ("instr" | "strpos", [text, _]) => Some(self.size(text)),
            ("mod", [_, by]) => self.most(by),
            ("date_part", [Expr::Value(field), _]) => match &field.value {
                Value::SingleQuotedString(field) => part(field),
                _ => None,
            },
            ("make_date" | "make_timestamp" | "make_timestamptz", [year, ..]) => {
                number(year).is_some_and(|year| (1900.0..=2200.0).contains(&year)).then_some(self.read)
            }
            ("make_interval", parts) => {
                parts.iter().all(|part| number(part).is_some_and(|part| part <= 1000.0)).then_some(self.read)
            }
            _ => None,
        }
    }

    fn largest<'part>(self, parts: impl Iterator<Item = &'part Expr>) -> Option<u64> {
        parts.map(|part| self.most(part)).try_fold(0, |most, part| Some(part?.max(most)))
    }

    /// One value of the rows of one relation.
    fn looked_up(self, query: &Query) -> Option<u64> {
        let SetExpr::Select(select) = query.body.as_ref() else { return None };
        let alone = match select.from.as_slice() {
            [] => true,
            [from] => from.joins.is_empty(),
            _ => false,
        };
        let [only] = select.projection.as_slice() else { return None };
        item(only).filter(|_| alone).and_then(|expr| self.most(expr))
    }
}

fn days(span: f64) -> Option<u64> {
    (span.abs() <= LIFE).then(|| count_of(span.abs()))
}

fn part(field: &str) -> Option<u64> {
    PARTS.contains(&field.trim().to_ascii_lowercase().as_str()).then_some(YEAR)
}

/// A day of another age: `9999-12-31`.
fn is_far(day: Date) -> bool {
    day < Date::constant(1900, 1, 1) || day > Date::constant(2200, 1, 1)
}
