//! What is a place and what is none.

use crate::{closed, lookup, places, text};
use serde_json::{Value, json};

/// The places of an argument `x`, after closing: `text` of those that a screen can read, `open` of the others.
fn of(x: Value, further: &Value) -> Vec<(String, bool)> {
    let mut schema = json!({"type": "object", "properties": {"x": x}});
    if let (Value::Object(schema), Value::Object(further)) = (&mut schema, further) {
        schema.extend(further.clone());
    }
    places(&closed(schema)).into_iter().map(|place| (place.at, place.text)).collect()
}

#[test]
fn what_can_hold_words_is_a_place() {
    let words = json!({"type": "string"});
    for (x, wanted) in [
        (json!({"type": "string"}), vec![("/x", true)]),
        (json!({"type": ["string", "null"]}), vec![("/x", true)]),
        (json!({"anyOf": [{"type": "string"}, {"type": "null"}]}), vec![("/x", true)]),
        (json!({"allOf": [{"type": "string"}], "default": "a"}), vec![("/x", true)]),
        (json!({"type": "array", "items": {"type": "string"}}), vec![("/x/*", true)]),
        (json!({"type": "object", "properties": {"a/b": {"type": "string"}}}), vec![("/x/a~1b", true)]),
        // Open: no screen can read them.
        (json!({}), vec![("/x", false)]),
        (json!(true), vec![("/x", false)]),
        (json!({"description": "anything"}), vec![("/x", false)]),
        (json!({"type": "object"}), vec![("/x", false)]),
        (json!({"type": "array"}), vec![("/x", false)]),
        (json!({"type": "array", "items": {}}), vec![("/x/*", false)]),
        (json!({"type": "array", "items": [{"type": "integer"}]}), vec![("/x", false)]),
        (json!({"type": "array", "prefixItems": [words]}), vec![("/x", false)]),
        (json!({"type": "array", "prefixItems": [words], "items": false}), vec![("/x", false)]),
        (json!({"type": "object", "additionalProperties": words}), vec![("/x", false)]),
        (json!({"type": "object", "additionalProperties": {"type": "integer"}}), vec![("/x", false)]),
        (json!({"type": "object", "patternProperties": {".*": words}}), vec![("/x", false)]),
        (
            json!({"type": "object", "properties": {"a": words}, "additionalProperties": true}),
            vec![("/x", false), ("/x/a", true)],
        ),
        (json!({"anyOf": [{"type": "integer"}, {"type": "array", "items": words}]}), vec![("/x", false)]),
        (json!({"properties": {"a": words}}), vec![("/x", false), ("/x/a", true)]),
        (json!({"type": "object", "allOf": [{"properties": {"a": words}}]}), vec![("/x", false)]),
        (
            json!({"type": "object", "allOf": [{"properties": {"a": words}}], "unevaluatedProperties": false}),
            vec![("/x", false)],
        ),
        (json!({"type": "text"}), vec![("/x", false)]),
        (json!({"not": {"type": "integer"}}), vec![("/x", false)]),
        (json!("string"), vec![("/x", false)]),
        // Closed.
        (json!(false), vec![]),
        (json!({"type": "integer"}), vec![]),
        (json!({"enum": ["a", "b"]}), vec![]),
        (json!({"enum": ["a"], "anyOf": [{}]}), vec![]),
        (json!({"const": "a", "type": "string"}), vec![]),
        (json!({"anyOf": [{"const": "a"}, {"type": "integer"}, {"type": "null"}]}), vec![]),
        (json!({"type": "array", "prefixItems": [{"type": "integer"}], "items": false}), vec![]),
        (json!({"type": "object", "properties": {"a": {"type": "boolean"}}}), vec![]),
        (json!({"type": "object", "properties": {}, "unevaluatedProperties": false}), vec![]),
    ] {
        let wanted: Vec<_> = wanted.into_iter().map(|(at, text)| (at.to_owned(), text)).collect();
        assert_eq!(of(x.clone(), &json!({})), wanted, "{x}");
    }
}

#[test]
fn references_are_followed_and_end() {
    let definitions = json!({"$defs": {
        "words": {"type": "string"}, "number": {"type": "integer"},
        "node": {"type": "object", "properties": {"name": {"type": "string"}, "next": {"$ref": "#/$defs/node"}}},
        "loop": {"$ref": "#/$defs/loop"}}});
    for (x, wanted) in [
        (json!({"$ref": "#/$defs/words"}), vec![("/x", true)]),
        (json!({"$ref": "#/$defs/number"}), vec![]),
        (json!({"$ref": "#/$defs/node"}), vec![("/x/name", true), ("/x/next", false)]),
        (json!({"$ref": "#/$defs/loop"}), vec![("/x", false)]),
        (json!({"$ref": "#/$defs/none"}), vec![("/x", false)]),
        (json!({"$ref": "#anchor"}), vec![("/x", false)]),
        (json!({"$ref": "#/$defs/words", "enum": ["a"]}), vec![("/x", true)]),
    ] {
        let wanted: Vec<_> = wanted.into_iter().map(|(at, text)| (at.to_owned(), text)).collect();
        assert_eq!(of(x.clone(), &definitions), wanted, "{x}");
    }
    // An identifier of a part's own is another root.
    let mut moved = definitions;
    moved["$defs"]["other"] = json!({"$id": "other", "$defs": {"number": {"type": "string"}}});
    assert_eq!(of(json!({"$ref": "#/$defs/number"}), &moved), [("/x".to_owned(), false)]);
}

#[test]
fn a_dialect_reads_its_own_keywords_only() {
    let old = |dialect: &str| json!({"$schema": format!("http://json-schema.org/{dialect}/schema#")});
    let constant = json!({"const": "a", "type": "string"});
    assert_eq!(of(constant.clone(), &old("draft-04")), [("/x".to_owned(), true)]);
    assert_eq!(of(constant, &old("draft-07")), []);
    let unevaluated = json!({"type": "object", "properties": {}, "unevaluatedProperties": false});
    assert_eq!(of(unevaluated, &old("draft-07")), [("/x".to_owned(), false)]);
}

#[test]
fn the_arguments_as_a_whole_can_be_open() {
    for further in [json!({"additionalProperties": true}), json!({"patternProperties": {"^x": {}}})] {
        assert_eq!(of(json!({"type": "integer"}), &further), [(String::new(), false)], "{further}");
    }
    assert_eq!(places(&closed(json!({"type": "object"}))), []);
}

#[test]
fn definitions_that_multiply_come_to_one_place() {
    let mut definitions = json!({});
    for level in 0..15 {
        let next = json!({"$ref": format!("#/$defs/d{}", level + 1)});
        definitions[format!("d{level}")] = json!({"type": "object", "properties": {"a": next, "b": next, "c": next}});
    }
    definitions["d15"] = json!({"type": "string"});
    let found = of(json!({"$ref": "#/$defs/d0"}), &json!({"$defs": definitions}));
    assert_eq!(found, [(String::new(), false)]);
}

#[test]
fn a_place_can_be_looked_up() {
    let schema = closed(json!({"type": "object", "required": ["a", "b"], "properties": {
        "a": {"$ref": "#/$defs/a"}, "b": {"anyOf": [{"type": "array", "items": {"type": "string"}}, {"type": "null"}]},
        "c": {"type": "string"}, "d": {"anyOf": [{"type": "string"}, {"type": "null"}]}},
        "$defs": {"a": {"type": "object", "required": ["in"], "properties": {"in": {"type": "string"}}}}}));
    for (at, required, string) in [
        ("/a/in", true, Some(false)),
        ("/b/*", false, Some(false)),
        ("/c", false, Some(false)),
        ("/d", false, Some(true)),
        ("/a", true, None),
        ("", true, None),
    ] {
        let (part, found) = lookup(&schema, at).unwrap();
        assert_eq!((found, text(&schema, part)), (required, string), "{at}");
    }
    for at in ["/e", "/a/out", "a", "/c/*"] {
        assert!(lookup(&schema, at).is_none(), "{at}");
    }
    assert!(places(&schema).iter().all(|place| lookup(&schema, &place.at).is_some()));
}
