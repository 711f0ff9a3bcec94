//! The walk over a schema that finds the places.

use crate::applies;
use crate::plain::{Plain, Root, plain};
use serde_json::{Map, Value};

/// Most parts of a schema that are looked at. Definitions that stand in each other multiply.
const PARTS: usize = 5_000;
/// Deepest argument.
const DEPTH: usize = 16;

/// A place in the arguments that can hold words of the caller's choosing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Its JSON pointer, with `*` for each element of an array; empty for the arguments as a whole.
    pub at: String,
    /// A string, which a screen can read. What is not one is open: an object with keys of the caller's, a list of anything.
    pub text: bool,
}

/// Every place of a schema, in its order. An object that names all of its properties is none, whatever they are.
#[must_use]
pub fn places(schema: &Value) -> Vec<Place> {
    let mut walk = Walk { root: Root::new(schema), left: PARTS, over: false, places: Vec::new() };
    walk.visit(schema, "", &mut Vec::new());
    if walk.over {
        return vec![Place { at: String::new(), text: false }];
    }
    walk.places
}

struct Walk<'schema> {
    root: Root<'schema>,
    left: usize,
    over: bool,
    places: Vec<Place>,
}

impl<'schema> Walk<'schema> {
    fn push(&mut self, at: &str, text: bool) {
        match self.places.iter_mut().find(|place| place.at == at) {
            // Open once is open.
            Some(place) => place.text &= text,
            None => self.places.push(Place { at: at.to_owned(), text }),
        }
    }

    /// `inside` are the parts on the way here: one that stands in itself has no last level.
    fn visit(&mut self, part: &'schema Value, at: &str, inside: &mut Vec<&'schema Map<String, Value>>) {
        self.left = self.left.saturating_sub(1);
        if self.left == 0 {
            self.over = true;
            return;
        }
        let map = match plain(&self.root, part) {
            Plain::Closed => return,
            Plain::Open => return self.push(at, false),
            Plain::Schema { map, .. } => map,
        };
        if inside.len() > DEPTH || inside.iter().any(|seen| std::ptr::eq(*seen, map)) {
            return self.push(at, false);
        }
        inside.push(map);
        match map.get("type") {
            Some(Value::String(kind)) => self.kind(kind, map, at, inside),
            Some(Value::Array(kinds)) => {
                for kind in kinds {
                    self.kind(kind.as_str().unwrap_or_default(), map, at, inside);
                }
            }
            Some(Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_)) => self.push(at, false),
            None => self.untyped(map, at, inside),
        }
        inside.pop();
    }

    fn kind(
        &mut self,
        kind: &str,
        map: &'schema Map<String, Value>,
        at: &str,
        inside: &mut Vec<&'schema Map<String, Value>>,
    ) {
        match kind {
            "string" => self.push(at, true),
            "integer" | "number" | "boolean" | "null" => {}
            "object" => {
                if self.is_open(map) {
                    self.push(at, false);
                }
                self.properties(map, at, inside);
            }
            "array" => self.elements(map, at, inside),
            _ => self.push(at, false), // no type that we know
        }
    }

    /// Without a type everything is allowed that no alternative excludes.
    fn untyped(&mut self, map: &'schema Map<String, Value>, at: &str, inside: &mut Vec<&'schema Map<String, Value>>) {
        let union = ["anyOf", "oneOf"].iter().find_map(|word| map.get(*word)).and_then(Value::as_array);
        if union.is_none_or(|parts| parts.iter().any(|part| self.holds(part, at, inside))) {
            self.push(at, false);
        }
        self.properties(map, at, inside);
    }

    fn properties(
        &mut self,
        map: &'schema Map<String, Value>,
        at: &str,
        inside: &mut Vec<&'schema Map<String, Value>>,
    ) {
        for (name, part) in map.get("properties").and_then(Value::as_object).into_iter().flatten() {
            let name = name.replace('~', "~0").replace('/', "~1");
            self.visit(part, &format!("{at}/{name}"), inside);
        }
    }

    fn elements(&mut self, map: &'schema Map<String, Value>, at: &str, inside: &mut Vec<&'schema Map<String, Value>>) {
        match map.get("items") {
            Some(items @ (Value::Object(_) | Value::Bool(_))) => self.visit(items, &format!("{at}/*"), inside),
            // A list of anything, or a tuple, whose elements have no pointer of their own.
            Some(_) | None => self.push(at, false),
        }
        let first = map.get("prefixItems").and_then(Value::as_array).into_iter().flatten();
        if first.into_iter().any(|part| self.holds(part, at, inside)) {
            self.push(at, false);
        }
    }

    /// Whether there is a place in a part that has no pointer.
    fn holds(&mut self, part: &'schema Value, at: &str, inside: &mut Vec<&'schema Map<String, Value>>) -> bool {
        let before = std::mem::take(&mut self.places);
        self.visit(part, at, inside);
        !std::mem::replace(&mut self.places, before).is_empty()
    }

    /// Whether an object can have keys that its schema does not name.
    fn is_open(&self, map: &Map<String, Value>) -> bool {
        if map.contains_key("patternProperties") {
            return true;
        }
        match map.get("additionalProperties") {
            Some(further) => *further != Value::Bool(false),
            None => self.root.old || applies(map) || map.get("unevaluatedProperties") != Some(&Value::Bool(false)),
        }
    }
}
