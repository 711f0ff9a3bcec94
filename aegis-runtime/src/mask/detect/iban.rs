//! International bank account numbers: a country, its registered length, and the mod-97 check (ISO 13616).

use super::{Gate, Hit, Text};
use crate::mask::scan::alone;
use crate::mask::valid::iban::{is_iban, length};
use crate::vocabulary::Class;

/// Most characters.
const LONGEST: usize = 34;

pub(super) fn find(text: &Text<'_>, out: &mut Vec<Hit>) {
    for word in &text.scan.words {
        let head = text.bytes.get(word.start..word.end).unwrap_or_default();
        let start = match head {
            [one, two, three, ..]
                if one.is_ascii_alphabetic() && two.is_ascii_alphabetic() && three.is_ascii_digit() =>
            {
                word.start
            }
            // `DE 89 3704 …`: the country stands apart.
            [one, two, ..] if one.is_ascii_digit() && two.is_ascii_digit() && word.start >= 3 => word.start - 3,
            _ => continue,
        };
        if let Some(end) = number(text.bytes, start).filter(|end| alone(text.bytes, start, *end)) {
            out.push(Hit { start, end, class: Some(Class::Iban), by: "iban", gate: Gate::Strong });
        }
    }
}

/// Where a number ends that begins here: so many letters and digits, single marks between them.
fn number(bytes: &[u8], start: usize) -> Option<usize> {
    let [one, two] = bytes.get(start..start + 2)? else { return None };
    if !one.is_ascii_alphabetic() || !two.is_ascii_alphabetic() {
        return None;
    }
    let wanted = length([*one, *two])?;
    let (mut compact, mut count, mut mark) = ([0; LONGEST], 0, false);
    for (end, byte) in (start + 1..).zip(bytes.get(start..)?) {
        match byte {
            b' ' | b'-' | b'.' if !mark => mark = true,
            byte if byte.is_ascii_alphanumeric() => {
                *compact.get_mut(count)? = byte.to_ascii_uppercase();
                (count, mark) = (count + 1, false);
                if matches!(count, 3 | 4) && !byte.is_ascii_digit() {
                    return None; // no check digits
                }
                if count == wanted {
                    return is_iban(compact.get(..count)?).then_some(end);
                }
            }
            _ => return None, // too short
        }
    }
    None
}
