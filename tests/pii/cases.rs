//! One labelled case, and the carriers that values travel in.

use crate::random::Random;
use serde_json::{Value, json};

/// One result, what must be gone from it, and what must stay.
#[derive(Debug, Clone)]
pub struct Case {
    pub table: &'static str,
    pub class: String,
    /// The tool whose result it is, where something is declared of it.
    pub tool: Option<&'static str>,
    /// Earlier results of the same kernel.
    pub before: Vec<String>,
    /// The result, as JSON text.
    pub result: String,
    /// Values that must not leave, in each spelling they stand in.
    pub gone: Vec<String>,
    /// Words round the value that must stay. For a harmless case nothing may change at all.
    pub keep: Vec<String>,
}

impl Case {
    pub fn new(table: &'static str, class: impl Into<String>, result: &Value, gone: &[&str], keep: &[&str]) -> Self {
        let own = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
        Self {
            table,
            class: class.into(),
            tool: None,
            before: Vec::new(),
            result: result.to_string(),
            gone: own(gone),
            keep: own(keep),
        }
    }

    pub fn of(mut self, tool: &'static str) -> Self {
        self.tool = Some(tool);
        self
    }

    pub fn after(mut self, result: &Value) -> Self {
        self.before.push(result.to_string());
        self
    }

    /// Which of the values are still there: more than 60 % of one in a row counts. `out` is JSON.
    pub fn leaks(&self, out: &str) -> Vec<&str> {
        let mut leaves = Vec::new();
        match serde_json::from_str(out) {
            Ok(value) => strings(&value, &mut leaves),
            Err(_) => leaves.push(out.to_owned()),
        }
        let joined = leaves.join("\u{1}");
        let leaked = |value: &&String| {
            let letters: Vec<char> = value.chars().collect();
            let window = (letters.len() * 3).div_ceil(5).max(4).min(letters.len());
            letters.windows(window).any(|part| {
                let part: String = part.iter().collect();
                joined.contains(&part) || out.contains(&part)
            })
        };
        self.gone.iter().filter(leaked).map(String::as_str).collect()
    }

    /// Whether what must stay is still there, as it stands or behind its escapes.
    pub fn intact(&self, out: &str) -> bool {
        let mut leaves = Vec::new();
        if let Ok(value) = serde_json::from_str(out) {
            strings(&value, &mut leaves);
        }
        self.keep
            .iter()
            .all(|word| out.contains(word.as_str()) || leaves.iter().any(|leaf| leaf.contains(word.as_str())))
    }
}

/// Keys, strings and numbers, in order.
pub fn strings(value: &Value, out: &mut Vec<String>) {
    match value {
        Value::Null => {}
        Value::Bool(_) | Value::Number(_) => out.push(value.to_string()),
        Value::String(text) => out.push(text.clone()),
        Value::Array(items) => items.iter().for_each(|item| strings(item, out)),
        Value::Object(map) => {
            for (key, item) in map {
                out.push(key.clone());
                strings(item, out);
            }
        }
    }
}

pub fn text_block(text: &str) -> Value {
    json!({"content": [{"type": "text", "text": text}]})
}

/// A value that tells by itself, in one of the places a result has, and words of the place that must stay.
pub fn carried(random: &mut Random, value: &str) -> (Value, &'static [&'static str]) {
    match random.below(16) {
        0 => (
            text_block(&format!("Please get back to {value} before Friday.")),
            &["Please get back to", "before Friday."],
        ),
        1 => (text_block(value), &[]),
        2 => (
            text_block(&format!("ticket 4711: customer left ({value}) and hung up")),
            &["ticket 4711: customer left (", ") and hung up"],
        ),
        3 => (
            json!({"structuredContent": {"status": "open", "note": format!("see {value}, thanks")}}),
            &["open", "see ", ", thanks"],
        ),
        4 => (
            json!({"structuredContent": {"items": [{"k": 1, "v": value}, {"k": 2, "v": "none"}]}}),
            &["\"k\":1", "none"],
        ),
        5 => (
            text_block(&format!("2026-03-01T09:12:44Z INFO worker[17]: payload={value} attempt=2 took=31ms")),
            &["INFO worker[17]", "attempt=2 took=31ms"],
        ),
        6 => (text_block(&format!("id,value,state\n17,{value},open\n18,,closed\n")), &["id,value,state", "18,,closed"]),
        7 => (
            json!({"content": [{"type": "resource", "resource": {"uri": "file:///tmp/a.txt", "mimeType": "text/plain", "text": format!("line one\n{value}\nline three")}}]}),
            &["line one", "line three"],
        ),
        8 => (
            json!({"isError": true, "content": [{"type": "text", "text": format!("duplicate key value violates unique constraint: ({value}) already exists")}]}),
            &["duplicate key value violates unique constraint"],
        ),
        9 => (json!({"_meta": {"trace": format!("<{value}>")}, "content": []}), &["trace"]),
        10 => (text_block(&format!("| id | x |\n|---|---|\n| 17 | {value} |")), &["| id | x |", "| 17 |"]),
        11 => (text_block(&json!({"rows": [[17, value], [18, "n/a"]], "total": 2}).to_string()), &["n/a", "total"]),
        12 => (
            json!({"structuredContent": {"rows": [[17, value, "open"], [18, null, "closed"]], "columns": ["id", "x", "state"]}}),
            &["closed", "columns"],
        ),
        13 => (text_block(&format!("<row id=\"17\"><x>{value}</x></row>")), &["<row id=\"17\"><x>", "</x></row>"]),
        14 => (text_block(&format!("\"{value}\"; 'other'")), &["'other'"]),
        _ => (text_block(&format!("Subject: Re: hello\n\nHi,\n{value}\nRegards")), &["Subject: Re: hello", "Regards"]),
    }
}

/// A value that its context tells, with one of the words.
pub fn told(random: &mut Random, words: &[&str], value: &str) -> (Value, Vec<String>) {
    let word = random.pick(words).to_owned();
    let snake = word.to_lowercase().replace([' ', '-', '\''], "_");
    let camel: String = word
        .split([' ', '-'])
        .enumerate()
        .map(|(place, part)| {
            let (head, tail) = part.split_at(1);
            if place == 0 { part.to_lowercase() } else { head.to_uppercase() + &tail.to_lowercase() }
        })
        .collect();
    let keep = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
    match random.below(9) {
        0 => (text_block(&format!("{word}: {value}")), keep(&[])),
        1 => (text_block(&format!("The {word} is {value} as of today.")), keep(&["as of today."])),
        2 => (json!({"structuredContent": {"id": 17, snake: value}}), keep(&["\"id\":17"])),
        3 => (json!({"structuredContent": {"id": 17, camel: value}}), keep(&["\"id\":17"])),
        4 => {
            (json!({"structuredContent": {"columns": ["id", snake], "rows": [[17, value], [18, null]]}}), keep(&["18"]))
        }
        5 => (text_block(&format!("id,{snake},state\n17,{value},open\n")), keep(&["open"])),
        6 => (text_block(&format!("lookup {snake}={value} ok")), keep(&["lookup", " ok"])),
        7 => (
            text_block(&format!("Name: on file\n{word}: {value}\nStatus: active")),
            keep(&["Name: on file", "Status: active"]),
        ),
        _ => (text_block(&json!({"record": {snake: value, "state": "open"}}).to_string()), keep(&["open"])),
    }
}
