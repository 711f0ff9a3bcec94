//! Values of ordinary words, which is what groups, pages and plans are called: `Growth Squad`, `Release checklist`.
//!
//! *Invariants.* One word that is in no list, and it may be somebody. The words are the usual ones of four languages, without whatever
//! is a usual given name or surname in any of a hundred countries; those stand in a list of their own, and count beside one of the former only.

use std::collections::HashSet;
use std::sync::LazyLock;

static WORDS: LazyLock<HashSet<&str>> = LazyLock::new(|| include_str!("common/words.txt").split_whitespace().collect());
/// Words of ours that are also names.
static NAMES: LazyLock<HashSet<&str>> = LazyLock::new(|| include_str!("common/names.txt").split_whitespace().collect());
/// Words that hold others together.
#[rustfmt::skip]
const SMALL: &[&str] = &[
    "a", "an", "and", "at", "by", "for", "from", "in", "is", "of", "on", "or", "our", "to", "up", "us", "vs", "we", "with", "it", "q",
    "de", "des", "du", "la", "le", "les", "et", "und", "der", "die", "das", "für", "y", "el", "los", "las", "e", "il", "non",
];

/// Longest value that is looked at, and longest number in it.
const LONGEST: usize = 96;
const NUMBER: usize = 4;

/// Whether nothing in a value could be what somebody is called.
pub(super) fn is_common(value: &str) -> bool {
    let between =
        |letter: char| matches!(letter, ' ' | '-' | '_' | '/' | '&' | ':' | ',' | '(' | ')' | '|' | '!' | '?' | '.');
    if value.len() > LONGEST {
        return false;
    }
    let mut said = false;
    let all = value.split(between).filter(|word| !word.is_empty()).all(|word| {
        let word = word.strip_suffix("'s").unwrap_or(word);
        // `API`, `EU`, `HD`; two of them may be somebody's initials.
        let letters =
            word.len() <= NUMBER && word.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
        let word = word.to_lowercase();
        let known = WORDS.contains(word.as_str());
        said |= known || letters && word.len() > 2 && word.bytes().all(|byte| byte.is_ascii_lowercase());
        let number = word.len() <= NUMBER && word.bytes().all(|byte| byte.is_ascii_digit());
        known || number || letters || NAMES.contains(word.as_str()) || SMALL.contains(&word.as_str())
    });
    all && said || is_company(value)
}

/// Whether a word inside of a value is an ordinary one and written small, as none of a name is: `Cash at bank`, `Repairs & renewals`.
pub(super) fn has_common(value: &str) -> bool {
    let ordinary = |word: &str| {
        word.len() > 3
            && word.bytes().all(|byte| byte.is_ascii_lowercase())
            && WORDS.contains(word)
            && !NAMES.contains(word)
    };
    value.len() <= LONGEST
        && value.starts_with(|first: char| first.is_uppercase())
        && value.split(' ').skip(1).any(ordinary)
}

/// Whether a value is what machines and releases are called: `pg-primary-01`, `2.11.0 RC 3`.
pub(super) fn is_numbered(value: &str) -> bool {
    let release = value.split_once('.').is_some_and(|(major, rest)| {
        (1..=3).contains(&major.len())
            && major.bytes().all(|byte| byte.is_ascii_digit())
            && rest.starts_with(|next: char| next.is_ascii_digit())
    });
    let number =
        |part: &str| !part.is_empty() && part.len() <= NUMBER && part.bytes().all(|byte| byte.is_ascii_digit());
    let ordinary = |part: &str| WORDS.contains(part) && !NAMES.contains(part);
    let parts = || value.split('-');
    let host = value.contains('-')
        && value.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
        && parts().all(|part| number(part) || ordinary(part) || part.len() <= 2)
        && parts().any(number)
        && parts().any(ordinary);
    value.len() <= LONGEST && (release || host)
}

/// Whether a value ends in what a company is: nobody is called so.
fn is_company(value: &str) -> bool {
    const FORMS: [&str; 26] = [
        "inc",
        "corp",
        "llc",
        "ltd",
        "gmbh",
        "ag",
        "kg",
        "ohg",
        "ug",
        "plc",
        "sarl",
        "sas",
        "srl",
        "spa",
        "bv",
        "nv",
        "oy",
        "ab",
        "as",
        "aps",
        "pty",
        "llp",
        "limited",
        "corporation",
        "company",
        "co",
    ];
    let last = value.trim_end_matches('.').rsplit_once([' ', ',']).map(|(_, last)| last.to_lowercase());
    last.is_some_and(|last| FORMS.contains(&last.replace('.', "").as_str()))
}

#[cfg(test)]
mod tests {
    use super::{NAMES, WORDS, is_common};

    #[test]
    fn things_are_told_from_people() {
        for thing in [
            "Growth Squad",
            "Release checklist",
            "Team Calendar 2026",
            "Red Team",
            "dark-mode",
            "Living Room",
            "Q&A: Billing & Refunds",
            "Questions about the invoice",
            "Marketing",
            "Walnut Shelf",
            "Starter",
            "QA environment",
            "USB-C Cable",
            "Acme Corp.",
            "Müller GmbH",
        ] {
            assert!(is_common(thing), "{thing}");
        }
        for person in [
            "Ada Lovelace",
            "Mark Hunter",
            "Will Young",
            "Rose Baker",
            "April May",
            "Grace",
            "Hunter",
            "Summer Winter",
            "Ada",
            "Support, Ada",
            "Marketing (Ada)",
            "QWRh",
            "Ada's Team",
            "Jack Black",
            "JR Smith",
            "AJ",
            "Chance Law",
            "12345 Market",
            "",
            "2026",
        ] {
            assert!(!is_common(person), "{person}");
        }
    }

    #[test]
    fn no_word_is_in_both_lists() {
        assert!(WORDS.is_disjoint(&NAMES) && WORDS.len() > 3000);
    }
}
