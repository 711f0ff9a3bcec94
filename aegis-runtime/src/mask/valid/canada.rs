//! Canada: the social insurance number. Source: Employment and Social Development Canada, "SIN code of practice".

use super::checksum::{luhn, repeats};

/// Whether nine digits are a social insurance number. One number in ten is by luck: grouping or context is needed.
pub(in crate::mask) fn sin(digits: &[u8]) -> bool {
    digits.len() == 9 && !matches!(digits.first(), Some(b'0' | b'8')) && luhn(digits) && !repeats(digits)
}

#[cfg(test)]
mod tests {
    use super::sin;

    #[test]
    fn published_examples_pass_and_near_ones_fail() {
        assert!(sin(b"130692544") && sin(b"123456782"));
        assert!(!sin(b"046454286") && !sin(b"123456783") && !sin(b"12345678") && !sin(b""));
    }
}
