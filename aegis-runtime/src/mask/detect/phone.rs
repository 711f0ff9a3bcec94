//! International numbers: a `+`, a country code, 8 to 15 digits in the usual groups (E.164).

use super::around;
use crate::vocabulary::Class;
use std::ops::Range;

pub(super) fn find(text: &str, found: &mut Vec<(Range<usize>, Class)>) {
    let bytes = text.as_bytes();
    for start in memchr::memchr_iter(b'+', bytes) {
        let (before, _) = around(bytes, &(start..start));
        if before.is_some_and(|byte| byte.is_ascii_alphanumeric() || byte == b'+') {
            continue;
        }
        if let Some(end) = end_of(bytes, start) {
            found.push((start..end, Class::Phone));
        }
    }
}

/// Behind the last group of digits with which it is a number: what follows may be another one.
fn end_of(bytes: &[u8], start: usize) -> Option<usize> {
    let (mut digits, mut end, mut blanks) = (0_usize, None, 0_usize);
    for (at, byte) in bytes.iter().enumerate().skip(start.saturating_add(1)).take(40) {
        match byte {
            b'0' if digits == 0 => break,
            b'0'..=b'9' => {
                digits = digits.saturating_add(1);
                blanks = 0;
                let next = bytes.get(at.saturating_add(1));
                if (8..=15).contains(&digits) && !next.is_some_and(u8::is_ascii_alphanumeric) {
                    end = Some(at.saturating_add(1));
                }
            }
            b' ' | b'-' | b'.' | b'(' | b')' | b'/' if digits > 0 && blanks < 2 => blanks = blanks.saturating_add(1),
            _ => break, // the number is over
        }
    }
    end
}
