//! A part of a schema with its references followed.

use serde_json::{Map, Value};

/// Longest chain of references.
const CHAIN: usize = 32;

/// What a part of a schema comes to.
pub(crate) enum Plain<'schema> {
    /// Nothing of the caller's choosing: the values are listed.
    Closed,
    /// Anything.
    Open,
    /// What these keywords say, and whether null is as good.
    Schema { map: &'schema Map<String, Value>, nullable: bool },
}

/// A whole schema, and what holds for all of it.
#[derive(Clone, Copy)]
pub(crate) struct Root<'schema> {
    pub(crate) schema: &'schema Value,
    /// Whether references are followed. Not where a part has an identifier of its own: they would start there.
    follows: bool,
    /// Older than 2019: `unevaluatedProperties` says nothing.
    pub(crate) old: bool,
    /// As old as `const` is unknown.
    oldest: bool,
}

impl<'schema> Root<'schema> {
    pub(crate) fn new(schema: &'schema Value) -> Self {
        let dialect = schema.get("$schema").and_then(Value::as_str).unwrap_or_default();
        let (old, oldest) = (dialect.contains("draft-0"), dialect.contains("draft-04"));
        Self { schema, follows: !has_roots(schema), old, oldest }
    }

    /// The target of a reference within the schema.
    fn resolved(&self, target: &str) -> Option<&'schema Value> {
        let pointer = target.strip_prefix('#')?;
        let plain = pointer.is_empty() || pointer.starts_with('/');
        (self.follows && plain && !pointer.contains('%')).then(|| self.schema.pointer(pointer)).flatten()
    }
}

/// Follows references, and steps into what is a schema or null.
pub(crate) fn plain<'schema>(root: &Root<'schema>, part: &'schema Value) -> Plain<'schema> {
    let (mut here, mut nullable) = (part, false);
    for _ in 0..CHAIN {
        let map = match here {
            Value::Bool(false) => return Plain::Closed,
            Value::Object(map) => map,
            Value::Bool(true) | Value::Null | Value::Number(_) | Value::String(_) | Value::Array(_) => {
                return Plain::Open;
            }
        };
        // Older dialects read nothing beside a reference, so it comes first.
        if let Some(target) = map.get("$ref") {
            match target.as_str().and_then(|target| root.resolved(target)) {
                Some(target) => here = target,
                None => return Plain::Open,
            }
            continue;
        }
        if map.contains_key("enum") || (map.contains_key("const") && !root.oldest) {
            return Plain::Closed;
        }
        match only(map) {
            Some((inner, null)) => (here, nullable) = (inner, nullable || null),
            None => return Plain::Schema { map, nullable },
        }
    }
    Plain::Open
}

/// The one schema that another is a wrapping of: `allOf` of one, or `anyOf` and `oneOf` with null beside it.
fn only(map: &Map<String, Value>) -> Option<(&Value, bool)> {
    let own = ["type", "properties", "items", "prefixItems", "additionalProperties", "patternProperties"];
    if own.iter().any(|word| map.contains_key(*word)) {
        return None;
    }
    let parts = |word: &str| map.get(word).and_then(Value::as_array);
    match (parts("allOf"), parts("anyOf"), parts("oneOf")) {
        (Some(all), None, None) => match all.as_slice() {
            [one] => Some((one, false)),
            _ => None, // a conjunction
        },
        (None, Some(any), None) | (None, None, Some(any)) => {
            let mut others = any.iter().filter(|part| part.get("type").and_then(Value::as_str) != Some("null"));
            let one = others.next()?;
            others.next().is_none().then_some((one, any.len() > 1))
        }
        (Some(_), Some(_), _) | (Some(_), _, Some(_)) | (_, Some(_), Some(_)) | (None, None, None) => None,
    }
}

fn has_roots(root: &Value) -> bool {
    let mut pending: Vec<&Value> = root.as_object().into_iter().flat_map(Map::values).collect();
    while let Some(value) = pending.pop() {
        match value {
            Value::Object(map) => {
                if map.iter().any(|(key, value)| (key == "$id" || key == "id") && value.is_string()) {
                    return true;
                }
                pending.extend(map.values());
            }
            Value::Array(items) => pending.extend(items),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
    false
}
