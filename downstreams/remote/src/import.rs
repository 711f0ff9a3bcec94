//! `import`: the draft of an estate from a live PostgreSQL.

use crate::RemoteError;
use crate::connect::Target;
use crate::drift::fits;
use crate::sentence::sentence;
use aegis_downstreams::draft::{self, Found, FoundColumn, SAMPLE};
use aegis_downstreams::estate::{Kind, quoted};
use tokio_postgres::{Client, Error};

/// Reads the schema `public` and a sample of each column, and drafts the estate.
///
/// # Errors
/// A database that cannot be read.
pub async fn draft(dsn: &str, server: &str) -> Result<String, RemoteError> {
    let client = Target::new(dsn)?.connect().await.map_err(RemoteError::Database)?;
    let tables = tables(&client).await.map_err(|error| RemoteError::Database(sentence(&error)))?;
    Ok(draft::draft(server, &tables))
}

const TABLES: &str = "
    SELECT c.relname::text, c.relkind::text, c.relrowsecurity,
           EXISTS (SELECT FROM pg_catalog.pg_trigger t WHERE t.tgrelid = c.oid AND NOT t.tgisinternal)
    FROM pg_catalog.pg_class c
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'f') ORDER BY 1";
const COLUMNS: &str = "
    SELECT a.attname::text, pg_catalog.format_type(a.atttypid, NULL), t.typtype::text,
           EXISTS (SELECT FROM pg_catalog.pg_index i WHERE i.indrelid = a.attrelid AND i.indisprimary AND a.attnum = ANY (i.indkey))
    FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
    WHERE a.attrelid = ('public.' || pg_catalog.quote_ident($1))::regclass AND a.attnum > 0 AND NOT a.attisdropped
    ORDER BY a.attnum";

async fn tables(client: &Client) -> Result<Vec<Found>, Error> {
    client.batch_execute("BEGIN READ ONLY").await?;
    let mut found = Vec::new();
    for row in client.query(TABLES, &[]).await? {
        let (name, kind): (String, String) = (row.try_get(0)?, row.try_get(1)?);
        let mut notes = Vec::new();
        if kind != "r" {
            notes.push("this is no plain table; the server refuses to serve it".to_owned());
        }
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
    Ok(found)
}

async fn columns(client: &Client, table: &str) -> Result<Vec<FoundColumn>, Error> {
    let mut columns = Vec::new();
    for row in client.query(COLUMNS, &[&table]).await? {
        let (name, native, class): (String, String, String) = (row.try_get(0)?, row.try_get(1)?, row.try_get(2)?);
        let kind = [Kind::Integer, Kind::Boolean, Kind::Number, Kind::Timestamp, Kind::Blob, Kind::Text]
            .into_iter()
            .find(|kind| fits(*kind, &native, &class));
        let sample = if kind == Some(Kind::Text) { sample(client, table, &name).await? } else { Vec::new() };
        columns.push(FoundColumn { name, native, kind, key: row.try_get(3)?, sample });
    }
    Ok(columns)
}

async fn sample(client: &Client, table: &str, column: &str) -> Result<Vec<String>, Error> {
    let (table, column) = (quoted(table), quoted(column));
    let sql = format!("SELECT {column}::text FROM public.{table} WHERE {column} IS NOT NULL LIMIT {SAMPLE}");
    client.query(&sql, &[]).await?.iter().map(|row| row.try_get(0)).collect()
}
