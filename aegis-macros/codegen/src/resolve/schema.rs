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
    Some(aegis_schema::closed(schema))
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
