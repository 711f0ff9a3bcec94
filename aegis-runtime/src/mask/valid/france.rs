//! France: the NIR, the number of social security. Source: INSEE, "Numéro d'inscription au répertoire"; key of 97.

use super::number;

/// Whether thirteen characters and a key of two digits are a NIR; Corsica's departments are 2A and 2B.
pub(in crate::mask) fn nir(candidate: &[u8]) -> bool {
    let (Some(body), Some(key)) =
        (candidate.get(..13), candidate.get(13..).filter(|key| key.len() == 2).and_then(number))
    else {
        return false;
    };
    let (Some(sex), Some(month)) = (body.first(), body.get(3..5).and_then(number)) else { return false };
    let mut digits = [0; 13];
    for (digit, byte) in digits.iter_mut().zip(body) {
        *digit = *byte;
    }
    // The key is reckoned with 19 for 2A and 18 for 2B.
    if let [.., b'2', letter, _, _, _, _, _, _] = &mut digits {
        match letter {
            b'A' | b'a' => *letter = b'9',
            b'B' | b'b' => *letter = b'8',
            _ => {} // a digit
        }
        if matches!(body.get(6), Some(b'A' | b'a' | b'B' | b'b'))
            && let Some(department) = digits.get_mut(5)
        {
            *department = b'1';
        }
    }
    matches!(sex, b'1' | b'2' | b'3' | b'4' | b'7' | b'8')
        && matches!(month, 1..=12 | 20..=42 | 50..=99)
        && number(&digits).is_some_and(|number| 97 - number % 97 == key)
}

#[cfg(test)]
mod tests {
    use super::nir;

    #[test]
    fn published_examples_pass_and_near_ones_fail() {
        assert!(nir(b"255081416802538") && nir(b"180126955222380") && nir(b"269054958815780"));
        for bad in ["255081416802539", "555081416802538", "255131416802538", "25508141680253", "2550814168025380", ""] {
            assert!(!nir(bad.as_bytes()), "{bad}");
        }
    }

    #[test]
    fn corsica_counts_as_19_and_18() {
        let body = |department: &str| format!("18402{department}178325");
        for (department, counted) in [("2A", "19"), ("2B", "18")] {
            let key = 97 - body(counted).parse::<u64>().unwrap() % 97;
            assert!(nir(format!("{}{key:02}", body(department)).as_bytes()), "{department}");
            assert!(!nir(format!("{}{:02}", body(department), (key + 1) % 97).as_bytes()), "{department}");
        }
    }
}
