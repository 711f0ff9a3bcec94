//! Reading B: `squonk`, an independent grammar. It must find one statement, and the same relations.

use super::effects::Target;
use super::reading_a::{MASKED, Reading};
use super::{SqlRefusal, exact};
use crate::denial::Code;
use crate::spec::Dialect;
use squonk::ast::generated::visit::{Visit, walk_table_factor};
use squonk::ast::{Ident, QuoteStyle, Resolver, TableFactor};
use squonk::dialect::{BuiltinDialect, parse_builtin};
use std::borrow::Cow;
use std::collections::BTreeSet;

/// Whether B could read the statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Second {
    /// It could, and agrees.
    Agrees,
    /// It could not. On SQLite the engine's own reading is the second one then.
    Unreadable,
}

/// Holds A's reading against B's.
pub(super) fn agree(sql: &str, dialect: Dialect, read: &Reading, targets: &[Target]) -> Result<Second, SqlRefusal> {
    let builtin = match dialect {
        Dialect::Sqlite => BuiltinDialect::Sqlite,
        Dialect::Postgres => BuiltinDialect::Postgres,
    };
    let Ok(parsed) = parse_builtin(&readable(sql, &read.idle), builtin) else {
        return match dialect {
            Dialect::Sqlite => Ok(Second::Unreadable),
            Dialect::Postgres => Err(differ("one of them cannot read it")),
        };
    };
    if parsed.statements().len() != 1 {
        return Err(differ("in the number of statements"));
    }
    let mut relations = Relations { resolver: parsed.resolver(), dialect, found: BTreeSet::new() };
    for statement in parsed.statements() {
        relations.visit_statement(statement);
    }
    // The target of a write is a source of rows to one grammar and a plain name to the other.
    let ours: BTreeSet<String> = read.references.iter().map(|reference| reference.name.clone()).collect();
    if ours.symmetric_difference(&relations.found).any(|name| !targets.iter().any(|target| target.name == *name)) {
        return Err(differ("in the relations that are read"));
    }
    Ok(Second::Agrees)
}

/// The text with what means nothing blanked (`LIMIT ALL`); whoever runs it gets it as it is.
fn readable<'sql>(sql: &'sql str, idle: &[(usize, usize)]) -> Cow<'sql, str> {
    let mut text = Cow::Borrowed(sql);
    for (from, to) in idle {
        if sql.is_char_boundary(*from) && sql.is_char_boundary(*to) && from < to {
            text.to_mut().replace_range(*from..*to, &" ".repeat(to.saturating_sub(*from)));
        }
    }
    text
}

/// The readings do not find the same.
pub(super) fn differ(what: &str) -> SqlRefusal {
    SqlRefusal::new(Code::SqlDisagreement, what).remedy("write the statement in a plainer form")
}

struct Relations<'parsed> {
    resolver: &'parsed dyn Resolver,
    dialect: Dialect,
    found: BTreeSet<String>,
}

impl Relations<'_> {
    /// A name as A has it.
    fn name(&self, ident: &Ident) -> String {
        let mut name = self.resolver.resolve(ident.sym).to_owned();
        if self.dialect == Dialect::Postgres {
            exact::cut(&mut name);
            if ident.quote == QuoteStyle::Double {
                name = exact::of_quoted(&name);
            }
        }
        name.to_ascii_lowercase()
    }
}

impl<'ast> Visit<'ast> for Relations<'_> {
    fn visit_table_factor(&mut self, node: &'ast TableFactor) {
        if let TableFactor::Table { name, .. } = node
            && let Some(part) = name.0.last()
        {
            let name = self.name(part);
            // Only a text of ours names masked views; A has refused the name in any other.
            self.found.insert(name.strip_prefix(MASKED).map_or_else(|| name.clone(), str::to_owned));
        }
        walk_table_factor(self, node);
    }
}
