//! The SQL screen: one statement, read independently, bound to the estate, classified, and masked at the leaf.
//!
//! Reading A is `sqlparser`, hardened: one statement parsed by hand to the end of input, never printed. Reading B is `squonk`, which
//! must find one statement over the same relations. On SQLite the engine itself is reading C: it prepares the statement on a
//! schema-only twin in memory, where its authorizer names every relation, column and function that is touched.
//!
//! *Invariants.* Readings that differ are a refusal. The dialect is the manifest's, never guessed, never generic. Text is spliced
//! by byte spans into what was judged, and screened again; no tree is ever printed. What is not declared does not resolve.

mod bind;
mod bombs;
mod caps;
mod carried;
mod effects;
mod exact;
mod facts;
mod forms;
mod functions;
mod grouped;
mod launder;
mod names;
mod nested;
mod notes;
mod oracle;
mod parts;
mod personal;
mod place;
mod plan;
mod reading_a;
mod reading_b;
mod recursion;
mod rename;
mod said;
mod scope;
mod splice;
mod twin;
mod walk;
mod with;
mod words;

pub use facts::{SqlFacts, StatementKind};

use crate::denial::Code;
use crate::spec::{Carrier, Dialect, DomainSpec, ServerId, Spec, TableSpec, label};
use crate::vocabulary::{Class, DomainId, Operator};
use bind::Moves;
use reading_a::{Author, Reading};
use reading_b::Second;
pub use said::Quotable;
use splice::Base;
use sqlparser::ast::Statement;
use std::fmt;
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
    dialect: Dialect,
    tables: Vec<&'static TableSpec>,
    domains: &'static [DomainSpec],
}

impl Catalogue {
    /// Whether a write may give a relation's personal columns constants.
    fn takes_literals(&self, table: &TableSpec) -> bool {
        self.domain(table).is_some_and(|domain| domain.literals)
    }

    /// The domain of a relation.
    fn domain(&self, table: &TableSpec) -> Option<&'static DomainSpec> {
        self.domains.get(usize::from(table.domain.0))
    }

    /// What to know of relations whose tokens never meet.
    fn apart(&self, reads: &[String], carrier: Carrier) -> Vec<String> {
        let personal = reads.iter().filter_map(|name| self.table(name)).filter(|table| is_personal(table));
        let (own, shared): (Vec<_>, Vec<_>) = personal.partition(|table| self.takes_literals(table));
        let note = |table: &&TableSpec| match carrier {
            Carrier::Inline => {
                format!("tokens of `{}` are its own: they equal those of no other relation", table.name)
            }
            // A server of ours knows them by their key.
            Carrier::Views => format!(
                "rows of `{}` that were written through here have tokens of their own (all of its rows, where its key is not one column): they equal those of no other relation",
                table.name
            ),
        };
        if own.len().saturating_add(shared.len()) > 1 { own.iter().map(note).collect() } else { Vec::new() }
    }

    /// A relation by its folded name.
    fn table(&self, name: &str) -> Option<&'static TableSpec> {
        self.tables.iter().find(|table| table.name == name).copied()
    }

    /// The domains of all relations, for effects that have no one target.
    fn every_domain(&self) -> impl Iterator<Item = DomainId> + '_ {
        self.tables.iter().map(|table| table.domain)
    }
}

/// Whether any of its columns is personal.
fn is_personal(table: &TableSpec) -> bool {
    table.columns.iter().any(|column| column.pii.is_some())
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
        Self { code, detail: exact::spelled(&detail.into()), bytes: None, remedy: None }
    }

    fn at(mut self, bytes: (usize, usize)) -> Self {
        self.bytes = Some(bytes);
        self
    }

    fn remedy(mut self, remedy: impl Into<String>) -> Self {
        self.remedy = Some(exact::spelled(&remedy.into()));
        self
    }
}

/// A statement as it was judged: every reading agreed on it. [`SqlScreen::screen`] alone makes one, and
/// [`SqlScreen::rewrite`] masks nothing else.
pub struct Judged {
    sql: String,
    read: Reading,
    facts: SqlFacts,
}

impl Judged {
    /// What was found of it.
    #[must_use]
    pub fn facts(&self) -> &SqlFacts {
        &self.facts
    }

    /// The bytes of the statement, without the blanks around it.
    #[must_use]
    pub fn bytes(&self) -> (usize, usize) {
        place::whole(&self.sql)
    }
}

/// The facts alone: a tree is never printed.
impl fmt::Debug for Judged {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.facts.fmt(formatter)
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
        let tables = spec.tables.iter().filter(|table| table.server == server).collect();
        let catalogue = Catalogue { dialect, tables, domains: spec.domains };
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
    pub fn screen(&self, sql: &str) -> Result<Judged, SqlRefusal> {
        let mut judged = self.judge(sql, Author::Agent).map_err(|refusal| refusal.placed(sql))?;
        let Judged { read, facts, .. } = &mut judged;
        if facts.moves_rows() {
            facts.notes = notes::of_change(&read.statement, facts, &self.catalogue);
        } else {
            facts.notes = notes::of(&read.statement, facts, &self.catalogue, self.carrier);
            let personal = |name: &String| self.catalogue.table(name).is_some_and(is_personal);
            let plans = self.dialect == Dialect::Postgres && facts.kind == StatementKind::Explain;
            facts.notes.extend((plans && facts.reads.iter().any(personal)).then(|| plan::NOTE.to_owned()));
        }
        Ok(judged)
    }

    fn judge(&self, sql: &str, author: Author) -> Result<Judged, SqlRefusal> {
        let quotes = caps::check(sql, self.dialect)?;
        let read = reading_a::read(&quotes, self.dialect, author, &self.catalogue)?;
        // What is looked up for a scope is bounded by this. A leaf has as many rows as the relation that it stands for.
        if author == Author::Agent {
            bombs::check(&read.statement, sql)?;
        }
        let targets = effects::targets(&read, &self.catalogue);
        let second = reading_b::agree(sql, self.dialect, &read, &targets)?;
        let mut facts = effects::classify(&read, &targets, &self.catalogue)?;
        if facts.kind.touches_rows() {
            functions::check(&read, self.dialect)?;
            names::no_row_ids(&read, &self.catalogue)?;
            let bound = bind::bind(sql, &read, &self.catalogue, self.dialect, !facts.writes.is_empty());
            let moves = bound.as_ref().map_or(Moves::UNKNOWN, |bound| bound.moves);
            match &self.twin {
                Some(twin) => {
                    let columns = twin.agree(sql, &read, second, &self.catalogue, &mut facts)?;
                    // A plan has columns of its own.
                    let columns = if facts.kind == StatementKind::Explain { 0 } else { columns };
                    let class = |table: &str, column: &str| class_of(self.catalogue.table(table)?, column);
                    // What a write asks of personal values has to be known.
                    let must = !facts.writes.is_empty() && !facts.personal.is_empty();
                    facts.labels = match bound.map(|bound| bound.sure(columns, &facts)) {
                        Ok(Some(labels)) => labels,
                        Err(refusal) if must => return Err(refusal),
                        Ok(None) if must => return Err(reading_b::differ("in the columns that are read")),
                        Ok(None) | Err(_) => facts.every_label(columns, class),
                    };
                }
                None => bound?.settle(&mut facts),
            }
            launder::check(sql, &read, &targets, &self.catalogue, &facts, (self.dialect, moves))?;
            if self.carrier == Carrier::Views {
                launder::leaves_the_views(&facts, &self.catalogue)?;
            }
            self.plans_nothing(&read, &facts)?;
        } else if second == Second::Unreadable {
            return Err(reading_b::differ("one of them cannot read it"));
        }
        Ok(Judged { sql: sql.to_owned(), read, facts })
    }

    /// The relations whose rows an error of the server can quote: those that a change moves as they are, where the server is not ours.
    #[must_use]
    pub(crate) fn quotable(&self, judged: &Judged) -> Quotable {
        let facts = &judged.facts;
        let raw = self.carrier == Carrier::Inline && facts.moves_rows();
        let named =
            facts.reads.iter().chain(&facts.writes).filter(|_| raw).filter_map(|name| self.catalogue.table(name));
        let named: Vec<_> = named.collect();
        Quotable(if named.iter().any(|table| is_personal(table)) { named } else { Vec::new() })
    }

    /// A change reads real values, and so does what PostgreSQL estimates of it.
    fn plans_nothing(&self, read: &Reading, facts: &SqlFacts) -> Result<(), SqlRefusal> {
        let plans = matches!(read.statement, Statement::Explain { .. }) && self.dialect == Dialect::Postgres;
        let mut named = facts.reads.iter().chain(&facts.writes).filter_map(|name| self.catalogue.table(name));
        if plans && !facts.writes.is_empty() && named.any(is_personal) && !plan::is_bare(&read.statement) {
            return Err(costly());
        }
        Ok(())
    }

    /// The statement with every personal column masked at the leaf, or `None` where nothing needs it. Only what is read out is
    /// masked: a write moves real values, and what it hands back was refused before.
    ///
    /// # Errors
    /// A rewrite that cannot be made, or that would not mean the same.
    pub fn rewrite(
        &self,
        judged: &Judged,
        operator: &dyn Fn(DomainId, Class) -> Option<Operator>,
    ) -> Result<Option<String>, SqlRefusal> {
        let Judged { sql, read, facts } = judged;
        if !facts.kind.is_read() || nested::reads_nothing_personal(judged, &self.catalogue) {
            return Ok(None);
        }
        let explains = facts.kind == StatementKind::Explain && self.dialect == Dialect::Postgres;
        let key = match (self.carrier, self.dialect) {
            // A plan shows the text's own constants, and no row of it has a token.
            (Carrier::Inline, Dialect::Postgres) if !explains => Some(fresh_key()?),
            (Carrier::Inline | Carrier::Views, _) => None,
        };
        // Every relation that has personal columns, whether or not one is seen to be read: the engine does not tell of the right
        // side of USING, and a comparison there would be with real values.
        let masked: Vec<splice::Leaf> = facts
            .reads
            .iter()
            .filter_map(|name| self.catalogue.table(name))
            .filter_map(|table| {
                let label = |class: Class| label(self.catalogue.domain(table), table, class);
                splice::Leaf::of(table, key.as_deref(), &label, operator)
            })
            .collect();
        if masked.is_empty() {
            return Ok(None);
        }
        let bare = !explains || plan::is_bare(&read.statement);
        if !bare && !plan::may_be_bared(&read.statement) {
            return Err(costly().placed(sql));
        }
        let placed = |refusal: SqlRefusal| refusal.placed(sql);
        let base = match (self.carrier, self.dialect) {
            (Carrier::Views, Dialect::Sqlite) => Base::View,
            (Carrier::Views, Dialect::Postgres) => Base::SchemaView,
            (Carrier::Inline, _) => Base::Real,
        };
        if let (Some(twin), Base::Real) = (&self.twin, base) {
            // The same splice over stand-ins: the engine itself says whether any read of the real relation is left.
            let probe = splice::splice(sql, read, &masked, Base::StandIn).map_err(placed)?;
            twin.nothing_left(&probe, &masked).map_err(placed)?;
        }
        let mut rewritten = splice::splice(sql, read, &masked, base).map_err(placed)?;
        if !bare {
            rewritten = plan::bared(&rewritten, &read.statement)
                .ok_or_else(|| placed(rewrite_failed("its costs cannot be left out")))?;
        }
        let again = self.judge(&rewritten, Author::Kernel).map_err(|refusal| placed(rewrite_failed(refusal.detail)))?;
        if explains && !plan::is_bare(&again.read.statement) {
            return Err(placed(rewrite_failed("its costs cannot be left out")));
        }
        let again = again.facts;
        if self.carrier == Carrier::Views && again.unmasked {
            return Err(placed(rewrite_failed("a read of a personal column is left")));
        }
        if !again.means_the_same(facts) {
            return Err(SqlRefusal::new(Code::RewriteChanged, "")
                .remedy("name the columns, and leave the personal ones out")
                .placed(sql));
        }
        Ok(Some(rewritten))
    }
}

fn costly() -> SqlRefusal {
    SqlRefusal::new(Code::RewriteFailed, "a plan with its costs tells of the values of personal columns")
        .remedy("write `EXPLAIN (COSTS OFF) …`, without ANALYZE")
}

/// A personal column cannot be masked inside of the statement.
fn rewrite_failed(detail: impl Into<String>) -> SqlRefusal {
    SqlRefusal::new(Code::RewriteFailed, detail).remedy("name the columns, and leave the personal ones out")
}

/// The key of one statement's tokens.
fn fresh_key() -> Result<String, SqlRefusal> {
    let mut key = [0_u8; 16];
    getrandom::fill(&mut key)
        .map_err(|_error| SqlRefusal::new(Code::RewriteFailed, "no randomness for tokens").remedy("try again later"))?;
    Ok(key.iter().map(|byte| format!("{byte:02x}")).collect())
}

#[cfg(test)]
mod tests;
