//! SQLite: a file a statement, copied from a seeded one, opened as the warehouse opens it.

use super::judge::{Ran, State, Store};
use super::seed::{Cell, Version, tables};
use rusqlite::config::DbConfig;
use rusqlite::fallible_iterator::FallibleIterator;
use rusqlite::limits::Limit;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OpenFlags};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// Longest run of one statement.
const TIME: Duration = Duration::from_secs(1);
/// Most rows that are looked at.
const ROWS: usize = 5000;

/// The seeded files.
pub(crate) struct Lite {
    dir: TempDir,
    /// Bytes and content of the first version, so that an unchanged file is not read again.
    unchanged: OnceLock<(Vec<u8>, State)>,
}

impl Lite {
    pub(crate) fn new() -> Self {
        let lite = Self { dir: tempfile::tempdir().unwrap(), unchanged: OnceLock::new() };
        for version in [Version::One, Version::Two] {
            create(&mut Connection::open(lite.template(version)).unwrap(), version);
        }
        lite
    }

    fn template(&self, version: Version) -> PathBuf {
        self.dir.path().join(if version == Version::One { "one.template" } else { "two.template" })
    }

    pub(crate) fn state(&self, dir: &Path) -> State {
        let (bytes, content) = self.unchanged.get_or_init(|| {
            let copy = self.copy(Version::One);
            (fs::read(self.template(Version::One)).unwrap(), state(copy.path()))
        });
        let alone = fs::read_dir(dir).unwrap().count() == 1;
        let same = alone && fs::read(dir.join("warehouse.db")).unwrap() == *bytes;
        if same { content.clone() } else { state(dir) }
    }

    /// A file beside the copies.
    pub(crate) fn beside(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    /// A fresh directory with a fresh copy.
    pub(crate) fn copy(&self, version: Version) -> TempDir {
        let dir = tempfile::tempdir_in(self.dir.path()).unwrap();
        fs::copy(self.template(version), dir.path().join("warehouse.db")).unwrap();
        dir
    }
}

impl Store for Lite {
    fn run(&self, tool: &str, sql: &str, version: Version) -> (Ran, State) {
        let dir = self.copy(version);
        let file = dir.path().join("warehouse.db");
        let mode = if tool == "query" { OpenFlags::SQLITE_OPEN_READ_ONLY } else { OpenFlags::SQLITE_OPEN_READ_WRITE };
        let ran = {
            let connection = open(&file, mode);
            let before = connection.total_changes();
            let mut ran = step(&connection, sql);
            ran.late = ran.error.as_deref() == Some("interrupted");
            ran.changes = connection.total_changes() - before;
            ran.open = !connection.is_autocommit();
            ran
        };
        (ran, self.state(dir.path()))
    }

    /// As a server would that knows no care: every statement of the text, extensions apart.
    fn naive(&self, sql: &str, version: Version) -> (Ran, State) {
        let dir = self.copy(version);
        let mut ran = Ran::default();
        {
            let mut connection = Connection::open(dir.path().join("warehouse.db")).unwrap();
            let started = Instant::now();
            connection.progress_handler(1000, Some(move || started.elapsed() > Duration::from_secs(1))).unwrap();
            // A file that a statement makes stays in this copy's directory.
            let sql = sql.replace("stolen.db", &dir.path().join("stolen.db").display().to_string());
            let mut batch = rusqlite::Batch::new(&connection, &sql);
            loop {
                match batch.next() {
                    Ok(Some(mut statement)) => {
                        let more = rows(&mut statement);
                        ran.columns.extend(more.columns);
                        ran.rows.extend(more.rows);
                        ran.error = ran.error.or(more.error);
                    }
                    Ok(None) => break,
                    Err(error) => {
                        ran.error = Some(error.to_string());
                        break;
                    }
                }
            }
        }
        (ran, self.state(dir.path()))
    }
}

/// The relations and their rows.
pub(crate) fn create(database: &mut Connection, version: Version) {
    let transaction = database.transaction().unwrap();
    for table in tables(version) {
        let columns: Vec<String> = table
            .columns
            .iter()
            .map(|(name, kind, _)| match (*name, *kind) {
                ("id", _) => "id INTEGER PRIMARY KEY".to_owned(),
                (name, "integer") => format!("{name} INTEGER"),
                (name, _) => format!("{name} TEXT"),
            })
            .collect();
        transaction.execute_batch(&format!("CREATE TABLE {} ({})", table.name, columns.join(", "))).unwrap();
        let places = vec!["?"; columns.len()].join(", ");
        let mut insert = transaction.prepare(&format!("INSERT INTO {} VALUES ({places})", table.name)).unwrap();
        for row in &table.rows {
            insert.execute(rusqlite::params_from_iter(row.iter().map(bind))).unwrap();
        }
    }
    transaction.commit().unwrap();
}

fn bind(cell: &Cell) -> rusqlite::types::Value {
    match cell {
        Cell::Null => rusqlite::types::Value::Null,
        Cell::Int(number) => rusqlite::types::Value::Integer(*number),
        Cell::Text(text) => rusqlite::types::Value::Text(text.clone()),
    }
}

fn open(file: &Path, mode: OpenFlags) -> Connection {
    let mut connection = Connection::open_with_flags(file, mode | OpenFlags::SQLITE_OPEN_NO_MUTEX).unwrap();
    aegis_downstreams::postgres::arithmetic::create(&connection).unwrap();
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true).unwrap();
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false).unwrap();
    connection.set_limit(Limit::SQLITE_LIMIT_ATTACHED, 0).unwrap();
    connection.set_limit(Limit::SQLITE_LIMIT_LENGTH, 64 * 1024 * 1024).unwrap();
    let started = Instant::now();
    connection.progress_handler(10_000, Some(move || started.elapsed() > TIME)).unwrap();
    connection
}

pub(crate) fn step(connection: &Connection, sql: &str) -> Ran {
    match connection.prepare(sql) {
        Ok(mut statement) => rows(&mut statement),
        Err(error) => Ran { error: Some(error.to_string()), ..Ran::default() },
    }
}

fn rows(statement: &mut rusqlite::Statement<'_>) -> Ran {
    let columns: Vec<String> = statement.column_names().map(str::to_owned).collect();
    let width = columns.len();
    let mut ran = Ran { columns, ..Ran::default() };
    let mut cursor = statement.raw_query();
    loop {
        match cursor.next() {
            Ok(Some(row)) if ran.rows.len() < ROWS => {
                ran.rows.push((0..width).map(|index| shown(row.get_ref(index).unwrap())).collect());
            }
            Ok(Some(_)) => {}
            Ok(None) => return ran,
            Err(error) => {
                ran.error = Some(error.to_string());
                return ran;
            }
        }
    }
}

fn shown(value: ValueRef<'_>) -> Option<String> {
    match value {
        ValueRef::Null => None,
        ValueRef::Integer(number) => Some(number.to_string()),
        ValueRef::Real(number) => Some(number.to_string()),
        ValueRef::Text(bytes) | ValueRef::Blob(bytes) => Some(String::from_utf8_lossy(bytes).into_owned()),
    }
}

fn state(dir: &Path) -> State {
    let mut state = State::default();
    let mut files: Vec<String> =
        fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
    files.retain(|name| !name.starts_with("warehouse.db"));
    let connection = Connection::open(dir.join("warehouse.db")).unwrap();
    let schema = step(&connection, "SELECT type, name, sql FROM sqlite_master ORDER BY type, name");
    state.schema = schema.rows.iter().map(|row| format!("{row:?}")).chain(files).collect();
    state.schema.extend(schema.error);
    for table in tables(Version::One) {
        let rows = step(&connection, &format!("SELECT * FROM main.{} ORDER BY id", table.name));
        state.tables.insert(table.name, rows.rows);
    }
    state
}
