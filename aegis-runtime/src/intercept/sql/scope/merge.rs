//! MERGE: what it changes of its target is narrowed by its ON, or by a predicate of the clause itself.
//!
//! The rows of a target that a source meets are as many as the source has, where a key joins them; so a source that lists its rows or
//! filters them narrows, and a whole relation does not. Rows that are added are no harm.

use super::{Known, Target, conjuncts, strip};
use crate::intercept::sql::reading_a::bare_name;
use sqlparser::ast::{
    Expr, FunctionArg, FunctionArgExpr, Merge, MergeAction, MergeClauseKind, MergeUpdateExpr, MergeUpdateKind,
    TableFactor,
};

/// Whether every change that a MERGE makes of rows that are there is narrowed.
pub(in crate::intercept::sql) fn merges(merge: &Merge, name: &str, alias: Option<&str>, known: Known<'_>) -> bool {
    let target = Target { name, alias, known };
    let met = target.narrowed_by(&merge.on) || target.is_met_by(&merge.source, &merge.on);
    merge.clauses.iter().all(|clause| match (&clause.clause_kind, &clause.action) {
        (_, MergeAction::DoNothing { .. }) => true,
        (MergeClauseKind::NotMatched | MergeClauseKind::NotMatchedByTarget, MergeAction::Insert(_)) => true,
        (
            MergeClauseKind::Matched,
            MergeAction::Delete { .. }
            | MergeAction::Update(MergeUpdateExpr {
                kind: MergeUpdateKind::Set(_),
                update_predicate: None,
                delete_predicate: None,
                ..
            }),
        ) => met || clause.predicate.as_ref().is_some_and(|predicate| target.narrowed_by(predicate)),
        // Rows that no source has, and what another dialect adds.
        (
            MergeClauseKind::NotMatchedBySource
            | MergeClauseKind::Matched
            | MergeClauseKind::NotMatched
            | MergeClauseKind::NotMatchedByTarget,
            MergeAction::Insert(_) | MergeAction::Update(_) | MergeAction::Delete { .. },
        ) => false,
    })
}

impl Target<'_> {
    /// A key of the target equals a column of a source that lists its rows, or leaves some out.
    fn is_met_by(&self, source: &TableFactor, on: &Expr) -> bool {
        let folded = |alias: &sqlparser::ast::TableAlias| alias.name.value.to_ascii_lowercase();
        let (name, alias, narrow) = match source {
            TableFactor::Table { name, alias, args: None, .. } => {
                let bare = bare_name(name).unwrap_or_default();
                let narrow = self.known.narrow.contains(&bare);
                (bare, alias.as_ref().map(folded), narrow)
            }
            TableFactor::Table { name, alias: Some(alias), args: Some(args), .. } => {
                let record =
                    bare_name(name).is_some_and(|name| name.starts_with("json") && name.contains("_to_record"));
                (folded(alias), None, record && args.args.iter().all(is_written))
            }
            TableFactor::UNNEST { alias: Some(alias), array_exprs, .. } => {
                (folded(alias), None, array_exprs.iter().all(|array| !is_query(array) && self.is_listed(array)))
            }
            TableFactor::Derived { subquery, alias: Some(alias), .. } => (folded(alias), None, self.filters(subquery)),
            _ => return false, // rows that nothing is known of
        };
        let source = Target { name: &name, alias: alias.as_deref(), known: self.known };
        let keyed = |part: &&Expr| self.joins(part, &source).is_some_and(|(own, _)| self.is_key(own));
        narrow && conjuncts(on).iter().any(keyed)
    }
}

fn is_query(expr: &Expr) -> bool {
    matches!(strip(expr), Expr::Subquery(_))
}

/// A value that is written down, in whatever type.
fn is_written(argument: &FunctionArg) -> bool {
    fn value(expr: &Expr) -> bool {
        match strip(expr) {
            Expr::Value(_) => true,
            Expr::Cast { expr, .. } => value(expr),
            _ => false, // read, or computed
        }
    }
    matches!(argument, FunctionArg::Unnamed(FunctionArgExpr::Expr(expr)) if value(expr))
}
