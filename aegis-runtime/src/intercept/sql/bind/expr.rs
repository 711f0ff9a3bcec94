//! Expressions: each column is bound where it stands, and a subquery as a query of its own.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "the enums of the parser are foreign and grow; every wildcard here refuses, or says that a part is no name"
)]

use super::fields::argument_names;
use super::rows::{Labels, Scope, Unbound, together};
use super::{Binder, identity, unclear};
use crate::intercept::sql::SqlRefusal;
use crate::intercept::sql::parts::arguments;
use crate::intercept::sql::reading_a::{fold, is_default_schema};
use crate::intercept::sql::scope::strip;
use crate::spec::Dialect;
use sqlparser::ast::{
    DataType, Expr, Function, FunctionArg, FunctionArgExpr, FunctionArguments, Ident, ObjectName, Query, SelectItem,
    SetExpr, Visitor, WindowType,
};
use std::borrow::Cow;
use std::collections::HashSet;
use std::ops::ControlFlow;

/// Words that read as columns and are values.
const WORDS: [&str; 11] = [
    "current_date",
    "current_role",
    "current_schema",
    "current_time",
    "current_timestamp",
    "default",
    "false",
    "localtime",
    "localtimestamp",
    "null",
    "true",
];

/// A walk over one expression, or over any part that holds some.
pub(super) struct Walk<'walk, 'sql> {
    binder: &'walk mut Binder<'sql>,
    scope: &'walk Scope<'walk>,
    /// What flows into it.
    pub(super) labels: Labels,
    /// Subqueries around the place: those were bound when they were met.
    inside: usize,
    /// Calls around the place that hand on no value.
    blind: usize,
    /// Names that are no columns, by where they stand.
    passed: HashSet<usize>,
    /// Parts of windows that tell rows apart by whole values, and of those only whether they are equal.
    apart: Vec<usize>,
    /// Why the walk ended; kept here, since the parser's frames hold what breaks them off many times over.
    pub(super) refusal: Option<SqlRefusal>,
}

impl<'walk, 'sql> Walk<'walk, 'sql> {
    pub(super) fn new(binder: &'walk mut Binder<'sql>, scope: &'walk Scope<'walk>) -> Self {
        Self {
            binder,
            scope,
            labels: Labels::new(),
            inside: 0,
            blind: 0,
            passed: HashSet::new(),
            apart: Vec::new(),
            refusal: None,
        }
    }

    fn end(&mut self, refusal: SqlRefusal) -> ControlFlow<()> {
        self.refusal = Some(refusal);
        ControlFlow::Break(())
    }

    fn flow(&mut self, labels: Labels) {
        if self.blind == 0 {
            self.labels.extend(labels);
        }
    }

    fn expr(&mut self, expr: &Expr) -> Result<(), SqlRefusal> {
        self.binder.step(0)?;
        match expr {
            Expr::Identifier(ident) => {
                self.binder.bound.insert(identity(expr));
                if !is_word(ident) && !self.passed.contains(&identity(expr)) {
                    self.binder.step(self.scope.size())?;
                    let found = self.scope.bare(&fold(ident), self.binder.dialect);
                    let columns = found.map_err(|why| self.binder.unbound(ident, why, self.scope))?;
                    let labels = self.binder.read(columns);
                    self.flow(labels);
                }
            }
            Expr::CompoundIdentifier(parts) => {
                self.binder.bound.insert(identity(expr));
                let labels = self.compound(parts)?;
                self.flow(labels);
            }
            Expr::Function(function) => {
                if let Some(WindowType::WindowSpec(window)) = &function.over
                    && self.binder.asks
                {
                    let whole = window.partition_by.iter().filter(|part| self.binder.is_whole(part, self.scope));
                    self.apart.extend(whole.map(identity));
                }
                for name in whole_rows(function) {
                    let labels = self.whole_row(name)?;
                    self.flow(labels);
                }
                self.passed.extend(argument_names(function).map(identity));
            }
            Expr::CompoundFieldAccess { root, access_chain } => {
                let names = self.binder.fields(root, access_chain, self.scope)?;
                self.passed.extend(names.into_iter().map(identity));
            }
            _ => {} // what it holds is met by itself
        }
        self.blind = self.blind.saturating_add(usize::from(is_blind(expr)));
        Ok(())
    }

    /// A whole value by which a window tells rows apart: entered before its columns are met.
    fn is_apart(&self, expr: &Expr) -> bool {
        self.apart.contains(&identity(expr))
    }

    fn compound(&mut self, parts: &[Ident]) -> Result<Labels, SqlRefusal> {
        let (source, column) = match parts {
            [source, column] => (source, column),
            [schema, source, column] if is_default_schema(schema) => (source, column),
            _ => return Err(unclear()),
        };
        self.binder.step(self.scope.size())?;
        let found = self.scope.qualified(&fold(source), &fold(column));
        let column = found.map_err(|why| self.binder.unbound(column, why, self.scope))?;
        Ok(self.binder.read([column]))
    }

    /// `source.*` as an argument.
    fn whole_row(&mut self, name: &ObjectName) -> Result<Labels, SqlRefusal> {
        let ident = name.0.last().and_then(|part| part.as_ident()).ok_or_else(unclear)?;
        let source = self.scope.source(&fold(ident));
        let source = source.ok_or_else(|| self.binder.unbound(ident, Unbound::Unknown, self.scope))?;
        Ok(self.binder.read(&source.columns))
    }
}

impl Visitor for Walk<'_, '_> {
    type Break = ();

    fn pre_visit_query(&mut self, query: &Query) -> ControlFlow<()> {
        if self.inside == 0 {
            match self.binder.query(query, Some(self.scope)) {
                Ok(columns) => self.flow(together(&columns)),
                Err(refusal) => return self.end(refusal),
            }
        }
        self.inside = self.inside.saturating_add(1);
        ControlFlow::Continue(())
    }

    fn post_visit_query(&mut self, _query: &Query) -> ControlFlow<()> {
        self.inside = self.inside.saturating_sub(1);
        ControlFlow::Continue(())
    }

    fn pre_visit_expr(&mut self, expr: &Expr) -> ControlFlow<()> {
        if self.inside == 0 && self.is_apart(expr) {
            self.blind = self.blind.saturating_add(1);
        }
        let done = if self.inside == 0 { self.expr(expr) } else { self.binder.step(0) };
        match done {
            Ok(()) => ControlFlow::Continue(()),
            Err(refusal) => self.end(refusal),
        }
    }

    fn post_visit_expr(&mut self, expr: &Expr) -> ControlFlow<()> {
        if self.inside == 0 {
            let left = usize::from(is_blind(expr)).saturating_add(usize::from(self.is_apart(expr)));
            self.blind = self.blind.saturating_sub(left);
        }
        ControlFlow::Continue(())
    }
}

/// Hands on nothing of what it looks at but how much is there.
fn is_blind(expr: &Expr) -> bool {
    match expr {
        Expr::Function(function) => {
            let counts = matches!(function.name.0.as_slice(), [name] if name.as_ident().is_some_and(|name| name.value.eq_ignore_ascii_case("count")));
            counts
                && function.filter.is_none()
                && function.over.is_none()
                && arguments(&function.args).into_iter().all(is_column)
        }
        Expr::Exists { .. } => true,
        Expr::IsNull(inner) | Expr::IsNotNull(inner) => is_column(inner),
        _ => false, // a value of it
    }
}

fn is_column(expr: &Expr) -> bool {
    matches!(strip(expr), Expr::Identifier(_) | Expr::CompoundIdentifier(_))
}

/// Arguments of the form `source.*`.
fn whole_rows(function: &Function) -> impl Iterator<Item = &ObjectName> {
    let arguments = match &function.args {
        FunctionArguments::List(list) => list.args.as_slice(),
        FunctionArguments::None | FunctionArguments::Subquery(_) => &[],
    };
    arguments.iter().filter_map(|argument| match argument {
        FunctionArg::Unnamed(FunctionArgExpr::QualifiedWildcard(name)) => Some(name),
        _ => None, // an expression, or `*`
    })
}

fn is_word(ident: &Ident) -> bool {
    ident.quote_style.is_none() && WORDS.iter().any(|word| ident.value.eq_ignore_ascii_case(word))
}

/// The name that the engine gives an output column; empty where nothing can be told.
pub(super) fn name_of(expr: &Expr, dialect: Dialect) -> Cow<'static, str> {
    match (expr, dialect) {
        (Expr::Identifier(ident), _) => Cow::Owned(fold(ident)),
        (Expr::CompoundIdentifier(parts), _) => parts.last().map_or(Cow::Borrowed(""), |last| Cow::Owned(fold(last))),
        (Expr::Nested(inner), _) => name_of(inner, dialect),
        (_, Dialect::Sqlite) => Cow::Borrowed(""), // its own text
        (Expr::Function(function), _) => function
            .name
            .0
            .last()
            .and_then(|part| part.as_ident())
            .map_or(Cow::Borrowed(""), |name| Cow::Owned(fold(name))),
        (Expr::Cast { expr, data_type, .. }, _) => match name_of(expr, dialect) {
            name if name.is_empty() || name == "case" => Cow::Borrowed(type_name(data_type)),
            name => name,
        },
        (Expr::Collate { expr, .. }, _) => name_of(expr, dialect),
        (Expr::CompoundFieldAccess { root, .. }, _) => name_of(root, dialect),
        (Expr::Subquery(query), _) => match query.body.as_ref() {
            SetExpr::Select(select) => match select.projection.first() {
                Some(SelectItem::UnnamedExpr(expr)) => name_of(expr, dialect),
                Some(SelectItem::ExprWithAlias { alias, .. }) => Cow::Owned(fold(alias)),
                _ => Cow::Borrowed(""), // no one column
            },
            _ => Cow::Borrowed(""), // no plain query
        },
        (Expr::Case { else_result, .. }, _) => match else_result.as_ref().map(|expr| name_of(expr, dialect)) {
            Some(name) if !name.is_empty() => name,
            _ => Cow::Borrowed("case"),
        },
        (Expr::Exists { .. }, _) => Cow::Borrowed("exists"),
        (Expr::Array(_), _) => Cow::Borrowed("array"),
        (Expr::Tuple(_), _) => Cow::Borrowed("row"),
        (Expr::Extract { .. }, _) => Cow::Borrowed("extract"),
        (Expr::Substring { .. }, _) => Cow::Borrowed("substring"),
        (Expr::Position { .. }, _) => Cow::Borrowed("position"),
        (Expr::Overlay { .. }, _) => Cow::Borrowed("overlay"),
        (Expr::Trim { .. }, _) => Cow::Borrowed("btrim"),
        (Expr::Ceil { .. }, _) => Cow::Borrowed("ceil"),
        (Expr::Floor { .. }, _) => Cow::Borrowed("floor"),
        (Expr::AtTimeZone { .. }, _) => Cow::Borrowed("timezone"),
        (Expr::TypedString(typed), _) => Cow::Borrowed(type_name(&typed.data_type)),
        (Expr::Interval(_), _) => Cow::Borrowed("interval"),
        _ => Cow::Borrowed(""), // `?column?`
    }
}

/// What PostgreSQL calls a type.
fn type_name(data_type: &DataType) -> &'static str {
    match data_type {
        DataType::Date => "date",
        DataType::Text => "text",
        DataType::Int(_) | DataType::Integer(_) => "int4",
        DataType::BigInt(_) => "int8",
        DataType::Numeric(_) | DataType::Decimal(_) => "numeric",
        DataType::Boolean | DataType::Bool => "bool",
        DataType::Timestamp(..) => "timestamp",
        _ => "", // has to be given a name
    }
}
