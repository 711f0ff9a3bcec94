//! The default estate over a real PostgreSQL, behind a real `aegis serve`: from the embedded warehouse to this one is a change of
//! manifest. The server is reached as over a network: TLS by an authority that the manifest names, and passwords. This program is
//! kernel and test at once: it starts itself as the kernel.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    missing_docs,
    reason = "tests may fail loudly"
)]

#[path = "../../../tests/support/pg.rs"]
mod pg;

mod compiled {
    aegis_macros::kernel!("warehouse/manifests", "warehouse/policy.toml");
}

use aegis_downstreams::estate::{Dialect, Estate};
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Write};
use std::os::unix::fs::PermissionsExt;
use std::process::{Child, ChildStdin, ChildStdout, Command, ExitCode, Stdio};

const PEOPLE: &str =
    "id integer PRIMARY KEY, name text, email text, phone text, ssn text, created_at timestamptz, country text";
const ORDERS: &str =
    "id integer PRIMARY KEY, customer_id integer, amount_cents integer, status text, note text, created_at timestamptz";
const ROWS: &str = "
    INSERT INTO customers SELECT i, 'Wilhelmina Canary ' || i, 'wilhelmina.canary' || i || '@example.com', '+4930123456' || i, '123-45-67' || i, now(), 'DE'
        FROM generate_series(10, 40) AS i;
    INSERT INTO staging_customers SELECT * FROM customers WHERE id < 15;
    UPDATE staging_customers SET email = NULL WHERE id = 10;
    INSERT INTO orders SELECT i, 10 + i % 3, i, 'paid', NULL, now() FROM generate_series(1, 60) AS i;";
const PASSWORD: &str = "correct-horse-battery";
const CANARIES: [&str; 4] = ["Canary", "canary", "+4930", "123-45"];

fn main() -> ExitCode {
    if std::env::args().nth(1).is_some_and(|word| aegis::is_command(&word)) {
        return aegis::main::<compiled::Kernel>();
    }
    // What the test runner is asked for by a filter or a list is none of ours: there is one test.
    if std::env::args().any(|word| word == "--list") {
        return ExitCode::SUCCESS;
    }
    one_task();
    println!("test the_default_estate_over_postgresql ... ok");
    ExitCode::SUCCESS
}

/// An agent's end of the wire.
struct Agent {
    child: Child,
    stdin: Option<ChildStdin>,
    stdout: BufReader<ChildStdout>,
    next: u64,
}

impl Agent {
    fn call(&mut self, tool: &str, arguments: Value) -> Value {
        self.next += 1;
        let params = json!({"name": tool, "arguments": arguments, "_meta": {
            "io.modelcontextprotocol/protocolVersion": "2026-07-28",
            "io.modelcontextprotocol/clientCapabilities": {},
            "io.modelcontextprotocol/clientInfo": {"name": "test", "version": "0"},
        }});
        let request = json!({"jsonrpc": "2.0", "id": self.next, "method": "tools/call", "params": params});
        writeln!(self.stdin.as_mut().unwrap(), "{request}").unwrap();
        loop {
            let mut line = String::new();
            assert!(self.stdout.read_line(&mut line).unwrap() > 0, "the kernel closed its output");
            for canary in CANARIES {
                assert!(!line.contains(canary), "{arguments}: {line}");
            }
            let message: Value = serde_json::from_str(&line).unwrap();
            if message["id"] == self.next {
                return message["result"].clone();
            }
        }
    }

    fn query(&mut self, sql: &str) -> Value {
        let result = self.call("postgres__query", json!({"sql": sql}));
        assert_ne!(result["isError"], true, "{sql}: {result}");
        result["structuredContent"]["rows"].clone()
    }

    fn refusal(&mut self, tool: &str, sql: &str) -> String {
        let result = self.call(tool, json!({"sql": sql}));
        assert_eq!(result["isError"], true, "{sql}: {result}");
        result["content"].to_string()
    }
}

fn one_task() {
    let cluster = pg::secured();
    let database = cluster.database(&format!(
        "CREATE TABLE customers ({PEOPLE}); CREATE TABLE staging_customers ({PEOPLE}); CREATE TABLE gold_customers ({PEOPLE});
         CREATE TABLE orders ({ORDERS}); CREATE TABLE gold_orders ({ORDERS});
         CREATE TABLE events (id integer PRIMARY KEY, kind text, payload text, at timestamptz); {ROWS}"
    ));
    // As an operator does it: the kernel prints the estate, `init` makes SQL of it, psql applies that.
    let own = std::env::current_exe().unwrap();
    let printed = Command::new(&own).args(["estate", "postgres"]).output().unwrap();
    let text = String::from_utf8(printed.stdout).unwrap();
    Estate::parse(&text, Dialect::Postgres).unwrap();
    let state = tempfile::Builder::new().permissions(std::fs::Permissions::from_mode(0o700)).tempdir().unwrap();
    let file = state.path().join("estate.json");
    std::fs::write(&file, text).unwrap();
    let server = env!("CARGO_BIN_EXE_aegis-downstreams");
    let init = Command::new(server).args(["postgres", "init", "--estate"]).arg(&file).output().unwrap();
    assert!(init.status.success(), "{}", String::from_utf8_lossy(&init.stderr));
    database.sql(&String::from_utf8(init.stdout).unwrap());
    for role in ["aegis_reader", "aegis_writer", "aegis_kernel", "postgres"] {
        database.sql(&format!("ALTER ROLE {role} PASSWORD '{PASSWORD}'"));
    }
    std::fs::copy(server, state.path().join("aegis-downstreams")).unwrap();
    strangers(server, cluster, &database);
    std::fs::copy(cluster.authority(), state.path().join("authority.pem")).unwrap();

    let checked = || {
        let mut check = Command::new(server);
        check.args(["postgres", "check", "--estate"]).arg(&file).env("SSL_CERT_FILE", cluster.authority());
        for (variable, role) in
            [("AEGIS_PG_DSN", "reader"), ("AEGIS_PG_WRITER_DSN", "writer"), ("AEGIS_PG_KERNEL_DSN", "kernel")]
        {
            check.env(variable, database.network_dsn(&format!("aegis_{role}"), PASSWORD));
        }
        let done = check.output().unwrap();
        (done.status.code(), String::from_utf8(done.stdout).unwrap())
    };
    let mut child = Command::new(own)
        .args(["serve", "--principal", "tester", "--state"])
        .arg(state.path())
        .env("AEGIS_TEST_READER_DSN", database.network_dsn("aegis_reader", PASSWORD))
        .env("AEGIS_TEST_WRITER_DSN", database.network_dsn("aegis_writer", PASSWORD))
        .env("AEGIS_TEST_KERNEL_DSN", database.network_dsn("aegis_kernel", PASSWORD))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let (stdin, stdout) = (child.stdin.take(), BufReader::new(child.stdout.take().unwrap()));
    let mut agent = Agent { child, stdin, stdout, next: 0 };
    reads(&mut agent);
    writes(&mut agent, &database);
    promotes(&mut agent, &database);
    drift(&mut agent, &database, &checked);
    drop(agent.stdin.take());
    assert!(agent.child.wait().unwrap().success());
    let log: String = std::fs::read_dir(state.path().join("audit"))
        .unwrap()
        .filter_map(|entry| std::fs::read_to_string(entry.unwrap().path()).ok())
        .collect();
    let kept = [CANARIES.as_slice(), &[PASSWORD]].concat();
    assert!(!log.is_empty() && !kept.iter().any(|word| log.contains(word)), "the log holds no value and no password");
}

/// A server of another authority, and a wrong password, are refused; nothing that is said holds the password.
fn strangers(server: &str, cluster: &pg::Cluster, database: &pg::Database) {
    let import = |authority: Option<std::path::PathBuf>, password: &str| {
        let mut command = Command::new(server);
        command.args(["postgres", "import", "postgres"]);
        command.env("AEGIS_PG_DSN", database.network_dsn("postgres", password)).env_remove("SSL_CERT_FILE");
        authority.map(|authority| command.env("SSL_CERT_FILE", authority));
        let output = command.output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(!said.contains(PASSWORD), "{said}");
        if output.status.success() { String::new() } else { said }
    };
    assert_eq!(import(Some(cluster.authority()), PASSWORD), "");
    assert_ne!(import(None, PASSWORD), "", "its authority is not one of the system's");
    assert_ne!(import(Some(cluster.authority()), "another"), "");
}

fn reads(agent: &mut Agent) {
    let rows = agent.query("SELECT id, name, email, country FROM customers ORDER BY id LIMIT 2");
    assert_eq!((&rows[0][0], &rows[0][1], &rows[0][3]), (&json!(10), &json!("[PERSON_NAME]"), &json!("DE")));
    assert!(rows[0][2].as_str().unwrap().starts_with("[EMAIL:") && rows[0][2] != rows[1][2], "{rows}");
    for (sql, value) in [
        ("SELECT count(DISTINCT email) FROM customers", 31),
        ("SELECT count(*) FROM customers c JOIN staging_customers s ON s.email = c.email", 4),
        ("SELECT count(*) FROM (SELECT email FROM staging_customers GROUP BY email) g", 5),
        ("SELECT count(*) FROM customers WHERE email LIKE 'wilhelmina%'", 0),
        ("SELECT count(*) FROM staging_customers WHERE email IS NULL", 1),
        (
            "WITH c AS (SELECT id FROM customers WHERE country = 'DE') SELECT count(*) FROM orders o JOIN c ON c.id = o.customer_id",
            60,
        ),
    ] {
        assert_eq!(agent.query(sql)[0][0], value, "{sql}");
    }
    agent.call("postgres__query", json!({"sql": "EXPLAIN SELECT email FROM customers WHERE email > 'a'"}));
    agent.call("postgres__query", json!({"sql": "SELECT email::integer FROM customers"}));
    assert_eq!(
        agent.call("postgres__list_tables", json!({}))["structuredContent"]["tables"].as_array().unwrap().len(),
        6
    );
}

fn writes(agent: &mut Agent, database: &pg::Database) {
    for sql in [
        "DROP TABLE customers",
        "TRUNCATE staging_customers",
        "DELETE FROM staging_customers",
        "SELECT 1; DROP TABLE orders",
    ] {
        agent.refusal("postgres__execute", sql);
        agent.refusal("postgres__query", sql);
    }
    let done = agent.call("postgres__execute", json!({"sql": "UPDATE orders SET status = 'shipped' WHERE id = 7"}));
    assert_eq!(done["structuredContent"]["changes"], 1, "{done}");
    let refusal = agent.refusal("postgres__execute", "UPDATE orders SET status = 'x' WHERE amount_cents < 50");
    assert!(refusal.contains("rolled back"), "{refusal}");
    let refusal = agent.refusal("postgres__execute", "INSERT INTO orders (id, status) VALUES (1, 'x')");
    assert!(!refusal.contains("already exists"), "the server's own words hold the key: {refusal}");
    assert_eq!(
        database
            .sql("SELECT count(*) FILTER (WHERE status = 'x') || ' ' || (SELECT count(*) FROM customers) FROM orders"),
        "0 31"
    );
}

/// Rows become gold by the kernel's road, and only the rows that were counted.
fn promotes(agent: &mut Agent, database: &pg::Database) {
    let denied = |agent: &mut Agent, name: &str| {
        let result = agent.call("aegis__promote", json!({"dataset": name}));
        assert_eq!(result["isError"], true, "{result}");
        result["content"].to_string()
    };
    for name in ["customers", "orders"] {
        assert!(denied(agent, name).contains("AEG-D130"));
        let report = agent.call("aegis__validate", json!({"dataset": name}));
        assert_eq!(report["structuredContent"]["passed"], true, "{report}");
    }
    // Behind the kernel: another row to look values up in, and the orders were counted without it.
    database.sql("INSERT INTO customers SELECT 99, 'x', 'x@example.com', NULL, NULL, now(), 'DE'");
    assert!(denied(agent, "orders").contains("AEG-D701"));
    assert!(denied(agent, "customers").contains("AEG-D701"));
    assert_eq!(database.sql("SELECT count(*) FROM gold_customers"), "0");
    agent.call("aegis__validate", json!({"dataset": "customers"}));
    let promoted = agent.call("aegis__promote", json!({"dataset": "customers"}));
    assert_eq!(promoted["structuredContent"]["rows"], 32, "{promoted}");
    let same = "SELECT count(*) FROM (SELECT * FROM customers INTERSECT SELECT * FROM gold_customers) AS s";
    assert_eq!(database.sql(same), "32");
    assert!(denied(agent, "customers").contains("AEG-D130"), "a receipt is spent once");
    agent.call("aegis__validate", json!({"dataset": "customers"}));
    agent.call("postgres__execute", json!({"sql": "UPDATE customers SET country = 'FR' WHERE id = 99"}));
    assert!(denied(agent, "customers").contains("AEG-D130"), "a write voids it");
    database.sql("UPDATE customers SET email = 'x' WHERE id = 98; UPDATE customers SET email = 'canary' WHERE id = 99");
    let report = agent.call("aegis__validate", json!({"dataset": "customers"}));
    assert_eq!(report["structuredContent"]["checks"][3]["measured"], 1.0, "{report}");
    database.sql("DELETE FROM customers WHERE id = 99");
}

fn drift(agent: &mut Agent, database: &pg::Database, checked: &dyn Fn() -> (Option<i32>, String)) {
    assert_eq!(checked(), (Some(0), "reader: ok\nwriter: ok\nkernel: ok\n".to_owned()));
    database.sql("ALTER TABLE customers ADD COLUMN nickname text");
    let refusal = agent.refusal("postgres__query", "SELECT count(*) FROM orders");
    assert!(refusal.contains("nickname"), "{refusal}");
    let (code, told) = checked();
    assert_eq!((code, told.matches("nickname").count()), (Some(1), 3), "{told}");
    database.sql("ALTER TABLE customers DROP COLUMN nickname");
    assert_eq!(agent.query("SELECT count(*) FROM orders")[0][0], 60);
}
