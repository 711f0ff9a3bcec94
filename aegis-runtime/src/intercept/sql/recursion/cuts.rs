//! Whether a step makes a text shorter each time.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "the enums of the parser are foreign and grow; what is not named here is not known to cut"
)]

use crate::intercept::sql::parts::{arguments, folded};
use crate::intercept::sql::scope::{column_of, holds, number, strip, text};
use sqlparser::ast::{BinaryOperator, Expr, Value};

/// Whether a value is a column without its beginning, or without its end, or nothing.
pub(super) fn shortens(next: &Expr, column: &str) -> bool {
    let is = |expr: &Expr| column_of(strip(expr)).is_some_and(|name| name == column);
    match strip(next) {
        Expr::Substring { expr, substring_from: Some(from), .. } => is(expr) && is_past(from),
        Expr::Trim { expr, .. } | Expr::Cast { expr, .. } => shortens(expr, column),
        Expr::Case { operand: _, conditions, else_result, .. } => {
            let results = conditions.iter().map(|when| &when.result).chain(else_result.as_deref());
            let cut = |result: &Expr| shortens(result, column);
            results.clone().any(cut) && results.into_iter().all(|result| cut(result) || is_nothing(result))
        }
        Expr::Function(function) => match (folded(function).as_str(), arguments(&function.args).as_slice()) {
            ("substr" | "substring", [of, from, ..]) => is(of) && is_past(from),
            ("left" | "right", [of, many]) => is(of) && is_less(many, column),
            ("ltrim" | "rtrim" | "trim" | "nullif", [of, ..]) => shortens(of, column),
            ("coalesce" | "ifnull", [of, others @ ..]) => {
                shortens(of, column) && others.iter().all(|other| is_nothing(other))
            }
            _ => false,
        },
        _ => false,
    }
}

/// Whether a text from there on lacks its first letter: from the second, or behind something that was searched in it. What is not
/// found there lies before the first, and is not known.
fn is_past(from: &Expr) -> bool {
    let searched = |expr: &Expr| match strip(expr) {
        Expr::Position { .. } => true,
        Expr::Function(function) => ["instr", "strpos", "charindex"].contains(&folded(function).as_str()),
        _ => false,
    };
    let from = strip(from);
    let sum = |left: &Expr, right: &Expr| searched(left) && number(right).is_some_and(|more| more >= 1.0);
    number(from).is_some_and(|from| from >= 2.0)
        || matches!(from, Expr::BinaryOp { left, op: BinaryOperator::Plus, right } if sum(left, right) || sum(right, left))
}

/// Whether so many letters are less than a column has: a negative number, or its length less something.
fn is_less(many: &Expr, column: &str) -> bool {
    let lengths = |expr: &Expr| match strip(expr) {
        Expr::Function(function) => {
            let measures = ["length", "char_length"].contains(&folded(function).as_str());
            measures && arguments(&function.args).iter().any(|of| column_of(of).is_some_and(|name| name == column))
        }
        _ => false,
    };
    let less = |expr: &Expr| {
        number(expr).is_some_and(|less| less >= 1.0)
            || number(expr).is_none() && holds(expr, |part| matches!(part, Expr::Function(_) | Expr::Position { .. }))
    };
    number(many).is_some_and(|many| many < 0.0)
        || matches!(strip(many), Expr::BinaryOp { left, op: BinaryOperator::Minus, right } if lengths(left) && less(right))
}

/// An empty text or none.
fn is_nothing(expr: &Expr) -> bool {
    matches!(strip(expr), Expr::Value(value) if value.value == Value::Null) || text(expr).is_some_and(str::is_empty)
}

#[cfg(test)]
mod tests {
    use super::shortens;
    use sqlparser::dialect::PostgreSqlDialect;
    use sqlparser::parser::Parser;

    #[test]
    fn what_may_be_all_of_it_again_is_no_cut() {
        for (next, cut) in [
            ("substr(s, 2)", true),
            ("substr(s, instr(s, ',') + 1)", true),
            ("substring(s from position(',' in s) + 1)", true),
            ("CASE WHEN instr(s, ',') > 0 THEN substr(s, instr(s, ',') + 1) ELSE '' END", true),
            ("right(s, -1)", true),
            ("left(s, length(s) - 1)", true),
            ("ltrim(substr(s, 2))", true),
            ("substr(s, 1, 100)", false),
            ("substr(s, 1)", false),
            ("substr(k, 2)", false),
            ("substr(s || 'x', 2)", false),
            ("left(s, 100)", false),
            ("right(s, 100)", false),
            ("left(s, length(s) - 0)", false),
            ("ltrim(s)", false),
            ("trim(s)", false),
            ("replace(s, 'z', '')", false),
            ("CASE WHEN s = 'a' THEN substr(s, 2) ELSE s END", false),
            ("CASE WHEN s = 'a' THEN substr(s, 2) ELSE 'ab' END", false),
        ] {
            let expr = Parser::new(&PostgreSqlDialect {}).try_with_sql(next).unwrap().parse_expr().unwrap();
            assert_eq!(shortens(&expr, "s"), cut, "{next}");
        }
    }
}
