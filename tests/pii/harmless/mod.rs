//! Harmless look-alikes: not one byte may change.

mod scalars;
mod texts;

use crate::cases::{Case, text_block};
use crate::random::Random;
use serde_json::{Value, json};

/// Cases of each kind.
const EACH: usize = 12;

pub fn table() -> Vec<Case> {
    let mut random = Random::new(0x4A54);
    let mut cases = Vec::new();
    let r = &mut random;
    for _ in 0..EACH {
        for (kind, make) in scalars::SCALARS {
            let value = make(r);
            let result = placed(r, &value);
            cases.push(Case::new("harmless", *kind, &result, &[], &[]));
        }
        for (kind, make) in scalars::NUMBERS {
            let number: Value = serde_json::from_str(&make(r)).unwrap();
            let result = match r.below(3) {
                0 => json!({"structuredContent": {"id": 7, "value": number}}),
                1 => json!({"structuredContent": {"columns": ["id", "n"], "rows": [[7, number], [8, null]]}}),
                _ => text_block(&json!({"order": {"n": number, "state": "open"}}).to_string()),
            };
            cases.push(Case::new("harmless", *kind, &result, &[], &[]));
        }
        for (kind, make) in texts::TEXTS {
            cases.push(Case::new("harmless", *kind, &text_block(&make(r)), &[], &[]));
        }
    }
    cases
}

fn placed(r: &mut Random, value: &str) -> Value {
    match r.below(8) {
        0 => text_block(value),
        1 => text_block(&format!("finished with {value}, see the log")),
        2 => json!({"structuredContent": {"name": "build", "value": value}}),
        3 => json!({"structuredContent": {"items": [{"id": value, "state": "open"}]}}),
        4 => text_block(&format!("id,ref,state\n17,{value},open\n18,,closed\n")),
        5 => text_block(&format!("2026-03-01T09:12:44.123Z INFO api[17]: ref={value} took=31ms")),
        6 => json!({"structuredContent": {"columns": ["id", "ref"], "rows": [[17, value], [18, null]]}}),
        _ => text_block(&format!("- first\n- {value}\n- last")),
    }
}

type Make = fn(&mut Random) -> String;
