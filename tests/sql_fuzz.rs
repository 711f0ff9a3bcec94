//! Differential fuzzing: whatever the screen accepts, the real engine must read as one statement of the same kind over the same
//! relations, and what is spliced must mean what was written.
//!
//! Seeded, so that one tree tries the same statements on every machine: the first 3,000 of a seed a dialect, in at most five
//! minutes. By hand: `AEGIS_FUZZ_STATEMENTS`, `AEGIS_FUZZ_SEED`.

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
use harness::Numbers;
use harness::corpus::{Engine, known, read};
use harness::decide::{Decider, Forward};
use harness::judge::{Judge, Ran, Store};
use harness::mutate::statement;
use harness::own::behind;
use harness::reader::{Reader, Seen};
use harness::{lite_reader::LiteReader, pg_reader::PgReader, pg_store::Pg};
use serde_json::Value;
use std::collections::BTreeSet;
use std::time::{Duration, Instant};

fn number(name: &str, default: u64) -> u64 {
    std::env::var(name).ok().map_or(default, |text| text.parse().unwrap())
}

fn names(facts: &Value, key: &str) -> BTreeSet<String> {
    facts[key].as_array().into_iter().flatten().map(|name| name.as_str().unwrap().to_owned()).collect()
}

/// What the engine read differently; `None` if nothing.
fn differs(reader: &impl Reader, sql: &str, forward: &Forward) -> Option<String> {
    let kind = forward.facts["kind"].as_str().unwrap().to_owned();
    let seen = match reader.read(sql) {
        Ok(seen) => seen,
        // What the engine refuses does nothing; but a second statement must never have been accepted.
        Err(error) if error.contains("ultiple") || error.contains("more than one") => return Some(error),
        Err(_) => return None,
    };
    // A SELECT writes where a part of its WITH does.
    let reading = names(&forward.facts, "targets").is_empty();
    if reading != seen.writes.is_empty() {
        return Some(format!("taken for `{kind}`, writes {:?}", seen.writes));
    }
    let mut told = names(&forward.facts, "reads");
    let writes = if reading { BTreeSet::new() } else { names(&forward.facts, "targets") };
    if seen.writes != writes {
        return Some(format!("writes {writes:?} are {:?}", seen.writes));
    }
    told.extend(writes);
    let missed: Vec<&String> = seen.reads.difference(&told).collect();
    if !missed.is_empty() {
        return Some(format!("reads {missed:?} beside {told:?}"));
    }
    // The plan of another text is another plan.
    if forward.sql != sql && kind != "explain" {
        let (asked, south) = (reader.blank(sql), reader.blank(&forward.sql));
        if !same(sql, &asked, &south) && same(sql, &asked, &reader.blank(sql)) {
            return Some(format!("means another thing: {:?} | {:?}: {}", asked.rows, south.rows, forward.sql));
        }
        match reader.read(&forward.sql) {
            Ok(Seen { writes, .. }) if writes.is_empty() == reading => {}
            other => return Some(format!("spliced into {other:?}: {}", forward.sql)),
        }
    }
    None
}

/// Whether two answers are one. Nothing orders rows but ORDER BY, and what LIMIT leaves out may differ with the plan.
fn same(sql: &str, one: &Ran, other: &Ran) -> bool {
    let sorted = |ran: &Ran| {
        let mut rows = ran.rows.clone();
        rows.sort();
        rows
    };
    let shape = |ran: &Ran| (ran.columns.len(), ran.rows.len(), ran.error.is_some());
    let cut = ["limit", "offset", "fetch"].iter().any(|word| sql.to_ascii_lowercase().contains(word));
    shape(one) == shape(other) && (cut || sorted(one) == sorted(other))
}

fn fuzz<S: Store>(engine: Engine, judge: &Judge<S>, reader: &impl Reader) {
    // Mutants of what is known to fail would only fail again; scopes are judged in the corpus.
    let known = known(engine);
    let cases = ["attacks", "honest"].iter().flat_map(|folder| read(folder, engine));
    let corpus: Vec<String> =
        cases.filter(|case| case.file != "scope.sql" && !known.contains(&case.sql)).map(|case| case.sql).collect();
    let seed = number("AEGIS_FUZZ_SEED", 20_261_128);
    let statements = number("AEGIS_FUZZ_STATEMENTS", 3000);
    let (mut numbers, started) = (Numbers(seed), Instant::now());
    let (mut tried, mut accepted, mut wrong) = (0, 0, Vec::new());
    while tried < statements && (statements > 3000 || started.elapsed() < Duration::from_mins(5)) {
        let sql = statement(&mut numbers, &corpus);
        tried += 1;
        let Ok(forward) = judge.decider.decide("query", &sql) else { continue };
        accepted += 1;
        let reading = names(&forward.facts, "targets").is_empty();
        let tool = if reading { "query" } else { "execute" };
        if let Some(reason) = differs(reader, &sql, &forward).or_else(|| judge.broken(tool, &sql, &forward)) {
            wrong.push((reason, sql));
        }
    }
    println!("{engine:?}: {tried} statements, {accepted} accepted, {} read differently (seed {seed})", wrong.len());
    let shown: Vec<String> =
        wrong.iter().map(|(reason, sql)| format!("{reason}\n    {}", sql.escape_debug())).collect();
    assert!(wrong.is_empty(), "{}", shown.join("\n"));
    assert!(accepted >= 20, "{accepted} of {tried}");
}

#[test]
fn fuzz_sqlite() {
    let decider = Decider::of::<Kernel>();
    let store = behind::<Kernel>(&decider);
    let judge = Judge::new(decider, store);
    fuzz(Engine::Sqlite, &judge, &LiteReader::new());
}

#[test]
fn fuzz_postgres() {
    let judge = Judge::new(Decider::of::<harness::postgres::Kernel>(), Pg::new());
    fuzz(Engine::Postgres, &judge, &PgReader::new());
}
