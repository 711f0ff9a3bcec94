//! Rows as values and their fields, `(c).email`; and names that are no columns: of fields, and of arguments (`days => 3`).
//!
//! PostgreSQL takes `(x).f` for a call of `f` where the row has no such field, so a field is one that is known or a refusal.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "the enums of the parser are foreign and grow; every wildcard here says that a row is not known, or that a name is a column"
)]

use super::rows::{Column, Scope, Unbound};
use super::{Binder, unclear};
use crate::intercept::sql::SqlRefusal;
use crate::intercept::sql::reading_a::{bare_name, fold};
use crate::intercept::sql::scope::strip;
use crate::spec::Dialect;
use sqlparser::ast::{AccessExpr, Expr, Function, FunctionArg, FunctionArgOperator, FunctionArguments};
use std::rc::Rc;

impl Binder<'_> {
    /// The columns of the row that an expression is, where that is known.
    pub(super) fn row_of(&mut self, expr: &Expr, scope: &Scope<'_>) -> Option<Rc<[Column]>> {
        if self.dialect == Dialect::Sqlite {
            return None;
        }
        match strip(expr) {
            Expr::Identifier(ident) => scope.row(&fold(ident)),
            Expr::CompoundIdentifier(parts) => match parts.as_slice() {
                [source, column] => scope.qualified(&fold(source), &fold(column)).ok()?.fields.clone(),
                _ => None, // of a schema
            },
            Expr::Function(function) => {
                let name = bare_name(&function.name)?;
                let each = matches!(name.as_str(), "json_each" | "json_each_text" | "jsonb_each" | "jsonb_each_text");
                let labels = if each { self.part(&function.args, scope).ok()? } else { return None };
                Some(["key", "value"].into_iter().map(|field| Column::new(field, labels.clone())).collect())
            }
            _ => None, // computed
        }
    }

    /// The names of fields behind a row, each held to what that has.
    pub(super) fn fields<'sql>(
        &mut self,
        root: &Expr,
        chain: &'sql [AccessExpr],
        scope: &Scope<'_>,
    ) -> Result<Vec<&'sql Expr>, SqlRefusal> {
        let (mut row, mut names) = (None, Vec::new());
        for (place, access) in chain.iter().enumerate() {
            let AccessExpr::Dot(name) = access else {
                row = None;
                continue;
            };
            let Expr::Identifier(ident) = name else { return Err(unclear()) };
            let known = if place == 0 { self.row_of(root, scope) } else { row.take() }.ok_or_else(unclear)?;
            let field = known.iter().find(|column| column.name == fold(ident));
            row = field.ok_or_else(|| self.unbound(ident, Unbound::Unknown, scope))?.fields.clone();
            names.push(name);
        }
        Ok(names)
    }
}

/// The names of arguments, for functions that are known to have some: those of a bomb are told by place.
pub(super) fn argument_names(function: &Function) -> impl Iterator<Item = &Expr> {
    let named = bare_name(&function.name).is_some_and(|name| {
        ["make_", "jsonb_path_", "jsonb_set", "jsonb_insert", "parse_ident"].iter().any(|start| name.starts_with(start))
    });
    let arguments = match &function.args {
        FunctionArguments::List(list) if named => list.args.as_slice(),
        _ => &[],
    };
    arguments.iter().filter_map(|argument| match argument {
        FunctionArg::ExprNamed {
            name: name @ Expr::Identifier(_),
            operator: FunctionArgOperator::RightArrow | FunctionArgOperator::Assignment,
            ..
        } => Some(name),
        _ => None, // by place, or a value before a colon
    })
}
