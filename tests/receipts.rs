//! Receipts and the brake, end to end: a real kernel, real child processes, real pipes.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests may fail loudly")]

mod support;

use serde_json::json;
use std::fs;
use std::sync::{Arc, Barrier};
use support::{CSV, Client, Era, aegis, records, state};

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

#[test]
fn nothing_in_the_arguments_stands_for_a_receipt_or_another_dataset() {
    let dir = state();
    let mut client = Client::open(dir.path(), Era::Modern);
    let report = client.call("aegis__validate", json!({"dataset": "customers"}));
    let id = report["structuredContent"]["receipt"]["id"].clone();
    for arguments in [
        json!({"dataset": "customers", "receipt": id}),
        json!({"dataset": "customers", "checks": []}),
        json!({"dataset": "customers", "columns": ["id"]}),
        json!({"dataset": "Customers"}),
        json!({"dataset": "customers "}),
        json!({"dataset": "\u{441}ustomers"}),
        json!({"dataset": ["customers"]}),
        json!({"dataset": "silver/customers.csv"}),
    ] {
        assert_eq!(client.denied("aegis__promote", arguments.clone()).0, "AEG-D002", "{arguments}");
        assert_eq!(client.denied("aegis__validate", arguments.clone()).0, "AEG-D002", "{arguments}");
    }
    client.close();
}

#[test]
fn of_two_kernels_that_promote_at_once_exactly_one_does() {
    let dir = state();
    let mut first = Client::open(dir.path(), Era::Modern);
    first.call("aegis__validate", json!({"dataset": "customers"}));
    let second = Client::open(dir.path(), Era::Legacy);
    let start = Arc::new(Barrier::new(2));
    let racers: Vec<_> = [first, second]
        .into_iter()
        .map(|mut client| {
            let start = Arc::clone(&start);
            std::thread::spawn(move || {
                start.wait();
                let result = client.call("aegis__promote", json!({"dataset": "customers"}));
                client.close();
                result
            })
        })
        .collect();
    let results: Vec<_> = racers.into_iter().map(|racer| racer.join().unwrap()).collect();
    let won = results.iter().filter(|result| result["isError"] != json!(true)).count();
    assert_eq!(won, 1, "{results:?}");
    let lost = results.iter().find(|result| result["isError"] == json!(true)).unwrap().to_string();
    assert!(lost.contains("AEG-D310") || lost.contains("AEG-D130"), "{lost}");
}

/// The store's etag is inode, time and size: this forges all three, so that only the hash of the copy can tell.
#[test]
fn bytes_swapped_under_a_kept_etag_are_not_promoted() {
    let dir = state();
    let mut client = Client::open(dir.path(), Era::Modern);
    let silver = dir.path().join("objects/silver/customers.csv");
    client.call("aegis__validate", json!({"dataset": "customers"}));
    let time = fs::metadata(&silver).unwrap().modified().unwrap();
    fs::write(&silver, CSV.replace("Balthazar", "Belshazar")).unwrap();
    fs::File::options().write(true).open(&silver).unwrap().set_modified(time).unwrap();
    assert_eq!(client.denied("aegis__promote", json!({"dataset": "customers"})).0, "AEG-D703");
    assert!(!dir.path().join("objects/gold/customers.csv").exists());
    assert_eq!(client.denied("aegis__promote", json!({"dataset": "customers"})).0, "AEG-D130", "it burned");
    client.close();
}
