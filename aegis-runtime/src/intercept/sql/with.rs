//! Which names a WITH gives, and where: it is lexical, and it may hide a relation of the estate.
//!
//! On PostgreSQL the query of a name sees the names before it and, unless the WITH is RECURSIVE, not itself; on SQLite every name of
//! a WITH sees all of them. A relation that is taken for a name would be left unmasked, so nothing counts as given that might not be; a
//! name that is taken for a relation would get tokens of texts that the statement chose, so a leaf keeps the schema that was written.

use super::reading_a::fold;
use crate::spec::Dialect;
use sqlparser::ast::Query;

/// The WITH clauses around the place that a walk has reached.
#[derive(Default)]
pub(super) struct Scopes {
    open: Vec<Scope>,
}

struct Scope {
    /// The query that has the WITH.
    query: usize,
    /// Each name, and the query behind it.
    names: Vec<(String, usize)>,
    /// How many of the names stand where the walk is.
    visible: usize,
    /// Names see themselves and each other.
    mutual: bool,
}

/// A node's identity during one walk.
fn identity(query: &Query) -> usize {
    std::ptr::from_ref(query).addr()
}

impl Scopes {
    /// The walk enters a query.
    pub(super) fn enter(&mut self, query: &Query, dialect: Dialect) {
        let id = identity(query);
        for scope in &mut self.open {
            if let Some(index) = scope.names.iter().position(|(_, behind)| *behind == id) {
                scope.visible = if scope.mutual { scope.names.len() } else { index };
            }
        }
        if let Some(with) = &query.with {
            let names: Vec<_> =
                with.cte_tables.iter().map(|cte| (fold(&cte.alias.name), identity(&cte.query))).collect();
            let mutual = with.recursive || dialect == Dialect::Sqlite;
            self.open.push(Scope { query: id, visible: names.len(), names, mutual });
        }
    }

    /// The walk leaves a query.
    pub(super) fn leave(&mut self, query: &Query) {
        let id = identity(query);
        self.open.retain(|scope| scope.query != id);
        for scope in &mut self.open {
            if scope.names.iter().any(|(_, behind)| *behind == id) {
                scope.visible = scope.names.len();
            }
        }
    }

    /// Whether a WITH gives this name here.
    pub(super) fn gives(&self, name: &str) -> bool {
        self.open.iter().any(|scope| scope.names.iter().take(scope.visible).any(|(given, _)| given == name))
    }
}
