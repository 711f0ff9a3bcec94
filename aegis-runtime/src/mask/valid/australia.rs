//! Australia: tax file numbers and Medicare cards. Sources: ATO, TFN algorithm; Services Australia, Medicare card check digit.

use super::checksum::{digit, repeats, weighted};

/// Whether nine digits are a tax file number. One number in eleven is by luck: context is needed.
pub(in crate::mask) fn tfn(digits: &[u8]) -> bool {
    weighted(digits, &[1, 4, 3, 7, 5, 8, 6, 9, 10]).is_some_and(|sum| sum.is_multiple_of(11)) && !repeats(digits)
}

/// Whether ten digits, or eleven with the person's place on it, are a Medicare card's.
pub(in crate::mask) fn medicare(digits: &[u8]) -> bool {
    let check = digits.get(8).copied().and_then(digit);
    let sum = digits.get(..8).and_then(|body| weighted(body, &[1, 3, 7, 9, 1, 3, 7, 9]));
    matches!(digits.len(), 10 | 11)
        && digits.iter().all(u8::is_ascii_digit)
        && matches!(digits.first(), Some(b'2'..=b'6'))
        && sum.is_some_and(|sum| check == Some(sum % 10))
}

#[cfg(test)]
mod tests {
    use super::{medicare, tfn};

    #[test]
    fn published_examples_pass_and_near_ones_fail() {
        assert!(tfn(b"123456782") && tfn(b"876543210"));
        assert!(!tfn(b"123456783") && !tfn(b"12345678") && !tfn(b"000000000"));
        assert!(medicare(b"2123456701") && medicare(b"21234567011"));
        assert!(!medicare(b"2123456711") && !medicare(b"7123456701") && !medicare(b"212345670"));
    }
}
