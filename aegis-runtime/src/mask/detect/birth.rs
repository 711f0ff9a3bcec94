//! Birth dates as people write them: with names of months, with words and blanks between their parts. A word has to say that somebody
//! is born. What has one of the usual shapes is a row.

use super::{BORN, Gate, Hit, Text};
use crate::mask::scan::{alone, byte, run};
use crate::mask::valid::date::spoken;
use crate::vocabulary::Class;

pub(super) const WORDS: &[&str] = &[
    "birth",
    "dob",
    "d o b",
    "born",
    "birthday",
    "birthdate",
    "dateofbirth",
    "bday",
    "geboren",
    "geb",
    "gebdat",
    "gebdatum",
    "geburtsdatum",
    "geburtstag",
    "geburtsdat",
    "naissance",
    "né",
    "née",
    "nés",
    "né e",
    "ne le",
    "nee le",
    "ddn",
    "nacimiento",
    "nacido",
    "nacida",
    "nació",
    "fecha nac",
    "f nac",
    "nascita",
    "nato",
    "nata",
    "geboortedatum",
    "geb datum",
    "nascimento",
    "nascido",
    "nascida",
    "nasceu",
    "dt nasc",
    "data nasc",
    "urodzenia",
    "urodzony",
    "urodzona",
    "född",
    "födelsedatum",
    "født",
    "fødselsdato",
    "syntymäaika",
    "syntynyt",
    "cumpleaños",
    "compleanno",
    "生年月日",
    "出生日期",
];

/// Most bytes of what stands between a month and its day: `June the 3rd`.
const BETWEEN: usize = 6;

pub(super) fn find(text: &Text<'_>, out: &mut Vec<Hit>) {
    let mut from = 0;
    for word in &text.scan.words {
        if word.start < from || !begins(text.bytes, word.start) || text.listeners(BORN, word.start) == 0 {
            continue;
        }
        let rest = |at: usize| text.text.get(at..).and_then(spoken).map(|length| (at, at + length));
        let found = rest(word.start).or_else(|| month_before(text.text, word.start).and_then(rest));
        if let Some((start, end)) = found.filter(|(start, end)| *start >= from && alone(text.bytes, *start, *end))
            && let Some(said) = text.word(BORN, WORDS, start)
        {
            from = end;
            out.push(Hit { start, end, class: Some(Class::BirthDate), by: "birth-words", gate: Gate::Context(said) });
        }
    }
}

/// Whether a day or a year begins here: one digit, two or four, and a mark or a few letters behind them.
fn begins(bytes: &[u8], at: usize) -> bool {
    let lead = run(bytes, at, 5, |byte| byte.is_ascii_digit());
    let year = || bytes.get(at..).is_some_and(|rest| rest.starts_with(b"19") || rest.starts_with(b"20"));
    (matches!(lead, 1 | 2) || lead == 4 && year()) && byte(bytes, at + lead).is_some_and(|byte| byte != b':')
}

/// Where the word begins that stands before a day, if it can be a month's name.
fn month_before(text: &str, at: usize) -> Option<usize> {
    let head = text.get(..at)?;
    let trimmed = head.trim_end_matches([' ', '.', '-', '/']);
    let trimmed = trimmed.strip_suffix(" the").unwrap_or(trimmed);
    let letters: usize =
        trimmed.chars().rev().take(12).take_while(|letter| letter.is_alphabetic()).map(char::len_utf8).sum();
    (letters >= 3 && at - trimmed.len() <= BETWEEN && trimmed.len() < at).then(|| trimmed.len() - letters)
}
