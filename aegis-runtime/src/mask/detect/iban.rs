//! International bank account numbers: a country, its registered length, and the mod-97 check (ISO 13616).

use super::alone;
use crate::mask::valid::iban::{is_iban, length};
use crate::vocabulary::Class;
use std::ops::Range;

pub(super) fn find(text: &str, found: &mut Vec<(Range<usize>, Class)>) {
    let bytes = text.as_bytes();
    for (start, window) in bytes.windows(4).enumerate() {
        let [one, two, three, four] = window else { continue };
        if !(one.is_ascii_alphabetic() && two.is_ascii_alphabetic() && three.is_ascii_digit() && four.is_ascii_digit())
        {
            continue;
        }
        let Some(length) = length([*one, *two]) else { continue };
        if let Some((end, letters)) = take(bytes, start, length)
            && alone(bytes, &(start..end))
            && is_iban(&letters)
        {
            found.push((start..end, Class::Iban));
        }
    }
}

/// So many letters and digits, single blanks or dashes between them.
fn take(bytes: &[u8], from: usize, length: usize) -> Option<(usize, Vec<u8>)> {
    let mut letters = Vec::with_capacity(length);
    let mut blank = false;
    for (at, byte) in bytes.iter().enumerate().skip(from) {
        match byte {
            b' ' | b'-' if !blank => blank = true,
            byte if byte.is_ascii_alphanumeric() => {
                letters.push(byte.to_ascii_uppercase());
                blank = false;
            }
            _ => return None, // too short
        }
        if letters.len() == length {
            return Some((at.saturating_add(1), letters));
        }
    }
    None
}
