//! Which rows of a FROM belong together: equalities of columns of two different sources, and how many rows are left of the product.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "the enums of the parser are foreign and grow; what is not known here joins nothing"
)]

use super::super::walk::expressions;
use crate::intercept::sql::reading_a::fold;
use crate::intercept::sql::scope::{column_of, holds, is_query, strip};
use sqlparser::ast::{BinaryOperator, Expr, ObjectName};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;

/// Rows that each further reading of a relation by something else than its key adds to each that is there.
pub(in crate::intercept::sql) const FAN: u64 = 30;
/// The column that tells the rows of a relation apart.
const KEY: &str = "id";

/// What a column of a source is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// The same in every row: nothing is told apart by it.
    Constant,
    /// A column of a relation.
    Plain,
    /// Made of many rows, or by a function: rows differ in it.
    Made,
    /// Made of each row, and perhaps the same in all of them.
    Computed,
}

pub(super) type Columns = Vec<(String, Kind)>;

/// Rows of a FROM.
pub(super) struct Source {
    pub(super) name: String,
    /// Of a relation that is read.
    pub(super) relation: Option<String>,
    pub(super) rows: u64,
    /// What its columns are called, where the statement says it.
    pub(super) columns: Option<Columns>,
    /// One row of it is looked at, and the question is how many rows follow.
    pub(super) pinned: bool,
}

impl Source {
    fn kind(&self, column: &str) -> Option<Kind> {
        let Some(columns) = &self.columns else { return Some(Kind::Plain) };
        columns.iter().find(|(name, _)| name == column).map(|(_, kind)| *kind)
    }
}

/// Two sources, and the columns that are equal.
#[derive(Clone, PartialEq, Eq)]
struct Pair {
    ends: [usize; 2],
    columns: [String; 2],
}

/// Where a column comes from.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Owner {
    Source(usize),
    /// One of those whose columns are not said.
    Some,
}

/// The sources of a FROM, and what is equal of them.
pub(super) struct Joins {
    sources: Vec<Source>,
    pairs: Vec<Pair>,
    /// Names of columns that are equal, of whatever relations.
    loose: BTreeSet<[String; 2]>,
}

impl Joins {
    /// What stands around a query is a row of its own.
    pub(super) fn new() -> Self {
        let outside =
            Source { name: String::new(), relation: None, rows: 1, columns: Some(Columns::new()), pinned: true };
        Self { sources: vec![outside], pairs: Vec::new(), loose: BTreeSet::new() }
    }

    pub(super) fn add(&mut self, source: Source) {
        self.sources.push(source);
    }

    /// The row of a WITH that reads itself.
    pub(super) fn pin(&mut self, relation: &str) {
        for source in self.sources.iter_mut().filter(|source| source.relation.as_deref() == Some(relation)) {
            source.pinned = true;
        }
    }

    /// A condition that must hold.
    pub(super) fn on(&mut self, condition: &Expr) {
        let pairs = self.equal(condition);
        self.pairs.extend(pairs);
    }

    /// The last source has a column of the same name as one before.
    pub(super) fn using(&mut self, names: &[ObjectName]) {
        for name in names {
            let Some(name) = name.0.last().and_then(|part| part.as_ident()).map(fold) else { continue };
            self.same(&name);
        }
    }

    fn same(&mut self, name: &str) {
        let Some((last, before)) = self.sources.split_last() else { return };
        let right = before.len();
        let Some(kind) = last.kind(name) else { return };
        let has = |source: &Source| source.kind(name).is_some_and(|other| tells_apart(kind, other));
        if let Some(left) = before.iter().rposition(has) {
            self.pairs.push(Pair { ends: [left, right], columns: [name.to_owned(), name.to_owned()] });
        }
    }

    /// The last source has every column that those before have too.
    pub(super) fn natural(&mut self) {
        let Some((last, before)) = self.sources.split_last() else { return };
        match &last.columns {
            // Two relations have their key.
            None if before.iter().any(|source| source.columns.is_none()) => self.same(KEY),
            None => {}
            Some(columns) => {
                let said =
                    |name: &str| before.iter().any(|source| source.columns.is_some() && source.kind(name).is_some());
                let shared: Vec<String> =
                    columns.iter().map(|(name, _)| name.clone()).filter(|name| said(name)).collect();
                for name in shared {
                    self.same(&name);
                }
            }
        }
    }

    /// Pairs that a condition makes equal wherever it holds.
    fn equal(&mut self, condition: &Expr) -> Vec<Pair> {
        match strip(condition) {
            Expr::BinaryOp { left, op: BinaryOperator::And, right } => {
                let mut pairs = self.equal(left);
                pairs.extend(self.equal(right));
                pairs
            }
            Expr::BinaryOp { left, op: BinaryOperator::Or, right } => {
                let before = self.loose.clone();
                let (mut pairs, others) = (self.equal(left), self.equal(right));
                self.loose = before;
                pairs.retain(|pair| others.iter().any(|other| other.ends == pair.ends));
                pairs
            }
            Expr::BinaryOp { left, op: BinaryOperator::Eq, right } | Expr::IsNotDistinctFrom(left, right) => {
                match (strip(left), strip(right)) {
                    (Expr::Tuple(lefts), Expr::Tuple(rights)) => {
                        lefts.iter().zip(rights).filter_map(|(left, right)| self.sides(left, right)).collect()
                    }
                    (left, right) => self.sides(left, right).into_iter().collect(),
                }
            }
            _ => Vec::new(),
        }
    }

    /// An equality joins where one side is a column as it is: of two computed values nothing is known.
    fn sides(&mut self, left: &Expr, right: &Expr) -> Option<Pair> {
        let (one, other) = (bare(left), bare(right));
        let (ours, theirs) = (self.owners(left)?, self.owners(right)?);
        if ours.iter().any(|owner| theirs.contains(owner) && *owner != Owner::Some) {
            return None;
        }
        let (left, right) = (*ours.first()?, *theirs.first()?);
        if !tells_apart(self.kind(left, one.as_deref()), self.kind(right, other.as_deref())) {
            return None;
        }
        let columns = [one.unwrap_or_default(), other.unwrap_or_default()];
        let unsaid = |at: usize| self.sources.get(at).is_some_and(|source| source.columns.is_none());
        match (left, right) {
            (Owner::Source(left), Owner::Source(right)) => {
                let swapped = left > right;
                let [one, other] = columns;
                let columns = if swapped { [other, one] } else { [one, other] };
                Some(Pair { ends: [left.min(right), left.max(right)], columns })
            }
            // A source of which all is said belongs to some other.
            (Owner::Source(at), Owner::Some) | (Owner::Some, Owner::Source(at)) if !unsaid(at) => {
                let other = self.sources.iter().rposition(|source| source.columns.is_none())?;
                Some(Pair { ends: [at.min(other), at.max(other)], columns })
            }
            _ => {
                let [one, other] = columns;
                if one != other {
                    self.loose.insert(if one < other { [one, other] } else { [other, one] });
                }
                None
            }
        }
    }

    fn kind(&self, owner: Owner, column: Option<&str>) -> Kind {
        match (owner, column) {
            (_, None) => Kind::Computed,
            (Owner::Source(at), Some(column)) => {
                self.sources.get(at).and_then(|source| source.kind(column)).unwrap_or(Kind::Plain)
            }
            (Owner::Some, Some(_)) => Kind::Plain,
        }
    }

    /// The sources that a side is made of; nothing where a query stands in it, or no column.
    fn owners(&self, side: &Expr) -> Option<Vec<Owner>> {
        if holds(side, is_query) {
            return None;
        }
        let mut owners = Vec::new();
        let _ignored = expressions(side, &mut |expr| {
            if let Some(owner) = self.owner(expr)
                && !owners.contains(&owner)
            {
                owners.push(owner);
            }
            ControlFlow::Continue(())
        });
        (!owners.is_empty()).then_some(owners)
    }

    fn owner(&self, expr: &Expr) -> Option<Owner> {
        let column = column_of(expr)?;
        match expr {
            Expr::CompoundIdentifier(parts) => {
                let qualifier = parts.iter().rev().nth(1).map(fold)?;
                Some(Owner::Source(self.sources.iter().position(|source| source.name == qualifier).unwrap_or(0)))
            }
            Expr::Identifier(_) => {
                let said = |source: &Source| source.columns.is_some() && source.kind(&column).is_some();
                if let Some(at) = self.sources.iter().position(said) {
                    return Some(Owner::Source(at));
                }
                let mut unsaid = (0..).zip(&self.sources).filter(|(_, source)| source.columns.is_none());
                match (unsaid.next(), unsaid.next()) {
                    (Some((only, _)), None) => Some(Owner::Source(only)),
                    (Some(_), Some(_)) => Some(Owner::Some),
                    (None, _) => Some(Owner::Source(0)),
                }
            }
            _ => None,
        }
    }

    /// Rows that are gone through: the product of what nothing joins.
    pub(super) fn rows(&self) -> u64 {
        self.product(false)
    }

    /// Rows that follow from one row of what is pinned.
    pub(super) fn follow(&self) -> u64 {
        self.product(true)
    }

    fn product(&self, pinned: bool) -> u64 {
        let mut groups = self.groups();
        let unsaid = |group: &Vec<usize>| {
            group.iter().any(|at| self.sources.get(*at).is_some_and(|source| source.columns.is_none()))
        };
        // Equalities of columns of whatever relations join as many of those.
        let (mut open, rest): (Vec<_>, Vec<_>) = std::mem::take(&mut groups).into_iter().partition(unsaid);
        open.sort_by_key(|group| std::cmp::Reverse(self.group(group, pinned)));
        let left = open.len().saturating_sub(self.loose.len()).max(1);
        open.iter().take(left).chain(&rest).fold(1, |rows, group| rows.saturating_mul(self.group(group, pinned)))
    }

    fn groups(&self) -> Vec<Vec<usize>> {
        let mut labels: Vec<usize> = (0..self.sources.len()).collect();
        for Pair { ends: [left, right], .. } in &self.pairs {
            let (Some(&from), Some(&to)) = (labels.get(*right), labels.get(*left)) else { continue };
            labels.iter_mut().filter(|label| **label == from).for_each(|label| *label = to);
        }
        let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (at, label) in labels.into_iter().enumerate() {
            groups.entry(label).or_default().push(at);
        }
        groups.into_values().collect()
    }

    /// Rows of sources that belong together: those of the largest, and more where a relation is read again by no key.
    fn group(&self, group: &[usize], pinned: bool) -> u64 {
        let sources = || group.iter().filter_map(|at| self.sources.get(*at));
        let largest = sources().map(|source| source.rows).max().unwrap_or(1);
        let mut readings: BTreeMap<&str, (u32, u32)> = BTreeMap::new();
        for at in group {
            let Some(relation) = self.sources.get(*at).and_then(|source| source.relation.as_deref()) else { continue };
            let (keyed, others) = readings.entry(relation).or_default();
            let count = if self.is_keyed(*at) { keyed } else { others };
            *count = count.saturating_add(1);
        }
        let again = readings.values().map(|(keyed, others)| others.saturating_sub(u32::from(*keyed == 0)));
        let is_pinned = pinned && sources().any(|source| source.pinned);
        let ties = if is_pinned { self.ties(group) } else { 0 };
        let more = FAN.saturating_pow(again.fold(ties, u32::saturating_add));
        if is_pinned { more } else { largest.saturating_mul(more) }
    }

    /// Whether an equality takes rows of a source by their key.
    fn is_keyed(&self, at: usize) -> bool {
        let keyed = self.sources.get(at).is_some_and(|source| source.kind(KEY) == Some(Kind::Plain));
        keyed
            && self
                .pairs
                .iter()
                .any(|pair| pair.ends.iter().zip(&pair.columns).any(|(end, column)| *end == at && column == KEY))
    }

    /// Sources that have a column in common with what is pinned: as many rows as share it follow.
    fn ties(&self, group: &[usize]) -> u32 {
        let is_pinned = |at: usize| self.sources.get(at).is_some_and(|source| source.pinned);
        // What numbers rows tells them apart.
        let shared = |at: usize, column: &str| self.kind(Owner::Source(at), Some(column)) != Kind::Made;
        let tied = self.pairs.iter().filter(|Pair { ends: [left, right], columns: [one, other] }| {
            let (pinned, beside) = if is_pinned(*left) { (true, *right) } else { (is_pinned(*right), *left) };
            group.contains(left) && pinned && one == other && one != KEY && shared(beside, one)
        });
        tied.count().try_into().unwrap_or(u32::MAX)
    }
}

/// Whether an equality of such columns leaves a few of all pairs.
fn tells_apart(one: Kind, other: Kind) -> bool {
    one != Kind::Constant && other != Kind::Constant && (one, other) != (Kind::Computed, Kind::Computed)
}

/// The name of a column as it is, or cast.
fn bare(expr: &Expr) -> Option<String> {
    match strip(expr) {
        Expr::Cast { expr, .. } | Expr::Collate { expr, .. } => bare(expr),
        expr => column_of(expr),
    }
}
