//! Views of values that markup, a terminal's colours or a program's literals cut apart.
//!
//! *Invariants.* Only what holds something that was left out counts: the rest was read as it stands.

use super::detect::Hit;
use super::normal::{Normal, Patched};
use super::scan::{before, byte, run};

/// Most bytes of a terminal's parameters, and most marks of markup in a row.
const PARAMETERS: usize = 32;
const MARKS: usize = 3;
/// Most blanks at either side of the sign between two literals.
const BLANKS: usize = 40;

/// A text without a terminal's sequences: `\x1b[1mada\x1b[0m@example.com`; nothing where there are none.
pub(super) fn uncoloured(text: &str) -> Option<Normal> {
    let bytes = text.as_bytes();
    let mut view = Patched::of(text);
    for at in memchr::memmem::find_iter(bytes, b"\x1b[") {
        let end = at + 2 + run(bytes, at + 2, PARAMETERS, |byte| matches!(byte, 0x20..=0x3f));
        if byte(bytes, end).is_some_and(|byte| matches!(byte, 0x40..=0x7e)) {
            view.patch(at..end + 1, std::iter::empty())?;
        }
    }
    view.end()
}

/// A text without backticks and stars, but between two letters or digits: `` `538`-`44`-`7261` ``, `5826** 7516**`.
pub(super) fn unmarked(text: &str) -> Option<Normal> {
    let bytes = text.as_bytes();
    let (mut view, mut past) = (Patched::of(text), 0);
    let part = |byte: Option<u8>| byte.is_some_and(|byte| byte.is_ascii_alphanumeric());
    for at in memchr::memchr2_iter(b'`', b'*', bytes) {
        if at < past {
            continue;
        }
        past = at + run(bytes, at, bytes.len(), |byte| matches!(byte, b'`' | b'*'));
        if past - at <= MARKS && !(part(before(bytes, at)) && part(byte(bytes, past))) {
            view.patch(at..past, std::iter::empty())?;
        }
    }
    view.end()
}

/// A text whose lines go on where a backslash ends them.
pub(super) fn continued(text: &str) -> Option<Normal> {
    let mut view = Patched::of(text);
    for at in memchr::memmem::find_iter(text.as_bytes(), b"\\\n") {
        let indent = run(text.as_bytes(), at + 2, BLANKS, |byte| matches!(byte, b' ' | b'\t'));
        view.patch(at..at + 2 + indent, std::iter::empty())?;
    }
    view.end()
}

/// A program's literals as one: `"ada" + "@" + "example.com"`, `"528" "47" "9163"`; nothing where none are joined.
pub(super) fn joined(text: &str) -> Option<Normal> {
    let bytes = text.as_bytes();
    let mut view = Patched::of(text);
    for at in memchr::memchr2_iter(b'"', b'\'', bytes) {
        let rest = bytes.get(at..).unwrap_or_default();
        if at >= view.from()
            && let Some(length) = seam(rest)
        {
            view.patch(at..at + length, std::iter::empty())?;
        }
    }
    view.end()
}

/// Whether literals are added: `"…" + "…"`, `'…'..'…'`.
pub(super) fn adds(text: &str) -> bool {
    ["\" +", "' +", "'..'", "\"..\""]
        .iter()
        .any(|sign| memchr::memmem::find(text.as_bytes(), sign.as_bytes()).is_some())
}

/// How long it is from the quote that ends a literal to the one that begins the next.
fn seam(rest: &[u8]) -> Option<usize> {
    let blanks =
        |from: usize| from + run(rest, from, BLANKS, |byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b'\\'));
    let sign = blanks(1);
    let behind = sign + run(rest, sign, 2, |byte| matches!(byte, b'+' | b'.' | b'&' | b'|' | b'~'));
    let end = if behind > sign { blanks(behind) } else { behind };
    (end > 1 && rest.get(end) == rest.first()).then_some(end + 1)
}

/// A hit of a view in the text, up to its own last letter, if something was left out of it.
pub(super) fn back(view: &Normal, text: &str, hit: &Hit) -> Option<Hit> {
    let (start, last) = (*view.map.get(hit.start)?, *view.map.get(hit.end.checked_sub(1)?)?);
    let end = last + text.get(last..)?.chars().next()?.len_utf8();
    (end - start > hit.end - hit.start).then_some(Hit { start, end, ..*hit })
}

#[cfg(test)]
mod tests {
    use super::{continued, joined, uncoloured, unmarked};

    #[test]
    fn what_was_cut_is_one() {
        for (view, written, read) in [
            (uncoloured as fn(&str) -> _, "\u{1b}[1mada\u{1b}[0m@b.de\u{1b}[38;5;1m!", "ada@b.de!"),
            (unmarked, "SSN `538`-`44`-`7261` and **5826** 7516", "SSN 538-44-7261 and 5826 7516"),
            (joined, "to = \"ada\" + \"@\" . \"b.de\"", "to = \"ada@b.de\""),
            (joined, "ssn = '528' '47'\n  '9163'", "ssn = '528479163'"),
            (joined, "'a' || '@' || 'b.de'", "'a@b.de'"),
            (continued, "eyJ0.\\\n  eyJ1", "eyJ0.eyJ1"),
        ] {
            let view = view(written).unwrap();
            assert_eq!(view.text, read);
            assert!(view.map.is_sorted() && view.map.len() == read.len() + 1);
        }
        for same in ["4*4", "4111********1111", "4111****1111"] {
            assert!(unmarked(same).is_none(), "{same}");
        }
        for same in ["\"\"", "[\"a\", \"b\"]", "{\"a\": \"b\"}", "it's 'so'"] {
            assert!(joined(same).is_none(), "{same}");
        }
        assert!(uncoloured("\u{1b}[").is_none() && uncoloured("[1m").is_none());
    }
}
