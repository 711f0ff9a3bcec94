//! `aegis import`: drafts manifests from live servers, in which nothing is decided, and shows what servers changed since.
//!
//! *Invariants.* A draft does not build until a person has put a capability in the place of each `unclassified` and a kind of screen
//! in the place of each `unread`. What the server says of itself stands in comments only, but for names, descriptions and schemas,
//! which are what a reviewer reads. A credential found in an argv or an environment is not written down. Nothing is overwritten,
//! but pins that a person accepts by name.

mod credentials;
mod draft;
mod faces;
mod several;
mod update;

use crate::cli::StateArgs;
use crate::output::{CommandError, say};
use crate::{estate, serve};
use aegis_runtime::cage;
use aegis_runtime::downstream::{Inspection, Offered, inspect};
use aegis_runtime::kernel::Kernel;
use aegis_runtime::spec::CageLevel;
use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// What is to be imported.
#[derive(Debug, clap::Args)]
pub(crate) struct ImportArgs {
    /// The server's name in the manifests
    #[arg(required_unless_present = "from")]
    name: Option<String>,
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
    #[arg(long, value_name = "sqlite:FILE", conflicts_with_all = ["command", "from", "update"])]
    database: Option<String>,
    /// Every server of a client's configuration instead: a JSON file with `mcpServers`
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
}

/// Drafts an estate where a database is named, else manifests; or shows what changed.
pub(crate) fn run<K: Kernel>(import: ImportArgs) -> Result<ExitCode, CommandError> {
    let name = import.name.clone().unwrap_or_default();
    if let Some(database) = &import.database {
        return estate::import(database, &name);
    }
    if let Some(from) = &import.from {
        return serve::block_on(several::import(&import, from));
    }
    if import.update {
        return serve::block_on(update::run::<K>(import, name));
    }
    serve::block_on(async {
        let secrets = import.secret.iter().map(|name| {
            let value =
                std::env::var(name).map_err(|_| CommandError::Refused(format!("the variable `{name}` is not set")));
            value.map(|value| (name.clone(), name.clone(), value))
        });
        let secrets = secrets.collect::<Result<_, _>>()?;
        manifest(&import, &Subject { name, command: import.command.clone(), env: Vec::new(), secrets }).await?;
        Ok(ExitCode::SUCCESS)
    })
}

/// Starts the server, and writes the draft, the schemas and the pins.
async fn manifest(import: &ImportArgs, subject: &Subject) -> Result<(), CommandError> {
    let name = &subject.name;
    let plain = |character: char| character.is_ascii_lowercase() || character.is_ascii_digit() || character == '-';
    if !name.starts_with(|first: char| first.is_ascii_lowercase()) || !name.chars().all(plain) {
        return Err(CommandError::Refused(format!("`{name}` is no name: lower-case letters, digits and dashes")));
    }
    let absolute = |paths: &[PathBuf]| {
        paths.iter().map(|path| std::path::absolute(path).unwrap_or_else(|_| path.clone())).collect()
    };
    let env = subject.secrets.iter().map(|(name, _, value)| (name.clone(), value.clone()));
    let offered = look(name, |home| Inspection {
        command: subject.command.clone(),
        env: subject.env.iter().cloned().chain(env).collect(),
        level: CageLevel::Standard,
        net: import.net,
        read: absolute(&import.read),
        write: absolute(&import.write),
        home,
        executable: PathBuf::new(),
        helper: cage::helper(),
    });
    let offered = offered.await?;
    let mut files = draft::schemas(name, &offered)?;
    files.push((format!("schemas/{name}.pins.json"), draft::pins(&draft::definitions(&offered))?));
    files.push((format!("{name}.toml"), draft::manifest(import, subject, &offered)));
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

/// Reads what a server offers that has a home of its own for as long as that takes.
async fn look(name: &str, inspection: impl FnOnce(PathBuf) -> Inspection) -> Result<Vec<Offered>, CommandError> {
    let home = std::env::temp_dir().join(format!("aegis-import-{name}-{}", std::process::id()));
    fs::DirBuilder::new().mode(0o700).create(&home).map_err(CommandError::io(format!("`{}`", home.display())))?;
    let own = std::env::current_exe().map_err(CommandError::io("own executable"));
    let looked = match own {
        Ok(executable) => inspect(&Inspection { executable, ..inspection(home.clone()) }).await.map_err(|error| {
            CommandError::Refused(format!(
                "{error}; it ran in a cage: name what it needs with `--read`, `--write`, `--net` and `--secret`"
            ))
        }),
        Err(error) => Err(error),
    };
    let _left = fs::remove_dir_all(&home);
    looked
}

/// A draft is work of a person's as soon as it is written.
fn create(path: &Path, text: &str) -> Result<(), CommandError> {
    let file = OpenOptions::new().write(true).create_new(true).open(path);
    let written = file.and_then(|mut file| file.write_all(text.as_bytes()));
    written.map_err(CommandError::io(format!("`{}`", path.display())))
}
