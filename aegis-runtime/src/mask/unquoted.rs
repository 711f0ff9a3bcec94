//! A view of a text without the backslashes that quote.

use super::normal::{Normal, Patched};
use super::scan::{byte, run};

/// Before a mark or a blank a backslash says that this is meant as it stands; before anything else it is meant itself. However often a
/// text was quoted, it reads the same. Nothing where it is the text itself.
pub(super) fn unquoted(text: &str) -> Option<Normal> {
    let bytes = text.as_bytes();
    let mut view = Patched::of(text);
    for at in memchr::memchr_iter(b'\\', bytes) {
        if at < view.from() {
            continue;
        }
        let end = at + run(bytes, at, bytes.len(), |byte| byte == b'\\');
        let quotes = byte(bytes, end).is_some_and(|next| next == b' ' || next.is_ascii_punctuation());
        if quotes {
            view.patch(at..end, std::iter::empty())?;
        } else if end > at + 1 {
            view.patch(at..end, std::iter::once(('\\', at)))?;
        }
    }
    view.end()
}

#[cfg(test)]
mod tests {
    use super::unquoted;

    #[test]
    fn a_text_reads_the_same_however_often_it_was_quoted() {
        for written in [r#"a\ b"c\d\"#, r#"a\\ b\"c\\d\\"#, r#"a\\\\ b\\\"c\\\\d\\\\"#] {
            let view = unquoted(written).unwrap();
            assert_eq!(view.text, r#"a b"c\d\"#, "{written}");
            assert!(view.map.is_sorted() && view.map.len() == view.text.len() + 1);
        }
        assert!(unquoted(r"C:\new and no mark").is_none());
    }
}
