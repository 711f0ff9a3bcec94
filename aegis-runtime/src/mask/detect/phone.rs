//! Telephone numbers: `+` and a country code (E.164), or a national number in a grouping that is used there.

use super::{Gate, Hit, PHONE, Text};
use crate::mask::kill;
use crate::mask::scan::{alone, before, byte, is_word, run};
use crate::mask::valid::phone::{Region, national};
use crate::vocabulary::Class;

pub(super) const NAME: &str = "phone";
pub(super) const WORDS: &[&str] = &[
    "phone",
    "telephone",
    "tel",
    "mobile",
    "cell",
    "call",
    "fax",
    "contact",
    "whatsapp",
    "sms",
    "handy",
    "telefon",
    "telefono",
    "teléfono",
    "movil",
    "móvil",
    "telefone",
    "celular",
    "cellulare",
    "portable",
    "mobil",
    "rufnummer",
    "mobiel",
    "telefoon",
    "msisdn",
    "phonenumber",
    "ring",
    "reach",
    "dial",
    "hotline",
    "landline",
    "callback",
    "mob",
    "ph",
    "téléphone",
    "number is",
];

pub(super) fn find(text: &Text<'_>, out: &mut Vec<Hit>) {
    let bytes = text.bytes;
    let mut from = 0;
    for start in memchr::memchr_iter(b'+', bytes) {
        if start < from
            || before(bytes, start).is_some_and(|byte| is_word(byte) || byte == b'+') && !after_address(out, start)
        {
            continue;
        }
        if let Some(end) = international(bytes, start + 1) {
            from = end;
            out.push(hit(start, end, NAME, Gate::Strong));
        }
    }
    if from == bytes.len() {
        return;
    }
    for word in &text.scan.words {
        if word.start < from {
            continue;
        }
        let prefix = bytes.get(..word.start).unwrap_or_default();
        if prefix.ends_with(b"00") || bytes.get(word.start..).is_some_and(|rest| rest.starts_with(b"00")) {
            // `0049 30 …` is `+49 30 …`.
            if let Some(end) = international(bytes, word.start + 2).filter(|_| word.end - word.start > 3)
                && let Some(gate) = gate(text, word.start, end, false)
            {
                from = end;
                out.push(hit(word.start, end, NAME, gate));
                continue;
            }
        }
        let bracket = word.start - usize::from(prefix.ends_with(b"("));
        let found = national_at(text, bracket)
            .or_else(|| (bracket < word.start).then(|| national_at(text, word.start)).flatten());
        if let Some(hit) = found.or_else(|| told(text, word.start, word.end)) {
            from = hit.end;
            out.push(hit);
        }
    }
}

/// Bare digits with a country code and no `+`, where a word says what they are.
fn told(text: &Text<'_>, start: usize, end: usize) -> Option<Hit> {
    let digits = text.bytes.get(start..end)?;
    let long =
        (11..=13).contains(&digits.len()) && digits.iter().all(u8::is_ascii_digit) && digits.first() != Some(&b'0');
    let whole = long && alone(text.bytes, start, end) && !kill::is_time(digits);
    whole.then(|| gate(text, start, end, false)).flatten().map(|gate| hit(start, end, NAME, gate))
}

fn national_at(text: &Text<'_>, start: usize) -> Option<Hit> {
    let bytes = text.bytes;
    // A plus or a mark before it makes it part of something longer.
    let left = before(bytes, start);
    let part = start.checked_sub(2).and_then(|at| byte(bytes, at)).is_some_and(|byte| byte.is_ascii_alphanumeric());
    if left.is_some_and(|byte| is_word(byte) || matches!(byte, b'_' | b'+'))
        || matches!(left, Some(b'-' | b'.' | b'/')) && part
        || !can_be_national(bytes, start)
    {
        return None;
    }
    let (length, grouping) = bytes.get(start..).and_then(national)?;
    let gate = gate(text, start, start + length, grouping.alone)?;
    Some(hit(start, start + length, plan_of(grouping.region), gate))
}

fn hit(start: usize, end: usize, by: &'static str, gate: Gate) -> Hit {
    Hit { start, end, class: Some(Class::Phone), by, gate }
}

/// The plan a national number is of.
const fn plan_of(region: Region) -> &'static str {
    match region {
        Region::Us => "phone-us",
        Region::Uk => "phone-uk",
        Region::De => "phone-de",
        Region::Fr => "phone-fr",
        Region::In => "phone-in",
        Region::It => "phone-it",
        Region::Es => "phone-es",
        Region::Nl => "phone-nl",
        Region::Br => "phone-br",
    }
}

/// Whether an address that was found ends here: `a@b.com+14155550100`.
fn after_address(out: &[Hit], at: usize) -> bool {
    out.iter().rev().take(2).any(|hit| hit.end == at)
}

fn gate(text: &Text<'_>, start: usize, end: usize, alone: bool) -> Option<Gate> {
    let written = text.bytes.get(start..end)?;
    let bare = written.iter().all(u8::is_ascii_digit);
    if kill::part_of_another(text.bytes, start, end) {
        return None;
    }
    if alone {
        return Some(Gate::Grouped);
    }
    let word = text.word(PHONE, WORDS, start)?;
    // A bare time stands behind `call` as often as a number does; one behind `phone` is a number.
    (!(bare && kill::is_time(written) && matches!(word, "call" | "contact" | "reach" | "ring")))
        .then_some(Gate::Context(word))
}

/// Seven digits or more with no more than two marks between; not a date.
fn can_be_national(bytes: &[u8], start: usize) -> bool {
    let lead = run(bytes, start, 5, |byte| byte.is_ascii_digit());
    if lead == 4 && !matches!(byte(bytes, start), Some(b'0' | b'1' | b'9')) {
        return false;
    }
    let reach = bytes.get(start..).unwrap_or_default().iter().take(20);
    let part =
        reach.take_while(|byte| byte.is_ascii_digit() || matches!(byte, b' ' | b'-' | b'.' | b'/' | b'(' | b')'));
    part.filter(|byte| byte.is_ascii_digit()).count() >= 7
}

/// Behind the last group of digits with which it is a number: what follows may be another one.
pub(super) fn international(bytes: &[u8], from: usize) -> Option<usize> {
    let (mut digits, mut end, mut blanks) = (0_usize, None, 0_usize);
    let mut behind = bytes.get(from..).unwrap_or_default().iter();
    let mut at = from;
    while let Some(byte) = behind.next().filter(|_| at < from + 32) {
        at += 1;
        match byte {
            b'0' if digits == 0 => break,
            b'0'..=b'9' => {
                digits += 1;
                blanks = 0;
                if digits > 15 {
                    break;
                }
                if digits >= 8 && !behind.as_slice().first().is_some_and(u8::is_ascii_alphanumeric) {
                    end = Some(at);
                }
            }
            b' ' | b'-' | b'.' | b'(' | b')' | b'/' if digits > 0 && blanks < 2 => blanks += 1,
            b'(' if digits == 0 && at == from + 1 => {}
            _ => break, // the number is over
        }
    }
    end
}
