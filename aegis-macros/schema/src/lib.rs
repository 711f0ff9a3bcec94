//! Where an agent's own words can stand in the arguments of a tool, by the tool's JSON Schema.
//!
//! Where a path of a result leads is asked here too: by the compiler, which checks what a manifest declares, and by the masker.
//!
//! The compiler asks a manifest for a screen at each of these places, and `aegis import` drafts one at each: both ask here.
//!
//! *Invariants.* What is not understood counts as open: an unknown keyword never makes a place vanish, only one that closes does, and
//! only in a dialect that knows it. Schemas are bounded: a walk over a limit leaves one place, the arguments as a whole.

mod close;
mod places;
mod plain;
mod result;
mod step;

pub use close::closed;
pub use places::{Place, places};
pub use result::Places;
pub use step::{Step, steps};

use plain::{Plain, Root, plain};
use serde_json::{Map, Value};

/// What a pointer reaches inside a schema, and whether every step of it is required. `*` stands for each element of an array;
/// references within the schema are followed, and so is what may be null beside one other thing.
#[must_use]
pub fn lookup<'schema>(schema: &'schema Value, pointer: &str) -> Option<(&'schema Value, bool)> {
    let root = Root::new(schema);
    let mut here = schema;
    let mut required = true;
    let mut segments = pointer.split('/');
    if segments.next() != Some("") {
        return None;
    }
    for segment in segments {
        let Plain::Schema { map, nullable } = plain(&root, here) else { return None };
        required &= !nullable;
        if segment == "*" {
            here = map.get("items")?;
            continue;
        }
        let name = segment.replace("~1", "/").replace("~0", "~");
        required &= map
            .get("required")
            .and_then(Value::as_array)
            .is_some_and(|required| required.iter().any(|item| item.as_str() == Some(&name)));
        here = map.get("properties")?.get(&name)?;
    }
    Some((here, required))
}

/// Whether a part of a schema is a string and nothing else but null, and whether it may be null.
#[must_use]
pub fn text(schema: &Value, part: &Value) -> Option<bool> {
    if part.get("type").and_then(Value::as_str) == Some("string") && part.get("$ref").is_none() {
        return Some(false);
    }
    match plain(&Root::new(schema), part) {
        Plain::Schema { map, nullable } => {
            (map.get("type").and_then(Value::as_str) == Some("string")).then_some(nullable)
        }
        Plain::Closed | Plain::Open => None,
    }
}

/// The keywords by which schemas are made of others.
const APPLICATORS: [&str; 11] = [
    "$ref",
    "$dynamicRef",
    "$recursiveRef",
    "allOf",
    "anyOf",
    "oneOf",
    "not",
    "if",
    "then",
    "else",
    "dependentSchemas",
];

fn applies(map: &Map<String, Value>) -> bool {
    APPLICATORS.iter().any(|word| map.contains_key(*word))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests may fail loudly")]
mod tests;
