//! The three invariants and the native tools, end to end: a real kernel, real child processes, real pipes, both eras.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, missing_docs, reason = "tests may fail loudly")]

mod support;

use serde_json::json;
use std::fs;
use std::io::Write as _;
use std::process::{Command, Stdio};
use support::{AEGIS, Client, Era, state};

const CANARIES: [&str; 4] = ["Canary", "canary@", "+4930", "123-45-6789"];

fn in_both_eras(test: impl Fn(Era)) {
    test(Era::Legacy);
    test(Era::Modern);
}

#[test]
fn no_destructive_ops() {
    in_both_eras(|era| {
        let dir = state();
        let mut client = Client::open(dir.path(), era);
        for sql in [
            "DROP TABLE staging_customers",
            "DELETE FROM staging_customers",
            "DELETE FROM customers WHERE 1 = 1",
            "UPDATE customers SET country = 'X' WHERE id = id",
            "WITH doomed AS (SELECT 1) DELETE FROM customers",
            "ALTER TABLE customers ADD COLUMN x",
            "PRAGMA writable_schema = 1",
            "ATTACH DATABASE '/tmp/x' AS x",
        ] {
            for tool in ["postgres__execute", "postgres__query"] {
                let (code, rule) = client.denied(tool, json!({"sql": sql}));
                assert_eq!((code.as_str(), rule.as_str()), ("AEG-D110", "no-destructive-ops"), "{sql}");
            }
        }
        let (code, _) = client.denied("postgres__execute", json!({"sql": "SELECT 1 END; DROP TABLE customers"}));
        assert_eq!(code, "AEG-D204");
        let (code, rule) = client.denied("s3__delete_object", json!({"key": "silver/customers.csv"}));
        assert_eq!((code.as_str(), rule.as_str()), ("AEG-D110", "no-destructive-ops"));
        client.close();
        let database = rusqlite::Connection::open(dir.path().join("warehouse/warehouse.db")).unwrap();
        let rows: i64 = database
            .query_row(
                "SELECT (SELECT count(*) FROM customers) + (SELECT count(*) FROM staging_customers)",
                [],
                |row| row.get(0),
            )
            .unwrap();
        assert_eq!(rows, 4);
    });
}

/// Searches of long texts in long texts, which the engine interrupts for no limit. Each another: it does equal ones once.
fn endless() -> String {
    let long = |n: u32| format!("instr(printf('%.{}c', 'a'), printf('%.300000c', 'a') || 'b')", 600_000 + n);
    format!("SELECT {}", (0..60).map(long).collect::<Vec<_>>().join(", "))
}

#[test]
fn a_statement_that_would_not_end_is_refused() {
    let dir = state();
    let mut client = Client::open(dir.path(), Era::Modern);
    assert_eq!(client.denied("postgres__query", json!({"sql": endless()})).0, "AEG-D201");
    assert_ne!(client.call("postgres__query", json!({"sql": "SELECT 1 AS one"}))["isError"], true);
    client.close();
}

#[test]
fn a_server_whose_statement_does_not_end_ends_itself() {
    let dir = state();
    let mut server = Command::new(AEGIS)
        .args(["downstream", "postgres", "--database"])
        .arg(dir.path().join("warehouse/warehouse.db"))
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let mut stdin = server.stdin.take().unwrap();
    let client = json!({"name": "test", "version": "0"});
    let hello = json!({"protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": client});
    let call = json!({"name": "query", "arguments": {"sql": endless()}});
    for message in [
        json!({"jsonrpc": "2.0", "id": 0, "method": "initialize", "params": hello}),
        json!({"jsonrpc": "2.0", "method": "notifications/initialized"}),
        json!({"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": call}),
    ] {
        writeln!(stdin, "{message}").unwrap();
    }
    // `EX_SOFTWARE`, that whoever started it starts it again.
    assert_eq!(server.wait().unwrap().code(), Some(70));
}

#[test]
fn an_answer_has_a_size_whatever_the_rows_hold() {
    let dir = state();
    let mut client = Client::open(dir.path(), Era::Legacy);
    let rows = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200)";
    let result =
        client.call("postgres__query", json!({"sql": format!("{rows} SELECT printf('%.900000c', 'x') AS x FROM n")}));
    let content = &result["structuredContent"];
    assert_eq!((content["rows"].as_array().unwrap().len(), &content["truncated"]), (4, &json!(true)));
    let wide = ["printf('%.900000c', 'x')"; 5].join(", ");
    let result = client.call("postgres__query", json!({"sql": format!("SELECT {wide}")}));
    assert!(result["isError"] == true && result.to_string().contains("name fewer columns"), "{result}");
    client.close();
}

#[test]
fn a_scoped_write_is_done() {
    let dir = state();
    let mut client = Client::open(dir.path(), Era::Legacy);
    let result = client.call("postgres__execute", json!({"sql": "DELETE FROM staging_customers WHERE email IS NULL"}));
    assert_eq!(result["structuredContent"]["changes"], 1, "{result}");
    client.close();
}

#[test]
fn pii_egress_mask() {
    in_both_eras(|era| {
        let dir = state();
        let mut client = Client::open(dir.path(), era);
        let calls = [
            ("postgres__query", json!({"sql": "SELECT * FROM customers"})),
            ("postgres__query", json!({"sql": "SELECT name || email AS x FROM customers"})),
            ("postgres__query", json!({"sql": "SELECT hex(email), upper(ssn), substr(phone, 1, 5) FROM customers"})),
            ("postgres__query", json!({"sql": "SELECT max(name) FROM staging_customers"})),
            (
                "postgres__query",
                json!({"sql": "WITH x AS (SELECT email AS e FROM customers) SELECT e FROM x UNION SELECT ssn FROM customers"}),
            ),
            ("postgres__query", json!({"sql": "SELECT id FROM customers WHERE email LIKE 'wilhelmina%'"})),
            ("postgres__query", json!({"sql": "SELECT note FROM orders"})),
            ("s3__get_object", json!({"key": "silver/customers.csv"})),
        ];
        for (tool, arguments) in calls {
            let result = client.call(tool, arguments.clone());
            assert_ne!(result["isError"], true, "{arguments}: {result}");
            let text = result.to_string();
            for canary in CANARIES {
                assert!(!text.contains(canary), "{arguments}: {canary} in {text}");
            }
        }
        let count = client.call("postgres__query", json!({"sql": "SELECT count(email) FROM customers"}));
        assert_eq!(count["structuredContent"]["rows"], json!([[1]]));
        client.close();
    });
}

#[test]
fn an_error_text_of_a_server_is_scrubbed_and_masked() {
    let dir = state();
    let mut client = Client::open(dir.path(), Era::Legacy);
    let sql = "INSERT INTO customers (id, email) VALUES (1, 'someone@example.com')";
    let result = client.call("postgres__execute", json!({"sql": sql}));
    assert_eq!(result["isError"], true);
    assert!(!result.to_string().contains("someone@"), "{result}");
    client.close();
}

#[test]
fn gold_needs_validation() {
    in_both_eras(|era| {
        let dir = state();
        let mut client = Client::open(dir.path(), era);
        let customers = json!({"dataset": "customers"});
        for (tool, arguments) in [
            ("s3__put_object", json!({"key": "gold/customers.csv", "body": "id\n"})),
            ("s3__copy_object", json!({"source": "silver/customers.csv", "destination": "gold/customers.csv"})),
            ("postgres__execute", json!({"sql": "INSERT INTO gold_customers SELECT * FROM customers"})),
        ] {
            let (code, rule) = client.denied(tool, arguments);
            assert_eq!((code.as_str(), rule.as_str()), ("AEG-D110", "gold-is-published"));
        }
        let (code, rule) = client.denied("aegis__promote", customers.clone());
        assert_eq!((code.as_str(), rule.as_str()), ("AEG-D130", "gold-needs-validation"));

        let report = client.call("aegis__validate", customers.clone());
        assert_eq!(report["structuredContent"]["passed"], true, "{report}");
        let promoted = client.call("aegis__promote", customers.clone());
        assert_ne!(promoted["isError"], true, "{promoted}");
        assert_eq!(fs::read_to_string(dir.path().join("objects/gold/customers.csv")).unwrap(), support::CSV);
        assert_eq!(client.denied("aegis__promote", customers).0, "AEG-D130", "a receipt is spent once");
        assert!(
            fs::read_dir(dir.path().join("objects/gold/.aegis")).map_or(0, Iterator::count) == 0,
            "no staged copy is left"
        );
        client.close();
    });
}

#[test]
fn a_write_to_silver_voids_the_receipt() {
    let dir = state();
    let mut client = Client::open(dir.path(), Era::Legacy);
    let customers = json!({"dataset": "customers"});
    client.call("aegis__validate", customers.clone());
    let written = client.call("s3__put_object", json!({"key": "silver/customers.csv", "body": "id,name\n"}));
    assert_ne!(written["isError"], true, "{written}");
    assert_eq!(client.denied("aegis__promote", customers).0, "AEG-D130");
    client.close();
}

#[test]
fn silver_changed_behind_the_kernel_is_not_promoted() {
    let dir = state();
    let mut client = Client::open(dir.path(), Era::Legacy);
    let customers = json!({"dataset": "customers"});
    client.call("aegis__validate", customers.clone());
    fs::write(
        dir.path().join("objects/silver/customers.csv"),
        format!("{}3,X,x@example.com,,,2026-01-03,DE\n", support::CSV),
    )
    .unwrap();
    assert_eq!(client.denied("aegis__promote", customers).0, "AEG-D701");
    assert!(!dir.path().join("objects/gold/customers.csv").exists());
    client.close();
}

#[test]
fn validate_says_which_check_failed_and_shows_no_cell() {
    let dir = state();
    fs::write(
        dir.path().join("objects/silver/customers.csv"),
        "id,name,email,phone,ssn,created_at,country\n1,Wilhelmina Canary,not-an-address,,,2026-01-01,DE\n1,B,b@example.com,,,2026-01-02,Germany\n",
    )
    .unwrap();
    let mut client = Client::open(dir.path(), Era::Legacy);
    let report = client.call("aegis__validate", json!({"dataset": "customers"}));
    assert_eq!(report["isError"], true);
    let failed: Vec<&str> = report["structuredContent"]["checks"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|check| check["passed"] == false)
        .map(|check| check["id"].as_str().unwrap())
        .collect();
    assert_eq!(failed, ["unique-id", "valid-email", "valid-country"]);
    assert!(!report.to_string().contains("not-an-address") && !report.to_string().contains("Canary"));
    assert_eq!(client.denied("aegis__promote", json!({"dataset": "customers"})).0, "AEG-D130");
    client.close();
}

#[test]
fn status_says_what_stands() {
    let dir = state();
    let mut client = Client::open(dir.path(), Era::Modern);
    client.call("aegis__validate", json!({"dataset": "customers"}));
    let status = client.call("aegis__status", json!({}));
    assert_eq!(status["structuredContent"]["receipts"][0]["dataset"], "customers", "{status}");
    assert!(status["structuredContent"]["matrix"].as_str().unwrap().contains("gold-needs-validation"));
    client.close();
}

#[test]
fn a_placeholder_is_not_written_back() {
    let dir = state();
    let mut client = Client::open(dir.path(), Era::Legacy);
    // Staging takes made-up values, and no placeholder; silver takes neither.
    for (table, code) in [("staging_customers", "AEG-D240"), ("customers", "AEG-D212")] {
        let sql = format!("UPDATE {table} SET email = '[EMAIL]' WHERE id = 1");
        assert_eq!(client.denied("postgres__execute", json!({"sql": sql})).0, code);
    }
    client.close();
}

#[test]
fn what_is_not_in_the_catalogue_has_no_answer_but_a_record() {
    in_both_eras(|era| {
        let dir = state();
        let mut client = Client::open(dir.path(), era);
        let answer = client.request("tools/call", json!({"name": "postgres__drop\u{202e}everything", "arguments": {}}));
        assert_eq!(answer["error"]["code"], -32602, "{answer}");
        let tools = client.request("tools/list", json!({}));
        let names: Vec<&str> =
            tools["result"]["tools"].as_array().unwrap().iter().map(|tool| tool["name"].as_str().unwrap()).collect();
        assert_eq!(names.len(), 13, "{names:?}");
        client.close();
        let log = fs::read_to_string(support::log_of(dir.path())).unwrap();
        assert!(log.contains("AEG-D001") && !log.contains('\u{202e}'));
    });
}
