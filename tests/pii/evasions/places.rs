//! Places of a message, and spellings that only raw JSON has.

use super::digits_only;
use crate::cases::{Case, text_block};
use crate::random::Random;
use crate::values::*;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

pub type Place = fn(&mut Random, &str, &str) -> Option<(Value, Vec<String>)>;

pub const PLACES: &[(&str, Place)] = &[
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
pub fn raw(class: &str, value: &str) -> Vec<Case> {
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
