//! FROM: the columns that each source gives, and what joins make of them.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "the enums of the parser are foreign and grow; every wildcard here refuses, or says that a part is no name"
)]

use super::rows::{Column, Labels, Rows, Scope, Source};
use super::{Binder, unclear};
use crate::intercept::sql::SqlRefusal;
use crate::intercept::sql::forms::SINGLE;
use crate::intercept::sql::oracle::oracle;
use crate::intercept::sql::reading_a::{bare_name, fold, relation_name};
use crate::intercept::sql::scope::constraint;
use crate::spec::Dialect;
use sqlparser::ast::{Ident, JoinConstraint, JoinOperator, ObjectName, TableAlias, TableFactor, TableWithJoins};
use std::borrow::Cow;

impl Binder<'_> {
    /// Everything that a FROM gives.
    pub(super) fn from(&mut self, from: &[TableWithJoins], outer: Option<&Scope<'_>>) -> Result<Rows, SqlRefusal> {
        let mut rows = Rows::default();
        for tree in from {
            let tree = self.tree(tree, &rows, outer)?;
            rows = rows.and(tree);
        }
        Ok(rows)
    }

    /// One source and what is joined to it. Only LATERAL and functions see what stands before.
    fn tree(&mut self, tree: &TableWithJoins, before: &Rows, outer: Option<&Scope<'_>>) -> Result<Rows, SqlRefusal> {
        let before = Scope::new(before, outer);
        let mut rows = self.factor(&tree.relation, &before, outer)?;
        for join in &tree.joins {
            let left = Scope::new(&rows, Some(&before));
            let right = self.factor(&join.relation, &left, outer)?;
            rows = self.join(rows, right, &join.join_operator, outer)?;
        }
        Ok(rows)
    }

    /// One source of rows.
    pub(super) fn factor(
        &mut self,
        factor: &TableFactor,
        left: &Scope<'_>,
        outer: Option<&Scope<'_>>,
    ) -> Result<Rows, SqlRefusal> {
        match factor {
            TableFactor::Table { name, alias, args: None, .. } => {
                let columns = self.relation(name)?;
                self.step(columns.len())?;
                named(relation_name(name).unwrap_or_default(), columns, alias.as_ref())
            }
            TableFactor::Table { name, alias, args: Some(args), with_ordinality, .. } => {
                let labels = self.part(&args.args, left)?;
                self.function(name, (labels, args.args.len()), alias.as_ref(), *with_ordinality)
            }
            TableFactor::Function { name, alias, args, with_ordinality, .. } => {
                let labels = self.part(args, left)?;
                self.function(name, (labels, args.len()), alias.as_ref(), *with_ordinality)
            }
            TableFactor::UNNEST { alias, array_exprs, with_ordinality, with_offset: false, .. } => {
                self.moves.uncounted = true;
                let labels = self.part(array_exprs, left)?;
                self.multiplies(&labels)?;
                let mut columns = vec![Column::new("unnest", labels); array_exprs.len()];
                scalar(&mut columns, alias.as_ref());
                ordinality(&mut columns, *with_ordinality);
                named("unnest".to_owned(), columns, alias.as_ref())
            }
            TableFactor::Derived { lateral, subquery, alias, .. } => {
                let columns = self.query(subquery, if *lateral { Some(left) } else { outer })?;
                named(String::new(), columns, alias.as_ref())
            }
            TableFactor::NestedJoin { table_with_joins, alias } => {
                let nothing = Rows::default();
                let rows = self.tree(table_with_joins, &nothing, Some(left))?;
                match alias {
                    Some(_) => named(String::new(), rows.columns, alias.as_ref()),
                    None => Ok(rows),
                }
            }
            _ => Err(unclear()), // not known
        }
    }

    /// How many rows a function gives is told by no column of them.
    fn multiplies(&self, labels: &Labels) -> Result<(), SqlRefusal> {
        if self.asks && !labels.is_empty() { Err(oracle()) } else { Ok(()) }
    }

    /// The rows of a function: what flows into it flows into all of them.
    fn function(
        &mut self,
        name: &ObjectName,
        (labels, given): (Labels, usize),
        alias: Option<&TableAlias>,
        with_ordinality: bool,
    ) -> Result<Rows, SqlRefusal> {
        self.multiplies(&labels)?;
        let name = bare_name(name).ok_or_else(unclear)?;
        self.moves.uncounted |= self.dialect == Dialect::Postgres && !is_counted(&name);
        let all = |names: &[&'static str]| names.iter().map(|name| Column::new(*name, labels.clone())).collect();
        let mut columns: Vec<Column> = match (self.dialect, name.as_str()) {
            (Dialect::Postgres, "json_each" | "json_each_text" | "jsonb_each" | "jsonb_each_text") => {
                all(&["key", "value"])
            }
            (
                Dialect::Postgres,
                "json_array_elements"
                | "json_array_elements_text"
                | "jsonb_array_elements"
                | "jsonb_array_elements_text",
            ) => all(&["value"]),
            (Dialect::Postgres, "json_to_record" | "json_to_recordset" | "jsonb_to_record" | "jsonb_to_recordset") => {
                let columns = alias.map(|alias| alias.columns.as_slice()).unwrap_or_default();
                let typed = columns.iter().filter(|column| column.data_type.is_some());
                let columns: Vec<_> = typed.map(|column| Column::new(fold(&column.name), labels.clone())).collect();
                Some(columns).filter(|columns| !columns.is_empty()).ok_or_else(unclear)?
            }
            (Dialect::Postgres, "unnest") if given > 1 => vec![Column::new("unnest", labels.clone()); given],
            (Dialect::Postgres, _) => {
                let mut one = vec![Column::new(name.clone(), labels.clone())];
                scalar(&mut one, alias);
                one
            }
            (Dialect::Sqlite, "json_each" | "json_tree" | "jsonb_each" | "jsonb_tree") => {
                all(&["key", "value", "type", "atom", "id", "parent", "fullkey", "path"])
            }
            (Dialect::Sqlite, "generate_series") => all(&["value"]),
            (Dialect::Sqlite, _) => return Err(unclear()),
        };
        ordinality(&mut columns, with_ordinality);
        named(name, columns, alias)
    }

    fn join(
        &mut self,
        left: Rows,
        right: Rows,
        operator: &JoinOperator,
        outer: Option<&Scope<'_>>,
    ) -> Result<Rows, SqlRefusal> {
        let constraint = match operator {
            JoinOperator::CrossJoin(on) => on,
            other => constraint(other).ok_or_else(unclear)?,
        };
        match constraint {
            JoinConstraint::On(on) => {
                let rows = left.and(right);
                let scope = Scope::new(&rows, outer);
                self.part(on, &scope)?;
                self.asked(Some(on), &scope, &scope)?;
                Ok(rows)
            }
            JoinConstraint::None => Ok(left.and(right)),
            JoinConstraint::Natural => {
                let names = left.shared(&right);
                self.merge(left, right, &names, None)
            }
            JoinConstraint::UsingAlias(names, alias) if self.dialect == Dialect::Postgres => {
                let mut rows = self.using(left, right, names)?;
                let columns = rows.columns.iter().take(names.len()).cloned().collect();
                rows.sources.push(Source { name: fold(alias), columns });
                Ok(rows)
            }
            JoinConstraint::UsingAlias(..) => Err(unclear()),
            JoinConstraint::Using(names) => self.using(left, right, names),
        }
    }

    /// Joined by columns that are named.
    fn using(&mut self, left: Rows, right: Rows, names: &[ObjectName]) -> Result<Rows, SqlRefusal> {
        let idents = names.iter().map(|name| match name.0.as_slice() {
            [part] => part.as_ident().ok_or_else(unclear),
            _ => Err(unclear()),
        });
        let idents = idents.collect::<Result<Vec<&Ident>, _>>()?;
        let names: Vec<String> = idents.iter().map(|ident| fold(ident)).collect();
        self.merge(left, right, &names, idents.first().copied())
    }

    fn merge(&mut self, left: Rows, right: Rows, names: &[String], at: Option<&Ident>) -> Result<Rows, SqlRefusal> {
        let is_named = |column: &&Column| names.iter().any(|name| column.name == *name);
        self.step(left.columns.len().saturating_add(right.columns.len()).saturating_mul(names.len()))?;
        self.read(left.columns.iter().chain(&right.columns).filter(is_named));
        let of = |rows: &Rows, name: &String| rows.columns.iter().find(|column| column.name == *name).cloned();
        for name in names {
            if let (Some(one), Some(other)) = (of(&left, name), of(&right, name)) {
                self.told_apart(&[one], &[other])?;
            }
        }
        let nothing = Rows::default();
        left.merged(right, names, self.dialect).map_err(|why| match at {
            Some(ident) => self.unbound(ident, why, &Scope::new(&nothing, None)),
            None => unclear(),
        })
    }
}

/// A function of one unnamed column gives it the alias' name.
fn scalar(columns: &mut [Column], alias: Option<&TableAlias>) {
    if let (Some(alias), [column]) = (alias, columns) {
        column.name = Cow::Owned(fold(&alias.name));
    }
}

fn ordinality(columns: &mut Vec<Column>, with: bool) {
    if with {
        columns.push(Column::new("ordinality", Labels::new()));
    }
}

/// A source under its alias, which may name the columns too.
fn named(name: String, mut columns: Vec<Column>, alias: Option<&TableAlias>) -> Result<Rows, SqlRefusal> {
    let Some(alias) = alias else { return Ok(Rows::of(name, columns)) };
    rename(&mut columns, alias)?;
    Ok(Rows::of(fold(&alias.name), columns))
}

/// Gives the first columns the names that a list has for them.
pub(super) fn rename(columns: &mut [Column], alias: &TableAlias) -> Result<(), SqlRefusal> {
    if alias.columns.len() > columns.len() {
        return Err(unclear());
    }
    for (column, name) in columns.iter_mut().zip(&alias.columns) {
        column.name = Cow::Owned(fold(&name.name));
    }
    Ok(())
}

/// Whether a function of PostgreSQL has the same columns whatever it is given. Of the others the type of an argument decides, and a row
/// becomes as many columns as it has fields.
fn is_counted(function: &str) -> bool {
    SINGLE.iter().any(|known| *known == function && function != "unnest")
        || ["json_each", "jsonb_each", "json_to_record", "jsonb_to_record"]
            .iter()
            .any(|known| function.starts_with(known))
}
