//! Letters, digits and marks of other scripts, and what is not seen.

use super::{Disguise, map, shifted, sprinkled};
use crate::values::*;

pub const MARKS: &[(&str, Disguise)] = &[
    ("full-width", |_, _, value| {
        map(
            value,
            |letter| if letter.is_ascii_graphic() { char::from_u32(letter as u32 + 0xfee0).unwrap() } else { letter },
        )
    }),
    (
        "full-width-digits",
        |_, class, value| if class == "email" { None } else { map(value, |letter| shifted(letter, 0xff10)) },
    ),
    ("arabic-digits", |_, class, value| {
        if class == "email" || class == "secret" { None } else { map(value, |letter| shifted(letter, 0x0660)) }
    }),
    ("devanagari-digits", |_, class, value| {
        if matches!(class, "card" | "ssn" | "phone") { map(value, |letter| shifted(letter, 0x0966)) } else { None }
    }),
    ("mathematical-digits", |_, class, value| {
        if matches!(class, "card" | "ssn" | "phone") { map(value, |letter| shifted(letter, 0x1d7ce)) } else { None }
    }),
    ("zero-width", |_, _, value| sprinkled(value, "\u{200b}")),
    ("zero-width-joiner", |_, _, value| sprinkled(value, "\u{200d}")),
    ("soft-hyphen", |_, _, value| sprinkled(value, "\u{ad}")),
    ("word-joiner", |_, _, value| sprinkled(value, "\u{2060}")),
    ("variation-selector", |_, _, value| sprinkled(value, "\u{fe0f}")),
    ("bidi", |_, _, value| Some(format!("\u{202e}{value}\u{202c}"))),
    ("bidi-inside", |_, _, value| sprinkled(value, "\u{200e}")),
    ("tag-characters", |_, _, value| sprinkled(value, "\u{e0041}")),
    ("byte-order-mark", |_, _, value| sprinkled(value, "\u{feff}")),
    ("cyrillic", |_, class, value| {
        if class == "email" {
            map(value, |letter| match letter {
                'a' => 'а',
                'e' => 'е',
                'o' => 'о',
                'c' => 'с',
                'p' => 'р',
                other => other,
            })
        } else {
            None
        }
    }),
    ("greek", |_, class, value| {
        if class == "iban" {
            map(value, |letter| match letter {
                'A' => 'Α',
                'B' => 'Β',
                'E' => 'Ε',
                'T' => 'Τ',
                other => other,
            })
        } else {
            None
        }
    }),
    ("non-breaking-space", |_, class, value| match class {
        "card" => Some(embossed(value, "\u{a0}")),
        "iban" => Some(grouped(value, &[4; 8], "\u{a0}")),
        "phone" | "ssn" => Some(value.replace([' ', '-'], "\u{a0}")),
        _ => None,
    }),
    ("thin-space", |_, class, value| match class {
        "card" => Some(embossed(value, "\u{2009}")),
        "iban" => Some(grouped(value, &[4; 8], "\u{202f}")),
        "ssn" => Some(value.replace('-', "\u{2009}")),
        _ => None,
    }),
    ("dashes", |r, class, value| {
        let dash = r.pick(&["\u{2010}", "\u{2011}", "\u{2013}", "\u{2014}", "\u{2212}"]);
        match class {
            "card" => Some(embossed(value, dash)),
            "ssn" => Some(value.replace('-', dash)),
            "phone" => Some(value.replace(' ', dash)),
            _ => None,
        }
    }),
];

pub const LETTERS: &[(&str, Disguise)] = &[
    ("unicode-bold", |_, class, value| {
        if class == "email" {
            map(value, |letter| match letter {
                'a'..='z' => char::from_u32(0x1d41a + letter as u32 - 'a' as u32).unwrap(),
                other => other,
            })
        } else {
            None
        }
    }),
    ("circled-digits", |_, class, value| {
        if matches!(class, "ssn" | "card") {
            map(value, |letter| match letter {
                '1'..='9' => char::from_u32(0x2460 + letter as u32 - '1' as u32).unwrap(),
                '0' => '⓪',
                other => other,
            })
        } else {
            None
        }
    }),
    ("superscript", |_, class, value| {
        if class == "ssn" {
            map(value, |letter| match letter.to_digit(10) {
                Some(digit) => "⁰¹²³⁴⁵⁶⁷⁸⁹".chars().nth(digit as usize).unwrap(),
                None => letter,
            })
        } else {
            None
        }
    }),
    ("combining", |_, class, value| if class == "email" { sprinkled(value, "\u{34f}") } else { None }),
];
