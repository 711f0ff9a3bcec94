//! Changes within a query: `WITH gone AS (DELETE … RETURNING id) SELECT count(*) FROM gone`.
//!
//! A change moves real values, and what it hands back was held to be none of them, so there is nothing to mask in such a statement
//! where personal columns stand in its changes alone.

use super::reading_a::relation_name;
use super::walk::Walked;
use super::{Catalogue, Judged, StatementKind, is_personal};
use sqlparser::ast::{Statement, TableFactor, Visitor};
use std::ops::ControlFlow;

/// Whether a query has changes, and reads no relation with personal columns beside them.
pub(super) fn reads_nothing_personal(judged: &Judged, catalogue: &Catalogue) -> bool {
    let Judged { read, facts, .. } = judged;
    facts.kind == StatementKind::Select
        && !facts.writes.is_empty()
        && facts.labels.iter().all(|labels| labels.is_empty())
        && read.statement.walked(&mut Beside { catalogue, depth: 0 }).is_continue()
}

/// Ends at a relation with personal columns that stands outside of every change.
struct Beside<'call> {
    catalogue: &'call Catalogue,
    depth: usize,
}

impl Visitor for Beside<'_> {
    type Break = ();

    fn pre_visit_statement(&mut self, _statement: &Statement) -> ControlFlow<()> {
        self.depth = self.depth.saturating_add(1);
        ControlFlow::Continue(())
    }

    fn post_visit_statement(&mut self, _statement: &Statement) -> ControlFlow<()> {
        self.depth = self.depth.saturating_sub(1);
        ControlFlow::Continue(())
    }

    fn pre_visit_table_factor(&mut self, factor: &TableFactor) -> ControlFlow<()> {
        let TableFactor::Table { name, .. } = factor else { return ControlFlow::Continue(()) };
        // A name that a WITH gives as well is not told from the relation's.
        let personal = relation_name(name).is_none_or(|name| self.catalogue.table(&name).is_some_and(is_personal));
        if self.depth < 2 && personal { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }
}
