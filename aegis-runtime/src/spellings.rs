//! A credential's spellings: what programs make of a value when they print it, quote it, or put it in a URL.
//!
//! *Invariants.* The first is the value itself. A value that is too short to be told from other words has none.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use serde_json::Value;
use std::fmt::Write as _;

/// Shortest value that is looked for, in bytes.
pub(crate) const SHORTEST: usize = 4;

/// Every spelling that is looked for.
pub(crate) fn of(secret: &str) -> Vec<String> {
    if secret.len() < SHORTEST {
        return Vec::new();
    }
    let mut others = [in_urls(secret), quoted(secret), in_shells(secret), in_base64(secret)].concat();
    others.sort();
    others.dedup();
    others.retain(|one| one != secret);
    std::iter::once(secret.to_owned()).chain(others).collect()
}

/// With percent signs, as a path and as a form have it, where a blank is a `+`; and in hexadecimal.
fn in_urls(secret: &str) -> Vec<String> {
    let (mut percent, mut hex) = (String::new(), String::new());
    for byte in secret.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            percent.push(char::from(byte));
        } else {
            let _ = write!(percent, "%{byte:02X}");
        }
        let _ = write!(hex, "{byte:02x}");
    }
    let path = percent.replace("%2F", "/");
    let forms = [percent.replace("%20", "+"), path.replace("%20", "+")];
    let mut all: Vec<String> = [percent, path].into_iter().chain(forms).collect();
    all.extend(all.iter().map(|one| small_digits(one)).collect::<Vec<_>>());
    let lower = all.first().map(|percent| percent.to_ascii_lowercase()).unwrap_or_default();
    all.extend([lower, hex.to_ascii_uppercase(), hex]);
    all
}

/// The same with small digits behind each percent sign.
fn small_digits(percent: &str) -> String {
    let mut digits = 0_u8;
    let small = |letter: char| {
        let digit = digits > 0;
        digits = if letter == '%' { 2 } else { digits.saturating_sub(1) };
        if digit { letter.to_ascii_lowercase() } else { letter }
    };
    percent.chars().map(small).collect()
}

/// As a text of JSON and of Python has it between its quotes, and as a text of JSON has that in turn.
fn quoted(secret: &str) -> Vec<String> {
    let json = inside(secret);
    let python = json.replace("\\\"", "\"");
    let all = [in_ascii(&json), json.replace('/', "\\/"), python.replace('\'', "\\'"), python, json];
    let twice: Vec<String> = all.iter().map(|one| inside(one)).collect();
    [all.to_vec(), twice].concat()
}

/// Between the quotes of shells, Python's `shlex`, YAML and CSV, and in a form whose other marks somebody decoded.
fn in_shells(secret: &str) -> Vec<String> {
    let all = [("'", r"'\''"), ("'", r#"'"'"'"#), ("'", "''"), ("\"", "\"\""), (" ", "+")];
    all.map(|(mark, quoted)| secret.replace(mark, quoted)).to_vec()
}

/// A text of JSON without its quotes.
fn inside(text: &str) -> String {
    let json = Value::from(text).to_string();
    json.get(1..json.len().saturating_sub(1)).unwrap_or_default().to_owned()
}

/// What is no ASCII, by its numbers.
fn in_ascii(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for letter in json.chars() {
        if letter.is_ascii() {
            out.push(letter);
        } else {
            for unit in letter.encode_utf16(&mut [0; 2]) {
                let _ = write!(out, "\\u{unit:04x}");
            }
        }
    }
    out
}

/// The middle of each of the three ways in which it can stand in a longer text of base64.
fn in_base64(secret: &str) -> Vec<String> {
    let mut all = Vec::new();
    for shift in 0..3_usize {
        // What stands before and behind a value changes the first and the last group; the middle is always the same.
        let padded: Vec<u8> = std::iter::repeat_n(0, shift).chain(secret.bytes()).collect();
        for engine in [&STANDARD_NO_PAD, &URL_SAFE_NO_PAD] {
            let encoded = engine.encode(&padded);
            let from = [0, 2, 3].get(shift).copied().unwrap_or(0);
            let whole = padded.len().checked_div(3).unwrap_or_default().saturating_mul(4);
            if let Some(middle) = encoded.get(from..whole).filter(|middle| middle.len() >= SHORTEST.saturating_add(2)) {
                all.push(middle.to_owned());
            }
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn what_programs_make_of_a_value_is_among_its_spellings() {
        let secret = "p\"a\\s s/é'Z+";
        let spelled = of(secret);
        for one in [
            secret,
            r#"p\"a\\s s/é'Z+"#,
            r#"p\"a\\s s/\u00e9'Z+"#,
            r#"p\"a\\s s\/é'Z+"#,
            r#"p\\\"a\\\\s s/é'Z+"#,
            r#"p\\\"a\\\\s s/\\u00e9'Z+"#,
            r#"p"a\\s s/é\'Z+"#,
            r#"p"a\\s s/é'Z+"#,
            "p%22a%5Cs%20s%2F%C3%A9%27Z%2B",
            "p%22a%5cs%20s%2f%c3%a9%27Z%2b",
            "p%22a%5Cs+s%2F%C3%A9%27Z%2B",
            "p%22a%5cs+s/%c3%a9%27Z%2b",
        ] {
            assert!(spelled.iter().any(|spelling| spelling == one), "{one}: {spelled:?}");
        }
        assert_eq!(spelled.first().map(String::as_str), Some(secret));
        assert!(of("abc").is_empty());
        assert!(of("hunter2hunter2").len() < 12, "few, where nothing in it is quoted");
    }
}
