//! Every technique of the bypass catalogue, judged by what the engine did.

#![allow(
    clippy::unwrap_used,
    clippy::wildcard_enum_match_arm,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::cast_possible_truncation,
    clippy::print_stdout,
    missing_docs,
    reason = "tests may fail loudly"
)]

#[path = "sql/harness/mod.rs"]
mod harness;

use harness::corpus::{Case, Engine, Must, only_known, read};
use harness::decide::Decider;
use harness::judge::{Judge, Store};
use harness::lite::Lite;
use harness::pg_store::Pg;
use harness::seed::Version;

/// Techniques of the catalogue.
const TECHNIQUES: std::ops::RangeInclusive<u32> = 1..=98;

fn failures<S: Store>(judge: &Judge<S>, engine: Engine) -> Vec<(Case, String)> {
    let mut failures = Vec::new();
    for case in read("attacks", engine) {
        for tool in case.tools {
            if let Some(reason) = failure(judge, tool, &case) {
                failures.push((case.clone(), format!("{tool}: {reason}")));
            }
        }
    }
    failures
}

fn failure<S: Store>(judge: &Judge<S>, tool: &str, case: &Case) -> Option<String> {
    let Ok(forward) = judge.decider.decide(tool, &case.sql) else { return None };
    judge.broken(tool, &case.sql, &forward).or_else(|| match case.must {
        // Harmless here and served all the same: on other data it would not be.
        Must::Deny if judge.store.run(tool, &forward.sql, Version::One).0.error.is_none() => Some("served".to_owned()),
        Must::Deny | Must::Hold => None,
    })
}

fn covered(engine: Engine) {
    let cases = read("attacks", engine);
    let absent: Vec<u32> = TECHNIQUES.filter(|number| cases.iter().all(|case| case.technique != *number)).collect();
    println!("{engine:?}: {} attacks", cases.len());
    assert!(absent.is_empty(), "techniques without a variant: {absent:?}");
    assert!(cases.len() >= 300, "{}", cases.len());
}

#[test]
fn attacks_sqlite() {
    covered(Engine::Sqlite);
    let judge = Judge::new(Decider::of::<aegis::kernel::Kernel>(), Lite::new());
    only_known("attacks-sqlite.sql", Engine::Sqlite, &failures(&judge, Engine::Sqlite));
}

#[test]
fn the_corpus_bites_without_us() {
    let judge = Judge::new(Decider::of::<aegis::kernel::Kernel>(), Lite::new());
    // Bombs apart: nothing would stop them here.
    let cases: Vec<Case> = read("attacks", Engine::Sqlite).into_iter().filter(|case| case.technique != 97).collect();
    let bites = |case: &&Case| {
        let (ran, after) = judge.store.naive(&case.sql, Version::One);
        judge.harm(case.tools[0], &case.sql, &ran, &after).is_some()
    };
    let biting = cases.iter().filter(bites).count();
    println!("sqlite: {biting} of {} attacks do harm on the bare engine", cases.len());
    assert!(biting >= 300, "{biting}");
}

#[test]
fn attacks_postgres() {
    covered(Engine::Postgres);
    let judge = Judge::new(Decider::of::<harness::postgres::Kernel>(), Pg::new());
    only_known("attacks-postgres.sql", Engine::Postgres, &failures(&judge, Engine::Postgres));
}
