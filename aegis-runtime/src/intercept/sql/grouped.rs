//! PostgreSQL lets a query that groups by a relation's key read the relation's other columns. What stands in place of a masked relation
//! has no key to the engine, so those columns are named beside it: the groups stay what they were, since the key decides them.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "the enums of the parser are foreign and grow; what is not named here is no key, and groups as it is written"
)]

use super::place::Lines;
use super::reading_a::{Edit, bare_name, fold};
use super::scope::{factors, strip};
use super::walk::Walked;
use super::{Catalogue, exact, is_personal};
use crate::spec::TableSpec;
use sqlparser::ast::{
    Expr, GroupByExpr, Ident, OrderBy, OrderByKind, Query, Select, SelectItem, SelectItemQualifiedWildcardKind,
    SetExpr, TableFactor, Value, Visitor,
};
use std::collections::BTreeSet;
use std::ops::ControlFlow;

/// What to put behind the keys that a query groups by. `given` says which names a WITH gives there.
pub(super) fn edits(
    query: &Query,
    given: &dyn Fn(&str) -> bool,
    catalogue: &Catalogue,
    lines: &Lines<'_>,
) -> Vec<Edit> {
    let (mut open, mut found) = (vec![(query.body.as_ref(), query.order_by.as_ref())], Vec::new());
    while let Some((body, order)) = open.pop() {
        match body {
            SetExpr::Select(select) => {
                for source in sources(select, given, catalogue) {
                    found.extend(source.edit(select, order, lines));
                }
            }
            SetExpr::SetOperation { left, right, .. } => open.extend([(left.as_ref(), None), (right.as_ref(), None)]),
            _ => {} // a query of its own, or no query
        }
    }
    found
}

/// A masked relation in FROM.
struct Source<'query> {
    table: &'static TableSpec,
    /// What qualifies its columns, as it is written.
    name: &'query Ident,
    /// Nothing stands beside it, so bare names are its own.
    alone: bool,
}

fn sources<'query>(select: &'query Select, given: &dyn Fn(&str) -> bool, catalogue: &Catalogue) -> Vec<Source<'query>> {
    let factors: Vec<&TableFactor> = factors(&select.from).collect();
    let source = |factor: &&'query TableFactor| {
        let TableFactor::Table { name, alias, args: None, .. } = factor else { return None };
        let table =
            bare_name(name).filter(|bare| name.0.len() > 1 || !given(bare)).and_then(|bare| catalogue.table(&bare))?;
        let name = match alias {
            Some(alias) if alias.columns.is_empty() => &alias.name,
            Some(_) => return None,
            None => name.0.last()?.as_ident()?,
        };
        is_personal(table).then_some(Source { table, name, alone: factors.len() == 1 })
    };
    factors.iter().filter_map(source).collect()
}

impl Source<'_> {
    fn edit(&self, select: &Select, order: Option<&OrderBy>, lines: &Lines<'_>) -> Option<Edit> {
        let GroupByExpr::Expressions(groups, modifiers) = &select.group_by else { return None };
        let mut keys = self.table.columns.iter().filter(|column| column.key);
        let key = keys.next().filter(|_| keys.next().is_none() && modifiers.is_empty())?;
        let end = groups.iter().find_map(|group| self.ends(group, key.name, select))?;
        let mut read = Read { source: self, columns: BTreeSet::new(), all: false };
        let _ends = select.projection.walked(&mut read);
        let _ends = select.having.walked(&mut read);
        if let Some(OrderByKind::Expressions(items)) = order.map(|order| &order.kind) {
            let _ends = items.walked(&mut read);
        }
        read.all |= select.projection.iter().any(|item| self.is_whole(item));
        let named = |column: &str| groups.iter().any(|group| self.is_column(group, column));
        let others = self.table.columns.iter().map(|column| column.name);
        let others = others
            .filter(|column| *column != key.name && !named(column) && (read.all || read.columns.contains(*column)));
        let text: String = others.map(|column| format!(", {}.{column}", self.name)).collect();
        let at = lines.byte_of(end);
        (!text.is_empty()).then(|| Edit { bytes: (at, at), text: exact::spelled(&text).into() })
    }

    /// Where a part of GROUP BY ends that is the key, by its name or by its place.
    fn ends(&self, group: &Expr, key: &str, select: &Select) -> Option<sqlparser::tokenizer::Location> {
        match group {
            Expr::Identifier(ident) if self.is_column(group, key) => Some(ident.span.end),
            Expr::CompoundIdentifier(parts) if self.is_column(group, key) => parts.last().map(|part| part.span.end),
            Expr::Value(value) => {
                let Value::Number(place, _) = &value.value else { return None };
                let item = select.projection.get(place.parse::<usize>().ok()?.checked_sub(1)?)?;
                let (SelectItem::UnnamedExpr(expr) | SelectItem::ExprWithAlias { expr, .. }) = item else {
                    return None;
                };
                self.is_column(expr, key).then_some(value.span.end)
            }
            _ => None, // computed, or a set of groups
        }
    }

    fn is_column(&self, expr: &Expr, column: &str) -> bool {
        match strip(expr) {
            Expr::Identifier(ident) => self.alone && fold(ident) == column,
            Expr::CompoundIdentifier(parts) => match parts.as_slice() {
                [source, name] => fold(source) == fold(self.name) && fold(name) == column,
                _ => false, // behind a schema
            },
            _ => false, // computed
        }
    }

    /// A star over it.
    fn is_whole(&self, item: &SelectItem) -> bool {
        match item {
            SelectItem::Wildcard(_) => true,
            SelectItem::QualifiedWildcard(SelectItemQualifiedWildcardKind::ObjectName(name), _) => {
                name.0.last().and_then(|part| part.as_ident()).is_some_and(|name| fold(name) == fold(self.name))
            }
            _ => false, // one column
        }
    }
}

/// The columns that a part of the query reads of one source.
struct Read<'source> {
    source: &'source Source<'source>,
    columns: BTreeSet<String>,
    /// The row itself is read.
    all: bool,
}

impl Visitor for Read<'_> {
    type Break = ();

    fn pre_visit_expr(&mut self, expr: &Expr) -> ControlFlow<()> {
        match expr {
            Expr::Identifier(ident) => {
                self.all |= fold(ident) == fold(self.source.name);
                self.columns.insert(fold(ident));
            }
            Expr::CompoundIdentifier(parts) => {
                if let [source, column] = parts.as_slice()
                    && fold(source) == fold(self.source.name)
                {
                    self.columns.insert(fold(column));
                }
            }
            _ => {} // what it holds is met by itself
        }
        ControlFlow::Continue(())
    }
}
