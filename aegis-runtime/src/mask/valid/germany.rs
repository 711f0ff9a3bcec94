//! Germany: the tax identification number, numbers of identity cards and passports, and the pension insurance number.
//! Sources: § 139b AO; Bundeszentralamt für Steuern, "Prüfziffernberechnung"; PAuswV and PassV on serial numbers; VKVV § 2 with its annex.

use super::checksum::{digit, mod11_10};

/// Whether eleven digits are a tax identification number: of the first ten one digit stands twice or thrice, all others once or never.
pub(in crate::mask) fn steuer_id(digits: &[u8]) -> bool {
    let Some((_, body)) = digits.split_last() else { return false };
    let count = |digit: u8| body.iter().filter(|byte| **byte == digit).count();
    let repeated = (b'0'..=b'9').filter(|digit| count(*digit) > 1).count();
    let most = (b'0'..=b'9').map(count).max();
    body.len() == 10
        && body.first() != Some(&b'0')
        && repeated == 1
        && most.is_some_and(|most| most <= 3)
        && mod11_10(digits)
}

/// Whether nine characters, or ten with their check digit, are of the alphabet of cards and passports: no vowels, and none that is read
/// as a digit. A word of a language is not.
pub(in crate::mask) fn document(serial: &[u8]) -> bool {
    let letters = b"CFGHJKLMNPRTVWXYZ";
    let numbered = serial.iter().filter(|byte| byte.is_ascii_digit()).count() > 1;
    let lettered = serial.first().is_some_and(|byte| letters.contains(byte));
    let checked = serial.len() == 9 || serial.len() == 10 && serial.last().is_some_and(u8::is_ascii_digit);
    checked && numbered && lettered && serial.iter().all(|byte| byte.is_ascii_digit() || letters.contains(byte))
}

/// Whether twelve characters are a pension insurance number: its area, a date, the letter of a name, a serial number and the check digit.
pub(in crate::mask) fn pension(number: &[u8]) -> bool {
    const WEIGHTS: [u32; 12] = [2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1];
    let [head @ .., letter, first, second, check] = number else { return false };
    if head.len() != 8 || !letter.is_ascii_uppercase() {
        return false;
    }
    let letter = u32::from(letter - b'A') + 1;
    let digits = head.iter().map(|byte| digit(*byte)).chain([Some(letter / 10), Some(letter % 10)]);
    let digits = digits.chain([digit(*first), digit(*second)]);
    let sum = digits.zip(WEIGHTS).try_fold(0, |sum, (digit, weight)| {
        let product = digit? * weight;
        Some(sum + product / 10 + product % 10)
    });
    sum.is_some_and(|sum| digit(*check) == Some(sum % 10))
}

#[cfg(test)]
mod tests {
    use super::{document, pension, steuer_id};

    #[test]
    fn serials_and_pension_numbers() {
        assert!(
            document(b"L01X00T471") && document(b"C01X0006H") && !document(b"DOCUMENT12") && !document(b"L01X00T47X")
        );
        assert!(
            pension(b"15070649C103")
                && pension(b"65170839J003")
                && !pension(b"65170839J004")
                && !pension(b"6517083J003")
        );
    }

    #[test]
    fn published_examples_pass_and_near_ones_fail() {
        assert!(steuer_id(b"86095742719") && steuer_id(b"47036892816") && steuer_id(b"65929970489"));
        for bad in ["86095742718", "06095742719", "11111111111", "12345678901", "8609574271", ""] {
            assert!(!steuer_id(bad.as_bytes()), "{bad}");
        }
    }
}
