//! Payment cards: an issuer's prefix, a legal length, and Luhn's check digit. Digits may be grouped by single blanks or dashes.

use super::{alone, killed};
use crate::vocabulary::Class;
use std::ops::Range;

/// Most digits of a card.
const LONGEST: usize = 19;

pub(super) fn find(text: &str, found: &mut Vec<(Range<usize>, Class)>) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(step) = bytes.get(at..).and_then(|rest| rest.iter().position(u8::is_ascii_digit)) {
        let start = at.saturating_add(step);
        // Groups of digits may belong to two numbers in a row: the longest card that begins here is taken.
        let card = ends(bytes, start).into_iter().rev().find(|(end, digits)| {
            let range = start..*end;
            is_card(digits) && alone(bytes, &range) && !killed(bytes, &range)
        });
        at = match card {
            Some((end, _)) => {
                found.push((start..end, Class::Card));
                end
            }
            None => start.saturating_add(
                bytes.get(start..).map_or(1, |rest| rest.iter().take_while(|byte| byte.is_ascii_digit()).count()),
            ),
        };
    }
}

/// Where a number that begins here can end: behind each group of digits, single separators of one kind between them.
fn ends(bytes: &[u8], from: usize) -> Vec<(usize, Vec<u8>)> {
    let (mut ends, mut digits, mut separator) = (Vec::new(), Vec::new(), None);
    for (at, byte) in bytes.iter().enumerate().skip(from) {
        let next_digit = bytes.get(at.saturating_add(1)).is_some_and(u8::is_ascii_digit);
        match byte {
            b'0'..=b'9' if digits.len() < LONGEST => {
                digits.push(byte.saturating_sub(b'0'));
                if !next_digit {
                    ends.push((at.saturating_add(1), digits.clone()));
                }
            }
            b' ' | b'-' if next_digit && *separator.get_or_insert(*byte) == *byte => {}
            _ => break, // the number is over, or too long for one
        }
    }
    ends
}

fn is_card(digits: &[u8]) -> bool {
    (12..=19).contains(&digits.len()) && issued(digits) && luhn(digits)
}

/// Prefixes and lengths of the issuers (ISO/IEC 7812; the networks' published ranges).
fn issued(digits: &[u8]) -> bool {
    let prefix = |count: usize| {
        digits.iter().take(count).fold(0_u32, |sum, digit| sum.saturating_mul(10).saturating_add(u32::from(*digit)))
    };
    let length = digits.len();
    match (prefix(1), prefix(2), prefix(3), prefix(4)) {
        (4, ..) => matches!(length, 13 | 16 | 19),
        (_, 51..=55, ..) | (_, _, _, 2221..=2720) => length == 16,
        (_, 34 | 37, ..) => length == 15,
        (_, 65, ..) | (_, _, 644..=649, _) | (_, _, _, 6011 | 3528..=3589) | (_, 62, ..) => (16..=19).contains(&length),
        (_, 36 | 38 | 39, ..) | (_, _, 300..=305, _) => (14..=19).contains(&length),
        (_, _, _, 5018 | 5020 | 5038 | 5893 | 6304 | 6759 | 6761..=6763) => true,
        _ => false, // no issuer's
    }
}

fn luhn(digits: &[u8]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(place, digit)| {
            let digit = u32::from(*digit);
            let doubled = digit.saturating_mul(2);
            match (place % 2, doubled) {
                (0, _) => digit,
                (_, 10..) => doubled.saturating_sub(9),
                (_, _) => doubled,
            }
        })
        .sum();
    sum.is_multiple_of(10) && digits.iter().any(|digit| digit != digits.first().unwrap_or(&0))
}
