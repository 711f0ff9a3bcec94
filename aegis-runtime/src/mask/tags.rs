//! Texts without their tags: what HTML or XML parts by markup alone is read as one.
//!
//! *Invariants.* A tag that a browser shows nothing for joins what stands at its sides, and one that breaks a line breaks it; any other
//! parts it for good, so that the cells of a table do not become one number. Only what holds a tag counts: the rest was read as it stands.

use super::detect::Hit;
use super::normal::{Normal, Patched};

/// Longest tag.
const LONGEST: usize = 256;

/// What stands between the contents of two elements: no detector reads across it.
const PARTED: char = '\u{1e}';

/// Elements that part nothing.
const INLINE: [&str; 34] = [
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins",
    "kbd", "label", "mark", "nobr", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt",
    "u", "var", "wbr",
];

/// A text without its tags; nothing where there are none.
pub(super) fn without(text: &str) -> Option<Normal> {
    let mut view = Patched::of(text);
    for at in memchr::memchr_iter(b'<', text.as_bytes()) {
        let Some((length, shown)) = text.get(at..).and_then(tag).filter(|_| at >= view.from()) else { continue };
        view.patch(at..at + length, shown.into_iter().map(|mark| (mark, at)))?;
    }
    view.end()
}

/// A hit of the view in the text, up to its own last letter, if a tag stands in it.
pub(super) fn back(view: &Normal, text: &str, hit: &Hit) -> Option<Hit> {
    let (start, last) = (*view.map.get(hit.start)?, *view.map.get(hit.end.checked_sub(1)?)?);
    let value = text.get(start..=last)?;
    value.contains('<').then_some(Hit { start, end: last + 1, ..*hit })
}

/// How long the tag is that begins here, and what it is read as.
fn tag(rest: &str) -> Option<(usize, Option<char>)> {
    let bytes = rest.as_bytes();
    if bytes.starts_with(b"<!--") {
        let window = bytes.get(..LONGEST.min(bytes.len()))?;
        return memchr::memmem::find(window, b"-->").map(|end| (end + 3, None));
    }
    let name = bytes.get(1..)?;
    let name = name.strip_prefix(b"/").unwrap_or(name);
    if !name.first().is_some_and(u8::is_ascii_alphabetic) {
        return None;
    }
    let window = bytes.get(1..LONGEST.min(bytes.len()))?;
    let end = memchr::memchr2(b'<', b'>', window).filter(|end| window.get(*end) == Some(&b'>'))? + 2;
    let length = name.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
    let name = name.get(..length)?;
    let inline = INLINE.iter().any(|inline| name.eq_ignore_ascii_case(inline.as_bytes()));
    let mark = if name.eq_ignore_ascii_case(b"br") { '\n' } else { PARTED };
    Some((end, (!inline).then_some(mark)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_join_or_part() {
        for (text, read) in [
            ("ada<b>@</b>example.com", "ada@example.com"),
            ("4111<br>1111<BR/>2222", "4111\n1111\n2222"),
            ("<tr><td>12</td><td>34</td></tr>", "\u{1e}\u{1e}12\u{1e}\u{1e}34\u{1e}\u{1e}"),
            ("x<!-- no -->y<span class=\"a b\">z</span>", "xyz"),
            ("é<i>ü</i>", "éü"),
        ] {
            let view = without(text).unwrap();
            assert_eq!(view.text, read, "{text}");
            assert!(view.map.is_sorted() && view.map.len() == view.text.len() + 1, "{text}");
        }
        for plain in ["a < b > c", "1 <2> 3", "x <y <z", "no tags", "<", "</", "<!-- open"] {
            assert!(without(plain).is_none(), "{plain}");
        }
    }
}
