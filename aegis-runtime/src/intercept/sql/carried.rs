//! Names that a statement gives to personal values it hands on, so that a note knows them again.
//!
//! *Invariants.* Found by name alone, wherever it stands: a name may be taken for a personal value that is none, and costs a note.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "the enums of the parser are foreign and grow; what is not named here hands nothing on"
)]

use super::class_of;
use super::notes::{is_logic, looks_into};
use super::reading_a::{bare_name, fold};
use super::scope::column_of;
use super::walk::Walked;
use crate::spec::TableSpec;
use sqlparser::ast::{Expr, Ident, Query, Select, SelectItem, SetExpr, Statement, TableAlias, TableFactor, Visitor};
use std::collections::BTreeMap;
use std::ops::ControlFlow;

/// Rounds in which a name may be handed to another; each is a query around a query.
const ROUNDS: usize = 8;

/// The personal relations, and the names that stand for their columns.
pub(super) struct Carried {
    tables: Vec<&'static TableSpec>,
    names: BTreeMap<String, String>,
}

impl Carried {
    pub(super) fn of(statement: &Statement, tables: Vec<&'static TableSpec>) -> Self {
        let mut carried = Self { tables, names: BTreeMap::new() };
        for _ in 0..ROUNDS {
            let known = carried.names.len();
            let _all = statement.walked(&mut carried);
            if carried.names.len() == known {
                break;
            }
        }
        carried
    }

    /// The personal column that an expression is, by its own name or by one that the statement gave it.
    pub(super) fn column(&self, part: &Expr) -> Option<String> {
        let name = column_of(part)?;
        if self.tables.iter().any(|table| class_of(table, &name).is_some()) {
            return Some(name);
        }
        self.names.get(&name).cloned()
    }

    /// The column whose value an expression hands on.
    fn handed_on(&self, expr: &Expr) -> Option<String> {
        let mut found = HandedOn { carried: self, inside: 0, column: None };
        let _ends = expr.walked(&mut found);
        found.column
    }

    fn give(&mut self, name: &Ident, column: Option<String>) {
        if let Some(column) = column {
            self.names.entry(fold(name)).or_insert(column);
        }
    }

    /// `AS t(a, b)`: the names are those of the columns, in their order.
    fn list(&mut self, alias: &TableAlias, body: &SetExpr) {
        match body {
            SetExpr::SetOperation { left, right, .. } => {
                self.list(alias, left);
                self.list(alias, right);
            }
            SetExpr::Query(query) => self.list(alias, &query.body),
            SetExpr::Select(select) => {
                let mut items = select.projection.iter();
                for column in &alias.columns {
                    match items.next() {
                        Some(SelectItem::UnnamedExpr(expr) | SelectItem::ExprWithAlias { expr, .. }) => {
                            self.give(&column.name, self.handed_on(expr));
                        }
                        // A star stands for columns that nobody counts here.
                        Some(_) | None => self.give(&column.name, self.any()),
                    }
                }
            }
            _ => {} // rows that are written down
        }
    }

    fn any(&self) -> Option<String> {
        let mut columns = self.tables.iter().flat_map(|table| table.columns);
        columns.find(|column| column.pii.is_some()).map(|column| column.name.to_owned())
    }
}

impl Visitor for Carried {
    type Break = ();

    fn pre_visit_query(&mut self, query: &Query) -> ControlFlow<()> {
        for cte in query.with.iter().flat_map(|with| &with.cte_tables) {
            self.list(&cte.alias, &cte.query.body);
        }
        ControlFlow::Continue(())
    }

    fn pre_visit_select(&mut self, select: &Select) -> ControlFlow<()> {
        for item in &select.projection {
            if let SelectItem::ExprWithAlias { expr, alias } = item {
                self.give(alias, self.handed_on(expr));
            }
        }
        ControlFlow::Continue(())
    }

    fn pre_visit_table_factor(&mut self, factor: &TableFactor) -> ControlFlow<()> {
        match factor {
            TableFactor::Derived { subquery, alias: Some(alias), .. } => self.list(alias, &subquery.body),
            // The elements of a value: `json_each(…)` calls them `value`, others by the alias.
            TableFactor::Table { args: Some(_), alias, .. }
            | TableFactor::Function { alias, .. }
            | TableFactor::UNNEST { alias, .. } => {
                let mut found = HandedOn { carried: self, inside: 0, column: None };
                let _ends = factor.walked(&mut found);
                let column = found.column;
                self.give(&Ident::new("value"), column.clone());
                for alias in alias.iter() {
                    self.give(&alias.name, column.clone());
                    alias.columns.iter().for_each(|named| self.give(&named.name, column.clone()));
                }
            }
            _ => {} // a relation, or a join
        }
        ControlFlow::Continue(())
    }
}

/// Looks for a personal column where its value comes through: not under what counts, compares or looks into it.
struct HandedOn<'carried> {
    carried: &'carried Carried,
    inside: usize,
    column: Option<String>,
}

fn ends(expr: &Expr) -> bool {
    match expr {
        Expr::IsNull(_) | Expr::IsNotNull(_) | Expr::In { .. } | Expr::Exists { .. } => true,
        Expr::Function(function) => bare_name(&function.name).as_deref() == Some("count") || looks_into(expr),
        _ => is_logic(expr) || looks_into(expr),
    }
}

impl Visitor for HandedOn<'_> {
    type Break = ();

    fn pre_visit_expr(&mut self, expr: &Expr) -> ControlFlow<()> {
        self.inside = self.inside.saturating_add(usize::from(ends(expr)));
        if self.inside == 0 {
            self.column = self.carried.column(expr);
        }
        if self.column.is_some() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }

    fn post_visit_expr(&mut self, expr: &Expr) -> ControlFlow<()> {
        self.inside = self.inside.saturating_sub(usize::from(ends(expr)));
        ControlFlow::Continue(())
    }
}
