//! `postgres`: a real PostgreSQL behind `query`, `execute`, `list_tables`, `describe_table`, in the shapes of the embedded one.
//!
//! *Invariants.* Each call is a transaction of its own: READ ONLY for `query`, and for `execute` kept only within the row budget.
//! The key of the call's tokens is bound into it, never spelled in a statement. A session whose call was given up is cancelled and
//! thrown away, so that nothing of it reaches the next call.

use crate::connect::Target;
use crate::init::MASKED;
use crate::sentence::sentence;
use crate::{RemoteError, drift, statement, value};
use aegis_downstreams::estate::{Estate, quoted};
use aegis_downstreams::postgres::budget;
use aegis_downstreams::protocol::{self, Answer, Tools, required, unsigned};
use aegis_downstreams::road::{self, MEASURE, is_road, parse};
use aegis_downstreams::token::CallKey;
use aegis_downstreams::warehouse;
use futures::{StreamExt, pin_mut};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};
use tokio::sync::Mutex;
use tokio_postgres::{Client, Error, Row, Statement, Transaction};

/// Where the warehouse is, and what is believed of it.
pub struct Options {
    /// Connection string of the role that reads.
    pub reader: String,
    /// Connection string of the role that writes; without one, the role that reads does where no estate is declared, and nobody else.
    pub writer: Option<String>,
    /// Connection string of the role that counts and promotes for a kernel.
    pub kernel: Option<String>,
    /// What is declared of the database.
    pub estate: Option<Estate>,
    /// Most rows that one statement may change; 0 is without bound.
    pub max_changes: u64,
}

/// Runs the server on standard input and output until input ends.
///
/// # Errors
/// A connection string that is none, or a client that speaks something else.
pub async fn serve(options: Options) -> Result<(), RemoteError> {
    let warehouse = Warehouse::new(options)?;
    // The database may come later than we do; what it says is told with each call.
    if let Err(refusal) = warehouse.session(&warehouse.reader).await.map(|mut session| session.keep()) {
        eprintln!("{refusal}");
    }
    Ok(protocol::serve(warehouse).await?)
}

/// The warehouse: what the server runs each call on, for tests in process.
pub struct Warehouse {
    reader: Place,
    writer: Option<Place>,
    kernel: Option<Place>,
    estate: Option<Estate>,
    max_changes: u64,
}

/// Where a session waits between two calls.
struct Place {
    target: Target,
    reads: bool,
    idle: Mutex<Option<Client>>,
}

/// A session in use. Dropped before its time, its statement is cancelled and it ends.
struct Session<'place> {
    client: Option<Client>,
    idle: tokio::sync::MutexGuard<'place, Option<Client>>,
    target: &'place Target,
}

impl Session<'_> {
    /// The call is over: the session waits for the next.
    fn keep(&mut self) {
        *self.idle = self.client.take();
    }

    fn client(&mut self) -> Result<&mut Client, String> {
        self.client.as_mut().ok_or_else(|| "the connection to the database was lost".to_owned())
    }
}

impl Drop for Session<'_> {
    fn drop(&mut self) {
        if let Some(client) = self.client.take() {
            let (cancel, tls) = (client.cancel_token(), self.target.tls());
            tokio::spawn(async move {
                // Best effort: the statement's own time limit ends it otherwise. The session lives until it is cancelled.
                let _ = cancel.cancel_query(tls).await;
                drop(client);
            });
        }
    }
}

impl Warehouse {
    /// Reads the options; connects to nothing yet.
    ///
    /// # Errors
    /// A connection string that is none.
    pub fn new(options: Options) -> Result<Self, RemoteError> {
        let place =
            |dsn: &str, reads| Ok::<_, RemoteError>(Place { target: Target::new(dsn)?, reads, idle: Mutex::new(None) });
        let writer = options.writer.or_else(|| options.estate.is_none().then(|| options.reader.clone()));
        Ok(Self {
            reader: place(&options.reader, true)?,
            writer: writer.map(|dsn| place(&dsn, options.reader == dsn)).transpose()?,
            kernel: options.kernel.as_deref().map(|dsn| place(dsn, false)).transpose()?,
            estate: options.estate,
            max_changes: options.max_changes,
        })
    }

    /// A session whose schema and rights were held against the estate.
    async fn session<'place>(&self, place: &'place Place) -> Result<Session<'place>, String> {
        let mut idle = place.idle.lock().await;
        let known = match idle.take() {
            // A session that died while it waited is known by the first thing it is asked.
            Some(client) if !client.is_closed() && client.batch_execute("").await.is_ok() => Some(client),
            Some(_) | None => None,
        };
        let client = match known {
            Some(client) => client,
            None => place.target.connect().await?,
        };
        let session = Session { client: Some(client), idle, target: &place.target };
        if let (Some(estate), Some(client)) = (&self.estate, &session.client) {
            let mut lines = drift::differences(client, estate).await?;
            if lines.is_empty() {
                lines = drift::rights(client, estate, place.reads).await?;
            }
            if !lines.is_empty() {
                return Err(warehouse::drifted(&lines));
            }
        }
        Ok(session)
    }

    /// Each role that the server was given, and what refuses its calls.
    pub async fn check(&self) -> Vec<(&'static str, Option<String>)> {
        let places =
            [("reader", Some(&self.reader)), ("writer", self.writer.as_ref()), ("kernel", self.kernel.as_ref())];
        let mut told = Vec::new();
        for (role, place) in places.into_iter().filter_map(|(role, place)| Some((role, place?))) {
            told.push((role, self.session(place).await.map(|mut session| session.keep()).err()));
        }
        told
    }

    /// Runs one statement as the tool `query` does.
    ///
    /// # Errors
    /// A plain sentence without a value in it.
    pub async fn query(&self, sql: &str, limit: u64) -> Answer {
        statement::check_read(sql, self.estate.is_some())?;
        let mut session = self.session(&self.reader).await?;
        let done = read(session.client()?, sql, limit.min(warehouse::ROWS)).await;
        session.keep();
        done
    }

    /// Runs one statement as the tool `execute` does.
    ///
    /// # Errors
    /// A plain sentence without a value in it.
    pub async fn execute(&self, sql: &str) -> Answer {
        statement::check_write(sql, self.estate.is_some())?;
        let place =
            self.writer.as_ref().ok_or("the server was given no role that writes: set `AEGIS_PG_WRITER_DSN`")?;
        let mut session = self.session(place).await?;
        let done = write(session.client()?, sql, self.max_changes).await;
        session.keep();
        done
    }

    /// Runs one call of the kernel's road.
    ///
    /// # Errors
    /// A plain sentence without a value in it.
    pub async fn road(&self, name: &str, arguments: &Map<String, Value>) -> Answer {
        let estate = road::declared(self.estate.as_ref())?;
        let place =
            self.kernel.as_ref().ok_or("the server was given no role for a kernel: set `AEGIS_PG_KERNEL_DSN`")?;
        let mut session = self.session(place).await?;
        let done = match name {
            MEASURE => crate::road::measure(session.client()?, estate, &parse(arguments)?).await,
            _ => crate::road::promote(session.client()?, estate, &parse(arguments)?).await, // the other of the two
        };
        session.keep();
        done
    }

    async fn list_tables(&self) -> Answer {
        let sql = "SELECT tablename::text FROM pg_catalog.pg_tables WHERE schemaname = 'public' ORDER BY 1";
        let mut session = self.session(&self.reader).await?;
        let rows = session.client()?.query(sql, &[]).await;
        session.keep();
        let rows = rows.map_err(|error| sentence(&error))?;
        let names: Vec<String> =
            rows.iter().filter_map(|row| row.try_get(0).ok()).filter(|name: &String| self.declares(name)).collect();
        Ok(json!({"tables": names}))
    }

    async fn describe(&self, table: &str) -> Answer {
        let sql = "SELECT a.attname::text, pg_catalog.format_type(a.atttypid, a.atttypmod), a.attnotnull,
                          EXISTS (SELECT FROM pg_catalog.pg_index i WHERE i.indrelid = c.oid AND i.indisprimary AND a.attnum = ANY (i.indkey))
                   FROM pg_catalog.pg_class c JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid
                   WHERE c.relnamespace = 'public'::regnamespace AND c.relname = $1 AND a.attnum > 0 AND NOT a.attisdropped
                   ORDER BY a.attnum";
        let mut session = self.session(&self.reader).await?;
        let rows = session.client()?.query(sql, &[&table]).await;
        session.keep();
        let rows = rows.map_err(|error| sentence(&error))?;
        let column = |row: &Row| {
            Ok::<_, Error>(warehouse::column(row.try_get(0)?, row.try_get(1)?, row.try_get(2)?, row.try_get(3)?))
        };
        let columns: Vec<Value> =
            rows.iter().map(column).collect::<Result<_, _>>().map_err(|error| sentence(&error))?;
        if columns.is_empty() || !self.declares(table) {
            return Err("no such table".to_owned());
        }
        Ok(json!({"table": table, "columns": columns}))
    }

    fn declares(&self, table: &str) -> bool {
        self.estate.as_ref().is_none_or(|estate| estate.table(table).is_some())
    }
}

impl Tools for Warehouse {
    const NAME: &'static str = "aegis-postgres";

    fn list(&self) -> Vec<(&'static str, &'static str, Value)> {
        warehouse::tools()
    }

    fn may_take_long(&self, name: &str) -> bool {
        is_road(name)
    }

    async fn call(&self, name: &str, arguments: Map<String, Value>) -> Option<Answer> {
        let answer = match name {
            "query" => match (required(&arguments, "sql"), unsigned(&arguments, "limit")) {
                (Ok(sql), Ok(limit)) => self.query(sql, limit.unwrap_or(warehouse::ROWS)).await,
                (Err(refusal), _) | (_, Err(refusal)) => Err(refusal),
            },
            "execute" => match required(&arguments, "sql") {
                Ok(sql) => self.execute(sql).await,
                Err(refusal) => Err(refusal),
            },
            "list_tables" => self.list_tables().await,
            "describe_table" => match required(&arguments, "table") {
                Ok(table) => self.describe(table).await,
                Err(refusal) => Err(refusal),
            },
            _ if is_road(name) => self.road(name, &arguments).await,
            _ => return None, // not a tool of ours: the protocol answers
        };
        Some(answer)
    }
}

async fn read(client: &mut Client, sql: &str, limit: u64) -> Answer {
    let said = |error: Error| sentence(&error);
    let transaction = client.build_transaction().read_only(true).start().await.map_err(said)?;
    let prepared = begin(&transaction, sql).await?;
    if prepared.columns().is_empty() {
        return Err("`query` reads rows, and this statement gives none".to_owned());
    }
    // One more than is given out says whether more was there; the rest is never computed.
    let portal = transaction.bind(&prepared, &[]).await.map_err(said)?;
    let most = i32::try_from(limit.saturating_add(1)).unwrap_or(i32::MAX);
    let mut rows = transaction.query_portal(&portal, most).await.map_err(said)?;
    let truncated = cut(&mut rows, limit);
    let cells = value::cells(&transaction, &rows).await?;
    transaction.rollback().await.map_err(said)?;
    Ok(json!({"columns": names(&prepared), "rows": cells, "truncated": truncated}))
}

async fn write(client: &mut Client, sql: &str, max_changes: u64) -> Answer {
    let said = |error: Error| sentence(&error);
    // What is not committed below is rolled back when the transaction is dropped.
    let transaction = client.transaction().await.map_err(said)?;
    let prepared = begin(&transaction, sql).await?;
    let before = counts(&transaction).await.map_err(said)?;
    let nothing: [&str; 0] = [];
    let stream = transaction.query_raw(&prepared, nothing).await.map_err(said)?;
    pin_mut!(stream);
    let mut rows = Vec::new();
    while let Some(row) = stream.next().await {
        let row = row.map_err(said)?;
        if u64::try_from(rows.len()).unwrap_or(u64::MAX) <= warehouse::ROWS {
            rows.push(row);
        }
    }
    let truncated = cut(&mut rows, warehouse::ROWS);
    let cells = value::cells(&transaction, &rows).await?;
    let changes = within_budget(&transaction, &before, max_changes).await?;
    transaction.commit().await.map_err(said)?;
    Ok(json!({"columns": names(&prepared), "rows": cells, "truncated": truncated, "changes": changes}))
}

/// The call's key, and the one statement prepared.
async fn begin(transaction: &Transaction<'_>, sql: &str) -> Result<Statement, String> {
    let key = CallKey::fresh()?.hex();
    let bound = transaction.query_one("SELECT pg_catalog.set_config('aegis.key', $1, true) IS NULL", &[&key]).await;
    bound.map_err(|error| sentence(&error))?;
    transaction.prepare(sql).await.map_err(|error| sentence(&error))
}

/// Rows put in, changed and taken out of a table, by the engine's own count.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    inserted: u64,
    updated: u64,
    deleted: u64,
}

/// What the session counted so far in every table, cascades and WITH clauses included. The engine hands its counts on from time to
/// time, between transactions only, so within one the difference of two looks is what happened between them.
pub(crate) async fn counts(transaction: &Transaction<'_>) -> Result<BTreeMap<(String, String), Counts>, Error> {
    let sql = "SELECT schemaname::text, relname::text, n_tup_ins, n_tup_upd, n_tup_del
               FROM pg_catalog.pg_stat_xact_user_tables WHERE n_tup_ins + n_tup_upd + n_tup_del > 0";
    let mut counts = BTreeMap::new();
    for row in transaction.query(sql, &[]).await? {
        let count = |at: usize| row.try_get::<_, i64>(at).map(|count| u64::try_from(count).unwrap_or_default());
        let table = Counts { inserted: count(2)?, updated: count(3)?, deleted: count(4)? };
        counts.insert((row.try_get(0)?, row.try_get(1)?), table);
    }
    Ok(counts)
}

/// Schemas and names of the relations that rows were changed of since a look before.
pub(crate) async fn touched(
    transaction: &Transaction<'_>,
    before: &BTreeMap<(String, String), Counts>,
) -> Result<BTreeSet<(String, String)>, Error> {
    let after = counts(transaction).await?.into_iter();
    Ok(after.filter(|(table, counts)| before.get(table) != Some(counts)).map(|(table, _)| table).collect())
}

/// How many rows the statement changed; a refusal where that is too many.
async fn within_budget(
    transaction: &Transaction<'_>,
    before: &BTreeMap<(String, String), Counts>,
    budget: u64,
) -> Result<u64, String> {
    let said = |error: Error| sentence(&error);
    let mut changes = 0_u64;
    for ((schema, table), after) in counts(transaction).await.map_err(said)? {
        // Notes of rows are ours.
        if schema == MASKED {
            continue;
        }
        let before = before.get(&(schema.clone(), table.clone())).copied().unwrap_or_default();
        let inserted = after.inserted.saturating_sub(before.inserted);
        let deleted = after.deleted.saturating_sub(before.deleted);
        let changed = deleted.saturating_add(after.updated.saturating_sub(before.updated));
        changes = changes.saturating_add(inserted).saturating_add(changed);
        if budget == 0 || changed < budget::WHOLE_TABLE {
            continue;
        }
        let sql = format!("SELECT count(*) FROM {}.{}", quoted(&schema), quoted(&table));
        let left: i64 = transaction.query_one(&sql, &[]).await.and_then(|row| row.try_get(0)).map_err(said)?;
        let stood = u64::try_from(left).unwrap_or_default().saturating_add(deleted).saturating_sub(inserted);
        if budget::is_whole(changed, stood) {
            return Err(budget::whole_table(&table, changed.min(stood), stood));
        }
    }
    if budget != 0 && changes > budget {
        return Err(budget::over_budget(changes, budget));
    }
    Ok(changes)
}

fn cut(rows: &mut Vec<Row>, limit: u64) -> bool {
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let truncated = rows.len() > limit;
    rows.truncate(limit);
    truncated
}

fn names(statement: &Statement) -> Vec<&str> {
    statement.columns().iter().map(tokio_postgres::Column::name).collect()
}
