//! E-mail addresses: an `@`, a local part, and a domain that ends in a label shaped like a top-level domain.
//! Source: RFC 5321, RFC 6531.

use super::{Gate, Hit, Text};
use crate::mask::scan::{self, byte, run, run_back};
use crate::vocabulary::Class;

/// Longest local part and domain.
const LOCAL: usize = 64;
const DOMAIN: usize = 253;

/// Endings of files that are named with an `@`, and no top-level domains.
const FILES: [&str; 12] = ["png", "jpg", "jpeg", "gif", "svg", "webp", "css", "js", "json", "ts", "html", "xml"];

pub(super) fn find(text: &Text<'_>, out: &mut Vec<Hit>) {
    let mut from = 0;
    for at in memchr::memchr_iter(b'@', text.bytes) {
        if at < from {
            continue;
        }
        if let Some((start, end)) = address(text.text, at, from) {
            out.push(Hit { start, end, class: Some(Class::Email), by: "email", gate: Gate::Strong });
            from = end;
        }
    }
}

fn address(text: &str, at: usize, from: usize) -> Option<(usize, usize)> {
    let (before, after) = (text.get(from..at)?, text.get(at + 1..)?);
    let local = local(before)?;
    let domain = match run(after.as_bytes(), 0, DOMAIN, |byte| byte.is_ascii() && is_domain(char::from(byte))) {
        // Letters of other scripts are counted as letters.
        ascii if byte(after.as_bytes(), ascii).is_some_and(|byte| byte >= 0x80) => {
            after.chars().take(DOMAIN).take_while(|letter| is_domain(*letter)).map(char::len_utf8).sum()
        }
        ascii => ascii,
    };
    let domain = top_level(after.get(..domain)?)?;
    let start = at - local;
    // `git@host:path` names a repository; `scheme://user:secret@host` holds a password, which is another detector's.
    let name = text.get(start..at)?;
    let password = text.get(..start)?.ends_with(':')
        && text.get(start.saturating_sub(LOCAL)..start).is_some_and(|head| head.contains("://"));
    (!["git", "hg", "svn"].contains(&name) && !password).then_some((start, at + 1 + domain))
}

/// How long the local part is; quotes enclose one that holds anything.
fn local(before: &str) -> Option<usize> {
    if let Some(quoted) = before.strip_suffix('"') {
        let open = quoted.rfind('"')?;
        return (quoted.len() - open <= LOCAL).then_some(before.len() - open);
    }
    let bytes = before.as_bytes();
    let length = match run_back(bytes, bytes.len(), LOCAL, |byte| byte.is_ascii() && is_local(char::from(byte))) {
        ascii if scan::before(bytes, bytes.len() - ascii).is_some_and(|byte| byte >= 0x80) => {
            before.chars().rev().take(LOCAL).take_while(|letter| is_local(*letter)).map(char::len_utf8).sum()
        }
        ascii => ascii,
    };
    let local = before.get(before.len() - length..)?;
    // `?to=ada@…` and `key=ada@…`: what stands before the sign is not the address.
    let local = local.rsplit(['=', '&', '?']).next().unwrap_or(local);
    let local = local.trim_start_matches(['.', '-', '\'', '%', '+', '*', '#', '!', '~', '^', '$']);
    (!local.is_empty() && !local.ends_with('.')).then_some(local.len())
}

fn is_local(letter: char) -> bool {
    letter.is_alphanumeric()
        || matches!(letter, '.' | '_' | '%' | '+' | '-' | '\'' | '!' | '#' | '$' | '&' | '*' | '=' | '^' | '~' | '?')
}

fn is_domain(letter: char) -> bool {
    letter.is_alphanumeric() || matches!(letter, '.' | '-')
}

/// How long the domain is: up to the last label that can be a top-level domain. `example.com-urgent` ends at `com`.
fn top_level(domain: &str) -> Option<usize> {
    let domain = domain.trim_end_matches(['.', '-']);
    let mut from = 0;
    let mut best = None;
    for (place, label) in domain.split('.').enumerate() {
        if label.is_empty() || label.len() > 63 || label.starts_with('-') {
            break;
        }
        let (top, rest) = label.split_once('-').unwrap_or((label, ""));
        let whole = rest.is_empty();
        let punycode = label.get(..4).is_some_and(|head| head.eq_ignore_ascii_case("xn--"));
        let top = if punycode { label } else { top };
        let letters = if top.is_ascii() {
            top.len() >= 2 && top.bytes().all(|byte| byte.is_ascii_alphabetic())
        } else {
            top.chars().count() >= 2 && top.chars().all(char::is_alphabetic)
        };
        if place > 0 && (punycode || letters) {
            best = Some((from + top.len(), top));
        }
        if !whole && !punycode && domain.get(from + label.len()..).is_none_or(str::is_empty) {
            break;
        }
        from += label.len() + 1;
    }
    // `icon@2x.png` is a file.
    best.filter(|(_, top)| !FILES.iter().any(|file| top.eq_ignore_ascii_case(file))).map(|(end, _)| end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn domains_end_at_a_top_level() {
        for (domain, end) in [
            ("example.com", Some(11)),
            ("example.com-urgent", Some(11)),
            ("mail.example.co.uk.", Some(18)),
            ("a-b.example.com", Some(15)),
            ("example.xn--p1ai", Some(16)),
            ("localhost", None),
            ("2x.png", None),
            ("x.1", None),
        ] {
            assert_eq!(top_level(domain), end, "{domain}");
        }
    }
}
