//! Birth dates as people write them: with names of months, with words and blanks between their parts. A word has to say that somebody
//! is born. What has one of the usual shapes is a row.

use super::{BORN, Gate, Hit, Text};
use crate::mask::json::Segment;
use crate::mask::phrases::{listen, spelled};
use crate::mask::scan::{alone, before, byte, run, run_back};
use crate::mask::valid::date::spoken;
use crate::vocabulary::Class;

pub(super) const WORDS: &[&str] = &[
    "birth",
    "dob",
    "d o b",
    "born",
    "birthday",
    "birthdays",
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
    "cumple",
    "fecha de nac",
    "f de nacimiento",
    "fnac",
    "data ur",
    "data urodz",
    "syntymä",
    "doğum",
    "rođenja",
    "narození",
    "जन म",
    "जन मतिथि",
    "জন ম",
    "பிறந த",
    "рождения",
    "родился",
    "родилась",
    "народження",
    "γέννησης",
    "生日",
    "誕生日",
    "생년월일",
    "الميلاد",
    "תאריך לידה",
    "לידה",
    "تولد",
];
/// Last words of keys under which a part of a date stands.
const PARTS: &[&str] =
    &["day", "month", "year", "d", "m", "y", "dd", "mm", "yyyy", "tag", "monat", "jahr", "jour", "mois", "année"];

/// Most bytes of what stands between a month and its day: `June the 3rd`.
const BETWEEN: usize = 6;

/// Whether a place holds a part of a birth date, by its keys: `{"dob": {"day": 17}}`, `{"dob": [1983, 4, 17]}`, `{"birth_year": 1983}`.
pub(in super::super) fn is_part(path: &[Segment<'_>], value: &str) -> bool {
    let (above, last) = match path {
        [.., above, Segment::Key(last)] => (above, Some(last)),
        [Segment::Key(last)] => return is_named(last, last, value),
        // A date has three parts.
        [.., above @ Segment::Key(_), Segment::Index(0..=2)] => (above, None),
        _ => return false, // no keys
    };
    let above = if let Segment::Key(key) = above { key.as_ref() } else { "" };
    match last {
        Some(last) => is_named(last, above, value),
        None => value.len() <= YEAR && value.bytes().all(|byte| byte.is_ascii_digit()) && speaks(above),
    }
}

/// Most digits of a part, and most bytes of a month's name.
const YEAR: usize = 4;
pub(in crate::mask) const MONTH: usize = 12;

fn is_named(key: &str, above: &str, value: &str) -> bool {
    (1..=MONTH).contains(&value.len())
        && PARTS.iter().any(|part| ends(key, part))
        && value.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && (speaks(above) || speaks(key))
}

/// Whether a key's last word is this one: of `birth_year` and `birthYear`, but not of `leapyear`.
fn ends(key: &str, part: &str) -> bool {
    let Some(at) = key.len().checked_sub(part.len()) else { return false };
    let end = key.as_bytes().get(at..).unwrap_or_default();
    let fresh = at == 0
        || end.first().is_some_and(u8::is_ascii_uppercase)
        || matches!(before(key.as_bytes(), at), Some(b'_' | b'-' | b' '));
    fresh && end.eq_ignore_ascii_case(part.as_bytes())
}

/// Whether a key says that somebody is born.
fn speaks(key: &str) -> bool {
    let mut phrases = Vec::new();
    listen(&spelled(key), &mut phrases);
    phrases.iter().any(|phrase| phrase.listeners & BORN != 0)
}

pub(super) fn find(text: &Text<'_>, out: &mut Vec<Hit>) {
    let mut from = 0;
    for word in &text.scan.words {
        if word.start < from || !begins(text.bytes, word.start) || text.listeners(BORN, word.start) == 0 {
            continue;
        }
        let rest = |at: usize| text.text.get(at..).and_then(spoken).map(|length| (at, at + length));
        let found = rest(word.start).or_else(|| month_before(text.text, word.start).and_then(rest));
        if let Some((start, end)) = found.filter(|(start, end)| *start >= from && alone(text.bytes, *start, *end))
            && !is_compared(text.bytes, start)
            && !is_clock(text.bytes, start, end)
            && !is_inside(text.bytes, start)
            && let Some(said) = text.word(BORN, WORDS, start)
        {
            from = end;
            out.push(Hit { start, end, class: Some(Class::BirthDate), by: "birth-words", gate: Gate::Context(said) });
        }
    }
}

/// Whether a date is what others are held against: `date_of_birth < '2000-01-01'`.
pub(super) fn is_compared(bytes: &[u8], start: usize) -> bool {
    let end = start - run_back(bytes, start, 2, |byte| matches!(byte, b'\'' | b'"'));
    let typed = bytes.get(..end).is_some_and(|head| head.ends_with(b"DATE ") || head.ends_with(b"date "));
    let end = if typed { end - b"DATE ".len() } else { end };
    let sign = end - run_back(bytes, end, 2, |byte| byte == b' ');
    let from = sign - run_back(bytes, sign, 2, |byte| matches!(byte, b'<' | b'>' | b'='));
    end < start
        && from < sign
        && sign < end
        && matches!(bytes.get(from), Some(b'<' | b'>'))
        && before(bytes, from) == Some(b' ')
}

/// Whether a date is when a file was made, in billionths of a second: `Birth: 2023-07-12 12:27:00.384496404`.
pub(super) fn is_clock(bytes: &[u8], start: usize, end: usize) -> bool {
    let iso = matches!(bytes.get(start..end), Some([_, _, _, _, b'-', _, _, b'-', _, _]));
    let time = matches!(bytes.get(end..), Some([b' ', _, _, b':', _, _, b':', _, _, b'.', b'0'..=b'9', ..]));
    let from = end + CLOCK;
    let length = run(bytes, from, BILLIONTHS + 1, |byte| byte.is_ascii_digit());
    let parts = bytes.get(from..from + length).unwrap_or_default();
    let head = bytes.get(start.saturating_sub(LABEL)..start).unwrap_or_default();
    let line = memchr::memrchr(b'\n', head).map_or(head, |end| head.get(end + 1..).unwrap_or_default());
    let iso = iso && line.trim_ascii() == b"Birth:";
    iso && time && length == BILLIONTHS && parts.iter().any(|byte| *byte != b'0')
}

/// Most bytes of a line before such a date.
const LABEL: usize = 16;
/// Bytes from a date to the parts of its second, and digits of those.
const CLOCK: usize = 10;
const BILLIONTHS: usize = 9;

/// Whether a place is the middle of a date that a year begins.
pub(super) fn is_inside(bytes: &[u8], start: usize) -> bool {
    let head = start.checked_sub(5).and_then(|from| bytes.get(from..start));
    let year = matches!(head, Some([b'1', b'9', one, two, b'-'] | [b'2', b'0', one, two, b'-']) if one.is_ascii_digit() && two.is_ascii_digit());
    let first = start.checked_sub(6).and_then(|at| bytes.get(at));
    let begins = first.is_none_or(|byte| !byte.is_ascii_digit() && !matches!(byte, b'.' | b'/' | b'-'));
    year && begins && bytes.get(start + 2) == Some(&b'-')
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
