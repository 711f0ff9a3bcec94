//! Strong detectors: each finds candidates by an anchor and accepts them by a gate of its own.
//!
//! *Invariants.* Linear in the text: a detector never looks back further than its class is long.

mod card;
mod email;
mod iban;
mod phone;
mod secret;
mod ssn;

use crate::vocabulary::Class;
use std::ops::Range;

/// Everything found, in no order; spans may overlap.
pub(super) fn all(text: &str) -> Vec<(Range<usize>, Class)> {
    let mut found = Vec::new();
    // Every anchor but a prefix of a secret holds one of these bytes.
    let bytes = text.as_bytes();
    if memchr::memchr(b'@', bytes).is_some() {
        email::find(text, &mut found);
    }
    if memchr::memchr(b'+', bytes).is_some() {
        phone::find(text, &mut found);
    }
    secret::find(text, &mut found);
    if bytes.iter().any(u8::is_ascii_digit) {
        ssn::find(text, &mut found);
        card::find(text, &mut found);
        iban::find(text, &mut found);
    }
    found
}

/// The byte before a place, and the byte at one.
fn around(bytes: &[u8], range: &Range<usize>) -> (Option<u8>, Option<u8>) {
    let before = range.start.checked_sub(1).and_then(|at| bytes.get(at)).copied();
    (before, bytes.get(range.end).copied())
}

/// Whether a span stands for itself: no letter, digit or `_` touches it.
fn alone(bytes: &[u8], range: &Range<usize>) -> bool {
    let inside = |byte: Option<u8>| byte.is_some_and(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    let (before, after) = around(bytes, range);
    !inside(before) && !inside(after)
}

/// Whether a span is part of a UUID, or of a decimal fraction.
fn killed(bytes: &[u8], range: &Range<usize>) -> bool {
    let (before, _) = around(bytes, range);
    let digit_before_point = range.start.checked_sub(2).and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_digit);
    if before == Some(b'.') && digit_before_point {
        return true;
    }
    let part = |byte: &&u8| byte.is_ascii_hexdigit() || **byte == b'-';
    let left = bytes.get(..range.start).unwrap_or_default().iter().rev().take(36).take_while(part).count();
    let right = bytes.get(range.end..).unwrap_or_default().iter().take(36).take_while(part).count();
    let from = range.start.saturating_sub(left);
    let token = bytes.get(from..range.end.saturating_add(right)).unwrap_or_default();
    token.len() == 36 && [8, 13, 18, 23].iter().all(|dash| token.get(*dash) == Some(&b'-'))
}
