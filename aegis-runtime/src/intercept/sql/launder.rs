//! Personal values stay where they are declared: a write may move them between columns of one class, and hands none of them back.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "the enums of the parser and the engine are foreign and grow; every wildcard here denies, or says that nothing is found"
)]

use super::effects::{Target, inner};
use super::place::Lines;
use super::reading_a::{Reading, bare_name};
use super::scope::{factors, sources};
use super::{Catalogue, SqlFacts, SqlRefusal, class_of, oracle};
use crate::denial::Code;
use crate::spec::{Dialect, TableSpec};
use crate::vocabulary::Class;
use sqlparser::ast::{
    Assignment, AssignmentTarget, Expr, Insert, OnConflictAction, OnInsert, Query, Select, SelectItem, SetExpr,
    Statement, TableFactor, TableObject, TableWithJoins, UpdateTableFromKind, Value, Visit, Visitor,
};
use std::collections::BTreeSet;
use std::ops::ControlFlow;

/// Holds every nested change to the rule.
pub(super) fn check(
    sql: &str,
    read: &Reading,
    targets: &[Target],
    catalogue: &Catalogue,
    facts: &SqlFacts,
    dialect: Dialect,
) -> Result<(), SqlRefusal> {
    let relations: Vec<String> = facts.reads.iter().chain(&facts.writes).cloned().collect();
    // On PostgreSQL the name of a relation is its whole row.
    let rows = match dialect {
        Dialect::Postgres => {
            let named = read.references.iter().map(|reference| reference.alias.as_ref().unwrap_or(&reference.name));
            let written = targets.iter().map(|target| target.alias.as_ref().unwrap_or(&target.name));
            named.chain(written).cloned().chain(["excluded".to_owned()]).collect()
        }
        Dialect::Sqlite => BTreeSet::new(),
    };
    let rule = Rule { lines: Lines::new(sql), catalogue, relations: &relations, rows };
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
    if facts.writes.is_empty() { Ok(()) } else { oracle::check(&read.statement, &rule) }
}

pub(super) struct Rule<'call> {
    pub(super) lines: Lines<'call>,
    catalogue: &'call Catalogue,
    relations: &'call [String],
    /// Names that stand for whole rows.
    rows: BTreeSet<String>,
}

impl Rule<'_> {
    fn target(&self, name: Option<String>) -> Result<&'static TableSpec, SqlRefusal> {
        name.and_then(|name| self.catalogue.table(&name)).ok_or_else(unclear)
    }

    /// The classes of every column that an expression names, however deep.
    pub(super) fn classes<V: Visit>(&self, part: &V) -> BTreeSet<Class> {
        let mut names = Names::default();
        let _ignored = part.visit(&mut names);
        let mut classes: BTreeSet<Class> =
            names.found.iter().filter_map(|name| self.catalogue.class_in(self.relations, name)).collect();
        if names.alone.iter().any(|name| self.rows.contains(name)) {
            let tables = self.relations.iter().filter_map(|name| self.catalogue.table(name));
            classes.extend(tables.flat_map(|table| table.columns).filter_map(|column| column.pii));
        }
        classes
    }

    /// A constant may not become a personal value where the policy does not say so: what an agent plants it could look for.
    fn plants(&self, table: &TableSpec, expr: &Expr, class: Option<Class>) -> Result<(), SqlRefusal> {
        let Some(class) = class else { return Ok(()) };
        if self.catalogue.takes_literals(table)
            || is_nothing(expr)
            || self.classes(expr).contains(&class) && !has_literal(expr)
        {
            return Ok(());
        }
        Err(SqlRefusal::new(
            Code::SqlLiteral,
            format!("`{}` is no place for made-up values of class `{}`", table.name, class.as_str()),
        )
        .at_part(self.lines.bytes(expr))
        .remedy("copy the value from a column of the same class, or write NULL"))
    }

    fn assignments(&self, table: &TableSpec, assignments: &[Assignment]) -> Result<(), SqlRefusal> {
        for assignment in assignments {
            let classes = self.classes(&assignment.value);
            let columns: Vec<_> = match &assignment.target {
                AssignmentTarget::ColumnName(name) => vec![bare_name(name)],
                AssignmentTarget::Tuple(names) => names.iter().map(bare_name).collect(),
            };
            for column in columns {
                let key = table.columns.iter().any(|known| known.key && Some(known.name) == column.as_deref());
                if key && is_nothing(&assignment.value) {
                    return Err(SqlRefusal::new(Code::SqlUnsupported, "a key that becomes NULL")
                        .remedy("leave the key as it is"));
                }
                let class = column.as_deref().and_then(|column| class_of(table, column));
                if classes.iter().any(|found| Some(*found) != class) {
                    return Err(laundering().at_part(self.lines.bytes(&assignment.value)));
                }
                self.plants(table, &assignment.value, class)?;
            }
        }
        Ok(())
    }

    /// Whether the FROM of an update is plain, or names nothing personal.
    fn plain(&self, from: Option<&UpdateTableFromKind>) -> bool {
        from.map(sources)
            .is_none_or(|tables| plain(tables) || tables.iter().all(|table| self.classes(table).is_empty()))
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
            self.source(table, source, &classes)?;
        }
        if let Some(OnInsert::OnConflict(conflict)) = &insert.on
            && let OnConflictAction::DoUpdate(update) = &conflict.action
        {
            self.assignments(table, &update.assignments)?;
        }
        self.assignments(table, &insert.assignments)?;
        self.returning(insert.returning.as_deref())
    }

    fn source(&self, table: &TableSpec, query: &Query, classes: &[Option<Class>]) -> Result<(), SqlRefusal> {
        self.body(table, &query.body, classes)
    }

    fn body(&self, table: &TableSpec, body: &SetExpr, classes: &[Option<Class>]) -> Result<(), SqlRefusal> {
        match body {
            SetExpr::Select(select) => self.select(table, select, classes),
            SetExpr::Query(query) => self.source(table, query, classes),
            SetExpr::SetOperation { left, right, .. } => {
                self.body(table, left, classes)?;
                self.body(table, right, classes)
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
        if !plain(&select.from) && !self.classes(&select.from).is_empty() {
            return Err(laundering());
        }
        let mut place = 0_usize;
        for item in &select.projection {
            match item {
                SelectItem::UnnamedExpr(expr) | SelectItem::ExprWithAlias { expr, .. } => {
                    self.fits(table, expr, classes.get(place).copied().flatten())?;
                    place = place.saturating_add(1);
                }
                SelectItem::Wildcard(_) => {
                    for column in self.starred(select)? {
                        let wanted = classes.get(place).copied().flatten();
                        let planted = column.is_none() && wanted.is_some() && !self.catalogue.takes_literals(table);
                        if planted || (column.is_some() && wanted != column) {
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
    fn fits(&self, table: &TableSpec, expr: &Expr, class: Option<Class>) -> Result<(), SqlRefusal> {
        if self.classes(expr).iter().any(|found| Some(*found) != class) {
            return Err(laundering().at_part(self.lines.bytes(expr)));
        }
        self.plants(table, expr, class)
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
                return Err(SqlRefusal::new(Code::SqlReturning, "")
                    .at_part(self.lines.bytes(item))
                    .remedy("return the key, and read the row with a query"));
            }
        }
        Ok(())
    }
}

/// Relations only: a subquery gives columns names of its own.
fn plain(from: &[TableWithJoins]) -> bool {
    factors(from).all(|factor| matches!(factor, TableFactor::Table { args: None, .. }))
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

/// Whether a text stands in an expression.
fn has_literal(expr: &Expr) -> bool {
    let mut texts = Texts(false);
    let _ignored = expr.visit(&mut texts);
    texts.0
}

struct Texts(bool);

impl Visitor for Texts {
    type Break = ();

    fn pre_visit_value(&mut self, value: &sqlparser::ast::ValueWithSpan) -> ControlFlow<()> {
        // A short text trims or joins; a number is a position.
        self.0 |= matches!(&value.value, Value::SingleQuotedString(text) if text.chars().count() > 2);
        ControlFlow::Continue(())
    }
}

#[derive(Default)]
struct Names {
    found: BTreeSet<String>,
    /// Those that stand alone, without a qualifier.
    alone: BTreeSet<String>,
}

impl Visitor for Names {
    type Break = ();

    fn pre_visit_ident(&mut self, ident: &sqlparser::ast::Ident) -> ControlFlow<()> {
        self.found.insert(ident.value.to_ascii_lowercase());
        ControlFlow::Continue(())
    }

    fn pre_visit_expr(&mut self, expr: &Expr) -> ControlFlow<()> {
        if let Expr::Identifier(ident) = expr {
            self.alone.insert(ident.value.to_ascii_lowercase());
        }
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
