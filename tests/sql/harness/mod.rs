//! The judge: statements from plain files, a seeded database, the compiled kernel's decision, and the real engine's answer.

#![allow(dead_code, reason = "each test file uses its own part")]

pub(crate) mod canary;
pub(crate) mod corpus;
pub(crate) mod decide;
pub(crate) mod hostile;
pub(crate) mod judge;
pub(crate) mod lite;
pub(crate) mod lite_reader;
pub(crate) mod mutate;
#[path = "../../support/numbers.rs"]
mod numbers;
pub(crate) mod own;
#[path = "../../support/pg.rs"]
pub(crate) mod pg;
pub(crate) mod pg_reader;
pub(crate) mod pg_store;
pub(crate) mod reader;
pub(crate) mod seed;

pub(crate) use numbers::Numbers;

/// The default estate and policy over a PostgreSQL that is not ours.
pub(crate) mod postgres {
    aegis_macros::kernel!("../../postgres/manifests", "../../postgres/policy.toml");
}
