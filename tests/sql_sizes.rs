//! Hostile sizes and depths end in a decision, under a stack of 2 MiB. Their cost belongs to the benchmark.

#![allow(
    clippy::unwrap_used,
    clippy::wildcard_enum_match_arm,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::cast_possible_truncation,
    missing_docs,
    reason = "tests may fail loudly"
)]

#[path = "sql/harness/mod.rs"]
mod harness;

use harness::decide::Decider;
use harness::hostile::{LIMIT, hostile};

const STACK: usize = 2 * 1024 * 1024;

fn decided(decider: fn() -> Decider) {
    let thread = std::thread::Builder::new().stack_size(STACK).spawn(move || {
        let decider = decider();
        let mut denied = 0;
        for (name, size, sql) in hostile() {
            assert!(sql.len() <= LIMIT, "{name}");
            let decision = decider.decide("query", &sql);
            // What is far beyond anything an analyst writes is denied, and not answered after a long while.
            assert!(decision.is_err() || size <= 200, "{name} of {size} is served");
            denied += usize::from(decision.is_err());
        }
        denied
    });
    assert!(thread.unwrap().join().unwrap() > 40);
}

#[test]
fn sizes_sqlite() {
    decided(Decider::of::<aegis::kernel::Kernel>);
}

#[test]
fn sizes_postgres() {
    decided(Decider::of::<harness::postgres::Kernel>);
}
