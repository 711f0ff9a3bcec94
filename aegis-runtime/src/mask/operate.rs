//! Operators: from a value to what stands in its place. One-way, all of them.

use crate::vocabulary::{Class, Operator};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use std::ops::Range;
use zeroize::Zeroizing;

/// Characters of a token: 40 bits, so that ten thousand values collide with a chance of 1 in 20,000.
const TOKEN: usize = 8;

/// The tenant key.
pub(super) struct Tokens(Zeroizing<[u8; 32]>);

impl Tokens {
    pub(super) fn new(key: [u8; 32]) -> Self {
        Self(Zeroizing::new(key))
    }

    /// What stands in place of a value.
    pub(super) fn apply(&self, operator: Operator, class: Class, value: &str) -> String {
        let name = class.placeholder();
        match operator {
            Operator::Redact => format!("[{name}]"),
            Operator::Drop => String::new(),
            Operator::Token => format!("[{name}:{}]", self.token(class, value)),
            Operator::KeepLast(keep) => {
                let letters: Vec<char> = value.chars().filter(|letter| letter.is_alphanumeric()).collect();
                let keep = usize::from(keep.min(4));
                // A value that is hardly longer than what would stay is not half shown.
                if letters.len() < keep.saturating_mul(2) {
                    return format!("[{name}]");
                }
                let last: String = letters.iter().skip(letters.len().saturating_sub(keep)).collect();
                format!("[{name}:***{last}]")
            }
            Operator::KeepDomain => match value.rsplit_once('@') {
                Some((_, domain)) => format!("[{name}]@{domain}"),
                None => format!("[{name}]"),
            },
        }
    }

    /// Base32 of an HMAC over class and canonical value: spelling differences that mean nothing give one token.
    fn token(&self, class: Class, value: &str) -> String {
        let canonical: String =
            value.trim().chars().filter(|letter| !letter.is_whitespace()).flat_map(char::to_lowercase).collect();
        let mac = Hmac::<Sha256>::new_from_slice(self.0.as_slice()).map(|mut mac| {
            mac.update(class.as_str().as_bytes());
            mac.update(&[0]);
            mac.update(canonical.as_bytes());
            mac.finalize().into_bytes()
        });
        // HMAC takes keys of any length; without a token the value is redacted all the same.
        mac.map(|mac| base32(&mac)).unwrap_or_default()
    }
}

fn base32(bytes: &[u8]) -> String {
    let alphabet = "abcdefghijklmnopqrstuvwxyz234567";
    bytes.iter().take(TOKEN).filter_map(|byte| alphabet.chars().nth(usize::from(byte & 31))).collect()
}

/// The placeholder that begins at a `[`, if one does: `[EMAIL]`, `[EMAIL:k7q2m9xw]`, `[CARD:***4242]`, `[SECRET]`.
pub(super) fn placeholder_at(text: &str, at: usize) -> Option<Range<usize>> {
    let rest = text.get(at..)?.strip_prefix('[')?;
    let (inner, _) = rest.get(..rest.char_indices().nth(40).map_or(rest.len(), |(end, _)| end))?.split_once(']')?;
    let (name, detail) = inner.split_once(':').map_or((inner, None), |(name, detail)| (name, Some(detail)));
    let known = name == HELD || Class::ALL.iter().any(|class| class.placeholder() == name);
    let fits = detail.is_none_or(|detail| {
        let kept = detail.strip_prefix("***").map(|kept| kept.chars().count() <= 4);
        kept.unwrap_or(
            detail.len() == TOKEN
                && detail.chars().all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit()),
        )
    });
    (known && fits).then(|| at..at.saturating_add(inner.len()).saturating_add(2))
}

/// What stands in place of a credential that the kernel holds.
pub(super) const HELD: &str = "HELD_SECRET";
