//! Encodings, alone and in each other.

use super::Disguise;
use crate::values::*;
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde_json::json;

pub const ENCODED: &[(&str, Disguise)] = &[
    ("percent", |_, _, value| {
        Some(
            value
                .bytes()
                .map(
                    |byte| {
                        if byte.is_ascii_alphanumeric() { (byte as char).to_string() } else { format!("%{byte:02X}") }
                    },
                )
                .collect(),
        )
        .filter(|out: &String| out.contains('%'))
    }),
    ("percent-all", |_, _, value| Some(value.bytes().map(|byte| format!("%{byte:02x}")).collect())),
    ("percent-twice", |_, class, value| if class == "email" { Some(value.replace('@', "%2540")) } else { None }),
    ("plus-as-space", |_, class, value| if class == "card" { Some(embossed(value, "+")) } else { None }),
    ("html-decimal", |_, _, value| Some(value.chars().map(|letter| format!("&#{};", letter as u32)).collect())),
    ("html-hex", |_, _, value| Some(value.chars().map(|letter| format!("&#x{:x};", letter as u32)).collect())),
    (
        "html-named",
        |_, class, value| {
            if class == "email" { Some(value.replace('@', "&commat;").replace('.', "&period;")) } else { None }
        },
    ),
    ("html-at", |_, class, value| if class == "email" { Some(value.replace('@', "&#64;")) } else { None }),
    ("html-tags", |_, class, value| match class {
        "email" => Some(value.replace('@', "<b>@</b>")),
        "card" => Some(embossed(value, "<br>")),
        _ => None,
    }),
    ("backslash-u", |_, _, value| Some(value.chars().map(|letter| format!("\\u{:04x}", letter as u32)).collect())),
    ("backslash-u-at", |_, class, value| if class == "email" { Some(value.replace('@', "\\u0040")) } else { None }),
    ("backslash-x", |_, _, value| Some(value.bytes().map(|byte| format!("\\x{byte:02x}")).collect())),
    ("quoted-printable", |_, _, value| Some(value.bytes().map(|byte| format!("={byte:02X}")).collect())),
    ("quoted-printable-at", |_, class, value| if class == "email" { Some(value.replace('@', "=40")) } else { None }),
    ("quoted-printable-break", |_, _, value| {
        let (one, two) = value.split_at(value.len() / 2);
        Some(format!("{one}=\r\n{two}"))
    }),
    ("base64", |_, _, value| Some(STANDARD.encode(value))),
    ("base64-url", |_, _, value| Some(URL_SAFE_NO_PAD.encode(value))),
    ("base64-sentence", |_, _, value| Some(STANDARD.encode(format!("please contact {value} as soon as possible")))),
    ("base64-json", |_, class, value| Some(STANDARD.encode(json!({"class": class, "v": value}).to_string()))),
    ("base64-twice", |_, _, value| Some(STANDARD.encode(STANDARD.encode(format!("the value is {value}"))))),
    ("base64-lines", |_, _, value| {
        let whole = STANDARD
            .encode(format!("a longer text that holds {value} and then goes on for a while, so that lines break"));
        Some(grouped(&whole, &[64, 64, 64], "\n"))
    }),
    ("hex", |_, _, value| Some(value.bytes().map(|byte| format!("{byte:02x}")).collect())),
    ("hex-upper", |_, _, value| Some(value.bytes().map(|byte| format!("{byte:02X}")).collect())),
    ("hex-spaced", |_, _, value| {
        Some(value.bytes().map(|byte| format!("{byte:02x} ")).collect::<String>().trim().to_owned())
    }),
    ("data-uri", |_, _, value| Some(format!("data:text/plain;base64,{}", STANDARD.encode(format!("hello {value}"))))),
    ("data-uri-percent", |_, _, value| {
        Some(format!("data:text/plain,{}", value.replace('@', "%40").replace(' ', "%20")))
    }),
    ("embedded-json", |_, _, value| Some(json!({"a": {"b": [value]}}).to_string())),
    ("embedded-json-twice", |_, _, value| Some(json!({"a": json!({"b": value}).to_string()}).to_string())),
];
