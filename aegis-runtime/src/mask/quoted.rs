//! Strings as JSON quotes them: their values, where those stand, and the way back.
//! Source: RFC 8259, section 7.

use std::borrow::Cow;

/// A string's value; nothing where an escape is none, or a control character stands bare.
pub(super) fn value(raw: &str) -> Option<Cow<'_, str>> {
    if memchr::memchr(b'\\', raw.as_bytes()).is_none() {
        return Some(Cow::Borrowed(raw));
    }
    if raw.bytes().fold(false, |any, byte| any | (byte < b' ')) {
        return None;
    }
    let mut value = String::with_capacity(raw.len());
    let mut rest = raw;
    // A quote that is no escape's fails as one.
    while let Some(at) = memchr::memchr2(b'\\', b'"', rest.as_bytes()) {
        let (plain, behind) = rest.split_at_checked(at)?;
        let (letter, length) = unescape(behind.as_bytes())?;
        value.push_str(plain);
        value.push(letter);
        rest = behind.get(length..)?;
    }
    value.push_str(rest);
    Some(Cow::Owned(value))
}

/// What an escape stands for, and how long it is. A pair of surrogates is two escapes for one character.
fn unescape(bytes: &[u8]) -> Option<(char, usize)> {
    let letter = match bytes.strip_prefix(b"\\")?.first()? {
        mark @ (b'"' | b'\\' | b'/') => char::from(*mark),
        b'b' => '\u{8}',
        b'f' => '\u{c}',
        b'n' => '\n',
        b'r' => '\r',
        b't' => '\t',
        b'u' => {
            let first = code(bytes.get(2..6)?)?;
            if !(0xd800..0xdc00).contains(&first) {
                return Some((char::from_u32(first)?, 6));
            }
            let second =
                code(bytes.get(6..12)?.strip_prefix(b"\\u")?).filter(|code| (0xdc00..0xe000).contains(code))?;
            return Some((char::from_u32(0x10000 + (first - 0xd800) * 0x400 + (second - 0xdc00))?, 12));
        }
        _ => return None, // no escape
    };
    Some((letter, 2))
}

fn code(digits: &[u8]) -> Option<u32> {
    digits.iter().try_fold(0, |code, digit| Some(code * 16 + char::from(*digit).to_digit(16)?))
}

/// Places of a string's value in its raw text, asked for in order.
pub(super) struct Places<'text> {
    raw: &'text str,
    value: &'text str,
    /// Two places that are the same, and how many bytes behind them are.
    at: (usize, usize),
    plain: usize,
}

impl<'text> Places<'text> {
    pub(super) fn new(raw: &'text str, value: &'text str) -> Self {
        // Escapes are longer than what they stand for.
        let plain = if raw.len() == value.len() { raw.len() } else { plain(raw) };
        Self { raw, value, at: (0, 0), plain }
    }

    /// Where a byte of the value stands in the raw text.
    pub(super) fn of(&mut self, wanted: usize) -> Option<usize> {
        if wanted < self.at.1 {
            *self = Self::new(self.raw, self.value);
        }
        loop {
            let (raw, value) = (self.at.0 + self.plain, self.at.1 + self.plain);
            if value >= wanted {
                return Some(self.at.0 + (wanted - self.at.1));
            }
            let letter = self.value.get(value..)?.chars().next()?;
            if value + letter.len_utf8() > wanted {
                return Some(raw);
            }
            // A pair of surrogates is two escapes for one character.
            let unicode = self.raw.as_bytes().get(raw + 1)? == &b'u';
            let escape = if unicode { letter.len_utf16() * 6 } else { 2 };
            self.at = (raw + escape, value + letter.len_utf8());
            self.plain = plain(self.raw.get(self.at.0..)?);
        }
    }
}

/// How many bytes stand before the first escape.
fn plain(raw: &str) -> usize {
    memchr::memchr(b'\\', raw.as_bytes()).unwrap_or(raw.len())
}

/// A string as it stands between quotes.
pub(super) fn escape(value: &str) -> String {
    let quoted = serde_json::to_string(value).unwrap_or_default();
    quoted.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).map(str::to_owned).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_what_another_reader_says() {
        let pieces = [
            "a",
            "é",
            "\\n",
            "\\u0041",
            "\\u00e9",
            "\\ud83d\\ude00",
            "\\ud83d",
            "\\ude00",
            "\\ud83d\\n",
            "\\ud83d\\u0041",
            "\\x41",
            "\\",
            "\\\"",
            "\\/",
            "\\b\\f\\r\\t",
            "\\u00",
            "\\u+041",
            "\\uABCD",
            "\t",
            "\u{7f}",
            "\\\\",
            "😀",
        ];
        for one in pieces {
            for two in pieces {
                for three in pieces {
                    let raw = format!("\\n{one}{two}{three}");
                    let wanted: Option<String> = serde_json::from_str(&format!("\"{raw}\"")).ok();
                    assert_eq!(value(&raw).as_deref(), wanted.as_deref(), "{raw:?}");
                }
            }
        }
    }
}
