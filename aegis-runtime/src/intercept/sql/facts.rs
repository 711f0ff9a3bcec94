//! What was found of a statement, in words of no parser.

use super::bind::Labels;
use super::exact;
use crate::vocabulary::{Capability, Class};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

/// What kind of statement it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StatementKind {
    /// `SELECT`, `VALUES`.
    Select,
    /// `EXPLAIN` of a read.
    Explain,
    /// `INSERT`, `REPLACE`.
    Insert,
    /// `UPDATE`.
    Update,
    /// `DELETE`.
    Delete,
    /// `MERGE`.
    Merge,
    /// `TRUNCATE`.
    Truncate,
    /// `DROP TABLE`.
    DropTable,
    /// `DROP` of anything else.
    Drop,
    /// `CREATE …`.
    Create,
    /// `ALTER …`.
    Alter,
    /// `GRANT`, `REVOKE`.
    Grant,
    /// `BEGIN`, `COMMIT`, `SAVEPOINT`.
    Transaction,
    /// `SET`, `PRAGMA`, `ATTACH`, `VACUUM`, `ANALYZE`.
    Setting,
    /// `COPY`, `CALL`, `EXECUTE`, `LOAD`: files, programs, code.
    Program,
}

impl SqlFacts {
    /// Whether it changes rows, itself or in a part of it.
    pub(super) const fn moves_rows(&self) -> bool {
        !self.kind.is_read() || !self.writes.is_empty()
    }
}

impl StatementKind {
    /// The word of the facts.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            StatementKind::Select => "select",
            StatementKind::Explain => "explain",
            StatementKind::Insert => "insert",
            StatementKind::Update => "update",
            StatementKind::Delete => "delete",
            StatementKind::Merge => "merge",
            StatementKind::Truncate => "truncate",
            StatementKind::DropTable => "drop-table",
            StatementKind::Drop => "drop",
            StatementKind::Create => "create",
            StatementKind::Alter => "alter",
            StatementKind::Grant => "grant",
            StatementKind::Transaction => "transaction",
            StatementKind::Setting => "setting",
            StatementKind::Program => "program",
        }
    }

    /// Whether it reads or writes rows, so that its names are bound.
    pub(super) const fn touches_rows(self) -> bool {
        match self {
            StatementKind::Select
            | StatementKind::Explain
            | StatementKind::Insert
            | StatementKind::Update
            | StatementKind::Delete
            | StatementKind::Merge => true,
            StatementKind::Truncate
            | StatementKind::DropTable
            | StatementKind::Drop
            | StatementKind::Create
            | StatementKind::Alter
            | StatementKind::Grant
            | StatementKind::Transaction
            | StatementKind::Setting
            | StatementKind::Program => false,
        }
    }

    /// Whether its rows are handed out.
    pub(super) const fn is_read(self) -> bool {
        matches!(self, StatementKind::Select | StatementKind::Explain)
    }
}

/// Everything found of one statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SqlFacts {
    /// What it would do, sorted and distinct.
    pub capabilities: Vec<Capability>,
    /// What it is.
    pub kind: StatementKind,
    /// Relations and other things it acts on.
    pub targets: Vec<String>,
    /// Relations it reads, sorted.
    pub reads: Vec<String>,
    /// Relations it changes, sorted.
    pub writes: Vec<String>,
    /// Functions it calls, sorted.
    pub functions: Vec<String>,
    /// A change that no predicate narrows.
    pub unscoped: bool,
    /// Personal columns it reads: relation and column.
    pub personal: BTreeSet<(String, String)>,
    /// For each column that comes out, in order: the classes of personal data that it is computed from.
    pub labels: Vec<Labels>,
    /// Whether one of them is read by other means than its masked view.
    pub(super) unmasked: bool,
    /// What a reader of the result should know.
    pub notes: Vec<String>,
}

impl SqlFacts {
    /// As records and `aegis decide` show them.
    #[must_use]
    pub fn to_json(&self) -> Map<String, Value> {
        let personal: Vec<String> = self.personal.iter().map(|(table, column)| format!("{table}.{column}")).collect();
        let labels = |labels: &Labels| labels.iter().map(|class| class.as_str()).collect::<Vec<_>>();
        let labels: Vec<_> = self.labels.iter().map(labels).collect();
        let mut map = Map::new();
        map.insert("statements".into(), json!(1));
        map.insert("kind".into(), json!(self.kind.as_str()));
        let spelled = |names: &[String]| names.iter().map(|name| exact::spelled(name)).collect::<Vec<_>>();
        map.insert("targets".into(), json!(spelled(&self.targets)));
        map.insert("reads".into(), json!(self.reads));
        map.insert("functions".into(), json!(spelled(&self.functions)));
        map.insert("unscoped".into(), json!(self.unscoped));
        map.insert("pii".into(), json!(personal));
        map.insert("labels".into(), json!(labels));
        map.insert("notes".into(), json!(self.notes));
        map
    }

    /// Labels where it is not sure what flows where: every class that is read, on every column.
    pub(super) fn every_label(&self, columns: usize, class: impl Fn(&str, &str) -> Option<Class>) -> Vec<Labels> {
        let every: Labels = self.personal.iter().filter_map(|(table, column)| class(table, column)).collect();
        vec![every; columns]
    }

    /// Equal to what was judged, but for the personal leaves and what they call.
    pub(super) fn means_the_same(&self, other: &Self) -> bool {
        self.capabilities == other.capabilities
            && self.kind == other.kind
            && self.targets == other.targets
            && self.reads == other.reads
            && self.writes == other.writes
            && other.functions.iter().all(|name| self.functions.contains(name))
            && (self.functions.iter())
                .all(|name| other.functions.contains(name) || super::splice::FUNCTIONS.contains(&name.as_str()))
            && self.unscoped == other.unscoped
            && self.labels.len() == other.labels.len()
    }
}
