//! One value of a row, as its reader knows it.

use crate::spec::ColumnKind;
use std::borrow::Cow;

/// A value. A reader without types gives words; one with types gives what it read, and nothing is converted.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Cell {
    /// No value.
    Null,
    /// Text of a format without types, never empty.
    Word(String),
    /// Text.
    Text(String),
    /// An integer.
    Integer(i64),
    /// A number, perhaps NaN.
    Number(f64),
    /// True or false.
    Boolean(bool),
    /// A nested or oversized value, which fits no declared type; spelled, so that equal ones are equal.
    Odd(String),
}

impl Cell {
    /// How it is written, for patterns, lists and keys; `None` for a null.
    pub(super) fn spelled(&self) -> Option<Cow<'_, str>> {
        Some(match self {
            Cell::Null => return None,
            Cell::Word(text) | Cell::Text(text) | Cell::Odd(text) => Cow::Borrowed(text),
            Cell::Integer(number) => Cow::Owned(number.to_string()),
            Cell::Number(number) => Cow::Owned(number.to_string()),
            Cell::Boolean(value) => Cow::Borrowed(if *value { "true" } else { "false" }),
        })
    }

    /// Its number, where it is one.
    pub(super) fn number(&self) -> Option<f64> {
        match self {
            Cell::Word(text) => text.parse().ok(),
            Cell::Integer(number) => serde_json::Number::from(*number).as_f64(),
            Cell::Number(number) => Some(*number),
            Cell::Null | Cell::Text(_) | Cell::Boolean(_) | Cell::Odd(_) => None,
        }
    }

    /// Its instant in seconds since 1970, where it is one; without an offset it is UTC.
    pub(super) fn instant(&self) -> Option<i64> {
        match self {
            Cell::Word(text) | Cell::Text(text) => instant(text),
            Cell::Null | Cell::Integer(_) | Cell::Number(_) | Cell::Boolean(_) | Cell::Odd(_) => None,
        }
    }

    /// Whether a column of this type may hold it; a null is judged by the caller.
    pub(super) fn is_of(&self, kind: ColumnKind) -> bool {
        match (self, kind) {
            (Cell::Null, _) => true,
            (Cell::Odd(_), _) => false,
            (Cell::Word(_) | Cell::Text(_), ColumnKind::Text) => true,
            (Cell::Word(text), ColumnKind::Integer) => text.parse::<i64>().is_ok(),
            (Cell::Word(text), ColumnKind::Number) => text.parse::<f64>().is_ok_and(f64::is_finite),
            (Cell::Word(text), ColumnKind::Boolean) => matches!(text.as_str(), "true" | "false" | "0" | "1"),
            (Cell::Word(text) | Cell::Text(text), ColumnKind::Timestamp) => instant(text).is_some(),
            (Cell::Word(text) | Cell::Text(text), ColumnKind::Blob) => {
                text.len().is_multiple_of(2) && text.bytes().all(|byte| byte.is_ascii_hexdigit())
            }
            (Cell::Integer(_), ColumnKind::Integer | ColumnKind::Number) => true,
            (Cell::Number(number), ColumnKind::Number) => number.is_finite(),
            (Cell::Boolean(_), ColumnKind::Boolean) => true,
            (Cell::Text(_), ColumnKind::Integer | ColumnKind::Number | ColumnKind::Boolean)
            | (Cell::Integer(_), ColumnKind::Text | ColumnKind::Boolean | ColumnKind::Timestamp | ColumnKind::Blob)
            | (
                Cell::Number(_),
                ColumnKind::Integer | ColumnKind::Text | ColumnKind::Boolean | ColumnKind::Timestamp | ColumnKind::Blob,
            )
            | (
                Cell::Boolean(_),
                ColumnKind::Integer | ColumnKind::Number | ColumnKind::Text | ColumnKind::Timestamp | ColumnKind::Blob,
            ) => false,
        }
    }
}

/// A date, a date and a time, or an instant.
fn instant(text: &str) -> Option<i64> {
    use jiff::{Timestamp, civil, tz::TimeZone};
    if let Ok(instant) = text.parse::<Timestamp>() {
        return Some(instant.as_second());
    }
    let civil = text.parse::<civil::DateTime>().or_else(|_| text.parse::<civil::Date>().map(civil::Date::into)).ok()?;
    TimeZone::UTC.to_timestamp(civil).ok().map(Timestamp::as_second)
}
