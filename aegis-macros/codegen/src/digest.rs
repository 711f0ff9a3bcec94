//! Digests of what a kernel is compiled from.

use crate::source::Sources;
use sha2::{Digest, Sha256};
use std::fmt::Write as _;

/// SHA-256, lower-case hex, over every file by path and bytes, each with its length, in the order of the paths.
pub(crate) fn of_sources(sources: &Sources) -> String {
    let mut hasher = Sha256::new();
    for source in sources.all() {
        for part in [source.path.as_bytes(), source.text.as_bytes()] {
            hasher.update(u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
            hasher.update(part);
        }
    }
    hex(&hasher.finalize())
}

/// SHA-256, lower-case hex.
pub(crate) fn of_text(text: &str) -> String {
    hex(&Sha256::digest(text.as_bytes()))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}
