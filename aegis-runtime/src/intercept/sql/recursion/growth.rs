//! Texts that a step of a recursion makes longer by a factor: a matrix of how often each column of the row before stands in each new one.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "the enums of the parser are foreign and grow; what is not named here holds no text of the row before"
)]

use super::super::walk::Walked;
use super::own::plain;
use super::reads;
use crate::intercept::sql::parts::{arguments, folded, item, value};
use crate::intercept::sql::reading_a::{bare_name, fold};
use crate::intercept::sql::scope::{column_of, factors, number, strip};
use sqlparser::ast::{
    BinaryOperator, Expr, Function, FunctionArg, FunctionArguments, Query, Select, SelectItem, SetExpr, TableFactor,
    Value, Visitor,
};
use std::ops::ControlFlow;

/// Steps after which a text that only gets longer by a piece is still short, and one that doubles is not.
const STEPS: usize = 64;
/// The length that it has to keep to by then.
const SHORT: f64 = 100_000.0;

/// The columns of the name of a WITH, as far as they are said.
pub(super) fn columns(name: &str, first: Option<&SetExpr>, around: &Query) -> Vec<String> {
    let mut given = around.with.iter().flat_map(|with| &with.cte_tables);
    let said: Vec<String> = given
        .find(|cte| fold(&cte.alias.name) == name)
        .map(|cte| cte.alias.columns.iter().map(|column| plain(&column.name)).collect())
        .unwrap_or_default();
    let called = |item: &SelectItem| match item {
        SelectItem::ExprWithAlias { alias, .. } => plain(alias),
        SelectItem::UnnamedExpr(expr) => match strip(expr) {
            Expr::Identifier(name) => column_of(expr).map(|_| plain(name)).unwrap_or_default(),
            Expr::CompoundIdentifier(parts) => parts.last().map(plain).unwrap_or_default(),
            _ => String::new(), // the engine's to say
        },
        _ => String::new(), // of no name that is known
    };
    match first {
        Some(SetExpr::Select(select)) if said.is_empty() => select.projection.iter().map(called).collect(),
        Some(SetExpr::Values(values)) if said.is_empty() => {
            let width = values.rows.first().map_or(0, |row| row.content.len());
            (1..=width).map(|nth| format!("column{nth}")).collect()
        }
        _ => said,
    }
}

/// Whether a step makes texts longer by a factor: one column of the row before stands in its next value twice, or two stand in each
/// other's.
pub(super) fn is_growing(step: &Select, name: &str, columns: &[String]) -> bool {
    let items = || step.projection.iter().map(item);
    let known = columns.len() == step.projection.len()
        && items().all(|item| item.is_some())
        && columns.iter().all(|column| !column.is_empty());
    // Where it is not known which column becomes which, each is looked at by itself.
    let mut mentioned = Mentioned(Vec::new());
    let _ignored = step.walked(&mut mentioned);
    let columns = if known { columns } else { mentioned.0.as_slice() };
    let mut copies = Copies { columns, own: None, made: None, hidden: false };
    let nested =
        factors(&step.from).any(|factor| matches!(factor, TableFactor::NestedJoin { .. }) && reads(factor, name));
    let own = (!nested).then(|| called(step, name));
    for factor in factors(&step.from) {
        match factor {
            TableFactor::Table { args: None, .. } | TableFactor::NestedJoin { .. } => {}
            TableFactor::Derived { lateral, subquery, .. } => {
                let reads = reads(factor, name);
                // Elsewhere a name may be that of a source which is made of the row before.
                copies.own = own.clone().filter(|_| !reads && looks_up(subquery));
                if *lateral || reads {
                    copies.make(factor);
                }
                copies.hidden |= reads;
                copies.own = None;
            }
            _ => copies.make(factor),
        }
    }
    copies.own = own;
    let rows: Vec<Vec<f64>> = items().map(|item| item.map_or_else(|| copies.none(), |expr| copies.of(expr))).collect();
    if !known {
        return rows.iter().flatten().any(|copies| *copies > 1.0);
    }
    let mut lengths: Vec<f64> = columns.iter().map(|_| 1.0).collect();
    for _ in 0..STEPS {
        let next = |row: &Vec<f64>| row.iter().zip(&lengths).map(|(copies, length)| copies * length).sum::<f64>();
        lengths = rows.iter().map(next).collect();
    }
    !lengths.iter().all(|length| *length <= SHORT)
}

/// Whether a query takes columns of relations as they are.
fn looks_up(query: &Query) -> bool {
    let SetExpr::Select(select) = query.body.as_ref() else { return false };
    let column = |one: &SelectItem| item(one).is_some_and(|expr| column_of(expr).is_some());
    query.with.is_none()
        && factors(&select.from).all(|factor| matches!(factor, TableFactor::Table { args: None, .. }))
        && select.projection.iter().all(column)
}

/// What the rows before are called in a step.
pub(super) fn called(step: &Select, name: &str) -> Vec<String> {
    let named = |factor: &TableFactor| match factor {
        TableFactor::Table { name: table, alias, args: None, .. } if bare_name(table).as_deref() == Some(name) => {
            Some(alias.as_ref().map_or_else(|| name.to_owned(), |alias| fold(&alias.name)))
        }
        _ => None, // another source
    };
    factors(&step.from).filter_map(named).collect()
}

/// How often the columns of the row before stand in a value, one by one.
struct Copies<'sql> {
    columns: &'sql [String],
    /// What the row before is called, where that tells its columns from others.
    own: Option<Vec<String>>,
    /// What stands in the columns of rows that the step makes.
    made: Option<Vec<f64>>,
    /// The row before is read behind such rows.
    hidden: bool,
}

impl Copies<'_> {
    fn none(&self) -> Vec<f64> {
        self.columns.iter().map(|_| 0.0).collect()
    }

    /// All of the row before.
    fn whole(&self) -> Vec<f64> {
        self.columns.iter().map(|_| 1.0).collect()
    }

    /// Adds what rows are made of.
    fn make(&mut self, factor: &TableFactor) {
        match factor {
            TableFactor::Derived { subquery, .. } => {
                let _ignored = subquery.walked(&mut Made(self));
            }
            TableFactor::Table { args: Some(args), .. } => self.given(&args.args),
            TableFactor::Function { args, .. } => self.given(args),
            TableFactor::UNNEST { array_exprs, .. } => self.add(array_exprs.iter()),
            _ => {} // of another dialect
        }
    }

    fn given(&mut self, args: &[FunctionArg]) {
        self.add(args.iter().filter_map(value));
    }

    fn add<'part>(&mut self, parts: impl Iterator<Item = &'part Expr>) {
        let found = self.sum(parts);
        self.keep(&found);
    }

    fn keep(&mut self, found: &[f64]) {
        let before = self.made.take().unwrap_or_else(|| self.none());
        self.made = Some(sum(before, found));
    }

    fn sum<'part>(&self, parts: impl Iterator<Item = &'part Expr>) -> Vec<f64> {
        parts.fold(self.none(), |all, part| sum(all, &self.of(part)))
    }

    /// One of several.
    fn any<'part>(&self, parts: impl Iterator<Item = &'part Expr>) -> Vec<f64> {
        parts.fold(self.none(), |all, part| {
            all.into_iter().zip(self.of(part)).map(|(one, other)| one.max(other)).collect()
        })
    }

    fn column(&self, expr: &Expr) -> Vec<f64> {
        let unknown = || self.made.clone().unwrap_or_else(|| self.none());
        if self.hidden {
            return unknown();
        }
        let qualifier = match strip(expr) {
            Expr::CompoundIdentifier(parts) => parts.iter().rev().nth(1).map(fold),
            _ => None, // none
        };
        let own = qualifier.is_none_or(|qualifier| self.own.as_ref().is_none_or(|own| own.contains(&qualifier)));
        let Some(name) = column_of(expr).filter(|_| own) else { return unknown() };
        if !self.columns.contains(&name) {
            let whole = self.own.as_ref().is_some_and(|own| own.contains(&name));
            return if whole { self.whole() } else { unknown() };
        }
        self.columns.iter().map(|column| if *column == name { 1.0 } else { 0.0 }).collect()
    }

    fn of(&self, expr: &Expr) -> Vec<f64> {
        match strip(expr) {
            Expr::Identifier(_) | Expr::CompoundIdentifier(_) => self.column(expr),
            Expr::BinaryOp {
                left,
                op: BinaryOperator::StringConcat | BinaryOperator::Custom(_) | BinaryOperator::PGCustomBinaryOperator(_),
                right,
            } => self.sum([left.as_ref(), right.as_ref()].into_iter()),
            Expr::BinaryOp {
                left,
                op:
                    BinaryOperator::Arrow
                    | BinaryOperator::LongArrow
                    | BinaryOperator::HashArrow
                    | BinaryOperator::HashLongArrow
                    | BinaryOperator::HashMinus,
                ..
            } => self.of(left),
            Expr::Cast { expr, .. }
            | Expr::Collate { expr, .. }
            | Expr::Named { expr, .. }
            | Expr::Substring { expr, .. }
            | Expr::Trim { expr, .. } => self.of(expr),
            Expr::Prefixed { value, .. } => self.of(value),
            Expr::Overlay { expr, overlay_what, .. } => self.sum([expr.as_ref(), overlay_what.as_ref()].into_iter()),
            Expr::Array(array) => self.sum(array.elem.iter()),
            Expr::Tuple(items) => self.sum(items.iter()),
            Expr::Case { conditions, else_result, .. } => {
                self.any(conditions.iter().map(|case| &case.result).chain(else_result.as_deref()))
            }
            Expr::CompoundFieldAccess { root, .. } => self.of(root),
            Expr::Subquery(query) => match query.body.as_ref() {
                SetExpr::Select(select) => self.sum(select.projection.iter().filter_map(item)),
                _ => self.none(), // of other rows
            },
            Expr::Function(function) => self.called(function),
            _ => self.none(), // a number, or a truth value
        }
    }

    fn called(&self, function: &Function) -> Vec<f64> {
        let FunctionArguments::List(list) = &function.args else { return self.none() };
        let given: Vec<&Expr> = list.args.iter().filter_map(value).collect();
        let first = || self.sum(given.iter().copied().take(1));
        let all = || self.sum(given.iter().copied());
        let twice = |copies: Vec<f64>| copies.into_iter().map(|copies| copies * 2.0).collect::<Vec<f64>>();
        match (folded(function).as_str(), given.as_slice()) {
            (
                "abs" | "ascii" | "bit_length" | "ceil" | "ceiling" | "char_length" | "character_length" | "count"
                | "date_part" | "floor" | "instr" | "json_array_length" | "jsonb_array_length" | "julianday" | "length"
                | "md5" | "mod" | "octet_length" | "position" | "round" | "sign" | "strpos" | "typeof" | "unicode"
                | "unixepoch",
                _,
            ) => self.none(),
            (
                "btrim" | "date" | "datetime" | "initcap" | "left" | "lower" | "ltrim" | "regexp_substr" | "reverse"
                | "right" | "rtrim" | "split_part" | "substr" | "substring" | "translate" | "trim" | "upper",
                _,
            ) => first(),
            ("coalesce" | "greatest" | "ifnull" | "iif" | "if" | "least" | "max" | "min" | "nullif", _) => {
                self.any(given.iter().copied())
            }
            ("replace", [text, part, instead]) => {
                // A part that is taken out has a letter at least.
                let shorter = length(instead).is_some_and(|instead| instead <= length(part).unwrap_or(1).max(1));
                let copies = if shorter { self.of(text) } else { twice(self.of(text)) };
                // Every place may be taken by all of it.
                sum(copies, &twice(self.of(instead)))
            }
            ("regexp_replace", [text, _, instead, ..]) => {
                let copies = if length(instead) == Some(0) { self.of(text) } else { twice(self.of(text)) };
                sum(copies, &twice(self.of(instead)))
            }
            ("lpad" | "rpad" | "repeat" | "array_fill", [text, times, ..]) => match number(times) {
                Some(times) if times <= 1.0 => self.of(text),
                Some(_) if folded(function).ends_with("pad") => self.none(),
                Some(_) => twice(self.of(text)),
                None => sum(twice(self.of(text)), &twice(self.measured(times))),
            },
            ("concat_ws", [between, parts @ ..]) => {
                let between = self.of(between);
                parts.iter().fold(self.none(), |all, part| sum(sum(all, &self.of(part)), &between))
            }
            ("array_to_string", [list, between, ..]) => sum(self.of(list), &twice(self.of(between))),
            // `%1$s` takes the same argument again.
            ("format" | "printf", [format, ..]) if length(format).is_none() || format.to_string().contains('$') => {
                twice(all())
            }
            ("zeroblob" | "randomblob", [times]) => twice(self.measured(times)),
            (
                "string_agg" | "group_concat" | "array_agg" | "json_agg" | "jsonb_agg" | "json_group_array" | "hex"
                | "quote" | "encode" | "json_quote" | "quote_ident" | "quote_literal" | "quote_nullable" | "to_json"
                | "to_jsonb",
                _,
            ) => twice(all()),
            _ => all(),
        }
    }

    /// What the length of a text is taken of.
    fn measured(&self, times: &Expr) -> Vec<f64> {
        let mut lengths = Lengths { of: Vec::new(), depth: 0 };
        let _ignored = times.walked(&mut lengths);
        self.sum(lengths.of.iter())
    }
}

fn sum(one: Vec<f64>, other: &[f64]) -> Vec<f64> {
    one.into_iter().zip(other).map(|(one, other)| one + other).collect()
}

/// Characters of a text that is written down.
fn length(expr: &Expr) -> Option<usize> {
    let Expr::Value(value) = strip(expr) else { return None };
    match &value.value {
        Value::SingleQuotedString(text) => Some(text.chars().count()),
        _ => None, // of another kind
    }
}

/// The items of every SELECT, those of the innermost first.
struct Made<'made, 'sql>(&'made mut Copies<'sql>);

impl Made<'_, '_> {
    /// The cells of rows that are written down.
    fn rows(&mut self, body: &SetExpr) {
        match body {
            SetExpr::Values(values) => self.0.add(values.rows.iter().flat_map(|row| &row.content)),
            SetExpr::SetOperation { left, right, .. } => {
                self.rows(left);
                self.rows(right);
            }
            _ => {} // visited by itself
        }
    }
}

impl Visitor for Made<'_, '_> {
    type Break = ();

    fn post_visit_query(&mut self, query: &Query) -> ControlFlow<()> {
        self.rows(&query.body);
        ControlFlow::Continue(())
    }

    fn post_visit_table_factor(&mut self, factor: &TableFactor) -> ControlFlow<()> {
        match factor {
            TableFactor::Derived { .. } => {} // its queries are visited
            factor => self.0.make(factor),
        }
        ControlFlow::Continue(())
    }

    fn post_visit_select(&mut self, select: &Select) -> ControlFlow<()> {
        self.0.add(select.projection.iter().filter_map(item));
        let stars = |item: &SelectItem| matches!(item, SelectItem::Wildcard(_) | SelectItem::QualifiedWildcard(..));
        if select.projection.iter().any(stars) {
            let whole = self.0.whole();
            self.0.keep(&whole);
        }
        ControlFlow::Continue(())
    }
}

/// What lengths are taken of, those within others left out: they are met again.
struct Lengths {
    of: Vec<Expr>,
    depth: usize,
}

impl Visitor for Lengths {
    type Break = ();

    fn pre_visit_expr(&mut self, expr: &Expr) -> ControlFlow<()> {
        if let Some(function) = measure(expr) {
            if self.depth == 0 {
                self.of.extend(arguments(&function.args).into_iter().cloned());
            }
            self.depth = self.depth.saturating_add(1);
        }
        ControlFlow::Continue(())
    }

    fn post_visit_expr(&mut self, expr: &Expr) -> ControlFlow<()> {
        if measure(expr).is_some() {
            self.depth = self.depth.saturating_sub(1);
        }
        ControlFlow::Continue(())
    }
}

/// A function that gives the length of a text.
fn measure(expr: &Expr) -> Option<&Function> {
    match expr {
        Expr::Function(function) if folded(function).ends_with("length") => Some(function),
        _ => None, // another
    }
}

/// The names of columns, each once.
struct Mentioned(Vec<String>);

impl Visitor for Mentioned {
    type Break = ();

    fn pre_visit_expr(&mut self, expr: &Expr) -> ControlFlow<()> {
        if let Some(name) = column_of(expr)
            && !self.0.contains(&name)
        {
            self.0.push(name);
        }
        ControlFlow::Continue(())
    }
}
