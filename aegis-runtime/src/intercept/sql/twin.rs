//! Reading C on SQLite: the engine prepares the statement on a schema-only twin in memory, and its authorizer names everything that
//! would be touched. Nothing is ever stepped.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "the enums of the parser and the engine are foreign and grow; every wildcard here denies, or says that nothing is found"
)]

use super::effects;
use super::functions;
use super::place::suggest;
use super::reading_a::{MASKED, Reading};
use super::reading_b::{Second, differ};
use super::splice::{Leaf, stand_in};
use super::{Catalogue, SqlFacts, SqlRefusal, class_of, rewrite_failed};
use crate::denial::Code;
use crate::spec::{ColumnKind, Dialect, TableSpec};
use rusqlite::config::DbConfig;
use rusqlite::functions::FunctionFlags;
use rusqlite::hooks::{AuthAction, AuthContext, Authorization};
use rusqlite::{Connection, Error};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

/// SQLite's mathematical functions, by the number of their arguments.
const MATHEMATICAL: [(&str, i32); 3] = [
    ("pi", 0),
    (
        "acos acosh asin asinh atan atanh ceil ceiling cos cosh degrees exp floor ln log log10 log2 radians sin sinh sqrt tan tanh trunc",
        1,
    ),
    ("atan2 log mod pow power", 2),
];

/// The twin.
pub(super) struct Twin {
    engine: Mutex<Engine>,
    catalogue: Catalogue,
}

struct Engine {
    connection: Connection,
    seen: Arc<Mutex<Seen>>,
}

/// What the authorizer was asked for.
#[derive(Debug, Default, Clone)]
struct Seen {
    /// Relations and their columns; whether any read of one is made by no masked view.
    reads: BTreeMap<(String, String), bool>,
    writes: BTreeSet<String>,
    functions: BTreeSet<String>,
    /// Anything but rows and functions.
    other: bool,
}

impl Twin {
    pub(super) fn new(catalogue: &Catalogue) -> rusqlite::Result<Self> {
        let mut connection = Connection::open_in_memory()?;
        for table in &catalogue.tables {
            connection.execute_batch(&create(table, table.name))?;
            if table.columns.iter().any(|column| column.pii.is_some()) {
                connection.execute_batch(&create(table, &stand_in(table.name)))?;
                connection.execute_batch(&view(table))?;
            }
        }
        // Servers have them though this engine is built without; nothing is ever computed here.
        for (names, arguments) in MATHEMATICAL {
            for name in names.split(' ') {
                connection.create_scalar_function(name, arguments, FunctionFlags::SQLITE_UTF8, |_| Ok(0_i64))?;
            }
        }
        // A double-quoted name that means nothing must not become a string.
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DML, false)?;
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DDL, false)?;
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
        let seen = Arc::new(Mutex::new(Seen::default()));
        let noted = Arc::clone(&seen);
        connection.authorizer(Some(move |context: AuthContext<'_>| {
            note(&mut noted.lock().unwrap_or_else(PoisonError::into_inner), &context);
            Authorization::Allow
        }))?;
        Ok(Self { engine: Mutex::new(Engine { connection, seen }), catalogue: catalogue.clone() })
    }

    /// Binds the statement, and holds the engine's reading against A's; how many columns come out.
    pub(super) fn agree(
        &self,
        sql: &str,
        read: &Reading,
        second: Second,
        catalogue: &Catalogue,
        facts: &mut SqlFacts,
    ) -> Result<usize, SqlRefusal> {
        let (seen, columns) = self.prepare(sql)?;
        if let Some(name) = seen.functions.iter().find(|name| !functions::allowed(name, Dialect::Sqlite)) {
            return Err(functions::refused(name));
        }
        if seen.other {
            return Err(differ("the engine sees more than rows"));
        }
        let writes: BTreeSet<String> = facts.writes.iter().cloned().collect();
        if seen.writes != writes {
            return Err(differ("in the relations that are changed"));
        }
        let mut bound: BTreeSet<&str> = BTreeSet::new();
        for (table, column) in seen.reads.keys() {
            if table.starts_with(MASKED) || (read.ctes.contains(table) && catalogue.table(table).is_none()) {
                continue; // what the view, or the name of a WITH, reads is seen too
            }
            // Table functions such as `json_each` read columns of their own.
            if functions::allowed(table, Dialect::Sqlite) && read.functions.contains(table) {
                continue;
            }
            let known = catalogue.table(table).ok_or_else(|| effects::unknown(table, catalogue))?;
            bound.insert(table);
            if !facts.reads.contains(table) && !writes.contains(table) {
                return Err(differ("in the relations that are read"));
            }
            if !column.is_empty() && !known.columns.iter().any(|declared| declared.name == column) {
                return Err(SqlRefusal::new(Code::SqlUnknownColumn, "a row id that the estate does not declare")
                    .remedy("use the declared key"));
            }
            if class_of(known, column).is_some() {
                facts.personal.insert((table.clone(), column.clone()));
            }
        }
        facts.unmasked = seen.reads.iter().any(|(place, direct)| *direct && facts.personal.contains(place));
        // Where the second grammar could not read the statement, the engine must have found every relation that A did.
        if second == Second::Unreadable && facts.reads.iter().any(|name| !bound.contains(name.as_str())) {
            return Err(differ("in the relations that are read"));
        }
        Ok(columns)
    }

    /// Whether a statement spliced over stand-ins still reads one of the real relations.
    pub(super) fn nothing_left(&self, probe: &str, leaves: &[Leaf]) -> Result<(), SqlRefusal> {
        let (seen, _) = self.prepare(probe).map_err(|refusal| rewrite_failed(refusal.detail))?;
        if seen.reads.keys().any(|(table, _)| leaves.iter().any(|leaf| leaf.table.name == table)) {
            return Err(rewrite_failed("a read of a personal column is left"));
        }
        Ok(())
    }

    fn prepare(&self, sql: &str) -> Result<(Seen, usize), SqlRefusal> {
        let engine = self.engine.lock().unwrap_or_else(PoisonError::into_inner);
        *engine.seen.lock().unwrap_or_else(PoisonError::into_inner) = Seen::default();
        let prepared = engine.connection.prepare(sql).map(|statement| statement.column_count());
        let columns = prepared.map_err(|error| refusal(&error, &self.catalogue))?;
        let seen = std::mem::take(&mut *engine.seen.lock().unwrap_or_else(PoisonError::into_inner));
        Ok((seen, columns))
    }
}

fn create(table: &TableSpec, name: &str) -> String {
    let only_key = table.columns.iter().filter(|column| column.key).count() == 1;
    let columns = table.columns.iter().map(|column| {
        let kind = match column.kind {
            ColumnKind::Integer | ColumnKind::Boolean => "INTEGER",
            ColumnKind::Number => "REAL",
            ColumnKind::Text | ColumnKind::Timestamp => "TEXT",
            ColumnKind::Blob => "BLOB",
        };
        let key = if column.key && only_key { " PRIMARY KEY" } else { "" };
        // Every column can stand in ON CONFLICT; which of them is unique is the database's to know.
        let unique = if column.key && !only_key { " UNIQUE" } else { "" };
        format!("\"{}\" {kind}{key}{unique}", column.name)
    });
    format!("CREATE TABLE \"{name}\" ({})", columns.collect::<Vec<_>>().join(", "))
}

/// The masked view of a relation, as a server of ours has it.
fn view(table: &TableSpec) -> String {
    let columns = table.columns.iter().map(|column| match column.pii {
        Some(_) => format!("CASE WHEN \"{0}\" IS NULL THEN NULL ELSE '' END AS \"{0}\"", column.name),
        None => format!("\"{}\"", column.name),
    });
    let columns = columns.collect::<Vec<_>>().join(", ");
    format!("CREATE TEMP VIEW \"{MASKED}{0}\" AS SELECT {columns} FROM main.\"{0}\"", table.name)
}

fn note(seen: &mut Seen, context: &AuthContext<'_>) {
    let fold = |name: &str| name.to_ascii_lowercase();
    match context.action {
        AuthAction::Read { table_name, column_name } => {
            let view = |name: &str| name.get(..MASKED.len()).is_some_and(|head| head.eq_ignore_ascii_case(MASKED));
            *seen.reads.entry((fold(table_name), fold(column_name))).or_default() |=
                !context.accessor.is_some_and(view);
        }
        AuthAction::Insert { table_name }
        | AuthAction::Delete { table_name }
        | AuthAction::Update { table_name, .. } => {
            seen.writes.insert(fold(table_name));
        }
        AuthAction::Function { function_name } => {
            seen.functions.insert(fold(function_name));
        }
        AuthAction::Select | AuthAction::Recursive => {}
        _ => seen.other = true, // schema, settings, files: none of a statement's business here
    }
}

/// The engine's words name what the statement names, and hold no data.
fn refusal(error: &Error, catalogue: &Catalogue) -> SqlRefusal {
    let message = match error {
        Error::SqliteFailure(_, Some(message)) => message.as_str(),
        Error::SqlInputError { msg, .. } => msg.as_str(),
        Error::MultipleStatement => return SqlRefusal::new(Code::SqlMultiple, "").remedy("send one statement a call"),
        _ => "", // said by the code
    };
    let name: String = message
        .rsplit(": ")
        .next()
        .unwrap_or_default()
        .chars()
        .take(64)
        .filter(|letter| !letter.is_control())
        .collect();
    if message.starts_with("no such table") {
        effects::unknown(&name, catalogue)
    } else if message.starts_with("no such column")
        || message.starts_with("ambiguous column")
        || message.contains("has no column named")
    {
        let column = name.rsplit('.').next().unwrap_or_default();
        let known = catalogue.tables.iter().flat_map(|table| table.columns).map(|column| column.name);
        // The engine asks whether a name in double quotes was meant for a text.
        let quoted = name.strip_prefix('"').and_then(|rest| rest.split_once("\" - should this be"));
        let remedy = match quoted {
            Some((text, _)) => format!("write a text in single quotes: `'{text}'`; double quotes are for names"),
            None if message.starts_with("ambiguous") => "name the relation before the column".to_owned(),
            None => suggest(column, known),
        };
        let shown = quoted.map_or(name.as_str(), |(text, _)| text);
        SqlRefusal::new(Code::SqlUnknownColumn, format!("`{shown}`")).remedy(remedy)
    } else if message.starts_with("no such function") {
        functions::refused(&name)
    } else {
        SqlRefusal::new(Code::SqlUnreadable, "the engine does not take it")
            .remedy("write one plain statement in the server's dialect")
    }
}
