//! The warehouse in process, against the engine that serves it.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests may fail loudly")]

mod written;

use super::{Options, Warehouse};
use rusqlite::Connection;
use serde_json::{Value, json};
use std::path::PathBuf;
use tempfile::TempDir;

const SCHEMA: &str = "
    CREATE TABLE customers (id INTEGER PRIMARY KEY, name TEXT, email TEXT, card TEXT, ssn TEXT, country TEXT);
    CREATE TABLE staging (id INTEGER PRIMARY KEY, email TEXT, country TEXT);
    CREATE TABLE orders (id INTEGER PRIMARY KEY, customer_id INTEGER, note TEXT);
    CREATE TABLE hidden (id INTEGER PRIMARY KEY, secret TEXT);
    INSERT INTO customers VALUES (1, 'Ada Canary', 'ada@canary.example', '4242 4242 4242 4242', '123-45-6789', 'DE'),
                                 (2, 'Ben Canary', 'ben@canary.example', NULL, '987-65-4321', 'FR');
    INSERT INTO staging VALUES (1, 'ada@canary.example', 'DE'), (2, NULL, 'FR'), (3, 'eve@canary.example', 'IT');
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 40)
    INSERT INTO orders SELECT i, 1 + i % 2, 'note ' || i FROM n;
    INSERT INTO hidden VALUES (1, 'canary');";

const CANARIES: [&str; 5] = ["canary", "Canary", "4242 4242", "123-45-6789", "4321"];

fn column(name: &str, kind: &str, pii: Option<(&str, &str, &str)>) -> Value {
    let (class, operator, label) = pii.map_or((None, None, None), |(a, b, c)| (Some(a), Some(b), Some(c)));
    json!({"name": name, "type": kind, "key": name == "id", "pii": class, "operator": operator, "label": label})
}

fn estate() -> Value {
    let id = || column("id", "integer", None);
    let email = || column("email", "text", Some(("email", "token", "email")));
    json!({"v": 1, "server": "postgres", "dialect": "sqlite", "tables": [
        {"name": "customers", "domain": "silver", "columns": [
            id(), column("name", "text", Some(("person-name", "redact", "person-name"))), email(),
            column("card", "text", Some(("card", "keep-last:4", "card"))), column("ssn", "text", Some(("ssn", "drop", "ssn"))),
            column("country", "text", None)]},
        {"name": "staging", "domain": "bronze", "columns": [id(), email(), column("country", "text", None)]},
        {"name": "orders", "domain": "silver", "columns": [
            id(), column("customer_id", "integer", None), column("note", "text", None)]},
    ]})
}

struct Place {
    dir: TempDir,
    warehouse: Warehouse,
}

impl Place {
    fn database(&self) -> Connection {
        Connection::open(self.dir.path().join("w.db")).unwrap()
    }

    fn number(&self, sql: &str) -> i64 {
        self.database().query_row(sql, [], |row| row.get(0)).unwrap()
    }
}

fn place(schema: &str, estate: Option<&Value>, max_changes: u64) -> Place {
    let dir = tempfile::tempdir().unwrap();
    let database = dir.path().join("w.db");
    Connection::open(&database).unwrap().execute_batch(schema).unwrap();
    let file: Option<PathBuf> = estate.map(|estate| {
        let file = dir.path().join("estate.json");
        std::fs::write(&file, estate.to_string()).unwrap();
        file
    });
    Place { warehouse: Warehouse::open(Options { database, estate: file, max_changes }).unwrap(), dir }
}

fn masked() -> Place {
    place(SCHEMA, Some(&estate()), 1000)
}

#[test]
fn a_masked_view_shows_tokens_that_join_and_group() {
    let place = masked();
    let sql = "SELECT * FROM aegis_masked_customers ORDER BY id";
    let answer = place.warehouse.query(sql, 10).unwrap();
    assert!(!CANARIES.iter().any(|canary| answer.to_string().contains(canary)), "{answer}");
    let row = &answer["rows"][0];
    assert!(row[1].as_str().unwrap().starts_with("[PERSON_NAME:") && row[2].as_str().unwrap().starts_with("[EMAIL:"));
    assert_eq!((&row[3], &row[4], &row[5]), (&json!("[CARD:***4242]"), &Value::Null, &json!("DE")));
    assert_eq!(answer["rows"][1][3], Value::Null, "NULL stays NULL");
    let again = place.warehouse.query(sql, 10).unwrap();
    assert_ne!(row[2], again["rows"][0][2], "a call has a key of its own");
    for (sql, value) in [
        ("SELECT count(DISTINCT email) FROM aegis_masked_customers", 2),
        ("SELECT count(*) FROM aegis_masked_customers AS c JOIN temp.aegis_masked_staging AS s USING (email)", 1),
        ("SELECT count(*) FROM (SELECT email FROM aegis_masked_staging GROUP BY email)", 3),
        ("SELECT count(*) FROM aegis_masked_staging WHERE email IS NULL", 1),
        ("SELECT count(*) FROM aegis_masked_customers WHERE email LIKE 'ada%'", 0),
    ] {
        assert_eq!(place.warehouse.query(sql, 10).unwrap()["rows"][0][0], value, "{sql}");
    }
}

#[test]
fn a_personal_column_is_read_through_its_view_alone() {
    let place = masked();
    for sql in [
        "SELECT email FROM customers",
        "SELECT * FROM main.customers",
        "SELECT count(email) FROM customers",
        "SELECT 1 FROM customers ORDER BY email",
        "SELECT x.email FROM (SELECT email FROM customers) AS x",
        "WITH aegis_masked_customers AS (SELECT email FROM main.customers) SELECT * FROM aegis_masked_customers",
        "WITH aegis_masked_customers AS MATERIALIZED (SELECT 1) SELECT (SELECT email FROM main.customers) FROM aegis_masked_customers",
        "SELECT (SELECT ssn FROM customers LIMIT 1) FROM aegis_masked_customers",
        "EXPLAIN SELECT email FROM customers",
        "SELECT sql FROM sqlite_schema",
        "SELECT * FROM temp.sqlite_schema",
        "SELECT * FROM sqlite_temp_master",
        "SELECT secret FROM hidden",
        "SELECT * FROM pragma_table_info('customers')",
        "PRAGMA table_info(customers)",
        "SELECT load_extension('x')",
    ] {
        let refusal = place.warehouse.query(sql, 10).unwrap_err();
        assert!(refusal.starts_with("not authorized") || refusal.starts_with("no such "), "{sql}: {refusal}");
        let refusal = place.warehouse.execute(sql).unwrap_err();
        assert!(refusal.starts_with("not authorized") || refusal.starts_with("no such "), "{sql}: {refusal}");
    }
}

/// The random name is what keeps a WITH clause from standing in for the inner view; a statement that knows it is refused.
#[test]
fn the_inner_view_and_the_token_function_are_ours() {
    let place = masked();
    let secret = {
        let reader = place.warehouse.shared.reader.lock().unwrap();
        reader.as_ref().unwrap().guard.function().trim_end_matches("_token").to_owned()
    };
    for sql in [
        format!("SELECT {secret}_token(-1, 'EMAIL', 'email', 'ada@canary.example')"),
        format!("WITH {secret}_customers AS (SELECT email FROM main.customers) SELECT * FROM {secret}_customers"),
        format!("SELECT \"{}_TOKEN\"(-1, 'EMAIL', 'email', 'x')", secret.to_ascii_uppercase()),
    ] {
        assert_eq!(place.warehouse.query(&sql, 10).unwrap_err(), "the statement names what is this server's own");
    }
    for sql in ["EXPLAIN QUERY PLAN SELECT * FROM aegis_masked_customers", "SELECT * FROM aegis_masked_customers"] {
        let plan = place.warehouse.query(sql, 1000).unwrap().to_string();
        assert!(!CANARIES.iter().any(|canary| plan.contains(canary)), "{plan}");
    }
}

#[test]
fn a_client_touches_rows_of_declared_relations_and_nothing_else() {
    let place = masked();
    for sql in [
        "DROP TABLE orders",
        "CREATE TABLE x (a)",
        "CREATE TEMP TABLE x (a)",
        "CREATE TEMP TRIGGER t AFTER INSERT ON orders BEGIN DELETE FROM staging; END",
        "DROP VIEW temp.aegis_masked_customers",
        "ALTER TABLE orders ADD COLUMN x",
        "ATTACH DATABASE ':memory:' AS x",
        "VACUUM",
        "VACUUM INTO '/tmp/aegis-test-vacuum'",
        "BEGIN",
        "COMMIT",
        "ROLLBACK",
        "SAVEPOINT aegis",
        "RELEASE aegis",
        "PRAGMA query_only = 0",
        "ANALYZE",
        "INSERT INTO hidden VALUES (2, 'x')",
        "DELETE FROM hidden WHERE id = 1",
        "UPDATE sqlite_schema SET sql = '' WHERE name = 'orders'",
        "INSERT INTO orders SELECT id + 10, 1, email FROM customers",
        "UPDATE orders SET note = (SELECT email FROM customers WHERE id = 1) WHERE id = 1",
    ] {
        let refusal = place.warehouse.execute(sql).unwrap_err();
        assert!(
            ["not authorized", "no such", "the statement failed"].iter().any(|start| refusal.starts_with(start)),
            "{sql}: {refusal}"
        );
    }
    for sql in ["DELETE FROM orders WHERE id = 1", "INSERT INTO staging VALUES (9, 'x', 'y') RETURNING id"] {
        assert!(place.warehouse.query(sql, 1).is_err(), "{sql}");
    }
    assert_eq!(place.warehouse.execute("SELECT 1; DELETE FROM orders").unwrap_err(), "more than one statement");
    assert_eq!(place.number("SELECT (SELECT count(*) FROM orders) * 100 + (SELECT count(*) FROM staging)"), 4003);
}

#[test]
fn a_write_speaks_of_real_values_of_its_target_and_returns_none() {
    let place = masked();
    for (sql, changes) in [
        ("DELETE FROM staging WHERE email IS NULL RETURNING id", 1),
        ("UPDATE staging SET country = 'XX' WHERE email = 'ada@canary.example'", 1),
        (
            "INSERT INTO staging (id, email) VALUES (7, 'new@canary.example') ON CONFLICT (id) DO UPDATE SET email = excluded.email",
            1,
        ),
        (
            "UPDATE orders SET note = 'seen' WHERE customer_id IN (SELECT id FROM aegis_masked_customers WHERE country = 'DE') AND id < 9 RETURNING id",
            4,
        ),
    ] {
        let answer = place.warehouse.execute(sql).unwrap_or_else(|refusal| panic!("{sql}: {refusal}"));
        assert_eq!(answer["changes"], changes, "{sql}");
    }
    for sql in [
        "UPDATE staging SET country = 'YY' WHERE id = 1 RETURNING email",
        "UPDATE staging SET country = 'YY' WHERE email IS NOT NULL RETURNING id, upper(email) AS \"returning\"",
        "DELETE FROM staging WHERE id = 1 /* returning */ RETURNING email",
        "DELETE FROM staging WHERE country = ' returning ' OR email = 'x' RETURNING *",
        "UPDATE staging SET country = 'YY' WHERE id = 1 RETURNING (SELECT max(email) FROM main.staging)",
    ] {
        let refusal = place.warehouse.execute(sql).unwrap_err();
        assert!(refusal.contains("RETURNING"), "{sql}: {refusal}");
    }
    assert_eq!(place.number("SELECT count(*) FROM staging WHERE country = 'YY'"), 0);
}

#[test]
fn what_changes_too_much_is_rolled_back() {
    let place = place(SCHEMA, Some(&estate()), 20);
    for (sql, words) in [
        ("UPDATE orders SET note = 'x' WHERE id > 5", "35 rows"),
        ("DELETE FROM orders WHERE id > 0", "40 rows"),
        ("INSERT INTO orders SELECT id + 100, customer_id, note FROM orders", "40 rows"),
    ] {
        let refusal = place.warehouse.execute(sql).unwrap_err();
        assert!(
            refusal.starts_with("rolled back") && refusal.contains(words) && refusal.contains("narrow"),
            "{refusal}"
        );
    }
    assert_eq!(place.number("SELECT count(*) * 100 + sum(note = 'x') FROM orders"), 4000);
    assert_eq!(place.warehouse.execute("DELETE FROM orders WHERE id > 20").unwrap()["changes"], 20);
    for sql in ["DELETE FROM orders WHERE id > -5", "UPDATE orders SET note = note WHERE id < 1000"] {
        let refusal = place.warehouse.execute(sql).unwrap_err();
        assert!(refusal.contains("all 20 rows of `orders`"), "{refusal}");
    }
    let refusal = place.warehouse.execute("DELETE FROM orders WHERE id > 2").unwrap_err();
    assert!(refusal.contains("18 of 20 rows of `orders`"), "{refusal}");
    // Fewer than ten rows are not a table yet.
    assert_eq!(place.warehouse.execute("DELETE FROM staging WHERE id > 0").unwrap()["changes"], 3);
    assert_eq!(place.number("SELECT count(*) FROM orders"), 20);
}

#[test]
fn rows_put_in_the_place_of_all_others_are_rolled_back() {
    let place = place(SCHEMA, Some(&estate()), 100);
    let list =
        |ids: std::ops::RangeInclusive<u32>| ids.map(|id| format!("({id}, 'wiped')")).collect::<Vec<_>>().join(", ");
    let upsert = "ON CONFLICT (id) DO UPDATE SET note = 'wiped'";
    for sql in [
        format!("INSERT INTO orders (id, note) VALUES {} {upsert}", list(1..=40)),
        format!("INSERT INTO orders (id, note) VALUES {} {upsert}", list(1..=60)),
        format!("INSERT INTO orders (id) SELECT value FROM json_each('[{}]') WHERE true {upsert}", ids(40)),
        format!("INSERT OR REPLACE INTO orders (id, note) VALUES {}", list(1..=40)),
        format!("REPLACE INTO orders (id, note) VALUES {}", list(1..=40)),
        "replace INTO orders (id) SELECT id FROM orders".to_owned(),
    ] {
        let refusal = place.warehouse.execute(&sql).unwrap_err();
        assert!(refusal.contains("all 40 rows of `orders`"), "{sql}: {refusal}");
    }
    assert_eq!(place.number("SELECT count(*) * 100 + sum(note = 'wiped') FROM orders"), 4000);
    // What is only added, and what leaves rows as they were, is kept.
    let added = format!("INSERT INTO orders (id, note) VALUES {} {upsert}", list(41..=80));
    assert_eq!(place.warehouse.execute(&added).unwrap()["changes"], 40);
    let some = format!("INSERT OR REPLACE INTO orders (id, note) VALUES {}", list(1..=71));
    assert_eq!(place.warehouse.execute(&some).unwrap()["changes"], 71);
    assert_eq!(place.number("SELECT count(*) FROM orders"), 80);
}

fn ids(to: u32) -> String {
    (1..=to).map(|id| id.to_string()).collect::<Vec<_>>().join(",")
}

#[test]
fn drift_is_refused_with_every_difference() {
    let changed = "
        CREATE TABLE customers (id INTEGER PRIMARY KEY, email TEXT, name TEXT, card BLOB, country TEXT, extra TEXT,
                                computed TEXT GENERATED ALWAYS AS (name || email));
        CREATE VIEW staging AS SELECT id, email, country FROM customers;
        CREATE TABLE orders (id INTEGER, customer_id INTEGER, note TEXT);
        CREATE UNIQUE INDEX part ON orders (id) WHERE id > 3;
        CREATE UNIQUE INDEX more ON orders (id, note);
        CREATE UNIQUE INDEX made ON orders (abs(id));
        CREATE TRIGGER spy AFTER UPDATE ON orders BEGIN DELETE FROM customers; END;";
    let drifted = place(changed, Some(&estate()), 0);
    let refusal = drifted.warehouse.query("SELECT 1", 1).unwrap_err();
    for line in [
        "~ column `customers.card` is declared text and is BLOB",
        "+ column `customers.extra` TEXT is not declared",
        "+ column `customers.computed` TEXT is not declared",
        "~ column `customers.computed` is generated or hidden",
        "- column `customers.ssn` is declared and is not there",
        "~ `staging` is declared as a table and is a view",
        "+ trigger `spy` on table `orders`",
        "~ key of `orders` is declared as id, and nothing keeps that unique",
    ] {
        assert!(refusal.contains(line), "{line}\n{refusal}");
    }
    assert_eq!(drifted.warehouse.execute("DELETE FROM orders WHERE id = 1").unwrap_err(), refusal);

    // A change under a running server is seen at the next call, and its repair too.
    let place = masked();
    place.warehouse.query("SELECT 1", 1).unwrap();
    place.database().execute_batch("ALTER TABLE customers ADD COLUMN nickname TEXT").unwrap();
    let refusal = place.warehouse.query("SELECT * FROM aegis_masked_customers", 1).unwrap_err();
    assert!(refusal.contains("+ column `customers.nickname` TEXT is not declared"), "{refusal}");
    place.database().execute_batch("ALTER TABLE customers DROP COLUMN nickname").unwrap();
    place.warehouse.query("SELECT * FROM aegis_masked_customers", 1).unwrap();

    let mut swapped = estate();
    swapped["tables"][1]["columns"].as_array_mut().unwrap().swap(1, 2);
    let refusal = self::place(SCHEMA, Some(&swapped), 0).warehouse.query("SELECT 1", 1).unwrap_err();
    assert!(refusal.contains("~ columns of `staging` stand in another order: id, email, country"), "{refusal}");
}

#[test]
fn error_texts_hold_no_value() {
    let place = masked();
    for sql in [
        "INSERT INTO staging VALUES (1, 'eve@canary.example', 'DE')",
        "INSERT INTO staging VALUES ('canary', 'x', 'y')",
        "UPDATE staging SET id = email WHERE id = 1",
        "SELECT json_extract('canary', '$')",
        "SELECT 'canary",
        "SELECT canary FROM orders",
    ] {
        let refusal = place.warehouse.execute(sql).unwrap_err();
        let quoted_name = refusal == "no such column: canary";
        assert!(quoted_name || !refusal.contains("canary"), "{sql}: {refusal}");
    }
}

#[test]
fn without_an_estate_it_is_an_ordinary_server() {
    let place = place(SCHEMA, None, 0);
    assert_eq!(
        place.warehouse.query("SELECT email FROM customers WHERE id = 1", 1).unwrap()["rows"][0][0],
        "ada@canary.example"
    );
    place.warehouse.execute("CREATE TABLE x (a)").unwrap();
    place.warehouse.execute("DROP TABLE x").unwrap();
    assert_eq!(place.warehouse.execute("DELETE FROM orders").unwrap()["changes"], 40);
    for sql in ["COMMIT", "ATTACH DATABASE ':memory:' AS x", "PRAGMA user_version = 3"] {
        assert!(place.warehouse.execute(sql).unwrap_err().starts_with("not authorized"), "{sql}");
    }
}

#[test]
fn an_estate_file_of_another_kind_is_refused() {
    let text = |estate: Value| crate::estate::Estate::parse(&estate.to_string(), crate::estate::Dialect::Sqlite);
    for (key, value, words) in [
        ("v", json!(2), "version 2"),
        ("dialect", json!("postgres"), "another dialect"),
        ("surprise", json!(1), "unknown field"),
    ] {
        let mut estate = estate();
        estate[key] = value;
        assert!(text(estate).unwrap_err().contains(words));
    }
}

#[test]
fn a_draft_tells_shapes_and_no_value() {
    let place = place(SCHEMA, None, 0);
    let more = "CREATE TRIGGER t AFTER DELETE ON orders BEGIN SELECT 1; END;
        CREATE VIEW seen AS SELECT 1 AS one; CREATE VIRTUAL TABLE words USING fts5(word);
        CREATE TABLE odd (doc JSON, x, twice INTEGER GENERATED ALWAYS AS (1), ip TEXT);
        INSERT INTO odd (doc) VALUES ('{\"name\": \"Canary\"}')";
    place.database().execute_batch(more).unwrap();
    let draft = super::import::draft(&place.dir.path().join("w.db"), "postgres").unwrap();
    for line in [
        "[table.customers]",
        "domain = \"decide-bronze-silver-or-gold\"",
        "{ name = \"id\", type = \"integer\", key = true },",
        "{ name = \"name\", type = \"text\", pii = \"person-name\" }, # REVIEW: by its name",
        "{ name = \"email\", type = \"text\", pii = \"email\" }, # REVIEW: 100 % of 2 sampled values have this shape",
        "# REVIEW: it has triggers",
        "{ name = \"note\", type = \"text\", free-text = true }, # REVIEW",
        "# Not drafted: view \"seen\": the server refuses",
        "# Not drafted: virtual table \"words\": the server refuses",
        "# Not drafted: shadow table \"words_data\": it belongs to a virtual table",
        "{ name = \"doc\", type = \"text\", free-text = true }, # REVIEW: values hold documents",
        "{ name = \"x\", type = \"text\" }, # REVIEW: it has no type",
        "{ name = \"twice\", type = \"integer\" }, # REVIEW: it is generated or hidden",
        "{ name = \"ip\", type = \"text\", pii = \"ip-address\" }, # REVIEW: by its name",
    ] {
        assert!(draft.contains(line), "{line}\n{draft}");
    }
    assert!(!draft.contains("[table.words") && !draft.contains("[table.seen"), "{draft}");
    assert!(!CANARIES.iter().any(|canary| draft.contains(canary)), "{draft}");
    let missing = super::import::draft(&place.dir.path().join("none.db"), "postgres").unwrap_err().to_string();
    assert!(missing.contains("is not there"), "{missing}");
}
