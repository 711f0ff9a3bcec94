//! The sources of a query: what each is called, which column a name means, and which sources meet.
//!
//! A predicate narrows rows only by what the rows hold, so a column is followed to the relation that declares it; one that a query makes
//! up (`1 AS k`, a count over everything) is none to narrow by.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "the enums of the parser are foreign and grow; every wildcard here says that nothing is known, and that is no scope"
)]

use super::super::walk::expressions;
use super::columns::{Origin, Rows, Source, declares};
use super::subquery::is_above_first;
use super::{Known, Target, column_of, conjuncts, constraint, holds, is_query, strip};
use crate::intercept::sql::class_of;
use crate::intercept::sql::parts;
use crate::intercept::sql::reading_a::{bare_name, fold};
use crate::spec::TableSpec;
use sqlparser::ast::{
    BinaryOperator, Expr, FunctionArg, JoinConstraint, JoinOperator, Query, Select, SetExpr, TableAlias, TableFactor,
    TableWithJoins,
};
use std::collections::BTreeSet;
use std::ops::ControlFlow;

/// Deepest chain of queries that a column is followed through.
const DEEP: u8 = 8;

/// Sources in the order in which they are written.
pub(super) struct FromClause<'sql> {
    pub(super) sources: Vec<Source<'sql>>,
    /// The place of the first source of each part between commas.
    trees: Vec<usize>,
    /// Places of two sources that a condition sets equal.
    met: Vec<(usize, usize)>,
    /// The columns of those that are the whole condition of a join.
    equal: Vec<(&'sql Expr, &'sql Expr)>,
    pub(super) known: Known<'sql>,
}

/// What a name stands for in a query.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Source(usize),
    /// The query around it, as far as this one can tell.
    Outer,
    Unknown,
}

impl<'sql> FromClause<'sql> {
    pub(super) fn of(select: &'sql Select, known: Known<'sql>) -> Self {
        let mut from = Self::empty(known);
        let mut on = Vec::new();
        for tree in &select.from {
            from.trees.push(from.sources.len());
            from.tree(tree, &mut on);
        }
        on.extend(select.selection.iter().map(conjuncts));
        for parts in on {
            for part in &parts {
                let Expr::BinaryOp { left, op: BinaryOperator::Eq, right } = strip(part) else { continue };
                let (Place::Source(one), Place::Source(other)) = (from.place(left), from.place(right)) else {
                    continue;
                };
                if from.is_of_rows(left) && from.is_of_rows(right) {
                    from.met.push((one, other));
                    from.equal.extend((parts.len() == 1).then_some((left.as_ref(), right.as_ref())));
                }
            }
        }
        from
    }

    /// Whether a column is one of a relation: what a query makes up is the same in every row.
    pub(super) fn is_of_rows(&self, column: &Expr) -> bool {
        self.origin(column).is_some_and(Origin::is_of_rows)
    }

    /// One source alone.
    pub(super) fn one(factor: &'sql TableFactor, known: Known<'sql>) -> Self {
        let mut from = Self::empty(known);
        from.factor(factor, &mut Vec::new());
        from
    }

    const fn empty(known: Known<'sql>) -> Self {
        Self { sources: Vec::new(), trees: Vec::new(), met: Vec::new(), equal: Vec::new(), known }
    }

    /// Whether a comparison tells rows apart by a column: one of a relation, a rank above the first, a count of a group.
    pub(super) fn is_told(&self, column: &Expr, comparison: &Expr) -> bool {
        match self.origin(column) {
            Some(Origin::Column | Origin::Key | Origin::Count) => true,
            Some(Origin::Rank) => is_above_first(comparison),
            None => false,
        }
    }

    fn tree(&mut self, tree: &'sql TableWithJoins, on: &mut Vec<Vec<&'sql Expr>>) {
        let first = self.sources.len();
        self.factor(&tree.relation, on);
        for join in &tree.joins {
            let at = self.sources.len();
            self.factor(&join.relation, on);
            let (left, right) = filled_by(&join.join_operator);
            for (place, source) in self.sources.iter_mut().enumerate().skip(first) {
                source.filled |= if place < at { left } else { right };
            }
            match constraint(&join.join_operator) {
                Some(JoinConstraint::On(condition)) => on.push(conjuncts(condition)),
                Some(JoinConstraint::Using(columns) | JoinConstraint::UsingAlias(columns, _)) => {
                    columns.iter().filter_map(bare_name).for_each(|column| self.shares(first, at, &column));
                }
                Some(JoinConstraint::Natural) => {
                    let columns = self.sources.get(at).map(Source::declared).unwrap_or_default();
                    columns.into_iter().for_each(|column| self.shares(first, at, column));
                }
                Some(JoinConstraint::None) | None => {}
            }
        }
    }

    /// A source meets those before it that have the column as well.
    fn shares(&mut self, first: usize, at: usize, column: &str) {
        let of_rows = |source: &Source<'_>| source.origin(column, self.known, DEEP).is_some_and(Origin::is_of_rows);
        if self.sources.get(at).is_some_and(of_rows) {
            let before = self.sources.iter().enumerate().take(at).skip(first);
            self.met.extend(before.filter(|(_, source)| of_rows(source)).map(|(before, _)| (before, at)));
        }
    }

    fn factor(&mut self, factor: &'sql TableFactor, on: &mut Vec<Vec<&'sql Expr>>) {
        let at = self.sources.len();
        let mut columns = &[][..];
        let (rows, called, alias) = match factor {
            TableFactor::Table { name, alias, args: None, sample: None, .. } => {
                let bare = bare_name(name).unwrap_or_default();
                let rows = match (self.known.given.get(&bare), self.known.catalogue.table(&bare)) {
                    (Some(given), _) => {
                        columns = given.columns.as_slice();
                        Rows::Query(&given.query)
                    }
                    (None, Some(table)) => Rows::Declared(table),
                    (None, None) => Rows::Unknown,
                };
                (rows, Some(bare), alias)
            }
            TableFactor::Derived { lateral, subquery, alias, .. } => {
                if *lateral {
                    self.takes_rows(at, subquery);
                }
                (Rows::Query(subquery), None, alias)
            }
            TableFactor::NestedJoin { table_with_joins, alias: None } => return self.tree(table_with_joins, on),
            TableFactor::Table { name, alias, args: Some(args), .. } => {
                self.takes(at, &args.args);
                (Rows::Unknown, bare_name(name), alias)
            }
            TableFactor::Function { name, args, alias, .. } => {
                self.takes(at, args);
                (Rows::Unknown, bare_name(name), alias)
            }
            TableFactor::UNNEST { array_exprs, alias, .. } => {
                self.names(at, &array_exprs.iter().collect::<Vec<_>>());
                (Rows::Unknown, None, alias)
            }
            _ => (Rows::Unknown, None, &None), // nothing is known of it
        };
        let called = alias.as_ref().map(|alias: &TableAlias| fold(&alias.name)).or(called);
        let renamed = match alias {
            Some(alias) if !alias.columns.is_empty() => alias.columns.iter().map(|column| fold(&column.name)).collect(),
            _ => columns.to_vec(), // as the WITH calls them
        };
        let _spent = self.known.spend(1);
        let filled = matches!(rows, Rows::Query(query) if fills(&query.body));
        self.sources.push(Source { called, renamed, rows, filled });
    }

    /// A LATERAL query meets those before it by what it sets equal to its own rows.
    fn takes_rows(&mut self, at: usize, query: &'sql Query) {
        let SetExpr::Select(select) = query.body.as_ref() else { return };
        let inner = Self::of(select, self.known);
        for part in select.selection.iter().flat_map(conjuncts) {
            let Expr::BinaryOp { left, op: BinaryOperator::Eq, right } = strip(part) else { continue };
            for (own, other) in [(left, right), (right, left)] {
                if inner.is_of_rows(own)
                    && inner.place(other) == Place::Outer
                    && let Place::Source(before) = self.place(other)
                    && self.is_of_rows(other)
                {
                    self.met.push((before, at));
                }
            }
        }
    }

    /// What a function gives of a row comes with the row.
    fn takes(&mut self, at: usize, arguments: &'sql [FunctionArg]) {
        let plain: Vec<&Expr> = arguments.iter().filter_map(parts::plain).collect();
        self.names(at, &plain);
    }

    /// Of two rows, what a function gives says nothing of either.
    fn names(&mut self, at: usize, parts: &[&Expr]) {
        if parts.iter().any(|expr| holds(*expr, is_query)) {
            return; // names of its own
        }
        let mut met = BTreeSet::new();
        for expr in parts {
            let _all = expressions(*expr, &mut |part: &Expr| {
                if let (Some(_), Place::Source(place)) = (column_of(part), self.place(part)) {
                    met.insert(place);
                }
                ControlFlow::Continue(())
            });
        }
        self.met.extend(met.first().filter(|_| met.len() == 1).map(|place| (*place, at)));
    }

    /// Whether there is one source: a join makes several rows of one.
    pub(super) const fn is_one(&self) -> bool {
        self.sources.len() == 1
    }

    /// Whether every source meets the others, so that what narrows one narrows all.
    pub(super) fn is_connected(&self) -> bool {
        let mut group: Vec<usize> = (0..self.sources.len()).collect();
        for (one, other) in &self.met {
            let (Some(kept), Some(lost)) = (group.get(*one).copied(), group.get(*other).copied()) else { continue };
            group.iter_mut().filter(|of| **of == lost).for_each(|of| *of = kept);
        }
        group.iter().all(|of| Some(of) == group.first())
    }

    fn place(&self, column: &Expr) -> Place {
        if !self.known.spend(self.sources.len()) {
            return Place::Unknown;
        }
        let (qualifier, name) = match strip(column) {
            Expr::Identifier(ident) => (None, fold(ident)),
            Expr::CompoundIdentifier(parts) => match parts.as_slice() {
                [.., qualifier, name] => (Some(fold(qualifier)), fold(name)),
                _ => return Place::Unknown, // no name
            },
            _ => return Place::Unknown, // computed
        };
        let mut found = self.sources.iter().enumerate().filter(|(_, source)| match &qualifier {
            Some(qualifier) => source.called.as_ref() == Some(qualifier),
            None => source.has(&name, self.known, DEEP) == Some(true),
        });
        match (found.next(), found.next()) {
            (Some((place, _)), None) => Place::Source(place),
            (Some(_), Some(_)) => Place::Unknown,
            (None, _) => Place::Outer,
        }
    }

    /// Where a column of one of the sources comes from; `None` where it is made up, or nothing is known of it.
    pub(super) fn origin(&self, column: &Expr) -> Option<Origin> {
        self.origin_within(column, DEEP)
    }

    pub(super) fn origin_within(&self, column: &Expr, deep: u8) -> Option<Origin> {
        let Place::Source(place) = self.place(column) else { return None };
        let (source, name) = (self.sources.get(place)?, column_of(column)?);
        source.origin(&name, self.known, deep.checked_sub(1)?)
    }

    /// The relation that declares a column, and the column.
    pub(super) fn declared(&self, column: &Expr) -> Option<(&'static TableSpec, String)> {
        let Place::Source(place) = self.place(column) else { return None };
        let source = self.sources.get(place).filter(|source| source.renamed.is_empty())?;
        match source.rows {
            Rows::Declared(table) => Some((table, column_of(column)?)),
            Rows::Query(_) | Rows::Unknown => None,
        }
    }

    /// Whether NULL in a column can be that of an outer join.
    pub(super) fn is_filled(&self, column: &Expr) -> bool {
        match self.place(column) {
            Place::Source(place) => self.sources.get(place).is_none_or(|source| source.filled),
            Place::Outer | Place::Unknown => true,
        }
    }

    /// Whether a column is of none of the sources, but of the row that is changed.
    pub(super) fn is_outer(&self, column: &Expr, target: &Target<'_>) -> bool {
        self.place(column) == Place::Outer
            && match strip(column) {
                Expr::CompoundIdentifier(parts) => target.owns(parts),
                // Bare: a column, or the row itself.
                _ => column_of(column).is_some_and(|name| {
                    target.table().is_some_and(|table| declares(table, &name)) || target.is_called(&name)
                }),
            }
    }

    /// Whether what an outer join fills in says that a row refers to nothing, or that nothing refers to it. Any further condition
    /// of the join could fail for every row.
    pub(super) fn is_orphaned(&self, absent: &Expr) -> bool {
        let Expr::IsNull(column) = strip(absent) else { return false };
        let Place::Source(place) = self.place(column) else { return false };
        self.equal.iter().any(|(left, right)| {
            let of = |side: &Expr| self.place(side) == Place::Source(place);
            let joined = if of(left) { left } else { right };
            of(left) != of(right)
                && (column_of(joined) == column_of(column) || self.origin(column) == Some(Origin::Key))
                && match (self.declared(left), self.declared(right)) {
                    (Some((one, left)), Some((other, right))) => are_related((one, &left), (other, &right)),
                    _ => false, // made up
                }
        })
    }

    /// Whether no outer join gives back what the first source of a part between commas leaves out.
    pub(super) fn is_kept(&self, tree: usize) -> bool {
        self.trees.get(tree).and_then(|place| self.sources.get(*place)).is_some_and(|source| !source.filled)
    }
}

/// Whether two columns mean the same: keys of relations that are copies of each other, a key and what is named after its relation, or
/// personal columns of one class.
pub(super) fn are_related(one: (&TableSpec, &str), other: (&TableSpec, &str)) -> bool {
    let is_key =
        |(table, name): (&TableSpec, &str)| table.columns.iter().any(|column| column.key && column.name == name);
    let names = |table: &TableSpec| table.columns.iter().map(|column| column.name).collect::<BTreeSet<_>>();
    let copies = one.0.name != other.0.name && names(one.0) == names(other.0);
    let refers = |from: (&TableSpec, &str), to: (&TableSpec, &str)| {
        is_key(to)
            && from
                .1
                .strip_suffix("_id")
                .is_some_and(|stem| to.0.name.strip_prefix(stem).is_some_and(|rest| matches!(rest, "" | "s" | "es")))
    };
    let classes = (class_of(one.0, one.1), class_of(other.0, other.1));
    copies && is_key(one) && is_key(other)
        || refers(one, other)
        || refers(other, one)
        || matches!(classes, (Some(one), Some(other)) if one == other)
}

/// Whether a join fills in what is missing of what stands before it, and of what it joins.
const fn filled_by(join: &JoinOperator) -> (bool, bool) {
    match join {
        JoinOperator::Left(_) | JoinOperator::LeftOuter(_) => (false, true),
        JoinOperator::Right(_) | JoinOperator::RightOuter(_) => (true, false),
        JoinOperator::FullOuter(_) => (true, true),
        _ => (false, false), // nothing is filled
    }
}

/// Whether an outer join of a query's own fills columns in.
fn fills(body: &SetExpr) -> bool {
    match body {
        SetExpr::Select(select) => {
            let mut joins = select.from.iter().flat_map(|from| &from.joins);
            joins.any(|join| filled_by(&join.join_operator) != (false, false))
        }
        SetExpr::Query(query) => fills(&query.body),
        SetExpr::SetOperation { left, right, .. } => fills(left) || fills(right),
        _ => false, // joins nothing
    }
}
