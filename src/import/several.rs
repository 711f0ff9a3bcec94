//! `aegis import --from FILE`: every server of a client's configuration, each with a draft of its own.
//!
//! *Invariants.* A credential of the file is handed to its server for the look, and is not written down: the draft refers to a
//! variable. A server that cannot be drafted is named with its reason, and the others are drafted all the same.

use super::{ImportArgs, Subject, credentials, manifest};
use crate::output::{CommandError, say};
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::ExitCode;

pub(super) async fn import(import: &ImportArgs, from: &Path) -> Result<ExitCode, CommandError> {
    let shown = from.display();
    let text = fs::read_to_string(from).map_err(CommandError::io(format!("`{shown}`")))?;
    let file: Value = serde_json::from_str(&text).map_err(|error| {
        CommandError::Refused(format!("`{shown}` is no JSON: line {} column {}", error.line(), error.column()))
    })?;
    let servers = file.get("mcpServers").or_else(|| file.get("servers")).and_then(Value::as_object);
    let servers = servers.ok_or_else(|| CommandError::Refused(format!("`{shown}` has no `mcpServers`")))?;
    let (mut left, mut taken, mut references) = (0_usize, BTreeSet::new(), BTreeMap::new());
    for (name, server) in servers {
        let drafted = match subject(name, server, &mut references) {
            Ok(subject) if !taken.insert(subject.name.clone()) => {
                Err(CommandError::Refused(format!("two servers become `{}`", subject.name)))
            }
            Ok(subject) => manifest(import, &subject).await.map(|()| subject),
            Err(reason) => Err(CommandError::Refused(reason)),
        };
        match drafted {
            Ok(subject) => {
                for (_, from, _) in subject.secrets {
                    say(format!("  its credential is no longer in a file: have `{from}` in the kernel's environment"))?;
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

/// A server of the file, or why it is none. `references` holds the value of each variable that a draft refers to.
fn subject(name: &str, server: &Value, references: &mut BTreeMap<String, String>) -> Result<Subject, String> {
    let text = |value: &Value| value.as_str().map(str::to_owned).ok_or("its argv and its variables are not all texts");
    let Some(program) = server.get("command").and_then(Value::as_str) else {
        return Err("it names no command, and only servers on standard input are run".to_owned());
    };
    let mut command = vec![program.to_owned()];
    for word in server.get("args").and_then(Value::as_array).into_iter().flatten() {
        command.push(text(word)?);
    }
    let name = kebab(name);
    let (mut env, mut secrets) = (Vec::new(), Vec::new());
    for (variable, value) in server.get("env").and_then(Value::as_object).unwrap_or(&Map::new()) {
        let value = text(value)?;
        // Some clients have references of their own.
        let referred = value.strip_prefix("${").and_then(|rest| rest.strip_suffix('}'));
        if let Some(from) = referred.map(|from| from.strip_prefix("env:").unwrap_or(from)) {
            let found =
                std::env::var(from).map_err(|_| format!("it refers to the variable `{from}`, which is not set"))?;
            secrets.push((variable.clone(), from.to_owned(), found));
        } else if credentials::variable(variable, &value) {
            // Two servers may call two credentials by one name.
            let known = references.entry(variable.clone()).or_insert_with(|| value.clone());
            let from = if *known == value {
                variable.clone()
            } else {
                format!("{}_{variable}", name.to_ascii_uppercase().replace('-', "_"))
            };
            secrets.push((variable.clone(), from, value));
        } else {
            env.push((variable.clone(), value));
        }
    }
    Ok(Subject { name, command, env, secrets })
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
    use super::{kebab, subject};
    use serde_json::json;
    use std::collections::BTreeMap;

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
        let mut none = BTreeMap::new();
        assert!(
            subject("x", &json!({"url": "https://example.com/mcp"}), &mut none)
                .err()
                .unwrap()
                .contains("standard input")
        );
        assert!(subject("x", &json!({"command": "x", "args": [1]}), &mut none).is_err());
        assert_eq!(kebab("My_Server  2"), "my-server-2");
    }
}
