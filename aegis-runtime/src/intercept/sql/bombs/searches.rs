//! Searches: every place of a text may be held against all of what is looked for, and no engine asks for its limits meanwhile.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "the enums of the parser are foreign and grow; what is not named here looks for nothing"
)]

use super::MATCHING;
use super::sizes::{Sizes, listed};
use crate::intercept::sql::parts::folded;
use sqlparser::ast::{BinaryOperator, Expr};

/// Longest text times longest pattern of one search, whoever gives them.
const SEARCH: u64 = 100_000_000;
/// The same for a regular expression, that may go through all of the text from each place of it.
const MATCH: u64 = 1_000_000_000;

/// Functions whose second argument is looked for in the first: a part, or any of its signs.
const SEARCHING: [&str; 11] = [
    "btrim",
    "instr",
    "ltrim",
    "replace",
    "rtrim",
    "split_part",
    "string_to_array",
    "string_to_table",
    "strpos",
    "translate",
    "trim",
];

/// Whether what a function is given would be searched for too long.
pub(super) fn is_long_in(sizes: Sizes<'_>, name: &str, given: &[&Expr]) -> bool {
    match (name, given) {
        ("like" | "glob", [pattern, text, ..]) => is_long(sizes, text, pattern),
        (name, [text, pattern, ..]) if SEARCHING.contains(&name) => is_long(sizes, text, pattern),
        (name, [text, ..]) if MATCHING.contains(&name) => is_matched_long(sizes, text),
        _ => false,
    }
}

/// Whether an expression searches for too long.
pub(super) fn is_long_at(sizes: Sizes<'_>, expr: &Expr) -> bool {
    match expr {
        Expr::Function(function) => is_long_in(sizes, &folded(function), &listed(&function.args)),
        Expr::Position { expr: part, r#in: text } => is_long(sizes, text, part),
        Expr::Trim { expr: text, trim_what, trim_characters, .. } => trim_what
            .as_deref()
            .into_iter()
            .chain(trim_characters.iter().flatten())
            .any(|part| is_long(sizes, text, part)),
        Expr::Like { expr: text, pattern, .. }
        | Expr::ILike { expr: text, pattern, .. }
        | Expr::RLike { expr: text, pattern, .. } => is_long(sizes, text, pattern),
        Expr::SimilarTo { expr: text, .. } => is_matched_long(sizes, text),
        // What is no place in the text is a pattern.
        Expr::Substring { expr: text, substring_from: Some(from), .. } => {
            sizes.most(from).is_none() && is_matched_long(sizes, text)
        }
        Expr::BinaryOp { left, op, right } => match op {
            BinaryOperator::PGRegexMatch
            | BinaryOperator::PGRegexIMatch
            | BinaryOperator::PGRegexNotMatch
            | BinaryOperator::PGRegexNotIMatch
            | BinaryOperator::Regexp => is_matched_long(sizes, left),
            BinaryOperator::Glob
            | BinaryOperator::Match
            | BinaryOperator::PGLikeMatch
            | BinaryOperator::PGILikeMatch
            | BinaryOperator::PGNotLikeMatch
            | BinaryOperator::PGNotILikeMatch
            // Each element is held against each.
            | BinaryOperator::AtArrow
            | BinaryOperator::ArrowAt
            | BinaryOperator::PGOverlap
            | BinaryOperator::Custom(_) => is_long(sizes, left, right),
            // Any of those.
            BinaryOperator::PGCustomBinaryOperator(_) => is_long(sizes, left, right) || is_matched_long(sizes, left),
            _ => false,
        },
        _ => false,
    }
}

fn is_long(sizes: Sizes<'_>, text: &Expr, pattern: &Expr) -> bool {
    sizes.size(text).saturating_mul(sizes.size(pattern)) > SEARCH
}

fn is_matched_long(sizes: Sizes<'_>, text: &Expr) -> bool {
    let long = sizes.size(text);
    long.saturating_mul(long) > MATCH
}
