//! Ranges: which of them leave rows out, as far as a statement alone can tell.
//!
//! A range that holds for every row looks like one that does not: `id > 0`, `created_at < '2999-01-01'`. So a range counts where its
//! two ends are near each other, where it ends well in the past, or where its one end is none that is made up to hold for all. That
//! is a guess on the careful side; it is a server's row budget that counts rows.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "the enums of the parser are foreign and grow; every wildcard here says that nothing is known, and that is no scope"
)]

use super::strip;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use sqlparser::ast::{BinaryOperator, Expr, FunctionArg, FunctionArgExpr, FunctionArguments, UnaryOperator, Value};

/// Widest range of numbers.
const WIDE: f64 = 10_000.0;
/// Longest range of days.
const LONG: i32 = 1830;
/// How far back a cut lies, so that the newest rows stay.
const BACK: i32 = 30;

/// Functions that give rows, so that what is compared with one may be any of many values.
pub(super) const GIVING_ROWS: [&str; 16] = [
    "generate_series",
    "generate_subscripts",
    "unnest",
    "json_array_elements",
    "json_array_elements_text",
    "json_each",
    "json_object_keys",
    "json_tree",
    "jsonb_array_elements",
    "jsonb_array_elements_text",
    "jsonb_object_keys",
    "jsonb_path_query",
    "jsonb_path_query_tz",
    "regexp_matches",
    "regexp_split_to_table",
    "string_to_table",
];

/// Whether two ends are near each other.
pub(super) fn is_bounded(low: &Expr, high: &Expr) -> bool {
    if let (Some(low), Some(high)) = (number(low), number(high)) {
        return (high - low).abs() <= WIDE;
    }
    if let (Some(low), Some(high)) = (day(low), day(high)) {
        return days(low, high).abs() <= LONG;
    }
    // Ends that the clock gives: from some days ago.
    is_back(low) && !low.to_string().to_ascii_lowercase().contains("year")
}

/// A range of one end.
pub(super) struct End<'sql> {
    pub(super) column: &'sql Expr,
    pub(super) at: &'sql Expr,
    /// Values lie below the end, or else above it.
    pub(super) below: bool,
    /// The end itself is left out.
    pub(super) strict: bool,
}

/// What a column counts, which says how much an end tells.
#[derive(Clone, Copy)]
pub(super) enum Counts {
    /// Rows, from one.
    Key,
    /// Rows of a group, from one: a name that a subquery gives, such as that of a row number.
    Rank,
    /// Anything.
    Amount,
}

/// Whether rows lie beyond the end.
pub(super) fn has_end(end: &End<'_>, counts: Counts) -> bool {
    let (most, least) = match counts {
        Counts::Key => (20.0, 20.0),
        Counts::Rank => (20.0, if end.strict { 1.0 } else { 2.0 }),
        Counts::Amount => (1000.0, 1000.0),
    };
    match number(end.at) {
        Some(number) if end.below => number <= most,
        Some(number) => number >= least,
        None => end.below && (day(end.at).is_some_and(is_past) || is_back(end.at)),
    }
}

/// A number that is written down.
pub(in crate::intercept::sql) fn number(expr: &Expr) -> Option<f64> {
    match strip(expr) {
        Expr::Value(value) => match &value.value {
            Value::Number(text, _) => text.parse().ok(),
            _ => None, // of another kind
        },
        Expr::UnaryOp { op: UnaryOperator::Minus, expr } => number(expr).map(|number| -number),
        Expr::UnaryOp { op: UnaryOperator::Plus, expr } | Expr::Cast { expr, .. } => number(expr),
        _ => None, // computed
    }
}

/// A text that is written down.
fn text(expr: &Expr) -> Option<&str> {
    let value = match strip(expr) {
        Expr::Value(value) => value,
        Expr::TypedString(typed) => &typed.value,
        Expr::Cast { expr, .. } => return text(expr),
        _ => return None, // computed
    };
    match &value.value {
        Value::SingleQuotedString(text) => Some(text),
        _ => None, // of another kind
    }
}

/// The day of a date that is written down.
pub(in crate::intercept::sql) fn day(expr: &Expr) -> Option<Date> {
    text(expr)?.get(..10)?.parse().ok()
}

pub(in crate::intercept::sql) fn days(from: Date, to: Date) -> i32 {
    from.until(to).map_or(i32::MAX, |span| span.get_days())
}

fn is_past(day: Date) -> bool {
    days(day, Timestamp::now().to_zoned(TimeZone::UTC).date()) >= BACK
}

/// A moment that is counted back from now, or from a day: `now() - interval '30 days'`, `date('now', '-30 days')`.
fn is_back(expr: &Expr) -> bool {
    match strip(expr) {
        Expr::Cast { expr, .. } => is_back(expr),
        Expr::BinaryOp { left, op: BinaryOperator::Minus, right } => is_moment(left) && is_span(right),
        Expr::Function(function) => {
            let name = function.name.to_string().to_ascii_lowercase();
            let arguments = arguments(&function.args);
            match (name.as_str(), arguments.as_slice()) {
                ("date" | "datetime", [moment, spans @ ..]) => {
                    let counts = |span: &&Expr| text(span).is_some_and(|span| span.starts_with('-'));
                    let on = |span: &&Expr| text(span).is_none_or(|span| span.starts_with(['+', '1', '2', '3']));
                    (text(moment) == Some("now") && spans.iter().any(counts) || day(moment).is_some_and(is_past))
                        && !spans.iter().any(on)
                }
                ("date_trunc", [_, moment]) => is_back(moment),
                _ => false, // any other
            }
        }
        _ => false, // nothing is known of it
    }
}

/// Now, or a day.
fn is_moment(expr: &Expr) -> bool {
    let named = |name: &str| matches!(name, "now" | "current_date" | "current_timestamp" | "localtimestamp");
    match strip(expr) {
        Expr::Cast { expr, .. } => is_moment(expr),
        Expr::Identifier(ident) => ident.quote_style.is_none() && named(&ident.value.to_ascii_lowercase()),
        Expr::Function(function) => {
            let name = function.name.to_string().to_ascii_lowercase();
            named(&name)
                || (name == "date_trunc" && arguments(&function.args).get(1).is_some_and(|moment| is_moment(moment)))
        }
        other => day(other).is_some_and(is_past) || is_back(other),
    }
}

/// Days at least.
fn is_span(expr: &Expr) -> bool {
    if number(expr).is_some_and(|days| days >= 1.0) {
        return true;
    }
    let words = match strip(expr) {
        Expr::Interval(interval) => interval.to_string().to_ascii_lowercase(),
        Expr::Cast { expr, .. } => text(expr).unwrap_or_default().to_ascii_lowercase(),
        _ => return false, // computed
    };
    let counted = words.contains(|letter: char| ('1'..='9').contains(&letter)) && !words.contains('-');
    counted && ["day", "week", "month", "year"].iter().any(|unit| words.contains(unit))
}

/// The plain arguments of a function.
pub(in crate::intercept::sql) fn arguments(arguments: &FunctionArguments) -> Vec<&Expr> {
    let FunctionArguments::List(list) = arguments else { return Vec::new() };
    let plain = |argument| match argument {
        &FunctionArg::Unnamed(FunctionArgExpr::Expr(ref expr)) => Some(expr),
        _ => None, // named, or a star
    };
    list.args.iter().filter_map(plain).collect()
}
