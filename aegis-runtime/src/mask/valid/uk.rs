//! United Kingdom: NHS numbers, national insurance numbers, driving licences.
//! Sources: NHS Data Model and Dictionary, "NHS NUMBER"; HMRC, NIM39110; DVLA, "Driver number" (INS57P).

use super::checksum::{digit, repeats, weighted};

/// Whether ten digits are an NHS number. One number in eleven is by luck: context is needed.
pub(in crate::mask) fn nhs(digits: &[u8]) -> bool {
    let Some((check, body)) = digits.split_last() else { return false };
    let remainder = weighted(body, &[10, 9, 8, 7, 6, 5, 4, 3, 2]).map(|sum| (11 - sum % 11) % 11);
    remainder.is_some_and(|wanted| digit(*check) == Some(wanted)) && !repeats(digits)
}

/// Whether two letters, six digits and a suffix are a national insurance number.
pub(in crate::mask) fn nino(candidate: &[u8]) -> bool {
    let [first, second, digits @ .., suffix] = candidate else { return false };
    let (first, second) = (first.to_ascii_uppercase(), second.to_ascii_uppercase());
    let prefix = first.is_ascii_uppercase()
        && second.is_ascii_uppercase()
        && !b"DFIQUV".contains(&first)
        && !b"DFIOQUV".contains(&second)
        && ![*b"BG", *b"GB", *b"KN", *b"NK", *b"NT", *b"TN", *b"ZZ"].contains(&[first, second]);
    prefix
        && digits.len() == 6
        && digits.iter().all(u8::is_ascii_digit)
        && matches!(suffix.to_ascii_uppercase(), b'A'..=b'D')
}

/// Whether 16 characters are a driver number of Great Britain: surname, decade, month (+50 for women), day, year, initials.
pub(in crate::mask) fn licence(candidate: &[u8]) -> bool {
    let Some((surname, rest)) = candidate.split_at_checked(5) else { return false };
    let Some((birth, rest)) = rest.split_at_checked(6) else { return false };
    let letters = surname.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
    let number = |from: usize| birth.get(from..from + 2).and_then(super::number);
    letters > 0
        && surname.iter().skip(letters).all(|byte| *byte == b'9')
        && birth.iter().all(u8::is_ascii_digit)
        && number(1).is_some_and(|month| matches!(month, 1..=12 | 51..=62))
        && number(3).is_some_and(|day| (1..=31).contains(&day))
        && rest.len() == 5
        && rest.iter().all(u8::is_ascii_alphanumeric)
        && rest.first().is_some_and(u8::is_ascii_alphabetic)
}

#[cfg(test)]
mod tests {
    use super::{licence, nhs, nino};

    #[test]
    fn published_examples_pass_and_near_ones_fail() {
        assert!(nhs(b"9434765919") && nhs(b"4010232137") && nhs(b"4505577104"));
        assert!(!nhs(b"9434765918") && !nhs(b"943476591") && !nhs(b"94347659190") && !nhs(b"0000000000"));
        assert!(nino(b"AB123456C") && nino(b"qq123456c") == nino(b"QQ123456C") && nino(b"JG103759A"));
        for bad in ["QQ123456C", "GB123456A", "AO123456A", "AB123456E", "AB12345C", "A1123456C", ""] {
            assert!(!nino(bad.as_bytes()), "{bad}");
        }
        assert!(licence(b"MORGA657054SM9IJ") && licence(b"FOX99804166AB9CD") == licence(b"FOX99804166AB9CD"));
        assert!(!licence(b"MORGA699054SM9IJ") && !licence(b"MORGA657994SM9IJ") && !licence(b"MORGA657054SM9I"));
    }
}
