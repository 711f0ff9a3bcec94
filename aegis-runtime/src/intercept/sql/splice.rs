//! Leaf substitution: a relation that is read becomes one in which its personal columns are masked.
//!
//! Star, positions, whole rows, joins, subqueries and set operations are masked by construction, since nothing above the leaf ever
//! sees a value. On a server of ours it is a masked view, whose values are tokens that are equal where the values are, so joins
//! and counts work. Elsewhere it is a derived table, and values become one constant a class, since a server that is not ours has no
//! keyed hash: joins and distinct counts over personal columns are lost there. NULL stays NULL.

use super::reading_a::{Edit, MASKED, Reading, Reference};
use super::{SqlRefusal, rewrite_failed};
use crate::spec::{ColumnSpec, TableSpec};
use crate::vocabulary::{Class, DomainId, Operator};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::ops::Range;

/// A relation to be masked, with what stands in place of each personal column.
pub(super) struct Leaf {
    pub(super) table: &'static TableSpec,
    shown: Vec<Option<String>>,
}

/// What leaf expressions call that a statement might not.
pub(super) const FUNCTIONS: [&str; 5] = ["convert_to", "encode", "sha256", "substr", "translate"];

/// What stands in place of the relation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Base {
    /// A derived table over the relation.
    Real,
    /// A derived table over its stand-in on the twin.
    StandIn,
    /// The masked view of a SQLite server of ours.
    View,
    /// The masked view of a PostgreSQL server of ours.
    SchemaView,
}

/// The name of a relation's stand-in.
pub(super) fn stand_in(table: &str) -> String {
    format!("aegis_leaf_{table}")
}

impl Leaf {
    /// The leaf of a relation; `None` if the policy masks none of its columns. With a key, equal values of one label give equal
    /// tokens; the engine must have `sha256`.
    pub(super) fn of(
        table: &'static TableSpec,
        key: Option<&str>,
        label: &dyn Fn(Class) -> String,
        operator: &dyn Fn(DomainId, Class) -> Option<Operator>,
    ) -> Option<Self> {
        let shown: Vec<Option<String>> = table
            .columns
            .iter()
            .map(|column| {
                let class = column.pii?;
                let operator = operator(table.domain, class)?;
                if operator == Operator::Drop {
                    return Some(format!("NULL AS {}", column.name));
                }
                let value = match key {
                    Some(key) => token(key, &label(class), class, column.name),
                    None => format!("'[{}]'", class.placeholder()),
                };
                Some(format!("CASE WHEN {0} IS NULL THEN NULL ELSE {value} END AS {0}", column.name))
            })
            .collect();
        shown.iter().any(Option::is_some).then_some(Self { table, shown })
    }

    /// What stands in place of a reference to the relation.
    fn text(&self, base: Base, schema: &str, reference: &Reference, asked: &Asked<'_>) -> String {
        match base {
            // With its schema, where one was written: a WITH could give the bare name there.
            Base::Real => self.derived(&format!("{schema}{}", self.table.name), reference, asked),
            Base::StandIn => self.derived(&stand_in(self.table.name), reference, asked),
            Base::View => format!("temp.{MASKED}{}", self.table.name),
            Base::SchemaView => format!("{}.{}", MASKED.trim_end_matches('_'), self.table.name),
        }
    }

    /// `(SELECT id, CASE WHEN email IS NULL THEN NULL ELSE '[EMAIL]' END AS email FROM customers)`.
    fn derived(&self, from: &str, reference: &Reference, asked: &Asked<'_>) -> String {
        let whole = asked.whole(reference) || !self.table.columns.iter().any(|column| asked.column(column));
        let columns = self.table.columns.iter().zip(&self.shown).filter(|(column, _)| whole || asked.column(column));
        let columns: Vec<&str> = columns.map(|(column, shown)| shown.as_deref().unwrap_or(column.name)).collect();
        format!("(SELECT {} FROM {from})", columns.join(", "))
    }
}

/// What a statement can ask of a relation, judged by its words alone: a column that no word names, and no star, is not missed.
struct Asked<'read> {
    words: BTreeSet<String>,
    read: &'read Reading,
    /// A star, or columns that are joined by their names.
    all: bool,
}

impl<'read> Asked<'read> {
    fn of(sql: &str, read: &'read Reading) -> Self {
        let parted = sql.split(|letter: char| !letter.is_alphanumeric() && letter != '_' && letter != '$');
        let mut words: BTreeSet<String> = parted.map(str::to_ascii_lowercase).collect();
        // Escapes can spell a name otherwise.
        words.extend(read.columns.iter().map(|(_, name)| name.clone()));
        let counts = |at: usize| {
            let before = sql.get(..at).is_some_and(|text| text.trim_end().ends_with('('));
            before && sql.get(at..).is_some_and(|text| text.trim_start_matches('*').trim_start().starts_with(')'))
        };
        let star =
            sql.match_indices('*').any(|(at, _)| !counts(at)) || read.edits.iter().any(|edit| edit.text.contains('*'));
        Self { all: star || words.contains("natural"), words, read }
    }

    /// Whether every column may be meant: also by the row itself, or by its place.
    fn whole(&self, reference: &Reference) -> bool {
        let name = reference.alias.as_ref().unwrap_or(&reference.name);
        self.all || reference.renamed || self.read.columns.iter().any(|(_, column)| column == name)
    }

    fn column(&self, column: &ColumnSpec) -> bool {
        column.key || self.words.contains(column.name)
    }
}

/// `[EMAIL:k7q2m4xwk7q2m4xw]` in PostgreSQL's words: 64 bits of a hash keyed by this statement alone, in the letters of a token.
fn token(key: &str, label: &str, class: Class, column: &str) -> String {
    let hash = format!("sha256(convert_to('{key}{label}|' || {column}, 'UTF8'))");
    format!("'[{}:' || translate(substr(encode({hash}, 'hex'), 1, 16), '0189', 'ghij') || ']'", class.placeholder())
}

/// Splices every reference to one of the leaves.
pub(super) fn splice(sql: &str, read: &Reading, leaves: &[Leaf], base: Base) -> Result<String, SqlRefusal> {
    let mut references: Vec<_> = read
        .references
        .iter()
        .filter(|reference| !reference.given)
        .filter_map(|reference| {
            leaves.iter().find(|leaf| leaf.table.name == reference.name).map(|leaf| (reference, leaf))
        })
        .collect();
    references.sort_by_key(|(reference, _)| reference.bytes);
    let asked = Asked::of(sql, read);
    let (mut out, mut from) = (String::with_capacity(sql.len().saturating_mul(2)), 0);
    for (reference, leaf) in references {
        let (start, end) = reference.bytes;
        let name = sql.get(start..end).unwrap_or_default();
        let (schema, bare) = name.split_at(name.rfind('.').map_or(0, |point| point.saturating_add(1)));
        let bare = bare.trim_matches(['"', '`', '[', ']']);
        // The bytes must be the name and nothing else: a span that is off must not cut elsewhere.
        if !bare.eq_ignore_ascii_case(leaf.table.name) {
            return Err(rewrite_failed("a reference cannot be located"));
        }
        out.push_str(&without(sql, from..start, &read.edits).ok_or_else(|| rewrite_failed("references overlap"))?);
        out.push_str(&leaf.text(base, schema, reference, &asked));
        if reference.alias.is_none() {
            let _ = write!(out, " AS {}", leaf.table.name);
        }
        from = end;
    }
    out.push_str(&without(sql, from..sql.len(), &read.edits).ok_or_else(|| rewrite_failed("references overlap"))?);
    Ok(out)
}

/// A part of the text without the schemas before relations, which are known by their names alone behind a splice, and with keys in place
/// of row ids, which nothing but a relation itself has.
fn without(sql: &str, part: Range<usize>, edits: &[Edit]) -> Option<String> {
    let (mut out, mut from) = (String::new(), part.start);
    let mut inside: Vec<_> =
        edits.iter().filter(|edit| edit.bytes.0 >= part.start && edit.bytes.1 <= part.end).collect();
    inside.sort();
    for Edit { bytes: (start, end), text } in inside {
        out.push_str(sql.get(from..*start)?);
        out.push_str(text);
        from = *end;
    }
    out.push_str(sql.get(from..part.end)?);
    Some(out)
}
