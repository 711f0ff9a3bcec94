//! Addresses of Bitcoin, of coins that are written like it, and of Ethereum, as written.
//! Sources: Bitcoin Core `base58.cpp`; BIP 173 and BIP 350; EIP-55; XRP Ledger, "base58 Encodings"; Solana, "Accounts".

use super::keccak::keccak256_of_40;
use sha2::{Digest, Sha256};

/// What the case of an Ethereum address says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::mask) enum Eth {
    /// Its capitals are the checksum of EIP-55.
    Checksummed,
    /// One case only: any 20 bytes in hex look like this, so context is needed.
    Uniform,
}

/// Whether text is `0x` and 40 hex digits that can be an address; mixed case with a wrong checksum is none.
pub(in crate::mask) fn eth(written: &[u8]) -> Option<Eth> {
    let hex: &[u8; 40] = written.strip_prefix(b"0x")?.try_into().ok()?;
    let has = |test: fn(&u8) -> bool| hex.iter().any(test);
    if !hex.iter().all(u8::is_ascii_hexdigit) || hex.iter().all(|byte| hex.first() == Some(byte)) {
        return None;
    }
    let uniform = !(has(u8::is_ascii_uppercase) && has(u8::is_ascii_lowercase));
    if !has(u8::is_ascii_uppercase) {
        return Some(Eth::Uniform);
    }
    let digest = keccak256_of_40(&hex.map(|byte| byte.to_ascii_lowercase()));
    let nibbles = digest.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    let fits = hex
        .iter()
        .zip(nibbles)
        .all(|(byte, nibble)| !byte.is_ascii_alphabetic() || byte.is_ascii_uppercase() == (nibble >= 8));
    // Capitals alone can be a checksum, too: of addresses whose digest asks for nothing else.
    if fits { Some(Eth::Checksummed) } else { uniform.then_some(Eth::Uniform) }
}

/// Whether text is an address of Bitcoin or its like: base58 with its check, or SegWit with its own.
pub(in crate::mask) fn btc(written: &[u8]) -> bool {
    match written.first() {
        Some(b'1' | b'3' | b'L' | b'M' | b'D' | b'T' | b'X') => base58check(written) == Some(true),
        Some(b'b' | b'B') => segwit(written) == Some(true),
        _ => false, // no main network's
    }
}

/// Whether text is an address of the XRP Ledger: base58 in an order of its own, with its check.
pub(in crate::mask) fn xrp(written: &[u8]) -> bool {
    const ALPHABET: &[u8; 58] = b"rpshnaf39wBUDNEGHJKLM4PQRST7VWXYZ2bcdeCg65jkm8oFqi1tuvAxyz";
    checked(ALPHABET, written, |version| version == 0) == Some(true)
}

/// Whether text can be an address of Solana: 32 bytes in base58, and no check.
pub(in crate::mask) fn sol(written: &[u8]) -> bool {
    (32..=44).contains(&written.len()) && base58::<32>(BITCOIN, written).is_some_and(|bytes| bytes.first() != Some(&0))
}

const BITCOIN: &[u8; 58] = b"123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

/// Bitcoin; Litecoin; Dogecoin; Tron; Dash.
fn base58check(written: &[u8]) -> Option<bool> {
    checked(BITCOIN, written, |version| matches!(version, 0 | 5 | 0x30 | 0x32 | 0x1e | 0x41 | 0x4c))
}

fn checked(alphabet: &[u8; 58], written: &[u8], known: impl Fn(u8) -> bool) -> Option<bool> {
    if !(25..=35).contains(&written.len()) {
        return None;
    }
    let bytes = base58::<25>(alphabet, written)?;
    let (payload, check) = bytes.split_at_checked(21)?;
    let sum = Sha256::digest(Sha256::digest(payload));
    Some(payload.first().copied().is_some_and(known) && sum.get(..4) == Some(check))
}

/// What base58 stands for, where it is so many bytes at most.
fn base58<const BYTES: usize>(alphabet: &[u8; 58], written: &[u8]) -> Option<[u8; BYTES]> {
    let mut bytes = [0_u8; BYTES];
    for letter in written {
        let mut carry = u32::try_from(alphabet.iter().position(|other| other == letter)?).ok()?;
        for byte in bytes.iter_mut().rev() {
            let [low, high, ..] = (u32::from(*byte) * 58 + carry).to_le_bytes();
            *byte = low;
            carry = u32::from(high);
        }
        if carry != 0 {
            return None; // over them
        }
    }
    Some(bytes)
}

fn segwit(written: &[u8]) -> Option<bool> {
    const ALPHABET: &[u8; 32] = b"qpzry9x8gf2tvdw0s3jn54khce6mua7l";
    const GENERATOR: [u32; 5] = [0x3b6a_57b2, 0x2650_8e6d, 0x1ea1_19fa, 0x3d42_33dd, 0x2a14_62b3];
    let mixed = written.iter().any(u8::is_ascii_uppercase) && written.iter().any(u8::is_ascii_lowercase);
    if mixed || !(42..=62).contains(&written.len()) {
        return None;
    }
    let data = written.get(3..).filter(|_| written.get(..3).is_some_and(|head| head.eq_ignore_ascii_case(b"bc1")))?;
    let step = |sum: u32, value: u32| {
        let shifted = ((sum & 0x01ff_ffff) << 5) ^ value;
        GENERATOR
            .iter()
            .enumerate()
            .filter(|(bit, _)| sum >> (25 + bit) & 1 == 1)
            .fold(shifted, |sum, (_, part)| sum ^ part)
    };
    // The human-readable part `bc`, spread as BIP 173 says.
    let mut sum = [3, 3, 0, 2, 3].into_iter().fold(1, step);
    let mut version = None;
    for byte in data {
        let value = u32::try_from(ALPHABET.iter().position(|other| *other == byte.to_ascii_lowercase())?).ok()?;
        version.get_or_insert(value);
        sum = step(sum, value);
    }
    Some(match version? {
        0 => sum == 1 && matches!(written.len(), 42 | 62),
        1..=16 => sum == 0x2bc8_30a3,
        _ => false, // no such version
    })
}

#[cfg(test)]
mod tests {
    use super::{Eth, btc, eth};

    #[test]
    fn published_bitcoin_addresses_pass() {
        for good in [
            "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa",
            "1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2",
            "3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy",
            "bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq",
            "BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4",
            "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0",
        ] {
            assert!(btc(good.as_bytes()), "{good}");
        }
        for bad in [
            "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb",
            "3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLz",
            "bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdp",
            "bc1Qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq",
            "1234567890123456789012345678901234",
            "",
        ] {
            assert!(!btc(bad.as_bytes()), "{bad}");
        }
    }

    #[test]
    fn the_examples_of_eip_55_pass() {
        for good in [
            "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
            "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
            "0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB",
            "0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb",
        ] {
            assert_eq!(eth(good.as_bytes()), Some(Eth::Checksummed), "{good}");
            assert_eq!(eth(good.to_ascii_lowercase().as_bytes()), Some(Eth::Uniform));
        }
        for bad in [
            "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeD",
            "5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
            "0x5aAeb6",
            "0x0000000000000000000000000000000000000000",
        ] {
            assert_eq!(eth(bad.as_bytes()), None, "{bad}");
        }
    }
}
