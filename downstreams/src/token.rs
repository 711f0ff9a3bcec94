//! Leaf tokens: what stands for a personal value within one call.
//!
//! *Invariants.* The key is fresh for every call and leaves this process in no form but a digest. NULL stays NULL: that is the
//! caller's.

use crate::hex;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// The key of one call.
pub struct CallKey([u8; 32]);

/// Letters of a token: 80 bits, two values of one call never meet.
const LETTERS: usize = 16;
const ALPHABET: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";

impl CallKey {
    /// A fresh key.
    ///
    /// # Errors
    /// A system without randomness.
    pub fn fresh() -> Result<Self, String> {
        let mut key = [0; 32];
        getrandom::fill(&mut key).map_err(|_| "the system gives no randomness".to_owned())?;
        Ok(Self(key))
    }

    /// The key in hexadecimal, for an engine that computes tokens itself.
    #[must_use]
    pub fn hex(&self) -> String {
        hex(&self.0)
    }

    /// `[EMAIL:k7q2m9xwk7q2m9xw]`.
    #[must_use]
    pub fn token(&self, class: &str, label: &str, value: &[u8]) -> String {
        // HMAC takes keys of any length; without a digest the token says nothing, and equality is lost.
        let digest = Hmac::<Sha256>::new_from_slice(&self.0).map(|mut mac| {
            mac.update(label.as_bytes());
            mac.update(&[0]);
            mac.update(value);
            mac.finalize().into_bytes().to_vec()
        });
        format!("[{class}:{}]", base32(&digest.unwrap_or_default()))
    }
}

/// The first letters of a digest, five bits each.
fn base32(digest: &[u8]) -> String {
    let bits = |at: usize| {
        let byte = |place: usize| u16::from(digest.get(place).copied().unwrap_or_default());
        let (place, shift) = (at.wrapping_mul(5) / 8, at.wrapping_mul(5) % 8);
        let pair = byte(place) << 8 | byte(place.saturating_add(1));
        usize::from(pair >> (11_usize.saturating_sub(shift)) & 31)
    };
    (0..LETTERS).filter_map(|at| ALPHABET.get(bits(at)).copied().map(char::from)).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests may fail loudly")]
mod tests {
    use super::CallKey;

    #[test]
    fn tokens_are_equal_within_a_label_and_a_call_only() {
        let (key, other) = (CallKey::fresh().unwrap(), CallKey::fresh().unwrap());
        let token = key.token("EMAIL", "email", b"ada@example.com");
        assert_eq!(token, key.token("EMAIL", "email", b"ada@example.com"));
        assert_eq!(token.len(), "[EMAIL:]".len() + 16);
        for different in [
            key.token("EMAIL", "email", b"ada@example.org"),
            key.token("EMAIL", "email/staging", b"ada@example.com"),
            other.token("EMAIL", "email", b"ada@example.com"),
        ] {
            assert_ne!(token, different);
        }
        let letters = token.trim_start_matches("[EMAIL:").trim_end_matches(']');
        assert!(letters.bytes().all(|letter| super::ALPHABET.contains(&letter)), "{token}");
    }
}
