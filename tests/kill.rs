//! Kernels killed in the middle of calls: what their servers received is among the durable decisions, and a receipt is spent once.
//!
//! `AEGIS_KILLS` asks for more kills than these, by hand.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    missing_docs,
    reason = "tests may fail loudly"
)]

#[path = "support/numbers.rs"]
mod numbers;
mod support;

use hmac::{Hmac, KeyInit, Mac};
use numbers::Numbers;
use serde_json::{Value, json};
use sha2::Sha256;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};
use support::{Client, Era, aegis, embedder, s3_of, state};

/// Kills in one state directory, and calls sent before one.
const SHARED: u64 = 100;
const CALLS: u64 = 8;
/// Promotions, and how many of them in one state directory.
const PROMOTIONS: u64 = 40;
const TOGETHER: u64 = 20;

/// How often, unless somebody asks for another number.
fn times(usual: u64) -> u64 {
    std::env::var("AEGIS_KILLS").map_or(usual, |kills| kills.parse().unwrap())
}

/// Returns as soon as something holds.
fn watch(within: u64, what: &str, holds: impl Fn() -> bool) {
    let begun = Instant::now();
    while !holds() {
        assert!(begun.elapsed().as_secs() < within, "{what}");
        std::thread::yield_now();
    }
}

fn wait_for_growth(file: &Path) {
    let length = || fs::metadata(file).map_or(0, |meta| meta.len());
    let before = length();
    watch(10, "the server received nothing", || length() != before);
}

fn hmac(key: &[u8], bytes: &[u8]) -> Vec<u8> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).unwrap();
    mac.update(bytes);
    mac.finalize().into_bytes().to_vec()
}

/// The key of one call's arguments: HKDF-SHA-256 without a salt, written out.
fn key_of(segment: &[u8], call: &str) -> Vec<u8> {
    let info = [b"aegis audit v1\0", call.as_bytes(), b"\0args", &[1]].concat();
    hmac(&hmac(&[0; 32], segment), &info)
}

/// Keys and commitments of the durable allowed decisions of one log.
fn decided(log: &Path) -> Vec<(Vec<u8>, String)> {
    let segment = fs::read(log.with_extension("key")).unwrap();
    let text = fs::read_to_string(log).unwrap();
    let records = text.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let allowed = records.filter(|record| record["ev"] == "call.decided" && record["decision"] == "allow");
    allowed
        .map(|record| {
            let commit = record["args"]["commit"].as_str().unwrap();
            (key_of(&segment, record["call"].as_str().unwrap()), commit.strip_prefix("1:").unwrap().to_owned())
        })
        .collect()
}

#[test]
fn whatever_the_server_received_was_decided_before() {
    let program = embedder();
    for _ in 0..times(SHARED) / SHARED {
        killed_in_bursts(&program);
    }
}

fn killed_in_bursts(program: &Path) {
    let dir = support::private();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/support/ledger.py");
    fs::copy(script, dir.path().join("ledger.py")).unwrap();
    fs::create_dir(dir.path().join("ledger.d")).unwrap();
    for round in 0..SHARED {
        let mut client = Client::spawn(program, dir.path(), Era::Legacy);
        // One answer first, so that the server is up; then a burst, and the end in the middle of it.
        let first = client.call("ledger__note", json!({"n": round * CALLS}));
        assert_ne!(first["isError"], true, "{first}");
        for call in 1..CALLS {
            // The burst is one write after the other; nothing waits for an answer.
            let params = json!({"name": "ledger__note", "arguments": {"n": round * CALLS + call}});
            let _gone = client
                .try_send(&json!({"jsonrpc": "2.0", "id": 1000 + call, "method": "tools/call", "params": params}));
            if call == 1 + round % (CALLS - 1) {
                // Now at once, now at the very moment at which the server has one of them.
                if round % 2 == 0 {
                    wait_for_growth(&dir.path().join("ledger.d/ledger.txt"));
                }
                client.child.kill().unwrap();
                client.child.wait().unwrap();
                break;
            }
        }
    }
    let mut last = Client::spawn(program, dir.path(), Era::Legacy);
    assert_eq!(last.denied("ledger__burn", json!({})).1, "no-fire");
    last.close();

    let mut logs: Vec<PathBuf> = fs::read_dir(dir.path().join("audit"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "jsonl"))
        .collect();
    // By name, which is by time.
    logs.sort();
    assert_eq!(u64::try_from(logs.len()).unwrap(), SHARED + 1);
    let decided: Vec<_> = logs.iter().map(|log| decided(log)).collect();
    let ledger = fs::read_to_string(dir.path().join("ledger.d/ledger.txt")).unwrap();
    let mut received = 0_u64;
    for line in ledger.lines() {
        let call: Value = serde_json::from_str(line).unwrap();
        assert_eq!(call[0], "note", "nothing else was ever sent");
        let arguments = call[1].to_string();
        let round = usize::try_from(call[1]["n"].as_u64().unwrap() / CALLS).unwrap();
        let known = decided[round].iter().any(|(key, commit)| {
            hmac(key, arguments.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect::<String>() == *commit
        });
        assert!(known, "{arguments} was received and not decided");
        received += 1;
    }
    assert!(received >= SHARED, "{received}");
    // Open intents of killed kernels were noticed by their successors.
    let orphans =
        logs.iter().map(|log| fs::read_to_string(log).unwrap().matches("call.orphaned").count()).sum::<usize>();
    assert!(orphans > 0);
    let verified = Command::new(program).args(["audit", "verify", "--state"]).arg(dir.path()).output().unwrap();
    assert_eq!(verified.status.code(), Some(3), "{}", String::from_utf8_lossy(&verified.stdout));
}

/// The ledger of a promotion is the directory of the object store: what was published stands there.
#[test]
fn a_receipt_is_spent_once_wherever_the_kernel_dies() {
    let (mut published, mut kept, mut burned) = (0_u64, 0_u64, 0_u64);
    let mut numbers = Numbers(1);
    let dataset = || json!({"dataset": "customers"});
    for _ in 0..times(PROMOTIONS) / TOGETHER {
        let dir = state();
        let gold = dir.path().join("objects/gold/customers.csv");
        // How long it takes undisturbed, so that the kills fall before it, into it and after it.
        let mut client = Client::open(dir.path(), Era::Legacy);
        client.call("aegis__validate", dataset());
        let begun = Instant::now();
        assert_ne!(client.call("aegis__promote", dataset())["isError"], true);
        let whole = u64::try_from(begun.elapsed().as_micros()).unwrap();
        for round in 0..TOGETHER {
            let _absent = fs::remove_file(&gold);
            let validated = client.call("aegis__validate", dataset());
            assert_ne!(validated["isError"], true, "{validated}");
            let server = s3_of(&client);
            let params = json!({"name": "aegis__promote", "arguments": dataset()});
            client.send(&json!({"jsonrpc": "2.0", "id": 900, "method": "tools/call", "params": params}));
            // Now at once, now when gold is there, else anywhere.
            match round % 4 {
                0 => {}
                1 => watch(60, "nothing was published", || gold.exists()),
                _ => std::thread::sleep(Duration::from_micros(numbers.next() % (whole * 5 / 4))),
            }
            client.child.kill().unwrap();
            client.child.wait().unwrap();
            let process = PathBuf::from(format!("/proc/{}", server.as_raw_pid()));
            watch(10, "the server outlives its kernel", || !process.exists());
            let first = fs::remove_file(&gold).is_ok();
            client = Client::open(dir.path(), Era::Legacy);
            let again = client.call("aegis__promote", dataset())["isError"] != true;
            assert_eq!(again, gold.exists(), "what is published is what is answered");
            assert!(!(first && again), "one receipt published twice");
            let ends = if first {
                &mut published
            } else if again {
                &mut kept
            } else {
                &mut burned
            };
            *ends += 1;
        }
        client.close();
        let verified = aegis(&["audit", "verify"], dir.path());
        assert_eq!(verified.status.code(), Some(3), "{}", String::from_utf8_lossy(&verified.stdout));
    }
    println!("{published} published before the kill, {kept} after it, {burned} never");
    assert!(published > 0 && kept + burned > 0, "the kills fell into one place: {published}, {kept}, {burned}");
}
