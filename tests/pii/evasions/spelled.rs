//! Other separators, cases and words.

use super::Disguise;
use crate::values::*;

pub const SPELLED: &[(&str, Disguise)] = &[
    ("dots", |_, class, value| match class {
        "card" => Some(embossed(value, ".")),
        "ssn" => Some(value.replace('-', ".")),
        "phone" => Some(value.replace(' ', ".")),
        _ => None,
    }),
    ("slashes", |_, class, value| match class {
        "card" => Some(embossed(value, "/")),
        _ => None,
    }),
    ("two-spaces", |_, class, value| match class {
        "card" => Some(embossed(value, "  ")),
        _ => None,
    }),
    ("spaces", |_, class, value| match class {
        "ssn" => Some(value.replace('-', " ")),
        "iban" => Some(grouped(value, &[4; 8], " ")),
        _ => None,
    }),
    ("iban-dashes", |_, class, value| if class == "iban" { Some(grouped(value, &[4; 8], "-")) } else { None }),
    ("lower-case", |_, class, value| if class == "iban" { Some(value.to_lowercase()) } else { None }),
    ("upper-case", |_, class, value| if class == "email" { Some(value.to_uppercase()) } else { None }),
    (
        "at-dot",
        |_, class, value| if class == "email" { Some(value.replace('@', " at ").replace('.', " dot ")) } else { None },
    ),
    (
        "(at)(dot)",
        |_, class, value| {
            if class == "email" { Some(value.replace('@', " (at) ").replace('.', " (dot) ")) } else { None }
        },
    ),
    (
        "[at][dot]",
        |_, class, value| if class == "email" { Some(value.replace('@', "[at]").replace('.', "[dot]")) } else { None },
    ),
    ("AT-DOT", |_, class, value| {
        if class == "email" {
            let (local, domain) = value.split_once('@')?;
            Some(format!("{local} AT {}", domain.replace('.', " DOT ")))
        } else {
            None
        }
    }),
    ("at-domain", |_, class, value| if class == "email" { Some(value.replace('@', " @ ")) } else { None }),
    (
        "full-width-at",
        |_, class, value| if class == "email" { Some(value.replace('@', "＠").replace('.', "．")) } else { None },
    ),
    ("small-at", |_, class, value| if class == "email" { Some(value.replace('@', "﹫")) } else { None }),
];
