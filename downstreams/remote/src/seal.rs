//! What `init` leaves as the comment of each view and trigger that it makes: a digest of the text that made it and of how the server
//! tells it. By it a session knows one that an estate of another day made, or that somebody changed since.
//!
//! It tells a mistake, not an enemy: who may change a view may change its comment.

use crate::init::{MASKED, TRIGGERS, select, trigger};
use aegis_downstreams::estate::{Table, literal, quoted};
use aegis_downstreams::hex;
use sha2::{Digest, Sha256};
use std::fmt;
use tokio_postgres::{Client, Error};

/// A view or a trigger of ours.
pub(crate) struct Sealed {
    /// As COMMENT names it.
    name: String,
    /// SQL: its identity, NULL where it is not there.
    oid: String,
    /// SQL: the catalogue it stands in, and what tells its definition.
    catalogue: &'static str,
    told: &'static str,
    /// Digest of the text that makes it.
    text: String,
}

impl Sealed {
    /// All that belong to a relation.
    pub(crate) fn all(table: &Table) -> impl Iterator<Item = Self> {
        let name = quoted(&table.name);
        let view = table.is_masked().then(|| Self {
            name: format!("VIEW {MASKED}.{name}"),
            // Looked up as a row: the role that counts may not look into the schema.
            oid: format!(
                "(SELECT c.oid FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                  WHERE n.nspname = '{MASKED}' AND c.relname = {} AND c.relkind = 'v')",
                literal(&table.name)
            ),
            catalogue: "pg_class",
            told: "pg_catalog.pg_get_viewdef",
            text: digest(&select(table)),
        });
        let triggers = TRIGGERS.into_iter().filter_map(|(kind, event)| {
            Some(Self {
                name: format!("TRIGGER {kind} ON public.{}", quoted(&table.name)),
                oid: format!(
                    "(SELECT t.oid FROM pg_catalog.pg_trigger t WHERE t.tgname = {} AND t.tgrelid = pg_catalog.to_regclass({}))",
                    literal(kind),
                    literal(&format!("public.{}", quoted(&table.name)))
                ),
                catalogue: "pg_trigger",
                told: "pg_catalog.pg_get_triggerdef",
                text: digest(&trigger(table, kind, event)?),
            })
        });
        view.into_iter().chain(triggers)
    }

    /// SQL: what its comment must be.
    fn seal(&self) -> String {
        let Self { oid, told, text, .. } = self;
        format!("pg_catalog.encode(pg_catalog.sha256(pg_catalog.convert_to('{text}' || {told}({oid}), 'UTF8')), 'hex')")
    }

    /// The statement that writes the comment, after what made it.
    pub(crate) fn statement(&self) -> String {
        let comment = literal(&format!("COMMENT ON {} IS ", self.name));
        format!("DO $seal$ BEGIN EXECUTE {comment} || pg_catalog.quote_literal({}); END $seal$;", self.seal())
    }
}

impl fmt::Display for Sealed {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.name)
    }
}

fn digest(text: &str) -> String {
    hex(&Sha256::digest(text))
}

/// Whether it is as `init` made it and would make it now; `None` where it is not there.
pub(crate) async fn is_sealed(client: &Client, sealed: &Sealed) -> Result<Option<bool>, Error> {
    let Sealed { oid, catalogue, .. } = sealed;
    let sql = format!(
        "SELECT {oid} IS NULL, pg_catalog.obj_description({oid}, '{catalogue}') IS NOT DISTINCT FROM {}",
        sealed.seal()
    );
    let row = client.query_one(&sql, &[]).await?;
    Ok(if row.try_get(0)? { None } else { Some(row.try_get(1)?) })
}
