//! From a statement to effects on domains.
//!
//! What has no one target (a transaction, a setting, a program, a relation that the estate does not declare) counts for every domain
//! of the server.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "the enums of the parser and the engine are foreign and grow; every wildcard here denies, or says that nothing is found"
)]

use super::facts::{SqlFacts, StatementKind};
use super::personal::is_sorted;
use super::place::suggest;
use super::reading_a::{Reading, bare_name};
use super::scope::{self, Known};
use super::{Catalogue, SqlRefusal, is_personal, names, parts};
use crate::denial::Code;
use crate::vocabulary::{Capability, DomainId, Effect};
use sqlparser::ast::{
    Expr, FromTable, Insert, ObjectName, ObjectType, OnConflictAction, OnInsert, Query, SetExpr, SqliteOnConflict,
    Statement, TableFactor, TableObject, TableWithJoins,
};
use std::collections::BTreeSet;

/// A relation that a statement changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Target {
    pub(super) name: String,
    /// Known by this name in the statement.
    pub(super) alias: Option<String>,
    /// No predicate narrows the change.
    pub(super) unscoped: bool,
}

/// Classifies a statement.
pub(super) fn classify(read: &Reading, targets: &[Target], catalogue: &Catalogue) -> Result<SqlFacts, SqlRefusal> {
    let kind = kind(&read.statement)?;
    let mut effects = Effects { catalogue, found: BTreeSet::new() };
    let mut names: Vec<String> = Vec::new();
    let (mut writes, mut unscoped) = (BTreeSet::new(), false);
    match kind {
        StatementKind::Select
        | StatementKind::Explain
        | StatementKind::Insert
        | StatementKind::Update
        | StatementKind::Delete
        | StatementKind::Merge => {
            for target in targets {
                let table = catalogue.table(&target.name).ok_or_else(|| unknown(&target.name, catalogue))?;
                let effect = if target.unscoped { Effect::Destroy } else { Effect::Write };
                effects.found.insert(Capability::new(effect, table.domain));
                unscoped |= target.unscoped;
                writes.insert(target.name.clone());
                names.push(target.name.clone());
            }
        }
        StatementKind::Truncate | StatementKind::DropTable | StatementKind::Drop => {
            names = objects(&read.statement);
            writes.extend(names.iter().cloned());
            effects.on(Effect::Destroy, &names);
        }
        StatementKind::Create | StatementKind::Alter => {
            names = objects(&read.statement);
            writes.extend(names.iter().filter(|name| catalogue.table(name).is_some()).cloned());
            effects.on(Effect::Admin, &names);
        }
        StatementKind::Grant | StatementKind::Transaction | StatementKind::Setting => effects.everywhere(Effect::Admin),
        StatementKind::Program => effects.everywhere(Effect::Execute),
    }
    let mut reads = BTreeSet::new();
    for name in sources(read, targets) {
        let table = catalogue.table(&name).ok_or_else(|| unknown(&name, catalogue))?;
        effects.found.insert(Capability::new(Effect::Read, table.domain));
        reads.insert(name);
    }
    names.sort();
    names.dedup();
    Ok(SqlFacts {
        capabilities: effects.found.into_iter().collect(),
        kind,
        targets: names,
        reads: reads.into_iter().collect(),
        writes: writes.into_iter().collect(),
        functions: read.functions.iter().cloned().collect(),
        unscoped,
        personal: BTreeSet::new(),
        labels: Vec::new(),
        unmasked: read.references.iter().any(|reference| {
            !reference.given && !reference.masked && catalogue.table(&reference.name).is_some_and(is_personal)
        }),
        notes: Vec::new(),
    })
}

pub(super) fn unknown(name: &str, catalogue: &Catalogue) -> SqlRefusal {
    let shown: String = name.chars().take(64).filter(|letter| !letter.is_control()).collect();
    let declared = suggest(&shown, catalogue.tables.iter().map(|table| table.name));
    let remedy = if names::is_schema(&shown) { names::ASK_THE_SERVER.to_owned() } else { declared };
    SqlRefusal::new(Code::SqlUnknownRelation, format!("`{shown}`")).remedy(remedy)
}

struct Effects<'catalogue> {
    catalogue: &'catalogue Catalogue,
    found: BTreeSet<Capability>,
}

impl Effects<'_> {
    fn everywhere(&mut self, effect: Effect) {
        self.found.extend(self.catalogue.every_domain().map(|domain: DomainId| Capability::new(effect, domain)));
    }

    /// On the domains of what is named; an undeclared name counts for all.
    fn on(&mut self, effect: Effect, names: &[String]) {
        let tables: Vec<_> = names.iter().map(|name| self.catalogue.table(name)).collect();
        if tables.is_empty() || tables.iter().any(Option::is_none) {
            self.everywhere(effect);
        }
        self.found.extend(tables.into_iter().flatten().map(|table| Capability::new(effect, table.domain)));
    }
}

/// Relations that rows are read from: every reference but names of a WITH and the target itself.
fn sources(read: &Reading, targets: &[Target]) -> BTreeSet<String> {
    let mut target_bytes = BTreeSet::new();
    for statement in std::iter::once(&read.statement).chain(&read.nested) {
        let changed = match inner(statement) {
            Statement::Update(update) => Some(&update.table),
            Statement::Delete(delete) => delete_from(&delete.from).first(),
            _ => None, // no target among the references
        };
        if let Some(TableFactor::Table { name, .. }) = changed.map(|table| &table.relation)
            && let Some(bare) = bare_name(name)
            && let Some(reference) = read
                .references
                .iter()
                .find(|reference| reference.name == bare && !target_bytes.contains(&reference.bytes))
        {
            target_bytes.insert(reference.bytes);
        }
    }
    let mut sources: BTreeSet<String> = read
        .references
        .iter()
        .filter(|reference| !target_bytes.contains(&reference.bytes) && !reference.given)
        .map(|reference| reference.name.clone())
        .collect();
    // A change that is narrowed, computed or handed back reads its own target.
    sources.extend(targets.iter().filter(|_| !read.columns.is_empty()).map(|target| target.name.clone()));
    sources
}

/// Every relation that the statement or a part of it changes.
pub(super) fn targets(read: &Reading, catalogue: &Catalogue) -> Vec<Target> {
    let changes: Vec<&Statement> = std::iter::once(&read.statement)
        .chain(&read.nested)
        .map(inner)
        .filter(|statement| {
            matches!(
                statement,
                Statement::Insert(_) | Statement::Update(_) | Statement::Delete(_) | Statement::Merge(_)
            )
        })
        .collect();
    if changes.is_empty() {
        return Vec::new();
    }
    let names = scope::Names::of(&read.statement, catalogue);
    let mut targets: Vec<Target> =
        changes.into_iter().filter_map(|statement| target(statement, names.known())).collect();
    for target in &mut targets {
        target.unscoped |= names.is_void();
    }
    targets
}

/// Below EXPLAIN and WITH.
pub(super) fn inner(statement: &Statement) -> &Statement {
    match statement {
        Statement::Explain { statement, .. } => inner(statement),
        Statement::Query(query) => nested_in(query).unwrap_or(statement),
        _ => statement, // itself
    }
}

/// The change that a `WITH … DELETE` is.
fn nested_in(query: &Query) -> Option<&Statement> {
    match query.body.as_ref() {
        SetExpr::Insert(statement)
        | SetExpr::Update(statement)
        | SetExpr::Delete(statement)
        | SetExpr::Merge(statement) => Some(inner(statement)),
        SetExpr::Query(query) => nested_in(query),
        SetExpr::Select(_) | SetExpr::SetOperation { .. } | SetExpr::Values(_) | SetExpr::Table(_) => None,
    }
}

fn target(statement: &Statement, known: Known<'_>) -> Option<Target> {
    let of = |factor: &TableFactor, unscoped: &dyn Fn(&str, Option<&str>) -> bool| match factor {
        TableFactor::Table { name, alias, .. } => {
            let name = bare_name(name).unwrap_or_else(|| "?".to_owned());
            let alias = alias.as_ref().map(|alias| alias.name.value.to_ascii_lowercase());
            let unscoped = unscoped(&name, alias.as_deref());
            Some(Target { name, alias, unscoped })
        }
        _ => Some(Target { name: "?".to_owned(), alias: None, unscoped: true }), // no plain relation: resolves to nothing
    };
    match statement {
        Statement::Insert(insert) => Some(match &insert.table {
            TableObject::TableName(name) => Target {
                name: bare_name(name).unwrap_or_else(|| "?".to_owned()),
                alias: None,
                unscoped: replaces(insert, known),
            },
            _ => Target { name: "?".to_owned(), alias: None, unscoped: true }, // no plain relation
        }),
        Statement::Update(update) => of(&update.table.relation, &|name, alias| {
            // OR REPLACE deletes whatever stands in the way.
            let replaces = matches!(update.or, Some(SqliteOnConflict::Replace));
            let from = update.from.as_ref().map_or(&[][..], scope::sources);
            !scope::narrows(update.selection.as_ref(), name, alias, from, known)
                || !update.table.joins.is_empty()
                || replaces
        }),
        Statement::Delete(delete) => {
            let from = delete_from(&delete.from);
            let first = from.first()?;
            of(&first.relation, &|name, alias| {
                let using = delete.using.as_deref().unwrap_or_default();
                !scope::narrows(delete.selection.as_ref(), name, alias, using, known)
                    || from.len() > 1
                    || !first.joins.is_empty()
            })
        }
        Statement::Merge(merge) => of(&merge.table, &|name, alias| !scope::merges(merge, name, alias, known)),
        _ => None, // changes no rows
    }
}

/// REPLACE deletes whatever stands in the way, and an upsert changes rows that stand there: rows that are listed are a scope, and so
/// are rows that are read by key; other rows that are read are none, but for an upsert whose own predicate narrows its target, or
/// whose source leaves rows of relations out.
fn replaces(insert: &Insert, known: Known<'_>) -> bool {
    let Some(query) = &insert.source else { return false };
    if is_listed(&query.body) || scope::takes_by_key(query, known) {
        return false;
    }
    let replaces = insert.replace_into || matches!(insert.or, Some(SqliteOnConflict::Replace));
    let upserts = match &insert.on {
        Some(OnInsert::OnConflict(conflict)) => match &conflict.action {
            OnConflictAction::DoUpdate(update) => {
                let own = match &insert.table {
                    TableObject::TableName(name) => bare_name(name).unwrap_or_default(),
                    _ => String::new(), // no plain relation
                };
                let alias = insert.table_alias.as_ref().map(|alias| alias.alias.value.to_ascii_lowercase());
                !scope::narrows(update.selection.as_ref(), &own, alias.as_deref(), &[], known)
                    && !scope::leaves_out(query, known)
            }
            OnConflictAction::DoNothing => false,
        },
        _ => false, // adds rows
    };
    replaces || upserts
}

/// Whether every row is written down: VALUES, or a query of nothing else whose items call no function, which could give many.
fn is_listed(body: &SetExpr) -> bool {
    match body {
        SetExpr::Values(_) => true,
        SetExpr::Select(select) => {
            match select.from.as_slice() {
                [TableWithJoins { relation: TableFactor::Derived { subquery, .. }, joins }] => {
                    let part = |part: &Expr| matches!(part, Expr::Function(_) | Expr::CompoundFieldAccess { .. });
                    let calls = |expr: &Expr| scope::holds(expr, part);
                    joins.is_empty()
                        && !is_sorted(select)
                        && matches!(subquery.body.as_ref(), SetExpr::Values(_))
                        && select.projection.iter().all(|one| parts::item(one).is_none_or(|expr| !calls(expr)))
                }
                _ => false, // rows of relations, or of functions
            }
        }
        SetExpr::Query(query) => is_listed(&query.body),
        _ => false, // rows that are read
    }
}

pub(super) fn delete_from(from: &FromTable) -> &[TableWithJoins] {
    match from {
        FromTable::WithFromKeyword(tables) | FromTable::WithoutKeyword(tables) => tables,
    }
}

/// The names that a DDL statement acts on, as far as they are plain.
fn objects(statement: &Statement) -> Vec<String> {
    let bare =
        |names: &[ObjectName]| names.iter().map(|name| bare_name(name).unwrap_or_else(|| name.to_string())).collect();
    match statement {
        Statement::Drop { names, .. } => bare(names),
        Statement::Truncate(truncate) => {
            truncate.table_names.iter().map(|table| bare_name(&table.name).unwrap_or_else(|| "?".to_owned())).collect()
        }
        Statement::CreateTable(create) => bare(std::slice::from_ref(&create.name)),
        Statement::CreateView(create) => bare(std::slice::from_ref(&create.name)),
        Statement::CreateIndex(create) => bare(std::slice::from_ref(&create.table_name)),
        Statement::AlterTable(alter) => bare(std::slice::from_ref(&alter.name)),
        _ => Vec::new(), // counts for everything
    }
}

fn kind(statement: &Statement) -> Result<StatementKind, SqlRefusal> {
    Ok(match statement {
        Statement::Query(query) => match nested_in(query) {
            Some(nested) => kind(nested)?,
            None => StatementKind::Select,
        },
        Statement::Explain { statement, .. } => match kind(statement)? {
            StatementKind::Select | StatementKind::Explain => StatementKind::Explain,
            // The plan of a change counts as the change: options can make it one.
            other => other,
        },
        Statement::Insert(_) => StatementKind::Insert,
        Statement::Update(_) => StatementKind::Update,
        Statement::Delete(_) => StatementKind::Delete,
        Statement::Merge(_) => StatementKind::Merge,
        Statement::Truncate(_) => StatementKind::Truncate,
        Statement::Drop { object_type: ObjectType::Table, .. } => StatementKind::DropTable,
        Statement::Drop { .. }
        | Statement::DropFunction(_)
        | Statement::DropTrigger(_)
        | Statement::DropProcedure { .. } => StatementKind::Drop,
        Statement::CreateTable(_)
        | Statement::CreateView(_)
        | Statement::CreateIndex(_)
        | Statement::CreateTrigger(_)
        | Statement::CreateVirtualTable { .. }
        | Statement::CreateSchema { .. }
        | Statement::CreateDatabase { .. }
        | Statement::CreateRole(_)
        | Statement::CreateSequence { .. }
        | Statement::CreateType { .. }
        | Statement::CreateExtension(_)
        | Statement::CreatePolicy { .. } => StatementKind::Create,
        Statement::AlterTable(_)
        | Statement::AlterIndex { .. }
        | Statement::AlterView { .. }
        | Statement::AlterRole { .. }
        | Statement::AlterPolicy { .. } => StatementKind::Alter,
        Statement::Grant(_) | Statement::Revoke(_) => StatementKind::Grant,
        Statement::StartTransaction { .. }
        | Statement::Commit { .. }
        | Statement::Rollback { .. }
        | Statement::Savepoint { .. }
        | Statement::ReleaseSavepoint { .. } => StatementKind::Transaction,
        Statement::Pragma { .. }
        | Statement::Set(_)
        | Statement::AttachDatabase { .. }
        | Statement::Vacuum(_)
        | Statement::Analyze(_)
        | Statement::Discard { .. }
        | Statement::Comment { .. } => StatementKind::Setting,
        Statement::Copy { .. }
        | Statement::Call(_)
        | Statement::Execute { .. }
        | Statement::Prepare { .. }
        | Statement::CreateFunction(_)
        | Statement::CreateProcedure { .. }
        | Statement::NOTIFY { .. }
        | Statement::LISTEN { .. } => StatementKind::Program,
        _ => {
            return Err(SqlRefusal::new(Code::SqlUnsupported, "this kind of statement")
                .remedy("read with SELECT, or change rows with INSERT, UPDATE or DELETE"));
        } // not known: denied
    })
}
