//! Queries: what comes out of each, and the names that its parts see.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "the enums of the parser are foreign and grow; every wildcard here refuses, or says that a part is no name"
)]

use super::expr::name_of;
use super::rows::{Column, Rows, Scope, handed_on, together};
use super::source::rename;
use super::{Binder, Named, unclear};
use crate::intercept::sql::SqlRefusal;
use crate::intercept::sql::oracle::oracle;
use crate::intercept::sql::reading_a::fold;
use crate::intercept::sql::recursion::reads;
use crate::spec::Dialect;
use sqlparser::ast::{
    Cte, Distinct, Expr, OrderByExpr, OrderByKind, Query, Select, SelectItem, SelectItemQualifiedWildcardKind, SetExpr,
    SetOperator, SetQuantifier, WildcardAdditionalOptions,
};
use std::borrow::Cow;

/// Most turns until the labels of a recursion stand still: a class, or a part of a value, moves at least one column each time.
const TURNS: usize = 32;

impl Binder<'_> {
    /// The columns that a query gives.
    pub(super) fn query(&mut self, query: &Query, outer: Option<&Scope<'_>>) -> Result<Vec<Column>, SqlRefusal> {
        let around = self.names.len();
        self.with(query, outer)?;
        let (columns, rows) = self.body(&query.body, outer)?;
        let rows = rows.unwrap_or_default();
        if let Some(order) = &query.order_by {
            match &order.kind {
                OrderByKind::Expressions(items) => self.ordered(items, &columns, &rows, outer)?,
                OrderByKind::All(_) => return Err(unclear()),
            }
        }
        let nothing = Rows::default();
        let alone = Scope::new(&nothing, outer);
        let ends = [self.part(&query.limit_clause, &alone)?, self.part(&query.fetch, &alone)?];
        if self.asks && ends.iter().any(|labels| !labels.is_empty()) {
            return Err(oracle());
        }
        self.names.truncate(around);
        Ok(columns)
    }

    /// The names of a WITH. PostgreSQL lets one see those before it, and in a WITH RECURSIVE itself; names that are not made yet hide
    /// relations all the same.
    fn with(&mut self, query: &Query, outer: Option<&Scope<'_>>) -> Result<(), SqlRefusal> {
        let Some(with) = &query.with else { return Ok(()) };
        let mutual = with.recursive || self.dialect == Dialect::Sqlite;
        let first = self.names.len();
        if mutual {
            let names = with.cte_tables.iter().map(|cte| Named { name: fold(&cte.alias.name), columns: None });
            self.names.extend(names);
        }
        for (place, cte) in with.cte_tables.iter().enumerate() {
            let place = first.saturating_add(place);
            if mutual && reads(&cte.query, &fold(&cte.alias.name)) {
                self.recursive(cte, place, outer)?;
            } else {
                let columns = self.query(&cte.query, outer)?;
                let mut columns = under(cte, columns)?;
                self.generate(cte, &mut columns);
                if mutual {
                    self.make(place, columns);
                } else {
                    self.names.push(Named { name: fold(&cte.alias.name), columns: Some(columns) });
                }
            }
        }
        Ok(())
    }

    /// A name that its own query may read: its first arm gives the columns, and its labels grow until they stand still.
    fn recursive(&mut self, cte: &Cte, place: usize, outer: Option<&Scope<'_>>) -> Result<(), SqlRefusal> {
        if let SetExpr::SetOperation { left, .. } = cte.query.body.as_ref() {
            let around = self.names.len();
            self.with(&cte.query, outer)?;
            let (columns, _) = self.body(first_arm(left), outer)?;
            self.names.truncate(around);
            self.make(place, under(cte, columns)?);
        }
        for _turn in 0..TURNS {
            let columns = self.query(&cte.query, outer)?;
            let columns = under(cte, columns)?;
            let known = self.names.get(place).and_then(|named| named.columns.as_ref());
            let flows = |columns: &[Column]| {
                columns.iter().map(|column| (column.labels.clone(), column.whole)).collect::<Vec<_>>()
            };
            let same = |known: &Vec<Column>| flows(known) == flows(&columns);
            let still = known.is_some_and(same) || !matches!(cte.query.body.as_ref(), SetExpr::SetOperation { .. });
            self.make(place, columns);
            if still {
                if let Some(mut columns) = self.names.get_mut(place).and_then(|named| named.columns.take()) {
                    self.generate(cte, &mut columns);
                    self.make(place, columns);
                }
                return Ok(());
            }
        }
        Err(unclear())
    }

    /// The columns that SEARCH and CYCLE give to a name, once it is made: what its rows hold is in them.
    fn generate(&self, cte: &Cte, columns: &mut Vec<Column>) {
        let labels = together(columns);
        let given = self.generated.iter().filter(|given| given.at == cte.alias.name.span.start);
        let given = given.flat_map(|given| &given.columns).map(|name| Column::new(name.clone(), labels.clone()));
        columns.extend(given.collect::<Vec<_>>());
    }

    fn make(&mut self, place: usize, columns: Vec<Column>) {
        if let Some(named) = self.names.get_mut(place) {
            named.columns = Some(columns);
        }
    }

    /// What a body gives, and the rows that the ORDER BY of a plain SELECT sees besides.
    fn body(&mut self, body: &SetExpr, outer: Option<&Scope<'_>>) -> Result<(Vec<Column>, Option<Rows>), SqlRefusal> {
        self.step(0)?;
        match body {
            SetExpr::Select(select) => self.select(select, outer).map(|(columns, rows)| (columns, Some(rows))),
            SetExpr::Query(query) => Ok((self.query(query, outer)?, None)),
            SetExpr::SetOperation { .. } => Ok((self.arms(body, outer)?, None)),
            SetExpr::Values(values) => {
                let nothing = Rows::default();
                let scope = Scope::new(&nothing, outer);
                let mut columns: Vec<Column> = Vec::new();
                for row in &values.rows {
                    for (place, value) in row.iter().enumerate() {
                        let labels = self.part(value, &scope)?;
                        match columns.get_mut(place) {
                            Some(column) => {
                                column.whole &= labels.is_empty();
                                column.labels.extend(labels);
                            }
                            None => columns.push(Column::new(format!("column{}", place.saturating_add(1)), labels)),
                        }
                    }
                }
                Ok((columns, None))
            }
            SetExpr::Insert(statement)
            | SetExpr::Update(statement)
            | SetExpr::Delete(statement)
            | SetExpr::Merge(statement) => Ok((self.statement(statement)?, None)),
            SetExpr::Table(_) => Err(unclear()),
        }
    }

    /// Rows of all arms: labels meet by place, and the names are the first one's. A long chain is deep on its left.
    fn arms(&mut self, body: &SetExpr, outer: Option<&Scope<'_>>) -> Result<Vec<Column>, SqlRefusal> {
        let (mut first, mut others) = (body, Vec::new());
        while let SetExpr::SetOperation { left, right, op, set_quantifier } = first {
            let gathers = matches!((op, set_quantifier), (SetOperator::Union, SetQuantifier::All));
            others.push((right.as_ref(), gathers));
            first = left;
        }
        let (mut columns, _) = self.body(first, outer)?;
        for (arm, gathers) in others.into_iter().rev() {
            let (more, _) = self.body(arm, outer)?;
            if columns.len() != more.len() {
                return Err(unclear());
            }
            if !gathers {
                self.told_apart(&columns, &more)?;
            }
            for (column, other) in columns.iter_mut().zip(more) {
                column.whole &= other.whole && column.labels == other.labels;
                column.labels.extend(other.labels);
            }
        }
        Ok(columns)
    }

    fn select(&mut self, select: &Select, outer: Option<&Scope<'_>>) -> Result<(Vec<Column>, Rows), SqlRefusal> {
        let rows = self.from(&select.from, outer)?;
        let scope = Scope::new(&rows, outer);
        let mut columns = Vec::with_capacity(select.projection.len());
        for item in &select.projection {
            self.item(item, &scope, &mut columns)?;
        }
        // SQLite lets every part name what comes out, PostgreSQL only GROUP BY and ORDER BY.
        let grouped = scope.given(&columns);
        let inside = if self.dialect == Dialect::Sqlite { grouped } else { scope };
        self.part(&select.selection, &inside)?;
        self.asked(select.selection.as_ref(), &inside, &inside)?;
        self.part(&select.group_by, &grouped)?;
        self.grouped(&select.group_by, &columns, &grouped)?;
        self.part(&select.having, &inside)?;
        self.asked(select.having.as_ref(), &inside, &inside)?;
        if select.distinct.is_some() {
            self.told_apart(&columns, &columns)?;
        }
        // What they order and part by is told by no column that uses them.
        if !self.part(&select.named_window, &inside)?.is_empty() && self.asks {
            return Err(oracle().remedy("write the window where it is used"));
        }
        if let Some(Distinct::On(exprs)) = &select.distinct {
            for expr in exprs {
                self.by(expr, &columns, &scope)?;
            }
        }
        Ok((columns, rows))
    }

    /// One item of a select list, or of RETURNING.
    pub(super) fn item(
        &mut self,
        item: &SelectItem,
        scope: &Scope<'_>,
        columns: &mut Vec<Column>,
    ) -> Result<(), SqlRefusal> {
        match item {
            SelectItem::UnnamedExpr(expr) => {
                columns.push(self.made(name_of(expr, self.dialect), expr, scope)?);
            }
            SelectItem::ExprWithAlias { expr, alias } => {
                columns.push(self.made(Cow::Owned(fold(alias)), expr, scope)?);
            }
            SelectItem::Wildcard(options) if is_plain(options) => {
                self.step(scope.rows.columns.len())?;
                self.read(&scope.rows.columns);
                columns.extend(scope.rows.columns.iter().map(handed_on));
            }
            SelectItem::QualifiedWildcard(kind, options) if is_plain(options) => {
                let fields = match kind {
                    SelectItemQualifiedWildcardKind::ObjectName(name) => {
                        let ident = name.0.last().and_then(|part| part.as_ident()).ok_or_else(unclear)?;
                        let source = scope.source(&fold(ident)).map(|source| source.columns.clone().into());
                        let row = source.or_else(|| scope.row(&fold(ident)));
                        row.ok_or_else(|| self.unbound(ident, super::Unbound::Unknown, scope))?
                    }
                    SelectItemQualifiedWildcardKind::Expr(expr) => {
                        self.part(expr, scope)?;
                        self.row_of(expr, scope).ok_or_else(unclear)?
                    }
                };
                self.step(fields.len())?;
                self.read(fields.iter());
                columns.extend(fields.iter().map(handed_on));
            }
            SelectItem::Wildcard(_) | SelectItem::QualifiedWildcard(..) | SelectItem::ExprWithAliases { .. } => {
                return Err(unclear());
            }
        }
        Ok(())
    }

    /// A column that an expression gives.
    pub(super) fn made(
        &mut self,
        name: Cow<'static, str>,
        expr: &Expr,
        scope: &Scope<'_>,
    ) -> Result<Column, SqlRefusal> {
        let labels = self.part(expr, scope)?;
        let whole = labels.is_empty() || self.is_carried(expr, scope);
        Ok(Column { whole, fields: self.row_of(expr, scope), ..Column::new(name, labels) })
    }

    /// ORDER BY: a bare name is one that comes out, if there is one; else the rows' own.
    pub(super) fn ordered(
        &mut self,
        items: &[OrderByExpr],
        columns: &[Column],
        rows: &Rows,
        outer: Option<&Scope<'_>>,
    ) -> Result<(), SqlRefusal> {
        let scope = Scope::new(rows, outer);
        items.iter().try_for_each(|item| self.by(&item.expr, columns, &scope))
    }

    fn by(&mut self, expr: &Expr, columns: &[Column], scope: &Scope<'_>) -> Result<(), SqlRefusal> {
        if let Expr::Identifier(ident) = expr
            && let Some(column) = columns.iter().find(|column| column.name == fold(ident))
        {
            self.bound.insert(super::identity(expr));
            return if self.asks && !column.labels.is_empty() { Err(oracle()) } else { Ok(()) };
        }
        let scope = if self.dialect == Dialect::Sqlite { scope.given(columns) } else { *scope };
        self.part(expr, &scope)?;
        self.decides(Some(expr), &scope)
    }
}

/// The columns of a name of a WITH, by the names it gives them.
fn under(cte: &Cte, mut columns: Vec<Column>) -> Result<Vec<Column>, SqlRefusal> {
    rename(&mut columns, &cte.alias)?;
    Ok(columns)
}

/// The arm of a set operation that comes first.
fn first_arm(body: &SetExpr) -> &SetExpr {
    match body {
        SetExpr::SetOperation { left, .. } => first_arm(left),
        arm => arm,
    }
}

fn is_plain(options: &WildcardAdditionalOptions) -> bool {
    options.opt_ilike.is_none()
        && options.opt_exclude.is_none()
        && options.opt_except.is_none()
        && options.opt_replace.is_none()
        && options.opt_rename.is_none()
        && options.opt_alias.is_none()
}
