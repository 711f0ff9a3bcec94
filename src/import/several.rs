//! `aegis import --from FILE`: every server of a client's configuration, each with a draft of its own.
//!
//! *Invariants.* What may be a credential of the file is handed to its server for the look, and is not written down: the draft refers
//! to a variable. A path and the network are given to the server that they are named for, and to no other. A server that cannot be
//! drafted is named with its reason, and the others are drafted all the same.

use super::{ImportArgs, Subject, absolute, credentials, manifest, no_variable, text};
use crate::output::{CommandError, say};
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Where clients keep their servers: most of them, VS Code's `mcp.json`, VS Code's settings.
const PLACES: [&str; 3] = ["/mcpServers", "/servers", "/mcp/servers"];

pub(super) async fn import(import: &ImportArgs, from: &Path) -> Result<ExitCode, CommandError> {
    let shown = from.display();
    let text = fs::read_to_string(from).map_err(CommandError::io(format!("`{shown}`")))?;
    let file: Value = serde_json::from_str(&text).map_err(|error| {
        CommandError::Refused(format!("`{shown}` is no JSON: line {} column {}", error.line(), error.column()))
    })?;
    let servers: Vec<_> = PLACES.iter().filter_map(|place| file.pointer(place)?.as_object()).flatten().collect();
    if servers.is_empty() {
        return Err(CommandError::Refused(format!(
            "`{shown}` names no server: neither `mcpServers` nor `servers` has one"
        )));
    }
    let gifts = Gifts::of(import)?;
    gifts.are_for(&servers.iter().map(|(name, _)| kebab(name)).collect())?;
    let (mut left, mut taken, mut references) = (0_usize, BTreeSet::new(), BTreeMap::new());
    for (name, server) in servers {
        let drafted = match subject(name, server, &mut references) {
            Ok(subject) if !taken.insert(subject.name.clone()) => {
                Err(CommandError::Refused(format!("two servers become `{}`", subject.name)))
            }
            Ok(mut subject) => {
                gifts.give(&mut subject);
                manifest(import, &subject).await.map(|()| subject)
            }
            Err(reason) => Err(CommandError::Refused(reason)),
        };
        match drafted {
            Ok(subject) => {
                for (_, from, _) in subject.secrets {
                    say(format!(
                        "  a value that may be a credential is not written down: have `{from}` in the kernel's environment"
                    ))?;
                }
            }
            Err(error) => {
                left = left.saturating_add(1);
                say(format!("`{}` is not drafted: {error}", name.escape_debug()))?;
            }
        }
    }
    Ok(if left == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// What is given to cages, each by the name of its server.
#[derive(Debug, Default)]
struct Gifts {
    net: Vec<String>,
    read: Vec<(String, PathBuf)>,
    write: Vec<(String, PathBuf)>,
}

impl Gifts {
    fn of(import: &ImportArgs) -> Result<Self, CommandError> {
        let whose = |flag: &str, more: &str| {
            CommandError::Refused(format!("say whose it is: with `--from`, `{flag}` is `{flag}{more}`"))
        };
        let named = |flag: &str, given: &[PathBuf]| {
            let split = |path: &PathBuf| {
                let (name, path) = path.to_str()?.split_once('=')?;
                Some((kebab(name), PathBuf::from(path))).filter(|_| !path.is_empty())
            };
            let all: Option<Vec<_>> = given.iter().map(split).collect();
            all.ok_or_else(|| whose(flag, " NAME=PATH"))
        };
        if import.net.iter().any(String::is_empty) {
            return Err(whose("--net", "=NAME"));
        }
        let net = import.net.iter().map(|name| kebab(name)).collect();
        Ok(Self { net, read: named("--read", &import.read)?, write: named("--write", &import.write)? })
    }

    /// Refuses a gift for a server that the file does not name.
    fn are_for(&self, servers: &BTreeSet<String>) -> Result<(), CommandError> {
        let paths = self.read.iter().chain(&self.write).map(|(name, _)| name);
        match self.net.iter().chain(paths).find(|name| !servers.contains(*name)) {
            Some(name) => Err(CommandError::Refused(format!("the file names no server `{name}`"))),
            None => Ok(()),
        }
    }

    fn give(&self, subject: &mut Subject) {
        let paths = |gifts: &[(String, PathBuf)]| {
            let own = gifts.iter().filter(|(name, _)| *name == subject.name).map(|(_, path)| path.clone());
            absolute(&own.collect::<Vec<_>>())
        };
        (subject.read, subject.write) = (paths(&self.read), paths(&self.write));
        subject.net = self.net.contains(&subject.name);
    }
}

/// A server of the file, or why it is none. `references` holds the value of each variable that a draft refers to.
fn subject(name: &str, server: &Value, references: &mut BTreeMap<String, String>) -> Result<Subject, String> {
    let string =
        |value: &Value| value.as_str().map(str::to_owned).ok_or("its argv and its variables are not all texts");
    let Some(program) = server.get("command").and_then(Value::as_str) else {
        return Err("it names no command, and only servers on standard input are run".to_owned());
    };
    let mut command = vec![program.to_owned()];
    for word in server.get("args").and_then(Value::as_array).into_iter().flatten() {
        command.push(string(word)?);
    }
    let name = kebab(name);
    let (mut env, mut secrets) = (Vec::new(), Vec::new());
    for (variable, value) in server.get("env").and_then(Value::as_object).unwrap_or(&Map::new()) {
        let value = string(value)?;
        if !text::is_variable(variable) {
            return Err(no_variable(variable));
        }
        if let Some(from) = referred(variable, &value)? {
            let found =
                std::env::var(&from).map_err(|_| format!("it refers to the variable `{from}`, which is not set"))?;
            secrets.push((variable.clone(), from, found));
        } else if credentials::is_harmless(variable, &value) {
            env.push((variable.clone(), value));
        } else {
            // Two servers may call two credentials by one name.
            let known = references.entry(variable.clone()).or_insert_with(|| value.clone());
            let from = if *known == value {
                variable.clone()
            } else {
                format!("{}_{variable}", name.to_ascii_uppercase().replace('-', "_"))
            };
            secrets.push((variable.clone(), from, value));
        }
    }
    Ok(Subject { name, command, env, secrets, net: false, read: Vec::new(), write: Vec::new() })
}

/// The variable that a reference of a client's own means: `${NAME}`, `${env:NAME}`; what `${input:…}` asks its user for is looked for
/// under the variable's name.
fn referred(variable: &str, value: &str) -> Result<Option<String>, String> {
    let Some(inner) = value.strip_prefix("${").and_then(|rest| rest.strip_suffix('}')) else { return Ok(None) };
    let from = match inner.split_once(':') {
        Some(("env", from)) => from,
        Some(("input", _)) => variable,
        Some(_) | None => inner,
    };
    if text::is_variable(from) { Ok(Some(from.to_owned())) } else { Err(no_variable(from)) }
}

/// A name as manifests have it.
fn kebab(name: &str) -> String {
    let plain = name.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' });
    let words: String = plain.collect();
    words.split('-').filter(|word| !word.is_empty()).collect::<Vec<_>>().join("-")
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests may fail loudly")]
mod tests {
    use super::{Gifts, kebab, referred, subject};
    use serde_json::json;
    use std::collections::{BTreeMap, BTreeSet};

    #[test]
    fn credentials_become_references() {
        let mut references = BTreeMap::new();
        let mut of = |name: &str, token: &str| {
            let server = json!({"command": "x", "args": ["-v"], "env": {"API_TOKEN": token, "TZ": "UTC"}});
            let subject = subject(name, &server, &mut references).unwrap();
            assert_eq!(subject.env, [("TZ".to_owned(), "UTC".to_owned())]);
            assert_eq!(subject.command, ["x", "-v"]);
            subject.secrets.into_iter().map(|(_, from, _)| from).collect::<Vec<_>>()
        };
        assert_eq!(of("One", "a"), ["API_TOKEN"]);
        assert_eq!(of("Same", "a"), ["API_TOKEN"]);
        assert_eq!(of("My Other", "b"), ["MY_OTHER_API_TOKEN"]);
    }

    #[test]
    fn what_is_no_server_of_ours_is_said() {
        let reason = |server| subject("x", &server, &mut BTreeMap::new()).err().unwrap();
        assert!(reason(json!({"url": "https://example.com/mcp"})).contains("standard input"));
        assert!(reason(json!({"command": "x", "args": [1]})).contains("not all texts"));
        let evil = "A = \"1\" }\n[[tool]]\u{1b}[2J";
        let refused = reason(json!({"command": "x", "env": {evil: "v"}}));
        assert!(refused.contains("is no name of a variable") && !refused.contains(['\n', '\u{1b}']), "{refused}");
        let refused = reason(json!({"command": "x", "env": {"A": format!("${{env:{evil}}}")}}));
        assert!(refused.contains("is no name of a variable") && !refused.contains(['\n', '\u{1b}']), "{refused}");
        assert!(reason(json!({"command": "x", "env": {"A": "${AEGIS_NO_SUCH}"}})).contains("`AEGIS_NO_SUCH`"));
        assert_eq!(kebab("My_Server  2"), "my-server-2");
    }

    #[test]
    fn references_of_clients_are_read() {
        let of = |value| referred("API_TOKEN", value).unwrap();
        assert_eq!(of("${A}").as_deref(), Some("A"));
        assert_eq!(of("${env:A}").as_deref(), Some("A"));
        assert_eq!(of("${input:token}").as_deref(), Some("API_TOKEN"));
        assert_eq!(of("A"), None);
    }

    #[test]
    fn a_gift_is_for_one_server() {
        let gifts = Gifts {
            net: vec!["one".to_owned()],
            read: vec![("one".to_owned(), "/a".into()), ("two".to_owned(), "/b".into())],
            write: Vec::new(),
        };
        let mut one = subject("One", &json!({"command": "x"}), &mut BTreeMap::new()).unwrap();
        gifts.give(&mut one);
        assert_eq!((one.net, one.read, one.write), (true, vec!["/a".into()], vec![]));
        let of = |names: &[&str]| gifts.are_for(&names.iter().map(|name| (*name).to_owned()).collect::<BTreeSet<_>>());
        assert!(of(&["one", "two"]).is_ok() && of(&["one"]).is_err());
    }
}
