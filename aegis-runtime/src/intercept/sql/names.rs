//! Columns, where no engine is at hand to bind them: every name must be a declared column of a relation in the statement, or a name
//! that the statement itself gives.

use super::effects::Target;
use super::place::suggest;
use super::reading_a::Reading;
use super::{Catalogue, SqlRefusal};
use crate::denial::Code;
use sqlparser::ast::{Ident, Visit, Visitor};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;

/// Words that read as columns and are values.
const WORDS: [&str; 8] =
    ["current_date", "current_time", "current_timestamp", "localtime", "localtimestamp", "true", "false", "null"];

pub(super) fn check(read: &Reading, targets: &[Target], catalogue: &Catalogue) -> Result<(), SqlRefusal> {
    let tables: Vec<_> = read.references.iter().filter_map(|reference| catalogue.table(&reference.name)).collect();
    let written = targets.iter().filter_map(|target| catalogue.table(&target.name));
    let declared: BTreeSet<&str> =
        tables.into_iter().chain(written).flat_map(|table| table.columns).map(|column| column.name).collect();
    let mut given = Given::default();
    let _ignored = read.statement.visit(&mut given);
    let mut stands: BTreeMap<&str, usize> = BTreeMap::new();
    for (_, name) in &read.columns {
        let count = stands.entry(name).or_default();
        *count = count.saturating_add(1);
    }
    for (qualifier, name) in &read.columns {
        if qualifier.as_ref().is_some_and(|qualifier| read.rows.contains(qualifier)) {
            continue; // not of the estate: what is behind it is bound by itself
        }
        // An identifier that stands only in expressions was given by nobody.
        let elsewhere = given.names.get(name).copied() > stands.get(name.as_str()).copied();
        if !declared.contains(name.as_str()) && !elsewhere && !WORDS.contains(&name.as_str()) {
            let shown: String = name.chars().take(64).filter(|letter| !letter.is_control()).collect();
            return Err(SqlRefusal::new(Code::SqlUnknownColumn, format!("`{shown}`"))
                .remedy(suggest(&shown, declared.into_iter())));
        }
    }
    Ok(())
}

/// What both engines give every row without a declaration.
const ROW_IDS: [&str; 9] = ["rowid", "oid", "_rowid_", "ctid", "xmin", "xmax", "cmin", "cmax", "tableoid"];

/// Row ids are no columns of the estate, whatever they are called in this engine.
pub(super) fn no_row_ids(read: &Reading, catalogue: &Catalogue) -> Result<(), SqlRefusal> {
    let declared =
        |name: &str| catalogue.tables.iter().any(|table| table.columns.iter().any(|column| column.name == name));
    match read.columns.iter().find(|(_, name)| ROW_IDS.contains(&name.as_str()) && !declared(name)) {
        Some((_, name)) => {
            Err(SqlRefusal::new(Code::SqlUnknownColumn, format!("`{name}` is a row id")).remedy("use the declared key"))
        }
        None => Ok(()),
    }
}

/// Every identifier of the statement, wherever it stands.
#[derive(Default)]
struct Given {
    /// How often each stands there.
    names: BTreeMap<String, usize>,
}

impl Visitor for Given {
    type Break = ();

    fn pre_visit_ident(&mut self, ident: &Ident) -> ControlFlow<()> {
        let count = self.names.entry(ident.value.to_ascii_lowercase()).or_default();
        *count = count.saturating_add(1);
        ControlFlow::Continue(())
    }
}
