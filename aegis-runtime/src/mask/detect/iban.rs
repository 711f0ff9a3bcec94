//! International bank account numbers: a country, its registered length, and the mod-97 check (ISO 13616).

use super::alone;
use crate::vocabulary::Class;
use std::ops::Range;

/// Lengths of the registry.
const LENGTHS: [(&[u8; 2], usize); 77] = [
    (b"AD", 24),
    (b"AE", 23),
    (b"AL", 28),
    (b"AT", 20),
    (b"AZ", 28),
    (b"BA", 20),
    (b"BE", 16),
    (b"BG", 22),
    (b"BH", 22),
    (b"BR", 29),
    (b"BY", 28),
    (b"CH", 21),
    (b"CR", 22),
    (b"CY", 28),
    (b"CZ", 24),
    (b"DE", 22),
    (b"DK", 18),
    (b"DO", 28),
    (b"EE", 20),
    (b"EG", 29),
    (b"ES", 24),
    (b"FI", 18),
    (b"FO", 18),
    (b"FR", 27),
    (b"GB", 22),
    (b"GE", 22),
    (b"GI", 23),
    (b"GL", 18),
    (b"GR", 27),
    (b"GT", 28),
    (b"HR", 21),
    (b"HU", 28),
    (b"IE", 22),
    (b"IL", 23),
    (b"IQ", 23),
    (b"IS", 26),
    (b"IT", 27),
    (b"JO", 30),
    (b"KW", 30),
    (b"KZ", 20),
    (b"LB", 28),
    (b"LC", 32),
    (b"LI", 21),
    (b"LT", 20),
    (b"LU", 20),
    (b"LV", 21),
    (b"MC", 27),
    (b"MD", 24),
    (b"ME", 22),
    (b"MK", 19),
    (b"MR", 27),
    (b"MT", 31),
    (b"MU", 30),
    (b"NL", 18),
    (b"NO", 15),
    (b"PK", 24),
    (b"PL", 28),
    (b"PS", 29),
    (b"PT", 25),
    (b"QA", 29),
    (b"RO", 24),
    (b"RS", 22),
    (b"SA", 24),
    (b"SC", 31),
    (b"SE", 24),
    (b"SI", 19),
    (b"SK", 24),
    (b"SM", 27),
    (b"ST", 25),
    (b"SV", 28),
    (b"TL", 23),
    (b"TN", 24),
    (b"TR", 26),
    (b"UA", 29),
    (b"VA", 22),
    (b"VG", 24),
    (b"XK", 20),
];

pub(super) fn find(text: &str, found: &mut Vec<(Range<usize>, Class)>) {
    let bytes = text.as_bytes();
    for (start, window) in bytes.windows(4).enumerate() {
        let [one, two, three, four] = window else { continue };
        if !(one.is_ascii_alphabetic() && two.is_ascii_alphabetic() && three.is_ascii_digit() && four.is_ascii_digit())
        {
            continue;
        }
        let country = [one.to_ascii_uppercase(), two.to_ascii_uppercase()];
        let Some((_, length)) = LENGTHS.iter().find(|(code, _)| **code == country) else { continue };
        if let Some((end, letters)) = take(bytes, start, *length)
            && alone(bytes, &(start..end))
            && mod97(&letters) == 1
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

fn mod97(letters: &[u8]) -> u32 {
    let (head, rest) = letters.split_at_checked(4).unwrap_or((letters, &[]));
    rest.iter().chain(head).fold(0, |sum: u32, letter| match letter {
        b'0'..=b'9' => sum.saturating_mul(10).saturating_add(u32::from(letter.saturating_sub(b'0'))) % 97,
        _ => sum.saturating_mul(100).saturating_add(u32::from(letter.saturating_sub(b'A')).saturating_add(10)) % 97,
    })
}
