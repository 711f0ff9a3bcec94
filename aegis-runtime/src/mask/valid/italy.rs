//! Italy: the codice fiscale, and driving licences. Sources: Decreto ministeriale 23 dicembre 1976 and, for homonyms, its article 6;
//! Decreto ministeriale 30 settembre 2003 on licences of the central office.

/// Values of digits and letters in odd places; in even ones they count as they stand.
const ODD: [u32; 36] = [
    1, 0, 5, 7, 9, 13, 15, 17, 19, 21, // 0 to 9
    1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23, // A to Z
];

/// Whether sixteen characters are a codice fiscale: name, birth date and place, and the check letter.
pub(in crate::mask) fn codice_fiscale(candidate: &[u8]) -> bool {
    if candidate.len() != 16 || !shaped(candidate) {
        return false;
    }
    let Some((check, body)) = candidate.split_last() else { return false };
    let sum = body.iter().enumerate().try_fold(0, |sum, (place, byte)| {
        let value = char::from(*byte).to_digit(36)?;
        let value = if place % 2 == 0 {
            *ODD.get(usize::try_from(value).ok()?)?
        } else if value >= 10 {
            value - 10
        } else {
            value
        };
        Some(sum + value)
    });
    sum.is_some_and(|sum: u32| char::from(*check).to_digit(36) == Some(sum % 26 + 10))
}

/// Six letters, the year, the month's letter, the day, a letter and three digits; digits may be letters for homonyms.
fn shaped(candidate: &[u8]) -> bool {
    candidate.iter().zip(b"LLLLLLDDMDDLDDDL").all(|(byte, kind)| {
        let byte = byte.to_ascii_uppercase();
        match kind {
            b'L' => byte.is_ascii_uppercase(),
            b'M' => b"ABCDEHLMPRST".contains(&byte),
            _ => byte.is_ascii_digit() || b"LMNPQRSTUV".contains(&byte),
        }
    })
}

/// Whether ten characters are a licence of the central office: `U1`, seven letters or digits, and a letter.
pub(in crate::mask) fn licence(number: &[u8]) -> bool {
    let digits = number.iter().filter(|byte| byte.is_ascii_digit()).count();
    number.len() == 10 && number.starts_with(b"U1") && digits > 1 && number.last().is_some_and(u8::is_ascii_alphabetic)
}

#[cfg(test)]
mod tests {
    use super::{codice_fiscale, licence};

    #[test]
    fn licences_of_the_central_office() {
        assert!(licence(b"U1A23B456C") && !licence(b"U1A23B4567") && !licence(b"UNIVERSITY"));
    }

    #[test]
    fn published_examples_pass_and_near_ones_fail() {
        assert!(
            codice_fiscale(b"RSSMRA85T10A562S")
                && codice_fiscale(b"MRTMTT25D09F205Z")
                && codice_fiscale(b"rssmra85t10a562s")
        );
        for bad in ["RSSMRA85T10A562T", "RSSMRA85F10A562S", "1SSMRA85T10A562S", "RSSMRA85T10A562", ""] {
            assert!(!codice_fiscale(bad.as_bytes()), "{bad}");
        }
    }
}
