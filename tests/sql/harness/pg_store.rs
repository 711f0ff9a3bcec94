//! PostgreSQL: a clone a version, every statement by the extended protocol in a transaction that is rolled back.
//!
//! The role is a superuser: what our own roles and grants would stop must be stopped before them.

use super::judge::{Ran, State, Store};
use super::pg::{Database, database};
use super::seed::{Cell, Table, Version, tables};
use std::fmt::Write as _;
use tokio::runtime::Runtime;
use tokio_postgres::{Client, NoTls, SimpleQueryMessage};

pub(crate) struct Pg {
    pub(crate) runtime: Runtime,
    one: Client,
    two: Client,
    unchanged: State,
    _databases: [Database; 2],
}

impl Pg {
    pub(crate) fn new() -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let databases = [Version::One, Version::Two].map(|version| database(&content(version)));
        let (one, two) = (connect(&runtime, &databases[0]), connect(&runtime, &databases[1]));
        let unchanged = runtime.block_on(state(&one));
        Self { runtime, one, two, unchanged, _databases: databases }
    }

    /// The same, where no statement is meant to take long and a busy machine may take its time.
    pub(crate) fn patient() -> Self {
        let store = Self::new();
        for client in [&store.one, &store.two] {
            store.runtime.block_on(client.batch_execute("SET statement_timeout = 20000")).unwrap();
        }
        store
    }

    pub(crate) fn client(&self, version: Version) -> &Client {
        if version == Version::One { &self.one } else { &self.two }
    }
}

pub(crate) fn connect(runtime: &Runtime, database: &Database) -> Client {
    runtime.block_on(async {
        let (client, connection) = tokio_postgres::connect(&database.dsn("postgres"), NoTls).await.unwrap();
        tokio::spawn(connection);
        client.batch_execute("SET statement_timeout = 1000; SET TimeZone = 'UTC'").await.unwrap();
        client
    })
}

impl Store for Pg {
    fn run(&self, tool: &str, sql: &str, version: Version) -> (Ran, State) {
        let client = self.client(version);
        self.runtime.block_on(async {
            let begin = if tool == "query" { "BEGIN READ ONLY" } else { "BEGIN" };
            client.batch_execute(begin).await.unwrap();
            let mut ran = one_statement(client, sql).await;
            // A statement that ended the transaction leaves nothing that a savepoint could stand in.
            ran.open = ran.error.is_none() && client.batch_execute("SAVEPOINT judged").await.is_err();
            let after = match (&ran.error, tool) {
                (None, "execute") if !ran.open => state(client).await,
                _ => self.unchanged.clone(),
            };
            client.batch_execute("ROLLBACK").await.unwrap();
            (ran, after)
        })
    }

    fn naive(&self, sql: &str, version: Version) -> (Ran, State) {
        self.run("execute", sql, version)
    }
}

/// Prepared first, which refuses a second statement; then read as text.
pub(crate) async fn one_statement(client: &Client, sql: &str) -> Ran {
    let failed = |error: &tokio_postgres::Error| {
        let text = error.as_db_error().map_or_else(
            || error.to_string(),
            |error| {
                let parts = [Some(error.message()), error.detail(), error.hint(), error.where_()];
                parts.into_iter().flatten().collect::<Vec<_>>().join(" | ")
            },
        );
        let late = text.contains("statement timeout");
        Ran { error: Some(text), late, ..Ran::default() }
    };
    let prepared = match client.prepare(sql).await {
        Ok(prepared) => prepared,
        Err(error) => return failed(&error),
    };
    let columns = prepared.columns().iter().map(|column| column.name().to_owned()).collect();
    let mut ran = Ran { columns, ..Ran::default() };
    match client.simple_query(sql).await {
        Ok(messages) => {
            for message in messages {
                match message {
                    SimpleQueryMessage::Row(row) => {
                        ran.rows.push((0..row.len()).map(|index| row.get(index).map(str::to_owned)).collect());
                    }
                    SimpleQueryMessage::CommandComplete(count) if prepared.columns().is_empty() => ran.changes = count,
                    _ => {}
                }
            }
            ran
        }
        Err(error) => failed(&error),
    }
}

async fn state(client: &Client) -> State {
    let rows = async |sql: String| one_statement(client, &sql).await.rows;
    let mut state = State::default();
    let objects = "SELECT relname || ' ' || relkind::text FROM pg_class WHERE relnamespace::regnamespace::text NOT IN ('pg_catalog', 'pg_toast', 'information_schema')
        UNION ALL SELECT proname FROM pg_proc WHERE oid >= 16384 UNION ALL SELECT rolname FROM pg_roles
        UNION ALL SELECT attrelid::regclass || '.' || attname FROM pg_attribute WHERE attrelid >= 16384 ORDER BY 1";
    state.schema = rows(objects.to_owned()).await.into_iter().flatten().flatten().collect();
    for table in tables(Version::One) {
        let columns: Vec<String> = table.columns.iter().map(|(name, _, _)| format!("{name}::text")).collect();
        let found = rows(format!("SELECT {} FROM public.{} ORDER BY id", columns.join(", "), table.name)).await;
        state.tables.insert(table.name, found);
    }
    state
}

pub(crate) fn content(version: Version) -> String {
    let mut sql = String::new();
    for Table { name, columns, rows } in tables(version) {
        let typed: Vec<String> = columns
            .iter()
            .map(|(column, kind, _)| format!("{column} {kind}{}", if *column == "id" { " PRIMARY KEY" } else { "" }))
            .collect();
        let _ = writeln!(sql, "CREATE TABLE {name} ({});", typed.join(", "));
        for row in rows {
            let cells: Vec<String> = row
                .iter()
                .map(|cell| match cell {
                    Cell::Null => "NULL".to_owned(),
                    Cell::Int(number) => number.to_string(),
                    Cell::Text(text) => format!("'{}'", text.replace('\'', "''")),
                })
                .collect();
            let _ = writeln!(sql, "INSERT INTO {name} VALUES ({});", cells.join(", "));
        }
        // Without statistics no plan could tell anything.
        let _ = writeln!(sql, "ANALYZE {name};");
    }
    sql
}
