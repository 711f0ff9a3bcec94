//! What was handed to a server stays out of what is drafted from its words.
//!
//! *Invariants.* A value is found in every spelling that the masker knows. A short word of letters counts where it stands alone only:
//! inside of others it is a part of them.

use super::credentials;
use crate::output::CommandError;
use aegis_runtime::downstream::Offered;
use aegis_runtime::spellings;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// What stands in the place of a value.
const PLACE: &str = "***";
/// A word of letters that is shorter may be any word.
const WORD: usize = 12;

/// The values, in every spelling.
pub(super) struct Hidden {
    /// The longest first, so that none is left half.
    spellings: Vec<String>,
}

impl Hidden {
    /// What was handed over as a credential, and what stood as one in an argv.
    pub(super) fn of<'a>(command: &[String], handed: impl Iterator<Item = &'a String>) -> Self {
        let taken = credentials::without(command).taken;
        let parts = taken.iter().flat_map(|word| credentials::parts(word));
        let mut spellings: Vec<String> = parts.chain(handed.cloned()).flat_map(|value| spellings::of(&value)).collect();
        spellings.sort_by_key(|one| std::cmp::Reverse(one.len()));
        Self { spellings }
    }

    /// A text without them.
    pub(super) fn out_of(&self, text: &str) -> String {
        self.spellings.iter().fold(text.to_owned(), |text, value| replaced(&text, value))
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
            Value::Number(number) if self.spellings.contains(&number.to_string()) => Value::from(PLACE),
            Value::Null | Value::Bool(_) | Value::Number(_) => value.clone(),
        }
    }
}

fn replaced(text: &str, value: &str) -> String {
    if value.len() >= WORD || !value.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        return text.replace(value, PLACE);
    }
    let within = |letter: Option<char>| letter.is_some_and(|letter| letter.is_alphanumeric() || letter == '_');
    let (mut out, mut rest, mut before) = (String::new(), text, None);
    while let Some((ahead, behind)) = rest.split_once(value) {
        out.push_str(ahead);
        let inside = within(ahead.chars().next_back().or(before)) || within(behind.chars().next());
        out.push_str(if inside { value } else { PLACE });
        (rest, before) = (behind, value.chars().next_back());
    }
    out + rest
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
        ] {
            assert_eq!(hidden.out_of(said), written);
        }
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
