//! Poland: PESEL (with a birth date inside) and NIP. Sources: Act on population registration, art. 15; Ministry of Finance, NIP.

use super::checksum::{digit, repeats, weighted};
use super::date::is_day;
use super::number;

/// Whether eleven digits are a PESEL number: a real birth date, then the check digit.
pub(in crate::mask) fn pesel(digits: &[u8]) -> bool {
    let part = |from: usize| digits.get(from..from + 2).and_then(number);
    let (Some(year), Some(month), Some(day)) = (part(0), part(2), part(4)) else { return false };
    // The month tells the century: +80 the 19th, +0 the 20th, +20 the 21st.
    let century = match month / 20 {
        0 => 1900,
        1 => 2000,
        4 => 1800,
        _ => return false, // nobody is born yet
    };
    is_day(century + year, month % 20, day)
        && weighted(digits, &[1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1]).is_some_and(|sum| sum.is_multiple_of(10))
}

/// Whether ten digits are a NIP. One number in eleven is by luck: grouping or context is needed.
pub(in crate::mask) fn nip(digits: &[u8]) -> bool {
    let Some((check, body)) = digits.split_last() else { return false };
    let sum = weighted(body, &[6, 5, 7, 2, 3, 4, 5, 6, 7]).map(|sum| sum % 11);
    sum.is_some_and(|sum| digit(*check) == Some(sum)) && !repeats(digits) && digits.first() != Some(&b'0')
}

#[cfg(test)]
mod tests {
    use super::{nip, pesel};

    #[test]
    fn published_examples_pass_and_near_ones_fail() {
        assert!(pesel(b"44051401359") && pesel(b"02070803628") && pesel(b"02270803624"));
        assert!(!pesel(b"44051401358") && !pesel(b"44131401359") && !pesel(b"4405140135"));
        assert!(nip(b"1234563218") && nip(b"5260250274"));
        assert!(!nip(b"1234563219") && !nip(b"123456321") && !nip(b"0000000000"));
    }
}
