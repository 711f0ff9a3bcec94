//! Credentials by their published prefixes, JSON web tokens, and private keys by their armour.

use super::{Gate, Hit, Text};
use crate::mask::scan::{before, is_word, run};
use crate::mask::valid::secret::{ISSUED, Issued, azure, body, is_short, jwt, private_key, telegram};
use crate::vocabulary::Class;
use memchr::memmem;
use std::sync::OnceLock;

/// Longest web token.
const LONGEST: usize = 8192;

fn hit(start: usize, end: usize, by: &'static str) -> Hit {
    Hit { start, end, class: Some(Class::Secret), by, gate: Gate::Strong }
}

pub(super) fn find(text: &Text<'_>, out: &mut Vec<Hit>) {
    let bytes = text.bytes;
    for token in &text.scan.tokens {
        // Prefixes begin words; what was taken is not looked at again, so a run of prefixes is read once.
        let mut at = token.start;
        while at < token.end {
            let fresh = !before(bytes, at).is_some_and(is_word);
            if let Some((start, end)) = fresh.then(|| issued(bytes, at, token.end)).flatten() {
                out.push(hit(start, end, "issued-token"));
                at = end;
                continue;
            }
            at += run(bytes, at, token.end - at, is_word) + 1;
        }
    }
}

fn issued(bytes: &[u8], at: usize, end: usize) -> Option<(usize, usize)> {
    let rest = bytes.get(at..)?;
    if rest.starts_with(b"eyJ") {
        // One look from the first of a token's words: what follows it stands inside of the same run.
        if matches!(before(bytes, at), Some(b'-' | b'_' | b'.')) {
            return None;
        }
        let length = run(rest, 0, LONGEST, |byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.'));
        return rest.get(..length).is_some_and(jwt).then_some((at, at + length));
    }
    let by_first = table().get(usize::from(*rest.first()?))?;
    for one in by_first {
        if let Some(behind) = rest.strip_prefix(one.prefix.as_bytes())
            && let Some(length) = body(one, behind)
        {
            let body = at + one.prefix.len();
            let start = if one.prefix.ends_with('/') { body } else { at };
            return Some((start, (body + length).max(at + 1))).filter(|_| at < end);
        }
    }
    if let Some(length) = azure(rest) {
        return Some((at, at + length));
    }
    let behind = before(bytes, at) == Some(b':');
    behind.then(|| telegram(bytes.get(..at)?, rest)).flatten().map(|length| (at, at + length))
}

/// Longest part of a secret that was cut.
const PART: usize = 200;

/// Whether a text is the beginning of an issued secret, too short to be one: its neighbours may hold the rest.
pub(in crate::mask) fn is_cut(text: &str) -> bool {
    let bytes = text.as_bytes();
    let Some(by_first) = bytes.first().and_then(|first| table().get(usize::from(*first))) else { return false };
    let token = || bytes.starts_with(b"eyJ") && bytes.iter().filter(|byte| **byte == b'.').count() < 2;
    bytes.len() <= PART
        && (by_first
            .iter()
            .any(|one| bytes.strip_prefix(one.prefix.as_bytes()).is_some_and(|rest| is_short(one, rest)))
            || token() && can_go_on(text))
}

/// Whether a text may be more of a secret that was cut.
pub(in crate::mask) fn can_go_on(text: &str) -> bool {
    let part = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'+' | b'/' | b'=');
    (4..=PART).contains(&text.len()) && text.bytes().all(part)
}

/// Prefixes by their first byte.
fn table() -> &'static Vec<Vec<&'static Issued>> {
    static TABLE: OnceLock<Vec<Vec<&'static Issued>>> = OnceLock::new();
    TABLE.get_or_init(|| {
        (0..=255_u8)
            .map(|byte| ISSUED.iter().filter(|one| one.prefix.as_bytes().first() == Some(&byte)).collect())
            .collect()
    })
}

fn armour() -> &'static memmem::Finder<'static> {
    static FINDER: OnceLock<memmem::Finder<'static>> = OnceLock::new();
    FINDER.get_or_init(|| memmem::Finder::new(b"-----BEGIN "))
}

/// From the armour's first line to its last, or to the end where the last is missing.
pub(super) fn private_keys(text: &Text<'_>, out: &mut Vec<Hit>) {
    let bytes = text.bytes;
    let mut from = 0;
    while let Some(start) = bytes.get(from..).and_then(|rest| armour().find(rest)).map(|at| from + at) {
        let label = start + 11;
        let length = run(bytes, label, 40, |byte| byte != b'-');
        if bytes.get(label..label + length).is_some_and(private_key) {
            let body = bytes.get(label..).unwrap_or_default();
            let end = memmem::find(body, b"-----END ").map_or(bytes.len(), |at| {
                let tail = label + at + 9;
                tail + bytes.get(tail..).and_then(|rest| memmem::find(rest, b"-----")).map_or(0, |at| at + 5)
            });
            out.push(hit(start, end, "private-key"));
            from = end;
        } else {
            from = label;
        }
    }
}
