//! What the agent said in a call: values of the memory that it says itself are not recognised in the answer.
//!
//! Otherwise the mask would be an oracle: an agent could say a guess, let a server say it back, and see from the mask that the
//! guess stands in the data.

use serde_json::{Map, Value};
use std::sync::OnceLock;

/// Means to build a string out of others, in SQL and in escapes: with one of these nothing of the memory is recognised.
const BUILDERS: [&str; 24] = [
    "||",
    "\\",
    "concat",
    "replace",
    "substr",
    "char(",
    "char (",
    "chr(",
    "printf",
    "format(",
    "hex(",
    "x'",
    "reverse",
    "translate",
    "decode(",
    "overlay",
    "pad(",
    "repeat(",
    "_agg",
    "left(",
    "right(",
    "split",
    "trim(",
    "json_",
];

/// The words of one call's arguments.
#[derive(Debug, Clone, Default)]
pub struct Said {
    text: String,
    /// Whether it has the means to build a string; known once something of the memory is found.
    builds: OnceLock<bool>,
}

impl Said {
    /// Reads arguments.
    #[must_use]
    pub fn of(arguments: &Map<String, Value>) -> Self {
        let mut text = String::new();
        for value in arguments.values() {
            gather(value, &mut text);
        }
        Self { text: text.to_lowercase(), builds: OnceLock::new() }
    }

    /// Whether the agent said all words of a value, or had the means to.
    pub(super) fn says(&self, words: &str) -> bool {
        let builds = || BUILDERS.iter().any(|builder| self.text.contains(builder));
        *self.builds.get_or_init(builds) || words.split(' ').all(|word| self.text.contains(word))
    }
}

fn gather(value: &Value, text: &mut String) {
    match value {
        Value::String(one) => {
            text.push_str(one);
            text.push('\n');
        }
        Value::Array(items) => items.iter().for_each(|item| gather(item, text)),
        Value::Object(map) => map.iter().for_each(|(key, item)| {
            text.push_str(key);
            text.push('\n');
            gather(item, text);
        }),
        Value::Number(number) => {
            text.push_str(&number.to_string());
            text.push('\n');
        }
        Value::Null | Value::Bool(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn said(sql: &str) -> Said {
        let Value::Object(arguments) = json!({"sql": sql}) else { return Said::default() };
        Said::of(&arguments)
    }

    #[test]
    fn a_guess_in_any_spelling_counts_as_said() {
        for guess in [
            "SELECT 'Ada Lovelace'",
            "SELECT 'Ada ' || 'Lovelace'",
            "SELECT 1 AS \"lovelace_ada\"",
            "SELECT char(65,100)",
        ] {
            assert!(said(guess).says("ada lovelace"), "{guess}");
        }
        assert!(!said("SELECT note FROM orders WHERE status = 'open'").says("ada lovelace"));
    }
}
