//! Whose a column is: the row's before, or another source's. A name that only one engine reads so is nobody's.

use super::growth::called;
use crate::intercept::sql::reading_a::fold;
use crate::intercept::sql::scope::{column_of, factors, strip};
use sqlparser::ast::{Expr, Ident, Select, TableFactor};

/// A name as both engines fold it; empty where one tells it from the same in small letters.
pub(super) fn plain(ident: &Ident) -> String {
    let folded = fold(ident);
    if ident.quote_style.is_some() && folded != ident.value { String::new() } else { folded }
}

/// The columns of the row before, and the sources beside it.
pub(super) struct Own<'sql> {
    columns: &'sql [String],
    called: Vec<String>,
    pub(super) others: Vec<(String, &'sql TableFactor)>,
}

/// A column of a source beside the row before.
#[derive(PartialEq, Eq)]
pub(super) struct Theirs {
    pub(super) source: usize,
    pub(super) column: String,
}

impl<'sql> Own<'sql> {
    pub(super) fn of(select: &'sql Select, name: &str, columns: &'sql [String]) -> Self {
        let called = called(select, name);
        let others = factors(&select.from)
            .filter_map(|factor| match factor {
                TableFactor::Table { name, alias, .. } => {
                    let last = name.0.last().and_then(|part| part.as_ident());
                    Some((alias.as_ref().map_or_else(|| last.map(plain), |alias| Some(plain(&alias.name)))?, factor))
                }
                TableFactor::Derived { alias, .. } => {
                    Some((alias.as_ref().map_or_else(String::new, |alias| plain(&alias.name)), factor))
                }
                _ => Some((String::new(), factor)), // called by nothing that is looked up
            })
            .filter(|(other, _)| other.is_empty() || !called.contains(other))
            .collect();
        Self { columns, called, others }
    }

    /// Whether the row before is read once, and as it is.
    pub(super) fn is_read_once(&self) -> bool {
        matches!(self.called.as_slice(), [called] if self.others.iter().all(|(other, _)| other != called))
    }

    /// Whether a qualifier is what the row before is called.
    pub(super) fn is_called(&self, qualifier: &str) -> bool {
        self.called.iter().any(|called| called == qualifier)
    }

    /// The place of a column of the row before.
    pub(super) fn at(&self, expr: &Expr) -> Option<usize> {
        let (qualifier, name) = named(expr)?;
        let own = qualifier.is_none_or(|qualifier| self.is_called(&qualifier));
        self.columns.iter().position(|column| *column == name).filter(|_| own)
    }

    /// The name of a column of the row before that says whose it is.
    pub(super) fn name(&self, expr: &Expr) -> Option<String> {
        let (qualifier, name) = named(expr)?;
        qualifier.is_some_and(|qualifier| self.is_called(&qualifier)).then_some(name)
    }

    /// A column of another source.
    pub(super) fn theirs(&self, expr: &Expr) -> Option<Theirs> {
        let (qualifier, column) = named(expr)?;
        let source = match qualifier {
            Some(qualifier) => self.others.iter().position(|(other, _)| *other == qualifier)?,
            None => {
                let alone = self.others.len() == 1 && self.columns.iter().all(|known| !known.is_empty());
                Some(0).filter(|_| alone && !self.columns.contains(&column))?
            }
        };
        Some(Theirs { source, column })
    }
}

/// A column, and its qualifier.
fn named(expr: &Expr) -> Option<(Option<String>, String)> {
    column_of(expr)?;
    let (qualifier, name) = match strip(expr) {
        Expr::Identifier(name) => (None, plain(name)),
        Expr::CompoundIdentifier(parts) => match parts.as_slice() {
            [qualifier, name] => (Some(plain(qualifier)), plain(name)),
            _ => return None, // behind a schema
        },
        _ => return None, // computed
    };
    (!name.is_empty() && qualifier.as_ref().is_none_or(|qualifier| !qualifier.is_empty())).then_some((qualifier, name))
}
