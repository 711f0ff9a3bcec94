//! The authorizer: what the engine may do for a statement, asked while it is prepared and again while it runs.
//!
//! *Invariants.* A list of what is permitted, never of what is not. No statement of a client touches schema, settings, other files
//! or transactions where an estate is declared. A personal column of a relation is read by its inner masked view, or by a
//! statement that changes relations with such columns and hands none of them out, and by nothing else; the token function answers to the inner view alone.
//!
//! SQLite reports the *name in FROM* as the accessor, and a WITH clause can give that name to a reader of its own. So the view that
//! may read has a random name, new with every connection, and a statement whose text holds it is refused before it is read.

use super::written::NOTES;
use crate::estate::Estate;
use rusqlite::hooks::{AuthAction, AuthContext, Authorization};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Who speaks to the engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Speaker {
    /// This server.
    Own,
    /// A client that may read.
    Reader,
    /// A client that may change rows.
    Writer,
}

/// What a statement was seen to do while it was prepared.
#[derive(Debug, Default, Clone)]
pub(super) struct Seen {
    /// Relations it changes.
    pub(super) targets: BTreeSet<String>,
    /// Whether rows are put in, changed or taken out.
    pub(super) inserts: bool,
    pub(super) updates: bool,
    pub(super) deletes: bool,
    /// Relations in which it may write a personal value, or change a key.
    pub(super) values: BTreeSet<String>,
    /// Direct reads of personal columns: relation and how many.
    pub(super) personal: Vec<String>,
    /// Rows of the targets before a statement that may put rows in the place of others.
    pub(super) before: BTreeMap<String, u64>,
}

/// The state that an authorizer and its connection share.
#[derive(Debug)]
pub(super) struct Guard {
    estate: Option<Arc<Estate>>,
    /// Part of the names of inner views and of the token function.
    secret: String,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    speaker: Speaker,
    /// Prepared and checked: reads of personal columns are held against the targets at once.
    settled: bool,
    seen: Seen,
}

/// Table functions that read nothing of the database.
const TABLE_FUNCTIONS: [&str; 2] = ["json_each", "json_tree"];
/// Functions that reach out of the database or into the engine.
const FUNCTIONS: [&str; 6] = ["load_extension", "fts3_tokenizer", "readfile", "writefile", "edit", "fsdir"];

impl Guard {
    pub(super) fn new(estate: Option<Arc<Estate>>, secret: String) -> Arc<Self> {
        let state = State { speaker: Speaker::Own, settled: false, seen: Seen::default() };
        Arc::new(Self { estate, secret, state: Mutex::new(state) })
    }

    /// Says who speaks from here on.
    pub(super) fn speak(&self, speaker: Speaker) {
        *self.state() = State { speaker, settled: false, seen: Seen::default() };
    }

    /// What was seen since; from here on nothing more is found out, only held against it.
    pub(super) fn settle(&self) -> Seen {
        let mut state = self.state();
        state.settled = true;
        state.seen.clone()
    }

    /// Whether a text speaks of what is ours.
    pub(super) fn is_named_in(&self, sql: &str) -> bool {
        self.estate.is_some() && sql.to_ascii_lowercase().contains(&self.secret)
    }

    /// The inner view of a relation.
    pub(super) fn inner_view(&self, table: &str) -> String {
        format!("{}_{table}", self.secret)
    }

    /// The token function.
    pub(super) fn function(&self) -> String {
        format!("{}_token", self.secret)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The engine's question.
    pub(super) fn answer(&self, context: &AuthContext<'_>) -> Authorization {
        let mut state = self.state();
        if state.speaker == Speaker::Own || self.permits(&mut state, context) {
            Authorization::Allow
        } else {
            Authorization::Deny
        }
    }

    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "the engine's list of actions grows; what is not here is denied"
    )]
    fn permits(&self, state: &mut State, context: &AuthContext<'_>) -> bool {
        let writes = state.speaker == Speaker::Writer;
        match context.action {
            AuthAction::Select | AuthAction::Recursive => true,
            AuthAction::Function { function_name } => {
                let name = function_name.to_ascii_lowercase();
                !FUNCTIONS.contains(&name.as_str()) && (name != self.function() || self.is_inner(context.accessor))
            }
            AuthAction::Read { table_name, column_name } => self.may_read(state, context, table_name, column_name),
            AuthAction::Insert { table_name } => {
                state.seen.inserts = true;
                state.seen.values.insert(table_name.to_ascii_lowercase());
                writes && self.may_write(state, context, table_name)
            }
            AuthAction::Update { table_name, column_name } => {
                state.seen.updates = true;
                if self.tells(table_name, column_name) {
                    state.seen.values.insert(table_name.to_ascii_lowercase());
                }
                writes && self.may_write(state, context, table_name)
            }
            AuthAction::Delete { table_name } => {
                state.seen.deletes = true;
                writes && self.may_write(state, context, table_name)
            }
            _ => writes && self.estate.is_none() && is_structure(&context.action),
        }
    }

    /// Whether a column is personal or part of a key; what is not known may be either.
    fn tells(&self, table: &str, column: &str) -> bool {
        let table = self.estate.as_ref().and_then(|estate| estate.table(&table.to_ascii_lowercase()));
        let column = table.and_then(|table| table.column(&column.to_ascii_lowercase()));
        column.is_none_or(|column| column.key || column.operator.is_some())
    }

    fn is_inner(&self, accessor: Option<&str>) -> bool {
        accessor.is_some_and(|name| name.to_ascii_lowercase().starts_with(&self.secret))
    }

    fn may_write(&self, state: &mut State, context: &AuthContext<'_>, table: &str) -> bool {
        let table = table.to_ascii_lowercase();
        let Some(estate) = &self.estate else { return context.database_name != Some("temp") };
        let known = context.database_name == Some("main") && estate.table(&table).is_some();
        if known && !state.settled {
            state.seen.targets.insert(table.clone());
        }
        known && (!state.settled || state.seen.targets.contains(&table))
    }

    fn may_read(&self, state: &mut State, context: &AuthContext<'_>, table: &str, column: &str) -> bool {
        let Some(estate) = &self.estate else { return true };
        let (table, column) = (table.to_ascii_lowercase(), column.to_ascii_lowercase());
        // An empty column is a look at how many rows there are, of a relation or of a WITH clause; no value is read.
        if column.is_empty() || TABLE_FUNCTIONS.contains(&table.as_str()) {
            return true;
        }
        match context.database_name {
            Some("temp") => table.starts_with(super::views::PREFIX) || self.is_inner(Some(&table)),
            Some("main") => match estate.table(&table) {
                None => table == NOTES && self.is_inner(context.accessor),
                Some(known) if known.column(&column).is_none_or(|column| column.operator.is_none()) => true,
                Some(_) if self.is_inner(context.accessor) => true,
                Some(_) if state.settled => state.seen.targets.contains(&table) || state.seen.personal.contains(&table),
                Some(_) => {
                    // What it writes is not known before it is prepared to its end; then this is looked at.
                    state.seen.personal.push(table);
                    state.speaker == Speaker::Writer
                }
            },
            Some(_) | None => false,
        }
    }
}

/// Structure of the main file, which an ordinary server without an estate may change.
#[expect(clippy::wildcard_enum_match_arm, reason = "the engine's list of actions grows; what is not here is denied")]
fn is_structure(action: &AuthAction<'_>) -> bool {
    match action {
        AuthAction::CreateTable { .. }
        | AuthAction::CreateIndex { .. }
        | AuthAction::CreateView { .. }
        | AuthAction::CreateTrigger { .. }
        | AuthAction::DropTable { .. }
        | AuthAction::DropIndex { .. }
        | AuthAction::DropView { .. }
        | AuthAction::DropTrigger { .. }
        | AuthAction::AlterTable { .. }
        | AuthAction::Reindex { .. } => true,
        _ => false, // files, settings, transactions: never a client's
    }
}
