//! Netherlands: the citizen service number. Source: Wet algemene bepalingen burgerservicenummer; the "elfproef".

use super::checksum::{digit, repeats, weighted};

/// Whether nine digits are a BSN. One number in eleven is by luck: context is needed.
pub(in crate::mask) fn bsn(digits: &[u8]) -> bool {
    let Some((last, body)) = digits.split_last() else { return false };
    let (Some(sum), Some(last)) = (weighted(body, &[9, 8, 7, 6, 5, 4, 3, 2]), digit(*last)) else { return false };
    sum % 11 == last && !repeats(digits)
}

#[cfg(test)]
mod tests {
    use super::bsn;

    #[test]
    fn published_examples_pass_and_near_ones_fail() {
        assert!(bsn(b"111222333") && bsn(b"123456782"));
        assert!(!bsn(b"123456783") && !bsn(b"12345678") && !bsn(b"000000000") && !bsn(b""));
    }
}
