//! Delimited text whose first line names personal columns: CSV, TSV, with `;` or `|`.

use super::plan::Plan;
use crate::vocabulary::Class;
use std::ops::Range;

/// The fields of personal columns, with the bytes of each value.
pub(super) fn fields(text: &str, plan: &Plan) -> Vec<(Range<usize>, Class)> {
    let Some(header) = text.lines().next() else { return Vec::new() };
    if header.len() == text.len() {
        return Vec::new();
    }
    let header = header.trim_start_matches('\u{feff}');
    for delimiter in [b',', b'\t', b';', b'|'] {
        let classes: Vec<Option<Class>> =
            header.split(char::from(delimiter)).map(|name| plan.column(name.trim().trim_matches('"'))).collect();
        if classes.len() > 1 && classes.iter().any(Option::is_some) {
            return rows(text, delimiter, &classes);
        }
    }
    Vec::new()
}

fn rows(text: &str, delimiter: u8, classes: &[Option<Class>]) -> Vec<(Range<usize>, Class)> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let (mut at, mut row, mut column) = (0_usize, 0_usize, 0_usize);
    while at < bytes.len() {
        let (value, end) = field(bytes, at, delimiter);
        if row > 0
            && let Some(class) = classes.get(column).copied().flatten()
            && !value.is_empty()
        {
            found.push((value, class));
        }
        match bytes.get(end) {
            Some(byte) if *byte == delimiter => column = column.saturating_add(1),
            Some(_) | None => {
                row = row.saturating_add(1);
                column = 0;
            }
        }
        at = end.saturating_add(1);
    }
    found
}

/// The bytes of one field's value, and where the field ends: at a delimiter, a newline, or the end.
fn field(bytes: &[u8], from: usize, delimiter: u8) -> (Range<usize>, usize) {
    let ends = |byte: &u8| *byte == delimiter || *byte == b'\n';
    let rest = bytes.get(from..).unwrap_or_default();
    if rest.first() == Some(&b'"') {
        let mut at = from.saturating_add(1);
        while let Some(byte) = bytes.get(at) {
            if *byte == b'"' {
                if bytes.get(at.saturating_add(1)) != Some(&b'"') {
                    let tail = bytes.get(at..).unwrap_or_default();
                    let end = tail.iter().position(ends).map_or(bytes.len(), |step| at.saturating_add(step));
                    return (from.saturating_add(1)..at, end);
                }
                at = at.saturating_add(1);
            }
            at = at.saturating_add(1);
        }
        return (from.saturating_add(1)..bytes.len(), bytes.len());
    }
    let end = rest.iter().position(ends).map_or(bytes.len(), |step| from.saturating_add(step));
    let value =
        if bytes.get(end.saturating_sub(1)) == Some(&b'\r') && end > from { end.saturating_sub(1) } else { end };
    (from..value, end)
}
