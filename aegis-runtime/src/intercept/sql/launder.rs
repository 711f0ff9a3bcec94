//! Personal values stay where they are declared: a write may move them between columns of one class, whole, and hands none of them back.
//!
//! A list of what may be written, never of what may not: a column itself, the same without blanks around it or in another case, the
//! first of several that is there, a subquery of one; NULL; and a constant where the policy says so. A part of a value is none of
//! these: it could be held against letters that were planted. That a name is the column it says it is, is seen to in `rename`; what may
//! choose the rows, in `oracle`.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "the enums of the parser and the engine are foreign and grow; every wildcard here denies, or says that nothing is found"
)]

mod keys;
mod merge;

use super::bind::Moves;
use super::effects::{self, Target};
use super::personal::{Personal, is_sorted};
use super::place::Lines;
use super::reading_a::{Reading, bare_name};
use super::scope::{self, strip};
use super::walk::Walked;
use super::{Catalogue, SqlFacts, SqlRefusal, class_of, is_personal, oracle, parts, rename};
use crate::denial::Code;
use crate::spec::{Dialect, TableSpec};
use crate::vocabulary::Class;
use sqlparser::ast::{
    Assignment, AssignmentTarget, Expr, Insert, OnConflictAction, OnInsert, Select, SelectItem, SetExpr, Statement,
    TableFactor, TableObject, TableWithJoins, Update, Value, Visitor,
};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;

/// Holds every change to the rule.
pub(super) fn check(
    sql: &str,
    read: &Reading,
    targets: &[Target],
    catalogue: &Catalogue,
    facts: &SqlFacts,
    (dialect, moves): (Dialect, Moves),
) -> Result<(), SqlRefusal> {
    if facts.writes.is_empty() {
        return Ok(());
    }
    let relations: Vec<&'static TableSpec> =
        facts.reads.iter().chain(&facts.writes).filter_map(|name| catalogue.table(name)).collect();
    let mut rule = Personal {
        lines: Lines::new(sql),
        catalogue,
        relations,
        given: &read.ctes,
        hidden: BTreeSet::new(),
        rows: BTreeSet::new(),
        columns: BTreeMap::new(),
        granted: RefCell::default(),
        invents: invents(read, catalogue, facts),
        moves,
    };
    if rule.is_there() {
        rename::find(&read.statement, &mut rule, dialect);
        if dialect == Dialect::Postgres {
            rule.columns = qualifiers(read, targets, catalogue);
        }
    }
    let mut each = Each { rule: &rule, refusal: None };
    let _ends = read.statement.walked(&mut each);
    each.refusal.map_or(Ok(()), Err)?;
    if !rule.is_there() {
        return Ok(());
    }
    // Names are lied to by a WITH, a subquery, a star; labels are not.
    if moves.spills {
        return Err(laundering());
    }
    rename::check(&read.statement, &rule)?;
    oracle::check(&read.statement, &rule)
}

/// A server that masks by views lets a statement read personal columns of the relations it writes to, and of others only where all
/// that it writes to have some: it cannot tell what the value is for.
pub(super) fn leaves_the_views(facts: &SqlFacts, catalogue: &Catalogue) -> Result<(), SqlRefusal> {
    let holds = |name: &String| catalogue.table(name).is_some_and(is_personal);
    let other = facts.personal.iter().find(|(table, _)| !facts.writes.contains(table));
    match other {
        Some((table, column)) if !facts.writes.is_empty() && !facts.writes.iter().all(holds) => {
            let detail = format!("`{column}` of `{table}`, in a write to a relation without personal columns");
            let remedy = "read the keys first, and name them in the write: `WHERE id IN (1, 2)`";
            Err(SqlRefusal::new(Code::SqlOracle, detail).remedy(remedy))
        }
        Some(_) | None => Ok(()),
    }
}

/// Whether what goes by a personal name beside the target's own is made up, and may be: the target takes constants, and it is the one
/// place of the statement where a relation with personal columns stands.
fn invents(read: &Reading, catalogue: &Catalogue, facts: &SqlFacts) -> bool {
    let [written] = facts.writes.as_slice() else { return false };
    let personal = |name: &str| catalogue.table(name).is_some_and(is_personal);
    let places: Vec<&str> = (read.references.iter())
        .filter(|reference| !reference.given && personal(&reference.name))
        .map(|reference| reference.name.as_str())
        .collect();
    // The target of an INSERT is no place where rows are read; that of any other change is one.
    let mut changes = std::iter::once(effects::inner(&read.statement)).chain(&read.nested);
    let own = usize::from(!changes.any(|statement| matches!(statement, Statement::Insert(_))));
    places.iter().all(|name| *name == written.as_str())
        && places.len() <= own
        && catalogue.table(written).is_some_and(|table| catalogue.takes_literals(table))
}

/// Which relations a name before a column may mean. On PostgreSQL a function can be called like a column of a row.
fn qualifiers(read: &Reading, targets: &[Target], catalogue: &Catalogue) -> BTreeMap<String, Vec<&'static TableSpec>> {
    let read = read.references.iter().filter(|reference| !reference.given);
    let read = read.map(|reference| (reference.alias.as_ref().unwrap_or(&reference.name).as_str(), &reference.name));
    let written = targets.iter().flat_map(|target| [(target.name.as_str(), &target.name), ("excluded", &target.name)]);
    let mut columns: BTreeMap<String, Vec<_>> = BTreeMap::new();
    for (name, relation) in read.chain(written) {
        columns.entry(name.to_owned()).or_default().extend(catalogue.table(relation));
    }
    columns
}

/// Every statement that changes rows, wherever it stands.
struct Each<'call> {
    rule: &'call Personal<'call>,
    refusal: Option<SqlRefusal>,
}

impl Visitor for Each<'_> {
    type Break = ();

    fn pre_visit_statement(&mut self, statement: &Statement) -> ControlFlow<()> {
        match self.rule.statement(statement) {
            Ok(()) => ControlFlow::Continue(()),
            Err(refusal) => {
                self.refusal = Some(refusal);
                ControlFlow::Break(())
            }
        }
    }
}

impl Personal<'_> {
    fn target(&self, name: Option<String>) -> Result<&'static TableSpec, SqlRefusal> {
        name.and_then(|name| self.catalogue.table(&name)).ok_or_else(unclear)
    }

    fn statement(&self, statement: &Statement) -> Result<(), SqlRefusal> {
        match statement {
            Statement::Insert(insert) => self.insert(insert),
            Statement::Update(update) => self.update(update),
            Statement::Delete(delete) => self.returning(delete.returning.as_deref()),
            Statement::Merge(merge) => self.merge(merge),
            _ => Ok(()), // changes nothing
        }
    }

    fn update(&self, update: &Update) -> Result<(), SqlRefusal> {
        let TableFactor::Table { name, .. } = &update.table.relation else { return Err(unclear()) };
        let table = self.target(bare_name(name))?;
        let from = update.from.as_ref().map_or(&[][..], scope::sources);
        self.assignments(table, &update.assignments, from)?;
        self.returning(update.returning.as_deref())
    }

    fn assignments(
        &self,
        table: &TableSpec,
        assignments: &[Assignment],
        from: &[TableWithJoins],
    ) -> Result<(), SqlRefusal> {
        for assignment in assignments {
            match (&assignment.target, strip(&assignment.value)) {
                (AssignmentTarget::ColumnName(name), value) => self.assigned(table, bare_name(name), value, from)?,
                (AssignmentTarget::Tuple(names), Expr::Tuple(values)) if names.len() == values.len() => {
                    names
                        .iter()
                        .zip(values)
                        .try_for_each(|(name, value)| self.assigned(table, bare_name(name), value, from))?;
                }
                (AssignmentTarget::Tuple(names), Expr::Subquery(query)) if names.len() == items(&query.body).len() => {
                    names
                        .iter()
                        .zip(items(&query.body))
                        .try_for_each(|(name, value)| self.assigned(table, bare_name(name), value, from))?;
                }
                (AssignmentTarget::Tuple(names), value) => {
                    names.iter().try_for_each(|name| self.assigned(table, bare_name(name), value, from))?;
                }
            }
        }
        Ok(())
    }

    fn assigned(
        &self,
        table: &TableSpec,
        column: Option<String>,
        value: &Expr,
        from: &[TableWithJoins],
    ) -> Result<(), SqlRefusal> {
        if keys::place(table, std::iter::once(column.as_deref())).is_some() {
            keys::keeps(table, value, from)?;
        }
        self.fits(table, value, column.as_deref().and_then(|column| class_of(table, column)))
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
            let key = keys::place(table, columns.iter().map(Option::as_deref));
            // Without a key that says which row is which, the order of rows does.
            if key.is_none() && self.is_tainted(&source.body) && (sorts(&source.body) || !self.given.is_empty()) {
                return Err(laundering());
            }
            self.source(table, &source.body, &classes)?;
            if let Some(place) = key.filter(|_| is_personal(table)) {
                keys::given(&source.body, place).into_iter().try_for_each(|given| keys::holds(table, given))?;
            }
        }
        if let Some(OnInsert::OnConflict(conflict)) = &insert.on
            && let OnConflictAction::DoUpdate(update) = &conflict.action
        {
            self.assignments(table, &update.assignments, &[])?;
        }
        self.assignments(table, &insert.assignments, &[])?;
        self.returning(insert.returning.as_deref())
    }

    fn source(&self, table: &TableSpec, body: &SetExpr, classes: &[Option<Class>]) -> Result<(), SqlRefusal> {
        match body {
            SetExpr::Select(select) => self.select(table, select, classes),
            SetExpr::Query(query) => self.source(table, &query.body, classes),
            SetExpr::SetOperation { left, right, .. } => {
                self.source(table, left, classes)?;
                self.source(table, right, classes)
            }
            SetExpr::Values(values) => values.rows.iter().try_for_each(|row| {
                row.iter().zip(classes).try_for_each(|(value, class)| self.fits(table, value, *class))
            }),
            SetExpr::Insert(_) | SetExpr::Update(_) | SetExpr::Delete(_) | SetExpr::Merge(_) | SetExpr::Table(_) => {
                Err(unclear())
            }
        }
    }

    fn select(&self, table: &TableSpec, select: &Select, classes: &[Option<Class>]) -> Result<(), SqlRefusal> {
        let tainted = !self.invents && self.is_tainted(&select.from);
        // Labels held each column to its place, and none of a class gets a value that is not personal.
        if matches!(select.projection.as_slice(), [SelectItem::Wildcard(_)]) && self.moves == Moves::default() {
            return Ok(());
        }
        let mut places = classes.iter().copied().chain(std::iter::repeat(None));
        for item in &select.projection {
            match item {
                SelectItem::UnnamedExpr(expr) | SelectItem::ExprWithAlias { expr, .. } => {
                    self.fits(table, expr, places.next().flatten())?;
                }
                SelectItem::Wildcard(_) | SelectItem::QualifiedWildcard(..)
                    if !tainted
                        && (matches!(item, SelectItem::QualifiedWildcard(..)) || self.starred(select).is_err()) =>
                {
                    // How many columns there are is not known, and none of them is personal.
                    if places.by_ref().take(classes.len()).any(|place| place.is_some())
                        && !self.catalogue.takes_literals(table)
                    {
                        return Err(laundering());
                    }
                }
                SelectItem::Wildcard(_) => {
                    for column in self.starred(select)? {
                        let wanted = places.next().flatten();
                        let planted = column.is_none() && wanted.is_some() && !self.catalogue.takes_literals(table);
                        if planted || (column.is_some() && wanted != column) {
                            return Err(laundering());
                        }
                    }
                }
                SelectItem::QualifiedWildcard(..) | SelectItem::ExprWithAliases { .. } => return Err(unclear()),
            }
        }
        Ok(())
    }

    /// The classes of `*`, over one relation of the estate.
    fn starred(&self, select: &Select) -> Result<Vec<Option<Class>>, SqlRefusal> {
        match select.from.as_slice() {
            [TableWithJoins { relation: TableFactor::Table { name, .. }, joins }] if joins.is_empty() => {
                let name = bare_name(name).filter(|name| !self.given.contains(name));
                Ok(self.target(name)?.columns.iter().map(|column| column.pii).collect())
            }
            _ => Err(unclear()), // no relation, or several
        }
    }

    /// What may be written to a column of a class, or of none.
    fn fits(&self, table: &TableSpec, expr: &Expr, class: Option<Class>) -> Result<(), SqlRefusal> {
        if is_nothing(expr) {
            return Ok(());
        }
        if let (Some(class), Some((found, columns))) = (class, self.carried(expr))
            && class == found
        {
            self.grant(columns);
            return Ok(());
        }
        // Of a query it is what comes out that is written; what chooses its rows is held to its place.
        let classes = match strip(expr) {
            // A star has no items to look at.
            Expr::Subquery(query)
                if !self.moves.uncounted
                    && matches!(query.body.as_ref(), SetExpr::Select(_))
                    && !items(&query.body).is_empty() =>
            {
                items(&query.body).into_iter().flat_map(|item| self.classes(item)).collect()
            }
            _ => self.classes(expr),
        };
        if !classes.is_empty() {
            return Err(laundering().at_part(self.lines.bytes(expr)));
        }
        match class {
            // What an agent plants it could look for.
            Some(class) if !self.catalogue.takes_literals(table) => Err(SqlRefusal::new(
                Code::SqlLiteral,
                format!("`{}` is no place for made-up values of class `{}`", table.name, class.as_str()),
            )
            .at_part(self.lines.bytes(expr))
            .remedy("copy the value from a column of the same class, or write NULL")),
            _ => Ok(()),
        }
    }

    fn returning(&self, items: Option<&[SelectItem]>) -> Result<(), SqlRefusal> {
        for item in items.unwrap_or_default() {
            let hands_out = self.moves.returns && self.is_there()
                || match item {
                    SelectItem::UnnamedExpr(expr) | SelectItem::ExprWithAlias { expr, .. } => {
                        !self.classes(expr).is_empty()
                    }
                    SelectItem::Wildcard(_)
                    | SelectItem::QualifiedWildcard(..)
                    | SelectItem::ExprWithAliases { .. } => self.is_there(),
                };
            if hands_out {
                return Err(SqlRefusal::new(Code::SqlReturning, "")
                    .at_part(self.lines.bytes(item))
                    .remedy("return the key, and read the row with a query"));
            }
        }
        Ok(())
    }
}

/// What a plain query selects, each by itself and in no order of values.
fn items(body: &SetExpr) -> Vec<&Expr> {
    let SetExpr::Select(select) = body else { return Vec::new() };
    let each = select.projection.iter().map(parts::item);
    if is_sorted(select) { Vec::new() } else { each.collect::<Option<_>>().unwrap_or_default() }
}

/// Whether an engine would sort the rows of a query by what it selects.
fn sorts(body: &SetExpr) -> bool {
    match body {
        SetExpr::Select(select) => is_sorted(select),
        SetExpr::Query(query) => sorts(&query.body),
        SetExpr::SetOperation { left, right, .. } => sorts(left) || sorts(right),
        _ => false, // listed
    }
}

/// NULL, or the column's default.
fn is_nothing(expr: &Expr) -> bool {
    match expr {
        Expr::Nested(inner) | Expr::Cast { expr: inner, .. } => is_nothing(inner),
        Expr::Value(value) => matches!(value.value, Value::Null),
        Expr::Identifier(ident) => ident.quote_style.is_none() && ident.value.eq_ignore_ascii_case("default"),
        _ => false, // a value
    }
}

pub(super) fn laundering() -> SqlRefusal {
    SqlRefusal::new(Code::SqlLaundering, "")
        .remedy("copy personal columns to columns of the same class, by name and whole, from one relation")
}

fn unclear() -> SqlRefusal {
    SqlRefusal::new(Code::SqlUnsupported, "a write whose columns cannot be told").remedy("name the columns")
}
