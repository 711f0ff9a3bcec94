//! E-mail addresses: an `@`, a local part, and a domain that ends in a label shaped like a top-level domain.

use crate::vocabulary::Class;
use std::ops::Range;

/// Longest local part and domain (RFC 5321).
const LOCAL: usize = 64;
const DOMAIN: usize = 253;

/// Endings of files that are named with an `@`, and no top-level domains.
const FILES: [&str; 9] = ["png", "jpg", "jpeg", "gif", "svg", "webp", "css", "js", "json"];

pub(super) fn find(text: &str, found: &mut Vec<(Range<usize>, Class)>) {
    for at in memchr::memchr_iter(b'@', text.as_bytes()) {
        let (before, after) =
            (text.get(..at).unwrap_or_default(), text.get(at.saturating_add(1)..).unwrap_or_default());
        let local: usize =
            before.chars().rev().take(LOCAL).take_while(|letter| is_local(*letter)).map(char::len_utf8).sum();
        let local = before
            .get(before.len().saturating_sub(local)..)
            .unwrap_or_default()
            .trim_start_matches(['.', '-', '\'', '%', '+']);
        let domain: usize =
            after.chars().take(DOMAIN).take_while(|letter| is_domain(*letter)).map(char::len_utf8).sum();
        let domain = after.get(..domain).unwrap_or_default().trim_end_matches(['.', '-']);
        if local.is_empty() || local.ends_with('.') || !has_top_level(domain) {
            continue;
        }
        found.push((at.saturating_sub(local.len())..at.saturating_add(1).saturating_add(domain.len()), Class::Email));
    }
}

fn is_local(letter: char) -> bool {
    letter.is_alphanumeric()
        || matches!(letter, '.' | '_' | '%' | '+' | '-' | '\'' | '!' | '#' | '$' | '&' | '*' | '=' | '^' | '~')
}

fn is_domain(letter: char) -> bool {
    letter.is_alphanumeric() || matches!(letter, '.' | '-')
}

fn has_top_level(domain: &str) -> bool {
    let Some((rest, top)) = domain.rsplit_once('.') else { return false };
    // `icon@2x.png` is a file.
    if FILES.contains(&top.to_ascii_lowercase().as_str()) {
        return false;
    }
    let labels = rest
        .split('.')
        .all(|label| !label.is_empty() && label.len() <= 63 && !label.starts_with('-') && !label.ends_with('-'));
    let letters = top.chars().count() >= 2 && top.chars().all(char::is_alphabetic);
    labels && (letters || top.starts_with("xn--"))
}
