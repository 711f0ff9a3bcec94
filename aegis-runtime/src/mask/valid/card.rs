//! Payment cards: an issuer's prefix, that issuer's lengths, Luhn's check digit.
//! Source: ISO/IEC 7812; the networks' published ranges (Visa, Mastercard incl. the 2-series, American Express, Discover, JCB,
//! UnionPay, Diners Club, Maestro, Mir, RuPay, Troy, Elo, Hipercard).

use super::checksum::{luhn, repeats};
use super::number;

/// Most and least digits of a card.
pub(in crate::mask) const LENGTHS: std::ops::RangeInclusive<usize> = 12..=19;

/// Whether ASCII digits are a card's number.
pub(in crate::mask) fn is_card(digits: &[u8]) -> bool {
    LENGTHS.contains(&digits.len()) && issued(digits) && luhn(digits) && !repeats(digits)
}

fn issued(digits: &[u8]) -> bool {
    let Some(six) = digits.get(..6).and_then(number) else { return false };
    let length = digits.len();
    // From the narrow ranges to the wide ones: what a narrow one claims may stand inside of a wide one.
    match six {
        400_000..=499_999 => matches!(length, 13 | 16 | 19),
        222_100..=272_099 | 510_000..=559_999 => length == 16, // Mastercard
        340_000..=349_999 | 370_000..=379_999 => length == 15, // American Express
        352_800..=358_999 | 644_000..=659_999 | 601_100..=601_199 | 620_000..=629_999 => (16..=19).contains(&length), // JCB, Discover, UnionPay
        360_000..=369_999 => (14..=19).contains(&length), // Diners Club
        300_000..=305_999 | 309_500..=309_599 | 380_000..=399_999 => (14..=19).contains(&length), // Diners Club, Carte Blanche
        220_000..=220_599 => (16..=19).contains(&length),                                         // Mir, Borica
        504_175 | 506_699..=506_778 | 509_000..=509_999 => length == 16,                          // Elo
        606_282 => length == 16,                                                                  // Hipercard
        636_000..=636_999 => (16..=19).contains(&length),                                         // Interpayment, Elo
        637_000..=639_999 => length == 16, // InstaPayment, Hipercard
        506_099..=506_198 | 507_865..=507_964 | 508_500..=508_999 | 501_900..=501_999 => length == 16, // Verve, RuPay, Dankort
        604_200..=604_400 | 589_562 | 589_657 => length == 16,                                         // Cabal, Naranja
        500_000..=509_999
        | 560_000..=589_999
        | 600_000..=601_099
        | 601_200..=619_999
        | 630_000..=635_999
        | 640_000..=643_999
        | 660_000..=699_999 => maestro(six, length),
        979_200..=979_289 => length == 16,                     // Troy
        810_000..=817_199 => (16..=19).contains(&length),      // UnionPay
        817_200..=817_599 | 818_000..=820_199 => length == 16, // RuPay
        860_000..=860_099 | 986_000..=986_099 => length == 16, // UzCard, Humo
        _ => false,                                            // no issuer's
    }
}

/// Maestro's common prefixes; the rest of 5 and 6 is too wide to be taken without a name.
fn maestro(six: u64, length: usize) -> bool {
    match six / 100 {
        5018 | 5020 | 5038 | 5893 | 6304 | 6759 | 6761..=6763 => (12..=19).contains(&length),
        6333 | 6334 | 6703 | 6706 | 6709 | 6767 | 6771 => (16..=19).contains(&length), // Switch, Bancontact, Laser, Solo
        6069..=6085 => length == 16,                                                   // RuPay
        _ => false,                                                                    // no issuer's
    }
}

#[cfg(test)]
mod tests {
    use super::is_card;

    #[test]
    fn the_networks_test_numbers_pass() {
        for good in [
            "4111111111111111",
            "4222222222222",
            "4000056655665556",
            "5555555555554444",
            "2223003122003222",
            "2720992719999990",
            "378282246310005",
            "371449635398431",
            "6011111111111117",
            "6011000990139424",
            "3530111333300000",
            "3566002020360505",
            "30569309025904",
            "38520000023237",
            "36227206271667",
            "6200000000000005",
            "6759649826438453",
            "2200000000000004",
            "5067421816216474",
            "6362984047920073",
            "6076584555833549",
        ] {
            assert!(is_card(good.as_bytes()), "{good}");
        }
    }

    #[test]
    fn a_lucky_check_digit_is_not_enough() {
        for bad in [
            "4111111111111112", // Luhn
            "1234567890123452", // no issuer
            "0000000000000000",
            "411111111111111",   // Visa has no 15
            "55555555555544440", // Mastercard has 16
            "2721001234567898",  // behind the 2-series
            "1700000000003",     // a time in milliseconds
            "99999999999",
            "",
        ] {
            assert!(!is_card(bad.as_bytes()), "{bad}");
        }
    }
}
