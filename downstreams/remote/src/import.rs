//! `import`: the draft of an estate from a live PostgreSQL.

use crate::RemoteError;
use crate::connect::Target;
use crate::drift::fits;
use crate::init::MASKED;
use crate::sentence::sentence;
use aegis_downstreams::draft::{self, Found, FoundColumn, Left, SAMPLE};
use aegis_downstreams::estate::{Kind, quoted};
use tokio_postgres::{Client, Error};

/// Reads the schema `public` and a sample of each column, and drafts the estate.
///
/// # Errors
/// A database that cannot be read.
pub async fn draft(dsn: &str, server: &str) -> Result<String, RemoteError> {
    let client = Target::new(dsn)?.connect().await.map_err(RemoteError::Database)?;
    let found = tables(&client).await.map_err(|error| RemoteError::Database(sentence(&error)))?;
    Ok(draft::draft(server, &found.0, &found.1))
}

const TABLES: &str = "
    SELECT c.relname::text, c.relkind::text, c.relrowsecurity,
           EXISTS (SELECT FROM pg_catalog.pg_trigger t JOIN pg_catalog.pg_proc p ON p.oid = t.tgfoid
                   WHERE t.tgrelid = c.oid AND NOT t.tgisinternal AND p.pronamespace IS DISTINCT FROM pg_catalog.to_regnamespace($1))
    FROM pg_catalog.pg_class c
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'f') ORDER BY 1";
const SCHEMAS: &str = "
    SELECT n.nspname::text FROM pg_catalog.pg_namespace n
    WHERE n.nspname NOT IN ('public', 'information_schema', $1) AND n.nspname !~ '^pg_'
      AND EXISTS (SELECT FROM pg_catalog.pg_class c WHERE c.relnamespace = n.oid AND c.relkind IN ('r', 'p', 'v', 'm', 'f'))
    ORDER BY 1";
const COLUMNS: &str = "
    SELECT a.attname::text, pg_catalog.format_type(a.atttypid, NULL), t.typtype::text, a.attgenerated <> '',
           EXISTS (SELECT FROM pg_catalog.pg_index i WHERE i.indrelid = a.attrelid AND i.indisprimary AND a.attnum = ANY (i.indkey))
    FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
    WHERE a.attrelid = ('public.' || pg_catalog.quote_ident($1))::regclass AND a.attnum > 0 AND NOT a.attisdropped
    ORDER BY a.attnum";

/// Tables, and what is there that the server refuses to serve.
async fn tables(client: &Client) -> Result<(Vec<Found>, Vec<Left>), Error> {
    client.batch_execute("BEGIN READ ONLY").await?;
    let (mut found, mut left) = (Vec::new(), Vec::new());
    for row in client.query(SCHEMAS, &[&MASKED]).await? {
        let why = "the server serves the schema `public` only";
        left.push(Left { what: "schema".to_owned(), name: row.try_get(0)?, why });
    }
    for row in client.query(TABLES, &[&MASKED]).await? {
        let (name, kind): (String, String) = (row.try_get(0)?, row.try_get(1)?);
        if kind != "r" {
            let why = "the server refuses to serve it";
            left.push(Left { what: kind_word(&kind).to_owned(), name, why });
            continue;
        }
        let mut notes = Vec::new();
        if row.try_get(2)? {
            notes.push("it has row-level security; the server refuses to serve it".to_owned());
        }
        if row.try_get(3)? {
            notes.push("it has triggers; the server refuses to serve it".to_owned());
        }
        let columns = columns(client, &name).await?;
        found.push(Found { name, columns, notes });
    }
    client.batch_execute("ROLLBACK").await?;
    Ok((found, left))
}

fn kind_word(kind: &str) -> &'static str {
    match kind {
        "v" => "view",
        "m" => "materialized view",
        "p" => "partitioned table",
        _ => "foreign table", // the last of those asked for
    }
}

async fn columns(client: &Client, table: &str) -> Result<Vec<FoundColumn>, Error> {
    let mut columns = Vec::new();
    for row in client.query(COLUMNS, &[&table]).await? {
        let (name, native, class): (String, String, String) = (row.try_get(0)?, row.try_get(1)?, row.try_get(2)?);
        let kind = [Kind::Integer, Kind::Boolean, Kind::Number, Kind::Timestamp, Kind::Blob, Kind::Text]
            .into_iter()
            .find(|kind| fits(*kind, &native, &class));
        let sample = if kind == Some(Kind::Text) { sample(client, table, &name).await? } else { Vec::new() };
        columns.push(FoundColumn { name, native, kind, key: row.try_get(4)?, generated: row.try_get(3)?, sample });
    }
    Ok(columns)
}

async fn sample(client: &Client, table: &str, column: &str) -> Result<Vec<String>, Error> {
    let (table, column) = (quoted(table), quoted(column));
    let sql = format!("SELECT {column}::text FROM public.{table} WHERE {column} IS NOT NULL LIMIT {SAMPLE}");
    client.query(&sql, &[]).await?.iter().map(|row| row.try_get(0)).collect()
}
