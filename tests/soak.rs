//! Random faults for a while: nothing hangs, nothing leaks, every decision has its outcome, and the log verifies.
//!
//! By hand for longer: `AEGIS_SOAK_SECONDS` (20), `AEGIS_SOAK_SEED`.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, missing_docs, reason = "tests may fail loudly")]

#[path = "support/hostile.rs"]
mod hostile;
#[path = "support/numbers.rs"]
mod numbers;
#[path = "support/runner.rs"]
mod runner;
mod support;

use hostile::{attempt, gone, kernel, open, state};
use numbers::Numbers;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fs;
use std::process::ExitCode;
use std::time::{Duration, Instant};
use support::{Client, logs_of, records};

/// What ends a server, and how far apart: five ends within a minute would leave it ended for good.
const FATAL: [&str; 8] = ["die", "quarantine", "endless", "closed", "line", "bomb", "eat", "files"];
const BETWEEN_FATAL: Duration = Duration::from_secs(15);
/// What a server survives, if it does not do it too often.
const FAULTS: [&str; 10] = ["hang", "banner", "stderr", "unknown", "second", "late", "asks", "twice", "nan", "utf8"];
const BETWEEN_FAULTS: Duration = Duration::from_secs(4);
/// Longest way from a call to its answer: its timeout, and the ways of its server to an end and back.
const PATIENCE: Duration = Duration::from_secs(30);

fn main() -> ExitCode {
    runner::main::<hostile::Kernel>(&[("random_faults", random_faults)])
}

fn number(name: &str, default: u64) -> u64 {
    std::env::var(name).ok().map_or(default, |text| text.parse().unwrap())
}

/// Resident KiB and open descriptors of the kernel.
fn held(client: &Client) -> (u64, usize) {
    let proc = format!("/proc/{}", client.child.id());
    let status = fs::read_to_string(format!("{proc}/status")).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    (line.split_whitespace().next().unwrap().parse().unwrap(), fs::read_dir(format!("{proc}/fd")).unwrap().count())
}

fn random_faults() {
    let (whole, seed) = (Duration::from_secs(number("AEGIS_SOAK_SECONDS", 20)), number("AEGIS_SOAK_SEED", 1));
    let dir = state();
    let mut client = open(dir.path());
    let (mut dice, begun) = (Numbers(seed), Instant::now());
    let (mut calls, mut came, mut warm) = (0_usize, BTreeMap::<String, usize>::new(), None);
    let (mut fatal, mut faulty) = (begun, begun);
    while begun.elapsed() < whole {
        let fault = if fatal.elapsed() > BETWEEN_FATAL {
            (fatal, faulty) = (Instant::now(), Instant::now());
            *dice.pick(&FATAL)
        } else if faulty.elapsed() > BETWEEN_FAULTS {
            faulty = Instant::now();
            *dice.pick(&FAULTS)
        } else {
            "pid"
        };
        let asked = Instant::now();
        let result = client.call("faulty__try", json!({"what": fault}));
        assert!(asked.elapsed() < PATIENCE, "{fault} took {:?}", asked.elapsed());
        let code = result["_meta"]["aegis/denial"]["code"].as_str().unwrap_or("done").to_owned();
        assert!(code == "done" || code.starts_with("AEG-D50"), "{fault}: {result}");
        *came.entry(code).or_default() += 1;
        let asked = Instant::now();
        assert!(attempt(&mut client, "sibling", "pid", "")["done"].is_u64(), "the neighbour of {fault}");
        assert!(asked.elapsed() < Duration::from_secs(5), "{fault} stalled its neighbour");
        calls += 2;
        if warm.is_none() && begun.elapsed() > whole / 3 {
            warm = Some(held(&client));
        }
    }
    assert!(came["done"] > calls / 4, "the server came back each time: {came:?}");
    let ((before, opened), (after, open)) = (warm.unwrap(), held(&client));
    assert!(after < before + 24 * 1024, "resident memory grew from {before} to {after} KiB");
    assert!(open <= opened + 8, "descriptors grew from {opened} to {open}");
    let sibling = attempt(&mut client, "sibling", "pid", "")["done"].as_u64().unwrap();
    client.close();
    gone(sibling, Duration::from_secs(5));

    let records: Vec<Value> = logs_of(dir.path()).iter().flat_map(|log| records(log)).collect();
    let of = |event: &str| {
        let mut ids: Vec<&str> = records
            .iter()
            .filter(|record| record["ev"] == event)
            .map(|record| record["call"].as_str().unwrap())
            .collect();
        ids.sort_unstable();
        ids
    };
    let decided = of("call.decided");
    assert_eq!(decided.len(), calls + 1);
    assert_eq!(decided, of("call.outcome"), "one outcome a decision");
    let verdict = kernel().args(["audit", "verify", "--json"]).arg(dir.path().join("audit")).output().unwrap();
    let words = String::from_utf8_lossy(&verdict.stdout);
    assert_eq!(verdict.status.code(), Some(3), "consistent, and unanchored: {words}");
    let _json: Value = serde_json::from_str(&words).unwrap();
    eprintln!("  {calls} calls, {came:?}, {after} KiB, {open} descriptors (seed {seed})");
}
