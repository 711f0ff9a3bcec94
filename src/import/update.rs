//! `aegis import --update NAME`: what a server of this kernel says of what it offers now, beside what was pinned.
//!
//! *Invariants.* The server is started as its compiled manifest says; no tool of it is called, no resource read. Only what a person
//! accepts by name is written: the pin, and the imported schema where nobody edited it. What is new is drafted, and so does not
//! build until it is decided.

use super::draft::Pins;
use super::{ImportArgs, draft, faces, look};
use crate::output::{CommandError, say};
use aegis_runtime::cage;
use aegis_runtime::downstream::{Inspection, Offered, changes, resolve_secret};
use aegis_runtime::kernel::Kernel;
use aegis_runtime::spec::{Origin, ServerId, ServerSpec, Spec, ToolSpec};
use serde_json::{Map, Value};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// The tables of a file of pins, and how what stands in them is named on the command line.
const SECTIONS: [(&str, &str); 3] = [("tools", ""), ("resources", "resource:"), ("prompts", "prompt:")];

pub(super) async fn run<K: Kernel>(import: ImportArgs, name: String) -> Result<ExitCode, CommandError> {
    let ImportArgs { into, accept, state, .. } = import;
    let (id, server) = declared(K::SPEC, &name)?;
    let place = into.join("schemas").join(format!("{name}.pins.json"));
    let manifest = into.join(format!("{name}.toml"));
    if !manifest.is_file() {
        return Err(CommandError::Refused(format!(
            "`{}` is not there: `--into` names the directory of this kernel's manifests",
            manifest.display()
        )));
    }
    let mut pins = read(&place)?;
    let mut live = offered(server, &state.path()?).await?;
    live.sort_by_key(|offered| label(offered.section(), offered.key()));
    let now = draft::definitions(&live);
    let known =
        |accepted: &String| pins.keys().chain(now.keys()).any(|(section, key)| label(section, key) == *accepted);
    if let Some(unknown) = accept.iter().find(|accepted| !known(accepted)) {
        return Err(CommandError::Refused(format!("`{name}` has no `{}`", unknown.escape_debug())));
    }
    let (mut left, mut written) = (0_usize, false);
    let gone: Vec<_> = pins.keys().filter(|key| !now.contains_key(key)).cloned().collect();
    for key in gone {
        let label = label(key.0, &key.1);
        let accepted = accept.contains(&label);
        say(format!("- {}: the server offers it no longer{}", label.escape_debug(), verdict(accepted)))?;
        if accepted {
            pins.remove(&key);
            written = true;
            say(format!("  take its table out of `{name}.toml`"))?;
        } else {
            left = left.saturating_add(1);
        }
    }
    let declared: Vec<_> = K::SPEC.tools.iter().filter(|tool| tool.origin == Origin::Downstream(id)).collect();
    for offered in &live {
        let key = (offered.section(), offered.key().to_owned());
        let (label, definition) = (label(key.0, &key.1), offered.definition());
        let accepted = accept.contains(&label);
        let specified = declared.iter().find(|tool| offered.is(tool));
        let volatile = specified.and_then(|tool| tool.pin).map_or(&[][..], |pin| pin.volatile);
        match pins.get(&key) {
            None => {
                say(format!("+ {}: new{}", label.escape_debug(), verdict(accepted)))?;
                if accepted && specified.is_none() {
                    add(&into, &name, offered, &declared)?;
                }
            }
            Some(pin) => {
                let changes = changes(pin, &definition, volatile);
                if changes.is_empty() {
                    continue;
                }
                say(format!("~ {}: changed{}", label.escape_debug(), verdict(accepted)))?;
                for change in changes {
                    say(format!("    {change}"))?;
                }
                if accepted {
                    rewrite(&into, &name, pin, offered)?;
                }
            }
        }
        if accepted {
            pins.insert(key, definition);
            written = true;
        } else {
            left = left.saturating_add(1);
        }
    }
    if written {
        replace(&place, &draft::pins(&pins)?)?;
        say(format!("{}: pinned; review the change, `aegisc check`, and build", place.display()))?;
    }
    if left > 0 {
        say(format!("{left} not accepted; `--accept NAME` pins one as it is now"))?;
        return Ok(ExitCode::FAILURE);
    }
    Ok(ExitCode::SUCCESS)
}

/// How something is named on the command line: a tool by its name, anything else by its kind as well.
fn label(section: &str, key: &str) -> String {
    let kind = SECTIONS.iter().find(|(known, _)| *known == section).map_or("", |(_, kind)| kind);
    format!("{kind}{key}")
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

/// The pins as they stand; none where the server was never pinned.
fn read(place: &Path) -> Result<Pins, CommandError> {
    let shown = place.display();
    let text = match fs::read_to_string(place) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Pins::new()),
        Err(error) => return Err(CommandError::io(format!("`{shown}`"))(error)),
    };
    let mut file: Value =
        serde_json::from_str(&text).map_err(|_| CommandError::Refused(format!("`{shown}` is no JSON")))?;
    let mut pins = Pins::new();
    for (section, _) in SECTIONS {
        match file.get_mut(section).map(Value::take) {
            Some(Value::Object(table)) => {
                pins.extend(table.into_iter().map(|(key, definition)| ((section, key), definition)));
            }
            None if section != "tools" => {}
            Some(Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_)) | None => {
                return Err(CommandError::Refused(format!("`{shown}` holds no pins")));
            }
        }
    }
    Ok(pins)
}

/// Starts the server as its manifest says, and reads what it offers.
async fn offered(server: &'static ServerSpec, state: &Path) -> Result<Vec<Offered>, CommandError> {
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
    let mut handed = Vec::new();
    for secret in server.secrets {
        let value = resolve_secret(secret.source).await.map_err(|reason| {
            CommandError::Refused(format!("the credential `{}` could not be resolved: {reason}", secret.variable))
        })?;
        env.push((secret.variable.to_owned(), value.as_str().to_owned()));
        handed.push(value.as_str().to_owned());
    }
    let paths = |places: &[&str]| places.iter().map(|place| PathBuf::from(expand(place))).collect();
    look(server.name, "", &handed, |home| Inspection {
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

/// What was neither pinned nor declared: its draft.
fn add(into: &Path, server: &str, offered: &Offered, declared: &[&ToolSpec]) -> Result<(), CommandError> {
    let text = if let Offered::Tool(tool) = offered {
        let mut text = String::new();
        for (file, schema) in draft::schemas(server, std::slice::from_ref(offered))? {
            super::create(&into.join(&file), &schema)?;
            text = draft::one(tool, file.trim_start_matches("schemas/"));
        }
        text
    } else {
        faces::one(offered, &mut declared.iter().map(|tool| tool.name.to_owned()).collect())
    };
    let manifest = into.join(format!("{server}.toml"));
    let shown = format!("`{}`", manifest.display());
    let before = fs::read_to_string(&manifest).map_err(CommandError::io(shown))?;
    replace(&manifest, &format!("{}\n{text}", before.trim_end()))
}

/// The imported schema of a tool follows its pin where nobody edited it.
fn rewrite(into: &Path, server: &str, pin: &Value, offered: &Offered) -> Result<(), CommandError> {
    let Offered::Tool(tool) = offered else {
        return say(format!("  its table in `{server}.toml` stays as it is"));
    };
    let empty = Map::new();
    let before = draft::schema(pin.get("inputSchema").and_then(Value::as_object).unwrap_or(&empty))?;
    let after = draft::schema(&tool.input_schema)?;
    let file = draft::schemas(server, std::slice::from_ref(offered))?.pop().map(|(file, _)| file).unwrap_or_default();
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
