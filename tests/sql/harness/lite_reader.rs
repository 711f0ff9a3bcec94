//! SQLite as a reader: its authorizer names what a prepared statement touches.

use super::judge::Ran;
use super::lite::{create, step};
use super::reader::{Reader, Seen};
use super::seed::Version;
use rusqlite::Connection;
use rusqlite::hooks::{AuthAction, Authorization};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

pub(crate) struct LiteReader {
    seeded: Mutex<Connection>,
    blank: Mutex<Connection>,
}

impl LiteReader {
    pub(crate) fn new() -> Self {
        let made = |sql: &str| {
            let mut connection = Connection::open_in_memory().unwrap();
            create(&mut connection, Version::One);
            connection.execute_batch(sql).unwrap();
            for table in ["customers", "staging_customers", "gold_customers"] {
                let view = format!("CREATE TEMP VIEW aegis_masked_{table} AS SELECT * FROM main.{table}");
                connection.execute_batch(&view).unwrap();
            }
            Mutex::new(connection)
        };
        let nothing = ["customers", "staging_customers", "gold_customers"]
            .map(|table| format!("UPDATE {table} SET name = NULL, email = NULL, phone = NULL, ssn = NULL;"))
            .concat();
        Self { seeded: made(""), blank: made(&nothing) }
    }
}

impl Reader for LiteReader {
    fn read(&self, sql: &str) -> Result<Seen, String> {
        let mut connection = self.seeded.lock().unwrap();
        let seen = Arc::new(Mutex::new(Seen::default()));
        let noted = Arc::clone(&seen);
        connection
            .authorizer(Some(move |context: rusqlite::hooks::AuthContext<'_>| {
                let mut seen = noted.lock().unwrap();
                match context.action {
                    AuthAction::Read { table_name, .. } => {
                        seen.reads.insert(table_name.to_ascii_lowercase());
                    }
                    AuthAction::Insert { table_name }
                    | AuthAction::Update { table_name, .. }
                    | AuthAction::Delete { table_name } => {
                        seen.writes.insert(table_name.to_ascii_lowercase());
                    }
                    AuthAction::Select | AuthAction::Function { .. } | AuthAction::Recursive => {}
                    other => {
                        seen.writes.insert(format!("{other:?}"));
                    }
                }
                Authorization::Allow
            }))
            .unwrap();
        let prepared = connection.prepare(sql).map(|statement| statement.readonly()).map_err(|error| error.to_string());
        connection.authorizer(None::<fn(rusqlite::hooks::AuthContext<'_>) -> Authorization>).unwrap();
        prepared?;
        let mut seen = std::mem::take(&mut *seen.lock().unwrap());
        // Table functions are no relations, a view reads its relation, and a CTE that only counts is told by its own name.
        let exists = |name: &str| connection.prepare(&format!("SELECT 1 FROM main.\"{name}\"")).is_ok();
        seen.reads.retain(|name| !name.starts_with("json_") && !name.starts_with("aegis_masked_") && exists(name));
        Ok(seen)
    }

    fn blank(&self, sql: &str) -> Ran {
        let mut connection = self.blank.lock().unwrap();
        let started = Instant::now();
        connection.progress_handler(1000, Some(move || started.elapsed() > Duration::from_millis(500))).unwrap();
        connection.execute_batch("SAVEPOINT blank").unwrap();
        let mut ran = step(&connection, sql);
        connection.progress_handler(0, None::<fn() -> bool>).unwrap();
        connection.execute_batch("ROLLBACK TO blank; RELEASE blank").unwrap();
        // Where it stopped, and the words of an error, may differ.
        ran.rows.truncate(if ran.error.is_some() { 0 } else { usize::MAX });
        ran.error = ran.error.map(|_| String::new());
        ran
    }
}
