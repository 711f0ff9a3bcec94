//! Addresses of Bitcoin and Ethereum.

use super::{CRYPTO, Gate, Hit, Text};
use crate::mask::scan::alone;
use crate::mask::valid::crypto::{Eth, btc, eth};
use crate::vocabulary::Class;

pub(super) const WORDS: &[&str] =
    &["eth", "ethereum", "ether", "wallet", "address", "erc20", "crypto", "donate", "account", "payout"];

pub(super) fn find(text: &Text<'_>, out: &mut Vec<Hit>) {
    for word in &text.scan.words {
        let written = text.bytes.get(word.start..word.end).unwrap_or_default();
        if !(26..=74).contains(&written.len()) || !alone(text.bytes, word.start, word.end) {
            continue;
        }
        let found = match written.first() {
            Some(b'1' | b'3' | b'b' | b'B') if btc(written) => Some(("bitcoin", Gate::Strong)),
            Some(b'0') if written.len() == 42 => match eth(written) {
                Some(Eth::Checksummed) => Some(("ethereum", Gate::Strong)),
                Some(Eth::Uniform) => {
                    text.word(CRYPTO, WORDS, word.start).map(|word| ("ethereum", Gate::Context(word)))
                }
                None => None,
            },
            _ => None, // no known currency's
        };
        if let Some((by, gate)) = found {
            out.push(Hit { start: word.start, end: word.end, class: Some(Class::CryptoAddress), by, gate });
        }
    }
}
