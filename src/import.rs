//! `aegis import NAME -- CMD ARGS…`: drafts a manifest from a live server, in which nothing is decided.
//!
//! *Invariants.* The draft does not build until a person has put a capability in the place of each `unclassified` and a kind of screen
//! in the place of each `unread`. What the server says of itself stands in comments only, but for names, descriptions and schemas,
//! which are what a reviewer reads. A credential found in the argv is not written down. Nothing is overwritten.

use crate::output::{CommandError, say};
use crate::{estate, serve};
use aegis_runtime::cage;
use aegis_runtime::downstream::{Inspection, inspect};
use aegis_runtime::spec::CageLevel;
use rmcp::model::Tool;
use serde_json::{Map, Value};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// What is to be imported.
#[derive(Debug, clap::Args)]
pub(crate) struct ImportArgs {
    /// The server's name in the manifests
    name: String,
    /// Where the draft is written
    #[arg(long, value_name = "DIR", default_value = "manifests")]
    into: PathBuf,
    /// Let the server use the network
    #[arg(long)]
    net: bool,
    /// Let the server read a file or directory; may stand several times
    #[arg(long, value_name = "PATH")]
    read: Vec<PathBuf>,
    /// Let the server write a file or directory; may stand several times
    #[arg(long, value_name = "PATH")]
    write: Vec<PathBuf>,
    /// Hand the server a variable of this environment, as a credential; may stand several times
    #[arg(long, value_name = "NAME")]
    secret: Vec<String>,
    /// A database instead: `sqlite:FILE` (for PostgreSQL: `aegis-downstreams postgres import`); its estate is drafted
    #[arg(long, value_name = "sqlite:FILE", conflicts_with = "command")]
    database: Option<String>,
    /// The server's command
    #[arg(last = true, required_unless_present = "database")]
    command: Vec<String>,
}

/// Drafts an estate where a database is named, else a manifest.
pub(crate) fn run(import: ImportArgs) -> Result<ExitCode, CommandError> {
    match &import.database {
        Some(database) => estate::import(database, &import.name),
        None => serve::block_on(manifest(import)),
    }
}

/// Starts the server, and writes the draft and the schemas.
async fn manifest(import: ImportArgs) -> Result<ExitCode, CommandError> {
    let plain = |character: char| character.is_ascii_lowercase() || character.is_ascii_digit() || character == '-';
    if !import.name.starts_with(|first: char| first.is_ascii_lowercase()) || !import.name.chars().all(plain) {
        return Err(CommandError::Refused(format!(
            "`{}` is no name: lower-case letters, digits and dashes",
            import.name
        )));
    }
    let home = std::env::temp_dir().join(format!("aegis-import-{}-{}", import.name, std::process::id()));
    fs::DirBuilder::new().mode(0o700).create(&home).map_err(CommandError::io(format!("`{}`", home.display())))?;
    let looked = look(&import, &home).await;
    let _left = fs::remove_dir_all(&home);
    let tools = looked?;
    let manifest = import.into.join(format!("{}.toml", import.name));
    let schemas = import.into.join("schemas");
    fs::create_dir_all(&schemas).map_err(CommandError::io(format!("`{}`", schemas.display())))?;
    let files = files(&import.name, &tools);
    for (tool, file) in tools.iter().zip(&files) {
        let schema = serde_json::to_string_pretty(&closed(&tool.input_schema)).map_err(CommandError::refused)?;
        create(&schemas.join(file), &format!("{schema}\n"))?;
    }
    create(&manifest, &draft(&import, &tools, &files))?;
    say(format!(
        "{}: {} tools; decide every `unclassified` and `unread` in it, declare its domains in estate.toml, then `aegisc check`",
        manifest.display(),
        tools.len()
    ))?;
    Ok(ExitCode::SUCCESS)
}

async fn look(import: &ImportArgs, home: &Path) -> Result<Vec<Tool>, CommandError> {
    let env = import.secret.iter().map(|name| {
        let value = std::env::var(name).map_err(|_| CommandError::Refused(format!("the variable `{name}` is not set")));
        value.map(|value| (name.clone(), value))
    });
    let absolute = |paths: &[PathBuf]| {
        paths.iter().map(|path| std::path::absolute(path).unwrap_or_else(|_| path.clone())).collect()
    };
    let inspection = Inspection {
        command: import.command.clone(),
        env: env.collect::<Result<_, _>>()?,
        level: CageLevel::Standard,
        net: import.net,
        read: absolute(&import.read),
        write: absolute(&import.write),
        home: home.to_owned(),
        executable: std::env::current_exe().map_err(CommandError::io("own executable"))?,
        helper: cage::helper(),
    };
    inspect(&inspection).await.map_err(|error| {
        CommandError::Refused(format!(
            "{error}; it ran in a cage: name what it needs with `--read`, `--write`, `--net` and `--secret`"
        ))
    })
}

/// A draft is work of a person's as soon as it is written.
fn create(path: &Path, text: &str) -> Result<(), CommandError> {
    let file = OpenOptions::new().write(true).create_new(true).open(path);
    let written = file.and_then(|mut file| file.write_all(text.as_bytes()));
    written.map_err(CommandError::io(format!("`{}`", path.display())))
}

/// A file name for each schema, from the tool's name where that is one.
fn files(server: &str, tools: &[Tool]) -> Vec<String> {
    let mut taken = BTreeSet::new();
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

/// Closed: an argument that the schema does not name would reach the server unread.
fn closed(schema: &Map<String, Value>) -> Value {
    let mut schema = schema.clone();
    schema.entry("additionalProperties").or_insert(Value::Bool(false));
    Value::Object(schema)
}

fn draft(import: &ImportArgs, tools: &[Tool], files: &[String]) -> String {
    let mut out = String::new();
    let (command, found) = without_credentials(&import.command);
    let mut secrets: Vec<String> = import.secret.clone();
    secrets.extend(found.iter().cloned());
    let list = |words: &[String]| words.iter().map(|word| quoted(word)).collect::<Vec<_>>().join(", ");
    let paths =
        |paths: &[PathBuf]| list(&paths.iter().map(|path| path.to_string_lossy().into_owned()).collect::<Vec<_>>());
    let _ = writeln!(
        out,
        "# Drafted by `aegis import {}`. Nothing in it is permitted, and it does not build, until a person has decided.\n",
        import.name
    );
    let _ = writeln!(out, "[server]\nname = {}\ncommand = [{}]", quoted(&import.name), list(&command));
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
    if !secrets.is_empty() {
        let references: Vec<String> =
            secrets.iter().map(|name| format!("{name} = {{ env = {} }}", quoted(name))).collect();
        let _ = writeln!(out, "secrets = {{ {} }}", references.join(", "));
    }
    let _ = writeln!(out, "timeout = \"30s\"");
    for (tool, file) in tools.iter().zip(files) {
        let _ = writeln!(out, "\n[[tool]]\nname = {}", quoted(&tool.name));
        let _ = writeln!(out, "description = {}", quoted(tool.description.as_deref().unwrap_or("")));
        if let Some(hints) = tool.annotations.as_ref().and_then(|hints| serde_json::to_string(hints).ok()) {
            let _ = writeln!(out, "# The server says of it, unproven: {}", one_line(&hints));
        }
        let _ =
            writeln!(out, "capabilities = [\"unclassified\"]  # effect:domain, what it can do whatever its arguments");
        let _ = writeln!(out, "input-schema = {}", quoted(&format!("schemas/{file}")));
        let properties = tool.input_schema.get("properties").and_then(Value::as_object);
        for (name, property) in properties.into_iter().flatten().filter(|(_, property)| can_hold_text(property)) {
            let pointer = format!("/{}", name.replace('~', "~0").replace('/', "~1"));
            let _ = writeln!(
                out,
                "\n[[tool.screen]]\nat = {}\nkind = \"unread\"  # sql, object-key, path, url, or opaque with a why",
                quoted(&pointer)
            );
            let _ = property;
        }
    }
    out
}

/// A string, or something of no stated type.
fn can_hold_text(property: &Value) -> bool {
    match property.get("type") {
        Some(Value::String(kind)) => kind == "string" && property.get("enum").is_none(),
        Some(Value::Array(kinds)) => kinds.iter().any(|kind| kind == "string"),
        Some(Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_)) | None => {
            property.get("enum").is_none()
        }
    }
}

/// The argv without its credentials, and a variable's name for each of them.
fn without_credentials(command: &[String]) -> (Vec<String>, Vec<String>) {
    const TELLING: [&str; 7] = ["token", "secret", "password", "passwd", "api-key", "api_key", "apikey"];
    const MARKS: [&str; 9] =
        ["AKIA", "ghp_", "github_pat_", "glpat-", "xoxb-", "sk_live_", "sk-ant-", "sk-proj-", "AIza"];
    let tells = |flag: &str| TELLING.iter().any(|word| flag.to_ascii_lowercase().ends_with(word));
    let variable = |flag: &str| {
        let name: String = flag
            .trim_start_matches('-')
            .chars()
            .map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_uppercase() } else { '_' })
            .collect();
        if name.is_empty() { "CREDENTIAL".to_owned() } else { name }
    };
    let (mut kept, mut found, mut words) = (Vec::new(), Vec::new(), command.iter().peekable());
    while let Some(word) = words.next() {
        let flag = word.split_once('=').map_or(word.as_str(), |(flag, _)| flag);
        let userinfo = word
            .split_once("://")
            .and_then(|(_, rest)| rest.split_once('@'))
            .is_some_and(|(user, _)| user.contains(':'));
        if userinfo || MARKS.iter().any(|mark| word.contains(mark)) {
            found.push(if flag == word { "CREDENTIAL".to_owned() } else { variable(flag) });
        } else if tells(flag) && flag != word {
            found.push(variable(flag));
        } else if flag.starts_with('-') && tells(flag) && words.peek().is_some_and(|value| !value.starts_with('-')) {
            let _value = words.next();
            found.push(variable(flag));
        } else {
            kept.push(word.clone());
        }
    }
    found.dedup();
    (kept, found)
}

/// A TOML basic string: JSON's escapes are among TOML's, and DEL is the one character that TOML alone forbids.
fn quoted(text: &str) -> String {
    Value::from(text).to_string().replace('\u{7f}', "\\u007f")
}

/// Text of a server's in a comment: what could end the line, or turn it around, is gone.
fn one_line(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_control() || matches!(c, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}') { ' ' } else { c })
        .collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests may fail loudly")]
mod tests {
    use super::{one_line, quoted, without_credentials};

    #[test]
    fn a_credential_in_the_argv_is_not_written_down() {
        let words = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
        for (argv, kept, found) in [
            ("server --api-key hunter2 --port 1", "server --port 1", vec!["API_KEY"]),
            ("server --token=hunter2", "server", vec!["TOKEN"]),
            ("server GITHUB_TOKEN=hunter2", "server", vec!["GITHUB_TOKEN"]),
            ("server postgres://me:hunter2@host/db", "server", vec!["CREDENTIAL"]),
            ("server ghp_hunter2", "server", vec!["CREDENTIAL"]),
            ("server --tokens 5 --verbose", "server --tokens 5 --verbose", vec![]),
        ] {
            let (left, names) = without_credentials(&words(argv));
            assert_eq!(
                (left.join(" ").as_str(), names),
                (kept, found.iter().map(|name| (*name).to_owned()).collect()),
                "{argv}"
            );
        }
    }

    #[test]
    fn what_a_server_says_stays_in_its_place() {
        assert_eq!(quoted("a\"\n]\u{7f}"), r#""a\"\n]\u007f""#);
        assert_eq!(one_line("x\n[server]\u{202e}"), "x [server] ");
    }
}
