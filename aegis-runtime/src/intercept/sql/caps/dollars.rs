//! Texts between dollars, as PostgreSQL reads them: `$$it's$$`, `$tag$…$tag$`. Nothing inside of one is a quote, a comment or a sign.
//!
//! A tag is a name without dollars, and the first same tag ends the text. A dollar that stands in a name or behind a number (`a$$b`,
//! `1$$`) begins no text here, nor does one before a number, which is a parameter.

/// The bytes of the text that these begin with, if they begin with one: `None` inside where it never ends, or holds what ends a
/// statement for some readers.
pub(super) fn length(from: &str) -> Option<Option<usize>> {
    let name = from.strip_prefix('$')?;
    let name = name.get(..name.find('$')?)?;
    let is_tag = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        && !name.starts_with(|letter: char| letter.is_ascii_digit());
    if !is_tag {
        return None;
    }
    let (tag, body) = from.split_at_checked(name.len().saturating_add(2))?;
    let inside = body.split_once(tag).map(|(inside, _)| inside).filter(|inside| !inside.contains(['\0', '\u{feff}']));
    Some(inside.map(|inside| inside.len().saturating_add(tag.len().saturating_mul(2))))
}

#[cfg(test)]
mod tests {
    use super::length;

    #[test]
    fn a_text_ends_where_postgres_ends_it() {
        for (from, ends) in [
            ("$$it's$$, 1", Some(Some(8))),
            ("$$$$", Some(Some(4))),
            ("$a$x$b$a$ $a$", Some(Some(9))),
            ("$a$ $$ $A$", Some(None)),
            ("$$ $a$", Some(None)),
            ("$$a\0$$", Some(None)),
            ("$1$a$1$", None),
            ("$é$a$é$", None),
            ("$a b$", None),
            ("$", None),
        ] {
            assert_eq!(length(from), ends, "{from}");
        }
    }
}
