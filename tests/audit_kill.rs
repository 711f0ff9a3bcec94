//! A small writer of its own, killed a thousand times at random moments: everything that its ledger says was done is among
//! the durable allowed decisions, and every start recovers.
//!
//! Without the test harness, since the writer is this same program, started again.

#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout, missing_docs, reason = "tests may fail loudly")]

#[path = "support/numbers.rs"]
mod numbers;

use aegis_runtime::audit::{CallId, Event, Evidence, KernelId, Log, LogOptions, Record, verify};
use aegis_runtime::spec::{AuditSpec, Durability, OutcomeDurability};
use numbers::Numbers;
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;
use std::fs::{self, OpenOptions};
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Kills, and how many of them in one directory.
const LOOPS: u64 = 1_000; // `AEGIS_KILLS` for more, by hand
const SHARED: u64 = 100;

fn main() {
    let mut arguments = std::env::args().skip(1);
    match arguments.next().as_deref() {
        Some("writer") => writer(Path::new(&arguments.next().unwrap())),
        _ => kills(), // whatever flags a test runner passes
    }
}

/// Decides, does, records; as fast as it can, until it is killed.
fn writer(dir: &Path) {
    let options = LogOptions {
        dir: dir.join("audit"),
        heads: dir.join("heads.db"),
        kernel: KernelId::new(),
        policy: "digest",
        principal: "writer".into(),
        // A kill is not a power cut: what was written stays.
        durability: Durability::Os,
        outcome: OutcomeDurability::Group,
        audit: AuditSpec { segment_bytes: 20_000, ..AuditSpec::DEFAULT },
    };
    let (log, recovery) = Log::open(options).unwrap();
    let mut ledger = OpenOptions::new().append(true).create(true).open(dir.join("ledger")).unwrap();
    println!("open {}", recovery.orphaned.len());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        loop {
            let call = CallId::new();
            let record = |event, body: Value| {
                Record::new(event, Some(call.clone()), body.as_object().cloned().unwrap_or_default())
            };
            log.durable(record(Event::CallDecided, json!({"decision": "allow", "tool": "ledger.note"}))).await.unwrap();
            // The effect: one line in a ledger that knows nothing of the log. A kill may leave a part of one where pages meet,
            // so each begins on a line of its own.
            ledger.write_all(format!("\n{}\n", call.as_str()).as_bytes()).unwrap();
            log.written(record(Event::CallOutcome, json!({"outcome": "ok"}))).await.unwrap();
        }
    });
}

fn kills() {
    let started = Instant::now();
    let (mut done, mut orphans, mut torn) = (0_u64, 0_u64, 0_u64);
    let mut numbers = Numbers(1);
    let loops = std::env::var("AEGIS_KILLS").map_or(LOOPS, |loops| loops.parse().unwrap());
    for _ in 0..loops / SHARED {
        let dir = tempfile::tempdir().unwrap();
        for _ in 0..SHARED {
            let mut child = Command::new(std::env::current_exe().unwrap())
                .arg("writer")
                .arg(dir.path())
                .stdout(Stdio::piped())
                .spawn()
                .unwrap();
            let mut line = String::new();
            BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
            let found = line.strip_prefix("open ").unwrap_or_else(|| panic!("a start refused")).trim();
            orphans += found.parse::<u64>().unwrap();
            // Anything from at once to some milliseconds later.
            std::thread::sleep(Duration::from_micros(numbers.next() % 4_000));
            child.kill().unwrap();
            child.wait().unwrap();
        }
        let (calls, tails) = settle(dir.path());
        done += calls;
        torn += tails;
    }
    println!(
        "{loops} kills in {:?}: {done} effects, each decided before; {orphans} orphans, {torn} torn tails",
        started.elapsed()
    );
    assert!(done > loops, "the writers did too little to prove anything");
    assert!(orphans > 0, "no kill fell between decision and outcome");
}

/// Compares ledger and logs of one directory.
fn settle(dir: &Path) -> (u64, u64) {
    let verdicts = verify(&dir.join("audit"), &dir.join("heads.db"), &Evidence::default()).unwrap();
    assert!(matches!(verdicts.exit_code(), 3 | 4), "{verdicts}");
    let (mut decided, mut torn) = (BTreeSet::new(), 0);
    for entry in fs::read_dir(dir.join("audit")).unwrap() {
        let path = entry.unwrap().path();
        match path.extension().and_then(|extension| extension.to_str()) {
            Some("torn") => torn += 1,
            Some("jsonl") => {
                let text = fs::read_to_string(&path).unwrap();
                let records = text.lines().filter_map(|line| serde_json::from_str::<Map<String, Value>>(line).ok());
                let allowed = records.filter(|record| record.get("decision") == Some(&json!("allow")));
                decided.extend(allowed.filter_map(|record| record.get("call")?.as_str().map(str::to_owned)));
            }
            _ => {} // keys and the registry
        }
    }
    let ledger = fs::read_to_string(dir.join("ledger")).unwrap();
    let mut calls = 0;
    for call in ledger.lines().filter(|line| !line.is_empty()) {
        let known = decided.range(call.to_owned()..).next();
        assert!(known.is_some_and(|known| known.starts_with(call)), "{call} was done and not decided");
        calls += 1;
    }
    (calls, torn)
}
