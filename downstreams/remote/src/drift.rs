//! The live schema and the rights of the two roles against the declared estate. Any difference that a statement could fall through
//! is drift, and drift is refused.
//!
//! Relations that are not declared are no drift: no role of ours has a right on them.

use crate::init::{MASKED, TRIGGERS, body};
use crate::seal::{Sealed, is_sealed};
use crate::sentence::sentence;
use aegis_downstreams::estate::{Estate, Kind, Table};
use tokio_postgres::{Client, Error};

/// Every difference of the schema, one line each; empty where there is none.
///
/// # Errors
/// A plain sentence.
pub async fn differences(client: &Client, estate: &Estate) -> Result<Vec<String>, String> {
    let mut found = Vec::new();
    for table in &estate.tables {
        relation(client, table, &mut found).await.map_err(|error| sentence(&error))?;
    }
    functions(client, estate, &mut found).await.map_err(|error| sentence(&error))?;
    Ok(found)
}

const RELATION: &str = "
    SELECT c.relkind::text, c.relrowsecurity, c.relispartition,
           EXISTS (SELECT FROM pg_catalog.pg_inherits i WHERE c.oid IN (i.inhrelid, i.inhparent)),
           ARRAY(SELECT t.tgname::text FROM pg_catalog.pg_trigger t WHERE t.tgrelid = c.oid AND NOT t.tgisinternal ORDER BY 1),
           ARRAY(SELECT r.rulename::text FROM pg_catalog.pg_rewrite r WHERE r.ev_class = c.oid AND r.rulename <> '_RETURN' ORDER BY 1),
           ARRAY(SELECT t.tgname::text FROM pg_catalog.pg_trigger t JOIN pg_catalog.pg_proc p ON p.oid = t.tgfoid
                 JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
                 WHERE t.tgrelid = c.oid AND t.tgenabled IN ('O', 'A') AND n.nspname = 'aegis_masked' AND p.proname = 'aegis_note')
    FROM pg_catalog.pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relname = $1";

async fn relation(client: &Client, table: &Table, found: &mut Vec<String>) -> Result<(), Error> {
    let name = &table.name;
    let Some(row) = client.query_opt(RELATION, &[name]).await? else {
        found.push(format!("- table `{name}` is declared and is not there"));
        return Ok(());
    };
    let kind: String = row.try_get(0)?;
    if kind != "r" {
        found.push(format!("~ `{name}` is declared as a table and is {}", kind_word(&kind)));
        return Ok(());
    }
    for (index, what) in [(1, "has row-level security"), (2, "is a partition"), (3, "inherits, or is inherited from")] {
        if row.try_get(index)? {
            found.push(format!("~ table `{name}` {what}"));
        }
    }
    let noting: Vec<&str> = TRIGGERS.iter().filter(|_| table.noted_by().is_some()).map(|(kind, _)| *kind).collect();
    let known: Vec<String> = row.try_get(6)?;
    for missing in noting.iter().filter(|name| !known.iter().any(|known| known == *name)) {
        found.push(format!(
            "- trigger `{missing}` on table `{name}` is not there, or is not ours: apply what `init` prints"
        ));
    }
    for (index, what) in [(4, "trigger"), (5, "rule")] {
        let ours = |extra: &String| index == 4 && noting.contains(&extra.as_str()) && known.contains(extra);
        for extra in row.try_get::<_, Vec<String>>(index)?.into_iter().filter(|extra| !ours(extra)) {
            found.push(format!("+ {what} `{extra}` on table `{name}`: it would run with what a statement says"));
        }
    }
    if table.columns.iter().any(|column| column.key) && !has_key(client, table).await? {
        let declared: Vec<_> = table.columns.iter().filter(|column| column.key).map(|column| &*column.name).collect();
        found.push(format!("~ key of `{name}` is declared as {}, and nothing keeps that unique", declared.join(", ")));
    }
    columns(client, table, found).await?;
    // A view cannot fit a table that does not.
    let fits = found.is_empty();
    for ours in Sealed::all(table).filter(|_| fits) {
        if is_sealed(client, &ours).await? == Some(false) {
            found.push(format!("~ {ours} is not as `init` prints it: apply that again"));
        }
    }
    Ok(())
}

/// Whether a unique index of whole rows and plain columns stands on declared key columns alone.
const KEY: &str = "
    SELECT EXISTS (SELECT FROM pg_catalog.pg_index i
                   WHERE i.indrelid = ('public.' || pg_catalog.quote_ident($1))::regclass AND i.indisunique AND i.indisvalid AND i.indpred IS NULL
                     AND NOT EXISTS (SELECT FROM pg_catalog.unnest(i.indkey::int2[]) WITH ORDINALITY AS k (number, place)
                                     LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.number
                                     WHERE k.place <= i.indnkeyatts AND (k.number = 0 OR a.attname <> ALL ($2))))";

async fn has_key(client: &Client, table: &Table) -> Result<bool, Error> {
    let keys: Vec<&str> = table.columns.iter().filter(|column| column.key).map(|column| &*column.name).collect();
    client.query_one(KEY, &[&table.name, &keys]).await?.try_get(0)
}

/// The functions that make tokens and note rows. One that is not there is told with the view or the trigger that needs it.
async fn functions(client: &Client, estate: &Estate, found: &mut Vec<String>) -> Result<(), Error> {
    let masked = estate.tables.iter().any(Table::is_masked);
    let noted = estate.tables.iter().any(|table| table.noted_by().is_some());
    for (name, needed) in [("aegis_leaf", masked), ("aegis_note", noted)] {
        let sql = "SELECT p.prosrc FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
                   WHERE n.nspname = $1 AND p.proname = $2";
        let rows = client.query(sql, &[&MASKED, &name]).await?;
        for row in rows.iter().filter(|_| needed) {
            if row.try_get::<_, &str>(0)? != body(name) {
                found.push(format!("~ function `{MASKED}.{name}` is not as `init` prints it: apply that again"));
            }
        }
    }
    Ok(())
}

fn kind_word(kind: &str) -> &'static str {
    match kind {
        "v" => "a view",
        "m" => "a materialized view",
        "p" => "a partitioned table",
        "f" => "a foreign table",
        _ => "something else", // sequences, indexes, types
    }
}

const COLUMNS: &str = "
    SELECT a.attname::text, pg_catalog.format_type(a.atttypid, NULL), t.typtype::text, a.attgenerated <> ''
    FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
    WHERE a.attrelid = ('public.' || pg_catalog.quote_ident($1))::regclass AND a.attnum > 0 AND NOT a.attisdropped
    ORDER BY a.attnum";

/// Names, order, types, and columns that the engine computes.
async fn columns(client: &Client, table: &Table, found: &mut Vec<String>) -> Result<(), Error> {
    let mut order: Vec<String> = Vec::new();
    for row in client.query(COLUMNS, &[&table.name]).await? {
        let (name, kind, class): (String, String, String) = (row.try_get(0)?, row.try_get(1)?, row.try_get(2)?);
        let place = format!("`{}.{name}`", table.name);
        if row.try_get(3)? {
            found.push(format!("~ column {place} is generated"));
        }
        match table.column(&name) {
            None => found.push(format!("+ column {place} {kind} is not declared")),
            Some(declared) if !fits(declared.kind, &kind, &class) => {
                found.push(format!("~ column {place} is declared {} and is {kind}", declared.kind.as_str()));
            }
            Some(_) => {}
        }
        order.push(name);
    }
    let declared: Vec<&String> = table.columns.iter().map(|column| &column.name).collect();
    for name in declared.iter().filter(|name| !order.contains(name)) {
        found.push(format!("- column `{}.{name}` is declared and is not there", table.name));
    }
    let same_set = order.len() == declared.len() && order.iter().all(|name| declared.contains(&name));
    if same_set && order.iter().ne(declared) {
        found.push(format!("~ columns of `{}` stand in another order: {}", table.name, order.join(", ")));
    }
    Ok(())
}

/// Whether a type of the engine is one that the declared type stands for.
#[must_use]
pub fn fits(declared: Kind, live: &str, class: &str) -> bool {
    match declared {
        Kind::Integer => matches!(live, "smallint" | "integer" | "bigint"),
        Kind::Number => matches!(live, "numeric" | "real" | "double precision" | "smallint" | "integer" | "bigint"),
        Kind::Boolean => live == "boolean",
        Kind::Blob => live == "bytea",
        Kind::Timestamp => live == "date" || live.starts_with("time"),
        Kind::Text => {
            class == "e"
                || matches!(
                    live,
                    "text" | "character varying" | "character" | "citext" | "uuid" | "json" | "jsonb" | "inet"
                )
        }
    }
}

/// What the role of a session may do that it must not, and what it cannot do that it must.
///
/// # Errors
/// A plain sentence.
pub async fn rights(client: &Client, estate: &Estate, reads: bool) -> Result<Vec<String>, String> {
    faults(client, estate, reads).await.map_err(|error| sentence(&error))
}

async fn faults(client: &Client, estate: &Estate, reads: bool) -> Result<Vec<String>, Error> {
    let mut found = Vec::new();
    let sql = "SELECT rolname::text, rolsuper OR rolbypassrls FROM pg_catalog.pg_roles WHERE rolname = current_user";
    let row = client.query_one(sql, &[]).await?;
    let (role, over): (String, bool) = (row.try_get(0)?, row.try_get(1)?);
    if over {
        found.push(format!("~ role `{role}` is a superuser or bypasses row-level security"));
        return Ok(found);
    }
    for table in estate.tables.iter().filter(|table| reads && table.is_masked()) {
        for column in table.columns.iter().filter(|column| column.operator.is_some()) {
            let sql = "SELECT pg_catalog.has_column_privilege('public.' || pg_catalog.quote_ident($1), $2, 'SELECT')";
            if client.query_one(sql, &[&table.name, &column.name]).await?.try_get(0)? {
                found.push(format!("~ role `{role}` may read `{}.{}` as it is", table.name, column.name));
            }
        }
        let view = "SELECT c.oid IS NOT NULL AND pg_catalog.has_table_privilege(c.oid, 'SELECT')
                    FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                    WHERE n.nspname = $1 AND c.relname = $2 AND c.relkind = 'v'";
        let there = client.query_opt(view, &[&MASKED, &table.name]).await?;
        if !there.map(|row| row.try_get(0)).transpose()?.unwrap_or(false) {
            found.push(format!(
                "- view `{MASKED}.{}` is not there for role `{role}`: apply what `init` prints",
                table.name
            ));
        }
    }
    Ok(found)
}
