//! Values of ordinary words, which is what groups, pages and plans are called: `Growth Squad`, `Release checklist`.
//!
//! *Invariants.* One word that is in no list, and it may be somebody. The words are the usual ones of four languages, without whatever
//! is a usual given name or surname in any of a hundred countries; those stand in a list of their own, and count beside one of the former only.

use std::collections::HashSet;
use std::sync::LazyLock;

static WORDS: LazyLock<HashSet<&str>> = LazyLock::new(|| include_str!("common/words.txt").split_whitespace().collect());
/// Words of ours that are also names.
static NAMES: LazyLock<HashSet<&str>> = LazyLock::new(|| include_str!("common/names.txt").split_whitespace().collect());
/// Given names and surnames of eighty countries in their Latin letters without accents, but for those that are words: from the lists of
/// Faker (copyright Daniele Faraglia and its contributors, MIT licence), and those that the census of the United States counted most.
static CALLED: LazyLock<HashSet<&str>> =
    LazyLock::new(|| include_str!("common/called.txt").split_whitespace().collect());
/// Cities of eighty thousand people and more, countries, and regions, of one word: from GeoNames (CC BY 4.0), without those that somebody is
/// called.
static PLACES: LazyLock<HashSet<&str>> = LazyLock::new(|| include_str!("common/places.txt").lines().collect());
/// Words that hold others together.
#[rustfmt::skip]
const SMALL: &[&str] = &[
    "a", "an", "and", "at", "by", "for", "from", "in", "is", "of", "on", "or", "our", "to", "up", "us", "vs", "we", "with", "it", "q",
    "de", "des", "du", "la", "le", "les", "et", "und", "der", "die", "das", "für", "y", "el", "los", "las", "e", "il", "non",
];

/// Fewest letters of a name within a longer word, and most of two together.
const NAME: usize = 4;
const TWO: usize = 40;
/// Short surnames, which an initial stands before.
#[rustfmt::skip]
const SHORT: [&str; 28] = [
    "lee", "kim", "liu", "wu", "xu", "li", "ng", "ngo", "ma", "rao", "das", "roy", "ali", "cox", "fox", "ho", "lam", "yu", "hu", "he", "lin", "tan",
    "oh", "yoo", "cho", "park", "choi", "jung",
];
/// How surnames end that no list has all of, and forms of others.
const ENDS: [&str; 10] = ["enko", "preet", "escu", "vili", "sson", "dottir", "opoulos", "wala", "chuk", "ova"];
const FORMS: [(&str, &str); 6] =
    [("ska", "ski"), ("cka", "cki"), ("dzka", "dzki"), ("eva", "ev"), ("oe", "o"), ("ue", "u")];

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
    all && said || is_company(value) || is_pascal(value) || is_club(value)
}

/// `FC Nordhafen`, `Leeds United`: a team of several.
fn is_club(value: &str) -> bool {
    const FORMS: [&str; 13] =
        ["FC", "TSV", "VfB", "VfL", "AFC", "BSC", "TSG", "SSV", "FK", "United", "Rovers", "Wanderers", "Athletic"];
    let mut words = value.split(' ');
    let ends = [words.next(), words.next_back()];
    ends.iter().all(Option::is_some)
        && ends.iter().flatten().any(|word| FORMS.contains(word))
        && !value.split(' ').any(|word| !FORMS.contains(&word) && has_called(word))
}

/// `ResponseError`: ordinary words that begin with large letters, without a mark between.
fn is_pascal(value: &str) -> bool {
    let mut words = value.as_bytes().chunk_by(|_, next| !next.is_ascii_uppercase());
    let known = |word: &[u8]| {
        let word = String::from_utf8_lossy(word).to_lowercase();
        word.len() > 2 && is_ordinary(&word)
    };
    value.bytes().all(|byte| byte.is_ascii_alphabetic()) && words.clone().count() > 1 && words.all(known)
}

/// Whether a word is a place.
pub(super) fn is_place(word: &str) -> bool {
    word.len() <= LONGEST && PLACES.contains(word.to_lowercase().as_str())
}

/// Whether a value begins with an ordinary word and has another one, written small, as none of a name is: `Trade debtors`.
pub(super) fn has_common(value: &str) -> bool {
    let ordinary =
        |word: &str| word.len() > 3 && word.bytes().all(|byte| byte.is_ascii_lowercase()) && is_ordinary(word);
    let mut words = value.split(' ');
    value.len() <= LONGEST
        && words.next().is_some_and(|first| is_ordinary(&first.to_lowercase()))
        && words.any(ordinary)
        || is_trail(value)
}

/// `Oeschinen trail`: an ordinary word, written small, is the last of it, and nothing in it is what somebody is called.
fn is_trail(value: &str) -> bool {
    let Some((head, last)) = value.rsplit_once(' ') else { return false };
    let small = last.len() > 3 && last.bytes().all(|byte| byte.is_ascii_lowercase());
    small && value.len() <= LONGEST && is_ordinary(last) && !is_somebody(head)
}

/// Whether a value is of small letters, and nothing in it is a name of anybody; with a mark of a program's, where nothing else says
/// what it is of: `pgbouncer-01`.
pub(super) fn is_nobody(value: &str, told: bool) -> bool {
    let mark = |byte: u8| byte.is_ascii_digit() || matches!(byte, b'-' | b'_' | b'.' | b'/');
    value.len() <= LONGEST
        && value.bytes().all(|byte| byte.is_ascii_lowercase() || mark(byte))
        && value.bytes().any(|byte| byte.is_ascii_lowercase())
        && (told || value.bytes().any(mark))
        && !value.split(|letter: char| !letter.is_ascii_alphabetic()).any(is_named)
}

/// Whether a word is what somebody is called, alone or with another name or initials: `johnsmith`, `jasmith`, `smithj`, `jlee`.
fn is_named(word: &str) -> bool {
    let known = |part: Option<&str>| part.is_some_and(|part| part.len() >= NAME && CALLED.contains(part));
    let less = |letters: usize| word.len().checked_sub(letters).and_then(|end| word.get(..end));
    let both = |at: usize| known(word.get(..at)) && known(word.get(at..));
    // `kowalska` is called as `kowalski` is.
    let other = |(own, other): &(&str, &str)| {
        word.strip_suffix(own).is_some_and(|stem| CALLED.contains(format!("{stem}{other}").as_str()))
    };
    CALLED.contains(word)
        || word.get(1..).is_some_and(|rest| SHORT.contains(&rest))
        || (1..=2).any(|letters| known(word.get(letters..)) || known(less(letters)))
        || word.len() <= TWO && (NAME..word.len()).any(both)
        || ENDS.iter().any(|end| word.len() > end.len() + 2 && word.ends_with(end))
        || FORMS.iter().any(other)
}

/// Whether a word in small letters is an ordinary one, and no name.
fn is_ordinary(word: &str) -> bool {
    WORDS.contains(word) && !NAMES.contains(word)
}

/// Whether a word in small letters is an ordinary one, and maybe a name.
pub(super) fn is_word(word: &str) -> bool {
    WORDS.contains(word)
}

/// Whether any word of a value stands in a list of names.
pub(super) fn has_called(value: &str) -> bool {
    let named = |word: &str| !word.is_ascii() || CALLED.contains(word);
    value.len() > LONGEST || value.to_lowercase().split(|letter: char| !letter.is_alphabetic()).any(named)
}

/// Whether any word of a value is an ordinary one.
pub(super) fn has_ordinary(value: &str) -> bool {
    value.to_lowercase().split(|letter: char| !letter.is_alphabetic()).any(is_ordinary)
}

/// Whether any word of a value is what somebody is called, or has a name in it.
pub(super) fn is_somebody(value: &str) -> bool {
    let named = |word: &str| !word.is_ascii() || is_named(word);
    value.len() > LONGEST || value.to_lowercase().split(|letter: char| !letter.is_alphabetic()).any(named)
}

/// Whether a value is what releases are called: `2.11.0 RC 3`.
pub(super) fn is_release(value: &str) -> bool {
    const STAGES: [&str; 10] = ["rc", "beta", "alpha", "pre", "preview", "snapshot", "lts", "ga", "final", "dev"];
    let mut words = value.split([' ', '-']);
    let number = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let first = words.next().unwrap_or_default();
    let first = first.strip_prefix('v').unwrap_or(first);
    first.len() > 2
        && first.starts_with(|digit: char| digit.is_ascii_digit())
        && first.contains('.')
        && number(first)
        && words.all(|word| number(word) || STAGES.iter().any(|stage| word.eq_ignore_ascii_case(stage)))
}

/// Short words for what a machine does.
#[rustfmt::skip]
const MACHINES: [&str; 24] = [
    "db", "web", "app", "api", "srv", "vm", "k8s", "dc", "fw", "sw", "lb", "gw", "dns", "ntp", "nas", "pg", "mq", "ci", "cd", "qa", "ec2", "esx", "vpn", "cdn",
];

/// Whether a value is what a machine is called: `pg-primary-01`.
pub(super) fn is_host(value: &str) -> bool {
    let number =
        |part: &str| !part.is_empty() && part.len() <= NUMBER && part.bytes().all(|byte| byte.is_ascii_digit());
    let ordinary = |part: &str| MACHINES.contains(&part) || is_ordinary(part);
    let parts = || value.split('-');
    value.len() <= LONGEST
        && value.contains('-')
        && value.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
        && parts().all(|part| number(part) || ordinary(part) || part.len() <= 2)
        && parts().any(number)
        && parts().any(ordinary)
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
