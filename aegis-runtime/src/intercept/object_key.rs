//! Object keys: from a key to the domain of its prefix.
//!
//! *Invariants.* A key is read as it is or not at all: nothing is trimmed, decoded, folded or resolved, since the server would
//! have to do the same for the answer to hold. Keys outside of every declared prefix are denied.

use crate::denial::{Code, Denial};
use crate::spec::{ServerId, Spec};
use crate::vocabulary::DomainId;

/// Longest key, in bytes; what object stores accept.
const KEY_LIMIT: usize = 1024;

/// The domain of a key: that of the longest declared prefix.
pub(super) fn domain_of(spec: &'static Spec, server: ServerId, key: &str) -> Result<DomainId, Denial> {
    refuse_ambiguous(key)?;
    let mut mapped: Vec<_> = spec
        .prefixes
        .iter()
        .filter(|prefix| prefix.server == server && key.len() > prefix.prefix.len() && key.starts_with(prefix.prefix))
        .collect();
    mapped.sort_by_key(|prefix| prefix.prefix.len());
    mapped.pop().map(|prefix| prefix.domain).ok_or_else(|| {
        let declared: Vec<_> = spec
            .prefixes
            .iter()
            .filter(|prefix| prefix.server == server)
            .map(|prefix| format!("`{}`", prefix.prefix))
            .collect();
        Denial::new(Code::KeyUnmapped, "")
            .remedy(format!("use a key under {}, spelled exactly so", declared.join(", ")))
    })
}

/// Refuses every key that two servers could read as two different things.
pub(super) fn refuse_ambiguous(key: &str) -> Result<(), Denial> {
    if key.is_empty() {
        return Err(Denial::new(Code::KeyEmpty, ""));
    }
    if key.len() > KEY_LIMIT {
        return Err(Denial::new(Code::KeyTooLong, ""));
    }
    if key.starts_with('/') {
        return Err(Denial::new(Code::KeyAbsolute, "").remedy("leave the leading `/` out"));
    }
    if let Some((at, odd)) = key.char_indices().find(|(_, letter)| !is_plain(*letter)) {
        let end = at.saturating_add(odd.len_utf8());
        return Err(Denial::new(Code::KeyEncoded, "").at("", Some((at, end))).remedy("spell the key in plain ASCII"));
    }
    if key.split('/').any(|segment| matches!(segment, "" | "." | "..")) {
        return Err(Denial::new(Code::KeyTraversal, ""));
    }
    if key.split('/').any(|segment| segment.starts_with(' ') || segment.ends_with([' ', '.'])) {
        return Err(Denial::new(Code::KeyEncoded, "a segment begins or ends with a blank or ends with a dot"));
    }
    Ok(())
}

/// Printable ASCII but for what some server decodes, splits or expands.
fn is_plain(letter: char) -> bool {
    matches!(letter, ' '..='~')
        && !matches!(
            letter,
            '%' | '\\' | '*' | '?' | '"' | '<' | '>' | '|' | '#' | '^' | '`' | '{' | '}' | '[' | ']' | '~'
        )
}

#[cfg(test)]
mod tests {
    use super::refuse_ambiguous;
    use crate::denial::Code;

    #[test]
    fn keys_that_read_alike_everywhere_pass() {
        for key in
            ["silver/customers.csv", "bronze/2026/11/24/part-0001.csv", "gold/.aegis/x", "bronze/a b_(1)+c=d@e,f.txt"]
        {
            assert!(refuse_ambiguous(key).is_ok(), "{key}");
        }
    }

    #[test]
    fn every_other_spelling_has_its_code() {
        let long = format!("bronze/{}", "a".repeat(1024));
        let cases = [
            ("", Code::KeyEmpty),
            ("/gold/x", Code::KeyAbsolute),
            ("bronze/../gold/x", Code::KeyTraversal),
            ("bronze/./x", Code::KeyTraversal),
            ("bronze//x", Code::KeyTraversal),
            ("bronze/x/", Code::KeyTraversal),
            ("bronze/%2e%2e/gold/x", Code::KeyEncoded),
            ("bronze\\..\\gold\\x", Code::KeyEncoded),
            ("bronze/x\u{0}", Code::KeyEncoded),
            ("bronze/x\n", Code::KeyEncoded),
            ("g\u{043e}ld/x", Code::KeyEncoded),
            ("bronze/\u{202e}x", Code::KeyEncoded),
            ("bronze/x.", Code::KeyEncoded),
            ("bronze/ x", Code::KeyEncoded),
            (long.as_str(), Code::KeyTooLong),
        ];
        for (key, code) in cases {
            assert_eq!(refuse_ambiguous(key).map_err(|denial| denial.code()), Err(code), "{key:?}");
        }
    }
}
