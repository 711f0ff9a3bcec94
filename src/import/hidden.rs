//! What was handed to a server stays out of what is drafted from its words.
//!
//! *Invariants.* A value is found in every spelling that the masker knows, and among the digits of a number. A short word of letters
//! counts where it stands alone only: inside of others it is a part of them.

use super::credentials;
use crate::output::CommandError;
use aegis_runtime::downstream::Offered;
use aegis_runtime::mask::Held;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::ops::Range;

/// What stands in the place of a value.
const PLACE: &str = "***";
/// A word of letters that is shorter may be any word.
const WORD: usize = 12;

/// The values, in every spelling.
pub(super) struct Hidden(Held);

impl Hidden {
    /// What was handed over as a credential, and what stood as one in an argv.
    pub(super) fn of<'a>(command: &[String], handed: impl Iterator<Item = &'a String>) -> Self {
        let taken = credentials::without(command).taken;
        let parts = taken.iter().flat_map(|word| credentials::parts(word));
        Self(parts.chain(handed.cloned()).fold(Held::default(), |held, value| held.with(&value)))
    }

    /// A text without them.
    pub(super) fn out_of(&self, text: &str) -> String {
        let (mut out, mut from) = (String::new(), 0);
        for place in self.0.places(text, &counts) {
            out.push_str(text.get(from..place.start).unwrap_or_default());
            out.push_str(PLACE);
            from = place.end;
        }
        out + text.get(from..).unwrap_or_default()
    }

    /// What a server offers without them, and whether one stood there.
    pub(super) fn out_of_all(&self, offered: Vec<Offered>) -> Result<(Vec<Offered>, bool), CommandError> {
        let mut found = false;
        let mut clean = |one: Offered| {
            Ok::<_, CommandError>(match one {
                Offered::Tool(tool) => Offered::Tool(self.out_of_one(tool, &mut found)?),
                Offered::Resource(resource) => Offered::Resource(self.out_of_one(resource, &mut found)?),
                Offered::Template(template) => Offered::Template(self.out_of_one(template, &mut found)?),
                Offered::Prompt(prompt) => Offered::Prompt(self.out_of_one(prompt, &mut found)?),
            })
        };
        let offered = offered.into_iter().map(&mut clean).collect::<Result<_, _>>()?;
        Ok((offered, found))
    }

    fn out_of_one<T: Serialize + DeserializeOwned>(&self, one: T, found: &mut bool) -> Result<T, CommandError> {
        let said = serde_json::to_value(&one).map_err(CommandError::refused)?;
        let clean = self.out_of_json(&said);
        if clean == said {
            return Ok(one);
        }
        *found = true;
        let unfit = "the server says a credential that it was handed where no other word can stand; nothing is drafted";
        serde_json::from_value(clean).map_err(|_| CommandError::Refused(unfit.to_owned()))
    }

    fn out_of_json(&self, value: &Value) -> Value {
        match value {
            Value::String(text) => Value::String(self.out_of(text)),
            Value::Array(items) => items.iter().map(|item| self.out_of_json(item)).collect(),
            Value::Object(map) => map.iter().map(|(key, value)| (self.out_of(key), self.out_of_json(value))).collect(),
            Value::Number(number) if self.out_of(&number.to_string()).contains(PLACE) => Value::from(PLACE),
            Value::Null | Value::Bool(_) | Value::Number(_) => value.clone(),
        }
    }
}

/// Whether a value counts where it stands.
fn counts(text: &str, place: &Range<usize>) -> bool {
    let value = text.get(place.clone()).unwrap_or_default();
    let within = |letter: Option<char>| letter.is_some_and(|letter| letter.is_alphanumeric() || letter == '_');
    let before = text.get(..place.start).and_then(|before| before.chars().next_back());
    let behind = text.get(place.end..).and_then(|behind| behind.chars().next());
    value.len() >= WORD || !value.bytes().all(|byte| byte.is_ascii_alphabetic()) || !within(before) && !within(behind)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests may fail loudly")]
mod tests {
    use super::Hidden;
    use aegis_runtime::downstream::Offered;
    use serde_json::json;

    fn hidden(command: &[&str], handed: &[&str]) -> Hidden {
        let command: Vec<String> = command.iter().map(|word| (*word).to_owned()).collect();
        let handed: Vec<String> = handed.iter().map(|word| (*word).to_owned()).collect();
        Hidden::of(&command, handed.iter())
    }

    #[test]
    fn a_value_is_hidden_however_it_is_quoted() {
        let hidden = hidden(&["x", "--token=swordfish", "--port", "8080"], &["p\"a s", "search", "12"]);
        for (said, written) in [
            ("it is p\"a s, or {\"a\":\"p\\\"a s\"}", "it is ***, or {\"a\":\"***\"}"),
            ("?q=p%22a+s&p=8080", "?q=***&p=8080"),
            ("swordfish --token=swordfish --token", "*** *** --token"),
            ("search_all: search, research, 12", "search_all: ***, research, 12"),
            ("s\\u0077ord%66ish, &#112;&quot;a s, %20search%20", "***, ***, %20***%20"),
        ] {
            assert_eq!(hidden.out_of(said), written);
        }
    }

    #[test]
    fn nothing_is_left_of_values_that_share_letters_or_stand_in_a_number() {
        let hidden = hidden(&["x"], &["abcdef1", "def1ghi", "991823"]);
        assert_eq!(hidden.out_of("abcdef1ghi"), "***");
        let numbers = json!({"maximum": 1_991_823_000, "minimum": 9.0, "default": 991_823.5});
        assert_eq!(hidden.out_of_json(&numbers), json!({"maximum": "***", "minimum": 9.0, "default": "***"}));
    }

    #[test]
    fn everything_that_is_offered_is_looked_through() {
        let tool = json!({"name": "t", "description": "for hunter2", "title": "hunter2",
            "inputSchema": {"type": "object", "properties": {"hunter2": {"default": "hunter2", "enum": ["a", "hunter2"]}}}});
        let of = |tool: &serde_json::Value| Offered::Tool(serde_json::from_value(tool.clone()).unwrap());
        let (offered, found) = hidden(&["x"], &["hunter2"]).out_of_all(vec![of(&tool)]).unwrap();
        let said = offered.first().unwrap().definition().to_string();
        assert!(found && !said.contains("hunter2") && said.matches("***").count() == 5, "{said}");
        let (offered, found) = hidden(&["x"], &["other"]).out_of_all(vec![of(&tool)]).unwrap();
        assert!(!found && offered == [of(&tool)]);
    }
}
