//! International bank account numbers: a country, its registered length, and the mod-97 check (ISO 13616).

use super::{Gate, Hit, Text};
use crate::mask::scan::alone;
use crate::mask::valid::compact;
use crate::mask::valid::iban::{is_iban, length};
use crate::vocabulary::Class;

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
    let (mut count, mut mark) = (0, false);
    for (at, byte) in bytes.iter().enumerate().skip(start) {
        match byte {
            b' ' | b'-' | b'.' if !mark => mark = true,
            byte if byte.is_ascii_alphanumeric() => {
                (count, mark) = (count + 1, false);
                if count == wanted {
                    let end = at + 1;
                    return compact_of(bytes.get(start..end)?).then_some(end);
                }
            }
            _ => return None, // too short
        }
    }
    None
}

fn compact_of(written: &[u8]) -> bool {
    compact(written).is_some_and(|compact| is_iban(compact.as_bytes()))
}
