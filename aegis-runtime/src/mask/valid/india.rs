//! India: Aadhaar and permanent account numbers. Sources: UIDAI, "Aadhaar numbering scheme"; Income Tax Department, structure of PAN.

use super::checksum::{repeats, verhoeff};

/// Whether twelve digits are an Aadhaar number. One number in ten is by luck: grouping or context is needed.
pub(in crate::mask) fn aadhaar(digits: &[u8]) -> bool {
    digits.len() == 12 && matches!(digits.first(), Some(b'2'..=b'9')) && verhoeff(digits) && !repeats(digits)
}

/// Whether ten characters are a permanent account number: `ABCPE1234F`, the fourth letter the kind of holder.
pub(in crate::mask) fn pan(candidate: &[u8]) -> bool {
    let [one, two, three, kind, name, digits @ .., check] = candidate else { return false };
    [one, two, three, name, check].into_iter().all(u8::is_ascii_uppercase)
        && b"ABCFGHJLPT".contains(kind)
        && digits.len() == 4
        && digits.iter().all(u8::is_ascii_digit)
        && digits != b"0000"
}

#[cfg(test)]
mod tests {
    use super::{aadhaar, pan};

    #[test]
    fn published_examples_pass_and_near_ones_fail() {
        assert!(aadhaar(b"999941057058") && aadhaar(b"999971658847") && aadhaar(b"234123412346"));
        assert!(!aadhaar(b"999941057059") && !aadhaar(b"123412341234") && !aadhaar(b"99994105705"));
        assert!(pan(b"ABCPE1234F") && pan(b"AAACB5343E"));
        assert!(!pan(b"ABCDE1234F") && !pan(b"ABCPE0000F") && !pan(b"abcpe1234f") && !pan(b"ABCPE12345"));
    }
}
