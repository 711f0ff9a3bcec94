//! Input schemas: built from inline arguments, or imported and held to what a pinned schema may be.

use crate::diag::{Code, Diag, suggest};
use crate::model::manifest::{Inputs, ToolToml};
use crate::resolve::{check_name, word};
use crate::source::Sources;
use serde_json::{Map, Value, json};
use toml::Spanned;

/// Largest schema, in bytes.
const SIZE_LIMIT: usize = 64 * 1024;

/// Dialects that the compiled validator knows.
const DIALECTS: [&str; 5] = [
    "https://json-schema.org/draft/2020-12/schema",
    "https://json-schema.org/draft/2019-09/schema",
    "http://json-schema.org/draft-07/schema",
    "http://json-schema.org/draft-06/schema",
    "http://json-schema.org/draft-04/schema",
];

/// The schema of a tool, an object schema; `None` after a diagnostic.
pub(super) fn of_tool(tool: &ToolToml, path: &str, sources: &Sources, diags: &mut Vec<Diag>) -> Option<Value> {
    match (&tool.input, &tool.input_schema) {
        (Some(input), None) => Some(inline(input.get_ref(), path, diags)),
        (None, Some(file)) => imported(file, path, sources, diags),
        (Some(_), Some(_)) | (None, None) => {
            let message = format!("tool `{}` needs exactly one of `input` and `input-schema`", tool.name.get_ref());
            diags.push(Diag::error(
                Code::InputForms,
                path,
                tool.name.span(),
                message,
                "a tool without arguments says `input = {}`",
            ));
            None
        }
    }
}

fn inline(input: &Inputs, path: &str, diags: &mut Vec<Diag>) -> Value {
    let mut properties = Map::new();
    let mut required = Vec::new();
    for (name, toml) in input {
        check_name(name, path, diags);
        let kinds = [("string", "string"), ("integer", "integer"), ("number", "number"), ("boolean", "boolean")];
        let Some(kind) = word(&toml.kind, "argument type", &kinds, path, diags) else { continue };
        let mut property = Map::new();
        property.insert("type".into(), json!(kind));
        let mut set = |key: &str, value: Option<Value>| {
            if let Some(value) = value {
                property.insert(key.into(), value);
            }
        };
        set("description", toml.description.clone().map(Value::from));
        set("enum", toml.words.clone().map(Value::from));
        set("minLength", toml.min_length.map(Value::from));
        set("maxLength", toml.max_length.map(Value::from));
        set("minimum", toml.minimum.map(Value::from));
        set("maximum", toml.maximum.map(Value::from));
        properties.insert(name.get_ref().clone(), Value::Object(property));
        if !toml.optional {
            required.push(name.get_ref().clone());
        }
    }
    let mut schema = Map::new();
    schema.insert("type".into(), json!("object"));
    schema.insert("properties".into(), Value::Object(properties));
    if !required.is_empty() {
        schema.insert("required".into(), json!(required));
    }
    schema.insert("additionalProperties".into(), json!(false));
    Value::Object(schema)
}

fn imported(file: &Spanned<String>, path: &str, sources: &Sources, diags: &mut Vec<Diag>) -> Option<Value> {
    let wanted = file.get_ref();
    let dir = path.rsplit_once('/').map_or("", |(dir, _)| dir);
    let full = format!("{dir}/{wanted}");
    let Some(source) = sources.schemas.iter().find(|source| source.path == full) else {
        let known = sources.schemas.iter().filter_map(|source| source.path.strip_prefix(dir)?.strip_prefix('/'));
        let message = format!("no schema `{wanted}` beside the manifest");
        diags.push(Diag::error(Code::SchemaMissing, path, file.span(), message, suggest(wanted, known)));
        return None;
    };
    let mut refuse =
        |code, message: String, help: &str| diags.push(Diag::error(code, path, file.span(), message, help));
    if source.text.len() > SIZE_LIMIT {
        refuse(
            Code::SchemaSize,
            format!("`{wanted}` has {} bytes, over {SIZE_LIMIT}", source.text.len()),
            "pin a smaller schema: drop descriptions that only the model reads",
        );
        return None;
    }
    let schema: Value = match serde_json::from_str(&source.text) {
        Ok(schema) => schema,
        Err(error) => {
            refuse(
                Code::SchemaShape,
                format!("`{wanted}` is no JSON: line {} column {}", error.line(), error.column()),
                "export the schema again with `tools/list`",
            );
            return None;
        }
    };
    if schema.get("type").and_then(Value::as_str) != Some("object") {
        refuse(
            Code::SchemaShape,
            format!("`{wanted}` does not describe an object"),
            "a tool's arguments are an object: `{\"type\": \"object\", …}`",
        );
        return None;
    }
    if let Some(dialect) = schema.get("$schema").and_then(Value::as_str)
        && !DIALECTS.contains(&dialect.trim_end_matches('#'))
    {
        refuse(
            Code::SchemaDialect,
            format!("`{wanted}` is written in `{dialect}`"),
            "use https://json-schema.org/draft/2020-12/schema",
        );
        return None;
    }
    if let Some(target) = remote_ref(&schema) {
        refuse(
            Code::RemoteRef,
            format!("`{wanted}` refers to `{target}`"),
            "copy the definition under `$defs` and refer to `#/$defs/…`",
        );
        return None;
    }
    Some(closed(schema))
}

/// Closed unless the schema itself speaks of further properties.
fn closed(mut schema: Value) -> Value {
    if let Value::Object(map) = &mut schema
        && !map.contains_key("additionalProperties")
        && !map.contains_key("unevaluatedProperties")
        && !map.contains_key("patternProperties")
    {
        map.insert("additionalProperties".into(), json!(false));
    }
    schema
}

fn remote_ref(schema: &Value) -> Option<String> {
    let mut pending = vec![schema];
    while let Some(value) = pending.pop() {
        match value {
            Value::Object(map) => {
                for (key, value) in map {
                    if let (true, Value::String(target)) = (key == "$ref" || key == "$dynamicRef", value)
                        && !target.starts_with('#')
                    {
                        return Some(target.clone());
                    }
                    pending.push(value);
                }
            }
            Value::Array(items) => pending.extend(items),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
    None
}

/// What a pointer with `*` reaches inside a schema: the property's schema, and whether every step of it is required.
pub(super) fn lookup<'schema>(schema: &'schema Value, pointer: &str) -> Option<(&'schema Value, bool)> {
    let mut here = schema;
    let mut required = true;
    let mut segments = pointer.split('/');
    if segments.next() != Some("") {
        return None;
    }
    for segment in segments {
        if segment == "*" {
            here = here.get("items")?;
            continue;
        }
        let name = segment.replace("~1", "/").replace("~0", "~");
        required &= here
            .get("required")
            .and_then(Value::as_array)
            .is_some_and(|required| required.iter().any(|item| item.as_str() == Some(&name)));
        here = here.get("properties")?.get(&name)?;
    }
    Some((here, required))
}

/// Every property that can hold a string of the caller's choosing, by pointer; arrays of them with `*`.
pub(super) fn string_places(schema: &Value) -> Vec<String> {
    let mut places = Vec::new();
    collect(schema, String::new(), &mut places, 0);
    places
}

fn collect(schema: &Value, pointer: String, places: &mut Vec<String>, depth: usize) {
    if depth > 16 {
        return;
    }
    if !pointer.is_empty() && can_be_text(schema) {
        places.push(pointer.clone());
    }
    if let Some(properties) = schema.get("properties").and_then(Value::as_object) {
        for (name, property) in properties {
            let name = name.replace('~', "~0").replace('/', "~1");
            collect(property, format!("{pointer}/{name}"), places, depth.saturating_add(1));
        }
    }
    if let Some(items) = schema.get("items") {
        collect(items, format!("{pointer}/*"), places, depth.saturating_add(1));
    }
}

fn can_be_text(schema: &Value) -> bool {
    if schema.get("enum").is_some() || schema.get("const").is_some() {
        return false;
    }
    match schema.get("type") {
        Some(Value::String(kind)) => kind == "string",
        Some(Value::Array(kinds)) => kinds.iter().any(|kind| kind == "string"),
        Some(_) => false,
        None => schema.get("properties").is_none() && schema.get("items").is_none(),
    }
}
