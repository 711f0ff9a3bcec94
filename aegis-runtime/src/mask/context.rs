//! Context: words that say what a number is, where it stands.
//!
//! *Invariants.* Whole words only, never a part of one: `lic` does not stand in `public`. camelCase and snake_case are split.

use super::json::Segment;

/// So far back a word speaks for a value.
const REACH: usize = 40;
/// Words that say of a number that it is something else.
const OTHERS: &[&str] = &[
    "order",
    "invoice",
    "ticket",
    "tracking",
    "sku",
    "isbn",
    "ean",
    "upc",
    "item",
    "part",
    "batch",
    "lot",
    "build",
    "commit",
    "version",
    "serial",
    "page",
    "port",
    "timestamp",
    "epoch",
    "shipment",
    "parcel",
    "article",
    "product",
    "rev",
    "revision",
    "line",
    "row",
    "step",
];
/// Most letters of all names of a place.
const NAMES: usize = 256;

/// Where a text stands: the path to it, and the header of its column.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Around<'json> {
    pub(super) path: &'json [Segment<'json>],
    pub(super) column: Option<&'json str>,
}

/// The first of some words or phrases that stands before a place, in its path, or in its column's header.
pub(super) fn word(words: &'static [&'static str], text: &str, at: usize, around: &Around<'_>) -> Option<&'static str> {
    let mut spelled = String::with_capacity(REACH + 8);
    spell(before(text, at), &mut spelled);
    // The nearest word speaks first: `call about order 2125550123` has no phone number.
    let nearest = spelled.trim_end().rsplit(' ').next().unwrap_or_default();
    if OTHERS.contains(&nearest) {
        return None;
    }
    if let Some(word) = among(words, &spelled) {
        return Some(word);
    }
    if around.path.is_empty() && around.column.is_none() {
        return None;
    }
    spelled.clear();
    for segment in around.path {
        if let Segment::Key(key) = segment
            && spelled.len() + key.len() < NAMES
        {
            spell(key, &mut spelled);
        }
    }
    if let Some(column) = around.column {
        spell(column, &mut spelled);
    }
    among(words, &spelled)
}

/// Whether a name ends in one of some words: `db_password` does, `password_changed_at` does not.
pub(super) fn named_last(words: &'static [&'static str], name: &str) -> bool {
    let mut spelled = String::with_capacity(name.len() + 8);
    spell(name, &mut spelled);
    let spelled = spelled.trim_end();
    words.iter().any(|word| spelled.strip_suffix(word).is_some_and(|rest| rest.ends_with(' ')))
}

fn among(words: &'static [&'static str], spelled: &str) -> Option<&'static str> {
    words.iter().copied().find(|word| {
        spelled.match_indices(word).any(|(at, found)| {
            spelled.as_bytes().get(at + found.len()) == Some(&b' ')
                && at.checked_sub(1).and_then(|at| spelled.as_bytes().get(at)) == Some(&b' ')
        })
    })
}

/// What stands before a place: its own line, and the line above where that is all there is of it.
fn before(text: &str, at: usize) -> &str {
    let mut from = at.saturating_sub(REACH);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let window = text.get(from..at).unwrap_or_default();
    // A word that the window cuts says nothing.
    let cut = text.get(..from).and_then(|text| text.chars().next_back()).is_some_and(char::is_alphanumeric);
    let window = if cut { window.trim_start_matches(char::is_alphanumeric) } else { window };
    match window.rsplit_once('\n') {
        Some((above, line)) if line.trim().is_empty() => above.rsplit('\n').next().unwrap_or_default(),
        Some((_, line)) => line,
        None => window,
    }
}

/// Lower-case words with single blanks around each: `dateOfBirth` as ` date of birth `.
fn spell(text: &str, out: &mut String) {
    if !out.ends_with(' ') {
        out.push(' ');
    }
    let mut lower = false;
    for letter in text.chars() {
        if letter.is_alphabetic() || letter.is_numeric() {
            if lower && letter.is_uppercase() && !out.ends_with(' ') {
                out.push(' ');
            }
            lower = letter.is_lowercase();
            out.extend(letter.to_lowercase());
        } else {
            lower = false;
            // `driver's` is `drivers`; anything else parts words.
            if !matches!(letter, '\'' | '’') && !out.ends_with(' ') {
                out.push(' ');
            }
        }
    }
    if !out.ends_with(' ') {
        out.push(' ');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_whole() {
        let none = Around::default();
        assert_eq!(word(&["lic"], "public 12", 7, &none), None);
        assert_eq!(word(&["date of birth"], "Date-of_Birth: 1", 15, &none), Some("date of birth"));
        assert_eq!(word(&["drivers license"], "driver's license no 1", 20, &none), Some("drivers license"));
        assert_eq!(word(&["ssn"], "ssn\n1", 4, &none), Some("ssn"));
        assert_eq!(word(&["ssn"], "ssn\nid 1", 7, &none), None);
        assert_eq!(word(&["ssn"], &format!("ssn{}1", " ".repeat(50)), 53, &none), None);
        let path = [Segment::Key("userSSN".into())];
        assert_eq!(word(&["ssn"], "1", 0, &Around { path: &path, column: None }), Some("ssn"));
        assert_eq!(word(&["ssn"], "1", 0, &Around { path: &[], column: Some("SSN") }), Some("ssn"));
        assert!(
            named_last(&["api key"], "x-api-key") && !named_last(&["key"], "monkey") && !named_last(&["key"], "key_id")
        );
    }
}
