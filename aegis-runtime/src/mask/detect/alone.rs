//! A value that is all of a text, as it is in a cell of a table: read at a glance, without a scan.
//!
//! *Invariants.* What is said here is what [`super::all`] and every other reading of the same text come to, so nothing else has
//! to look. Where anything could be encoded, nothing is said.

use super::{Gate, Hit, Text, card, email, phone, rows};
use crate::mask::views::SHORTEST;
use crate::vocabulary::Class;

/// Longest and shortest text.
const LENGTHS: std::ops::RangeInclusive<usize> = 6..=48;
/// Most marks of an address: more could part pairs of hex digits.
const MARKS: usize = 6;

/// What a text is, or looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Glance {
    /// It is an address.
    Email,
    /// It is a telephone number.
    Phone,
    /// Three digits, two, and four.
    Ssn,
    /// Groups of digits that a card can be.
    Card,
}

/// A look at the bytes alone.
pub(in super::super) fn glance(text: &str) -> Option<Glance> {
    let bytes = text.as_bytes();
    if !LENGTHS.contains(&bytes.len()) {
        return None;
    }
    match bytes {
        [b'+', ..] => {
            (is_spelled(bytes) && phone::international(bytes, 1) == Some(bytes.len())).then_some(Glance::Phone)
        }
        [b'0'..=b'9', _, _, b'-', _, _, b'-', _, _, _, _] => Some(Glance::Ssn),
        [b'2'..=b'9', ..] => (super::LONE_CARD.contains(&bytes.len()) && is_spelled(bytes)).then_some(Glance::Card),
        [b'0'..=b'1', ..] => None,
        _ => is_address(text).then_some(Glance::Email),
    }
}

/// Finds what a text is that looks like something.
pub(in super::super) fn find<'text>(
    glance: Glance,
    bytes: &[u8],
    text: impl FnOnce() -> Text<'text>,
    out: &mut Vec<Hit>,
) {
    let length = bytes.len();
    let sure = |class, by| Hit { start: 0, end: length, class: Some(class), by, gate: Gate::Strong };
    match glance {
        Glance::Email => out.push(sure(Class::Email, email::NAME)),
        Glance::Phone => out.push(sure(Class::Phone, phone::NAME)),
        Glance::Ssn => out.extend(rows::grouped_nine(bytes)),
        Glance::Card => {
            let text = text();
            if !text.is_told(0) {
                out.extend(card::at(&text, 0));
            }
        }
    }
    out.retain(|hit| hit.end == length);
}

/// Digits in groups, too short for anything encoded.
fn is_spelled(bytes: &[u8]) -> bool {
    let mut run = 0;
    bytes.iter().all(|byte| {
        run = if matches!(byte, b' ' | b'.' | b'(' | b')') { 0 } else { run + 1 };
        run < SHORTEST && matches!(byte, b'0'..=b'9' | b'+' | b' ' | b'-' | b'.' | b'(' | b')' | b'/')
    })
}

/// An address of letters, digits and few marks.
fn is_address(text: &str) -> bool {
    let bytes = text.as_bytes();
    let Some(sign) = memchr::memchr(b'@', bytes) else { return false };
    let (mut run, mut marks) = (0, 0);
    let simple = bytes.iter().all(|byte| {
        run += 1;
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => {}
            b'-' | b'_' | b'+' => marks += 1,
            b'.' => (run, marks) = (0, marks + 1),
            b'@' => run = 0,
            _ => return false, // no simple address
        }
        run < SHORTEST && marks <= MARKS
    });
    simple && email::is_plain(bytes, sign)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_known_at_a_glance_and_what_may_be_more_is_not() {
        let hit = |text: &str| matches!(glance(text), Some(Glance::Email | Glance::Phone));
        for value in ["ada.lovelace@example.com", "+49 30 1234567", "+14155550100"] {
            assert!(hit(value), "{value}");
        }
        for more in [
            "ada@example.com ",
            "ada@example",
            "ada%40x@example.com",
            "YWRhQGV4YW1wbGUuY29t@example.com",
            "11.22.33.44.55@66.77.88.com",
            "ädä@example.com",
            "+49 30 1234567 x",
            "+1234",
        ] {
            assert!(!hit(more), "{more}");
        }
        assert_eq!(glance("123-45-6789"), Some(Glance::Ssn));
        assert_eq!(glance("4111 1111 1111 1111"), Some(Glance::Card));
        assert!(glance("4111-1111-1111-1111").is_none() && glance("2026-11-24T12:00:00Z").is_none());
    }
}
