//! Rows of another relation that a step follows until there are none: a walk along a graph, or a count up along its keys.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "the enums of the parser are foreign and grow; what is not named here is followed to no end"
)]

use super::motion::Motion;
use super::own::{Theirs, plain};
use super::reads;
use super::steps::{Compared, Step};
use crate::intercept::sql::parts::{folded, item};
use crate::intercept::sql::reading_a::bare_name;
use crate::intercept::sql::scope::{column_of, constraint, factors, holds, strip};
use sqlparser::ast::{
    BinaryOperator, Expr, Join, JoinConstraint, JoinOperator, Query, SelectItem, SelectItemQualifiedWildcardKind,
    SetExpr, TableFactor, WindowType,
};

/// The column that tells the rows of a relation apart.
const KEY: &str = "id";

impl Step<'_> {
    /// Whether an equality looks rows up that run out.
    pub(super) fn meets(&self, (left, op, right): &Compared<'_>) -> bool {
        *op == BinaryOperator::Eq && (self.follows(left, right) || self.follows(right, left))
    }

    /// Whether as many rows follow from each as share what an equality compares, and not one at most.
    pub(super) fn fans(&self) -> bool {
        let pair = |left: &Expr, right: &Expr| self.fans_out(left, right) || self.fans_out(right, left);
        let shares = |part: &Expr| match part {
            Expr::BinaryOp { left, op: BinaryOperator::Eq, right } | Expr::IsNotDistinctFrom(left, right) => {
                match (strip(left), strip(right)) {
                    (Expr::Tuple(lefts), Expr::Tuple(rights)) => {
                        lefts.iter().zip(rights).any(|(left, right)| pair(left, right))
                    }
                    (left, right) => pair(left, right),
                }
            }
            _ => false, // joins nothing
        };
        let joined = self.select.from.iter().flat_map(|from| &from.joins);
        let by_name = || self.own.others.iter().any(|(_, factor)| !self.marks.is_plain(factor));
        let mut constraints = joined.filter_map(|join| constraint(&join.join_operator));
        self.select.selection.iter().any(|condition| holds(condition, shares))
            || constraints.any(|constraint| match constraint {
                JoinConstraint::On(on) => holds(on, shares),
                JoinConstraint::Using(_) | JoinConstraint::UsingAlias(..) | JoinConstraint::Natural => by_name(),
                JoinConstraint::None => false,
            })
    }

    /// Whether a USING walks along the rows of a relation.
    pub(super) fn uses(&self, join: &Join) -> bool {
        let (JoinOperator::Join(JoinConstraint::Using(names)) | JoinOperator::Inner(JoinConstraint::Using(names))) =
            &join.join_operator
        else {
            return false;
        };
        let walks = |column: String| {
            let at = self.columns.iter().position(|own| *own == column);
            let next = at.and_then(|at| self.own.theirs(self.next(at)?));
            next.is_some_and(|next| next.column != column)
        };
        let alone = matches!(self.own.others.as_slice(), [(_, factor)] if self.marks.is_plain(factor));
        alone && names.iter().filter_map(bare_name).any(walks)
    }

    fn follows(&self, theirs: &Expr, ours: &Expr) -> bool {
        let Some(theirs) = self.own.theirs(theirs) else { return false };
        let Some((_, factor)) = self.own.others.get(theirs.source) else { return false };
        let walks =
            || self.becomes(ours).is_some_and(|next| next.source == theirs.source && next.column != theirs.column);
        self.marks.is_plain(factor) && (walks() || self.is_one(&theirs) && self.circles(ours))
            || self.is_fixed(factor) && self.counts_on(&theirs, ours)
    }

    /// The column of another source that a column of the row before becomes.
    fn becomes(&self, ours: &Expr) -> Option<Theirs> {
        match self.own.at(ours) {
            Some(at) => self.own.theirs(self.next(at)?),
            None => self.own.name(ours).and_then(|name| self.starred(name)),
        }
    }

    /// The same, where all columns of a relation become all columns of it: `SELECT n.*` at first, and `SELECT c.*` in the step.
    fn starred(&self, column: String) -> Option<Theirs> {
        let [SetExpr::Select(first)] = self.anchors else { return None };
        let [relation] = factors(&first.from).collect::<Vec<_>>().try_into().ok()?;
        let items = &self.select.projection;
        let at = items.iter().position(|item| self.star(item).is_some())?;
        let source = self.star(items.get(at)?)?;
        let (_, other) = self.own.others.get(source)?;
        let alone = |items: &[SelectItem]| items.iter().filter(|one| item(one).is_none()).count() == 1;
        let same = table(relation).is_some_and(|name| table(other) == Some(name)) && self.marks.is_plain(other);
        let aligned = first.projection.len() == items.len()
            && alone(&first.projection)
            && alone(items)
            && first.projection.get(at).is_some_and(|first| item(first).is_none())
            && self.columns.get(at).is_some_and(String::is_empty);
        (same && aligned && !self.columns.contains(&column)).then_some(Theirs { source, column })
    }

    /// The source whose columns an item is.
    fn star(&self, item: &SelectItem) -> Option<usize> {
        let SelectItem::QualifiedWildcard(SelectItemQualifiedWildcardKind::ObjectName(name), _) = item else {
            return None;
        };
        let [qualifier] = name.0.as_slice() else { return None };
        let qualifier = qualifier.as_ident().map(plain)?;
        self.own.others.iter().position(|(other, _)| *other == qualifier)
    }

    /// Whether a CYCLE keeps a walk from any row that it has been at: what it tells them by is read in relations.
    fn circles(&self, ours: &Expr) -> bool {
        let read = |column: &String| {
            let at = self.columns.iter().position(|own| own == column);
            let theirs = at.and_then(|at| self.own.theirs(self.next(at)?));
            theirs
                .and_then(|theirs| self.own.others.get(theirs.source))
                .is_some_and(|(_, factor)| self.marks.is_plain(factor))
        };
        self.own.at(ours).is_some() && !self.cycle.is_empty() && self.cycle.iter().all(read)
    }

    /// Rows that are the same for every row before.
    fn is_fixed(&self, factor: &TableFactor) -> bool {
        match factor {
            TableFactor::Table { args, .. } => args.is_none(),
            TableFactor::Derived { lateral, subquery, .. } => !lateral && !reads(subquery.as_ref(), self.name),
            _ => false, // what a function gives may be made of the row before
        }
    }

    /// Whether the next row is found by a value that moves on with each: there are only so many.
    fn counts_on(&self, theirs: &Theirs, ours: &Expr) -> bool {
        (0..self.columns.len()).any(|at| {
            let is = |expr: &Expr| self.own.at(expr) == Some(at);
            let Some((motion, next)) = Motion::of(ours, &is).zip(self.next(at)) else { return false };
            let same = self.own.theirs(next).is_some_and(|next| next == *theirs) && motion.by().is_some();
            same || Motion::of(next, &is).and_then(Motion::by).is_some()
        })
    }

    fn fans_out(&self, theirs: &Expr, ours: &Expr) -> bool {
        let Some(theirs) = self.own.theirs(theirs).filter(|theirs| !self.is_one(theirs)) else { return false };
        let Some(at) = self.own.at(ours) else {
            // The same column again, or something that is made of the row before.
            return self.becomes(ours).is_some_and(|next| next == theirs)
                || holds(ours, |part| self.own.at(part).is_some());
        };
        let is = |expr: &Expr| self.own.at(expr) == Some(at);
        self.next(at).is_some_and(|next| {
            self.own.theirs(next).is_some_and(|next| next == theirs) || Motion::of(next, &is).is_some()
        })
    }

    /// Whether no two rows of a source have the same value in a column: a key, or a number of rows.
    fn is_one(&self, theirs: &Theirs) -> bool {
        let Some((_, factor)) = self.own.others.get(theirs.source) else { return false };
        match factor {
            TableFactor::Table { .. } if self.marks.is_plain(factor) => theirs.column == KEY,
            TableFactor::Table { .. } => {
                let mut given = self.around.with.iter().flat_map(|with| &with.cte_tables);
                let name = table(factor);
                given.find(|cte| Some(plain(&cte.alias.name)) == name).is_some_and(|cte| {
                    let said: Vec<String> = cte.alias.columns.iter().map(|column| plain(&column.name)).collect();
                    self.is_numbered(&cte.query, &said, &theirs.column)
                })
            }
            TableFactor::Derived { subquery, alias, .. } => {
                let said =
                    alias.iter().flat_map(|alias| &alias.columns).map(|column| plain(&column.name)).collect::<Vec<_>>();
                self.is_numbered(subquery, &said, &theirs.column)
            }
            _ => false,
        }
    }

    /// Whether a column of a query numbers all rows of it, or is their key.
    fn is_numbered(&self, query: &Query, said: &[String], column: &str) -> bool {
        let SetExpr::Select(select) = query.body.as_ref() else { return false };
        let called = |(at, one): (usize, &SelectItem)| match (said.get(at), one) {
            (Some(said), _) => said == column,
            (None, SelectItem::ExprWithAlias { alias, .. }) => plain(alias) == column,
            (None, SelectItem::UnnamedExpr(expr)) => column_of(expr).is_some_and(|name| name == column),
            _ => false, // of no name that is known
        };
        let whole = select.projection.iter().all(|one| item(one).is_some()) || said.is_empty();
        let named = select.projection.iter().enumerate().find(|(at, one)| called((*at, one)));
        let alone =
            matches!(select.from.as_slice(), [from] if from.joins.is_empty() && self.marks.is_plain(&from.relation));
        let numbers = |expr: &Expr| match strip(expr) {
            Expr::Function(function) => {
                let whole =
                    matches!(&function.over, Some(WindowType::WindowSpec(spec)) if spec.partition_by.is_empty());
                folded(function) == "row_number" && whole
            }
            expr => alone && column_of(expr).is_some_and(|column| column == KEY),
        };
        whole && named.and_then(|(_, one)| item(one)).is_some_and(numbers)
    }
}

fn table(factor: &TableFactor) -> Option<String> {
    match factor {
        TableFactor::Table { name, args: None, .. } => bare_name(name),
        _ => None, // no relation
    }
}
