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

use aegis::kernel::Kernel;
use harness::corpus::{Case, Engine, Must, only_known, read};
use harness::decide::Decider;
use harness::judge::{Judge, Store};
use harness::own::behind;
use harness::pg_store::Pg;
use harness::seed::Version;
use serde_json::Value;

/// Techniques of the catalogue.
const TECHNIQUES: std::ops::RangeInclusive<u32> = 1..=98;

fn failures<S: Store>(judge: &Judge<S>, engine: Engine) -> Vec<(Case, String)> {
    let mut failures = Vec::new();
    let cases = read("attacks", engine);
    // Reads first: what writes that are rolled back leave in the pages shows in the order of rows.
    for tool in ["query", "execute"] {
        for case in cases.iter().filter(|case| case.tools.contains(&tool)) {
            if let Some(reason) = failure(judge, tool, case) {
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

/// The default kernel, with the database that its statements need.
fn sqlite() -> Judge<Box<dyn Store>> {
    let decider = Decider::of::<Kernel>();
    let store = behind::<Kernel>(&decider);
    Judge::new(decider, store)
}

fn covered(engine: Engine) {
    let cases = read("attacks", engine);
    let absent: Vec<u32> = TECHNIQUES.filter(|number| cases.iter().all(|case| case.technique != *number)).collect();
    println!("{engine:?}: {} attacks", cases.len());
    if harness::corpus::elsewhere().is_some() {
        return;
    }
    assert!(absent.is_empty(), "techniques without a variant: {absent:?}");
    assert!(cases.len() >= 300, "{}", cases.len());
}

#[test]
fn attacks_sqlite() {
    covered(Engine::Sqlite);
    let judge = sqlite();
    only_known("attacks-sqlite.sql", Engine::Sqlite, &failures(&judge, Engine::Sqlite));
}

#[test]
fn the_corpus_bites_without_us() {
    let judge = sqlite();
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

#[test]
fn a_rule_points_at_the_statement_that_it_refuses() {
    let denial = Decider::of::<Kernel>().decide("execute", "  DELETE FROM orders WHERE true ").unwrap_err();
    let at = denial.place().unwrap();
    assert_eq!((denial.code().as_str(), at.pointer.as_str(), at.bytes), ("AEG-D110", "/sql", Some((2, 31))));
}

/// Every refusal of the screen, over both corpora and both tools.
fn refusals(decider: &Decider, engine: Engine) -> Vec<(String, Value)> {
    let cases = read("attacks", engine).into_iter().chain(read("honest", engine));
    let asked = cases.flat_map(|case| case.tools.iter().map(move |tool| (*tool, case.sql.clone())));
    let refused = asked.filter_map(|(tool, sql)| {
        let denial = decider.decide(tool, &sql).err()?;
        denial.code().as_str().starts_with("AEG-D2").then(|| (sql, Value::Object(denial.fields())))
    });
    refused.collect()
}

#[test]
fn every_refusal_points_into_the_statement_and_says_what_to_do() {
    let deciders =
        [(Decider::of::<Kernel>(), Engine::Sqlite), (Decider::of::<harness::postgres::Kernel>(), Engine::Postgres)];
    for (decider, engine) in deciders {
        let refusals = refusals(&decider, engine);
        let (mut mute, mut parts) = (Vec::new(), 0);
        for (sql, fields) in &refusals {
            let bytes = |at: usize| fields["at"]["bytes"][at].as_u64().and_then(|byte| usize::try_from(byte).ok());
            let part = bytes(0).zip(bytes(1)).and_then(|(from, to)| sql.get(from..to));
            // An empty statement has no part.
            if fields["remedy"].as_str().is_none_or(str::is_empty)
                || part.is_none_or(str::is_empty) && !sql.trim().is_empty()
            {
                mute.push(format!("{fields}\n    {sql}"));
            }
            parts += usize::from(part.is_some_and(|part| part != sql.trim()));
        }
        println!("{engine:?}: {} refusals of the screen, {parts} of them point at a part", refusals.len());
        assert!(refusals.len() >= 300 && parts * 4 >= refusals.len(), "{} {parts}", refusals.len());
        assert!(mute.is_empty(), "{} of them:\n{}", mute.len(), mute.join("\n"));
    }
}
