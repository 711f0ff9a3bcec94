//! Whether a step makes a text shorter each time, until nothing is left of it or nothing is found in it.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "the enums of the parser are foreign and grow; what is not named here is not known to cut"
)]

use super::marks::{literal, turned};
use super::motion::Is;
use crate::intercept::sql::parts::{arguments, folded};
use crate::intercept::sql::scope::{conjuncts, strip, text};
use sqlparser::ast::{BinaryOperator, CharacterLength, DataType, Expr, Value};

/// What is known to stand in a text wherever it is cut.
#[derive(Clone, Copy, Default)]
pub(super) struct Found<'sql> {
    /// What the condition looks for.
    pub(super) searched: Option<&'sql str>,
    /// Where it begins, the last letter of it: every end of it has that too.
    pub(super) last: Option<char>,
}

impl Found<'_> {
    /// Whether something is found in all of it.
    fn is_in_whole(self, what: &str) -> bool {
        self.searched == Some(what)
    }

    /// Whether something is found in any end of it.
    fn is_in_ends(self, what: &str) -> bool {
        let mut letters = what.chars();
        let only = letters.next().filter(|_| letters.next().is_none());
        self.is_in_whole(what) || only.is_some() && self.last == only
    }
}

/// Whether a value is a column without its beginning, or without its end, or nothing.
pub(super) fn shortens(next: &Expr, is: Is<'_>, found: Found<'_>) -> bool {
    // What else is taken from a text may be its last letter.
    let kept = Found { last: None, ..found };
    match strip(next) {
        Expr::Substring { expr, substring_from: Some(from), substring_for: None, .. } => {
            is(expr) && is_past(from, is, found)
        }
        Expr::Substring { expr, substring_from: Some(from), .. } => is(expr) && is_past(from, is, kept),
        Expr::Trim { expr, .. } => shortens(expr, is, kept),
        Expr::Cast { expr, data_type, .. } if is_text(data_type) => shortens(expr, is, found),
        Expr::Case { operand: None, conditions, else_result, .. } => {
            let (mut found, mut cuts) = (found, false);
            for when in conditions {
                let searched = looks_for(&when.condition, is);
                let within = Found { searched: searched.or(found.searched), ..found };
                let cut = shortens(&when.result, is, within);
                cuts |= cut;
                if !cut && !is_nothing(&when.result) {
                    return false;
                }
                found.searched = found.searched.or_else(|| misses(&when.condition, is));
            }
            else_result.as_deref().map_or(cuts, |other| {
                let cut = shortens(other, is, found);
                cut || cuts && is_nothing(other)
            })
        }
        Expr::Function(function) => match (folded(function).as_str(), arguments(&function.args).as_slice()) {
            ("substr" | "substring", [of, from]) => is(of) && is_past(from, is, found),
            ("substr" | "substring", [of, from, _]) => is(of) && is_past(from, is, kept),
            ("right", [of, many]) => is(of) && is_less(many, is, found),
            ("left", [of, many]) => is(of) && is_less(many, is, kept),
            ("ltrim" | "rtrim" | "trim" | "nullif", [of, ..]) => shortens(of, is, kept),
            ("coalesce" | "ifnull", [of, others @ ..]) => {
                shortens(of, is, found) && others.iter().all(|other| is_nothing(other))
            }
            _ => false,
        },
        _ => false,
    }
}

/// What a text must not be that a condition holds for: empty, or without something that is looked for. The condition as it is said
/// from the left, and the text in it.
pub(super) fn is_filled<'sql>(
    left: &'sql Expr,
    op: &BinaryOperator,
    right: &Expr,
) -> Option<(&'sql Expr, Option<&'sql str>)> {
    let empty = || text(right).is_some_and(str::is_empty);
    let (of, looked_for) = match (measured(left), searched(left)) {
        (Some(of), _) => (of, None),
        (_, Some((of, looked_for))) => (of, Some(looked_for)),
        _ => {
            return matches!(op, BinaryOperator::NotEq | BinaryOperator::Gt)
                .then_some((left, None))
                .filter(|_| empty());
        }
    };
    let end = literal(right)?;
    let filled = match op {
        BinaryOperator::NotEq => end == 0.0,
        BinaryOperator::Gt => end >= 0.0,
        BinaryOperator::GtEq => end >= 1.0,
        _ => false,
    };
    filled.then_some((of, looked_for))
}

/// What a condition finds in the text, wherever it holds.
fn looks_for<'sql>(condition: &'sql Expr, is: Is<'_>) -> Option<&'sql str> {
    conjuncts(condition).into_iter().find_map(|part| {
        let Expr::BinaryOp { left, op, right } = strip(part) else { return None };
        let (of, looked_for) = is_filled(left, op, right).or_else(|| is_filled(right, &turned(op)?, left))?;
        looked_for.filter(|_| is(of))
    })
}

/// What stands in the text wherever a condition does not hold: that it is looked for in vain.
fn misses<'sql>(condition: &'sql Expr, is: Is<'_>) -> Option<&'sql str> {
    let Expr::BinaryOp { left, op: BinaryOperator::Eq, right } = strip(condition) else { return None };
    let (of, looked_for) = searched(left).filter(|_| literal(right) == Some(0.0))?;
    is(of).then_some(looked_for)
}

/// The text whose length a value is.
fn measured(side: &Expr) -> Option<&Expr> {
    let Expr::Function(function) = strip(side) else { return None };
    match (folded(function).as_str(), arguments(&function.args).as_slice()) {
        ("length" | "char_length" | "character_length", [of]) => Some(*of),
        _ => None,
    }
}

/// The text in which a value is a place, and what is looked for: something that is written down, and not nothing.
fn searched(side: &Expr) -> Option<(&Expr, &str)> {
    let (of, looked_for) = match strip(side) {
        Expr::Position { expr, r#in } => (r#in.as_ref(), expr.as_ref()),
        Expr::Function(function) => match (folded(function).as_str(), arguments(&function.args).as_slice()) {
            ("instr" | "strpos", [of, looked_for]) => (*of, *looked_for),
            _ => return None,
        },
        _ => return None,
    };
    text(looked_for).filter(|looked_for| !looked_for.is_empty()).map(|looked_for| (of, looked_for))
}

/// Whether a text from there on lacks its first letter: from the second, or behind something that is found in it. What is not found
/// lies before the first.
fn is_past(from: &Expr, is: Is<'_>, found: Found<'_>) -> bool {
    let sum = |left: &Expr, right: &Expr| {
        searched(left).is_some_and(|(of, looked_for)| {
            is(of) && literal(right).is_some_and(|more| more >= 2.0 || more >= 1.0 && found.is_in_ends(looked_for))
        })
    };
    let from = strip(from);
    literal(from).is_some_and(|from| from >= 2.0)
        || matches!(from, Expr::BinaryOp { left, op: BinaryOperator::Plus, right } if sum(left, right) || sum(right, left))
}

/// Whether so many letters are less than a column has: a negative number, or its length less something.
fn is_less(many: &Expr, is: Is<'_>, found: Found<'_>) -> bool {
    let less = |expr: &Expr| {
        literal(expr).is_some_and(|less| less >= 1.0)
            || searched(expr).is_some_and(|(of, looked_for)| is(of) && found.is_in_ends(looked_for))
    };
    literal(many).is_some_and(|many| many <= -1.0)
        || matches!(strip(many), Expr::BinaryOp { left, op: BinaryOperator::Minus, right }
            if measured(left).is_some_and(is) && less(right))
}

/// An empty text or none.
fn is_nothing(expr: &Expr) -> bool {
    matches!(strip(expr), Expr::Value(value) if value.value == Value::Null) || text(expr).is_some_and(str::is_empty)
}

fn is_text(kind: &DataType) -> bool {
    matches!(
        kind,
        DataType::Text
            | DataType::Varchar(None)
            | DataType::CharVarying(None)
            | DataType::CharacterVarying(None::<CharacterLength>)
    )
}

/// The last letter of a text that an anchor gives, where it is written down.
pub(super) fn last(expr: &Expr) -> Option<char> {
    match strip(expr) {
        Expr::BinaryOp { op: BinaryOperator::StringConcat, right, .. } => last(right),
        Expr::Cast { expr, data_type, .. } if is_text(data_type) => last(expr),
        expr => text(expr)?.chars().next_back(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Found, shortens};
    use crate::intercept::sql::scope::column_of;
    use sqlparser::ast::Expr;
    use sqlparser::dialect::PostgreSqlDialect;
    use sqlparser::parser::Parser;

    fn is(expr: &Expr) -> bool {
        column_of(expr).is_some_and(|name| name == "s")
    }

    fn cuts(next: &str, found: Found<'_>) -> bool {
        let expr = Parser::new(&PostgreSqlDialect {}).try_with_sql(next).unwrap().parse_expr().unwrap();
        shortens(&expr, &is, found)
    }

    #[test]
    fn what_may_be_all_of_it_again_is_no_cut() {
        for (next, cut) in [
            ("substr(s, 2)", true),
            ("substr(s, instr(s, ', ') + 2)", true),
            ("CASE WHEN instr(s, ',') > 0 THEN substr(s, instr(s, ',') + 1) ELSE '' END", true),
            ("CASE WHEN instr(s, ',') = 0 THEN '' ELSE substr(s, instr(s, ',') + 1) END", true),
            ("right(s, -1)", true),
            ("left(s, length(s) - 1)", true),
            ("ltrim(substr(s, 2))", true),
            ("substr(s, 2)::text", true),
            ("substr(s, instr(s, ',') + 1)", false),
            ("substring(s from position(',' in s) + 1)", false),
            ("CASE WHEN s = 'a' THEN '' ELSE substr(s, instr(s, ',') + 1) END", false),
            ("CASE WHEN instr(s, ';') > 0 THEN substr(s, instr(s, ',') + 1) ELSE '' END", false),
            ("CAST(substr(s, 2) AS int)", false),
            ("substring(s, '2')", false),
            ("substr(s, 1, 100)", false),
            ("substr(s, 1)", false),
            ("substr(k, 2)", false),
            ("substr(s || 'x', 2)", false),
            ("left(s, 100)", false),
            ("right(s, 100)", false),
            ("left(s, length(s) - 0)", false),
            ("right(s, length(s) - strpos(s, 'z'))", false),
            ("left(s, length(s) - length(substr(s, 99)))", false),
            ("ltrim(s)", false),
            ("trim(s)", false),
            ("replace(s, 'z', '')", false),
            ("CASE WHEN s = 'a' THEN substr(s, 2) ELSE s END", false),
            ("CASE WHEN s = 'a' THEN substr(s, 2) ELSE 'ab' END", false),
        ] {
            assert_eq!(cuts(next, Found::default()), cut, "{next}");
        }
    }

    #[test]
    fn what_is_found_is_cut_off() {
        let (last, searched) = (Found { last: Some(','), searched: None }, Found { last: None, searched: Some(", ") });
        assert!(cuts("substr(s, instr(s, ',') + 1)", last));
        assert!(cuts("right(s, length(s) - strpos(s, ','))", last));
        assert!(!cuts("left(s, length(s) - strpos(s, ','))", last));
        assert!(!cuts("rtrim(substr(s, instr(s, ',') + 1), ',')", last));
        assert!(!cuts("substr(s, instr(s, ';') + 1)", last));
        assert!(cuts("substr(s, instr(s, ', ') + 1)", searched));
        assert!(!cuts("substr(s, instr(s, ',') + 1)", searched));
    }
}
