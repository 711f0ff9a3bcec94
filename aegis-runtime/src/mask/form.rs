//! Forms that no person's name has: of files, of variables, of models, of the items of a list.
//!
//! *Invariants.* What may be a name that is encoded, or that hides in digits, has none of these forms.

use super::talk::{FILES, PARTICLES};

/// Most digits of a word that counts something, and of a value.
const COUNT: usize = 3;
const DIGITS: usize = 6;
/// Fewest bytes of a run of hexadecimal digits that may be an encoded name.
const ENCODED: usize = 8;

/// Whether a value is no person's name, whatever stands beside it.
pub(super) fn is_no_name(value: &str) -> bool {
    let value = value.trim_matches(['"', '\'', '`', ' ']);
    let digits = value.bytes().filter(u8::is_ascii_digit).count();
    if value.is_empty() || value.len() > 128 || digits > DIGITS || !value.is_ascii() {
        return false;
    }
    // `7`, `#2a52be`, `start-end-non-empty`
    let dashes = value.bytes().filter(|byte| *byte == b'-').count();
    let slug = dashes > 2 && value.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
    if slug || digits == value.len() || value.starts_with('#') {
        return true;
    }
    if value.contains(' ') {
        is_counted(value) || is_document(value)
    } else {
        is_token(value) || is_camel(value) || is_numbered(value)
    }
}

/// `order.shipped`, `api_calls`, `prod-eu-west-1`, `MAX_TOKENS`, `src/main.rs`.
fn is_token(value: &str) -> bool {
    // `org.freedesktop.UPower`
    if ["org.", "com.", "net.", "io."].iter().any(|head| value.starts_with(head))
        && value.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'.')
    {
        return true;
    }
    let part = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'/' | b':' | b'-');
    let has = |test: fn(u8) -> bool| value.bytes().any(test);
    let (lower, upper) = (has(|byte| byte.is_ascii_lowercase()), has(|byte| byte.is_ascii_uppercase()));
    let digit = has(|byte| byte.is_ascii_digit());
    let joined = value.trim_end_matches('.').bytes().any(|byte| matches!(byte, b'.' | b'_' | b'/' | b':'));
    let hex = value.len() >= ENCODED && value.bytes().all(|byte| byte.is_ascii_hexdigit());
    // Capitals are joined by one mark of a program: `J.R.R.` is somebody, `A/B` may be.
    let constant = !lower && value.contains('_');
    value.bytes().all(part) && !hex && (lower || upper) && (!upper && (joined || digit) || constant) || is_file(value)
}

/// `Quarterly Report.pdf`
fn is_document(value: &str) -> bool {
    value
        .rsplit_once('.')
        .is_some_and(|(stem, end)| stem.ends_with(|last: char| last.is_ascii_alphanumeric()) && FILES.contains(&end))
}

/// A name and its ending, `README.md`: letters of one case in both.
fn is_file(value: &str) -> bool {
    let Some((stem, end)) = value.rsplit_once('.') else { return false };
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.');
    let upper = stem.bytes().skip(1).any(|byte| byte.is_ascii_uppercase());
    let lower = stem.bytes().any(|byte| byte.is_ascii_lowercase());
    stem.len() > 1
        && (2..=8).contains(&end.len())
        && end.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
        && stem.bytes().all(plain)
        && !(upper && lower)
}

/// `Trail1`: one word and the number of it.
fn is_numbered(value: &str) -> bool {
    let word = value.trim_end_matches(|letter: char| letter.is_ascii_digit());
    let count = value.len() - word.len();
    (1..=COUNT).contains(&count) && word.len() > 2 && word.bytes().all(|byte| byte.is_ascii_alphabetic())
}

/// `parsePhone`: small letters first, and every word after the first begins with a large one.
fn is_camel(value: &str) -> bool {
    let first = value.bytes().take_while(u8::is_ascii_lowercase).count();
    let (head, rest) = value.split_at_checked(first).unwrap_or((value, ""));
    // `deVries` and `macDonald` are called so.
    let particle = head.len() < 3 || PARTICLES.contains(&head) || matches!(head, "mac" | "fitz");
    let words = || rest.as_bytes().chunk_by(|_, next| !next.is_ascii_uppercase());
    !rest.is_empty()
        && !particle
        && rest.bytes().all(|byte| byte.is_ascii_alphabetic())
        && words().all(|word| word.len() > 2)
}

/// `Rectangle 14`, `Icon / Phone / 24`, `Tesla V100`: words with a short number among them, or parts of a path.
fn is_counted(value: &str) -> bool {
    let plain =
        |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b' ' | b'.' | b'-' | b'/' | b'#' | b'_' | b'&');
    let words = || value.split(' ').filter(|word| !word.is_empty());
    let digits = |word: &str| word.bytes().filter(u8::is_ascii_digit).count();
    let count = |word: &str| {
        let small = word.bytes().any(|byte| byte.is_ascii_lowercase());
        (1..=COUNT).contains(&digits(word)) && !small
    };
    value.bytes().all(plain)
        && words().all(|word| digits(word) == 0 || count(word))
        && words().any(|word| word == "/" || count(word))
}

#[cfg(test)]
mod tests {
    use super::is_no_name;

    #[test]
    fn forms_of_things_are_told_from_names() {
        for thing in [
            "order.shipped",
            "api_calls",
            "prod-eu-west-1",
            "MAX_TOKENS",
            "src/main.rs",
            "charlotte.geojson",
            "README.md",
            "parsePhone",
            "Rectangle 14",
            "Icon / Phone / 24",
            "Tesla V100",
            "Smoked Porter No. 7",
            "2024_q1.parquet",
            "Trail1",
            "7",
            "#2a52be",
            "start-end-non-empty",
        ] {
            assert!(is_no_name(thing), "{thing}");
        }
        for person in [
            "Ada Lovelace",
            "ada lovelace",
            "Lovelace, Ada",
            "J.R.R. Tolkien",
            "J.R.",
            "McDonald",
            "deVries",
            "macDonald",
            "Jean-Luc",
            "ADA LOVELACE",
            "Ada%20Lovelace",
            "QWRhIExvdmVsYWNl",
            "416461204c6f76656c616365",
            "Ada L0velace",
            "4da Lovelace",
            "Åsa",
            "Ada Lovelace 1815",
            "Ada Lovelace 030 1234567",
            "",
        ] {
            assert!(!is_no_name(person), "{person}");
        }
    }
}
