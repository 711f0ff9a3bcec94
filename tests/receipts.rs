//! Receipts and the brake, end to end: a real kernel, real child processes, real pipes.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests may fail loudly")]

mod support;

use rustix::process::{Signal, kill_process};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use std::sync::{Arc, Barrier};
use support::{CSV, Client, Era, aegis, log_of, records, s3_of, state};

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
    let mut events: Vec<(String, String)> = fs::read_dir(dir.path().join("audit"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "jsonl"))
        .flat_map(|log| records(&log))
        .filter(|record| record["ev"].as_str().is_some_and(|event| event.starts_with("brake.")))
        .map(|record| ["ev", "scope"].map(|key| record[key].as_str().unwrap().to_owned()).into())
        .collect();
    events.sort();
    let told: Vec<(&str, &str)> = events.iter().map(|(event, scope)| (event.as_str(), scope.as_str())).collect();
    assert_eq!(
        told,
        [
            ("brake.off", "postgres, s3, everything"),
            ("brake.on", "everything"),
            ("brake.on", "postgres"),
            ("brake.on", "s3")
        ]
    );
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

/// Somebody writes to the database beside two running kernels.
#[test]
fn rows_that_the_logs_do_not_bear_out_promote_nothing() {
    let dir = state();
    let mut first = Client::open(dir.path(), Era::Modern);
    let mut second = Client::open(dir.path(), Era::Legacy);
    first.call(VALIDATE, dataset());
    assert_ne!(first.call(PROMOTE, dataset())["isError"], json!(true));
    let database = rusqlite::Connection::open(dir.path().join("receipts.db")).unwrap();
    database.execute_batch("UPDATE receipt SET state = 'valid', ended_by = NULL").unwrap();
    assert_eq!(second.denied(PROMOTE, dataset()).0, "AEG-D314", "it knows what the other spent");
    assert_eq!(first.denied(PROMOTE, dataset()).0, "AEG-D314");
    database.execute_batch("UPDATE receipt SET id = '01900000-0000-7000-8000-000000000001'").unwrap();
    for kernel in [&mut first, &mut second] {
        assert_eq!(kernel.denied(PROMOTE, dataset()).0, "AEG-D314", "nobody earned it");
    }
    // What is earned by one is spent by the other, as ever.
    database.execute_batch("DELETE FROM receipt").unwrap();
    first.call(VALIDATE, dataset());
    let promoted = second.call(PROMOTE, dataset());
    assert_ne!(promoted["isError"], json!(true), "{promoted}");
    first.close();
    second.close();
    assert_eq!(aegis(&["audit", "verify"], dir.path()).status.code(), Some(3));
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
    let log = records(&log_of(dir.path()));
    let events: Vec<_> = log.iter().filter(|record| record["id"].is_string()).collect();
    let names: Vec<_> = events.iter().map(|record| record["ev"].as_str().unwrap()).collect();
    assert_eq!(names, ["receipt.minted", "receipt.reserved", "receipt.burned"]);
    assert!(events.iter().all(|record| record["id"] == events[0]["id"]), "{events:?}");
    assert_eq!(events[1]["call"], events[2]["call"]);
}

const PROMOTE: &str = "aegis__promote";
const VALIDATE: &str = "aegis__validate";

fn dataset() -> Value {
    json!({"dataset": "customers"})
}

/// A writer's server is stopped in the middle of its call; what another kernel attempts meanwhile is refused by its own code.
#[test]
fn nothing_is_validated_or_promoted_while_a_writer_is_in_flight() {
    let dir = state();
    let mut promoter = Client::open(dir.path(), Era::Modern);
    promoter.call(VALIDATE, dataset());
    let mut writer = Client::open(dir.path(), Era::Legacy);
    writer.call("s3__list_objects", json!({}));
    let server = s3_of(&writer);
    kill_process(server, Signal::STOP).unwrap();
    let put = json!({"name": "s3__put_object", "arguments": {"key": "silver/customers.csv", "body": CSV}});
    writer.send(&json!({"jsonrpc": "2.0", "id": 700, "method": "tools/call", "params": put}));
    until(dir.path(), "SELECT COUNT(*) FROM writer");
    assert_eq!(promoter.denied(PROMOTE, dataset()).0, "AEG-D130", "what was earned is void");
    assert_eq!(promoter.denied(VALIDATE, dataset()).0, "AEG-D311", "and nothing is earned meanwhile");
    kill_process(server, Signal::CONT).unwrap();
    until(dir.path(), "SELECT NOT EXISTS (SELECT 1 FROM writer)");
    promoter.call(VALIDATE, dataset());
    assert_ne!(promoter.call(PROMOTE, dataset())["isError"], json!(true));
    writer.close();
    promoter.close();
}

/// The other way round: a promotion holds its receipt, and a write to what it promotes waits for another time.
#[test]
fn nothing_is_written_under_a_promotion_in_flight() {
    let dir = state();
    let mut promoter = Client::open(dir.path(), Era::Legacy);
    promoter.call(VALIDATE, dataset());
    let mut writer = Client::open(dir.path(), Era::Modern);
    let server = s3_of(&promoter);
    kill_process(server, Signal::STOP).unwrap();
    let promote = json!({"name": PROMOTE, "arguments": dataset()});
    promoter.send(&json!({"jsonrpc": "2.0", "id": 700, "method": "tools/call", "params": promote}));
    until(dir.path(), "SELECT COUNT(*) FROM receipt WHERE state = 'reserved'");
    let put = json!({"key": "silver/customers.csv", "body": "id\n"});
    assert_eq!(writer.denied("s3__put_object", put).0, "AEG-D311");
    kill_process(server, Signal::CONT).unwrap();
    until(dir.path(), "SELECT COUNT(*) FROM receipt WHERE state = 'consumed'");
    assert_eq!(fs::read_to_string(dir.path().join("objects/gold/customers.csv")).unwrap(), CSV);
    writer.close();
    promoter.close();
}

/// A halt of the tool, of the kernel's own tools or of the server: the promotion that is under way publishes nothing.
#[test]
fn a_halt_stops_a_promotion_under_way() {
    for scope in ["aegis.promote", "aegis", "s3"] {
        let dir = state();
        let mut client = Client::open(dir.path(), Era::Legacy);
        client.call(VALIDATE, dataset());
        let server = s3_of(&client);
        kill_process(server, Signal::STOP).unwrap();
        client.send(&json!({"jsonrpc": "2.0", "id": 700, "method": "tools/call", "params": {"name": PROMOTE, "arguments": dataset()}}));
        until(dir.path(), "SELECT COUNT(*) FROM receipt WHERE state = 'reserved'");
        assert!(aegis(&["halt", scope], dir.path()).status.success());
        kill_process(server, Signal::CONT).unwrap();
        until(dir.path(), "SELECT COUNT(*) FROM receipt WHERE state = 'burned'");
        client.close();
        assert!(!dir.path().join("objects/gold/customers.csv").exists(), "{scope}");
        let records = records(&kernel_log(dir.path()));
        let outcome = records.iter().rfind(|record| record["ev"] == "call.outcome").unwrap();
        assert_eq!((&outcome["tool"], &outcome["code"]), (&json!("aegis.promote"), &json!("AEG-D313")), "{scope}");
    }
}

/// The log with calls in it: `aegis halt` has one of its own.
fn kernel_log(state: &Path) -> std::path::PathBuf {
    let mut logs = fs::read_dir(state.join("audit")).unwrap().map(|entry| entry.unwrap().path());
    logs.find(|log| {
        log.extension().is_some_and(|end| end == "jsonl") && fs::read_to_string(log).unwrap().contains("call.outcome")
    })
    .unwrap()
}

#[test]
fn who_lacks_a_receipt_hears_what_became_of_the_last() {
    let dir = state();
    let mut client = Client::open(dir.path(), Era::Modern);
    let why = |client: &mut Client| client.call(PROMOTE, dataset())["_meta"]["aegis/denial"]["why"].to_string();
    assert!(why(&mut client).contains("(none was earned under this policy)"));
    client.call(VALIDATE, dataset());
    assert_ne!(client.call(PROMOTE, dataset())["isError"], json!(true));
    assert!(why(&mut client).contains("(the last one is spent)"));
    client.call(VALIDATE, dataset());
    let put = client.call("s3__put_object", json!({"key": "silver/customers.csv", "body": CSV}));
    assert_ne!(put["isError"], json!(true), "{put}");
    assert!(why(&mut client).contains("(the last one is void, since its data were written to)"));
    client.call(VALIDATE, dataset());
    fs::write(dir.path().join("objects/silver/customers.csv"), "id\n1\n").unwrap();
    assert_eq!(client.denied(PROMOTE, dataset()).0, "AEG-D701");
    assert!(why(&mut client).contains("(the last one went with a call that failed"));
    client.close();
}

/// The database as it was before the receipt was spent: the log knows better.
#[test]
fn a_database_that_was_set_back_spends_nothing_twice() {
    let dir = state();
    let mut client = Client::open(dir.path(), Era::Modern);
    client.call(VALIDATE, dataset());
    client.close();
    let kept = fs::read(dir.path().join("receipts.db")).unwrap();
    let mut client = Client::open(dir.path(), Era::Modern);
    assert_ne!(client.call(PROMOTE, dataset())["isError"], json!(true));
    client.close();
    for rest in ["receipts.db-wal", "receipts.db-shm"] {
        let _ignored = fs::remove_file(dir.path().join(rest));
    }
    fs::write(dir.path().join("receipts.db"), kept).unwrap();
    let mut client = Client::open(dir.path(), Era::Modern);
    assert_eq!(client.denied(PROMOTE, dataset()).0, "AEG-D314");
    client.close();
}

/// Who removes the record of the spending from the log too, is told so, and by no kernel that starts.
#[test]
fn a_kernel_does_not_start_where_a_receipt_rests_on_a_log_that_was_changed() {
    let dir = state();
    let mut client = Client::open(dir.path(), Era::Modern);
    client.call(VALIDATE, dataset());
    let id = rusqlite::Connection::open(dir.path().join("receipts.db"))
        .unwrap()
        .query_row("SELECT id FROM receipt", [], |row| row.get::<_, String>(0))
        .unwrap();
    assert_ne!(client.call(PROMOTE, dataset())["isError"], json!(true));
    client.close();
    let revive = || {
        let database = rusqlite::Connection::open(dir.path().join("receipts.db")).unwrap();
        database.execute("UPDATE receipt SET state = 'valid', ended_by = NULL", []).unwrap();
    };
    let log = log_of(dir.path());
    let text = fs::read_to_string(&log).unwrap();
    let without = |line: &&str| !(line.contains("\"need\":[{") && line.contains(&id));
    let cut: String = text.lines().filter(without).map(|line| format!("{line}\n")).collect();
    assert!(cut.len() < text.len());
    fs::write(&log, cut).unwrap();
    // Nobody goes on from it, whether or not something rests on it.
    for words in ["the log was changed", "a receipt stands, and the log it rests on does not"] {
        let output = aegis(&["serve"], dir.path());
        assert_eq!(output.status.code(), Some(2));
        let told = String::from_utf8_lossy(&output.stderr);
        assert!(told.contains(words), "{told}");
        revive();
    }
    fs::write(&log, text).unwrap();
    let mut client = Client::open(dir.path(), Era::Modern);
    assert_eq!(client.denied(PROMOTE, dataset()).0, "AEG-D314", "the log says that it was spent");
    client.close();
}

/// The kernel asks the system itself for the time, past the C library, so no preloaded library fools it. The row's time is put
/// forward instead, and that is the same clock seen from the other side.
#[test]
fn a_clock_behind_the_minting_is_refused() {
    let dir = state();
    let mut client = Client::open(dir.path(), Era::Modern);
    client.call(VALIDATE, dataset());
    let database = rusqlite::Connection::open(dir.path().join("receipts.db")).unwrap();
    assert_eq!(database.execute("UPDATE receipt SET wall_s = wall_s + 60", []).unwrap(), 1);
    assert_eq!(client.denied(PROMOTE, dataset()).0, "AEG-D315");
    client.close();
}

/// Waits until a query says something other than 0.
fn until(state: &Path, query: &str) {
    let database = rusqlite::Connection::open(state.join("receipts.db")).unwrap();
    database.busy_timeout(std::time::Duration::from_secs(5)).unwrap();
    let begun = std::time::Instant::now();
    while database.query_row(query, [], |row| row.get::<_, i64>(0)).unwrap() == 0 {
        assert!(begun.elapsed().as_secs() < 60, "{query}");
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
}
