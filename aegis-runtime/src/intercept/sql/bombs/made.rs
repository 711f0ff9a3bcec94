//! What a statement makes itself and reads elsewhere: the longest text of such a column, and the largest number.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "the enums of the parser are foreign and grow; what is not known here makes no column"
)]

use super::super::walk::Walked;
use super::sizes::Sizes;
use crate::intercept::sql::parts::{item, value};
use crate::intercept::sql::reading_a::{bare_name, fold};
use crate::intercept::sql::scope::{column_of, holds, names_column};
use sqlparser::ast::{
    BinaryOperator, Expr, Query, Select, SelectItem, SetExpr, Statement, TableAlias, TableFactor, Visitor,
};
use std::collections::BTreeMap;
use std::ops::ControlFlow;

/// How often a statement is gone through: a column may be made of one that is made elsewhere.
const PASSES: usize = 4;

/// The largest numbers of the columns that a statement makes.
#[derive(Default, Clone, PartialEq)]
pub(super) struct Made(BTreeMap<String, u64>);

impl Made {
    pub(super) fn most(&self, column: &str) -> Option<u64> {
        self.0.get(column).copied()
    }

    fn keep(&mut self, column: &str, most: u64) {
        let kept = self.0.entry(column.to_owned()).or_default();
        *kept = most.max(*kept);
    }
}

/// Finds the longest text, and the numbers, that are written for a column of rows that are read elsewhere in a statement.
pub(super) struct Maker {
    written: u64,
    depth: usize,
    /// What is known from the pass before.
    before: Made,
    made: Made,
}

impl Maker {
    /// The first pass over a statement.
    pub(super) fn of(statement: &Statement) -> Self {
        // What the statement itself selects, or writes, is read by nothing in it.
        let whole = matches!(statement, Statement::Query(_) | Statement::Insert(_) | Statement::Explain { .. });
        Self { written: 0, depth: usize::from(!whole), before: Made::default(), made: Made::default() }
    }

    /// What it found, and further passes with it, until one finds the same.
    pub(super) fn found(mut self, statement: &Statement) -> (u64, Made) {
        for _ in 1..PASSES {
            if self.made == self.before {
                break;
            }
            self = Self { before: self.made.clone(), made: self.made, ..Self::of(statement) };
            let _ignored = statement.walked(&mut self);
        }
        (self.written, self.made)
    }

    fn body(&mut self, body: &SetExpr) {
        let sizes = Sizes::of_pieces(self.written, &self.before);
        match body {
            SetExpr::Select(select) => {
                let items = select.projection.iter().filter_map(item);
                self.written = items.map(|item| sizes.size(item)).fold(self.written, u64::max);
            }
            SetExpr::Values(values) => {
                let items = values.rows.iter().flat_map(|row| &row.content);
                self.written = items.map(|item| sizes.size(item)).fold(self.written, u64::max);
            }
            SetExpr::SetOperation { left, right, .. } => {
                self.body(left);
                self.body(right);
            }
            _ => {} // visited by itself
        }
    }

    /// Keeps the numbers of a query's columns, as they are called outside of it.
    fn keep(&mut self, query: &Query, alias: Option<&TableAlias>, again: bool) {
        let said: Vec<String> =
            alias.into_iter().flat_map(|alias| &alias.columns).map(|column| fold(&column.name)).collect();
        let names = if said.is_empty() { names_of(&query.body) } else { said };
        self.columns(&query.body, &names, again);
    }

    fn columns(&mut self, body: &SetExpr, names: &[String], again: bool) {
        match body {
            SetExpr::Select(select) => {
                for (name, item) in names.iter().zip(items(select)) {
                    self.column(name, item, again);
                }
            }
            SetExpr::Values(values) => {
                for (name, item) in values.rows.iter().flat_map(|row| names.iter().zip(&row.content)) {
                    self.column(name, item, again);
                }
            }
            SetExpr::SetOperation { left, right, .. } => {
                self.columns(left, names, again);
                self.columns(right, names, again);
            }
            SetExpr::Query(query) => self.columns(&query.body, names, again),
            _ => {} // gives rows of its own
        }
    }

    fn column(&mut self, name: &str, item: &Expr, again: bool) {
        // A number that each step multiplies comes to anything.
        let most = if again && holds(item, multiplies) { None } else { Sizes::of(0, &self.before).most(item) };
        self.made.keep(name, most.unwrap_or(u64::MAX));
    }
}

fn multiplies(expr: &Expr) -> bool {
    match expr {
        Expr::BinaryOp { op: BinaryOperator::Multiply, .. } => true,
        Expr::BinaryOp { left, op: BinaryOperator::Plus, right } => names_column(left) && names_column(right),
        _ => false,
    }
}

/// The items of a query; those behind a star are called as they were.
fn items(select: &Select) -> impl Iterator<Item = &Expr> {
    select.projection.iter().map_while(item)
}

fn names_of(body: &SetExpr) -> Vec<String> {
    let called = |item: &SelectItem| match item {
        SelectItem::ExprWithAlias { alias, .. } => fold(alias),
        SelectItem::UnnamedExpr(expr) => column_of(expr).unwrap_or_default(),
        _ => String::new(), // of no name that is known
    };
    match body {
        SetExpr::Select(select) => select.projection.iter().map(called).collect(),
        SetExpr::SetOperation { left, .. } => names_of(left),
        SetExpr::Query(query) => names_of(&query.body),
        SetExpr::Values(values) => {
            let width = values.rows.first().map_or(0, |row| row.content.len());
            (1..=width).map(|nth| format!("column{nth}")).collect()
        }
        _ => Vec::new(),
    }
}

impl Visitor for Maker {
    type Break = ();

    fn pre_visit_query(&mut self, query: &Query) -> ControlFlow<()> {
        self.depth = self.depth.saturating_add(1);
        if let Some(with) = &query.with {
            for cte in &with.cte_tables {
                self.keep(&cte.query, Some(&cte.alias), with.recursive);
            }
        }
        ControlFlow::Continue(())
    }

    fn post_visit_query(&mut self, query: &Query) -> ControlFlow<()> {
        if self.depth > 1 {
            self.body(&query.body);
        }
        self.depth = self.depth.saturating_sub(1);
        ControlFlow::Continue(())
    }

    fn pre_visit_table_factor(&mut self, factor: &TableFactor) -> ControlFlow<()> {
        let (function, alias, given): (String, _, Vec<&Expr>) = match factor {
            TableFactor::Derived { subquery, alias, .. } => {
                self.keep(subquery, alias.as_ref(), false);
                return ControlFlow::Continue(());
            }
            TableFactor::Table { name, alias, args: Some(args), .. } => {
                (bare_name(name).unwrap_or_default(), alias, args.args.iter().filter_map(value).collect())
            }
            TableFactor::Function { name, alias, args, .. } => {
                (bare_name(name).unwrap_or_default(), alias, args.iter().filter_map(value).collect())
            }
            TableFactor::UNNEST { array_exprs, alias, .. } => {
                ("unnest".to_owned(), alias, array_exprs.iter().collect())
            }
            _ => return ControlFlow::Continue(()), // of rows that are there
        };
        let sizes = Sizes::of(0, &self.before);
        let most = given.iter().map(|end| sizes.most(end).unwrap_or(u64::MAX)).max().unwrap_or(u64::MAX);
        let said = alias.iter().flat_map(|alias| &alias.columns).map(|column| fold(&column.name));
        let own = [alias.as_ref().map_or(function, |alias| fold(&alias.name)), "value".to_owned()];
        for name in said.chain(own) {
            self.made.keep(&name, most);
        }
        ControlFlow::Continue(())
    }
}
