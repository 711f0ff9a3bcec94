//! Words of others in our messages and files: nothing in them is obeyed by a terminal, or shown as what it is not.

use aegis_runtime::audit::misleads;
use std::fmt::Write as _;

/// Text of TOML whose strings hold nothing that misleads. `text` holds it in strings only.
pub(super) fn toml(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match u32::from(letter) {
            _ if !misleads(letter) => out.push(letter),
            number if number > 0xffff => drop(write!(out, "\\U{number:08x}")),
            number => drop(write!(out, "\\u{number:04x}")),
        }
    }
    out
}

/// A key of TOML.
pub(super) fn key(name: &str) -> String {
    let bare = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'));
    if bare { name.to_owned() } else { super::draft::quoted(name) }
}

/// Whether a text is the name of a variable.
pub(super) fn is_variable(name: &str) -> bool {
    let letter = |byte: u8| byte.is_ascii_alphabetic() || byte == b'_';
    name.bytes().next().is_some_and(letter) && name.bytes().all(|byte| letter(byte) || byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::{is_variable, key, toml};
    use aegis_runtime::audit::visible;

    #[test]
    fn what_misleads_is_spelled_out() {
        assert_eq!(toml("a\u{9b}2J\u{202e}b\u{e0041}\u{e9}"), "a\\u009b2J\\u202eb\\U000e0041\u{e9}");
        assert_eq!(visible("{\n\"a\u{7f}\": \"\u{e0041}\"}"), "{\n\"a\\u007f\": \"\\udb40\\udc41\"}");
    }

    #[test]
    fn a_name_stays_a_name() {
        assert_eq!([key("A_1"), key("a b"), key("A = \"1\" }\n#")], ["A_1", "\"a b\"", "\"A = \\\"1\\\" }\\n#\""]);
        for (name, is) in
            [("A", true), ("_a1", true), ("1A", false), ("", false), ("A B", false), ("A\n", false), ("\u{c4}", false)]
        {
            assert_eq!(is_variable(name), is, "{name:?}");
        }
    }
}
