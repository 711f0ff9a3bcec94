//! Switzerland: the AHV number. Source: Zentrale Ausgleichsstelle, "Die AHV-Nummer"; its check digit is that of an EAN-13.

/// Whether thirteen digits are an AHV number: `756`, and the check digit of an EAN.
pub(in crate::mask) fn ahv(digits: &[u8]) -> bool {
    let sum: u32 = digits
        .iter()
        .zip([1, 3].into_iter().cycle())
        .map(|(byte, weight)| u32::from(byte.wrapping_sub(b'0')) * weight)
        .sum();
    digits.len() == 13 && digits.iter().all(u8::is_ascii_digit) && digits.starts_with(b"756") && sum.is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use super::ahv;

    #[test]
    fn the_published_example_passes_and_near_ones_fail() {
        assert!(ahv(b"7569217076985") && !ahv(b"7569217076984") && !ahv(b"7579217076985") && !ahv(b"756921707698"));
    }
}
