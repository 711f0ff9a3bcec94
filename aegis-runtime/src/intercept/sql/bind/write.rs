//! Statements: queries, and changes with what they compute, compare and hand back.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "the enums of the parser are foreign and grow; every wildcard here refuses, or says that a part is no name"
)]

use super::rows::{Column, Labels, Rows, Scope, columns_of, together};
use super::{Binder, unclear};
use crate::denial::Code;
use crate::intercept::sql::effects::delete_from;
use crate::intercept::sql::personal::first_there;
use crate::intercept::sql::place::suggest;
use crate::intercept::sql::reading_a::{fold, relation_name};
use crate::intercept::sql::scope::{sources, strip};
use crate::intercept::sql::{SqlRefusal, class_of};
use crate::spec::TableSpec;
use crate::vocabulary::Class;
use sqlparser::ast::{
    Assignment, AssignmentTarget, ConflictTarget, Delete, Expr, Ident, Insert, Merge, MergeAction, MergeInsertExpr,
    MergeInsertKind, MergeUpdateExpr, MergeUpdateKind, ObjectName, OnConflictAction, OnInsert, OrderByExpr, SelectItem,
    Statement, TableFactor, TableObject, Update,
};
use std::borrow::Cow;

impl Binder<'_> {
    /// What comes out of a statement.
    pub(super) fn statement(&mut self, statement: &Statement) -> Result<Vec<Column>, SqlRefusal> {
        match statement {
            Statement::Query(query) => self.query(query, None),
            Statement::Insert(insert) => self.insert(insert),
            Statement::Update(update) => self.update(update),
            Statement::Delete(delete) => self.delete(delete),
            Statement::Merge(merge) => self.merge_into(merge),
            _ => Err(unclear()), // touches no rows
        }
    }

    fn insert(&mut self, insert: &Insert) -> Result<Vec<Column>, SqlRefusal> {
        let TableObject::TableName(name) = &insert.table else { return Err(unclear()) };
        let table = self.target(name)?;
        insert.columns.iter().try_for_each(|column| self.declared(table, column))?;
        if let Some(query) = &insert.source {
            let columns = self.query(query, None)?;
            let named = insert.columns.iter().map(|name| class_named(table, name));
            let every = table.columns.iter().map(|column| column.pii);
            if insert.columns.is_empty() { self.moved(&columns, every) } else { self.moved(&columns, named) }
        }
        let target = rows_of(table, insert.table_alias.as_ref().map(|alias| &alias.alias));
        self.assignments(table, &insert.assignments, &Scope::new(&target, None))?;
        match &insert.on {
            Some(OnInsert::OnConflict(conflict)) => {
                if let Some(ConflictTarget::Columns { predicate, .. }) = &conflict.conflict_target {
                    self.part(predicate, &Scope::new(&target, None))?;
                }
                if let OnConflictAction::DoUpdate(update) = &conflict.action {
                    // The row that was to be added is seen by its name alone.
                    let mut added = Rows::of("excluded".to_owned(), columns_of(table));
                    added.columns.clear();
                    let others = target.clone().quiet().and(added.clone());
                    let both = target.clone().and(added);
                    let scope = Scope::new(&both, None);
                    self.assignments(table, &update.assignments, &scope)?;
                    self.part(&update.selection, &scope)?;
                    self.asked(update.selection.as_ref(), &scope, &Scope::new(&others, None))?;
                }
            }
            Some(_) => return Err(unclear()),
            None => {}
        }
        self.returning(insert.returning.as_deref(), &target)
    }

    fn update(&mut self, update: &Update) -> Result<Vec<Column>, SqlRefusal> {
        let TableFactor::Table { name, alias, args: None, .. } = &update.table.relation else { return Err(unclear()) };
        let table = self.target(name)?;
        let target = rows_of(table, alias.as_ref().map(|alias| &alias.name));
        if !update.table.joins.is_empty() {
            return Err(unclear());
        }
        let from = self.from(update.from.as_ref().map_or(&[][..], sources), None)?;
        let others = target.clone().quiet().and(from.clone());
        let rows = target.and(from);
        let scope = Scope::new(&rows, None);
        self.assignments(table, &update.assignments, &scope)?;
        self.chosen(update.selection.as_ref(), &update.order_by, update.limit.as_ref(), &rows, &others)?;
        self.returning(update.returning.as_deref(), &rows)
    }

    fn delete(&mut self, delete: &Delete) -> Result<Vec<Column>, SqlRefusal> {
        let [from] = delete_from(&delete.from) else { return Err(unclear()) };
        let TableFactor::Table { name, alias, args: None, .. } = &from.relation else { return Err(unclear()) };
        let table = self.target(name)?;
        let target = rows_of(table, alias.as_ref().map(|alias| &alias.name));
        if !from.joins.is_empty() || !delete.tables.is_empty() {
            return Err(unclear());
        }
        let using = self.from(delete.using.as_deref().unwrap_or_default(), None)?;
        let others = target.clone().quiet().and(using.clone());
        let rows = target.and(using);
        self.chosen(delete.selection.as_ref(), &delete.order_by, delete.limit.as_ref(), &rows, &others)?;
        self.returning(delete.returning.as_deref(), &rows)
    }

    fn merge_into(&mut self, merge: &Merge) -> Result<Vec<Column>, SqlRefusal> {
        let TableFactor::Table { name, alias, args: None, .. } = &merge.table else { return Err(unclear()) };
        let table = self.target(name)?;
        let target = rows_of(table, alias.as_ref().map(|alias| &alias.name));
        let nothing = Rows::default();
        let source = self.factor(&merge.source, &Scope::new(&nothing, None), None)?;
        let others = target.clone().quiet().and(source.clone());
        let rows = target.and(source);
        let scope = Scope::new(&rows, None);
        for clause in &merge.clauses {
            match &clause.action {
                MergeAction::Insert(insert) => {
                    insert.columns.iter().try_for_each(|column| self.declared(table, column))?;
                    self.added(table, insert, &scope)?;
                }
                MergeAction::Update(MergeUpdateExpr { kind: MergeUpdateKind::Set(assignments), .. }) => {
                    self.assignments(table, assignments, &scope)?;
                }
                MergeAction::Update(_) => return Err(unclear()),
                MergeAction::Delete { .. } | MergeAction::DoNothing { .. } => {}
            }
        }
        self.part(&merge.on, &scope)?;
        self.part(&merge.clauses, &scope)?;
        for predicate in merge.clauses.iter().filter_map(|clause| clause.predicate.as_ref()).chain([merge.on.as_ref()])
        {
            self.asked(Some(predicate), &scope, &Scope::new(&others, None))?;
        }
        Ok(Vec::new())
    }

    /// What a MERGE adds.
    fn added(
        &mut self,
        table: &'static TableSpec,
        insert: &MergeInsertExpr,
        scope: &Scope<'_>,
    ) -> Result<(), SqlRefusal> {
        let MergeInsertKind::Values(values) = &insert.kind else { return Err(unclear()) };
        for row in &values.rows {
            let columns = row.iter().map(|value| self.made(Cow::Borrowed(""), value, scope));
            let columns = columns.collect::<Result<Vec<_>, _>>()?;
            let named = insert.columns.iter().map(|name| class_named(table, name));
            let every = table.columns.iter().map(|column| column.pii);
            if insert.columns.is_empty() { self.moved(&columns, every) } else { self.moved(&columns, named) }
        }
        Ok(())
    }

    /// What chooses the rows that are changed.
    fn chosen(
        &mut self,
        selection: Option<&Expr>,
        order: &[OrderByExpr],
        limit: Option<&Expr>,
        rows: &Rows,
        others: &Rows,
    ) -> Result<(), SqlRefusal> {
        let (scope, others) = (Scope::new(rows, None), Scope::new(others, None));
        if let Some(selection) = selection {
            self.part(selection, &scope)?;
        }
        self.asked(selection, &scope, &others)?;
        self.ordered(order, &[], rows, None)?;
        if let Some(limit) = limit {
            self.part(limit, &scope)?;
        }
        self.decides(limit, &others)
    }

    fn assignments(
        &mut self,
        table: &'static TableSpec,
        assignments: &[Assignment],
        scope: &Scope<'_>,
    ) -> Result<(), SqlRefusal> {
        for assignment in assignments {
            let names = match &assignment.target {
                AssignmentTarget::ColumnName(name) => std::slice::from_ref(name),
                AssignmentTarget::Tuple(names) => names,
            };
            names.iter().try_for_each(|name| self.declared(table, name))?;
            let columns = match strip(&assignment.value) {
                Expr::Subquery(query) => self.query(query, Some(scope))?,
                Expr::Tuple(values) => {
                    values.iter().map(|value| self.made(Cow::Borrowed(""), value, scope)).collect::<Result<_, _>>()?
                }
                value => vec![self.carried(value, scope)?],
            };
            self.moved(&columns, names.iter().map(|name| class_named(table, name)));
        }
        Ok(())
    }

    /// A value that is written: the first of several that is there may be one that a query gives.
    fn carried(&mut self, value: &Expr, scope: &Scope<'_>) -> Result<Column, SqlRefusal> {
        let values = match strip(value) {
            Expr::Function(function) => first_there(function).unwrap_or_default(),
            _ => Vec::new(), // itself
        };
        if !values.iter().any(|value| matches!(strip(value), Expr::Subquery(_))) {
            return self.made(Cow::Borrowed(""), value, scope);
        }
        let mut whole = Column::new("", Labels::new());
        for value in values {
            let columns = match strip(value) {
                Expr::Subquery(query) => self.query(query, Some(scope))?,
                value => vec![self.made(Cow::Borrowed(""), value, scope)?],
            };
            whole.whole &= columns.iter().all(|column| column.whole);
            whole.labels.extend(together(&columns));
        }
        Ok(whole)
    }

    /// Notes what is put into columns of these classes.
    fn moved(&mut self, columns: &[Column], classes: impl Iterator<Item = Option<Class>>) {
        for (column, class) in columns.iter().zip(classes) {
            let fits = column.whole && column.labels.iter().copied().eq(class);
            self.moves.spills |= !column.labels.is_empty() && !fits;
            self.moves.plants |= column.labels.is_empty() && class.is_some();
        }
    }

    /// A column that is written.
    fn declared(&self, table: &'static TableSpec, name: &ObjectName) -> Result<(), SqlRefusal> {
        let folded = relation_name(name).ok_or_else(unclear)?;
        if table.columns.iter().any(|column| column.name == folded) {
            return Ok(());
        }
        let shown: String = folded.chars().take(64).filter(|letter| !letter.is_control()).collect();
        let remedy = suggest(&shown, table.columns.iter().map(|column| column.name));
        Err(SqlRefusal::new(Code::SqlUnknownColumn, format!("`{shown}`")).remedy(remedy))
    }

    fn returning(&mut self, items: Option<&[SelectItem]>, rows: &Rows) -> Result<Vec<Column>, SqlRefusal> {
        let mut columns = Vec::new();
        for item in items.unwrap_or_default() {
            self.item(item, &Scope::new(rows, None), &mut columns)?;
        }
        self.moves.returns |= columns.iter().any(|column| !column.labels.is_empty());
        Ok(columns)
    }
}

/// The class of a column that is written.
fn class_named(table: &TableSpec, name: &ObjectName) -> Option<Class> {
    relation_name(name).and_then(|name| class_of(table, &name))
}

/// The rows that are changed, under their alias.
fn rows_of(table: &'static TableSpec, alias: Option<&Ident>) -> Rows {
    Rows::of(alias.map_or_else(|| table.name.to_owned(), fold), columns_of(table))
}
