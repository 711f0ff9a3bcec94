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
        let (mut digits, mut end, mut blanks) = (0_usize, start, 0_usize);
        for (at, byte) in bytes.iter().enumerate().skip(start.saturating_add(1)).take(32) {
            match byte {
                b'0' if digits == 0 => break,
                b'0'..=b'9' => {
                    digits = digits.saturating_add(1);
                    end = at.saturating_add(1);
                    blanks = 0;
                }
                b' ' | b'-' | b'.' | b'(' | b')' | b'/' if digits > 0 && blanks < 2 => {
                    blanks = blanks.saturating_add(1)
                }
                _ => break, // the number is over
            }
        }
        let touches = bytes.get(end).is_some_and(u8::is_ascii_alphanumeric);
        if (8..=15).contains(&digits) && !touches {
            found.push((start..end, Class::Phone));
        }
    }
}
