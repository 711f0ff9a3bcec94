//! What the agent hears of an error of a server that is not ours, where the statement moves personal values as they are.
//!
//! *Invariants.* An engine's own words can quote the row at fault, names included, which no pattern knows. So none of them goes on: the
//! agent hears sentences of ours, and names that the estate declares. A server of ours speaks so itself.

use crate::spec::TableSpec;

/// The relations whose rows an error can quote; without any, an error goes on as it was said, to be masked like everything else.
#[derive(Debug, Clone, Default)]
pub struct Quotable(pub(super) Vec<&'static TableSpec>);

/// What engines say, in lower case, and what we say for it; the first that fits.
const SENTENCES: [(&str, &str); 22] = [
    ("duplicate key", "the key or a unique value is there already"),
    ("unique", "the key or a unique value is there already"),
    ("not-null", "a column that must have a value would have none"),
    ("not null", "a column that must have a value would have none"),
    ("cannot be null", "a column that must have a value would have none"),
    ("foreign key", "a row refers to one that is not there, or is referred to"),
    ("check constraint", "a check of the table does not hold"),
    ("division by zero", "division by zero"),
    ("out of range", "a number or a date is out of range"),
    ("invalid input syntax", "a text does not have the form of the type it is read as"),
    ("too long", "a value is too long for its column"),
    ("permission denied", "the role may not do that"),
    ("read-only", "nothing can be changed there"),
    ("deadlock", "another transaction was in the way; try again"),
    ("could not serialize", "another transaction was in the way; try again"),
    ("lock", "another transaction was in the way; try again"),
    ("timeout", "it took too long: ask for less"),
    ("canceling statement", "it took too long: ask for less"),
    ("does not exist", "something that the statement names is not there"),
    ("no such", "something that the statement names is not there"),
    ("syntax error", "the server cannot read the statement"),
    ("connection", "the connection to the database was lost"),
];

impl Quotable {
    /// Those of several statements.
    pub(crate) fn with(mut self, other: &Self) -> Self {
        self.0.extend(&other.0);
        self
    }

    /// An error as the agent hears it; `None` where it may hear what was said.
    #[must_use]
    pub fn told(&self, error: &str) -> Option<String> {
        if self.0.is_empty() {
            return None;
        }
        let folded = error.to_ascii_lowercase();
        let known = SENTENCES.iter().find(|(said, _)| folded.contains(said));
        let sentence = known.map_or("the statement failed", |(_, sentence)| sentence);
        let mut names: Vec<&str> = Vec::new();
        for table in &self.0 {
            let columns = table.columns.iter().map(|column| ("column", column.name));
            for (what, name) in [("relation", table.name), ("table", table.name)].into_iter().chain(columns) {
                if folded.contains(&format!("{what} \"{name}\"")) && !names.contains(&name) {
                    names.push(name);
                }
            }
        }
        let names: String = names.iter().map(|name| format!("; `{name}`")).collect();
        Some(format!(
            "the server refused the statement: {sentence}{names} (its own words are withheld: they can quote a row of personal values)"
        ))
    }
}
