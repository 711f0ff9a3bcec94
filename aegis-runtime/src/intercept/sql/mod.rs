//! The SQL screen: one statement, read independently, bound to the estate, classified, and masked at the leaf.
//!
//! Reading A is `sqlparser`, hardened: one statement parsed by hand to the end of input, never printed. Reading B is `squonk`, which
//! must find one statement over the same relations. On SQLite the engine itself is reading C: it prepares the statement on a
//! schema-only twin in memory, where its authorizer names every relation, column and function that is touched.
//!
//! *Invariants.* Readings that differ are a refusal. The dialect is the manifest's, never guessed, never generic. Text is spliced
//! by byte spans into what was judged, and screened again; no tree is ever printed. What is not declared does not resolve.

mod caps;
mod effects;
mod facts;
mod functions;
mod launder;
mod names;
mod reading_a;
mod reading_b;
mod scope;
mod splice;
mod twin;

pub use facts::{SqlFacts, StatementKind};

use crate::denial::Code;
use crate::spec::{Carrier, Dialect, ServerId, Spec, TableSpec};
use crate::vocabulary::{Class, DomainId, Operator};
use twin::Twin;

/// What a screen knows of its server.
pub struct SqlScreen {
    dialect: Dialect,
    carrier: Carrier,
    catalogue: Catalogue,
    twin: Option<Twin>,
}

/// The declared relations of one server.
#[derive(Debug, Clone)]
struct Catalogue {
    tables: Vec<&'static TableSpec>,
}

impl Catalogue {
    /// A relation by its folded name.
    fn table(&self, name: &str) -> Option<&'static TableSpec> {
        self.tables.iter().find(|table| table.name == name).copied()
    }

    /// The domains of all relations, for effects that have no one target.
    fn domains(&self) -> impl Iterator<Item = DomainId> + '_ {
        self.tables.iter().map(|table| table.domain)
    }

    /// The class of a column by name: of the named relations if any has it.
    fn class_in(&self, relations: &[String], column: &str) -> Option<Class> {
        relations.iter().filter_map(|name| self.table(name)).find_map(|table| class_of(table, column))
    }
}

/// The class of a relation's column.
fn class_of(table: &TableSpec, column: &str) -> Option<Class> {
    table.columns.iter().find(|known| known.name == column).and_then(|known| known.pii)
}

/// The estate cannot be turned into a catalogue.
#[derive(Debug, thiserror::Error)]
#[error("the twin of the warehouse cannot be made: {0}")]
pub struct SqlSetupError(#[from] rusqlite::Error);

/// Why a statement is refused by the screen itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SqlRefusal {
    /// The agent's code.
    pub code: Code,
    /// What exactly; names in backticks, no value of data.
    pub detail: String,
    /// Where in the statement.
    pub bytes: Option<(usize, usize)>,
    /// What to do instead.
    pub remedy: Option<String>,
}

impl SqlRefusal {
    fn new(code: Code, detail: impl Into<String>) -> Self {
        Self { code, detail: detail.into(), bytes: None, remedy: None }
    }

    fn at(mut self, bytes: (usize, usize)) -> Self {
        self.bytes = Some(bytes);
        self
    }

    fn remedy(mut self, remedy: impl Into<String>) -> Self {
        self.remedy = Some(remedy.into());
        self
    }
}

impl SqlScreen {
    /// Builds the catalogue of a server, and on SQLite its twin.
    ///
    /// # Errors
    /// Tables that the engine will not create.
    pub fn new(
        spec: &'static Spec,
        server: ServerId,
        dialect: Dialect,
        carrier: Carrier,
    ) -> Result<Self, SqlSetupError> {
        let catalogue = Catalogue { tables: spec.tables.iter().filter(|table| table.server == server).collect() };
        let twin = match dialect {
            Dialect::Sqlite => Some(Twin::new(&catalogue)?),
            Dialect::Postgres => None,
        };
        Ok(Self { dialect, carrier, catalogue, twin })
    }

    /// Reads one statement. Everything it would do is in the facts.
    ///
    /// # Errors
    /// What cannot be read, bound or agreed on.
    pub fn screen(&self, sql: &str) -> Result<SqlFacts, SqlRefusal> {
        self.look(sql, false)
    }

    /// Reads a statement of the agent's, or one of ours that speaks of masked views.
    fn look(&self, sql: &str, views: bool) -> Result<SqlFacts, SqlRefusal> {
        caps::check(sql, self.dialect)?;
        let mut read = reading_a::read(sql, self.dialect)?;
        reading_b::agree(sql, self.dialect, &read)?;
        if views {
            read.unmask();
        } else if let Some(name) = read.ctes.iter().find(|name| name.starts_with("aegis_")) {
            return Err(
                SqlRefusal::new(Code::SqlUnsupported, format!("the name `{name}`")).remedy("give it another name")
            );
        }
        let mut facts = effects::classify(&read, &self.catalogue, self.dialect)?;
        if facts.kind.touches_rows() {
            functions::check(&read, self.dialect)?;
            match &self.twin {
                Some(twin) => twin.agree(sql, &read, &self.catalogue, &mut facts)?,
                None => names::check(&read, &self.catalogue)?,
            }
            launder::check(&read, &self.catalogue, &facts)?;
        }
        Ok(facts)
    }

    /// The statement with every personal column masked at the leaf, or `None` where nothing needs it. Only what is read out is
    /// masked: a write moves real values, and what it hands back was refused before.
    ///
    /// # Errors
    /// A rewrite that cannot be made, or that would not mean the same.
    pub fn rewrite(
        &self,
        sql: &str,
        facts: &SqlFacts,
        operator: &dyn Fn(DomainId, Class) -> Option<Operator>,
    ) -> Result<Option<String>, SqlRefusal> {
        // Over views every relation that has personal columns, whether or not one is seen to be read: the engine does not tell of
        // the right side of USING, and a comparison there would be with real values.
        let all = self.carrier == Carrier::Views;
        let seen = |name: &&String| all || facts.personal.iter().any(|(table, _)| table == *name);
        let masked: Vec<splice::Leaf> = facts
            .reads
            .iter()
            .filter(seen)
            .filter_map(|name| self.catalogue.table(name))
            .filter_map(|table| splice::Leaf::of(table, operator))
            .collect();
        if masked.is_empty() || !facts.kind.is_read() {
            return Ok(None);
        }
        let read = reading_a::read(sql, self.dialect)?;
        if let Some(twin) = &self.twin {
            // The same splice over stand-ins: the engine itself says whether any read of the real relation is left.
            let probe = splice::splice(sql, &read, &masked, splice::Base::StandIn)?;
            twin.nothing_left(&probe, &masked)?;
        }
        let views = self.carrier == Carrier::Views;
        let base = match (self.carrier, self.dialect) {
            (Carrier::Inline, _) => splice::Base::Real,
            (Carrier::Views, dialect) => splice::Base::View(dialect),
        };
        let rewritten = splice::splice(sql, &read, &masked, base)?;
        let again = self.look(&rewritten, views).map_err(|refusal| {
            SqlRefusal::new(Code::RewriteFailed, refusal.detail)
                .remedy("name the columns, and leave the personal ones out")
        })?;
        if !again.means_the_same(facts) {
            return Err(SqlRefusal::new(Code::RewriteChanged, ""));
        }
        Ok(Some(rewritten))
    }
}

#[cfg(test)]
mod tests;
