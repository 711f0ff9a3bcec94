//! PostgreSQL, the real one: what the engine itself does for us.

#![allow(clippy::unwrap_used, clippy::panic, missing_docs, reason = "tests may fail loudly")]

#[path = "support/pg.rs"]
mod pg;

use aegis_downstreams::estate::{Dialect, Estate};
use std::process::Command;
use tokio_postgres::NoTls;
use tokio_postgres::error::SqlState;

const SCHEMA: &str =
    "CREATE TABLE customers (id integer PRIMARY KEY, email text); INSERT INTO customers VALUES (1, 'a@b.example')";

#[test]
fn a_database_of_a_test_is_its_own() {
    let (first, second) = (pg::database(SCHEMA), pg::database(SCHEMA));
    first.sql("DELETE FROM customers");
    assert_eq!(first.sql("SELECT count(*) FROM customers"), "0");
    assert_eq!(second.sql("SELECT count(*) FROM customers"), "1");
    assert!(first.try_sql("SELECT nothing FROM customers").unwrap_err().contains("does not exist"));
}

#[tokio::test]
async fn the_extended_protocol_carries_one_statement() {
    let database = pg::database(SCHEMA);
    let (client, connection) = tokio_postgres::connect(&database.dsn("postgres"), NoTls).await.unwrap();
    tokio::spawn(connection);
    for sql in ["SELECT 1 END; DROP TABLE customers", "COMMIT; DROP SCHEMA public CASCADE"] {
        let error = client.query(sql, &[]).await.unwrap_err();
        assert_eq!(error.code(), Some(&SqlState::SYNTAX_ERROR), "{sql}");
    }
    assert_eq!(client.query("SELECT id FROM customers", &[]).await.unwrap().len(), 1);
}

#[test]
fn what_the_kernel_prints_of_an_estate_its_server_reads() {
    let aegis = |server: &str| Command::new(env!("CARGO_BIN_EXE_aegis")).args(["estate", server]).output().unwrap();
    let estate = Estate::parse(&String::from_utf8(aegis("postgres").stdout).unwrap(), Dialect::Sqlite).unwrap();
    assert_eq!(estate.tables.len(), 6);
    let email = estate.table("customers").unwrap().column("email").unwrap();
    assert_eq!((email.operator.as_deref(), email.pii.as_deref()), (Some("token"), Some("email")));
    assert!(estate.table("gold_orders").unwrap().protected && !estate.table("orders").unwrap().is_masked());
    for server in ["s3", "nothing"] {
        assert!(!aegis(server).status.success());
    }
}
