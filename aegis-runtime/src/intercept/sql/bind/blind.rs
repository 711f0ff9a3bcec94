//! What a write may ask of personal values that are not its target's: whether they are there, and whether they equal others of their
//! class.
//!
//! A write is not masked, since it moves real values, and the number of rows it changes is told to the agent. So whatever decides on
//! that number would answer questions about values one bit at a time. Equality is of values as they stand: a part of one could be
//! held against something that was planted.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "the enums of the parser are foreign and grow; every wildcard here refuses, or says that a part is no name"
)]

use super::Binder;
use super::rows::{Column, Labels, Scope};
use crate::intercept::sql::SqlRefusal;
use crate::intercept::sql::oracle::oracle;
use crate::intercept::sql::parts::arguments;
use crate::intercept::sql::personal::{CLEANS, first_there};
use crate::intercept::sql::reading_a::fold;
use crate::intercept::sql::scope::{conjuncts, strip};
use sqlparser::ast::{BinaryOperator, Expr, GroupByExpr, InTarget, Spanned, UnaryOperator, Visit};

impl Binder<'_> {
    /// Refuses a predicate of a write that would tell of a value. `others` are the names of the place without its target's labels.
    pub(super) fn asked(
        &mut self,
        predicate: Option<&Expr>,
        scope: &Scope<'_>,
        others: &Scope<'_>,
    ) -> Result<(), SqlRefusal> {
        if !self.asks {
            return Ok(());
        }
        for part in predicate.map(conjuncts).unwrap_or_default() {
            if !self.is_blind(part, scope, others)? {
                return Err(self.oracle(part));
            }
        }
        Ok(())
    }

    /// Refuses whatever decides on rows and is made of personal values.
    pub(super) fn decides<V: Visit + Spanned>(
        &mut self,
        part: Option<&V>,
        scope: &Scope<'_>,
    ) -> Result<(), SqlRefusal> {
        let Some(part) = part.filter(|_| self.asks) else { return Ok(()) };
        if self.part(part, scope)?.is_empty() { Ok(()) } else { Err(self.oracle(part)) }
    }

    /// Refuses groups by a part of a value.
    pub(super) fn grouped(
        &mut self,
        groups: &GroupByExpr,
        columns: &[Column],
        scope: &Scope<'_>,
    ) -> Result<(), SqlRefusal> {
        let GroupByExpr::Expressions(groups, _) = groups else { return Ok(()) };
        if !self.asks {
            return Ok(());
        }
        for group in groups {
            let placed = matches!(strip(group), Expr::Value(_));
            if placed && columns.iter().any(|column| !column.whole)
                || !placed && !self.part(group, scope)?.is_empty() && !self.is_whole(group, scope)
            {
                return Err(self.oracle(group));
            }
        }
        Ok(())
    }

    /// Refuses rows that are told apart by values of two kinds, or by parts of some.
    pub(super) fn told_apart(&self, columns: &[Column], others: &[Column]) -> Result<(), SqlRefusal> {
        let same = |(one, other): (&Column, &Column)| one.labels == other.labels && one.whole && other.whole;
        if !self.asks || columns.iter().zip(others).all(same) { Ok(()) } else { Err(oracle()) }
    }

    fn is_blind(&mut self, expr: &Expr, scope: &Scope<'_>, others: &Scope<'_>) -> Result<bool, SqlRefusal> {
        // Queries inside were asked when the place was bound in full.
        let asks = std::mem::replace(&mut self.asks, false);
        let labels = self.part(expr, others);
        self.asks = asks;
        if labels?.is_empty() {
            return Ok(true);
        }
        match expr {
            Expr::Nested(inner) | Expr::UnaryOp { op: UnaryOperator::Not, expr: inner } => {
                self.is_blind(inner, scope, others)
            }
            Expr::BinaryOp { left, op: BinaryOperator::And | BinaryOperator::Or, right } => {
                Ok(self.is_blind(left, scope, others)? && self.is_blind(right, scope, others)?)
            }
            Expr::BinaryOp { left, op: BinaryOperator::Eq | BinaryOperator::NotEq, right }
            | Expr::IsDistinctFrom(left, right)
            | Expr::IsNotDistinctFrom(left, right)
            | Expr::AnyOp { left, compare_op: BinaryOperator::Eq, right, .. } => {
                let (left, right) = (self.values(left, scope)?, self.values(right, scope)?);
                Ok(left.is_some() && left == right)
            }
            Expr::In { expr, target: InTarget::Subquery(query), .. } => {
                let left = self.values(expr, scope)?;
                let columns = self.query(query, Some(scope))?;
                Ok(left.is_some() && left == whole(&columns))
            }
            _ => Ok(false), // it tells something else
        }
    }

    /// The classes of values that stand for themselves: a column's, or those of a subquery.
    fn values(&mut self, expr: &Expr, scope: &Scope<'_>) -> Result<Option<Vec<Labels>>, SqlRefusal> {
        match strip(expr) {
            Expr::Tuple(items) => {
                let mut all = Vec::new();
                for item in items {
                    let Some(values) = self.values(item, scope)? else { return Ok(None) };
                    all.extend(values);
                }
                Ok(Some(all))
            }
            Expr::Subquery(query) => Ok(whole(&self.query(query, Some(scope))?)),
            expr => {
                let labels = self.part(expr, scope)?;
                Ok((labels.is_empty() || self.is_whole(expr, scope)).then(|| vec![labels]))
            }
        }
    }

    /// Whether an expression is a value as it stands, or in another case, or without the blanks around it.
    pub(super) fn is_whole(&self, expr: &Expr, scope: &Scope<'_>) -> bool {
        match strip(expr) {
            Expr::Identifier(ident) => {
                let found = scope.bare(&fold(ident), self.dialect);
                matches!(found.as_deref(), Ok([column]) if column.whole)
            }
            Expr::CompoundIdentifier(parts) => match parts.as_slice() {
                [.., source, column] => scope.qualified(&fold(source), &fold(column)).is_ok_and(|column| column.whole),
                _ => false, // no source
            },
            Expr::Trim { expr, trim_what: None, trim_characters: None, .. } => self.is_whole(expr, scope),
            Expr::Function(function) => {
                let name = function.name.to_string().to_ascii_lowercase();
                CLEANS.contains(&name.as_str())
                    && matches!(arguments(&function.args).as_slice(), [one] if self.is_whole(one, scope))
            }
            _ => false, // a part of one, or more than one
        }
    }

    /// A whole value, or the first of several that is there.
    pub(super) fn is_carried(&self, expr: &Expr, scope: &Scope<'_>) -> bool {
        let values = match strip(expr) {
            Expr::Function(function) => first_there(function),
            _ => None, // itself
        };
        values.map_or_else(
            || self.is_whole(expr, scope),
            |values| values.into_iter().all(|value| self.is_carried(value, scope)),
        )
    }

    fn oracle<S: Spanned>(&self, part: &S) -> SqlRefusal {
        oracle().at_part(self.lines.bytes(part))
    }
}

fn whole(columns: &[Column]) -> Option<Vec<Labels>> {
    columns.iter().all(|column| column.whole).then(|| columns.iter().map(|column| column.labels.clone()).collect())
}
