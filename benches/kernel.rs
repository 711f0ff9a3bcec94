//! What mediation costs: a decision by itself, and a call over stdio beside the same call made directly.
//!
//! `cargo bench --bench kernel`. The two stdio figures are run in one process, one after the other; compare them with each other.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, missing_docs, reason = "a benchmark may fail loudly")]

#[path = "../tests/support/mod.rs"]
mod support;

use aegis::kernel::Kernel;
use aegis_runtime::gate::{self, Snapshot};
use aegis_runtime::intercept::Screens;
use aegis_runtime::kernel::{Evidence, Kernel as _};
use divan::Bencher;
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};
use support::{AEGIS, Client, Era, state};

fn main() {
    divan::main();
}

fn decide(bencher: Bencher<'_, '_>, tool: &str, arguments: &Value) {
    let screens = Screens::new(Kernel::SPEC).unwrap();
    bencher.bench_local(|| {
        let call = gate::decode::<Kernel>(tool, arguments.as_object().cloned()).unwrap();
        let permit =
            gate::decide(gate::screen(call, &screens).unwrap(), Snapshot::stated(Evidence::default())).unwrap();
        gate::bind(permit, &screens).unwrap()
    });
}

#[divan::bench]
fn decide_an_object_key(bencher: Bencher<'_, '_>) {
    decide(bencher, "s3__head_object", &json!({"key": "silver/customers.csv"}));
}

#[divan::bench]
fn decide_a_query(bencher: Bencher<'_, '_>) {
    decide(bencher, "postgres__query", &json!({"sql": "SELECT country, count(*) FROM customers GROUP BY country"}));
}

#[divan::bench]
fn decide_a_query_that_is_masked(bencher: Bencher<'_, '_>) {
    decide(bencher, "postgres__query", &json!({"sql": "SELECT id, email FROM customers WHERE id < 10"}));
}

const QUERY: &str = "SELECT id, country FROM customers WHERE id = 1";

#[divan::bench]
fn stdio_direct(bencher: Bencher<'_, '_>) {
    let dir = state();
    let mut child = Command::new(AEGIS)
        .args(["downstream", "postgres", "--database"])
        .arg(dir.path().join("warehouse/warehouse.db"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let (mut stdin, mut stdout) = (child.stdin.take().unwrap(), BufReader::new(child.stdout.take().unwrap()));
    let mut request = |message: Value| {
        writeln!(stdin, "{message}").unwrap();
        let mut line = String::new();
        stdout.read_line(&mut line).unwrap();
        line
    };
    let client =
        json!({"protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": {"name": "bench", "version": "0"}});
    request(json!({"jsonrpc": "2.0", "id": 0, "method": "initialize", "params": client}));
    let mut id = 0;
    bencher.bench_local(|| {
        id += 1;
        request(json!({"jsonrpc": "2.0", "id": id, "method": "tools/call", "params": {"name": "query", "arguments": {"sql": QUERY}}}))
    });
    child.kill().unwrap();
    child.wait().unwrap();
}

/// With `durability = "fsync"`: the decision is on disk before the server is called.
#[divan::bench]
fn stdio_through_aegis(bencher: Bencher<'_, '_>) {
    let dir = state();
    let mut client = Client::open(dir.path(), Era::Legacy);
    client.call("postgres__query", json!({"sql": QUERY}));
    bencher.bench_local(|| client.call("postgres__query", json!({"sql": QUERY})));
    client.close();
}
