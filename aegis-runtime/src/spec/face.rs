//! Faces: by which method the agent reaches a tool, and the URIs of resources.
//!
//! *Invariants.* A URI is of one resource at most: the compiler refuses two that could share one. A variable holds letters, digits and
//! `-._~:@+,` and never is, or completes, a way up: what a percent sign, a slash or a question mark would open stays shut. What
//! goes south is written anew from the judged variables.

use super::ToolSpec;
use serde_json::{Map, Value};

/// Longest URI, in bytes.
const URI_LIMIT: usize = 2048;

/// By which method a tool is reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Face {
    /// `tools/call`.
    Tool,
    /// `resources/read`.
    Resource(UriSpec),
    /// `prompts/get`.
    Prompt,
}

/// A URI, fixed or with variables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UriSpec {
    /// As the agent sees it.
    pub template: &'static str,
    /// What stands between its slashes.
    pub parts: &'static [UriPart],
    /// What it holds.
    pub mime_type: Option<&'static str>,
}

/// What stands between two slashes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UriPart {
    /// This text.
    Literal(&'static str),
    /// A variable, between two texts.
    Variable {
        /// What stands before it.
        before: &'static str,
        /// Its name among the arguments.
        name: &'static str,
        /// What stands behind it.
        after: &'static str,
    },
}

/// What a template makes of a URI.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Reading {
    /// It is one of its own; the variables.
    Own(Map<String, Value>),
    /// It would be, but for what this variable holds.
    Unsafe(&'static str),
    /// It is another's.
    Other,
}

impl ToolSpec {
    /// Its arguments, from its schema: name, description, and whether one is required.
    pub(crate) fn arguments(&self) -> Vec<(String, Option<String>, bool)> {
        let schema: Value = serde_json::from_str(self.input_schema).unwrap_or_default();
        let required = |name: &str| {
            let list = schema.get("required").and_then(Value::as_array).into_iter().flatten();
            list.filter_map(Value::as_str).any(|known| known == name)
        };
        let properties = schema.get("properties").and_then(Value::as_object).into_iter().flatten();
        let argument = |(name, property): (&String, &Value)| {
            let description = property.get("description").and_then(Value::as_str).map(str::to_owned);
            (name.clone(), description, required(name))
        };
        properties.map(argument).collect()
    }
}

impl UriSpec {
    /// Whether it has variables.
    #[must_use]
    pub fn is_template(&self) -> bool {
        self.parts.iter().any(|part| match part {
            UriPart::Literal(_) => false,
            UriPart::Variable { .. } => true,
        })
    }

    /// Holds a URI against the template, byte by byte: nothing is decoded and no case is folded.
    pub(crate) fn read(&self, uri: &str) -> Reading {
        if uri.len() > URI_LIMIT || uri.split('/').count() != self.parts.len() {
            return Reading::Other;
        }
        let (mut variables, mut bad) = (Map::new(), None);
        for (part, text) in self.parts.iter().zip(uri.split('/')) {
            match part {
                UriPart::Literal(literal) if *literal == text => {}
                UriPart::Literal(_) => return Reading::Other,
                UriPart::Variable { before, name, after } => {
                    let value = text.strip_prefix(before).and_then(|rest| rest.strip_suffix(after));
                    let Some(value) = value else { return Reading::Other };
                    if !is_plain(value) || matches!(text, "." | "..") {
                        bad = bad.or(Some(*name));
                    }
                    variables.insert((*name).to_owned(), Value::from(value));
                }
            }
        }
        bad.map_or(Reading::Own(variables), Reading::Unsafe)
    }

    /// The URI of these variables, where it is one of the template's own.
    pub(crate) fn write(&self, variables: &Map<String, Value>) -> Option<String> {
        let parts = self.parts.iter().map(|part| match part {
            UriPart::Literal(text) => Some((*text).to_owned()),
            UriPart::Variable { before, name, after } => {
                let value = variables.get(*name)?.as_str()?;
                Some(format!("{before}{value}{after}"))
            }
        });
        let uri = parts.collect::<Option<Vec<_>>>()?.join("/");
        (self.read(&uri) == Reading::Own(variables.clone())).then_some(uri)
    }
}

fn is_plain(value: &str) -> bool {
    let plain = |letter: u8| letter.is_ascii_alphanumeric() || b"-._~:@+,".contains(&letter);
    !value.is_empty() && value.bytes().all(plain)
}

#[cfg(test)]
mod tests {
    use super::{Reading, UriPart, UriSpec};
    use serde_json::{Map, Value, json};

    const PAGE: UriSpec = UriSpec {
        template: "docs://{shelf}/.{page}",
        parts: &[
            UriPart::Literal("docs:"),
            UriPart::Literal(""),
            UriPart::Variable { before: "", name: "shelf", after: "" },
            UriPart::Variable { before: ".", name: "page", after: "" },
        ],
        mime_type: None,
    };

    fn map(value: Value) -> Map<String, Value> {
        serde_json::from_value(value).unwrap()
    }

    #[test]
    fn what_is_read_is_what_is_written() {
        let variables = map(json!({"shelf": "a~b", "page": "intro,1"}));
        assert_eq!(PAGE.read("docs://a~b/.intro,1"), Reading::Own(variables.clone()));
        assert_eq!(PAGE.write(&variables).as_deref(), Some("docs://a~b/.intro,1"));
        for odd in [json!({"shelf": "a/b", "page": "x"}), json!({"shelf": "a", "page": "."}), json!({"shelf": "a"})] {
            assert_eq!(PAGE.write(&map(odd)), None);
        }
    }

    #[test]
    fn ways_up_and_around_are_no_variables() {
        for uri in [
            "docs://../.x",
            "docs://./.x",
            "docs:///.x",
            "docs://a%2fb/.x",
            "docs://a?b/.x",
            "docs://ä/.x",
            "docs://a b/.x",
        ] {
            assert_eq!(PAGE.read(uri), Reading::Unsafe("shelf"), "{uri}");
        }
        for uri in ["docs://a/..", "docs://a/.", "docs://a/.%2e", "docs://a/.x#y", "docs://a/.x\0"] {
            assert_eq!(PAGE.read(uri), Reading::Unsafe("page"), "{uri}");
        }
        for uri in
            ["docs://a/b/.x", "DOCS://a/.x", "docs:/a/.x", "docs://a/x", &format!("docs://a/.{}", "x".repeat(2048))]
        {
            assert_eq!(PAGE.read(uri), Reading::Other, "{uri}");
        }
    }
}
