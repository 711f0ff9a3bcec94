//! How large a statement becomes where an engine writes the expression of a column in every place that names it: eight levels of
//! `x + x + x AS x` are a short text and millions of additions, before anything runs.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "the enums of the parser are foreign and grow; what is not known here has columns that are no more than their names"
)]

use super::super::walk::expressions;
use crate::intercept::sql::parts::item;
use crate::intercept::sql::personal::identity;
use crate::intercept::sql::reading_a::{bare_name, fold};
use crate::intercept::sql::scope::{column_of, factors, sources};
use sqlparser::ast::{
    Query, Select, SelectItem, SetExpr, Statement, TableAlias, TableFactor, TableWithJoins, Visit, Visitor,
};
use std::collections::{BTreeMap, HashMap};
use std::ops::ControlFlow;

/// Most parts of what one query becomes.
const PARTS: u64 = 20_000;

/// How large the expressions behind the columns of a source are.
type Columns = BTreeMap<String, u64>;

/// Ends a walk where a query of a statement becomes too large.
#[derive(Default)]
pub(super) struct Copies {
    /// Columns of the queries so far, by the query.
    known: HashMap<usize, Columns>,
    /// Queries of a WITH, whose columns go by a name.
    called: HashMap<usize, TableAlias>,
    /// Of two names that are the same the larger counts.
    named: HashMap<String, Columns>,
}

impl Copies {
    fn body(&self, body: &SetExpr, most: &mut u64) -> Columns {
        match body {
            SetExpr::Select(select) => self.select(select, most),
            SetExpr::Query(query) => self.known.get(&identity(query.as_ref())).cloned().unwrap_or_default(),
            SetExpr::SetOperation { left, right, .. } => {
                let (mut columns, other) = (self.body(left, most), self.body(right, most));
                // By place: what stands for what is not looked at.
                let largest = other.into_values().max().unwrap_or_default();
                columns.values_mut().for_each(|size| *size = largest.max(*size));
                columns
            }
            _ => Columns::new(),
        }
    }

    fn select(&self, select: &Select, most: &mut u64) -> Columns {
        let mut read = Columns::new();
        self.read(&select.from, &mut read);
        *most = most.saturating_add(parts(select, &read));
        let mut columns = Columns::new();
        for item in &select.projection {
            match (item, self::item(item)) {
                (SelectItem::ExprWithAlias { alias, .. }, Some(expr)) => {
                    keep(&mut columns, fold(alias), parts(expr, &read))
                }
                (_, Some(expr)) => keep(&mut columns, column_of(expr).unwrap_or_default(), parts(expr, &read)),
                (_, None) => read.iter().for_each(|(name, size)| keep(&mut columns, name.clone(), *size)),
            }
        }
        columns
    }

    fn read(&self, from: &[TableWithJoins], read: &mut Columns) {
        for factor in factors(from) {
            let (columns, alias) = match factor {
                TableFactor::Derived { subquery, alias, .. } => (self.known.get(&identity(subquery.as_ref())), alias),
                TableFactor::Table { name, alias, .. } if name.0.len() == 1 => {
                    (bare_name(name).and_then(|name| self.named.get(&name)), alias)
                }
                TableFactor::NestedJoin { table_with_joins, .. } => {
                    self.read(std::slice::from_ref(table_with_joins), read);
                    continue;
                }
                _ => continue, // no query stands behind it
            };
            for (name, size) in renamed(columns.cloned().unwrap_or_default(), alias.as_ref()) {
                keep(read, name, size);
            }
        }
    }

    /// What stands outside of any query and names what the sources give.
    fn outside<V: Visit>(&self, part: &V, from: &[TableWithJoins]) -> ControlFlow<()> {
        let mut read = Columns::new();
        self.read(from, &mut read);
        within(parts(part, &read))
    }
}

impl Visitor for Copies {
    type Break = ();

    fn pre_visit_query(&mut self, query: &Query) -> ControlFlow<()> {
        for cte in query.with.iter().flat_map(|with| &with.cte_tables) {
            self.called.insert(identity(cte.query.as_ref()), cte.alias.clone());
        }
        ControlFlow::Continue(())
    }

    fn post_visit_query(&mut self, query: &Query) -> ControlFlow<()> {
        let mut most = 0;
        let columns = self.body(&query.body, &mut most);
        if let Some(alias) = self.called.remove(&identity(query)) {
            let known = self.named.entry(fold(&alias.name)).or_default();
            renamed(columns.clone(), Some(&alias)).into_iter().for_each(|(name, size)| keep(known, name, size));
        }
        self.known.insert(identity(query), columns);
        within(most)
    }

    fn post_visit_statement(&mut self, statement: &Statement) -> ControlFlow<()> {
        match statement {
            Statement::Update(update) => {
                let from = update.from.as_ref().map_or(&[][..], sources);
                self.outside(&update.assignments, from)?;
                self.outside(&update.selection, from)
            }
            Statement::Delete(delete) => self.outside(&delete.selection, delete.using.as_deref().unwrap_or_default()),
            _ => ControlFlow::Continue(()), // names what a query gives once
        }
    }
}

fn within(parts: u64) -> ControlFlow<()> {
    if parts > PARTS { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
}

/// How many parts there are where the columns are written out.
fn parts<V: Visit>(part: &V, read: &Columns) -> u64 {
    let mut parts = 0_u64;
    let _all = expressions(part, &mut |expr| {
        let size = column_of(expr).and_then(|name| read.get(&name).copied());
        parts = parts.saturating_add(size.unwrap_or(1));
        ControlFlow::Continue(())
    });
    parts
}

fn keep(columns: &mut Columns, name: String, size: u64) {
    let kept = columns.entry(name).or_default();
    *kept = size.max(*kept);
}

/// The columns as a list of names calls them; which is which is not looked at.
fn renamed(columns: Columns, alias: Option<&TableAlias>) -> Columns {
    let Some(alias) = alias.filter(|alias| !alias.columns.is_empty()) else { return columns };
    let largest = columns.into_values().max().unwrap_or(1);
    alias.columns.iter().map(|column| (fold(&column.name), largest)).collect()
}
