//! What the schema of a result says of its places: which are there, and which hold nothing but numbers.
//!
//! *Invariants.* What is not understood is open, and an open place holds anything: a path is only found to lead nowhere where the
//! schema names what else there is. An object that names its properties and says nothing of others counts as naming all of them.

use crate::plain::{Plain, Root, plain};
use crate::steps;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// Most parts of a schema that are looked at, and the deepest of them.
const PARTS: usize = 2_000;
const DEPTH: usize = 16;

/// Keywords of which this room knows no places.
const UNKNOWN: [&str; 6] =
    ["$dynamicRef", "$recursiveRef", "dependentSchemas", "dependencies", "unevaluatedProperties", "unevaluatedItems"];

/// Keys are kept: places outlive the schema that they are read from.
type Step = crate::Step<String>;

/// What can stand at a place.
#[derive(Debug, Clone, Copy, Default)]
struct Node {
    number: bool,
    text: bool,
    array: bool,
    /// Anything, and anything below it.
    open: bool,
}

/// Every place of a result.
#[derive(Debug)]
pub struct Places(BTreeMap<Vec<Step>, Node>);

impl Places {
    /// Those that a schema describes.
    #[must_use]
    pub fn of(schema: &Value) -> Self {
        let mut walk = Walk { root: Root::new(schema), left: PARTS, places: BTreeMap::new() };
        walk.visit(schema, &mut Vec::new(), &mut Vec::new());
        if walk.left == 0 {
            walk.places = BTreeMap::from([(Vec::new(), Node { open: true, ..Node::default() })]);
        }
        Self(walk.places)
    }

    /// Whether a declared path can lead to anything in structured content of this schema. A name that may stand inside of a text
    /// is declared as `*.name`.
    #[must_use]
    pub fn reach(&self, path: &str) -> bool {
        let path = steps(path);
        match path.as_slice() {
            // Any column of a table in a text has such a path, and anything in what is open.
            [Step::Any, rest @ ..] if !rest.is_empty() => {
                self.0.values().any(|node| node.open || node.text)
                    || self.0.keys().any(|place| (0..place.len()).any(|from| self.leads(rest, place, from)))
            }
            path => self.0.keys().any(|place| self.leads(path, place, 0)),
        }
    }

    /// Whether a path is that of a place, from one of its steps on, or goes on below it where it is open or a row of cells.
    fn leads(&self, path: &[Step], place: &[Step], from: usize) -> bool {
        let Some(node) = self.0.get(place) else { return false };
        let place = place.get(from..).unwrap_or_default();
        let fits = |(wanted, step): (&Step, &Step)| wanted == step || *wanted == Step::Any || is_further(wanted, step);
        if path.len() < place.len() || !path.iter().zip(place).all(fits) {
            return false;
        }
        match path.get(place.len()..).unwrap_or_default() {
            [] => true,
            _ if node.open => true,
            // A cell is told by the name of its column.
            [Step::Key(_)] => node.array && matches!(place.last(), Some(Step::Element)),
            _ => false, // the schema ends here
        }
    }

    /// The paths of everything that has a name, as a manifest declares them.
    pub fn named(&self) -> impl Iterator<Item = String> {
        self.0.keys().filter(|place| matches!(place.last(), Some(Step::Key(_)))).map(|place| spelled(place))
    }

    /// The paths of places where a number may stand and no text.
    pub fn numbers(&self) -> impl Iterator<Item = String> {
        let bare = |node: &Node| node.number && !node.text && !node.open;
        self.0.iter().filter(move |(_, node)| bare(node)).map(|(place, _)| spelled(place))
    }
}

/// Whether a key is one of those that a schema allows without naming them.
fn is_further(wanted: &Step, step: &Step) -> bool {
    matches!((wanted, step), (Step::Key(_), Step::Any))
}

fn spelled(place: &[Step]) -> String {
    let mut path = String::new();
    for step in place {
        let name = match step {
            Step::Key(name) => name.as_str(),
            Step::Any => "*",
            Step::Element => {
                path.push_str("[]");
                continue;
            }
        };
        if !path.is_empty() {
            path.push('.');
        }
        path.push_str(name);
    }
    path
}

struct Walk<'schema> {
    root: Root<'schema>,
    left: usize,
    places: BTreeMap<Vec<Step>, Node>,
}

impl<'schema> Walk<'schema> {
    /// `inside` are the parts on the way here: one that stands in itself has no last level.
    fn visit(&mut self, part: &'schema Value, at: &mut Vec<Step>, inside: &mut Vec<&'schema Map<String, Value>>) {
        self.left = self.left.saturating_sub(1);
        let node = self.places.entry(at.clone()).or_default();
        let Plain::Schema { map, .. } = plain(&self.root, part) else {
            // Values that are listed say nothing of what is in them.
            node.open = true;
            return;
        };
        let again = inside.iter().any(|seen| std::ptr::eq(*seen, map));
        if again || self.left == 0 || at.len() > DEPTH || UNKNOWN.iter().any(|word| map.contains_key(*word)) {
            node.open = true;
            return;
        }
        let parts: Vec<&Value> = ["anyOf", "oneOf", "allOf"]
            .iter()
            .filter_map(|word| map.get(*word)?.as_array())
            .flatten()
            .chain(["then", "else"].iter().filter_map(|word| map.get(*word)))
            .collect();
        node.kinds(map, !parts.is_empty());
        inside.push(map);
        for part in parts {
            self.visit(part, at, inside);
        }
        self.properties(map, at, inside);
        self.elements(map, at, inside);
        inside.pop();
    }

    fn below(
        &mut self,
        step: Step,
        part: &'schema Value,
        at: &mut Vec<Step>,
        inside: &mut Vec<&'schema Map<String, Value>>,
    ) {
        at.push(step);
        self.visit(part, at, inside);
        at.pop();
    }

    fn properties(
        &mut self,
        map: &'schema Map<String, Value>,
        at: &mut Vec<Step>,
        inside: &mut Vec<&'schema Map<String, Value>>,
    ) {
        for (name, part) in map.get("properties").and_then(Value::as_object).into_iter().flatten() {
            self.below(Step::Key(name.clone()), part, at, inside);
        }
        let patterns = map.get("patternProperties").and_then(Value::as_object).into_iter().flatten();
        let further = map.get("additionalProperties").filter(|further| **further != Value::Bool(false));
        for part in patterns.map(|(_, part)| part).chain(further) {
            self.below(Step::Any, part, at, inside);
        }
    }

    fn elements(
        &mut self,
        map: &'schema Map<String, Value>,
        at: &mut Vec<Step>,
        inside: &mut Vec<&'schema Map<String, Value>>,
    ) {
        let parts = ["items", "prefixItems", "additionalItems", "contains"].iter().filter_map(|word| map.get(*word));
        for part in parts {
            // A tuple names the part of each place.
            for part in part.as_array().map_or(std::slice::from_ref(part), Vec::as_slice) {
                self.below(Step::Element, part, at, inside);
            }
        }
    }
}

impl Node {
    /// Takes the types that a part names. `composed` says that others stand beside it, which may name theirs.
    fn kinds(&mut self, map: &Map<String, Value>, composed: bool) {
        let has = |words: &[&str]| words.iter().any(|word| map.contains_key(*word));
        let named = has(&["properties", "additionalProperties", "patternProperties"]);
        let listed = has(&["items", "prefixItems"]);
        let mut kind = |kind: Option<&str>| match kind {
            Some("integer" | "number") => self.number = true,
            Some("string") => self.text = true,
            Some("boolean" | "null") => {}
            Some("object") => self.open |= !named && !composed,
            Some("array") => (self.array, self.open) = (true, self.open || !listed && !composed),
            Some(_) | None => self.open = true,
        };
        match map.get("type") {
            Some(Value::Array(kinds)) => kinds.iter().for_each(|one| kind(one.as_str())),
            Some(one) => kind(one.as_str()),
            None if named => kind(Some("object")),
            None if listed => kind(Some("array")),
            None if composed => {}
            None => kind(None),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Places;
    use serde_json::{Value, json};

    fn people() -> Value {
        json!({"type": "object", "properties": {
            "customers": {"type": "array", "items": {"$ref": "#/$defs/customer"}},
            "total": {"type": "integer"},
            "columns": {"type": "array", "items": {"type": "string"}},
            "rows": {"type": "array", "items": {"type": "array", "items": {"type": ["string", "number", "null"]}}},
            "by_id": {"type": "object", "additionalProperties": {"type": "object", "properties": {"salary": {"type": "number"}}}},
            "extra": {"type": "object"},
            "tree": {"$ref": "#/$defs/tree"}},
            "required": ["customers"],
            "$defs": {
                "tree": {"type": "object", "properties": {"kids": {"type": "array", "items": {"$ref": "#/$defs/tree"}}}},
                "customer": {"type": "object", "properties": {
                    "full_name": {"type": "string"},
                    "age": {"anyOf": [{"type": "integer"}, {"type": "null"}]},
                    "code": {"anyOf": [{"type": "integer"}, {"type": "string"}]}}}}})
    }

    #[test]
    fn paths_lead_somewhere_or_nowhere() {
        let places = Places::of(&people());
        for path in [
            "customers[].full_name",
            "customers",
            "customers[]",
            "total",
            "*.full_name",
            "customers[].*",
            "by_id.*.salary",
            "by_id.x7.salary",
            "extra.a.b[].c",
            "rows[].full_name",
            "tree.kids[].kids[].kids[].name",
            "*[].age",
            "*.unheard_of",
        ] {
            assert!(places.reach(path), "{path}");
        }
        for path in [
            "customer[].full_name",
            "customers.full_name",
            "customers[].fullname",
            "total.x",
            "customers[][]",
            "by_id.x7.salry",
            "columns.x",
            "rows.full_name",
            "tree.kid",
        ] {
            assert!(!places.reach(path), "{path}");
        }
        // Without a text, and nothing open, no name can hide.
        let numbers = Places::of(&json!({"type": "object", "properties": {"salary": {"type": "number"}}}));
        assert!(numbers.reach("*.salary") && !numbers.reach("*.salry"));
        for open in [
            json!({}),
            json!(true),
            json!({"type": "object"}),
            json!({"$ref": "https://x/y"}),
            json!({"properties": {}, "unevaluatedProperties": {}}),
        ] {
            assert!(Places::of(&open).reach("anything[].at.all"), "{open}");
        }
    }

    #[test]
    fn numbers_are_those_that_cannot_be_texts() {
        let places = Places::of(&people());
        let numbers: Vec<String> = places.numbers().collect();
        assert_eq!(numbers, ["by_id.*.salary", "customers[].age", "total"]);
        assert!(places.named().any(|path| path == "customers[].full_name"));
    }

    #[test]
    fn a_schema_that_multiplies_is_open() {
        let defs: serde_json::Map<String, Value> = (0..40)
            .map(|level| {
                let next = json!({"$ref": format!("#/$defs/d{}", level + 1)});
                (format!("d{level}"), json!({"type": "object", "properties": {"a": next, "b": next}}))
            })
            .collect();
        let places = Places::of(&json!({"$ref": "#/$defs/d0", "$defs": defs}));
        assert!(places.reach("whatever") && places.numbers().next().is_none());
    }
}
