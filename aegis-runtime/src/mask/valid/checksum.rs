//! Check digits that several classes share.

/// The value of an ASCII digit.
pub(in crate::mask) fn digit(byte: u8) -> Option<u32> {
    byte.is_ascii_digit().then(|| u32::from(byte - b'0'))
}

/// Whether a number repeats one digit only: test data, separators, never a person's number.
pub(in crate::mask) fn repeats(digits: &[u8]) -> bool {
    digits.iter().all(|byte| Some(byte) == digits.first())
}

/// Luhn's check over ASCII digits (ISO/IEC 7812-1, annex B).
pub(in crate::mask) fn luhn(digits: &[u8]) -> bool {
    // What a digit counts where it is doubled: the sum of the digits of its double.
    const DOUBLED: [u32; 10] = [0, 2, 4, 6, 8, 1, 3, 5, 7, 9];
    let (mut sum, mut double) = (0_u32, false);
    for byte in digits.iter().rev() {
        let Some(doubled) = DOUBLED.get(usize::from(byte.wrapping_sub(b'0'))) else { return false };
        sum += if double { *doubled } else { u32::from(byte - b'0') };
        double = !double;
    }
    !digits.is_empty() && sum.is_multiple_of(10)
}

/// Whether thirteen digits end in the check digit of an EAN-13 (GS1 General Specifications, section 7.9).
pub(in crate::mask) fn ean(digits: &[u8]) -> bool {
    weighted(digits, &[1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1]).is_some_and(|sum| sum.is_multiple_of(10))
}

/// Sum of digits times weights; nothing where their counts differ or a byte is no digit.
pub(in crate::mask) fn weighted(digits: &[u8], weights: &[u32]) -> Option<u32> {
    if digits.len() != weights.len() {
        return None;
    }
    digits.iter().zip(weights).try_fold(0, |sum, (byte, weight)| Some(sum + digit(*byte)? * weight))
}

/// The remainder by 97 of letters and digits, letters counting as two digits from A = 10 (ISO 7064 as ISO 13616 uses it).
pub(in crate::mask) fn mod97<'a>(characters: impl Iterator<Item = &'a u8>) -> Option<u32> {
    // Dividing costs: it waits until there is hardly room for another two digits.
    const ROOM: u64 = u64::MAX / 1000;
    let mut sum: u64 = 0;
    for byte in characters {
        let value = char::from(*byte).to_digit(36)?;
        sum = sum * if value < 10 { 10 } else { 100 } + u64::from(value);
        if sum > ROOM {
            sum %= 97;
        }
    }
    u32::try_from(sum % 97).ok()
}

/// Verhoeff's check: multiplication in the dihedral group of the pentagon (J. Verhoeff, 1969).
pub(in crate::mask) fn verhoeff(digits: &[u8]) -> bool {
    const TURN: [u32; 10] = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4];
    let product = digits.iter().rev().enumerate().try_fold(0, |product, (place, byte)| {
        let turned = (0..place % 8).try_fold(digit(*byte)?, |digit, _| TURN.get(usize::try_from(digit).ok()?).copied());
        Some(dihedral(product, turned?))
    });
    !digits.is_empty() && product == Some(0)
}

fn dihedral(one: u32, other: u32) -> u32 {
    match (one < 5, other < 5) {
        (true, true) => (one + other) % 5,
        (true, false) => 5 + (one + other) % 5,
        (false, true) => 5 + (one - other) % 5,
        (false, false) => (one + 5 - other) % 5,
    }
}

/// ISO 7064 mod 11,10 over digits, the last of them the check digit.
pub(in crate::mask) fn mod11_10(digits: &[u8]) -> bool {
    let Some((last, body)) = digits.split_last() else { return false };
    let product = body.iter().try_fold(10, |product, byte| {
        let sum = (digit(*byte)? + product) % 10;
        Some((if sum == 0 { 10 } else { sum }) * 2 % 11)
    });
    product.is_some_and(|product: u32| digit(*last) == Some((11 - product) % 10))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_examples_pass_and_every_single_wrong_digit_fails() {
        type Check = fn(&[u8]) -> bool;
        let cases: [(Check, &str); 4] =
            [(luhn, "79927398713"), (verhoeff, "2363"), (verhoeff, "123451"), (mod11_10, "86095742719")];
        for (check, good) in cases {
            assert!(check(good.as_bytes()), "{good}");
            for place in 0..good.len() {
                for other in b'0'..=b'9' {
                    let mut bad = good.as_bytes().to_vec();
                    bad[place] = other;
                    assert!(bad == good.as_bytes() || !check(&bad), "{good} {place} {other}");
                }
            }
        }
        assert!(!luhn(b"") && !verhoeff(b"") && !mod11_10(b"") && !luhn(b"7992739871x") && !verhoeff(b"a"));
    }

    #[test]
    fn remainders_and_sums() {
        assert_eq!(mod97(b"3214282912345698765432161182".iter()), Some(1));
        assert_eq!(mod97(b"WEST12345698765432GB82".iter()), Some(1));
        assert_eq!(mod97(b"*".iter()), None);
        assert_eq!(
            (weighted(b"123", &[1, 10, 100]), weighted(b"12", &[1]), weighted(b"1x", &[1, 1])),
            (Some(321), None, None)
        );
        assert!(repeats(b"7777") && !repeats(b"7778"));
    }
}
