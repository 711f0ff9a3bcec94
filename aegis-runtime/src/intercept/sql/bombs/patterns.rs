//! Patterns that a matcher may have to try too often.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "the enums of the parser are foreign and grow; what is not known here counts as the text of a column"
)]

use super::super::walk::Walked;
use super::MATCHING;
use super::sizes::text_of;
use crate::intercept::sql::parts::{arguments, folded};
use crate::intercept::sql::scope::{names_column, number, strip};
use sqlparser::ast::{BinaryOperator, Expr, ValueWithSpan, Visitor};
use std::ops::ControlFlow;

/// Most wildcards of one pattern: in a regular expression each may multiply the time by the length of the text.
const WILDCARDS: usize = 6;

/// Most repeats that one regular expression writes down, added up.
const REPEATS: u64 = 600;
/// Most values of a path of JSON that it begins at.
const ROOTS: usize = 2;

const WILD: (&str, &str) = ("a pattern with too many wildcards", "look for fewer parts");
const BACK: (&str, &str) = ("a pattern that refers back", "look for fewer parts");
const REPEATED: (&str, &str) = ("a pattern that repeats too often", "look for fewer parts");
const DEEP: (&str, &str) = ("a path that asks again for each value", "follow one path, with one filter");
const PATH: (&str, &str) = ("a path that is not a plain one", "name the elements: `/orders/order/text()`");

/// What is wrong with the pattern of an expression, and what to do instead.
pub(super) fn flaw(expr: &Expr) -> Option<(&'static str, &'static str)> {
    match expr {
        Expr::Function(function) => flaw_of(&folded(function), &arguments(&function.args)),
        Expr::Substring { substring_from: Some(pattern), substring_for: escape, .. } => {
            matched(pattern, escape.as_deref())
        }
        Expr::SimilarTo { pattern, escape_char, .. } => {
            if is_slow(pattern) {
                Some(WILD)
            } else {
                matched(pattern, escape_char.as_deref())
            }
        }
        Expr::Like { pattern, .. } | Expr::ILike { pattern, .. } | Expr::RLike { pattern, .. } => {
            is_slow(pattern).then_some(WILD)
        }
        Expr::BinaryOp { op, right, .. }
        | Expr::AnyOp { compare_op: op, right, .. }
        | Expr::AllOp { compare_op: op, right, .. } => of_operator(op, right),
        _ => None, // no pattern
    }
}

/// The same for a function.
pub(super) fn flaw_of(name: &str, given: &[&Expr]) -> Option<(&'static str, &'static str)> {
    match (name, given) {
        ("like" | "glob", given) => given.iter().any(|text| is_slow(text)).then_some(WILD),
        (name, [_, pattern, ..]) if MATCHING.contains(&name) || name == "substring" => matched(pattern, None),
        (name, [_, path, ..]) if name.starts_with("jsonb_path") => is_deep(path).then_some(DEEP),
        ("xpath" | "xpath_exists" | "xmlexists", given) => {
            (!given.first().is_some_and(|path| is_plain(path))).then_some(PATH)
        }
        _ => None, // no pattern
    }
}

fn of_operator(op: &BinaryOperator, right: &Expr) -> Option<(&'static str, &'static str)> {
    match op {
        BinaryOperator::PGRegexMatch
        | BinaryOperator::PGRegexIMatch
        | BinaryOperator::PGRegexNotMatch
        | BinaryOperator::PGRegexNotIMatch
        | BinaryOperator::Regexp => matched(right, None),
        BinaryOperator::PGCustomBinaryOperator(_) => {
            matched(right, None).or_else(|| (is_slow(right) || is_deep(right)).then_some(WILD))
        }
        BinaryOperator::Match
        | BinaryOperator::Glob
        | BinaryOperator::PGLikeMatch
        | BinaryOperator::PGILikeMatch
        | BinaryOperator::PGNotLikeMatch
        | BinaryOperator::PGNotILikeMatch
        | BinaryOperator::Custom(_) => is_slow(right).then_some(WILD),
        BinaryOperator::AtQuestion | BinaryOperator::AtAt => is_deep(right).then_some(DEEP),
        _ => None, // holds no pattern
    }
}

/// A regular expression.
fn matched(pattern: &Expr, escape: Option<&Expr>) -> Option<(&'static str, &'static str)> {
    if refers_back(pattern, escape) {
        return Some(BACK);
    }
    (repeats(&Pieces::of(pattern).text) > REPEATS).then_some(REPEATED)
}

/// The numbers in braces, added up: the engine writes what is repeated out.
fn repeats(pattern: &str) -> u64 {
    let counts = pattern.split('{').skip(1).filter_map(|rest| rest.split_once('}'));
    let most = |(braces, _): (&str, &str)| braces.split(',').filter_map(|count| count.trim().parse::<u64>().ok()).max();
    counts.filter_map(most).fold(0, u64::saturating_add)
}

/// A path of JSON that begins anew within its filters, or goes to every depth more than once.
fn is_deep(path: &Expr) -> bool {
    let path = Pieces::of(path).text;
    path.matches('$').count() > ROOTS || path.matches("**").count() > 1
}

/// A path of names, from the root or from anywhere, to an element or to its text.
fn is_plain(path: &Expr) -> bool {
    let Expr::Value(value) = strip(path) else { return false };
    let Some(path) = text_of(&value.value) else { return false };
    let names = path.strip_suffix("/text()").unwrap_or(path);
    let is_sign = |letter: char| letter.is_alphanumeric() || matches!(letter, '/' | '_' | '-' | '.' | ':' | '@');
    names.chars().all(is_sign) && !names.contains("::") && !names.contains("..") && names.matches("//").count() < 2
}

/// A pattern that a matcher may have to try too often.
fn is_slow(pattern: &Expr) -> bool {
    if let Expr::Array(patterns) = strip(pattern) {
        return patterns.elem.iter().any(is_slow);
    }
    let mut texts = Texts(0);
    let _ignored = pattern.walked(&mut texts);
    texts.0 > WILDCARDS
}

/// A regular expression that holds what it found against the rest: that is tried in every way there is. SIMILAR TO turns its escape
/// character into the one of regular expressions.
fn refers_back(pattern: &Expr, escape: Option<&Expr>) -> bool {
    let pieces = Pieces::of(pattern);
    let sign = match escape.map(strip) {
        Some(Expr::Value(value)) => text_of(&value.value).and_then(|text| text.chars().next()),
        _ => None, // the usual one
    };
    let mut letters = pieces.text.chars().peekable();
    let mut refers = pieces.made;
    while let Some(letter) = letters.next() {
        let digit = letters.peek().is_some_and(|next| next.is_ascii_digit() && *next != '0');
        refers |= digit && (letter == '\\' || Some(letter) == sign);
    }
    refers
}

/// The texts of a pattern, joined: what stands in one may go on in the next.
struct Pieces {
    text: String,
    /// Some sign may come from a number, or from a text that is taken otherwise.
    made: bool,
}

impl Pieces {
    fn of(pattern: &Expr) -> Self {
        let mut pieces = Self { text: String::new(), made: false };
        let _ignored = pattern.walked(&mut pieces);
        pieces
    }
}

impl Visitor for Pieces {
    type Break = ();

    fn pre_visit_expr(&mut self, expr: &Expr) -> ControlFlow<()> {
        match expr {
            Expr::Value(value) => self.text.extend(text_of(&value.value)),
            Expr::Function(function) => {
                let given = arguments(&function.args);
                self.made |= match folded(function).as_str() {
                    "chr" | "char" => {
                        given.iter().any(|code| number(code).is_none_or(|code| (92.0..93.0).contains(&code)))
                    }
                    "convert_from" | "decode" | "reverse" | "translate" | "unistr" => !names_column(expr),
                    _ => false, // of its texts
                };
            }
            _ => {} // visited by itself
        }
        ControlFlow::Continue(())
    }
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
