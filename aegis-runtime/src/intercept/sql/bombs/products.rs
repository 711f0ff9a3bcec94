//! How many rows a statement goes through: what nothing joins is multiplied, and so is what is asked for each row.
//!
//! A relation is taken for some rows; what the statement writes down itself is counted. Both are estimates, for orders of magnitude.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "the enums of the parser are foreign and grow; what is not known here counts as the text of a column"
)]

use super::super::walk::expressions;
use super::asked::{Asked, Names, reads_outside};
use super::joins::{Columns, Joins, Source};
use super::series::count_of;
use super::sizes::Sizes;
use super::sources::{called, columns_of, is_one, read_of, rename};
use crate::denial::Code;
use crate::intercept::sql::SqlRefusal;
use crate::intercept::sql::parts;
use crate::intercept::sql::place::Lines;
use crate::intercept::sql::reading_a::{bare_name, fold};
use crate::intercept::sql::recursion::reads;
use crate::intercept::sql::scope::{constraint, number};
use sqlparser::ast::{
    Cte, Expr, FromTable, FunctionArg, JoinConstraint, Merge, Query, Select, SetExpr, Spanned, Statement, TableAlias,
    TableFactor, TableWithJoins, Update, UpdateTableFromKind, Visit,
};
use std::ops::ControlFlow;

/// Rows that a relation is taken for.
pub(super) const RELATION: u64 = 1000;
/// Most rows that a statement may go through: three relations that nothing joins, a few times.
const WORK: u64 = 5_000_000_000;
/// Most rows that a recursion may come to.
const COUNTED: u64 = 5_000_000;
/// What a row of a recursion costs, in rows of a relation.
const STEP: u64 = 20;
/// Longest texts that are written for each row of what is made one value, times the rows.
const GATHERED: u64 = 100_000_000;

/// What a query gives, and what it goes through for that.
#[derive(Clone, Copy)]
pub(super) struct Measure {
    pub(super) rows: u64,
    pub(super) work: u64,
    /// Rows that belong to one row around it.
    follows: u64,
}

impl Measure {
    const ONE: Self = Self::of(1);

    const fn of(rows: u64) -> Self {
        Self { rows, work: rows, follows: rows }
    }

    fn and(self, other: Self) -> Self {
        Self {
            rows: self.rows.saturating_add(other.rows),
            work: self.work.saturating_add(other.work),
            follows: self.follows.saturating_add(other.follows),
        }
    }

    fn at_most(self, rows: u64) -> Self {
        Self { rows: self.rows.min(rows), follows: self.follows.min(rows), ..self }
    }
}

/// The name of a WITH.
struct Given {
    name: String,
    /// The relation whose rows it gives as they are.
    relation: Option<String>,
    rows: u64,
    columns: Option<Columns>,
}

pub(super) struct Products<'sql> {
    sql: &'sql str,
    pub(super) sizes: Sizes<'sql>,
    names: Names,
    given: Vec<Given>,
    pub(super) refusal: Option<SqlRefusal>,
}

/// What is asked beside the rows of a FROM.
#[derive(Default)]
struct Beside {
    /// Once.
    once: u64,
    /// For each row.
    each: u64,
}

impl<'sql> Products<'sql> {
    pub(super) fn new(sql: &'sql str, sizes: Sizes<'sql>, names: Names) -> Self {
        Self { sql, sizes, names, given: Vec::new(), refusal: None }
    }

    /// How many rows follow from one row of a name in a step of its recursion.
    pub(super) fn growth(mut self, step: &Select, name: &str) -> u64 {
        self.given.push(Given { name: name.to_owned(), relation: None, rows: 1, columns: None });
        let mut joins = Joins::new();
        self.from(&mut joins, &step.from, &mut Beside::default());
        joins.pin(name);
        step.selection.iter().for_each(|condition| joins.on(condition));
        joins.follow().saturating_mul(Asked::of(&step.projection, &mut self).sets)
    }

    /// How many rows an arm of a recursion begins with.
    pub(super) fn anchor(mut self, anchor: &SetExpr, before: &[Cte]) -> u64 {
        for cte in before {
            let _ignored = self.give(cte, true);
        }
        self.body(anchor).rows
    }

    pub(super) fn statement(&mut self, statement: &Statement) -> Measure {
        match statement {
            Statement::Query(query) => self.query(query),
            Statement::Explain { statement, .. } => self.statement(statement),
            Statement::Insert(insert) => {
                let source = insert.source.as_deref().map_or(Measure::ONE, |source| self.query(source));
                let written = self.asked(&insert.on, insert, source);
                self.asked(&insert.returning, insert, written)
            }
            Statement::Update(update) => self.update(update),
            Statement::Delete(delete) => {
                let (FromTable::WithFromKeyword(from) | FromTable::WithoutKeyword(from)) = &delete.from;
                let from = from.iter().chain(delete.using.iter().flatten());
                self.write(delete, from, delete.selection.as_ref())
            }
            Statement::Merge(merge) => self.merge(merge),
            statement => self.asked(statement, statement, Measure::ONE),
        }
    }

    fn update(&mut self, update: &Update) -> Measure {
        let more = match &update.from {
            Some(UpdateTableFromKind::BeforeSet(from) | UpdateTableFromKind::AfterSet(from)) => from.as_slice(),
            None => &[],
        };
        self.write(update, std::iter::once(&update.table).chain(more), update.selection.as_ref())
    }

    fn merge(&mut self, merge: &Merge) -> Measure {
        let (mut joins, mut beside) = (Joins::new(), Beside::default());
        self.factor(&mut joins, &merge.table, &mut beside);
        self.factor(&mut joins, &merge.source, &mut beside);
        joins.on(&merge.on);
        self.beside(merge, merge, &joins, beside)
    }

    fn write<'part, V: Visit + Spanned>(
        &mut self,
        whole: &V,
        from: impl IntoIterator<Item = &'part TableWithJoins>,
        selection: Option<&Expr>,
    ) -> Measure {
        let (mut joins, mut beside) = (Joins::new(), Beside::default());
        self.from(&mut joins, from, &mut beside);
        selection.into_iter().for_each(|condition| joins.on(condition));
        self.beside(whole, whole, &joins, beside)
    }

    pub(super) fn query(&mut self, query: &Query) -> Measure {
        let depth = self.given.len();
        let mut before = 0_u64;
        if let Some(with) = &query.with {
            for cte in &with.cte_tables {
                let work = self.give(cte, with.recursive);
                before = before.saturating_add(work);
            }
        }
        let body = self.body(&query.body);
        let whole = match &query.order_by {
            Some(order) => self.asked(order, query, body),
            None => body,
        };
        self.given.truncate(depth);
        let whole = Measure { work: whole.work.saturating_add(before), ..whole };
        parts::taken(query).map_or(whole, |rows| whole.at_most(count_of(rows)))
    }

    fn give(&mut self, cte: &Cte, recursive: bool) -> u64 {
        let mut measure = self.query(&cte.query);
        let (name, relation) = (fold(&cte.alias.name), read_of(&cte.query));
        if recursive && reads(cte.query.as_ref(), &name) {
            // As many as it counts to; one that goes on for longer is refused.
            measure.rows = measure.rows.max(largest(&cte.query).min(COUNTED));
            measure.work = measure.work.max(measure.rows.saturating_mul(STEP));
        }
        let columns = rename(columns_of(&cte.query.body), Some(&cte.alias));
        self.given.push(Given { name, relation, rows: measure.rows, columns });
        measure.work
    }

    fn body(&mut self, body: &SetExpr) -> Measure {
        match body {
            SetExpr::Select(select) => self.select(select),
            SetExpr::Query(query) => self.query(query),
            SetExpr::SetOperation { left, right, .. } => self.body(left).and(self.body(right)),
            SetExpr::Values(values) => {
                let rows = values.rows.len().try_into().unwrap_or(u64::MAX);
                self.asked(values, values, Measure::of(rows))
            }
            SetExpr::Insert(statement)
            | SetExpr::Update(statement)
            | SetExpr::Delete(statement)
            | SetExpr::Merge(statement) => self.statement(statement),
            SetExpr::Table(_) => Measure::of(RELATION),
        }
    }

    fn select(&mut self, select: &Select) -> Measure {
        let (mut joins, mut beside) = (Joins::new(), Beside::default());
        self.from(&mut joins, &select.from, &mut beside);
        select.selection.iter().for_each(|condition| joins.on(condition));
        let all = self.beside(select, select, &joins, beside);
        if is_one(select) { all.at_most(1) } else { all }
    }

    fn beside<V: Visit, S: Spanned>(&mut self, part: &V, whole: &S, joins: &Joins, beside: Beside) -> Measure {
        let rows = joins.rows();
        let work = rows.saturating_mul(beside.each.max(1)).saturating_add(beside.once);
        self.asked(part, whole, Measure { rows, work, follows: joins.follow() })
    }

    /// What stands in the clauses of a query beside its FROM.
    fn asked<V: Visit, S: Spanned>(&mut self, part: &V, whole: &S, of: Measure) -> Measure {
        let asked = Asked::of(part, self);
        let rows = of.rows.saturating_mul(asked.sets);
        let each = rows.saturating_mul(asked.each.max(asked.frame)).max(rows);
        let work = of.work.saturating_mul(asked.sets).max(each).saturating_add(asked.once);
        if work > WORK {
            self.refuse(whole, "a product of many rows", "join the relations on their keys");
        }
        let times = if asked.again { rows } else { 1 };
        if asked.gathered.is_some_and(|piece| piece.max(1).saturating_mul(rows).saturating_mul(times) > GATHERED) {
            self.refuse(
                whole,
                "a value made of too many rows",
                "join the relations on their keys, or gather fewer rows",
            );
        }
        Measure { rows, work, follows: of.follows.saturating_mul(asked.sets) }
    }

    fn refuse<S: Spanned>(&mut self, whole: &S, what: &str, remedy: &str) {
        if self.refusal.is_none() {
            let bytes = Lines::new(self.sql).bytes(whole);
            self.refusal = Some(SqlRefusal::new(Code::SqlTooLarge, what).at_part(bytes).remedy(remedy));
        }
    }

    /// Whether a query is asked again for each row around it.
    pub(super) fn is_asked_again(&self, query: &Query) -> bool {
        reads_outside(query, &self.names)
    }

    fn from<'part>(
        &mut self,
        joins: &mut Joins,
        from: impl IntoIterator<Item = &'part TableWithJoins>,
        beside: &mut Beside,
    ) {
        for tables in from {
            self.factor(joins, &tables.relation, beside);
            for join in &tables.joins {
                self.factor(joins, &join.relation, beside);
                match constraint(&join.join_operator) {
                    Some(JoinConstraint::On(on)) => joins.on(on),
                    Some(JoinConstraint::Using(names) | JoinConstraint::UsingAlias(names, _)) => joins.using(names),
                    Some(JoinConstraint::Natural) => joins.natural(),
                    Some(JoinConstraint::None) | None => {}
                }
            }
        }
    }

    fn factor(&mut self, joins: &mut Joins, factor: &TableFactor, beside: &mut Beside) {
        match factor {
            TableFactor::NestedJoin { table_with_joins, .. } => {
                self.from(joins, std::iter::once(table_with_joins.as_ref()), beside);
            }
            TableFactor::Derived { lateral, subquery, alias, .. } => {
                let source = self.derived(*lateral, subquery, alias.as_ref(), beside);
                joins.add(source);
            }
            TableFactor::Table { name, alias, args: Some(args), .. } => {
                self.function(joins, &bare_name(name).unwrap_or_default(), &args.args, alias.as_ref(), beside);
            }
            TableFactor::Function { name, args, alias, .. } => {
                self.function(joins, &bare_name(name).unwrap_or_default(), args, alias.as_ref(), beside);
            }
            TableFactor::UNNEST { array_exprs, alias, .. } => {
                let given: Vec<&Expr> = array_exprs.iter().collect();
                let name = alias.as_ref().map_or_else(|| "unnest".to_owned(), |alias| fold(&alias.name));
                let rows = self.made("unnest", &given, beside);
                let columns = Some(called(&name, alias.as_ref()));
                joins.add(Source { name, relation: None, rows, columns, pinned: false });
            }
            TableFactor::Table { name, alias, .. } => {
                let called = name.0.last().and_then(|part| part.as_ident()).map(fold).unwrap_or_default();
                let given = self.given.iter().rev().find(|given| name.0.len() == 1 && given.name == called);
                let rows = given.map_or(RELATION, |given| given.rows);
                let columns = given.and_then(|given| given.columns.clone());
                let columns = if given.is_some() { rename(columns, alias.as_ref()) } else { None };
                let name = alias.as_ref().map_or_else(|| called.clone(), |alias| fold(&alias.name));
                let relation = given.and_then(|given| given.relation.clone()).or(Some(called));
                joins.add(Source { name, relation, rows, columns, pinned: false });
            }
            _ => {
                joins.add(Source { name: String::new(), relation: None, rows: RELATION, columns: None, pinned: false })
            }
        }
    }

    fn derived(&mut self, lateral: bool, query: &Query, alias: Option<&TableAlias>, beside: &mut Beside) -> Source {
        let measure = self.query(query);
        let mut rows = measure.rows;
        if lateral && self.is_asked_again(query) {
            beside.each = beside.each.saturating_add(measure.work);
            rows = rows.min(measure.follows);
        } else {
            beside.once = beside.once.saturating_add(measure.work);
        }
        let name = alias.map(|alias| fold(&alias.name)).unwrap_or_default();
        let columns = rename(columns_of(&query.body), alias);
        Source { name, relation: read_of(query), rows, columns, pinned: false }
    }

    fn function(
        &mut self,
        joins: &mut Joins,
        function: &str,
        args: &[FunctionArg],
        alias: Option<&TableAlias>,
        beside: &mut Beside,
    ) {
        let given: Vec<&Expr> = args.iter().filter_map(parts::value).collect();
        let rows = self.made(function, &given, beside);
        let name = alias.map_or_else(|| function.to_owned(), |alias| fold(&alias.name));
        let columns = Some(called(&name, alias));
        joins.add(Source { name, relation: None, rows, columns, pinned: false });
    }

    /// Rows that a function makes, and what is asked for its arguments.
    fn made(&mut self, function: &str, given: &[&Expr], beside: &mut Beside) -> u64 {
        for argument in given {
            let asked = Asked::of(*argument, self);
            beside.once = beside.once.saturating_add(asked.once);
            beside.each = beside.each.saturating_add(asked.each);
        }
        self.sizes.rows_of(function, given).unwrap_or(1)
    }
}

/// The largest number in a query.
fn largest(query: &Query) -> u64 {
    let mut most = 0;
    let _ignored = expressions(query, &mut |expr| {
        most = number(expr).map_or(most, |number| most.max(count_of(number.abs())));
        ControlFlow::Continue(())
    });
    most
}
