//! Datasets that are tables or prefixes, end to end: a real kernel, the embedded warehouse and object store, real pipes.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, missing_docs, reason = "tests may fail loudly")]

mod support;

use rusqlite::Connection;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;
use support::{Client, Era, log_of, records, state};

const CANARIES: [&str; 5] = ["Canary", "canary", "+4930", "123-45-6789", "not-an-address"];

fn database(state: &Path) -> Connection {
    Connection::open(state.join("warehouse/warehouse.db")).unwrap()
}

fn rows(state: &Path, table: &str) -> Vec<(i64, Option<String>)> {
    let database = database(state);
    let mut statement = database.prepare(&format!("SELECT id, email FROM {table} ORDER BY id")).unwrap();
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    rows.map(Result::unwrap).collect()
}

/// By check: what was measured, and whether that passed.
fn checks(report: &Value) -> BTreeMap<String, (f64, bool)> {
    let checks = report["structuredContent"]["checks"].as_array().unwrap_or_else(|| panic!("{report}"));
    let of = |check: &Value| (check["measured"].as_f64().unwrap(), check["passed"].as_bool().unwrap());
    checks.iter().map(|check| (check["id"].as_str().unwrap().to_owned(), of(check))).collect()
}

fn dataset(name: &str) -> Value {
    json!({"dataset": name})
}

#[test]
fn rows_that_pass_become_gold_and_nothing_else_does() {
    for era in [Era::Legacy, Era::Modern] {
        let dir = state();
        database(dir.path()).execute_batch("INSERT INTO gold_customers (id, name) VALUES (77, 'former')").unwrap();
        let mut client = Client::open(dir.path(), era);
        let customers = dataset("warehouse-customers");
        assert_eq!(client.denied("aegis__promote", customers.clone()).0, "AEG-D130");
        let report = client.call("aegis__validate", customers.clone());
        assert_eq!(report["structuredContent"]["receipt"]["version_kind"], "rows", "{report}");
        assert_eq!(report["structuredContent"]["rows"], 2);
        for canary in CANARIES {
            assert!(!report.to_string().contains(canary), "{canary}: {report}");
        }
        let promoted = client.call("aegis__promote", customers.clone());
        assert_ne!(promoted["isError"], true, "{promoted}");
        assert_eq!(rows(dir.path(), "gold_customers"), rows(dir.path(), "customers"));
        assert_eq!(client.denied("aegis__promote", customers).0, "AEG-D130", "a receipt is spent once");
        client.close();
        let read = records(&log_of(dir.path())).into_iter().any(|record| record["table"] == "customers");
        assert!(read, "the kernel's own read is in the log");
    }
}

#[test]
fn the_road_has_no_name_for_the_agent() {
    let dir = state();
    let mut client = Client::open(dir.path(), Era::Modern);
    for tool in ["postgres__aegis_promote", "postgres__aegis_measure", "aegis__aegis_promote", "aegis_promote"] {
        let arguments = json!({"silver": "customers", "gold": "gold_customers", "digest": "", "inputs": []});
        let answer = client.request("tools/call", json!({"name": tool, "arguments": arguments}));
        assert_eq!(answer["error"]["code"], -32602, "{answer}");
    }
    let listed = client.request("tools/list", json!({}));
    assert!(!listed.to_string().contains("aegis_measure") && !listed.to_string().contains("aegis_promote"));
    client.close();
    let records = records(&log_of(dir.path()));
    assert!(!records.iter().any(|record| record["ev"] == "tools.extra"), "nothing of it is offered");
    assert!(rows(dir.path(), "gold_customers").is_empty());
}

#[test]
fn a_write_by_any_tool_voids_what_stood_for_the_table() {
    let dir = state();
    let mut client = Client::open(dir.path(), Era::Legacy);
    for name in ["warehouse-customers", "warehouse-orders"] {
        assert_eq!(client.call("aegis__validate", dataset(name))["structuredContent"]["passed"], true);
    }
    let sql = "UPDATE customers SET country = 'IT' WHERE id = 1";
    let written = client.call("postgres__execute", json!({"sql": sql}));
    assert_eq!(written["structuredContent"]["changes"], 1, "{written}");
    // The orders' customers were looked up in that table.
    for name in ["warehouse-customers", "warehouse-orders"] {
        assert_eq!(client.denied("aegis__promote", dataset(name)).0, "AEG-D130", "{name}");
    }
    client.close();
}

#[test]
fn rows_changed_behind_the_kernel_are_not_promoted() {
    let dir = state();
    let mut client = Client::open(dir.path(), Era::Legacy);
    for (name, sql) in [
        ("warehouse-customers", "UPDATE customers SET phone = '1' WHERE id = 2"),
        ("warehouse-orders", "INSERT INTO customers VALUES (3, 'C', NULL, NULL, NULL, '2026-01-03', 'IT')"),
    ] {
        client.call("aegis__validate", dataset(name));
        database(dir.path()).execute_batch(sql).unwrap();
        assert_eq!(client.denied("aegis__promote", dataset(name)).0, "AEG-D701", "{name}");
        assert_eq!(client.denied("aegis__promote", dataset(name)).0, "AEG-D130", "the receipt is burned");
    }
    client.close();
    let count = |table| database(dir.path()).query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0));
    assert_eq!((count("gold_customers"), count("gold_orders")), (Ok(0_i64), Ok(0_i64)));
}

#[test]
fn a_failed_table_tells_which_checks_and_by_how_much_and_no_cell() {
    let dir = state();
    database(dir.path())
        .execute_batch(
            "INSERT INTO customers VALUES (3, 'Canary', 'not-an-address', NULL, NULL, '2026-01-03', 'Germany'),
                                          (4, NULL, 'canary', NULL, NULL, 'canary', 'DE');
             INSERT INTO orders VALUES (2, 99, -5, 'paid', NULL, '2026-02-01'), (3, 98, 5, 'paid', NULL, '2026-02-01')",
        )
        .unwrap();
    let mut client = Client::open(dir.path(), Era::Legacy);
    let report = client.call("aegis__validate", dataset("warehouse-customers"));
    assert_eq!(report["isError"], true);
    let expected = [
        ("not-empty", (4.0, true)),
        ("schema", (1.0, false)),
        ("unique-id", (0.0, true)),
        ("valid-country", (1.0, false)),
        ("valid-email", (2.0, false)),
    ];
    assert_eq!(checks(&report), expected.map(|(id, check)| (id.to_owned(), check)).into());
    for canary in CANARIES {
        assert!(!report.to_string().contains(canary), "{canary}: {report}");
    }
    let report = client.call("aegis__validate", dataset("warehouse-orders"));
    assert_eq!((checks(&report)["known-customer"], checks(&report)["sane-amount"]), ((2.0, false), (1.0, false)));
    assert_eq!(client.denied("aegis__promote", dataset("warehouse-customers")).0, "AEG-D130");
    client.close();
}

/// Two objects of events.
fn events(state: &Path) {
    let dir = state.join("objects/silver/events/2026");
    fs::create_dir_all(&dir).unwrap();
    fs::write(dir.join("a.jsonl"), "{\"id\":1,\"kind\":\"x\",\"at\":\"2026-01-01\"}\n").unwrap();
    fs::write(dir.join("b.jsonl"), "{\"id\":2,\"kind\":\"canary\",\"at\":\"2026-01-02\",\"more\":1}\n").unwrap();
}

/// Every object below a directory, by key. What goes while a kernel is at work is not there.
fn tree(root: &Path) -> BTreeMap<String, Vec<u8>> {
    fn there<T>(looked: io::Result<T>) -> Option<T> {
        looked.map_or_else(|error| (error.kind() != io::ErrorKind::NotFound).then(|| panic!("{error}")), Some)
    }
    let mut found = BTreeMap::new();
    let mut left = vec![root.to_owned()];
    while let Some(path) = left.pop() {
        if path.is_dir() {
            left.extend(there(fs::read_dir(path)).into_iter().flatten().map(|entry| entry.unwrap().path()));
        } else if let Some(content) = there(fs::read(&path)) {
            found.insert(path.strip_prefix(root).unwrap().to_string_lossy().into_owned(), content);
        }
    }
    found
}

#[test]
fn a_prefix_is_published_as_it_was_validated() {
    let dir = state();
    events(dir.path());
    let gold = dir.path().join("objects/gold/events");
    fs::create_dir_all(&gold).unwrap();
    fs::write(gold.join("stale.jsonl"), "{}").unwrap();
    let mut client = Client::open(dir.path(), Era::Modern);
    let report = client.call("aegis__validate", dataset("events"));
    assert_eq!(report["structuredContent"]["receipt"]["version_kind"], "listing", "{report}");
    assert_eq!(report["structuredContent"]["rows"], 2);
    let promoted = client.call("aegis__promote", dataset("events"));
    assert_eq!(promoted["structuredContent"]["staged_copy_removed"], true, "{promoted}");
    assert_eq!(tree(&gold), tree(&dir.path().join("objects/silver/events")));
    assert_eq!(client.denied("aegis__promote", dataset("events")).0, "AEG-D130");
    client.close();
}

#[test]
fn a_client_that_asks_hears_how_far_it_is() {
    let dir = state();
    events(dir.path());
    let mut client = Client::open(dir.path(), Era::Legacy);
    let call = |token: Value| json!({"name": "aegis__validate", "arguments": {"dataset": "events"}, "_meta": token});
    let (answer, heard) = client.heard("tools/call", call(json!({"progressToken": "far"})));
    assert_eq!(answer["result"]["structuredContent"]["passed"], true, "{answer}");
    let told: Vec<f64> = heard
        .iter()
        .filter(|message| message["method"] == "notifications/progress" && message["params"]["progressToken"] == "far")
        .map(|message| message["params"]["progress"].as_f64().unwrap())
        .collect();
    let bytes: usize = tree(&dir.path().join("objects/silver/events")).values().map(Vec::len).sum();
    assert_eq!((told.len(), told.last().copied()), (2, u32::try_from(bytes).ok().map(f64::from)), "{heard:?}");
    assert!(told.is_sorted() && !format!("{heard:?}").contains("canary"), "{heard:?}");
    let (_, heard) = client.heard("tools/call", call(json!({})));
    assert!(heard.is_empty(), "who does not ask hears nothing: {heard:?}");
    client.close();
}

#[test]
fn checks_run_over_all_objects_of_a_prefix_as_one_table() {
    let dir = state();
    events(dir.path());
    let file = dir.path().join("objects/silver/events/c.jsonl");
    fs::write(&file, "{\"id\":1,\"kind\":\"canary\",\"at\":\"2026-01-03\"}\n").unwrap();
    let mut client = Client::open(dir.path(), Era::Legacy);
    let report = client.call("aegis__validate", dataset("events"));
    assert_eq!((report["isError"].clone(), checks(&report)["unique-id"]), (json!(true), (1.0, false)));
    assert!(!report.to_string().contains("canary"), "{report}");
    fs::write(&file, "{\"id\":3,\"at\":\"2026-01-03\"}\n").unwrap();
    let (code, _) = client.denied("aegis__validate", dataset("events"));
    assert_eq!(code, "AEG-D700", "a column that one object has not");
    client.close();
}

fn call(state: &Path, tool: &str) -> String {
    let log = records(&log_of(state));
    let decided = log.iter().find(|record| record["ev"] == "call.decided" && record["tool"] == tool);
    decided.map(|record| record["call"].as_str().unwrap().to_owned()).unwrap_or_default()
}

#[test]
fn what_was_not_validated_is_copied_nowhere() {
    let dir = state();
    events(dir.path());
    let mut client = Client::open(dir.path(), Era::Legacy);
    client.call("aegis__validate", dataset("events"));
    fs::write(dir.path().join("objects/silver/events/2026/b.jsonl"), "{\"id\":\"unvalidated\"}\n").unwrap();
    assert_eq!(client.denied("aegis__promote", dataset("events")).0, "AEG-D701");
    let promotion = call(dir.path(), "aegis.promote");
    let log = records(&log_of(dir.path()));
    let read: Vec<&str> = log
        .iter()
        .filter(|record| record["ev"] == "kernel.read" && record["call"] == promotion.as_str())
        .filter_map(|record| record["object"].as_str())
        .collect();
    assert!(!read.is_empty() && read.iter().all(|key| key.starts_with("silver/")), "{read:?}");
    client.close();
}

#[test]
fn what_calls_left_that_are_over_goes_with_the_next_promotion() {
    let dir = state();
    events(dir.path());
    let own = dir.path().join("objects/gold/events/.aegis");
    let dead = own.join("01900000-0000-7000-8000-000000000001/2026");
    fs::create_dir_all(&dead).unwrap();
    fs::write(dead.join("a.jsonl"), "left").unwrap();
    fs::write(own.join("not-a-call"), "whoever put it there").unwrap();
    let mut client = Client::open(dir.path(), Era::Modern);
    client.call("aegis__validate", dataset("events"));
    client.call("aegis__promote", dataset("events"));
    assert_eq!(tree(&own).keys().collect::<Vec<_>>(), ["not-a-call"]);
    client.close();
}

#[test]
fn a_client_that_cancels_leaves_no_copies() {
    let dir = state();
    events(dir.path());
    for id in 10..80 {
        let line = format!("{{\"id\":{id},\"kind\":\"x\",\"at\":\"2026-01-01\"}}\n");
        fs::write(dir.path().join(format!("objects/silver/events/{id}.jsonl")), line).unwrap();
    }
    let own = dir.path().join("objects/gold/events/.aegis");
    let mut client = Client::open(dir.path(), Era::Legacy);
    client.call("aegis__validate", dataset("events"));
    let params = json!({"name": "aegis__promote", "arguments": {"dataset": "events"}});
    client.send(&json!({"jsonrpc": "2.0", "id": 900, "method": "tools/call", "params": params}));
    let patience = std::time::Instant::now();
    let wait = |until: &dyn Fn() -> bool| {
        while !until() {
            assert!(patience.elapsed().as_secs() < 120, "it hangs");
            std::thread::sleep(std::time::Duration::from_millis(2));
        }
    };
    wait(&|| !tree(&own).is_empty());
    client.send(&json!({"jsonrpc": "2.0", "method": "notifications/cancelled", "params": {"requestId": 900}}));
    let promotion = call(dir.path(), "aegis.promote");
    wait(&|| {
        let text = fs::read_to_string(log_of(dir.path())).unwrap();
        text.lines().any(|line| line.contains("\"ev\":\"call.outcome\"") && line.contains(&promotion))
    });
    assert_eq!(tree(&own).keys().collect::<Vec<_>>(), Vec::<&String>::new());
    client.close();
}

#[test]
fn an_object_added_removed_or_changed_is_another_version() {
    let (a, d) = ("objects/silver/events/2026/a.jsonl", "objects/silver/events/d.jsonl");
    let line = "{\"id\":4,\"kind\":\"x\",\"at\":\"2026-01-04\"}\n";
    let changes: [&dyn Fn(&Path); 3] = [
        &|state| fs::write(state.join(d), line).unwrap(),
        &|state| fs::remove_file(state.join(a)).unwrap(),
        &|state| fs::write(state.join(a), line).unwrap(),
    ];
    for change in changes {
        let dir = state();
        events(dir.path());
        let mut client = Client::open(dir.path(), Era::Legacy);
        client.call("aegis__validate", dataset("events"));
        change(dir.path());
        let (code, _) = client.denied("aegis__promote", dataset("events"));
        assert!(["AEG-D701", "AEG-D703"].contains(&code.as_str()), "{code}");
        assert_eq!(client.denied("aegis__promote", dataset("events")).0, "AEG-D130", "the receipt is burned");
        assert!(tree(&dir.path().join("objects/gold")).is_empty(), "no copy is left, and nothing is published");
        client.close();
    }
    // Through the kernel the receipt is void at once, also for a key that was not there.
    let dir = state();
    events(dir.path());
    let mut client = Client::open(dir.path(), Era::Legacy);
    client.call("aegis__validate", dataset("events"));
    client.call("s3__put_object", json!({"key": "silver/events/new.jsonl", "body": line}));
    assert_eq!(client.denied("aegis__promote", dataset("events")).0, "AEG-D130");
    client.close();
}

/// A file that pyarrow wrote (`tests/parquet/make.py`), where the estate has it.
fn visits(state: &Path, name: &str) -> Vec<u8> {
    let bytes = fs::read(format!("{}/tests/parquet/visits-{name}.parquet", env!("CARGO_MANIFEST_DIR"))).unwrap();
    fs::write(state.join("objects/silver/visits.parquet"), &bytes).unwrap();
    bytes
}

#[test]
fn a_parquet_file_of_another_writer_is_validated_and_published() {
    let dir = state();
    let mut client = Client::open(dir.path(), Era::Modern);
    for name in ["snappy-v1", "zstd-v2", "gzip-v1", "pages"] {
        let bytes = visits(dir.path(), name);
        let report = client.call("aegis__validate", dataset("visits"));
        assert_eq!(report["structuredContent"]["passed"], true, "{name}: {report}");
        assert_eq!(report["structuredContent"]["rows"], if name == "pages" { 700 } else { 300 });
        let digest = aegis_runtime::audit::hex(&Sha256::digest(&bytes));
        assert_eq!(report["structuredContent"]["content_digest"], digest, "the digest is that of the bytes");
        let promoted = client.call("aegis__promote", dataset("visits"));
        assert_ne!(promoted["isError"], true, "{promoted}");
        assert_eq!(fs::read(dir.path().join("objects/gold/visits.parquet")).unwrap(), bytes);
    }
    client.close();
}

#[test]
fn a_parquet_file_that_fails_tells_counts_and_no_cell() {
    let dir = state();
    visits(dir.path(), "canary");
    let mut client = Client::open(dir.path(), Era::Legacy);
    let report = client.call("aegis__validate", dataset("visits"));
    assert_eq!(report["isError"], true, "{report}");
    assert_eq!((checks(&report)["unique-id"], checks(&report)["known-person"]), ((299.0, false), (300.0, false)));
    assert!(!report.to_string().contains("canary"), "{report}");
    for (name, why) in [
        ("lacks", "the header lacks `at`"),
        ("further", "the header has a column that the schema does not declare"),
        ("nested", "nested where the schema declares one value"),
        ("lz4", "use snappy, gzip or zstd"),
    ] {
        visits(dir.path(), name);
        let told = client.call("aegis__validate", dataset("visits")).to_string();
        assert!(told.contains("AEG-D700") && told.contains(why), "{name}: {told}");
    }
    assert_eq!(client.denied("aegis__promote", dataset("visits")).0, "AEG-D130");
    client.close();
}

/// Damage in every part of a file, under a memory that does not grow with what the file says; the kernel goes on after each.
#[test]
fn a_hostile_parquet_file_ends_its_validation_and_nothing_else() {
    let dir = state();
    let whole = visits(dir.path(), "zstd-v2");
    let mut client = Client::open(dir.path(), Era::Modern);
    let path = dir.path().join("objects/silver/visits.parquet");
    for at in (0..whole.len()).step_by(whole.len() / 97) {
        for fill in [0xff, 0x00, 0x7f] {
            let mut bytes = whole.clone();
            bytes[at..(at + 6).min(whole.len())].fill(fill);
            fs::write(&path, bytes).unwrap();
            let told = client.call("aegis__validate", dataset("visits"));
            assert!(!told.to_string().contains("person-"), "{told}");
        }
    }
    fs::write(&path, &whole).unwrap();
    assert_eq!(client.call("aegis__validate", dataset("visits"))["structuredContent"]["passed"], true);
    let status = fs::read_to_string(format!("/proc/{}/status", client.child.id())).unwrap();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap().trim().trim_end_matches(" kB");
    assert!(peak.parse::<u64>().unwrap() < 700 * 1024, "{peak} KiB");
    client.close();
}
