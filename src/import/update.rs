//! `aegis import --update NAME`: what a server of this kernel says of its tools now, beside what was pinned.
//!
//! *Invariants.* The server is started as its compiled manifest says, and is called no tool. Only what a person accepts by name is
//! written: the pin, and the imported schema where nobody edited it. A new tool is drafted, and so does not build until it is
//! decided.

use super::{ImportArgs, draft, look};
use crate::output::{CommandError, say};
use aegis_runtime::cage;
use aegis_runtime::downstream::{Inspection, changes, definition, resolve_secret};
use aegis_runtime::kernel::Kernel;
use aegis_runtime::spec::{Origin, ServerId, ServerSpec, Spec, ToolSpec};
use rmcp::model::Tool;
use serde_json::{Map, Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

pub(super) async fn run<K: Kernel>(import: ImportArgs, name: String) -> Result<ExitCode, CommandError> {
    let ImportArgs { into, accept, state, .. } = import;
    let (id, server) = declared(K::SPEC, &name)?;
    let place = into.join("schemas").join(format!("{name}.pins.json"));
    let mut pins = read(&place)?;
    let mut live = tools(server, &state.path()?).await?;
    live.sort_by(|one, other| one.name.cmp(&other.name));
    if let Some(unknown) =
        accept.iter().find(|tool| !pins.contains_key(*tool) && live.iter().all(|live| live.name != **tool))
    {
        return Err(CommandError::Refused(format!("`{name}` has no tool `{}`", unknown.escape_debug())));
    }
    let (mut left, mut written) = (0_usize, false);
    let gone: Vec<String> = pins.keys().filter(|name| live.iter().all(|tool| tool.name != **name)).cloned().collect();
    for tool in gone {
        let accepted = accept.contains(&tool);
        say(format!("- {}: the server offers it no longer{}", tool.escape_debug(), verdict(accepted)))?;
        if accepted {
            pins.remove(&tool);
            written = true;
            say(format!("  take its `[[tool]]` out of `{name}.toml`"))?;
        } else {
            left = left.saturating_add(1);
        }
    }
    for tool in &live {
        let accepted = accept.iter().any(|name| *name == *tool.name);
        let now = definition(tool);
        let volatile = specified(K::SPEC, id, &tool.name).and_then(|tool| tool.pin).map_or(&[][..], |pin| pin.volatile);
        match pins.get(tool.name.as_ref()) {
            None => {
                say(format!("+ {}: new{}", tool.name.escape_debug(), verdict(accepted)))?;
                if accepted {
                    add(&into, &name, tool, specified(K::SPEC, id, &tool.name).is_some())?;
                }
            }
            Some(pin) => {
                let changes = changes(pin, &now, volatile);
                if changes.is_empty() {
                    continue;
                }
                say(format!("~ {}: changed{}", tool.name.escape_debug(), verdict(accepted)))?;
                for change in changes {
                    say(format!("    {change}"))?;
                }
                if accepted {
                    rewrite(&into, &name, pin, tool)?;
                }
            }
        }
        if accepted {
            pins.insert(tool.name.to_string(), now);
            written = true;
        } else {
            left = left.saturating_add(1);
        }
    }
    if written {
        pins.sort_keys();
        replace(&place, &draft::pretty(&json!({"tools": pins}))?)?;
        say(format!("{}: pinned; review the change, `aegisc check`, and build", place.display()))?;
    }
    if left > 0 {
        say(format!("{left} not accepted; `--accept TOOL` pins a tool as it is now"))?;
        return Ok(ExitCode::FAILURE);
    }
    Ok(ExitCode::SUCCESS)
}

fn verdict(accepted: bool) -> &'static str {
    if accepted { ", accepted" } else { "" }
}

fn declared(spec: &'static Spec, name: &str) -> Result<(ServerId, &'static ServerSpec), CommandError> {
    let found = (0_u16..).zip(spec.servers).find(|(_, server)| server.name == name);
    let unknown = || {
        let known: Vec<_> = spec.servers.iter().map(|server| format!("`{}`", server.name)).collect();
        CommandError::Refused(format!(
            "this kernel has no server `{}`: one of {}",
            name.escape_debug(),
            known.join(", ")
        ))
    };
    found.map(|(index, server)| (ServerId(index), server)).ok_or_else(unknown)
}

fn specified(spec: &'static Spec, server: ServerId, name: &str) -> Option<&'static ToolSpec> {
    spec.tools.iter().find(|tool| tool.origin == Origin::Downstream(server) && tool.name == name)
}

/// The pins as they stand; none where the server was never pinned.
fn read(place: &Path) -> Result<Map<String, Value>, CommandError> {
    let shown = place.display();
    let text = match fs::read_to_string(place) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Map::new()),
        Err(error) => return Err(CommandError::io(format!("`{shown}`"))(error)),
    };
    let mut file: Value =
        serde_json::from_str(&text).map_err(|_| CommandError::Refused(format!("`{shown}` is no JSON")))?;
    match file.get_mut("tools").map(Value::take) {
        Some(Value::Object(tools)) => Ok(tools),
        Some(Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_)) | None => {
            Err(CommandError::Refused(format!("`{shown}` holds no pins")))
        }
    }
}

/// Starts the server as its manifest says, and reads its tools.
async fn tools(server: &'static ServerSpec, state: &Path) -> Result<Vec<Tool>, CommandError> {
    let state = std::path::absolute(state).map_err(CommandError::io("state directory"))?;
    let shown = state.to_str().ok_or_else(|| CommandError::Refused("the state directory is not UTF-8".to_owned()))?;
    if server.command.iter().any(|word| word.contains("${estate}")) {
        return Err(CommandError::Refused(format!(
            "`{}` is a server of an estate, and its tools are ours",
            server.name
        )));
    }
    let expand = |text: &&str| text.replace("${state}", shown);
    let mut env: Vec<(String, String)> =
        server.env.iter().map(|(name, value)| ((*name).to_owned(), expand(value))).collect();
    for secret in server.secrets {
        let value = resolve_secret(secret.source).await.map_err(|reason| {
            CommandError::Refused(format!("the credential `{}` could not be resolved: {reason}", secret.variable))
        })?;
        env.push((secret.variable.to_owned(), value.as_str().to_owned()));
    }
    let paths = |places: &[&str]| places.iter().map(|place| PathBuf::from(expand(place))).collect();
    look(server.name, |home| Inspection {
        command: server.command.iter().map(expand).collect(),
        env,
        level: server.cage.level,
        net: server.cage.net,
        read: paths(server.cage.read),
        write: paths(server.cage.write),
        home,
        executable: PathBuf::new(),
        helper: cage::helper(),
    })
    .await
}

/// A tool that was not pinned: its draft, unless the manifest has it already.
fn add(into: &Path, server: &str, tool: &Tool, declared: bool) -> Result<(), CommandError> {
    if declared {
        return Ok(());
    }
    let files = draft::schemas(server, std::slice::from_ref(tool))?;
    for (file, text) in files {
        super::create(&into.join(&file), &text)?;
        let manifest = into.join(format!("{server}.toml"));
        let shown = format!("`{}`", manifest.display());
        let before = fs::read_to_string(&manifest).map_err(CommandError::io(shown))?;
        let name = file.trim_start_matches("schemas/");
        replace(&manifest, &format!("{}\n{}", before.trim_end(), draft::one(tool, name)))?;
    }
    Ok(())
}

/// The imported schema follows its pin where nobody edited it.
fn rewrite(into: &Path, server: &str, pin: &Value, tool: &Tool) -> Result<(), CommandError> {
    let empty = Map::new();
    let before = draft::schema(pin.get("inputSchema").and_then(Value::as_object).unwrap_or(&empty))?;
    let after = draft::schema(&tool.input_schema)?;
    let file = draft::schemas(server, std::slice::from_ref(tool))?.pop().map(|(file, _)| file).unwrap_or_default();
    let path = into.join(file);
    let same = |text: &str| serde_json::from_str::<Value>(text).ok() == serde_json::from_str::<Value>(&before).ok();
    match fs::read_to_string(&path) {
        Ok(there) if there == after => Ok(()),
        Ok(there) if same(&there) => replace(&path, &after),
        Ok(_) | Err(_) => say(format!("  `{}` was edited, and stays as it is", path.display())),
    }
}

/// Written whole or not at all.
fn replace(path: &Path, text: &str) -> Result<(), CommandError> {
    let beside = path.with_extension("new");
    let written = fs::write(&beside, text).and_then(|()| fs::rename(&beside, path));
    written.map_err(CommandError::io(format!("`{}`", path.display())))
}
