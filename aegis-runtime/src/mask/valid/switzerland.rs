//! Switzerland: the AHV number. Source: Zentrale Ausgleichsstelle, "Die AHV-Nummer"; its check digit is that of an EAN-13.

use super::checksum::ean;

/// Whether thirteen digits are an AHV number: `756`, and the check digit of an EAN.
pub(in crate::mask) fn ahv(digits: &[u8]) -> bool {
    digits.starts_with(b"756") && ean(digits)
}

#[cfg(test)]
mod tests {
    use super::ahv;

    #[test]
    fn the_published_example_passes_and_near_ones_fail() {
        assert!(ahv(b"7569217076985") && !ahv(b"7569217076984") && !ahv(b"7579217076985") && !ahv(b"756921707698"));
    }
}
