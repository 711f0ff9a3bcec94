//! Declared names in JSON and its like that stand in a text: `found: {"id": 1, "name": "Ada"}`, `{'name': 'Ada'}`, `{name: "Ada"}`; and in
//! a call or a line of a log, `Customer(id=3, name="Ada Lovelace")`.

use super::column::{Column, document};
use super::kin::Kin;
use super::plan::Plan;
use super::shapes::{Field, push};
use super::talk::{PARTICLES, is_called};
use crate::vocabulary::Class;
use std::ops::Range;

/// So far to either side an object is looked at.
const REACH: usize = 2000;
/// Longest key and longest value.
const KEY: usize = 64;
const VALUE: usize = 400;
/// So many keys of one text are doubted by those around them; any further means what it says.
const DOUBTED: usize = 200;
/// Fewest digits of a number that is a value.
const DIGITS: usize = 4;

/// The values of declared keys in objects that a text quotes.
pub(super) fn quoted(text: &str, plan: &Plan, found: &mut Vec<Field>) {
    let bytes = text.as_bytes();
    let (mut doubted, mut all) = (0, None);
    for sign in memchr::memchr_iter(b':', bytes) {
        let Some(key) = key(bytes, sign) else { continue };
        let Some(name) = text.get(key.clone()) else { continue };
        let around = || {
            doubted += 1;
            if doubted > DOUBTED {
                return Kin::default();
            }
            object(text, key.start).within(*all.get_or_insert_with(|| document(text)))
        };
        if let Some(column) = Column::of(plan, name, around)
            && let Some(value) = value(bytes, sign + 1, column.class)
        {
            push(text, value, &column, found);
        }
    }
}

/// The values of declared keys with an equals sign, behind other words of their line. What a program names so is no person as often:
/// only what is spelled as a full name is taken for one.
pub(super) fn assigned(text: &str, plan: &Plan, found: &mut Vec<Field>) {
    let bytes = text.as_bytes();
    let mut doubted = 0;
    for sign in memchr::memchr_iter(b'=', bytes) {
        let quoted = matches!(bytes.get(sign + 1), Some(b'"' | b'\''));
        let part = |byte: &&u8| byte.is_ascii_alphanumeric() || **byte == b'_';
        let head = bytes.get(sign.saturating_sub(KEY)..sign).unwrap_or_default();
        let start = sign - head.iter().rev().take_while(part).count();
        let opens = matches!(start.checked_sub(1).and_then(|at| bytes.get(at)), Some(b' ' | b'(' | b','));
        let Some(name) = text.get(start..sign).filter(|name| quoted && opens && !name.is_empty()) else { continue };
        let line = || {
            let (from, to) = (start.saturating_sub(REACH), bytes.len().min(sign + REACH));
            let (head, rest) = (bytes.get(from..start).unwrap_or_default(), bytes.get(start..to).unwrap_or_default());
            let from = memchr::memrchr(b'\n', head).map_or(from, |at| from + at + 1);
            let to = memchr::memchr(b'\n', rest).map_or(to, |at| start + at);
            bytes.get(from..to).unwrap_or_default()
        };
        let around = || {
            doubted += 1;
            if doubted > DOUBTED {
                return Kin::default();
            }
            let line = String::from_utf8_lossy(line());
            Kin::of(line.split([' ', ',', '(']).filter_map(|word| Some(word.split_once('=')?.0)))
        };
        let Some(column) = Column::of(plan, name, around) else { continue };
        let Some(value) = value(bytes, sign + 1, column.class) else { continue };
        let written = text.get(value.clone()).unwrap_or_default();
        if (column.class != Class::PersonName || is_full(written)) && memchr::memchr(b'<', line()).is_none() {
            push(text, value, &column, found);
        }
    }
}

/// Two words or more, each with a large letter first.
pub(super) fn is_full(name: &str) -> bool {
    let large = |word: &str| word.starts_with(char::is_uppercase);
    let words = || name.split(' ').filter(|word| !word.is_empty());
    words().count() > 1 && words().all(|word| large(word) || PARTICLES.contains(&word)) && is_called(name)
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\n' | b'\r' | b'\t')
}

/// Where what stands before a place ends, without blanks.
fn trimmed(bytes: &[u8], at: usize) -> usize {
    let head = bytes.get(at.saturating_sub(KEY)..at).unwrap_or_default();
    at - head.iter().rev().take_while(|byte| is_blank(**byte)).count()
}

/// The key whose sign stands at a place: in quotes, or bare, behind a bracket or a comma.
fn key(bytes: &[u8], sign: usize) -> Option<Range<usize>> {
    let end = trimmed(bytes, sign);
    let quote = bytes.get(end.checked_sub(1)?).copied()?;
    let head = |end: usize| bytes.get(end.saturating_sub(KEY)..end);
    let range = if matches!(quote, b'"' | b'\'') {
        let end = end - 1;
        let length = head(end)?.iter().rev().position(|byte| *byte == quote)?;
        end - length..end
    } else {
        let part = |byte: &&u8| byte.is_ascii_alphanumeric() || **byte == b'_';
        let length = head(end)?.iter().rev().take_while(part).count();
        end - length..end
    };
    let open = trimmed(bytes, range.start - usize::from(matches!(quote, b'"' | b'\'')));
    let opens = matches!(bytes.get(open.checked_sub(1)?), Some(b'{' | b','));
    (opens && !range.is_empty()).then_some(range)
}

/// The value behind a sign, if it is quoted or a number.
fn value(bytes: &[u8], from: usize, class: Class) -> Option<Range<usize>> {
    let rest = bytes.get(from..)?;
    let start = from + rest.iter().take(4).take_while(|byte| is_blank(**byte)).count();
    let quote = *bytes.get(start)?;
    let window = bytes.get(start + 1..bytes.len().min(start + 1 + VALUE))?;
    if matches!(quote, b'"' | b'\'') {
        let mut escaped = false;
        let length = window.iter().position(|byte| {
            let ends = *byte == quote && !escaped;
            escaped = *byte == b'\\' && !escaped;
            ends
        })?;
        return Some(start + 1..start + 1 + length);
    }
    let window = bytes.get(start..bytes.len().min(start + KEY))?;
    let length = window.iter().take_while(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-')).count();
    let ends = bytes.get(start + length).is_none_or(|byte| is_blank(*byte) || matches!(byte, b',' | b'}' | b']'));
    (class != Class::PersonName && length >= DIGITS && ends).then_some(start..start + length)
}

/// What the keys say that stand in the object around a place, and the key of that object.
fn object(text: &str, at: usize) -> Kin {
    let bytes = text.as_bytes();
    let first = at.saturating_sub(REACH);
    let (mut depth, mut open) = (0_usize, None);
    for (place, byte) in bytes.iter().enumerate().take(at).skip(first).rev() {
        match byte {
            b'}' => depth += 1,
            b'{' if depth == 0 => {
                open = Some(place);
                break;
            }
            b'{' => depth -= 1,
            _ => {} // part of something
        }
    }
    let from = open.map_or(first, |open| open + 1);
    let (mut kin, mut depth) = (Kin::default(), 0_usize);
    for (place, byte) in bytes.iter().enumerate().take(at + REACH).skip(from) {
        match byte {
            b'{' => depth += 1,
            b'}' if depth == 0 => break,
            b'}' => depth -= 1,
            b':' if depth == 0 => {
                key(bytes, place).and_then(|key| text.get(key)).into_iter().for_each(|key| kin.add(key));
            }
            _ => {} // part of something
        }
    }
    let Some(open) = open else { return kin };
    let mut parent = trimmed(bytes, open);
    while parent.checked_sub(1).and_then(|place| bytes.get(place)) == Some(&b'[') {
        parent = trimmed(bytes, parent - 1);
    }
    let sign = parent.checked_sub(1).filter(|place| bytes.get(*place) == Some(&b':'));
    match sign.and_then(|sign| key(bytes, sign)).and_then(|key| text.get(key)) {
        Some(parent) => kin.under(parent),
        None => kin,
    }
}
