//! Payment cards: an issuer's prefix, a legal length, and Luhn's check digit. Digits may be grouped by single blanks or dashes.

use super::{alone, killed};
use crate::mask::valid::card::is_card;
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
                digits.push(*byte);
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
