//! One record as one line: fixed order of the leading fields, nothing a terminal or a reader could be misled by.

use super::hex;
use super::record::Record;
use rustix::time::{ClockId, clock_gettime};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};
use std::fmt::Write as _;

/// The hash before the first line.
pub(super) const GENESIS: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// What every line of one log repeats.
pub(super) struct Fixed {
    pub(super) kernel: String,
    pub(super) principal: String,
    pub(super) policy: &'static str,
}

/// Renders a record; no newline.
pub(super) fn render(fixed: &Fixed, seq: u64, prev: &str, record: Record) -> String {
    let mut map = Map::new();
    map.insert("v".into(), json!(1));
    map.insert("k".into(), json!(fixed.kernel));
    map.insert("seq".into(), json!(seq));
    map.insert("prev".into(), json!(prev));
    map.insert("ts".into(), json!(format!("{:.6}", jiff::Timestamp::now())));
    map.insert("mono_ns".into(), json!(mono_ns()));
    map.insert("ev".into(), json!(record.event.as_str()));
    map.insert("call".into(), json!(record.call.as_ref().map(super::CallId::as_str)));
    map.insert("principal".into(), json!(fixed.principal));
    map.insert("policy".into(), json!(fixed.policy));
    for (key, value) in record.body {
        map.entry(key).or_insert(value);
    }
    escape(&Value::Object(map).to_string())
}

/// The chain's hash of a line, without its newline.
pub(super) fn hash(line: &[u8]) -> String {
    hex(&Sha256::digest(line))
}

/// JSON escapes for what JSON itself lets stand: DEL, C1 controls, line separators, bidi and invisible characters.
fn escape(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for letter in json.chars() {
        if misleads(letter) {
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

/// Whether a character could change how the text around it is shown.
pub(super) fn misleads(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}')
}

/// Nanoseconds since boot, suspend included.
fn mono_ns() -> i128 {
    let time = clock_gettime(ClockId::Boottime);
    i128::from(time.tv_sec).saturating_mul(1_000_000_000).saturating_add(i128::from(time.tv_nsec))
}
