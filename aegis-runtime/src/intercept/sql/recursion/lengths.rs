//! Whether a step appends to a value of the row before: what it writes then grows with the square of its steps.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "the enums of the parser are foreign and grow; what is not named here may be longer than what it is made of"
)]

use super::motion::Is;
use crate::intercept::sql::parts::{arguments, folded};
use crate::intercept::sql::scope::{holds, strip, text};
use sqlparser::ast::{BinaryOperator, DataType, Expr};

/// Functions that give a number, a day or a truth, or some of the letters of their first argument: no longer than that.
const KEEPING: [&str; 22] = [
    "btrim",
    "coalesce",
    "greatest",
    "ifnull",
    "iif",
    "least",
    "left",
    "lower",
    "ltrim",
    "max",
    "min",
    "nullif",
    "regexp_substr",
    "reverse",
    "right",
    "rtrim",
    "split_part",
    "substr",
    "substring",
    "translate",
    "trim",
    "upper",
];
const MEASURING: [&str; 24] = [
    "abs",
    "ascii",
    "ceil",
    "ceiling",
    "char_length",
    "count",
    "date",
    "date_part",
    "date_trunc",
    "datetime",
    "floor",
    "instr",
    "julianday",
    "length",
    "md5",
    "mod",
    "octet_length",
    "round",
    "sign",
    "strpos",
    "time",
    "unicode",
    "unixepoch",
    "make_interval",
];

/// Whether a value may be longer than the columns of the row before that stand in it.
pub(super) fn lengthens(next: &Expr, own: Is<'_>) -> bool {
    if !holds(next, own) {
        return false;
    }
    let longer = |part: &Expr| lengthens(part, own);
    match strip(next) {
        Expr::Identifier(_) | Expr::CompoundIdentifier(_) | Expr::Extract { .. } | Expr::Position { .. } => false,
        Expr::BinaryOp { left, op, right } => !counts(op) || longer(left) || longer(right),
        Expr::UnaryOp { expr, .. } | Expr::Collate { expr, .. } | Expr::Trim { expr, .. } => longer(expr),
        Expr::Substring { expr, .. } => longer(expr),
        // A length fills up with blanks.
        Expr::Cast { expr, data_type, .. } => {
            longer(expr) || matches!(data_type, DataType::Char(Some(_)) | DataType::Character(Some(_)))
        }
        Expr::Case { conditions, else_result, .. } => {
            conditions.iter().map(|when| &when.result).chain(else_result.as_deref()).any(longer)
        }
        Expr::IsNull(_) | Expr::IsNotNull(_) | Expr::Between { .. } | Expr::Like { .. } => false,
        Expr::Function(function) => {
            let (name, given) = (folded(function), arguments(&function.args));
            match (name.as_str(), given.as_slice()) {
                ("replace", [of, part, instead]) => {
                    let written = text(part).zip(text(instead));
                    longer(of) || written.is_none_or(|(part, instead)| instead.chars().count() > part.chars().count())
                }
                // A format is copied.
                ("strftime", [format, ..]) | ("to_char", [_, format]) => text(format).is_none(),
                (name, given) if KEEPING.contains(&name) => given.iter().any(|part| longer(part)),
                (name, _) => !MEASURING.contains(&name),
            }
        }
        _ => true,
    }
}

/// Whether an operator gives a number or a truth, or a part of its left side.
fn counts(op: &BinaryOperator) -> bool {
    matches!(
        op,
        BinaryOperator::Plus
            | BinaryOperator::Minus
            | BinaryOperator::Multiply
            | BinaryOperator::Divide
            | BinaryOperator::Modulo
            | BinaryOperator::Gt
            | BinaryOperator::Lt
            | BinaryOperator::GtEq
            | BinaryOperator::LtEq
            | BinaryOperator::Eq
            | BinaryOperator::NotEq
            | BinaryOperator::And
            | BinaryOperator::Or
            | BinaryOperator::BitwiseAnd
            | BinaryOperator::BitwiseOr
            | BinaryOperator::PGBitwiseShiftRight
            | BinaryOperator::Arrow
            | BinaryOperator::LongArrow
    )
}

#[cfg(test)]
mod tests {
    use super::lengthens;
    use crate::intercept::sql::scope::column_of;
    use sqlparser::ast::Expr;
    use sqlparser::dialect::PostgreSqlDialect;
    use sqlparser::parser::Parser;

    #[test]
    fn what_is_appended_is_longer() {
        let is = |expr: &Expr| column_of(expr).is_some_and(|name| name == "s");
        for (next, longer) in [
            ("s || 'x'", true),
            ("coalesce(s, '') || 'x'", true),
            ("array_append(s, 1)", true),
            ("json_insert(s, '$[#]', 1)", true),
            ("repeat('x', s)", true),
            ("lpad('x', s)", true),
            ("hex(zeroblob(s))", true),
            ("ARRAY[s]", true),
            ("substr(s || 'x', 1)", true),
            ("s", false),
            ("k || 'x'", false),
            ("s + 1", false),
            ("trim(lower(s))", false),
            ("replace(s, 'a', '')", false),
            ("strftime('%Y-%m', s || '-01', '+1 month')", false),
        ] {
            let expr = Parser::new(&PostgreSqlDialect {}).try_with_sql(next).unwrap().parse_expr().unwrap();
            assert_eq!(lengthens(&expr, &is), longer, "{next}");
        }
    }
}
