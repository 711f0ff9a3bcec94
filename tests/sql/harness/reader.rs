//! What an engine reads in a statement, without a word of ours.

use super::judge::Ran;
use std::collections::BTreeSet;

/// Relations as the engine resolved them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Seen {
    pub(crate) reads: BTreeSet<String>,
    pub(crate) writes: BTreeSet<String>,
}

pub(crate) trait Reader {
    /// The one statement of a text, or the engine's refusal.
    fn read(&self, sql: &str) -> Result<Seen, String>;
    /// Its answer over a database without any personal value, where a mask has nothing to do.
    fn blank(&self, sql: &str) -> Ran;
}
