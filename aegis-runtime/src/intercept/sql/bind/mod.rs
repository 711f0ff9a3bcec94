//! Columns: every name is bound in its scope to a declared column, or to one that the statement itself gives; and what flows into
//! each column that comes out.
//!
//! A label is a class of personal data. It flows through everything that is computed from a column, and through set operations,
//! subqueries and names of a WITH; a count of a column, its test for NULL and EXISTS hand on none. Labels are for records, and for what
//! a write may ask (see `blind`): what is masked does not rest on them.
//!
//! *Invariants.* A name that is bound to nothing, or to two, is a refusal on PostgreSQL, where no engine is at hand to bind it. At the
//! end a plain walk over the tree meets no column that was passed over, so grammar that is not known here is a refusal too. On
//! SQLite the engine binds; labels are then held against what it read, and where they are not sure every class is on every column.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "the enums of the parser are foreign and grow; every wildcard here refuses, or says that a part is no name"
)]

mod blind;
mod expr;
mod fields;
mod query;
mod rows;
mod source;
mod write;

pub(super) use rows::Labels;

use super::effects::unknown;
use super::forms::Generated;
use super::place::{Lines, suggest};
use super::reading_a::{Reading, relation_name};
use super::walk::Walked;
use super::{Catalogue, SqlFacts, SqlRefusal, StatementKind};
use crate::denial::Code;
use crate::spec::{Dialect, TableSpec};
use rows::{Column, Scope, Unbound, columns_of};
use sqlparser::ast::{Expr, Ident, ObjectName, Statement, Visit, Visitor};
use std::collections::{BTreeSet, HashSet};
use std::ops::ControlFlow;

/// Most columns that all look-ups of a statement pass.
const STEPS: usize = 200_000;

/// What was bound.
pub(super) struct Bound {
    /// The labels of each column that comes out, in order.
    pub(super) labels: Vec<Labels>,
    /// Personal columns that are read.
    pub(super) personal: BTreeSet<(String, String)>,
    /// What is written, by its place.
    pub(super) moves: Moves,
}

/// What a write puts into columns, as far as labels tell: a query may give a value any name, its place it cannot change.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Moves {
    /// Some value is made of personal ones, and is none of them as it stands, or is of another class than its column.
    pub(super) spills: bool,
    /// Some column of a class gets a value that is not personal.
    pub(super) plants: bool,
    /// Some function in FROM can give more columns than are known: a row for `unnest(ARRAY['…'::events])` is all of its fields.
    pub(super) uncounted: bool,
    /// Some value that a change hands back is made of personal ones.
    pub(super) returns: bool,
}

impl Moves {
    /// Where nothing could be bound.
    pub(super) const UNKNOWN: Self = Self { spills: true, plants: true, uncounted: true, returns: true };
}

impl Bound {
    /// The labels, if the engine read no personal column beside those bound here, and gives as many columns.
    pub(super) fn sure(self, columns: usize, facts: &SqlFacts) -> Option<Vec<Labels>> {
        let same = self.labels.len() == columns || facts.kind == StatementKind::Explain;
        (same && facts.personal.is_subset(&self.personal)).then_some(self.labels)
    }

    /// Tells the facts, where no engine does.
    pub(super) fn settle(self, facts: &mut SqlFacts) {
        facts.personal = self.personal;
        facts.labels = self.labels;
    }
}

/// Binds every column of a statement.
pub(super) fn bind(
    sql: &str,
    read: &Reading,
    catalogue: &Catalogue,
    dialect: Dialect,
    writes: bool,
) -> Result<Bound, SqlRefusal> {
    let mut binder = Binder {
        catalogue,
        dialect,
        lines: Lines::new(sql),
        names: Vec::new(),
        bound: HashSet::new(),
        personal: BTreeSet::new(),
        steps: 0,
        asks: writes,
        generated: &read.generated,
        moves: Moves::default(),
    };
    let statement = below(&read.statement);
    let mut columns = binder.statement(statement)?;
    if !std::ptr::eq(statement, &read.statement) {
        columns.clear(); // a plan has columns of its own
    }
    let mut every = Every { bound: &binder.bound, missed: None };
    let _ends = statement.walked(&mut every);
    if let Some(ident) = every.missed {
        return Err(SqlRefusal::new(Code::SqlUnsupported, "a column in a place that is not known")
            .at(binder.lines.bytes_of(ident.span))
            .remedy("write the statement in a plainer form"));
    }
    let labels = columns.into_iter().map(|column| column.labels).collect();
    Ok(Bound { labels, personal: binder.personal, moves: binder.moves })
}

/// The statement that is explained, or itself.
fn below(statement: &Statement) -> &Statement {
    match statement {
        Statement::Explain { statement, .. } => below(statement),
        _ => statement, // itself
    }
}

/// A name that a WITH gives; no columns while they are made.
struct Named {
    name: String,
    columns: Option<Vec<Column>>,
}

struct Binder<'sql> {
    catalogue: &'sql Catalogue,
    dialect: Dialect,
    lines: Lines<'sql>,
    /// The names of every WITH around the place, innermost last.
    names: Vec<Named>,
    /// Every column that was bound, by where it stands.
    bound: HashSet<usize>,
    personal: BTreeSet<(String, String)>,
    steps: usize,
    /// Something is changed, so the number of rows tells of what chose them.
    asks: bool,
    /// Columns that a WITH gives beside those of its query.
    generated: &'sql [Generated],
    moves: Moves,
}

impl Binder<'_> {
    /// Counts what a statement costs to bind.
    fn step(&mut self, columns: usize) -> Result<(), SqlRefusal> {
        self.steps = self.steps.saturating_add(columns).saturating_add(1);
        if self.steps > STEPS {
            return Err(SqlRefusal::new(Code::SqlTooLarge, "too many columns, or too deep")
                .remedy("write a smaller statement, or several calls"));
        }
        Ok(())
    }

    /// The columns of a named relation: of the innermost WITH that gives the name, else of the estate.
    fn relation(&self, name: &ObjectName) -> Result<Vec<Column>, SqlRefusal> {
        let folded = relation_name(name).ok_or_else(unclear)?;
        let given = self.names.iter().rev().find(|named| name.0.len() == 1 && named.name == folded);
        match given {
            Some(Named { columns: Some(columns), .. }) => Ok(columns.clone()),
            Some(Named { columns: None, .. }) => {
                Err(SqlRefusal::new(Code::SqlUnsupported, format!("`{folded}` is read before it is made"))
                    .remedy("put the names of a WITH in the order of their use"))
            }
            None => self.catalogue.table(&folded).map(columns_of).ok_or_else(|| unknown(&folded, self.catalogue)),
        }
    }

    /// The relation that a write changes: no WITH gives it.
    fn target(&self, name: &ObjectName) -> Result<&'static TableSpec, SqlRefusal> {
        let folded = relation_name(name).ok_or_else(unclear)?;
        self.catalogue.table(&folded).ok_or_else(|| unknown(&folded, self.catalogue))
    }

    /// Notes what is read of columns.
    fn read<'column>(&mut self, columns: impl IntoIterator<Item = &'column Column>) -> Labels {
        let mut labels = Labels::new();
        for column in columns {
            if let Some((table, name)) = column.origin.filter(|_| !column.labels.is_empty()) {
                self.personal.insert((table.to_owned(), name.to_owned()));
            }
            labels.extend(&column.labels);
        }
        labels
    }

    fn unbound(&self, ident: &Ident, why: Unbound, scope: &Scope<'_>) -> SqlRefusal {
        let shown: String = ident.value.chars().take(64).filter(|letter| !letter.is_control()).collect();
        let remedy = match why {
            Unbound::Ambiguous => "name the relation before the column".to_owned(),
            Unbound::Unknown => suggest(&shown, scope.rows.columns.iter().map(|column| column.name.as_ref())),
        };
        SqlRefusal::new(Code::SqlUnknownColumn, format!("`{shown}`")).at(self.lines.bytes_of(ident.span)).remedy(remedy)
    }

    /// Binds a part of the statement, subqueries included; what flows into it.
    fn part<V: Visit>(&mut self, part: &V, scope: &Scope<'_>) -> Result<Labels, SqlRefusal> {
        let mut walk = expr::Walk::new(self, scope);
        let _ends = part.walked(&mut walk);
        walk.refusal.map_or(Ok(walk.labels), Err)
    }
}

/// Grammar that is not known here.
fn unclear() -> SqlRefusal {
    SqlRefusal::new(Code::SqlUnsupported, "its columns cannot be told").remedy("write the statement in a plainer form")
}

/// A column's identity during one binding.
fn identity(expr: &Expr) -> usize {
    std::ptr::from_ref(expr).addr()
}

/// Meets every column of a statement, wherever it stands.
struct Every<'bound> {
    bound: &'bound HashSet<usize>,
    missed: Option<Ident>,
}

impl Visitor for Every<'_> {
    type Break = ();

    fn pre_visit_expr(&mut self, expr: &Expr) -> ControlFlow<()> {
        let ident = match expr {
            Expr::Identifier(ident) => ident,
            Expr::CompoundIdentifier(parts) => match parts.last() {
                Some(ident) => ident,
                None => return ControlFlow::Continue(()),
            },
            _ => return ControlFlow::Continue(()), // no column itself
        };
        if self.bound.contains(&identity(expr)) {
            return ControlFlow::Continue(());
        }
        self.missed = Some(ident.clone());
        ControlFlow::Break(())
    }
}
