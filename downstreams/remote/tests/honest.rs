//! What analysts write over personal columns is served by our own server, with the rows that it has without us: through the screen,
//! the masked views and their tokens.

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

#[path = "../../../tests/sql/harness/mod.rs"]
mod harness;

use aegis_downstreams::estate::{Dialect, Estate};
use aegis_remote::init;
use aegis_remote::postgres::{Options, Warehouse};
use aegis_runtime::downstream::estate;
use aegis_runtime::intercept::sql::SqlScreen;
use aegis_runtime::kernel::Kernel as _;
use aegis_runtime::spec::{self, Carrier, ServerId};
use aegis_runtime::vocabulary::Operator;
use harness::canary::Canaries;
use harness::corpus::{Case, Engine, read};
use harness::pg::database;
use harness::pg_store::{connect, content, one_statement};
use harness::postgres::Kernel;
use harness::seed::{Version, tables};

/// Most rows of one answer.
const ROWS: u64 = 1000;

/// Why a read is not served, or shows other rows.
async fn missed(
    case: &Case,
    screen: &SqlScreen,
    warehouse: &Warehouse,
    rows: usize,
    canaries: &Canaries,
) -> Option<String> {
    let judged = match screen.screen(&case.sql) {
        Ok(judged) => judged,
        Err(refusal) => return Some(format!("{} {}", refusal.code.as_str(), refusal.detail)),
    };
    let text = match screen.rewrite(&judged, &|_, _| Some(Operator::Token)) {
        Ok(text) => text.unwrap_or_else(|| case.sql.clone()),
        Err(refusal) => return Some(format!("{} {}", refusal.code.as_str(), refusal.detail)),
    };
    let answer = match warehouse.query(&text, ROWS).await {
        Ok(answer) => answer,
        Err(refusal) => return Some(format!("{refusal}: {text}")),
    };
    assert_eq!(canaries.found(&answer.to_string(), &case.sql), None, "{text}");
    let found = answer["rows"].as_array().unwrap().len();
    // A plan over a view has lines of its own.
    (found != rows && !text.starts_with("EXPLAIN")).then(|| format!("{found} rows instead of {rows}: {text}"))
}

#[test]
fn masked_reads_are_served_behind_our_own_server() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let database = database(&content(Version::One));
    let server = Kernel::SPEC.servers.iter().position(|server| server.name == "postgres").unwrap();
    let server = ServerId(u16::try_from(server).unwrap());
    let estate = Estate::parse(&estate::text(Kernel::SPEC, server).unwrap(), Dialect::Postgres).unwrap();
    let role = format!("aegis_{}", database.name());
    database.sql(&init::sql(&estate, &role, false).unwrap());
    let client = connect(&runtime, &database);
    let dsn = |suffix: &str| database.dsn(&format!("{role}_{suffix}"));
    let options = Options {
        reader: dsn("reader"),
        writer: Some(dsn("writer")),
        kernel: Some(dsn("kernel")),
        estate: Some(estate),
        max_changes: ROWS,
    };
    let warehouse = Warehouse::new(options).unwrap();
    let screen = SqlScreen::new(Kernel::SPEC, server, spec::Dialect::Postgres, Carrier::Views).unwrap();
    let canaries = Canaries::of(&tables(Version::One));

    let (mut all, mut misses) = (0, Vec::new());
    for case in read("honest", Engine::Postgres) {
        if !case.masked || case.tools[0] != "query" {
            continue;
        }
        all += 1;
        let rows = runtime.block_on(one_statement(&client, &case.sql)).rows.len();
        if let Some(why) = runtime.block_on(missed(&case, &screen, &warehouse, rows, &canaries)) {
            misses.push(format!("{}:{} {why}", case.file, case.line));
        }
    }
    let share = 100.0 * f64::from(all - u32::try_from(misses.len()).unwrap()) / f64::from(all);
    println!("{} of {all} masked reads served ({share:.1} %)", all as usize - misses.len());
    misses.iter().for_each(|miss| println!("  {miss:.300}"));
    assert!(all > 200 && share >= 98.0, "{share:.1} %");
}
