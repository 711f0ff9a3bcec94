//! Rows that a client wrote, and rows that were there.

use super::{Place, SCHEMA, estate, place};
use serde_json::{Value, json};

/// An estate in which clients may write constants into `staging`, and a place for it.
fn planting(schema: &str) -> Place {
    let mut estate = estate();
    estate["tables"][1]["columns"][1]["label"] = json!("email/staging");
    place(schema, Some(&estate), 1000)
}

impl Place {
    /// How many rows of `staging` meet a customer of the same address.
    fn met(&self) -> Value {
        let sql = "SELECT count(*) FROM aegis_masked_staging AS s JOIN aegis_masked_customers AS c USING (email)";
        self.warehouse.query(sql, 10).unwrap()["rows"][0][0].clone()
    }
}

#[test]
fn rows_that_were_there_join_and_rows_that_a_client_wrote_meet_nothing() {
    let place = planting(SCHEMA);
    assert_eq!(place.met(), 1, "eve is no customer");
    for (sql, met) in [
        ("INSERT INTO staging (id, email) VALUES (10, 'ben@canary.example'), (11, 'ada@canary.example')", 1),
        ("UPDATE staging SET country = 'AT' WHERE id = 1", 1),
        ("UPDATE staging SET id = 20 WHERE id = 11", 1),
        (
            "INSERT INTO staging (id, email) VALUES (20, 'x') ON CONFLICT (id) DO UPDATE SET email = 'ada@canary.example'",
            1,
        ),
        ("INSERT INTO staging (id, country) VALUES (30, 'AT')", 1),
        ("UPDATE staging SET email = 'ada@canary.example' WHERE id = 30", 1),
        ("INSERT INTO staging (id, email) SELECT 40, email FROM staging WHERE id = 10", 1),
        ("UPDATE OR REPLACE staging SET id = 41 WHERE id = 40", 1),
        ("REPLACE INTO staging (id, email) VALUES (3, 'ben@canary.example')", 1),
        ("UPDATE staging SET email = 'ada@canary.example' WHERE id = 1", 0),
    ] {
        place.warehouse.execute(sql).unwrap_or_else(|error| panic!("{sql}: {error}"));
        assert_eq!(place.met(), met, "{sql}");
    }
    // What an operator, or a pipeline beside, puts in is no client's.
    place.database().execute_batch("INSERT INTO staging (id, email) VALUES (50, 'ben@canary.example')").unwrap();
    assert_eq!(place.met(), 1);
    let refused = place.warehouse.execute("DELETE FROM aegis_written WHERE key = 10").unwrap_err();
    assert!(refused.starts_with("not authorized"), "{refused}");
    assert!(place.warehouse.query("SELECT * FROM aegis_written", 10).is_err());
    assert!(!place.warehouse.query("SELECT 1", 1).unwrap().to_string().contains("aegis_written"));
}

#[test]
fn a_write_that_is_rolled_back_notes_no_row() {
    let place = planting(SCHEMA);
    place.warehouse.execute("INSERT INTO staging (id, email) VALUES (3, 'ben@canary.example')").unwrap_err();
    let all = "INSERT INTO staging (id, email) SELECT 100 + id, 'ben@canary.example' FROM orders";
    place.warehouse.execute(all).unwrap();
    assert_eq!(place.number("SELECT count(*) FROM aegis_written"), 40);
    let over = place.warehouse.execute("UPDATE staging SET email = 'x' WHERE id > 0").unwrap_err();
    assert!(over.starts_with("rolled back"), "{over}");
    assert_eq!(place.number("SELECT count(*) FROM aegis_written WHERE key < 100"), 0);
}

#[test]
fn a_relation_whose_rows_cannot_be_noted_has_tokens_of_its_own_throughout() {
    let composite = SCHEMA.replace(
        "CREATE TABLE staging (id INTEGER PRIMARY KEY, email TEXT, country TEXT)",
        "CREATE TABLE staging (id INTEGER PRIMARY KEY, email TEXT, country TEXT) WITHOUT ROWID",
    );
    assert_ne!(composite, SCHEMA);
    let place_of_its_own = planting(&composite);
    place_of_its_own.warehouse.execute("INSERT INTO staging (id, email) VALUES (10, 'ben@canary.example')").unwrap();
    assert_eq!(place_of_its_own.met(), 0);
    let mut estate = estate();
    estate["tables"][1]["columns"][1]["label"] = json!("email/staging");
    estate["tables"][1]["columns"][2]["key"] = json!(true);
    assert_eq!(place(SCHEMA, Some(&estate), 1000).met(), 0, "a key of two columns");
}
