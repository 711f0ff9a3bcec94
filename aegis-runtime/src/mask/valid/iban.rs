//! International bank account numbers: a country, its registered length, the mod-97 check.
//! Source: ISO 13616-1; SWIFT, "IBAN Registry", release 99.

use super::checksum::mod97;

/// Lengths of the registry, by country.
const LENGTHS: [([u8; 2], usize); 89] = [
    (*b"AD", 24),
    (*b"AE", 23),
    (*b"AL", 28),
    (*b"AT", 20),
    (*b"AZ", 28),
    (*b"BA", 20),
    (*b"BE", 16),
    (*b"BG", 22),
    (*b"BH", 22),
    (*b"BI", 27),
    (*b"BR", 29),
    (*b"BY", 28),
    (*b"CH", 21),
    (*b"CR", 22),
    (*b"CY", 28),
    (*b"CZ", 24),
    (*b"DE", 22),
    (*b"DJ", 27),
    (*b"DK", 18),
    (*b"DO", 28),
    (*b"EE", 20),
    (*b"EG", 29),
    (*b"ES", 24),
    (*b"FI", 18),
    (*b"FK", 18),
    (*b"FO", 18),
    (*b"FR", 27),
    (*b"GB", 22),
    (*b"GE", 22),
    (*b"GI", 23),
    (*b"GL", 18),
    (*b"GR", 27),
    (*b"GT", 28),
    (*b"HN", 28),
    (*b"HR", 21),
    (*b"HU", 28),
    (*b"IE", 22),
    (*b"IL", 23),
    (*b"IQ", 23),
    (*b"IS", 26),
    (*b"IT", 27),
    (*b"JO", 30),
    (*b"KW", 30),
    (*b"KZ", 20),
    (*b"LB", 28),
    (*b"LC", 32),
    (*b"LI", 21),
    (*b"LT", 20),
    (*b"LU", 20),
    (*b"LV", 21),
    (*b"LY", 25),
    (*b"MC", 27),
    (*b"MD", 24),
    (*b"ME", 22),
    (*b"MK", 19),
    (*b"MN", 20),
    (*b"MR", 27),
    (*b"MT", 31),
    (*b"MU", 30),
    (*b"NI", 28),
    (*b"NL", 18),
    (*b"NO", 15),
    (*b"OM", 23),
    (*b"PK", 24),
    (*b"PL", 28),
    (*b"PS", 29),
    (*b"PT", 25),
    (*b"QA", 29),
    (*b"RO", 24),
    (*b"RS", 22),
    (*b"RU", 33),
    (*b"SA", 24),
    (*b"SC", 31),
    (*b"SD", 18),
    (*b"SE", 24),
    (*b"SI", 19),
    (*b"SK", 24),
    (*b"SM", 27),
    (*b"SO", 23),
    (*b"ST", 25),
    (*b"SV", 28),
    (*b"TL", 23),
    (*b"TN", 24),
    (*b"TR", 26),
    (*b"UA", 29),
    (*b"VA", 22),
    (*b"VG", 24),
    (*b"XK", 20),
    (*b"YE", 30),
];

/// The registered length of a country's numbers.
pub(in crate::mask) fn length(country: [u8; 2]) -> Option<usize> {
    let [Some(first), Some(second)] = country.map(letter) else { return None };
    REGISTER.get(first)?.get(second).copied().filter(|length| *length > 0).map(usize::from)
}

/// [`LENGTHS`] by their letters; 0 where there is no such country.
const REGISTER: [[u8; 26]; 26] = register();

#[expect(clippy::indexing_slicing, clippy::cast_possible_truncation, reason = "evaluated at compile time")]
const fn register() -> [[u8; 26]; 26] {
    let mut register = [[0; 26]; 26];
    let mut place = 0;
    while place < LENGTHS.len() {
        let ([first, second], length) = LENGTHS[place];
        register[(first - b'A') as usize][(second - b'A') as usize] = length as u8;
        place += 1;
    }
    register
}

fn letter(byte: u8) -> Option<usize> {
    byte.is_ascii_alphabetic().then(|| usize::from(byte.to_ascii_uppercase() - b'A'))
}

/// Whether letters and digits of any case are an account number.
pub(in crate::mask) fn is_iban(candidate: &[u8]) -> bool {
    let Some((head, rest)) = candidate.split_at_checked(4) else { return false };
    let [first, second, check @ ..] = head else { return false };
    check.iter().all(u8::is_ascii_digit)
        && length([*first, *second]) == Some(candidate.len())
        && mod97(rest.iter().chain(head)) == Some(1)
}

#[cfg(test)]
mod tests {
    use super::{LENGTHS, is_iban, length};

    #[test]
    fn the_registry_is_sorted_and_its_examples_pass() {
        assert!(LENGTHS.is_sorted());
        for good in [
            "DE89370400440532013000",
            "GB82WEST12345698765432",
            "FR1420041010050500013M02606",
            "NL91ABNA0417164300",
            "ES9121000418450200051332",
            "IT60X0542811101000000123456",
            "PL61109010140000071219812874",
            "NO9386011117947",
            "MT84MALT011000012345MTLCAST001S",
            "BR1800360305000010009795493C1",
            "CH9300762011623852957",
            "LC55HEMM000100010012001200023015",
            "be68539007547034",
            "SA0380000000608010167519",
        ] {
            assert!(is_iban(good.as_bytes()), "{good}");
        }
    }

    #[test]
    fn a_wrong_country_length_or_check_is_refused() {
        assert_eq!((length(*b"no"), length(*b"US")), (Some(15), None));
        for bad in [
            "GB82WEST12345698765433",
            "DE8937040044053201300",
            "US82370400440532013000",
            "DEAB370400440532013000",
            "DE",
            "",
        ] {
            assert!(!is_iban(bad.as_bytes()), "{bad}");
        }
    }
}
