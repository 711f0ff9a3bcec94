//! Plans over relations with personal columns: their shape is shown, and nothing that is measured.
//!
//! The engine takes costs, rows and above all the width of rows from statistics of the values themselves: the width of a column that
//! few rows fill is the length of a value. What a plan that is run says of memory, blocks and time follows values as well. Behind a
//! masked leaf no predicate is estimated by a value, so the shape alone tells of nothing but counts.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "the enums of the parser are foreign and grow; a statement or option that is not named here is refused"
)]

use super::reading_a::fold;
use sqlparser::ast::{Expr, Statement, UtilityOption, Value};

/// What the reader of such a plan should know.
pub(super) const NOTE: &str = "plans over relations with personal columns are shown without costs";

/// Whether an EXPLAIN may be shown without its costs, since it asks for nothing that is measured.
pub(super) fn may_be_bared(statement: &Statement) -> bool {
    match statement {
        Statement::Explain { analyze: false, options: None, .. } => true,
        Statement::Explain { analyze: false, options: Some(options), .. } => {
            options.iter().all(|option| is_quiet(option) && !is_costs(option))
        }
        _ => false, // it is run, or is none
    }
}

/// Whether an EXPLAIN on PostgreSQL switches costs off and shows nothing else that is measured.
pub(super) fn is_bare(statement: &Statement) -> bool {
    let Statement::Explain { analyze: false, options: Some(options), .. } = statement else { return false };
    options.iter().all(is_quiet) && options.iter().any(is_costs)
}

/// An option that measures nothing, or is switched off.
fn is_quiet(option: &UtilityOption) -> bool {
    matches!(fold(&option.name).as_str(), "verbose" | "format") || option.arg.as_ref().is_some_and(is_off)
}

fn is_costs(option: &UtilityOption) -> bool {
    fold(&option.name) == "costs"
}

/// The text of an EXPLAIN with its costs switched off.
pub(super) fn bared(text: &str, statement: &Statement) -> Option<String> {
    if matches!(statement, Statement::Explain { options: Some(_), .. }) {
        let options = text.trim_start().get("EXPLAIN".len()..)?.trim_start().strip_prefix('(')?;
        return Some(format!("EXPLAIN (COSTS OFF, {options}"));
    }
    let rest = behind(text.trim_start(), "EXPLAIN")?;
    let (verbose, rest) = behind(rest, "VERBOSE").map_or(("", rest), |rest| ("VERBOSE, ", rest));
    Some(format!("EXPLAIN ({verbose}COSTS OFF) {rest}"))
}

/// What stands behind a word and blanks.
fn behind<'sql>(text: &'sql str, word: &str) -> Option<&'sql str> {
    let (head, rest) = text.split_at_checked(word.len())?;
    let ends = rest.starts_with(|letter: char| letter.is_ascii_whitespace());
    (head.eq_ignore_ascii_case(word) && ends).then(|| rest.trim_start())
}

fn is_off(arg: &Expr) -> bool {
    match arg {
        Expr::Identifier(ident) => matches!(fold(ident).as_str(), "off" | "false"),
        Expr::Value(value) => match &value.value {
            Value::Boolean(on) => !on,
            Value::Number(number, _) => number == "0",
            _ => false, // of another kind
        },
        _ => false, // computed
    }
}
