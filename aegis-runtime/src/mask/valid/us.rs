//! United States: social security numbers, taxpayer numbers, bank routing numbers.
//! Sources: SSA, "Social Security Number Randomization" and POMS RM 10201; IRS Publication 1915 and IRM 3.21.263; ABA routing number policy.

use super::checksum::{repeats, weighted};
use super::number;

/// Numbers that were printed in advertisements and are nobody's (SSA, POMS RM 10201.065).
const PRINTED: [&[u8]; 3] = [b"078051120", b"219099999", b"457555462"];

/// Whether nine digits can be a social security number.
pub(in crate::mask) fn ssn(digits: &[u8]) -> bool {
    parts(digits).is_some_and(|(area, group, serial)| {
        !matches!(area, 0 | 666 | 900..) && group != 0 && serial != 0 && !PRINTED.contains(&digits) && !repeats(digits)
    })
}

/// Whether nine digits can be an individual taxpayer's number.
pub(in crate::mask) fn itin(digits: &[u8]) -> bool {
    parts(digits).is_some_and(|(area, group, _)| {
        area >= 900 && matches!(group, 50..=65 | 70..=88 | 90..=92 | 94..=99) && !repeats(digits)
    })
}

/// Whether nine digits are a bank's routing number: a Federal Reserve prefix and the check digit.
pub(in crate::mask) fn aba_routing(digits: &[u8]) -> bool {
    let prefix = digits.get(..2).and_then(number);
    prefix.is_some_and(|prefix| matches!(prefix, 1..=12 | 21..=32 | 61..=72 | 80))
        && weighted(digits, &[3, 7, 1, 3, 7, 1, 3, 7, 1]).is_some_and(|sum| sum.is_multiple_of(10))
}

fn parts(digits: &[u8]) -> Option<(u64, u64, u64)> {
    (digits.len() == 9).then_some(())?;
    Some((number(digits.get(..3)?)?, number(digits.get(3..5)?)?, number(digits.get(5..)?)?))
}

#[cfg(test)]
mod tests {
    use super::{aba_routing, itin, ssn};

    #[test]
    fn numbers_that_are_never_issued_are_refused() {
        assert!(ssn(b"123456789") && ssn(b"899121234"));
        for bad in [
            "000123456",
            "666123456",
            "900123456",
            "123006789",
            "123450000",
            "078051120",
            "222222222",
            "12345678",
            "12345678x",
        ] {
            assert!(!ssn(bad.as_bytes()), "{bad}");
        }
        assert!(itin(b"912701234") && itin(b"900501234"));
        assert!(!itin(b"912691234") && !itin(b"912931234") && !itin(b"812701234"));
        assert!(
            aba_routing(b"021000021")
                && aba_routing(b"111000025")
                && !aba_routing(b"021000022")
                && !aba_routing(b"921000021")
        );
    }
}
