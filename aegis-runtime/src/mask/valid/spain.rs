//! Spain: DNI and NIE, a number and the letter of its remainder by 23. Source: Ministerio del Interior, "Cálculo del dígito de control del NIF/NIE".

use super::number;

const LETTERS: &[u8; 23] = b"TRWAGMYFPDXBNJZSQVHLCKE";

/// Whether eight digits and a letter are a DNI.
pub(in crate::mask) fn dni(candidate: &[u8]) -> bool {
    let Some((letter, digits)) = candidate.split_last() else { return false };
    digits.len() == 8 && number(digits).is_some_and(|number| number > 0 && fits(number, *letter))
}

/// Whether X, Y or Z, seven digits and a letter are a NIE.
pub(in crate::mask) fn nie(candidate: &[u8]) -> bool {
    let [first, digits @ .., letter] = candidate else { return false };
    let lead = match first.to_ascii_uppercase() {
        b'X' => 0,
        b'Y' => 10_000_000,
        b'Z' => 20_000_000,
        _ => return false, // no foreigner's number
    };
    digits.len() == 7 && number(digits).is_some_and(|number| fits(lead + number, *letter))
}

fn fits(number: u64, letter: u8) -> bool {
    usize::try_from(number % 23).is_ok_and(|place| LETTERS.get(place) == Some(&letter.to_ascii_uppercase()))
}

#[cfg(test)]
mod tests {
    use super::{dni, nie};

    #[test]
    fn published_examples_pass_and_near_ones_fail() {
        assert!(dni(b"12345678Z") && dni(b"00000023T") && dni(b"12345678z"));
        assert!(!dni(b"12345678A") && !dni(b"00000000T") && !dni(b"1234567Z") && !dni(b"1234567ZZ"));
        assert!(nie(b"X1234567L") && nie(b"Y1234567X") && nie(b"Z1234567R"));
        assert!(!nie(b"X1234567A") && !nie(b"A1234567L") && !nie(b"X123456L") && !nie(b""));
    }
}
