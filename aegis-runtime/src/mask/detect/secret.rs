//! Credentials by their published prefixes, JSON web tokens, and private keys by their armour.

use super::{Gate, Hit, Text};
use crate::mask::scan::{before, is_word, run, run_back};
use crate::mask::valid::secret::{ISSUED, Issued, azure, body, is_short, jwt, private_key, telegram};
use crate::vocabulary::Class;
use memchr::memmem;
use std::sync::OnceLock;

/// Longest web token.
const LONGEST: usize = 8192;

pub(in crate::mask) const NAME: &str = "private-key";

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

/// Names of the ways in which a password is hashed, as `crypt` writes them: `$6$salt$…`, `$2b$12$…`.
const HASHES: &[&[u8]] = &[
    b"1",
    b"2a",
    b"2b",
    b"2x",
    b"2y",
    b"5",
    b"6",
    b"7",
    b"y",
    b"gy",
    b"apr1",
    b"argon2i",
    b"argon2d",
    b"argon2id",
    b"scrypt",
    b"pbkdf2-sha256",
    b"pbkdf2-sha512",
    b"sha1",
    b"P",
    b"H",
];
/// Fewest bytes behind the name of a hash.
const HASHED: usize = 26;

/// Passwords as `crypt` hashes them: who has many guesses has them.
pub(super) fn hashes(text: &Text<'_>, out: &mut Vec<Hit>) {
    let bytes = text.bytes;
    let mut from = 0;
    for at in memchr::memchr_iter(b'$', bytes) {
        if at < from || before(bytes, at).is_some_and(|byte| is_word(byte) || byte == b'$') {
            continue;
        }
        let name = run(bytes, at + 1, 16, |byte| byte.is_ascii_alphanumeric() || byte == b'-');
        let known = bytes.get(at + 1..at + 1 + name).is_some_and(|name| HASHES.contains(&name));
        if !known || bytes.get(at + 1 + name) != Some(&b'$') {
            continue;
        }
        let part = |byte: u8| {
            byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'/' | b'$' | b'=' | b',' | b'+' | b'-' | b'_')
        };
        let length = run(bytes, at + 2 + name, 512, part);
        if length >= HASHED {
            from = at + 2 + name + length;
            out.push(hit(at, from, "password-hash"));
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
        let length = run(rest, 0, LONGEST, is_token);
        let whole = rest.get(..length).is_some_and(jwt).then_some(length);
        return whole.or_else(|| wrapped(rest, length)).map(|length| (at, at + length));
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

/// Part of a web token.
fn is_token(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.')
}

/// Most lines of a web token, most blanks before one of them, and fewest bytes of one.
const LINES: usize = 32;
const INDENT: usize = 16;
const LINE: usize = 16;

/// How long a web token is that begins with a line of so many bytes and goes on in the next ones.
fn wrapped(rest: &[u8], length: usize) -> Option<usize> {
    if !matches!(rest.get(length), Some(b'\r' | b'\n')) {
        return None;
    }
    let (mut end, mut joined, mut found) = (length, rest.get(..length)?.to_vec(), None);
    for _ in 0..LINES {
        let wrap = run(rest, end, 2, |byte| matches!(byte, b'\r' | b'\n'));
        let start = end + wrap + run(rest, end + wrap, INDENT, |byte| matches!(byte, b' ' | b'\t'));
        let line = run(rest, start, LONGEST, is_token);
        let ends = rest.get(start + line).is_none_or(|byte| matches!(byte, b'\r' | b'\n' | b'"' | b'\'' | b' '));
        // The last line may be short; what follows a whole token is another text, unless it is as long as the line before.
        if wrap == 0 || !ends || line < if found.is_some() { LINE } else { 1 } || joined.len() + line > LONGEST {
            break;
        }
        joined.extend_from_slice(rest.get(start..start + line)?);
        end = start + line;
        if jwt(&joined) {
            found = Some(end);
        }
    }
    found
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
            out.push(hit(start, end, NAME));
            from = end;
        } else {
            from = label;
        }
    }
    // The rest of one that begins in another text.
    let mut from = out.iter().filter(|hit| hit.by == NAME).map(|hit| hit.end).max().unwrap_or_default();
    while let Some(at) = bytes.get(from..).and_then(|rest| memmem::find(rest, END)).map(|at| from + at) {
        let start = at - run_back(bytes, at, at - from, is_body);
        let start = start + run(bytes, start, at - start, |byte| byte.is_ascii_whitespace());
        from = at + END.len();
        if let Some(end) = armoured(bytes, at).filter(|_| at - start >= LINE) {
            out.push(hit(start, end, NAME));
            from = end;
        }
    }
}

const END: &[u8] = b"-----END ";

/// Part of the lines between the armour's first and its last.
fn is_body(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte.is_ascii_whitespace() || matches!(byte, b'+' | b'/' | b'=')
}

/// Where the armour's last line ends that begins at a place, if it is that of a private key.
fn armoured(bytes: &[u8], at: usize) -> Option<usize> {
    let label = at + END.len();
    let end = label + run(bytes, label, 40, |byte| byte != b'-');
    (bytes.get(label..end).is_some_and(private_key) && bytes.get(end..)?.starts_with(b"-----")).then_some(end + 5)
}

/// How much of a text is the rest of a private key that began in the one before, and whether the key goes on behind it; nothing where
/// it is none of it.
pub(in crate::mask) fn rest_of_key(text: &str) -> Option<(usize, bool)> {
    let bytes = text.as_bytes();
    let end = memmem::find(bytes, END);
    let body = bytes.get(..end.unwrap_or(bytes.len()))?;
    let long = body.len() >= LINE || body.iter().any(|byte| matches!(byte, b'+' | b'/' | b'='));
    if !body.iter().all(|byte| is_body(*byte)) || end.is_none() && !(long && body.iter().any(u8::is_ascii_digit)) {
        return None;
    }
    Some((end.map_or(Some(bytes.len()), |at| armoured(bytes, at))?, end.is_none()))
}
