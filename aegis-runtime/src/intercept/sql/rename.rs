//! In a write a personal column goes by its own name, and nothing else goes by it: what is held against names would be told lies.
//!
//! A star, a list of column names, an alias, and the arms of a set operation give columns other names without a word of the old ones.
//! So stars stand only where each column is told by its place, where they are of one relation, or where none is read; lists of names and set operations
//! stand away from personal relations; and an alias neither takes nor gives a personal name.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "the enums of the parser are foreign and grow; every wildcard here denies, or says that nothing is found"
)]

use super::SqlRefusal;
use super::effects::delete_from;
use super::launder::laundering;
use super::personal::{Personal, identity, is_sorted};
use super::reading_a::{bare_name, fold};
use super::scope::{column_of, constraint, names_column, sources, strip};
use super::walk::Walked;
use crate::spec::Dialect;
use sqlparser::ast::{
    Cte, Expr, Ident, Insert, JoinConstraint, JoinOperator, ObjectName, OrderByKind, Query, Select, SelectItem,
    SetExpr, SetOperator, SetQuantifier, Spanned, Statement, TableAlias, TableFactor, TableObject, TableWithJoins,
    Visit, Visitor,
};
use std::collections::{BTreeSet, HashSet};
use std::ops::ControlFlow;

/// Columns that table functions give without a word.
const FUNCTION_COLUMNS: [&str; 9] = ["atom", "fullkey", "id", "key", "ordinality", "parent", "path", "type", "value"];

/// Finds the names that personal values may be behind: of a WITH, and on PostgreSQL of whole rows.
pub(super) fn find(statement: &Statement, personal: &mut Personal<'_>, dialect: Dialect) {
    loop {
        let mut hidden = Hidden { personal, found: BTreeSet::new() };
        let _ignored = statement.walked(&mut hidden);
        let found = hidden.found;
        if found.is_subset(&personal.hidden) {
            break; // one name may read another, in any order
        }
        personal.hidden.extend(found);
    }
    if dialect == Dialect::Postgres {
        let mut rows = Rows { personal, found: BTreeSet::new() };
        let _ignored = statement.walked(&mut rows);
        personal.rows = rows.found;
    }
}

struct Hidden<'call> {
    personal: &'call Personal<'call>,
    found: BTreeSet<String>,
}

impl Visitor for Hidden<'_> {
    type Break = ();

    fn pre_visit_query(&mut self, query: &Query) -> ControlFlow<()> {
        let tainted = |cte: &&Cte| self.personal.is_tainted(&cte.query);
        let names =
            query.with.iter().flat_map(|with| &with.cte_tables).filter(tainted).map(|cte| fold(&cte.alias.name));
        self.found.extend(names);
        ControlFlow::Continue(())
    }
}

struct Rows<'call> {
    personal: &'call Personal<'call>,
    found: BTreeSet<String>,
}

impl Visitor for Rows<'_> {
    type Break = ();

    fn pre_visit_table_factor(&mut self, factor: &TableFactor) -> ControlFlow<()> {
        if self.personal.is_tainted(factor) {
            let own = match factor {
                TableFactor::Table { name, .. } => bare_name(name),
                _ => None, // known by its alias alone
            };
            self.found.extend(alias_of(factor).map(|alias| fold(&alias.name)).or(own));
        }
        ControlFlow::Continue(())
    }

    fn pre_visit_statement(&mut self, statement: &Statement) -> ControlFlow<()> {
        if let Statement::Insert(Insert { table: TableObject::TableName(name), table_alias, .. }) = statement {
            self.found.extend(bare_name(name));
            self.found.extend(table_alias.iter().map(|alias| fold(&alias.alias)));
            self.found.insert("excluded".to_owned());
        }
        ControlFlow::Continue(())
    }
}

/// Holds every name of a write to the rule.
pub(super) fn check(statement: &Statement, personal: &Personal<'_>) -> Result<(), SqlRefusal> {
    let (exists, sources, rows) = (HashSet::new(), HashSet::new(), HashSet::new());
    let mut walk = Walk { personal, exists, sources, rows, at: None };
    match statement.walked(&mut walk) {
        ControlFlow::Break(()) => Err(laundering().at_part(walk.at)),
        ControlFlow::Continue(()) => Ok(()),
    }
}

struct Walk<'call> {
    personal: &'call Personal<'call>,
    /// Queries that are only asked whether they give a row.
    exists: HashSet<usize>,
    /// Queries whose columns are told by their place: those of an INSERT, held to that by the rule of values.
    sources: HashSet<usize>,
    /// Queries that rows are read from. Every other one is a value.
    rows: HashSet<usize>,
    /// The part at fault.
    at: Option<(usize, usize)>,
}

/// What becomes of a query's columns.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    /// They are seen by their names.
    Named,
    /// They are a value, and have no names.
    Value,
    /// They are not looked at.
    Exists,
    /// They are told by place.
    Source,
}

impl Visitor for Walk<'_> {
    type Break = ();

    fn pre_visit_statement(&mut self, statement: &Statement) -> ControlFlow<()> {
        match statement {
            Statement::Insert(insert) => {
                self.sources.extend(insert.source.as_deref().map(identity));
                match &insert.table_alias {
                    Some(alias) => self.free(&alias.alias),
                    None => ControlFlow::Continue(()),
                }
            }
            Statement::Update(update) => {
                self.joins(std::slice::from_ref(&update.table))?;
                self.joins(update.from.as_ref().map_or(&[][..], sources))
            }
            Statement::Delete(delete) => {
                self.joins(delete_from(&delete.from))?;
                self.joins(delete.using.as_deref().unwrap_or_default())
            }
            Statement::Query(query) => {
                self.rows.insert(identity(query.as_ref()));
                ControlFlow::Continue(())
            }
            _ => ControlFlow::Continue(()), // names no relation by itself
        }
    }

    fn pre_visit_expr(&mut self, expr: &Expr) -> ControlFlow<()> {
        if let Expr::Exists { subquery, .. } = expr {
            self.exists.insert(identity(subquery.as_ref()));
        }
        ControlFlow::Continue(())
    }

    fn pre_visit_query(&mut self, query: &Query) -> ControlFlow<()> {
        for cte in query.with.iter().flat_map(|with| &with.cte_tables) {
            self.alias(&cte.alias, cte.query.as_ref())?;
            self.rows.insert(identity(cte.query.as_ref()));
        }
        let id = identity(query);
        let role = match (self.exists.contains(&id), self.sources.contains(&id)) {
            (true, _) => Role::Exists,
            (_, true) => Role::Source,
            _ if self.rows.contains(&id) => Role::Named,
            _ => Role::Value,
        };
        self.body(&query.body, role, false)?;
        // By place, or by a name that is no column's: which one that is, nobody says.
        let told = |expr: &Expr| match strip(expr) {
            Expr::Identifier(ident) => self.personal.is_declared(&fold(ident)),
            other => names_column(other),
        };
        let untold = query.order_by.as_ref().is_some_and(|order| match &order.kind {
            OrderByKind::Expressions(items) => !items.iter().all(|item| told(&item.expr)),
            OrderByKind::All(_) => true,
        });
        match &query.order_by {
            Some(order) if untold && self.shows(&query.body) => self.fault(order),
            _ => ControlFlow::Continue(()),
        }
    }

    fn pre_visit_table_factor(&mut self, factor: &TableFactor) -> ControlFlow<()> {
        if let TableFactor::Derived { subquery, .. } = factor {
            self.rows.insert(identity(subquery.as_ref()));
        }
        if let Some(alias) = alias_of(factor) {
            match factor {
                TableFactor::Derived { subquery, .. } => self.alias(alias, subquery)?,
                TableFactor::Table { args: Some(args), .. } => self.alias(alias, &args.args)?,
                TableFactor::Function { args, .. } => self.alias(alias, args)?,
                TableFactor::UNNEST { array_exprs, .. } => self.alias(alias, array_exprs)?,
                _ => self.alias(alias, factor)?,
            }
        }
        match factor {
            TableFactor::NestedJoin { table_with_joins, .. } => self.joins(std::slice::from_ref(table_with_joins)),
            TableFactor::Table { name, args: Some(_), .. } | TableFactor::Function { name, .. } => {
                let named = |name: &str| !self.personal.named(name).is_empty();
                let gives = FUNCTION_COLUMNS.into_iter().any(named) || !self.is_free(name);
                if gives { self.fault(factor) } else { ControlFlow::Continue(()) }
            }
            _ => ControlFlow::Continue(()), // gives names that are looked at by themselves
        }
    }
}

impl Walk<'_> {
    fn fault<S: Spanned>(&mut self, part: &S) -> ControlFlow<()> {
        self.at = self.personal.lines.bytes(part);
        ControlFlow::Break(())
    }

    /// A name that is given, and is no personal column's.
    fn free(&mut self, ident: &Ident) -> ControlFlow<()> {
        if self.personal.named(&fold(ident)).is_empty() {
            return ControlFlow::Continue(());
        }
        self.at = Some(self.personal.lines.bytes_of(ident.span));
        ControlFlow::Break(())
    }

    /// A name that is no personal column's.
    fn is_free(&self, name: &ObjectName) -> bool {
        bare_name(name).is_some_and(|name| self.personal.named(&name).is_empty())
    }

    fn alias<V: Visit>(&mut self, alias: &TableAlias, behind: &V) -> ControlFlow<()> {
        self.free(&alias.name)?;
        if self.personal.invents && !self.personal.is_tainted(behind) {
            return ControlFlow::Continue(());
        }
        alias.columns.iter().try_for_each(|column| self.free(&column.name))?;
        if alias.columns.is_empty() || !self.personal.is_tainted(behind) {
            return ControlFlow::Continue(());
        }
        self.at = Some(self.personal.lines.bytes_of(alias.name.span));
        ControlFlow::Break(())
    }

    fn body(&mut self, body: &SetExpr, role: Role, joined: bool) -> ControlFlow<()> {
        match body {
            SetExpr::Select(select) => {
                self.joins(&select.from)?;
                select.projection.iter().try_for_each(|item| self.item(item, select, role, joined))
            }
            SetExpr::Query(query) => {
                let place = identity(query.as_ref());
                match role {
                    Role::Exists if !joined => self.exists.extend([place]),
                    Role::Source => self.sources.extend([place]),
                    Role::Named => self.rows.extend([place]),
                    Role::Value | Role::Exists => {}
                }
                ControlFlow::Continue(())
            }
            SetExpr::SetOperation { op, set_quantifier, left, right } => {
                // Rows that are held against each other.
                let gathers = matches!((op, set_quantifier), (SetOperator::Union, SetQuantifier::All));
                if !gathers && self.shows(body) {
                    return self.fault(body);
                }
                self.body(left, role, true)?;
                self.body(right, role, true)
            }
            _ => ControlFlow::Continue(()), // names no column
        }
    }

    /// Whether personal columns come out of a query, by name or by a star.
    fn shows(&self, body: &SetExpr) -> bool {
        match body {
            SetExpr::Select(select) => select.projection.iter().any(|item| match item {
                SelectItem::UnnamedExpr(expr) | SelectItem::ExprWithAlias { expr, .. } => {
                    !self.personal.classes(expr).is_empty()
                }
                _ => self.personal.is_tainted(&select.from),
            }),
            SetExpr::Query(query) => self.shows(&query.body),
            SetExpr::SetOperation { left, right, .. } => self.shows(left) || self.shows(right),
            _ => self.personal.is_tainted(body), // lists, and what a change hands back
        }
    }

    fn item(&mut self, item: &SelectItem, select: &Select, role: Role, joined: bool) -> ControlFlow<()> {
        let unseen = role == Role::Exists && !joined;
        let honest = match item {
            SelectItem::Wildcard(_) => {
                unseen
                    || role == Role::Source
                    || role != Role::Value && !joined && is_single(&select.from) && !is_sorted(select)
                    || !self.personal.is_tainted(&select.from)
            }
            SelectItem::QualifiedWildcard(..) => unseen,
            // PostgreSQL names a column after what computes it. A value that is carried may be compared in place, and has a name nowhere.
            SelectItem::UnnamedExpr(expr) => {
                matches!(role, Role::Exists | Role::Source)
                    || self.personal.carried(expr).is_some()
                    || matches!(strip(expr), Expr::Function(function) if self.is_free(&function.name))
                    || column_of(expr).is_some()
                    || self.personal.classes(expr).is_empty()
            }
            SelectItem::ExprWithAlias { expr, alias } => {
                let (own, name) = (column_of(expr), fold(alias));
                let carried = self.personal.carried(expr).map(|(class, _)| class);
                let classes = self.personal.named(&name);
                if self.personal.invents && self.personal.classes(expr).is_empty() {
                    true
                } else if classes.is_empty() {
                    carried.is_none()
                } else if role == Role::Source {
                    carried.is_some_and(|class| classes.contains(&class)) || !self.personal.is_tainted(&select.from)
                } else {
                    own == Some(name)
                }
            }
            SelectItem::ExprWithAliases { .. } => false,
        };
        if honest { ControlFlow::Continue(()) } else { self.fault(item) }
    }

    /// Joins by columns of one name: which these are has to be said, and the name has to be of one class.
    fn joins(&mut self, from: &[TableWithJoins]) -> ControlFlow<()> {
        let one = |name: &ObjectName| {
            name.0.iter().filter_map(|part| part.as_ident()).all(|ident| self.personal.named(&fold(ident)).len() <= 1)
        };
        let named = |on: &JoinConstraint| match on {
            JoinConstraint::On(_) | JoinConstraint::None => true,
            JoinConstraint::Using(names) => names.iter().all(one),
            JoinConstraint::UsingAlias(..) | JoinConstraint::Natural => false,
        };
        let honest = |operator: &JoinOperator| match operator {
            JoinOperator::CrossJoin(on) => named(on),
            other => constraint(other).is_some_and(named),
        };
        for from in from {
            if !from.joins.iter().all(|join| honest(&join.join_operator)) && self.personal.is_tainted(from) {
                return self.fault(from);
            }
        }
        ControlFlow::Continue(())
    }
}

/// One relation or subquery: a star of it hands its names on as they are.
fn is_single(from: &[TableWithJoins]) -> bool {
    match from {
        [TableWithJoins { relation, joins }] if joins.is_empty() => {
            matches!(relation, TableFactor::Table { args: None, .. } | TableFactor::Derived { .. })
        }
        _ => false, // none, or several
    }
}

fn alias_of(factor: &TableFactor) -> Option<&TableAlias> {
    match factor {
        TableFactor::Table { alias, .. }
        | TableFactor::Derived { alias, .. }
        | TableFactor::TableFunction { alias, .. }
        | TableFactor::Function { alias, .. }
        | TableFactor::UNNEST { alias, .. }
        | TableFactor::NestedJoin { alias, .. } => alias.as_ref(),
        _ => None, // refused by the first reading
    }
}
