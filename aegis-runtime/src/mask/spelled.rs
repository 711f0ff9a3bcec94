//! E-mail addresses in words: `ada at example dot com`, `ada [at] example (dot) com`.

use memchr::memmem;
use std::ops::Range;

/// Top-level domains that people spell; any other word may be a word.
const TOPS: [&str; 56] = [
    "com", "org", "net", "edu", "gov", "io", "co", "uk", "de", "fr", "es", "it", "nl", "eu", "us", "info", "biz",
    "dev", "app", "ai", "ch", "at", "be", "br", "in", "pl", "se", "fi", "jp", "cn", "ru", "au", "ca", "nz", "ie", "pt",
    "dk", "no", "cz", "travel", "museum", "name", "pro", "tech", "cloud", "online", "example", "test", "mx", "ar",
    "za", "kr", "tr", "gr", "hu", "me",
];
/// Most addresses of a text.
const MOST: usize = 64;

/// Addresses, with the bytes they take.
pub(super) fn find(text: &str) -> Vec<(Range<usize>, String)> {
    const DOTS: [&str; 5] = [" dot ", "[dot]", "(dot)", "{dot}", "[.]"];
    const ATS: [&str; 6] = [" at ", "[at]", "(at)", "{at}", "[@]", "(@)"];
    let lower = text.to_ascii_lowercase();
    let mut found = Vec::new();
    for (at, sign) in
        ATS.iter().flat_map(|sign| memmem::find_iter(lower.as_bytes(), sign).map(move |at| (at, *sign))).take(MOST)
    {
        let before = text.get(..at).unwrap_or_default();
        let blanks = before.len() - before.trim_end().len();
        let before = before.trim_end();
        let local = before
            .chars()
            .rev()
            .take(64)
            .take_while(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '.' | '_' | '+' | '-'))
            .count();
        if local == 0 || blanks > 1 {
            continue;
        }
        let start = before.len() - local;
        let mut end = at + sign.len();
        let mut domain = String::new();
        let mut dots = false;
        loop {
            let rest = text.get(end..).unwrap_or_default();
            let blank = rest.len() - rest.trim_start_matches(' ').len();
            let label: String = rest
                .trim_start_matches(' ')
                .chars()
                .take(63)
                .take_while(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '.'))
                .collect();
            if label.is_empty() || blank > 1 {
                break;
            }
            domain.push_str(&label);
            end += blank + label.len();
            let behind = lower.get(end..).unwrap_or_default();
            let behind_trimmed = behind.trim_start_matches(' ');
            let Some((skip, dot)) = DOTS.iter().find_map(|dot| {
                if behind.starts_with(dot) {
                    Some((0, *dot))
                } else {
                    (dot.starts_with(['[', '(', '{']) && behind_trimmed.starts_with(dot))
                        .then(|| (behind.len() - behind_trimmed.len(), *dot))
                }
            }) else {
                break;
            };
            end += skip + dot.len();
            domain.push('.');
            dots = true;
        }
        let domain_end = domain.trim_end_matches('.').len();
        let top = domain.get(..domain_end).unwrap_or_default().rsplit('.').next().unwrap_or_default();
        // A bare `at` is a word of English; only a spelled dot makes it a sign.
        let lettered =
            domain.split('.').next().is_some_and(|label| label.bytes().any(|byte| byte.is_ascii_alphabetic()));
        let sure = lettered && (dots || !sign.starts_with(' ') && domain.contains('.'));
        let known = TOPS.iter().any(|known| top.eq_ignore_ascii_case(known));
        if sure
            && known
            && domain.contains('.')
            && (2..=24).contains(&top.len())
            && top.bytes().all(|byte| byte.is_ascii_alphabetic())
        {
            found.push((start..end, format!("{}@{domain}", before.get(start..).unwrap_or_default())));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::find;

    #[test]
    fn spelled_addresses_are_read() {
        for written in [
            "write ada at example dot com",
            "ada [at] example [dot] com",
            "ada(at)example.com",
            "ADA AT EXAMPLE DOT COM",
        ] {
            assert!(
                find(written).iter().any(|(_, text)| text.eq_ignore_ascii_case("ada@example.com")),
                "{written} {:?}",
                find(written)
            );
        }
        for other in ["look at example.com", "meet at noon", "at dot com", "a dot at b"] {
            assert!(find(other).is_empty(), "{other}");
        }
    }
}
