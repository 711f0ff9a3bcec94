//! One value of a row, as its reader knows it.

use crate::spec::ColumnKind;
use jiff::civil::{Date, DateTime, Time};
use jiff::{Timestamp, tz::TimeZone};
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
    /// A number of decimal digits, exactly.
    Decimal(String),
    /// True or false.
    Boolean(bool),
    /// A day.
    Date(Date),
    /// An instant.
    Instant(Timestamp),
    /// Bytes, in hexadecimal.
    Bytes(String),
    /// A nested or oversized value, which fits no declared type; spelled, so that equal ones are equal.
    Odd(String),
}

impl Cell {
    /// How it is written, for patterns, lists and keys; `None` for a null.
    pub(super) fn spelled(&self) -> Option<Cow<'_, str>> {
        Some(match self {
            Cell::Null => return None,
            Cell::Word(text) | Cell::Text(text) | Cell::Odd(text) | Cell::Decimal(text) | Cell::Bytes(text) => {
                Cow::Borrowed(text)
            }
            Cell::Integer(number) => Cow::Owned(number.to_string()),
            Cell::Number(number) => Cow::Owned(number.to_string()),
            Cell::Boolean(value) => Cow::Borrowed(if *value { "true" } else { "false" }),
            Cell::Date(date) => Cow::Owned(date.to_string()),
            Cell::Instant(instant) => Cow::Owned(instant.to_string()),
        })
    }

    /// Its number, where it is one.
    pub(super) fn number(&self) -> Option<f64> {
        match self {
            Cell::Word(text) | Cell::Decimal(text) => text.parse().ok(),
            Cell::Integer(number) => serde_json::Number::from(*number).as_f64(),
            Cell::Number(number) => Some(*number),
            Cell::Null
            | Cell::Text(_)
            | Cell::Boolean(_)
            | Cell::Date(_)
            | Cell::Instant(_)
            | Cell::Bytes(_)
            | Cell::Odd(_) => None,
        }
    }

    /// Its instant in seconds since 1970, where it is one; without an offset it is UTC.
    pub(super) fn instant(&self) -> Option<i64> {
        match self {
            Cell::Word(text) | Cell::Text(text) => instant(text),
            Cell::Instant(instant) => Some(instant.as_second()),
            Cell::Date(date) => second(date.to_datetime(Time::midnight())),
            Cell::Null
            | Cell::Integer(_)
            | Cell::Number(_)
            | Cell::Decimal(_)
            | Cell::Boolean(_)
            | Cell::Bytes(_)
            | Cell::Odd(_) => None,
        }
    }

    /// Whether a column of this type may hold it; a null is judged by the caller.
    pub(super) fn is_of(&self, kind: ColumnKind) -> bool {
        match self {
            Cell::Null => true,
            Cell::Odd(_) => false,
            Cell::Word(text) => match kind {
                ColumnKind::Integer => text.parse::<i64>().is_ok(),
                ColumnKind::Number => text.parse::<f64>().is_ok_and(f64::is_finite),
                ColumnKind::Boolean => matches!(text.as_str(), "true" | "false" | "0" | "1"),
                ColumnKind::Text | ColumnKind::Timestamp | ColumnKind::Blob => is_text_of(text, kind),
            },
            Cell::Text(text) => is_text_of(text, kind),
            Cell::Integer(_) => matches!(kind, ColumnKind::Integer | ColumnKind::Number),
            Cell::Number(number) => kind == ColumnKind::Number && number.is_finite(),
            Cell::Decimal(_) => kind == ColumnKind::Number,
            Cell::Boolean(_) => kind == ColumnKind::Boolean,
            Cell::Date(_) | Cell::Instant(_) => kind == ColumnKind::Timestamp,
            Cell::Bytes(_) => kind == ColumnKind::Blob,
        }
    }
}

/// What text may be beside text: an instant, and bytes in hexadecimal.
fn is_text_of(text: &str, kind: ColumnKind) -> bool {
    match kind {
        ColumnKind::Text => true,
        ColumnKind::Timestamp => instant(text).is_some(),
        ColumnKind::Blob => text.len().is_multiple_of(2) && text.bytes().all(|byte| byte.is_ascii_hexdigit()),
        ColumnKind::Integer | ColumnKind::Number | ColumnKind::Boolean => false,
    }
}

/// A date, a date and a time, or an instant.
fn instant(text: &str) -> Option<i64> {
    if let Ok(instant) = text.parse::<Timestamp>() {
        return Some(instant.as_second());
    }
    second(text.parse::<DateTime>().or_else(|_| text.parse::<Date>().map(Date::into)).ok()?)
}

fn second(civil: DateTime) -> Option<i64> {
    TimeZone::UTC.to_timestamp(civil).ok().map(Timestamp::as_second)
}
