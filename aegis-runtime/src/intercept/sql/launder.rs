//! Personal values stay where they are declared: a write may move them between columns of one class, and hands none of them back.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "the enums of the parser and the engine are foreign and grow; every wildcard here denies, or says that nothing is found"
)]

use super::effects::inner;
use super::reading_a::{Reading, bare_name};
use super::{Catalogue, SqlFacts, SqlRefusal, class_of};
use crate::denial::Code;
use crate::spec::TableSpec;
use crate::vocabulary::Class;
use sqlparser::ast::{
    Assignment, AssignmentTarget, Expr, Insert, OnConflictAction, OnInsert, Query, Select, SelectItem, SetExpr,
    Statement, TableFactor, TableObject, TableWithJoins, UpdateTableFromKind, Visit, Visitor,
};
use std::collections::BTreeSet;
use std::ops::ControlFlow;

/// Holds every nested change to the rule.
pub(super) fn check(read: &Reading, catalogue: &Catalogue, facts: &SqlFacts) -> Result<(), SqlRefusal> {
    let relations: Vec<String> = facts.reads.iter().chain(&facts.writes).cloned().collect();
    let rule = Rule { catalogue, relations: &relations };
    for statement in std::iter::once(&read.statement).chain(&read.nested) {
        let stores = matches!(inner(statement), Statement::Insert(_) | Statement::Update(_));
        // A WITH, and a subquery in FROM, give columns names of their own: what is behind those cannot be told.
        if stores && !read.ctes.is_empty() && !rule.classes(&read.statement).is_empty() {
            return Err(laundering());
        }
        match inner(statement) {
            Statement::Insert(insert) => rule.insert(insert)?,
            Statement::Update(update) => {
                let TableFactor::Table { name, .. } = &update.table.relation else { return Err(unclear()) };
                let table = rule.target(bare_name(name))?;
                if !rule.plain(update.from.as_ref()) {
                    return Err(laundering());
                }
                rule.assignments(table, &update.assignments)?;
                rule.returning(update.returning.as_deref())?;
            }
            Statement::Delete(delete) => rule.returning(delete.returning.as_deref())?,
            _ => {} // changes nothing
        }
    }
    Ok(())
}

struct Rule<'call> {
    catalogue: &'call Catalogue,
    relations: &'call [String],
}

impl Rule<'_> {
    fn target(&self, name: Option<String>) -> Result<&'static TableSpec, SqlRefusal> {
        name.and_then(|name| self.catalogue.table(&name)).ok_or_else(unclear)
    }

    /// The classes of every column that an expression names, however deep.
    fn classes<V: Visit>(&self, part: &V) -> BTreeSet<Class> {
        let mut names = Names::default();
        let _ignored = part.visit(&mut names);
        names.found.iter().filter_map(|name| self.catalogue.class_in(self.relations, name)).collect()
    }

    fn assignments(&self, table: &TableSpec, assignments: &[Assignment]) -> Result<(), SqlRefusal> {
        for assignment in assignments {
            let classes = self.classes(&assignment.value);
            let columns: Vec<_> = match &assignment.target {
                AssignmentTarget::ColumnName(name) => vec![bare_name(name)],
                AssignmentTarget::Tuple(names) => names.iter().map(bare_name).collect(),
            };
            for column in columns {
                let class = column.as_deref().and_then(|column| class_of(table, column));
                if classes.iter().any(|found| Some(*found) != class) {
                    return Err(laundering());
                }
            }
        }
        Ok(())
    }

    /// Whether the FROM of an update is plain, or names nothing personal.
    fn plain(&self, from: Option<&UpdateTableFromKind>) -> bool {
        match from {
            Some(UpdateTableFromKind::BeforeSet(tables) | UpdateTableFromKind::AfterSet(tables)) => {
                plain(tables) || self.classes(tables).is_empty()
            }
            None => true,
        }
    }

    fn insert(&self, insert: &Insert) -> Result<(), SqlRefusal> {
        let TableObject::TableName(name) = &insert.table else { return Err(unclear()) };
        let table = self.target(bare_name(name))?;
        let columns: Vec<Option<String>> = if insert.columns.is_empty() {
            table.columns.iter().map(|column| Some(column.name.to_owned())).collect()
        } else {
            insert.columns.iter().map(bare_name).collect()
        };
        let classes: Vec<Option<Class>> =
            columns.iter().map(|column| column.as_deref().and_then(|column| class_of(table, column))).collect();
        if let Some(source) = &insert.source {
            self.source(source, &classes)?;
        }
        if let Some(OnInsert::OnConflict(conflict)) = &insert.on
            && let OnConflictAction::DoUpdate(update) = &conflict.action
        {
            self.assignments(table, &update.assignments)?;
        }
        self.assignments(table, &insert.assignments)?;
        self.returning(insert.returning.as_deref())
    }

    fn source(&self, query: &Query, classes: &[Option<Class>]) -> Result<(), SqlRefusal> {
        self.body(&query.body, classes)
    }

    fn body(&self, body: &SetExpr, classes: &[Option<Class>]) -> Result<(), SqlRefusal> {
        match body {
            SetExpr::Select(select) => self.select(select, classes),
            SetExpr::Query(query) => self.source(query, classes),
            SetExpr::SetOperation { left, right, .. } => {
                self.body(left, classes)?;
                self.body(right, classes)
            }
            SetExpr::Values(values) => values
                .rows
                .iter()
                .try_for_each(|row| row.iter().zip(classes).try_for_each(|(value, class)| self.fits(value, *class))),
            SetExpr::Insert(_) | SetExpr::Update(_) | SetExpr::Delete(_) | SetExpr::Merge(_) | SetExpr::Table(_) => {
                Err(unclear())
            }
        }
    }

    fn select(&self, select: &Select, classes: &[Option<Class>]) -> Result<(), SqlRefusal> {
        if !plain(&select.from) && !self.classes(&select.from).is_empty() {
            return Err(laundering());
        }
        let mut place = 0_usize;
        for item in &select.projection {
            match item {
                SelectItem::UnnamedExpr(expr) | SelectItem::ExprWithAlias { expr, .. } => {
                    self.fits(expr, classes.get(place).copied().flatten())?;
                    place = place.saturating_add(1);
                }
                SelectItem::Wildcard(_) => {
                    for column in self.starred(select)? {
                        if column.is_some() && classes.get(place).copied().flatten() != column {
                            return Err(laundering());
                        }
                        place = place.saturating_add(1);
                    }
                }
                SelectItem::QualifiedWildcard(..) | SelectItem::ExprWithAliases { .. } => return Err(unclear()),
            }
        }
        Ok(())
    }

    /// The classes of `*`, over one relation.
    fn starred(&self, select: &Select) -> Result<Vec<Option<Class>>, SqlRefusal> {
        match select.from.as_slice() {
            [one] if one.joins.is_empty() => match &one.relation {
                TableFactor::Table { name, .. } => {
                    Ok(self.target(bare_name(name))?.columns.iter().map(|column| column.pii).collect())
                }
                _ => Err(unclear()), // no relation of the estate
            },
            _ => Err(unclear()),
        }
    }

    /// An expression may name personal columns of the class that it is written to, and no others.
    fn fits(&self, expr: &Expr, class: Option<Class>) -> Result<(), SqlRefusal> {
        if self.classes(expr).iter().any(|found| Some(*found) != class) { Err(laundering()) } else { Ok(()) }
    }

    fn returning(&self, items: Option<&[SelectItem]>) -> Result<(), SqlRefusal> {
        for item in items.unwrap_or_default() {
            let hands_out = match item {
                SelectItem::UnnamedExpr(expr) | SelectItem::ExprWithAlias { expr, .. } => {
                    !self.classes(expr).is_empty()
                }
                SelectItem::Wildcard(_) | SelectItem::QualifiedWildcard(..) | SelectItem::ExprWithAliases { .. } => {
                    self.relations
                        .iter()
                        .filter_map(|name| self.catalogue.table(name))
                        .any(|table| table.columns.iter().any(|column| column.pii.is_some()))
                }
            };
            if hands_out {
                return Err(
                    SqlRefusal::new(Code::SqlReturning, "").remedy("return the key, and read the row with a query")
                );
            }
        }
        Ok(())
    }
}

/// Relations only: a subquery gives columns names of its own.
fn plain(from: &[TableWithJoins]) -> bool {
    let factors = from
        .iter()
        .flat_map(|from| std::iter::once(&from.relation).chain(from.joins.iter().map(|join| &join.relation)));
    factors.into_iter().all(|factor| matches!(factor, TableFactor::Table { .. }))
}

#[derive(Default)]
struct Names {
    found: BTreeSet<String>,
}

impl Visitor for Names {
    type Break = ();

    fn pre_visit_ident(&mut self, ident: &sqlparser::ast::Ident) -> ControlFlow<()> {
        self.found.insert(ident.value.to_ascii_lowercase());
        ControlFlow::Continue(())
    }
}

fn laundering() -> SqlRefusal {
    SqlRefusal::new(Code::SqlLaundering, "")
        .remedy("copy personal columns to columns of the same class, by name, from one relation")
}

fn unclear() -> SqlRefusal {
    SqlRefusal::new(Code::SqlUnsupported, "a write whose columns cannot be told").remedy("name the columns")
}
