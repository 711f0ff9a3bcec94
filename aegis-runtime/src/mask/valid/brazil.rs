//! Brazil: the CPF. Source: Receita Federal, two check digits modulo 11.

use super::checksum::{digit, repeats};

/// Whether eleven digits are a CPF.
pub(in crate::mask) fn cpf(digits: &[u8]) -> bool {
    digits.len() == 11 && !repeats(digits) && [9, 10].into_iter().all(|place| checked(digits, place) == Some(true))
}

/// Whether the digit in a place checks those before it.
fn checked(digits: &[u8], place: usize) -> Option<bool> {
    let weights = 2_u32..;
    let sum = digits
        .get(..place)?
        .iter()
        .rev()
        .zip(weights)
        .try_fold(0, |sum, (byte, weight)| Some(sum + digit(*byte)? * weight))?;
    Some(digit(*digits.get(place)?)? == sum * 10 % 11 % 10)
}

#[cfg(test)]
mod tests {
    use super::cpf;

    #[test]
    fn published_examples_pass_and_near_ones_fail() {
        assert!(cpf(b"52998224725") && cpf(b"11144477735"));
        assert!(
            !cpf(b"52998224726")
                && !cpf(b"52998224735")
                && !cpf(b"11111111111")
                && !cpf(b"5299822472")
                && !cpf(b"5299822472x")
        );
    }
}
