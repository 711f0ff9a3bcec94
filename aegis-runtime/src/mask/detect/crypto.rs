//! Addresses of Bitcoin and its like, of Ethereum, the XRP Ledger and Solana.

use super::{Gate, Hit, Text};
use crate::mask::json::Segment;
use crate::mask::scan::alone;
use crate::mask::valid::crypto::{Eth, btc, eth, sol, xrp};
use crate::vocabulary::Class;

/// Words of what is written like an address and is a digest.
const DIGESTS: [&str; 10] =
    ["sha", "hash", "digest", "commit", "blob", "tree", "checksum", "fingerprint", "merkle", "etag"];
/// So far before it they stand.
const REACH: usize = 32;
/// Fewest digits that are not 0: an address that nobody has is mostly zeros.
const FILLED: usize = 20;

pub(super) fn find(text: &Text<'_>, out: &mut Vec<Hit>) {
    for word in &text.scan.words {
        let written = text.bytes.get(word.start..word.end).unwrap_or_default();
        if !(26..=74).contains(&written.len()) || !alone(text.bytes, word.start, word.end) {
            continue;
        }
        let found = match written.first() {
            Some(b'1' | b'3' | b'b' | b'B' | b'L' | b'M' | b'D' | b'T' | b'X') if btc(written) => {
                Some(("bitcoin", Gate::Strong))
            }
            Some(b'0') if written.len() == 42 => match eth(written) {
                Some(Eth::Checksummed) => Some(("ethereum", Gate::Strong)),
                Some(Eth::Uniform) if is_digest(text, word.start) || is_sparse(written) => None,
                // Nothing else is written with `0x` and has just this length.
                Some(Eth::Uniform) => Some(("ethereum", Gate::Strong)),
                None => None,
            },
            Some(b'r') if xrp(written) => Some(("xrp", Gate::Strong)),
            _ => None, // no currency's that has a check
        };
        // What has no check has to be called so.
        let called = || sol(written) && is_said(text, word.start, &["solana", "phantom wallet"]);
        let found = found.or_else(|| called().then_some(("solana", Gate::Context("solana"))));
        if let Some((by, gate)) = found {
            out.push(Hit { start: word.start, end: word.end, class: Some(Class::CryptoAddress), by, gate });
        }
    }
}

/// Whether the words right before, or the key, say that this is a digest.
fn is_digest(text: &Text<'_>, start: usize) -> bool {
    is_said(text, start, &DIGESTS)
}

fn is_said(text: &Text<'_>, start: usize, words: &[&str]) -> bool {
    let says = |bytes: &[u8]| {
        words.iter().any(|word| bytes.windows(word.len()).any(|part| part.eq_ignore_ascii_case(word.as_bytes())))
    };
    let key =
        text.around.path.last().is_some_and(|segment| matches!(segment, Segment::Key(key) if says(key.as_bytes())));
    key && start == 0 || text.bytes.get(start.saturating_sub(REACH)..start).is_some_and(says)
}

fn is_sparse(written: &[u8]) -> bool {
    written.iter().skip(2).filter(|byte| **byte != b'0').count() < FILLED
}
