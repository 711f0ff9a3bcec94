//! Declared names in text: CSV, TSV and their like, Markdown tables, `key: value` lines, XML tags and attributes.

use super::plan::Plan;
use crate::vocabulary::Class;
use std::ops::Range;

/// Lines before a header that may be blank or a title.
const TITLES: usize = 5;
/// Most columns of a header line.
const COLUMNS: usize = 512;

/// A value in a declared place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Field {
    pub(super) range: Range<usize>,
    pub(super) class: Class,
}

/// The values in declared places of a text.
pub(super) fn fields(text: &str, plan: &Plan) -> Vec<Field> {
    let mut found = Vec::new();
    if !plan.has_columns() {
        return found;
    }
    let bytes = text.as_bytes();
    if memchr::memchr(b'\n', bytes).is_some() {
        if memchr::memchr(b'|', bytes).is_some() && markdown(text, plan, &mut found) {
            return found;
        }
        if delimited(text, plan, &mut found) {
            return found;
        }
    }
    if memchr::memchr(b'(', bytes).is_some() {
        inserted(text, plan, &mut found);
    }
    if memchr::memchr2(b':', b'=', bytes).is_some() {
        keyed(text, plan, &mut found);
    }
    if memchr::memchr(b'<', bytes).is_some() {
        tagged(text, plan, &mut found);
    }
    found
}

/// Lines of a text with where they begin, without their ends.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    text.split_inclusive('\n').map(move |line| {
        let start = at;
        at += line.len();
        (start, line.trim_end_matches(['\n', '\r']))
    })
}

fn delimited(text: &str, plan: &Plan, found: &mut Vec<Field>) -> bool {
    for (start, line) in lines(text).filter(|(_, line)| !line.trim().is_empty()).take(TITLES) {
        let header = line.trim_start_matches('\u{feff}');
        let rows = start + line.len();
        for delimiter in [b',', b'\t', b';', b'|'] {
            let names: Vec<&str> = header.split(char::from(delimiter)).take(COLUMNS).collect();
            let classes: Vec<Option<Class>> = names.iter().map(|name| plan.column(name)).collect();
            let named = names
                .iter()
                .all(|name| name.trim().len() <= 64 && !name.trim().is_empty() && name.split_whitespace().count() <= 4);
            if names.len() > 1 && named && classes.iter().any(Option::is_some) {
                cells(text, rows, delimiter, &classes, found);
                return true;
            }
        }
        // One column alone: its name is the whole line.
        if let Some(class) = plan.column(header) {
            cells(text, rows, b'\n', &[Some(class)], found);
            return true;
        }
    }
    false
}

fn cells(text: &str, from: usize, delimiter: u8, classes: &[Option<Class>], found: &mut Vec<Field>) {
    let bytes = text.as_bytes();
    let mut at = from + bytes.get(from..).and_then(|rest| memchr::memchr(b'\n', rest)).map_or(0, |step| step + 1);
    let mut column = 0_usize;
    while at < bytes.len() {
        let (value, end) = cell(bytes, at, delimiter);
        if let Some(class) = classes.get(column).copied().flatten() {
            push(text, value, class, found);
        }
        column = if bytes.get(end) == Some(&delimiter) && delimiter != b'\n' { column + 1 } else { 0 };
        at = end + 1;
    }
}

/// The bytes of one value, and where its cell ends: at a delimiter, a newline, or the end.
fn cell(bytes: &[u8], from: usize, delimiter: u8) -> (Range<usize>, usize) {
    let rest = bytes.get(from..).unwrap_or_default();
    if rest.first() == Some(&b'"') {
        let mut at = from + 1;
        while let Some(step) = bytes.get(at..).and_then(|rest| memchr::memchr(b'"', rest)) {
            at += step;
            if bytes.get(at + 1) == Some(&b'"') {
                at += 2;
                continue;
            }
            let tail = bytes.get(at..).unwrap_or_default();
            let end = memchr::memchr2(delimiter, b'\n', tail).map_or(bytes.len(), |step| at + step);
            return (from + 1..at, end);
        }
    }
    let end = memchr::memchr2(delimiter, b'\n', rest).map_or(bytes.len(), |step| from + step);
    let value = if end > from && bytes.get(end - 1) == Some(&b'\r') { end - 1 } else { end };
    (from..value, end)
}

/// A range without the blanks and quotes around its value.
fn push(text: &str, range: Range<usize>, class: Class, found: &mut Vec<Field>) {
    let Some(value) = text.get(range.clone()) else { return };
    let trimmed = value.trim();
    let start = range.start + (value.len() - value.trim_start().len());
    if !trimmed.is_empty() {
        found.push(Field { range: start..start + trimmed.len(), class });
    }
}

fn markdown(text: &str, plan: &Plan, found: &mut Vec<Field>) -> bool {
    let mut classes: Vec<Option<Class>> = Vec::new();
    let mut header: Option<&str> = None;
    let before = found.len();
    for (start, line) in lines(text) {
        let rule =
            line.contains("--") && line.bytes().all(|byte| matches!(byte, b'|' | b'-' | b':' | b' ' | b'+' | b'\t'));
        if rule {
            if let Some(header) = header.filter(|_| line.contains('|') || line.contains('+')) {
                classes = bars(header).map(|(_, name)| plan.column(name)).collect();
            }
        } else if !line.contains('|') {
            classes.clear();
        } else if classes.iter().any(Option::is_some) {
            for ((step, value), class) in bars(line).zip(&classes) {
                if let Some(class) = class {
                    push(text, start + step..start + step + value.len(), *class, found);
                }
            }
        }
        header = Some(line);
    }
    found.len() > before
}

/// The cells of `| a | b |` or `a | b`, with where they begin.
fn bars(line: &str) -> impl Iterator<Item = (usize, &str)> {
    let lead = line.len() - line.trim_start().len();
    let lead = lead + usize::from(line.trim_start().starts_with('|'));
    let mut at = lead;
    line.get(lead..).unwrap_or_default().split('|').map(move |cell| {
        let start = at;
        at += cell.len() + 1;
        (start, cell)
    })
}

/// `name: Ada`, `- **Name**: Ada`, `"name" = "Ada"`, at the beginning of a line.
fn keyed(text: &str, plan: &Plan, found: &mut Vec<Field>) {
    for (start, line) in lines(text) {
        let Some(mark) = line.bytes().position(|byte| matches!(byte, b':' | b'=')).filter(|mark| *mark <= 72) else {
            continue;
        };
        let (name, value) = (line.get(..mark).unwrap_or_default(), line.get(mark + 1..).unwrap_or_default());
        let name = name.trim_matches(|letter: char| {
            letter.is_whitespace() || matches!(letter, '-' | '*' | '#' | '>' | '"' | '\'' | '`' | '•' | '{' | ',')
        });
        let Some(class) = plan.column(name).filter(|_| !name.contains('[')) else { continue };
        let value_start = start + mark + 1;
        let inner =
            value.trim_matches(|letter: char| letter.is_whitespace() || matches!(letter, '"' | '\'' | '`' | '*' | ','));
        let lead = value.find(inner).unwrap_or_default();
        push(text, value_start + lead..value_start + lead + inner.len(), class, found);
    }
}

/// `INSERT INTO t (id, name) VALUES (1, 'Ada'), …`.
fn inserted(text: &str, plan: &Plan, found: &mut Vec<Field>) {
    let lower = text.to_ascii_lowercase();
    for mark in memchr::memmem::find_iter(lower.as_bytes(), b"values") {
        let head = text.get(mark.saturating_sub(4096)..mark).unwrap_or_default().trim_end();
        let Some(names) = head.strip_suffix(')').and_then(|head| head.rsplit_once('(')).map(|(_, names)| names) else {
            continue;
        };
        let classes: Vec<Option<Class>> = names.split(',').take(COLUMNS).map(|name| plan.column(name)).collect();
        if classes.iter().any(Option::is_some) {
            tuples(text, mark + 6, &classes, found);
        }
    }
}

fn tuples(text: &str, from: usize, classes: &[Option<Class>], found: &mut Vec<Field>) {
    let (mut column, mut start, mut quoted, mut inside) = (0, from, false, false);
    for (at, byte) in text.bytes().enumerate().skip(from) {
        match byte {
            b'\'' => quoted = !quoted,
            _ if quoted => {}
            b'(' if !inside => (inside, column, start) = (true, 0, at + 1),
            b',' | b')' if inside => {
                if let Some(class) = classes.get(column).copied().flatten() {
                    let value = text.get(start..at).unwrap_or_default();
                    let inner = value.trim_matches([' ', '\'', '\n']);
                    let lead = value.len() - value.trim_start_matches([' ', '\'', '\n']).len();
                    if !inner.eq_ignore_ascii_case("null") {
                        push(text, start + lead..start + lead + inner.len(), class, found);
                    }
                }
                (column, start, inside) = (column + 1, at + 1, byte == b',');
            }
            b';' => return,
            _ => {} // part of a value
        }
    }
}

/// `<name>Ada</name>` and `<person name="Ada">`.
fn tagged(text: &str, plan: &Plan, found: &mut Vec<Field>) {
    let bytes = text.as_bytes();
    let mut from = 0;
    while let Some(open) = bytes.get(from..).and_then(|rest| memchr::memchr(b'<', rest)).map(|step| from + step) {
        let Some(close) = bytes.get(open..).and_then(|rest| memchr::memchr(b'>', rest)).map(|step| open + step) else {
            return;
        };
        from = close + 1;
        let tag = text.get(open + 1..close).unwrap_or_default();
        let name = tag.split(|letter: char| letter.is_whitespace() || letter == '/').next().unwrap_or_default();
        let name = name.rsplit(':').next().unwrap_or(name);
        if let Some(class) = plan.column(name).filter(|_| !tag.ends_with('/')) {
            let end =
                bytes.get(from..).and_then(|rest| memchr::memchr(b'<', rest)).map_or(bytes.len(), |step| from + step);
            push(text, from..end, class, found);
        }
        attributes(text, open + 1 + tag.split_whitespace().next().map_or(0, str::len), close, plan, found);
    }
}

fn attributes(text: &str, from: usize, to: usize, plan: &Plan, found: &mut Vec<Field>) {
    let mut at = from;
    while let Some(step) = text.get(at..to).and_then(|rest| rest.find('=')) {
        let sign = at + step;
        let name = text.get(at..sign).unwrap_or_default().trim().rsplit([' ', ':']).next().unwrap_or_default();
        let Some(quote) =
            text.get(sign + 1..to).and_then(|rest| rest.chars().next()).filter(|quote| matches!(quote, '"' | '\''))
        else {
            at = sign + 1;
            continue;
        };
        let start = sign + 2;
        let Some(length) = text.get(start..to).and_then(|rest| rest.find(quote)) else { return };
        if let Some(class) = plan.column(name) {
            push(text, start..start + length, class, found);
        }
        at = start + length + 1;
    }
}
