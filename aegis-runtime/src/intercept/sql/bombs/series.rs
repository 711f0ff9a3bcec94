//! How many rows a series has, if its ends tell.

use super::sizes::{SOME, Sizes};
use crate::intercept::sql::parts::folded;
use crate::intercept::sql::scope::{day, days, number, strip, written};
use sqlparser::ast::Expr;

/// Rows of a series, if its ends tell.
pub(super) fn rows(ends: &[&Expr], sizes: Sizes<'_>) -> Option<u64> {
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
    let far = sizes.most(first)?.saturating_add(sizes.most(last)?);
    // What is read at both ends lies a few rows apart.
    Some(if far <= SOME.saturating_mul(4) { SOME } else { far }.saturating_mul(a_day))
}

pub(super) fn count_of(rows: f64) -> u64 {
    format!("{rows:.0}").parse::<u64>().unwrap_or(u64::MAX).saturating_add(1)
}

/// Steps in a day, or fewer.
fn per_day(step: &Expr) -> Option<u64> {
    if number(step).is_some_and(|step| step.abs() >= 1.0) {
        return Some(1);
    }
    if let Some(days) = written(step) {
        let a_day = 1.0 / days.abs();
        return if a_day <= 1440.0 { Some(if a_day <= 1.0 { 1 } else { count_of(a_day) }) } else { None };
    }
    let words = match strip(step) {
        Expr::Function(function) if folded(function) == "make_interval" => step.to_string().to_ascii_lowercase(),
        _ => return None, // computed
    };
    if words.contains("sec") || words.contains('.') {
        None
    } else if words.contains("min") {
        Some(1440)
    } else if words.contains("hour") {
        Some(24)
    } else {
        ["day", "week", "month", "year"].iter().any(|unit| words.contains(unit)).then_some(1)
    }
}
