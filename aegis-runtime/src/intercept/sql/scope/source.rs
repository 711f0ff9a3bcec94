//! Rows of other sources, and whether they leave out some of the target's.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "the enums of the parser are foreign and grow; every wildcard here says that nothing is known, and that is no scope"
)]

use super::{Known, Target, column_of, conjuncts, factors, range, strip};
use crate::intercept::sql::Catalogue;
use crate::intercept::sql::reading_a::bare_name;
use crate::spec::TableSpec;
use sqlparser::ast::{
    BinaryOperator, Expr, GroupByExpr, LimitClause, Query, Select, SelectItem, SetExpr, Statement, TableFactor,
    TableWithJoins, Visit, Visitor,
};
use std::collections::BTreeSet;
use std::ops::ControlFlow;

/// Most rows that a LIMIT counts as a scope with.
const FEW: f64 = 20.0;

/// The names of every WITH whose rows a predicate, a group or a list of values narrows.
pub(in crate::intercept::sql) fn narrow(statement: &Statement, catalogue: &Catalogue) -> BTreeSet<String> {
    let mut names = Narrow { catalogue, names: BTreeSet::new(), given: BTreeSet::new() };
    let _ignored = statement.visit(&mut names);
    names.names
}

struct Narrow<'sql> {
    catalogue: &'sql Catalogue,
    names: BTreeSet<String>,
    given: BTreeSet<String>,
}

impl Visitor for Narrow<'_> {
    type Break = ();

    fn pre_visit_query(&mut self, query: &Query) -> ControlFlow<()> {
        for cte in query.with.iter().flat_map(|with| &with.cte_tables) {
            let name = cte.alias.name.value.to_ascii_lowercase();
            let known = Known { narrow: &self.names, catalogue: self.catalogue };
            let narrow = (Target { name: "", alias: None, known }).filters(&cte.query);
            // A name that is given twice, or that a relation has too, could be the other one where it is read.
            let once = self.given.insert(name.clone()) && self.catalogue.table(&name).is_none();
            if narrow && once {
                self.names.insert(name);
            } else {
                self.names.remove(&name);
            }
        }
        ControlFlow::Continue(())
    }
}

/// Whether a query of declared relations leaves some of their rows out.
pub(in crate::intercept::sql) fn leaves_out(query: &Query, known: Known<'_>) -> bool {
    let SetExpr::Select(select) = query.body.as_ref() else { return false };
    let declared = |factor: &TableFactor| match factor {
        TableFactor::Table { name, args: None, .. } => {
            bare_name(name).is_some_and(|name| known.catalogue.table(&name).is_some() || known.narrow.contains(&name))
        }
        _ => false, // its rows may be any number
    };
    factors(&select.from).all(declared) && (Target { name: "", alias: None, known }).filters(query)
}

/// Whether a query of one declared relation takes its rows by the key.
pub(in crate::intercept::sql) fn takes_by_key(query: &Query, known: Known<'_>) -> bool {
    let SetExpr::Select(select) = query.body.as_ref() else { return false };
    let [TableWithJoins { relation: TableFactor::Table { name, alias, args: None, .. }, joins }] =
        select.from.as_slice()
    else {
        return false;
    };
    let name = bare_name(name).unwrap_or_default();
    let alias = alias.as_ref().map(|alias| alias.name.value.to_ascii_lowercase());
    let source = Target { name: &name, alias: alias.as_deref(), known };
    let by_key = |part: &&Expr| match strip(part) {
        Expr::BinaryOp { left, op: BinaryOperator::Eq, right } => source.is_key(left) || source.is_key(right),
        Expr::In { expr, negated: false, .. } | Expr::Between { expr, negated: false, .. } => source.is_key(expr),
        _ => false, // by something else
    };
    let parts = select.selection.as_ref().map(conjuncts).unwrap_or_default();
    joins.is_empty()
        && known.catalogue.table(&name).is_some()
        && parts.iter().filter(|part| by_key(part)).any(|part| source.is_narrow(part))
}

impl Target<'_> {
    /// A column of the target equals one of another source, and that source leaves rows out: it lists its rows, filters them, or
    /// another conjunct narrows it.
    pub(super) fn joined_to_some(&self, selection: &Expr, from: &[TableWithJoins]) -> bool {
        let parts = conjuncts(selection);
        factors(from).any(|factor| {
            let (name, alias, listed) = match factor {
                TableFactor::Table { name, alias, args: None, .. } => {
                    let bare = bare_name(name).unwrap_or_default();
                    let listed = self.known.narrow.contains(&bare);
                    (bare, alias.as_ref().map(|alias| alias.name.value.to_ascii_lowercase()), listed)
                }
                TableFactor::Derived { subquery, alias: Some(alias), .. } => {
                    (alias.name.value.to_ascii_lowercase(), None, self.filters(subquery))
                }
                _ => return false, // rows that nothing is known of
            };
            let source = Target { name: &name, alias: alias.as_deref(), known: self.known };
            let joins = |part: &&Expr| {
                let Some((own, other)) = self.joins(part, &source) else { return false };
                let twice = source.name == self.name && !self.is_key(own) && self.is_ordered(&parts);
                listed
                    || twice
                    || parts.iter().any(|part| source.is_narrow(part))
                    || self.is_copy(source.name, own, other)
            };
            parts.iter().any(joins)
        })
    }

    /// The target's column and the source's, where a conjunct sets them equal.
    pub(super) fn joins<'part>(&self, part: &'part Expr, source: &Target<'_>) -> Option<(&'part Expr, &'part Expr)> {
        let Expr::BinaryOp { left, op: BinaryOperator::Eq, right } = strip(part) else { return None };
        let sides = [(left, right), (right, left)];
        let found = sides.into_iter().find(|(own, other)| {
            self.qualified(own) == Some(true)
                && source.qualified(other) == Some(true)
                && self.qualified(other) == Some(false)
        });
        found.map(|(own, other)| (own.as_ref(), other.as_ref()))
    }

    /// Keys of a relation of the same columns: its rows are copies of some of the target's.
    fn is_copy(&self, source: &str, own: &Expr, other: &Expr) -> bool {
        let (Some(target), Some(copy)) = (self.known.catalogue.table(self.name), self.known.catalogue.table(source))
        else {
            return false;
        };
        let names = |table: &TableSpec| table.columns.iter().map(|column| column.name).collect::<BTreeSet<_>>();
        target.name != copy.name && names(target) == names(copy) && has_key(target, own) && has_key(copy, other)
    }

    /// A subquery that leaves rows out: by a predicate of its own, by groups that a HAVING counts, by a LIMIT, or by an aggregate.
    pub(super) fn filters(&self, query: &Query) -> bool {
        let mut body = query.body.as_ref();
        // Every arm leaves rows out. A long chain is deep on its left.
        while let SetExpr::SetOperation { left, right, .. } = body {
            if !self.arm_filters(right, query) {
                return false;
            }
            body = left;
        }
        self.arm_filters(body, query)
    }

    fn arm_filters(&self, body: &SetExpr, query: &Query) -> bool {
        match body {
            SetExpr::Select(select) => {
                if select.from.is_empty() {
                    return self.lists(&select.projection);
                }
                let filtered =
                    select.selection.as_ref().is_some_and(|expr| self.anyone().narrowed_by(&unqualified(expr)));
                let narrow = select.from.iter().any(|from| match &from.relation {
                    TableFactor::Table { name, .. } => {
                        bare_name(name).is_some_and(|name| self.known.narrow.contains(&name))
                    }
                    TableFactor::Derived { subquery, .. } => from.joins.is_empty() && self.filters(subquery),
                    _ => false, // nothing is known of it
                });
                let counted = select.having.as_ref().is_some_and(counts);
                let met = self.meets(select);
                (counted || filtered || narrow || met || is_one(select) || is_few(query)) && !self.hands_back(select)
                    || self.is_list(select)
            }
            SetExpr::Values(values) => values.rows.iter().flat_map(|row| row.iter()).all(|value| self.is_given(value)),
            SetExpr::Query(query) => self.filters(query),
            _ => false, // nothing is known of it
        }
    }

    /// Inside of a subquery any column may narrow.
    fn anyone(&self) -> Target<'_> {
        Target { name: "", alias: None, known: self.known }
    }

    /// Whether every item is a value.
    fn lists(&self, items: &[SelectItem]) -> bool {
        items.iter().all(|item| match item {
            SelectItem::UnnamedExpr(expr) | SelectItem::ExprWithAlias { expr, .. } => {
                self.is_given(expr) || self.is_unnested(expr)
            }
            SelectItem::Wildcard(_) | SelectItem::QualifiedWildcard(..) | SelectItem::ExprWithAliases { .. } => false,
        })
    }

    /// Whether a subquery selects what the changed row itself gives: a column that is the target's and of none of its own relations.
    fn hands_back(&self, select: &Select) -> bool {
        let sources: Vec<Option<String>> = factors(&select.from)
            .map(|factor| match factor {
                TableFactor::Table { name, args: None, .. } => bare_name(name),
                _ => None, // its columns are not known here
            })
            .collect();
        let has = |relation: &str, column: &str| {
            (self.known.catalogue.table(relation))
                .is_some_and(|table| table.columns.iter().any(|known| known.name == column))
        };
        select.projection.iter().any(|item| match item {
            SelectItem::UnnamedExpr(expr) | SelectItem::ExprWithAlias { expr, .. } => match strip(expr) {
                Expr::CompoundIdentifier(parts) => {
                    self.owns(parts) && !sources.iter().flatten().any(|source| source == self.name)
                }
                Expr::Identifier(ident) => {
                    let column = ident.value.to_ascii_lowercase();
                    let known = sources.iter().all(|source| {
                        source.as_deref().is_some_and(|source| self.known.catalogue.table(source).is_some())
                    });
                    known && has(self.name, &column) && !sources.iter().flatten().any(|source| has(source, &column))
                }
                _ => false, // computed
            },
            SelectItem::Wildcard(_) | SelectItem::QualifiedWildcard(..) | SelectItem::ExprWithAliases { .. } => false,
        })
    }

    /// `IN (SELECT key FROM copy)`: staged rows that have landed, say.
    pub(super) fn is_copied(&self, expr: &Expr, query: &Query) -> bool {
        whole(query).is_some_and(|(source, column)| self.is_copy(&source, expr, column))
    }

    /// NOT IN the keys of another relation, or in the one of each group that stays.
    pub(super) fn is_without(&self, expr: &Expr, query: &Query) -> bool {
        if let SetExpr::Select(select) = query.body.as_ref()
            && is_grouped(select)
            && select.selection.is_none()
            && select.having.is_none()
            && let [
                SelectItem::UnnamedExpr(Expr::Function(function))
                | SelectItem::ExprWithAlias { expr: Expr::Function(function), .. },
            ] = select.projection.as_slice()
        {
            let chosen = matches!(function.name.to_string().to_ascii_lowercase().as_str(), "min" | "max");
            let of = range::arguments(&function.args);
            return chosen
                && self.is_key(expr)
                && of.len() == 1
                && of.first().is_some_and(|of| column_of(of) == column_of(expr));
        }
        whole(query).is_some_and(|(source, column)| {
            source != self.name && self.tells(expr) && self.is_keyed(&source, expr, column)
        })
    }

    /// One side of a comparison is a key.
    fn is_keyed(&self, source: &str, own: &Expr, other: &Expr) -> bool {
        let catalogue = self.known.catalogue;
        catalogue.table(source).is_some_and(|table| has_key(table, other))
            || catalogue.table(self.name).is_some_and(|table| has_key(table, own))
    }

    /// NOT EXISTS of rows that only a key joins.
    pub(super) fn is_orphan(&self, query: &Query) -> bool {
        let SetExpr::Select(select) = query.body.as_ref() else { return false };
        let [TableWithJoins { relation: TableFactor::Table { name, alias, args: None, .. }, joins }] =
            select.from.as_slice()
        else {
            return false;
        };
        let (name, alias) = (bare_name(name).unwrap_or_default(), alias.as_ref());
        let alias = alias.map(|alias| alias.name.value.to_ascii_lowercase());
        let source = Target { name: &name, alias: alias.as_deref(), known: self.known };
        let keyed = select.selection.as_ref().and_then(|part| self.joins(part, &source));
        joins.is_empty() && name != self.name && keyed.is_some_and(|(own, other)| self.is_keyed(&name, own, other))
    }

    /// Some conjunct puts rows of the target and of another source in order.
    fn is_ordered(&self, parts: &[&Expr]) -> bool {
        parts.iter().any(|part| match strip(part) {
            Expr::BinaryOp { left, op: BinaryOperator::Lt | BinaryOperator::Gt, right } => {
                let (left, right) = (self.qualified(left), self.qualified(right));
                left != right && left.is_some() && right.is_some()
            }
            _ => false, // no order
        })
    }

    /// EXISTS of rows that equal this one in a column, and that are narrowed beside. Rows of the target itself must also be told
    /// apart by order, since each matches itself; of another relation, a column that is no key leaves rows out as well.
    pub(super) fn is_matched(&self, query: &Query) -> bool {
        let SetExpr::Select(select) = query.body.as_ref() else { return false };
        let Some(selection) = select.selection.as_ref() else { return false };
        let parts = conjuncts(selection);
        factors(&select.from).any(|factor| {
            let TableFactor::Table { name, alias, args: None, .. } = factor else { return false };
            let (name, alias) = (bare_name(name).unwrap_or_default(), alias.as_ref());
            let alias = alias.map(|alias| alias.name.value.to_ascii_lowercase());
            let source = Target { name: &name, alias: alias.as_deref(), known: self.known };
            let Some((own, other)) = parts.iter().find_map(|part| self.joins(part, &source)) else { return false };
            let itself = name == self.name;
            let free = self.known.catalogue.table(&name).is_some_and(|table| !has_key(table, other));
            if itself {
                return self.is_ordered(&parts);
            }
            self.known.narrow.contains(&name)
                || parts.iter().any(|part| source.is_narrow(part))
                || free
                || self.is_copy(&name, own, other)
        })
    }
}

/// The relation and the column of a query that leaves nothing out but NULL.
fn whole(query: &Query) -> Option<(String, &Expr)> {
    let SetExpr::Select(select) = query.body.as_ref() else { return None };
    let [TableWithJoins { relation: TableFactor::Table { name, args: None, .. }, joins }] = select.from.as_slice()
    else {
        return None;
    };
    let [SelectItem::UnnamedExpr(column)] = select.projection.as_slice() else { return None };
    let nothing = select.selection.as_ref().is_none_or(|selection| match strip(selection) {
        Expr::IsNotNull(inner) => column_of(inner) == column_of(column),
        _ => false, // a filter
    });
    let plain = joins.is_empty() && nothing && !is_grouped(select) && select.having.is_none();
    (plain && query.limit_clause.is_none() && column_of(column).is_some()).then_some((bare_name(name)?, column))
}

fn has_key(table: &TableSpec, column: &Expr) -> bool {
    column_of(column).is_some_and(|name| table.columns.iter().any(|column| column.key && column.name == name))
}

fn is_grouped(select: &Select) -> bool {
    match &select.group_by {
        GroupByExpr::Expressions(groups, _) => !groups.is_empty(),
        GroupByExpr::All(_) => true,
    }
}

/// One row, that an aggregate gives.
fn is_one(select: &Select) -> bool {
    let [SelectItem::UnnamedExpr(Expr::Function(function))] = select.projection.as_slice() else { return false };
    let name = function.name.to_string().to_ascii_lowercase();
    let of = range::arguments(&function.args);
    matches!(name.as_str(), "min" | "max" | "avg" | "sum")
        && function.over.is_none()
        && of.iter().all(|of| matches!(strip(of), Expr::Identifier(_)))
        && !is_grouped(select)
        && select.selection.is_none()
        && factors(&select.from).count() == 1
}

/// A few rows, that a LIMIT leaves.
fn is_few(query: &Query) -> bool {
    match &query.limit_clause {
        Some(LimitClause::LimitOffset { limit: Some(limit), .. } | LimitClause::OffsetCommaLimit { limit, .. }) => {
            range::number(limit).is_some_and(|limit| (0.0..=FEW).contains(&limit))
        }
        Some(LimitClause::LimitOffset { limit: None, .. }) | None => false,
    }
}

/// A HAVING that some group fails: more than one row of it, say.
fn counts(having: &Expr) -> bool {
    conjuncts(having).iter().any(|part| match strip(part) {
        Expr::BinaryOp { left, op, right } if matches!(strip(left), Expr::Function(_)) => {
            let Some(number) = range::number(right) else { return false };
            match op {
                BinaryOperator::Gt => number >= 1.0,
                BinaryOperator::GtEq => number >= 2.0,
                BinaryOperator::Eq => true,
                _ => false, // too little is known
            }
        }
        _ => false, // no comparison of a group with a number
    })
}

/// The same predicate with qualifiers left out, for a subquery whose relations are not looked at here. Both sides of a join then
/// read as columns, and a column compared with a column narrows nothing.
fn unqualified(expr: &Expr) -> Expr {
    let mut expr = expr.clone();
    let _ignored = sqlparser::ast::visit_expressions_mut(&mut expr, |part: &mut Expr| {
        if let Expr::CompoundIdentifier(parts) = part
            && let Some(last) = parts.last().cloned()
        {
            *part = Expr::Identifier(last);
        }
        std::ops::ControlFlow::<()>::Continue(())
    });
    expr
}
