//! The kernel's road over PostgreSQL: see [`aegis_downstreams::road`].
//!
//! *Invariants.* It has a role and a session of its own, which no client's statement reaches. A measurement sees one snapshot; a
//! promotion holds gold from before its snapshot to its end, so that nobody else's rows come in between.

use crate::sentence::sentence;
use aegis_downstreams::estate::{Dialect, Estate, Table, quoted};
use aegis_downstreams::protocol::Answer;
use aegis_downstreams::road::{self, Cell, Count, Measure, Pass, Promote, Totals};
use futures::{StreamExt, pin_mut};
use tokio_postgres::{Client, Error, IsolationLevel, Transaction};

/// Counts and a digest, all of one snapshot.
pub(crate) async fn measure(client: &mut Client, estate: &Estate, ask: &Measure) -> Answer {
    let said = |error: Error| sentence(&error);
    let snapshot = client.build_transaction().isolation_level(IsolationLevel::RepeatableRead).read_only(true);
    let transaction = snapshot.start().await.map_err(said)?;
    unhurried(&transaction).await?;
    let table = road::relation(estate, &ask.table)?;
    let totals = pass(&transaction, table, &ask.checks).await?;
    let row = transaction.query_one(&road::counts(estate, ask, Dialect::Postgres)?, &[]).await.map_err(said)?;
    let misfits: i64 = row.try_get(1).map_err(said)?;
    let counts = (0..ask.checks.len()).map(|at| row.try_get(at.saturating_add(2)));
    let mut counts: Vec<Option<i64>> = counts.collect::<Result<_, _>>().map_err(said)?;
    road::fill(&mut counts, &totals);
    let mut inputs = Vec::new();
    for name in ask.checks.iter().filter_map(Count::looks_into) {
        inputs.push(pass(&transaction, road::relation(estate, name)?, &[]).await?.digest);
    }
    transaction.rollback().await.map_err(said)?;
    Ok(road::measured(&totals, misfits, &counts, &inputs))
}

/// Takes gold's rows out and puts silver's in, if everything still has its digest; all of it or nothing.
pub(crate) async fn promote(client: &mut Client, estate: &Estate, ask: &Promote) -> Answer {
    let said = |error: Error| sentence(&error);
    let (silver, gold) = road::ends(estate, ask)?;
    // What is not committed below is rolled back when the transaction is dropped.
    let transaction =
        client.build_transaction().isolation_level(IsolationLevel::RepeatableRead).start().await.map_err(said)?;
    // Before the first look at a row, which is when the snapshot is taken.
    let lock = format!("LOCK TABLE public.{} IN EXCLUSIVE MODE", quoted(&gold.name));
    transaction.batch_execute(&lock).await.map_err(said)?;
    unhurried(&transaction).await?;
    let totals = pass(&transaction, silver, &[]).await?;
    let mut same = totals.digest == ask.digest;
    for input in &ask.inputs {
        same = same && pass(&transaction, road::relation(estate, &input.table)?, &[]).await?.digest == input.digest;
    }
    if !same {
        transaction.rollback().await.map_err(said)?;
        return Ok(road::promoted(road::CHANGED, totals.rows));
    }
    let before = crate::postgres::counts(&transaction).await.map_err(said)?;
    transaction.batch_execute("SET CONSTRAINTS ALL DEFERRED").await.map_err(said)?;
    for sql in road::replace(silver, gold, Dialect::Postgres) {
        transaction.execute(&sql, &[]).await.map_err(said)?;
    }
    // A cascade reaches beyond gold with the rights of who owns the key.
    let touched = crate::postgres::touched(&transaction, &before).await.map_err(said)?;
    if touched.iter().any(|(schema, table)| schema != "public" || *table != gold.name) {
        return Err("rolled back: a foreign key would have changed rows of another relation".to_owned());
    }
    if pass(&transaction, gold, &[]).await?.digest != totals.digest {
        return Err("rolled back: gold would not hold what silver does".to_owned());
    }
    transaction.commit().await.map_err(said)?;
    Ok(road::promoted(road::PROMOTED, totals.rows))
}

/// The caller gives up when it must, and that cancels the statement; the limit of agents' statements is not for whole relations.
async fn unhurried(transaction: &Transaction<'_>) -> Result<(), String> {
    transaction.batch_execute("SET LOCAL statement_timeout = 0").await.map_err(|error| sentence(&error))
}

async fn pass(transaction: &Transaction<'_>, table: &Table, checks: &[Count]) -> Result<Totals, String> {
    let said = |error: Error| sentence(&error);
    let mut pass = Pass::new(table, checks)?;
    let nothing: [&str; 0] = [];
    let rows = transaction.query_raw(&road::rows(table, Dialect::Postgres), nothing).await.map_err(said)?;
    pin_mut!(rows);
    while let Some(row) = rows.next().await {
        let row = row.map_err(said)?;
        let mut cells = Vec::with_capacity(table.columns.len());
        for at in 0..table.columns.len() {
            let text: Option<&str> = row.try_get(at).map_err(said)?;
            cells.push(text.map_or(Cell::Null, |text| Cell::Text(text.as_bytes())));
        }
        pass.row(&cells);
    }
    Ok(pass.finish())
}
