//! Declared names in text: CSV, TSV and their like, Markdown tables, `key: value` lines, XML tags and attributes.

use super::column::{Column, block, document, key, lines};
use super::inserts::names;
use super::kin::Kin;
use super::plan::Plan;
use super::{grid, marked, pairs};
use crate::vocabulary::Class;
use std::ops::Range;

/// Lines before a header that may be blank or a title.
const TITLES: usize = 5;
/// So many lines of one text are doubted by those around them; any further means what it says.
const DOUBTED: usize = 500;
/// Longest element.
const TAG: usize = 300;
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
        if memchr::memchr(b'{', bytes).is_some() {
            pairs::quoted(text, plan, &mut found);
        }
        if memchr::memchr(b'=', bytes).is_some() {
            pairs::assigned(text, plan, &mut found);
        }
    }
    if memchr::memchr(b'<', bytes).is_some() {
        marked::tagged(text, plan, &mut found);
        grid::tables(text, plan, &mut found);
    }
    found
}

fn delimited(text: &str, plan: &Plan, found: &mut Vec<Field>) -> bool {
    let mut before = "";
    for (start, line) in lines(text).filter(|(_, line)| !line.trim().is_empty()).take(TITLES) {
        let header = line.trim_start_matches('\u{feff}');
        let above = std::mem::replace(&mut before, header);
        let rows = start + line.len();
        for delimiter in [b',', b'\t', b';', b'|'] {
            let names: Vec<&str> = header.split(char::from(delimiter)).take(COLUMNS).collect();
            let columns = columns(plan, &names);
            let named = names.iter().all(|name| is_header(name.trim()));
            // A row of as many names above is the header, and this a row of a table about columns.
            let headed = above.split(char::from(delimiter)).count() == names.len()
                && above.split(char::from(delimiter)).all(|name| is_header(name.trim()));
            // `- name, address, telephone` is an item of a list.
            let item = |name: &str| name.trim_start().starts_with("- ");
            let listed = names.first().is_some_and(|first| item(first)) && !names.iter().skip(1).any(|name| item(name));
            if names.len() > 1 && named && !headed && !listed && columns.iter().any(Option::is_some) {
                cells(text, rows, delimiter, &columns, found);
                return true;
            }
        }
        // One column alone: its name is the whole line.
        let column = Column::of(plan, header, Kin::default).filter(|_| !is_underlined(text, rows));
        if column.is_some() && !is_manual(text, start) {
            cells(text, rows, b'\n', &[column], found);
            return true;
        }
    }
    false
}

/// Whether a line of marks stands below: `~~~~`, which makes a title of what is above.
fn is_underlined(text: &str, from: usize) -> bool {
    let below = text
        .get(from..)
        .and_then(|rest| rest.trim_start_matches(['\r', '\n']).lines().next())
        .unwrap_or_default()
        .trim();
    below.len() > 2 && below.bytes().all(|byte| matches!(byte, b'~' | b'=' | b'^' | b'-'))
}

/// Whether a page of a manual begins with a heading: `NAME`, and below it `chsh - change login shell`.
fn is_manual(text: &str, heading: usize) -> bool {
    let mut page = lines(text.get(heading..).unwrap_or_default()).map(|(_, line)| line);
    let heading = page.next().unwrap_or_default();
    let first = page.find(|line| !line.trim().is_empty()).unwrap_or_default();
    let titled = |line: &str| line.len() > 3 && line.bytes().all(|byte| byte.is_ascii_uppercase());
    !heading.contains(char::is_lowercase) && first.starts_with("   ") && first.contains(" - ") && page.any(titled)
}

/// Whether a cell may be the name of a column, and no part of a call.
fn is_header(name: &str) -> bool {
    let brackets = |bracket: char| name.matches(bracket).count();
    !name.is_empty() && name.len() <= 64 && name.split_whitespace().count() <= 4 && brackets('(') == brackets(')')
}

/// What is declared of some columns of one table.
fn columns(plan: &Plan, names: &[&str]) -> Vec<Option<Column>> {
    let mut kin = None;
    let mut named =
        |name: &&str| Column::of(plan, name, || *kin.get_or_insert_with(|| Kin::of_table(names.iter().copied())));
    names.iter().map(&mut named).collect()
}

fn cells(text: &str, from: usize, delimiter: u8, columns: &[Option<Column>], found: &mut Vec<Field>) {
    let bytes = text.as_bytes();
    let mut at = from + bytes.get(from..).and_then(|rest| memchr::memchr(b'\n', rest)).map_or(0, |step| step + 1);
    let mut column = 0_usize;
    while at < bytes.len() {
        let (value, end) = cell(bytes, at, delimiter);
        if let Some(column) = columns.get(column).and_then(Option::as_ref) {
            push(text, value, column, found);
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
pub(super) fn push(text: &str, range: Range<usize>, column: &Column, found: &mut Vec<Field>) {
    let Some(value) = text.get(range.clone()) else { return };
    let trimmed = value.trim();
    let start = range.start + (value.len() - value.trim_start().len());
    if trimmed.contains(char::is_alphanumeric) && column.means(trimmed) {
        found.push(Field { range: start..start + trimmed.len(), class: column.class });
    }
}

fn markdown(text: &str, plan: &Plan, found: &mut Vec<Field>) -> bool {
    let mut declared: Vec<Option<Column>> = Vec::new();
    let mut header: Option<&str> = None;
    let before = found.len();
    for (start, line) in lines(text) {
        let rule =
            line.contains("--") && line.bytes().all(|byte| matches!(byte, b'|' | b'-' | b':' | b' ' | b'+' | b'\t'));
        if rule {
            // Further rules part rows: a data frame's types stand between two of them.
            let open = declared.iter().any(Option::is_some);
            if let Some(header) = header.filter(|_| !open && (line.contains('|') || line.contains('+'))) {
                declared = columns(plan, &bars(header).map(|(_, name)| name.trim()).collect::<Vec<_>>());
            }
        } else if !line.contains('|') {
            declared.clear();
        } else if declared.iter().any(Option::is_some) {
            for ((step, value), column) in bars(line).zip(&declared) {
                if let Some(column) = column {
                    push(text, start + step..start + step + value.len(), column, found);
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
    let (mut all, mut doubted) = (None, 0);
    for (start, line) in lines(text) {
        let Some((name, mark)) = key(line) else { continue };
        let value = line.get(mark + 1..).unwrap_or_default();
        // An object of one line is read key by key.
        let read = line.trim_start().starts_with('{') && value.trim_start().starts_with(['"', '\'']);
        // `if name == other` says nothing, and an attribute is read with its element.
        let attribute = value.starts_with(['"', '\'']) && in_tag(text, start + mark);
        // `.phone::before` is a part of an element.
        let part = line.trim_start().starts_with('.') && value.starts_with(':');
        if read
            || attribute
            || part
            || value.starts_with(['=', '>'])
            || name.matches('(').count() > name.matches(')').count()
        {
            continue;
        }
        let around = || {
            doubted += 1;
            let close = doubted <= DOUBTED;
            if !close {
                return Kin::default();
            }
            let kin = block(text, start, *all.get_or_insert_with(|| document(text)));
            // A program quotes what it says of somebody.
            if value.trim_start().starts_with(['"', '\'', '`']) { kin } else { kin.in_words() }
        };
        // `type.__name__` is what a program calls itself.
        let Some(column) = Column::of(plan, name, around).filter(|_| !name.ends_with("__name__")) else { continue };
        if matches!(column.class, Class::PersonName | Class::Email)
            && is_path(value)
            && (text.as_bytes().get(start + mark) == Some(&b'=') || value.trim_end().ends_with(','))
            && all.get_or_insert_with(|| document(text)).is_code()
        {
            continue;
        }
        let value_start = start + mark + 1;
        let value = closed(value);
        let inner =
            value.trim_matches(|letter: char| letter.is_whitespace() || matches!(letter, '"' | '\'' | '`' | '*' | ','));
        let lead = value.find(inner).unwrap_or_default();
        push(text, value_start + lead..value_start + lead + inner.len(), &column, found);
    }
}

/// Whether a value is a path that a program reads something from: `parts.normalized`, `coro.__qualname__`, `name or parts.local_part`.
fn is_path(value: &str) -> bool {
    let part = |byte: u8| byte.is_ascii_alphabetic() || matches!(byte, b'_' | b'.');
    let path = |word: &str| {
        word.starts_with(|first: char| first.is_ascii_lowercase() || first == '_') && word.bytes().all(part)
    };
    let words: Vec<&str> = value.trim().trim_end_matches([',', ';', ')', '}']).split(' ').collect();
    match words.as_slice() {
        [one] => path(one) && one.contains(['.', '_']),
        [one, "or" | "||" | "??", other] => path(one) && path(other) && other.contains(['.', '_']),
        _ => false, // words
    }
}

/// Whether a sign stands inside of an element.
fn in_tag(text: &str, sign: usize) -> bool {
    let bytes = text.as_bytes();
    let head = bytes.get(sign.saturating_sub(TAG)..sign).unwrap_or_default();
    let element = memchr::memrchr2(b'<', b'>', head).and_then(|at| head.get(at..)).unwrap_or_default();
    bytes.get(sign) == Some(&b'=') && matches!(element, [b'<', b'a'..=b'z' | b'A'..=b'Z', ..])
}

/// A value up to the quote that closes it, where something of the same list follows: `"Ada", age: 36`.
fn closed(value: &str) -> &str {
    let begun = value.trim_start();
    let Some(quote) = begun.chars().next().filter(|quote| matches!(quote, '"' | '\'')) else { return value };
    let Some(length) = begun.get(1..).and_then(|rest| rest.find(quote)) else { return value };
    let end = value.len() - begun.len() + length + 2;
    let follows = value.get(end..).unwrap_or_default().trim_start().starts_with([',', '}', ']', '"']);
    value.get(..end).filter(|_| follows).unwrap_or(value)
}

/// `INSERT INTO t (id, name) VALUES (1, 'Ada'), …`.
fn inserted(text: &str, plan: &Plan, found: &mut Vec<Field>) {
    let lower = text.to_ascii_lowercase();
    for mark in memchr::memmem::find_iter(lower.as_bytes(), b"values") {
        let Some(names) = names(text, mark) else { continue };
        let columns = columns(plan, &names.filter_map(|name| text.get(name)).map(str::trim).collect::<Vec<_>>());
        if columns.iter().any(Option::is_some) {
            tuples(text, mark + 6, &columns, found);
        }
    }
}

fn tuples(text: &str, from: usize, columns: &[Option<Column>], found: &mut Vec<Field>) {
    let (mut column, mut start, mut quoted, mut inside) = (0, from, false, false);
    for (at, byte) in text.bytes().enumerate().skip(from) {
        match byte {
            b'\'' => quoted = !quoted,
            _ if quoted => {}
            b'(' if !inside => (inside, column, start) = (true, 0, at + 1),
            b',' | b')' if inside => {
                if let Some(column) = columns.get(column).and_then(Option::as_ref) {
                    let value = text.get(start..at).unwrap_or_default();
                    let inner = value.trim_matches([' ', '\'', '\n']);
                    let lead = value.len() - value.trim_start_matches([' ', '\'', '\n']).len();
                    if !inner.eq_ignore_ascii_case("null") {
                        push(text, start + lead..start + lead + inner.len(), column, found);
                    }
                }
                (column, start, inside) = (column + 1, at + 1, byte == b',');
            }
            b';' => return,
            _ => {} // part of a value
        }
    }
}
