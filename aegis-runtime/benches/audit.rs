//! `cargo bench --workspace --bench audit`: records appended in batches without a sync, one durable record at a time with and
//! without a sync, and records verified on one core. Ends with the durable record's distribution in microseconds.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::indexing_slicing,
    missing_docs,
    reason = "a benchmark may fail loudly"
)]

use aegis_runtime::audit::{CallId, Event, Evidence, KernelId, Log, LogOptions, Record, verify};
use aegis_runtime::spec::{AuditSpec, Durability, OutcomeDurability};
use divan::Bencher;
use divan::counter::ItemsCount;
use serde_json::{Map, Value, json};
use std::path::Path;
use std::time::Instant;

const BATCH: usize = 20_000;

fn main() {
    divan::main();
    for (name, durability) in [("os", Durability::Os), ("fsync", Durability::Fsync)] {
        distribution(name, durability);
    }
}

fn open(dir: &Path, durability: Durability) -> Log {
    let options = LogOptions {
        dir: dir.join("audit"),
        heads: dir.join("heads.db"),
        kernel: KernelId::new(),
        policy: "0000000000000000000000000000000000000000000000000000000000000000",
        principal: "bench".into(),
        durability,
        outcome: OutcomeDurability::Group,
        audit: AuditSpec::DEFAULT,
    };
    Log::open(options).unwrap().0
}

fn record(log: &Log) -> Record {
    let call = CallId::new();
    let mut body = Map::new();
    body.insert("tool".into(), json!("postgres.query"));
    body.insert("decision".into(), json!("allow"));
    body.insert("rules".into(), json!(["read-data"]));
    body.insert("capabilities".into(), json!(["read:catalog", "read:silver"]));
    body.insert("args".into(), json!({"commit": log.commit_to(&call, "args", b"SELECT 1"), "len": 8}));
    body.insert("lat_us".into(), json!({"decide": 41}));
    Record::new(Event::CallDecided, Some(call), body)
}

fn block_on<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(future)
}

/// Queue to page cache: rendered, chained, under the tree, signed every 256 records; the commitments are the caller's.
#[divan::bench(sample_count = 10, sample_size = 1)]
fn append_batches_without_sync(bencher: Bencher<'_, '_>) {
    let dir = tempfile::tempdir().unwrap();
    let log = open(dir.path(), Durability::Os);
    let records: Vec<Record> = (0..BATCH).map(|_| record(&log)).collect();
    bencher.counter(ItemsCount::new(BATCH)).with_inputs(|| records.clone()).bench_local_values(|records| {
        block_on(async {
            let last = record(&log);
            records.into_iter().for_each(|record| log.note(record));
            log.durable(last).await.unwrap()
        })
    });
}

#[divan::bench]
fn commit_to_arguments(bencher: Bencher<'_, '_>) {
    let dir = tempfile::tempdir().unwrap();
    let log = open(dir.path(), Durability::Os);
    let (call, arguments) =
        (CallId::new(), json!({"sql": "SELECT id, country FROM customers WHERE id = 1", "limit": 10}));
    let Value::Object(arguments) = arguments else { return };
    bencher.bench_local(|| log.commit_arguments(&call, "args", &arguments));
}

#[divan::bench(sample_count = 10, sample_size = 1)]
fn verify_records(bencher: Bencher<'_, '_>) {
    let dir = tempfile::tempdir().unwrap();
    let log = open(dir.path(), Durability::Os);
    block_on(async {
        for _ in 0..200_000 {
            log.note(record(&log));
        }
        log.stop().await.unwrap();
    });
    let check = || verify(&dir.path().join("audit"), &dir.path().join("heads.db"), &Evidence::default()).unwrap();
    bencher.counter(ItemsCount::new(check().records)).bench_local(check);
}

/// Divan shows extremes and the middle; a latency is told by its tail. On the disk of the working directory.
fn distribution(name: &str, durability: Durability) {
    let dir = tempfile::tempdir_in(".").unwrap();
    let log = open(dir.path(), durability);
    let mut times: Vec<u128> = block_on(async {
        let mut times = Vec::new();
        for _ in 0..2_000 {
            let record = record(&log);
            let started = Instant::now();
            log.durable(record).await.unwrap();
            times.push(started.elapsed().as_micros());
        }
        times
    });
    times.sort_unstable();
    let at = |share: usize| times[(times.len() - 1) * share / 1_000];
    println!("durable = {name}: p50 {} us, p90 {} us, p99 {} us, p99.9 {} us", at(500), at(900), at(990), at(999));
}
