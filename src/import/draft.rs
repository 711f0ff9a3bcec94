//! The texts of a draft: the manifest, the schemas and the pins.

use super::credentials;
use super::faces;
use super::{ImportArgs, Subject};
use crate::output::CommandError;
use aegis_runtime::downstream::Offered;
use rmcp::model::Tool;
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::PathBuf;

/// How deep arguments are looked through.
const DEPTH: usize = 16;

/// Definitions by the table of the file of pins that they stand in, and by what the server knows them by.
pub(super) type Pins = BTreeMap<(&'static str, String), Value>;

fn tools(offered: &[Offered]) -> Vec<&Tool> {
    offered.iter().filter_map(|offered| if let Offered::Tool(tool) = offered { Some(tool) } else { None }).collect()
}

/// How much is offered, in words.
pub(super) fn counted(offered: &[Offered]) -> String {
    let of = |section: &str| offered.iter().filter(|offered| offered.section() == section).count();
    let further = [("resources", of("resources")), ("prompts", of("prompts"))];
    let further = further.into_iter().filter(|(_, count)| *count > 0).map(|(name, count)| format!(", {count} {name}"));
    format!("{} tools{}", of("tools"), further.collect::<String>())
}

/// The schema of each tool, by its file below the manifests.
pub(super) fn schemas(server: &str, offered: &[Offered]) -> Result<Vec<(String, String)>, CommandError> {
    let tools = tools(offered);
    let named = tools.iter().zip(files(server, &tools));
    named.map(|(tool, file)| Ok((format!("schemas/{file}"), schema(&tool.input_schema)?))).collect()
}

/// A schema as it is imported. Closed: an argument that the schema does not name would reach the server unread.
pub(super) fn schema(schema: &Map<String, Value>) -> Result<String, CommandError> {
    let mut schema = schema.clone();
    schema.entry("additionalProperties").or_insert(Value::Bool(false));
    pretty(&Value::Object(schema))
}

/// What the server says of everything it offers.
pub(super) fn definitions(offered: &[Offered]) -> Pins {
    offered.iter().map(|offered| ((offered.section(), offered.key().to_owned()), offered.definition())).collect()
}

/// A file of pins. There are always tools in it; a table of anything else is there if something is in it.
pub(super) fn pins(pins: &Pins) -> Result<String, CommandError> {
    let mut file = Map::from_iter([("tools".to_owned(), Value::Object(Map::new()))]);
    for ((section, key), definition) in pins {
        if let Value::Object(table) = file.entry(*section).or_insert_with(|| Value::Object(Map::new())) {
            table.insert(key.clone(), definition.clone());
        }
    }
    pretty(&Value::Object(file))
}

pub(super) fn pretty(value: &Value) -> Result<String, CommandError> {
    serde_json::to_string_pretty(value).map(|text| format!("{text}\n")).map_err(CommandError::refused)
}

/// A file name for each schema, from the tool's name where that is one.
fn files(server: &str, tools: &[&Tool]) -> Vec<String> {
    // The file of the pins.
    let mut taken = BTreeSet::from([format!("{server}.pins.json")]);
    let mut files = Vec::with_capacity(tools.len());
    for (number, tool) in tools.iter().enumerate() {
        let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        let name = if tool.name.len() <= 64 && tool.name.chars().all(plain) {
            tool.name.to_string()
        } else {
            number.to_string()
        };
        let mut file = format!("{server}.{name}.json");
        if !taken.insert(file.to_lowercase()) {
            file = format!("{server}.{name}.{number}.json");
        }
        files.push(file);
    }
    files
}

pub(super) fn manifest(import: &ImportArgs, subject: &Subject, offered: &[Offered]) -> String {
    let mut out = String::new();
    let (command, found) = credentials::without(&subject.command);
    let mut references: Vec<String> =
        subject.secrets.iter().map(|(name, from, _)| format!("{name} = {{ env = {} }}", quoted(from))).collect();
    let new = found.iter().filter(|name| !subject.secrets.iter().any(|(known, _, _)| known == *name));
    references.extend(new.map(|name| format!("{name} = {{ env = {} }}", quoted(name))));
    let list = |words: &[String]| words.iter().map(|word| quoted(word)).collect::<Vec<_>>().join(", ");
    let paths =
        |paths: &[PathBuf]| list(&paths.iter().map(|path| path.to_string_lossy().into_owned()).collect::<Vec<_>>());
    let name = &subject.name;
    let _ = writeln!(
        out,
        "# Drafted by `aegis import`. Nothing in it is permitted, and it does not build, until a person has decided.\n"
    );
    let _ = writeln!(out, "[server]\nname = {}\ncommand = [{}]", quoted(name), list(&command));
    let net = if import.net { "full" } else { "none" };
    let _ = writeln!(
        out,
        "cage = {{ level = \"standard\", net = \"{net}\", read = [{}], write = [{}] }}",
        paths(&import.read),
        paths(&import.write)
    );
    for name in &found {
        let _ = writeln!(
            out,
            "# A credential stood in the argv and is not written down: see whether the server reads `{name}` from its environment."
        );
    }
    if !subject.env.is_empty() {
        let env: Vec<String> = subject.env.iter().map(|(name, value)| format!("{name} = {}", quoted(value))).collect();
        let _ = writeln!(out, "env = {{ {} }}", env.join(", "));
    }
    if !references.is_empty() {
        let _ = writeln!(out, "secrets = {{ {} }}", references.join(", "));
    }
    let _ = writeln!(out, "timeout = \"30s\"");
    let _ = writeln!(
        out,
        "pins = \"schemas/{name}.pins.json\"  # what the server said of what it offers; a change is refused"
    );
    let tools = tools(offered);
    for (tool, file) in tools.iter().zip(files(name, &tools)) {
        out.push_str(&one(tool, &file));
    }
    let mut taken = tools.iter().map(|tool| tool.name.to_string()).collect();
    offered.iter().for_each(|offered| out.push_str(&faces::one(offered, &mut taken)));
    out
}

/// The table of one tool.
pub(super) fn one(tool: &Tool, file: &str) -> String {
    let mut out = String::new();
    let _ = writeln!(out, "\n[[tool]]\nname = {}", quoted(&tool.name));
    let _ = writeln!(out, "description = {}", quoted(tool.description.as_deref().unwrap_or("")));
    if let Some(hints) = tool.annotations.as_ref().and_then(|hints| serde_json::to_string(hints).ok()) {
        let _ = writeln!(out, "# The server says of it, unproven: {}", one_line(&hints));
    }
    let _ = writeln!(out, "capabilities = [\"unclassified\"]  # effect:domain, what it can do whatever its arguments");
    let _ = writeln!(out, "input-schema = {}", quoted(&format!("schemas/{file}")));
    let mut places = Vec::new();
    collect(&Value::Object(tool.input_schema.as_ref().clone()), String::new(), 0, &mut places);
    for place in places {
        let _ = writeln!(
            out,
            "\n[[tool.screen]]\nat = {}\nkind = \"unread\"  # sql, object-key, path, url, compose, or opaque with a why",
            quoted(&place)
        );
    }
    out
}

/// Every argument that can hold text, at any depth; `*` for each element of a list.
fn collect(schema: &Value, pointer: String, depth: usize, places: &mut Vec<String>) {
    if depth > DEPTH {
        return;
    }
    if !pointer.is_empty() && can_hold_text(schema) {
        places.push(pointer.clone());
    }
    for (name, property) in schema.get("properties").and_then(Value::as_object).into_iter().flatten() {
        let name = name.replace('~', "~0").replace('/', "~1");
        collect(property, format!("{pointer}/{name}"), depth.saturating_add(1), places);
    }
    if let Some(items) = schema.get("items") {
        collect(items, format!("{pointer}/*"), depth.saturating_add(1), places);
    }
}

/// A string, or something of no stated type.
fn can_hold_text(schema: &Value) -> bool {
    if schema.get("enum").is_some() || schema.get("const").is_some() {
        return false;
    }
    match schema.get("type") {
        Some(Value::String(kind)) => kind == "string",
        Some(Value::Array(kinds)) => kinds.iter().any(|kind| kind == "string"),
        Some(Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_)) => false,
        None => schema.get("properties").is_none() && schema.get("items").is_none(),
    }
}

/// A TOML basic string: JSON's escapes are among TOML's, and DEL is the one character that TOML alone forbids.
pub(super) fn quoted(text: &str) -> String {
    Value::from(text).to_string().replace('\u{7f}', "\\u007f")
}

/// Text of a server's in a comment: what could end the line, or turn it around, is gone.
pub(super) fn one_line(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_control() || matches!(c, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}') { ' ' } else { c })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{collect, one_line, quoted};
    use serde_json::json;

    #[test]
    fn what_a_server_says_stays_in_its_place() {
        assert_eq!(quoted("a\"\n]\u{7f}"), r#""a\"\n]\u007f""#);
        assert_eq!(one_line("x\n[server]\u{202e}"), "x [server] ");
    }

    #[test]
    fn text_is_found_at_any_depth() {
        let mut places = Vec::new();
        let schema = json!({"properties": {"n": {"type": "integer"}, "edits": {"type": "array", "items":
            {"type": "object", "properties": {"old/text": {"type": "string"}, "kind": {"enum": ["a"]}}}}, "any": {}}});
        collect(&schema, String::new(), 0, &mut places);
        assert_eq!(places, ["/edits/*/old~1text", "/any"]);
    }
}
