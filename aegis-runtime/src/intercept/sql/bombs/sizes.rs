//! How long texts become: an estimate from above, from what is written down.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "the enums of the parser are foreign and grow; what is not known here counts as the text of a column"
)]

use super::made::Made;
use super::series::count_of;
use crate::intercept::sql::parts::{folded, value};
use crate::intercept::sql::scope::{number, strip};
use sqlparser::ast::{Expr, FunctionArguments, Value, ValueWithSpan};

/// What a column's text is taken for.
const COLUMN: u64 = 1000;
/// What a series with an end that is read is taken for.
pub(super) const SOME: u64 = 5000;
/// Longest text that is written for each of the rows or elements that one text is made of.
const PIECE: u64 = 10_000;

/// Functions that make one value of many rows.
pub(super) const GATHERING: [&str; 12] = [
    "array_agg",
    "group_concat",
    "json_agg",
    "json_group_array",
    "json_group_object",
    "json_object_agg",
    "jsonb_agg",
    "jsonb_group_array",
    "jsonb_group_object",
    "jsonb_object_agg",
    "string_agg",
    "xmlagg",
];

/// How long texts are.
#[derive(Clone, Copy)]
pub(super) struct Sizes<'walk> {
    /// What a column's text is taken for.
    column: u64,
    /// What a length that is read is taken for.
    pub(super) read: u64,
    /// Of that, what functions and literals of the statement make.
    written: u64,
    /// What the columns come to that the statement makes.
    pub(super) made: &'walk Made,
}

impl<'walk> Sizes<'walk> {
    pub(super) fn of(written: u64, made: &'walk Made) -> Self {
        // A few columns and numbers beside each other are no text that is written.
        let written = if written > PIECE { written } else { 0 };
        Self { column: COLUMN.saturating_add(written), read: SOME, written, made }
    }

    /// Only what is written counts.
    pub(super) fn of_pieces(written: u64, made: &'walk Made) -> Self {
        Self { column: written, read: 10, written, made }
    }

    /// What is written of texts.
    pub(super) fn written_of(self, given: &[&Expr]) -> u64 {
        let pieces = Self::of_pieces(self.written, self.made);
        given.iter().fold(0_u64, |sum, text| sum.saturating_add(pieces.size(text)))
    }

    /// Characters that a text comes to at most.
    pub(super) fn size(self, expr: &Expr) -> u64 {
        match strip(expr) {
            Expr::Value(value) => {
                text_of(&value.value).map_or(20, |text| text.chars().count().try_into().unwrap_or(u64::MAX))
            }
            Expr::BinaryOp { left, right, .. } => self.size(left).saturating_add(self.size(right)),
            Expr::Cast { expr, .. }
            | Expr::UnaryOp { expr, .. }
            | Expr::Collate { expr, .. }
            | Expr::Named { expr, .. }
            | Expr::Substring { expr, .. }
            | Expr::Trim { expr, .. } => self.size(expr),
            Expr::Prefixed { value, .. } => self.size(value),
            Expr::Overlay { expr, overlay_what, .. } => self.size(expr).saturating_add(self.size(overlay_what)),
            Expr::Array(array) => self.sum(array.elem.iter()),
            Expr::Tuple(items) => self.sum(items.iter()),
            Expr::Case { conditions, else_result, .. } => {
                let results = conditions.iter().map(|case| &case.result).chain(else_result.as_deref());
                results.map(|result| self.size(result)).max().unwrap_or(0)
            }
            Expr::Function(function) => self.called(&folded(function), &listed(&function.args)),
            _ => self.column, // of a column, or as long as one
        }
    }

    fn sum<'part>(self, parts: impl Iterator<Item = &'part Expr>) -> u64 {
        parts.fold(0, |sum, part| sum.saturating_add(self.size(part)))
    }

    /// What a function makes of its texts.
    pub(super) fn called(self, name: &str, given: &[&Expr]) -> u64 {
        let all = || given.iter().fold(20_u64, |sum, text| sum.saturating_add(self.size(text)));
        match (name, given) {
            ("lpad" | "rpad", [_, length, ..]) => self.count(length),
            ("zeroblob" | "randomblob", [length]) => self.count(length),
            ("repeat", [text, times]) => self.size(text).saturating_mul(self.count(times)),
            ("replace", [text, part, instead]) => {
                let parts = if matches!(strip(part), Expr::Value(_)) { self.size(part).max(1) } else { 1 };
                self.size(text).saturating_mul(self.size(instead).div_ceil(parts).max(1))
            }
            ("regexp_replace", [text, _, instead, ..]) => self.size(text).saturating_mul(self.size(instead).max(1)),
            ("hex" | "quote" | "encode" | "json_quote" | "quote_ident" | "quote_literal" | "quote_nullable", _) => {
                all().saturating_mul(2)
            }
            ("printf" | "format", [Expr::Value(format), texts @ ..]) => {
                // Each is measured once: calls may stand in calls.
                let lengths: Vec<u64> = texts.iter().map(|text| self.size(text)).collect();
                let again = lengths.iter().copied().max().unwrap_or(0).saturating_mul(fields_by_place(format));
                let own = text_of(&format.value).map_or(20, |text| text.chars().count().try_into().unwrap_or(u64::MAX));
                lengths.into_iter().fold(own.saturating_add(widths(format)).saturating_add(again), u64::saturating_add)
            }
            ("printf" | "format", _) => u64::MAX,
            ("array_fill", [value, Expr::Array(dimensions), ..]) => {
                let one = if number(value).is_some() { 1 } else { self.size(value).max(1) };
                dimensions.elem.iter().fold(one, |product, length| product.saturating_mul(self.count(length)))
            }
            ("array_fill", _) => u64::MAX,
            ("concat_ws", [between, texts @ ..]) => {
                let gaps: u64 = texts.len().try_into().unwrap_or(u64::MAX);
                self.sum(texts.iter().copied()).saturating_add(self.size(between).saturating_mul(gaps))
            }
            ("array_to_string", [list, between, rest @ ..]) => {
                let gaps = self.size(between).saturating_add(self.sum(rest.iter().copied()));
                self.size(list).saturating_add(gaps.saturating_mul(self.elements(list)))
            }
            (name, _) if GATHERING.contains(&name) => {
                let written = self.written_of(given);
                if written > PIECE {
                    written.saturating_mul(SOME)
                } else if self.read != SOME {
                    written
                } else {
                    all()
                }
            }
            _ => all(),
        }
    }

    /// How many elements a list has.
    pub(super) fn elements(self, list: &Expr) -> u64 {
        match strip(list) {
            Expr::Array(array) => array.elem.len().try_into().unwrap_or(u64::MAX),
            Expr::Cast { expr, .. } => self.elements(expr),
            Expr::Function(function) if folded(function) == "array_fill" => match listed(&function.args).as_slice() {
                [_, Expr::Array(dimensions), ..] => {
                    dimensions.elem.iter().fold(1, |product, length| product.saturating_mul(self.count(length)))
                }
                _ => u64::MAX, // of any length
            },
            _ => self.read,
        }
    }

    /// A length that is written down, or comes to so much at most; any other could be anything.
    fn count(self, expr: &Expr) -> u64 {
        match number(expr) {
            Some(number) => count_of(number.max(0.0)),
            None => self.most(expr).unwrap_or(u64::MAX),
        }
    }
}

/// The arguments of a function, named ones too.
pub(super) fn listed(arguments: &FunctionArguments) -> Vec<&Expr> {
    let FunctionArguments::List(list) = arguments else { return Vec::new() };
    list.args.iter().filter_map(value).collect()
}

/// The fields of a format that say which argument they take: any number of them may take the same.
fn fields_by_place(format: &ValueWithSpan) -> u64 {
    let text = text_of(&format.value).unwrap_or_default();
    if text.contains('$') { text.matches('%').count().try_into().unwrap_or(u64::MAX) } else { 0 }
}

/// The widths in a format, added up; one that an argument gives could be anything.
fn widths(format: &ValueWithSpan) -> u64 {
    let Value::SingleQuotedString(text) = &format.value else { return u64::MAX };
    let fields = text.split('%').skip(1).map(|field| {
        let head: String = field.chars().take_while(|letter| !letter.is_ascii_alphabetic()).collect();
        if head.contains('*') {
            return u64::MAX;
        }
        head.split(|letter: char| !letter.is_ascii_digit())
            .filter(|digits| !digits.is_empty())
            .fold(0_u64, |sum, digits| sum.saturating_add(digits.parse().unwrap_or(u64::MAX)))
    });
    fields.fold(0, u64::saturating_add)
}

/// A text that is written down, however it is quoted.
pub(super) fn text_of(value: &Value) -> Option<&str> {
    match value {
        Value::SingleQuotedString(text)
        | Value::EscapedStringLiteral(text)
        | Value::UnicodeStringLiteral(text)
        | Value::NationalStringLiteral(text) => Some(text),
        Value::DollarQuotedString(text) => Some(&text.value),
        _ => None, // a number, or short
    }
}
