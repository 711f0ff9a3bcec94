//! E-mail addresses in words: `ada at example dot com`, `ada [at] example (dot) com`, `ada arroba example punto es`.

use memchr::memmem;
use std::ops::Range;

/// Top-level domains that people spell; any other word may be a word.
const TOPS: [&str; 96] = [
    "com", "org", "net", "edu", "gov", "io", "co", "uk", "de", "fr", "es", "it", "nl", "eu", "us", "info", "biz",
    "dev", "app", "ai", "ch", "at", "be", "br", "in", "pl", "se", "fi", "jp", "cn", "ru", "au", "ca", "nz", "ie", "pt",
    "dk", "no", "cz", "travel", "museum", "name", "pro", "tech", "cloud", "online", "example", "test", "mx", "ar",
    "za", "kr", "tr", "gr", "hu", "me", "ro", "bg", "hr", "rs", "si", "sk", "lt", "lv", "ee", "lu", "mt", "cy", "ua",
    "by", "kz", "il", "ae", "sa", "sg", "hk", "tw", "th", "vn", "ph", "cl", "pe", "uy", "ve", "ma", "tn", "ng", "ke",
    "xyz", "shop", "store", "site", "email", "berlin", "swiss", "cat",
];
/// Those of them that are also the last part of a program's names: `value_at_index.name`.
const WORDS: [&str; 19] = [
    "name", "test", "store", "site", "email", "cat", "pro", "shop", "info", "online", "cloud", "tech", "app", "at",
    "by", "me", "in", "no", "be",
];
/// Whether a label is a top-level domain that people know.
pub(super) fn is_top(label: &str) -> bool {
    TOPS.iter().any(|known| label.eq_ignore_ascii_case(known))
}

/// Most addresses of a text.
const MOST: usize = 64;

/// Addresses, with the bytes they take.
pub(super) fn find(text: &str) -> Vec<(Range<usize>, String)> {
    const DOTS: [&str; 22] = [
        " dot ", "[dot]", "(dot)", "{dot}", "[.]", "(.)", "[ dot ]", "( dot )", "_dot_", " punkt ", "[punkt]",
        "(punkt)", " punto ", "[punto]", "(punto)", " ponto ", "[ponto]", "(ponto)", " point ", "[point]", "(point)",
        "(pt)",
    ];
    const ATS: [&str; 18] = [
        " at ",
        "[at]",
        "(at)",
        "{at}",
        "[@]",
        "(@)",
        "[ at ]",
        "( at )",
        "_at_",
        " ät ",
        "[ät]",
        "(ät)",
        " arroba ",
        "[arroba]",
        "(arroba)",
        " arobase ",
        "[arobase]",
        "(arobase)",
    ];
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
        let start = led(before, before.len() - local);
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
            // `look at this point in time`
            let said = |dot: &&&str| **dot != " point " || sign == " arobase ";
            let Some((skip, dot)) = DOTS.iter().filter(said).find_map(|dot| {
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
        // `ada AT example.com`: large letters between small ones are no word.
        let shouted =
            text.get(at..at + sign.len()) == Some(" AT ") && before.ends_with(|last: char| !last.is_ascii_uppercase());
        let sure = lettered && (dots || (sign != " at " || shouted) && domain.contains('.'));
        let known = is_top(top);
        // `row_at_index.it(…)` is a program's.
        let behind = text.get(end..).and_then(|rest| rest.chars().next());
        let code = sign == "_at_"
            && (WORDS.iter().any(|word| top.eq_ignore_ascii_case(word))
                || matches!(behind, Some('_' | '(' | '[' | '=')));
        if sure
            && known
            && !code
            && domain.contains('.')
            && (2..=24).contains(&top.len())
            && top.bytes().all(|byte| byte.is_ascii_alphabetic())
        {
            found.push((start..end, format!("{}@{domain}", joined(before.get(start..).unwrap_or_default()))));
        }
    }
    found
}

/// Words for the marks of a local part, between its labels.
const MARKS: [(&str, &str); 8] = [
    (" dot ", "."),
    (" underscore ", "_"),
    (" dash ", "-"),
    (" hyphen ", "-"),
    (" minus ", "-"),
    (" punkt ", "."),
    (" punto ", "."),
    (" point ", "."),
];
/// Most labels of a local part.
const LABELS: usize = 4;

/// Where a local part begins whose last label begins at a place: `emil dot vasiliu`.
fn led(text: &str, mut start: usize) -> usize {
    for _ in 1..LABELS {
        let head = text.get(..start).unwrap_or_default();
        let ends = |mark: &&str| {
            head.len()
                .checked_sub(mark.len())
                .and_then(|at| head.get(at..))
                .is_some_and(|end| end.eq_ignore_ascii_case(mark))
        };
        let Some(mark) = MARKS.iter().map(|(mark, _)| *mark).find(ends) else { break };
        let head = head.get(..head.len() - mark.len()).unwrap_or_default();
        let part = |letter: &char| letter.is_ascii_alphanumeric() || matches!(letter, '.' | '_' | '+' | '-');
        let label = head.chars().rev().take(64).take_while(part).count();
        if label == 0 {
            break;
        }
        start = head.len() - label;
    }
    start
}

/// A local part with the marks that its words say.
fn joined(local: &str) -> String {
    MARKS.iter().fold(local.to_owned(), |local, (word, mark)| local.replace(word, mark))
}

#[cfg(test)]
mod tests {
    use super::find;

    #[test]
    fn labels_of_a_local_part_are_read() {
        for (written, address) in [
            ("via emil dot vasiliu at vasiliu-instal dot ro thanks", "emil.vasiliu@vasiliu-instal.ro"),
            ("j underscore doe at example dot co dot uk", "j_doe@example.co.uk"),
        ] {
            let found = find(written);
            assert!(
                found.iter().any(|(range, text)| text == address && written[range.clone()].contains(" at ")),
                "{found:?}"
            );
        }
    }

    #[test]
    fn spelled_addresses_are_read() {
        for written in [
            "write ada at example dot com",
            "ada [at] example [dot] com",
            "ada(at)example.com",
            "ADA AT EXAMPLE DOT COM",
            "ada [ at ] example [ dot ] com",
            "schreib ada (ät) example (punkt) com",
            "escribe a ada arroba example punto com",
            "ada arobase example point com",
            "mail ada_at_example.com",
            "ada ät example.com",
        ] {
            assert!(
                find(written).iter().any(|(_, text)| text.eq_ignore_ascii_case("ada@example.com")),
                "{written} {:?}",
                find(written)
            );
        }
        for other in [
            "look at example.com",
            "meet at noon",
            "at dot com",
            "a dot at b",
            "look at this point in time",
            "self.value_at_index.name",
            "row_at_zone.de_DE",
            "una arroba de trigo y punto",
        ] {
            assert!(find(other).is_empty(), "{other}");
        }
    }
}
