//! Machine-readable lines of passports and cards: the line with the check digits, and those of names and numbers beside it.

use super::{Gate, Hit, Text};
use crate::mask::scan::{run, run_back};
use crate::mask::valid::mrz::{is_part, line};
use crate::vocabulary::Class;

/// Longest line.
const LONGEST: usize = 44;

pub(super) fn find(text: &Text<'_>, out: &mut Vec<Hit>) {
    let bytes = text.bytes;
    let mut from = 0;
    for word in &text.scan.words {
        // The line begins with its number, or with letters of it and fillers.
        let start = word.start - run_back(bytes, word.start, LONGEST + 1, is_part);
        if word.start < from || start < from {
            continue;
        }
        let length = run(bytes, start, LONGEST + 1, is_part);
        if length < 30 {
            continue;
        }
        from = start + length;
        let Some((before, behind)) = bytes.get(start..from).and_then(line) else { continue };
        let (mut first, mut last) = (start, from);
        for _ in 0..before {
            first = above(bytes, first, length).unwrap_or(first);
        }
        for _ in 0..behind {
            last = below(bytes, last, length).unwrap_or(last);
        }
        from = last;
        out.push(Hit { start: first, end: last, class: Some(Class::Passport), by: "mrz", gate: Gate::Strong });
    }
}

/// Where a line of the same length begins that ends before a place.
fn above(bytes: &[u8], at: usize, length: usize) -> Option<usize> {
    let end = at - gap(run_back(bytes, at, 4, is_gap))?;
    (run_back(bytes, end, length + 1, is_part) == length).then(|| end - length)
}

/// Where a line of the same length ends that begins behind a place.
fn below(bytes: &[u8], at: usize, length: usize) -> Option<usize> {
    let start = at + gap(run(bytes, at, 4, is_gap))?;
    (run(bytes, start, length + 1, is_part) == length).then_some(start + length)
}

fn is_gap(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\r' | b'\n')
}

/// Something between two lines, and not too much.
fn gap(length: usize) -> Option<usize> {
    (1..4).contains(&length).then_some(length)
}
