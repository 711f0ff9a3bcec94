//! Evasions: the same values, spelled so that a plain pattern does not see them.

use crate::cases::{Case, carried, text_block};
use crate::random::Random;
use crate::values::*;
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde_json::{Value, json};

/// Rounds of every disguise.
const EACH: usize = 4;

/// A value to hide, and its class.
fn victims(r: &mut Random) -> Vec<(&'static str, String)> {
    let mut bare = card(r, "visa");
    while bare.len() != 16 {
        bare = card(r, "visa");
    }
    vec![
        ("email", email(r)),
        ("card", bare),
        ("ssn", ssn(r)),
        ("iban", iban(r)),
        ("phone", format!("+49 30 {}", r.digits(7))),
        ("secret", token(r, "github")),
    ]
}

pub fn table() -> Vec<Case> {
    let mut random = Random::new(0xE7A5);
    let mut cases = Vec::new();
    let r = &mut random;
    for _ in 0..EACH {
        for (class, value) in victims(r) {
            for (kind, disguise) in DISGUISES {
                let Some(spelled) = disguise(r, class, &value) else { continue };
                let (result, _) = carried(r, &spelled);
                let (kind, encoded) = (format!("{kind}/{class}"), encoded(&value));
                // Where the value stands as it is, or percent-encoded, in something longer, only it has to go.
                let gone =
                    [&value, &encoded].into_iter().find(|inner| spelled.contains(inner.as_str())).unwrap_or(&spelled);
                cases.push(Case::new("evasion", kind, &result, &[gone, &value], &[]));
            }
            for (kind, place) in PLACES {
                let Some((result, spelled)) = place(r, class, &value) else { continue };
                let spelled: Vec<&str> = spelled.iter().map(String::as_str).collect();
                cases.push(Case::new("evasion", format!("{kind}/{class}"), &result, &spelled, &[]));
            }
            cases.extend(raw(class, &value));
        }
    }
    cases
}

/// A value as a query of a URL spells it.
fn encoded(value: &str) -> String {
    value.replace('@', "%40").replace(' ', "%20").replace('+', "%2B")
}

type Disguise = fn(&mut Random, &str, &str) -> Option<String>;

fn digits_only(value: &str) -> String {
    value.chars().filter(char::is_ascii_alphanumeric).collect()
}

fn map(value: &str, of: impl Fn(char) -> char) -> Option<String> {
    Some(value.chars().map(of).collect())
}

fn shifted(letter: char, zero: u32) -> char {
    letter.to_digit(10).and_then(|digit| char::from_u32(zero + digit)).unwrap_or(letter)
}

/// A character every so often.
fn sprinkled(value: &str, mark: &str) -> Option<String> {
    Some(
        value
            .chars()
            .enumerate()
            .map(|(place, letter)| if place % 3 == 1 { format!("{letter}{mark}") } else { letter.to_string() })
            .collect(),
    )
}

const DISGUISES: &[(&str, Disguise)] = &[
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

type Place = fn(&mut Random, &str, &str) -> Option<(Value, Vec<String>)>;

const PLACES: &[(&str, Place)] = &[
    ("json-key", |_, _, value| {
        Some((json!({"structuredContent": {value: {"state": "open"}}}), vec![value.to_owned()]))
    }),
    ("json-key-deep", |_, _, value| {
        Some((text_block(&json!({"index": {format!("user:{value}"): 1}}).to_string()), vec![value.to_owned()]))
    }),
    ("json-number", |_, class, value| match class {
        "card" => Some((json!({"structuredContent": {"n": value.parse::<u64>().unwrap()}}), vec![value.to_owned()])),
        "ssn" => {
            let bare = digits_only(value).trim_start_matches('0').to_owned();
            (bare.len() == 9)
                .then(|| (json!({"structuredContent": {"ssn": bare.parse::<u64>().unwrap()}}), vec![bare.clone()]))
        }
        "phone" => {
            let bare = digits_only(value);
            Some((json!({"structuredContent": {"phoneNumber": bare.parse::<u64>().unwrap()}}), vec![bare]))
        }
        _ => None,
    }),
    ("number-in-rows", |_, class, value| {
        if class == "card" {
            Some((
                json!({"structuredContent": {"columns": ["id", "pan"], "rows": [[1, value.parse::<u64>().unwrap()]]}}),
                vec![value.to_owned()],
            ))
        } else {
            None
        }
    }),
    ("split-cells", |_, class, value| {
        let parts: Vec<String> = match class {
            "card" => embossed(value, " ").split(' ').map(str::to_owned).collect(),
            "ssn" => value.split('-').map(str::to_owned).collect(),
            "email" => {
                let (local, domain) = value.split_once('@')?;
                vec![format!("{local}@"), domain.to_owned()]
            }
            "iban" => {
                let (one, two) = value.split_at(8);
                vec![one.to_owned(), two.to_owned()]
            }
            _ => return None,
        };
        // What is left of a split value: none of its longest parts.
        let longest = parts.iter().max_by_key(|part| part.len()).unwrap().clone();
        Some((json!({"structuredContent": {"rows": [["17", parts]]}}), vec![longest]))
    }),
    ("split-cells-number", |_, class, value| {
        if class == "card" {
            let parts: Vec<u64> = embossed(value, " ")
                .split(' ')
                .filter(|part| !part.starts_with('0'))
                .map(|part| part.parse().unwrap())
                .collect();
            (parts.len() == 4).then(|| (json!({"structuredContent": {"card": parts}}), vec![value[12..].to_owned()]))
        } else {
            None
        }
    }),
    ("split-siblings", |_, class, value| {
        if class == "email" {
            let (local, domain) = value.split_once('@')?;
            Some((json!({"structuredContent": {"a": format!("{local}@"), "b": domain}}), vec![local.to_owned()]))
        } else {
            None
        }
    }),
    ("split-blocks", |_, class, value| {
        let (one, two) = value.split_at(value.len() / 2);
        let gone = if class == "phone" { digits_only(two) } else { one.to_owned() };
        Some((
            json!({"content": [{"type": "text", "text": format!("it is {one}")}, {"type": "text", "text": format!("{two} indeed")}]}),
            vec![gone],
        ))
    }),
    ("resource-uri", |_, _, value| {
        Some((
            json!({"content": [{"type": "resource_link", "uri": format!("crm://contact/{}", value.replace(' ', "%20")), "name": "contact"}]}),
            vec![value.replace(' ', "%20")],
        ))
    }),
    ("resource-blob", |_, _, value| {
        let blob = STANDARD.encode(format!("name;value\nx;{value}\n"));
        Some((
            json!({"content": [{"type": "resource", "resource": {"uri": "file:///a.csv", "mimeType": "text/csv", "blob": blob}}]}),
            vec![blob.clone(), value.to_owned()],
        ))
    }),
    ("annotation", |_, _, value| {
        Some((
            json!({"content": [{"type": "text", "text": "ok", "annotations": {"note": value}}]}),
            vec![value.to_owned()],
        ))
    }),
    ("unknown-field", |_, _, value| {
        Some((json!({"content": [], "x-debug": {"last": [[value]]}}), vec![value.to_owned()]))
    }),
    ("type-field-elsewhere", |_, _, value| {
        Some((
            json!({"structuredContent": {"type": value, "method": value, "mimeType": value}}),
            vec![value.to_owned()],
        ))
    }),
    ("name-title", |_, _, value| {
        Some((
            json!({"content": [{"type": "resource_link", "uri": "file:///x", "name": value, "title": value, "description": value}]}),
            vec![value.to_owned()],
        ))
    }),
    ("error-data", |_, _, value| {
        Some((
            json!({"jsonrpc": "2.0", "id": 4, "error": {"code": -32000, "message": format!("no such row: {value}"), "data": {"row": [value]}}}),
            vec![value.to_owned()],
        ))
    }),
    ("progress", |_, _, value| {
        Some((
            json!({"jsonrpc": "2.0", "method": "notifications/progress", "params": {"progressToken": 7, "progress": 1, "message": format!("working on {value}")}}),
            vec![value.to_owned()],
        ))
    }),
];

/// Spellings that only raw JSON has.
fn raw(class: &str, value: &str) -> Vec<Case> {
    let escaped: String = value.encode_utf16().map(|unit| format!("\\u{unit:04x}")).collect();
    let raw = |kind: &str, result: String| Case {
        result,
        ..Case::new("evasion", format!("{kind}/{class}"), &Value::Null, &[value], &[])
    };
    let mut cases = vec![
        raw("json-escapes", format!("{{\"content\":[{{\"type\":\"text\",\"text\":\"see {escaped}.\"}}]}}")),
        raw("json-key-escapes", format!("{{\"structuredContent\":{{\"{escaped}\":1}}}}")),
        raw("duplicate-key", format!("{{\"structuredContent\":{{\"a\":\"{value}\",\"a\":\"ok\"}}}}")),
        raw(
            "duplicate-content",
            format!("{{\"content\":[{{\"type\":\"text\",\"text\":\"{value}\"}}],\"content\":[]}}"),
        ),
        raw("white-space", format!(" {{ \"content\" :\n[ {{ \"type\":\"text\" ,\t\"text\" : \"{value}\" }} ] }} ")),
    ];
    if class == "card" {
        cases.push(raw("number-exponent", format!("{{\"structuredContent\":{{\"n\":{value}e0}}}}")));
        cases.push(raw("number-fraction", format!("{{\"structuredContent\":{{\"n\":{value}.0}}}}")));
        cases.push(raw("number-negative", format!("{{\"structuredContent\":{{\"n\":-{value}}}}}")));
    }
    cases
}
