//! Our own warehouse over SQLite: masked views, tokens with a fresh key, the authorizer and the row budget, by the library's interface.

use super::decide::Decider;
use super::judge::{Ran, State, Store};
use super::lite::Lite;
use super::seed::Version;
use aegis_downstreams::postgres::{Options, Warehouse};
use aegis_runtime::downstream::estate;
use aegis_runtime::kernel::Kernel;
use aegis_runtime::spec::ServerId;
use serde_json::Value;
use std::fs;

/// Most rows of one answer, as the tool has it.
const ROWS: u64 = 1000;

/// The database behind a kernel: our own warehouse where its statements name masked views, a bare file where they mask inline.
pub(crate) fn behind<K: Kernel>(decider: &Decider) -> Box<dyn Store> {
    let south = decider.decide("query", "SELECT email FROM customers").unwrap().sql;
    if south.contains("aegis_masked_") { Box::new(Own::of::<K>()) } else { Box::new(Lite::new()) }
}

impl Store for Box<dyn Store> {
    fn run(&self, tool: &str, sql: &str, version: Version) -> (Ran, State) {
        (**self).run(tool, sql, version)
    }

    fn truth(&self, tool: &str, sql: &str) -> Ran {
        (**self).truth(tool, sql)
    }

    fn naive(&self, sql: &str, version: Version) -> (Ran, State) {
        (**self).naive(sql, version)
    }
}

struct Own {
    lite: Lite,
    estate: String,
}

impl Own {
    fn of<K: Kernel>() -> Self {
        let server = K::SPEC.servers.iter().position(|server| server.name == "postgres").unwrap();
        let estate = estate::text(K::SPEC, ServerId(u16::try_from(server).unwrap())).unwrap();
        Self { lite: Lite::new(), estate }
    }
}

impl Store for Own {
    fn run(&self, tool: &str, sql: &str, version: Version) -> (Ran, State) {
        let dir = self.lite.copy(version);
        let (database, estate) = (dir.path().join("warehouse.db"), self.lite.beside("estate.json"));
        if !estate.is_file() {
            fs::write(&estate, &self.estate).unwrap();
        }
        let warehouse = Warehouse::open(Options { database, estate: Some(estate), max_changes: ROWS }).unwrap();
        let answer = if tool == "query" { warehouse.query(sql, ROWS) } else { warehouse.execute(sql) };
        drop(warehouse);
        (
            answer.map_or_else(
                |error| Ran { late: error.contains("interrupted"), error: Some(error), ..Ran::default() },
                ran,
            ),
            self.lite.state(dir.path()),
        )
    }

    fn truth(&self, tool: &str, sql: &str) -> Ran {
        self.lite.truth(tool, sql)
    }

    fn naive(&self, sql: &str, version: Version) -> (Ran, State) {
        self.lite.naive(sql, version)
    }
}

fn ran(answer: Value) -> Ran {
    let cell = |value: &Value| match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => Some(value.to_string()),
    };
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    Ran {
        columns: list(&answer["columns"]).iter().filter_map(|name| name.as_str().map(str::to_owned)).collect(),
        rows: list(&answer["rows"]).iter().map(|row| list(row).iter().map(cell).collect()).collect(),
        changes: answer["changes"].as_u64().unwrap_or_default(),
        ..Ran::default()
    }
}
