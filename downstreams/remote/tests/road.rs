//! The kernel's road over both warehouses: the same rows give the same counts, and a promotion is all or nothing.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, missing_docs, reason = "tests may fail loudly")]

#[path = "../../../tests/support/pg.rs"]
mod pg;

use aegis_downstreams::estate::{Dialect, Estate};
use aegis_downstreams::postgres as lite;
use aegis_downstreams::protocol::Answer;
use aegis_downstreams::road::{MEASURE, PROMOTE};
use aegis_remote::{init, postgres};
use serde_json::{Map, Value, json};

const COLUMNS: &str =
    "id INTEGER PRIMARY KEY, mail TEXT, score DOUBLE PRECISION, seen TIMESTAMP, country TEXT, boss INTEGER";
const ROWS: &str = "INSERT INTO people VALUES
    (1, 'ada@canary.example', 1.5, '2026-01-01 00:00:00', 'DE', NULL),
    (2, 'ben@canary.example', -3, '2026-01-02 00:00:00', 'DE', 1),
    (3, NULL, NULL, NULL, 'N/A', 9),
    (4, 'nonsense', 200, '2026-01-01 12:00:00', '', 2),
    (5, 'ada@canary.example', 7, NULL, NULL, 8)";

fn schema() -> String {
    format!(
        "CREATE TABLE people ({COLUMNS}); CREATE TABLE gold_people ({COLUMNS}); CREATE TABLE bosses (id INTEGER PRIMARY KEY)"
    )
}

fn estate(dialect: &str) -> String {
    let column = |name: &str, kind: &str| {
        let pii = (name == "mail").then_some("email");
        json!({"name": name, "type": kind, "key": name == "id", "pii": pii, "operator": pii.map(|_| "token"), "label": pii})
    };
    let people = [
        column("id", "integer"),
        column("mail", "text"),
        column("score", "number"),
        column("seen", "timestamp"),
        column("country", "text"),
        column("boss", "integer"),
    ];
    json!({"v": 1, "server": "postgres", "dialect": dialect, "tables": [
        {"name": "people", "domain": "silver", "columns": people},
        {"name": "gold_people", "domain": "gold", "protected": true, "columns": people},
        {"name": "bosses", "domain": "silver", "columns": [column("id", "integer")]},
    ]})
    .to_string()
}

/// One of the two engines, with the same content.
struct Place {
    engine: Engine,
    runtime: tokio::runtime::Runtime,
}

enum Engine {
    Lite { dir: tempfile::TempDir, warehouse: lite::Warehouse },
    Real { database: pg::Database, role: String, warehouse: Box<postgres::Warehouse> },
}

fn places() -> [Place; 2] {
    let dir = tempfile::tempdir().unwrap();
    let (database, file) = (dir.path().join("w.db"), dir.path().join("estate.json"));
    std::fs::write(&file, estate("sqlite")).unwrap();
    rusqlite::Connection::open(&database).unwrap().execute_batch(&schema()).unwrap();
    let warehouse = lite::Warehouse::open(lite::Options { database, estate: Some(file), max_changes: 1 }).unwrap();
    let lite = Engine::Lite { dir, warehouse };

    let database = pg::database(&schema());
    let role = format!("aegis_{}", database.name());
    let estate = Estate::parse(&estate("postgres"), Dialect::Postgres).unwrap();
    database.sql(&init::sql(&estate, &role, false).unwrap());
    let dsn = |suffix: &str| database.dsn(&format!("{role}_{suffix}"));
    let options = postgres::Options {
        reader: dsn("reader"),
        writer: Some(dsn("writer")),
        kernel: Some(dsn("kernel")),
        estate: Some(estate),
        max_changes: 1,
    };
    let warehouse = Box::new(postgres::Warehouse::new(options).unwrap());
    let real = Engine::Real { database, role, warehouse };
    let places = [lite, real].map(|engine| Place {
        engine,
        runtime: tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap(),
    });
    places.iter().for_each(|place| place.sql(&format!("{ROWS}; INSERT INTO bosses VALUES (1), (2)")));
    places
}

impl Place {
    fn sql(&self, sql: &str) {
        match &self.engine {
            Engine::Lite { dir, .. } => {
                rusqlite::Connection::open(dir.path().join("w.db")).unwrap().execute_batch(sql).unwrap();
            }
            Engine::Real { database, .. } => {
                database.sql(sql);
            }
        }
    }

    fn number(&self, sql: &str) -> i64 {
        match &self.engine {
            Engine::Lite { dir, .. } => {
                let database = rusqlite::Connection::open(dir.path().join("w.db")).unwrap();
                database.query_row(sql, [], |row| row.get(0)).unwrap()
            }
            Engine::Real { database, .. } => database.sql(sql).parse().unwrap(),
        }
    }

    fn road(&self, name: &str, arguments: &Value) -> Answer {
        let arguments: &Map<String, Value> = arguments.as_object().unwrap();
        match &self.engine {
            Engine::Lite { warehouse, .. } => warehouse.road(name, arguments),
            Engine::Real { warehouse, .. } => self.runtime.block_on(warehouse.road(name, arguments)),
        }
    }

    fn measure(&self, checks: &Value) -> Answer {
        self.road(MEASURE, &json!({"table": "people", "required": ["mail", "country"], "checks": checks}))
    }

    fn promote(&self, digest: &Value, inputs: &Value) -> Answer {
        let arguments = json!({"silver": "people", "gold": "gold_people", "digest": digest, "inputs": inputs});
        self.road(PROMOTE, &arguments)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if let Engine::Real { database, role, .. } = &self.engine {
            for suffix in ["reader", "writer", "kernel", "owner"] {
                let _ = database.try_sql(&format!("DROP OWNED BY {role}_{suffix} CASCADE; DROP ROLE {role}_{suffix};"));
            }
        }
    }
}

#[test]
fn both_engines_count_alike() {
    let checks = json!([
        {"metric": "rowCount"},
        {"metric": "nullValues", "columns": ["mail", "score"]},
        {"metric": "missingValues", "columns": ["country"], "words": ["N/A"]},
        {"metric": "duplicateValues", "columns": ["mail"]},
        {"metric": "duplicateValues", "columns": ["country", "seen"]},
        {"metric": "pattern", "columns": ["mail"], "pattern": "[^@]+@[^@]+"},
        {"metric": "oneOf", "columns": ["country"], "words": ["DE"]},
        {"metric": "oneOf", "columns": ["country"], "words": []},
        {"metric": "length", "columns": ["country"], "minimum": 1, "maximum": 2},
        {"metric": "range", "columns": ["score"], "minimum": 0.0, "maximum": 100.0},
        {"metric": "range", "columns": ["mail"], "minimum": null, "maximum": 1.0},
        {"metric": "missingReferences", "column": "boss", "table": "bosses", "of": "id"},
        {"metric": "age", "column": "seen"},
    ]);
    for place in places() {
        let answer = place.measure(&checks).unwrap();
        assert_eq!((&answer["rows"], &answer["misfits"]), (&json!(5), &json!(2)), "{answer}");
        assert_eq!(answer["counts"], json!([5, 1, 3, 1, 0, 1, 2, 4, 2, 2, 4, 2, 1_767_312_000]), "{answer}");
        assert_eq!(answer["inputs"].as_array().unwrap().len(), 1);
        assert!(!answer.to_string().contains("canary"), "{answer}");
        let same = place.measure(&checks).unwrap();
        assert_eq!(answer["digest"], same["digest"], "the same rows are the same version");
        place.sql("UPDATE people SET country = 'FR' WHERE id = 1");
        assert_ne!(answer["digest"], place.measure(&checks).unwrap()["digest"]);
    }
}

#[test]
fn names_are_of_the_estate_and_words_are_quoted() {
    for place in places() {
        for checks in [
            json!([{"metric": "nullValues", "columns": ["id\" IS NULL OR 1=1 --"]}]),
            json!([{"metric": "missingReferences", "column": "boss", "table": "hidden", "of": "id"}]),
            json!([{"metric": "pattern", "columns": ["mail"], "pattern": "("}]),
            json!([{"metric": "rows where", "columns": []}]),
            json!([{"metric": "rowCount", "more": 1}]),
        ] {
            place.measure(&checks).unwrap_err();
        }
        let checks = json!([{"metric": "oneOf", "columns": ["country"], "words": ["') OR 1=1 --", "\\", "DE"]}]);
        assert_eq!(place.measure(&checks).unwrap()["counts"], json!([2]));
        place.road(MEASURE, &json!({"table": "nothing", "required": [], "checks": []})).unwrap_err();
    }
}

#[test]
fn a_promotion_is_all_or_nothing() {
    for place in places() {
        place.sql("INSERT INTO gold_people (id) VALUES (1), (77)");
        let version = place.measure(&json!([])).unwrap()["digest"].clone();
        let stands = |place: &Place| place.number("SELECT count(*) FROM gold_people WHERE id = 77") == 1;
        assert_eq!(place.promote(&json!("0"), &json!([])).unwrap()["outcome"], "changed");
        let bosses = json!([{"table": "bosses", "digest": "0"}]);
        assert_eq!(place.promote(&version, &bosses).unwrap()["outcome"], "changed");
        assert!(stands(&place));
        // Only into a protected relation of the same shape, and never out of one.
        for (silver, gold) in
            [("gold_people", "people"), ("people", "people"), ("bosses", "gold_people"), ("people", "x")]
        {
            let arguments = json!({"silver": silver, "gold": gold, "digest": version, "inputs": []});
            place.road(PROMOTE, &arguments).unwrap_err();
        }
        assert!(stands(&place));
        assert_eq!(place.promote(&version, &json!([])).unwrap(), json!({"outcome": "promoted", "rows": 5}));
        assert!(!stands(&place));
        let same = "SELECT count(*) FROM people p JOIN gold_people g ON g.id = p.id AND g.country IS NOT DISTINCT FROM p.country";
        assert_eq!((place.number(same), place.number("SELECT count(*) FROM gold_people")), (5, 5));
        // What the road is refused rolls back: here another relation that would lose its rows.
        place.sql(
            "CREATE TABLE orders (id INTEGER PRIMARY KEY, person INTEGER REFERENCES gold_people (id) ON DELETE CASCADE);
             INSERT INTO orders VALUES (1, 1)",
        );
        let refusal = place.promote(&version, &json!([])).unwrap_err();
        assert!(refusal.contains("another relation") || refusal.starts_with("42501"), "{refusal}");
        assert_eq!(place.number("SELECT count(*) FROM orders"), 1);
        assert_eq!(place.number("SELECT count(*) FROM gold_people"), 5);
    }
}

#[test]
fn no_client_reaches_the_road_by_words() {
    for place in places() {
        match &place.engine {
            Engine::Lite { warehouse, .. } => {
                warehouse.query("SELECT aegis_instant('2026-01-01')", 1).unwrap_err();
                warehouse.query("SELECT mail FROM people", 1).unwrap_err();
            }
            Engine::Real { warehouse, role, .. } => {
                let query = |sql: String| place.runtime.block_on(warehouse.query(&sql, 1));
                query("SELECT mail FROM people".to_owned()).unwrap_err();
                query(format!("SELECT set_config('role', '{role}_kernel', true), mail FROM people")).unwrap_err();
            }
        }
    }
}

#[test]
fn without_an_estate_or_a_role_there_is_no_road() {
    let dir = tempfile::tempdir().unwrap();
    let database = dir.path().join("w.db");
    rusqlite::Connection::open(&database).unwrap().execute_batch(&schema()).unwrap();
    let warehouse = lite::Warehouse::open(lite::Options { database, estate: None, max_changes: 1 }).unwrap();
    let ask = json!({"table": "people", "required": [], "checks": []});
    let refusal = warehouse.road(MEASURE, ask.as_object().unwrap()).unwrap_err();
    assert!(refusal.contains("--estate"), "{refusal}");
}
