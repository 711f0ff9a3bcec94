//! Closing: what a schema does not name is refused, wherever it says nothing else.

use serde_json::{Value, json};

/// Keywords under which a closed part would mean something else: a part that must hold together with others sees their properties
/// as foreign.
const COMPOSED: [&str; 11] = [
    "not",
    "if",
    "then",
    "else",
    "dependentSchemas",
    "dependencies",
    "$dynamicRef",
    "$recursiveRef",
    "$anchor",
    "$dynamicAnchor",
    "unevaluatedProperties",
];

/// Closes the arguments, and each object inside of them that names its properties, unless the schema itself speaks of further ones.
/// A free-form object stays as it is: closed it would be empty.
#[must_use]
pub fn closed(mut schema: Value) -> Value {
    if !composed(&schema) {
        inner(&mut schema);
    }
    if let Value::Object(map) = &mut schema
        && !SPEAKING.iter().any(|word| map.contains_key(*word))
    {
        map.insert("additionalProperties".into(), json!(false));
    }
    schema
}

const SPEAKING: [&str; 3] = ["additionalProperties", "unevaluatedProperties", "patternProperties"];

/// Whether parts of a schema must hold together. A property of such a name counts too: less is closed then, and more is asked for.
fn composed(schema: &Value) -> bool {
    let mut pending = vec![schema];
    while let Some(value) = pending.pop() {
        match value {
            Value::Object(map) => {
                let several = map.get("allOf").and_then(Value::as_array).is_some_and(|parts| parts.len() != 1);
                let beside = (map.contains_key("properties") || map.contains_key("$ref"))
                    && ["$ref", "allOf", "anyOf", "oneOf"].iter().filter(|word| map.contains_key(**word)).count()
                        + usize::from(map.contains_key("properties"))
                        > 1;
                if several || beside || COMPOSED.iter().any(|word| map.contains_key(*word)) {
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

/// Recursion is as deep as JSON was read: 128 levels at most.
fn inner(schema: &mut Value) {
    let Value::Object(map) = schema else { return };
    for (word, value) in &mut *map {
        match (word.as_str(), value) {
            ("properties" | "$defs" | "definitions" | "patternProperties", Value::Object(parts)) => {
                parts.values_mut().for_each(inner);
            }
            ("items" | "prefixItems" | "anyOf" | "oneOf" | "allOf", Value::Array(parts)) => {
                parts.iter_mut().for_each(inner);
            }
            ("items" | "additionalProperties" | "additionalItems", part) => inner(part),
            (_, _) => {} // nothing that values are held against as a whole
        }
    }
    if map.contains_key("properties") && !SPEAKING.iter().any(|word| map.contains_key(*word)) {
        map.insert("additionalProperties".into(), json!(false));
    }
}

#[cfg(test)]
#[allow(clippy::indexing_slicing, reason = "tests may fail loudly")]
mod tests {
    use super::closed;
    use serde_json::json;

    #[test]
    fn named_properties_are_all_there_are() {
        let schema = json!({"type": "object", "properties": {
            "edits": {"type": "array", "items": {"type": "object", "properties": {"old": {"type": "string"}}}},
            "who": {"anyOf": [{"$ref": "#/$defs/who"}, {"type": "null"}]},
            "free": {"type": "object"},
            "map": {"type": "object", "properties": {}, "additionalProperties": {"type": "string"}}},
            "$defs": {"who": {"type": "object", "properties": {}}}});
        let closed = closed(schema);
        for (pointer, value) in [
            ("/additionalProperties", Some(json!(false))),
            ("/properties/edits/items/additionalProperties", Some(json!(false))),
            ("/$defs/who/additionalProperties", Some(json!(false))),
            ("/properties/free/additionalProperties", None),
            ("/properties/map/additionalProperties", Some(json!({"type": "string"}))),
        ] {
            assert_eq!(closed.pointer(pointer), value.as_ref(), "{pointer}");
        }
    }

    #[test]
    fn parts_that_hold_together_are_left_open() {
        let part = |name: &str| json!({"type": "object", "properties": {name: {"type": "string"}}});
        for whole in [
            json!({"allOf": [part("a"), part("b")]}),
            json!({"properties": {"a": {}}, "anyOf": [part("a")]}),
            json!({"not": part("a")}),
        ] {
            let closed = closed(json!({"type": "object", "properties": {"x": whole}}));
            assert_eq!(closed["properties"]["x"], whole);
            assert_eq!(closed["additionalProperties"], json!(false));
        }
    }
}
