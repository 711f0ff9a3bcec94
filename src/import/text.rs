//! Words of others in our messages and files: nothing in them is obeyed by a terminal, or shown as what it is not.

use std::fmt::Write as _;

/// Whether a character could change how the text around it is shown, or hide in it.
pub(super) fn misleads(letter: char) -> bool {
    letter.is_control()
        || matches!(
            letter,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
                | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}'
        )
}

/// Text of TOML whose strings hold nothing that misleads. `text` holds it in strings only.
pub(super) fn toml(text: &str) -> String {
    escaped(text, |letter, out| {
        let number = u32::from(letter);
        let _ = if number > 0xffff { write!(out, "\\U{number:08x}") } else { write!(out, "\\u{number:04x}") };
    })
}

/// Text of JSON whose strings hold nothing that misleads; the line feeds between them stay.
pub(super) fn json(text: &str) -> String {
    escaped(text, |letter, out| {
        if letter == '\n' {
            return out.push(letter);
        }
        for unit in letter.encode_utf16(&mut [0; 2]) {
            let _ = write!(out, "\\u{unit:04x}");
        }
    })
}

fn escaped(text: &str, escape: impl Fn(char, &mut String)) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        if misleads(letter) {
            escape(letter, &mut out);
        } else {
            out.push(letter);
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
    use super::{is_variable, json, key, toml};

    #[test]
    fn what_misleads_is_spelled_out() {
        assert_eq!(toml("a\u{9b}2J\u{202e}b\u{e0041}\u{e9}"), "a\\u009b2J\\u202eb\\U000e0041\u{e9}");
        assert_eq!(json("{\n\"a\u{7f}\": \"\u{e0041}\"}"), "{\n\"a\\u007f\": \"\\udb40\\udc41\"}");
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
