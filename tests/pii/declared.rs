//! What is declared, in every shape; names that were learned; credentials that the kernel holds.

use crate::cases::{Case, text_block};
use crate::random::{ALNUM, Random};
use crate::values::*;
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde_json::{Value, json};

/// Cases of each shape.
const EACH: usize = 10;
const QUERY: &str = "crm__query";
const GET: &str = "crm__get";
const STORE: &str = "store__get_object";

/// Values that nothing but a declaration tells.
fn address(r: &mut Random) -> String {
    format!(
        "{} {} Lane, {}",
        r.between(1, 900),
        last(r),
        r.pick(&["Lower Wibbleton", "Great Snoring", "Ashby-de-la-Zouch"])
    )
}

pub fn table() -> Vec<Case> {
    let mut random = Random::new(0xDEC1);
    let mut cases = Vec::new();
    let r = &mut random;
    for _ in 0..EACH {
        let (name, street, born, salary) = (name(r), address(r), birth_date(r), r.between(31_000, 290_000));
        let pay = salary.to_string();
        let mut add = |kind: &str, tool, result: Value, gone: &[&str], keep: &[&str]| {
            cases.push(Case::new("declared", kind, &result, gone, keep).of(tool));
        };
        add(
            "json-path",
            GET,
            json!({"structuredContent": {"customers": [{"full_name": name, "state": "open"}]}}),
            &[&name],
            &["open", "full_name"],
        );
        add("json-path-bare", GET, json!({"customers": [{"full_name": name, "state": "open"}]}), &[&name], &["open"]);
        add(
            "json-path-text",
            GET,
            text_block(&json!({"customers": [{"full_name": name, "state": "open"}]}).to_string()),
            &[&name],
            &["open"],
        );
        add(
            "number",
            GET,
            json!({"structuredContent": {"payroll": {"salary": salary, "grade": 7}}}),
            &[&pay],
            &["\"grade\":7"],
        );
        add(
            "number-text",
            GET,
            text_block(&json!({"payroll": {"salary": salary, "grade": 7}}).to_string()),
            &[&pay],
            &["grade"],
        );
        add(
            "subtree",
            GET,
            json!({"structuredContent": {"profile": {"address": {"lines": [street, "second floor left"], "geo": {"hint": "behind the mill"}}, "state": "open"}}}),
            &[&street, "second floor left", "behind the mill"],
            &["open"],
        );
        add(
            "date",
            GET,
            json!({"structuredContent": {"profile": {"born": born, "joined": "2026-03-01"}}}),
            &[&born],
            &["2026-03-01"],
        );
        add(
            "rows-arrays",
            QUERY,
            json!({"structuredContent": {"columns": ["id", "full_name", "salary"], "rows": [[17, name, salary], [18, null, null]]}}),
            &[&name, &pay],
            &["18", "columns"],
        );
        add(
            "rows-objects",
            QUERY,
            json!({"structuredContent": {"rows": [{"id": 17, "full_name": name, "birth_date": born}]}}),
            &[&name, &born],
            &["17"],
        );
        add(
            "rows-in-text",
            QUERY,
            json!({"content": [{"type": "text", "text": json!({"columns": ["id", "full_name"], "rows": [[17, name]]}).to_string()}], "structuredContent": {"columns": ["id", "full_name"], "rows": [[17, name]]}}),
            &[&name],
            &["17"],
        );
        add(
            "rows-quoted-column",
            QUERY,
            json!({"structuredContent": {"columns": ["customers.full_name", "\"salary\""], "rows": [[name, salary]]}}),
            &[&name, &pay],
            &[],
        );
        add(
            "rows-behind-columns",
            QUERY,
            json!({"structuredContent": {"rows": [[name, 17]], "columns": ["full_name", "id"]}}),
            &[&name],
            &["17"],
        );
        add(
            "csv",
            STORE,
            text_block(&format!("id,full_name,state\r\n17,{name},open\r\n18,\"{name}\",closed\r\n")),
            &[&name],
            &["id,full_name,state", "open", "closed"],
        );
        add(
            "csv-quotes",
            STORE,
            text_block(&format!("id,address,state\n17,\"{street}\",open\n")),
            &[&street],
            &["open"],
        );
        add("csv-semicolon", STORE, text_block(&format!("id;full_name;state\n17;{name};open\n")), &[&name], &["open"]);
        add("tsv", STORE, text_block(&format!("id\tfull_name\tstate\n17\t{name}\topen\n")), &[&name], &["open"]);
        add(
            "csv-column-case",
            STORE,
            text_block(&format!("ID,Full_Name,State\n17,{name},open\n")),
            &[&name],
            &["open"],
        );
        add("csv-words", STORE, text_block(&format!("Id,Full Name,State\n17,{name},open\n")), &[&name], &["open"]);
        add(
            "markdown-table",
            STORE,
            text_block(&format!(
                "Found one:\n\n| id | full_name | state |\n|----|-----------|-------|\n| 17 | {name} | open |\n\nThat is all."
            )),
            &[&name],
            &["open", "That is all.", "| 17 |"],
        );
        add(
            "key-value",
            STORE,
            text_block(&format!("id: 17\nfull_name: {name}\nstate: open\n")),
            &[&name],
            &["id: 17", "state: open"],
        );
        add(
            "key-equals",
            STORE,
            text_block(&format!("id=17\naddress={street}\nstate=open\n")),
            &[&street],
            &["id=17", "state=open"],
        );
        add(
            "yaml",
            STORE,
            text_block(&format!("- id: 17\n  full_name: \"{name}\"\n  state: open\n")),
            &[&name],
            &["id: 17", "state: open"],
        );
        add(
            "xml",
            STORE,
            text_block(&format!("<c><id>17</id><full_name>{name}</full_name><state>open</state></c>")),
            &[&name],
            &["<id>17</id>", "<state>open</state>"],
        );
        add(
            "xml-attribute",
            STORE,
            text_block(&format!("<c id=\"17\" full_name=\"{name}\" state=\"open\"/>")),
            &[&name],
            &["state=\"open\""],
        );
        add(
            "json-lines",
            STORE,
            text_block(&format!(
                "{}\n{}\n",
                json!({"id": 17, "full_name": name}),
                json!({"id": 18, "full_name": name})
            )),
            &[&name],
            &["17", "18"],
        );
        add(
            "json-object",
            STORE,
            text_block(&json!([{"id": 17, "full_name": name, "address": {"street": street}}]).to_string()),
            &[&name, &street],
            &["17"],
        );
        add("camel-case", STORE, text_block(&json!({"id": 17, "fullName": name}).to_string()), &[&name], &["17"]);
        add(
            "sql-insert",
            STORE,
            text_block(&format!("INSERT INTO customers (id, full_name, state) VALUES (17, '{name}', 'open');")),
            &[&name],
            &["open"],
        );
        same_result(&mut cases, &name, r);
    }
    learned(r, &mut cases);
    cases
}

/// A name that is declared in one place of a result and stands free in another.
fn same_result(cases: &mut Vec<Case>, name: &str, r: &mut Random) {
    let (one, two) = name.split_once(' ').unwrap();
    let ticket = r.digits(4);
    let spellings = [
        ("as-is", name.to_owned()),
        ("last-first", format!("{two}, {one}")),
        ("upper", name.to_uppercase()),
        ("lower", name.to_lowercase()),
        ("two-blanks", format!("{one}  {two}")),
        ("possessive", format!("{name}'s")),
        ("underscore", format!("{one}_{two}").to_lowercase()),
        ("first-dot-last", format!("{one}.{two}").to_lowercase()),
    ];
    for (kind, spelled) in spellings {
        let bare = spelled.trim_end_matches("'s");
        let result = json!({"structuredContent": {"columns": ["id", "full_name", "note"], "rows": [[17, name, format!("ticket {ticket}: {spelled} called twice")]]}});
        cases.push(
            Case::new("learned", format!("same-result-{kind}"), &result, &[name, bare], &["called twice", &ticket])
                .of(QUERY),
        );
    }
    let before =
        json!({"structuredContent": {"note": format!("{name} is due"), "columns": ["full_name"], "rows": [[name]]}});
    cases.push(Case::new("learned", "same-result-before", &before, &[name], &["is due"]).of(QUERY));
}

/// Names that one result declares and a later one mentions.
fn learned(r: &mut Random, cases: &mut Vec<Case>) {
    for _ in 0..EACH {
        let (name, mail) = (name(r), email(r));
        let (one, two) = name.split_once(' ').unwrap();
        let first = text_block(&format!("id,full_name,email\n17,{name},{mail}\n"));
        let note = |text: String| json!({"content": [{"type": "text", "text": text}]});
        for (kind, later, gone) in [
            ("later", note(format!("Spoke to {name} this morning.")), vec![name.clone()]),
            (
                "later-last-first",
                note(format!("Caller: {two}, {one} (again)")),
                vec![name.clone(), format!("{two}, {one}")],
            ),
            ("later-upper", note(format!("FAO {} ONLY", name.to_uppercase())), vec![name.to_uppercase()]),
            ("later-key", json!({"structuredContent": {"by_name": {name.clone(): 3}}}), vec![name.clone()]),
            (
                "later-error",
                json!({"isError": true, "content": [{"type": "text", "text": format!("no customer called '{name}'")}]}),
                vec![name.clone()],
            ),
            (
                "later-escaped",
                json!({"structuredContent": {"x": name.replace(' ', "%20")}}),
                vec![name.replace(' ', "%20")],
            ),
        ] {
            let gone: Vec<&str> = gone.iter().map(String::as_str).collect();
            cases.push(Case::new("learned", kind, &later, &gone, &[]).of(STORE).after(&first));
        }
        // What must not be learned: short, common, numbers.
        let dull = text_block("full_name,salary,address\nAl,120,yes\n,7,open\n");
        let later = note("Al said yes 120 times, 7 are open".to_owned());
        cases.push(
            Case::new("learned-harmless", "short", &later, &[], &["Al said yes 120 times, 7 are open"])
                .of(STORE)
                .after(&dull),
        );
    }
}

/// Held credentials, in every encoding; `hold` is given to the masker before.
pub struct HeldCase {
    pub hold: String,
    pub case: Case,
}

pub fn held() -> Vec<HeldCase> {
    let mut random = Random::new(0x4E1D);
    let r = &mut random;
    let mut cases = Vec::new();
    for _ in 0..EACH {
        let hold = format!("{}/{}+{}=", r.text(ALNUM, 7), r.text(ALNUM, 6), r.text(ALNUM, 6));
        let percent: String = hold.replace('/', "%2F").replace('+', "%2B").replace('=', "%3D");
        let hex: String = hold.bytes().map(|byte| format!("{byte:02x}")).collect();
        let escaped: String = hold.chars().map(|letter| format!("\\u{:04x}", letter as u32)).collect();
        let spelled = [
            ("literal", hold.clone()),
            ("inside", format!("pg://u:{hold}@h")),
            ("percent", percent.clone()),
            ("percent-lower", percent.replace("%2F", "%2f").replace("%2B", "%2b").replace("%3D", "%3d")),
            ("percent-all", hold.bytes().map(|byte| format!("%{byte:02X}")).collect()),
            ("hex", hex.clone()),
            ("hex-upper", hex.to_uppercase()),
            ("base64-0", STANDARD.encode(&hold)),
            ("base64-1", STANDARD.encode(format!("u:{hold}:x"))),
            ("base64-2", STANDARD.encode(format!("user:{hold}"))),
            ("base64-3", STANDARD.encode(format!("user1:{hold} "))),
            ("base64-url", URL_SAFE_NO_PAD.encode(format!("??{hold}>>"))),
            ("escaped", escaped),
            ("html", hold.chars().map(|letter| format!("&#{};", letter as u32)).collect()),
            ("zero-width", hold.chars().map(|letter| format!("{letter}\u{200b}")).collect()),
            ("json-in-json", json!({"password": hold}).to_string()),
        ];
        for (kind, text) in spelled {
            for (place, result) in [
                ("text", text_block(&format!("env: {text}"))),
                (
                    "error",
                    json!({"isError": true, "content": [{"type": "text", "text": format!("login failed: {text}")}]}),
                ),
                ("key", json!({"structuredContent": {text.as_str(): 1}})),
                ("exempt-look", json!({"structuredContent": {"type": text}})),
            ] {
                // A part of an encoded credential is as good as all of it, so the encoded text counts too.
                let case = Case::new("held", format!("{kind}/{place}"), &result, &[&hold, &text], &[]);
                cases.push(HeldCase { hold: hold.clone(), case });
            }
        }
    }
    cases
}
