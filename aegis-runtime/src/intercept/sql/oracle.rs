//! What a write may ask of personal columns: whether and how many are there, whether they are equal to others of their class, and of its own
//! target's also whether they are equal to a constant.
//!
//! A write is not masked, since it moves real values, and the rows that it changes are seen. So whatever chooses rows would answer
//! questions about values (`email LIKE 'k%'`) one bit at a time. This is a list of places where a personal column may stand, each of
//! which hands on no more than that; everywhere else it is refused.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "the enums of the parser are foreign and grow; every wildcard here grants nothing"
)]

mod order;

use super::SqlRefusal;
use super::parts::{self, arguments};
use super::personal::{Personal, identity, is_row, is_sorted};
use super::reading_a::{bare_name, fold};
use super::scope::{column_of, holds, is_query, sources, strip};
use super::walk::Walked;
use crate::denial::Code;
use order::{Order, is_of_one};
use sqlparser::ast::{
    BinaryOperator, Distinct, Expr, GroupByExpr, InTarget, LimitClause, OrderByKind, Query, Select, SetExpr, Spanned,
    Statement, TableFactor, UnaryOperator, Value, Visitor, WindowType,
};
use std::collections::HashSet;
use std::ops::ControlFlow;

/// Holds every personal column of a write to its place.
pub(super) fn check(statement: &Statement, personal: &Personal<'_>) -> Result<(), SqlRefusal> {
    let order = Order::of(statement, personal);
    let mut walk = Walk { personal, order, exists: HashSet::new(), at: None };
    match statement.walked(&mut walk) {
        ControlFlow::Break(()) => Err(oracle().at_part(walk.at)),
        ControlFlow::Continue(()) => Ok(()),
    }
}

/// A write that would tell of a value.
pub(super) fn oracle() -> SqlRefusal {
    SqlRefusal::new(Code::SqlOracle, "").remedy(
        "choose rows by key, by a column that is not personal, or by equality with a personal column of the same class; \
         add rows that are grouped or told apart in the order of their key (ORDER BY it)",
    )
}

struct Walk<'call> {
    personal: &'call Personal<'call>,
    order: Order<'call>,
    /// Queries that are only asked whether they give a row.
    exists: HashSet<usize>,
    /// The column at fault.
    at: Option<(usize, usize)>,
}

impl Visitor for Walk<'_> {
    type Break = ();

    fn pre_visit_statement(&mut self, statement: &Statement) -> ControlFlow<()> {
        let (selection, own) = match statement {
            Statement::Update(update) => {
                let from = update.from.as_ref().map_or(&[][..], sources);
                (&update.selection, !from.iter().any(|from| self.personal.is_tainted(from)))
            }
            Statement::Delete(delete) => {
                let using = delete.using.as_deref().unwrap_or_default();
                (&delete.selection, !using.iter().any(|from| self.personal.is_tainted(from)))
            }
            _ => return ControlFlow::Continue(()), // has no target that it narrows
        };
        if let Some(selection) = selection.as_ref().filter(|_| own) {
            self.of_target(selection);
        }
        ControlFlow::Continue(())
    }

    fn pre_visit_query(&mut self, query: &Query) -> ControlFlow<()> {
        for cte in query.with.iter().flat_map(|with| &with.cte_tables) {
            self.handed_on(&cte.query);
        }
        if !self.is_cut(query) || self.personal.classes(query).is_empty() {
            return ControlFlow::Continue(());
        }
        self.fault(query)
    }

    fn pre_visit_table_factor(&mut self, factor: &TableFactor) -> ControlFlow<()> {
        if let TableFactor::Derived { subquery, .. } = factor {
            self.handed_on(subquery);
        }
        ControlFlow::Continue(())
    }

    fn pre_visit_select(&mut self, select: &Select) -> ControlFlow<()> {
        if !self.order.hides_groups() {
            let told = is_sorted(select) && self.shows(select);
            return if told { self.fault(select) } else { ControlFlow::Continue(()) };
        }
        if let GroupByExpr::Expressions(groups, _) = &select.group_by {
            groups.iter().for_each(|group| self.whole(group));
        }
        if let Some(Distinct::On(parts)) = &select.distinct {
            parts.iter().for_each(|part| self.whole(part));
        }
        ControlFlow::Continue(())
    }

    fn pre_visit_expr(&mut self, expr: &Expr) -> ControlFlow<()> {
        if let Expr::Exists { subquery, .. } = expr {
            self.exists.insert(identity(subquery.as_ref()));
        }
        self.grants(expr);
        if !self.is_personal(expr) || self.personal.is_granted(expr) {
            return ControlFlow::Continue(());
        }
        self.fault(expr)
    }
}

impl Walk<'_> {
    fn fault<S: Spanned>(&mut self, part: &S) -> ControlFlow<()> {
        self.at = self.personal.lines.bytes(part);
        ControlFlow::Break(())
    }

    /// Whether personal values come out, whatever place they are named by: not how many there are.
    fn shows(&self, select: &Select) -> bool {
        select.projection.iter().any(|item| match parts::item(item).map(strip) {
            Some(Expr::Function(function)) if bare_name(&function.name).as_deref() == Some("count") => false,
            Some(expr) => !self.personal.classes(expr).is_empty(),
            None => self.personal.is_tainted(&select.from),
        })
    }

    /// A personal column, a whole row, or what might be one.
    fn is_personal(&self, expr: &Expr) -> bool {
        match expr {
            Expr::Identifier(ident) => {
                let name = fold(ident);
                !self.personal.named(&name).is_empty() || self.personal.rows.contains(&name)
            }
            Expr::CompoundIdentifier(parts) => {
                let mut parts = parts.iter().rev().map(fold);
                let (column, source) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
                let called = self.personal.columns.get(&source).is_some_and(|tables| {
                    !tables.iter().any(|table| table.columns.iter().any(|known| known.name == column))
                });
                called || !self.personal.named(&column).is_empty()
            }
            other => is_row(other),
        }
    }

    /// Only some rows are taken, and no key says which: an index gives them in the order of its values.
    fn is_cut(&self, query: &Query) -> bool {
        let by_key = query.order_by.as_ref().is_some_and(|order| match &order.kind {
            OrderByKind::Expressions(items) => {
                items.iter().any(|item| column_of(&item.expr).is_some_and(|name| self.personal.is_key(&name)))
            }
            OrderByKind::All(_) => false,
        });
        let some = match &query.limit_clause {
            Some(LimitClause::LimitOffset { offset: None, .. }) => !self.exists.contains(&identity(query)),
            other => other.is_some(),
        };
        (some || query.fetch.is_some()) && (!(by_key && is_of_one(query)) || self.order.fakes)
    }

    /// Columns that stand whole in what tells only that they are there, or that they are equal.
    fn grants(&self, expr: &Expr) {
        match expr {
            Expr::IsNull(inner) | Expr::IsNotNull(inner) => self.whole(inner),
            Expr::BinaryOp { left, op, right } if is_equality(op) => self.equal([left.as_ref(), right.as_ref()]),
            Expr::IsDistinctFrom(left, right) | Expr::IsNotDistinctFrom(left, right) => {
                self.equal([left.as_ref(), right.as_ref()]);
            }
            Expr::In { expr, target: InTarget::List(list), .. } => {
                self.equal(std::iter::once(expr.as_ref()).chain(list))
            }
            Expr::In { expr, target: InTarget::Subquery(query), .. } => {
                let left = match strip(expr) {
                    Expr::Tuple(items) => items.as_slice(),
                    other => std::slice::from_ref(other),
                };
                for (left, item) in left.iter().zip(self.items(query)) {
                    self.equal([left, item]);
                }
            }
            Expr::Exists { subquery, .. } => self.items(subquery).for_each(|item| self.bare(item)),
            Expr::Function(function) => {
                if let Some(WindowType::WindowSpec(window)) = &function.over
                    && self.order.hides_the_window()
                {
                    window.partition_by.iter().for_each(|part| self.whole(part));
                }
                // How many are there, or are not equal.
                if bare_name(&function.name).is_some_and(|name| name == "count")
                    && function.over.is_none()
                    && function.filter.is_none()
                {
                    arguments(&function.args).into_iter().for_each(|argument| self.whole(argument));
                }
            }
            _ => {} // tells something else
        }
    }

    /// What a query gives others under its own name.
    fn handed_on(&self, query: &Query) {
        self.items(query).for_each(|item| self.bare(item));
    }

    /// What a plain query selects, unless the order of its rows tells of it.
    fn items<'sql>(&self, query: &'sql Query) -> impl Iterator<Item = &'sql Expr> {
        let items = match query.body.as_ref() {
            SetExpr::Select(select) if !is_sorted(select) || self.order.hides_groups() => select.projection.as_slice(),
            _ => &[], // told by place
        };
        items.iter().map_while(parts::item)
    }

    fn bare(&self, expr: &Expr) {
        if self.personal.bare(expr).is_some() {
            self.personal.grant(vec![strip(expr)]);
        }
    }

    fn whole(&self, expr: &Expr) {
        if let Some((_, columns)) = self.personal.whole(expr) {
            self.personal.grant(columns);
        }
    }

    fn equal<'sql>(&self, values: impl IntoIterator<Item = &'sql Expr>) {
        if let Some((_, columns)) = self.personal.alike(values.into_iter()) {
            self.personal.grant(columns);
        }
    }

    /// The target's own columns, in what chooses its rows: against constants, whole.
    fn of_target(&self, expr: &Expr) {
        match expr {
            Expr::Nested(inner) | Expr::UnaryOp { op: UnaryOperator::Not, expr: inner } => self.of_target(inner),
            Expr::BinaryOp { left, op: BinaryOperator::And | BinaryOperator::Or, right } => {
                self.of_target(left);
                self.of_target(right);
            }
            Expr::BinaryOp { left, op, right } if is_equality(op) => {
                if is_constant(right) {
                    self.whole(left);
                } else if is_constant(left) {
                    self.whole(right);
                }
            }
            Expr::In { expr, target: InTarget::List(list), .. } if list.iter().all(is_constant) => self.whole(expr),
            Expr::Like { expr, pattern, any: false, escape_char: None, .. }
            | Expr::ILike { expr, pattern, any: false, escape_char: None, .. }
                if is_form(pattern) =>
            {
                self.whole(expr);
            }
            _ => {} // tells something else
        }
    }
}

fn is_equality(op: &BinaryOperator) -> bool {
    matches!(op, BinaryOperator::Eq | BinaryOperator::NotEq | BinaryOperator::Is | BinaryOperator::IsNot)
}

/// Neither a column nor a query stands in it.
fn is_constant(expr: &Expr) -> bool {
    !holds(expr, |part| column_of(part).is_some() || is_row(part) || is_query(part))
}

/// A pattern of signs and blanks only: the form of a value, such as that of an address without an `@`.
fn is_form(pattern: &Expr) -> bool {
    let Expr::Value(value) = strip(pattern) else { return false };
    let Value::SingleQuotedString(text) = &value.value else { return false };
    text.chars().all(|letter| letter == ' ' || letter.is_ascii_punctuation() && !matches!(letter, '_' | '\\'))
}
