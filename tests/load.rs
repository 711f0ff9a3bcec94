//! Ten thousand calls at once: memory is bounded, no outcome is lost, and the log verifies.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs,
    reason = "tests may fail loudly"
)]

#[path = "load/mod.rs"]
mod load;
#[path = "support/runner.rs"]
mod runner;
mod support;

use load::{Kernel, Line, echo, mediated, state};
use std::fs;
use std::process::{Command, ExitCode};
use support::{log_of, records};

/// As the executable that ships.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    if std::env::args().nth(1).as_deref() == Some("echo") {
        echo();
        return ExitCode::SUCCESS;
    }
    runner::main::<Kernel>(&[("ten_thousand_calls_at_once", ten_thousand_calls_at_once)])
}

fn ten_thousand_calls_at_once() {
    const CALLS: usize = 10_000;
    let dir = state();
    let line = Line::open(mediated(dir.path()), "echo__say");
    let pid = line.child.id();
    let (took, _, mut child) = line.load(CALLS, CALLS);
    assert_eq!(took.len(), CALLS);
    let status = fs::read_to_string(format!("/proc/{pid}/status")).unwrap();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    let peak: u64 = peak.trim().trim_end_matches(" kB").parse().unwrap();
    assert!(peak < 256 * 1024, "{peak} KiB");
    assert!(child.wait().unwrap().success());

    let verdict = Command::new(std::env::current_exe().unwrap())
        .args(["audit", "verify"])
        .arg(dir.path().join("audit"))
        .output()
        .unwrap();
    assert_eq!(verdict.status.code(), Some(3), "consistent, and unanchored");
    let (mut decided, mut done) = (0, 0);
    for record in records(&log_of(dir.path())) {
        decided += usize::from(record["ev"] == "call.decided" && record["decision"] == "allow");
        done += usize::from(record["ev"] == "call.outcome" && record["outcome"] == "ok");
    }
    assert_eq!((decided, done), (CALLS, CALLS));
    eprintln!("  peak {peak} KiB");
}
