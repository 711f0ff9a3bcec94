//! `cargo bench -p aegis-runtime --bench screen`: the whole screen of a statement (decode, screen, decide, bind) beside `sqlparser` alone.
//!
//! First the honest corpora and the hostile sizes, each statement by its best of several runs; then single statements. Where some are
//! picked out by name, they alone.

#![allow(
    clippy::unwrap_used,
    clippy::wildcard_enum_match_arm,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::cast_possible_truncation,
    clippy::print_stdout,
    dead_code,
    missing_docs,
    reason = "a benchmark may fail loudly"
)]

#[path = "../../tests/sql/harness/corpus.rs"]
mod corpus;
#[path = "../../tests/sql/harness/decide.rs"]
mod decide;
#[path = "../../tests/sql/harness/hostile.rs"]
mod hostile;

mod sqlite {
    aegis_macros::kernel!("../../manifests", "../../policies/default.toml");
}
mod postgres {
    aegis_macros::kernel!("../../tests/postgres/manifests", "../../tests/postgres/policy.toml");
}

use corpus::Engine;
use decide::Decider;
use divan::Bencher;
use sqlparser::dialect::{PostgreSqlDialect, SQLiteDialect};
use sqlparser::parser::Parser;
use std::time::{Duration, Instant};

/// As the executable that ships.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// The longest that a hostile statement may take.
const HOSTILE: Duration = Duration::from_millis(20);

fn main() {
    let both =
        [(Engine::Sqlite, Decider::of::<sqlite::Kernel>()), (Engine::Postgres, Decider::of::<postgres::Kernel>())];
    let picked = std::env::args().skip(1).any(|argument| !argument.starts_with('-'));
    for (engine, decider) in both.into_iter().filter(|_| !picked) {
        honest(engine, &decider);
        sizes(engine, &decider);
    }
    divan::main();
}

fn best(mut run: impl FnMut()) -> Duration {
    let once = |run: &mut dyn FnMut()| {
        let started = Instant::now();
        run();
        started.elapsed()
    };
    (0..25).map(|_| once(&mut run)).min().unwrap()
}

fn honest(engine: Engine, decider: &Decider) {
    let cases = corpus::read("honest", engine);
    let (mut whole, mut bare) = (Vec::new(), Vec::new());
    for case in &cases {
        whole.push(best(|| drop(decider.decide(case.tools[0], &case.sql))));
        bare.push(best(|| assert!(parsed(engine, &case.sql) < 2)));
    }
    for (name, mut times) in [("whole screen", whole), ("sqlparser alone", bare)] {
        times.sort();
        let at = |part: usize| times[times.len() * part / 100];
        println!("{engine:?}, {} honest statements, {name}: median {:?}, p95 {:?}", cases.len(), at(50), at(95));
    }
}

/// The bound is held here and not in a test, which would measure the machine.
fn sizes(engine: Engine, decider: &Decider) {
    let mut slowest = (Duration::ZERO, "", 0);
    for (name, size, sql) in hostile::hostile() {
        let started = Instant::now();
        drop(decider.decide("query", &sql));
        slowest = slowest.max((started.elapsed(), name, size));
    }
    println!("{engine:?}, hostile sizes: at most {:?} ({} of {})", slowest.0, slowest.1, slowest.2);
    assert!(slowest.0 < HOSTILE, "{slowest:?}");
}

/// Statements found; none in what the parser refuses.
fn parsed(engine: Engine, sql: &str) -> usize {
    match engine {
        Engine::Sqlite => Parser::parse_sql(&SQLiteDialect {}, sql).map_or(0, |all| all.len()),
        Engine::Postgres => Parser::parse_sql(&PostgreSqlDialect {}, sql).map_or(0, |all| all.len()),
    }
}

const QUERY: &str = "SELECT country, count(*) FROM customers GROUP BY country";
const MASKED: &str = "SELECT id, name, email FROM customers WHERE id < 10";

/// About 2 KiB of what a report looks like.
fn report() -> String {
    let arm = |status: &str| {
        format!(
            "SELECT '{status}' AS state, o.customer_id, count(*) AS n, sum(o.amount_cents) AS cents, \
             max(CASE WHEN o.amount_cents > 5000 THEN 'large' ELSE 'small' END) AS size, \
             avg(o.amount_cents) FILTER (WHERE o.note IS NOT NULL) AS noted \
             FROM orders o JOIN events e ON e.id = o.id \
             WHERE o.status = '{status}' AND o.created_at >= '2026-01-01' GROUP BY o.customer_id HAVING count(*) > 1"
        )
    };
    let arms: Vec<String> = ["open", "paid", "shipped", "returned", "lost"].map(arm).to_vec();
    format!("{} ORDER BY 3 DESC LIMIT 100", arms.join(" UNION ALL "))
}

fn screen(bencher: Bencher<'_, '_>, decider: &Decider, sql: &str) {
    decider.decide("query", sql).unwrap();
    bencher.bench_local(|| decider.decide("query", sql));
}

#[divan::bench(args = ["sqlite", "postgres"])]
fn default_query(bencher: Bencher<'_, '_>, engine: &str) {
    screen(bencher, &decider(engine), QUERY);
}

#[divan::bench(args = ["sqlite", "postgres"])]
fn masked_query(bencher: Bencher<'_, '_>, engine: &str) {
    screen(bencher, &decider(engine), MASKED);
}

#[divan::bench(args = ["sqlite", "postgres"])]
fn two_kib(bencher: Bencher<'_, '_>, engine: &str) {
    screen(bencher, &decider(engine), &report());
}

#[divan::bench(args = [QUERY, MASKED])]
fn sqlparser_alone(bencher: Bencher<'_, '_>, sql: &str) {
    bencher.bench_local(|| parsed(Engine::Sqlite, sql));
}

#[divan::bench]
fn sqlparser_alone_two_kib(bencher: Bencher<'_, '_>) {
    let sql = report();
    bencher.bench_local(|| parsed(Engine::Sqlite, &sql));
}

fn decider(engine: &str) -> Decider {
    if engine == "sqlite" { Decider::of::<sqlite::Kernel>() } else { Decider::of::<postgres::Kernel>() }
}
