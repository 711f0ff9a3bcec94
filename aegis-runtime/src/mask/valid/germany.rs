//! Germany: the tax identification number. Source: § 139b AO; Bundeszentralamt für Steuern, "Prüfziffernberechnung".

use super::checksum::mod11_10;

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

#[cfg(test)]
mod tests {
    use super::steuer_id;

    #[test]
    fn published_examples_pass_and_near_ones_fail() {
        assert!(steuer_id(b"86095742719") && steuer_id(b"47036892816") && steuer_id(b"65929970489"));
        for bad in ["86095742718", "06095742719", "11111111111", "12345678901", "8609574271", ""] {
            assert!(!steuer_id(bad.as_bytes()), "{bad}");
        }
    }
}
