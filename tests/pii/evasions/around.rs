//! What stands right beside a value, or breaks it.

use super::{Disguise, encoded};
use crate::values::*;

pub const AROUND: &[(&str, Disguise)] = &[
    ("url-query", |_, class, value| Some(format!("https://acme.io/u?{class}={}", encoded(value)))),
    ("url-path", |_, class, value| {
        if matches!(class, "email" | "ssn" | "iban" | "secret") {
            Some(format!("https://acme.io/u/{value}/edit"))
        } else {
            None
        }
    }),
    ("in-parentheses", |_, class, value| if class == "ssn" { Some(format!("(SSN:{value})")) } else { None }),
    ("glued-word", |_, class, value| match class {
        "email" => Some(format!("email:{value};")),
        "card" => Some(format!("card:{value};")),
        "ssn" => Some(format!("ssn={value}&x=1")),
        "phone" => Some(format!("tel:{}", value.replace(' ', ""))),
        _ => None,
    }),
    ("markdown", |_, class, value| match class {
        "email" => Some(format!("[mail](mailto:{value})")),
        "card" => Some(format!("**{value}**")),
        "ssn" => Some(format!("`{value}`")),
        _ => None,
    }),
    ("underscores", |_, class, value| match class {
        "card" => Some(format!("_{value}_")),
        "ssn" => Some(format!("_{value}_")),
        _ => None,
    }),
    ("line-break", |_, class, value| match class {
        "card" => Some(embossed(value, "\n")),
        "iban" => Some(grouped(value, &[12, 12, 12], "\n")),
        _ => None,
    }),
    ("tabs", |_, class, value| match class {
        "card" => Some(embossed(value, "\t")),
        "iban" => Some(grouped(value, &[4; 8], "\t")),
        _ => None,
    }),
];
