//! Statements that are small and whose answers are not: texts that a function blows up, series without measure, products of many
//! relations, patterns that take forever.
//!
//! Sizes are estimates from above, from what is written down. A bound that is computed is refused where it could be anything; the
//! limits of the server are what stops the rest.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "the enums of the parser are foreign and grow; what is not known here counts as the text of a column"
)]

use super::SqlRefusal;
use super::place::Lines;
use super::reading_a::bare_name;
use super::scope::{arguments, conjuncts, day, days, holds, names_column, number, strip};
use crate::denial::Code;
use sqlparser::ast::{
    BinaryOperator, Expr, Function, FunctionArg, FunctionArgExpr, JoinConstraint, JoinOperator, Query, Select, SetExpr,
    Spanned, Statement, TableFactor, Value, ValueWithSpan, Visit, Visitor,
};
use std::ops::ControlFlow;

/// Longest text that an expression may come to, in characters.
const LONG: u64 = 1_000_000;
/// What a column's text is taken for.
const COLUMN: u64 = 1000;
/// Most rows of all series of a statement, multiplied.
const SERIES: u64 = 1_000_000;
/// What a series with an end that is read is taken for.
const SOME: u64 = 5000;
/// Most relations that nothing joins.
const UNJOINED: usize = 4;
/// Most wildcards of one pattern: in a regular expression each may multiply the time by the length of the text.
const WILDCARDS: usize = 6;
/// Longest text times longest pattern of one search, whoever gives them: every place of the one may be held against all of the other,
/// and SQLite asks for no limit meanwhile.
const SEARCH: u64 = 100_000_000;
/// Largest exponent, and the largest number whose factorial is taken.
const EXPONENT: f64 = 1000.0;

/// Refuses what would grow out of measure.
pub(super) fn check(statement: &Statement, sql: &str) -> Result<(), SqlRefusal> {
    let mut walk = Walk { sql, refusal: None, series: 1 };
    let _ignored = statement.visit(&mut walk);
    walk.refusal.map_or(Ok(()), Err)
}

struct Walk<'sql> {
    sql: &'sql str,
    refusal: Option<SqlRefusal>,
    /// Rows of every series so far, multiplied.
    series: u64,
}

impl Walk<'_> {
    fn refuse<S: Spanned>(&mut self, part: &S, what: &str, remedy: &str) -> ControlFlow<()> {
        let bytes = Lines::new(self.sql).bytes(part);
        self.refusal = Some(SqlRefusal::new(Code::SqlTooLarge, what).at_part(bytes).remedy(remedy));
        ControlFlow::Break(())
    }

    fn series<S: Spanned>(&mut self, part: &S, ends: &[&Expr]) -> ControlFlow<()> {
        self.series = self.series.saturating_mul(rows(ends).unwrap_or(u64::MAX));
        if self.series > SERIES {
            return self.refuse(
                part,
                "a series of too many rows",
                "ask for fewer rows, with ends that are written down",
            );
        }
        ControlFlow::Continue(())
    }

    fn search(&mut self, whole: &Expr, text: &Expr, pattern: &Expr) -> ControlFlow<()> {
        if size(text).saturating_mul(size(pattern)) > SEARCH {
            return self.refuse(whole, "a search in too long a text", "look for a shorter part, or in a shorter text");
        }
        ControlFlow::Continue(())
    }

    fn body(&mut self, body: &SetExpr) -> ControlFlow<()> {
        match body {
            SetExpr::Select(select) if unjoined(select) > UNJOINED => {
                self.refuse(select.as_ref(), "a product of many relations", "join them on their keys")
            }
            SetExpr::SetOperation { left, right, .. } => {
                self.body(left)?;
                self.body(right)
            }
            _ => ControlFlow::Continue(()), // queries below are visited by themselves
        }
    }
}

impl Visitor for Walk<'_> {
    type Break = ();

    fn pre_visit_query(&mut self, query: &Query) -> ControlFlow<()> {
        self.body(&query.body)
    }

    fn pre_visit_table_factor(&mut self, factor: &TableFactor) -> ControlFlow<()> {
        let (name, listed) = match factor {
            TableFactor::Table { name, args: Some(args), .. } => (name, &args.args),
            TableFactor::Function { name, args, .. } => (name, args),
            _ => return ControlFlow::Continue(()), // no function
        };
        if bare_name(name).as_deref() != Some("generate_series") {
            return ControlFlow::Continue(());
        }
        let ends: Vec<&Expr> = listed.iter().filter_map(plain).collect();
        self.series(factor, &ends)
    }

    fn pre_visit_expr(&mut self, expr: &Expr) -> ControlFlow<()> {
        match expr {
            Expr::Function(function) => {
                let name = folded(function);
                let given = arguments(&function.args);
                if name == "generate_series" {
                    return self.series(expr, &given);
                }
                let powers = match name.as_str() {
                    "power" | "pow" => given.get(1).is_some_and(|end| is_over(end)),
                    "factorial" => given.first().is_some_and(|end| is_over(end)),
                    _ => false, // grows no number
                };
                let searches = matches!(name.as_str(), "like" | "glob") && given.iter().any(|text| is_slow(text));
                if powers {
                    return self.refuse(expr, "a number of too many digits", "use a smaller exponent");
                }
                if searches {
                    return self.refuse(expr, "a pattern with too many wildcards", "look for fewer parts");
                }
                if let ("like" | "glob", [pattern, text, ..]) = (name.as_str(), given.as_slice()) {
                    self.search(expr, text, pattern)?;
                }
            }
            Expr::BinaryOp { op: BinaryOperator::PGExp, right, .. } if is_over(right) => {
                return self.refuse(expr, "a number of too many digits", "use a smaller exponent");
            }
            Expr::Like { pattern, .. }
            | Expr::ILike { pattern, .. }
            | Expr::RLike { pattern, .. }
            | Expr::SimilarTo { pattern, .. }
                if is_slow(pattern) =>
            {
                return self.refuse(expr, "a pattern with too many wildcards", "look for fewer parts");
            }
            Expr::Like { expr: text, pattern, .. }
            | Expr::ILike { expr: text, pattern, .. }
            | Expr::RLike { expr: text, pattern, .. } => {
                return self.search(expr, text, pattern);
            }
            Expr::BinaryOp { op: BinaryOperator::Match | BinaryOperator::Custom(_), right, .. } if is_slow(right) => {
                return self.refuse(expr, "a pattern with too many wildcards", "look for fewer parts");
            }
            Expr::BinaryOp { op: BinaryOperator::StringConcat, .. } => {}
            _ => return ControlFlow::Continue(()), // makes no text longer
        }
        if size(expr) > LONG {
            return self.refuse(
                expr,
                "a text of too many characters",
                "ask for a shorter one, with a length that is written down",
            );
        }
        ControlFlow::Continue(())
    }
}

fn folded(function: &Function) -> String {
    bare_name(&function.name).unwrap_or_default()
}

fn plain(argument: &FunctionArg) -> Option<&Expr> {
    match argument {
        FunctionArg::Unnamed(FunctionArgExpr::Expr(expr)) => Some(expr),
        _ => None, // named, or a star
    }
}

/// A text that is written down, however it is quoted.
fn text_of(value: &Value) -> Option<&str> {
    match value {
        Value::SingleQuotedString(text)
        | Value::EscapedStringLiteral(text)
        | Value::UnicodeStringLiteral(text)
        | Value::NationalStringLiteral(text) => Some(text),
        Value::DollarQuotedString(text) => Some(&text.value),
        _ => None, // a number, or short
    }
}

/// Characters that a text comes to at most.
fn size(expr: &Expr) -> u64 {
    match strip(expr) {
        Expr::Value(value) => {
            text_of(&value.value).map_or(20, |text| text.chars().count().try_into().unwrap_or(u64::MAX))
        }
        Expr::BinaryOp { left, right, .. } => size(left).saturating_add(size(right)),
        Expr::Cast { expr, .. } | Expr::UnaryOp { expr, .. } | Expr::Collate { expr, .. } => size(expr),
        Expr::Function(function) => called(&folded(function), &arguments(&function.args)),
        _ => COLUMN, // of a column, or as long as one
    }
}

/// What a function makes of its texts.
fn called(name: &str, given: &[&Expr]) -> u64 {
    let all = || given.iter().fold(20_u64, |sum, text| sum.saturating_add(size(text)));
    match (name, given) {
        ("lpad" | "rpad", [_, length, ..]) => count(length),
        ("zeroblob" | "randomblob", [length]) => count(length),
        ("repeat", [text, times]) => size(text).saturating_mul(count(times)),
        ("replace", [text, part, instead]) => {
            let parts = if matches!(strip(part), Expr::Value(_)) { size(part).max(1) } else { 1 };
            size(text).saturating_mul(size(instead).div_ceil(parts).max(1))
        }
        ("regexp_replace", [text, _, instead, ..]) => size(text).saturating_mul(size(instead).max(1)),
        ("hex" | "quote" | "encode", _) => all().saturating_mul(2),
        ("printf" | "format", [Expr::Value(format), ..]) => all().saturating_add(widths(format)),
        ("printf" | "format", _) => u64::MAX,
        ("array_fill", [_, Expr::Array(dimensions), ..]) => {
            dimensions.elem.iter().fold(1, |product, length| product.saturating_mul(count(length)))
        }
        ("array_fill", _) => u64::MAX,
        _ => all(),
    }
}

/// A length that is written down, or read from what is there; one that is multiplied could be anything.
fn count(expr: &Expr) -> u64 {
    match number(expr) {
        Some(number) => count_of(number.max(0.0)),
        None if is_read(expr) => SOME,
        None => u64::MAX,
    }
}

/// The widths in a format, added up; one that an argument gives could be anything.
fn widths(format: &ValueWithSpan) -> u64 {
    let Value::SingleQuotedString(text) = &format.value else { return u64::MAX };
    let fields = text.split('%').skip(1).map(|field| {
        let head: String = field.chars().take_while(|letter| !letter.is_ascii_alphabetic()).collect();
        if head.contains('*') {
            return u64::MAX;
        }
        head.split(|letter: char| !letter.is_ascii_digit())
            .filter(|digits| !digits.is_empty())
            .fold(0_u64, |sum, digits| sum.saturating_add(digits.parse().unwrap_or(u64::MAX)))
    });
    fields.fold(0, u64::saturating_add)
}

fn is_over(expr: &Expr) -> bool {
    number(expr).is_some_and(|number| number > EXPONENT)
}

/// A pattern that a matcher may have to try too often.
fn is_slow(pattern: &Expr) -> bool {
    if let Expr::Array(patterns) = strip(pattern) {
        return patterns.elem.iter().any(is_slow);
    }
    let mut texts = Texts(0);
    let _ignored = pattern.visit(&mut texts);
    texts.0 > WILDCARDS
}

struct Texts(usize);

impl Visitor for Texts {
    type Break = ();

    fn pre_visit_value(&mut self, value: &ValueWithSpan) -> ControlFlow<()> {
        if let Some(text) = text_of(&value.value) {
            self.0 = self.0.saturating_add(text.matches(['%', '*']).count());
        }
        ControlFlow::Continue(())
    }
}

/// Rows of a series, if its ends tell.
fn rows(ends: &[&Expr]) -> Option<u64> {
    let (first, last) = (ends.first()?, ends.get(1)?);
    let step = ends.get(2);
    if let (Some(first), Some(last)) = (number(first), number(last)) {
        let by = step.map_or(Some(1.0), |step| number(step))?.abs();
        let rows = (last - first).abs() / by;
        return if rows.is_finite() { Some(count_of(rows)) } else { None };
    }
    let a_day = step.map_or(Some(1), |step| per_day(step))?;
    if let (Some(first), Some(last)) = (day(first), day(last)) {
        return Some(a_day.saturating_mul(days(first, last).unsigned_abs().into()));
    }
    (is_read(first) && is_read(last)).then(|| SOME.saturating_mul(a_day))
}

/// Whether an end comes from what is there: no number in it is large, and nothing multiplies.
fn is_read(expr: &Expr) -> bool {
    !holds(expr, |expr| match expr {
        Expr::Value(_) => number(expr).is_some_and(|number| number.abs() > 10_000.0),
        Expr::BinaryOp { op: BinaryOperator::Multiply | BinaryOperator::PGExp, .. } => true,
        Expr::BinaryOp { op: BinaryOperator::PGBitwiseShiftLeft, .. } => true,
        Expr::Function(function) => matches!(folded(function).as_str(), "power" | "pow" | "factorial" | "exp"),
        _ => false, // read
    })
}

fn count_of(rows: f64) -> u64 {
    format!("{rows:.0}").parse::<u64>().unwrap_or(u64::MAX).saturating_add(1)
}

/// Steps in a day, or fewer.
fn per_day(step: &Expr) -> Option<u64> {
    if number(step).is_some_and(|step| step.abs() >= 1.0) {
        return Some(1);
    }
    let words = step.to_string().to_ascii_lowercase();
    if ["day", "week", "month", "year"].iter().any(|unit| words.contains(unit)) {
        Some(1)
    } else if words.contains("hour") {
        Some(24)
    } else if words.contains("min") {
        Some(1440)
    } else {
        None
    }
}

/// How many of the relations of a query nothing joins.
fn unjoined(select: &Select) -> usize {
    let (mut sources, mut joins) = (0_usize, 0_usize);
    for from in &select.from {
        sources = sources.saturating_add(weight(&from.relation));
        for join in &from.joins {
            sources = sources.saturating_add(weight(&join.relation));
            joins = joins.saturating_add(usize::from(is_joined(&join.join_operator)));
        }
    }
    let compared = select.selection.as_ref().map(conjuncts).unwrap_or_default();
    sources.saturating_sub(joins.saturating_add(compared.into_iter().filter(|part| compares(part)).count()))
}

/// Rows that follow from another source's are no factor of a product.
fn weight(factor: &TableFactor) -> usize {
    match factor {
        TableFactor::Table { args: Some(args), .. } => {
            usize::from(!args.args.iter().filter_map(plain).any(names_column))
        }
        TableFactor::Function { args, .. } => usize::from(!args.iter().filter_map(plain).any(names_column)),
        TableFactor::UNNEST { array_exprs, .. } => usize::from(!array_exprs.iter().any(names_column)),
        TableFactor::Derived { lateral: true, .. } => 0,
        _ => 1, // a relation, or a subquery
    }
}

fn is_joined(operator: &JoinOperator) -> bool {
    match operator {
        JoinOperator::Join(on)
        | JoinOperator::Inner(on)
        | JoinOperator::Left(on)
        | JoinOperator::LeftOuter(on)
        | JoinOperator::Right(on)
        | JoinOperator::RightOuter(on)
        | JoinOperator::FullOuter(on) => match on {
            JoinConstraint::On(on) => conjuncts(on).into_iter().any(compares),
            JoinConstraint::Using(_) | JoinConstraint::UsingAlias(..) | JoinConstraint::Natural => true,
            JoinConstraint::None => false,
        },
        _ => false, // joins nothing
    }
}

/// Whether a conjunct sets columns beside each other.
fn compares(part: &Expr) -> bool {
    match strip(part) {
        Expr::BinaryOp { left, right, .. } => names_column(left) && names_column(right),
        Expr::Between { expr, low, high, .. } => names_column(expr) && (names_column(low) || names_column(high)),
        _ => false, // of one source
    }
}
