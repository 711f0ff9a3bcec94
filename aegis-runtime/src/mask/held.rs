//! Credentials that the kernel holds, in every spelling in which one could slip out.

use super::detect::{Gate, Hit};
use aho_corasick::{AhoCorasick, MatchKind};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use std::fmt::Write as _;
use zeroize::Zeroizing;

/// Shortest value that is looked for.
const SHORTEST: usize = 4;

/// The spellings, and an automaton over them.
#[derive(Default)]
pub(super) struct Held {
    spellings: Vec<Zeroizing<String>>,
    automaton: Option<AhoCorasick>,
}

impl Held {
    /// These and one more.
    pub(super) fn with(&self, secret: &str) -> Self {
        let mut spellings = self.spellings.clone();
        if secret.len() >= SHORTEST {
            spellings.extend(spell(secret).into_iter().map(Zeroizing::new));
        }
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .build(spellings.iter().map(|one| one.as_bytes()));
        Self { spellings, automaton: automaton.ok() }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.spellings.is_empty()
    }

    /// Where one stands.
    pub(super) fn find(&self, text: &str, out: &mut Vec<Hit>) {
        let hit = |start, end| Hit { start, end, class: None, by: "held", gate: Gate::Held };
        match &self.automaton {
            _ if self.spellings.is_empty() => {}
            Some(automaton) => out.extend(automaton.find_iter(text).map(|found| hit(found.start(), found.end()))),
            // An automaton that could not be built must not mean that nothing is held.
            None => out.extend(
                self.spellings
                    .iter()
                    .flat_map(|one| text.match_indices(one.as_str()).map(|(at, found)| hit(at, at + found.len()))),
            ),
        }
    }
}

fn spell(secret: &str) -> Vec<String> {
    let bytes = secret.as_bytes();
    let mut spellings = vec![secret.to_owned()];
    let (mut percent, mut hex) = (String::new(), String::new());
    for byte in bytes {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(byte) {
            percent.push(char::from(*byte));
        } else {
            let _ = write!(percent, "%{byte:02X}");
        }
        let _ = write!(hex, "{byte:02x}");
    }
    spellings.extend([percent.to_ascii_lowercase(), percent, hex.to_ascii_uppercase(), hex]);
    for shift in 0..3_usize {
        // What stands before and behind a value changes the first and the last group; the middle is always the same.
        let padded: Vec<u8> = std::iter::repeat_n(0, shift).chain(bytes.iter().copied()).collect();
        for engine in [&STANDARD_NO_PAD, &URL_SAFE_NO_PAD] {
            let encoded = engine.encode(&padded);
            let from = [0, 2, 3].get(shift).copied().unwrap_or(0);
            let whole = padded.len().checked_div(3).unwrap_or_default().saturating_mul(4);
            if let Some(middle) = encoded.get(from..whole).filter(|middle| middle.len() >= SHORTEST.saturating_add(2)) {
                spellings.push(middle.to_owned());
            }
        }
    }
    spellings.sort();
    spellings.dedup();
    spellings
}
