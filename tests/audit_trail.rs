//! What a session leaves behind, and what becomes of somebody who edits it.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, missing_docs, reason = "tests may fail loudly")]

mod support;

use serde_json::{Value, json};
use std::fs;
use support::{Client, Era, aegis, log_of, records, state};

fn session() -> tempfile::TempDir {
    let dir = state();
    let mut client = Client::open(dir.path(), Era::Legacy);
    client.call("postgres__query", json!({"sql": "SELECT email FROM customers"}));
    client.denied("postgres__execute", json!({"sql": "DROP TABLE customers"}));
    client.call("aegis__validate", json!({"dataset": "customers"}));
    client.close();
    dir
}

fn verdict(dir: &tempfile::TempDir) -> (i32, Value) {
    let output = aegis(&["audit", "verify", "--json"], dir.path());
    (output.status.code().unwrap(), serde_json::from_slice(&output.stdout).unwrap_or_default())
}

#[test]
fn every_call_has_a_durable_decision_before_its_outcome_and_no_value_stands_in_it() {
    let dir = session();
    let records = records(&log_of(dir.path()));
    let events: Vec<&str> = records.iter().map(|record| record["ev"].as_str().unwrap()).collect();
    assert_eq!(events[..3], ["segment.open", "kernel.start", "checkpoint"]);
    assert_eq!(events[events.len() - 2..], ["kernel.stop", "segment.seal"]);
    for record in records.iter().filter(|record| record["ev"] == "call.outcome") {
        let decided = records.iter().position(|other| other["ev"] == "call.decided" && other["call"] == record["call"]);
        let own = records.iter().position(|other| other == record);
        assert!(decided.is_some() && decided < own, "{record}");
    }
    let text = fs::read_to_string(log_of(dir.path())).unwrap();
    for canary in ["Canary", "canary@", "SELECT"] {
        assert!(!text.contains(canary), "{canary}");
    }
    assert_eq!(verdict(&dir).0, 3, "consistent but unanchored");
}

#[test]
fn one_call_can_be_read_from_request_to_outcome() {
    let dir = session();
    let records = records(&log_of(dir.path()));
    let call =
        records.iter().find(|record| record["decision"] == "allow").unwrap()["call"].as_str().unwrap().to_owned();
    let shown = String::from_utf8(aegis(&["audit", "show", &call], dir.path()).stdout).unwrap();
    assert!(
        shown.contains("call.decided") && shown.contains("call.outcome") && shown.contains("read:silver"),
        "{shown}"
    );
    let listed = String::from_utf8(aegis(&["audit", "show"], dir.path()).stdout).unwrap();
    assert!(listed.contains("no-destructive-ops") && listed.lines().all(|line| line.chars().count() <= 80), "{listed}");
    let receipts = aegis(&["receipt", "list", "--json"], dir.path());
    let receipt: Value = serde_json::from_slice(&receipts.stdout).unwrap();
    assert_eq!((receipt["state"].as_str(), receipt["dataset"].as_str()), (Some("valid"), Some("customers")));
}

#[test]
fn what_the_agent_asked_is_found_although_something_else_went_south() {
    let dir = session();
    let asked = "SELECT email FROM customers";
    let found = aegis(&["audit", "find", asked, "--json"], dir.path());
    let found: Value = serde_json::from_slice(&found.stdout).unwrap();
    assert_eq!((found["field"].as_str(), found["tool"].as_str()), (Some("asked/0"), Some("postgres.query")), "{found}");
    let call = found["call"].as_str().unwrap();
    let disclosure = aegis(&["audit", "disclose", call, "--field", "asked/0"], dir.path());
    assert!(disclosure.status.success() && !String::from_utf8_lossy(&disclosure.stdout).contains(asked));
}

#[test]
fn an_edit_a_gap_a_swap_and_a_cut_are_noticed() {
    type Tamper = fn(&str) -> String;
    let cases: [(&str, Tamper, &str); 5] = [
        ("edit", |text| text.replacen("no-destructive-ops", "no-destructive-opt", 1), "edited"),
        (
            "gap",
            |text| {
                text.lines().enumerate().filter(|(line, _)| *line != 3).map(|(_, line)| format!("{line}\n")).collect()
            },
            "missing",
        ),
        (
            "swap",
            |text| {
                let mut lines: Vec<&str> = text.lines().collect();
                lines.swap(2, 3);
                lines.iter().map(|line| format!("{line}\n")).collect()
            },
            "reordered",
        ),
        ("cut", |text| text.lines().take(5).map(|line| format!("{line}\n")).collect(), "truncated"),
        (
            "last line edited",
            |text| {
                let cut = text.trim_end().rfind('\n').unwrap() + 1;
                let (before, last) = text.split_at(cut);
                format!("{before}{}", last.replacen("tester", "nobody", 1))
            },
            "edited",
        ),
    ];
    for (name, tamper, what) in cases {
        let dir = session();
        let log = log_of(dir.path());
        let text = fs::read_to_string(&log).unwrap();
        let changed = tamper(&text);
        assert_ne!(changed, text, "{name}");
        fs::write(&log, changed).unwrap();
        let (code, verdicts) = verdict(&dir);
        assert_eq!(code, 1, "{name}: {verdicts}");
        assert_eq!(verdicts["first_difference"]["what"], what, "{name}: {verdicts}");
    }
}

/// Whoever can write a log writes what a terminal obeys; readers show what it is.
#[test]
fn nothing_in_a_log_moves_the_terminal_of_its_readers() {
    let dir = session();
    let log = log_of(dir.path());
    let hostile = "0\\u001b[2J\u{9b}31m\u{202e}\u{200b}";
    let forged = format!(
        "{{\"v\":1,\"k\":\"{hostile}\",\"ts\":\"{hostile}\",\"ev\":\"call.decided\",\"call\":\"{hostile}\",\"principal\":\"{hostile}\",\
         \"tool\":\"{hostile}\",\"decision\":\"{hostile}\",\"{hostile}\":\"{hostile}\"}}\n"
    );
    fs::write(&log, fs::read_to_string(&log).unwrap() + &forged).unwrap();
    let disclosure = dir.path().join("disclosure.json");
    fs::write(&disclosure, format!("{{\"{hostile}\": 1}}")).unwrap();
    let check = ["audit", "disclose", "--check", disclosure.to_str().unwrap()];
    let commands: [&[&str]; 9] = [
        &["audit", "tail", "--once"],
        &["audit", "tail", "--once", "--json"],
        &["audit", "show"],
        &["audit", "show", "0"],
        &["audit", "export", "--format", "ocsf"],
        &["audit", "export", "--format", "ecs"],
        &["audit", "export", "--format", "otlp"],
        &["audit", "verify"],
        &check,
    ];
    for command in commands {
        let output = aegis(command, dir.path());
        let text = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
        let obeyed = |letter: &char| {
            (letter.is_control() && !"\n\t".contains(*letter)) || ['\u{202e}', '\u{200b}'].contains(letter)
        };
        assert!(!text.is_empty() && !text.chars().any(|letter| obeyed(&letter)), "{command:?}: {text:?}");
        if command.contains(&"--json") || command.contains(&"export") {
            assert!(text.lines().all(|line| serde_json::from_str::<Value>(line).is_ok()), "{text}");
        }
    }
}

#[test]
fn a_missing_log_and_a_stranger_are_noticed() {
    let dir = session();
    let log = log_of(dir.path());
    fs::rename(&log, log.with_file_name("01900000-0000-7000-8000-000000000000.000001.jsonl")).unwrap();
    let (code, verdicts) = verdict(&dir);
    assert_eq!(code, 1, "{verdicts}");
}

/// A session whose kernel is killed.
fn killed() -> tempfile::TempDir {
    let dir = state();
    let mut client = Client::open(dir.path(), Era::Legacy);
    client.denied("postgres__execute", json!({"sql": "DROP TABLE customers"}));
    client.child.kill().unwrap();
    client.child.wait().unwrap();
    dir
}

#[test]
fn a_torn_tail_is_said_and_set_aside_by_the_next_start() {
    let dir = killed();
    let log = log_of(dir.path());
    let mut text = fs::read_to_string(&log).unwrap();
    text.push_str("{\"v\":1,\"k\":\"torn");
    fs::write(&log, text).unwrap();
    assert_eq!(verdict(&dir).0, 4);
    Client::open(dir.path(), Era::Legacy).close();
    assert_eq!(verdict(&dir).0, 3);
    assert!(log.with_extension("torn").exists());
    let events: Vec<Value> = records(&log_of(dir.path())).iter().map(|record| record["ev"].clone()).collect();
    assert!(events.contains(&json!("log.recovered")) && events.contains(&json!("kernel.recovered")), "{events:?}");
}

#[test]
fn a_kernel_does_not_start_over_a_log_that_was_changed() {
    let dir = killed();
    let log = log_of(dir.path());
    let text = fs::read_to_string(&log).unwrap();
    fs::write(&log, text.replacen("no-destructive-ops", "no-destructive-opt", 1)).unwrap();
    let output = aegis(&["serve"], dir.path());
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("changed since it was written"));
    assert!(output.stdout.is_empty());
}

#[test]
fn a_state_directory_that_others_can_enter_is_refused() {
    use std::os::unix::fs::PermissionsExt;
    let dir = state();
    fs::set_permissions(dir.path(), fs::Permissions::from_mode(0o755)).unwrap();
    let output = aegis(&["serve"], dir.path());
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("chmod 700"));
}

/// A mistyped directory must not look like a quiet day.
#[test]
fn a_log_that_is_not_there_is_no_empty_log() {
    let nowhere = tempfile::tempdir().unwrap();
    for command in [&["audit", "show"][..], &["audit", "tail", "--once"], &["audit", "find", "x"], &["audit", "verify"]]
    {
        let output = aegis(command, nowhere.path());
        assert_eq!(output.status.code(), Some(2), "{command:?}");
        assert!(String::from_utf8_lossy(&output.stderr).contains("no audit log in"), "{command:?}");
    }
}
