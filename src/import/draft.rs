//! The texts of a draft: the manifest, the schemas and the pins.

use super::credentials;
use super::hidden::Hidden;
use super::{Subject, faces, text};
use crate::output::CommandError;
use crate::program::located;
use aegis_runtime::audit::{misleads, visible};
use aegis_runtime::downstream::{Offered, digest_of};
use rmcp::model::Tool;
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::PathBuf;

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

/// A schema as it is imported, closed: an argument that the schema does not name would reach the server unread.
pub(super) fn schema(schema: &Map<String, Value>) -> Result<String, CommandError> {
    pretty(&aegis_schema::closed(Value::Object(schema.clone())))
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
    let written = serde_json::to_string_pretty(value).map_err(CommandError::refused)?;
    Ok(format!("{}\n", visible(&written)))
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

pub(super) fn manifest(subject: &Subject, offered: &[Offered]) -> String {
    let mut out = String::new();
    let hidden = Hidden::of(&subject.command, subject.secrets.iter().map(|(_, _, value)| value));
    let credentials::Without { kept, names: found, .. } = credentials::without(&subject.command);
    let reference = |name: &str, from: &str| format!("{} = {{ env = {} }}", text::key(name), quoted(from));
    let mut references: Vec<String> = subject.secrets.iter().map(|(name, from, _)| reference(name, from)).collect();
    let new = found.iter().filter(|name| !subject.secrets.iter().any(|(known, _, _)| known == *name));
    references.extend(new.map(|name| reference(name, name)));
    let list = |words: &[String]| words.iter().map(|word| quoted(&hidden.out_of(word))).collect::<Vec<_>>().join(", ");
    let paths =
        |paths: &[PathBuf]| list(&paths.iter().map(|path| path.to_string_lossy().into_owned()).collect::<Vec<_>>());
    let name = &subject.name;
    let _ = writeln!(
        out,
        "# Drafted by `aegis import`. Nothing in it is permitted, and it does not build, until a person has decided.\n"
    );
    let _ = writeln!(out, "[server]\nname = {}\ncommand = [{}]", quoted(name), list(&kept));
    let net = if subject.net { "full" } else { "none" };
    let _ = writeln!(
        out,
        "cage = {{ level = \"standard\", net = \"{net}\", read = [{}], write = [{}] }}",
        paths(&subject.read),
        paths(&subject.write)
    );
    if !subject.write.is_empty() {
        let _ = writeln!(
            out,
            "# A directory that the estate declares in `[files]` has no place in `write`: a rule that lets a tool write there opens it."
        );
    }
    for name in &found {
        let _ = writeln!(
            out,
            "# A credential stood in the argv and is not written down: see whether the server reads `{name}` from its environment."
        );
    }
    if !subject.env.is_empty() {
        let env: Vec<String> = subject
            .env
            .iter()
            .map(|(name, value)| format!("{} = {}", text::key(name), quoted(&hidden.out_of(value))))
            .collect();
        let _ = writeln!(out, "env = {{ {} }}", env.join(", "));
    }
    if !references.is_empty() {
        let _ = writeln!(out, "secrets = {{ {} }}", references.join(", "));
    }
    let pins = pinned(&kept.iter().filter(|word| hidden.out_of(word) == **word).cloned().collect::<Vec<_>>());
    if !pins.is_empty() {
        let _ = writeln!(
            out,
            "# sha256 = {{ {} }}  # these files as they are now: take the `#` away, and other bytes do not start",
            pins.join(", ")
        );
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

/// The files of a command that `sha256` can hold: its program, and what it names absolutely.
fn pinned(command: &[String]) -> Vec<String> {
    let files = command.iter().enumerate().filter(|(at, word)| *at == 0 || word.starts_with('/'));
    let digests = files.filter_map(|(_, word)| Some((word, digest_of(&located(word)?).ok()?)));
    digests.map(|(word, digest)| format!("{} = \"{digest}\"", quoted(word))).collect()
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
    for place in aegis_schema::places(&aegis_schema::closed(Value::Object(tool.input_schema.as_ref().clone()))) {
        let kinds = if place.text {
            "sql, object-key, path, url, compose, or opaque with a why"
        } else {
            "anything can stand there: close it in the schema and drop this, or opaque with a why"
        };
        let _ = writeln!(out, "\n[[tool.screen]]\nat = {}\nkind = \"unread\"  # {kinds}", quoted(&place.at));
    }
    out
}

/// A TOML basic string: JSON's escapes are among TOML's, and what misleads is spelled out.
pub(super) fn quoted(written: &str) -> String {
    text::toml(&Value::from(written).to_string())
}

/// Text of a server's in a comment: what could end the line, or turn it around, is gone.
pub(super) fn one_line(words: &str) -> String {
    words.chars().map(|letter| if misleads(letter) { ' ' } else { letter }).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests may fail loudly")]
mod tests {
    use super::{manifest, one_line, pinned, quoted, schema};
    use crate::import::Subject;
    use aegis_runtime::downstream::Offered;
    use rmcp::model::Tool;
    use serde_json::json;

    #[test]
    fn what_a_server_says_stays_in_its_place() {
        assert_eq!(quoted("a\"\n]\u{7f}"), r#""a\"\n]\u007f""#);
        assert_eq!(quoted("\u{9b}31m\u{202e}"), r#""\u009b31m\u202e""#);
        assert_eq!(one_line("x\n[server]\u{202e}"), "x [server] ");
    }

    #[test]
    fn the_files_of_a_command_are_offered_to_be_held() {
        let dir = tempfile::tempdir().unwrap();
        let script = dir.path().join("main.py").to_str().unwrap().to_owned();
        std::fs::write(&script, "").unwrap();
        let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        let pins = pinned(&["sh".to_owned(), "-x".to_owned(), script.clone(), "/nowhere".to_owned()]);
        assert!(pins.len() == 2 && pins.first().is_some_and(|first| first.starts_with("\"sh\" = \"")), "{pins:?}");
        assert_eq!(pins.last(), Some(&format!("\"{script}\" = \"{empty}\"")));
    }

    #[test]
    fn every_place_is_drafted_and_nothing_ends_its_string() {
        let evil = "A = \"1\" }\n[[tool]]\nname = \"more\"\n#";
        let input = json!({"type": "object", "properties": {evil: {"type": "string"}, "free": {"type": "object"},
            "in": {"type": "object", "properties": {"kind": {"enum": ["a"]}, "old": {"type": "string"}}}}});
        let tool: Tool =
            serde_json::from_value(json!({"name": evil, "description": evil, "inputSchema": input})).unwrap();
        let subject = Subject {
            name: "s".to_owned(),
            command: vec![evil.to_owned()],
            env: vec![(evil.to_owned(), evil.to_owned())],
            secrets: vec![(evil.to_owned(), evil.to_owned(), "hunter2".to_owned())],
            net: false,
            read: vec![evil.into()],
            write: Vec::new(),
        };
        let draft = manifest(&subject, &[Offered::Tool(tool.clone())]);
        assert_eq!(draft.lines().filter(|line| line.starts_with("[[tool]]")).count(), 1, "{draft}");
        assert!(
            !draft.lines().any(|line| line.starts_with("name = \"more\"")) && !draft.contains("hunter2"),
            "{draft}"
        );
        let places: Vec<_> = draft.lines().filter_map(|line| line.strip_prefix("at = ")).collect();
        let first = quoted(&format!("/{evil}"));
        assert_eq!(places, [first.as_str(), "\"/free\"", "\"/in/old\""]);
        let written = schema(&tool.input_schema).unwrap();
        assert_eq!(written.matches("\"additionalProperties\": false").count(), 2, "{written}");
    }
}
