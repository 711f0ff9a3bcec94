//! The live `tools/list` held against the manifest.
//!
//! *Invariants.* Each tool is judged alone: a differing tool is out, the server stays. A pinned tool must be defined as it was when a
//! person decided about it. Any tool must be compatible:
//! whatever fits the manifest's schema can be understood by the live one: every property of the manifest is there and takes at
//! least its types, and whatever the server requires, the manifest requires. Descriptions are not compared, since nobody sees
//! the live ones. The work is bounded: what takes more of it differs. A difference quotes names, masked, escaped and bounded, and nothing else of
//! the server; what else changed is for records.

use super::Masked;
use super::definition::{Change, canonical, changes_in, definition};
use super::words::{named, whole};
use crate::audit::hex;
use crate::north::quoted;
use crate::spec::ToolSpec;
use rmcp::model::Tool;
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};

const NAME: usize = 64;
const EXTRA: usize = 100;
/// Most places that a difference names.
const PLACES: usize = 3;
/// Most parts of one tool's schemas that are compared, and how deep they stand in each other. References multiply.
const PARTS: usize = 5_000;
const DEPTH: usize = 16;
/// So many listed values cost as much as a part.
const VALUES: usize = 16;

/// What the comparison found.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Pins {
    /// Tools of the manifest that must not be called, and why.
    pub(super) drift: BTreeMap<&'static str, Drift>,
    /// Tools that the manifest does not name, at most 100.
    pub(super) extra: Vec<String>,
    /// How many tools are offered.
    pub(super) tools: usize,
    /// SHA-256 over what is offered.
    pub(super) digest: String,
}

/// In what a tool differs.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Drift {
    /// In words that quote names only.
    pub(super) difference: String,
    /// Each change of its definition since it was pinned, in the server's own words.
    pub(super) changes: Vec<Change>,
}

impl From<String> for Drift {
    fn from(difference: String) -> Self {
        Self { difference, changes: Vec::new() }
    }
}

/// Holds what a server offers against its manifest.
pub(super) fn compare(manifest: &[&'static ToolSpec], live: &[Tool], masked: &Masked) -> Pins {
    let mut pins = Pins { tools: live.len(), digest: digest(live), ..Pins::default() };
    for tool in manifest {
        let mut named = live.iter().filter(|live| live.name == tool.name);
        let difference = match (named.next(), named.next()) {
            (None, _) => Some(Drift::from("the server does not offer the tool".to_owned())),
            (Some(_), Some(_)) => Some(Drift::from("the server offers the tool twice".to_owned())),
            (Some(live), None) => since_pinned(tool, &definition(live), masked)
                .or_else(|| schema_difference(tool.input_schema, &live.input_schema, masked).map(Drift::from)),
        };
        if let Some(difference) = difference {
            pins.drift.insert(tool.name, difference);
        }
    }
    let known: BTreeSet<&str> = manifest.iter().map(|tool| tool.name).collect();
    let extra = live.iter().filter(|tool| !known.contains(tool.name.as_ref())).take(EXTRA);
    pins.extra = extra.map(|tool| named(&tool.name, NAME, masked)).collect();
    pins
}

/// What changed since a person decided about the tool.
pub(super) fn since_pinned(tool: &ToolSpec, live: &Value, masked: &Masked) -> Option<Drift> {
    let pin = tool.pin?;
    let Ok(pinned) = serde_json::from_str::<Value>(pin.definition) else {
        return Some(Drift::from("its pin cannot be read".to_owned()));
    };
    let changes = changes_in(&pinned, live, pin.volatile, &|text| whole(text, masked));
    let places: Vec<String> = changes.iter().take(PLACES).map(|change| format!("`{}`", change.at)).collect();
    let more = if changes.len() > PLACES { " and elsewhere" } else { "" };
    let difference = format!("its definition changed since it was pinned, at {}{more}", places.join(", "));
    (!changes.is_empty()).then_some(Drift { difference, changes })
}

fn schema_difference(manifest: &str, live: &Map<String, Value>, masked: &Masked) -> Option<String> {
    let Ok(Value::Object(manifest)) = serde_json::from_str(manifest) else {
        return Some("the manifest's schema is not an object".to_owned());
    };
    let theirs = live.get("properties");
    let mut left = PARTS;
    for (name, property) in manifest.get("properties").and_then(Value::as_object).into_iter().flatten() {
        let shown = quoted(name, NAME);
        let Some(offered) = theirs.and_then(|theirs| theirs.get(name)) else {
            return Some(format!("the server's tool has no argument `{shown}`"));
        };
        let named = types(property, &manifest, 0, &mut left);
        match named.and_then(|named| Ok((named, types(offered, live, 0, &mut left)?))) {
            Err(Endless) => {
                return Some(format!("the server's argument `{shown}` is of too many parts to be compared"));
            }
            Ok((_, None)) => {}
            Ok((None, Some(offered))) => {
                return Some(format!("the server's argument `{shown}` is {}, the manifest's is open", words(&offered)));
            }
            Ok((Some(named), Some(offered))) if named.iter().all(|kind| takes(&offered, kind)) => {}
            Ok((Some(named), Some(offered))) => {
                let (named, offered) = (words(&named), words(&offered));
                return Some(format!("the server's argument `{shown}` is {offered}, the manifest's is {named}"));
            }
        }
    }
    let required = |schema: &Map<String, Value>| -> BTreeSet<String> {
        let list = schema.get("required").and_then(Value::as_array).into_iter().flatten();
        list.filter_map(Value::as_str).map(str::to_owned).collect()
    };
    let (ours, theirs) = (required(&manifest), required(live));
    let missing = theirs.difference(&ours).next()?;
    Some(format!("the server requires the argument `{}`, the manifest does not", named(missing, NAME, masked)))
}

fn takes(offered: &BTreeSet<&'static str>, kind: &'static str) -> bool {
    offered.contains(kind) || (kind == "integer" && offered.contains("number"))
}

fn words(types: &BTreeSet<&'static str>) -> String {
    if types.is_empty() { "nothing".to_owned() } else { types.iter().copied().collect::<Vec<_>>().join(" or ") }
}

/// A schema of more parts than are looked at, or of parts that stand in themselves.
struct Endless;

/// The JSON types a schema takes; `None` where it does not say.
fn types(schema: &Value, root: &Map<String, Value>, depth: usize, left: &mut usize) -> Result<Types, Endless> {
    let Some(schema) = schema.as_object() else { return Ok(None) };
    let mut spend = |parts: usize| left.checked_sub(parts).map(|less| *left = less).ok_or(Endless);
    spend(1)?;
    if depth == DEPTH {
        return Err(Endless);
    }
    let deeper = depth.saturating_add(1);
    if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
        return target(reference, root).map_or(Ok(None), |target| types(target, root, deeper, left));
    }
    // A list of values costs less than as many parts.
    match (schema.get("type"), schema.get("enum"), schema.get("const")) {
        (Some(Value::String(name)), ..) => return Ok(Some(kind(name).into_iter().collect())),
        (Some(Value::Array(names)), ..) => {
            spend(names.len() / VALUES)?;
            return Ok(Some(names.iter().filter_map(Value::as_str).filter_map(kind).collect()));
        }
        (_, Some(Value::Array(values)), _) => {
            spend(values.len() / VALUES)?;
            return Ok(Some(values.iter().map(kind_of).collect()));
        }
        (_, _, Some(value)) => return Ok(Some([kind_of(value)].into())),
        (_, _, None) => {}
    }
    let Some(Value::Array(branches)) = schema.get("anyOf").or_else(|| schema.get("oneOf")) else { return Ok(None) };
    let mut all = BTreeSet::new();
    for branch in branches {
        let Some(branch) = types(branch, root, deeper, left)? else { return Ok(None) };
        all.extend(branch);
    }
    Ok(Some(all))
}

type Types = Option<BTreeSet<&'static str>>;

/// What a reference within the schema names.
fn target<'root>(reference: &str, root: &'root Map<String, Value>) -> Option<&'root Value> {
    let mut path = reference.strip_prefix("#/")?.split('/');
    let first = root.get(path.next()?)?;
    path.try_fold(first, |at, step| at.as_object()?.get(step))
}

fn kind(name: &str) -> Option<&'static str> {
    ["null", "boolean", "object", "array", "number", "string", "integer"].into_iter().find(|kind| *kind == name)
}

fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_f64() => "number",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

fn digest(live: &[Tool]) -> String {
    let mut sorted: Vec<&Tool> = live.iter().collect();
    sorted.sort_by(|one, other| one.name.cmp(&other.name));
    let mut hasher = Sha256::new();
    for tool in sorted {
        let schema = canonical(&Value::Object(tool.input_schema.as_ref().clone()));
        let definition = Value::Array(vec![Value::String(tool.name.to_string()), schema]);
        hasher.update(definition.to_string());
        hasher.update("\n");
    }
    hex(&hasher.finalize())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests may fail loudly")]
mod tests {
    use super::{Masked, schema_difference};
    use serde_json::{Value, json};
    use std::sync::Arc;
    use std::time::Instant;

    const OURS: &str =
        r#"{"type":"object","required":["sql"],"properties":{"sql":{"type":"string"},"limit":{"type":"integer"}}}"#;

    fn difference(live: &Value) -> Option<String> {
        let masked: Masked = Arc::new(|text| Some(text.replace("hunter2-hunter2", "[HELD]")));
        schema_difference(OURS, live.as_object().unwrap(), &masked)
    }

    #[test]
    fn a_server_may_take_more_than_the_manifest_says() {
        for limit in [
            json!({"type": "integer"}),
            json!({"type": ["null", "number"]}),
            json!({"anyOf": [{"$ref": "#/$defs/n"}, {"type": "null"}], "default": null}),
            json!({}),
        ] {
            let live = json!({"$defs": {"n": {"type": "integer"}}, "properties":
                {"sql": {"type": "string"}, "limit": limit, "page": {"type": "string"}}});
            assert_eq!(difference(&live), None, "{live}");
        }
    }

    #[test]
    fn a_server_that_takes_less_has_drifted() {
        let sql = json!({"type": "string"});
        for (live, words) in [
            (json!({"properties": {"sql": sql}}), "no argument `limit`"),
            (json!({"properties": {"sql": sql, "limit": {"type": "string"}}}), "is string, the manifest's is integer"),
            (
                json!({"properties": {"sql": sql, "limit": {"type": "integer"}}, "required": ["sql", "limit"]}),
                "requires the argument `limit`",
            ),
            (json!({"properties": {"sql": sql, "limit": {"enum": ["a", null]}}}), "null or string"),
            (
                json!({"properties": {"sql": sql, "limit": {}}, "required": [format!("{:k>55}hunter2-hunter2", "")]}),
                "k[HELD]`",
            ),
        ] {
            assert!(difference(&live).unwrap().contains(words), "{live}");
        }
    }

    #[test]
    fn a_schema_that_multiplies_is_not_followed_to_its_end_and_differs() {
        let limit = json!({"type": "integer"});
        let live = |defs: &Value, sql: &Value| json!({"$defs": defs, "properties": {"sql": sql, "limit": limit}});
        let mut defs =
            json!({"x0": {"type": "string"}, "pad": vec![limit.clone(); 60_000], "long": {"enum": vec!["a"; 60_000]}});
        for level in 1..8 {
            let below = json!({"$ref": format!("#/$defs/x{}", level - 1)});
            defs[format!("x{level}")] = json!({"anyOf": vec![below; 12]});
        }
        defs["again"] = json!({"$ref": "#/$defs/again"});
        let begun = Instant::now();
        for (name, times) in [("x7", 1), ("again", 1), ("x0", 3_000), ("long", 1_000)] {
            let sql = json!({"anyOf": vec![json!({"$ref": format!("#/$defs/{name}")}); times]});
            assert!(difference(&live(&defs, &sql)).unwrap().contains("`sql` is of too many parts"), "{name}");
        }
        assert!(begun.elapsed().as_secs() < 10, "{:?}", begun.elapsed());
        for (name, times) in [("x2", 1), ("x0", 1_000), ("long", 1)] {
            let sql = json!({"anyOf": vec![json!({"$ref": format!("#/$defs/{name}")}); times]});
            assert_eq!(difference(&live(&defs, &sql)), None, "{name}");
        }
    }
}
