//! Receipts and the brake, end to end: a real kernel, real child processes, real pipes.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests may fail loudly")]

mod support;

use serde_json::json;
use std::fs;
use support::{Client, Era, aegis, records, state};

#[test]
fn a_halt_stops_running_kernels_and_is_recorded() {
    let dir = state();
    let mut client = Client::open(dir.path(), Era::Modern);
    let mut other = Client::open(dir.path(), Era::Legacy);
    assert_eq!(client.call("postgres__list_tables", json!({}))["isError"], json!(false));
    assert!(aegis(&["halt", "postgres"], dir.path()).status.success());
    for kernel in [&mut client, &mut other] {
        assert_eq!(kernel.denied("postgres__list_tables", json!({})).0, "AEG-D313");
        assert_ne!(kernel.call("s3__list_objects", json!({}))["isError"], json!(true));
        assert_eq!(kernel.call("aegis__status", json!({}))["structuredContent"]["halted"], json!(["postgres"]));
    }
    let page = aegis(&["doctor"], dir.path());
    assert!(String::from_utf8_lossy(&page.stdout).contains("on: postgres since"));
    // A halted server stops the kernel's own steps there too; everything stops everything but the status.
    assert!(aegis(&["halt", "s3"], dir.path()).status.success());
    assert_eq!(client.denied("aegis__validate", json!({"dataset": "customers"})).0, "AEG-D313");
    assert!(aegis(&["halt"], dir.path()).status.success());
    assert_eq!(client.denied("aegis__validate", json!({"dataset": "customers"})).0, "AEG-D313");
    assert!(aegis(&["resume"], dir.path()).status.success());
    assert_eq!(client.call("postgres__list_tables", json!({}))["isError"], json!(false));
    assert_eq!(aegis(&["resume", "s3"], dir.path()).status.code(), Some(1), "nothing was halted any more");
    assert_eq!(aegis(&["halt", "s4"], dir.path()).status.code(), Some(2));
    client.close();
    other.close();
    let mut events: Vec<String> = fs::read_dir(dir.path().join("audit"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "jsonl"))
        .flat_map(|log| records(&log))
        .filter_map(|record| record["ev"].as_str().filter(|event| event.starts_with("brake.")).map(str::to_owned))
        .collect();
    events.sort();
    assert_eq!(events, ["brake.off", "brake.off", "brake.on", "brake.on", "brake.on"]);
}
