//! `aegis import`: drafts manifests from live servers, in which nothing is decided, and shows what servers changed since.
//!
//! *Invariants.* A draft does not build until a person has put a capability in the place of each `unclassified` and a kind of screen
//! in the place of each `unread`. What the server says of itself stands in comments only, but for names, descriptions and schemas,
//! which are what a reviewer reads; no key and no value of others is written but by an escaper. A credential found in an argv or an
//! environment is not written down, also where the server repeats it. Nothing is overwritten, but pins that a person accepts by name.

mod credentials;
mod draft;
mod faces;
mod hidden;
mod look;
mod needs;
mod several;
mod text;
mod update;

use crate::cli::StateArgs;
use crate::output::{CommandError, say};
use crate::{estate, serve};
use aegis_runtime::cage;
use aegis_runtime::downstream::Inspection;
use aegis_runtime::kernel::Kernel;
use aegis_runtime::spec::CageLevel;
use look::look;
use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// What is to be imported.
#[derive(Debug, clap::Args)]
pub(crate) struct ImportArgs {
    /// The server's name in the manifests
    #[arg(required_unless_present = "from")]
    name: Option<String>,
    /// Where the draft is written [default: `manifests`; the draft of a database is printed]
    #[arg(long = "into", value_name = "DIR")]
    chosen: Option<PathBuf>,
    #[arg(skip = PathBuf::from("manifests"))]
    into: PathBuf,
    /// Let the server use the network; with `--from`, the server NAME
    #[arg(long, value_name = "NAME", num_args = 0..=1, require_equals = true, default_missing_value = "")]
    net: Vec<String>,
    /// Let the server read a file or directory; with `--from`, `NAME=PATH`; may stand several times
    #[arg(long, value_name = "PATH")]
    read: Vec<PathBuf>,
    /// Let the server write a file or directory; with `--from`, `NAME=PATH`; may stand several times
    #[arg(long, value_name = "PATH")]
    write: Vec<PathBuf>,
    /// Hand the server a variable of this environment, as a credential; may stand several times
    #[arg(long, value_name = "NAME")]
    secret: Vec<String>,
    /// A database instead: `sqlite:FILE` (for PostgreSQL: `aegis-downstreams postgres import`); its estate is drafted
    #[arg(long, value_name = "sqlite:FILE", conflicts_with_all = ["command", "from", "update"])]
    database: Option<String>,
    /// Every server of a client's configuration instead: a JSON file with `mcpServers` or `servers`
    #[arg(long, value_name = "FILE", conflicts_with_all = ["name", "command", "update", "secret"])]
    from: Option<PathBuf>,
    /// Show what a server of this kernel changed since it was pinned; exit 1 where something is left to accept
    #[arg(long, conflicts_with = "command")]
    update: bool,
    /// With `--update`: pin a tool, `prompt:NAME` or `resource:URI` as the server defines it now; may stand several times
    #[arg(long, value_name = "NAME", requires = "update")]
    accept: Vec<String>,
    #[command(flatten)]
    state: StateArgs,
    /// The server's command
    #[arg(last = true, required_unless_present_any = ["database", "from", "update"])]
    command: Vec<String>,
}

/// A server that a draft is for.
struct Subject {
    name: String,
    command: Vec<String>,
    /// Variables without secrets in them.
    env: Vec<(String, String)>,
    /// The variable, where the kernel will find its value, and the value.
    secrets: Vec<(String, String, String)>,
    /// What its cage gives it: the network, what it may read, what it may write.
    net: bool,
    read: Vec<PathBuf>,
    write: Vec<PathBuf>,
}

/// Drafts an estate where a database is named, else manifests; or shows what changed.
pub(crate) fn run<K: Kernel>(mut import: ImportArgs) -> Result<ExitCode, CommandError> {
    let name = import.name.clone().unwrap_or_default();
    if let Some(database) = &import.database {
        return self::database(database, &name, import.chosen.as_deref());
    }
    import.into = import.chosen.take().unwrap_or(import.into);
    if let Some(from) = &import.from {
        return serve::block_on(several::import(&import, from));
    }
    if import.update {
        return serve::block_on(update::run::<K>(import, name));
    }
    if import.net.iter().any(|name| !name.is_empty()) {
        return Err(CommandError::Refused("`--net` names a server with `--from` only".to_owned()));
    }
    if let Some(name) = import.secret.iter().find(|name| !text::is_variable(name)) {
        return Err(CommandError::Refused(no_variable(name)));
    }
    serve::block_on(async {
        let secrets = import.secret.iter().map(|name| {
            let value =
                std::env::var(name).map_err(|_| CommandError::Refused(format!("the variable `{name}` is not set")));
            value.map(|value| (name.clone(), name.clone(), value))
        });
        let secrets = secrets.collect::<Result<_, _>>()?;
        let subject = Subject {
            name,
            command: import.command.clone(),
            env: Vec::new(),
            secrets,
            net: !import.net.is_empty(),
            read: absolute(&import.read),
            write: absolute(&import.write),
        };
        manifest(&import, &subject).await?;
        Ok(ExitCode::SUCCESS)
    })
}

fn absolute(paths: &[PathBuf]) -> Vec<PathBuf> {
    paths.iter().map(|path| std::path::absolute(path).unwrap_or_else(|_| path.clone())).collect()
}

fn no_variable(name: &str) -> String {
    format!("`{}` is no name of a variable: letters, digits and `_`", name.escape_debug())
}

/// The draft of a database's estate: printed, or written where there is no estate yet.
fn database(database: &str, server: &str, into: Option<&Path>) -> Result<ExitCode, CommandError> {
    let draft = estate::draft(database, server)?;
    let Some(into) = into else {
        say(draft.trim_end())?;
        return Ok(ExitCode::SUCCESS);
    };
    fs::create_dir_all(into).map_err(CommandError::io(format!("`{}`", into.display())))?;
    let path = into.join("estate.toml");
    if path.symlink_metadata().is_ok() {
        let there = format!("`{}` is there already; without `--into` the draft is printed", path.display());
        return Err(CommandError::Refused(there));
    }
    create(&path, &draft)?;
    say(format!("{}: decide every domain and every REVIEW in it", path.display()))?;
    Ok(ExitCode::SUCCESS)
}

/// Starts the server, and writes the draft, the schemas and the pins.
async fn manifest(import: &ImportArgs, subject: &Subject) -> Result<(), CommandError> {
    let name = &subject.name;
    let plain = |character: char| character.is_ascii_lowercase() || character.is_ascii_digit() || character == '-';
    if !name.starts_with(|first: char| first.is_ascii_lowercase()) || !name.chars().all(plain) {
        let shown = name.escape_debug();
        return Err(CommandError::Refused(format!("`{shown}` is no name: lower-case letters, digits and dashes")));
    }
    let env = subject.secrets.iter().map(|(name, _, value)| (name.clone(), value.clone()));
    let handed: Vec<String> = subject.secrets.iter().map(|(_, _, value)| value.clone()).collect();
    let of = if import.from.is_some() { format!("{name}=") } else { String::new() };
    let offered = look(name, &of, &handed, |home| Inspection {
        command: subject.command.clone(),
        env: subject.env.iter().cloned().chain(env).collect(),
        level: CageLevel::Standard,
        net: subject.net,
        read: subject.read.clone(),
        write: subject.write.clone(),
        home,
        executable: PathBuf::new(),
        helper: cage::helper(),
    });
    let offered = offered.await?;
    let mut files = draft::schemas(name, &offered)?;
    files.push((format!("schemas/{name}.pins.json"), draft::pins(&draft::definitions(&offered))?));
    files.push((format!("{name}.toml"), draft::manifest(subject, &offered)));
    let paths: Vec<PathBuf> = files.iter().map(|(file, _)| import.into.join(file)).collect();
    if let Some(there) = paths.iter().find(|path| path.symlink_metadata().is_ok()) {
        return Err(CommandError::Refused(format!("`{}` is there already; nothing was written", there.display())));
    }
    let schemas = import.into.join("schemas");
    fs::create_dir_all(&schemas).map_err(CommandError::io(format!("`{}`", schemas.display())))?;
    for (path, (_, text)) in paths.iter().zip(&files) {
        create(path, text)?;
    }
    say(format!(
        "{}: {}; decide every `unclassified` and `unread` in it, declare its domains in estate.toml, then `aegisc check`",
        import.into.join(format!("{name}.toml")).display(),
        draft::counted(&offered)
    ))
}

/// A draft is work of a person's as soon as it is written.
fn create(path: &Path, text: &str) -> Result<(), CommandError> {
    let file = OpenOptions::new().write(true).create_new(true).open(path);
    let written = file.and_then(|mut file| file.write_all(text.as_bytes()));
    written.map_err(CommandError::io(format!("`{}`", path.display())))
}
