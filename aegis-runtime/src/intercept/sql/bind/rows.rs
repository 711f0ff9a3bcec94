//! Rows and the names that stand for their columns at one place of a statement.

use crate::spec::{Dialect, TableSpec};
use crate::vocabulary::Class;
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::rc::Rc;

/// The classes of personal data that a value is made of.
pub(in crate::intercept::sql) type Labels = BTreeSet<Class>;

/// A column that a relation, or a part of the statement, gives.
#[derive(Clone)]
pub(super) struct Column {
    /// Folded; empty where nothing can name it.
    pub(super) name: Cow<'static, str>,
    pub(super) labels: Labels,
    /// Nothing personal flows into it but one value, as that stands.
    pub(super) whole: bool,
    /// The relation and the column of the estate that it is.
    pub(super) origin: Option<(&'static str, &'static str)>,
    /// The columns of the row that it is, where it is one that is known.
    pub(super) fields: Option<Rc<[Column]>>,
}

impl Column {
    pub(super) fn new(name: impl Into<Cow<'static, str>>, labels: Labels) -> Self {
        Self { name: name.into(), whole: labels.is_empty(), labels, origin: None, fields: None }
    }
}

/// The columns of a relation of the estate.
pub(super) fn columns_of(table: &'static TableSpec) -> Vec<Column> {
    let column = |column: &'static crate::spec::ColumnSpec| Column {
        name: Cow::Borrowed(column.name),
        labels: column.pii.into_iter().collect(),
        whole: true,
        origin: Some((table.name, column.name)),
        fields: None,
    };
    table.columns.iter().map(column).collect()
}

/// A column that a query hands on is one of its own.
pub(super) fn handed_on(column: &Column) -> Column {
    Column { origin: None, ..column.clone() }
}

/// Whatever flows into any of them.
pub(super) fn together(columns: &[Column]) -> Labels {
    columns.iter().flat_map(|column| &column.labels).copied().collect()
}

/// A source of rows in FROM.
#[derive(Clone)]
pub(super) struct Source {
    /// What qualifies its columns.
    pub(super) name: String,
    pub(super) columns: Vec<Column>,
}

/// Everything that a FROM gives.
#[derive(Default, Clone)]
pub(super) struct Rows {
    pub(super) sources: Vec<Source>,
    /// What a bare name finds, and what `*` is, in order. A column that USING merges stands once.
    pub(super) columns: Vec<Column>,
}

impl Rows {
    /// The rows of one source.
    pub(super) fn of(name: String, columns: Vec<Column>) -> Self {
        Self { columns: columns.clone(), sources: vec![Source { name, columns }] }
    }

    /// The same names without what flows from them.
    pub(super) fn quiet(mut self) -> Self {
        let columns = self.sources.iter_mut().flat_map(|source| &mut source.columns).chain(&mut self.columns);
        columns.for_each(|column| column.labels.clear());
        self
    }

    /// With the rows of another source beside them.
    pub(super) fn and(mut self, other: Self) -> Self {
        self.sources.extend(other.sources);
        self.columns.extend(other.columns);
        self
    }

    /// Joined by the columns of some names. PostgreSQL puts those first; on SQLite they stay on the left.
    pub(super) fn merged(mut self, mut other: Self, names: &[String], dialect: Dialect) -> Result<Self, Unbound> {
        let mut both = Vec::new();
        for name in names {
            let right = take(&mut other.columns, name)?;
            let place = one(&self.columns, name)?.ok_or(Unbound::Unknown)?;
            let left = self.columns.get_mut(place).ok_or(Unbound::Unknown)?;
            left.whole &= right.whole && left.labels == right.labels;
            left.labels.extend(right.labels);
            left.origin = None;
            if dialect == Dialect::Postgres {
                both.push(self.columns.remove(place));
            }
        }
        both.append(&mut self.columns);
        self.columns = both;
        Ok(self.and(other))
    }

    /// Names that both have.
    pub(super) fn shared(&self, other: &Self) -> Vec<String> {
        let there = |column: &&Column| other.columns.iter().any(|known| known.name == column.name);
        self.columns.iter().filter(there).map(|column| column.name.clone().into_owned()).collect()
    }
}

/// Takes the one column of a name out.
fn take(columns: &mut Vec<Column>, name: &str) -> Result<Column, Unbound> {
    one(columns, name)?.map(|place| columns.remove(place)).ok_or(Unbound::Unknown)
}

/// The place of a name among columns.
fn one(columns: &[Column], name: &str) -> Result<Option<usize>, Unbound> {
    let mut places = columns.iter().enumerate().filter(|(_, column)| column.name == name).map(|(place, _)| place);
    match (places.next(), places.next()) {
        (place, None) => Ok(place),
        (_, Some(_)) => Err(Unbound::Ambiguous),
    }
}

/// Why a name is bound to nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unbound {
    Unknown,
    Ambiguous,
}

/// The names that stand at one place.
#[derive(Clone, Copy)]
pub(super) struct Scope<'up> {
    pub(super) rows: &'up Rows,
    /// Columns that the query gives itself: looked at where its rows have none of the name.
    pub(super) given: &'up [Column],
    /// The names of the query around it.
    pub(super) outer: Option<&'up Scope<'up>>,
}

impl<'up> Scope<'up> {
    pub(super) fn new(rows: &'up Rows, outer: Option<&'up Scope<'up>>) -> Self {
        Self { rows, given: &[], outer }
    }

    pub(super) fn given(self, given: &'up [Column]) -> Self {
        Self { given, ..self }
    }

    /// How many columns a look-up passes.
    pub(super) fn size(&self) -> usize {
        self.rows.columns.len().saturating_add(self.outer.map_or(0, Scope::size))
    }

    /// A bare name: a column of the innermost rows that have it. On PostgreSQL the name of a source is its whole row.
    pub(super) fn bare(&self, name: &str, dialect: Dialect) -> Result<Vec<&Column>, Unbound> {
        match (self.column(name)?, dialect) {
            (Some(column), _) => Ok(vec![column]),
            (None, Dialect::Postgres) => Ok(self.source(name).ok_or(Unbound::Unknown)?.columns.iter().collect()),
            (None, Dialect::Sqlite) => Err(Unbound::Unknown),
        }
    }

    fn column(&self, name: &str) -> Result<Option<&Column>, Unbound> {
        if let Some(place) = one(&self.rows.columns, name)? {
            return Ok(self.rows.columns.get(place));
        }
        match (self.given.iter().find(|column| column.name == name), self.outer) {
            (Some(column), _) => Ok(Some(column)),
            (None, Some(outer)) => outer.column(name),
            (None, None) => Ok(None),
        }
    }

    /// The columns of the row that a bare name is: of a source, or of a column that holds one.
    pub(super) fn row(&self, name: &str) -> Option<Rc<[Column]>> {
        match self.column(name).ok()? {
            Some(column) => column.fields.clone(),
            None => self.source(name).map(|source| source.columns.iter().map(handed_on).collect()),
        }
    }

    /// The innermost source of a name.
    pub(super) fn source(&self, name: &str) -> Option<&Source> {
        let found = self.rows.sources.iter().find(|source| source.name == name);
        found.or_else(|| self.outer.and_then(|outer| outer.source(name)))
    }

    /// `source.column`.
    pub(super) fn qualified(&self, source: &str, name: &str) -> Result<&Column, Unbound> {
        let columns = &self.source(source).ok_or(Unbound::Unknown)?.columns;
        one(columns, name)?.and_then(|place| columns.get(place)).ok_or(Unbound::Unknown)
    }
}
