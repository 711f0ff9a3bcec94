//! Credentials by their published prefixes, private keys by their armour, passwords in connection strings.

use crate::vocabulary::Class;
use std::ops::Range;

/// Prefix, least characters behind it, and whether `.` belongs to the value.
const PREFIXES: [(&str, usize, bool); 22] = [
    ("AKIA", 16, false),
    ("ASIA", 16, false),
    ("ghp_", 30, false),
    ("gho_", 30, false),
    ("ghu_", 30, false),
    ("ghs_", 30, false),
    ("ghr_", 30, false),
    ("github_pat_", 30, false),
    ("glpat-", 16, false),
    ("xoxb-", 20, false),
    ("xoxa-", 20, false),
    ("xoxp-", 20, false),
    ("xoxr-", 20, false),
    ("xoxs-", 20, false),
    ("sk_live_", 16, false),
    ("rk_live_", 16, false),
    ("sk-ant-", 20, false),
    ("sk-proj-", 20, false),
    ("sk-", 32, false),
    ("npm_", 30, false),
    ("AIza", 30, false),
    ("eyJ", 40, true),
];

pub(super) fn find(text: &str, found: &mut Vec<(Range<usize>, Class)>) {
    for (prefix, least, dots) in PREFIXES {
        for (at, _) in text.match_indices(prefix) {
            let touches =
                text.get(..at).and_then(|before| before.chars().next_back()).is_some_and(char::is_alphanumeric);
            if touches {
                continue;
            }
            let body = text.get(at.saturating_add(prefix.len())..).unwrap_or_default();
            let length = body
                .bytes()
                .take(8192)
                .take_while(|byte| {
                    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-') || (dots && *byte == b'.')
                })
                .count();
            // A JSON web token has three parts.
            let whole = !dots || body.get(..length).is_some_and(|body| body.matches('.').count() == 2);
            if length >= least && whole {
                found.push((at..at.saturating_add(prefix.len()).saturating_add(length), Class::Secret));
            }
        }
    }
    private_keys(text, found);
    connection_strings(text, found);
}

/// From the armour's first line to its last, or to the end where the last is missing.
fn private_keys(text: &str, found: &mut Vec<(Range<usize>, Class)>) {
    let mut from = 0;
    while let Some(start) = text.get(from..).and_then(|rest| rest.find("-----BEGIN ")).map(|at| from.saturating_add(at))
    {
        let body = text.get(start..).unwrap_or_default();
        let heading = body.get(..body.len().min(64)).or_else(|| body.get(..11)).unwrap_or_default();
        if heading.contains("PRIVATE KEY") {
            let end = body.find("-----END ").map_or(body.len(), |at| {
                let tail = body.get(at.saturating_add(9)..).unwrap_or_default();
                at.saturating_add(9)
                    .saturating_add(tail.find("-----").map_or(tail.len(), |dashes| dashes.saturating_add(5)))
            });
            found.push((start..start.saturating_add(end), Class::Secret));
            from = start.saturating_add(end.max(1));
        } else {
            from = start.saturating_add(11);
        }
    }
}

/// The password of `scheme://user:password@host`.
fn connection_strings(text: &str, found: &mut Vec<(Range<usize>, Class)>) {
    for (at, _) in text.match_indices("://") {
        let start = at.saturating_add(3);
        let rest = text.get(start..).unwrap_or_default();
        let length = rest
            .bytes()
            .take(512)
            .take_while(|byte| !byte.is_ascii_whitespace() && !matches!(byte, b'/' | b'"' | b'\'' | b'<' | b'>' | b'?'))
            .count();
        let Some(authority) = rest.get(..length) else { continue };
        if let Some((userinfo, _)) = authority.rsplit_once('@')
            && let Some((user, password)) = userinfo.split_once(':')
            && !password.is_empty()
        {
            let from = start.saturating_add(user.len()).saturating_add(1);
            found.push((from..from.saturating_add(password.len()), Class::Secret));
        }
    }
}
