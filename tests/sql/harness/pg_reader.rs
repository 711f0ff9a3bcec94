//! PostgreSQL as a reader: its plan names the relations that are left to read and to write.

use super::judge::Ran;
use super::pg::{Database, database};
use super::pg_store::{Pg, connect, content, one_statement};
use super::reader::{Reader, Seen};
use super::seed::Version;
use serde_json::Value;
use tokio_postgres::{Client, SimpleQueryMessage};

/// The same databases, and one without personal values.
pub(crate) struct PgReader {
    store: Pg,
    blank: Client,
    _database: Database,
}

impl PgReader {
    pub(crate) fn new() -> Self {
        let store = Pg::new();
        let nothing = ["customers", "staging_customers", "gold_customers"]
            .map(|table| format!("UPDATE {table} SET name = NULL, email = NULL, phone = NULL, ssn = NULL;"))
            .concat();
        let database = database(&(content(Version::One) + &nothing));
        Self { blank: connect(&store.runtime, &database), store, _database: database }
    }
}

impl Reader for PgReader {
    fn read(&self, sql: &str) -> Result<Seen, String> {
        // What is explained by running it does what it explains.
        let word = "explain analyze ";
        let run = sql.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
        let sql = if run { sql.get(word.len()..).unwrap_or_default() } else { sql };
        let client = self.store.client(Version::One);
        self.store.runtime.block_on(async {
            client.batch_execute("BEGIN").await.unwrap();
            let words = |error: tokio_postgres::Error| {
                error.as_db_error().map_or_else(|| error.to_string(), |error| error.message().to_owned())
            };
            let seen = match client.prepare(sql).await {
                Err(error) => Err(words(error)),
                Ok(_) if explains(sql) => Ok(Seen::default()),
                // A comment at the end must not swallow what follows, and nothing follows.
                Ok(_) => match client.simple_query(&format!("EXPLAIN (FORMAT JSON) {sql}")).await {
                    // A constant that cannot be computed stops the planner: the engine refuses, it reads nothing differently.
                    Err(error) if error.code().is_some_and(|code| code.code().starts_with("22")) => Err(words(error)),
                    Err(error) => Ok(Seen { writes: [words(error)].into(), ..Seen::default() }),
                    Ok(messages) => {
                        let lines = messages.iter().filter_map(|message| match message {
                            SimpleQueryMessage::Row(row) => row.get(0),
                            _ => None,
                        });
                        let mut seen = Seen::default();
                        walk(&serde_json::from_str(&lines.collect::<String>()).unwrap(), &mut seen);
                        Ok(seen)
                    }
                },
            };
            client.batch_execute("ROLLBACK").await.unwrap();
            seen
        })
    }

    fn blank(&self, sql: &str) -> Ran {
        self.store.runtime.block_on(async {
            self.blank.batch_execute("BEGIN; SET LOCAL statement_timeout = 500").await.unwrap();
            let mut ran = one_statement(&self.blank, sql).await;
            self.blank.batch_execute("ROLLBACK").await.unwrap();
            ran.error = ran.error.map(|_| String::new());
            ran
        })
    }
}

/// Whether it explains another statement, behind comments that may stand before.
fn explains(sql: &str) -> bool {
    let text = sql.trim_start();
    let behind = match (text.strip_prefix("/*"), text.strip_prefix("--")) {
        (Some(comment), _) => comment.split_once("*/"),
        (_, Some(comment)) => comment.split_once('\n'),
        (None, None) => None,
    };
    match behind {
        Some((_, rest)) => explains(rest),
        None => text.to_ascii_lowercase().starts_with("explain"),
    }
}

fn walk(plan: &Value, seen: &mut Seen) {
    match plan {
        Value::Array(items) => items.iter().for_each(|item| walk(item, seen)),
        Value::Object(map) => {
            if let Some(relation) = map.get("Relation Name").and_then(Value::as_str) {
                let to = if map["Node Type"] == "ModifyTable" { &mut seen.writes } else { &mut seen.reads };
                to.insert(relation.to_owned());
            }
            map.values().for_each(|value| walk(value, seen));
        }
        _ => {}
    }
}
