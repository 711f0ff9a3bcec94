//! One record as one line: fixed order of the leading fields, nothing a terminal or a reader could be misled by.

use super::merkle::Hash;
use super::record::Record;
use super::{CallId, hex};
use crate::invisible::is_invisible;
use rustix::time::{ClockId, clock_gettime};
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::borrow::Cow;
use std::fmt::Write as _;
use std::io::Write as _;

/// The hash before the first line.
pub(super) const GENESIS: Hash = [0; 32];

/// What every line of one log repeats.
pub(super) struct Fixed {
    pub(super) kernel: String,
    /// As JSON: it may hold anything.
    principal: String,
    policy: &'static str,
}

impl Fixed {
    pub(super) fn new(kernel: String, principal: &str, policy: &'static str) -> Self {
        Self { kernel, principal: json(principal), policy }
    }
}

/// What the writer itself reads of a line, without reading JSON.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Lead<'line> {
    pub(super) kernel: &'line str,
    pub(super) seq: u64,
    pub(super) prev: &'line str,
    pub(super) event: &'line str,
}

/// Appends a record to lines in the making; no newline. Says where it begins.
pub(super) fn render(out: &mut Vec<u8>, fixed: &Fixed, seq: u64, prev: &Hash, record: &Record) -> usize {
    let from = out.len();
    out.reserve(record.fields.text().len().saturating_add(512));
    let Fixed { kernel, principal, policy } = fixed;
    let (time, mono) = (jiff::Timestamp::now(), u64::try_from(mono_ns()).unwrap_or_default());
    // Memory takes whatever is written to it, and every value here is JSON.
    put(out, &[r#"{"v":1,"k":""#, kernel, r#"","seq":"#]);
    let _ = serde_json::to_writer(&mut *out, &seq);
    put(out, &[r#","prev":""#, &hex(prev)]);
    let _ = write!(out, r#"","ts":"{time:.6}","mono_ns":{mono}"#);
    put(out, &[r#","ev":""#, record.event.as_str(), r#"","call":"#]);
    let _ = serde_json::to_writer(&mut *out, &record.call.as_ref().map(CallId::as_str));
    put(out, &[r#","principal":"#, principal, r#","policy":""#, policy, "\""]);
    out.extend_from_slice(record.fields.text());
    out.push(b'}');
    escape(out, from);
    from
}

fn put(out: &mut Vec<u8>, parts: &[&str]) {
    parts.iter().for_each(|part| out.extend_from_slice(part.as_bytes()));
}

/// Reads the leading fields of a line that [`render`] wrote; `None` for anything else.
pub(super) fn lead(line: &[u8]) -> Option<Lead<'_>> {
    let text = line.strip_prefix(br#"{"v":1,"k":""#)?;
    let (kernel, text) = until(text, b'"')?;
    let (seq, text) = until(text.strip_prefix(br#","seq":"#)?, b',')?;
    let (prev, text) = until(text.strip_prefix(br#""prev":""#)?, b'"')?;
    let (_ts, text) = until(text.strip_prefix(br#","ts":""#)?, b'"')?;
    let (_mono, text) = until(text.strip_prefix(br#","mono_ns":"#)?, b',')?;
    let (event, _) = until(text.strip_prefix(br#""ev":""#)?, b'"')?;
    Some(Lead { kernel, seq: seq.parse().ok()?, prev, event })
}

fn until(text: &[u8], end: u8) -> Option<(&str, &[u8])> {
    let at = text.iter().position(|byte| *byte == end)?;
    let (word, rest) = text.split_at_checked(at)?;
    Some((std::str::from_utf8(word).ok()?, rest.get(1..)?))
}

/// The chain's hash of a line, without its newline.
pub(super) fn hash(line: &[u8]) -> Hash {
    Sha256::digest(line).into()
}

fn json(text: &str) -> String {
    Value::from(text).to_string()
}

/// JSON escapes for what JSON itself lets stand: DEL, C1 controls, line separators, bidi and invisible characters.
fn escape(out: &mut Vec<u8>, from: usize) {
    let line = out.get(from..).unwrap_or_default();
    if !line.iter().all(|byte| *byte < 0x7f) {
        let escaped = escaped(&String::from_utf8_lossy(line), &[]);
        out.truncate(from);
        out.extend_from_slice(escaped.as_bytes());
    }
}

/// The text with every character written as `\u` and digits that a terminal would obey or that changes how others are shown, but
/// for newlines and tabs. JSON stays the JSON that it was.
#[must_use]
pub fn visible(text: &str) -> String {
    escaped(text, &['\n', '\t'])
}

/// Words of others as they may stand within a sentence of ours: on one line, what controls as a space, what is not seen left out. So a
/// masker sees in them what their reader sees.
#[must_use]
pub fn spoken(text: &str) -> Cow<'_, str> {
    if !text.contains(misleads) {
        return Cow::Borrowed(text);
    }
    let shown = |letter: char| match letter {
        '\u{2028}' | '\u{2029}' => Some(' '),
        _ if letter.is_control() => Some(' '),
        _ => Some(letter).filter(|letter| !misleads(*letter)),
    };
    Cow::Owned(text.chars().filter_map(shown).collect())
}

fn escaped(text: &str, but: &[char]) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        if misleads(letter) && !but.contains(&letter) {
            let mut units = [0; 2];
            for unit in letter.encode_utf16(&mut units) {
                let _ = write!(out, "\\u{unit:04x}");
            }
        } else {
            out.push(letter);
        }
    }
    out
}

/// Whether a character could change how the text around it is shown, or hide in it.
#[must_use]
pub fn misleads(letter: char) -> bool {
    letter.is_control() || is_invisible(letter) || matches!(letter, '\u{2028}' | '\u{2029}')
}

/// Nothing that a terminal would obey.
pub(super) fn plain(text: &str) -> String {
    text.chars().map(|letter| if misleads(letter) { '\u{fffd}' } else { letter }).collect()
}

/// Nanoseconds since boot, suspend included.
pub(super) fn mono_ns() -> i128 {
    let time = clock_gettime(ClockId::Boottime);
    i128::from(time.tv_sec).saturating_mul(1_000_000_000).saturating_add(i128::from(time.tv_nsec))
}
