//! MERGE is held to the rules of the UPDATE and the INSERT that it is made of.

use super::{bare_name, class_of, keys, unclear};
use crate::intercept::sql::SqlRefusal;
use crate::intercept::sql::personal::Personal;
use crate::spec::TableSpec;
use crate::vocabulary::Class;
use sqlparser::ast::{Merge, MergeAction, MergeInsertExpr, MergeInsertKind, MergeUpdateKind, TableFactor};

impl Personal<'_> {
    pub(super) fn merge(&self, merge: &Merge) -> Result<(), SqlRefusal> {
        if !self.is_there() {
            return Ok(());
        }
        let TableFactor::Table { name, .. } = &merge.table else { return Err(unclear()) };
        let table = self.target(bare_name(name))?;
        for clause in &merge.clauses {
            match &clause.action {
                MergeAction::Insert(insert) => self.added(table, insert)?,
                MergeAction::Update(update) => match &update.kind {
                    MergeUpdateKind::Set(assignments) => self.assignments(table, assignments, &[])?,
                    MergeUpdateKind::Wildcard => return Err(unclear()),
                },
                MergeAction::Delete { .. } | MergeAction::DoNothing { .. } => {}
            }
        }
        Ok(())
    }

    fn added(&self, table: &TableSpec, insert: &MergeInsertExpr) -> Result<(), SqlRefusal> {
        let MergeInsertKind::Values(values) = &insert.kind else { return Err(unclear()) };
        let named: Vec<_> = insert.columns.iter().map(bare_name).collect();
        let classes: Vec<Option<Class>> = if named.is_empty() {
            table.columns.iter().map(|column| column.pii).collect()
        } else {
            named.iter().map(|column| column.as_deref().and_then(|column| class_of(table, column))).collect()
        };
        if let Some(place) = keys::place(table, named.iter().map(Option::as_deref)) {
            values.rows.iter().filter_map(|row| row.get(place)).try_for_each(|value| keys::keeps(table, value, &[]))?;
        }
        values
            .rows
            .iter()
            .try_for_each(|row| row.iter().zip(&classes).try_for_each(|(value, class)| self.fits(table, value, *class)))
    }
}
