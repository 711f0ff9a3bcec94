//! Approval of one call by an operator, end to end, and exported receipts. This binary is also the kernel that it tests, since a
//! policy is a binary: called with a command of `aegis` it is `aegis` under `tests/policies/approval.toml`.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "tests may fail loudly"
)]
#![allow(
    missing_docs,
    unreachable_pub,
    dead_code,
    unused_imports,
    clippy::all,
    reason = "a generated kernel stands here"
)]

#[path = "support/runner.rs"]
mod runner;
mod support;

use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use std::process::{Command, ExitCode, Output};
use support::{Client, Era, state};

mod kernel {
    aegis_macros::kernel!("../manifests", "policies/approval.toml");
}

fn main() -> ExitCode {
    runner::main::<kernel::Kernel>(&[
        ("an_approval_opens_one_call_once", an_approval_opens_one_call_once),
        ("a_rebuild_leaves_receipts_unspendable_and_going_back_finds_them", rebuilds),
        ("rules_say_how_much_of_a_call_is_recorded", levels),
        ("an_exported_receipt_verifies_offline_and_a_forged_one_does_not", exports),
    ])
}

fn me(arguments: &[&str], state: &Path) -> Output {
    Command::new(std::env::current_exe().unwrap()).args(arguments).arg("--state").arg(state).output().unwrap()
}

fn text(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

const WRITE: &str = "UPDATE staging_customers SET country = 'IT' WHERE id = 1";

fn an_approval_opens_one_call_once() {
    let dir = state();
    let mut client = Client::spawn(&std::env::current_exe().unwrap(), dir.path(), Era::Modern);
    let (code, rule) = client.denied("postgres__execute", json!({"sql": WRITE}));
    assert_eq!((code.as_str(), rule.as_str()), ("AEG-D130", "bronze-waits"));
    // The denial says what the operator types, and the masker leaves it readable.
    let denial = client.call("postgres__execute", json!({"sql": WRITE})).to_string();
    assert!(denial.contains("aegis receipt approve "), "{denial}");
    let waiting = text(&me(&["receipt", "approve"], dir.path()));
    let digest = waiting.split_whitespace().next().unwrap().to_owned();
    assert!(denial.contains(&digest), "{denial} {waiting}");
    assert_eq!(waiting.lines().count(), 1, "two denials of one call are one request: {waiting}");
    // Without a terminal and without the whole digest nothing is approved.
    assert_eq!(me(&["receipt", "approve", &digest], dir.path()).status.code(), Some(2));
    let short = me(&["receipt", "approve", &digest, "--yes"], dir.path());
    assert_eq!(short.status.code(), Some(1), "{}", text(&short));
    let whole =
        text(&short).lines().find_map(|line| line.strip_prefix("digest").map(|rest| rest.trim().to_owned())).unwrap();
    assert!(text(&short).contains(WRITE));
    assert_eq!(client.denied("postgres__execute", json!({"sql": WRITE})).0, "AEG-D130", "nothing was approved");
    let approved = me(&["receipt", "approve", &whole, "--yes"], dir.path());
    assert!(approved.status.success(), "{}", text(&approved));
    // Another call, a receipt's id in the arguments: neither is the call that was approved.
    let id = text(&approved).trim().rsplit(' ').next().unwrap().to_owned();
    let other = WRITE.replace("IT", "ES");
    assert_eq!(client.denied("postgres__execute", json!({"sql": other})).0, "AEG-D130");
    assert_eq!(client.denied("postgres__execute", json!({"sql": WRITE, "receipt": id})).0, "AEG-D002");
    let done = client.call("postgres__execute", json!({"sql": WRITE}));
    assert_eq!(done["structuredContent"]["changes"], json!(1), "{done}");
    assert_eq!(client.denied("postgres__execute", json!({"sql": WRITE})).0, "AEG-D130", "once");
    client.close();
    let listed = text(&me(&["receipt", "list", "--json"], dir.path()));
    let receipt: Value = serde_json::from_str(listed.lines().next().unwrap()).unwrap();
    assert_eq!((&receipt["state"], &receipt["assurance"]), (&json!("consumed"), &json!("operator")), "{listed}");
    assert_eq!(receipt["version"], json!(whole));
}

/// A receipt stands under the policy it was minted under. Another build's kernel finds none, and voids none.
fn rebuilds() {
    let dir = state();
    let this = std::env::current_exe().unwrap();
    let mut client = Client::spawn(&this, dir.path(), Era::Modern);
    client.call("aegis__validate", json!({"dataset": "customers"}));
    client.close();
    let mut rebuilt = Client::open(dir.path(), Era::Modern);
    assert_eq!(rebuilt.denied("aegis__promote", json!({"dataset": "customers"})).0, "AEG-D130");
    rebuilt.close();
    let mut back = Client::spawn(&this, dir.path(), Era::Modern);
    let promoted = back.call("aegis__promote", json!({"dataset": "customers"}));
    assert_ne!(promoted["isError"], json!(true), "{promoted}");
    back.close();
}

/// Copies are masked whatever the agent sees, refusals have them as permissions do, and the commitments beside them hold.
fn levels() {
    let dir = state();
    let mut client = Client::spawn(&std::env::current_exe().unwrap(), dir.path(), Era::Modern);
    let read = "SELECT id, email FROM customers WHERE email = 'wilhelmina.canary@example.com'";
    let rows = client.call("postgres__query", json!({"sql": read}));
    assert_eq!(rows["isError"], json!(false), "{rows}");
    let asked = WRITE.replace("'IT'", "'wilhelmina.canary@example.com'");
    assert_eq!(client.denied("postgres__execute", json!({"sql": asked})).0, "AEG-D130");
    // Refused by a rule that asks for no copy, and by the kernel itself.
    assert_eq!(client.denied("postgres__execute", json!({"sql": "DROP TABLE staging_customers"})).0, "AEG-D110");
    assert_eq!(client.denied("postgres__query", json!({"sql": "SELEKT 4111"})).0.get(..5), Some("AEG-D"));
    client.close();
    let log = support::log_of(dir.path());
    let lines = fs::read_to_string(&log).unwrap();
    assert!(!lines.contains("wilhelmina"), "a copy was not masked");
    let calls: Vec<Value> = support::records(&log).into_iter().filter(|one| one["ev"] == "call.decided").collect();
    let levels: Vec<_> = calls.iter().map(|one| one["audit"].as_str().unwrap()).collect();
    assert_eq!(levels, ["full", "args", "meta", "full"]);
    let copies: Vec<_> = calls.iter().map(|one| one["args"]["copy"].as_str().unwrap_or("-")).collect();
    assert!(copies[0].contains("SELECT") && copies[1].contains("UPDATE") && copies[3].contains("SELEKT"), "{copies:?}");
    assert_eq!(copies[2], "-");
    let outcome = support::records(&log).into_iter().find(|one| one["ev"] == "call.outcome").unwrap();
    assert!(outcome["result"]["copy"].as_str().unwrap().contains("rows"), "{outcome}");
    let found = text(&me(&["audit", "find", "DROP TABLE staging_customers"], dir.path()));
    assert!(found.contains("postgres.execute"), "{found}");
    let shown = text(&me(&["audit", "show", calls[1]["call"].as_str().unwrap()], dir.path()));
    assert!(shown.contains("audit        args") && shown.contains("UPDATE staging_customers"), "{shown}");
    assert_eq!(me(&["audit", "verify"], dir.path()).status.code(), Some(3), "consistent, and no anchor");
}

fn exports() {
    let dir = state();
    let mut client = Client::spawn(&std::env::current_exe().unwrap(), dir.path(), Era::Modern);
    let report = client.call("aegis__validate", json!({"dataset": "customers"}));
    let id = report["structuredContent"]["receipt"]["id"].as_str().unwrap().to_owned();
    client.close();
    let elsewhere = tempfile::tempdir().unwrap();
    let (file, key, data) = (
        elsewhere.path().join("r.json"),
        elsewhere.path().join("key"),
        dir.path().join("objects/silver/customers.csv"),
    );
    fs::write(&file, me(&["receipt", "export", &id], dir.path()).stdout).unwrap();
    fs::write(&key, me(&["receipt", "key"], dir.path()).stdout).unwrap();
    let verify = |file: &Path, data: &Path| {
        let mut command = Command::new(std::env::current_exe().unwrap());
        command.args(["receipt", "verify"]).arg(file).arg("--key").arg(&key).arg("--file").arg(data);
        command.output().unwrap()
    };
    let good = verify(&file, &data);
    assert!(good.status.success() && text(&good).contains(&id), "{}", text(&good));
    let other = elsewhere.path().join("other.csv");
    fs::write(&other, "id\n1\n").unwrap();
    assert_eq!(verify(&file, &other).status.code(), Some(1), "other data");
    // One byte of the payload, one of the signature, another payload type, a stranger's key.
    let envelope: Value = serde_json::from_slice(&fs::read(&file).unwrap()).unwrap();
    let changed = |change: &dyn Fn(&mut Value)| {
        let (mut forged, path) = (envelope.clone(), elsewhere.path().join("forged.json"));
        change(&mut forged);
        fs::write(&path, forged.to_string()).unwrap();
        verify(&path, &data).status.code()
    };
    let flip = |value: &mut Value| {
        let text = value.as_str().unwrap();
        let first = if text.starts_with('A') { "B" } else { "A" };
        *value = json!(format!("{first}{}", &text[1..]));
    };
    assert_eq!(changed(&|forged| flip(&mut forged["payload"])), Some(1));
    assert_eq!(changed(&|forged| flip(&mut forged["signatures"][0]["sig"])), Some(1));
    assert_eq!(changed(&|forged| forged["signatures"] = json!([])), Some(1));
    assert_eq!(changed(&|forged| forged["payloadType"] = json!("text/plain")), Some(2));
    fs::write(&key, me(&["receipt", "key"], state().path()).stdout).unwrap();
    assert_eq!(verify(&file, &data).status.code(), Some(1), "a stranger's key");
}
